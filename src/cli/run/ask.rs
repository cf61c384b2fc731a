//! `whom ask`: a question in English, or a batch of them.

use std::io::Write as _;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;
use whom::Session;
use whom::base::{Code, Diagnostic};

use super::open;
use crate::cli::args::{AskArguments, RowFormat};
use crate::cli::statements::questions;
use crate::cli::{Context, Exit, Failure, answer, input};

/// A line of a batch.
#[derive(Debug, Deserialize)]
struct Line {
    id: Json,
    question: String,
}

/// `whom ask`.
pub(crate) fn run(arguments: &AskArguments, context: &Context) -> Result<Exit, Failure> {
    let mut session = open(&arguments.file, context)?;
    if let Some(path) = &arguments.batch {
        return batch(&mut session, path, context);
    }
    let question = match arguments.question.as_deref() {
        Some("-") => input::text(Path::new("-"))?,
        Some(question) => question.to_owned(),
        None => String::new(),
    };
    let question = question.trim();
    let mut out = context.output.writer();
    for (index, question) in questions(question).into_iter().enumerate() {
        let found = context
            .interrupt
            .listen(|| session.ask(question))
            .map_err(|error| Failure::about(error, question))?;
        if index > 0 && arguments.format == RowFormat::Table {
            writeln!(out)?;
        }
        let output = &context.output;
        answer::write(&mut out, question, &found, arguments.format, output)?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn batch(session: &mut Session, path: &Path, context: &Context) -> Result<Exit, Failure> {
    let text = input::text(path)?;
    let mut out = context.output.writer();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(line).map_err(|error| {
            let message = format!("line {} has no `id` and `question`: {error}", number + 1);
            Failure::input(
                Diagnostic::error(Code("bad-line"), message).in_origin(path.display().to_string()),
            )
        })?;
        session.forget_question();
        let found = context
            .interrupt
            .listen(|| session.ask(line.question.trim()))
            .map_err(|error| Failure::about(error, &line.question))?;
        writeln!(out, "{}", answer::batch_line(&line.id, &found))?;
    }
    out.flush()?;
    Ok(Exit::Done)
}
