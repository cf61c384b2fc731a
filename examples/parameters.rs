//! Values from outside go into a query as parameters, never into its text.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::sync::Arc;

use whom::Session;
use whom::model::{Map, Value};

fn main() -> Result<(), whom::Error> {
    let mut session = Session::in_memory();
    session.query(
        "CREATE (:Person {name: 'O\\'Hara'}), (:Person {name: 'Lund'})",
        &Map::new(),
    )?;
    let parameters: Map = [(Arc::from("name"), Value::String(Arc::from("O'Hara")))]
        .into_iter()
        .collect();
    let found = session.query(
        "MATCH (p:Person {name: $name}) RETURN p.name AS name",
        &parameters,
    )?;
    println!("{:?}", found.rows);
    Ok(())
}
