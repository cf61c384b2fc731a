//! Functions of texts. Places and lengths count characters.

use crate::model::Value;
use crate::query::error::RunError;
use crate::query::eval::{check_list_size, check_text_size};
use crate::query::signature::Function;

use super::{argument, wrong_argument};

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
        Function::LTrim => Value::from(text.trim_start()),
        Function::RTrim => Value::from(text.trim_end()),
        Function::Trim => Value::from(text.trim()),
        Function::ToLower => Value::from(text.to_lowercase()),
        Function::ToUpper => Value::from(text.to_uppercase()),
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
