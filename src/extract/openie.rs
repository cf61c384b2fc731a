//! The statements of a document in the form of open information extraction: words of the sentence
//! in the order of the text, no logical roles.
//!
//! The graph wants "rebels HOLD the town" of "the town is held by rebels"; this view keeps "the
//! town | is held by | rebels". It is for comparison with other systems and for people who want
//! the words.
//!
//! One clause makes several extractions, told apart by their confidence. The surest says all:
//! "she | gave | the key | to him | in May". Its parts follow at half of that, each with one
//! argument: "she | gave | the key", "she | gave the key to | him"; then the phrases inside an
//! argument: "he | became a justice of | the court". Who wants few and full ones asks for a high
//! confidence, who wants many small ones takes all.
//!
//! A clause that no rule claims anything of has its words all the same, and is told with less
//! confidence.

use std::collections::BTreeMap;

use crate::base::Id as _;
use crate::text::{Document, SentenceId, Token, TokenId, Upos};

use super::argument::phrase;
use super::clause::{Clause, Clauses, Filler, Link};
use super::collect::examples;
use super::predicate::{manner_tokens, outer_subject};
use super::rule::{ClauseKind, ClauseRole};
use super::statement::Statement;
use super::tree::{case_tokens, is_time, subtree_words};
use super::wording::{compact, inner_phrases};

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
        let confidence = sure.get(&clause.head).copied().unwrap_or(UNCLAIMED);
        let view = View {
            document,
            clauses: &clauses,
            clause,
        };
        for extraction in view.extractions(confidence) {
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

/// How sure an extraction is beside the others of its clause: one argument of several, a further
/// object of a list, a phrase inside an argument, a nominal with "is" put in.
const PART: f32 = 0.5;
const FURTHER: f32 = 0.8;
const INNER: f32 = 0.4;
const NOMINAL: f32 = 0.8;

/// How sure the extractions of a clause are that no rule claims anything of.
const UNCLAIMED: f32 = 0.5;

/// What an apposition, a title or a place beside a place says, with "is" put in.
fn nominal(document: &Document, statement: &Statement) -> Option<(TokenId, OpenExtraction)> {
    let relation = match statement.relation.lemma.as_str() {
        "is a" => "is",
        "in" => "is in",
        _ => return None,
    };
    let (Some(subject), Some(object)) = (&statement.subject, &statement.object) else {
        return None;
    };
    if !statement.relation.tokens.is_empty() {
        return None;
    }
    // Of "President Rivera" not "President Rivera is President".
    let without_title: Vec<TokenId> = subject
        .core
        .iter()
        .copied()
        .filter(|id| !object.core.contains(id))
        .collect();
    let subject = if without_title.is_empty() {
        &subject.core
    } else {
        &without_title
    };
    let extraction = OpenExtraction {
        sentence: statement.sentence,
        subject: words(document, subject),
        relation: relation.to_owned(),
        objects: vec![words(document, &object.core)],
        confidence: statement.confidence.share() * NOMINAL,
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
    clauses: &'c Clauses,
    clause: &'c Clause,
}

/// An argument in the order of the text: its preposition and its words.
struct Words {
    token: TokenId,
    case: Vec<TokenId>,
    tokens: Vec<TokenId>,
    role: ClauseRole,
    /// An object or what stands for one, not an adverbial.
    main: bool,
    /// A clause: "that the town fell".
    clause: bool,
}

/// A relation with its objects, and the share of the clause's confidence.
type Predication = (String, Vec<String>, f32);

impl View<'_, '_> {
    fn extractions(&self, confidence: f32) -> Vec<OpenExtraction> {
        let Some(head) = self.document.token(self.clause.head) else {
            return Vec::new();
        };
        let predications = self.predications(head);
        let mut found: Vec<OpenExtraction> = self.outer(head, confidence).into_iter().collect();
        let subjects = match expletive(head) {
            Some(word) => vec![word],
            None => self
                .clause
                .surface
                .iter()
                .filter_map(|(subject, _)| self.document.token(*subject))
                .collect(),
        };
        for token in subjects {
            // "his efforts to win": who wins is not said in a form that can stand alone.
            if token.xpos() == "PRP$" {
                continue;
            }
            let subject = words(self.document, &compact(token));
            for (relation, objects, share) in &predications {
                let whole = !subject.is_empty()
                    && !relation.is_empty()
                    && objects.iter().all(|object| !object.is_empty());
                if whole {
                    found.push(OpenExtraction {
                        sentence: head.sentence().id(),
                        subject: subject.clone(),
                        relation: relation.clone(),
                        objects: objects.clone(),
                        confidence: confidence * share,
                    });
                }
            }
        }
        found
    }

    /// "The problem | is that | they left", where the clause itself is "they left".
    fn outer(&self, head: Token<'_>, confidence: f32) -> Option<OpenExtraction> {
        let (outer, copula) = outer_subject(head)?;
        let that = head
            .child(&["mark"])
            .map_or(copula.id(), |mark| mark.id().max(copula.id()));
        let said: Vec<TokenId> = phrase(head).into_iter().filter(|id| *id > that).collect();
        let mut relation = vec![copula.id(), that];
        relation.dedup();
        Some(OpenExtraction {
            sentence: head.sentence().id(),
            subject: words(self.document, &compact(outer)),
            relation: words(self.document, &relation),
            objects: vec![words(self.document, &said)],
            confidence,
        })
    }

    /// The predicate with all its arguments, with each of them, and with what is inside them.
    fn predications(&self, head: Token<'_>) -> Vec<Predication> {
        let document = self.document;
        let (objects, others): (Vec<Words>, Vec<Words>) = self
            .arguments(head)
            .into_iter()
            .partition(|argument| argument.main);
        let predicate = manner_tokens(head, &self.clause.predicate);
        let mut found = Vec::new();
        let first = objects.first();
        // "gave | him | the key": objects of several kinds go together, those of a list do not.
        let beside = |object: &&Words| {
            self.clause.kind != ClauseKind::Copula
                && first.is_some_and(|first| first.role != object.role)
        };
        let many = if first.is_some() {
            !others.is_empty() || objects.iter().any(|object| beside(&object))
        } else {
            others.len() > 1
        };
        let part = if many { PART } else { 1.0 };
        let predicate_words = words(document, &predicate);
        for object in &objects {
            // "was close | to collapse".
            let beside_copula = object.clause && self.clause.kind == ClauseKind::Copula;
            let relation = if beside_copula {
                let mut tokens = compact(head);
                tokens.extend(&predicate);
                tokens.sort_unstable();
                words(document, &tokens)
            } else {
                predicate_words.clone()
            };
            let relation = joined(&[&relation, &words(document, &object.case)]);
            let share = if first.is_some_and(|first| first.token == object.token) {
                part
            } else {
                part.max(FURTHER)
            };
            found.push((relation, vec![words(document, &object.tokens)], share));
            self.inner(&predicate_words, object, &mut found);
        }
        let said = first.map_or_else(String::new, |object| self.with_case(object));
        let base = joined(&[&predicate_words, &said]);
        let share = if first.is_some() { PART } else { part };
        for other in others.iter().filter(|other| !other.clause) {
            let relation = joined(&[&base, &words(document, &other.case)]);
            found.push((relation, vec![words(document, &other.tokens)], share));
            self.inner(&base, other, &mut found);
        }
        let shown = |token: TokenId| {
            let mut all = objects.iter().chain(&others);
            all.any(|argument| argument.token == token)
        };
        for argument in objects.iter().chain(&others) {
            let before = if argument.main {
                &predicate_words
            } else {
                &base
            };
            let relation = joined(&[before, &words(document, &argument.case)]);
            for example in self.examples(argument).filter(|token| !shown(token.id())) {
                let object = words(document, &compact(example));
                found.push((relation.clone(), vec![object], PART * FURTHER));
            }
        }
        if many {
            // Without an object the first phrase after the verb takes its place.
            let leads = |other: &&Words| other.token > head.id() && !other.case.is_empty();
            let lead = first
                .or_else(|| others.iter().find(leads))
                .or_else(|| others.first());
            if let Some(lead) = lead {
                let relation = joined(&[&predicate_words, &words(document, &lead.case)]);
                let mut all = vec![words(document, &lead.tokens)];
                let more = objects.iter().filter(beside);
                all.extend(more.map(|object| self.with_case(object)));
                let rest = others.iter().filter(|other| other.token != lead.token);
                all.extend(rest.map(|other| self.with_case(other)));
                found.push((relation, all, 1.0));
            }
        }
        found
    }

    /// The phrases inside `argument`, what stands before each told with the relation `base`.
    fn inner(&self, base: &str, argument: &Words, found: &mut Vec<Predication>) {
        let document = self.document;
        let Some(token) = document.token(argument.token).filter(|_| !argument.clause) else {
            return;
        };
        let case = words(document, &argument.case);
        for inner in inner_phrases(token, &argument.tokens) {
            let before = words(document, &inner.before);
            let relation = joined(&[base, &case, &before, &words(document, &inner.case)]);
            found.push((relation, vec![words(document, &inner.tokens)], INNER));
        }
    }

    /// What holds of "networks such as Chatterbox" holds of Chatterbox.
    fn examples<'t>(&'t self, argument: &Words) -> impl Iterator<Item = Token<'t>> {
        let kind = self.document.token(argument.token);
        kind.filter(|_| !argument.clause)
            .into_iter()
            .flat_map(examples)
    }

    fn with_case(&self, argument: &Words) -> String {
        joined(&[
            &words(self.document, &argument.case),
            &words(self.document, &argument.tokens),
        ])
    }

    fn arguments(&self, head: Token<'_>) -> Vec<Words> {
        let mut found: Vec<Words> = Vec::new();
        if self.clause.kind == ClauseKind::Copula {
            let case = case_tokens(head).iter().map(|token| token.id()).collect();
            found.push(Words {
                token: head.id(),
                case,
                tokens: compact(head),
                role: ClauseRole::Predicative,
                main: true,
                clause: false,
            });
        }
        let there = expletive(head).is_some_and(|word| word.form().eq_ignore_ascii_case("there"));
        if there && self.clause.kind != ClauseKind::Copula {
            let present = self
                .clause
                .surface
                .iter()
                .filter_map(|(token, _)| self.document.token(*token));
            found.extend(present.map(|token| Words {
                token: token.id(),
                case: Vec::new(),
                tokens: compact(token),
                role: ClauseRole::Object,
                main: true,
                clause: false,
            }));
        }
        for filler in &self.clause.fillers {
            found.extend(self.argument(filler));
        }
        found.extend(time_adverbs(head));
        if self.clause.kind == ClauseKind::Passive && !found.iter().any(|argument| argument.main) {
            found.extend(purposes(head));
        }
        found.sort_by_key(|argument| (!argument.main, argument.token));
        found
    }

    fn argument(&self, filler: &Filler) -> Option<Words> {
        let token = self.document.token(filler.token)?;
        let is_surface = self.is_surface(filler.token);
        let passive = self.clause.kind == ClauseKind::Passive;
        let main = match filler.role {
            ClauseRole::Subject if passive && !is_surface => false,
            ClauseRole::Subject | ClauseRole::Source => return None,
            ClauseRole::Object | ClauseRole::Recipient | ClauseRole::Predicative => {
                if is_surface {
                    return None;
                }
                true
            }
            ClauseRole::Complement => {
                return (!self.goes_on_in(token)).then(|| clause_words(token, filler));
            }
            ClauseRole::Adverbial => {
                return Some(Words {
                    tokens: subtree_words(token),
                    main: false,
                    ..clause_words(token, filler)
                });
            }
            // "the town where he works": "works | the town" is no English.
            ClauseRole::Oblique | ClauseRole::Time
                if filler.link == Link::Relative && filler.case.is_empty() =>
            {
                return None;
            }
            ClauseRole::Oblique if filler.link == Link::Shared => return None,
            ClauseRole::Oblique | ClauseRole::Time => false,
        };
        Some(Words {
            token: filler.token,
            case: filler.case.clone(),
            tokens: compact(token),
            role: filler.role,
            main,
            clause: false,
        })
    }

    fn is_surface(&self, token: TokenId) -> bool {
        self.clause
            .surface
            .iter()
            .any(|(surface, _)| *surface == token)
    }

    /// Whether the infinitive `verb` tells its own arguments of the same subject: "tried to win |
    /// the cup" leaves nothing for "tried | to win the cup".
    fn goes_on_in(&self, verb: Token<'_>) -> bool {
        if verb.relation() != "xcomp" || verb.upos() != Upos::Verb {
            return false;
        }
        self.clauses.headed_by(verb.id()).is_some_and(|below| {
            let same = below
                .surface
                .iter()
                .any(|(token, _)| self.is_surface(*token));
            let tells = below.fillers.iter().any(|filler| {
                matches!(
                    filler.role,
                    ClauseRole::Object
                        | ClauseRole::Oblique
                        | ClauseRole::Predicative
                        | ClauseRole::Complement
                        | ClauseRole::Time
                )
            });
            same && tells
        })
    }
}

/// A clause as an argument; its "that" goes to the relation, as a preposition does.
fn clause_words(token: Token<'_>, filler: &Filler) -> Words {
    let that = token
        .children()
        .filter(|mark| mark.relation() == "mark" && mark.form().eq_ignore_ascii_case("that"))
        .map(Token::id);
    let case = if filler.case.is_empty() {
        that.collect()
    } else {
        filler.case.clone()
    };
    Words {
        token: filler.token,
        case,
        tokens: phrase(token),
        role: filler.role,
        main: true,
        clause: true,
    }
}

/// "There" and "it" in the place of the subject: "there were guards", "it is clear that they left".
fn expletive(head: Token<'_>) -> Option<Token<'_>> {
    head.children().find(|child| {
        child.relation() == "expl" && matches!(child.form().to_lowercase().as_str(), "there" | "it")
    })
}

/// What a passive says something is done for: "the data are used | to set prices".
fn purposes(head: Token<'_>) -> impl Iterator<Item = Words> {
    let to = |mark: Token<'_>| mark.form().eq_ignore_ascii_case("to");
    head.children()
        .filter(move |child| {
            child.relation() == "advcl"
                && child.id() > head.id()
                && child.child(&["mark"]).is_some_and(to)
        })
        .map(|child| Words {
            token: child.id(),
            case: Vec::new(),
            tokens: phrase(child),
            role: ClauseRole::Complement,
            main: true,
            clause: true,
        })
}

/// "Several years later": adverbs of time with words of their own.
fn time_adverbs(head: Token<'_>) -> Vec<Words> {
    head.children()
        .filter(|child| child.deprel() == "advmod")
        .filter(|adverb| {
            adverb.children().next().is_some()
                && (is_time(*adverb) || adverb.children().any(is_time))
        })
        .map(|adverb| Words {
            token: adverb.id(),
            case: Vec::new(),
            tokens: subtree_words(adverb),
            role: ClauseRole::Time,
            main: false,
            clause: false,
        })
        .collect()
}

fn joined(parts: &[&str]) -> String {
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
}
