//! Pipelines give the rows that the row operators give.

use whom::Session;
use whom::model::{Map, Value};
use whom::query::{Running, Tuning};

/// A small world with loops, parallel relationships, nulls, floats among integers and nodes
/// without labels.
const WORLD: &str = "
    UNWIND range(0, 59) AS i
    CREATE (p:Person {id: i, age: 20 + i * 7 % 40, name: 'p' + toString(i % 13)})
    FOREACH (x IN CASE WHEN i % 5 = 0 THEN [1] ELSE [] END | SET p.score = i / 2.0)
    FOREACH (x IN CASE WHEN i % 7 = 0 THEN [1] ELSE [] END | SET p:Member, p.age = null)
";
const PLACES: &str = "
    UNWIND range(0, 4) AS i CREATE (c:City {id: i, name: 'c' + toString(i), size: 100 * i + 0.5})
    WITH c, i CREATE (c)-[:IN]->(:Country {name: 'k' + toString(i % 2)})
";
const LINKS: &str = "
    MATCH (a:Person), (b:Person) WHERE (a.id * 7 + b.id * 3) % 11 = 0 AND b.id < a.id + 20
    CREATE (a)-[:KNOWS {since: 1990 + (a.id + b.id) % 30}]->(b)
";
const MORE_LINKS: [&str; 5] = [
    "MATCH (a:Person) WHERE a.id % 9 = 0 CREATE (a)-[:KNOWS {since: 2000}]->(a)",
    "MATCH (a:Person {id: 3}), (b:Person {id: 4}) CREATE (a)-[:KNOWS]->(b), (a)-[:KNOWS]->(b), (b)-[:KNOWS]->(a)",
    "MATCH (a:Person), (c:City) WHERE a.id % 5 = c.id AND a.id % 6 <> 1 CREATE (a)-[:LIVES_IN]->(c)",
    "CREATE ({id: 'odd'})-[:KNOWS]->({name: 1})",
    "MATCH (a:Person), (b:Person) WHERE b.id IN [(a.id + 1) % 7, a.id - 2] AND a <> b CREATE (a)-[:NEXT]->(b)",
];

fn world() -> Session {
    let mut session = Session::in_memory();
    for text in [WORLD, PLACES, LINKS].into_iter().chain(MORE_LINKS) {
        session.query(text, &Map::new()).unwrap();
    }
    // A hole among the nodes and one among the relationships.
    for text in [
        "MATCH (a:Person {id: 17}) DETACH DELETE a",
        "MATCH (:Person {id: 5})-[r:KNOWS]->() WITH r LIMIT 1 DELETE r",
        "CREATE (:Person {id: 99, age: 30, name: 'late'})",
    ] {
        session.query(text, &Map::new()).unwrap();
    }
    session
}

const QUERIES: &[&str] = &[
    "MATCH (a:Person) RETURN count(*) AS n",
    "MATCH (a) RETURN count(a.age), sum(a.age), avg(a.age), min(a.age), max(a.age)",
    "MATCH (a:Person) WHERE a.age > 30 AND a.age <= 50 RETURN count(*)",
    "MATCH (a:Person) WHERE a.age > 30 OR a.name STARTS WITH 'p1' RETURN count(*), collect(a.id)",
    "MATCH (a:Person) WHERE NOT a.age > 30 RETURN count(*), sum(a.score), avg(a.score)",
    "MATCH (a:Person) WHERE a.score IS NULL RETURN a.name AS name, count(*) AS n ORDER BY name",
    "MATCH (a:Person)-[:KNOWS]->(b:Person) RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS]->(b) RETURN b.id AS id, b.name AS name, count(a.id) AS n ORDER BY n DESC, id LIMIT 7",
    "MATCH (a:Person)-[r1:KNOWS]->(b:Person)-[r2:KNOWS]->(c:Person) RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS]->(b:Person)-[:KNOWS]->(c:Person) WHERE b.age < 40 AND c.age > 25 RETURN count(*)",
    "MATCH (a)-[:KNOWS]->(b)-[:KNOWS]->(c)-[:KNOWS]->(d) WHERE a.id < 10 RETURN count(*)",
    "MATCH (a)-[:KNOWS]-(b)-[:KNOWS]-(c) RETURN count(*)",
    "MATCH (a)<-[:KNOWS]-(b)-[:KNOWS]->(c) RETURN count(*)",
    "MATCH (a)-[:KNOWS]->(b)<-[:KNOWS]-(c) RETURN a.id % 3 AS k, count(*) ORDER BY k",
    "MATCH (a)-[:KNOWS]->(b)-[:LIVES_IN]->(c) RETURN count(*)",
    "MATCH (a)-[:KNOWS]->(b)-[:LIVES_IN]->(c)-[:IN]->(k {name: 'k1'}) RETURN count(*)",
    "MATCH (a)-->(b)-->(c) RETURN count(*)",
    "MATCH (a)--(b)--(c) RETURN count(*)",
    "MATCH (a)-[r]->(b)-[s:KNOWS|LIVES_IN]->(c) RETURN type(s) AS t, count(*) ORDER BY t",
    "MATCH (a)-[r:KNOWS]->(b) WHERE r.since > 2005 RETURN count(*), min(r.since), max(r.since)",
    "MATCH (a:Person {id: 3})-[:KNOWS]->(b)-[:KNOWS]->(a) RETURN count(*)",
    "MATCH (a)-[:KNOWS]->(b)-[:KNOWS]->(c)-[:KNOWS]->(a) RETURN count(*)",
    "MATCH (a:Person {id: 3})-[:KNOWS*1..3]->(b) RETURN count(DISTINCT b), count(DISTINCT b.id), count(DISTINCT b.name)",
    "MATCH (a:Person {id: 9})-[:KNOWS*1..2]->(b) RETURN count(DISTINCT b)",
    "MATCH (a:Person {id: 9})-[:KNOWS*0..2]->(b) RETURN count(DISTINCT b)",
    "MATCH (a:Person)-[:KNOWS*1..2]-(b:Person) WHERE a.id % 10 = 3 RETURN a.id AS id, count(DISTINCT b) AS n ORDER BY id",
    "MATCH (a:Person)-[:KNOWS*1..3]-(b:Person) WHERE a.id % 20 = 4 RETURN a.id AS id, count(DISTINCT b) AS n ORDER BY id",
    "MATCH (a)-[:LIVES_IN*1..2]-(b) RETURN a.id AS id, count(DISTINCT b) AS n ORDER BY id, n",
    "MATCH (a:Person {id: 3})-[r:KNOWS*1..3]->(b) RETURN count(*), max(size(r))",
    "MATCH (a:Person {id: 3})-[r:KNOWS*2..2]->(b) WHERE all(x IN r WHERE x.since > 1995) RETURN count(*)",
    "MATCH (a:Person {id: 3})-[:KNOWS*1..2 {since: 2000}]->(b) RETURN count(*)",
    "MATCH (a:City)<-[*1..2]-(b) RETURN a.name AS name, count(*) AS n ORDER BY name",
    "MATCH (a:Person) OPTIONAL MATCH (a)-[:LIVES_IN]->(c) RETURN c.name AS name, count(*) AS n, count(c) AS m ORDER BY name",
    "MATCH (a:Person) OPTIONAL MATCH (a)-[r:KNOWS]->(b) WHERE b.age > 55 RETURN count(*), count(b), count(r), count(DISTINCT b)",
    "MATCH (a:Person) OPTIONAL MATCH (a)-[r:KNOWS*1..2]->(b:Member) RETURN count(*), count(r), sum(size(r))",
    "MATCH (a:Person) OPTIONAL MATCH (a)-[:LIVES_IN]->(c) OPTIONAL MATCH (c)-[:IN]->(k) RETURN k.name AS k, c.name AS c, count(*) ORDER BY k, c",
    "MATCH (a:Person) WITH DISTINCT a.name AS name RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS]->(b) RETURN DISTINCT b.name AS name ORDER BY name",
    "MATCH (a:Person)-[:KNOWS]->(b) WITH DISTINCT a, b RETURN count(*)",
    "MATCH (a:Person) RETURN a.id AS id, a.name AS name ORDER BY a.age, id LIMIT 9",
    "MATCH (a:Person)-[r:KNOWS]->(b) RETURN a, r, b ORDER BY r.since DESC, a.id, b.id, id(r) LIMIT 20",
    "MATCH p = (a:Person {id: 3})-[:KNOWS*1..2]->(b) RETURN length(p) AS l, nodes(p) AS ns ORDER BY l DESC, b.id, [x IN relationships(p) | id(x)] LIMIT 9",
    "MATCH (a:Person) UNWIND [1, 2, a.age] AS x RETURN x % 3 AS k, count(*) AS n ORDER BY k",
    "MATCH (a:Person) WITH a AS who, a.age + 1 AS older MATCH (who)-[:KNOWS]->(b) WHERE b.age < older RETURN count(*), sum(older)",
    "MATCH (a:Person), (c:City) WHERE a.id % 5 = c.id RETURN c.name AS c, count(a) AS n ORDER BY c",
    "MATCH (a:Person) WHERE a.id IN [1, 2, 50] OR a:Member RETURN count(*), collect(DISTINCT a.name)",
    "MATCH (a:Person:Member) RETURN count(*)",
    "MATCH (a:Person|City) RETURN labels(a) AS l, count(*) AS n ORDER BY l",
    "MATCH (a:Person) RETURN DISTINCT coalesce(a.score, a.id) AS k ORDER BY k LIMIT 20",
    "MATCH (a:Person)-[:KNOWS]->(b) RETURN coalesce(b.score, b.id) AS k, a.name AS n, count(*) ORDER BY k, n",
    "MATCH (a:Person)-[:KNOWS]->(b:Person) RETURN a.name AS a, b.name AS b, count(*) AS n ORDER BY n DESC, a, b LIMIT 9",
    "MATCH (a:Person)-[:KNOWS]->(b:Person) WHERE a.age > b.age OR a.age = b.id RETURN count(*)",
    "MATCH (a:Person) WITH a, COUNT { (a)-[:KNOWS]->() } AS n WHERE n > 3 RETURN count(*), sum(n)",
    "MATCH (a:Person) WHERE EXISTS { (a)-[:KNOWS]->(b:Member) } RETURN count(*)",
    "MATCH (a:Person) WHERE NOT (a)-[:LIVES_IN]->() RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS]->(b) WHERE NOT (b)-[:KNOWS]->(a) AND a <> b RETURN count(*)",
    "MATCH (a:Person) RETURN COUNT { (a)-[:KNOWS]->()-[:KNOWS]->() } AS n, count(*) ORDER BY n",
    "MATCH (a:Person) RETURN sum(COUNT { (a)-[:KNOWS*1..2]->() }), count(DISTINCT COUNT { (a)-[:KNOWS*1..2]->() })",
    "MATCH (a:Person) WHERE EXISTS { (a)-[:KNOWS*1..3]->(:City) } OR EXISTS { (a)-[:KNOWS*1..2]->(x) WHERE x.id = a.id + 1 } RETURN count(*)",
    "MATCH (a:Person) RETURN a.id AS id, COUNT { (a)-[:KNOWS]->(x) WHERE x.age > a.age } AS n ORDER BY n DESC, id LIMIT 5",
    "MATCH (a:Person)-[:LIVES_IN]->(c)<-[:LIVES_IN]-(b:Person)<-[:KNOWS]-(a) RETURN c.name AS c, count(*) ORDER BY c",
    "MATCH (a:Person)-[:KNOWS*1..3]->(b) RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS*0..2]->(b) RETURN a.id % 4 AS k, count(*) ORDER BY k",
    "MATCH (a:Person)-[:KNOWS*2..3]->(b) WHERE a.id % 9 = 0 RETURN count(*), count(DISTINCT a)",
    "MATCH (a:Person)-[:KNOWS*1..1]->() RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS*..2]->() RETURN sum(a.id)",
    "MATCH (a:Person), (b:Person) WHERE a.id < 20 AND b.id < 30 AND a.age = b.age RETURN count(*)",
    "MATCH (a)-[:KNOWS]->(b) RETURN count(DISTINCT a), count(DISTINCT b)",
    "MATCH (a:Person)-[:KNOWS]->(b)-[:KNOWS]->(c) RETURN a.name AS n, count(DISTINCT c) AS c ORDER BY n",
    "MATCH (a:Person), (b:Person) WHERE a.age = b.age AND a.id < b.id RETURN count(*), collect(b.id)",
    "MATCH (a:Person), (c:City) WHERE a.score = c.id RETURN count(*), collect(c.id)",
    "MATCH (a:Person)-[r:KNOWS]->(b:Person) RETURN count(r), count(DISTINCT r), count(DISTINCT type(r))",
    "MATCH (a:Person)-[:KNOWS*1..2]->(b:Person) RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS*1..2]->(b:Member) RETURN count(*)",
    "MATCH (a:Person)-[:LIVES_IN*1..2]->(b:City) RETURN count(*)",
    "MATCH (a) RETURN count(*), count(a)",
    "MATCH (a:Member) RETURN count(a)",
    "MATCH ()-[r]->() RETURN count(*), count(r)",
    "MATCH ()<-[r:KNOWS|LIVES_IN]-() RETURN count(r)",
    "MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS n ORDER BY t",
    "MATCH ()-[r]-() RETURN count(r)",
    "MATCH (a:Person) WHERE false RETURN count(*), collect(a)",
    "MATCH (a:Person)-[:KNOWS]->(b) WHERE $name = 'p4' RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS]->(b) WHERE $name = 'p3' RETURN count(*)",
    "MATCH (a)-[:LIVES_IN]->(b)-[:IN]->(c) RETURN count(*)",
    "MATCH (a)-[:IN]->(b)<-[:IN]-(c) RETURN count(*)",
    "MATCH (a)-[:IN|LIVES_IN]->(b)-[:IN|LIVES_IN]->(c) RETURN count(*)",
    "MATCH (a:Person)-[:NEXT]->(b)-[:NEXT]->(c) WHERE b.age < 50 AND c.age > 25 RETURN count(*)",
    "MATCH (a:Person)-[:NEXT]->(b)-[:NEXT]->(c)-[:NEXT]->(d) RETURN count(*)",
    "MATCH (a:Person)<-[:NEXT]-(b)-[:NEXT]->(c) RETURN count(*)",
    "MATCH (a:Nobody)-[:KNOWS]->(b) RETURN count(*)",
    "MATCH (a:Person)-[:NOTHING]->(b) RETURN count(*), sum(b.age), min(b.age), collect(b)",
    "MATCH (a:Person) WHERE (a)-[:LIVES_IN]->() RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS]->(b:Person) WITH a, count(b) AS n WHERE n > 4 MATCH (a)-[:LIVES_IN]->(c) RETURN c.name AS c, max(n), count(*) ORDER BY c",
    "MATCH (a:Person)-[:KNOWS]->(b:Person) WITH b, avg(a.age) AS age ORDER BY age DESC, b.id LIMIT 3 MATCH (b)-[:KNOWS]->(x) RETURN b.id AS b, age, count(x) ORDER BY b",
    "MATCH (a:Person)-[:KNOWS]->(b) WHERE a <> b AND a.age = b.age RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS]->(b) WHERE b.name = $name RETURN count(*), stDev(a.age), percentileCont(a.age, 0.5)",
    "MATCH (a) RETURN min(a.id), max(a.id), min(a.name), max(a.name), count(DISTINCT a.id), count(DISTINCT a.score)",
    "MATCH (c:City) RETURN sum(c.size), avg(c.size), sum(c.id)",
    "MATCH (a:Person)-[:KNOWS]->(b) RETURN CASE WHEN a.age > b.age THEN 'older' WHEN a.age < b.age THEN 'younger' END AS k, count(*) AS n ORDER BY k",
    "MATCH (a)-[:KNOWS]->(b) RETURN a.age / (b.id - 4) AS q, count(*)",
    "MATCH (a:Person) WHERE a.name + 1 > 3 OR a.age.x = 1 RETURN count(*)",
    "MATCH (a:Person) RETURN sum(a.name)",
    "MATCH (a:Person {id: 3})-[:KNOWS]->(b) MATCH (b)-[:KNOWS]->(c) RETURN count(*)",
    "MATCH (a:Person)-[:KNOWS]->(b)-[:KNOWS]->(c)<-[:KNOWS]-(d) WHERE a.id < 4 RETURN count(*), count(DISTINCT d)",
];

#[test]
fn a_pipeline_gives_the_rows_of_the_row_operators() {
    let mut session = world();
    let parameters: Map = [("name".into(), Value::from("p3"))].into_iter().collect();
    let mut wrong = Vec::new();
    for text in QUERIES {
        let mut rows = |running| {
            session.tune(Tuning {
                running,
                ..Tuning::ALL
            });
            let outcome = session.query(text, &parameters);
            outcome
                .map(|outcome| outcome.rows)
                .map_err(|error| error.to_string())
        };
        let (pipelines, rows) = (rows(Running::Pipelines), rows(Running::RowByRow));
        if format!("{pipelines:?}") != format!("{rows:?}") {
            wrong.push(format!("{text}\n  {pipelines:?}\n  {rows:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A larger world, so that work is shared out among threads.
const CROWD: [&str; 3] = [
    "UNWIND range(0, 1499) AS i
     CREATE (p:Person {id: i, age: 20 + i * 7 % 40, name: 'p' + toString(i % 97)})
     FOREACH (x IN CASE WHEN i % 3 = 0 THEN [1] ELSE [] END | SET p.score = i / 4.0)",
    "MATCH (a:Person) UNWIND [1, 7, 13, 29] AS d
     MATCH (b:Person {id: (a.id * d + d) % 1500}) CREATE (a)-[:KNOWS {since: 1990 + d}]->(b)",
    "UNWIND range(0, 9) AS i CREATE (c:City {id: i}) WITH c
     MATCH (a:Person) WHERE a.id % 10 = c.id CREATE (a)-[:LIVES_IN]->(c)",
];

const CROWD_QUERIES: &[&str] = &[
    "MATCH (a:Person) RETURN a.name AS name, count(*), min(a.age), max(a.id), avg(a.age)",
    "MATCH (a:Person) RETURN coalesce(a.score, a.id) AS k, count(*)",
    "MATCH (a:Person) RETURN a.age AS age, sum(a.score), collect(a.id)",
    "MATCH (a:Person)-[r:KNOWS]->(b:Person) RETURN a.age AS a, b.age AS b, count(*), count(DISTINCT r)",
    "MATCH (a:Person)-[:KNOWS]->(b:Person)-[:KNOWS]->(c) RETURN a.name AS n, count(*), count(DISTINCT c)",
    "MATCH (a:Person)-[:KNOWS]->(b) RETURN DISTINCT b.name AS n",
    "MATCH (a:Person)-[:KNOWS]->(b) RETURN a.id AS a, b.id AS b ORDER BY b.age LIMIT 25",
    "MATCH (a:City)<-[:LIVES_IN]-(p)-[:KNOWS]->(q) WHERE q.age > p.age RETURN a.id AS c, count(*)",
    "MATCH (a:Person {id: 3})-[:KNOWS*1..4]->(b) RETURN count(DISTINCT b), min(b.name)",
    "MATCH (a:Person) WHERE (a)-[:KNOWS]->(:Person {name: 'p3'}) RETURN a.age AS age, count(*)",
    "MATCH (a:Person)-[:KNOWS]->(b) RETURN b.age / (b.id - 700) AS q, count(*)",
];

#[test]
fn the_number_of_threads_cannot_be_seen() {
    let mut session = Session::in_memory();
    for text in CROWD {
        session.query(text, &Map::new()).unwrap();
    }
    for text in CROWD_QUERIES {
        session.tune(Tuning {
            running: Running::RowByRow,
            ..Tuning::ALL
        });
        let rows = |session: &mut Session| match session.query(text, &Map::new()) {
            Ok(outcome) => format!("{:?}", outcome.rows),
            Err(error) => error.to_string(),
        };
        let expected = rows(&mut session);
        session.tune(Tuning::ALL);
        for threads in [1, 2, 7] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            let found = pool.build().unwrap().install(|| rows(&mut session));
            assert!(found == expected, "{text}\n{found}\n{expected}");
        }
    }
}

#[test]
fn what_is_deep_or_long_does_not_end_the_process() {
    let mut session = Session::in_memory();
    for text in CROWD {
        session.query(text, &Map::new()).unwrap();
    }
    let deep = format!(
        "MATCH (a:Person) WHERE a.id{} > 1000 RETURN count(*)",
        " + 1".repeat(280)
    );
    let long = format!(
        "MATCH (a:Person) {} RETURN count(*)",
        "MATCH (a {name: 'p3'})-[:LIVES_IN]->() ".repeat(300)
    );
    for text in [deep, long] {
        let mut rows = |running| {
            session.tune(Tuning {
                running,
                ..Tuning::ALL
            });
            session.query(&text, &Map::new()).unwrap().rows
        };
        assert_eq!(rows(Running::Pipelines), rows(Running::RowByRow));
    }
}
