//! What the characters of a text are, and how a word is written plainly.
//!
//! The text itself is never changed: every span counts its bytes. Only the form of a token, which
//! the model reads, is made plain: typographic oddities that no treebank has are written as the
//! treebanks write them.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether the character takes no place on paper and says nothing: a zero-width space, a mark of
/// the writing direction, a soft hyphen, a control character.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}'
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether the character can stand inside a word.
pub(crate) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || is_combining_mark(character)
}

/// Whether the character is an apostrophe, straight or typographic.
pub(crate) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | 'ʼ' | '＇' | '`' | '´')
}

/// Whether the mark can only open.
pub(crate) fn is_opening(character: char) -> bool {
    matches!(
        character,
        '(' | '[' | '{' | '“' | '‘' | '«' | '‹' | '„' | '‚' | '（' | '「' | '『' | '¿' | '¡'
    )
}

/// Whether the mark can only close.
pub(crate) fn is_closing(character: char) -> bool {
    matches!(
        character,
        ')' | ']' | '}' | '”' | '’' | '»' | '›' | '）' | '」' | '』'
    )
}

/// Whether the character ends sentences.
pub(crate) fn is_terminal(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// `text` as the model shall read it.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let odd = |character: char| {
        !character.is_ascii()
            && (is_invisible(character)
                || plain_character(character).is_some()
                || is_compatible(character))
            || character.is_ascii_control()
    };
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            out.push(' ');
        } else if is_invisible(character) {
            // Says nothing.
        } else if let Some(plain) = plain_character(character) {
            out.push_str(plain);
        } else if is_compatible(character) {
            out.extend(std::iter::once(character).nfkc());
        } else {
            out.push(character);
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(out)
}

/// Full-width letters, ligatures and their like, which stand for plain letters.
fn is_compatible(character: char) -> bool {
    matches!(character, '\u{fb00}'..='\u{fb06}' | '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}' | '\u{a0}')
}

fn plain_character(character: char) -> Option<&'static str> {
    Some(match character {
        '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' | '＂' => "\"",
        '‚' | '‛' | '‹' | '›' | '′' | '´' | 'ʼ' => "'",
        '‐' | '‑' | '⁃' | '﹣' => "-",
        '‒' => "–",
        '―' | '⸺' | '⸻' => "—",
        '⁄' | '∕' => "/",
        '․' => ".",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn oddities_are_written_plainly() {
        let cases = [
            ("Homs", "Homs"),
            ("«", "\""),
            ("so\u{ad}ft", "soft"),
            ("\u{200f}1", "1"),
            ("oﬃce", "office"),
            ("ＡＢ", "AB"),
            ("well‑known", "well-known"),
            ("“", "“"),
            ("\u{200b}", "\u{200b}"),
        ];
        for (text, wanted) in cases {
            assert_eq!(plain(text), wanted, "{text:?}");
        }
    }
}
