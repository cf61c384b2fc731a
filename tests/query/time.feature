Feature: Days, times and durations

  Scenario Outline: [1] Time functions have these values
    Given an empty graph
    When executing query:
      """
      RETURN toString(<expression>) AS value
      """
    Then the result should be, in any order:
      | value   |
      | <value> |
    And no side effects

    Examples:
      | expression                                                                       | value                                        |
      | date('2024-W09-4')                                                               | '2024-02-29'                                 |
      | date({year: 2024, ordinalDay: 60})                                               | '2024-02-29'                                 |
      | date({year: 2023, quarter: 4, dayOfQuarter: 1})                                  | '2023-10-01'                                 |
      | date({date: date('2024-02-29'), year: 2028})                                     | '2028-02-29'                                 |
      | localtime('0930')                                                                | '09:30'                                      |
      | time('21:40:32.5+02')                                                            | '21:40:32.5+02:00'                           |
      | localdatetime('2015202T21')                                                      | '2015-07-21T21:00'                           |
      | datetime('2024-07-01T12:00[Europe/Athens]')                                      | '2024-07-01T12:00+03:00[Europe/Athens]'      |
      | datetime({datetime: datetime('2024-07-01T12:00Z'), timezone: 'Asia/Tokyo'})      | '2024-07-01T21:00+09:00[Asia/Tokyo]'         |
      | datetime({epochMillis: 1500})                                                    | '1970-01-01T00:00:01.5Z'                     |
      | date.truncate('quarter', date('2024-08-17'))                                     | '2024-07-01'                                 |
      | date.truncate('week', date('2024-08-17'), {dayOfWeek: 3})                        | '2024-08-14'                                 |
      | datetime.truncate('hour', datetime('2024-08-17T10:45-04:00'))                    | '2024-08-17T10:00-04:00'                     |
      | date('2024-01-31') + duration('P1M')                                             | '2024-02-29'                                 |
      | date('2024-03-31') - duration({months: 1})                                       | '2024-02-29'                                 |
      | localtime('23:30') + duration('PT1H')                                            | '00:30'                                      |
      | datetime('2024-03-30T12:00[Europe/Paris]') + duration('P1D')                     | '2024-03-31T12:00+02:00[Europe/Paris]'       |
      | datetime('2024-03-30T12:00[Europe/Paris]') + duration('PT24H')                   | '2024-03-31T13:00+02:00[Europe/Paris]'       |
      | duration('P1Y14M')                                                               | 'P2Y2M'                                      |
      | duration({hours: 1.5})                                                           | 'PT1H30M'                                    |
      | duration('P1M') * 2.5                                                            | 'P2M15DT5H14M33S'                            |
      | duration('PT1S') - duration('PT1.5S')                                            | 'PT-0.5S'                                    |
      | duration.between(date('2024-01-31'), date('2024-03-01'))                         | 'P1M1D'                                      |
      | duration.between(date('2024-03-01'), date('2024-01-31'))                         | 'P-1M-1D'                                    |
      | duration.inDays(date('2024-02-28'), date('2024-03-01'))                          | 'P2D'                                        |
      | duration.inSeconds(localtime('10:00'), time('12:00+05:00'))                      | 'PT2H'                                       |

  Scenario: [2] Times have parts
    Given an empty graph
    When executing query:
      """
      WITH datetime('2020-12-31T23:59:58.987654321-05:00') AS t, duration('P1Y5M10DT3H4M5.006S') AS d
      RETURN t.weekYear AS weekYear, t.week AS week, t.dayOfWeek AS day, t.quarter AS quarter,
             t.microsecond AS micro, t.offsetMinutes AS offset, t.epochSeconds AS epoch,
             d.monthsOfYear AS months, d.minutesOfHour AS minutes, d.millisecondsOfSecond AS millis
      """
    Then the result should be, in any order:
      | weekYear | week | day | quarter | micro  | offset | epoch      | months | minutes | millis |
      | 2020     | 53   | 4   | 4       | 987654 | -300   | 1609477198 | 5      | 4       | 6      |

  Scenario Outline: [3] What is no time is refused
    Given an empty graph
    When executing query:
      """
      WITH <given> AS given RETURN <function>(given) AS value
      """
    Then a TypeError should be raised at runtime: InvalidArgumentValue

    Examples:
      | function  | given                                 |
      | date      | '2023-02-29'                          |
      | date      | {year: 2023, month: 13}               |
      | date      | {year: 9223372036854775807}           |
      | date      | {year: 2023, mont: 1}                 |
      | localtime | '24:00'                               |
      | datetime  | '2023-01-01T00:00[Middle/Earth]'      |
      | duration  | 'P1H'                                 |
      | duration  | {months: 9223372036854775807, years: 1} |
