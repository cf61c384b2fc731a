Feature: CREATE, MERGE, SET, REMOVE and DELETE

  Scenario: A pattern with shared nodes, in both directions
    Given an empty graph
    When executing query:
      """
      CREATE (a:A)-[:R]->(b:B {n: 1})<-[:S {w: null}]-(c:A {n: null}), (a)-[:T]->(a)
      RETURN labels(a) AS a, b.n AS b, c.n AS c
      """
    Then the result should be, in any order:
      | a     | b | c    |
      | ['A'] | 1 | null |
    And the side effects should be:
      | +nodes         | 3 |
      | +relationships | 3 |
      | +labels        | 2 |
      | +properties    | 1 |

  Scenario: For each row
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 3] AS i CREATE (n:N {i: i}) WITH n WHERE n.i > 1 RETURN sum(n.i) AS sum
      """
    Then the result should be, in any order:
      | sum |
      | 5   |
    And the side effects should be:
      | +nodes      | 3 |
      | +labels     | 1 |
      | +properties | 3 |

  Scenario: Later parts of a pattern may read earlier ones
    Given an empty graph
    When executing query:
      """
      CREATE (a {n: 1}), (b {n: a.n + 1})-[:R {n: a.n}]->() RETURN b.n
      """
    Then the result should be, in any order:
      | b.n |
      | 2   |
    And the side effects should be:
      | +nodes         | 3 |
      | +relationships | 1 |
      | +properties    | 3 |

  Scenario: What is limited away is created all the same
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 3] AS i CREATE (n {i: i}) RETURN n.i AS i LIMIT 0
      """
    Then the result should be, in any order:
      | i |
    And the side effects should be:
      | +nodes      | 3 |
      | +properties | 3 |

  Scenario Outline: What cannot be created
    Given an empty graph
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                 | detail                       |
      | MATCH (n) CREATE (n)                  | VariableAlreadyBound         |
      | MATCH (n) CREATE (n:A)-[:R]->()       | VariableAlreadyBound         |
      | MATCH (n) CREATE (n {x: 1})-[:R]->()  | VariableAlreadyBound         |
      | CREATE (n), (n)                       | VariableAlreadyBound         |
      | CREATE (n)-[:R]->(m), (m:M)           | VariableAlreadyBound         |
      | MATCH ()-[r]->() CREATE ()-[r]->()    | VariableAlreadyBound         |
      | CREATE ()-[r:R]->(), ()-[r:R]->()     | VariableAlreadyBound         |
      | CREATE p = (), p = ()                 | VariableAlreadyBound         |
      | MATCH (n) MERGE (n)                   | VariableAlreadyBound         |
      | CREATE (n) MERGE (n)-[:R]->(n:A)      | VariableAlreadyBound         |
      | MATCH (a)-[r]->(b) MERGE (a)-[r]->(b) | VariableAlreadyBound         |
      | CREATE (a)-[:R]-(b)                   | RequiresDirectedRelationship |
      | CREATE (a)<-[:R]->(b)                 | RequiresDirectedRelationship |
      | CREATE (a)-->(b)                      | NoSingleRelationshipType     |
      | CREATE (a)-[r]->(b)                   | NoSingleRelationshipType     |
      | CREATE (a)-[:R\|S]->(b)               | NoSingleRelationshipType     |
      | MERGE (a)-->(b)                       | NoSingleRelationshipType     |
      | MERGE (a)-[:R\|S]->(b)                | NoSingleRelationshipType     |
      | MERGE (a)-[missing_colon]->(b)        | NoSingleRelationshipType     |
      | CREATE (a)-[:R*]->(b)                 | CreatingVarLength            |
      | CREATE (a)-[:R*1..2]->(b)             | CreatingVarLength            |
      | MERGE (a)-[:R*2]->(b)                 | CreatingVarLength            |
      | CREATE (n {x: y})                     | UndefinedVariable            |
      | CREATE (n {x: n.y})                   | UndefinedVariable            |
      | MERGE (n {x: y})                      | UndefinedVariable            |
      | MERGE (n) ON CREATE SET m.x = 1       | UndefinedVariable            |
      | MERGE (n) ON MATCH SET n.x = m        | UndefinedVariable            |
      | MATCH (n) SET m.x = 1                 | UndefinedVariable            |
      | MATCH (n) SET n.x = m.x               | UndefinedVariable            |
      | MATCH (n) REMOVE m.x                  | UndefinedVariable            |
      | MATCH (n) DELETE m                    | UndefinedVariable            |
      | MATCH (n) DELETE n:A                  | InvalidDelete                |
      | MATCH ()-[r]-() DELETE r:R            | InvalidDelete                |
      | MATCH (n) DELETE 1                    | InvalidArgumentType          |
      | MATCH (n) DELETE 'n'                  | InvalidArgumentType          |
      | MATCH (n) DELETE n.x + 1, [n]         | InvalidArgumentType          |
      | MATCH (n) DELETE {n: n}               | InvalidArgumentType          |
      | MERGE (a), (b)                        | UnexpectedSyntax             |
      | MATCH (n) SET n.x                     | UnexpectedSyntax             |
      | MATCH (n) REMOVE n                    | UnexpectedSyntax             |

  Scenario Outline: What no property can hold
    Given an empty graph
    When executing query:
      """
      CREATE (n)
      SET n.x = <value>
      """
    Then a TypeError should be raised at runtime: InvalidPropertyType

    Examples:
      | value         |
      | {a: 1}        |
      | [{a: 1}]      |
      | [[1], {a: 1}] |
      | n             |
      | [n]           |

  Scenario Outline: Merged by null
    Given an empty graph
    When executing query:
      """
      <query>
      """
    Then a SemanticError should be raised at runtime: MergeReadOwnWrites

    Examples:
      | query                                         |
      | MERGE ({x: null})                             |
      | UNWIND [1, null] AS x MERGE (:N {x: x})       |
      | CREATE (a) MERGE (b {x: a.x})                 |
      | CREATE (a), (b) MERGE (a)-[:R {x: null}]->(b) |

  Scenario: A merge finds or creates, row by row
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 1] AS x
      MERGE (n:N {x: x}) ON CREATE SET n.made = true ON MATCH SET n.met = coalesce(n.met, 0) + 1
      RETURN DISTINCT n.x AS x, n.made AS made, n.met AS met
      """
    Then the result should be, in any order:
      | x | made | met  |
      | 1 | true | 1    |
      | 2 | true | null |
    And the side effects should be:
      | +nodes      | 2 |
      | +labels     | 1 |
      | +properties | 5 |

  Scenario: A merge gives every match
    Given an empty graph
    And having executed:
      """
      CREATE (x:A)-[:R]->(), (x)-[:R]->(), (:A)-[:R]->()
      """
    When executing query:
      """
      MERGE (a:A)-[r:R]->(b) RETURN count(*) AS n, count(DISTINCT a) AS a
      """
    Then the result should be, in any order:
      | n | a |
      | 3 | 2 |
    And no side effects

  Scenario: A merge without direction looks both ways
    Given an empty graph
    And having executed:
      """
      CREATE (a:A)-[:R {w: 1}]->(b:B), (b)-[:R {w: 2}]->(a)
      """
    When executing query:
      """
      MATCH (a:A), (b:B) MERGE (a)-[r:R]-(b) RETURN r.w AS w
      """
    Then the result should be, in any order:
      | w |
      | 1 |
      | 2 |
    And no side effects

  Scenario: A merge without direction creates from left to right
    Given an empty graph
    When executing query:
      """
      CREATE (a:A), (b:B) MERGE (a)-[r:R]-(b) RETURN startNode(r):A AS from_a
      """
    Then the result should be, in any order:
      | from_a |
      | true   |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 2 |

  Scenario: A pattern that is not there as a whole is created as a whole
    Given an empty graph
    And having executed:
      """
      CREATE (:A)-[:R]->(:B {old: true})
      """
    When executing query:
      """
      MATCH (a:A) MERGE (a)-[:R]->(b:B)-[:S]->(c) RETURN b.old AS old
      """
    Then the result should be, in any order:
      | old  |
      | null |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 2 |

  Scenario: A merge binds a path
    Given an empty graph
    When executing query:
      """
      MERGE p = (:A)-[:R]->(:B) RETURN length(p) AS length, [n IN nodes(p) | labels(n)[0]] AS labels
      """
    Then the result should be, in any order:
      | length | labels     |
      | 1      | ['A', 'B'] |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 2 |

  Scenario: Merged lists and numbers
    Given an empty graph
    When executing query:
      """
      CREATE (a:N {x: [1, 2], y: 1}) MERGE (b:N {x: [1, 2], y: 1.0}) RETURN a = b AS same
      """
    Then the result should be, in any order:
      | same |
      | true |
    And the side effects should be:
      | +nodes      | 1 |
      | +labels     | 1 |
      | +properties | 2 |

  Scenario: What was deleted is not met again
    Given an empty graph
    And having executed:
      """
      CREATE (:N {x: 1}), (:N {x: 1})
      """
    When executing query:
      """
      MATCH (n:N) DELETE n MERGE (m:N {x: 1}) RETURN count(DISTINCT m) AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And the side effects should be:
      | +nodes      | 1 |
      | -nodes      | 2 |
      | +properties | 1 |
      | -properties | 2 |

  Scenario: Set, one after the other
    Given an empty graph
    When executing query:
      """
      CREATE (n:N {a: 1}) SET n.a = n.a + 1, n.b = n.a * 10, n:M SET n.c = n.b + 1 RETURN n
      """
    Then the result should be, in any order:
      | n                           |
      | (:N:M {a: 2, b: 20, c: 21}) |
    And the side effects should be:
      | +nodes      | 1 |
      | +labels     | 2 |
      | +properties | 3 |

  Scenario: Maps replace or add
    Given an empty graph
    And having executed:
      """
      CREATE (:N {x: 9}), (:M {a: 1, b: 2})
      """
    When executing query:
      """
      MATCH (n:N), (m:M) SET n = {a: 1, b: null}, m += {a: null, c: 3} RETURN n, m
      """
    Then the result should be, in any order:
      | n           | m                 |
      | (:N {a: 1}) | (:M {b: 2, c: 3}) |
    And the side effects should be:
      | +properties | 2 |
      | -properties | 2 |

  Scenario: Properties of another element
    Given an empty graph
    And having executed:
      """
      CREATE ({x: 1})-[:R {w: 1}]->()
      """
    When executing query:
      """
      MATCH (n)-[r]->() SET n = r, r += {w: 2} RETURN n, r
      """
    Then the result should be, in any order:
      | n        | r           |
      | ({w: 1}) | [:R {w: 2}] |
    And the side effects should be:
      | +properties | 2 |
      | -properties | 2 |

  Scenario: Null does nothing and is passed on
    Given an empty graph
    When executing query:
      """
      OPTIONAL MATCH (n:None) SET n.x = 1, n:A, n = {y: 1}, n += {z: 1} REMOVE n.x, n:A DELETE n RETURN n
      """
    Then the result should be, in any order:
      | n    |
      | null |
    And no side effects

  Scenario: Removing what is there and what is not
    Given an empty graph
    And having executed:
      """
      CREATE (:A:B {x: 1})-[:R {w: 1}]->()
      """
    When executing query:
      """
      MATCH (n:A)-[r]->() REMOVE n.x, n.y, n:B:C, r.w RETURN n, r
      """
    Then the result should be, in any order:
      | n    | r    |
      | (:A) | [:R] |
    And the side effects should be:
      | -labels     | 1 |
      | -properties | 2 |

  Scenario: A property set to null is gone
    Given an empty graph
    And having executed:
      """
      CREATE ({x: 1, y: 2})
      """
    When executing query:
      """
      MATCH (n) SET n.x = null RETURN keys(n) AS keys
      """
    Then the result should be, in any order:
      | keys  |
      | ['y'] |
    And the side effects should be:
      | -properties | 1 |

  Scenario: Deleted from lists and maps
    Given an empty graph
    And having executed:
      """
      CREATE (:N), (:N), (:M)
      """
    When executing query:
      """
      MATCH (n:N) WITH collect(n) AS ns
      WITH {all: ns} AS m DELETE m.all[0], m.all[1]
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes  | 2 |
      | -labels | 1 |

  Scenario: Relationships and their nodes at once
    Given an empty graph
    And having executed:
      """
      CREATE (:N)-[:R]->(), (:N)-[:R]->()
      """
    When executing query:
      """
      MATCH (n)-[r]->(m) DELETE n, r, m
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 4 |
      | -relationships | 2 |
      | -labels        | 1 |

  Scenario: Detached
    Given an empty graph
    And having executed:
      """
      CREATE (n:N)-[:R]->()<-[:R]-(n), (n)-[:S]->(n)
      """
    When executing query:
      """
      MATCH (n:N) DETACH DELETE n RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 1 |
    And the side effects should be:
      | -nodes         | 1 |
      | -relationships | 3 |
      | -labels        | 1 |

  Scenario: A path with its nodes
    Given an empty graph
    And having executed:
      """
      CREATE (:N)-[:R]->()-[:R]->()-[:R]->()
      """
    When executing query:
      """
      MATCH p = (:N)-->()-->() DETACH DELETE p
      """
    Then the result should be empty
    And the side effects should be:
      | -nodes         | 3 |
      | -relationships | 3 |
      | -labels        | 1 |

  Scenario: The type of a deleted relationship is still known
    Given an empty graph
    And having executed:
      """
      CREATE ()-[:R]->()
      """
    When executing query:
      """
      MATCH ()-[r]->() DELETE r RETURN type(r) AS t
      """
    Then the result should be, in any order:
      | t   |
      | 'R' |
    And the side effects should be:
      | -relationships | 1 |

  Scenario: A node with relationships stays
    Given an empty graph
    And having executed:
      """
      CREATE (:N)-[:R]->()
      """
    When executing query:
      """
      MATCH (n:N) DELETE n
      """
    Then a ConstraintVerificationFailed should be raised at runtime: DeleteConnectedNode

  Scenario Outline: What was deleted cannot be read
    Given an empty graph
    When executing query:
      """
      CREATE (n:N {x: 1}) DELETE n
      RETURN <what> AS value
      """
    Then a EntityNotFound should be raised at runtime: DeletedEntityAccess

    Examples:
      | what          |
      | n.x           |
      | labels(n)     |
      | keys(n)       |
      | properties(n) |
      | n:N           |
