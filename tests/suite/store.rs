//! The file: what is saved is loaded, a write is whole or not at all, unfit files are refused.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use whom::graph::{ChangeSet, PropertyGraph, Transaction};
use whom::model::{DocumentId, Value};
use whom::store::{Database, DocumentChange, DocumentRow, Fault, StoreError, StoredDocument};

/// Writes what `change` does to `graph`, in memory and on disk.
fn write(
    database: &mut Database,
    graph: &mut PropertyGraph,
    documents: &[DocumentChange],
    change: impl FnOnce(&mut Transaction<'_>),
) -> Result<ChangeSet, StoreError> {
    let mut transaction = Transaction::new(graph);
    change(&mut transaction);
    database.write(transaction.changes(), documents, transaction.graph())?;
    Ok(transaction.commit())
}

fn friends(transaction: &mut Transaction<'_>) {
    let person = transaction.label("Person");
    let name = transaction.property_key("name");
    let odd = transaction.property_key("odd 'key'");
    let knows = transaction.rel_type("KNOWS");
    let values = Value::list([1.5.into(), f64::NAN.into(), "a\u{0}b".into()]);
    let ada = transaction
        .create_node(&[person], &[(name, "Ada".into()), (odd, values)])
        .unwrap();
    let bob = transaction
        .create_node(&[person], &[(name, "Bob".into())])
        .unwrap();
    transaction
        .create_relationship(knows, ada, bob, &[(name, true.into())])
        .unwrap();
}

fn picture(graph: &PropertyGraph) -> Vec<String> {
    let nodes = graph
        .nodes()
        .map(|node| format!("{:?} {}", node.id(), Value::Node(node.to_node())));
    let relationships = graph.relationships().map(|relationship| {
        let (start, end) = (relationship.start(), relationship.end());
        let value = Value::Relationship(relationship.to_relationship());
        format!("{:?} {start:?} {end:?} {value}", relationship.id())
    });
    nodes.chain(relationships).collect()
}

fn document(source: &str, text: &str) -> DocumentChange {
    DocumentChange::Put(Box::new(StoredDocument {
        row: DocumentRow {
            document: DocumentId::new(source),
            title: None,
            published: Some("2015-10-07".parse().unwrap()),
            hash: "00".to_owned(),
            added: "2026-01-02T03:04:05Z".parse().unwrap(),
            reader: "1".to_owned(),
        },
        text: text.to_owned(),
        analysis: "{}".to_owned(),
    }))
}

fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("graph.whom");
    (folder, path)
}

#[test]
fn what_is_saved_is_loaded() {
    let (folder, path) = place();
    let mut database = Database::open_or_create(&path).unwrap();
    let mut graph = database.load_graph().unwrap();
    write(
        &mut database,
        &mut graph,
        &[document("a.txt", "Ada.")],
        friends,
    )
    .unwrap();
    write(&mut database, &mut graph, &[], |transaction| {
        let name = transaction.property_key("name");
        let friend = transaction.label("Friend");
        let bob = whom::model::NodeId::new(2);
        transaction
            .set_node_property(bob, name, Value::Null)
            .unwrap();
        transaction.add_label(bob, friend).unwrap();
        let third = transaction.create_node(&[], &[]).unwrap();
        transaction.remove_node(third).unwrap();
    })
    .unwrap();
    drop(database);
    let mut database = Database::open(&path).unwrap();
    let loaded = database.load_graph().unwrap();
    assert_eq!(picture(&loaded), picture(&graph));
    assert_eq!(loaded.next_node_id(), graph.next_node_id());
    let documents = database.documents().unwrap();
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].published.unwrap().to_string(), "2015-10-07");
    assert_eq!(database.text(&DocumentId::new("a.txt")).unwrap(), "Ada.");
    assert_eq!(database.verify().unwrap().faults, []);
    // One file remains.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_second_process_reads_and_a_stale_one_may_not_write() {
    let (_folder, path) = place();
    let mut first = Database::open_or_create(&path).unwrap();
    let mut graph = first.load_graph().unwrap();
    let mut second = Database::open(&path).unwrap();
    let mut stale = second.load_graph().unwrap();
    write(&mut first, &mut graph, &[], friends).unwrap();
    assert!(!first.changed_elsewhere().unwrap());
    assert!(second.changed_elsewhere().unwrap());
    let refused = write(&mut second, &mut stale, &[], friends).unwrap_err();
    assert!(matches!(refused, StoreError::ChangedElsewhere { .. }));
    assert_eq!(stale.node_count(), 0);
    assert_eq!(picture(&second.load_graph().unwrap()), picture(&graph));
}

#[test]
fn a_write_that_breaks_off_leaves_the_file_as_it_was() {
    let (folder, path) = place();
    let mut database = Database::open_or_create(&path).unwrap();
    let mut graph = database.load_graph().unwrap();
    write(&mut database, &mut graph, &[], friends).unwrap();
    drop(database);
    // A crash in the middle of a write leaves the changed file and its journal.
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
        .unwrap();
    connection
        .execute_batch(
            "DELETE FROM relationships; UPDATE nodes SET properties = '{}';
             WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
             INSERT INTO nodes SELECT i, '[]', '{\"x\": \"' || hex(zeroblob(100)) || '\"}' FROM n",
        )
        .unwrap();
    let crashed = folder.path().join("crashed.whom");
    fs::copy(&path, &crashed).unwrap();
    let journal = folder.path().join("graph.whom-journal");
    fs::copy(&journal, folder.path().join("crashed.whom-journal")).unwrap();
    assert!(
        fs::metadata(&crashed).unwrap().len() > 100_000,
        "nothing was spilt"
    );
    let mut database = Database::open(&crashed).unwrap();
    assert_eq!(picture(&database.load_graph().unwrap()), picture(&graph));
    assert_eq!(database.verify().unwrap().faults, []);
}

#[test]
fn unfit_files_are_refused_and_left_alone() {
    let (folder, path) = place();
    assert!(matches!(
        Database::open(&path),
        Err(StoreError::Missing { .. })
    ));
    assert!(!path.exists());
    let folder_refused = Database::open(folder.path());
    assert!(matches!(folder_refused, Err(StoreError::IsFolder { .. })));
    fs::write(&path, "Once upon a time").unwrap();
    assert!(matches!(
        Database::open_or_create(&path),
        Err(StoreError::NotAGraph { .. })
    ));
    assert_eq!(fs::read(&path).unwrap(), b"Once upon a time");
    fs::write(&path, "SQLite format 3\0").unwrap();
    assert!(matches!(
        Database::open(&path),
        Err(StoreError::Damaged { .. })
    ));
    fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(matches!(
        Database::open(&path),
        Err(StoreError::OtherProgram { .. })
    ));
    let far = folder.path().join("no/such/folder/x.whom");
    assert!(matches!(
        Database::open_or_create(&far),
        Err(StoreError::Io { .. })
    ));
}

#[test]
fn a_later_version_is_refused() {
    let (_folder, path) = place();
    drop(Database::open_or_create(&path).unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let refused = Database::open(&path).unwrap_err();
    assert!(matches!(
        refused,
        StoreError::NewerVersion { found: 99, .. }
    ));
    assert!(refused.is_bad_file());
}

#[test]
fn damage_is_found() {
    let (_folder, path) = place();
    let mut database = Database::open_or_create(&path).unwrap();
    let mut graph = database.load_graph().unwrap();
    let documents = [document("a.txt", "Ada met Bob.")];
    write(&mut database, &mut graph, &documents, friends).unwrap();
    drop(database);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(
            r#"UPDATE documents SET text = 'Ada left Bob.';
               INSERT INTO relationships VALUES (8, 'X', 1, 77), (9, 'X', 1, 2);
               INSERT OR IGNORE INTO relationship_keys VALUES
                   ('evidence'), ('document'), ('start'), ('end');
               INSERT INTO relationship_properties VALUES
                   (8, '{"evidence": "Ada met", "document": "a.txt", "start": 0, "end": 7}'),
                   (9, '{"evidence": "Ada", "document": "b.txt", "start": 0, "end": 3, "x": 1}'),
                   (10, '{}');
               UPDATE nodes SET properties = '{' WHERE id = 2;"#,
        )
        .unwrap();
    drop(connection);
    let mut database = Database::open(&path).unwrap();
    let faults = database.verify().unwrap().faults;
    let said: Vec<String> = faults.iter().map(Fault::to_string).collect();
    let wanted = [
        "the text of `a.txt` is not the one",
        "row 2 of `nodes`",
        "relationship 8 leads to node 77",
        "relationship 8 has evidence that is not what `a.txt` says at 0..7",
        "row 9 of `relationship_properties` cannot be read: the key `x` is not listed",
        "relationship 9 has evidence from `b.txt`",
        "row 10 of `relationship_properties` cannot be read: there is no such",
        "id 9 of `relationships`",
    ];
    assert_eq!(said.len(), wanted.len(), "{said:?}");
    for (fault, start) in said.iter().zip(wanted) {
        assert!(fault.starts_with(start), "{fault}");
    }
    assert!(matches!(
        database.load_graph(),
        Err(StoreError::Damaged { .. })
    ));
}

#[test]
fn a_file_of_version_1_is_brought_up_to_date() {
    let (_folder, path) = place();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(include_str!("../data/version_1.sql"))
        .unwrap();
    drop(connection);
    let mut database = Database::open(&path).unwrap();
    let mut graph = database.load_graph().unwrap();
    let wanted = [
        "NodeId(1) (:Person {name: 'Ada', `odd 'key'`: [1.5, NaN]})",
        "NodeId(2) (:Person {name: 'Bob'})",
        "RelId(1) NodeId(1) NodeId(2) [:KNOWS {name: true, since: 2015-10-07}]",
        "RelId(3) NodeId(2) NodeId(2) [:KNOWS]",
    ];
    assert_eq!(picture(&graph), wanted);
    assert_eq!(graph.next_relationship_id().number(), 5);
    assert_eq!(database.verify().unwrap().faults, []);
    assert_eq!(database.documents().unwrap().len(), 1);
    write(&mut database, &mut graph, &[], friends).unwrap();
    drop(database);
    let mut database = Database::open(&path).unwrap();
    assert_eq!(picture(&database.load_graph().unwrap()), picture(&graph));
}

#[test]
fn properties_of_relationships_are_read_when_asked_for() {
    let (_folder, path) = place();
    let mut database = Database::open_or_create(&path).unwrap();
    let mut graph = database.load_graph().unwrap();
    write(&mut database, &mut graph, &[], |transaction| {
        for _ in 0..200 {
            friends(transaction);
        }
    })
    .unwrap();
    let before = picture(&graph);
    let mut reader = Database::open(&path).unwrap();
    let lazy = reader.load_graph().unwrap();
    let mut writer = database.load_graph().unwrap();
    let key = lazy.property_key("name").unwrap();
    let value = |graph: &PropertyGraph, number| {
        let relationship = graph.relationship(whom::model::RelId::new(number));
        relationship.unwrap().property(key).cloned()
    };
    assert_eq!(value(&lazy, 100), Some(true.into()));
    // One's own writes do not get in the way of what was not read yet.
    write(&mut database, &mut writer, &[], |transaction| {
        let own = whom::model::RelId::new(150);
        transaction
            .set_relationship_property(own, key, Value::Null)
            .unwrap();
        transaction
            .remove_relationship(whom::model::RelId::new(151))
            .unwrap();
    })
    .unwrap();
    assert_eq!(value(&writer, 150), None);
    assert_eq!(value(&writer, 1), Some(true.into()));
    assert_eq!(value(&writer, 200), Some(true.into()));
    database.check_reads().unwrap();
    assert_eq!(writer.relationships().count(), 199);
    // Another's do: what was read before stays, and nothing of the new is mixed in.
    assert_eq!(value(&lazy, 101), Some(true.into()));
    reader.check_reads().unwrap();
    assert_eq!(value(&lazy, 10), None);
    let fault = reader.check_reads().unwrap_err();
    assert!(matches!(fault, StoreError::ChangedElsewhere { .. }));
    assert!(reader.changed_elsewhere().unwrap());
    let fresh = reader.load_graph().unwrap();
    assert_eq!(picture(&fresh), picture(&writer));
    assert!(!reader.changed_elsewhere().unwrap());
    reader.check_reads().unwrap();
    let different = picture(&fresh)
        .iter()
        .filter(|line| !before.contains(line))
        .count();
    assert_eq!(different, 1);
}

#[test]
fn a_file_cut_in_half_is_damaged() {
    let (_folder, path) = place();
    let mut database = Database::open_or_create(&path).unwrap();
    let mut graph = database.load_graph().unwrap();
    write(&mut database, &mut graph, &[], |transaction| {
        for _ in 0..200 {
            friends(transaction);
        }
    })
    .unwrap();
    drop(database);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let outcome = Database::open(&path).and_then(|mut database| database.load_graph());
    let error = outcome.unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");
    assert!(error.diagnostic().help[0].contains("backup"));
}
