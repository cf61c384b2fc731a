//! Statements understood before, so that one that comes again need not be parsed again.

use std::collections::HashMap;
use std::sync::Arc;

use crate::query::ast::Query;
use crate::query::{QueryError, parse_all};

/// How many statements are kept.
const MOST: usize = 256;

/// Longer statements are not kept: they seldom come twice.
const LONGEST_BYTES: usize = 16 << 10;

/// The statements understood last, by their text. What a text means depends on nothing else.
#[derive(Debug, Default)]
pub(super) struct Statements {
    by_text: HashMap<String, Arc<Query>>,
}

impl Statements {
    /// The statement that `text` is.
    ///
    /// # Errors
    /// [`QueryError`] if it is none.
    pub(super) fn understand(&mut self, text: &str) -> Result<Arc<Query>, QueryError> {
        if let Some(known) = self.by_text.get(text) {
            return Ok(Arc::clone(known));
        }
        let query = Arc::new(parse_all(text)?);
        if text.len() <= LONGEST_BYTES {
            if self.by_text.len() >= MOST {
                self.by_text.clear();
            }
            self.by_text.insert(text.to_owned(), Arc::clone(&query));
        }
        Ok(query)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{LONGEST_BYTES, MOST, Statements};

    #[test]
    fn a_statement_that_comes_again_is_known() {
        let mut statements = Statements::default();
        let first = statements.understand("RETURN 1").unwrap();
        let again = statements.understand("RETURN 1").unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        assert!(statements.understand("RETRUN 1").is_err());
        assert!(statements.understand("RETRUN 1").is_err());
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut statements = Statements::default();
        for number in 0..3 * MOST {
            statements.understand(&format!("RETURN {number}")).unwrap();
        }
        assert!(statements.by_text.len() <= MOST);
        let long = format!("RETURN '{}'", "x".repeat(LONGEST_BYTES));
        statements.understand(&long).unwrap();
        assert!(!statements.by_text.contains_key(&long));
    }
}
