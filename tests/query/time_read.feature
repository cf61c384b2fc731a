Feature: Days, times and lengths read from texts and written again

  Scenario Outline: Days
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
      | expression                     | value          |
      | toString(date('2021-03-07'))   | '2021-03-07'   |
      | toString(date('20210307'))     | '2021-03-07'   |
      | toString(date('2021-03'))      | '2021-03-01'   |
      | toString(date('202103'))       | '2021-03-01'   |
      | toString(date('2021'))         | '2021-01-01'   |
      | toString(date('2021-W09-7'))   | '2021-03-07'   |
      | toString(date('2021W097'))     | '2021-03-07'   |
      | toString(date('2021-W09'))     | '2021-03-01'   |
      | toString(date('2021W09'))      | '2021-03-01'   |
      | toString(date('2021-066'))     | '2021-03-07'   |
      | toString(date('2021066'))      | '2021-03-07'   |
      | toString(date('2021-Q1-66'))   | '2021-03-07'   |
      | toString(date('2021-Q1'))      | '2021-01-01'   |
      | toString(date('2020-W53-7'))   | '2021-01-03'   |
      | toString(date('0001-01-01'))   | '0001-01-01'   |
      | toString(date('9999-12-31'))   | '9999-12-31'   |
      | toString(date('+12345-06-07')) | '+12345-06-07' |
      | toString(date('-0044-03-15'))  | '-0044-03-15'  |

  Scenario Outline: Times
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
      | expression                                        | value                |
      | toString(localtime('12'))                         | '12:00'              |
      | toString(localtime('1230'))                       | '12:30'              |
      | toString(localtime('12:30'))                      | '12:30'              |
      | toString(localtime('123045'))                     | '12:30:45'           |
      | toString(localtime('12:30:45.120'))               | '12:30:45.12'        |
      | toString(localtime('123045.000000001'))           | '12:30:45.000000001' |
      | toString(time('12:30'))                           | '12:30Z'             |
      | toString(time('12:30Z'))                          | '12:30Z'             |
      | toString(time('1230+0100'))                       | '12:30+01:00'        |
      | toString(time('12+01'))                           | '12:00+01:00'        |
      | toString(time('12:30:45-01:30'))                  | '12:30:45-01:30'     |
      | toString(time('12:30-00:00'))                     | '12:30Z'             |
      | toString(time('12:30+18:00'))                     | '12:30+18:00'        |
      | toString(time({hour: 12, timezone: '+01:02:03'})) | '12:00+01:02:03'     |
      | toString(time({hour: 12, timezone: '-01:02:00'})) | '12:00-01:02'        |

  Scenario Outline: Days with times
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
      | expression                                                                                          | value                                         |
      | toString(localdatetime('2021-03-07T12:30'))                                                         | '2021-03-07T12:30'                            |
      | toString(localdatetime('2021W097T1230'))                                                            | '2021-03-07T12:30'                            |
      | toString(localdatetime('2021066T12'))                                                               | '2021-03-07T12:00'                            |
      | toString(localdatetime('2021T12'))                                                                  | '2021-01-01T12:00'                            |
      | toString(datetime('2021-03-07T12:30'))                                                              | '2021-03-07T12:30Z'                           |
      | toString(datetime('20210307T1230-0330'))                                                            | '2021-03-07T12:30-03:30'                      |
      | toString(datetime('2021-07-07T12:30[Europe/Lisbon]'))                                               | '2021-07-07T12:30+01:00[Europe/Lisbon]'       |
      | toString(datetime('2021-01-07T12:30+00:00[Europe/Lisbon]'))                                         | '2021-01-07T12:30Z[Europe/Lisbon]'            |
      | toString(datetime('2021-10-31T02:30+01:00[Europe/Madrid]'))                                         | '2021-10-31T02:30+01:00[Europe/Madrid]'       |
      | toString(datetime('2021-10-31T02:30+02:00[Europe/Madrid]'))                                         | '2021-10-31T02:30+02:00[Europe/Madrid]'       |
      | toString(datetime({year: 2021, month: 3, day: 28, hour: 2, minute: 30, timezone: 'Europe/Madrid'})) | '2021-03-28T03:30+02:00[Europe/Madrid]'       |
      | toString(datetime('1850-01-01T00:00[America/New_York]'))                                            | '1850-01-01T00:00-04:56:02[America/New_York]' |
      | toString(datetime.fromepoch(-1, 5))                                                                 | '1969-12-31T23:59:59.000000005Z'              |
      | toString(datetime.fromepochmillis(-1))                                                              | '1969-12-31T23:59:59.999Z'                    |
      | toString(datetime({epochSeconds: 60, timezone: '+01:00'}))                                          | '1970-01-01T01:01+01:00'                      |

  Scenario Outline: Lengths
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
      | expression                                          | value              |
      | toString(duration('P1Y2M3DT4H5M6.7S'))              | 'P1Y2M3DT4H5M6.7S' |
      | toString(duration('P14M'))                          | 'P1Y2M'            |
      | toString(duration('P1W'))                           | 'P7D'              |
      | toString(duration('P0.5Y'))                         | 'P6M'              |
      | toString(duration('P1.5M'))                         | 'P1M15DT5H14M33S'  |
      | toString(duration('P1.5W'))                         | 'P10DT12H'         |
      | toString(duration('P0.5D'))                         | 'PT12H'            |
      | toString(duration('PT1.5H'))                        | 'PT1H30M'          |
      | toString(duration('PT90M'))                         | 'PT1H30M'          |
      | toString(duration('PT90S'))                         | 'PT1M30S'          |
      | toString(duration('PT-90S'))                        | 'PT-1M-30S'        |
      | toString(duration('P-1D'))                          | 'P-1D'             |
      | toString(duration('-P1DT1H'))                       | 'P-1DT-1H'         |
      | toString(duration('P1Y-13M'))                       | 'P-1M'             |
      | toString(duration('PT0S'))                          | 'PT0S'             |
      | toString(duration('P0D'))                           | 'PT0S'             |
      | toString(duration('PT1,5S'))                        | 'PT1.5S'           |
      | toString(duration({seconds: -2, milliseconds: 1}))  | 'PT-1.999S'        |
      | toString(duration({seconds: 60, milliseconds: -1})) | 'PT59.999S'        |
      | toString(duration({days: 1, milliseconds: -1}))     | 'P1DT-0.001S'      |
      | toString(duration({hours: -1, minutes: 1}))         | 'PT-59M'           |
      | toString(duration({days: -7, hours: 30}))           | 'P-7DT30H'         |

  Scenario Outline: What cannot be read
    Given an empty graph
    When executing query:
      """
      RETURN <call> AS value
      """
    Then a TypeError should be raised at runtime: InvalidArgumentValue

    Examples:
      | call                                         |
      | date('2021-02-29')                           |
      | date('2021-13-01')                           |
      | date('2021-W53')                             |
      | date('2021-366')                             |
      | date('21-01-01')                             |
      | date('')                                     |
      | localtime('24:00')                           |
      | localtime('12:60')                           |
      | time('12:00+18:01')                          |
      | time('12:00[Europe/Madrid]')                 |
      | localdatetime('2021-03-07 12:30')            |
      | datetime('2021-03-07T12:30[Europe/Nowhere]') |
      | duration('P')                                |
      | duration('PT')                               |
      | duration('P1')                               |
      | duration('1D')                               |
      | duration('P1D2Y')                            |
      | duration('P1.5D1H')                          |

  Scenario: Parts of a moment
    Given an empty graph
    When executing query:
      """
      WITH datetime('2020-12-31T23:59:58.123456789[Europe/Madrid]') AS d
      RETURN d.year, d.quarter, d.month, d.week, d.weekYear, d.day, d.ordinalDay, d.dayOfWeek, d.dayOfQuarter, d.hour, d.minute, d.second, d.millisecond, d.microsecond, d.nanosecond, d.timezone, d.offset, d.offsetMinutes, d.offsetSeconds, d.epochSeconds, d.epochMillis
      """
    Then the result should be, in any order:
      | d.year | d.quarter | d.month | d.week | d.weekYear | d.day | d.ordinalDay | d.dayOfWeek | d.dayOfQuarter | d.hour | d.minute | d.second | d.millisecond | d.microsecond | d.nanosecond | d.timezone      | d.offset | d.offsetMinutes | d.offsetSeconds | d.epochSeconds | d.epochMillis |
      | 2020   | 4         | 12      | 53     | 2020       | 31    | 366          | 4           | 92             | 23     | 59       | 58       | 123           | 123456        | 123456789    | 'Europe/Madrid' | '+01:00' | 60              | 3600            | 1609455598     | 1609455598123 |
    And no side effects

  Scenario: Parts of a length
    Given an empty graph
    When executing query:
      """
      WITH duration('P1Y5M17DT1H1M1.5S') AS d
      RETURN d.years, d.quarters, d.months, d.weeks, d.days, d.hours, d.minutes, d.seconds, d.milliseconds, d.nanoseconds, d.quartersOfYear, d.monthsOfQuarter, d.monthsOfYear, d.daysOfWeek, d.minutesOfHour, d.secondsOfMinute, d.millisecondsOfSecond
      """
    Then the result should be, in any order:
      | d.years | d.quarters | d.months | d.weeks | d.days | d.hours | d.minutes | d.seconds | d.milliseconds | d.nanoseconds | d.quartersOfYear | d.monthsOfQuarter | d.monthsOfYear | d.daysOfWeek | d.minutesOfHour | d.secondsOfMinute | d.millisecondsOfSecond |
      | 1       | 5          | 17       | 2       | 17     | 1       | 61        | 3661      | 3661500        | 3661500000000 | 1                | 2                 | 5              | 3            | 1               | 1                 | 500                    |
    And no side effects
