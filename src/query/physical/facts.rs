//! What an expression reads, and whether it may be computed at any time and in any order.

use std::collections::BTreeSet;

use crate::query::checked::Slot;

use super::plan::{Expression, ExpressionKind, MapProjectionItem};

/// What can be said of an expression without computing it.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// The slots it reads and does not fill itself.
    pub(crate) reads: BTreeSet<Slot>,
    /// Whether the same row always gives the same value, and no subquery is asked.
    pub(crate) repeatable: bool,
    /// Whether it is nested so deeply that it takes a stack made for it.
    pub(crate) deep: bool,
}

/// How deeply an expression may be nested that any thread computes.
const MOST_DEPTH: usize = 60;

impl Facts {
    /// What can be said of `expression`.
    pub(crate) fn of(expression: &Expression) -> Self {
        let mut found = Self {
            reads: BTreeSet::new(),
            repeatable: true,
            deep: false,
        };
        let mut own = BTreeSet::new();
        found.gather(expression, &mut own, 0);
        found.reads = &found.reads - &own;
        found
    }

    fn gather(&mut self, expression: &Expression, own: &mut BTreeSet<Slot>, depth: usize) {
        self.deep |= depth > MOST_DEPTH;
        let mut child = |expression: &Expression| self.gather(expression, own, depth + 1);
        match &expression.kind {
            ExpressionKind::Constant(_) => {}
            ExpressionKind::Slot(slot) => {
                self.reads.insert(*slot);
            }
            ExpressionKind::List(items) => items.iter().for_each(child),
            ExpressionKind::Map(entries) => entries.iter().for_each(|(_, value)| child(value)),
            ExpressionKind::MapProjection { of, items } => {
                child(of);
                for item in items {
                    if let MapProjectionItem::Entry(_, value) = item {
                        child(value);
                    }
                }
            }
            ExpressionKind::Property { of, .. }
            | ExpressionKind::HasLabels { of, .. }
            | ExpressionKind::IsTyped { of, .. }
            | ExpressionKind::HasAnyLabel { of } => child(of),
            ExpressionKind::Index { of, index } => {
                child(of);
                child(index);
            }
            ExpressionKind::Slice { of, from, to } => {
                child(of);
                from.iter().chain(to).for_each(|part| child(part));
            }
            ExpressionKind::Unary { operand, .. } => child(operand),
            ExpressionKind::Binary { left, right, .. }
            | ExpressionKind::Comparison { left, right, .. } => {
                child(left);
                child(right);
            }
            ExpressionKind::Logical { operands, .. } => operands.iter().for_each(child),
            ExpressionKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                if let Some(part) = operand {
                    child(part);
                }
                for (condition, result) in branches {
                    child(condition);
                    child(result);
                }
                if let Some(part) = otherwise {
                    child(part);
                }
            }
            ExpressionKind::Function {
                function,
                arguments,
            } => {
                arguments.iter().for_each(child);
                self.repeatable &= function.is_repeatable();
            }
            ExpressionKind::ListComprehension {
                item,
                list,
                condition,
                result,
            } => {
                child(list);
                condition.iter().chain(result).for_each(|part| child(part));
                own.insert(*item);
            }
            ExpressionKind::Quantifier {
                item,
                list,
                condition,
                ..
            } => {
                child(list);
                if let Some(part) = condition {
                    child(part);
                }
                own.insert(*item);
            }
            ExpressionKind::Reduce {
                accumulator,
                initial,
                item,
                list,
                step,
            } => {
                child(initial);
                child(list);
                child(step);
                own.extend([*accumulator, *item]);
            }
            ExpressionKind::Path { start, steps } => {
                self.reads.insert(*start);
                self.reads
                    .extend(steps.iter().map(|step| step.relationship));
            }
            ExpressionKind::Exists(_)
            | ExpressionKind::Count(_)
            | ExpressionKind::Collect { .. } => self.repeatable = false,
        }
    }
}
