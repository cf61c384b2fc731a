Feature: Reading

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (ada:Person {name: 'Ada', born: 1815}),
             (charles:Person {name: 'Charles', born: 1791}),
             (engine:Machine {name: 'Engine'}),
             (notes:Text {name: 'Notes'}),
             (ada)-[:WROTE {year: 1843}]->(notes),
             (charles)-[:BUILT]->(engine),
             (notes)-[:DESCRIBES]->(engine),
             (ada)-[:KNOWS]->(charles)
      """

  Scenario: [1] An optional match that finds nothing gives null
    When executing query:
      """
      MATCH (p:Person) OPTIONAL MATCH (p)-[:WROTE]->(t) RETURN p.name, t.name
      """
    Then the result should be, in any order:
      | p.name    | t.name  |
      | 'Ada'     | 'Notes' |
      | 'Charles' | null    |
    And no side effects

  Scenario: [2] A shortest path takes the fewest relationships
    When executing query:
      """
      MATCH p = shortestPath((a:Person {name: 'Ada'})-[:WROTE|DESCRIBES|KNOWS*]-(e:Machine))
      RETURN length(p) AS steps, [r IN relationships(p) | type(r)] AS types
      """
    Then the result should be, in any order:
      | steps | types                  |
      | 2     | ['WROTE', 'DESCRIBES'] |

  Scenario: [3] All shortest paths are found
    When executing query:
      """
      MATCH p = allShortestPaths((a:Person {name: 'Ada'})-[*]-(e:Machine))
      RETURN [n IN nodes(p) | n.name] AS names ORDER BY names
      """
    Then the result should be, in order:
      | names                        |
      | ['Ada', 'Charles', 'Engine'] |
      | ['Ada', 'Notes', 'Engine']   |

  Scenario: [4] A column is called as it is written
    When executing query:
      """
      MATCH (p:Person) RETURN count( * ), max(p.born)  AS last, toUPPER('x')
      """
    Then the result should be, in any order:
      | count( * ) | last | toUPPER('x') |
      | 2          | 1815 | 'X'          |

  Scenario: [5] Keywords are names where they can be none
    When executing query:
      """
      WITH {match: 1, order: 2} AS map, 3 AS on
      RETURN map.match AS `end`, map.order, on
      """
    Then the result should be, in any order:
      | end | map.order | on |
      | 1   | 2         | 3  |

  Scenario: [6] A property map may read what stands further right
    When executing query:
      """
      MATCH (a {name: b.name})-[:KNOWS]->(b) RETURN a
      """
    Then the result should be empty

  Scenario: [7] Sums group by what stands beside them
    When executing query:
      """
      MATCH (a)-[r]->(b) RETURN labels(a) AS from, count(r) AS n ORDER BY n DESC, from
      """
    Then the result should be, in order:
      | from       | n |
      | ['Person'] | 3 |
      | ['Text']   | 1 |

  Scenario: [8] A subquery reads the row it is asked for
    When executing query:
      """
      MATCH (p:Person) WHERE EXISTS { MATCH (p)-[:KNOWS]->(q) WHERE q.born < p.born }
      RETURN p.name AS name, [(p)-[r]->(x) | type(r) + ' ' + x.name] AS did
      """
    Then the result should be (ignoring element order for lists):
      | name  | did                              |
      | 'Ada' | ['WROTE Notes', 'KNOWS Charles'] |

  Scenario: [9] Rows are joined by what two patterns share
    When executing query:
      """
      MATCH (a)-[:BUILT]->(m), (t)-[:DESCRIBES]->(m) RETURN a.name, t.name
      UNION
      MATCH (a)-[:BUILT]->(m)<-[:DESCRIBES]-(t) RETURN a.name, t.name
      """
    Then the result should be, in any order:
      | a.name    | t.name  |
      | 'Charles' | 'Notes' |

  Scenario: [10] The plan is the answer to EXPLAIN
    When executing query:
      """
      EXPLAIN MATCH (p:Person) RETURN p
      """
    Then the result should be, in any order:
      | id | parent | operator       | details      | estimated_rows |
      | 0  | null   | 'Return'       | 'p'          | 2.0            |
      | 1  | 0      | 'NodesByLabel' | '(p:Person)' | 2.0            |

  Scenario Outline: [11] Faults are named and found before anything runs
    When executing query:
      """
      <query>
      """
    Then a <type> should be raised at compile time: <detail>

    Examples:
      | query                                       | type           | detail                         |
      | MATCH (p:Person) RETURN q                   | SyntaxError    | UndefinedVariable              |
      | MATCH (p)-[p]->() RETURN p                  | SyntaxError    | VariableTypeConflict           |
      | MATCH (p) RETURN p.born + count(*)          | SyntaxError    | AmbiguousAggregationExpression |
      | MATCH (p) WHERE count(p) > 1 RETURN p       | SyntaxError    | InvalidAggregation             |
      | MATCH (p) WITH p.name RETURN 1              | SyntaxError    | NoExpressionAlias              |
      | RETURN 1 AS a, 2 AS a                       | SyntaxError    | ColumnNameConflict             |
      | RETURN nonsense(1)                          | SyntaxError    | UnknownFunction                |
      | RETURN size()                               | SyntaxError    | InvalidNumberOfArguments       |
      | RETURN NOT 'a'                              | SyntaxError    | InvalidArgumentType            |
      | CALL no.such.procedure()                    | ProcedureError | ProcedureNotFound              |
      | MATCH (a)-[r]->()-[r]->(b) RETURN a         | SyntaxError    | RelationshipUniquenessViolation |
      | RETURN 1.0e999                              | SyntaxError    | FloatingPointOverflow          |
      | MATCH (a) RETURN (a)-->()                   | SyntaxError    | UnexpectedSyntax               |

  Scenario: [12] Most keywords are variables, too
    When executing query:
      """
      UNWIND range(1, 2) AS in WITH in AS end RETURN end, end IN [2] AS on ORDER BY end desc
      """
    Then the result should be, in order:
      | end | on    |
      | 2   | true  |
      | 1   | false |

  Scenario: [13] A subquery cannot change the graph
    When executing query:
      """
      MATCH (n) WHERE EXISTS { MATCH (n)-->(m) SET m.x = 1 RETURN m } RETURN n
      """
    Then a SyntaxError should be raised at compile time: InvalidClauseComposition
