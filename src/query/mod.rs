//! The query engine: openCypher text to rows.
//!
//! Text is parsed into an [`ast::Query`], checked until every name is a numbered
//! [`checked::Slot`], laid out as a [`logical::Plan`], improved, mapped to a physical plan, and
//! run by operators that pull rows from one another. It knows nothing of SQLite or of English.

pub mod ast;
pub mod check;
pub mod checked;
pub mod error;
pub mod logical;
pub mod parse;
pub mod print;
pub mod signature;

pub use self::check::{Surroundings, check};
pub use self::error::{CheckError, CheckFault, ParseError, Phase, QueryError, RunError};
pub use self::parse::parse;
pub use self::print::print;
