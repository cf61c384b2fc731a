//! Comma-separated values: one statement a row, with the names of its ends.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::Subgraph;
use super::dot::name_of;
use crate::model::{NodeId, Value};

pub(super) fn write(subgraph: &Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let names: BTreeMap<NodeId, String> = subgraph
        .nodes()
        .iter()
        .map(|node| (node.id(), name_of(node)))
        .collect();
    let keys: BTreeSet<&str> = subgraph
        .relationships()
        .iter()
        .flat_map(|relationship| relationship.properties().keys())
        .map(|key| &**key)
        .collect();
    let mut writer = csv::Writer::from_writer(out);
    let head = ["subject", "relation", "object"];
    writer.write_record(head.iter().copied().chain(keys.iter().copied()))?;
    for relationship in subgraph.relationships() {
        let name = |id: NodeId| names.get(&id).cloned().unwrap_or_default();
        let (subject, object) = relationship
            .ends()
            .map_or_else(Default::default, |(start, end)| (name(start), name(end)));
        let mut row = vec![subject, relationship.rel_type().to_owned(), object];
        for key in &keys {
            row.push(match relationship.properties().get(*key) {
                None | Some(Value::Null) => String::new(),
                Some(value) => value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned),
            });
        }
        writer.write_record(row)?;
    }
    writer.flush()
}
