//! Values for the parameters of statements, as given on the command line.

use std::sync::Arc;

use whom::model::{Map, Value, Wired};

/// The value that `text` stands for: JSON if it is JSON, else the text itself.
pub(crate) fn value(text: &str) -> Value {
    match serde_json::from_str::<Wired>(text) {
        Ok(Wired(value)) => value,
        Err(_) => Value::from(text),
    }
}

/// The values of `name=value` pairs by name; a later one replaces an earlier one.
pub(crate) fn parameters(pairs: &[(String, String)]) -> Map {
    pairs
        .iter()
        .map(|(name, text)| (Arc::from(name.as_str()), value(text)))
        .collect()
}

#[cfg(test)]
mod tests {
    use whom::model::Value;

    use super::value;

    #[test]
    fn a_value_is_json_or_plain_text() {
        let cases = [
            ("12", Value::from(12)),
            ("1.5", Value::from(1.5)),
            ("true", Value::from(true)),
            ("\"12\"", Value::from("12")),
            ("Homs", Value::from("Homs")),
            ("[1, 2]", Value::list([1.into(), 2.into()])),
            ("", Value::from("")),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text), expected, "{text}");
        }
    }
}
