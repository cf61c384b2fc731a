//! Why something is in the graph, and why something is not.
//!
//! Everything is answered from the file: the analyses say what was found, and where the tree of a
//! sentence is needed its document is read once more, which gives the same tree.

use std::collections::{BTreeMap, BTreeSet};

use super::Session;
use super::build::{kept_schema, stored_analyses};
use super::correct::understood;
use crate::base::Id as _;
use crate::error::Error;
use crate::extract::{
    Account, Argument, Factor, NearMiss, RuleTable, Statement, accounts, changed, extract,
    near_misses,
};
use crate::graph::RelationshipView;
use crate::ingest::{
    Analysis, Assembly, CLAUSES_PER_DOCUMENT, Candidate, LEAST_SURE, MergeRecord, ObjectRecord,
    StatementRecord, assemble, is_withheld,
};
use crate::model::{RelId, Value, property};
use crate::resolve::{JoinReason, relation_type, resolve};
use crate::text::{Annotator, Document, Input, SentenceId};

/// What is asked about.
#[derive(Debug, Clone, Copy)]
pub enum About<'w> {
    /// All that is stated between two entities.
    Entities(&'w str, &'w str),
    /// The relationship of this number.
    Relationship(i64),
}

/// Why a relationship is in the graph.
#[derive(Debug)]
pub struct Reason {
    /// Its number.
    pub relationship: i64,
    /// Its type.
    pub rel_type: String,
    /// Where it starts; `None` for what the sentence leaves unsaid.
    pub subject: Option<End>,
    /// Where it ends; `None` for what is no entity.
    pub object: Option<End>,
    /// What one document says, as it was found.
    pub statement: StatementRecord,
    /// The document.
    pub source: String,
    /// First byte of the sentence in it.
    pub start: usize,
    /// The document, read once more.
    pub document: Document,
    /// The sentence in it.
    pub sentence: SentenceId,
    /// Where the rule is written, `my.rules:12`; `None` if that is not known any more.
    pub rule_place: Option<String>,
    /// What the rule saw; `None` if the rule is not among those that are built in.
    pub account: Option<Account>,
}

/// An end of a relationship, and how the words came to mean it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The entity.
    pub entity: Candidate,
    /// The words.
    pub words: String,
    /// How they came to mean it within the document, step by step.
    pub steps: Vec<MergeRecord>,
    /// What the document calls it.
    pub called: String,
    /// Why that is one with what other documents, or people, speak of.
    pub joined: Vec<JoinReason>,
}

/// What is known of an entity: where it is mentioned, and why that is one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityReason {
    /// The entity.
    pub entity: Candidate,
    /// What it is in each document.
    pub members: Vec<MemberReason>,
}

/// What an entity is in one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberReason {
    /// The document.
    pub document: String,
    /// What the document calls it.
    pub called: String,
    /// Why it is one with what other documents, or people, speak of.
    pub joined: Vec<JoinReason>,
    /// Its mentions in order.
    pub mentions: Vec<MentionReason>,
}

/// A mention, and why it means what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionReason {
    /// Where its head stands: `DOCUMENT:BYTE` names the mention.
    pub at: usize,
    /// Its words.
    pub words: String,
    /// The sentence.
    pub sentence: String,
    /// The step that joined it to an earlier mention; `None` for the first.
    pub step: Option<MergeRecord>,
}

/// Why something is not in the graph: what was found on the way, nearest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// The entity that would act.
    pub subject: Candidate,
    /// The type asked for.
    pub rel_type: String,
    /// The entity acted on.
    pub object: Candidate,
    /// What was found, a line each.
    pub findings: Vec<Finding>,
}

/// One thing found on the way to a statement that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How far the machine got: `stated`, `qualified`, `reversed`, `other-relation`,
    /// `other-entities`, `no-statement`, `no-shared-sentence`.
    pub stage: &'static str,
    /// In words.
    pub text: String,
    /// The sentence, if it is about one.
    pub sentence: Option<String>,
    /// Its document.
    pub document: Option<String>,
    /// Rules that would have made the statement of the sentence but for one thing.
    pub near: Vec<NearRule>,
}

/// A rule that nearly made a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearRule {
    /// Its name.
    pub rule: String,
    /// Where it is written: `grammar/rules/verb.rules:12`.
    pub place: String,
    /// What was missing, in words.
    pub text: String,
}

/// Sentences of which is told at most.
const MOST_SENTENCES: usize = 5;
/// Rules that nearly fired of which is told at most, for a sentence.
const MOST_RULES: usize = 3;

impl Session {
    /// Why each relationship that `about` names is in the graph. Empty if there is none.
    ///
    /// # Errors
    /// [`Error::Correction`] if a name means nothing or several things; [`Error::Model`] without
    /// a model.
    pub fn why(&mut self, about: About<'_>) -> Result<Vec<Reason>, Error> {
        self.read_what_is_unreadable()?;
        let annotator = self.ready_annotator()?;
        let builtin = RuleTable::builtin();
        let reasons = self.with_analyses(|session, assembly, analyses| {
            let wanted = session.relationships(assembly, about)?;
            let mut read: BTreeMap<&str, Document> = BTreeMap::new();
            let mut found = Vec::new();
            for id in wanted {
                let Some(parts) = session.statement_of(assembly, id) else {
                    continue;
                };
                let Some(analysis) = analyses.iter().find(|other| other.source == parts.0) else {
                    continue;
                };
                let document = read
                    .entry(&analysis.source)
                    .or_insert_with(|| read_again(&annotator, analysis))
                    .clone();
                let rules = builtin.without(analysis.own_rules.keys().map(String::as_str));
                found.extend(reason(assembly, id, parts, document, &rules));
            }
            Ok(found)
        });
        self.annotator = Some(annotator);
        reasons
    }

    /// What the entity that `name` names is, mention by mention.
    ///
    /// # Errors
    /// [`Error::Correction`] if the name means nothing or several things.
    pub fn why_entity(&mut self, name: &str) -> Result<EntityReason, Error> {
        self.read_what_is_unreadable()?;
        self.with_analyses(|session, assembly, _| {
            let entity = session.candidate(assembly, name)?;
            let reasons = assembly.reasons_of(&entity.id);
            let mut members = Vec::new();
            for (document, number) in assembly.members_of(&entity.id) {
                let Some(analysis) = assembly.analysis(document) else {
                    continue;
                };
                let Some(record) = analysis.entities.get(number) else {
                    continue;
                };
                let mentions = record.places.iter().map(|mention| MentionReason {
                    at: mention.at,
                    words: mention.words.clone(),
                    sentence: analysis.sentence_at(mention.at).to_owned(),
                    step: step_of(&record.merges, mention.at, &mention.words).cloned(),
                });
                members.push(MemberReason {
                    document: document.to_owned(),
                    called: record.name.clone(),
                    joined: reasons
                        .get(&(document, number))
                        .map_or_else(Vec::new, |reasons| reasons.to_vec()),
                    mentions: mentions.collect(),
                });
            }
            Ok(EntityReason { entity, members })
        })
    }

    /// Why the graph does not say that `subject` does `rel_type` to `object`, or in what way it
    /// does. Rules that nearly fired are looked for among those that are built in, if there is a
    /// model to read the sentence with.
    ///
    /// # Errors
    /// [`Error::Correction`] if a name means nothing or several things.
    pub fn why_not(
        &mut self,
        subject: &str,
        rel_type: &str,
        object: &str,
    ) -> Result<Absence, Error> {
        self.read_what_is_unreadable()?;
        let annotator = self.ready_annotator().ok();
        let absence = self.with_analyses(|session, assembly, _| {
            let subject = session.candidate(assembly, subject)?;
            let object = session.candidate(assembly, object)?;
            let rel_type = rel_type.trim().to_uppercase().replace([' ', '-'], "_");
            let findings = findings(assembly, annotator.as_ref(), &subject, &rel_type, &object);
            Ok(Absence {
                subject,
                rel_type,
                object,
                findings,
            })
        });
        self.annotator = annotator;
        absence
    }

    fn ready_annotator(&mut self) -> Result<Annotator, Error> {
        Ok(match self.annotator.take() {
            Some(annotator) => annotator,
            None => Annotator::new()?,
        })
    }

    fn with_analyses<T>(
        &mut self,
        work: impl FnOnce(&Self, &Assembly<'_>, &[Analysis]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.begin_reading()?;
        let mut read = || {
            let database = self.documents_database()?;
            let stored = database.corrections()?;
            let schema = kept_schema(database)?;
            Ok::<_, Error>((stored_analyses(database)?, stored, schema))
        };
        let outcome = read().and_then(|(analyses, stored, schema)| {
            let dated = analyses.iter().map(|analysis| (analysis, None));
            let assembly = assemble(dated, &understood(&stored), schema.as_ref());
            work(self, &assembly, &analyses)
        });
        self.end_reading();
        outcome
    }

    fn relationships(
        &self,
        assembly: &Assembly<'_>,
        about: About<'_>,
    ) -> Result<Vec<RelId>, Error> {
        let (one, other) = match about {
            About::Relationship(number) => return Ok(vec![RelId::new(number)]),
            About::Entities(one, other) => (
                self.candidate(assembly, one)?.id,
                self.candidate(assembly, other)?.id,
            ),
        };
        let found = self.graph.relationships().filter(|relationship| {
            let end = |node| {
                let node = self.graph.node(node)?;
                node.property_named(property::ID)?.as_str()
            };
            let ends = (end(relationship.start()), end(relationship.end()));
            ends == (Some(one.as_str()), Some(other.as_str()))
                || ends == (Some(other.as_str()), Some(one.as_str()))
        });
        Ok(found.map(RelationshipView::id).collect())
    }

    /// The document of a relationship and the number of its statement there.
    fn statement_of(&self, assembly: &Assembly<'_>, id: RelId) -> Option<(String, usize)> {
        let relationship = self.graph.relationship(id)?;
        let text = |key: &str| {
            let value = relationship.property_named(key).and_then(Value::as_str);
            value.map(str::to_owned)
        };
        let source = text(property::DOCUMENT)?;
        let rule = text(property::RULE)?;
        let clause = relationship
            .property_named(property::CLAUSE)?
            .as_integer()?;
        let clause = u32::try_from(clause % CLAUSES_PER_DOCUMENT).ok()?;
        let rel_type = relationship.type_name();
        let id_of = |node| {
            let node = self.graph.node(node)?;
            node.property_named(property::ID)?.as_str()
        };
        let (start, end) = (id_of(relationship.start()), id_of(relationship.end()));
        let analysis = assembly.analysis(&source)?;
        let fits = |record: &StatementRecord| {
            let is = |number: Option<usize>, id: Option<&str>| {
                number.is_none_or(|number| assembly.id_of(&source, number) == id)
            };
            let object = match record.object {
                ObjectRecord::Entity(number) => Some(number),
                ObjectRecord::Unstated | ObjectRecord::Value(_) => None,
            };
            record.clause == clause
                && *record.relation == *rel_type
                && record.rule == rule
                && is(record.subject, start)
                && is(object, end)
        };
        let number = analysis.statements.iter().position(fits)?;
        Some((source, number))
    }
}

/// The document of `analysis`, read once more.
fn read_again(annotator: &Annotator, analysis: &Analysis) -> Document {
    let published = analysis.published.as_ref();
    let input = Input {
        text: analysis.text.clone(),
        title: analysis.title.clone(),
        published: published.and_then(|day| day.parse().ok()),
        furniture: false,
    };
    annotator.annotate(input).0
}

fn reason(
    assembly: &Assembly<'_>,
    id: RelId,
    (source, number): (String, usize),
    document: Document,
    rules: &RuleTable,
) -> Option<Reason> {
    let analysis = assembly.analysis(&source)?;
    let statement = analysis.statements.get(number)?.clone();
    let place = analysis.sentences.get(statement.sentence)?;
    let sentence = SentenceId::from_index(statement.sentence);
    let account = accounts(&document, rules, sentence)
        .into_iter()
        .find(|account| {
            let found = &account.statement;
            let at = |argument: Option<&Argument>| {
                let head = document.token(argument?.head)?;
                Some(head.span().start())
            };
            let agrees =
                |wanted: Option<usize>, argument| wanted.is_none() || wanted == at(argument);
            found.rule.as_str() == statement.rule
                && u32::try_from(found.clause.index()) == Ok(statement.clause)
                && agrees(statement.subject_at, found.subject.as_ref())
                && agrees(statement.object_at, found.object.as_ref())
        })
        .map(|mut account| {
            let ends = factors_of_ends(&document, rules, &account.statement);
            account.factors.extend(ends);
            account
        });
    let object = match statement.object {
        ObjectRecord::Entity(number) => Some(number),
        ObjectRecord::Unstated | ObjectRecord::Value(_) => None,
    };
    let end = |number: Option<usize>, at: Option<usize>, words: &Option<String>| {
        end(assembly, analysis, number?, at, words.as_deref())
    };
    Some(Reason {
        relationship: id.number(),
        rel_type: statement.relation.clone(),
        subject: end(
            statement.subject,
            statement.subject_at,
            &statement.subject_text,
        ),
        object: end(object, statement.object_at, &statement.object_text),
        start: place.start,
        rule_place: rule_place(analysis, &statement.rule, rules),
        statement,
        source,
        document,
        sentence,
        account,
    })
}

/// What is said of the confidence of `statement` by what its ends are found to mean.
fn factors_of_ends(document: &Document, rules: &RuleTable, statement: &Statement) -> Vec<Factor> {
    let (all, _) = extract(document, rules);
    let resolution = resolve(document, &all);
    let place = |statement: &Statement| {
        let head = |argument: &Option<Argument>| argument.as_ref().map(|argument| argument.head);
        (
            statement.clause,
            head(&statement.subject),
            head(&statement.object),
        )
    };
    let mut factors = all.iter().zip(resolution.factors);
    let own =
        factors.find(|(other, _)| other.rule == statement.rule && place(other) == place(statement));
    own.map_or_else(Vec::new, |(_, factors)| factors)
}

/// Where the rule called `name` is written that made a statement of `analysis`.
fn rule_place(analysis: &Analysis, name: &str, builtin: &RuleTable) -> Option<String> {
    let own = analysis.own_rules.get(name).cloned();
    own.or_else(|| {
        let mut rules = builtin.rules().iter();
        let rule = rules.find(|rule| rule.name().as_str() == name)?;
        Some(rule.place().to_string())
    })
}

fn end(
    assembly: &Assembly<'_>,
    analysis: &Analysis,
    number: usize,
    at: Option<usize>,
    words: Option<&str>,
) -> Option<End> {
    let id = assembly.id_of(&analysis.source, number)?;
    let record = analysis.entities.get(number)?;
    let mention = record.places.iter().find(|mention| Some(mention.at) == at);
    let mut steps: Vec<MergeRecord> = Vec::new();
    let mut current = mention.map(|mention| (mention.at, mention.words.clone()));
    while let Some((at, words)) = current.take() {
        let Some(step) = step_of(&record.merges, at, &words) else {
            break;
        };
        if steps.contains(step) {
            break;
        }
        current = Some((step.earlier_start, step.earlier.clone()));
        steps.push(step.clone());
    }
    let reasons = assembly.reasons_of(id);
    let joined = reasons
        .iter()
        .find(|((source, other), _)| *source == analysis.source && *other == number)
        .map_or_else(Vec::new, |(_, reasons)| reasons.to_vec());
    Some(End {
        entity: assembly.candidate(id),
        words: words.unwrap_or(&record.name).to_owned(),
        steps,
        called: record.name.clone(),
        joined,
    })
}

/// The step that joined the mention `words` around byte `at` to an earlier one.
fn step_of<'m>(merges: &'m [MergeRecord], at: usize, words: &str) -> Option<&'m MergeRecord> {
    merges.iter().find(|merge| {
        let reach = merge.later_start..=merge.later_start + merge.later.len();
        merge.later == words && reach.contains(&at)
    })
}

/// How far the machine got on the way to `subject` `rel_type` `object`, nearest first.
fn findings(
    assembly: &Assembly<'_>,
    annotator: Option<&Annotator>,
    subject: &Candidate,
    rel_type: &str,
    object: &Candidate,
) -> Vec<Finding> {
    let members = |entity: &Candidate| -> BTreeMap<String, BTreeSet<usize>> {
        let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (document, number) in assembly.members_of(&entity.id) {
            found.entry(document.to_owned()).or_default().insert(number);
        }
        found
    };
    let (subjects, objects) = (members(subject), members(object));
    let mut ranked: Vec<(u8, &Analysis, usize, Finding)> = Vec::new();
    let mut shared = 0;
    for (source, ours) in &subjects {
        let (Some(theirs), Some(analysis)) = (objects.get(source), assembly.analysis(source))
        else {
            continue;
        };
        let sentences = |numbers: &BTreeSet<usize>| -> BTreeSet<usize> {
            let places = numbers
                .iter()
                .filter_map(|number| analysis.entities.get(*number))
                .flat_map(|entity| &entity.places);
            places
                .map(|mention| analysis.sentence_number(mention.at))
                .collect()
        };
        for sentence in sentences(ours).intersection(&sentences(theirs)) {
            shared += 1;
            let statements = analysis
                .statements
                .iter()
                .filter(|statement| statement.sentence == *sentence);
            let near = nearest(assembly, analysis, statements, (ours, theirs), rel_type);
            let (rank, stage, text) = near;
            ranked.push((
                rank,
                analysis,
                *sentence,
                Finding {
                    stage,
                    text,
                    sentence: Some(analysis.sentence_text(*sentence).to_owned()),
                    document: Some(source.clone()),
                    near: Vec::new(),
                },
            ));
        }
    }
    ranked.sort_by_key(|(rank, ..)| *rank);
    ranked.truncate(MOST_SENTENCES);
    let mut read: BTreeMap<&str, Document> = BTreeMap::new();
    let mut findings = Vec::new();
    for (_, analysis, sentence, mut finding) in ranked {
        let ends = (
            subjects.get(&analysis.source),
            objects.get(&analysis.source),
        );
        if let (Some(annotator), (Some(ours), Some(theirs))) = (annotator, ends)
            && !matches!(finding.stage, "stated" | "qualified")
        {
            let document = read
                .entry(&analysis.source)
                .or_insert_with(|| read_again(annotator, analysis));
            let heads = (heads(analysis, ours), heads(analysis, theirs));
            finding.near = near_rules(document, sentence, &heads, rel_type);
        }
        findings.push(finding);
    }
    if shared == 0 {
        let both: Vec<&str> = subjects
            .keys()
            .filter(|source| objects.contains_key(*source))
            .map(String::as_str)
            .collect();
        let text = if both.is_empty() {
            format!(
                "no document speaks of both {} and {}",
                subject.name, object.name
            )
        } else {
            format!(
                "no sentence speaks of both {} and {}, though these documents do: {}; a statement \
                 is always of one sentence",
                subject.name,
                object.name,
                both.join(", ")
            )
        };
        findings.push(Finding {
            stage: "no-shared-sentence",
            text,
            sentence: None,
            document: None,
            near: Vec::new(),
        });
    }
    findings
}

/// Where the mentions of some entities of `analysis` have their heads.
fn heads(analysis: &Analysis, numbers: &BTreeSet<usize>) -> BTreeSet<usize> {
    numbers
        .iter()
        .filter_map(|number| analysis.entities.get(*number))
        .flat_map(|entity| &entity.places)
        .map(|mention| mention.at)
        .collect()
}

/// The rules that would have said `rel_type`, or what begins with the same word, of mentions with
/// these heads, but for one thing.
fn near_rules(
    document: &Document,
    sentence: usize,
    (subjects, objects): &(BTreeSet<usize>, BTreeSet<usize>),
    rel_type: &str,
) -> Vec<NearRule> {
    let at = |argument: &Option<Argument>, heads: &BTreeSet<usize>| {
        let token = argument
            .as_ref()
            .and_then(|argument| document.token(argument.head));
        token.is_some_and(|token| heads.contains(&token.span().start()))
    };
    let first_word = |name: &str| name.split('_').next().map(str::to_owned);
    let mut found = Vec::new();
    let (made, _) = extract(document, &RuleTable::builtin());
    let factors = resolve(document, &made).factors;
    let rules = RuleTable::builtin();
    let withheld = made.iter().zip(factors).find(|(statement, factors)| {
        statement.sentence.index() == sentence
            && is_withheld(&rules, statement, factors)
            && at(&statement.subject, subjects)
            && at(&statement.object, objects)
            && first_word(&relation_type(&statement.relation.lemma)) == first_word(rel_type)
    });
    if let Some((statement, factors)) = withheld {
        found.push(NearRule {
            rule: statement.rule.as_str().to_owned(),
            place: rules
                .named(&statement.rule)
                .map_or_else(String::new, |rule| rule.place().to_string()),
            text: format!(
                "its confidence, {:.3}, is below {LEAST_SURE}",
                changed(statement.confidence, &factors).share()
            ),
        });
    }
    let mut misses: Vec<(bool, NearMiss)> = near_misses(
        document,
        &RuleTable::builtin(),
        SentenceId::from_index(sentence),
    )
    .into_iter()
    .filter(|miss| at(&miss.statement.subject, subjects) && at(&miss.statement.object, objects))
    .filter_map(|miss| {
        let made = relation_type(&miss.statement.relation.lemma);
        (first_word(&made) == first_word(rel_type)).then(|| (made != rel_type, miss))
    })
    .collect();
    misses.sort_by_key(|(other, _)| *other);
    for (_, miss) in misses {
        let word = miss.token.and_then(|token| document.token(token));
        let word = word.map_or("", |token| token.text());
        let near = NearRule {
            rule: miss.statement.rule.as_str().to_owned(),
            place: miss.place.to_string(),
            text: if miss.forbidden {
                format!("at “{word}” it refuses {}", miss.wanted)
            } else {
                format!("“{word}” fails its {}", miss.wanted)
            },
        };
        if found.iter().all(|other| other.rule != near.rule) {
            found.push(near);
        }
    }
    found.truncate(MOST_RULES);
    found
}

/// Of the statements of a sentence the one nearest to what is asked for: its rank, the stage that
/// was reached, and that in words.
fn nearest<'s>(
    assembly: &Assembly<'_>,
    analysis: &Analysis,
    statements: impl Iterator<Item = &'s StatementRecord>,
    (subjects, objects): (&BTreeSet<usize>, &BTreeSet<usize>),
    rel_type: &str,
) -> (u8, &'static str, String) {
    let name = |number: usize| {
        assembly
            .id_of(&analysis.source, number)
            .map(|id| assembly.candidate(id).name)
            .or_else(|| Some(analysis.entities.get(number)?.name.clone()))
            .unwrap_or_default()
    };
    let shown = |record: &StatementRecord| {
        let subject = record.subject.map_or_else(|| "unsaid".to_owned(), name);
        let object = match &record.object {
            ObjectRecord::Entity(number) => name(*number),
            ObjectRecord::Value(words) => words.clone(),
            ObjectRecord::Unstated => "unsaid".to_owned(),
        };
        format!("({subject})-[{}]->({object})", record.relation)
    };
    let mut best: Option<(u8, &'static str, String)> = None;
    let mut offer = |rank: u8, stage: &'static str, text: String| {
        if best.as_ref().is_none_or(|(known, _, _)| rank < *known) {
            best = Some((rank, stage, text));
        }
    };
    let mut others: Vec<String> = Vec::new();
    for record in statements {
        let subject = record.subject;
        let object = match record.object {
            ObjectRecord::Entity(number) => Some(number),
            ObjectRecord::Unstated | ObjectRecord::Value(_) => None,
        };
        let within = |number: Option<usize>, set: &BTreeSet<usize>| {
            number.is_some_and(|number| set.contains(&number))
        };
        let forward = within(subject, subjects) && within(object, objects);
        let backward = within(subject, objects) && within(object, subjects);
        let same = record.relation == rel_type;
        let kin = record.relation.split('_').next() == rel_type.split('_').next();
        let line = shown(record);
        others.push(line.clone());
        let marks = qualifiers(record, &name);
        if forward && same && marks.is_empty() {
            offer(0, "stated", format!("it is there: {line}"));
        } else if forward && same {
            offer(
                1,
                "qualified",
                format!("it is there, but {}: {line}", marks.join(", ")),
            );
        } else if backward && same {
            offer(
                2,
                "reversed",
                format!("it is there the other way round: {line}"),
            );
        } else if (forward || backward) && kin {
            offer(3, "other-relation", format!("it is there as {line}"));
        } else if same || kin {
            offer(
                4,
                "other-entities",
                format!("the sentence says so of others: {line}"),
            );
        } else if forward || backward {
            offer(
                5,
                "other-relation",
                format!("the sentence says something else of the two: {line}"),
            );
        }
    }
    best.unwrap_or_else(|| {
        let text = if others.is_empty() {
            "both are mentioned, but no rule made a statement of the sentence".to_owned()
        } else {
            format!(
                "both are mentioned, but no rule made this of the sentence; it gave {}",
                others.join(", ")
            )
        };
        (6, "no-statement", text)
    })
}

/// What keeps a statement from being a plain fact.
fn qualifiers(record: &StatementRecord, name: &dyn Fn(usize) -> String) -> Vec<String> {
    let mut found = Vec::new();
    if record.polarity != "affirmed" {
        found.push(record.polarity.clone());
    }
    if record.modality != "asserted" {
        found.push(format!("only {}", record.modality));
    }
    let speaker = record.attributed_to.map(name);
    if let Some(speaker) = speaker.or_else(|| record.attributed_text.clone()) {
        found.push(format!("as the word of {speaker}"));
    }
    found
}
