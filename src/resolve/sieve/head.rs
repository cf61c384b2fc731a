//! Descriptions with the same head: "the regime" after "the Syrian regime", "the outlet" after
//! "the outlet Al-Hadath", "the company" after "Acme Ltd".
//!
//! Strict about what sets things apart: modifiers, numbers, indefinite articles.

use std::collections::{BTreeMap, BTreeSet};

use super::exact::{IN_MIND, has_pronoun_possessor, is_new, is_told_by_clause};
use crate::resolve::cluster::{Cluster, Clusters};
use crate::resolve::coreference::Scene;
use crate::resolve::name;
use crate::resolve::reference::{Determiner, Form, Reference};
use crate::resolve::words;
use crate::text::{EntityType, NameType, SentenceForm, Token, Upos};

/// How many sentences back a generic noun ("the company") may reach for a name.
const GENERIC_REACH: usize = 2;
/// How many phrases back the country of the text is looked for.
const COUNTRY_REACH: usize = 400;
/// How many clusters with the same noun are looked at, nearest first.
const MOST_CANDIDATES: usize = 24;
/// How many sentences before is long before.
const LONG_BEFORE: usize = 5;
/// Verbs by which somebody asks others to do something.
const DEMANDS: [&str; 3] = ["demand", "petition", "urge"];
/// Nouns for those who lead or speak for a body.
const LEADERS: [&str; 12] = [
    "activist",
    "chair",
    "chairman",
    "chairwoman",
    "coordinator",
    "founder",
    "head",
    "leader",
    "member",
    "organizer",
    "spokesman",
    "spokeswoman",
];
/// Nouns that say little and so reach no farther than what is in mind.
const VAGUE: [&str; 14] = [
    "area", "region", "place", "part", "side", "way", "thing", "day", "time", "year", "case",
    "group", "people", "point",
];

/// Joins definite descriptions to the nearest thing that the same noun describes.
pub(crate) fn head(scene: &Scene<'_>, clusters: &mut Clusters) {
    // The clusters that a noun has described so far, by one of their references, latest last.
    let mut described: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, reference) in scene.references.iter().enumerate() {
        if reference.form == Form::Nominal && is_anaphor(scene, clusters, number, reference) {
            let nearest = described
                .get(&reference.noun)
                .and_then(|candidates| same_noun(scene, clusters, candidates, number, reference))
                .or_else(|| generic(scene, clusters, number, reference));
            if let Some(earlier) = nearest {
                clusters.join("head", earlier, number);
            }
        }
        if let Some(cluster) = clusters.of(number) {
            for noun in &cluster.nouns {
                let list = described.entry(noun.clone()).or_default();
                list.retain(|known| !clusters.together(*known, number));
                list.push(number);
            }
        }
    }
}

/// Whether the description may point back: definite or demonstrative, or bare with modifiers that
/// name ("regime forces"), and the first mention of its words.
fn is_anaphor(
    scene: &Scene<'_>,
    clusters: &Clusters,
    number: usize,
    reference: &Reference,
) -> bool {
    let Some(cluster) = clusters.of(number) else {
        return false;
    };
    // "the website Harbour News": the name beside it says which.
    if !cluster.names.is_empty() {
        return false;
    }
    let first = cluster.members.first() == Some(&number);
    let bare_plural = reference.determiner == Determiner::None
        && reference.plural == Some(true)
        && !reference.modifiers.is_empty();
    let bare_office = reference.determiner == Determiner::None
        && reference.modifiers.iter().any(|word| is_naming(word));
    // Headlines leave the article out: "Regime preparing offensive".
    let in_heading = scene
        .document
        .token(reference.head)
        .is_some_and(|head| head.sentence().form() == SentenceForm::Heading)
        && reference.determiner == Determiner::None
        && reference.plural == Some(false);
    // "the member who wishes to leave": the words themselves say which one it is.
    if scene
        .document
        .token(reference.head)
        .is_some_and(is_told_by_clause)
    {
        return false;
    }
    let points_back = in_heading
        || matches!(
            reference.determiner,
            Determiner::Definite | Determiner::Demonstrative
        )
        || bare_plural
        || bare_office;
    (first || !is_new(reference))
        && points_back
        && !reference.noun.is_empty()
        && !reference.numbered
        && reference.entity_type != EntityType::Time
        && !has_pronoun_possessor(scene, reference)
}

/// Whether a modifier names: a nationality, a place.
fn is_naming(modifier: &str) -> bool {
    nation(modifier).is_some()
}

/// The country that a modifier names: "syrian", "us", "american".
fn nation(modifier: &str) -> Option<String> {
    // Modifiers are in small letters, short forms of countries in capitals.
    let full = || words::full_name(&modifier.to_uppercase());
    let place = words::place_of_demonym(modifier)
        .or_else(|| full().filter(|full| words::is_listed_place(full)));
    match place {
        Some(place) => Some(place.to_lowercase()),
        None => Some(modifier.to_owned()).filter(|modifier| words::is_listed_place(modifier)),
    }
}

/// Whether a modifier only describes and does not set apart: "Russian-supported".
fn is_describing(modifier: &str) -> bool {
    modifier.contains('-')
        || modifier.ends_with("ed")
        || matches!(modifier, "late" | "alleged" | "support" | "back")
}

fn same_noun(
    scene: &Scene<'_>,
    clusters: &Clusters,
    candidates: &[usize],
    number: usize,
    reference: &Reference,
) -> Option<usize> {
    let fits = |candidate: &usize| {
        clusters.of(*candidate).is_some_and(|cluster| {
            numbers_agree(cluster, reference)
                && modifiers_agree(scene, cluster, reference, candidates.len() == 1)
        }) && clusters.may_join(*candidate, number)
            && !nested(scene, *candidate, reference)
            && !is_of_another(scene, clusters, *candidate, reference)
            && !is_own_body(scene, clusters, *candidate, reference)
    };
    let fitting: Vec<usize> = candidates
        .iter()
        .rev()
        .take(MOST_CANDIDATES)
        .copied()
        .filter(|candidate| fits(candidate))
        .collect();
    let in_mind = |candidate: &&usize| {
        let last = clusters
            .of(**candidate)
            .into_iter()
            .flat_map(|cluster| cluster.members.iter())
            .rfind(|member| **member < number)
            .and_then(|member| scene.references.get(*member));
        last.is_some_and(|last| last.sentence + IN_MIND >= reference.sentence)
    };
    if is_all_of_several_lots(scene, clusters, candidates, reference) {
        return None;
    }
    let near = fitting.iter().find(in_mind).copied();
    if let Some(near) = near {
        let nearer = clusters
            .of(near)
            .into_iter()
            .flat_map(|cluster| cluster.members.iter())
            .filter(|member| **member < number)
            .filter_map(|member| scene.references.get(*member))
            .all(|member| member.sentence < reference.sentence);
        let other_body = nearer
            && is_generic_body(&reference.noun)
            && reference.modifiers.is_empty()
            && named_beside(scene, number, reference).any(|body| !clusters.together(body, near));
        return Some(near).filter(|_| !other_body);
    }
    if VAGUE.contains(&reference.noun.as_str()) {
        return None;
    }
    // "The company" is not "the enlarged company" of long before.
    let fitting = fitting
        .into_iter()
        .filter(|one| !is_other_body(scene, clusters, *one, (number, reference)));
    let mut best: Option<(usize, usize)> = None;
    for candidate in fitting {
        let often = clusters
            .of(candidate)
            .map_or(0, |cluster| cluster.members.len());
        if best.is_none_or(|(most, _)| often > most) {
            best = Some((often, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Whether the plain "the company" of `reference` is spoken of long after `candidate`, a company that
/// has no name and was always told apart by an adjective: "the enlarged company".
fn is_other_body(
    scene: &Scene<'_>,
    clusters: &Clusters,
    candidate: usize,
    (number, reference): (usize, &Reference),
) -> bool {
    let plain =
        |one: &Reference| is_generic_body(&one.noun) && one.modifiers.is_empty() && !is_new(one);
    let told_apart = |one: &Reference| {
        let head = scene.document.token(one.head);
        head.is_some_and(|head| head.children().any(|child| child.relation() == "amod"))
    };
    let Some(cluster) = clusters.of(candidate).filter(|_| plain(reference)) else {
        return false;
    };
    let before = || {
        let members = cluster.members.iter().filter(|member| **member < number);
        members.filter_map(|member| scene.references.get(*member))
    };
    let long_before = |one: &Reference| one.sentence + LONG_BEFORE <= reference.sentence;
    cluster.names.is_empty()
        && before().all(long_before)
        && before().any(told_apart)
        && !before().any(plain)
}

/// Whether `candidate` is the body that the one who makes a demand leads: "Brin, founder of the
/// group, demanded that the company pay" asks another one.
fn is_own_body(
    scene: &Scene<'_>,
    clusters: &Clusters,
    candidate: usize,
    reference: &Reference,
) -> bool {
    let Some(head) = scene.document.token(reference.head) else {
        return false;
    };
    let asked = matches!(head.relation(), "nsubj" | "obj" | "iobj");
    if !asked || !is_generic_body(&reference.noun) {
        return false;
    }
    let above = std::iter::successors(Some(head), |token| token.head());
    let demands = |verb: &Token<'_>| DEMANDS.contains(&verb.lemma()) && *verb != head;
    let subject = above
        .into_iter()
        .find(demands)
        .and_then(|verb| verb.child(&["nsubj"]))
        .filter(|subject| subject.id() < head.id());
    let Some(subject) = subject else {
        return false;
    };
    let led = |token: Token<'_>| {
        let leader = token.head().filter(|_| token.relation() == "nmod");
        token == subject || leader.is_some_and(|leader| LEADERS.contains(&leader.lemma()))
    };
    subject
        .subtree()
        .into_iter()
        .filter_map(|id| scene.document.token(id))
        .filter(|token| led(*token))
        .filter_map(|token| scene.by_head.get(&token.id()))
        .any(|body| clusters.together(*body, candidate))
}

/// "The strikes" after "two strikes" and "five strikes" are neither of them.
fn is_all_of_several_lots(
    scene: &Scene<'_>,
    clusters: &Clusters,
    candidates: &[usize],
    reference: &Reference,
) -> bool {
    let counted = |candidate: &&usize| {
        clusters.of(**candidate).is_some_and(|cluster| {
            let mut members = cluster.members.iter();
            members.any(|member| {
                scene
                    .references
                    .get(*member)
                    .is_some_and(|one| one.numbered)
            })
        })
    };
    reference.plural == Some(true)
        && reference.determiner == Determiner::Definite
        && candidates.iter().filter(counted).count() > 1
}

/// Whether one of the same noun belongs to another thing of one sort: "the meeting of foreign
/// ministers" is not that of defence ministers.
fn is_of_another(
    scene: &Scene<'_>,
    clusters: &Clusters,
    candidate: usize,
    reference: &Reference,
) -> bool {
    let wanted = wholes(scene, reference);
    let differ = |one: usize, other: usize| {
        let (Some(a), Some(b)) = (scene.references.get(one), scene.references.get(other)) else {
            return false;
        };
        let lemma = |of: &Reference| {
            scene
                .document
                .token(of.head)
                .map(|head| head.lemma().to_lowercase())
        };
        !clusters.together(one, other)
            && lemma(a) == lemma(b)
            && if a.is_name() || b.is_name() {
                !is_short_for(a, b) && !is_short_for(b, a)
            } else {
                !a.modifiers.is_subset(&b.modifiers) && !b.modifiers.is_subset(&a.modifiers)
            }
    };
    clusters
        .of(candidate)
        .into_iter()
        .flat_map(|cluster| cluster.members.iter())
        .filter_map(|member| scene.references.get(*member))
        .flat_map(|member| wholes(scene, member))
        .any(|one| wanted.iter().any(|other| differ(one, *other)))
}

/// Whether all words of one name are in the other: "Supreme Court", "Italian Supreme Court".
fn is_short_for(short: &Reference, long: &Reference) -> bool {
    let of_long = |word| long.name.split_whitespace().any(|other| other == word);
    short.is_name() && long.is_name() && short.name.split_whitespace().all(of_long)
}

/// What phrases with "of" and possessives bring in: "ministers" of "the meeting of ministers".
fn wholes(scene: &Scene<'_>, reference: &Reference) -> Vec<usize> {
    let of = |child: Token<'_>| {
        child.deprel() == "nmod:poss"
            || (child.deprel() == "nmod"
                && child
                    .children()
                    .any(|inner| inner.relation() == "case" && inner.form() == "of"))
    };
    let head = scene.document.token(reference.head);
    head.into_iter()
        .flat_map(|head| head.children().collect::<Vec<_>>())
        .filter(|child| of(*child))
        .filter_map(|child| scene.by_head.get(&child.id()).copied())
        .filter(|number| {
            scene
                .references
                .get(*number)
                .is_some_and(|whole| !whole.is_pronoun())
        })
        .collect()
}

/// Whether the noun is one for any organization.
fn is_generic_body(noun: &str) -> bool {
    matches!(
        noun,
        "company" | "firm" | "organization" | "organisation" | "corporation" | "agency"
    )
}

/// The organizations that are named before `number` in its sentence.
fn named_beside<'s>(
    scene: &'s Scene<'_>,
    number: usize,
    reference: &'s Reference,
) -> impl Iterator<Item = usize> + 's {
    let before = scene.references.iter().enumerate().take(number).rev();
    before
        .take_while(|(_, other)| other.sentence == reference.sentence)
        .filter(|(_, other)| other.is_name() && is_named(other, EntityType::Organization))
        .map(|(other, _)| other)
}

fn numbers_agree(cluster: &Cluster, reference: &Reference) -> bool {
    match (cluster.plural, reference.plural) {
        (Some(one), Some(other)) => one == other,
        // "the school and the home" are none of "the schools".
        (Some(several), None) | (None, Some(several)) => !several,
        (None, None) => true,
    }
}

fn modifiers_agree(
    scene: &Scene<'_>,
    cluster: &Cluster,
    reference: &Reference,
    only_candidate: bool,
) -> bool {
    let named: BTreeSet<String> = cluster
        .names
        .iter()
        .flat_map(|name| name.written.split_whitespace().map(str::to_lowercase))
        .collect();
    let says_more = |word: &String| {
        !cluster.after.contains(word) && !cluster.modifiers.contains(word) && !named.contains(word)
    };
    if reference.after.iter().any(says_more) {
        return false;
    }
    let nations: BTreeSet<String> = cluster.modifiers.iter().filter_map(|w| nation(w)).collect();
    let same_nation = |word: &str| nation(word).is_some_and(|nation| nations.contains(&nation));
    let added: Vec<&String> = reference
        .modifiers
        .iter()
        .filter(|word| !same_nation(word))
        .filter(|word| !cluster.modifiers.contains(*word) && !named.contains(*word))
        .filter(|word| !is_describing(word))
        .collect();
    if added.is_empty() {
        // "regime forces" is not "forces of the army": a bare plural must say as much as before.
        return reference.determiner != Determiner::None
            || (reference.plural != Some(true)
                && cluster.modifiers.is_subset(&reference.modifiers))
            || reference
                .modifiers
                .iter()
                .any(|word| cluster.modifiers.contains(word));
    }
    // "the regime", later "the Syrian regime": one thing if there is no other regime and what is
    // added says whose it is. A nationality and a name do not exclude each other; two do.
    let all_naming = added
        .iter()
        .all(|word| is_naming(word) || is_person_name(scene, reference, word));
    let other_nation = !nations.is_empty() && added.iter().any(|word| is_naming(word));
    let other_descriptions = cluster
        .modifiers
        .iter()
        .any(|word| !is_naming(word) && !is_describing(word));
    only_candidate
        && all_naming
        && !other_nation
        && !other_descriptions
        && reference.determiner != Determiner::Indefinite
        && reference.plural != Some(true)
}

/// Whether the modifier `word` of `reference` is the name of a person: "the Assad regime".
fn is_person_name(scene: &Scene<'_>, reference: &Reference, word: &str) -> bool {
    scene
        .document
        .token(reference.head)
        .into_iter()
        .flat_map(|head| head.children().collect::<Vec<_>>())
        .any(|child| {
            let person = || {
                let mention = scene.document.mention_headed_by(child.id());
                mention.is_some_and(|mention| match mention.name_type() {
                    Some(name_type) => name_type == NameType::Person,
                    None => mention.entity_type() == EntityType::Person,
                })
            };
            child.relation() == "compound"
                && child.upos() == Upos::Propn
                && name::key(child.text()) == word
                && person()
        })
}

/// Whether one phrase lies inside the other: a thing does not contain itself.
fn nested(scene: &Scene<'_>, candidate: usize, reference: &Reference) -> bool {
    scene.references.get(candidate).is_some_and(|other| {
        other.sentence == reference.sentence
            && (other.extent.contains(&reference.extent.start)
                || reference.extent.contains(&other.extent.start))
    })
}

/// "the company" after the only organization named nearby, "this terrorist group" after the only
/// one named in the sentence, "the city" after the only town, "the country" after the country that
/// the text is about, "the hospital" after "Pula Hospital".
fn generic(
    scene: &Scene<'_>,
    clusters: &Clusters,
    number: usize,
    reference: &Reference,
) -> Option<usize> {
    if reference.plural != Some(false) || !reference.after.is_empty() {
        return None;
    }
    let plain = reference.modifiers.is_empty();
    let this = reference.determiner == Determiner::Demonstrative;
    let characterized = reference
        .modifiers
        .iter()
        .all(|word| is_characterizing(word));
    let noun = reference.noun.as_str();
    match noun {
        "country" | "nation" if plain => return main_country(scene, clusters, number),
        "city" | "town" | "village" if characterized => {
            return nearest_only(scene, clusters, number, reference, |other| {
                is_named(other, EntityType::Place) && is_town(other)
            });
        }
        _ if is_generic_body(noun) && plain => {
            let found = only_organization(scene, clusters, number);
            if found.is_some() {
                return found;
            }
        }
        _ => {}
    }
    if characterized
        && ((this && words::is_crowd(noun)) || is_generic_body(noun))
        && (this || !plain)
    {
        return nearest_only(scene, clusters, number, reference, |other| {
            is_named(other, EntityType::Organization) && !words::is_listed_place(&other.name)
        });
    }
    if noun == "event" && characterized {
        return nearest_only(scene, clusters, number, reference, |other| {
            other.entity_type == EntityType::Event
        });
    }
    if characterized && !words::is_crowd(noun) {
        return named_so(scene, clusters, number, reference);
    }
    None
}

/// Whether a modifier says what one thinks of a thing and not which one it is: "this terrorist
/// group", "this particular event".
fn is_characterizing(modifier: &str) -> bool {
    matches!(
        modifier,
        "particular"
            | "very"
            | "terrorist"
            | "militant"
            | "extremist"
            | "jihadist"
            | "rebel"
            | "entire"
    ) || is_describing(modifier)
}

/// Whether a place may be a town: no country, and no river, province or airport by its name.
fn is_town(reference: &Reference) -> bool {
    let last = reference.name.split_whitespace().last().unwrap_or_default();
    !words::is_listed_place(&reference.name)
        && !reference
            .name
            .split_whitespace()
            .any(is_class_of_other_places)
        && !matches!(last, "East" | "West" | "North" | "South")
}

fn is_class_of_other_places(word: &str) -> bool {
    matches!(
        word,
        "River"
            | "Lake"
            | "Sea"
            | "Gulf"
            | "Bay"
            | "Ocean"
            | "Mount"
            | "Mountain"
            | "Mountains"
            | "Hills"
            | "Valley"
            | "Desert"
            | "Island"
            | "Islands"
            | "Peninsula"
            | "Province"
            | "Region"
            | "State"
            | "States"
            | "County"
            | "District"
            | "Governorate"
            | "Republic"
            | "Kingdom"
            | "Airport"
            | "Airfield"
            | "Base"
            | "Camp"
            | "Dam"
            | "Bridge"
            | "Street"
            | "Road"
            | "Avenue"
            | "Square"
            | "Park"
            | "Stadium"
            | "Arena"
            | "Hall"
            | "Center"
            | "Centre"
            | "Museum"
            | "Hospital"
            | "University"
            | "School"
            | "Station"
            | "House"
            | "Palace"
            | "Gate"
            | "Church"
            | "Mosque"
            | "Temple"
            | "Cathedral"
            | "Africa"
            | "Asia"
            | "Europe"
            | "America"
    )
}

/// The only thing that `fits`, in the sentence of the phrase or else in the one before that.
fn nearest_only(
    scene: &Scene<'_>,
    clusters: &Clusters,
    number: usize,
    reference: &Reference,
    fits: impl Fn(&Reference) -> bool,
) -> Option<usize> {
    let named = |candidate: usize, other: &Reference| {
        other.is_name()
            && other.plural != Some(true)
            && fits(other)
            && !nested(scene, candidate, reference)
    };
    let found = (0..=1).find_map(|reach| fitting(scene, clusters, number, reach, &named))?;
    found.alone()
}

/// The only thing in mind whose name begins or ends with the noun: "the hospital" after "Pula
/// Hospital".
fn named_so(
    scene: &Scene<'_>,
    clusters: &Clusters,
    number: usize,
    reference: &Reference,
) -> Option<usize> {
    let named = |candidate: usize, other: &Reference| {
        let mut name = other.name.split_whitespace();
        let (first, last) = (name.next(), name.next_back());
        let says = |word: Option<&str>| {
            word.is_some_and(|word| word.eq_ignore_ascii_case(&reference.noun))
        };
        other.is_name()
            && !other.is_person()
            && last.is_some()
            && (says(first) || says(last))
            && other.plural != Some(true)
            && !nested(scene, candidate, reference)
    };
    fitting(scene, clusters, number, IN_MIND, &named)?.alone()
}

fn only_organization(scene: &Scene<'_>, clusters: &Clusters, number: usize) -> Option<usize> {
    let reference = scene.references.get(number)?;
    let named = |candidate: usize, other: &Reference| {
        other.is_name()
            && is_named(other, EntityType::Organization)
            && !is_own_body(scene, clusters, candidate, reference)
    };
    fitting(scene, clusters, number, GENERIC_REACH, &named)?.alone()
}

/// What a phrase may mean.
enum Fitting {
    /// One thing, as this phrase mentions it.
    One(usize),
    /// More than one thing.
    Several,
}

impl Fitting {
    fn alone(self) -> Option<usize> {
        match self {
            Self::One(number) => Some(number),
            Self::Several => None,
        }
    }
}

/// What `fits` before the phrase `number`, at most `reach` sentences back.
fn fitting(
    scene: &Scene<'_>,
    clusters: &Clusters,
    number: usize,
    reach: usize,
    fits: &impl Fn(usize, &Reference) -> bool,
) -> Option<Fitting> {
    let sentence = scene.references.get(number)?.sentence;
    let before = scene.references.iter().enumerate().take(number).rev();
    let mut found = before
        .take_while(|(_, other)| other.sentence + reach >= sentence)
        .filter(|(candidate, other)| fits(*candidate, other))
        .map(|(candidate, _)| candidate);
    let first = found.next()?;
    let alone = found.all(|other| clusters.together(first, other));
    Some(if alone {
        Fitting::One(first)
    } else {
        Fitting::Several
    })
}

/// The country that was named most so far, if none comes near it.
fn main_country(scene: &Scene<'_>, clusters: &Clusters, number: usize) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (candidate, other) in scene
        .references
        .iter()
        .enumerate()
        .take(number)
        .rev()
        .take(COUNTRY_REACH)
    {
        if other.is_name() && words::is_listed_place(&other.name) {
            *counts.entry(clusters.root(candidate)).or_default() += 1;
        }
    }
    let mut ranked: Vec<(usize, usize)> = counts.into_iter().map(|(root, n)| (n, root)).collect();
    ranked.sort_unstable();
    let (most, country) = ranked.pop()?;
    let runner_up = ranked.pop().map_or(0, |(count, _)| count);
    (most >= 2 * runner_up).then_some(country)
}

fn is_named(reference: &Reference, wanted: EntityType) -> bool {
    match reference.name_type {
        Some(NameType::Organization) => wanted == EntityType::Organization,
        Some(NameType::Place) => wanted == EntityType::Place,
        Some(NameType::Person) => false,
        None => reference.entity_type == wanted,
    }
}
