Feature: What the graph holds and what can be called

  Scenario: [1] The properties of nodes by their labels
    Given an empty graph
    And having executed:
      """
      CREATE (:City {name: 'A', size: 1}), (:City {name: 'B', size: 2.5}), (:Town:City), ({x: [1]})
      """
    When executing query:
      """
      CALL db.schema.nodeTypeProperties()
      """
    Then the result should be, in order:
      | nodeType       | nodeLabels       | propertyName | propertyTypes        | mandatory | count |
      | ''             | []               | 'x'          | ['LIST']             | true      | 1     |
      | ':`City`'      | ['City']         | 'name'       | ['STRING']           | true      | 2     |
      | ':`City`'      | ['City']         | 'size'       | ['FLOAT', 'INTEGER'] | true      | 2     |
      | ':`City`:`Town`' | ['City', 'Town'] | null       | null                 | false     | 1     |
    And no side effects

  Scenario: [2] The properties of relationships by type, and what they join
    Given an empty graph
    And having executed:
      """
      CREATE (a:City), (b:City), (c:Person), (a)-[:ROAD {km: 1}]->(b), (b)-[:ROAD]->(a), (c)-[:LIVE_IN]->(a)
      """
    When executing query:
      """
      CALL db.schema.relTypeProperties() YIELD relType, propertyName, propertyTypes, mandatory, count
      WITH collect([relType, propertyName, propertyTypes, mandatory, count]) AS properties
      CALL db.schema.patterns() YIELD startLabels, relationshipType, endLabels, count
      RETURN properties, collect([startLabels, relationshipType, endLabels, count]) AS patterns
      """
    Then the result should be, in order:
      | properties                                                                       | patterns                                                                              |
      | [[':`LIVE_IN`', null, null, false, 1], [':`ROAD`', 'km', ['INTEGER'], false, 1]] | [[['City'], 'ROAD', ['City'], 2], [['Person'], 'LIVE_IN', ['City'], 1]] |
    And no side effects

  Scenario: [3] Procedures and functions tell of themselves
    Given an empty graph
    When executing query:
      """
      CALL db.procedures() YIELD name, signature, description
      WHERE name = 'graph.shortestPath'
      CALL db.functions() YIELD name AS function, signature AS takes, aggregating
      WHERE function = 'support' OR function = 'count'
      RETURN name, signature, description <> '' AS said, function, aggregating
      """
    Then the result should be, in order:
      | name                 | signature                                                                                                          | said | function  | aggregating |
      | 'graph.shortestPath' | 'graph.shortestPath(from :: NODE?, to :: NODE?, options = {} :: MAP?) :: (path :: PATH, cost :: FLOAT)' | true | 'count'   | true        |
      | 'graph.shortestPath' | 'graph.shortestPath(from :: NODE?, to :: NODE?, options = {} :: MAP?) :: (path :: PATH, cost :: FLOAT)' | true | 'support' | false       |
    And no side effects

  Scenario: [4] Nothing that can be called is without a word about it
    Given an empty graph
    When executing query:
      """
      CALL db.procedures() YIELD name, signature, description
      WITH sum(CASE WHEN description = '' OR signature = '' THEN 1 ELSE 0 END) AS procedures
      CALL db.functions() YIELD name, signature, description
      RETURN procedures, sum(CASE WHEN description = '' OR signature = name THEN 1 ELSE 0 END) AS functions
      """
    Then the result should be, in any order:
      | procedures | functions |
      | 0          | 0         |
    And no side effects
