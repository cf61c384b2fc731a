//! Types of values.

use crate::model::{TypeKind, ValueType};

use super::super::error::ParseError;
use super::{Pair, Rule, place, required, unexpected};

/// The type of `value_type` or `guarded_type`.
pub(super) fn value_type(pair: Pair<'_>) -> Result<ValueType, ParseError> {
    let mut types = pair
        .into_inner()
        .filter(|inner| inner.as_rule() == Rule::type_part)
        .map(type_part)
        .collect::<Result<Vec<_>, _>>()?;
    if types.len() == 1
        && let Some(only) = types.pop()
    {
        return Ok(only);
    }
    let nullable = types.iter().any(|one| one.nullable);
    Ok(ValueType {
        kind: TypeKind::Either(types),
        nullable,
    })
}

fn type_part(pair: Pair<'_>) -> Result<ValueType, ParseError> {
    let span = place(&pair);
    let mut found: Option<ValueType> = None;
    for inner in pair.into_inner() {
        match (inner.as_rule(), &mut found) {
            (Rule::not_null, Some(before)) => before.nullable = false,
            (Rule::list_behind, Some(_)) => {
                let kind = found
                    .take()
                    .map_or(TypeKind::Any, |item| TypeKind::List(Box::new(item)));
                found = Some(ValueType::nullable(kind));
            }
            (Rule::type_either, _) => {
                found = Some(value_type(required(&inner, Rule::value_type)?)?);
            }
            (Rule::type_list, _) => {
                let item = value_type(required(&inner, Rule::value_type)?)?;
                found = Some(ValueType::nullable(TypeKind::List(Box::new(item))));
            }
            (rule, _) => {
                let kind = plain(rule).ok_or_else(|| unexpected("this is not a type", span))?;
                found = Some(ValueType {
                    nullable: kind != TypeKind::Nothing,
                    kind,
                });
            }
        }
    }
    found.ok_or_else(|| unexpected("this is not a type", span))
}

fn plain(rule: Rule) -> Option<TypeKind> {
    Some(match rule {
        Rule::type_boolean => TypeKind::Boolean,
        Rule::type_string => TypeKind::String,
        Rule::type_integer => TypeKind::Integer,
        Rule::type_float => TypeKind::Float,
        Rule::type_date => TypeKind::Date,
        Rule::type_local_time => TypeKind::LocalTime,
        Rule::type_zoned_time => TypeKind::ZonedTime,
        Rule::type_local_datetime => TypeKind::LocalDateTime,
        Rule::type_zoned_datetime => TypeKind::ZonedDateTime,
        Rule::type_duration => TypeKind::Duration,
        Rule::type_node => TypeKind::Node,
        Rule::type_relationship => TypeKind::Relationship,
        Rule::type_map => TypeKind::Map,
        Rule::type_path => TypeKind::Path,
        Rule::type_property => TypeKind::Property,
        Rule::type_any => TypeKind::Any,
        Rule::type_null => TypeKind::Null,
        Rule::type_nothing => TypeKind::Nothing,
        _ => return None,
    })
}
