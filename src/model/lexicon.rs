//! What predicates have to do with one another: which say the same, which say it from the other
//! side, which nouns and roles say what a verb says.
//!
//! The lists are data, compiled in: `grammar/words/synonyms.txt` (our own) and
//! `grammar/words/wordnet.txt` (out of `WordNet` 3.0, its licence at its head). Predicates are
//! dictionary forms in lower case, with their particle or preposition.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// How one predicate is related to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kinship {
    /// It may stand for the other: `back`, `support`.
    Synonym,
    /// It tells the same from the other side: `defeat`, `lose to`.
    Inverse,
    /// A noun says what the verb says: `attack`, `assault`.
    Nominal,
    /// A noun says who does what the verb says: `lead`, `president`.
    Role,
}

/// The list that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WordList {
    /// Our own; it counts for more.
    Own,
    /// `WordNet`'s.
    WordNet,
}

/// A predicate that is related to one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kin {
    /// How.
    pub(crate) kinship: Kinship,
    /// Who says so.
    pub(crate) list: WordList,
    /// The predicate.
    pub(crate) predicate: &'static str,
}

/// All that the lists say.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    listed: Lines,
    wordnet: Lines,
    roles: BTreeMap<&'static str, BTreeSet<&'static str>>,
    inverses: BTreeMap<&'static str, BTreeSet<&'static str>>,
    nouns: BTreeMap<&'static str, BTreeMap<&'static str, WordList>>,
    saying: BTreeSet<&'static str>,
}

/// Lines of near synonyms.
#[derive(Debug, Default)]
struct Lines {
    lines: Vec<Vec<&'static str>>,
    /// For each predicate the numbers of the lines that name it.
    of: BTreeMap<&'static str, BTreeSet<usize>>,
}

impl Lines {
    fn add(&mut self, line: Vec<&'static str>) {
        for word in &line {
            self.of.entry(word).or_default().insert(self.lines.len());
        }
        self.lines.push(line);
    }

    fn share(&self, one: &str, other: &str) -> bool {
        let (Some(one), Some(other)) = (self.of.get(one), self.of.get(other)) else {
            return false;
        };
        one.intersection(other).next().is_some()
    }

    /// All that stand in a line with `predicate`, itself excepted.
    fn beside(&self, predicate: &str) -> BTreeSet<&'static str> {
        let numbers = self.of.get(predicate).into_iter().flatten();
        numbers
            .filter_map(|number| self.lines.get(*number))
            .flatten()
            .copied()
            .filter(|word| *word != predicate)
            .collect()
    }
}

/// The lexicon, read when it is first asked for.
pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
        Lexicon::read(
            include_str!("../../grammar/words/synonyms.txt"),
            include_str!("../../grammar/words/wordnet.txt"),
        )
    });
    &LEXICON
}

impl Lexicon {
    fn read(own: &'static str, wordnet: &'static str) -> Self {
        let mut found = Self::default();
        for line in lines(own) {
            if let Some((verbs, nouns)) = line.split_once("=>") {
                for verb in items(verbs) {
                    found.roles.entry(verb).or_default().extend(items(nouns));
                }
            } else if let Some((ones, others)) = line.split_once("<>") {
                for one in items(ones) {
                    for other in items(others) {
                        found.inverses.entry(one).or_default().insert(other);
                        found.inverses.entry(other).or_default().insert(one);
                    }
                }
            } else if let Some((verb, nouns)) = line.split_once('~') {
                let known = found.nouns.entry(verb.trim()).or_default();
                known.extend(items(nouns).map(|noun| (noun, WordList::Own)));
            } else if line.starts_with("say,") {
                found.saying.extend(items(line));
            } else {
                found.listed.add(items(line).collect());
            }
        }
        for line in lines(wordnet) {
            if let Some((verb, nouns)) = line.split_once(':') {
                let known = found.nouns.entry(verb.trim()).or_default();
                for noun in items(nouns) {
                    known.entry(noun).or_insert(WordList::WordNet);
                }
            } else {
                found.wordnet.add(items(line).collect());
            }
        }
        found
    }

    /// Whether `predicate` is a verb of saying or thinking.
    pub(crate) fn is_saying(&self, predicate: &str) -> bool {
        self.saying.contains(predicate)
    }

    /// Whether the lists know the verb.
    pub(crate) fn is_verb(&self, verb: &str) -> bool {
        self.saying.contains(verb)
            || self.listed.of.contains_key(verb)
            || self.wordnet.of.contains_key(verb)
            || self.nouns.contains_key(verb)
    }

    /// Which list, if any, says that the two may stand for one another; our own first.
    pub(crate) fn alike(&self, one: &str, other: &str) -> Option<WordList> {
        if self.listed.share(one, other) {
            Some(WordList::Own)
        } else if self.wordnet.share(one, other) {
            Some(WordList::WordNet)
        } else {
            None
        }
    }

    /// The lines of near synonyms of our own list.
    pub(crate) fn own_lines(&self) -> impl Iterator<Item = &[&'static str]> {
        self.listed.lines.iter().map(Vec::as_slice)
    }

    /// The nouns for who does what `verb` says.
    pub(crate) fn roles(&self, verb: &str) -> Option<&BTreeSet<&'static str>> {
        self.roles.get(verb)
    }

    /// All nouns for who does something.
    pub(crate) fn all_roles(&self) -> impl Iterator<Item = &'static str> {
        self.roles.values().flatten().copied()
    }

    /// The predicates that tell what `predicate` tells from the other side.
    pub(crate) fn inverses(&self, predicate: &str) -> impl Iterator<Item = &'static str> {
        let known = self.inverses.get(predicate);
        known.into_iter().flatten().copied()
    }

    /// Whether `noun` says what `verb` says.
    pub(crate) fn is_noun_of(&self, verb: &str, noun: &str) -> bool {
        self.nouns
            .get(verb)
            .is_some_and(|nouns| nouns.contains_key(noun))
    }

    /// The verbs that say what `noun` says.
    pub(crate) fn verbs_of(&self, noun: &str) -> impl Iterator<Item = &'static str> {
        let verbs = self.nouns.iter();
        verbs
            .filter(move |(_, nouns)| nouns.contains_key(noun))
            .map(|(verb, _)| *verb)
    }

    /// All nouns that say what a verb says.
    pub(crate) fn all_nouns(&self) -> impl Iterator<Item = &'static str> {
        self.nouns.values().flat_map(BTreeMap::keys).copied()
    }

    /// The near synonyms of `predicate`: those of our own list, and those that only `WordNet` has.
    pub(crate) fn synonyms(&self, predicate: &str) -> (Vec<&'static str>, Vec<&'static str>) {
        let own = self.listed.beside(predicate);
        let more = self.wordnet.beside(predicate);
        let more = more.difference(&own).copied().collect();
        (own.into_iter().collect(), more)
    }

    /// What is related to `predicate`, a verb or a noun: synonyms first, then inverses, nouns and
    /// roles, our own list's first. Empty for what the lists do not know.
    pub(crate) fn kin(&self, predicate: &str) -> BTreeSet<Kin> {
        let kin = |kinship, list| {
            move |predicate| Kin {
                kinship,
                list,
                predicate,
            }
        };
        let (own, more) = self.synonyms(predicate);
        let mut found: BTreeSet<Kin> = own
            .into_iter()
            .map(kin(Kinship::Synonym, WordList::Own))
            .collect();
        found.extend(
            more.into_iter()
                .map(kin(Kinship::Synonym, WordList::WordNet)),
        );
        found.extend(
            self.inverses(predicate)
                .map(kin(Kinship::Inverse, WordList::Own)),
        );
        for (verb, nouns) in &self.nouns {
            if *verb == predicate {
                let nouns = nouns.iter().filter(|(noun, _)| **noun != predicate);
                found.extend(nouns.map(|(noun, list)| kin(Kinship::Nominal, *list)(noun)));
            } else if let Some(list) = nouns.get(predicate) {
                found.insert(kin(Kinship::Nominal, *list)(verb));
            }
        }
        for (verb, nouns) in &self.roles {
            if *verb == predicate {
                found.extend(nouns.iter().copied().map(kin(Kinship::Role, WordList::Own)));
            } else if nouns.contains(predicate) {
                found.insert(kin(Kinship::Role, WordList::Own)(verb));
            }
        }
        found
    }

    /// Every predicate that has kin, in order.
    pub(crate) fn predicates(&self) -> BTreeSet<&'static str> {
        let verbs = self.listed.of.keys().chain(self.wordnet.of.keys());
        let verbs = verbs.chain(self.inverses.keys()).chain(self.roles.keys());
        verbs
            .chain(self.nouns.keys())
            .copied()
            .chain(self.all_nouns())
            .chain(self.all_roles())
            .collect()
    }
}

/// The lines of a word list without comments and empty ones.
pub(crate) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .map(|line| {
            line.split_once('#')
                .map_or(line, |(before, _)| before)
                .trim()
        })
        .filter(|line| !line.is_empty())
}

/// The items of a line of a word list, which commas part.
pub(crate) fn items(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Kinship, Lexicon, WordList, lexicon};

    fn shown(lexicon: &Lexicon, predicate: &str) -> Vec<String> {
        lexicon
            .kin(predicate)
            .iter()
            .map(|kin| format!("{:?} {:?} {}", kin.kinship, kin.list, kin.predicate))
            .collect()
    }

    #[test]
    fn each_sort_of_line_makes_its_kin() {
        let own = "back, support # a comment\nlead => head\nbeat, top <> lose to\nback ~ backing";
        let small = Lexicon::read(own, "back, second\nback, support\nback: backing, backer");
        assert_eq!(
            shown(&small, "back"),
            [
                "Synonym Own support",
                "Synonym WordNet second",
                "Nominal Own backing",
                "Nominal WordNet backer",
            ]
        );
        assert_eq!(
            shown(&small, "lose to"),
            ["Inverse Own beat", "Inverse Own top"]
        );
        assert_eq!(shown(&small, "head"), ["Role Own lead"]);
        assert_eq!(shown(&small, "backing"), ["Nominal Own back"]);
        assert_eq!(shown(&small, "sing"), Vec::<String>::new());
    }

    /// What is an inverse and a synonym at once would let a question take either end.
    #[test]
    fn no_two_predicates_are_synonyms_and_inverses() {
        let all = lexicon();
        for (one, others) in &all.inverses {
            for other in others {
                assert_ne!(one, other);
                assert_eq!(all.alike(one, other), None, "{one} <> {other}");
            }
        }
    }

    #[test]
    fn no_line_says_a_word_twice_and_none_stands_alone() {
        for line in lexicon().own_lines() {
            let words: BTreeSet<&&str> = line.iter().collect();
            assert_eq!(words.len(), line.len(), "{line:?}");
            assert!(line.len() > 1, "{line:?}");
        }
    }

    #[test]
    fn our_own_list_is_asked_first() {
        assert_eq!(lexicon().alike("back", "support"), Some(WordList::Own));
        assert_eq!(lexicon().alike("abhor", "loathe"), Some(WordList::WordNet));
        assert_eq!(lexicon().alike("back", "arrest"), None);
        let kin = lexicon().kin("lead");
        assert!(kin.iter().any(|kin| kin.kinship == Kinship::Role));
    }
}
