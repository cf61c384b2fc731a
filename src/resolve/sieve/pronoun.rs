//! Pronouns: by gender, number and animacy, near ones first, subjects before the rest.

use super::expletive::refers_to_nothing;
use super::joined_verb::{acted_on_before, beside_itself, shared_subject};
use super::quoted::Quoted;
use crate::base::Id;
use crate::resolve::cluster::{Cluster, Clusters};
use crate::resolve::coreference::Scene;
use crate::resolve::likeness::distance;
use crate::resolve::reference::{Form, Pronoun, Reference, relative_antecedent};
use crate::resolve::words::{Gender, is_verb_of_people};
use crate::text::{EntityType, Sentence, SentenceId, Token, Upos};

/// By how much the best person for "he" or "she" must be better than the next; two that are nearly
/// as good are left alone.
const SURE_OF_PERSON: f32 = 0.3;
/// The same for the things that "it" may mean, of which there are always many.
const SURE_OF_THING: f32 = 0.7;
/// The same for what "they" may mean.
const SURE_OF_SEVERAL: f32 = 0.3;
/// How far the type that the words around a pronoun call for may be from that of what it means.
const FARTHEST: f32 = 1.0;
/// How much worse such a distance makes it.
const BY_TYPE: f32 = 1.5;
/// How many sentences back a pronoun may reach.
const REACH: usize = 3;
/// How well the subject that follows a fronted clause with the pronoun would do.
const AFTER_FRONTED: f32 = 4.0;
/// How much better the thing beside the noun does whose clause the pronoun acts in.
const BESIDE: f32 = 4.0;
/// How much better the subject of what somebody says does than who says it.
const WITHIN_WHAT_IS_SAID: f32 = 1.2;
/// How much better what has just been called by the noun does that the pronoun is said to be.
const CALLED_SO: f32 = 2.0;
/// How much better who is made to do something does in what is told of the thing it is done to.
const MADE_TO: f32 = 2.5;
/// The same after "in what it called …".
const AFTER_FREE_RELATIVE: f32 = 9.0;

/// Joins relative pronouns to what their clause hangs on.
pub(crate) fn relative(scene: &Scene<'_>, clusters: &mut Clusters) {
    for (number, reference) in scene.references.iter().enumerate() {
        if reference.form != Form::Pronoun(Pronoun::Relative) {
            continue;
        }
        let antecedent = scene
            .document
            .token(reference.head)
            .and_then(relative_antecedent)
            .and_then(|token| scene.by_head.get(&token.id()));
        if let Some(antecedent) = antecedent {
            clusters.join_surely("relative", *antecedent, number);
        }
    }
}

/// Joins pronouns of the third person to the most prominent near thing they may mean.
pub(crate) fn pronoun(scene: &Scene<'_>, clusters: &mut Clusters) {
    let quoted = Quoted::new(scene);
    for (number, reference) in scene.references.iter().enumerate() {
        let Form::Pronoun(Pronoun::Third { reflexive }) = reference.form else {
            continue;
        };
        let Some(token) = scene.document.token(reference.head) else {
            continue;
        };
        if refers_to_nothing(scene, reference, token) {
            continue;
        }
        let chosen = if reflexive {
            clause_subject(scene, token)
        } else {
            antecedent(scene, clusters, &quoted, (number, reference, token))
        };
        if let Some(chosen) = chosen
            && chosen != number
        {
            clusters.join("pronoun", chosen, number);
        }
    }
}

/// Nouns of what only people and bodies of people have.
const OF_PEOPLE: [&str; 24] = [
    "aim",
    "attempt",
    "campaign",
    "citizen",
    "coach",
    "commitment",
    "cowardice",
    "decision",
    "desire",
    "effort",
    "employee",
    "fan",
    "goal",
    "government",
    "hope",
    "intention",
    "leader",
    "member",
    "objective",
    "opinion",
    "opponent",
    "parent",
    "player",
    "supporter",
];

/// Verbs of telling somebody about something.
const TELLING: [&str; 4] = ["brief", "inform", "tell", "update"];

/// The verb or predicate whose clause `token` stands in.
fn governor(token: Token<'_>) -> Option<Token<'_>> {
    let mut current = token;
    for _ in 0..24 {
        match current.relation() {
            "nsubj" | "obj" | "iobj" | "obl" | "csubj" | "ccomp" | "xcomp" | "advcl" | "expl" => {
                return current.head();
            }
            "root" => return Some(current),
            _ => current = current.head()?,
        }
    }
    None
}

fn clause_subject(scene: &Scene<'_>, token: Token<'_>) -> Option<usize> {
    let mut verb = governor(token)?;
    for _ in 0..8 {
        let subject = verb
            .children()
            .find(|child| child.relation() == "nsubj" && child.id() != token.id())
            .and_then(|subject| scene.by_head.get(&subject.id()));
        if let Some(subject) = subject {
            return Some(*subject);
        }
        let infinitive = verb.relation() == "xcomp";
        verb = verb.head()?;
        // "She asked the men to sell their boat": it is the men who sell.
        let object = verb
            .child(&["obj", "iobj"])
            .filter(|object| infinitive && object.id() < token.id());
        if let Some(object) = object.and_then(|object| scene.by_head.get(&object.id())) {
            return Some(*object);
        }
    }
    None
}

fn antecedent(
    scene: &Scene<'_>,
    clusters: &Clusters,
    quoted: &Quoted,
    (number, reference, token): (usize, &Reference, Token<'_>),
) -> Option<usize> {
    let acted_on: Vec<usize> = acted_on_before(scene, token)
        .into_iter()
        .filter(|object| *object != number)
        .collect();
    let objects = acted_on.iter().copied().filter(|object| {
        let other = scene.references.get(*object);
        clusters.may_join(*object, number)
            && other.is_some_and(|other| agrees(clusters, *object, other, reference))
    });
    let objects: Vec<usize> = objects.collect();
    // "The firm sold the boats and praised it": nobody tells what, and the firm is not it.
    if objects.is_empty() && !acted_on.is_empty() {
        let subject = token.head().and_then(shared_subject);
        let subject = subject.and_then(|subject| scene.by_head.get(&subject.id()));
        let other = subject.and_then(|subject| scene.references.get(*subject));
        if let (Some(subject), Some(other)) = (subject, other)
            && agrees(clusters, *subject, other, reference)
        {
            return None;
        }
    }
    let may_be = |candidate: usize| {
        let same = |object: &usize| clusters.together(*object, candidate);
        objects.is_empty() || objects.iter().any(same)
    };
    let mut best: Option<(f32, usize)> = None;
    let mut all: Vec<(f32, usize)> = Vec::new();
    let mut consider = |candidate: usize, score: f32| {
        all.push((score, candidate));
        if best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, candidate));
        }
    };
    // The best of another sort than the words around the pronoun call for.
    let mut of_other_sort: Option<f32> = None;
    for (candidate, other) in scene.references.iter().enumerate().take(number).rev() {
        if other.sentence + REACH < reference.sentence {
            break;
        }
        if !may_be(candidate) || !quoted.allow(clusters, (number, reference), candidate) {
            continue;
        }
        let score = score(
            scene,
            clusters,
            (number, reference, token),
            (candidate, other),
        );
        let Some(score) = score else {
            continue;
        };
        if let Some(whole) = score.whole() {
            consider(candidate, whole);
        } else {
            let known = of_other_sort.unwrap_or(f32::MIN);
            of_other_sort = Some(known.max(score.apart_from_type));
        }
    }
    // "In what it called a statement, the office announced …": the subject may follow.
    if let Some(following) = fronted_subject(scene, token)
        && let Some(other) = scene.references.get(following)
        && clusters.may_join(following, number)
        && may_be(following)
        && quoted.allow(clusters, (number, reference), following)
        && agrees(clusters, following, other, reference)
    {
        let score = if in_free_relative(token) {
            AFTER_FREE_RELATIVE
        } else {
            AFTER_FRONTED
        };
        consider(following, score);
    }
    let (mut highest, mut chosen) = best?;
    if let Some((score, known)) = only_of_known_gender(scene, clusters, reference, chosen, &all)
        && !is_told(scene, clusters, token, known)
    {
        (highest, chosen) = (score, known);
        all.retain(|(_, other)| clusters.together(*other, known));
    }
    // Of "it" the tagger says too often that it is a body, of "they" that it is none.
    let doubted = match wanted_type(reference, token) {
        Some(EntityType::Organization) => reference.plural == Some(false),
        Some(EntityType::Person) | None => false,
        Some(_) => reference.plural == Some(true),
    };
    if doubted && of_other_sort.is_some_and(|other| other > highest + 1.0) {
        return None;
    }
    // "A charity gave out soup. He brought loaves and could not sell them": hardly the charity.
    let several = |number: usize| clusters.of(number).and_then(|cluster| cluster.plural);
    let one_body = reference.plural == Some(true) && several(chosen) != Some(true);
    if one_body && of_other_sort.is_some_and(|other| other > highest) {
        return None;
    }
    if reference.plural == Some(true) && is_one_of_a_row(scene, chosen) {
        return None;
    }
    if reference.gender.is_none() && tells_of_row(scene, token, chosen) {
        return None;
    }
    let least = highest - sureness(reference);
    let unsure = all
        .iter()
        .any(|(score, other)| *score > least && !clusters.together(*other, chosen));
    let between_two = token.deprel() == "nmod:poss"
        && clause_subject(scene, token) == Some(chosen)
        && has_rival(scene, clusters, (number, reference, token), chosen);
    (!unsure && !between_two).then_some(chosen)
}

/// Whether `number` is told, as a pronoun says, of what the pronoun `token` owns: what one briefs
/// somebody about is one's own.
fn is_told(scene: &Scene<'_>, clusters: &Clusters, token: Token<'_>, number: usize) -> bool {
    let verb = governor(token).filter(|verb| TELLING.contains(&verb.lemma()));
    let told = verb.and_then(|verb| verb.child(&["obj", "iobj"]));
    let told = told.filter(|told| told.upos() == Upos::Pron && told.id() < token.id());
    told.and_then(|told| scene.by_head.get(&told.id()))
        .is_some_and(|told| token.deprel() == "nmod:poss" && clusters.together(*told, number))
}

/// Where nothing tells whether `chosen` is a man or a woman: the only other person of the sentence of
/// whom something does. "Toni thanked Ms. Brin for her help": the help was Ms. Brin's.
fn only_of_known_gender(
    scene: &Scene<'_>,
    clusters: &Clusters,
    reference: &Reference,
    chosen: usize,
    all: &[(f32, usize)],
) -> Option<(f32, usize)> {
    let gender = |number: usize| clusters.of(number)?.gender;
    if reference.gender.is_none() || gender(chosen).is_some() {
        return None;
    }
    let beside = |number: usize| {
        let other = scene.references.get(number);
        other.is_some_and(|other| other.sentence == reference.sentence)
    };
    let known =
        |(_, number): &&(f32, usize)| gender(*number) == reference.gender && beside(*number);
    let mut found = all.iter().filter(known);
    let first = found.next()?;
    found
        .all(|(_, other)| clusters.together(*other, first.1))
        .then_some(*first)
}

/// Whether a name stands in a row: after "Omar and Ali left", "they" is not one of the two.
fn is_one_of_a_row(scene: &Scene<'_>, number: usize) -> bool {
    let reference = scene.references.get(number);
    reference
        .filter(|reference| reference.is_name())
        .and_then(|reference| scene.document.token(reference.head))
        .is_some_and(|head| {
            head.relation() == "conj" || head.children().any(|child| child.relation() == "conj")
        })
}

/// Whether "it" stands in what each of a row says and `number` is one of them: of "neither the army
/// nor the navy said that it would leave" it is either.
fn tells_of_row(scene: &Scene<'_>, token: Token<'_>, number: usize) -> bool {
    let head = scene.references.get(number).map(|reference| reference.head);
    let Some(head) = head.and_then(|head| scene.document.token(head)) else {
        return false;
    };
    let first = match (head.relation(), head.head()) {
        ("conj", Some(first)) => first,
        _ => head,
    };
    let row = first.children().any(|child| child.relation() == "conj");
    let verb = first.head().filter(|_| first.relation() == "nsubj" && row);
    verb.is_some_and(|verb| {
        upward(token).any(|above| {
            above.relation() == "ccomp" && above.head().map(Token::id) == Some(verb.id())
        })
    })
}

/// By how much the best thing that the pronoun may mean must be better than the next.
fn sureness(reference: &Reference) -> f32 {
    match (reference.gender, reference.plural) {
        (Some(_), _) => SURE_OF_PERSON,
        (None, Some(false)) => SURE_OF_THING,
        (None, Some(true)) => SURE_OF_SEVERAL,
        (None, None) => 0.0,
    }
}

/// "what it called a statement": the pronoun stands in a clause that hangs on "what".
fn in_free_relative(token: Token<'_>) -> bool {
    let mut current = token;
    for _ in 0..6 {
        let Some(head) = current.head() else {
            return false;
        };
        if head.form().eq_ignore_ascii_case("what")
            || head
                .children()
                .any(|child| child.form().eq_ignore_ascii_case("what") && child.id() < token.id())
        {
            return true;
        }
        current = head;
    }
    false
}

/// The subject of the main clause, if `token` stands in a phrase before it.
fn fronted_subject(scene: &Scene<'_>, token: Token<'_>) -> Option<usize> {
    let mut current = token;
    let mut fronted = false;
    for _ in 0..24 {
        if matches!(current.relation(), "advcl" | "obl" | "ccomp") {
            fronted = true;
        }
        current = current.head()?;
        let subject = current
            .children()
            .find(|child| child.relation() == "nsubj" && child.id() > token.id());
        if fronted && let Some(subject) = subject {
            return scene.by_head.get(&subject.id()).copied();
        }
    }
    None
}

/// How well `candidate` would do as the antecedent; `None` if it cannot be it.
fn score(
    scene: &Scene<'_>,
    clusters: &Clusters,
    (number, reference, token): (usize, &Reference, Token<'_>),
    (candidate, other): (usize, &Reference),
) -> Option<Score> {
    if matches!(
        other.form,
        Form::Demonym | Form::Pronoun(Pronoun::First | Pronoun::Other)
    ) {
        return None;
    }
    if !clusters.may_join(candidate, number) || !agrees(clusters, candidate, other, reference) {
        return None;
    }
    let head = scene.document.token(other.head)?;
    if !binding_allows(token, reference, head, other)
        || beside_itself(scene, clusters, token, candidate)
        || is_named_by(scene, clusters, token, candidate)
    {
        return None;
    }
    let cluster = clusters.of(candidate)?;
    let distance = wanted_type(reference, token)
        .map_or(0.0, |wanted| type_distance(cluster, other, head, wanted));
    let several = reference.plural == Some(true);
    let apart = reference.sentence.saturating_sub(other.sentence);
    let mut score = match apart {
        0 => 4.0,
        1 => 2.5,
        2 => 0.5,
        _ => -1.0,
    };
    score += match other.prominence {
        3 => 2.0,
        2 => 1.0,
        1 => 0.4,
        _ => -0.6,
    };
    if reference.prominence == 3 && other.prominence == 3 {
        score += 0.5;
    }
    if other.is_name() {
        score += 0.4;
    }
    // What is spoken of often is more likely spoken of again.
    #[expect(clippy::cast_precision_loss, reason = "at most five")]
    let often = cluster.members.len().min(5) as f32;
    score += 0.25 * often;
    // Possessives mean the subject of their own clause more often than not.
    if token.deprel() == "nmod:poss" && clause_subject(scene, token) == Some(candidate) {
        score += 1.5;
    }
    if stands_beside(token, head) {
        score += BESIDE;
    }
    let made_to = who_is_made_to(scene, token);
    if made_to.is_some_and(|made| clusters.together(made, candidate)) {
        score += MADE_TO;
    }
    if is_called_so(token, cluster) {
        score += CALLED_SO;
    }
    if other.prominence == 3 && is_said_with(token, head) {
        score += WITHIN_WHAT_IS_SAID;
    }
    // "They" means several things before it means one body of people.
    let one_body = other.plural == Some(false) && !other.is_pronoun();
    if several && one_body && cluster.plural != Some(true) {
        score -= if wanted_type(reference, token) == Some(EntityType::Organization) {
            0.5
        } else {
            1.5
        };
    }
    if new_paragraph(scene, reference, other) {
        score -= 0.5;
    }
    let between = reference.start.saturating_sub(other.start).min(1_000);
    #[expect(clippy::cast_precision_loss, reason = "at most a thousand")]
    let nearness = between as f32 / 1_000.0;
    Some(Score {
        apart_from_type: score - nearness,
        distance,
    })
}

/// How well something would do as the antecedent of a pronoun.
#[derive(Debug, Clone, Copy)]
struct Score {
    /// By its place, its form and how often it is spoken of.
    apart_from_type: f32,
    /// How far its type is from what the words around the pronoun call for.
    distance: f32,
}

impl Score {
    /// Both together; `None` if it is of another sort.
    fn whole(self) -> Option<f32> {
        (self.distance <= FARTHEST).then_some(self.apart_from_type - BY_TYPE * self.distance)
    }
}

/// What sort of thing the words around "it" and "they" call for, as the tagger reads them. A goal is
/// always somebody's.
fn wanted_type(reference: &Reference, token: Token<'_>) -> Option<EntityType> {
    let wanted = token.entity_type().filter(|_| reference.gender.is_none())?;
    let owned = token.head().filter(|_| token.deprel() == "nmod:poss");
    let of_people = owned.is_some_and(|owned| OF_PEOPLE.contains(&owned.lemma()))
        || (reference.plural == Some(true) && does_as_people_do(token));
    let acts = matches!(wanted, EntityType::Person | EntityType::Organization);
    Some(if of_people && !acts {
        EntityType::Organization
    } else {
        wanted
    })
}

/// How far a thing is from the type that is wanted. What speaks is taken for somebody.
fn type_distance(cluster: &Cluster, other: &Reference, head: Token<'_>, wanted: EntityType) -> f32 {
    let of_cluster = cluster.distance(wanted);
    let of_pronoun = || other.tagged.map(|tagged| distance(tagged, wanted));
    let far = of_cluster.or_else(of_pronoun).unwrap_or(0.3);
    let speaks = wanted == EntityType::Organization && does_as_people_do(head);
    if speaks { far.min(0.3) } else { far }
}

/// Whether another thing that the pronoun may mean stands before it in its own clause: in "Omar
/// helped Ali with his boat" the boat may be either's, and so in "after Ali's death Omar sold his
/// boat".
fn has_rival(
    scene: &Scene<'_>,
    clusters: &Clusters,
    (number, reference, token): (usize, &Reference, Token<'_>),
    subject: usize,
) -> bool {
    let may_be = |rival: usize, other: &Reference| {
        !clusters.together(rival, subject)
            && clusters.may_join(rival, number)
            && agrees(clusters, rival, other, reference)
    };
    let phrases = governor(token)
        .into_iter()
        .flat_map(|verb| verb.children().collect::<Vec<_>>())
        .filter(|child| matches!(child.relation(), "obj" | "iobj" | "obl"))
        .filter(|child| child.id() < token.id() && token.head().map(Token::id) != Some(child.id()));
    phrases
        .flat_map(|phrase| {
            let within = phrase.subtree();
            within.into_iter().map(move |id| (phrase.id(), id))
        })
        .filter_map(|(phrase, id)| Some((phrase == id, *scene.by_head.get(&id)?)))
        .filter(|(_, rival)| !is_told(scene, clusters, token, *rival))
        .any(|(whole, rival)| {
            scene.references.get(rival).is_some_and(|other| {
                let by_name = reference.gender.is_some() && other.is_name();
                (whole || (by_name && other.head < token.id())) && may_be(rival, other)
            })
        })
}

fn new_paragraph(scene: &Scene<'_>, one: &Reference, other: &Reference) -> bool {
    let paragraph = |reference: &Reference| {
        scene
            .document
            .sentence(SentenceId::from_index(reference.sentence))
            .map(Sentence::paragraph)
    };
    paragraph(one) != paragraph(other)
}

/// Whether gender, number and animacy allow the pronoun `reference` to mean the cluster of
/// `candidate`.
fn agrees(clusters: &Clusters, candidate: usize, other: &Reference, reference: &Reference) -> bool {
    let Some(cluster) = clusters.of(candidate) else {
        return false;
    };
    let tells_time = matches!(
        other.noun.as_str(),
        "second" | "minute" | "hour" | "day" | "week" | "month" | "year" | "decade" | "century"
    );
    let empty = matches!(
        other.noun.as_str(),
        "part" | "end" | "rest" | "lack" | "kind" | "sort" | "total" | "way"
    );
    if tells_time || empty || (other.entity_type == EntityType::Time && other.name_type.is_none()) {
        return false;
    }
    match (reference.gender, reference.plural) {
        (Some(gender), _) => is_he_or_she(cluster, other, gender),
        (None, Some(false)) => is_it(cluster, other),
        (None, Some(true)) => is_they(cluster, other),
        (None, None) => true,
    }
}

fn is_he_or_she(cluster: &Cluster, other: &Reference, gender: Gender) -> bool {
    let person = cluster.is_person() || (other.is_pronoun() && other.gender.is_some());
    person && cluster.plural != Some(true) && cluster.gender.is_none_or(|known| known == gender)
}

fn is_it(cluster: &Cluster, other: &Reference) -> bool {
    // "The Harbour Guards (HG)" are one where they are called HG.
    let one_body = other.plural == Some(false) && other.is_name() && cluster.is_organization();
    // "Orvela Lines, a shipping company", is one, too.
    let called_one = cluster.plural == Some(false) && other.is_name() && cluster.is_organization();
    let singular =
        called_one || other.plural != Some(true) && (cluster.plural != Some(true) || one_body);
    let coordinated = other.plural.is_none() && !other.is_pronoun();
    singular && !coordinated && !cluster.is_person() && cluster.gender.is_none()
}

fn is_they(cluster: &Cluster, other: &Reference) -> bool {
    let several = cluster.plural == Some(true) || other.plural == Some(true);
    let body = cluster.is_organization() && cluster.gender.is_none();
    several || body
}

/// Whether the places of the two in the tree allow them to mean one thing: the object of a verb
/// is not its subject, and a thing does not lie within itself.
fn binding_allows(
    token: Token<'_>,
    reference: &Reference,
    head: Token<'_>,
    other: &Reference,
) -> bool {
    let acts = matches!(
        other.entity_type,
        EntityType::Person | EntityType::Organization | EntityType::Place | EntityType::Animal
    );
    if reference.plural == Some(true) && !acts && !other.is_pronoun() && does_as_people_do(token) {
        return false;
    }
    if other.sentence != reference.sentence {
        return true;
    }
    if other.extent.contains(&token.id().index())
        && !inside_clause_of(token, head)
        && !is_set_off(token, head)
    {
        return false;
    }
    if owns_what_is(token, head) || acts_in_complement_of(token, head) {
        return false;
    }
    let same_verb = governor(token).is_some()
        && governor(token).map(Token::id) == governor(head).map(Token::id);
    let argument = |token: Token<'_>| matches!(token.relation(), "nsubj" | "obj" | "iobj" | "obl");
    let both_arguments = same_verb && argument(token) && argument(head);
    !both_arguments
}

/// Whether commas part the phrase with the pronoun from `head`: "the office, through its agents".
fn is_set_off(token: Token<'_>, head: Token<'_>) -> bool {
    let phrase = token.head().filter(|_| token.deprel() == "nmod:poss");
    phrase.is_some_and(|phrase| {
        let first = phrase.subtree().first().copied();
        phrase.relation() == "nmod"
            && phrase.head().map(Token::id) == Some(head.id())
            && phrase
                .children()
                .any(|child| child.text() == "," && Some(child.id()) == first)
    })
}

/// Whether the pronoun is the subject of the clause that says what `head` is: "fears they would
/// flee" are not those who flee, nor is "the threat they pose" what poses it.
fn acts_in_complement_of(token: Token<'_>, head: Token<'_>) -> bool {
    let verb = token.head().filter(|_| token.relation() == "nsubj");
    verb.is_some_and(|verb| {
        matches!(verb.relation(), "acl" | "ccomp") && verb.head().map(Token::id) == Some(head.id())
    })
}

/// Whether the pronoun is the subject of a verb of what only people do: "they hoped".
fn does_as_people_do(token: Token<'_>) -> bool {
    token.relation() == "nsubj"
        && token
            .head()
            .is_some_and(|verb| is_verb_of_people(verb.lemma()))
}

/// Whether `head` stands in the same clause of what somebody says or thinks as the pronoun: in "Omar
/// said that Ali drowned when he fell" it was Ali who fell.
fn is_said_with(token: Token<'_>, head: Token<'_>) -> bool {
    let said = upward(token).find(|above| above.relation() == "ccomp");
    said.is_some_and(|said| upward(head).any(|above| above.id() == said.id()))
}

/// Who is made to do something to what the clause with the pronoun tells of: in "they forced him to
/// sign a paper he could not read" it was he who could not.
fn who_is_made_to(scene: &Scene<'_>, token: Token<'_>) -> Option<usize> {
    let verb = token
        .head()
        .filter(|_| matches!(token.deprel(), "nsubj" | "nsubj:pass"))?;
    let noun = verb.head().filter(|_| verb.relation() == "acl")?;
    let done = noun.head().filter(|_| noun.relation() == "obj")?;
    let made = done.head().filter(|_| done.relation() == "xcomp")?;
    let whom = made
        .child(&["obj", "iobj"])
        .filter(|whom| whom.id() < done.id() && whom.id() > made.id())?;
    scene.by_head.get(&whom.id()).copied()
}

/// Whether the noun that the pronoun is said to be has described the thing before: in "he has a saw; it
/// is a good saw" it is the saw.
fn is_called_so(token: Token<'_>, cluster: &Cluster) -> bool {
    let predicate = token.head().filter(|_| token.relation() == "nsubj");
    predicate.is_some_and(|noun| {
        noun.upos() == Upos::Noun
            && noun.children().any(|child| child.relation() == "cop")
            && cluster.nouns.contains(&noun.lemma().to_lowercase())
    })
}

/// The token and what is above it.
fn upward(token: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    std::iter::successors(Some(token), |token| token.head())
}

/// The thing beside which the noun stands that a clause with the pronoun as its subject hangs on:
/// "the group" of "the group and the threat they pose".
fn stands_beside(token: Token<'_>, head: Token<'_>) -> bool {
    let verb = token.head().filter(|_| token.relation() == "nsubj");
    let noun = verb
        .filter(|verb| verb.relation() == "acl")
        .and_then(Token::head);
    noun.filter(|noun| noun.relation() == "conj")
        .and_then(Token::head)
        .is_some_and(|first| first.id() == head.id())
}

/// Whether the pronoun owns what `head` is said to be: "Brin, her rival, left", "Brin is her rival".
/// Nobody is her own.
fn owns_what_is(token: Token<'_>, head: Token<'_>) -> bool {
    let Some(owned) = token.head().filter(|_| token.deprel() == "nmod:poss") else {
        return false;
    };
    let beside = owned.relation() == "appos" && owned.head().map(Token::id) == Some(head.id());
    let predicate = owned.children().any(|child| child.relation() == "cop")
        && head.relation() == "nsubj"
        && head.head().map(Token::id) == Some(owned.id());
    let own = owned
        .children()
        .any(|child| child.lemma().eq_ignore_ascii_case("own"));
    (beside || predicate) && !own
}

/// Whether the clause that the pronoun is the subject of says the name of `candidate` behind it: who
/// says that Omar left is not Omar.
fn is_named_by(scene: &Scene<'_>, clusters: &Clusters, token: Token<'_>, candidate: usize) -> bool {
    let Some(verb) = token.head().filter(|_| token.relation() == "nsubj") else {
        return false;
    };
    clusters
        .of(candidate)
        .into_iter()
        .flat_map(|cluster| cluster.members.iter())
        .filter_map(|member| scene.references.get(*member))
        .filter(|member| member.is_name() && member.head > token.id())
        .filter_map(|member| scene.document.token(member.head))
        .any(|name| is_within_clause(name, verb))
}

/// Whether `token` stands below `verb`, and not in a clause joined to it or to a noun.
fn is_within_clause(token: Token<'_>, verb: Token<'_>) -> bool {
    let mut current = token;
    for _ in 0..40 {
        let Some(head) = current.head() else {
            return false;
        };
        if head.id() == verb.id() {
            return !matches!(current.relation(), "conj" | "parataxis" | "acl" | "advcl");
        }
        if matches!(current.relation(), "acl" | "advcl") {
            return false;
        }
        current = head;
    }
    false
}

/// Whether `token` stands in a clause or a conjunct below `head`, where it may mean `head`.
fn inside_clause_of(token: Token<'_>, head: Token<'_>) -> bool {
    let mut current = token;
    for _ in 0..24 {
        if current.id() == head.id() {
            return false;
        }
        if matches!(current.relation(), "acl" | "conj" | "appos" | "parataxis") {
            return true;
        }
        match current.head() {
            Some(next) => current = next,
            None => return false,
        }
    }
    false
}
