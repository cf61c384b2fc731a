//! What every layer stands on: ids, places in text, interned names, complaints.
//!
//! This layer knows nothing of graphs, language or files.

mod cancel;
mod clock;
mod diagnostic;
mod id;
mod render;
mod span;
mod suggest;
mod symbol;

pub use self::cancel::Cancel;
pub use self::clock::Clock;
pub use self::diagnostic::{Annotation, Code, Diagnostic, Severity};
pub use self::id::{Id, IdVec};
pub use self::render::{Style, diagnostic_as_json, render_diagnostic};
pub use self::span::{LineColumn, LineIndex, Span};
pub use self::suggest::{nearest, nearest_many};
pub use self::symbol::{Interner, Symbol};

pub(crate) use self::id::define_ids;
