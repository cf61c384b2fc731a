//! Documents in, documents out: the graph follows what they say.
//!
//! The graph is put together from the analyses of all documents whenever one comes, changes or
//! goes; what differs is written, in memory and on disk in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::Session;
use super::correct::understood;
use crate::base::{Clock, nearest};
use crate::error::Error;
use crate::extract::RuleTable;
use crate::graph::{ChangeCounts, ChangeSet, Transaction};
use crate::ingest::{
    ANALYSIS_FORMAT, Analysis, Progress, ReadOptions, Report, Schema, SourceText, analysed,
    assemble, changes, ingest,
};
use crate::model::DocumentId;
use crate::store::{
    Database, DocumentChange, DocumentRow, StoreError, StoredDocument, StoredSchema,
};
use crate::text::Annotator;

/// How often a build puts the graph together again because another process wrote meanwhile.
pub(super) const MOST_TRIES: usize = 5;

/// Which schema gives the relationships of a graph their categories.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum SchemaChoice {
    /// The one that the graph has, if it has one.
    #[default]
    Keep,
    /// None: relationships lose their categories.
    Off,
    /// This one, from now on.
    Use(Schema),
}

/// How to build.
#[derive(Debug)]
pub struct BuildOptions {
    /// How to read: threads, limits.
    pub read: ReadOptions,
    /// The extraction rules.
    pub rules: RuleTable,
    /// Which schema gives relationships their categories.
    pub schema: SchemaChoice,
    /// After so many documents, or as many as the graph holds if that is more, what was read is
    /// written, so that a long build that is killed need not begin anew.
    pub write_after_documents: usize,
    /// Where the time of adding comes from.
    pub clock: Clock,
}

impl Default for BuildOptions {
    /// As many threads as processors, the rules built in, the time of the machine.
    fn default() -> Self {
        Self {
            read: ReadOptions::default(),
            rules: RuleTable::builtin(),
            schema: SchemaChoice::Keep,
            write_after_documents: 512,
            clock: Clock::System,
        }
    }
}

impl BuildOptions {
    /// Which program and rules make an analysis: one that another made is made again.
    fn reader(&self) -> String {
        let digest = Sha256::digest(self.rules.wording().as_bytes());
        let mut rules = String::new();
        for byte in digest.iter().take(8) {
            for half in [byte >> 4, byte & 15] {
                rules.extend(char::from_digit(u32::from(half), 16));
            }
        }
        format!(
            "whom {}/{ANALYSIS_FORMAT}/{rules}",
            env!("CARGO_PKG_VERSION")
        )
    }
}

/// What a build did.
#[derive(Debug, Default)]
pub struct BuildReport {
    /// What was read.
    pub report: Report,
    /// What changed in the graph.
    pub counts: ChangeCounts,
}

impl Session {
    /// Reads the documents at `paths` into the graph. One whose bytes did not change is passed
    /// over; one that changed replaces what it said before.
    ///
    /// When the work is asked to stop, the documents read so far are kept and the report says so.
    ///
    /// # Errors
    /// [`Error::Model`] without a model, [`Error::Store`] if the result cannot be written: the
    /// graph and its file are then as they were. Sources that cannot be read are in the report.
    pub fn build(
        &mut self,
        paths: &[PathBuf],
        options: &BuildOptions,
        progress: &(dyn Fn(&Progress<'_>) + Sync),
    ) -> Result<BuildReport, Error> {
        self.refresh()?;
        self.set_schema(&options.schema)?;
        let reader = options.reader();
        let rows = self.documents_database()?.documents()?;
        let known: BTreeMap<String, String> = rows
            .iter()
            .filter(|row| row.reader == reader)
            .map(|row| (row.document.as_str().to_owned(), row.hash.clone()))
            .collect();
        let annotator = match self.annotator.take() {
            Some(annotator) => annotator,
            None => Annotator::new()?,
        };
        tracing::info!(paths = paths.len(), known = known.len(), "reading begins");
        let mut found: BTreeMap<DocumentId, Analysis> = BTreeMap::new();
        let now = options.clock.now();
        let cancel = self.cancel.clone();
        let mut counts = ChangeCounts::default();
        let mut written = rows.len();
        let mut failure = None;
        let outcome = ingest(
            paths,
            options.read,
            &known,
            &|source| analysed(&annotator, &options.rules, source).1,
            &mut |analysis| {
                found.insert(analysis.id(), analysis);
                // The graph is put together anew each time: ever larger steps keep that cheap.
                if failure.is_some() || found.len() < options.write_after_documents.max(written) {
                    return;
                }
                match self.bring_up_to_date(&found, &BTreeSet::new(), &reader, now) {
                    Ok(changed) => {
                        add(&mut counts, changed);
                        written += found.len();
                        found.clear();
                    }
                    Err(error) => {
                        failure = Some(error);
                        cancel.raise();
                    }
                }
            },
            progress,
            &cancel,
        );
        if let Some(error) = failure {
            cancel.lower();
            return Err(error);
        }
        let mut report = outcome?;
        self.read_again(&annotator, &options.rules, &mut found)?;
        self.annotator = Some(annotator);
        let sources: BTreeSet<&str> = rows.iter().map(|row| row.document.as_str()).collect();
        for document in &mut report.read {
            document.replaced = sources.contains(document.source.as_str());
        }
        let changed = self.bring_up_to_date(&found, &BTreeSet::new(), &reader, now)?;
        add(&mut counts, changed);
        Ok(BuildReport { report, counts })
    }

    /// Gives the graph the schema that `choice` wants, and its relationships their categories.
    fn set_schema(&mut self, choice: &SchemaChoice) -> Result<(), Error> {
        let wanted = match choice {
            SchemaChoice::Keep => return Ok(()),
            SchemaChoice::Off => None,
            SchemaChoice::Use(schema) => Some(schema),
        };
        self.read_what_is_unreadable()?;
        let mut tries = 1;
        loop {
            self.begin_reading()?;
            let outcome = self.try_to_set_schema(wanted);
            self.end_reading();
            match outcome {
                Err(Error::Store(StoreError::ChangedElsewhere { .. })) if tries < MOST_TRIES => {
                    tries += 1;
                }
                outcome => return outcome,
            }
        }
    }

    fn try_to_set_schema(&mut self, wanted: Option<&Schema>) -> Result<(), Error> {
        let database = self.documents_database()?;
        let stored = wanted.map(|schema| StoredSchema {
            name: schema.name().to_owned(),
            text: schema.text().to_owned(),
        });
        if database.schema()? == stored {
            return Ok(());
        }
        // One that cannot be read any more is only taken off.
        let kept = kept_schema(database).ok().flatten();
        let analyses = stored_analyses(database)?;
        let corrections = understood(&database.corrections()?);
        let added: BTreeMap<DocumentId, Timestamp> = database
            .documents()?
            .into_iter()
            .map(|row| (row.document, row.added))
            .collect();
        let dated = || {
            analyses
                .iter()
                .map(|analysis| (analysis, added.get(&analysis.id()).copied()))
        };
        let before = assemble(dated(), &corrections, kept.as_ref());
        let after = assemble(dated(), &corrections, wanted);
        let changes = changes(&before, &after, &self.graph);
        self.commit(&changes, &[DocumentChange::Schema(stored)])
    }

    /// The schema that gives relationships their categories, if there is one.
    ///
    /// # Errors
    /// [`Error::Schema`] if this version cannot read it, [`Error::Store`] if the file cannot be
    /// read any more.
    pub fn schema(&mut self) -> Result<Option<Schema>, Error> {
        kept_schema(self.documents_database()?)
    }

    /// Reads the stored texts whose analyses this version cannot read any more.
    fn read_again(
        &mut self,
        annotator: &Annotator,
        rules: &RuleTable,
        found: &mut BTreeMap<DocumentId, Analysis>,
    ) -> Result<(), Error> {
        let database = self.documents_database()?;
        let mut rows = database.documents()?.into_iter();
        for stored in database.analyses()? {
            // Both lists are in the order of the sources.
            let Some(row) = rows.find(|row| row.document == stored.document) else {
                break;
            };
            let readable =
                Analysis::from_stored(&stored.document, stored.text.clone(), &stored.analysis);
            if readable.is_ok() || found.contains_key(&stored.document) {
                continue;
            }
            let source = SourceText {
                source: stored.document.as_str().to_owned(),
                title: row.title,
                published: row.published,
                hash: row.hash,
                text: stored.text,
            };
            found.insert(
                stored.document,
                analysed(annotator, rules, &source).1.analysis,
            );
        }
        Ok(())
    }

    /// Takes `document` and all that it alone said out of the graph.
    ///
    /// # Errors
    /// [`Error::Store`] with [`StoreError::UnknownDocument`] if it is not there.
    pub fn remove(&mut self, document: &str) -> Result<ChangeCounts, Error> {
        self.read_what_is_unreadable()?;
        let wanted = DocumentId::new(document);
        let database = self.documents_database()?;
        let rows = database.documents()?;
        if !rows.iter().any(|row| row.document == wanted) {
            return Err(database.unknown(&wanted).into());
        }
        self.bring_up_to_date(
            &BTreeMap::new(),
            &BTreeSet::from([wanted]),
            "",
            Timestamp::UNIX_EPOCH,
        )
    }

    /// The source of the document that `name` most likely means.
    pub fn nearest_document(&self, name: &str) -> Option<String> {
        let rows = self.documents().ok()?;
        nearest(name, rows.iter().map(|row| row.document.as_str())).map(str::to_owned)
    }

    /// Makes the graph say what the documents say with `found` in and `gone` out.
    fn bring_up_to_date(
        &mut self,
        found: &BTreeMap<DocumentId, Analysis>,
        gone: &BTreeSet<DocumentId>,
        reader: &str,
        now: Timestamp,
    ) -> Result<ChangeCounts, Error> {
        if found.is_empty() && gone.is_empty() {
            return Ok(ChangeCounts::default());
        }
        let mut tries = 1;
        loop {
            // Another process may have written while the documents were read: its graph is the
            // one to change. What the documents say stays the same.
            self.begin_reading()?;
            let outcome = self.try_to_bring_up_to_date(found, gone, reader, now);
            self.end_reading();
            match outcome {
                Err(Error::Store(StoreError::ChangedElsewhere { .. })) if tries < MOST_TRIES => {
                    tries += 1;
                }
                outcome => return outcome,
            }
        }
    }

    fn try_to_bring_up_to_date(
        &mut self,
        found: &BTreeMap<DocumentId, Analysis>,
        gone: &BTreeSet<DocumentId>,
        reader: &str,
        now: Timestamp,
    ) -> Result<ChangeCounts, Error> {
        let database = self.documents_database()?;
        let rows: BTreeMap<DocumentId, DocumentRow> = database
            .documents()?
            .into_iter()
            .map(|row| (row.document.clone(), row))
            .collect();
        let stored = stored_analyses(database)?;
        let corrections = understood(&database.corrections()?);
        let schema = kept_schema(database)?;
        let added = |id: &DocumentId| rows.get(id).map_or(now, |row| row.added);
        let before = assemble(
            stored
                .iter()
                .map(|analysis| (analysis, Some(added(&analysis.id())))),
            &corrections,
            schema.as_ref(),
        );
        let kept = stored
            .iter()
            .filter(|analysis| !gone.contains(&analysis.id()))
            .chain(found.values());
        let after = assemble(
            kept.map(|analysis| (analysis, Some(added(&analysis.id())))),
            &corrections,
            schema.as_ref(),
        );
        let changes = changes(&before, &after, &self.graph);
        let mut documents: Vec<DocumentChange> =
            gone.iter().cloned().map(DocumentChange::Remove).collect();
        for (id, analysis) in found {
            documents.push(put(analysis, added(id), reader)?);
        }
        self.commit(&changes, &documents)?;
        Ok(changes.counts())
    }

    /// Reads the stored texts again whose analyses this version cannot read any more, if there
    /// are any: without them the graph would lose what those documents say.
    pub(super) fn read_what_is_unreadable(&mut self) -> Result<(), Error> {
        self.refresh()?;
        let unreadable = self
            .documents_database()?
            .analyses()?
            .into_iter()
            .any(|stored| {
                Analysis::from_stored(&stored.document, stored.text, &stored.analysis).is_err()
            });
        if !unreadable {
            return Ok(());
        }
        let options = BuildOptions::default();
        let annotator = match self.annotator.take() {
            Some(annotator) => annotator,
            None => Annotator::new()?,
        };
        let mut found = BTreeMap::new();
        self.read_again(&annotator, &options.rules, &mut found)?;
        self.annotator = Some(annotator);
        let now = options.clock.now();
        self.bring_up_to_date(&found, &BTreeSet::new(), &options.reader(), now)?;
        Ok(())
    }

    /// Makes `changes` in memory and on disk, or nowhere.
    pub(super) fn commit(
        &mut self,
        changes: &ChangeSet,
        documents: &[DocumentChange],
    ) -> Result<(), Error> {
        let mut transaction = Transaction::new(&mut self.graph);
        for change in changes.changes() {
            transaction.apply(change)?;
        }
        if let Some(database) = &mut self.database {
            database.write(transaction.changes(), documents, transaction.graph())?;
        }
        transaction.commit();
        self.vocabulary = None;
        Ok(())
    }
}

/// The schema that `database` keeps.
pub(super) fn kept_schema(database: &Database) -> Result<Option<Schema>, Error> {
    let Some(stored) = database.schema()? else {
        return Ok(None);
    };
    let schema = Schema::parse(&stored.name, &stored.text).map_err(Error::Schema)?;
    Ok(Some(schema))
}

/// What the documents of `database` say, as far as this version can read it.
pub(super) fn stored_analyses(database: &Database) -> Result<Vec<Analysis>, Error> {
    let mut stored = Vec::new();
    for document in database.analyses()? {
        // What a later version cannot read any more says nothing until it is read again.
        match Analysis::from_stored(&document.document, document.text, &document.analysis) {
            Ok(analysis) => stored.push(analysis),
            Err(error) => tracing::warn!(%error, "an analysis is left out"),
        }
    }
    Ok(stored)
}

fn add(total: &mut ChangeCounts, more: ChangeCounts) {
    total.nodes_created += more.nodes_created;
    total.nodes_deleted += more.nodes_deleted;
    total.relationships_created += more.relationships_created;
    total.relationships_deleted += more.relationships_deleted;
    total.properties_set += more.properties_set;
    total.labels_added += more.labels_added;
    total.labels_removed += more.labels_removed;
}

fn put(analysis: &Analysis, added: Timestamp, reader: &str) -> Result<DocumentChange, Error> {
    Ok(DocumentChange::Put(Box::new(StoredDocument {
        row: DocumentRow {
            document: analysis.id(),
            title: analysis.title.clone(),
            published: analysis
                .published
                .as_ref()
                .and_then(|date| date.parse().ok()),
            hash: analysis.hash.clone(),
            added,
            reader: reader.to_owned(),
        },
        text: analysis.text.clone(),
        analysis: analysis.to_stored()?,
    })))
}
