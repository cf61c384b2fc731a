//! `whom serve --stdio`: one JSON object a line in, one out, until the input ends.
//!
//! A line that cannot be understood is answered with an error and never ends the program. The
//! requests are `hello`, `run`, `reset`, `snapshot`, `load` and `procedure`; values are written
//! as [`whom::model::Wire`] says.

use std::io::{self, BufRead, Read as _, Write};
use std::path::Path;

use serde::Deserialize;
use serde::ser::{Serialize, SerializeSeq as _, Serializer};
use serde_json::json;
use whom::graph::{NodeView, RelationshipView};
use whom::model::{Value, Wire, WireNode, WireRelationship, Wired, WiredMap};
use whom::{Error, NodeTable, RelationshipTable, Session};

use super::open_or_create;
use crate::cli::args::ServeArguments;
use crate::cli::{Context, Exit, Failure};

/// The longest request.
const MOST_BYTES: u64 = 256 << 20;

/// `whom serve`.
pub(crate) fn run(arguments: &ServeArguments, context: &Context) -> Result<Exit, Failure> {
    let mut session = match &arguments.file {
        Some(path) => open_or_create(path, context)?,
        None => Session::in_memory(),
    };
    let mut input = io::stdin().lock();
    let mut out = context.output.writer();
    let mut line = Vec::new();
    loop {
        line.clear();
        let length = input
            .by_ref()
            .take(MOST_BYTES)
            .read_until(b'\n', &mut line)
            .map_err(|error| Failure::file(Path::new("-"), "read", &error))?;
        if length == 0 {
            return Ok(Exit::Done);
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        answer(&line, &mut session, &mut out)?;
        out.write_all(b"\n")?;
        out.flush()?;
    }
}

/// One request.
#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "lowercase")]
enum Request {
    Hello,
    Reset,
    Snapshot,
    Run {
        query: String,
        params: Option<WiredMap>,
    },
    Procedure {
        signature: String,
        #[serde(default)]
        rows: Vec<Vec<Wired>>,
    },
    Load {
        folder: String,
        #[serde(default)]
        nodes: Vec<NodeTable>,
        #[serde(default)]
        relationships: Vec<RelationshipTable>,
    },
}

const OPERATIONS: [&str; 6] = ["hello", "reset", "run", "snapshot", "procedure", "load"];

/// Answers one request; only a closed output is an error.
fn answer(line: &[u8], session: &mut Session, out: &mut dyn Write) -> io::Result<()> {
    let request: Request = match serde_json::from_slice(line) {
        Ok(request) => request,
        Err(error) => return write_json(out, &refusal(line, &error)),
    };
    match request {
        Request::Hello => write_json(
            out,
            &json!({
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "ops": ["procedure", "snapshot", "load"],
            }),
        ),
        Request::Reset => done(out, session.reset()),
        Request::Snapshot => write_json(out, &Snapshot(session)),
        Request::Run { query, params } => {
            let parameters = params.map(|WiredMap(map)| map).unwrap_or_default();
            match session.query(&query, &parameters) {
                Ok(outcome) => write_json(
                    out,
                    &Rows {
                        columns: &outcome.columns,
                        rows: &outcome.rows,
                    },
                ),
                Err(error) => write_json(out, &failure(&error)),
            }
        }
        Request::Procedure { signature, rows } => {
            let rows = rows
                .into_iter()
                .map(|row| row.into_iter().map(|Wired(value)| value).collect())
                .collect();
            done(out, session.register_procedure(&signature, rows))
        }
        Request::Load {
            folder,
            nodes,
            relationships,
        } => done(
            out,
            session.load_tables(Path::new(&folder), &nodes, &relationships),
        ),
    }
}

fn done(out: &mut dyn Write, outcome: Result<(), Error>) -> io::Result<()> {
    match outcome {
        Ok(()) => write_json(out, &json!({"ok": true})),
        Err(error) => write_json(out, &failure(&error)),
    }
}

/// The answer to what is no request.
fn refusal(line: &[u8], error: &serde_json::Error) -> serde_json::Value {
    let operation = serde_json::from_slice::<serde_json::Value>(line)
        .ok()
        .and_then(|request| request.get("op")?.as_str().map(str::to_owned));
    match operation {
        Some(name) if !OPERATIONS.contains(&name.as_str()) => json!({"error": {
            "type": "Unsupported",
            "phase": "compile time",
            "detail": "UnknownRequest",
            "message": format!("there is no request `{name}`"),
        }}),
        Some(_) | None => json!({"error": {
            "type": "ArgumentError",
            "phase": "compile time",
            "detail": "InvalidRequest",
            "message": format!("the line is no request: {error}"),
        }}),
    }
}

fn failure(error: &Error) -> serde_json::Value {
    let (error_type, phase, detail) = if let Error::Query(error) = error {
        let known = error.classification();
        (known.error_type, known.phase.name(), known.detail)
    } else {
        ("ArgumentError", "runtime", "NotPossible")
    };
    let mut messages: Vec<String> = Vec::new();
    for diagnostic in error.diagnostics() {
        messages.push(diagnostic.message);
        messages.extend(diagnostic.help);
    }
    json!({"error": {
        "type": error_type,
        "phase": phase,
        "detail": detail,
        "message": messages.join("\n"),
    }})
}

fn write_json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(out, value).map_err(io::Error::from)
}

struct Rows<'r> {
    columns: &'r [String],
    rows: &'r [Vec<Value>],
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;

        let mut map = out.serialize_map(Some(2))?;
        map.serialize_entry("columns", self.columns)?;
        map.serialize_entry("rows", &RowList(self.rows))?;
        map.end()
    }
}

struct RowList<'r>(&'r [Vec<Value>]);

impl Serialize for RowList<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut list = out.serialize_seq(Some(self.0.len()))?;
        for row in self.0 {
            let values: Vec<Wire<'_>> = row.iter().map(Wire).collect();
            list.serialize_element(&values)?;
        }
        list.end()
    }
}

struct Snapshot<'s>(&'s Session);

impl Serialize for Snapshot<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;

        let graph = self.0.graph();
        let nodes: Vec<_> = graph.nodes().map(NodeView::to_node).collect();
        let relationships: Vec<_> = graph
            .relationships()
            .map(RelationshipView::to_relationship)
            .collect();
        let nodes: Vec<WireNode<'_>> = nodes.iter().map(WireNode).collect();
        let relationships: Vec<WireRelationship<'_>> =
            relationships.iter().map(WireRelationship).collect();
        let mut map = out.serialize_map(Some(2))?;
        map.serialize_entry("nodes", &nodes)?;
        map.serialize_entry("rels", &relationships)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use whom::Session;

    use super::answer;

    fn talk(session: &mut Session, line: &str) -> String {
        let mut out = Vec::new();
        answer(line.as_bytes(), session, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn requests_are_answered_in_the_words_of_the_protocol() {
        let mut session = Session::in_memory();
        let cases = [
            (
                r#"{"op":"run","query":"RETURN $a AS a, 1.0 AS `b`","params":{"a":[1,null]}}"#,
                r#"{"columns":["a","b"],"rows":[[[1,null],1.0]]}"#,
            ),
            (
                r#"{"op":"run","query":"CREATE (:A {x: 1})"}"#,
                r#"{"columns":[],"rows":[]}"#,
            ),
            (
                r#"{"op":"snapshot"}"#,
                r#"{"nodes":[{"$node":{"id":1,"labels":["A"],"properties":{"x":1}}}],"rels":[]}"#,
            ),
            (r#"{"op":"reset","unknown":true}"#, r#"{"ok":true}"#),
            (r#"{"op":"snapshot"}"#, r#"{"nodes":[],"rels":[]}"#),
        ];
        for (request, expected) in cases {
            assert_eq!(talk(&mut session, request), expected, "{request}");
        }
    }

    #[test]
    fn a_bad_line_is_answered_with_an_error() {
        let mut session = Session::in_memory();
        let cases = [
            ("nonsense", "InvalidRequest"),
            (r#"{"op":"run"}"#, "InvalidRequest"),
            (r#"{"op":"dance"}"#, "Unsupported"),
            (r#"{"op":"run","query":"RETURN x"}"#, "UndefinedVariable"),
            (r#"{"op":"run","query":"RETURN \u0000"}"#, "SyntaxError"),
            (
                r#"{"op":"load","folder":"/nowhere","nodes":[{"label":"A","file":"a.tsv","key":"k","rows":1,"columns":[]}]}"#,
                "error",
            ),
        ];
        for (request, expected) in cases {
            let found = talk(&mut session, request);
            assert!(found.contains(expected), "{request}: {found}");
        }
    }
}
