//! Text to sentences and tokens: everything that needs no model.

use std::ops::Range;

use jiff::civil::Date;

use super::document::SentenceForm;
use super::sentence::sentences;
use super::structure::structure;
use super::token::tokens;
use crate::base::Span;

/// A sentence before it is read: where it stands and its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands.
    pub span: Span,
    /// Its paragraph, counted from 0.
    pub paragraph: usize,
    /// What part it plays.
    pub form: SentenceForm,
    /// Its tokens; at least one.
    pub tokens: Vec<Span>,
}

/// A longer sentence is a list or no sentence at all; it is cut at its marks, so that what works
/// on one sentence has a bound.
const LONGEST_SENTENCE_TOKENS: usize = 300;

/// The sentences of `text` in order, and the day the text gives as its own.
///
/// Boilerplate, bylines and datelines are sentences of the form [`SentenceForm::Furniture`]. All
/// of the text but blanks and invisible marks lies in some token. Time O(n).
pub fn segments(text: &str) -> (Vec<Segment>, Option<Date>) {
    let structure = structure(text);
    let mut found = Vec::new();
    for block in &structure.blocks {
        let mut words = Vec::new();
        tokens(text, block.span, &mut words);
        let ranges = sentences(text, &words);
        // A heading is one sentence; several are a quotation or a caption.
        let form = match block.form {
            SentenceForm::Heading if ranges.len() > 1 => SentenceForm::Prose,
            form @ (SentenceForm::Prose
            | SentenceForm::Heading
            | SentenceForm::Item
            | SentenceForm::Furniture) => form,
        };
        for range in ranges
            .into_iter()
            .flat_map(|range| bounded(text, &words, range))
        {
            let tokens = words.get(range).unwrap_or_default().to_vec();
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
                continue;
            };
            found.push(Segment {
                span: first.join(*last),
                paragraph: block.paragraph,
                form,
                tokens,
            });
        }
    }
    (found, structure.date)
}

/// The parts of a sentence of too many tokens, each ending with a mark if there is one in its
/// second half.
fn bounded(text: &str, words: &[Span], sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = sentence.start;
    while sentence.end - start > LONGEST_SENTENCE_TOKENS {
        let limit = start + LONGEST_SENTENCE_TOKENS;
        let mark = (start + LONGEST_SENTENCE_TOKENS / 2..limit)
            .rev()
            .find(|at| {
                words.get(*at).is_some_and(|word| {
                    matches!(word.of(text), ";" | ":" | "," | ")" | "–" | "—" | "|")
                })
            });
        let end = mark.map_or(limit, |mark| mark + 1);
        parts.push(start..end);
        start = end;
    }
    parts.push(start..sentence.end);
    parts
}

#[cfg(test)]
mod tests {
    use super::segments;
    use crate::text::SentenceForm;

    #[test]
    fn sentences_end_where_they_do() {
        let cases: [(&str, &[&str]); 12] = [
            ("He left. She stayed.", &["He left.", "She stayed."]),
            (
                "Dr. Ito met Mr. J. Sato. He left.",
                &["Dr. Ito met Mr. J. Sato.", "He left."],
            ),
            ("“We won.” He left.", &["“We won.”", "He left."]),
            ("\"Who won?\" Ito asked.", &["\"Who won?\" Ito asked."]),
            ("\"Who won?\" he asked.", &["\"Who won?\" he asked."]),
            (
                "The U.S. Army left the U.S. It won.",
                &["The U.S. Army left the U.S.", "It won."],
            ),
            (
                "Ito Inc. bought Sato Co. He left.",
                &["Ito Inc. bought Sato Co.", "He left."],
            ),
            (
                "It rose 3.5 percent. Why?",
                &["It rose 3.5 percent.", "Why?"],
            ),
            (
                "the front … in the north. God knows… He left.",
                &["the front … in the north.", "God knows…", "He left."],
            ),
            (
                "They came (he said.) Then left.",
                &["They came (he said.)", "Then left."],
            ),
            ("It fell.[2] She won.", &["It fell.[2]", "She won."]),
            (
                "See www.example.org. He left!! Why?!",
                &["See www.example.org.", "He left!!", "Why?!"],
            ),
        ];
        for (text, wanted) in cases {
            let (found, _) = segments(text);
            let found: Vec<&str> = found.iter().map(|segment| segment.span.of(text)).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn datelines_and_page_furniture_stand_apart() {
        let text =
            "Bridge closed\n\nTURIN – The bridge closed Monday.\nSEE ALSO: Harbour reopens\n";
        let (found, _) = segments(text);
        let found: Vec<(&str, SentenceForm)> = found
            .iter()
            .map(|segment| (segment.span.of(text), segment.form))
            .collect();
        let wanted = [
            ("Bridge closed", SentenceForm::Heading),
            ("TURIN –", SentenceForm::Furniture),
            ("The bridge closed Monday.", SentenceForm::Prose),
            ("SEE ALSO: Harbour reopens", SentenceForm::Furniture),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_sentence_without_end_is_cut() {
        let text = "so it went on, ".repeat(500);
        let (found, _) = segments(&text);
        assert!(found.len() > 5 && found.iter().all(|segment| segment.tokens.len() <= 300));
        assert!(found[0].span.of(&text).ends_with(','));
    }

    #[test]
    fn nothing_yields_nothing() {
        for text in ["", " \n\t\n", "\u{200b}", "\u{feff}\n"] {
            assert!(segments(text).0.is_empty(), "{text:?}");
        }
    }
}
