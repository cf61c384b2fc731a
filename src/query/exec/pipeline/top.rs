//! The first tuples of a sort.

use std::cmp::Ordering;

use crate::graph::NodePlace;
use crate::model::{Value, order};
use crate::query::ast::SortDirection;
use crate::query::exec::Row;

use super::Stop;
use super::cursor::{Chain, Cursor};
use super::layout::LaidSink;

/// How many tuples beyond twice the limit are kept before they are sorted and cut.
const SLACK: usize = 512;

/// A tuple that is kept.
pub(super) struct Kept {
    keys: Vec<Value>,
    stamp: u64,
    registers: Vec<NodePlace>,
    chains: Vec<Chain>,
    row: Row,
}

/// The first tuples that one worker has met.
pub(super) struct Top {
    limit: usize,
    kept: Vec<Kept>,
    /// The keys of the last of the first, once there are enough: what comes after them is out.
    bar: Option<Vec<Value>>,
    scratch: Vec<Value>,
}

fn compare(sink: &LaidSink<'_>, left: &[Value], right: &[Value]) -> Ordering {
    let LaidSink::Top { keys, .. } = sink else {
        return Ordering::Equal;
    };
    keys.iter()
        .zip(left.iter().zip(right))
        .map(|((_, direction), (left, right))| match direction {
            SortDirection::Ascending => order(left, right),
            SortDirection::Descending => order(right, left),
        })
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

impl Top {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            kept: Vec::new(),
            bar: None,
            scratch: Vec::new(),
        }
    }

    pub(super) fn take<'p>(
        &mut self,
        sink: &LaidSink<'p>,
        cursor: &mut Cursor<'p>,
        stamp: u64,
    ) -> Result<(), Stop> {
        let LaidSink::Top { keys, .. } = sink else {
            return Ok(());
        };
        self.scratch.clear();
        for (key, _) in keys {
            self.scratch.push(cursor.source(key)?);
        }
        // Equal ones come later than those that are kept.
        if let Some(bar) = &self.bar
            && compare(sink, &self.scratch, bar).is_ge()
        {
            return Ok(());
        }
        if self.limit == 0 {
            return Ok(());
        }
        cursor.context.hold(cursor.row.width())?;
        self.kept.push(Kept {
            keys: self.scratch.clone(),
            stamp,
            registers: cursor.registers().to_vec(),
            chains: cursor.chains.clone(),
            row: cursor.row.clone(),
        });
        if self.kept.len() > self.limit.saturating_mul(2).saturating_add(SLACK) {
            let before = self.kept.len();
            self.cut(sink);
            cursor
                .context
                .release((before - self.kept.len()) * cursor.row.width());
            self.bar = self.kept.last().map(|last| last.keys.clone());
        }
        Ok(())
    }

    fn cut(&mut self, sink: &LaidSink<'_>) {
        self.kept.sort_by(|left, right| {
            compare(sink, &left.keys, &right.keys).then(left.stamp.cmp(&right.stamp))
        });
        self.kept.truncate(self.limit);
    }

    /// The first of all workers' tuples, each as a row with all its slots filled.
    pub(super) fn merge<'p>(
        workers: Vec<Self>,
        sink: &LaidSink<'p>,
        slots: &[(crate::query::checked::Slot, super::program::Kind)],
        cursor: &mut Cursor<'p>,
    ) -> Vec<Row> {
        let mut workers = workers.into_iter();
        let Some(mut all) = workers.next() else {
            return Vec::new();
        };
        all.kept.extend(workers.flat_map(|other| other.kept));
        all.cut(sink);
        all.kept
            .into_iter()
            .map(|kept| {
                cursor.load_registers(&kept.registers);
                cursor.chains = kept.chains;
                cursor.row = kept.row;
                cursor.fill_row(slots);
                cursor.row.clone()
            })
            .collect()
    }
}
