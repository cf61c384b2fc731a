//! The query engine: openCypher text to rows.
//!
//! Text is parsed into an [`ast::Query`], checked until every name is a numbered
//! [`checked::Slot`], laid out as a [`logical::Plan`], improved, mapped to a physical plan, and
//! run by operators that pull rows from one another. It knows nothing of SQLite or of English.

pub mod ast;
pub mod check;
pub mod checked;
mod csv;
mod deep;
pub mod error;
mod eval;
mod exec;
mod explain;
mod faults;
mod function;
mod kinship;
pub mod logical;
mod note;
mod optimize;
pub mod parse;
mod physical;
mod plan_table;
pub mod print;
mod procedure;
mod reference;
mod remedy;
mod run;
pub mod signature;
mod signature_text;
pub mod slip;
mod tuning;

pub use self::check::{Surroundings, check};
pub use self::csv::{CsvFault, Files, Opener};
pub use self::error::{CheckError, CheckFault, ParseError, Phase, QueryError, RunError};
pub use self::exec::{Limits, Measure};
pub use self::explain::explain;
pub use self::faults::Faults;
pub use self::note::Note;
pub use self::parse::{parse, parse_all};
pub use self::plan_table::{PlanLine, PlanTable};
pub use self::print::print;
pub use self::procedure::Procedures;
pub use self::reference::{Callable, CallableKind, callables};
pub use self::run::{Rows, Settings, read, write};
pub use self::signature_text::SignatureError;
pub use self::tuning::{Planning, Running, Tuning};

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::graph::Transaction;
use crate::model::Map;

use self::logical::{Estimates, Numbers, Plan, cardinalities};
use self::plan_table::{Findings, plan_table};

/// The plan of a checked query, improved as far as `tuning` allows.
///
/// # Errors
/// [`RunError::Unsound`] for a fault of ours.
pub fn plan(
    checked: &checked::Checked,
    estimates: &dyn Estimates,
    tuning: Tuning,
) -> Result<Plan, RunError> {
    optimize::optimize(
        logical::build(checked, estimates, tuning.planning),
        tuning.planning,
    )
}

/// The rows of `query`; what it changes is in `transaction`, which must not be committed when it
/// fails. Of `EXPLAIN` and `PROFILE` the rows are those of the plan.
///
/// # Errors
/// [`QueryError`].
pub fn run(
    query: &ast::Query,
    transaction: &mut Transaction<'_>,
    settings: &Settings<'_>,
) -> Result<Rows, QueryError> {
    deep::with_stack_for(query, || run_here(query, transaction, settings))
}

fn run_here(
    query: &ast::Query,
    transaction: &mut Transaction<'_>,
    settings: &Settings<'_>,
) -> Result<Rows, QueryError> {
    let (checked, plan) = prepare(query, transaction.graph(), settings)?;
    let notes = note::notes(&plan, transaction.graph());
    let mut rows = run_plan(query.mode, &checked, &plan, transaction, settings)?;
    rows.notes = notes;
    Ok(rows)
}

fn run_plan(
    mode: ast::Mode,
    checked: &checked::Checked,
    plan: &Plan,
    transaction: &mut Transaction<'_>,
    settings: &Settings<'_>,
) -> Result<Rows, QueryError> {
    match mode {
        ast::Mode::Run if plan.writes => write(plan, transaction, settings),
        ast::Mode::Run => read(plan, transaction.graph(), settings),
        ast::Mode::Explain => {
            let numbers = Numbers::of(plan);
            let estimates = cardinalities(plan, &numbers, transaction.graph());
            let findings = Findings {
                numbers: &numbers,
                estimates: &estimates,
                measures: &[],
                whole: None,
            };
            Ok(plan_table(plan, &checked.names, &findings).into())
        }
        ast::Mode::Profile => {
            let numbers = Numbers::of(plan);
            let estimates = cardinalities(plan, &numbers, transaction.graph());
            let begun = Instant::now();
            let (rows, measures) = run::profiled(plan, &numbers, transaction, settings)?;
            let total = begun.elapsed();
            let root = measures.get(numbers.number(&plan.root));
            let whole = Measure {
                starts: 1,
                rows: rows.rows.len() as u64,
                total,
                own: total.saturating_sub(root.map_or(Duration::ZERO, |root| root.total)),
            };
            let findings = Findings {
                numbers: &numbers,
                estimates: &estimates,
                measures: &measures,
                whole: Some(whole),
            };
            Ok(plan_table(plan, &checked.names, &findings).into())
        }
    }
}

/// How `query` would be run on `graph`, for people.
///
/// # Errors
/// [`QueryError`] if it cannot be run.
pub fn explained(
    query: &ast::Query,
    graph: &crate::graph::PropertyGraph,
    settings: &Settings<'_>,
) -> Result<String, QueryError> {
    deep::with_stack_for(query, || {
        let (checked, plan) = prepare(query, graph, settings)?;
        Ok(explain(&plan, &checked.names))
    })
}

fn prepare(
    query: &ast::Query,
    graph: &crate::graph::PropertyGraph,
    settings: &Settings<'_>,
) -> Result<(checked::Checked, Plan), QueryError> {
    let checked = check(
        query,
        Surroundings {
            procedures: settings.procedures.catalog(),
            parameters: &names(settings.parameters),
        },
    )?;
    let plan = plan(&checked, graph, settings.tuning)?;
    Ok((checked, plan))
}

fn names(parameters: &Map) -> BTreeSet<String> {
    parameters.keys().map(ToString::to_string).collect()
}
