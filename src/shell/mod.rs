//! The interactive shell.

mod command;
mod complete;
mod highlight;
mod hint;
mod validate;

use std::path::Path;

use crate::cli::{Context, Exit, Failure};

/// Opens the graph at `file` and reads statements.
pub(crate) fn run(_file: Option<&Path>, _context: &Context) -> Result<Exit, Failure> {
    Ok(Exit::Failed)
}
