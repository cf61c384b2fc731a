//! How many rows each operator of a run gives, and how long it takes.

use std::time::{Duration, Instant};

use crate::query::error::RunError;

use super::{BoxOperator, Context, Operator, Row};

/// What one operator of a plan did in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measure {
    /// How often it was started. 0: never, or it ran as a part of another operator.
    pub starts: u64,
    /// How many rows it gave.
    pub rows: u64,
    /// How long it worked, with all it drew from.
    pub total: Duration,
    /// How long it worked itself.
    pub own: Duration,
}

/// The measures of a run by the number of the operator; empty, and never filled, unless asked for.
///
/// An operator that does the work of several is timed as a whole under the number of the last of
/// them, and reports the rows of the others by [`Profile::add`].
#[derive(Debug, Default)]
pub(crate) struct Profile {
    measures: Vec<Measure>,
    /// How long the operators worked that the running one has called.
    within: Duration,
}

impl Profile {
    /// A profile of a plan of so many operators.
    pub(crate) fn of(operators: usize) -> Self {
        Self {
            measures: vec![Measure::default(); operators],
            within: Duration::ZERO,
        }
    }

    /// Counts `rows` more that the operator `number` has given.
    pub(crate) fn add(&mut self, number: usize, rows: u64) {
        if let Some(measure) = self.measures.get_mut(number) {
            measure.rows += rows;
        }
    }

    /// The measures, by the number of the operator.
    pub(crate) fn into_measures(self) -> Vec<Measure> {
        self.measures
    }
}

/// An operator whose work is measured.
pub(super) struct Profiled {
    operator: BoxOperator,
    number: usize,
    started: bool,
}

impl Profiled {
    pub(super) fn new(operator: BoxOperator, number: usize) -> Self {
        Self {
            operator,
            number,
            started: false,
        }
    }
}

impl Operator for Profiled {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.operator.reset(context);
        self.started = false;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        let before = std::mem::take(&mut context.profile.within);
        let begun = Instant::now();
        let result = self.operator.next(context, row);
        let taken = begun.elapsed();
        let own = taken.saturating_sub(context.profile.within);
        context.profile.within = before + taken;
        let first = !std::mem::replace(&mut self.started, true);
        let rows = u64::from(result == Ok(true));
        context.profile.add(self.number, rows);
        if let Some(measure) = context.profile.measures.get_mut(self.number) {
            measure.starts += u64::from(first);
            measure.total += taken;
            measure.own += own;
        }
        result
    }
}
