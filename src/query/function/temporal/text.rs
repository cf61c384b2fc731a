//! Days, times and durations from text, in all the forms of ISO 8601 that people write.

use crate::model::{Date, DateTime, Decimal, Duration, LocalDateTime, LocalTime, Time, Zone};

/// A day: `2015-07-21`, `20150721`, `2015-07`, `2015-W30-2`, `2015-Q3-21`, `2015-202`, `2015`.
pub(super) fn date(text: &str) -> Option<Date> {
    let (sign, rest) = match text.strip_prefix(['-', '+']) {
        Some(rest) if text.starts_with('-') => (-1, rest),
        Some(rest) => (1, rest),
        None => (1, text),
    };
    let signed = rest.len() != text.len();
    let year_end = if signed || rest.contains('-') {
        // With a sign a year may have more digits, and then something must set it off.
        rest.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len())
    } else {
        rest.len().min(4)
    };
    let (year, rest) = rest.split_at_checked(year_end)?;
    if year.len() < 4 {
        return None;
    }
    let year = sign * digits::<i32>(year)?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let shape: String = rest
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let part = |from: usize, to: usize| digits::<i64>(rest.get(from..to)?);
    match shape.as_str() {
        "" => Date::new(year, 1, 1),
        "00" => Date::new(year, small(part(0, 2)?)?, 1),
        "0000" => Date::new(year, small(part(0, 2)?)?, small(part(2, 4)?)?),
        "00-00" => Date::new(year, small(part(0, 2)?)?, small(part(3, 5)?)?),
        "000" => Date::from_ordinal(year, part(0, 3)?),
        "W00" => Date::from_week(year, part(1, 3)?, 1),
        "W000" => Date::from_week(year, part(1, 3)?, part(3, 4)?),
        "W00-0" => Date::from_week(year, part(1, 3)?, part(4, 5)?),
        "Q0" => Date::from_quarter(year, part(1, 2)?, 1),
        "Q000" => Date::from_quarter(year, part(1, 2)?, part(2, 4)?),
        "Q0-00" => Date::from_quarter(year, part(1, 2)?, part(3, 5)?),
        _ => None,
    }
}

fn small(number: i64) -> Option<u8> {
    u8::try_from(number).ok()
}

fn digits<N: std::str::FromStr>(text: &str) -> Option<N> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// A time of day: `21:40:32.142`, `214032`, `21:40`, `2140`, `21`.
pub(super) fn local_time(text: &str) -> Option<LocalTime> {
    let (clock, fraction) = match text.split_once(['.', ',']) {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (text, None),
    };
    let (hour, minute, second) = sexagesimal(clock)?;
    let nanosecond = match fraction {
        None => 0,
        Some(_) if second.is_none() => return None,
        Some(fraction) => nanoseconds(fraction)?,
    };
    LocalTime::new(hour, minute.unwrap_or(0), second.unwrap_or(0), nanosecond)
}

/// The digits behind the point as nanoseconds; those beyond the ninth are cut off.
fn nanoseconds(fraction: &str) -> Option<i64> {
    let held = fraction.get(..fraction.len().min(9))?;
    digits::<i64>(
        fraction
            .get(9..)
            .filter(|rest| !rest.is_empty())
            .unwrap_or("0"),
    )?;
    digits(&format!("{held:0<9}"))
}

/// `hh`, `hhmm`, `hhmmss`, with colons or without.
fn sexagesimal(text: &str) -> Option<(i64, Option<i64>, Option<i64>)> {
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let part = |from: usize| digits::<i64>(text.get(from..from + 2)?);
    Some(match shape.as_str() {
        "00" => (part(0)?, None, None),
        "0000" => (part(0)?, Some(part(2)?), None),
        "00:00" => (part(0)?, Some(part(3)?), None),
        "000000" => (part(0)?, Some(part(2)?), Some(part(4)?)),
        "00:00:00" => (part(0)?, Some(part(3)?), Some(part(6)?)),
        _ => return None,
    })
}

/// An offset: `Z`, `+01:00`, `-0130`, `+02`, `+00:53:28`.
pub(super) fn offset(text: &str) -> Option<i32> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hour, minute, second) = sexagesimal(text.strip_prefix(['+', '-'])?)?;
    let seconds = (hour * 60 + minute.unwrap_or(0)) * 60 + second.unwrap_or(0);
    i32::try_from(sign * seconds).ok()
}

/// A clock and the offset behind it.
fn split_offset(text: &str) -> Option<(&str, Option<i32>)> {
    match text.find(['Z', 'z', '+', '-']) {
        Some(at) => {
            let (clock, rest) = text.split_at_checked(at)?;
            Some((clock, Some(offset(rest)?)))
        }
        None => Some((text, None)),
    }
}

/// A time with offset; without one it is UTC.
pub(super) fn time(text: &str) -> Option<Time> {
    let (clock, offset) = split_offset(text)?;
    Time::new(local_time(clock)?, offset.unwrap_or(0))
}

/// A day and a time of day; without a time it is midnight.
pub(super) fn local_date_time(text: &str) -> Option<LocalDateTime> {
    match text.split_once('T') {
        Some((day, clock)) => Some(LocalDateTime::new(date(day)?, local_time(clock)?)),
        None => Some(LocalDateTime::new(date(text)?, LocalTime::MIDNIGHT)),
    }
}

/// A moment: with an offset, a zone in brackets, or both; without either it is UTC.
pub(super) fn date_time(text: &str) -> Option<DateTime> {
    let (moment, zone) = match text.strip_suffix(']') {
        Some(rest) => {
            let (moment, zone) = rest.split_once('[')?;
            (moment, Some(Zone::named(zone)?))
        }
        None => (text, None),
    };
    let (day, rest) = moment.split_once('T').unwrap_or((moment, "00"));
    let (clock, offset) = split_offset(rest)?;
    let local = LocalDateTime::new(date(day)?, local_time(clock)?);
    match (zone, offset) {
        (Some(zone), Some(offset)) => DateTime::moment_in_zone(
            local.epoch_second() - i64::from(offset),
            local.time.nanosecond(),
            zone,
        ),
        (Some(zone), None) => DateTime::in_zone(local, zone),
        (None, offset) => DateTime::at_offset(local, offset.unwrap_or(0)),
    }
}

/// A length: `P1Y2M10DT2H30M`, `P2.5W`, `PT-0.5S`, `P2012-02-02T14:37:21.545`,
/// `P20120202T143721`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let rest = rest.strip_prefix('P')?;
    let length = as_date(rest).or_else(|| in_units(rest))?;
    if negative {
        length.negated()
    } else {
        Some(length)
    }
}

/// A length written as a date and a time would be.
fn as_date(text: &str) -> Option<Duration> {
    let (day, clock) = text.split_once('T').unwrap_or((text, "00"));
    let dashed = day.split('-').map(str::len).eq([4, 2, 2]);
    let day = if dashed { &day.replace('-', "") } else { day };
    let part = |place| digits::<i64>(day.get(place)?);
    if day.len() != 8 {
        return None;
    }
    let (years, months, days) = (part(0..4)?, part(4..6)?, part(6..8)?);
    let time = local_time(clock)?;
    Duration::from_nanoseconds(
        years * 12 + months,
        days,
        i128::from(time.nanosecond_of_day()),
    )
}

/// The parts of a length, each with its unit; only the last may have a fraction, which goes to
/// the smaller units.
fn in_units(text: &str) -> Option<Duration> {
    let (day, clock) = match text.split_once('T') {
        Some((_, "")) => return None,
        Some((day, clock)) => (day, clock),
        None => (text, ""),
    };
    if day.is_empty() && clock.is_empty() {
        return None;
    }
    let mut total = Duration::default();
    for (part, units) in [(day, "YMWD"), (clock, "HMS")] {
        let mut order = units;
        let mut rest = part;
        while !rest.is_empty() {
            let at = rest.find(|c: char| c.is_ascii_alphabetic())?;
            let (amount, tail) = rest.split_at_checked(at)?;
            let unit = tail.chars().next()?;
            rest = tail.get(1..)?;
            let place = order.find(unit)?;
            order = order.get(place + 1..)?;
            total = total.plus(one_unit(amount, unit, units == "HMS")?)?;
        }
    }
    Some(total)
}

fn one_unit(amount: &str, unit: char, in_clock: bool) -> Option<Duration> {
    let amount = amount.replace(',', ".");
    let size = amount.strip_prefix(['-', '+']).unwrap_or(&amount);
    let negative = amount.starts_with('-');
    let (whole, fraction) = match size.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (size, None),
    };
    let whole: i64 = digits(whole)?;
    let length = match (fraction, unit) {
        (Some(fraction), 'S') => Duration::new(0, 0, whole, nanoseconds(fraction)?),
        (Some(_), _) => {
            digits::<u64>(fraction.unwrap_or_default())?;
            let number = Decimal::parse(size)?;
            let none = Decimal::default();
            Duration::of_fractions(match (unit, in_clock) {
                ('Y', _) => [number.times(12)?, none, none, none],
                ('M', false) => [number, none, none, none],
                ('W', _) => [none, number.times(7)?, none, none],
                ('D', _) => [none, number, none, none],
                ('H', _) => [none, none, number.times(3600)?, none],
                ('M', true) => [none, none, number.times(60)?, none],
                _ => return None,
            })
        }
        (None, _) => match (unit, in_clock) {
            ('Y', _) => Duration::new(whole.checked_mul(12)?, 0, 0, 0),
            ('M', false) => Duration::new(whole, 0, 0, 0),
            ('W', _) => Duration::new(0, whole.checked_mul(7)?, 0, 0),
            ('D', _) => Duration::new(0, whole, 0, 0),
            ('H', _) => Duration::new(0, 0, whole.checked_mul(3600)?, 0),
            ('M', true) => Duration::new(0, 0, whole.checked_mul(60)?, 0),
            ('S', _) => Duration::new(0, 0, whole, 0),
            _ => None,
        },
    }?;
    if negative {
        length.negated()
    } else {
        Some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::{date, date_time, duration, local_date_time, local_time, time};

    #[test]
    fn dates_are_read_in_every_form() {
        let cases = [
            ("2015-07-21", "2015-07-21"),
            ("20150721", "2015-07-21"),
            ("2015-07", "2015-07-01"),
            ("2015-W30-2", "2015-07-21"),
            ("2015W302", "2015-07-21"),
            ("2015-W30", "2015-07-20"),
            ("2015-Q3-21", "2015-07-21"),
            ("2015-202", "2015-07-21"),
            ("2015202", "2015-07-21"),
            ("-0044-03-15", "-0044-03-15"),
            ("+12000-01-01", "+12000-01-01"),
        ];
        for (text, expected) in cases {
            let found = date(text).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
        for text in ["", "15", "2015-13-01", "2015-02-30", "2015-7-1", "abcd"] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn times_and_moments_are_read_in_every_form() {
        let local = |text| local_time(text).map(|time| time.to_string());
        assert_eq!(local("214032.142").as_deref(), Some("21:40:32.142"));
        assert_eq!(local("21").as_deref(), Some("21:00"));
        assert_eq!(local("25:00"), None);
        let with_offset = |text| time(text).map(|time| time.to_string());
        assert_eq!(with_offset("2140-02").as_deref(), Some("21:40-02:00"));
        assert_eq!(with_offset("22+18:00").as_deref(), Some("22:00+18:00"));
        let moment = |text| date_time(text).map(|time| time.to_string());
        assert_eq!(
            moment("2015-07-21T21:40:32.142[Europe/London]").as_deref(),
            Some("2015-07-21T21:40:32.142+01:00[Europe/London]")
        );
        assert_eq!(
            moment("2015-W30T2140-00:00").as_deref(),
            Some("2015-07-20T21:40Z")
        );
        assert_eq!(
            local_date_time("2015202T21")
                .map(|time| time.to_string())
                .as_deref(),
            Some("2015-07-21T21:00")
        );
    }

    #[test]
    fn durations_are_read_in_every_form() {
        let cases = [
            ("P14DT16H12M", "P14DT16H12M"),
            ("P5M1.5D", "P5M1DT12H"),
            ("P0.75M", "P22DT19H51M49.5S"),
            ("PT0.75M", "PT45S"),
            ("P2.5W", "P17DT12H"),
            ("PT-0.5S", "PT-0.5S"),
            ("P2012-02-02T14:37:21.545", "P2012Y2M2DT14H37M21.545S"),
            ("P20120202T143721", "P2012Y2M2DT14H37M21S"),
        ];
        for (text, expected) in cases {
            let found = duration(text).map(|length| length.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        }
        for text in ["P", "PT", "1D", "P1", "P1D2Y", "P1.D", "P2012-02-02-01"] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
