//! Which relationships lead from a node.

use crate::model::{NodeId, RelId};

/// Which relationships of a node count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Those that start there.
    Outgoing,
    /// Those that end there.
    Incoming,
    /// All.
    Both,
}

impl Direction {
    /// The direction as the node at the other end sees it.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
            Self::Both => Self::Both,
        }
    }
}

/// A relationship at a node, and the node at its other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Neighbour {
    /// The relationship.
    pub relationship: RelId,
    /// The node at the other end.
    pub node: NodeId,
}
