//! Questions that lean on the one before: "Where did the regime launch an operation? When did it?"
//!
//! Only what is left out word for word is supplied: the new question word takes the place of the
//! old one. A question that says more than its question word and a pronoun stands for itself.

/// Question words that can take the place of one another.
const ASKING: &[&str] = &["when", "where", "why", "how", "who", "whom", "what"];

/// Verbs that stand for the whole predicate.
const STANDING_IN: &[&str] = &[
    "did", "does", "do", "was", "were", "is", "are", "has", "have", "had", "will", "would", "can",
    "could",
];

/// Words that stand for what the question before was about.
const POINTING: &[&str] = &["it", "he", "she", "they", "this", "that", "these", "those"];

/// `question` with what it leaves out supplied from `previous`; `None` if it leaves out nothing,
/// or if `previous` has no place for its question word.
pub fn follow_up(question: &str, previous: &str) -> Option<String> {
    let asked = elliptical(question)?;
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
    elliptical(question).is_some()
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
    use super::follow_up;

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
    }
}
