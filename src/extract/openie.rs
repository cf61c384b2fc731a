//! The statements of a document in the form of open information extraction: words of the sentence
//! in the order of the text, one extraction per clause and argument, no logical roles.
//!
//! The graph wants "rebels HOLD the town" of "the town is held by rebels"; this view keeps "the
//! town | is held by | rebels". It is for comparison with other systems and for people who want
//! the words.

use std::collections::BTreeMap;

use crate::base::Id as _;
use crate::text::{Document, SentenceId, Token, TokenId};

use super::argument::{full, phrase};
use super::clause::{Clause, Clauses, Filler, Link};
use super::rule::{ClauseKind, ClauseRole};
use super::statement::Statement;

/// One extraction, its words joined by blanks as the parser saw them.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenExtraction {
    /// Which sentence it is from.
    pub sentence: SentenceId,
    /// The subject.
    pub subject: String,
    /// The predicate, with its preposition.
    pub relation: String,
    /// The arguments, the main one first.
    pub objects: Vec<String>,
    /// How sure the machine is, 0..1.
    pub confidence: f32,
}

/// What `statements`, which `extract` found in `document`, say in the words of the sentences.
#[must_use = "the extractions are the only result"]
pub fn openie(document: &Document, statements: &[Statement]) -> Vec<OpenExtraction> {
    let clauses = Clauses::of(document);
    let mut sure: BTreeMap<TokenId, f32> = BTreeMap::new();
    for statement in statements {
        let anchor = TokenId::from_index(statement.clause.index());
        let share = sure.entry(anchor).or_insert(0.0);
        *share = share.max(statement.confidence.share());
    }
    let mut found: Vec<(TokenId, OpenExtraction)> = Vec::new();
    for clause in clauses.all() {
        let Some(confidence) = sure.get(&clause.head) else {
            continue;
        };
        let view = View { document, clause };
        for extraction in view.extractions(*confidence) {
            found.push((clause.head, extraction));
        }
    }
    for statement in statements {
        found.extend(nominal(document, statement));
    }
    found.sort_by_key(|(head, _)| *head);
    let mut seen: Vec<OpenExtraction> = Vec::new();
    for (_, extraction) in found {
        let twice = seen.iter().rev().take(40).any(|before| {
            before.sentence == extraction.sentence
                && before.subject == extraction.subject
                && before.relation == extraction.relation
                && before.objects == extraction.objects
        });
        if !twice {
            seen.push(extraction);
        }
    }
    seen
}

/// What an apposition or a title says, with "is" put in.
fn nominal(document: &Document, statement: &Statement) -> Option<(TokenId, OpenExtraction)> {
    let is_nominal = statement.relation.tokens.is_empty() && statement.relation.lemma == "is a";
    let (Some(subject), Some(object)) = (&statement.subject, &statement.object) else {
        return None;
    };
    if !is_nominal {
        return None;
    }
    let subject = words(document, &subject.core);
    let object = words(document, &object.core);
    let extraction = OpenExtraction {
        sentence: statement.sentence,
        subject,
        relation: "is".to_owned(),
        objects: vec![object],
        confidence: statement.confidence.share() * 0.8,
    };
    Some((TokenId::from_index(statement.clause.index()), extraction))
}

fn words(document: &Document, tokens: &[TokenId]) -> String {
    tokens
        .iter()
        .filter_map(|id| document.token(*id))
        .map(Token::form)
        .collect::<Vec<_>>()
        .join(" ")
}

struct View<'d, 'c> {
    document: &'d Document,
    clause: &'c Clause,
}

/// An argument in the order of the text: its preposition and its words.
struct Words {
    token: TokenId,
    case: Vec<TokenId>,
    tokens: Vec<TokenId>,
    main: bool,
}

impl View<'_, '_> {
    fn extractions(&self, confidence: f32) -> Vec<OpenExtraction> {
        let Some(head) = self.document.token(self.clause.head) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (subject, _) in &self.clause.surface {
            let Some(token) = self.document.token(*subject) else {
                continue;
            };
            let subject = words(self.document, &full(token));
            for (relation, objects) in self.predications(head) {
                found.push(OpenExtraction {
                    sentence: head.sentence().id(),
                    subject: subject.clone(),
                    relation,
                    objects,
                    confidence,
                });
            }
        }
        found
    }

    /// The predicate with each of its arguments.
    fn predications(&self, head: Token<'_>) -> Vec<(String, Vec<String>)> {
        let document = self.document;
        let arguments = self.arguments(head);
        let predicate = words(document, &self.clause.predicate);
        let objects: Vec<&Words> = arguments.iter().filter(|argument| argument.main).collect();
        let others: Vec<&Words> = arguments.iter().filter(|argument| !argument.main).collect();
        let mut found = Vec::new();
        for object in &objects {
            let relation = joined(&[&predicate, &words(document, &object.case)]);
            found.push((relation, vec![words(document, &object.tokens)]));
        }
        let object = objects
            .first()
            .map(|object| {
                joined(&[
                    &words(document, &object.case),
                    &words(document, &object.tokens),
                ])
            })
            .unwrap_or_default();
        for other in &others {
            let relation = joined(&[&predicate, &object, &words(document, &other.case)]);
            found.push((relation, vec![words(document, &other.tokens)]));
        }
        found
    }

    fn arguments(&self, head: Token<'_>) -> Vec<Words> {
        let mut found: Vec<Words> = Vec::new();
        if self.clause.kind == ClauseKind::Copula {
            let case: Vec<TokenId> = super::tree::case_tokens(head)
                .iter()
                .map(|token| token.id())
                .collect();
            found.push(Words {
                token: head.id(),
                case,
                tokens: full(head),
                main: true,
            });
        }
        for filler in &self.clause.fillers {
            found.extend(self.argument(filler));
        }
        found.sort_by_key(|argument| (!argument.main, argument.token));
        found
    }

    fn argument(&self, filler: &Filler) -> Option<Words> {
        let token = self.document.token(filler.token)?;
        let is_surface = self
            .clause
            .surface
            .iter()
            .any(|(surface, _)| *surface == filler.token);
        let passive = self.clause.kind == ClauseKind::Passive;
        let (main, tokens) = match filler.role {
            ClauseRole::Subject if passive && !is_surface => (false, full(token)),
            ClauseRole::Subject | ClauseRole::Adverbial | ClauseRole::Source => return None,
            ClauseRole::Object | ClauseRole::Recipient | ClauseRole::Predicative => {
                if is_surface {
                    return None;
                }
                (true, full(token))
            }
            ClauseRole::Complement => (true, phrase(token)),
            ClauseRole::Oblique | ClauseRole::Time => (false, full(token)),
        };
        if filler.link == Link::Shared && filler.role == ClauseRole::Oblique {
            return None;
        }
        Some(Words {
            token: filler.token,
            case: filler.case.clone(),
            tokens,
            main,
        })
    }
}

fn joined(parts: &[&str]) -> String {
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
}
