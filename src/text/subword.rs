//! Words to the pieces that the model knows, with the shape of each word's letters.
//!
//! Uncased WordPiece over the model's own vocabulary: a word is folded to lower case without
//! accents and cut greedily, longest piece first. What folding loses (capitals, digits) is told
//! to the model as one of ten shapes. Source: Wu et al., "Google's Neural Machine Translation
//! System", 2016, section 4.1.

use std::borrow::Cow;
use std::collections::HashMap;

/// A word is cut after so many pieces.
const MAX_PIECES: usize = 12;
/// Of a longer word only the beginning is looked at: no 12 pieces reach further.
const LONGEST_WORD_BYTES: usize = 400;
/// No piece of the vocabulary is longer.
const LONGEST_PIECE_CHARACTERS: usize = 24;

/// The pieces a model knows.
#[derive(Debug)]
pub(crate) struct Pieces {
    /// Ids of the pieces that begin a run of letters or digits.
    initial: HashMap<Cow<'static, str>, i32>,
    /// Ids of the pieces that go on in one, without their `##`.
    inner: HashMap<Cow<'static, str>, i32>,
    fold: HashMap<char, String>,
    unknown: i32,
    /// The piece that begins a sentence and stands for its root.
    pub(crate) begin: i32,
    /// The piece that ends a sentence.
    pub(crate) end: i32,
}

/// A sentence as the model reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Coded {
    /// Piece ids, the first and last being marks of the sentence.
    pub(crate) ids: Vec<i32>,
    /// The shape of the word that each piece belongs to.
    pub(crate) shapes: Vec<i32>,
    /// For each word its first and last piece; word 0 is the root.
    pub(crate) first: Vec<i32>,
    pub(crate) last: Vec<i32>,
}

impl Pieces {
    /// The pieces of a vocabulary file, one per line; `fold` says what letters with marks become.
    /// `None` if one of the marks every sentence needs is missing.
    pub(crate) fn new(vocabulary: Cow<'static, str>, fold: HashMap<char, String>) -> Option<Self> {
        let mut initial = HashMap::with_capacity(32_768);
        let mut inner = HashMap::with_capacity(8_192);
        let lines: Vec<Cow<'static, str>> = match vocabulary {
            Cow::Borrowed(text) => text.lines().map(Cow::Borrowed).collect(),
            Cow::Owned(text) => text
                .lines()
                .map(|line| Cow::Owned(line.to_owned()))
                .collect(),
        };
        for (line, id) in lines.into_iter().zip(0_i32..) {
            if line.starts_with("##") && line.len() > 2 {
                let rest = match line {
                    Cow::Borrowed(text) => Cow::Borrowed(text.get(2..).unwrap_or_default()),
                    Cow::Owned(text) => Cow::Owned(text.get(2..).unwrap_or_default().to_owned()),
                };
                inner.insert(rest, id);
            } else {
                initial.insert(line, id);
            }
        }
        let mark = |name: &str| initial.get(name).copied();
        Some(Self {
            unknown: mark("[UNK]")?,
            begin: mark("[CLS]")?,
            end: mark("[SEP]")?,
            initial,
            inner,
            fold,
        })
    }

    /// The pieces of a sentence of words.
    pub(crate) fn sentence<'w>(&self, words: impl Iterator<Item = &'w str>) -> Coded {
        let mut coded = Coded {
            ids: vec![self.begin],
            shapes: vec![0],
            first: vec![0],
            last: vec![0],
        };
        let mut at = 1_i32;
        for word in words {
            let before = coded.ids.len();
            self.word(word, &mut coded.ids);
            let count = coded.ids.len() - before;
            let shape = shape(word);
            coded.shapes.extend(std::iter::repeat_n(shape, count));
            coded.first.push(at);
            at += i32::try_from(count).unwrap_or(0);
            coded.last.push(at - 1);
        }
        coded.ids.push(self.end);
        coded.shapes.push(0);
        coded
    }

    /// How many pieces `word` has.
    pub(crate) fn count(&self, word: &str) -> usize {
        let mut ids = Vec::new();
        self.word(word, &mut ids);
        ids.len()
    }

    /// Appends the pieces of `word`: at least one, at most [`MAX_PIECES`].
    fn word(&self, word: &str, ids: &mut Vec<i32>) {
        let start = ids.len();
        let folded = self.folded(head(word));
        let mut run = 0;
        for (at, character) in folded.char_indices() {
            if ids.len() - start >= MAX_PIECES {
                break;
            }
            if character.is_alphanumeric() {
                continue;
            }
            self.run(folded.get(run..at).unwrap_or_default(), ids);
            run = at + character.len_utf8();
            if !character.is_whitespace() {
                self.run(folded.get(at..run).unwrap_or_default(), ids);
            }
        }
        self.run(folded.get(run..).unwrap_or_default(), ids);
        ids.truncate(start + MAX_PIECES);
        if ids.len() == start {
            ids.push(self.unknown);
        }
    }

    /// Appends the pieces of a run of letters and digits, or of one mark.
    fn run(&self, run: &str, ids: &mut Vec<i32>) {
        let start = ids.len();
        let mut at = 0;
        while at < run.len() {
            let rest = run.get(at..).unwrap_or_default();
            let table = if at == 0 { &self.initial } else { &self.inner };
            let longest = rest
                .char_indices()
                .nth(LONGEST_PIECE_CHARACTERS)
                .map_or(rest.len(), |(end, _)| end);
            let mut found = None;
            let mut end = longest;
            while end > 0 {
                if let Some(piece) = rest.get(..end)
                    && let Some(id) = table.get(piece)
                {
                    found = Some((*id, end));
                    break;
                }
                end -= 1;
            }
            let Some((id, length)) = found else {
                ids.truncate(start);
                ids.push(self.unknown);
                return;
            };
            ids.push(id);
            at += length;
        }
    }

    /// `word` in lower case, Latin letters without their marks.
    fn folded<'w>(&self, word: &'w str) -> Cow<'w, str> {
        if word
            .bytes()
            .all(|b| b.is_ascii() && !b.is_ascii_uppercase())
        {
            return Cow::Borrowed(word);
        }
        let mut out = String::with_capacity(word.len());
        for character in word.chars() {
            if character.is_ascii() {
                out.push(character.to_ascii_lowercase());
            } else if let Some(plain) = self.fold.get(&character) {
                out.push_str(plain);
            } else if !matches!(character, '\u{300}'..='\u{36f}') {
                out.extend(character.to_lowercase());
            }
        }
        Cow::Owned(out)
    }
}

/// The beginning of a word that can matter.
fn head(word: &str) -> &str {
    if word.len() <= LONGEST_WORD_BYTES {
        return word;
    }
    let mut end = LONGEST_WORD_BYTES;
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    word.get(..end).unwrap_or_default()
}

/// The shape of a word's letters, one of the model's ten classes.
pub(crate) fn shape(word: &str) -> i32 {
    let word = head(word);
    let mut letters = 0_usize;
    let (mut upper, mut lower, mut digits, mut others) = (false, false, false, false);
    let mut later_upper = false;
    for (index, character) in word.chars().enumerate() {
        if is_digit(character) {
            digits = true;
        } else {
            others = true;
        }
        if character.is_alphabetic() {
            letters += 1;
        }
        if character.is_uppercase() {
            upper = true;
            later_upper |= index > 0;
        }
        lower |= character.is_lowercase();
    }
    let first_upper = word.chars().next().is_some_and(char::is_uppercase);
    match () {
        () if digits && !others => 6,
        () if digits => 7,
        () if letters == 0 => 1,
        () if !upper => 2,
        () if !lower && letters > 1 => 3,
        () if !lower => 4,
        () if first_upper && later_upper => 8,
        () if first_upper => 5,
        () => 9,
    }
}

/// A digit as the training scripts see it: decimal digits and superscripts.
fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
        || (character.is_numeric()
            && !character.is_ascii()
            && !character.is_alphabetic()
            && !matches!(character, '¼'..='¾' | '⅐'..='⅞' | 'Ⅰ'..='ↈ' | '①'..='⓿' | '㉈'..='㊿'))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::HashMap;

    use super::{Pieces, shape};

    #[test]
    fn words_are_cut_greedily_into_known_pieces() {
        let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n##b\n##bc\n-\nab";
        let fold = HashMap::from([('á', "a".to_owned())]);
        let pieces = Pieces::new(Cow::Borrowed(vocabulary), fold).unwrap();
        let cases: [(&str, &[i32]); 7] = [
            ("ab", &[8]),
            // "ab" is taken before "a", so "c" is left over and the run is unknown.
            ("Ábc", &[1]),
            ("abb", &[8, 5]),
            ("a-b", &[4, 7, 1]),
            ("", &[1]),
            ("ab\u{301}", &[8]),
            ("x", &[1]),
        ];
        for (word, wanted) in cases {
            let coded = pieces.sentence([word].into_iter());
            let ids = &coded.ids[1..coded.ids.len() - 1];
            assert_eq!(ids, wanted, "{word}");
        }
    }

    #[test]
    fn shapes_tell_capitals_and_digits() {
        let cases = [
            ("homs", 2),
            ("Homs", 5),
            ("SOHR", 3),
            ("I", 4),
            ("McKay", 8),
            ("iPhone", 9),
            ("2015", 6),
            ("3.5", 7),
            ("M5", 7),
            ("–", 1),
            ("'s", 2),
        ];
        for (word, wanted) in cases {
            assert_eq!(shape(word), wanted, "{word}");
        }
    }
}
