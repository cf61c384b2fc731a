//! What the graph keeps of a node and of a relationship, and how readers see it.

use std::sync::Arc;

use crate::model::{Label, Map, Node, NodeId, PropertyKey, RelId, RelType, Relationship, Value};

use super::property_graph::PropertyGraph;

/// Values by key, few enough to search in a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Properties(Vec<(PropertyKey, Value)>);

impl Properties {
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
        self.0.push((key, value));
        None
    }

    pub(super) fn remove(&mut self, key: PropertyKey) -> Option<Value> {
        let at = self.0.iter().position(|(known, _)| *known == key)?;
        Some(self.0.remove(at).1)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (PropertyKey, &Value)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }
}

#[derive(Debug, Clone)]
pub(super) struct NodeRecord {
    pub(super) id: NodeId,
    pub(super) labels: Vec<Label>,
    pub(super) properties: Properties,
}

#[derive(Debug, Clone)]
pub(super) struct RelationshipRecord {
    pub(super) id: RelId,
    pub(super) rel_type: RelType,
    pub(super) start: NodeId,
    pub(super) end: NodeId,
    pub(super) properties: Properties,
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
        self.record.id
    }

    /// The labels, in no order that may be shown.
    pub fn labels(self) -> &'g [Label] {
        &self.record.labels
    }

    /// Whether it has the label.
    pub fn has_label(self, label: Label) -> bool {
        self.record.labels.contains(&label)
    }

    /// The names of the labels, in the order of the alphabet.
    pub fn label_names(self) -> Vec<Arc<str>> {
        let mut names: Vec<Arc<str>> = self
            .record
            .labels
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
        Node::new(self.record.id, self.label_names(), self.property_map())
    }
}

/// A relationship in its graph.
#[derive(Debug, Clone, Copy)]
pub struct RelationshipView<'g> {
    pub(super) graph: &'g PropertyGraph,
    pub(super) record: &'g RelationshipRecord,
}

impl<'g> RelationshipView<'g> {
    /// The lasting id.
    pub fn id(self) -> RelId {
        self.record.id
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
        self.record.start
    }

    /// Where it ends.
    pub fn end(self) -> NodeId {
        self.record.end
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

    /// The relationship with its content, apart from the graph.
    pub fn to_relationship(self) -> Relationship {
        Relationship::new(
            self.record.id,
            self.type_name(),
            self.record.start,
            self.record.end,
            self.property_map(),
        )
    }
}
