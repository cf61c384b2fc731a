//! What to say when the grammar refuses a text.
//!
//! The grammar says where it stopped and what could have stood there. What the writer meant is
//! guessed from the words around that place.

use std::collections::BTreeSet;

use pest::error::{Error, ErrorVariant, InputLocation};

use crate::base::Span;

use super::super::error::ParseError;
use super::token::{Kind, Token, tokens};
use super::{Rule, slips, unexpected};

/// Words a query may hold outside names, for "did you mean".
pub(crate) const KEYWORDS: &[&str] = &[
    "ALL",
    "AND",
    "ANY",
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
    "SHORTEST",
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
    let positives: &[Rule] = match &error.variant {
        ErrorVariant::CustomError { .. } => &[],
        ErrorVariant::ParsingError { positives, .. } => positives,
    };
    let tokens = tokens(text);
    let last = tokens.len().saturating_sub(1);
    let index = tokens.partition_point(|token| token.end() <= at).min(last);
    let found = tokens.get(index).copied();
    let Some(found) = found.filter(|_| !matches!(error.variant, ErrorVariant::CustomError { .. }))
    else {
        return unexpected("the query is too hard to read", Span::new(at, at));
    };
    let odd = found.text.chars().next().filter(|character| {
        let foreign = !character.is_ascii() && !character.is_alphanumeric();
        found.kind == Kind::Sign && (foreign || character.is_control())
    });
    if let Some(character) = odd {
        let span = found.span();
        return ParseError::InvalidUnicodeCharacter { character, span };
    }
    let keywords: Vec<&str> = positives.iter().filter_map(|rule| keyword(*rule)).collect();
    if let Some((slip, span)) = slips::slip(&tokens, index, &keywords) {
        return ParseError::Slip { slip, span };
    }
    let before = index.checked_sub(1).and_then(|before| tokens.get(before));
    generic(text, found, before, positives)
}

/// What is said where no slip is recognised.
fn generic(
    text: &str,
    found: Token<'_>,
    before: Option<&Token<'_>>,
    positives: &[Rule],
) -> ParseError {
    let wanted = wanted(positives);
    let keyword = before.filter(|before| before.is_one_of(KEYWORDS));
    let met = if text.trim().is_empty() {
        "there is no query".to_owned()
    } else if found.kind == Kind::End {
        "the query ends too early".to_owned()
    } else {
        format!("`{}` cannot stand here", found.text)
    };
    let message = if wanted.is_empty() {
        met
    } else {
        format!("{met}; expected {wanted}")
    };
    let help = if text.trim().is_empty() {
        "a query begins with MATCH, CREATE, UNWIND or the like: MATCH (n) RETURN n LIMIT 10"
            .to_owned()
    } else if let Some(keyword) = keyword {
        let keyword = keyword.text.to_uppercase();
        format!("say what {keyword} is about, or take it out")
    } else if found.kind == Kind::End {
        "go on with what is expected, or take the last word out".to_owned()
    } else {
        "look at what stands right before this place, too".to_owned()
    };
    ParseError::UnexpectedSyntax {
        message,
        span: found.span(),
        help: Some(help),
    }
}

/// The keyword that a rule stands for.
fn keyword(rule: Rule) -> Option<&'static str> {
    let name = format!("{rule:?}");
    let word = name.strip_prefix("k_")?;
    let known = KEYWORDS
        .iter()
        .find(|known| known.eq_ignore_ascii_case(word));
    known.copied()
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
