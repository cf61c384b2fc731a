//! Commands that are questions: "List the companies that were fined."

use std::borrow::Cow;

/// Words that bid to tell, longest first, and without what makes them polite.
const BIDDING: &[&str] = &[
    "give me a list of",
    "show me a list of",
    "make a list of",
    "enumerate",
    "identify",
    "give me",
    "show me",
    "tell me",
    "list",
    "name",
    "show",
    "find",
];
/// What makes a command polite.
const POLITE: &[&str] = &["please", "can you", "could you", "would you"];
/// Words before a noun that do not say which.
const ARTICLES: &[&str] = &["all", "every", "the", "any", "some", "of"];
/// Words for somebody, whoever it is.
const ANYBODY: &[&str] = &[
    "everyone",
    "everybody",
    "anyone",
    "anybody",
    "someone",
    "those",
    "people",
    "persons",
];
/// Words that make what follows a question already.
const ASKING: &[&str] = &[
    "when", "where", "why", "how", "what", "whose", "whom", "out", "if", "whether", "me",
];
/// Words that open a clause about what stands before them.
const OPENING: &[&str] = &["who", "that", "which"];

/// The question that a command is; a question, and what asks for things by a noun alone, as it is.
pub(super) fn asked(text: &str) -> Cow<'_, str> {
    as_question(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn as_question(text: &str) -> Option<String> {
    let bare = POLITE.iter().fold(text.trim(), |text, polite| {
        after(text, polite).unwrap_or(text)
    });
    let mut rest = BIDDING.iter().find_map(|bidding| after(bare, bidding))?;
    while let Some(more) = ARTICLES.iter().find_map(|article| after(rest, article)) {
        rest = more;
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let opening = words.iter().position(|word| is_one_of(OPENING, word))?;
    let (noun, clause) = words.split_at(opening);
    let clause = clause
        .get(1..)
        .filter(|clause| !clause.is_empty())?
        .join(" ");
    let end = clause.trim_end_matches(['.', '!', '?']);
    match noun {
        // "Tell me who was fined" is a question already.
        [] | ["about", ..] => None,
        [only] if is_one_of(ANYBODY, only) => Some(format!("Who {end}?")),
        // "Tell me when the man who …", "Find out who …"
        _ if noun.iter().any(|word| is_one_of(ASKING, word)) => None,
        _ if noun.len() > 4 || noun.iter().any(|word| word.ends_with(',')) => None,
        _ => {
            // "that Ada Brin founded": the parser wants a "did" to see who acts.
            let name = end.starts_with(char::is_uppercase) || after(end, "the").is_some();
            let did = if name { "did " } else { "" };
            Some(format!("Which {} {did}{end}?", noun.join(" ")))
        }
    }
}

/// What stands after `start` and a blank or comma, letters compared without regard to case.
fn after<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(start.len())?;
    let ends = rest.starts_with([' ', ',']);
    (ends && head.eq_ignore_ascii_case(start)).then(|| rest.trim_start_matches([' ', ',']))
}

fn is_one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::asked;

    #[test]
    fn a_command_becomes_a_question() {
        let cases = [
            ("List the firms that were fined.", "Which firms were fined?"),
            ("Please name everyone who was arrested", "Who was arrested?"),
            (
                "give me all towns which the rebels hold",
                "Which towns did the rebels hold?",
            ),
            ("Find people who were hurt", "Who were hurt?"),
            ("List the towns", "List the towns"),
            ("Tell me who built the dam.", "Tell me who built the dam."),
            (
                "Tell me about the dam that burst",
                "Tell me about the dam that burst",
            ),
            ("Who built the dam?", "Who built the dam?"),
            (
                "Tell me when the man who sold the mill left.",
                "Tell me when the man who sold the mill left.",
            ),
            ("Find out who built the dam.", "Find out who built the dam."),
            ("Named", "Named"),
        ];
        for (text, question) in cases {
            assert_eq!(asked(text), question);
        }
    }
}
