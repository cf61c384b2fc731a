//! Words that hyphens make of several: "president-elect", "son-in-law", "Director-General".
//!
//! The tokens are words of their own, and the parser may hang the parts apart. Each repair holds
//! for sure from how the words are written, and leaves a tree a tree.

use super::document::{TokenData, Upos};
use super::repair::{below, hang, move_children};

/// Hangs the parts of each such word on one of them.
///
/// Time O(n²) at worst, for words of which one hangs on the next.
pub(super) fn tie_hyphens(tokens: &mut [TokenData]) {
    for first in 0..tokens.len() {
        tie_phrase(tokens, first);
        if let Some(second) = part_after(tokens, first) {
            tie_after_title(tokens, first, second);
            tie_first_half(tokens, first, second);
            tie_twins(tokens, first, second);
        }
    }
}

/// Where the part stands that a hyphen joins to the word at `at`.
fn part_after(tokens: &[TokenData], at: usize) -> Option<usize> {
    let [word, hyphen, part] = tokens.get(at..at + 3)? else {
        return None;
    };
    let together = word.span.end() == hyphen.span.start() && hyphen.span.end() == part.span.start();
    (hyphen.form == "-" && together).then_some(at + 2)
}

/// Makes a phrase with a preposition one word with the noun it is joined to: "son-in-law",
/// "state-of-the-art". What follows it belongs to the noun.
fn tie_phrase(tokens: &mut [TokenData], first: usize) {
    if !is_one_of(
        tokens,
        first,
        &[Upos::Noun, Upos::Propn, Upos::Adj, Upos::Num],
    ) {
        return;
    }
    let parts: Vec<usize> =
        std::iter::successors(part_after(tokens, first), |at| part_after(tokens, *at)).collect();
    let last = parts.iter().rposition(|at| {
        tokens.get(*at).is_some_and(|part| {
            part.head == Some(first) && matches!(part.deprel.as_str(), "nmod" | "obl")
        })
    });
    let Some((last, between)) = last.and_then(|last| parts.get(..=last)?.split_last()) else {
        return;
    };
    let begins = between
        .first()
        .is_some_and(|at| tokens.get(*at).is_some_and(|part| part.deprel == "case"));
    if !begins || !between.iter().all(|at| below(tokens, *at, *last)) {
        return;
    }
    for at in between {
        become_part(tokens, *at, first, "fixed");
    }
    for at in *last + 1..tokens.len() {
        if let Some(token) = tokens.get_mut(at).filter(|token| token.head == Some(*last)) {
            token.head = Some(first);
        }
    }
    become_part(tokens, *last, first, "fixed");
}

/// Makes "elect" or "designate" a part of the title it is joined to ("President-elect Ada Miller"),
/// and "general" where the parser hangs it on the title: "the consul-general left".
fn tie_after_title(tokens: &mut [TokenData], title: usize, end: usize) {
    let ends = tokens
        .get(end)
        .is_some_and(|token| match token.form.to_lowercase().as_str() {
            "elect" | "designate" => true,
            "general" => token.head == Some(title),
            _ => false,
        });
    if !ends || !is_one_of(tokens, title, &[Upos::Noun, Upos::Propn]) {
        return;
    }
    let above = tokens
        .get(end)
        .map(|token| (token.head, token.deprel.clone(), token.entity_type));
    let under = below(tokens, title, end);
    move_children(tokens, end, title);
    if let (Some((head, deprel, entity_type)), Some(token)) = (above, tokens.get_mut(title)) {
        if under {
            token.head = head;
            token.deprel = deprel;
        }
        token.entity_type = token.entity_type.or(entity_type);
    }
    become_part(tokens, end, title, "fixed");
}

/// Makes the first half of what stands before a noun or a name a part of it, where the parser gives
/// it the place of that noun: "Attorney-General Ada Miller left", "Norway-Sweden trade grew".
fn tie_first_half(tokens: &mut [TokenData], first: usize, second: usize) {
    let Some(half) = tokens.get(second) else {
        return;
    };
    let noun = half.head.filter(|noun| *noun > second);
    let whole = match half.deprel.as_str() {
        "nmod:desc" => Some(second),
        "compound" | "amod" => noun,
        _ => None,
    };
    let twins = noun.is_some_and(|noun| has_place_of(tokens, first, noun));
    let nominal = is_one_of(tokens, first, &[Upos::Noun, Upos::Propn]);
    if let Some(whole) = whole.filter(|_| twins && nominal) {
        move_children(tokens, first, whole);
        hang(tokens, first, whole, "compound");
    }
}

/// Ties two nouns to which the parser gives the same place: the second of two names to the first
/// ("Bosnia-Herzegovina"), else the first to the second ("Director-General").
fn tie_twins(tokens: &mut [TokenData], first: usize, second: usize) {
    let nominal = [Upos::Noun, Upos::Propn];
    let place = tokens.get(first).map_or("", |token| token.deprel.as_str());
    let titles = place == "nmod:desc";
    let twins = has_place_of(tokens, first, second)
        && (titles || IN_CLAUSE.contains(&place))
        && is_one_of(tokens, first, &nominal)
        && is_one_of(tokens, second, &nominal);
    if !twins {
        return;
    }
    let ends_title = tokens
        .get(second)
        .is_some_and(|token| token.form.eq_ignore_ascii_case("general"));
    let names = [first, second]
        .iter()
        .all(|at| is_one_of(tokens, *at, &[Upos::Propn]));
    if names && !titles && !ends_title {
        move_children(tokens, second, first);
        become_part(tokens, second, first, "flat");
    } else {
        move_children(tokens, first, second);
        hang(tokens, first, second, "compound");
    }
}

/// Relations that two parts of one word cannot both have.
const IN_CLAUSE: [&str; 8] = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "obl:agent",
    "nmod",
    "appos",
    "xcomp",
];

/// Whether both words hang on the same word in the same way.
fn has_place_of(tokens: &[TokenData], one: usize, other: usize) -> bool {
    match (tokens.get(one), tokens.get(other)) {
        (Some(one), Some(other)) => {
            one.head.is_some() && one.head == other.head && one.deprel == other.deprel
        }
        (None, _) | (_, None) => false,
    }
}

fn is_one_of(tokens: &[TokenData], at: usize, parts_of_speech: &[Upos]) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| parts_of_speech.contains(&token.upos))
}

/// Hangs the part at `at` on the word it belongs to; it refers to nothing by itself.
fn become_part(tokens: &mut [TokenData], at: usize, word: usize, deprel: &str) {
    hang(tokens, at, word, deprel);
    if let Some(token) = tokens.get_mut(at) {
        token.entity_type = None;
    }
}

#[cfg(test)]
mod tests {
    use super::tie_hyphens;
    use crate::text::formed::sample::{changed_by, sentence};

    /// The words whose place in the tree a repair changed.
    fn repaired(words: &str) -> Vec<String> {
        changed_by(sentence(words), |tokens| tie_hyphens(tokens))
    }

    #[test]
    fn elect_belongs_to_the_title_before_it() {
        let words = "The/DET/2/det president/NOUN/5/nsubj ~-/PUNCT/4/punct ~elect/PROPN/2/appos \
                     left/VERB/0/root";
        assert_eq!(repaired(words), ["- 2 punct", "elect 2 fixed"]);
        let words = "He/PRON/2/nsubj saw/VERB/0/root President/PROPN/5/compound ~-/PUNCT/3/punct \
                     ~elect/NOUN/6/nmod:desc Ada/PROPN/2/obj";
        assert_eq!(repaired(words), ["President 6 nmod:desc", "elect 3 fixed"]);
        let words = "Minister/NOUN/4/nmod:desc ~-/PUNCT/1/punct ~designate/NOUN/4/nmod:desc \
                     Ada/PROPN/5/nsubj left/VERB/0/root";
        assert_eq!(repaired(words), ["designate 1 fixed"]);
        let words = "The/DET/2/det consul/NOUN/5/nsubj ~-/PUNCT/4/punct ~general/NOUN/2/appos \
                     left/VERB/0/root";
        assert_eq!(repaired(words), ["- 2 punct", "general 2 fixed"]);
    }

    #[test]
    fn a_phrase_is_one_word_with_its_noun() {
        let words = "The/DET/2/det son/NOUN/10/nsubj ~-/PUNCT/6/punct ~in/ADP/6/case \
                     ~-/PUNCT/4/punct ~law/NOUN/2/nmod of/ADP/9/case the/DET/9/det mayor/NOUN/6/nmod \
                     left/VERB/0/root";
        assert_eq!(
            repaired(words),
            ["in 2 fixed", "law 2 fixed", "mayor 2 nmod"]
        );
        let words = "The/DET/2/det man/NOUN/5/nsubj in/ADP/4/case law/NOUN/2/nmod left/VERB/0/root";
        assert_eq!(repaired(words), Vec::<String>::new());
    }

    #[test]
    fn a_title_of_two_parts_is_one() {
        let words = "Secretary/PROPN/4/nmod:desc ~-/PUNCT/1/punct ~General/PROPN/4/nmod:desc \
                     Ada/PROPN/5/nsubj left/VERB/0/root";
        assert_eq!(repaired(words), ["Secretary 3 compound", "- 3 punct"]);
        let words = "Attorney/NOUN/5/nsubj ~-/PUNCT/1/punct ~General/PROPN/4/nmod:desc \
                     Ada/PROPN/5/nsubj left/VERB/0/root";
        assert_eq!(repaired(words), ["Attorney 3 compound", "- 3 punct"]);
        let words = "Norway/PROPN/5/nsubj ~-/PUNCT/1/punct ~Sweden/PROPN/4/compound \
                     trade/NOUN/5/nsubj grew/VERB/0/root";
        assert_eq!(repaired(words), ["Norway 4 compound", "- 4 punct"]);
    }

    #[test]
    fn a_name_of_two_parts_is_one() {
        let words = "in/ADP/3/case Upper/PROPN/3/compound Bosnia/PROPN/6/nmod ~-/PUNCT/5/punct \
                     ~Herzegovina/PROPN/6/nmod town/NOUN/0/root";
        assert_eq!(repaired(words), ["- 3 punct", "Herzegovina 3 flat"]);
        let words = "the/DET/4/det Oslo/PROPN/4/compound ~-/PUNCT/2/punct ~Bergen/PROPN/5/compound \
                     train/NOUN/0/root";
        assert_eq!(repaired(words), Vec::<String>::new());
    }
}
