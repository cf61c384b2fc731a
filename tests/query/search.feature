Feature: Full-text search

  Scenario: [1] Entities are found by name and alias, the best first
    Given an empty graph
    And having executed:
      """
      CREATE (:Entity {name: 'Harbour Commission of the North', aliases: ['the commission']}),
             (:Entity {name: 'Commission'}), (:Entity {name: 'Émile Durand'})
      """
    When executing query:
      """
      CALL search.entities('commission') YIELD node, score
      RETURN node.name AS name, score > 0 AS scored
      """
    Then the result should be, in order:
      | name                              | scored |
      | 'Commission'                      | true   |
      | 'Harbour Commission of the North' | true   |
    And no side effects

  Scenario Outline: [2] Words, phrases, beginnings, misspellings
    Given an empty graph
    And having executed:
      """
      CREATE (:Entity {name: 'Harbour Commission'}), (:Entity {name: 'Port of the North Harbour'}),
             (:Entity:Person {name: 'Émile Durand'})
      """
    When executing query:
      """
      CALL search.entities(<query>) YIELD node
      WITH node.name AS name ORDER BY name
      RETURN collect(name) AS names
      """
    Then the result should be, in any order:
      | names   |
      | <names> |
    And no side effects

    Examples:
      | query                                              | names                                               |
      | 'harbour'                                          | ['Harbour Commission', 'Port of the North Harbour'] |
      | 'HARBOUR commission'                               | ['Harbour Commission']                              |
      | 'port commission', {match: 'any'}                  | ['Harbour Commission', 'Port of the North Harbour'] |
      | '"north harbour"'                                  | ['Port of the North Harbour']                       |
      | 'comm*'                                            | ['Harbour Commission']                              |
      | 'harbour -port'                                    | ['Harbour Commission']                              |
      | 'durrand~'                                         | ['Émile Durand']                                    |
      | 'emile'                                            | ['Émile Durand']                                    |
      | 'emile', {labels: 'Person'}                        | ['Émile Durand']                                    |
      | 'harbour', {labels: ['Person']}                    | []                                                  |
      | 'person', {properties: ['title']}                  | []                                                  |
      | ''                                                 | []                                                  |
      | null                                               | []                                                  |

  Scenario: [3] Evidence is found sentence by sentence
    Given an empty graph
    And having executed:
      """
      CREATE (a {name: 'A'})-[:LEAD {evidence: 'Mara Voss leads the port authority.'}]->(b {name: 'B'}),
             (b)-[:OPEN {evidence: 'The port was opened again.'}]->(a)
      """
    When executing query:
      """
      CALL search.evidence('"port authority"', {limit: 5}) YIELD relationship
      RETURN type(relationship) AS type, startNode(relationship).name AS name
      """
    Then the result should be, in any order:
      | type   | name |
      | 'LEAD' | 'A'  |
    And no side effects

  Scenario: [4] A search sees what the query has written
    Given an empty graph
    And having executed:
      """
      CREATE ({name: 'old harbour'})
      """
    When executing query:
      """
      CALL search.entities('harbour') YIELD node AS found
      CREATE ({name: 'new harbour'})
      WITH count(found) AS before
      CALL search.entities('harbour') YIELD node
      RETURN before, count(node) AS after
      """
    Then the result should be, in any order:
      | before | after |
      | 1      | 2     |
    And the side effects should be:
      | +nodes      | 1 |
      | +properties | 1 |

  Scenario Outline: [5] What a search cannot use is refused
    Given an empty graph
    When executing query:
      """
      CALL search.entities(<arguments>) YIELD node RETURN node
      """
    Then a <type> should be raised at runtime: <detail>

    Examples:
      | arguments               | type          | detail              |
      | 'a', {lables: 'Person'} | ArgumentError | UnknownOption       |
      | 'a', {match: 'some'}    | TypeError     | InvalidArgumentType |
      | 'a', {limit: 0}         | TypeError     | InvalidArgumentType |
      | ['a', 1][1]             | TypeError     | InvalidArgumentType |
