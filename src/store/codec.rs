//! Labels and properties as JSON text, the form in which the tables keep them.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use crate::model::{Map, Value, WireMap, Wired, WiredMap};

/// `properties` as a JSON object; see [`crate::model::Wire`] for values that JSON does not know.
pub(super) fn properties_text(properties: &Map) -> serde_json::Result<String> {
    serde_json::to_string(&WireMap(properties))
}

/// The properties written as `text`.
pub(super) fn properties(text: &str) -> serde_json::Result<Map> {
    serde_json::from_str::<WiredMap>(text).map(|WiredMap(map)| map)
}

/// The properties written as `text`, each key as `key_of` has it; a key of which it knows nothing
/// is an error.
pub(super) fn keyed_properties<K>(
    text: &str,
    key_of: impl FnMut(&str) -> Option<K>,
) -> serde_json::Result<Vec<(K, Value)>> {
    let mut input = serde_json::Deserializer::from_str(text);
    let entries = input.deserialize_map(Entries(key_of))?;
    input.end()?;
    Ok(entries)
}

/// `labels` as a JSON list.
pub(super) fn labels_text(labels: &[Arc<str>]) -> serde_json::Result<String> {
    let names: Vec<&str> = labels.iter().map(|label| &**label).collect();
    serde_json::to_string(&names)
}

/// The labels written as `text`.
pub(super) fn labels(text: &str) -> serde_json::Result<Vec<String>> {
    serde_json::from_str(text)
}

/// Reads an object whose keys a function turns into something else.
struct Entries<F>(F);

impl<'de, K, F: FnMut(&str) -> Option<K>> Visitor<'de> for Entries<F> {
    type Value = Vec<(K, Value)>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = access.next_key_seed(KeyText(&mut self.0))? {
            let Wired(value) = access.next_value()?;
            entries.push((key, value));
        }
        Ok(entries)
    }
}

/// Reads a key without a copy of its text.
struct KeyText<'f, F>(&'f mut F);

impl<'de, K, F: FnMut(&str) -> Option<K>> DeserializeSeed<'de> for KeyText<'_, F> {
    type Value = K;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<K, D::Error> {
        input.deserialize_str(self)
    }
}

impl<K, F: FnMut(&str) -> Option<K>> Visitor<'_> for KeyText<'_, F> {
    type Value = K;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<K, E> {
        (self.0)(text).ok_or_else(|| E::custom(format_args!("the key `{text}` is not listed")))
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Value;

    use super::keyed_properties;

    #[test]
    fn keys_are_turned_into_what_stands_for_them() {
        let read = |text| keyed_properties(text, |key| (key != "x").then_some(key.len()));
        let found = read(r#"{"one": 1, "t\"": {"$float": "NaN"}, "": [null]}"#).unwrap();
        let numbers: Vec<usize> = found.iter().map(|(key, _)| *key).collect();
        assert_eq!(numbers, [3, 2, 0]);
        assert_eq!(found[0].1, Value::from(1));
        let error = read(r#"{"a": 1, "x": 2}"#).unwrap_err().to_string();
        assert!(error.starts_with("the key `x` is not listed"), "{error}");
        assert!(read("{} 1").is_err());
        assert!(read("[1]").is_err());
    }
}
