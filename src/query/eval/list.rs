//! Lists: membership, comprehensions, quantifiers, reduction.

use crate::model::{Value, equals};
use crate::query::ast::Quantifier;
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::exec::{Context, Row};
use crate::query::physical::Expression;

use super::{evaluate, truth, wrong_type};

/// How deep a reduction may nest values: dropping and showing them goes as deep.
const MAX_DEPTH: usize = 1000;
/// After how many steps of a reduction its depth is measured.
const DEPTH_INTERVAL: usize = 64;

/// Whether a list has an item equal to `item`; null if only a null stands in the way.
pub(super) fn contains(item: &Value, list: &Value) -> Result<Value, RunError> {
    let Value::List(items) = list else {
        return if list.is_null() {
            Ok(Value::Null)
        } else {
            Err(wrong_type("what stands right of IN", "a list", list))
        };
    };
    let mut unknown = false;
    for known in items.iter() {
        match equals(item, known) {
            Some(true) => return Ok(Value::Boolean(true)),
            Some(false) => {}
            None => unknown = true,
        }
    }
    Ok(if unknown {
        Value::Null
    } else {
        Value::Boolean(false)
    })
}

/// The items of a list; `None` for null.
fn items_of(
    list: &Expression,
    what: &str,
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<Option<std::sync::Arc<[Value]>>, RunError> {
    let value = evaluate(list, row, context)?;
    if let Value::List(items) = value {
        return Ok(Some(items));
    }
    if value.is_null() {
        return Ok(None);
    }
    Err(wrong_type(what, "a list", &value))
}

pub(super) fn comprehension(
    item: Slot,
    list: &Expression,
    condition: Option<&Expression>,
    result: Option<&Expression>,
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<Value, RunError> {
    let Some(items) = items_of(list, "the list of a comprehension", row, context)? else {
        return Ok(Value::Null);
    };
    let mut results = Vec::new();
    for value in items.iter() {
        context.tick()?;
        row.set(item, value.clone());
        if let Some(condition) = condition {
            let value = evaluate(condition, row, context)?;
            if truth(&value, "the condition of a comprehension")? != Some(true) {
                continue;
            }
        }
        results.push(match result {
            Some(result) => evaluate(result, row, context)?,
            None => value.clone(),
        });
    }
    Ok(Value::from(results))
}

pub(super) fn quantifier(
    quantifier: Quantifier,
    item: Slot,
    list: &Expression,
    condition: Option<&Expression>,
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<Value, RunError> {
    let Some(items) = items_of(list, "the list of a quantifier", row, context)? else {
        return Ok(Value::Null);
    };
    let (mut held, mut failed, mut unknown) = (0_usize, 0_usize, 0_usize);
    for value in items.iter() {
        context.tick()?;
        row.set(item, value.clone());
        let answer = match condition {
            Some(condition) => evaluate(condition, row, context)?,
            None => value.clone(),
        };
        match truth(&answer, "the condition of a quantifier")? {
            Some(true) => held += 1,
            Some(false) => failed += 1,
            None => unknown += 1,
        }
        let decided = match quantifier {
            Quantifier::All => failed > 0,
            Quantifier::Any | Quantifier::None => held > 0,
            Quantifier::Single => held > 1,
        };
        if decided {
            break;
        }
    }
    let answer = match quantifier {
        Quantifier::All if failed > 0 => Some(false),
        Quantifier::Any if held > 0 => Some(true),
        Quantifier::None if held > 0 => Some(false),
        Quantifier::Single if held > 1 => Some(false),
        _ if unknown > 0 => None,
        Quantifier::All | Quantifier::None => Some(true),
        Quantifier::Any => Some(false),
        Quantifier::Single => Some(held == 1),
    };
    Ok(answer.into())
}

pub(super) fn reduce(
    (accumulator, initial): (Slot, Value),
    item: Slot,
    list: &Expression,
    step: &Expression,
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<Value, RunError> {
    let Some(items) = items_of(list, "the list of reduce()", row, context)? else {
        return Ok(Value::Null);
    };
    let mut result = initial;
    for (count, value) in items.iter().enumerate() {
        context.tick()?;
        row.set(accumulator, result);
        row.set(item, value.clone());
        result = evaluate(step, row, context)?;
        row.set(accumulator, Value::Null);
        if count % DEPTH_INTERVAL == 0 && is_deeper(&result, MAX_DEPTH) {
            return Err(RunError::TooDeep);
        }
    }
    Ok(result)
}

/// Whether lists and maps are nested deeper than `most`.
fn is_deeper(value: &Value, most: usize) -> bool {
    let mut open = vec![(value, 0_usize)];
    while let Some((value, depth)) = open.pop() {
        if depth > most {
            return true;
        }
        let is_nested = |value: &&Value| matches!(value, Value::List(_) | Value::Map(_));
        if let Value::List(items) = value {
            open.extend(items.iter().filter(is_nested).map(|item| (item, depth + 1)));
        } else if let Value::Map(map) = value {
            open.extend(map.values().filter(is_nested).map(|item| (item, depth + 1)));
        }
    }
    false
}
