//! A plan inside a plan, started anew on each row.

use crate::model::Value;
use crate::query::checked::Slot;
use crate::query::error::RunError;

use super::{BoxOperator, Context, Operator, Row};

/// The row that an inner plan is started on, once.
#[derive(Debug, Default)]
pub(super) struct Argument {
    given: bool,
}

impl Operator for Argument {
    fn reset(&mut self, _: &Context<'_, '_>) {
        self.given = false;
    }

    fn next(&mut self, _: &mut Context<'_, '_>, _: &mut Row) -> Result<bool, RunError> {
        Ok(!std::mem::replace(&mut self.given, true))
    }
}

/// No row.
#[derive(Debug)]
pub(super) struct Nothing;

impl Operator for Nothing {
    fn reset(&mut self, _: &Context<'_, '_>) {}

    fn next(&mut self, _: &mut Context<'_, '_>, _: &mut Row) -> Result<bool, RunError> {
        Ok(false)
    }
}

/// For each row the rows of the inner plan.
pub(super) struct Apply {
    input: BoxOperator,
    inner: BoxOperator,
    started: bool,
}

impl Apply {
    pub(super) fn new(input: BoxOperator, inner: BoxOperator) -> Self {
        Self {
            input,
            inner,
            started: false,
        }
    }
}

impl Operator for Apply {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.started = false;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if self.started && self.inner.next(context, row)? {
                return Ok(true);
            }
            self.started = false;
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.inner.reset(context);
            self.started = true;
        }
    }
}

/// For each row the rows of the inner plan, or the row with nulls.
pub(super) struct Optional {
    input: BoxOperator,
    inner: BoxOperator,
    nulls: Vec<Slot>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The inner plan is not running.
    Idle,
    /// The inner plan has given nothing yet.
    Empty,
    /// The inner plan has given a row.
    Found,
}

impl Optional {
    pub(super) fn new(input: BoxOperator, inner: BoxOperator, nulls: Vec<Slot>) -> Self {
        Self {
            input,
            inner,
            nulls,
            state: State::Idle,
        }
    }
}

impl Operator for Optional {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.state = State::Idle;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if self.state != State::Idle {
                if self.inner.next(context, row)? {
                    self.state = State::Found;
                    return Ok(true);
                }
                let found = self.state == State::Found;
                self.state = State::Idle;
                if !found {
                    for slot in &self.nulls {
                        row.set(*slot, Value::Null);
                    }
                    return Ok(true);
                }
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.inner.reset(context);
            self.state = State::Empty;
        }
    }
}
