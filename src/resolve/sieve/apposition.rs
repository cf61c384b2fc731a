//! What grammar puts side by side: "Ada Lovelace, the mathematician", "an officer named Omar".

use crate::base::Id;
use crate::resolve::cluster::{Cluster, Clusters};
use crate::resolve::coreference::Scene;
use crate::resolve::name;
use crate::resolve::reference::{Determiner, Form, Pronoun, Reference, relative_antecedent};
use crate::resolve::words;
use crate::text::{EntityType, NameType, Token, TokenId, Upos, ends_firm};

/// Joins appositions that say who or what it is, and notes the nouns of those that say what it is
/// one of ("a mathematician"): a later "the mathematician" may mean it. What `aliases` names has its
/// other half already.
pub(crate) fn apposition(scene: &Scene<'_>, clusters: &mut Clusters) {
    for (number, reference) in scene.references.iter().enumerate() {
        let Some(head) = scene.document.token(reference.head) else {
            continue;
        };
        for child in head.children() {
            if numbered(scene, child).is_some_and(|other| clusters.is_alias(other)) {
                continue;
            }
            match child.deprel() {
                "appos" => {
                    side_by_side(scene, clusters, number, child);
                    for another in child.children().filter(|one| one.relation() == "conj") {
                        another_role(scene, clusters, number, child, another);
                    }
                }
                "nmod:desc" | "flat" => {
                    if let Some(other) = numbered(scene, child)
                        && !is_one_of(scene, number, other)
                    {
                        clusters.join("apposition", number, other);
                    }
                }
                "acl" => named(scene, clusters, number, child),
                "nmod" => class_of_place(scene, clusters, number, reference, child),
                _ => {}
            }
        }
        copula(scene, clusters, number, head);
    }
}

fn numbered(scene: &Scene<'_>, token: Token<'_>) -> Option<usize> {
    scene.by_head.get(&token.id()).copied()
}

fn at<'s>(scene: &'s Scene<'_>, number: usize) -> Option<&'s Reference> {
    scene.references.get(number)
}

/// "the schools Northgate and Southgate": a name beside several is one of them.
fn is_one_of(scene: &Scene<'_>, several: usize, name: usize) -> bool {
    let (Some(several), Some(name)) = (at(scene, several), at(scene, name)) else {
        return false;
    };
    !several.is_name()
        && several.plural == Some(true)
        && name.is_name()
        && name.plural != Some(true)
}

fn side_by_side(scene: &Scene<'_>, clusters: &mut Clusters, number: usize, child: Token<'_>) {
    let Some(other) = numbered(scene, child) else {
        return;
    };
    let number = outermost_name(scene, number);
    let (Some(one), Some(two)) = (at(scene, number), at(scene, other)) else {
        return;
    };
    if two.entity_type == EntityType::Time || two.numbered || two.is_pronoun() {
        return;
    }
    if is_singled_out(child) {
        return;
    }
    let both_named = one.is_name() && two.is_name();
    if both_named {
        // "Aceh, Indonesia" is two places; "Harbour Workers' Association (HWA)" is one body.
        let same = name::abbreviates(&two.name, &one.name)
            || name::abbreviates(&one.name, &two.name)
            || (in_brackets(scene, child) && !is_place(one) && !is_place(two));
        if same {
            clusters.join_surely("apposition", number, other);
        }
        return;
    }
    // "the outlet Syria …" with the name cut short: a country is no outlet.
    let is_country = |reference: &Reference| words::is_listed_place(&reference.name);
    if (is_country(two) && !is_place(one)) || (is_country(one) && !is_place(two)) {
        return;
    }
    let close = is_close(scene, one, two);
    if !close && !of_one_sort(clusters, (number, one), (other, two)) {
        return;
    }
    // "a loader, a VBIED, and a tunnel" are three.
    let identifies = (two.is_name() && two.determiner != Determiner::Indefinite)
        || matches!(
            two.determiner,
            Determiner::Definite | Determiner::Possessive | Determiner::Demonstrative
        );
    if identifies {
        // "in strong terms both the raid and the siege": several are not one.
        let described = !one.is_name() && !two.is_name();
        let differ = matches!((one.plural, two.plural), (Some(a), Some(b)) if a != b);
        if !(described && differ) {
            clusters.join("apposition", number, other);
        }
    } else {
        clusters.describe(number, &two.noun);
        // "Danes and Finns, a minority": beside the row, not beside one of it.
        let in_row = scene.document.token(one.head).is_some_and(|head| {
            let ends_row = head.relation() == "conj" && !two.is_person();
            let begins_row =
                |other: Token<'_>| other.relation() == "conj" && other.id() < child.id();
            ends_row || head.children().any(begins_row)
        });
        if !in_row && is_what_it_is(clusters, number, one, two) {
            is_one_body(clusters, number, one, two);
            clusters.join("apposition", number, other);
        }
    }
}

/// Notes of a name that has the form of several that it is one body, as a description of it says.
fn is_one_body(clusters: &mut Clusters, number: usize, name: &Reference, description: &Reference) {
    if name.plural == Some(true) && is_body_beside(name, description) {
        clusters.is_one(number);
    }
}

/// Whether a description calls what bears the name of a body one body: "Orvela Lines, a shipping
/// company".
fn is_body_beside(name: &Reference, description: &Reference) -> bool {
    name.name_type == Some(NameType::Organization)
        && description.entity_type == EntityType::Organization
        && description.plural == Some(false)
        && description.determiner == Determiner::Indefinite
}

/// Whether a description that only says what the named thing is one of is that thing: "Brin, a
/// singer", "Pula is a town". What is said of the singer is said of Brin.
fn is_what_it_is(
    clusters: &Clusters,
    named: usize,
    name: &Reference,
    description: &Reference,
) -> bool {
    let kind = description.entity_type;
    let bears_name = clusters
        .of(named)
        .is_some_and(|cluster| !cluster.names.is_empty());
    let one = description.form == Form::Nominal
        && description.plural != Some(true)
        && !description.numbered
        && matches!(
            description.determiner,
            Determiner::None | Determiner::Indefinite
        );
    let concrete = matches!(
        kind,
        EntityType::Person | EntityType::Organization | EntityType::Place | EntityType::Event
    );
    bears_name
        && name.is_name()
        && (name.plural != Some(true) || is_body_beside(name, description))
        && one
        && concrete
        && name.types().any(|of| of == kind)
}

/// "Brin, singer and director of the choir": the second role is hers, too.
fn another_role(
    scene: &Scene<'_>,
    clusters: &mut Clusters,
    number: usize,
    first: Token<'_>,
    another: Token<'_>,
) {
    let (Some(other), Some(first)) = (numbered(scene, another), numbered(scene, first)) else {
        return;
    };
    let (Some(name), Some(role), Some(first)) =
        (at(scene, number), at(scene, other), at(scene, first))
    else {
        return;
    };
    let roles = first.form == Form::Nominal && first.is_person() && role.is_person();
    if roles && name.is_person() && is_what_it_is(clusters, number, name, role) {
        clusters.describe(number, &role.noun);
        clusters.join("apposition", number, other);
    }
}

/// "our partners, especially the Danes": what is put beside is only some of it.
fn is_singled_out(beside: Token<'_>) -> bool {
    beside.children().any(|child| {
        child.id() < beside.id()
            && matches!(
                child.form().to_lowercase().as_str(),
                "especially"
                    | "particularly"
                    | "notably"
                    | "including"
                    | "mainly"
                    | "mostly"
                    | "chiefly"
                    | "primarily"
                    | "partly"
                    | "e.g."
            )
    })
}

/// The reference whose name holds the name of `number`: "(UAAR)" after "Union of Atheists" stands
/// for the union.
fn outermost_name(scene: &Scene<'_>, number: usize) -> usize {
    let Some(inner) = at(scene, number).filter(|inner| inner.is_name()) else {
        return number;
    };
    let holds = |outer: &Reference| {
        outer.sentence == inner.sentence
            && outer.name_tokens.start < inner.name_tokens.start
            && outer.name_tokens.end >= inner.name_tokens.end
    };
    let nearby = number.saturating_sub(12);
    scene
        .references
        .iter()
        .enumerate()
        .take(number)
        .skip(nearby)
        .find(|(_, outer)| outer.is_name() && holds(outer))
        .map_or(number, |(outer, _)| outer)
}

/// Whether a name stands right behind the noun for what it is, with nothing between: in "the solar
/// developer Orvela" they are one, whatever a tagger takes them for. Several are not one, nor is
/// what is called after somebody.
fn is_close(scene: &Scene<'_>, noun: &Reference, name: &Reference) -> bool {
    let begins = name.name_tokens.start == noun.head.index() + 1;
    let whole = name.name_tokens.contains(&name.head.index());
    let one = noun.plural == Some(false) && name.plural == Some(false);
    let act = matches!(
        noun.entity_type,
        EntityType::Person | EntityType::Organization | EntityType::Place
    );
    let plain = scene.document.token(name.head).is_some_and(|head| {
        !head.children().any(|child| {
            matches!(child.relation(), "det" | "case" | "conj") || child.upos() == Upos::Punct
        })
    });
    noun.form == Form::Nominal && name.is_name() && begins && whole && one && act && plain
}

/// Whether a name and a description beside it may be of one sort. A person is no region and no
/// group, one is not several, and what is named elsewhere too is no video here.
fn of_one_sort(
    clusters: &Clusters,
    (number, one): (usize, &Reference),
    (other, two): (usize, &Reference),
) -> bool {
    let (name_number, name, description) = if one.is_name() && !two.is_name() {
        (number, one, two)
    } else if two.is_name() && !one.is_name() {
        (other, two, one)
    } else {
        return true;
    };
    if description.plural == Some(true) && name.plural != Some(true) {
        return false;
    }
    let person = description.entity_type == EntityType::Person;
    let known = clusters
        .of(name_number)
        .is_some_and(|cluster| cluster.members.len() > 2);
    match name.name_type {
        Some(NameType::Person) => {
            person
                || !matches!(
                    description.entity_type,
                    EntityType::Place | EntityType::Organization | EntityType::Event
                )
        }
        Some(NameType::Organization) => {
            let body = matches!(
                description.entity_type,
                EntityType::Organization | EntityType::Place
            ) || words::is_body(&description.noun)
                || words::is_crowd(&description.noun);
            // "the developer, Orvela Partners": what firms do is said of people, too.
            let firm = name.spelling.words.len() > 1
                && name
                    .spelling
                    .words
                    .last()
                    .is_some_and(|last| ends_firm(last));
            let does = firm && description.determiner == Determiner::Definite;
            !person && (body || !known) || person && does
        }
        Some(NameType::Place) => !person,
        None => true,
    }
}

fn is_place(reference: &Reference) -> bool {
    reference.name_type == Some(NameType::Place)
        || (reference.name_type.is_none() && reference.entity_type == EntityType::Place)
}

fn in_brackets(scene: &Scene<'_>, token: Token<'_>) -> bool {
    let first = token
        .subtree()
        .first()
        .map_or(token.id().index(), |id| id.index());
    let opens = |index: usize| {
        scene
            .document
            .token(TokenId::from_index(index))
            .is_some_and(|before| before.text() == "(" || before.text() == "[")
    };
    opens(first) || first.checked_sub(1).is_some_and(opens)
}

/// "an officer named Omar", "a bridge known as the Old Bridge"
fn named(scene: &Scene<'_>, clusters: &mut Clusters, number: usize, verb: Token<'_>) {
    let names = matches!(verb.lemma(), "name" | "call" | "dub" | "label" | "nickname");
    let known = matches!(verb.lemma(), "know" | "describe");
    let as_phrase = |child: Token<'_>| {
        child
            .children()
            .any(|inner| inner.relation() == "case" && inner.form() == "as")
    };
    let called = verb.children().find(|child| match child.relation() {
        "xcomp" | "obj" => names && child.upos() == Upos::Propn,
        "obl" => {
            (names && child.upos() == Upos::Propn)
                || (known
                    && as_phrase(*child)
                    && matches!(child.upos(), Upos::Propn | Upos::Noun)
                    && child.children().any(|inner| inner.form() == "the"))
        }
        _ => false,
    });
    if let Some(other) = called.and_then(|token| numbered(scene, token))
        && let Some(number) = what_is_named(scene, number)
        && !clusters.is_alias(other)
    {
        clusters.join("apposition", number, other);
    }
}

/// What a name given behind `number` is the name of: in "the choir within Acme called the Larks"
/// the choir, for Acme has a name.
fn what_is_named(scene: &Scene<'_>, number: usize) -> Option<usize> {
    let reference = at(scene, number)?;
    if !reference.is_name() {
        return Some(number);
    }
    let token = scene.document.token(reference.head)?;
    if token.relation() != "nmod" || token.deprel() == "nmod:poss" {
        return Some(number);
    }
    let outer = token.head().and_then(|outer| numbered(scene, outer))?;
    Some(outer).filter(|outer| at(scene, *outer).is_some_and(|outer| outer.form == Form::Nominal))
}

/// "the town of Talbisa" is Talbisa.
fn class_of_place(
    scene: &Scene<'_>,
    clusters: &mut Clusters,
    number: usize,
    reference: &Reference,
    child: Token<'_>,
) {
    let class = matches!(
        reference.noun.as_str(),
        "town"
            | "city"
            | "village"
            | "province"
            | "state"
            | "country"
            | "republic"
            | "island"
            | "district"
            | "region"
            | "county"
            | "municipality"
            | "kingdom"
            | "port"
            | "month"
            | "year"
    );
    let of = child
        .children()
        .any(|inner| inner.relation() == "case" && inner.form() == "of");
    let many = child.children().any(|inner| inner.relation() == "conj");
    if !class || !of || many || reference.plural == Some(true) || reference.form != Form::Nominal {
        return;
    }
    if let Some(other) = numbered(scene, child)
        && at(scene, other).is_some_and(Reference::is_name)
    {
        clusters.join("apposition", number, other);
    }
}

/// "Omar is an officer": affirmed and plain, the noun describes the subject from here on. "The
/// commander is Omar", "Omar became the commander": the two are one.
fn copula(scene: &Scene<'_>, clusters: &mut Clusters, number: usize, predicate: Token<'_>) {
    let copular = predicate.children().any(|child| child.relation() == "cop");
    if copular {
        if is_hedged(predicate) {
            return;
        }
        let subject = predicate.child(&["nsubj", "nsubj:outer"]);
        if let Some(subject) = subject.and_then(|subject| meant(scene, subject)) {
            is_said_to_be(scene, clusters, subject, number);
        }
        return;
    }
    let Some(verb) = predicate.head() else {
        return;
    };
    let complement = matches!(predicate.relation(), "obj" | "xcomp" | "obl");
    if !complement || is_hedged(verb) {
        return;
    }
    // "Omar became the commander"; "appointed Omar the commander"; "Omar was appointed commander".
    let bearer = match verb.lemma() {
        "become" => verb.child(&["nsubj"]),
        "appoint" | "name" | "elect" | "crown" | "proclaim" | "declare" | "designate"
            if predicate.relation() != "obl" =>
        {
            verb.child(&["nsubj:pass"])
                .or_else(|| verb.child(&["iobj"]))
                .or_else(|| verb.child(&["obj"]))
                .filter(|bearer| bearer.id() < predicate.id())
        }
        _ => None,
    };
    if let Some(bearer) = bearer.and_then(|bearer| meant(scene, bearer)) {
        is_said_to_be(scene, clusters, bearer, number);
    }
}

/// The phrase headed by `subject`; for a relative pronoun, what it stands for.
fn meant(scene: &Scene<'_>, subject: Token<'_>) -> Option<usize> {
    let number = numbered(scene, subject)?;
    if at(scene, number)?.form == Form::Pronoun(Pronoun::Relative) {
        return numbered(scene, relative_antecedent(subject)?);
    }
    Some(number)
}

/// Whether the clause of `predicate` denies, supposes or only allows for what it says. "Would later
/// become" tells what came to be.
fn is_hedged(predicate: Token<'_>) -> bool {
    let later = predicate.children().any(|child| {
        matches!(
            child.form(),
            "later" | "eventually" | "subsequently" | "ultimately"
        )
    });
    predicate.children().any(|child| {
        child.feature("Polarity") == Some("Neg")
            || matches!(child.form(), "not" | "never" | "n't")
            || (child.relation() == "aux"
                && child.xpos() == "MD"
                && !(later && child.form().eq_ignore_ascii_case("would")))
            || (child.relation() == "mark" && !child.form().eq_ignore_ascii_case("that"))
    })
}

/// Joins `subject` and `predicate` if one names and the other is the only one of its sort; else
/// the predicate only describes.
fn is_said_to_be(scene: &Scene<'_>, clusters: &mut Clusters, subject: usize, predicate: usize) {
    let (Some(one), Some(two)) = (at(scene, subject), at(scene, predicate)) else {
        return;
    };
    let bears_name = |number: usize| {
        clusters
            .of(number)
            .is_some_and(|cluster| !cluster.names.is_empty())
    };
    let only_one = |reference: &Reference| {
        reference.form == Form::Nominal
            && reference.plural == Some(false)
            && !reference.numbered
            && matches!(
                reference.determiner,
                Determiner::Definite | Determiner::Possessive
            )
    };
    let person = |number: usize| clusters.of(number).is_some_and(Cluster::is_person);
    let both_persons = person(subject) && person(predicate);
    // "His deputy is General Hassan": the name says who it is.
    let named_after = !bears_name(subject) && only_one(one) && bears_name(predicate);
    // "Omar is the commander of the unit."
    let is_the = bears_name(subject) && !bears_name(predicate) && only_one(two);
    if both_persons && (named_after || is_the) {
        clusters.join("apposition", subject, predicate);
    } else if two.form == Form::Nominal && one.is_name() {
        let noun = two.noun.clone();
        clusters.describe(subject, &noun);
        let beside = scene
            .document
            .token(two.head)
            .is_some_and(|head| head.children().any(|child| child.relation() == "cop"));
        if beside && is_what_it_is(clusters, subject, one, two) {
            is_one_body(clusters, subject, one, two);
            clusters.join("apposition", subject, predicate);
        }
    }
}
