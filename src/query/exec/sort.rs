//! Rows in order, all of them or the first.

use std::cmp::Ordering;

use crate::model::{Value, order};
use crate::query::ast::SortDirection;
use crate::query::error::RunError;
use crate::query::eval::evaluate;
use crate::query::physical::{Expression, SortKey};

use super::limit::count_of;
use super::{BoxOperator, Context, Operator, Row};

/// How many rows beyond twice the limit [`Top`] keeps before it sorts and cuts.
const SLACK: usize = 1024;

type Keyed = (Vec<Value>, Row);

fn keyed(
    keys: &[SortKey],
    context: &mut Context<'_, '_>,
    row: &mut Row,
) -> Result<Keyed, RunError> {
    let mut values = Vec::with_capacity(keys.len());
    for key in keys {
        values.push(evaluate(&key.expression, row, context)?);
    }
    Ok((values, row.clone()))
}

fn compare(keys: &[SortKey], left: &Keyed, right: &Keyed) -> Ordering {
    let pairs = left.0.iter().zip(&right.0);
    keys.iter()
        .zip(pairs)
        .map(|(key, (left, right))| match key.direction {
            SortDirection::Ascending => order(left, right),
            SortDirection::Descending => order(right, left),
        })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// All rows, sorted; equal ones stay in order.
pub(super) struct Sort {
    input: BoxOperator,
    keys: Vec<SortKey>,
    sorted: Option<std::vec::IntoIter<Keyed>>,
    held: usize,
}

impl Sort {
    pub(super) fn new(input: BoxOperator, keys: Vec<SortKey>) -> Self {
        Self {
            input,
            keys,
            sorted: None,
            held: 0,
        }
    }

    fn gather(
        &mut self,
        context: &mut Context<'_, '_>,
        row: &mut Row,
    ) -> Result<Vec<Keyed>, RunError> {
        let mut rows = Vec::new();
        while self.input.next(context, row)? {
            let size = row.width() + self.keys.len();
            context.hold(size)?;
            self.held += size;
            rows.push(keyed(&self.keys, context, row)?);
        }
        rows.sort_by(|left, right| compare(&self.keys, left, right));
        Ok(rows)
    }
}

impl Operator for Sort {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.sorted = None;
        context.release(std::mem::take(&mut self.held));
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        let mut sorted = match self.sorted.take() {
            Some(sorted) => sorted,
            None => self.gather(context, row)?.into_iter(),
        };
        let next = sorted.next();
        self.sorted = Some(sorted);
        Ok(next.is_some_and(|(_, kept)| {
            row.copy_from(&kept);
            true
        }))
    }
}

/// The first rows of a sort.
pub(super) struct Top {
    input: BoxOperator,
    keys: Vec<SortKey>,
    limit: Expression,
    sorted: Option<std::vec::IntoIter<Keyed>>,
}

impl Top {
    pub(super) fn new(input: BoxOperator, keys: Vec<SortKey>, limit: Expression) -> Self {
        Self {
            input,
            keys,
            limit,
            sorted: None,
        }
    }

    fn gather(
        &mut self,
        context: &mut Context<'_, '_>,
        row: &mut Row,
    ) -> Result<Vec<Keyed>, RunError> {
        let limit = count_of(&self.limit, "LIMIT", context, row)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let most = limit.saturating_mul(2).saturating_add(SLACK);
        let mut rows: Vec<Keyed> = Vec::new();
        let mut held = 0;
        while self.input.next(context, row)? {
            rows.push(keyed(&self.keys, context, row)?);
            context.tick()?;
            if rows.len() > held {
                held += SLACK;
                context.hold(SLACK * row.width())?;
            }
            if rows.len() > most {
                rows.sort_by(|left, right| compare(&self.keys, left, right));
                rows.truncate(limit);
            }
        }
        context.release(held * row.width());
        rows.sort_by(|left, right| compare(&self.keys, left, right));
        rows.truncate(limit);
        Ok(rows)
    }
}

impl Operator for Top {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.sorted = None;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        let mut sorted = match self.sorted.take() {
            Some(sorted) => sorted,
            None => self.gather(context, row)?.into_iter(),
        };
        let next = sorted.next();
        self.sorted = Some(sorted);
        Ok(next.is_some_and(|(_, kept)| {
            row.copy_from(&kept);
            true
        }))
    }
}
