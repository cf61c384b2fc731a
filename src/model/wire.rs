//! Values as JSON and back, for files and for other programs.
//!
//! What JSON has is written as it is; a float always has a fraction or an exponent, so integers
//! stay integers. The rest is an object with one member whose name begins with `$`: `$float` for
//! what is no number in JSON, `$date`, `$localtime`, `$time`, `$localdatetime`, `$datetime`,
//! `$duration` with the text of the value, `$node`, `$rel`, `$path`; and a map with such a key is
//! wrapped in `$map`.

use std::fmt;
use std::sync::Arc;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use super::value::{Map, Value};
use super::{Node, NodeId, Path, Relationship, iso};

/// A value to be written.
#[derive(Debug, Clone, Copy)]
pub struct Wire<'v>(pub &'v Value);

/// A map to be written, as an object without a wrap.
#[derive(Debug, Clone, Copy)]
pub struct WireMap<'v>(pub &'v Map);

/// A node to be written.
#[derive(Debug, Clone, Copy)]
pub struct WireNode<'v>(pub &'v Node);

/// A relationship to be written.
#[derive(Debug, Clone, Copy)]
pub struct WireRelationship<'v>(pub &'v Relationship);

/// A value that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Wired(pub Value);

/// A map that was read from an object without a wrap.
#[derive(Debug, Clone, PartialEq)]
pub struct WiredMap(pub Map);

impl Serialize for Wire<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => out.serialize_unit(),
            Value::Boolean(truth) => out.serialize_bool(*truth),
            Value::Integer(number) => out.serialize_i64(*number),
            Value::Float(number) if number.is_finite() => out.serialize_f64(*number),
            Value::Float(number) => {
                let name = if number.is_nan() {
                    "NaN"
                } else if *number > 0.0 {
                    "Infinity"
                } else {
                    "-Infinity"
                };
                tagged(out, "$float", &name)
            }
            Value::String(text) => out.serialize_str(text),
            Value::List(items) => {
                let mut list = out.serialize_seq(Some(items.len()))?;
                for item in items.iter() {
                    list.serialize_element(&Wire(item))?;
                }
                list.end()
            }
            Value::Map(map) if map.keys().any(|key| key.starts_with('$')) => {
                tagged(out, "$map", &WireMap(map))
            }
            Value::Map(map) => WireMap(map).serialize(out),
            Value::Node(node) => WireNode(node).serialize(out),
            Value::Relationship(relationship) => WireRelationship(relationship).serialize(out),
            Value::Path(path) => tagged(out, "$path", &PathContent(path)),
            Value::Date(date) => tagged(out, "$date", &date.to_string()),
            Value::LocalTime(time) => tagged(out, "$localtime", &time.to_string()),
            Value::Time(time) => tagged(out, "$time", &time.to_string()),
            Value::LocalDateTime(time) => tagged(out, "$localdatetime", &time.to_string()),
            Value::DateTime(time) => tagged(out, "$datetime", &time.to_string()),
            Value::Duration(duration) => tagged(out, "$duration", &duration.to_string()),
        }
    }
}

fn tagged<S: Serializer>(out: S, tag: &str, content: &impl Serialize) -> Result<S::Ok, S::Error> {
    let mut map = out.serialize_map(Some(1))?;
    map.serialize_entry(tag, content)?;
    map.end()
}

impl Serialize for WireMap<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.0 {
            map.serialize_entry(&**key, &Wire(value))?;
        }
        map.end()
    }
}

impl Serialize for WireNode<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        tagged(out, "$node", &NodeContent(self.0))
    }
}

impl Serialize for WireRelationship<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        tagged(out, "$rel", &RelationshipContent(self.0))
    }
}

struct NodeContent<'v>(&'v Node);

impl Serialize for NodeContent<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let labels: Vec<&str> = self.0.labels().iter().map(|label| &**label).collect();
        let mut map = out.serialize_map(Some(3))?;
        map.serialize_entry("id", &self.0.id().number())?;
        map.serialize_entry("labels", &labels)?;
        map.serialize_entry("properties", &WireMap(self.0.properties()))?;
        map.end()
    }
}

struct RelationshipContent<'v>(&'v Relationship);

impl Serialize for RelationshipContent<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let (start, end) = self
            .0
            .ends()
            .map_or((None, None), |(start, end)| (Some(start), Some(end)));
        let mut map = out.serialize_map(Some(5))?;
        map.serialize_entry("id", &self.0.id().number())?;
        map.serialize_entry("type", self.0.rel_type())?;
        map.serialize_entry("start", &start.map(NodeId::number))?;
        map.serialize_entry("end", &end.map(NodeId::number))?;
        map.serialize_entry("properties", &WireMap(self.0.properties()))?;
        map.end()
    }
}

struct PathContent<'v>(&'v Path);

impl Serialize for PathContent<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let nodes: Vec<WireNode<'_>> = self.0.nodes().map(WireNode).collect();
        let relationships: Vec<WireRelationship<'_>> =
            self.0.relationships().map(WireRelationship).collect();
        let mut map = out.serialize_map(Some(2))?;
        map.serialize_entry("nodes", &nodes)?;
        map.serialize_entry("rels", &relationships)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Wired {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(ValueVisitor).map(Self)
    }
}

impl<'de> Deserialize<'de> for WiredMap {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_map(MapVisitor).map(Self)
    }
}

struct MapVisitor;

impl<'de> Visitor<'de> for MapVisitor {
    type Value = Map;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Map, A::Error> {
        let mut map = Map::new();
        while let Some((key, Wired(value))) = access.next_entry::<String, Wired>()? {
            map.insert(Arc::from(key), value);
        }
        Ok(map)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Boolean(truth))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Integer(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number)
            .map(Value::Integer)
            .map_err(|_| E::custom(format_args!("{number} is too large for an integer")))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Float(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Wired(item)) = access.next_element()? {
            items.push(item);
        }
        Ok(Value::from(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let Some(first) = access.next_key::<String>()? else {
            return Ok(Value::from(Map::new()));
        };
        if first == "$map" {
            let WiredMap(map) = access.next_value()?;
            return Ok(Value::from(map));
        }
        if first.starts_with('$') {
            let text: String = access.next_value()?;
            return tagged_value(&first, &text).ok_or_else(|| {
                de::Error::custom(format_args!("`{text}` is no value of the kind `{first}`"))
            });
        }
        let Wired(value) = access.next_value()?;
        let mut map = MapVisitor.visit_map(access)?;
        map.entry(Arc::from(first)).or_insert(value);
        Ok(Value::from(map))
    }
}

/// The value written as `{tag: text}`; elements cannot be read, only written.
fn tagged_value(tag: &str, text: &str) -> Option<Value> {
    match tag {
        "$float" => match text {
            "NaN" => Some(Value::Float(f64::NAN)),
            "Infinity" => Some(Value::Float(f64::INFINITY)),
            "-Infinity" => Some(Value::Float(f64::NEG_INFINITY)),
            _ => None,
        },
        "$date" => iso::date(text).map(Value::Date),
        "$localtime" => iso::local_time(text).map(Value::LocalTime),
        "$time" => iso::time(text).map(Value::Time),
        "$localdatetime" => iso::local_date_time(text).map(Value::LocalDateTime),
        "$datetime" => iso::date_time(text).map(|time| Value::DateTime(Arc::new(time))),
        "$duration" => iso::duration(text).map(|length| Value::Duration(Arc::new(length))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Wire, Wired};
    use crate::model::Value;

    #[test]
    fn values_are_written_and_read_back() {
        let cases = [
            (Value::Null, "null"),
            (Value::from(true), "true"),
            (Value::from(-7), "-7"),
            (Value::from(1.0), "1.0"),
            (Value::from(1e300), "1e+300"),
            (Value::from(f64::INFINITY), r#"{"$float":"Infinity"}"#),
            (Value::from("a\nb"), r#""a\nb""#),
            (Value::list([1.into(), Value::Null]), "[1,null]"),
            (Value::map([("a", Value::from(1))]), r#"{"a":1}"#),
            (Value::map([("$a", Value::from(1))]), r#"{"$map":{"$a":1}}"#),
        ];
        for (value, text) in cases {
            assert_eq!(serde_json::to_string(&Wire(&value)).unwrap(), text);
            let Wired(read) = serde_json::from_str(text).unwrap();
            assert_eq!(read, value, "{text}");
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for text in [
            r#"{"$date":"yesterday"}"#,
            r#"{"$node":{"id":1}}"#,
            "18446744073709551615",
        ] {
            assert!(serde_json::from_str::<Wired>(text).is_err(), "{text}");
        }
    }
}
