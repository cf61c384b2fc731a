//! Colors for a statement as it is typed.

use std::borrow::Cow;

use crate::cli::statements::{Language, OPENING_WORDS, language};

const KEYWORD: &str = "\x1b[1;34m";
const TEXT: &str = "\x1b[32m";
const NUMBER: &str = "\x1b[35m";
const NAME: &str = "\x1b[36m";
const COMMENT: &str = "\x1b[2m";
const COMMAND: &str = "\x1b[1;33m";
const PLAIN: &str = "\x1b[0m";

/// Words that are shown as keywords beside those that open a statement.
const WORDS: &[&str] = &[
    "ALL",
    "AND",
    "ANY",
    "AS",
    "ASC",
    "ASCENDING",
    "BY",
    "CASE",
    "CONTAINS",
    "DESC",
    "DESCENDING",
    "DISTINCT",
    "ELSE",
    "END",
    "ENDS",
    "EXISTS",
    "FALSE",
    "IN",
    "IS",
    "LIMIT",
    "NONE",
    "NOT",
    "NULL",
    "ON",
    "OR",
    "ORDER",
    "SINGLE",
    "SKIP",
    "STARTS",
    "THEN",
    "TRUE",
    "WHEN",
    "WHERE",
    "XOR",
    "YIELD",
];

/// `line` with colors; English stays as it is.
pub(crate) fn highlight(line: &str) -> Cow<'_, str> {
    if line.trim_start().starts_with(':') {
        return Cow::Owned(format!("{COMMAND}{line}{PLAIN}"));
    }
    if language(line) == Language::English {
        return Cow::Borrowed(line);
    }
    let mut shown = String::with_capacity(line.len() * 2);
    let mut rest = line;
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        let length = piece_length(rest, first);
        let (piece, tail) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match color(piece, first, before) {
            Some(color) => {
                shown.push_str(color);
                shown.push_str(piece);
                shown.push_str(PLAIN);
            }
            None => shown.push_str(piece),
        }
        if !first.is_whitespace() {
            before = Some(first);
        }
        rest = tail;
    }
    Cow::Owned(shown)
}

fn piece_length(rest: &str, first: char) -> usize {
    let end = match first {
        '\'' | '"' | '`' => {
            let mut escaped = false;
            rest.char_indices().skip(1).find_map(|(index, character)| {
                if escaped {
                    escaped = false;
                    return None;
                }
                escaped = character == '\\' && first != '`';
                (character == first).then_some(index + 1)
            })
        }
        '/' if rest.starts_with("//") => rest.find('\n'),
        '/' if rest.starts_with("/*") => rest.find("*/").map(|end| end + 2),
        word if word.is_alphanumeric() || word == '_' => {
            rest.find(|c: char| !c.is_alphanumeric() && c != '_')
        }
        other => Some(other.len_utf8()),
    };
    end.unwrap_or(rest.len())
}

fn color(piece: &str, first: char, before: Option<char>) -> Option<&'static str> {
    let mut keywords = OPENING_WORDS.iter().chain(WORDS);
    match first {
        '\'' | '"' => Some(TEXT),
        '/' if piece.len() > 1 => Some(COMMENT),
        digit if digit.is_ascii_digit() => Some(NUMBER),
        letter if before == Some(':') && (letter.is_alphabetic() || letter == '`') => Some(NAME),
        _ if before == Some('.') => None,
        _ => keywords
            .any(|word| word.eq_ignore_ascii_case(piece))
            .then_some(KEYWORD),
    }
}

#[cfg(test)]
mod tests {
    use super::highlight;

    #[test]
    fn colors_change_no_character() {
        let lines = [
            "MATCH (n:Person {a: 'x\\'y'}) // z",
            "RETURN 'open",
            "é",
            ":help",
            "Who?",
        ];
        for line in lines {
            let mut plain = String::new();
            let mut hidden = false;
            for character in highlight(line).chars() {
                match character {
                    '\u{1b}' => hidden = true,
                    'm' if hidden => hidden = false,
                    _ if hidden => {}
                    other => plain.push(other),
                }
            }
            assert_eq!(plain, line);
        }
    }

    #[test]
    fn keywords_strings_and_labels_are_told_apart() {
        let shown = highlight("MATCH (n:Set) RETURN 'a'");
        assert!(shown.contains("\x1b[1;34mMATCH\x1b[0m"));
        assert!(shown.contains("\x1b[36mSet\x1b[0m"));
        assert!(shown.contains("\x1b[32m'a'\x1b[0m"));
    }
}
