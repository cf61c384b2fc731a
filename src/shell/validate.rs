//! Decides on Enter whether a statement is finished or goes on in the next line.

use crate::cli::statements::{Language, statements};

/// Clauses after which a statement may end.
const CLOSING: &[&str] = &[
    "RETURN", "CREATE", "MERGE", "SET", "REMOVE", "DELETE", "CALL", "FOREACH", "FINISH", "DROP",
    "SHOW",
];

/// Clauses after which more must follow.
const LEADING: &[&str] = &[
    "MATCH", "WITH", "UNWIND", "OPTIONAL", "UNION", "EXPLAIN", "PROFILE",
];

/// Whether `input` can be run as it is.
///
/// An empty line at the end always finishes it, so that nobody is caught in a statement that the
/// shell holds to be unfinished.
pub(crate) fn is_finished(input: &str) -> bool {
    if input.trim_start().starts_with(':') || input.ends_with("\n\n") {
        return true;
    }
    let Some(last) = statements(input).pop() else {
        return true;
    };
    if last.open {
        return false;
    }
    match last.language {
        Language::English => true,
        Language::Cypher => last.ended || may_end(last.span.of(input)),
    }
}

fn may_end(statement: &str) -> bool {
    let awaits = [
        '+', '-', '*', '/', '=', '<', '>', ',', ':', '|', '.', '^', '%',
    ];
    if statement.ends_with(awaits) {
        return false;
    }
    let words = words(statement);
    let is_one_of =
        |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let clause = words
        .iter()
        .rev()
        .find(|word| is_one_of(CLOSING, word) || is_one_of(LEADING, word));
    match clause {
        // `RETURN` alone has nothing to return yet.
        Some(word) => is_one_of(CLOSING, word) && words.last() != Some(word),
        // Not Cypher at all: let the parser say so.
        None => true,
    }
}

/// The words outside of strings and names in backticks.
fn words(statement: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut quote = None;
    let mut start = None;
    for (index, character) in statement.char_indices() {
        let in_word = quote.is_none() && (character.is_alphanumeric() || character == '_');
        match (start, in_word) {
            (None, true) => start = Some(index),
            (Some(begun), false) => {
                found.extend(statement.get(begun..index));
                start = None;
            }
            (None, false) | (Some(_), true) => {}
        }
        if let '\'' | '"' | '`' = character {
            match quote {
                None => quote = Some(character),
                Some(open) if open == character => quote = None,
                Some(_) => {}
            }
        }
    }
    if let Some(begun) = start {
        found.extend(statement.get(begun..));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::is_finished;

    #[test]
    fn a_statement_goes_on_until_it_can_stand() {
        let cases = [
            ("", true),
            (":help", true),
            ("MATCH (n)", false),
            ("MATCH (n)\n", false),
            ("MATCH (n)\n\n", true),
            ("MATCH (n) RETURN", false),
            ("MATCH (n) RETURN n", true),
            ("MATCH (n) RETURN n,", false),
            ("MATCH (n) WHERE n.name = 'RETURN", false),
            ("MATCH (n {name: 'RETURN x'})", false),
            ("MATCH (n;", true),
            ("RETURN 1; MATCH (n)", false),
            ("RETURN 1;", true),
            ("Who backs Syria's army?", true),
            ("MTACH (n) RETRUN n", true),
        ];
        for (input, finished) in cases {
            assert_eq!(is_finished(input), finished, "{input}");
        }
    }
}
