//! Which words are predicates, how their clauses are built, and which words belong to them.

use crate::base::Id as _;
use crate::text::{EntityType, Sentence, Token, TokenId, Upos};

use super::attribution::is_speech;
use super::clause::Clause;
use super::polarity;
use super::rule::ClauseKind;
use super::tree::{first_conjunct, is_clausal};
use super::words::words;

/// Whether the verb of `head` is finite, or has an auxiliary that is.
pub(crate) fn is_finite(head: Token<'_>) -> bool {
    matches!(head.xpos(), "VBD" | "VBZ" | "VBP" | "MD")
        || head.children().any(|child| {
            matches!(child.relation(), "aux" | "cop")
                && matches!(child.xpos(), "VBD" | "VBZ" | "VBP" | "MD")
        })
}

/// Whether `head` is a gerund, or has an auxiliary that is: "selling", "having sold".
pub(crate) fn is_gerund(head: Token<'_>) -> bool {
    head.xpos() == "VBG"
        || head
            .children()
            .any(|child| child.relation() == "aux" && child.xpos() == "VBG")
}

/// Whether "is to" is a plan ("the room is to come under his command"), not an equation ("the goal
/// is to secure the road").
pub(crate) fn is_to_be_done(head: Token<'_>) -> bool {
    let infinitive = head.upos() == Upos::Verb
        && head
            .children()
            .any(|child| child.relation() == "mark" && child.lemma() == "to");
    let subject = head.child(&["nsubj", "nsubj:pass", "nsubj:outer"]);
    infinitive
        && subject.is_some_and(|subject| {
            let whole = subject.child(&["nmod"]).map_or("", Token::lemma);
            ![subject.lemma(), whole]
                .iter()
                .any(|lemma| words().plan_nouns.contains_key(*lemma))
        })
}

/// What a whole clause is said to be: "the problem" of "the problem is that they left", where the
/// parser ties the copula and both subjects to "left". Returns that subject and its copula.
pub(crate) fn outer_subject(head: Token<'_>) -> Option<(Token<'_>, Token<'_>)> {
    let outer = head.child(&["nsubj:outer", "csubj:outer"])?;
    let copula = head.child(&["cop"])?;
    let own = head.child(&["nsubj", "nsubj:pass"])?;
    (outer.id() < copula.id() && copula.id() < own.id()).then_some((outer, copula))
}

/// The copula of the clause of `head` itself.
pub(crate) fn own_copula(head: Token<'_>) -> Option<Token<'_>> {
    let outer = outer_subject(head).map(|(_, copula)| copula);
    head.children()
        .find(|child| child.deprel() == "cop" && Some(*child) != outer)
}

pub(crate) fn kind(head: Token<'_>, conjunct_of: Option<&Clause>) -> ClauseKind {
    if own_copula(head).is_some() && !is_to_be_done(head) {
        return ClauseKind::Copula;
    }
    if head.upos() != Upos::Verb && head.upos() != Upos::Aux {
        return ClauseKind::Copula;
    }
    let has_auxiliary = head.child(&["aux", "aux:pass"]).is_some();
    // "they have mobilized" is active, whatever the label of its subject.
    let perfect = head
        .child(&["aux"])
        .is_some_and(|aux| aux.lemma() == "have" || aux.form().ends_with("'ve"))
        && head.child(&["aux:pass"]).is_none();
    let by_label = head.child(&["aux:pass", "nsubj:pass", "csubj:pass"]);
    // "five strikes engaged two units": without an auxiliary what has an object is active.
    let plain = !has_auxiliary
        && head
            .child(&["obj"])
            .is_some_and(|object| object.id() > head.id())
        && !words().naming_verbs.contains_key(head.lemma());
    let acts = plain
        && (head.child(&["nsubj:pass"]).is_some()
            || head
                .children()
                .any(|mark| mark.form() == ";" && mark.id() < head.id()));
    if acts || reports_beside(head) {
        return ClauseKind::Active;
    }
    let passive = (by_label.is_some() && !perfect)
        || (matches!(head.xpos(), "VBN" | "VBD")
            && !has_auxiliary
            && match head.deprel() {
                "acl" | "amod" | "advcl" => {
                    head.xpos() == "VBN" && head.child(&["nsubj"]).is_none()
                }
                "conj" => {
                    // "was urged to look and came upon it": "came" is no participle.
                    let participle = head.xpos() == "VBN"
                        || head.child(&["obl:agent"]).is_some()
                        || is_suffered(head)
                        || first_conjunct(head).relation() == "acl";
                    participle
                        && conjunct_of.is_some_and(|parent| parent.kind == ClauseKind::Passive)
                        && head.child(&["nsubj", "obj"]).is_none()
                }
                "acl:relcl" | "xcomp" => head.feature("Voice") == Some("Pass"),
                _ => head.feature("Voice") == Some("Pass") || head.child(&["obl:agent"]).is_some(),
            });
    if passive {
        ClauseKind::Passive
    } else {
        ClauseKind::Active
    }
}

/// Whether `verb` tells who said what stands before it, though the parser takes it for a passive:
/// "Two are missing, the agency reported".
pub(crate) fn reports_beside(verb: Token<'_>) -> bool {
    let acts = |who: Token<'_>| {
        matches!(
            who.entity_type(),
            Some(EntityType::Person | EntityType::Organization)
        )
    };
    verb.relation() == "parataxis"
        && verb.xpos() == "VBD"
        && is_speech(verb)
        && verb
            .child(&["aux", "aux:pass", "obl:agent", "obj"])
            .is_none()
        && verb
            .child(&["nsubj", "nsubj:pass"])
            .is_some_and(|who| acts(who) && who.id() < verb.id())
}

/// Whether `verb` without an object tells what somebody suffers: "was suspended and dismissed".
fn is_suffered(verb: Token<'_>) -> bool {
    let lists = words();
    let lemma = verb.lemma();
    let complete = verb.child(&["ccomp", "xcomp", "compound:prt"]).is_some();
    let of_people = lists.accuse_verbs.contains_key(lemma) || lists.blame_verbs.contains_key(lemma);
    !complete && (of_people || lists.harm_verbs.contains_key(lemma))
}

/// The predicates of `sentence`, those above before those below, then in order of the text.
pub(crate) fn predicates(sentence: Sentence<'_>) -> Vec<Token<'_>> {
    let mut found: Vec<(usize, Token<'_>)> = sentence
        .tokens()
        .filter(|token| is_predicate(*token))
        .map(|token| (depth(token), token))
        .collect();
    found.sort_by_key(|(depth, token)| (*depth, token.id()));
    found.into_iter().map(|(_, token)| token).collect()
}

fn depth(token: Token<'_>) -> usize {
    let limit = token.sentence().token_range().len();
    let mut current = token;
    let mut depth = 0;
    while let Some(head) = current.head() {
        depth += 1;
        if depth > limit {
            break;
        }
        current = head;
    }
    depth
}

/// Whether the same verb follows right after, so that this one is a slip.
pub(crate) fn is_repeated(verb: Token<'_>) -> bool {
    let next = TokenId::from_index(verb.id().index() + 1);
    let again = verb.document().token(next);
    again.and_then(repetition_before) == Some(verb)
}

/// The same verb right before `verb`, written twice by mistake.
pub(crate) fn repetition_before(verb: Token<'_>) -> Option<Token<'_>> {
    let index = verb.id().index().checked_sub(1)?;
    let before = verb.document().token(TokenId::from_index(index))?;
    let same = before.upos() == Upos::Verb
        && verb.upos() == Upos::Verb
        && before.form().eq_ignore_ascii_case(verb.form())
        && before.sentence().id() == verb.sentence().id();
    same.then_some(before)
}

/// Whether `noun` is what is left of a clause whose verb is that of the clause before: "hospital" of
/// "Norway sent two teams, and Turkey a field hospital". It says nothing of what Turkey is.
pub(crate) fn is_left_over(noun: Token<'_>) -> bool {
    let nominal = matches!(
        noun.upos(),
        Upos::Noun | Upos::Propn | Upos::Num | Upos::Sym | Upos::Pron
    );
    // "…, and Turkey a field hospital" may be tied to the verb as if it stood beside it.
    let joined = || {
        let opening = noun.subtree().into_iter().take(2);
        opening
            .filter_map(|id| noun.document().token(id))
            .any(|word| word.relation() == "cc" && word.lemma() == "and")
    };
    let placed = match noun.relation() {
        "conj" => noun.head().is_some_and(|first| {
            first.upos() == Upos::Verb || first.child(&["nsubj", "cop"]).is_none()
        }),
        "parataxis" => noun.head().is_some_and(|verb| verb.upos() == Upos::Verb) && joined(),
        _ => false,
    };
    nominal && placed && noun.child(&["nsubj"]).is_some() && noun.child(&["cop", "aux"]).is_none()
}

pub(crate) fn is_predicate(token: Token<'_>) -> bool {
    if is_repeated(token) || is_left_over(token) {
        return false;
    }
    if matches!(
        token.relation(),
        "aux"
            | "cop"
            | "case"
            | "mark"
            | "fixed"
            | "flat"
            | "compound"
            | "goeswith"
            | "cc"
            | "det"
            | "punct"
            | "reparandum"
            | "discourse"
    ) {
        return false;
    }
    let has = |relations: &[&str]| {
        token
            .children()
            .any(|child| relations.contains(&child.relation()))
    };
    if has(&["cop", "nsubj", "csubj"]) {
        return true;
    }
    let is_verb = token.upos() == Upos::Verb;
    if !is_verb {
        return token.upos() == Upos::Aux
            && matches!(
                token.relation(),
                "root" | "conj" | "ccomp" | "advcl" | "acl" | "parataxis"
            );
    }
    match token.deprel() {
        "amod" => has(&["obl", "obj"]) && matches!(token.xpos(), "VBN" | "VBD"),
        "nsubj" | "nsubj:pass" | "obj" | "obl" | "nmod" | "appos" | "iobj" | "obl:agent" => {
            has(&["obj", "ccomp", "xcomp", "aux"])
        }
        "conj" => {
            let first = first_conjunct(token);
            first == token || is_predicate(first) || is_clausal(token)
        }
        _ => true,
    }
}

/// The words of the predicate, in order.
pub(crate) fn predicate_tokens(
    head: Token<'_>,
    kind: ClauseKind,
    particle: Option<TokenId>,
    parent: Option<&Clause>,
) -> Vec<TokenId> {
    let above = outer_subject(head).map(|(_, copula)| copula);
    let mut tokens: Vec<TokenId> = head
        .children()
        .filter(|child| Some(*child) != above)
        .filter(|child| {
            matches!(child.relation(), "aux" | "cop")
                || child.deprel() == "compound:prt"
                || (child.relation() == "advmod" && polarity::is_negation(*child))
        })
        .map(Token::id)
        .collect();
    tokens.extend(particle);
    if kind != ClauseKind::Copula {
        tokens.push(head.id());
    }
    if head.relation() == "xcomp" || adjective_above(head).is_some() {
        tokens.extend(
            parent
                .into_iter()
                .flat_map(|parent| parent.predicate.clone()),
        );
        let to = head
            .children()
            .filter(|child| child.relation() == "mark" && child.lemma() == "to");
        tokens.extend(to.map(Token::id));
    }
    if let Some(parent) = parent {
        tokens.extend(words_from_above(head, parent));
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// "able" of "were able to reinforce", where `head` is "reinforce".
fn adjective_above(head: Token<'_>) -> Option<Token<'_>> {
    let infinitive = head.relation() == "xcomp"
        || (head.deprel() == "advcl"
            && head.child(&["nsubj", "nsubj:pass"]).is_none()
            && head
                .child(&["mark"])
                .is_some_and(|mark| mark.lemma() == "to"));
    head.head()
        .filter(|above| infinitive && above.upos() == Upos::Adj && own_copula(*above).is_some())
}

/// The words that a predicate has from the one above: the auxiliary of the verb it is coordinated
/// with ("was cut and flushed"), the adjective before its infinitive ("were able to reinforce").
fn words_from_above(head: Token<'_>, parent: &Clause) -> Vec<TokenId> {
    let document = head.document();
    let Some(above) = document.token(parent.head) else {
        return Vec::new();
    };
    if let Some(adjective) = adjective_above(head) {
        return vec![adjective.id()];
    }
    let complete = head.child(&["aux", "cop", "nsubj", "mark"]).is_some();
    if head.relation() != "conj" || head.upos() != Upos::Verb || complete {
        return Vec::new();
    }
    let participle = |verb: Token<'_>| matches!(verb.xpos(), "VBN" | "VBD");
    let same_form = head.xpos() == above.xpos()
        || (participle(head) && participle(above) && above.child(&["aux:pass"]).is_some());
    let finite = matches!(head.xpos(), "VBZ" | "VBP")
        || (head.xpos() == "VBD" && above.child(&["aux"]).is_none());
    if !same_form || finite {
        return Vec::new();
    }
    let governed = above.relation() == "xcomp";
    parent
        .predicate
        .iter()
        .copied()
        .filter(|id| *id < above.id())
        .filter(|id| {
            governed
                || document
                    .token(*id)
                    .is_some_and(|token| token.relation() == "aux")
        })
        .collect()
}

/// `predicate` with the single adverbs that stand in it or right before it: "strictly maintain",
/// "are generally offered".
pub(crate) fn manner_tokens(head: Token<'_>, predicate: &[TokenId]) -> Vec<TokenId> {
    let document = head.document();
    let mut tokens = predicate.to_vec();
    let (Some(first), Some(last)) = (predicate.first(), predicate.last()) else {
        return tokens;
    };
    let verbs = predicate
        .iter()
        .filter_map(|id| document.token(*id))
        .filter(|token| *token == head || token.upos() == Upos::Verb);
    for child in verbs.flat_map(Token::children) {
        let single = child.deprel() == "advmod"
            && matches!(child.xpos(), "RB" | "RBR" | "RBS")
            && child.children().next().is_none();
        let within = *first <= child.id() && child.id() <= *last;
        let before =
            child.id().index() + 1 == first.index() && child.form().starts_with(char::is_lowercase);
        if single && (within || before) {
            tokens.push(child.id());
        }
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}
