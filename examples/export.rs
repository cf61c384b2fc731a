//! A graph as a drawing: DOT, for Graphviz.

use whom::Session;
use whom::export::{Format, Subgraph};
use whom::model::Map;

fn main() -> Result<(), whom::Error> {
    let mut session = Session::in_memory();
    session.query(
        "CREATE (:Entity:Organization {name: 'Nordhavn'})-[:BUY]->(:Entity:Organization {name: 'Brindle Foods'})",
        &Map::new(),
    )?;
    let whole = Subgraph::whole(session.graph());
    session.export(&whole, Format::Dot, &mut std::io::stdout())
}
