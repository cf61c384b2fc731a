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
    use proptest::prelude::*;

    use super::super::normalize::is_invisible;
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
    fn what_people_write_is_cut_into_sentences() {
        // Sentences are parted by a bar.
        let cases = [
            // Abbreviations and initials.
            "Lt. Gen. Aoki met Mr. Bauer at 9 a.m. Monday.|They spoke.",
            "Flight No. 5 left at 6 p.m.|It was late.",
            "J. K. Marlow wrote it.|William C. Hale printed it.",
            "“No,” said Ada “J.D.” Marlow.|“We left the U.S.”|The rest stayed.",
            "Vega Inc. (VGA) fell.|Lund Ltd. rose.",
            "She lives in the U.S.|He lives in the U.K. with her.",
            "Some left, e.g. Ito, i.e. the boss, etc. and never came back.",
            // Quotations and brackets.
            "“It fell.”|“Who says so?” asked Vera.",
            "\"We won,\" she said.|\"They lost.\"|Nobody cheered.",
            "It closed (see p. 5).|(It opened again.)|Good.",
            "He shouted “Stop!” and ran.|She stopped.",
            "It shrank.[3]|It grew.[citation needed]|It fell.",
            // Marks of the end.
            "Really?!|Yes!!!|Well…|No.",
            "He paused… and went on.|Then he left.",
            "I use Yahoo! for mail.|You do not.",
            // Without capitals, with faces.
            "the shop closed.|they left town.|will it open?|nobody knows",
            "It was great :)|We came back.|Thanks!",
            // Numbers and addresses.
            "It cost $3.50 on Jan. 5, 2020.|Prices rose 2.5%.",
            "Write to ada@example.org.|See www.example.org/a.b?c.|Bye.",
            "He won in .25 seconds.|She won 3-2.",
        ];
        for case in cases {
            let wanted: Vec<&str> = case.split('|').collect();
            let text = wanted.join(" ");
            let (found, _) = segments(&text);
            let found: Vec<&str> = found.iter().map(|part| part.span.of(&text)).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn a_date_that_was_a_line_parts_headline_and_text() {
        let text = "Bridge falls in Turin Monday, May 18, 2015 Ten people were hurt. It fell on \
            Sunday, May 17, 2015 Ada said.";
        let (found, _) = segments(text);
        let found: Vec<&str> = found.iter().map(|part| part.span.of(text)).collect();
        let wanted = [
            "Bridge falls in Turin",
            "Monday, May 18, 2015",
            "Ten people were hurt.",
            "It fell on Sunday, May 17, 2015 Ada said.",
        ];
        assert_eq!(found, wanted);
    }

    /// Says where the tokens of `text` break the promise that they lie in order, on character
    /// borders, within their sentences, and cover all that can be seen.
    fn broken(text: &str) -> Option<String> {
        let (found, _) = segments(text);
        let mut end = 0;
        for segment in &found {
            for token in &segment.tokens {
                let span = segment.span;
                let within = span.start() <= token.start() && token.end() <= span.end();
                if token.start() < end || token.of(text).is_empty() || !within {
                    return Some(format!("{token:?} behind {end}"));
                }
                let skipped = text.get(end..token.start()).unwrap_or("lost");
                if let Some(lost) = skipped.chars().find(|c| !unseen(*c)) {
                    return Some(format!("{lost:?} lost before {token:?}"));
                }
                end = token.end();
            }
        }
        let lost = text.get(end..)?.chars().find(|c| !unseen(*c))?;
        Some(format!("{lost:?} lost at the end"))
    }

    fn unseen(character: char) -> bool {
        character.is_whitespace() || is_invisible(character)
    }

    #[test]
    fn odd_texts_keep_every_character() {
        let cases = [
            "👩‍👩‍👧‍👦👍🏽🇮🇹🇫🇷 ok",
            "\0a\0 b\u{7f}",
            "a\u{200b}b\u{ad}c\u{200f}\u{301}\u{301}",
            "\u{301}\u{308}",
            "a\r\nb\r\n\r\nc\u{c}d\te\u{a0}f",
            "ПРИВЕТ МИР. これは文です。次の文。 مرحبا بالعالم؟ नमस्ते।",
            "BREAKING: ALL OF IT FELL. NOBODY KNEW.",
            "((((((“““‘‘‘''''\"\"\"\"))))",
            "'''s n't 't 'tis '' ’’s",
            ". .. ... .? !. ?. …. ,,, ;; :: -- --- – —",
            "• \n* \n- \n– x\n1. \n2) b",
            "SEE ALSO: x\nBy Ada Vos\nROME (AP) — It fell.\n— \nROME – \n",
        ];
        for text in cases {
            assert_eq!(broken(text), None, "{text:?}");
        }
        let units = [
            "a",
            "(",
            "'",
            "a-",
            "1,",
            ".",
            "a.",
            "\n",
            "\r\n",
            "\"",
            "👩‍👩‍👧",
            "\u{200d}",
            "A. ",
            "? \"",
            "[1]",
        ];
        for unit in units {
            let text = unit.repeat(300_000 / unit.len());
            assert_eq!(broken(&text), None, "{unit:?}");
        }
    }

    /// Pieces that texts are made of, and some that they should not be made of.
    const PIECES: [&str; 71] = [
        "Mr.",
        "U.S.",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\"",
        "“",
        "”",
        "’s",
        "n't",
        "'",
        "(",
        ")",
        "[",
        "]",
        "[2]",
        ".",
        "...",
        "…",
        "?",
        "!",
        ",",
        ";",
        ":",
        "-",
        "–",
        "—",
        "--",
        "•",
        "* ",
        "ROME (AP) – ",
        "By Ada Vos",
        "SEE ALSO:",
        "Monday, May 18, 2015",
        "13,14",
        "1,000",
        "$5",
        "+44",
        ".25",
        "50km",
        "9/11",
        "www.a.org",
        "a@b.org",
        "https://x.org/(a)",
        "#tag",
        "@me",
        ":)",
        "w/o",
        "Yahoo!",
        "can't",
        "Cannot",
        "gonna",
        "the",
        "The",
        "said",
        "fell",
        "iPhone",
        "é",
        "\u{301}",
        "\u{200b}",
        "\u{ad}",
        "\u{feff}",
        "👩‍👩‍👧",
        "🇮🇹",
        "日本",
        "。",
        "İ",
        "\0",
        "\u{a0}",
    ];

    proptest! {
        #[test]
        fn any_text_keeps_every_character(text in any::<String>()) {
            prop_assert_eq!(broken(&text), None);
        }

        #[test]
        fn pieces_of_prose_keep_every_character(
            pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..60)
        ) {
            let text = pieces.concat();
            prop_assert_eq!(broken(&text), None, "{:?}", text);
        }
    }

    #[test]
    fn nothing_yields_nothing() {
        for text in ["", " \n\t\n", "\u{200b}", "\u{feff}\n"] {
            assert!(segments(text).0.is_empty(), "{text:?}");
        }
    }
}
