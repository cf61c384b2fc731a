//! Why something cannot be put right as it was asked for.

use thiserror::Error;

use crate::base::{Code, Diagnostic};
use crate::ingest::Candidate;

/// Why something cannot be put right as it was asked for.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CorrectionError {
    /// Nothing is called so.
    #[error("nothing is called `{name}`")]
    UnknownEntity {
        /// The name as given.
        name: String,
        /// Names that are nearly the same.
        similar: Vec<String>,
    },
    /// Several entities are called so.
    #[error("{} entities are called `{name}`", candidates.len())]
    AmbiguousEntity {
        /// The name as given.
        name: String,
        /// They, by id.
        candidates: Vec<Candidate>,
    },
    /// Two names mean one entity already.
    #[error("`{one}` and `{other}` are one entity already: {}", entity.name)]
    SameAlready {
        /// The first as given.
        one: String,
        /// The second as given.
        other: String,
        /// What both mean.
        entity: Box<Candidate>,
    },
    /// One document alone speaks of the entity.
    #[error("only `{}` speaks of {}", entity.documents.concat(), entity.name)]
    OneDocument {
        /// The entity.
        entity: Box<Candidate>,
    },
    /// The document does not speak of the entity.
    #[error("no document `{document}` speaks of {}", entity.name)]
    NotSpokenIn {
        /// The document as given.
        document: String,
        /// The entity.
        entity: Box<Candidate>,
    },
    /// All would go, and nothing would remain.
    #[error("no other document speaks of {}, so there is nothing to take apart", entity.name)]
    NothingLeft {
        /// The entity.
        entity: Box<Candidate>,
    },
    /// The entity has no such mention.
    #[error("`{mention}` is no mention of {}", entity.name)]
    UnknownMention {
        /// The mention as given.
        mention: String,
        /// The entity.
        entity: Box<Candidate>,
    },
    /// The entity cannot be told from another by the words of documents.
    #[error("{} cannot be told from another of its name in the same sentence", entity.name)]
    Indistinct {
        /// The entity.
        entity: Box<Candidate>,
    },
    /// The new name is empty.
    #[error("the new name is empty")]
    NoName,
    /// The correction changes nothing.
    #[error("{text}: {state}")]
    WithoutEffect {
        /// What was asked for.
        text: String,
        /// What would become of it.
        state: String,
    },
    /// There is no correction of this number.
    #[error("there is no correction {number}")]
    NoSuchCorrection {
        /// The number.
        number: i64,
        /// The last one that there is.
        last: Option<i64>,
    },
    /// A correction cannot be written down.
    #[error("the correction cannot be written down")]
    Unwritable(#[source] serde_json::Error),
}

impl CorrectionError {
    /// What of the user's words is at fault, as it was given.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::UnknownEntity { name, .. } | Self::AmbiguousEntity { name, .. } => Some(name),
            Self::SameAlready { other, .. } => Some(other),
            Self::NotSpokenIn { document, .. } => Some(document),
            Self::UnknownMention { mention, .. } => Some(mention),
            Self::OneDocument { .. }
            | Self::NothingLeft { .. }
            | Self::Indistinct { .. }
            | Self::NoName
            | Self::WithoutEffect { .. }
            | Self::NoSuchCorrection { .. }
            | Self::Unwritable(_) => None,
        }
    }

    /// The complaint for the user, with a remedy.
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, help) = match self {
            Self::UnknownEntity { similar, .. } => ("unknown-entity", unknown_help(similar)),
            Self::AmbiguousEntity { candidates, .. } => {
                let mut help = String::from("name one of them by its id:");
                for candidate in candidates {
                    help.push_str("\n  ");
                    help.push_str(&candidate.line());
                }
                ("ambiguous-entity", help)
            }
            Self::SameAlready { entity, .. } => (
                "same-entity",
                format!(
                    "`split` takes {} apart, by document or by mention",
                    entity.id
                ),
            ),
            Self::OneDocument { .. } | Self::Indistinct { .. } => (
                "one-document",
                "`why` with this name alone lists the mentions; `split` takes some of them apart"
                    .to_owned(),
            ),
            Self::NotSpokenIn { entity, .. } => (
                "not-spoken-in",
                format!("these do: {}", entity.documents.join(", ")),
            ),
            Self::NothingLeft { .. } => (
                "nothing-left",
                "name fewer documents, or split by mention".to_owned(),
            ),
            Self::UnknownMention { .. } => (
                "unknown-mention",
                "a mention is given as DOCUMENT:BYTE; `why` with the entity's name alone lists them"
                    .to_owned(),
            ),
            Self::NoName => ("empty-name", "give the name after the entity".to_owned()),
            Self::WithoutEffect { .. } => (
                "without-effect",
                "nothing was kept; look at the entity with `why`".to_owned(),
            ),
            Self::NoSuchCorrection { last, .. } => (
                "no-such-correction",
                if last.is_some() {
                    "`corrections` lists them with their numbers".to_owned()
                } else {
                    "there is none at all".to_owned()
                },
            ),
            Self::Unwritable(_) => (
                "correction-unwritable",
                "report this to the authors".to_owned(),
            ),
        };
        Diagnostic::error(Code(code), self.to_string()).with_help(help)
    }
}

fn unknown_help(similar: &[String]) -> String {
    let names: Vec<String> = similar.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        None => "`CALL search.entities('…')` finds entities by a word of their name".to_owned(),
        Some((last, [])) => format!("did you mean {last}?"),
        Some((last, before)) => format!("did you mean {} or {last}?", before.join(", ")),
    }
}
