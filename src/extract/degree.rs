//! Adverbs without which an argument says another amount or degree: "almost all", "more than a
//! ton", "less safe", "not always fond".
//!
//! The words are lists, `amount-adverbs` and `degree-adverbs`.

use crate::base::Id as _;
use crate::text::{Token, TokenId, Upos};

use super::polarity::is_negation;
use super::predicate::own_copula;
use super::words::words;

/// Whether `adverb` stands right before the amount in its head's phrase and changes it: "nearly" of
/// "nearly the whole village", "more" of "more than a ton".
pub(crate) fn changes_amount(adverb: Token<'_>) -> bool {
    let phrase = phrase(adverb);
    let written: Vec<String> = phrase
        .iter()
        .map(|word| word.form().to_lowercase())
        .collect();
    let Some(head) = adverb.head().filter(|head| adverb.id() < head.id()) else {
        return false;
    };
    let next = phrase.last().and_then(|last| {
        head.document()
            .token(TokenId::from_index(last.id().index() + 1))
    });
    let Some(next) = next.filter(|next| counts(*next, head)) else {
        return false;
    };
    words().amount_adverbs.contains_key(&written.join(" "))
        && !is_told_by_polarity(adverb, next)
        && !denies_predicate(adverb, head)
}

/// `adverb` with the words that make one expression with it: "as many as", "at least".
fn phrase(adverb: Token<'_>) -> Vec<Token<'_>> {
    let mut words: Vec<Token<'_>> = adverb
        .children()
        .filter(|child| matches!(child.relation(), "fixed" | "case"))
        .collect();
    words.push(adverb);
    words.sort_by_key(|word| word.id());
    words
}

/// Whether `word` says how much or how many `head` is: a number, "all", "the entire".
fn counts(word: Token<'_>, head: Token<'_>) -> bool {
    if word == head {
        return matches!(
            word.upos(),
            Upos::Num | Upos::Sym | Upos::Det | Upos::Pron | Upos::Noun
        );
    }
    word.head() == Some(head)
        && matches!(
            word.deprel(),
            "det" | "det:predet" | "amod" | "nummod" | "nmod:poss"
        )
}

/// Whether the statement is denied because of `adverb` before `next`, so that the argument does
/// without it: "hardly any soldiers", "virtually no food"; or "not" belongs to no amount.
fn is_told_by_polarity(adverb: Token<'_>, next: Token<'_>) -> bool {
    let next = next.form().to_lowercase();
    match adverb.form().to_lowercase().as_str() {
        "not" => !UNIVERSAL.contains(&next.as_str()),
        "hardly" | "barely" | "scarcely" => next == "any",
        _ => next == "no",
    }
}

/// What "not" before it makes less.
const UNIVERSAL: [&str; 11] = [
    "all",
    "every",
    "everyone",
    "everybody",
    "everything",
    "each",
    "both",
    "many",
    "much",
    "most",
    "enough",
];

/// Whether `adverb` denies that the subject is `head`: "was almost the winner" was not.
fn denies_predicate(adverb: Token<'_>, head: Token<'_>) -> bool {
    let number = matches!(head.upos(), Upos::Num | Upos::Sym);
    let nearly = matches!(adverb.lemma(), "almost" | "nearly");
    own_copula(head).is_some() && (is_negation(adverb) || nearly && !number)
}

/// Whether `adverb` belongs to the property that its head is: "less" of "less safe", and "always" of
/// "not always fond".
pub(crate) fn changes_degree(adverb: Token<'_>) -> bool {
    let property = adverb.head().filter(|property| {
        let is_property =
            matches!(property.upos(), Upos::Adj | Upos::Adv) || property.xpos() == "VBN";
        is_property && adverb.relation() == "advmod" && adverb.id() < property.id()
    });
    let Some(property) = property else {
        return false;
    };
    let written = adverb.form().to_lowercase();
    let compares = matches!(written.as_str(), "more" | "less" | "most" | "least")
        && adverb.child(&["case", "fixed"]).is_none();
    let degree = words().degree_adverbs.contains_key(&written);
    compares || degree && is_denied_before(property, adverb)
}

/// Whether a word of negation before `adverb` denies `property`, or what the verb above says of it.
fn is_denied_before(property: Token<'_>, adverb: Token<'_>) -> bool {
    let verb = property.head().filter(|_| property.relation() == "xcomp");
    [Some(property), verb]
        .into_iter()
        .flatten()
        .flat_map(Token::children)
        .any(|word| word.relation() == "advmod" && word.id() < adverb.id() && is_negation(word))
}

/// The adverbs of degree that belong to `adjective`, in order.
pub(crate) fn degree_words(adjective: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    adjective.children().filter(|child| changes_degree(*child))
}

/// `adjective` as a predicate: its dictionary form, but as written where it compares, with its
/// adverbs of degree: "close", "closer", "more concerned".
pub(crate) fn property(adjective: Token<'_>) -> String {
    let compared = matches!(adjective.xpos(), "JJR" | "JJS");
    let word = if compared {
        adjective.form()
    } else {
        adjective.lemma()
    };
    let adverbs = degree_words(adjective).map(Token::form);
    let words: Vec<String> = adverbs
        .chain(std::iter::once(word))
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// Whether `word` is the "not" before what the verb above says the subject or the object is: "not"
/// of "pleaded not guilty". That verb is not denied.
pub(crate) fn denies_predicative(word: Token<'_>) -> bool {
    word.head().is_some_and(|predicative| {
        predicative.relation() == "xcomp"
            && !matches!(predicative.upos(), Upos::Verb | Upos::Aux)
            && own_copula(predicative).is_none()
            && word.id() < predicative.id()
            && is_negation(word)
    })
}

/// Whether `word` only opens a comparison, so that it stands for nothing by itself: "less" of "less
/// than it costs".
pub(crate) fn opens_comparison(word: Token<'_>) -> bool {
    let next = word
        .document()
        .token(TokenId::from_index(word.id().index() + 1))
        .filter(|next| next.sentence().id() == word.sentence().id());
    matches!(
        word.form().to_lowercase().as_str(),
        "more" | "less" | "fewer"
    ) && next.is_some_and(|next| next.form() == "than")
}
