//! The first rows, and all but the first.

use crate::model::Value;
use crate::query::error::RunError;
use crate::query::eval::{evaluate, short};
use crate::query::physical::Expression;

use super::{BoxOperator, Context, Operator, Row};

/// The number that SKIP or LIMIT is given.
pub(super) fn count_of(
    expression: &Expression,
    what: &'static str,
    context: &mut Context<'_, '_>,
    row: &mut Row,
) -> Result<u64, RunError> {
    let value = evaluate(expression, row, context)?;
    let Value::Integer(number) = value else {
        return Err(RunError::NoInteger {
            what,
            given: short(&value),
        });
    };
    u64::try_from(number).map_err(|_| RunError::NegativeIntegerArgument { what })
}

/// All rows but the first.
pub(super) struct Skip {
    input: BoxOperator,
    count: Expression,
    skipped: bool,
}

impl Skip {
    pub(super) fn new(input: BoxOperator, count: Expression) -> Self {
        Self {
            input,
            count,
            skipped: false,
        }
    }
}

impl Operator for Skip {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.skipped = false;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        if !self.skipped {
            self.skipped = true;
            for _ in 0..count_of(&self.count, "SKIP", context, row)? {
                if !self.input.next(context, row)? {
                    return Ok(false);
                }
            }
        }
        self.input.next(context, row)
    }
}

/// The first rows.
pub(super) struct Limit {
    input: BoxOperator,
    count: Expression,
    /// How many rows may still come; `None` before the first.
    left: Option<u64>,
}

impl Limit {
    pub(super) fn new(input: BoxOperator, count: Expression) -> Self {
        Self {
            input,
            count,
            left: None,
        }
    }
}

impl Operator for Limit {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.left = None;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        let left = if let Some(left) = self.left {
            left
        } else {
            let left = count_of(&self.count, "LIMIT", context, row)?;
            if left == 0 {
                // What is written below is written at the first row that is asked for.
                self.input.next(context, row)?;
            }
            left
        };
        self.left = Some(left.saturating_sub(1));
        Ok(left > 0 && self.input.next(context, row)?)
    }
}
