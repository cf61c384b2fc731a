//! The shortest of all finds of a pattern that have the same two ends.

use std::collections::{HashMap, VecDeque};

use crate::model::{NodeId, Value};
use crate::query::checked::{PathStep, Slot, Wanted};
use crate::query::error::RunError;
use crate::query::logical::Border;

use super::expand::node_in;
use super::{BoxOperator, Context, Operator, Row};

/// Up to which length parts of variable length go further by one at a time; then by a quarter.
const SLOW_GROWTH: u64 = 8;

/// What is selected.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) ends: (Slot, Slot),
    pub(super) bound: bool,
    pub(super) wanted: Wanted,
    pub(super) steps: Vec<PathStep>,
    pub(super) border: Border,
}

/// For each row the wanted finds, by pair of ends in the order in which these first came.
pub(super) struct SelectPaths {
    input: BoxOperator,
    find: BoxOperator,
    choice: Choice,
    ready: VecDeque<Row>,
    held: usize,
}

/// The best finds between two ends, short ones first.
#[derive(Default)]
struct Finds(Vec<(u64, Row)>);

impl Finds {
    /// Adds a find; yields how many finds are kept besides those before.
    fn add(&mut self, length: u64, row: &Row, wanted: Wanted) -> isize {
        let before = self.0.len();
        let at = self.0.partition_point(|(known, _)| *known <= length);
        self.0.insert(at, (length, row.clone()));
        match wanted {
            Wanted::Paths(most) => self.0.truncate(usize::try_from(most).unwrap_or(usize::MAX)),
            Wanted::Groups(most) => {
                let mut lengths: Vec<u64> = self.0.iter().map(|(length, _)| *length).collect();
                lengths.dedup();
                let first_unwanted = usize::try_from(most)
                    .ok()
                    .and_then(|most| lengths.get(most));
                if let Some(longest) = first_unwanted {
                    self.0.retain(|(length, _)| length < longest);
                }
            }
        }
        self.0.len().cast_signed() - before.cast_signed()
    }

    /// Whether no longer find can be wanted, if all up to `complete` are there.
    fn is_full(&self, complete: u64, wanted: Wanted) -> bool {
        let mut done: Vec<u64> = self
            .0
            .iter()
            .map(|(length, _)| *length)
            .filter(|length| *length <= complete)
            .collect();
        match wanted {
            Wanted::Paths(most) => done.len() as u64 >= most,
            Wanted::Groups(most) => {
                done.dedup();
                done.len() as u64 >= most
            }
        }
    }
}

impl SelectPaths {
    pub(super) fn new(input: BoxOperator, find: BoxOperator, choice: Choice) -> Self {
        Self {
            input,
            find,
            choice,
            ready: VecDeque::new(),
            held: 0,
        }
    }

    /// Finds what is wanted for the row.
    fn select(&mut self, row: &mut Row, context: &mut Context<'_, '_>) -> Result<(), RunError> {
        let given = row.clone();
        let fixed = self.choice.steps.iter().filter(|step| !step.many).count() as u64;
        let mut limit = 1_u64;
        loop {
            row.copy_from(&given);
            let border = self.choice.border;
            let whole = i64::try_from(limit).unwrap_or(i64::MAX);
            row.set(border.limit, Value::Integer(whole));
            row.set(border.cut, Value::Boolean(false));
            let (finds, cut) = self.finds(row, context)?;
            let [only] = finds.as_slice() else {
                if self.choice.bound && finds.is_empty() && cut {
                    limit = grown(limit);
                    continue;
                }
                self.ready = finds
                    .into_iter()
                    .flat_map(|finds| finds.0)
                    .map(|(_, row)| row)
                    .collect();
                return Ok(());
            };
            if self.choice.bound && cut && !only.is_full(limit + fixed, self.choice.wanted) {
                limit = grown(limit);
                continue;
            }
            self.ready = finds
                .into_iter()
                .flat_map(|finds| finds.0)
                .map(|(_, row)| row)
                .collect();
            return Ok(());
        }
    }

    /// The best finds for each pair of ends, and whether parts of variable length were held back.
    fn finds(
        &mut self,
        row: &mut Row,
        context: &mut Context<'_, '_>,
    ) -> Result<(Vec<Finds>, bool), RunError> {
        context.release(self.held);
        self.held = 0;
        let mut places: HashMap<(NodeId, NodeId), usize> = HashMap::new();
        let mut all: Vec<Finds> = Vec::new();
        let mut cut = false;
        self.find.reset(context);
        while self.find.next(context, row)? {
            context.tick()?;
            let (start, end) = self.choice.ends;
            let (Some(start), Some(end)) = (node_in(row, start)?, node_in(row, end)?) else {
                continue;
            };
            let place = *places.entry((start, end)).or_insert_with(|| {
                all.push(Finds::default());
                all.len() - 1
            });
            let length = self.length(row);
            if let Some(finds) = all.get_mut(place) {
                let more = finds.add(length, row, self.choice.wanted);
                if let Ok(more) = usize::try_from(more) {
                    self.held += more * row.width();
                    context.hold(more * row.width())?;
                }
            }
        }
        cut |= *row.value(self.choice.border.cut) == Value::Boolean(true);
        Ok((all, cut))
    }

    fn length(&self, row: &Row) -> u64 {
        let lengths = self.choice.steps.iter().map(|step| {
            let value = row.value(step.relationship);
            value.as_list().map_or(1, <[Value]>::len) as u64
        });
        lengths.sum()
    }
}

fn grown(limit: u64) -> u64 {
    if limit < SLOW_GROWTH {
        limit + 1
    } else {
        limit + limit / 4
    }
}

impl Operator for SelectPaths {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.ready.clear();
        context.release(self.held);
        self.held = 0;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                row.copy_from(&found);
                return Ok(true);
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.select(row, context)?;
        }
    }
}
