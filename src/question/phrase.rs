//! A noun phrase of a question by its words alone, without a tree.

use super::frame::Phrase;
use super::words;

/// Takes a noun phrase apart by its words alone: what it is, and what it is of. "Malaysia's Prime
/// Minister" and "the Prime Minister of Malaysia" are the role "Prime Minister" of "Malaysia".
pub(super) fn parts(text: &str) -> Phrase {
    let text = text.trim().trim_matches(['"', '“', '”', ',']);
    let bare = without_article(text);
    let mut phrase = Phrase {
        text: bare.to_owned(),
        words: words::content(bare),
        role: bare.to_owned(),
        ..Phrase::default()
    };
    phrase.empty = phrase.words.is_empty();
    let (mut left, mut right) = (None, None);
    let lower = bare.to_lowercase();
    let first_of = [
        " of ", " for ", " to ", " at ", " in ", " from ", " behind ", " on ",
    ]
    .iter()
    .filter_map(|word| lower.find(word).map(|at| (at, word.len())))
    .min();
    let possessive = ["'s ", "’s ", "s' ", "s’ "]
        .iter()
        .filter_map(|mark| bare.find(mark).map(|at| (at, *mark)))
        .min();
    match (possessive, first_of) {
        (Some((at, mark)), of) if of.is_none_or(|(of, _)| at < of) => {
            let owner_end = if mark.starts_with('s') { at + 1 } else { at };
            left = bare.get(at + mark.len()..);
            right = bare.get(..owner_end);
        }
        (_, Some((at, length))) if lower.len() == bare.len() => {
            left = bare.get(..at);
            right = bare.get(at + length..);
        }
        _ => {}
    }
    if let (Some(role), Some(of)) = (left, right) {
        role.trim().clone_into(&mut phrase.role);
        phrase.of = Some(Box::new(parts(of)));
    }
    phrase.name = apposed(bare).map(words::content).unwrap_or_default();
    let head = words::words(&phrase.role).pop().unwrap_or_default();
    phrase.head = words::stem(&head);
    phrase.proper =
        phrase.role.rsplit(' ').next().is_some_and(is_capital) || !phrase.name.is_empty();
    phrase
}

/// Whether a word begins with a capital, be it after a particle: "al-Tamimi".
fn is_capital(word: &str) -> bool {
    let particle = word.split_once('-').filter(|(first, _)| first.len() <= 3);
    word.starts_with(char::is_uppercase)
        || particle.is_some_and(|(_, rest)| rest.starts_with(char::is_uppercase))
}

/// The name that follows a description: of "the newspaper The Courier" it is "The Courier".
fn apposed(text: &str) -> Option<&str> {
    let mut at = 0;
    for (index, word) in text.split(' ').enumerate() {
        let capital = word.starts_with(|c: char| c.is_uppercase() || matches!(c, '#' | '@'));
        if capital && index > 0 {
            return text.get(at..);
        }
        let plain = word.chars().all(|c| c.is_lowercase() || c == '-');
        if capital || !plain || index >= 4 || words::is_stop(word) {
            return None;
        }
        at += word.len() + 1;
    }
    None
}

/// `text` without a leading article or the like.
pub(super) fn without_article(text: &str) -> &str {
    for article in ["the ", "a ", "an ", "any ", "some ", "all "] {
        if let Some((head, rest)) = text.split_at_checked(article.len())
            && head.eq_ignore_ascii_case(article)
        {
            return rest.trim_start();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_description_falls_into_what_and_of_what() {
        let cases = [
            ("Malaysia's Prime Minister", "Prime Minister", "Malaysia"),
            ("the spokesman for the army", "spokesman", "army"),
            (
                "the chairman of the project's panel",
                "chairman",
                "project's panel",
            ),
            ("the girls' coach", "coach", "girls"),
        ];
        for (text, role, of) in cases {
            let phrase = parts(text);
            assert_eq!(phrase.role, role, "{text}");
            assert_eq!(phrase.of.map(|of| of.text).as_deref(), Some(of), "{text}");
        }
        assert_eq!(parts("Ana Rivera").of, None);
        assert_eq!(parts("the book Rain for Good").name, ["rain", "good"]);
        assert!(parts("the mayor of Lindow").name.is_empty());
        assert!(parts("Rain for Good").name.is_empty());
    }
}
