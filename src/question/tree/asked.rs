//! The words that ask, and what each asks for.

use crate::text::{Sentence, Token, Upos};

use super::token::{phrase, preposition};
use crate::question::frame::{Adjunct, Phrase, Wish};
use crate::question::phrase::parts;

/// A question word and the phrase it stands in.
#[derive(Clone, Copy)]
pub(super) struct Asked<'d> {
    /// "which"
    pub(super) word: Token<'d>,
    /// "countries" of "which countries"; the word itself where it stands alone.
    pub(super) head: Token<'d>,
    /// "many" of "how many visitors", "old" of "how old".
    pub(super) degree: Option<Token<'d>>,
}

impl<'d> Asked<'d> {
    pub(super) fn new(word: Token<'d>) -> Self {
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

    /// The things out of which some are asked for: the firms of "which of the two firms".
    fn those(self) -> Option<Phrase> {
        let inside = [Some(self.word), self.degree, Some(self.head)];
        let noun = inside
            .into_iter()
            .flatten()
            .filter_map(|token| token.child(&["nmod", "obl"]))
            .find(|noun| preposition(*noun) == "of")?;
        let mut those = phrase(noun, &[]);
        those
            .words
            .retain(|stem| !stem.starts_with(|c: char| c.is_ascii_digit()));
        (!those.empty).then_some(those)
    }

    /// The word that says what is measured: "old" of "how old", "often" for "how many times".
    pub(super) fn measure(self) -> Option<String> {
        if self.head.lemma() == "time" && self.word.form().eq_ignore_ascii_case("how") {
            return Some("often".to_owned());
        }
        self.degree.map(|token| token.form().to_lowercase())
    }

    fn lemma(self) -> String {
        self.word.form().to_lowercase()
    }

    /// What may fill the hole; `None` where it is no argument.
    pub(super) fn wish(self) -> Result<Wish, Adjunct> {
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
            // "What kind of company is it?" asks what it is.
            ("what" | "which", _)
                if own && matches!(self.head.lemma(), "kind" | "type" | "sort" | "form") =>
            {
                Ok(Wish::What)
            }
            // "How many times did they meet?"
            ("how", Some("many")) if own && self.head.lemma() == "time" => Err(Adjunct::Measure),
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
            // "Which of the two firms", "how many of the passengers"
            ("which", _) => Ok(self.those().map_or(Wish::What, Wish::Class)),
            ("what", _) => Ok(Wish::What),
            ("how", Some("many" | "much")) => Ok(Wish::Number(if own {
                Some(phrase(self.head, &self.asking()))
            } else {
                self.those()
            })),
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
pub(super) fn question_words(sentence: Sentence<'_>) -> Vec<Token<'_>> {
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
    // "Who sold how many cars?"
    let counts = |token: &Token<'_>| {
        let next = sentence.tokens().nth(token.position() + 1);
        token.form() == "how" && next.is_some_and(|next| matches!(next.form(), "many" | "much"))
    };
    found.retain(|token| {
        Some(token.id()) == first
            || counts(token)
            || matches!(
                token.form().to_lowercase().as_str(),
                "who" | "whom" | "what" | "which"
            )
    });
    found.truncate(2);
    found
}
