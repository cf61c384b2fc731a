//! Tables of tab-separated values: all of them are loaded or nothing is, in memory and on disk.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use whom::model::{Map, Value};
use whom::{Error, NodeTable, RelationshipTable, Session, TableError};

/// Artists by number and bands by name, with who plays where.
fn plan() -> (Vec<NodeTable>, Vec<RelationshipTable>) {
    let nodes = json!([
        {"label": "Artist", "file": "artist.tsv", "key": "number", "columns": [
            {"name": "number", "type": "integer"},
            {"name": "name", "type": "string"},
            {"name": "height", "type": "float"},
            {"name": "retired", "type": "boolean"},
        ]},
        {"label": "Band", "file": "band.tsv", "key": "name", "columns": [
            {"name": "name", "type": "string"},
        ]},
    ]);
    let relationships = json!([
        {"type": "PLAYS_IN", "from": "Artist", "to": "Band", "file": "plays.tsv"},
    ]);
    (
        serde_json::from_value(nodes).unwrap(),
        serde_json::from_value(relationships).unwrap(),
    )
}

/// So many artists in ten bands, each in one: files of more than one block.
fn write_tables(folder: &Path, artists: usize) {
    let mut artist = "number\tname\theight\tretired\n".to_owned();
    let mut plays = "from\tto\n".to_owned();
    for number in 0..artists {
        let height = if number % 3 == 0 { "" } else { "1.75" };
        // One of the lines ends as on Windows.
        let end = if number == 7 { "\r\n" } else { "\n" };
        write!(
            artist,
            "{number}\tArtist {}\t{height}\t{}{end}",
            number % 50,
            number % 2 == 0
        )
        .unwrap();
        writeln!(plays, "{number}\tBand {}", number % 10).unwrap();
    }
    let bands: Vec<String> = (0..10).map(|band| format!("Band {band}")).collect();
    fs::write(folder.join("artist.tsv"), artist).unwrap();
    fs::write(folder.join("plays.tsv"), plays.trim_end()).unwrap();
    fs::write(
        folder.join("band.tsv"),
        format!("name\n{}\n", bands.join("\n")),
    )
    .unwrap();
}

fn rows(session: &mut Session, query: &str) -> String {
    let rows = session.query(query, &Map::new()).unwrap().rows;
    let lines = rows.iter().map(|row| {
        let cells: Vec<String> = row.iter().map(Value::to_string).collect();
        cells.join(" ")
    });
    lines.collect::<Vec<_>>().join("; ")
}

const SUMMARY: &str = "MATCH (a:Artist)-[r:PLAYS_IN]->(b:Band)
    RETURN count(r), count(a.height), sum(a.number), max(b.name)";

#[test]
fn large_tables_are_loaded_and_kept() {
    let folder = TempDir::new().unwrap();
    write_tables(folder.path(), 24_000);
    let (nodes, relationships) = plan();
    let path = folder.path().join("graph.whom");
    let mut session = Session::open_or_create(&path).unwrap();
    session
        .query("CREATE (:Band {name: 'first'})", &Map::new())
        .unwrap();
    session
        .load_tables(folder.path(), &nodes, &relationships)
        .unwrap();
    let summary = rows(&mut session, SUMMARY);
    assert_eq!(summary, "24000 16000 287988000 'Band 9'");
    let seventh =
        "MATCH (a {number: 7})-->(b) RETURN a.name, a.height, a.retired, b.name, id(a), id(b)";
    assert_eq!(
        rows(&mut session, seventh),
        "'Artist 7' 1.75 false 'Band 7' 9 24009"
    );
    session
        .query("MATCH (a {number: 8}) DETACH DELETE a", &Map::new())
        .unwrap();
    drop(session);
    let mut again = Session::open(&path).unwrap();
    let number = again.graph().property_key("number").unwrap();
    assert!(again.graph().is_indexed(number));
    assert_eq!(
        rows(&mut again, seventh),
        "'Artist 7' 1.75 false 'Band 7' 9 24009"
    );
    assert_eq!(
        rows(&mut again, "MATCH ()-[r]->() RETURN count(r)"),
        "23999"
    );
    assert_eq!(again.verify().unwrap().faults, []);
}

#[test]
fn what_is_wrong_in_a_table_leaves_the_graph_as_it_was() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("graph.whom");
    let mut session = Session::open_or_create(&path).unwrap();
    session
        .query(
            "CREATE (:Band {name: 'first'})-[:OF]->(:Artist)",
            &Map::new(),
        )
        .unwrap();
    let (nodes, relationships) = plan();
    let cases: [(&str, &str, &str); 6] = [
        ("plays.tsv", "23000\tBand 0\n", "23000\tBand 77\n"),
        ("plays.tsv", "23000\tBand 0\n", "\tBand 0\n"),
        ("plays.tsv", "23000\tBand 0\n", "23000\tBand 0\t1\n"),
        (
            "artist.tsv",
            "23000\tArtist 0\t1.75\ttrue\n",
            "23000\tArtist 0\ttall\ttrue\n",
        ),
        (
            "artist.tsv",
            "23000\tArtist 0\t1.75\ttrue\n",
            "23000\tArtist 0\ttrue\n",
        ),
        ("band.tsv", "Band 3\n", "Band 3\tx\n"),
    ];
    let said: Vec<String> = cases
        .into_iter()
        .map(|(file, right, wrong)| {
            write_tables(folder.path(), 24_000);
            let file = folder.path().join(file);
            let text = fs::read_to_string(&file).unwrap();
            assert!(text.contains(right));
            fs::write(&file, text.replace(right, wrong)).unwrap();
            let refused = session.load_tables(folder.path(), &nodes, &relationships);
            let Err(Error::Table(error)) = refused else {
                panic!("{refused:?}");
            };
            error
                .to_string()
                .replace(&folder.path().display().to_string(), "")
        })
        .collect();
    let wanted = [
        "`/plays.tsv`, line 23002: there is no `Band` with the key `Band 77`",
        "`/plays.tsv`, line 23002: there is no `Artist` with the key ``",
        "`/plays.tsv`, line 23002: 3 cells, where 2 belong",
        "`/artist.tsv`, line 23002: `tall` is no value of column `height`",
        "`/artist.tsv`, line 23002: 3 cells, where 4 belong",
        "`/band.tsv`, line 5: 2 cells, where 1 belong",
    ];
    assert_eq!(said, wanted);
    write_tables(folder.path(), 10);
    fs::write(folder.path().join("plays.tsv"), b"from\tto\n\xff\t1\n").unwrap();
    let refused = session.load_tables(folder.path(), &nodes, &relationships);
    assert!(matches!(
        refused,
        Err(Error::Table(TableError::Unreadable { .. }))
    ));
    // Nothing is left of all that, not even an id.
    assert_eq!(
        rows(&mut session, "MATCH (n) RETURN count(n), max(id(n))"),
        "2 2"
    );
    assert_eq!(
        rows(&mut session, "CREATE (n)-[r:NEXT]->(n) RETURN id(n), id(r)"),
        "3 2"
    );
    drop(session);
    let mut again = Session::open(&path).unwrap();
    assert_eq!(
        rows(&mut again, "MATCH (n) RETURN count(n), max(id(n))"),
        "3 3"
    );
}
