//! What a graph holds, laid out for questions: its things with their names, and its relationships
//! gathered by clause, so that who, whom, where and when of one event stand together.
//!
//! Made once from a graph and then asked many times. It is a reading aid: answers come from
//! running a query on the graph itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::graph::{NodeView, PropertyGraph, RelationshipView};
use crate::model::{EntityKind, Value, label, property, rel_type};

use super::heading::{heading, is_firm, is_name, nouns};
use super::words::{self, PREPOSITIONS};

/// What a node of the graph stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NodeForm {
    /// A thing the texts speak of.
    Entity,
    /// Words that name no thing: an adjective, a clause, an amount.
    Value,
    /// What a sentence leaves unsaid.
    Unstated,
}

/// A node that takes part in statements.
#[derive(Debug, Clone)]
pub(super) struct Thing {
    /// What it stands for.
    pub(super) form: NodeForm,
    /// Its fullest name; the words, for a value.
    pub(super) name: String,
    /// Every other form it was called by.
    pub(super) aliases: Vec<String>,
    /// The label of its kind, `Person`.
    pub(super) label: String,
    /// The head noun of its description, *force*.
    pub(super) kind: String,
    /// How often it is mentioned.
    pub(super) mentions: i64,
    /// The content stems of the name and of each alias.
    pub(super) names: Vec<Vec<String>>,
    /// Of each of these the stems that head it.
    pub(super) headings: Vec<Vec<String>>,
}

impl Thing {
    /// A thing of `form` called `name`.
    pub(super) fn new(form: NodeForm, name: &str) -> Self {
        Self {
            form,
            name: name.to_owned(),
            aliases: Vec::new(),
            label: String::new(),
            kind: String::new(),
            mentions: 1,
            names: Vec::new(),
            headings: Vec::new(),
        }
    }
}

/// A relationship: one statement of one sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Fact {
    /// The type as in the graph, `CRACK_DOWN_ON`.
    pub(super) name: String,
    /// The type in words without its last preposition, `crack down`.
    pub(super) verb: String,
    /// The last preposition, `on`; empty for none.
    pub(super) preposition: String,
    /// Who or what acts, in [`Facts::things`].
    pub(super) subject: usize,
    /// Whom or what it is claimed of.
    pub(super) object: usize,
    /// The predicate as written.
    pub(super) text: String,
    /// The verb by the spelling of the predicate as written, where `verb` is no word we know:
    /// lemmas of rare forms go wrong.
    pub(super) spoken: Option<String>,
    /// The subject as written.
    pub(super) subject_text: String,
    /// The object as written.
    pub(super) object_text: String,
    /// `affirmed` or `denied`.
    pub(super) polarity: String,
    /// `asserted`, `planned`, `possible`, `conditional`, `asked`.
    pub(super) modality: String,
    /// Who says so.
    pub(super) attributed_to: Option<String>,
    /// The time as written.
    pub(super) when: Option<String>,
    /// The place as written.
    pub(super) place: Option<String>,
    /// The sentence.
    pub(super) evidence: String,
    /// The document.
    pub(super) document: String,
    /// The first byte of the sentence.
    pub(super) start: i64,
    /// The number of its clause.
    pub(super) clause: i64,
    /// The content stems of the subject as written.
    pub(super) subject_words: Vec<String>,
    /// The content stems of the object as written.
    pub(super) object_words: Vec<String>,
    /// Of these the stems that head the subject.
    pub(super) subject_heading: Vec<String>,
    /// The same of the object.
    pub(super) object_heading: Vec<String>,
    /// The number of its sentence, in [`Facts::sentences`].
    pub(super) sentence: usize,
    /// The number of its clause, in [`Facts::clauses`].
    pub(super) in_clause: usize,
}

/// A sentence that is evidence for something.
#[derive(Debug, Clone)]
pub(super) struct EvidenceSentence {
    /// Its content stems.
    pub(super) words: BTreeSet<String>,
    /// The facts it holds.
    pub(super) facts: Vec<usize>,
}

/// The relationships of one clause.
#[derive(Debug, Clone, Default)]
pub(super) struct ClauseFacts {
    /// In [`Facts::facts`].
    pub(super) facts: Vec<usize>,
}

/// All a graph holds.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_field_names, reason = "the facts are what it is about")]
pub(super) struct Facts {
    /// Its things, in order of the graph.
    pub(super) things: Vec<Thing>,
    /// Its relationships, in order of the graph.
    pub(super) facts: Vec<Fact>,
    /// For each thing those that it is an end of.
    around: Vec<Vec<usize>>,
    /// For each thing the nouns that it is called by; worked out when they are first asked for.
    nouns: OnceLock<Vec<BTreeSet<String>>>,
    /// The same by clause.
    pub(super) clauses: Vec<ClauseFacts>,
    /// Its sentences.
    pub(super) sentences: Vec<EvidenceSentence>,
    /// For each document the content stems of its evidence.
    documents: BTreeMap<String, BTreeSet<String>>,
    /// For each stem how many things and sentences have it.
    frequency: BTreeMap<String, usize>,
    /// How many things and sentences there are.
    total: usize,
    /// For each sentence and each thing that it only describes the names of those it describes.
    members: BTreeMap<(usize, usize), Vec<usize>>,
}

impl Facts {
    /// The facts over `things`; each fact's `name`, ends and properties are given, its words are
    /// worked out here.
    pub(super) fn new(mut things: Vec<Thing>, mut facts: Vec<Fact>) -> Self {
        for thing in &mut things {
            // Of words that name no thing all may tell.
            let heads = match thing.form {
                NodeForm::Entity | NodeForm::Unstated => heading,
                NodeForm::Value => words::content,
            };
            (thing.names, thing.headings) = std::iter::once(&thing.name)
                .chain(&thing.aliases)
                .map(|name| (words::content(name), heads(name)))
                .filter(|(stems, _)| !stems.is_empty())
                .unzip();
        }
        let mut sentence_of: BTreeMap<(String, i64), usize> = BTreeMap::new();
        let mut clause_of: BTreeMap<(String, i64), usize> = BTreeMap::new();
        let mut sentences: Vec<EvidenceSentence> = Vec::new();
        let mut clauses: Vec<ClauseFacts> = Vec::new();
        for (index, fact) in facts.iter_mut().enumerate() {
            let (verb, preposition) = split_type(&fact.name);
            fact.verb = verb;
            fact.preposition = preposition;
            fact.spoken = words::respelled(&fact.verb, &fact.text);
            fact.subject_words = words::content(&fact.subject_text);
            fact.object_words = words::content(&fact.object_text);
            let heads = |thing: usize, text: &str| match things.get(thing).map(|thing| thing.form) {
                Some(NodeForm::Entity | NodeForm::Unstated) | None => heading(text),
                Some(NodeForm::Value) => words::content(text),
            };
            fact.subject_heading = heads(fact.subject, &fact.subject_text);
            fact.object_heading = heads(fact.object, &fact.object_text);
            let place = (fact.document.clone(), fact.start);
            let sentence = *sentence_of.entry(place).or_insert_with(|| {
                sentences.push(EvidenceSentence {
                    words: words::content(&fact.evidence).into_iter().collect(),
                    facts: Vec::new(),
                });
                sentences.len() - 1
            });
            fact.sentence = sentence;
            if let Some(sentence) = sentences.get_mut(sentence) {
                sentence.facts.push(index);
            }
            let clause = *clause_of
                .entry((fact.document.clone(), fact.clause))
                .or_insert_with(|| {
                    clauses.push(ClauseFacts::default());
                    clauses.len() - 1
                });
            fact.in_clause = clause;
            if let Some(clause) = clauses.get_mut(clause) {
                clause.facts.push(index);
            }
        }
        let mut around = vec![Vec::new(); things.len()];
        for (index, fact) in facts.iter().enumerate() {
            for end in BTreeSet::from([fact.subject, fact.object]) {
                if let Some(around) = around.get_mut(end) {
                    around.push(index);
                }
            }
        }
        let mut documents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for fact in &facts {
            if let Some(sentence) = sentences.get(fact.sentence)
                && sentence
                    .facts
                    .first()
                    .and_then(|first| facts.get(*first))
                    .is_some_and(|first| std::ptr::eq(first, fact))
            {
                documents
                    .entry(fact.document.clone())
                    .or_default()
                    .extend(sentence.words.iter().cloned());
            }
        }
        let mut frequency: BTreeMap<String, usize> = BTreeMap::new();
        for sentence in &sentences {
            for word in &sentence.words {
                *frequency.entry(word.clone()).or_default() += 1;
            }
        }
        let total = sentences.len().max(1);
        let members = members(&things, &facts);
        Self {
            things,
            facts,
            around,
            nouns: OnceLock::new(),
            clauses,
            sentences,
            documents,
            frequency,
            total,
            members,
        }
    }

    /// Those whose names stand, in the sentence of `fact`, for the thing at `index`, which it only
    /// describes: of "Norland beat newcomers Port Hale" Port Hale for the newcomers.
    pub(super) fn members(&self, fact: &Fact, index: usize) -> &[usize] {
        self.members
            .get(&(fact.sentence, index))
            .map_or(&[], Vec::as_slice)
    }

    /// What `graph` says. Time and memory O(nodes + relationships).
    pub(super) fn of(graph: &PropertyGraph) -> Self {
        let mut things = Vec::new();
        let mut place = BTreeMap::new();
        for node in graph.nodes() {
            if let Some(thing) = thing_of(node) {
                place.insert(node.id(), things.len());
                things.push(thing);
            }
        }
        let facts = graph
            .relationships()
            .filter(|relationship| &*relationship.type_name() != rel_type::MENTIONED_IN)
            .filter_map(|relationship| {
                let subject = *place.get(&relationship.start())?;
                let object = *place.get(&relationship.end())?;
                Some(fact_of(relationship, subject, object))
            })
            .collect();
        Self::new(things, facts)
    }

    /// How much the stem tells: rare words tell more. About 1 for a common word of the graph and
    /// up to 3 for one that occurs once.
    pub(super) fn weight(&self, stem: &str) -> f64 {
        let count = self.frequency.get(stem).copied().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let share = (self.total as f64 + 1.0) / (count as f64 + 0.5);
        (0.5 + share.ln() / 2.0).clamp(0.5, 3.0)
    }

    /// Whether a name or a sentence has the stem.
    pub(super) fn has(&self, stem: &str) -> bool {
        self.frequency.contains_key(stem)
            || self
                .things
                .iter()
                .flat_map(|thing| &thing.names)
                .any(|name| name.iter().any(|word| word == stem))
    }

    /// The weights of `stems`, added up.
    pub(super) fn weights<'w>(&self, stems: impl IntoIterator<Item = &'w String>) -> f64 {
        stems.into_iter().map(|stem| self.weight(stem)).sum()
    }

    /// The share of `wanted`, by weight, that `held` has; 1 for nothing wanted.
    pub(super) fn coverage(&self, wanted: &[String], held: impl Fn(&str) -> bool) -> f64 {
        let all = self.weights(wanted);
        if all <= 0.0 {
            return 1.0;
        }
        self.weights(wanted.iter().filter(|stem| held(stem))) / all
    }

    /// The thing at `index`.
    pub(super) fn thing(&self, index: usize) -> Option<&Thing> {
        self.things.get(index)
    }

    /// The fact at `index`.
    pub(super) fn fact(&self, index: usize) -> Option<&Fact> {
        self.facts.get(index)
    }

    /// The facts that the thing at `index` is an end of.
    pub(super) fn around(&self, index: usize) -> impl Iterator<Item = &Fact> {
        let around = self.around.get(index).into_iter().flatten();
        around.filter_map(|fact| self.facts.get(*fact))
    }

    /// The nouns, in lower case, that the graph calls the thing at `index` by.
    pub(super) fn nouns(&self, index: usize) -> &BTreeSet<String> {
        static NONE: BTreeSet<String> = BTreeSet::new();
        let all = self.nouns.get_or_init(|| called(&self.things, &self.facts));
        all.get(index).unwrap_or(&NONE)
    }

    /// The clause of `fact`.
    pub(super) fn clause_of(&self, fact: &Fact) -> Option<&ClauseFacts> {
        self.clauses.get(fact.in_clause)
    }

    /// The facts of `clause`.
    pub(super) fn facts_of<'f>(
        &'f self,
        clause: &'f ClauseFacts,
    ) -> impl Iterator<Item = (usize, &'f Fact)> {
        clause
            .facts
            .iter()
            .filter_map(|index| self.facts.get(*index).map(|fact| (*index, fact)))
    }

    /// Whether the evidence from `document` has the stem.
    pub(super) fn document_has(&self, document: &str, stem: &str) -> bool {
        self.documents
            .get(document)
            .is_some_and(|words| words.contains(stem))
    }

    /// Whether the sentence at `index` has the stem.
    pub(super) fn sentence_has(&self, index: usize, stem: &str) -> bool {
        self.sentences
            .get(index)
            .is_some_and(|sentence| sentence.words.contains(stem))
    }
}

/// For each thing the nouns that it is called by: in its names, where it is written, and as what it
/// is said to be.
fn called(things: &[Thing], facts: &[Fact]) -> Vec<BTreeSet<String>> {
    // "Northern Trucks" is no trucks, but a company.
    let named = |thing: &Thing, name: &str| -> Vec<String> {
        let mut found = nouns(name, thing.label == "Person");
        if thing.label == "Organization" && is_name(name) {
            found.retain(|noun| !noun.ends_with('s') || noun.ends_with("ss"));
            found.extend(is_firm(name).then(|| "company".to_owned()));
        }
        found
    };
    let mut called: Vec<BTreeSet<String>> = things
        .iter()
        .map(|thing| {
            std::iter::once(&thing.name)
                .chain(&thing.aliases)
                .flat_map(|name| named(thing, name))
                .chain([thing.kind.to_lowercase()])
                .collect()
        })
        .collect();
    let mut add = |index: usize, text: &str| {
        if let (Some(called), Some(thing)) = (called.get_mut(index), things.get(index)) {
            called.extend(named(thing, text));
        }
    };
    for fact in facts {
        add(fact.subject, &fact.subject_text);
        add(fact.object, &fact.object_text);
        if fact.verb == "is a" && fact.polarity != "denied" {
            add(fact.subject, &fact.object_text);
        }
    }
    called
}

/// For each sentence and each described thing the named things that the sentence says are it.
fn members(things: &[Thing], facts: &[Fact]) -> BTreeMap<(usize, usize), Vec<usize>> {
    let named = |index: usize| {
        things
            .get(index)
            .is_some_and(|thing| thing.name.starts_with(char::is_uppercase))
    };
    let mut found: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for fact in facts {
        let says = fact.verb == "is a" && fact.polarity != "denied";
        if says && named(fact.subject) && !named(fact.object) {
            let known = found.entry((fact.sentence, fact.object)).or_default();
            if !known.contains(&fact.subject) {
                known.push(fact.subject);
            }
        }
    }
    found
}

/// The thing that a node stands for; `None` for documents and the user's own nodes without a name.
fn thing_of(node: NodeView<'_>) -> Option<Thing> {
    let labels = node.label_names();
    let has = |wanted: &str| labels.iter().any(|label| &**label == wanted);
    if has(label::DOCUMENT) {
        return None;
    }
    let form = if has("Unstated") {
        NodeForm::Unstated
    } else if has("Value") {
        NodeForm::Value
    } else {
        NodeForm::Entity
    };
    let text = |key: &str| {
        node.property_named(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let name = text(property::NAME);
    if name.is_empty() && form != NodeForm::Unstated {
        return None;
    }
    Some(Thing {
        aliases: node
            .property_named(property::ALIASES)
            .and_then(Value::as_list)
            .unwrap_or_default()
            .iter()
            .filter_map(|alias| alias.as_str().map(str::to_owned))
            .collect(),
        label: labels
            .iter()
            .find(|label| EntityKind::from_label(label).is_some())
            .map(ToString::to_string)
            .unwrap_or_default(),
        kind: text(property::KIND),
        mentions: node
            .property_named(property::MENTIONS)
            .and_then(Value::as_integer)
            .unwrap_or(1),
        ..Thing::new(form, &name)
    })
}

fn fact_of(relationship: RelationshipView<'_>, subject: usize, object: usize) -> Fact {
    let optional = |key: &str| {
        relationship
            .property_named(key)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let text = |key: &str| optional(key).unwrap_or_default();
    let integer = |key: &str| {
        relationship
            .property_named(key)
            .and_then(Value::as_integer)
            .unwrap_or(-1)
    };
    // Relationships that the user made by hand have no clause; each stands alone.
    let clause = match integer(property::CLAUSE) {
        -1 => -relationship.id().number() - 2,
        clause => clause,
    };
    Fact {
        name: relationship.type_name().to_string(),
        subject,
        object,
        text: text(property::TEXT),
        subject_text: text(property::SUBJECT_TEXT),
        object_text: text(property::OBJECT_TEXT),
        polarity: text(property::POLARITY),
        modality: text(property::MODALITY),
        attributed_to: optional(property::ATTRIBUTED_TO),
        when: optional(property::WHEN),
        place: optional(property::WHERE),
        evidence: text(property::EVIDENCE),
        document: text(property::DOCUMENT),
        start: integer(property::START),
        clause,
        ..Fact::default()
    }
}

/// A relationship type in lower case words, without and with its last preposition:
/// `CRACK_DOWN_ON` is `crack down` and `on`, `IS_A` stays whole.
pub(super) fn split_type(name: &str) -> (String, String) {
    let spaced = name.to_lowercase().replace('_', " ");
    if spaced == "is a" {
        return (spaced, String::new());
    }
    // The dictionary form, as the trees of questions have it: IS_AT is "be at".
    let spaced = match spaced.split_once(' ') {
        Some(("is", rest)) => format!("be {rest}"),
        Some(("has", rest)) => format!("have {rest}"),
        Some(_) | None if spaced == "is" => "be".to_owned(),
        Some(_) | None if spaced == "has" => "have".to_owned(),
        Some(_) | None => spaced,
    };
    match spaced.rsplit_once(' ') {
        Some((verb, last)) if PREPOSITIONS.contains(&last) => (verb.to_owned(), last.to_owned()),
        Some(_) | None => (spaced, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::split_type;

    #[test]
    fn a_type_gives_its_verb_and_its_preposition() {
        let split = |name| {
            let (verb, preposition) = split_type(name);
            format!("{verb}|{preposition}")
        };
        assert_eq!(split("CRACK_DOWN_ON"), "crack down|on");
        assert_eq!(split("SPOKESMAN_FOR"), "spokesman|for");
        assert_eq!(split("IS_A"), "is a|");
        assert_eq!(split("FROM"), "from|");
    }
}
