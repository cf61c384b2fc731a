//! English text in, annotated documents out.
//!
//! The main type is [`Document`]: one text and all its annotations, complete and unchanging.
//! This layer knows no graph; it would serve any other text tool.

mod document;

pub mod conllu;

mod mention;
mod tree;

pub use self::document::{
    Document, DocumentBuilder, EntityType, Mention, MentionData, MentionForm, MentionId, NameType,
    Quantity, Sentence, SentenceForm, SentenceId, TimeExpression, Token, TokenData, TokenId, Upos,
};
