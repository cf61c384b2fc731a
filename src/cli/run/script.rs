//! `whom run`: a file of statements and questions, in order, up to the first error.

use std::io::Write as _;

use whom::Session;
use whom::model::Map;

use super::query::limits;
use super::{open, open_or_create};
use crate::cli::args::{RowFormat, RunArguments};
use crate::cli::rows::write_outcome;
use crate::cli::statements::{Language, questions, statements};
use crate::cli::{Context, Exit, Failure, Source, answer, input, parameters};

/// `whom run`.
pub(crate) fn run(arguments: &RunArguments, context: &Context) -> Result<Exit, Failure> {
    let text = input::text(&arguments.script)?;
    let mut session = if arguments.create {
        open_or_create(&arguments.file, context)?
    } else {
        open(&arguments.file, context)?
    };
    session.limit(limits(&arguments.limits));
    let values = parameters::parameters(&arguments.parameters.parameters);
    let origin = arguments.script.display().to_string();
    run_text(
        &mut session,
        &text,
        &origin,
        &values,
        arguments.format,
        context,
    )?;
    Ok(Exit::Done)
}

/// Runs all statements of `text`, which is the content of `origin`.
pub(crate) fn run_text(
    session: &mut Session,
    text: &str,
    origin: &str,
    values: &Map,
    format: RowFormat,
    context: &Context,
) -> Result<(), Failure> {
    let mut first = true;
    for statement in statements(text) {
        let content = statement.span.of(text);
        let source = || Source {
            text: text.to_owned(),
            origin: Some(origin.to_owned()),
            offset_bytes: statement.span.start(),
        };
        let about = |error| Failure::Library {
            error: Box::new(error),
            source: source(),
        };
        let mut out = context.output.writer();
        let separated = match format {
            RowFormat::Table | RowFormat::Csv | RowFormat::Markdown => true,
            RowFormat::Json | RowFormat::Jsonl => false,
        };
        match statement.language {
            Language::Cypher => {
                let outcome = context
                    .interrupt
                    .listen(|| session.query(content, values))
                    .map_err(about)?;
                if separated && !first && !outcome.columns.is_empty() {
                    writeln!(out)?;
                }
                first = first && outcome.columns.is_empty();
                let fit = context.output.fit();
                write_outcome(&mut out, &outcome, format, fit)?;
                for note in &outcome.notes {
                    let place = source();
                    let diagnostic = place.place(note.diagnostic(content));
                    context.output.complain(&diagnostic, text);
                }
            }
            Language::English => {
                for question in questions(content) {
                    let found = context
                        .interrupt
                        .listen(|| session.ask(question))
                        .map_err(about)?;
                    if separated && !first {
                        writeln!(out)?;
                    }
                    first = false;
                    answer::write(&mut out, question, &found, format, &context.output)?;
                }
            }
        }
        out.flush()?;
    }
    Ok(())
}
