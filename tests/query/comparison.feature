Feature: Equality and order of values

  Scenario Outline: Equality
    Given an empty graph
    When executing query:
      """
      RETURN <expression> AS value
      """
    Then the result should be, in any order:
      | value   |
      | <value> |
    And no side effects

    Examples:
      | expression                                                         | value |
      | 1 = 1.0                                                            | true  |
      | 1 = '1'                                                            | false |
      | 1 = true                                                           | false |
      | null = 1                                                           | null  |
      | null <> null                                                       | null  |
      | 'a' <> 1                                                           | true  |
      | [] = []                                                            | true  |
      | [1] = [1.0]                                                        | true  |
      | [1] = 1                                                            | false |
      | [1, 2] = [2, 1]                                                    | false |
      | [null] = [null]                                                    | null  |
      | [null] = [1]                                                       | null  |
      | [null] = []                                                        | false |
      | [1, null] = [2, null]                                              | false |
      | [1, [2, null]] = [1, [2, 3]]                                       | null  |
      | [[1], [2, 3]] = [[1], [null]]                                      | false |
      | [[1], [2]] = [[1], [null]]                                         | null  |
      | {} = {}                                                            | true  |
      | {a: 1} = {a: 1.0}                                                  | true  |
      | {a: 1, b: 2} = {b: 2, a: 1}                                        | true  |
      | {a: 1} = {b: 1}                                                    | false |
      | {a: null} = {a: null}                                              | null  |
      | {a: null} = {b: null}                                              | false |
      | {a: null} = {}                                                     | false |
      | {a: 1, b: null} = {a: 2, b: null}                                  | false |
      | {a: [1, null]} = {a: [1, 2]}                                       | null  |
      | 0.0 / 0.0 = 0.0 / 0.0                                              | false |
      | 0.0 / 0.0 <> 0.0 / 0.0                                             | true  |
      | 0.0 / 0.0 = 'a'                                                    | false |
      | 0.0 = -0.0                                                         | true  |
      | date('2020-01-01') = '2020-01-01'                                  | false |
      | date('2020-01-01') = date('20200101')                              | true  |
      | duration('P1D') = duration('PT24H')                                | false |
      | duration('PT60S') = duration('PT1M')                               | true  |
      | time('12:00Z') = time('13:00+01:00')                               | false |
      | datetime('2020-01-01T12:00Z') = datetime('2020-01-01T13:00+01:00') | false |

  Scenario Outline: Order of two values
    Given an empty graph
    When executing query:
      """
      RETURN <expression> AS value
      """
    Then the result should be, in any order:
      | value   |
      | <value> |
    And no side effects

    Examples:
      | expression                                                         | value |
      | 1 < 1.5                                                            | true  |
      | 2 > 1.5                                                            | true  |
      | 9007199254740993 > 9007199254740992.0                              | true  |
      | 1 < '1'                                                            | null  |
      | true > false                                                       | true  |
      | true > 0                                                           | null  |
      | 'B' < 'a'                                                          | true  |
      | '' < ' '                                                           | true  |
      | 'abc' < 'abd'                                                      | true  |
      | [] < [1]                                                           | true  |
      | [1, 2] < [1, 3]                                                    | true  |
      | [1] < [1, null]                                                    | true  |
      | [2, null] > [1, null]                                              | true  |
      | [1, null] > [1, 2]                                                 | null  |
      | [1] < ['a']                                                        | null  |
      | [1, 'a'] < [2, 1]                                                  | true  |
      | {} < {}                                                            | null  |
      | {a: 1} < {a: 2}                                                    | null  |
      | null < 1                                                           | null  |
      | null <= null                                                       | null  |
      | 1 >= null                                                          | null  |
      | 0.0 / 0.0 > 1                                                      | false |
      | 0.0 / 0.0 >= 0.0 / 0.0                                             | false |
      | 0.0 / 0.0 < 'a'                                                    | null  |
      | date('2020-01-01') < date('2020-01-02')                            | true  |
      | date('2020-01-01') < localdatetime('2020-01-02T00:00')             | null  |
      | localtime('10:00') <= localtime('10:00')                           | true  |
      | time('12:00+02:00') < time('11:30+01:00')                          | true  |
      | datetime('2020-01-01T00:00+01:00') < datetime('2020-01-01T00:00Z') | true  |
      | duration('P1D') < duration('P2D')                                  | null  |

  Scenario Outline: Membership
    Given an empty graph
    When executing query:
      """
      RETURN <expression> AS value
      """
    Then the result should be, in any order:
      | value   |
      | <value> |
    And no side effects

    Examples:
      | expression                    | value |
      | 1 IN [1, 2]                   | true  |
      | 1 IN [2, 3]                   | false |
      | 1 IN []                       | false |
      | null IN []                    | false |
      | null IN [1]                   | null  |
      | 1 IN [null]                   | null  |
      | 1 IN [null, 1]                | true  |
      | 1 IN null                     | null  |
      | 1 IN ['1']                    | false |
      | 1.0 IN [1]                    | true  |
      | [1] IN [[1], 2]               | true  |
      | [1] IN [1]                    | false |
      | [] IN [[]]                    | true  |
      | [] IN []                      | false |
      | [null] IN [[null]]            | null  |
      | [1, null] IN [[1, 2], [1, 3]] | null  |
      | [1, null] IN [[2, 2]]         | false |
      | [1] IN [[1, null]]            | false |
      | [1, 2] IN [[null, 2], [1, 2]] | true  |
      | [1, 2] IN [[null, 2], [1, 3]] | null  |
      | {a: 1} IN [{a: 1}]            | true  |
      | {a: null} IN [{a: 1}]         | null  |
      | [[]] IN [1, [[]]]             | true  |
      | 0.0 / 0.0 IN [0.0 / 0.0]      | false |

  Scenario Outline: What follows IN must be a list
    Given an empty graph
    When executing query:
      """
      RETURN 1 IN <list>
      """
    Then a SyntaxError should be raised at compile time: InvalidArgumentType

    Examples:
      | list     |
      | 1        |
      | 1.5      |
      | true     |
      | 'list'   |
      | {}       |
      | {a: [1]} |

  Scenario: All kinds of values in one order, both ways
    Given an empty graph
    When executing query:
      """
      CREATE p = (n:N)-[r:R]->()
      WITH [n, r, p, 1.5, 2, ['list'], 'text', null, true, false, 0.0 / 0.0, {a: 'map'}] AS values
      UNWIND values AS value
      WITH value ORDER BY value
      WITH collect(value) AS up
      UNWIND up + [null] AS value
      WITH up, value ORDER BY value DESC
      WITH up, collect(value) AS down
      RETURN up, [x IN down | x = up[0]][10] AS mirrored
      """
    Then the result should be, in any order:
      | up                                                                                    | mirrored |
      | [{a: 'map'}, (:N), [:R], ['list'], <(:N)-[:R]->()>, 'text', false, true, 1.5, 2, NaN] | true     |
    And the side effects should be:
      | +nodes         | 2 |
      | +relationships | 1 |
      | +labels        | 1 |

  Scenario: Lists are ordered item by item, nulls last
    Given an empty graph
    When executing query:
      """
      UNWIND [[1], [], [null, 1], [1, 'a'], ['a', 1], [1, null], ['a'], [1, 2]] AS list
      RETURN list ORDER BY list
      """
    Then the result should be, in order:
      | list      |
      | []        |
      | ['a']     |
      | ['a', 1]  |
      | [1]       |
      | [1, 'a']  |
      | [1, 2]    |
      | [1, null] |
      | [null, 1] |
    And no side effects

  Scenario: The least and the greatest of mixed values
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 'a', null, [1, 2], 0.2, 'b', true] AS x
      RETURN min(x), max(x)
      """
    Then the result should be, in any order:
      | min(x) | max(x) |
      | [1, 2] | 1      |
    And no side effects

  Scenario: The least and the greatest of lists
    Given an empty graph
    When executing query:
      """
      UNWIND [[1], ['a'], [2, 1], [2], null, [1, null]] AS x
      RETURN min(x), max(x)
      """
    Then the result should be, in any order:
      | min(x) | max(x) |
      | ['a']  | [2, 1] |
    And no side effects

  Scenario: Equal numbers and equal nulls are one group
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 1.0, null, null, 0.0 / 0.0, 0.0 / 0.0, [1], [1.0]] AS x
      RETURN x, count(*) AS n
      """
    Then the result should be, in any order:
      | x    | n |
      | 1    | 2 |
      | null | 2 |
      | NaN  | 2 |
      | [1]  | 2 |
    And no side effects
