//! A question understood: an event with holes in it.

use super::words;

/// What a question asks for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Question {
    /// "How is A connected to B?"
    Path {
        /// One end.
        from: Phrase,
        /// The other.
        to: Phrase,
    },
    /// "Who is X?", "Tell me about X", "What is the N of X?": what is it, or what fits it.
    Copular {
        /// Who is asked for rather than what.
        person: bool,
        /// The thing or the description.
        phrase: Phrase,
    },
    /// "Name a N": what is one.
    Instances(Phrase),
    /// "Tell me about X": everything.
    About(Phrase),
    /// "Who said …?"
    Speaker {
        /// The verb of saying.
        verb: String,
        /// The noun in "which coach said", if any.
        class: Option<Phrase>,
        /// The content stems of what was said.
        content: Vec<String>,
    },
    /// Everything else.
    Event(Box<Frame>),
}

/// A thing as a question names it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Phrase {
    /// The words as written, without the preposition.
    pub(super) text: String,
    /// The stem of the head word.
    pub(super) head: String,
    /// The content stems, those of relative clauses excepted.
    pub(super) words: Vec<String>,
    /// The content stems of participles and other clauses that are no relative clause.
    pub(super) extra: Vec<String>,
    /// The content stems of the name after a description: of "the newspaper The Courier" it is
    /// "courier".
    pub(super) name: Vec<String>,
    /// Whether the head is a proper name.
    pub(super) proper: bool,
    /// Whether it is a pronoun or another word that names nothing.
    pub(super) empty: bool,
    /// The relative clause that says which one, with a hole for it.
    pub(super) clause: Option<Box<Frame>>,
    /// The thing it belongs to or is the N of: of "president of Peru" it is "Peru".
    pub(super) of: Option<Box<Phrase>>,
    /// The description without what it belongs to: of "Peru's former president" it is "former
    /// president".
    pub(super) role: String,
}

impl Phrase {
    /// Whether the stem stands anywhere in the phrase.
    fn says(&self, stem: &str) -> bool {
        let own = self.words.iter().chain(&self.extra);
        own.into_iter().any(|held| held == stem)
            || words::content(&self.text).iter().any(|held| held == stem)
            || self.clause.as_ref().is_some_and(|clause| clause.says(stem))
            || self.of.as_ref().is_some_and(|of| of.says(stem))
    }
}

/// What fills a place of an event.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filler {
    /// A thing that the question names.
    Known(Phrase),
    /// The hole.
    Asked(Wish),
}

/// What may fill the hole.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wish {
    /// "who", "whom"
    Who,
    /// "what"
    What,
    /// "which countries", "what prize"
    Class(Phrase),
    /// "how many visitors", "how much"
    Number(Option<Phrase>),
}

/// A hole outside the arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adjunct {
    /// "where"
    Place,
    /// "when"
    Time,
    /// "how long", "how far", "how often", "how much"
    Measure,
    /// "why"
    Reason,
    /// "how"
    Manner,
}

/// Which of two holes is asked for first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// "Who rescued whom?"
    #[default]
    SubjectFirst,
    /// "Which forces are backed by whom?"
    ObjectFirst,
}

impl Order {
    /// The order where subject and object have changed places.
    pub(super) fn turned(self) -> Self {
        match self {
            Self::SubjectFirst => Self::ObjectFirst,
            Self::ObjectFirst => Self::SubjectFirst,
        }
    }
}

/// An event with a hole in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Frame {
    /// Predicates in dictionary form with their particle, best first: of "attempt to remove" they
    /// are "remove", "attempt".
    pub(super) verbs: Vec<String>,
    /// Who acts.
    pub(super) subject: Option<Filler>,
    /// Whom it is done to.
    pub(super) object: Option<Filler>,
    /// Further arguments with their preposition, which may be empty.
    pub(super) others: Vec<(String, Filler)>,
    /// Which of two holes the question asks for first.
    pub(super) order: Order,
    /// A hole outside the arguments.
    pub(super) adjunct: Option<Adjunct>,
    /// The word after "how" that says what is measured: "old", "tall", "far".
    pub(super) measure: Option<String>,
    /// Whether the question denies: "Who did not sign?"
    pub(super) denied: bool,
    /// Whether the question speaks of what may or will be: "may", "would", "will", "plans to".
    pub(super) possible: bool,
    /// Whether it speaks of what has happened.
    pub(super) past: bool,
    /// Content stems that stand in no argument.
    pub(super) loose: Vec<String>,
    /// The content stems of a clause that is the object: "that the dam would burst".
    pub(super) clause: Vec<String>,
    /// The content stems of the whole question: what it says itself is no answer to it.
    pub(super) words: Vec<String>,
    /// Who says so, if the question names somebody.
    pub(super) speaker: Option<Phrase>,
}

impl Frame {
    /// Whether something is asked for; if not, it is a yes-or-no question.
    pub(super) fn has_hole(&self) -> bool {
        self.adjunct.is_some() || self.holes() > 0
    }

    /// Whether the question asks for what is planned: "Who plans to found a firm?"
    pub(super) fn plans(&self) -> bool {
        self.verbs.len() > 1
            && self
                .verbs
                .iter()
                .skip(1)
                .any(|verb| words::is_planning(verb) && verb != "agree")
    }

    /// A name in `question` that stands nowhere in the frame.
    pub(super) fn lost_name<'q>(&self, question: &'q str) -> Option<&'q str> {
        let mut names = question.split_whitespace().skip(1).filter(|chunk| {
            let word = chunk.trim_start_matches(|c: char| !c.is_alphanumeric());
            word.starts_with(char::is_uppercase)
        });
        names.find(|name| {
            let stems = words::content(name);
            !stems.is_empty() && !stems.iter().any(|stem| self.says(stem))
        })
    }

    /// Whether the stem stands anywhere in the frame.
    fn says(&self, stem: &str) -> bool {
        let has = |stems: &[String]| stems.iter().any(|held| held == stem);
        let verb = |verb: &String| words::content(verb).iter().any(|held| held == stem);
        let filled = |filler: &Filler| match filler {
            Filler::Known(phrase)
            | Filler::Asked(Wish::Class(phrase) | Wish::Number(Some(phrase))) => phrase.says(stem),
            Filler::Asked(Wish::Who | Wish::What | Wish::Number(None)) => false,
        };
        has(&self.loose)
            || has(&self.clause)
            || self.verbs.iter().any(verb)
            || self.fillers().any(filled)
            || self
                .speaker
                .as_ref()
                .is_some_and(|speaker| speaker.says(stem))
    }

    /// How many arguments are asked for.
    pub(super) fn holes(&self) -> usize {
        self.fillers()
            .filter(|filler| matches!(filler, Filler::Asked(_)))
            .count()
    }

    /// All arguments.
    pub(super) fn fillers(&self) -> impl Iterator<Item = &Filler> {
        self.subject
            .iter()
            .chain(&self.object)
            .chain(self.others.iter().map(|(_, filler)| filler))
    }

    /// All things the question names.
    pub(super) fn known(&self) -> impl Iterator<Item = &Phrase> {
        self.fillers().filter_map(|filler| match filler {
            Filler::Known(phrase) => Some(phrase),
            Filler::Asked(_) => None,
        })
    }
}
