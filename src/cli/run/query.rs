//! `whom query`: one statement, its rows.

use std::io::Write as _;
use std::path::Path;

use whom::model::Map;
use whom::query::Limits;
use whom::{Error, Outcome, Session};

use super::{open, open_or_create};
use crate::cli::args::{LimitArguments, QueryArguments, RowFormat};
use crate::cli::rows::write_outcome;
use crate::cli::{Context, Exit, Failure, input, parameters};

/// `whom query`.
pub(crate) fn run(arguments: &QueryArguments, context: &Context) -> Result<Exit, Failure> {
    let statement = if arguments.statement == "-" {
        input::text(Path::new("-"))?
    } else {
        arguments.statement.clone()
    };
    let statement = statement.trim_end().trim_end_matches(';');
    let mut session = if arguments.create {
        open_or_create(&arguments.file, context)?
    } else {
        open(&arguments.file, context)?
    };
    session.limit(limits(&arguments.limits));
    let parameters = parameters::parameters(&arguments.parameters.parameters);
    let work: Work = if arguments.explain {
        Session::plan
    } else if arguments.profile {
        Session::profile
    } else {
        Session::query
    };
    let outcome = context
        .interrupt
        .listen(|| work(&mut session, statement, &parameters))
        .map_err(|error| Failure::about(error, statement))?;
    show(&outcome, arguments.format, context)?;
    for note in &outcome.notes {
        let diagnostic = note.diagnostic(statement);
        context.output.complain(&diagnostic, statement);
    }
    Ok(Exit::Done)
}

/// The limits that the arguments set.
pub(crate) fn limits(arguments: &LimitArguments) -> Limits {
    let most = Limits::default();
    Limits {
        time_ms: arguments.timeout.map(|seconds| u64::from(seconds) * 1000),
        rows: arguments.max_rows,
        values: arguments.max_memory.map_or(most.values, Limits::values_in),
    }
}

/// What can be done with a statement.
type Work = fn(&mut Session, &str, &Map) -> Result<Outcome, Error>;

/// Writes the rows of a statement; what it changed is said on standard error.
fn show(outcome: &Outcome, format: RowFormat, context: &Context) -> Result<(), Failure> {
    let mut out = context.output.writer();
    write_outcome(&mut out, outcome, format, context.output.fit())?;
    out.flush()?;
    if let Some(text) = outcome.changes_text() {
        context.output.message(&text);
    }
    Ok(())
}
