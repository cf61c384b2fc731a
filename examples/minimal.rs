//! The least there is: a graph in memory, a query, its rows.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use whom::Session;
use whom::model::Map;

fn main() -> Result<(), whom::Error> {
    let mut session = Session::in_memory();
    let nothing = Map::new();
    session.query(
        "CREATE (:Place {name: 'Tarsk'})-[:LIES_ON]->(:Place {name: 'Orla'})",
        &nothing,
    )?;
    let found = session.query("MATCH (a)-[:LIES_ON]->(b) RETURN a.name, b.name", &nothing)?;
    for row in &found.rows {
        println!("{row:?}");
    }
    Ok(())
}
