//! Collects what fills the places of one clause, from the words that hang on its predicate.

use crate::base::Id as _;
use crate::model::{Modality, Polarity};
use crate::text::{EntityType, Token, TokenId, Upos};

use super::attribution;
use super::clause::{Clause, Filler, Link};
use super::control::is_appeal;
use super::predicate::{is_repeated, outer_subject};
use super::referent::{holder_beside, referents};
use super::rule::{ClauseKind, ClauseRole};
use super::tree::{
    case_tokens, complex_preposition, is_bracketed, is_connective, is_nominal, is_relative,
    is_time, marks, preposition, subtree_without, subtree_words, with_conjuncts,
};
use super::words::words;

/// Collects what fills the places of one clause.
pub(super) struct Builder<'d> {
    pub(super) head: Token<'d>,
    pub(super) clause: Clause,
    pub(super) surface: Vec<(TokenId, Link)>,
    pub(super) agents: Vec<Filler>,
    pub(super) fillers: Vec<Filler>,
}

impl<'d> Builder<'d> {
    pub(super) fn new(head: Token<'d>, kind: ClauseKind) -> Self {
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

    pub(super) fn fill(&mut self, role: ClauseRole, token: Token<'d>) {
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

    pub(super) fn child(&mut self, child: Token<'d>) {
        let is_copula = self.clause.kind == ClauseKind::Copula;
        match child.deprel() {
            "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj" | "csubj:pass" | "csubj:outer" => {
                let outer = matches!(child.deprel(), "nsubj:outer" | "csubj:outer");
                if outer && (!self.surface.is_empty() || outer_subject(self.head).is_some()) {
                    return;
                }
                let child = holder_beside(child);
                // "Monday said": no day speaks, but May and "Time" may.
                let speaks = child.entity_type() == Some(EntityType::Person)
                    || child.entity_type() == Some(EntityType::Organization);
                if is_time(child) && !speaks && attribution::is_speech(self.head) {
                    return;
                }
                // "The aim is to sell the port": the aim sells nothing.
                let is_to = self.head.child(&["cop"]).is_some() && self.head.xpos() == "VB";
                if is_to && words().plan_nouns.contains_key(child.lemma()) {
                    return;
                }
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
            // "with attacking style", where the preposition hangs on "attacking": no object.
            "obj" if self.is_behind_preposition(child) => {}
            // "did not say why they left".
            "obj"
                if matches!(child.lemma(), "why" | "how")
                    && child
                        .child(&["acl", "acl:relcl", "advcl", "advcl:relcl"])
                        .is_some() =>
            {
                self.complement(child);
            }
            // The same where the parser ties the clause to the verb itself.
            "obj" if question_word_before(self.head.child(&["ccomp"])) == Some(child) => {}
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
            // "was paid for by the city".
            _ if self.is_stranded(child) => {
                self.clause.particle = Some(child.form().to_lowercase());
            }
            "obl" | "obl:agent" | "obl:unmarked" | "obl:tmod" | "obl:npmod" => self.oblique(child),
            "nmod" | "nmod:unmarked" if is_copula && is_time(child) => self.time(child),
            "advmod" => self.adverb(child),
            "compound:prt" => self.clause.particle = Some(child.form().to_lowercase()),
            "advcl" | "advcl:relcl" => self.adverbial(child),
            _ => {}
        }
    }

    /// Whether `object` is a second object whose phrase begins with a preposition.
    fn is_behind_preposition(&self, object: Token<'d>) -> bool {
        let other = self.head.child(&["obj"]).filter(|other| *other != object);
        let first = object.subtree().into_iter().min();
        let opening = first.and_then(|first| object.document().token(first));
        other.is_some_and(|other| other.id() < object.id())
            && opening.is_some_and(|word| word.xpos() == "IN" && word.relation() == "mark")
    }

    /// Whether `word` is a preposition right after the verb of a passive whose noun is the subject:
    /// "for" of "was paid for by the city".
    fn is_stranded(&self, word: Token<'d>) -> bool {
        self.clause.kind == ClauseKind::Passive
            && word.upos() == Upos::Adp
            && matches!(word.relation(), "obl" | "advmod")
            && word.id().index() == self.head.id().index() + 1
            && word.children().next().is_none()
            && self.clause.particle.is_none()
    }

    /// "place" of "take place".
    pub(super) fn is_idiom(&self, object: Token<'d>) -> bool {
        let phrase = format!("{} {}", self.head.lemma(), object.lemma()).to_lowercase();
        words().verb_idioms.contains_key(&phrase)
            && object.children().all(|child| child.relation() != "det")
    }

    pub(super) fn complement(&mut self, child: Token<'d>) {
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

    pub(super) fn time(&mut self, child: Token<'d>) {
        // "the war (1821 - 24)": when the war was.
        if is_bracketed(child) {
            return;
        }
        let words = subtree_words(child);
        self.clause.when.get_or_insert(words);
        self.fill(ClauseRole::Time, child);
    }

    pub(super) fn oblique(&mut self, child: Token<'d>) {
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
        let frames = child.lemma() == "term" && child.id() < self.head.id();
        if word == "in" && (child.lemma() == "addition" || frames) {
            return;
        }
        // "With a torso of foam, she remained": what goes along at the start is no argument.
        let goes_along = word == "with"
            && child.id() < self.head.id()
            && self
                .head
                .child(&["nsubj", "nsubj:pass"])
                .is_some_and(|subject| child.id() < subject.id());
        // "returned with their banners, with proceeds to the poor": nor is what a comma parts.
        let opening = child.subtree().into_iter().min();
        let parted = opening
            .and_then(|opening| child.document().token(opening))
            .is_some_and(|mark| mark.form() == ",");
        if goes_along || word == "with" && parted && child.id() > self.head.id() {
            return;
        }
        // "their ties to you — through trade": what follows a dash may belong to any word before.
        let first = child.subtree().into_iter().min();
        let after_dash = first
            .and_then(|first| child.document().token(first))
            .is_some_and(|first| {
                matches!(first.form(), "—" | "–" | "--") && first.head() == Some(child)
            });
        if after_dash && child.id() > self.head.id() {
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
        // "known by its acronym": nobody acts.
        let by_name = matches!(self.head.lemma(), "know" | "call" | "refer" | "identify")
            && matches!(
                child.lemma(),
                "name"
                    | "acronym"
                    | "abbreviation"
                    | "initial"
                    | "nickname"
                    | "alias"
                    | "pseudonym"
                    | "title"
                    | "term"
                    | "handle"
            );
        if by_name {
            return;
        }
        // "reached by telephone": nobody acts.
        if word == "by" && is_means(child) {
            self.fill(ClauseRole::Oblique, child);
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
        // "thanked them for two years of patience": it did not take two years.
        let measures = word == "for"
            && child.feature("Number") == Some("Plur")
            && child.children().any(|whole| {
                whole.deprel() == "nmod" && preposition(whole) == "of" && !is_time(whole)
            });
        if is_time(child) {
            if !measures {
                self.time(child);
            }
            return;
        }
        if is_relative(child) && child.upos() == Upos::Adv {
            return;
        }
        // "called on Norway": nobody is there.
        let is_place = child.entity_type() == Some(EntityType::Place)
            && words().place_prepositions.contains_key(&word)
            && !is_appeal(self.head.lemma(), &word);
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
    pub(super) fn opens_report(&self, child: Token<'d>) -> bool {
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

    pub(super) fn adverb(&mut self, child: Token<'d>) {
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
            && words().particles.contains_key(&word)
            && (child.id().index() == self.head.id().index() + 1 || self.follows_object(child))
        {
            self.clause.particle = Some(word);
        }
    }

    /// Whether `adverb` stands right after the object, as "back" of "pushed the rebels back".
    fn follows_object(&self, adverb: Token<'d>) -> bool {
        let object = self.head.child(&["obj"]);
        let ends = object.and_then(|object| object.subtree().into_iter().max());
        ends.is_some_and(|end| end > self.head.id() && end.index() + 1 == adverb.id().index())
            && adverb.children().next().is_none()
            && matches!(
                adverb.form(),
                "back" | "away" | "out" | "off" | "up" | "down" | "apart" | "aside" | "together"
            )
    }

    pub(super) fn adverbial(&mut self, child: Token<'d>) {
        let opening = marks(child);
        // "focused on securing the road": the parser takes "on" for a conjunction.
        let preposition = opening.iter().find(|mark| {
            matches!(
                mark.as_str(),
                "on" | "of" | "for" | "about" | "from" | "against" | "at"
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
        // "closed the mine because it lost money".
        if opening.iter().any(|mark| mark == "because") {
            let case = child
                .children()
                .filter(|mark| mark.relation() == "mark" && mark.lemma() == "because");
            self.fillers.push(Filler {
                role: ClauseRole::Adverbial,
                token: child.id(),
                preposition: "because".to_owned(),
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
        // After a comma within a relative clause it may be of the sentence: "those who speak, while".
        let comma = child
            .subtree()
            .first()
            .is_some_and(|first| *first > self.head.id())
            && child
                .children()
                .any(|mark| mark.form() == "," && mark.id() < child.id());
        let afar = comma && self.head.relation() == "acl";
        if self.clause.when.is_none() && !afar {
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
}

/// Whether `noun` names, without an article, how something is done ("by telephone"), or by how much
/// it was decided ("by a majority of ten to two").
fn is_means(noun: Token<'_>) -> bool {
    let counted = noun
        .children()
        .any(|count| matches!(count.relation(), "nmod" | "nummod") && count.upos() == Upos::Num);
    if noun.lemma() == "margin" || matches!(noun.lemma(), "majority" | "vote") && counted {
        return true;
    }
    noun.upos() == Upos::Noun
        && noun.feature("Number") != Some("Plur")
        && words()
            .means_nouns
            .contains_key(&noun.lemma().to_lowercase())
        && noun.children().all(|child| {
            matches!(child.relation(), "case" | "compound" | "punct") || child.id() > noun.id()
        })
}

/// The "why" or "how" right before the clause `told`: the parser may tie it to the verb above.
pub(crate) fn question_word_before(told: Option<Token<'_>>) -> Option<Token<'_>> {
    let told = told?;
    let first = told.subtree().first().copied()?;
    let before = TokenId::from_index(first.index().checked_sub(1)?);
    let word = told.document().token(before)?;
    let asks = matches!(word.lemma(), "why" | "how") && word.children().next().is_none();
    (asks && word.head() == told.head()).then_some(word)
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
