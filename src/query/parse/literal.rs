//! Names, numbers and strings.

use crate::base::Span;

use super::super::ast::{Literal, Name};
use super::super::error::ParseError;
use super::{Pair, Rule, place, unexpected};

/// The name that a pair of `name`, `variable` or `parameter` gives.
pub(super) fn name(pair: Pair<'_>) -> Name {
    let span = place(&pair);
    let text = match pair.clone().into_inner().next() {
        Some(inner) if inner.as_rule() == Rule::escaped => unescaped(inner.as_str()),
        Some(inner) => inner.as_str().to_owned(),
        None => span_text(&pair),
    };
    Name { text, span }
}

/// The name of a function or procedure, its parts joined by dots.
pub(super) fn dotted_name(pair: Pair<'_>) -> Name {
    let span = place(&pair);
    let parts: Vec<String> = pair
        .into_inner()
        .map(|inner| {
            if inner.as_rule() == Rule::escaped {
                unescaped(inner.as_str())
            } else {
                inner.as_str().to_owned()
            }
        })
        .collect();
    Name {
        text: parts.join("."),
        span,
    }
}

fn span_text(pair: &Pair<'_>) -> String {
    pair.as_str().trim_end().to_owned()
}

fn unescaped(text: &str) -> String {
    let inner = text
        .strip_prefix('`')
        .and_then(|text| text.strip_suffix('`'))
        .unwrap_or(text);
    inner.replace("``", "`")
}

/// The value of a number. `negated` says that a minus stands before it, which is taken in: the
/// smallest integer has no positive counterpart.
pub(super) fn number(text: &str, negated: bool, span: Span) -> Result<Literal, ParseError> {
    let invalid = || ParseError::InvalidNumberLiteral {
        text: text.to_owned(),
        span,
    };
    let overflow = || ParseError::IntegerOverflow {
        text: text.to_owned(),
        span,
    };
    let (digits, radix) = if let Some(digits) = strip_prefix(text, "0x") {
        (digits, 16)
    } else if let Some(digits) = strip_prefix(text, "0o") {
        (digits, 8)
    } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
        (text, 10)
    } else {
        let number: f64 = text.parse().map_err(|_| invalid())?;
        if number.is_infinite() {
            return Err(ParseError::FloatingPointOverflow {
                text: text.to_owned(),
                span,
            });
        }
        return Ok(Literal::Float(if negated { -number } else { number }));
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Err(invalid());
    }
    let magnitude = i128::from_str_radix(digits, radix).map_err(|_| overflow())?;
    let value = if negated { -magnitude } else { magnitude };
    i64::try_from(value)
        .map(Literal::Integer)
        .map_err(|_| overflow())
}

fn strip_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// The text of a string literal, its quotes gone and its escapes put in.
pub(super) fn string(pair: &Pair<'_>) -> Result<String, ParseError> {
    let span = place(pair);
    let raw = pair.as_str();
    let Some(inner) = raw.get(1..raw.len().saturating_sub(1)) else {
        return Err(unexpected("a string needs its closing quote", span));
    };
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.char_indices();
    while let Some((at, character)) = characters.next() {
        if character != '\\' {
            text.push(character);
            continue;
        }
        let start = span.start() + 1 + at;
        let Some((_, escape)) = characters.next() else {
            break;
        };
        let wide = match escape {
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if wide == 0 {
            text.push(
                simple_escape(escape).ok_or_else(|| ParseError::InvalidUnicodeLiteral {
                    text: format!("\\{escape}"),
                    span: Span::new(start, start + 1 + escape.len_utf8()),
                })?,
            );
            continue;
        }
        let digits: String = characters
            .clone()
            .take(wide)
            .map(|(_, digit)| digit)
            .collect();
        let named = (digits.len() == wide)
            .then(|| u32::from_str_radix(&digits, 16).ok())
            .flatten()
            .and_then(char::from_u32);
        let Some(named) = named else {
            return Err(ParseError::InvalidUnicodeLiteral {
                text: format!("\\{escape}{digits}"),
                span: Span::new(start, start + 2 + digits.len()),
            });
        };
        text.push(named);
        characters.by_ref().take(wide).for_each(drop);
    }
    Ok(text)
}

fn simple_escape(escape: char) -> Option<char> {
    match escape.to_ascii_lowercase() {
        '\\' | '\'' | '"' | '`' | '/' => Some(escape),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::number;
    use crate::base::Span;
    use crate::query::ast::Literal;

    #[test]
    fn integers_reach_to_both_ends_of_64_bits() {
        let cases = [
            ("9223372036854775807", false, Some(i64::MAX)),
            ("9223372036854775808", false, None),
            ("9223372036854775808", true, Some(i64::MIN)),
            ("0x7FFFFFFFFFFFFFFF", false, Some(i64::MAX)),
            ("0x8000000000000000", true, Some(i64::MIN)),
            ("0o17", true, Some(-15)),
            ("0x", false, None),
            ("0x1G", false, None),
            ("12ab", false, None),
        ];
        for (text, negated, wanted) in cases {
            let found = number(text, negated, Span::default()).ok();
            assert_eq!(found, wanted.map(Literal::Integer), "{text}");
        }
    }
}
