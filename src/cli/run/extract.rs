//! `whom extract`: the statements that a text makes.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value as Json, json};
use whom::SchemaChoice;
use whom::extract::{Argument, RuleTable, Statement, extract, openie};
use whom::text::{Document, Sentence, TokenId};

use super::document;
use super::read::{Labelled, documents, labelled_sentences, rules, schema};
use crate::cli::args::{ExtractArguments, ExtractFormat};
use crate::cli::rows::write_table;
use crate::cli::{Context, Exit, Failure};

/// `whom extract`.
pub(crate) fn run(arguments: &ExtractArguments, context: &Context) -> Result<Exit, Failure> {
    let table = rules(&arguments.rules, context)?;
    if arguments.format == ExtractFormat::Document {
        let choice = schema(arguments.schema.as_deref())?;
        let schema = match &choice {
            SchemaChoice::Use(schema) => Some(schema),
            SchemaChoice::Keep | SchemaChoice::Off => None,
        };
        let path = arguments.file.as_deref().unwrap_or(Path::new("-"));
        let mut out = context.output.writer();
        document::write(&mut out, path, &table, schema, context)?;
        out.flush()?;
        return Ok(Exit::Done);
    }
    let labelled = match &arguments.sentences {
        Some(path) => labelled_sentences(path, context)?,
        None => documents(arguments.file.as_deref(), None, false, context)?
            .into_iter()
            .map(|document| Labelled { id: None, document })
            .collect(),
    };
    let mut out = context.output.writer();
    let mut rows = Vec::new();
    for Labelled { id, document } in &labelled {
        let statements = statements(document, &table, context);
        match arguments.format {
            ExtractFormat::Table => {
                rows.extend(statements.iter().map(|statement| row(document, statement)));
            }
            ExtractFormat::Jsonl => {
                for statement in &statements {
                    writeln!(
                        out,
                        "{}",
                        statement_json(document, statement, id.as_deref())
                    )?;
                }
            }
            ExtractFormat::Document => {}
            ExtractFormat::Openie => write_openie(&mut out, document, &statements, id.as_deref())?,
        }
    }
    if arguments.format == ExtractFormat::Table {
        let columns = [
            "subject", "relation", "object", "time", "place", "notes", "sure", "rule",
        ]
        .map(str::to_owned);
        write_table(&mut out, &columns, &rows, context.output.fit())?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn statements(document: &Document, table: &RuleTable, context: &Context) -> Vec<Statement> {
    let (statements, complaints) = extract(document, table);
    for complaint in complaints {
        context.output.complain(&complaint, document.text());
    }
    statements
}

fn phrase(document: &Document, argument: Option<&Argument>) -> String {
    argument.map_or_else(String::new, |argument| document.words(&argument.full))
}

fn words(document: &Document, tokens: Option<&Vec<TokenId>>) -> String {
    tokens.map_or_else(String::new, |tokens| document.words(tokens))
}

fn row(document: &Document, statement: &Statement) -> Vec<String> {
    let mut notes = Vec::new();
    if statement.polarity.name() != "affirmed" {
        notes.push(statement.polarity.name().to_owned());
    }
    if statement.modality.name() != "asserted" {
        notes.push(statement.modality.name().to_owned());
    }
    if let Some(speaker) = &statement.attribution {
        notes.push(format!("says {}", document.words(&speaker.core)));
    }
    vec![
        phrase(document, statement.subject.as_ref()),
        statement.relation.lemma.clone(),
        phrase(document, statement.object.as_ref()),
        words(document, statement.when.as_ref()),
        words(document, statement.place.as_ref()),
        notes.join(", "),
        format!("{:.2}", statement.confidence.share()),
        statement.rule.to_string(),
    ]
}

fn statement_json(document: &Document, statement: &Statement, id: Option<&str>) -> Json {
    let sentence = document.sentence(statement.sentence);
    let span = sentence.map(Sentence::span).unwrap_or_default();
    let argument = |argument: &Option<Argument>| {
        argument.as_ref().map(|argument| {
            json!({
                "head": document.words(&[argument.head]),
                "core": document.words(&argument.core),
                "full": document.words(&argument.full),
            })
        })
    };
    let mut object = json!({
        "subject": argument(&statement.subject),
        "relation": statement.relation.lemma,
        "text": document.words(&statement.relation.tokens),
        "object": argument(&statement.object),
        "polarity": statement.polarity.name(),
        "modality": statement.modality.name(),
        "attribution": argument(&statement.attribution),
        "when": statement.when.as_ref().map(|tokens| document.words(tokens)),
        "where": statement.place.as_ref().map(|tokens| document.words(tokens)),
        "quantity": statement.quantity,
        "inferred": statement.inferred,
        "confidence": rounded(statement.confidence.share()),
        "rule": statement.rule.as_str(),
        "sentence": span.of(document.text()),
        "start": span.start(),
        "end": span.end(),
    });
    if let (Some(id), Some(members)) = (id, object.as_object_mut()) {
        members.insert("id".to_owned(), json!(id));
    }
    object
}

/// The confidence to three places, so that it reads well and repeats.
fn rounded(share: f32) -> f64 {
    (f64::from(share) * 1000.0).round() / 1000.0
}

/// One line per sentence, as open information extraction is scored.
fn write_openie(
    out: &mut dyn Write,
    document: &Document,
    statements: &[Statement],
    id: Option<&str>,
) -> io::Result<()> {
    let found = openie(document, statements);
    for (number, sentence) in document.sentences().enumerate() {
        let extractions: Vec<Json> = found
            .iter()
            .filter(|extraction| extraction.sentence == sentence.id())
            .map(|extraction| {
                json!({
                    "subject": extraction.subject,
                    "relation": extraction.relation,
                    "objects": extraction.objects,
                    "confidence": rounded(extraction.confidence),
                })
            })
            .collect();
        let id = id.map_or_else(|| (number + 1).to_string(), str::to_owned);
        let line = json!({"id": id, "sentence": sentence.text(), "extractions": extractions});
        writeln!(out, "{line}")?;
    }
    Ok(())
}
