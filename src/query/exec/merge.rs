//! What is found, or else created.

use crate::query::error::RunError;
use crate::query::physical::SetItem;

use super::create::{Creation, Nulls};
use super::eager::Kept;
use super::set::set_all;
use super::{BoxOperator, Context, Operator, Row};

/// For each row what the pattern finds; if that is nothing, what it creates. The rows come one by
/// one: the plan sees to it that nothing below still reads what is written here.
pub(super) struct Merge {
    input: BoxOperator,
    find: BoxOperator,
    creation: Creation,
    on_create: Vec<SetItem>,
    on_match: Vec<SetItem>,
    kept: Kept,
}

impl Merge {
    pub(super) fn new(
        input: BoxOperator,
        find: BoxOperator,
        creation: Creation,
        on_create: Vec<SetItem>,
        on_match: Vec<SetItem>,
    ) -> Self {
        Self {
            input,
            find,
            creation,
            on_create,
            on_match,
            kept: Kept::default(),
        }
    }

    fn merge(
        &mut self,
        context: &mut Context<'_, '_>,
        row: &mut Row,
    ) -> Result<Vec<Row>, RunError> {
        self.find.reset(context);
        let before = row.clone();
        let mut found = Kept::all_rows(&mut self.find, context, row)?;
        if found.is_empty() {
            row.copy_from(&before);
            self.creation.run(Nulls::Refused, context, row)?;
            set_all(&self.on_create, context, row)?;
            context.hold(row.width())?;
            return Ok(vec![row.clone()]);
        }
        for row in &mut found {
            set_all(&self.on_match, context, row)?;
        }
        Ok(found)
    }
}

impl Operator for Merge {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.kept.clear(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if self.kept.pass_on(row) {
                return Ok(true);
            }
            self.kept.clear(context);
            context.tick()?;
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            let merged = self.merge(context, row)?;
            self.kept.keep(merged);
        }
    }
}
