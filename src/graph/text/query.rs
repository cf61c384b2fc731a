//! What is searched for, and how well a text fits it.
//!
//! The score is BM25: S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25
//! and Beyond", 2009, with k1 = 1.2 and b = 0.75. Of several texts of one node or relationship
//! the best counts.

use std::collections::BTreeMap;

use super::super::algorithm::Watch;
use super::index::{TextId, TextIndex, WordId};
use super::words::each_word;

const K1: f64 = 1.2;
const B: f64 = 0.75;

/// How much of a query a text must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    All,
    /// Any part.
    Any,
}

/// A query: words, `"phrases in quotes"`, beginnings (`word*`), misspellings (`word~`), and
/// words that must not be there (`-word`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextQuery {
    parts: Vec<Part>,
    wanted: Wanted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    /// One after the other; never empty.
    words: Vec<String>,
    last: Last,
    refused: bool,
}

/// What is made of the last word of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Whole,
    Beginning,
    Like,
}

/// A node or relationship that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextMatch {
    /// Its number.
    pub owner: i64,
    /// How well its best text fits.
    pub score: f64,
}

impl TextQuery {
    /// The query written in `text`. There is no text that is not one; without a word it finds
    /// nothing.
    pub fn new(text: &str, wanted: Wanted) -> Self {
        let mut parts = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (refused, after) = match rest.strip_prefix('-') {
                Some(after) => (true, after),
                None => (false, rest),
            };
            let (inside, after) = if let Some(quoted) = after.strip_prefix('"') {
                quoted.split_once('"').unwrap_or((quoted, ""))
            } else {
                let is_end = |mark: char| mark.is_whitespace() || mark == '"';
                let end = after.find(is_end).unwrap_or(after.len());
                after.split_at_checked(end).unwrap_or((after, ""))
            };
            // The mark stands inside of `word*` and behind `"a phrase"*`.
            let (marked, after) = match after.strip_prefix(['*', '~']) {
                Some(behind) => (after.chars().next(), behind),
                None => (inside.chars().next_back(), after),
            };
            let last = match marked {
                Some('*') => Last::Beginning,
                Some('~') => Last::Like,
                Some(_) | None => Last::Whole,
            };
            let mut words = Vec::new();
            each_word(inside, |word| words.push(word.to_owned()));
            if !words.is_empty() {
                parts.push(Part {
                    words,
                    last,
                    refused,
                });
            }
            rest = after.trim_start();
        }
        Self { parts, wanted }
    }

    /// What `index` has for the query, the best first, then by number.
    ///
    /// Time O(texts with any of the words), plus all words of the index for `word~`.
    ///
    /// # Errors
    /// That of the watch.
    pub fn run<E>(&self, index: &TextIndex, watch: &Watch<'_, E>) -> Result<Vec<TextMatch>, E> {
        let mut scores: Option<BTreeMap<TextId, f64>> = None;
        for part in self.parts.iter().filter(|part| !part.refused) {
            let found = part.scores(index, watch)?;
            scores = Some(match (scores, self.wanted) {
                (None, _) => found.into_iter().collect(),
                (Some(scores), Wanted::All) => both(&scores, &found),
                (Some(mut scores), Wanted::Any) => {
                    for (text, score) in found {
                        *scores.entry(text).or_default() += score;
                    }
                    scores
                }
            });
        }
        let mut scores = scores.unwrap_or_default();
        for part in self.parts.iter().filter(|part| part.refused) {
            for (text, _) in part.scores(index, watch)? {
                scores.remove(&text);
            }
        }
        let mut best: BTreeMap<i64, f64> = BTreeMap::new();
        for (text, score) in scores {
            let owners = index.owners(text);
            watch.step(1 + 4 * owners.len())?;
            for owner in owners {
                let known = best.entry(*owner).or_insert(score);
                *known = known.max(score);
            }
        }
        let mut found: Vec<TextMatch> = best
            .into_iter()
            .map(|(owner, score)| TextMatch { owner, score })
            .collect();
        found.sort_by(|one, other| other.score.total_cmp(&one.score));
        Ok(found)
    }
}

/// The sums of the scores of those texts that have both.
fn both(scores: &BTreeMap<TextId, f64>, found: &[(TextId, f64)]) -> BTreeMap<TextId, f64> {
    let found = found.iter();
    found
        .filter_map(|(text, score)| Some((*text, scores.get(text)? + score)))
        .collect()
}

impl Part {
    /// The texts that have it, ascending, each with its score.
    fn scores<E>(&self, index: &TextIndex, watch: &Watch<'_, E>) -> Result<Vec<(TextId, f64)>, E> {
        let found = self.occurrences(index, watch)?;
        let texts = count(index.text_count());
        let mean = count(index.word_count()) / texts.max(1.0);
        let having = count(found.len());
        let rarity = (1.0 + (texts - having + 0.5) / (having + 0.5)).ln();
        let scored = found.into_iter().map(|(text, often)| {
            let length = count(index.words(text).len()) / mean.max(1e-9);
            let weight = often * (K1 + 1.0) / (often + K1 * (1.0 - B + B * length));
            (text, rarity * weight)
        });
        Ok(scored.collect())
    }

    /// The texts that have it, ascending, each with how often; less if only nearly.
    fn occurrences<E>(
        &self,
        index: &TextIndex,
        watch: &Watch<'_, E>,
    ) -> Result<Vec<(TextId, f64)>, E> {
        let Some((last, before)) = self.words.split_last() else {
            return Ok(Vec::new());
        };
        let ends = self.last_words(last, index, watch)?;
        let before: Option<Vec<WordId>> = before.iter().map(|word| index.word(word)).collect();
        let Some(before) = before else {
            return Ok(Vec::new());
        };
        let mut found: Vec<(TextId, f64)> = Vec::new();
        for (word, share) in &ends {
            let texts = index.texts(*word);
            watch.step(1 + 2 * texts.len())?;
            found.extend(
                texts
                    .iter()
                    .map(|(text, often)| (*text, share * f64::from(*often))),
            );
        }
        if ends.len() > 1 {
            found.sort_unstable_by_key(|(text, _)| *text);
            found.dedup_by(|(next, more), (text, often)| {
                let same = next == text;
                if same {
                    *often += *more;
                }
                same
            });
        }
        if before.is_empty() {
            return Ok(found);
        }
        let ends: BTreeMap<WordId, f64> = ends.into_iter().collect();
        let mut phrases = Vec::new();
        for (text, _) in found {
            let words = index.words(text);
            watch.step(1 + words.len())?;
            let often: f64 = words
                .windows(before.len() + 1)
                .filter_map(|window| {
                    let (last, first) = window.split_last()?;
                    (first == before).then(|| ends.get(last)).flatten()
                })
                .sum();
            if often > 0.0 {
                phrases.push((text, often));
            }
        }
        Ok(phrases)
    }

    /// The words of the index that may stand last, each with its share of a full match.
    fn last_words<E>(
        &self,
        last: &str,
        index: &TextIndex,
        watch: &Watch<'_, E>,
    ) -> Result<Vec<(WordId, f64)>, E> {
        match self.last {
            Last::Whole => Ok(index
                .word(last)
                .map(|word| (word, 1.0))
                .into_iter()
                .collect()),
            Last::Beginning => Ok(index.words_from(last).map(|word| (word, 1.0)).collect()),
            Last::Like => {
                let length = last.chars().count();
                let most = if length <= 5 { 1 } else { 2 };
                let mut like = Vec::new();
                for (name, word) in index.names() {
                    watch.step(32)?;
                    // A letter has at most four bytes.
                    if name.len() > 4 * (length + most) || name.len() + most < length {
                        continue;
                    }
                    let distance = strsim::osa_distance(last, name);
                    if distance <= most {
                        like.push((*word, 1.0 / (1.0 + count(distance))));
                    }
                }
                Ok(like)
            }
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words are far below 2^53"
)]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::super::Owners;
    use super::{TextIndex, TextQuery, Wanted};
    use crate::graph::algorithm::Watch;
    use crate::graph::{PropertyGraph, Transaction};
    use crate::model::Value;

    fn watch() -> Watch<'static, Infallible> {
        Watch::new(&|| Ok(()))
    }

    fn index(texts: &[&str]) -> TextIndex {
        let mut graph = PropertyGraph::new();
        let mut transaction = Transaction::new(&mut graph);
        let key = transaction.property_key("name");
        for text in texts {
            let names = text.split('|').map(Value::from);
            transaction
                .create_node(&[], &[(key, Value::list(names))])
                .unwrap();
        }
        transaction.commit();
        TextIndex::new(&graph, Owners::Nodes, &[key], &watch()).unwrap()
    }

    fn found(index: &TextIndex, query: &str, wanted: Wanted) -> Vec<i64> {
        let matches = TextQuery::new(query, wanted).run(index, &watch());
        matches.unwrap().iter().map(|found| found.owner).collect()
    }

    #[test]
    fn words_phrases_beginnings_and_misspellings_are_found() {
        let index = index(&[
            "Harbour Commission",
            "Commission of Ports|Harbour Board",
            "Port Authority of the North Harbour",
            "Émile Durand",
            "Harbour Harbour",
        ]);
        let cases: [(&str, &[i64]); 13] = [
            ("harbour", &[5, 1, 2, 3]),
            ("harbour commission", &[1]),
            ("\"north harbour\"", &[3]),
            ("\"harbour north\"", &[]),
            ("harb*", &[5, 1, 2, 3]),
            ("port*", &[2, 3]),
            ("\"commission of p\"*", &[2]),
            ("harbour -commission", &[5, 2, 3]),
            ("emile", &[4]),
            ("durrand~", &[4]),
            ("DURAND", &[4]),
            ("-harbour", &[]),
            ("", &[]),
        ];
        for (query, expected) in cases {
            assert_eq!(found(&index, query, Wanted::All), expected, "{query}");
        }
        assert_eq!(found(&index, "board commission", Wanted::Any), [2, 1]);
        assert!(found(&index, "nothing", Wanted::Any).is_empty());
    }

    #[test]
    fn the_score_is_that_of_the_formula() {
        let index = index(&["a b", "a", "c"]);
        let matches = TextQuery::new("a", Wanted::All).run(&index, &watch());
        let scores: Vec<f64> = matches.unwrap().iter().map(|found| found.score).collect();
        // Three texts of 4/3 words on average, two of them with the word.
        let rarity = (1.0_f64 + 1.5 / 2.5).ln();
        let score = |length: f64| rarity * 2.2 / (1.0 + 1.2 * (0.25 + 0.75 * length * 0.75));
        let expected = [score(1.0), score(2.0)];
        for (found, expected) in scores.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{scores:?}");
        }
    }
}
