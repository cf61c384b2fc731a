//! What a running query has at hand: the graph, its limits, the time, its subqueries.

use std::cell::Cell;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::base::{Cancel, Clock, Id, Span};
use crate::graph::{PropertyGraph, Transaction};
use crate::model::{NodeId, RelId};
use crate::query::checked::SubqueryId;
use crate::query::csv::Files;
use crate::query::error::RunError;
use crate::query::procedure::Procedures;

use super::{BoxOperator, Profile, Row};

/// How much a query may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may take, in milliseconds.
    pub time_ms: Option<u64>,
    /// How many rows it may give.
    pub rows: Option<u64>,
    /// How many values it may hold at a time.
    pub values: u64,
}

/// About how many bytes a value takes that is kept, with its share of what holds it.
const BYTES_PER_VALUE: u64 = 64;

impl Limits {
    /// How many values fit so many mebibytes, about.
    pub fn values_in(mebibytes: u32) -> u64 {
        (u64::from(mebibytes) << 20) / BYTES_PER_VALUE
    }

    /// How many mebibytes the values take that may be held, about.
    pub fn mebibytes(values: u64) -> u64 {
        values.saturating_mul(BYTES_PER_VALUE) >> 20
    }
}

impl Default for Limits {
    /// No limit of time and rows; as many values as fit a few gigabytes.
    fn default() -> Self {
        Self {
            time_ms: None,
            rows: None,
            values: 30_000_000,
        }
    }
}

/// What ends a running query from outside: somebody who stops it, and the end of its time.
#[derive(Debug, Clone)]
pub(crate) struct Stop {
    cancel: Cancel,
    deadline: Option<Instant>,
    most_ms: u64,
}

impl Stop {
    fn new(cancel: Cancel, limits: Limits) -> Self {
        let time = limits.time_ms.map(Duration::from_millis);
        Self {
            cancel,
            deadline: time.and_then(|time| Instant::now().checked_add(time)),
            most_ms: limits.time_ms.unwrap_or_default(),
        }
    }

    /// Fails if the query should stop.
    pub(crate) fn check(&self) -> Result<(), RunError> {
        if self.cancel.is_raised() {
            return Err(RunError::Cancelled);
        }
        if self.deadline.is_some_and(|end| Instant::now() > end) {
            let most_ms = self.most_ms;
            return Err(RunError::TimeLimit { most_ms });
        }
        Ok(())
    }
}

/// The graph of a query, to read or to change.
#[derive(Debug)]
pub(crate) enum Access<'g, 't> {
    Read(&'g PropertyGraph),
    Write(&'g mut Transaction<'t>),
}

/// What the operators and expressions of one run share.
pub(crate) struct Context<'g, 't> {
    access: Access<'g, 't>,
    pub(crate) procedures: &'g Procedures,
    /// The files that may be read.
    pub(crate) files: Files<'g>,
    /// Where the innermost expression that failed stands.
    pub(crate) fault: Option<Span>,
    /// What the operators did, if anybody wants to know.
    pub(crate) profile: Profile,
    pub(crate) clock: Clock,
    /// The time at which the statement began; all its clocks but the realtime ones stand still.
    pub(crate) statement_time: Timestamp,
    subqueries: Vec<Option<BoxOperator>>,
    stop: Stop,
    limits: Limits,
    ticks: Cell<u32>,
    /// After how many ticks another way of running is to be tried.
    patience: u32,
    held: Cell<u64>,
    random: u64,
}

impl<'g, 't> Context<'g, 't> {
    pub(crate) fn new(
        access: Access<'g, 't>,
        procedures: &'g Procedures,
        clock: Clock,
        cancel: Cancel,
        limits: Limits,
        subqueries: Vec<BoxOperator>,
    ) -> Self {
        let statement_time = clock.now();
        Self {
            access,
            procedures,
            files: Files::Forbidden,
            fault: None,
            profile: Profile::default(),
            clock,
            statement_time,
            subqueries: subqueries.into_iter().map(Some).collect(),
            stop: Stop::new(cancel, limits),
            limits,
            ticks: Cell::new(0),
            patience: u32::MAX,
            held: Cell::new(0),
            random: statement_time
                .as_nanosecond()
                .to_le_bytes()
                .iter()
                .fold(0xcbf2_9ce4_8422_2325, |state, byte| {
                    (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
                }),
        }
    }

    /// A context for another worker on the same query, which must only read.
    pub(crate) fn of_worker(&self) -> Result<Context<'_, '_>, RunError> {
        let Access::Read(graph) = &self.access else {
            return Err(RunError::Unsound("a query that writes has one worker"));
        };
        Ok(Context {
            access: Access::Read(graph),
            procedures: self.procedures,
            files: self.files,
            fault: None,
            clock: self.clock,
            statement_time: self.statement_time,
            subqueries: Vec::new(),
            profile: Profile::default(),
            stop: self.stop.clone(),
            limits: self.limits,
            ticks: Cell::new(0),
            patience: u32::MAX,
            held: Cell::new(self.held.get()),
            random: self.random,
        })
    }

    /// The graph, with what this query changed so far.
    pub(crate) fn graph(&self) -> &PropertyGraph {
        match &self.access {
            Access::Read(graph) => graph,
            Access::Write(transaction) => transaction.graph(),
        }
    }

    /// The transaction of a query that writes.
    pub(crate) fn transaction(&mut self) -> Result<&mut Transaction<'t>, RunError> {
        match &mut self.access {
            Access::Read(_) => Err(RunError::Unsound("a query that only reads writes")),
            Access::Write(transaction) => Ok(transaction),
        }
    }

    /// The type of a relationship that this query removed.
    pub(crate) fn removed_type(&self, id: RelId) -> Option<std::sync::Arc<str>> {
        match &self.access {
            Access::Read(_) => None,
            Access::Write(transaction) => transaction.removed_type(id).cloned(),
        }
    }

    /// Whether the node is there.
    pub(crate) fn has_node(&self, id: NodeId) -> bool {
        self.graph().node(id).is_some()
    }

    /// Called wherever a row begins: ends the query if it should stop.
    pub(crate) fn tick(&self) -> Result<(), RunError> {
        let ticks = self.ticks.get().wrapping_add(1);
        self.ticks.set(ticks);
        // One row may take long, so the flag, which costs next to nothing, is looked at each time.
        if self.stop.cancel.is_raised() {
            return Err(RunError::Cancelled);
        }
        if ticks.is_multiple_of(64) {
            if self.is_out_of_patience() {
                return Err(RunError::Cancelled);
            }
            return self.stop.check();
        }
        Ok(())
    }

    /// From now on the run is cancelled when it takes more than so many ticks.
    pub(crate) fn be_patient_for(&mut self, ticks: u32) {
        self.patience = ticks;
    }

    /// How often a row began.
    pub(crate) fn ticks(&self) -> u64 {
        u64::from(self.ticks.get())
    }

    /// Whether the run has taken more ticks than it was given.
    pub(crate) fn is_out_of_patience(&self) -> bool {
        self.ticks.get() > self.patience
    }

    /// What ends the query, for work that runs on several threads.
    pub(crate) fn stop(&self) -> &Stop {
        &self.stop
    }

    /// Counts `values` that are kept beyond the present row.
    pub(crate) fn hold(&self, values: usize) -> Result<(), RunError> {
        let values = u64::try_from(values).unwrap_or(u64::MAX);
        self.held.set(self.held.get().saturating_add(values));
        self.check_size(0)?;
        self.tick()
    }

    /// Counts `values` that are no longer kept.
    pub(crate) fn release(&self, values: usize) {
        let values = u64::try_from(values).unwrap_or(u64::MAX);
        self.held.set(self.held.get().saturating_sub(values));
    }

    /// Fails if `values` more cannot be kept.
    pub(crate) fn check_size(&self, values: u64) -> Result<(), RunError> {
        if self.held.get().saturating_add(values) > self.limits.values {
            return Err(RunError::MemoryLimit {
                most: self.limits.values,
            });
        }
        Ok(())
    }

    /// Fails if `rows` are more than the query may give.
    pub(crate) fn check_rows(&self, rows: u64) -> Result<(), RunError> {
        match self.limits.rows {
            Some(most) if rows > most => Err(RunError::RowLimit { most }),
            Some(_) | None => Ok(()),
        }
    }

    /// The next number of a sequence without pattern, 0 to below 1.
    pub(crate) fn random_share(&mut self) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "53 bits are what a float between 0 and 1 has"
        )]
        let share = (self.random_bits() >> 11) as f64 / (1_u64 << 53) as f64;
        share
    }

    /// The next 64 bits of a sequence without pattern.
    pub(crate) fn random_bits(&mut self) -> u64 {
        // Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Does `work` with a subquery, which is started on `row` and may not start itself.
    pub(crate) fn with_subquery<T>(
        &mut self,
        id: SubqueryId,
        row: &mut Row,
        work: impl FnOnce(&mut BoxOperator, &mut Self, &mut Row) -> Result<T, RunError>,
    ) -> Result<T, RunError> {
        let place = self.subqueries.get_mut(id.index());
        let mut operator = place
            .and_then(Option::take)
            .ok_or(RunError::Unsound("a subquery is missing or inside itself"))?;
        operator.reset(self);
        let result = work(&mut operator, self, row);
        if let Some(place) = self.subqueries.get_mut(id.index()) {
            *place = Some(operator);
        }
        result
    }
}
