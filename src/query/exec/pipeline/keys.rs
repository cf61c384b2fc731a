//! The keys of groups, and where equal ones are found.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use crate::graph::NodePlace;
use crate::model::{Equivalent, Value};
use crate::query::checked::Slot;

use super::Stop;
use super::cursor::Cursor;
use super::layout::{Order, Source};
use super::test::NONE;

/// The keys of groups as numbers: equal values have the same number.
pub(super) struct CodedKeys {
    pub(super) coders: Vec<Coder>,
    /// The numbers of all groups, one group after another.
    codes: Vec<u32>,
    table: HashTable<u32>,
}

/// The numbers of the values of one key.
pub(super) struct Coder {
    /// The node on which alone the key depends, if there is one.
    node: Option<Slot>,
    /// One more than the number of each node's (or type's) value; 0 where it is not known.
    memory: Vec<u32>,
    pub(super) values: Keys,
    order: Order,
}

impl Coder {
    pub(super) fn new(node: Option<Slot>, order: Order) -> Self {
        Self {
            node,
            memory: Vec::new(),
            values: Keys::new(1),
            order,
        }
    }

    /// The number of the key's value for the present tuple.
    #[inline]
    pub(super) fn code<'p>(
        &mut self,
        source: &Source<'p>,
        cursor: &mut Cursor<'p>,
    ) -> Result<u32, Stop> {
        let place = match (source, self.node) {
            (Source::TypeOf(slot), _) => cursor
                .view
                .relationship(cursor.register(*slot))
                .and_then(|found| u32::try_from(found.rel_type().symbol().index()).ok())
                .unwrap_or(NONE),
            (_, Some(slot)) => cursor.register(slot),
            (_, None) => NONE,
        };
        if let Some(known) = self.memory.get(place as usize)
            && *known > 0
        {
            return Ok(*known - 1);
        }
        let code = self.code_of(cursor.source(source)?)?;
        if place != NONE {
            if self.memory.len() <= place as usize {
                let bound = cursor.view.node_bound().max(place as usize + 1);
                self.memory.resize(bound, 0);
            }
            if let Some(entry) = self.memory.get_mut(place as usize) {
                *entry = code + 1;
            }
        }
        Ok(code)
    }

    pub(super) fn code_of(&mut self, value: Value) -> Result<u32, Stop> {
        let mut key = vec![value];
        let code = if let Some(code) = self.values.find(&key) {
            if self.order == Order::Free && !look_alike(self.values.of(code), &key) {
                return Err(Stop::inexact());
            }
            code
        } else {
            self.values.push(&mut key);
            self.values.values.len() - 1
        };
        Ok(u32::try_from(code).unwrap_or(u32::MAX))
    }

    fn value(&self, code: u32) -> Value {
        self.values
            .values
            .get(code as usize)
            .cloned()
            .unwrap_or_default()
    }
}

impl CodedKeys {
    pub(super) fn new(nodes: &[Option<Slot>], order: Order) -> Self {
        Self {
            coders: nodes.iter().map(|node| Coder::new(*node, order)).collect(),
            codes: Vec::new(),
            table: HashTable::new(),
        }
    }

    pub(super) fn width(&self) -> usize {
        self.coders.len()
    }

    pub(super) fn of(&self, group: u32) -> &[u32] {
        codes_of(&self.codes, self.coders.len(), group)
    }

    pub(super) fn find(&self, codes: &[u32]) -> Option<usize> {
        // A single key numbers its groups itself.
        if let ([code], true) = (codes, self.coders.len() == 1) {
            return ((*code as usize) < self.codes.len()).then_some(*code as usize);
        }
        let hash = FxBuildHasher.hash_one(codes);
        let known = self.table.find(hash, |group| self.of(*group) == codes);
        known.map(|group| *group as usize)
    }

    /// Gives the next group these codes, which no group has.
    pub(super) fn push(&mut self, codes: &[u32]) {
        let width = self.coders.len();
        let group = self.codes.len() / width.max(1);
        self.codes.extend_from_slice(codes);
        if width > 1 {
            let group = u32::try_from(group).unwrap_or(u32::MAX);
            let all = &self.codes;
            let again = |group: &u32| FxBuildHasher.hash_one(codes_of(all, width, *group));
            self.table
                .insert_unique(FxBuildHasher.hash_one(codes), group, again);
        }
    }

    /// The keys of all groups, one group after another.
    pub(super) fn into_values(self) -> Vec<Value> {
        let coders = self.coders.iter().cycle();
        self.codes
            .iter()
            .zip(coders)
            .map(|(code, coder)| coder.value(*code))
            .collect()
    }
}

fn codes_of(codes: &[u32], width: usize, group: u32) -> &[u32] {
    let first = group as usize * width;
    codes.get(first..first + width).unwrap_or(&[])
}

/// Lists of values, one after another, and where equal ones are found.
#[derive(Default)]
pub(super) struct Keys {
    pub(super) values: Vec<Value>,
    width: usize,
    table: HashTable<u32>,
}

impl Keys {
    pub(super) fn new(width: usize) -> Self {
        Self {
            width,
            ..Self::default()
        }
    }

    pub(super) fn of(&self, group: usize) -> &[Value] {
        let first = group * self.width;
        self.values.get(first..first + self.width).unwrap_or(&[])
    }

    /// The group with these keys, or where it would have been.
    pub(super) fn find(&self, keys: &[Value]) -> Option<usize> {
        let known = self.table.find(hash(keys), |group| {
            Equivalent(self.of(*group as usize)) == Equivalent(keys)
        });
        known.map(|group| *group as usize)
    }

    /// Gives the next group these keys, which no group has, and leaves the list of them empty.
    pub(super) fn push(&mut self, keys: &mut Vec<Value>) {
        let group = self.values.len() / self.width.max(1);
        let hash_of_keys = hash(keys);
        self.values.append(keys);
        let (values, width) = (&self.values, self.width);
        let again = |group: &u32| {
            let first = *group as usize * width;
            hash(values.get(first..first + width).unwrap_or(&[]))
        };
        let group = u32::try_from(group).unwrap_or(u32::MAX);
        self.table.insert_unique(hash_of_keys, group, again);
    }
}

/// Whether equal keys are written alike, too; 1 and 1.0 are not, and which of them a group shows
/// depends on which came first.
pub(super) fn look_alike(left: &[Value], right: &[Value]) -> bool {
    left.iter().zip(right).all(|pair| match pair {
        (Value::Float(left), Value::Float(right)) => left.to_bits() == right.to_bits(),
        (Value::Integer(_), Value::Float(_)) | (Value::Float(_), Value::Integer(_)) => false,
        (Value::List(_), Value::List(_)) | (Value::Map(_), Value::Map(_)) => {
            pair.0.to_string() == pair.1.to_string()
        }
        _ => true,
    })
}

fn hash(keys: &[Value]) -> u64 {
    FxBuildHasher.hash_one(Equivalent(keys))
}

/// Nodes by the value of a property.
///
/// What is found may not be equal but only equivalent: it must be compared again.
#[derive(Default)]
pub(super) struct Join {
    values: Keys,
    nodes: Vec<Vec<NodePlace>>,
}

impl Join {
    pub(super) fn insert(&mut self, value: &Value, node: NodePlace) {
        self.values.width = 1;
        let known = self.values.find(std::slice::from_ref(value));
        if let Some(nodes) = known.and_then(|at| self.nodes.get_mut(at)) {
            nodes.push(node);
        } else {
            self.values.push(&mut vec![value.clone()]);
            self.nodes.push(vec![node]);
        }
    }

    pub(super) fn find(&self, value: &Value) -> &[NodePlace] {
        let known = self.values.find(std::slice::from_ref(value));
        known
            .and_then(|at| self.nodes.get(at))
            .map_or(&[], Vec::as_slice)
    }
}
