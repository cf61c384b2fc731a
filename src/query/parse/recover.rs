//! Further faults of a text that the grammar refused.
//!
//! Behind the first fault reading goes on where the next clause begins, if no bracket is open
//! there. What is found so may be in doubt where the first fault hides the end of something, so
//! after such faults nothing more is looked for.

use crate::base::Span;

use super::super::error::ParseError;
use super::super::slip::Slip;
use super::slips::is_clause;
use super::token::{Token, tokens};
use super::{parse, place_after};

/// The most faults that are told at once.
const MOST: usize = 5;

/// The faults of `text` behind `first`, in order.
pub(super) fn others(text: &str, first: &ParseError) -> Vec<ParseError> {
    let mut found = Vec::new();
    let tokens = tokens(text);
    let mut after = first.span();
    let mut hides = hides_more(first);
    while let Some(span) = after.filter(|_| !hides && found.len() + 1 < MOST) {
        let Some(start) = next_clause(&tokens, span) else {
            break;
        };
        let rest = text.get(start..).unwrap_or_default();
        let Err(error) = parse(rest) else { break };
        // A clause that cannot begin a query is no fault by itself.
        if error.span().is_none_or(|span| span.start() == 0) {
            break;
        }
        let error = place_after(error, start);
        hides = hides_more(&error);
        after = error.span();
        found.push(error);
    }
    found
}

/// Whether nobody can tell what follows `error`.
fn hides_more(error: &ParseError) -> bool {
    match error {
        ParseError::UnexpectedSyntax { .. }
        | ParseError::InvalidNumberLiteral { .. }
        | ParseError::InvalidUnicodeLiteral { .. }
        | ParseError::InvalidRelationshipPattern { .. }
        | ParseError::IntegerOverflow { .. }
        | ParseError::FloatingPointOverflow { .. } => false,
        ParseError::Slip { slip, .. } => matches!(
            slip,
            Slip::UnclosedQuote { .. }
                | Slip::UnclosedComment
                | Slip::UnclosedBracket(_)
                | Slip::WrongBracket { .. }
                | Slip::UnopenedBracket(_)
                | Slip::SqlWord { .. }
                | Slip::SecondStatement
        ),
        ParseError::InvalidUnicodeCharacter { .. }
        | ParseError::TooLong { .. }
        | ParseError::TooManyClauses { .. }
        | ParseError::TooDeep { .. } => true,
    }
}

/// Where the next clause begins behind `span`, outside all brackets.
fn next_clause(tokens: &[Token<'_>], span: Span) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        if token.is("(") || token.is("[") || token.is("{") {
            depth += 1;
        } else if token.is(")") || token.is("]") || token.is("}") {
            depth = depth.checked_sub(1)?;
        } else if depth == 0
            && token.start >= span.end().max(span.start() + 1)
            && is_clause(tokens, index)
            && !token.is_word("UNION")
        {
            return Some(token.start);
        }
    }
    None
}
