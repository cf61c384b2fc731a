Feature: FOREACH

  Background:
    Given an empty graph

  Scenario: [1] Clauses are done for each item
    When executing query:
      """
      CREATE (l:List)
      FOREACH (word IN ['oak', 'elm'] | CREATE (l)-[:HAS]->(:Tree {name: word}))
      WITH l MATCH (l)-[:HAS]->(t) RETURN t.name AS name ORDER BY name
      """
    Then the result should be, in order:
      | name  |
      | 'elm' |
      | 'oak' |
    And the side effects should be:
      | +nodes         | 3 |
      | +relationships | 2 |
      | +labels        | 2 |
      | +properties    | 2 |

  Scenario: [2] Item by item: each sees what the one before it changed
    When executing query:
      """
      CREATE (a:Sum {last: 0, total: 0})
      FOREACH (x IN [1, 2, 3] | SET a.last = x SET a.total = a.total + a.last)
      RETURN a.last AS last, a.total AS total
      """
    Then the result should be, in any order:
      | last | total |
      | 3    | 6     |

  Scenario: [3] Loops nest
    When executing query:
      """
      UNWIND [1, 2] AS row
      FOREACH (x IN range(1, row) |
        MERGE (n:Number {is: x}) ON MATCH SET n.again = true
        FOREACH (y IN [10, 20] | CREATE (n)-[:TIMES]->(:Product {is: x * y})))
      WITH count(*) AS rows
      MATCH (n:Number) RETURN rows, n.is AS is, n.again AS again, COUNT { (n)-[:TIMES]->() } AS products
      ORDER BY is
      """
    Then the result should be, in order:
      | rows | is | again | products |
      | 2    | 1  | true  | 4        |
      | 2    | 2  | null  | 2        |

  Scenario: [4] Marking a path
    Given having executed:
      """
      CREATE (:Stop {name: 'a'})-[:NEXT]->(:Stop {name: 'b'})-[:NEXT]->(:Stop {name: 'c'})
      """
    When executing query:
      """
      MATCH p = (:Stop {name: 'a'})-[:NEXT*]->(:Stop {name: 'c'})
      FOREACH (n IN nodes(p) | SET n:Passed)
      FOREACH (r IN relationships(p) | SET r.passed = true REMOVE r.nothing)
      FOREACH (n IN CASE WHEN length(p) > 1 THEN [1] ELSE [] END | CREATE (:Long))
      """
    Then the result should be empty
    And the side effects should be:
      | +nodes      | 1 |
      | +labels     | 2 |
      | +properties | 2 |

  Scenario: [5] Null is a list without items
    When executing query:
      """
      FOREACH (x IN null | CREATE (:Never)) FOREACH (x IN [] | CREATE (:Never))
      """
    Then the result should be empty
    And no side effects

  Scenario: [6] What was matched before is not changed while it is gone through
    Given having executed:
      """
      CREATE (:Seed), (:Seed)
      """
    When executing query:
      """
      MATCH (s:Seed) FOREACH (i IN [1, 2] | CREATE (:Seed)) RETURN count(s) AS seeds
      """
    Then the result should be, in any order:
      | seeds |
      | 2     |
    And the side effects should be:
      | +nodes | 4 |

  Scenario: [7] Only a list can be gone through
    When executing query:
      """
      WITH {a: 1} AS map WITH map.a AS one FOREACH (x IN one | CREATE (:Never))
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType

  Scenario Outline: [8] Loops that mean nothing are refused
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                                  | detail                   |
      | FOREACH (x IN [1] \| MATCH (n) SET n.x = x)            | InvalidClauseComposition |
      | MATCH (x) FOREACH (x IN [1] \| SET x.a = 1)            | VariableAlreadyBound     |
      | FOREACH (x IN [1] \| CREATE (n)) RETURN n              | UndefinedVariable        |
      | FOREACH (x IN [1] \| CREATE (n)) RETURN x              | UndefinedVariable        |
      | FOREACH (x IN 1 \| CREATE (n))                         | InvalidArgumentType      |
      | FOREACH (x IN [1] \| )                                 | UnexpectedSyntax         |
