Feature: Aggregates

  Scenario: Nulls are passed by
    Given an empty graph
    When executing query:
      """
      UNWIND [3, null, 1, 1.5] AS x
      RETURN count(x), count(*), sum(x), avg(x), min(x), max(x), collect(x)
      """
    Then the result should be, in any order:
      | count(x) | count(*) | sum(x) | avg(x)             | min(x) | max(x) | collect(x)  |
      | 3        | 4        | 5.5    | 1.8333333333333333 | 1      | 3      | [3, 1, 1.5] |
    And no side effects

  Scenario: Of no rows
    Given an empty graph
    When executing query:
      """
      UNWIND [] AS x
      RETURN count(x), count(*), sum(x), avg(x), min(x), max(x), collect(x), percentileDisc(x, 0.5), percentileCont(x, 0.5), stDev(x)
      """
    Then the result should be, in any order:
      | count(x) | count(*) | sum(x) | avg(x) | min(x) | max(x) | collect(x) | percentileDisc(x, 0.5) | percentileCont(x, 0.5) | stDev(x) |
      | 0        | 0        | 0      | null   | null   | null   | []         | null                   | null                   | 0.0      |
    And no side effects

  Scenario: Of distinct values
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 1.0, 2, null, 2, [1], [1]] AS x
      RETURN count(DISTINCT x) AS n, size(collect(DISTINCT x)) AS size
      """
    Then the result should be, in any order:
      | n | size |
      | 3 | 3    |
    And no side effects

  Scenario: Percentiles
    Given an empty graph
    When executing query:
      """
      UNWIND [40, 10, 30, 20] AS x
      RETURN percentileDisc(x, 0.0) AS a, percentileDisc(x, 0.5) AS b, percentileDisc(x, 1) AS c, percentileCont(x, 0.5) AS d, percentileCont(x, 0.25) AS e
      """
    Then the result should be, in any order:
      | a  | b  | c  | d    | e    |
      | 10 | 20 | 40 | 25.0 | 17.5 |
    And no side effects

  Scenario Outline: Shares that are none
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2] AS x
      RETURN percentileCont(x, <share>) AS p
      """
    Then a ArgumentError should be raised at runtime: NumberOutOfRange

    Examples:
      | share |
      | 1.01  |
      | -0.5  |
      | 100   |

  Scenario: Lengths of time
    Given an empty graph
    When executing query:
      """
      UNWIND [duration({hours: 2}), duration({hours: 1}), null] AS x
      RETURN toString(sum(x)) AS sum, toString(avg(x)) AS avg
      """
    Then the result should be, in any order:
      | sum    | avg       |
      | 'PT3H' | 'PT1H30M' |
    And no side effects

  Scenario Outline: Aggregates where none can stand
    Given an empty graph
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                           | detail                |
      | MATCH (n) WHERE count(n) > 1 RETURN n           | InvalidAggregation    |
      | MATCH (n {x: count(*)}) RETURN n                | InvalidAggregation    |
      | MATCH (n) SET n.x = max(n.y)                    | InvalidAggregation    |
      | CREATE (n {x: count(*)})                        | InvalidAggregation    |
      | UNWIND collect(1) AS x RETURN x                 | InvalidAggregation    |
      | MATCH (n) DELETE head(collect(n))               | InvalidAggregation    |
      | MATCH (n) RETURN [x IN [1, 2] \| count(*)] AS l | InvalidAggregation    |
      | MATCH (n) RETURN [(n)-->(m) \| count(m)] AS l   | InvalidAggregation    |
      | MATCH (n) RETURN n.x ORDER BY count(*)          | InvalidAggregation    |
      | RETURN sum(count(*)) AS x                       | NestedAggregation     |
      | RETURN max(1 + count(1)) AS x                   | NestedAggregation     |
      | RETURN count(rand()) AS x                       | NonConstantExpression |

  Scenario Outline: Sums of what cannot be added
    Given an empty graph
    When executing query:
      """
      UNWIND [1] AS x
      RETURN <call> AS sum
      """
    Then a TypeError should be raised at runtime: InvalidArgumentType

    Examples:
      | call      |
      | sum('a')  |
      | avg([1])  |
      | sum(true) |
