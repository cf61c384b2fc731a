//! Rows for which a condition is true.

use crate::query::error::RunError;
use crate::query::eval::holds;
use crate::query::physical::Expression;

use super::{BoxOperator, Context, Operator, Row};

/// Rows for which a condition is true; not false, not null.
pub(super) struct Filter {
    input: BoxOperator,
    condition: Expression,
}

impl Filter {
    pub(super) fn new(input: BoxOperator, condition: Expression) -> Self {
        Self { input, condition }
    }
}

impl Operator for Filter {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        while self.input.next(context, row)? {
            if holds(&self.condition, row, context)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
