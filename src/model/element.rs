//! Nodes, relationships and paths, as a query returns them.
//!
//! Inside the query engine an element is its id alone; it is given its content when it leaves.
//! Two elements are the same if their ids are, whatever content they carry.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::value::Map;

macro_rules! define_lasting_ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// The id with this number.
            pub fn new(number: i64) -> Self {
                Self(number)
            }

            /// The number, the same in memory and on disk.
            pub fn number(self) -> i64 {
                self.0
            }
        }
    )+};
}

define_lasting_ids! {
    /// Names a node for the life of its graph; never given again after a removal.
    NodeId,
    /// Names a relationship for the life of its graph; never given again after a removal.
    RelId,
}

static NO_PROPERTIES: Map = Map::new();

/// A node: its id, and its content once it has left the query engine.
#[derive(Debug, Clone)]
pub struct Node {
    id: NodeId,
    content: Option<Arc<NodeContent>>,
}

#[derive(Debug)]
struct NodeContent {
    labels: Vec<Arc<str>>,
    properties: Map,
}

impl Node {
    /// The node `id` with its content.
    pub fn new(id: NodeId, labels: Vec<Arc<str>>, properties: Map) -> Self {
        Self {
            id,
            content: Some(Arc::new(NodeContent { labels, properties })),
        }
    }

    /// The node `id`, without labels and properties.
    pub fn bare(id: NodeId) -> Self {
        Self { id, content: None }
    }

    /// The lasting id.
    pub fn id(&self) -> NodeId {
        self.id
    }

    /// The labels, in the order of the alphabet.
    pub fn labels(&self) -> &[Arc<str>] {
        self.content.as_ref().map_or(&[], |content| &content.labels)
    }

    /// The properties, in the order of the alphabet.
    pub fn properties(&self) -> &Map {
        self.content
            .as_ref()
            .map_or(&NO_PROPERTIES, |content| &content.properties)
    }

    /// Whether the content is there.
    pub fn has_content(&self) -> bool {
        self.content.is_some()
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Node {}

impl Hash for Node {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

/// A relationship: its id, and its content once it has left the query engine.
#[derive(Debug, Clone)]
pub struct Relationship {
    id: RelId,
    content: Option<Arc<RelationshipContent>>,
}

#[derive(Debug)]
struct RelationshipContent {
    rel_type: Arc<str>,
    start: NodeId,
    end: NodeId,
    properties: Map,
}

impl Relationship {
    /// The relationship `id` with its content.
    pub fn new(id: RelId, rel_type: Arc<str>, start: NodeId, end: NodeId, properties: Map) -> Self {
        Self {
            id,
            content: Some(Arc::new(RelationshipContent {
                rel_type,
                start,
                end,
                properties,
            })),
        }
    }

    /// The relationship `id`, without type, ends and properties.
    pub fn bare(id: RelId) -> Self {
        Self { id, content: None }
    }

    /// The lasting id.
    pub fn id(&self) -> RelId {
        self.id
    }

    /// The type; empty without content.
    pub fn rel_type(&self) -> &str {
        self.content
            .as_ref()
            .map_or("", |content| &content.rel_type)
    }

    /// Where it starts and where it ends, as stored; `None` without content.
    pub fn ends(&self) -> Option<(NodeId, NodeId)> {
        self.content
            .as_ref()
            .map(|content| (content.start, content.end))
    }

    /// The properties, in the order of the alphabet.
    pub fn properties(&self) -> &Map {
        self.content
            .as_ref()
            .map_or(&NO_PROPERTIES, |content| &content.properties)
    }

    /// Whether the content is there.
    pub fn has_content(&self) -> bool {
        self.content.is_some()
    }
}

impl PartialEq for Relationship {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Relationship {}

impl Hash for Relationship {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

/// A walk through the graph: one node, then steps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    start: Node,
    steps: Vec<(Relationship, Node)>,
}

impl Path {
    /// The walk from `start` over `steps`, each a relationship and the node it leads to.
    pub fn new(start: Node, steps: Vec<(Relationship, Node)>) -> Self {
        Self { start, steps }
    }

    /// The first node.
    pub fn start(&self) -> &Node {
        &self.start
    }

    /// The last node.
    pub fn end(&self) -> &Node {
        self.steps.last().map_or(&self.start, |(_, node)| node)
    }

    /// The relationships, each with the node it leads to.
    pub fn steps(&self) -> &[(Relationship, Node)] {
        &self.steps
    }

    /// The nodes in the order walked, one more than there are relationships.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        std::iter::once(&self.start).chain(self.steps.iter().map(|(_, node)| node))
    }

    /// The relationships in the order walked.
    pub fn relationships(&self) -> impl Iterator<Item = &Relationship> {
        self.steps.iter().map(|(relationship, _)| relationship)
    }

    /// How many relationships.
    pub fn length(&self) -> usize {
        self.steps.len()
    }
}
