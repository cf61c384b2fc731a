//! Measures in words: "14-year-old", "15 meter high", "five hard drives".

use super::words;
use crate::text::MONTHS;

/// The measure in `text` that answers "how `measure`": for "old" the years. `None` if there is
/// none.
pub(super) fn found<'t>(measure: &str, text: &'t str) -> Option<&'t str> {
    let units = units(measure);
    let places = places(text);
    for (index, (start, end)) in places.iter().enumerate() {
        let word = text.get(*start..*end)?.to_lowercase();
        let mut parts = word.split(['-', ' ']);
        let first = parts.next().unwrap_or_default();
        if !is_number(first) {
            continue;
        }
        // "14-year-old"
        if parts.next().is_some_and(|unit| is_unit(units, unit)) {
            return text.get(*start..*end);
        }
        // "about 500 miles", "15 meter high"
        let mut last = None;
        for (next_start, next_end) in places.get(index + 1..).unwrap_or_default().iter().take(3) {
            let next = text.get(*next_start..*next_end)?.to_lowercase();
            let next = next.trim_matches(|c: char| !c.is_alphanumeric());
            if is_unit(units, next) {
                last = Some(*next_end);
            } else if last.is_some()
                && matches!(next, "old" | "high" | "tall" | "long" | "wide" | "deep")
            {
                last = Some(*next_end);
                break;
            } else if last.is_some() || !is_number(next) {
                break;
            }
        }
        if let Some(end) = last {
            let begin = index
                .checked_sub(1)
                .and_then(|before| places.get(before))
                .filter(|(from, to)| {
                    matches!(
                        text.get(*from..*to).map(str::to_lowercase).as_deref(),
                        Some("about" | "over" | "nearly" | "almost" | "around")
                    )
                })
                .map_or(*start, |(from, _)| *from);
            return text
                .get(begin..end)
                .map(|found| found.trim_end_matches(|c: char| !c.is_alphanumeric()));
        }
    }
    None
}

/// The amount that stands with the noun with the stem `noun`: "$5,000" of "a bail of $5,000" and of
/// "$5,000 bail". `None` if there is none.
pub(super) fn beside<'t>(noun: &str, text: &'t str) -> Option<&'t str> {
    let places = places(text);
    let word = |index: usize| {
        let (start, end) = places.get(index)?;
        text.get(*start..*end)
    };
    let at = (0..places.len()).find(|index| {
        word(*index).is_some_and(|word| {
            words::words(word)
                .last()
                .is_some_and(|last| words::stem(last) == noun)
        })
    })?;
    let is_amount = |index: usize| word(index).is_some_and(is_amount);
    // "$5,000 bail"
    let mut first = at;
    while first > 0 && is_amount(first - 1) {
        first -= 1;
    }
    let span = if first < at {
        (first, at - 1)
    } else {
        // "a bail of $5,000"
        let joins = word(at + 1)
            .is_some_and(|word| matches!(word, "of" | "at" | "is" | "was" | "to" | "reached"));
        let bare = noun == "worth";
        let begin = (at + 1..places.len())
            .find(|index| is_amount(*index))
            .filter(|begin| (joins || bare) && *begin <= at + 5)?;
        let mut last = begin;
        while is_amount(last + 1) {
            last += 1;
        }
        let unit = word(last + 1).filter(|word| word.chars().all(char::is_lowercase));
        let unit = unit.is_some_and(|word| {
            is_unit(units("long"), word) || matches!(word, "people" | "percent" | "inhabitants")
        });
        (begin, if unit { last + 1 } else { last })
    };
    let digits = (span.0..=span.1).any(|index| {
        word(index).is_some_and(|word| words::words(word).iter().any(|word| is_number(word)))
    });
    let (start, _) = places.get(span.0).filter(|_| digits)?;
    let (_, end) = places.get(span.1)?;
    text.get(*start..*end)
        .map(|found| found.trim_end_matches([',', '.', ';', ')']))
}

/// Whether `word` is part of an amount: a number, a currency, "million", "percent".
fn is_amount(word: &str) -> bool {
    let currency = word.len() <= 4 && word.contains(['$', '€', '£', '¥'])
        || matches!(
            word,
            "NZ" | "US" | "AU" | "CA" | "HK" | "A" | "EUR" | "USD" | "GBP"
        );
    currency
        || words::words(word).iter().any(|word| is_number(word))
        || matches!(
            word.trim_end_matches([',', '.']),
            "million"
                | "billion"
                | "trillion"
                | "thousand"
                | "percent"
                | "%"
                | "dollars"
                | "euros"
                | "pounds"
        )
}

/// The counted part of `text`: from the number, with what narrows it ("over"), up to the noun with
/// the stem `unit`, where that follows a number; else all of it.
pub(super) fn counted<'t>(unit: &str, text: &'t str) -> &'t str {
    const BEFORE: &[&str] = &[
        "about",
        "over",
        "nearly",
        "almost",
        "around",
        "some",
        "at",
        "least",
        "most",
        "more",
        "less",
        "fewer",
        "than",
        "only",
        "just",
        "up",
        "to",
        "approximately",
        "roughly",
        "close",
    ];
    let mut number = None;
    let mut quantifier = None;
    for (start, end) in places(text) {
        let Some(word) = text.get(start..end) else {
            continue;
        };
        let plain = words::words(word);
        if number.is_none() {
            if plain.iter().any(|word| is_number(word)) {
                number = Some(quantifier.unwrap_or(start));
            } else if plain.iter().any(|word| BEFORE.contains(&word.as_str())) {
                quantifier = quantifier.or(Some(start));
            } else {
                quantifier = None;
            }
        }
        if let Some(begin) = number
            && plain.last().is_some_and(|word| words::stem(word) == unit)
        {
            return text.get(begin..end).unwrap_or(text);
        }
    }
    text
}

/// The time right after a noun that says what one of `verbs` says: "1987" of "her death in 1987".
pub(super) fn dated<'t>(verbs: &[String], text: &'t str) -> Option<&'t str> {
    let places = places(text);
    let word = |index: usize| {
        let (start, end) = places.get(index)?;
        text.get(*start..*end)
    };
    let plain = |index: usize| {
        word(index)
            .and_then(|word| words::words(word).pop())
            .unwrap_or_default()
    };
    for index in 0..places.len() {
        let noun = plain(index);
        let says = verbs.iter().any(|verb| words::says(verb, &noun));
        if !says || !word(index + 1).is_some_and(|word| matches!(word, "in" | "on" | "of")) {
            continue;
        }
        let part = |at: usize| {
            let word = plain(at);
            MONTHS.contains(&word.as_str())
                || word.ends_with("day")
                || (!word.is_empty() && word.chars().all(|c| c.is_ascii_digit()))
        };
        let count = (index + 2..index + 6).take_while(|at| part(*at)).count();
        if count == 0 {
            continue;
        }
        let (start, _) = places.get(index + 2)?;
        let (_, end) = places.get(index + 1 + count)?;
        return text
            .get(*start..*end)
            .map(|found| found.trim_end_matches(|c: char| !c.is_alphanumeric()));
    }
    None
}

fn places(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            if let Some(start) = start.take() {
                found.push((start, at));
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(start) = start {
        found.push((start, text.len()));
    }
    found
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || words::stem(word).starts_with(|c: char| c.is_ascii_digit())
        || matches!(
            word,
            "twenty" | "thirty" | "forty" | "fifty" | "hundred" | "thousand" | "million" | "half"
        )
}

fn is_unit(units: &[&str], word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    units.contains(&singular) || units.contains(&word)
}

/// The units that a word after "how" asks for.
fn units(measure: &str) -> &'static [&'static str] {
    const TIME: &[&str] = &["year", "month", "week", "day", "hour", "minute", "second"];
    const LENGTH: &[&str] = &[
        "kilometer",
        "kilometre",
        "km",
        "meter",
        "metre",
        "m",
        "mile",
        "foot",
        "feet",
        "ft",
        "inch",
        "yard",
        "centimeter",
    ];
    const BOTH: &[&str] = &[
        "kilometer",
        "kilometre",
        "km",
        "meter",
        "metre",
        "m",
        "mile",
        "foot",
        "feet",
        "year",
        "month",
        "week",
        "day",
        "hour",
        "minute",
        "second",
    ];
    match measure {
        "old" | "young" => &["year", "month", "day", "week"],
        "tall" | "high" | "wide" | "deep" | "far" | "large" | "big" => LENGTH,
        "often" => &["time", "year", "month", "week", "day"],
        "soon" | "late" => TIME,
        "heavy" => &["kilogram", "kg", "ton", "tonne", "pound"],
        "fast" => &["mph", "km/h", "knot"],
        // "long" is said of times and of things.
        _ => BOTH,
    }
}

#[cfg(test)]
mod tests {
    use super::{counted, dated, found};

    #[test]
    fn measures_are_found_in_words() {
        let cases = [
            ("old", "a 14-year-old boy from Lindow", Some("14-year-old")),
            ("tall", "a 15 meter high tower", Some("15 meter high")),
            ("far", "about 500 miles (800 km)", Some("about 500 miles")),
            ("old", "a boy from Lindow", None),
            ("long", "In the 20-minute show", Some("20-minute")),
        ];
        for (measure, text, expected) in cases {
            assert_eq!(found(measure, text), expected, "{text}");
        }
        assert_eq!(
            counted("driv", "five hard drives each of 200 dollars"),
            "five hard drives"
        );
        assert_eq!(counted("boat", "five hard drives"), "five hard drives");
        let die = ["die".to_owned()];
        let cases = [
            ("Ada Brin's death in 1987", Some("1987")),
            ("her death on 4 May 1987, in Lindow", Some("4 May 1987")),
            ("her death in Lindow", None),
            ("her birth in 1907", None),
        ];
        for (text, expected) in cases {
            assert_eq!(dated(&die, text), expected, "{text}");
        }
    }
}
