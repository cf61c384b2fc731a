//! Room on the stack for long queries.
//!
//! Operators draw their rows from one another by calls, so a query of thousands of clauses needs
//! thousands of frames. Such a query runs on a thread of its own, whose stack fits it; short ones,
//! which are nearly all, run where they are.

use super::ast::Query;
use super::error::{ParseError, QueryError, RunError};

/// How many clauses run on the stack that is there.
const FEW_CLAUSES: usize = 40;

/// How many clauses a query may have.
pub(super) const MOST_CLAUSES: usize = 20_000;

/// Stack for what does not grow with the clauses.
const STACK_BYTES: usize = 8 << 20;

/// Stack for one clause: it may become a handful of operators.
const STACK_BYTES_PER_CLAUSE: usize = 32 << 10;

/// What `work` gives, on a stack large enough for `query`.
///
/// # Errors
/// Those of `work`; [`ParseError::TooManyClauses`]; [`RunError::TooDeep`] when there is no memory
/// for the stack.
pub(super) fn with_stack_for<T: Send>(
    query: &Query,
    work: impl FnOnce() -> Result<T, QueryError> + Send,
) -> Result<T, QueryError> {
    let clauses: usize = query.branches().map(|branch| branch.clauses.len()).sum();
    if clauses <= FEW_CLAUSES {
        return work();
    }
    if clauses > MOST_CLAUSES {
        return Err(ParseError::TooManyClauses {
            clauses,
            most: MOST_CLAUSES,
        }
        .into());
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK_BYTES + clauses * STACK_BYTES_PER_CLAUSE)
            .spawn_scoped(scope, work)
            .map_err(|_| RunError::TooDeep)?;
        match thread.join() {
            Ok(result) => result,
            Err(_) => Err(RunError::TooDeep.into()),
        }
    })
}
