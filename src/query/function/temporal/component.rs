//! The parts of days, times and durations, read like properties.

use std::sync::Arc;

use crate::model::{Date, DateTime, Duration, LocalTime, NANOS_PER_SECOND, Value, offset_text};

/// The part called `name`; null if there is none of that name.
pub(crate) fn component(of: &Value, name: &str) -> Value {
    let found = match of {
        Value::Date(date) => of_date(*date, name),
        Value::LocalTime(time) => of_time(*time, name),
        Value::Time(time) => {
            of_time(time.local(), name).or_else(|| of_offset(time.offset_seconds(), name))
        }
        Value::LocalDateTime(time) => of_date(time.date, name).or_else(|| of_time(time.time, name)),
        Value::DateTime(time) => of_moment(time, name),
        Value::Duration(length) => of_duration(**length, name),
        Value::Null
        | Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Node(_)
        | Value::Relationship(_)
        | Value::Path(_) => None,
    };
    found.unwrap_or_default()
}

fn of_date(date: Date, name: &str) -> Option<Value> {
    let (week_year, week) = date.iso_week();
    Some(Value::Integer(match name {
        "year" => i64::from(date.year()),
        "quarter" => i64::from(date.quarter()),
        "month" => i64::from(date.month()),
        "week" => week,
        "weekYear" => i64::from(week_year),
        "dayOfQuarter" | "quarterDay" => date.day_of_quarter(),
        "day" => i64::from(date.day()),
        "ordinalDay" => date.ordinal_day(),
        "weekDay" | "dayOfWeek" => date.day_of_week(),
        _ => return None,
    }))
}

fn of_time(time: LocalTime, name: &str) -> Option<Value> {
    Some(Value::Integer(match name {
        "hour" => time.hour(),
        "minute" => time.minute(),
        "second" => time.second(),
        "millisecond" => time.nanosecond() / 1_000_000,
        "microsecond" => time.nanosecond() / 1_000,
        "nanosecond" => time.nanosecond(),
        _ => return None,
    }))
}

fn of_offset(offset_seconds: i32, name: &str) -> Option<Value> {
    Some(match name {
        "timezone" | "offset" => Value::from(offset_text(offset_seconds)),
        "offsetMinutes" => Value::Integer(i64::from(offset_seconds / 60)),
        "offsetSeconds" => Value::Integer(i64::from(offset_seconds)),
        _ => return None,
    })
}

fn of_moment(time: &Arc<DateTime>, name: &str) -> Option<Value> {
    let local = time.local();
    if let Some(found) = of_date(local.date, name).or_else(|| of_time(local.time, name)) {
        return Some(found);
    }
    match (name, time.zone()) {
        ("timezone", Some(zone)) => Some(Value::from(zone.name())),
        ("epochSeconds", _) => Some(Value::Integer(time.epoch_second())),
        ("epochMillis", _) => {
            let milliseconds = local.time.nanosecond() / 1_000_000;
            let seconds = time.epoch_second().checked_mul(1000)?;
            Some(Value::Integer(seconds.checked_add(milliseconds)?))
        }
        _ => of_offset(time.offset_seconds(), name),
    }
}

fn of_duration(length: Duration, name: &str) -> Option<Value> {
    let clock = length.clock_nanoseconds();
    let in_units = |unit: i64| i64::try_from(clock.div_euclid(i128::from(unit))).ok();
    let seconds = length.seconds();
    let part = length.nanoseconds();
    Some(Value::Integer(match name {
        "years" => length.months() / 12,
        "quarters" => length.months() / 3,
        "months" => length.months(),
        "weeks" => length.days() / 7,
        "days" => length.days(),
        "hours" => seconds / 3600,
        "minutes" => seconds / 60,
        "seconds" => seconds,
        "milliseconds" => in_units(1_000_000)?,
        "microseconds" => in_units(1_000)?,
        "nanoseconds" => in_units(1)?,
        "quartersOfYear" => length.months() / 3 % 4,
        "monthsOfQuarter" => length.months() % 3,
        "monthsOfYear" => length.months() % 12,
        "daysOfWeek" => length.days() % 7,
        "minutesOfHour" => seconds / 60 % 60,
        "secondsOfMinute" => seconds % 60,
        "millisecondsOfSecond" => part * 1000 / NANOS_PER_SECOND,
        "microsecondsOfSecond" => part * 1_000_000 / NANOS_PER_SECOND,
        "nanosecondsOfSecond" => part,
        _ => return None,
    }))
}
