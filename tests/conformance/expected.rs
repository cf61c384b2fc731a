//! Values as the scenarios write them, and how they are compared with those of the engine.
//!
//! Both become one canonical text: elements without their ids, maps in the order of their keys.

use std::collections::BTreeMap;
use std::sync::Arc;

use whom::model::{Node, Relationship, Value};

/// A value as a scenario writes it.
#[derive(Debug, Clone)]
enum Written {
    Plain(Value),
    List(Vec<Written>),
    Map(BTreeMap<String, Written>),
    Node(Vec<String>, BTreeMap<String, Written>),
    Relationship(String, BTreeMap<String, Written>),
    /// Nodes and, between them, whether the relationship points onwards, and the relationship.
    Path(Vec<Written>, Vec<(bool, Written)>),
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

/// The canonical text of a value that a scenario writes.
pub(crate) fn of_written(text: &str, unordered: bool) -> String {
    canonical(&read(text), unordered)
}

/// The value of a parameter or of a procedure's table.
pub(crate) fn value(text: &str) -> Value {
    plain(&read(text))
}

fn read(text: &str) -> Written {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value();
    reader.blanks();
    assert_eq!(reader.at, text.len(), "trailing text in {text}");
    value
}

fn plain(written: &Written) -> Value {
    match written {
        Written::Plain(value) => value.clone(),
        Written::List(items) => Value::list(items.iter().map(plain)),
        Written::Map(entries) => Value::map(
            entries
                .iter()
                .map(|(key, value)| (key.as_str(), plain(value))),
        ),
        Written::Node(..) | Written::Relationship(..) | Written::Path(..) => {
            panic!("an element cannot be a parameter")
        }
    }
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, sign: &str) -> bool {
        self.blanks();
        let there = self.rest().starts_with(sign);
        if there {
            self.at += sign.len();
        }
        there
    }

    fn need(&mut self, sign: &str) {
        assert!(
            self.take(sign),
            "expected {sign} at {} in {}",
            self.at,
            self.text
        );
    }

    fn word(&mut self) -> String {
        self.blanks();
        if self.take("`") {
            let word = self.rest().split_once('`').unwrap().0.to_owned();
            self.at += word.len() + 1;
            return word;
        }
        let ends = |c: char| !(c.is_alphanumeric() || "_-+.$".contains(c));
        let word = self
            .rest()
            .split(ends)
            .next()
            .unwrap_or_default()
            .to_owned();
        self.at += word.len();
        word
    }

    fn value(&mut self) -> Written {
        self.blanks();
        match self.rest().chars().next() {
            Some('\'') => self.string(),
            Some('[') => {
                let inner = self.rest().strip_prefix('[').unwrap_or_default();
                if inner.trim_start().starts_with(':') {
                    self.relationship()
                } else {
                    self.list()
                }
            }
            Some('{') => Written::Map(self.map()),
            Some('(') => self.node(),
            Some('<') => self.path(),
            _ => self.bare(),
        }
    }

    fn bare(&mut self) -> Written {
        let word = self.word();
        Written::Plain(match word.as_str() {
            "null" => Value::Null,
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            "NaN" => Value::Float(f64::NAN),
            "Inf" | "Infinity" => Value::Float(f64::INFINITY),
            "-Inf" | "-Infinity" => Value::Float(f64::NEG_INFINITY),
            number => match number.parse() {
                Ok(integer) => Value::Integer(integer),
                Err(_) => Value::Float(
                    number
                        .parse()
                        .unwrap_or_else(|_| panic!("{number} in {}", self.text)),
                ),
            },
        })
    }

    fn string(&mut self) -> Written {
        self.need("'");
        let mut text = String::new();
        let mut characters = self.rest().char_indices();
        loop {
            match characters.next() {
                Some((_, '\\')) => match characters.next() {
                    Some((_, escaped @ ('\'' | '\\'))) => text.push(escaped),
                    Some((_, other)) => text.extend(['\\', other]),
                    None => panic!("an open string in {}", self.text),
                },
                Some((length, '\'')) => {
                    self.at += length + 1;
                    return Written::Plain(Value::String(Arc::from(text)));
                }
                Some((_, character)) => text.push(character),
                None => panic!("an open string in {}", self.text),
            }
        }
    }

    fn list(&mut self) -> Written {
        self.need("[");
        let mut items = Vec::new();
        while !self.take("]") {
            items.push(self.value());
            self.take(",");
        }
        Written::List(items)
    }

    fn map(&mut self) -> BTreeMap<String, Written> {
        self.need("{");
        let mut entries = BTreeMap::new();
        while !self.take("}") {
            let key = self.word();
            self.need(":");
            entries.insert(key, self.value());
            self.take(",");
        }
        entries
    }

    fn properties(&mut self) -> BTreeMap<String, Written> {
        self.blanks();
        if self.rest().starts_with('{') {
            self.map()
        } else {
            BTreeMap::new()
        }
    }

    fn node(&mut self) -> Written {
        self.need("(");
        let mut labels = Vec::new();
        while self.take(":") {
            labels.push(self.word());
        }
        let properties = self.properties();
        self.need(")");
        Written::Node(labels, properties)
    }

    fn relationship(&mut self) -> Written {
        self.need("[");
        self.need(":");
        let rel_type = self.word();
        let properties = self.properties();
        self.need("]");
        Written::Relationship(rel_type, properties)
    }

    fn path(&mut self) -> Written {
        self.need("<");
        let mut nodes = vec![self.node()];
        let mut steps = Vec::new();
        while !self.take(">") {
            let backwards = self.take("<-");
            if !backwards {
                self.need("-");
            }
            let relationship = self.relationship();
            self.need(if backwards { "-" } else { "->" });
            steps.push((!backwards, relationship));
            nodes.push(self.node());
        }
        Written::Path(nodes, steps)
    }
}

fn list_text(mut items: Vec<String>, unordered: bool) -> String {
    if unordered {
        items.sort();
    }
    format!("[{}]", items.join(", "))
}

fn map_text<'e>(entries: impl Iterator<Item = (&'e str, String)>) -> String {
    let entries: BTreeMap<&str, String> = entries.collect();
    let entries: Vec<String> = entries
        .into_iter()
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    format!("{{{}}}", entries.join(", "))
}

fn node_text(mut labels: Vec<&str>, properties: &str) -> String {
    labels.sort_unstable();
    format!("({labels:?} {properties})")
}

fn plain_text(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        // Minus zero equals zero, and one not-a-number the other.
        Value::Float(number) => format!("{:?}f", number + 0.0),
        Value::String(text) => format!("{text:?}"),
        // Times are written as strings.
        Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_)
        | Value::List(_)
        | Value::Map(_)
        | Value::Node(_)
        | Value::Relationship(_)
        | Value::Path(_) => format!("{:?}", value.to_string()),
    }
}

fn canonical(written: &Written, unordered: bool) -> String {
    let map = |entries: &BTreeMap<String, Written>| {
        map_text(
            entries
                .iter()
                .map(|(key, value)| (key.as_str(), canonical(value, unordered))),
        )
    };
    match written {
        Written::Plain(value) => plain_text(value),
        Written::List(items) => list_text(
            items
                .iter()
                .map(|item| canonical(item, unordered))
                .collect(),
            unordered,
        ),
        Written::Map(entries) => map(entries),
        Written::Node(labels, properties) => node_text(
            labels.iter().map(String::as_str).collect(),
            &map(properties),
        ),
        Written::Relationship(rel_type, properties) => format!("[:{rel_type} {}]", map(properties)),
        Written::Path(nodes, steps) => {
            let mut text = canonical(&nodes[0], unordered);
            for ((onwards, relationship), node) in steps.iter().zip(&nodes[1..]) {
                text.push_str(if *onwards { "->" } else { "<-" });
                text.push_str(&canonical(relationship, unordered));
                text.push_str(&canonical(node, unordered));
            }
            format!("<{text}>")
        }
    }
}

fn properties_of(properties: &whom::model::Map, unordered: bool) -> String {
    map_text(
        properties
            .iter()
            .map(|(key, value)| (&**key, of_value(value, unordered))),
    )
}

fn of_node(node: &Node, unordered: bool) -> String {
    node_text(
        node.labels().iter().map(|label| &**label).collect(),
        &properties_of(node.properties(), unordered),
    )
}

fn of_relationship(relationship: &Relationship, unordered: bool) -> String {
    let properties = properties_of(relationship.properties(), unordered);
    format!("[:{} {properties}]", relationship.rel_type())
}

/// The canonical text of a value of the engine.
pub(crate) fn of_value(value: &Value, unordered: bool) -> String {
    match value {
        Value::List(items) => list_text(
            items.iter().map(|item| of_value(item, unordered)).collect(),
            unordered,
        ),
        Value::Map(map) => properties_of(map, unordered),
        Value::Node(node) => of_node(node, unordered),
        Value::Relationship(relationship) => of_relationship(relationship, unordered),
        Value::Path(path) => {
            let mut text = of_node(path.start(), unordered);
            let mut left = path.start().id();
            for (relationship, node) in path.steps() {
                let onwards = relationship.ends().is_some_and(|(start, _)| start == left);
                text.push_str(if onwards { "->" } else { "<-" });
                text.push_str(&of_relationship(relationship, unordered));
                text.push_str(&of_node(node, unordered));
                left = node.id();
            }
            format!("<{text}>")
        }
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
        | Value::Duration(_) => plain_text(value),
    }
}
