//! Sentence borders within one block of text, found on its tokens.
//!
//! A sentence ends behind a stop, an exclamation or question mark or an ellipsis, together with
//! the quotation marks and brackets that close there, unless what follows shows that it goes on.

use std::ops::Range;

use super::address::is_smiley;
use super::calendar::{month, weekday};
use super::normalize::{is_closing, is_opening, is_terminal};
use super::words::{self, Abbreviation};
use crate::base::Span;

/// How many tokens behind a quoted question its verb of saying is looked for.
const SPEAKER_TOKENS: usize = 5;

/// Verbs of saying that follow a quotation.
const SAYING: &[&str] = &[
    "said", "says", "asked", "asks", "added", "told", "shouted", "wrote", "cried", "replied",
    "chanted", "yelled", "wondered", "tweeted",
];

/// What stands before a date within a sentence.
const DATE_PREPOSITIONS: &[&str] = &[
    "on",
    "of",
    "from",
    "since",
    "until",
    "till",
    "by",
    "before",
    "after",
    "dated",
    "for",
    "to",
    "and",
    "or",
    "last",
    "next",
    "this",
    "late",
    "early",
    "was",
    "is",
    "through",
    "effective",
];

/// The sentences among `tokens` of one block, as ranges of indices that cover all of them.
pub(crate) fn sentences(text: &str, tokens: &[Span]) -> Vec<Range<usize>> {
    let words: Vec<&str> = tokens.iter().map(|span| span.of(text)).collect();
    let block = Block {
        tokens,
        words: &words,
    };
    let quotes = block.quotes();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < words.len() {
        if let Some(end) = block.date_line(at) {
            if start < at {
                found.push(start..at);
            }
            found.push(at..end);
            start = end;
            at = end;
            continue;
        }
        let end = block.closed(at, &quotes);
        if block.ends(at, end, &quotes) {
            found.push(start..end);
            start = end;
        }
        at = end.max(at + 1);
    }
    if start < words.len() {
        found.push(start..words.len());
    }
    found
}

/// What a straight quotation mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Opens,
    Closes,
}

struct Block<'t> {
    tokens: &'t [Span],
    words: &'t [&'t str],
}

impl<'t> Block<'t> {
    fn word(&self, at: usize) -> &'t str {
        self.words.get(at).copied().unwrap_or_default()
    }

    fn space_before(&self, at: usize) -> bool {
        match (
            at.checked_sub(1).and_then(|i| self.tokens.get(i)),
            self.tokens.get(at),
        ) {
            (Some(before), Some(token)) => before.end() < token.start(),
            (None, _) | (_, None) => true,
        }
    }

    /// For each token, whether it is a quotation mark that opens or closes. A straight mark opens
    /// behind a blank and closes before one; between words it closes what stands open.
    fn quotes(&self) -> Vec<Quote> {
        let mut open = false;
        (0..self.words.len())
            .map(|at| {
                let word = self.word(at);
                match word {
                    "“" | "‘" | "«" | "„" | "``" => {
                        open = true;
                        Quote::Opens
                    }
                    "”" | "’" | "»" | "''" => {
                        open = false;
                        Quote::Closes
                    }
                    "\"" | "'" => {
                        let before = self.space_before(at);
                        let after = at + 1 >= self.words.len() || self.space_before(at + 1);
                        let opens = match (before, after) {
                            (true, false) => true,
                            (false, true) => false,
                            (true, true) | (false, false) => !open,
                        };
                        open = opens;
                        if opens { Quote::Opens } else { Quote::Closes }
                    }
                    _ => Quote::None,
                }
            })
            .collect()
    }

    /// The token behind the full date at `at` that was a line of its own before the lines were
    /// joined: "Bridge falls Monday, May 18, 2015 Ten people died."
    fn date_line(&self, at: usize) -> Option<usize> {
        if !self.word(at).starts_with(char::is_uppercase) || self.word(at + 1) != "," {
            return None;
        }
        weekday(self.word(at))?;
        let comma = |at: usize| self.word(at) == ",";
        let digits = |at: usize, lengths: [usize; 2]| {
            let word = self.word(at);
            lengths.contains(&word.len()) && word.chars().all(|c| c.is_ascii_digit())
        };
        month(self.word(at + 2))?;
        let date = digits(at + 3, [1, 2]) && comma(at + 4) && digits(at + 5, [4, 4]);
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        let within = before.chars().all(|c| !c.is_alphanumeric())
            && !before.chars().all(is_terminal)
            || DATE_PREPOSITIONS.contains(&before.to_lowercase().as_str());
        let behind = self.word(at + 6);
        (date && !within && behind.starts_with(char::is_uppercase)).then_some(at + 6)
    }

    /// The token after the marks that close behind the token `at`; `at + 1` if it ends nothing.
    fn closed(&self, at: usize, quotes: &[Quote]) -> usize {
        let mut end = at + 1;
        if !self.is_stop(at) {
            return end;
        }
        while end < self.words.len() {
            let word = self.word(end);
            let closes = quotes.get(end) == Some(&Quote::Closes)
                || (word.chars().count() == 1 && word.chars().all(is_closing));
            // More marks of the end: "...", "?!" with a blank between.
            let more = word.chars().all(is_terminal);
            // A face behind the stop belongs to its sentence: "It won. :)"
            if closes || more || is_smiley(word) {
                end += 1;
            } else if let Some(behind) = self.citation(end) {
                end = behind;
            } else {
                break;
            }
        }
        end.min(self.words.len())
    }

    /// The token behind the note that stands at `at`: "[6]", "[citation needed]".
    fn citation(&self, at: usize) -> Option<usize> {
        if self.word(at) != "[" {
            return None;
        }
        let digits = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        if self.word(at + 2) == "]" && digits(self.word(at + 1)) {
            return Some(at + 3);
        }
        let needed = self.word(at + 2) == "needed" && self.word(at + 3) == "]";
        needed.then_some(at + 4)
    }

    fn is_stop(&self, at: usize) -> bool {
        let word = self.word(at);
        word.chars().all(is_terminal)
            || is_smiley(word)
            || (word.len() > 1 && word.ends_with('.') && self.abbreviated(at))
    }

    /// Whether the token, which ends in a full stop, may end a sentence.
    fn abbreviated(&self, at: usize) -> bool {
        let word = self.word(at);
        match words::abbreviation(word) {
            Some(Abbreviation::Title | Abbreviation::Inner) => false,
            Some(Abbreviation::Number | Abbreviation::Any) => true,
            // "U.S.", "a.m."; but "J." of a name does not end one, nor does the number of an item.
            None => word.matches('.').count() > 1 && word.contains(char::is_alphabetic),
        }
    }

    /// Whether a sentence ends with the tokens up to `end`, the stop being at `at`.
    fn ends(&self, at: usize, end: usize, quotes: &[Quote]) -> bool {
        if !self.is_stop(at) {
            return false;
        }
        if end >= self.words.len() {
            return true;
        }
        let stop = self.word(at);
        // Inside a word or a number: "node.js" written apart has no blank.
        let glued = !self.space_before(end);
        let opens = |index: usize| {
            quotes.get(index) == Some(&Quote::Opens) || self.word(index).chars().all(is_opening)
        };
        let mut next = end;
        while next < self.words.len() && opens(next) {
            next += 1;
        }
        let word = self.word(next);
        let Some(first) = word.chars().next() else {
            return true;
        };
        let quoted = end > at + 1;
        if is_smiley(stop) {
            return first.is_uppercase();
        }
        if stop.ends_with('.') && stop.len() > 1 && !stop.starts_with('.') {
            return self.abbreviation_ends(at, next, first, word);
        }
        if matches!(
            first,
            ',' | ';' | ':' | ')' | ']' | '-' | '–' | '—' | '/' | '%' | '…'
        ) && next == end
        {
            // A dash after a blank may begin an item or a speech, a comma never does.
            return false;
        }
        if first.is_lowercase() {
            // "iPhone" begins in lower case; "said" does not begin a sentence.
            let odd = word.chars().nth(1).is_some_and(char::is_uppercase) && word.len() > 2;
            return odd || self.careless(at, end, next);
        }
        if glued && !quoted && next == end && stop == "." {
            // "town.He": the tokeniser cuts there only where a sentence ends.
            return first.is_uppercase();
        }
        match stop.chars().next() {
            Some('!' | '?') => !self.spoken(end, quoted),
            Some('.' | '…') if stop != "." => {
                // An ellipsis ends a sentence only before a capital that begins one.
                first.is_uppercase() && !self.title_goes_on(at) || next > end
            }
            Some(_) | None => true,
        }
    }

    /// Whether the sentence ends with the abbreviation at `at`, `word` (beginning with `first`) at
    /// `next` being what follows.
    fn abbreviation_ends(&self, at: usize, next: usize, first: char, word: &str) -> bool {
        if next > at + 1 {
            if self.is_quoted_initials(at) && !words::listed("starters", &word.to_lowercase()) {
                return false;
            }
            // A quotation mark between the two ends a sentence; a bracket goes on: "Inc. (IPS)".
            return first.is_uppercase() && !matches!(self.word(at + 1), "(" | "[");
        }
        if !first.is_uppercase() {
            return false;
        }
        let lower = word.to_lowercase();
        // "p.m. The", "Inc. He"; but "U.S. President", "a.m. Monday".
        let starter = words::listed("starters", &lower);
        let pronoun = word != "I" || self.word(next + 1).chars().all(char::is_lowercase);
        starter && pronoun && !(lower == "in" && word.chars().all(char::is_uppercase))
    }

    /// Whether the abbreviation at `at` is all that is quoted, behind a name: Ada "J.D." Miller.
    fn is_quoted_initials(&self, at: usize) -> bool {
        let quote = |at: usize| matches!(self.word(at), "\"" | "“" | "”" | "``" | "''" | "‘" | "’");
        let word = |back: usize| at.checked_sub(back).map_or("", |before| self.word(before));
        at > 1
            && quote(at - 1)
            && quote(at + 1)
            && word(2).starts_with(char::is_uppercase)
            && word(2).chars().all(|c| c.is_alphabetic() || c == '.')
    }

    /// Whether a sentence ends at the stop at `at` though the next begins in lower case, as people
    /// write who do without capitals: "it closed. they left".
    fn careless(&self, at: usize, end: usize, next: usize) -> bool {
        let plain = end == at + 1 && next == end && self.space_before(end);
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        match self.word(at).chars().next() {
            Some('.') if self.word(at) == "." => {
                // "Cal. law": it may be an abbreviation that no list has.
                let short = before.chars().count() <= 4 && before.starts_with(char::is_uppercase);
                let voiceless = !before
                    .chars()
                    .any(|c| !c.is_ascii_alphabetic() || "aeiouyAEIOUY".contains(c));
                let item = before.len() <= 2 && before.chars().all(|c| c.is_ascii_digit());
                plain && !short && !voiceless && !item
            }
            Some('?' | '!') => {
                let says = (end..end + SPEAKER_TOKENS).any(|at| SAYING.contains(&self.word(at)));
                let name = before.starts_with(char::is_uppercase)
                    && self.word(end).chars().all(char::is_alphabetic)
                    && !words::listed("starters", self.word(end));
                plain && !says && !name
            }
            Some(_) | None => false,
        }
    }

    /// Whether a verb of saying follows the quoted question that ends before `end`: `"Who?" Ito
    /// asked.`
    fn spoken(&self, end: usize, quoted: bool) -> bool {
        if !quoted {
            return false;
        }
        for at in end..(end + SPEAKER_TOKENS).min(self.words.len()) {
            let word = self.word(at);
            if SAYING.contains(&word) {
                // "He said" begins a sentence of its own; "Ito asked." ends this one.
                let behind = self.word(at + 1);
                return behind.chars().all(is_terminal) || behind == "," || behind == "in";
            }
            if word.chars().all(|c| !c.is_alphanumeric()) {
                return false;
            }
        }
        false
    }

    /// Whether the stop at `at` stands within a capitalised title, "Who Wants ... Money".
    fn title_goes_on(&self, at: usize) -> bool {
        let capital = |index: Option<usize>| {
            index.is_some_and(|index| self.word(index).starts_with(char::is_uppercase))
        };
        capital(at.checked_sub(1)) && capital(at.checked_sub(2)) && at > 2
    }
}
