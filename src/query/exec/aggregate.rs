//! Groups of rows, and what is computed of each.

use std::collections::HashMap;

use crate::model::{Equivalent, Value};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::{evaluate, optional};
use crate::query::function::Accumulator;
use crate::query::physical::{Aggregation, Expression};

use super::{BoxOperator, Context, Operator, Row};

/// One row for each group, in the order in which the groups first came.
pub(super) struct Aggregate {
    input: BoxOperator,
    keys: Vec<(Slot, Expression)>,
    aggregations: Vec<(Slot, Aggregation)>,
    /// The groups once all rows were seen.
    groups: Option<std::vec::IntoIter<Group>>,
    held: usize,
}

struct Group {
    keys: Vec<Value>,
    accumulators: Vec<Accumulator>,
}

impl Aggregate {
    pub(super) fn new(
        input: BoxOperator,
        keys: Vec<(Slot, Expression)>,
        aggregations: Vec<(Slot, Aggregation)>,
    ) -> Self {
        Self {
            input,
            keys,
            aggregations,
            groups: None,
            held: 0,
        }
    }

    fn new_group(&self, keys: Vec<Value>) -> Group {
        let accumulators = self
            .aggregations
            .iter()
            .map(|(_, aggregation)| match aggregation {
                Aggregation::CountAll => Accumulator::of_rows(),
                Aggregation::Of {
                    aggregate,
                    duplicates,
                    ..
                } => Accumulator::new(*aggregate, *duplicates),
            })
            .collect();
        Group { keys, accumulators }
    }

    fn gather(
        &mut self,
        context: &mut Context<'_, '_>,
        row: &mut Row,
    ) -> Result<Vec<Group>, RunError> {
        let mut groups: Vec<Group> = Vec::new();
        let mut places: HashMap<Equivalent<Vec<Value>>, usize> = HashMap::new();
        if self.keys.is_empty() {
            groups.push(self.new_group(Vec::new()));
        }
        let mut keys = Equivalent(Vec::with_capacity(self.keys.len()));
        while self.input.next(context, row)? {
            context.tick()?;
            keys.0.clear();
            for (_, expression) in &self.keys {
                keys.0.push(evaluate(expression, row, context)?);
            }
            let known = if self.keys.is_empty() {
                Some(0)
            } else {
                places.get(&keys).copied()
            };
            let place = if let Some(place) = known {
                place
            } else {
                let group = self.new_group(keys.0.clone());
                let size = 2 * keys.0.len() + 2 * group.accumulators.len();
                context.hold(size)?;
                self.held += size;
                places.insert(keys.clone(), groups.len());
                groups.push(group);
                groups.len() - 1
            };
            let Some(group) = groups.get_mut(place) else {
                continue;
            };
            for ((_, aggregation), accumulator) in
                self.aggregations.iter().zip(&mut group.accumulators)
            {
                match aggregation {
                    Aggregation::CountAll => accumulator.add_row(),
                    Aggregation::Of {
                        argument,
                        parameter,
                        ..
                    } => {
                        let parameter = optional(parameter.as_ref(), row, context)?;
                        let value = evaluate(argument, row, context)?;
                        if accumulator.keeps_values() {
                            context.hold(1)?;
                            self.held += 1;
                        }
                        accumulator.add(value, parameter.as_ref())?;
                    }
                }
            }
        }
        Ok(groups)
    }
}

impl Operator for Aggregate {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.groups = None;
        context.release(std::mem::take(&mut self.held));
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        let mut groups = match self.groups.take() {
            Some(groups) => groups,
            None => self.gather(context, row)?.into_iter(),
        };
        let group = groups.next();
        self.groups = Some(groups);
        let Some(group) = group else {
            return Ok(false);
        };
        for ((slot, _), value) in self.keys.iter().zip(group.keys) {
            row.set(*slot, value);
        }
        for ((slot, _), accumulator) in self.aggregations.iter().zip(group.accumulators) {
            row.set(*slot, accumulator.result()?);
        }
        Ok(true)
    }
}
