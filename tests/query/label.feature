Feature: Labels and conditions inside patterns

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (ada:Person:Writer {name: 'Ada', born: 1815}),
             (charles:Person:Maker {name: 'Charles', born: 1791}),
             (engine:Machine {name: 'Engine'}),
             (nothing {name: 'Nothing'}),
             (ada)-[:WROTE_TO {year: 1833}]->(charles),
             (ada)-[:KNOWS {year: 1840}]->(charles),
             (charles)-[:BUILT {year: 1822}]->(engine),
             (ada)-[:DESCRIBED {year: 1843}]->(engine)
      """

  Scenario: [1] A label expression in brackets
    When executing query:
      """
      MATCH (n:(Person&!Maker)|Machine) RETURN n.name AS name
      """
    Then the result should be, in order:
      | name     |
      | 'Ada'    |
      | 'Engine' |
    And no side effects

  Scenario: [2] Either of two labels, in the order of the nodes and each once
    When executing query:
      """
      MATCH (n:Machine|Person|Writer) RETURN n.name AS name
      """
    Then the result should be, in order:
      | name      |
      | 'Ada'     |
      | 'Charles' |
      | 'Engine'  |
    And no side effects

  Scenario: [3] Both, none and any label
    When executing query:
      """
      MATCH (n)
      RETURN n.name AS name, n:Person&Writer AS both, n:!Person AS not_person, n:% AS any,
             n:!(Person|Machine) AS neither, n IS Maker|Machine AS maker, n:Person:Writer AS older
      """
    Then the result should be, in order:
      | name      | both  | not_person | any   | neither | maker | older |
      | 'Ada'     | true  | false      | true  | false   | false | true  |
      | 'Charles' | false | false      | true  | false   | true  | false |
      | 'Engine'  | false | true       | true  | false   | true  | false |
      | 'Nothing' | false | true       | false | true    | false | false |
    And no side effects

  Scenario: [4] Nodes without any label
    When executing query:
      """
      MATCH (n:!%) RETURN n.name AS name
      """
    Then the result should be, in any order:
      | name      |
      | 'Nothing' |
    And no side effects

  Scenario: [5] The type of a relationship
    When executing query:
      """
      MATCH (a)-[r:!(KNOWS|BUILT)&%]->(b) RETURN type(r) AS type ORDER BY type
      """
    Then the result should be, in order:
      | type        |
      | 'DESCRIBED' |
      | 'WROTE_TO'  |
    And no side effects

  Scenario: [6] Types after IS, and as a condition
    When executing query:
      """
      MATCH (IS Person)-[r IS KNOWS|BUILT]->()
      RETURN type(r) AS type, r IS KNOWS AS knows, r:!BUILT AS other, r:KNOWS&BUILT AS both, r:% AS any
      ORDER BY type
      """
    Then the result should be, in order:
      | type    | knows | other | both  | any  |
      | 'BUILT' | false | false | false | true |
      | 'KNOWS' | true  | true  | false | true |
    And no side effects

  Scenario: [7] A relationship has one type
    When executing query:
      """
      MATCH ()-[r:KNOWS&BUILT]->() RETURN count(r) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |
    And no side effects

  Scenario: [8] In a comprehension the last bar begins the result
    When executing query:
      """
      MATCH (n) WITH collect(n) AS ns
      RETURN [n IN ns WHERE n:Writer | n.name] AS one, [n IN ns WHERE n:Writer|Machine | n.name] AS two,
             [n IN ns WHERE (n:Writer|Machine)] = [n IN ns WHERE n IS Writer OR n IS Machine] AS three,
             [(a)-[:KNOWS|BUILT]->(b:Machine|Person) WHERE b:Machine|Writer | b.name] AS four
      """
    Then the result should be, in any order:
      | one     | two               | three | four       |
      | ['Ada'] | ['Ada', 'Engine'] | true  | ['Engine'] |
    And no side effects

  Scenario: [9] A test of null is null
    When executing query:
      """
      OPTIONAL MATCH (n:Nobody) RETURN n:A|B AS either, n:!A AS neither, n:% AS any
      """
    Then the result should be, in any order:
      | either | neither | any  |
      | null   | null    | null |
    And no side effects

  Scenario: [10] The colon form does not mix with the operators
    When executing query:
      """
      MATCH (n:Person:Writer|Machine) RETURN n
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [11] What is created has plain labels
    When executing query:
      """
      CREATE (n:Person|Writer)
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [12] Plain labels may be joined by an ampersand where they are created and set
    When executing query:
      """
      CREATE (n:A&B) SET n IS C&D REMOVE n:A RETURN labels(n) AS labels
      """
    Then the result should be, in any order:
      | labels          |
      | ['B', 'C', 'D'] |
    And the side effects should be:
      | +nodes  | 1 |
      | +labels | 3 |

  Scenario: [13] Alternatives cannot be set
    When executing query:
      """
      MATCH (n) SET n:A|B
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [14] Conditions inside nodes and relationships
    When executing query:
      """
      MATCH (a:Person WHERE a.born > 1800)-[r WHERE r.year < 1842]->(b WHERE b.born < a.born)
      WHERE b.name STARTS WITH 'C'
      RETURN a.name AS a, type(r) AS r, b.name AS b ORDER BY r
      """
    Then the result should be, in order:
      | a     | r          | b         |
      | 'Ada' | 'KNOWS'    | 'Charles' |
      | 'Ada' | 'WROTE_TO' | 'Charles' |
    And no side effects

  Scenario: [15] Conditions inside optional matches, subqueries, predicates and comprehensions
    When executing query:
      """
      MATCH (n:Person)
      OPTIONAL MATCH (n)-[r:DESCRIBED WHERE r.year > 1840]->(m:Machine WHERE m.name = 'Engine')
      RETURN n.name AS name, m.name AS machine,
             EXISTS { (n)-[b WHERE b.year < 1830]->() } AS early,
             EXISTS { MATCH (n)-[:KNOWS]->(o WHERE o.born > 1800) } AS younger,
             [(n)-[k WHERE k.year > 1835]->(o) | o.name] AS late
      ORDER BY name
      """
    Then the result should be, in order:
      | name      | machine  | early | younger | late                  |
      | 'Ada'     | 'Engine' | false | false   | ['Charles', 'Engine'] |
      | 'Charles' | null     | true  | false   | []                    |
    And no side effects

  Scenario: [16] A pattern that is asked for may have conditions
    When executing query:
      """
      MATCH (n:Person) WHERE (n WHERE n.born > 1800)-[{year: 1840}]->(:Person WHERE n.born <> 1)
      RETURN n.name AS name
      """
    Then the result should be, in any order:
      | name  |
      | 'Ada' |
    And no side effects

  Scenario: [17] What is created has no condition
    When executing query:
      """
      MERGE (n:Person WHERE n.born = 1815)
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [18] A label in a condition finds nodes as one in the pattern does
    When executing query:
      """
      MATCH (n) WHERE n:Machine OR n:Maker RETURN n.name AS name
      """
    Then the result should be, in order:
      | name      |
      | 'Charles' |
      | 'Engine'  |
    And no side effects
