Feature: Lists and maps

  Scenario Outline: Items and slices
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
      | expression           | value     |
      | [1, 2, 3][0]         | 1         |
      | [1, 2, 3][-1]        | 3         |
      | [1, 2, 3][3]         | null      |
      | [1, 2, 3][-4]        | null      |
      | [1, 2, 3][null]      | null      |
      | null[0]              | null      |
      | [[1]][0][0]          | 1         |
      | [1, 2, 3][0..2]      | [1, 2]    |
      | [1, 2, 3][..2]       | [1, 2]    |
      | [1, 2, 3][1..]       | [2, 3]    |
      | [1, 2, 3][..]        | [1, 2, 3] |
      | [1, 2, 3][-2..]      | [2, 3]    |
      | [1, 2, 3][..-1]      | [1, 2]    |
      | [1, 2, 3][2..1]      | []        |
      | [1, 2, 3][0..0]      | []        |
      | [1, 2, 3][-9..9]     | [1, 2, 3] |
      | [1, 2, 3][null..2]   | null      |
      | [1, 2, 3][1..null]   | null      |
      | null[1..2]           | null      |
      | {a: 1}['a']          | 1         |
      | {a: 1}['A']          | null      |
      | {a: 1}[null]         | null      |
      | {a: {b: [5]}}.a.b[0] | 5         |
      | null.a               | null      |

  Scenario Outline: Read with a key of the wrong kind
    Given an empty graph
    When executing query:
      """
      RETURN <expression> AS value
      """
    Then a TypeError should be raised at runtime: <detail>

    Examples:
      | expression   | detail                        |
      | [1]['a']     | ListElementAccessByNonInteger |
      | [1][1.0]     | ListElementAccessByNonInteger |
      | [1][true]    | ListElementAccessByNonInteger |
      | {a: 1}[0]    | MapElementAccessByNonString   |
      | {a: 1}[true] | MapElementAccessByNonString   |
      | 'text'[0]    | InvalidArgumentType           |
      | 5[0]         | InvalidArgumentType           |
      | true[0]      | InvalidArgumentType           |

  Scenario Outline: What has no properties
    Given an empty graph
    When executing query:
      """
      WITH <value> AS x
      RETURN x.a
      """
    Then a TypeError should be raised at compile time: InvalidArgumentType

    Examples:
      | value    |
      | 1        |
      | 2.5      |
      | true     |
      | 'text'   |
      | [{a: 1}] |

  Scenario Outline: Lists put together
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
      | expression   | value       |
      | [1] + [2]    | [1, 2]      |
      | [1] + 2      | [1, 2]      |
      | 1 + [2]      | [1, 2]      |
      | [] + []      | []          |
      | [1] + [null] | [1, null]   |
      | [1] + null   | null        |
      | null + [1]   | null        |
      | [1] + 'a'    | [1, 'a']    |
      | [[1]] + [2]  | [[1], 2]    |
      | [1] + {a: 1} | [1, {a: 1}] |

  Scenario Outline: Comprehensions
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
      | expression                               | value        |
      | [x IN [1, 2, 3] WHERE x > 1 \| x * 10]   | [20, 30]     |
      | [x IN [1, 2] \| x + 1]                   | [2, 3]       |
      | [x IN [1, null, 2] WHERE x > 1]          | [2]          |
      | [x IN [1, null]]                         | [1, null]    |
      | [x IN [] \| x]                           | []           |
      | [x IN null \| x]                         | null         |
      | [x IN [[1, 2], []] \| [y IN x \| y * y]] | [[1, 4], []] |
      | [x IN [1, 2] \| [x IN [x] \| x + 1][0]]  | [2, 3]       |

  Scenario Outline: Functions of lists
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
      | expression                         | value        |
      | size([1, null])                    | 2            |
      | size(null)                         | null         |
      | head([1, 2])                       | 1            |
      | head([])                           | null         |
      | last([1, 2])                       | 2            |
      | last([])                           | null         |
      | tail([1, 2, 3])                    | [2, 3]       |
      | tail([])                           | []           |
      | reverse([1, null, 2])              | [2, null, 1] |
      | range(1, 3)                        | [1, 2, 3]    |
      | range(3, 1)                        | []           |
      | range(3, 1, -1)                    | [3, 2, 1]    |
      | range(0, 10, 4)                    | [0, 4, 8]    |
      | range(5, 5)                        | [5]          |
      | range(0, -1)                       | []           |
      | range(1, 2, 9)                     | [1]          |
      | keys({b: 1, a: null}) = ['a', 'b'] | true         |
      | properties({a: 1})                 | {a: 1}       |
      | keys(null)                         | null         |

  Scenario Outline: Ranges that are none
    Given an empty graph
    When executing query:
      """
      RETURN <range> AS list
      """
    Then a <error> should be raised at runtime: <detail>

    Examples:
      | range             | error         | detail              |
      | range(1, 3, 0)    | ArgumentError | NumberOutOfRange    |
      | range(1.0, 3)     | ArgumentError | InvalidArgumentType |
      | range(1, 'three') | ArgumentError | InvalidArgumentType |
      | range(true, 3)    | ArgumentError | InvalidArgumentType |
      | range(1, 3, [1])  | ArgumentError | InvalidArgumentType |

  Scenario Outline: Functions of the wrong kind of value, seen before anything runs
    Given an empty graph
    When executing query:
      """
      RETURN <expression> AS value
      """
    Then a SyntaxError should be raised at compile time: InvalidArgumentType

    Examples:
      | expression             |
      | size(1)                |
      | size({a: 1})           |
      | size(true)             |
      | labels(1)              |
      | type(1)                |
      | keys(1)                |
      | keys([1])              |
      | properties(1)          |
      | properties('text')     |
      | properties([true])     |
      | length([1])            |
      | length('text')         |
      | nodes([1])             |
      | [x IN 1 \| x]          |
      | all(x IN true WHERE x) |
