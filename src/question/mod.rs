//! English questions, answered from the graph.
//!
//! A question is read by its outer form (`parse`, with `grammar/question.pest`) or by its tree
//! (`tree`), matched against what the graph holds (`facts`, `matching`), and translated to one
//! query over the graph's shape (`translate`), which is run: the rows are the answer. The text of
//! the documents is never searched.
//!
//! Asking takes two steps, because running a query is not this layer's business:
//! [`Vocabulary::translate`] gives the query, [`Translation::answer`] puts its rows into words.
//! Without a tree (`None`) only the forms that the grammar knows are understood.

mod amount;
mod answer;
mod circumstance;
mod class;
mod event;
mod facts;
mod follow_up;
mod frame;
mod heading;
mod imperative;
mod kinds;
mod matching;
mod meant;
mod measure;
mod parse;
mod path;
mod phrase;
mod reading;
mod role;
mod speaker;
mod translate;
mod tree;
mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::graph::PropertyGraph;
use crate::model::Value;
use crate::query::ast::Query;
use crate::query::print;
use crate::text::Document;

use self::answer::Shape;
use self::facts::{Fact, Facts};
use self::frame::{Frame, Phrase, Question};
use self::parse::Form;
use self::reading::{Found, Reading, Take};

pub use self::answer::{Answer, AnswerItem, Citation};
pub use self::follow_up::follow_up;

/// A reading below this is no answer: none rather than a guess.
const LEAST_SCORE: f64 = 0.58;

/// What a graph holds, laid out for questions. Made once, asked many times; a graph that changed
/// needs a new one.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    facts: Facts,
}

/// A question turned into a query.
#[derive(Debug, Clone)]
pub struct Translation {
    /// The query; `None` if nothing in the graph can answer.
    query: Option<Query>,
    shape: Shape,
    /// For each sentence its rank, by document and first byte.
    ranks: BTreeMap<(String, i64), usize>,
    /// For each sentence that says an answer, and not as a fact, how it says it, by document and first byte.
    hedges: BTreeMap<(String, i64), String>,
    /// What is written in an answer, by the fullest way in which the same is written in one.
    fullest: BTreeMap<String, String>,
    nearest: Vec<String>,
    /// The question with names spelled as the graph has them.
    meant: Option<String>,
    /// How well the reading fits, 0..=1.
    score: f64,
}

impl Translation {
    fn nothing(nearest: Vec<String>) -> Self {
        Self {
            query: None,
            shape: Shape::Path,
            ranks: BTreeMap::new(),
            hedges: BTreeMap::new(),
            fullest: BTreeMap::new(),
            nearest,
            meant: None,
            score: 0.0,
        }
    }

    /// How well the graph fits the question, 0..=1: below a threshold there is no answer.
    pub fn score(&self) -> f64 {
        self.score
    }

    /// The query to run; `None` if nothing in the graph can answer the question.
    pub fn query(&self) -> Option<&Query> {
        self.query.as_ref()
    }

    /// The answer that `rows` of the query give.
    pub fn answer(&self, rows: &[Vec<Value>]) -> Answer {
        let rank = |document: &str, start: i64| {
            self.ranks
                .get(&(document.to_owned(), start))
                .copied()
                .unwrap_or(usize::MAX)
        };
        let mut found = answer::of_rows(&self.shape, rows, rank, &self.fullest);
        for citation in &mut found.citations {
            let start = i64::try_from(citation.start).unwrap_or(i64::MAX);
            let place = (citation.document.clone(), start);
            citation.modality = self.hedges.get(&place).cloned();
        }
        let nearest = if found.items.is_empty() {
            self.nearest.clone()
        } else {
            Vec::new()
        };
        Answer {
            items: found.items,
            grounds: found.grounds,
            evidence: found.citations,
            query: self.query.as_ref().map(print),
            nearest,
            meant: self.meant.clone(),
        }
    }
}

impl Vocabulary {
    /// What `graph` holds. Time and memory O(nodes + relationships).
    pub fn new(graph: &PropertyGraph) -> Self {
        Self {
            facts: Facts::of(graph),
        }
    }

    /// The question that a command is ("List the firms that were fined"); a question as it is.
    pub fn plain(text: &str) -> Cow<'_, str> {
        imperative::asked(text)
    }

    /// Whether the tree of `question` is needed to understand it, beyond its outer form.
    pub fn needs_tree(question: &str) -> bool {
        matches!(parse::form(question), Some(Form::Clause | Form::Copular(_)))
    }

    /// The query that answers `question`, whose tree is `tree`.
    pub fn translate(&self, question: &str, tree: Option<&Document>) -> Translation {
        let mut translation = self.translated(question, tree);
        if translation.query.is_none() {
            translation.meant = meant::meant(&self.facts, question);
        }
        translation
    }

    fn translated(&self, question: &str, tree: Option<&Document>) -> Translation {
        // What it leans on is not known here; any answer would be a guess.
        if follow_up::leans_on_another(question) {
            return Translation::nothing(Vec::new());
        }
        let Some(understood) = understand(question, tree) else {
            return Translation::nothing(Vec::new());
        };
        tracing::debug!(?understood, "a question is understood");
        let facts = &self.facts;
        let words = words::telling(question.split_once(' ').map_or("", |(_, rest)| rest));
        match understood {
            Question::Path { from, to } => match path::search(facts, &from, &to) {
                Some((from, to, length)) => Translation {
                    query: Some(translate::path_query(&from, &to, length)),
                    shape: Shape::Path,
                    ranks: BTreeMap::new(),
                    hedges: BTreeMap::new(),
                    fullest: BTreeMap::new(),
                    nearest: Vec::new(),
                    meant: None,
                    score: 1.0,
                },
                None => Translation::nothing(self.nearest(&[&from, &to], &words)),
            },
            Question::Copular { person, phrase } => {
                let amount = amount::search(facts, &phrase);
                if amount.score() >= LEAST_SCORE {
                    return self.amount(&amount, &words, &phrase);
                }
                let mut reading =
                    role::definition(facts, &phrase).informative(facts, &phrase.words);
                // Who is the ambassador is not told by "ambassador of Norland".
                if person && !phrase.proper {
                    let described = |found: &Found| found.take.contains(&Take::Description);
                    reading.found.retain(|found| !described(found));
                }
                let by_role =
                    role::search(facts, &phrase).informative(facts, &role::said_by(facts, &phrase));
                if reading.score() < LEAST_SCORE {
                    let full = role::full_name(facts, &phrase);
                    if full.score() > by_role.score() {
                        return self.read(&full, &words, &[&phrase]);
                    }
                }
                if by_role.score() > reading.score()
                    || (phrase.of.is_some() && by_role.score() > LEAST_SCORE)
                {
                    reading = by_role;
                }
                self.read(
                    &reading.narrowed(0.85).without_classes(facts),
                    &words,
                    &[&phrase],
                )
            }
            Question::Instances(phrase) => self.read(
                &role::instances(facts, &phrase).narrowed(0.9),
                &words,
                &[&phrase],
            ),
            Question::About(phrase) => self.read(
                &role::definition(facts, &phrase).narrowed(0.6),
                &words,
                &[&phrase],
            ),
            Question::Speaker {
                verb,
                class,
                content,
            } => {
                let reading = speaker::search(facts, &verb, class.as_ref(), &content)
                    .informative(facts, &content);
                self.read(&reading, &words, &[])
            }
            Question::Event(mut frame) => {
                frame.words = words::content(question);
                // Whose name was lost on the way may be who acts, or whom it is done to.
                if let Some(name) = frame.lost_name(question)
                    && frame.known().next().is_none()
                {
                    tracing::debug!(name, "a name of the question is in no place of its event");
                    return Translation::nothing(self.nearest(&event::named(&frame), &words));
                }
                self.event(&frame, &words)
            }
        }
    }

    /// The amount that stands with the noun of `phrase`.
    fn amount(&self, reading: &Reading, words: &[String], phrase: &Phrase) -> Translation {
        let mut translation = self.read(reading, words, &[phrase]);
        if let Shape::Facts(_, trim) = &mut translation.shape {
            *trim = answer::Trim::Amount(words::stem_of_last(&phrase.role));
        }
        translation
    }

    fn event(&self, frame: &Frame, words: &[String]) -> Translation {
        let named = event::named(frame);
        let mut reading = event::search(&self.facts, frame);
        if let Some(phrase) = amount::asked(frame)
            && reading.score() < LEAST_SCORE
        {
            let amount = amount::search(&self.facts, &phrase);
            if amount.score() >= LEAST_SCORE {
                return self.amount(&amount, words, &phrase);
            }
        }
        // "Where is the home of the team?"
        if frame.adjunct == Some(frame::Adjunct::Place)
            && frame.verbs == ["be"]
            && let Some(frame::Filler::Known(phrase)) = &frame.subject
            && phrase.of.is_some()
        {
            let by_role = role::search(&self.facts, phrase)
                .informative(&self.facts, &phrase.words)
                .narrowed(0.85);
            if by_role.score() > reading.score() {
                reading = by_role;
            }
        }
        // "Who feared that the dam would burst?", where the tree hangs the clause on the verb.
        if let Some(frame::Filler::Asked(wish @ (frame::Wish::Who | frame::Wish::Class(_)))) =
            &frame.subject
            && let Some(verb) = frame
                .verbs
                .iter()
                .find(|verb| words::is_saying(verb))
                .or_else(|| frame.verbs.first())
            && frame.clause.len() > usize::from(!words::is_saying(verb))
            && frame.adjunct.is_none()
        {
            let class = match wish {
                frame::Wish::Class(class) => Some(class),
                frame::Wish::Who | frame::Wish::What | frame::Wish::Number(_) => None,
            };
            let said = speaker::search(&self.facts, verb, class, &frame.clause)
                .informative(&self.facts, &frame.words);
            // Who says something else has not said this.
            if said.score() > reading.score() || words::is_saying(verb) {
                reading = said;
            }
        }
        if event::is_yes_or_no(frame) {
            let mut turned = frame.clone();
            turned.denied = !turned.denied;
            let denied = event::search(&self.facts, &turned);
            let (reading, truth) = if denied.score() > reading.score() {
                (denied, frame.denied)
            } else {
                (reading, true)
            };
            let mut translation = self.read(&reading, words, &named);
            translation.shape = Shape::YesOrNo(truth);
            return translation;
        }
        if frame.adjunct == Some(frame::Adjunct::Measure) && reading.score() < LEAST_SCORE {
            reading = event::measured(&self.facts, frame);
        }
        let mut translation = self.read(&reading, words, &named);
        if let Shape::Facts(_, trim) = &mut translation.shape {
            *trim = event::trim(frame);
        }
        translation
    }

    fn read(&self, reading: &Reading, words: &[String], named: &[&Phrase]) -> Translation {
        let reading = &reading.clone().without_halves(&self.facts);
        for found in reading.all().take(5) {
            let fact = self.facts.fact(found.fact).map(|fact| self.line(fact));
            tracing::debug!(score = found.score, take = ?found.take, fact, "a fact answers");
        }
        if reading.score() < LEAST_SCORE {
            let mut nothing = Translation::nothing(self.nearest(named, words));
            nothing.score = reading.score();
            return nothing;
        }
        let shape = Shape::Facts(
            reading
                .found
                .first()
                .map(|found| found.take.clone())
                .unwrap_or_default(),
            answer::Trim::Whole,
        );
        // The sentence that names the answer, and what the question names, comes first.
        let mut ordered: Vec<(f64, &Found)> = reading
            .all()
            .map(|found| (found.score * self.telling(found, words), found))
            .collect();
        ordered.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut ranks = BTreeMap::new();
        for (rank, (_, found)) in ordered.into_iter().enumerate() {
            if let Some(fact) = self.facts.fact(found.fact) {
                ranks
                    .entry((fact.document.clone(), fact.start))
                    .or_insert(rank);
            }
        }
        Translation {
            query: translate::query(&self.facts, reading, words),
            shape,
            ranks,
            hedges: hedges(&self.facts, reading),
            fullest: reading.fullest(&self.facts),
            nearest: Vec::new(),
            meant: None,
            score: reading.score(),
        }
    }

    /// How well the sentence of a fact tells its answer to a reader, about 1: whether it has the
    /// answer's name, and what share of the question's words.
    fn telling(&self, found: &Found, words: &[String]) -> f64 {
        let Some(fact) = self.facts.fact(found.fact) else {
            return 1.0;
        };
        let named = found.take.iter().all(|take| {
            let Some(end) = take.end() else { return true };
            self.facts
                .thing(end.thing(fact))
                .is_none_or(|thing| fact.evidence.contains(thing.name.as_str()))
        });
        let stems: Vec<String> = words
            .iter()
            .map(|word| words::stem(&word.to_lowercase()))
            .collect();
        let cover = self
            .facts
            .coverage(&stems, |stem| self.facts.sentence_has(fact.sentence, stem));
        let heading = if fact.evidence.ends_with(['.', '!', '?', '"', '”']) {
            0.02
        } else {
            0.0
        };
        0.9 + if named { 0.05 } else { 0.0 } + 0.05 * cover + heading
    }

    /// The nearest things the graph does hold: what it says of the things named, first what has
    /// more of the question's words.
    fn nearest(&self, named: &[&Phrase], words: &[String]) -> Vec<String> {
        let mut scored: Vec<(f64, usize)> = self
            .facts
            .facts
            .iter()
            .enumerate()
            .filter_map(|(index, fact)| {
                let ends = [fact.subject, fact.object];
                let score: f64 = named
                    .iter()
                    .map(|phrase| {
                        ends.iter()
                            .filter_map(|end| self.facts.thing(*end))
                            .map(|thing| matching::nearness(&self.facts, phrase, thing))
                            .fold(0.0, f64::max)
                    })
                    .sum();
                let said = words::content(&fact.text);
                let verb = said.iter().any(|stem| words.contains(stem));
                let sentence = |stem: &str| self.facts.sentence_has(fact.sentence, stem);
                let beside = self.facts.coverage(words, sentence) + if verb { 0.5 } else { 0.0 };
                (score > 0.6).then_some((score + beside, index))
            })
            .collect();
        scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut lines = Vec::new();
        for (_, index) in scored {
            let Some(fact) = self.facts.fact(index) else {
                continue;
            };
            let line = self.line(fact);
            if !lines.contains(&line) {
                lines.push(line);
            }
            if lines.len() == 3 {
                break;
            }
        }
        lines
    }

    /// A fact on one line: `(Sweden)-[DEFEAT]->(South Korea)`.
    fn line(&self, fact: &Fact) -> String {
        let name = |index: usize| {
            self.facts
                .thing(index)
                .map(|thing| thing.name.as_str())
                .filter(|name| !name.is_empty())
                .unwrap_or("…")
        };
        let not = if fact.polarity == "denied" {
            "not "
        } else {
            ""
        };
        format!(
            "({})-[{not}{}]->({})",
            name(fact.subject),
            fact.name,
            name(fact.object)
        )
    }
}

/// For each sentence of `reading` that says an answer, and not as a fact, how it says it: what is
/// alleged or planned is shown as that.
fn hedges(facts: &Facts, reading: &Reading) -> BTreeMap<(String, i64), String> {
    reading
        .all()
        .filter_map(|found| facts.fact(found.fact))
        .filter(|fact| !matches!(fact.modality.as_str(), "" | "asserted"))
        .map(|fact| ((fact.document.clone(), fact.start), fact.modality.clone()))
        .collect()
}

/// What `question` asks; `None` if that cannot be told.
fn understand(question: &str, tree: Option<&Document>) -> Option<Question> {
    match parse::form(question)? {
        Form::Known(known) => Some(known),
        Form::Copular(copular) => match tree {
            Some(tree) if tree::has_verb(tree) => {
                tree::frame(tree).map(|frame| Question::Event(Box::new(frame)))
            }
            Some(_) | None => Some(copular),
        },
        Form::Clause => tree
            .and_then(tree::frame)
            .map(|frame| Question::Event(Box::new(frame))),
    }
}
