//! Texts read and annotated, for the commands that show how whom reads.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value as Json;
use whom::base::{Code, Diagnostic, Severity};
use whom::extract::RuleTable;
use whom::ingest::{NO_SCHEMA, ReadLimits, Schema, sources};
use whom::text::{Annotator, Document, Input, conllu};
use whom::{Error, SchemaChoice};

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
    id: Json,
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

/// The texts in `file` annotated; or the sentences and tokens of `tokens`, annotated anew. Trees
/// in a file of CoNLL-U are taken as they are. With `furniture`, what a page puts around a text is
/// read too.
pub(crate) fn documents(
    file: Option<&Path>,
    tokens: Option<&Path>,
    furniture: bool,
    context: &Context,
) -> Result<Vec<Document>, Failure> {
    if let Some(path) = tokens {
        let annotator = annotator()?;
        return Ok(trees(path, context)?
            .iter()
            .map(|document| checked(annotator.reannotate(document), context))
            .collect());
    }
    let path = file.unwrap_or(Path::new("-"));
    if path
        .extension()
        .is_some_and(|extension| extension == "conllu")
    {
        return trees(path, context);
    }
    let mut inputs = Vec::new();
    for source in sources(&[path.to_path_buf()], ReadLimits::default()) {
        let source = source.map_err(|error| Failure::input(error.diagnostic()))?;
        inputs.push(Input {
            furniture,
            text: source.text,
            title: source.title,
            published: source.published,
        });
    }
    let annotator = annotator()?;
    Ok(annotator
        .annotate_all(inputs)
        .into_iter()
        .map(|annotated| checked(annotated, context))
        .collect())
}

/// What the user wants of `--schema`: nothing, a schema of ours by its name, one in a file.
pub(crate) fn schema(wanted: Option<&str>) -> Result<SchemaChoice, Failure> {
    let Some(wanted) = wanted else {
        return Ok(SchemaChoice::Keep);
    };
    if wanted == NO_SCHEMA {
        return Ok(SchemaChoice::Off);
    }
    let path = Path::new(wanted);
    let text = match Schema::builtin(wanted) {
        Some(text) => text.to_owned(),
        None if path.exists() || wanted == "-" => input::text(path)?,
        None => {
            let names: Vec<&str> = Schema::builtin_names().chain([NO_SCHEMA]).collect();
            let message = format!("`{wanted}` is no schema, and there is no such file");
            let complaint = Diagnostic::error(Code("unknown-schema"), message);
            let known = format!("known are: {}; or give a file", names.join(", "));
            let complaint = match Schema::nearest(wanted) {
                Some(near) => complaint.with_help(format!("did you mean `{near}`? {known}")),
                None => complaint.with_help(known),
            };
            return Err(Failure::input(complaint));
        }
    };
    match Schema::parse(wanted, &text) {
        Ok(schema) => Ok(SchemaChoice::Use(schema)),
        Err(complaints) => Err(Failure::Complaints {
            complaints,
            source: text,
            exit: Exit::BadInput,
        }),
    }
}

pub(super) fn annotator() -> Result<Annotator, Failure> {
    Annotator::new().map_err(|error| Failure::from(Error::Model(error)))
}

fn checked((document, complaints): (Document, Vec<Diagnostic>), context: &Context) -> Document {
    for complaint in complaints {
        context.output.complain(&complaint, document.text());
    }
    document
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
pub(crate) fn labelled_sentences(path: &Path, context: &Context) -> Result<Vec<Labelled>, Failure> {
    let text = input::text(path)?;
    let mut lines: Vec<SentenceLine> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        lines.push(serde_json::from_str(line).map_err(|error| {
            let message = format!("line {} has no `id` and `sentence`: {error}", number + 1);
            Failure::input(
                Diagnostic::error(Code("bad-line"), message).in_origin(path.display().to_string()),
            )
        })?);
    }
    let annotator = annotator()?;
    Ok(lines
        .into_iter()
        .map(|line| {
            let words: Vec<String> = line
                .sentence
                .split_whitespace()
                .map(str::to_owned)
                .collect();
            Labelled {
                id: Some(match line.id.as_str() {
                    Some(id) => id.to_owned(),
                    None => line.id.to_string(),
                }),
                document: checked(annotator.annotate_tokens(&[words]), context),
            }
        })
        .collect())
}
