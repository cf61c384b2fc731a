//! Searches for paths by their length: shortest paths between two nodes and from one node to all,
//! and all trails between two nodes, short ones first.
//!
//! A search asks a [`Steps`] which relationships lead from a node; what those are, and over which
//! form of the graph they are found, it does not know. Where several paths are given, they come in
//! an order that depends on the order of the steps alone, not on how a search went.

mod trails;
mod tree;
mod two_sided;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

pub use self::trails::Trails;
pub use self::tree::Tree;
pub use self::two_sided::{Paths, shortest_paths};

/// Which way steps are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From a node on.
    Forwards,
    /// Back to where one can come from.
    Backwards,
}

/// A relationship and the node behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<N, R> {
    /// The relationship.
    pub relationship: R,
    /// The node.
    pub node: N,
}

/// The step that a [`Steps`] finds.
pub type StepOf<S> = Step<<S as Steps>::Node, <S as Steps>::Relationship>;

/// Which steps can be taken.
pub trait Steps {
    /// A node.
    type Node: Copy + Eq + Hash;
    /// A relationship.
    type Relationship: Copy + Eq;
    /// Why a search ends early.
    type Error;

    /// Puts the steps from `node` into `found`, in an order that is always the same.
    ///
    /// # Errors
    /// Ends the search.
    fn find(
        &mut self,
        node: Self::Node,
        way: Way,
        found: &mut Vec<StepOf<Self>>,
    ) -> Result<(), Self::Error>;

    /// Says that the search keeps so many nodes more.
    ///
    /// # Errors
    /// Ends the search.
    fn keep(&mut self, nodes: usize) -> Result<(), Self::Error>;
}

/// Nodes with a number each.
type NodeMap<N, T> = HashMap<N, T, BuildHasherDefault<NumberHasher>>;

/// A hash for ids, which are single numbers: one multiplication (D. Knuth, "The Art of Computer
/// Programming", volume 3, 6.4). No order of it can be seen.
#[derive(Debug, Default)]
struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number.cast_unsigned());
    }
}

#[cfg(test)]
mod tests;
