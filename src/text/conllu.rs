//! Documents from and to CoNLL-U, the format of the Universal Dependencies treebanks.
//!
//! Reading takes comments, words, multiword tokens and `SpaceAfter`, skips empty nodes, and puts
//! the sentences together to one text in which every span is exact. Names and mention types come
//! from our own MISC keys (`NER=B-Person`, `EntityType=person`) or from GUM's `Entity=`.
//! Format: <https://universaldependencies.org/format.html>.

mod gum;
mod read;
mod write;

pub use self::read::read;
pub use self::write::write;
