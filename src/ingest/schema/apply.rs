//! Looks for the patterns of a schema among the statements of a document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    Category, NodeCondition, NodeKind, NodeProperty, NodeTest, Pattern, PredicatePiece, Schema,
    Sort, StepKey, StepTest,
};
use crate::ingest::analysis::{Analysis, EntityRecord, MentionKind, ObjectRecord, StatementRecord};
use crate::resolve::relation_type;

/// So many matches of one pattern in one sentence are enough; a list of hundreds says no more.
const MOST_MATCHES: usize = 400;

impl Schema {
    /// Gives the entities of `analysis` their types and its statements their categories, and adds
    /// those that the patterns make. Time O(mentions × types + sentences × patterns × chains of
    /// statements).
    pub fn apply(&self, analysis: &mut Analysis) {
        let mut sentences: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
        for (number, statement) in analysis.statements.iter().enumerate() {
            let place = Place::Statement(number);
            sentences.entry(statement.sentence).or_default().push(place);
        }
        for (number, statement) in analysis.asides.iter().enumerate() {
            let place = Place::Aside(number);
            sentences.entry(statement.sentence).or_default().push(place);
        }
        let forms = forms(analysis);
        let mut named: Vec<(usize, Arc<str>)> = Vec::new();
        let mut made: Vec<StatementRecord> = Vec::new();
        for places in sentences.values() {
            let scene = Scene {
                analysis,
                forms: &forms,
                places,
            };
            self.sentence(&scene, &mut named, &mut made);
        }
        let no_places = Scene {
            analysis,
            forms: &forms,
            places: &[],
        };
        let sorts: Vec<Option<Arc<str>>> = analysis
            .entities
            .iter()
            .enumerate()
            .map(|(number, entity)| self.sort(&no_places, number, entity))
            .collect();
        for (entity, sort) in analysis.entities.iter_mut().zip(sorts) {
            entity.category = sort;
        }
        for (number, category) in named {
            if let Some(statement) = analysis.statements.get_mut(number) {
                statement.category = Some(category);
            }
        }
        for statement in made {
            let object = match statement.object {
                ObjectRecord::Entity(number) => Some(number),
                ObjectRecord::Unstated | ObjectRecord::Value(_) => None,
            };
            for number in [statement.subject, object].into_iter().flatten() {
                if let Some(entity) = analysis.entities.get_mut(number) {
                    entity.stated = true;
                }
            }
            analysis.statements.push(statement);
        }
    }

    /// The first type that a mention of the entity shows it to be of.
    fn sort(&self, scene: &Scene<'_>, number: usize, entity: &EntityRecord) -> Option<Arc<str>> {
        let of = |sort: &&Sort| {
            entity.places.iter().any(|mention| {
                let end = End {
                    at: Some(mention.at),
                    entity: Some(number),
                    record: Some(entity),
                    text: None,
                    words: None,
                };
                sort.members.iter().any(|test| scene.holds(test, end))
            })
        };
        let sort = self.sorts.iter().find(of)?;
        Some(Arc::clone(&sort.name))
    }

    fn sentence(
        &self,
        scene: &Scene<'_>,
        named: &mut Vec<(usize, Arc<str>)>,
        made: &mut Vec<StatementRecord>,
    ) {
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for category in &self.categories {
            let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
            let mut chains: Vec<(Vec<Place>, &Pattern)> = Vec::new();
            for pattern in &category.patterns {
                let found = scene.chains(pattern);
                chains.extend(found.into_iter().map(|chain| (chain, pattern)));
            }
            // Statements that are the category themselves come before those that only mean it.
            chains.sort_by_key(|(chain, pattern)| !category.is_itself(chain, pattern));
            for (chain, pattern) in chains {
                let Some((source, target)) = scene.ends(&chain, pattern) else {
                    continue;
                };
                let Some((from, to)) = source.at.zip(target.at).filter(|(from, to)| from != to)
                else {
                    continue;
                };
                let pair = if category.mutual {
                    (from.min(to), from.max(to))
                } else {
                    (from, to)
                };
                if let (true, [Place::Statement(number)]) =
                    (category.is_itself(&chain, pattern), chain.as_slice())
                    && taken.insert(*number)
                {
                    pairs.insert(pair);
                    named.push((*number, Arc::clone(&category.name)));
                } else if pairs.insert(pair)
                    && let Some(statement) = self.statement(category, scene, &chain, source, target)
                {
                    made.push(statement);
                }
            }
        }
    }

    /// The statement that `category` holds between two ends of a chain.
    fn statement(
        &self,
        category: &Category,
        scene: &Scene<'_>,
        chain: &[Place],
        source: End<'_>,
        target: End<'_>,
    ) -> Option<StatementRecord> {
        let steps: Vec<&StatementRecord> = chain
            .iter()
            .filter_map(|place| scene.record(*place))
            .collect();
        let first = *steps.first()?;
        // What is acted on cannot stand first where it is no entity.
        let (source, target) = match (source.entity, target.entity) {
            (None, Some(_)) if category.mutual => (target, source),
            _ => (source, target),
        };
        source.entity?;
        let unsure = steps.iter().find(|step| step.modality != "asserted");
        let denied = steps.iter().find(|step| step.polarity != "affirmed");
        let said = steps
            .iter()
            .find(|step| step.attributed_to.is_some() || step.attributed_text.is_some());
        let timed = steps.iter().find(|step| step.when.is_some());
        let confidence = steps
            .iter()
            .fold(category.confidence, |sure, step| sure * step.confidence);
        Some(StatementRecord {
            sentence: first.sentence,
            clause: first.clause,
            subject: source.entity,
            subject_at: source.at,
            subject_text: source.text.map(str::to_owned),
            relation: relation_type(&category.name),
            text: first.text.clone(),
            object: target
                .entity
                .map_or_else(|| target.value(), ObjectRecord::Entity),
            object_at: target.at,
            object_text: target.text.map(str::to_owned),
            polarity: denied.unwrap_or(&first).polarity.clone(),
            modality: unsure.unwrap_or(&first).modality.clone(),
            attributed_to: said.and_then(|step| step.attributed_to),
            attributed_at: said.and_then(|step| step.attributed_at),
            attributed_text: said.and_then(|step| step.attributed_text.clone()),
            when: timed.and_then(|step| step.when.clone()),
            time: timed.and_then(|step| step.time.clone()),
            place: steps.iter().find_map(|step| step.place.clone()),
            arguments: Vec::new(),
            quantity: None,
            inferred: true,
            confidence: (confidence * 1_000.0).round() / 1_000.0,
            rule: format!("schema {}", self.name),
            category: Some(Arc::clone(&category.name)),
        })
    }
}

impl Category {
    /// Whether a chain is one statement that says the category in its own direction.
    fn is_itself(&self, chain: &[Place], pattern: &Pattern) -> bool {
        let [Place::Statement(_)] = chain else {
            return false;
        };
        let from_subject = pattern.steps.iter().all(|step| step.forth) == (pattern.source == 0);
        self.mutual || from_subject
    }
}

/// A statement by its place in the analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Statement(usize),
    Aside(usize),
}

/// How mentions refer, by the first bytes of their head words.
fn forms(analysis: &Analysis) -> BTreeMap<usize, MentionKind> {
    let mentions = analysis.entities.iter().flat_map(|entity| &entity.places);
    mentions.map(|mention| (mention.at, mention.form)).collect()
}

/// The statements of one sentence.
struct Scene<'a> {
    analysis: &'a Analysis,
    forms: &'a BTreeMap<usize, MentionKind>,
    places: &'a [Place],
}

/// One end of a statement.
#[derive(Debug, Clone, Copy)]
struct End<'a> {
    at: Option<usize>,
    entity: Option<usize>,
    record: Option<&'a EntityRecord>,
    text: Option<&'a str>,
    words: Option<&'a str>,
}

impl End<'_> {
    fn value(&self) -> ObjectRecord {
        let words = self.words.or(self.text).unwrap_or_default();
        ObjectRecord::Value(words.to_owned())
    }
}

impl<'a> Scene<'a> {
    fn record(&self, place: Place) -> Option<&'a StatementRecord> {
        match place {
            Place::Statement(number) => self.analysis.statements.get(number),
            Place::Aside(number) => self.analysis.asides.get(number),
        }
    }

    fn subject(&self, statement: &'a StatementRecord) -> End<'a> {
        End {
            at: statement.subject_at,
            entity: statement.subject,
            record: statement
                .subject
                .and_then(|number| self.analysis.entities.get(number)),
            text: statement.subject_text.as_deref(),
            words: None,
        }
    }

    fn object(&self, statement: &'a StatementRecord) -> End<'a> {
        let (entity, words) = match &statement.object {
            ObjectRecord::Entity(number) => (Some(*number), None),
            ObjectRecord::Value(words) => (None, Some(words.as_str())),
            ObjectRecord::Unstated => (None, None),
        };
        End {
            at: statement.object_at,
            entity,
            record: entity.and_then(|number| self.analysis.entities.get(number)),
            text: statement.object_text.as_deref(),
            words,
        }
    }

    /// The ends of the step `statement`, in the order of the pattern.
    fn along(&self, statement: &'a StatementRecord, forth: bool) -> (End<'a>, End<'a>) {
        let (subject, object) = (self.subject(statement), self.object(statement));
        if forth {
            (subject, object)
        } else {
            (object, subject)
        }
    }

    /// Every chain of statements that fits `pattern`.
    fn chains(&self, pattern: &Pattern) -> Vec<Vec<Place>> {
        let mut chains: Vec<Vec<Place>> = vec![Vec::new()];
        for (number, step) in pattern.steps.iter().enumerate() {
            let mut longer = Vec::new();
            let ends = pattern.nodes.get(number).zip(pattern.nodes.get(number + 1));
            let Some((from, to)) = ends else {
                return Vec::new();
            };
            let fitting: Vec<Place> = self
                .places
                .iter()
                .copied()
                .filter(|place| self.fits(*place, step, from, to))
                .collect();
            for chain in &chains {
                for place in &fitting {
                    if longer.len() < MOST_MATCHES && self.follows(chain, *place, pattern) {
                        longer.push(chain.iter().copied().chain([*place]).collect());
                    }
                }
            }
            chains = longer;
        }
        chains
    }

    fn fits(&self, place: Place, step: &StepTest, from: &NodeTest, to: &NodeTest) -> bool {
        self.record(place).is_some_and(|statement| {
            let (start, end) = self.along(statement, step.forth);
            step.holds(statement) && self.holds(from, start) && self.holds(to, end)
        })
    }

    /// Whether `next` goes on where `chain` ends, and comes back to nothing.
    fn follows(&self, chain: &[Place], next: Place, pattern: &Pattern) -> bool {
        let Some(before) = chain.last().and_then(|place| self.record(*place)) else {
            return true;
        };
        let (Some(step), Some(earlier), Some(statement)) = (
            pattern.steps.get(chain.len()),
            pattern.steps.get(chain.len() - 1),
            self.record(next),
        ) else {
            return false;
        };
        let (_, reached) = self.along(before, earlier.forth);
        let (start, end) = self.along(statement, step.forth);
        // Two things that one subject does are of one clause, unless they need no verb or a place
        // in front holds for all that it does.
        let parts = !earlier.forth && step.forth;
        let verbs = !before.text.is_empty() && !statement.text.is_empty();
        let free = in_front(before) || in_front(statement);
        reached.at.is_some()
            && reached.at == start.at
            && !(parts && verbs && !free && before.clause != statement.clause)
            && self.passed(chain, pattern).iter().all(|at| *at != end.at)
    }

    /// The ends that a chain passes.
    fn passed(&self, chain: &[Place], pattern: &Pattern) -> Vec<Option<usize>> {
        let steps = chain.iter().zip(&pattern.steps);
        steps
            .filter_map(|(place, step)| Some(self.along(self.record(*place)?, step.forth)))
            .flat_map(|(start, end)| [start.at, end.at])
            .collect()
    }

    /// What the source and the target of `pattern` are in `chain`.
    fn ends(&self, chain: &[Place], pattern: &Pattern) -> Option<(End<'a>, End<'a>)> {
        let end = |node: usize| {
            let step = node.saturating_sub(1);
            let statement = self.record(*chain.get(step)?)?;
            let (start, end) = self.along(statement, pattern.steps.get(step)?.forth);
            Some(if node == 0 { start } else { end })
        };
        Some((end(pattern.source)?, end(pattern.target)?))
    }

    fn holds(&self, test: &NodeTest, end: End<'_>) -> bool {
        let kind = |kind: &NodeKind| match kind {
            NodeKind::Entity(kind) => end.record.is_some_and(|entity| entity.kind == kind.label()),
            NodeKind::Value => end.entity.is_none() && end.words.is_some(),
        };
        (test.kinds.is_empty() || test.kinds.iter().any(kind))
            && test
                .conditions
                .iter()
                .all(|condition| self.has(condition, end) == condition.wanted)
    }

    fn has(&self, condition: &NodeCondition, end: End<'_>) -> bool {
        let form = end.at.and_then(|at| self.forms.get(&at).copied());
        match &condition.test {
            NodeProperty::Form(forms) => form.is_some_and(|form| forms.contains(&form)),
            NodeProperty::Name(names) => end.record.is_some_and(|entity| {
                let called = entity.aliases.iter().chain([&entity.name]);
                called
                    .map(|name| name.to_lowercase())
                    .any(|name| names.contains(&name))
            }),
            NodeProperty::Noun(nouns) => {
                let described = form.is_none_or(|form| form == MentionKind::Description);
                let written = end.at.and_then(|at| self.analysis.text.get(at..));
                let word: String = written
                    .unwrap_or_default()
                    .chars()
                    .take_while(|letter| letter.is_alphanumeric() || *letter == '-')
                    .flat_map(char::to_lowercase)
                    .collect();
                nouns.iter().any(|noun| is_form_of(&word, noun))
                    || (!described
                        && end
                            .record
                            .and_then(|entity| entity.description.as_ref())
                            .is_some_and(|noun| nouns.contains(noun)))
            }
        }
    }
}

/// Whether the object of a statement is its place and stands before the subject: "Near Tarsk, the
/// army …".
fn in_front(statement: &StatementRecord) -> bool {
    let place = statement.place.as_deref().unwrap_or_default();
    let object = statement.object_text.as_deref().unwrap_or_default();
    !object.is_empty()
        && place.ends_with(object)
        && statement.object_at.is_some()
        && statement.object_at < statement.subject_at
}

/// Whether `word` is `noun` or its plural.
fn is_form_of(word: &str, noun: &str) -> bool {
    let ending = word.strip_prefix(noun);
    matches!(ending, Some("" | "s" | "es"))
        || word
            .strip_suffix("ies")
            .zip(noun.strip_suffix('y'))
            .is_some_and(|(a, b)| a == b)
        || word
            .strip_suffix("men")
            .zip(noun.strip_suffix("man"))
            .is_some_and(|(a, b)| a == b)
}

impl StepTest {
    fn holds(&self, statement: &StatementRecord) -> bool {
        let conditions = self.conditions.iter().all(|condition| {
            let value = match condition.key {
                StepKey::Polarity => &statement.polarity,
                StepKey::Modality => &statement.modality,
                StepKey::Rule => &statement.rule,
            };
            condition.values.contains(value) == condition.wanted
        });
        // Unless it asks for what is denied, a schema is of what is so.
        let polarity = self
            .conditions
            .iter()
            .any(|condition| condition.key == StepKey::Polarity);
        if !conditions || (!polarity && statement.polarity != "affirmed") {
            return false;
        }
        let lowered = statement.relation.to_lowercase();
        let words: Vec<&str> = lowered.split('_').filter(|word| !word.is_empty()).collect();
        self.predicates.iter().any(|pieces| fits(pieces, &words))
    }
}

/// Whether `pieces` make up all of `words`.
fn fits(pieces: &[PredicatePiece], words: &[&str]) -> bool {
    let Some((piece, rest)) = pieces.split_first() else {
        return words.is_empty();
    };
    match piece {
        PredicatePiece::Any => (0..=words.len())
            .any(|skipped| words.get(skipped..).is_some_and(|words| fits(rest, words))),
        PredicatePiece::Words(alternatives) => alternatives.iter().any(|alternative| {
            let (head, tail) = words.split_at(alternative.len().min(words.len()));
            head == alternative.as_slice() && fits(rest, tail)
        }),
    }
}
