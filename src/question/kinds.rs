//! Which nouns are kinds of which: a viaduct is a bridge.
//!
//! What is known is data, compiled in: `grammar/words/kinds.txt` (our own) and
//! `grammar/words/wordnet-kinds.txt`, a tree (out of `WordNet` 3.0, its licence at its head). A noun
//! stands in the tree once for each of its frequent senses. Numbered from top to bottom, the places beneath
//! a place are one range of numbers.

use std::borrow::Cow;
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
    ("ves", "f"),
    ("ves", "fe"),
    ("people", "person"),
    ("children", "child"),
];

/// Where a noun stands in the tree.
#[derive(Debug)]
struct Sense {
    /// Its place and those beneath.
    places: Range<u32>,
    /// Whether it is the noun's first sense.
    first: bool,
}

/// All that is known of kinds.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    /// For each class of our own list its kinds.
    listed: FxHashMap<&'static str, Vec<&'static str>>,
    /// The tree: for each noun its senses.
    senses: FxHashMap<&'static str, Vec<Sense>>,
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
            for noun in nouns.split(' ').filter(|noun| *noun != "-") {
                let later = noun.strip_suffix('~');
                let senses = self.senses.entry(later.unwrap_or(noun)).or_default();
                senses.push(Sense {
                    places: start..end,
                    first: later.is_none(),
                });
            }
        }
    }

    /// The senses of a noun.
    fn senses(&self, noun: &str) -> impl Iterator<Item = &Sense> {
        singulars(noun)
            .filter_map(|noun| self.senses.get(&*noun))
            .flatten()
    }

    /// Whether the tree has the noun.
    pub(super) fn has(&self, noun: &str) -> bool {
        self.senses(noun).next().is_some()
    }

    /// Whether a noun in its first sense is a kind of `of`, by the tree.
    pub(super) fn is_first(&self, noun: &str, of: &str) -> bool {
        let mut senses = self.senses(noun).filter(|sense| sense.first);
        senses.any(|sense| self.is_at(sense, of))
    }

    /// Whether one noun may be a kind of the other, in some sense of each; both in lower case, each
    /// in the singular or in the plural.
    pub(super) fn is_kind(&self, noun: &str, of: &str) -> bool {
        let mut listed = singulars(of)
            .filter_map(|class| self.listed.get(&*class))
            .flatten();
        listed.any(|kind| singulars(noun).any(|noun| noun == *kind))
            || self.senses(noun).any(|sense| self.is_at(sense, of))
    }

    /// Whether a sense of a noun stands beneath another noun, or is the same.
    fn is_at(&self, sense: &Sense, of: &str) -> bool {
        self.senses(of)
            .any(|kind| kind.places.contains(&sense.places.start))
    }
}

/// What the noun may be in the singular; it may be already.
pub(super) fn singulars(noun: &str) -> impl Iterator<Item = Cow<'_, str>> {
    SINGULARS.iter().filter_map(move |(ending, own)| {
        let stem = noun.strip_suffix(ending)?;
        Some(if own.is_empty() {
            stem.into()
        } else {
            format!("{stem}{own}").into()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Kinds, kinds};

    #[test]
    fn what_stands_beneath_is_a_kind_of_it() {
        let own = "# ours\nidea: law, rose\n";
        let tree = "# a comment\nthing\n plant\n  oak\n  rose\n   tea\n tea~ gin\nidea\n";
        let kinds = Kinds::read(own, tree);
        let is = |one: &str, other: &str| kinds.is_kind(one, other);
        assert!(is("oak", "plants") && is("oak", "thing") && is("tea", "rose"));
        assert!(is("rose", "rose"));
        assert!(is("laws", "ideas") && is("rose", "idea") && !is("tea", "idea"));
        assert!(kinds.is_first("tea", "plant") && is("gin", "tea"));
        let own = Kinds::read("", "thing\n plant\n  tea~\n drink\n  tea\n");
        assert!(own.is_first("tea", "drink") && !own.is_first("tea", "plant"));
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
            ("airlines", "company"),
            ("ferries", "ship"),
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
