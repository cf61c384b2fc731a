Feature: Conversions, texts and numbers

  Scenario Outline: To another kind
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
      | expression                        | value        |
      | toInteger('82')                   | 82           |
      | toInteger(' 82 ')                 | 82           |
      | toInteger('82.9')                 | 82           |
      | toInteger('-1')                   | -1           |
      | toInteger(2.9)                    | 2            |
      | toInteger(-2.9)                   | -2           |
      | toInteger('x')                    | null         |
      | toInteger('')                     | null         |
      | toInteger(null)                   | null         |
      | toFloat('1.5')                    | 1.5          |
      | toFloat('1e2')                    | 100.0        |
      | toFloat(3)                        | 3.0          |
      | toFloat('abc')                    | null         |
      | toFloat(null)                     | null         |
      | toBoolean('true')                 | true         |
      | toBoolean('FALSE')                | false        |
      | toBoolean('yes')                  | null         |
      | toBoolean(true)                   | true         |
      | toBoolean(null)                   | null         |
      | toString(1)                       | '1'          |
      | toString(1.0)                     | '1.0'        |
      | toString(true)                    | 'true'       |
      | toString('a')                     | 'a'          |
      | toString(null)                    | null         |
      | toString(date('2020-02-29'))      | '2020-02-29' |
      | toString(duration({minutes: 61})) | 'PT1H1M'     |

  Scenario Outline: What cannot be converted
    Given an empty graph
    When executing query:
      """
      RETURN [x IN [null, <value>] | <function>(x)] AS values
      """
    Then a TypeError should be raised at runtime: InvalidArgumentValue

    Examples:
      | function  | value |
      | toInteger | []    |
      | toInteger | {}    |
      | toFloat   | []    |
      | toFloat   | true  |
      | toBoolean | []    |
      | toBoolean | {}    |
      | toBoolean | 1.0   |
      | toString  | [1]   |
      | toString  | {}    |

  Scenario Outline: Texts
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
      | expression                               | value           |
      | substring('0123456', 2)                  | '23456'         |
      | substring('0123456', 2, 3)               | '234'           |
      | substring('abc', 9)                      | ''              |
      | left('abc', 2)                           | 'ab'            |
      | right('abc', 2)                          | 'bc'            |
      | left('abc', 9)                           | 'abc'           |
      | split('a1b1c', '1')                      | ['a', 'b', 'c'] |
      | split('abc', '')                         | ['a', 'b', 'c'] |
      | replace('abab', 'b', '')                 | 'aa'            |
      | reverse('añb')                           | 'bña'           |
      | toUpper('straße')                        | 'STRASSE'       |
      | toLower('ÄB')                            | 'äb'            |
      | trim('  a ') + ltrim(' b') + rtrim('c ') | 'abc'           |
      | 'abc' STARTS WITH 'ab'                   | true            |
      | 'abc' ENDS WITH 'bc'                     | true            |
      | 'abc' CONTAINS 'b'                       | true            |
      | 'abc' CONTAINS ''                        | true            |
      | '' STARTS WITH 'a'                       | false           |
      | 'abc' STARTS WITH null                   | null            |
      | 1 CONTAINS '1'                           | null            |
      | '1' ENDS WITH 1                          | null            |
      | [] STARTS WITH []                        | null            |
      | 'a' + 1 + 2.5                            | 'a12.5'         |
      | 1 + 'a'                                  | '1a'            |
      | 'a' + null                               | null            |

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
      | expression            | value     |
      | 7 / 2                 | 3         |
      | -7 / 2                | -3        |
      | 7 % 3                 | 1         |
      | -7 % 3                | -1        |
      | 7.5 % 2               | 1.5       |
      | 1 / 2.0               | 0.5       |
      | 2 ^ 3                 | 8.0       |
      | 1.0 / 0               | Infinity  |
      | -1.0 / 0              | -Infinity |
      | 0.0 / 0               | NaN       |
      | abs(-3)               | 3         |
      | abs(-2.5)             | 2.5       |
      | sign(-3)              | -1        |
      | sign(0)               | 0         |
      | ceil(1.2)             | 2.0       |
      | floor(-1.2)           | -2.0      |
      | round(2.5)            | 3.0       |
      | sqrt(9)               | 3.0       |
      | exp(0)                | 1.0       |
      | log(1)                | 0.0       |
      | log10(1000)           | 3.0       |
      | toInteger(pi() * 100) | 314       |
      | null + 1              | null      |
      | -null                 | null      |
      | 2 * null              | null      |
      | null ^ 2              | null      |

  Scenario Outline: Too large, or by nothing
    Given an empty graph
    When executing query:
      """
      RETURN <expression> AS value
      """
    Then a ArithmeticError should be raised at runtime: <detail>

    Examples:
      | expression               | detail          |
      | 9223372036854775807 + 1  | IntegerOverflow |
      | -9223372036854775808 - 1 | IntegerOverflow |
      | 4611686018427387904 * 2  | IntegerOverflow |
      | -(-9223372036854775808)  | IntegerOverflow |
      | 1 / 0                    | DivisionByZero  |
      | 1 % 0                    | DivisionByZero  |

  Scenario Outline: Operands of the wrong kind, seen before anything runs
    Given an empty graph
    When executing query:
      """
      RETURN <expression> AS value
      """
    Then a SyntaxError should be raised at compile time: InvalidArgumentType

    Examples:
      | expression    |
      | 'a' - 'b'     |
      | 'a' * 2       |
      | [1] - 1       |
      | {a: 1} + 1    |
      | true + 1      |
      | -true         |
      | -'a'          |
      | NOT 1         |
      | NOT 'true'    |
      | NOT []        |
      | NOT {a: true} |
      | 1 AND true    |
      | true OR 0     |
      | null XOR 'x'  |
      | false AND []  |
      | {} OR true    |
      | 2.5 XOR null  |

  Scenario Outline: Cases
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
      | expression                                     | value |
      | CASE 2 WHEN 1 THEN 'a' WHEN 2.0 THEN 'b' END   | 'b'   |
      | CASE 3 WHEN 1 THEN 'a' END                     | null  |
      | CASE null WHEN null THEN 'a' ELSE 'b' END      | 'b'   |
      | CASE WHEN null THEN 'a' WHEN true THEN 'b' END | 'b'   |
      | CASE WHEN false THEN 'a' ELSE 'b' END          | 'b'   |
      | coalesce(null, null, 3)                        | 3     |
      | coalesce(null)                                 | null  |
