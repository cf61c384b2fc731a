Feature: Types, and functions of any value

  Background:
    Given an empty graph

  Scenario Outline: [1] A value has a type
    When executing query:
      """
      WITH <value> AS x RETURN <asked> AS answer
      """
    Then the result should be, in any order:
      | answer   |
      | <answer> |

    Examples:
      | value             | asked                                                         | answer |
      | 1                 | x IS :: INTEGER                                               | true   |
      | 1                 | x IS NOT :: INTEGER                                           | false  |
      | 1                 | x IS TYPED FLOAT                                              | false  |
      | 1                 | x IS NOT TYPED FLOAT                                          | true   |
      | 1                 | x :: INT64 AND x IS :: SIGNED INTEGER                         | true   |
      | null              | x IS :: INTEGER                                               | true   |
      | null              | x IS :: INTEGER NOT NULL                                      | false  |
      | null              | x IS :: BOOL!                                                 | false  |
      | null              | x IS :: NULL                                                  | true   |
      | null              | x IS :: NOTHING                                               | false  |
      | 'a'               | x IS :: INTEGER \| STRING                                     | true   |
      | 'a'               | NOT x IS :: ANY<INTEGER \| FLOAT>                             | true   |
      | [1, 2]            | x IS :: LIST<INTEGER>                                         | true   |
      | [1, null]         | x IS :: LIST<INTEGER NOT NULL>                                | false  |
      | [[1], []]         | x IS :: LIST<LIST<INTEGER NOT NULL> NOT NULL>                 | true   |
      | [1, 2]            | x IS :: INTEGER LIST NOT NULL                                 | true   |
      | [1, 2]            | x IS :: ARRAY<FLOAT>                                          | false  |
      | [1, 'a']          | x IS :: LIST<INTEGER \| STRING>                               | true   |
      | []                | x IS :: LIST<NODE>                                            | true   |
      | {a: 1}            | x IS :: MAP                                                   | true   |
      | {a: 1}            | x IS :: PROPERTY VALUE                                        | false  |
      | [1, 2]            | x IS :: PROPERTY VALUE                                        | true   |
      | date()            | x IS :: DATE AND x IS :: ANY VALUE                            | true   |
      | localtime()       | x IS :: LOCAL TIME AND x IS :: TIME WITHOUT TIMEZONE          | true   |
      | time()            | x IS :: ZONED TIME AND x IS :: TIME WITH TIME ZONE            | true   |
      | localdatetime()   | x IS :: LOCAL DATETIME AND x IS :: TIMESTAMP WITHOUT TIMEZONE | true   |
      | datetime()        | x IS :: ZONED DATETIME AND x IS :: TIMESTAMP WITH TIMEZONE    | true   |
      | duration('P1D')   | x IS :: DURATION                                              | true   |
      | [1, 'a', 2.5]     | [i IN x WHERE i IS :: INTEGER \| FLOAT \| i]                  | [1, 2.5] |
      | [1, 'a']          | [string IN x WHERE string IS :: STRING \| string]             | ['a']  |

  Scenario: [2] Elements of the graph have types, and filters ask for them
    Given having executed:
      """
      CREATE ({x: 1})-[:R {x: 'one'}]->({x: [1]})
      """
    When executing query:
      """
      MATCH p = (a)-[r]->(b)
      WHERE a IS :: NODE AND r IS :: EDGE NOT NULL AND p IS :: PATH
        AND a.x :: INTEGER NOT NULL AND b.x IS NOT :: INTEGER
      RETURN valueType(a) AS a, valueType(r) AS r, valueType(p) AS p, valueType(b.x) AS list,
             valueType(b.y) AS nothing, valueType([1, 'a']) AS mixed
      """
    Then the result should be, in any order:
      | a               | r                       | p               | list                               | nothing | mixed                                               |
      | 'NODE NOT NULL' | 'RELATIONSHIP NOT NULL' | 'PATH NOT NULL' | 'LIST<INTEGER NOT NULL> NOT NULL'  | 'NULL'  | 'LIST<STRING NOT NULL \| INTEGER NOT NULL> NOT NULL' |

  Scenario Outline: [3] Functions of lists, strings and any value
    When executing query:
      """
      RETURN <call> AS answer
      """
    Then the result should be, in any order:
      | answer   |
      | <answer> |

    Examples:
      | call                                        | answer              |
      | toIntegerList(['1', 2.9, 'x', null, []])    | [1, 2, null, null, null] |
      | toFloatList([1, '2.5', true])               | [1.0, 2.5, null]    |
      | toBooleanList(['true', 'no', false])        | [true, null, false] |
      | toStringList([1, true, 2.5, null])          | ['1', 'true', '2.5', null] |
      | toStringList(null)                          | null                |
      | nullIf(1, 1.0)                              | null                |
      | nullIf('a', 'b')                            | 'a'                 |
      | nullIf(null, 1)                             | null                |
      | coalesce(nullIf('', ''), 'none')            | 'none'              |
      | char_length('häuser')                       | 6                   |
      | character_length(null)                      | null                |
      | btrim('  a b ')                             | 'a b'               |
      | btrim('xyaxy', 'yx')                        | 'a'                 |
      | ltrim('xxax', 'x')                          | 'ax'                |
      | rtrim('xaxx', 'x')                          | 'xa'                |
      | lower('Ab') + upper('Ab')                   | 'abAB'              |
      | size(normalize('e\\u0301'))                 | 1                   |
      | size(normalize('\\u00e9', NFD))             | 2                   |
      | normalize('\\ufb01', 'NFKC')                | 'fi'                |
      | randomUUID() =~ '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}' | true |
      | randomUUID() = randomUUID()                 | false               |
      | 'a' \|\| 'b' \|\| 'c'                       | 'abc'               |
      | [1] \|\| [2, 3]                             | [1, 2, 3]           |
      | null \|\| 'a'                               | null                |
      | [x IN ['a', 'b'] \| x \|\| '!']             | ['a!', 'b!']        |
      | 'a' \|\| toString(1 + 2) = 'a3'             | true                |

  Scenario: [4] OFFSET is another word for SKIP, and hints of other engines are passed by
    Given having executed:
      """
      UNWIND range(1, 5) AS x CREATE (:Number {x: x})
      """
    When executing query:
      """
      MATCH (n:Number) USING INDEX n:Number(x) USING SCAN n:Number WHERE n.x > 1
      WITH n.x AS offset ORDER BY offset OFFSET 1 LIMIT 2
      RETURN offset
      """
    Then the result should be, in order:
      | offset |
      | 3      |
      | 4      |

  Scenario Outline: [5] What cannot be joined or typed is refused
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                            | detail              |
      | RETURN 'a' \|\| 1 AS x           | InvalidArgumentType |
      | RETURN 1 IS :: POINTLESS AS x    | UnexpectedSyntax    |
      | RETURN [1] IS :: LIST<> AS x     | UnexpectedSyntax    |
      | RETURN nullIf(1) AS x            | InvalidNumberOfArguments |

  Scenario: [6] Joining what only the data shows to be no string
    When executing query:
      """
      WITH {a: 1} AS map RETURN 'a' || map.a AS x
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType

  Scenario: [7] A form of Unicode that there is not
    When executing query:
      """
      RETURN normalize('a', 'NFX') AS x
      """
    Then a TypeError should be raised at runtime: InvalidArgumentValue
