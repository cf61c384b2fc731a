//! Rows as a table for people, and as JSON, JSON lines, CSV and Markdown.
//!
//! In a table a node is shown by its name; in the other forms it is shown whole.

use std::io::{self, Write};

use comfy_table::{Attribute, Cell, Color, ContentArrangement, LineStyle, Row, Table, TableStyle};
use serde_json::{Map as JsonMap, Value as Json, json};
use whom::Outcome;
use whom::model::{Node, Path, Relationship, Value, property};

use super::args::RowFormat;

/// How tall a cell may get on a terminal before it is cut.
const TALLEST_CELL: usize = 6;

/// How far a table goes for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// To the width of the terminal, long cells cut, in color or not.
    Terminal { width: u16, color: bool },
    /// As wide as its content: for files and other programs.
    Content,
}

/// Writes what a statement gave in `format`; a plan is drawn as a tree where people read it.
pub(crate) fn write_outcome(
    out: &mut dyn Write,
    outcome: &Outcome,
    format: RowFormat,
    fit: Fit,
) -> io::Result<()> {
    match (&outcome.plan, format) {
        (Some(plan), RowFormat::Table) => {
            let (columns, rows) = plan.texts();
            write_table(out, &columns, &rows, fit)
        }
        (Some(_) | None, _) => write_rows(out, &outcome.columns, &outcome.rows, format, fit),
    }
}

/// Writes `rows` under `columns` in `format`.
pub(crate) fn write_rows(
    out: &mut dyn Write,
    columns: &[String],
    rows: &[Vec<Value>],
    format: RowFormat,
    fit: Fit,
) -> io::Result<()> {
    match format {
        RowFormat::Table => {
            let texts: Vec<Vec<String>> = rows
                .iter()
                .map(|row| row.iter().map(cell_text).collect())
                .collect();
            write_table(out, columns, &texts, fit)
        }
        RowFormat::Json => {
            let objects: Vec<Json> = rows.iter().map(|row| object(columns, row)).collect();
            serde_json::to_writer_pretty(&mut *out, &objects)?;
            writeln!(out)
        }
        RowFormat::Jsonl => {
            for row in rows {
                serde_json::to_writer(&mut *out, &object(columns, row))?;
                writeln!(out)?;
            }
            Ok(())
        }
        RowFormat::Csv => write_csv(out, columns, rows),
        RowFormat::Markdown => write_markdown(out, columns, rows),
    }
}

/// Writes a table of plain texts: a head line, a rule, columns two blanks apart.
pub(crate) fn write_table(
    out: &mut dyn Write,
    columns: &[String],
    rows: &[Vec<String>],
    fit: Fit,
) -> io::Result<()> {
    if columns.is_empty() {
        return Ok(());
    }
    let mut table = Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')));
    table.set_truncation_indicator("…");
    let color = match fit {
        Fit::Terminal { width, color } => {
            table.set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(width);
            color
        }
        Fit::Content => {
            table.set_content_arrangement(ContentArrangement::Disabled);
            false
        }
    };
    if color {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table.set_header(columns.iter().map(|name| {
        let cell = Cell::new(shown(name));
        if color {
            cell.add_attribute(Attribute::Bold).fg(Color::Cyan)
        } else {
            cell
        }
    }));
    for texts in rows {
        let mut row = Row::from(
            texts
                .iter()
                .map(|text| Cell::new(shown(text)))
                .collect::<Vec<_>>(),
        );
        if let Fit::Terminal { .. } = fit {
            row.max_height(TALLEST_CELL);
        }
        table.add_row(row);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// The value as a table shows it.
pub(crate) fn cell_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.to_string(),
        Value::Node(node) => node_text(node),
        Value::Relationship(relationship) => relationship_text(relationship),
        Value::Path(path) => path_text(path),
        Value::List(items) => {
            let texts: Vec<String> = items.iter().map(cell_text).collect();
            texts.join(", ")
        }
        Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Map(_)
        | Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => value.to_string(),
    }
}

fn node_text(node: &Node) -> String {
    let properties = node.properties();
    let name = [property::NAME, property::TITLE, property::SOURCE]
        .iter()
        .find_map(|key| properties.get(*key).and_then(Value::as_str));
    match name {
        Some(name) => format!("({name})"),
        None => Value::Node(node.clone()).to_string(),
    }
}

fn relationship_text(relationship: &Relationship) -> String {
    match relationship
        .properties()
        .get(property::TEXT)
        .and_then(Value::as_str)
    {
        Some(text) => format!("[:{} \"{text}\"]", relationship.rel_type()),
        None => Value::Relationship(relationship.clone()).to_string(),
    }
}

fn path_text(path: &Path) -> String {
    let mut text = node_text(path.start());
    let mut from = path.start().id();
    for (relationship, node) in path.steps() {
        let backwards = relationship.ends().is_some_and(|(start, _)| start != from);
        let (left, right) = if backwards { ("<-", "-") } else { ("-", "->") };
        text.push_str(left);
        text.push_str("[:");
        text.push_str(relationship.rel_type());
        text.push(']');
        text.push_str(right);
        text.push_str(&node_text(node));
        from = node.id();
    }
    text
}

/// `text` without anything that a terminal would obey; line ends become blanks.
pub(crate) fn shown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => plain.push(' '),
            hidden if hidden.is_control() || is_reordering(hidden) => {
                plain.extend(hidden.escape_unicode());
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Whether the character changes the order in which others are shown.
fn is_reordering(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn object(columns: &[String], row: &[Value]) -> Json {
    let members: JsonMap<String, Json> = columns
        .iter()
        .zip(row)
        .map(|(name, value)| (name.clone(), plain_json(value)))
        .collect();
    Json::Object(members)
}

/// The value as JSON that any program reads: dates as texts, elements as objects.
pub(crate) fn plain_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(truth) => json!(truth),
        Value::Integer(number) => json!(number),
        Value::Float(number) if number.is_finite() => json!(number),
        Value::String(text) => json!(&**text),
        Value::List(items) => Json::Array(items.iter().map(plain_json).collect()),
        Value::Map(map) => members(map.iter().map(|(key, value)| (&**key, value))),
        Value::Node(node) => plain_node(node),
        Value::Relationship(relationship) => plain_relationship(relationship),
        Value::Path(path) => json!({
            "nodes": path.nodes().map(plain_node).collect::<Vec<_>>(),
            "relationships": path.relationships().map(plain_relationship).collect::<Vec<_>>(),
        }),
        Value::Float(_)
        | Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => json!(value.to_string()),
    }
}

fn members<'v>(entries: impl Iterator<Item = (&'v str, &'v Value)>) -> Json {
    Json::Object(
        entries
            .map(|(key, value)| (key.to_owned(), plain_json(value)))
            .collect(),
    )
}

fn plain_node(node: &Node) -> Json {
    let labels: Vec<&str> = node.labels().iter().map(|label| &**label).collect();
    json!({
        "id": node.id().number(),
        "labels": labels,
        "properties": members(node.properties().iter().map(|(key, value)| (&**key, value))),
    })
}

fn plain_relationship(relationship: &Relationship) -> Json {
    let ends = relationship.ends();
    json!({
        "id": relationship.id().number(),
        "type": relationship.rel_type(),
        "start": ends.map(|(start, _)| start.number()),
        "end": ends.map(|(_, end)| end.number()),
        "properties": members(
            relationship.properties().iter().map(|(key, value)| (&**key, value)),
        ),
    })
}

/// The value as one cell of CSV: texts as they are, what has parts as JSON.
fn csv_text(value: &Value) -> String {
    match value {
        Value::List(_)
        | Value::Map(_)
        | Value::Node(_)
        | Value::Relationship(_)
        | Value::Path(_) => plain_json(value).to_string(),
        Value::Null
        | Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::String(_)
        | Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => cell_text(value),
    }
}

fn write_csv(out: &mut dyn Write, columns: &[String], rows: &[Vec<Value>]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    if !columns.is_empty() {
        writer.write_record(columns).map_err(csv_error)?;
    }
    for row in rows {
        writer
            .write_record(row.iter().map(csv_text))
            .map_err(csv_error)?;
    }
    writer.flush()
}

/// The error of the writer behind, so that a closed pipe is known for one.
fn csv_error(error: csv::Error) -> io::Error {
    let text = error.to_string();
    if let csv::ErrorKind::Io(error) = error.into_kind() {
        error
    } else {
        io::Error::other(text)
    }
}

fn write_markdown(out: &mut dyn Write, columns: &[String], rows: &[Vec<Value>]) -> io::Result<()> {
    if columns.is_empty() {
        return Ok(());
    }
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(
        out,
        "{}",
        line(columns.iter().map(|name| markdown_text(name)).collect())
    )?;
    writeln!(
        out,
        "{}",
        line(columns.iter().map(|_| "---".to_owned()).collect())
    )?;
    for row in rows {
        let cells = row.iter().map(|value| markdown_text(&cell_text(value)));
        writeln!(out, "{}", line(cells.collect()))?;
    }
    Ok(())
}

fn markdown_text(text: &str) -> String {
    shown(text)
        .replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use whom::model::Value;

    use super::{Fit, write_rows};
    use crate::cli::args::RowFormat;

    fn text(format: RowFormat, fit: Fit) -> String {
        let columns = ["name".to_owned(), "n".to_owned()];
        let rows = [
            vec![Value::from("a|b, \u{1b}[31m\"c\""), Value::from(1)],
            vec![Value::from("two\nlines"), Value::Null],
        ];
        let mut out = Vec::new();
        write_rows(&mut out, &columns, &rows, format, fit).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn rows_are_written_in_every_form() {
        insta::assert_snapshot!(text(RowFormat::Table, Fit::Content), @r#"
        name                n
        ──────────────────────
        a|b, \u{1b}[31m"c"  1
        two lines
        "#);
        insta::assert_snapshot!(text(RowFormat::Jsonl, Fit::Content), @r#"
        {"name":"a|b, \u001b[31m\"c\"","n":1}
        {"name":"two\nlines","n":null}
        "#);
        let csv = text(RowFormat::Csv, Fit::Content);
        assert_eq!(
            csv,
            "name,n\n\"a|b, \u{1b}[31m\"\"c\"\"\",1\n\"two\nlines\",\n"
        );
        insta::assert_snapshot!(text(RowFormat::Markdown, Fit::Content), @r#"
        | name | n |
        | --- | --- |
        | a\|b, \\u{1b}[31m"c" | 1 |
        | two lines |  |
        "#);
    }

    #[test]
    fn a_narrow_terminal_wraps() {
        let fit = Fit::Terminal {
            width: 14,
            color: false,
        };
        let table = text(RowFormat::Table, fit);
        assert!(
            table.lines().all(|line| line.chars().count() <= 14),
            "{table}"
        );
    }
}
