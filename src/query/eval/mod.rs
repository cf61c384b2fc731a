//! Expressions over a row.
//!
//! [`evaluate`] yields a value of its own; [`peek`] lends one that is already there, so that a
//! condition on a property copies nothing.

mod access;
mod arithmetic;
mod compare;
mod list;
mod pattern;

use std::sync::Arc;

use crate::model::{Map, Value};
use crate::query::ast::{BinaryOperator, LogicalOperator, UnaryOperator};
use crate::query::error::RunError;
use crate::query::exec::{Context, Row};
use crate::query::function;
use crate::query::physical::{Expression, ExpressionKind, MapProjectionItem};

pub(crate) use self::access::properties_of;
pub(crate) use self::arithmetic::{add, check_list_size, check_text_size, divide};
pub(crate) use self::compare::{comparison, is_equal};

/// The value of `expression` for `row`.
///
/// # Errors
/// The [`RunError`] of the part that failed; the context keeps where it stands.
pub(crate) fn evaluate(
    expression: &Expression,
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<Value, RunError> {
    evaluate_kind(&expression.kind, row, context).inspect_err(|_| {
        if context.fault.is_none() && !expression.span.is_empty() {
            context.fault = Some(expression.span);
        }
    })
}

fn evaluate_kind(
    kind: &ExpressionKind,
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<Value, RunError> {
    match kind {
        ExpressionKind::Constant(value) => Ok(value.clone()),
        ExpressionKind::Slot(slot) => Ok(row.value(*slot).clone()),
        ExpressionKind::List(items) => {
            let items: Result<Vec<Value>, RunError> = items
                .iter()
                .map(|item| evaluate(item, row, context))
                .collect();
            Ok(Value::from(items?))
        }
        ExpressionKind::Map(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                map.insert(Arc::clone(key), evaluate(value, row, context)?);
            }
            Ok(Value::from(map))
        }
        ExpressionKind::MapProjection { of, items } => projection(of, items, row, context),
        ExpressionKind::Property { of, key } => {
            if let Some(of) = peek(of, row, context) {
                return access::property(of, key, context);
            }
            let of = evaluate(of, row, context)?;
            access::property(&of, key, context)
        }
        ExpressionKind::HasAnyLabel { of } => {
            let of = evaluate(of, row, context)?;
            access::has_any_label(&of, context)
        }
        ExpressionKind::HasLabels { of, labels } => {
            if let Some(of) = peek(of, row, context) {
                return access::has_labels(of, labels, context);
            }
            let of = evaluate(of, row, context)?;
            access::has_labels(&of, labels, context)
        }
        ExpressionKind::IsTyped { of, wanted } => {
            let value = evaluate(of, row, context)?;
            Ok(wanted.admits(&value).into())
        }
        ExpressionKind::Index { of, index } => {
            let of = evaluate(of, row, context)?;
            let index = evaluate(index, row, context)?;
            access::index(&of, &index, context)
        }
        ExpressionKind::Slice { of, from, to } => {
            let of = evaluate(of, row, context)?;
            let from = optional(from.as_deref(), row, context)?;
            let to = optional(to.as_deref(), row, context)?;
            access::slice(&of, from.as_ref(), to.as_ref())
        }
        ExpressionKind::Unary { operator, operand } => {
            let operand = evaluate(operand, row, context)?;
            unary(*operator, &operand)
        }
        ExpressionKind::Binary {
            operator,
            left,
            right,
        } => {
            let left = evaluate(left, row, context)?;
            let right = evaluate(right, row, context)?;
            binary(*operator, &left, &right)
        }
        ExpressionKind::Logical { operator, operands } => {
            logical(*operator, operands, row, context)
        }
        ExpressionKind::Comparison {
            operator,
            left,
            right,
        } => {
            if let (Some(left), Some(right)) = (peek(left, row, context), peek(right, row, context))
            {
                return Ok(comparison(*operator, left, right).into());
            }
            let left = evaluate(left, row, context)?;
            let right = evaluate(right, row, context)?;
            Ok(comparison(*operator, &left, &right).into())
        }
        ExpressionKind::Case {
            operand,
            branches,
            otherwise,
        } => {
            let operand = optional(operand.as_deref(), row, context)?;
            for (condition, result) in branches {
                let value = evaluate(condition, row, context)?;
                let holds = match &operand {
                    Some(operand) => is_equal(operand, &value),
                    None => truth(&value, "the condition of CASE")? == Some(true),
                };
                if holds {
                    return evaluate(result, row, context);
                }
            }
            Ok(optional(otherwise.as_deref(), row, context)?.unwrap_or_default())
        }
        ExpressionKind::Function {
            function,
            arguments,
        } => function::call(*function, arguments, row, context),
        ExpressionKind::ListComprehension {
            item,
            list,
            condition,
            result,
        } => list::comprehension(
            *item,
            list,
            condition.as_deref(),
            result.as_deref(),
            row,
            context,
        ),
        ExpressionKind::Quantifier {
            quantifier,
            item,
            list,
            condition,
        } => list::quantifier(*quantifier, *item, list, condition.as_deref(), row, context),
        ExpressionKind::Reduce {
            accumulator,
            initial,
            item,
            list,
            step,
        } => {
            let initial = evaluate(initial, row, context)?;
            list::reduce((*accumulator, initial), *item, list, step, row, context)
        }
        ExpressionKind::Path { start, steps } => pattern::path(*start, steps, row, context),
        ExpressionKind::Exists(subquery) => {
            let found = context.with_subquery(*subquery, row, |inner, context, row| {
                inner.next(context, row)
            })?;
            Ok(Value::Boolean(found))
        }
        ExpressionKind::Count(subquery) => {
            let count = context.with_subquery(*subquery, row, |inner, context, row| {
                let mut count = 0_i64;
                while inner.next(context, row)? {
                    context.tick()?;
                    count = count.saturating_add(1);
                }
                Ok(count)
            })?;
            Ok(Value::Integer(count))
        }
        ExpressionKind::Collect { subquery, result } => {
            let items = context.with_subquery(*subquery, row, |inner, context, row| {
                let mut items = Vec::new();
                while inner.next(context, row)? {
                    items.push(evaluate(result, row, context)?);
                    context.check_size(items.len() as u64)?;
                }
                Ok(items)
            })?;
            Ok(Value::from(items))
        }
    }
}

/// The value of `expression` where it already lies in the row, the graph or the plan.
pub(crate) fn peek<'v>(
    expression: &'v Expression,
    row: &'v Row,
    context: &'v Context<'_, '_>,
) -> Option<&'v Value> {
    match &expression.kind {
        ExpressionKind::Constant(value) => Some(value),
        ExpressionKind::Slot(slot) => Some(row.value(*slot)),
        ExpressionKind::Property { of, key } => {
            let ExpressionKind::Slot(slot) = &of.kind else {
                return None;
            };
            access::stored_property(row.value(*slot), key, context)
        }
        ExpressionKind::List(_)
        | ExpressionKind::Map(_)
        | ExpressionKind::MapProjection { .. }
        | ExpressionKind::HasLabels { .. }
        | ExpressionKind::HasAnyLabel { .. }
        | ExpressionKind::IsTyped { .. }
        | ExpressionKind::Index { .. }
        | ExpressionKind::Slice { .. }
        | ExpressionKind::Unary { .. }
        | ExpressionKind::Binary { .. }
        | ExpressionKind::Logical { .. }
        | ExpressionKind::Comparison { .. }
        | ExpressionKind::Case { .. }
        | ExpressionKind::Function { .. }
        | ExpressionKind::ListComprehension { .. }
        | ExpressionKind::Quantifier { .. }
        | ExpressionKind::Reduce { .. }
        | ExpressionKind::Path { .. }
        | ExpressionKind::Exists(_)
        | ExpressionKind::Count(_)
        | ExpressionKind::Collect { .. } => None,
    }
}

/// The value of `expression`, if there is one.
pub(crate) fn optional(
    expression: Option<&Expression>,
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<Option<Value>, RunError> {
    expression
        .map(|expression| evaluate(expression, row, context))
        .transpose()
}

/// Whether the condition is true: not false, not null.
pub(crate) fn holds(
    condition: &Expression,
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<bool, RunError> {
    let value = evaluate(condition, row, context)?;
    let truth = truth(&value, "a condition").inspect_err(|_| {
        if context.fault.is_none() && !condition.span.is_empty() {
            context.fault = Some(condition.span);
        }
    })?;
    Ok(truth == Some(true))
}

/// The truth of a value; `None` is null.
pub(crate) fn truth(value: &Value, what: &str) -> Result<Option<bool>, RunError> {
    if let Value::Boolean(truth) = value {
        return Ok(Some(*truth));
    }
    if value.is_null() {
        return Ok(None);
    }
    Err(wrong_type(what, "true or false", value))
}

/// The error for a value of the wrong type.
pub(crate) fn wrong_type(what: impl Into<String>, wanted: &'static str, given: &Value) -> RunError {
    RunError::InvalidArgumentType {
        what: what.into(),
        wanted,
        given: short(given),
    }
}

/// A value for a message: its kind, and its text if that is short.
pub(crate) fn short(value: &Value) -> String {
    let kind = value.kind_name();
    let plain = matches!(
        value,
        Value::Boolean(_) | Value::Integer(_) | Value::Float(_)
    ) || value.as_str().is_some_and(|text| text.len() < 40);
    if plain {
        format!("the {} {value}", kind.to_lowercase())
    } else {
        format!("a value of type {kind}")
    }
}

fn unary(operator: UnaryOperator, operand: &Value) -> Result<Value, RunError> {
    match operator {
        UnaryOperator::Not => Ok(truth(operand, "the operand of NOT")?
            .map(|truth| !truth)
            .into()),
        UnaryOperator::Minus => arithmetic::negate(operand),
        UnaryOperator::Plus => {
            if operand.is_null() || operand.as_float().is_some() {
                return Ok(operand.clone());
            }
            Err(wrong_type("the operand of +", "a number", operand))
        }
        UnaryOperator::IsNull => Ok(operand.is_null().into()),
        UnaryOperator::IsNotNull => Ok((!operand.is_null()).into()),
    }
}

fn binary(operator: BinaryOperator, left: &Value, right: &Value) -> Result<Value, RunError> {
    match operator {
        BinaryOperator::Add => add(left, right),
        BinaryOperator::Concatenate => arithmetic::concatenate(left, right),
        BinaryOperator::Subtract => arithmetic::subtract(left, right),
        BinaryOperator::Multiply => arithmetic::multiply(left, right),
        BinaryOperator::Divide => divide(left, right),
        BinaryOperator::Remainder => arithmetic::remainder(left, right),
        BinaryOperator::Power => arithmetic::power(left, right),
        BinaryOperator::In => list::contains(left, right),
        BinaryOperator::StartsWith => Ok(compare::text_test(left, right, |text, part| {
            text.starts_with(part)
        })),
        BinaryOperator::EndsWith => Ok(compare::text_test(left, right, |text, part| {
            text.ends_with(part)
        })),
        BinaryOperator::Contains => Ok(compare::text_test(left, right, |text, part| {
            text.contains(part)
        })),
        BinaryOperator::MatchesRegex => compare::matches_regex(left, right),
    }
}

fn logical(
    operator: LogicalOperator,
    operands: &[Expression],
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<Value, RunError> {
    let (name, decides) = match operator {
        LogicalOperator::And => ("an operand of AND", Some(false)),
        LogicalOperator::Or => ("an operand of OR", Some(true)),
        LogicalOperator::Xor => ("an operand of XOR", None),
    };
    let mut unknown = false;
    let mut odd = false;
    for operand in operands {
        let value = evaluate(operand, row, context)?;
        match truth(&value, name)? {
            Some(truth) if Some(truth) == decides => return Ok(truth.into()),
            Some(truth) => odd ^= truth,
            None => unknown = true,
        }
    }
    Ok(if unknown {
        Value::Null
    } else {
        match decides {
            Some(decides) => (!decides).into(),
            None => odd.into(),
        }
    })
}

fn projection(
    of: &Expression,
    items: &[MapProjectionItem],
    row: &mut Row,
    context: &mut Context<'_, '_>,
) -> Result<Value, RunError> {
    let of = evaluate(of, row, context)?;
    if of.is_null() {
        return Ok(Value::Null);
    }
    let mut map = Map::new();
    for item in items {
        match item {
            MapProjectionItem::Everything => map.extend(properties_of(&of, context)?),
            MapProjectionItem::Property(key) => {
                map.insert(Arc::clone(&key.name), access::property(&of, key, context)?);
            }
            MapProjectionItem::Entry(key, value) => {
                map.insert(Arc::clone(key), evaluate(value, row, context)?);
            }
        }
    }
    Ok(Value::from(map))
}
