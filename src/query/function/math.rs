//! Functions of numbers.

use std::f64::consts;

use crate::model::Value;
use crate::query::error::RunError;
use crate::query::signature::Function;

use super::{argument, wrong_argument};

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the caller hands over the functions of this family alone"
)]
pub(super) fn call(function: Function, arguments: &[Value]) -> Result<Value, RunError> {
    if function == Function::E {
        return Ok(Value::Float(consts::E));
    }
    if function == Function::Pi {
        return Ok(Value::Float(consts::PI));
    }
    if arguments.iter().any(Value::is_null) {
        return Ok(Value::Null);
    }
    let given = argument(arguments, 0);
    match (function, given) {
        (Function::Abs, Value::Integer(number)) => {
            return number
                .checked_abs()
                .map(Value::Integer)
                .ok_or(RunError::IntegerOverflow);
        }
        (Function::Sign, Value::Integer(number)) => return Ok(Value::Integer(number.signum())),
        _ => {}
    }
    let number = given
        .as_float()
        .ok_or_else(|| wrong_argument(function, "a number", given))?;
    let result = match function {
        Function::Abs => number.abs(),
        Function::Ceil => number.ceil(),
        Function::Floor => number.floor(),
        Function::Round => round(number, argument(arguments, 1))?,
        Function::Sign => {
            let sign = i64::from(number > 0.0) - i64::from(number < 0.0);
            return Ok(Value::Integer(sign));
        }
        Function::Exp => number.exp(),
        Function::Log => number.ln(),
        Function::Log10 => number.log10(),
        Function::Sqrt => number.sqrt(),
        Function::Sin => number.sin(),
        Function::Cos => number.cos(),
        Function::Tan => number.tan(),
        Function::Cot => 1.0 / number.tan(),
        Function::Asin => number.asin(),
        Function::Acos => number.acos(),
        Function::Atan => number.atan(),
        Function::Atan2 => {
            let other = argument(arguments, 1);
            let other = other
                .as_float()
                .ok_or_else(|| wrong_argument(function, "a number", other))?;
            number.atan2(other)
        }
        Function::Degrees => number.to_degrees(),
        Function::Radians => number.to_radians(),
        Function::Haversin => (1.0 - number.cos()) / 2.0,
        Function::IsNaN => return Ok(number.is_nan().into()),
        _ => return Err(RunError::Unsound("a function of no number")),
    };
    Ok(Value::Float(result))
}

/// The nearest whole number, or number of so many decimals; halves go up.
fn round(number: f64, decimals: &Value) -> Result<f64, RunError> {
    let half_up = |number: f64| {
        let below = number.floor();
        if number - below >= 0.5 {
            below + 1.0
        } else {
            below
        }
    };
    let decimals = if decimals.is_null() {
        0
    } else {
        let wrong = || wrong_argument(Function::Round, "an integer", decimals);
        decimals.as_integer().ok_or_else(wrong)?
    };
    if decimals == 0 {
        return Ok(half_up(number));
    }
    let decimals = i32::try_from(decimals.clamp(-308, 308)).unwrap_or(0);
    let scale = 10_f64.powi(decimals);
    let scaled = number * scale;
    Ok(if scaled.is_finite() {
        half_up(scaled) / scale
    } else {
        number
    })
}
