//! What is gathered of a group, one state for each measure.

use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::graph::NodePlace;
use crate::model::{Equivalent, Value, order};
use crate::query::error::RunError;
use crate::query::function::Accumulator;
use crate::query::physical::Aggregation;
use crate::query::signature::Aggregate;

use super::Stop;
use super::cursor::Cursor;
use super::layout::{Measure, Source};
use super::test::NONE;

/// What a measure has gathered.
#[derive(Debug)]
pub(super) enum State {
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
pub(super) struct DistinctValues {
    integers: FxHashSet<i64>,
    nodes: DistinctNodes,
    others: std::collections::HashSet<Equivalent<[Value; 1]>, FxBuildHasher>,
}

/// Nodes by place: few in a table, many as bits.
#[derive(Debug, Default)]
struct DistinctNodes {
    table: FxHashSet<NodePlace>,
    bits: Vec<u64>,
}

impl DistinctNodes {
    #[inline]
    fn insert(&mut self, place: NodePlace, bound: usize) {
        if self.bits.is_empty() {
            self.table.insert(place);
            // The bits take no more room than the table then.
            if self.table.len() * 64 > bound {
                self.bits = vec![0; bound.div_ceil(64)];
                let places = std::mem::take(&mut self.table);
                self.set_all(places);
            }
        } else {
            self.set(place);
        }
    }

    #[inline]
    fn set(&mut self, place: NodePlace) {
        if let Some(word) = self.bits.get_mut(place as usize / 64) {
            *word |= 1 << (place % 64);
        }
    }

    fn absorb(&mut self, mut other: Self) {
        if self.bits.is_empty() {
            std::mem::swap(self, &mut other);
        }
        if self.bits.is_empty() {
            self.table.extend(other.table);
            return;
        }
        for (word, more) in self.bits.iter_mut().zip(&other.bits) {
            *word |= more;
        }
        self.set_all(other.table);
    }

    #[expect(
        clippy::iter_over_hash_type,
        reason = "bits are the same in whatever order they are set"
    )]
    fn set_all(&mut self, places: FxHashSet<NodePlace>) {
        for place in places {
            self.set(place);
        }
    }

    fn len(&self) -> usize {
        let bits: usize = self
            .bits
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum();
        bits + self.table.len()
    }
}

impl DistinctValues {
    fn len(&self) -> usize {
        self.integers.len() + self.nodes.len() + self.others.len()
    }

    fn insert(&mut self, value: Value) {
        // A whole float equals the integer.
        let whole = if let Value::Float(number) = value
            && number.fract() == 0.0
            && number.abs() < 9e15
        {
            #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
            Some(number as i64)
        } else {
            value.as_integer()
        };
        if let Some(number) = whole {
            self.integers.insert(number);
        } else if !value.is_null() {
            self.others.insert(Equivalent([value]));
        }
    }
}

impl State {
    pub(super) fn new(measure: &Measure<'_>) -> Self {
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
    pub(super) fn take<'p>(
        &mut self,
        measure: &Measure<'p>,
        cursor: &mut Cursor<'p>,
        stamp: u64,
        weight: u64,
    ) -> Result<(), Stop> {
        match (self, measure) {
            (Self::Count(count), Measure::Rows) => *count = count.saturating_add(weight),
            (Self::Count(count), Measure::NotNull(source)) => {
                if !cursor.is_null(source)? {
                    *count = count.saturating_add(weight);
                }
            }
            (Self::Distinct(values), Measure::Distinct(source)) => match source {
                Source::Node(slot) => {
                    let place = cursor.register(*slot);
                    if place != NONE {
                        values.nodes.insert(place, cursor.view.node_bound());
                    }
                }
                // One measure counts places of one sort only.
                Source::Relationship(slot) => {
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
                    let value = cursor.source(source)?;
                    // Sums of floats depend on the order, and others are not free of faults.
                    if !value.is_null() && value.as_integer().is_none() {
                        return Err(Stop::inexact());
                    }
                    value.as_integer()
                };
                if let Some(number) = number {
                    *total += i128::from(number) * i128::from(weight);
                    *count = count.saturating_add(weight);
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
    pub(super) fn absorb(&mut self, other: Self, measure: &Measure<'_>) -> Result<(), Stop> {
        match (self, other) {
            (Self::Count(count), Self::Count(more)) => *count = count.saturating_add(more),
            (Self::Distinct(values), Self::Distinct(mut more)) => {
                if values.integers.len() < more.integers.len() {
                    std::mem::swap(&mut values.integers, &mut more.integers);
                }
                values.integers.extend(more.integers);
                values.nodes.absorb(more.nodes);
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
                let better = if let Measure::Most(_) = measure {
                    order(kept, &other)
                } else {
                    order(&other, kept)
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

    pub(super) fn result(self, aggregation: &Aggregation) -> Result<Value, RunError> {
        let integer = |count: u64| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        Ok(match self {
            Self::Count(count) => integer(count),
            Self::Distinct(values) => integer(values.len() as u64),
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
