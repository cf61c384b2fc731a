//! What a file holds after its writer was killed, and what a second process reads meanwhile.
//!
//! The writer is this test program itself, started anew with one test to run.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, thread};

use tempfile::TempDir;
use whom::model::{Map, Value};
use whom::{Error, Session};

/// Tells the writer its file.
const FILE: &str = "WHOM_TEST_WRITER_FILE";

/// The statements of step `step`: small and large ones, some that change, some that remove, and
/// one that must fail after it has changed much.
fn statements(step: i64) -> Vec<String> {
    let width = if step % 10 == 9 { 400 } else { 3 };
    let mut statements = vec![format!(
        "MERGE (c:Counter) SET c.done = {step}
             WITH c UNWIND range(1, {width}) AS i
             CREATE (c)-[:MADE {{step: {step}, i: i}}]->(:Thing {{step: {step}, i: i}})"
    )];
    if step % 4 == 3 {
        let failing = format!(
            "MATCH (t:Thing) SET t.step = 'lost' DETACH DELETE t
             WITH count(*) AS n CREATE (:Ghost) WITH n RETURN n % 0 AS step{step}"
        );
        statements.push(failing);
    }
    statements
}

/// In the same statement as its step is done, a step that is long past goes.
fn whole_step(step: i64) -> String {
    let made = &statements(step)[0];
    format!(
        "{made} WITH count(*) AS n OPTIONAL MATCH (old:Thing {{step: {}}}) DETACH DELETE old",
        step - 12
    )
}

fn run_step(session: &mut Session, step: i64) {
    session.query(&whole_step(step), &Map::new()).unwrap();
    for failing in &statements(step)[1..] {
        let refused = session.query(failing, &Map::new());
        assert!(matches!(refused, Err(Error::Query(_))), "{refused:?}");
    }
}

fn steps_done(session: &mut Session) -> i64 {
    let query = "OPTIONAL MATCH (c:Counter) RETURN coalesce(c.done, 0)";
    let outcome = session.query(query, &Map::new()).unwrap();
    outcome.rows[0][0].as_integer().unwrap()
}

fn picture(session: &Session) -> Vec<String> {
    let graph = session.graph();
    let nodes = graph
        .nodes()
        .map(|node| format!("{:?} {}", node.id(), Value::Node(node.to_node())));
    let relationships = graph.relationships().map(|relationship| {
        let ends = (relationship.start(), relationship.end());
        let value = Value::Relationship(relationship.to_relationship());
        format!("{:?} {ends:?} {value}", relationship.id())
    });
    nodes.chain(relationships).collect()
}

fn start_writer(path: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["crash::writer", "--exact", "--ignored", "--nocapture"])
        .env(FILE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "the process that the other tests start"]
fn writer() {
    let Some(path) = env::var_os(FILE) else {
        return;
    };
    let mut session = Session::open(Path::new(&path)).unwrap();
    let first = steps_done(&mut session) + 1;
    for step in first..first + 10_000 {
        run_step(&mut session, step);
        println!("done {step}");
        std::io::stdout().flush().unwrap();
    }
}

/// Numbers that look random and are the same in every run.
fn next_number(state: &mut u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn a_killed_writer_leaves_its_last_commit() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("graph.whom");
    drop(Session::open_or_create(&path).unwrap());
    let mut wanted = Session::in_memory();
    let mut reached = 0;
    let mut state = 7;
    for _ in 0..12 {
        let mut child = start_writer(&path);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut acknowledgements = lines.map_while(Result::ok).filter_map(|line| {
            let number = line.strip_prefix("done ")?;
            number.parse::<i64>().ok()
        });
        // Some steps are done, and the writer is somewhere in the next.
        let before = usize::try_from(next_number(&mut state) % 6).unwrap();
        let waited_for = acknowledgements.by_ref().take(before).last();
        thread::sleep(Duration::from_micros(next_number(&mut state) % 20_000));
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged = acknowledgements.last().or(waited_for).unwrap_or(reached);
        let mut session = Session::open(&path).unwrap();
        let done = steps_done(&mut session);
        // A step may be committed before its writer could say so.
        assert!(
            done == acknowledged || done == acknowledged + 1,
            "{acknowledged} steps were acknowledged, {done} are there"
        );
        for step in reached + 1..=done {
            run_step(&mut wanted, step);
        }
        reached = done;
        assert!(picture(&session) == picture(&wanted), "after step {done}");
        assert_eq!(session.verify().unwrap().faults, []);
    }
    assert!(reached > 12, "only {reached} steps were done");
    // Whoever closed it last has put everything into the one file.
    assert_eq!(folder.path().read_dir().unwrap().count(), 1);
}

#[test]
fn a_reader_sees_commits_while_another_process_writes() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("graph.whom");
    drop(Session::open_or_create(&path).unwrap());
    let mut reader = Session::open(&path).unwrap();
    let mut child = start_writer(&path);
    let mut seen = 0;
    let mut changes = 0;
    while changes < 15 {
        // Of the last twelve steps everything is there, and of none a part.
        let query = "MATCH (c:Counter) MATCH (c)-[r:MADE]->(t:Thing)
            WITH c, t.step AS step, count(t) AS things, count(r.i) AS made, sum(r.i - t.i) AS off
            RETURN c.done, step, things, made, off ORDER BY step";
        let rows = reader.query(query, &Map::new()).unwrap().rows;
        let Some(done) = rows.first().and_then(|row| row[0].as_integer()) else {
            continue;
        };
        changes += i32::from(done > seen);
        assert!(done >= seen, "the graph went back from {seen} to {done}");
        seen = done;
        let wanted: Vec<Vec<Value>> = ((done - 11).max(1)..=done)
            .map(|step| {
                let width: i64 = if step % 10 == 9 { 400 } else { 3 };
                [done, step, width, width, 0].map(Value::from).to_vec()
            })
            .collect();
        assert_eq!(rows, wanted);
        assert_eq!(child.try_wait().unwrap(), None, "the writer has ended");
    }
    child.kill().unwrap();
    child.wait().unwrap();
}
