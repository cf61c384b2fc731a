//! A list of relationships that is already known, walked along.

use crate::graph::Direction;
use crate::model::NodeId;
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::wrong_type;
use crate::query::logical::End;
use crate::query::physical::Types;

use super::ends::admits;
use super::expand::{arrive, node_in};
use super::expand_many::Lengths;
use super::{BoxOperator, Context, Operator, Row};

/// Rows whose list of relationships leads from one node to another.
pub(super) struct Walk {
    input: BoxOperator,
    relationships: Slot,
    from: Slot,
    to: End,
    types: Types,
    direction: Direction,
    lengths: Lengths,
}

impl Walk {
    pub(super) fn new(
        input: BoxOperator,
        relationships: Slot,
        (from, to): (Slot, End),
        types: Types,
        direction: Direction,
        lengths: Lengths,
    ) -> Self {
        Self {
            input,
            relationships,
            from,
            to,
            types,
            direction,
            lengths,
        }
    }

    /// Where the list leads; `None` if it does not hang together.
    fn end(&self, row: &Row, context: &Context<'_, '_>) -> Result<Option<NodeId>, RunError> {
        let value = row.value(self.relationships);
        if value.is_null() {
            return Ok(None);
        }
        let items = value.as_list().ok_or_else(|| {
            let wanted = "a list of relationships";
            wrong_type("what a pattern names", wanted, value)
        })?;
        if !(self.lengths.least..=self.lengths.most).contains(&items.len()) {
            return Ok(None);
        }
        let Some(mut at) = node_in(row, self.from)? else {
            return Ok(None);
        };
        for item in items {
            let relationship = item.as_relationship();
            let view = relationship.and_then(|id| context.graph().relationship(id));
            let Some(view) = view else {
                return Ok(None);
            };
            let forwards = view.start() == at && self.direction != Direction::Incoming;
            let backwards = view.end() == at && self.direction != Direction::Outgoing;
            at = match (forwards, backwards) {
                (true, _) => view.end(),
                (false, true) => view.start(),
                (false, false) => return Ok(None),
            };
            if !admits(&self.types, view.rel_type()) {
                return Ok(None);
            }
        }
        Ok(Some(at))
    }
}

impl Operator for Walk {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        while self.input.next(context, row)? {
            context.tick()?;
            if let Some(end) = self.end(row, context)?
                && arrive(self.to, end, row)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
