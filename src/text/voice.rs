//! Who acts and who is acted on where the parser mistakes it: "has rescued" is active, "Minister
//! sacked" over a text is not.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::document::{TokenData, Upos};

/// Verbs that hardly ever stand without an object in the active.
static ACTING: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let list = include_str!("../../grammar/words/acting-verbs.txt");
    let lines = list.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Makes the subject of a participle behind "have" one that acts, if "been" does not stand between.
pub(super) fn mend_perfect(tokens: &mut [TokenData]) {
    for verb in 0..tokens.len() {
        let is_participle = tokens
            .get(verb)
            .is_some_and(|token| token.upos == Upos::Verb && token.xpos == "VBN");
        let helpers = |tokens: &[TokenData]| -> Vec<String> {
            let helping = |token: &&TokenData| {
                token.head == Some(verb) && matches!(token.deprel.as_str(), "aux" | "aux:pass")
            };
            let helping = tokens.iter().filter(helping);
            helping.map(|token| token.lemma.clone()).collect()
        };
        let found = helpers(tokens);
        let perfect = found.iter().any(|lemma| lemma == "have")
            && !found.iter().any(|lemma| lemma == "be" || lemma == "get");
        if !is_participle || !perfect {
            continue;
        }
        for token in tokens.iter_mut().filter(|token| token.head == Some(verb)) {
            match token.deprel.as_str() {
                "nsubj:pass" => "nsubj".clone_into(&mut token.deprel),
                "aux:pass" => "aux".clone_into(&mut token.deprel),
                _ => {}
            }
        }
    }
}

/// Makes a verb in a heading that needs an object and has none passive: "Rival commander killed in
/// the north".
pub(super) fn mend_heading(tokens: &mut [TokenData]) {
    for verb in 0..tokens.len() {
        let acts = tokens.get(verb).is_some_and(|token| {
            token.upos == Upos::Verb
                && matches!(token.xpos.as_str(), "VBD" | "VBN")
                && matches!(token.deprel.as_str(), "root" | "conj" | "parataxis")
                && ACTING.contains(token.lemma.as_str())
        });
        if !acts {
            continue;
        }
        let subject = tokens
            .iter()
            .position(|token| token.head == Some(verb) && token.deprel == "nsubj");
        let taken = tokens.iter().any(|token| {
            token.head == Some(verb)
                && matches!(
                    token.deprel.as_str(),
                    "aux" | "aux:pass" | "obj" | "iobj" | "ccomp" | "xcomp"
                )
        });
        let Some(subject) = subject.filter(|subject| *subject < verb && !taken) else {
            continue;
        };
        if let Some(subject) = tokens.get_mut(subject) {
            "nsubj:pass".clone_into(&mut subject.deprel);
        }
        if let Some(verb) = tokens.get_mut(verb) {
            "VBN".clone_into(&mut verb.xpos);
            "Tense=Past|VerbForm=Part|Voice=Pass".clone_into(&mut verb.features);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::formed::sample::{changed_by, sentence};
    use super::{mend_heading, mend_perfect};

    /// The words of a heading or, if `perfect`, of any sentence that change their place.
    fn changed(words: &str, lemma: &str, perfect: bool) -> Vec<String> {
        let mut tokens = sentence(words);
        for token in &mut tokens {
            if token.form == "has" {
                "have".clone_into(&mut token.lemma);
            } else if token.upos == crate::text::Upos::Verb {
                "VBN".clone_into(&mut token.xpos);
                lemma.clone_into(&mut token.lemma);
            }
        }
        changed_by(tokens, |tokens| {
            if perfect {
                mend_perfect(tokens);
            } else {
                mend_heading(tokens);
            }
        })
    }

    #[test]
    fn who_has_done_something_acts() {
        let words = "Whom/PRON/5/obj has/AUX/5/aux the/DET/4/det navy/NOUN/5/nsubj:pass \
                     saved/VERB/0/root";
        assert_eq!(changed(words, "save", true), ["navy 5 nsubj"]);
        let words = "It/PRON/4/nsubj:pass has/AUX/4/aux been/AUX/4/aux:pass saved/VERB/0/root";
        let mut tokens = sentence(words);
        for (token, lemma) in tokens.iter_mut().zip(["it", "have", "be", "save"]) {
            lemma.clone_into(&mut token.lemma);
            if lemma == "save" {
                "VBN".clone_into(&mut token.xpos);
            }
        }
        assert_eq!(
            changed_by(tokens, |tokens| mend_perfect(tokens)),
            Vec::<String>::new()
        );
    }

    #[test]
    fn who_is_killed_in_a_heading_does_not_kill() {
        let words = "Old/ADJ/2/amod general/NOUN/3/nsubj killed/VERB/0/root in/ADP/5/case \
                     Pula/PROPN/3/obl";
        assert_eq!(changed(words, "kill", false), ["general 3 nsubj:pass"]);
        assert_eq!(changed(words, "arrive", false), Vec::<String>::new());
        let words = "Storm/NOUN/2/nsubj killed/VERB/0/root two/NUM/2/obj";
        assert_eq!(changed(words, "kill", false), Vec::<String>::new());
    }
}
