//! How much the ends of a statement, now that it is known what they mean, say for or against it.
//!
//! The odds were found together with those of `extract`'s confidence.

use super::Places;
use super::cluster::Clusters;
use super::coreference::Scene;
use super::entity::LocalEntity;
use crate::extract::{Argument, Factor, Statement};
use crate::text::Document;

/// What changes the confidence of `statement`, whose ends are `places`.
pub(super) fn factors(
    scene: &Scene<'_>,
    clusters: &Clusters,
    entities: &[LocalEntity],
    statement: &Statement,
    places: Places,
) -> Vec<Factor> {
    let mut found = Vec::new();
    let _ = clusters;
    let mut add = |holds: bool, odds: f32, reason: &str| {
        if holds {
            found.push(Factor::new(odds, reason));
        }
    };
    let otherwise = [
        (&statement.subject, places.subject),
        (&statement.object, places.object),
    ]
    .into_iter()
    .any(|(argument, entity)| {
        is_called_otherwise(scene.document, entities, argument.as_ref(), entity)
    });
    add(otherwise, 0.62, "an end is called otherwise in the text");
    found
}

/// Whether the words of `argument` are neither in the name of its entity nor hold it.
fn is_called_otherwise(
    document: &Document,
    entities: &[LocalEntity],
    argument: Option<&Argument>,
    entity: Option<usize>,
) -> bool {
    let entity = entity.and_then(|number| entities.get(number));
    let (Some(argument), Some(entity)) = (argument, entity) else {
        return false;
    };
    let words = document.words(&argument.full).to_lowercase();
    let name = entity.name.to_lowercase();
    !words.contains(&name) && !name.contains(&words)
}
