//! Any file is a graph or is refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whom::Session;
use whom::model::Map;

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let path = folder.path().join("graph.whom");
    std::fs::write(&path, bytes).expect("the file is written");
    if let Ok(mut session) = Session::open(&path) {
        // A fault is an answer; only a crash is none.
        drop(session.query("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN n, r", &Map::new()));
        drop(session.verify());
    }
});
