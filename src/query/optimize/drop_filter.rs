//! A filter that always holds goes; one that never holds gives no rows.

use crate::query::ast::Literal;
use crate::query::checked::ExpressionKind;
use crate::query::logical::Operator;

pub(super) fn apply(operator: &mut Operator) {
    loop {
        let Operator::Filter { input, condition } = operator else {
            return;
        };
        match &condition.kind {
            ExpressionKind::Literal(Literal::Boolean(true)) => {
                let inner = std::mem::replace(input.as_mut(), Operator::Argument);
                *operator = inner;
            }
            _ => return,
        }
    }
}
