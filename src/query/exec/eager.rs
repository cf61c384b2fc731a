//! All rows before the first is passed on.

use crate::query::error::RunError;

use super::{BoxOperator, Context, Operator, Row};

/// Copies of rows, to be passed on one by one.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The rows, the next one last; `None` until they were gathered.
    rows: Option<Vec<Row>>,
    held: usize,
}

impl Kept {
    pub(super) fn is_gathered(&self) -> bool {
        self.rows.is_some()
    }

    /// All rows of `input`, in order.
    pub(super) fn all_rows(
        input: &mut BoxOperator,
        context: &mut Context<'_, '_>,
        row: &mut Row,
    ) -> Result<Vec<Row>, RunError> {
        let mut rows = Vec::new();
        while input.next(context, row)? {
            context.hold(row.width())?;
            rows.push(row.clone());
        }
        Ok(rows)
    }

    /// Keeps `rows`, which [`Kept::all_rows`] counted.
    pub(super) fn keep(&mut self, mut rows: Vec<Row>) {
        self.held = rows.iter().map(Row::width).sum();
        rows.reverse();
        self.rows = Some(rows);
    }

    /// Fills `row` with the next one.
    pub(super) fn pass_on(&mut self, row: &mut Row) -> bool {
        let Some(next) = self.rows.as_mut().and_then(Vec::pop) else {
            return false;
        };
        *row = next;
        true
    }

    pub(super) fn clear(&mut self, context: &Context<'_, '_>) {
        context.release(std::mem::take(&mut self.held));
        self.rows = None;
    }
}

/// All rows of the input before the first is passed on.
pub(super) struct Eager {
    input: BoxOperator,
    kept: Kept,
}

impl Eager {
    pub(super) fn new(input: BoxOperator) -> Self {
        Self {
            input,
            kept: Kept::default(),
        }
    }
}

impl Operator for Eager {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.kept.clear(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        if !self.kept.is_gathered() {
            let rows = Kept::all_rows(&mut self.input, context, row)?;
            self.kept.keep(rows);
        }
        Ok(self.kept.pass_on(row))
    }
}
