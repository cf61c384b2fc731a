//! Graphviz: the graph as people draw it on a whiteboard.
//!
//! Kinds show by shape and color. Relationships of one type between the same two nodes, alike in
//! polarity and modality, are one arrow with their count; what is denied, planned or only possible
//! is dashed; the quotes are tooltips. Documents and their `MENTIONED_IN` are drawn only when a
//! query asked for them: in the whole graph they would tie everything to everything.
//!
//! Names may hold anything: quotes and backslashes are escaped, `&` is written as its entity
//! (Graphviz reads HTML entities in labels), control characters are dropped.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Subgraph;
use crate::model::{EntityKind, Node, NodeId, Relationship, Value, label, property};

/// Labels are broken into lines of about this many characters.
const LINE_CHARACTERS: usize = 22;
/// Labels are cut after this many characters.
const LABEL_CHARACTERS: usize = 110;
/// At most so many quotes stand in one tooltip.
const QUOTES: usize = 5;

pub(super) fn write(subgraph: &Subgraph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph whom {{")?;
    writeln!(
        out,
        "  graph [charset=\"UTF-8\", rankdir=LR, overlap=false, splines=true, nodesep=0.25, ranksep=0.9, fontname=\"Helvetica\"];"
    )?;
    writeln!(
        out,
        "  node [fontname=\"Helvetica\", fontsize=11, style=filled, color=\"#555555\", penwidth=0.8, margin=\"0.12,0.06\"];"
    )?;
    writeln!(
        out,
        "  edge [fontname=\"Helvetica\", fontsize=9, color=\"#555555\", fontcolor=\"#333333\", arrowsize=0.7];"
    )?;
    for node in subgraph.nodes() {
        write_node(node, out)?;
    }
    for arrow in arrows(subgraph).into_values() {
        write_arrow(&arrow, out)?;
    }
    writeln!(out, "}}")
}

fn write_node(node: &Node, out: &mut dyn Write) -> io::Result<()> {
    let look = Look::of(node);
    let name = name_of(node);
    let text = match look.shape {
        "point" => String::new(),
        _ => wrapped(&name),
    };
    let mut tooltip: Vec<String> = vec![name];
    if let Some(aliases) = node
        .properties()
        .get(property::ALIASES)
        .and_then(Value::as_list)
    {
        tooltip.extend(aliases.iter().filter_map(Value::as_str).map(str::to_owned));
    }
    writeln!(
        out,
        "  n{} [label=\"{text}\", shape={}, fillcolor=\"{}\", tooltip=\"{}\"];",
        node.id().number(),
        look.shape,
        look.fill,
        joined(&tooltip, "; "),
    )
}

/// The shape and the color of a node.
struct Look {
    shape: &'static str,
    fill: &'static str,
}

impl Look {
    fn of(node: &Node) -> Self {
        let has = |name: &str| node.labels().iter().any(|known| &**known == name);
        if let Some(kind) = EntityKind::ALL.into_iter().find(|kind| has(kind.label())) {
            return Self::of_kind(kind);
        }
        let (shape, fill) = if has(label::DOCUMENT) {
            ("note", "#ffffff")
        } else if has(label::UNSTATED) {
            ("point", "#999999")
        } else if has(label::VALUE) {
            ("plaintext", "#ffffff00")
        } else {
            ("ellipse", "#f4f4f4")
        };
        Self { shape, fill }
    }

    fn of_kind(kind: EntityKind) -> Self {
        let (shape, fill) = match kind {
            EntityKind::Person => ("ellipse", "#ffe0b2"),
            EntityKind::Organization => ("box", "#bbdefb"),
            EntityKind::Place => ("house", "#c8e6c9"),
            EntityKind::Event => ("octagon", "#ffcdd2"),
            EntityKind::Object => ("box3d", "#e1d5e7"),
            EntityKind::Time => ("cds", "#fff9c4"),
            EntityKind::Abstract => ("hexagon", "#eeeeee"),
            EntityKind::Animal => ("egg", "#f0e0c0"),
            EntityKind::Plant => ("trapezium", "#dcedc8"),
            EntityKind::Substance => ("cylinder", "#d7ccc8"),
        };
        Self { shape, fill }
    }
}

/// One arrow as drawn: the relationships that it stands for.
struct Arrow<'s> {
    start: NodeId,
    end: NodeId,
    relationships: Vec<&'s Relationship>,
}

/// What makes two relationships one arrow: ends, type, polarity, modality.
type ArrowKey<'s> = (NodeId, NodeId, &'s str, &'s str, &'s str);

fn arrows(subgraph: &Subgraph) -> BTreeMap<ArrowKey<'_>, Arrow<'_>> {
    let mut arrows: BTreeMap<ArrowKey<'_>, Arrow<'_>> = BTreeMap::new();
    for relationship in subgraph.relationships() {
        let Some((start, end)) = relationship.ends() else {
            continue;
        };
        let key = (
            start,
            end,
            relationship.rel_type(),
            text_property(relationship, property::POLARITY),
            text_property(relationship, property::MODALITY),
        );
        arrows
            .entry(key)
            .or_insert_with(|| Arrow {
                start,
                end,
                relationships: Vec::new(),
            })
            .relationships
            .push(relationship);
    }
    arrows
}

fn write_arrow(arrow: &Arrow<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = arrow.relationships.first() else {
        return Ok(());
    };
    let denied = text_property(first, property::POLARITY) == "denied";
    let modality = text_property(first, property::MODALITY);
    let certain = modality.is_empty() || modality == "asserted";
    let mut text = first.rel_type().replace('_', " ").to_lowercase();
    if denied {
        text = format!("not: {text}");
    }
    if !certain {
        text = format!("{text} ({modality})");
    }
    if arrow.relationships.len() > 1 {
        text = format!("{text} ×{}", arrow.relationships.len());
    }
    let mut quotes: Vec<String> = arrow
        .relationships
        .iter()
        .map(|relationship| text_property(relationship, property::EVIDENCE).to_owned())
        .filter(|quote| !quote.is_empty())
        .collect();
    quotes.dedup();
    if quotes.len() > QUOTES {
        let more = quotes.len() - QUOTES;
        quotes.truncate(QUOTES);
        quotes.push(format!("… and {more} more"));
    }
    let tooltip = joined(&quotes, "\n");
    let style = if denied || !certain {
        "dashed"
    } else {
        "solid"
    };
    let color = if denied { "#c62828" } else { "#555555" };
    // Several witnesses make a bolder line, but a hundred must not hide the picture.
    let width = if arrow.relationships.len() > 3 {
        2.4
    } else if arrow.relationships.len() > 1 {
        1.6
    } else {
        1.0
    };
    writeln!(
        out,
        "  n{} -> n{} [label=\"{}\", style={style}, color=\"{color}\", penwidth={width}, tooltip=\"{tooltip}\", labeltooltip=\"{tooltip}\"];",
        arrow.start.number(),
        arrow.end.number(),
        wrapped(&text),
    )
}

fn text_property<'s>(relationship: &'s Relationship, key: &str) -> &'s str {
    relationship
        .properties()
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// What a node is called: its name, its title, its source, else its labels.
pub(super) fn name_of(node: &Node) -> String {
    let properties = node.properties();
    [property::NAME, property::TITLE, property::SOURCE]
        .iter()
        .find_map(|key| properties.get(*key).and_then(Value::as_str))
        .map_or_else(|| node.labels().join(":"), str::to_owned)
}

/// `text` on several lines, cut if it is long, ready to stand between quotation marks.
fn wrapped(text: &str) -> String {
    let mut shown: String = text.chars().take(LABEL_CHARACTERS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    let mut lines: Vec<String> = Vec::new();
    for word in shown.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE_CHARACTERS => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    joined(&lines, "\n")
}

/// `parts` between quotation marks, with `separator` between them.
fn joined(parts: &[String], separator: &str) -> String {
    escaped(&parts.join(separator))
}

/// `text` ready to stand between quotation marks.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => safe.push_str("\\\""),
            '\\' => safe.push_str("\\\\"),
            '&' => safe.push_str("&amp;"),
            '\n' => safe.push_str("\\n"),
            '\t' => safe.push(' '),
            // Noncharacters and controls are refused by XML, into which Graphviz may write.
            control if control.is_control() => {}
            '\u{fffe}' | '\u{ffff}' => {}
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{escaped, wrapped};

    #[test]
    fn whatever_a_name_holds_stays_inside_its_quotes() {
        assert_eq!(escaped("a\"b\\"), "a\\\"b\\\\");
        assert_eq!(escaped("A&amp;B\u{0}\r"), "A&amp;amp;B");
    }

    #[test]
    fn parallel_statements_are_one_arrow_and_denied_ones_are_dashed() {
        let mut bytes = Vec::new();
        super::write(&crate::export::subgraph::sample(), &mut bytes).unwrap();
        insta::with_settings!({snapshot_path => "../../tests/snapshots", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!("export_dot", String::from_utf8(bytes).unwrap());
        });
    }

    #[test]
    fn long_labels_are_broken_and_cut() {
        assert_eq!(
            wrapped("Syrian Observatory for Human Rights"),
            "Syrian Observatory for\\nHuman Rights"
        );
        assert!(wrapped(&"x".repeat(500)).ends_with('…'));
    }
}
