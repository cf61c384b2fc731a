//! An article becomes a graph, and the graph says what it holds.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::path::PathBuf;

use whom::model::Map;
use whom::{BuildOptions, Session};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join("whom-example-ingest");
    std::fs::create_dir_all(&folder)?;
    let mut session = Session::open_or_create(&folder.join("tarsk.whom"))?;
    let article = PathBuf::from("examples/data/tarsk.txt");
    let built = session.build(&[article], &BuildOptions::default(), &|_| {})?;
    println!("{} documents read", built.report.read.len());

    let statements = session.query(
        "MATCH (a:Entity)-[r]->(b:Entity) WHERE r.evidence IS NOT NULL \
         RETURN a.name, type(r), b.name ORDER BY r.start LIMIT 10",
        &Map::new(),
    )?;
    for row in &statements.rows {
        println!("{row:?}");
    }
    Ok(())
}
