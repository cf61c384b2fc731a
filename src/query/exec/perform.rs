//! A plan inside a plan, run for what it does to the graph: its rows are dropped.

use crate::model::Value;
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::{evaluate, wrong_type};
use crate::query::physical::Expression;

use super::{BoxOperator, Context, Operator, Row};

/// Runs `inner` to its end on `row`.
fn run(
    inner: &mut BoxOperator,
    context: &mut Context<'_, '_>,
    row: &mut Row,
) -> Result<(), RunError> {
    inner.reset(context);
    while inner.next(context, row)? {
        context.tick()?;
    }
    Ok(())
}

/// Each row, once the inner plan has run on it.
pub(super) struct Perform {
    input: BoxOperator,
    inner: BoxOperator,
}

impl Perform {
    pub(super) fn new(input: BoxOperator, inner: BoxOperator) -> Self {
        Self { input, inner }
    }
}

impl Operator for Perform {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        if !self.input.next(context, row)? {
            return Ok(false);
        }
        run(&mut self.inner, context, row)?;
        Ok(true)
    }
}

/// Each row, once the inner plan has run for each item of a list.
pub(super) struct ForEach {
    input: BoxOperator,
    list: Expression,
    item: Slot,
    inner: BoxOperator,
}

impl ForEach {
    pub(super) fn new(
        input: BoxOperator,
        list: Expression,
        item: Slot,
        inner: BoxOperator,
    ) -> Self {
        Self {
            input,
            list,
            item,
            inner,
        }
    }
}

impl Operator for ForEach {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        if !self.input.next(context, row)? {
            return Ok(false);
        }
        let list = evaluate(&self.list, row, context)?;
        if let Value::List(items) = &list {
            for item in items.iter() {
                row.set(self.item, item.clone());
                run(&mut self.inner, context, row)?;
            }
        } else if !list.is_null() {
            return Err(wrong_type("what FOREACH goes through", "a list", &list));
        }
        Ok(true)
    }
}
