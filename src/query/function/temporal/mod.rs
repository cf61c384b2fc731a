//! Functions of time: making days, times and durations, cutting and measuring them.

mod between;
mod component;
mod fields;
mod text;
mod truncate;

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{DateTime, Duration, NANOS_PER_DAY, NANOS_PER_SECOND, Time, Value};
use crate::query::error::RunError;
use crate::query::eval::wrong_type;
use crate::query::exec::Context;
use crate::query::signature::Function;

use self::between::{Unit, between};
use self::fields::{Kind, Parts, Place, duration_from_map, from_map, out_of_range, unreadable};
use self::truncate::truncate;
use super::argument;

pub(crate) use self::component::component;

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the caller hands over the functions of this family alone"
)]
pub(super) fn call(
    function: Function,
    arguments: &[Value],
    context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    let first = argument(arguments, 0);
    let second = argument(arguments, 1);
    let third = argument(arguments, 2);
    let statement = context.statement_time;
    let realtime = || context.clock.now();
    let instant = || match arguments {
        [_] => present(Kind::DateTime, &Place::UTC, statement).map(Cow::Owned),
        _ => Ok(Cow::Borrowed(second)),
    };
    match function {
        Function::Timestamp => Ok(Value::Integer(statement.as_millisecond())),
        Function::Date => make(Kind::Date, arguments, statement),
        Function::DateTransaction | Function::DateStatement => {
            clock_at(Kind::Date, arguments, statement)
        }
        Function::DateRealtime => clock_at(Kind::Date, arguments, realtime()),
        Function::DateTruncate => truncate(Kind::Date, first, &*instant()?, third),
        Function::LocalTime => make(Kind::LocalTime, arguments, statement),
        Function::LocalTimeTransaction | Function::LocalTimeStatement => {
            clock_at(Kind::LocalTime, arguments, statement)
        }
        Function::LocalTimeRealtime => clock_at(Kind::LocalTime, arguments, realtime()),
        Function::LocalTimeTruncate => truncate(Kind::LocalTime, first, &*instant()?, third),
        Function::Time => make(Kind::Time, arguments, statement),
        Function::TimeTransaction | Function::TimeStatement => {
            clock_at(Kind::Time, arguments, statement)
        }
        Function::TimeRealtime => clock_at(Kind::Time, arguments, realtime()),
        Function::TimeTruncate => truncate(Kind::Time, first, &*instant()?, third),
        Function::LocalDateTime => make(Kind::LocalDateTime, arguments, statement),
        Function::LocalDateTimeTransaction | Function::LocalDateTimeStatement => {
            clock_at(Kind::LocalDateTime, arguments, statement)
        }
        Function::LocalDateTimeRealtime => clock_at(Kind::LocalDateTime, arguments, realtime()),
        Function::LocalDateTimeTruncate => {
            truncate(Kind::LocalDateTime, first, &*instant()?, third)
        }
        Function::DateTime => make(Kind::DateTime, arguments, statement),
        Function::DateTimeTransaction | Function::DateTimeStatement => {
            clock_at(Kind::DateTime, arguments, statement)
        }
        Function::DateTimeRealtime => clock_at(Kind::DateTime, arguments, realtime()),
        Function::DateTimeTruncate => truncate(Kind::DateTime, first, &*instant()?, third),
        Function::DateTimeFromEpoch => {
            let nanosecond = if arguments.len() > 1 {
                whole("nanoseconds", second)?
            } else {
                Some(0)
            };
            epoch(whole("seconds", first)?, nanosecond)
        }
        Function::DateTimeFromEpochMillis => {
            let millis = whole("milliseconds", first)?;
            epoch(
                millis.map(|millis| millis.div_euclid(1000)),
                millis.map(|millis| millis.rem_euclid(1000) * 1_000_000),
            )
        }
        Function::Duration => make_duration(first),
        Function::DurationBetween => between(Unit::All, first, second),
        Function::DurationInMonths => between(Unit::Months, first, second),
        Function::DurationInDays => between(Unit::Days, first, second),
        Function::DurationInSeconds => between(Unit::Seconds, first, second),
        _ => Err(RunError::Unsound("a function of no time")),
    }
}

fn whole(what: &str, value: &Value) -> Result<Option<i64>, RunError> {
    let number = value.as_integer();
    if number.is_none() && !value.is_null() {
        return Err(wrong_type(what, "an integer", value));
    }
    Ok(number)
}

fn epoch(seconds: Option<i64>, nanosecond: Option<i64>) -> Result<Value, RunError> {
    let (Some(seconds), Some(nanosecond)) = (seconds, nanosecond) else {
        return Ok(Value::Null);
    };
    DateTime::moment_at_offset(seconds, nanosecond, 0)
        .map(|moment| Value::DateTime(Arc::new(moment)))
        .ok_or_else(|| out_of_range("a datetime"))
}

/// The day or time that the argument describes; the present one without argument.
fn make(kind: Kind, arguments: &[Value], now: Timestamp) -> Result<Value, RunError> {
    let Some(given) = arguments.first() else {
        return present(kind, &Place::UTC, now);
    };
    if given.is_null() {
        return Ok(Value::Null);
    }
    if let Value::String(text) = given {
        return read(kind, text);
    }
    if let Value::Map(map) = given {
        if let (1, Some(Value::String(name))) = (map.len(), map.get("timezone")) {
            return present(kind, &named(name)?, now);
        }
        return from_map(kind, map);
    }
    let mut parts = Parts::of(given).ok_or_else(|| {
        let wanted = "a string, a map, a date or a time";
        wrong_type(format!("the argument of {}()", kind.name()), wanted, given)
    })?;
    if let (Kind::Time, Value::DateTime(moment)) = (kind, given) {
        parts.place = Some(Place::Offset(moment.offset_seconds()));
    }
    kind.value(&parts)
}

fn read(kind: Kind, text: &str) -> Result<Value, RunError> {
    let value = match kind {
        Kind::Date => text::date(text).map(Value::Date),
        Kind::LocalTime => text::local_time(text).map(Value::LocalTime),
        Kind::Time => text::time(text).map(Value::Time),
        Kind::LocalDateTime => text::local_date_time(text).map(Value::LocalDateTime),
        Kind::DateTime => text::date_time(text).map(|time| Value::DateTime(Arc::new(time))),
    };
    value.ok_or_else(|| unreadable(kind.name(), text))
}

fn named(name: &str) -> Result<Place, RunError> {
    Place::named(name).ok_or_else(|| RunError::InvalidArgumentValue {
        what: "the time zone".to_owned(),
        given: format!("`{name}`"),
    })
}

/// The present day or time at the place that the argument names.
fn clock_at(kind: Kind, arguments: &[Value], now: Timestamp) -> Result<Value, RunError> {
    let Some(zone) = arguments.first() else {
        return present(kind, &Place::UTC, now);
    };
    if zone.is_null() {
        return Ok(Value::Null);
    }
    let zone = zone
        .as_map()
        .and_then(|map| map.get("timezone"))
        .unwrap_or(zone);
    let name = zone
        .as_str()
        .ok_or_else(|| wrong_type("the time zone", "a string", zone))?;
    present(kind, &named(name)?, now)
}

fn present(kind: Kind, place: &Place, now: Timestamp) -> Result<Value, RunError> {
    let nanoseconds = now.as_nanosecond();
    let second = i128::from(NANOS_PER_SECOND);
    let seconds = i64::try_from(nanoseconds.div_euclid(second)).unwrap_or(0);
    let nanosecond = i64::try_from(nanoseconds.rem_euclid(second)).unwrap_or(0);
    let moment = place
        .show(seconds, nanosecond)
        .ok_or_else(|| out_of_range("the present"))?;
    let local = moment.local();
    kind.value(&Parts {
        date: Some(local.date),
        time: Some(local.time),
        place: Some(match kind {
            Kind::Time => Place::Offset(moment.offset_seconds()),
            Kind::Date | Kind::LocalTime | Kind::LocalDateTime | Kind::DateTime => place.clone(),
        }),
    })
}

fn make_duration(given: &Value) -> Result<Value, RunError> {
    if let Value::Null | Value::Duration(_) = given {
        return Ok(given.clone());
    }
    if let Value::Map(map) = given {
        return duration_from_map(map);
    }
    let wanted = "a string or a map";
    let text = given
        .as_str()
        .ok_or_else(|| wrong_type("the argument of duration()", wanted, given))?;
    text::duration(text)
        .map(|length| Value::Duration(Arc::new(length)))
        .ok_or_else(|| unreadable("duration", text))
}

/// A day or time, `length` later. Parts of the length that the kind does not have are left out;
/// of a day, what the clock part makes in whole days counts.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "what is no day and no time cannot be moved, whatever kinds there are"
)]
pub(crate) fn moved(time: &Value, length: Duration) -> Result<Value, RunError> {
    let clock = length.clock_nanoseconds();
    let (months, days) = (length.months(), length.days());
    let later = match time {
        Value::Date(date) => {
            let more = i64::try_from(clock / i128::from(NANOS_PER_DAY)).ok();
            more.and_then(|more| days.checked_add(more))
                .and_then(|days| date.plus_months(months)?.plus_days(days))
                .map(Value::Date)
        }
        Value::LocalTime(local) => Some(Value::LocalTime(local.plus_nanoseconds(clock).0)),
        Value::Time(time) => {
            let local = time.local().plus_nanoseconds(clock).0;
            Time::new(local, time.offset_seconds()).map(Value::Time)
        }
        Value::LocalDateTime(local) => local.plus(months, days, clock).map(Value::LocalDateTime),
        Value::DateTime(moment) => later_moment(moment, months, days, clock)
            .map(|moment| Value::DateTime(Arc::new(moment))),
        other => return Err(wrong_type("what a duration is added to", "a time", other)),
    };
    later.ok_or_else(|| out_of_range("a date or time"))
}

/// Months and days move the clock on the wall, the rest moves the moment.
fn later_moment(moment: &DateTime, months: i64, days: i64, clock: i128) -> Option<DateTime> {
    let day = moment.with_local(moment.local().plus(months, days, 0)?)?;
    if clock == 0 {
        return Some(day);
    }
    let second = i128::from(NANOS_PER_SECOND);
    let total = i128::from(day.local().time.nanosecond()) + clock;
    let seconds = day
        .epoch_second()
        .checked_add(i64::try_from(total.div_euclid(second)).ok()?)?;
    let nanosecond = i64::try_from(total.rem_euclid(second)).ok()?;
    let place = match day.zone() {
        Some(zone) => Place::Zone(zone.clone()),
        None => Place::Offset(day.offset_seconds()),
    };
    place.show(seconds, nanosecond)
}
