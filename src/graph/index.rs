//! Which nodes have which value of a property, for the few properties that are looked up.
//!
//! An index yields candidates: it holds every node that can be equal, and a filter that
//! follows decides. A list is found by each of its items.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::{NodeId, Value};

/// A value in the form under which equal values meet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Boolean(bool),
    Integer(i64),
    Float(u64),
    String(Arc<str>),
    /// Days, times and durations, by their text.
    Text(String),
}

impl Key {
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Boolean(truth) => Self::Boolean(*truth),
            Value::Integer(number) => Self::Integer(*number),
            Value::Float(number) => Self::of_float(*number),
            Value::String(text) => Self::String(Arc::clone(text)),
            Value::Date(_)
            | Value::LocalTime(_)
            | Value::Time(_)
            | Value::LocalDateTime(_)
            | Value::DateTime(_)
            | Value::Duration(_) => Self::Text(value.to_string()),
            Value::Null
            | Value::List(_)
            | Value::Map(_)
            | Value::Node(_)
            | Value::Relationship(_)
            | Value::Path(_) => return None,
        })
    }

    /// A float that is a whole number meets the integer.
    fn of_float(number: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
        if number.fract() == 0.0 && number.abs() < 9e15 {
            Self::Integer(number as i64)
        } else {
            Self::Float(number.to_bits())
        }
    }
}

/// The index of one property.
#[derive(Debug, Clone, Default)]
pub(super) struct PropertyIndex {
    by_value: HashMap<Key, BTreeSet<NodeId>>,
    by_item: HashMap<Key, BTreeSet<NodeId>>,
}

impl PropertyIndex {
    pub(super) fn insert(&mut self, node: NodeId, value: &Value) {
        if let Value::List(items) = value {
            for key in items.iter().filter_map(Key::of) {
                self.by_item.entry(key).or_default().insert(node);
            }
        } else if let Some(key) = Key::of(value) {
            self.by_value.entry(key).or_default().insert(node);
        }
    }

    pub(super) fn remove(&mut self, node: NodeId, value: &Value) {
        if let Value::List(items) = value {
            for key in items.iter().filter_map(Key::of) {
                remove_from(&mut self.by_item, &key, node);
            }
        } else if let Some(key) = Key::of(value) {
            remove_from(&mut self.by_value, &key, node);
        }
    }

    /// Whether values of this kind are found by the index at all.
    pub(super) fn covers(value: &Value) -> bool {
        Key::of(value).is_some()
    }

    pub(super) fn nodes(&self, value: &Value) -> impl Iterator<Item = NodeId> + '_ {
        let found = Key::of(value).and_then(|key| self.by_value.get(&key));
        found.into_iter().flatten().copied()
    }

    pub(super) fn nodes_by_item(&self, item: &Value) -> impl Iterator<Item = NodeId> + '_ {
        let found = Key::of(item).and_then(|key| self.by_item.get(&key));
        found.into_iter().flatten().copied()
    }

    pub(super) fn distinct_values(&self) -> usize {
        self.by_value.len()
    }
}

fn remove_from(map: &mut HashMap<Key, BTreeSet<NodeId>>, key: &Key, node: NodeId) {
    if let Some(nodes) = map.get_mut(key) {
        nodes.remove(&node);
        if nodes.is_empty() {
            map.remove(key);
        }
    }
}
