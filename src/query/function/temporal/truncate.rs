//! Days and times cut down to a unit.

use crate::model::{Date, LocalTime, Map, NANOS_PER_SECOND, Value};
use crate::query::error::RunError;
use crate::query::eval::{short, wrong_type};

use super::fields::{Kind, Parts, out_of_range, override_parts};

/// The start of the unit that `value` lies in, as a value of `kind`, with the parts of `map` set
/// anew.
pub(super) fn truncate(
    kind: Kind,
    unit: &Value,
    value: &Value,
    map: &Value,
) -> Result<Value, RunError> {
    if unit.is_null() || value.is_null() {
        return Ok(Value::Null);
    }
    let Value::String(name) = unit else {
        return Err(wrong_type("the unit of a truncation", "a string", unit));
    };
    let parts =
        Parts::of(value).ok_or_else(|| wrong_type("what is truncated", "a date or time", value))?;
    let unknown = || RunError::InvalidArgumentValue {
        what: "the unit of a truncation".to_owned(),
        given: short(unit),
    };
    let of_clock = clock_unit(name);
    let truncated = if let Some(unit) = of_clock {
        let time = parts
            .time
            .unwrap_or(LocalTime::MIDNIGHT)
            .nanosecond_of_day();
        Parts {
            time: LocalTime::from_nanosecond_of_day(time - time % unit),
            ..parts
        }
    } else {
        let date = match parts.date {
            Some(date) => Some(calendar_unit(name, date).ok_or_else(unknown)??),
            // A time alone can be cut down to its day.
            None if name.eq_ignore_ascii_case("day") => None,
            None => return Err(unknown()),
        };
        Parts {
            date,
            time: Some(LocalTime::MIDNIGHT),
            ..parts
        }
    };
    if kind == Kind::Date && of_clock.is_some() {
        return Err(unknown());
    }
    if map.is_null() {
        return override_parts(kind, truncated, &Map::new());
    }
    let wrong = || wrong_type("the parts set after a truncation", "a map", map);
    override_parts(kind, truncated, map.as_map().ok_or_else(wrong)?)
}

/// Nanoseconds of a unit below the day.
fn clock_unit(name: &str) -> Option<i64> {
    Some(match name.to_ascii_lowercase().as_str() {
        "hour" => 3600 * NANOS_PER_SECOND,
        "minute" => 60 * NANOS_PER_SECOND,
        "second" => NANOS_PER_SECOND,
        "millisecond" => 1_000_000,
        "microsecond" => 1_000,
        "nanosecond" => 1,
        _ => return None,
    })
}

/// The first day of a unit; `None` if there is no such unit.
fn calendar_unit(name: &str, date: Date) -> Option<Result<Date, RunError>> {
    let year = date.year();
    let first_of = |year: i32| Date::new(year, 1, 1);
    let first = match name.to_ascii_lowercase().as_str() {
        "millennium" => first_of(year - year.rem_euclid(1000)),
        "century" => first_of(year - year.rem_euclid(100)),
        "decade" => first_of(year - year.rem_euclid(10)),
        "year" => first_of(year),
        "weekyear" => Date::from_week(date.iso_week().0, 1, 1),
        "quarter" => Date::from_quarter(year, i64::from(date.quarter()), 1),
        "month" => Date::new(year, date.month(), 1),
        "week" => date.plus_days(1 - date.day_of_week()),
        "day" => Some(date),
        _ => return None,
    };
    Some(first.ok_or_else(|| out_of_range("a date")))
}
