//! Sentence trees in, statements out, by the rule table.
//!
//! The main function is [`extract`], its product [`Statement`]s whose arguments are words of the
//! document. This layer knows nothing of what the graph holds, nor which words mean one thing.

mod argument;
mod attribution;
mod claim;
mod clause;
mod collect;
mod condition;
mod confidence;
mod content;
mod control;
mod degree;
mod hyphen;
mod load;
mod matcher;
mod modality;
mod near;
mod openie;
mod polarity;
mod predicate;
mod prospect;
mod referent;
mod restriction;
mod rule;
mod settle;
mod statement;
mod syntax;
mod tree;
mod wording;
mod words;

use std::collections::BTreeMap;

use crate::base::Diagnostic;
use crate::text::{Document, SentenceId, TokenId};

use self::clause::Clauses;
pub use self::confidence::{Factor, changed};
pub(crate) use self::degree::changes_amount;
pub use self::near::{NearMiss, near_misses};
pub use self::openie::{OpenExtraction, openie};
pub use self::rule::{Rule, RulePlace, RuleTable};
pub use self::statement::{Argument, ArgumentForm, ClauseId, Relation, Role, Statement};

/// What `document` says, by `rules`: in order of the sentences, within one in order of the words.
///
/// Two rules that claim the same of the same words make one statement, the surer one.
#[must_use = "the statements are the only result"]
pub fn extract(document: &Document, rules: &RuleTable) -> (Vec<Statement>, Vec<Diagnostic>) {
    (claims(document, rules, false), Vec::new())
}

/// What `document` says by those of `rules` whose claims are `aside`: no relationships by
/// themselves, but matter from which a schema may make some. In the order of [`extract`].
#[must_use = "the statements are the only result"]
pub fn asides(document: &Document, rules: &RuleTable) -> Vec<Statement> {
    claims(document, rules, true)
}

fn claims(document: &Document, rules: &RuleTable, aside: bool) -> Vec<Statement> {
    let clauses = Clauses::of(document);
    let mut found: BTreeMap<Key, Statement> = BTreeMap::new();
    for sentence in document.sentences() {
        for (number, rule) in rules.rules().iter().enumerate() {
            if rule.aside != aside {
                continue;
            }
            for binding in matcher::bindings(&rule.pattern, sentence, &clauses) {
                let Some(statement) = claim::statement(document, &clauses, rule, &binding) else {
                    continue;
                };
                let key = Key {
                    sentence: sentence.id(),
                    anchor: statement.clause,
                    subject: statement.subject.as_ref().map(|subject| subject.head),
                    object: statement.object.as_ref().map(|object| object.head),
                    relation: statement.relation.lemma.clone(),
                };
                let surer = found
                    .get(&key)
                    .is_none_or(|before| before.confidence < statement.confidence);
                tracing::trace!(rule = number, fired = surer);
                if surer {
                    found.insert(key, statement);
                }
            }
        }
    }
    found.into_values().collect()
}

/// A statement with what the rule that made it saw.
#[derive(Debug, Clone)]
pub struct Account {
    /// The statement.
    pub statement: Statement,
    /// What the rule says, in one sentence.
    pub about: String,
    /// Where the rule is written.
    pub place: RulePlace,
    /// How sure the rule is by itself.
    pub base: f32,
    /// What changes its odds, in order.
    pub factors: Vec<Factor>,
    /// The words that the nodes of its pattern matched, the anchor first.
    pub matched: Vec<TokenId>,
}

/// Every way in which `rules` make statements of `sentence`, the ones that lose against surer
/// ones included, surest first.
pub fn accounts(document: &Document, rules: &RuleTable, sentence: SentenceId) -> Vec<Account> {
    let clauses = Clauses::of(document);
    let mut found = Vec::new();
    for sentence in document.sentences().filter(|other| other.id() == sentence) {
        for rule in rules.rules().iter().filter(|rule| !rule.aside) {
            for binding in matcher::bindings(&rule.pattern, sentence, &clauses) {
                if let Some(statement) = claim::statement(document, &clauses, rule, &binding) {
                    let factors = claim::lowering(document, rule, &binding, &statement);
                    found.push(Account {
                        statement,
                        about: rule.about.clone(),
                        place: rule.place.clone(),
                        base: rule.confidence,
                        factors,
                        matched: binding.iter().flatten().map(|bound| bound.token).collect(),
                    });
                }
            }
        }
    }
    found.sort_by(|one, other| {
        let share = |account: &Account| account.statement.confidence.share();
        share(other).total_cmp(&share(one))
    });
    found
}

/// Two statements with the same key say the same.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    sentence: SentenceId,
    anchor: ClauseId,
    subject: Option<TokenId>,
    object: Option<TokenId>,
    relation: String,
}
