//! Plain text.

use super::Page;

/// A longer first line is no title.
const LONGEST_TITLE_CHARACTERS: usize = 160;

/// A plain text is its own text; its first line is its title if it looks like one.
pub(in crate::ingest) fn plain(text: String) -> Page {
    Page {
        title: title(&text),
        published: None,
        text,
    }
}

/// The first line if it is short, does not end like a sentence, and an empty line parts it from
/// what follows.
fn title(text: &str) -> Option<String> {
    let text = text.trim_start();
    let (first, rest) = text.split_once('\n')?;
    let first = first.trim();
    let parted = rest
        .split_once('\n')
        .is_some_and(|(second, _)| second.trim().is_empty());
    let short = first.chars().count() <= LONGEST_TITLE_CHARACTERS;
    let ends_like_sentence = first.ends_with(['.', ':', ';', ',', '”', '"']);
    let words = first.chars().any(char::is_alphabetic) && !rest.trim().is_empty();
    (parted && short && !ends_like_sentence && words).then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_first_line_that_stands_apart_is_the_title() {
        let cases = [
            (
                "Bridge reopens\n\nThe bridge is open.",
                Some("Bridge reopens"),
            ),
            ("Bridge reopens\r\n\r\nIt is open.", Some("Bridge reopens")),
            ("The bridge is open.\n\nIt was closed.", None),
            ("Bridge reopens\nThe bridge is open.", None),
            ("Bridge reopens", None),
            ("", None),
        ];
        for (text, title) in cases {
            assert_eq!(plain(text.to_owned()).title.as_deref(), title, "{text:?}");
        }
    }
}
