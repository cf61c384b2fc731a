//! Rows that no earlier row equals.

use std::collections::HashSet;

use crate::model::{Equivalent, Value};
use crate::query::checked::Slot;
use crate::query::error::RunError;

use super::{BoxOperator, Context, Operator, Row};

/// The first of all rows that are equal in some slots.
pub(super) struct Distinct {
    input: BoxOperator,
    slots: Vec<Slot>,
    seen: HashSet<Equivalent<Vec<Value>>>,
    /// The values of the present row; kept so that a row seen before costs no memory.
    values: Equivalent<Vec<Value>>,
}

impl Distinct {
    pub(super) fn new(input: BoxOperator, slots: Vec<Slot>) -> Self {
        Self {
            input,
            slots,
            seen: HashSet::new(),
            values: Equivalent(Vec::new()),
        }
    }
}

impl Operator for Distinct {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        context.release(self.seen.len() * self.slots.len());
        self.seen.clear();
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        while self.input.next(context, row)? {
            context.tick()?;
            self.values.0.clear();
            let values = self.slots.iter().map(|slot| row.value(*slot).clone());
            self.values.0.extend(values);
            if !self.seen.contains(&self.values) {
                self.seen.insert(self.values.clone());
                context.hold(self.slots.len())?;
                return Ok(true);
            }
        }
        Ok(false)
    }
}
