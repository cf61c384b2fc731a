//! How well raw text is cut into tokens and sentences, against the treebanks that
//! `WHOM_TREEBANKS` names; without it the test says so and passes.

use std::collections::BTreeSet;
use std::path::PathBuf;

use whom::text::segments;

use crate::support::blocks;

/// Treebank; floors of F1 in per cent for tokens and for sentences.
const FLOORS: [(&str, f64, f64); 2] = [("gum-news-dev", 99.4, 95.0), ("ewt-dev", 99.0, 85.4)];

/// A document of a treebank: its raw text, and where its tokens and sentences stand, counted in
/// characters that are no blanks.
#[derive(Default)]
struct Gold {
    text: String,
    tokens: Spans,
    sentences: Spans,
    at: usize,
}

type Spans = BTreeSet<(usize, usize)>;

#[test]
fn raw_text_is_cut_as_the_treebanks_cut_it() {
    let Some(folder) = std::env::var_os("WHOM_TREEBANKS").map(PathBuf::from) else {
        eprintln!("skipped: WHOM_TREEBANKS names no folder");
        return;
    };
    for (name, token_floor, sentence_floor) in FLOORS {
        let file = std::fs::read_to_string(folder.join(name).with_extension("conllu")).unwrap();
        let mut tokens = [0; 3];
        let mut sentences = [0; 3];
        for gold in documents(&file) {
            let (found_tokens, found_sentences) = cut(&gold.text);
            count(&mut tokens, &gold.tokens, &found_tokens);
            count(&mut sentences, &gold.sentences, &found_sentences);
        }
        let (tokens, sentences) = (f1(tokens), f1(sentences));
        eprintln!("{name}: tokens {tokens:.2}, sentences {sentences:.2}");
        assert!(tokens >= token_floor, "{name}: tokens {tokens:.2}");
        assert!(
            sentences >= sentence_floor,
            "{name}: sentences {sentences:.2}"
        );
    }
}

fn count(counts: &mut [usize; 3], gold: &Spans, found: &Spans) {
    counts[0] += gold.intersection(found).count();
    counts[1] += gold.len();
    counts[2] += found.len();
}

fn f1([hits, gold, found]: [usize; 3]) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    200.0 * number(hits) / number(gold + found)
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// What whom finds in `text`.
fn cut(text: &str) -> (Spans, Spans) {
    let mut before = vec![0; text.len() + 1];
    let mut seen = 0;
    for (at, character) in text.char_indices() {
        before[at] = seen;
        seen += usize::from(!character.is_whitespace());
    }
    before[text.len()] = seen;
    let (found, _) = segments(text);
    let place = |span: &whom::base::Span| (before[span.start()], before[span.end()]);
    let tokens = found.iter().flat_map(|segment| &segment.tokens);
    (
        tokens.map(place).collect(),
        found.iter().map(|segment| place(&segment.span)).collect(),
    )
}

/// The documents of a CoNLL-U file: a blank between sentences unless the last token says
/// otherwise, an empty line between paragraphs. The words of a multiword token count one by one
/// if they are written as they stand in it.
fn documents(file: &str) -> Vec<Gold> {
    let mut found: Vec<Gold> = Vec::new();
    for block in blocks(file) {
        if found.is_empty() || block.opens.0 {
            found.push(Gold::default());
        }
        let Some(gold) = found.last_mut() else {
            continue;
        };
        if block.opens.1 && !gold.text.is_empty() {
            gold.text.push_str("\n\n");
        }
        gold.text.push_str(block.text);
        let start = gold.at;
        let rows = block.rows;
        let mut row = 0;
        let mut spaced = true;
        while let Some(columns) = rows.get(row) {
            row += 1;
            let (id, form) = (columns[0], columns[1]);
            if id.contains('.') {
                continue;
            }
            spaced = !columns[9].contains("SpaceAfter=No");
            let count = id.split_once('-').map_or(0, |(first, last)| {
                last.parse::<usize>().unwrap() - first.parse::<usize>().unwrap() + 1
            });
            let words = &rows[row..row + count];
            row += count;
            let joined: String = words.iter().map(|word| word[1]).collect();
            let forms: Vec<&str> = if count > 0 && joined == form {
                words.iter().map(|word| word[1]).collect()
            } else {
                vec![form]
            };
            for form in forms {
                let end = gold.at + visible(form);
                gold.tokens.insert((gold.at, end));
                gold.at = end;
            }
        }
        gold.sentences.insert((start, gold.at));
        if spaced {
            gold.text.push(' ');
        }
    }
    found
}
