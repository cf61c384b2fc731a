//! A sort that is cut keeps only the rows that are left of it.

use crate::query::logical::Operator;

pub(super) fn apply(operator: &mut Operator) {
    let Operator::Limit { input, count } = operator else {
        return;
    };
    let Operator::Sort { input, keys } = input.as_mut() else {
        return;
    };
    let input = std::mem::replace(input.as_mut(), Operator::Argument);
    *operator = Operator::Top {
        input: Box::new(input),
        keys: std::mem::take(keys),
        limit: count.clone(),
    };
}
