//! The two ends of a relationship that is already known.

use crate::graph::Direction;
use crate::model::{NodeId, RelType};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::wrong_type;
use crate::query::logical::End;
use crate::query::physical::Types;

use super::expand::{arrive, is_used};
use super::{BoxOperator, Context, Operator, Row};

/// Fills or checks the ends of the relationship of each row, in each way that fits.
pub(super) struct Ends {
    input: BoxOperator,
    relationship: Slot,
    from: End,
    to: End,
    types: Types,
    direction: Direction,
    distinct_from: Vec<Slot>,
    /// The ways still to be tried, the last first.
    ways: Vec<(NodeId, NodeId)>,
}

impl Ends {
    pub(super) fn new(
        input: BoxOperator,
        relationship: Slot,
        (from, to): (End, End),
        types: Types,
        direction: Direction,
        distinct_from: Vec<Slot>,
    ) -> Self {
        Self {
            input,
            relationship,
            from,
            to,
            types,
            direction,
            distinct_from,
            ways: Vec::new(),
        }
    }

    fn collect(&mut self, row: &Row, context: &Context<'_, '_>) -> Result<(), RunError> {
        let value = row.value(self.relationship);
        if value.is_null() {
            return Ok(());
        }
        let id = value
            .as_relationship()
            .ok_or_else(|| wrong_type("what a pattern names", "a relationship", value))?;
        let Some(view) = context.graph().relationship(id) else {
            return Ok(());
        };
        if !admits(&self.types, view.rel_type()) || is_used(row, &self.distinct_from, id) {
            return Ok(());
        }
        let (start, end) = (view.start(), view.end());
        match self.direction {
            Direction::Outgoing => self.ways.push((start, end)),
            Direction::Incoming => self.ways.push((end, start)),
            Direction::Both => {
                if start != end {
                    self.ways.push((end, start));
                }
                self.ways.push((start, end));
            }
        }
        Ok(())
    }
}

/// Whether the type is one of those wanted.
pub(super) fn admits(types: &Types, rel_type: RelType) -> bool {
    match types {
        Types::Any => true,
        Types::Only(types) => types.contains(&rel_type),
    }
}

impl Operator for Ends {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.ways.clear();
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            while let Some((start, end)) = self.ways.pop() {
                if arrive(self.from, start, row) && arrive(self.to, end, row) {
                    return Ok(true);
                }
            }
            context.tick()?;
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.collect(row, context)?;
        }
    }
}
