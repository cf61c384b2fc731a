//! Where texts come from: files, folders, standard input.
//!
//! [`sources`] yields one document after the other and holds one file in memory at a time; of a
//! table of documents (JSON lines, CSV) it holds one line. A source that cannot be read is an
//! error of its own and does not stop the others.

use std::collections::{BTreeSet, VecDeque};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::IngestError;
use super::read;
use super::read::table;
use crate::base::nearest;

/// The path that means standard input.
pub const STANDARD_INPUT: &str = "-";
/// The source of what is read from standard input.
const STANDARD_INPUT_NAME: &str = "stdin";
/// 64 MiB: a million lines of prose.
const DEFAULT_LIMIT_BYTES: u64 = 64 * 1024 * 1024;
/// So many bytes are looked at to tell a text from other things.
const PROBE_BYTES: usize = 8 * 1024;

/// What may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// The most bytes of one document.
    pub document_bytes: u64,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self {
            document_bytes: DEFAULT_LIMIT_BYTES,
        }
    }
}

/// One document as it was read, before any analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// Names the document: the path as given, for a line of a table its source or its number.
    pub source: String,
    /// The title, if the source has one.
    pub title: Option<String>,
    /// The day of publication, if the source has one beside the text.
    pub published: Option<Date>,
    /// SHA-256 of the source's bytes, in hexadecimal.
    pub hash: String,
    /// The text, boilerplate of pages removed.
    pub text: String,
}

/// The forms that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Plain,
    Markdown,
    Html,
    JsonLines,
    Csv,
}

impl Format {
    fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        match extension.as_str() {
            "txt" | "text" => Some(Self::Plain),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// A file that is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Found {
    File(PathBuf),
    StandardInput,
    Missing(PathBuf),
    EmptyFolder(PathBuf),
}

/// The documents at `paths`, in order: files as given, folders by name with all that they hold,
/// `-` for standard input. What is named twice is read once.
///
/// In a folder, files with an ending that we do not read, and hidden ones, are passed over; a
/// file that is named is read as text whatever its ending.
pub fn sources(paths: &[PathBuf], limits: ReadLimits) -> Sources {
    let mut found = VecDeque::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        if path.as_os_str() == STANDARD_INPUT {
            if seen.insert(path.clone()) {
                found.push_back(Found::StandardInput);
            }
            continue;
        }
        let path = plain_path(path);
        if path.is_dir() {
            let files = files_below(&path);
            if files.is_empty() {
                found.push_back(Found::EmptyFolder(path));
                continue;
            }
            for file in files {
                if seen.insert(file.clone()) {
                    found.push_back(Found::File(file));
                }
            }
        } else if !path.exists() {
            found.push_back(Found::Missing(path));
        } else if seen.insert(path.clone()) {
            found.push_back(Found::File(path));
        }
    }
    Sources {
        found,
        open: None,
        names: BTreeSet::new(),
        limits,
    }
}

/// The path without `.` steps and doubled strokes, so that one file has one name.
fn plain_path(path: &Path) -> PathBuf {
    let plain: PathBuf = path
        .components()
        .filter(|component| !matches!(component, Component::CurDir))
        .collect();
    if plain.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        plain
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            let hidden = entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.starts_with('.') && name.len() > 1);
            entry.depth() == 0 || !hidden
        })
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() || entry.path_is_symlink())
        .map(|entry| plain_path(entry.path()))
        .filter(|path| Format::of(path).is_some() && path.is_file())
        .collect()
}

/// The documents of some sources, one after the other.
#[derive(Debug)]
pub struct Sources {
    found: VecDeque<Found>,
    open: Option<OpenTable>,
    names: BTreeSet<String>,
    limits: ReadLimits,
}

/// A table of documents that is being read.
#[derive(Debug)]
enum OpenTable {
    Lines {
        name: String,
        lines: BufReader<Box<dyn ReadSend>>,
        number: u64,
    },
    Rows(Box<table::Rows>),
}

/// What a table is read from.
trait ReadSend: Read + Send + std::fmt::Debug {}
impl<T: Read + Send + std::fmt::Debug> ReadSend for T {}

impl Sources {
    /// How many files are still to be opened.
    pub fn files_left(&self) -> usize {
        self.found.len()
    }

    fn opened(&mut self, found: Found) -> Option<Result<SourceText, IngestError>> {
        match found {
            Found::Missing(path) => {
                let similar = similar_name(&path);
                Some(Err(IngestError::NotFound { path, similar }))
            }
            Found::EmptyFolder(path) => Some(Err(IngestError::EmptyFolder { path })),
            Found::StandardInput => Some(standard_input(self.limits)),
            Found::File(path) => match Format::of(&path) {
                Some(Format::JsonLines) => self.open_lines(path),
                Some(Format::Csv) => self.open_rows(path),
                format @ (Some(Format::Plain | Format::Markdown | Format::Html) | None) => Some(
                    whole_file(&path, format.unwrap_or(Format::Plain), self.limits),
                ),
            },
        }
    }

    fn open_lines(&mut self, path: PathBuf) -> Option<Result<SourceText, IngestError>> {
        match File::open(&path) {
            Ok(file) => {
                let file: Box<dyn ReadSend> = Box::new(file);
                self.open = Some(OpenTable::Lines {
                    name: name_of(&path),
                    lines: BufReader::new(file),
                    number: 0,
                });
                None
            }
            Err(cause) => Some(Err(IngestError::Unopened { path, cause })),
        }
    }

    fn open_rows(&mut self, path: PathBuf) -> Option<Result<SourceText, IngestError>> {
        match File::open(&path) {
            Ok(file) => {
                self.open = Some(OpenTable::Rows(Box::new(table::Rows::new(
                    name_of(&path),
                    file,
                ))));
                None
            }
            Err(cause) => Some(Err(IngestError::Unopened { path, cause })),
        }
    }

    /// The next document of the open table, if one is open and goes on.
    fn next_of_table(&mut self) -> Option<Result<SourceText, IngestError>> {
        let limit = self.limits.document_bytes;
        let next = match self.open.as_mut()? {
            OpenTable::Lines {
                name,
                lines,
                number,
            } => next_line(name, lines, number, limit),
            OpenTable::Rows(rows) => rows.next_row(limit),
        };
        match next {
            Some(Ok(mut text)) => {
                // A source named twice in one run is told apart by its place.
                if !self.names.insert(text.source.clone()) {
                    let mut count = 2;
                    while !self.names.insert(format!("{}#{count}", text.source)) {
                        count += 1;
                    }
                    text.source = format!("{}#{count}", text.source);
                }
                Some(Ok(text))
            }
            Some(Err(error)) => Some(Err(error)),
            None => {
                self.open = None;
                None
            }
        }
    }
}

impl Iterator for Sources {
    type Item = Result<SourceText, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.next_of_table() {
                return Some(next);
            }
            let found = self.found.pop_front()?;
            if let Some(next) = self.opened(found) {
                return Some(next);
            }
        }
    }
}

fn name_of(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn similar_name(path: &Path) -> Option<String> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    let wanted = path.file_name()?.to_str()?.to_owned();
    let mut names: Vec<String> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    let name = nearest(&wanted, names.iter().map(String::as_str))?;
    Some(parent.map_or_else(
        || name.to_owned(),
        |parent| parent.join(name).to_string_lossy().into_owned(),
    ))
}

fn standard_input(limits: ReadLimits) -> Result<SourceText, IngestError> {
    let mut bytes = Vec::new();
    let read = io::stdin()
        .lock()
        .take(limits.document_bytes + 1)
        .read_to_end(&mut bytes);
    if let Err(cause) = read {
        return Err(IngestError::Unopened {
            path: PathBuf::from(STANDARD_INPUT),
            cause,
        });
    }
    check_size(
        STANDARD_INPUT_NAME,
        bytes.len() as u64,
        limits.document_bytes,
    )?;
    let looks_like_page = bytes
        .iter()
        .find(|byte| !byte.is_ascii_whitespace())
        .is_some_and(|byte| *byte == b'<');
    let format = if looks_like_page {
        Format::Html
    } else {
        Format::Plain
    };
    document(STANDARD_INPUT_NAME.to_owned(), &bytes, format)
}

fn whole_file(path: &Path, format: Format, limits: ReadLimits) -> Result<SourceText, IngestError> {
    let unopened = |cause| IngestError::Unopened {
        path: path.to_owned(),
        cause,
    };
    let name = name_of(path);
    let file = File::open(path).map_err(unopened)?;
    // The size is asked first, so that a file of gigabytes is not read to be refused.
    let size = file.metadata().map_err(unopened)?.len();
    check_size(&name, size, limits.document_bytes)?;
    let mut bytes = Vec::new();
    file.take(limits.document_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(unopened)?;
    check_size(&name, bytes.len() as u64, limits.document_bytes)?;
    document(name, &bytes, format)
}

fn check_size(name: &str, bytes: u64, limit: u64) -> Result<(), IngestError> {
    if bytes > limit {
        return Err(IngestError::TooLarge {
            source_name: name.to_owned(),
            bytes,
            limit,
        });
    }
    Ok(())
}

fn document(source: String, bytes: &[u8], format: Format) -> Result<SourceText, IngestError> {
    let decoded = decoded(&source, bytes)?;
    let page = match format {
        Format::Plain | Format::JsonLines | Format::Csv => read::plain(decoded),
        Format::Markdown => read::markdown(&decoded),
        Format::Html => read::html(&decoded),
    };
    if page.text.trim().is_empty() {
        return Err(IngestError::Empty {
            source_name: source,
        });
    }
    Ok(SourceText {
        source,
        title: page.title,
        published: page.published,
        hash: hash(bytes),
        text: page.text,
    })
}

/// SHA-256 of `bytes`, in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(half), 16));
        }
    }
    text
}

/// The text of `bytes`: UTF-8 with or without its mark, or UTF-16 with its mark.
pub(super) fn decoded(source: &str, bytes: &[u8]) -> Result<String, IngestError> {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf16(source, rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return utf16(source, rest, u16::from_be_bytes);
    }
    let binary = |form, offset: usize| IngestError::Binary {
        source_name: source.to_owned(),
        form,
        offset: offset as u64,
    };
    let known: [(&[u8], &'static str); 6] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP or Office file"),
        (b"\x1f\x8b", "a gzip file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x7fELF", "a program"),
    ];
    if let Some((_, form)) = known.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(binary(form, 0));
    }
    let probe = bytes.get(..PROBE_BYTES.min(bytes.len())).unwrap_or(bytes);
    if let Some(offset) = probe.iter().position(|byte| *byte == 0) {
        return Err(binary("binary data", offset));
    }
    let (rest, skipped) = bytes
        .strip_prefix(&[0xef, 0xbb, 0xbf])
        .map_or((bytes, 0), |rest| (rest, 3));
    match std::str::from_utf8(rest) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(IngestError::BrokenUtf8 {
            source_name: source.to_owned(),
            offset: (error.valid_up_to() + skipped) as u64,
            byte: rest.get(error.valid_up_to()).copied().unwrap_or_default(),
        }),
    }
}

fn utf16(source: &str, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, IngestError> {
    let units = bytes.chunks(2).map(|pair| match pair {
        [one, other] => unit([*one, *other]),
        // An odd last byte is no unit; a lone surrogate says so.
        _ => 0xd800,
    });
    let mut text = String::new();
    for (index, letter) in char::decode_utf16(units).enumerate() {
        match letter {
            Ok(letter) => text.push(letter),
            Err(_) => {
                return Err(IngestError::Binary {
                    source_name: source.to_owned(),
                    form: "broken UTF-16",
                    offset: (2 + 2 * index) as u64,
                });
            }
        }
    }
    Ok(text)
}

/// The next line of a file of JSON lines that is not blank, as a document.
fn next_line(
    name: &str,
    lines: &mut BufReader<Box<dyn ReadSend>>,
    number: &mut u64,
    limit: u64,
) -> Option<Result<SourceText, IngestError>> {
    loop {
        let mut line = Vec::new();
        *number += 1;
        let source = format!("{name}#{number}");
        let read = lines.by_ref().take(limit + 2).read_until(b'\n', &mut line);
        match read {
            Ok(0) => return None,
            Ok(_) => {}
            Err(cause) => {
                return Some(Err(IngestError::Unopened {
                    path: PathBuf::from(name),
                    cause,
                }));
            }
        }
        if !line.ends_with(b"\n") && line.len() as u64 > limit {
            let bytes = line.len() as u64;
            skip_line(lines);
            return Some(Err(IngestError::TooLarge {
                source_name: source,
                bytes,
                limit,
            }));
        }
        let trimmed = line.trim_ascii();
        if trimmed.is_empty() {
            continue;
        }
        return Some(decoded(&source, trimmed).and_then(|text| {
            let mut document = table::json_document(&source, &text)?;
            document.hash = hash(trimmed);
            Ok(document)
        }));
    }
}

/// Reads on to the end of a line that is too long, a piece at a time.
fn skip_line(lines: &mut BufReader<Box<dyn ReadSend>>) {
    loop {
        let (used, done) = match lines.fill_buf() {
            Ok([]) | Err(_) => return,
            Ok(piece) => match piece.iter().position(|byte| *byte == b'\n') {
                Some(at) => (at + 1, true),
                None => (piece.len(), false),
            },
        };
        lines.consume(used);
        if done {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::{ReadLimits, sources};

    /// What is read at `names` in `folder`: each document's source and its title or first word, or
    /// the complaint.
    fn read(folder: &Path, names: &[&str]) -> Vec<String> {
        let paths: Vec<_> = names.iter().map(|name| folder.join(name)).collect();
        let limits = ReadLimits {
            document_bytes: 200,
        };
        let here = format!("{}/", folder.display());
        sources(&paths, limits)
            .map(|outcome| match outcome {
                Ok(text) => format!("{}: {}", text.source, text.text.replace('\n', "|")),
                Err(error) => error.to_string(),
            })
            .map(|line| line.replace(&here, ""))
            .collect()
    }

    fn folder(files: &[(&str, &[u8])]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    #[test]
    fn a_folder_is_read_by_name_and_what_is_named_twice_once() {
        let folder = folder(&[
            ("in/b.txt", b"Two."),
            ("in/a.md", b"*One*."),
            ("in/c/d.html", b"<p>Three.</p>"),
            ("in/.hidden.txt", b"No."),
            ("in/picture.png", b"\x89PNG"),
        ]);
        assert_eq!(
            read(folder.path(), &["in", "in/b.txt", "./in/./b.txt"]),
            ["in/a.md: One.", "in/b.txt: Two.", "in/c/d.html: Three."]
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_and_does_not_stop_the_rest() {
        let long = "word ".repeat(60);
        let folder = folder(&[
            ("binary.txt", b"abc\0def"),
            ("latin.txt", b"caf\xe9 au lait"),
            ("marked.txt", b"\xef\xbb\xbfab\xff"),
            ("empty.txt", b" \n"),
            ("large.txt", long.as_bytes()),
            ("paper.txt", b"%PDF-1.4"),
            ("nothing/readme.bin", b"x"),
            ("good.txt", b"Good."),
        ]);
        assert_eq!(
            read(
                folder.path(),
                &[
                    "binary.txt",
                    "latin.txt",
                    "marked.txt",
                    "empty.txt",
                    "large.txt",
                    "paper.txt",
                    "nothing",
                    "missing.txt",
                    "good.txt",
                ]
            ),
            [
                "`binary.txt` is no text but binary data",
                "`latin.txt` is no UTF-8: byte 3 (0xe9) cannot stand there",
                "`marked.txt` is no UTF-8: byte 5 (0xff) cannot stand there",
                "`empty.txt` holds no text",
                "`large.txt` has 300 bytes or more, 200 are allowed",
                "`paper.txt` is no text but a PDF",
                "the folder `nothing` holds no text file",
                "there is no file or folder `missing.txt`",
                "good.txt: Good.",
            ]
        );
    }

    #[test]
    fn utf_16_with_its_mark_and_utf_8_with_its_mark_are_read() {
        let folder = folder(&[
            ("16.txt", b"\xff\xfeO\0k\0.\0"),
            ("8.txt", b"\xef\xbb\xbfOk."),
        ]);
        assert_eq!(
            read(folder.path(), &["16.txt", "8.txt"]),
            ["16.txt: Ok.", "8.txt: Ok."]
        );
    }

    #[test]
    fn lines_and_rows_are_documents_of_their_own() {
        let long = format!("{{\"text\": \"{}\"}}", "word ".repeat(60));
        let lines = format!(
            "{{\"text\": \"One.\"}}\n\nno json\n{long}\n{{\"text\": \"Two.\", \"url\": \"http://a.b/2\"}}\n\
             {{\"text\": \"Three.\", \"url\": \"http://a.b/2\"}}"
        );
        let folder = folder(&[
            ("feed.jsonl", lines.as_bytes()),
            ("feed.csv", b"title,text\nA,\"One,\nmore.\"\nB,Two.\n"),
            ("odd.csv", b"name,age\nA,1\n"),
        ]);
        assert_eq!(
            read(folder.path(), &["feed.jsonl", "feed.csv", "odd.csv"]),
            [
                "feed.jsonl#1: One.",
                "`feed.jsonl#3` is no document: not JSON, column 2: expected ident",
                "`feed.jsonl#4` has 202 bytes or more, 200 are allowed",
                "http://a.b/2: Two.",
                "http://a.b/2#2: Three.",
                "feed.csv#2: One,|more.",
                "feed.csv#4: Two.",
                "`odd.csv#1` is no document: it has no field `text`",
            ]
        );
    }

    #[test]
    fn a_near_name_is_offered() {
        let folder = folder(&[("article.txt", b"Good.")]);
        let mut found = sources(&[folder.path().join("artcle.txt")], ReadLimits::default());
        let diagnostic = found.next().unwrap().unwrap_err().diagnostic();
        assert!(diagnostic.help.concat().contains("article.txt"));
    }
}
