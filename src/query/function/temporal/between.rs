//! How long it is from one day or time to another.

use std::sync::Arc;

use crate::model::{Date, DateTime, Duration, LocalDateTime, LocalTime, NANOS_PER_SECOND, Value};
use crate::query::error::RunError;
use crate::query::eval::wrong_type;

use super::fields::{Parts, Place, out_of_range};

/// In which parts the length is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Months, then days, then seconds.
    All,
    Months,
    Days,
    Seconds,
}

/// The length from `from` to `to`.
///
/// What one of them lacks is taken from the other: the day, the place. A day alone begins at
/// midnight. If one lacks the day, no months and days are counted.
pub(super) fn between(unit: Unit, from: &Value, to: &Value) -> Result<Value, RunError> {
    if from.is_null() || to.is_null() {
        return Ok(Value::Null);
    }
    let parts = |value: &Value| {
        let wanted = "a date or time";
        Parts::of(value).ok_or_else(|| wrong_type("the end of a duration", wanted, value))
    };
    let (one, other) = (parts(from)?, parts(to)?);
    let both_days = one.date.is_some() && other.date.is_some();
    let length = if let Some(place) = one.place.clone().or_else(|| other.place.clone()) {
        between_moments(unit, both_days, &place, &one, &other)
    } else {
        let start = local(&one, &other);
        between_locals(unit, both_days, start, local(&other, &one))
    };
    length
        .map(|length| Value::Duration(Arc::new(length)))
        .ok_or_else(|| out_of_range("a duration"))
}

/// The day and time of `parts`, its day taken from `other` if it has none.
fn local(parts: &Parts, other: &Parts) -> LocalDateTime {
    LocalDateTime::new(
        parts.date.or(other.date).unwrap_or(Date::EPOCH),
        parts.time.unwrap_or(LocalTime::MIDNIGHT),
    )
}

/// From `start` to `end` on the same clock.
fn between_locals(
    unit: Unit,
    both_days: bool,
    start: LocalDateTime,
    end: LocalDateTime,
) -> Option<Duration> {
    let months = if both_days {
        months_until(start, end)
    } else {
        0
    };
    let days = |start| if both_days { days_until(start, end) } else { 0 };
    match unit {
        Unit::Months => Duration::new(months, 0, 0, 0),
        Unit::Days => Duration::new(0, days(start), 0, 0),
        Unit::Seconds => Duration::from_nanoseconds(0, 0, nanoseconds_until(start, end)),
        Unit::All => {
            let later = start.plus(months, 0, 0)?;
            let days = days(later);
            let latest = later.plus(0, days, 0)?;
            Duration::from_nanoseconds(months, days, nanoseconds_until(latest, end))
        }
    }
}

fn between_moments(
    unit: Unit,
    both_days: bool,
    place: &Place,
    one: &Parts,
    other: &Parts,
) -> Option<Duration> {
    let start = place_of(one, place).moment(local(one, other))?;
    let end = place_of(other, place).moment(local(other, one))?;
    // Days and months are those of the clocks where the first one stands.
    let shown = place_of(one, place).show(end.epoch_second(), end.local().time.nanosecond())?;
    let (first, last) = (start.local(), shown.local());
    let months = if both_days {
        months_until(first, last)
    } else {
        0
    };
    match unit {
        Unit::Months => Duration::new(months, 0, 0, 0),
        Unit::Days => {
            let days = if both_days {
                days_until(first, last)
            } else {
                0
            };
            Duration::new(0, days, 0, 0)
        }
        Unit::Seconds => Duration::from_nanoseconds(0, 0, nanoseconds_apart(&start, &end)),
        Unit::All => {
            let later = first.plus(months, 0, 0)?;
            let days = if both_days {
                days_until(later, last)
            } else {
                0
            };
            let latest = start.with_local(later.plus(0, days, 0)?)?;
            Duration::from_nanoseconds(months, days, nanoseconds_apart(&latest, &end))
        }
    }
}

fn place_of<'p>(parts: &'p Parts, default: &'p Place) -> &'p Place {
    parts.place.as_ref().unwrap_or(default)
}

/// Whole months from `start` to `end`, rounded toward zero.
fn months_until(start: LocalDateTime, end: LocalDateTime) -> i64 {
    let packed = |time: LocalDateTime| {
        let date = time.date;
        let months = i64::from(date.year()) * 12 + i64::from(date.month());
        let day = i128::from(months) * 32 + i128::from(date.day());
        day * i128::from(crate::model::NANOS_PER_DAY) + i128::from(time.time.nanosecond_of_day())
    };
    let month = 32 * i128::from(crate::model::NANOS_PER_DAY);
    i64::try_from((packed(end) - packed(start)) / month).unwrap_or(0)
}

/// Whole days from `start` to `end`, rounded toward zero.
fn days_until(start: LocalDateTime, end: LocalDateTime) -> i64 {
    let day = i128::from(crate::model::NANOS_PER_DAY);
    i64::try_from(nanoseconds_until(start, end) / day).unwrap_or(0)
}

fn nanoseconds_until(start: LocalDateTime, end: LocalDateTime) -> i128 {
    let total = |time: LocalDateTime| {
        i128::from(time.epoch_second()) * i128::from(NANOS_PER_SECOND)
            + i128::from(time.time.nanosecond())
    };
    total(end) - total(start)
}

fn nanoseconds_apart(start: &DateTime, end: &DateTime) -> i128 {
    let total = |time: &DateTime| {
        i128::from(time.epoch_second()) * i128::from(NANOS_PER_SECOND)
            + i128::from(time.local().time.nanosecond())
    };
    total(end) - total(start)
}
