//! GraphML, for Gephi, yEd, Cytoscape, and the like.
//!
//! Source: Brandes et al., "GraphML Progress Report", 2001, and the schema at
//! graphml.graphdrawing.org. Lists are written as text, one item a line.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Subgraph;
use super::dot::name_of;
use crate::model::{Map, Value};

pub(super) fn write(subgraph: &Subgraph, out: &mut dyn Write) -> io::Result<()> {
    let node_keys = keys(subgraph.nodes().iter().map(crate::model::Node::properties));
    let rel_keys = keys(
        subgraph
            .relationships()
            .iter()
            .map(crate::model::Relationship::properties),
    );
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">"
    )?;
    writeln!(
        out,
        "  <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>"
    )?;
    writeln!(
        out,
        "  <key id=\"labels\" for=\"node\" attr.name=\"labels\" attr.type=\"string\"/>"
    )?;
    writeln!(
        out,
        "  <key id=\"type\" for=\"edge\" attr.name=\"type\" attr.type=\"string\"/>"
    )?;
    for (side, prefix, keys) in [("node", 'n', &node_keys), ("edge", 'e', &rel_keys)] {
        for (index, (name, kind)) in keys.iter().enumerate() {
            writeln!(
                out,
                "  <key id=\"{prefix}{index}\" for=\"{side}\" attr.name=\"{}\" attr.type=\"{kind}\"/>",
                escaped(name)
            )?;
        }
    }
    writeln!(out, "  <graph id=\"whom\" edgedefault=\"directed\">")?;
    for node in subgraph.nodes() {
        writeln!(out, "    <node id=\"n{}\">", node.id().number())?;
        writeln!(
            out,
            "      <data key=\"label\">{}</data>",
            escaped(&name_of(node))
        )?;
        writeln!(
            out,
            "      <data key=\"labels\">{}</data>",
            escaped(&node.labels().join(";"))
        )?;
        write_properties(node.properties(), &node_keys, 'n', out)?;
        writeln!(out, "    </node>")?;
    }
    for relationship in subgraph.relationships() {
        let Some((start, end)) = relationship.ends() else {
            continue;
        };
        writeln!(
            out,
            "    <edge id=\"r{}\" source=\"n{}\" target=\"n{}\">",
            relationship.id().number(),
            start.number(),
            end.number()
        )?;
        writeln!(
            out,
            "      <data key=\"type\">{}</data>",
            escaped(relationship.rel_type())
        )?;
        write_properties(relationship.properties(), &rel_keys, 'e', out)?;
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

/// Every property name with the GraphML type that holds all its values.
fn keys<'s>(maps: impl Iterator<Item = &'s Map>) -> BTreeMap<&'s str, &'static str> {
    let mut keys: BTreeMap<&str, &'static str> = BTreeMap::new();
    for (name, value) in maps.flatten() {
        let kind = if value.as_boolean().is_some() {
            "boolean"
        } else if value.as_integer().is_some() {
            "long"
        } else if value.as_float().is_some() {
            "double"
        } else {
            "string"
        };
        keys.entry(name)
            .and_modify(|known| {
                if *known != kind {
                    *known = "string";
                }
            })
            .or_insert(kind);
    }
    keys
}

fn write_properties(
    properties: &Map,
    keys: &BTreeMap<&str, &'static str>,
    prefix: char,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (index, (name, _)) in keys.iter().enumerate() {
        let Some(value) = properties.get(*name) else {
            continue;
        };
        let text = match value.as_list() {
            Some(items) => items.iter().map(plain).collect::<Vec<String>>().join("\n"),
            None => plain(value),
        };
        writeln!(
            out,
            "      <data key=\"{prefix}{index}\">{}</data>",
            escaped(&text)
        )?;
    }
    Ok(())
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// `text` as XML character data; what XML 1.0 refuses (most controls) is dropped.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(character),
            control if control.is_control() => {}
            '\u{fffe}' | '\u{ffff}' => {}
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_escaped_and_types_are_the_widest() {
        let subgraph = crate::export::subgraph::sample();
        let mut bytes = Vec::new();
        super::write(&subgraph, &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("A &quot;quoted&quot; &lt;name&gt; &amp; more"));
        assert!(text.contains("attr.name=\"confidence\" attr.type=\"double\""));
    }
}
