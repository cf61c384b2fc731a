//! Slips that people make when they write queries, each with its remedy.
//!
//! The grammar only knows where it stopped; a slip is what was most likely meant. Which one it is
//! is found in `parse::refusal`; here is what is said of it.

/// A slip, with the words of the query that the message needs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Slip {
    /// A keyword spelt wrongly.
    MisspeltKeyword {
        /// As written.
        written: String,
        /// What was meant.
        meant: &'static str,
    },
    /// A keyword used as a name.
    KeywordAsName(String),
    /// A quote without its partner; whether it seems to stand inside a word.
    UnclosedQuote {
        /// The quote.
        quote: String,
        /// Whether a letter stands right before it.
        inside_word: bool,
    },
    /// `/*` without `*/`.
    UnclosedComment,
    /// A bracket without its partner.
    UnclosedBracket(String),
    /// A closing bracket where another one is open.
    WrongBracket {
        /// What closes.
        found: String,
        /// What would have to be closed.
        open: String,
    },
    /// A closing bracket where none is open.
    UnopenedBracket(String),
    /// An operator of another language.
    ForeignOperator {
        /// As written.
        written: String,
        /// What openCypher has for it.
        meant: &'static str,
    },
    /// A word of SQL.
    SqlWord {
        /// The word.
        word: String,
        /// How the same is said here.
        instead: &'static str,
    },
    /// `x NOT IN list`.
    NotBehindOperand(String),
    /// A list in round brackets.
    ListInRoundBrackets,
    /// A comma with nothing before it.
    CommaBeforeNothing,
    /// A comma with nothing behind it.
    CommaBehindNothing,
    /// Two things side by side.
    MissingComma(Between),
    /// The name of a map entry in quotes.
    QuotedKey(String),
    /// `=` in a map.
    EqualsInMap,
    /// A parameter of another language.
    ForeignParameter {
        /// As written.
        written: String,
        /// The name.
        name: String,
    },
    /// `$` without a name.
    NamelessParameter,
    /// An arrow that is none.
    BrokenArrow,
    /// What should be a relationship, without its brackets.
    RelationshipWithoutBrackets(String),
    /// What should be a node, without its brackets.
    NodeWithoutBrackets(String),
    /// A length without its two points.
    BadLength,
    /// A node in square brackets.
    NodeInSquareBrackets,
    /// Properties in a pattern without braces.
    PropertiesWithoutBraces(String),
    /// Labels or types with commas between them.
    LabelsWithCommas,
    /// Something to be given back, without RETURN.
    MissingReturn,
    /// Two conditions where one can stand.
    SecondWhere,
    /// WHERE where no rows can be chosen.
    MisplacedWhere {
        /// The clause it stands in.
        clause: String,
    },
    /// ORDER BY, SKIP or LIMIT in the wrong order, or in a clause without rows.
    MisplacedPart {
        /// Which.
        part: String,
        /// The clause it stands in.
        clause: String,
    },
    /// ORDER without BY.
    OrderWithoutBy,
    /// CASE without END.
    CaseWithoutEnd,
    /// UNWIND without AS.
    UnwindWithoutName,
    /// A second statement behind a semicolon.
    SecondStatement,
}

/// Between what a comma is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// The columns of RETURN or WITH.
    Columns,
    /// The items of a list.
    Items,
    /// The entries of a map.
    Entries,
    /// The arguments of a function, or the like.
    Arguments,
    /// The patterns of a match.
    Patterns,
}

impl Slip {
    /// Its code: lasting, and the same for all slips of a kind.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MisspeltKeyword { .. } => "misspelt-keyword",
            Self::KeywordAsName(_) => "keyword-as-name",
            Self::UnclosedQuote { .. } => "unclosed-quote",
            Self::UnclosedComment => "unclosed-comment",
            Self::UnclosedBracket(_) => "unclosed-bracket",
            Self::WrongBracket { .. } | Self::UnopenedBracket(_) => "unmatched-bracket",
            Self::ForeignOperator { .. } => "unknown-operator",
            Self::SqlWord { .. } => "sql-word",
            Self::NotBehindOperand(_) => "misplaced-not",
            Self::ListInRoundBrackets => "list-in-round-brackets",
            Self::CommaBeforeNothing | Self::CommaBehindNothing => "stray-comma",
            Self::MissingComma(_) => "missing-comma",
            Self::QuotedKey(_) => "quoted-key",
            Self::EqualsInMap => "equals-in-map",
            Self::ForeignParameter { .. } | Self::NamelessParameter => "bad-parameter",
            Self::BrokenArrow | Self::RelationshipWithoutBrackets(_) => "broken-arrow",
            Self::BadLength => "bad-length",
            Self::NodeWithoutBrackets(_) | Self::NodeInSquareBrackets => "node-without-brackets",
            Self::PropertiesWithoutBraces(_) => "properties-without-braces",
            Self::LabelsWithCommas => "labels-with-commas",
            Self::MissingReturn => "missing-return",
            Self::SecondWhere | Self::MisplacedWhere { .. } => "misplaced-where",
            Self::MisplacedPart { .. } => "misplaced-part",
            Self::OrderWithoutBy => "order-without-by",
            Self::CaseWithoutEnd => "case-without-end",
            Self::UnwindWithoutName => "unwind-without-name",
            Self::SecondStatement => "second-statement",
        }
    }

    /// What is said at the place of the slip.
    pub(super) fn label(&self) -> &'static str {
        match self {
            Self::MisspeltKeyword { .. } => "a keyword was expected here",
            Self::UnclosedQuote { .. } | Self::UnclosedComment | Self::UnclosedBracket(_) => {
                "opened here"
            }
            Self::WrongBracket { .. } => "closes the wrong bracket",
            Self::UnopenedBracket(_) => "closes nothing",
            Self::MissingComma(_) => "a comma is missing before this",
            Self::MissingReturn => "RETURN is missing before this",
            Self::SecondStatement => "a second statement begins here",
            Self::SecondWhere => "the second WHERE",
            Self::KeywordAsName(_)
            | Self::ForeignOperator { .. }
            | Self::SqlWord { .. }
            | Self::NotBehindOperand(_)
            | Self::ListInRoundBrackets
            | Self::CommaBeforeNothing
            | Self::CommaBehindNothing
            | Self::QuotedKey(_)
            | Self::EqualsInMap
            | Self::ForeignParameter { .. }
            | Self::NamelessParameter
            | Self::BrokenArrow
            | Self::RelationshipWithoutBrackets(_)
            | Self::NodeWithoutBrackets(_)
            | Self::NodeInSquareBrackets
            | Self::PropertiesWithoutBraces(_)
            | Self::LabelsWithCommas
            | Self::MisplacedWhere { .. }
            | Self::MisplacedPart { .. }
            | Self::OrderWithoutBy
            | Self::BadLength
            | Self::CaseWithoutEnd
            | Self::UnwindWithoutName => "",
        }
    }

    /// What to do about it.
    pub(super) fn help(&self) -> String {
        match self {
            Self::MisspeltKeyword { meant, .. } => format!("did you mean `{meant}`?"),
            Self::KeywordAsName(word) => {
                format!("write it between backticks: `{word}`")
            }
            Self::UnclosedQuote { quote, inside_word } => {
                if *inside_word && quote == "'" {
                    "inside a string write `\\'`, or put the string between double quotes"
                        .to_owned()
                } else if quote == "`" {
                    "close the name with another backtick".to_owned()
                } else {
                    format!("close the string with `{quote}`")
                }
            }
            Self::UnclosedComment => "close the comment with `*/`".to_owned(),
            Self::UnclosedBracket(bracket) => format!("close it with `{}`", partner(bracket)),
            Self::WrongBracket { open, .. } => {
                format!("`{open}` is closed with `{}`", partner(open))
            }
            Self::UnopenedBracket(bracket) => {
                format!("take it out, or open it with `{}`", partner(bracket))
            }
            Self::ForeignOperator { meant, .. } => format!("write {meant}"),
            Self::SqlWord { instead, .. } => (*instead).to_owned(),
            Self::NotBehindOperand(operator) => {
                format!("NOT stands before the whole condition: NOT x {operator} …")
            }
            Self::ListInRoundBrackets => "a list stands in square brackets: IN [1, 2]".to_owned(),
            Self::CommaBeforeNothing | Self::CommaBehindNothing => {
                "take the comma out, or say what is missing beside it".to_owned()
            }
            Self::MissingComma(between) => match between {
                Between::Columns => {
                    "put a comma between columns, or AS before the name of a column"
                }
                Between::Items => "put a comma between the items of a list",
                Between::Entries => "put a comma between the entries: {a: 1, b: 2}",
                Between::Arguments => "put a comma between arguments",
                Between::Patterns => "put a comma between patterns, or an arrow: (a)-->(b)",
            }
            .to_owned(),
            Self::QuotedKey(key) => format!("the name of an entry has no quotes: {{{key}: …}}"),
            Self::EqualsInMap => {
                "in a map a colon stands before the value: {name: 'Ada'}".to_owned()
            }
            Self::ForeignParameter { name, .. } => format!("a parameter is written `${name}`"),
            Self::NamelessParameter => "a name follows the sign: `$name`".to_owned(),
            Self::BrokenArrow => {
                "a relationship is written -->, <--, --, -[r:TYPE]->, <-[r:TYPE]- or -[r:TYPE]-"
                    .to_owned()
            }
            Self::RelationshipWithoutBrackets(name) => {
                format!("the inside of a relationship stands in square brackets: -[{name}]->")
            }
            Self::NodeWithoutBrackets(name) => {
                format!("a node stands in round brackets: ({name})")
            }
            Self::NodeInSquareBrackets => {
                "a node stands in round brackets, a relationship in square ones: (a)-[r]->(b)"
                    .to_owned()
            }
            Self::PropertiesWithoutBraces(key) => {
                format!("properties stand in braces: {{{key}: …}}")
            }
            Self::LabelsWithCommas => "`:A|B` asks for one of them, `:A:B` for both".to_owned(),
            Self::MissingReturn => "write RETURN before what the query is to give".to_owned(),
            Self::SecondWhere => "join the conditions with AND".to_owned(),
            Self::MisplacedWhere { clause } if clause == "RETURN" => {
                "put it before RETURN; what is computed is filtered with WITH … WHERE … RETURN …"
                    .to_owned()
            }
            Self::MisplacedWhere { .. } => "WHERE follows MATCH, WITH and YIELD".to_owned(),
            Self::MisplacedPart { clause, .. } if matches!(clause.as_str(), "RETURN" | "WITH") => {
                "their order is ORDER BY …, SKIP …, LIMIT …, each once".to_owned()
            }
            Self::MisplacedPart { part, .. } => {
                format!("{part} belongs to RETURN or WITH: WITH * {part} …")
            }
            Self::OrderWithoutBy => "write ORDER BY".to_owned(),
            Self::BadLength => {
                "a length is written -[*2]->, -[*1..3]->, -[*2..]-> or -[*..3]->".to_owned()
            }
            Self::CaseWithoutEnd => "END closes it: CASE WHEN a THEN b ELSE c END".to_owned(),
            Self::UnwindWithoutName => "name the items: UNWIND list AS item".to_owned(),
            Self::SecondStatement => {
                "a query is one statement; `whom run` and the shell run several".to_owned()
            }
        }
    }
}

/// The other half of a bracket.
fn partner(bracket: &str) -> &'static str {
    match bracket {
        "(" => ")",
        "[" => "]",
        "{" => "}",
        ")" => "(",
        "]" => "[",
        _ => "{",
    }
}

impl std::fmt::Display for Slip {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::MisspeltKeyword { written, .. } => write!(out, "`{written}` is no keyword"),
            Self::KeywordAsName(word) => {
                write!(out, "`{word}` is a keyword and cannot be a name")
            }
            Self::UnclosedQuote { .. } => out.write_str("this quote is never closed"),
            Self::UnclosedComment => out.write_str("this comment is never closed"),
            Self::UnclosedBracket(bracket) => write!(out, "this `{bracket}` is never closed"),
            Self::WrongBracket { found, open } => {
                write!(out, "`{found}` cannot close `{open}`")
            }
            Self::UnopenedBracket(bracket) => write!(out, "this `{bracket}` closes nothing"),
            Self::ForeignOperator { written, .. } => {
                write!(out, "there is no operator `{written}`")
            }
            Self::SqlWord { word, .. } => write!(out, "`{word}` is SQL, not openCypher"),
            Self::NotBehindOperand(operator) => {
                write!(out, "`NOT` cannot stand before `{operator}`")
            }
            Self::ListInRoundBrackets => out.write_str("a list cannot stand in round brackets"),
            Self::CommaBeforeNothing => out.write_str("nothing stands before this comma"),
            Self::CommaBehindNothing => out.write_str("nothing follows this comma"),
            Self::MissingComma(_) => out.write_str("two things stand side by side"),
            Self::QuotedKey(_) => out.write_str("the name of a map's entry cannot be a string"),
            Self::EqualsInMap => out.write_str("`=` cannot stand in a map"),
            Self::ForeignParameter { written, .. } => {
                write!(out, "`{written}` is not how a parameter is written")
            }
            Self::NamelessParameter => out.write_str("this parameter has no name"),
            Self::BrokenArrow => out.write_str("this is no arrow of a pattern"),
            Self::RelationshipWithoutBrackets(_) => {
                out.write_str("a relationship needs its brackets")
            }
            Self::NodeWithoutBrackets(_) => out.write_str("a node needs its brackets"),
            Self::NodeInSquareBrackets => out.write_str("a node cannot stand in square brackets"),
            Self::PropertiesWithoutBraces(_) => out.write_str("properties need their braces"),
            Self::LabelsWithCommas => out.write_str("labels and types are not joined by commas"),
            Self::MissingReturn => out.write_str("this belongs to no clause"),
            Self::SecondWhere => out.write_str("a clause has only one WHERE"),
            Self::MisplacedWhere { clause } => write!(out, "WHERE cannot stand in {clause}"),
            Self::MisplacedPart { part, clause }
                if matches!(clause.as_str(), "RETURN" | "WITH") =>
            {
                write!(out, "{part} cannot stand here")
            }
            Self::MisplacedPart { part, clause } => write!(out, "{part} cannot stand in {clause}"),
            Self::OrderWithoutBy => out.write_str("BY is missing behind ORDER"),
            Self::BadLength => out.write_str("this is no length of a path"),
            Self::CaseWithoutEnd => out.write_str("this CASE has no END"),
            Self::UnwindWithoutName => out.write_str("UNWIND needs a name for the items"),
            Self::SecondStatement => out.write_str("a second statement follows"),
        }
    }
}
