//! Functions that turn a value into one of another kind. What cannot be read is null; what can
//! never be read is an error, or null for the functions named `…OrNull`.

use crate::model::{Value, float_text};
use crate::query::error::RunError;
use crate::query::signature::Function;

use super::{unusable_argument, wrong_argument};

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the caller hands over the functions of this family alone"
)]
pub(super) fn call(function: Function, given: &Value) -> Result<Value, RunError> {
    if given.is_null() {
        return Ok(Value::Null);
    }
    let (converted, lenient) = match function {
        Function::ToBoolean => (to_boolean(given), false),
        Function::ToBooleanOrNull => (to_boolean(given), true),
        Function::ToFloat => (to_float(given), false),
        Function::ToFloatOrNull => (to_float(given), true),
        Function::ToInteger => (to_integer(given), false),
        Function::ToIntegerOrNull => (to_integer(given), true),
        Function::ToString => (to_string(given), false),
        Function::ToStringOrNull => (to_string(given), true),
        _ => return Err(RunError::Unsound("a function that converts nothing")),
    };
    match converted {
        Some(value) => Ok(value),
        None if lenient => Ok(Value::Null),
        None => Err(unusable_argument(function, given)),
    }
}

/// The list with each item converted; null for what cannot be.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the caller hands over the functions of this family alone"
)]
pub(super) fn list(function: Function, given: &Value) -> Result<Value, RunError> {
    if given.is_null() {
        return Ok(Value::Null);
    }
    let Value::List(items) = given else {
        return Err(wrong_argument(function, "a list", given));
    };
    let convert = match function {
        Function::ToBooleanList => to_boolean,
        Function::ToFloatList => to_float,
        Function::ToIntegerList => to_integer,
        Function::ToStringList => to_string,
        _ => return Err(RunError::Unsound("a function that converts no list")),
    };
    Ok(Value::list(
        items.iter().map(|item| convert(item).unwrap_or_default()),
    ))
}

fn to_boolean(given: &Value) -> Option<Value> {
    if let Value::Boolean(_) = given {
        return Some(given.clone());
    }
    let text = given.as_str()?.trim();
    Some(if text.eq_ignore_ascii_case("true") {
        true.into()
    } else if text.eq_ignore_ascii_case("false") {
        false.into()
    } else {
        Value::Null
    })
}

fn to_float(given: &Value) -> Option<Value> {
    if let Some(number) = given.as_float() {
        return Some(Value::Float(number));
    }
    let text = given.as_str()?;
    Some(number_in(text).map(Value::Float).unwrap_or_default())
}

/// The number that a text spells in digits.
fn number_in(text: &str) -> Option<f64> {
    let text = text.trim();
    let spelled = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    text.parse().ok().filter(|_| spelled)
}

fn to_integer(given: &Value) -> Option<Value> {
    if let Value::Integer(_) = given {
        return Some(given.clone());
    }
    if let Value::Boolean(truth) = given {
        return Some(Value::Integer(i64::from(*truth)));
    }
    if let Value::Float(number) = given {
        return Some(whole(*number));
    }
    let text = given.as_str()?.trim();
    Some(match text.parse() {
        Ok(number) => Value::Integer(number),
        Err(_) => number_in(text).map(whole).unwrap_or_default(),
    })
}

/// The number without its fraction; null beyond 64 bits.
fn whole(number: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    if number.abs() < 9.223_372_036_854_775e18 {
        Value::Integer(number as i64)
    } else {
        Value::Null
    }
}

fn to_string(given: &Value) -> Option<Value> {
    match given {
        Value::String(_) => Some(given.clone()),
        Value::Float(number) => Some(Value::from(float_text(*number))),
        Value::Boolean(_)
        | Value::Integer(_)
        | Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => Some(Value::from(given.to_string())),
        Value::Null
        | Value::List(_)
        | Value::Map(_)
        | Value::Node(_)
        | Value::Relationship(_)
        | Value::Path(_) => None,
    }
}
