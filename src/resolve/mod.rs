//! Which words mean one thing: mentions to entities, phrases to relationship types.
//!
//! The main functions are [`resolve`], which works within one document, and [`canonical`], which
//! works on the entities of all documents at once and so does not depend on their order. This
//! layer knows neither petgraph nor SQLite.

mod canonical;
mod cluster;
mod confidence;
mod coreference;
mod correct;
mod correction;
mod description;
mod entity;
mod likeness;
mod name;
mod naming;
mod reference;
mod relation;
mod sieve;
mod words;

use std::collections::BTreeMap;

use self::coreference::Scene;
use self::reference::{Form, Pronoun, Reference};
use crate::base::Id;
use crate::extract::{Argument, ArgumentForm, Factor, Role, Statement};
use crate::model::EntityKind;
use crate::text::{Document, MentionId, TokenId};

pub use self::canonical::{Canonical, GlobalEntity, JoinReason, LocalName, called, canonical};
pub use self::correct::name_key;
pub use self::correction::{Apart, Correction, EntityName, MentionName, Outcome, Place, Split};
pub use self::entity::{LocalEntity, LocalMention, MergeReason};
pub use self::relation::relation_type;

/// What the phrases of one document refer to.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// The entities, in order of first mention.
    pub entities: Vec<LocalEntity>,
    /// For each statement, in order, which entities its places hold.
    pub places: Vec<Places>,
    /// For each statement, in order, what raises or lowers its confidence now that it is known what
    /// its ends are.
    pub factors: Vec<Vec<Factor>>,
    by_head: BTreeMap<TokenId, usize>,
}

/// The entities of one statement, as places in [`Resolution::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Places {
    /// Who or what acts.
    pub subject: Option<usize>,
    /// Whom or what it is claimed of.
    pub object: Option<usize>,
    /// Who says so.
    pub attribution: Option<usize>,
    /// Whether the statement only takes a name apart or says that a thing is itself: "Observatory
    /// for Human Rights", "the town of Rastan".
    pub idle: bool,
    /// Whether a pronoun had to be resolved for the subject or the object.
    pub by_pronoun: bool,
}

impl Resolution {
    /// The entity that the phrase with head `token` refers to.
    pub fn entity_at(&self, token: TokenId) -> Option<usize> {
        self.by_head.get(&token).copied()
    }

    /// The entity that a mention refers to.
    pub fn entity_of_mention(&self, document: &Document, mention: MentionId) -> Option<usize> {
        let head = document.mention(mention)?.head().id();
        self.entity_at(head)
    }
}

/// Gathers what the phrases of `document` refer to.
///
/// Time is O(phrases × nearby phrases): pronouns look three sentences back, names and
/// descriptions are looked up by their words.
#[tracing::instrument(level = "debug", skip_all, fields(statements = statements.len()))]
pub fn resolve(document: &Document, statements: &[Statement]) -> Resolution {
    let references = reference::references(document, statements);
    let by_reference_head: BTreeMap<TokenId, usize> = references
        .iter()
        .enumerate()
        .map(|(number, reference)| (reference.head, number))
        .collect();
    let scene = Scene {
        document,
        references: &references,
        by_head: &by_reference_head,
        statements,
    };
    let clusters = coreference::clusters(&scene);
    let names = entity::cluster_names(&scene, &clusters);
    let mut entities = Vec::new();
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for (root, cluster) in clusters.all() {
        numbers.insert(root, entities.len());
        entities.push(entity::entity(&scene, &clusters, &names, root, cluster));
    }
    for merge in clusters.merges() {
        let written = |number: usize| {
            references
                .get(number)
                .map(|reference: &Reference| (reference.words.clone(), reference.start))
                .unwrap_or_default()
        };
        let owner = numbers
            .get(&clusters.root(merge.later))
            .and_then(|number| entities.get_mut(*number));
        if let Some(entity) = owner {
            entity.merges.push(MergeReason {
                sieve: merge.sieve,
                earlier: written(merge.earlier),
                later: written(merge.later),
            });
        }
    }
    let by_head: BTreeMap<TokenId, usize> = by_reference_head
        .iter()
        .filter_map(|(head, number)| Some((*head, *numbers.get(&clusters.root(*number))?)))
        .collect();
    let mut classes: BTreeMap<String, usize> = BTreeMap::new();
    let places: Vec<Places> = statements
        .iter()
        .map(|statement| {
            let mut places = places(&by_head, &by_reference_head, &references, statement);
            let reference = |argument: &Option<Argument>| {
                let head = argument.as_ref()?.head;
                references.get(*by_reference_head.get(&head)?)
            };
            if let (Some(subject), Some(object)) =
                (reference(&statement.subject), reference(&statement.object))
            {
                let within = |outer: &Reference, inner: &Reference| {
                    // "Iranian Guard" is from Iran: the nationality in a name does say something.
                    inner.form != Form::Demonym && outer.name_tokens.contains(&inner.head.index())
                };
                let reflexive = matches!(
                    object.form,
                    Form::Pronoun(Pronoun::Third { reflexive: true })
                );
                let itself = places.subject.is_some()
                    && places.subject == places.object
                    && !reflexive
                    && !says_what_it_is(statement);
                places.idle = itself || within(subject, object) || within(object, subject);
            }
            let nobody = |argument: &Option<Argument>, entity: Option<usize>| {
                let named = entity.and_then(|number| entities.get(number));
                reference(argument).is_some_and(Reference::points_away)
                    && named.is_none_or(LocalEntity::is_only_pointed_at)
            };
            places.idle |= nobody(&statement.subject, places.subject)
                || nobody(&statement.object, places.object)
                || says_again(&entities, statement, places)
                || is_of_another(&clusters, &by_reference_head, statement, places);
            // "Kerry, the Secretary of State" is one thing, and yet says what he is: the
            // description is a thing of its own at the end of that statement.
            // So is the class of "A, B and other towns": A is a town. And so is the description that
            // was taken for somebody else's: president Brin is no other president.
            if says_what_it_is(statement)
                && let Some(object) = &statement.object
                && let Some(number) = by_reference_head.get(&object.head)
                && let Some(reference) = references.get(*number)
                && let Some(subject) = places.subject
                && let name = entity::class_name(&scene, &clusters, &names, reference)
                && let others = name.strip_prefix("other ").map(str::to_owned)
                && let named = places.object.and_then(|object| entities.get(object))
                && let of_another =
                    (!reference.is_name() && named.is_some_and(|named| named.proper))
                && (places.subject == places.object || others.is_some() || of_another)
            {
                let name = others.unwrap_or(name);
                let made = classes.entry(name.clone()).or_insert_with(|| {
                    let kind = entities
                        .get(subject)
                        .map_or(EntityKind::Abstract, |entity| entity.kind);
                    entities.push(class_entity(name, reference, kind));
                    entities.len() - 1
                });
                places.object = Some(*made);
            }
            places
        })
        .collect();
    let mut steps: BTreeMap<usize, &'static str> = BTreeMap::new();
    for merge in clusters.merges() {
        steps.entry(merge.later).or_insert(merge.sieve);
    }
    let factors = statements
        .iter()
        .zip(&places)
        .map(|(statement, places)| {
            confidence::factors(&scene, &steps, &entities, statement, *places)
        })
        .collect();
    Resolution {
        entities,
        places,
        factors,
        by_head,
    }
}

/// Whether the name of a subject without a proper name holds its object already: "risk of harm"
/// OF "harm".
fn says_again(entities: &[LocalEntity], statement: &Statement, places: Places) -> bool {
    let entity = |number: Option<usize>| entities.get(number?);
    let (Some(subject), Some(object)) = (entity(places.subject), entity(places.object)) else {
        return false;
    };
    let body = matches!(
        subject.kind,
        EntityKind::Person | EntityKind::Organization | EntityKind::Place
    );
    // "the mayor of Bergen" is mayor of Bergen.
    let plain = |name: &str| {
        let words = name.split_whitespace().map(str::to_lowercase);
        let words = words.filter(|word| !matches!(word.as_str(), "a" | "an" | "the"));
        words.collect::<Vec<_>>().join(" ")
    };
    let said = plain(&format!("{} {}", statement.relation.lemma, object.name));
    let of = statement.relation.lemma == "of";
    let again = !of && !subject.proper && plain(&subject.name).ends_with(&said);
    again || of && !subject.proper && !body && subject.name.contains(object.name.as_str())
}

/// Whether the tree puts an alias beside another name than the words do: of "the State of Pula and
/// the Coast (SPC)" the coast is not SPC.
fn is_of_another(
    clusters: &cluster::Clusters,
    by_head: &BTreeMap<TokenId, usize>,
    statement: &Statement,
    places: Places,
) -> bool {
    let names = matches!(
        statement.relation.lemma.as_str(),
        "known as" | "is a" | "is"
    );
    let alias = statement
        .object
        .as_ref()
        .and_then(|object| by_head.get(&object.head))
        .is_some_and(|number| clusters.is_alias(*number));
    names && alias && places.subject != places.object
}

fn says_what_it_is(statement: &Statement) -> bool {
    let lemma = statement.relation.lemma.as_str();
    statement.role == Role::Object && matches!(lemma, "is a" | "be" | "is")
}

fn class_entity(name: String, reference: &Reference, kind: EntityKind) -> LocalEntity {
    LocalEntity {
        name,
        aliases: Vec::new(),
        proper_names: Vec::new(),
        kind,
        description: Some(reference.noun.clone()).filter(|noun| !noun.is_empty()),
        mentions: 1,
        proper: false,
        unique: false,
        places: Vec::new(),
        merges: Vec::new(),
    }
}

fn places(
    by_head: &BTreeMap<TokenId, usize>,
    by_reference_head: &BTreeMap<TokenId, usize>,
    references: &[Reference],
    statement: &Statement,
) -> Places {
    let entity = |argument: Option<&Argument>| {
        argument
            .filter(|argument| matches!(argument.form, ArgumentForm::Entity | ArgumentForm::Time))
            .and_then(|argument| by_head.get(&argument.head).copied())
    };
    let pronoun = |argument: Option<&Argument>| {
        argument
            .and_then(|argument| by_reference_head.get(&argument.head))
            .and_then(|number| references.get(*number))
            .is_some_and(Reference::is_third_person)
    };
    Places {
        subject: entity(statement.subject.as_ref()),
        object: entity(statement.object.as_ref()),
        attribution: entity(statement.attribution.as_ref()),
        idle: false,
        by_pronoun: pronoun(statement.subject.as_ref()) || pronoun(statement.object.as_ref()),
    }
}
