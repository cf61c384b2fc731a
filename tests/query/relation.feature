Feature: The words of relationship types

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (ada:Entity {name: 'Ada'}), (league:Entity {name: 'League'}), (guild:Entity {name: 'Union'}),
             (ada)-[:SUPPORT]->(league), (ada)-[:SUPPORT]->(guild), (guild)-[:AID]->(league),
             (ada)-[:PRESIDENT_OF]->(league), (guild)-[:LOSE_TO]->(league), (ada)-[:LEAD]->(guild),
             (guild)-[:PAINT_IN]->(ada)
      """

  Scenario: [1] A pattern takes all types that say the same
    When executing query:
      """
      MATCH (a)-[r]->(b) WHERE type(r) IN whom.synonyms('BACK')
      RETURN a.name AS who, type(r) AS does, b.name AS whom
      """
    Then the result should be, in any order:
      | who     | does      | whom     |
      | 'Ada'   | 'SUPPORT' | 'League' |
      | 'Ada'   | 'SUPPORT' | 'Union'  |
      | 'Union' | 'AID'     | 'League' |
    And no side effects

  Scenario: [2] The inverse tells it from the other side
    When executing query:
      """
      MATCH (loser)-[r]->(winner) WHERE type(r) IN whom.inverses('DEFEAT')
      RETURN winner.name AS winner, loser.name AS loser
      """
    Then the result should be, in any order:
      | winner   | loser   |
      | 'League' | 'Union' |
    And no side effects

  Scenario: [3] What is related to a type, what is in use first, each with how often and one example
    When executing query:
      """
      CALL whom.relations('BACK') YIELD type, related, kind, source, count, example
      RETURN type, related, kind, source, count, startNode(example).name AS who LIMIT 3
      """
    Then the result should be, in order:
      | type   | related   | kind      | source | count | who     |
      | 'BACK' | 'SUPPORT' | 'synonym' | 'own'  | 2     | 'Ada'   |
      | 'BACK' | 'AID'     | 'synonym' | 'own'  | 1     | 'Union' |
      | 'BACK' | 'ASSIST'  | 'synonym' | 'own'  | 0     | null    |
    And no side effects

  Scenario: [4] Of all types, those in use
    When executing query:
      """
      CALL whom.relations() YIELD type, related, kind, count
      RETURN type, related, kind, count
      """
    Then the result should be, in order:
      | type           | related        | kind      | count |
      | 'AID'          | 'SUPPORT'      | 'synonym' | 2     |
      | 'LEAD'         | 'PRESIDENT_OF' | 'role'    | 1     |
      | 'PRESIDENT_OF' | 'LEAD'         | 'role'    | 1     |
      | 'SUPPORT'      | 'AID'          | 'synonym' | 1     |
    And no side effects

  Scenario: [5] A role and its verb in one pattern
    When executing query:
      """
      CALL whom.relations('LEAD') YIELD related, kind WHERE kind IN ['synonym', 'role']
      WITH ['LEAD'] + collect(related) AS types
      MATCH (a)-[r]->(b) WHERE type(r) IN types
      RETURN a.name AS who, type(r) AS type, b.name AS what
      """
    Then the result should be, in any order:
      | who   | type           | what     |
      | 'Ada' | 'PRESIDENT_OF' | 'League' |
      | 'Ada' | 'LEAD'         | 'Union'  |
    And no side effects

  Scenario: [6] A type that only the graph knows stands for itself, a name in lower case is one too
    When executing query:
      """
      RETURN whom.synonyms('PAINT_IN') AS own, head(whom.synonyms('back')) AS lower,
             whom.inverses('PAINT_IN') AS none, whom.synonyms(null) AS nothing
      """
    Then the result should be, in any order:
      | own          | lower  | none | nothing |
      | ['PAINT_IN'] | 'BACK' | []   | null    |
    And no side effects

  Scenario Outline: [7] A type that nobody knows, or that is none, is refused
    When executing query:
      """
      <query>
      """
    Then a <type> should be raised at runtime: <detail>

    Examples:
      | query                                                   | type          | detail              |
      | CALL whom.relations('SUPORT') YIELD related RETURN related | ArgumentError | UnknownRelationType |
      | UNWIND [2.5, 'a'] AS t CALL whom.relations(t) YIELD related RETURN related | TypeError     | InvalidArgumentType |
      | UNWIND ['SUPORT'] AS t RETURN whom.synonyms(t)          | ArgumentError | UnknownRelationType |
      | UNWIND [1] AS t RETURN whom.inverses(t)                 | TypeError     | InvalidArgumentType |
