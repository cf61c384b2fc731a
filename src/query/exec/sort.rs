//! Rows in order, all of them or the first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use crate::model::{Value, order};
use crate::query::ast::SortDirection;
use crate::query::error::RunError;
use crate::query::eval::evaluate;
use crate::query::physical::{Expression, SortKey};

use super::limit::count_of;
use super::{BoxOperator, Context, Operator, Row};

/// How many rows beyond twice the limit [`Top`] keeps before it sorts and cuts.
const SLACK: usize = 1024;

/// How many rows are sorted at a time.
const RUN: usize = 1 << 15;

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
    compare_values(keys, &left.0, &right.0)
}

fn compare_values(keys: &[SortKey], left: &[Value], right: &[Value]) -> Ordering {
    let pairs = left.iter().zip(right);
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
///
/// Rows are sorted in runs and the runs merged as rows are asked for: a sort of everything at once
/// could not be stopped while it works.
pub(super) struct Sort {
    input: BoxOperator,
    keys: Arc<[SortKey]>,
    /// The first rows of the runs, once all rows were gathered.
    fronts: Option<BinaryHeap<Front>>,
    held: usize,
}

/// The first row of a sorted run, and the rest of the run.
struct Front {
    first: Keyed,
    rest: std::vec::IntoIter<Keyed>,
    /// Which run: of equal rows the earlier run's comes first.
    run: usize,
    keys: Arc<[SortKey]>,
}

impl Front {
    fn new(run: usize, mut rows: std::vec::IntoIter<Keyed>, keys: &Arc<[SortKey]>) -> Option<Self> {
        Some(Self {
            first: rows.next()?,
            rest: rows,
            run,
            keys: Arc::clone(keys),
        })
    }
}

impl Ord for Front {
    /// Turned round, because a heap gives its largest.
    fn cmp(&self, other: &Self) -> Ordering {
        compare(&self.keys, &other.first, &self.first).then_with(|| other.run.cmp(&self.run))
    }
}

impl PartialOrd for Front {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Front {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Front {}

impl Sort {
    pub(super) fn new(input: BoxOperator, keys: Vec<SortKey>) -> Self {
        Self {
            input,
            keys: keys.into(),
            fronts: None,
            held: 0,
        }
    }

    fn gather(
        &mut self,
        context: &mut Context<'_, '_>,
        row: &mut Row,
    ) -> Result<BinaryHeap<Front>, RunError> {
        let mut fronts = BinaryHeap::new();
        let mut run: Vec<Keyed> = Vec::new();
        let mut runs = 0;
        let keys = Arc::clone(&self.keys);
        let mut close = |run: &mut Vec<Keyed>| {
            let mut rows = std::mem::take(run);
            rows.sort_by(|left, right| compare(&keys, left, right));
            fronts.extend(Front::new(runs, rows.into_iter(), &keys));
            runs += 1;
        };
        while self.input.next(context, row)? {
            let size = row.width() + self.keys.len();
            context.hold(size)?;
            self.held += size;
            run.push(keyed(&self.keys, context, row)?);
            if run.len() == RUN {
                close(&mut run);
            }
        }
        close(&mut run);
        Ok(fronts)
    }
}

impl Operator for Sort {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.fronts = None;
        context.release(std::mem::take(&mut self.held));
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        let mut fronts = match self.fronts.take() {
            Some(fronts) => fronts,
            None => self.gather(context, row)?,
        };
        let front = fronts.pop();
        let found = front.is_some();
        if let Some(front) = front {
            context.tick()?;
            let (_, first) = front.first;
            *row = first;
            fronts.extend(Front::new(front.run, front.rest, &front.keys));
        }
        self.fronts = Some(fronts);
        Ok(found)
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
        // The keys of the last of the first, once there are enough: what does not come before it
        // is out, and need not be copied.
        let mut bar: Option<Vec<Value>> = None;
        let mut values = Vec::with_capacity(self.keys.len());
        let mut held = 0;
        while self.input.next(context, row)? {
            context.tick()?;
            values.clear();
            for key in &self.keys {
                values.push(evaluate(&key.expression, row, context)?);
            }
            if let Some(bar) = &bar
                && compare_values(&self.keys, &values, bar).is_ge()
            {
                continue;
            }
            rows.push((values.clone(), row.clone()));
            if rows.len() > held {
                held += SLACK;
                context.hold(SLACK * row.width())?;
            }
            if rows.len() > most {
                rows.sort_by(|left, right| compare(&self.keys, left, right));
                rows.truncate(limit);
                bar = rows.last().map(|(values, _)| values.clone());
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
            *row = kept;
            true
        }))
    }
}
