//! What changes the graph: each change is checked and keeps every table and index in step.
//!
//! Only a transaction, a bulk load and the reading of a file call these.

use std::sync::{Arc, OnceLock};

use crate::model::{Label, NodeId, PropertyKey, RelId, RelType, Value};

use super::super::error::GraphError;
use super::super::id_table::IdTable;
use super::super::index::PropertyIndex;
use super::super::record::{NodeRecord, Properties, RelationshipRecord};
use super::super::relationship_properties::ReadProperties;
use super::PropertyGraph;

impl PropertyGraph {
    /// From now on the properties of relationships below `bound` that are not known are read
    /// with `reader`, which knows no keys but these.
    pub(in crate::graph) fn read_properties_with(
        &mut self,
        reader: Arc<ReadProperties>,
        bound: RelId,
        keys: Vec<PropertyKey>,
    ) {
        self.relationship_properties
            .read_with(reader, bound.number(), keys);
    }

    /// Makes room for so many more nodes and relationships, and no more than that.
    pub(in crate::graph) fn reserve(&mut self, nodes: usize, relationships: usize) {
        self.graph.reserve_exact_nodes(nodes);
        self.graph.reserve_exact_edges(relationships);
    }

    pub(in crate::graph) fn insert_node(
        &mut self,
        id: NodeId,
        labels: &[Label],
        properties: Vec<(PropertyKey, Value)>,
    ) -> Result<(), GraphError> {
        self.changed();
        if !IdTable::is_in_range(id.number()) {
            return Err(GraphError::IdOutOfRange(id.number()));
        }
        if self.node_index(id).is_some() {
            return Err(GraphError::NodeIdTaken(id));
        }
        let properties = self.checked(properties)?;
        let set = self.label_sets.intern(labels);
        for label in self.label_sets.labels(set) {
            if let Some(nodes) = self.by_label.get_mut(label.symbol().index()) {
                nodes.insert(id.number());
            }
        }
        for (key, value) in properties.iter() {
            if let Some(index) = self.made_index(key) {
                index.insert(id, value);
            }
        }
        let record =
            NodeRecord::new(id, set, properties).ok_or(GraphError::IdOutOfRange(id.number()))?;
        let index = self.graph.add_node(record);
        self.nodes.insert(id.number(), place(index.index()));
        self.next_node = self.next_node.max(id.number() + 1);
        Ok(())
    }

    /// The index of `key`, if it was made already: one that is made later sees what is there.
    fn made_index(&mut self, key: PropertyKey) -> Option<&mut PropertyIndex> {
        self.by_property.get_mut(&key)?.get_mut()
    }

    /// Drops the index of `key`.
    pub(in crate::graph) fn drop_index(&mut self, key: PropertyKey) {
        self.by_property.remove(&key);
    }

    pub(in crate::graph) fn delete_node(&mut self, id: NodeId) -> Result<(), GraphError> {
        self.changed();
        let index = self.node_index(id).ok_or(GraphError::NodeNotFound(id))?;
        if self.graph.neighbors_undirected(index).next().is_some() {
            return Err(GraphError::NodeStillConnected(id));
        }
        let Some(record) = self.graph.remove_node(index) else {
            return Err(GraphError::NodeNotFound(id));
        };
        self.nodes.remove(id.number());
        for label in self.label_sets.labels(record.labels) {
            if let Some(nodes) = self.by_label.get_mut(label.symbol().index()) {
                nodes.remove(id.number());
            }
        }
        for (key, value) in record.properties.iter() {
            if let Some(index) = self.made_index(key) {
                index.remove(id, value);
            }
        }
        Ok(())
    }

    pub(in crate::graph) fn insert_relationship(
        &mut self,
        id: RelId,
        rel_type: RelType,
        (start, end): (NodeId, NodeId),
        properties: Vec<(PropertyKey, Value)>,
    ) -> Result<(), GraphError> {
        self.changed();
        let record =
            RelationshipRecord::new(id, rel_type).ok_or(GraphError::IdOutOfRange(id.number()))?;
        if self.edge_index(id).is_some() {
            return Err(GraphError::RelationshipIdTaken(id));
        }
        let from = self
            .node_index(start)
            .ok_or(GraphError::NodeNotFound(start))?;
        let to = self.node_index(end).ok_or(GraphError::NodeNotFound(end))?;
        let properties = self.checked(properties)?;
        let edge = self.graph.add_edge(from, to, record);
        if !properties.is_empty() {
            let key_of = |name: &str| self.keys.symbol(name).map(PropertyKey::from_symbol);
            self.relationship_properties
                .set(id.number(), properties, &key_of);
        }
        self.relationships.insert(id.number(), place(edge.index()));
        if let Some(relationships) = self.by_type.get_mut(rel_type.symbol().index()) {
            relationships.insert(id.number());
        }
        self.next_relationship = self.next_relationship.max(id.number() + 1);
        Ok(())
    }

    pub(in crate::graph) fn delete_relationship(&mut self, id: RelId) -> Result<(), GraphError> {
        self.changed();
        let edge = self
            .edge_index(id)
            .ok_or(GraphError::RelationshipNotFound(id))?;
        let record = self
            .graph
            .remove_edge(edge)
            .ok_or(GraphError::RelationshipNotFound(id))?;
        let key_of = |name: &str| self.keys.symbol(name).map(PropertyKey::from_symbol);
        self.relationship_properties
            .set(id.number(), Properties::default(), &key_of);
        self.relationships.remove(id.number());
        if let Some(relationships) = self.by_type.get_mut(record.rel_type.symbol().index()) {
            relationships.remove(id.number());
        }
        Ok(())
    }

    /// Adds or removes a label; yields whether that changed anything.
    pub(in crate::graph) fn set_label(
        &mut self,
        id: NodeId,
        label: Label,
        present: bool,
    ) -> Result<bool, GraphError> {
        self.changed();
        let record = self
            .node_index(id)
            .and_then(|index| self.graph.node_weight_mut(index))
            .ok_or(GraphError::NodeNotFound(id))?;
        let Some(nodes) = self.by_label.get_mut(label.symbol().index()) else {
            return Ok(false);
        };
        let mut labels = self.label_sets.labels(record.labels).to_vec();
        match (labels.binary_search(&label), present) {
            (Err(at), true) => {
                labels.insert(at, label);
                nodes.insert(id.number());
            }
            (Ok(at), false) => {
                labels.remove(at);
                nodes.remove(id.number());
            }
            (Ok(_), true) | (Err(_), false) => return Ok(false),
        }
        record.labels = self.label_sets.intern(&labels);
        Ok(true)
    }

    /// Sets a node's property, or removes it with null; yields what it was.
    pub(in crate::graph) fn put_node_property(
        &mut self,
        id: NodeId,
        key: PropertyKey,
        value: &Value,
    ) -> Result<Option<Value>, GraphError> {
        self.changed();
        self.check_value(key, value)?;
        let record = self
            .node_index(id)
            .and_then(|index| self.graph.node_weight_mut(index))
            .ok_or(GraphError::NodeNotFound(id))?;
        let index = self.by_property.get_mut(&key).and_then(OnceLock::get_mut);
        let old = if value.is_null() {
            let old = record.properties.remove(key);
            if let (Some(index), Some(old)) = (index, &old) {
                index.remove(id, old);
            }
            old
        } else {
            let old = record.properties.set(key, value.clone());
            if let Some(index) = index {
                if let Some(old) = &old {
                    index.remove(id, old);
                }
                index.insert(id, value);
            }
            old
        };
        Ok(old)
    }

    /// Sets a relationship's property, or removes it with null; yields what it was.
    pub(in crate::graph) fn put_relationship_property(
        &mut self,
        id: RelId,
        key: PropertyKey,
        value: &Value,
    ) -> Result<Option<Value>, GraphError> {
        self.changed();
        self.check_value(key, value)?;
        if self.edge_index(id).is_none() {
            return Err(GraphError::RelationshipNotFound(id));
        }
        if value.is_null() && self.properties_of(id).is_none() {
            return Ok(None);
        }
        let key_of = |name: &str| self.keys.symbol(name).map(PropertyKey::from_symbol);
        let properties = self.relationship_properties.get_mut(id.number(), &key_of);
        Ok(properties.and_then(|own| {
            if value.is_null() {
                own.remove(key)
            } else {
                own.set(key, value.clone())
            }
        }))
    }

    fn check_value(&self, key: PropertyKey, value: &Value) -> Result<(), GraphError> {
        if value.is_null() || value.is_storable() {
            return Ok(());
        }
        Err(GraphError::NotStorable {
            key: self.key_name(key),
            kind: value.kind_name(),
        })
    }

    fn checked(&self, given: Vec<(PropertyKey, Value)>) -> Result<Properties, GraphError> {
        let mut given = given;
        for (key, value) in &given {
            self.check_value(*key, value)?;
        }
        given.retain(|(_, value)| !value.is_null());
        Ok(Properties::new(given))
    }
}

/// A place of the graph library in the form that the tables keep.
fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
