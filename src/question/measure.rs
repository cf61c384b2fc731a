//! Measures in words: "14-year-old", "15 meter high", "five hard drives".

use super::words;

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

/// The counted part of `text`: from its start up to the noun with the stem `unit`, where that
/// follows a number; else all of it.
pub(super) fn counted<'t>(unit: &str, text: &'t str) -> &'t str {
    let mut number = false;
    for (start, end) in places(text) {
        let Some(word) = text.get(start..end) else {
            continue;
        };
        let plain = words::words(word);
        number |= plain.iter().any(|word| is_number(word));
        if number && plain.last().is_some_and(|word| words::stem(word) == unit) {
            return text.get(..end).unwrap_or(text);
        }
    }
    text
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
    use super::{counted, found};

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
    }
}
