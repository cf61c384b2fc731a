//! Everything a property may hold and a query may compute.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::duration::Duration;
use super::element::{Node, NodeId, Path, RelId, Relationship};
use super::temporal::{Date, DateTime, LocalDateTime, LocalTime, Time};

/// A map value: keys in the order of the alphabet.
pub type Map = BTreeMap<Arc<str>, Value>;

/// A value of the query language. Cheap to clone: what is large is shared.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing known.
    #[default]
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number of 64 bits.
    Integer(i64),
    /// A number of 64 bits in floating point.
    Float(f64),
    /// Text.
    String(Arc<str>),
    /// Values in order.
    List(Arc<[Value]>),
    /// Values by key.
    Map(Arc<Map>),
    /// A node.
    Node(Node),
    /// A relationship.
    Relationship(Relationship),
    /// A walk through the graph.
    Path(Arc<Path>),
    /// A day.
    Date(Date),
    /// A time of day without offset.
    LocalTime(LocalTime),
    /// A time of day with offset.
    Time(Time),
    /// A day and a time without offset.
    LocalDateTime(LocalDateTime),
    /// A day and a time with offset or zone.
    DateTime(Arc<DateTime>),
    /// A length of time.
    Duration(Arc<Duration>),
}

impl Value {
    /// A list of `items`.
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self::List(items.into_iter().collect())
    }

    /// A map of `entries`; a later entry replaces an earlier one of the same key.
    pub fn map<K: Into<Arc<str>>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Map(Arc::new(
            entries
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        ))
    }

    /// Whether it is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The number, if it is an integer.
    pub fn as_integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    /// The number as a float, if it is a number.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the query language mixes integers and floats this way"
    )]
    pub fn as_float(&self) -> Option<f64> {
        if let Self::Integer(number) = self {
            Some(*number as f64)
        } else if let Self::Float(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    /// Whether it is true; `None` if it is no boolean.
    pub fn as_boolean(&self) -> Option<bool> {
        if let Self::Boolean(truth) = self {
            Some(*truth)
        } else {
            None
        }
    }

    /// The id, if it is a node.
    pub fn as_node(&self) -> Option<NodeId> {
        if let Self::Node(node) = self {
            Some(node.id())
        } else {
            None
        }
    }

    /// The id, if it is a relationship.
    pub fn as_relationship(&self) -> Option<RelId> {
        if let Self::Relationship(relationship) = self {
            Some(relationship.id())
        } else {
            None
        }
    }

    /// The items, if it is a list.
    pub fn as_list(&self) -> Option<&[Self]> {
        if let Self::List(items) = self {
            Some(items)
        } else {
            None
        }
    }

    /// The entries, if it is a map.
    pub fn as_map(&self) -> Option<&Map> {
        if let Self::Map(map) = self {
            Some(map)
        } else {
            None
        }
    }

    /// The name of the kind, as messages use it: `Integer`.
    pub fn kind_name(&self) -> &'static str {
        match self {
            Self::Null => "Null",
            Self::Boolean(_) => "Boolean",
            Self::Integer(_) => "Integer",
            Self::Float(_) => "Float",
            Self::String(_) => "String",
            Self::List(_) => "List",
            Self::Map(_) => "Map",
            Self::Node(_) => "Node",
            Self::Relationship(_) => "Relationship",
            Self::Path(_) => "Path",
            Self::Date(_) => "Date",
            Self::LocalTime(_) => "LocalTime",
            Self::Time(_) => "Time",
            Self::LocalDateTime(_) => "LocalDateTime",
            Self::DateTime(_) => "DateTime",
            Self::Duration(_) => "Duration",
        }
    }

    /// Whether a property may hold it: no null, no map, no element, and lists only of plain
    /// values.
    pub fn is_storable(&self) -> bool {
        match self {
            Self::Null | Self::Map(_) | Self::Node(_) | Self::Relationship(_) | Self::Path(_) => {
                false
            }
            Self::List(items) => items
                .iter()
                .all(|item| !matches!(item, Self::List(_)) && item.is_storable()),
            Self::Boolean(_)
            | Self::Integer(_)
            | Self::Float(_)
            | Self::String(_)
            | Self::Date(_)
            | Self::LocalTime(_)
            | Self::Time(_)
            | Self::LocalDateTime(_)
            | Self::DateTime(_)
            | Self::Duration(_) => true,
        }
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Boolean(truth)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(Arc::from(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(Arc::from(text))
    }
}

impl From<Vec<Self>> for Value {
    fn from(items: Vec<Self>) -> Self {
        Self::List(items.into())
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(Arc::new(map))
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The value as the query language writes it: strings in quotes, floats with a point.
impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Boolean(truth) => write!(out, "{truth}"),
            Self::Integer(number) => write!(out, "{number}"),
            Self::Float(number) => out.write_str(&float_text(*number)),
            Self::String(text) => write_quoted(out, text),
            Self::List(items) => {
                out.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.write_str(", ")?;
                    }
                    write!(out, "{item}")?;
                }
                out.write_str("]")
            }
            Self::Map(map) => write_map(out, map),
            Self::Node(node) => write_node(out, node),
            Self::Relationship(relationship) => write_relationship(out, relationship),
            Self::Path(path) => write_path(out, path),
            Self::Date(date) => write!(out, "{date}"),
            Self::LocalTime(time) => write!(out, "{time}"),
            Self::Time(time) => write!(out, "{time}"),
            Self::LocalDateTime(time) => write!(out, "{time}"),
            Self::DateTime(time) => write!(out, "{time}"),
            Self::Duration(duration) => write!(out, "{duration}"),
        }
    }
}

/// A float as the query language writes it: always with a point or an exponent.
pub fn float_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        let text = if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        };
        return text.to_owned();
    }
    let size = number.abs();
    if size != 0.0 && !(1e-3..1e7).contains(&size) {
        let text = format!("{number:E}");
        return if text.contains('.') {
            text
        } else {
            text.replacen('E', ".0E", 1)
        };
    }
    format!("{number:?}")
}

fn write_quoted(out: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    out.write_str("'")?;
    for character in text.chars() {
        match character {
            '\'' => out.write_str("\\'")?,
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\t' => out.write_str("\\t")?,
            '\r' => out.write_str("\\r")?,
            other => write!(out, "{other}")?,
        }
    }
    out.write_str("'")
}

/// Writes a name as the query language does: in backticks unless it is a plain word.
fn write_name(out: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    let plain = name
        .chars()
        .enumerate()
        .all(|(at, c)| c == '_' || c.is_alphabetic() || (at > 0 && c.is_alphanumeric()));
    if plain && !name.is_empty() {
        out.write_str(name)
    } else {
        write!(out, "`{}`", name.replace('`', "``"))
    }
}

fn write_map(out: &mut fmt::Formatter<'_>, map: &Map) -> fmt::Result {
    out.write_str("{")?;
    for (index, (key, value)) in map.iter().enumerate() {
        if index > 0 {
            out.write_str(", ")?;
        }
        write_name(out, key)?;
        write!(out, ": {value}")?;
    }
    out.write_str("}")
}

fn write_node(out: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    out.write_str("(")?;
    for label in node.labels() {
        out.write_str(":")?;
        write_name(out, label)?;
    }
    if !node.properties().is_empty() {
        if !node.labels().is_empty() {
            out.write_str(" ")?;
        }
        write_map(out, node.properties())?;
    }
    out.write_str(")")
}

fn write_relationship(out: &mut fmt::Formatter<'_>, relationship: &Relationship) -> fmt::Result {
    out.write_str("[:")?;
    write_name(out, relationship.rel_type())?;
    if !relationship.properties().is_empty() {
        out.write_str(" ")?;
        write_map(out, relationship.properties())?;
    }
    out.write_str("]")
}

fn write_path(out: &mut fmt::Formatter<'_>, path: &Path) -> fmt::Result {
    out.write_str("<")?;
    write_node(out, path.start())?;
    let mut from = path.start().id();
    for (relationship, node) in path.steps() {
        let backwards = relationship.ends().is_some_and(|(start, _)| start != from);
        out.write_str(if backwards { "<-" } else { "-" })?;
        write_relationship(out, relationship)?;
        out.write_str(if backwards { "-" } else { "->" })?;
        write_node(out, node)?;
        from = node.id();
    }
    out.write_str(">")
}

#[cfg(test)]
mod tests {
    use super::{Value, float_text};

    #[test]
    fn values_are_written_as_the_language_writes_them() {
        let cases = [
            (Value::Null, "null"),
            (Value::from("it's"), "'it\\'s'"),
            (Value::list([1.into(), 2.5.into()]), "[1, 2.5]"),
            (Value::map([("a b", Value::from(true))]), "{`a b`: true}"),
        ];
        for (value, text) in cases {
            assert_eq!(value.to_string(), text);
        }
    }

    #[test]
    fn a_value_is_small() {
        // Rows are made of them.
        assert_eq!(size_of::<Value>(), 24);
    }

    #[test]
    fn floats_keep_a_point_or_an_exponent() {
        let cases = [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (1e7, "1.0E7"),
            (1.5e300, "1.5E300"),
            (1e-5, "1.0E-5"),
            (f64::NAN, "NaN"),
        ];
        for (number, text) in cases {
            assert_eq!(float_text(number), text);
        }
    }
}
