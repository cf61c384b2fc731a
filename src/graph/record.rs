//! What the graph keeps of a node and of a relationship, and how readers see it.

use std::num::NonZeroU32;
use std::sync::Arc;

use petgraph::stable_graph::EdgeIndex;

use crate::model::{Label, Map, Node, NodeId, PropertyKey, RelId, RelType, Relationship, Value};

use super::label_sets::LabelSetId;
use super::property_graph::PropertyGraph;

/// Values by key, few enough to search in a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Properties(Box<[(PropertyKey, Value)]>);

impl Properties {
    /// The properties `given`; of two with one key, the later counts.
    pub(super) fn new(given: Vec<(PropertyKey, Value)>) -> Self {
        let mut properties = given;
        let mut kept = 0;
        while let Some((key, _)) = properties.get(kept) {
            let key = *key;
            let later = properties.iter().skip(kept + 1);
            if later.into_iter().any(|(other, _)| *other == key) {
                properties.remove(kept);
            } else {
                kept += 1;
            }
        }
        Self(properties.into_boxed_slice())
    }

    pub(super) fn value(&self, key: PropertyKey) -> Option<&Value> {
        self.0
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value)
    }

    pub(super) fn set(&mut self, key: PropertyKey, value: Value) -> Option<Value> {
        if let Some((_, old)) = self.0.iter_mut().find(|(known, _)| *known == key) {
            return Some(std::mem::replace(old, value));
        }
        let mut properties = std::mem::take(&mut self.0).into_vec();
        properties.reserve_exact(1);
        properties.push((key, value));
        self.0 = properties.into_boxed_slice();
        None
    }

    pub(super) fn remove(&mut self, key: PropertyKey) -> Option<Value> {
        let at = self.0.iter().position(|(known, _)| *known == key)?;
        let mut properties = std::mem::take(&mut self.0).into_vec();
        let (_, value) = properties.remove(at);
        self.0 = properties.into_boxed_slice();
        Some(value)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (PropertyKey, &Value)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }
}

/// The number of an id in four bytes, with room for a mark of absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PackedId(NonZeroU32);

impl PackedId {
    /// `None` for a number that the graph does not admit.
    fn new(number: i64) -> Option<Self> {
        let number = u32::try_from(number).ok()?;
        Some(Self(NonZeroU32::MIN.checked_add(number)?))
    }

    fn number(self) -> i64 {
        i64::from(self.0.get()) - 1
    }
}

/// What stands at a place of the graph library for a node.
#[derive(Debug, Clone)]
pub(super) struct NodeRecord {
    id: PackedId,
    pub(super) labels: LabelSetId,
    pub(super) properties: Properties,
}

impl NodeRecord {
    /// `None` if the id is out of range.
    pub(super) fn new(id: NodeId, labels: LabelSetId, properties: Properties) -> Option<Self> {
        Some(Self {
            id: PackedId::new(id.number())?,
            labels,
            properties,
        })
    }

    pub(super) fn id(&self) -> NodeId {
        NodeId::new(self.id.number())
    }
}

/// What stands at a place of the graph library for a relationship: eight bytes, for there are
/// many. Its ends are known to the library; its properties, if any, stand apart.
#[derive(Debug, Clone)]
pub(super) struct RelationshipRecord {
    id: PackedId,
    pub(super) rel_type: RelType,
}

impl RelationshipRecord {
    /// `None` if the id is out of range.
    pub(super) fn new(id: RelId, rel_type: RelType) -> Option<Self> {
        Some(Self {
            id: PackedId::new(id.number())?,
            rel_type,
        })
    }

    pub(super) fn id(&self) -> RelId {
        RelId::new(self.id.number())
    }
}

/// A node in its graph.
#[derive(Debug, Clone, Copy)]
pub struct NodeView<'g> {
    pub(super) graph: &'g PropertyGraph,
    pub(super) record: &'g NodeRecord,
}

impl<'g> NodeView<'g> {
    /// The lasting id.
    pub fn id(self) -> NodeId {
        self.record.id()
    }

    /// The labels, in no order that may be shown.
    pub fn labels(self) -> &'g [Label] {
        self.graph.labels_of(self.record)
    }

    /// Whether it has the label.
    pub fn has_label(self, label: Label) -> bool {
        self.labels().contains(&label)
    }

    /// The names of the labels, in the order of the alphabet.
    pub fn label_names(self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = self
            .labels()
            .iter()
            .map(|label| self.graph.label_name(*label))
            .collect();
        names.sort_unstable();
        names
    }

    /// The value of a property.
    pub fn property(self, key: PropertyKey) -> Option<&'g Value> {
        self.record.properties.value(key)
    }

    /// The value of a property by the name of its key.
    pub fn property_named(self, key: &str) -> Option<&'g Value> {
        self.property(self.graph.property_key(key)?)
    }

    /// The properties, in no order that may be shown.
    pub fn properties(self) -> impl Iterator<Item = (PropertyKey, &'g Value)> {
        self.record.properties.iter()
    }

    /// The properties by name, in the order of the alphabet.
    pub fn property_map(self) -> Map {
        self.graph.named_properties(&self.record.properties)
    }

    /// The node with its content, apart from the graph.
    pub fn to_node(self) -> Node {
        Node::new(self.record.id(), self.label_names(), self.property_map())
    }
}

/// A relationship in its graph.
#[derive(Debug, Clone, Copy)]
pub struct RelationshipView<'g> {
    pub(super) graph: &'g PropertyGraph,
    pub(super) edge: EdgeIndex,
    pub(super) record: &'g RelationshipRecord,
}

impl<'g> RelationshipView<'g> {
    /// The lasting id.
    pub fn id(self) -> RelId {
        self.record.id()
    }

    /// The type.
    pub fn rel_type(self) -> RelType {
        self.record.rel_type
    }

    /// The name of the type.
    pub fn type_name(self) -> Arc<str> {
        self.graph.type_name(self.record.rel_type)
    }

    /// Where it starts.
    pub fn start(self) -> NodeId {
        self.graph.ends_of(self.edge).0
    }

    /// Where it ends.
    pub fn end(self) -> NodeId {
        self.graph.ends_of(self.edge).1
    }

    /// The value of a property.
    pub fn property(self, key: PropertyKey) -> Option<&'g Value> {
        self.graph.properties_of(self.record.id())?.value(key)
    }

    /// The value of a property by the name of its key.
    pub fn property_named(self, key: &str) -> Option<&'g Value> {
        self.property(self.graph.property_key(key)?)
    }

    /// The properties, in no order that may be shown.
    pub fn properties(self) -> impl Iterator<Item = (PropertyKey, &'g Value)> {
        let properties = self.graph.properties_of(self.record.id());
        properties.into_iter().flat_map(Properties::iter)
    }

    /// The properties by name, in the order of the alphabet.
    pub fn property_map(self) -> Map {
        let properties = self.graph.properties_of(self.record.id());
        properties.map_or_else(Map::new, |properties| {
            self.graph.named_properties(properties)
        })
    }

    /// The relationship with its content, apart from the graph.
    pub fn to_relationship(self) -> Relationship {
        let (start, end) = self.graph.ends_of(self.edge);
        Relationship::new(
            self.record.id(),
            self.type_name(),
            start,
            end,
            self.property_map(),
        )
    }
}
