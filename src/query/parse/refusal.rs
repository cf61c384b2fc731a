//! What to say when the grammar refuses a text.

use std::collections::BTreeSet;

use pest::error::{Error, ErrorVariant, InputLocation};

use crate::base::{Span, nearest};

use super::super::error::ParseError;
use super::{Rule, unexpected};

/// Words a query may hold outside names, for "did you mean".
pub(crate) const KEYWORDS: &[&str] = &[
    "ALL",
    "AND",
    "AS",
    "ASC",
    "ASCENDING",
    "BY",
    "CALL",
    "CASE",
    "COLLECT",
    "CONTAINS",
    "COUNT",
    "CREATE",
    "CSV",
    "DELETE",
    "DESC",
    "DESCENDING",
    "DETACH",
    "DISTINCT",
    "ELSE",
    "END",
    "ENDS",
    "EXISTS",
    "EXPLAIN",
    "FALSE",
    "FIELDTERMINATOR",
    "FOREACH",
    "FROM",
    "HEADERS",
    "IN",
    "IS",
    "LIMIT",
    "LOAD",
    "MATCH",
    "MERGE",
    "NOT",
    "NULL",
    "ON",
    "OPTIONAL",
    "OR",
    "ORDER",
    "PROFILE",
    "REMOVE",
    "RETURN",
    "SET",
    "SKIP",
    "STARTS",
    "THEN",
    "TRUE",
    "UNION",
    "UNWIND",
    "WHEN",
    "WHERE",
    "WITH",
    "XOR",
    "YIELD",
];

/// The fault that made the grammar refuse `text`.
pub(super) fn explain(text: &str, error: &Error<Rule>) -> ParseError {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at.min(text.len()),
    };
    let rest = text.get(at..).unwrap_or_default();
    let found = token(rest);
    let span = Span::new(at, at + found.len());
    let wanted = match &error.variant {
        ErrorVariant::CustomError { .. } => {
            return unexpected("the query is too hard to read", span);
        }
        ErrorVariant::ParsingError { positives, .. } => wanted(positives),
    };
    if let Some(character) = found.chars().next()
        && !character.is_ascii()
        && !character.is_alphanumeric()
    {
        return ParseError::InvalidUnicodeCharacter { character, span };
    }
    let met = if rest.trim().is_empty() {
        "the query ends too early".to_owned()
    } else if matches!(found, "'" | "\"" | "`") {
        "this quote is never closed".to_owned()
    } else {
        format!("`{found}` cannot stand here")
    };
    let message = if wanted.is_empty() {
        met
    } else {
        format!("{met}; expected {wanted}")
    };
    // The grammar may have taken the misspelt word for a name and stopped only behind it.
    let before = last_word(text.get(..at).unwrap_or_default());
    let help = [found, before]
        .into_iter()
        .filter(|word| word.len() > 2 && word.chars().all(char::is_alphabetic))
        .filter(|word| {
            !KEYWORDS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(word))
        })
        .find_map(|word| nearest(word, KEYWORDS.iter().copied()))
        .map(|keyword| format!("did you mean `{keyword}`?"));
    ParseError::UnexpectedSyntax {
        message,
        span,
        help,
    }
}

/// The word or sign at the start of `text`.
fn token(text: &str) -> &str {
    let word = text
        .find(|character: char| !character.is_alphanumeric() && character != '_')
        .unwrap_or(text.len());
    let length = if word > 0 {
        word
    } else {
        text.chars().next().map_or(0, char::len_utf8)
    };
    text.get(..length).unwrap_or_default()
}

fn last_word(text: &str) -> &str {
    text.rsplit(|character: char| !character.is_alphanumeric())
        .find(|word| !word.is_empty())
        .unwrap_or_default()
}

/// What could have stood there, at most six things.
fn wanted(rules: &[Rule]) -> String {
    let names: BTreeSet<String> = rules.iter().filter_map(|rule| spoken(*rule)).collect();
    if names.is_empty() || names.len() > 6 {
        return String::new();
    }
    let names: Vec<String> = names.into_iter().collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// How people call a rule; `None` for those nobody would think of.
fn spoken(rule: Rule) -> Option<String> {
    let name = format!("{rule:?}");
    if let Some(keyword) = name.strip_prefix("k_") {
        return Some(keyword.to_uppercase());
    }
    let spoken = match rule {
        Rule::EOI => "the end of the query",
        Rule::expression | Rule::group | Rule::bracket | Rule::map => "an expression",
        Rule::variable | Rule::free_word => "a variable",
        Rule::name | Rule::word | Rule::escaped => "a name",
        Rule::node_pattern => "a node pattern",
        Rule::relationship_pattern => "a relationship pattern",
        _ => return None,
    };
    Some(spoken.to_owned())
}
