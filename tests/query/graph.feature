Feature: Measures of the graph and ways through it

  Scenario: [1] Degrees count relationships both ways, the highest first
    Given an empty graph
    And having executed:
      """
      CREATE (a:City {name: 'A'}), (b:City {name: 'B'}), (c:Town {name: 'C'}),
             (a)-[:ROAD {km: 2}]->(b), (b)-[:ROAD {km: 5}]->(c), (c)-[:RAIL]->(b)
      """
    When executing query:
      """
      CALL graph.degree() YIELD node, degree
      RETURN node.name AS name, degree
      """
    Then the result should be, in order:
      | name | degree |
      | 'B'  | 3      |
      | 'C'  | 2      |
      | 'A'  | 1      |
    And no side effects

  Scenario: [2] Labels, types, direction and weight say what counts
    Given an empty graph
    And having executed:
      """
      CREATE (a:City {name: 'A'}), (b:City {name: 'B'}), (c:Town {name: 'C'}),
             (a)-[:ROAD {km: 2}]->(b), (b)-[:ROAD {km: 5}]->(c), (c)-[:RAIL]->(b)
      """
    When executing query:
      """
      CALL graph.degree({types: 'ROAD', direction: 'outgoing', weight: 'km'}) YIELD node, degree, score
      WITH node.name AS name, degree, score
      CALL graph.degree({labels: ['City']}) YIELD node, degree AS roads
      WHERE node.name = name
      RETURN name, degree, score, roads
      """
    Then the result should be, in order:
      | name | degree | score | roads |
      | 'B'  | 1      | 5.0   | 1     |
      | 'A'  | 1      | 2.0   | 1     |
    And no side effects

  Scenario: [3] What is not known selects nothing
    Given an empty graph
    And having executed:
      """
      CREATE (:City)-[:ROAD]->(:City)
      """
    When executing query:
      """
      CALL graph.pageRank({labels: 'Village'}) YIELD node
      RETURN count(*) AS nodes
      """
    Then the result should be, in any order:
      | nodes |
      | 0     |
    And no side effects

  Scenario: [4] The scores of PageRank sum up to one
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'}), (b {name: 'B'}), (c {name: 'C'}), (a)-[:TO]->(b), (c)-[:TO]->(b)
      """
    When executing query:
      """
      CALL graph.pageRank({damping: 0.85}) YIELD node, score
      WITH collect(node.name) AS names, sum(score) AS sum
      RETURN names, round(sum * 1000000) AS millionths
      """
    Then the result should be, in any order:
      | names           | millionths |
      | ['B', 'A', 'C'] | 1000000.0  |
    And no side effects

  Scenario: [5] PageRank from a node tells what is near it
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'})-[:TO]->(b {name: 'B'}), (c {name: 'C'})-[:TO]->(b)
      """
    When executing query:
      """
      MATCH (a {name: 'A'})
      CALL graph.pageRank({start: a}) YIELD node, score
      RETURN node.name AS name, score > 0 AS reached
      """
    Then the result should be, in order:
      | name | reached |
      | 'A'  | true    |
      | 'B'  | true    |
      | 'C'  | false   |
    And no side effects

  Scenario: [6] Nodes that come out can be matched further
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'})-[:TO]->(b {name: 'B'})-[:TO]->(c {name: 'C'})-[:TO]->({name: 'D'})
      """
    When executing query:
      """
      CALL graph.betweenness() YIELD node, score
      MATCH (node)-[:TO]->(next)
      RETURN node.name AS name, score, next.name AS next
      """
    Then the result should be, in order:
      | name | score | next |
      | 'B'  | 2.0   | 'C'  |
      | 'C'  | 2.0   | 'D'  |
      | 'A'  | 0.0   | 'B'  |
    And no side effects

  Scenario: [7] Closeness is the mean of one over the distance
    Given an empty graph
    And having executed:
      """
      CREATE ({name: 'A'})-[:TO]->({name: 'B'})-[:TO]->({name: 'C'})
      """
    When executing query:
      """
      CALL graph.closeness() YIELD node, score
      RETURN node.name AS name, score
      """
    Then the result should be, in order:
      | name | score |
      | 'B'  | 1.0   |
      | 'A'  | 0.75  |
      | 'C'  | 0.75  |
    And no side effects

  Scenario: [8] Components are numbered from the largest
    Given an empty graph
    And having executed:
      """
      CREATE ({name: 'A'}), ({name: 'B'})-[:TO]->({name: 'C'})
      """
    When executing query:
      """
      CALL graph.components() YIELD node, component, size
      RETURN node.name AS name, component, size
      """
    Then the result should be, in order:
      | name | component | size |
      | 'B'  | 1         | 2    |
      | 'C'  | 1         | 2    |
      | 'A'  | 2         | 1    |
    And no side effects

  Scenario: [9] Strong components need paths both ways
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'})-[:TO]->(b {name: 'B'})-[:TO]->(c {name: 'C'})-[:TO]->(b)
      """
    When executing query:
      """
      CALL graph.strongComponents() YIELD node, component
      RETURN component, collect(node.name) AS names
      """
    Then the result should be, in order:
      | component | names      |
      | 1         | ['B', 'C'] |
      | 2         | ['A']      |
    And no side effects

  Scenario: [10] Communities are the dense parts
    Given an empty graph
    And having executed:
      """
      UNWIND ['A', 'B'] AS group
      CREATE (x:Person {group: group}), (y:Person {group: group}), (z:Person {group: group}),
             (x)-[:KNOWS]->(y), (y)-[:KNOWS]->(z), (z)-[:KNOWS]->(x)
      WITH collect(x) AS ends
      WITH ends[0] AS one, ends[1] AS other
      CREATE (one)-[:KNOWS]->(other)
      """
    When executing query:
      """
      CALL graph.communities({types: ['KNOWS']}) YIELD node, community, size
      RETURN community, size, collect(DISTINCT node.group) AS groups
      """
    Then the result should be, in order:
      | community | size | groups |
      | 1         | 3    | ['A']  |
      | 2         | 3    | ['B']  |
    And no side effects

  Scenario: [11] Triangles and the clustering coefficient
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'})-[:TO]->(b {name: 'B'})-[:TO]->(c {name: 'C'})-[:TO]->(a),
             (c)-[:TO]->({name: 'D'}), (a)-[:TO]->(b)
      """
    When executing query:
      """
      CALL graph.triangles() YIELD node, triangles, coefficient
      RETURN node.name AS name, triangles, round(coefficient * 3) AS thirds
      """
    Then the result should be, in order:
      | name | triangles | thirds |
      | 'A'  | 1         | 3.0    |
      | 'B'  | 1         | 3.0    |
      | 'C'  | 1         | 1.0    |
      | 'D'  | 0         | 0.0    |
    And no side effects

  Scenario: [12] The cheapest path need not be the shortest
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'}), (b {name: 'B'}), (c {name: 'C'}),
             (a)-[:ROAD {km: 9}]->(c), (a)-[:ROAD {km: 2}]->(b), (c)-[:ROAD {km: 3}]->(b)
      """
    When executing query:
      """
      MATCH (a {name: 'A'}), (c {name: 'C'})
      CALL graph.shortestPath(a, c, {cost: 'km'}) YIELD path, cost
      RETURN path, cost
      """
    Then the result should be, in any order:
      | path                                                                            | cost |
      | <({name: 'A'})-[:ROAD {km: 2}]->({name: 'B'})<-[:ROAD {km: 3}]-({name: 'C'})> | 5.0  |
    And no side effects

  Scenario: [13] Where no path leads there is no row
    Given an empty graph
    And having executed:
      """
      CREATE ({name: 'A'})<-[:ROAD]-({name: 'B'})
      """
    When executing query:
      """
      MATCH (a {name: 'A'}), (b {name: 'B'})
      CALL graph.shortestPath(a, b, {direction: 'outgoing'}) YIELD path
      RETURN path
      """
    Then the result should be, in any order:
      | path |
    And no side effects

  Scenario: [14] A path from null is no path, and from a node to itself it is empty
    Given an empty graph
    And having executed:
      """
      CREATE ({name: 'A'})
      """
    When executing query:
      """
      MATCH (a) OPTIONAL MATCH (a)-->(b)
      CALL graph.shortestPath(a, a) YIELD path, cost
      RETURN length(path) AS length, cost, b
      """
    Then the result should be, in any order:
      | length | cost | b    |
      | 0      | 0.0  | null |
    And no side effects

  Scenario: [15] The most probable path multiplies
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'}), (b {name: 'B'}), (c {name: 'C'}),
             (a)-[:SAID {confidence: 0.5}]->(c),
             (a)-[:SAID {confidence: 0.8}]->(b), (b)-[:SAID {confidence: 0.75}]->(c)
      """
    When executing query:
      """
      MATCH (a {name: 'A'}), (c {name: 'C'})
      CALL graph.kShortestPaths(a, c, 3, {probability: 'confidence'}) YIELD rank, path, cost
      RETURN rank, [n IN nodes(path) | n.name] AS names, round(100 * exp(-cost)) AS percent
      """
    Then the result should be, in order:
      | rank | names           | percent |
      | 1    | ['A', 'B', 'C'] | 60.0    |
      | 2    | ['A', 'C']      | 50.0    |
    And no side effects

  Scenario: [16] All simple paths come shortest first and only as far as asked
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'}), (b {name: 'B'}), (c {name: 'C'}), (d {name: 'D'}),
             (a)-[:TO]->(b), (b)-[:TO]->(c), (c)-[:TO]->(d), (a)-[:TO]->(c), (b)-[:TO]->(d)
      """
    When executing query:
      """
      MATCH (a {name: 'A'}), (d {name: 'D'})
      CALL graph.simplePaths(a, d, 3, {direction: 'outgoing'}) YIELD path, length
      RETURN length, [n IN nodes(path) | n.name] AS names
      """
    Then the result should be, in order:
      | length | names                |
      | 2      | ['A', 'B', 'D']      |
      | 2      | ['A', 'C', 'D']      |
      | 3      | ['A', 'B', 'C', 'D'] |
    And no side effects

  Scenario: [17] Distances are costs, the nearest first
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'}), (b {name: 'B'}), (c {name: 'C'}), ({name: 'D'}),
             (a)-[:ROAD {km: 9}]->(c), (a)-[:ROAD {km: 2}]->(b), (c)-[:ROAD {km: 3}]->(b)
      """
    When executing query:
      """
      MATCH (a {name: 'A'})
      CALL graph.distances(a, {cost: 'km'}) YIELD node, cost
      RETURN node.name AS name, cost
      """
    Then the result should be, in order:
      | name | cost |
      | 'A'  | 0.0  |
      | 'B'  | 2.0  |
      | 'C'  | 5.0  |
    And no side effects

  Scenario: [18] A procedure sees what the query has changed
    Given an empty graph
    When executing query:
      """
      CREATE (a {name: 'A'})-[:TO]->(b {name: 'B'})
      WITH a, b
      CALL graph.shortestPath(a, b) YIELD cost
      CREATE (a)-[:TO]->({name: 'C'})
      WITH a
      CALL graph.degree() YIELD node, degree
      WHERE node = a
      RETURN degree
      """
    Then the result should be, in any order:
      | degree |
      | 2      |
    And the side effects should be:
      | +nodes         | 3 |
      | +relationships | 2 |
      | +properties    | 3 |

  Scenario: [19] Scores can be kept
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'})-[:TO]->(b {name: 'B'})
      """
    When executing query:
      """
      CALL graph.components() YIELD node, component
      SET node.component = component
      RETURN count(*) AS nodes
      """
    Then the result should be, in any order:
      | nodes |
      | 2     |
    And the side effects should be:
      | +properties | 2 |

  Scenario Outline: [20] What a procedure cannot use is refused
    Given an empty graph
    And having executed:
      """
      CREATE ({name: 'A'})-[:TO {km: -1, name: 'road'}]->({name: 'B'})
      """
    When executing query:
      """
      MATCH (a {name: 'A'}), (b {name: 'B'})
      CALL <call> YIELD node
      RETURN node
      """
    Then a <type> should be raised at runtime: <detail>

    Examples:
      | call                                 | type          | detail              |
      | graph.pageRank({dampng: 0.5})        | ArgumentError | UnknownOption       |
      | graph.pageRank({damping: 1})         | TypeError     | InvalidArgumentType |
      | graph.pageRank({damping: 'high'})    | TypeError     | InvalidArgumentType |
      | graph.pageRank({iterations: 0})      | TypeError     | InvalidArgumentType |
      | graph.pageRank({start: 'A'})         | TypeError     | InvalidArgumentType |
      | graph.pageRank({weight: 'km'})       | TypeError     | InvalidArgumentType |
      | graph.pageRank({weight: 'name'})     | TypeError     | InvalidArgumentType |
      | graph.pageRank({weight: 'miles'})    | ArgumentError | UnknownWeight       |
      | graph.degree({direction: 'upwards'}) | TypeError     | InvalidArgumentType |
      | graph.degree({labels: [1]})          | TypeError     | InvalidArgumentType |
      | graph.closeness({samples: 1.5})      | TypeError     | InvalidArgumentType |
      | graph.components({direction: 'both'})| ArgumentError | UnknownOption       |
      | graph.distances(a, {cost: 'km'})     | TypeError     | InvalidArgumentType |

  Scenario: [21] A procedure without its brackets takes its defaults
    Given an empty graph
    And having executed:
      """
      CREATE ({name: 'A'})
      """
    When executing query:
      """
      CALL graph.triangles
      """
    Then the result should be, in any order:
      | node          | triangles | coefficient |
      | ({name: 'A'}) | 0         | 0.0         |
    And no side effects

  Scenario: [22] Too many arguments are refused
    Given an empty graph
    When executing query:
      """
      CALL graph.degree({}, {}) YIELD node RETURN node
      """
    Then a SyntaxError should be raised at compile time: InvalidNumberOfArguments

  Scenario: [23] A procedure of another system is not there
    Given an empty graph
    When executing query:
      """
      CALL gds.pageRank.stream('graph') YIELD nodeId RETURN nodeId
      """
    Then a ProcedureError should be raised at compile time: ProcedureNotFound

  Scenario: [24] Nodes with the same neighbours are similar
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'}), (b {name: 'B'}), (c {name: 'C'}), (x), (y), (z),
             (a)-[:TO]->(x), (a)-[:TO]->(y), (b)-[:TO]->(x), (b)-[:TO]->(y), (b)-[:TO]->(y),
             (c)-[:TO]->(y), (c)-[:TO]->(z), (a)-[:LIKE]->(c)
      """
    When executing query:
      """
      MATCH (a {name: 'A'})
      CALL graph.similar(a, {types: 'TO', direction: 'outgoing'}) YIELD node, score, shared
      RETURN node.name AS name, round(score * 3) AS thirds, shared
      """
    Then the result should be, in order:
      | name | thirds | shared |
      | 'B'  | 3.0    | 2      |
      | 'C'  | 1.0    | 1      |
    And no side effects
