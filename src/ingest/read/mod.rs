//! Readers, one for each form: what of a file is its text, its title, its day.

mod html;
mod markdown;
mod plain;
pub(super) mod table;

use jiff::civil::Date;

pub(super) use self::html::html;
pub(super) use self::markdown::markdown;
pub(super) use self::plain::plain;

/// What a reader finds in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Page {
    /// The title, if it has one.
    pub(super) title: Option<String>,
    /// The day of publication, if it is said beside the text.
    pub(super) published: Option<Date>,
    /// The text; paragraphs are parted by empty lines.
    pub(super) text: String,
}

/// The day that a date field names: an ISO 8601 date, with or without a time.
pub(super) fn day(field: &str) -> Option<Date> {
    let field = field.trim();
    field
        .parse::<Date>()
        .ok()
        .or_else(|| field.get(..10).and_then(|day| day.parse().ok()))
}
