//! Who is not meant in quotations: the third person within is not the one who speaks, and the one
//! who speaks is nobody of whom the quotation tells.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::speaker::is_speech;
use crate::base::Id;
use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::resolve::reference::{Form, Pronoun, Reference};
use crate::text::{Token, TokenId, quotations};

/// The quotations of a document and who speaks them.
#[derive(Debug)]
pub(super) struct Quoted {
    /// Their tokens, in order.
    quotes: Vec<Range<usize>>,
    /// The references to who speaks each.
    speakers: Vec<BTreeSet<usize>>,
    /// The references in each, pronouns of the first person excepted.
    told: Vec<Vec<usize>>,
    /// What the subject of a verb of speech says.
    said_by: BTreeMap<usize, BTreeSet<usize>>,
}

impl Quoted {
    /// Those of the document of `scene`.
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let quotes = quotations(scene.document);
        let mut found = Self {
            speakers: vec![BTreeSet::new(); quotes.len()],
            told: vec![Vec::new(); quotes.len()],
            said_by: BTreeMap::new(),
            quotes,
        };
        if found.quotes.is_empty() {
            return found;
        }
        for token in scene.document.tokens() {
            found.note_speech(scene, token);
        }
        for statement in scene.statements {
            let speaker = statement.attribution.as_ref();
            let speaker = speaker.and_then(|speaker| scene.by_head.get(&speaker.head));
            let subject = statement.subject.as_ref().map(|subject| subject.head);
            let quote = subject.and_then(|subject| found.with_clause(scene, subject));
            if let (Some(speaker), Some(quote)) = (speaker, quote)
                && found.is_outside(scene, *speaker)
                && let Some(speakers) = found.speakers.get_mut(quote)
            {
                speakers.insert(*speaker);
            }
        }
        for (number, reference) in scene.references.iter().enumerate() {
            let Some(quote) = found.at(reference.head) else {
                continue;
            };
            if reference.form == Form::Pronoun(Pronoun::First) {
                if reference.plural == Some(false)
                    && let Some(speakers) = found.speakers.get_mut(quote)
                {
                    speakers.insert(number);
                }
            } else if let Some(told) = found.told.get_mut(quote) {
                told.push(number);
            }
        }
        found.carry_on(scene);
        found
    }

    /// Notes that the subject of the verb of speech `verb` says what stands in the quotation that
    /// the verb hangs on, or that hangs on it.
    fn note_speech(&mut self, scene: &Scene<'_>, verb: Token<'_>) {
        if !is_speech(verb) || self.at(verb.id()).is_some() {
            return;
        }
        let subject = verb.children().find(|child| child.relation() == "nsubj");
        let speaker = subject.and_then(|subject| scene.by_head.get(&subject.id()));
        let Some(speaker) = speaker.copied().filter(|one| self.is_outside(scene, *one)) else {
            return;
        };
        let below = verb
            .children()
            .filter(|child| matches!(child.relation(), "ccomp" | "parataxis" | "obj"));
        let aside = matches!(verb.relation(), "parataxis" | "advcl" | "conj" | "dep");
        let above = verb.head().filter(|_| aside);
        for said in below.chain(above) {
            let Some(quote) = self.at(said.id()) else {
                continue;
            };
            // "said he would “sell his boat”": only some of his words.
            let whole = said
                .children()
                .filter(|child| child.relation() == "nsubj")
                .all(|child| self.at(child.id()) == Some(quote));
            if whole {
                self.said_by.entry(speaker).or_default().insert(quote);
                if let Some(speakers) = self.speakers.get_mut(quote) {
                    speakers.insert(speaker);
                }
            }
        }
    }

    /// Gives a quotation of whole sentences for which nobody is named the speaker of the one before
    /// it in its paragraph.
    fn carry_on(&mut self, scene: &Scene<'_>) {
        let paragraph = |at: usize| {
            let token = scene.document.token(TokenId::from_index(at));
            token.map(|token| token.sentence().paragraph())
        };
        for quote in 1..self.quotes.len() {
            let (Some(before), Some(here)) = (self.quotes.get(quote - 1), self.quotes.get(quote))
            else {
                continue;
            };
            let together = paragraph(before.start) == paragraph(here.start);
            let whole = here.clone().any(|at| {
                let token = scene.document.token(TokenId::from_index(at));
                token.is_some_and(|token| token.head().is_none())
            });
            let earlier = self.speakers.get(quote - 1).cloned().unwrap_or_default();
            if let Some(speakers) = self.speakers.get_mut(quote)
                && speakers.is_empty()
                && together
                && whole
            {
                *speakers = earlier;
            }
        }
    }

    /// The number of the quotation in which `subject` stands together with what it does: of “used
    /// only “his nets””, only some words are quoted.
    fn with_clause(&self, scene: &Scene<'_>, subject: TokenId) -> Option<usize> {
        let quote = self.at(subject)?;
        let subject = scene.document.token(subject)?;
        let verb = subject.head().filter(|_| subject.relation() == "nsubj")?;
        (self.at(verb.id()) == Some(quote)).then_some(quote)
    }

    /// The number of the quotation in which `token` stands.
    fn at(&self, token: TokenId) -> Option<usize> {
        let at = token.index();
        let after = self.quotes.partition_point(|quote| quote.start <= at);
        let quote = after.checked_sub(1)?;
        self.quotes
            .get(quote)
            .filter(|tokens| tokens.contains(&at))
            .map(|_| quote)
    }

    /// Whether reference `number` stands in no quotation.
    fn is_outside(&self, scene: &Scene<'_>, number: usize) -> bool {
        let reference = scene.references.get(number);
        reference.is_some_and(|reference| self.at(reference.head).is_none())
    }

    /// Whether quotation marks let the pronoun `reference`, which is number `number`, mean
    /// `candidate`.
    pub(super) fn allow(
        &self,
        clusters: &Clusters,
        (number, reference): (usize, &Reference),
        candidate: usize,
    ) -> bool {
        let speaks_here = self
            .at(reference.head)
            .and_then(|quote| self.speakers.get(quote))
            .is_some_and(|speakers| {
                speakers
                    .iter()
                    .any(|speaker| clusters.together(*speaker, candidate))
            });
        let tells_of = self.said_by.get(&number).is_some_and(|quotes| {
            quotes
                .iter()
                .filter_map(|quote| self.told.get(*quote))
                .flatten()
                .any(|told| clusters.together(*told, candidate))
        });
        !speaks_here && !tells_of
    }
}
