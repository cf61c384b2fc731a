//! Text to words: cut as Unicode says, without case, accents and marks.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// Calls `take` with each word of `text`, folded. A word that holds an apostrophe, a point or
/// another mark inside is several: `O'Neill` is `o` and `neill`.
pub(super) fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut buffer = String::new();
    let mut take_part = |part: &str| {
        if part.is_empty() {
            return;
        }
        match folded(part, &mut buffer) {
            Cow::Borrowed(word) => take(word),
            Cow::Owned(word) => take(&word),
        }
    };
    if text.is_ascii() {
        text.split(|c: char| !c.is_ascii_alphanumeric())
            .for_each(take_part);
        return;
    }
    for word in text.unicode_words() {
        word.split(|c: char| !(c.is_alphanumeric() || is_combining_mark(c)))
            .for_each(&mut take_part);
    }
}

/// The word in lower case; without accents, ligatures and other forms of the same letters.
fn folded<'w>(word: &str, buffer: &'w mut String) -> Cow<'w, str> {
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
        return Cow::Borrowed(buffer);
    }
    let letters = word.nfkd().filter(|letter| !is_combining_mark(*letter));
    let lower = letters.flat_map(char::to_lowercase);
    // Lower case may bring marks of its own: İ.
    buffer.extend(lower.filter(|letter| !is_combining_mark(*letter)));
    Cow::Owned(buffer.replace('ß', "ss"))
}

#[cfg(test)]
mod tests {
    use super::each_word;

    #[test]
    fn words_are_cut_and_folded() {
        let cases: [(&str, &[&str]); 7] = [
            ("Syrian regime forces", &["syrian", "regime", "forces"]),
            (
                "O'Neill's U.S. trip",
                &["o", "neill", "s", "u", "s", "trip"],
            ),
            (
                "Café Łódź STRASSE straße",
                &["cafe", "łodz", "strasse", "strasse"],
            ),
            ("L’été à Genève", &["l", "ete", "a", "geneve"]),
            ("ﬁn İstanbul", &["fin", "istanbul"]),
            ("2 × 3.5", &["2", "3", "5"]),
            (" – ", &[]),
        ];
        for (text, expected) in cases {
            let mut found = Vec::new();
            each_word(text, |word| found.push(word.to_owned()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
