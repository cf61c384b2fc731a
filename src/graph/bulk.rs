//! Many new nodes and relationships at once: kept together or taken back together.
//!
//! Unlike a transaction it keeps no record of each change, since all it does is add: what it
//! added is what has an id from its first on.

use std::sync::Arc;

use crate::model::{Label, NodeId, PropertyKey, RelId, RelType, Value};

use super::error::GraphError;
use super::property_graph::PropertyGraph;
use super::relationship_properties::ReadProperties;

/// A load in progress; dropping it takes it back.
#[derive(Debug)]
#[must_use = "a load leaves nothing behind until it is committed"]
pub(crate) struct Bulk<'g> {
    graph: &'g mut PropertyGraph,
    first_node: NodeId,
    first_relationship: RelId,
    new_indexes: Vec<PropertyKey>,
    committed: bool,
}

impl<'g> Bulk<'g> {
    /// A load that has added nothing yet.
    pub(crate) fn new(graph: &'g mut PropertyGraph) -> Self {
        Self {
            first_node: graph.next_node_id(),
            first_relationship: graph.next_relationship_id(),
            graph,
            new_indexes: Vec::new(),
            committed: false,
        }
    }

    /// The graph with what was added so far.
    pub(crate) fn graph(&self) -> &PropertyGraph {
        self.graph
    }

    /// The ids from which on everything is new.
    pub(crate) fn first_ids(&self) -> (NodeId, RelId) {
        (self.first_node, self.first_relationship)
    }

    /// Makes room for so many more.
    pub(crate) fn reserve(&mut self, nodes: usize, relationships: usize) {
        self.graph.reserve(nodes, relationships);
    }

    /// The label called `name`, made known to the graph.
    pub(crate) fn label(&mut self, name: &str) -> Label {
        self.graph.intern_label(name)
    }

    /// The relationship type called `name`, made known to the graph.
    pub(crate) fn rel_type(&mut self, name: &str) -> RelType {
        self.graph.intern_rel_type(name)
    }

    /// The property key called `name`, made known to the graph.
    pub(crate) fn property_key(&mut self, name: &str) -> PropertyKey {
        self.graph.intern_property_key(name)
    }

    /// A new node.
    ///
    /// # Errors
    /// [`GraphError::NotStorable`], [`GraphError::IdOutOfRange`].
    pub(crate) fn create_node(
        &mut self,
        labels: &[Label],
        properties: Vec<(PropertyKey, Value)>,
    ) -> Result<NodeId, GraphError> {
        let id = self.graph.next_node_id();
        self.graph.insert_node(id, labels, properties)?;
        Ok(id)
    }

    /// A node with the id that it had.
    ///
    /// # Errors
    /// [`GraphError::NodeIdTaken`] and as [`Bulk::create_node`].
    pub(crate) fn put_node(
        &mut self,
        id: NodeId,
        labels: &[Label],
        properties: Vec<(PropertyKey, Value)>,
    ) -> Result<(), GraphError> {
        self.graph.insert_node(id, labels, properties)
    }

    /// A relationship with the id that it had, its properties left to
    /// [`Bulk::read_properties_with`].
    ///
    /// # Errors
    /// [`GraphError::RelationshipIdTaken`] and as [`Bulk::create_relationship`].
    pub(crate) fn put_relationship(
        &mut self,
        id: RelId,
        rel_type: RelType,
        (start, end): (NodeId, NodeId),
    ) -> Result<(), GraphError> {
        self.graph
            .insert_relationship(id, rel_type, (start, end), Vec::new())
    }

    /// From now on the properties of relationships below `bound` that are not known are read
    /// with `reader`, which knows no keys but these.
    pub(crate) fn read_properties_with(
        &mut self,
        reader: Arc<ReadProperties>,
        bound: RelId,
        keys: Vec<PropertyKey>,
    ) {
        self.graph.read_properties_with(reader, bound, keys);
    }

    /// A new relationship without properties.
    ///
    /// # Errors
    /// [`GraphError::NodeNotFound`], [`GraphError::IdOutOfRange`].
    pub(crate) fn create_relationship(
        &mut self,
        rel_type: RelType,
        start: NodeId,
        end: NodeId,
    ) -> Result<RelId, GraphError> {
        let id = self.graph.next_relationship_id();
        self.graph
            .insert_relationship(id, rel_type, (start, end), Vec::new())?;
        Ok(id)
    }

    /// Indexes the property `key` of nodes, those loaded so far included, and at once.
    pub(crate) fn ensure_index(&mut self, key: &str) {
        let key = self.graph.intern_property_key(key);
        if !self.graph.is_indexed(key) {
            self.new_indexes.push(key);
        }
        let name = self.graph.key_name(key);
        self.graph.ensure_index(&name);
        self.graph.index(key);
    }

    /// Keeps all that was added.
    pub(crate) fn commit(mut self) {
        self.committed = true;
    }
}

impl Drop for Bulk<'_> {
    fn drop(&mut self) {
        if self.committed {
            return;
        }
        let (first_node, first_relationship) = (self.first_node, self.first_relationship);
        // The newest first: the graph library finds it at the head of its lists.
        let relationships = self.graph.relationship_ids_from(first_relationship);
        for id in relationships.collect::<Vec<_>>().into_iter().rev() {
            if let Err(error) = self.graph.delete_relationship(id) {
                tracing::error!(%error, "a relationship could not be taken back");
            }
        }
        let nodes = self.graph.node_ids_from(first_node);
        for id in nodes.collect::<Vec<_>>().into_iter().rev() {
            if let Err(error) = self.graph.delete_node(id) {
                tracing::error!(%error, "a node could not be taken back");
            }
        }
        for key in std::mem::take(&mut self.new_indexes) {
            self.graph.drop_index(key);
        }
        self.graph.restore_next_ids(first_node, first_relationship);
    }
}
