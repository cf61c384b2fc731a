Feature: Elements looked up by ids and by lists of values

  Background:
    Given an empty graph
    And having executed:
      """
      UNWIND range(1, 30) AS i CREATE (n:Item {name: 'n' + toString(i), i: i})-[:NEXT {i: i}]->(:End {i: i})
      """

  Scenario: [1] Nodes by a list of ids, each once and in the order of ids
    When executing query:
      """
      MATCH (n:Item) WHERE n.i IN [3, 1] WITH collect(id(n)) AS ids
      MATCH (m) WHERE id(m) IN ids + ids + [-1, null, 'x'] RETURN m.i AS i
      """
    Then the result should be, in order:
      | i |
      | 1 |
      | 3 |
    And no side effects

  Scenario: [2] Nodes by their element ids
    When executing query:
      """
      MATCH (n:Item {i: 7}) WITH elementId(n) AS x
      MATCH (m) WHERE elementId(m) = x
      MATCH (o) WHERE elementId(o) IN [x, '0' + x, null]
      OPTIONAL MATCH (p) WHERE id(p) = x
      RETURN m.i AS m, o.i AS o, p
      """
    Then the result should be, in any order:
      | m | o | p    |
      | 7 | 7 | null |
    And no side effects

  Scenario: [3] Relationships by their ids
    When executing query:
      """
      MATCH ()-[r:NEXT {i: 4}]->() WITH id(r) AS x
      MATCH (a)-[r]->(b) WHERE id(r) = x
      MATCH (c)<-[t]-(d) WHERE elementId(t) IN [toString(x)]
      RETURN a.i AS a, b.i AS b, c.i AS c, labels(d) AS d
      """
    Then the result should be, in any order:
      | a | b | c | d        |
      | 4 | 4 | 4 | ['Item'] |
    And no side effects

  Scenario: [4] Nodes by a list of values of a property with an index
    When executing query:
      """
      MATCH (n:Item) WHERE n.name IN ['n9', 'n2', 'n9', null, 5] RETURN n.i AS i
      """
    Then the result should be, in order:
      | i |
      | 2 |
      | 9 |
    And no side effects
