//! Finds a pattern in a sentence.
//!
//! A binding gives each node of the pattern a token. All bindings are found, in order of the text;
//! optional nodes stay empty where nothing fits. The cost is linear in the sentence for each rule
//! whose steps go to neighbours, which all but those marked `*` and `before` do.

use crate::base::Id as _;
use crate::text::{Document, Sentence, Token, TokenId};

use super::clause::Clauses;
use super::rule::{
    ClauseRole, Condition, Edge, EdgeLabel, NodeIndex, NodePattern, Path, Pattern, Step, Test,
};
use super::tree::{case_tokens, first_conjunct, is_name, is_time, preposition, with_conjuncts};

/// A token that fills a node of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) token: TokenId,
    pub(crate) preposition: String,
    pub(crate) case: Vec<TokenId>,
}

/// The tokens that fill the nodes of a pattern, by index.
pub(crate) type Binding = Vec<Option<Bound>>;

/// At most this many ways to match one rule in one sentence; a list of a hundred names coordinated
/// with another such list is no news.
const MOST_BINDINGS: usize = 2_000;

/// All bindings of `pattern` in `sentence`.
pub(crate) fn bindings(
    pattern: &Pattern,
    sentence: Sentence<'_>,
    clauses: &Clauses,
) -> Vec<Binding> {
    let matcher = Matcher {
        pattern,
        document: sentence.document(),
        sentence,
        clauses,
    };
    let mut found = vec![vec![None; pattern.nodes.len()]];
    for path in &pattern.needed {
        found = matcher.follow(found, path);
        if found.is_empty() {
            return found;
        }
    }
    for path in &pattern.optional {
        found = found
            .into_iter()
            .flat_map(|binding| {
                let more = matcher.follow(vec![binding.clone()], path);
                if more.is_empty() { vec![binding] } else { more }
            })
            .take(MOST_BINDINGS)
            .collect();
    }
    found.retain(|binding| {
        pattern
            .forbidden
            .iter()
            .all(|path| matcher.follow(vec![binding.clone()], path).is_empty())
    });
    found
}

struct Matcher<'d, 'p> {
    pattern: &'p Pattern,
    document: &'d Document,
    sentence: Sentence<'d>,
    clauses: &'p Clauses,
}

impl<'d> Matcher<'d, '_> {
    fn follow(&self, bindings: Vec<Binding>, path: &Path) -> Vec<Binding> {
        let mut found: Vec<Binding> = Vec::new();
        for binding in bindings {
            if binding.get(path.start.0).is_some_and(Option::is_some) {
                found.push(binding);
                continue;
            }
            for token in self.sentence.tokens() {
                self.extend(&mut found, &binding, path.start, own(token), false);
            }
        }
        for step in &path.steps {
            let mut next = Vec::new();
            let again = step.edge == Edge::Same;
            for binding in &found {
                for candidate in self.candidates(binding, step) {
                    self.extend(&mut next, binding, step.to, candidate, again);
                }
            }
            found = next;
            found.truncate(MOST_BINDINGS);
        }
        found
    }

    /// Adds `binding` with `candidate` at `node`, if it fits.
    /// A token fills one node only, save `again` allows it.
    fn extend(
        &self,
        found: &mut Vec<Binding>,
        binding: &Binding,
        node: NodeIndex,
        candidate: Bound,
        again: bool,
    ) {
        let Some(place) = binding.get(node.0) else {
            return;
        };
        if let Some(bound) = place {
            if bound.token == candidate.token {
                found.push(binding.clone());
            }
            return;
        }
        let taken = !again
            && binding
                .iter()
                .flatten()
                .any(|bound| bound.token == candidate.token);
        let fits = self
            .pattern
            .nodes
            .get(node.0)
            .is_some_and(|pattern| self.fits(pattern, &candidate));
        if taken || !fits {
            return;
        }
        let mut extended = binding.clone();
        if let Some(place) = extended.get_mut(node.0) {
            *place = Some(candidate);
        }
        found.push(extended);
    }

    fn candidates(&self, binding: &Binding, step: &Step) -> Vec<Bound> {
        let from = binding
            .get(step.from.0)
            .and_then(Option::as_ref)
            .and_then(|bound| self.document.token(bound.token));
        let Some(from) = from else {
            return Vec::new();
        };
        match &step.edge {
            Edge::Down { labels, deep } => self.below(from, labels, *deep),
            Edge::Up { labels, deep } => above(from, labels, *deep),
            Edge::Before => self
                .sentence
                .tokens()
                .filter(|token| token.id() > from.id())
                .map(own)
                .collect(),
            Edge::Same => binding
                .get(step.from.0)
                .cloned()
                .flatten()
                .into_iter()
                .collect(),
            Edge::Next => self
                .sentence
                .tokens()
                .filter(|token| token.id().index() == from.id().index() + 1)
                .map(own)
                .collect(),
        }
    }

    fn below(&self, from: Token<'d>, labels: &[EdgeLabel], deep: bool) -> Vec<Bound> {
        let mut found = Vec::new();
        for label in labels {
            match label {
                EdgeLabel::Role(role) => found.extend(self.filling(from, *role)),
                EdgeLabel::Any => {
                    found.extend(from.children().map(own));
                }
                EdgeLabel::Relation(name) => {
                    let children = from.children().filter(|child| child.deprel() == name);
                    let children: Vec<Token<'d>> = if name == "appos" {
                        appositions(from)
                    } else {
                        children.collect()
                    };
                    for child in children {
                        if name == "conj" {
                            found.push(own(child));
                        } else {
                            found.extend(with_conjuncts(child).into_iter().map(own));
                        }
                    }
                }
            }
        }
        if deep {
            let mut next = 0;
            while let Some(bound) = found.get(next) {
                let below = self
                    .document
                    .token(bound.token)
                    .map(|token| self.below(token, labels, false))
                    .unwrap_or_default();
                next += 1;
                for bound in below {
                    if !found.contains(&bound) {
                        found.push(bound);
                    }
                }
            }
        }
        found.sort_by_key(|bound| bound.token);
        found.dedup();
        found
    }

    fn filling(&self, from: Token<'d>, role: ClauseRole) -> Vec<Bound> {
        let Some(clause) = self.clauses.headed_by(from.id()) else {
            return Vec::new();
        };
        clause
            .filling(role)
            .map(|filler| Bound {
                token: filler.token,
                preposition: filler.preposition.clone(),
                case: filler.case.clone(),
            })
            .collect()
    }

    fn fits(&self, pattern: &NodePattern, candidate: &Bound) -> bool {
        let Some(token) = self.document.token(candidate.token) else {
            return false;
        };
        (pattern.tags.is_empty() || pattern.tags.contains(&token.upos()))
            && pattern
                .conditions
                .iter()
                .all(|condition| self.holds(condition, token, candidate) == condition.wanted)
    }

    fn holds(&self, condition: &Condition, token: Token<'d>, candidate: &Bound) -> bool {
        match &condition.test {
            Test::Lemma(words) => {
                let lemma = token.lemma().to_lowercase();
                words.iter().any(|word| word.holds(&lemma))
            }
            Test::Form(words) => {
                let form = token.form().to_lowercase();
                words.iter().any(|word| word.holds(&form))
            }
            Test::Prefix(prefixes) => {
                let form = token.form().to_lowercase();
                prefixes
                    .iter()
                    .any(|prefix| form.len() > prefix.len() && form.starts_with(prefix.as_str()))
            }
            Test::Xpos(tags) => tags.iter().any(|tag| tag == token.xpos()),
            Test::Relation(labels) => labels.iter().any(|label| match label {
                EdgeLabel::Any => true,
                EdgeLabel::Relation(name) => name == token.deprel(),
                EdgeLabel::Role(_) => false,
            }),
            Test::Feature(pairs) => pairs
                .iter()
                .any(|pair| token.features().split('|').any(|feature| feature == pair)),
            Test::Entity(types) => token
                .entity_type()
                .is_some_and(|entity_type| types.contains(&entity_type)),
            Test::Name(wanted) => is_name(token) == *wanted,
            Test::Time(wanted) => is_time(token) == *wanted,
            Test::Acronym(wanted) => {
                let letters: Vec<char> = token
                    .form()
                    .chars()
                    .filter(|letter| *letter != '.')
                    .collect();
                let is_acronym =
                    letters.len() >= 2 && letters.iter().all(|letter| letter.is_uppercase());
                is_acronym == *wanted
            }
            Test::Capital(wanted) => {
                let first = token.form().chars().next();
                let capital = first.is_some_and(|first| !first.is_lowercase());
                capital == *wanted
            }
            Test::Bare(wanted) => is_bare(token) == *wanted,
            Test::Clause(kinds) => self
                .clauses
                .headed_by(token.id())
                .is_some_and(|clause| kinds.contains(&clause.kind)),
            Test::Preposition(words) => words.iter().any(|word| word.holds(&candidate.preposition)),
        }
    }
}

/// Whether `token` stands without article, number and owner.
fn is_bare(token: Token<'_>) -> bool {
    token
        .child(&["det", "det:predet", "nummod", "nmod:poss"])
        .is_none()
}

/// The appositions of `token`; one that follows a whole list belongs to its last member, wherever
/// the parser ties it.
fn appositions(token: Token<'_>) -> Vec<Token<'_>> {
    let list = with_conjuncts(first_conjunct(token));
    let last = list.last().copied().unwrap_or(token);
    let appositions = |owner: Token<'_>| {
        owner
            .children()
            .filter(|child| child.deprel() == "appos")
            .map(Token::id)
            .collect::<Vec<_>>()
    };
    let mut found: Vec<TokenId> = appositions(token)
        .into_iter()
        .filter(|id| token == last || *id < last.id())
        .collect();
    if token == last {
        for member in list.iter().filter(|member| **member != last) {
            found.extend(
                appositions(*member)
                    .into_iter()
                    .filter(|id| *id > last.id()),
            );
        }
    }
    let document = token.document();
    found
        .into_iter()
        .filter_map(|id| document.token(id))
        .collect()
}

fn own(token: Token<'_>) -> Bound {
    Bound {
        token: token.id(),
        preposition: preposition(token),
        case: case_tokens(token).iter().map(|token| token.id()).collect(),
    }
}

fn above(from: Token<'_>, labels: &[EdgeLabel], deep: bool) -> Vec<Bound> {
    let mut found = Vec::new();
    let mut current = from;
    while let Some(head) = current.head() {
        let fits = labels.iter().any(|label| match label {
            EdgeLabel::Any => true,
            EdgeLabel::Relation(name) => name == current.deprel(),
            EdgeLabel::Role(_) => false,
        });
        if !fits {
            break;
        }
        found.push(own(head));
        if !deep {
            break;
        }
        current = head;
    }
    found
}
