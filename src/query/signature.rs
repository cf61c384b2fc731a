//! What may be called: the names and arities of functions and aggregates, and the shape of
//! procedures.
//!
//! The checker asks here whether a call can be right at all; what a function computes is the
//! business of the evaluator, which matches [`Function`] arm by arm.

use std::collections::BTreeMap;
use std::fmt;

macro_rules! functions {
    ($(#[$meta:meta])* $enum:ident { $($variant:ident $name:literal $least:literal ..= $most:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum {
            $(#[doc = concat!("`", $name, "`")] $variant,)+
        }

        impl $enum {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name, in its usual spelling.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The least and the most arguments it takes.
            pub fn arity(self) -> (usize, usize) {
                match self {
                    $(Self::$variant => ($least, $most),)+
                }
            }

            /// The one of that name, upper and lower case alike.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name().eq_ignore_ascii_case(name))
            }
        }
    };
}

functions! {
    /// A function of one row.
    Function {
        // Of nodes, relationships and paths.
        Id "id" 1..=1,
        ElementId "elementId" 1..=1,
        Labels "labels" 1..=1,
        Type "type" 1..=1,
        Keys "keys" 1..=1,
        Properties "properties" 1..=1,
        StartNode "startNode" 1..=1,
        EndNode "endNode" 1..=1,
        Nodes "nodes" 1..=1,
        Relationships "relationships" 1..=1,
        Length "length" 1..=1,
        Exists "exists" 1..=1,
        // Of the evidence behind relationships.
        Quote "quote" 1..=1,
        Place "place" 1..=1,
        Sources "sources" 1..=3,
        Documents "documents" 1..=3,
        Support "support" 1..=3,
        // Of the words of relationship types.
        Synonyms "whom.synonyms" 1..=1,
        Inverses "whom.inverses" 1..=1,
        // Of lists.
        Size "size" 1..=1,
        Head "head" 1..=1,
        Last "last" 1..=1,
        Tail "tail" 1..=1,
        Range "range" 2..=3,
        Reverse "reverse" 1..=1,
        IsEmpty "isEmpty" 1..=1,
        ToBooleanList "toBooleanList" 1..=1,
        ToFloatList "toFloatList" 1..=1,
        ToIntegerList "toIntegerList" 1..=1,
        ToStringList "toStringList" 1..=1,
        // Of anything.
        Coalesce "coalesce" 1..=255,
        ToBoolean "toBoolean" 1..=1,
        ToBooleanOrNull "toBooleanOrNull" 1..=1,
        ToFloat "toFloat" 1..=1,
        ToFloatOrNull "toFloatOrNull" 1..=1,
        ToInteger "toInteger" 1..=1,
        ToIntegerOrNull "toIntegerOrNull" 1..=1,
        ToString "toString" 1..=1,
        ToStringOrNull "toStringOrNull" 1..=1,
        NullIf "nullIf" 2..=2,
        ValueType "valueType" 1..=1,
        RandomUuid "randomUUID" 0..=0,
        // Of strings.
        Left "left" 2..=2,
        Right "right" 2..=2,
        LTrim "lTrim" 1..=2,
        RTrim "rTrim" 1..=2,
        BTrim "bTrim" 1..=2,
        Trim "trim" 1..=1,
        Replace "replace" 3..=3,
        Split "split" 2..=2,
        Substring "substring" 2..=3,
        ToLower "toLower" 1..=1,
        ToUpper "toUpper" 1..=1,
        Lower "lower" 1..=1,
        Upper "upper" 1..=1,
        CharLength "char_length" 1..=1,
        CharacterLength "character_length" 1..=1,
        Normalize "normalize" 1..=2,
        // Of numbers.
        Abs "abs" 1..=1,
        Ceil "ceil" 1..=1,
        Floor "floor" 1..=1,
        Round "round" 1..=2,
        Sign "sign" 1..=1,
        Rand "rand" 0..=0,
        E "e" 0..=0,
        Pi "pi" 0..=0,
        Exp "exp" 1..=1,
        Log "log" 1..=1,
        Log10 "log10" 1..=1,
        Sqrt "sqrt" 1..=1,
        Sin "sin" 1..=1,
        Cos "cos" 1..=1,
        Tan "tan" 1..=1,
        Cot "cot" 1..=1,
        Asin "asin" 1..=1,
        Acos "acos" 1..=1,
        Atan "atan" 1..=1,
        Atan2 "atan2" 2..=2,
        Degrees "degrees" 1..=1,
        Radians "radians" 1..=1,
        Haversin "haversin" 1..=1,
        IsNaN "isNaN" 1..=1,
        // Of time.
        Timestamp "timestamp" 0..=0,
        Date "date" 0..=1,
        DateTransaction "date.transaction" 0..=1,
        DateStatement "date.statement" 0..=1,
        DateRealtime "date.realtime" 0..=1,
        DateTruncate "date.truncate" 1..=3,
        LocalTime "localtime" 0..=1,
        LocalTimeTransaction "localtime.transaction" 0..=1,
        LocalTimeStatement "localtime.statement" 0..=1,
        LocalTimeRealtime "localtime.realtime" 0..=1,
        LocalTimeTruncate "localtime.truncate" 1..=3,
        Time "time" 0..=1,
        TimeTransaction "time.transaction" 0..=1,
        TimeStatement "time.statement" 0..=1,
        TimeRealtime "time.realtime" 0..=1,
        TimeTruncate "time.truncate" 1..=3,
        LocalDateTime "localdatetime" 0..=1,
        LocalDateTimeTransaction "localdatetime.transaction" 0..=1,
        LocalDateTimeStatement "localdatetime.statement" 0..=1,
        LocalDateTimeRealtime "localdatetime.realtime" 0..=1,
        LocalDateTimeTruncate "localdatetime.truncate" 1..=3,
        DateTime "datetime" 0..=1,
        DateTimeTransaction "datetime.transaction" 0..=1,
        DateTimeStatement "datetime.statement" 0..=1,
        DateTimeRealtime "datetime.realtime" 0..=1,
        DateTimeTruncate "datetime.truncate" 1..=3,
        DateTimeFromEpoch "datetime.fromepoch" 1..=2,
        DateTimeFromEpochMillis "datetime.fromepochmillis" 1..=1,
        Duration "duration" 1..=1,
        DurationBetween "duration.between" 2..=2,
        DurationInMonths "duration.inMonths" 2..=2,
        DurationInDays "duration.inDays" 2..=2,
        DurationInSeconds "duration.inSeconds" 2..=2,
    }
}

functions! {
    /// A function of many rows.
    Aggregate {
        Count "count" 1..=1,
        Sum "sum" 1..=1,
        Avg "avg" 1..=1,
        Min "min" 1..=1,
        Max "max" 1..=1,
        Collect "collect" 1..=1,
        StDev "stDev" 1..=1,
        StDevP "stDevP" 1..=1,
        PercentileCont "percentileCont" 2..=2,
        PercentileDisc "percentileDisc" 2..=2,
    }
}

impl Function {
    /// Whether each call gives another result.
    pub fn is_random(self) -> bool {
        matches!(self, Self::Rand | Self::RandomUuid)
    }

    /// Whether equal arguments always give equal results, so that it may be computed once.
    pub fn is_repeatable(self) -> bool {
        let of_the_clock = matches!(
            self,
            Self::Date
                | Self::LocalTime
                | Self::Time
                | Self::LocalDateTime
                | Self::DateTime
                | Self::Timestamp
        );
        let name = self.name();
        !(of_the_clock
            || self.is_random()
            || name.ends_with(".transaction")
            || name.ends_with(".statement")
            || name.ends_with(".realtime"))
    }
}

/// The type of an argument or a result of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `ANY`
    Any,
    /// `BOOLEAN`
    Boolean,
    /// `INTEGER`
    Integer,
    /// `FLOAT`
    Float,
    /// `NUMBER`
    Number,
    /// `STRING`
    String,
    /// `MAP`
    Map,
    /// `NODE`
    Node,
    /// `RELATIONSHIP`
    Relationship,
    /// `PATH`
    Path,
    /// `LIST OF T`
    List(Box<Type>),
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => formatter.write_str("ANY"),
            Self::Boolean => formatter.write_str("BOOLEAN"),
            Self::Integer => formatter.write_str("INTEGER"),
            Self::Float => formatter.write_str("FLOAT"),
            Self::Number => formatter.write_str("NUMBER"),
            Self::String => formatter.write_str("STRING"),
            Self::Map => formatter.write_str("MAP"),
            Self::Node => formatter.write_str("NODE"),
            Self::Relationship => formatter.write_str("RELATIONSHIP"),
            Self::Path => formatter.write_str("PATH"),
            Self::List(item) => write!(formatter, "LIST OF {item}"),
        }
    }
}

/// An argument or a result of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The type.
    pub kind: Type,
    /// Whether null is allowed.
    pub nullable: bool,
    /// What stands for an argument that is left out, as it is written; without one it must be
    /// given.
    pub default: Option<String>,
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)?;
        if let Some(default) = &self.default {
            write!(formatter, " = {default}")?;
        }
        write!(formatter, " :: {}", self.kind)?;
        if self.nullable {
            formatter.write_str("?")?;
        }
        Ok(())
    }
}

/// What a procedure takes and gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureSignature {
    /// The name with its name spaces, joined by dots.
    pub name: String,
    /// What it takes.
    pub inputs: Vec<Field>,
    /// What it gives.
    pub outputs: Vec<Field>,
    /// What it does, in a line; empty if nobody said.
    pub description: String,
}

impl ProcedureSignature {
    /// How many arguments it needs at least.
    pub fn required(&self) -> usize {
        let required = self.inputs.iter();
        required.filter(|field| field.default.is_none()).count()
    }
}

impl fmt::Display for ProcedureSignature {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |fields: &[Field]| {
            let fields: Vec<String> = fields.iter().map(ToString::to_string).collect();
            fields.join(", ")
        };
        let (inputs, outputs) = (list(&self.inputs), list(&self.outputs));
        write!(formatter, "{}({inputs}) :: ({outputs})", self.name)
    }
}

/// All procedures that may be called, by name.
pub type ProcedureCatalog = BTreeMap<String, ProcedureSignature>;

#[cfg(test)]
mod tests {
    use super::{Aggregate, Function};

    #[test]
    fn names_are_found_whatever_their_case() {
        assert_eq!(Function::from_name("TOSTRING"), Some(Function::ToString));
        assert_eq!(
            Function::from_name("duration.inDays"),
            Some(Function::DurationInDays)
        );
        assert_eq!(Function::from_name("count"), None);
        assert_eq!(Aggregate::from_name("Count"), Some(Aggregate::Count));
    }
}
