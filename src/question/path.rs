//! How two things hang together: "How is X connected to Y?"

use std::collections::{BTreeMap, VecDeque};

use super::facts::{Facts, NodeForm};
use super::frame::Phrase;
use super::matching::name_fit;
use super::words;

/// Walks longer than this explain nothing.
const LONGEST: usize = 6;

/// The names of the two ends and the number of relationships between them, fewest first; `None` if
/// no walk joins them. Time O(things + relationships).
pub(super) fn search(facts: &Facts, from: &Phrase, to: &Phrase) -> Option<(String, String, usize)> {
    let starts = candidates(facts, from);
    let goals = candidates(facts, to);
    let mut neighbours: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let entity = |index: usize| {
        facts
            .thing(index)
            .is_some_and(|thing| thing.form == NodeForm::Entity)
    };
    for fact in &facts.facts {
        if entity(fact.subject) && entity(fact.object) && fact.polarity != "denied" {
            neighbours
                .entry(fact.subject)
                .or_default()
                .push(fact.object);
            neighbours
                .entry(fact.object)
                .or_default()
                .push(fact.subject);
        }
    }
    for start in &starts {
        for goal in &goals {
            if start == goal {
                continue;
            }
            if let Some(length) = distance(&neighbours, *start, *goal) {
                let name = |index: usize| facts.thing(index).map(|thing| thing.name.clone());
                return Some((name(*start)?, name(*goal)?, length));
            }
        }
    }
    None
}

/// The things `phrase` may mean, best first, at most three.
fn candidates(facts: &Facts, phrase: &Phrase) -> Vec<usize> {
    let exact = words::words(&phrase.text);
    let mut fits: Vec<(f64, i64, usize)> = facts
        .things
        .iter()
        .enumerate()
        .filter(|(_, thing)| thing.form == NodeForm::Entity)
        .filter_map(|(index, thing)| {
            let same = std::iter::once(&thing.name)
                .chain(&thing.aliases)
                .any(|name| words::words(name) == exact);
            let fit = if same {
                1.2
            } else {
                name_fit(facts, phrase, thing)
            };
            (fit > 0.7).then_some((fit, thing.mentions, index))
        })
        .collect();
    fits.sort_by(|one, other| {
        other
            .0
            .total_cmp(&one.0)
            .then(other.1.cmp(&one.1))
            .then(one.2.cmp(&other.2))
    });
    fits.into_iter()
        .take(3)
        .map(|(_, _, index)| index)
        .collect()
}

fn distance(neighbours: &BTreeMap<usize, Vec<usize>>, start: usize, goal: usize) -> Option<usize> {
    let mut distances = BTreeMap::from([(start, 0_usize)]);
    let mut waiting = VecDeque::from([start]);
    while let Some(at) = waiting.pop_front() {
        let so_far = distances.get(&at).copied().unwrap_or(0);
        if at == goal {
            return Some(so_far);
        }
        if so_far >= LONGEST {
            continue;
        }
        for next in neighbours.get(&at).into_iter().flatten() {
            if !distances.contains_key(next) {
                distances.insert(*next, so_far + 1);
                waiting.push_back(*next);
            }
        }
    }
    None
}
