//! How deep a query is nested, found without recursion.

use pest::Token;
use pest::iterators::Pairs;

use crate::base::Span;

use super::super::error::ParseError;
use super::{DEEPEST_BRACKETS, DEEPEST_TREE, Rule};

/// How deep brackets, or `CASE`s, are nested. Refuses text in which that is too deep for the
/// grammar, which recurses.
pub(super) fn check_brackets(text: &str) -> Result<usize, ParseError> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut deepest = 0;
    // Types like `LIST<…>` that are open.
    let mut types = 0_usize;
    let mut before = b' ';
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'>' if types > 0 && before != b'-' => {
                types -= 1;
                depth = depth.saturating_sub(1);
            }
            b'\'' | b'"' | b'`' => at = end_of_quote(bytes, at),
            b'/' => at = end_of_comment(bytes, at),
            _ if byte.is_ascii_alphabetic() || *byte == b'_' => {
                let length = bytes
                    .get(at..)
                    .unwrap_or_default()
                    .iter()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
                    .count();
                let word = bytes.get(at..at + length).unwrap_or_default();
                if word.eq_ignore_ascii_case(b"case") {
                    depth += 1;
                } else if word.eq_ignore_ascii_case(b"end") {
                    depth = depth.saturating_sub(1);
                } else if opens_type(word, bytes.get(at + length..).unwrap_or_default()) {
                    types += 1;
                    depth += 1;
                }
                at += length.saturating_sub(1);
            }
            _ => {}
        }
        deepest = deepest.max(depth);
        if depth > DEEPEST_BRACKETS {
            return Err(ParseError::TooDeep {
                most: DEEPEST_BRACKETS,
                span: Span::new(at, at + 1),
            });
        }
        before = *byte;
        at += 1;
    }
    Ok(deepest)
}

/// Whether a word is the start of a type with a type in it, by what stands behind it.
fn opens_type(word: &[u8], behind: &[u8]) -> bool {
    let names: [&[u8]; 3] = [b"list", b"array", b"any"];
    names.iter().any(|name| word.eq_ignore_ascii_case(name))
        && behind
            .trim_ascii_start()
            .strip_prefix(b"<")
            .and_then(|inside| inside.trim_ascii_start().first())
            .is_some_and(u8::is_ascii_alphabetic)
}

/// The byte of the quote that closes the one at `start`; the last byte if none does.
fn end_of_quote(bytes: &[u8], start: usize) -> usize {
    let quote = bytes.get(start).copied().unwrap_or_default();
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        if *byte == quote {
            return at;
        }
        at += if *byte == b'\\' && quote != b'`' {
            2
        } else {
            1
        };
    }
    bytes.len()
}

/// The last byte of the comment that begins at `start`; `start` itself if none does.
fn end_of_comment(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start + 1..).unwrap_or_default();
    match rest.first() {
        Some(b'/') => {
            let length = rest
                .iter()
                .take_while(|byte| !matches!(byte, b'\n' | b'\r'))
                .count();
            start + length
        }
        Some(b'*') => rest
            .windows(2)
            .skip(1)
            .position(|pair| pair == b"*/")
            .map_or(bytes.len(), |at| start + 1 + at + 2),
        _ => start,
    }
}

/// Refuses a query whose tree would be too deep for the functions that walk it.
pub(super) fn check_tree(pairs: &Pairs<'_, Rule>) -> Result<(), ParseError> {
    // How many operators stand in each row, in the order in which the rows begin.
    let mut operators: Vec<usize> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for token in pairs.clone().tokens() {
        match token {
            Token::Start { rule, .. } => {
                if is_row(rule) {
                    open.push(operators.len());
                    operators.push(1);
                } else if deepens(rule)
                    && let Some(count) = open.last().and_then(|row| operators.get_mut(*row))
                {
                    *count += 1;
                }
            }
            Token::End { rule, .. } => {
                if is_row(rule) {
                    open.pop();
                }
            }
        }
    }
    let mut depth = 0;
    let mut begun = 0;
    for token in pairs.clone().tokens() {
        match token {
            Token::Start { rule, pos } => {
                if is_row(rule) {
                    depth += operators.get(begun).copied().unwrap_or(1);
                    open.push(begun);
                    begun += 1;
                    if depth > DEEPEST_TREE {
                        return Err(ParseError::TooDeep {
                            most: DEEPEST_TREE,
                            span: Span::new(pos.pos(), pos.pos()),
                        });
                    }
                }
            }
            Token::End { rule, .. } => {
                if is_row(rule)
                    && let Some(row) = open.pop()
                {
                    depth -= operators.get(row).copied().unwrap_or(1);
                }
            }
        }
    }
    Ok(())
}

/// Whether a rule is operands and operators in a row.
fn is_row(rule: Rule) -> bool {
    matches!(rule, Rule::expression | Rule::guarded)
}

/// Whether an operator puts what stands left of it one level deeper. Those that join truth values
/// and comparisons do not: they make one list.
fn deepens(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::op_not
            | Rule::op_minus
            | Rule::op_plus
            | Rule::op_regex
            | Rule::op_starts_with
            | Rule::op_ends_with
            | Rule::op_contains
            | Rule::op_in
            | Rule::op_concatenate
            | Rule::op_add
            | Rule::op_subtract
            | Rule::op_multiply
            | Rule::op_divide
            | Rule::op_remainder
            | Rule::op_power
            | Rule::op_property
            | Rule::op_labels
            | Rule::op_typed
            | Rule::op_not_typed
            | Rule::op_guarded_typed
            | Rule::op_guarded_not_typed
            | Rule::op_is_labels
            | Rule::op_guarded_labels
            | Rule::op_guarded_is_labels
            | Rule::op_index
            | Rule::op_is_null
            | Rule::op_is_not_null
    )
}
