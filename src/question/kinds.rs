//! Which nouns are kinds of which: a viaduct is a bridge.
//!
//! What is known is data, compiled in: `grammar/words/kinds.txt` (our own) and
//! `grammar/words/wordnet-kinds.txt`, a tree (out of `WordNet` 3.0, its licence at its head). A noun
//! stands in the tree once for each of its senses. Numbered from top to bottom, the places beneath
//! a place are one range of numbers.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::{items, lines};

/// What plurals end in, and the singular in place of that.
const SINGULARS: &[(&str, &str)] = &[
    ("", ""),
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("men", "man"),
    ("women", "woman"),
    ("ves", "f"),
    ("people", "person"),
];

/// All that is known of kinds.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    /// For each class of our own list its kinds.
    listed: FxHashMap<&'static str, Vec<&'static str>>,
    /// For each noun the places of its senses, each with those beneath it.
    places: FxHashMap<&'static str, Vec<Range<u32>>>,
}

/// What the lists say, read when it is first asked for.
pub(super) fn kinds() -> &'static Kinds {
    static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
        Kinds::read(
            include_str!("../../grammar/words/kinds.txt"),
            include_str!("../../grammar/words/wordnet-kinds.txt"),
        )
    });
    &KINDS
}

impl Kinds {
    fn read(own: &'static str, tree: &'static str) -> Self {
        let mut found = Self::default();
        for line in lines(own) {
            if let Some((class, kinds)) = line.split_once(':') {
                found.listed.insert(class.trim(), items(kinds).collect());
            }
        }
        // The line that is open at each depth.
        let mut open: Vec<(u32, &str)> = Vec::new();
        let mut place = 0;
        for line in tree.lines().filter(|line| !line.starts_with('#')) {
            let nouns = line.trim_start();
            let depth = line.len() - nouns.len();
            found.close(&mut open, depth, place);
            open.push((place, nouns));
            place += 1;
        }
        found.close(&mut open, 0, place);
        found
    }

    /// Ends what is open at `depth` and below before the line numbered `end`.
    fn close(&mut self, open: &mut Vec<(u32, &'static str)>, depth: usize, end: u32) {
        for (start, nouns) in open.drain(depth.min(open.len())..) {
            for noun in nouns.split(' ') {
                self.places.entry(noun).or_default().push(start..end);
            }
        }
    }

    /// The places of a noun.
    fn places(&self, noun: &str) -> impl Iterator<Item = &Range<u32>> {
        singulars(noun)
            .filter_map(|noun| self.places.get(noun.as_str()))
            .flatten()
    }

    /// Whether one noun stands beneath the other in the tree, or is the same.
    fn is_beneath(&self, noun: &str, of: &str) -> bool {
        self.places(noun)
            .any(|sense| self.places(of).any(|kind| kind.contains(&sense.start)))
    }

    /// Whether the tree has the noun.
    pub(super) fn has(&self, noun: &str) -> bool {
        self.places(noun).next().is_some()
    }

    /// Whether one noun may be a kind of the other, in some sense of each; both in lower case, each
    /// in the singular or in the plural.
    pub(super) fn is_kind(&self, noun: &str, of: &str) -> bool {
        let mut listed = singulars(of)
            .filter_map(|class| self.listed.get(class.as_str()))
            .flatten();
        listed.any(|kind| singulars(noun).any(|noun| noun == *kind) || self.is_beneath(noun, kind))
            || self.is_beneath(noun, of)
    }
}

/// What the noun may be in the singular; it may be already.
fn singulars(noun: &str) -> impl Iterator<Item = String> {
    SINGULARS.iter().filter_map(move |(ending, own)| {
        let stem = noun.strip_suffix(ending)?;
        Some(format!("{stem}{own}"))
    })
}

#[cfg(test)]
mod tests {
    use super::{Kinds, kinds};

    #[test]
    fn what_stands_beneath_is_a_kind_of_it() {
        let own = "# ours\nidea: law, rose\n";
        let tree = "# a comment\nthing\n plant\n  oak\n  rose\n   tea\n tea\nidea\n";
        let kinds = Kinds::read(own, tree);
        let is = |one: &str, other: &str| kinds.is_kind(one, other);
        assert!(is("oak", "plants") && is("oak", "thing") && is("tea", "rose"));
        assert!(is("rose", "rose"));
        assert!(is("laws", "ideas") && is("rose", "idea") && is("tea", "idea"));
        assert!(!is("plant", "oak") && !is("rose", "oak") && !is("idea", "thing"));
        assert!(kinds.has("oaks") && !kinds.has("ash"));
        assert!(!is("ash", "plant") && !is("oak", "ash"));
    }

    #[test]
    fn kinds_of_things_in_the_news() {
        let pairs = [
            ("viaducts", "bridges"),
            ("ferry", "ships"),
            ("rifles", "weapons"),
            ("measles", "diseases"),
            ("theft", "crime"),
            ("houses", "buildings"),
            ("policemen", "person"),
            ("firms", "company"),
            ("ferryboat", "ship"),
        ];
        for (one, other) in pairs {
            assert!(kinds().is_kind(one, other), "{one} {other}");
            assert!(!kinds().is_kind(other, one), "{other} {one}");
        }
        let others = [("road", "bridge"), ("army", "bridge"), ("demand", "ship")];
        for (one, other) in others {
            assert!(!kinds().is_kind(one, other), "{one} {other}");
        }
    }
}
