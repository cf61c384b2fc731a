//! Counts of the graph, for the planner.

use crate::model::{Label, PropertyKey, RelType};

use super::property_graph::PropertyGraph;
use super::view::Side;

/// Counts of a graph, each in steady time.
#[derive(Debug, Clone, Copy)]
pub struct Statistics<'g> {
    graph: &'g PropertyGraph,
}

impl<'g> Statistics<'g> {
    pub(super) fn new(graph: &'g PropertyGraph) -> Self {
        Self { graph }
    }

    /// How many nodes.
    pub fn nodes(self) -> usize {
        self.graph.node_count()
    }

    /// How many relationships.
    pub fn relationships(self) -> usize {
        self.graph.relationship_count()
    }

    /// How many nodes have the label.
    pub fn nodes_with_label(self, label: Label) -> usize {
        self.graph.label_size(label)
    }

    /// How many relationships have the type.
    pub fn relationships_of_type(self, rel_type: RelType) -> usize {
        self.graph.type_size(rel_type)
    }

    /// How many relationships of a type a node has at one side where one of them leads, about, in
    /// hundredths. Nodes with many count for more, as they are met more often.
    pub fn degree_by_type(self, rel_type: RelType, side: Side) -> usize {
        self.graph.sampled_degree(rel_type, side)
    }

    /// About how many nodes have one certain value of an indexed property; `None` without index.
    pub fn nodes_per_value(self, key: PropertyKey) -> Option<usize> {
        let values = self.graph.index_size(key)?;
        Some(self.graph.node_count().div_ceil(values.max(1)))
    }

    /// The label that fewest nodes have, of those given.
    pub fn rarest_label(self, labels: &[Label]) -> Option<Label> {
        labels
            .iter()
            .copied()
            .min_by_key(|label| self.nodes_with_label(*label))
    }

    /// How many labels some node has.
    pub fn labels(self) -> usize {
        self.graph
            .label_symbols()
            .filter(|label| self.nodes_with_label(*label) > 0)
            .count()
    }
}
