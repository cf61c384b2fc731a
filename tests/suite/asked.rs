//! Questions asked of small graphs: what must not be answered, and whether the query that is shown
//! says what was asked.

use std::fs;

use tempfile::TempDir;
use whom::model::{Map, Value};
use whom::question::AnswerItem;
use whom::{BuildOptions, Session};

/// A graph of `texts`, each a document.
fn graph(texts: &[&str]) -> Session {
    let folder = TempDir::new().unwrap();
    for (number, text) in texts.iter().enumerate() {
        fs::write(folder.path().join(format!("{number}.txt")), text).unwrap();
    }
    let mut session = Session::in_memory();
    let paths = [folder.path().to_path_buf()];
    session
        .build(&paths, &BuildOptions::default(), &|_| ())
        .unwrap();
    session
}

/// The answers to `question`, parted by semicolons.
fn answers(session: &mut Session, question: &str) -> String {
    let answer = session.ask(question).unwrap();
    let items: Vec<String> = answer
        .items
        .iter()
        .map(|item| match item {
            AnswerItem::One(one) => one.clone(),
            AnswerItem::Pair(one, other) => format!("{one} => {other}"),
        })
        .collect();
    items.join("; ")
}

#[test]
fn what_happens_to_those_around_somebody_does_not_happen_to_them() {
    let mut session = graph(
        &["Brandt's driver, Tom Reyes, was shot in Halden on Monday. \
        The mayor's sister, Ada Brin, was arrested in Lindow. \
        Brandt's spokeswoman, Eva Sandor, resigned in March. \
        A former adviser to Brandt was convicted of fraud."],
    );
    let cases = [
        ("Was Brandt shot?", ""),
        ("Was the mayor arrested?", ""),
        ("Where was the mayor arrested?", ""),
        ("Has Brandt resigned?", ""),
        ("When did Brandt resign?", ""),
        ("Was Brandt convicted of fraud?", ""),
        ("Was Tom Reyes shot?", "yes"),
        ("Was Brandt's driver shot?", "yes"),
        ("Was the driver shot?", "yes"),
        ("Who was shot?", "Tom Reyes"),
        ("Where was the mayor's sister arrested?", "Lindow"),
        ("Was an adviser to Brandt convicted of fraud?", "yes"),
    ];
    for (question, wanted) in cases {
        assert_eq!(answers(&mut session, question), wanted, "{question}");
    }
}

#[test]
fn the_query_shown_says_what_was_asked_whatever_else_a_graph_holds() {
    let one = "Ada Brin was elected in 2018. Tom Reyes was caught in Halden. \
        The ferry Heron will be sent to Lindow.";
    let more = "Eva Sandor was elected in 2011. Hugo Brandt was caught in Ellery. \
        The ferry Raven was sent to Port Hale.";
    let mut small = graph(&[one]);
    let mut large = graph(&[one, more]);
    let cases = [
        ("When was Ada Brin elected?", "Brin"),
        ("Where was Tom Reyes caught?", "Reyes"),
        ("Where will the ferry Heron be sent?", "Heron"),
        ("Was Ada Brin elected?", "Brin"),
        ("Who was elected in 2018?", "2018"),
    ];
    for (question, told) in cases {
        let answer = small.ask(question).unwrap();
        assert!(answer.is_found(), "{question}");
        let query = answer.query.unwrap_or_default();
        assert!(query.contains(told), "{question}\n{query}");
        assert!(!query.contains("evidence CONTAINS"), "{question}\n{query}");
        let outcome = large.query(&query, &Map::new()).unwrap();
        assert_eq!(outcome.rows.len(), 1, "{question}\n{query}");
    }
}

#[test]
fn a_name_is_one_thing_however_it_is_tagged() {
    let mut session = graph(&["Police arrested Ilya Brask. Brask sold diesel. \
        Auditors found that the Orvane Shipping Company had bribed two inspectors."]);
    let query = "MATCH (n) WHERE n.name ENDS WITH 'Brask' OR n.name STARTS WITH 'Orvane' \
        RETURN n.name ORDER BY n.name";
    let outcome = session.query(query, &Map::new()).unwrap();
    let names: Vec<Vec<Value>> = ["Ilya Brask", "Orvane Shipping Company"]
        .map(|name| vec![Value::from(name)])
        .into();
    assert_eq!(outcome.rows, names);
}
