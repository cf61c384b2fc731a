//! Changes that are seen at once and undone unless they are committed.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Label, Map, NodeId, PropertyKey, RelId, RelType, Value};

use super::change::{Change, ChangeSet};
use super::error::GraphError;
use super::property_graph::PropertyGraph;
use super::traverse::Direction;

/// Pending changes to a graph. They are visible through [`Transaction::graph`]; dropping the
/// transaction takes them back.
#[derive(Debug)]
#[must_use = "a transaction changes nothing until it is committed"]
pub struct Transaction<'g> {
    graph: &'g mut PropertyGraph,
    changes: ChangeSet,
    /// What takes each change back, oldest first.
    inverses: Vec<Change>,
    /// Types of the relationships that this transaction removed: a query may still ask for them.
    removed_types: HashMap<RelId, Arc<str>>,
    first_node: NodeId,
    first_relationship: RelId,
    committed: bool,
}

impl<'g> Transaction<'g> {
    /// A transaction without changes.
    pub fn new(graph: &'g mut PropertyGraph) -> Self {
        let first_node = graph.next_node_id();
        let first_relationship = graph.next_relationship_id();
        Self {
            graph,
            changes: ChangeSet::new(),
            inverses: Vec::new(),
            removed_types: HashMap::new(),
            first_node,
            first_relationship,
            committed: false,
        }
    }

    /// The graph with the changes so far.
    pub fn graph(&self) -> &PropertyGraph {
        self.graph
    }

    /// The changes so far; what a store writes before it lets the transaction commit.
    pub fn changes(&self) -> &ChangeSet {
        &self.changes
    }

    /// Keeps the changes and yields them.
    pub fn commit(mut self) -> ChangeSet {
        self.committed = true;
        self.inverses.clear();
        std::mem::take(&mut self.changes)
    }

    /// The label called `name`, made known to the graph.
    pub fn label(&mut self, name: &str) -> Label {
        self.graph.intern_label(name)
    }

    /// The relationship type called `name`, made known to the graph.
    pub fn rel_type(&mut self, name: &str) -> RelType {
        self.graph.intern_rel_type(name)
    }

    /// The property key called `name`, made known to the graph.
    pub fn property_key(&mut self, name: &str) -> PropertyKey {
        self.graph.intern_property_key(name)
    }

    /// The type of a relationship that this transaction removed.
    pub fn removed_type(&self, relationship: RelId) -> Option<&Arc<str>> {
        self.removed_types.get(&relationship)
    }

    /// A new node; properties that are null are left out.
    ///
    /// # Errors
    /// [`GraphError::NotStorable`].
    pub fn create_node(
        &mut self,
        labels: &[Label],
        properties: &[(PropertyKey, Value)],
    ) -> Result<NodeId, GraphError> {
        let id = self.graph.next_node_id();
        self.graph.insert_node(id, labels, properties.to_vec())?;
        let content = self.graph.node(id).map(|node| Change::CreateNode {
            id,
            labels: node.label_names(),
            properties: node.property_map(),
        });
        self.record(content, Change::RemoveNode { id });
        Ok(id)
    }

    /// A new relationship; properties that are null are left out.
    ///
    /// # Errors
    /// [`GraphError::NodeNotFound`], [`GraphError::NotStorable`].
    pub fn create_relationship(
        &mut self,
        rel_type: RelType,
        start: NodeId,
        end: NodeId,
        properties: &[(PropertyKey, Value)],
    ) -> Result<RelId, GraphError> {
        let id = self.graph.next_relationship_id();
        self.graph
            .insert_relationship(id, rel_type, (start, end), properties.to_vec())?;
        let content = self.relationship_content(id);
        self.record(content, Change::RemoveRelationship { id });
        Ok(id)
    }

    /// Removes a node that has no relationships.
    ///
    /// # Errors
    /// [`GraphError::NodeNotFound`], [`GraphError::NodeStillConnected`].
    pub fn remove_node(&mut self, id: NodeId) -> Result<(), GraphError> {
        let node = self.graph.node(id).ok_or(GraphError::NodeNotFound(id))?;
        let content = Change::CreateNode {
            id,
            labels: node.label_names(),
            properties: node.property_map(),
        };
        self.graph.delete_node(id)?;
        self.record(Some(Change::RemoveNode { id }), content);
        Ok(())
    }

    /// Removes a node and all its relationships.
    ///
    /// # Errors
    /// [`GraphError::NodeNotFound`].
    pub fn detach_node(&mut self, id: NodeId) -> Result<(), GraphError> {
        // The newest first: the graph library finds it at the head of the node's list.
        let neighbours = self.graph.neighbours(id, Direction::Both, &[]);
        for neighbour in neighbours.into_iter().rev() {
            self.remove_relationship(neighbour.relationship)?;
        }
        self.remove_node(id)
    }

    /// Removes a relationship.
    ///
    /// # Errors
    /// [`GraphError::RelationshipNotFound`].
    pub fn remove_relationship(&mut self, id: RelId) -> Result<(), GraphError> {
        let content = self
            .relationship_content(id)
            .ok_or(GraphError::RelationshipNotFound(id))?;
        self.graph.delete_relationship(id)?;
        if let Change::CreateRelationship { rel_type, .. } = &content {
            self.removed_types.insert(id, Arc::clone(rel_type));
        }
        self.record(Some(Change::RemoveRelationship { id }), content);
        Ok(())
    }

    /// Gives a node a label; yields whether it is new to it.
    ///
    /// # Errors
    /// [`GraphError::NodeNotFound`].
    pub fn add_label(&mut self, node: NodeId, label: Label) -> Result<bool, GraphError> {
        let changed = self.graph.set_label(node, label, true)?;
        if changed {
            let label = self.graph.label_name(label);
            let inverse = Change::RemoveLabel {
                node,
                label: Arc::clone(&label),
            };
            self.record(Some(Change::AddLabel { node, label }), inverse);
        }
        Ok(changed)
    }

    /// Takes a label from a node; yields whether it had it.
    ///
    /// # Errors
    /// [`GraphError::NodeNotFound`].
    pub fn remove_label(&mut self, node: NodeId, label: Label) -> Result<bool, GraphError> {
        let changed = self.graph.set_label(node, label, false)?;
        if changed {
            let label = self.graph.label_name(label);
            let inverse = Change::AddLabel {
                node,
                label: Arc::clone(&label),
            };
            self.record(Some(Change::RemoveLabel { node, label }), inverse);
        }
        Ok(changed)
    }

    /// Sets a node's property; null removes it.
    ///
    /// # Errors
    /// [`GraphError::NodeNotFound`], [`GraphError::NotStorable`].
    pub fn set_node_property(
        &mut self,
        node: NodeId,
        key: PropertyKey,
        value: Value,
    ) -> Result<(), GraphError> {
        let old = self.graph.put_node_property(node, key, &value)?;
        if old.is_none() && value.is_null() {
            return Ok(());
        }
        let key = self.graph.key_name(key);
        let inverse = Change::SetNodeProperty {
            node,
            key: Arc::clone(&key),
            value: old.unwrap_or_default(),
        };
        self.record(Some(Change::SetNodeProperty { node, key, value }), inverse);
        Ok(())
    }

    /// Sets a relationship's property; null removes it.
    ///
    /// # Errors
    /// [`GraphError::RelationshipNotFound`], [`GraphError::NotStorable`].
    pub fn set_relationship_property(
        &mut self,
        relationship: RelId,
        key: PropertyKey,
        value: Value,
    ) -> Result<(), GraphError> {
        let old = self
            .graph
            .put_relationship_property(relationship, key, &value)?;
        if old.is_none() && value.is_null() {
            return Ok(());
        }
        let key = self.graph.key_name(key);
        let inverse = Change::SetRelationshipProperty {
            relationship,
            key: Arc::clone(&key),
            value: old.unwrap_or_default(),
        };
        let change = Change::SetRelationshipProperty {
            relationship,
            key,
            value,
        };
        self.record(Some(change), inverse);
        Ok(())
    }

    /// Makes a change that was recorded before, ids included.
    ///
    /// # Errors
    /// The [`GraphError`] that fits; nothing of the change is made then.
    pub fn apply(&mut self, change: &Change) -> Result<(), GraphError> {
        match change {
            Change::CreateNode {
                id,
                labels,
                properties,
            } => {
                insert_node(self.graph, *id, labels, properties)?;
                self.record(Some(change.clone()), Change::RemoveNode { id: *id });
                Ok(())
            }
            Change::RemoveNode { id } => self.remove_node(*id),
            Change::CreateRelationship {
                id,
                rel_type,
                start,
                end,
                properties,
            } => {
                insert_relationship(self.graph, *id, rel_type, (*start, *end), properties)?;
                self.record(Some(change.clone()), Change::RemoveRelationship { id: *id });
                Ok(())
            }
            Change::RemoveRelationship { id } => self.remove_relationship(*id),
            Change::AddLabel { node, label } => {
                let label = self.label(label);
                self.add_label(*node, label).map(|_| ())
            }
            Change::RemoveLabel { node, label } => {
                let label = self.label(label);
                self.remove_label(*node, label).map(|_| ())
            }
            Change::SetNodeProperty { node, key, value } => {
                let key = self.property_key(key);
                self.set_node_property(*node, key, value.clone())
            }
            Change::SetRelationshipProperty {
                relationship,
                key,
                value,
            } => {
                let key = self.property_key(key);
                self.set_relationship_property(*relationship, key, value.clone())
            }
        }
    }

    fn record(&mut self, change: Option<Change>, inverse: Change) {
        if let Some(change) = change {
            self.changes.push(change);
        }
        self.inverses.push(inverse);
    }

    fn relationship_content(&self, id: RelId) -> Option<Change> {
        let relationship = self.graph.relationship(id)?;
        Some(Change::CreateRelationship {
            id,
            rel_type: relationship.type_name(),
            start: relationship.start(),
            end: relationship.end(),
            properties: relationship.property_map(),
        })
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if self.committed {
            return;
        }
        for inverse in std::mem::take(&mut self.inverses).into_iter().rev() {
            // The inverse of a change that was made cannot be refused: it names what is there.
            if let Err(error) = restore(self.graph, inverse) {
                tracing::error!(%error, "a change could not be taken back");
            }
        }
        self.graph
            .restore_next_ids(self.first_node, self.first_relationship);
    }
}

fn insert_node(
    graph: &mut PropertyGraph,
    id: NodeId,
    labels: &[Arc<str>],
    properties: &Map,
) -> Result<(), GraphError> {
    let labels: Vec<Label> = labels.iter().map(|name| graph.intern_label(name)).collect();
    let properties = keyed(graph, properties);
    graph.insert_node(id, &labels, properties)
}

fn insert_relationship(
    graph: &mut PropertyGraph,
    id: RelId,
    rel_type: &str,
    ends: (NodeId, NodeId),
    properties: &Map,
) -> Result<(), GraphError> {
    let rel_type = graph.intern_rel_type(rel_type);
    let properties = keyed(graph, properties);
    graph.insert_relationship(id, rel_type, ends, properties)
}

fn keyed(graph: &mut PropertyGraph, properties: &Map) -> Vec<(PropertyKey, Value)> {
    properties
        .iter()
        .map(|(key, value)| (graph.intern_property_key(key), value.clone()))
        .collect()
}

/// Makes `change` without a record of it, to take a change back.
///
/// # Errors
/// The [`GraphError`] that fits; nothing of the change is made then.
fn restore(graph: &mut PropertyGraph, change: Change) -> Result<(), GraphError> {
    match change {
        Change::CreateNode {
            id,
            labels,
            properties,
        } => insert_node(graph, id, &labels, &properties),
        Change::RemoveNode { id } => graph.delete_node(id),
        Change::CreateRelationship {
            id,
            rel_type,
            start,
            end,
            properties,
        } => insert_relationship(graph, id, &rel_type, (start, end), &properties),
        Change::RemoveRelationship { id } => graph.delete_relationship(id),
        Change::AddLabel { node, label } => {
            let label = graph.intern_label(&label);
            graph.set_label(node, label, true).map(|_| ())
        }
        Change::RemoveLabel { node, label } => {
            let label = graph.intern_label(&label);
            graph.set_label(node, label, false).map(|_| ())
        }
        Change::SetNodeProperty { node, key, value } => {
            let key = graph.intern_property_key(&key);
            graph.put_node_property(node, key, &value).map(|_| ())
        }
        Change::SetRelationshipProperty {
            relationship,
            key,
            value,
        } => {
            let key = graph.intern_property_key(&key);
            graph
                .put_relationship_property(relationship, key, &value)
                .map(|_| ())
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::{ChangeSet, Direction, GraphError, PropertyGraph, Transaction};
    use crate::model::{NodeId, Value};

    fn two_friends(graph: &mut PropertyGraph) -> ChangeSet {
        let mut transaction = Transaction::new(graph);
        let person = transaction.label("Person");
        let name = transaction.property_key("name");
        let knows = transaction.rel_type("KNOWS");
        let ada = transaction
            .create_node(&[person], &[(name, "Ada".into())])
            .unwrap();
        let bob = transaction
            .create_node(&[person], &[(name, "Bob".into())])
            .unwrap();
        transaction
            .create_relationship(knows, ada, bob, &[])
            .unwrap();
        transaction.commit()
    }

    fn picture(graph: &PropertyGraph) -> Vec<String> {
        let nodes = graph.nodes().map(|node| {
            let near = graph.neighbours(node.id(), Direction::Both, &[]);
            format!("{} {near:?}", Value::Node(node.to_node()))
        });
        let rels = graph
            .relationships()
            .map(|r| Value::Relationship(r.to_relationship()).to_string());
        nodes.chain(rels).collect()
    }

    #[test]
    fn a_dropped_transaction_leaves_no_trace() {
        let mut graph = PropertyGraph::new();
        two_friends(&mut graph);
        let before = (picture(&graph), graph.next_node_id());
        let mut transaction = Transaction::new(&mut graph);
        let label = transaction.label("Ghost");
        let key = transaction.property_key("name");
        let ada = NodeId::new(1);
        transaction.add_label(ada, label).unwrap();
        transaction
            .set_node_property(ada, key, Value::Null)
            .unwrap();
        transaction.create_node(&[label], &[]).unwrap();
        transaction.detach_node(ada).unwrap();
        assert_eq!(transaction.graph().relationship_count(), 0);
        drop(transaction);
        assert_eq!((picture(&graph), graph.next_node_id()), before);
        let key = graph.property_key("name").unwrap();
        let found: Vec<NodeId> = graph
            .nodes_with_value(key, &"Ada".into())
            .unwrap()
            .collect();
        assert_eq!(found, [ada]);
        assert_eq!(graph.labels_in_use().len(), 1);
    }

    #[test]
    fn a_change_set_makes_the_same_graph_elsewhere() {
        let mut graph = PropertyGraph::new();
        let changes = two_friends(&mut graph);
        let mut other = PropertyGraph::new();
        changes.apply(&mut other).unwrap();
        assert_eq!(picture(&graph), picture(&other));
        assert_eq!(
            changes.apply(&mut other),
            Err(GraphError::NodeIdTaken(NodeId::new(1)))
        );
        assert_eq!(picture(&graph), picture(&other));
    }

    #[test]
    fn a_connected_node_stays() {
        let mut graph = PropertyGraph::new();
        two_friends(&mut graph);
        let mut transaction = Transaction::new(&mut graph);
        let ada = NodeId::new(1);
        assert_eq!(
            transaction.remove_node(ada),
            Err(GraphError::NodeStillConnected(ada))
        );
    }

    #[test]
    fn ids_are_not_given_again() {
        let mut graph = PropertyGraph::new();
        two_friends(&mut graph);
        let mut transaction = Transaction::new(&mut graph);
        transaction.detach_node(NodeId::new(2)).unwrap();
        assert_eq!(transaction.create_node(&[], &[]).unwrap(), NodeId::new(3));
        transaction.commit();
        assert_eq!(graph.node_count(), 2);
    }
}
