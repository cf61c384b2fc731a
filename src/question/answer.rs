//! Rows to an answer: what was asked for, and the sentences that say so.

use std::collections::BTreeMap;

use crate::model::Value;

use super::phrase::without_article;
use super::reading::Take;

/// One answer, as words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerItem {
    /// To a question with one question word.
    One(String),
    /// To a question with two: "Who rescued whom?"
    Pair(String, String),
}

/// A sentence that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The sentence, byte for byte as in its source.
    pub sentence: String,
    /// The document's source.
    pub document: String,
    /// The sentence's first byte in the document.
    pub start: usize,
    /// Whose word it is, if it is not the author's.
    pub attributed_to: Option<String>,
    /// How the sentence says it where it does not say it as a fact: `possible` (alleged, or only
    /// able to be), `planned`, `conditional`.
    pub modality: Option<String>,
}

/// What the graph says to a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The answers, best first; empty if nothing in the graph says so.
    pub items: Vec<AnswerItem>,
    /// For each of the items the sentences that say it, as places in `evidence`.
    pub grounds: Vec<Vec<usize>>,
    /// The sentences, best first.
    pub evidence: Vec<Citation>,
    /// The Cypher that was asked; `None` if no query could be made of the question.
    pub query: Option<String>,
    /// Where there is no answer: the nearest things the graph does hold, as short statements.
    pub nearest: Vec<String>,
    /// Where there is no answer, and a name is spelled otherwise than any of the graph: the
    /// question with the nearest names that the graph has.
    pub meant: Option<String>,
}

impl Answer {
    /// What is said where the graph holds no answer.
    pub const NOTHING: &'static str = "nothing in the graph says so";

    /// Whether the graph holds an answer.
    pub fn is_found(&self) -> bool {
        !self.items.is_empty()
    }
}

/// How much of a part as written answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trim {
    /// All of it.
    Whole,
    /// The number, up to the noun with this stem: "five hard drives" of "five hard drives each
    /// of 200 dollars".
    Count(String),
    /// The amount that stands with the noun with this stem: "$5,000" of "a bail of $5,000".
    Amount(String),
    /// The time that stands with a noun for one of these verbs: "1987" of "her death in 1987".
    Time(Vec<String>),
    /// The measure that this word asks for: "14-year-old" of "a 14-year-old boy".
    Measure(String),
}

impl Trim {
    fn of<'w>(&self, words: &'w str) -> &'w str {
        match self {
            Self::Whole => words,
            Self::Count(unit) => super::measure::counted(unit, words),
            Self::Amount(noun) => super::measure::beside(noun, words).unwrap_or(words),
            Self::Time(verbs) => super::measure::dated(verbs, words).unwrap_or(words),
            Self::Measure(measure) => super::measure::found(measure, words).unwrap_or(words),
        }
    }
}

/// What the rows of a translated question mean.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// Rows of [`super::translate::query`], answers taken from these parts.
    Facts(Vec<Take>, Trim),
    /// The same, but only whether there is a row counts; the truth that a row stands for.
    YesOrNo(bool),
    /// Rows of [`super::translate::path_query`].
    Path,
}

/// What rows come to: answers, where each has its sentences, and the sentences.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) items: Vec<AnswerItem>,
    pub(super) grounds: Vec<Vec<usize>>,
    pub(super) citations: Vec<Citation>,
}

impl Findings {
    /// Adds that `item` stands in the citations at `places`.
    fn add(&mut self, item: AnswerItem, same: impl Fn(&AnswerItem) -> bool, places: &[usize]) {
        let known = self.items.iter().position(same);
        let index = known.unwrap_or(self.items.len());
        if known.is_none() {
            self.items.push(item);
            self.grounds.push(Vec::new());
        }
        if let Some(grounds) = self.grounds.get_mut(index) {
            for place in places {
                if !grounds.contains(place) {
                    grounds.push(*place);
                }
            }
        }
    }
}

/// The items and citations of `rows`; `rank` orders sentences, the best having the lowest;
/// `fullest` has for what is written the fullest way to write it.
pub(super) fn of_rows(
    shape: &Shape,
    rows: &[Vec<Value>],
    rank: impl Fn(&str, i64) -> usize,
    fullest: &BTreeMap<String, String>,
) -> Findings {
    match shape {
        Shape::Facts(takes, trim) => facts(takes, trim, rows, rank, fullest),
        Shape::YesOrNo(truth) => {
            let citations = facts(&[Take::Whole], &Trim::Whole, rows, rank, fullest).citations;
            if rows.is_empty() {
                return Findings::default();
            }
            let word = if *truth { "yes" } else { "no" };
            Findings {
                items: vec![AnswerItem::One(word.to_owned())],
                grounds: vec![(0..citations.len()).collect()],
                citations,
            }
        }
        Shape::Path => paths(rows),
    }
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn facts(
    takes: &[Take],
    trim: &Trim,
    rows: &[Vec<Value>],
    rank: impl Fn(&str, i64) -> usize,
    fullest: &BTreeMap<String, String>,
) -> Findings {
    let width = takes.len().max(1);
    let mut ranked: Vec<(usize, &Vec<Value>)> = rows
        .iter()
        .map(|row| {
            let document = text(row.get(width + 1));
            let start = row.get(width + 2).and_then(Value::as_integer).unwrap_or(-1);
            (rank(&document, start), row)
        })
        .collect();
    ranked.sort_by_key(|(place, _)| *place);
    let mut found = Findings::default();
    for (_, row) in ranked {
        let part = |index: usize| {
            let take = takes.get(index).copied();
            let written = text(row.get(index));
            let written = match take {
                Some(Take::SubjectText | Take::ObjectText) => {
                    fullest.get(&written).unwrap_or(&written)
                }
                Some(_) | None => &written,
            };
            shown(take, trim.of(written))
        };
        let item = if width > 1 {
            AnswerItem::Pair(part(0), part(1))
        } else {
            AnswerItem::One(part(0))
        };
        let start = row.get(width + 2).and_then(Value::as_integer).unwrap_or(0);
        let place = cite(
            &mut found.citations,
            text(row.get(width)),
            text(row.get(width + 1)),
            start,
            row.get(width + 3)
                .and_then(Value::as_str)
                .map(str::to_owned),
        );
        let key = key(&item);
        if !key.trim().is_empty() {
            let places: Vec<usize> = place.into_iter().collect();
            found.add(item, |known| self::key(known) == key, &places);
        }
    }
    let described = takes.iter().all(|take| take.end().is_some());
    if described { joined(found) } else { found }
}

/// Joins the items that only say less than another: "heirs" and "the heirs of Brin".
fn joined(mut found: Findings) -> Findings {
    let stems = |item: &AnswerItem| match item {
        AnswerItem::One(one) => super::words::content(one),
        AnswerItem::Pair(..) => Vec::new(),
    };
    let mut index = 0;
    while index < found.items.len() {
        let fuller = found.items.get(index).and_then(|item| {
            let short = stems(item);
            let others = found.items.iter().enumerate();
            let mut others = others.filter(|(other, _)| *other != index);
            others
                .find(|(_, other)| says_less(item, &short, &stems(other)))
                .map(|(other, _)| other)
        });
        let Some(fuller) = fuller else {
            index += 1;
            continue;
        };
        let grounds = found.grounds.remove(index);
        found.items.remove(index);
        let fuller = if fuller > index { fuller - 1 } else { fuller };
        if let Some(known) = found.grounds.get_mut(fuller) {
            known.extend(grounds);
            known.sort_unstable();
            known.dedup();
        }
    }
    found
}

/// Whether the item with the stems `short` says less than one with the stems `full`, of the same:
/// all its words are in the other, and so is what it begins with. A long name is a name of its
/// own: the "Norland Guard" is no "Free Norland Guard".
fn says_less(item: &AnswerItem, short: &[String], full: &[String]) -> bool {
    let AnswerItem::One(text) = item else {
        return false;
    };
    let capitals = text
        .split_whitespace()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    let number = |stem: &String| stem.starts_with(|c: char| c.is_ascii_digit());
    !short.is_empty()
        && short.len() < full.len()
        && capitals < 2
        && !full.iter().chain(short).any(number)
        && short.iter().all(|stem| full.contains(stem))
        && (short.last() == full.last() || full.starts_with(short))
}

/// Two items with the same key are the same answer.
fn key(item: &AnswerItem) -> String {
    match item {
        AnswerItem::One(one) => without_article(&one.to_lowercase()).to_owned(),
        AnswerItem::Pair(one, other) => format!("{one}\t{other}").to_lowercase(),
    }
}

/// Adds the sentence unless it is there, and yields its place; `None` for an empty one.
fn cite(
    citations: &mut Vec<Citation>,
    sentence: String,
    document: String,
    start: i64,
    attributed_to: Option<String>,
) -> Option<usize> {
    let start = usize::try_from(start).unwrap_or(0);
    let known = citations
        .iter()
        .position(|citation| citation.document == document && citation.start == start);
    if known.is_some() || sentence.is_empty() {
        return known;
    }
    citations.push(Citation {
        sentence,
        document,
        start,
        attributed_to,
        modality: None,
    });
    Some(citations.len() - 1)
}

/// What of a part is shown: of a place "in Homs" it is "Homs".
fn shown(take: Option<Take>, words: &str) -> String {
    let words = words.trim();
    let trimmed = match take {
        Some(Take::When | Take::Where) => words
            .split_once(' ')
            .filter(|(first, _)| {
                matches!(
                    first.to_lowercase().as_str(),
                    "in" | "on"
                        | "at"
                        | "from"
                        | "by"
                        | "to"
                        | "into"
                        | "during"
                        | "through"
                        | "until"
                        | "since"
                )
            })
            .map_or(words, |(_, rest)| rest)
            .trim_end_matches(" this year"),
        Some(
            Take::Subject
            | Take::Object
            | Take::SubjectText
            | Take::ObjectText
            | Take::SubjectMember
            | Take::ObjectMember
            | Take::Speaker
            | Take::Description
            | Take::Whole,
        )
        | None => words,
    };
    trimmed
        .trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '"' | '“' | '”'))
        .trim()
        .to_owned()
}

fn paths(rows: &[Vec<Value>]) -> Findings {
    let mut found = Findings::default();
    let strings = |value: Option<&Value>| -> Vec<String> {
        value
            .and_then(Value::as_list)
            .unwrap_or_default()
            .iter()
            .map(|item| text(Some(item)))
            .collect()
    };
    for row in rows {
        let things = strings(row.first());
        let types = strings(row.get(1));
        let starts = strings(row.get(2));
        let mut walk = things.first().cloned().unwrap_or_default();
        for (index, name) in types.iter().enumerate() {
            let (Some(here), Some(next)) = (things.get(index), things.get(index + 1)) else {
                continue;
            };
            let forward = starts.get(index).is_some_and(|start| start == here);
            let (tail, head) = if forward { ("-", "->") } else { ("<-", "-") };
            for part in [" ", tail, "[", name, "]", head, " ", next] {
                walk.push_str(part);
            }
        }
        let item = AnswerItem::One(walk);
        let sentences = strings(row.get(3));
        let documents = strings(row.get(4));
        let places = row.get(5).and_then(Value::as_list).unwrap_or_default();
        let mut cited = Vec::new();
        for (index, sentence) in sentences.into_iter().enumerate() {
            let start = places.get(index).and_then(Value::as_integer).unwrap_or(0);
            let document = documents.get(index).cloned().unwrap_or_default();
            cited.extend(cite(&mut found.citations, sentence, document, start, None));
        }
        found.add(item.clone(), |known| *known == item, &cited);
    }
    found
}
