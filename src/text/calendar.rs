//! The words of the calendar: months, weekdays, units of time.

use jiff::civil::Date;

/// The months, in small letters.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The month that `word` names, written out or cut to three or four letters.
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let at = MONTHS.iter().position(|name| {
        *name == word || (word.len() >= 3 && word.len() <= 4 && name.starts_with(&word))
    })?;
    i8::try_from(at + 1).ok()
}

/// The weekday that `word` names: 1 for Monday.
pub(crate) fn weekday(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let at = WEEKDAYS.iter().position(|name| {
        *name == word || (word.len() >= 3 && word.len() <= 5 && name.starts_with(&word))
    })?;
    i8::try_from(at + 1).ok()
}

/// A unit of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    pub(crate) fn named(word: &str) -> Option<Self> {
        Some(match word {
            "second" | "seconds" => Self::Second,
            "minute" | "minutes" => Self::Minute,
            "hour" | "hours" => Self::Hour,
            "day" | "days" => Self::Day,
            "night" | "nights" => Self::Night,
            "week" | "weeks" => Self::Week,
            "weekend" | "weekends" => Self::Weekend,
            "month" | "months" => Self::Month,
            "quarter" | "quarters" => Self::Quarter,
            "year" | "years" => Self::Year,
            "decade" | "decades" => Self::Decade,
            "century" | "centuries" => Self::Century,
            _ => return None,
        })
    }

    /// `count` of it as an ISO 8601 duration.
    pub(crate) fn duration(self, count: f64) -> String {
        let (prefix, factor, letter) = match self {
            Self::Second => ("PT", 1.0, 'S'),
            Self::Minute => ("PT", 1.0, 'M'),
            Self::Hour => ("PT", 1.0, 'H'),
            Self::Day | Self::Night => ("P", 1.0, 'D'),
            Self::Week => ("P", 1.0, 'W'),
            Self::Weekend => ("P", 2.0, 'D'),
            Self::Month => ("P", 1.0, 'M'),
            Self::Quarter => ("P", 3.0, 'M'),
            Self::Year => ("P", 1.0, 'Y'),
            Self::Decade => ("P", 10.0, 'Y'),
            Self::Century => ("P", 100.0, 'Y'),
        };
        format!("{prefix}{}{letter}", count * factor)
    }
}

/// Where a word points: -1 back, 0 to now, 1 ahead.
pub(crate) fn step(word: &str) -> Option<i32> {
    match word {
        "last" | "past" | "previous" => Some(-1),
        "this" | "current" => Some(0),
        "next" | "coming" | "following" => Some(1),
        _ => None,
    }
}

pub(crate) fn is_season(word: &str) -> bool {
    matches!(word, "spring" | "summer" | "autumn" | "fall" | "winter")
}

/// A day in figures: "2015-05-18", "11/28/2000".
pub(crate) fn numeric_date(word: &str) -> Option<Date> {
    if word.len() < 8 || word.len() > 10 {
        return None;
    }
    if let Ok(date) = word.parse::<Date>() {
        return Some(date);
    }
    let mut parts = word.split('/').map(|part| part.parse::<i16>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || year < 1000 {
        return None;
    }
    let (month, day) = if month > 12 {
        (day, month)
    } else {
        (month, day)
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
