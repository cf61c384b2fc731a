//! Rows with more slots filled.

use crate::model::Value;
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::evaluate;
use crate::query::physical::Expression;

use super::{BoxOperator, Context, Operator, Row};

/// Rows with values computed from the row as it came in.
pub(super) struct Project {
    input: BoxOperator,
    items: Vec<(Slot, Expression)>,
    values: Vec<Value>,
}

impl Project {
    pub(super) fn new(input: BoxOperator, items: Vec<(Slot, Expression)>) -> Self {
        Self {
            input,
            items,
            values: Vec::new(),
        }
    }
}

impl Operator for Project {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        if !self.input.next(context, row)? {
            return Ok(false);
        }
        context.tick()?;
        self.values.clear();
        for (_, expression) in &self.items {
            self.values.push(evaluate(expression, row, context)?);
        }
        for ((slot, _), value) in self.items.iter().zip(self.values.drain(..)) {
            row.set(*slot, value);
        }
        Ok(true)
    }
}
