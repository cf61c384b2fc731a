//! The library's one face: memory and file in step, questions and documents, errors.

use std::fs;

use tempfile::TempDir;
#[cfg(feature = "model")]
use whom::BuildOptions;
use whom::base::Cancel;
use whom::model::{Map, Value};
use whom::query::Limits;
use whom::{Error, FileAccess, Session};

fn one(session: &mut Session, query: &str) -> Value {
    let outcome = session.query(query, &Map::new()).unwrap();
    outcome.rows[0][0].clone()
}

const COUNT: &str = "MATCH (n) RETURN count(n)";

#[test]
fn two_sessions_on_one_file_see_each_other() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("graph.whom");
    let mut first = Session::open_or_create(&path).unwrap();
    let mut second = Session::open(&path).unwrap();
    first.query("CREATE (:A)", &Map::new()).unwrap();
    assert_eq!(one(&mut second, COUNT), Value::from(1));
    second.query("CREATE (:B)", &Map::new()).unwrap();
    first
        .query("MATCH (b:B) CREATE (b)-[:R]->(:C)", &Map::new())
        .unwrap();
    assert_eq!(one(&mut second, COUNT), Value::from(3));
    drop((first, second));
    assert_eq!(
        one(&mut Session::open(&path).unwrap(), COUNT),
        Value::from(3)
    );
}

#[test]
fn a_statement_that_fails_changes_nothing_anywhere() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("graph.whom");
    let mut session = Session::open_or_create(&path).unwrap();
    session.query("CREATE (:A {x: 1})", &Map::new()).unwrap();
    let failing = "MATCH (a:A) SET a.x = 2 CREATE (:B) WITH a RETURN a.x % 0";
    assert!(matches!(
        session.query(failing, &Map::new()),
        Err(Error::Query(_))
    ));
    assert_eq!(one(&mut session, "MATCH (a) RETURN a.x"), Value::from(1));
    let mut again = Session::open(&path).unwrap();
    assert_eq!(one(&mut again, "MATCH (a) RETURN a.x"), Value::from(1));
}

#[test]
fn a_statement_is_stopped_by_the_flag_and_by_time() {
    let mut session = Session::in_memory();
    let endless = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN count(*)";
    let cancel = Cancel::new();
    cancel.raise();
    session.stop_with(cancel.clone());
    let error = session.query(endless, &Map::new()).unwrap_err();
    assert!(error.is_interrupted(), "{error:?}");
    cancel.lower();
    session.limit(Limits {
        time_ms: Some(1),
        ..Limits::default()
    });
    let error = session.query(endless, &Map::new()).unwrap_err();
    assert!(
        !error.is_interrupted() && !error.is_bad_input(),
        "{error:?}"
    );
}

#[cfg(feature = "model")]
#[test]
fn a_graph_in_memory_takes_documents_and_questions() {
    let folder = TempDir::new().unwrap();
    let text = folder.path().join("note.txt");
    fs::write(&text, "The Brandt Foundation backs the river project.\n").unwrap();
    let mut session = Session::in_memory();
    let paths = [text.clone()];
    let built = session
        .build(&paths, &BuildOptions::default(), &|_| ())
        .unwrap();
    assert!(built.report.is_complete());
    assert!(built.counts.relationships_created > 0);
    let answer = session.ask("Who backs the river project?").unwrap();
    assert!(answer.is_found(), "{answer:?}");
    assert_eq!(answer.evidence[0].modality, None);
    assert!(!session.cited(&answer).is_empty());
    assert_eq!(session.verify().unwrap().faults, []);
    assert_eq!(session.documents().unwrap().len(), 1);
    session.remove(text.to_str().unwrap()).unwrap();
    assert_eq!(one(&mut session, COUNT), Value::from(0));
    assert!(
        !session
            .ask("Who backs the river project?")
            .unwrap()
            .is_found()
    );
}

#[cfg(feature = "model")]
#[test]
fn what_the_user_wrote_outlives_the_documents() {
    let folder = TempDir::new().unwrap();
    let text = folder.path().join("note.txt");
    fs::write(&text, "The Brandt Foundation backs the river project.\n").unwrap();
    let path = folder.path().join("graph.whom");
    let mut session = Session::open_or_create(&path).unwrap();
    session.query("CREATE (:Mine {x: 1})", &Map::new()).unwrap();
    let paths = [text.clone()];
    session
        .build(&paths, &BuildOptions::default(), &|_| ())
        .unwrap();
    session.remove(text.to_str().unwrap()).unwrap();
    assert_eq!(
        one(&mut session, "MATCH (m:Mine) RETURN m.x"),
        Value::from(1)
    );
    assert_eq!(one(&mut session, COUNT), Value::from(1));
}

#[cfg(feature = "model")]
#[test]
fn a_build_written_in_steps_says_the_same() {
    let folder = TempDir::new().unwrap();
    let texts = [
        "The Brandt Foundation backs the river project.",
        "Mayor Ilse Kern opened a bridge in Lindow.",
        "Kern met the council of Lindow on Monday.",
        "The council sold the old mill to a bakery.",
        "The bakery backs the river project.",
    ];
    let mut paths = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let path = folder.path().join(format!("{number}.txt"));
        fs::write(&path, text).unwrap();
        paths.push(path);
    }
    let said = |name: &str, write_after_documents: usize| {
        let path = folder.path().join(name);
        let mut session = Session::open_or_create(&path).unwrap();
        let options = BuildOptions {
            write_after_documents,
            ..BuildOptions::default()
        };
        let built = session.build(&paths, &options, &|_| ()).unwrap();
        assert_eq!(built.report.read.len(), texts.len());
        assert_eq!(session.documents().unwrap().len(), texts.len());
        let all = "MATCH (a)-[r]->(b) RETURN coalesce(a.name, a.source), type(r), \
                   coalesce(b.name, b.source), r.evidence";
        let rows = session.query(all, &Map::new()).unwrap().rows;
        // Ids are given in the order of writing, so rows come in another order.
        let mut said: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
        said.sort();
        said
    };
    let at_once = said("at-once.whom", 512);
    assert!(at_once.len() > 5);
    assert_eq!(said("in-steps.whom", 1), at_once);
}

#[test]
fn words_for_completion_come_from_the_graph() {
    let mut session = Session::in_memory();
    let made = "CREATE (:Person {name: 'Ada', aliases: ['Lady Ada']})-[:KNOWS {since: 1}]->(:City)";
    session.query(made, &Map::new()).unwrap();
    let words = session.completions();
    assert_eq!(words.labels, ["City", "Person"]);
    assert_eq!(words.types, ["KNOWS"]);
    assert_eq!(words.keys, ["aliases", "name", "since"]);
    assert_eq!(words.names, ["Ada", "Lady Ada"]);
    assert!(words.functions.contains(&"count".to_owned()));
}

#[test]
fn a_graph_with_a_file_is_not_emptied_by_a_reset() {
    let folder = TempDir::new().unwrap();
    let mut session = Session::open_or_create(&folder.path().join("graph.whom")).unwrap();
    session.query("CREATE (:A)", &Map::new()).unwrap();
    assert!(matches!(session.reset(), Err(Error::KeptInFile)));
    assert_eq!(one(&mut session, COUNT), Value::from(1));
}

/// A folder with one file, named `rows.csv`.
fn folder_with(text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("rows.csv"), text).unwrap();
    folder
}

/// What a statement about `rows.csv` gives, with the file named `$file`.
fn loaded(text: &str, statement: &str) -> Result<Vec<Vec<Value>>, String> {
    let folder = folder_with(text);
    let path = folder.path().join("rows.csv");
    let mut parameters = Map::new();
    parameters.insert("file".into(), Value::from(path.to_str().unwrap()));
    let mut session = Session::in_memory();
    let outcome = session.query(statement, &parameters);
    let spoken = |error: Error| {
        let diagnostic = error.diagnostics().remove(0);
        let message = diagnostic
            .message
            .replace(path.to_str().unwrap(), "rows.csv");
        format!("{}: {message}", diagnostic.code.0)
    };
    outcome.map(|outcome| outcome.rows).map_err(spoken)
}

#[test]
fn files_of_comma_separated_values_become_rows() {
    let people = "name,born,town\nIda,1901,Lindow\n\"Berg, Olaf\",,\"the \"\"old\"\" mill\"\n";
    let cases = [
        (
            "LOAD CSV WITH HEADERS FROM $file AS row \
             RETURN row.name AS name, toInteger(row.born) AS born, row.town AS town",
            "[['Ida', 1901, 'Lindow'], ['Berg, Olaf', null, 'the \"old\" mill']]",
        ),
        (
            "LOAD CSV FROM 'file://' + $file AS row RETURN row[0] AS first, size(row) AS n",
            "[['name', 3], ['Ida', 3], ['Berg, Olaf', 3]]",
        ),
        (
            "LOAD CSV FROM $file AS row FIELDTERMINATOR '\\t' RETURN count(row) AS n, max(size(row)) AS most",
            "[[3, 1]]",
        ),
        (
            "UNWIND [1, 2] AS i LOAD CSV WITH HEADERS FROM $file AS row \
             MERGE (p:Person {name: row.name}) ON CREATE SET p.born = toInteger(row.born) \
             WITH DISTINCT p RETURN p.name AS name, p.born AS born ORDER BY born",
            "[['Ida', 1901], ['Berg, Olaf', null]]",
        ),
        (
            "LOAD CSV WITH HEADERS FROM $file AS row \
             CALL (row) { MERGE (t:Town {name: coalesce(row.town, '')}) \
                          MERGE (p:Person {name: row.name}) CREATE (p)-[:LIVES_IN]->(t) } \
             RETURN count(*) AS rows, COUNT { (:Person)-[:LIVES_IN]->(:Town) } AS homes",
            "[[2, 2]]",
        ),
        (
            "LOAD CSV FROM $file AS row RETURN row[0] AS first LIMIT 1",
            "[['name']]",
        ),
    ];
    for (statement, wanted) in cases {
        let rows = loaded(people, statement).unwrap();
        let rows = Value::list(rows.into_iter().map(Value::from)).to_string();
        assert_eq!(rows, wanted, "{statement}");
    }
}

#[test]
fn a_file_that_cannot_be_loaded_is_named_with_its_line() {
    let load = "LOAD CSV WITH HEADERS FROM $file AS row CREATE (:Row {a: row.a})";
    let cases = [
        (
            "a,b\n1,2\n1,2,3\n",
            load,
            "bad-csv: `rows.csv`, line 3: 3 cells, but 2 headers",
        ),
        (
            "a,b\n1,\"2\n",
            load,
            "bad-csv: `rows.csv`, line 2: a quote is never closed",
        ),
        (
            "a,a\n1,2\n",
            load,
            "bad-csv: `rows.csv`, line 1: two columns are named `a`",
        ),
        (
            "",
            "LOAD CSV FROM 'https://example.org/x.csv' AS row RETURN row",
            "remote-file: LOAD CSV reads local files only, not `https://example.org/x.csv`",
        ),
        (
            "",
            "LOAD CSV FROM 'file:///no/such/file.csv' AS row RETURN row",
            "unreadable-file: cannot read `file:///no/such/file.csv`: \
             No such file or directory (os error 2)",
        ),
        (
            "",
            "WITH {a: 1} AS map LOAD CSV FROM map.a AS row RETURN row",
            "invalid-argument-type: what LOAD CSV reads must be a string, not the integer 1",
        ),
        (
            "",
            "LOAD CSV FROM 1 AS row RETURN row",
            "invalid-argument-type: what LOAD CSV reads must be a string, not an integer",
        ),
        (
            "",
            "LOAD CSV FROM 'x' AS row FIELDTERMINATOR ';;' RETURN row",
            "unexpected-syntax: a field terminator is one ASCII character, and no quote",
        ),
    ];
    for (text, statement, wanted) in cases {
        assert_eq!(loaded(text, statement).unwrap_err(), wanted, "{statement}");
    }
}

#[test]
fn a_program_decides_which_files_statements_read() {
    let folder = folder_with("1\n2\n");
    let count = "LOAD CSV FROM 'file:///rows.csv' AS row RETURN count(*)";
    let mut session = Session::in_memory();
    session.allow_files(FileAccess::Within(folder.path().to_path_buf()));
    assert_eq!(one(&mut session, count), Value::from(2));
    session.allow_files(FileAccess::Forbidden);
    let error = session.query(count, &Map::new()).unwrap_err();
    assert_eq!(error.diagnostics()[0].message, "no files may be read here");
    // The plan is shown all the same: nothing is read for it.
    assert_eq!(
        session
            .explain(
                "LOAD CSV WITH HEADERS FROM 'x.csv' AS row RETURN row",
                &Map::new()
            )
            .unwrap(),
        "Return row\nLoadCsv WITH HEADERS FROM 'x.csv' AS row"
    );
}

#[test]
fn a_file_of_any_length_is_loaded_in_little_memory() {
    let folder = folder_with(&"7,seven\n".repeat(20_000));
    let file = folder.path().join("rows.csv");
    let mut parameters = Map::new();
    parameters.insert("file".into(), Value::from(file.to_str().unwrap()));
    let cases = [
        "LOAD CSV FROM $file AS row RETURN count(row[0]) AS n",
        "LOAD CSV FROM $file AS row \
         CALL (row) { MERGE (a:A {id: row[0]}) MERGE (b:B {id: row[1]}) MERGE (a)-[:R]->(b) } \
         RETURN count(*) AS n",
        "LOAD CSV FROM $file AS row MERGE (a:A {id: row[0]}) RETURN count(a) AS n",
    ];
    for text in cases {
        let mut session = Session::in_memory();
        session.limit(Limits {
            values: 500,
            ..Limits::default()
        });
        let outcome = session.query(text, &parameters).unwrap();
        assert_eq!(outcome.rows, [[Value::Integer(20_000)]], "{text}");
    }
}

#[cfg(feature = "model")]
#[test]
fn what_is_only_alleged_is_shown_as_that() {
    let folder = TempDir::new().unwrap();
    let text = folder.path().join("court.txt");
    fs::write(
        &text,
        "Tom Lind took bribes. Ana Reyes allegedly took bribes.\n",
    )
    .unwrap();
    let mut session = Session::in_memory();
    session
        .build(&[text], &BuildOptions::default(), &|_| ())
        .unwrap();
    let answer = session.ask("Who took bribes?").unwrap();
    let said: Vec<(&str, Option<&str>)> = answer
        .evidence
        .iter()
        .map(|citation| (citation.sentence.as_str(), citation.modality.as_deref()))
        .collect();
    assert_eq!(
        said,
        [
            ("Tom Lind took bribes.", None),
            ("Ana Reyes allegedly took bribes.", Some("possible")),
        ]
    );
}
