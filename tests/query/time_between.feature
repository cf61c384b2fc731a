Feature: From one time to another

  Scenario Outline: In all parts, each as far as it goes
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
      | expression                                                                                                           | value          |
      | toString(duration.between(date('2020-01-31'), date('2020-03-01')))                                                   | 'P1M1D'        |
      | toString(duration.between(date('2020-03-01'), date('2020-01-31')))                                                   | 'P-1M-1D'      |
      | toString(duration.between(date('2020-01-01'), localdatetime('2021-02-03T04:05')))                                    | 'P1Y1M2DT4H5M' |
      | toString(duration.between(localdatetime('2020-01-01T12:00'), date('2020-01-03')))                                    | 'P1DT12H'      |
      | toString(duration.between(localdatetime('2020-01-03T00:00'), localdatetime('2020-01-01T12:00')))                     | 'P-1DT-12H'    |
      | toString(duration.between(localtime('10:00'), localtime('09:30')))                                                   | 'PT-30M'       |
      | toString(duration.between(localtime('10:00'), date('2020-01-01')))                                                   | 'PT-10H'       |
      | toString(duration.between(date('2020-01-01'), localtime('10:00')))                                                   | 'PT10H'        |
      | toString(duration.between(time('10:00+01:00'), time('10:00Z')))                                                      | 'PT1H'         |
      | toString(duration.between(time('10:00+01:00'), localtime('10:00')))                                                  | 'PT0S'         |
      | toString(duration.between(datetime('2020-01-01T00:00+02:00'), datetime('2020-01-01T00:00Z')))                        | 'PT2H'         |
      | toString(duration.between(datetime('2020-01-01T00:00+02:00'), localdatetime('2020-02-01T00:00')))                    | 'P1M'          |
      | toString(duration.between(datetime('2020-03-28T12:00[Europe/Madrid]'), datetime('2020-03-29T12:00[Europe/Madrid]'))) | 'P1D'          |
      | toString(duration.between(datetime('2020-03-29T01:00[Europe/Madrid]'), datetime('2020-03-29T04:00[Europe/Madrid]'))) | 'PT2H'         |
      | toString(duration.between(date('2020-10-25'), datetime('2020-10-25T04:00[Europe/Madrid]')))                          | 'PT5H'         |
      | toString(duration.between(datetime('2020-10-25T00:00[Europe/Madrid]'), localdatetime('2020-10-25T04:00')))           | 'PT5H'         |
      | toString(duration.between(localdatetime('2020-01-01T00:00:00.3'), localdatetime('2020-01-01T00:00:00.1')))           | 'PT-0.2S'      |
      | toString(duration.between(date('0001-01-01'), date('9999-12-31')))                                                   | 'P9998Y11M30D' |

  Scenario Outline: In one unit
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
      | expression                                                                                                             | value       |
      | toString(duration.inMonths(date('2020-01-31'), date('2021-03-01')))                                                    | 'P1Y1M'     |
      | toString(duration.inMonths(date('2020-01-15'), localtime('10:00')))                                                    | 'PT0S'      |
      | toString(duration.inMonths(datetime('2020-03-01T00:00+02:00'), datetime('2020-02-01T00:00Z')))                         | 'PT0S'      |
      | toString(duration.inDays(date('2020-02-01'), date('2021-02-01')))                                                      | 'P366D'     |
      | toString(duration.inDays(localdatetime('2020-02-02T12:00'), date('2020-02-01')))                                       | 'P-1D'      |
      | toString(duration.inDays(localtime('01:00'), localtime('23:00')))                                                      | 'PT0S'      |
      | toString(duration.inDays(datetime('2020-03-28T12:00[Europe/Madrid]'), datetime('2020-03-29T12:00[Europe/Madrid]')))    | 'P1D'       |
      | toString(duration.inSeconds(datetime('2020-03-28T12:00[Europe/Madrid]'), datetime('2020-03-29T12:00[Europe/Madrid]'))) | 'PT23H'     |
      | toString(duration.inSeconds(datetime('2020-10-24T12:00[Europe/Madrid]'), datetime('2020-10-25T12:00[Europe/Madrid]'))) | 'PT25H'     |
      | toString(duration.inSeconds(date('2020-01-01'), localdatetime('2020-01-02T00:00:00.5')))                               | 'PT24H0.5S' |
      | toString(duration.inSeconds(localtime('12:00:00.7'), localtime('12:00:01.3')))                                         | 'PT0.6S'    |
      | toString(duration.inSeconds(localtime('12:00:01.3'), localtime('12:00:00.7')))                                         | 'PT-0.6S'   |
      | toString(duration.inSeconds(time('12:00+01:00'), date('2020-01-01')))                                                  | 'PT-12H'    |
      | duration.between(null, date())                                                                                         | null        |
      | duration.inDays(date(), null)                                                                                          | null        |

  Scenario Outline: Moved by a length
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
      | expression                                                                     | value                                   |
      | toString(date('2020-01-31') + duration('P1M'))                                 | '2020-02-29'                            |
      | toString(date('2020-03-31') - duration('P1M'))                                 | '2020-02-29'                            |
      | toString(date('2020-01-01') + duration('PT36H'))                               | '2020-01-02'                            |
      | toString(date('2020-01-01') - duration('PT36H'))                               | '2019-12-31'                            |
      | toString(localtime('23:00') + duration('P5DT2H'))                              | '01:00'                                 |
      | toString(time('23:00+01:00') - duration('PT24H30M'))                           | '22:30+01:00'                           |
      | toString(localdatetime('2020-02-28T23:00') + duration('P1DT1H'))               | '2020-03-01T00:00'                      |
      | toString(datetime('2020-03-28T12:00[Europe/Madrid]') + duration('P1D'))        | '2020-03-29T12:00+02:00[Europe/Madrid]' |
      | toString(datetime('2020-03-28T12:00[Europe/Madrid]') + duration('PT24H'))      | '2020-03-29T13:00+02:00[Europe/Madrid]' |
      | toString(datetime('2020-10-25T02:30+02:00[Europe/Madrid]') + duration('PT1H')) | '2020-10-25T02:30+01:00[Europe/Madrid]' |
      | toString(duration('P1D') + date('2020-01-01'))                                 | '2020-01-02'                            |
      | toString(duration('P1M1DT1H') + duration('P1Y-1DT-1H'))                        | 'P1Y1M'                                 |
      | toString(duration('P1M') - duration('P1D'))                                    | 'P1M-1D'                                |
      | toString(-duration('P1DT1S'))                                                  | 'P-1DT-1S'                              |
      | toString(duration('P1M2DT3S') * 2)                                             | 'P2M4DT6S'                              |
      | toString(2 * duration('PT1.5S'))                                               | 'PT3S'                                  |
      | toString(duration('P1DT1H') / 2)                                               | 'PT12H30M'                              |
