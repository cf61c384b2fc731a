//! What people put right by hand: it is kept, it wins, it can be taken back.
#![cfg(feature = "model")]

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use whom::model::{Map, Value};
use whom::{BuildOptions, CorrectionError, Error, Session, SplitBy};

const CHEMIST: &str =
    "Li Wei discovered a new catalyst in Lindow. Li Wei thanked the university.\n";
const PLAYER: &str = "Li Wei won the chess tournament in Arl. The crowd praised Li Wei.\n";
const OTHER: &str = "Wei Li visited the university. Wei Li praised Mayor Maria Berg.\n";

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: TempDir::new().unwrap(),
        };
        place.write("a.txt", CHEMIST);
        place.write("b.txt", PLAYER);
        place.write("c.txt", OTHER);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn build(&self, session: &mut Session, names: &[&str]) {
        let paths: Vec<PathBuf> = names.iter().map(|name| self.path(name)).collect();
        let built = session.build(&paths, &BuildOptions::default(), &|_| ());
        assert!(built.unwrap().report.is_complete());
    }

    /// A graph of these documents, read one after the other.
    fn graph(&self, file: &str, names: &[&str]) -> Session {
        let mut session = Session::open_or_create(&self.path(file)).unwrap();
        for name in names {
            self.build(&mut session, &[name]);
        }
        session
    }

    fn source(&self, name: &str) -> String {
        self.path(name).to_string_lossy().into_owned()
    }
}

/// The whole graph without the numbers of nodes and relationships, which are never given again.
fn picture(session: &mut Session) -> Vec<String> {
    let mut lines = Vec::new();
    for query in [
        "MATCH (n) WITH n, properties(n) AS p RETURN [labels(n), n{.*, added: null}]",
        "MATCH (a)-[r]->(b) RETURN [coalesce(a.id, a.source), type(r), coalesce(b.id, b.source), properties(r)]",
    ] {
        let outcome = session.query(query, &Map::new()).unwrap();
        lines.extend(outcome.rows.iter().map(|row| row[0].to_string()));
    }
    lines.sort();
    lines
}

fn texts(session: &mut Session, query: &str) -> Vec<String> {
    let outcome = session.query(query, &Map::new()).unwrap();
    let text = |value: &Value| match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.to_string(),
    };
    outcome
        .rows
        .iter()
        .map(|row| row.iter().map(text).collect::<Vec<_>>().join(" | "))
        .collect()
}

const CALLED_LI: &str = "MATCH (p:Entity) WHERE p.name ENDS WITH 'Wei' OR p.name ENDS WITH 'Li' \
    OR p.name STARTS WITH 'Li ' RETURN p.name, p.mentions ORDER BY p.name, p.mentions";

#[test]
fn what_is_merged_is_one_and_can_be_taken_back() {
    let place = Place::new();
    let mut session = place.graph("g.whom", &["a.txt", "c.txt"]);
    let before = picture(&mut session);
    assert_eq!(texts(&mut session, CALLED_LI), ["Li Wei | 2", "Wei Li | 2"]);
    let done = session.merge(&["Li Wei", "Wei Li"]).unwrap();
    assert_eq!((done.correction.number, done.entities.len()), (1, 1));
    assert_eq!(texts(&mut session, CALLED_LI), ["Li Wei | 4"]);
    let facts = "MATCH (p {name: 'Li Wei'})-[r]->(x:Entity) RETURN DISTINCT r.document ORDER BY 1";
    assert_eq!(texts(&mut session, facts).len(), 2);
    assert_eq!(
        texts(&mut session, "MATCH (p {name: 'Li Wei'}) RETURN p.aliases"),
        ["['Wei Li']"]
    );
    assert_eq!(session.verify().unwrap().faults, []);
    let again = session.merge(&["Li Wei", "Wei Li"]).unwrap_err();
    assert!(
        matches!(
            again,
            Error::Correction(CorrectionError::SameAlready { .. })
        ),
        "{again:?}"
    );
    session.undo_correction(1).unwrap();
    assert_eq!(picture(&mut session), before);
    assert!(session.corrections().unwrap().is_empty());
}

#[test]
fn two_of_one_name_in_two_documents_are_split() {
    let place = Place::new();
    let mut session = place.graph("g.whom", &["a.txt", "b.txt"]);
    let before = picture(&mut session);
    assert_eq!(texts(&mut session, CALLED_LI), ["Li Wei | 4"]);
    session.split("Li Wei", &SplitBy::Document).unwrap();
    assert_eq!(texts(&mut session, CALLED_LI), ["Li Wei | 2", "Li Wei | 2"]);
    let ambiguous = session.rename("Li Wei", "x").unwrap_err();
    let Error::Correction(CorrectionError::AmbiguousEntity { candidates, .. }) = &ambiguous else {
        panic!("{ambiguous:?}");
    };
    assert_eq!(candidates.len(), 2);
    let chemist = candidates
        .iter()
        .find(|candidate| candidate.documents == [place.source("a.txt")])
        .unwrap();
    session.rename(&chemist.id, "Li Wei (chemist)").unwrap();
    let named = "MATCH (p {name: 'Li Wei (chemist)'})-[r]->() \
        WHERE r.document IS NOT NULL RETURN DISTINCT r.document";
    assert_eq!(texts(&mut session, named)[0], place.source("a.txt"));
    assert_eq!(
        texts(
            &mut session,
            "MATCH (p {name: 'Li Wei (chemist)'}) RETURN p.aliases"
        ),
        ["['Li Wei']"]
    );
    session.undo_correction(2).unwrap();
    session.undo_correction(1).unwrap();
    assert_eq!(picture(&mut session), before);
    session
        .split("Li Wei", &SplitBy::From(vec!["b.txt".to_owned()]))
        .unwrap();
    let ids = "MATCH (p {name: 'Li Wei'}) RETURN p.id ORDER BY p.id";
    let ids = texts(&mut session, ids);
    assert_eq!(ids[0], "person/li-wei");
    assert!(ids[1].starts_with("person/li-wei-"), "{ids:?}");
}

#[test]
fn a_mention_is_taken_out_of_its_entity() {
    let place = Place::new();
    place.write(
        "d.txt",
        "Maria Berg opened a bridge. Maria Berg sold the old mill.\n",
    );
    let mut session = place.graph("g.whom", &["d.txt"]);
    let before = picture(&mut session);
    // The head word of the second mention.
    let at = "Maria Berg opened a bridge. ".len();
    let mention = format!("{}:{at}", place.source("d.txt"));
    session
        .split("Maria Berg", &SplitBy::Mentions(vec![mention]))
        .unwrap();
    let sold = "MATCH (p)-[:SELL]->() RETURN p.id, p.mentions";
    let opened = "MATCH (p)-[:OPEN]->() RETURN p.id, p.mentions";
    let (sold, opened) = (texts(&mut session, sold), texts(&mut session, opened));
    assert!(opened[0].ends_with("/maria-berg | 1"), "{opened:?}");
    assert!(sold[0].contains("/maria-berg-"), "{sold:?}");
    session.undo_correction(1).unwrap();
    assert_eq!(picture(&mut session), before);
}

#[test]
fn the_machines_merge_is_taken_apart_and_the_later_word_wins() {
    let place = Place::new();
    let mut session = place.graph("g.whom", &["a.txt", "b.txt", "c.txt"]);
    session.distinct(&["Li Wei", "Wei Li"]).unwrap();
    let done = session.merge(&["Li Wei", "Wei Li"]).unwrap();
    assert_eq!(done.overruled.len(), 1);
    assert!(done.overruled[0].state.contains("one all the same"));
    assert_eq!(texts(&mut session, CALLED_LI), ["Li Wei | 6"]);
    let done = session.distinct(&["Li Wei", "Wei Li"]).unwrap();
    assert!(done.overruled.iter().any(|row| row.number == 2));
    assert_eq!(texts(&mut session, CALLED_LI), ["Li Wei | 4", "Wei Li | 2"]);
}

#[test]
fn corrections_outlive_their_documents_and_any_order_of_reading() {
    let place = Place::new();
    let mut one = place.graph("one.whom", &["a.txt", "b.txt", "c.txt"]);
    one.split("Li Wei", &SplitBy::Document).unwrap();
    one.merge(&["Wei Li", "Maria Berg"]).unwrap();
    let wanted = picture(&mut one);
    // Corrections first, documents in another order.
    let mut other = place.graph("other.whom", &["c.txt", "b.txt", "a.txt"]);
    other.split("Li Wei", &SplitBy::Document).unwrap();
    other.merge(&["Wei Li", "Maria Berg"]).unwrap();
    assert_eq!(picture(&mut other), wanted);
    // A document that goes takes nothing of the correction with it.
    one.remove(&place.source("c.txt")).unwrap();
    let rows = one.corrections().unwrap();
    assert_eq!(rows.len(), 2);
    assert!(
        !rows[1].applied && rows[1].state.starts_with("not applied"),
        "{rows:?}"
    );
    place.build(&mut one, &["c.txt"]);
    assert_eq!(picture(&mut one), wanted);
    // A document that changes is split like the one before it.
    place.write("b.txt", &PLAYER.replace("Arl", "Tarsk"));
    place.build(&mut one, &["b.txt"]);
    assert_eq!(
        texts(&mut one, "MATCH (p {name: 'Li Wei'}) RETURN count(*)"),
        ["2"]
    );
    drop(one);
    let mut again = Session::open(&place.path("one.whom")).unwrap();
    assert!(again.corrections().unwrap().iter().all(|row| row.applied));
}

#[test]
fn what_queries_did_outlives_merges_and_reading_again() {
    let place = Place::new();
    let mut session = place.graph("g.whom", &["a.txt", "c.txt"]);
    for query in [
        "MATCH (:Entity {name: 'Wei Li'})-[r:VISIT]->() SET r.checked = true",
        "MATCH (:Entity {name: 'Wei Li'})-[r:PRAISE]->() DELETE r",
        "MATCH (p:Entity {name: 'Wei Li'}) SET p.note = 'seen' CREATE (p)-[:OWNS]->(:Boat)",
    ] {
        let outcome = session.query(query, &Map::new()).unwrap();
        assert!(outcome.changes_text().is_some(), "{query}");
    }
    session.merge(&["Li Wei", "Wei Li"]).unwrap();
    let check = |session: &mut Session| {
        let seen = "MATCH (p {name: 'Li Wei'})-[r:VISIT]->() RETURN r.checked, p.note";
        assert_eq!(texts(session, seen), ["true | seen"]);
        let gone = "MATCH ()-[r:PRAISE]->() WHERE r.document ENDS WITH 'c.txt' RETURN count(r)";
        assert_eq!(texts(session, gone), ["0"]);
        let own = "MATCH (p {name: 'Li Wei'})-[:OWNS]->(:Boat) RETURN count(*)";
        assert_eq!(texts(session, own), ["1"]);
    };
    check(&mut session);
    place.build(&mut session, &["a.txt", "b.txt", "c.txt"]);
    check(&mut session);
    session.undo_correction(1).unwrap();
    let gone = "MATCH ()-[r:PRAISE]->(x) WHERE r.document ENDS WITH 'c.txt' RETURN count(r)";
    assert_eq!(texts(&mut session, gone), ["0"]);
}

#[test]
fn what_is_not_understood_is_explained() {
    let place = Place::new();
    let mut session = place.graph("g.whom", &["a.txt"]);
    let help = |outcome: Result<whom::Corrected, Error>| {
        let diagnostics = outcome.unwrap_err().diagnostics();
        format!(
            "{}: {}",
            diagnostics[0].message,
            diagnostics[0].help.concat()
        )
    };
    let unknown = help(session.rename("Li Wey", "x"));
    assert!(unknown.contains("did you mean `Li Wei`"), "{unknown}");
    let one = help(session.split("Li Wei", &SplitBy::Document));
    assert!(one.contains("only") && one.contains("mentions"), "{one}");
    let number = help(session.undo_correction(7));
    assert!(number.contains("there is no correction 7"), "{number}");
    assert!(session.corrections().unwrap().is_empty());
}
