//! Comparisons of values and of text.

use std::cmp::Ordering;

use crate::model::{Comparison, Value, compare, equals};
use crate::query::ast::ComparisonOperator;
use crate::query::error::RunError;

/// The answer of a comparison; `None` is null.
pub(crate) fn comparison(
    operator: ComparisonOperator,
    left: &Value,
    right: &Value,
) -> Option<bool> {
    let fits: fn(Ordering) -> bool = match operator {
        ComparisonOperator::Equal => return equals(left, right),
        ComparisonOperator::NotEqual => return equals(left, right).map(|equal| !equal),
        ComparisonOperator::Less => Ordering::is_lt,
        ComparisonOperator::LessOrEqual => Ordering::is_le,
        ComparisonOperator::Greater => Ordering::is_gt,
        ComparisonOperator::GreaterOrEqual => Ordering::is_ge,
    };
    match compare(left, right) {
        Comparison::Ordered(order) => Some(fits(order)),
        Comparison::Unordered => Some(false),
        Comparison::Incomparable => None,
    }
}

/// Whether two values are equal: not different, not null.
pub(crate) fn is_equal(left: &Value, right: &Value) -> bool {
    equals(left, right) == Some(true)
}

/// A test of two strings; null unless both are.
pub(super) fn text_test(
    left: &Value,
    right: &Value,
    test: impl FnOnce(&str, &str) -> bool,
) -> Value {
    match (left, right) {
        (Value::String(text), Value::String(part)) => test(text, part).into(),
        _ => Value::Null,
    }
}

/// Whether the whole of a text fits a regular expression.
pub(super) fn matches_regex(left: &Value, right: &Value) -> Result<Value, RunError> {
    let (Value::String(text), Value::String(pattern)) = (left, right) else {
        return Ok(Value::Null);
    };
    let invalid = || RunError::InvalidArgumentValue {
        what: "the regular expression".to_owned(),
        given: format!("`{pattern}`"),
    };
    let whole = format!("^(?:{pattern})$");
    let regex = regex_automata::meta::Regex::new(&whole).map_err(|_| invalid())?;
    Ok(regex.is_match(text.as_bytes()).into())
}
