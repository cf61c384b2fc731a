//! What `LOAD CSV` reads: where the bytes come from, and records as values.
//!
//! The engine touches no file itself. Whoever runs a query hands it [`Files`], so a program that
//! lets others query its graph decides what they may read. One record is held at a time.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use crate::model::Value;

use super::ast::Headers;
use super::error::RunError;

/// The longest record, in bytes: an open quote must not take in a file of any size.
const LONGEST_RECORD_BYTES: usize = 16 << 20;

/// Opens the file at a path.
pub type Opener<'s> = dyn Fn(&Path) -> io::Result<Box<dyn Read + Send>> + Sync + 's;

/// The files that a query may read.
#[derive(Clone, Copy, Default)]
pub enum Files<'s> {
    /// None.
    #[default]
    Forbidden,
    /// Those that this opens.
    Opened(&'s Opener<'s>),
}

impl fmt::Debug for Files<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Forbidden => "Forbidden",
            Self::Opened(_) => "Opened",
        })
    }
}

/// What is wrong with a file of comma-separated values.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CsvFault {
    /// Bytes that are no UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// A quote that the file ends in.
    #[error("a quote is never closed")]
    OpenQuote,
    /// A record without end.
    #[error("a record is longer than {most} bytes; is a quote left open?")]
    TooLong {
        /// How long it may be.
        most: usize,
    },
    /// Cells that no header names.
    #[error("{found} cells, but {wanted} headers")]
    TooWide {
        /// How many cells there are.
        found: usize,
        /// How many headers.
        wanted: usize,
    },
    /// A header that stands there twice.
    #[error("two columns are named `{name}`")]
    HeaderTwice {
        /// The header.
        name: String,
    },
}

/// The records of a file, one by one.
pub(crate) struct Records {
    /// As the query names it.
    name: String,
    reader: csv::Reader<Watched>,
    record: csv::ByteRecord,
    /// The names of the cells; an empty one names nothing.
    headers: Option<Vec<Arc<str>>>,
}

impl Records {
    /// The records of the file that a query names.
    ///
    /// # Errors
    /// [`RunError::FilesForbidden`], [`RunError::RemoteFile`], [`RunError::UnreadableFile`], and
    /// for headers [`RunError::BadCsv`].
    pub(crate) fn open(
        name: &str,
        headers: Headers,
        separator: u8,
        files: Files<'_>,
    ) -> Result<Self, RunError> {
        let path = local_path(name)?;
        let Files::Opened(open) = files else {
            return Err(RunError::FilesForbidden);
        };
        let bytes = open(&path).map_err(|error| unreadable(name, &error))?;
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(Watched::new(bytes, separator));
        let mut records = Self {
            name: name.to_owned(),
            reader,
            record: csv::ByteRecord::new(),
            headers: None,
        };
        if headers == Headers::FirstRecord {
            records.headers = Some(records.read_headers()?);
        }
        Ok(records)
    }

    fn read_headers(&mut self) -> Result<Vec<Arc<str>>, RunError> {
        let mut headers: Vec<Arc<str>> = Vec::new();
        if !self.read()? {
            return Ok(headers);
        }
        for cell in &self.record {
            let name = std::str::from_utf8(cell).map_err(|_| self.bad(CsvFault::NotUtf8))?;
            if !name.is_empty() && headers.iter().any(|known| **known == *name) {
                let name = name.to_owned();
                return Err(self.bad(CsvFault::HeaderTwice { name }));
            }
            headers.push(Arc::from(name));
        }
        Ok(headers)
    }

    /// The next record: a map by headers, a list without them. An empty cell is null.
    ///
    /// # Errors
    /// [`RunError::UnreadableFile`], [`RunError::BadCsv`].
    pub(crate) fn next(&mut self) -> Result<Option<Value>, RunError> {
        if !self.read()? {
            return Ok(None);
        }
        let mut cells = Vec::with_capacity(self.record.len());
        for cell in &self.record {
            let text = std::str::from_utf8(cell).map_err(|_| self.bad(CsvFault::NotUtf8))?;
            cells.push(if text.is_empty() {
                Value::Null
            } else {
                Value::from(text)
            });
        }
        let Some(headers) = &self.headers else {
            return Ok(Some(Value::from(cells)));
        };
        let beyond = cells.get(headers.len()..).unwrap_or_default();
        if beyond.iter().any(|cell| !cell.is_null()) {
            return Err(self.bad(CsvFault::TooWide {
                found: cells.len(),
                wanted: headers.len(),
            }));
        }
        cells.resize(headers.len(), Value::Null);
        let named = headers.iter().cloned().zip(cells);
        Ok(Some(Value::map(named.filter(|(name, _)| !name.is_empty()))))
    }

    /// Reads one record; false at the end.
    fn read(&mut self) -> Result<bool, RunError> {
        self.reader.get_mut().since_record = 0;
        let line = self.reader.position().line();
        let read = self.reader.read_byte_record(&mut self.record);
        if let Some(fault) = self.reader.get_mut().fault.take() {
            return Err(bad(&self.name, line, fault));
        }
        read.map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => unreadable(&self.name, &error),
            // Records of any width and of any bytes are fine with the reader.
            csv::ErrorKind::Utf8 { .. }
            | csv::ErrorKind::UnequalLengths { .. }
            | csv::ErrorKind::Seek
            | csv::ErrorKind::Serialize(_)
            | csv::ErrorKind::Deserialize { .. }
            | _ => RunError::Unsound("the reader of CSV failed without cause"),
        })
    }

    /// The complaint about the present record.
    fn bad(&self, fault: CsvFault) -> RunError {
        let place = self.record.position();
        bad(&self.name, place.map_or(1, csv::Position::line), fault)
    }
}

fn bad(name: &str, line: u64, fault: CsvFault) -> RunError {
    RunError::BadCsv {
        name: name.to_owned(),
        line,
        fault,
    }
}

fn unreadable(name: &str, error: &io::Error) -> RunError {
    RunError::UnreadableFile {
        name: name.to_owned(),
        reason: error.to_string(),
    }
}

/// The path that a query names: a plain one, or the one of a `file:` URL.
fn local_path(name: &str) -> Result<PathBuf, RunError> {
    let scheme = name.split_once(':').map(|(scheme, _)| scheme);
    let Some(scheme) = scheme.filter(|scheme| is_scheme(scheme)) else {
        return Ok(PathBuf::from(name));
    };
    let remote = || RunError::RemoteFile {
        name: name.to_owned(),
    };
    if !scheme.eq_ignore_ascii_case("file") {
        return Err(remote());
    }
    let rest = name.get(scheme.len() + 1..).unwrap_or_default();
    let path = match rest.strip_prefix("//") {
        None => rest,
        Some(place) => {
            let start = place.find('/').ok_or_else(remote)?;
            let (host, path) = place.split_at_checked(start).unwrap_or_default();
            if !(host.is_empty() || host.eq_ignore_ascii_case("localhost")) {
                return Err(remote());
            }
            path
        }
    };
    Ok(PathBuf::from(decoded(path)))
}

/// Whether a text before a colon is the scheme of a URL; a single letter is a drive.
fn is_scheme(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|rest| rest.is_ascii_alphanumeric() || matches!(rest, '+' | '-' | '.'))
}

/// The text with `%20` and its like replaced by what they stand for.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = match code {
            Some(_) => behind.get(2..).unwrap_or_default(),
            None => behind,
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Bytes on their way to the reader, watched for what it would take without a word: a quote that
/// is never closed, a record without end.
struct Watched {
    bytes: Box<dyn Read + Send>,
    separator: u8,
    place: Place,
    /// Whether nothing was read yet: a byte order mark may come.
    at_start: bool,
    /// How many bytes were read since a record was asked for.
    since_record: usize,
    fault: Option<CsvFault>,
}

/// Where the last byte stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In front of a cell.
    Before,
    /// In a cell without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote that ends the cell, unless another follows.
    Closed,
}

impl Watched {
    fn new(bytes: Box<dyn Read + Send>, separator: u8) -> Self {
        Self {
            bytes,
            separator,
            place: Place::Before,
            at_start: true,
            since_record: 0,
            fault: None,
        }
    }

    fn watch(&mut self, read: &[u8]) {
        let read = if std::mem::take(&mut self.at_start) {
            read.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(read)
        } else {
            read
        };
        for byte in read {
            let ends = *byte == self.separator || matches!(byte, b'\n' | b'\r');
            self.place = match (self.place, *byte) {
                (Place::Quoted, b'"') => Place::Closed,
                (Place::Quoted, _) | (Place::Before | Place::Closed, b'"') => Place::Quoted,
                _ if ends => Place::Before,
                _ => Place::Plain,
            };
        }
    }

    fn fail(&mut self, fault: CsvFault) -> io::Error {
        self.fault = Some(fault);
        io::Error::from(io::ErrorKind::InvalidData)
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.bytes.read(buffer)?;
        if count == 0 {
            return if self.place == Place::Quoted {
                Err(self.fail(CsvFault::OpenQuote))
            } else {
                Ok(0)
            };
        }
        self.watch(buffer.get(..count).unwrap_or_default());
        self.since_record = self.since_record.saturating_add(count);
        if self.since_record > LONGEST_RECORD_BYTES {
            let most = LONGEST_RECORD_BYTES;
            return Err(self.fail(CsvFault::TooLong { most }));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read};
    use std::path::Path;

    use super::{CsvFault, Files, Records, local_path};
    use crate::query::ast::Headers;
    use crate::query::error::RunError;

    /// The records of `text`, each as text.
    fn records(text: &'static str, headers: Headers) -> Result<Vec<String>, RunError> {
        let open =
            move |_: &Path| -> io::Result<Box<dyn Read + Send>> { Ok(Box::new(text.as_bytes())) };
        let mut records = Records::open("x.csv", headers, b',', Files::Opened(&open))?;
        let mut found = Vec::new();
        while let Some(value) = records.next()? {
            found.push(value.to_string());
        }
        Ok(found)
    }

    #[test]
    fn records_are_read_as_rfc_4180_has_them() {
        let cases = [
            ("a,b\nc,d\n", vec!["['a', 'b']", "['c', 'd']"]),
            ("a,b\r\nc,d", vec!["['a', 'b']", "['c', 'd']"]),
            ("\"a,b\",\"c\"\"d\"\n", vec!["['a,b', 'c\"d']"]),
            ("\"two\nlines\",x", vec!["['two\\nlines', 'x']"]),
            ("a,,\"\"\n", vec!["['a', null, null]"]),
            ("\u{feff}\"a\",b", vec!["['a', 'b']"]),
            ("5\" of rain,\"x\"", vec!["['5\" of rain', 'x']"]),
            ("", vec![]),
        ];
        for (text, wanted) in cases {
            assert_eq!(records(text, Headers::None).unwrap(), wanted, "{text:?}");
        }
    }

    #[test]
    fn headers_name_cells() {
        let cases = [
            ("a,b\n1,2\n", vec!["{a: '1', b: '2'}"]),
            ("a,b\n1\n", vec!["{a: '1', b: null}"]),
            ("a,b\n1,2,\n", vec!["{a: '1', b: '2'}"]),
            ("a,,\n1,2,3\n", vec!["{a: '1'}"]),
            ("a,b\n", vec![]),
            ("", vec![]),
        ];
        for (text, wanted) in cases {
            let found = records(text, Headers::FirstRecord).unwrap();
            assert_eq!(found, wanted, "{text:?}");
        }
    }

    #[test]
    fn faults_name_the_line() {
        let cases = [
            ("a\nb\n\"c\nd\n", 3, CsvFault::OpenQuote),
            (
                "a,b\n1,2\n\"x\ny\",2\n1,2,3\n",
                5,
                CsvFault::TooWide {
                    found: 3,
                    wanted: 2,
                },
            ),
            (
                "a,b,a\n",
                1,
                CsvFault::HeaderTwice {
                    name: "a".to_owned(),
                },
            ),
        ];
        for (text, line, fault) in cases {
            let error = records(text, Headers::FirstRecord).unwrap_err();
            let name = "x.csv".to_owned();
            assert_eq!(error, RunError::BadCsv { name, line, fault }, "{text:?}");
        }
    }

    #[test]
    fn a_record_has_an_end() {
        let open = |_: &Path| -> io::Result<Box<dyn Read + Send>> {
            Ok(Box::new("\"".as_bytes().chain(io::repeat(b'x'))))
        };
        let files = Files::Opened(&open);
        let mut records = Records::open("x.csv", Headers::None, b',', files).unwrap();
        let error = records.next().unwrap_err();
        assert!(
            matches!(
                error,
                RunError::BadCsv {
                    line: 1,
                    fault: CsvFault::TooLong { .. },
                    ..
                }
            ),
            "{error}"
        );
    }

    #[test]
    fn names_are_paths_or_local_urls() {
        let local = [
            ("people.csv", "people.csv"),
            ("/data/people.csv", "/data/people.csv"),
            ("C:\\data\\people.csv", "C:\\data\\people.csv"),
            ("file:///data/two%20words.csv", "/data/two words.csv"),
            ("file://localhost/data/x.csv", "/data/x.csv"),
            ("FILE:/data/100%.csv", "/data/100%.csv"),
            ("odd name: x.csv", "odd name: x.csv"),
        ];
        for (name, path) in local {
            assert_eq!(local_path(name).unwrap(), Path::new(path), "{name}");
        }
        for name in [
            "http://example.org/x.csv",
            "https://example.org/x.csv",
            "ftp://example.org/x.csv",
            "file://elsewhere/x.csv",
            "s3:bucket/x.csv",
        ] {
            let remote = matches!(local_path(name), Err(RunError::RemoteFile { .. }));
            assert!(remote, "{name}");
        }
    }
}
