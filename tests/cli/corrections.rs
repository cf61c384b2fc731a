//! Why something is in the graph or not, and what people put right, from the command line.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{Ran, built, whom};

/// Two texts in which two people bear one surname, and one place has two names.
const TEXTS: [(&str, &str); 2] = [
    (
        "lindow.txt",
        "Mayor Ilse Kern opened a new bridge in Lindow on Monday. \
         The Brandt Foundation backs the river project.\n",
    ),
    (
        "pula.txt",
        "Judge Peter Kern closed the old court in Pula on Friday. \
         The Brandt Foundation praised Lindow Town.\n",
    ),
];

/// A graph of its own to put right.
fn graph() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    for (name, text) in TEXTS {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let path = folder.path().join("graph.whom");
    let made = whom(&[
        "build".as_ref(),
        folder.path().join("lindow.txt").as_os_str(),
        folder.path().join("pula.txt").as_os_str(),
        "-o".as_ref(),
        path.as_os_str(),
    ]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    (folder, path)
}

/// Runs `command` on the graph `file` with `rest`.
fn on(file: &Path, command: &str, rest: &[&str]) -> Ran {
    let mut arguments = vec![command, file.to_str().unwrap()];
    arguments.extend(rest);
    whom(&arguments)
}

fn done(file: &Path, command: &str, rest: &[&str]) -> Ran {
    let ran = on(file, command, rest);
    assert_eq!(ran.code, Some(0), "{command} {rest:?}: {}", ran.err);
    ran
}

fn names(file: &Path) -> String {
    let query = "MATCH (e:Entity) WHERE e.name <> '' RETURN e.name AS name ORDER BY name";
    done(file, "query", &[query, "--format", "csv"]).out
}

#[test]
fn why_shows_the_rule_with_its_place_and_the_tree() {
    let ran = done(built(), "why", &["Brandt Foundation", "river project"]);
    for part in [
        "-[BACK]->",
        "rule        verb-object",
        "grammar/rules/verb.rules:",
        "confidence",
        "tree",
    ] {
        assert!(ran.out.contains(part), "{part} is not in {}", ran.out);
    }
    let json = done(
        built(),
        "why",
        &["Brandt Foundation", "river project", "--format", "json"],
    );
    let reasons: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let place = reasons[0]["rule"]["place"].as_str().unwrap();
    let (file, line) = place.rsplit_once(':').unwrap();
    let rules = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let line = rules.lines().nth(line.parse::<usize>().unwrap() - 1);
    assert_eq!(line, Some("rule verb-object {"));
}

#[test]
fn a_rule_of_the_users_own_is_named_with_its_file_and_line() {
    let folder = TempDir::new().unwrap();
    let rules = folder.path().join("my.rules");
    fs::write(
        &rules,
        "# Ours.\nrule endorsement {\n    about \"Who backs, endorses.\"\n    \
         match (verb {lemma: \"back\"})-[OBJECT]->(whom), (verb)-[SUBJECT]->(who)\n    \
         claim (who)-[endorse]->(whom)\n}\n",
    )
    .unwrap();
    let text = folder.path().join("note.txt");
    fs::write(&text, "The Brandt Foundation backs the river project.\n").unwrap();
    let graph = folder.path().join("graph.whom");
    let made = whom(&[
        "build".as_ref(),
        text.as_os_str(),
        "-o".as_ref(),
        graph.as_os_str(),
        "--rules".as_ref(),
        rules.as_os_str(),
    ]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let ran = done(&graph, "why", &["Brandt Foundation", "river project"]);
    assert!(ran.out.contains("-[ENDORSE]->"), "{}", ran.out);
    assert!(ran.out.contains("my.rules:2"), "{}", ran.out);
}

#[test]
fn why_of_one_entity_lists_its_mentions() {
    let ran = done(built(), "why", &["Ilse Kern"]);
    assert!(
        ran.out.contains("a shorter form of the name"),
        "{}",
        ran.out
    );
}

#[test]
fn why_not_says_how_far_it_got() {
    let cases = [
        (
            ["river project", "BACK", "Brandt Foundation"],
            "the other way round",
        ),
        (
            ["Brandt Foundation", "BACK", "Lindow"],
            "no sentence speaks of both",
        ),
    ];
    for (asked, expected) in cases {
        let ran = done(built(), "why-not", &asked);
        assert!(ran.out.contains(expected), "{asked:?}: {}", ran.out);
    }
}

#[test]
fn why_not_names_the_rule_that_nearly_fired() {
    let folder = TempDir::new().unwrap();
    let text = folder.path().join("note.txt");
    fs::write(&text, "Ilse Kern slept in Lindow on Monday.\n").unwrap();
    let graph = folder.path().join("graph.whom");
    let made = whom(&[
        "build".as_ref(),
        text.as_os_str(),
        "-o".as_ref(),
        graph.as_os_str(),
    ]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let ran = done(&graph, "why-not", &["Ilse Kern", "SLEEP", "Lindow"]);
    for part in [
        "nearly: rule verb-object (grammar/rules/verb.rules:",
        "“Lindow” fails its -[OBJECT]->",
    ] {
        assert!(ran.out.contains(part), "{part} is not in {}", ran.out);
    }
}

#[test]
fn what_is_merged_is_one_until_that_is_undone() {
    let (_folder, graph) = graph();
    let before = names(&graph);
    assert!(
        before.contains("Lindow\n") && before.contains("Lindow Town"),
        "{before}"
    );
    let merged = done(&graph, "merge", &["Lindow", "Lindow Town"]);
    assert!(merged.err.contains("correction 1"), "{}", merged.err);
    assert_ne!(names(&graph), before);
    let listed = done(&graph, "corrections", &["--format", "csv"]);
    assert!(
        listed.out.contains("merge") && listed.out.contains("applied"),
        "{}",
        listed.out
    );
    let undone = done(&graph, "corrections", &["--undo", "1"]);
    assert!(
        undone.err.contains("correction 1 is undone"),
        "{}",
        undone.err
    );
    assert_eq!(names(&graph), before);
    let none = done(&graph, "corrections", &[]);
    assert!(
        none.err.contains("nothing has been put right"),
        "{}",
        none.err
    );
}

#[test]
fn what_is_split_is_two_and_what_is_distinct_stays_so() {
    let (_folder, graph) = graph();
    let whole = names(&graph);
    assert_eq!(whole.matches("Brandt Foundation").count(), 1, "{whole}");
    done(&graph, "split", &["Brandt Foundation", "--by-document"]);
    let parts = names(&graph);
    assert_eq!(parts.matches("Brandt Foundation").count(), 2, "{parts}");
    done(&graph, "distinct", &["Ilse Kern", "Peter Kern"]);
    let refused = on(&graph, "why", &["Brandt Foundation"]);
    assert_eq!(refused.code, Some(3), "{}", refused.err);
    assert!(
        refused
            .err
            .contains("2 entities are called `Brandt Foundation`"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("by its id"), "{}", refused.err);
}

#[test]
fn what_is_renamed_is_found_by_its_new_name() {
    let (_folder, graph) = graph();
    done(&graph, "rename", &["Ilse Kern", "Ilse Kern-Meyer"]);
    assert!(names(&graph).contains("Ilse Kern-Meyer"));
    done(&graph, "why", &["Ilse Kern-Meyer"]);
}

#[test]
fn a_name_that_is_nearly_right_gets_a_hint_from_every_command() {
    let cases: [(&str, &[&str]); 7] = [
        ("why", &["Brand Foundation"]),
        ("why", &["Brand Foundation", "river project"]),
        ("why-not", &["Brand Foundation", "BACK", "river project"]),
        ("merge", &["Brand Foundation", "Lindow"]),
        ("distinct", &["Lindow", "Brand Foundation"]),
        ("split", &["Brand Foundation", "--by-document"]),
        ("rename", &["Brand Foundation", "X"]),
    ];
    for (command, rest) in cases {
        let ran = on(built(), command, rest);
        assert_eq!(ran.code, Some(3), "{command}: {}", ran.err);
        assert!(ran.out.is_empty(), "{command}: {}", ran.out);
        let parts = ["nothing is called `Brand Foundation`", "Brandt Foundation"];
        for part in parts {
            assert!(ran.err.contains(part), "{command}: {}", ran.err);
        }
    }
}

#[test]
fn a_correction_that_cannot_be_is_refused() {
    let cases: [(&str, &[&str], &str); 5] = [
        ("merge", &["Ilse Kern", "Kern"], "are one entity already"),
        ("rename", &["Ilse Kern", ""], "the new name is empty"),
        ("corrections", &["--undo", "7"], "there is no correction 7"),
        ("split", &["Ilse Kern", "--by-document"], "speaks of"),
        (
            "split",
            &["Ilse Kern", "--at", "note.txt:99999"],
            "is no mention of",
        ),
    ];
    for (command, rest, expected) in cases {
        let ran = on(built(), command, rest);
        assert_eq!(ran.code, Some(3), "{command} {rest:?}: {}", ran.err);
        assert!(
            ran.err.contains(expected),
            "{command} {rest:?}: {}",
            ran.err
        );
    }
}

#[test]
fn what_is_no_graph_or_not_there_is_told_apart() {
    let folder = TempDir::new().unwrap();
    let damaged = folder.path().join("damaged.whom");
    fs::write(&damaged, "SQLite format 3\0 and then nothing of the kind").unwrap();
    let missing = folder.path().join("missing.whom");
    let cases: [(&str, &[&str]); 7] = [
        ("why", &["Ada"]),
        ("why-not", &["Ada", "KNOW", "Bob"]),
        ("merge", &["Ada", "Bob"]),
        ("distinct", &["Ada", "Bob"]),
        ("split", &["Ada", "--by-document"]),
        ("rename", &["Ada", "Bob"]),
        ("corrections", &[]),
    ];
    for (command, rest) in cases {
        let bad = on(&damaged, command, rest);
        assert_eq!(bad.code, Some(4), "{command}: {}", bad.err);
        assert!(bad.err.contains("damaged.whom"), "{command}: {}", bad.err);
        let none = on(&missing, command, rest);
        assert_eq!(none.code, Some(1), "{command}: {}", none.err);
        assert!(!missing.exists(), "{command} made a file");
    }
}
