//! From files to a change of the graph: reads sources, has them analysed, assembles the graph.
//!
//! The main type is [`Analysis`]: everything that one document says. The graph is a function of
//! the set of all analyses, so neither the order of reading nor the threads can show in it.
//! This layer knows nothing of SQLite; it yields a change set.

mod analysis;
mod assemble;
mod difference;
mod error;
mod lookup;
mod pipeline;
mod read;
mod record;
mod report;
mod schema;
mod separate;
mod source;

pub use self::analysis::{
    ANALYSIS_FORMAT, Analysis, EntityRecord, MentionKind, MentionRecord, MergeRecord, ObjectRecord,
    SentenceRecord, StatementRecord,
};
pub use self::assemble::{Assembly, CLAUSES_PER_DOCUMENT, assemble};
pub use self::difference::changes;
pub use self::error::{IngestError, RecordFault};
pub use self::lookup::{Candidate, Unfound};
pub use self::pipeline::{Analysed, Progress, ReadOptions, ingest};
pub use self::record::{LEAST_SURE, analysed, analysis, is_withheld};
pub use self::report::{ReadDocument, Report};
pub use self::schema::{NO_SCHEMA, Schema};
pub use self::separate::mention_name;
pub use self::source::{ReadLimits, STANDARD_INPUT, SourceText, Sources, sources};
