Feature: Times cut down to a unit

  Scenario Outline: Every unit
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
      | expression                                                                                       | value                              |
      | toString(date.truncate('millennium', datetime('2021-08-17T12:34:56.789012345+02:00')))           | '2000-01-01'                       |
      | toString(localdatetime.truncate('millennium', datetime('2021-08-17T12:34:56.789012345+02:00')))  | '2000-01-01T00:00'                 |
      | toString(datetime.truncate('millennium', datetime('2021-08-17T12:34:56.789012345+02:00')))       | '2000-01-01T00:00+02:00'           |
      | toString(datetime.truncate('millennium', date('2021-08-17')))                                    | '2000-01-01T00:00Z'                |
      | toString(date.truncate('century', datetime('2021-08-17T12:34:56.789012345+02:00')))              | '2000-01-01'                       |
      | toString(localdatetime.truncate('century', datetime('2021-08-17T12:34:56.789012345+02:00')))     | '2000-01-01T00:00'                 |
      | toString(datetime.truncate('century', datetime('2021-08-17T12:34:56.789012345+02:00')))          | '2000-01-01T00:00+02:00'           |
      | toString(datetime.truncate('century', date('2021-08-17')))                                       | '2000-01-01T00:00Z'                |
      | toString(date.truncate('decade', datetime('2021-08-17T12:34:56.789012345+02:00')))               | '2020-01-01'                       |
      | toString(localdatetime.truncate('decade', datetime('2021-08-17T12:34:56.789012345+02:00')))      | '2020-01-01T00:00'                 |
      | toString(datetime.truncate('decade', datetime('2021-08-17T12:34:56.789012345+02:00')))           | '2020-01-01T00:00+02:00'           |
      | toString(datetime.truncate('decade', date('2021-08-17')))                                        | '2020-01-01T00:00Z'                |
      | toString(date.truncate('year', datetime('2021-08-17T12:34:56.789012345+02:00')))                 | '2021-01-01'                       |
      | toString(localdatetime.truncate('year', datetime('2021-08-17T12:34:56.789012345+02:00')))        | '2021-01-01T00:00'                 |
      | toString(datetime.truncate('year', datetime('2021-08-17T12:34:56.789012345+02:00')))             | '2021-01-01T00:00+02:00'           |
      | toString(datetime.truncate('year', date('2021-08-17')))                                          | '2021-01-01T00:00Z'                |
      | toString(date.truncate('weekYear', datetime('2021-08-17T12:34:56.789012345+02:00')))             | '2021-01-04'                       |
      | toString(localdatetime.truncate('weekYear', datetime('2021-08-17T12:34:56.789012345+02:00')))    | '2021-01-04T00:00'                 |
      | toString(datetime.truncate('weekYear', datetime('2021-08-17T12:34:56.789012345+02:00')))         | '2021-01-04T00:00+02:00'           |
      | toString(datetime.truncate('weekYear', date('2021-08-17')))                                      | '2021-01-04T00:00Z'                |
      | toString(date.truncate('quarter', datetime('2021-08-17T12:34:56.789012345+02:00')))              | '2021-07-01'                       |
      | toString(localdatetime.truncate('quarter', datetime('2021-08-17T12:34:56.789012345+02:00')))     | '2021-07-01T00:00'                 |
      | toString(datetime.truncate('quarter', datetime('2021-08-17T12:34:56.789012345+02:00')))          | '2021-07-01T00:00+02:00'           |
      | toString(datetime.truncate('quarter', date('2021-08-17')))                                       | '2021-07-01T00:00Z'                |
      | toString(date.truncate('month', datetime('2021-08-17T12:34:56.789012345+02:00')))                | '2021-08-01'                       |
      | toString(localdatetime.truncate('month', datetime('2021-08-17T12:34:56.789012345+02:00')))       | '2021-08-01T00:00'                 |
      | toString(datetime.truncate('month', datetime('2021-08-17T12:34:56.789012345+02:00')))            | '2021-08-01T00:00+02:00'           |
      | toString(datetime.truncate('month', date('2021-08-17')))                                         | '2021-08-01T00:00Z'                |
      | toString(date.truncate('week', datetime('2021-08-17T12:34:56.789012345+02:00')))                 | '2021-08-16'                       |
      | toString(localdatetime.truncate('week', datetime('2021-08-17T12:34:56.789012345+02:00')))        | '2021-08-16T00:00'                 |
      | toString(datetime.truncate('week', datetime('2021-08-17T12:34:56.789012345+02:00')))             | '2021-08-16T00:00+02:00'           |
      | toString(datetime.truncate('week', date('2021-08-17')))                                          | '2021-08-16T00:00Z'                |
      | toString(date.truncate('day', datetime('2021-08-17T12:34:56.789012345+02:00')))                  | '2021-08-17'                       |
      | toString(localdatetime.truncate('day', datetime('2021-08-17T12:34:56.789012345+02:00')))         | '2021-08-17T00:00'                 |
      | toString(datetime.truncate('day', datetime('2021-08-17T12:34:56.789012345+02:00')))              | '2021-08-17T00:00+02:00'           |
      | toString(datetime.truncate('day', date('2021-08-17')))                                           | '2021-08-17T00:00Z'                |
      | toString(localtime.truncate('hour', datetime('2021-08-17T12:34:56.789012345+02:00')))            | '12:00'                            |
      | toString(time.truncate('hour', datetime('2021-08-17T12:34:56.789012345+02:00')))                 | '12:00+02:00'                      |
      | toString(datetime.truncate('hour', datetime('2021-08-17T12:34:56.789012345+02:00')))             | '2021-08-17T12:00+02:00'           |
      | toString(localdatetime.truncate('hour', datetime('2021-08-17T12:34:56.789012345+02:00')))        | '2021-08-17T12:00'                 |
      | toString(localtime.truncate('minute', datetime('2021-08-17T12:34:56.789012345+02:00')))          | '12:34'                            |
      | toString(time.truncate('minute', datetime('2021-08-17T12:34:56.789012345+02:00')))               | '12:34+02:00'                      |
      | toString(datetime.truncate('minute', datetime('2021-08-17T12:34:56.789012345+02:00')))           | '2021-08-17T12:34+02:00'           |
      | toString(localdatetime.truncate('minute', datetime('2021-08-17T12:34:56.789012345+02:00')))      | '2021-08-17T12:34'                 |
      | toString(localtime.truncate('second', datetime('2021-08-17T12:34:56.789012345+02:00')))          | '12:34:56'                         |
      | toString(time.truncate('second', datetime('2021-08-17T12:34:56.789012345+02:00')))               | '12:34:56+02:00'                   |
      | toString(datetime.truncate('second', datetime('2021-08-17T12:34:56.789012345+02:00')))           | '2021-08-17T12:34:56+02:00'        |
      | toString(localdatetime.truncate('second', datetime('2021-08-17T12:34:56.789012345+02:00')))      | '2021-08-17T12:34:56'              |
      | toString(localtime.truncate('millisecond', datetime('2021-08-17T12:34:56.789012345+02:00')))     | '12:34:56.789'                     |
      | toString(time.truncate('millisecond', datetime('2021-08-17T12:34:56.789012345+02:00')))          | '12:34:56.789+02:00'               |
      | toString(datetime.truncate('millisecond', datetime('2021-08-17T12:34:56.789012345+02:00')))      | '2021-08-17T12:34:56.789+02:00'    |
      | toString(localdatetime.truncate('millisecond', datetime('2021-08-17T12:34:56.789012345+02:00'))) | '2021-08-17T12:34:56.789'          |
      | toString(localtime.truncate('microsecond', datetime('2021-08-17T12:34:56.789012345+02:00')))     | '12:34:56.789012'                  |
      | toString(time.truncate('microsecond', datetime('2021-08-17T12:34:56.789012345+02:00')))          | '12:34:56.789012+02:00'            |
      | toString(datetime.truncate('microsecond', datetime('2021-08-17T12:34:56.789012345+02:00')))      | '2021-08-17T12:34:56.789012+02:00' |
      | toString(localdatetime.truncate('microsecond', datetime('2021-08-17T12:34:56.789012345+02:00'))) | '2021-08-17T12:34:56.789012'       |

  Scenario Outline: With parts set anew
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
      | expression                                                                                    | value                                   |
      | toString(date.truncate('year', date('2021-08-17'), {day: 5}))                                 | '2021-01-05'                            |
      | toString(date.truncate('month', date('2021-08-17'), {day: 5}))                                | '2021-08-05'                            |
      | toString(date.truncate('week', date('2021-08-17'), {dayOfWeek: 7}))                           | '2021-08-22'                            |
      | toString(datetime.truncate('day', date('2021-08-17'), {hour: 3, timezone: 'Europe/Madrid'}))  | '2021-08-17T03:00+02:00[Europe/Madrid]' |
      | toString(datetime.truncate('year', datetime('2021-08-17T00:00[Europe/Madrid]')))              | '2021-01-01T00:00+01:00[Europe/Madrid]' |
      | toString(datetime.truncate('hour', datetime('2021-08-17T12:34-03:00'), {timezone: '+01:00'})) | '2021-08-17T12:00+01:00'                |
      | toString(localtime.truncate('hour', localtime('12:34:56.789'), {nanosecond: 7}))              | '12:00:00.000000007'                    |
      | toString(localtime.truncate('millisecond', localtime('12:34:56.789012'), {nanosecond: 7}))    | '12:34:56.789000007'                    |
      | toString(time.truncate('day', localtime('12:34'), {timezone: '+05:30'}))                      | '00:00+05:30'                           |
      | toString(date.truncate('weekYear', date('2021-01-02')))                                       | '2019-12-30'                            |
      | date.truncate('day', null)                                                                    | null                                    |
      | date.truncate(null, date())                                                                   | null                                    |

  Scenario Outline: Units that do not exist, or not there
    Given an empty graph
    When executing query:
      """
      RETURN <call> AS value
      """
    Then a TypeError should be raised at runtime: InvalidArgumentValue

    Examples:
      | call                                     |
      | date.truncate('hour', date())            |
      | date.truncate('fortnight', date())       |
      | localtime.truncate('month', localtime()) |
      | date.truncate('year', date(), {hour: 1}) |
