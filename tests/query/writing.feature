Feature: Writing

  Scenario: [1] A merge finds what it created a row before
    Given an empty graph
    When executing query:
      """
      UNWIND ['a', 'b', 'a'] AS name
      MERGE (n:Name {text: name})
        ON CREATE SET n.count = 1
        ON MATCH SET n.count = n.count + 1
      RETURN DISTINCT n.text AS text, n.count AS count ORDER BY text
      """
    Then the result should be, in order:
      | text | count |
      | 'a'  | 2     |
      | 'b'  | 1     |
    And the side effects should be:
      | +nodes      | 2 |
      | +labels     | 1 |
      | +properties | 4 |

  Scenario: [2] A match does not see what its own query goes on to create
    Given an empty graph
    And having executed:
      """
      CREATE (:A), (:A)
      """
    When executing query:
      """
      MATCH (a:A) CREATE (:A) RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 2 |
    And the side effects should be:
      | +nodes | 2 |

  Scenario: [3] All is set before anything is returned
    Given an empty graph
    And having executed:
      """
      CREATE (:A {x: 0}), (:A {x: 0})
      """
    When executing query:
      """
      UNWIND [1, 2] AS i MATCH (a:A) SET a.x = a.x + i RETURN DISTINCT a.x AS x
      """
    Then the result should be, in any order:
      | x |
      | 3 |
    And the side effects should be:
      | +properties | 2 |
      | -properties | 2 |

  Scenario: [4] What fails changes nothing
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:R]->(:B)
      """
    When executing query:
      """
      MATCH (a:A) SET a.x = 1 DELETE a
      """
    Then a ConstraintVerificationFailed should be raised at runtime: DeleteConnectedNode

  Scenario: [5] Detached nodes take their relationships along
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:R]->(:B)
      """
    When executing query:
      """
      MATCH (a:A) DETACH DELETE a
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 1 |
      | -relationships | 1 |
      | -labels        | 1 |

  Scenario: [6] Maps replace or add properties
    Given an empty graph
    And having executed:
      """
      CREATE (:A {x: 1, y: 2}), (:B {x: 1, y: 2})
      """
    When executing query:
      """
      MATCH (a:A), (b:B) SET a = {y: 3}, b += {y: null, z: 4}, b:C
      RETURN a, b
      """
    Then the result should be, in any order:
      | a           | b                   |
      | (:A {y: 3}) | (:B:C {x: 1, z: 4}) |
    And the side effects should be:
      | +properties | 2 |
      | -properties | 3 |
      | +labels     | 1 |

  Scenario Outline: [7] What cannot be created is refused
    Given an empty graph
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                | detail                       |
      | CREATE (a)-[:R]-(b)                  | RequiresDirectedRelationship |
      | CREATE (a)-[:R*2]->(b)               | CreatingVarLength            |
      | CREATE (a)-[]->(b)                   | NoSingleRelationshipType     |
      | MATCH (a) CREATE (a:B)               | VariableAlreadyBound         |
      | MATCH ()-[r]->() CREATE ()-[r]->()   | VariableAlreadyBound         |
      | MATCH (a) DELETE 1 + 1               | InvalidArgumentType          |
      | MERGE (a $all)                       | InvalidParameterUse          |
