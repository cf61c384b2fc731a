//! One JSON object, `{"nodes": […], "relationships": […]}`, one element a line.

use std::io::{self, Write};

use super::Subgraph;
use crate::model::WireMap;

pub(super) fn write(subgraph: &Subgraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{{\"nodes\": [")?;
    let last = subgraph.nodes().len();
    for (index, node) in subgraph.nodes().iter().enumerate() {
        let labels: Vec<&str> = node.labels().iter().map(|label| &**label).collect();
        let line = serde_json::json!({
            "id": node.id().number(),
            "labels": labels,
            "properties": WireMap(node.properties()),
        });
        writeln!(out, "{line}{}", comma(index, last))?;
    }
    writeln!(out, "], \"relationships\": [")?;
    let last = subgraph.relationships().len();
    for (index, relationship) in subgraph.relationships().iter().enumerate() {
        let ends = relationship.ends();
        let line = serde_json::json!({
            "id": relationship.id().number(),
            "type": relationship.rel_type(),
            "start": ends.map(|(start, _)| start.number()),
            "end": ends.map(|(_, end)| end.number()),
            "properties": WireMap(relationship.properties()),
        });
        writeln!(out, "{line}{}", comma(index, last))?;
    }
    writeln!(out, "]}}")
}

fn comma(index: usize, count: usize) -> &'static str {
    if index + 1 < count { "," } else { "" }
}

#[cfg(test)]
mod tests {
    use crate::model::property;

    #[test]
    fn what_is_written_is_one_json_object() {
        let subgraph = crate::export::subgraph::sample();
        let mut bytes = Vec::new();
        super::write(&subgraph, &mut bytes).unwrap();
        let object: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(object["nodes"].as_array().unwrap().len(), 2);
        assert_eq!(object["relationships"][0]["type"], "BACK");
        assert_eq!(
            object["nodes"][0]["properties"][property::NAME],
            "A \"quoted\" <name> & more"
        );
    }
}
