//! Reads the signature of a procedure as programs write it:
//! `my.proc(name :: STRING?, in = [] :: LIST OF INTEGER?) :: (city :: STRING?)`. What stands
//! after `=` is shown to people; an argument that is left out is null.

use std::str::FromStr;

use thiserror::Error;

use super::signature::{Field, ProcedureSignature, Type};

/// A text that is no signature.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{text}` is not the signature of a procedure: `{part}` cannot stand there")]
pub struct SignatureError {
    /// The whole text.
    pub text: String,
    /// The part that is wrong.
    pub part: String,
}

impl FromStr for ProcedureSignature {
    type Err = SignatureError;

    fn from_str(text: &str) -> Result<Self, SignatureError> {
        let wrong = |part: &str| SignatureError {
            text: text.to_owned(),
            part: part.trim().to_owned(),
        };
        let (name, rest) = text.split_once('(').ok_or_else(|| wrong(text))?;
        let (inputs, rest) = rest.split_once(')').ok_or_else(|| wrong(rest))?;
        let rest = rest.trim();
        let outputs = match rest.strip_prefix("::") {
            Some(list) => list
                .trim()
                .strip_prefix('(')
                .and_then(|list| list.strip_suffix(')'))
                .ok_or_else(|| wrong(rest))?,
            None if rest.is_empty() => "",
            None => return Err(wrong(rest)),
        };
        let name = name.trim();
        if name.is_empty() {
            return Err(wrong(text));
        }
        Ok(Self {
            name: name.to_owned(),
            inputs: fields(inputs).map_err(wrong)?,
            outputs: fields(outputs).map_err(wrong)?,
            description: String::new(),
        })
    }
}

/// The fields of a list, or the part that is none.
fn fields(list: &str) -> Result<Vec<Field>, &str> {
    if list.trim().is_empty() {
        return Ok(Vec::new());
    }
    list.split(',')
        .map(|part| field(part).ok_or(part))
        .collect()
}

fn field(part: &str) -> Option<Field> {
    let (name, kind) = part.split_once("::")?;
    let (name, default) = match name.split_once('=') {
        Some((name, default)) => (name.trim(), Some(default.trim().to_owned())),
        None => (name.trim(), None),
    };
    let kind = kind.trim();
    let (kind, nullable) = match kind.strip_suffix('?') {
        Some(kind) => (kind.trim(), true),
        None => (kind, false),
    };
    (!name.is_empty()).then_some(Field {
        name: name.to_owned(),
        kind: kind_of(kind)?,
        nullable,
        default,
    })
}

fn kind_of(text: &str) -> Option<Type> {
    let text = text.trim().trim_end_matches('?').trim().to_uppercase();
    if let Some(item) = text.strip_prefix("LIST") {
        return match item.trim().strip_prefix("OF") {
            Some(item) => kind_of(item).map(|item| Type::List(Box::new(item))),
            None if item.trim().is_empty() => Some(Type::List(Box::new(Type::Any))),
            None => None,
        };
    }
    Some(match text.as_str() {
        "ANY" => Type::Any,
        "BOOLEAN" => Type::Boolean,
        "INTEGER" => Type::Integer,
        "FLOAT" => Type::Float,
        "NUMBER" => Type::Number,
        "STRING" => Type::String,
        "MAP" => Type::Map,
        "NODE" => Type::Node,
        "RELATIONSHIP" => Type::Relationship,
        "PATH" => Type::Path,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::query::signature::{ProcedureSignature, Type};

    #[test]
    fn a_signature_is_read() {
        let text = "test.my.proc(name :: STRING?, in :: LIST OF INTEGER) :: (code :: NUMBER?)";
        let read: ProcedureSignature = text.parse().unwrap();
        assert_eq!(read.name, "test.my.proc");
        assert_eq!(read.inputs[0].kind, Type::String);
        assert!(read.inputs[0].nullable);
        assert_eq!(read.inputs[1].kind, Type::List(Box::new(Type::Integer)));
        assert_eq!(read.outputs[0].name, "code");
        assert_eq!(read.to_string(), text);
        let read: ProcedureSignature = "p(options = {} :: MAP?) :: (x :: ANY)".parse().unwrap();
        assert_eq!(read.inputs[0].default.as_deref(), Some("{}"));
        assert_eq!(read.required(), 0);
        assert_eq!(read.to_string(), "p(options = {} :: MAP?) :: (x :: ANY)");
        let none: ProcedureSignature = "p() :: ()".parse().unwrap();
        assert!(none.inputs.is_empty() && none.outputs.is_empty());
        assert!(
            "p()"
                .parse::<ProcedureSignature>()
                .unwrap()
                .outputs
                .is_empty()
        );
    }

    #[test]
    fn what_is_no_signature_is_refused() {
        for text in [
            "",
            "p",
            "p(",
            "p(a)",
            "p(a :: COLOR)",
            "p() : ()",
            "p() :: a",
        ] {
            assert!(text.parse::<ProcedureSignature>().is_err(), "{text}");
        }
    }
}
