//! The tree of a question, as the parser of the texts sees it, to an event with a hole.
//!
//! Parsers err more on questions than on statements, so nothing here depends on one relation
//! alone: a stranded preposition is found wherever it hangs, a passive by any of its signs.

use crate::text::{Document, Sentence, Token, Upos};

use super::frame::{Adjunct, Filler, Frame, Order, Phrase, Wish};
pub(super) use super::phrase::parts;
use super::words;

/// The event that the question asks about; `None` if the tree holds no predicate.
pub(super) fn frame(document: &Document) -> Option<Frame> {
    let sentence = document
        .sentences()
        .max_by_key(|sentence| sentence.token_range().len())?;
    let holes = question_words(sentence);
    let Some(first) = holes.first().copied() else {
        return yes_or_no(sentence);
    };
    let asked = Asked::new(first);
    let predicate = after_do(asked.word, predicate_of(asked.head));
    let mut reader = Reader {
        holes: holes.iter().map(|word| Asked::new(*word)).collect(),
        used: Vec::new(),
        frame: Frame::default(),
    };
    reader.read(predicate);
    reader.forgotten(asked, predicate);
    // "Which forces are backed by whom?"
    if holes.len() > 1 && is_passive(predicate) {
        reader.frame.order = Order::ObjectFirst;
    }
    reader.tense(sentence);
    Some(reader.frame)
}

/// Whether the question's main verb is a verb of its own, so that "Who is …" is no description:
/// "Who is backing the regime?", "Who was arrested?"
pub(super) fn has_verb(document: &Document) -> bool {
    document.sentences().any(|sentence| {
        sentence.root().is_some_and(|root| {
            let auxiliary = root
                .children()
                .any(|child| child.relation() == "aux" && child.id() < root.id());
            root.upos() == Upos::Verb && (auxiliary || matches!(root.xpos(), "VBN" | "VBG" | "VBD"))
        })
    })
}

/// The event of a question without a question word: "Did Russia back the regime?"
fn yes_or_no(sentence: Sentence<'_>) -> Option<Frame> {
    let root = sentence.root()?;
    let mut reader = Reader {
        holes: Vec::new(),
        used: Vec::new(),
        frame: Frame::default(),
    };
    reader.read(root);
    reader.tense(sentence);
    Some(reader.frame)
}

/// A question word and the phrase it stands in.
#[derive(Clone, Copy)]
struct Asked<'d> {
    /// "which"
    word: Token<'d>,
    /// "countries" of "which countries"; the word itself where it stands alone.
    head: Token<'d>,
    /// "many" of "how many visitors", "old" of "how old".
    degree: Option<Token<'d>>,
}

impl<'d> Asked<'d> {
    fn new(word: Token<'d>) -> Self {
        if let Some(head) = noun_after(word) {
            return Self {
                word,
                head,
                degree: None,
            };
        }
        let mut head = word;
        let mut degree = None;
        for _ in 0..4 {
            let Some(above) = head.head() else { break };
            let inside = matches!(
                head.deprel(),
                "det" | "nmod:poss" | "amod" | "nummod" | "det:predet"
            ) || (head.relation() == "advmod"
                && matches!(above.upos(), Upos::Adj | Upos::Adv | Upos::Num))
                || (head.relation() == "advmod"
                    && head.id() == word.id()
                    && above.upos() == Upos::Noun
                    && word.lemma() == "how");
            if !inside {
                break;
            }
            if head.lemma() == "how" {
                degree = Some(above);
            }
            head = above;
        }
        Self { word, head, degree }
    }

    /// The words that only ask: "how" and "many".
    fn asking(self) -> Vec<Token<'d>> {
        std::iter::once(self.word).chain(self.degree).collect()
    }

    fn lemma(self) -> String {
        self.word.form().to_lowercase()
    }

    /// What may fill the hole; `None` where it is no argument.
    fn wish(self) -> Result<Wish, Adjunct> {
        let degree = self.degree.map(|token| token.form().to_lowercase());
        let own = self.head.id() != self.word.id()
            && self
                .degree
                .is_none_or(|degree| degree.id() != self.head.id());
        match (self.lemma().as_str(), degree.as_deref()) {
            ("who" | "whom" | "whose", _) => Ok(Wish::Who),
            ("what" | "which", _)
                if own
                    && matches!(
                        self.head.lemma(),
                        "year" | "month" | "day" | "date" | "time" | "week" | "century" | "decade"
                    ) =>
            {
                Err(Adjunct::Time)
            }
            ("what" | "which", _) if own => {
                let mut phrase = phrase(self.head, &self.asking());
                // The tree may hang the subject on the noun: "which system did Windows use".
                if let Some(before) = before_auxiliary(self.word, self.head) {
                    let kept = parts(&before);
                    phrase.words = kept.words;
                    phrase.text = kept.text;
                }
                let number = matches!(
                    self.head.lemma(),
                    "share"
                        | "portion"
                        | "percentage"
                        | "number"
                        | "proportion"
                        | "fraction"
                        | "amount"
                        | "figure"
                );
                Ok(if number {
                    Wish::Number(phrase.of.map(|of| *of))
                } else {
                    Wish::Class(phrase)
                })
            }
            ("what" | "which", _) => Ok(Wish::What),
            ("how", Some("many" | "much")) => {
                Ok(Wish::Number(own.then(|| phrase(self.head, &self.asking()))))
            }
            ("how", Some(_)) => Err(Adjunct::Measure),
            ("where", _) => Err(Adjunct::Place),
            ("when", _) => Err(Adjunct::Time),
            ("why", _) => Err(Adjunct::Reason),
            _ => Err(Adjunct::Manner),
        }
    }
}

/// The noun of "which religious schools": the last of the nominal words right after the word,
/// whatever the tree makes of them.
fn noun_after(word: Token<'_>) -> Option<Token<'_>> {
    if !matches!(word.form().to_lowercase().as_str(), "which" | "what") {
        return None;
    }
    let nominal = |token: &Token<'_>| {
        matches!(
            token.upos(),
            Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj
        )
    };
    let run: Vec<Token<'_>> = word
        .sentence()
        .tokens()
        .skip(word.position() + 1)
        .take_while(nominal)
        .collect();
    run.into_iter()
        .rfind(|token| matches!(token.upos(), Upos::Noun | Upos::Propn))
}

/// The words from after `word` up to its noun, where an auxiliary follows the noun.
fn before_auxiliary(word: Token<'_>, head: Token<'_>) -> Option<String> {
    let tokens: Vec<Token<'_>> = word.sentence().tokens().collect();
    let next = tokens.get(head.position() + 1)?;
    if next.upos() != Upos::Aux {
        return None;
    }
    let ids: Vec<_> = tokens
        .get(word.position() + 1..=head.position())?
        .iter()
        .map(|token| token.id())
        .collect();
    Some(word.document().words(&ids))
}

/// The words that ask, the question's own first; those that begin a relative clause are none.
fn question_words(sentence: Sentence<'_>) -> Vec<Token<'_>> {
    let asks = |token: &Token<'_>| {
        matches!(
            token.form().to_lowercase().as_str(),
            "who" | "whom" | "whose" | "what" | "which" | "where" | "when" | "why" | "how"
        )
    };
    let early = |token: &Token<'_>| token.position() <= 2;
    let below_clause = |token: &Token<'_>| {
        let mut at = *token;
        for _ in 0..40 {
            let clause = matches!(at.relation(), "acl" | "advcl") || at.deprel() == "acl:relcl";
            if clause {
                return true;
            }
            let Some(above) = at.head() else { break };
            at = above;
        }
        false
    };
    let mut found: Vec<Token<'_>> = sentence
        .tokens()
        .filter(|token| asks(token) && (early(token) || !below_clause(token)))
        .collect();
    // "when" and "how" late in a question begin a clause of their own: "… when it exhibited".
    let first = found.first().map(|token| token.id());
    found.retain(|token| {
        Some(token.id()) == first
            || matches!(
                token.form().to_lowercase().as_str(),
                "who" | "whom" | "what" | "which"
            )
    });
    found.truncate(2);
    found
}

/// The predicate that the phrase under `head` belongs to.
fn predicate_of(head: Token<'_>) -> Token<'_> {
    let mut at = head;
    for _ in 0..10 {
        let Some(above) = at.head() else {
            return at;
        };
        let nominal = matches!(
            at.relation(),
            "nmod" | "conj" | "appos" | "compound" | "det" | "amod"
        );
        at = above;
        if !nominal && !in_relative_clause(at) {
            return at;
        }
    }
    at
}

/// The verb after "do", where the tree hangs it on the question word: "When did the team post …?"
fn after_do<'d>(word: Token<'d>, predicate: Token<'d>) -> Token<'d> {
    if predicate.id() != word.id() {
        return predicate;
    }
    let mut rest = word.sentence().tokens().skip(word.position() + 1);
    let asks = rest
        .next()
        .is_some_and(|next| matches!(next.form(), "do" | "does" | "did"));
    let verb = |token: &Token<'d>| {
        token.xpos() == "VB" && token.head().is_some_and(|head| head.id() == word.id())
    };
    asks.then(|| rest.find(verb)).flatten().unwrap_or(predicate)
}

/// Whether `token` is the predicate of a relative clause: the question's own predicate is above.
fn in_relative_clause(token: Token<'_>) -> bool {
    token.deprel() == "acl:relcl"
}

/// Builds one frame.
struct Reader<'d> {
    holes: Vec<Asked<'d>>,
    /// The question words that fill a place already.
    used: Vec<crate::text::TokenId>,
    frame: Frame,
}

impl<'d> Reader<'d> {
    fn read(&mut self, predicate: Token<'d>) {
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
                self.frame
                    .loose
                    .extend(words::content(&text_of(child, &[])));
            }
            _ => match child.relation() {
                "obl" | "nmod" => {
                    let filler = self.filler(child);
                    self.other(preposition(child), filler);
                }
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
    fn forgotten(&mut self, asked: Asked<'d>, predicate: Token<'d>) {
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
                self.frame.measure = hole.degree.map(|token| token.form().to_lowercase());
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
                    self.frame.measure = hole.degree.map(|token| token.form().to_lowercase());
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

    fn tense(&mut self, sentence: Sentence<'d>) {
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
            )
        });
    }
}

/// The dictionary form of a predicate with its particle.
fn verb(token: Token<'_>) -> String {
    let mut name = token.lemma().to_lowercase();
    let form = token.form().to_lowercase();
    // Models take "beat" for a form of "be".
    if name == "be"
        && !matches!(
            form.as_str(),
            "be" | "is" | "are" | "was" | "were" | "been" | "being" | "am" | "'s" | "’s"
        )
    {
        name = words::base_form(&form);
    } else if let Some(spoken) = words::respelled(&name, &form) {
        name = spoken;
    }
    for child in token.children() {
        let particle = child.deprel() == "compound:prt"
            || (child.relation() == "advmod"
                && child.id() > token.id()
                && matches!(
                    child.form().to_lowercase().as_str(),
                    "away" | "back" | "off" | "out" | "up" | "down" | "over" | "apart" | "together"
                ));
        if particle {
            name.push(' ');
            name.push_str(&child.form().to_lowercase());
        }
    }
    let place = token.children().any(|child| {
        child.form() == "place"
            && matches!(child.relation(), "obj" | "compound")
            && child.children().next().is_none()
    });
    if name == "take" && place {
        name.push_str(" place");
    }
    name
}

fn is_passive(predicate: Token<'_>) -> bool {
    predicate.children().any(|child| {
        matches!(child.deprel(), "nsubj:pass" | "aux:pass" | "csubj:pass")
            || (child.relation() == "aux" && child.lemma() == "be" && predicate.xpos() == "VBN")
    }) || (predicate.xpos() == "VBN"
        && predicate.relation() == "acl"
        && !predicate
            .children()
            .any(|child| child.relation() == "nsubj"))
}

fn is_denied(predicate: Token<'_>) -> bool {
    predicate.children().any(|child| {
        child.relation() == "advmod"
            && matches!(
                child.form().to_lowercase().as_str(),
                "not" | "n't" | "n’t" | "never"
            )
    })
}

/// The prepositions that mark `token`, wherever they stand, joined by a blank.
fn preposition(token: Token<'_>) -> String {
    let mut found = String::new();
    for child in token.children() {
        if child.relation() == "case" && !child.form().starts_with(['\'', '’']) {
            if !found.is_empty() {
                found.push(' ');
            }
            found.push_str(&child.form().to_lowercase());
        }
    }
    found
}

/// The phrase under `token`, without the words under `without`.
fn phrase(token: Token<'_>, without: &[Token<'_>]) -> Phrase {
    let text = text_of(token, without);
    let relative = token
        .children()
        .find(|child| child.deprel() == "acl:relcl")
        .filter(|child| child.id() > token.id());
    let clauses: Vec<Token<'_>> = token
        .children()
        .filter(|child| child.relation() == "acl" && child.id() > token.id())
        .collect();
    let core = text_of(token, &[&clauses, without].concat());
    // "the conflict "War of Words"": what it was called is not which one it is.
    let unquoted = core
        .find(['"', '“'])
        .filter(|at| *at > 0)
        .and_then(|at| core.get(..at))
        .map_or(core.as_str(), str::trim)
        .to_owned();
    let mut phrase = parts(&unquoted);
    phrase.head = words::stem(&words::words(token.form()).concat());
    phrase.proper = token.upos() == Upos::Propn;
    let anyone = matches!(token.form(), "one" | "anyone" | "someone") && text == token.form();
    phrase.empty =
        anyone || token.upos() == Upos::Pron || (phrase.words.is_empty() && relative.is_none());
    phrase.clause = relative
        .and_then(|clause| relative_frame(token, clause))
        .map(Box::new);
    let asks = words::words(&core)
        .iter()
        .any(|word| matches!(word.as_str(), "which" | "what" | "whom"));
    phrase.empty |= asks;
    if phrase.clause.is_none() {
        phrase.extra = words::content(&text)
            .into_iter()
            .filter(|stem| !phrase.words.contains(stem))
            .collect();
    }
    phrase.text = core;
    phrase
}

/// The event of a relative clause, with a hole for the thing it describes.
fn relative_frame(owner: Token<'_>, predicate: Token<'_>) -> Option<Frame> {
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
    let mut reader = Reader {
        holes: Vec::new(),
        used: Vec::new(),
        frame: Frame::default(),
    };
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

/// The words under `token` as written, without its prepositions and the words under `without`.
fn text_of(token: Token<'_>, without: &[Token<'_>]) -> String {
    let mut dropped: Vec<_> = without.iter().flat_map(|token| token.subtree()).collect();
    for child in token.children() {
        if (child.relation() == "case" && !child.form().starts_with(['\'', '’']))
            || matches!(child.relation(), "punct" | "mark" | "cc" | "cop" | "aux")
        {
            dropped.extend(child.subtree());
        }
        if matches!(child.relation(), "nsubj" | "csubj") {
            dropped.extend(child.subtree());
        }
    }
    let kept: Vec<_> = token
        .subtree()
        .into_iter()
        .filter(|id| !dropped.contains(id))
        .collect();
    token.document().words(&kept)
}
