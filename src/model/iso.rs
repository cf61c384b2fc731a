//! Reads days, times and durations from the very text that they are written as.
//!
//! This is the inverse of their `Display`, for files; what people write in queries comes in many
//! more forms and is read by the query engine's functions.

use super::{Date, DateTime, Duration, LocalDateTime, LocalTime, NANOS_PER_SECOND, Time, Zone};

/// The day written as `text`: `1984-10-11`, `-0044-03-15`, `+12000-01-01`.
pub(crate) fn date(text: &str) -> Option<Date> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut parts = digits.split('-');
    let year: i32 = number(parts.next()?)?;
    let (month, day) = (number(parts.next()?)?, number(parts.next()?)?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(if negative { -year } else { year }, month, day)
}

/// The time written as `text`: `12:31`, `12:31:14.645`.
pub(crate) fn local_time(text: &str) -> Option<LocalTime> {
    let mut parts = text.split(':');
    let (hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
    let (second, nanosecond) = match parts.next() {
        Some(part) => seconds(part)?,
        None => (0, 0),
    };
    if parts.next().is_some() {
        return None;
    }
    LocalTime::new(hour, minute, second, nanosecond)
}

/// The time with offset written as `text`: `12:31+01:00`, `12:31Z`.
pub(crate) fn time(text: &str) -> Option<Time> {
    let at = text.find(['Z', '+', '-'])?;
    let (clock, zone) = text.split_at_checked(at)?;
    Time::new(local_time(clock)?, offset(zone)?)
}

/// The day and time written as `text`: `1984-10-11T12:31`.
pub(crate) fn local_date_time(text: &str) -> Option<LocalDateTime> {
    let (day, clock) = text.split_once('T')?;
    Some(LocalDateTime::new(date(day)?, local_time(clock)?))
}

/// The moment written as `text`: `1984-10-11T12:31+01:00[Europe/Stockholm]`.
pub(crate) fn date_time(text: &str) -> Option<DateTime> {
    let (moment, zone) = match text.strip_suffix(']') {
        Some(rest) => {
            let (moment, zone) = rest.split_once('[')?;
            (moment, Some(Zone::named(zone)?))
        }
        None => (text, None),
    };
    let (day, rest) = moment.split_once('T')?;
    let at = rest.find(['Z', '+', '-'])?;
    let (clock, offset_text) = rest.split_at_checked(at)?;
    let local = LocalDateTime::new(date(day)?, local_time(clock)?);
    let offset_seconds = offset(offset_text)?;
    match zone {
        None => DateTime::at_offset(local, offset_seconds),
        // By the moment, not by the clock on the wall, which shows some hours twice.
        Some(zone) => DateTime::moment_in_zone(
            local.epoch_second() - i64::from(offset_seconds),
            local.time.nanosecond(),
            zone,
        ),
    }
}

/// The length written as `text`: `P1Y2M3DT4H5M6.7S`, `PT-0.5S`.
pub(crate) fn duration(text: &str) -> Option<Duration> {
    let rest = text.strip_prefix('P')?;
    let (days_part, clock_part) = rest.split_once('T').unwrap_or((rest, ""));
    let (mut months, mut days) = (0_i64, 0);
    for (value, unit) in parts(days_part)? {
        let value: i64 = value.parse().ok()?;
        match unit {
            'Y' => months = months.checked_add(value.checked_mul(12)?)?,
            'M' => months = months.checked_add(value)?,
            'D' => days = value,
            _ => return None,
        }
    }
    let mut nanoseconds = 0_i128;
    let second = i128::from(NANOS_PER_SECOND);
    for (value, unit) in parts(clock_part)? {
        nanoseconds += match unit {
            'H' => i128::from(value.parse::<i64>().ok()?) * 3600 * second,
            'M' => i128::from(value.parse::<i64>().ok()?) * 60 * second,
            'S' => {
                let (size, negative) = match value.strip_prefix('-') {
                    Some(size) => (size, true),
                    None => (value, false),
                };
                let (whole, part) = seconds(size)?;
                let size = i128::from(whole) * second + i128::from(part);
                if negative { -size } else { size }
            }
            _ => return None,
        };
    }
    Duration::from_nanoseconds(months, days, nanoseconds)
}

/// `4H5M` as pairs of number and unit.
fn parts(text: &str) -> Option<Vec<(&str, char)>> {
    let mut rest = text;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let at = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (value, tail) = rest.split_at_checked(at)?;
        let unit = tail.chars().next()?;
        found.push((value, unit));
        rest = tail.get(unit.len_utf8()..)?;
    }
    Some(found)
}

/// A number of digits alone.
fn number<N: std::str::FromStr>(digits: &str) -> Option<N> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

/// Seconds and nanoseconds.
fn seconds(text: &str) -> Option<(i64, i64)> {
    let Some((whole, part)) = text.split_once('.') else {
        return Some((number(text)?, 0));
    };
    if part.len() > 9 {
        return None;
    }
    Some((number(whole)?, number(&format!("{part:0<9}"))?))
}

fn offset(text: &str) -> Option<i32> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let mut total = 0;
    for (part, unit) in rest.split(':').zip([3600, 60, 1]) {
        total += number::<i32>(part)?.checked_mul(unit)?;
    }
    Some(sign * total)
}

#[cfg(test)]
mod tests {
    use super::{date, date_time, duration, local_date_time, local_time, time};

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["1984-10-11", "-0044-03-15", "+12000-01-01"] {
            assert_eq!(date(text).unwrap().to_string(), text);
        }
        for text in ["12:31", "12:31:14", "00:00:00.000000001"] {
            assert_eq!(local_time(text).unwrap().to_string(), text);
        }
        for text in ["12:31+01:00", "12:31Z", "12:31:14.5-08:30"] {
            assert_eq!(time(text).unwrap().to_string(), text);
        }
        assert_eq!(
            local_date_time("1984-10-11T12:31").unwrap().to_string(),
            "1984-10-11T12:31"
        );
        for text in [
            "1984-10-11T12:31:14.645+01:00[Europe/Stockholm]",
            "1984-10-11T12:31Z",
            "2017-10-29T02:30+01:00[Europe/Stockholm]",
            "2017-10-29T02:30+02:00[Europe/Stockholm]",
        ] {
            assert_eq!(date_time(text).unwrap().to_string(), text);
        }
        for text in [
            "PT0S",
            "P1Y2M3DT4H5M6.7S",
            "PT-0.5S",
            "P-14DT16H",
            "PT-1M-0.000000001S",
        ] {
            assert_eq!(duration(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        assert!(date("1984-13-01").is_none());
        assert!(date("1984").is_none());
        assert!(local_time("12:").is_none());
        assert!(time("12:31").is_none());
        assert!(date_time("1984-10-11T12:31+01:00[Nowhere]").is_none());
        assert!(duration("P1").is_none());
        assert!(duration("1Y").is_none());
    }
}
