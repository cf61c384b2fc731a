//! Nodes and relationships taken out of a graph, to be written.

use std::collections::BTreeMap;

use crate::graph::{NodeView, PropertyGraph, RelationshipView};
use crate::model::{Node, NodeId, RelId, Relationship, Value, label, property, rel_type};

/// Nodes and relationships with their content, each once, in the order of their ids; both ends of
/// each relationship are among the nodes.
#[derive(Debug, Clone, Default)]
pub struct Subgraph {
    nodes: Vec<Node>,
    relationships: Vec<Relationship>,
}

/// The node; of a document without the moment at which it was added.
fn without_moment(node: NodeView<'_>) -> Node {
    let whole = node.to_node();
    let is_document = whole.labels().iter().any(|name| &**name == label::DOCUMENT);
    if !is_document || !whole.properties().contains_key(property::ADDED) {
        return whole;
    }
    let mut properties = whole.properties().clone();
    properties.remove(property::ADDED);
    Node::new(whole.id(), whole.labels().to_vec(), properties)
}

impl Subgraph {
    /// The whole of `graph`, but for the moment at which each document was added: two graphs of
    /// the same documents are the same bytes.
    pub fn whole(graph: &PropertyGraph) -> Self {
        Self {
            nodes: graph.nodes().map(without_moment).collect(),
            relationships: graph
                .relationships()
                .map(RelationshipView::to_relationship)
                .collect(),
        }
    }

    /// What `graph` says of entities: all but the documents and their `MENTIONED_IN`, which would
    /// tie everything to everything in a picture.
    pub fn statements(graph: &PropertyGraph) -> Self {
        let is_document = |node: &Node| node.labels().iter().any(|name| &**name == label::DOCUMENT);
        let mut whole = Self::whole(graph);
        whole.nodes.retain(|node| !is_document(node));
        whole
            .relationships
            .retain(|relationship| relationship.rel_type() != rel_type::MENTIONED_IN);
        whole.with_ends(graph)
    }

    /// The nodes, relationships and paths among `values`, however deep in lists and maps.
    pub fn of_values<'v>(
        graph: &PropertyGraph,
        values: impl IntoIterator<Item = &'v Value>,
    ) -> Self {
        let mut nodes: BTreeMap<NodeId, Node> = BTreeMap::new();
        let mut relationships: BTreeMap<RelId, Relationship> = BTreeMap::new();
        let mut open: Vec<&Value> = values.into_iter().collect();
        while let Some(value) = open.pop() {
            match value {
                Value::Node(node) => {
                    nodes.insert(node.id(), node.clone());
                }
                Value::Relationship(relationship) => {
                    relationships.insert(relationship.id(), relationship.clone());
                }
                Value::Path(path) => {
                    nodes.extend(path.nodes().map(|node| (node.id(), node.clone())));
                    relationships.extend(path.relationships().map(|rel| (rel.id(), rel.clone())));
                }
                Value::List(items) => open.extend(items.iter()),
                Value::Map(map) => open.extend(map.values()),
                Value::Null
                | Value::Boolean(_)
                | Value::Integer(_)
                | Value::Float(_)
                | Value::String(_)
                | Value::Date(_)
                | Value::LocalTime(_)
                | Value::Time(_)
                | Value::LocalDateTime(_)
                | Value::DateTime(_)
                | Value::Duration(_) => {}
            }
        }
        Self {
            nodes: nodes.into_values().collect(),
            relationships: relationships.into_values().collect(),
        }
        .with_ends(graph)
    }

    /// The same with the ends that were missing.
    fn with_ends(self, graph: &PropertyGraph) -> Self {
        let mut nodes: BTreeMap<NodeId, Node> = self
            .nodes
            .into_iter()
            .map(|node| (node.id(), node))
            .collect();
        for (start, end) in self.relationships.iter().filter_map(Relationship::ends) {
            for id in [start, end] {
                if let Some(view) = graph.node(id) {
                    nodes.entry(id).or_insert_with(|| view.to_node());
                }
            }
        }
        Self {
            nodes: nodes.into_values().collect(),
            relationships: self.relationships,
        }
    }

    /// The nodes.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The relationships.
    pub fn relationships(&self) -> &[Relationship] {
        &self.relationships
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.relationships.is_empty()
    }
}

/// Two nodes with hard names and three statements, for the tests of the formats.
#[cfg(test)]
pub(super) fn sample() -> Subgraph {
    use crate::model::{Map, property};

    let text = |text: &str| Value::String(text.into());
    let map = |entries: &[(&str, Value)]| -> Map {
        entries
            .iter()
            .map(|(key, value)| ((*key).into(), value.clone()))
            .collect()
    };
    let node = |id: i64, kind: &str, name: &str| {
        Node::new(
            NodeId::new(id),
            vec![label::ENTITY.into(), kind.into()],
            map(&[(property::NAME, text(name))]),
        )
    };
    let statement = |id: i64, polarity: &str, evidence: &str| {
        Relationship::new(
            RelId::new(id),
            "BACK".into(),
            NodeId::new(1),
            NodeId::new(2),
            map(&[
                (property::POLARITY, text(polarity)),
                (property::MODALITY, text("asserted")),
                (property::EVIDENCE, text(evidence)),
                (property::CONFIDENCE, Value::Float(0.5)),
            ]),
        )
    };
    Subgraph {
        nodes: vec![
            node(1, "Organization", "A \"quoted\" <name> & more"),
            node(2, "Place", "back\\slash\u{1}\nin two lines"),
        ],
        relationships: vec![
            statement(1, "affirmed", "He said: \"Yes.\""),
            statement(2, "affirmed", "It does."),
            statement(3, "denied", "It does not."),
        ],
    }
}
