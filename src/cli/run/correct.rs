//! `whom merge`, `distinct`, `split`, `rename` and `corrections`: what people put right by hand.

use std::io::Write as _;

use whom::model::Value;
use whom::{Corrected, CorrectionRow, Error, Session, SplitBy};

use super::open;
use crate::cli::args::{
    CorrectionsArguments, DistinctArguments, MergeArguments, RenameArguments, RowFormat,
    SplitArguments,
};
use crate::cli::rows::write_rows;
use crate::cli::{Context, Exit, Failure};

/// `whom merge`.
pub(crate) fn merge(arguments: &MergeArguments, context: &Context) -> Result<Exit, Failure> {
    let names: Vec<&str> = arguments.entities.iter().map(String::as_str).collect();
    let mut session = open(&arguments.file, context)?;
    done(session.merge(&names), context)
}

/// `whom distinct`.
pub(crate) fn distinct(arguments: &DistinctArguments, context: &Context) -> Result<Exit, Failure> {
    let names: Vec<&str> = arguments.entities.iter().map(String::as_str).collect();
    let mut session = open(&arguments.file, context)?;
    done(session.distinct(&names), context)
}

/// `whom split`.
pub(crate) fn split(arguments: &SplitArguments, context: &Context) -> Result<Exit, Failure> {
    let by = if !arguments.from.is_empty() {
        SplitBy::From(arguments.from.clone())
    } else if !arguments.at.is_empty() {
        SplitBy::Mentions(arguments.at.clone())
    } else {
        SplitBy::Document
    };
    let mut session = open(&arguments.file, context)?;
    done(session.split(&arguments.entity, &by), context)
}

/// `whom rename`.
pub(crate) fn rename(arguments: &RenameArguments, context: &Context) -> Result<Exit, Failure> {
    let mut session = open(&arguments.file, context)?;
    done(session.rename(&arguments.entity, &arguments.name), context)
}

/// `whom corrections`.
pub(crate) fn corrections(
    arguments: &CorrectionsArguments,
    context: &Context,
) -> Result<Exit, Failure> {
    let mut session = open(&arguments.file, context)?;
    if let Some(number) = arguments.undo {
        let outcome = session.undo_correction(number)?;
        tell_undone(&outcome, context);
        return Ok(Exit::Done);
    }
    list(&mut session, arguments.format, context)?;
    Ok(Exit::Done)
}

/// Writes all corrections and what became of them.
pub(crate) fn list(
    session: &mut Session,
    format: RowFormat,
    context: &Context,
) -> Result<(), Failure> {
    let rows: Vec<Vec<Value>> = session
        .corrections()?
        .into_iter()
        .map(|row| {
            let CorrectionRow {
                number,
                kind,
                text,
                state,
                applied: _,
            } = row;
            vec![
                Value::Integer(number),
                Value::from(kind.as_str()),
                Value::from(text.as_str()),
                Value::from(state.as_str()),
            ]
        })
        .collect();
    if rows.is_empty() && format == RowFormat::Table {
        context.output.message("nothing has been put right by hand");
        return Ok(());
    }
    let columns = ["number", "kind", "correction", "state"].map(str::to_owned);
    let mut out = context.output.writer();
    write_rows(&mut out, &columns, &rows, format, context.output.fit())?;
    out.flush()?;
    Ok(())
}

fn done(outcome: Result<Corrected, Error>, context: &Context) -> Result<Exit, Failure> {
    tell(&outcome?, context);
    Ok(Exit::Done)
}

/// Says what a correction did.
pub(crate) fn tell(outcome: &Corrected, context: &Context) {
    let correction = &outcome.correction;
    let mut lines = vec![format!(
        "correction {}: {}",
        correction.number, correction.text
    )];
    if correction.state != "applied" {
        lines.push(correction.state.clone());
    }
    lines.extend(outcome.overruled.iter().map(|row| {
        format!(
            "correction {} ({}) no longer holds: {}",
            row.number, row.text, row.state
        )
    }));
    tell_lines(lines, outcome, context);
}

/// Says what taking a correction back did.
pub(crate) fn tell_undone(outcome: &Corrected, context: &Context) {
    let correction = &outcome.correction;
    let mut lines = vec![format!(
        "correction {} is undone: {}",
        correction.number, correction.text
    )];
    lines.extend(outcome.overruled.iter().map(|row| {
        format!(
            "correction {} ({}) is now {}",
            row.number, row.text, row.state
        )
    }));
    tell_lines(lines, outcome, context);
}

fn tell_lines(mut lines: Vec<String>, outcome: &Corrected, context: &Context) {
    lines.extend(outcome.entities.iter().map(whom::ingest::Candidate::line));
    context.output.message(&lines.join("\n  "));
}
