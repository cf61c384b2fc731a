//! The parts of a text: paragraphs, headings, items; what is no part of it is left out.
//!
//! Lines that news pages put around a text (`grammar/words/boilerplate.txt`), bylines, and the
//! dateline before the first sentence ("BEIRUT (Reuters) –") are blocks of their own. All but
//! blanks and invisible marks lies in some block.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::calendar::{month, weekday};
use super::document::SentenceForm;
use super::normalize::{is_closing, is_invisible, is_opening};
use super::words;
use crate::base::Span;

/// A longer line without a stop is prose all the same.
const LONGEST_HEADING_WORDS: usize = 22;
/// A longer line is no boilerplate.
const LONGEST_BOILERPLATE_BYTES: usize = 300;
/// A dateline is shorter.
const LONGEST_DATELINE_BYTES: usize = 90;
/// Datelines without an agency stand before one of the first so many blocks.
const DATELINE_BLOCKS: usize = 4;
/// The date of publication stands in one of the first so many blocks.
const DATE_BLOCKS: usize = 6;

/// A stretch of text that holds whole sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) span: Span,
    pub(crate) form: SentenceForm,
    /// Its paragraph, counted from 0.
    pub(crate) paragraph: usize,
}

/// The parts of a text.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    /// In order. Each is a paragraph, or one of two parts of one.
    pub(crate) blocks: Vec<Block>,
    /// The day that the text gives as its own, in a line or before its first sentence.
    pub(crate) date: Option<Date>,
}

/// The parts of `text`.
pub(crate) fn structure(text: &str) -> Structure {
    let mut found = Structure::default();
    // How many blocks are no furniture.
    let mut count = 0;
    for (paragraph, span) in paragraphs(text).into_iter().enumerate() {
        let mut push = |span: Span, form: SentenceForm| {
            let block = Block {
                span,
                form,
                paragraph,
            };
            found.blocks.push(block);
        };
        let line = span.of(text);
        if is_boilerplate(line) || is_byline(line) || is_label_list(line) {
            push(span, SentenceForm::Furniture);
            continue;
        }
        let body = item_body(line);
        let mut start = span.start();
        if let Some((date, length)) = leading_date(line) {
            if count < DATE_BLOCKS && found.date.is_none() {
                found.date = Some(date);
            }
            // "Thursday, May 7, 2015 On Tuesday, …": the line's break was lost.
            let rest = line.get(length..).unwrap_or_default();
            let glued = rest.starts_with(' ')
                && rest.trim_start().starts_with(char::is_uppercase)
                && line.len() > 60;
            if glued {
                push(Span::new(start, start + length), SentenceForm::Heading);
                start += length + (rest.len() - rest.trim_start().len());
            }
        }
        let line = text.get(start..span.end()).unwrap_or_default();
        if let Some((length, date)) = dateline(line, count < DATELINE_BLOCKS) {
            let line = line.get(..length).unwrap_or_default().trim_end();
            push(
                Span::new(start, start + line.len()),
                SentenceForm::Furniture,
            );
            start += length;
            if count < DATE_BLOCKS && found.date.is_none() {
                found.date = date;
            }
        }
        let credit = credit(text.get(start..span.end()).unwrap_or_default());
        let end = credit.map_or(span.end(), |at| start + at);
        let line = text.get(start..end).unwrap_or_default().trim_end();
        let credited = Span::new(end, span.end());
        let span = Span::new(start, start + line.len());
        if span.is_empty() {
            continue;
        }
        let form = if body.is_some() {
            SentenceForm::Item
        } else if is_heading(span.of(text)) {
            SentenceForm::Heading
        } else {
            SentenceForm::Prose
        };
        push(span, form);
        if !credited.is_empty() {
            push(credited, SentenceForm::Furniture);
        }
        count += 1;
    }
    // A single line is what somebody typed, not a title.
    if let [only] = found.blocks.as_mut_slice()
        && only.form == SentenceForm::Heading
    {
        only.form = SentenceForm::Prose;
    }
    found
}

/// The paragraphs of `text`: each line is one, unless its lines were wrapped to a width.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut group: Vec<Span> = Vec::new();
    let mut start = 0;
    let is_break = |c: char| {
        matches!(
            c,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    for line in text.split_inclusive(is_break) {
        let body = line.trim_end_matches(is_break);
        let lead = body.len() - body.trim_start_matches(blank).len();
        let trimmed = body.trim_matches(blank);
        if !trimmed.is_empty() {
            if begins_item(text, &group, trimmed) {
                flush(text, &mut group, &mut found);
            }
            group.push(Span::new(start + lead, start + lead + trimmed.len()));
        } else if !line.starts_with('\n') || body.is_empty() && !after_return(text, start) {
            flush(text, &mut group, &mut found);
        }
        start += line.len();
    }
    flush(text, &mut group, &mut found);
    found
}

fn blank(character: char) -> bool {
    character.is_whitespace() || is_invisible(character)
}

/// Whether the line break at `at` is the second half of a carriage return and line feed.
fn after_return(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with('\r'))
}

fn flush(text: &str, group: &mut Vec<Span>, found: &mut Vec<Span>) {
    if is_wrapped(text, group) {
        if let (Some(first), Some(last)) = (group.first(), group.last()) {
            found.push(first.join(*last));
        }
    } else {
        found.extend(group.iter().copied());
    }
    group.clear();
}

/// Whether `line` is an item of a list and no part of the paragraph of the lines before it. A dash
/// may also stand in the middle of a wrapped sentence: "– who was ill –".
fn begins_item(text: &str, group: &[Span], line: &str) -> bool {
    let Some(body) = item_body(line) else {
        return false;
    };
    let inside = group.last().is_some_and(|before| {
        let before = before.of(text);
        item_body(before).is_none() && !before.ends_with(['.', '!', '?', ':', ';'])
    });
    !(inside && line.starts_with(['-', '–']) && body.starts_with(char::is_lowercase))
}

/// Whether the lines of a group are one paragraph wrapped to a width: but for the last, none had
/// room for the next line's first word. Lines that all begin anew and of which none ends a sentence
/// are rows of a list.
fn is_wrapped(text: &str, group: &[Span]) -> bool {
    let width = group.iter().map(|line| line.len()).max().unwrap_or(0);
    if group.len() < 2 || !(36..=132).contains(&width) {
        return false;
    }
    let ended = |line: &Span| {
        line.of(text)
            .trim_end_matches(|c: char| is_closing(c) || c == '"')
            .ends_with(['.', '!', '?', ':', '…'])
    };
    let mut full = 0;
    let mut broken = 0;
    let mut goes_on = group.last().is_some_and(ended);
    for (line, next) in group.iter().zip(group.iter().skip(1)) {
        let next = next.of(text);
        let word = next.split_whitespace().next().unwrap_or_default();
        if line.len() + word.len() >= width {
            full += 1;
        }
        let small = next.starts_with(char::is_lowercase);
        if !ended(line) || small {
            broken += 1;
        }
        goes_on |= small;
    }
    let lines = group.len() - 1;
    goes_on && full * 10 >= lines * 8 && broken * 2 >= lines
}

/// What a line says behind the mark of a list's item; `None` if there is no such mark.
fn item_body(line: &str) -> Option<&str> {
    let rest =
        line.trim_start_matches(['•', '*', '-', '–', '·', '▪', '●', '‣', '◦', '■', '➤', '►']);
    let marks = line.len() - rest.len();
    let body = rest.trim_start();
    (marks > 0 && marks <= 4 && body.len() < rest.len() && !body.is_empty()).then_some(body)
}

/// Where in a caption the line begins that says whose the picture is: "The harbour at night.
/// Image: City Museum".
fn credit(line: &str) -> Option<usize> {
    const WORDS: usize = 12;
    CREDITS.iter().find_map(|label| {
        let at = line.rfind(label)?;
        let short = line.get(at..)?.split_whitespace().count() <= WORDS;
        (short && at > 0).then_some(at + 1)
    })
}

/// Words that lead to whose a picture is.
const CREDITS: [&str; 8] = [
    " Image: ",
    " Images: ",
    " Image credit: ",
    " Photo: ",
    " Photos: ",
    " Photo credit: ",
    " Photograph: ",
    " Picture: ",
];

/// Whether a line is a list of labels and values ("Frequency: 11 MHz Polarization: Vertical
/// FEC: 5/6"), or of figures more than words.
fn is_label_list(line: &str) -> bool {
    const LABELS: usize = 3;
    const WORDS_EACH: usize = 6;
    let words = line.split_whitespace().count();
    let labels = line
        .split_whitespace()
        .filter(|word| word.ends_with(':') && word.len() > 2)
        .count();
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let others = line
        .chars()
        .filter(|c| !c.is_alphabetic() && !c.is_whitespace())
        .count();
    // "Coordinates: 59.17°N 18.16°E".
    if words >= LABELS && others > letters {
        return true;
    }
    labels >= LABELS && words <= labels * WORDS_EACH && !line.ends_with('.')
}

fn is_heading(line: &str) -> bool {
    let body = line.trim_end_matches(|c: char| is_closing(c) || c == '"' || c == '\'');
    let ended = body.ends_with(['.', '!', '?', '…', ',', ';', ':', '-', '–', '—']);
    // A heading may ask: "What now?"
    let asks = body.ends_with('?') && body.split_whitespace().count() <= 8 && !body.contains('.');
    let begins = line
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(|c| !c.is_lowercase());
    let words = line
        .split_whitespace()
        .take(LONGEST_HEADING_WORDS + 1)
        .count();
    (!ended || asks) && begins && words <= LONGEST_HEADING_WORDS && !line.contains('\n')
}

/// The entries of the boilerplate list by class.
struct Boilerplate {
    label: Vec<&'static str>,
    whole: Vec<&'static str>,
    call: Vec<&'static str>,
    contains: Vec<&'static str>,
}

static BOILERPLATE: LazyLock<Boilerplate> = LazyLock::new(|| {
    let mut found = Boilerplate {
        label: Vec::new(),
        whole: Vec::new(),
        call: Vec::new(),
        contains: Vec::new(),
    };
    for line in include_str!("../../grammar/words/boilerplate.txt").lines() {
        let Some((class, phrase)) = line.split_once(' ') else {
            continue;
        };
        let list = match class {
            "label" => &mut found.label,
            "whole" => &mut found.whole,
            "call" => &mut found.call,
            "contains" => &mut found.contains,
            _ => continue,
        };
        list.push(phrase.trim());
    }
    found.whole.sort_unstable();
    found
});

/// Whether a line of a page is no part of its text.
pub(crate) fn is_boilerplate(line: &str) -> bool {
    if line.len() > LONGEST_BOILERPLATE_BYTES {
        return false;
    }
    let lower: Vec<String> = line
        .replace('’', "'")
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let words = lower.len();
    let lower = lower.join(" ");
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    let bare = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    let full_stop = lower.trim_end_matches(['"', '”', ')']).ends_with('.');
    let lists = &*BOILERPLATE;
    let begins = |list: &[&str]| {
        list.iter().any(|phrase| {
            lower.strip_prefix(phrase).is_some_and(|rest| {
                phrase.ends_with(':') || !rest.starts_with(char::is_alphanumeric)
            })
        })
    };
    // "Reporting by Ito; editing by Sato", but not "Reporting by the agency led to arrests."
    let labelled =
        begins(&lists.label) && (!full_stop || lower.contains(':') || lower.contains(';'));
    labelled
        || lists.whole.binary_search(&bare).is_ok()
        || (begins(&lists.call) && (!full_stop || words <= 6))
        || lists.contains.iter().any(|phrase| lower.contains(phrase))
}

/// Whether a line names the author: "By Ada Lovelace and Charles Babbage, Daily Engine".
fn is_byline(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let by = matches!(words.next(), Some("By" | "BY" | "by"));
    if !by || line.ends_with(['.', '!', '?', ':']) || line.len() > 120 {
        return false;
    }
    let mut names = 0;
    for word in words {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let link = matches!(
            bare,
            "and" | "in" | "for" | "of" | "the" | "de" | "van" | "von" | "al" | "bin" | ""
        );
        if link {
            continue;
        }
        if !bare.starts_with(char::is_uppercase) {
            return false;
        }
        names += 1;
    }
    (1..=14).contains(&names)
}

/// The length in bytes of a dateline at the beginning of `line`, with the dash behind it and the
/// blanks after that, and the full date in it if there is one.
///
/// One without an agency in brackets is only looked for `near_top`: dashes are common.
fn dateline(line: &str, near_top: bool) -> Option<(usize, Option<Date>)> {
    let head: String = line.chars().take(LONGEST_DATELINE_BYTES).collect();
    let (at, dash) = [" – ", " — ", " - ", " -- ", "--", "—", " _ ", " – ", "– "]
        .iter()
        .filter_map(|dash| head.find(dash).map(|at| (at, *dash)))
        .min_by_key(|(at, dash)| (*at, usize::MAX - dash.len()))?;
    let place = head.get(..at)?;
    let after = line.get(at + dash.len()..)?;
    let rest = after.trim_start();
    let length = line.len() - rest.len();
    let next = rest.trim_start_matches(|c: char| is_opening(c) || matches!(c, '"' | '\'' | '['));
    if !place.starts_with(char::is_alphanumeric)
        || !next.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    {
        return None;
    }
    let (places, bracket) = match place.split_once('(') {
        Some((places, bracket)) => (places, Some(bracket.strip_suffix(')')?)),
        None => (place, None),
    };
    let mut words = 0;
    let mut capitals = false;
    for (index, word) in places.split_whitespace().enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        if bare.is_empty() || bare.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let link = index > 0
            && matches!(
                bare,
                "of" | "and" | "de" | "al" | "el" | "the" | "near" | "in" | "on"
            );
        if !link && !bare.starts_with(char::is_uppercase) {
            return None;
        }
        if index == 0 && letters >= 3 && bare.chars().all(|c| !c.is_lowercase()) {
            capitals = true;
        }
        words += 1;
    }
    let agency = bracket.is_some_and(|inside| {
        inside.len() <= 40
            && inside.split_whitespace().all(|word| {
                word.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '-')
            })
    });
    if !(1..=8).contains(&words) || bracket.is_some() && !agency {
        return None;
    }
    // "Homs – Syria's third city – fell" is prose: a pair of dashes.
    let sentence = rest.split(". ").next().unwrap_or(rest);
    let paired = sentence.contains(dash) || place.contains([':', ';', '"', '“']);
    let with_comma = places.contains(", ");
    let spaced = dash.starts_with(' ') || dash == "– ";
    let fits = agency
        || (near_top && capitals && !paired)
        || (near_top
            && spaced
            && !paired
            && (with_comma || words <= 3)
            && begins_sentence(next)
            && place.len() > 3);
    let date = date_in(place);
    fits.then_some((length, date))
}

/// Whether `text` begins with a word that begins sentences, or with two capitalised ones.
fn begins_sentence(text: &str) -> bool {
    let mut ahead = text.split_whitespace();
    let first = ahead.next().unwrap_or_default();
    let bare = first
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    words::listed("starters", &bare)
}

/// A full date that `line` begins with ("Monday, May 18, 2015", "18 May 2015", "2015-05-18",
/// "Published: May 18, 2015"), and how many bytes it takes.
fn leading_date(line: &str) -> Option<(Date, usize)> {
    let mut words = Vec::new();
    let mut at = 0;
    for part in line.split_inclusive(char::is_whitespace).take(8) {
        let word = part.trim();
        if !word.is_empty() {
            let start = at + part.find(word).unwrap_or(0);
            words.push((
                word.trim_matches([',', '.', ':', '|', '(', ')']),
                start + word.len(),
            ));
        }
        at += part.len();
    }
    let mut first = 0;
    for (word, _) in &words {
        let lead = word.to_lowercase();
        let skip = weekday(word).is_some()
            || matches!(
                lead.as_str(),
                "published" | "posted" | "updated" | "on" | "date"
            );
        if !skip {
            break;
        }
        first += 1;
    }
    if words
        .first()
        .is_some_and(|(word, _)| word.eq_ignore_ascii_case("on"))
    {
        return None;
    }
    let words = words.get(first..)?;
    let word = |index: usize| words.get(index).map(|(word, _)| *word).unwrap_or_default();
    let end = |index: usize| words.get(index).map_or(0, |(_, end)| *end);
    if let Ok(date) = word(0).parse::<Date>() {
        return Some((date, end(0)));
    }
    let number = |text: &str| {
        text.trim_end_matches(char::is_alphabetic)
            .parse::<i16>()
            .ok()
    };
    let (month, day) = match (month(word(0)), month(word(1))) {
        (Some(month), _) => (month, number(word(1))?),
        (None, Some(month)) => (month, number(word(0))?),
        (None, None) => return None,
    };
    let year = word(2).parse::<i16>().ok().filter(|year| *year >= 1000)?;
    let date = Date::new(year, month, i8::try_from(day).ok()?).ok()?;
    // A comma or full stop behind the year is part of the line, not of the date.
    Some((date, end(2)))
}

/// The full date anywhere in a dateline.
fn date_in(text: &str) -> Option<Date> {
    text.char_indices()
        .filter(|(at, _)| {
            *at == 0
                || text
                    .get(..*at)
                    .is_some_and(|before| before.ends_with([' ', '(']))
        })
        .find_map(|(at, _)| leading_date(text.get(at..)?).map(|(date, _)| date))
}

#[cfg(test)]
mod tests {
    use super::{dateline, is_boilerplate, is_byline, structure};
    use crate::text::SentenceForm;

    #[test]
    fn lines_of_the_page_are_told_from_prose() {
        let cases = [
            ("SEE ALSO: Harbour closed", true),
            ("NOW WATCH: How bridges fall", true),
            ("Tell us what you think about this story »", true),
            ("Read more", true),
            ("ADVERTISEMENT", true),
            ("© 2019 The Daily Engine", true),
            ("Share this article", true),
            ("Subscribe to our newsletter", true),
            ("Share prices fell on Monday.", false),
            (
                "Read more books, the minister told pupils on Monday.",
                false,
            ),
            ("Related parties were not told.", false),
            ("Comments by the mayor angered residents.", false),
            ("Watch dealers met in Basel.", false),
            ("More than 30 people died.", false),
        ];
        for (line, wanted) in cases {
            assert_eq!(is_boilerplate(line), wanted, "{line}");
        }
    }

    #[test]
    fn whose_the_picture_is_and_lists_of_labels_are_no_text() {
        let text = "The harbour at night. Image: City Museum\n\n\
                    Frequency: 11 MHz Polarization: Vertical FEC: 5/6\n\n\
                    The minister left town.";
        let found = structure(text);
        let of = |form: SentenceForm| {
            let blocks = found.blocks.iter().filter(move |block| block.form == form);
            blocks.map(|block| block.span.of(text)).collect::<Vec<_>>()
        };
        assert_eq!(
            of(SentenceForm::Furniture),
            [
                "Image: City Museum",
                "Frequency: 11 MHz Polarization: Vertical FEC: 5/6"
            ]
        );
    }

    #[test]
    fn bylines_name_people() {
        let cases = [
            ("By Ada Lovelace and Charles Babbage, Daily Engine", true),
            ("By the end of the week", false),
            ("By 2015, the engine was built.", false),
        ];
        for (line, wanted) in cases {
            assert_eq!(is_byline(line), wanted, "{line}");
        }
    }

    #[test]
    fn datelines_end_with_their_dash() {
        let cases = [
            ("ROTTERDAM – Dockers struck.", Some("Dockers struck.")),
            ("OSLO (Reuters) - Norway won.", Some("Norway won.")),
            ("Turin, Italy — The bridge fell.", Some("The bridge fell.")),
            ("LIMA, Nov. 3 (AP) -- Miners met.", Some("Miners met.")),
            ("Turin – Italy's fourth city – fell silent.", None),
            ("The mayor – Ada Rossi – resigned.", None),
            ("Dockers struck – again.", None),
        ];
        for (line, wanted) in cases {
            let rest = dateline(line, true).and_then(|(length, _)| line.get(length..));
            assert_eq!(rest, wanted, "{line}");
        }
    }

    #[test]
    fn blocks_are_exact_and_dates_are_seen() {
        let text = "Bridge falls\n\nMonday, May 18, 2015\n\nTURIN – A bridge\nfell.\n• One died\n";
        let found = structure(text);
        let blocks: Vec<(&str, SentenceForm)> = found
            .blocks
            .iter()
            .map(|block| (block.span.of(text), block.form))
            .collect();
        assert_eq!(
            blocks,
            [
                ("Bridge falls", SentenceForm::Heading),
                ("Monday, May 18, 2015", SentenceForm::Heading),
                ("TURIN –", SentenceForm::Furniture),
                ("A bridge", SentenceForm::Heading),
                ("fell.", SentenceForm::Prose),
                ("• One died", SentenceForm::Item),
            ]
        );
        assert_eq!(
            found.date.map(|date| date.to_string()).as_deref(),
            Some("2015-05-18")
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The bridge over the river was closed on Monday\nafter inspectors had found \
            cracks in two of its\npillars. Nobody was hurt.\n\nA second paragraph.\n";
        let lines: Vec<String> = structure(text)
            .blocks
            .iter()
            .map(|block| block.span.of(text).replace('\n', " "))
            .collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].ends_with("Nobody was hurt."));
    }

    #[test]
    fn items_and_rows_of_one_length_are_lines_of_their_own() {
        let count = |text: &str| structure(text).blocks.len();
        let items = "- 2 trucks burnt near Halden by the strikers\n\
            - 7 boats sunk in the harbour by the storm\n\
            - 3 sheds blown down at the northern docks\n";
        assert_eq!(count(items), 3);
        let rows = "Ada Brin commands the Heron company in Lindow\n\
            Tom Reyes commands the Raven company in Halden\n\
            Eva Sandor commands the Eagle company at Ellery\n";
        assert_eq!(count(rows), 3);
        // An item may be wrapped, and a sentence may break before a dash or a name.
        let wrapped = "- The bridge over the river was closed on Monday after\n\
            inspectors had found cracks in two of its pillars.\n\
            - The dam held.\n";
        assert_eq!(count(wrapped), 2);
        let dash = "The bridge over the river was closed on Monday in the morning\n\
            – for the second time this year – by the inspectors of the\n\
            Harbour Office.\n";
        assert_eq!(count(dash), 1);
        let name = "The bridge over the river was closed on Monday by Mayor\n\
            Ada Brin after inspectors had found cracks.\n";
        assert_eq!(count(name), 1);
    }
}
