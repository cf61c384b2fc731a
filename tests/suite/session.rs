//! The library's one face: memory and file in step, questions and documents, errors.

#[cfg(feature = "model")]
use std::fs;

use tempfile::TempDir;
#[cfg(feature = "model")]
use whom::BuildOptions;
use whom::base::Cancel;
use whom::model::{Map, Value};
use whom::query::Limits;
use whom::{Error, Session};

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
