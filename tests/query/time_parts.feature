Feature: Parts of days, times and lengths

  Scenario Outline: The parts a map names are set at the place of its base, which is then read elsewhere
    When executing query:
      """
      RETURN toString(<expression>) AS text
      """
    Then the result should be, in any order:
      | text     |
      | '<text>' |
    And no side effects

    Examples:
      | expression                                                                                     | text                             |
      | time({time: time('23:00+01:00'), timezone: '+05:00', hour: 22})                                | 02:00+05:00                      |
      | time({time: time('23:00+01:00'), timezone: '+05:00'})                                          | 03:00+05:00                      |
      | time({time: localtime('23:00'), timezone: '+05:00', hour: 22})                                 | 22:00+05:00                      |
      | time({time: datetime('1990-07-11T12:00[Europe/Madrid]')})                                      | 12:00+02:00                      |
      | time({time: datetime('1990-07-11T12:00[Europe/Madrid]'), timezone: '+05:00'})                  | 15:00+05:00                      |
      | datetime({datetime: datetime('1990-07-11T01:00+01:00'), timezone: '-05:00', day: 28})          | 1990-07-27T19:00-05:00           |
      | datetime({date: date('1990-07-11'), time: time('23:30-01:00'), timezone: 'Z'})                 | 1990-07-12T00:30Z                |
      | datetime({date: date('1990-01-11'), time: datetime('1990-07-11T12:00[Europe/Madrid]')})        | 1990-01-11T12:00+01:00[Europe/Madrid] |

  Scenario Outline: A day keeps what the map does not name, as far as the month allows
    When executing query:
      """
      RETURN toString(date(<map>)) AS text
      """
    Then the result should be, in any order:
      | text     |
      | '<text>' |
    And no side effects

    Examples:
      | map                                                 | text       |
      | {date: date('2021-01-31'), month: 2}                | 2021-02-28 |
      | {date: date('2020-02-29'), year: 2021}              | 2021-02-28 |
      | {date: date('2021-05-31'), quarter: 1}              | 2021-02-28 |
      | {date: date('2021-03-07'), quarter: 3}              | 2021-09-07 |
      | {date: date('2021-03-07'), quarter: 3, year: 1999}  | 1999-09-07 |
      | {date: date('2021-03-07'), dayOfQuarter: 3}         | 2021-01-03 |
      | {date: date('2021-03-07'), dayOfWeek: 1}            | 2021-03-01 |
      | {date: date('2021-03-07'), week: 1}                 | 2021-01-10 |
      | {date: date('2021-01-01'), week: 2}                 | 2020-01-10 |
      | {date: date('2021-03-07'), ordinalDay: 365}         | 2021-12-31 |

  Scenario Outline: Parts that do not go together or do not exist
    When executing query:
      """
      RETURN date(<map>) AS day
      """
    Then a TypeError should be raised at runtime: InvalidArgumentValue

    Examples:
      | map                                                   |
      | {year: 2021, month: 2, week: 3}                       |
      | {year: 2021, quarter: 2, ordinalDay: 3}               |
      | {year: 2021, month: 2, day: 30}                       |
      | {year: 2021, week: 53}                                |
      | {year: 2021, ordinalDay: 366}                         |
      | {date: date('2021-01-31'), month: 2, day: 31}         |
      | {date: date('2021-01-31'), quarter: 5}                |
      | {yaer: 2021}                                          |

  Scenario Outline: Fractions go to the smaller parts without loss
    When executing query:
      """
      RETURN toString(<expression>) AS text
      """
    Then the result should be, in any order:
      | text     |
      | '<text>' |
    And no side effects

    Examples:
      | expression                                   | text                       |
      | duration({months: -0.5, milliseconds: 0.5})  | P-15DT-5H-14M-32.9995S     |
      | duration({months: 1.1})                      | P1M3DT1H2M54.6S            |
      | duration({quarters: 1.5})                    | P4M15DT5H14M33S            |
      | duration({years: 0.1, days: 0.1})            | P1M6DT4H29M49.2S           |
      | duration({nanoseconds: 1.9})                 | PT0.000000001S             |
      | duration('P0.1W')                            | PT16H48M                   |
      | duration('P20120202T143721')                 | P2012Y2M2DT14H37M21S       |
      | duration('P49D') / 49                        | P1D                        |
      | duration('P1M') / 3                          | P10DT3H29M42S              |
      | duration('P1Y') / 0.5                        | P2Y                        |
      | duration('PT10S') * 0.1                      | PT1S                       |
      | duration('PT-1.5S') * 0.5                    | PT-0.75S                   |

  Scenario: Dividing a length by zero
    When executing query:
      """
      RETURN duration('P1D') / 0 AS d
      """
    Then a ArithmeticError should be raised at runtime: DivisionByZero

  Scenario: Without a moment the present one is cut down
    When executing query:
      """
      RETURN date.truncate('year') = date.truncate('year', date()) AS same
      """
    Then the result should be, in any order:
      | same |
      | true |
    And no side effects
