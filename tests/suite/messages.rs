//! What people read when a query is wrong: a golden file for each family of faults.

use std::fmt::Write as _;

use whom::Session;
use whom::base::{Style, render_diagnostic};
use whom::model::Map;
use whom::query::Limits;

/// What is said of each query, one after the other.
fn said(queries: &[&str]) -> String {
    let mut session = Session::in_memory();
    session
        .query(
            "CREATE (:Person {name: 'Ada', born: 1815})-[:KNOWS {since: 1833}]->(:Person {name: 'Charles'})",
            &Map::new(),
        )
        .unwrap();
    session.limit(Limits {
        time_ms: Some(3_000),
        rows: Some(1_000),
        ..Limits::default()
    });
    let mut text = String::new();
    for query in queries {
        writeln!(text, "> {}", query.replace('\n', "\n> ")).unwrap();
        match session.query(query, &Map::new()) {
            Ok(_) => text.push_str("no fault\n"),
            Err(error) => {
                for diagnostic in error.diagnostics() {
                    assert!(
                        !diagnostic.help.is_empty(),
                        "{query}: {} has no remedy",
                        diagnostic.code.0
                    );
                    assert!(!diagnostic.message.ends_with('.'), "{query}");
                    let first = diagnostic.message.chars().next().unwrap();
                    let word = diagnostic.message.split(' ').next().unwrap();
                    let keyword = word.chars().all(char::is_uppercase) && word.len() > 1;
                    assert!(
                        !first.is_uppercase() || keyword,
                        "{query}: {}",
                        diagnostic.message
                    );
                    let shown = render_diagnostic(&diagnostic, query, Style::Plain);
                    writeln!(text, "{shown}").unwrap();
                }
            }
        }
        text.push('\n');
    }
    text
}

#[test]
fn keywords_are_spelt_wrongly_and_used_as_names() {
    insta::assert_snapshot!(said(&[
        "MTACH (n) RETURN n",
        "MATCH (n) RETRUN n",
        "MATCH (n) WERE n.name = 'Ada' RETURN n",
        "MATCH (n) RETURN n ODRER BY n.name",
        "MATCH (n) RETURN n LIMT 3",
        "RETURN DISTICT 1 AS x",
        "OPTINAL MATCH (n) RETURN n",
        "UNWIND [1, 2] SA x RETURN x",
        "MATCH (order) RETURN order",
        "MATCH (n) RETURN n ORDER n.name",
        "UNWIND [1, 2] RETURN 1",
        "CREATE (n:Person) SET n.match = 1, n.name = 'x' RETURM n",
        "MATCH (n) RETURN CASE WHEN n.born > 1800 THEN 1 ELSE 2",
    ]));
}

#[test]
fn brackets_do_not_match() {
    insta::assert_snapshot!(said(&[
        "MATCH (n RETURN n",
        "MATCH (n:Person {name: 'Ada') RETURN n",
        "MATCH (n]-->(m) RETURN n",
        "RETURN [1, 2, 3",
        "RETURN size([1, 2)",
        "MATCH (n) RETURN n)",
        "MATCH (a-[:KNOWS]->(b) RETURN a",
        "RETURN {a: 1, b: [1, 2}",
        "MATCH (n) WHERE EXISTS { (n)-->() RETURN n",
    ]));
}

#[test]
fn quotes_and_comments_are_left_open() {
    insta::assert_snapshot!(said(&[
        "RETURN 'open",
        "RETURN \"open",
        "RETURN 'it's'",
        "MATCH (n:`Odd label) RETURN n",
        "RETURN 1 /* to be continued",
        "RETURN \u{201c}typographic\u{201d}",
        "RETURN 'a\\qb'",
        "MATCH (a) \u{2192} (b) RETURN a",
        "RETURN 3 \u{2212} 2",
    ]));
}

#[test]
fn operators_come_from_elsewhere() {
    insta::assert_snapshot!(said(&[
        "MATCH (n) WHERE n.name == 'Ada' RETURN n",
        "MATCH (n) WHERE n.name != 'Ada' RETURN n",
        "MATCH (n) WHERE n.born > 1 && n.born < 3 RETURN n",
        "MATCH (n) WHERE n.born > 1 || n.born < 3 RETURN n",
        "MATCH (n) WHERE n.born => 3 RETURN n",
        "MATCH (n) WHERE !n.flag RETURN n",
        "MATCH (n) SET n.age := 3",
        "RETURN 2 ** 3",
        "MATCH (n) WHERE n.name ~ 'A.*' RETURN n",
        "MATCH (n)-[r]->(m) RETURN n->name",
        "MATCH (n::Person) RETURN n",
        "MATCH (n) WHERE n.born NOT IN [1, 2] RETURN n",
    ]));
}

#[test]
fn sql_is_not_spoken() {
    insta::assert_snapshot!(said(&[
        "SELECT name FROM Person WHERE born > 1800",
        "MATCH (n) RETURN n.name, count(*) GROUP BY n.name",
        "MATCH (n) RETURN n.name AS name, count(*) AS c HAVING c > 1",
        "MATCH (n) WHERE n.name LIKE 'A%' RETURN n",
        "MATCH (n) WHERE n.born BETWEEN 1800 AND 1900 RETURN n",
        "MATCH (n) WHERE n.born IN (1815, 1816) RETURN n",
        "MATCH (n) RETURN n LIMIT 5, 10",
        "MATCH (n) RETURN n LIMIT 5 OFFSET 10",
        "INSERT INTO Person VALUES (1)",
        "DELETE FROM Person WHERE born = 1",
        "MATCH (a) LEFT JOIN (b) RETURN a",
        "MATCH (n) RETURN IF(n.born > 1, 'a', 'b') AS x IF",
    ]));
}

#[test]
fn patterns_are_malformed() {
    insta::assert_snapshot!(said(&[
        "MATCH (a)->(b) RETURN a",
        "MATCH (a)<-(b) RETURN a",
        "MATCH (a)-(b) RETURN a",
        "MATCH (a)--->(b) RETURN a",
        "MATCH (a)-[r](b) RETURN a",
        "MATCH (a)-[r]-->(b) RETURN a",
        "MATCH (a)--[r]->(b) RETURN a",
        "MATCH (a)-KNOWS->(b) RETURN a",
        "MATCH (a)=>(b) RETURN a",
        "MATCH (a)-->b RETURN a",
        "MATCH (a)-->[b] RETURN a",
        "MATCH n RETURN n",
        "CREATE n:Person",
        "MATCH [n] RETURN n",
        "MATCH (n:Person name: 'Ada') RETURN n",
        "MATCH (n:Person, Robot) RETURN n",
        "MATCH (a)-[:KNOWS,LIKES]->(b) RETURN a",
        "MATCH (a)-[:KNOWS 1..2]->(b) RETURN a",
        "MATCH (a)-[:KNOWS*1-3]->(b) RETURN a",
        "CREATE (a)-[:KNOWS]-(b)",
        "CREATE (a)-[]->(b)",
        "CREATE (a)-[:KNOWS*2]->(b)",
        "MATCH (a)-[r]->(b)-[r]->(c) RETURN a",
    ]));
}

#[test]
fn commas_slip() {
    insta::assert_snapshot!(said(&[
        "MATCH (a), RETURN a",
        "RETURN 1,",
        "RETURN 1, , 2",
        "RETURN [1, 2, ]",
        "RETURN [1 2]",
        "RETURN {a: 1 b: 2}",
        "MATCH (n) RETURN n.name n.born",
        "RETURN substring('abc' 1)",
        "RETURN {'a': 1}",
        "RETURN {a = 1}",
        "RETURN 1; RETURN 2",
    ]));
}

#[test]
fn parameters_are_written_otherwise() {
    insta::assert_snapshot!(said(&[
        "MATCH (n) WHERE n.name = :name RETURN n",
        "MATCH (n) WHERE n.name = @name RETURN n",
        "MATCH (n) WHERE n.name = ? RETURN n",
        "MATCH (n) WHERE n.name = {name} RETURN n",
        "MATCH (n) WHERE n.name = ${name} RETURN n",
        "MATCH (n) WHERE n.name = $ RETURN n",
        "MATCH (n) WHERE n.name = $name RETURN n",
        "MATCH (n $properties) SET n = $more RETURN n LIMIT $most",
        "MERGE (n $properties) RETURN n",
    ]));
}

#[test]
fn clauses_stand_in_the_wrong_place() {
    insta::assert_snapshot!(said(&[
        "",
        "MATCH (n)",
        "MATCH (n) n.name",
        "MATCH (n) RETURN",
        "MATCH (n) RETURN n WHERE n.born > 1800",
        "MATCH (n) WHERE n.born > 1 WHERE n.born < 3 RETURN n",
        "CREATE (n) WHERE n.born > 1 RETURN n",
        "MATCH (n) RETURN n LIMIT 3 ORDER BY n.name",
        "MATCH (n) ORDER BY n.name RETURN n",
        "MATCH (n) LIMIT 3 RETURN n",
        "RETURN 1 AS x MATCH (n) RETURN n",
        "RETURN 1 AS x UNION RETURN 2 AS y",
        "RETURN 1 AS x UNION ALL RETURN 2 AS x UNION RETURN 3 AS x",
        "MATCH (n) WITH n.name RETURN 1",
        "RETURN *",
        "RETURN 1 AS x, 2 AS x",
        "MATCH (n) RETURN n LIMIT -1",
        "MATCH (n) RETURN n LIMIT n.born",
        "MATCH (n) RETURN n SKIP 1.5",
    ]));
}

#[test]
fn names_are_unknown() {
    insta::assert_snapshot!(said(&[
        "MATCH (n) RETURN m",
        "MATCH (person) RETURN persn.name",
        "MATCH (n) WHERE n.name = Ada RETURN n",
        "MATCH (n) WITH n.name AS name RETURN n.born",
        "MATCH (n) MATCH (m) SET m = n CREATE (n)",
        "MATCH (n)-[n]->(m) RETURN n",
        "UNWIND [1] AS x UNWIND [2] AS x RETURN x",
        "RETURN toUper('a')",
        "RETURN len('a'), lower('B'), now(), isnull(1), concat('a', 'b'), ifnull(1, 2)",
        "RETURN foo.bar(1)",
        "CALL db.label()",
        "CALL db.labels YIELD label RETURN label",
        "CALL db.labels() YIELD lable RETURN lable",
        "RETURN toUpper()",
        "RETURN substring('abc')",
    ]));
}

#[test]
fn several_faults_are_told_at_once() {
    insta::assert_snapshot!(said(&[
        "MATCH (n) WHERE m.born > x RETURN o.name, toUper(n.name), size(1, 2)",
        "MATCH (a)->(b) MTACH (c) RETRUN a",
        "MATCH (n) WHERE n.name == 'Ada' WITH n, RETURN n.name AS name LIMT 2",
        "MATCH (n) WHERE q.x = 1 SET n.x = p.y",
        "RETURN a UNION RETURN b",
    ]));
}

#[test]
fn types_do_not_fit() {
    insta::assert_snapshot!(said(&[
        "RETURN NOT 1",
        "RETURN 1 AND true",
        "MATCH (n) WHERE 'Ada' RETURN n",
        "RETURN 1.name",
        "MATCH (n)-[r]->() RETURN r.since.year + size(n)",
        "MATCH p = (a)-->(b) DELETE a.name, 1, p",
        "MATCH (n) DELETE n:Person",
        "RETURN [x IN 5 | x]",
        "RETURN any(x IN 'abc' WHERE x)",
        "MATCH (a)-[r]->(b) SET r:Label",
        "RETURN (1)-->(2)",
        "MATCH (a) RETURN (a)-->()",
    ]));
}

#[test]
fn aggregates_are_misused() {
    insta::assert_snapshot!(said(&[
        "MATCH (n) WHERE count(n) > 1 RETURN n",
        "MATCH (n) RETURN count(count(n))",
        "MATCH (n) RETURN n.born + count(n)",
        "MATCH (n) WITH n.name AS name, count(*) AS c WHERE n.born > 1 RETURN name",
        "MATCH (n) SET n.x = count(n)",
        "MATCH (n) RETURN n.name ORDER BY count(n)",
        "RETURN count(rand())",
    ]));
}

#[test]
fn numbers_and_depths_are_too_large() {
    let deep = format!("RETURN {}1{}", "(".repeat(500), ")".repeat(500));
    insta::assert_snapshot!(said(&[
        "RETURN 9223372036854775808",
        "RETURN 1e999",
        "RETURN 12abc",
        "RETURN 0x",
        &deep,
    ]));
}

#[test]
fn the_data_does_not_fit() {
    insta::assert_snapshot!(said(&[
        "RETURN 1 / 0",
        "RETURN 9223372036854775807 + 1",
        "UNWIND [1, 'a'] AS x RETURN x - 1",
        "UNWIND ['x'] AS x RETURN toUpper(x) % 2",
        "UNWIND [1] AS x RETURN [1, 2][toString(x)]",
        "UNWIND [{a: 1}] AS m RETURN m[1]",
        "UNWIND [-1] AS x RETURN range(1, 2, 0)",
        "MATCH (n) WHERE n.born RETURN n",
        "MATCH (n {name: 'Ada'}) DELETE n",
        "MATCH (n {name: 'Ada'}) DETACH DELETE n RETURN n.name",
        "MATCH (n) SET n.x = {a: 1}",
        "MERGE (n:Person {name: null})",
        "RETURN date('2024-13-01')",
        "RETURN datetime({year: 2024, month: 14})",
        "RETURN duration('P1Q')",
        "RETURN 'a' =~ '('",
        "WITH 'x' AS s RETURN percentileCont(1.0, 2)",
        "UNWIND range(1, 2000) AS x RETURN x",
        "RETURN range(1, 100000000000)",
        "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN max(a % 7 + b % 11)",
    ]));
}

#[test]
fn what_is_odd_is_noted_though_the_query_runs() {
    let mut session = Session::in_memory();
    let graph =
        "CREATE (:Person {name: 'Ada'})-[:KNOWS {since: 1833}]->(:Person:Author {name: 'Charles'})";
    session.query(graph, &Map::new()).unwrap();
    let schema = "MATCH ()-[r]->() RETURN r.attributed_to, r.when, r.quantity";
    assert_eq!(session.query(schema, &Map::new()).unwrap().notes, []);
    let mut text = String::new();
    for query in [
        "MATCH (n:Persn) RETURN n",
        "MATCH (n:City)-[:LIVES_IN]->(m:Person|Robot) RETURN n",
        "MATCH (n)-[r:KNWS]->() RETURN r.sinc, n.name",
        "MATCH (n:Person) WHERE n.born = null RETURN n",
        "MATCH (n:Person {nmae: 'Ada'}) SET n.seen = true",
        "CREATE (n:City) SET n.size = 1 WITH n MATCH (m:City) RETURN m.size",
        "UNWIND [{a: 1}] AS row RETURN row.b, date().year",
        "MATCH (n) WHERE n:Author OR n.`odd key` = 1 RETURN n",
    ] {
        let outcome = session.query(query, &Map::new()).unwrap();
        writeln!(text, "> {query}").unwrap();
        for note in outcome.notes {
            let shown = render_diagnostic(&note.diagnostic(query), query, Style::Plain);
            writeln!(text, "{shown}").unwrap();
        }
        text.push('\n');
    }
    insta::assert_snapshot!(text);
}
