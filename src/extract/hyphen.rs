//! Words that hyphens make of several tokens: "secretary-general", "cave-in", "commander-in-chief".
//!
//! An argument never holds half of one. Knows how words are written, nothing of what they mean.

use crate::base::Id as _;
use crate::text::{Token, TokenId, Upos};

/// `tokens`, the words of an argument that `head` heads, with the other halves of the words in it.
///
/// Half a word can be an argument by itself, where the other half says what is done to it or by
/// it: "rebels" of "rebel-held".
pub(crate) fn with_whole_words(head: Token<'_>, mut tokens: Vec<TokenId>) -> Vec<TokenId> {
    let below = head.subtree();
    let is_below = |token: Token<'_>| below.binary_search(&token.id()).is_ok();
    let mut next = 0;
    while let Some(id) = tokens.get(next).copied() {
        next += 1;
        let Some(word) = head.document().token(id) else {
            continue;
        };
        let after = part_after(word).filter(|(_, part)| is_below(*part));
        // The parser may hang the first half elsewhere: "India-Norway trade".
        let before =
            part_before(word).filter(|(_, part)| is_below(*part) || is_modifier(word, head));
        for (hyphen, part) in [before, after].into_iter().flatten() {
            let beside = part.relation() == "conj" && part.head() == Some(head);
            if may_be_part(part) && !beside {
                for id in [hyphen.id(), part.id()] {
                    if !tokens.contains(&id) {
                        tokens.push(id);
                    }
                }
            }
        }
    }
    tokens.sort_unstable();
    tokens
}

/// The dictionary form of `noun` with what hyphens join to it: "commander-in-chief".
pub(crate) fn whole_lemma(noun: Token<'_>) -> String {
    let below = noun.subtree();
    std::iter::successors(part_after(noun), |(_, part)| part_after(*part))
        .take_while(|(_, part)| below.binary_search(&part.id()).is_ok() && may_be_part(*part))
        .fold(noun.lemma().to_lowercase(), |written, (_, part)| {
            format!("{written}-{}", part.form().to_lowercase())
        })
}

/// Whether a hyphen joins `word` to its head right after it: "director" of "director-general".
pub(crate) fn is_joined_to_head(word: Token<'_>) -> bool {
    part_after(word).is_some_and(|(_, part)| word.head() == Some(part))
}

/// The hyphen and the word that it joins to `word` on its right.
fn part_after(word: Token<'_>) -> Option<(Token<'_>, Token<'_>)> {
    let at = |places: usize| {
        let id = TokenId::from_index(word.id().index() + places);
        word.document().token(id)
    };
    let (hyphen, part) = (at(1)?, at(2)?);
    are_joined(word, hyphen, part).then_some((hyphen, part))
}

/// The hyphen and the word that it joins to `word` on its left.
fn part_before(word: Token<'_>) -> Option<(Token<'_>, Token<'_>)> {
    let at = |places: usize| {
        let index = word.id().index().checked_sub(places)?;
        word.document().token(TokenId::from_index(index))
    };
    let (part, hyphen) = (at(2)?, at(1)?);
    are_joined(part, hyphen, word).then_some((hyphen, part))
}

fn are_joined(first: Token<'_>, hyphen: Token<'_>, second: Token<'_>) -> bool {
    hyphen.form() == "-"
        && first.span().end() == hyphen.span().start()
        && hyphen.span().end() == second.span().start()
        && first.sentence().id() == second.sentence().id()
}

/// Whether `word` stands before the noun `head` and says which it is.
fn is_modifier(word: Token<'_>, head: Token<'_>) -> bool {
    word.id() < head.id() && matches!(word.relation(), "compound" | "amod" | "nummod")
}

/// Whether `part` can be a part of a longer word: a verb or a pronoun begins what is told further.
fn may_be_part(part: Token<'_>) -> bool {
    match part.upos() {
        Upos::Verb => !matches!(part.xpos(), "VBD" | "VBZ" | "VBP"),
        Upos::Aux | Upos::Pron | Upos::Punct | Upos::Sconj => false,
        Upos::Adj
        | Upos::Adp
        | Upos::Adv
        | Upos::Cconj
        | Upos::Det
        | Upos::Intj
        | Upos::Noun
        | Upos::Num
        | Upos::Part
        | Upos::Propn
        | Upos::Sym
        | Upos::X => true,
    }
}
