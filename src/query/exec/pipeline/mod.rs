//! Pipelines: many operators run as one, over the graph laid out for reading, by several workers.
//!
//! A chain of scans, steps along relationships and conditions that ends in an operator which
//! gathers all rows (groups, distinct rows, the first of a sort) is a [`program::Program`]. A
//! worker runs it tuple by tuple, each step calling the next; a tuple holds the places of nodes
//! and relationships in registers, and values only where they were computed. What is asked of a
//! pipeline's end decides how much is done: where only numbers of tuples matter, the last steps
//! are counted and not walked ([`program::Factor`]); where each end of a chain is wanted once, it
//! is looked for breadth first ([`reach`]). The work is cut into pieces that workers take in turn
//! (Leis et al., "Morsel-driven parallelism", 2014); results are put together in the order of the
//! pieces, so that the number of workers cannot show.
//!
//! The row operators are the reference: whatever a pipeline does not know is left to them, and so
//! is a query in which something fails, so that its error is the one that they give.

mod census;
mod compile;
mod cursor;
mod groups;
mod keys;
mod layout;
mod program;
mod reach;
mod reduce;
mod state;
mod test;
mod top;
mod worker;

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::graph::NodePlace;
use crate::model::Value;
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::physical;

use self::cursor::Cursor;
use self::groups::{Finished, Groups};
use self::layout::{Laid, LaidSink, LaidStep, Order, lay_out};
use self::program::{Kind, Program, Sink};
use self::top::Top;
use self::worker::{Target, Worker};
use super::{Context, Operator, Row};

/// So many tuples must be there before they are shared out.
const WORTH_SHARING: usize = 256;

/// So many nodes must a scan have before it is shared out.
const WORTH_SHARING_A_SCAN: usize = 1024;

/// How many pieces each worker gets, about.
const PIECES: usize = 16;

/// Why a worker stopped; in a box, because it is handed on by every step of every tuple.
#[derive(Debug)]
struct Stop(Box<Reason>);

#[derive(Debug)]
enum Reason {
    /// The query fails.
    Failed(RunError),
    /// A sum depends on the order of tuples: they must be taken in order, by one worker.
    Inexact,
    /// A subquery has given the row for which it was asked; caught where it was asked.
    Enough,
}

impl Stop {
    #[cold]
    fn inexact() -> Self {
        Self(Box::new(Reason::Inexact))
    }

    fn enough() -> Self {
        Self(Box::new(Reason::Enough))
    }

    fn is_enough(&self) -> bool {
        matches!(*self.0, Reason::Enough)
    }
}

impl From<RunError> for Stop {
    #[cold]
    fn from(error: RunError) -> Self {
        Self(Box::new(Reason::Failed(error)))
    }
}

/// A chain of operators run as one.
pub(super) struct Pipeline {
    program: Program,
    /// The rows once all were gathered.
    rows: Option<Output>,
    held: usize,
}

/// The rows of a run, and how many tuples each step passed on.
type Gathered = (Output, Vec<u64>);

/// Rows to be given.
enum Output {
    Groups(Finished),
    /// Groups of which only the number is asked, by their keys.
    Known(std::vec::IntoIter<(Vec<Value>, Value)>),
    Rows(std::vec::IntoIter<Row>),
}

impl Pipeline {
    /// The pipeline that gives the rows of `step`, if there can be one.
    pub(super) fn new(
        step: &physical::Step,
        width: usize,
        subqueries: &[physical::Step],
    ) -> Option<Self> {
        let program = compile::compile(step, width, subqueries)?;
        Some(Self {
            program,
            rows: None,
            held: 0,
        })
    }

    fn gather(&self, context: &mut Context<'_, '_>) -> Result<Output, RunError> {
        if let Some(census) = &self.program.census {
            return Ok(Output::Known(census.answer(context.graph()).into_iter()));
        }
        let (rows, passed) = self.gather_as_can_be(context)?;
        for (number, count) in self.program.numbers.iter().zip(passed) {
            context.profile.add(*number, count);
        }
        Ok(rows)
    }

    fn gather_as_can_be(&self, context: &Context<'_, '_>) -> Result<Gathered, RunError> {
        let stop = match self.gather_in(context, Order::Free) {
            Ok(gathered) => return Ok(gathered),
            Err(stop) => stop,
        };
        match *stop.0 {
            Reason::Failed(error) => Err(error),
            Reason::Inexact | Reason::Enough => {
                self.gather_in(context, Order::Kept)
                    .map_err(|stop| match *stop.0 {
                        Reason::Failed(error) => error,
                        Reason::Inexact | Reason::Enough => {
                            RunError::Unsound("a pipeline in order is not exact")
                        }
                    })
            }
        }
    }

    fn gather_in(&self, context: &Context<'_, '_>, order: Order) -> Result<Gathered, Stop> {
        let view = context.graph().read_view();
        let program = &self.program;
        let laid = lay_out(program, view, order);
        let cursor = || -> Result<Cursor<'_>, Stop> {
            Ok(Cursor::new(
                view,
                context.of_worker()?,
                program.width,
                program.chains,
                laid.memories,
            ))
        };
        let limit = match &laid.sink {
            LaidSink::Aggregate { .. } => 0,
            LaidSink::Top { limit, .. } => {
                let mut cursor = cursor()?;
                let limit = super::limit::count_of(
                    limit.expression,
                    "LIMIT",
                    &mut cursor.context,
                    &mut cursor.row,
                )?;
                usize::try_from(limit).unwrap_or(usize::MAX)
            }
        };
        let target = || match &laid.sink {
            LaidSink::Aggregate { .. } => {
                Target::Groups(Groups::new(&laid.sink, view.node_bound()))
            }
            LaidSink::Top { .. } => Target::Top(Top::new(limit)),
        };
        let new_worker =
            || -> Result<Worker<'_>, Stop> { Ok(Worker::new(&laid, cursor()?, target())) };
        let alone =
            order == Order::Kept || !(program.exact || matches!(program.sink, Sink::Top { .. }));
        let workers = if alone {
            let mut worker = new_worker()?;
            worker.run(0, laid.walked)?;
            vec![worker]
        } else {
            let workers = (0..rayon::current_num_threads().max(1))
                .map(|_| new_worker())
                .collect::<Result<Vec<_>, Stop>>()?;
            share(&laid, workers)?
        };
        let mut cursor = cursor()?;
        let mut groups = Vec::new();
        let mut tops = Vec::new();
        let mut passed = vec![0; laid.steps.len()];
        for worker in workers {
            for (sum, count) in passed.iter_mut().zip(worker.passed()) {
                *sum += count;
            }
            match worker.target {
                Target::Groups(found) => groups.push(found),
                Target::Top(found) => tops.push(found),
                Target::Tuples(_) => {}
            }
        }
        let rows = match &laid.sink {
            LaidSink::Aggregate { .. } => {
                Output::Groups(Groups::merge(groups, &laid.sink, &mut cursor)?)
            }
            LaidSink::Top { .. } => {
                let slots: Vec<(Slot, Kind)> = program
                    .kinds
                    .iter()
                    .filter(|(_, kind)| **kind != Kind::Value)
                    .map(|(slot, kind)| (*slot, *kind))
                    .collect();
                let rows = Top::merge(tops, &laid.sink, &slots, &mut cursor);
                Output::Rows(rows.into_iter())
            }
        };
        Ok((rows, passed))
    }
}

/// Runs a pipeline by all `workers`.
fn share<'p>(laid: &'p Laid<'p>, mut workers: Vec<Worker<'p>>) -> Result<Vec<Worker<'p>>, Stop> {
    let Some((first, others)) = workers.split_first_mut() else {
        return Ok(Vec::new());
    };
    let (from, pieces) = spread(laid, first)?;
    let next = AtomicUsize::new(0);
    let work = |worker: &mut Worker<'p>| -> Result<(), Stop> {
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            match pieces.run(piece, from, worker) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(stop) => {
                    // Nobody begins another piece.
                    next.store(pieces.count(), Ordering::Relaxed);
                    return Err(stop);
                }
            }
        }
    };
    if others.is_empty() || pieces.count() < 2 {
        work(first)?;
    } else {
        let mut outcomes: Vec<Result<(), Stop>> = Vec::new();
        outcomes.resize_with(others.len(), || Ok(()));
        let own = rayon::in_place_scope(|scope| {
            for (worker, outcome) in others.iter_mut().zip(&mut outcomes) {
                let work = &work;
                scope.spawn(move |_| *outcome = work(worker));
            }
            work(first)
        });
        own?;
        outcomes.into_iter().collect::<Result<(), Stop>>()?;
    }
    Ok(workers)
}

/// Pieces of work of about the same size.
enum Pieces<'p> {
    /// Nodes of the scan at a step.
    Scan(&'p [NodePlace], usize),
    /// Tuples before a step, their registers one after another.
    Tuples(Vec<NodePlace>, usize, usize),
}

impl Pieces<'_> {
    fn count(&self) -> usize {
        match self {
            Self::Scan(nodes, size) => nodes.len().div_ceil(*size),
            Self::Tuples(registers, _, size) => registers.len().div_ceil(*size),
        }
    }

    /// Does one piece; false if there is none of that number.
    fn run(&self, piece: usize, from: usize, worker: &mut Worker<'_>) -> Result<bool, Stop> {
        worker.begin(piece);
        match self {
            Self::Scan(nodes, size) => match nodes.chunks(*size).nth(piece) {
                Some(nodes) => worker.run_scan(from, nodes).map(|()| true),
                None => Ok(false),
            },
            Self::Tuples(registers, width, size) => {
                let Some(registers) = registers.chunks(*size).nth(piece) else {
                    return Ok(false);
                };
                for tuple in registers.chunks(*width) {
                    worker.cursor.load_registers(tuple);
                    worker.run_all(from)?;
                }
                Ok(true)
            }
        }
    }
}

/// Runs the first steps until there are enough tuples to share out: where the rest begins, and
/// its pieces.
fn spread<'p>(laid: &'p Laid<'p>, worker: &mut Worker<'p>) -> Result<(usize, Pieces<'p>), Stop> {
    let width = laid.program.width.max(1);
    let mut tuples = worker.cursor.registers().to_vec();
    tuples.resize(width, 0);
    let mut at = 0;
    while at < laid.walked {
        let many = tuples.len() / width >= WORTH_SHARING;
        let Some(step) = laid.steps.get(at) else {
            break;
        };
        if let LaidStep::Scan { list, .. } = step
            && tuples.len() == width
            && list.len() >= WORTH_SHARING_A_SCAN
        {
            worker.cursor.load_registers(&tuples);
            return Ok((at, Pieces::Scan(list, piece_size(list.len()))));
        }
        // A condition is cheap, and what it leaves is what there is to do.
        let is_condition = matches!(step, LaidStep::Filter(_));
        // What these steps do is all in the registers.
        let in_registers = matches!(
            step,
            LaidStep::Scan { .. }
                | LaidStep::Seek { .. }
                | LaidStep::NodeById { .. }
                | LaidStep::Expand { .. }
        );
        if !is_condition && (many || !in_registers) {
            break;
        }
        let before = std::mem::replace(&mut worker.target, Target::Tuples(Vec::new()));
        for tuple in tuples.chunks(width) {
            worker.cursor.load_registers(tuple);
            worker.run(at, at + 1)?;
        }
        if let Target::Tuples(passed) = std::mem::replace(&mut worker.target, before) {
            tuples = passed;
        }
        at += 1;
    }
    let size = piece_size(tuples.len() / width) * width;
    Ok((at, Pieces::Tuples(tuples, width, size)))
}

fn piece_size(items: usize) -> usize {
    if items < WORTH_SHARING {
        return items.max(1);
    }
    items
        .div_ceil(rayon::current_num_threads().max(1) * PIECES)
        .max(1)
}

impl Operator for Pipeline {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.rows = None;
        context.release(std::mem::take(&mut self.held));
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        if self.rows.is_none() {
            let rows = self.gather(context)?;
            self.held = match &rows {
                Output::Groups(groups) => groups.size(),
                Output::Known(groups) => groups.len(),
                Output::Rows(rows) => rows.len() * row.width(),
            };
            context.hold(self.held)?;
            self.rows = Some(rows);
        }
        context.tick()?;
        match (&mut self.rows, &self.program.sink) {
            (Some(Output::Groups(groups)), Sink::Aggregate { keys, aggregations }) => {
                groups.give(keys, aggregations, row)
            }
            (Some(Output::Known(groups)), Sink::Aggregate { keys, aggregations }) => {
                let Some((values, count)) = groups.next() else {
                    return Ok(false);
                };
                for ((slot, _), value) in keys.iter().zip(values) {
                    row.set(*slot, value);
                }
                for (slot, _) in aggregations {
                    row.set(*slot, count.clone());
                }
                Ok(true)
            }
            (Some(Output::Rows(rows)), _) => Ok(rows.next().is_some_and(|found| {
                *row = found;
                true
            })),
            (Some(Output::Groups(_) | Output::Known(_)) | None, _) => Ok(false),
        }
    }
}
