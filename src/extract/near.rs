//! Rules that nearly fired: all of the pattern is there but one thing.
//!
//! Each thing that a rule asks for is left out in turn, and where the rule then matches it is told
//! which that was. Nothing here makes a statement that anybody keeps.

use super::Clauses;
use super::claim;
use super::matcher;
use super::rule::{Edge, EdgeLabel, Pattern, Rule, RulePlace, RuleTable};
use super::statement::Statement;
use crate::text::{Document, Sentence, SentenceId, TokenId};

/// A rule that would have made a statement but for one thing.
#[derive(Debug, Clone)]
pub struct NearMiss {
    /// The statement it would have made.
    pub statement: Statement,
    /// Where the rule is written.
    pub place: RulePlace,
    /// What was asked for in vain, as the rule writes it; of a path that must not be there, the
    /// path.
    pub wanted: String,
    /// Whether it is there and must not be.
    pub forbidden: bool,
    /// The word that fails it; of a way from word to word, the word at its end.
    pub token: Option<TokenId>,
}

/// The rules of `rules` that would make a statement of `sentence` but for one condition, one way
/// from word to word, or one path that must not be there. What needs the least change comes
/// first: a condition before a path before a way.
///
/// The cost is that of matching each rule as often as it has parts.
pub fn near_misses(document: &Document, rules: &RuleTable, sentence: SentenceId) -> Vec<NearMiss> {
    let Some(sentence) = document.sentence(sentence) else {
        return Vec::new();
    };
    let clauses = Clauses::of(document);
    let parts: [fn(&Pattern) -> Vec<Loosened>; 3] = [conditions, forbidden, ways];
    let mut found = Vec::new();
    for loosened in parts {
        for rule in rules.rules().iter().filter(|rule| !rule.aside) {
            for part in loosened(&rule.pattern) {
                found.extend(missed(sentence, &clauses, rule, part));
            }
        }
    }
    found
}

/// A pattern with one part left out, and that part.
struct Loosened {
    pattern: Pattern,
    wanted: String,
    forbidden: bool,
    /// The node that the part is about.
    node: Option<usize>,
}

fn missed(sentence: Sentence<'_>, clauses: &Clauses, rule: &Rule, part: Loosened) -> Vec<NearMiss> {
    let fired = matcher::bindings(&rule.pattern, sentence, clauses);
    let mut loose = rule.clone();
    loose.pattern = part.pattern;
    matcher::bindings(&loose.pattern, sentence, clauses)
        .into_iter()
        .filter(|binding| !fired.contains(binding))
        .filter_map(|binding| {
            let statement = claim::statement(sentence.document(), clauses, &loose, &binding)?;
            let token = part.node.and_then(|node| binding.get(node)?.as_ref());
            Some(NearMiss {
                statement,
                place: rule.place.clone(),
                wanted: part.wanted.clone(),
                forbidden: part.forbidden,
                token: token.map(|bound| bound.token),
            })
        })
        .collect()
}

/// Without one condition of one node.
fn conditions(pattern: &Pattern) -> Vec<Loosened> {
    let mut found = Vec::new();
    for (node, asked) in pattern.nodes.iter().enumerate() {
        for (number, condition) in asked.conditions.iter().enumerate() {
            let mut loose = pattern.clone();
            if let Some(asked) = loose.nodes.get_mut(node) {
                asked.conditions.remove(number);
            }
            found.push(Loosened {
                pattern: loose,
                wanted: condition.written.clone(),
                forbidden: false,
                node: Some(node),
            });
        }
    }
    found
}

/// Without one path that must not be there.
fn forbidden(pattern: &Pattern) -> Vec<Loosened> {
    let paths = pattern.forbidden.iter().enumerate();
    paths
        .map(|(number, path)| {
            let mut loose = pattern.clone();
            loose.forbidden.remove(number);
            Loosened {
                pattern: loose,
                wanted: path.written.clone(),
                forbidden: true,
                node: Some(path.start.0),
            }
        })
        .collect()
}

/// With any relation in place of those that one way asks for.
fn ways(pattern: &Pattern) -> Vec<Loosened> {
    let mut found = Vec::new();
    for (path, asked) in pattern.needed.iter().enumerate() {
        for (number, step) in asked.steps.iter().enumerate() {
            let any = vec![EdgeLabel::Any];
            let edge = match &step.edge {
                Edge::Down { deep, .. } => Edge::Down {
                    labels: any,
                    deep: *deep,
                },
                Edge::Up { deep, .. } => Edge::Up {
                    labels: any,
                    deep: *deep,
                },
                Edge::Before | Edge::Next | Edge::Same => continue,
            };
            let mut loose = pattern.clone();
            let place = loose
                .needed
                .get_mut(path)
                .and_then(|path| path.steps.get_mut(number));
            if let Some(place) = place {
                place.edge = edge;
            }
            found.push(Loosened {
                pattern: loose,
                wanted: step.written.clone(),
                forbidden: false,
                node: Some(step.to.0),
            });
        }
    }
    found
}
