//! What the numbers that the model yields mean: `labels.json`.

use std::collections::HashMap;

use serde_json::Value;

use super::document::{EntityType, NameType, Upos};
use super::lemma::EditRule;

/// A tag of the name tagger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameTag {
    /// No part of a name.
    Outside,
    /// The first word of a name.
    Begins(NameType),
    /// A further word of a name.
    Inside(NameType),
}

/// The model's labels, each list in the order of its numbers.
#[derive(Debug)]
pub(crate) struct Labels {
    pub(crate) upos: Vec<Upos>,
    pub(crate) xpos: Vec<String>,
    pub(crate) features: Vec<String>,
    pub(crate) lemmas: Vec<EditRule>,
    pub(crate) relations: Vec<String>,
    pub(crate) names: Vec<NameTag>,
    pub(crate) types: Vec<Option<EntityType>>,
    /// What letters with marks are read as.
    pub(crate) fold: HashMap<char, String>,
}

impl Labels {
    /// Reads `labels.json`; `None` if it is damaged.
    pub(crate) fn parse(json: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(json).ok()?;
        let list = |key: &str| -> Option<Vec<String>> {
            value
                .get(key)?
                .as_array()?
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect()
        };
        let fold = value
            .get("fold")?
            .as_object()?
            .iter()
            .filter_map(|(from, to)| {
                let mut characters = from.chars();
                let only = characters.next()?;
                Some((only, to.as_str()?.to_owned()))
            })
            .collect();
        Some(Self {
            upos: list("upos")?
                .iter()
                .map(|name| Upos::from_name(name).unwrap_or(Upos::X))
                .collect(),
            xpos: list("xpos")?,
            features: list("feats")?
                .into_iter()
                .map(|features| {
                    if features == "_" {
                        String::new()
                    } else {
                        features
                    }
                })
                .collect(),
            lemmas: list("lemma")?
                .iter()
                .map(|rule| EditRule::parse(rule))
                .collect::<Option<_>>()?,
            relations: list("rel")?,
            names: list("ner")?.iter().map(|tag| name_tag(tag)).collect(),
            types: list("etype")?
                .iter()
                .map(|name| EntityType::from_name(name))
                .collect(),
            fold,
        })
    }
}

fn name_tag(tag: &str) -> NameTag {
    let Some((place, name)) = tag.split_once('-') else {
        return NameTag::Outside;
    };
    let name_type = match name {
        "Person" => NameType::Person,
        "Organization" => NameType::Organization,
        "Place" => NameType::Place,
        _ => return NameTag::Outside,
    };
    match place {
        "B" => NameTag::Begins(name_type),
        "I" => NameTag::Inside(name_type),
        _ => NameTag::Outside,
    }
}
