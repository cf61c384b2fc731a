//! What EXPLAIN and PROFILE show: operators as a tree, the rows expected and those there were.
//! Times differ from run to run, so only that they are there is checked.

use whom::model::{Map, Value};
use whom::{Outcome, Session};

const GRAPH: &str = "UNWIND range(1, 20) AS i \
    CREATE (p:Person {name: 'p' + toString(i), age: i}) \
    WITH collect(p) AS people UNWIND range(0, 18) AS i \
    WITH people, people[i] AS one, people[i + 1] AS other \
    CREATE (one)-[:KNOWS]->(other)";

fn outcome(text: &str) -> Outcome {
    let mut session = Session::in_memory();
    session.query(GRAPH, &Map::new()).unwrap();
    session.query(text, &Map::new()).unwrap()
}

/// The table as people see it, without the columns of times.
fn table(text: &str) -> String {
    let (head, rows) = outcome(text).plan.unwrap().texts();
    let times = head.iter().filter(|title| title.contains("ms")).count();
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            let cells = rows.iter().chain([&head]);
            cells.map(|row| row[column].chars().count()).max().unwrap()
        })
        .collect();
    let line = |cells: &Vec<String>| {
        let cells: Vec<String> = cells[..cells.len() - times]
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        cells.join("  ").trim_end().to_owned()
    };
    let lines: Vec<String> = [&head].into_iter().chain(&rows).map(line).collect();
    lines.join("\n")
}

#[test]
fn a_profile_counts_rows_and_starts() {
    let text = "PROFILE MATCH (a:Person)-[:KNOWS]->(b) WHERE a.age > 10 \
                RETURN b.name AS name ORDER BY name LIMIT 3";
    insta::assert_snapshot!(table(text));
}

#[test]
fn what_is_started_anew_branches_off() {
    let text = "PROFILE MATCH (a:Person) OPTIONAL MATCH (a)-[:KNOWS]->(b) WHERE b.age > 15 \
                RETURN a.name, count(b)";
    insta::assert_snapshot!(table(text));
}

#[test]
fn subqueries_stand_below_what_asks_them() {
    let text = "PROFILE MATCH (a:Person) WHERE EXISTS { MATCH (a)-->(b) WHERE b.age = 3 } \
                RETURN [(a)<--(c) | c.name] AS names";
    insta::assert_snapshot!(table(text));
}

#[test]
fn each_branch_of_a_union_is_drawn() {
    let text = "PROFILE MATCH (a:Person {age: 1}) RETURN a UNION MATCH (a:City) RETURN a";
    insta::assert_snapshot!(table(text));
}

#[test]
fn writing_is_profiled_and_done() {
    let text = "PROFILE MATCH (a:Person) WHERE a.age < 4 MERGE (a)-[:IN]->(c:Club) SET a.x = 1";
    insta::assert_snapshot!(table(text));
    let counts = outcome(text).counts;
    assert_eq!((counts.nodes_created, counts.properties_set), (3, 3));
}

#[test]
fn explaining_runs_nothing() {
    let text = "EXPLAIN MATCH (a:Person)-[:KNOWS*1..2]->(b:Person) DETACH DELETE b";
    insta::assert_snapshot!(table(text));
    assert_eq!(outcome(text).counts.nodes_deleted, 0);
}

#[test]
fn programs_get_a_row_for_each_operator() {
    let found = outcome("PROFILE MATCH (a:Person) RETURN count(a.name) AS n");
    assert_eq!(
        found.columns,
        [
            "id",
            "parent",
            "operator",
            "details",
            "estimated_rows",
            "rows",
            "starts",
            "time_ms",
            "own_time_ms"
        ]
    );
    let told: Vec<String> = found
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row[..7].iter().map(ToString::to_string).collect();
            cells.join(", ")
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    // Operators that run as one are timed as a whole, under the last of them.
    let timed = |row: &Vec<Value>| match (&row[6], &row[7], &row[8]) {
        (Value::Integer(_), Value::Float(all), Value::Float(own)) => all >= own,
        (starts, all, own) => starts.is_null() && all.is_null() && own.is_null(),
    };
    assert!(found.rows.iter().all(timed));
}
