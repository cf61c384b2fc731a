//! Functions of texts. Places and lengths count characters.

use unicode_normalization::UnicodeNormalization as _;

use crate::model::Value;
use crate::query::error::RunError;
use crate::query::eval::{check_list_size, check_text_size};
use crate::query::signature::Function;

use super::{argument, unusable_argument, wrong_argument};

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the caller hands over the functions of this family alone"
)]
pub(super) fn call(function: Function, arguments: &[Value]) -> Result<Value, RunError> {
    let needed = arguments.iter().any(Value::is_null);
    if needed {
        return Ok(Value::Null);
    }
    let text = text_at(function, arguments, 0)?;
    Ok(match function {
        Function::LTrim | Function::RTrim | Function::BTrim | Function::Trim => {
            let characters = match arguments.len() {
                0 | 1 => None,
                _ => Some(text_at(function, arguments, 1)?),
            };
            Value::from(trimmed(function, text, characters))
        }
        Function::ToLower | Function::Lower => Value::from(text.to_lowercase()),
        Function::ToUpper | Function::Upper => Value::from(text.to_uppercase()),
        Function::CharLength | Function::CharacterLength => {
            Value::Integer(i64::try_from(text.chars().count()).unwrap_or(i64::MAX))
        }
        Function::Normalize => {
            let form = match arguments.len() {
                0 | 1 => "NFC",
                _ => text_at(function, arguments, 1)?,
            };
            // Compatibility forms make up to 18 characters of one.
            check_text_size(text.len().saturating_mul(18))?;
            Value::from(match form.to_ascii_uppercase().as_str() {
                "NFC" => text.nfc().collect::<String>(),
                "NFD" => text.nfd().collect(),
                "NFKC" => text.nfkc().collect(),
                "NFKD" => text.nfkd().collect(),
                _ => return Err(unusable_argument(function, argument(arguments, 1))),
            })
        }
        Function::Left => {
            let length = length_at(function, arguments, 1)?;
            Value::from(text.chars().take(length).collect::<String>())
        }
        Function::Right => {
            let length = length_at(function, arguments, 1)?;
            let skipped = text.chars().count().saturating_sub(length);
            Value::from(text.chars().skip(skipped).collect::<String>())
        }
        Function::Substring => {
            let start = length_at(function, arguments, 1)?;
            let rest = text.chars().skip(start);
            Value::from(if arguments.len() > 2 {
                rest.take(length_at(function, arguments, 2)?)
                    .collect::<String>()
            } else {
                rest.collect()
            })
        }
        Function::Replace => {
            let from = text_at(function, arguments, 1)?;
            let to = text_at(function, arguments, 2)?;
            if from.is_empty() {
                Value::from(text)
            } else {
                let found = text.matches(from).count();
                check_text_size(found.saturating_mul(to.len()).saturating_add(text.len()))?;
                Value::from(text.replace(from, to))
            }
        }
        Function::Split => {
            let separator = text_at(function, arguments, 1)?;
            if separator.is_empty() {
                check_list_size(text.len())?;
                Value::list(text.chars().map(|c| Value::from(c.to_string())))
            } else {
                check_list_size(text.len() / separator.len())?;
                Value::list(text.split(separator).map(Value::from))
            }
        }
        _ => return Err(RunError::Unsound("a function of no text")),
    })
}

/// The text without blanks, or without `characters`, at the ends that the function looks at.
fn trimmed<'t>(function: Function, text: &'t str, characters: Option<&str>) -> &'t str {
    let goes = |character: char| match characters {
        None => character.is_whitespace(),
        Some(characters) => characters.contains(character),
    };
    let text = if function == Function::RTrim {
        text
    } else {
        text.trim_start_matches(goes)
    };
    if function == Function::LTrim {
        text
    } else {
        text.trim_end_matches(goes)
    }
}

fn text_at(function: Function, arguments: &[Value], at: usize) -> Result<&str, RunError> {
    let given = argument(arguments, at);
    given
        .as_str()
        .ok_or_else(|| wrong_argument(function, "a string", given))
}

fn length_at(function: Function, arguments: &[Value], at: usize) -> Result<usize, RunError> {
    let given = argument(arguments, at);
    let number = given
        .as_integer()
        .ok_or_else(|| wrong_argument(function, "an integer", given))?;
    usize::try_from(number).map_err(|_| RunError::NumberOutOfRange {
        what: format!("a length in {}()", function.name()),
        given: number.to_string(),
    })
}
