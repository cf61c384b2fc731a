//! Numbers, and what `+` and `-` do to texts, lists and times.

use std::sync::Arc;

use crate::model::{Duration, Value, float_text};
use crate::query::error::RunError;
use crate::query::function::moved;

use super::wrong_type;

const NUMBERS: &str = "a number";

/// How long a text may be made: doubling one forty times must not exhaust the machine.
const MOST_BYTES: usize = 1 << 26;
/// How long a list may be made.
const MOST_ITEMS: usize = 1 << 23;

/// Fails if a text of so many bytes may not be made.
pub(crate) fn check_text_size(bytes: usize) -> Result<(), RunError> {
    check_most(bytes, MOST_BYTES)
}

/// Fails if a list of so many items may not be made.
pub(crate) fn check_list_size(items: usize) -> Result<(), RunError> {
    check_most(items, MOST_ITEMS)
}

fn check_most(size: usize, most: usize) -> Result<(), RunError> {
    if size > most {
        return Err(RunError::MemoryLimit { most: most as u64 });
    }
    Ok(())
}

/// The sum; texts and lists are joined, durations move times.
pub(crate) fn add(left: &Value, right: &Value) -> Result<Value, RunError> {
    match (left, right) {
        (Value::List(one), Value::List(other)) => {
            check_list_size(one.len().saturating_add(other.len()))?;
            Ok(Value::list(one.iter().chain(other.iter()).cloned()))
        }
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::List(items), item) => Ok(Value::list(items.iter().chain([item]).cloned())),
        (item, Value::List(items)) => Ok(Value::list(
            std::iter::once(item).chain(items.iter()).cloned(),
        )),
        (Value::Integer(one), Value::Integer(other)) => checked(one.checked_add(*other)),
        (Value::String(one), Value::String(other)) => joined(one, other),
        (Value::String(text), other) => match plain_text(other) {
            Some(other) => joined(text, &other),
            None => Err(wrong_type("what is added to a string", "plain", other)),
        },
        (other, Value::String(text)) => match plain_text(other) {
            Some(other) => joined(&other, text),
            None => Err(wrong_type("what is added to a string", "plain", other)),
        },
        (Value::Duration(one), Value::Duration(other)) => duration(one.plus(**other)),
        (time, Value::Duration(duration)) | (Value::Duration(duration), time) if is_time(time) => {
            moved(time, **duration)
        }
        _ => floats("+", left, right, |one, other| one + other),
    }
}

/// The string or list made of two.
pub(super) fn concatenate(left: &Value, right: &Value) -> Result<Value, RunError> {
    let what = "an operand of ||";
    match (left, right) {
        (Value::Null, Value::Null | Value::String(_) | Value::List(_))
        | (Value::String(_) | Value::List(_), Value::Null) => Ok(Value::Null),
        (Value::List(_), Value::List(_)) | (Value::String(_), Value::String(_)) => add(left, right),
        (Value::List(_), other) => Err(wrong_type(what, "a list", other)),
        (Value::String(_), other) => Err(wrong_type(what, "a string", other)),
        (Value::Null, other) | (other, _) => Err(wrong_type(what, "a string or a list", other)),
    }
}

fn joined(one: &str, other: &str) -> Result<Value, RunError> {
    check_text_size(one.len().saturating_add(other.len()))?;
    let mut text = String::with_capacity(one.len() + other.len());
    text.push_str(one);
    text.push_str(other);
    Ok(Value::String(Arc::from(text)))
}

/// The text that a plain value adds to a string.
fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::Boolean(_)
        | Value::Integer(_)
        | Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => Some(value.to_string()),
        Value::Float(number) => Some(float_text(*number)),
        Value::String(text) => Some(text.to_string()),
        Value::Null
        | Value::List(_)
        | Value::Map(_)
        | Value::Node(_)
        | Value::Relationship(_)
        | Value::Path(_) => None,
    }
}

fn is_time(value: &Value) -> bool {
    matches!(
        value,
        Value::Date(_)
            | Value::LocalTime(_)
            | Value::Time(_)
            | Value::LocalDateTime(_)
            | Value::DateTime(_)
    )
}

/// The difference; a duration moves a time back.
pub(crate) fn subtract(left: &Value, right: &Value) -> Result<Value, RunError> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Integer(one), Value::Integer(other)) => checked(one.checked_sub(*other)),
        (Value::Duration(one), Value::Duration(other)) => {
            duration(other.negated().and_then(|other| one.plus(other)))
        }
        (time, Value::Duration(duration)) if is_time(time) => {
            let back = duration.negated().ok_or(RunError::IntegerOverflow)?;
            moved(time, back)
        }
        _ => floats("-", left, right, |one, other| one - other),
    }
}

pub(super) fn multiply(left: &Value, right: &Value) -> Result<Value, RunError> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Integer(one), Value::Integer(other)) => checked(one.checked_mul(*other)),
        (Value::Duration(length), factor) | (factor, Value::Duration(length))
            if factor.as_float().is_some() =>
        {
            duration(factor.as_float().and_then(|factor| length.times(factor)))
        }
        _ => floats("*", left, right, |one, other| one * other),
    }
}

/// The quotient; of integers an integer, rounded toward zero.
pub(crate) fn divide(left: &Value, right: &Value) -> Result<Value, RunError> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Integer(_), Value::Integer(0)) => Err(RunError::DivisionByZero),
        (Value::Integer(one), Value::Integer(other)) => checked(one.checked_div(*other)),
        (Value::Duration(length), divisor) if divisor.as_float().is_some() => {
            if divisor.as_float() == Some(0.0) {
                return Err(RunError::DivisionByZero);
            }
            duration(
                divisor
                    .as_float()
                    .and_then(|divisor| length.divided(divisor)),
            )
        }
        _ => floats("/", left, right, |one, other| one / other),
    }
}

pub(super) fn remainder(left: &Value, right: &Value) -> Result<Value, RunError> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Integer(_), Value::Integer(0)) => Err(RunError::DivisionByZero),
        (Value::Integer(one), Value::Integer(other)) => {
            Ok(Value::Integer(one.checked_rem(*other).unwrap_or(0)))
        }
        _ => floats("%", left, right, |one, other| one % other),
    }
}

/// The power, always a float.
pub(super) fn power(left: &Value, right: &Value) -> Result<Value, RunError> {
    if left.is_null() || right.is_null() {
        return Ok(Value::Null);
    }
    floats("^", left, right, f64::powf)
}

pub(super) fn negate(operand: &Value) -> Result<Value, RunError> {
    if operand.is_null() {
        return Ok(Value::Null);
    }
    if let Value::Integer(number) = operand {
        return checked(number.checked_neg());
    }
    if let Value::Float(number) = operand {
        return Ok(Value::Float(-number));
    }
    if let Value::Duration(length) = operand {
        return duration(length.negated());
    }
    Err(wrong_type("the operand of -", NUMBERS, operand))
}

fn checked(number: Option<i64>) -> Result<Value, RunError> {
    number.map(Value::Integer).ok_or(RunError::IntegerOverflow)
}

fn duration(length: Option<Duration>) -> Result<Value, RunError> {
    length
        .map(|length| Value::Duration(Arc::new(length)))
        .ok_or(RunError::IntegerOverflow)
}

fn floats(
    operator: &str,
    left: &Value,
    right: &Value,
    work: impl FnOnce(f64, f64) -> f64,
) -> Result<Value, RunError> {
    match (left.as_float(), right.as_float()) {
        (Some(left), Some(right)) => Ok(Value::Float(work(left, right))),
        (None, _) => Err(wrong_type(
            format!("the left operand of {operator}"),
            NUMBERS,
            left,
        )),
        (_, None) => Err(wrong_type(
            format!("the right operand of {operator}"),
            NUMBERS,
            right,
        )),
    }
}
