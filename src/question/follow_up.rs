//! Questions that lean on the one before: "Where did the regime launch an operation? When did it?"
//!
//! What is left out word for word is supplied: the new question word takes the place of the old
//! one. A pronoun that nothing in its question explains is the only name of the question before;
//! without one there is no answer, as any would be a guess.

use super::words;

/// Question words that can take the place of one another.
const ASKING: &[&str] = &["when", "where", "why", "how", "who", "whom", "what"];

/// Verbs that stand for the whole predicate.
const STANDING_IN: &[&str] = &[
    "did", "does", "do", "was", "were", "is", "are", "has", "have", "had", "will", "would", "can",
    "could",
];

/// Words that stand for what the question before was about.
const POINTING: &[&str] = &["it", "he", "she", "they", "this", "that", "these", "those"];

/// Pronouns for who or what was named before; whether they say whose something is.
const PRONOUNS: &[(&str, bool)] = &[
    ("he", false),
    ("she", false),
    ("it", false),
    ("they", false),
    ("him", false),
    ("them", false),
    ("his", true),
    ("her", true),
    ("their", true),
    ("its", true),
];

/// Words before a noun, which then explains a pronoun.
const DETERMINERS: &[&str] = &[
    "the", "a", "an", "which", "whose", "this", "that", "these", "those", "many", "every", "no",
    "any", "some",
];

/// What "it" only opens: "Is it true that …", "How long did it take to …"
const OPENED: &[&str] = &[
    "true", "known", "possible", "likely", "clear", "certain", "that", "take", "cost", "mean",
];

/// `question` with what it leaves out supplied from `previous`; `None` if it leaves out nothing,
/// or if `previous` has no place for its question word.
pub fn follow_up(question: &str, previous: &str) -> Option<String> {
    elliptical(question).map_or_else(
        || named(question, previous),
        |asked| asked_again(&asked, previous),
    )
}

/// The question before with another question word.
fn asked_again(asked: &str, previous: &str) -> Option<String> {
    let (first, rest) = previous.trim().split_once(' ')?;
    let is_one_of =
        |list: &[&str], word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let second = rest.split_whitespace().next()?;
    if !is_one_of(ASKING, first) || !is_one_of(STANDING_IN, second) {
        return None;
    }
    let mut word = asked.chars();
    let capital: String = word.next()?.to_uppercase().chain(word).collect();
    Some(format!("{capital} {rest}"))
}

/// Whether `question` says nothing of its own: it can be answered only after another one.
pub(super) fn leans_on_another(question: &str) -> bool {
    elliptical(question).is_some() || unexplained(question).is_some()
}

/// `question` with the only name of `previous` in place of a pronoun that nothing explains.
fn named(question: &str, previous: &str) -> Option<String> {
    let (at, whose) = unexplained(question)?;
    let name = only_name(previous)?;
    let words = question
        .split_whitespace()
        .enumerate()
        .map(|(index, word)| {
            if index == at {
                let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
                let marks = word.strip_prefix(bare).unwrap_or_default();
                let ending = if whose { "'s" } else { "" };
                format!("{name}{ending}{marks}")
            } else {
                word.to_owned()
            }
        });
    Some(words.collect::<Vec<_>>().join(" "))
}

/// The name in a question that has but one.
fn only_name(question: &str) -> Option<String> {
    let mut names: Vec<Vec<&str>> = Vec::new();
    let mut open = false;
    for chunk in question.split_whitespace().skip(1) {
        let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        let word = bare
            .strip_suffix("'s")
            .or_else(|| bare.strip_suffix("’s"))
            .unwrap_or(bare);
        let capital = word.starts_with(char::is_uppercase);
        match names.last_mut() {
            Some(name) if capital && open => name.push(word),
            _ if capital => names.push(vec![word]),
            _ => {}
        }
        open = capital && word.len() == bare.len() && chunk.ends_with(bare);
    }
    match names.as_slice() {
        [only] => Some(only.join(" ")),
        _ => None,
    }
}

/// The place of a pronoun that nothing in the question explains, and whether it says whose.
fn unexplained(question: &str) -> Option<(usize, bool)> {
    let chunks: Vec<&str> = question.split_whitespace().collect();
    let words: Vec<String> = chunks
        .iter()
        .map(|chunk| {
            let word = chunk.trim_matches(|c: char| !c.is_alphanumeric());
            // "IT" is no pronoun.
            let word = if word == "IT" {
                word.to_owned()
            } else {
                word.to_lowercase()
            };
            word.strip_suffix("'s").unwrap_or(&word).to_owned()
        })
        .collect();
    let (at, whose) = words.iter().enumerate().find_map(|(at, word)| {
        let known = PRONOUNS.iter().find(|(pronoun, _)| pronoun == word);
        known.map(|(_, whose)| (at, *whose))
    })?;
    let (before, after) = (words.get(..at)?, words.get(at + 1..)?);
    let is = |word: &String, list: &[&str]| list.contains(&word.as_str());
    // "Who saw her?" has nothing that would be hers.
    let whose = whose
        && after
            .first()
            .is_some_and(|next| !is(next, ASKING) && next.len() > 2);
    let explained = before
        .iter()
        .zip(&chunks)
        .enumerate()
        .any(|(index, (word, chunk))| {
            let asks = is(word, ASKING) || is(word, STANDING_IN) || word.len() <= 2;
            let noun = index > 0
                && words
                    .get(index - 1)
                    .is_some_and(|before| is(before, DETERMINERS));
            let name = index > 0 && chunk.starts_with(char::is_uppercase);
            let verb = words::is_known(&words::base_form(word));
            name || !asks && (noun || !verb && !words::is_stop(word))
        });
    let it = words.get(at).is_some_and(|word| word == "it");
    let opens = it
        && after.first().is_some_and(|next| is(next, OPENED))
        && after.get(1).is_none_or(|word| word != "place");
    // "Was it in May that the dam burst?"
    let was = before
        .last()
        .is_some_and(|word| matches!(word.as_str(), "is" | "was"));
    let opens = opens
        || it
            && was
            && after
                .iter()
                .any(|word| matches!(word.as_str(), "that" | "who" | "which"));
    // "Who said he was ill?", "Who lost his job?"
    let by_who = before
        .first()
        .is_some_and(|word| matches!(word.as_str(), "who" | "whom"))
        && before
            .iter()
            .skip(1)
            .any(|word| !is(word, STANDING_IN) && word.len() > 2)
        && !words
            .get(at)
            .is_some_and(|word| is(word, &["him", "them", "it"]));
    // "After he resigned, what did Ada Brin open?"
    let comma = chunks
        .iter()
        .skip(at)
        .position(|chunk| chunk.ends_with(','));
    let later = comma.is_some_and(|comma| {
        let mut rest = chunks.iter().skip(at + comma + 1);
        rest.any(|chunk| chunk.starts_with(char::is_uppercase))
    });
    (!opens && !explained && !by_who && !later).then_some((at, whose))
}

/// The question word of a question that has little else.
fn elliptical(question: &str) -> Option<String> {
    let lowered = question
        .trim()
        .trim_end_matches(['?', '!', '.', ' '])
        .to_lowercase();
    let mut words = lowered.split_whitespace().peekable();
    while words
        .peek()
        .is_some_and(|word| ["and", "but", "so"].contains(word))
    {
        words.next();
    }
    let asked = words.next().filter(|word| ASKING.contains(word))?;
    let rest: Vec<&str> = words.collect();
    let leaves_out = match rest.as_slice() {
        [] => true,
        [verb, pointer] => STANDING_IN.contains(verb) && POINTING.contains(pointer),
        [verb, pointer, last] => {
            STANDING_IN.contains(verb)
                && POINTING.contains(pointer)
                && ["happen", "so", "do", "that"].contains(last)
        }
        _ => false,
    };
    leaves_out.then(|| asked.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{follow_up, leans_on_another};

    #[test]
    fn what_is_left_out_is_supplied() {
        let before = "Where did the council open a bridge?";
        let cases = [
            ("When did it?", Some("When did the council open a bridge?")),
            ("And why?", Some("Why did the council open a bridge?")),
            (
                "When did that happen?",
                Some("When did the council open a bridge?"),
            ),
            ("When did the council meet?", None),
            ("When did it sell the mill?", None),
            ("It did?", None),
            ("", None),
        ];
        for (question, expected) in cases {
            assert_eq!(
                follow_up(question, before).as_deref(),
                expected,
                "{question}"
            );
        }
        assert_eq!(follow_up("When did it?", "Who opened a bridge?"), None);
        let before = "Where does Ada Brin's sister live?";
        let cases = [
            ("What did she say?", Some("What did Ada Brin say?")),
            ("Who is his lawyer?", Some("Who is Ada Brin's lawyer?")),
            ("Did Marek Dolan see her?", None),
            ("Who said he was ill?", None),
            ("Is it true that the dam burst?", None),
        ];
        for (question, expected) in cases {
            assert_eq!(
                follow_up(question, before).as_deref(),
                expected,
                "{question}"
            );
        }
        assert_eq!(follow_up("Did he resign?", "Did Brin meet Dolan?"), None);
    }

    #[test]
    fn a_pronoun_that_nothing_explains_is_not_guessed_at() {
        for question in [
            "Did he resign?",
            "Who is his lawyer?",
            "Who accused Ada of it? And him?",
        ] {
            assert_eq!(
                leans_on_another(question),
                !question.contains("Ada"),
                "{question}"
            );
        }
        for question in [
            "When did the council say it would meet?",
            "Which firm sold its mill?",
            "Who lost his job?",
            "How long did it take to build the dam?",
            "Did Ada Brin say that she had resigned?",
            "did ada brin say that she had resigned",
            "Which IT firm bought the mill?",
            "When did workers lose their jobs in Oslo?",
            "What do farmers say about their losses in Norland?",
            "After she resigned, what did Ada Brin open?",
            "Was it in May that the dam burst?",
        ] {
            assert!(!leans_on_another(question), "{question}");
        }
        assert!(leans_on_another("Where did it take place?"));
        assert!(leans_on_another("What killed him?") && leans_on_another("Who accused him?"));
    }
}
