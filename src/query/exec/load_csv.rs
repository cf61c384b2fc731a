//! The records of a file, as rows.

use crate::query::ast::Headers;
use crate::query::checked::Slot;
use crate::query::csv::Records;
use crate::query::error::RunError;
use crate::query::eval::{evaluate, wrong_type};
use crate::query::physical::Expression;

use super::{BoxOperator, Context, Operator, Row};

/// A row for each record of a file, which is read as rows are asked for.
pub(super) struct LoadCsv {
    input: BoxOperator,
    source: Expression,
    headers: Headers,
    separator: u8,
    record: Slot,
    records: Option<Records>,
}

impl LoadCsv {
    pub(super) fn new(
        input: BoxOperator,
        source: Expression,
        headers: Headers,
        separator: u8,
        record: Slot,
    ) -> Self {
        Self {
            input,
            source,
            headers,
            separator,
            record,
            records: None,
        }
    }

    fn open(&self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<Records, RunError> {
        let source = evaluate(&self.source, row, context)?;
        let Some(name) = source.as_str() else {
            return Err(wrong_type("what LOAD CSV reads", "a string", &source));
        };
        Records::open(name, self.headers, self.separator, context.files)
    }

    /// The next row, whatever goes wrong with the file.
    fn advance(
        &mut self,
        context: &mut Context<'_, '_>,
        row: &mut Row,
    ) -> Result<Option<crate::model::Value>, RunError> {
        if self.records.is_none() {
            self.records = Some(self.open(context, row)?);
        }
        match &mut self.records {
            Some(records) => records.next(),
            None => Ok(None),
        }
    }
}

impl Operator for LoadCsv {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.records = None;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            context.tick()?;
            if self.records.is_none() && !self.input.next(context, row)? {
                return Ok(false);
            }
            let found = self.advance(context, row).inspect_err(|_| {
                context.fault.get_or_insert(self.source.span);
            })?;
            if let Some(record) = found {
                row.set(self.record, record);
                return Ok(true);
            }
            self.records = None;
        }
    }
}
