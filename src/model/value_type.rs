//! Types of values, as the query language writes them: `INTEGER NOT NULL`, `LIST<STRING | FLOAT>`.
//!
//! Source: the value types of ISO/IEC 39075 as Cypher has them.

use std::fmt;

use super::Value;

/// A type: which values it admits besides null, and whether it admits null.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ValueType {
    /// Which values it admits besides null.
    pub kind: TypeKind,
    /// Whether it admits null.
    pub nullable: bool,
}

/// The values that a type admits besides null, in the order in which types are written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeKind {
    /// `NOTHING`
    Nothing,
    /// `NULL`
    Null,
    /// `BOOLEAN`
    Boolean,
    /// `STRING`
    String,
    /// `INTEGER`
    Integer,
    /// `FLOAT`
    Float,
    /// `DATE`
    Date,
    /// `LOCAL TIME`
    LocalTime,
    /// `ZONED TIME`
    ZonedTime,
    /// `LOCAL DATETIME`
    LocalDateTime,
    /// `ZONED DATETIME`
    ZonedDateTime,
    /// `DURATION`
    Duration,
    /// `NODE`
    Node,
    /// `RELATIONSHIP`
    Relationship,
    /// `MAP`
    Map,
    /// `LIST<T>`
    List(Box<ValueType>),
    /// `PATH`
    Path,
    /// `PROPERTY VALUE`: what a property can hold.
    Property,
    /// `ANY`
    Any,
    /// `T | U`, at least two.
    Either(Vec<ValueType>),
}

impl ValueType {
    /// The type of `kind` and null.
    pub fn nullable(kind: TypeKind) -> Self {
        Self {
            kind,
            nullable: true,
        }
    }

    /// The narrowest type that admits `value`.
    pub fn of(value: &Value) -> Self {
        let kind = match value {
            Value::Null => return Self::nullable(TypeKind::Null),
            Value::Boolean(_) => TypeKind::Boolean,
            Value::Integer(_) => TypeKind::Integer,
            Value::Float(_) => TypeKind::Float,
            Value::String(_) => TypeKind::String,
            Value::List(items) => TypeKind::List(Box::new(Self::of_all(items))),
            Value::Map(_) => TypeKind::Map,
            Value::Node(_) => TypeKind::Node,
            Value::Relationship(_) => TypeKind::Relationship,
            Value::Path(_) => TypeKind::Path,
            Value::Date(_) => TypeKind::Date,
            Value::LocalTime(_) => TypeKind::LocalTime,
            Value::Time(_) => TypeKind::ZonedTime,
            Value::LocalDateTime(_) => TypeKind::LocalDateTime,
            Value::DateTime(_) => TypeKind::ZonedDateTime,
            Value::Duration(_) => TypeKind::Duration,
        };
        Self {
            kind,
            nullable: false,
        }
    }

    /// The narrowest type that admits all of `values`.
    fn of_all(values: &[Value]) -> Self {
        let nullable = values.iter().any(Value::is_null);
        let mut types: Vec<Self> = values
            .iter()
            .filter(|value| !value.is_null())
            .map(|value| Self {
                nullable,
                ..Self::of(value)
            })
            .collect();
        types.sort();
        types.dedup();
        if types.len() > 1 {
            return Self {
                kind: TypeKind::Either(types),
                nullable,
            };
        }
        types.pop().unwrap_or(if nullable {
            Self::nullable(TypeKind::Null)
        } else {
            Self {
                kind: TypeKind::Nothing,
                nullable: false,
            }
        })
    }

    /// Whether `value` is of this type.
    pub fn admits(&self, value: &Value) -> bool {
        if value.is_null() {
            return self.nullable && self.kind != TypeKind::Nothing;
        }
        match &self.kind {
            TypeKind::Nothing | TypeKind::Null => false,
            TypeKind::Any => true,
            TypeKind::Property => value.is_storable(),
            TypeKind::Either(types) => types.iter().any(|one| one.admits(value)),
            TypeKind::List(item) => {
                matches!(value, Value::List(items) if items.iter().all(|one| item.admits(one)))
            }
            TypeKind::Boolean
            | TypeKind::String
            | TypeKind::Integer
            | TypeKind::Float
            | TypeKind::Date
            | TypeKind::LocalTime
            | TypeKind::ZonedTime
            | TypeKind::LocalDateTime
            | TypeKind::ZonedDateTime
            | TypeKind::Duration
            | TypeKind::Node
            | TypeKind::Relationship
            | TypeKind::Map
            | TypeKind::Path => Self::of(value).kind == self.kind,
        }
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.kind {
            // Null is said of each part.
            TypeKind::Either(types) => {
                for (index, one) in types.iter().enumerate() {
                    if index > 0 {
                        formatter.write_str(" | ")?;
                    }
                    one.fmt(formatter)?;
                }
                return Ok(());
            }
            TypeKind::List(item) => {
                write!(formatter, "LIST<{item}>")?;
                ""
            }
            TypeKind::Nothing => return formatter.write_str("NOTHING"),
            TypeKind::Null => return formatter.write_str("NULL"),
            TypeKind::Boolean => "BOOLEAN",
            TypeKind::String => "STRING",
            TypeKind::Integer => "INTEGER",
            TypeKind::Float => "FLOAT",
            TypeKind::Date => "DATE",
            TypeKind::LocalTime => "LOCAL TIME",
            TypeKind::ZonedTime => "ZONED TIME",
            TypeKind::LocalDateTime => "LOCAL DATETIME",
            TypeKind::ZonedDateTime => "ZONED DATETIME",
            TypeKind::Duration => "DURATION",
            TypeKind::Node => "NODE",
            TypeKind::Relationship => "RELATIONSHIP",
            TypeKind::Map => "MAP",
            TypeKind::Path => "PATH",
            TypeKind::Property => "PROPERTY VALUE",
            TypeKind::Any => "ANY",
        };
        formatter.write_str(name)?;
        if !self.nullable {
            formatter.write_str(" NOT NULL")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{TypeKind, Value, ValueType};

    #[test]
    fn a_value_has_the_narrowest_type() {
        let list = |items: &[Value]| Value::list(items.iter().cloned());
        let cases = [
            (Value::Null, "NULL"),
            (Value::from(1), "INTEGER NOT NULL"),
            (list(&[]), "LIST<NOTHING> NOT NULL"),
            (list(&[Value::Null]), "LIST<NULL> NOT NULL"),
            (
                list(&[Value::from(1), Value::from("a"), Value::from(2)]),
                "LIST<STRING NOT NULL | INTEGER NOT NULL> NOT NULL",
            ),
            (
                list(&[Value::from(1), Value::Null, Value::Float(0.5)]),
                "LIST<INTEGER | FLOAT> NOT NULL",
            ),
            (
                list(&[list(&[Value::from(true)])]),
                "LIST<LIST<BOOLEAN NOT NULL> NOT NULL> NOT NULL",
            ),
        ];
        for (value, wanted) in cases {
            let found = ValueType::of(&value);
            assert_eq!(found.to_string(), wanted, "{value}");
            assert!(found.admits(&value), "{value}");
            assert!(ValueType::nullable(TypeKind::Any).admits(&value));
        }
    }
}
