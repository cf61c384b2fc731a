Feature: Shortest paths

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (a:Town {name: 'a', at: 1}), (b:Town {name: 'b', at: 2}), (c:Town {name: 'c', at: 3}),
             (d:Town {name: 'd', at: 4}), (e:Port {name: 'e', at: 5}), (f:Port {name: 'f', at: 6}),
             (a)-[:ROAD {km: 1}]->(b), (b)-[:ROAD {km: 2}]->(e), (a)-[:ROAD {km: 3}]->(c),
             (c)-[:ROAD {km: 4}]->(e), (a)-[:ROAD {km: 5}]->(d), (d)-[:ROAD {km: 6}]->(c),
             (e)-[:SEA {km: 7}]->(f), (f)-[:ROAD {km: 8}]->(a), (a)-[:ROAD {km: 9}]->(b)
      """

  Scenario: [1] The first of the shortest paths, by the relationships as they were made
    When executing query:
      """
      MATCH p = shortestPath((a {name: 'a'})-[:ROAD*]->(e {name: 'e'}))
      RETURN [r IN relationships(p) | r.km] AS km, [n IN nodes(p) | n.name] AS names
      """
    Then the result should be, in any order:
      | km     | names           |
      | [1, 2] | ['a', 'b', 'e'] |
    And no side effects

  Scenario: [2] All shortest paths, by the relationships as they were made
    When executing query:
      """
      MATCH p = allShortestPaths((a {name: 'a'})-[:ROAD*]->(e {name: 'e'}))
      RETURN [r IN relationships(p) | r.km] AS km
      """
    Then the result should be, in order:
      | km     |
      | [1, 2] |
      | [3, 4] |
      | [9, 2] |
    And no side effects

  Scenario: [3] A condition on the path of a function is part of the search
    When executing query:
      """
      MATCH p = shortestPath((a {name: 'a'})-[:ROAD*]->(e {name: 'e'}))
      WHERE none(n IN nodes(p) WHERE n.name = 'b') AND length(p) > 2
      RETURN [n IN nodes(p) | n.name] AS names
      """
    Then the result should be, in any order:
      | names                |
      | ['a', 'd', 'c', 'e'] |
    And no side effects

  Scenario: [4] A condition on the path behind a selector is asked of the paths selected
    When executing query:
      """
      MATCH p = ANY SHORTEST (a {name: 'a'})-[:ROAD]->+(e {name: 'e'})
      WHERE none(n IN nodes(p) WHERE n.name = 'b')
      RETURN [n IN nodes(p) | n.name] AS names
      """
    Then the result should be, in any order:
      | names |
    And no side effects

  Scenario: [5] A condition in the brackets of a path is asked before one is selected
    When executing query:
      """
      MATCH p = ANY SHORTEST ((a {name: 'a'})-[:ROAD]->+(e {name: 'e'}) WHERE none(n IN nodes(p) WHERE n.name = 'b'))
      RETURN [n IN nodes(p) | n.name] AS names
      """
    Then the result should be, in any order:
      | names           |
      | ['a', 'c', 'e'] |
    And no side effects

  Scenario: [6] All shortest paths by a selector
    When executing query:
      """
      MATCH p = ALL SHORTEST (a {name: 'a'})-[r:ROAD]->*(e {name: 'e'}) RETURN [x IN r | x.km] AS km
      """
    Then the result should be, in order:
      | km     |
      | [1, 2] |
      | [3, 4] |
      | [9, 2] |
    And no side effects

  Scenario: [7] So many of the shortest paths
    When executing query:
      """
      MATCH p = SHORTEST 4 PATHS (a {name: 'a'})-[r:ROAD]->*(e {name: 'e'}) RETURN [x IN r | x.km] AS km
      """
    Then the result should be, in order:
      | km        |
      | [1, 2]    |
      | [3, 4]    |
      | [9, 2]    |
      | [5, 6, 4] |
    And no side effects

  Scenario: [8] The paths of so many lengths
    When executing query:
      """
      MATCH p = SHORTEST 2 GROUPS (a {name: 'd'})-[r]->*(e {name: 'c'}) RETURN [x IN r | x.km] AS km
      """
    Then the result should be, in order:
      | km                 |
      | [6]                |
      | [6, 4, 7, 8, 3]    |
    And no side effects

  Scenario: [9] Any path
    When executing query:
      """
      MATCH p = ANY (a {name: 'a'})-[r:ROAD]->+(e:Port) RETURN length(p) AS length, e.name AS name
      """
    Then the result should be, in any order:
      | length | name |
      | 2      | 'e'  |
    And no side effects

  Scenario: [10] Paths to every end that is not known
    When executing query:
      """
      MATCH p = ANY SHORTEST (a {name: 'a'})-[r]->{0,3}(x) RETURN x.name AS name, length(p) AS length ORDER BY name
      """
    Then the result should be, in order:
      | name | length |
      | 'a'  | 0      |
      | 'b'  | 1      |
      | 'c'  | 1      |
      | 'd'  | 1      |
      | 'e'  | 2      |
      | 'f'  | 3      |
    And no side effects

  Scenario: [11] Paths from every start that is not known
    When executing query:
      """
      MATCH p = ALL SHORTEST (x:Town)-[r]->+(e {name: 'e'})
      RETURN x.name AS name, [y IN r | y.km] AS km, [n IN nodes(p) | n.name] AS names ORDER BY name, km
      """
    Then the result should be, in order:
      | name | km     | names           |
      | 'a'  | [1, 2] | ['a', 'b', 'e'] |
      | 'a'  | [3, 4] | ['a', 'c', 'e'] |
      | 'a'  | [9, 2] | ['a', 'b', 'e'] |
      | 'b'  | [2]    | ['b', 'e']      |
      | 'c'  | [4]    | ['c', 'e']      |
      | 'd'  | [6, 4] | ['d', 'c', 'e'] |
    And no side effects

  Scenario: [12] A selector finds the way back to where it starts, a function does not
    When executing query:
      """
      MATCH (a {name: 'a'})
      OPTIONAL MATCH p = ANY SHORTEST (a)-[]->+(a)
      OPTIONAL MATCH q = shortestPath((a)-[*]->(a))
      OPTIONAL MATCH o = shortestPath((a)-[*0..]->(a))
      RETURN length(p) AS p, length(q) AS q, length(o) AS o
      """
    Then the result should be, in any order:
      | p | q    | o |
      | 4 | null | 0 |
    And no side effects

  Scenario: [13] Each step may be asked something, and its nodes are lists
    When executing query:
      """
      MATCH p = ANY SHORTEST (a {name: 'a'}) ((x)-[r:ROAD|SEA]->(y) WHERE r.km <> 2 AND x.at <> 3)+ (e:Port)
      RETURN e.name AS name, [n IN x | n.name] AS x, [n IN y | n.name] AS y
      """
    Then the result should be, in any order:
      | name | x | y |
    And no side effects

  Scenario: [14] Each step may be asked something, as far as it can be fulfilled
    When executing query:
      """
      MATCH p = ANY SHORTEST (a {name: 'a'}) ((x)-[r:ROAD|SEA WHERE r.km > 2]->(y:!Nothing))+ (e:Port)
      RETURN e.name AS name, [n IN x | n.name] AS x, [n IN y | n.name] AS y, [z IN r | z.km] AS km ORDER BY name
      """
    Then the result should be, in order:
      | name | x               | y               | km        |
      | 'e'  | ['a', 'c']      | ['c', 'e']      | [3, 4]    |
      | 'f'  | ['a', 'c', 'e'] | ['c', 'e', 'f'] | [3, 4, 7] |
    And no side effects

  Scenario: [15] Paths of several parts, between ends that are known
    When executing query:
      """
      MATCH (s {name: 'a'}), (t {name: 'a'})
      MATCH p = SHORTEST 2 (s)-[r:ROAD]->+(m:Port)-[x:SEA]->(n)-[y:ROAD]->*(t)
      RETURN [z IN relationships(p) | z.km] AS km
      """
    Then the result should be, in order:
      | km           |
      | [1, 2, 7, 8] |
      | [3, 4, 7, 8] |
    And no side effects

  Scenario: [16] Paths of several parts, between ends that are not known
    When executing query:
      """
      MATCH p = ANY SHORTEST (s:Town WHERE s.at < 3)-[r:ROAD]->+(m:Port)-[x:SEA]->(n)
      RETURN s.name AS s, n.name AS n, length(p) AS length ORDER BY s
      """
    Then the result should be, in order:
      | s   | n   | length |
      | 'a' | 'f' | 3      |
      | 'b' | 'f' | 2      |
    And no side effects

  Scenario: [17] Relationships in both directions
    When executing query:
      """
      MATCH p = shortestPath((b {name: 'b'})-[*..5]-(d {name: 'd'})) RETURN [r IN relationships(p) | r.km] AS km
      """
    Then the result should be, in any order:
      | km     |
      | [1, 5] |
    And no side effects

  Scenario: [18] The least length of a function may be above that of the shortest path
    When executing query:
      """
      MATCH p = shortestPath((a {name: 'a'})-[:ROAD*3..]->(e {name: 'e'})) RETURN [r IN relationships(p) | r.km] AS km
      """
    Then the result should be, in any order:
      | km        |
      | [5, 6, 4] |
    And no side effects

  Scenario: [19] A shortest path as a value
    When executing query:
      """
      MATCH (a {name: 'a'}), (x)
      WITH a, x, shortestPath((a)-[:ROAD*]->(x)) AS p ORDER BY x.name
      RETURN x.name AS name, length(p) AS length, size(allShortestPaths((a)-[:ROAD*]->(x))) AS paths
      """
    Then the result should be, in order:
      | name | length | paths |
      | 'a'  | null   | 0     |
      | 'b'  | 1      | 2     |
      | 'c'  | 1      | 1     |
      | 'd'  | 1      | 1     |
      | 'e'  | 2      | 3     |
      | 'f'  | null   | 0     |
    And no side effects

  Scenario: [20] Excluded types of a shortest path
    When executing query:
      """
      MATCH (f {name: 'f'}), (e {name: 'e'})
      MATCH p = shortestPath((e)-[r:!SEA*]-(f)), q = shortestPath((e)-[s]-(f))
      RETURN length(p) AS p, length(q) AS q, type(s) AS s
      """
    Then the result should be, in any order:
      | p | q | s     |
      | 3 | 1 | 'SEA' |
    And no side effects

  Scenario: [21] A subquery that reads the path is part of the search
    When executing query:
      """
      MATCH p = shortestPath((a {name: 'a'})-[:ROAD*]->(e {name: 'e'}))
      WHERE NOT EXISTS { MATCH (x {name: 'b'}) WHERE x IN nodes(p) }
      RETURN [n IN nodes(p) | n.name] AS names
      """
    Then the result should be, in any order:
      | names           |
      | ['a', 'c', 'e'] |
    And no side effects

  Scenario: [22] Selected paths in subqueries and comprehensions
    When executing query:
      """
      MATCH (t:Town)
      RETURN t.name AS name, COUNT { ANY SHORTEST (t)-[:ROAD]->+(:Port) } AS ports,
             COLLECT { MATCH p = ALL SHORTEST (t)-[:ROAD]->+(:Port) RETURN length(p) } AS lengths
      ORDER BY name
      """
    Then the result should be, in order:
      | name | ports | lengths   |
      | 'a'  | 1     | [2, 2, 2] |
      | 'b'  | 1     | [1]       |
      | 'c'  | 1     | [1]       |
      | 'd'  | 1     | [2]       |
    And no side effects

  Scenario: [23] A selector stands alone in its match
    When executing query:
      """
      MATCH ANY SHORTEST (a)-[]->+(b), (c) RETURN a
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [24] At least one path must be wanted
    When executing query:
      """
      MATCH SHORTEST 0 (a)-[]->+(b) RETURN a
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [25] Words of selectors are names where they can be none
    When executing query:
      """
      MATCH any = (shortest {name: 'e'})-[all:SEA]->(groups) RETURN length(any) AS paths, groups.name AS path
      """
    Then the result should be, in any order:
      | paths | path |
      | 1     | 'f'  |
    And no side effects
