//! In what way a clause is claimed: as a fact, planned, possible, under a condition, asked.

use crate::model::{Modality, Polarity};
use crate::text::{EntityType, Token, Upos};

use super::attribution::{is_only_heard, is_unsaid};
use super::clause::Clause;
use super::collect::question_word_before;
use super::condition::{CONDITIONS, is_conditional};
use super::control::asked_of;
use super::polarity::is_negation;
use super::predicate::{is_finite, is_to_be_done};
use super::prospect::{self, irrealis};
use super::rule::{ClauseKind, ClauseRole};
use super::tree::{first_conjunct, marks};
use super::words::words;

/// The modality of the clause of `head`; `parent` is the clause above, `conjunct_of` the same when
/// the clause is coordinated with it.
pub(crate) fn of(
    head: Token<'_>,
    conjunct_of: Option<&Clause>,
    parent: Option<&Clause>,
) -> Modality {
    let mut modality = unconditioned(head, conjunct_of, parent);
    let told = matches!(modality, Modality::Asserted | Modality::Planned);
    let unsaid = parent.is_some_and(|parent| is_unsaid(head, parent));
    if told && unsaid && !is_factive_above(head) && !is_indirect_question(head) {
        modality = Modality::Possible;
    }
    if told && is_only_heard(head, parent) {
        modality = Modality::Possible;
    }
    if modality != Modality::Asked && is_conditional(head) {
        return Modality::Conditional;
    }
    modality
}

/// Whether the verb above speaks of what is so, whether it is said or not: "did not disclose that".
fn is_factive_above(head: Token<'_>) -> bool {
    head.head().is_some_and(|verb| {
        matches!(
            verb.lemma(),
            "disclose" | "learn" | "mention" | "note" | "recall" | "remind" | "reveal"
        )
    })
}

/// Whether the clause of `head` opens with a word that asks: "has not said how many jobs will go".
fn is_indirect_question(head: Token<'_>) -> bool {
    let first = head.subtree().first().copied();
    first
        .and_then(|first| head.document().token(first))
        .is_some_and(|word| word.xpos().starts_with('W'))
}

/// The same, whatever the conditions of the sentence.
fn unconditioned(
    head: Token<'_>,
    conjunct_of: Option<&Clause>,
    parent: Option<&Clause>,
) -> Modality {
    if let Some(modality) = own(head, parent) {
        return modality;
    }
    if let Some(parent) = conjunct_of {
        // "will resign and be replaced": "be" needs the auxiliary of the first verb.
        let own_auxiliary = head.children().any(|child| {
            child.relation() == "aux" && !matches!(child.xpos(), "VB" | "VBN" | "VBG")
        });
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
        if shares || !own_auxiliary && is_doubted_with_first(head, own_subject) {
            return parent.modality;
        }
        return match parent.modality {
            Modality::Conditional | Modality::Asked => parent.modality,
            Modality::Asserted | Modality::Planned | Modality::Possible => Modality::Asserted,
        };
    }
    governed(head, parent)
}

/// Whether what lies above makes the first of the coordinated complements `head` is one of what it
/// is, and so `head`: "It is alleged that he robbed the bank and burned the car".
fn is_doubted_with_first(head: Token<'_>, own_subject: bool) -> bool {
    let first = first_conjunct(head);
    let joined = !own_subject || marks(head).iter().any(|mark| mark == "that");
    joined && matches!(first.relation(), "ccomp" | "csubj") && own(first, None).is_none()
}

/// Whether the gerund `head` tells what goes along with the clause above, or how it comes about.
fn accompanies(head: Token<'_>) -> bool {
    marks(head)
        .iter()
        .all(|mark| matches!(mark.as_str(), "by" | "in" | "while"))
}

/// Whether `head` is one of several verbs of which only one may be true: "they will pay or they
/// will quit". What a relative clause tells of several holds of some each: "those who were hurt or
/// who died".
pub(crate) fn is_alternative(head: Token<'_>) -> bool {
    let first = first_conjunct(head);
    let of_several = first.relation() == "acl"
        && first.head().is_some_and(|noun| {
            noun.feature("Number") == Some("Plur") || matches!(noun.lemma(), "that" | "those")
        });
    if of_several {
        return false;
    }
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
    if opens(CONDITIONS) || opens(&["in case"]) {
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
    let is_to = || {
        head.children().any(|be| {
            be.deprel() == "aux" && be.lemma() == "be" && be.xpos() != "VB" && opens_infinitive(be)
        })
    };
    if (head.child(&["cop"]).is_some() || is_to()) && is_to_be_done(head) {
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
                // "He would often visit the harbour" tells of the past.
                let habit = head
                    .children()
                    .any(|word| word.relation() == "advmod" && OFTEN.contains(&word.lemma()));
                if habit {
                    return Some(Modality::Asserted);
                }
                // "said that troops would begin": the past of "will".
                let reported = first_conjunct(head).relation() == "ccomp" && parent.is_some();
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

/// Whether "to" follows `be`: "are to vote".
fn opens_infinitive(be: Token<'_>) -> bool {
    let verb = be.head();
    verb.is_some_and(|verb| {
        verb.children()
            .any(|to| to.relation() == "mark" && to.lemma() == "to" && to.id() > be.id())
    })
}

/// How often somebody used to do what "would" tells of.
const OFTEN: &[&str] = &[
    "often",
    "sometimes",
    "usually",
    "frequently",
    "regularly",
    "occasionally",
];

/// Whether `head`, which `opening` opens, is what the sentence asks: it ends with a question mark.
/// Who writes or asks a question in quotes is not asked himself.
fn is_asked(head: Token<'_>, opening: &[String]) -> bool {
    // "Question: Will she come, and so on?"
    let inverted = head
        .child(&["aux", "aux:pass"])
        .zip(head.child(&["nsubj", "nsubj:pass"]))
        .is_some_and(|(aux, subject)| aux.id() < subject.id());
    let is_main = inverted || matches!(head.relation(), "root" | "parataxis" | "conj" | "ccomp");
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
        return if is_headline_plan(head) {
            Modality::Planned
        } else {
            Modality::Asserted
        };
    };
    let Some(verb) = document.token(parent.head) else {
        return Modality::Asserted;
    };
    // "reported to be moving" is an infinitive, "admitted to being there" is none.
    let to_be = head.children().any(|child| {
        matches!(child.relation(), "cop" | "aux") && child.xpos() == "VB" && child.lemma() == "be"
    });
    let gerund = !to_be
        && (head.xpos() == "VBG"
            || head
                .children()
                .any(|child| matches!(child.relation(), "cop" | "aux") && child.xpos() == "VBG"));
    let infinitive = head.xpos() == "VB"
        || (!gerund
            && head
                .children()
                .any(|child| child.relation() == "mark" && child.lemma() == "to"));
    let lemma = verb.lemma();
    if gerund && let Some(modality) = prospect::of_gerund(head) {
        return modality;
    }
    if let Some(modality) = still_to_come(head, parent) {
        return modality;
    }
    if let Some(modality) = prospect::of_content(head) {
        // "the hope that the army left": it may have.
        let over = modality == Modality::Planned && is_past(head);
        return if over { Modality::Possible } else { modality };
    }
    let is_complement = match head.relation() {
        "ccomp" => head.children().any(|child| child.relation() == "nsubj"),
        "csubj" => !infinitive && !gerund,
        _ => false,
    };
    if is_complement {
        return of_complement(head, verb, parent);
    }
    match head.deprel() {
        "xcomp" | "ccomp" => {
            let lists = words();
            // Who had to do it has done it, if nothing says otherwise.
            if lemma == "have" && verb.xpos() == "VBD" && infinitive {
                return parent.modality;
            }
            // "is believed to be", "is said to own".
            if parent.kind == ClauseKind::Passive
                && infinitive
                && (lists.attribution_verbs.contains_key(lemma) || RUMOURED.contains(&lemma))
                && !lists.plan_verbs.contains_key(lemma)
            {
                return Modality::Possible;
            }
            // Who was able to do it has done it.
            let judged = verb.upos() == Upos::Adj || parent.kind == ClauseKind::Copula;
            let past = verb
                .children()
                .any(|child| child.relation() == "cop" && child.xpos() == "VBD");
            if judged && lemma == "able" && past && parent.polarity == Polarity::Affirmed {
                return parent.modality;
            }
            if judged && infinitive && lists.possible_verbs.contains_key(lemma) {
                return Modality::Possible;
            }
            // "Having one plane drop one bomb is a strike": an example, not a plan.
            if lemma == "have" && parent.modality == Modality::Conditional {
                return Modality::Conditional;
            }
            if lists.plan_verbs.contains_key(lemma)
                && (infinitive || !matches!(lemma, "have" | "warn"))
            {
                return Modality::Planned;
            }
            // "counts on the state to pay".
            if !asked_of(head, Some(parent)).is_empty() {
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
            // "a tool created to crash sites".
            let made = parent.kind == ClauseKind::Passive
                && lists.creation_verbs.contains_key(lemma)
                && !matches!(lemma, "make" | "begin" | "start" | "get" | "cause" | "find");
            if made && infinitive {
                return irrealis(parent.modality).unwrap_or(Modality::Planned);
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
        // "was jailed for lying" lied; who "may be jailed for lying" has not yet.
        "advcl"
            if head.xpos() == "VBG"
                && words().blame_verbs.contains_key(lemma)
                && marks(head)
                    .iter()
                    .any(|mark| matches!(mark.as_str(), "of" | "for" | "on")) =>
        {
            match parent.modality {
                Modality::Asserted | Modality::Planned => Modality::Asserted,
                Modality::Possible | Modality::Conditional | Modality::Asked => parent.modality,
            }
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
        // "was the first to win".
        "advcl" if infinitive && head.head().is_some_and(is_singled_out) => parent.modality,
        "advcl" if infinitive => Modality::Planned,
        // "will help in denying them shelter", "would open fire, killing some": part of the same.
        "advcl" if head.xpos() == "VBG" && accompanies(head) => parent.modality,
        // "designed to keep rebels from entering".
        "advcl" if gerund && marks(head).iter().any(|mark| mark == "from") => parent.modality,
        // "Having one plane drop one bomb is a strike."
        "csubj" if gerund && parent.kind == ClauseKind::Copula && !is_past(verb) => {
            irrealis(parent.modality).unwrap_or(Modality::Conditional)
        }
        // "It is vital for all parties to meet": that it is does not say that they do.
        "csubj" if infinitive && verb.upos() == Upos::Adj && parent.kind == ClauseKind::Copula => {
            if words().possible_verbs.contains_key(lemma) {
                Modality::Possible
            } else {
                irrealis(parent.modality).unwrap_or(Modality::Planned)
            }
        }
        // "pursue any who fled": nobody says that somebody did.
        "acl" | "acl:relcl" if !infinitive && head.head().is_some_and(is_anybody) => {
            irrealis(parent.modality).unwrap_or(Modality::Possible)
        }
        "acl" => {
            let noun = head.head();
            let noun_lemma = noun.map_or("", Token::lemma);
            if infinitive && let Some(modality) = noun.and_then(|noun| of_first(head, noun, parent))
            {
                return modality;
            }
            let given_up = noun.is_some_and(prospect::is_given_up);
            if infinitive && (given_up || words().possible_nouns.contains_key(noun_lemma)) {
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
            of_modifier(head, parent)
        }
        "acl:relcl" => of_modifier(head, parent),
        _ => Modality::Asserted,
    }
}

/// Whether the infinitive `head` is what a headline without a verb above says is to come: "Norway to
/// buy ships".
fn is_headline_plan(head: Token<'_>) -> bool {
    let who = if head.relation() == "acl" {
        head.head()
    } else {
        head.child(&["nsubj", "nsubj:pass"])
    };
    let to = head
        .children()
        .find(|mark| mark.relation() == "mark" && mark.lemma() == "to");
    who.zip(to).is_some_and(|(who, to)| who.id() < to.id()) && !is_finite(head)
}

/// Whether nothing says that there is somebody whom `noun` means: "any rebel", "anyone", "no one".
fn is_anybody(noun: Token<'_>) -> bool {
    let with = |word: &str| {
        noun.children()
            .any(|det| det.relation() == "det" && det.lemma() == word)
    };
    with("any")
        || noun.lemma() == "one" && with("no")
        || matches!(
            noun.lemma().to_lowercase().as_str(),
            "anybody" | "anyone" | "anything" | "nobody" | "whatever" | "whoever" | "whomever"
        )
}

/// What holds of the infinitive `head` by which `noun` is the first, the only one, or the most of
/// something: "was the first woman to win" tells that she won. `None` for any other.
fn of_first(head: Token<'_>, noun: Token<'_>, parent: &Clause) -> Option<Modality> {
    let lists = words();
    let is_plan = lists.plan_nouns.contains_key(noun.lemma())
        || lists.possible_nouns.contains_key(noun.lemma());
    let acts = matches!(
        noun.entity_type(),
        Some(EntityType::Person | EntityType::Organization | EntityType::Place)
    );
    let undergoes = head.child(&["aux:pass"]).is_some();
    let adjectives = || noun.children().filter(|child| child.relation() == "amod");
    let most = adjectives().any(|word| word.xpos() == "JJS");
    let one = adjectives().any(is_singled_out) && (acts || undergoes);
    let told = one || most && acts && !undergoes;
    if !is_singled_out(noun) && (is_plan || !told) {
        return None;
    }
    // "will be the first woman to win", "the first team to arrive will win".
    let with_clause = parent.kind == ClauseKind::Copula
        || matches!(noun.relation(), "xcomp" | "nsubj")
        || is_singled_out(noun);
    Some(if with_clause {
        parent.modality
    } else {
        prospect::of_nominal(noun, Some(parent)).unwrap_or(Modality::Asserted)
    })
}

/// Whether `word` tells which one of several: "first", "only", "last".
fn is_singled_out(word: Token<'_>) -> bool {
    matches!(
        word.lemma(),
        "first" | "second" | "third" | "fourth" | "fifth" | "last" | "only" | "sole"
    )
}

/// What holds of a clause that says something of a noun. What is told in the past, or as done, of a
/// thing that somebody wants is so: "seeks a ship that sank".
fn of_modifier(head: Token<'_>, parent: &Clause) -> Modality {
    let done = is_past(head) || head.xpos() == "VBN" && head.deprel() == "acl";
    // "will join partners flying there": they fly already.
    let acts = head.xpos() == "VBG"
        && head.head().is_some_and(|noun| {
            matches!(
                noun.entity_type(),
                Some(EntityType::Person | EntityType::Organization)
            )
        });
    if parent.modality == Modality::Asserted && done || acts {
        return Modality::Asserted;
    }
    head.head()
        .and_then(|noun| prospect::of_nominal(noun, Some(parent)))
        .unwrap_or(Modality::Asserted)
}

/// What `verb`, or an adjective, makes of its finite complement `head`.
fn of_complement(head: Token<'_>, verb: Token<'_>, parent: &Clause) -> Modality {
    let lists = words();
    let lemma = verb.lemma();
    // "Nobody knows why the crew left": it did.
    let why = head
        .children()
        .find(|word| word.xpos() == "WRB" && matches!(word.lemma(), "why" | "how"))
        .filter(|word| word.id() < head.id() && word.children().next().is_none());
    if (why.is_some() || question_word_before(Some(head)).is_some()) && is_past(head) {
        return Modality::Asserted;
    }
    // "Few believe that he did."
    let few = verb.child(&["nsubj"]).is_some_and(|who| {
        matches!(who.lemma(), "few" | "nobody")
            || who.children().any(|word| {
                matches!(word.lemma(), "few") && !who.children().any(|det| det.lemma() == "a")
            })
    });
    // "It is thought that he did."
    let rumoured = parent.kind == ClauseKind::Passive
        && parent.filling(ClauseRole::Subject).next().is_none()
        && RUMOURED.contains(&lemma);
    let doubted = lists.doubting_verbs.contains_key(lemma);
    let maybe = parent.kind == ClauseKind::Copula && DOUBTFUL.contains(&lemma);
    if few || rumoured || doubted || maybe {
        return Modality::Possible;
    }
    if lists.attribution_verbs.contains_key(lemma) {
        return Modality::Asserted;
    }
    // "demanded that the mayor resign", "It is vital that the bank pays".
    let asked = lists.plan_verbs.contains_key(lemma) && !matches!(lemma, "mean" | "have")
        || parent.kind == ClauseKind::Copula && NEEDED.contains(&lemma);
    let that = marks(head).iter().any(|mark| mark == "that") || head.xpos() == "VB";
    if asked && that && !is_past(head) {
        return Modality::Planned;
    }
    // "works to ensure that the army protects the villages".
    let brought_about = match head.head().map_or("", Token::lemma) {
        "sure" | "certain" => true,
        above => above == lemma && (lists.creation_verbs.contains_key(lemma) || lemma == "mean"),
    };
    irrealis(parent.modality)
        .filter(|_| brought_about && !is_past(head))
        .unwrap_or(Modality::Asserted)
}

/// Verbs in whose passive nobody vouches: "It is believed that …".
const RUMOURED: &[&str] = &[
    "allege",
    "assume",
    "believe",
    "claim",
    "estimate",
    "report",
    "rumor",
    "rumour",
    "say",
    "speculate",
    "suggest",
    "suppose",
    "think",
    "understand",
];

/// Adjectives of what may be: "It is possible that …".
const DOUBTFUL: &[&str] = &[
    "conceivable",
    "doubtful",
    "likely",
    "plausible",
    "possible",
    "probable",
    "unlikely",
];

/// Adjectives of what ought to be: "It is vital that …".
const NEEDED: &[&str] = &[
    "critical",
    "crucial",
    "desirable",
    "essential",
    "imperative",
    "important",
    "necessary",
    "urgent",
    "vital",
];

/// What holds of a clause of time, told in the present, about what is still to come: "will leave
/// when the ship arrives", "once the rebels are defeated". `None` for any other.
fn still_to_come(head: Token<'_>, parent: &Clause) -> Option<Modality> {
    let opening = marks(head);
    let opens = |words: &[&str]| opening.iter().any(|mark| words.contains(&mark.as_str()));
    if !matches!(head.deprel(), "advcl" | "acl") || is_past(head) {
        return None;
    }
    let told = irrealis(parent.modality);
    if !is_finite(head) {
        return told.filter(|_| opens(&["before", "until", "once"]));
    }
    if opens(&["once", "until", "till"]) {
        return told.or(Some(Modality::Planned));
    }
    let waits = opens(&[
        "when",
        "after",
        "before",
        "as soon as",
        "so that",
        "by the time",
    ]);
    told.filter(|_| waits)
}

/// Whether the clause of `head` is told in the past.
pub(crate) fn is_past(head: Token<'_>) -> bool {
    head.xpos() == "VBD"
        || head
            .children()
            .any(|child| matches!(child.relation(), "aux" | "cop") && child.xpos() == "VBD")
}
