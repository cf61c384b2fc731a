//! How values compare: four relations that the query language keeps apart.
//!
//! *Equality* and *comparability* answer `=` and `<`, and may answer null. *Orderability* is
//! the total order of `ORDER BY`, `min` and `max`. *Equivalence* is what `DISTINCT` and grouping
//! use: like equality, but null is null and not-a-number is itself.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::value::Value;

/// What comparing two values by size gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// They have an order.
    Ordered(Ordering),
    /// One is not a number: no comparison holds.
    Unordered,
    /// They cannot be compared: the answer is null.
    Incomparable,
}

/// Whether two values are equal; `None` is null.
pub fn equals(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::List(left), Value::List(right)) => {
            if left.len() != right.len() {
                return Some(false);
            }
            all_equal(left.iter().zip(right.iter()))
        }
        (Value::Map(left), Value::Map(right)) => {
            if !left.keys().eq(right.keys()) {
                return Some(false);
            }
            all_equal(left.values().zip(right.values()))
        }
        _ => Some(equal_plain(left, right)),
    }
}

fn all_equal<'v>(pairs: impl Iterator<Item = (&'v Value, &'v Value)>) -> Option<bool> {
    let mut answer = Some(true);
    for (left, right) in pairs {
        match equals(left, right) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => answer = None,
        }
    }
    answer
}

/// Equality of values that are no lists, maps or null.
fn equal_plain(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Integer(integer), Value::Float(float))
        | (Value::Float(float), Value::Integer(integer)) => {
            compare_mixed(*integer, *float) == Some(Ordering::Equal)
        }
        (left, right) => left == right,
    }
}

/// How two values compare by size.
pub fn compare(left: &Value, right: &Value) -> Comparison {
    let ordered = Comparison::Ordered;
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => ordered(left.cmp(right)),
        (Value::Float(left), Value::Float(right)) => left
            .partial_cmp(right)
            .map_or(Comparison::Unordered, ordered),
        (Value::Integer(left), Value::Float(right)) => {
            compare_mixed(*left, *right).map_or(Comparison::Unordered, ordered)
        }
        (Value::Float(left), Value::Integer(right)) => compare_mixed(*right, *left)
            .map_or(Comparison::Unordered, |order| ordered(order.reverse())),
        (Value::String(left), Value::String(right)) => ordered(left.cmp(right)),
        (Value::Boolean(left), Value::Boolean(right)) => ordered(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => ordered(left.cmp(right)),
        (Value::LocalTime(left), Value::LocalTime(right)) => ordered(left.cmp(right)),
        (Value::Time(left), Value::Time(right)) => ordered(left.cmp(right)),
        (Value::LocalDateTime(left), Value::LocalDateTime(right)) => ordered(left.cmp(right)),
        (Value::DateTime(left), Value::DateTime(right)) => ordered(left.cmp(right)),
        (Value::List(left), Value::List(right)) => compare_lists(left, right),
        _ => Comparison::Incomparable,
    }
}

fn compare_lists(left: &[Value], right: &[Value]) -> Comparison {
    for (one, other) in left.iter().zip(right) {
        match equals(one, other) {
            Some(true) => {}
            Some(false) => return compare(one, other),
            None => return Comparison::Incomparable,
        }
    }
    Comparison::Ordered(left.len().cmp(&right.len()))
}

/// An integer beside a float, exactly; `None` if the float is not a number.
fn compare_mixed(integer: i64, float: f64) -> Option<Ordering> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if float.is_nan() {
        return None;
    }
    if float >= LIMIT {
        return Some(Ordering::Less);
    }
    if float < -LIMIT {
        return Some(Ordering::Greater);
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    let whole = float.trunc() as i64;
    Some(
        integer
            .cmp(&whole)
            .then_with(|| 0.0_f64.total_cmp(&(float.fract() + 0.0))),
    )
}

/// The place of a kind among the others.
fn rank(value: &Value) -> u8 {
    match value {
        Value::Map(_) => 0,
        Value::Node(_) => 1,
        Value::Relationship(_) => 2,
        Value::List(_) => 3,
        Value::Path(_) => 4,
        Value::DateTime(_) => 5,
        Value::LocalDateTime(_) => 6,
        Value::Date(_) => 7,
        Value::Time(_) => 8,
        Value::LocalTime(_) => 9,
        Value::Duration(_) => 10,
        Value::String(_) => 11,
        Value::Boolean(_) => 12,
        Value::Integer(_) | Value::Float(_) => 13,
        Value::Null => 14,
    }
}

/// The total order of all values: kinds first, null last.
pub fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Map(left), Value::Map(right)) => left
            .keys()
            .cmp(right.keys())
            .then_with(|| order_all(left.values().zip(right.values())).unwrap_or(Ordering::Equal)),
        (Value::Node(left), Value::Node(right)) => left.id().cmp(&right.id()),
        (Value::Relationship(left), Value::Relationship(right)) => left.id().cmp(&right.id()),
        (Value::List(left), Value::List(right)) => {
            order_all(left.iter().zip(right.iter())).unwrap_or_else(|| left.len().cmp(&right.len()))
        }
        (Value::Path(left), Value::Path(right)) => {
            let nodes = left.nodes().map(super::Node::id);
            let relationships = left.relationships().map(super::Relationship::id);
            nodes
                .cmp(right.nodes().map(super::Node::id))
                .then_with(|| relationships.cmp(right.relationships().map(super::Relationship::id)))
        }
        (Value::Duration(left), Value::Duration(right)) => {
            let parts = |d: &super::Duration| (d.months(), d.days(), d.seconds());
            left.average_nanoseconds()
                .cmp(&right.average_nanoseconds())
                .then_with(|| parts(left).cmp(&parts(right)))
        }
        (Value::Float(left), Value::Float(right)) => order_floats(*left, *right),
        (Value::Float(float), Value::Integer(_)) if float.is_nan() => Ordering::Greater,
        (Value::Integer(_), Value::Float(float)) if float.is_nan() => Ordering::Less,
        _ => match compare(left, right) {
            Comparison::Ordered(order) => order,
            Comparison::Unordered | Comparison::Incomparable => rank(left).cmp(&rank(right)),
        },
    }
}

/// Not-a-number is larger than every number and equal to itself.
fn order_floats(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right)
        .unwrap_or_else(|| left.is_nan().cmp(&right.is_nan()))
}

fn order_all<'v>(pairs: impl Iterator<Item = (&'v Value, &'v Value)>) -> Option<Ordering> {
    pairs
        .map(|(left, right)| order(left, right))
        .find(|order| order.is_ne())
}

/// Whether two values are the same for `DISTINCT` and for grouping.
pub fn equivalent(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Float(left), Value::Float(right)) if left.is_nan() && right.is_nan() => true,
        (Value::List(left), Value::List(right)) => all_equivalent(left, right),
        (Value::Map(left), Value::Map(right)) => {
            left.keys().eq(right.keys())
                && left
                    .values()
                    .zip(right.values())
                    .all(|(left, right)| equivalent(left, right))
        }
        _ => equal_plain(left, right),
    }
}

fn all_equivalent(left: &[Value], right: &[Value]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(left, right)| equivalent(left, right))
}

/// Values that meet in a hash table if they are equivalent one by one.
#[derive(Debug, Clone)]
pub struct Equivalent<T>(pub T);

impl<T: AsRef<[Value]>> PartialEq for Equivalent<T> {
    fn eq(&self, other: &Self) -> bool {
        all_equivalent(self.0.as_ref(), other.0.as_ref())
    }
}

impl<T: AsRef<[Value]>> Eq for Equivalent<T> {}

impl<T: AsRef<[Value]>> Hash for Equivalent<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for value in self.0.as_ref() {
            hash_value(value, state);
        }
    }
}

fn hash_value<H: Hasher>(value: &Value, state: &mut H) {
    rank(value).hash(state);
    match value {
        Value::Null => {}
        Value::Boolean(truth) => truth.hash(state),
        Value::Integer(number) => number.hash(state),
        Value::Float(number) => {
            // A whole float is equivalent to the integer, and all that are not numbers to each
            // other.
            #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
            let whole = *number as i64;
            if compare_mixed(whole, *number) == Some(Ordering::Equal) {
                whole.hash(state);
            } else if number.is_nan() {
                u64::MAX.hash(state);
            } else {
                number.to_bits().hash(state);
            }
        }
        Value::String(text) => text.hash(state),
        Value::List(items) => {
            items.len().hash(state);
            for item in items.iter() {
                hash_value(item, state);
            }
        }
        Value::Map(map) => {
            for (key, value) in map.iter() {
                key.hash(state);
                hash_value(value, state);
            }
        }
        Value::Node(node) => node.hash(state),
        Value::Relationship(relationship) => relationship.hash(state),
        Value::Path(path) => path.hash(state),
        Value::Date(date) => date.hash(state),
        Value::LocalTime(time) => time.hash(state),
        Value::Time(time) => time.hash(state),
        Value::LocalDateTime(time) => time.hash(state),
        Value::DateTime(time) => time.hash(state),
        Value::Duration(duration) => duration.hash(state),
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::{Comparison, compare, equals, equivalent, order};
    use crate::model::Value;

    const NAN: Value = Value::Float(f64::NAN);

    #[test]
    fn the_four_relations_differ_on_null_and_on_what_is_no_number() {
        assert_eq!(equals(&Value::Null, &Value::Null), None);
        assert_eq!(equals(&NAN, &NAN), Some(false));
        assert_eq!(compare(&NAN, &Value::Integer(1)), Comparison::Unordered);
        assert_eq!(
            compare(&Value::from("a"), &Value::Integer(1)),
            Comparison::Incomparable
        );
        assert!(equivalent(&NAN, &NAN) && equivalent(&Value::Null, &Value::Null));
        assert_eq!(order(&NAN, &Value::Null), Ordering::Less);
        assert_eq!(order(&NAN, &Value::Integer(9)), Ordering::Greater);
    }

    #[test]
    fn integers_and_floats_compare_exactly() {
        let large = 9_007_199_254_740_993;
        let cases = [
            (1, 1.0, Ordering::Equal),
            (1, 1.5, Ordering::Less),
            (-1, -1.5, Ordering::Greater),
            (large, 9_007_199_254_740_992.0, Ordering::Greater),
            (i64::MAX, 1e300, Ordering::Less),
        ];
        for (integer, float, expected) in cases {
            let found = compare(&integer.into(), &float.into());
            assert_eq!(found, Comparison::Ordered(expected), "{integer} {float}");
        }
    }

    #[test]
    fn a_null_in_a_list_makes_equality_unknown_unless_something_else_decides() {
        let list = |items: &[Value]| Value::list(items.iter().cloned());
        let with_null = list(&[1.into(), Value::Null]);
        assert_eq!(equals(&with_null, &list(&[1.into(), 2.into()])), None);
        assert_eq!(
            equals(&with_null, &list(&[2.into(), 2.into()])),
            Some(false)
        );
        assert_eq!(equals(&with_null, &list(&[1.into()])), Some(false));
    }
}
