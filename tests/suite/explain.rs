//! Why something is in the graph, and why something is not.
#![cfg(feature = "model")]

use std::fs;

use tempfile::TempDir;
use whom::{About, BuildOptions, Session};

const TEXT: &str = "Mayor Karin Olsen opened a new bridge in Lindow on Monday. \
    Olsen did not sell the old mill. The Brandt Foundation backs the river project. \
    She thanked the council.\n";

fn session() -> (TempDir, Session) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("note.txt");
    fs::write(&path, TEXT).unwrap();
    let mut session = Session::in_memory();
    let built = session.build(&[path], &BuildOptions::default(), &|_| ());
    assert!(built.unwrap().report.is_complete());
    (folder, session)
}

#[test]
fn a_relationship_is_explained_by_its_sentence_its_rule_and_its_ends() {
    let (_folder, mut session) = session();
    let found = session
        .why(About::Entities("Brandt Foundation", "river project"))
        .unwrap();
    let [reason] = found.as_slice() else {
        panic!("{} reasons", found.len());
    };
    assert_eq!(reason.rel_type, "BACK");
    let account = reason.account.as_ref().unwrap();
    let odds = account
        .factors
        .iter()
        .fold(account.base / (1.0 - account.base), |odds, factor| {
            odds * factor.odds
        });
    assert!((f64::from(odds / (1.0 + odds)) - reason.statement.confidence).abs() < 0.002);
    assert!(!account.about.is_empty() && !account.matched.is_empty());
    let sentence = reason
        .document
        .sentences()
        .find(|s| s.id() == reason.sentence);
    assert!(
        sentence
            .unwrap()
            .text()
            .starts_with("The Brandt Foundation")
    );
    let again = session
        .why(About::Relationship(reason.relationship))
        .unwrap();
    assert_eq!(again.len(), 1);
}

#[test]
fn the_mentions_of_an_entity_are_listed_with_the_step_that_joined_them() {
    let (_folder, mut session) = session();
    let reason = session.why_entity("Karin Olsen").unwrap();
    let mentions = &reason.members[0].mentions;
    let surname = mentions.iter().find(|mention| mention.words == "Olsen");
    let step = surname.unwrap().step.as_ref().unwrap();
    assert_eq!(step.sieve, "name-form");
    assert!(step.earlier.contains("Karin Olsen"), "{step:?}");
}

#[test]
fn what_is_not_there_is_explained_by_how_far_the_machine_got() {
    let (_folder, mut session) = session();
    let cases = [
        ("Karin Olsen", "SELL", "old mill", "qualified", "denied"),
        (
            "river project",
            "BACK",
            "Brandt Foundation",
            "reversed",
            "other way",
        ),
        (
            "Brandt Foundation",
            "BACK",
            "river project",
            "stated",
            "it is there",
        ),
        (
            "Brandt Foundation",
            "own",
            "river project",
            "other-relation",
            "BACK",
        ),
        (
            "Karin Olsen",
            "BACK",
            "river project",
            "no-shared-sentence",
            "no sentence",
        ),
    ];
    for (subject, relation, object, stage, words) in cases {
        let absence = session.why_not(subject, relation, object).unwrap();
        let first = &absence.findings[0];
        assert_eq!(
            first.stage, stage,
            "{subject} {relation} {object}: {first:?}"
        );
        assert!(first.text.contains(words), "{first:?}");
    }
    let unknown = session
        .why_not("Karin Olson", "SELL", "old mill")
        .unwrap_err();
    assert!(
        unknown.diagnostics()[0]
            .help
            .concat()
            .contains("Karin Olsen")
    );
}
