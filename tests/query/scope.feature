Feature: What clauses pass on

  Scenario: Rows before and after a projection
    Given an empty graph
    When executing query:
      """
      UNWIND [3, 1, 2] AS x
      WITH x AS y, x * 10 AS z ORDER BY x DESC LIMIT 2
      WITH y AS z, z AS y WHERE y > 10
      RETURN *
      """
    Then the result should be, in any order:
      | y  | z |
      | 20 | 2 |
      | 30 | 3 |
    And no side effects

  Scenario: A star keeps all and takes more
    Given an empty graph
    When executing query:
      """
      WITH 2 AS b, 1 AS a
      WITH *, a + b AS c
      RETURN *, c * 2 AS d
      """
    Then the result should be, in any order:
      | a | b | c | d |
      | 1 | 2 | 3 | 6 |
    And no side effects

  Scenario: A name may be given anew
    Given an empty graph
    When executing query:
      """
      WITH 1 AS x
      WITH x + 1 AS x
      WITH x + 1 AS x
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 3 |
    And no side effects

  Scenario: Sorted by what is not passed on
    Given an empty graph
    When executing query:
      """
      UNWIND [{k: 2, v: "a"}, {k: 1, v: "b"}] AS row
      WITH row.v AS v ORDER BY row.k
      RETURN v
      """
    Then the result should be, in order:
      | v   |
      | 'b' |
      | 'a' |
    And no side effects

  Scenario: Filtered by what is not passed on
    Given an empty graph
    When executing query:
      """
      UNWIND [{k: 2, v: "a"}, {k: 1, v: "b"}] AS row
      WITH row.v AS v WHERE row.k = 1
      RETURN v
      """
    Then the result should be, in any order:
      | v   |
      | 'b' |
    And no side effects

  Scenario: Sorted by several keys
    Given an empty graph
    When executing query:
      """
      UNWIND [[1, 2], [1, 3], [0, 9]] AS p
      RETURN p[0] AS a, p[1] AS b ORDER BY a DESC, b ASCENDING
      """
    Then the result should be, in order:
      | a | b |
      | 1 | 2 |
      | 1 | 3 |
      | 0 | 9 |
    And no side effects

  Scenario: Skipping and limiting
    Given an empty graph
    When executing query:
      """
      UNWIND range(1, 9) AS x
      RETURN x ORDER BY x DESC SKIP 1 + 1 LIMIT toInteger(ceil(1.5))
      """
    Then the result should be, in order:
      | x |
      | 7 |
      | 6 |
    And no side effects

  Scenario: More asked for than there is
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2] AS x
      WITH x SKIP 5
      RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |
    And no side effects

  Scenario: Distinct rows
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 1.0, null, null, [1, null], [1, null]] AS x
      RETURN DISTINCT x
      """
    Then the result should be, in any order:
      | x         |
      | 1         |
      | null      |
      | [1, null] |
    And no side effects

  Scenario: A name bound in an expression ends with it
    Given an empty graph
    When executing query:
      """
      WITH 1 AS x
      RETURN [x IN [5] | x + 1] AS l, any(x IN [7] WHERE x = 7) AS b, reduce(x = 0, y IN [1, 2] | x + y) AS r, x
      """
    Then the result should be, in any order:
      | l   | b    | r | x |
      | [6] | true | 3 | 1 |
    And no side effects

  Scenario: Unwinding
    Given an empty graph
    When executing query:
      """
      UNWIND [[1, 2], [], null, [3]] AS l
      UNWIND l AS x
      RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: Unwinding nothing
    Given an empty graph
    When executing query:
      """
      UNWIND null AS x
      RETURN count(*) AS n
      """
    Then the result should be, in any order:
      | n |
      | 0 |
    And no side effects

  Scenario: Unions
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 2] AS x RETURN x
      UNION
      UNWIND [2, 3] AS x RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 2 |
      | 3 |
    And no side effects

  Scenario: Unions that keep everything
    Given an empty graph
    When executing query:
      """
      UNWIND [1, 2, 2] AS x RETURN x
      UNION ALL
      UNWIND [2, 3] AS x RETURN x
      """
    Then the result should be, in any order:
      | x |
      | 1 |
      | 2 |
      | 2 |
      | 2 |
      | 3 |
    And no side effects

  Scenario Outline: Clauses that do not fit
    Given an empty graph
    When executing query:
      """
      <query>
      """
    Then a SyntaxError should be raised at compile time: <detail>

    Examples:
      | query                                                     | detail                   |
      | RETURN 1 AS a UNION RETURN 2 AS b                         | DifferentColumnsInUnion  |
      | RETURN 1 AS a UNION ALL RETURN 2 AS b                     | DifferentColumnsInUnion  |
      | RETURN 1 AS a UNION RETURN 1 AS a, 2 AS b                 | DifferentColumnsInUnion  |
      | RETURN 1 AS a UNION RETURN 2 AS a UNION ALL RETURN 3 AS a | InvalidClauseComposition |
      | RETURN 1 AS a UNION ALL RETURN 2 AS a UNION RETURN 3 AS a | InvalidClauseComposition |
      | RETURN 1 AS a MATCH (n) RETURN n                          | InvalidClauseComposition |
      | MATCH (n)                                                 | InvalidClauseComposition |
      | RETURN 1 AS a, 2 AS a                                     | ColumnNameConflict       |
      | WITH 1 AS a, 2 AS a RETURN a                              | ColumnNameConflict       |
      | MATCH (n) RETURN n.x, n.x                                 | ColumnNameConflict       |
      | WITH 1 AS a RETURN *, 2 AS a                              | ColumnNameConflict       |
      | MATCH (n) WITH n.x RETURN 1                               | NoExpressionAlias        |
      | WITH 1 AS a WITH a, count(*) RETURN a                     | NoExpressionAlias        |
      | MATCH () RETURN *                                         | NoVariablesInScope       |
      | RETURN *                                                  | NoVariablesInScope       |
      | WITH 1 AS a WITH 2 AS b RETURN a                          | UndefinedVariable        |
      | MATCH (n) WITH n.x AS x RETURN n                          | UndefinedVariable        |
      | WITH 1 AS a RETURN a ORDER BY b                           | UndefinedVariable        |
      | WITH [1] AS l RETURN [x IN l \| x] + x AS y               | UndefinedVariable        |
      | RETURN 1 AS a, a AS b                                     | UndefinedVariable        |
      | WITH 1 AS a UNWIND [1] AS a RETURN a                      | VariableAlreadyBound     |
      | UNWIND [1] AS x RETURN x LIMIT x                          | NonConstantExpression    |
      | UNWIND [1] AS x RETURN x SKIP x                           | NonConstantExpression    |
      | MATCH (n) RETURN n LIMIT n.x                              | NonConstantExpression    |
      | RETURN 1 AS a SKIP -1                                     | NegativeIntegerArgument  |
      | RETURN 1 AS a LIMIT -1                                    | NegativeIntegerArgument  |
      | WITH 1 AS a LIMIT -1 RETURN a                             | NegativeIntegerArgument  |
      | RETURN 1 AS a LIMIT 1.0                                   | InvalidArgumentType      |
      | RETURN 1 AS a SKIP 'one'                                  | InvalidArgumentType      |
      | WITH 1 AS a LIMIT true RETURN a                           | InvalidArgumentType      |
      | RETURN nothing(1) AS a                                    | UnknownFunction          |
      | RETURN a.b.c() AS a                                       | UnknownFunction          |
      | RETURN sqrt() AS a                                        | InvalidNumberOfArguments |
      | RETURN sqrt(1, 2) AS a                                    | InvalidNumberOfArguments |
      | RETURN range(1) AS a                                      | InvalidNumberOfArguments |
      | RETURN 1 AS a LIMIT 1 SKIP 1                              | UnexpectedSyntax         |
      | RETURN 1 AS a SKIP 1 ORDER BY a                           | UnexpectedSyntax         |
      | RETRUN 1                                                  | UnexpectedSyntax         |
      | MATCH (n RETURN n                                         | UnexpectedSyntax         |
      | UNWIND [1] x RETURN x                                     | UnexpectedSyntax         |

  Scenario: A negative limit in a parameter
    Given an empty graph
    And parameters are:
      | n | -1 |
    When executing query:
      """
      RETURN 1 AS a LIMIT $n
      """
    Then a SyntaxError should be raised at runtime: NegativeIntegerArgument

  Scenario: A limit in a parameter that is no integer
    Given an empty graph
    And parameters are:
      | n | 1.5 |
    When executing query:
      """
      RETURN 1 AS a LIMIT $n
      """
    Then a SyntaxError should be raised at runtime: InvalidArgumentType

  Scenario: A negative number of rows to skip in a parameter
    Given an empty graph
    And parameters are:
      | n | -1 |
    When executing query:
      """
      WITH 1 AS a SKIP $n RETURN a
      """
    Then a SyntaxError should be raised at runtime: NegativeIntegerArgument
