//! Answers to questions: the query that was asked, what it found, and the sentences that say so.

use std::io::{self, Write};

use serde_json::{Value as Json, json};
use whom::model::Value;
use whom::question::{Answer, AnswerItem, Citation};

use super::args::RowFormat;
use super::output::Output;
use super::rows::{Fit, shown, write_rows, write_table};

/// The most sentences that are shown to people for one answer.
const MOST_EVIDENCE: usize = 3;

/// Writes `answer` to `question` in `format`.
pub(crate) fn write(
    out: &mut dyn Write,
    question: &str,
    answer: &Answer,
    format: RowFormat,
    output: &Output,
) -> io::Result<()> {
    match format {
        RowFormat::Table => write_for_people(out, answer, output),
        RowFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &whole(question, answer))?;
            writeln!(out)
        }
        RowFormat::Jsonl => writeln!(out, "{}", whole(question, answer)),
        RowFormat::Csv | RowFormat::Markdown => {
            let (columns, rows) = rows(answer);
            write_rows(out, &columns, &rows, format, Fit::Content)
        }
    }
}

fn write_for_people(out: &mut dyn Write, answer: &Answer, output: &Output) -> io::Result<()> {
    let paint = |text: &str, code: &str| {
        if output.surroundings.output_color {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    };
    if let Some(query) = &answer.query {
        writeln!(out, "{}\n", paint(query, "2"))?;
    }
    if answer.items.is_empty() {
        writeln!(out, "{}", Answer::NOTHING)?;
        if let Some(meant) = &answer.meant {
            writeln!(out, "did you mean: {}", shown(meant))?;
        }
        if !answer.nearest.is_empty() {
            writeln!(out, "the nearest things that it does say:")?;
        }
        for near in &answer.nearest {
            writeln!(out, "  {}", shown(near))?;
        }
        return Ok(());
    }
    let (columns, rows) = answered(answer);
    write_table(out, &columns, &rows, output.fit())
}

/// Each answer beside the best sentence that says it, as people read it; the other sentences of
/// the answer follow in rows of their own.
fn answered(answer: &Answer) -> (Vec<String>, Vec<Vec<String>>) {
    let pairs = has_pairs(answer);
    let quoted = |place: &usize| {
        answer
            .evidence
            .get(*place)
            .map(|citation| format!("\"{}\" ({})", citation.sentence, origin(citation)))
    };
    let mut rows = Vec::new();
    for (index, item) in answer.items.iter().enumerate() {
        let mut row = match item {
            AnswerItem::One(one) => vec![one.clone()],
            AnswerItem::Pair(one, other) => vec![one.clone(), other.clone()],
        };
        row.resize(if pairs { 2 } else { 1 }, String::new());
        let width = row.len();
        let grounds = answer.grounds.get(index).map_or(&[][..], Vec::as_slice);
        let mut sentences = grounds.iter().filter_map(quoted);
        row.push(sentences.next().unwrap_or_default());
        rows.push(row);
        for sentence in sentences.take(MOST_EVIDENCE - 1) {
            let mut row = vec![String::new(); width];
            row.push(sentence);
            rows.push(row);
        }
    }
    (columns(pairs), rows)
}

fn has_pairs(answer: &Answer) -> bool {
    answer
        .items
        .iter()
        .any(|item| matches!(item, AnswerItem::Pair(_, _)))
}

fn columns(pairs: bool) -> Vec<String> {
    let names: &[&str] = if pairs {
        &["first answer", "second answer", "evidence"]
    } else {
        &["answer", "evidence"]
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn origin(citation: &Citation) -> String {
    let mut origin = citation.document.clone();
    if let Some(speaker) = &citation.attributed_to {
        origin.push_str(", according to ");
        origin.push_str(speaker);
    }
    if let Some(modality) = citation.modality.as_deref() {
        origin.push_str(match modality {
            "possible" => ", not as a fact: claimed or possible",
            "planned" => ", not as a fact: planned",
            "conditional" => ", not as a fact: on a condition",
            _ => ", not as a fact",
        });
    }
    origin
}

/// The answer as one object.
fn whole(question: &str, answer: &Answer) -> Json {
    let evidence: Vec<Json> = answer
        .evidence
        .iter()
        .map(|citation| {
            json!({
                "sentence": citation.sentence,
                "document": citation.document,
                "start": citation.start,
                "attributed_to": citation.attributed_to,
                "modality": citation.modality.as_deref().unwrap_or("asserted"),
            })
        })
        .collect();
    json!({
        "question": question,
        "answers": items(answer),
        "evidence": evidence,
        "query": answer.query,
        "nearest": answer.nearest,
        "meant": answer.meant,
    })
}

/// The answer as one line of a batch.
pub(crate) fn batch_line(id: &Json, answer: &Answer) -> Json {
    let evidence: Vec<&str> = answer
        .evidence
        .iter()
        .map(|citation| citation.sentence.as_str())
        .collect();
    json!({
        "id": id,
        "answers": items(answer),
        "evidence": evidence,
        "query": answer.query,
    })
}

fn items(answer: &Answer) -> Vec<Json> {
    answer
        .items
        .iter()
        .map(|item| match item {
            AnswerItem::One(one) => json!(one),
            AnswerItem::Pair(one, other) => json!([one, other]),
        })
        .collect()
}

/// A row for each answer and each sentence that says it.
fn rows(answer: &Answer) -> (Vec<String>, Vec<Vec<Value>>) {
    let pairs = has_pairs(answer);
    let mut columns = columns(pairs);
    columns.push("document".to_owned());
    let mut rows = Vec::new();
    for (index, item) in answer.items.iter().enumerate() {
        let mut parts = match item {
            AnswerItem::One(one) => vec![Value::from(one.as_str())],
            AnswerItem::Pair(one, other) => {
                vec![Value::from(one.as_str()), Value::from(other.as_str())]
            }
        };
        parts.resize(if pairs { 2 } else { 1 }, Value::Null);
        let grounds = answer.grounds.get(index).map_or(&[][..], Vec::as_slice);
        let cited: Vec<&Citation> = grounds
            .iter()
            .filter_map(|place| answer.evidence.get(*place))
            .collect();
        for citation in &cited {
            let mut row = parts.clone();
            row.push(Value::from(citation.sentence.as_str()));
            row.push(Value::from(citation.document.as_str()));
            rows.push(row);
        }
        if cited.is_empty() {
            parts.extend([Value::Null, Value::Null]);
            rows.push(parts);
        }
    }
    (columns, rows)
}
