//! Groups of tuples, and what is computed of each.
//!
//! Groups that depend on one node are found by its place and made equal by their keys only at the
//! end, once per node. Each group remembers when it was first met, so that the groups of several
//! workers come out in the order in which one worker would have met them.

use std::collections::HashMap;

use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::model::{Equivalent, Value, order};
use crate::query::error::RunError;
use crate::query::function::Accumulator;

use super::Stop;
use super::cursor::Cursor;
use super::layout::{LaidSink, Measure, Source};
use super::test::NONE;

type ByKey = HashMap<Equivalent<Vec<Value>>, usize, FxBuildHasher>;

/// The groups that one worker has met.
pub(super) struct Groups {
    places: Places,
    /// When each group was first met.
    stamps: Vec<u64>,
    /// The states of all groups, one for each measure.
    states: Vec<State>,
    /// The keys of each group, where they are known already.
    keys: Vec<Vec<Value>>,
    scratch: Equivalent<Vec<Value>>,
    measures: usize,
}

enum Places {
    /// One group, there from the start.
    Single,
    /// By the place of a node: 1 and the number of its group, 0 for none; and the nodes.
    ByNode(Vec<u32>, Vec<u32>),
    ByKey(ByKey),
}

/// What a measure has gathered.
#[derive(Debug)]
enum State {
    Count(u64),
    Distinct(Box<DistinctValues>),
    Sum {
        total: i128,
        count: u64,
    },
    /// The least or the most, and when it was met.
    Extreme(Value, u64),
    Ordered(Box<Accumulator>),
}

/// Values that differ: whole numbers apart from the rest, since they are quick to compare.
#[derive(Debug, Default)]
struct DistinctValues {
    integers: FxHashSet<i64>,
    others: std::collections::HashSet<Equivalent<[Value; 1]>, FxBuildHasher>,
}

impl DistinctValues {
    fn insert(&mut self, value: Value) {
        match value {
            Value::Null => {}
            Value::Integer(number) => {
                self.integers.insert(number);
            }
            Value::Float(number) => {
                // A whole float equals the integer.
                #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
                if number.fract() == 0.0 && number.abs() < 9e15 {
                    self.integers.insert(number as i64);
                } else {
                    self.others.insert(Equivalent([value]));
                }
            }
            other => {
                self.others.insert(Equivalent([other]));
            }
        }
    }
}

/// A group at the end: its keys and its results.
pub(super) struct Group {
    pub(super) keys: Vec<Value>,
    pub(super) results: Vec<Value>,
}

impl Groups {
    /// No groups; without keys the one that there always is.
    pub(super) fn new(sink: &LaidSink<'_>, node_bound: usize) -> Self {
        let LaidSink::Aggregate {
            keys,
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
            Places::ByKey(ByKey::default())
        };
        let mut groups = Self::empty(places, measures.len());
        if keys.is_empty() {
            groups.begin(measures, u64::MAX);
            groups.keys.push(Vec::new());
        }
        groups
    }

    fn empty(places: Places, measures: usize) -> Self {
        Self {
            places,
            stamps: Vec::new(),
            states: Vec::new(),
            keys: Vec::new(),
            scratch: Equivalent(Vec::new()),
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
            Places::ByKey(places) => {
                self.scratch.0.clear();
                for key in keys {
                    self.scratch.0.push(cursor.source(key)?);
                }
                places.get(&self.scratch).copied()
            }
        };
        let group = match known {
            Some(group) => group,
            None => self.new_group(sink, measures, cursor, stamp)?,
        };
        let first = group * self.measures;
        for (measure, state) in measures.iter().zip(self.states.iter_mut().skip(first)) {
            state.take(measure, cursor, stamp, weight)?;
        }
        Ok(())
    }

    fn new_group<'p>(
        &mut self,
        sink: &LaidSink<'p>,
        measures: &[Measure<'p>],
        cursor: &mut Cursor<'p>,
        stamp: u64,
    ) -> Result<usize, Stop> {
        let group = self.begin(measures, stamp);
        match &mut self.places {
            Places::Single => {}
            Places::ByNode(places, nodes) => {
                let LaidSink::Aggregate {
                    by_node: Some(slot),
                    ..
                } = sink
                else {
                    return Ok(group);
                };
                let node = cursor.register(*slot);
                let place = (node as usize).min(places.len() - 1);
                if let Some(entry) = places.get_mut(place) {
                    *entry = u32::try_from(group + 1).unwrap_or(u32::MAX);
                }
                nodes.push(node);
            }
            Places::ByKey(places) => {
                self.keys.push(self.scratch.0.clone());
                places.insert(self.scratch.clone(), group);
            }
        }
        let keys = if let Places::Single = self.places {
            0
        } else {
            2
        };
        cursor.context.hold(keys + 2 * self.measures)?;
        Ok(group)
    }

    /// The groups of all workers, in the order in which they were first met.
    pub(super) fn merge<'p>(
        workers: Vec<Self>,
        sink: &LaidSink<'p>,
        cursor: &mut Cursor<'p>,
    ) -> Result<Vec<Group>, Stop> {
        let LaidSink::Aggregate {
            keys,
            by_node,
            node_is_key,
            measures,
        } = sink
        else {
            return Ok(Vec::new());
        };
        let mut workers = workers.into_iter();
        let Some(mut all) = workers.next() else {
            return Ok(Vec::new());
        };
        for other in workers {
            all.absorb(other, measures)?;
        }
        let width = measures.len();
        let mut states = all.states.into_iter();
        let mut take_states = || states.by_ref().take(width).collect::<Vec<State>>();
        let mut merged: Vec<(u64, Vec<Value>, Vec<State>)> = Vec::with_capacity(all.stamps.len());
        if let (Places::ByNode(_, nodes), Some(slot)) = (&all.places, by_node) {
            let mut places = ByKey::default();
            for (stamp, node) in all.stamps.iter().zip(nodes) {
                cursor.context.tick()?;
                cursor.set_register(*slot, *node);
                let mut values = Vec::with_capacity(keys.len());
                for key in keys {
                    values.push(cursor.source(key)?);
                }
                let states = take_states();
                if *node_is_key {
                    merged.push((*stamp, values, states));
                    continue;
                }
                let values = Equivalent(values);
                match places.get(&values).and_then(|at| merged.get_mut(*at)) {
                    Some((known, kept, into)) => {
                        if stamp < known {
                            *known = *stamp;
                            *kept = values.0;
                        }
                        for ((state, more), measure) in into.iter_mut().zip(states).zip(measures) {
                            state.absorb(more, measure)?;
                        }
                    }
                    None => {
                        merged.push((*stamp, values.0.clone(), states));
                        places.insert(values, merged.len() - 1);
                    }
                }
            }
        } else {
            for (stamp, values) in all.stamps.iter().zip(all.keys) {
                merged.push((*stamp, values, take_states()));
            }
        }
        merged.sort_by_key(|(stamp, _, _)| *stamp);
        merged
            .into_iter()
            .map(|(_, keys, states)| {
                let results = states
                    .into_iter()
                    .zip(measures)
                    .map(|(state, measure)| state.result(measure))
                    .collect::<Result<_, RunError>>()?;
                Ok(Group { keys, results })
            })
            .collect()
    }

    /// Takes over the groups of another worker.
    fn absorb(&mut self, other: Self, measures: &[Measure<'_>]) -> Result<(), Stop> {
        let width = self.measures;
        let mut states = other.states.into_iter();
        let mut keys = other.keys.into_iter();
        let nodes = match other.places {
            Places::ByNode(_, nodes) => nodes,
            Places::Single | Places::ByKey(_) => Vec::new(),
        };
        for (number, stamp) in other.stamps.into_iter().enumerate() {
            let more: Vec<State> = states.by_ref().take(width).collect();
            let values = keys.next().unwrap_or_default();
            let known = match &mut self.places {
                Places::Single => Some(0),
                Places::ByNode(places, known_nodes) => {
                    let node = nodes.get(number).copied().unwrap_or(NONE);
                    let place = (node as usize).min(places.len() - 1);
                    match places.get_mut(place) {
                        Some(entry) if *entry > 0 => Some(*entry as usize - 1),
                        Some(entry) => {
                            known_nodes.push(node);
                            *entry = u32::try_from(self.stamps.len() + 1).unwrap_or(u32::MAX);
                            None
                        }
                        None => None,
                    }
                }
                Places::ByKey(places) => {
                    let key = Equivalent(values.clone());
                    let known = places.get(&key).copied();
                    if known.is_none() {
                        places.insert(key, self.stamps.len());
                        self.keys.push(values.clone());
                    }
                    known
                }
            };
            let Some(group) = known else {
                self.stamps.push(stamp);
                self.states.extend(more);
                continue;
            };
            if let Some(first) = self.stamps.get_mut(group)
                && stamp < *first
            {
                *first = stamp;
                if let Some(kept) = self.keys.get_mut(group) {
                    *kept = values;
                }
            }
            let first = group * width;
            let states = self.states.iter_mut().skip(first);
            for ((state, more), measure) in states.zip(more).zip(measures) {
                state.absorb(more, measure)?;
            }
        }
        Ok(())
    }
}

impl State {
    fn new(measure: &Measure<'_>) -> Self {
        match measure {
            Measure::Rows | Measure::NotNull(_) => Self::Count(0),
            Measure::Distinct(_) => Self::Distinct(Box::default()),
            Measure::Sum(_) | Measure::Average(_) => Self::Sum { total: 0, count: 0 },
            Measure::Least(_) | Measure::Most(_) => Self::Extreme(Value::Null, u64::MAX),
            Measure::Ordered { aggregate, .. } => Self::Ordered(Box::new(match aggregate {
                Some((aggregate, duplicates)) => Accumulator::new(*aggregate, *duplicates),
                None => Accumulator::of_rows(),
            })),
        }
    }

    #[inline]
    fn take<'p>(
        &mut self,
        measure: &Measure<'p>,
        cursor: &mut Cursor<'p>,
        stamp: u64,
        weight: u64,
    ) -> Result<(), Stop> {
        match (self, measure) {
            (Self::Count(count), Measure::Rows) => *count += weight,
            (Self::Count(count), Measure::NotNull(source)) => {
                if !cursor.is_null(source)? {
                    *count += weight;
                }
            }
            (Self::Distinct(values), Measure::Distinct(source)) => match source {
                Source::Node(slot) => {
                    let place = cursor.register(*slot);
                    if place != NONE {
                        values.integers.insert(i64::from(place));
                    }
                }
                Source::Column(slot, column) => {
                    if let Some(number) = column.integer(cursor.register(*slot)) {
                        values.integers.insert(number);
                    }
                }
                Source::Operand(_) | Source::Computed(_) => {
                    values.insert(cursor.source(source)?);
                }
            },
            (Self::Sum { total, count }, Measure::Sum(source) | Measure::Average(source)) => {
                let number = if let Source::Column(slot, column) = source {
                    column.integer(cursor.register(*slot))
                } else {
                    match cursor.source(source)? {
                        Value::Integer(number) => Some(number),
                        Value::Null => None,
                        // Sums of floats depend on the order, and others are not free of faults.
                        _ => return Err(Stop::Inexact),
                    }
                };
                if let Some(number) = number {
                    *total += i128::from(number) * i128::from(weight);
                    *count += weight;
                }
            }
            (Self::Extreme(kept, when), Measure::Least(source)) => {
                let value = cursor.source(source)?;
                if !value.is_null() && (kept.is_null() || order(&value, kept).is_lt()) {
                    (*kept, *when) = (value, stamp);
                }
            }
            (Self::Extreme(kept, when), Measure::Most(source)) => {
                let value = cursor.source(source)?;
                if !value.is_null() && (kept.is_null() || order(&value, kept).is_gt()) {
                    (*kept, *when) = (value, stamp);
                }
            }
            (
                Self::Ordered(accumulator),
                Measure::Ordered {
                    argument,
                    parameter,
                    ..
                },
            ) => {
                let Some(argument) = argument else {
                    accumulator.add_row();
                    return Ok(());
                };
                let parameter = match parameter {
                    Some(parameter) => Some(cursor.compute(parameter)?),
                    None => None,
                };
                let value = cursor.source(argument)?;
                if accumulator.keeps_values() {
                    cursor.context.hold(1)?;
                }
                accumulator.add(value, parameter.as_ref())?;
            }
            _ => {
                return Err(Stop::Failed(RunError::Unsound(
                    "a measure has lost its state",
                )));
            }
        }
        Ok(())
    }

    /// Takes over what another worker has gathered for the same group.
    fn absorb(&mut self, other: Self, measure: &Measure<'_>) -> Result<(), Stop> {
        match (self, other) {
            (Self::Count(count), Self::Count(more)) => *count += more,
            (Self::Distinct(values), Self::Distinct(mut more)) => {
                if values.integers.len() < more.integers.len() {
                    std::mem::swap(&mut values.integers, &mut more.integers);
                }
                values.integers.extend(more.integers);
                values.others.extend(more.others);
            }
            (
                Self::Sum { total, count },
                Self::Sum {
                    total: more,
                    count: others,
                },
            ) => {
                *total += more;
                *count += others;
            }
            (Self::Extreme(..), Self::Extreme(Value::Null, _)) => {}
            (Self::Extreme(kept, when), Self::Extreme(other, other_when)) => {
                let better = match measure {
                    Measure::Most(_) => order(kept, &other),
                    _ => order(&other, kept),
                };
                let earlier = better.is_eq() && other_when < *when;
                if kept.is_null() || better.is_lt() || earlier {
                    (*kept, *when) = (other, other_when);
                }
            }
            _ => return Err(Stop::Inexact),
        }
        Ok(())
    }

    fn result(self, measure: &Measure<'_>) -> Result<Value, RunError> {
        let integer = |count: u64| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        Ok(match self {
            Self::Count(count) => integer(count),
            Self::Distinct(values) => integer((values.integers.len() + values.others.len()) as u64),
            Self::Sum { total, count } => {
                if let Measure::Average(_) = measure {
                    if count == 0 {
                        return Ok(Value::Null);
                    }
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "the query language divides as floats"
                    )]
                    return Ok(Value::Float(total as f64 / count as f64));
                }
                let total = i64::try_from(total).map_err(|_| RunError::IntegerOverflow)?;
                Value::Integer(total)
            }
            Self::Extreme(value, _) => value,
            Self::Ordered(accumulator) => accumulator.result()?,
        })
    }
}
