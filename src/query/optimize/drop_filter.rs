//! A filter that always holds goes.

use crate::query::ast::Literal;
use crate::query::checked::ExpressionKind;
use crate::query::logical::Operator;

pub(super) fn apply(operator: &mut Operator) {
    while let Operator::Filter { input, condition } = operator
        && condition.kind == ExpressionKind::Literal(Literal::Boolean(true))
    {
        let input = std::mem::replace(input.as_mut(), Operator::Argument);
        *operator = input;
    }
}
