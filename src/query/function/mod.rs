//! What the functions compute, one family per file.
//!
//! Which functions there are and how many arguments they take stands in
//! [`crate::query::signature`]. Almost every function answers null where an argument is null.

mod aggregate;
mod convert;
mod describe;
mod element;
mod evidence;
mod list;
mod math;
mod relation;
mod string;
mod temporal;

use crate::model::{Value, ValueType};
use crate::query::error::RunError;
use crate::query::eval::{evaluate, is_equal, wrong_type};
use crate::query::exec::{Context, Row};
use crate::query::physical::Expression;
use crate::query::signature::Function;

pub(crate) use self::aggregate::Accumulator;
pub(crate) use self::describe::{described_aggregates, described_functions};
pub(crate) use self::temporal::{component, moved};

/// The value of `function` for `arguments`.
///
/// # Errors
/// The [`RunError`] of an argument, or one that names what the function does not take.
pub(crate) fn call(
    function: Function,
    arguments: &[Expression],
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<Value, RunError> {
    if function == Function::Coalesce {
        for argument in arguments {
            let value = evaluate(argument, row, context)?;
            if !value.is_null() {
                return Ok(value);
            }
        }
        return Ok(Value::Null);
    }
    match arguments {
        [] => of_values(function, &[], context),
        [one] => {
            let one = evaluate(one, row, context)?;
            of_values(function, std::slice::from_ref(&one), context)
        }
        several => {
            let values: Result<Vec<Value>, RunError> = several
                .iter()
                .map(|argument| evaluate(argument, row, context))
                .collect();
            of_values(function, &values?, context)
        }
    }
}

/// The error for an argument of the wrong type.
fn wrong_argument(function: Function, wanted: &'static str, given: &Value) -> RunError {
    wrong_type(
        format!("the argument of {}()", function.name()),
        wanted,
        given,
    )
}

/// The error for an argument that a function cannot use.
fn unusable_argument(function: Function, given: &Value) -> RunError {
    RunError::InvalidArgumentValue {
        what: format!("the argument of {}()", function.name()),
        given: crate::query::eval::short(given),
    }
}

/// A random UUID of version 4 (RFC 9562), from the numbers that `rand()` gives, too: they begin with
/// the statement's time, so a fixed clock gives the same ones again.
fn random_uuid(context: &mut Context<'_, '_>) -> String {
    let bits = (u128::from(context.random_bits()) << 64) | u128::from(context.random_bits());
    let version = bits & !(0xf << 76) | (0x4 << 76);
    let variant = version & !(0x3 << 62) | (0x2 << 62);
    let digits = format!("{variant:032x}");
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let parts = [
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32),
    ];
    parts.join("-")
}

/// The argument at `at`; null if it was left out.
fn argument(arguments: &[Value], at: usize) -> &Value {
    static NULL: Value = Value::Null;
    arguments.get(at).unwrap_or(&NULL)
}

fn of_values(
    function: Function,
    arguments: &[Value],
    context: &mut Context<'_, '_>,
) -> Result<Value, RunError> {
    match function {
        Function::Coalesce => Ok(arguments
            .iter()
            .find(|value| !value.is_null())
            .cloned()
            .unwrap_or_default()),
        Function::Id
        | Function::ElementId
        | Function::Labels
        | Function::Type
        | Function::Keys
        | Function::Properties
        | Function::StartNode
        | Function::EndNode
        | Function::Nodes
        | Function::Relationships
        | Function::Length
        | Function::Exists => element::call(function, argument(arguments, 0), context),
        Function::Quote | Function::Place => {
            evidence::of_one(function, argument(arguments, 0), context)
        }
        Function::Sources | Function::Documents | Function::Support => {
            evidence::of_several(function, arguments, context)
        }
        Function::Synonyms | Function::Inverses => {
            relation::call(function, argument(arguments, 0), context)
        }
        Function::ToBooleanList
        | Function::ToFloatList
        | Function::ToIntegerList
        | Function::ToStringList => convert::list(function, argument(arguments, 0)),
        Function::NullIf => {
            let (value, other) = (argument(arguments, 0), argument(arguments, 1));
            Ok(if is_equal(value, other) {
                Value::Null
            } else {
                value.clone()
            })
        }
        Function::ValueType => {
            let of = ValueType::of(argument(arguments, 0));
            Ok(Value::from(of.to_string()))
        }
        Function::RandomUuid => Ok(Value::from(random_uuid(context))),
        Function::Size
        | Function::Head
        | Function::Last
        | Function::Tail
        | Function::Range
        | Function::Reverse
        | Function::IsEmpty => list::call(function, arguments, context),
        Function::ToBoolean
        | Function::ToBooleanOrNull
        | Function::ToFloat
        | Function::ToFloatOrNull
        | Function::ToInteger
        | Function::ToIntegerOrNull
        | Function::ToString
        | Function::ToStringOrNull => convert::call(function, argument(arguments, 0)),
        Function::Left
        | Function::Right
        | Function::LTrim
        | Function::RTrim
        | Function::BTrim
        | Function::Trim
        | Function::Replace
        | Function::Split
        | Function::Substring
        | Function::ToLower
        | Function::ToUpper
        | Function::Lower
        | Function::Upper
        | Function::CharLength
        | Function::CharacterLength
        | Function::Normalize => string::call(function, arguments),
        Function::Rand => Ok(Value::Float(context.random_share())),
        Function::Abs
        | Function::Ceil
        | Function::Floor
        | Function::Round
        | Function::Sign
        | Function::E
        | Function::Pi
        | Function::Exp
        | Function::Log
        | Function::Log10
        | Function::Sqrt
        | Function::Sin
        | Function::Cos
        | Function::Tan
        | Function::Cot
        | Function::Asin
        | Function::Acos
        | Function::Atan
        | Function::Atan2
        | Function::Degrees
        | Function::Radians
        | Function::Haversin
        | Function::IsNaN => math::call(function, arguments),
        Function::Timestamp
        | Function::Date
        | Function::DateTransaction
        | Function::DateStatement
        | Function::DateRealtime
        | Function::DateTruncate
        | Function::LocalTime
        | Function::LocalTimeTransaction
        | Function::LocalTimeStatement
        | Function::LocalTimeRealtime
        | Function::LocalTimeTruncate
        | Function::Time
        | Function::TimeTransaction
        | Function::TimeStatement
        | Function::TimeRealtime
        | Function::TimeTruncate
        | Function::LocalDateTime
        | Function::LocalDateTimeTransaction
        | Function::LocalDateTimeStatement
        | Function::LocalDateTimeRealtime
        | Function::LocalDateTimeTruncate
        | Function::DateTime
        | Function::DateTimeTransaction
        | Function::DateTimeStatement
        | Function::DateTimeRealtime
        | Function::DateTimeTruncate
        | Function::DateTimeFromEpoch
        | Function::DateTimeFromEpochMillis
        | Function::Duration
        | Function::DurationBetween
        | Function::DurationInMonths
        | Function::DurationInDays
        | Function::DurationInSeconds => temporal::call(function, arguments, context),
    }
}
