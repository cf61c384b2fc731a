Feature: Literals, names and the text around them

  Scenario Outline: Integers
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
      | expression                | value                |
      | 0                         | 0                    |
      | -0                        | 0                    |
      | 007                       | 7                    |
      | 9223372036854775807       | 9223372036854775807  |
      | -9223372036854775808      | -9223372036854775808 |
      | 0xff                      | 255                  |
      | 0xFf                      | 255                  |
      | -0xFF                     | -255                 |
      | 0x7FFFFFFFFFFFFFFF        | 9223372036854775807  |
      | -0x8000000000000000       | -9223372036854775808 |
      | 0o17                      | 15                   |
      | -0o17                     | -15                  |
      | 0o777777777777777777777   | 9223372036854775807  |
      | -0o1000000000000000000000 | -9223372036854775808 |

  Scenario Outline: Floats
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
      | expression                       | value                  |
      | 1.0                              | 1.0                    |
      | .5                               | 0.5                    |
      | -.5                              | -0.5                   |
      | 1e3                              | 1000.0                 |
      | 1E3                              | 1000.0                 |
      | 1e-3                             | 0.001                  |
      | .1e2                             | 10.0                   |
      | 1.7976931348623157e308           | 1.7976931348623157e308 |
      | 1e-305                           | 1e-305                 |
      | 4.9e-324                         | 4.9e-324               |
      | 1e-400                           | 0.0                    |
      | 123456789012345678901234567890.0 | 1.2345678901234568e29  |

  Scenario Outline: Numbers that are none or too large
    Given an empty graph
    When executing query:
      """
      RETURN <number> AS number
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | number                   | detail                |
      | 9223372036854775808      | IntegerOverflow       |
      | -9223372036854775809     | IntegerOverflow       |
      | 0x8000000000000000       | IntegerOverflow       |
      | -0x8000000000000001      | IntegerOverflow       |
      | 0o1000000000000000000000 | IntegerOverflow       |
      | 1e309                    | FloatingPointOverflow |
      | -1e309                   | FloatingPointOverflow |
      | 1a                       | InvalidNumberLiteral  |
      | 12ab34                   | InvalidNumberLiteral  |
      | 0x                       | InvalidNumberLiteral  |
      | 0xg                      | InvalidNumberLiteral  |
      | 0x1g2                    | InvalidNumberLiteral  |
      | 0o8                      | InvalidNumberLiteral  |
      | 1_000                    | InvalidNumberLiteral  |
      | 1#2                      | UnexpectedSyntax      |

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
      | expression         | value     |
      | ''                 | ''        |
      | ""                 | ''        |
      | 'it\'s'            | 'it\'s'   |
      | "it's"             | 'it\'s'   |
      | '\u00e9' = 'é'     | true      |
      | '\U0001F600' = '😀' | true      |
      | size('\t\n\b\f\r') | 5         |
      | '\T\N' = '\t\n'    | true      |
      | size('naïve 😀')    | 7         |
      | '[a, {b}'          | '[a, {b}' |

  Scenario Outline: Texts and signs that cannot be read
    Given an empty graph
    When executing query:
      """
      RETURN <text> AS text
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | text          | detail                  |
      | '\u12'        | InvalidUnicodeLiteral   |
      | '\uxyzw'      | InvalidUnicodeLiteral   |
      | '\q'          | InvalidUnicodeLiteral   |
      | 'never closed | UnexpectedSyntax        |
      | 2 – 1         | InvalidUnicodeCharacter |
      | 2 — 1         | InvalidUnicodeCharacter |
      | “a”           | InvalidUnicodeCharacter |

  Scenario Outline: Lists and maps
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
      | expression                                                                                                                                                                                                                | value                              |
      | []                                                                                                                                                                                                                        | []                                 |
      | [ [ ] , [ null ] ]                                                                                                                                                                                                        | [[], [null]]                       |
      | [1, 'a', 2.5, true, null, {a: []}]                                                                                                                                                                                        | [1, 'a', 2.5, true, null, {a: []}] |
      | {}                                                                                                                                                                                                                        | {}                                 |
      | {a: 1, A: 2}                                                                                                                                                                                                              | {a: 1, A: 2}                       |
      | {a1B2: {b: {c: null}}}                                                                                                                                                                                                    | {a1B2: {b: {c: null}}}             |
      | {match: 1, null: 2, true: 3}.null                                                                                                                                                                                         | 2                                  |
      | {`odd key`: 'v'}['odd key']                                                                                                                                                                                               | 'v'                                |
      | size([[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]])                                                                                                                                    | 1                                  |
      | {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}.a.a IS NOT NULL | true                               |

  Scenario Outline: Lists and maps that are malformed
    Given an empty graph
    When executing query:
      """
      RETURN <value> AS value
      """
    Then a SyntaxError should be raised at compile time: UnexpectedSyntax

    Examples:
      | value       |
      | [1, 2       |
      | [1,, 2]     |
      | [1, ]       |
      | [, 1]       |
      | [1 2]       |
      | [1]]        |
      | {a: 1       |
      | {a: 1,}     |
      | {, }        |
      | {a}         |
      | {1}         |
      | {1: 2}      |
      | {'a': 1}    |
      | {[]}        |
      | {{}}        |
      | {a: {b: 1}  |
      | {a.b: 1}    |
      | {a#b: 1}    |
      | {a: 1 b: 2} |

  Scenario: Columns are called as they are written
    Given an empty graph
    When executing query:
      """
      WITH {b: 1} AS a
      RETURN a.b+  1, [ 1,2 ] , tOsTrInG( a.b ), (a . b), NOT  true, {k:  1}
      """
    Then the result should be, in any order:
      | a.b+  1 | [ 1,2 ] | tOsTrInG( a.b ) | (a . b) | NOT  true | {k:  1} |
      | 2       | [1, 2]  | '1'             | 1       | false     | {k: 1}  |
    And no side effects

  Scenario: Keywords and odd names as names
    Given an empty graph
    When executing query:
      """
      WITH 1 AS end, 2 AS `odd name`, 3 AS count, 4 AS ünder_1
      RETURN end + `odd name` + count + ünder_1 AS `the sum`
      """
    Then the result should be, in any order:
      | the sum |
      | 10      |
    And no side effects

  Scenario: Comments and spaces
    Given an empty graph
    When executing query:
      """
      RETURN /* one */ 1 // the first
        , 2 /* two
        lines */ AS b
      """
    Then the result should be, in any order:
      | 1 | b |
      | 1 | 2 |
    And no side effects
