Feature: Subqueries in expressions

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (mira:Sailor {name: 'Mira', age: 41}),
             (jon:Sailor {name: 'Jon', age: 29}),
             (ines:Sailor {name: 'Ines'}),
             (gull:Boat {name: 'Gull', length: 9}),
             (tern:Boat {name: 'Tern', length: 14}),
             (oslo:Port {name: 'Oslo'}),
             (mira)-[:SAILS {since: 2001}]->(gull),
             (mira)-[:SAILS {since: 2010}]->(tern),
             (jon)-[:SAILS {since: 2015}]->(tern),
             (mira)-[:LIVES_IN]->(oslo),
             (tern)-[:LIES_IN]->(oslo)
      """

  Scenario: [1] COUNT gives the number of finds
    When executing query:
      """
      MATCH (s:Sailor)
      RETURN s.name AS name, COUNT { (s)-[:SAILS]->() } AS boats,
             COUNT { MATCH (s)-[r:SAILS]->(b) WHERE r.since > 2005 AND b.length > 10 } AS late
      ORDER BY name
      """
    Then the result should be, in order:
      | name   | boats | late |
      | 'Ines' | 0     | 0    |
      | 'Jon'  | 1     | 1    |
      | 'Mira' | 2     | 1    |
    And no side effects

  Scenario: [2] COUNT may stand wherever an expression may
    When executing query:
      """
      MATCH (s:Sailor) WHERE COUNT { (s)-->() } > 1
      WITH s ORDER BY COUNT { (s)-[:SAILS]->() } DESC
      UNWIND range(1, COUNT { (s)-[:SAILS]->() }) AS i
      RETURN s.name AS name, i, CASE COUNT { (:Port) } WHEN 1 THEN 'one' ELSE 'many' END AS ports
      """
    Then the result should be, in order:
      | name   | i | ports |
      | 'Mira' | 1 | 'one' |
      | 'Mira' | 2 | 'one' |

  Scenario: [3] COLLECT gives a list, in order, nulls included
    When executing query:
      """
      RETURN COLLECT { MATCH (s:Sailor) RETURN s.age ORDER BY s.name } AS ages,
             COLLECT { MATCH (s:Sailor) WHERE s.age > 100 RETURN s } AS none
      """
    Then the result should be, in any order:
      | ages           | none |
      | [null, 29, 41] | []   |

  Scenario: [4] Subqueries read the row they are asked for, and nest
    When executing query:
      """
      MATCH (p:Port)
      RETURN p.name AS port,
             COLLECT {
               MATCH (b:Boat)-[:LIES_IN]->(p)
               RETURN b.name + ': ' + COUNT { (b)<-[:SAILS]-(s) WHERE EXISTS { (s)-[:LIVES_IN]->(p) } }
             } AS boats
      """
    Then the result should be, in any order:
      | port   | boats       |
      | 'Oslo' | ['Tern: 1'] |

  Scenario: [5] What is known outside stays known behind WITH
    When executing query:
      """
      MATCH (s:Sailor)
      RETURN s.name AS name, COUNT {
        WITH 'Tern' AS wanted
        MATCH (s)-[:SAILS]->(b) WHERE b.name = wanted
      } AS n, COLLECT {
        MATCH (s)-[:SAILS]->(b) WITH count(b) AS boats RETURN boats + size(s.name)
      } AS sums
      ORDER BY name
      """
    Then the result should be, in order:
      | name   | n | sums |
      | 'Ines' | 0 | [4]  |
      | 'Jon'  | 1 | [4]  |
      | 'Mira' | 1 | [6]  |

  Scenario: [6] UNION counts different rows, UNION ALL all rows
    When executing query:
      """
      RETURN COUNT { MATCH (:Sailor)-[:SAILS]->(b) RETURN b UNION MATCH (b:Boat) RETURN b } AS once,
             COUNT { MATCH (:Sailor)-[:SAILS]->(b) RETURN b UNION ALL MATCH (b:Boat) RETURN b } AS all,
             COUNT { MATCH (s:Sailor) UNION ALL MATCH (b:Boat) } AS bare,
             EXISTS { MATCH (s:Lake) UNION MATCH (b:Boat) } AS any
      """
    Then the result should be, in any order:
      | once | all | bare | any  |
      | 2    | 5   | 5    | true |

  Scenario: [7] A subquery is a grouping key like any expression
    When executing query:
      """
      MATCH (s:Sailor) RETURN COUNT { (s)-[:SAILS]->() } AS boats, count(*) AS sailors ORDER BY boats
      """
    Then the result should be, in order:
      | boats | sailors |
      | 0     | 1       |
      | 1     | 1       |
      | 2     | 1       |

  Scenario: [8] A subquery in a comprehension sees its item
    When executing query:
      """
      MATCH (s:Sailor) WITH collect(s) AS all
      RETURN [s IN all WHERE COUNT { (s)-[:SAILS]->() } = 1 | COLLECT { MATCH (s)-->(b) RETURN b.name }] AS names
      """
    Then the result should be, in any order:
      | names      |
      | [['Tern']] |

  Scenario: [9] Writing sees what subqueries read
    When executing query:
      """
      MATCH (s:Sailor) SET s.boats = COUNT { (s)-[:SAILS]->() }
      RETURN sum(s.boats) + COUNT { (:Sailor {boats: 2}) } AS sum
      """
    Then the result should be, in any order:
      | sum |
      | 4   |
    And the side effects should be:
      | +properties | 3 |

  Scenario: [10] The names are variables where no braces follow
    When executing query:
      """
      WITH {name: 'x'} AS count, [1] AS collect RETURN count {.name} AS map, collect[0] AS first
      """
    Then the result should be, in any order:
      | map         | first |
      | {name: 'x'} | 1     |

  Scenario Outline: [11] Subqueries that mean nothing are refused
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                                          | detail                   |
      | RETURN COLLECT { MATCH (a)-->(b) RETURN a, b } AS x            | InvalidNumberOfColumns   |
      | RETURN COLLECT { (a)-->(b) } AS x                              | InvalidNumberOfColumns   |
      | RETURN COLLECT { MATCH (a) MATCH (b) } AS x                    | InvalidClauseComposition |
      | RETURN COUNT { MATCH (a) WITH a } AS x                         | InvalidClauseComposition |
      | RETURN COUNT { MATCH (a) UNION MATCH (a:B) } AS x              | InvalidClauseComposition |
      | RETURN COUNT { CREATE (a) } AS x                               | InvalidClauseComposition |
      | RETURN COUNT { MATCH (a) RETURN b } AS x                       | UndefinedVariable        |
      | MATCH (a) RETURN COUNT { WITH 1 AS a MATCH (b {x: a}) } AS x   | VariableAlreadyBound     |
      | MATCH (a)-->(b) RETURN count(*) + COUNT { (a)-->() } AS x      | AmbiguousAggregationExpression |
      | MATCH (a) RETURN COUNT { (a)-->(b) } AS n, b                   | UndefinedVariable        |
