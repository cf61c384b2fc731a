Feature: Grouping, and sorting what was grouped

  Scenario: The same aggregate in several columns
    When executing query:
      """
      UNWIND [4, 5, 5] AS x
      RETURN x, count(*), COUNT(*), count(*) + x AS more, [count(*), count(*)] AS both
      """
    Then the result should be, in any order:
      | x | count(*) | COUNT(*) | more | both   |
      | 4 | 1        | 1        | 5    | [1, 1] |
      | 5 | 2        | 2        | 7    | [2, 2] |
    And no side effects

  Scenario: The same aggregate of nothing in several columns
    When executing query:
      """
      MATCH (n)
      RETURN count(*) AS a, count(*) AS b, count(n) + count(*) AS c
      """
    Then the result should be, in any order:
      | a | b | c |
      | 0 | 0 | 0 |
    And no side effects

  Scenario: Sorting by an aggregate, with and without its column's name
    When executing query:
      """
      UNWIND ['pear', 'fig', 'fig', 'kiwi'] AS fruit
      RETURN fruit, count(*) AS n, count(*) AS again
      ORDER BY count(*) DESC, n + again, fruit
      """
    Then the result should be, in order:
      | fruit  | n | again |
      | 'fig'  | 2 | 2     |
      | 'kiwi' | 1 | 1     |
      | 'pear' | 1 | 1     |
    And no side effects

  Scenario: Sorting groups by a key under its former name
    When executing query:
      """
      UNWIND [3, 1, 2] AS x
      WITH x AS y, count(*) AS n
      ORDER BY x DESC
      RETURN y, n
      """
    Then the result should be, in order:
      | y | n |
      | 3 | 1 |
      | 2 | 1 |
      | 1 | 1 |
    And no side effects

  Scenario: Sorting distinct rows by a part of a key under its former name
    When executing query:
      """
      UNWIND [{size: 3}, {size: 1}] AS box
      RETURN DISTINCT box AS crate ORDER BY box.size
      """
    Then the result should be, in order:
      | crate     |
      | {size: 1} |
      | {size: 3} |
    And no side effects

  Scenario: A name that a projection gives anew hides the former one in ORDER BY
    When executing query:
      """
      UNWIND [3, 1, 2] AS x
      RETURN -x AS x ORDER BY x
      """
    Then the result should be, in order:
      | x  |
      | -3 |
      | -2 |
      | -1 |
    And no side effects

  Scenario: A name bound inside an expression is not the key of that name
    When executing query:
      """
      WITH {size: 1} AS box
      RETURN box.size, [box IN collect({size: 5}) | box.size] AS sizes
      """
    Then the result should be, in any order:
      | box.size | sizes |
      | 1        | [5]   |
    And no side effects

  Scenario Outline: Grouped rows cannot be sorted by what was not grouped by
    When executing query:
      """
      MATCH (n)
      RETURN <columns>
      ORDER BY <key>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | columns                    | key                | detail                         |
      | count(n) AS c              | n                  | UndefinedVariable              |
      | count(n) AS c              | n.x                | UndefinedVariable              |
      | DISTINCT n.x AS x          | n.y                | UndefinedVariable              |
      | n.x AS x, count(n) AS c    | min(n.y)           | UndefinedVariable              |
      | n.x + 1 AS x, count(n)     | n.x + 1 + count(n) | AmbiguousAggregationExpression |
      | n.x                        | max(n.y)           | InvalidAggregation             |

  Scenario: Escaped names as keys beside aggregates
    When executing query:
      """
      WITH 1 AS `how many`
      RETURN count(*) + `how many` AS c, `how many` AS k
      """
    Then the result should be, in any order:
      | c | k |
      | 2 | 1 |
    And no side effects

  Scenario Outline: Neither grouped by nor aggregated
    When executing query:
      """
      UNWIND [1, 2] AS x
      RETURN <columns>
      """
    Then a SyntaxError should be raised at compile time: AmbiguousAggregationExpression

    Examples:
      | columns                                  |
      | x + count(*)                             |
      | {a: x, b: count(*)}                      |
      | [y IN collect(x) WHERE y = x]            |
      | CASE WHEN x > 1 THEN count(*) ELSE 0 END |
      | x + 1 AS y, x + 1 + count(*)             |

  Scenario Outline: Bounds of a path that are no counts
    When executing query:
      """
      MATCH (a)-[:T<length>]->(b)
      RETURN a
      """
    Then a SyntaxError should be raised at compile time: InvalidRelationshipPattern

    Examples:
      | length |
      | *-1    |
      | *1..-2 |
      | *..-2  |
      | *1.5   |
      | ..     |
      | 1..2   |
