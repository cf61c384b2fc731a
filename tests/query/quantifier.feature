Feature: All, any, none and single

  Scenario Outline: Every mixture of true, false and unknown
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
      | expression                               | value |
      | all(x IN [] WHERE x)                     | true  |
      | all(x IN [true] WHERE x)                 | true  |
      | all(x IN [false] WHERE x)                | false |
      | all(x IN [null] WHERE x)                 | null  |
      | all(x IN [true, true] WHERE x)           | true  |
      | all(x IN [true, false] WHERE x)          | false |
      | all(x IN [true, null] WHERE x)           | null  |
      | all(x IN [false, null] WHERE x)          | false |
      | all(x IN [false, false] WHERE x)         | false |
      | all(x IN [true, true, null] WHERE x)     | null  |
      | all(x IN [true, false, null] WHERE x)    | false |
      | all(x IN [null, null] WHERE x)           | null  |
      | any(x IN [] WHERE x)                     | false |
      | any(x IN [true] WHERE x)                 | true  |
      | any(x IN [false] WHERE x)                | false |
      | any(x IN [null] WHERE x)                 | null  |
      | any(x IN [true, true] WHERE x)           | true  |
      | any(x IN [true, false] WHERE x)          | true  |
      | any(x IN [true, null] WHERE x)           | true  |
      | any(x IN [false, null] WHERE x)          | null  |
      | any(x IN [false, false] WHERE x)         | false |
      | any(x IN [true, true, null] WHERE x)     | true  |
      | any(x IN [true, false, null] WHERE x)    | true  |
      | any(x IN [null, null] WHERE x)           | null  |
      | none(x IN [] WHERE x)                    | true  |
      | none(x IN [true] WHERE x)                | false |
      | none(x IN [false] WHERE x)               | true  |
      | none(x IN [null] WHERE x)                | null  |
      | none(x IN [true, true] WHERE x)          | false |
      | none(x IN [true, false] WHERE x)         | false |
      | none(x IN [true, null] WHERE x)          | false |
      | none(x IN [false, null] WHERE x)         | null  |
      | none(x IN [false, false] WHERE x)        | true  |
      | none(x IN [true, true, null] WHERE x)    | false |
      | none(x IN [true, false, null] WHERE x)   | false |
      | none(x IN [null, null] WHERE x)          | null  |
      | single(x IN [] WHERE x)                  | false |
      | single(x IN [true] WHERE x)              | true  |
      | single(x IN [false] WHERE x)             | false |
      | single(x IN [null] WHERE x)              | null  |
      | single(x IN [true, true] WHERE x)        | false |
      | single(x IN [true, false] WHERE x)       | true  |
      | single(x IN [true, null] WHERE x)        | null  |
      | single(x IN [false, null] WHERE x)       | null  |
      | single(x IN [false, false] WHERE x)      | false |
      | single(x IN [true, true, null] WHERE x)  | false |
      | single(x IN [true, false, null] WHERE x) | null  |
      | single(x IN [null, null] WHERE x)        | null  |

  Scenario Outline: Conditions of many kinds
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
      | expression                                             | value |
      | all(x IN [1, 2, 3] WHERE x > 0)                        | true  |
      | any(x IN [1, 2, 3] WHERE x % 2 = 0)                    | true  |
      | none(x IN ['a', 'bc'] WHERE size(x) = 3)               | true  |
      | single(x IN ['a', 'bc'] WHERE size(x) = 2)             | true  |
      | all(x IN [[1], [1, 2]] WHERE 1 IN x)                   | true  |
      | any(x IN [{a: 1}, {b: 2}] WHERE x.a = 1)               | true  |
      | single(x IN [null, 1] WHERE x IS NULL)                 | true  |
      | none(x IN [null] WHERE x IS NOT NULL)                  | true  |
      | all(x IN [1, 2] WHERE any(y IN [1, 2, 3] WHERE y > x)) | true  |
      | all(x IN null WHERE x)                                 | null  |
      | any(x IN [1, 2] WHERE true)                            | true  |
      | all(x IN [1, 2] WHERE false)                           | false |
      | none(x IN [1, 2] WHERE null)                           | null  |

  Scenario Outline: Conditions that cannot be
    Given an empty graph
    When executing query:
      """
      RETURN <expression> AS value
      """
    Then a SyntaxError should be raised at compile time: InvalidArgumentType

    Examples:
      | expression                       |
      | all(x IN ['a'] WHERE x % 2 = 0)  |
      | any(x IN [true] WHERE x - 1 = 0) |
      | none(x IN [[1]] WHERE x * 2 = 2) |
      | single(x IN [1] WHERE x)         |
      | any(x IN [{a: 1}] WHERE NOT x)   |

  Scenario: Over the nodes and relationships of a path
    Given an empty graph
    And having executed:
      """
      CREATE (:A {n: 1})-[:R {w: 1}]->({n: 2})-[:R {w: 2}]->({n: 3})-[:R]->()
      """
    When executing query:
      """
      MATCH p = (:A)-[*]->(b)
      RETURN b.n AS n, all(x IN nodes(p) WHERE x.n > 0) AS positive, none(r IN relationships(p) WHERE r.w = 2) AS light
      ORDER BY n
      """
    Then the result should be, in order:
      | n    | positive | light |
      | 2    | true     | true  |
      | 3    | true     | false |
      | null | null     | false |
    And no side effects
