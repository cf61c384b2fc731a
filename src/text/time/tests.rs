//! Times in sentences of words whose tree is a chain.

use jiff::civil::date;

use super::times;
use crate::text::conllu;
use crate::text::number::{figures, small};

/// The time expressions of a sentence of blanks-separated words, read on 7 May 2015, a
/// Thursday. Words in capitals are proper nouns, digits numbers and those in "ed" verbs of the past;
/// all hang on the first.
fn found(text: &str) -> Vec<(String, Option<String>, bool)> {
    let mut lines = format!("# published = {}\n", date(2015, 5, 7));
    for (index, word) in text.split(' ').enumerate() {
        let upos = if word.starts_with(char::is_uppercase) {
            "PROPN"
        } else if figures(word).is_some() || small(word).is_some() {
            "NUM"
        } else {
            "NOUN"
        };
        let head = usize::from(index > 0);
        let number = (index + 1).to_string();
        let head = head.to_string();
        let misc = "EntityType=time";
        let xpos = if word.ends_with("ed") { "VBD" } else { "_" };
        let columns = [
            &number, word, word, upos, xpos, "_", &head, "dep", "_", misc,
        ];
        lines.push_str(&columns.join("\t"));
        lines.push('\n');
    }
    let (documents, _) = conllu::read(&lines);
    times(&documents[0])
        .into_iter()
        .map(|time| {
            let words: Vec<&str> = text.split(' ').collect();
            (words[time.tokens].join(" "), time.value, time.is_duration)
        })
        .collect()
}

#[test]
fn times_are_resolved_against_the_date() {
    let cases = [
        ("left on May 5", "May 5", Some("2015-05-05"), false),
        ("work done to date", "to date", None, false),
        (
            "left Tuesday night",
            "Tuesday night",
            Some("2015-05-05"),
            false,
        ),
        ("left on Thursday", "Thursday", Some("2015-05-07"), false),
        (
            "left last Thursday",
            "last Thursday",
            Some("2015-04-30"),
            false,
        ),
        ("left in early May", "early May", Some("2015-05"), false),
        ("left in December", "December", Some("2014-12"), false),
        (
            "left on 3 June 1999",
            "3 June 1999",
            Some("1999-06-03"),
            false,
        ),
        (
            "left on May 1 - 3 , 2012",
            "May 1 - 3 , 2012",
            Some("2012-05-01/2012-05-03"),
            false,
        ),
        ("left yesterday", "yesterday", Some("2015-05-06"), false),
        (
            "left last week",
            "last week",
            Some("2015-04-27/2015-05-03"),
            false,
        ),
        (
            "opened this weekend",
            "this weekend",
            Some("2015-05-02/2015-05-03"),
            false,
        ),
        (
            "open this weekend",
            "this weekend",
            Some("2015-05-09/2015-05-10"),
            false,
        ),
        ("left this year", "this year", Some("2015"), false),
        ("left two years ago", "two years ago", Some("2013"), false),
        ("left 3 days ago", "3 days ago", Some("2015-05-04"), false),
        ("for three days", "three days", Some("P3D"), true),
        ("a 10 - year deal", "10 - year", Some("P10Y"), true),
        ("in the 1990s", "1990s", Some("1990/1999"), false),
        (
            "in the 20th century",
            "20th century",
            Some("1901/2000"),
            false,
        ),
        ("in 2006", "2006", Some("2006"), false),
        ("at 5:30 p.m.", "5:30 p.m.", Some("T17:30"), false),
        ("on 2015-01-02", "2015-01-02", Some("2015-01-02"), false),
        ("in the last few days", "last few days", None, true),
    ];
    for (text, words, value, is_duration) in cases {
        let wanted = (words.to_owned(), value.map(str::to_owned), is_duration);
        assert_eq!(found(text), [wanted], "{text}");
    }
}

#[test]
fn ages_and_numbers_are_no_times() {
    for text in [
        "a 14 - year - old boy",
        "5 men",
        "the sun sat low",
        "may leave",
        "1,000 men",
        "May 99",
    ] {
        let found = found(text);
        assert!(
            found.iter().all(|time| time.0 == "May"),
            "{text}: {found:?}"
        );
    }
}
