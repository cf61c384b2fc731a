//! All analyses to the graph they make, and the graph they make to a change of the graph there is.
//!
//! [`assemble`] is a function of the set of analyses and of what people put right by hand.
//! [`changes`] compares three things: what the
//! documents said before, what they say now, and the graph as it is. What differs between the
//! first and the graph is the user's work and stays; what differs between the first and the
//! second is changed. So a document that goes leaves no trace, and nothing a person wrote is lost.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::analysis::{Analysis, EntityRecord, ObjectRecord, StatementRecord};
use super::schema::Schema;
use super::separate::separated;
use crate::model::{Date, EntityKind, Map, Value, label, property, rel_type};
use crate::resolve::{Apart, Correction, GlobalEntity, JoinReason, LocalName, Outcome, canonical};

/// Clauses of one document are numbered from a multiple of this.
pub const CLAUSES_PER_DOCUMENT: i64 = 1_000_000;
/// Documents share this many places for their clauses; two on one place move apart.
const DOCUMENT_PLACES: i64 = 10_000_000;

/// What makes a node findable again: its lasting id, of a document its source.
pub(super) type NodeKey = String;

/// A node as the documents want it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WantedNode {
    pub(super) labels: Vec<&'static str>,
    pub(super) properties: Map,
}

/// A relationship as the documents want it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WantedRelationship {
    pub(super) rel_type: String,
    pub(super) start: NodeKey,
    pub(super) end: NodeKey,
    pub(super) properties: Map,
}

/// The graph that a set of analyses and corrections makes.
///
/// Entities are held whole; the statements of a document are made when they are asked for, so
/// that a large corpus is not held twice.
#[derive(Debug)]
pub struct Assembly<'a> {
    documents: BTreeMap<&'a str, Assembled<'a>>,
    entities: BTreeMap<NodeKey, WantedNode>,
    names: BTreeMap<NodeKey, Arc<str>>,
    /// The names that documents give to entities which have another by hand.
    former_names: BTreeMap<NodeKey, String>,
    members: BTreeMap<(&'a str, usize), NodeKey>,
    reasons: BTreeMap<(&'a str, usize), Vec<JoinReason>>,
    outcomes: Vec<Outcome>,
}

#[derive(Debug)]
struct Assembled<'a> {
    analysis: Cow<'a, Analysis>,
    added: Option<Timestamp>,
    first_clause: i64,
}

/// The graph that `analyses` make, each with the time when its document was added, and
/// `corrections`, which have numbers and are applied in their order; `schema` gives relationships
/// their categories. Does not depend on the order of the analyses; of two of one source the last
/// counts.
#[tracing::instrument(level = "debug", skip_all)]
pub fn assemble<'a>(
    analyses: impl IntoIterator<Item = (&'a Analysis, Option<Timestamp>)>,
    corrections: &[(i64, Correction)],
    schema: Option<&Schema>,
) -> Assembly<'a> {
    let mut documents: BTreeMap<&'a str, Assembled<'a>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for (analysis, added) in analyses {
        let mut analysis_now = separated(analysis, corrections, &mut found);
        if let Some(schema) = schema {
            schema.apply(analysis_now.to_mut());
        }
        documents.insert(
            &analysis.source,
            Assembled {
                analysis: analysis_now,
                added,
                first_clause: 0,
            },
        );
    }
    let mut taken = BTreeSet::new();
    for (source, document) in &mut documents {
        let mut place = document_place(source);
        while !taken.insert(place) {
            place = (place + 1) % DOCUMENT_PLACES;
        }
        document.first_clause = place * CLAUSES_PER_DOCUMENT;
    }
    let locals = locals(&documents);
    let named = local_names(&documents, &locals);
    let mut found_entities = canonical(&named, corrections);
    report_mentions(corrections, &found, &mut found_entities.outcomes);
    let mut entities = BTreeMap::new();
    let mut names = BTreeMap::new();
    let mut former_names = BTreeMap::new();
    let mut members = BTreeMap::new();
    let mut reasons = BTreeMap::new();
    for mut entity in found_entities.entities {
        let own: Vec<&(&str, usize, &EntityRecord)> = entity
            .members
            .iter()
            .filter_map(|member| locals.get(*member))
            .collect();
        for ((document, number, _), why) in own.iter().zip(entity.reasons.drain(..)) {
            members.insert((*document, *number), entity.id.clone());
            if !why.is_empty() {
                reasons.insert((*document, *number), why);
            }
        }
        if let Some(name) = &entity.former_name {
            former_names.insert(entity.id.clone(), name.clone());
        }
        let records: Vec<&EntityRecord> = own.iter().map(|(_, _, record)| *record).collect();
        names.insert(entity.id.clone(), Arc::from(entity.name.as_str()));
        let node = entity_node(&entity, &records);
        entities.insert(entity.id, node);
    }
    Assembly {
        documents,
        entities,
        names,
        former_names,
        members,
        reasons,
        outcomes: found_entities.outcomes,
    }
}

/// The entities of documents that the graph holds: those that take part in statements, and those
/// that bear a name.
fn locals<'d, 'a>(
    documents: &'d BTreeMap<&'a str, Assembled<'a>>,
) -> Vec<(&'a str, usize, &'d EntityRecord)> {
    documents
        .iter()
        .flat_map(|(source, document)| {
            let entities = document.analysis.entities.iter().enumerate();
            entities.map(move |(number, entity)| (*source, number, entity))
        })
        .filter(|(_, _, entity)| entity.stated || entity.proper)
        .collect()
}

fn local_names<'d>(
    documents: &'d BTreeMap<&str, Assembled<'_>>,
    locals: &[(&'d str, usize, &'d EntityRecord)],
) -> Vec<LocalName<'d>> {
    locals
        .iter()
        .map(|(document, number, entity)| LocalName {
            document,
            number: *number,
            name: &entity.name,
            proper_names: &entity.proper_names,
            kind: EntityKind::from_label(&entity.kind).unwrap_or(EntityKind::Abstract),
            proper: entity.proper,
            unique: entity.unique,
            mentions: entity.mentions,
            sentence: entity
                .places
                .first()
                .and_then(|mention| Some((mention.at, documents.get(document)?)))
                .map_or("", |(at, document)| document.analysis.sentence_at(at)),
            parted: entity.parted,
        })
        .collect()
}

/// Says of corrections that take mentions apart which of these were found.
fn report_mentions(
    corrections: &[(i64, Correction)],
    found: &BTreeSet<(usize, usize)>,
    outcomes: &mut [Outcome],
) {
    for (order, ((_, correction), outcome)) in corrections.iter().zip(outcomes).enumerate() {
        if let Correction::Split(split) = correction
            && let Apart::Mentions(mentions) = &split.apart
        {
            for (place, mention) in mentions.iter().enumerate() {
                if found.contains(&(order, place)) {
                    outcome.applied = true;
                } else {
                    outcome.missing.push(mention.to_string());
                }
            }
        }
    }
}

/// A place for the clauses of a document that hangs on its source alone.
fn document_place(source: &str) -> i64 {
    let digest = Sha256::digest(source.as_bytes());
    let number = digest
        .iter()
        .take(7)
        .fold(0_i64, |sum, byte| sum * 256 + i64::from(*byte));
    number % DOCUMENT_PLACES
}

fn text(words: &str) -> Value {
    Value::String(Arc::from(words))
}

/// The word that counts most, of several the first of the alphabet.
fn most_often(counts: BTreeMap<&str, u32>) -> Option<&str> {
    counts
        .into_iter()
        .max_by_key(|(word, count)| (*count, std::cmp::Reverse(*word)))
        .map(|(word, _)| word)
}

fn entity_node(entity: &GlobalEntity, records: &[&EntityRecord]) -> WantedNode {
    let mut aliases: BTreeSet<&str> = BTreeSet::new();
    let mut nouns: BTreeMap<&str, u32> = BTreeMap::new();
    let mut categories: BTreeMap<&str, u32> = BTreeMap::new();
    let mut mentions = 0_i64;
    for record in records {
        aliases.extend(record.aliases.iter().map(String::as_str));
        aliases.insert(&record.name);
        mentions += i64::from(record.mentions);
        if let Some(noun) = &record.description {
            *nouns.entry(noun).or_default() += record.mentions;
        }
        if let Some(category) = &record.category {
            *categories.entry(category).or_default() += record.mentions;
        }
    }
    aliases.extend(entity.former_name.as_deref());
    aliases.remove(entity.name.as_str());
    let noun = most_often(nouns);
    let category = most_often(categories);
    let mut properties = Map::new();
    let mut set = |key: &str, value: Value| {
        properties.insert(Arc::from(key), value);
    };
    set(property::ID, text(&entity.id));
    set(property::NAME, text(&entity.name));
    set(
        property::ALIASES,
        Value::list(aliases.into_iter().map(text)),
    );
    set(property::MENTIONS, Value::Integer(mentions));
    if let Some(noun) = noun {
        set(property::KIND, text(noun));
    }
    if let Some(category) = category {
        set(property::CATEGORY, text(category));
    }
    WantedNode {
        labels: vec![label::ENTITY, entity.kind.label()],
        properties,
    }
}

/// The key of the node of the document `source`.
pub(super) fn document_key(source: &str) -> NodeKey {
    format!("document {source}")
}

impl<'a> Assembly<'a> {
    /// The sources of all documents, in order.
    pub(super) fn sources(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.documents.keys().copied()
    }

    /// The entities by their keys.
    pub(super) fn entities(&self) -> &BTreeMap<NodeKey, WantedNode> {
        &self.entities
    }

    /// Which entity each entity of a document is.
    pub(super) fn members(&self) -> &BTreeMap<(&'a str, usize), NodeKey> {
        &self.members
    }

    /// What became of each correction, in order.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    /// The id of the entity that is entity `number` of `document`.
    pub fn id_of(&self, document: &str, number: usize) -> Option<&str> {
        let (source, _) = self.documents.get_key_value(document)?;
        self.members.get(&(*source, number)).map(String::as_str)
    }

    /// Why entities of documents are one with others; those that are not have no reasons.
    pub(super) fn reasons(&self) -> &BTreeMap<(&'a str, usize), Vec<JoinReason>> {
        &self.reasons
    }

    /// The name that documents give to the entity of `key`.
    pub(super) fn documents_name(&self, key: &str) -> Option<&str> {
        let former = self.former_names.get(key).map(String::as_str);
        former.or_else(|| self.names.get(key).map(AsRef::as_ref))
    }

    /// The entities of documents that the graph holds.
    pub(super) fn locals(&self) -> Vec<(&str, usize, &EntityRecord)> {
        locals(&self.documents)
    }

    /// The same as resolution takes them.
    pub(super) fn local_names<'d>(
        &'d self,
        locals: &[(&'d str, usize, &'d EntityRecord)],
    ) -> Vec<LocalName<'d>> {
        local_names(&self.documents, locals)
    }

    /// What the document `source` says once mentions were taken apart by hand.
    pub fn analysis(&self, source: &str) -> Option<&Analysis> {
        self.documents
            .get(source)
            .map(|document| document.analysis.as_ref())
    }

    /// The node of the document `source`.
    pub(super) fn document_node(&self, source: &str) -> Option<WantedNode> {
        let document = self.documents.get(source)?;
        let analysis = &document.analysis;
        let mut properties = Map::new();
        let mut set = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                properties.insert(Arc::from(key), value);
            }
        };
        set(property::SOURCE, Some(text(source)));
        set(property::TITLE, analysis.title.as_deref().map(text));
        let published = analysis.published.as_deref();
        set(property::PUBLISHED, published.map(day_value));
        set(property::HASH, Some(text(&analysis.hash)));
        set(
            property::ADDED,
            document.added.map(|added| text(&added.to_string())),
        );
        Some(WantedNode {
            labels: vec![label::DOCUMENT],
            properties,
        })
    }

    /// What the document `source` says: the nodes that its statements need beside entities, and
    /// its relationships, in order.
    pub(super) fn said(&self, source: &str) -> Said {
        let mut said = Said::default();
        let Some(document) = self.documents.get(source) else {
            return said;
        };
        let analysis = document.analysis.as_ref();
        let source: Arc<str> = Arc::from(source);
        let mut counts: BTreeMap<&NodeKey, i64> = BTreeMap::new();
        for (number, entity) in analysis.entities.iter().enumerate() {
            if let Some(key) = self.members.get(&(analysis.source.as_str(), number)) {
                *counts.entry(key).or_default() += i64::from(entity.mentions);
            }
        }
        let document_key = document_key(&source);
        for (key, count) in counts {
            let mut properties = Map::new();
            properties.insert(Arc::from(property::COUNT), Value::Integer(count));
            said.mentions.push(WantedRelationship {
                rel_type: rel_type::MENTIONED_IN.to_owned(),
                start: key.clone(),
                end: document_key.clone(),
                properties,
            });
        }
        let mut in_clause: BTreeMap<u32, u32> = BTreeMap::new();
        let mut evidence: BTreeMap<usize, Arc<str>> = BTreeMap::new();
        for statement in &analysis.statements {
            let ordinal = in_clause.entry(statement.clause).or_default();
            *ordinal += 1;
            let clause = document.first_clause + i64::from(statement.clause);
            let sentence = evidence
                .entry(statement.sentence)
                .or_insert_with(|| Arc::from(analysis.sentence_text(statement.sentence)));
            let place = Place {
                source: &source,
                evidence: sentence,
                clause,
                ordinal: *ordinal,
            };
            self.add_statement(analysis, statement, place, &mut said);
        }
        said
    }

    fn add_statement(
        &self,
        analysis: &Analysis,
        statement: &StatementRecord,
        place: Place<'_>,
        said: &mut Said,
    ) {
        let clause = place.clause;
        let entity = |number: usize| {
            self.members
                .get(&(analysis.source.as_str(), number))
                .cloned()
        };
        // "To leave is hard": what is hard is a clause.
        let clausal = statement
            .subject_text
            .as_deref()
            .filter(|words| statement.subject.is_none() && words.contains(' '));
        let start = match (statement.subject.and_then(entity), clausal) {
            (Some(entity), _) => entity,
            (None, Some(words)) => {
                said.value(format!("value/{clause}-{}-subject", place.ordinal), words)
            }
            (None, None) => said.unstated(format!("unstated/{clause}-subject")),
        };
        let end = match &statement.object {
            ObjectRecord::Entity(number) => entity(*number)
                .unwrap_or_else(|| said.unstated(format!("unstated/{clause}-object"))),
            ObjectRecord::Unstated => said.unstated(format!("unstated/{clause}-object")),
            ObjectRecord::Value(words) => {
                said.value(format!("value/{clause}-{}", place.ordinal), words)
            }
        };
        if statement.relation == rel_type::OF && self.is_of_itself(statement, &start, &end) {
            return;
        }
        let properties = self.statement_properties(analysis, statement, place);
        said.statements.push(WantedRelationship {
            rel_type: statement.relation.clone(),
            start,
            end,
            properties,
        });
    }

    /// Whether a statement ties a thing to its own name, which is in its words: "the Harbour
    /// Shipping Company" to "Harbour Shipping".
    fn is_of_itself(&self, statement: &StatementRecord, start: &NodeKey, end: &NodeKey) -> bool {
        let within = match (&statement.subject_text, &statement.object_text) {
            (Some(whole), Some(part)) => whole.contains(part.as_str()),
            (None | Some(_), None) | (None, Some(_)) => false,
        };
        let names = (self.names.get(start), self.names.get(end));
        within && (start == end || matches!(names, (Some(one), Some(other)) if one == other))
    }

    fn statement_properties(
        &self,
        analysis: &Analysis,
        statement: &StatementRecord,
        place: Place<'_>,
    ) -> Map {
        let sentence = analysis.sentences.get(statement.sentence);
        let offset = |bytes: usize| Value::Integer(i64::try_from(bytes).unwrap_or(i64::MAX));
        let attributed = statement
            .attributed_to
            .and_then(|number| self.members.get(&(analysis.source.as_str(), number)))
            .and_then(|key| self.names.get(key))
            .map(|name| Value::String(Arc::clone(name)))
            .or_else(|| statement.attributed_text.as_deref().map(text));
        let words = |words: &Option<String>| words.as_deref().map(text);
        let fields = [
            (
                property::TEXT,
                Some(statement.text.as_str())
                    .filter(|words| !words.is_empty())
                    .map(text),
            ),
            (
                property::EVIDENCE,
                Some(Value::String(Arc::clone(place.evidence))),
            ),
            (
                property::DOCUMENT,
                Some(Value::String(Arc::clone(place.source))),
            ),
            (property::START, sentence.map(|place| offset(place.start))),
            (property::END, sentence.map(|place| offset(place.end))),
            (property::SUBJECT_TEXT, words(&statement.subject_text)),
            (property::OBJECT_TEXT, words(&statement.object_text)),
            (property::POLARITY, Some(text(&statement.polarity))),
            (property::MODALITY, Some(text(&statement.modality))),
            (property::ATTRIBUTED_TO, attributed),
            (property::WHEN, words(&statement.when)),
            (property::TIME, words(&statement.time)),
            (property::WHERE, words(&statement.place)),
            (
                property::ARGUMENTS,
                (!statement.arguments.is_empty()).then(|| {
                    Value::List(
                        statement
                            .arguments
                            .iter()
                            .map(|words| text(words))
                            .collect(),
                    )
                }),
            ),
            (property::QUANTITY, statement.quantity.map(number_value)),
            (property::INFERRED, Some(Value::Boolean(statement.inferred))),
            (
                property::CONFIDENCE,
                Some(Value::Float(statement.confidence)),
            ),
            (property::RULE, Some(text(&statement.rule))),
            (property::CLAUSE, Some(Value::Integer(place.clause))),
            (
                property::CATEGORY,
                statement.category.clone().map(Value::String),
            ),
        ];
        fields
            .into_iter()
            .filter_map(|(key, value)| Some((Arc::from(key), value?)))
            .collect()
    }
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy)]
struct Place<'p> {
    source: &'p Arc<str>,
    evidence: &'p Arc<str>,
    clause: i64,
    ordinal: u32,
}

/// What one document says.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Nodes for what is unsaid and for what is no entity.
    pub(super) nodes: BTreeMap<NodeKey, WantedNode>,
    /// Which entities it mentions, and how often.
    pub(super) mentions: Vec<WantedRelationship>,
    /// Its statements, in order.
    pub(super) statements: Vec<WantedRelationship>,
}

impl Said {
    fn node(&mut self, key: NodeKey, label: &'static str, name: Option<&str>) -> NodeKey {
        let mut properties = Map::new();
        properties.insert(Arc::from(property::ID), text(&key));
        if let Some(name) = name {
            properties.insert(Arc::from(property::NAME), text(name));
        }
        let node = WantedNode {
            labels: vec![label],
            properties,
        };
        self.nodes.insert(key.clone(), node);
        key
    }

    fn unstated(&mut self, key: NodeKey) -> NodeKey {
        self.node(key, label::UNSTATED, None)
    }

    fn value(&mut self, key: NodeKey, words: &str) -> NodeKey {
        self.node(key, label::VALUE, Some(words))
    }
}

/// A whole number where it is one, so that `count = 15` finds it.
fn number_value(number: f64) -> Value {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be a small whole number"
    )]
    if number.fract() == 0.0 && number.abs() < 9.0e15 {
        Value::Integer(number as i64)
    } else {
        Value::Float(number)
    }
}

/// The day as a date of the query language; as text if it is none.
fn day_value(day: &str) -> Value {
    let date = day.parse::<jiff::civil::Date>().ok().and_then(|day| {
        let month = u8::try_from(day.month()).ok()?;
        let number = u8::try_from(day.day()).ok()?;
        Date::new(i32::from(day.year()), month, number)
    });
    date.map_or_else(|| text(day), Value::Date)
}
