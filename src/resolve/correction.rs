//! What people put right by hand: merges, splits, names, and "these two are not the same".
//!
//! A [`Correction`] names entities as documents call them, never by their nodes, so that it means
//! the same after a document was read again. Applying them is the business of
//! [`super::canonical`]; what one of them found there is its [`Outcome`].

use std::fmt;

use serde::{Deserialize, Serialize};

/// One thing put right by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "snake_case")]
pub enum Correction {
    /// These are one thing; the first gives it its name.
    Merge(Vec<EntityName>),
    /// No two of these are the same.
    Distinct(Vec<EntityName>),
    /// Not all that is called so is one thing.
    Split(Split),
    /// It is called otherwise.
    Rename {
        /// What is called otherwise.
        entity: EntityName,
        /// How it is called.
        name: String,
    },
}

/// What goes its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// What is split.
    pub entity: EntityName,
    /// Which part of it goes.
    pub apart: Apart,
}

/// Which part of an entity goes its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Apart {
    /// In every document it is another.
    ByDocument,
    /// In these documents it is another, the same in all of them.
    From(Vec<String>),
    /// Where these words stand it is another, the same in all places of a document.
    Mentions(Vec<MentionName>),
}

/// An entity as documents call it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntityName {
    /// What it is called.
    pub name: String,
    /// Whether it is a person.
    pub person: bool,
    /// Where it is called so; nothing for every document that does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
}

/// Where something is mentioned first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The document, by its source.
    pub document: String,
    /// The sentence of its first mention, where the document speaks of several things so called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
}

/// A mention by its words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MentionName {
    /// The document, by its source.
    pub document: String,
    /// The sentence, whole.
    pub sentence: String,
    /// The words of the mention.
    pub words: String,
    /// The how many-eth of the mentions with these words in sentences of this text, from 1.
    pub count: usize,
}

/// What became of a correction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// What it is about and what no document speaks of.
    pub missing: Vec<String>,
    /// Whether it changed anything or holds something apart.
    pub applied: bool,
    /// What else is to be said of it, a sentence each.
    pub notes: Vec<String>,
}

impl Outcome {
    /// In a word or a sentence: "applied", "not applied: nothing is called `Acme`".
    pub fn text(&self) -> String {
        let missing = || format!("no document speaks of {}", self.missing.join(", "));
        let state = match (self.applied, self.missing.is_empty()) {
            (true, true) => "applied".to_owned(),
            (true, false) => format!("applied in part: {}", missing()),
            (false, false) => format!("not applied: {}", missing()),
            (false, true) => "not applied".to_owned(),
        };
        match self.notes.as_slice() {
            [] => state,
            notes => format!("{state}; {}", notes.join("; ")),
        }
    }
}

impl Correction {
    /// The name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Merge(_) => "merge",
            Self::Distinct(_) => "distinct",
            Self::Split(_) => "split",
            Self::Rename { .. } => "rename",
        }
    }

    /// The entities it is about.
    pub fn entities(&self) -> &[EntityName] {
        match self {
            Self::Merge(entities) | Self::Distinct(entities) => entities,
            Self::Split(split) => std::slice::from_ref(&split.entity),
            Self::Rename { entity, .. } => std::slice::from_ref(entity),
        }
    }

    /// Its body as it is stored beside its kind.
    ///
    /// # Errors
    /// None that a correction can cause.
    pub fn to_stored(&self) -> Result<String, serde_json::Error> {
        match self {
            Self::Merge(entities) | Self::Distinct(entities) => serde_json::to_string(entities),
            Self::Split(split) => serde_json::to_string(split),
            Self::Rename { entity, name } => {
                serde_json::to_string(&serde_json::json!({"entity": entity, "name": name}))
            }
        }
    }

    /// The correction stored as `body` under `kind`.
    ///
    /// # Errors
    /// When this program does not know the kind or cannot read the body.
    pub fn from_stored(kind: &str, body: &str) -> Result<Self, serde_json::Error> {
        let body: serde_json::Value = serde_json::from_str(body)?;
        serde_json::from_value(serde_json::json!({"kind": kind, "body": body}))
    }
}

impl fmt::Display for Correction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Merge(entities) => write!(out, "{} are one", joined(entities)),
            Self::Distinct(entities) => write!(out, "{} are not the same", joined(entities)),
            Self::Split(Split { entity, apart }) => match apart {
                Apart::ByDocument => write!(out, "{entity} is another in every document"),
                Apart::From(documents) => {
                    write!(out, "{entity} is another in {}", documents.join(", "))
                }
                Apart::Mentions(mentions) => {
                    write!(out, "{entity} is another in ")?;
                    for (number, mention) in mentions.iter().enumerate() {
                        let comma = if number == 0 { "" } else { ", " };
                        write!(out, "{comma}{mention}")?;
                    }
                    Ok(())
                }
            },
            Self::Rename { entity, name } => write!(out, "{entity} is called “{name}”"),
        }
    }
}

fn joined(entities: &[EntityName]) -> String {
    let names: Vec<String> = entities.iter().map(ToString::to_string).collect();
    names.join(" and ")
}

impl fmt::Display for EntityName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "“{}”", self.name)?;
        if self.places.is_empty() {
            return Ok(());
        }
        let places: Vec<String> = self
            .places
            .iter()
            .map(|place| match &place.sentence {
                Some(sentence) => format!("{}, first in “{sentence}”", place.document),
                None => place.document.clone(),
            })
            .collect();
        write!(out, " ({})", places.join("; "))
    }
}

impl fmt::Display for MentionName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            document,
            sentence,
            words,
            count,
        } = self;
        write!(out, "“{words}” of “{sentence}” ({document}")?;
        if *count > 1 {
            write!(out, ", number {count}")?;
        }
        write!(out, ")")
    }
}

#[cfg(test)]
mod tests {
    use super::{Apart, Correction, EntityName, MentionName, Place, Split};

    #[test]
    fn every_kind_is_read_as_it_was_stored() {
        let entity = |name: &str| EntityName {
            name: name.to_owned(),
            person: true,
            places: vec![Place {
                document: "a.txt".to_owned(),
                sentence: None,
            }],
        };
        let mention = MentionName {
            document: "a.txt".to_owned(),
            sentence: "He left.".to_owned(),
            words: "He".to_owned(),
            count: 1,
        };
        let split = |apart| {
            Correction::Split(Split {
                entity: entity("Ada"),
                apart,
            })
        };
        let all = [
            Correction::Merge(vec![entity("Ada"), entity("Countess")]),
            Correction::Distinct(vec![entity("Ada"), entity("Bob")]),
            split(Apart::ByDocument),
            split(Apart::From(vec!["b.txt".to_owned()])),
            split(Apart::Mentions(vec![mention])),
            Correction::Rename {
                entity: entity("Ada"),
                name: "Ada King".to_owned(),
            },
        ];
        for correction in all {
            let stored = correction.to_stored().unwrap();
            let read = Correction::from_stored(correction.kind(), &stored).unwrap();
            assert_eq!(read, correction);
        }
        assert!(Correction::from_stored("melt", "[]").is_err());
    }
}
