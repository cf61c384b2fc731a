Feature: Procedures

  Scenario: Alone, with all its columns
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    When executing query:
      """
      CALL shop.price('figs', 2)
      """
    Then the result should be, in order:
      | price | unit |
      | 4.5   | 'kg' |
    And no side effects

  Scenario: Alone, with arguments from the parameters
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    And parameters are:
      | item   | 'tea' |
      | amount | 1     |
    When executing query:
      """
      CALL shop.price
      """
    Then the result should be, in order:
      | price | unit |
      | 3.0   | 'g'  |
    And no side effects

  Scenario: Alone, with columns chosen and renamed
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    When executing query:
      """
      CALL shop.price('figs', 1) YIELD unit AS u, price
      """
    Then the result should be, in order:
      | u    | price |
      | 'kg' | 2.5   |
    And no side effects

  Scenario: For each row
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    When executing query:
      """
      UNWIND ['tea', 'figs'] AS item CALL shop.price(item, 1) YIELD price RETURN item, price
      """
    Then the result should be, in order:
      | item   | price |
      | 'tea'  | 3.0   |
      | 'figs' | 2.5   |
    And no side effects

  Scenario: Names exchanged
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    When executing query:
      """
      CALL shop.price('figs', 1) YIELD price AS unit, unit AS price RETURN unit, price
      """
    Then the result should be, in order:
      | unit | price |
      | 2.5  | 'kg'  |
    And no side effects

  Scenario: Filtered
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    When executing query:
      """
      UNWIND [1, 2] AS n CALL shop.price('figs', n) YIELD price WHERE price > 3 RETURN n, price
      """
    Then the result should be, in order:
      | n | price |
      | 2 | 4.5   |
    And no side effects

  Scenario: Without result, rows go on
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    When executing query:
      """
      UNWIND [1, 2] AS x CALL shop.close() RETURN x
      """
    Then the result should be, in order:
      | x |
      | 1 |
      | 2 |
    And no side effects

  Scenario: Without result, alone
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    When executing query:
      """
      CALL shop.close
      """
    Then the result should be empty
    And no side effects

  Scenario: An integer stands for a float
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    When executing query:
      """
      CALL shop.rate(2)
      """
    Then the result should be, in order:
      | name  |
      | 'two' |
    And no side effects

  Scenario: Null is an argument
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    When executing query:
      """
      CALL shop.price(null, 1) YIELD price RETURN count(*) AS n
      """
    Then the result should be, in order:
      | n |
      | 0 |
    And no side effects

  Scenario Outline: Calls that cannot be
    Given an empty graph
    And there exists a procedure shop.price(item :: STRING?, amount :: INTEGER?) :: (price :: FLOAT?, unit :: STRING?):
      | item   | amount | price | unit |
      | 'figs' | 1      | 2.5   | 'kg' |
      | 'figs' | 2      | 4.5   | 'kg' |
      | 'tea'  | 1      | 3.0   | 'g'  |
    And there exists a procedure shop.close() :: ():
      |
    And there exists a procedure shop.rate(of :: FLOAT?) :: (name :: STRING?):
      | of  | name  |
      | 2.0 | 'two' |
    When executing query:
      """
      <query>
      """
    Then a <error> should be raised at compile time: <detail>

    Examples:
      | query                                                               | error            | detail                     |
      | CALL shop.sell()                                                    | ProcedureError   | ProcedureNotFound          |
      | CALL shop.price('figs')                                             | SyntaxError      | InvalidNumberOfArguments   |
      | CALL shop.price('figs', 1, 2)                                       | SyntaxError      | InvalidNumberOfArguments   |
      | CALL shop.price(1, 1)                                               | SyntaxError      | InvalidArgumentType        |
      | CALL shop.price('figs', 1.5)                                        | SyntaxError      | InvalidArgumentType        |
      | CALL shop.price('figs', true) YIELD price RETURN price              | SyntaxError      | InvalidArgumentType        |
      | CALL shop.price                                                     | ParameterMissing | MissingParameter           |
      | UNWIND [1] AS x CALL shop.price YIELD price RETURN price            | SyntaxError      | InvalidArgumentPassingMode |
      | CALL shop.price('figs', 1) YIELD cost RETURN cost                   | SyntaxError      | UndefinedVariable          |
      | CALL shop.price('figs', 1) YIELD *  RETURN price                    | SyntaxError      | UnexpectedSyntax           |
      | CALL shop.price('figs', 1) YIELD price, unit AS price RETURN price  | SyntaxError      | VariableAlreadyBound       |
      | WITH 1 AS price CALL shop.price('figs', 1) YIELD price RETURN price | SyntaxError      | VariableAlreadyBound       |
      | CALL shop.price('figs', count(*)) YIELD price RETURN price          | SyntaxError      | InvalidAggregation         |
      | CALL shop.price('figs', n) YIELD price RETURN price                 | SyntaxError      | UndefinedVariable          |
