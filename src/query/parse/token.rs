//! The words and signs of a text that the grammar refused, to find out why.

use crate::base::Span;

/// What kind of token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    /// A name between backticks.
    Escaped,
    /// Digits and what runs on after them.
    Number,
    /// A string.
    Text,
    /// One character of another kind.
    Sign,
    /// A quote, a backtick or the begin of a comment that nothing ends.
    Open,
    /// Behind the last token.
    End,
}

/// A word or sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    pub(super) start: usize,
}

impl<'t> Token<'t> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn span(&self) -> Span {
        Span::new(self.start, self.end())
    }

    pub(super) fn is(&self, text: &str) -> bool {
        matches!(self.kind, Kind::Sign | Kind::Open) && self.text == text
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(word))
    }

    /// Whether an expression can end with it, as far as one token can tell.
    pub(super) fn ends_operand(&self) -> bool {
        match self.kind {
            Kind::Word | Kind::Escaped | Kind::Number | Kind::Text => true,
            Kind::Sign => matches!(self.text, ")" | "]" | "}"),
            Kind::Open | Kind::End => false,
        }
    }

    fn end_of(text: &'t str) -> Self {
        Self {
            kind: Kind::End,
            text: "",
            start: text.len(),
        }
    }
}

/// The tokens of `text` without blanks and comments, and one for the end.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = first(rest);
        if let (Some(kind), Some(text)) = (kind, rest.get(..length)) {
            found.push(Token {
                kind,
                text,
                start: at,
            });
        }
        at += length.max(1);
    }
    found.push(Token::end_of(text.trim_end()));
    found
}

/// The kind and the length of what `rest` begins with; no kind for what is skipped.
fn first(rest: &str) -> (Option<Kind>, usize) {
    let Some(character) = rest.chars().next() else {
        return (None, 0);
    };
    let run = |belongs: fn(char) -> bool| {
        rest.find(|character| !belongs(character))
            .unwrap_or(rest.len())
    };
    let word_part = |character: char| character.is_alphanumeric() || character == '_';
    if character.is_whitespace() {
        return (None, run(char::is_whitespace));
    }
    if rest.starts_with("//") {
        return (None, rest.find(['\n', '\r']).unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return match rest.get(2..).and_then(|inside| inside.find("*/")) {
            Some(length) => (None, length + 4),
            None => (Some(Kind::Open), 2),
        };
    }
    if matches!(character, '\'' | '"' | '`') {
        let kind = if character == '`' {
            Kind::Escaped
        } else {
            Kind::Text
        };
        return match closing(rest, character) {
            Some(length) => (Some(kind), length),
            None => (Some(Kind::Open), 1),
        };
    }
    if character.is_ascii_digit() {
        return (Some(Kind::Number), run(word_part));
    }
    if word_part(character) {
        return (Some(Kind::Word), run(word_part));
    }
    (Some(Kind::Sign), character.len_utf8())
}

/// How long the string is that `rest` begins with.
fn closing(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' && quote != '`' {
            escaped = true;
        } else if character == quote {
            return Some(at + character.len_utf8());
        }
    }
    None
}
