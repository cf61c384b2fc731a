Feature: What stands behind relationships

  Scenario: [1] The quote and its place
    Given an empty graph
    And having executed:
      """
      CREATE (:Entity {name: 'Mara Voss'})-[:LEAD {evidence: 'Mara Voss leads the port.',
        document: 'a.txt', start: 10, end: 35}]->(:Entity {name: 'the port'})
      """
    When executing query:
      """
      MATCH ()-[r]->() RETURN quote(r) AS quote, place(r) AS place, place(r).start AS start
      """
    Then the result should be, in any order:
      | quote                       | place                                     | start |
      | 'Mara Voss leads the port.' | {document: 'a.txt', start: 10, end: 35} | 10    |
    And no side effects

  Scenario: [2] A relationship that no text made has neither
    Given an empty graph
    And having executed:
      """
      CREATE ()-[:KNOWS]->()
      """
    When executing query:
      """
      MATCH (a)-[r]->(b)
      RETURN quote(r) AS quote, place(r) AS place, sources(r) AS sources,
             documents(a, b) AS documents, support([r]) AS support
      """
    Then the result should be, in any order:
      | quote | place | sources | documents | support |
      | null  | null  | []      | []        | 0       |
    And no side effects

  Scenario: [3] Support counts documents, those with the same bytes once
    Given an empty graph
    And having executed:
      """
      CREATE (:Document {source: 'a.txt', hash: '1'}), (:Document {source: 'b.txt', hash: '2'}),
             (:Document {source: 'copy.txt', hash: '1'}),
             (x:Entity {name: 'X'}), (y:Entity {name: 'Y'}), (z:Entity {name: 'Z'}),
             (x)-[:BACK {document: 'a.txt'}]->(y), (x)-[:BACK {document: 'a.txt'}]->(y),
             (y)-[:MEET {document: 'b.txt'}]->(x), (x)-[:BACK {document: 'copy.txt'}]->(y),
             (x)-[:BACK {document: 'lost.txt'}]->(z)
      """
    When executing query:
      """
      MATCH (x {name: 'X'}), (y {name: 'Y'}), (z {name: 'Z'})
      RETURN support(x, y) AS both, support(x, y, 'BACK') AS back,
             support(y, x, ['MEET', 'BACK', 'UNKNOWN']) AS types, support(x, y, 'UNKNOWN') AS none,
             support(x, z) AS lost, support(y, z) AS apart,
             sources(x, y) AS sources, [d IN documents(x, y, 'BACK') | d.source] AS documents,
             documents(x, z) AS gone
      """
    Then the result should be, in any order:
      | both | back | types | none | lost | apart | sources                        | documents             | gone |
      | 2    | 1    | 2     | 0    | 1    | 0     | ['a.txt', 'b.txt', 'copy.txt'] | ['a.txt', 'copy.txt'] | []   |
    And no side effects

  Scenario: [4] Relationships are gathered with collect and paths have theirs
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'})-[:SAY {document: 'a.txt'}]->(b {name: 'B'})-[:SAY {document: 'b.txt'}]->({name: 'C'}),
             (a)-[:SAY {document: 'b.txt'}]->(b)
      """
    When executing query:
      """
      MATCH (a {name: 'A'})-[r]->(b)
      MATCH path = (a)-[{document: 'a.txt'}]->()-[]->({name: 'C'})
      RETURN support(collect(r)) AS support, sources(collect(path)) AS sources
      """
    Then the result should be, in any order:
      | support | sources            |
      | 2       | ['a.txt', 'b.txt'] |
    And no side effects

  Scenario: [5] Null for null
    Given an empty graph
    And having executed:
      """
      CREATE ()
      """
    When executing query:
      """
      MATCH (n) OPTIONAL MATCH (n)-[r]->(m)
      RETURN quote(r) AS a, place(r) AS b, sources(r) AS c, documents(n, m) AS d, support(m, n) AS e,
             support([r]) AS f, support(n, n, null) AS g
      """
    Then the result should be, in any order:
      | a    | b    | c    | d    | e    | f | g    |
      | null | null | null | null | null | 0 | null |
    And no side effects

  Scenario Outline: [6] What has no evidence is refused before the query runs
    Given an empty graph
    When executing query:
      """
      MATCH (n) RETURN <expression> AS value
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | expression    | detail                   |
      | quote(n)      | InvalidArgumentType      |
      | place('n')    | InvalidArgumentType      |
      | support(1)    | InvalidArgumentType      |
      | sources()     | InvalidNumberOfArguments |

  Scenario Outline: [7] What has no evidence is refused when the data shows it
    Given an empty graph
    And having executed:
      """
      CREATE ()-[:KNOWS]->()
      """
    When executing query:
      """
      MATCH (n)-[r]->(m) RETURN <expression> AS value
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType

    Examples:
      | expression          |
      | support(n)          |
      | support([n])        |
      | support([r, 1])     |
      | support(n, m, 1)    |
      | documents(r, m)     |
      | quote([1, r][0])    |
