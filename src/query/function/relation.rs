//! Functions of the words of relationship types.

use crate::model::Value;
use crate::query::error::RunError;
use crate::query::exec::Context;
use crate::query::kinship::{inverses, synonyms};
use crate::query::signature::Function;

use super::wrong_argument;

/// `whom.synonyms` and `whom.inverses`.
pub(super) fn call(
    function: Function,
    given: &Value,
    context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    if given.is_null() {
        return Ok(Value::Null);
    }
    let Some(name) = given.as_str() else {
        return Err(wrong_argument(function, "a string", given));
    };
    let graph = context.graph();
    let names = if function == Function::Inverses {
        inverses(graph, name)?
    } else {
        synonyms(graph, name)?
    };
    Ok(Value::list(names.into_iter().map(Value::String)))
}
