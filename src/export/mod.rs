//! A graph or a result written in other tools' formats.
//!
//! The main type is [`Subgraph`]: nodes and relationships taken out of a graph, by a query or
//! whole; each format is a function from a subgraph to bytes. This layer knows no files: it writes
//! to any [`Write`].

mod csv;
mod dot;
mod graphml;
mod json;
mod subgraph;

use std::io::{self, Write};

pub use self::subgraph::Subgraph;

/// The formats a graph can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Graphviz, to be drawn: parallel relationships are merged with their count.
    Dot,
    /// GraphML, for Gephi, yEd, Cytoscape, and the like.
    GraphMl,
    /// One JSON object with `nodes` and `relationships`.
    Json,
    /// Comma-separated values, one relationship a row with the names of its ends.
    Csv,
}

impl Format {
    /// All formats with the names they are asked for by.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Dot, "dot"),
        (Self::GraphMl, "graphml"),
        (Self::Json, "json"),
        (Self::Csv, "csv"),
    ];

    /// The name it is asked for by.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(format, _)| *format == self)
            .map_or("dot", |(_, name)| name)
    }

    /// The format called `name`, upper and lower case alike.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| known.eq_ignore_ascii_case(name))
            .map(|(format, _)| *format)
    }
}

/// Writes `subgraph` in `format`. The same subgraph gives the same bytes.
///
/// # Errors
/// Whatever `out` answers.
pub fn write(subgraph: &Subgraph, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Dot => dot::write(subgraph, out),
        Format::GraphMl => graphml::write(subgraph, out),
        Format::Json => json::write(subgraph, out),
        Format::Csv => csv::write(subgraph, out),
    }
}
