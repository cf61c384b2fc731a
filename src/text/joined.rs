//! Names that "and" runs through: "Food and Drug Administration".
//!
//! Neither a tagger nor a parser that has seldom met such a name can tell it from two things side
//! by side. The well-known ones are a list, `grammar/words/joined-names.txt`; others are known by
//! their form ([`formed_at`]).

use std::ops::Range;
use std::sync::LazyLock;

use super::document::{TokenData, Upos};
use super::formed::{award_at, bind, depth, formed_at};
use super::kinds::NameType;
use super::mention::NameSpan;

struct Joined {
    words: Vec<&'static str>,
    name_type: NameType,
}

static NAMES: LazyLock<Vec<Joined>> = LazyLock::new(|| {
    let list = include_str!("../../grammar/words/joined-names.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let mut names: Vec<Joined> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name_type, name)| Joined {
            words: name.split_whitespace().collect(),
            name_type: match name_type {
                "person" => NameType::Person,
                "place" => NameType::Place,
                _ => NameType::Organization,
            },
        })
        .collect();
    // The longer of two that begin alike is meant.
    names.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
    names
});

/// Makes each name of the list that stands in the sentence one name and one part of its tree.
///
/// Time: tokens × names of the list, for nearly all of which the first word decides.
pub(super) fn hold_together(tokens: &mut [TokenData], names: &mut Vec<NameSpan>) {
    let mut start = 0;
    while start < tokens.len() {
        let found = NAMES.iter().find(|name| stands_at(tokens, start, name));
        let Some(name) = found else {
            start += 1;
            continue;
        };
        let range = start..start + name.words.len();
        names.retain(|other| other.tokens.end <= range.start || other.tokens.start >= range.end);
        names.push(NameSpan {
            tokens: range.clone(),
            name_type: name.name_type,
        });
        tie(tokens, &range);
        start = range.end;
    }
    let mut start = 0;
    while start < tokens.len() {
        let Some(length) = unit_at(tokens, start) else {
            start += 1;
            continue;
        };
        let range = start..start + length;
        names.retain(|other| other.tokens.end <= range.start || other.tokens.start >= range.end);
        names.push(NameSpan {
            tokens: range.clone(),
            name_type: NameType::Organization,
        });
        tie(tokens, &range);
        start = range.end;
    }
    names.sort_by_key(|name| name.tokens.start);
    hold_formed(tokens, names);
    hold_awards(tokens, names);
}

/// Makes each name that its form shows to be one, one.
fn hold_formed(tokens: &mut [TokenData], names: &mut Vec<NameSpan>) {
    let mut start = 0;
    while start < tokens.len() {
        let Some(found) = formed_at(tokens, names, start) else {
            start += 1;
            continue;
        };
        let range = found.tokens.clone();
        // A longer name that the tagger or the list knows holds this one.
        let within = |name: &NameSpan| {
            name.tokens.start < range.start && name.tokens.end > range.start
                || name.tokens.end > range.end && name.tokens.start < range.end
        };
        if !names.iter().any(within) {
            names.retain(|name| name.tokens.end <= range.start || name.tokens.start >= range.end);
            if let Some(name_type) = found.name_type {
                names.push(NameSpan {
                    tokens: range.clone(),
                    name_type,
                });
                names.sort_by_key(|name| name.tokens.start);
            }
            bind(tokens, &found);
        }
        start = range.end;
    }
}

/// Makes the name of an award a part of what it is: "Man of the Match" of "Man of the Match award".
fn hold_awards(tokens: &mut [TokenData], names: &[NameSpan]) {
    for start in 0..tokens.len() {
        let Some(range) = award_at(tokens, names, start) else {
            continue;
        };
        let noun = range.end;
        for (at, token) in tokens.iter_mut().enumerate() {
            if range.contains(&at) {
                token.head = Some(if at == start { noun } else { start });
                let deprel = if at == start { "compound" } else { "flat" };
                deprel.clone_into(&mut token.deprel);
                token.entity_type = None;
            } else if token.head.is_some_and(|head| range.contains(&head)) {
                token.head = Some(noun);
            }
        }
    }
}

/// How many tokens a unit with the larger one it is of takes: "3rd Battalion, 6th Rifles".
fn unit_at(tokens: &[TokenData], start: usize) -> Option<usize> {
    let form = |at: usize| tokens.get(start + at).map(|token| token.form.as_str());
    let ordinal = |at: usize| {
        form(at).is_some_and(|form| {
            form.starts_with(|c: char| c.is_ascii_digit())
                && ["st", "nd", "rd", "th"]
                    .iter()
                    .any(|end| form.ends_with(end))
        })
    };
    let unit = |at: usize| form(at).is_some_and(|form| UNITS.contains(&form));
    let name = |at: usize| form(at).is_some_and(|form| form.starts_with(char::is_uppercase));
    if !(ordinal(0) && unit(1) && form(2) == Some(",") && ordinal(3) && name(4)) {
        return None;
    }
    // "6th Special Forces Group": the words up to the one for a unit.
    let last = (5..5 + LONGEST_UNIT_NAME)
        .take_while(|at| name(*at))
        .find(|at| unit(*at) || form(*at).is_some_and(|form| LARGE_UNITS.contains(&form)));
    Some(last.map_or(5, |last| last + 1))
}

/// How many words of the name of a larger unit are looked at.
const LONGEST_UNIT_NAME: usize = 4;

/// Units that others are of.
const LARGE_UNITS: [&str; 4] = ["Group", "Wing", "Corps", "Army"];

/// Units that have a number and stand before the larger one they are of.
const UNITS: [&str; 8] = [
    "Battalion",
    "Brigade",
    "Company",
    "Division",
    "Platoon",
    "Regiment",
    "Squadron",
    "Battery",
];

fn stands_at(tokens: &[TokenData], start: usize, name: &Joined) -> bool {
    let Some(stretch) = tokens.get(start..start + name.words.len()) else {
        return false;
    };
    stretch
        .iter()
        .zip(&name.words)
        .all(|(token, word)| token.form == *word)
}

/// Hangs the words of `range` on its first head. A noun right after, to which the parser gave the
/// name's last words ("… and Drug Administration inspectors") or a place beside the name, becomes what the
/// name belongs to.
fn tie(tokens: &mut [TokenData], range: &Range<usize>) {
    let inside = |head: Option<usize>| head.is_some_and(|head| range.contains(&head));
    // The one nearest the root: no word of the name is above it, so that no circle can arise.
    let top = range.clone().min_by_key(|at| depth(tokens, *at));
    let Some(top) = top else {
        return;
    };
    let above = tokens.get(top).and_then(|token| token.head);
    let noun = range.end;
    let owns = range
        .clone()
        .any(|at| at != top && tokens.get(at).is_some_and(|token| token.head == Some(noun)));
    let relation = tokens.get(top).map(|token| token.deprel.clone());
    for (at, token) in tokens.iter_mut().enumerate() {
        if range.contains(&at) {
            if at == top {
                continue;
            }
            if !inside(token.head) {
                token.head = Some(top);
                "nmod".clone_into(&mut token.deprel);
            }
            // What "and" joins within a name is one thing.
            if token.deprel == "conj" {
                "nmod".clone_into(&mut token.deprel);
            }
            token.entity_type = None;
        } else if inside(token.head) {
            token.head = Some(top);
        }
    }
    let after = tokens.get(noun);
    let hangs = after.is_some_and(|token| token.head == Some(top));
    let listed = after.is_some_and(|token| token.deprel == "conj" && token.upos == Upos::Noun);
    if !hangs || !(owns || listed) {
        return;
    }
    for token in tokens.get_mut(..range.start).unwrap_or_default() {
        if token.head == Some(top) {
            token.head = Some(noun);
        }
    }
    if let (Some(token), Some(relation)) = (tokens.get_mut(noun), relation) {
        token.head = above;
        token.deprel = relation;
    }
    if let Some(token) = tokens.get_mut(top) {
        token.head = Some(noun);
        "compound".clone_into(&mut token.deprel);
    }
}

#[cfg(test)]
mod tests {
    use super::tie;
    use crate::text::{Sureness, TokenData, Upos};

    fn token(head: Option<usize>, deprel: &str) -> TokenData {
        TokenData {
            span: crate::base::Span::new(0, 0),
            form: String::new(),
            lemma: String::new(),
            upos: Upos::Propn,
            xpos: String::new(),
            features: String::new(),
            head,
            deprel: deprel.to_owned(),
            entity_type: None,
            sureness: Sureness::GIVEN,
        }
    }

    #[test]
    fn a_name_is_one_part_of_the_tree() {
        // The | Trinidad of Tobago and the Isles | boats left
        let mut tokens = [
            token(Some(1), "det"),
            token(Some(8), "nsubj"),
            token(Some(3), "case"),
            token(Some(1), "nmod"),
            token(Some(6), "cc"),
            token(Some(6), "det"),
            token(Some(7), "compound"),
            token(Some(1), "conj"),
            token(None, "root"),
        ];
        tie(&mut tokens, &(1..7));
        let heads: Vec<_> = tokens.iter().map(|token| token.head).collect();
        let expected = [7, 7, 3, 1, 6, 6, 1, 8].map(Some);
        assert_eq!(heads.get(..8), Some(expected.as_slice()));
        assert_eq!(tokens[7].deprel, "nsubj");
        assert_eq!(tokens[1].deprel, "compound");
    }

    #[test]
    fn a_word_between_the_parts_of_a_name_makes_no_circle() {
        // Battalion, Rifles | troops: the first part hangs on what hangs on the second.
        let mut tokens = [
            token(Some(3), "nmod"),
            token(Some(0), "punct"),
            token(None, "root"),
            token(Some(2), "nmod"),
        ];
        tie(&mut tokens, &(0..3));
        let heads: Vec<_> = tokens.iter().map(|token| token.head).collect();
        assert_eq!(heads, [Some(2), Some(0), Some(3), None]);
    }

    #[test]
    fn nothing_in_a_name_is_beside_it() {
        // Trinidad of Tobago and the Isles | boats left, all three side by side
        let mut tokens = [
            token(Some(6), "nsubj"),
            token(Some(2), "case"),
            token(Some(0), "nmod"),
            token(Some(4), "cc"),
            token(Some(0), "conj"),
            token(Some(0), "conj"),
            token(None, "root"),
        ];
        tokens[5].upos = Upos::Noun;
        tie(&mut tokens, &(0..5));
        let tied = |at: usize| (tokens[at].head, tokens[at].deprel.as_str());
        assert_eq!(tied(0), (Some(5), "compound"));
        assert_eq!(tied(4), (Some(0), "nmod"));
        assert_eq!(tied(5), (Some(6), "nsubj"));
    }
}
