//! `whom query`: one statement, its rows.

use std::io::Write as _;
use std::path::Path;

use whom::Session;
use whom::model::Map;
use whom::query::Limits;

use super::{open, open_or_create};
use crate::cli::args::{QueryArguments, RowFormat};
use crate::cli::rows::write_rows;
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
    session.limit(Limits {
        time_ms: arguments.timeout.map(|seconds| u64::from(seconds) * 1000),
        ..Limits::default()
    });
    let parameters = parameters::parameters(&arguments.parameters.parameters);
    if arguments.explain {
        let plan = session
            .explain(statement, &parameters)
            .map_err(|error| Failure::about(error, statement))?;
        let mut out = context.output.writer();
        writeln!(out, "{}", plan.trim_end())?;
        out.flush()?;
        return Ok(Exit::Done);
    }
    show(
        &mut session,
        statement,
        &parameters,
        arguments.format,
        context,
    )?;
    Ok(Exit::Done)
}

/// Runs `statement` and writes its rows; what it changed is said on standard error.
pub(crate) fn show(
    session: &mut Session,
    statement: &str,
    parameters: &Map,
    format: RowFormat,
    context: &Context,
) -> Result<(), Failure> {
    let outcome = context
        .interrupt
        .listen(|| session.query(statement, parameters))
        .map_err(|error| Failure::about(error, statement))?;
    let mut out = context.output.writer();
    write_rows(
        &mut out,
        &outcome.columns,
        &outcome.rows,
        format,
        context.output.fit(),
    )?;
    out.flush()?;
    if let Some(text) = outcome.changes_text() {
        context.output.message(&text);
    }
    Ok(())
}
