//! Which nodes have which value of a property, for the few properties that are looked up.
//!
//! An index yields candidates: it holds every node that can be equal, and a filter that
//! follows decides. So it keeps a hash in place of each value. A list is found by each of its
//! items.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash as _, Hasher};

use crate::model::{NodeId, Value};

use super::id_set::IdSet;

/// The hash under which equal values meet; `None` for a kind of value that no index covers.
fn hash_of(value: &Value) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    match value {
        Value::Boolean(truth) => (0_u8, truth).hash(&mut hasher),
        Value::Integer(number) => (1_u8, number).hash(&mut hasher),
        // A float that is a whole number meets the integer.
        #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            (1_u8, *number as i64).hash(&mut hasher);
        }
        Value::Float(number) => (2_u8, number.to_bits()).hash(&mut hasher),
        Value::String(text) => (3_u8, text).hash(&mut hasher),
        Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => (4_u8, value.to_string()).hash(&mut hasher),
        Value::Null
        | Value::List(_)
        | Value::Map(_)
        | Value::Node(_)
        | Value::Relationship(_)
        | Value::Path(_) => return None,
    }
    Some(hasher.finish())
}

/// Takes a number that is a hash already for its hash.
#[derive(Debug, Clone, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// The nodes of one value: mostly one, for a key that names its node.
#[derive(Debug, Clone)]
enum Nodes {
    One(u32),
    Many(Box<IdSet>),
}

type NodesByHash = HashMap<u64, Nodes, BuildHasherDefault<Hashed>>;

/// The index of one property.
#[derive(Debug, Clone, Default)]
pub(super) struct PropertyIndex {
    by_value: NodesByHash,
    by_item: NodesByHash,
}

impl PropertyIndex {
    pub(super) fn insert(&mut self, node: NodeId, value: &Value) {
        if let Value::List(items) = value {
            for hash in items.iter().filter_map(hash_of) {
                insert_into(&mut self.by_item, hash, node);
            }
        } else if let Some(hash) = hash_of(value) {
            insert_into(&mut self.by_value, hash, node);
        }
    }

    pub(super) fn remove(&mut self, node: NodeId, value: &Value) {
        if let Value::List(items) = value {
            for hash in items.iter().filter_map(hash_of) {
                remove_from(&mut self.by_item, hash, node);
            }
        } else if let Some(hash) = hash_of(value) {
            remove_from(&mut self.by_value, hash, node);
        }
    }

    /// Whether values of this kind are found by the index at all.
    pub(super) fn covers(value: &Value) -> bool {
        hash_of(value).is_some()
    }

    pub(super) fn nodes(&self, value: &Value) -> impl Iterator<Item = NodeId> + '_ {
        nodes_in(&self.by_value, value)
    }

    pub(super) fn nodes_by_item(&self, item: &Value) -> impl Iterator<Item = NodeId> + '_ {
        nodes_in(&self.by_item, item)
    }

    pub(super) fn distinct_values(&self) -> usize {
        self.by_value.len()
    }
}

fn nodes_in<'i>(map: &'i NodesByHash, value: &Value) -> impl Iterator<Item = NodeId> + 'i {
    let found = hash_of(value).and_then(|hash| map.get(&hash));
    let (one, many) = match found {
        Some(Nodes::One(node)) => (Some(i64::from(*node)), None),
        Some(Nodes::Many(nodes)) => (None, Some(nodes)),
        None => (None, None),
    };
    let many = many.into_iter().flat_map(|nodes| nodes.numbers_from(0));
    one.into_iter().chain(many).map(NodeId::new)
}

fn insert_into(map: &mut NodesByHash, hash: u64, node: NodeId) {
    // The graph has admitted the id: it is in range.
    let Ok(number) = u32::try_from(node.number()) else {
        return;
    };
    match map.entry(hash) {
        Entry::Vacant(free) => {
            free.insert(Nodes::One(number));
        }
        Entry::Occupied(mut taken) => match taken.get_mut() {
            Nodes::One(known) if *known == number => {}
            Nodes::One(known) => {
                let both = [i64::from(*known), node.number()];
                *taken.get_mut() = Nodes::Many(Box::new(both.into_iter().collect()));
            }
            Nodes::Many(nodes) => {
                nodes.insert(node.number());
            }
        },
    }
}

fn remove_from(map: &mut NodesByHash, hash: u64, node: NodeId) {
    let Entry::Occupied(mut taken) = map.entry(hash) else {
        return;
    };
    let is_last = match taken.get_mut() {
        Nodes::One(known) => i64::from(*known) == node.number(),
        Nodes::Many(nodes) => {
            nodes.remove(node.number());
            nodes.is_empty()
        }
    };
    if is_last {
        taken.remove();
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{NodeId, Value};

    use super::PropertyIndex;

    #[test]
    fn nodes_are_found_by_what_is_equal_to_their_value() {
        let mut index = PropertyIndex::default();
        let found = |index: &PropertyIndex, value: Value| {
            let numbers = index.nodes(&value).map(NodeId::number);
            numbers.collect::<Vec<_>>()
        };
        for (node, value) in [
            (7, 1.into()),
            (3, 1.0.into()),
            (9, 1.into()),
            (4, "1".into()),
        ] {
            index.insert(NodeId::new(node), &value);
            index.insert(NodeId::new(node), &value);
        }
        assert_eq!(found(&index, 1.into()), [3, 7, 9]);
        assert_eq!(found(&index, "1".into()), [4]);
        assert_eq!(index.distinct_values(), 2);
        for (node, value) in [
            (7, 1.into()),
            (3, 1.into()),
            (9, 1.0.into()),
            (5, "1".into()),
        ] {
            index.remove(NodeId::new(node), &value);
        }
        assert_eq!(found(&index, 1.into()), [0_i64; 0]);
        assert_eq!(found(&index, "1".into()), [4]);
        assert_eq!(index.distinct_values(), 1);
    }
}
