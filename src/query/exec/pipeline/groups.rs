//! Groups of tuples, and what is computed of each.
//!
//! Groups that depend on one node are found by its place and made equal by their keys only at the
//! end, once per node. Each group remembers when it was first met, so that the groups of several
//! workers come out in the order in which one worker would have met them.

use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::base::Id as _;
use crate::graph::NodePlace;
use crate::model::{Equivalent, Value, order};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::exec::Row;
use crate::query::function::Accumulator;
use crate::query::physical::{Aggregation, Expression};
use crate::query::signature::Aggregate;

use super::Stop;
use super::cursor::Cursor;
use super::layout::{LaidSink, Measure, Order, Source};
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

/// The keys of groups as numbers: equal values have the same number.
struct CodedKeys {
    coders: Vec<Coder>,
    /// The numbers of all groups, one group after another.
    codes: Vec<u32>,
    table: HashTable<u32>,
}

/// The numbers of the values of one key.
struct Coder {
    /// The node on which alone the key depends, if there is one.
    node: Option<Slot>,
    /// One more than the number of each node's (or type's) value; 0 where it is not known.
    memory: Vec<u32>,
    values: Keys,
    order: Order,
}

impl Coder {
    fn new(node: Option<Slot>, order: Order) -> Self {
        Self {
            node,
            memory: Vec::new(),
            values: Keys::new(1),
            order,
        }
    }

    /// The number of the key's value for the present tuple.
    #[inline]
    fn code<'p>(&mut self, source: &Source<'p>, cursor: &mut Cursor<'p>) -> Result<u32, Stop> {
        let place = match (source, self.node) {
            (Source::TypeOf(slot), _) => cursor
                .view
                .relationship(cursor.register(*slot))
                .and_then(|found| u32::try_from(found.rel_type().symbol().index()).ok())
                .unwrap_or(NONE),
            (_, Some(slot)) => cursor.register(slot),
            (_, None) => NONE,
        };
        if let Some(known) = self.memory.get(place as usize)
            && *known > 0
        {
            return Ok(*known - 1);
        }
        let code = self.code_of(cursor.source(source)?)?;
        if place != NONE {
            if self.memory.len() <= place as usize {
                let bound = cursor.view.node_bound().max(place as usize + 1);
                self.memory.resize(bound, 0);
            }
            if let Some(entry) = self.memory.get_mut(place as usize) {
                *entry = code + 1;
            }
        }
        Ok(code)
    }

    fn code_of(&mut self, value: Value) -> Result<u32, Stop> {
        let mut key = vec![value];
        let code = match self.values.find(&key) {
            Some(code) => {
                if self.order == Order::Free && !look_alike(self.values.of(code), &key) {
                    return Err(Stop::inexact());
                }
                code
            }
            None => {
                self.values.push(&mut key);
                self.values.values.len() - 1
            }
        };
        Ok(u32::try_from(code).unwrap_or(u32::MAX))
    }

    fn value(&self, code: u32) -> Value {
        self.values
            .values
            .get(code as usize)
            .cloned()
            .unwrap_or_default()
    }
}

impl CodedKeys {
    fn new(nodes: &[Option<Slot>], order: Order) -> Self {
        Self {
            coders: nodes.iter().map(|node| Coder::new(*node, order)).collect(),
            codes: Vec::new(),
            table: HashTable::new(),
        }
    }

    fn width(&self) -> usize {
        self.coders.len()
    }

    fn of(&self, group: u32) -> &[u32] {
        codes_of(&self.codes, self.coders.len(), group)
    }

    fn find(&self, codes: &[u32]) -> Option<usize> {
        // A single key numbers its groups itself.
        if let ([code], true) = (codes, self.coders.len() == 1) {
            return ((*code as usize) < self.codes.len()).then_some(*code as usize);
        }
        let hash = FxBuildHasher.hash_one(codes);
        let known = self.table.find(hash, |group| self.of(*group) == codes);
        known.map(|group| *group as usize)
    }

    /// Gives the next group these codes, which no group has.
    fn push(&mut self, codes: &[u32]) {
        let width = self.coders.len();
        let group = self.codes.len() / width.max(1);
        self.codes.extend_from_slice(codes);
        if width > 1 {
            let group = u32::try_from(group).unwrap_or(u32::MAX);
            let all = &self.codes;
            let again = |group: &u32| FxBuildHasher.hash_one(codes_of(all, width, *group));
            self.table
                .insert_unique(FxBuildHasher.hash_one(codes), group, again);
        }
    }

    /// The keys of all groups, one group after another.
    fn into_values(self) -> Vec<Value> {
        let coders = self.coders.iter().cycle();
        self.codes
            .iter()
            .zip(coders)
            .map(|(code, coder)| coder.value(*code))
            .collect()
    }
}

fn codes_of(codes: &[u32], width: usize, group: u32) -> &[u32] {
    let first = group as usize * width;
    codes.get(first..first + width).unwrap_or(&[])
}

/// Lists of values, one after another, and where equal ones are found.
#[derive(Default)]
struct Keys {
    values: Vec<Value>,
    width: usize,
    table: HashTable<u32>,
}

impl Keys {
    fn new(width: usize) -> Self {
        Self {
            width,
            ..Self::default()
        }
    }

    fn of(&self, group: usize) -> &[Value] {
        let first = group * self.width;
        self.values.get(first..first + self.width).unwrap_or(&[])
    }

    /// The group with these keys, or where it would have been.
    fn find(&self, keys: &[Value]) -> Option<usize> {
        let known = self.table.find(hash(keys), |group| {
            Equivalent(self.of(*group as usize)) == Equivalent(keys)
        });
        known.map(|group| *group as usize)
    }

    /// Gives the next group these keys, which no group has, and leaves the list of them empty.
    fn push(&mut self, keys: &mut Vec<Value>) {
        let group = self.values.len() / self.width.max(1);
        let hash_of_keys = hash(keys);
        self.values.append(keys);
        let (values, width) = (&self.values, self.width);
        let again = |group: &u32| {
            let first = *group as usize * width;
            hash(values.get(first..first + width).unwrap_or(&[]))
        };
        let group = u32::try_from(group).unwrap_or(u32::MAX);
        self.table.insert_unique(hash_of_keys, group, again);
    }
}

/// Whether equal keys are written alike, too; 1 and 1.0 are not, and which of them a group shows
/// depends on which came first.
fn look_alike(left: &[Value], right: &[Value]) -> bool {
    left.iter().zip(right).all(|pair| match pair {
        (Value::Float(left), Value::Float(right)) => left.to_bits() == right.to_bits(),
        (Value::Integer(_), Value::Float(_)) | (Value::Float(_), Value::Integer(_)) => false,
        (Value::List(_), Value::List(_)) | (Value::Map(_), Value::Map(_)) => {
            pair.0.to_string() == pair.1.to_string()
        }
        _ => true,
    })
}

fn hash(keys: &[Value]) -> u64 {
    FxBuildHasher.hash_one(Equivalent(keys))
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
                Source::TypeOf(_) | Source::Operand(_) | Source::Computed(_) => {
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
                        _ => return Err(Stop::inexact()),
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
                return Err(RunError::Unsound("a measure has lost its state").into());
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
            _ => return Err(Stop::inexact()),
        }
        Ok(())
    }

    fn result(self, aggregation: &Aggregation) -> Result<Value, RunError> {
        let integer = |count: u64| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        Ok(match self {
            Self::Count(count) => integer(count),
            Self::Distinct(values) => integer((values.integers.len() + values.others.len()) as u64),
            Self::Sum { total, count } => {
                if let Aggregation::Of {
                    aggregate: Aggregate::Avg,
                    ..
                } = aggregation
                {
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
