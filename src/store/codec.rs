//! Labels and properties as JSON text, the form in which the tables keep them.

use std::sync::Arc;

use crate::model::{Map, WireMap, WiredMap};

/// `properties` as a JSON object; see [`crate::model::Wire`] for values that JSON does not know.
pub(super) fn properties_text(properties: &Map) -> serde_json::Result<String> {
    serde_json::to_string(&WireMap(properties))
}

/// The properties written as `text`.
pub(super) fn properties(text: &str) -> serde_json::Result<Map> {
    serde_json::from_str::<WiredMap>(text).map(|WiredMap(map)| map)
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
