//! What each function takes, gives and does, for those who ask: listings and help.

use crate::query::signature::{Aggregate, Function};

/// Each function: its name, its arguments and result, and a line about it.
pub(crate) fn described_functions()
-> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    Function::ALL.iter().map(|function| {
        let (signature, description) = of_function(*function);
        (function.name(), signature, description)
    })
}

/// The same of the aggregates.
pub(crate) fn described_aggregates()
-> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    Aggregate::ALL.iter().map(|aggregate| {
        let (signature, description) = of_aggregate(*aggregate);
        (aggregate.name(), signature, description)
    })
}

/// The signature of functions of what stands behind relationships, but for their results.
macro_rules! of_behind {
    ($result:literal) => {
        concat!(
            "(of :: RELATIONSHIP | LIST OF RELATIONSHIP | PATH) :: ",
            $result,
            ", (one :: NODE, other :: NODE, types = null :: STRING | LIST OF STRING) :: ",
            $result
        )
    };
}

fn of_function(function: Function) -> (&'static str, &'static str) {
    match function {
        Function::Id => (
            "(of :: NODE | RELATIONSHIP) :: INTEGER",
            "the lasting number of a node or relationship",
        ),
        Function::ElementId => (
            "(of :: NODE | RELATIONSHIP) :: STRING",
            "the lasting id of a node or relationship as text",
        ),
        Function::Labels => ("(node :: NODE) :: LIST OF STRING", "the labels of a node"),
        Function::Type => (
            "(relationship :: RELATIONSHIP) :: STRING",
            "the type of a relationship",
        ),
        Function::Keys => (
            "(of :: NODE | RELATIONSHIP | MAP) :: LIST OF STRING",
            "the keys of the properties",
        ),
        Function::Properties => (
            "(of :: NODE | RELATIONSHIP | MAP) :: MAP",
            "all properties as a map",
        ),
        Function::StartNode => (
            "(relationship :: RELATIONSHIP) :: NODE",
            "the node that a relationship starts from",
        ),
        Function::EndNode => (
            "(relationship :: RELATIONSHIP) :: NODE",
            "the node that a relationship ends in",
        ),
        Function::Nodes => (
            "(path :: PATH) :: LIST OF NODE",
            "the nodes of a path in order",
        ),
        Function::Relationships => (
            "(path :: PATH) :: LIST OF RELATIONSHIP",
            "the relationships of a path in order",
        ),
        Function::Length => (
            "(path :: PATH) :: INTEGER",
            "how many relationships a path has",
        ),
        Function::Exists => (
            "(value :: ANY) :: BOOLEAN",
            "whether a property is there or a pattern is found",
        ),
        Function::Quote => (
            "(relationship :: RELATIONSHIP) :: STRING",
            "the sentence that says it, word for word",
        ),
        Function::Place => (
            "(relationship :: RELATIONSHIP) :: MAP",
            "where that sentence stands: {document, start, end}, in bytes of the decoded text",
        ),
        Function::Sources => (
            of_behind!("LIST OF STRING"),
            "the sources of the documents behind relationships, or behind those between two nodes",
        ),
        Function::Documents => (
            of_behind!("LIST OF NODE"),
            "the documents behind relationships, or behind those between two nodes",
        ),
        Function::Support => (
            of_behind!("INTEGER"),
            "how many independent documents stand behind; copies with the same bytes are one",
        ),
        Function::Synonyms => (
            "(type :: STRING) :: LIST OF STRING",
            "the relationship types that say the same, that one first: type(r) IN whom.synonyms('BACK')",
        ),
        Function::Inverses => (
            "(type :: STRING) :: LIST OF STRING",
            "the relationship types that say it from the other side, start and end exchanged",
        ),
        Function::Size => (
            "(of :: LIST OF ANY | STRING) :: INTEGER",
            "how many items a list or characters a string has",
        ),
        Function::Head => ("(list :: LIST OF ANY) :: ANY", "the first item"),
        Function::Last => ("(list :: LIST OF ANY) :: ANY", "the last item"),
        Function::Tail => (
            "(list :: LIST OF ANY) :: LIST OF ANY",
            "all items but the first",
        ),
        Function::Range => (
            "(start :: INTEGER, end :: INTEGER, step = 1 :: INTEGER) :: LIST OF INTEGER",
            "the numbers from start to end, both included",
        ),
        Function::Reverse => (
            "(of :: LIST OF ANY | STRING) :: LIST OF ANY | STRING",
            "the same the other way round",
        ),
        Function::IsEmpty => (
            "(of :: LIST OF ANY | MAP | STRING) :: BOOLEAN",
            "whether there is nothing in it",
        ),
        Function::Coalesce => (
            "(value :: ANY, …) :: ANY",
            "the first value that is not null",
        ),
        Function::ToBooleanList => (
            "(list :: LIST OF ANY) :: LIST OF BOOLEAN",
            "each item as a boolean, null for what cannot be one",
        ),
        Function::ToFloatList => (
            "(list :: LIST OF ANY) :: LIST OF FLOAT",
            "each item as a float, null for what cannot be one",
        ),
        Function::ToIntegerList => (
            "(list :: LIST OF ANY) :: LIST OF INTEGER",
            "each item as an integer, null for what cannot be one",
        ),
        Function::ToStringList => (
            "(list :: LIST OF ANY) :: LIST OF STRING",
            "each item as text, null for what cannot be it",
        ),
        Function::NullIf => (
            "(value :: ANY, other :: ANY) :: ANY",
            "the value, or null if both are equal",
        ),
        Function::ValueType => (
            "(value :: ANY) :: STRING",
            "the narrowest type of the value, as `IS ::` takes it",
        ),
        Function::RandomUuid => ("() :: STRING", "a random UUID of version 4"),
        Function::ToBoolean => ("(value :: ANY) :: BOOLEAN", "the value as a boolean"),
        Function::ToBooleanOrNull => (
            "(value :: ANY) :: BOOLEAN",
            "the value as a boolean, null for what cannot be one",
        ),
        Function::ToFloat => ("(value :: ANY) :: FLOAT", "the value as a float"),
        Function::ToFloatOrNull => (
            "(value :: ANY) :: FLOAT",
            "the value as a float, null for what cannot be one",
        ),
        Function::ToInteger => (
            "(value :: ANY) :: INTEGER",
            "the value as an integer, cut towards zero",
        ),
        Function::ToIntegerOrNull => (
            "(value :: ANY) :: INTEGER",
            "the value as an integer, null for what cannot be one",
        ),
        Function::ToString => ("(value :: ANY) :: STRING", "the value as text"),
        Function::ToStringOrNull => (
            "(value :: ANY) :: STRING",
            "the value as text, null for what cannot be it",
        ),
        Function::Left => (
            "(text :: STRING, length :: INTEGER) :: STRING",
            "the first characters",
        ),
        Function::Right => (
            "(text :: STRING, length :: INTEGER) :: STRING",
            "the last characters",
        ),
        Function::LTrim => (
            "(text :: STRING, characters = null :: STRING) :: STRING",
            "without blanks, or without the given characters, in front",
        ),
        Function::RTrim => (
            "(text :: STRING, characters = null :: STRING) :: STRING",
            "without blanks, or without the given characters, behind",
        ),
        Function::BTrim => (
            "(text :: STRING, characters = null :: STRING) :: STRING",
            "without blanks, or without the given characters, in front and behind",
        ),
        Function::Trim => (
            "(text :: STRING) :: STRING",
            "without blanks in front and behind",
        ),
        Function::Replace => (
            "(text :: STRING, old :: STRING, new :: STRING) :: STRING",
            "the text with each occurrence of old made new",
        ),
        Function::Split => (
            "(text :: STRING, separator :: STRING) :: LIST OF STRING",
            "the parts between separators",
        ),
        Function::Substring => (
            "(text :: STRING, start :: INTEGER, length = null :: INTEGER) :: STRING",
            "the characters from a place on, counted from 0",
        ),
        Function::ToLower => ("(text :: STRING) :: STRING", "in lower case"),
        Function::ToUpper => ("(text :: STRING) :: STRING", "in upper case"),
        Function::Lower => ("(text :: STRING) :: STRING", "in lower case, as toLower()"),
        Function::Upper => ("(text :: STRING) :: STRING", "in upper case, as toUpper()"),
        Function::CharLength | Function::CharacterLength => (
            "(text :: STRING) :: INTEGER",
            "how many characters a string has",
        ),
        Function::Normalize => (
            "(text :: STRING, form = NFC :: STRING) :: STRING",
            "in a normal form of Unicode: NFC, NFD, NFKC or NFKD",
        ),
        Function::Abs => ("(number :: NUMBER) :: NUMBER", "without its sign"),
        Function::Ceil => (
            "(number :: NUMBER) :: FLOAT",
            "the least whole number that is not below",
        ),
        Function::Floor => (
            "(number :: NUMBER) :: FLOAT",
            "the greatest whole number that is not above",
        ),
        Function::Round => (
            "(number :: NUMBER, digits = 0 :: INTEGER) :: FLOAT",
            "the nearest number of so many digits behind the point",
        ),
        Function::Sign => ("(number :: NUMBER) :: INTEGER", "-1, 0 or 1"),
        Function::Rand => ("() :: FLOAT", "a random number from 0 to below 1"),
        Function::E => ("() :: FLOAT", "the base of the natural logarithm"),
        Function::Pi => (
            "() :: FLOAT",
            "the ratio of a circle's circumference to its diameter",
        ),
        Function::Exp => (
            "(number :: NUMBER) :: FLOAT",
            "e to the power of the number",
        ),
        Function::Log => ("(number :: NUMBER) :: FLOAT", "the natural logarithm"),
        Function::Log10 => (
            "(number :: NUMBER) :: FLOAT",
            "the logarithm to the base 10",
        ),
        Function::Sqrt => ("(number :: NUMBER) :: FLOAT", "the square root"),
        Function::Sin => (
            "(angle :: NUMBER) :: FLOAT",
            "the sine of an angle in radians",
        ),
        Function::Cos => (
            "(angle :: NUMBER) :: FLOAT",
            "the cosine of an angle in radians",
        ),
        Function::Tan => (
            "(angle :: NUMBER) :: FLOAT",
            "the tangent of an angle in radians",
        ),
        Function::Cot => (
            "(angle :: NUMBER) :: FLOAT",
            "the cotangent of an angle in radians",
        ),
        Function::Asin => ("(number :: NUMBER) :: FLOAT", "the angle with this sine"),
        Function::Acos => ("(number :: NUMBER) :: FLOAT", "the angle with this cosine"),
        Function::Atan => ("(number :: NUMBER) :: FLOAT", "the angle with this tangent"),
        Function::Atan2 => (
            "(y :: NUMBER, x :: NUMBER) :: FLOAT",
            "the angle of the point (x, y)",
        ),
        Function::Degrees => ("(angle :: NUMBER) :: FLOAT", "radians as degrees"),
        Function::Radians => ("(angle :: NUMBER) :: FLOAT", "degrees as radians"),
        Function::Haversin => (
            "(angle :: NUMBER) :: FLOAT",
            "half of the versine of an angle in radians",
        ),
        Function::IsNaN => (
            "(number :: NUMBER) :: BOOLEAN",
            "whether it is not a number",
        ),
        Function::Timestamp => (
            "() :: INTEGER",
            "the milliseconds from the beginning of 1970 until the statement began",
        ),
        Function::Date => (
            "(of = null :: STRING | MAP | temporal) :: DATE",
            "a day: today's, or that of a text, of parts or of another time",
        ),
        Function::LocalTime => (
            "(of = null :: STRING | MAP | temporal) :: LOCAL TIME",
            "a time of day without offset",
        ),
        Function::Time => (
            "(of = null :: STRING | MAP | temporal) :: ZONED TIME",
            "a time of day with its offset",
        ),
        Function::LocalDateTime => (
            "(of = null :: STRING | MAP | temporal) :: LOCAL DATETIME",
            "a day and a time without offset",
        ),
        Function::DateTime => (
            "(of = null :: STRING | MAP | temporal) :: ZONED DATETIME",
            "a day and a time with offset or zone",
        ),
        Function::DateTransaction | Function::DateStatement | Function::DateRealtime => (
            "(zone = null :: STRING) :: DATE",
            "the day at the beginning of the transaction, of the statement, or now",
        ),
        Function::LocalTimeTransaction
        | Function::LocalTimeStatement
        | Function::LocalTimeRealtime => (
            "(zone = null :: STRING) :: LOCAL TIME",
            "the time at the beginning of the transaction, of the statement, or now",
        ),
        Function::TimeTransaction | Function::TimeStatement | Function::TimeRealtime => (
            "(zone = null :: STRING) :: ZONED TIME",
            "the time at the beginning of the transaction, of the statement, or now",
        ),
        Function::LocalDateTimeTransaction
        | Function::LocalDateTimeStatement
        | Function::LocalDateTimeRealtime => (
            "(zone = null :: STRING) :: LOCAL DATETIME",
            "day and time at the beginning of the transaction, of the statement, or now",
        ),
        Function::DateTimeTransaction
        | Function::DateTimeStatement
        | Function::DateTimeRealtime => (
            "(zone = null :: STRING) :: ZONED DATETIME",
            "day and time at the beginning of the transaction, of the statement, or now",
        ),
        Function::DateTruncate => (
            "(unit :: STRING, of = null :: temporal, parts = {} :: MAP) :: DATE",
            "the beginning of the unit in which a time lies, as a day",
        ),
        Function::LocalTimeTruncate => (
            "(unit :: STRING, of = null :: temporal, parts = {} :: MAP) :: LOCAL TIME",
            "the beginning of the unit in which a time lies, as a time without offset",
        ),
        Function::TimeTruncate => (
            "(unit :: STRING, of = null :: temporal, parts = {} :: MAP) :: ZONED TIME",
            "the beginning of the unit in which a time lies, as a time with its offset",
        ),
        Function::LocalDateTimeTruncate => (
            "(unit :: STRING, of = null :: temporal, parts = {} :: MAP) :: LOCAL DATETIME",
            "the beginning of the unit in which a time lies, as day and time without offset",
        ),
        Function::DateTimeTruncate => (
            "(unit :: STRING, of = null :: temporal, parts = {} :: MAP) :: ZONED DATETIME",
            "the beginning of the unit in which a time lies, as day and time with offset or zone",
        ),
        Function::DateTimeFromEpoch => (
            "(seconds :: NUMBER, nanoseconds = 0 :: NUMBER) :: ZONED DATETIME",
            "the time so long after the beginning of 1970",
        ),
        Function::DateTimeFromEpochMillis => (
            "(milliseconds :: NUMBER) :: ZONED DATETIME",
            "the time so long after the beginning of 1970",
        ),
        Function::Duration => (
            "(of :: STRING | MAP | DURATION) :: DURATION",
            "a length of time, of a text or of parts",
        ),
        Function::DurationBetween => (
            "(from :: temporal, to :: temporal) :: DURATION",
            "the time between two points, in months, days and seconds",
        ),
        Function::DurationInMonths => (
            "(from :: temporal, to :: temporal) :: DURATION",
            "the whole months between two points",
        ),
        Function::DurationInDays => (
            "(from :: temporal, to :: temporal) :: DURATION",
            "the whole days between two points",
        ),
        Function::DurationInSeconds => (
            "(from :: temporal, to :: temporal) :: DURATION",
            "the time between two points, in seconds alone",
        ),
    }
}

fn of_aggregate(aggregate: Aggregate) -> (&'static str, &'static str) {
    match aggregate {
        Aggregate::Count => (
            "(value :: ANY) :: INTEGER",
            "how many values are not null; count(*) counts rows",
        ),
        Aggregate::Sum => (
            "(value :: NUMBER | DURATION) :: NUMBER | DURATION",
            "the sum",
        ),
        Aggregate::Avg => (
            "(value :: NUMBER | DURATION) :: FLOAT | DURATION",
            "the mean",
        ),
        Aggregate::Min => ("(value :: ANY) :: ANY", "the least value"),
        Aggregate::Max => ("(value :: ANY) :: ANY", "the greatest value"),
        Aggregate::Collect => (
            "(value :: ANY) :: LIST OF ANY",
            "the values that are not null as a list",
        ),
        Aggregate::StDev => (
            "(value :: NUMBER) :: FLOAT",
            "the standard deviation, estimated from a sample",
        ),
        Aggregate::StDevP => (
            "(value :: NUMBER) :: FLOAT",
            "the standard deviation of all there are",
        ),
        Aggregate::PercentileCont => (
            "(value :: NUMBER, share :: FLOAT) :: FLOAT",
            "the value below which a share of all lies, between two if need be",
        ),
        Aggregate::PercentileDisc => (
            "(value :: NUMBER, share :: FLOAT) :: NUMBER",
            "the value below which a share of all lies, one of those there are",
        ),
    }
}
