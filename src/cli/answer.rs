//! Answers to questions: the query that was asked, what it found, and the sentences that say so.

use std::io::{self, Write};

use serde_json::{Value as Json, json};
use whom::model::Value;
use whom::question::{Answer, AnswerItem, Citation};

use super::args::RowFormat;
use super::output::Output;
use super::rows::{Fit, shown, write_rows};

/// The most sentences that are shown to people for one answer.
const MOST_EVIDENCE: usize = 8;

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
        if !answer.nearest.is_empty() {
            writeln!(out, "the nearest things that it does say:")?;
        }
        for near in &answer.nearest {
            writeln!(out, "  {}", shown(near))?;
        }
        return Ok(());
    }
    for item in &answer.items {
        let text = match item {
            AnswerItem::One(one) => paint(&shown(one), "1"),
            AnswerItem::Pair(one, other) => {
                format!(
                    "{}  –  {}",
                    paint(&shown(one), "1"),
                    paint(&shown(other), "1")
                )
            }
        };
        writeln!(out, "{text}")?;
    }
    writeln!(out)?;
    for citation in answer.evidence.iter().take(MOST_EVIDENCE) {
        let line = format!(
            "  \"{}\" ({})",
            shown(&citation.sentence),
            shown(&origin(citation))
        );
        writeln!(out, "{line}")?;
    }
    let more = answer.evidence.len().saturating_sub(MOST_EVIDENCE);
    if more > 0 {
        writeln!(out, "  and {more} more")?;
    }
    Ok(())
}

fn origin(citation: &Citation) -> String {
    match &citation.attributed_to {
        Some(speaker) => format!("{}, according to {speaker}", citation.document),
        None => citation.document.clone(),
    }
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
            })
        })
        .collect();
    json!({
        "question": question,
        "answers": items(answer),
        "evidence": evidence,
        "query": answer.query,
        "nearest": answer.nearest,
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

/// Answers beside sentences, both best first.
fn rows(answer: &Answer) -> (Vec<String>, Vec<Vec<Value>>) {
    let pairs = answer
        .items
        .iter()
        .any(|item| matches!(item, AnswerItem::Pair(_, _)));
    let mut columns = vec!["answer"];
    if pairs {
        columns.push("to");
    }
    columns.extend(["evidence", "document"]);
    let count = answer.items.len().max(answer.evidence.len());
    let rows = (0..count)
        .map(|index| {
            let mut row = match answer.items.get(index) {
                Some(AnswerItem::One(one)) => vec![Value::from(one.as_str())],
                Some(AnswerItem::Pair(one, other)) => {
                    vec![Value::from(one.as_str()), Value::from(other.as_str())]
                }
                None => vec![Value::Null],
            };
            row.resize(if pairs { 2 } else { 1 }, Value::Null);
            match answer.evidence.get(index) {
                Some(citation) => row.extend([
                    Value::from(citation.sentence.as_str()),
                    Value::from(citation.document.as_str()),
                ]),
                None => row.extend([Value::Null, Value::Null]),
            }
            row
        })
        .collect();
    (columns.into_iter().map(str::to_owned).collect(), rows)
}
