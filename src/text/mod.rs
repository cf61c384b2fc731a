//! English text in, annotated documents out.
//!
//! The main type is [`Document`]: one text and all its annotations, complete and unchanging.
//! This layer knows no graph; it would serve any other text tool.

mod document;

mod address;
mod agreement;
mod annotator;
#[cfg(test)]
mod any_tree;
mod bodies;
mod calendar;
pub mod conllu;
mod cuts;
mod firms;
mod formed;
mod hyphens;
mod joined;
mod kinds;
mod labels;
mod lemma;
mod mend;
mod mention;
mod misplaced;
mod model;
mod neighbours;
mod normalize;
mod number;
mod quantity;
mod quotation;
mod repair;
mod reported;
mod segment;
mod sentence;
mod structure;
mod subword;
mod tag;
mod time;
mod token;
#[cfg(feature = "model")]
mod tree;
mod voice;
mod words;

pub(crate) use self::calendar::MONTHS;
pub(crate) use self::quotation::quotations;
pub(crate) use self::words::ends_firm;

pub use self::annotator::{Annotator, Input};
pub use self::document::{
    Document, DocumentBuilder, EntityType, Mention, MentionData, MentionForm, MentionId, NameType,
    Quantity, Sentence, SentenceForm, SentenceId, Sureness, TimeExpression, Token, TokenData,
    TokenId, Upos,
};
pub use self::model::ModelError;
pub use self::segment::{Segment, segments};

/// The times and quantities of a document, found in its trees.
fn amounts(document: &Document) -> (Vec<TimeExpression>, Vec<Quantity>) {
    let times = time::times(document);
    let quantities = quantity::quantities(document, &times);
    (times, quantities)
}
