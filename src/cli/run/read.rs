//! Texts read and annotated, for the commands that show how whom reads.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use whom::base::{Code, Diagnostic, Severity};
use whom::extract::RuleTable;
use whom::text::{Document, conllu};

use crate::cli::{Context, Exit, Failure, input};

/// A document with the id that it was given.
#[derive(Debug)]
pub(crate) struct Labelled {
    /// The id.
    pub(crate) id: Option<String>,
    /// The document.
    pub(crate) document: Document,
}

/// A line of a sentence file.
#[derive(Debug, Deserialize)]
struct SentenceLine {
    id: serde_json::Value,
    sentence: String,
}

/// The rules built in and those in `files`.
pub(crate) fn rules(files: &[PathBuf], context: &Context) -> Result<RuleTable, Failure> {
    let mut table = RuleTable::builtin();
    for path in files {
        let text = input::text(path)?;
        let (extended, complaints) = table.with_file(&text, &path.display().to_string());
        if complaints
            .iter()
            .any(|complaint| complaint.severity == Severity::Error)
        {
            return Err(Failure::Complaints {
                complaints,
                source: text,
                exit: Exit::BadInput,
            });
        }
        for complaint in complaints {
            context.output.complain(&complaint, &text);
        }
        table = extended;
    }
    Ok(table)
}

/// The text in `file` annotated; or the sentences and tokens of `tokens`, annotated anew.
pub(crate) fn documents(
    file: Option<&Path>,
    tokens: Option<&Path>,
    context: &Context,
) -> Result<Vec<Document>, Failure> {
    let path = tokens.or(file).unwrap_or(Path::new("-"));
    // Trees that are given are taken as they are.
    if tokens.is_some()
        || path
            .extension()
            .is_some_and(|extension| extension == "conllu")
    {
        return trees(path, context);
    }
    Err(no_model())
}

fn trees(path: &Path, context: &Context) -> Result<Vec<Document>, Failure> {
    let text = input::text(path)?;
    let (documents, complaints) = conllu::read(&text);
    for complaint in complaints {
        context.output.complain(&complaint, &text);
    }
    Ok(documents)
}

/// The sentences in the JSON lines of `path`, annotated, their words as given.
pub(crate) fn labelled_sentences(
    path: &Path,
    _context: &Context,
) -> Result<Vec<Labelled>, Failure> {
    let text = input::text(path)?;
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let _line: SentenceLine = serde_json::from_str(line).map_err(|error| {
            let message = format!("line {} has no `id` and `sentence`: {error}", number + 1);
            Failure::input(
                Diagnostic::error(Code("bad-line"), message).in_origin(path.display().to_string()),
            )
        })?;
    }
    Err(no_model())
}

fn no_model() -> Failure {
    Failure::input(Diagnostic::error(
        Code("no-model"),
        "the model that reads English is not there yet",
    ))
}
