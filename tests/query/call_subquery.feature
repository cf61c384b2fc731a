Feature: Subqueries as clauses

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (mira:Sailor {name: 'Mira', age: 41}),
             (jon:Sailor {name: 'Jon', age: 29}),
             (ines:Sailor {name: 'Ines', age: 35}),
             (gull:Boat {name: 'Gull', length: 9}),
             (tern:Boat {name: 'Tern', length: 14}),
             (mira)-[:SAILS]->(gull),
             (mira)-[:SAILS]->(tern),
             (jon)-[:SAILS]->(tern)
      """

  Scenario: [1] Rows of a subquery join the row it is run for
    When executing query:
      """
      MATCH (s:Sailor)
      CALL (s) { MATCH (s)-[:SAILS]->(b) RETURN b.name AS boat ORDER BY b.length DESC LIMIT 1 }
      RETURN s.name AS name, boat ORDER BY name
      """
    Then the result should be, in order:
      | name   | boat   |
      | 'Jon'  | 'Tern' |
      | 'Mira' | 'Tern' |
    And no side effects

  Scenario: [2] A first WITH of plain variables takes them in
    When executing query:
      """
      MATCH (s:Sailor)
      CALL { WITH s MATCH (s)-[:SAILS]->(b) RETURN count(b) AS boats }
      CALL { WITH * UNWIND range(1, boats) AS i RETURN sum(i) AS sum }
      RETURN s.name AS name, boats, sum ORDER BY name
      """
    Then the result should be, in order:
      | name   | boats | sum |
      | 'Ines' | 0     | 0   |
      | 'Jon'  | 1     | 1   |
      | 'Mira' | 2     | 3   |

  Scenario: [3] Without imports a subquery sees nothing, and may use the same names inside
    When executing query:
      """
      MATCH (s:Sailor {name: 'Jon'})
      CALL () { MATCH (s:Boat) RETURN collect(s.name) AS boats }
      CALL { WITH 7 AS s RETURN s + 1 AS eight }
      RETURN s.name AS name, boats, eight
      """
    Then the result should be (ignoring element order for lists):
      | name  | boats            | eight |
      | 'Jon' | ['Gull', 'Tern'] | 8     |

  Scenario: [4] A star takes everything in, and it stays known behind WITH
    When executing query:
      """
      MATCH (s:Sailor) WHERE s.age > 30 WITH s, s.age - 30 AS over
      CALL (*) { MATCH (s)-[:SAILS]->(b) WITH count(b) AS boats RETURN boats * over AS weight }
      RETURN s.name AS name, weight ORDER BY name
      """
    Then the result should be, in order:
      | name   | weight |
      | 'Ines' | 0      |
      | 'Mira' | 22     |

  Scenario: [5] A union inside runs for each row
    When executing query:
      """
      MATCH (s:Sailor)
      CALL (s) {
        RETURN s.name AS word
        UNION
        MATCH (s)-[:SAILS]->(b) RETURN b.name AS word
        UNION
        MATCH (s)-[:SAILS]->(b) RETURN b.name AS word
      }
      WITH s, word ORDER BY word
      RETURN s.age AS age, collect(word) AS words ORDER BY age
      """
    Then the result should be, in order:
      | age | words                    |
      | 29  | ['Jon', 'Tern']          |
      | 35  | ['Ines']                 |
      | 41  | ['Gull', 'Mira', 'Tern'] |

  Scenario: [6] An optional call keeps the row
    When executing query:
      """
      MATCH (s:Sailor)
      OPTIONAL CALL (s) { MATCH (s)-[:SAILS]->(b) WHERE b.length < 10 RETURN b, b.length AS length }
      RETURN s.name AS name, b.name AS boat, length ORDER BY name
      """
    Then the result should be, in order:
      | name   | boat   | length |
      | 'Ines' | null   | null   |
      | 'Jon'  | null   | null   |
      | 'Mira' | 'Gull' | 9      |

  Scenario: [7] An optional call of a procedure keeps the row
    When executing query:
      """
      UNWIND ['Boat', 'Lake'] AS wanted
      OPTIONAL CALL db.labels() YIELD label, count WHERE label = wanted
      RETURN wanted, count
      """
    Then the result should be, in order:
      | wanted | count |
      | 'Boat' | 2     |
      | 'Lake' | null  |

  Scenario: [8] A subquery that returns nothing leaves the rows as they are
    When executing query:
      """
      MATCH (s:Sailor)
      CALL (s) { MATCH (s)-[:SAILS]->(b) CREATE (s)-[:KNOWS]->(:Rope {of: b.name}) }
      RETURN count(*) AS rows, COUNT { (:Rope) } AS ropes
      """
    Then the result should be, in any order:
      | rows | ropes |
      | 3    | 3     |
    And the side effects should be:
      | +nodes         | 3 |
      | +relationships | 3 |
      | +labels        | 1 |
      | +properties    | 3 |

  Scenario: [9] Each run sees what the runs before it changed
    When executing query:
      """
      UNWIND [1, 2, 3] AS i
      CALL (i) { MATCH (b:Boat) WITH count(b) AS before CREATE (:Boat) RETURN before }
      RETURN i, before
      """
    Then the result should be, in order:
      | i | before |
      | 1 | 2      |
      | 2 | 3      |
      | 3 | 4      |
    And the side effects should be:
      | +nodes | 3 |

  Scenario: [10] What a clause before reads is not changed by a subquery behind it
    When executing query:
      """
      MATCH (b:Boat)
      CALL { CREATE (:Boat) }
      WITH count(*) AS boats
      MATCH (b:Boat) RETURN boats, count(b) AS after
      """
    Then the result should be, in any order:
      | boats | after |
      | 2     | 4     |
    And the side effects should be:
      | +nodes | 2 |

  Scenario: [11] All of a subquery's changes are made, whatever is left out behind it
    When executing query:
      """
      UNWIND range(1, 5) AS i
      CALL (i) { CREATE (n:Buoy {i: i}) RETURN n }
      RETURN n.i AS i LIMIT 1
      """
    Then the result should be, in any order:
      | i |
      | 1 |
    And the side effects should be:
      | +nodes      | 5 |
      | +labels     | 1 |
      | +properties | 5 |

  Scenario: [12] Subqueries nest
    When executing query:
      """
      MATCH (s:Sailor)
      CALL (s) {
        MATCH (s)-[:SAILS]->(b)
        CALL (b) { MATCH (b)<-[:SAILS]-(o) RETURN count(o) AS crew }
        CALL { WITH s, crew RETURN s.age + crew AS strange }
        RETURN max(crew) AS crew, min(strange) AS least
      }
      RETURN s.name AS name, crew, least ORDER BY name
      """
    Then the result should be, in order:
      | name   | crew | least |
      | 'Ines' | null | null  |
      | 'Jon'  | 2    | 31    |
      | 'Mira' | 2    | 42    |

  Scenario: [13] A star behind a subquery stands for its columns, too
    When executing query:
      """
      UNWIND [2, 1] AS x
      CALL (x) { UNWIND range(1, x) AS y RETURN * }
      RETURN *
      """
    Then the result should be, in order:
      | x | y |
      | 2 | 1 |
      | 2 | 2 |
      | 1 | 1 |

  Scenario: [14] A subquery that only reads may stand in an expression's subquery
    When executing query:
      """
      MATCH (s:Sailor)
      WHERE EXISTS { CALL (s) { MATCH (s)-[:SAILS]->(b) RETURN b } WITH b WHERE b.length < 10 RETURN b }
      RETURN s.name AS name
      """
    Then the result should be, in any order:
      | name   |
      | 'Mira' |

  Scenario: [15] Each branch of a union takes in what it needs
    When executing query:
      """
      MATCH (s:Sailor {name: 'Mira'}), (b:Boat {name: 'Gull'})
      CALL { WITH s RETURN s.name AS of UNION ALL WITH b RETURN b.name AS of }
      RETURN of
      """
    Then the result should be, in any order:
      | of     |
      | 'Mira' |
      | 'Gull' |

  Scenario: [16] What a subquery gathers is read before it is changed
    When executing query:
      """
      MATCH (b:Boat) WITH collect(b) AS boats UNWIND boats + boats AS b
      CALL (b) { RETURN sum(b.length) AS was }
      SET b.length = was + 1
      RETURN sum(was) AS sum, COUNT { (x:Boat) WHERE x.length IN [10, 15] } AS changed
      """
    Then the result should be, in any order:
      | sum | changed |
      | 46  | 2       |

  Scenario Outline: [17] Subqueries that mean nothing are refused
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                                            | detail                   |
      | MATCH (a) CALL { RETURN a.x AS x } RETURN x                      | UndefinedVariable        |
      | MATCH (a) CALL { WITH a.x AS x RETURN x AS y } RETURN y          | UndefinedVariable        |
      | MATCH (a) CALL { WITH b RETURN 1 AS y } RETURN y                 | UndefinedVariable        |
      | MATCH (a) CALL (b) { RETURN 1 AS y } RETURN y                    | UndefinedVariable        |
      | MATCH (a) CALL (a) { WITH 1 AS x RETURN x AS a } RETURN a        | VariableAlreadyBound     |
      | MATCH (a) CALL { MATCH (a) RETURN a } RETURN a                   | VariableAlreadyBound     |
      | MATCH (a) CALL (a) { UNWIND [1] AS a RETURN 1 AS x } RETURN x    | VariableAlreadyBound     |
      | MATCH (a) CALL (a) { WITH 1 AS a RETURN 1 AS x } RETURN x        | VariableAlreadyBound     |
      | MATCH (a) CALL (a, a) { RETURN 1 AS x } RETURN x                 | VariableAlreadyBound     |
      | MATCH (a) CALL (a) { MATCH (a)-->(b) } RETURN a                  | InvalidClauseComposition |
      | MATCH (a) CALL (a) { RETURN a.x } RETURN 1                       | NoExpressionAlias        |
      | MATCH (a) CALL (a) { RETURN * } RETURN a                         | NoVariablesInScope       |
      | MATCH (a) CALL { CREATE (b) } RETURN b                           | UndefinedVariable        |
      | CALL { RETURN 1 AS x UNION RETURN 2 AS y } RETURN x              | DifferentColumnsInUnion  |
      | MATCH (a) CALL (a) { SET a.x = 1 } IN TRANSACTIONS OF 10 ROWS    | UnexpectedSyntax         |
      | MATCH (a) WHERE EXISTS { CALL (a) { SET a.x = 1 } RETURN 1 } RETURN a | InvalidClauseComposition |
