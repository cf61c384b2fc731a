//! Tables of documents: JSON lines and CSV.

use std::fs::File;

use serde_json::{Map, Value};

use super::day;
use super::plain::plain;
use crate::ingest::source::{SourceText, hash};
use crate::ingest::{IngestError, RecordFault};

/// Names of the fields, the one we write first.
const TEXT_FIELDS: [&str; 4] = ["text", "body", "content", "article"];
const TITLE_FIELDS: [&str; 2] = ["title", "headline"];
const DATE_FIELDS: [&str; 4] = ["date", "published", "publish_date", "published_at"];
const SOURCE_FIELDS: [&str; 3] = ["source", "url", "link"];

/// The document of one line; `place` names it when the line does not. The hash is left to the
/// caller, who has the bytes.
pub(in crate::ingest) fn json_document(place: &str, line: &str) -> Result<SourceText, IngestError> {
    let bad = |reason| IngestError::BadRecord {
        source_name: place.to_owned(),
        reason,
    };
    let value: Value = serde_json::from_str(line).map_err(|error| {
        let full = error.to_string();
        let message = full.split(" at line ").next().unwrap_or(&full).to_owned();
        bad(RecordFault::NotJson {
            column: error.column(),
            message,
        })
    })?;
    let Value::Object(fields) = value else {
        return Err(bad(RecordFault::NoObject));
    };
    let text = field(&fields, &TEXT_FIELDS).ok_or_else(|| bad(RecordFault::NoText))?;
    document(
        place,
        text,
        field(&fields, &TITLE_FIELDS),
        field(&fields, &DATE_FIELDS),
        field(&fields, &SOURCE_FIELDS),
    )
}

fn field<'f>(fields: &'f Map<String, Value>, names: &[&str]) -> Option<&'f str> {
    names
        .iter()
        .find_map(|name| fields.get(*name).and_then(Value::as_str))
}

fn document(
    place: &str,
    text: &str,
    title: Option<&str>,
    date: Option<&str>,
    source: Option<&str>,
) -> Result<SourceText, IngestError> {
    let source = source
        .map(str::trim)
        .filter(|source| names_one_document(source))
        .unwrap_or(place);
    if text.trim().is_empty() {
        return Err(IngestError::Empty {
            source_name: place.to_owned(),
        });
    }
    let page = plain(text.to_owned());
    let title = title.map(str::trim).filter(|title| !title.is_empty());
    Ok(SourceText {
        source: source.to_owned(),
        title: title.map(str::to_owned).or(page.title),
        published: date.and_then(day),
        hash: String::new(),
        text: page.text,
    })
}

/// Whether a source looks like an address or a path; "Reuters" names many documents.
fn names_one_document(source: &str) -> bool {
    let path = source.contains('/') || source.contains('.') || source.contains('#');
    path && !source.contains(char::is_whitespace) && source.len() <= 2_000
}

/// The rows of a CSV file with a line of names.
#[derive(Debug)]
pub(in crate::ingest) struct Rows {
    name: String,
    reader: csv::Reader<File>,
    names: Option<csv::ByteRecord>,
    done: bool,
}

impl Rows {
    pub(in crate::ingest) fn new(name: String, file: File) -> Self {
        Self {
            name,
            reader: csv::ReaderBuilder::new().flexible(true).from_reader(file),
            names: None,
            done: false,
        }
    }

    /// The next row as a document; `None` at the end.
    pub(in crate::ingest) fn next_row(
        &mut self,
        limit_bytes: u64,
    ) -> Option<Result<SourceText, IngestError>> {
        if self.done {
            return None;
        }
        match self.row(limit_bytes) {
            Ok(Some(document)) => Some(Ok(document)),
            Ok(None) => {
                self.done = true;
                None
            }
            Err(error) => Some(Err(error)),
        }
    }

    fn row(&mut self, limit_bytes: u64) -> Result<Option<SourceText>, IngestError> {
        if self.names.is_none() {
            let read = self.reader.byte_headers().cloned();
            let names = match read {
                Ok(names) => names,
                Err(error) => {
                    self.done = true;
                    return Err(fault(&self.name, &error));
                }
            };
            let known = names.iter().any(|name| is_one_of(name, &TEXT_FIELDS));
            self.names = Some(names);
            if !known {
                self.done = true;
                return Err(IngestError::BadRecord {
                    source_name: format!("{}#1", self.name),
                    reason: RecordFault::NoText,
                });
            }
        }
        let mut record = csv::ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => return Ok(None),
            Ok(true) => {}
            Err(error) => return Err(fault(&self.name, &error)),
        }
        let line = record.position().map_or(0, csv::Position::line);
        let place = format!("{}#{line}", self.name);
        let bytes = record.as_slice().len() as u64;
        if bytes > limit_bytes {
            return Err(IngestError::TooLarge {
                source_name: place,
                bytes,
                limit: limit_bytes,
            });
        }
        let field = |known: &[&str]| -> Result<Option<String>, IngestError> {
            let column = self
                .names
                .iter()
                .flat_map(csv::ByteRecord::iter)
                .position(|name| is_one_of(name, known));
            match column.and_then(|column| record.get(column)) {
                Some(bytes) => crate::ingest::source::decoded(&place, bytes).map(Some),
                None => Ok(None),
            }
        };
        let text = field(&TEXT_FIELDS)?.unwrap_or_default();
        let mut found = document(
            &place,
            &text,
            field(&TITLE_FIELDS)?.as_deref(),
            field(&DATE_FIELDS)?.as_deref(),
            field(&SOURCE_FIELDS)?.as_deref(),
        )?;
        found.hash = hash(record.as_slice());
        Ok(Some(found))
    }
}

fn is_one_of(name: &[u8], known: &[&str]) -> bool {
    let name = name.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(name);
    known
        .iter()
        .any(|known| name.trim_ascii().eq_ignore_ascii_case(known.as_bytes()))
}

fn fault(name: &str, error: &csv::Error) -> IngestError {
    let line = error.position().map_or(1, csv::Position::line);
    IngestError::BadRecord {
        source_name: format!("{name}#{line}"),
        reason: RecordFault::Row(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::json_document;

    #[test]
    fn a_line_names_itself_or_is_named_by_its_place() {
        let own = json_document(
            "feed.jsonl#1",
            r#"{"text": "It rained.", "title": "Rain", "date": "2024-05-06T10:00:00Z", "source": "https://a.b/1"}"#,
        )
        .unwrap();
        assert_eq!(own.source, "https://a.b/1");
        assert_eq!(own.title.as_deref(), Some("Rain"));
        assert_eq!(
            own.published.map(|day| day.to_string()).as_deref(),
            Some("2024-05-06")
        );
        let agency = json_document(
            "feed.jsonl#2",
            r#"{"text": "It rained.", "source": "Reuters"}"#,
        );
        assert_eq!(agency.unwrap().source, "feed.jsonl#2");
    }

    #[test]
    fn what_is_no_document_is_refused_with_its_place() {
        let cases = [
            (
                "{\"text\": ",
                "`f#3` is no document: not JSON, column 9: EOF while parsing a value",
            ),
            ("[1]", "`f#3` is no document: a JSON object is expected"),
            (
                "{\"title\": \"x\"}",
                "`f#3` is no document: it has no field `text`",
            ),
            ("{\"text\": \" \"}", "`f#3` holds no text"),
        ];
        for (line, message) in cases {
            assert_eq!(json_document("f#3", line).unwrap_err().to_string(), message);
        }
    }
}
