//! Computes what needs no row.
//!
//! Only truth values are folded: arithmetic may fail, and must then fail when the query runs and
//! only if it gets there.

use crate::query::ast::{Literal, LogicalOperator, UnaryOperator};
use crate::query::checked::{Expression, ExpressionKind};
use crate::query::logical::Operator;

pub(super) fn apply(operator: &mut Operator) {
    for expression in operator.expressions_mut() {
        fold(expression);
    }
}

fn fold(expression: &mut Expression) {
    for child in expression.children_mut() {
        fold(child);
    }
    let folded = if let ExpressionKind::Unary {
        operator: UnaryOperator::Not,
        operand,
    } = &expression.kind
    {
        truth(operand).map(|truth| literal(!truth))
    } else if let ExpressionKind::Logical { operator, operands } = &mut expression.kind {
        logical(*operator, operands)
    } else {
        None
    };
    if let Some(folded) = folded {
        expression.kind = folded;
    }
}

fn truth(expression: &Expression) -> Option<bool> {
    if let ExpressionKind::Literal(Literal::Boolean(truth)) = expression.kind {
        Some(truth)
    } else {
        None
    }
}

fn literal(truth: bool) -> ExpressionKind {
    ExpressionKind::Literal(Literal::Boolean(truth))
}

/// `true` adds nothing to a conjunction, `false` nothing to a disjunction. What decides the whole
/// is left alone: the other operands may still fail.
fn logical(operator: LogicalOperator, operands: &mut Vec<Expression>) -> Option<ExpressionKind> {
    let idle = match operator {
        LogicalOperator::And => true,
        LogicalOperator::Or => false,
        LogicalOperator::Xor => return None,
    };
    let all_known = operands.iter().all(|operand| truth(operand).is_some());
    if all_known {
        let decided = operands.iter().any(|operand| truth(operand) == Some(!idle));
        return Some(literal(if decided { !idle } else { idle }));
    }
    operands.retain(|operand| truth(operand) != Some(idle));
    // One operand alone must still be checked to be a truth value.
    if operands.len() == 1 {
        operands.push(Expression::new(literal(idle), crate::base::Span::default()));
    }
    None
}
