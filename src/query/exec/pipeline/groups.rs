//! Groups of tuples, and what is computed of each.
//!
//! Groups that depend on one node are found by its place and made equal by their keys only at the
//! end, once per node. Each group remembers when it was first met, so that the groups of several
//! workers come out in the order in which one worker would have met them.

use crate::base::Id as _;
use crate::graph::NodePlace;
use crate::model::Value;
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::exec::Row;
use crate::query::physical::{Aggregation, Expression};

use super::Stop;
use super::cursor::Cursor;
use super::keys::{CodedKeys, Keys, look_alike};
use super::layout::{LaidSink, Measure, Source};
use super::state::State;
use super::test::NONE;

/// The groups that one worker has met.
pub(super) struct Groups {
    places: Places,
    /// When each group was first met.
    stamps: Vec<u64>,
    /// The states of all groups, one for each measure.
    states: Vec<State>,
    scratch: Vec<Value>,
    codes: Vec<u32>,
    measures: usize,
}

enum Places {
    /// One group, there from the start.
    Single,
    /// By the place of a node: 1 and the number of its group, 0 for none; and the nodes.
    ByNode(Vec<u32>, Vec<u32>),
    ByKey(CodedKeys),
}

/// All groups at the end, each to be given once.
pub(super) struct Finished {
    keys: std::vec::IntoIter<Value>,
    states: std::vec::IntoIter<State>,
}

impl Groups {
    /// No groups; without keys the one that there always is.
    pub(super) fn new(sink: &LaidSink<'_>, node_bound: usize) -> Self {
        let LaidSink::Aggregate {
            keys,
            key_nodes,
            order,
            by_node,
            measures,
            ..
        } = sink
        else {
            return Self::empty(Places::Single, 0);
        };
        let places = if keys.is_empty() {
            Places::Single
        } else if by_node.is_some() {
            Places::ByNode(vec![0; node_bound + 1], Vec::new())
        } else {
            Places::ByKey(CodedKeys::new(key_nodes, *order))
        };
        let mut groups = Self::empty(places, measures.len());
        if keys.is_empty() {
            groups.begin(measures, u64::MAX);
        }
        groups
    }

    fn empty(places: Places, measures: usize) -> Self {
        Self {
            places,
            stamps: Vec::new(),
            states: Vec::new(),
            scratch: Vec::new(),
            codes: Vec::new(),
            measures,
        }
    }

    fn begin(&mut self, measures: &[Measure<'_>], stamp: u64) -> usize {
        self.stamps.push(stamp);
        self.states.extend(measures.iter().map(State::new));
        self.stamps.len() - 1
    }

    /// Takes a tuple that stands for `weight` equal ones.
    #[inline]
    pub(super) fn take<'p>(
        &mut self,
        sink: &LaidSink<'p>,
        cursor: &mut Cursor<'p>,
        stamp: u64,
        weight: u64,
    ) -> Result<(), Stop> {
        let LaidSink::Aggregate {
            keys,
            by_node,
            measures,
            ..
        } = sink
        else {
            return Ok(());
        };
        let known = match &mut self.places {
            Places::Single => Some(0),
            Places::ByNode(places, _) => {
                // The place after the last stands for null.
                let place = by_node.map_or(NONE, |slot| cursor.register(slot)) as usize;
                let place = place.min(places.len() - 1);
                match places.get(place) {
                    Some(number) if *number > 0 => Some(*number as usize - 1),
                    _ => None,
                }
            }
            Places::ByKey(known) => {
                self.codes.clear();
                for (key, coder) in keys.iter().zip(&mut known.coders) {
                    self.codes.push(coder.code(key, cursor)?);
                }
                known.find(&self.codes)
            }
        };
        let group = match known {
            Some(group) => group,
            None => self.new_group(*by_node, measures, cursor, stamp)?,
        };
        let first = group * self.measures;
        if let Some(states) = self.states.get_mut(first..first + self.measures) {
            for (measure, state) in measures.iter().zip(states) {
                state.take(measure, cursor, stamp, weight)?;
            }
        }
        Ok(())
    }

    fn new_group<'p>(
        &mut self,
        by_node: Option<Slot>,
        measures: &[Measure<'p>],
        cursor: &mut Cursor<'p>,
        stamp: u64,
    ) -> Result<usize, Stop> {
        let group = self.begin(measures, stamp);
        let mut size = 2 * self.measures;
        match &mut self.places {
            Places::Single => {}
            Places::ByNode(places, nodes) => {
                let node = by_node.map_or(NONE, |slot| cursor.register(slot));
                enter(places, nodes, node, group);
                size += 1;
            }
            Places::ByKey(keys) => {
                size += self.codes.len();
                keys.push(&self.codes);
            }
        }
        cursor.context.hold(size)?;
        Ok(group)
    }

    /// The groups of all workers, in the order in which they were first met.
    ///
    /// Time O(n log n) in the number of groups.
    pub(super) fn merge<'p>(
        workers: Vec<Self>,
        sink: &LaidSink<'p>,
        cursor: &mut Cursor<'p>,
    ) -> Result<Finished, Stop> {
        let mut workers = workers.into_iter();
        let (
            Some(mut all),
            LaidSink::Aggregate {
                keys,
                by_node,
                node_is_key,
                measures,
                ..
            },
        ) = (workers.next(), sink)
        else {
            return Ok(Finished::default());
        };
        for other in workers {
            all.absorb(other, measures)?;
        }
        let (values, width) = match std::mem::replace(&mut all.places, Places::Single) {
            Places::Single => (Vec::new(), 0),
            Places::ByKey(keys) => {
                let width = keys.width();
                (keys.into_values(), width)
            }
            Places::ByNode(_, nodes) => {
                let slot = by_node.unwrap_or(Slot::from_index(usize::MAX));
                let values = if *node_is_key {
                    let mut values = Vec::with_capacity(nodes.len() * keys.len());
                    for node in nodes {
                        cursor.context.tick()?;
                        cursor.set_register(slot, node);
                        for key in keys {
                            values.push(cursor.source(key)?);
                        }
                    }
                    values
                } else {
                    all.join_equal(&nodes, slot, (keys, measures), cursor)?
                };
                (values, keys.len())
            }
        };
        Ok(all.in_order(values, width))
    }

    /// Makes the groups of nodes whose keys are equal one, and yields the keys of those left.
    fn join_equal<'p>(
        &mut self,
        nodes: &[NodePlace],
        slot: Slot,
        (sources, measures): (&[Source<'p>], &[Measure<'p>]),
        cursor: &mut Cursor<'p>,
    ) -> Result<Vec<Value>, Stop> {
        let mut keys = Keys::new(sources.len());
        let mut states = std::mem::take(&mut self.states).into_iter();
        let stamps = std::mem::take(&mut self.stamps);
        for (stamp, node) in stamps.into_iter().zip(nodes) {
            cursor.context.tick()?;
            cursor.set_register(slot, *node);
            self.scratch.clear();
            for source in sources {
                self.scratch.push(cursor.source(source)?);
            }
            let more = states.by_ref().take(self.measures);
            let Some(group) = keys.find(&self.scratch) else {
                keys.push(&mut self.scratch);
                self.stamps.push(stamp);
                self.states.extend(more);
                continue;
            };
            if !look_alike(keys.of(group), &self.scratch) {
                return Err(Stop::inexact());
            }
            self.add(group, stamp, more, measures)?;
        }
        Ok(keys.values)
    }

    /// Adds the states of another group to those of `group`.
    fn add(
        &mut self,
        group: usize,
        stamp: u64,
        more: impl Iterator<Item = State>,
        measures: &[Measure<'_>],
    ) -> Result<(), Stop> {
        if let Some(first) = self.stamps.get_mut(group) {
            *first = stamp.min(*first);
        }
        let first = group * self.measures;
        let states = self.states.get_mut(first..first + self.measures);
        let pairs = states.into_iter().flatten().zip(more).zip(measures);
        for ((state, more), measure) in pairs {
            state.absorb(more, measure)?;
        }
        Ok(())
    }

    /// Takes over the groups of another worker.
    fn absorb(&mut self, other: Self, measures: &[Measure<'_>]) -> Result<(), Stop> {
        let mut states = other.states.into_iter();
        let (nodes, mut keys, width) = match other.places {
            Places::Single => (Vec::new(), Vec::new().into_iter(), 0),
            Places::ByNode(_, nodes) => (nodes, Vec::new().into_iter(), 0),
            Places::ByKey(keys) => {
                let width = keys.width();
                (Vec::new(), keys.into_values().into_iter(), width)
            }
        };
        for (number, stamp) in other.stamps.into_iter().enumerate() {
            let more = states.by_ref().take(self.measures);
            let group = self.stamps.len();
            let known = match &mut self.places {
                Places::Single => Some(0),
                Places::ByNode(places, known) => {
                    let node = nodes.get(number).copied().unwrap_or(NONE);
                    enter(places, known, node, group)
                }
                Places::ByKey(known) => {
                    self.codes.clear();
                    for (coder, value) in known.coders.iter_mut().zip(keys.by_ref().take(width)) {
                        self.codes.push(coder.code_of(value)?);
                    }
                    let group = known.find(&self.codes);
                    if group.is_none() {
                        known.push(&self.codes);
                    }
                    group
                }
            };
            let Some(group) = known else {
                self.stamps.push(stamp);
                self.states.extend(more);
                continue;
            };
            self.add(group, stamp, more, measures)?;
        }
        Ok(())
    }

    /// The groups by the time when they were first met.
    fn in_order(self, values: Vec<Value>, width: usize) -> Finished {
        if self.stamps.is_sorted() {
            return Finished {
                keys: values.into_iter(),
                states: self.states.into_iter(),
            };
        }
        let mut order: Vec<usize> = (0..self.stamps.len()).collect();
        order.sort_unstable_by_key(|group| self.stamps.get(*group));
        Finished {
            keys: picked(values, width, &order).into_iter(),
            states: picked(self.states, self.measures, &order).into_iter(),
        }
    }
}

/// The items of groups of `width`, the groups in another order.
fn picked<T>(items: Vec<T>, width: usize, order: &[usize]) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let mut picked = Vec::with_capacity(items.len());
    for group in order {
        let first = group * width;
        let group = items.get_mut(first..first + width);
        picked.extend(group.into_iter().flatten().filter_map(Option::take));
    }
    picked
}

/// Enters the group of a node, if there is none yet; else yields the one that there is.
fn enter(
    places: &mut [u32],
    nodes: &mut Vec<NodePlace>,
    node: NodePlace,
    group: usize,
) -> Option<usize> {
    let place = (node as usize).min(places.len().saturating_sub(1));
    let entry = places.get_mut(place)?;
    if *entry > 0 {
        return Some(*entry as usize - 1);
    }
    *entry = u32::try_from(group + 1).unwrap_or(u32::MAX);
    nodes.push(node);
    None
}

impl Default for Finished {
    fn default() -> Self {
        Self {
            keys: Vec::new().into_iter(),
            states: Vec::new().into_iter(),
        }
    }
}

impl Finished {
    /// How many values are kept.
    pub(super) fn size(&self) -> usize {
        self.keys.len() + 2 * self.states.len()
    }

    /// Puts the next group into a row; false if there is none.
    pub(super) fn give(
        &mut self,
        keys: &[(Slot, Expression)],
        aggregations: &[(Slot, Aggregation)],
        row: &mut Row,
    ) -> Result<bool, RunError> {
        if self.keys.len() == 0 && self.states.len() == 0 {
            return Ok(false);
        }
        for ((slot, _), value) in keys.iter().zip(&mut self.keys) {
            row.set(*slot, value);
        }
        for ((slot, aggregation), state) in aggregations.iter().zip(&mut self.states) {
            row.set(*slot, state.result(aggregation)?);
        }
        Ok(true)
    }
}
