//! What the structure of a sentence refers to: antecedents of relative pronouns and participles,
//! names after titles, circumstances that hang on a noun.

use crate::base::Id as _;
use crate::text::{EntityType, Token, TokenId, Upos};

use super::clause::{Clause, Link};
use super::rule::{ClauseKind, ClauseRole};
use super::tree::{is_bracketed, is_relative, is_time, preposition, subtree_words, with_conjuncts};
use super::words::words;

/// When and where, from the phrases that the parser ties to a noun of the clause: "the regime on
/// Monday launched an operation in Hama".
pub(crate) fn settle_circumstances(head: Token<'_>, clause: &mut Clause) {
    let document = head.document();
    if clause.when.is_none() {
        let subjects = clause
            .surface
            .iter()
            .filter_map(|(id, _)| document.token(*id));
        clause.when = subjects
            .filter(|subject| !words().event_nouns.contains_key(subject.lemma()))
            .flat_map(Token::children)
            .find(|child| {
                matches!(child.deprel(), "nmod" | "nmod:unmarked")
                    && is_time(*child)
                    && !is_bracketed(*child)
                    && child.id() < head.id()
                    && !preposition(*child).contains("of")
            })
            .map(subtree_words);
    }
    if clause.place.is_none() && clause.kind != ClauseKind::Copula {
        let objects = clause
            .filling(ClauseRole::Object)
            .filter_map(|filler| document.token(filler.token))
            .filter(|object| words().event_nouns.contains_key(object.lemma()));
        let place = objects
            .flat_map(Token::children)
            .find(|child| {
                child.deprel() == "nmod"
                    && child.entity_type() == Some(EntityType::Place)
                    && words()
                        .place_prepositions
                        .contains_key(&preposition(*child))
            })
            .map(subtree_words);
        clause.place = place;
    }
}

/// Whether `title` is a noun right before the name `name`: "Prime Minister" before "Ana Rivera".
pub(crate) fn is_title_of(title: Token<'_>, name: Token<'_>) -> bool {
    name.upos() == Upos::Propn
        && name.id().index() == title.id().index() + 1
        && words().roles.contains_key(&title.lemma().to_lowercase())
}

/// Whether `noun` describes the person whose name follows right after it: "citizen" before "Ana
/// Rivera".
pub(crate) fn is_description_of(noun: Token<'_>, name: Token<'_>) -> bool {
    let person = |token: Token<'_>| token.entity_type() == Some(EntityType::Person);
    noun.upos() == Upos::Noun
        && name.upos() == Upos::Propn
        && person(noun)
        && person(name)
        && name.id().index() == noun.id().index() + 1
}

/// Whether `body` is what `holder` right after it belongs to: "Task Force – North commander", both
/// tied to the verb.
pub(crate) fn is_body_of(body: Token<'_>, holder: Token<'_>) -> bool {
    let begins = holder.subtree().into_iter().min();
    let near = begins.is_some_and(|begin| begin.index() <= body.id().index() + 3);
    let joined = holder.children().any(|child| child.relation() == "cc");
    body.entity_type() == Some(EntityType::Organization)
        && holder.entity_type() == Some(EntityType::Person)
        && words().roles.contains_key(&holder.lemma().to_lowercase())
        && body.id() < holder.id()
        && near
        && !joined
}

/// Who acts where the parser takes the body he belongs to for the head: the general of "the
/// NTF-North commanding general, Ana Rivera, said". Else `subject` itself.
pub(crate) fn holder_beside(subject: Token<'_>) -> Token<'_> {
    if subject.entity_type() != Some(EntityType::Organization) {
        return subject;
    }
    let holder = subject.children().find(|child| {
        let role = child.lemma().to_lowercase();
        let named = child.children().chain(subject.children()).any(|name| {
            name.relation() == "appos"
                && name.upos() == Upos::Propn
                && name.entity_type() == Some(EntityType::Person)
                && name.id() > child.id()
        });
        child.relation() == "appos"
            && words().roles.contains_key(&role)
            && child.child(&["det"]).is_none()
            && named
            && child.children().all(|mark| mark.form() != ",")
    });
    holder.unwrap_or(subject)
}

/// What `token` refers to by structure: the antecedents of a relative pronoun, else itself.
/// A pronoun that takes up a whole clause refers to nothing.
pub(crate) fn referents(token: Token<'_>) -> Vec<(TokenId, Link)> {
    if token.upos() != Upos::Pron || !is_relative(token) {
        return vec![(token.id(), Link::Own)];
    }
    let mut current = token;
    while let Some(head) = current.head() {
        if current.deprel() == "acl:relcl" {
            if takes_up_clause(token, current, head) {
                return Vec::new();
            }
            let noun = doer(head, current, token)
                .or_else(|| of_fitting_kind(head, current, token))
                .unwrap_or(head);
            return antecedents(noun, current);
        }
        if current.deprel() == "advcl:relcl" {
            return Vec::new();
        }
        current = head;
    }
    vec![(token.id(), Link::Own)]
}

/// Whether the "which" of `verb` after a comma may mean all that was told, not the `noun` beside
/// it: "He closed the border, which affected trade". Then nobody can say which.
fn takes_up_clause(which: Token<'_>, verb: Token<'_>, noun: Token<'_>) -> bool {
    let before = which.id().index().checked_sub(1).map(TokenId::from_index);
    let comma = before
        .and_then(|id| which.document().token(id))
        .is_some_and(|mark| mark.form() == ",");
    // "was accused of lying, which he denied".
    let answered = which.relation() == "obj"
        && matches!(
            verb.lemma(),
            "deny" | "confirm" | "acknowledge" | "admit" | "regret"
        )
        && which.form().eq_ignore_ascii_case("which");
    answered
        || comma
            && which.form().eq_ignore_ascii_case("which")
            && which.head() == Some(verb)
            && which.relation() == "nsubj"
            && words().consequence_verbs.contains_key(verb.lemma())
            && noun.relation() != "nsubj"
            && noun.entity_type() != Some(EntityType::Organization)
}

/// Of "the attacks in the town which killed ten" the attacks: a place kills nobody.
fn doer<'d>(noun: Token<'d>, verb: Token<'d>, pronoun: Token<'d>) -> Option<Token<'d>> {
    let acts = pronoun.relation() == "nsubj" && words().harm_verbs.contains_key(verb.lemma());
    let is_place = |token: Token<'_>| token.entity_type() == Some(EntityType::Place);
    if !acts || !is_place(noun) {
        return None;
    }
    let mut current = noun;
    while is_place(current) && current.relation() == "nmod" {
        current = current.head()?;
    }
    (current.upos() == Upos::Noun && !is_place(current)).then_some(current)
}

/// Of "the chief of the fund, which pays them" the fund, of "the army of the king, who fled" the
/// king: "which" is no person and "who" is none but persons, so the nearest noun of the fitting
/// kind inside the phrase of `noun` is meant, when `noun` itself is not.
fn of_fitting_kind<'d>(noun: Token<'d>, verb: Token<'d>, pronoun: Token<'d>) -> Option<Token<'d>> {
    let person = |token: Token<'_>| token.entity_type() == Some(EntityType::Person);
    let wants_person = match pronoun.form().to_lowercase().as_str() {
        "who" | "whom" => true,
        "which" => false,
        _ => return None,
    };
    // A body may be "who", and several persons "which".
    let fits = |token: Token<'_>| {
        if wants_person {
            matches!(
                token.entity_type(),
                Some(EntityType::Person | EntityType::Organization)
            )
        } else {
            !person(token) || token.feature("Number") == Some("Plur")
        }
    };
    if fits(noun) || noun.entity_type().is_none() {
        return None;
    }
    let within = noun.subtree().into_iter();
    within
        .filter_map(|id| noun.document().token(id))
        .rfind(|token| {
            token.id() > noun.id()
                && token.id() < verb.id()
                && token.id() < pronoun.id()
                && token.relation() == "nmod"
                && token.deprel() != "nmod:poss"
                && token.entity_type().is_some()
                && fits(*token)
                && person(*token) == wants_person
        })
}

/// The nouns that the clause `modifier` under `noun` speaks of: all conjuncts if it follows them
/// all, else `noun`.
pub(crate) fn antecedents(noun: Token<'_>, modifier: Token<'_>) -> Vec<(TokenId, Link)> {
    let all = with_conjuncts(noun);
    let after_all = all.iter().all(|conjunct| conjunct.id() < modifier.id());
    let meant = if after_all { all } else { vec![noun] };
    meant
        .into_iter()
        .flat_map(|token| {
            if token == noun || token.relation() == "conj" {
                vec![(token.id(), Link::Relative)]
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// The body whose name stands before what it plans: "Coalition efforts to free the town".
pub(crate) fn body_before(noun: Token<'_>) -> Option<Token<'_>> {
    noun.child(&["compound"]).filter(|name| {
        name.upos() == Upos::Propn
            && matches!(
                name.entity_type(),
                Some(EntityType::Person | EntityType::Organization | EntityType::Place)
            )
    })
}

/// Whether `head` is an infinitive that says what for.
pub(crate) fn is_purpose(head: Token<'_>) -> bool {
    head.children()
        .any(|child| child.relation() == "mark" && child.lemma() == "to")
}

/// Whether `subject`, that of the clause above, may be whose purpose it is: only people have any.
pub(crate) fn may_intend(subject: Token<'_>) -> bool {
    subject.upos() == Upos::Pron
        || matches!(
            subject.entity_type(),
            None | Some(EntityType::Person | EntityType::Organization | EntityType::Place)
        )
}

pub(crate) fn has_relative(head: Token<'_>) -> bool {
    head.subtree().into_iter().any(|id| {
        let Some(token) = head.document().token(id) else {
            return false;
        };
        if !is_relative(token) {
            return false;
        }
        // It must belong to this clause, not to a relative clause inside.
        let mut current = Some(token);
        while let Some(token) = current {
            if token == head {
                return true;
            }
            if token.deprel() == "acl:relcl" {
                return false;
            }
            current = token.head();
        }
        false
    })
}
