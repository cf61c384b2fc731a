//! Functions of lists; some of them take texts too.

use std::sync::Arc;

use crate::model::Value;
use crate::query::error::RunError;
use crate::query::eval::short;
use crate::query::exec::Context;
use crate::query::signature::Function;

use super::{argument, wrong_argument};

pub(super) fn call(
    function: Function,
    arguments: &[Value],
    context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    if function == Function::Range {
        return range(arguments, context);
    }
    match (function, argument(arguments, 0)) {
        (_, Value::Null) => Ok(Value::Null),
        (Function::Size, Value::List(items)) => Ok(count(items.len())),
        (Function::Size, Value::String(text)) => Ok(count(text.chars().count())),
        (Function::IsEmpty, Value::List(items)) => Ok(items.is_empty().into()),
        (Function::IsEmpty, Value::String(text)) => Ok(text.is_empty().into()),
        (Function::IsEmpty, Value::Map(map)) => Ok(map.is_empty().into()),
        (Function::Head, Value::List(items)) => Ok(items.first().cloned().unwrap_or_default()),
        (Function::Last, Value::List(items)) => Ok(items.last().cloned().unwrap_or_default()),
        (Function::Tail, Value::List(items)) => Ok(Value::list(items.iter().skip(1).cloned())),
        (Function::Reverse, Value::List(items)) => Ok(Value::list(items.iter().rev().cloned())),
        (Function::Reverse, Value::String(text)) => {
            Ok(Value::from(text.chars().rev().collect::<String>()))
        }
        (Function::Size | Function::Reverse | Function::IsEmpty, other) => {
            Err(wrong_argument(function, "a list or a string", other))
        }
        (_, other) => Err(wrong_argument(function, "a list", other)),
    }
}

fn count(number: usize) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The integers from the first to the second, both included.
fn range(arguments: &[Value], context: &Context<'_, '_>) -> Result<Value, RunError> {
    let number = |at: usize| {
        let given = argument(arguments, at);
        given.as_integer().ok_or_else(|| RunError::NoRangeBorder {
            given: short(given),
        })
    };
    let (first, last) = (number(0)?, number(1)?);
    let step = if arguments.len() > 2 { number(2)? } else { 1 };
    if step == 0 {
        return Err(RunError::NumberOutOfRange {
            what: "the step of range()".to_owned(),
            given: "0".to_owned(),
        });
    }
    if (step > 0 && first > last) || (step < 0 && first < last) {
        return Ok(Value::List(Arc::from([])));
    }
    let size = first.abs_diff(last) / step.unsigned_abs();
    context.check_size(size)?;
    let mut items = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    let mut next = Some(first);
    while let Some(number) = next {
        items.push(Value::Integer(number));
        context.tick()?;
        next = number.checked_add(step).filter(|next| {
            if step > 0 {
                *next <= last
            } else {
                *next >= last
            }
        });
    }
    Ok(Value::from(items))
}
