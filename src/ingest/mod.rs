//! From files to a change of the graph: reads sources, has them analysed, assembles the graph.
//!
//! The main type is [`Analysis`]: everything that one document says. The graph is a function of
//! the set of all analyses, so neither the order of reading nor the threads can show in it.
//! This layer knows nothing of SQLite; it yields a change set.

mod analysis;

pub use self::analysis::{
    ANALYSIS_FORMAT, Analysis, EntityRecord, MergeRecord, ObjectRecord, SentenceRecord,
    StatementRecord,
};
