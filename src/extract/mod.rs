//! Sentence trees in, statements out, by the rule table.
//!
//! The main function is `extract`, its product [`Statement`]s whose arguments are words of the
//! document. This layer knows nothing of what the graph holds, nor which words mean one thing.

mod statement;

pub use self::statement::{Argument, ArgumentForm, ClauseId, Relation, Role, Statement};
