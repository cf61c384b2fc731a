//! Dictionary forms: edit rules chosen by the model, checked against a list of words.

use std::borrow::Cow;

use super::document::Upos;

/// How a word becomes its dictionary form, as the model names it: `L|3|y` takes three characters
/// off the end, adds "y" and makes the whole lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EditRule {
    case: Case,
    /// Characters to take off the end; `None`: the ending is the whole form.
    cut: Option<usize>,
    ending: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Keep,
    Title,
    Upper,
}

impl EditRule {
    /// Reads `case|cut|ending`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '|');
        let case = match parts.next()? {
            "L" => Case::Lower,
            "K" => Case::Keep,
            "T" => Case::Title,
            "U" => Case::Upper,
            _ => return None,
        };
        let cut = match parts.next()? {
            "A" => None,
            count => Some(count.parse().ok()?),
        };
        Some(Self {
            case,
            cut,
            ending: parts.next()?.to_owned(),
        })
    }

    /// The dictionary form of `word` by this rule.
    pub(crate) fn apply(&self, word: &str) -> String {
        let mut base = match self.cut {
            None => String::new(),
            Some(count) => {
                let end = count
                    .checked_sub(1)
                    .map_or(Some(word.len()), |nth| {
                        word.char_indices().rev().nth(nth).map(|(at, _)| at)
                    })
                    .unwrap_or(0);
                word.get(..end).unwrap_or_default().to_owned()
            }
        };
        base.push_str(&self.ending);
        match self.case {
            Case::Lower => base.to_lowercase(),
            Case::Keep => base,
            Case::Upper => base.to_uppercase(),
            Case::Title => {
                let mut characters = base.chars();
                characters
                    .next()
                    .map(|first| {
                        first
                            .to_uppercase()
                            .chain(characters.flat_map(char::to_lowercase))
                            .collect()
                    })
                    .unwrap_or_default()
            }
        }
    }
}

/// The known words of English with their classes and irregular forms.
///
/// Each line is `classes word` or `class form lemma`, sorted by the second field, and looked up
/// where it lies: all that is built when the program starts is where lines begin.
#[derive(Debug, Default)]
pub(crate) struct WordList {
    text: Cow<'static, str>,
    /// Where each line begins, and its second field.
    lines: Vec<(u32, u32)>,
}

impl WordList {
    pub(crate) fn new(text: Cow<'static, str>) -> Self {
        let mut lines = Vec::with_capacity(text.len() / 12);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let key = line.bytes().position(|byte| byte == b' ').unwrap_or(0) + 1;
            if let (Ok(line), Ok(key)) = (u32::try_from(start), u32::try_from(start + key)) {
                lines.push((line, key));
            }
            start += line.len();
        }
        Self { text, lines }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether `word` is a dictionary form of class `class`.
    fn knows(&self, word: &str, class: char) -> bool {
        self.entries(word)
            .any(|(classes, lemma)| lemma.is_none() && classes.contains(class))
    }

    /// `lemma`, or with an "e" after it if the vowel before its last consonant is long: "rated" is
    /// no form of "rat", which doubles the consonant, but of "rate".
    fn with_long_vowel(&self, lemma: String, form: &str, class: char) -> String {
        let is_vowel = |letter: u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u');
        let letters = lemma.as_bytes();
        let short = match letters {
            [before @ .., vowel, last] => {
                !before.is_empty()
                    && before.iter().all(|letter| !is_vowel(*letter))
                    && is_vowel(*vowel)
                    && !is_vowel(*last)
                    && !matches!(last, b'w' | b'x' | b'y')
            }
            _ => false,
        };
        let longer = format!("{lemma}e");
        let inflected = form == format!("{lemma}ed") || form == format!("{lemma}ing");
        if class == 'v' && short && inflected && self.knows(&longer, class) {
            longer
        } else {
            lemma
        }
    }

    /// `lemma`, or with an "e" after it if `form` begins so and just that is a word: a noun made a
    /// verb, "showcased".
    fn with_silent_e(&self, lemma: String, form: &str) -> String {
        let known = |word: &str| "nvar".chars().any(|class| self.knows(word, class));
        let longer = format!("{lemma}e");
        if form.starts_with(&longer) && known(&longer) && !known(&lemma) {
            longer
        } else {
            lemma
        }
    }

    /// The dictionary form of the irregular `form`, if just one is listed.
    fn irregular(&self, form: &str, class: char) -> Option<&str> {
        let mut lemmas = self
            .entries(form)
            .filter(|(classes, _)| classes.contains(class))
            .filter_map(|(_, lemma)| lemma);
        let first = lemmas.next()?;
        lemmas.all(|other| other == first).then_some(first)
    }

    /// The entries of `word`: their classes, and for a form its lemma. Time O(log n).
    fn entries<'a, 'w>(
        &'a self,
        word: &'w str,
    ) -> impl Iterator<Item = (&'a str, Option<&'a str>)> + use<'a, 'w> {
        let text = &*self.text;
        let at = |place: u32| {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            text.get(place..).unwrap_or_default()
        };
        // What follows a word in its line is below any letter, so the shorter of two comes first.
        let below = |key: &str| {
            let order = key.bytes().zip(word.bytes()).find(|(a, b)| a != b);
            order.is_some_and(|(a, b)| a < b)
        };
        let first = self.lines.partition_point(|(_, key)| below(at(*key)));
        let lines = self.lines.get(first..).unwrap_or_default();
        lines
            .iter()
            .filter_map(move |(line, _)| at(*line).lines().next())
            .take_while(move |line| key(line) == word)
            .map(|line| {
                let mut fields = line.split(' ');
                let classes = fields.next().unwrap_or_default();
                (classes, fields.nth(1))
            })
    }
}

fn key(line: &str) -> &str {
    line.split(' ').nth(1).unwrap_or_default()
}

/// The dictionary form of `form`: that of the best of `rules`; but where it is no known word of
/// its class, that of an irregular form, or of the next rule that yields a known word.
pub(crate) fn lemma<'r>(
    form: &str,
    upos: Upos,
    rules: impl Iterator<Item = &'r EditRule>,
    words: &WordList,
) -> String {
    let mut rules = rules;
    let Some(rule) = rules.next() else {
        return form.to_lowercase();
    };
    let first = rule.apply(form);
    let class = match upos {
        Upos::Noun => 'n',
        Upos::Verb => 'v',
        Upos::Adj => 'a',
        Upos::Adv => 'r',
        Upos::Adp
        | Upos::Aux
        | Upos::Cconj
        | Upos::Det
        | Upos::Intj
        | Upos::Num
        | Upos::Part
        | Upos::Pron
        | Upos::Propn
        | Upos::Punct
        | Upos::Sconj
        | Upos::Sym
        | Upos::X => return first,
    };
    let small = form.to_lowercase();
    let first = words.with_long_vowel(without_capital(first, class, words), &small, class);
    let checkable = !first.is_empty() && first.chars().all(char::is_lowercase);
    if words.is_empty() || !checkable || words.knows(&first, class) {
        return first;
    }
    if let Some(lemma) = words.irregular(&small, class) {
        return lemma.to_owned();
    }
    let next = rules
        .take(2)
        .filter(|rule| rule.cut.is_some())
        .map(|rule| rule.apply(form))
        .find(|lemma| words.knows(lemma, class));
    if let Some(next) = next {
        return next;
    }
    let bases = bases(&small, class);
    // A noun that its rule leaves as it is may well end in "s".
    let known = bases.iter().find(|base| words.knows(base, class));
    if let Some(known) = known.filter(|_| class == 'v' || first != small) {
        return known.clone();
    }
    // A noun only loses the mark of its plural: "icefish" is no form of "icefis".
    if class == 'n' && !small.ends_with('s') && small.starts_with(&first) {
        return small;
    }
    // What no rule of grammar makes of the form is the ending of another word: "handave".
    let other = class == 'v' && first != small && !bases.contains(&first);
    match bases.into_iter().next().filter(|_| other) {
        Some(base) => words.with_silent_e(base, &small),
        None => words.with_silent_e(first, &small),
    }
}

/// `lemma` in lower case where only its first letter is a capital and it is a common word: a verb
/// always, a noun if the list knows it.
fn without_capital(lemma: String, class: char, words: &WordList) -> String {
    let mut letters = lemma.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let rest = letters.as_str();
    let capital = capital && !rest.is_empty() && rest.chars().all(char::is_lowercase);
    let small = lemma.to_lowercase();
    let common = class == 'v' || (class == 'n' && words.knows(&small, class));
    if capital && common { small } else { lemma }
}

/// The dictionary forms of class `class` that `form`, in lower case, has by its regular endings, the
/// likeliest first; none if it has no such ending.
fn bases(form: &str, class: char) -> Vec<String> {
    let endings: &[(&str, &[&str])] = match class {
        'v' => &[
            ("ied", &["y"]),
            ("ies", &["y"]),
            ("ed", &["", "e"]),
            ("ing", &["", "e"]),
            ("es", &["e", ""]),
            ("s", &[""]),
        ],
        'n' => &[
            ("men", &["man"]),
            ("ies", &["y"]),
            ("es", &["e", ""]),
            ("s", &[""]),
        ],
        _ => &[],
    };
    let is_vowel = |letter: &char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let ending = endings.iter().find_map(|(ending, added)| {
        let stem = form.strip_suffix(ending)?;
        let spoken = stem.chars().any(|letter| is_vowel(&letter));
        (spoken && stem.len() > 1).then_some((stem, *added, *ending))
    });
    let Some((stem, added, ending)) = ending else {
        return Vec::new();
    };
    let mut found: Vec<String> = added.iter().map(|end| format!("{stem}{end}")).collect();
    // "stopped", "running"
    let mut last = stem.chars().rev();
    if let (Some(one), Some(other)) = (last.next(), last.next())
        && matches!(ending, "ed" | "ing")
        && one == other
        && !is_vowel(&one)
        && let Some(short) = stem.strip_suffix(one)
    {
        found.push(short.to_owned());
    }
    found
}

/// The dictionary form of the infinitive `form`: the form itself, if it is a verb.
pub(crate) fn infinitive(form: &str, words: &WordList) -> Option<String> {
    let small = form.to_lowercase();
    words.knows(&small, 'v').then_some(small)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{EditRule, WordList, infinitive, lemma};
    use crate::text::Upos;

    #[test]
    fn rules_cut_add_and_change_case() {
        let cases = [
            ("tries", "L|3|y", "try"),
            ("Backed", "L|2|", "back"),
            ("n't", "K|A|not", "not"),
            ("HOMS", "T|0|", "Homs"),
            ("us", "U|0|", "US"),
            ("Ünsal", "K|0|", "Ünsal"),
            ("a", "L|3|y", "y"),
        ];
        for (word, rule, wanted) in cases {
            assert_eq!(EditRule::parse(rule).unwrap().apply(word), wanted);
        }
        assert_eq!(EditRule::parse("X|0|"), None);
    }

    #[test]
    fn an_infinitive_is_its_own_dictionary_form() {
        let list = WordList::new(Cow::Borrowed("nv found\nv found find\n"));
        assert_eq!(infinitive("Found", &list).as_deref(), Some("found"));
        assert_eq!(infinitive("zorg", &list), None);
    }

    #[test]
    fn an_unknown_dictionary_form_gives_way_to_a_known_one() {
        let list = WordList::new(Cow::Borrowed(
            "nv back\nv bid\nv felt feel\nv find\nn oarsman\nv rat\nv rate\nnv run\nnv side\nv snub\nn suitcase\n",
        ));
        let rules = |names: &[&str]| -> Vec<EditRule> {
            names
                .iter()
                .map(|name| EditRule::parse(name).unwrap())
                .collect()
        };
        let cases = [
            ("backed", Upos::Verb, &["L|1|", "L|2|"][..], "back"),
            ("felt", Upos::Verb, &["L|0|"], "feel"),
            ("backed", Upos::Propn, &["L|1|", "L|2|"], "backe"),
            ("zorged", Upos::Verb, &["L|2|", "L|1|"], "zorg"),
            ("suitcased", Upos::Verb, &["L|2|"], "suitcase"),
            ("rated", Upos::Verb, &["L|2|"], "rate"),
            ("rating", Upos::Verb, &["L|3|"], "rate"),
            ("sided", Upos::Verb, &["L|2|ave"], "side"),
            ("backed", Upos::Verb, &["L|2|ave"], "back"),
            ("quelled", Upos::Verb, &["L|4|"], "quell"),
            ("snubbed", Upos::Verb, &["L|2|"], "snub"),
            ("Backed", Upos::Verb, &["K|0|"], "back"),
            ("Suitcase", Upos::Noun, &["K|0|"], "suitcase"),
            ("Zork", Upos::Noun, &["K|0|"], "Zork"),
            ("suitcases", Upos::Noun, &["L|2|"], "suitcase"),
            ("zoris", Upos::Noun, &["L|0|"], "zoris"),
            ("zorish", Upos::Noun, &["L|1|"], "zorish"),
            ("oarsmen", Upos::Noun, &["L|1|"], "oarsman"),
        ];
        for (form, upos, names, wanted) in cases {
            let rules = rules(names);
            assert_eq!(lemma(form, upos, rules.iter(), &list), wanted, "{form}");
        }
    }
}
