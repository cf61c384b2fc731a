//! What people put right by hand: kept in the file, applied whenever the graph is put together.

use std::collections::{BTreeMap, BTreeSet};

use super::Session;
use super::build::MOST_TRIES;
use super::correction_error::CorrectionError;
use crate::error::Error;
use crate::graph::ChangeCounts;
use crate::ingest::{Analysis, Assembly, Candidate, Unfound, assemble, changes, mention_name};
use crate::model::DocumentId;
use crate::resolve::{Apart, Correction, EntityName, Outcome, Split};
use crate::store::{DocumentChange, StoreError, StoredCorrection};

/// What goes its own way when an entity is split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SplitBy {
    /// It is another in every document.
    Document,
    /// It is another in these documents, the same in all of them.
    From(Vec<String>),
    /// It is another where these mentions stand, each given as `DOCUMENT:BYTE`.
    Mentions(Vec<String>),
}

/// A correction as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionRow {
    /// Its number, by which it is undone.
    pub number: i64,
    /// `merge`, `distinct`, `split`, `rename`.
    pub kind: String,
    /// What it says.
    pub text: String,
    /// What became of it: "applied", "not applied: …".
    pub state: String,
    /// Whether it found what it is about.
    pub applied: bool,
}

/// What came of a new correction, or of taking one back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The correction.
    pub correction: CorrectionRow,
    /// The entities it is about, as they are now.
    pub entities: Vec<Candidate>,
    /// Earlier corrections to which it says the contrary: they no longer hold.
    pub overruled: Vec<CorrectionRow>,
    /// What changed in the graph.
    pub counts: ChangeCounts,
}

/// What a person wants to be put right.
#[derive(Debug, Clone, Copy)]
enum Wish<'w> {
    Merge(&'w [&'w str]),
    Distinct(&'w [&'w str]),
    Split(&'w str, &'w SplitBy),
    Rename(&'w str, &'w str),
    Undo(i64),
}

impl Session {
    /// Makes the entities that `names` name one; the first gives it its name. A name may be an
    /// alias or a lasting id.
    ///
    /// # Errors
    /// [`Error::Correction`] if a name means nothing or several things, or all mean one already.
    pub fn merge(&mut self, names: &[&str]) -> Result<Corrected, Error> {
        self.correct(Wish::Merge(names))
    }

    /// Keeps the entities that `names` name apart, whatever the machine holds of them.
    ///
    /// # Errors
    /// As [`Session::merge`].
    pub fn distinct(&mut self, names: &[&str]) -> Result<Corrected, Error> {
        self.correct(Wish::Distinct(names))
    }

    /// Takes a part of the entity that `name` names out of it.
    ///
    /// # Errors
    /// As [`Session::merge`], and if there is no such part.
    pub fn split(&mut self, name: &str, by: &SplitBy) -> Result<Corrected, Error> {
        self.correct(Wish::Split(name, by))
    }

    /// Calls the entity that `name` names `new_name`; the old name becomes an alias.
    ///
    /// # Errors
    /// As [`Session::merge`].
    pub fn rename(&mut self, name: &str, new_name: &str) -> Result<Corrected, Error> {
        self.correct(Wish::Rename(name, new_name))
    }

    /// Takes the correction of this number back: the graph is as if it had never been.
    ///
    /// # Errors
    /// [`Error::Correction`] if there is none.
    pub fn undo_correction(&mut self, number: i64) -> Result<Corrected, Error> {
        self.correct(Wish::Undo(number))
    }

    /// All corrections, oldest first, and what became of each. Later ones win.
    ///
    /// # Errors
    /// [`Error::Store`] if the file cannot be read any more.
    pub fn corrections(&mut self) -> Result<Vec<CorrectionRow>, Error> {
        self.read_what_is_unreadable()?;
        self.with_assembly(|assembly, stored| Ok(rows(stored, assembly.outcomes())))
    }

    /// Does `work` with the graph as documents and corrections make it.
    pub(super) fn with_assembly<T>(
        &mut self,
        work: impl FnOnce(&Assembly<'_>, &[StoredCorrection]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.begin_reading()?;
        let mut read = || {
            let database = self.documents_database()?;
            let stored = database.corrections()?;
            let schema = super::build::kept_schema(database)?;
            Ok::<_, Error>((super::build::stored_analyses(database)?, stored, schema))
        };
        let outcome = read().and_then(|(analyses, stored, schema)| {
            let analyses = analyses.iter().map(|analysis| (analysis, None));
            work(
                &assemble(analyses, &understood(&stored), schema.as_ref()),
                &stored,
            )
        });
        self.end_reading();
        outcome
    }

    fn correct(&mut self, wish: Wish<'_>) -> Result<Corrected, Error> {
        self.read_what_is_unreadable()?;
        let mut tries = 1;
        loop {
            self.begin_reading()?;
            let outcome = self.try_to_correct(wish);
            self.end_reading();
            match outcome {
                Err(Error::Store(StoreError::ChangedElsewhere { .. })) if tries < MOST_TRIES => {
                    tries += 1;
                }
                outcome => return outcome,
            }
        }
    }

    fn try_to_correct(&mut self, wish: Wish<'_>) -> Result<Corrected, Error> {
        let database = self.documents_database()?;
        let added: BTreeMap<DocumentId, _> = database
            .documents()?
            .into_iter()
            .map(|row| (row.document, row.added))
            .collect();
        let analyses = super::build::stored_analyses(database)?;
        let stored = database.corrections()?;
        let schema = super::build::kept_schema(database)?;
        let dated = || {
            analyses
                .iter()
                .map(|analysis| (analysis, added.get(&analysis.id()).copied()))
        };
        let before = assemble(dated(), &understood(&stored), schema.as_ref());
        let mut wanted = stored.clone();
        let (number, document_change) = match wish {
            Wish::Undo(number) => {
                if !stored.iter().any(|correction| correction.number == number) {
                    return Err(CorrectionError::NoSuchCorrection {
                        number,
                        last: stored.last().map(|correction| correction.number),
                    }
                    .into());
                }
                wanted.retain(|correction| correction.number != number);
                (number, DocumentChange::Forget(number))
            }
            Wish::Merge(_) | Wish::Distinct(_) | Wish::Split(..) | Wish::Rename(..) => {
                let correction = self.correction(&before, &analyses, wish)?;
                let number = stored.last().map_or(1, |last| last.number + 1);
                let stored = StoredCorrection {
                    number,
                    kind: correction.kind().to_owned(),
                    body: correction
                        .to_stored()
                        .map_err(CorrectionError::Unwritable)?,
                };
                wanted.push(stored.clone());
                (number, DocumentChange::Correct(stored))
            }
        };
        let after = assemble(dated(), &understood(&wanted), schema.as_ref());
        let rows_before = rows(&stored, before.outcomes());
        let rows_after = rows(&wanted, after.outcomes());
        let of_number =
            |rows: &[CorrectionRow]| rows.iter().find(|row| row.number == number).cloned();
        let correction = of_number(&rows_after)
            .or_else(|| of_number(&rows_before))
            .ok_or(CorrectionError::NoSuchCorrection { number, last: None })?;
        if !matches!(wish, Wish::Undo(_)) && !correction.applied {
            return Err(CorrectionError::WithoutEffect {
                text: correction.text,
                state: correction.state,
            }
            .into());
        }
        let overruled = rows_after
            .iter()
            .filter(|row| row.number != number)
            .filter(|row| {
                let earlier = rows_before.iter().find(|other| other.number == row.number);
                earlier.is_some_and(|earlier| earlier.state != row.state)
            })
            .cloned()
            .collect();
        let meant = understood(if matches!(wish, Wish::Undo(_)) {
            &stored
        } else {
            &wanted
        });
        let entities = meant
            .iter()
            .find(|(other, _)| *other == number)
            .map_or_else(Vec::new, |(_, correction)| concerned(&after, correction));
        let changes = changes(&before, &after, &self.graph);
        self.commit(&changes, &[document_change])?;
        Ok(Corrected {
            correction,
            entities,
            overruled,
            counts: changes.counts(),
        })
    }

    /// The wish in words that outlast the graph as it is.
    fn correction(
        &self,
        before: &Assembly<'_>,
        analyses: &[Analysis],
        wish: Wish<'_>,
    ) -> Result<Correction, Error> {
        let name = |words: &str| self.entity_name(before, words);
        Ok(match wish {
            Wish::Merge(names) => {
                let mut ids = BTreeMap::new();
                let mut found = Vec::new();
                for words in names {
                    let entity = self.candidate(before, words)?;
                    if let Some(earlier) = ids.insert(entity.id.clone(), *words) {
                        return Err(CorrectionError::SameAlready {
                            one: earlier.to_owned(),
                            other: (*words).to_owned(),
                            entity: Box::new(entity),
                        }
                        .into());
                    }
                    found.push(name(words)?);
                }
                Correction::Merge(found)
            }
            Wish::Distinct(names) => {
                let mut found: Vec<EntityName> = Vec::new();
                for words in names {
                    let entity = name(words)?;
                    let same = found
                        .iter()
                        .position(|earlier| before.bearers(earlier) == before.bearers(&entity));
                    if let Some(place) = same {
                        return Err(CorrectionError::SameAlready {
                            one: names.get(place).copied().unwrap_or_default().to_owned(),
                            other: (*words).to_owned(),
                            entity: Box::new(self.candidate(before, words)?),
                        }
                        .into());
                    }
                    found.push(entity);
                }
                Correction::Distinct(found)
            }
            Wish::Rename(words, new_name) => {
                let new_name = new_name.trim();
                if new_name.is_empty() {
                    return Err(CorrectionError::NoName.into());
                }
                Correction::Rename {
                    entity: name(words)?,
                    name: new_name.to_owned(),
                }
            }
            Wish::Split(words, by) => {
                let entity = self.candidate(before, words)?;
                let apart = match by {
                    SplitBy::Document if entity.documents.len() < 2 => {
                        return Err(CorrectionError::OneDocument {
                            entity: Box::new(entity),
                        }
                        .into());
                    }
                    SplitBy::Document => Apart::ByDocument,
                    SplitBy::From(documents) => Apart::From(spoken_in(&entity, documents)?),
                    SplitBy::Mentions(mentions) => {
                        let mut found = Vec::new();
                        for mention in mentions {
                            found.push(own_mention(before, analyses, &entity, mention)?);
                        }
                        Apart::Mentions(found)
                    }
                };
                Correction::Split(Split {
                    entity: name(words)?,
                    apart,
                })
            }
            Wish::Undo(number) => {
                return Err(CorrectionError::NoSuchCorrection { number, last: None }.into());
            }
        })
    }

    /// The entity that `words` name, by the names that documents, people and queries gave it.
    pub(super) fn candidate(
        &self,
        assembly: &Assembly<'_>,
        words: &str,
    ) -> Result<Candidate, CorrectionError> {
        let words = words.trim();
        match assembly.entity_called(words) {
            Ok(found) => Ok(found),
            Err(Unfound::Ambiguous { candidates }) => Err(CorrectionError::AmbiguousEntity {
                name: words.to_owned(),
                candidates,
            }),
            Err(Unfound::Unknown { similar }) => match self.named_by_query(assembly, words) {
                Some(id) => Ok(assembly.candidate(&id)),
                None => Err(CorrectionError::UnknownEntity {
                    name: words.to_owned(),
                    similar,
                }),
            },
        }
    }

    /// The id of the entity to which a query gave the name `words`.
    fn named_by_query(&self, assembly: &Assembly<'_>, words: &str) -> Option<String> {
        use crate::model::{Value, property};
        let named = self.graph.nodes().find(|node| {
            let name = node.property_named(property::NAME).and_then(Value::as_str);
            name == Some(words)
        })?;
        let id = named.property_named(property::ID)?.as_str()?;
        (!assembly.members_of(id).is_empty()).then(|| id.to_owned())
    }

    fn entity_name(
        &self,
        assembly: &Assembly<'_>,
        words: &str,
    ) -> Result<EntityName, CorrectionError> {
        let entity = self.candidate(assembly, words)?;
        assembly
            .entity_name(&entity.id, words.trim())
            .ok_or(CorrectionError::Indistinct {
                entity: Box::new(entity),
            })
    }
}

/// Those of `documents` that speak of `entity`; the end of a source is enough to name it.
fn spoken_in(entity: &Candidate, documents: &[String]) -> Result<Vec<String>, CorrectionError> {
    let mut found = Vec::new();
    for wanted in documents {
        let exact = entity.documents.iter().find(|source| *source == wanted);
        let mut ending = entity
            .documents
            .iter()
            .filter(|source| source.ends_with(wanted.as_str()));
        let only_ending = || ending.next().filter(|_| ending.next().is_none());
        let Some(source) = exact.or_else(only_ending) else {
            return Err(CorrectionError::NotSpokenIn {
                document: wanted.clone(),
                entity: Box::new(entity.clone()),
            });
        };
        found.push(source.clone());
    }
    if found.len() >= entity.documents.len() {
        return Err(CorrectionError::NothingLeft {
            entity: Box::new(entity.clone()),
        });
    }
    Ok(found)
}

/// The mention given as `DOCUMENT:BYTE`, if it is one of `entity`.
fn own_mention(
    assembly: &Assembly<'_>,
    analyses: &[Analysis],
    entity: &Candidate,
    mention: &str,
) -> Result<crate::resolve::MentionName, CorrectionError> {
    let unknown = || CorrectionError::UnknownMention {
        mention: mention.to_owned(),
        entity: Box::new(entity.clone()),
    };
    let (document, byte) = mention.rsplit_once(':').ok_or_else(unknown)?;
    let at: usize = byte.parse().map_err(|_| unknown())?;
    let sources: BTreeSet<&str> = entity.documents.iter().map(String::as_str).collect();
    let source = sources
        .get(document)
        .copied()
        .or_else(|| {
            sources
                .iter()
                .copied()
                .find(|source| source.ends_with(document))
        })
        .ok_or_else(unknown)?;
    // Whose mention it is says the analysis as corrected, how it is named the one as it was read.
    let now = assembly.analysis(source).ok_or_else(unknown)?;
    let (number, _) = mention_name(now, at).ok_or_else(unknown)?;
    if !assembly.members_of(&entity.id).contains(&(source, number)) {
        return Err(unknown());
    }
    analyses
        .iter()
        .find(|analysis| analysis.source == source)
        .and_then(|analysis| mention_name(analysis, at))
        .map(|(_, name)| name)
        .ok_or_else(unknown)
}

/// Those corrections that this program understands, with their numbers.
pub(super) fn understood(stored: &[StoredCorrection]) -> Vec<(i64, Correction)> {
    stored
        .iter()
        .filter_map(|stored| {
            let read = Correction::from_stored(&stored.kind, &stored.body);
            read.ok().map(|correction| (stored.number, correction))
        })
        .collect()
}

/// All corrections; `outcomes` are those of the ones that are understood.
fn rows(stored: &[StoredCorrection], outcomes: &[Outcome]) -> Vec<CorrectionRow> {
    let mut outcomes = outcomes.iter();
    stored
        .iter()
        .map(|stored| {
            let read = Correction::from_stored(&stored.kind, &stored.body);
            let (text, outcome) = match &read {
                Ok(correction) => (correction.to_string(), outcomes.next()),
                Err(_) => (stored.body.clone(), None),
            };
            CorrectionRow {
                number: stored.number,
                kind: stored.kind.clone(),
                text,
                state: outcome.map_or_else(
                    || "not applied: this program does not understand it".to_owned(),
                    Outcome::text,
                ),
                applied: outcome.is_some_and(|outcome| outcome.applied),
            }
        })
        .collect()
}

/// The entities that `correction` is about, as they are in `assembly`.
fn concerned(assembly: &Assembly<'_>, correction: &Correction) -> Vec<Candidate> {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let members = |entity: &EntityName| assembly.bearers(entity);
    let mut found = Vec::new();
    let mut bearers: Vec<(String, usize)> =
        correction.entities().iter().flat_map(members).collect();
    if let Correction::Split(Split {
        apart: Apart::Mentions(mentions),
        ..
    }) = correction
    {
        for mention in mentions {
            if let Some(analysis) = assembly.analysis(&mention.document) {
                let parted = analysis.entities.iter().enumerate();
                bearers.extend(
                    parted
                        .filter(|(_, entity)| entity.parted)
                        .map(|(number, _)| (mention.document.clone(), number)),
                );
            }
        }
    }
    for (document, number) in bearers {
        if let Some(id) = assembly.id_of(&document, number)
            && ids.insert(id.to_owned())
        {
            found.push(assembly.candidate(id));
        }
    }
    found
}
