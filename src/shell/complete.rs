//! What a word begun can become: keywords, labels, types, properties, functions, names, commands.

use whom::Completions;

use super::command::{COMMANDS, ENTITY_COMMANDS};
use crate::cli::statements::{Language, OPENING_WORDS, language};

/// Words of Cypher that do not open a statement.
const INNER_WORDS: &[&str] = &[
    "ALL",
    "AND",
    "ANY",
    "AS",
    "ASC",
    "BY",
    "CASE",
    "CONTAINS",
    "DESC",
    "DISTINCT",
    "ELSE",
    "END",
    "ENDS WITH",
    "EXISTS",
    "FALSE",
    "IN",
    "IS NOT NULL",
    "IS NULL",
    "LIMIT",
    "NONE",
    "NOT",
    "NULL",
    "ON CREATE SET",
    "ON MATCH SET",
    "OR",
    "ORDER BY",
    "SINGLE",
    "SKIP",
    "STARTS WITH",
    "THEN",
    "TRUE",
    "WHEN",
    "WHERE",
    "XOR",
    "YIELD",
];

/// Words that English questions begin with.
const QUESTION_WORDS: &[&str] = &[
    "Who",
    "Whom",
    "What",
    "Which",
    "When",
    "Where",
    "How",
    "How is",
    "Who said that",
];

/// The most candidates worth listing.
const MOST: usize = 200;

/// Where the word begins that ends at `position`, and what it can become.
pub(crate) fn complete(line: &str, position: usize, known: &Completions) -> (usize, Vec<String>) {
    let before = line.get(..position).unwrap_or(line);
    if before.trim_start().starts_with(':') {
        return command(before, known);
    }
    let (start, mut found) = match place(before) {
        Place::Label(start) => (start, names(before, start, &known.labels, Quoting::Name)),
        Place::Type(start) => (start, names(before, start, &known.types, Quoting::Name)),
        Place::Key(start) => (start, names(before, start, &known.keys, Quoting::Name)),
        Place::Procedure(start) => (start, procedures(before, start, known)),
        Place::Text(start, quote) => {
            let quoting = Quoting::Text(quote);
            (start, names(before, start, &known.names, quoting))
        }
        Place::English(start) => (start, names(before, start, &known.names, Quoting::None)),
        Place::Word(start) => (start, words(before, start, known)),
    };
    found.truncate(MOST);
    (start, found)
}

/// What the word under the cursor is, and where it begins.
enum Place {
    /// After a colon in round brackets.
    Label(usize),
    /// After a colon or a bar in square brackets.
    Type(usize),
    /// After a point, or at the head of a map's entry.
    Key(usize),
    /// After CALL.
    Procedure(usize),
    /// In a string, opened by this quote.
    Text(usize, char),
    /// In a question, beyond its first word.
    English(usize),
    /// Anywhere else.
    Word(usize),
}

fn place(before: &str) -> Place {
    let blank = before.rfind(' ').map(|blank| blank + 1);
    if let (Language::English, Some(start)) = (language(before), blank) {
        return Place::English(start);
    }
    let (open, quote) = open_marks(before);
    if let Some((mark, start)) = quote {
        return Place::Text(start, mark);
    }
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let dotted = start_of(before, |character| is_name(character) || character == '.');
    let lead = before.get(..dotted).unwrap_or_default();
    let word_before = lead.split_whitespace().next_back().unwrap_or_default();
    if word_before.eq_ignore_ascii_case("call") && lead.ends_with(char::is_whitespace) {
        return Place::Procedure(dotted);
    }
    let start = start_of(before, is_name);
    let lead = before.get(..start).unwrap_or_default();
    let mark = lead.chars().next_back();
    let last = lead.trim_end().chars().next_back();
    match (open, mark, last) {
        (Some('['), Some(':' | '|'), _) => Place::Type(start),
        (Some('('), Some(':'), _) => Place::Label(start),
        (_, Some('.'), _) | (Some('{'), _, Some('{' | ',')) => Place::Key(start),
        _ => Place::Word(start),
    }
}

/// Where the characters at the end of `text` begin that belong to a word.
fn start_of(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    let word = text.char_indices().rev();
    word.take_while(|(_, character)| belongs(*character))
        .last()
        .map_or(text.len(), |(index, _)| index)
}

/// The innermost open bracket, and the open quote with the byte after it.
fn open_marks(before: &str) -> (Option<char>, Option<(char, usize)>) {
    let mut open: Vec<char> = Vec::new();
    let mut quote: Option<(char, usize)> = None;
    let mut escaped = false;
    for (index, character) in before.char_indices() {
        if let Some((mark, _)) = quote {
            if escaped {
                escaped = false;
            } else if character == '\\' && mark != '`' {
                escaped = true;
            } else if character == mark {
                quote = None;
            }
            continue;
        }
        match character {
            '\'' | '"' | '`' => quote = Some((character, index + 1)),
            '(' | '[' | '{' => open.push(character),
            ')' | ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    (open.last().copied(), quote)
}

#[derive(Clone, Copy)]
enum Quoting {
    /// A name of the query language: in backticks where it needs them.
    Name,
    /// Within a string of this quote, or within backticks.
    Text(char),
    /// As it is.
    None,
}

fn names(before: &str, start: usize, known: &[String], quoting: Quoting) -> Vec<String> {
    let begun = before.get(start..).unwrap_or_default();
    let mut found: Vec<&String> = known.iter().filter(|name| begins(name, begun)).collect();
    // Nothing begins so: a word inside of a name may.
    if found.is_empty() && begun.len() > 1 {
        found = known
            .iter()
            .filter(|name| name.split(' ').any(|word| begins(word, begun)))
            .collect();
    }
    found
        .into_iter()
        .map(|name| match quoting {
            Quoting::Name => in_backticks(name),
            Quoting::Text(quote) => escaped(name, quote),
            Quoting::None => name.clone(),
        })
        .collect()
}

fn begins(name: &str, begun: &str) -> bool {
    let mut name = name.chars().flat_map(char::to_lowercase);
    begun
        .chars()
        .flat_map(char::to_lowercase)
        .all(|wanted| name.next() == Some(wanted))
}

fn in_backticks(name: &str) -> String {
    let plain = name
        .chars()
        .enumerate()
        .all(|(at, c)| c == '_' || c.is_alphabetic() || (at > 0 && c.is_alphanumeric()));
    if plain && !name.is_empty() {
        name.to_owned()
    } else {
        format!("`{}`", name.replace('`', "``"))
    }
}

fn escaped(name: &str, quote: char) -> String {
    if quote == '`' {
        return name.replace('`', "``");
    }
    let mut text = String::new();
    for character in name.chars() {
        if character == quote || character == '\\' {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

fn procedures(before: &str, start: usize, known: &Completions) -> Vec<String> {
    let begun = before.get(start..).unwrap_or_default();
    let fits =
        |name: &&String| begins(name, begun) || name.split('.').any(|part| begins(part, begun));
    let found = known.procedures.iter().filter(fits);
    found.map(|name| format!("{name}(")).collect()
}

fn words(before: &str, start: usize, known: &Completions) -> Vec<String> {
    let begun = before.get(start..).unwrap_or_default();
    let lead = before.get(..start).unwrap_or_default();
    let first = lead.trim().is_empty();
    if begun.is_empty() && !first {
        return Vec::new();
    }
    let mut found: Vec<String> = Vec::new();
    let lower = begun.starts_with(char::is_lowercase);
    let mut add_keywords = |keywords: &[&str]| {
        for keyword in keywords.iter().filter(|word| begins(word, begun)) {
            found.push(if lower {
                keyword.to_lowercase()
            } else {
                (*keyword).to_owned()
            });
        }
    };
    add_keywords(OPENING_WORDS);
    if first {
        let questions = QUESTION_WORDS.iter().filter(|word| begins(word, begun));
        found.extend(questions.map(|word| (*word).to_owned()));
    } else {
        add_keywords(INNER_WORDS);
        found.extend(variables(lead, begun));
        let functions = known.functions.iter().filter(|name| begins(name, begun));
        found.extend(functions.map(|name| format!("{name}(")));
    }
    found.sort();
    found.dedup();
    found
}

/// Names that the statement has introduced, as far as one can tell without parsing it.
fn variables(lead: &str, begun: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (index, _) in lead.match_indices(['(', '[']) {
        let rest = lead.get(index + 1..).unwrap_or_default();
        let name: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        let starts_well = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if starts_well && begins(&name, begun) && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn command(before: &str, known: &Completions) -> (usize, Vec<String>) {
    let start = before.find(':').unwrap_or(0);
    let begun = before.get(start..).unwrap_or_default();
    if let Some((name, rest)) = begun.split_once(' ') {
        let offset = before.len() - rest.len();
        if ENTITY_COMMANDS.contains(&name) {
            return entities(before, offset, known);
        }
        let choices = COMMANDS
            .iter()
            .find(|command| command.name == name)
            .map_or(&[][..], |command| command.choices);
        let found = choices
            .iter()
            .filter(|choice| begins(choice, rest))
            .map(|choice| (*choice).to_owned())
            .collect();
        return (offset, found);
    }
    let found = COMMANDS
        .iter()
        .filter(|command| begins(command.name, begun))
        .map(|command| command.name.to_owned())
        .collect();
    (start, found)
}

/// Names of entities, in quotation marks where they have several words.
fn entities(before: &str, offset: usize, known: &Completions) -> (usize, Vec<String>) {
    let rest = before.get(offset..).unwrap_or_default();
    // Only at the head of a word does a mark quote: "O'Neill" is a name.
    let mut quote: Option<(char, usize)> = None;
    let mut previous = ' ';
    for (at, letter) in rest.char_indices() {
        match quote {
            Some((mark, _)) if letter == mark => quote = None,
            None if previous.is_whitespace() && matches!(letter, '"' | '\'' | '`') => {
                quote = Some((letter, at + 1));
            }
            Some(_) | None => {}
        }
        previous = letter;
    }
    if let Some((_, start)) = quote {
        let start = offset + start;
        return (start, names(before, start, &known.names, Quoting::None));
    }
    let start = offset + rest.rfind(' ').map_or(0, |blank| blank + 1);
    let found = names(before, start, &known.names, Quoting::None)
        .into_iter()
        .map(|name| {
            if name.contains(char::is_whitespace) {
                format!("\"{name}\"")
            } else {
                name
            }
        })
        .collect();
    (start, found)
}

#[cfg(test)]
mod tests {
    use whom::Completions;

    use super::complete;

    fn known() -> Completions {
        Completions {
            labels: vec!["Person".to_owned(), "Place".to_owned()],
            types: vec!["BACK".to_owned(), "LAUNCH_IN".to_owned()],
            keys: vec!["name".to_owned(), "odd key".to_owned()],
            names: vec!["O'Neill".to_owned(), "Syrian regime".to_owned()],
            functions: vec!["count".to_owned(), "collect".to_owned()],
            procedures: vec!["db.labels".to_owned(), "graph.degree".to_owned()],
        }
    }

    #[test]
    fn a_word_is_completed_by_its_place() {
        let cases: [(&str, usize, &[&str]); 15] = [
            ("CALL ", 5, &["db.labels(", "graph.degree("]),
            ("call graph.de", 5, &["graph.degree("]),
            ("CALL deg", 5, &["graph.degree("]),
            ("MATCH (p:Pe", 9, &["Person"]),
            ("MATCH (p:", 9, &["Person", "Place"]),
            ("MATCH (p)-[r:BACK|LA", 18, &["LAUNCH_IN"]),
            ("MATCH (p) RETURN p.na", 19, &["name"]),
            ("MATCH (p {o", 10, &["`odd key`"]),
            ("MATCH (p {name: 'sy", 17, &["Syrian regime"]),
            ("MATCH (p {name: 'o", 17, &["O\\'Neill"]),
            ("MAT", 0, &["MATCH"]),
            ("mat", 0, &["match"]),
            ("RETURN coll", 7, &["collect("]),
            ("MATCH (person) RETURN per", 22, &["person"]),
            ("Who backs the reg", 14, &["Syrian regime"]),
        ];
        for (line, start, expected) in cases {
            let (found_start, found) = complete(line, line.len(), &known());
            assert_eq!(found, expected, "{line}");
            assert_eq!(found_start, start, "{line}");
        }
    }

    #[test]
    fn commands_and_their_choices_are_completed() {
        let schema = vec![":schema".to_owned()];
        assert_eq!(complete(":sc", 3, &known()), (0, schema));
        let quoted = vec!["\"Syrian regime\"".to_owned()];
        assert_eq!(complete(":merge O'Neill sy", 17, &known()), (15, quoted));
        let csv = vec!["csv".to_owned()];
        assert_eq!(complete(":format cs", 10, &known()), (8, csv));
    }
}
