//! The shortest trails from a node along one kind of step, to one node or to all it leads to.

use std::collections::VecDeque;

use crate::graph::path_search::{Paths, Trails, Tree, Way, shortest_paths};
use crate::graph::{Direction, Neighbour, NodePlace, RelPlace, Side, path_search};
use crate::model::{Node, NodeId, Path, RelId, RelType, Relationship, Value};
use crate::query::checked::{SelectionForm, Slot, Wanted as Count};
use crate::query::error::RunError;
use crate::query::eval::holds;
use crate::query::logical::End;
use crate::query::physical::{Expression, StepTest, Types};

use super::expand::{Wanted, arrive, collect, node_in};
use super::expand_many::Lengths;
use super::{BoxOperator, Context, Operator, Row};

/// As how many values a node counts that a search has come to.
const VALUES_PER_VISIT: usize = 4;

type Hop = path_search::Step<NodeId, RelId>;

/// What is sought, and where it goes.
#[derive(Debug)]
pub(super) struct Quest {
    pub(super) from: Slot,
    pub(super) to: End,
    pub(super) relationships: Slot,
    pub(super) path: Option<Slot>,
    pub(super) nodes: [Option<Slot>; 2],
    pub(super) reversed: bool,
    pub(super) wanted: Count,
    pub(super) form: SelectionForm,
    pub(super) types: Types,
    pub(super) direction: Direction,
    pub(super) lengths: Lengths,
    pub(super) properties: Option<Expression>,
    pub(super) test: Option<StepTest>,
    pub(super) condition: Option<Expression>,
}

/// The shortest trails from the node of each row.
pub(super) struct ShortestPath {
    input: BoxOperator,
    quest: Quest,
    properties: Wanted,
    /// The two ends between which paths are given at present.
    ends: Option<(NodeId, NodeId)>,
    /// Paths that are wanted and have not been given.
    ready: VecDeque<Vec<Hop>>,
    /// Where paths have to be looked at one by one: those still to come.
    trails: Option<Trails<NodeId, RelId>>,
    /// How many paths were given for these ends, and of how many lengths; the last length.
    given: u64,
    lengths_given: u64,
    last_length: Option<usize>,
    /// Where no end is known: all ends, and which comes next.
    tree: Option<(Tree<NodeId>, usize)>,
    held: usize,
}

impl ShortestPath {
    pub(super) fn new(input: BoxOperator, quest: Quest) -> Self {
        Self {
            input,
            quest,
            properties: Wanted::default(),
            ends: None,
            ready: VecDeque::new(),
            trails: None,
            given: 0,
            lengths_given: 0,
            last_length: None,
            tree: None,
            held: 0,
        }
    }

    /// One path, or all of the least length, for each pair of ends.
    fn paths(&self) -> Option<Paths> {
        match self.quest.wanted {
            Count::Paths(1) => Some(Paths::One),
            Count::Groups(1) => Some(Paths::All),
            Count::Paths(_) | Count::Groups(_) => None,
        }
    }

    /// Whether the first paths that a search finds are those that are wanted.
    fn is_plain(&self) -> Option<Paths> {
        let plain = self.quest.condition.is_none() && self.quest.lengths.least <= 1;
        self.paths().filter(|_| plain)
    }

    /// Begins with the node of a row.
    fn begin(&mut self, row: &mut Row, context: &mut Context<'_, '_>) -> Result<(), RunError> {
        self.clear(context);
        let Some(start) = node_in(row, self.quest.from)? else {
            return Ok(());
        };
        self.properties = Wanted::new(self.quest.properties.as_ref(), row, context)?;
        match self.quest.to {
            End::Bound(slot) => {
                if let Some(goal) = node_in(row, slot)? {
                    self.begin_pair((start, goal), None, row, context)?;
                }
            }
            End::New(_) => {
                let paths = self.is_plain().unwrap_or(Paths::One);
                let longest = self.quest.lengths.most;
                let tree = self.search(row, context, |steps| {
                    Tree::new(steps, start, longest, paths)
                })?;
                self.ends = Some((start, start));
                self.tree = Some((tree, 0));
            }
        }
        Ok(())
    }

    /// Begins with two ends; `place` is where the second stands in the tree.
    fn begin_pair(
        &mut self,
        ends: (NodeId, NodeId),
        place: Option<usize>,
        row: &mut Row,
        context: &mut Context<'_, '_>,
    ) -> Result<(), RunError> {
        self.ends = Some(ends);
        self.given = 0;
        self.lengths_given = 0;
        self.last_length = None;
        let Lengths { least, most } = self.quest.lengths;
        let circle = ends.0 == ends.1;
        let Some(paths) = self.is_plain().filter(|_| !circle) else {
            let most = match self.quest.form {
                // Only the path without a step leads back to its start.
                SelectionForm::Function if circle => 0,
                SelectionForm::Function | SelectionForm::Selector => most,
            };
            self.trails = Some(Trails::new(ends, least, most));
            return Ok(());
        };
        let tree = self.tree.take();
        let found = match (&tree, place) {
            (Some((tree, _)), Some(place)) => {
                self.search(row, context, |steps| tree.paths(steps, place))
            }
            _ => match self.laid_out(ends, paths, context) {
                Some(found) => found,
                None => self.search(row, context, |steps| {
                    shortest_paths(steps, ends, most, paths)
                }),
            },
        };
        self.tree = tree;
        self.ready = found?.into();
        Ok(())
    }

    /// Does `work` with the steps that count.
    fn search<T>(
        &mut self,
        row: &mut Row,
        context: &mut Context<'_, '_>,
        work: impl FnOnce(&mut GraphSteps<'_, '_, '_>) -> Result<T, RunError>,
    ) -> Result<T, RunError> {
        let mut steps = GraphSteps {
            quest: &self.quest,
            properties: &self.properties,
            row,
            context,
            neighbours: Vec::new(),
            held: 0,
        };
        let result = work(&mut steps);
        self.held += steps.held;
        result
    }

    /// The shortest paths over the graph as it is laid out for reading, if it is for this search.
    fn laid_out(
        &mut self,
        ends: (NodeId, NodeId),
        paths: Paths,
        context: &Context<'_, '_>,
    ) -> Option<Result<Vec<Vec<Hop>>, RunError>> {
        let graph = context.graph();
        let quest = &self.quest;
        if !graph.has_read_view() || quest.test.is_some() || quest.properties.is_some() {
            return None;
        }
        let rel_type: Option<RelType> = match &quest.types {
            Types::Any => None,
            Types::Only(types) => match types.as_slice() {
                [only] => Some(*only),
                _ => return None,
            },
        };
        let (out, back) = match quest.direction {
            Direction::Outgoing => (Side::Start, Side::End),
            Direction::Incoming => (Side::End, Side::Start),
            Direction::Both => return None,
        };
        let view = graph.read_view();
        // Laying out both sides takes longer than a search; laying out the other one pays.
        view.known_adjacency(rel_type, out)
            .or_else(|| view.known_adjacency(rel_type, back))?;
        let mut steps = LaidOutSteps {
            out: view.adjacency(rel_type, out)?,
            back: view.adjacency(rel_type, back)?,
            context,
            held: 0,
        };
        let places = (view.place(ends.0)?, view.place(ends.1)?);
        let found = shortest_paths(&mut steps, places, quest.lengths.most, paths);
        self.held += steps.held;
        let hop = |step: &path_search::Step<NodePlace, RelPlace>| {
            Some(Hop {
                relationship: view.relationship(step.relationship)?.id(),
                node: view.node(step.node)?.id(),
            })
        };
        Some(found.map(|paths| {
            paths
                .iter()
                .filter_map(|path| path.iter().map(hop).collect())
                .collect()
        }))
    }

    /// Fills the row with the next path; false if there is none for this row of the input.
    fn give(&mut self, row: &mut Row, context: &mut Context<'_, '_>) -> Result<bool, RunError> {
        loop {
            context.tick()?;
            if let Some(path) = self.ready.pop_front() {
                self.fill(&path, row);
                return Ok(true);
            }
            if let Some(mut trails) = self.trails.take() {
                if !self.search(row, context, |steps| trails.advance(steps))? {
                    continue;
                }
                let path = trails.trail().to_vec();
                if !self.may_count(path.len()) {
                    continue;
                }
                self.fill(&path, row);
                let fits = match &self.quest.condition {
                    Some(condition) => holds(condition, row, context)?,
                    None => true,
                };
                if !fits {
                    self.trails = Some(trails);
                    continue;
                }
                if self.count(path.len()) {
                    self.trails = Some(trails);
                }
                return Ok(true);
            }
            let Some((start, _)) = self.ends else {
                return Ok(false);
            };
            let next = self.tree.as_mut().and_then(|(tree, at)| {
                let goal = tree.node(*at)?;
                *at += 1;
                Some((goal, *at - 1))
            });
            let Some((goal, place)) = next else {
                return Ok(false);
            };
            arrive(self.quest.to, goal, row);
            self.begin_pair((start, goal), Some(place), row, context)?;
        }
    }

    /// Whether a path of this length may be wanted after those given.
    fn may_count(&self, length: usize) -> bool {
        match self.quest.wanted {
            Count::Paths(most) => self.given < most,
            Count::Groups(most) => self.lengths_given < most || self.last_length == Some(length),
        }
    }

    /// Counts a path that is given; yields whether more may be wanted.
    fn count(&mut self, length: usize) -> bool {
        self.given += 1;
        if self.last_length != Some(length) {
            self.lengths_given += 1;
            self.last_length = Some(length);
        }
        match self.quest.wanted {
            Count::Paths(most) => self.given < most,
            Count::Groups(_) => true,
        }
    }

    fn fill(&self, path: &[Hop], row: &mut Row) {
        let Some((start, _)) = self.ends else { return };
        let mut nodes: Vec<NodeId> = Vec::with_capacity(path.len() + 1);
        nodes.push(start);
        nodes.extend(path.iter().map(|hop| hop.node));
        let mut relationships: Vec<RelId> = path.iter().map(|hop| hop.relationship).collect();
        if self.quest.reversed {
            nodes.reverse();
            relationships.reverse();
        }
        let steps = relationships
            .iter()
            .map(|id| Value::Relationship(Relationship::bare(*id)));
        row.set(self.quest.relationships, Value::list(steps));
        let [left, right] = self.quest.nodes;
        let list =
            |nodes: &[NodeId]| Value::list(nodes.iter().map(|id| Value::Node(Node::bare(*id))));
        if let (Some(slot), Some((_, others))) = (left, nodes.split_last()) {
            row.set(slot, list(others));
        }
        if let Some((first, others)) = nodes.split_first() {
            if let Some(slot) = right {
                row.set(slot, list(others));
            }
            if let Some(slot) = self.quest.path {
                let steps = relationships
                    .into_iter()
                    .zip(others)
                    .map(|(id, node)| (Relationship::bare(id), Node::bare(*node)))
                    .collect();
                let path = Path::new(Node::bare(*first), steps);
                row.set(slot, Value::Path(std::sync::Arc::new(path)));
            }
        }
    }

    fn clear(&mut self, context: &Context<'_, '_>) {
        self.ends = None;
        self.ready.clear();
        self.trails = None;
        self.tree = None;
        context.release(self.held);
        self.held = 0;
    }
}

impl Operator for ShortestPath {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.clear(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if self.give(row, context)? {
                return Ok(true);
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.begin(row, context)?;
        }
    }
}

/// The steps of a quest in the graph.
struct GraphSteps<'q, 'g, 't> {
    quest: &'q Quest,
    properties: &'q Wanted,
    row: &'q mut Row,
    context: &'q mut Context<'g, 't>,
    neighbours: Vec<Neighbour>,
    held: usize,
}

impl GraphSteps<'_, '_, '_> {
    fn admits(&mut self, node: NodeId, way: Way, next: Neighbour) -> Result<bool, RunError> {
        self.context.tick()?;
        if !self.properties.fits(next.relationship, self.context) {
            return Ok(false);
        }
        let Some(test) = &self.quest.test else {
            return Ok(true);
        };
        let (left, right) = if (way == Way::Forwards) == self.quest.reversed {
            (next.node, node)
        } else {
            (node, next.node)
        };
        self.row.set(test.left, Value::Node(Node::bare(left)));
        self.row.set(test.right, Value::Node(Node::bare(right)));
        let relationship = Relationship::bare(next.relationship);
        self.row
            .set(test.relationship, Value::Relationship(relationship));
        holds(&test.condition, self.row, self.context)
    }
}

impl path_search::Steps for GraphSteps<'_, '_, '_> {
    type Node = NodeId;
    type Relationship = RelId;
    type Error = RunError;

    fn find(&mut self, node: NodeId, way: Way, found: &mut Vec<Hop>) -> Result<(), RunError> {
        found.clear();
        let direction = match way {
            Way::Forwards => self.quest.direction,
            Way::Backwards => self.quest.direction.reversed(),
        };
        let mut neighbours = std::mem::take(&mut self.neighbours);
        collect(
            node,
            direction,
            &self.quest.types,
            &mut neighbours,
            self.context,
        );
        for next in &neighbours {
            if self.admits(node, way, *next)? {
                found.push(Hop {
                    relationship: next.relationship,
                    node: next.node,
                });
            }
        }
        self.neighbours = neighbours;
        Ok(())
    }

    fn keep(&mut self, nodes: usize) -> Result<(), RunError> {
        self.held += nodes * VALUES_PER_VISIT;
        self.context.hold(nodes * VALUES_PER_VISIT)
    }
}

/// The relationships of one type, or of all, as they are laid out for reading.
struct LaidOutSteps<'v, 'c, 'g, 't> {
    out: &'v crate::graph::Adjacency,
    back: &'v crate::graph::Adjacency,
    context: &'c Context<'g, 't>,
    held: usize,
}

impl path_search::Steps for LaidOutSteps<'_, '_, '_, '_> {
    type Node = NodePlace;
    type Relationship = RelPlace;
    type Error = RunError;

    fn find(
        &mut self,
        node: NodePlace,
        way: Way,
        found: &mut Vec<path_search::Step<NodePlace, RelPlace>>,
    ) -> Result<(), RunError> {
        self.context.tick()?;
        found.clear();
        let (nodes, relationships) = match way {
            Way::Forwards => self.out.links(node),
            Way::Backwards => self.back.links(node),
        };
        let steps = nodes.iter().zip(relationships);
        found.extend(steps.map(|(node, relationship)| path_search::Step {
            relationship: *relationship,
            node: *node,
        }));
        Ok(())
    }

    fn keep(&mut self, nodes: usize) -> Result<(), RunError> {
        self.held += nodes * VALUES_PER_VISIT;
        self.context.hold(nodes * VALUES_PER_VISIT)
    }
}
