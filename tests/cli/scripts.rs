//! `whom run`: statements, questions and comments in order, up to the first error.

use std::fs;

use crate::support::{Ran, built, folder, whom};

/// Runs `script` on the graph with two friends.
fn run(script: &str, more: &[&str]) -> (Ran, String) {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let file = folder.path().join("script.cypher");
    fs::write(&file, script).unwrap();
    let mut arguments = vec!["run", graph.to_str().unwrap(), file.to_str().unwrap()];
    arguments.extend(more);
    let ran = whom(&arguments);
    let count = whom(&[
        "query",
        graph.to_str().unwrap(),
        "MATCH (n) RETURN count(n) AS n",
        "--format",
        "csv",
    ]);
    (ran, count.out)
}

#[test]
fn statements_run_in_order() {
    let script = "// people; and more\nMATCH (p:Person) RETURN p.name AS name ORDER BY name;\n\
                  /* a comment; with\n   a semicolon */\nCREATE (:New {x: ';'});\nRETURN $limit AS l";
    let (ran, count) = run(script, &["--param", "limit=5", "--format", "csv"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(ran.out, "name\nAda\nBob\n\nl\n5\n");
    assert_eq!(count, "n\n4\n");
}

#[test]
fn an_error_names_file_line_and_column_and_ends_the_script() {
    let script = "CREATE (:Kept);\n\nMATCH (n)\nRETURN m;\nCREATE (:Lost);\n";
    let (ran, count) = run(script, &[]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.err.contains("script.cypher:4:8"), "{}", ran.err);
    assert!(ran.err.contains("undefined-variable"), "{}", ran.err);
    assert_eq!(count, "n\n4\n");
}

#[test]
fn a_failure_while_running_has_a_code_of_its_own() {
    let (ran, _) = run("RETURN 1;\nRETURN 1 % 0;", &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains("script.cypher:2"), "{}", ran.err);
}

#[test]
fn questions_stand_beside_statements() {
    let folder = folder();
    let file = folder.path().join("script.cypher");
    fs::write(
        &file,
        "Who backs the river project?\nMATCH (d:Document) RETURN count(d) AS documents;\n",
    )
    .unwrap();
    let ran = whom(&["run", built().to_str().unwrap(), file.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("Brandt Foundation"), "{}", ran.out);
    assert!(ran.out.contains("documents"), "{}", ran.out);
}

#[test]
fn the_scripts_of_the_examples_run() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let folder = folder();
    let graph = folder.path().join("examples.whom");
    let graph = graph.to_str().unwrap();
    let data = format!("{examples}/data");
    let made = whom(&["build", &data, "-o", graph]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let mut scripts = 0;
    for entry in fs::read_dir(examples).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "cypher")
        {
            scripts += 1;
            // One of them asks for a company by parameter; the others pass it by.
            let parameter = "company=Nordhavn";
            let ran = whom(&["run", graph, path.to_str().unwrap(), "--param", parameter]);
            assert_eq!(ran.code, Some(0), "{}: {}", path.display(), ran.err);
        }
    }
    assert!(scripts > 0);
}
