//! How many elements of each sort there are, as far as the plan must know to start well.

use crate::graph::{PropertyGraph, Side};

/// Counts that help to choose where a match starts. Wrong ones make a plan slow, never wrong.
pub trait Estimates {
    /// How many nodes there are.
    fn nodes(&self) -> usize;
    /// How many relationships there are.
    fn relationships(&self) -> usize;
    /// How many nodes bear a label.
    fn nodes_with_label(&self, label: &str) -> usize;
    /// How many relationships have a type.
    fn relationships_of_type(&self, rel_type: &str) -> usize;
    /// About how many relationships of a type start (or else end) at a node that has one, in
    /// hundredths; `None` where that is not known.
    fn degree(&self, rel_type: &str, outgoing: bool) -> Option<usize>;
    /// About how many nodes have one certain value of a property.
    fn nodes_per_value(&self, key: &str) -> usize;
}

impl Estimates for PropertyGraph {
    fn nodes(&self) -> usize {
        self.node_count()
    }

    fn relationships(&self) -> usize {
        self.relationship_count()
    }

    fn nodes_with_label(&self, label: &str) -> usize {
        self.label(label)
            .map_or(0, |label| self.statistics().nodes_with_label(label))
    }

    fn relationships_of_type(&self, rel_type: &str) -> usize {
        self.rel_type(rel_type)
            .map_or(0, |known| self.statistics().relationships_of_type(known))
    }

    fn degree(&self, rel_type: &str, outgoing: bool) -> Option<usize> {
        let side = if outgoing { Side::Start } else { Side::End };
        let known = self.rel_type(rel_type)?;
        Some(self.statistics().degree_by_type(known, side))
    }

    fn nodes_per_value(&self, key: &str) -> usize {
        match self.property_key(key) {
            None => 0,
            Some(key) => self
                .statistics()
                .nodes_per_value(key)
                .unwrap_or_else(|| self.node_count().div_ceil(10)),
        }
    }
}

/// The same guess for every graph.
#[derive(Debug, Clone, Copy, Default)]
pub struct Guess;

impl Estimates for Guess {
    fn nodes(&self) -> usize {
        1_000_000
    }

    fn relationships(&self) -> usize {
        10_000_000
    }

    fn nodes_with_label(&self, _label: &str) -> usize {
        10_000
    }

    fn relationships_of_type(&self, _rel_type: &str) -> usize {
        100_000
    }

    fn degree(&self, _rel_type: &str, _outgoing: bool) -> Option<usize> {
        None
    }

    fn nodes_per_value(&self, _key: &str) -> usize {
        100
    }
}
