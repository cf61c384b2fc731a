//! How much the ends of a statement, now that it is known what they mean, say for or against it.
//!
//! The odds were found together with those of `extract`'s confidence.

use std::collections::BTreeMap;

use super::Places;
use super::coreference::Scene;
use super::entity::LocalEntity;
use super::reference::{Determiner, Reference};
use crate::extract::{Argument, Factor, Statement};
use crate::model::EntityKind;
use crate::text::Document;

/// What changes the confidence of `statement`, whose ends are `places`; `steps` are the steps that
/// joined phrases to earlier ones, by the phrases' numbers.
pub(super) fn factors(
    scene: &Scene<'_>,
    steps: &BTreeMap<usize, &'static str>,
    entities: &[LocalEntity],
    statement: &Statement,
    places: Places,
) -> Vec<Factor> {
    let mut found = Vec::new();
    let mut add = |holds: bool, odds: f32, reason: &str| {
        if holds {
            found.push(Factor::new(odds, reason));
        }
    };
    let entity = |number: Option<usize>| entities.get(number?);
    let step = |number: usize| steps.get(&number).copied();
    let otherwise = [
        (&statement.subject, entity(places.subject)),
        (&statement.object, entity(places.object)),
    ]
    .into_iter()
    .any(|(argument, entity)| is_called_otherwise(scene.document, argument.as_ref(), entity));
    add(otherwise, 0.74, "an end is called otherwise in the text");

    if let Some((number, reference)) = reference(scene, statement.subject.as_ref()) {
        let often = entity(places.subject).is_some_and(|entity| entity.mentions > OFTEN);
        add(often, 1.53, "the text speaks of the subject often");
        let again = step(number) == Some("exact");
        add(again, 1.52, "the subject was called so before");
        let definite = reference.determiner == Determiner::Definite;
        add(definite, 0.64, "the subject is a thing known by “the”");
        let owned = reference.determiner == Determiner::Possessive;
        add(owned, 0.67, "the subject is somebody's");
        let uncounted = reference.plural.is_none();
        add(
            uncounted,
            0.56,
            "it is not clear whether the subject is one or several",
        );
    }
    if let Some((number, reference)) = reference(scene, statement.object.as_ref()) {
        let by_noun = step(number) == Some("head");
        add(by_noun, 0.61, "the object was found by its noun alone");
        let by_pronoun = step(number) == Some("pronoun");
        add(by_pronoun, 0.59, "the object is a pronoun");
        let bare = reference.determiner == Determiner::None;
        add(bare, 1.33, "the object stands without an article");
    }
    let kind = entity(places.object).map(|entity| entity.kind);
    add(
        kind == Some(EntityKind::Place),
        1.51,
        "the object is a place",
    );
    add(
        kind == Some(EntityKind::Abstract),
        0.59,
        "the object is no person, place or thing",
    );
    add(
        kind == Some(EntityKind::Event),
        0.63,
        "the object is an event",
    );
    found
}

/// More mentions are many.
const OFTEN: u32 = 5;

/// The phrase of an end, with its number.
fn reference<'d>(scene: &Scene<'d>, end: Option<&Argument>) -> Option<(usize, &'d Reference)> {
    let number = *scene.by_head.get(&end?.head)?;
    Some((number, scene.references.get(number)?))
}

/// Whether the words of `argument` are neither in the name of its entity nor hold it.
fn is_called_otherwise(
    document: &Document,
    argument: Option<&Argument>,
    entity: Option<&LocalEntity>,
) -> bool {
    let (Some(argument), Some(entity)) = (argument, entity) else {
        return false;
    };
    let words = document.words(&argument.full).to_lowercase();
    let name = entity.name.to_lowercase();
    !words.contains(&name) && !name.contains(&words)
}
