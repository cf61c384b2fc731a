//! Runs the scenarios of `tests/query`, written as the openCypher conformance suite writes them.

#[path = "../conformance/expected.rs"]
mod expected;
#[path = "../conformance/gherkin.rs"]
mod gherkin;
#[path = "../conformance/scenario.rs"]
mod scenario;

use std::fs;
use std::path::Path;

#[test]
fn every_scenario_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/query");
    let mut failed = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "feature")
        {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap();
        let file = format!("query/{name}");
        for scenario in gherkin::scenarios(&fs::read_to_string(&path).unwrap(), &file) {
            count += 1;
            if let Err(reason) = scenario::run(&scenario, &scenario::Graphs::new()) {
                failed.push(format!("{}: {}: {reason}", scenario.area(), scenario.id()));
            }
        }
    }
    assert!(count > 10, "the scenarios were not found");
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}

/// What a query of `length` repeated parts gives: the first value, or the error's code.
fn answer(text: &str) -> String {
    let mut session = whom::Session::in_memory();
    match session.query(text, &whom::model::Map::new()) {
        Ok(outcome) => outcome
            .rows
            .first()
            .and_then(|row| row.first())
            .map_or_else(String::new, |value| expected::of_value(value, false)),
        Err(error) => error
            .diagnostics()
            .first()
            .map_or_else(String::new, |diagnostic| diagnostic.code.0.to_owned()),
    }
}

#[test]
fn long_queries_run_and_endless_ones_are_refused() {
    let many = |part: &str, count: usize| part.repeat(count);
    let cases = [
        (many("CREATE (:A) ", 2_000) + "RETURN 1", "1"),
        (many("MERGE (:A) ", 2_000) + "RETURN 1", "1"),
        (
            String::from("CREATE (n) ") + &many("SET n.x = 1 ", 2_000) + "RETURN n.x",
            "1",
        ),
        (
            String::from("WITH 1 AS x ") + &many("WITH x + 1 AS x ", 2_000) + "RETURN x",
            "2001",
        ),
        (many("MERGE (:A) ", 20_001), "too-many-clauses"),
        (String::from("RETURN 0") + &many(" + 1", 250), "250"),
        (
            String::from("RETURN 0") + &many(" + 1", 20_000),
            "query-too-deep",
        ),
        (
            String::from("RETURN ") + &many("NOT ", 250) + "true",
            "true",
        ),
        (
            String::from("RETURN size(") + &many("[", 100) + &many("]", 100) + ")",
            "1",
        ),
        (
            String::from("RETURN ") + &many("[", 20_000) + &many("]", 20_000),
            "query-too-deep",
        ),
        (
            String::from("RETURN true") + &many(" AND true", 20_000),
            "true",
        ),
        (
            String::from("RETURN size([0") + &many(", 1", 20_000) + "])",
            "20001",
        ),
        (
            many("CALL (*) { ", 35) + "RETURN 1 AS x" + &many(" } WITH x AS y RETURN y AS x", 35),
            "1",
        ),
        (
            String::from("CREATE (n {x: 0}) ")
                + &many("FOREACH (x IN [1] | ", 1)
                + &many("FOREACH (y IN [1, 2] | SET n.x = n.x + 1) ", 500)
                + ") RETURN n.x",
            "1000",
        ),
        (
            String::from("RETURN 1 AS x") + &many(" UNION RETURN 1 AS x", 2_000),
            "1",
        ),
    ];
    for (text, wanted) in cases {
        let begin: String = text.chars().take(30).collect();
        assert_eq!(answer(&text), wanted, "{begin}");
    }
}

#[test]
fn a_refused_subquery_is_told_what_to_do() {
    let cases = [
        (
            "MATCH (town) CALL { RETURN town.name AS name } RETURN name",
            "variable `town` is not defined",
            "`town` is known outside the subquery: CALL (town) { … } takes it in",
        ),
        (
            "MATCH (town) CALL (town) { MATCH (town)--(x) RETURN x AS town } RETURN town",
            "variable `town` is already defined",
            "the query around the subquery has it: RETURN town AS …",
        ),
        (
            "UNWIND [1] AS x CALL (x) { CREATE ({x: x}) } IN 2 CONCURRENT TRANSACTIONS OF 5 ROWS",
            "a statement is one transaction, so a subquery has none of its own",
            "leave IN TRANSACTIONS out, or make several statements",
        ),
        (
            "RETURN COLLECT { MATCH (a) RETURN a.x, a.y } AS list",
            "a subquery of COLLECT must return exactly one column, not 2",
            "COLLECT { MATCH … RETURN one.value }",
        ),
        (
            "FOREACH (x IN [1] | MATCH (n {x: x}) SET n.y = 1)",
            "FOREACH takes only clauses that change the graph",
            "UNWIND list AS item CALL (item) { … } does anything for each item",
        ),
    ];
    for (text, message, help) in cases {
        let error = whom::Session::in_memory()
            .query(text, &whom::model::Map::new())
            .expect_err(text);
        let diagnostic = error.diagnostics().remove(0);
        assert_eq!(diagnostic.message, message, "{text}");
        assert_eq!(diagnostic.help, [help], "{text}");
    }
}
