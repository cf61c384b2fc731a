//! Finds the clauses of a document: each predicate with what fills its places.
//!
//! The main type is [`Clauses`]. Roles are those of the active voice: of "forces backed by jets"
//! the subject is "jets". A place that the words leave to the structure is filled too: the subject
//! of an infinitive, of a participle, of a second coordinated verb, the antecedent of "which".
//! What is claimed of a clause is no business of this module; the rules say that.

use std::collections::BTreeMap;

use crate::base::Id as _;
use crate::model::{Modality, Polarity};
use crate::text::{Document, EntityType, Sentence, SentenceForm, Token, TokenId, Upos};

use super::control::unsaid_subject;
use super::predicate::{
    is_repeated, kind, outer_subject, predicate_tokens, predicates, repetition_before,
};
use super::referent::{
    antecedents, has_relative, holder_beside, is_body_of, is_title_of, referents,
    settle_circumstances,
};
use super::rule::{ClauseKind, ClauseRole};
use super::tree::{
    case_tokens, complex_preposition, first_conjunct, is_connective, is_nominal, is_relative,
    is_time, marks, preposition, subtree_without, subtree_words, with_conjuncts,
};
use super::words::words;
use super::{attribution, modality, polarity};

/// How a filler was found; the farther from the words, the less sure.
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
        if head
            .children()
            .any(|child| matches!(child.relation(), "xcomp" | "ccomp"))
        {
            return;
        }
        if is_time(noun) {
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

/// Collects what fills the places of one clause.
struct Builder<'d> {
    head: Token<'d>,
    clause: Clause,
    surface: Vec<(TokenId, Link)>,
    agents: Vec<Filler>,
    fillers: Vec<Filler>,
}

impl<'d> Builder<'d> {
    fn new(head: Token<'d>, kind: ClauseKind) -> Self {
        Self {
            head,
            clause: Clause {
                head: head.id(),
                kind,
                fillers: Vec::new(),
                surface: Vec::new(),
                predicate: Vec::new(),
                particle: None,
                polarity: Polarity::Affirmed,
                modality: Modality::Asserted,
                attribution: None,
                when: None,
                place: None,
            },
            surface: Vec::new(),
            agents: Vec::new(),
            fillers: Vec::new(),
        }
    }

    fn fill(&mut self, role: ClauseRole, token: Token<'d>) {
        let complex = complex_preposition(token).filter(|_| role == ClauseRole::Oblique);
        let token = complex.as_ref().map_or(token, |complex| complex.governs);
        // What holds of "networks such as Chatterbox" holds of Chatterbox.
        let examples = with_conjuncts(token)
            .into_iter()
            .flat_map(examples)
            .flat_map(|example| {
                let (preposition, case) = (preposition(token), case_tokens(token));
                referents(example).into_iter().map(move |(id, _)| Filler {
                    role,
                    token: id,
                    preposition: preposition.clone(),
                    case: case.iter().map(|token| token.id()).collect(),
                    link: Link::Shared,
                })
            });
        let shared = matches!(role, ClauseRole::Object | ClauseRole::Oblique) && complex.is_none();
        let examples: Vec<Filler> = examples.filter(|_| shared).collect();
        let fillers: Vec<Filler> = with_conjuncts(token)
            .into_iter()
            .flat_map(|token| {
                let (preposition, case) = match &complex {
                    Some(complex) => (complex.words.clone(), complex.tokens.clone()),
                    None => (
                        preposition(token),
                        case_tokens(token).iter().map(|token| token.id()).collect(),
                    ),
                };
                referents(token).into_iter().map(move |(id, link)| Filler {
                    role,
                    token: id,
                    preposition: preposition.clone(),
                    case: case.clone(),
                    link,
                })
            })
            .collect();
        self.fillers.extend(fillers);
        self.fillers.extend(examples);
    }

    fn child(&mut self, child: Token<'d>) {
        let is_copula = self.clause.kind == ClauseKind::Copula;
        match child.deprel() {
            "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj" | "csubj:pass" | "csubj:outer" => {
                let outer = matches!(child.deprel(), "nsubj:outer" | "csubj:outer");
                if outer && (!self.surface.is_empty() || outer_subject(self.head).is_some()) {
                    return;
                }
                let child = holder_beside(child);
                // Gerunds side by side act together: "training and sharing helps".
                let each = if child.relation() == "csubj" {
                    vec![child]
                } else {
                    with_conjuncts(child)
                };
                for token in each {
                    self.surface.extend(referents(token));
                }
            }
            "obj" if self.is_idiom(child) => {
                self.clause.particle = Some(child.form().to_lowercase());
            }
            // "started the game with style": the parser takes the phrase for a second object.
            "obj" if matches!(preposition(child).as_str(), "with" | "in" | "at" | "from") => {
                self.oblique(child);
            }
            // "did not say why they left".
            "obj"
                if matches!(child.lemma(), "why" | "how")
                    && child.child(&["acl", "advcl"]).is_some() =>
            {
                self.complement(child);
            }
            "obj" => self.fill(ClauseRole::Object, child),
            "iobj" => self.fill(ClauseRole::Recipient, child),
            "xcomp" => {
                if is_nominal(child) || child.upos() == Upos::Adj {
                    let verb = self.head.lemma();
                    let phrase = child.upos() == Upos::Adj
                        && child.child(&["det"]).is_some()
                        && !words().linking_verbs.contains_key(verb)
                        && !words().naming_verbs.contains_key(verb);
                    if phrase {
                        // A noun that the parser takes for an adjective: "another offensive".
                        self.fill(ClauseRole::Object, child);
                    } else if child.child(&["cop"]).is_some() {
                        self.complement(child);
                    } else {
                        self.fill(ClauseRole::Predicative, child);
                    }
                } else {
                    self.complement(child);
                }
            }
            "ccomp" => self.complement(child),
            "obl" | "obl:agent" | "obl:unmarked" | "obl:tmod" | "obl:npmod" => self.oblique(child),
            "nmod" | "nmod:unmarked" if is_copula && is_time(child) => self.time(child),
            "advmod" => self.adverb(child),
            "compound:prt" => self.clause.particle = Some(child.form().to_lowercase()),
            "advcl" | "advcl:relcl" => self.adverbial(child),
            _ => {}
        }
    }

    /// "place" of "take place".
    fn is_idiom(&self, object: Token<'d>) -> bool {
        let phrase = format!("{} {}", self.head.lemma(), object.lemma()).to_lowercase();
        words().verb_idioms.contains_key(&phrase)
            && object.children().all(|child| child.relation() != "det")
    }

    fn complement(&mut self, child: Token<'d>) {
        if is_repeated(child) {
            return;
        }
        self.fillers.push(Filler {
            role: ClauseRole::Complement,
            token: child.id(),
            preposition: String::new(),
            case: Vec::new(),
            link: Link::Own,
        });
    }

    fn time(&mut self, child: Token<'d>) {
        let words = subtree_words(child);
        self.clause.when.get_or_insert(words);
        self.fill(ClauseRole::Time, child);
    }

    fn oblique(&mut self, child: Token<'d>) {
        let word = preposition(child);
        if attribution::is_source(&word) {
            let sources = referents(child).into_iter().map(|(token, link)| Filler {
                role: ClauseRole::Source,
                token,
                preposition: word.clone(),
                case: Vec::new(),
                link,
            });
            self.fillers.extend(sources);
            return;
        }
        if is_connective(child) || self.opens_report(child) {
            return;
        }
        // "side by side", "step by step".
        let by = child.children().find(|case| case.relation() == "case");
        let twice = by
            .and_then(|by| by.id().index().checked_sub(1))
            .and_then(|before| child.document().token(TokenId::from_index(before)))
            .is_some_and(|before| before.form() == child.form());
        if twice {
            return;
        }
        if word == "in" && child.lemma() == "addition" {
            return;
        }
        // "Of the thousands there, she met one": those are no argument of "met".
        if word == "of" && child.id() < self.head.id() {
            return;
        }
        // "with the vote due to take place": the parser takes the subject for an adverbial.
        let absolute = word.is_empty()
            && child.id() < self.head.id()
            && !is_time(child)
            && self
                .head
                .children()
                .any(|mark| mark.relation() == "mark" && mark.lemma() == "with")
            && self.head.child(&["nsubj", "nsubj:pass"]).is_none();
        if absolute {
            for token in with_conjuncts(child) {
                self.surface.extend(referents(token));
            }
            return;
        }
        let passive = self.clause.kind == ClauseKind::Passive;
        if child.deprel() == "obl:agent" || (passive && word == "by" && !is_time(child)) {
            for token in with_conjuncts(child) {
                let fillers = referents(token).into_iter().map(|(id, link)| Filler {
                    role: ClauseRole::Subject,
                    token: id,
                    preposition: "by".to_owned(),
                    case: case_tokens(token).iter().map(|token| token.id()).collect(),
                    link,
                });
                self.agents.extend(fillers);
            }
            return;
        }
        if is_time(child) {
            self.time(child);
            return;
        }
        if is_relative(child) && child.upos() == Upos::Adv {
            return;
        }
        let is_place = child.entity_type() == Some(EntityType::Place)
            && words().place_prepositions.contains_key(&word);
        if is_place && self.clause.place.is_none() {
            self.clause.place = Some(subtree_without(child, &|token| {
                matches!(
                    token.relation(),
                    "acl" | "appos" | "conj" | "cc" | "parataxis"
                )
            }));
        }
        self.fill(ClauseRole::Oblique, child);
    }

    /// "In Bergen, the mayor said, …": what opens the sentence is of what is said.
    fn opens_report(&self, child: Token<'d>) -> bool {
        let subject = self.head.child(&["nsubj"]);
        let next = TokenId::from_index(self.head.id().index() + 1);
        let interrupts = self
            .head
            .document()
            .token(next)
            .is_some_and(|mark| mark.form() == ",");
        attribution::is_speech(self.head)
            && interrupts
            && subject.is_some_and(|subject| child.id() < subject.id())
            && child.id() < self.head.id()
    }

    fn adverb(&mut self, child: Token<'d>) {
        let word = child.form().to_lowercase();
        if word == "then" {
            return;
        }
        if is_time(child)
            || child
                .children()
                .any(|below| is_time(below) && below.relation() == "obl")
        {
            let words = subtree_words(child);
            self.clause.when.get_or_insert(words);
        } else if matches!(
            word.as_str(),
            "here" | "there" | "abroad" | "nearby" | "overseas" | "worldwide"
        ) {
            self.clause.place.get_or_insert(vec![child.id()]);
        } else if self.clause.particle.is_none()
            && self.clause.kind != ClauseKind::Copula
            && child.id().index() == self.head.id().index() + 1
            && words().particles.contains_key(&word)
        {
            self.clause.particle = Some(word);
        }
    }

    fn adverbial(&mut self, child: Token<'d>) {
        let opening = marks(child);
        // "focused on securing the road": the parser takes "on" for a conjunction.
        let preposition = opening.iter().find(|mark| {
            matches!(
                mark.as_str(),
                "on" | "for" | "about" | "from" | "against" | "at"
            )
        });
        if let Some(preposition) = preposition.filter(|_| child.xpos() == "VBG") {
            let case = child.children().filter(|mark| mark.relation() == "mark");
            self.fillers.push(Filler {
                role: ClauseRole::Oblique,
                token: child.id(),
                preposition: preposition.clone(),
                case: case.map(Token::id).collect(),
                link: Link::Own,
            });
            return;
        }
        let is_temporal = opening.iter().any(|word| {
            matches!(
                word.as_str(),
                "when" | "after" | "before" | "while" | "since" | "until" | "once" | "as soon as"
            )
        });
        if !is_temporal {
            return;
        }
        if self.clause.when.is_none() {
            self.clause.when = Some(subtree_words(child));
        }
        self.fillers.push(Filler {
            role: ClauseRole::Adverbial,
            token: child.id(),
            preposition: opening.first().cloned().unwrap_or_default(),
            case: Vec::new(),
            link: Link::Own,
        });
    }

    /// Two subjects side by side: "which the army destroyed", both tied as subjects, or a title
    /// and the name after it. A clause has one.
    fn settle_two_subjects(&mut self) {
        let subjects: Vec<Token<'d>> = self
            .head
            .children()
            .filter(|child| child.deprel() == "nsubj")
            .collect();
        let (Some(first), Some(second)) = (subjects.first(), subjects.get(1)) else {
            return;
        };
        // '"Training and sharing helps," said Rivera': what stands before is of the quote.
        if attribution::is_speech(self.head)
            && first.id() < self.head.id()
            && second.id() > self.head.id()
        {
            let speaker: Vec<TokenId> = referents(*second).iter().map(|(id, _)| *id).collect();
            self.surface.retain(|(id, _)| speaker.contains(id));
            return;
        }
        let first_means: Vec<TokenId> = referents(*first).iter().map(|(id, _)| *id).collect();
        let other_objects = self
            .fillers
            .iter()
            .any(|filler| filler.role == ClauseRole::Object);
        if is_relative(*first) && !is_relative(*second) {
            if !other_objects {
                self.fill(ClauseRole::Object, *first);
            }
            self.surface.retain(|(id, _)| !first_means.contains(id));
        } else if is_title_of(*first, *second) {
            self.surface.retain(|(id, _)| !first_means.contains(id));
        } else if is_body_of(*first, *second) {
            self.surface.retain(|(id, _)| !first_means.contains(id));
        } else if self.is_gap_before(*first, *second) && !other_objects {
            self.fill(ClauseRole::Object, *first);
            self.surface.retain(|(id, _)| !first_means.contains(id));
        }
    }

    /// "the role the army can play": the parser takes the antecedent for a first subject. It is a
    /// thing, and who acts follows it without a comma.
    fn is_gap_before(&self, first: Token<'d>, second: Token<'d>) -> bool {
        let acts = |token: Token<'d>| {
            matches!(
                token.entity_type(),
                Some(EntityType::Person | EntityType::Organization)
            )
        };
        let begins = second.subtree().into_iter().min();
        let ends = first.subtree().into_iter().max();
        let side_by_side = begins
            .zip(ends)
            .is_some_and(|(begin, end)| begin.index() == end.index() + 1);
        let opens = begins
            .and_then(|begin| self.head.document().token(begin))
            .is_some_and(|word| matches!(word.upos(), Upos::Det | Upos::Pron | Upos::Propn));
        second.id() < self.head.id()
            && opens
            && first.upos() == Upos::Noun
            && !acts(first)
            && !is_time(first)
            && side_by_side
    }

    /// "awarded Norway a penalty", both tied as objects: the first one receives.
    fn settle_two_objects(&mut self) {
        let objects: Vec<TokenId> = self
            .head
            .children()
            .filter(|child| child.deprel() == "obj" && !self.is_idiom(*child))
            .map(Token::id)
            .collect();
        let (Some(first), Some(second)) = (objects.first(), objects.get(1)) else {
            return;
        };
        let has_recipient = self
            .fillers
            .iter()
            .any(|filler| filler.role == ClauseRole::Recipient);
        // "a penalty which the referee awarded Norway": what stands before the verb is given.
        let recipient = if *first < self.head.id() {
            second
        } else {
            first
        };
        for filler in &mut self.fillers {
            if filler.token == *recipient && filler.role == ClauseRole::Object && !has_recipient {
                filler.role = ClauseRole::Recipient;
            }
        }
    }

    /// Turns the grammatical subject into the subject or the object of the active voice.
    fn settle_voice(&mut self) {
        self.settle_two_objects();
        let naming = words().naming_verbs.contains_key(self.head.lemma());
        if self.clause.kind == ClauseKind::Passive {
            for filler in &mut self.fillers {
                if filler.role == ClauseRole::Object && naming {
                    filler.role = ClauseRole::Predicative;
                }
            }
            let kept_object = self
                .fillers
                .iter()
                .any(|filler| filler.role == ClauseRole::Object);
            let role = if kept_object {
                ClauseRole::Recipient
            } else {
                ClauseRole::Object
            };
            self.push_surface(role);
            // "returned by mail by the owner": who can act does.
            let document = self.head.document();
            let acts = |agent: &Filler| {
                document.token(agent.token).is_some_and(|token| {
                    matches!(
                        token.entity_type(),
                        Some(EntityType::Person | EntityType::Organization)
                    )
                })
            };
            if self.agents.iter().any(acts) && self.agents.len() > 1 {
                self.agents.retain(acts);
            }
            self.fillers.append(&mut self.agents);
        } else {
            self.push_surface(ClauseRole::Subject);
            // "ask them to leave": whom one asks is acted on.
            let has_object = self
                .fillers
                .iter()
                .any(|filler| filler.role == ClauseRole::Object);
            if !has_object {
                for filler in &mut self.fillers {
                    if filler.role == ClauseRole::Recipient {
                        filler.role = ClauseRole::Object;
                    }
                }
            }
        }
    }

    fn push_surface(&mut self, role: ClauseRole) {
        let fillers = self.surface.iter().map(|(token, link)| Filler {
            role,
            token: *token,
            preposition: String::new(),
            case: Vec::new(),
            link: *link,
        });
        self.fillers.extend(fillers);
    }

    /// "which they aimed to roll back": the parser may tie "which" to the upper verb, which cannot
    /// have an object.
    fn take_gap(&mut self, parent: Option<&Clause>) {
        let has_object = self
            .fillers
            .iter()
            .any(|filler| filler.role == ClauseRole::Object);
        let Some(parent) = parent.filter(|_| !has_object) else {
            return;
        };
        let verb = self.head.document().token(parent.head);
        let cannot =
            verb.is_some_and(|verb| words().subject_control_verbs.contains_key(verb.lemma()));
        let gap = parent
            .filling(ClauseRole::Object)
            .filter(|filler| cannot && filler.link == Link::Relative)
            .cloned();
        self.fillers.extend(gap);
    }

    /// "was banned from worship at the sites by the ministry": the parser may tie the agent to the
    /// noun before it.
    fn find_stray_agent(&mut self) {
        let has_agent = self
            .fillers
            .iter()
            .any(|filler| filler.role == ClauseRole::Subject);
        if self.clause.kind != ClauseKind::Passive || has_agent {
            return;
        }
        let mut open: Vec<Token<'d>> = self.head.children().collect();
        while let Some(token) = open.pop() {
            let goes_on = matches!(token.deprel(), "obl" | "nmod" | "obj" | "advcl" | "xcomp");
            if !goes_on || token.id() < self.head.id() {
                continue;
            }
            let acts = matches!(
                token.entity_type(),
                Some(EntityType::Person | EntityType::Organization)
            );
            let noun = token.head().filter(|noun| noun.upos() == Upos::Noun);
            let made = noun.is_some_and(|noun| words().event_nouns.contains_key(noun.lemma()));
            let elsewhere = token.deprel() == "nmod"
                || (token.deprel() == "obl" && token.head() != Some(self.head));
            if elsewhere && preposition(token) == "by" && acts && !made {
                let before = self.fillers.len();
                self.fill(ClauseRole::Subject, token);
                for filler in self.fillers.iter_mut().skip(before) {
                    filler.link = Link::Shared;
                }
                return;
            }
            open.extend(token.children());
        }
    }

    /// Takes what the last of several verbs side by side has for all of them, where the parser ties
    /// it to the last one alone: "degrade and defeat the group", "written and directed by her".
    fn take_shared(&mut self) {
        let bare = !self.fillers.iter().any(|filler| {
            filler.token > self.head.id()
                || matches!(filler.role, ClauseRole::Object | ClauseRole::Complement)
                    && self.clause.kind == ClauseKind::Active
        });
        if !bare
            || self.clause.particle.is_some()
            || words().intransitive_verbs.contains_key(self.head.lemma())
        {
            return;
        }
        let Some(last) = last_of_series(self.head) else {
            return;
        };
        let before = self.fillers.len();
        match self.clause.kind {
            ClauseKind::Active => {
                if let Some(object) = last.child(&["obj"]).filter(|obj| obj.id() > last.id()) {
                    self.fill(ClauseRole::Object, object);
                }
            }
            ClauseKind::Passive => {
                if let Some(agent) = last.child(&["obl:agent"]) {
                    self.fill(ClauseRole::Subject, agent);
                }
            }
            ClauseKind::Copula => {}
        }
        for filler in self.fillers.iter_mut().skip(before) {
            filler.link = Link::Shared;
        }
    }

    /// Takes over what stands after both coordinated verbs: "rescued and fed the migrants".
    fn share(&mut self, parent: &Clause) {
        let head = self.head.id();
        let has =
            |fillers: &[Filler], role: ClauseRole| fillers.iter().any(|filler| filler.role == role);
        let closed = has(&self.fillers, ClauseRole::Object)
            || has(&self.fillers, ClauseRole::Complement)
            || self.clause.kind != ClauseKind::Active;
        for filler in &parent.fillers {
            let after = filler.token > head;
            let wanted = match filler.role {
                ClauseRole::Object => !closed && parent.kind == ClauseKind::Active,
                ClauseRole::Oblique => !has(&self.fillers, ClauseRole::Oblique),
                ClauseRole::Subject
                | ClauseRole::Recipient
                | ClauseRole::Time
                | ClauseRole::Complement
                | ClauseRole::Predicative
                | ClauseRole::Adverbial
                | ClauseRole::Source => false,
            };
            if after && wanted {
                self.clause.fillers.push(Filler {
                    link: Link::Shared,
                    ..filler.clone()
                });
            }
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

/// The last verb of the series that `verb` stands in, where nothing but verbs, adverbs and
/// conjunctions stands between: "produced" of "written, directed and then produced by".
fn last_of_series(verb: Token<'_>) -> Option<Token<'_>> {
    let mut series = vec![first_conjunct(verb)];
    let mut next = 0;
    while let Some(current) = series.get(next).copied() {
        next += 1;
        series.extend(
            current
                .children()
                .filter(|child| child.relation() == "conj"),
        );
    }
    let last = series
        .into_iter()
        .filter(|other| other.upos() == Upos::Verb && other.xpos() == verb.xpos())
        .filter(|other| other.id() > verb.id())
        .max_by_key(|other| other.id())?;
    let between = verb.id().index() + 1..last.id().index();
    let plain = between.map(TokenId::from_index).all(|id| {
        verb.document().token(id).is_some_and(|token| {
            matches!(token.relation(), "cc" | "advmod" | "conj") && token.upos() != Upos::Noun
                || token.form() == ","
        })
    });
    let subject = last
        .child(&["nsubj", "nsubj:pass", "aux", "mark"])
        .is_some();
    (plain && !subject).then_some(last)
}

/// The examples after "such as" or "including" of the plural `kind`.
pub(crate) fn examples(kind: Token<'_>) -> Vec<Token<'_>> {
    let many = kind.feature("Number") == Some("Plur");
    kind.children()
        .filter(|child| {
            many && child.deprel() == "nmod"
                && is_nominal(*child)
                && matches!(preposition(*child).as_str(), "such as" | "including")
        })
        .flat_map(with_conjuncts)
        .collect()
}
