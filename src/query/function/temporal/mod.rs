//! Functions of time.

use crate::model::{Duration, Value};
use crate::query::error::RunError;
use crate::query::exec::Context;
use crate::query::signature::Function;

pub(crate) fn component(_of: &Value, _name: &str) -> Value {
    Value::Null
}

pub(crate) fn moved(_time: &Value, _length: Duration) -> Result<Value, RunError> {
    Err(RunError::IntegerOverflow)
}

pub(super) fn call(
    _function: Function,
    _arguments: &[Value],
    _context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    Err(RunError::Unsound("not yet"))
}
