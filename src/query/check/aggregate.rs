//! Which expressions gather rows.

use std::collections::BTreeSet;

use super::super::ast::{Expression, ExpressionKind, MapProjectionItem};
use super::super::signature::Aggregate;

/// Whether `expression` holds an aggregate, outside subqueries.
pub(super) fn has_aggregate(expression: &Expression) -> bool {
    first_aggregate(expression).is_some()
}

fn is_aggregate(expression: &Expression) -> bool {
    if let ExpressionKind::Function { name, .. } = &expression.kind {
        Aggregate::from_name(&name.text).is_some()
    } else {
        expression.kind == ExpressionKind::CountAll
    }
}

/// An aggregate in `expression` that would have to be computed anew for each item of a list or each
/// match of a pattern.
pub(super) fn misplaced(expression: &Expression) -> Option<&Expression> {
    if is_aggregate(expression) {
        return None;
    }
    for_each_item(expression)
        .into_iter()
        .find_map(first_aggregate)
        .or_else(|| children(expression).into_iter().find_map(misplaced))
}

/// The first aggregate in `expression`.
fn first_aggregate(expression: &Expression) -> Option<&Expression> {
    if is_aggregate(expression) {
        return Some(expression);
    }
    children(expression).into_iter().find_map(first_aggregate)
}

/// The parts of `expression` that are computed for each item of a list or each match of a pattern.
fn for_each_item(expression: &Expression) -> Vec<&Expression> {
    if let ExpressionKind::ListComprehension {
        condition, result, ..
    } = &expression.kind
    {
        return [condition, result]
            .into_iter()
            .flatten()
            .map(AsRef::as_ref)
            .collect();
    }
    if let ExpressionKind::Quantifier { condition, .. } = &expression.kind {
        return condition.as_deref().into_iter().collect();
    }
    if let ExpressionKind::Reduce { step, .. } = &expression.kind {
        return vec![step];
    }
    if let ExpressionKind::PatternComprehension { .. } = &expression.kind {
        return children(expression);
    }
    Vec::new()
}

/// Whether `expression` is simple enough to be recognised inside an expression that aggregates: a
/// variable or a property of one.
pub(super) fn is_simple(expression: &Expression) -> bool {
    if let ExpressionKind::Property { of, .. } = &expression.kind {
        is_simple(of)
    } else {
        matches!(&expression.kind, ExpressionKind::Variable(_))
    }
}

/// The variables that `expression` names, but for those in patterns and subqueries.
pub(super) fn variables(expression: &Expression) -> BTreeSet<String> {
    let own = if let ExpressionKind::Variable(name) = &expression.kind {
        Some(name.clone())
    } else if let ExpressionKind::MapProjection { of, .. } = &expression.kind {
        Some(of.text.clone())
    } else {
        None
    };
    children(expression)
        .into_iter()
        .flat_map(variables)
        .chain(own)
        .collect()
}

/// Whether `expression` reads no variable at all.
pub(super) fn is_constant(expression: &Expression) -> bool {
    let reads = matches!(
        &expression.kind,
        ExpressionKind::Variable(_)
            | ExpressionKind::Pattern(_)
            | ExpressionKind::PatternComprehension { .. }
            | ExpressionKind::Subquery { .. }
            | ExpressionKind::MapProjection { .. }
    );
    !reads && children(expression).into_iter().all(is_constant)
}

/// The parts of `expression` that are expressions of the same query.
pub(in crate::query) fn children(expression: &Expression) -> Vec<&Expression> {
    match &expression.kind {
        ExpressionKind::Literal(_)
        | ExpressionKind::Parameter(_)
        | ExpressionKind::Variable(_)
        | ExpressionKind::CountAll
        | ExpressionKind::Pattern(_)
        | ExpressionKind::Subquery { .. } => Vec::new(),
        ExpressionKind::List(items) => items.iter().collect(),
        ExpressionKind::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
        ExpressionKind::MapProjection { items, .. } => items
            .iter()
            .filter_map(|item| match item {
                MapProjectionItem::Entry(_, value) => Some(value),
                MapProjectionItem::Property(_)
                | MapProjectionItem::Everything
                | MapProjectionItem::Variable(_) => None,
            })
            .collect(),
        ExpressionKind::Property { of, .. }
        | ExpressionKind::HasLabels { of, .. }
        | ExpressionKind::IsTyped { of, .. } => vec![of],
        ExpressionKind::Index { of, index } => vec![of, index],
        ExpressionKind::Slice { of, from, to } => [Some(of), from.as_ref(), to.as_ref()]
            .into_iter()
            .flatten()
            .map(AsRef::as_ref)
            .collect(),
        ExpressionKind::Unary { operand, .. } => vec![operand],
        ExpressionKind::Binary { left, right, .. } => vec![left, right],
        ExpressionKind::Logical { operands, .. } => operands.iter().collect(),
        ExpressionKind::Comparison { first, rest } => std::iter::once(first.as_ref())
            .chain(rest.iter().map(|(_, operand)| operand))
            .collect(),
        ExpressionKind::Case {
            operand,
            branches,
            otherwise,
        } => operand
            .as_deref()
            .into_iter()
            .chain(branches.iter().flat_map(|(when, then)| [when, then]))
            .chain(otherwise.as_deref())
            .collect(),
        ExpressionKind::Function { arguments, .. } => arguments.iter().collect(),
        ExpressionKind::ListComprehension {
            list,
            condition,
            result,
            ..
        } => [Some(list), condition.as_ref(), result.as_ref()]
            .into_iter()
            .flatten()
            .map(AsRef::as_ref)
            .collect(),
        ExpressionKind::PatternComprehension {
            condition, result, ..
        } => condition
            .as_deref()
            .into_iter()
            .chain(std::iter::once(result.as_ref()))
            .collect(),
        ExpressionKind::Quantifier {
            list, condition, ..
        } => std::iter::once(list.as_ref())
            .chain(condition.as_deref())
            .collect(),
        ExpressionKind::Reduce {
            initial,
            list,
            step,
            ..
        } => vec![initial, list, step],
    }
}
