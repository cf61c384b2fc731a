//! Finds the clauses of a document: each predicate with what fills its places.
//!
//! The main type is [`Clauses`]. Roles are those of the active voice: of "forces backed by jets"
//! the subject is "jets". A place that the words leave to the structure is filled too: the subject
//! of an infinitive, of a participle, of a second coordinated verb, the antecedent of "which".
//! What is claimed of a clause is no business of this module; the rules say that. The words are
//! collected in `collect.rs`, and who does what is settled in `settle.rs`.

use std::collections::BTreeMap;

use crate::model::{Modality, Polarity};
use crate::text::{Document, EntityType, Sentence, SentenceForm, Token, TokenId};

use super::collect::Builder;
use super::control::unsaid_subject;
use super::predicate::{kind, predicate_tokens, predicates, repetition_before};
use super::referent::{antecedents, has_relative, referents, settle_circumstances};
use super::rule::{ClauseKind, ClauseRole};
use super::tree::is_time;
use super::words::words;
use super::{attribution, modality, polarity};

/// How a filler was found, from the nearest to the words to the farthest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Link {
    /// It depends on the predicate itself.
    Own,
    /// It is what a relative pronoun or a participle refers to.
    Relative,
    /// It belongs to a coordinated predicate.
    Shared,
    /// It is the unsaid subject of an infinitive or a participle clause.
    Controlled,
}

/// What fills a place of a clause.
#[derive(Debug, Clone)]
pub(crate) struct Filler {
    pub(crate) role: ClauseRole,
    pub(crate) token: TokenId,
    /// The preposition in lower case; empty for none.
    pub(crate) preposition: String,
    /// The preposition's tokens.
    pub(crate) case: Vec<TokenId>,
    pub(crate) link: Link,
}

/// A predicate with its arguments, before it becomes statements.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    /// The verb, or the noun or adjective that is the predicate.
    pub(crate) head: TokenId,
    pub(crate) kind: ClauseKind,
    pub(crate) fillers: Vec<Filler>,
    /// What is the subject in grammar, whatever the voice; what dependent clauses inherit.
    pub(crate) surface: Vec<(TokenId, Link)>,
    /// The words of the predicate, those of governing verbs ("aim to advance") included.
    pub(crate) predicate: Vec<TokenId>,
    /// "down" of "crack down".
    pub(crate) particle: Option<String>,
    pub(crate) polarity: Polarity,
    pub(crate) modality: Modality,
    /// The head of who says so.
    pub(crate) attribution: Option<TokenId>,
    pub(crate) when: Option<Vec<TokenId>>,
    pub(crate) place: Option<Vec<TokenId>>,
}

impl Clause {
    /// What fills `role`.
    pub(crate) fn filling(&self, role: ClauseRole) -> impl Iterator<Item = &Filler> {
        self.fillers
            .iter()
            .filter(move |filler| filler.role == role)
    }
}

/// All clauses of a document.
#[derive(Debug, Default)]
pub(crate) struct Clauses {
    list: Vec<Clause>,
    by_head: BTreeMap<TokenId, usize>,
}

impl Clauses {
    /// The clauses of `document`.
    pub(crate) fn of(document: &Document) -> Self {
        let mut clauses = Self::default();
        let spoken = |sentence: &Sentence<'_>| sentence.form() != SentenceForm::Furniture;
        for sentence in document.sentences().filter(spoken) {
            for head in predicates(sentence) {
                let clause = clauses.clause(head);
                clauses.by_head.insert(head.id(), clauses.list.len());
                clauses.list.push(clause);
            }
        }
        attribution::attribute_sources(document, &mut clauses.list);
        attribution::attribute_quotes(document, &mut clauses.list);
        clauses
    }

    /// All of them, sentence by sentence.
    pub(crate) fn all(&self) -> &[Clause] {
        &self.list
    }

    /// The clause whose predicate is `head`.
    pub(crate) fn headed_by(&self, head: TokenId) -> Option<&Clause> {
        self.by_head
            .get(&head)
            .and_then(|index| self.list.get(*index))
    }

    /// The innermost clause that `token` stands in, its own counted.
    pub(crate) fn around(&self, token: Token<'_>) -> Option<&Clause> {
        let mut current = Some(token);
        while let Some(token) = current {
            if let Some(clause) = self.headed_by(token.id()) {
                return Some(clause);
            }
            current = token.head();
        }
        None
    }

    /// The clause above `token`, its own not counted.
    fn above(&self, token: Token<'_>) -> Option<&Clause> {
        self.around(token.head()?)
    }

    fn clause(&self, head: Token<'_>) -> Clause {
        let parent = self.above(head);
        let conjunct_of = if head.relation() == "conj" {
            parent
        } else {
            None
        };
        let kind = kind(head, conjunct_of);
        let mut builder = Builder::new(head, kind);
        // "launched launched": the first one's arguments are the second one's.
        let before = repetition_before(head);
        for child in before.into_iter().flat_map(Token::children) {
            builder.child(child);
        }
        let stolen = attribution::speaker_tied_to_quote(head);
        for child in head.children() {
            let is_speaker = child.relation() == "nsubj"
                && head
                    .head()
                    .and_then(attribution::speaker_tied_to_quote)
                    .is_some_and(|speaker| speaker == child);
            if !is_speaker {
                builder.child(child);
            }
        }
        builder.settle_two_subjects();
        if let Some(speaker) = stolen.filter(|_| builder.surface.is_empty()) {
            builder.surface = referents(speaker);
        }
        if builder.surface.is_empty() {
            builder.surface = unsaid_subject(head, kind, parent);
        }
        builder.settle_voice();
        Self::fill_gap(head, &mut builder);
        if head.relation() == "xcomp" && kind == ClauseKind::Active {
            builder.take_gap(parent);
        }
        if let Some(said) = attribution::said_before(head) {
            builder.complement(said);
        }
        if let Some(parent) = conjunct_of {
            builder.share(parent);
        }
        builder.take_shared();
        builder.find_stray_agent();
        let mut clause = builder.clause;
        clause.fillers.extend(builder.fillers);
        clause.surface = builder.surface;
        clause.predicate = predicate_tokens(head, kind, clause.particle_token(head), parent);
        clause.polarity = polarity::of(head, conjunct_of, parent);
        clause.modality = modality::of(head, conjunct_of, parent);
        let told = matches!(clause.modality, Modality::Asserted | Modality::Planned);
        if told && clause.polarity == Polarity::Affirmed && modality::is_alternative(head) {
            clause.modality = Modality::Possible;
        }
        clause.attribution = attribution::of(head, parent);
        if clause.when.is_none() && matches!(head.relation(), "conj" | "xcomp") {
            // Of "thanked them on Monday and left" only the first is on Monday.
            let beside = |when: &Vec<TokenId>, parent: &Clause| {
                head.relation() == "conj"
                    && when
                        .iter()
                        .any(|token| *token > parent.head && *token < head.id())
            };
            clause.when = parent.and_then(|parent| {
                let when = parent.when.clone()?;
                (!beside(&when, parent)).then_some(when)
            });
        }
        if clause.place.is_none() && head.relation() == "xcomp" {
            clause.place = parent.and_then(|parent| parent.place.clone());
        }
        settle_provision(head, &mut clause);
        settle_circumstances(head, &mut clause);
        clause
            .fillers
            .sort_by_key(|filler| (filler.role, filler.token));
        clause
    }

    /// Puts the antecedent of a relative clause without a pronoun in its place: "boats they
    /// turned away", "the bridge where it happened".
    fn fill_gap(head: Token<'_>, builder: &mut Builder<'_>) {
        if head.deprel() != "acl:relcl" {
            return;
        }
        let Some(noun) = head.head() else {
            return;
        };
        let adverb = head
            .children()
            .find(|child| child.xpos() == "WRB" && child.relation() == "advmod");
        if let Some(adverb) = adverb {
            let word = adverb.form().to_lowercase();
            if word == "where" {
                // "met the minister in Bergen, where they talked": in Bergen.
                let acts = |token: Token<'_>| {
                    matches!(
                        token.entity_type(),
                        Some(EntityType::Person | EntityType::Organization)
                    )
                };
                let noun = if acts(noun) {
                    noun.children().find(|child| {
                        child.relation() == "nmod"
                            && child.entity_type() == Some(EntityType::Place)
                            && child.id() < head.id()
                    })
                } else {
                    Some(noun)
                };
                for (token, link) in noun.map_or_else(Vec::new, |noun| antecedents(noun, head)) {
                    builder.fillers.push(Filler {
                        role: ClauseRole::Oblique,
                        token,
                        preposition: "in".to_owned(),
                        case: Vec::new(),
                        link,
                    });
                }
            }
            return;
        }
        let taken = builder
            .fillers
            .iter()
            .any(|filler| matches!(filler.role, ClauseRole::Object | ClauseRole::Predicative));
        let own_subject = head.children().any(|child| child.relation() == "nsubj");
        if has_relative(head) || taken || !own_subject || builder.clause.kind != ClauseKind::Active
        {
            return;
        }
        // The gap may lie deeper: "the areas they wanted to seize".
        // "the driver she had asked to bring the car": asked whom? Where the verb below has an
        // object of its own, the noun is that of the verb above.
        let below = head.child(&["xcomp", "ccomp"]);
        let asks = below.is_some_and(|below| {
            below.relation() == "xcomp"
                && below.child(&["obj"]).is_some()
                && !words().subject_control_verbs.contains_key(head.lemma())
        });
        if below.is_some() && !asks {
            return;
        }
        // "the way they look" is no object of looking.
        let manner = matches!(
            noun.lemma(),
            "way" | "reason" | "manner" | "extent" | "degree" | "moment" | "point"
        );
        if is_time(noun) || manner {
            return;
        }
        for (token, link) in antecedents(noun, head) {
            builder.fillers.push(Filler {
                role: ClauseRole::Object,
                token,
                preposition: String::new(),
                case: Vec::new(),
                link,
            });
        }
    }
}

impl Clause {
    fn particle_token(&self, head: Token<'_>) -> Option<TokenId> {
        let particle = self.particle.as_ref()?;
        head.children()
            .find(|child| child.form().eq_ignore_ascii_case(particle))
            .map(Token::id)
    }
}

/// "provided the rebels with arms" gives arms to the rebels.
fn settle_provision(verb: Token<'_>, clause: &mut Clause) {
    let provides = matches!(
        verb.lemma(),
        "provide" | "supply" | "furnish" | "present" | "entrust"
    ) && verb.relation() != "acl";
    let given = |filler: &Filler| {
        filler.role == ClauseRole::Oblique
            && filler.preposition == "with"
            && filler.link == Link::Own
    };
    let taken = clause.filling(ClauseRole::Recipient).next().is_some();
    if !provides || taken || !clause.fillers.iter().any(given) {
        return;
    }
    for filler in &mut clause.fillers {
        if given(filler) {
            filler.role = ClauseRole::Object;
            filler.preposition.clear();
            filler.case.clear();
        } else if filler.role == ClauseRole::Object {
            filler.role = ClauseRole::Recipient;
        }
    }
}
