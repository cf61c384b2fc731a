//! Which nouns are kinds of which: a viaduct is a bridge.
//!
//! The tree is data, compiled in: `grammar/words/kinds.txt` (out of `WordNet` 3.0, its licence at
//! its head). A noun stands in it once for each of its senses. Numbered from top to bottom, the
//! places beneath a place are one range of numbers.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::words;

/// The tree of kinds.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    /// For each noun, as a stem, the places of its senses, each with those beneath it.
    places: BTreeMap<String, Vec<Range<usize>>>,
}

/// The tree, read when it is first asked for.
pub(super) fn kinds() -> &'static Kinds {
    static KINDS: LazyLock<Kinds> =
        LazyLock::new(|| Kinds::read(include_str!("../../grammar/words/kinds.txt")));
    &KINDS
}

impl Kinds {
    fn read(text: &str) -> Self {
        let mut found = Self::default();
        // The line that is open at each depth.
        let mut open: Vec<(usize, &str)> = Vec::new();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut place = 0;
        for line in lines {
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
    fn close(&mut self, open: &mut Vec<(usize, &str)>, depth: usize, end: usize) {
        for (start, nouns) in open.drain(depth.min(open.len())..) {
            for noun in nouns.split(' ') {
                let places = self.places.entry(words::stem(noun)).or_default();
                places.push(start..end);
            }
        }
    }

    fn places(&self, stem: &str) -> &[Range<usize>] {
        self.places.get(stem).map_or(&[], Vec::as_slice)
    }

    /// Whether one noun may be a kind of the other, in some sense of each; both are stems.
    pub(super) fn is_kind(&self, stem: &str, of: &str) -> bool {
        let mut senses = self.places(stem).iter();
        senses.any(|sense| {
            let mut kinds = self.places(of).iter();
            kinds.any(|kind| kind.contains(&sense.start))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Kinds, kinds};
    use crate::question::words::stem;

    #[test]
    fn what_stands_beneath_is_a_kind_of_it() {
        let kinds = Kinds::read("# a comment\nthing\n plant\n  oak\n  rose\n   tea\n tea\nidea\n");
        let is = |one: &str, other: &str| kinds.is_kind(&stem(one), &stem(other));
        assert!(is("oak", "plant") && is("oak", "thing") && is("tea", "rose"));
        assert!(is("rose", "rose"));
        assert!(!is("plant", "oak") && !is("rose", "oak") && !is("idea", "thing"));
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
        ];
        for (one, other) in pairs {
            let is = |one: &str, other: &str| kinds().is_kind(&stem(one), &stem(other));
            assert!(is(one, other), "{one} {other}");
            assert!(!is(other, one), "{other} {one}");
        }
        let others = [("road", "bridge"), ("army", "bridge"), ("demand", "ship")];
        for (one, other) in others {
            assert!(!kinds().is_kind(&stem(one), &stem(other)), "{one} {other}");
        }
    }
}
