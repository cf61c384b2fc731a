//! Procedures called.

use std::sync::Arc;

use crate::model::{Value, equivalent};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::evaluate;
use crate::query::physical::Expression;
use crate::query::procedure::{Memory, Output, Source, Table};

use super::{BoxOperator, Context, Operator, Row};

/// For each row the rows that a procedure gives.
pub(super) struct Call {
    input: BoxOperator,
    procedure: Arc<str>,
    arguments: Vec<Expression>,
    outputs: Vec<(usize, Slot)>,
    // In a box, so that the recursion that builds operators needs less stack.
    state: Box<State>,
}

struct State {
    given: Given,
    memory: Memory,
    /// The last result made at once: it serves again as long as the arguments are the same and
    /// the graph has not changed.
    last: Option<Last>,
}

struct Last {
    version: u64,
    arguments: Vec<Value>,
    rows: Arc<Table>,
    held: usize,
}

/// What is left of the rows for the present input.
enum Given {
    Nothing,
    Rows(Arc<Table>, usize),
    Stream(Source),
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
            state: Box::new(State {
                given: Given::Nothing,
                memory: Memory::default(),
                last: None,
            }),
        }
    }

    /// Puts the next row that was given into `row`; false if there is none.
    fn take(&mut self, context: &Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        let streamed;
        let values = match &mut self.state.given {
            Given::Nothing => None,
            Given::Rows(rows, at) => {
                *at += 1;
                rows.get(*at - 1)
            }
            Given::Stream(next) => {
                streamed = next(context)?;
                streamed.as_ref()
            }
        };
        let Some(values) = values else {
            self.state.given = Given::Nothing;
            return Ok(false);
        };
        context.tick()?;
        for (output, slot) in &self.outputs {
            let value = values.get(*output).cloned().unwrap_or_default();
            row.set(*slot, value);
        }
        Ok(true)
    }

    /// Calls the procedure for `row`; true if the row goes on by itself.
    fn call(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        let mut arguments = Vec::with_capacity(self.arguments.len());
        for argument in &self.arguments {
            arguments.push(evaluate(argument, row, context)?);
        }
        let version = context.graph().version();
        if let Some(last) = &self.state.last
            && last.version == version
            && last.arguments.len() == arguments.len()
            && last
                .arguments
                .iter()
                .zip(&arguments)
                .all(|(one, other)| equivalent(one, other))
        {
            self.state.given = Given::Rows(Arc::clone(&last.rows), 0);
            return Ok(false);
        }
        let procedures = context.procedures;
        let memory = &mut self.state.memory;
        match procedures.call(&self.procedure, &arguments, context, memory)? {
            Output::Rows(rows) => {
                let width = rows.first().map_or(0, Vec::len);
                let held = rows.len().saturating_mul(width);
                if let Some(last) = self.state.last.take() {
                    context.release(last.held);
                }
                context.hold(held)?;
                self.state.given = Given::Rows(Arc::clone(&rows), 0);
                self.state.last = Some(Last {
                    version,
                    arguments,
                    rows,
                    held,
                });
                Ok(false)
            }
            Output::Stream(source) => {
                self.state.given = Given::Stream(source);
                Ok(false)
            }
            Output::Nothing => Ok(true),
        }
    }

    /// Where the arguments stand: errors of a procedure are about them.
    fn blame_arguments(&self, error: &RunError, context: &mut Context<'_, '_>) {
        let is_limit = matches!(
            error,
            RunError::Cancelled
                | RunError::TimeLimit { .. }
                | RunError::RowLimit { .. }
                | RunError::MemoryLimit { .. }
        );
        if is_limit || context.fault.is_some() {
            return;
        }
        let spans = self.arguments.iter().map(|argument| argument.span);
        context.fault = spans.reduce(crate::base::Span::join);
    }
}

impl Operator for Call {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.state.given = Given::Nothing;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if self.take(context, row)? {
                return Ok(true);
            }
            context.tick()?;
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            let called = self.call(context, row);
            if called.inspect_err(|error| self.blame_arguments(error, context))? {
                return Ok(true);
            }
        }
    }
}
