//! Dates, times and spans of time in a document's words, resolved against its date.
//!
//! A weekday of the past is the last one before the document's date ("on Thursday"), of the
//! future the next one ("will meet on Thursday"); a day without a year is the nearest to it.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::calendar::{Unit, is_season, month, numeric_date, step, weekday};
use super::document::{Document, EntityType, TimeExpression, Token, Upos};
use super::number::number;

/// The time expressions of `document`, in order; none crosses a sentence.
pub(crate) fn times(document: &Document) -> Vec<TimeExpression> {
    let mut found = Vec::new();
    for sentence in document.sentences() {
        let tokens: Vec<Token<'_>> = sentence.tokens().collect();
        let words: Vec<String> = tokens
            .iter()
            .map(|token| token.form().to_lowercase())
            .collect();
        let first = sentence.token_range().start;
        let reader = Reader {
            tokens: &tokens,
            words: &words,
            today: document.published(),
        };
        let mut at = 0;
        while at < tokens.len() {
            match reader.expression(at) {
                Some(time) => {
                    let end = (at + time.length).min(tokens.len());
                    found.push(TimeExpression {
                        tokens: first + at..first + end,
                        value: time.value,
                        is_duration: time.is_duration,
                    });
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
    }
    found
}

/// A time expression from the token looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    length: usize,
    value: Option<String>,
    is_duration: bool,
}

impl Found {
    fn point(length: usize, value: Option<String>) -> Self {
        Self {
            length,
            value,
            is_duration: false,
        }
    }

    fn duration(length: usize, value: Option<String>) -> Self {
        Self {
            length,
            value,
            is_duration: true,
        }
    }

    fn after(self, more: usize) -> Self {
        Self {
            length: self.length + more,
            ..self
        }
    }
}

struct Reader<'r, 'd> {
    tokens: &'r [Token<'d>],
    /// The tokens' forms in lower case.
    words: &'r [String],
    /// The document's date.
    today: Option<Date>,
}

impl Reader<'_, '_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", String::as_str)
    }

    fn upos(&self, at: usize) -> Upos {
        self.tokens.get(at).map_or(Upos::X, |token| token.upos())
    }

    /// The longest time expression that begins at `at`.
    fn expression(&self, at: usize) -> Option<Found> {
        self.modified(at)
            .or_else(|| self.date(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.week_day(at))
            .or_else(|| self.clock(at))
            .or_else(|| self.duration(at))
            .or_else(|| self.year(at))
    }

    /// "early May", "late last year", "the end of June".
    fn modified(&self, at: usize) -> Option<Found> {
        let skip = match self.word(at) {
            "early" | "late" | "mid" | "mid-" => 1,
            "beginning" | "start" | "end" | "middle" if self.word(at + 1) == "of" => {
                2 + usize::from(self.word(at + 2) == "the")
            }
            _ => return None,
        };
        let skip = skip + usize::from(matches!(self.word(at + skip), "-" | "on" | "in"));
        let inner = self
            .date(at + skip)
            .or_else(|| self.relative(at + skip))
            .or_else(|| self.week_day(at + skip))
            .or_else(|| self.year(at + skip))?;
        (!inner.is_duration).then(|| inner.after(skip))
    }

    /// A day, a month or a year of the calendar.
    fn date(&self, at: usize) -> Option<Found> {
        let word = self.word(at);
        if let Some(date) = numeric_date(word) {
            return Some(Found::point(1, Some(date.to_string())));
        }
        // "Thursday, May 7, 2015", "Thursday May 7"
        if self.is_weekday(at) {
            let skip = 1 + usize::from(self.word(at + 1) == ",");
            let follows = self.month_at(at + skip).is_some()
                || (self.day_number(at + skip).is_some() && self.month_at(at + skip + 1).is_some());
            if follows
                && let Some(date) = self.date(at + skip)
                && date.value.as_ref().is_some_and(|value| value.len() >= 10)
            {
                return Some(date.after(skip));
            }
        }
        if let Some(month) = self.month_at(at) {
            return self.beginning_with_month(at, month);
        }
        // "7 May 2015", "the 7th of May"
        let day = self.day_number(at)?;
        let of = usize::from(self.word(at + 1) == "of");
        let month = self.month_at(at + 1 + of)?;
        let year = self.year_number(at + 2 + of);
        let length = 2 + of + usize::from(year.is_some());
        Some(Found::point(length, self.day(at, year, month, day)))
    }

    /// An expression that begins with a month.
    fn beginning_with_month(&self, at: usize, month: i8) -> Option<Found> {
        if let Some(day) = self.day_number(at + 1) {
            // "May 2015" has no day; "May 7-9" and "May 7 and 8" begin with the first.
            let mut length = 2;
            let dash = matches!(self.word(at + 2), "-" | "–" | "to");
            let last = if dash { self.day_number(at + 3) } else { None };
            if last.is_some() {
                length = 4;
            }
            let comma = usize::from(self.word(at + length) == ",");
            let year = self.year_number(at + length + comma);
            if year.is_some() {
                length += 1 + comma;
            }
            let first = self.day(at, year, month, day);
            let value = match last.and_then(|last| self.day(at, year, month, last)) {
                Some(last) => first.map(|first| format!("{first}/{last}")),
                None => first,
            };
            return Some(Found::point(length, value));
        }
        let skip = usize::from(matches!(self.word(at + 1), "," | "of"));
        if let Some(year) = self.year_number(at + 1 + skip) {
            return Some(Found::point(
                2 + skip,
                Some(format!("{year:04}-{month:02}")),
            ));
        }
        // "May" alone must be the month: not the verb, not a name.
        let token = self.tokens.get(at)?;
        let named = token.upos() == Upos::Propn
            && !token.children().any(|child| child.relation() == "flat")
            && token.relation() != "flat"
            && token.entity_type() != Some(EntityType::Person);
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        let placed = matches!(
            before,
            "in" | "since"
                | "until"
                | "by"
                | "last"
                | "next"
                | "this"
                | "early"
                | "late"
                | "of"
                | "from"
                | "during"
                | "and"
                | "to"
                | "through"
                | "between"
                | "mid"
                | "-"
        );
        let short = self.word(at).len() <= 3 && self.word(at) != "may";
        if !named
            || (short && !placed)
            || !(placed || token.entity_type() == Some(EntityType::Time))
        {
            return None;
        }
        let value = self
            .nearest_year(month, 15)
            .map(|year| format!("{year:04}-{month:02}"));
        Some(Found::point(1, value))
    }

    /// "yesterday", "last week", "two years ago", "this morning", "the 1990s".
    fn relative(&self, at: usize) -> Option<Found> {
        let word = self.word(at);
        let next = self.word(at + 1);
        let day = |offset: i64| self.shifted(offset).map(|date| date.to_string());
        match word {
            "today" | "tonight" => return Some(Found::point(1, day(0))),
            "yesterday" => return Some(Found::point(1 + self.part_of_day(at + 1), day(-1))),
            "tomorrow" => return Some(Found::point(1 + self.part_of_day(at + 1), day(1))),
            "last" if next == "night" => return Some(Found::point(2, day(-1))),
            "this" | "that" if self.part_of_day(at + 1) > 0 => {
                return Some(Found::point(2, if word == "this" { day(0) } else { None }));
            }
            "overnight" => return Some(Found::point(1, None)),
            // "sold to date": until now.
            "to" if next == "date" && self.upos(at + 1) == Upos::Noun => {
                return Some(Found::point(2, None));
            }
            "christmas" | "halloween" if self.upos(at) == Upos::Propn => {
                let (month, date) = if word == "christmas" {
                    (12, 25)
                } else {
                    (10, 31)
                };
                let eve = i64::from(next == "eve");
                let more = usize::from(matches!(next, "day" | "eve"));
                let value = self
                    .nearest(month, date)
                    .and_then(|date| date.checked_sub(eve.days()).ok());
                return Some(Found::point(1 + more, value.map(|date| date.to_string())));
            }
            _ => {}
        }
        if let Some(found) = self.decade(at) {
            return Some(found);
        }
        if let Some(step) = step(word) {
            // "last week", "next year", "this month"; "the past three years" is a duration.
            if let Some(unit) = Unit::named(next)
                && !next.ends_with('s')
            {
                // "opened this weekend", told on a Tuesday: the one before.
                let weekday = |today: Date| today.weekday().to_monday_zero_offset() < 5;
                let gone = unit == Unit::Weekend
                    && step == 0
                    && self.today.is_some_and(weekday)
                    && self.is_past(at);
                let step = if gone { -1 } else { step };
                return Some(Found::point(2, self.unit_from_now(unit, step)));
            }
            if is_season(next) {
                return Some(Found::point(2, None));
            }
            if let Some(month) = self.month_at(at + 1) {
                let value = self.today.map(|today| {
                    let later = month > today.month();
                    let year = match step {
                        -1 if later || month == today.month() => today.year() - 1,
                        1 if !later => today.year() + 1,
                        _ => today.year(),
                    };
                    format!("{year:04}-{month:02}")
                });
                return Some(Found::point(2, value));
            }
            let counted = self.duration(at + 1).or_else(|| self.vague(at + 1))?;
            let spoken = matches!(word, "last" | "past" | "next" | "coming" | "previous");
            return spoken.then(|| counted.after(1));
        }
        self.ago(at)
    }

    /// "two years ago", "a week ago", "three days earlier".
    fn ago(&self, at: usize) -> Option<Found> {
        let (count, length, unit) = match self.word(at) {
            "a" | "an" => (Some(1.0), 2, Unit::named(self.word(at + 1))?),
            "several" | "few" | "many" | "some" | "couple" => {
                (None, 2, Unit::named(self.word(at + 1))?)
            }
            _ => {
                let found = number(self.tokens.get(at..)?, false)?;
                let unit = Unit::named(self.word(at + found.length))?;
                (Some(found.value), found.length + 1, unit)
            }
        };
        let length = length + 1;
        let value = match self.word(at + length - 1) {
            "ago" => count.and_then(|count| self.before(count, unit)),
            "earlier" | "later" | "before" | "after" | "previously" | "afterwards" => {
                let length =
                    length - usize::from(matches!(self.word(at + length - 1), "before" | "after"));
                if length < 3 || matches!(self.word(at + length), "before" | "after") {
                    return None;
                }
                None
            }
            _ => return None,
        };
        Some(Found::point(length, value))
    }

    /// "Thursday", "last Thursday", "Thursday night".
    fn week_day(&self, at: usize) -> Option<Found> {
        let step = step(self.word(at));
        let place = at + usize::from(step.is_some());
        if !self.is_weekday(place) {
            return None;
        }
        let wanted = weekday(self.word(place).trim_end_matches('s'))
            .or_else(|| weekday(self.word(place)))?;
        let length = usize::from(step.is_some()) + 1 + self.part_of_day(place + 1);
        // "Thursdays" names no single day.
        let plural = self.word(place).ends_with("ys");
        let value = self.today.filter(|_| !plural).and_then(|today| {
            let wanted = Weekday::from_monday_one_offset(wanted).ok()?;
            match step {
                Some(-1) => today.nth_weekday(-1, wanted).ok(),
                Some(1) => today.nth_weekday(1, wanted).ok(),
                Some(_) | None if today.weekday() == wanted => Some(today),
                Some(_) | None if self.is_future(place) => today.nth_weekday(1, wanted).ok(),
                Some(_) | None => today.nth_weekday(-1, wanted).ok(),
            }
        });
        Some(Found::point(length, value.map(|date| date.to_string())))
    }

    /// "5 p.m.", "10:30", "noon".
    fn clock(&self, at: usize) -> Option<Found> {
        let word = self.word(at);
        match word {
            "noon" | "midday" => return Some(Found::point(1, Some("T12:00".to_owned()))),
            "midnight" => return Some(Found::point(1, Some("T00:00".to_owned()))),
            "dawn" | "dusk" | "sunrise" | "sunset" if self.upos(at) == Upos::Noun => {
                return Some(Found::point(1, None));
            }
            _ => {}
        }
        let (hour, minute) = match word.split_once(':') {
            Some((hour, minute)) if minute.len() == 2 => {
                (hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?)
            }
            Some(_) => return None,
            None => (word.parse::<u8>().ok()?, 0),
        };
        let half = match self.word(at + 1) {
            "a.m." | "am" | "a.m" => Some(0),
            "p.m." | "pm" | "p.m" => Some(12),
            _ => None,
        };
        if hour > 23 || minute > 59 || (half.is_none() && !word.contains(':')) {
            return None;
        }
        let zone = usize::from(matches!(
            self.word(at + 1 + usize::from(half.is_some())),
            "gmt" | "utc" | "est" | "edt" | "pst" | "pdt" | "cet" | "bst"
        ));
        let length = 1 + usize::from(half.is_some()) + zone;
        let hour = match half {
            Some(add) if hour <= 12 => hour % 12 + add,
            Some(_) | None => hour,
        };
        Some(Found::point(
            length,
            Some(format!("T{hour:02}:{minute:02}")),
        ))
    }

    /// "three days", "24 hours", "two-year".
    fn duration(&self, at: usize) -> Option<Found> {
        if self.word(at) == "half" && matches!(self.word(at + 1), "a" | "an") {
            let unit = Unit::named(self.word(at + 2))?;
            return Some(Found::duration(3, Some(unit.duration(0.5))));
        }
        let one = matches!(self.word(at), "a" | "an");
        let found = if one {
            None
        } else {
            number(self.tokens.get(at..)?, false)
        };
        let (count, length) = match found {
            Some(found) => (found.value, found.length),
            // "a day" is one only where it measures: "for a day".
            None if one && self.measures(at) => (1.0, 1),
            None => return None,
        };
        let hyphen = usize::from(matches!(self.word(at + length), "-" | "‐"));
        let full = usize::from(matches!(
            self.word(at + length + hyphen),
            "more" | "full" | "whole" | "consecutive" | "straight" | "further"
        ));
        let end = at + length + hyphen + full;
        let unit = Unit::named(self.word(end))?;
        // "14-year-old", "30 years old": an age says nothing of when.
        let age = self.word(end + 1) == "old"
            || (self.word(end + 1) == "-" && self.word(end + 2) == "old");
        if age {
            return None;
        }
        Some(Found::duration(end + 1 - at, Some(unit.duration(count))))
    }

    /// "few days", "several weeks", "couple of months".
    fn vague(&self, at: usize) -> Option<Found> {
        let skip = match self.word(at) {
            "few" | "several" | "many" | "some" => 1,
            "couple" => 1 + usize::from(self.word(at + 1) == "of"),
            _ => return None,
        };
        Unit::named(self.word(at + skip))?;
        Some(Found::duration(skip + 1, None))
    }

    /// Whether the article at `at` begins a length: "for a week".
    fn measures(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            matches!(
                self.word(before),
                "for" | "than" | "within" | "about" | "almost" | "nearly"
            )
        })
    }

    /// "2015", where it cannot count anything.
    fn year(&self, at: usize) -> Option<Found> {
        let year = self.year_number(at)?;
        let token = self.tokens.get(at)?;
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        let counts = token.relation() == "nummod"
            && token.head().is_some_and(|head| {
                head.id() > token.id() && head.feature("Number") != Some("Sing")
            });
        let placed = matches!(
            before,
            "in" | "since"
                | "until"
                | "by"
                | "from"
                | "during"
                | "of"
                | "before"
                | "after"
                | "late"
                | "early"
                | "mid"
                | "("
                | "year"
                | "to"
                | "and"
                | "-"
                | "–"
                | "between"
                | "the"
                | "around"
                | "circa"
                | "about"
        );
        let money = matches!(before, "$" | "€" | "£" | "us$");
        let sure = (1800..=2099).contains(&year)
            && (placed || token.entity_type() == Some(EntityType::Time));
        if counts || money || !sure || before == "about" && token.relation() == "nummod" {
            return None;
        }
        // "the 2015 report" but not "the 2000 men".
        Some(Found::point(1, Some(format!("{year:04}"))))
    }

    /// "the 1990s", "the mid-1980s", "the 20th century".
    fn decade(&self, at: usize) -> Option<Found> {
        let word = self.word(at);
        let word = word.strip_prefix("mid-").unwrap_or(word);
        if let Some(year) = word
            .strip_suffix("'s")
            .or_else(|| word.strip_suffix('s'))
            .filter(|year| year.len() == 4 && year.ends_with('0'))
            .and_then(|year| year.parse::<i16>().ok())
        {
            let value = if year % 100 == 0 {
                format!("{year:04}/{:04}", year + 99)
            } else {
                format!("{year:04}/{:04}", year + 9)
            };
            return Some(Found::point(1, Some(value)));
        }
        let ordinal = word.trim_end_matches(|c: char| c.is_alphabetic());
        if ordinal.len() == word.len() || !matches!(self.word(at + 1), "century" | "-") {
            return None;
        }
        let hyphen = usize::from(self.word(at + 1) == "-");
        if self.word(at + 1 + hyphen) != "century" {
            return None;
        }
        let number: i32 = ordinal
            .parse()
            .ok()
            .filter(|number| (1..=30).contains(number))?;
        let value = format!("{:04}/{:04}", number * 100 - 99, number * 100);
        Some(Found::point(2 + hyphen, Some(value)))
    }

    fn is_weekday(&self, at: usize) -> bool {
        let word = self.word(at);
        let full = weekday(word).is_some()
            || (word.ends_with("ys") && weekday(word.trim_end_matches('s')).is_some());
        let capital = self
            .tokens
            .get(at)
            .is_some_and(|token| token.form().starts_with(char::is_uppercase));
        // "sat", "sun", "wed" are words of their own: only with a stop or before a comma.
        let plain = word.len() >= 6 || word.ends_with('.');
        full && (plain && (capital || word.ends_with("day"))
            || capital
                && matches!(
                    word,
                    "mon" | "tue" | "tues" | "thu" | "thur" | "thurs" | "fri"
                )
                && self.word(at + 1) == ",")
    }

    fn month_at(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        let word = word.strip_prefix("mid-").unwrap_or(word);
        let capital = self.tokens.get(at).is_some_and(|token| {
            token.form().starts_with(char::is_uppercase) || token.form().starts_with("mid-")
        });
        if !capital {
            return None;
        }
        month(word)
    }

    /// The day of a month: "7", "7th".
    fn day_number(&self, at: usize) -> Option<i8> {
        let word = self.word(at);
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let suffix = word.get(digits.len()..)?;
        if digits.len() > 2 || !matches!(suffix, "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    }

    fn year_number(&self, at: usize) -> Option<i16> {
        let word = self.word(at);
        let plain = word.len() == 4 && word.chars().all(|c| c.is_ascii_digit());
        let year = word.parse().ok().filter(|_| plain)?;
        (1000..=2200).contains(&year).then_some(year)
    }

    /// How many tokens say the part of the day: "morning", "at night".
    fn part_of_day(&self, at: usize) -> usize {
        usize::from(matches!(
            self.word(at),
            "morning" | "afternoon" | "evening" | "night"
        ))
    }

    /// A day of the calendar; without a year, the nearest to today, or the next one if the clause
    /// of the token at `at` speaks of the future.
    fn day(&self, at: usize, year: Option<i16>, month: i8, day: i8) -> Option<String> {
        let date = match year {
            Some(year) => Date::new(year, month, day).ok()?,
            None => match self.nearest(month, day) {
                Some(date)
                    if self.today.is_some_and(|today| date < today) && self.is_future(at) =>
                {
                    Date::new(date.year() + 1, month, day).unwrap_or(date)
                }
                Some(date) => date,
                // Without any year, ISO 8601's form for a day of any year.
                None => {
                    return Date::new(2000, month, day)
                        .ok()
                        .map(|_| format!("--{month:02}-{day:02}"));
                }
            },
        };
        Some(date.to_string())
    }

    fn nearest(&self, month: i8, day: i8) -> Option<Date> {
        let today = self.today?;
        [-1, 0, 1]
            .into_iter()
            .filter_map(|step| Date::new(today.year() + step, month, day).ok())
            .min_by_key(|date| {
                date.since(today)
                    .map_or(i32::MAX, |span| span.get_days().abs())
            })
    }

    fn nearest_year(&self, month: i8, day: i8) -> Option<i16> {
        self.nearest(month, day).map(Date::year)
    }

    fn shifted(&self, days: i64) -> Option<Date> {
        self.today?.checked_add(days.days()).ok()
    }

    /// The unit of time that lies `step` from now: the week, month or year before or after.
    fn unit_from_now(&self, unit: Unit, step: i32) -> Option<String> {
        let today = self.today?;
        let step = i64::from(step);
        Some(match unit {
            Unit::Week | Unit::Weekend => {
                let monday = today
                    .checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days())
                    .ok()?
                    .checked_add((step * 7).days())
                    .ok()?;
                let first = if unit == Unit::Week { 0 } else { 5 };
                let begin = monday.checked_add(first.days()).ok()?;
                let end = monday.checked_add(6.days()).ok()?;
                format!("{begin}/{end}")
            }
            Unit::Month => {
                let date = today.checked_add(step.months()).ok()?;
                format!("{:04}-{:02}", date.year(), date.month())
            }
            Unit::Year => format!("{:04}", i64::from(today.year()) + step),
            Unit::Day => today.checked_add(step.days()).ok()?.to_string(),
            Unit::Decade => {
                let first = i64::from(today.year()) / 10 * 10 + step * 10;
                format!("{first:04}/{:04}", first + 9)
            }
            Unit::Century => {
                let first = (i64::from(today.year()) - 1) / 100 * 100 + 1 + step * 100;
                format!("{first:04}/{:04}", first + 99)
            }
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Night | Unit::Quarter => return None,
        })
    }

    /// What lies `count` units before today.
    fn before(&self, count: f64, unit: Unit) -> Option<String> {
        let today = self.today?;
        if !(0.0..10_000.0).contains(&count) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "held below ten thousand above"
        )]
        let count = count.round() as i64;
        let date = |span: jiff::Span| today.checked_sub(span).ok();
        match unit {
            Unit::Day | Unit::Night => date(count.days()).map(|date| date.to_string()),
            Unit::Week => date((count * 7).days()).map(|date| date.to_string()),
            Unit::Month => {
                date(count.months()).map(|date| format!("{:04}-{:02}", date.year(), date.month()))
            }
            Unit::Year => date(count.years()).map(|date| format!("{:04}", date.year())),
            Unit::Decade => date((count * 10).years()).map(|date| format!("{:04}", date.year())),
            Unit::Second | Unit::Minute | Unit::Hour => Some(today.to_string()),
            Unit::Weekend | Unit::Quarter | Unit::Century => None,
        }
    }

    /// Whether the clause of the token at `at`, or the one above its infinitive, is told in the past.
    fn is_past(&self, at: usize) -> bool {
        let past = |token: Token<'_>| {
            token.xpos() == "VBD"
                || token
                    .children()
                    .any(|child| matches!(child.relation(), "aux" | "cop") && child.xpos() == "VBD")
        };
        let tells = |token: &Token<'_>| {
            matches!(token.xpos(), "VBZ" | "VBP")
                || past(*token)
                || token
                    .children()
                    .any(|child| matches!(child.relation(), "aux" | "cop"))
        };
        let start = self.tokens.get(at).copied();
        let verb = std::iter::successors(start, |token| token.head())
            .take(self.tokens.len())
            .find(tells);
        verb.is_some_and(past) && !self.is_future(at)
    }

    /// Whether the clause of the token at `at` speaks of the future.
    fn is_future(&self, at: usize) -> bool {
        let Some(mut token) = self.tokens.get(at).copied() else {
            return false;
        };
        for _ in 0..self.tokens.len() {
            if token.upos() == Upos::Verb {
                break;
            }
            match token.head() {
                Some(head) => token = head,
                None => break,
            }
        }
        let will = token.children().any(|child| {
            child.relation() == "aux" && matches!(child.form(), "will" | "'ll" | "’ll" | "shall")
        });
        let to_do =
            token.relation() == "xcomp" && token.children().any(|child| child.form() == "to");
        let set = token.head().is_some_and(|head| {
            matches!(
                head.lemma(),
                "expect"
                    | "plan"
                    | "schedule"
                    | "set"
                    | "due"
                    | "go"
                    | "be"
                    | "intend"
                    | "hope"
                    | "want"
            )
        });
        will || (to_do && set)
    }
}

#[cfg(test)]
mod tests;
