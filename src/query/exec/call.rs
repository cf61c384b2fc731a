//! Procedures called.

use std::sync::Arc;

use crate::model::Value;
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::evaluate;
use crate::query::physical::Expression;
use crate::query::procedure::Output;

use super::{BoxOperator, Context, Operator, Row};

/// For each row the rows that a procedure gives.
pub(super) struct Call {
    input: BoxOperator,
    procedure: Arc<str>,
    arguments: Vec<Expression>,
    outputs: Vec<(usize, Slot)>,
    given: std::vec::IntoIter<Vec<Value>>,
}

impl Call {
    pub(super) fn new(
        input: BoxOperator,
        procedure: Arc<str>,
        arguments: Vec<Expression>,
        outputs: Vec<(usize, Slot)>,
    ) -> Self {
        Self {
            input,
            procedure,
            arguments,
            outputs,
            given: Vec::new().into_iter(),
        }
    }
}

impl Operator for Call {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.given = Vec::new().into_iter();
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if let Some(values) = self.given.next() {
                context.tick()?;
                for (output, slot) in &self.outputs {
                    let value = values.get(*output).cloned().unwrap_or_default();
                    row.set(*slot, value);
                }
                return Ok(true);
            }
            context.tick()?;
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            let mut arguments = Vec::with_capacity(self.arguments.len());
            for argument in &self.arguments {
                arguments.push(evaluate(argument, row, context)?);
            }
            let procedures = context.procedures;
            match procedures.call(&self.procedure, &arguments, context.graph())? {
                Output::Rows(rows) => self.given = rows.into_iter(),
                Output::Nothing => return Ok(true),
            }
        }
    }
}
