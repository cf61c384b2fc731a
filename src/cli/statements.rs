//! Cuts a script into statements, and tells Cypher from English.
//!
//! Statements end with `;` outside of strings, names in backticks and comments. A statement that
//! does not begin with a word of Cypher is read as English, where an apostrophe opens no string,
//! and also ends with a `?` at the end of a line.

use whom::base::Span;

/// Words that a statement in Cypher begins with.
pub(crate) const OPENING_WORDS: &[&str] = &[
    "CALL", "CREATE", "DELETE", "DETACH", "DROP", "EXPLAIN", "FOREACH", "LOAD", "MATCH", "MERGE",
    "OPTIONAL", "PROFILE", "REMOVE", "RETURN", "SET", "SHOW", "UNION", "UNWIND", "USE", "WITH",
];

/// Words that a question, or a command that is one, begins with.
const QUESTION_WORDS: &[&str] = &[
    "WHO", "WHOM", "WHOSE", "WHAT", "WHICH", "WHEN", "WHERE", "WHY", "HOW", "IS", "ARE", "WAS",
    "WERE", "DO", "DOES", "DID", "HAS", "HAVE", "HAD", "CAN", "COULD", "WILL", "WOULD", "SHOULD",
    "LIST", "NAME", "TELL", "GIVE", "FIND", "IDENTIFY", "PLEASE",
];

/// What a statement is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// openCypher.
    Cypher,
    /// A question in English.
    English,
}

/// One statement of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Statement {
    /// Where it stands, without the blanks around it and the mark at its end.
    pub(crate) span: Span,
    /// What it is written in.
    pub(crate) language: Language,
    /// Whether its end is marked by `;` or `?`.
    pub(crate) ended: bool,
    /// Whether it breaks off inside a string, a comment or a bracket.
    pub(crate) open: bool,
}

/// All statements of `script`, in order; empty ones and comments are left out.
pub(crate) fn statements(script: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(statement) = next_statement(script, &mut at) {
        found.push(statement);
    }
    found
}

/// The questions of `text`, which may hold several: "Where did they meet? When did they?"
pub(crate) fn questions(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    // Within quotation marks a question is what somebody said.
    while let Some(at) = rest.find("? ").filter(|at| {
        let before = rest.get(..*at).unwrap_or_default();
        before.matches('"').count() % 2 == 0
            && before.matches('“').count() == before.matches('”').count()
    }) {
        let (question, tail) = rest.split_at_checked(at + 1).unwrap_or((rest, ""));
        found.push(question);
        rest = tail.trim_start();
    }
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

fn rest(script: &str, at: usize) -> &str {
    script.get(at..).unwrap_or_default()
}

/// The first byte of the next statement: after blanks, comments and stray semicolons.
fn beginning(script: &str, mut at: usize) -> usize {
    loop {
        let text = rest(script, at);
        let trimmed =
            text.trim_start_matches(|c: char| c.is_whitespace() || c == ';' || c == '\u{feff}');
        at += text.len() - trimmed.len();
        match comment(trimmed) {
            Comment::Ends(length) => at += length,
            Comment::Open => at += trimmed.len(),
            Comment::None => return at,
        }
    }
}

/// The comment that a text begins with.
enum Comment {
    /// There is none.
    None,
    /// So many bytes.
    Ends(usize),
    /// It goes on to the end of the text.
    Open,
}

fn comment(text: &str) -> Comment {
    if text.starts_with("//") {
        return Comment::Ends(text.find('\n').map_or(text.len(), |end| end + 1));
    }
    match text.strip_prefix("/*").map(|inside| inside.find("*/")) {
        Some(Some(end)) => Comment::Ends(end + 4),
        Some(None) => Comment::Open,
        None => Comment::None,
    }
}

fn next_statement(script: &str, at: &mut usize) -> Option<Statement> {
    let start = beginning(script, *at);
    let text = rest(script, start);
    if text.is_empty() {
        *at = script.len();
        return None;
    }
    let reading = if begins_in_english(text) {
        read_english(text)
    } else {
        read_cypher(text)
    };
    *at = start + reading.next;
    let content = text.get(..reading.end).unwrap_or_default().trim_end();
    let span = Span::new(start, start + content.len());
    Some(Statement {
        span,
        language: language(content),
        ended: reading.ended,
        open: reading.open,
    })
}

/// What `statement` is written in.
pub(crate) fn language(statement: &str) -> Language {
    let statement = statement.trim();
    let english = begins_in_english(statement)
        && (statement.ends_with('?') || first_words(statement).0.is_some_and(is_question_word));
    if english {
        Language::English
    } else {
        Language::Cypher
    }
}

fn is_question_word(word: &str) -> bool {
    QUESTION_WORDS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(word))
}

fn first_words(text: &str) -> (Option<&str>, Option<&str>) {
    let mut words = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty());
    (words.next(), words.next())
}

fn begins_in_english(text: &str) -> bool {
    if !text.starts_with(char::is_alphabetic) {
        return text.starts_with(['"', '“', '\'']);
    }
    let (first, second) = first_words(text);
    let Some(first) = first else {
        return false;
    };
    let opens = OPENING_WORDS
        .iter()
        .any(|word| word.eq_ignore_ascii_case(first));
    // "With whom did the minister meet?"
    let asks = first.eq_ignore_ascii_case("with")
        && second.is_some_and(|word| {
            ["whom", "which", "what", "whose"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(word))
        });
    !opens || asks
}

/// How far a statement goes, in bytes from its beginning.
struct Reading {
    /// The byte after its content.
    end: usize,
    /// Where the next one may begin.
    next: usize,
    ended: bool,
    open: bool,
}

impl Reading {
    /// A statement that ends with the text, in the middle of something.
    fn broken_off(text: &str) -> Self {
        Self {
            end: text.len(),
            next: text.len(),
            ended: false,
            open: true,
        }
    }
}

fn read_english(text: &str) -> Reading {
    for (index, character) in text.char_indices() {
        let after = index + character.len_utf8();
        match character {
            ';' => {
                return Reading {
                    end: index,
                    next: after,
                    ended: true,
                    open: false,
                };
            }
            '?' => {
                let follows = rest(text, after);
                let line = follows.lines().next().unwrap_or_default();
                let mark = line.trim_start();
                if mark.is_empty() || mark.starts_with("//") || mark.starts_with("/*") {
                    return Reading {
                        end: after,
                        next: after,
                        ended: true,
                        open: false,
                    };
                }
            }
            _ => {}
        }
    }
    Reading {
        end: text.len(),
        next: text.len(),
        ended: false,
        open: false,
    }
}

fn read_cypher(text: &str) -> Reading {
    let mut depth: usize = 0;
    let mut at = 0;
    while let Some(character) = rest(text, at).chars().next() {
        let here = rest(text, at);
        match comment(here) {
            Comment::Ends(length) => {
                at += length;
                continue;
            }
            Comment::Open => return Reading::broken_off(text),
            Comment::None => {}
        }
        match character {
            '\'' | '"' | '`' => {
                let Some(length) = quoted_length(here, character) else {
                    return Reading::broken_off(text);
                };
                at += length;
                continue;
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ';' => {
                return Reading {
                    end: at,
                    next: at + 1,
                    ended: true,
                    open: false,
                };
            }
            _ => {}
        }
        at += character.len_utf8();
    }
    Reading {
        end: text.len(),
        next: text.len(),
        ended: false,
        open: depth > 0,
    }
}

/// The length of the quoted stretch that `text` begins with, its quotes counted.
fn quoted_length(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (index, character) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' && quote != '`' {
            escaped = true;
        } else if character == quote {
            return Some(index + quote.len_utf8());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Language, language, questions, statements};

    fn check(script: &str, expected: &[&str]) {
        let found: Vec<&str> = statements(script)
            .iter()
            .map(|statement| statement.span.of(script))
            .collect();
        assert_eq!(found, expected, "{script}");
    }

    #[test]
    fn a_script_is_cut_at_semicolons_that_count() {
        check("RETURN 1; RETURN 2", &["RETURN 1", "RETURN 2"]);
        check(
            "RETURN ';' ;\n;; RETURN \"\\\";\"",
            &["RETURN ';'", "RETURN \"\\\";\""],
        );
        check(
            "// a; b\nRETURN 1 /* ; */ + 2 // ;\n;",
            &["RETURN 1 /* ; */ + 2 // ;"],
        );
        check("MATCH (`a;b`) RETURN 1;", &["MATCH (`a;b`) RETURN 1"]);
        check("/* only a comment */", &[]);
        check("/* without end", &[]);
        check("", &[]);
    }

    #[test]
    fn a_question_ends_with_its_mark_or_a_semicolon() {
        check(
            "Who backs Syria's army?\nRETURN 1;",
            &["Who backs Syria's army?", "RETURN 1"],
        );
        check("Who won? ; RETURN 1", &["Who won?", "RETURN 1"]);
        check("Who won?; RETURN 1", &["Who won?", "RETURN 1"]);
    }

    #[test]
    fn english_is_told_from_cypher() {
        let cases = [
            ("Who backs the regime?", Language::English),
            ("who backs the regime", Language::English),
            ("In which town did it happen?", Language::English),
            ("With whom did he meet?", Language::English),
            ("List the firms that were fined", Language::English),
            ("please show me the towns", Language::English),
            ("WITH 1 AS x RETURN x", Language::Cypher),
            ("MATCH (n) RETURN n", Language::Cypher),
            ("MTACH (n) RETURN n", Language::Cypher),
            ("RETURN 'who?'", Language::Cypher),
        ];
        for (statement, expected) in cases {
            assert_eq!(language(statement), expected, "{statement}");
        }
    }

    #[test]
    fn several_questions_are_told_apart() {
        let cases: [(&str, &[&str]); 4] = [
            ("Who? ", &["Who?"]),
            (
                "Where did they meet? When did they?",
                &["Where did they meet?", "When did they?"],
            ),
            ("Who said \"who? me\"?", &["Who said \"who? me\"?"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(questions(text), expected, "{text}");
        }
    }

    #[test]
    fn an_unfinished_statement_is_open() {
        let cases = [
            ("MATCH (n", true),
            ("RETURN 'a", true),
            ("RETURN [1, 2]", false),
            ("RETURN 1 /* x", true),
        ];
        for (script, open) in cases {
            assert_eq!(statements(script)[0].open, open, "{script}");
        }
    }
}
