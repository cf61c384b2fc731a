//! Builds a frame out of the words around a predicate.

use crate::text::{Sentence, Token, TokenId, Upos};

use super::asked::Asked;
use super::token::{is_denied, is_particle, is_passive, phrase, preposition, text_of, verb};
use crate::question::frame::{Adjunct, Filler, Frame, Wish};
use crate::question::phrase::parts;
use crate::question::words;

/// Builds one frame.
pub(super) struct Reader<'d> {
    holes: Vec<Asked<'d>>,
    /// The question words that fill a place already.
    used: Vec<TokenId>,
    pub(super) frame: Frame,
}

impl<'d> Reader<'d> {
    /// An empty frame, to be filled where `holes` ask.
    pub(super) fn new(holes: Vec<Asked<'d>>) -> Self {
        Self {
            holes,
            used: Vec::new(),
            frame: Frame::default(),
        }
    }

    /// Takes in `predicate` and the words around it.
    pub(super) fn read(&mut self, predicate: Token<'d>) {
        let passive = is_passive(predicate);
        self.frame.verbs.push(verb(predicate));
        self.frame.denied = is_denied(predicate);
        let mut copula = false;
        for child in predicate.children() {
            copula |= child.relation() == "cop";
            self.child(child, passive);
        }
        if copula && predicate.upos() != Upos::Verb {
            // "IE6 is legal", "the boy is among the winners": what is said is the predicate word.
            self.frame.verbs.clear();
            self.frame.verbs.push("be".to_owned());
            let preposition = preposition(predicate);
            let filler = self.filler(predicate);
            if let Some(filler) = filler {
                if preposition.is_empty() && self.frame.object.is_none() {
                    self.frame.object = Some(filler);
                } else {
                    self.frame.others.push((preposition, filler));
                }
            }
        }
        // "expects schools to raise fees"
        if words::is_saying(&predicate.lemma().to_lowercase())
            && let Some(inner) = predicate
                .children()
                .find(|child| child.relation() == "xcomp" && child.upos() == Upos::Verb)
        {
            let whom = predicate
                .children()
                .filter(|child| matches!(child.relation(), "obj" | "iobj"))
                .chain(std::iter::once(inner));
            for token in whom {
                let said = words::content(&token.document().words(&token.subtree()));
                self.frame.clause.extend(said);
            }
        }
        // Below: "attempt to remove", "find the seekers swimming".
        if let Some(inner) = predicate
            .children()
            .find(|child| child.relation() == "xcomp" && child.upos() == Upos::Verb)
        {
            self.inner(inner);
        }
        self.above(predicate);
        if predicate.deprel() != "root" {
            return;
        }
        self.stranded(predicate);
    }

    fn child(&mut self, child: Token<'d>, passive: bool) {
        match child.deprel() {
            "nsubj" | "csubj" | "nsubj:outer" | "expl" => {
                let filler = self.filler(child);
                if passive && self.frame.object.is_none() {
                    self.frame.object = filler;
                } else if let Some(filler) = filler {
                    self.subject(child, filler);
                }
            }
            "nsubj:pass" | "csubj:pass" => {
                let preposition = preposition(child);
                let filler = self.filler(child);
                if preposition.is_empty() && !matches!(&self.frame.object, Some(Filler::Known(_))) {
                    let before = std::mem::replace(&mut self.frame.object, filler);
                    self.other(String::new(), before);
                } else {
                    self.other(preposition, filler);
                }
            }
            "obj"
                if child.form() == "place"
                    && self
                        .frame
                        .verbs
                        .last()
                        .is_some_and(|verb| verb == "take place") => {}
            "obj" => {
                let filler = self.filler(child);
                let prep = preposition(child);
                if !prep.is_empty() || self.frame.object.is_some() {
                    self.other(prep, filler);
                } else {
                    self.frame.object = filler;
                }
            }
            "obl:agent" if passive => self.agent(child),
            "obl" | "obl:agent" if passive && preposition(child) == "by" => self.agent(child),
            "iobj" => {
                let filler = self.filler(child);
                self.other(String::new(), filler);
            }
            "xcomp" if child.upos() == Upos::Verb => {}
            // "Whom did he travel to Florida to meet?"
            "advcl"
                if child.upos() == Upos::Verb
                    && child
                        .child(&["mark"])
                        .is_some_and(|mark| mark.lemma() == "to")
                    && !child.children().any(|inner| inner.relation() == "obj")
                    && !matches!(&self.frame.subject, Some(Filler::Asked(_))) =>
            {
                let name = verb(child);
                self.frame.verbs.insert(0, name);
            }
            // "What was she charged with taking?"
            "advcl"
                if passive
                    && child.xpos() == "VBG"
                    && child
                        .child(&["mark"])
                        .is_some_and(|mark| matches!(mark.lemma(), "with" | "of" | "for"))
                    && !child.children().any(|inner| inner.relation() == "obj")
                    && self.asks_what() =>
            {
                self.deed(child);
            }
            "ccomp" => {
                let said = words::content(&child.document().words(&child.subtree()));
                self.frame.clause.extend(said.iter().cloned());
                self.frame.loose.extend(said);
            }
            "advcl" | "advcl:relcl" | "acl" | "parataxis" => {
                let said = child.document().words(&child.subtree());
                self.frame.loose.extend(words::content(&said));
            }
            _ => match child.relation() {
                "obl" | "nmod" => {
                    let filler = self.filler(child);
                    self.other(preposition(child), filler);
                }
                "advmod" if child.head().is_some_and(|above| is_particle(above, child)) => {}
                "advmod" | "obj" | "xcomp" | "dep" | "conj" | "dislocated" | "vocative"
                | "discourse" => {
                    if let Some(hole) = self.hole_at(child) {
                        self.hole(hole, String::new());
                    } else if child.relation() == "xcomp" {
                        let filler = self.filler(child);
                        self.other(String::new(), filler);
                    } else {
                        self.frame
                            .loose
                            .extend(words::content(&text_of(child, &[])));
                    }
                }
                _ => {}
            },
        }
    }

    /// Whether the question word is a "what" or "which" of its own.
    fn asks_what(&self) -> bool {
        self.holes.first().is_some_and(|hole| {
            matches!(
                hole.word.form().to_lowercase().as_str(),
                "what" | "which" | "whom" | "who"
            )
        })
    }

    /// What somebody is charged with: he acts, and what is asked for is acted on.
    fn deed(&mut self, child: Token<'d>) {
        self.frame.verbs.insert(0, verb(child));
        let known = |filler: &Filler| matches!(filler, Filler::Known(_));
        let outer = self.frame.object.take();
        if self.frame.subject.is_none() {
            if outer.as_ref().is_some_and(known) {
                self.frame.subject = outer;
            } else if let Some(at) = self
                .frame
                .others
                .iter()
                .position(|(preposition, filler)| preposition.is_empty() && known(filler))
            {
                self.frame.subject = Some(self.frame.others.remove(at).1);
            }
        }
        self.frame
            .others
            .retain(|(preposition, filler)| !preposition.is_empty() || known(filler));
        if let Some(hole) = self.holes.first().copied() {
            self.used.retain(|id| *id != hole.word.id());
            self.hole(hole, String::new());
        }
        for inner in child.children() {
            self.child(inner, false);
        }
    }

    /// Takes a subject. Parsers often see two: "What did the church attempt?", "Who replaced Park?"
    fn subject(&mut self, child: Token<'d>, filler: Filler) {
        let preposition = preposition(child);
        if !preposition.is_empty() && matches!(filler, Filler::Asked(_)) {
            self.frame.others.push((preposition, filler));
            return;
        }
        let after = child
            .head()
            .is_some_and(|predicate| predicate.id() < child.id());
        match (self.frame.subject.take(), after) {
            (None, _) => self.frame.subject = Some(filler),
            (Some(first), true) => {
                self.frame.subject = Some(first);
                if self.frame.object.is_none() {
                    self.frame.object = Some(filler);
                }
            }
            (Some(first @ Filler::Asked(_)), false) => {
                self.frame.subject = Some(filler);
                if self.frame.object.is_none() {
                    self.frame.object = Some(first);
                } else {
                    self.frame.others.push((String::new(), first));
                }
            }
            (Some(first @ Filler::Known(_)), false) => self.frame.subject = Some(first),
        }
    }

    /// Puts the question word in that the tree hangs elsewhere, and the subject that hangs on it.
    pub(super) fn forgotten(&mut self, asked: Asked<'d>, predicate: Token<'d>) {
        if self.frame.subject.is_none()
            && let Some(subject) = asked.word.child(&["nsubj", "nsubj:pass"])
            && let Some(filler) = self.filler(subject)
        {
            if self.frame.verbs.first().is_some_and(|verb| verb != "be") {
                self.frame.object = Some(filler);
            } else {
                self.frame.subject = Some(filler);
            }
        }
        if !self.frame.has_hole() {
            self.hole(asked, preposition(asked.head));
        }
        self.inversion(asked, predicate);
    }

    /// "At which school is the student who …?": what follows the verb is the subject, wherever the
    /// tree hangs the rest. Whether the question is of this form.
    pub(super) fn situated(&mut self, asked: Asked<'d>) -> bool {
        let sentence = asked.word.sentence();
        let before = sentence
            .tokens()
            .next()
            .map(|first| first.form().to_lowercase());
        let preposition =
            before.filter(|name| words::PREPOSITIONS.contains(&name.as_str()) && name != "by");
        let verb = sentence.tokens().nth(asked.head.position() + 1);
        let is_be = verb.is_some_and(|verb| verb.lemma() == "be" && verb.upos() == Upos::Aux);
        let root = sentence.root().filter(|root| {
            root.id() > asked.head.id()
                && matches!(root.upos(), Upos::Noun | Upos::Propn)
                && verb.is_some_and(|verb| root.id() > verb.id())
        });
        let (Some(preposition), true, Some(root)) = (preposition, is_be, root) else {
            return false;
        };
        let (true, Ok(wish)) = (asked.word.position() == 1, asked.wish()) else {
            return false;
        };
        let rest: Vec<Token<'d>> = root
            .children()
            .filter(|child| child.id() < root.id() && child.id() <= asked.head.id())
            .collect();
        let subject = phrase(root, &rest);
        if subject.empty {
            return false;
        }
        self.frame.verbs.push("be".to_owned());
        self.frame.subject = Some(Filler::Known(subject));
        self.frame.others.push((preposition, Filler::Asked(wish)));
        true
    }

    /// Gives the hole the preposition before the question word, wherever the tree hangs it: "With
    /// which teams did they play?"
    pub(super) fn fronted(&mut self, asked: Asked<'d>) {
        let first = asked.word.sentence().tokens().next();
        let Some(first) = first.filter(|first| {
            asked.word.position() == 1
                && words::PREPOSITIONS.contains(&first.form().to_lowercase().as_str())
        }) else {
            return;
        };
        let name = first.form().to_lowercase();
        if self.goes(&name) {
            return;
        }
        let is_hole = |filler: &Filler| matches!(filler, Filler::Asked(_));
        let frame = &mut self.frame;
        let hole = if frame.object.as_ref().is_some_and(is_hole) {
            frame.object.take()
        } else if frame.subject.as_ref().is_some_and(is_hole) && name != "by" {
            frame.subject.take()
        } else {
            let place = frame
                .others
                .iter()
                .position(|(preposition, filler)| preposition.is_empty() && is_hole(filler));
            place.map(|place| frame.others.remove(place).1)
        };
        let Some(hole) = hole else { return };
        // What stood beside the hole is the object itself.
        if frame.object.is_none()
            && let Some(place) = frame
                .others
                .iter()
                .position(|(preposition, filler)| preposition.is_empty() && !is_hole(filler))
        {
            frame.object = Some(frame.others.remove(place).1);
        }
        if name == "by" && frame.subject.is_none() {
            frame.subject = Some(hole);
        } else {
            frame.others.push((name, hole));
        }
    }

    /// Mends subjects by the order of words. "What did X do?": what stands between the auxiliary
    /// and the verb is the subject. "What is quickly gaining users?": nothing does, so the hole is.
    fn inversion(&mut self, asked: Asked<'d>, predicate: Token<'d>) {
        if self.frame.subject.is_some() || is_passive(predicate) || predicate.upos() != Upos::Verb {
            return;
        }
        let sentence = predicate.sentence();
        let end = predicate.position();
        let Some(auxiliary) = sentence
            .tokens()
            .skip(asked.head.position() + 1)
            .take_while(|token| token.position() < end)
            .find(|token| token.upos() == Upos::Aux)
        else {
            return;
        };
        let between: Vec<Token<'d>> = sentence
            .tokens()
            .skip(auxiliary.position() + 1)
            .take_while(|token| token.position() < end)
            .collect();
        let nominal =
            |token: &&Token<'d>| matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Pron);
        if let Some(last) = between.iter().rfind(nominal) {
            let ids: Vec<_> = between.iter().map(|token| token.id()).collect();
            let mut phrase = parts(&last.document().words(&ids));
            phrase.empty |= last.upos() == Upos::Pron;
            if !phrase.empty {
                self.frame.others.retain(|(preposition, filler)| {
                    !(preposition.is_empty()
                        && matches!(filler, Filler::Known(known) if known.words.iter().all(|word| phrase.words.contains(word))))
                });
                self.frame.subject = Some(Filler::Known(phrase));
            }
        } else if self.frame.adjunct.is_none() && auxiliary.lemma() == "be" {
            let hole = match self.frame.object.take() {
                Some(filler @ Filler::Asked(_)) => Some(filler),
                other => {
                    self.frame.object = other;
                    None
                }
            };
            if let Some(hole) = hole {
                self.frame.subject = Some(hole);
                if let Some(at) = self.frame.others.iter().position(|(preposition, filler)| {
                    preposition.is_empty() && matches!(filler, Filler::Known(_))
                }) {
                    let (_, filler) = self.frame.others.remove(at);
                    self.frame.object = Some(filler);
                }
            }
        }
    }

    fn agent(&mut self, child: Token<'d>) {
        if self.frame.subject.is_none() {
            self.frame.subject = self.filler(child);
        }
    }

    fn other(&mut self, preposition: String, filler: Option<Filler>) {
        if let Some(filler) = filler {
            self.frame.others.push((preposition, filler));
        }
    }

    /// Whether the hole fills a place already; from now on it does.
    fn uses(&mut self, hole: Asked<'d>) -> bool {
        let used = self.used.contains(&hole.word.id());
        self.used.push(hole.word.id());
        used
    }

    /// The hole in whose phrase `token` is the head.
    fn hole_at(&self, token: Token<'d>) -> Option<Asked<'d>> {
        self.holes
            .iter()
            .find(|hole| hole.head.id() == token.id() || hole.word.id() == token.id())
            .copied()
    }

    fn hole(&mut self, hole: Asked<'d>, preposition: String) {
        if self.uses(hole) {
            return;
        }
        match hole.wish() {
            Ok(wish) => {
                let filler = Filler::Asked(wish);
                if preposition.is_empty() && self.frame.object.is_none() {
                    self.frame.object = Some(filler);
                } else {
                    self.frame.others.push((preposition, filler));
                }
            }
            Err(adjunct) => {
                self.frame.adjunct = Some(adjunct);
                self.frame.measure = hole.measure();
            }
        }
    }

    /// What fills the place of `token`; a hole outside the arguments is noted and fills nothing.
    fn filler(&mut self, token: Token<'d>) -> Option<Filler> {
        let inside = self.hole_at(token).or_else(|| {
            // "Polaroids of whom": the hole lies inside the phrase.
            self.holes
                .iter()
                .find(|hole| {
                    hole.head.head().is_some_and(|above| {
                        above.id() == token.id()
                            && hole.head.relation() == "nmod"
                            && hole.head.id() > token.id()
                    })
                })
                .copied()
        });
        if let Some(hole) = inside {
            if self.uses(hole) {
                return None;
            }
            return match hole.wish() {
                Ok(wish) => Some(Filler::Asked(wish)),
                Err(adjunct) => {
                    self.frame.adjunct = Some(adjunct);
                    self.frame.measure = hole.measure();
                    None
                }
            };
        }
        let phrase = phrase(token, &[]);
        (!phrase.empty).then_some(Filler::Known(phrase))
    }

    /// The verb below: its arguments belong to the event, and it says more than the one above.
    fn inner(&mut self, inner: Token<'d>) {
        let passive = is_passive(inner);
        let outer_object = self.frame.object.take();
        for child in inner.children() {
            self.child(child, passive);
        }
        match (outer_object, &self.frame.object) {
            // "What did they attempt to remove?": the outer object is the inner one's.
            (Some(filler @ Filler::Asked(_)), None) => self.frame.object = Some(filler),
            // "Where were the seekers found swimming?"
            (Some(filler), None) if inner.head().is_some_and(is_passive) => {
                self.frame.object = Some(filler);
            }
            // "ask schools to pay taxes": who is asked acts.
            (Some(filler), _) => self.frame.others.push((String::new(), filler)),
            (None, _) => {}
        }
        let light = matches!(
            self.frame.verbs.first().map(String::as_str),
            Some(
                "attempt"
                    | "try"
                    | "want"
                    | "intend"
                    | "have"
                    | "require"
                    | "need"
                    | "begin"
                    | "start"
                    | "plan"
                    | "continue"
                    | "use"
                    | "seem"
                    | "go"
                    | "be"
                    | "aim"
                    | "expect"
                    | "get"
                    | "come"
                    | "schedule"
                    | "set"
            )
        );
        let name = verb(inner);
        if light {
            self.frame.verbs.insert(0, name);
        } else {
            self.frame.verbs.push(name);
        }
        if let Some(deeper) = inner
            .children()
            .find(|child| child.relation() == "xcomp" && child.upos() == Upos::Verb)
        {
            self.frame.verbs.push(verb(deeper));
            for child in deeper.children() {
                self.child(child, is_passive(deeper));
            }
        }
    }

    /// The verbs above: "What did he say would be accessible?", "What did he attempt to remove?"
    fn above(&mut self, predicate: Token<'d>) {
        let Some(above) = predicate.head() else {
            return;
        };
        let subject = above
            .children()
            .find(|child| matches!(child.deprel(), "nsubj" | "nsubj:pass"))
            .map(|child| phrase(child, &[]))
            .filter(|phrase| !phrase.empty);
        match predicate.relation() {
            "ccomp" | "parataxis" if words::is_saying(above.lemma()) => {
                self.frame.speaker = subject;
            }
            "xcomp" | "ccomp" | "advcl" | "acl" => {
                if self.frame.subject.is_none()
                    && let Some(subject) = subject
                {
                    self.frame.subject = Some(Filler::Known(subject));
                }
                if matches!(above.upos(), Upos::Verb) {
                    self.frame.verbs.push(verb(above));
                }
                let passive = is_passive(above);
                for child in above.children() {
                    if child.id() != predicate.id() && child.relation() != "nsubj" {
                        self.child(child, passive);
                    }
                }
            }
            _ => {}
        }
    }

    /// "Where was it sailing to?", "From where …": one way only.
    fn goes(&mut self, preposition: &str) -> bool {
        let goes = self.frame.adjunct == Some(Adjunct::Place)
            && matches!(preposition, "from" | "to" | "into" | "through");
        if goes {
            self.frame.adjunct = None;
            let hole = Filler::Asked(Wish::What);
            self.frame.others.push((preposition.to_owned(), hole));
        }
        goes
    }

    /// A preposition left alone at the end belongs to the hole: "What has it cracked down on?"
    fn stranded(&mut self, predicate: Token<'d>) {
        let last = predicate
            .sentence()
            .tokens()
            .rev()
            .find(|token| token.upos() != Upos::Punct);
        let Some(last) =
            last.filter(|token| token.upos() == Upos::Adp && token.relation() != "compound")
        else {
            return;
        };
        let name = last.form().to_lowercase();
        if name == "by" && is_passive(predicate) && self.frame.subject.is_none() {
            let others = &mut self.frame.others;
            let place = others
                .iter()
                .position(|(_, filler)| matches!(filler, Filler::Asked(_)));
            self.frame.subject = place.map(|place| others.remove(place).1);
            return;
        }
        if self.goes(&name) {
            return;
        }
        if matches!(&self.frame.object, Some(Filler::Asked(_)))
            && let Some(filler) = self.frame.object.take()
        {
            self.frame.others.push((name, filler));
        } else if let Some((preposition, _)) =
            self.frame.others.iter_mut().find(|(preposition, filler)| {
                preposition.is_empty() && matches!(filler, Filler::Asked(_))
            })
        {
            *preposition = name;
        }
    }

    /// "What does he plan to do?" asks what he plans.
    pub(super) fn stand_in(&mut self) {
        let frame = &mut self.frame;
        let asks_what = matches!(frame.object, Some(Filler::Asked(Wish::What)));
        if frame.verbs.len() > 1 && asks_what {
            frame.verbs.retain(|verb| verb != "do");
        }
    }

    pub(super) fn tense(&mut self, sentence: Sentence<'d>) {
        self.frame.past = sentence.tokens().any(|token| {
            token.xpos() == "VBD"
                || matches!(
                    token.form().to_lowercase().as_str(),
                    "did" | "was" | "were" | "had"
                )
        });
        self.frame.possible = sentence.tokens().any(|token| {
            matches!(
                token.lemma(),
                "may"
                    | "might"
                    | "could"
                    | "would"
                    | "can"
                    | "will"
                    | "shall"
                    | "plan"
                    | "intend"
                    | "aim"
                    | "expect"
                    | "set"
                    | "schedule"
                    | "hope"
                    | "want"
                    | "prepare"
                    | "agree"
                    | "promise"
                    | "offer"
                    | "pledge"
                    | "vow"
                    | "decide"
            )
        });
    }
}

/// The event of a relative clause, with a hole for the thing it describes.
pub(super) fn relative_frame(owner: Token<'_>, predicate: Token<'_>) -> Option<Frame> {
    let pronoun = predicate
        .subtree()
        .into_iter()
        .filter_map(|id| predicate.document().token(id))
        .find(|token| {
            matches!(
                token.form().to_lowercase().as_str(),
                "who" | "whom" | "which" | "that" | "whose" | "where"
            ) && matches!(token.upos(), Upos::Pron | Upos::Det | Upos::Adv)
        });
    let mut reader = Reader::new(Vec::new());
    if let Some(pronoun) = pronoun.filter(|pronoun| pronoun.form().to_lowercase() != "where") {
        reader.holes.push(Asked {
            word: pronoun,
            head: pronoun,
            degree: None,
        });
    }
    let wish = Wish::Class(parts(owner.text()));
    let passive = is_passive(predicate);
    reader.frame.verbs.push(verb(predicate));
    for child in predicate.children() {
        reader.child(child, passive);
    }
    if let Some(inner) = predicate
        .children()
        .find(|child| child.relation() == "xcomp" && child.upos() == Upos::Verb)
    {
        reader.inner(inner);
    }
    let frame = &mut reader.frame;
    // The pronoun's own place, whatever word it is.
    for filler in [&mut frame.subject, &mut frame.object] {
        if matches!(filler, Some(Filler::Asked(_))) {
            *filler = Some(Filler::Asked(wish.clone()));
        }
    }
    for (_, filler) in &mut frame.others {
        if matches!(filler, Filler::Asked(_)) {
            *filler = Filler::Asked(wish.clone());
        }
    }
    frame.adjunct = None;
    if frame.holes() == 0 {
        if frame.subject.is_none() {
            frame.subject = Some(Filler::Asked(wish));
        } else if frame.object.is_none() {
            frame.object = Some(Filler::Asked(wish));
        } else {
            return None;
        }
    }
    Some(reader.frame)
}
