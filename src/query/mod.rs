//! The query engine: openCypher text to rows.
//!
//! Text is parsed into an [`ast::Query`], checked until every name is a numbered
//! [`checked::Slot`], laid out as a [`logical::Plan`], improved, mapped to a physical plan, and
//! run by operators that pull rows from one another. It knows nothing of SQLite or of English.

pub mod ast;
pub mod check;
pub mod checked;
pub mod error;
mod eval;
mod exec;
mod function;
pub mod logical;
mod optimize;
pub mod parse;
mod physical;
pub mod print;
mod procedure;
mod run;
pub mod signature;

pub use self::check::{Surroundings, check};
pub use self::error::{CheckError, CheckFault, ParseError, Phase, QueryError, RunError};
pub use self::exec::Limits;
pub use self::parse::parse;
pub use self::print::print;
pub use self::procedure::Procedures;
pub use self::run::{Rows, Settings, read, write};

use self::logical::{Estimates, Plan};

/// The plan of a checked query, improved.
///
/// # Errors
/// [`RunError::Unsound`] for a fault of ours.
pub fn plan(checked: &checked::Checked, estimates: &dyn Estimates) -> Result<Plan, RunError> {
    optimize::optimize(logical::build(checked, estimates))
}
