//! The rows of one plan after another's.

use crate::query::checked::Slot;
use crate::query::error::RunError;

use super::{BoxOperator, Context, Operator, Row};

/// The rows of each branch in turn, their columns moved to common slots.
pub(super) struct Union {
    branches: Vec<(BoxOperator, Vec<Slot>)>,
    slots: Vec<Slot>,
    at: usize,
}

impl Union {
    pub(super) fn new(branches: Vec<(BoxOperator, Vec<Slot>)>, slots: Vec<Slot>) -> Self {
        Self {
            branches,
            slots,
            at: 0,
        }
    }
}

impl Operator for Union {
    fn reset(&mut self, context: &Context<'_, '_>) {
        for (branch, _) in &mut self.branches {
            branch.reset(context);
        }
        self.at = 0;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        while let Some((branch, columns)) = self.branches.get_mut(self.at) {
            if branch.next(context, row)? {
                for (from, to) in columns.iter().zip(&self.slots) {
                    let value = row.value(*from).clone();
                    row.set(*to, value);
                }
                return Ok(true);
            }
            self.at += 1;
        }
        Ok(false)
    }
}
