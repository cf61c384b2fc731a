Feature: What binds more tightly

  Scenario Outline: Truth
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
      | expression                | value |
      | true OR false AND false   | true  |
      | (true OR false) AND false | false |
      | true XOR true AND false   | true  |
      | true OR true XOR true     | true  |
      | NOT false AND false       | false |
      | NOT (false AND false)     | true  |
      | NOT false OR true         | true  |
      | NOT 1 = 2                 | true  |
      | NOT NOT NOT true          | false |
      | true OR false = false     | true  |
      | false = true IS NULL      | true  |
      | (false = true) IS NULL    | false |
      | NOT null IS NULL          | false |
      | (NOT null) IS NULL        | true  |
      | null AND false IS NULL    | false |
      | null OR true IS NOT NULL  | true  |
      | 1 < 2 AND 2 < 3 OR false  | true  |
      | NOT 1 IN [1]              | false |
      | NOT 1 IN [2] AND true     | true  |

  Scenario Outline: Numbers
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
      | expression   | value |
      | 2 + 3 * 4    | 14    |
      | (2 + 3) * 4  | 20    |
      | 2 * 3 ^ 2    | 18.0  |
      | (2 * 3) ^ 2  | 36.0  |
      | -2 ^ 2       | 4.0   |
      | -(2 ^ 2)     | -4.0  |
      | 2 ^ 3 ^ 2    | 64.0  |
      | 2 ^ -1       | 0.5   |
      | 7 - 2 - 1    | 4     |
      | 7 - (2 - 1)  | 6     |
      | 24 / 4 / 2   | 3     |
      | 24 / (4 / 2) | 12    |
      | 20 % 7 * 2   | 12    |
      | 20 % (7 * 2) | 6     |
      | 2 * -3       | -6    |
      | 1 - -1       | 2     |
      | - - 1        | 1     |
      | -3 + 2       | -1    |
      | -(3 + 2)     | -5    |
      | 5 / 2 * 2.0  | 4.0   |

  Scenario Outline: Comparisons chain
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
      | expression       | value |
      | 1 < 2 < 3        | true  |
      | 1 < 3 < 2        | false |
      | 3 > 2 >= 2 = 2   | true  |
      | 1 = 1 = 1        | true  |
      | 1 = 1 = true     | false |
      | 1 < null < 3     | null  |
      | 3 < 2 < null     | false |
      | 1 <> 2 <> 1      | true  |
      | 1 < 2 = 2        | true  |
      | 'a' < 'b' <= 'b' | true  |

  Scenario Outline: Lists and texts
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
      | expression                                    | value     |
      | [1] + 2 IN [[1, 2]]                           | true      |
      | [1] + [2] IN [3] + [[1, 2]]                   | true      |
      | [1] + (2 IN [2])                              | [1, true] |
      | [[1, 2], [3]][0] + [4]                        | [1, 2, 4] |
      | [1, 2] + [3, 4][1]                            | [1, 2, 4] |
      | ([1, 2] + [3, 4])[1]                          | 2         |
      | 1 = 2 IN [false]                              | false     |
      | (1 = 2) IN [false]                            | true      |
      | 1 IN [1] IN [true]                            | true      |
      | 'a' + 'b' STARTS WITH 'a'                     | true      |
      | 'ab' STARTS WITH 'a' = true                   | true      |
      | NOT 'a' CONTAINS 'b'                          | true      |
      | 'abc' STARTS WITH 'a' AND 'abc' ENDS WITH 'b' | false     |
      | 'x' CONTAINS null IS NULL                     | true      |
      | {a: [1, {b: 2}]}.a[1].b + 1                   | 3         |
      | [1, 2, 3][1..][0]                             | 2         |
      | [3, 2, 1][0] - 1                              | 2         |
      | -[1, 2][1]                                    | -2        |
