//! Text to words: cut as Unicode says, without case, accents and marks.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation as _;

/// Calls `take` with each word of `text`, folded. A word that holds an apostrophe, a point or
/// another mark inside is several: `O'Neill` is `o` and `neill`.
pub(super) fn each_word(text: &str, mut take: impl FnMut(&str)) {
    let mut buffer = String::new();
    if text.is_ascii() {
        for part in text.split(|letter: char| !letter.is_ascii_alphanumeric()) {
            if !part.is_empty() {
                buffer.clear();
                buffer.push_str(part);
                buffer.make_ascii_lowercase();
                take(&buffer);
            }
        }
        return;
    }
    let is_letter = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
    for word in text.unicode_words() {
        for part in word.split(|letter: char| !is_letter(letter)) {
            if !part.is_empty() {
                fold(part, &mut buffer);
                take(&buffer);
            }
        }
    }
}

/// Puts the word into `folded` in lower case, without accents, ligatures and other forms of the
/// same letters.
fn fold(word: &str, folded: &mut String) {
    folded.clear();
    let letters = word.nfkd().filter(|letter| !is_combining_mark(*letter));
    for letter in letters.flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            // Lower case may bring marks of its own: İ.
            mark if is_combining_mark(mark) => {}
            letter => folded.push(letter),
        }
    }
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
