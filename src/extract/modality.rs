//! In what way a clause is claimed: as a fact, planned, possible, under a condition, asked.

use crate::model::{Modality, Polarity};
use crate::text::{EntityType, Token, Upos};

use super::clause::Clause;
use super::polarity::is_negation;
use super::predicate::is_to_be_done;
use super::rule::ClauseKind;
use super::tree::{first_conjunct, marks};
use super::words::words;

/// The modality of the clause of `head`; `parent` is the clause above, `conjunct_of` the same when
/// the clause is coordinated with it.
pub(crate) fn of(
    head: Token<'_>,
    conjunct_of: Option<&Clause>,
    parent: Option<&Clause>,
) -> Modality {
    if let Some(modality) = own(head, parent) {
        return modality;
    }
    if let Some(parent) = conjunct_of {
        let own_auxiliary = head.children().any(|child| child.relation() == "aux");
        let own_subject = head
            .children()
            .any(|child| matches!(child.relation(), "nsubj" | "csubj"));
        // After "will" a bare verb looks like one of the present.
        let bare = head.xpos() == "VBP"
            && !own_subject
            && matches!(parent.modality, Modality::Planned | Modality::Possible);
        let in_relative = first_conjunct(head).deprel() == "acl:relcl";
        let shares =
            !own_auxiliary && (matches!(head.xpos(), "VB" | "VBN" | "VBG") || bare || in_relative);
        if shares {
            return parent.modality;
        }
        return match parent.modality {
            Modality::Conditional | Modality::Asked => parent.modality,
            Modality::Asserted | Modality::Planned | Modality::Possible => Modality::Asserted,
        };
    }
    governed(head, parent)
}

/// What holds of the thing that `noun` introduces, when the clause around it, `parent`, is not
/// told as a fact: "will build a wall that keeps out the sea" tells of no wall that does.
/// `None` when the noun names what is there anyway: a name, a definite thing, a subject, what one
/// tears down.
pub(crate) fn of_nominal(noun: Token<'_>, parent: Option<&Clause>) -> Option<Modality> {
    let parent = parent?;
    let modality = irrealis(parent.modality).or_else(|| {
        // "will not let them keep weapons that threaten us".
        (parent.polarity == Polarity::Denied).then_some(Modality::Possible)
    })?;
    let makes = noun
        .document()
        .token(parent.head)
        .is_some_and(|verb| words().creation_verbs.contains_key(verb.lemma()));
    // Those who are given something are there.
    let acts = matches!(
        noun.entity_type(),
        Some(EntityType::Person | EntityType::Organization)
    );
    let introduces = makes
        && !acts
        && noun.upos() == Upos::Noun
        && matches!(noun.deprel(), "obj" | "conj" | "xcomp")
        && noun.children().all(|child| match child.relation() {
            "det" => matches!(child.lemma(), "a" | "an" | "any" | "some" | "no" | "more"),
            "nmod" => child.deprel() != "nmod:poss",
            _ => true,
        });
    introduces.then_some(modality)
}

/// `modality` unless it is that of a fact.
fn irrealis(modality: Modality) -> Option<Modality> {
    match modality {
        Modality::Asserted => None,
        Modality::Planned | Modality::Possible | Modality::Conditional | Modality::Asked => {
            Some(modality)
        }
    }
}

/// Whether the gerund `head` tells what goes along with the clause above, or how it comes about.
fn accompanies(head: Token<'_>) -> bool {
    marks(head)
        .iter()
        .all(|mark| matches!(mark.as_str(), "by" | "in"))
}

/// Whether `head` is one of several verbs of which only one may be true: "they will pay or they
/// will quit".
pub(crate) fn is_alternative(head: Token<'_>) -> bool {
    let with_or = |verb: Token<'_>| {
        verb.relation() == "conj"
            && verb.upos() == Upos::Verb
            && verb
                .child(&["cc"])
                .is_some_and(|word| word.form().eq_ignore_ascii_case("or"))
    };
    head.upos() == Upos::Verb && (with_or(head) || head.children().any(with_or))
}

/// What the clause's own words say.
fn own(head: Token<'_>, parent: Option<&Clause>) -> Option<Modality> {
    let opening = marks(head);
    let opens = |words: &[&str]| opening.iter().any(|mark| words.contains(&mark.as_str()));
    if opens(&["if", "unless", "provided", "in case"]) {
        let is_question = matches!(head.relation(), "ccomp");
        return Some(if is_question {
            Modality::Asked
        } else {
            Modality::Conditional
        });
    }
    if opens(&["whether"]) {
        return Some(Modality::Asked);
    }
    // "Had the bridge been destroyed, they would have turned back."
    let inverted = head.relation() == "advcl"
        && opening.is_empty()
        && head
            .child(&["nsubj", "nsubj:pass"])
            .zip(head.child(&["aux", "aux:pass"]))
            .is_some_and(|(subject, aux)| {
                aux.id() < subject.id() && matches!(aux.lemma(), "have" | "be" | "should")
            });
    if inverted {
        return Some(Modality::Conditional);
    }
    if head.child(&["cop"]).is_some() && is_to_be_done(head) {
        return Some(Modality::Planned);
    }
    if is_asked(head, &opening) {
        return Some(Modality::Asked);
    }
    for child in head.children() {
        let word = child.lemma().to_lowercase();
        let form = child.form().to_lowercase();
        match (child.relation(), word.as_str()) {
            ("aux", "will" | "shall") if !matches!(form.as_str(), "would" | "should" | "'d") => {
                return Some(Modality::Planned);
            }
            ("aux", "must" | "should" | "ought" | "shall") => return Some(Modality::Planned),
            ("aux", "may" | "might" | "could" | "can")
                if form != "cannot" || is_negation(child) =>
            {
                return Some(Modality::Possible);
            }
            ("aux", "would" | "will" | "'d") if matches!(form.as_str(), "would" | "'d") => {
                // "said that troops would begin": the past of "will".
                let reported = head.relation() == "ccomp" && parent.is_some();
                return Some(if reported {
                    Modality::Planned
                } else {
                    Modality::Conditional
                });
            }
            (
                "advmod",
                "reportedly" | "allegedly" | "apparently" | "possibly" | "perhaps" | "maybe"
                | "probably" | "likely" | "supposedly" | "presumably" | "seemingly" | "purportedly",
            ) => return Some(Modality::Possible),
            _ => {}
        }
    }
    let has_subject = head.children().any(|child| {
        matches!(
            child.relation(),
            "nsubj" | "csubj" | "expl" | "aux" | "mark"
        )
    });
    let commands = head.upos() == Upos::Verb
        && !has_subject
        && (head.feature("Mood") == Some("Imp")
            || (head.xpos() == "VB" && matches!(head.relation(), "root")));
    commands.then_some(Modality::Planned)
}

/// Whether `head`, which `opening` opens, is what the sentence asks: it ends with a question mark.
/// Who writes or asks a question in quotes is not asked himself.
fn is_asked(head: Token<'_>, opening: &[String]) -> bool {
    let is_main = matches!(head.relation(), "root" | "parataxis" | "conj" | "ccomp");
    let mut last = head.sentence().tokens().rev().take(3);
    let Some(mark) = last.find(|token| token.form() == "?") else {
        return false;
    };
    let is_quote = |token: Token<'_>| matches!(token.form(), "\"" | "“" | "``" | "«");
    let closed = head
        .sentence()
        .tokens()
        .any(|token| token.id() > mark.id() && matches!(token.form(), "\"" | "”" | "''" | "»"));
    let quoted_after = closed
        && head
            .sentence()
            .tokens()
            .any(|token| token.id() > head.id() && is_quote(token) && token.id() < mark.id());
    is_main && !quoted_after && (head.relation() != "ccomp" || opening.is_empty())
}

/// What the governing clause or noun makes of it.
fn governed(head: Token<'_>, parent: Option<&Clause>) -> Modality {
    let document = head.document();
    let Some(parent) = parent else {
        return Modality::Asserted;
    };
    let Some(verb) = document.token(parent.head) else {
        return Modality::Asserted;
    };
    // "admitted to being there".
    let gerund = head.xpos() == "VBG"
        || head
            .children()
            .any(|child| child.relation() == "cop" && child.xpos() == "VBG");
    let infinitive = head.xpos() == "VB"
        || (!gerund
            && head
                .children()
                .any(|child| child.relation() == "mark" && child.lemma() == "to"));
    let lemma = verb.lemma();
    match head.deprel() {
        // "is committed to rebuilding the port".
        "advcl" | "acl" | "xcomp" | "ccomp"
            if head.xpos() == "VBG"
                && head.head().is_some_and(|above| {
                    matches!(
                        above.form().to_lowercase().as_str(),
                        "committed" | "dedicated" | "devoted" | "commitment" | "opposed"
                    )
                })
                && marks(head).iter().any(|mark| mark == "to") =>
        {
            Modality::Planned
        }
        "xcomp" | "ccomp" => {
            let lists = words();
            if head.relation() == "ccomp"
                && head.children().any(|child| child.relation() == "nsubj")
            {
                // "Few believe that he did."
                let few = verb.child(&["nsubj"]).is_some_and(|who| {
                    matches!(who.lemma(), "few" | "nobody")
                        || who.children().any(|word| {
                            matches!(word.lemma(), "few")
                                && !who.children().any(|det| det.lemma() == "a")
                        })
                });
                if few {
                    return Modality::Possible;
                }
                return match lemma {
                    "hope" | "fear" | "suspect" | "doubt" | "expect" | "want" | "wish" => {
                        Modality::Possible
                    }
                    _ => Modality::Asserted,
                };
            }
            // Who had to do it has done it, if nothing says otherwise.
            if lemma == "have" && verb.xpos() == "VBD" && infinitive {
                return parent.modality;
            }
            // "is believed to be", "is said to own".
            if parent.kind == ClauseKind::Passive
                && infinitive
                && lists.attribution_verbs.contains_key(lemma)
                && !lists.plan_verbs.contains_key(lemma)
            {
                return Modality::Possible;
            }
            if lists.plan_verbs.contains_key(lemma) && (infinitive || lemma != "have") {
                return Modality::Planned;
            }
            if lists.possible_verbs.contains_key(lemma) {
                return match parent.modality {
                    Modality::Asserted => Modality::Possible,
                    Modality::Planned
                    | Modality::Possible
                    | Modality::Conditional
                    | Modality::Asked => parent.modality,
                };
            }
            if lemma == "go" && verb.xpos() == "VBG" && infinitive {
                return Modality::Planned;
            }
            if verb.upos() == Upos::Adj && infinitive {
                // Who was able to do it has done it.
                let past = verb
                    .children()
                    .any(|child| child.relation() == "cop" && child.xpos() == "VBD");
                let did = lemma == "able" && past && parent.polarity == Polarity::Affirmed;
                if did {
                    return parent.modality;
                }
                return match lemma {
                    "able" | "likely" | "possible" | "free" | "unlikely" => Modality::Possible,
                    "ready" | "set" | "due" | "willing" | "eager" | "determined" | "keen" => {
                        Modality::Planned
                    }
                    _ => parent.modality,
                };
            }
            if head.relation() == "xcomp" {
                parent.modality
            } else {
                Modality::Asserted
            }
        }
        // "charged with taking bribes", "accused of lying".
        "advcl"
            if head.xpos() == "VBG"
                && words().accuse_verbs.contains_key(lemma)
                && marks(head)
                    .iter()
                    .any(|mark| matches!(mark.as_str(), "with" | "of" | "for")) =>
        {
            Modality::Possible
        }
        // "came close to resigning".
        "advcl"
            if head
                .head()
                .is_some_and(|above| above.lemma() == "close" && above.upos() != Upos::Verb) =>
        {
            Modality::Possible
        }
        // "uses the tool to attack" does attack.
        "advcl" if infinitive && lemma == "use" => parent.modality,
        "advcl" if infinitive => Modality::Planned,
        // "will help in denying them shelter", "would open fire, killing some": part of the same.
        "advcl" if head.xpos() == "VBG" && accompanies(head) => parent.modality,
        // "It is vital for all parties to meet": that it is does not say that they do.
        "csubj" if infinitive && verb.upos() == Upos::Adj && parent.kind == ClauseKind::Copula => {
            match lemma {
                "possible" | "likely" | "unlikely" => Modality::Possible,
                _ => irrealis(parent.modality).unwrap_or(Modality::Planned),
            }
        }
        "acl" => {
            let noun = head.head();
            let noun_lemma = noun.map_or("", Token::lemma);
            if infinitive && words().possible_nouns.contains_key(noun_lemma) {
                return Modality::Possible;
            }
            if infinitive && (words().plan_nouns.contains_key(noun_lemma) || noun.is_some()) {
                return Modality::Planned;
            }
            if words().hearsay_nouns.contains_key(noun_lemma)
                && head.children().any(|child| child.relation() == "nsubj")
            {
                return Modality::Possible;
            }
            noun.and_then(|noun| of_nominal(noun, Some(parent)))
                .unwrap_or(Modality::Asserted)
        }
        "acl:relcl" => head
            .head()
            .and_then(|noun| of_nominal(noun, Some(parent)))
            .unwrap_or(Modality::Asserted),
        _ => Modality::Asserted,
    }
}
