//! Names that a question spells wrong: "Rivrea" where the graph has a Rivera.
//!
//! The question is never answered for another name than it has; what may have been meant is only
//! offered.

use std::collections::BTreeSet;

use crate::base::nearest;

use super::facts::{Facts, NodeForm};
use super::words;

/// Names shorter than this have too many neighbours.
const SHORTEST: usize = 5;

/// `question` with the names that the graph does not know replaced by the nearest that it does;
/// `None` where there is none to replace.
pub(super) fn meant(facts: &Facts, question: &str) -> Option<String> {
    // Who writes all in small letters writes names so, too.
    let small = !question
        .split_whitespace()
        .skip(1)
        .any(|chunk| chunk.contains(char::is_uppercase));
    let mut known: Option<BTreeSet<&str>> = None;
    let mut changed = false;
    let spelled: Vec<String> = question
        .split_whitespace()
        .enumerate()
        .map(|(index, chunk)| {
            let bare = bare(chunk);
            let is_name = index > 0
                && (bare.starts_with(char::is_uppercase) || small && !words::is_known(bare))
                && bare.chars().count() >= SHORTEST
                && bare.chars().all(char::is_alphabetic);
            if !is_name || is_known(facts, bare) {
                return chunk.to_owned();
            }
            let known = known.get_or_insert_with(|| names(facts));
            let near = nearest(bare, known.iter().copied());
            let near = near.filter(|near| is_near(bare, near));
            changed |= near.is_some();
            near.map_or_else(|| chunk.to_owned(), |near| chunk.replacen(bare, near, 1))
        })
        .collect();
    changed.then(|| spelled.join(" "))
}

/// A word without marks and possessive ending.
fn bare(chunk: &str) -> &str {
    let word = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word)
}

/// Whether the graph has the word anywhere.
fn is_known(facts: &Facts, word: &str) -> bool {
    words::content(word).iter().all(|stem| facts.has(stem))
}

/// The words of the names of all things.
fn names(facts: &Facts) -> BTreeSet<&str> {
    facts
        .things
        .iter()
        .filter(|thing| thing.form == NodeForm::Entity)
        .flat_map(|thing| std::iter::once(&thing.name).chain(&thing.aliases))
        .flat_map(|name| name.split_whitespace().map(bare))
        .filter(|word| word.starts_with(char::is_uppercase) && word.chars().count() >= SHORTEST)
        .collect()
}

/// Whether the two differ by no more than a slip of the pen: names begin alike, and long ones may
/// have two slips.
fn is_near(one: &str, other: &str) -> bool {
    let first = |word: &str| word.chars().next().map(|c| c.to_lowercase().to_string());
    let lengths = one.chars().count().abs_diff(other.chars().count());
    first(one) == first(other) && lengths <= 2
}

#[cfg(test)]
mod tests {
    use super::meant;
    use crate::question::facts::{Facts, NodeForm, Thing};

    #[test]
    fn only_a_name_that_the_graph_lacks_is_respelled() {
        let things = ["Marta Olin", "Arlkraft", "Norland"];
        let things = things.map(|name| Thing::new(NodeForm::Entity, name));
        let facts = Facts::new(things.to_vec(), Vec::new());
        let cases = [
            ("Who owns Arlkaft?", Some("Who owns Arlkraft?")),
            (
                "Who is Marta Olin's boss in Norlnad?",
                Some("Who is Marta Olin's boss in Norland?"),
            ),
            ("Who owns Arlkraft?", None),
            ("Who owns Helvolt?", None),
            ("Who owns arlkaft?", Some("Who owns Arlkraft?")),
            ("Who owns Arlkraft's boatyards?", None),
        ];
        for (question, expected) in cases {
            assert_eq!(meant(&facts, question).as_deref(), expected, "{question}");
        }
    }
}
