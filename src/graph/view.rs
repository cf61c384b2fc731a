//! The graph laid out for reading: neighbours by type, labels as bits, numbers in columns.
//!
//! Everything here is derived from the [`PropertyGraph`], part by part when a part is first asked
//! for, and dropped as a whole when the graph changes. Nodes and relationships are called by
//! their places in the graph library, which stand still as long as the view lives; the view is
//! the only way by which places leave this layer, and they mean nothing without it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use petgraph::graph::{EdgeIndex, NodeIndex};

use crate::model::{Label, NodeId, PropertyKey, RelId, RelType, Value};

use super::property_graph::PropertyGraph;
use super::record::{NodeView, RelationshipView};

/// The place of a node in a view.
pub type NodePlace = u32;

/// The place of a relationship in a view.
pub type RelPlace = u32;

/// From which end relationships are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// By the node they start from.
    Start,
    /// By the node they end in.
    End,
}

/// What has been derived so far.
#[derive(Debug, Default)]
pub(super) struct ViewParts {
    tables: OnceLock<Tables>,
    /// What was done without the view since the graph last changed.
    work: AtomicU64,
    /// What was asked of [`super::Statistics::degree_by_type`] since then.
    degrees: Mutex<BTreeMap<(RelType, bool), usize>>,
}

/// A copy of a graph derives its own parts.
impl Clone for ViewParts {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[derive(Debug)]
struct Tables {
    /// By type, the last for all types together; from the start and from the end.
    adjacency: Vec<[OnceLock<Adjacency>; 2]>,
    labels: Vec<OnceLock<NodeSet>>,
    columns: Vec<OnceLock<Column>>,
    all: OnceLock<Vec<NodePlace>>,
    /// Whether all relationships of a type lead, from their start or else from their end, to
    /// nodes with a label; as far as that was asked.
    ends: Mutex<BTreeMap<(RelType, bool, Label), bool>>,
}

impl ViewParts {
    /// Forgets everything: the graph is about to change.
    pub(super) fn clear(&mut self) {
        if self.tables.get().is_some() {
            self.tables = OnceLock::new();
        }
        *self.work.get_mut() = 0;
        let degrees = self.degrees.get_mut();
        degrees.unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Adds to the work done without the view, and yields how much it is now.
    pub(super) fn add_work(&self, ticks: u64) -> u64 {
        self.work.fetch_add(ticks, Ordering::Relaxed) + ticks
    }

    /// The answer for a type and a side, computed when it is first asked for.
    pub(super) fn degree(
        &self,
        (rel_type, side): (RelType, Side),
        compute: impl FnOnce() -> usize,
    ) -> usize {
        let key = (rel_type, side == Side::Start);
        // A thread that died while it held the lock left the answers of others as they were.
        let lock = || self.degrees.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key).copied() {
            return known;
        }
        let degree = compute();
        lock().insert(key, degree);
        degree
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tables.get().is_none()
    }
}

/// Nodes as bits by place, and as a list in the order of their ids.
#[derive(Debug)]
pub struct NodeSet {
    bits: Vec<u64>,
    list: Vec<NodePlace>,
}

impl NodeSet {
    /// Whether the node is among them.
    #[must_use]
    pub fn contains(&self, node: NodePlace) -> bool {
        self.bits
            .get(node as usize / 64)
            .is_some_and(|word| word >> (node % 64) & 1 == 1)
    }

    /// The nodes in the order of their ids.
    #[must_use]
    pub fn list(&self) -> &[NodePlace] {
        &self.list
    }
}

/// The relationships of one type (or of all) by the node at one end: compressed sparse rows.
///
/// Those of a node lie in a row, in the order of their ids.
#[derive(Debug)]
pub struct Adjacency {
    starts: Starts,
    nodes: Vec<NodePlace>,
    relationships: Vec<RelPlace>,
    loops: bool,
}

/// Where the row of each node begins.
#[derive(Debug)]
enum Starts {
    /// For every place, and one more.
    Dense(Vec<u32>),
    /// For the few nodes that have any: their places, sorted, and one more start than nodes.
    Sparse(Vec<NodePlace>, Vec<u32>),
}

impl Adjacency {
    /// Where in the lists the row of `node` lies.
    #[inline]
    fn row(&self, node: NodePlace) -> std::ops::Range<usize> {
        let (starts, at) = match &self.starts {
            Starts::Dense(starts) => (starts, node as usize),
            Starts::Sparse(nodes, starts) => match nodes.binary_search(&node) {
                Ok(at) => (starts, at),
                Err(_) => return 0..0,
            },
        };
        match (starts.get(at), starts.get(at + 1)) {
            (Some(from), Some(to)) => *from as usize..*to as usize,
            _ => 0..0,
        }
    }

    /// How many relationships `node` has.
    #[inline]
    #[must_use]
    pub fn degree(&self, node: NodePlace) -> usize {
        self.row(node).len()
    }

    /// The nodes at the other ends.
    #[inline]
    #[must_use]
    pub fn neighbours(&self, node: NodePlace) -> &[NodePlace] {
        self.nodes.get(self.row(node)).unwrap_or(&[])
    }

    /// The nodes at the other ends, and beside each its relationship.
    #[inline]
    #[must_use]
    pub fn links(&self, node: NodePlace) -> (&[NodePlace], &[RelPlace]) {
        let row = self.row(node);
        match (self.nodes.get(row.clone()), self.relationships.get(row)) {
            (Some(nodes), Some(relationships)) => (nodes, relationships),
            _ => (&[], &[]),
        }
    }

    /// How many relationships there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Whether a relationship leads from a node to itself.
    #[must_use]
    pub fn has_loops(&self) -> bool {
        self.loops
    }
}

/// The values of one property of nodes.
#[derive(Debug)]
pub enum Column {
    /// All that are there are whole numbers.
    Integers {
        /// By place; 0 where there is none.
        values: Vec<i64>,
        /// Bits by place.
        present: Vec<u64>,
    },
    /// Other values: read at the node.
    Other,
}

impl Column {
    /// The number at a place, where the column holds numbers and there is one.
    #[inline]
    #[must_use]
    pub fn integer(&self, node: NodePlace) -> Option<i64> {
        match self {
            Self::Integers { values, present } => {
                let there = present
                    .get(node as usize / 64)
                    .is_some_and(|word| word >> (node % 64) & 1 == 1);
                there.then(|| values.get(node as usize).copied()).flatten()
            }
            Self::Other => None,
        }
    }
}

/// A graph laid out for reading.
#[derive(Debug, Clone, Copy)]
pub struct ReadView<'g> {
    graph: &'g PropertyGraph,
    tables: &'g Tables,
}

impl<'g> ReadView<'g> {
    pub(super) fn new(graph: &'g PropertyGraph, parts: &'g ViewParts) -> Self {
        let tables = parts.tables.get_or_init(|| Tables {
            adjacency: (0..=graph.type_count())
                .map(|_| Default::default())
                .collect(),
            labels: (0..graph.label_count()).map(|_| OnceLock::new()).collect(),
            columns: (0..graph.key_count()).map(|_| OnceLock::new()).collect(),
            all: OnceLock::new(),
            ends: Mutex::new(BTreeMap::new()),
        });
        Self { graph, tables }
    }

    /// The graph.
    #[must_use]
    pub fn graph(self) -> &'g PropertyGraph {
        self.graph
    }

    /// One more than the last place of a node.
    #[must_use]
    pub fn node_bound(self) -> usize {
        self.graph.node_bound()
    }

    /// The place of a node.
    #[must_use]
    pub fn place(self, id: NodeId) -> Option<NodePlace> {
        self.graph.node_place(id)
    }

    /// The place of a relationship.
    #[must_use]
    pub fn relationship_place(self, id: RelId) -> Option<RelPlace> {
        self.graph.relationship_place(id)
    }

    /// The node at a place.
    #[inline]
    #[must_use]
    pub fn node(self, place: NodePlace) -> Option<NodeView<'g>> {
        self.graph.node_at(NodeIndex::new(place as usize))
    }

    /// The relationship at a place.
    #[inline]
    #[must_use]
    pub fn relationship(self, place: RelPlace) -> Option<RelationshipView<'g>> {
        self.graph.relationship_at(EdgeIndex::new(place as usize))
    }

    /// The property of the node at a place.
    #[inline]
    #[must_use]
    pub fn property(self, place: NodePlace, key: PropertyKey) -> Option<&'g Value> {
        self.node(place)?.property(key)
    }

    /// All nodes in the order of their ids.
    #[must_use]
    pub fn nodes(self) -> &'g [NodePlace] {
        self.tables.all.get_or_init(|| {
            self.graph
                .node_ids_from(NodeId::new(0))
                .filter_map(|id| self.place(id))
                .collect()
        })
    }

    /// The nodes that bear a label; `None` for a label that the graph does not know.
    #[must_use]
    pub fn labelled(self, label: Label) -> Option<&'g NodeSet> {
        let set = self.tables.labels.get(label.symbol().index())?;
        Some(set.get_or_init(|| {
            let list: Vec<NodePlace> = self
                .graph
                .nodes_with_label(label)
                .filter_map(|id| self.place(id))
                .collect();
            let mut bits = vec![0; self.node_bound().div_ceil(64)];
            for place in &list {
                set_bit(&mut bits, *place);
            }
            NodeSet { bits, list }
        }))
    }

    /// The relationships of a type, or of all types, by the node at one end; `None` for a type
    /// that the graph does not know.
    ///
    /// Time O(V + E) when first asked.
    #[must_use]
    pub fn adjacency(self, rel_type: Option<RelType>, side: Side) -> Option<&'g Adjacency> {
        let at = rel_type.map_or(self.tables.adjacency.len() - 1, |known| {
            known.symbol().index()
        });
        let sides = self.tables.adjacency.get(at)?;
        let [start, end] = sides;
        let part = match side {
            Side::Start => start,
            Side::End => end,
        };
        Some(part.get_or_init(|| self.lay_out(rel_type, side)))
    }

    /// The same, if it was asked for before.
    #[must_use]
    pub fn known_adjacency(self, rel_type: Option<RelType>, side: Side) -> Option<&'g Adjacency> {
        let at = rel_type.map_or(self.tables.adjacency.len() - 1, |known| {
            known.symbol().index()
        });
        let [start, end] = self.tables.adjacency.get(at)?;
        match side {
            Side::Start => start.get(),
            Side::End => end.get(),
        }
    }

    /// Counts how many each node has, then puts each relationship into its place: two passes in
    /// the order of ids, so that every row keeps that order.
    fn lay_out(self, rel_type: Option<RelType>, side: Side) -> Adjacency {
        let graph = self.graph;
        let links = || {
            graph
                .links(rel_type)
                .map(|(relationship, start, end)| match side {
                    Side::Start => (relationship, start, end),
                    Side::End => (relationship, end, start),
                })
        };
        let bound = self.node_bound();
        let count = match rel_type {
            Some(known) => graph.type_size(known),
            None => graph.relationship_count(),
        };
        let mut nodes = vec![0; count];
        let mut relationships = vec![0; count];
        let mut loops = false;
        let starts = if count * 8 >= bound {
            let mut ends = vec![0_u32; bound + 1];
            for (_, from, _) in links() {
                if let Some(size) = ends.get_mut(from as usize + 1) {
                    *size += 1;
                }
            }
            let mut sum = 0;
            for end in &mut ends {
                sum += *end;
                *end = sum;
            }
            // From here on `ends` holds, for each node, where its next relationship goes.
            for (relationship, from, to) in links() {
                loops |= from == to;
                let Some(next) = ends.get_mut(from as usize) else {
                    continue;
                };
                let at = *next as usize;
                *next += 1;
                put(&mut nodes, at, to);
                put(&mut relationships, at, relationship);
            }
            // Each start has moved to the start of the node after it.
            ends.pop();
            ends.insert(0, 0);
            Starts::Dense(ends)
        } else {
            let mut sizes: BTreeMap<NodePlace, u32> = BTreeMap::new();
            for (_, from, _) in links() {
                *sizes.entry(from).or_default() += 1;
            }
            let mut starts = Vec::with_capacity(sizes.len() + 1);
            let mut sum = 0;
            for size in sizes.values_mut() {
                starts.push(sum);
                let begin = sum;
                sum += *size;
                *size = begin;
            }
            starts.push(sum);
            for (relationship, from, to) in links() {
                loops |= from == to;
                let Some(next) = sizes.get_mut(&from) else {
                    continue;
                };
                let at = *next as usize;
                *next += 1;
                put(&mut nodes, at, to);
                put(&mut relationships, at, relationship);
            }
            Starts::Sparse(sizes.into_keys().collect(), starts)
        };
        Adjacency {
            starts,
            nodes,
            relationships,
            loops,
        }
    }

    /// Whether every relationship of a type, looked up from `side`, leads to a node that bears
    /// `label`.
    ///
    /// Time O(E) when first asked.
    #[must_use]
    pub fn leads_only_to(self, rel_type: RelType, side: Side, label: Label) -> bool {
        let (Some(adjacency), Some(set)) =
            (self.adjacency(Some(rel_type), side), self.labelled(label))
        else {
            return false;
        };
        let known = |ends: &BTreeMap<(RelType, bool, Label), bool>| {
            ends.get(&(rel_type, side == Side::Start, label)).copied()
        };
        // A thread that died while it held the lock left the answers of others as they were.
        let lock = || {
            self.tables
                .ends
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(answer) = known(&lock()) {
            return answer;
        }
        let answer = adjacency.nodes.iter().all(|node| set.contains(*node));
        lock().insert((rel_type, side == Side::Start, label), answer);
        answer
    }

    /// The values of a property of nodes; `None` for a key that the graph does not know.
    ///
    /// Time O(V) when first asked.
    #[must_use]
    pub fn column(self, key: PropertyKey) -> Option<&'g Column> {
        let column = self.tables.columns.get(key.symbol().index())?;
        Some(column.get_or_init(|| self.gather(key)))
    }

    fn gather(self, key: PropertyKey) -> Column {
        let bound = self.node_bound();
        let mut values = vec![0; bound];
        let mut present = vec![0; bound.div_ceil(64)];
        for place in 0..u32::try_from(bound).unwrap_or(u32::MAX) {
            let Some(value) = self.property(place, key) else {
                continue;
            };
            let Value::Integer(number) = value else {
                return Column::Other;
            };
            put(&mut values, place as usize, *number);
            set_bit(&mut present, place);
        }
        Column::Integers { values, present }
    }
}

fn put<T>(list: &mut [T], at: usize, item: T) {
    if let Some(place) = list.get_mut(at) {
        *place = item;
    }
}

fn set_bit(bits: &mut [u64], at: u32) {
    if let Some(word) = bits.get_mut(at as usize / 64) {
        *word |= 1 << (at % 64);
    }
}

#[cfg(test)]
mod tests {
    use super::Side;
    use crate::graph::{Direction, PropertyGraph, Transaction};
    use crate::model::{NodeId, RelType, Value};

    /// Six nodes; the fourth is removed. `A` links every node to the next, `B` the first to
    /// itself and to the last, twice.
    fn graph() -> PropertyGraph {
        let mut graph = PropertyGraph::new();
        let mut transaction = Transaction::new(&mut graph);
        let (label, odd) = (transaction.label("N"), transaction.label("Odd"));
        let (size, name) = (
            transaction.property_key("size"),
            transaction.property_key("name"),
        );
        let (a, b) = (transaction.rel_type("A"), transaction.rel_type("B"));
        let nodes: Vec<NodeId> = (0..6)
            .map(|number: i64| {
                let labels = if number % 2 == 1 {
                    vec![label, odd]
                } else {
                    vec![label]
                };
                let properties = [(size, Value::Integer(number)), (name, "x".into())];
                transaction.create_node(&labels, &properties).unwrap()
            })
            .collect();
        for pair in nodes.windows(2) {
            transaction
                .create_relationship(a, pair[0], pair[1], &[])
                .unwrap();
        }
        for end in [nodes[0], nodes[5], nodes[5]] {
            transaction
                .create_relationship(b, nodes[0], end, &[])
                .unwrap();
        }
        transaction.detach_node(nodes[3]).unwrap();
        transaction.commit();
        graph
    }

    /// What the view says of the neighbours of every node, beside what the graph says.
    fn check(graph: &PropertyGraph) {
        let view = graph.read_view();
        let types: Vec<Option<RelType>> = [graph.rel_type("A"), graph.rel_type("B"), None].into();
        for rel_type in types {
            for (side, direction) in [
                (Side::Start, Direction::Outgoing),
                (Side::End, Direction::Incoming),
            ] {
                let adjacency = view.adjacency(rel_type, side).unwrap();
                let wanted: Vec<RelType> = rel_type.into_iter().collect();
                for node in graph.nodes() {
                    let place = view.place(node.id()).unwrap();
                    let (nodes, links) = adjacency.links(place);
                    let found: Vec<_> = nodes
                        .iter()
                        .zip(links)
                        .map(|(node, link)| {
                            let link = view.relationship(*link).unwrap();
                            (link.id(), view.node(*node).unwrap().id())
                        })
                        .collect();
                    let expected: Vec<_> = graph
                        .neighbours(node.id(), direction, &wanted)
                        .into_iter()
                        .map(|found| (found.relationship, found.node))
                        .collect();
                    assert_eq!(found, expected, "{rel_type:?} {side:?} {:?}", node.id());
                    assert_eq!(adjacency.degree(place), expected.len());
                }
            }
        }
    }

    #[test]
    fn neighbours_are_those_of_the_graph_in_the_order_of_ids() {
        check(&graph());
    }

    #[test]
    fn a_change_is_seen() {
        let mut graph = graph();
        check(&graph);
        let mut transaction = Transaction::new(&mut graph);
        let a = transaction.rel_type("A");
        let new = transaction.create_node(&[], &[]).unwrap();
        transaction
            .create_relationship(a, new, NodeId::new(1), &[])
            .unwrap();
        transaction.commit();
        check(&graph);
        assert_eq!(graph.read_view().nodes().len(), 6);
    }

    #[test]
    fn a_change_taken_back_leaves_no_trace() {
        let mut graph = graph();
        let mut transaction = Transaction::new(&mut graph);
        let a = transaction.rel_type("A");
        let new = transaction.create_node(&[], &[]).unwrap();
        transaction.create_relationship(a, new, new, &[]).unwrap();
        assert_eq!(transaction.graph().read_view().nodes().len(), 6);
        drop(transaction);
        check(&graph);
        assert_eq!(graph.read_view().nodes().len(), 5);
    }

    #[test]
    fn labels_and_whole_numbers_are_found_by_place() {
        let graph = graph();
        let view = graph.read_view();
        let odd = view.labelled(graph.label("Odd").unwrap()).unwrap();
        let size = view.column(graph.property_key("size").unwrap()).unwrap();
        let name = view.column(graph.property_key("name").unwrap()).unwrap();
        for node in graph.nodes() {
            let place = view.place(node.id()).unwrap();
            let number = node.property_named("size").and_then(Value::as_integer);
            assert_eq!(size.integer(place), number);
            assert_eq!(name.integer(place), None);
            assert_eq!(odd.contains(place), number.unwrap() % 2 == 1);
        }
        assert_eq!(odd.list().len(), 2);
        let (a, b) = (graph.rel_type("A").unwrap(), graph.rel_type("B").unwrap());
        let label = graph.label("N").unwrap();
        assert!(view.leads_only_to(a, Side::Start, label));
        assert!(!view.leads_only_to(a, Side::Start, graph.label("Odd").unwrap()));
        assert!(view.adjacency(Some(b), Side::Start).unwrap().has_loops());
        assert!(!view.adjacency(Some(a), Side::Start).unwrap().has_loops());
    }
}
