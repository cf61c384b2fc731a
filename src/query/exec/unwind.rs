//! A row for each item of a list.

use std::sync::Arc;

use crate::model::Value;
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::evaluate;
use crate::query::physical::Expression;

use super::{BoxOperator, Context, Operator, Row};

/// A row for each item of a list; none for null, one for what is no list.
pub(super) struct Unwind {
    input: BoxOperator,
    list: Expression,
    item: Slot,
    items: Arc<[Value]>,
    at: usize,
}

impl Unwind {
    pub(super) fn new(input: BoxOperator, list: Expression, item: Slot) -> Self {
        Self {
            input,
            list,
            item,
            items: Arc::from([]),
            at: 0,
        }
    }
}

impl Operator for Unwind {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.items = Arc::from([]);
        self.at = 0;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if let Some(value) = self.items.get(self.at) {
                self.at += 1;
                context.tick()?;
                row.set(self.item, value.clone());
                return Ok(true);
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.at = 0;
            let value = evaluate(&self.list, row, context)?;
            self.items = if let Value::List(items) = value {
                items
            } else if value.is_null() {
                Arc::from([])
            } else {
                Arc::from([value])
            };
        }
    }
}
