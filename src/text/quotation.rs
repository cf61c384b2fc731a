//! What stands in quotation marks, over sentences and paragraphs.
//!
//! Tells nothing of who speaks.

use std::ops::Range;

use super::document::Document;
use crate::base::Id as _;

/// The quotations of `document`, in order: their tokens without the marks, counted through the
/// document.
pub(crate) fn quotations(document: &Document) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut paragraph = 0;
    for token in document.tokens() {
        let index = token.id().index();
        let here = token.sentence().paragraph();
        let opens = matches!(token.text(), "“" | "``" | "«") || token.xpos() == "``";
        let closes = matches!(token.text(), "”" | "''" | "»") || token.xpos() == "''";
        let plain = matches!(token.form(), "\"" | "“" | "”" | "``" | "''");
        if here != paragraph {
            paragraph = here;
            // A quote goes on in the next paragraph only if that opens with a mark again.
            if let Some(start) = open {
                if opens || plain {
                    continue;
                }
                // The mark may be forgotten: then the first one that follows closes.
                if closes_first(document, index, here) {
                    continue;
                }
                found.push(start..index);
                open = None;
            }
        }
        let marks = plain || opens || closes;
        if !marks || token.text() == "'" {
            continue;
        }
        match open {
            Some(start) if !opens || closes => {
                found.push(start..index);
                open = None;
            }
            None if !closes || token.text() == "\"" => open = Some(index + 1),
            Some(_) | None => {}
        }
    }
    found
}

/// Whether the first quotation mark of paragraph `paragraph`, from token `start`, closes a quote.
fn closes_first(document: &Document, start: usize, paragraph: usize) -> bool {
    let marks = document
        .tokens()
        .skip(start)
        .take_while(|token| token.sentence().paragraph() == paragraph);
    let mut previous_ends = 0;
    for token in marks {
        let range = token.span();
        if matches!(token.text(), "”") || token.xpos() == "''" {
            return true;
        }
        if matches!(token.form(), "\"" | "“" | "``") {
            // A closing mark stands right after what it closes.
            return token.text() == "\"" && range.start() == previous_ends;
        }
        previous_ends = range.end();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::quotations;
    use crate::text::conllu;

    #[test]
    fn a_quotation_runs_over_sentences() {
        let sentence = |id: u32, words: &[&str]| {
            let mut text = format!("# sent_id = {id}\n");
            for (at, word) in words.iter().enumerate() {
                text.extend([format!(
                    "{}\t{word}\t{word}\tX\t_\t_\t{at}\tdep\t_\t_\n",
                    at + 1
                )]);
            }
            text + "\n"
        };
        let text = format!(
            "# newdoc\n{}{}",
            sentence(
                1,
                &["“", "Go", ".", "”", "he", "said", ".", "“", "It", "burns"]
            ),
            sentence(2, &["Run", "!", "”"])
        );
        let (documents, _) = conllu::read(&text);
        assert_eq!(quotations(&documents[0]), [1..3, 8..12]);
    }
}
