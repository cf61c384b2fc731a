Feature: Quantified parts of paths

  Background:
    Given an empty graph
    And having executed:
      """
      CREATE (homs:Stop {name: 'Homs', at: 1}), (hama:Stop {name: 'Hama', at: 2}),
             (idlib:Stop {name: 'Idlib', at: 3}), (latakia:Port {name: 'Latakia', at: 4}),
             (homs)-[:ROAD {km: 47}]->(hama),
             (hama)-[:ROAD {km: 90}]->(idlib),
             (idlib)-[:ROAD {km: 110}]->(latakia),
             (homs)-[:RAIL {km: 180}]->(latakia),
             (latakia)-[:ROAD {km: 190}]->(homs)
      """

  Scenario: [1] A quantified relationship gives a list
    When executing query:
      """
      MATCH (a {name: 'Homs'})-[r:ROAD]->{1,2}(b) RETURN b.name AS name, [x IN r | x.km] AS km ORDER BY name
      """
    Then the result should be, in order:
      | name    | km       |
      | 'Hama'  | [47]     |
      | 'Idlib' | [47, 90] |
    And no side effects

  Scenario: [2] Every name inside is a list outside
    When executing query:
      """
      MATCH (s {name: 'Homs'}) ((a)-[r:ROAD]->(b)){2} (e)
      RETURN [n IN a | n.name] AS a, [x IN r | x.km] AS r, [n IN b | n.name] AS b, e.name AS e
      """
    Then the result should be, in any order:
      | a                | r        | b                 | e       |
      | ['Homs', 'Hama'] | [47, 90] | ['Hama', 'Idlib'] | 'Idlib' |
    And no side effects

  Scenario: [3] A condition inside is asked of each pass
    When executing query:
      """
      MATCH (s {name: 'Homs'}) ((a)-[r:ROAD]->(b) WHERE r.km < 100 AND a.at < b.at)+ (e)
      RETURN e.name AS name, size(r) AS passes ORDER BY name
      """
    Then the result should be, in order:
      | name    | passes |
      | 'Hama'  | 1      |
      | 'Idlib' | 2      |
    And no side effects

  Scenario: [4] No pass at all is a way to stay
    When executing query:
      """
      MATCH (s {name: 'Idlib'}) ((a:Stop)-[r:ROAD]->(b:Stop))* (e) RETURN e.name AS name, a AS a, r AS r
      """
    Then the result should be, in any order:
      | name    | a  | r  |
      | 'Idlib' | [] | [] |
    And no side effects

  Scenario: [5] No relationship is taken twice, so circles end
    When executing query:
      """
      MATCH p = (s {name: 'Homs'})-[:ROAD]->+(e) RETURN e.name AS name, length(p) AS length ORDER BY length
      """
    Then the result should be, in order:
      | name      | length |
      | 'Hama'    | 1      |
      | 'Idlib'   | 2      |
      | 'Latakia' | 3      |
      | 'Homs'    | 4      |
    And no side effects

  Scenario: [6] A path goes through quantified and plain parts in order
    When executing query:
      """
      MATCH p = (s {name: 'Idlib'})-[x:ROAD]->(m) ((a)<-[r:RAIL]-(b)-[t:ROAD]->(c)){1,2} (e)
      RETURN [n IN nodes(p) | n.name] AS names, [y IN relationships(p) | type(y)] AS types
      """
    Then the result should be, in any order:
      | names                                | types                    |
      | ['Idlib', 'Latakia', 'Homs', 'Hama'] | ['ROAD', 'RAIL', 'ROAD'] |
    And no side effects

  Scenario: [7] Several quantified parts share no relationship
    When executing query:
      """
      MATCH (s {name: 'Homs'}) ((a)-[r:ROAD]->(b)){1,2} ((c)-[t]->(d)){2,} (e {name: 'Homs'})
      RETURN size(r) AS first, size(t) AS then, [n IN c | n.name] AS names ORDER BY first
      """
    Then the result should be, in order:
      | first | then | names                        |
      | 1     | 3    | ['Hama', 'Idlib', 'Latakia'] |
      | 2     | 2    | ['Idlib', 'Latakia']         |
    And no side effects

  Scenario: [8] A quantified part at the start and at the end needs no node
    When executing query:
      """
      MATCH ((a:Stop)-[r:ROAD]->(b)){3} RETURN [n IN a | n.at] AS a, [n IN b | n.at] AS b
      """
    Then the result should be, in any order:
      | a         | b         |
      | [1, 2, 3] | [2, 3, 4] |
    And no side effects

  Scenario: [9] A part walked from its end gives its lists from left to right
    When executing query:
      """
      MATCH (s) ((a)-[r:ROAD]->(b WHERE b.at > 0)){2} (e:Port)
      RETURN s.name AS start, [n IN a | n.at] AS a, [x IN r | x.km] AS r, [n IN b | n.at] AS b
      """
    Then the result should be, in any order:
      | start  | a      | r         | b      |
      | 'Hama' | [2, 3] | [90, 110] | [3, 4] |
    And no side effects

  Scenario: [10] A part reads what was known before the match
    When executing query:
      """
      UNWIND [50, 100] AS most
      MATCH (s {name: 'Homs'}) ((a)-[r:ROAD]->(b) WHERE r.km < most)+ (e)
      RETURN most, count(*) AS finds
      """
    Then the result should be, in any order:
      | most | finds |
      | 50   | 1     |
      | 100  | 2     |
    And no side effects

  Scenario: [11] Optional matches, subqueries and predicates
    When executing query:
      """
      MATCH (n)
      OPTIONAL MATCH (n) ((a)-[r:ROAD]->(b:Port)){1} (m)
      RETURN n.name AS name, size(a) AS passes, m.name AS to,
             EXISTS { (n)-[:ROAD]->{2}(:Port) } AS near, COUNT { (n)-[:ROAD]->*() } AS all
      ORDER BY name
      """
    Then the result should be, in order:
      | name      | passes | to        | near  | all |
      | 'Hama'    | null   | null      | true  | 5   |
      | 'Homs'    | null   | null      | false | 5   |
      | 'Idlib'   | 1      | 'Latakia' | false | 5   |
      | 'Latakia' | null   | null      | false | 5   |
    And no side effects

  Scenario: [12] A quantified relationship in a condition
    When executing query:
      """
      MATCH (n) WHERE (n)-[:ROAD WHERE true]->{2}(:Port) RETURN n.name AS name
      """
    Then the result should be, in any order:
      | name   |
      | 'Hama' |
    And no side effects

  Scenario: [13] Types that are excluded, in the older form of length
    When executing query:
      """
      MATCH p = ({name: 'Hama'})-[r:!RAIL*2..3]->(e) RETURN e.name AS name, size(r) AS length ORDER BY length
      """
    Then the result should be, in order:
      | name      | length |
      | 'Latakia' | 2      |
      | 'Homs'    | 3      |
    And no side effects

  Scenario: [14] A name that repeats inside closes the pass
    When executing query:
      """
      MATCH ((a)-[r]->(b)-[t]->(a)){1} RETURN count(*) AS n, collect([x IN a | x.name]) AS names
      """
    Then the result should be, in any order:
      | n | names                   |
      | 2 | [['Homs'], ['Latakia']] |
    And no side effects

  Scenario: [15] Names inside must be new
    When executing query:
      """
      MATCH (a) ((a)-[r]->(b))+ (c) RETURN a
      """
    Then a SyntaxError should be raised at compile time: VariableAlreadyBound

  Scenario: [16] Names outside cannot be read inside
    When executing query:
      """
      MATCH (s) ((a)-[r]->(b) WHERE a.at > s.at)+ (c) RETURN a
      """
    Then a SyntaxError should be raised at compile time: UndefinedVariable

  Scenario: [17] A quantified part cannot stand in another
    When executing query:
      """
      MATCH ((a) ((b)-[r]->(c))+ (d)){2} RETURN a
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [18] A part of a path in brackets needs a quantifier
    When executing query:
      """
      MATCH (x) ((a)-[r]->(b)) (y) RETURN a
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [19] The least number cannot be above the most
    When executing query:
      """
      MATCH (a)-[r]->{3,1}(b) RETURN a
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [20] Two nodes cannot stand side by side
    When executing query:
      """
      MATCH (a)(b) RETURN a
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

  Scenario: [21] A quantified part cannot be created
    When executing query:
      """
      CREATE (a)-[:ROAD]->{2}(b)
      """
    Then a SyntaxError should be raised at compile time: CreatingVarLength

  Scenario: [22] A list is no node
    When executing query:
      """
      MATCH (s) ((a)-[r]->(b))+ (c) RETURN a.name
      """
    Then a TypeError should be raised at compile time: InvalidArgumentType

  Scenario: [23] Brackets around a whole path mean nothing
    When executing query:
      """
      MATCH p = ((:Port)-[:ROAD]->(b)) RETURN length(p) AS length, b.name AS name
      """
    Then the result should be, in any order:
      | length | name   |
      | 1      | 'Homs' |
    And no side effects
