//! Settles the places of one clause once its words are collected: which of two subjects acts, who
//! is acted on in a passive, what coordinated verbs share.

use crate::base::Id as _;
use crate::text::{EntityType, Token, TokenId, Upos};

use super::argument::form_of;
use super::attribution;
use super::clause::{Clause, Filler, Link};
use super::collect::Builder;
use super::referent::{is_body_of, is_description_of, is_title_of, referents};
use super::rule::{ClauseKind, ClauseRole};
use super::statement::ArgumentForm;
use super::tree::{first_conjunct, is_relative, is_time, preposition};
use super::words::words;

impl<'d> Builder<'d> {
    /// Two subjects side by side: "which the army destroyed", both tied as subjects, or a title
    /// and the name after it. A clause has one.
    pub(super) fn settle_two_subjects(&mut self) {
        let speaks = attribution::is_speech(self.head);
        let subjects: Vec<Token<'d>> = self
            .head
            .children()
            .filter(|child| child.deprel() == "nsubj" || speaks && child.deprel() == "csubj")
            .collect();
        let (Some(first), Some(second)) = (subjects.first(), subjects.get(1)) else {
            return;
        };
        // '"Training and sharing helps," said Rivera': what stands before is of the quote.
        if speaks && first.id() < self.head.id() && second.id() > self.head.id() {
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
        } else if is_title_of(*first, *second) || is_description_of(*first, *second) {
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
    pub(super) fn is_gap_before(&self, first: Token<'d>, second: Token<'d>) -> bool {
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
    pub(super) fn settle_two_objects(&mut self) {
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
        // "will pay 31 euros a share": nobody receives.
        let document = self.head.document();
        let amount_at_rate = document.token(*first).zip(document.token(*second));
        if amount_at_rate.is_some_and(|(amount, unit)| is_rate(amount, unit)) {
            let rate = *second;
            self.fillers.retain(|filler| filler.token != rate);
            return;
        }
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
    pub(super) fn settle_voice(&mut self) {
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

    pub(super) fn push_surface(&mut self, role: ClauseRole) {
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
    pub(super) fn take_gap(&mut self, parent: Option<&Clause>) {
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
    pub(super) fn find_stray_agent(&mut self) {
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
            let made = noun.is_some_and(names_action);
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
    pub(super) fn take_shared(&mut self) {
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
                let by = |child: &Token<'d>| {
                    child.relation() == "obl" && preposition(*child) == "by" && !is_time(*child)
                };
                if let Some(agent) = last.children().find(by) {
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
    pub(super) fn share(&mut self, parent: &Clause) {
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
                // "financed and armed by the council".
                ClauseRole::Subject => {
                    let passives = [self.clause.kind, parent.kind];
                    passives == [ClauseKind::Passive, ClauseKind::Passive]
                        && filler.preposition == "by"
                        && !has(&self.fillers, ClauseRole::Subject)
                }
                ClauseRole::Recipient
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

/// Whether `unit` after `amount` tells of what each costs so much: "31 euros a share".
fn is_rate(amount: Token<'_>, unit: Token<'_>) -> bool {
    let article = unit
        .child(&["det"])
        .is_some_and(|det| matches!(det.lemma(), "a" | "an" | "each" | "per"));
    let begins = unit.subtree().first().copied();
    let ends = amount.subtree().last().copied();
    let side_by_side = begins
        .zip(ends)
        .is_some_and(|(begin, end)| begin.index() == end.index() + 1);
    article && side_by_side && unit.upos() == Upos::Noun && form_of(amount) == ArgumentForm::Amount
}

/// Whether `noun` names what somebody does, so that "by" after it says who.
fn names_action(noun: Token<'_>) -> bool {
    let lemma = noun.lemma();
    words().event_nouns.contains_key(lemma)
        || ["ing", "tion", "sion", "ment", "ance", "ence"]
            .iter()
            .any(|ending| lemma.len() > ending.len() + 2 && lemma.ends_with(ending))
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
