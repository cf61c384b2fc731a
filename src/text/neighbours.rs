//! Words side by side in one phrase that the parser hangs apart: an adjective after its noun and
//! what completes it, a name and its number, directions before one place.
//!
//! Like `repair`, only what the order of the words makes sure.

use super::document::{TokenData, Upos};
use super::repair::{below, hang, is_argument, move_children};

/// Ties such words of the sentence of `tokens` together.
///
/// Time O(n²) at worst, for words of which one hangs on the next.
pub(super) fn tie_neighbours(tokens: &mut [TokenData]) {
    for at in 0..tokens.len() {
        tie_number(tokens, at);
        tie_amount(tokens, at);
        tie_complement(tokens, at);
        tie_class(tokens, at);
        tie_listed_name(tokens, at);
        tie_directions(tokens, at);
        tie_comparison(tokens, at);
        tie_title(tokens, at);
    }
}

/// Gives a title what stands before it and the parser hangs on the name: "former" of "former mayor
/// Ada Berg"; and ties one that was hung on a name before it to the name right after it: "mayor" of
/// "met Bo Lund and visiting mayor Ada Berg".
fn tie_title(tokens: &mut [TokenData], title: usize) {
    let Some(name) = tokens
        .get(title)
        .filter(|token| token.deprel == "nmod:desc")
        .and_then(|token| token.head)
    else {
        return;
    };
    if title > name {
        let next = title + 1;
        let starts_name = tokens.get(next).is_some_and(|token| {
            token.upos == Upos::Propn && !matches!(token.deprel.as_str(), "flat" | "compound")
        });
        if starts_name && !below(tokens, next, title) {
            hang(tokens, title, next, "nmod:desc");
        }
        return;
    }
    for at in 0..title {
        let modifies = tokens
            .get(at)
            .is_some_and(|token| token.head == Some(name) && token.deprel == "amod");
        if modifies {
            hang(tokens, at, title, "amod");
        }
    }
}

/// Makes the number after a name in capitals a part of it: "commanded TF 70".
fn tie_number(tokens: &mut [TokenData], name: usize) {
    let number = name + 1;
    let in_capitals = tokens.get(name).is_some_and(|token| {
        token.upos == Upos::Propn
            && token.form.len() > 1
            && token.form.chars().all(|letter| letter.is_ascii_uppercase())
    });
    let digits = tokens.get(number).is_some_and(|token| {
        token.upos == Upos::Num && token.form.chars().all(|digit| digit.is_ascii_digit())
    });
    if in_capitals && digits && are_twins(tokens, name, number) && !has_child(tokens, number) {
        hang(tokens, number, name, "flat");
        if let Some(token) = tokens.get_mut(number) {
            token.entity_type = None;
        }
    }
}

/// Ties "almost" and the like to the "all", "every" or "half" right after it, where the parser ties
/// it to the verb: "almost all schools closed".
fn tie_amount(tokens: &mut [TokenData], adverb: usize) {
    let amount = adverb + 1;
    let lower = |at: usize| tokens.get(at).map(|token| token.form.to_lowercase());
    let almost = tokens
        .get(adverb)
        .is_some_and(|token| token.deprel == "advmod")
        && lower(adverb).is_some_and(|form| {
            matches!(
                form.as_str(),
                "almost" | "nearly" | "virtually" | "practically"
            )
        });
    let counts =
        lower(amount).is_some_and(|form| matches!(form.as_str(), "all" | "every" | "half"));
    let on_verb = tokens
        .get(adverb)
        .and_then(|token| token.head)
        .and_then(|head| tokens.get(head).filter(|_| head > amount))
        .is_some_and(|head| matches!(head.upos, Upos::Verb | Upos::Adj));
    if almost && counts && on_verb && !below(tokens, amount, adverb) {
        hang(tokens, adverb, amount, "advmod");
    }
}

/// Ties the phrase after an adjective that follows its noun to the adjective, where the parser ties
/// it to the noun or takes it for what the noun is: "forces loyal to the king".
fn tie_complement(tokens: &mut [TokenData], adjective: usize) {
    let noun = tokens
        .get(adjective)
        .filter(|token| token.upos == Upos::Adj && token.deprel == "amod")
        .filter(|token| !PART_OF_TITLES.contains(&token.form.as_str()))
        .and_then(|token| token.head)
        .filter(|noun| *noun < adjective);
    let (Some(noun), false) = (noun, has_child(tokens, adjective)) else {
        return;
    };
    let governed = tokens
        .get(adjective + 1)
        .filter(|token| token.deprel == "case" && COMPLETING.contains(&token.form.as_str()))
        .and_then(|token| token.head);
    let on_noun = |governed: &usize| {
        tokens.get(*governed).is_some_and(|token| {
            token.head == Some(noun) && matches!(token.deprel.as_str(), "nmod" | "appos" | "dep")
        })
    };
    if let Some(governed) = governed.filter(on_noun) {
        hang(tokens, governed, adjective, "obl");
    }
}

/// Adjectives after the noun of a title: "secretary general to the king".
const PART_OF_TITLES: [&str; 6] = [
    "general",
    "elect",
    "designate",
    "emeritus",
    "major",
    "royal",
];

/// Prepositions of what completes an adjective.
const COMPLETING: [&str; 4] = ["to", "with", "from", "for"];

/// Makes the class before names side by side a description of the first, where the parser takes it
/// for one more subject or object: "Hurricanes Ada and Bo".
fn tie_class(tokens: &mut [TokenData], class: usize) {
    let name = class + 1;
    let listed = || {
        tokens.iter().skip(name).any(|token| {
            token.head == Some(name) && token.deprel == "conj" && token.upos == Upos::Propn
        })
    };
    let is_name = tokens
        .get(name)
        .is_some_and(|token| token.upos == Upos::Propn && token.xpos != "NNPS");
    if is_plural(tokens, class)
        && is_name
        && are_twins(tokens, class, name)
        && listed()
        && is_unmodified(tokens, class)
        && is_unmodified(tokens, name)
    {
        describe(tokens, class, name);
    }
}

/// Hangs the class on the name that it describes.
fn describe(tokens: &mut [TokenData], class: usize, name: usize) {
    move_children(tokens, class, name);
    hang(tokens, class, name, "nmod:desc");
}

/// Whether nothing before the word says which it is.
fn is_unmodified(tokens: &[TokenData], at: usize) -> bool {
    tokens.iter().all(|child| {
        child.head != Some(at)
            || matches!(
                child.deprel.as_str(),
                "case" | "cc" | "conj" | "flat" | "appos" | "punct" | "nmod:unmarked"
            )
    })
}

/// Ties the later of several names after their class to the first of them, where the parser takes
/// the later one for something beside the class: "the hurricanes Ada and Bo". A class without an
/// article only describes them.
fn tie_listed_name(tokens: &mut [TokenData], class: usize) {
    let name = class + 1;
    let first = tokens.get(name).is_some_and(|token| {
        token.upos == Upos::Propn && token.head == Some(class) && token.deprel == "appos"
    });
    if !first || !is_plural(tokens, class) {
        return;
    }
    let later: Vec<usize> = (name + 1..tokens.len())
        .filter(|at| {
            let opens = || {
                tokens.iter().any(|child| {
                    child.head == Some(*at)
                        && matches!(child.deprel.as_str(), "det" | "case" | "nmod:poss")
                })
            };
            tokens.get(*at).is_some_and(|token| {
                token.head == Some(class)
                    && token.deprel == "conj"
                    && token.upos == Upos::Propn
                    && !opens()
            })
        })
        .collect();
    let place = place_of(tokens, class).map(|(above, role)| (above, role.to_owned()));
    let described = !later.is_empty() && is_unmodified(tokens, class);
    for at in later {
        hang(tokens, at, name, "conj");
    }
    if let Some((above, role)) = place.filter(|_| described) {
        hang(tokens, name, above, &role);
        describe(tokens, class, name);
    }
}

/// Ties directions side by side to the place after them: "the Near North and East and West
/// Asia", "in East and West Africa".
fn tie_directions(tokens: &mut [TokenData], first: usize) {
    let (and, second) = (first + 1, first + 2);
    let joined = tokens
        .get(and)
        .is_some_and(|token| token.upos == Upos::Cconj);
    if !joined || !is_direction(tokens, first) || !is_direction(tokens, second) {
        return;
    }
    let Some((above, role)) = place_of(tokens, first) else {
        return;
    };
    let noun = match place_of(tokens, second) {
        Some((head, "conj")) if head == first => second + 1,
        Some((head, "amod" | "compound")) if head > second => head,
        Some(_) | None => return,
    };
    let plain = tokens.get(second..noun).is_some_and(|between| {
        between.iter().all(|token| {
            matches!(token.upos, Upos::Adj | Upos::Noun | Upos::Propn) && token.deprel != "det"
        })
    });
    let nominal = tokens
        .get(noun)
        .is_some_and(|token| matches!(token.upos, Upos::Noun | Upos::Propn));
    let shares = place_of(tokens, noun).is_some_and(|(noun_above, noun_role)| {
        // "roads in western and central Norway", with "western" on "roads".
        let after_noun = role == "amod" && above < first && noun_role == "nmod";
        let alone = noun_above == first && noun_role == "conj" && is_bare(tokens, first);
        noun_above == above && (noun_role == role || after_noun) && !below(tokens, noun, first)
            || alone
    });
    if !plain || !nominal || !shares || below(tokens, first, and) {
        return;
    }
    let place = (above, role.to_owned());
    let under = below(tokens, noun, first);
    move_children(tokens, first, noun);
    if under {
        hang(tokens, noun, place.0, &place.1);
    }
    hang(tokens, first, noun, "compound");
    hang(tokens, second, first, "conj");
    hang(tokens, and, second, "cc");
}

/// Words for where in a place: they stand before its name.
const DIRECTIONS: [&str; 15] = [
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central",
    "middle", "upper", "lower", "near", "inner", "outer",
];

/// Whether the word has no article and nothing else that makes it a thing by itself.
fn is_bare(tokens: &[TokenData], at: usize) -> bool {
    tokens.iter().all(|child| {
        child.head != Some(at) || matches!(child.deprel.as_str(), "case" | "cc" | "conj" | "punct")
    })
}

/// What the word hangs on, and how.
fn place_of(tokens: &[TokenData], at: usize) -> Option<(usize, &str)> {
    let token = tokens.get(at)?;
    Some((token.head?, token.deprel.as_str()))
}

fn is_direction(tokens: &[TokenData], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| DIRECTIONS.contains(&token.form.to_lowercase().as_str()))
}

/// Makes "less than" at `less` say of how much the amount after it is, where the parser takes "less"
/// for the thing: "found less than a kilo of gold".
fn tie_comparison(tokens: &mut [TokenData], less: usize) {
    let than = less + 1;
    let place = tokens
        .get(less)
        .filter(|token| {
            matches!(
                token.form.to_lowercase().as_str(),
                "more" | "less" | "fewer"
            )
        })
        .filter(|token| is_argument(&token.deprel))
        .map(|token| (token.head, token.deprel.clone()));
    let amount = tokens
        .get(than)
        .filter(|token| token.form == "than" && token.deprel == "case")
        .and_then(|token| token.head)
        .filter(|amount| *amount > than);
    let (Some((Some(above), role)), Some(amount)) = (place, amount) else {
        return;
    };
    let child = |deprel: &str, form: &str| {
        tokens.iter().enumerate().any(|(at, token)| {
            let of = || {
                tokens
                    .iter()
                    .any(|case| case.head == Some(at) && case.form == "of")
            };
            token.head == Some(amount)
                && token.deprel == deprel
                && (token.form == form || form.is_empty() && of())
        })
    };
    let beside = tokens.get(amount).is_some_and(|token| {
        matches!(token.deprel.as_str(), "obl" | "nmod")
            && (token.head == Some(above) || token.head == Some(less))
    });
    // "earns more than a teacher": only of an amount is it sure.
    if !beside || !child("det", "a") || !child("nmod", "") {
        return;
    }
    move_children(tokens, less, amount);
    hang(tokens, amount, above, &role);
    hang(tokens, less, amount, "advmod");
    hang(tokens, than, less, "fixed");
}

/// Whether both words fill the same place of one clause.
fn are_twins(tokens: &[TokenData], one: usize, other: usize) -> bool {
    match (tokens.get(one), tokens.get(other)) {
        (Some(one), Some(other)) => {
            one.head.is_some()
                && one.head == other.head
                && one.deprel == other.deprel
                && is_argument(&one.deprel)
        }
        (None, _) | (_, None) => false,
    }
}

fn has_child(tokens: &[TokenData], at: usize) -> bool {
    tokens.iter().any(|token| token.head == Some(at))
}

fn is_plural(tokens: &[TokenData], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| matches!(token.xpos.as_str(), "NNS" | "NNPS"))
}

#[cfg(test)]
mod tests {
    use super::tie_neighbours;
    use crate::text::formed::sample::{changed_by, sentence};

    /// The words whose place in the tree a repair changed.
    fn repaired(words: &str) -> Vec<String> {
        changed_by(sentence(words), |tokens| tie_neighbours(tokens))
    }

    #[test]
    fn a_number_belongs_to_the_name_in_capitals_before_it() {
        let words = "She/PRON/2/nsubj commanded/VERB/0/root TF/PROPN/2/obj 70/NUM/2/obj";
        assert_eq!(repaired(words), ["70 3 flat"]);
        let words = "She/PRON/2/nsubj gave/VERB/0/root Oslo/PROPN/2/obj 50/NUM/2/obj";
        assert_eq!(repaired(words), Vec::<String>::new());
    }

    #[test]
    fn a_title_has_its_own_words_and_the_name_after_it() {
        let words = "met/VERB/0/root former/ADJ/4/amod mayor/NOUN/4/nmod:desc Berg/PROPN/1/obj";
        assert_eq!(repaired(words), ["former 3 amod"]);
        let words = "met/VERB/0/root Lund/PROPN/1/obj and/CCONJ/4/cc visiting/VERB/1/conj \
                     mayor/NOUN/2/nmod:desc Berg/PROPN/4/obj";
        assert_eq!(repaired(words), ["mayor 6 nmod:desc"]);
    }

    #[test]
    fn almost_belongs_to_the_all_after_it() {
        let words = "Almost/ADV/4/advmod all/DET/3/det schools/NOUN/4/nsubj closed/VERB/0/root";
        assert_eq!(repaired(words), ["Almost 2 advmod"]);
        let words = "Almost/ADV/3/advmod they/PRON/3/nsubj fell/VERB/0/root";
        assert_eq!(repaired(words), Vec::<String>::new());
    }

    #[test]
    fn what_follows_an_adjective_after_its_noun_completes_it() {
        let words = "forces/NOUN/6/nsubj loyal/ADJ/1/amod to/ADP/4/case Lund/PROPN/1/appos \
                     here/ADV/6/advmod left/VERB/0/root";
        assert_eq!(repaired(words), ["Lund 2 obl"]);
        let words = "loyal/ADJ/2/amod forces/NOUN/5/nsubj from/ADP/4/case Oslo/PROPN/2/nmod \
                     left/VERB/0/root";
        assert_eq!(repaired(words), Vec::<String>::new());
        let words = "secretary/NOUN/5/nsubj general/ADJ/1/amod for/ADP/4/case Oslo/PROPN/1/nmod \
                     left/VERB/0/root";
        assert_eq!(repaired(words), Vec::<String>::new());
    }

    #[test]
    fn a_class_before_names_is_none_of_them() {
        let words = "Storms/NOUN/5/nsubj Ada/PROPN/5/nsubj and/CCONJ/4/cc Bo/PROPN/2/conj \
                     came/VERB/0/root";
        assert_eq!(repaired(words), ["Storms 2 nmod:desc"]);
        let words = "Storms/NOUN/5/nsubj Ada/PROPN/1/appos and/CCONJ/4/cc Bo/PROPN/1/conj \
                     came/VERB/0/root";
        assert_eq!(
            repaired(words),
            ["Storms 2 nmod:desc", "Ada 5 nsubj", "Bo 2 conj"]
        );
        let words = "the/DET/2/det storms/NOUN/6/nsubj Ada/PROPN/2/appos and/CCONJ/5/cc \
                     Bo/PROPN/2/conj came/VERB/0/root";
        assert_eq!(repaired(words), ["Bo 3 conj"]);
    }

    #[test]
    fn directions_share_the_place_after_them() {
        let words = "in/ADP/2/case Rome/PROPN/8/obl and/CCONJ/4/cc South/PROPN/2/conj \
                     and/CCONJ/7/cc Central/ADJ/7/amod Asia/PROPN/2/conj met/VERB/0/root";
        assert_eq!(
            repaired(words),
            ["and 7 cc", "South 7 compound", "and 6 cc", "Central 4 conj"]
        );
        let words = "in/ADP/2/case East/PROPN/6/obl and/CCONJ/4/cc West/PROPN/2/conj \
                     Africa/PROPN/6/obl met/VERB/0/root";
        assert_eq!(repaired(words), ["in 5 case", "East 5 compound"]);
        let words = "in/ADP/2/case North/PROPN/6/obl and/CCONJ/5/cc South/PROPN/5/compound \
                     Africa/PROPN/2/conj met/VERB/0/root";
        assert_eq!(
            repaired(words),
            [
                "in 5 case",
                "North 5 compound",
                "and 4 cc",
                "South 2 conj",
                "Africa 6 obl"
            ]
        );
        let words = "the/DET/2/det North/PROPN/6/obj and/CCONJ/5/cc South/PROPN/5/compound \
                     Africa/PROPN/2/conj met/VERB/0/root";
        assert_eq!(repaired(words), Vec::<String>::new());
    }

    #[test]
    fn less_than_says_of_how_much_an_amount_is() {
        let words = "found/VERB/0/root less/ADJ/1/obj than/ADP/5/case a/DET/5/det kilo/NOUN/1/obl \
                     of/ADP/7/case gold/NOUN/5/nmod";
        assert_eq!(
            repaired(words),
            ["less 5 advmod", "than 2 fixed", "kilo 1 obj"]
        );
        let words = "earns/VERB/0/root more/ADJ/1/obj than/ADP/5/case a/DET/5/det miner/NOUN/1/obl";
        assert_eq!(repaired(words), Vec::<String>::new());
    }
}
