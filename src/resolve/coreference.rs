//! Runs the sieves over the references of one document, sure ones first.
//!
//! The order is that of Lee et al., "Deterministic Coreference Resolution Based on
//! Entity-Centric, Precision-Ranked Rules", 2013: what is written the same, what grammar joins,
//! acronyms, shorter names, descriptions, and pronouns last, when the clusters know most.

use std::collections::BTreeMap;

use super::cluster::Clusters;
use super::reference::Reference;
use super::sieve;
use crate::extract::Statement;
use crate::text::{Document, TokenId};

/// What every sieve may look at.
pub(crate) struct Scene<'d> {
    /// The document.
    pub(crate) document: &'d Document,
    /// Its references in order.
    pub(crate) references: &'d [Reference],
    /// The references by their heads.
    pub(crate) by_head: &'d BTreeMap<TokenId, usize>,
    /// What is claimed, for who speaks.
    pub(crate) statements: &'d [Statement],
}

/// The clusters of the references.
pub(crate) fn clusters(scene: &Scene<'_>) -> Clusters {
    let mut clusters = Clusters::new(scene.references);
    sieve::exact(scene, &mut clusters);
    sieve::apposition(scene, &mut clusters);
    sieve::acronym(scene, &mut clusters);
    sieve::name_form(scene, &mut clusters);
    sieve::head(scene, &mut clusters);
    sieve::relative(scene, &mut clusters);
    sieve::speaker(scene, &mut clusters);
    sieve::pronoun(scene, &mut clusters);
    sieve::possessive(scene, &mut clusters);
    clusters
}
