//! Which slip made the grammar stop at a place, told from the words around it.
//!
//! Each function knows one family of slips. The families are tried from the surest to the least
//! sure; what none of them knows is left to the grammar's own words.

use crate::base::{Span, nearest};

use super::super::slip::{Between, Slip};
use super::refusal::KEYWORDS;
use super::token::{Kind, Token};

/// A slip, and where it is.
type Found = Option<(Slip, Span)>;

/// Words that begin a clause.
pub(super) const CLAUSES: &[&str] = &[
    "MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CREATE", "MERGE", "SET", "REMOVE", "DELETE",
    "DETACH", "CALL", "FOREACH", "UNION", "LOAD",
];

/// Words that cannot be names where an operand could begin.
const RESERVED: &[&str] = &[
    "AND", "CASE", "CREATE", "DELETE", "DETACH", "DISTINCT", "LIMIT", "MATCH", "MERGE", "NOT",
    "OPTIONAL", "ORDER", "OR", "REMOVE", "RETURN", "SET", "SKIP", "UNION", "UNWIND", "WHEN",
    "WHERE", "WITH", "XOR",
];

/// Keywords that a name may follow.
const BEFORE_NAMES: &[&str] = &[
    "AND", "AS", "BY", "DELETE", "DISTINCT", "IN", "NOT", "OR", "REMOVE", "RETURN", "SET",
    "UNWIND", "WHERE", "WITH", "XOR",
];

/// Words of SQL, and how the same is said here.
const SQL: &[(&str, &str)] = &[
    (
        "SELECT",
        "say what to find, then what of it to give: MATCH (n:Label) RETURN n.key",
    ),
    (
        "FROM",
        "what to read stands in MATCH: MATCH (n:Label) RETURN n.key",
    ),
    (
        "JOIN",
        "things are joined by relationships: MATCH (a)-[:TYPE]->(b)",
    ),
    (
        "INNER",
        "things are joined by relationships: MATCH (a)-[:TYPE]->(b)",
    ),
    ("OUTER", "OPTIONAL MATCH gives null for what is not there"),
    (
        "GROUP",
        "rows are grouped by the columns that do not aggregate: RETURN n.key, count(*)",
    ),
    (
        "HAVING",
        "filter groups with WITH: WITH n.key AS key, count(*) AS n WHERE n > 1 RETURN key",
    ),
    ("INSERT", "CREATE (:Label {key: value}) makes a node"),
    (
        "UPDATE",
        "MATCH finds what SET changes: MATCH (n:Label) SET n.key = value",
    ),
    (
        "VALUES",
        "UNWIND [{a: 1}, {a: 2}] AS row gives a row for each",
    ),
    (
        "TABLE",
        "nodes have labels instead of tables: MATCH (n:Label)",
    ),
    (
        "LIKE",
        "CONTAINS, STARTS WITH and ENDS WITH compare texts; =~ takes a regular expression",
    ),
    (
        "ILIKE",
        "compare in lower case: toLower(n.key) CONTAINS 'part'",
    ),
    ("BETWEEN", "comparisons can be chained: 1 <= n.key <= 9"),
    ("OFFSET", "SKIP leaves rows out: RETURN n SKIP 10 LIMIT 5"),
    ("TOP", "LIMIT stands at the end: RETURN n LIMIT 10"),
    (
        "IF",
        "a choice is written CASE WHEN condition THEN value ELSE other END",
    ),
    (
        "ELSEIF",
        "a choice is written CASE WHEN condition THEN value ELSE other END",
    ),
    (
        "ALTER",
        "nodes have no fixed columns: SET n.key = value adds a property",
    ),
    (
        "DROP",
        "MATCH finds what DELETE removes: MATCH (n:Label) DETACH DELETE n",
    ),
    (
        "TRUNCATE",
        "MATCH finds what DELETE removes: MATCH (n:Label) DETACH DELETE n",
    ),
];

/// Signs of other languages that stand where an operator should, and what is meant.
const OPERATORS: &[(&str, &str, &str)] = &[
    ("=", "=", "`=`"),
    ("!", "=", "`<>`"),
    ("&", "&", "`AND`"),
    ("|", "|", "`OR`, or `+` to join texts"),
    ("=", ">", "`>=`"),
    ("=", "<", "`<=`"),
    (":", "=", "`=`"),
    ("*", "*", "`^`"),
    ("~", "=", "`=~`"),
    ("~", "", "`=~`"),
    ("!", "", "`NOT`"),
    (":", ":", "one colon"),
    (".", ".", "one point"),
];

/// What is around the place where the grammar stopped.
struct Place<'p, 't> {
    tokens: &'p [Token<'t>],
    index: usize,
    /// The token where the grammar stopped.
    found: Token<'t>,
    /// The open brackets before that place, by index, the innermost last.
    open: Vec<usize>,
    /// Where the clause begins that it is in.
    clause: Option<usize>,
}

/// The slip that made the grammar stop at the token `index`, where it expected `keywords`.
pub(super) fn slip(tokens: &[Token<'_>], index: usize, keywords: &[&'static str]) -> Found {
    let place = around(tokens, index)?;
    let families = [
        unclosed, arrow, operator, sql, parameter, map, node, comma, negation, part, bracket,
    ];
    families
        .iter()
        .find_map(|family| family(&place))
        .or_else(|| keyword(&place, keywords))
        .or_else(|| missing(&place, keywords))
        .or_else(|| {
            // The grammar does not count signs: it may have met one and says the word before it.
            let next = around(tokens, index + 1)?;
            [arrow, operator, parameter, map]
                .iter()
                .find_map(|family| family(&next))
        })
}

fn around<'p, 't>(tokens: &'p [Token<'t>], index: usize) -> Option<Place<'p, 't>> {
    let found = *tokens.get(index)?;
    let mut open: Vec<usize> = Vec::new();
    let mut clause = None;
    for (at, token) in tokens.iter().enumerate().take(index) {
        if token.is("(") || token.is("[") || token.is("{") {
            open.push(at);
        } else if token.is(")") || token.is("]") || token.is("}") {
            open.pop();
        } else if is_clause(tokens, at) {
            clause = Some(at);
        }
    }
    Some(Place {
        tokens,
        index,
        found,
        open,
        clause,
    })
}

/// Whether a clause begins at the token `at`: a word that can stand elsewhere, too, is looked at
/// with its neighbours.
pub(super) fn is_clause(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let inside = before.is_some_and(|before| {
        before.is(".")
            || before.is(":")
            || before.is("$")
            || before.is("|")
            || before.is_one_of(&["STARTS", "ENDS", "ON", "OPTIONAL", "DETACH", "AS"])
            || token.is_word("SET") && before.is_one_of(&["CREATE", "MATCH"])
    });
    let key = tokens.get(at + 1).is_some_and(|next| next.is(":"));
    token.is_one_of(CLAUSES) && !inside && !key
}

impl<'t> Place<'_, 't> {
    /// The token so many places before the one found.
    fn before(&self, steps: usize) -> Option<Token<'t>> {
        let at = self.index.checked_sub(steps)?;
        self.tokens.get(at).copied()
    }

    fn behind(&self, steps: usize) -> Option<Token<'t>> {
        self.tokens.get(self.index + steps).copied()
    }

    fn is_before(&self, steps: usize, text: &str) -> bool {
        self.before(steps).is_some_and(|token| token.is(text))
    }

    fn is_behind(&self, steps: usize, text: &str) -> bool {
        self.behind(steps).is_some_and(|token| token.is(text))
    }

    /// The innermost open bracket.
    fn bracket(&self) -> Option<Token<'t>> {
        self.tokens.get(*self.open.last()?).copied()
    }

    /// The word that begins the clause.
    fn clause_word(&self) -> Option<String> {
        let word = self.tokens.get(self.clause?)?;
        Some(word.text.to_uppercase())
    }

    /// Whether the clause is about patterns, so that brackets are nodes.
    fn in_pattern(&self) -> bool {
        let clause = self.clause_word();
        let of_patterns = clause
            .as_deref()
            .is_some_and(|word| matches!(word, "MATCH" | "OPTIONAL" | "CREATE" | "MERGE"));
        of_patterns && !self.since_clause().any(|token| token.is_word("WHERE"))
    }

    /// The tokens of the clause so far.
    fn since_clause(&self) -> impl Iterator<Item = &Token<'t>> {
        let from = self.clause.unwrap_or(0);
        self.tokens.iter().take(self.index).skip(from)
    }

    fn is_clause(&self) -> bool {
        is_clause(self.tokens, self.index)
    }

    /// Whether nothing closes the innermost bracket.
    fn is_never_closed(&self) -> bool {
        let mut depth = 1_usize;
        for token in self.tokens.iter().skip(self.index) {
            if token.is("(") || token.is("[") || token.is("{") {
                depth += 1;
            } else if token.is(")") || token.is("]") || token.is("}") {
                depth -= 1;
                if depth == 0 {
                    return false;
                }
            }
        }
        true
    }

    /// From the token `steps` before the one found to it.
    fn span_from(&self, steps: usize) -> Span {
        self.before(steps).map_or_else(
            || self.found.span(),
            |token| token.span().join(self.found.span()),
        )
    }
}

/// Quotes and comments without an end.
fn unclosed(place: &Place<'_, '_>) -> Found {
    // `'it's'`: the quote inside ends the string, and what follows opens another.
    let torn = place.before(1).filter(|before| {
        before.kind == Kind::Text
            && before.end() == place.found.start
            && place.found.kind == Kind::Word
    });
    let rest = place.tokens.iter().skip(place.index);
    let mut quotes = rest.filter(|token| token.kind == Kind::Open && token.text != "/*");
    if let (Some(torn), Some(open)) = (torn, quotes.next()) {
        let slip = Slip::UnclosedQuote {
            quote: open.text.to_owned(),
            inside_word: true,
        };
        return Some((slip, torn.span().join(open.span())));
    }
    if place.found.kind != Kind::Open {
        return None;
    }
    if place.found.text == "/*" {
        return Some((Slip::UnclosedComment, place.found.span()));
    }
    let inside_word = place.before(1).is_some_and(|before| {
        before.end() == place.found.start && matches!(before.kind, Kind::Word | Kind::Text)
    });
    let slip = Slip::UnclosedQuote {
        quote: place.found.text.to_owned(),
        inside_word,
    };
    Some((slip, place.found.span()))
}

/// Operators of other languages.
fn operator(place: &Place<'_, '_>) -> Found {
    let found = place.found;
    if found.kind != Kind::Sign {
        return None;
    }
    let joined = |one: Token<'_>, other: Token<'_>| one.end() == other.start;
    for (first, second, meant) in OPERATORS {
        let pair = if second.is_empty() {
            found.is(first).then_some((found, found))
        } else if found.is(first) && place.is_behind(1, second) {
            place.behind(1).map(|behind| (found, behind))
        } else if found.is(second) && place.is_before(1, first) {
            place.before(1).map(|before| (before, found))
        } else {
            None
        };
        let Some((one, other)) = pair else { continue };
        if second.is_empty() || joined(one, other) {
            let slip = Slip::ForeignOperator {
                written: format!("{first}{second}"),
                meant,
            };
            return Some((slip, one.span().join(other.span())));
        }
    }
    None
}

/// Words of SQL.
fn sql(place: &Place<'_, '_>) -> Found {
    let first = place.tokens.first().copied();
    let begins = first.filter(|first| {
        first.is_one_of(&["SELECT", "INSERT", "UPDATE", "ALTER", "DROP", "TRUNCATE"])
    });
    let near = [Some(place.found), place.before(1)].into_iter().flatten();
    // `LEFT JOIN`: the word in front is taken for a name.
    let joined = place.behind(1).filter(|next| next.is_word("JOIN"));
    let found = begins
        .into_iter()
        .chain(joined)
        .chain(near)
        .find_map(|token| {
            let (_, instead) = SQL.iter().find(|(word, _)| token.is_word(word))?;
            Some((token, *instead))
        });
    if let Some((token, instead)) = found {
        let word = token.text.to_uppercase();
        return Some((Slip::SqlWord { word, instead }, token.span()));
    }
    let behind_limit = place
        .before(1)
        .is_some_and(|before| before.kind == Kind::Number)
        && place.before(2).is_some_and(|word| word.is_word("LIMIT"));
    if place.found.is(",") && behind_limit {
        let slip = Slip::SqlWord {
            word: "LIMIT a, b".to_owned(),
            instead: "SKIP says how many rows are left out: SKIP 5 LIMIT 10",
        };
        return Some((slip, place.found.span()));
    }
    if place.found.is(",") && place.bracket().is_some_and(|bracket| bracket.is("(")) {
        let opened = place.open.last().copied().unwrap_or(0);
        let before = opened.checked_sub(1).and_then(|at| place.tokens.get(at));
        if before.is_some_and(|before| before.is_word("IN")) {
            let span = place
                .bracket()
                .map_or(place.found.span(), |open| open.span());
            return Some((Slip::ListInRoundBrackets, span));
        }
    }
    None
}

/// Parameters as other languages write them.
fn parameter(place: &Place<'_, '_>) -> Found {
    let found = place.found;
    let name = |token: Option<Token<'_>>| {
        token
            .filter(|token| token.kind == Kind::Word)
            .map(|token| token.text.to_owned())
    };
    let foreign = |written: String, name: Option<String>, span: Span| {
        let name = name.unwrap_or_else(|| "name".to_owned());
        Some((Slip::ForeignParameter { written, name }, span))
    };
    if found.is("@") || found.is("?") || found.is("#") {
        let named = name(place.behind(1).filter(|next| next.start == found.end()));
        let written = format!("{}{}", found.text, named.clone().unwrap_or_default());
        return foreign(written, named, found.span());
    }
    if place.is_before(1, "$") {
        if found.is("{") {
            let named = name(place.behind(1));
            let written = format!("${{{}}}", named.clone().unwrap_or_default());
            return foreign(written, named, place.span_from(1));
        }
        let sign = place.before(1).map_or(found.span(), |sign| sign.span());
        return Some((Slip::NamelessParameter, sign));
    }
    if found.is("$") {
        return Some((Slip::NamelessParameter, found.span()));
    }
    // `= :name`, where an operand should begin.
    let behind_operator = place
        .before(1)
        .is_some_and(|before| before.kind == Kind::Sign && !before.ends_operand());
    if found.is(":") && behind_operator && !place.is_before(1, "[") && !place.is_before(1, "(") {
        let named = name(place.behind(1));
        let written = format!(":{}", named.clone().unwrap_or_default());
        return foreign(written, named, found.span());
    }
    // `{name}`, as parameters were written once.
    if found.is("}") && place.is_before(2, "{") {
        let named = name(place.before(1));
        let written = format!("{{{}}}", named.clone()?);
        return foreign(written, named, place.span_from(2));
    }
    None
}

/// Entries of maps.
fn map(place: &Place<'_, '_>) -> Found {
    let found = place.found;
    if !place.bracket()?.is("{") {
        return None;
    }
    let begins = place.is_before(1, "{") || place.is_before(1, ",");
    if begins && found.kind == Kind::Text {
        let key = found.text.trim_matches(['\'', '"']).to_owned();
        return Some((Slip::QuotedKey(key), found.span()));
    }
    let key = place.before(1)?;
    let keyed = matches!(key.kind, Kind::Word | Kind::Escaped)
        && (place.is_before(2, "{") || place.is_before(2, ","));
    if keyed && found.is("=") {
        return Some((Slip::EqualsInMap, found.span()));
    }
    None
}

/// Arrows.
fn arrow(place: &Place<'_, '_>) -> Found {
    let found = place.found;
    let behind_node = |steps| place.is_before(steps, ")");
    let dash = |steps| place.is_before(steps, "-");
    // `(a)-KNOWS->(b)`
    if dash(1)
        && found.kind == Kind::Word
        && place.is_behind(1, "-")
        && (behind_node(2) || place.is_before(2, "<"))
    {
        let name = found.text.to_owned();
        return Some((Slip::RelationshipWithoutBrackets(name), found.span()));
    }
    if !place.in_pattern() && !behind_node(1) && !place.is_before(1, "]") && !behind_node(2) {
        // `n->name`: a property as in C.
        if found.is(">") && dash(1) {
            let slip = Slip::ForeignOperator {
                written: "->".to_owned(),
                meant: "a point before the name of a property: n.name",
            };
            return Some((slip, place.span_from(1)));
        }
        return None;
    }
    let broken =
        // `(a)->(b)`, `(a)-[r]>(b)`
        (found.is(">") && (dash(1) || place.is_before(1, "]")))
        // `(a)-(b)`, `(a)<-(b)`, `(a)-[r](b)`
        || (found.is("(") && ((dash(1) && !dash(2)) || place.is_before(1, "]")))
        // `(a)--->(b)`, `(a)-[r]-->(b)`
        || (found.is("-") && dash(1))
        // `(a)--[r]->(b)`
        || (found.is("[") && dash(1) && dash(2))
        // `(a)=>(b)`
        || (place.in_pattern() && found.is("=") && behind_node(1) && place.is_behind(1, ">"));
    if broken {
        return Some((Slip::BrokenArrow, place.span_from(1)));
    }
    None
}

/// Nodes and what stands in them.
fn node(place: &Place<'_, '_>) -> Found {
    let found = place.found;
    let arrow = (place.is_before(1, ">") && place.is_before(2, "-"))
        || (place.is_before(1, "-") && place.is_before(2, "-"))
        || (place.is_before(1, "-") && place.is_before(2, "]"));
    if arrow && found.is("[") {
        return Some((Slip::NodeInSquareBrackets, found.span()));
    }
    if arrow && found.kind == Kind::Word && !found.is_one_of(RESERVED) {
        return Some((
            Slip::NodeWithoutBrackets(found.text.to_owned()),
            found.span(),
        ));
    }
    if !place.in_pattern() {
        return None;
    }
    let begins = place.before(1).is_some_and(|before| {
        before.is_one_of(&["MATCH", "CREATE", "MERGE"]) || before.is(",") && place.open.is_empty()
    });
    if begins && found.kind == Kind::Word && !found.is_one_of(RESERVED) {
        let label = place
            .behind(2)
            .filter(|_| place.is_behind(1, ":"))
            .map_or_else(String::new, |label| format!(":{}", label.text));
        let text = format!("{}{label}", found.text);
        return Some((Slip::NodeWithoutBrackets(text), found.span()));
    }
    if begins && found.is("[") {
        return Some((Slip::NodeInSquareBrackets, found.span()));
    }
    // In the brackets of a node or a relationship.
    let bracket = place.bracket()?;
    if !(bracket.is("(") || bracket.is("[")) {
        return None;
    }
    let numbered = place
        .before(1)
        .is_some_and(|before| before.kind == Kind::Number);
    if numbered && place.is_before(2, "*") && found.kind == Kind::Sign {
        return Some((Slip::BadLength, found.span()));
    }
    let named = place
        .before(1)
        .is_some_and(|before| matches!(before.kind, Kind::Word | Kind::Escaped));
    if found.is(",") && named && (place.is_before(2, ":") || place.is_before(2, "|")) {
        return Some((Slip::LabelsWithCommas, found.span()));
    }
    if found.kind == Kind::Word && named && (place.is_behind(1, ":") || place.is_behind(1, "=")) {
        let slip = Slip::PropertiesWithoutBraces(found.text.to_owned());
        return Some((slip, found.span()));
    }
    None
}

/// Commas too many and too few.
fn comma(place: &Place<'_, '_>) -> Found {
    let found = place.found;
    let before = place.before(1)?;
    if found.is(",") && !before.ends_operand() && !before.is("*") {
        return Some((Slip::CommaBeforeNothing, found.span()));
    }
    // After a comma a keyword may be meant as a name, if it is not followed as a clause is.
    let listed = place.behind(1).is_none_or(|next| {
        next.kind == Kind::End || next.is(",") || next.is(".") || next.is_word("AS")
    });
    let closes = found.is(")") || found.is("]") || found.is("}");
    if before.is(",") && (found.kind == Kind::End || closes || (place.is_clause() && !listed)) {
        return Some((Slip::CommaBehindNothing, before.span()));
    }
    let operand = matches!(
        found.kind,
        Kind::Word | Kind::Escaped | Kind::Number | Kind::Text
    );
    if !operand || !before.ends_operand() || found.is_one_of(KEYWORDS) || place.is_clause() {
        return None;
    }
    if before.is_one_of(KEYWORDS) || misspelt(found).is_some() || misspelt(before).is_some() {
        return None;
    }
    let between = match place.bracket() {
        Some(bracket) if bracket.is("[") && !place.in_pattern() => Between::Items,
        Some(bracket) if bracket.is("{") && place.is_behind(1, ":") => Between::Entries,
        Some(bracket) if bracket.is("(") => {
            let opened = place.open.last().copied().unwrap_or(0);
            let called = opened
                .checked_sub(1)
                .and_then(|at| place.tokens.get(at))
                .is_some_and(|name| name.kind == Kind::Word && !name.is_one_of(CLAUSES));
            if !called {
                return None;
            }
            Between::Arguments
        }
        Some(_) => return None,
        None => {
            let clause = place.clause_word()?;
            if !matches!(clause.as_str(), "RETURN" | "WITH") {
                return None;
            }
            Between::Columns
        }
    };
    Some((Slip::MissingComma(between), found.span()))
}

/// `NOT` behind what it denies.
fn negation(place: &Place<'_, '_>) -> Found {
    let next = place.behind(1)?;
    let operators = ["IN", "CONTAINS", "STARTS", "ENDS", "LIKE"];
    if place.found.is_word("NOT") && next.is_one_of(&operators) {
        let span = place.found.span().join(next.span());
        return Some((Slip::NotBehindOperand(next.text.to_uppercase()), span));
    }
    None
}

/// Parts of clauses where they cannot stand.
fn part(place: &Place<'_, '_>) -> Found {
    let found = place.found;
    if !place.open.is_empty() {
        return None;
    }
    if place.is_before(1, ";") && found.kind != Kind::End {
        return Some((Slip::SecondStatement, found.span()));
    }
    let clause = place.clause_word()?;
    if found.is_word("WHERE") {
        let second = place.since_clause().any(|token| token.is_word("WHERE"));
        let slip = if second {
            Slip::SecondWhere
        } else {
            Slip::MisplacedWhere { clause }
        };
        return Some((slip, found.span()));
    }
    let before = place.before(1)?;
    if found.is_one_of(&["ORDER", "SKIP", "LIMIT"])
        && before.ends_operand()
        && !before.is_one_of(KEYWORDS)
    {
        let part = if found.is_word("ORDER") {
            "ORDER BY".to_owned()
        } else {
            found.text.to_uppercase()
        };
        return Some((Slip::MisplacedPart { part, clause }, found.span()));
    }
    None
}

/// Brackets without their partners.
fn bracket(place: &Place<'_, '_>) -> Found {
    let found = place.found;
    let closes = found.is(")") || found.is("]") || found.is("}");
    let open = place.bracket();
    if closes {
        let Some(open) = open else {
            return Some((Slip::UnopenedBracket(found.text.to_owned()), found.span()));
        };
        let fits = matches!(
            (open.text, found.text),
            ("(", ")") | ("[", "]") | ("{", "}")
        );
        if !fits {
            let slip = Slip::WrongBracket {
                found: found.text.to_owned(),
                open: open.text.to_owned(),
            };
            return Some((slip, found.span()));
        }
        return None;
    }
    let open = open?;
    let stops = found.kind == Kind::End
        || (place.is_clause() && (!open.is("{") || place.is_never_closed()));
    // `(a RETURN a` and `(a-->(b)`: what stands here cannot stand in the bracket.
    let arrow = place.in_pattern() && (found.is("-") || found.is("<")) && open.is("(");
    if stops || arrow || found.is(";") {
        let slip = Slip::UnclosedBracket(open.text.to_owned());
        return Some((slip, open.span()));
    }
    None
}

/// The keyword that a word was meant to be.
fn misspelt(token: Token<'_>) -> Option<&'static str> {
    let word = token.text;
    let fit = token.kind == Kind::Word && word.len() > 2 && !token.is_one_of(KEYWORDS);
    fit.then(|| nearest(word, KEYWORDS.iter().copied()))
        .flatten()
}

/// Keywords spelt wrongly, and used as names.
fn keyword(place: &Place<'_, '_>, expected: &[&'static str]) -> Found {
    let misspelt_as = |token: Token<'_>| {
        let fit = token.kind == Kind::Word && !token.is_one_of(KEYWORDS);
        let expected = fit
            .then(|| nearest(token.text, expected.iter().copied()))
            .flatten();
        expected.or_else(|| misspelt(token))
    };
    let found = place.found;
    // The grammar may have taken the misspelt word for a name and stopped only behind it.
    let before = place.before(1).filter(|before| before.text.len() > 2);
    for token in [Some(found), before].into_iter().flatten() {
        if let Some(meant) = misspelt_as(token) {
            let slip = Slip::MisspeltKeyword {
                written: token.text.to_owned(),
                meant,
            };
            return Some((slip, token.span()));
        }
    }
    let begins = place.before(1).is_some_and(|before| {
        ["(", "[", ",", ".", "|"].iter().any(|sign| before.is(sign))
            || before.is_one_of(BEFORE_NAMES)
    });
    if begins && found.is_one_of(RESERVED) {
        let slip = Slip::KeywordAsName(found.text.to_owned());
        return Some((slip, found.span()));
    }
    None
}

/// Words that were left out.
fn missing(place: &Place<'_, '_>, expected: &[&'static str]) -> Found {
    let found = place.found;
    if found.kind == Kind::End || place.is_clause() || found.is(",") {
        let mut cases: Vec<Token<'_>> = Vec::new();
        for token in place.since_clause() {
            if token.is_word("CASE") {
                cases.push(*token);
            } else if token.is_word("END") {
                cases.pop();
            }
        }
        if let Some(case) = cases.last() {
            return Some((Slip::CaseWithoutEnd, case.span()));
        }
    }
    let before = place.before(1)?;
    if expected.contains(&"BY") && before.is_word("ORDER") {
        return Some((Slip::OrderWithoutBy, before.span()));
    }
    let clause = place.clause_word()?;
    if clause == "UNWIND" && expected.contains(&"AS") && place.open.is_empty() {
        let span = place.tokens.get(place.clause?)?.span();
        return Some((Slip::UnwindWithoutName, span));
    }
    let bare = place.open.is_empty()
        && matches!(found.kind, Kind::Word | Kind::Escaped)
        && !found.is_one_of(KEYWORDS)
        && before.ends_operand();
    if bare && !matches!(clause.as_str(), "RETURN" | "WITH" | "CALL") {
        return Some((Slip::MissingReturn, found.span()));
    }
    None
}
