//! Sources to analyses, several documents at a time.
//!
//! Memory is bounded by a batch: files are read until a batch is full, its documents are analysed
//! side by side, and their analyses are handed on in the order of the sources.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::IngestError;
use super::analysis::Analysis;
use super::report::{ReadDocument, Report};
use super::source::{ReadLimits, SourceText, Sources, sources};
use crate::base::{Cancel, Diagnostic};

/// So many documents are in one batch at most.
const BATCH_DOCUMENTS: usize = 64;
/// A batch is full when its texts have so many bytes.
const BATCH_BYTES: usize = 1024 * 1024;

/// How to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// How many threads; 0 for as many as there are processors.
    pub threads: usize,
    /// What may be read.
    pub limits: ReadLimits,
    /// Whether the first source that cannot be read ends the work.
    pub stop_at_error: bool,
}

/// How far the work is.
#[derive(Debug)]
pub enum Progress<'a> {
    /// So many files were found.
    Found {
        /// Their number.
        files: usize,
    },
    /// A document was analysed.
    Analysed {
        /// Its source.
        source: &'a str,
        /// Bytes of its text.
        bytes: usize,
    },
    /// A document was passed over, its bytes had not changed.
    Unchanged {
        /// Its source.
        source: &'a str,
    },
    /// A source could not be read.
    Refused(&'a IngestError),
    /// So many files are still to be opened.
    Left {
        /// Their number.
        files: usize,
    },
}

/// A document after analysis.
#[derive(Debug)]
pub struct Analysed {
    /// What it says.
    pub analysis: Analysis,
    /// What should be known of it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the documents at `paths` and hands what they say to `keep`, in order.
///
/// `known` holds the hashes of the documents that are there, by source: those are not analysed
/// again. `analyse` turns a text into what it says; it is called from several threads. `progress`
/// is called as the work goes on, from several threads too.
///
/// # Errors
/// [`IngestError::NoThreads`]; with `stop_at_error` the error of the first source that cannot be
/// read. Otherwise such errors are in the report.
#[tracing::instrument(level = "debug", skip_all, fields(paths = paths.len()))]
pub fn ingest(
    paths: &[PathBuf],
    options: ReadOptions,
    known: &BTreeMap<String, String>,
    analyse: &(dyn Fn(&SourceText) -> Analysed + Sync),
    keep: &mut dyn FnMut(Analysis),
    progress: &(dyn Fn(&Progress<'_>) + Sync),
    cancel: &Cancel,
) -> Result<Report, IngestError> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build()
        .map_err(|error| IngestError::NoThreads {
            reason: error.to_string(),
        })?;
    let mut documents = sources(paths, options.limits);
    progress(&Progress::Found {
        files: documents.files_left(),
    });
    let mut report = Report::default();
    loop {
        let batch = batch(
            &mut documents,
            options,
            known,
            progress,
            cancel,
            &mut report,
        )?;
        if batch.is_empty() {
            break;
        }
        for analysed in analysed(&pool, &batch, analyse, progress, cancel) {
            let Some(Analysed {
                analysis,
                diagnostics,
            }) = analysed
            else {
                report.cancelled = true;
                continue;
            };
            report.read.push(ReadDocument {
                source: analysis.source.clone(),
                replaced: known.contains_key(&analysis.source),
                bytes: analysis.text.len(),
                sentences: analysis.sentences.len(),
                statements: analysis.statements.len(),
            });
            report.diagnostics.extend(diagnostics);
            keep(analysis);
        }
        progress(&Progress::Left {
            files: documents.files_left(),
        });
        if cancel.is_raised() {
            report.cancelled = true;
            break;
        }
    }
    Ok(report)
}

fn batch(
    documents: &mut Sources,
    options: ReadOptions,
    known: &BTreeMap<String, String>,
    progress: &(dyn Fn(&Progress<'_>) + Sync),
    cancel: &Cancel,
    report: &mut Report,
) -> Result<Vec<SourceText>, IngestError> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_DOCUMENTS && bytes < BATCH_BYTES && !cancel.is_raised() {
        match documents.next() {
            None => break,
            Some(Ok(text)) => {
                if known.get(&text.source) == Some(&text.hash) {
                    progress(&Progress::Unchanged {
                        source: &text.source,
                    });
                    report.unchanged.push(text.source);
                } else {
                    bytes += text.text.len();
                    batch.push(text);
                }
            }
            Some(Err(error)) if options.stop_at_error => return Err(error),
            Some(Err(error)) => {
                progress(&Progress::Refused(&error));
                report.refused.push(error);
            }
        }
    }
    if cancel.is_raised() {
        report.cancelled = true;
    }
    Ok(batch)
}

fn analysed(
    pool: &ThreadPool,
    batch: &[SourceText],
    analyse: &(dyn Fn(&SourceText) -> Analysed + Sync),
    progress: &(dyn Fn(&Progress<'_>) + Sync),
    cancel: &Cancel,
) -> Vec<Option<Analysed>> {
    pool.install(|| {
        batch
            .par_iter()
            .map(|text| {
                if cancel.is_raised() {
                    return None;
                }
                let analysed = analyse(text);
                progress(&Progress::Analysed {
                    source: &text.source,
                    bytes: text.text.len(),
                });
                Some(analysed)
            })
            .collect()
    })
}
