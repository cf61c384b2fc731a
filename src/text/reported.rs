//! Who says what: subjects and verbs of speech that the parser ties across the border of what is
//! said.
//!
//! Like `misplaced`, only what the order of the words makes sure.

use super::document::{TokenData, Upos};
use super::repair::{below, hang};

/// Verbs that hardly ever mean anything but saying.
const SAYING: [&str; 20] = [
    "add", "admit", "allege", "announce", "argue", "claim", "confirm", "declare", "deny",
    "explain", "insist", "note", "predict", "report", "say", "state", "suggest", "tell", "testify",
    "warn",
];

/// Puts subjects and verbs of speech in their places.
///
/// Time O(n²) at worst.
pub(super) fn part_speech(tokens: &mut [TokenData]) {
    for at in 0..tokens.len() {
        raise_finite(tokens, at);
        if says(tokens, at) {
            give_subject(tokens, at);
            take_subject(tokens, at);
            raise_conjunct(tokens, at);
        }
    }
}

/// Whether the word at `at` is a verb of saying.
fn says(tokens: &[TokenData], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| token.upos == Upos::Verb && SAYING.contains(&token.lemma.as_str()))
}

/// Whether the word at `at` is a subject.
fn is_subject(token: &TokenData) -> bool {
    matches!(token.deprel.as_str(), "nsubj" | "nsubj:pass")
}

/// The words of `relation` that hang on the one at `head`.
fn children(tokens: &[TokenData], head: usize, fits: impl Fn(&TokenData) -> bool) -> Vec<usize> {
    let on_head = tokens.iter().enumerate();
    on_head
        .filter(|(_, token)| token.head == Some(head) && fits(token))
        .map(|(at, _)| at)
        .collect()
}

/// What the verb at `said` reports, as the parser has it.
fn complement(tokens: &[TokenData], said: usize) -> Option<usize> {
    let all = children(tokens, said, |token| token.deprel == "ccomp");
    match all.as_slice() {
        [only] => Some(*only),
        [] | [_, _, ..] => None,
    }
}

/// Where a verb of speech that stands behind what is said has two subjects and that has none, the
/// first is its: "Ana Rivera, the mayor, resigned, two aides said".
fn give_subject(tokens: &mut [TokenData], said: usize) {
    let Some(told) = complement(tokens, said).filter(|told| *told < said) else {
        return;
    };
    let &[first, second] = children(tokens, said, is_subject).as_slice() else {
        return;
    };
    let no_subject = children(tokens, told, |token| {
        is_subject(token) || matches!(token.deprel.as_str(), "csubj" | "csubj:pass" | "expl")
    })
    .is_empty();
    let between = first < told && told < second;
    let comma = tokens
        .get(told..second)
        .is_some_and(|stretch| stretch.iter().any(|mark| mark.form == ","));
    if !(no_subject && between && comma && is_finite(tokens, told)) {
        return;
    }
    let passive = !children(tokens, told, |token| token.deprel == "aux:pass").is_empty();
    hang(
        tokens,
        first,
        told,
        if passive { "nsubj:pass" } else { "nsubj" },
    );
}

/// Whether the clause of the word at `at` may have a subject: a finite verb, or one with an
/// auxiliary or a copula.
fn is_finite(tokens: &[TokenData], at: usize) -> bool {
    let tensed = tokens
        .get(at)
        .is_some_and(|token| matches!(token.xpos.as_str(), "VBD" | "VBZ" | "VBP"));
    let helped = || {
        !children(tokens, at, |token| {
            matches!(token.deprel.as_str(), "aux" | "aux:pass" | "cop")
        })
        .is_empty()
    };
    let infinitive = || {
        !children(tokens, at, |token| {
            token.deprel == "mark" && token.form.eq_ignore_ascii_case("to")
        })
        .is_empty()
    };
    (tensed || helped()) && !infinitive()
}

/// Where a verb of speech has no subject and what is said has two, one of them before that verb,
/// that one is its: "Brenta said the offer undervalued Corvex".
fn take_subject(tokens: &mut [TokenData], said: usize) {
    let Some(told) = complement(tokens, said).filter(|told| *told > said) else {
        return;
    };
    if !children(tokens, said, is_subject).is_empty() {
        return;
    }
    let subjects = children(tokens, told, is_subject);
    let &[first, second] = subjects.as_slice() else {
        return;
    };
    if first < said && said < second {
        hang(tokens, first, said, "nsubj");
    }
}

/// Ties a finite verb to the verb above the gerund or infinitive that the parser joins it to: "admitted
/// running the works and will be tried".
fn raise_finite(tokens: &mut [TokenData], verb: usize) {
    let Some(inner) = tokens
        .get(verb)
        .filter(|token| token.upos == Upos::Verb && token.deprel == "conj")
        .and_then(|token| token.head)
        .filter(|inner| *inner < verb)
    else {
        return;
    };
    let is_mark = |token: &TokenData| token.deprel == "mark";
    let bare = tokens.get(inner).is_some_and(|token| {
        let gerund = token.xpos == "VBG";
        let to = token.xpos == "VB"
            && children(tokens, inner, is_mark)
                .iter()
                .any(|mark| tokens.get(*mark).is_some_and(|mark| mark.form == "to"));
        let alone = children(tokens, inner, is_subject).is_empty();
        token.deprel == "xcomp" && (gerund || to) || token.deprel == "ccomp" && gerund && alone
    });
    let helped = |at: usize, tags: &[&str]| {
        let helping = |token: &TokenData| {
            matches!(token.deprel.as_str(), "aux" | "aux:pass" | "cop")
                && tags.contains(&token.xpos.as_str())
        };
        !children(tokens, at, helping).is_empty()
    };
    let tensed = tokens
        .get(verb)
        .is_some_and(|token| matches!(token.xpos.as_str(), "VBZ" | "VBD"));
    let finite = tensed || helped(verb, &["MD", "VBZ", "VBD", "VBP"]);
    let own = children(tokens, verb, |token| is_subject(token) || is_mark(token));
    let Some(above) = tokens.get(inner).and_then(|inner| inner.head) else {
        return;
    };
    let acts = tokens
        .get(above)
        .is_some_and(|above| above.upos == Upos::Verb)
        && above < inner
        && !children(tokens, above, is_subject).is_empty();
    if bare && finite && own.is_empty() && acts && !helped(inner, &["VBZ", "VBD", "VBP", "MD"]) {
        hang(tokens, verb, above, "conj");
    }
}

/// Ties the verb of speech at `verb` to the one above what it is joined to, where the tenses show
/// that it cannot go on with that: "Omar claimed that thousands would come and said the count was
/// false".
fn raise_conjunct(tokens: &mut [TokenData], verb: usize) {
    let Some(token) = tokens.get(verb) else {
        return;
    };
    let Some(told) = token
        .head
        .filter(|told| token.deprel == "conj" && token.xpos == "VBD" && *told < verb)
    else {
        return;
    };
    let above = tokens.get(told).filter(|told| told.deprel == "ccomp");
    let Some(said) = above.and_then(|told| told.head) else {
        return;
    };
    let helped = !children(tokens, told, |token| {
        token.deprel == "aux" && (token.xpos == "MD" || token.lemma == "have")
    })
    .is_empty();
    let base = tokens
        .get(told)
        .is_some_and(|told| matches!(told.xpos.as_str(), "VB" | "VBN"));
    let past = tokens
        .get(said)
        .is_some_and(|said| said.xpos == "VBD" && said.upos == Upos::Verb);
    let own = children(tokens, verb, |token| {
        is_subject(token) || matches!(token.deprel.as_str(), "mark" | "aux")
    });
    let stands_before = said < told && !children(tokens, said, is_subject).is_empty();
    if helped && base && past && own.is_empty() && stands_before && says(tokens, said) {
        hang(tokens, verb, said, "conj");
    }
}

/// Gives the noun right behind a joined verb without object to that verb, where the parser joins it
/// to the object of the verb before: "killed three men and wounded 23 others".
pub(super) fn give_object(tokens: &mut [TokenData], noun: usize) {
    let Some(token) = tokens
        .get(noun)
        .filter(|token| token.deprel == "conj" && matches!(token.upos, Upos::Noun | Upos::Propn))
    else {
        return;
    };
    let Some(first) = token.head else {
        return;
    };
    let Some(start) = (0..=noun)
        .find(|at| *at == noun || below(tokens, *at, noun))
        .filter(|start| *start > first + 1)
    else {
        return;
    };
    let verb = start - 1;
    let Some(earlier) = tokens
        .get(verb)
        .filter(|verb| verb.upos == Upos::Verb && verb.deprel == "conj")
        .and_then(|verb| verb.head)
    else {
        return;
    };
    let object = tokens
        .get(first)
        .is_some_and(|first| first.deprel == "obj" && first.head == Some(earlier));
    let joined = !children(tokens, noun, |token| token.deprel == "cc").is_empty();
    let free = children(tokens, verb, |token| {
        matches!(token.deprel.as_str(), "obj" | "ccomp" | "xcomp" | "obl")
    })
    .is_empty();
    if object && !joined && free && first < verb && earlier < first {
        hang(tokens, noun, verb, "obj");
    }
}

#[cfg(test)]
mod tests {
    use super::super::formed::sample::{changed_by, sentence};
    use super::{give_object, part_speech};
    use crate::text::TokenData;

    /// The words that `part_speech` moves; `VERB:tag` gives a verb its tag.
    fn changed(words: &str) -> Vec<String> {
        changed_by(tagged(words), |tokens| part_speech(tokens))
    }

    fn tagged(words: &str) -> Vec<TokenData> {
        let tags: Vec<Option<&str>> = words
            .split_whitespace()
            .map(|word| word.split_once('|').map(|(_, tag)| tag))
            .collect();
        let plain: Vec<&str> = words
            .split_whitespace()
            .map(|word| word.split('|').next().unwrap_or(word))
            .collect();
        let mut tokens = sentence(&plain.join(" "));
        for (token, tag) in tokens.iter_mut().zip(tags) {
            if let Some(tag) = tag {
                tag.clone_into(&mut token.xpos);
            }
            if token.form == "said" {
                "say".clone_into(&mut token.lemma);
            } else if token.form == "claimed" {
                "claim".clone_into(&mut token.lemma);
            } else if token.form == "had" {
                "have".clone_into(&mut token.lemma);
            }
        }
        tokens
    }

    #[test]
    fn who_speaks_last_leaves_the_first_subject_to_what_is_said() {
        let words = "Ada/PROPN/6/nsubj left/VERB/6/ccomp|VBD ,/PUNCT/2/punct two/NUM/5/nummod \
                     aides/NOUN/6/nsubj said/VERB/0/root|VBD";
        assert_eq!(changed(words), ["Ada 2 nsubj"]);
        let words = "Ada/PROPN/7/nsubj was/AUX/3/aux:pass freed/VERB/7/ccomp|VBN \
                     ,/PUNCT/3/punct the/DET/6/det court/NOUN/7/nsubj said/VERB/0/root|VBD";
        assert_eq!(changed(words), ["Ada 3 nsubj:pass"]);
        let untouched = [
            "She/PRON/2/nsubj left/VERB/5/ccomp|VBD ,/PUNCT/2/punct aides/NOUN/5/nsubj \
             said/VERB/0/root|VBD",
            "Ada/PROPN/5/nsubj ,/PUNCT/3/punct leaving/VERB/5/ccomp|VBG aides/NOUN/5/nsubj \
             said/VERB/0/root|VBD",
        ];
        for words in untouched {
            assert_eq!(changed(words), Vec::<String>::new(), "{words}");
        }
    }

    #[test]
    fn who_speaks_first_is_no_second_subject_of_what_is_said() {
        let words = "Acme/PROPN/5/nsubj said/VERB/0/root|VBD the/DET/4/det bid/NOUN/5/nsubj \
                     failed/VERB/2/ccomp|VBD";
        assert_eq!(changed(words), ["Acme 2 nsubj"]);
    }

    #[test]
    fn what_the_tense_parts_from_what_is_said_is_said_by_the_same() {
        let words = "Ada/PROPN/2/nsubj claimed/VERB/0/root|VBD that/SCONJ/6/mark men/NOUN/6/nsubj \
                     had/AUX/6/aux|VBD voted/VERB/2/ccomp|VBN and/CCONJ/8/cc \
                     said/VERB/6/conj|VBD it/PRON/10/nsubj failed/VERB/8/ccomp|VBD";
        assert_eq!(changed(words), ["said 2 conj"]);
        let words = "Ada/PROPN/2/nsubj claimed/VERB/0/root|VBD that/SCONJ/5/mark men/NOUN/5/nsubj \
                     voted/VERB/2/ccomp|VBD and/CCONJ/7/cc said/VERB/5/conj|VBD \
                     it/PRON/9/nsubj failed/VERB/7/ccomp|VBD";
        assert_eq!(changed(words), Vec::<String>::new());
    }

    #[test]
    fn a_finite_verb_is_joined_to_a_finite_one() {
        let words = "Ada/PROPN/2/nsubj denied/VERB/0/root|VBD running/VERB/2/xcomp|VBG \
                     mills/NOUN/3/obj and/CCONJ/8/cc will/AUX/8/aux|MD be/AUX/8/aux:pass|VB \
                     tried/VERB/3/conj|VBN";
        assert_eq!(changed(words), ["tried 2 conj"]);
        let words = "Ada/PROPN/2/nsubj denied/VERB/0/root|VBD running/VERB/2/xcomp|VBG \
                     mills/NOUN/3/obj and/CCONJ/6/cc selling/VERB/3/conj|VBG";
        assert_eq!(changed(words), Vec::<String>::new());
    }

    #[test]
    fn a_noun_right_behind_a_verb_is_its_object() {
        let words = "It/PRON/2/nsubj burned/VERB/0/root mills/NOUN/2/obj and/CCONJ/5/cc \
                     sank/VERB/2/conj two/NUM/7/nummod boats/NOUN/3/conj";
        let moved = |words: &str| {
            changed_by(tagged(words), |tokens| {
                for at in 0..tokens.len() {
                    give_object(tokens, at);
                }
            })
        };
        assert_eq!(moved(words), ["boats 5 obj"]);
        let words = "It/PRON/2/nsubj burned/VERB/0/root mills/NOUN/2/obj and/CCONJ/5/cc \
                     boats/NOUN/3/conj";
        assert_eq!(moved(words), Vec::<String>::new());
    }
}
