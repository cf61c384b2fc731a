//! Runs the steps of a pipeline, tuple by tuple: each step calls the next one for every tuple that
//! it passes on, so nothing is kept between them.

mod chain;
mod factor;

use crate::graph::{NodePlace, RelPlace, RelationshipView};
use crate::model::{NodeId, PropertyKey, Value};
use crate::query::checked::Slot;
use crate::query::eval::is_equal;
use crate::query::logical::End;

use super::Stop;
use super::cursor::Cursor;
use super::groups::Groups;
use super::keys::Join;
use super::layout::{Among, Item, Laid, LaidHop, LaidStep};
use super::program::{Kind, Tally, Want};
use super::reach::Reached;
use super::test::{NONE, Test};
use super::top::Top;

/// Where a worker puts the tuples that have passed all its steps.
pub(super) enum Target {
    Groups(Groups),
    Top(Top),
    /// The registers of each, one after another.
    Tuples(Vec<NodePlace>),
}

/// One of the workers of a pipeline.
pub(super) struct Worker<'p> {
    laid: &'p Laid<'p>,
    pub(super) cursor: Cursor<'p>,
    pub(super) target: Target,
    /// The step at which tuples have arrived.
    last: usize,
    /// The number of the present piece of work, and of tuples in it so far.
    stamp: u64,
    found: Vec<bool>,
    /// The nodes of each look-up without an index by their values, once they are needed.
    joins: Vec<Option<Join>>,
    /// The nodes that passed the own conditions of each scan, once that is known.
    scanned: Vec<Option<Vec<NodePlace>>>,
    tallies: Vec<u64>,
    reached: Vec<Reached>,
    /// What factors counted, by memory and node; one more than the count.
    counts: Vec<Vec<u64>>,
    /// How many tuples each step passed on.
    passed: Vec<u64>,
}

/// What can be followed from a node, in the order of ids.
enum Links<'p> {
    Row(&'p [NodePlace], &'p [RelPlace]),
    Gathered(Vec<(NodePlace, RelPlace)>),
}

impl Links<'_> {
    #[inline]
    fn link(&self, at: usize) -> Option<(NodePlace, RelPlace)> {
        match self {
            Self::Row(nodes, relationships) => Some((*nodes.get(at)?, *relationships.get(at)?)),
            Self::Gathered(links) => links.get(at).copied(),
        }
    }
}

impl<'p> Worker<'p> {
    pub(super) fn new(laid: &'p Laid<'p>, cursor: Cursor<'p>, target: Target) -> Self {
        let steps = laid.steps.len();
        Self {
            laid,
            cursor,
            target,
            last: laid.walked,
            stamp: 0,
            found: vec![false; steps],
            joins: (0..steps).map(|_| None).collect(),
            scanned: vec![None; steps],
            tallies: vec![0; steps],
            reached: (0..steps).map(|_| Reached::default()).collect(),
            counts: vec![Vec::new(); laid.factor_memories],
            passed: vec![0; steps],
        }
    }

    /// How many tuples each step passed on.
    pub(super) fn passed(&self) -> &[u64] {
        &self.passed
    }

    /// Runs the steps from `from` up to `to` on the tuple in the cursor.
    pub(super) fn run(&mut self, from: usize, to: usize) -> Result<(), Stop> {
        self.last = to;
        self.step(from)
    }

    /// Runs all steps from `from` on on the tuple in the cursor.
    pub(super) fn run_all(&mut self, from: usize) -> Result<(), Stop> {
        self.run(from, self.laid.walked)
    }

    /// Runs the step `at`, which is a scan, on some of its nodes, and all steps after it.
    pub(super) fn run_scan(&mut self, at: usize, nodes: &[NodePlace]) -> Result<(), Stop> {
        self.last = self.laid.walked;
        let laid = self.laid;
        match laid.steps.get(at) {
            Some(LaidStep::Scan { node, tests, .. }) => {
                self.scan(at, *node, nodes, tests.as_deref())
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Those of `nodes` that pass tests of them alone.
    fn passing(
        &mut self,
        node: Slot,
        nodes: &[NodePlace],
        tests: &[Test<'p>],
    ) -> Result<Vec<NodePlace>, Stop> {
        let mut passing = Vec::new();
        for place in nodes {
            self.cursor.context.tick()?;
            self.cursor.set_register(node, *place);
            if self.cursor.passes(tests)? {
                passing.push(*place);
            }
        }
        Ok(passing)
    }

    fn scan(
        &mut self,
        at: usize,
        node: Slot,
        nodes: &[NodePlace],
        tests: Option<&'p [Test<'p>]>,
    ) -> Result<(), Stop> {
        for place in nodes {
            self.cursor.context.tick()?;
            self.cursor.set_register(node, *place);
            self.pass_if(at, tests)?;
        }
        Ok(())
    }

    /// Begins a piece of work: its tuples come after those of all pieces with smaller numbers.
    pub(super) fn begin(&mut self, piece: usize) {
        self.stamp = (piece as u64) << 40;
    }

    #[inline]
    fn pass(&mut self, at: usize) -> Result<(), Stop> {
        if let Some(passed) = self.passed.get_mut(at) {
            *passed += 1;
        }
        self.step(at + 1)
    }

    /// Passes a tuple on if the conditions hold that come right after the step; the step of the
    /// conditions is passed over.
    #[inline]
    fn pass_if(&mut self, at: usize, tests: Option<&'p [Test<'p>]>) -> Result<(), Stop> {
        let Some(tests) = tests else {
            return self.pass(at);
        };
        // Pieces that end right after the step leave the conditions to the next piece.
        if at + 1 == self.last {
            return self.pass(at);
        }
        if let Some(passed) = self.passed.get_mut(at) {
            *passed += 1;
        }
        if self.cursor.passes(tests)? {
            return self.pass(at + 1);
        }
        Ok(())
    }

    fn step(&mut self, at: usize) -> Result<(), Stop> {
        if at == self.last {
            return self.arrive();
        }
        let laid = self.laid;
        let Some(step) = laid.steps.get(at) else {
            return self.arrive();
        };
        match step {
            LaidStep::Scan {
                node,
                list,
                own,
                tests,
            } => {
                if own.is_empty() {
                    return self.scan(at, *node, list, tests.as_deref());
                }
                let kept = match self.scanned.get_mut(at).and_then(Option::take) {
                    Some(kept) => kept,
                    None => self.passing(*node, list, own)?,
                };
                let outcome = self.scan(at, *node, &kept, tests.as_deref());
                if let Some(place) = self.scanned.get_mut(at) {
                    *place = Some(kept);
                }
                outcome
            }
            LaidStep::Seek { .. } => self.seek(at, step),
            LaidStep::NodeById { node, id } => {
                let id = self.cursor.compute(id)?;
                #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
                let whole = id
                    .as_float()
                    .filter(|number| number.fract() == 0.0)
                    .map(|number| number as i64);
                let place = id
                    .as_integer()
                    .or(whole)
                    .and_then(|id| laid.view.place(NodeId::new(id)));
                match place {
                    Some(place) => {
                        self.cursor.set_register(*node, place);
                        self.pass(at)
                    }
                    None => Ok(()),
                }
            }
            LaidStep::Expand {
                hop,
                relationship,
                to,
                distinct,
                tests,
            } => {
                self.cursor.context.tick()?;
                let from = self.cursor.register(hop.from);
                if from == NONE {
                    return Ok(());
                }
                if let ([list], None, true, End::New(to)) =
                    (hop.lists.as_slice(), relationship, distinct.is_empty(), to)
                    && !list.skips_loops
                {
                    for node in list.adjacency.neighbours(from) {
                        self.cursor.set_register(*to, *node);
                        self.pass_if(at, tests.as_deref())?;
                    }
                    return Ok(());
                }
                let links = self.links(hop, from);
                let mut next = 0;
                while let Some((node, link)) = links.link(next) {
                    next += 1;
                    if !self.arrives(*to, node) || self.is_used(distinct, link) {
                        continue;
                    }
                    if let Some(slot) = relationship {
                        self.cursor.set_register(*slot, link);
                    }
                    self.pass_if(at, tests.as_deref())?;
                }
                Ok(())
            }
            LaidStep::ExpandMany { want, .. } => match want {
                Want::Chains => self.many(at, step),
                Want::Ends => self.reach(at, step),
            },
            LaidStep::CountMany { hop, least, most } => self.number(at, hop, *least, *most),
            LaidStep::Filter(tests) => {
                if self.cursor.passes(tests)? {
                    self.pass(at)?;
                }
                Ok(())
            }
            LaidStep::Project(items) => self.project(at, items),
            LaidStep::Unwind { list, item } => {
                let list = self.cursor.compute(list)?;
                if list.is_null() {
                    return Ok(());
                }
                let Some(items) = list.as_list() else {
                    self.cursor.row.set(*item, list);
                    return self.pass(at);
                };
                for value in items {
                    self.cursor.context.tick()?;
                    self.cursor.row.set(*item, value.clone());
                    self.pass(at)?;
                }
                Ok(())
            }
            LaidStep::Optional { end, nulls } => {
                self.set_found(at, false);
                self.step(at + 1)?;
                if self.found.get(at) == Some(&false) {
                    for (slot, kind) in nulls {
                        self.set_null(*slot, *kind);
                    }
                    self.pass(*end)?;
                }
                Ok(())
            }
            LaidStep::Tally { end, slot, form } => {
                if let Some(tally) = self.tallies.get_mut(at) {
                    *tally = 0;
                }
                match self.step(at + 1) {
                    Err(stop) if stop.is_enough() => {}
                    outcome => outcome?,
                }
                let count = self.tallies.get(at).copied().unwrap_or_default();
                let value = match form {
                    Tally::Count => Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)),
                    Tally::Exists => Value::Boolean(count > 0),
                };
                self.cursor.row.set(*slot, value);
                self.pass(*end)
            }
            LaidStep::Tallied {
                begin,
                factors,
                form,
            } => {
                let weight = self.product(factors)?;
                if let Some(tally) = self.tallies.get_mut(*begin) {
                    *tally = tally.saturating_add(weight);
                }
                if *form == Tally::Exists && weight > 0 {
                    return Err(Stop::enough());
                }
                Ok(())
            }
            LaidStep::Found { begin } => {
                self.set_found(*begin, true);
                self.pass(at)
            }
        }
    }

    fn set_found(&mut self, at: usize, truth: bool) {
        if let Some(found) = self.found.get_mut(at) {
            *found = truth;
        }
    }

    fn set_null(&mut self, slot: Slot, kind: Kind) {
        match kind {
            Kind::Node | Kind::Relationship => self.cursor.set_register(slot, NONE),
            Kind::Chain(chain) => {
                if let Some(chain) = self.cursor.chains.get_mut(chain) {
                    chain.missing = true;
                }
            }
            Kind::Value => self.cursor.row.set(slot, Value::Null),
        }
    }

    /// Fills or checks the end of a step; false if it is another node.
    #[inline]
    fn arrives(&mut self, to: End, node: NodePlace) -> bool {
        match to {
            End::New(slot) => {
                self.cursor.set_register(slot, node);
                true
            }
            End::Bound(slot) => self.cursor.register(slot) == node,
        }
    }

    #[inline]
    fn is_used(&self, distinct: &[(Slot, Kind)], link: RelPlace) -> bool {
        distinct.iter().any(|(slot, kind)| match kind {
            Kind::Chain(chain) => self
                .cursor
                .chains
                .get(*chain)
                .is_some_and(|chain| chain.links.contains(&link)),
            Kind::Node | Kind::Relationship | Kind::Value => self.cursor.register(*slot) == link,
        })
    }

    /// What can be followed from `node`.
    fn links(&self, hop: &LaidHop<'p>, node: NodePlace) -> Links<'p> {
        if let [list] = hop.lists.as_slice()
            && !list.skips_loops
        {
            let (nodes, relationships) = list.adjacency.links(node);
            return Links::Row(nodes, relationships);
        }
        let mut links = Vec::new();
        let mut filled = 0;
        for list in &hop.lists {
            let (nodes, relationships) = list.adjacency.links(node);
            let before = links.len();
            let pairs = nodes.iter().copied().zip(relationships.iter().copied());
            links.extend(pairs.filter(|(other, _)| !list.skips_loops || *other != node));
            filled += usize::from(links.len() > before);
        }
        if filled > 1 {
            let view = self.laid.view;
            links.sort_by_key(|(_, link)| view.relationship(*link).map(RelationshipView::id));
        }
        Links::Gathered(links)
    }

    fn seek(&mut self, at: usize, step: &'p LaidStep<'p>) -> Result<(), Stop> {
        let LaidStep::Seek {
            node,
            among,
            key,
            value,
        } = step
        else {
            return Ok(());
        };
        let wanted = self.cursor.compute(value)?;
        if wanted.is_null() {
            return Ok(());
        }
        let view = self.laid.view;
        let try_one = |worker: &mut Self, place: NodePlace| -> Result<(), Stop> {
            worker.cursor.context.tick()?;
            let fits = among.is_none_or(|among| among.contains(place))
                && view
                    .property(place, *key)
                    .is_some_and(|found| is_equal(found, &wanted));
            if fits {
                worker.cursor.set_register(*node, place);
                worker.pass(at)?;
            }
            Ok(())
        };
        if let Some(found) = view.graph().nodes_with_value(*key, &wanted) {
            for place in found.filter_map(|id| view.place(id)) {
                try_one(self, place)?;
            }
            return Ok(());
        }
        let list = among.map_or_else(|| view.nodes(), Among::list);
        if at == 0 {
            for place in list {
                try_one(self, *place)?;
            }
            return Ok(());
        }
        // Many tuples look for values of the same property: a hash join.
        let join = match self.joins.get_mut(at).and_then(Option::take) {
            Some(join) => join,
            None => self.join(list, *key)?,
        };
        let outcome = join
            .find(&wanted)
            .iter()
            .try_for_each(|place| try_one(self, *place));
        if let Some(place) = self.joins.get_mut(at) {
            *place = Some(join);
        }
        outcome
    }

    /// The nodes of a list by the values of a property.
    fn join(&self, list: &[NodePlace], key: PropertyKey) -> Result<Join, Stop> {
        let mut join = Join::default();
        for place in list {
            self.cursor.context.tick()?;
            if let Some(value) = self.laid.view.property(*place, key) {
                join.insert(value, *place);
            }
        }
        self.cursor.context.hold(list.len())?;
        Ok(join)
    }

    fn project(&mut self, at: usize, items: &'p [Item<'p>]) -> Result<(), Stop> {
        if let [Item::Value(slot, computed)] = items {
            let value = self.cursor.compute(computed)?;
            self.cursor.row.set(*slot, value);
            return self.pass(at);
        }
        // All are computed from the tuple as it came in.
        let mut values = Vec::with_capacity(items.len());
        let mut places = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Item::Alias(to, from) => places.push((*to, self.cursor.register(*from))),
                Item::Value(to, computed) => values.push((*to, self.cursor.compute(computed)?)),
            }
        }
        for (slot, place) in places {
            self.cursor.set_register(slot, place);
        }
        for (slot, value) in values {
            self.cursor.row.set(slot, value);
        }
        self.pass(at)
    }

    /// A tuple has passed all steps.
    #[inline]
    fn arrive(&mut self) -> Result<(), Stop> {
        self.arrive_as(1)
    }

    /// So many equal tuples have passed all steps.
    #[inline]
    fn arrive_as(&mut self, tuples: u64) -> Result<(), Stop> {
        let laid = self.laid;
        if let Target::Tuples(tuples) = &mut self.target {
            tuples.extend_from_slice(self.cursor.registers());
            return Ok(());
        }
        let weight = tuples.saturating_mul(self.product(&laid.factors)?);
        if weight == 0 {
            return Ok(());
        }
        self.stamp += 1;
        match &mut self.target {
            Target::Groups(groups) => groups.take(&laid.sink, &mut self.cursor, self.stamp, weight),
            Target::Top(top) => top.take(&laid.sink, &mut self.cursor, self.stamp),
            Target::Tuples(_) => Ok(()),
        }
    }
}
