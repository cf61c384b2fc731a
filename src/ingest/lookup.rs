//! Finds an entity by what a person calls it, and says how documents call it.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::Assembly;
use crate::base::nearest_many;
use crate::model::{Value, property};
use crate::resolve::{EntityName, JoinReason, LocalName, Place, called, name_key};

/// An entity, with what tells it from others of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its lasting id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The label of its kind.
    pub kind: String,
    /// How often it is mentioned.
    pub mentions: i64,
    /// The documents that speak of it, in order.
    pub documents: Vec<String>,
}

/// Documents named in the line of a candidate before the rest is counted.
const MOST_DOCUMENTS: usize = 3;

impl Candidate {
    /// What tells it from others of its name, in a line.
    pub fn line(&self) -> String {
        let often = match self.mentions {
            1 => "once".to_owned(),
            many => format!("{many} times"),
        };
        let sources = self.documents.iter().take(MOST_DOCUMENTS);
        let places = sources.cloned().collect::<Vec<_>>().join(", ");
        let more = match self.documents.len().saturating_sub(MOST_DOCUMENTS) {
            0 => String::new(),
            rest => format!(" and {rest} more"),
        };
        let (id, name, kind) = (&self.id, &self.name, self.kind.to_lowercase());
        format!("{id}  {name}, {kind}, mentioned {often} in {places}{more}")
    }
}

/// Why the words for an entity do not name one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfound {
    /// Nothing is called so.
    Unknown {
        /// Names that are nearly the same.
        similar: Vec<String>,
    },
    /// Several are.
    Ambiguous {
        /// They, by id.
        candidates: Vec<Candidate>,
    },
}

impl Assembly<'_> {
    /// The entity that `words` name: by its id, else its name, else another name.
    ///
    /// # Errors
    /// [`Unfound`] when none or several are called so.
    pub fn entity_called(&self, words: &str) -> Result<Candidate, Unfound> {
        if self.entities().contains_key(words) {
            return Ok(self.candidate(words));
        }
        let wanted = name_key(words);
        let mut by_name: Vec<&str> = Vec::new();
        let mut by_alias: Vec<&str> = Vec::new();
        for (key, node) in self.entities() {
            let name = node.properties.get(property::NAME).and_then(Value::as_str);
            if name.is_some_and(|name| name_key(name) == wanted) {
                by_name.push(key);
                continue;
            }
            if let Some(Value::List(aliases)) = node.properties.get(property::ALIASES)
                && aliases
                    .iter()
                    .filter_map(Value::as_str)
                    .any(|alias| name_key(alias) == wanted)
            {
                by_alias.push(key);
            }
        }
        let found = if by_name.is_empty() {
            by_alias
        } else {
            by_name
        };
        match found.as_slice() {
            [] => Err(Unfound::Unknown {
                similar: self.similar(words),
            }),
            [one] => Ok(self.candidate(one)),
            several => Err(Unfound::Ambiguous {
                candidates: several.iter().map(|key| self.candidate(key)).collect(),
            }),
        }
    }

    /// The entity of id `key` with what tells it from others.
    pub fn candidate(&self, key: &str) -> Candidate {
        let node = self.entities().get(key);
        let text = |name: &str| {
            let value = node.and_then(|node| node.properties.get(name));
            value.and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let mentions = node.and_then(|node| node.properties.get(property::MENTIONS));
        let documents: BTreeSet<&str> = self
            .members_of(key)
            .into_iter()
            .map(|(document, _)| document)
            .collect();
        Candidate {
            id: key.to_owned(),
            name: text(property::NAME),
            kind: node
                .and_then(|node| node.labels.last())
                .map_or_else(String::new, |label| (*label).to_owned()),
            mentions: mentions.and_then(Value::as_integer).unwrap_or_default(),
            documents: documents.into_iter().map(str::to_owned).collect(),
        }
    }

    /// The entities of documents that the entity of id `key` is, each by its document and its
    /// number there.
    pub fn members_of(&self, key: &str) -> Vec<(&str, usize)> {
        self.members()
            .iter()
            .filter(|(_, owner)| owner.as_str() == key)
            .map(|((document, number), _)| (*document, *number))
            .collect()
    }

    /// Why the entities of documents that the entity of id `key` is are one.
    pub fn reasons_of(&self, key: &str) -> BTreeMap<(&str, usize), &[JoinReason]> {
        self.members_of(key)
            .into_iter()
            .map(|(document, number)| {
                let reasons = self.reasons().get(&(document, number));
                ((document, number), reasons.map_or(&[][..], Vec::as_slice))
            })
            .collect()
    }

    fn similar(&self, words: &str) -> Vec<String> {
        let mut names: Vec<&str> = Vec::new();
        for node in self.entities().values() {
            names.extend(node.properties.get(property::NAME).and_then(Value::as_str));
            if let Some(Value::List(aliases)) = node.properties.get(property::ALIASES) {
                names.extend(aliases.iter().filter_map(Value::as_str));
            }
        }
        let wanted = words.to_lowercase();
        let mut found: Vec<String> = nearest_many(words, names.iter().copied(), 3)
            .into_iter()
            .map(str::to_owned)
            .collect();
        // "Lund" where there are "Aksel Lund" and "Viggo Lund".
        let within = names
            .iter()
            .filter(|name| name.to_lowercase().split(' ').any(|word| word == wanted));
        found.extend(within.take(3).map(|name| (*name).to_owned()));
        found.sort();
        found.dedup();
        found.truncate(5);
        found
    }

    /// How documents call the entity of id `key`, by the name `words` if they do: what a
    /// correction says to mean it. `None` if that cannot be told from other entities.
    pub fn entity_name(&self, key: &str, words: &str) -> Option<EntityName> {
        let locals = self.locals();
        let locals = self.local_names(&locals);
        let own: Vec<&LocalName<'_>> = locals
            .iter()
            .filter(|local| self.owner(local) == Some(key))
            .collect();
        let wanted = name_key(words);
        let is_called = |local: &&&LocalName<'_>| name_key(local.name) == wanted;
        let is_also_called = |local: &&&LocalName<'_>| {
            let mut others = local.proper_names.iter();
            others.any(|other| name_key(other) == wanted)
        };
        let (model, name) = if let Some(local) = own.iter().find(is_called) {
            (local, local.name)
        } else if let Some(local) = own.iter().find(is_also_called) {
            (local, words)
        } else {
            let name = self.documents_name(key).unwrap_or_default();
            let named = |local: &&&LocalName<'_>| name_key(local.name) == name_key(name);
            let local = own.iter().find(named).or(own.first())?;
            (local, local.name)
        };
        let mut found = EntityName {
            name: name.to_owned(),
            person: model.is_person(),
            places: Vec::new(),
        };
        let bound = model.parted || !(model.proper || model.unique);
        if !bound && self.names_only(&locals, &found, key) {
            return Some(found);
        }
        let bearers: Vec<&&LocalName<'_>> = own
            .iter()
            .filter(|local| name_key(local.name) == name_key(name) || is_also_called(local))
            .collect();
        for with_sentence in [false, true] {
            found.places = bearers
                .iter()
                .map(|local| Place {
                    document: local.document.to_owned(),
                    sentence: Some(local.sentence.to_owned()).filter(|_| with_sentence),
                })
                .collect();
            found.places.sort();
            found.places.dedup();
            if self.names_only(&locals, &found, key) {
                return Some(found);
            }
        }
        None
    }

    /// The entities of documents that `name` means, by document and number.
    pub fn bearers(&self, name: &EntityName) -> BTreeSet<(String, usize)> {
        let locals = self.locals();
        let locals = self.local_names(&locals);
        called(&locals, name)
            .into_iter()
            .filter_map(|index| locals.get(index))
            .map(|local| (local.document.to_owned(), local.number))
            .collect()
    }

    fn owner(&self, local: &LocalName<'_>) -> Option<&str> {
        self.id_of(local.document, local.number)
    }

    fn names_only(&self, locals: &[LocalName<'_>], name: &EntityName, key: &str) -> bool {
        called(locals, name)
            .into_iter()
            .filter_map(|index| locals.get(index))
            .all(|local| self.owner(local) == Some(key))
    }
}
