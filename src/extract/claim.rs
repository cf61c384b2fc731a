//! Turns a rule that matched into the statement that it claims.

use crate::base::Id as _;
use crate::model::{Confidence, Modality, Polarity};
use crate::text::{Document, EntityType, NameType, Token, TokenId, Upos};

use super::argument::{argument, core, entity, form_of, full, phrase, quantity, role_words};
use super::attribution::describes_speaker;
use super::clause::{Clause, Clauses, Filler};
use super::confidence::{Factor, Part, confidence, factors};
use super::degree::{changes_amount, degree_words, opens_comparison, property};
use super::matcher::{Binding, Bound};
use super::predicate::{is_finite, is_gerund};
use super::prospect;
use super::referent::{is_purpose, referents};
use super::rule::{ClauseKind, ClauseRole, Field, NodeIndex, Piece, Rule, Slot, Test};
use super::statement::{Argument, ArgumentForm, ClauseId, Relation, Role, Statement};
use super::tree::{is_relative, is_time};
use super::words::words;

/// What changes the confidence of `statement`, which `rule` makes of `binding`.
pub(crate) fn lowering(
    document: &Document,
    rule: &Rule,
    binding: &Binding,
    statement: &Statement,
) -> Vec<Factor> {
    let anchor = binding.first().and_then(Option::as_ref);
    let Some(anchor) = anchor.and_then(|bound| document.token(bound.token)) else {
        return Vec::new();
    };
    let maker = Maker {
        document,
        rule,
        binding,
        clause: None,
    };
    factors(anchor, &maker.parts(), statement)
}

/// The statement that `rule` makes of `binding`; `None` when its words leave nothing to claim.
pub(crate) fn statement(
    document: &Document,
    clauses: &Clauses,
    rule: &Rule,
    binding: &Binding,
) -> Option<Statement> {
    let anchor = document.token(binding.first()?.as_ref()?.token)?;
    let clause = clauses
        .headed_by(anchor.id())
        .filter(|_| speaks_of_clause(rule));
    let maker = Maker {
        document,
        rule,
        binding,
        clause,
    };
    // Of "X says that …" time, place and arguments are of what is said.
    let own = clause.filter(|_| !matches!(rule.claim.object, Slot::Clause(NodeIndex(0))));
    let subject = maker.argument(rule.claim.subject, Place::Subject);
    let object = maker.argument(rule.claim.object, Place::Object);
    // What is active and has no subject that can be known claims nothing.
    let acts = clause.is_some_and(|clause| clause.kind == ClauseKind::Active);
    if acts && subject.is_none() && !matches!(rule.claim.subject, Slot::Unstated) {
        return None;
    }
    let same = match (&subject, &object) {
        (Some(subject), Some(object)) => subject.head == object.head,
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    if same {
        return None;
    }
    let empty = [&subject, &object]
        .into_iter()
        .flatten()
        .any(|argument| maker.is_empty(argument));
    if empty || maker.is_inside_name(subject.as_ref(), object.as_ref()) {
        return None;
    }
    let lemma = maker.lemma()?;
    if lemma == "is a" && maker.says_nothing(subject.as_ref(), object.as_ref()) {
        return None;
    }
    let around = clauses.around(anchor);
    let introduced = prospect::of_event(anchor)
        .filter(|_| tells_event(rule))
        .or_else(|| prospect::of_nominal(anchor, around))
        .filter(|_| !rule.inferred || prospect::may_not_be(anchor));
    let told_by = |clause: &Clause| {
        let head = document.token(clause.head)?;
        clause
            .attribution
            .filter(|speaker| !describes_speaker(anchor, head, *speaker))
    };
    let attribution = clause
        .or(around)
        .and_then(told_by)
        .filter(|speaker| {
            Some(*speaker) != subject.as_ref().map(|subject| subject.head) || is_own_denial(anchor)
        })
        .and_then(|speaker| resolved(document, speaker))
        .map(entity);
    let parts = maker.parts();
    let object_token = object
        .as_ref()
        .and_then(|object| document.token(object.head));
    let mut statement = Statement {
        sentence: anchor.sentence().id(),
        clause: ClauseId::from_index(anchor.id().index()),
        relation: Relation {
            tokens: maker.relation_tokens(),
            lemma,
        },
        role: maker.role(),
        polarity: rule
            .polarity
            .or(clause.map(|clause| clause.polarity))
            .unwrap_or(Polarity::Affirmed),
        modality: rule
            .modality
            .or(clause.map(|clause| clause.modality))
            .or(introduced)
            .unwrap_or(Modality::Asserted),
        attribution,
        arguments: own
            .map(|clause| maker.arguments(clause, subject.as_ref(), object.as_ref()))
            .unwrap_or_default(),
        when: own.and_then(|clause| clause.when.clone()).filter(|when| {
            !object
                .as_ref()
                .is_some_and(|object| when.contains(&object.head))
        }),
        place: own.and_then(|clause| clause.place.clone()),
        quantity: object_token.and_then(quantity),
        inferred: rule.inferred,
        confidence: Confidence::clamped(rule.confidence),
        rule: rule.name.clone(),
        subject,
        object,
    };
    statement.confidence = confidence(rule.confidence, &factors(anchor, &parts, &statement));
    Some(statement)
}

/// Whether `rule` says with the verb of an event noun that the event came about.
fn tells_event(rule: &Rule) -> bool {
    rule.claim
        .relation
        .iter()
        .any(|piece| matches!(piece, Piece::Hole(NodeIndex(0), Field::Verb)))
}

/// Whether `verb` is what somebody denies doing: then it is he who says that he did not.
fn is_own_denial(verb: Token<'_>) -> bool {
    verb.relation() == "xcomp"
        && is_gerund(verb)
        && verb.head().is_some_and(|above| above.lemma() == "deny")
}

/// Whether the rule looks at the clause that its first node heads, so that the clause's polarity,
/// modality and time hold of the claim.
fn speaks_of_clause(rule: &Rule) -> bool {
    let anchor = NodeIndex(0);
    let steps = rule
        .pattern
        .needed
        .iter()
        .chain(&rule.pattern.optional)
        .flat_map(|path| &path.steps);
    let by_role = steps
        .filter(|step| step.from == anchor)
        .any(|step| step.edge.has_role());
    let by_kind = rule.pattern.nodes.first().is_some_and(|node| {
        node.conditions
            .iter()
            .any(|condition| matches!(condition.test, Test::Clause(_)))
    });
    by_role || by_kind
}

/// `tokens`, the words of a description of several, `head`, without how many there are: each of
/// "the other two drivers" is of the class "drivers".
fn class_of_each(head: Token<'_>, tokens: Vec<TokenId>) -> Vec<TokenId> {
    let beside: Vec<TokenId> = head
        .children()
        .filter(|child| match child.relation() {
            "nummod" | "det" => true,
            "amod" => matches!(child.lemma(), "other" | "more" | "further"),
            _ => false,
        })
        .flat_map(Token::subtree)
        .collect();
    tokens
        .into_iter()
        .filter(|id| !beside.contains(id))
        .collect()
}

/// The first token that `token` refers to by structure: the antecedent of "who".
fn resolved(document: &Document, token: TokenId) -> Option<Token<'_>> {
    let token = document.token(token)?;
    let (referent, _) = referents(token).first().copied()?;
    document.token(referent)
}

/// Whether `word` says nothing where nothing tells what it stands for.
fn is_stand_in(word: Token<'_>) -> bool {
    words().stand_ins.contains_key(&word.lemma().to_lowercase())
}

/// Whether `word` is a number that is no time and no event: "9/11".
fn is_count(word: Token<'_>) -> bool {
    word.upos() == Upos::Num && !is_time(word) && word.entity_type() != Some(EntityType::Event)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Subject,
    Object,
}

struct Maker<'d, 'r> {
    document: &'d Document,
    rule: &'r Rule,
    binding: &'r Binding,
    clause: Option<&'r Clause>,
}

impl<'d> Maker<'d, '_> {
    /// The arguments, as far as confidence cares.
    fn parts(&self) -> Vec<Part<'d>> {
        [self.rule.claim.subject, self.rule.claim.object]
            .into_iter()
            .zip([true, false])
            .filter_map(|(slot, is_subject)| {
                let bound = self.bound(slot)?;
                Some(Part {
                    token: self.document.token(bound.token)?,
                    is_subject,
                })
            })
            .collect()
    }

    fn node(&self, index: NodeIndex) -> Option<&Bound> {
        self.binding.get(index.0)?.as_ref()
    }

    fn token(&self, index: NodeIndex) -> Option<Token<'d>> {
        self.document.token(self.node(index)?.token)
    }

    fn bound(&self, slot: Slot) -> Option<&Bound> {
        match slot {
            Slot::Unstated => None,
            Slot::Node(node)
            | Slot::Entity(node)
            | Slot::Attribute(node)
            | Slot::Amount(node)
            | Slot::Clause(node) => self.node(node),
        }
    }

    fn argument(&self, slot: Slot, place: Place) -> Option<Argument> {
        let bound = self.bound(slot)?;
        let token = resolved(self.document, bound.token)?;
        let form = match slot {
            Slot::Unstated => return None,
            Slot::Entity(_) => ArgumentForm::Entity,
            Slot::Attribute(_) => ArgumentForm::Attribute,
            Slot::Amount(_) => ArgumentForm::Amount,
            Slot::Clause(_) => ArgumentForm::Clause,
            Slot::Node(_) if self.is_clause(bound) => ArgumentForm::Clause,
            Slot::Node(_) => match (place, form_of(token)) {
                (Place::Subject, ArgumentForm::Clause) => ArgumentForm::Clause,
                (Place::Subject, _) => ArgumentForm::Entity,
                (Place::Object, form) => form,
            },
        };
        if form == ArgumentForm::Attribute && matches!(slot, Slot::Attribute(_)) {
            let mut found = argument(token, form);
            if token.upos() != Upos::Adj {
                found.full = core(token);
            }
            if self.lemma().as_deref() == Some("is a") {
                found.core = class_of_each(token, found.core);
                found.full.clone_from(&found.core);
            }
            return Some(found);
        }
        Some(argument(token, form))
    }

    /// Whether a thing is said to be what its own noun says: "institutions, institutions of the
    /// state".
    fn says_nothing(&self, subject: Option<&Argument>, object: Option<&Argument>) -> bool {
        let noun = |argument: Option<&Argument>| {
            let head = self.document.token(argument?.head)?;
            (head.upos() == Upos::Noun).then(|| head.lemma().to_lowercase())
        };
        let same = noun(subject);
        same.is_some() && same == noun(object)
    }

    /// Whether `argument` says nothing of what it stands for: "both", "one", "why", "the cause of
    /// which", "was important" of "what they thought was important".
    fn is_empty(&self, argument: &Argument) -> bool {
        let Some(head) = self.document.token(argument.head) else {
            return false;
        };
        let bare = self.stands_for_another(argument, head);
        let unresolved = argument.form == ArgumentForm::Entity
            && argument
                .core
                .iter()
                .filter_map(|id| self.document.token(*id))
                .any(|word| word.deprel() == "nmod" && is_relative(word));
        let headless = argument.form == ArgumentForm::Clause
            && head.relation() == "ccomp"
            && is_finite(head)
            && head
                .child(&["nsubj", "nsubj:pass", "csubj", "expl"])
                .is_none();
        bare || unresolved || headless || opens_comparison(head)
    }

    /// Whether `argument` is a word for a thing that nothing beside it names: "some", "only three",
    /// "many others", "why".
    fn stands_for_another(&self, argument: &Argument, head: Token<'_>) -> bool {
        // "23 others" are as good as 23 people.
        let counted = head.form() == "others" && head.child(&["nummod"]).is_some();
        let told = head.upos() == Upos::Propn
            || counted
            || head.child(&["nmod", "acl", "acl:relcl"]).is_some();
        if told {
            return false;
        }
        if argument.core.len() == 1 && matches!(head.lemma(), "why" | "how") {
            return true;
        }
        // "The police arrested many", not "they are many".
        let is_copula = self
            .clause
            .is_some_and(|clause| clause.kind == ClauseKind::Copula);
        let speaks_of_a_thing = argument.form == ArgumentForm::Entity
            || argument.form == ArgumentForm::Attribute && !is_copula && argument.core.len() == 1;
        let mut others = argument
            .core
            .iter()
            .filter(|id| **id != argument.head)
            .filter_map(|id| self.document.token(*id));
        speaks_of_a_thing
            && (is_stand_in(head) || is_count(head))
            && others.all(|word| {
                is_stand_in(word)
                    || is_count(word)
                    || word.lemma() == "the" && (is_count(head) || head.upos() == Upos::Noun)
                    || word.relation() == "advmod" && word.head() == Some(head)
                    || changes_amount(word)
                    || word.head().is_some_and(changes_amount)
            })
    }

    /// Whether both ends are parts of one name that another word heads: "American" and "Revolution"
    /// in "Daughters of the American Revolution Hall". What holds of a part is not said of the whole.
    fn is_inside_name(&self, subject: Option<&Argument>, object: Option<&Argument>) -> bool {
        let (Some(subject), Some(object)) = (subject, object) else {
            return false;
        };
        let Some(sentence) = self.document.token(subject.head).map(Token::sentence) else {
            return false;
        };
        let ends = [subject.head, object.head];
        // Nor is a part of somebody's name what he is, unless it is an office.
        let title = self.document.token(object.head);
        let office =
            title.is_some_and(|title| words().roles.contains_key(&title.lemma().to_lowercase()));
        sentence.mentions().any(|mention| {
            let range = mention.token_range();
            let of_person = mention.name_type() == Some(NameType::Person) && !office;
            mention.name_type().is_some()
                && ends.iter().all(|end| {
                    range.contains(&end.index()) && (of_person || *end != mention.head().id())
                })
        })
    }

    /// What the clause says beside `subject`, `object`, time and place: an analyst who reads
    /// that the army did something against rebels must be told what was conducted.
    fn arguments(
        &self,
        clause: &Clause,
        subject: Option<&Argument>,
        object: Option<&Argument>,
    ) -> Vec<Vec<TokenId>> {
        let ends = [subject, object].into_iter().flatten();
        let ends: Vec<TokenId> = ends.map(|argument| argument.head).collect();
        let bound = self.bound(self.rule.claim.object).map(|bound| bound.token);
        let own = clause
            .fillers
            .iter()
            .find(|filler| Some(filler.token) == bound);
        let with_own = |other: &Filler| {
            own.is_some_and(|own| own.role == other.role && own.preposition == other.preposition)
        };
        let shared = clause
            .fillers
            .iter()
            .filter(|other| with_own(other))
            .count()
            > 1;
        let told = |token: TokenId| {
            let mut told = clause.when.iter().chain(&clause.place);
            told.any(|words| words.contains(&token))
        };
        let mut found: Vec<Vec<TokenId>> = clause
            .fillers
            .iter()
            .filter(|filler| {
                let argument = matches!(
                    filler.role,
                    ClauseRole::Object
                        | ClauseRole::Recipient
                        | ClauseRole::Oblique
                        | ClauseRole::Predicative
                        | ClauseRole::Complement
                );
                // What is coordinated with the object makes a statement of its own.
                argument
                    && !with_own(filler)
                    && !ends.contains(&filler.token)
                    && !told(filler.token)
            })
            .filter_map(|filler| {
                let token = self.document.token(filler.token)?;
                let words = if filler.role == ClauseRole::Complement || token.upos() == Upos::Verb {
                    phrase(token)
                } else {
                    full(token)
                };
                let mut words: Vec<TokenId> = filler.case.iter().copied().chain(words).collect();
                words.sort_unstable();
                words.dedup();
                // What was counted for both together is no number of either: "34 strikes in A
                // and B".
                let counts = |id: &TokenId| {
                    let word = self.document.token(*id);
                    word.is_some_and(|word| {
                        word.relation() == "nummod" && word.head() == Some(token)
                    })
                };
                words.retain(|id| !(shared && counts(id)));
                Some(words)
            })
            .collect();
        // "flock to see the lanterns": without what for, that they flock says little.
        let purpose = self
            .document
            .token(clause.head)
            .into_iter()
            .flat_map(Token::children)
            .filter(|child| child.deprel() == "advcl" && child.id() > clause.head)
            .filter(|child| is_purpose(*child) && !ends.contains(&child.id()))
            .map(phrase);
        found.extend(purpose);
        // "usually", "mostly": without them too much is claimed.
        let limits = self
            .document
            .token(clause.head)
            .into_iter()
            .flat_map(Token::children)
            .filter(|child| child.relation() == "advmod")
            .filter(|child| {
                words()
                    .limiting_adverbs
                    .contains_key(&child.form().to_lowercase())
            })
            .map(|child| vec![child.id()]);
        found.extend(limits);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn is_clause(&self, bound: &Bound) -> bool {
        self.clause.is_some_and(|clause| {
            clause.fillers.iter().any(|filler| {
                filler.token == bound.token
                    && matches!(filler.role, ClauseRole::Complement | ClauseRole::Adverbial)
            })
        })
    }

    /// The relation's dictionary form; `None` when a node it needs is not bound.
    fn lemma(&self) -> Option<String> {
        let mut words: Vec<String> = Vec::new();
        for piece in &self.rule.claim.relation {
            let word = match piece {
                Piece::Word(word) => word.clone(),
                Piece::Hole(node, field) => self.field(*node, *field)?,
            };
            if !word.is_empty() {
                words.push(word);
            }
        }
        let lemma = words.join(" ");
        (!lemma.is_empty()).then_some(lemma)
    }

    fn field(&self, node: NodeIndex, field: Field) -> Option<String> {
        let bound = self.node(node)?;
        let token = self.token(node)?;
        Some(match field {
            Field::Lemma => {
                let lemma = match (token.upos(), token.lemma()) {
                    (Upos::Adj, _) => property(token),
                    (_, lemma) if lemma.eq_ignore_ascii_case("be") => "is".to_owned(),
                    (_, lemma) => lemma.to_lowercase(),
                };
                let particle = self
                    .clause
                    .filter(|clause| clause.head == token.id())
                    .and_then(|clause| clause.particle.clone());
                match particle {
                    Some(particle) => format!("{lemma} {particle}"),
                    None => lemma,
                }
            }
            Field::Preposition => bound.preposition.clone(),
            Field::Form => token.form().to_lowercase(),
            Field::Words => role_words(token, self.owner())?,
            Field::Verb => {
                let lemma = token.lemma().to_lowercase();
                let conditions = &self.rule.pattern.nodes.get(node.0)?.conditions;
                conditions
                    .iter()
                    .find_map(|condition| match &condition.test {
                        Test::Lemma(words) | Test::Form(words) => {
                            words.iter().find_map(|words| words.meaning(&lemma))
                        }
                        Test::Prefix(_)
                        | Test::Xpos(_)
                        | Test::Relation(_)
                        | Test::Feature(_)
                        | Test::Entity(_)
                        | Test::Name(_)
                        | Test::Time(_)
                        | Test::Acronym(_)
                        | Test::Capital(_)
                        | Test::Bare(_)
                        | Test::Clause(_)
                        | Test::Preposition(_) => None,
                    })?
                    .to_lowercase()
            }
        })
    }

    /// Of whom or what the claim is made, besides its subject: whose role it is.
    fn owner(&self) -> Option<TokenId> {
        self.bound(self.rule.claim.object).map(|bound| bound.token)
    }

    /// The words as written; a preposition comes last, also where the text has it first.
    fn relation_tokens(&self) -> Vec<TokenId> {
        let mut tokens = self
            .clause
            .map(|clause| clause.predicate.clone())
            .unwrap_or_default();
        let mut prepositions = Vec::new();
        for piece in &self.rule.claim.relation {
            let Piece::Hole(node, field) = piece else {
                continue;
            };
            let Some(bound) = self.node(*node) else {
                continue;
            };
            match field {
                Field::Preposition => prepositions.extend(bound.case.iter().copied()),
                Field::Lemma | Field::Form | Field::Words | Field::Verb => tokens.push(bound.token),
            }
            let adjective = self
                .token(*node)
                .filter(|token| token.upos() == Upos::Adj && *field == Field::Lemma);
            tokens.extend(adjective.into_iter().flat_map(degree_words).map(Token::id));
        }
        tokens.sort_unstable();
        tokens.dedup();
        prepositions.retain(|token| !tokens.contains(token));
        tokens.extend(prepositions);
        tokens
    }

    /// An object whose preposition stands in the relation is an oblique argument.
    fn role(&self) -> Role {
        let Some(bound) = self.bound(self.rule.claim.object) else {
            return Role::Object;
        };
        let is_recipient = self.clause.is_some_and(|clause| {
            clause
                .fillers
                .iter()
                .any(|filler| filler.token == bound.token && filler.role == ClauseRole::Recipient)
        });
        if is_recipient {
            return Role::Oblique("iobj".to_owned());
        }
        let by_preposition = self.rule.claim.relation.iter().any(|piece| match piece {
            Piece::Hole(node, Field::Preposition) => self
                .node(*node)
                .is_some_and(|other| other.token == bound.token),
            Piece::Hole(_, Field::Lemma | Field::Form | Field::Words | Field::Verb)
            | Piece::Word(_) => false,
        });
        let from_verb = self.clause.is_some();
        if by_preposition && from_verb && !bound.preposition.is_empty() {
            Role::Oblique(bound.preposition.clone())
        } else {
            Role::Object
        }
    }
}
