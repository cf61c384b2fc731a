//! Damaged queries and damaged files: refused with a message, never a crash. The fuzz targets of
//! `tests/fuzz` look for the same without an end.

use std::fs;

use proptest::prelude::*;
use whom::Session;
use whom::base::{Style, render_diagnostic};
use whom::model::Map;
use whom::query::{QueryError, parse, parse_all, print};

/// Queries with a bit of everything.
const SEEDS: &[&str] = &[
    "MATCH (a:Person {name: 'Ada'})-[r:KNOWS|LIKES*1..3 {w: 1}]->(b) WHERE a.x > 1.5 AND NOT b:X RETURN *",
    "OPTIONAL MATCH p = shortestPath((a)-[*..5]-(b)) RETURN p ORDER BY p DESC SKIP 1 LIMIT $n",
    "RETURN [x IN range(1, 3) WHERE x > 1 | x ^ 2], {a: [null, true], `b c`: 0x1F}['a'][0..-1]",
    "MERGE (a:A) ON CREATE SET a.x = 1, a += {y: 2} ON MATCH SET a:B REMOVE a.z DETACH DELETE a",
    "CALL db.labels() YIELD label AS l WITH l WHERE l STARTS WITH 'x' RETURN l UNION ALL RETURN 1 AS l",
    "MATCH (n) WHERE EXISTS { (n)--(m) } RETURN CASE n.x WHEN 1 THEN 'a' ELSE COUNT { (n)-->() } END",
    "FOREACH (x IN [1, 2] | CREATE (:N {x: x})) /* done */ // really",
    "MATCH ((a)-[:R]->(b)){1,3} RETURN reduce(s = 0, i IN [1] | s + i), all(x IN a WHERE x IS NOT NULL)",
];

/// Pieces that are put where they do not belong.
const PIECES: &[&str] = &[
    "'",
    "\"",
    "`",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    "|",
    "$",
    ":",
    "..",
    "-[",
    "]->",
    "*",
    "=",
    "!=",
    "\0",
    "\u{201c}",
    "\u{1f600}",
    "/*",
    "//",
    " MATCH ",
    " RETURN ",
    " WHERE ",
    " IN ",
    "1e400",
    "99999999999999999999",
    "\\u12",
    ";",
    " CASE ",
    " END ",
    "{1,3}",
    "&",
    "%",
];

#[test]
fn texts_out_of_the_ordinary_are_refused_clearly() {
    let long = |part: &str| part.repeat((1 << 20) / part.len());
    let cases = [
        ("RETURN \0 1".to_owned(), "invalid-character"),
        ("RETURN \u{feff}1".to_owned(), "invalid-character"),
        ("\u{1b}[31mRETURN 1".to_owned(), "invalid-character"),
        (format!("RETURN {}1", "(".repeat(10_000)), "query-too-deep"),
        (format!("RETURN {}", "[".repeat(10_000)), "query-too-deep"),
        (
            format!("RETURN {}1", "NOT ".repeat(10_000)),
            "query-too-deep",
        ),
        (
            format!("RETURN {}", "CASE WHEN ".repeat(10_000)),
            "query-too-deep",
        ),
        (format!("MATCH {}", long("(a)-->")), "unexpected-syntax"),
        (format!("RETURN 'x{}", long("y")), "unclosed-quote"),
        (format!("RETURN {}", long("a ")), "missing-comma"),
        (long("MTACH "), "misspelt-keyword"),
    ];
    let mut session = Session::in_memory();
    for (text, code) in cases {
        let begin: String = text.chars().take(24).collect();
        let error = session.query(&text, &Map::new()).expect_err(&begin);
        let diagnostics = error.diagnostics();
        assert_eq!(diagnostics[0].code.0, code, "{begin}");
        assert!(
            !diagnostics[0].message.contains(['\0', '\u{1b}']),
            "{begin}"
        );
        let shown = render_diagnostic(&diagnostics[0], &text, Style::Plain);
        assert!(shown.len() < 4_000, "{begin}");
    }
}

#[derive(Debug, Clone)]
enum Change {
    Insert(usize, usize),
    Remove(usize, usize),
    Repeat(usize, usize),
}

/// The character border at or before `at`, counted round the end.
fn border(text: &str, at: usize) -> usize {
    let mut at = at % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn changed(seed: usize, changes: &[Change]) -> String {
    let mut text = SEEDS[seed % SEEDS.len()].to_owned();
    for change in changes {
        match *change {
            Change::Insert(at, piece) => {
                let at = border(&text, at);
                text.insert_str(at, PIECES[piece % PIECES.len()]);
            }
            Change::Remove(at, length) => {
                let from = border(&text, at);
                let to = border(&text, (from + length).min(text.len()));
                text.replace_range(from..to.max(from), "");
            }
            Change::Repeat(at, length) => {
                let from = border(&text, at);
                let to = border(&text, (from + length).min(text.len())).max(from);
                let part = text.get(from..to).unwrap_or_default().to_owned();
                text.insert_str(from, &part);
            }
        }
    }
    text
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<u8>(), any::<u8>()).prop_map(|(at, piece)| Change::Insert(at.into(), piece.into())),
        (any::<u8>(), 0..12_usize).prop_map(|(at, length)| Change::Remove(at.into(), length)),
        (any::<u8>(), 0..20_usize).prop_map(|(at, length)| Change::Repeat(at.into(), length)),
    ]
}

proptest! {
    #[test]
    fn a_damaged_query_is_understood_or_refused(
        seed in 0..SEEDS.len(),
        changes in prop::collection::vec(any_change(), 0..6),
    ) {
        let text = changed(seed, &changes);
        match parse_all(&text) {
            Ok(query) => {
                let printed = print(&query);
                let again = parse(&printed).unwrap_or_else(|error| panic!("{printed}: {error}"));
                prop_assert_eq!(print(&again), printed);
                // It may fail, but not crash.
                let mut session = Session::in_memory();
                if let Err(error) = session.query(&text, &Map::new()) {
                    for diagnostic in error.diagnostics() {
                        prop_assert!(diagnostic.code.0 != "unsound-plan", "{}", text);
                        prop_assert!(!render_diagnostic(&diagnostic, &text, Style::Plain).is_empty());
                    }
                }
            }
            Err(faults) => {
                for diagnostic in QueryError::from(faults).diagnostics() {
                    prop_assert!(!diagnostic.help.is_empty(), "{}", text);
                    prop_assert!(!render_diagnostic(&diagnostic, &text, Style::Plain).is_empty());
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_damaged_file_is_opened_or_refused(
        places in prop::collection::vec((any::<u32>(), any::<u8>()), 1..24),
        cut in prop::option::of(any::<u16>()),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("graph.whom");
        {
            let mut session = Session::open_or_create(&path).unwrap();
            let graph = "UNWIND range(1, 20) AS i CREATE (:N {i: i, s: 'x'})-[:R {w: i}]->(:M {l: [i, 1.5]})";
            session.query(graph, &Map::new()).unwrap();
        }
        let mut bytes = fs::read(&path).unwrap();
        for (place, byte) in places {
            let at = place as usize % bytes.len();
            bytes[at] ^= byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(usize::from(cut) % (bytes.len() + 1));
        }
        fs::write(&path, bytes).unwrap();
        if let Ok(mut session) = Session::open(&path) {
            let query = "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m";
            drop(session.query(query, &Map::new()));
            drop(session.query("CREATE (:N)", &Map::new()));
            drop(session.verify());
        }
    }
}
