//! What tells among which things one is the only, the first or the largest: "the only island
//! occupied by the fleet", "the largest town in Norway". Without it the noun claims too much.

use crate::text::{Token, Upos};

use super::tree::{is_time, preposition};

/// Whether `modifier`, a clause or a phrase after its noun, tells among which things the noun is
/// singled out.
pub(crate) fn narrows(modifier: Token<'_>) -> bool {
    let singled_out = modifier
        .head()
        .is_some_and(|noun| noun.id() < modifier.id() && is_singled_out(noun));
    let parted = modifier
        .children()
        .any(|mark| mark.upos() == Upos::Punct && mark.id() < modifier.id());
    let fits = match modifier.deprel() {
        "acl" | "acl:relcl" => true,
        "nmod" => tells_where_or_when(modifier) && modifier.subtree().len() <= LONGEST_PHRASE,
        _ => false,
    };
    singled_out && !parted && fits
}

/// A longer phrase holds more than what tells the noun apart.
const LONGEST_PHRASE: usize = 12;

/// Whether `phrase` is no example and no date: "since the war" and "in two years" belong to "the
/// first visit", "in March" is when it was.
fn tells_where_or_when(phrase: Token<'_>) -> bool {
    match preposition(phrase).as_str() {
        "" | "such as" | "including" | "like" | "unlike" => false,
        "since" => true,
        _ => !is_time(phrase) || phrase.feature("Number") == Some("Plur"),
    }
}

/// Whether `noun` has an article or an owner and a word after it that leaves one thing, or few, of
/// its kind: "the only island", "its first visit", "the most famous member".
fn is_singled_out(noun: Token<'_>) -> bool {
    let opening = noun.children().find(|word| {
        word.deprel() == "nmod:poss" || word.relation() == "det" && word.lemma() == "the"
    });
    let common = noun.upos() == Upos::Noun && !is_time(noun);
    opening.is_some_and(|opening| {
        common
            && noun
                .children()
                .any(|word| opening.id() < word.id() && word.id() < noun.id() && singles_out(word))
    })
}

/// Whether `word` before a noun leaves one thing, or few, of its kind.
fn singles_out(word: Token<'_>) -> bool {
    if !matches!(word.relation(), "amod" | "advmod" | "nummod") {
        return false;
    }
    let only = matches!(word.lemma(), "only" | "sole" | "last" | "final");
    let ordinal = word.feature("NumType") == Some("Ord");
    // "most farmers" are many.
    let superlative = word.xpos() == "JJS" && !matches!(word.form(), "most" | "least");
    let most = word
        .children()
        .any(|degree| degree.relation() == "advmod" && matches!(degree.form(), "most" | "least"));
    only || ordinal || superlative || most
}
