//! The query engine: openCypher text to rows.
//!
//! Text is parsed into an [`ast::Query`], checked until every name is a numbered
//! [`checked::Slot`], laid out as a [`logical::Plan`], improved, mapped to a physical plan, and
//! run by operators that pull rows from one another. It knows nothing of SQLite or of English.

pub mod ast;
pub mod check;
pub mod checked;
mod deep;
pub mod error;
mod eval;
mod exec;
mod explain;
mod function;
pub mod logical;
mod optimize;
pub mod parse;
mod physical;
pub mod print;
mod procedure;
mod run;
pub mod signature;
mod signature_text;
mod tuning;

pub use self::check::{Surroundings, check};
pub use self::error::{CheckError, CheckFault, ParseError, Phase, QueryError, RunError};
pub use self::exec::Limits;
pub use self::explain::explain;
pub use self::parse::parse;
pub use self::print::print;
pub use self::procedure::Procedures;
pub use self::run::{Rows, Settings, read, write};
pub use self::signature_text::SignatureError;
pub use self::tuning::{Planning, Tuning};

use std::collections::BTreeSet;

use crate::graph::Transaction;
use crate::model::{Map, Value};

use self::logical::{Estimates, Plan};

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
/// fails. Of `EXPLAIN` the only row is the plan.
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
    match query.mode {
        ast::Mode::Explain => Ok(Rows {
            columns: vec!["plan".to_owned()],
            rows: vec![vec![Value::from(explain(&plan, &checked.names).as_str())]],
        }),
        ast::Mode::Run | ast::Mode::Profile if plan.writes => write(&plan, transaction, settings),
        ast::Mode::Run | ast::Mode::Profile => read(&plan, transaction.graph(), settings),
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
    let procedures = settings.procedures.catalog();
    let checked = check(
        query,
        Surroundings {
            procedures: &procedures,
            parameters: &names(settings.parameters),
        },
    )?;
    let plan = plan(&checked, graph, settings.tuning)?;
    Ok((checked, plan))
}

fn names(parameters: &Map) -> BTreeSet<String> {
    parameters.keys().map(ToString::to_string).collect()
}
