//! Numbers in figures and in words.

use super::document::{Token, Upos};

/// A number that tokens say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: f64,
    /// How many tokens say it.
    pub(crate) length: usize,
}

const SMALL: [(&str, f64); 31] = [
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("half", 0.5),
    ("once", 1.0),
    ("twice", 2.0),
];

const LARGE: [(&str, f64); 12] = [
    ("dozen", 12.0),
    ("hundred", 100.0),
    ("thousand", 1e3),
    ("k", 1e3),
    ("million", 1e6),
    ("m", 1e6),
    ("mn", 1e6),
    ("mm", 1e6),
    ("billion", 1e9),
    ("bn", 1e9),
    ("b", 1e9),
    ("trillion", 1e12),
];

/// The number that a word names: "five", "ninety".
pub(crate) fn small(word: &str) -> Option<f64> {
    SMALL
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, value)| *value)
}

/// What a word multiplies by: "million". Short forms ("m", "bn") only count behind money.
pub(crate) fn large(word: &str, money: bool) -> Option<f64> {
    LARGE
        .iter()
        .find(|(name, _)| *name == word)
        .filter(|(name, _)| name.len() > 2 || money)
        .map(|(_, value)| *value)
}

/// The number in figures that `word` writes: "4,000", "1.5".
pub(crate) fn figures(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit())
        || !word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
    {
        return None;
    }
    let plain = match word.split_once(',') {
        // Commas group thousands; a single one before other than three digits is a decimal comma.
        Some((_, rest))
            if rest.split([',', '.']).all(|group| group.len() == 3) || rest.contains('.') =>
        {
            word.replace(',', "")
        }
        Some((whole, rest)) if !rest.contains(',') => format!("{whole}.{rest}"),
        Some(_) => return None,
        None => word.to_owned(),
    };
    plain.parse().ok()
}

/// The number that begins at the first of `tokens`; `money` if a currency sign stands before it.
pub(crate) fn number(tokens: &[Token<'_>], money: bool) -> Option<Number> {
    let word = |index: usize| tokens.get(index).map(|token| token.form().to_lowercase());
    let first = tokens.first()?;
    let lower = word(0)?;
    let mut length = 1;
    let mut total;
    if let Some(value) = figures(&lower) {
        total = value;
    } else if first.upos() == Upos::Num || matches!(lower.as_str(), "half") {
        // "twenty-five"; "half a million" is left to the multiplier below.
        total = match (small(&lower), large(&lower, false)) {
            (Some(value), _) | (None, Some(value)) => value,
            (None, None) => return None,
        };
        if (20.0..100.0).contains(&total) {
            let hyphen = word(1).as_deref() == Some("-");
            let unit = word(if hyphen { 2 } else { 1 }).and_then(|word| small(&word));
            if let Some(unit) = unit.filter(|unit| (1.0..10.0).contains(unit)) {
                total += unit;
                length = if hyphen { 3 } else { 2 };
            }
        }
    } else if matches!(lower.as_str(), "a" | "an") {
        // "a dozen", "a hundred".
        let value = word(1).and_then(|word| large(&word, false))?;
        total = value;
        length = 2;
    } else {
        return None;
    }
    let mut sum = 0.0;
    while let Some(next) = word(length) {
        if let Some(factor) = large(&next, money && length <= 2) {
            total *= factor;
            length += 1;
            continue;
        }
        let article = matches!(next.as_str(), "a" | "an");
        if article && lower == "half" {
            let Some(factor) = word(length + 1).and_then(|word| large(&word, false)) else {
                break;
            };
            total *= factor;
            length += 2;
            continue;
        }
        // "two hundred and fifty", "one million two hundred thousand".
        let and = usize::from(next == "and");
        if total < 100.0 || lower.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        let Some(rest) = word(length + and).and_then(|word| small(&word)) else {
            break;
        };
        let named = tokens
            .get(length + and)
            .is_some_and(|token| token.upos() == Upos::Num);
        if !named || rest < 1.0 {
            break;
        }
        sum += total;
        total = rest;
        length += and + 1;
        let hyphen = usize::from(word(length).as_deref() == Some("-"));
        if let Some(unit) = word(length + hyphen)
            .and_then(|word| small(&word))
            .filter(|unit| (1.0..10.0).contains(unit) && rest >= 20.0)
        {
            total += unit;
            length += hyphen + 1;
        }
    }
    Some(Number {
        value: sum + total,
        length,
    })
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn figures_are_read() {
        let cases = [
            ("4,000", Some(4000.0)),
            ("1.5", Some(1.5)),
            ("1,234.5", Some(1234.5)),
            ("3,5", Some(3.5)),
            ("10", Some(10.0)),
            ("1.2.3", None),
            ("x", None),
            ("20th", None),
            ("", None),
        ];
        for (word, wanted) in cases {
            assert_eq!(figures(word), wanted, "{word}");
        }
    }
}
