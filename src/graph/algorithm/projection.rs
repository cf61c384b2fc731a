//! A part of the graph laid out for algorithms: nodes as small numbers, relationships as lists.
//!
//! [`Projection`] is a compressed sparse row form. It is a picture of the graph at one time and
//! does not follow its changes.

use std::ops::Range;
use std::sync::OnceLock;

use petgraph::graph::EdgeIndex;
use petgraph::visit::{GraphBase, IntoNeighbors, VisitMap, Visitable};

use crate::base::{Id, define_ids};
use crate::model::{Label, NodeId, PropertyKey, RelId, RelType, Value};

use super::super::id_table::IdTable;
use super::super::property_graph::PropertyGraph;
use super::super::record::RelationshipView;
use super::super::traverse::Direction;
use super::watch::Watch;

define_ids! {
    /// Names a node of a projection.
    Place,
}

// What a list of places gives for one that it does not have; no list is asked for such a one.
impl Default for Place {
    fn default() -> Self {
        Self::from_index(0)
    }
}

/// How a property of relationships becomes a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// As it is: a weight or a cost. A relationship without the property counts 1.
    Plain,
    /// As a probability: its cost is the negative logarithm, so that costs add up where
    /// probabilities multiply. A relationship without the property is certain.
    Probability,
}

/// Which part of a graph is projected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The nodes that bear one of these labels; all if `None`.
    pub labels: Option<Vec<Label>>,
    /// The relationships that have one of these types; all if `None`.
    pub types: Option<Vec<RelType>>,
    /// Which way relationships are followed.
    pub direction: Direction,
    /// The property that gives relationships their numbers; 1 if `None`.
    pub weight: Option<(PropertyKey, Reading)>,
}

impl Selection {
    /// All nodes and relationships, followed in `direction`, each counting 1.
    pub fn all(direction: Direction) -> Self {
        Self {
            labels: None,
            types: None,
            direction,
            weight: None,
        }
    }
}

/// Why there is no projection.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectionError<E> {
    /// A relationship's property is no number that can be used.
    #[error("relationship {} has an unusable number", relationship.number())]
    Unusable {
        /// The relationship.
        relationship: RelId,
        /// The value of its property.
        value: Value,
    },
    /// The work was stopped.
    #[error("stopped")]
    Stopped(E),
}

impl<E> From<E> for ProjectionError<E> {
    fn from(error: E) -> Self {
        Self::Stopped(error)
    }
}

/// A part of a graph, laid out for algorithms.
#[derive(Debug)]
pub struct Projection {
    nodes: Vec<NodeId>,
    places: IdTable,
    direction: Direction,
    forward: Adjacency,
    /// Made when it is first asked for.
    backward: OnceLock<Adjacency>,
}

impl Projection {
    /// The part of `graph` that `selection` names.
    ///
    /// Time and memory O(V + E) of the whole graph.
    ///
    /// # Errors
    /// [`ProjectionError`].
    pub fn new<E>(
        graph: &PropertyGraph,
        selection: &Selection,
        watch: &Watch<'_, E>,
    ) -> Result<Self, ProjectionError<E>> {
        let nodes = selected_nodes(graph, selection.labels.as_deref());
        let mut places = IdTable::default();
        // From the places of the graph library, which stand still as long as it is not changed.
        let mut by_index = vec![None; graph.node_bound()];
        for (index, node) in nodes.iter().enumerate() {
            watch.step(4)?;
            places.insert(node.number(), u32::try_from(index).unwrap_or(u32::MAX));
            if let Some(at) = graph.node_place(*node) {
                set(&mut by_index, at as usize, Some(Place::from_index(index)));
            }
        }
        let place = |index: u32| by_index.get(index as usize).copied().flatten();
        let mut arcs = Arcs::default();
        let mut take = |(at, start, end): (u32, u32, u32)| -> Result<(), ProjectionError<E>> {
            watch.step(4)?;
            let (Some(start), Some(end)) = (place(start), place(end)) else {
                return Ok(());
            };
            let Some(relationship) = graph.relationship_at(EdgeIndex::new(at as usize)) else {
                return Ok(());
            };
            if let Some(types) = &selection.types
                && !types.contains(&relationship.rel_type())
            {
                return Ok(());
            }
            let (from, to) = match selection.direction {
                Direction::Outgoing | Direction::Both => (start, end),
                Direction::Incoming => (end, start),
            };
            arcs.ends.push((from, to));
            // Ids of relationships are below 2^32.
            let id = relationship.id().number();
            arcs.ids.push(u32::try_from(id).unwrap_or(u32::MAX));
            if let Some((key, reading)) = selection.weight {
                arcs.weights.push(weight(relationship, key, reading)?);
            }
            Ok(())
        };
        match selection.types.as_deref() {
            Some([]) => {}
            Some([only]) => graph.links(Some(*only)).try_for_each(&mut take)?,
            // All of them, so that they come in the order of their ids.
            Some(_) | None => graph.links(None).try_for_each(&mut take)?,
        }
        let ways = match selection.direction {
            Direction::Both => Ways::Two,
            Direction::Outgoing | Direction::Incoming => Ways::One,
        };
        let forward = Adjacency::new(nodes.len(), &arcs, ways, watch)?;
        Ok(Self {
            nodes,
            places,
            direction: selection.direction,
            forward,
            backward: OnceLock::new(),
        })
    }

    /// How many nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether it has no nodes.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All places, in the order of their nodes' ids.
    pub fn places(&self) -> impl DoubleEndedIterator<Item = Place> + ExactSizeIterator + use<> {
        (0..self.nodes.len()).map(Place::from_index)
    }

    /// The node at a place.
    pub fn node(&self, place: Place) -> NodeId {
        let node = self.nodes.get(place.index());
        node.copied().unwrap_or(NodeId::new(0))
    }

    /// The place of a node, if it is in the projection.
    pub fn place(&self, node: NodeId) -> Option<Place> {
        let index = self.places.index(node.number())?;
        Some(Place::from_index(index as usize))
    }

    /// How many relationships are followed from a place.
    pub fn degree(&self, place: Place) -> usize {
        self.forward.degree(place)
    }

    /// Whether relationships are followed both ways.
    pub(super) fn is_undirected(&self) -> bool {
        self.direction == Direction::Both
    }

    /// Where the relationships lead, followed as selected.
    pub(super) fn forward(&self) -> &Adjacency {
        &self.forward
    }

    /// Where the relationships lead, followed the other way. Time and memory O(V + E) at the
    /// first call.
    pub(super) fn backward<E>(&self, watch: &Watch<'_, E>) -> Result<&Adjacency, E> {
        if self.is_undirected() {
            return Ok(&self.forward);
        }
        if let Some(backward) = self.backward.get() {
            return Ok(backward);
        }
        let mut arcs = Arcs::default();
        for place in self.places() {
            watch.step(1 + self.forward.degree(place))?;
            let targets = self.forward.targets(place).iter();
            arcs.ends.extend(targets.map(|target| (*target, place)));
        }
        arcs.ids.clone_from(&self.forward.ids);
        arcs.weights.clone_from(&self.forward.weights);
        let backward = Adjacency::new(self.nodes.len(), &arcs, Ways::One, watch)?;
        Ok(self.backward.get_or_init(|| backward))
    }
}

fn selected_nodes(graph: &PropertyGraph, labels: Option<&[Label]>) -> Vec<NodeId> {
    match labels {
        None => graph.node_ids_from(NodeId::new(0)).collect(),
        Some([only]) => graph.nodes_with_label(*only).collect(),
        Some(labels) => {
            let mut nodes: Vec<NodeId> = labels
                .iter()
                .flat_map(|label| graph.nodes_with_label(*label))
                .collect();
            nodes.sort_unstable();
            nodes.dedup();
            nodes
        }
    }
}

fn weight<E>(
    relationship: RelationshipView<'_>,
    key: PropertyKey,
    reading: Reading,
) -> Result<f64, ProjectionError<E>> {
    let Some(value) = relationship.property(key) else {
        return Ok(match reading {
            Reading::Plain => 1.0,
            Reading::Probability => 0.0,
        });
    };
    let number = value.as_float().filter(|number| match reading {
        Reading::Plain => number.is_finite() && *number >= 0.0,
        Reading::Probability => *number > 0.0 && *number <= 1.0,
    });
    let Some(number) = number else {
        return Err(ProjectionError::Unusable {
            relationship: relationship.id(),
            value: value.clone(),
        });
    };
    Ok(match reading {
        Reading::Plain => number,
        // Not the negative of zero: it would be shown.
        Reading::Probability => (-number.ln()).max(0.0),
    })
}

/// Whether a relationship leads from its end to its start, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ways {
    One,
    Two,
}

/// Relationships, each from one place to another, in the order of their ids.
#[derive(Debug, Default)]
struct Arcs {
    ends: Vec<(Place, Place)>,
    ids: Vec<u32>,
    /// Empty if all are 1.
    weights: Vec<f64>,
}

/// One step from a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) target: Place,
    id: u32,
    pub(super) weight: f64,
}

impl Edge {
    pub(super) fn relationship(self) -> RelId {
        RelId::new(i64::from(self.id))
    }
}

/// For each place the steps that lead from it, in the order of their relationships' ids.
#[derive(Debug)]
pub(super) struct Adjacency {
    starts: Vec<u32>,
    targets: Vec<Place>,
    ids: Vec<u32>,
    /// Empty if all are 1.
    weights: Vec<f64>,
}

impl Adjacency {
    fn new<E>(nodes: usize, arcs: &Arcs, ways: Ways, watch: &Watch<'_, E>) -> Result<Self, E> {
        let leads_back = |from: Place, to: Place| ways == Ways::Two && from != to;
        // The counts, moved two places on: once they are summed up and the steps are put in
        // place, each start has moved to where it belongs.
        let mut starts = vec![0_u32; nodes + 2];
        let mut count = |place: Place| {
            if let Some(start) = starts.get_mut(place.index() + 2) {
                *start += 1;
            }
        };
        for (from, to) in arcs.ends.iter().copied() {
            watch.step(1)?;
            count(from);
            if leads_back(from, to) {
                count(to);
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let size = sum as usize;
        let mut targets = vec![Place::from_index(0); size];
        let mut ids = vec![0; size];
        let is_weighted = !arcs.weights.is_empty();
        let mut weights = vec![1.0; if is_weighted { size } else { 0 }];
        let mut put = |from: Place, to: Place, id: u32, weight: f64| {
            let Some(next) = starts.get_mut(from.index() + 1) else {
                return;
            };
            let at = *next as usize;
            *next += 1;
            set(&mut targets, at, to);
            set(&mut ids, at, id);
            set(&mut weights, at, weight);
        };
        let weights_or_one = arcs.weights.iter().copied().chain(std::iter::repeat(1.0));
        let steps = arcs.ends.iter().zip(&arcs.ids).zip(weights_or_one);
        for (((from, to), id), weight) in steps {
            watch.step(2)?;
            put(*from, *to, *id, weight);
            if leads_back(*from, *to) {
                put(*to, *from, *id, weight);
            }
        }
        starts.truncate(nodes + 1);
        Ok(Self {
            starts,
            targets,
            ids,
            weights,
        })
    }

    fn range(&self, place: Place) -> Range<usize> {
        let border = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        border(place.index())..border(place.index() + 1)
    }

    /// How many places.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many steps lead from `place`.
    pub(super) fn degree(&self, place: Place) -> usize {
        self.range(place).len()
    }

    /// Where the steps from `place` lead, one entry a relationship.
    pub(super) fn targets(&self, place: Place) -> &[Place] {
        self.targets.get(self.range(place)).unwrap_or_default()
    }

    /// The step from `place` after `before` others.
    pub(super) fn edge(&self, place: Place, before: usize) -> Option<Edge> {
        let at = self.range(place).nth(before)?;
        Some(Edge {
            target: *self.targets.get(at)?,
            id: *self.ids.get(at)?,
            weight: self.weights.get(at).copied().unwrap_or(1.0),
        })
    }

    /// The steps from `place`.
    pub(super) fn edges(&self, place: Place) -> impl Iterator<Item = Edge> + '_ {
        let range = self.range(place);
        let targets = self.targets.get(range.clone()).unwrap_or_default();
        let ids = self.ids.get(range.clone()).unwrap_or_default();
        let weights = self.weights.get(range).unwrap_or_default();
        let weights = weights.iter().copied().chain(std::iter::repeat(1.0));
        let steps = targets.iter().zip(ids).zip(weights);
        steps.map(|((target, id), weight)| Edge {
            target: *target,
            id: *id,
            weight,
        })
    }

    /// The other places to which steps lead, each once, in order.
    pub(super) fn distinct(&self, place: Place) -> Vec<Place> {
        let mut list = self.targets(place).to_vec();
        list.retain(|target| *target != place);
        list.sort_unstable();
        list.dedup();
        list
    }

    /// The same with one step to each neighbour, none to the place itself, in the order of
    /// places; relationships and weights are forgotten.
    pub(super) fn simple<E>(&self, watch: &Watch<'_, E>) -> Result<Self, E> {
        let mut starts = Vec::with_capacity(self.starts.len());
        let mut targets = Vec::with_capacity(self.targets.len());
        starts.push(0);
        for place in (0..self.len()).map(Place::from_index) {
            watch.step(1 + 4 * self.degree(place))?;
            targets.extend(self.distinct(place));
            starts.push(u32::try_from(targets.len()).unwrap_or(u32::MAX));
        }
        Ok(Self {
            starts,
            targets,
            ids: Vec::new(),
            weights: Vec::new(),
        })
    }
}

fn set<T>(list: &mut [T], at: usize, value: T) {
    if let Some(entry) = list.get_mut(at) {
        *entry = value;
    }
}

/// A value for each place.
#[derive(Debug, Clone)]
pub(super) struct PerPlace<T>(Vec<T>);

impl<T: Copy + Default> PerPlace<T> {
    pub(super) fn filled(len: usize, value: T) -> Self {
        Self(vec![value; len])
    }

    pub(super) fn fill(&mut self, value: T) {
        self.0.fill(value);
    }

    #[inline]
    pub(super) fn at(&self, place: Place) -> T {
        self.0.get(place.index()).copied().unwrap_or_default()
    }

    #[inline]
    pub(super) fn put(&mut self, place: Place, value: T) {
        set(&mut self.0, place.index(), value);
    }

    #[inline]
    pub(super) fn change(&mut self, place: Place, change: impl FnOnce(&mut T)) {
        if let Some(value) = self.0.get_mut(place.index()) {
            change(value);
        }
    }

    pub(super) fn values(&self) -> &[T] {
        &self.0
    }

    pub(super) fn into_values(self) -> Vec<T> {
        self.0
    }
}

impl<T> FromIterator<T> for PerPlace<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

// What the graph library's walks ask of a graph.

impl GraphBase for Adjacency {
    type EdgeId = ();
    type NodeId = Place;
}

impl<'a> IntoNeighbors for &'a Adjacency {
    type Neighbors = std::iter::Copied<std::slice::Iter<'a, Place>>;

    fn neighbors(self, place: Place) -> Self::Neighbors {
        self.targets(place).iter().copied()
    }
}

impl Visitable for Adjacency {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(PerPlace::filled(self.len(), false))
    }

    fn reset_map(&self, map: &mut Visited) {
        map.0 = PerPlace::filled(self.len(), false);
    }
}

/// The places that a walk has come to.
#[derive(Debug, Clone)]
pub(super) struct Visited(PerPlace<bool>);

impl VisitMap<Place> for Visited {
    fn visit(&mut self, place: Place) -> bool {
        let fresh = !self.0.at(place);
        self.0.put(place, true);
        fresh
    }

    fn is_visited(&self, place: &Place) -> bool {
        self.0.at(*place)
    }

    fn unvisit(&mut self, place: Place) -> bool {
        let known = self.0.at(place);
        self.0.put(place, false);
        known
    }
}
