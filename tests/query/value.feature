Feature: Values and functions

  Scenario Outline: [1] Expressions have these values
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
      | expression                                     | value                      |
      | 7 / 2                                          | 3                          |
      | -7 / 2                                         | -3                         |
      | -7 % 3                                         | -1                         |
      | 7 / 2.0                                        | 3.5                        |
      | 2 ^ 3                                          | 8.0                        |
      | 1 + 2.5                                        | 3.5                        |
      | 'n' + 1 + true                                 | 'n1true'                   |
      | [1] + 2 + [3]                                  | [1, 2, 3]                  |
      | 0 + [1]                                        | [0, 1]                     |
      | 1 = 1.0                                        | true                       |
      | 9007199254740993 = 9007199254740992.0          | false                      |
      | null = null                                    | null                       |
      | [1, null] = [1, 2]                             | null                       |
      | [1, null] = [2, 2]                             | false                      |
      | {a: 1, b: null} = {a: 2, b: null}              | false                      |
      | 1 < 'a'                                        | null                       |
      | [1, 2] < [1, 3]                                | true                       |
      | 0.0 / 0.0 = 0.0 / 0.0                          | false                      |
      | null IN []                                     | false                      |
      | 1 IN [2, null]                                 | null                       |
      | 'whom' =~ 'w.*'                                | true                       |
      | 'whom' =~ 'h.*'                                | false                      |
      | 'a' CONTAINS null                              | null                       |
      | [1, 2, 3][-1]                                  | 3                          |
      | [1, 2, 3][9]                                   | null                       |
      | [1, 2, 3, 4][1..-1]                            | [2, 3]                     |
      | [1, 2, 3][null..]                              | null                       |
      | {a: {b: 1}}.a.b                                | 1                          |
      | {a: 1}['b']                                    | null                       |
      | CASE 2 WHEN 1 THEN 'one' ELSE 'many' END       | 'many'                     |
      | [x IN range(1, 5) WHERE x % 2 = 1 \| x * x]    | [1, 9, 25]                 |
      | reduce(sum = 0, x IN [1, 2, 3] \| sum + x)     | 6                          |
      | any(x IN [null, true] WHERE x)                 | true                       |
      | all(x IN [null, true] WHERE x)                 | null                       |
      | single(x IN [1, 2, 1] WHERE x = 2)             | true                       |
      | range(6, 1, -2)                                | [6, 4, 2]                  |
      | size('naïve')                                  | 5                          |
      | reverse('abc')                                 | 'cba'                      |
      | substring('hello', 1, 3)                       | 'ell'                      |
      | right('hello', 2)                              | 'lo'                       |
      | split('a,b,,c', ',')                           | ['a', 'b', '', 'c']        |
      | replace('banana', 'an', 'AN')                  | 'bANANa'                   |
      | trim('  x ')                                   | 'x'                        |
      | toInteger('12.9')                              | 12                         |
      | toInteger('twelve')                            | null                       |
      | toFloat('1e3')                                 | 1000.0                     |
      | toBoolean('TRUE')                              | true                       |
      | toString(1.0)                                  | '1.0'                      |
      | toStringOrNull([1])                            | null                       |
      | round(2.5)                                     | 3.0                        |
      | round(-2.5)                                    | -2.0                       |
      | round(3.14159, 2)                              | 3.14                       |
      | sign(-0.5)                                     | -1                         |
      | abs(-3)                                        | 3                          |
      | coalesce(null, 2, 1 / 0)                       | 2                          |
      | head([])                                       | null                       |
      | tail([1, 2])                                   | [2]                        |
      | keys({b: 1, a: 2})                             | ['a', 'b']                 |

  Scenario Outline: [2] Values of the wrong kind are refused
    Given an empty graph
    When executing query:
      """
      WITH <value> AS x RETURN <expression> AS value
      """
    Then a <type> should be raised at runtime: <detail>

    Examples:
      | value               | expression      | type            | detail                        |
      | 9223372036854775807 | x + 1           | ArithmeticError | IntegerOverflow               |
      | 0                   | 1 / x           | ArithmeticError | DivisionByZero                |
      | [0][0]              | toInteger([x])  | TypeError       | InvalidArgumentValue          |
      | {a: 1}              | x[[0][0]]       | TypeError       | MapElementAccessByNonString   |
      | [1]                 | x[['0'][0]]     | TypeError       | ListElementAccessByNonInteger |
      | 0                   | range(1, 2, x)  | ArgumentError   | NumberOutOfRange              |

  Scenario: [3] Aggregates pass nulls by
    Given an empty graph
    When executing query:
      """
      UNWIND [3, null, 1, 2, 2] AS x
      RETURN count(*) AS rows, count(x) AS values, count(DISTINCT x) AS kinds, sum(x) AS sum,
             avg(x) AS mean, min(x) AS least, max(x) AS most, collect(DISTINCT x) AS list,
             percentileCont(x, 0.5) AS middle, percentileDisc(x, 0.5) AS disc, stDevP(x) AS spread
      """
    Then the result should be, in any order:
      | rows | values | kinds | sum | mean | least | most | list      | middle | disc | spread              |
      | 5    | 4      | 3     | 8   | 2.0  | 1     | 3    | [3, 1, 2] | 2.0    | 2    | 0.7071067811865476 |

  Scenario: [4] Aggregates of no rows
    Given an empty graph
    When executing query:
      """
      MATCH (n) RETURN count(n) AS count, sum(n.x) AS sum, avg(n.x) AS mean, max(n.x) AS most, collect(n) AS list
      """
    Then the result should be, in any order:
      | count | sum | mean | most | list |
      | 0     | 0   | null | null | []   |

  Scenario: [5] Everything has a place in an order
    Given an empty graph
    When executing query:
      """
      UNWIND [null, 0.0 / 0.0, 1, true, 'b', 'a', [2], [1, 5], {a: 1}] AS x
      RETURN x ORDER BY x
      """
    Then the result should be, in order:
      | x      |
      | {a: 1} |
      | [1, 5] |
      | [2]    |
      | 'a'    |
      | 'b'    |
      | true   |
      | 1      |
      | NaN    |
      | null   |
