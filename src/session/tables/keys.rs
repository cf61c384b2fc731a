//! Which node has which key, while tables are loaded.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::NodeId;

/// A table of whole numbers may have so many places for each key; past that it is mostly gaps.
const PLACES_PER_KEY: usize = 4;

/// The key of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// A whole number, however it is written.
    Integer(i64),
    /// Anything else, as it is written.
    Text(Arc<str>),
}

/// The nodes of one label by their keys; of two nodes with one key, the later.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Nodes by small whole numbers.
    dense: Vec<Option<NodeId>>,
    /// Nodes by other whole numbers.
    sparse: HashMap<i64, NodeId>,
    texts: HashMap<Arc<str>, NodeId>,
    len: usize,
}

impl Keys {
    /// Notes that `node` has `key`.
    pub(super) fn insert(&mut self, key: Key, node: NodeId) {
        self.len += 1;
        let number = match key {
            Key::Integer(number) => number,
            Key::Text(text) => {
                self.texts.insert(text, node);
                return;
            }
        };
        let most = self.len.saturating_mul(PLACES_PER_KEY).max(1024);
        match usize::try_from(number) {
            Ok(place) if place < most => {
                if self.dense.len() <= place {
                    self.dense.resize(place + 1, None);
                }
                if let Some(entry) = self.dense.get_mut(place) {
                    *entry = Some(node);
                }
                self.sparse.remove(&number);
            }
            Ok(_) | Err(_) => {
                self.sparse.insert(number, node);
            }
        }
    }

    /// The node whose key is written as `cell`.
    pub(super) fn node(&self, cell: &str) -> Option<NodeId> {
        let by_number = || {
            let number: i64 = cell.parse().ok()?;
            let place = usize::try_from(number).ok();
            let dense = place.and_then(|place| self.dense.get(place).copied().flatten());
            dense.or_else(|| self.sparse.get(&number).copied())
        };
        by_number().or_else(|| self.texts.get(cell).copied())
    }
}

#[cfg(test)]
mod tests {
    use crate::model::NodeId;

    use super::{Key, Keys};

    #[test]
    fn the_later_of_two_nodes_has_the_key() {
        let mut keys = Keys::default();
        let numbers = [5, -3, 1 << 40, 5, 3000];
        for (node, number) in (1..).zip(numbers) {
            keys.insert(Key::Integer(number), NodeId::new(node));
        }
        // By now the table has room for what was out of its reach.
        for node in 6..2000 {
            keys.insert(Key::Integer(node), NodeId::new(node));
        }
        keys.insert(Key::Integer(3000), NodeId::new(2000));
        keys.insert(Key::Text("x 1".into()), NodeId::new(2001));
        let node = |cell| keys.node(cell).map(NodeId::number);
        assert_eq!(node("5"), Some(4));
        assert_eq!(node("005"), Some(4));
        assert_eq!(node("-3"), Some(2));
        assert_eq!(node("1099511627776"), Some(3));
        assert_eq!(node("3000"), Some(2000));
        assert_eq!(node("x 1"), Some(2001));
        assert_eq!((node(""), node("4"), node("x")), (None, None, None));
    }
}
