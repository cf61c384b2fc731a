//! Text to [`ast::Query`].
//!
//! The grammar is `grammar/cypher.pest`; this is the only module that sees its rules. Expressions
//! come from it flat and are put into a tree here, by one table of precedences.
//!
//! No text can exhaust the stack: brackets are counted before the grammar sees the text, and the
//! depth of the tree is measured before it is built.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the grammar decides which rules can stand here"
)]
#![expect(
    clippy::needless_pass_by_value,
    reason = "each function uses up the part of the text that it reads"
)]

mod clause;
mod depth;
mod expression;
mod label;
mod literal;
mod pattern;
mod recover;
mod refusal;
mod slips;
mod token;
mod value_type;

use std::num::NonZeroUsize;
use std::sync::Once;

use pest::Parser as _;

use crate::base::Span;

use super::ast;
use super::deep::on_stack;
use super::error::ParseError;
use super::faults::Faults;

/// The longest query, in bytes.
pub const LONGEST_QUERY_BYTES: usize = 16 << 20;

/// How deep brackets may be nested in a query.
pub const DEEPEST_BRACKETS: usize = 120;

/// How deep the tree of an expression may be: levels of brackets and operators in a row.
pub const DEEPEST_TREE: usize = 300;

/// How deep brackets may be nested in a query that is read on the stack that is there.
const FEW_BRACKETS: usize = 15;

/// Stack for what does not grow with the brackets.
const STACK_BYTES: usize = 4 << 20;

/// Stack for one level of brackets: a whole query may stand in them.
const STACK_BYTES_PER_BRACKET: usize = 256 << 10;

/// Says once how many steps the grammar may take.
static STEPS: Once = Once::new();

/// How many steps the grammar may take. Only text made to be hard to read comes near it.
const MOST_STEPS: usize = 200_000_000;

use self::grammar::{Grammar, Rule};

/// What the derive makes of the grammar; a module of its own, for its names carry no comments.
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/cypher.pest"]
    pub(super) struct Grammar;
}

type Pair<'t> = pest::iterators::Pair<'t, Rule>;

/// The query that `text` is.
///
/// Time linear in the text, but for text made to be hard to read, which is refused after a while.
///
/// # Errors
/// [`ParseError`], with the place of the fault.
pub fn parse(text: &str) -> Result<ast::Query, ParseError> {
    if text.len() > LONGEST_QUERY_BYTES {
        return Err(ParseError::TooLong {
            bytes: text.len(),
            most: LONGEST_QUERY_BYTES,
        });
    }
    let depth = depth::check_brackets(text)?;
    if depth <= FEW_BRACKETS {
        return parse_here(text);
    }
    let bytes = STACK_BYTES + depth * STACK_BYTES_PER_BRACKET;
    on_stack(bytes, || parse_here(text)).unwrap_or(Err(ParseError::TooDeep {
        most: FEW_BRACKETS,
        span: Span::new(0, text.len()),
    }))
}

fn parse_here(text: &str) -> Result<ast::Query, ParseError> {
    STEPS.call_once(|| pest::set_call_limit(NonZeroUsize::new(MOST_STEPS)));
    let pairs =
        Grammar::parse(Rule::statement, text).map_err(|error| refusal::explain(text, &error))?;
    depth::check_tree(&pairs)?;
    let mut mode = ast::Mode::Run;
    for pair in pairs.flat_map(Pair::into_inner) {
        match pair.as_rule() {
            Rule::explain => mode = ast::Mode::Explain,
            Rule::profile => mode = ast::Mode::Profile,
            Rule::query => {
                let mut query = clause::query(pair)?;
                query.mode = mode;
                return Ok(query);
            }
            _ => {}
        }
    }
    Err(unexpected("there is no query", Span::default()))
}

/// The query that `text` is, or all that is wrong with it, as far as reading can go on.
///
/// # Errors
/// [`ParseError`]: the first is that of [`parse`].
pub fn parse_all(text: &str) -> Result<ast::Query, Faults<ParseError>> {
    parse(text).map_err(|first| {
        let others = recover::others(text, &first);
        Faults {
            first: Box::new(first),
            others,
        }
    })
}

/// Where the name `name` of a label, a type or a property first stands in `text`.
pub(super) fn place_of_name(text: &str, name: &str) -> Option<Span> {
    let tokens = token::tokens(text);
    let named = |token: &&token::Token<'_>| match token.kind {
        token::Kind::Word => token.text == name,
        token::Kind::Escaped => token.text.trim_matches('`') == name,
        _ => false,
    };
    // Behind a sign, so that a variable of the same name is passed by.
    let behind_sign = tokens.windows(2).find_map(|pair| match pair {
        [sign, token] if sign.kind == token::Kind::Sign && !sign.is("(") && !sign.is("[") => {
            Some(token).filter(named)
        }
        _ => None,
    });
    behind_sign
        .or_else(|| tokens.iter().find(named))
        .map(token::Token::span)
}

/// `error`, found in a text that begins so many bytes behind the begin of the whole.
fn place_after(mut error: ParseError, bytes: usize) -> ParseError {
    if let Some(span) = error.span_mut() {
        *span = span.shifted(bytes);
    }
    error
}

/// Where `pair` stands, without the blanks behind it that the grammar took along.
fn place(pair: &Pair<'_>) -> Span {
    let span = pair.as_span();
    let text = span.as_str().trim_end();
    Span::new(span.start(), span.start() + text.len())
}

fn unexpected(message: impl Into<String>, span: Span) -> ParseError {
    ParseError::UnexpectedSyntax {
        message: message.into(),
        span,
        help: None,
    }
}

/// The fault of a tree that the grammar cannot make; said of the text all the same.
fn incomplete(pair_place: Span) -> ParseError {
    unexpected("this part of the query is incomplete", pair_place)
}

/// The first part of `pair` made by `rule`.
fn part<'t>(pair: &Pair<'t>, rule: Rule) -> Option<Pair<'t>> {
    pair.clone()
        .into_inner()
        .find(|inner| inner.as_rule() == rule)
}

/// The first part of `pair` made by `rule`, which the grammar always gives.
fn required<'t>(pair: &Pair<'t>, rule: Rule) -> Result<Pair<'t>, ParseError> {
    part(pair, rule).ok_or_else(|| incomplete(place(pair)))
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_all};
    use crate::query::ast::ProjectionItem;
    use crate::query::error::ParseError;
    use crate::query::print;

    /// Parses, prints, parses again; the second text must equal the first.
    fn printed(text: &str) -> String {
        let query = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let once = print(&query);
        let again = parse(&once).unwrap_or_else(|error| panic!("{once}: {error}"));
        assert_eq!(print(&again), once, "of {text}");
        once.replace('\n', " ")
    }

    #[test]
    fn what_is_printed_is_what_was_parsed() {
        let same = [
            "MATCH (a:Person {name: 'Ada'})-[r:KNOWS|LIKES*1..3]->(b)<-[*]-()--({x: 1}) RETURN *",
            "OPTIONAL MATCH p = shortestPath((a)-[*..5]-(b)) WHERE a.x > 1 AND NOT b:Left:Right RETURN p",
            "RETURN 1 + 2 * 3 ^ 2 - (4 - 5) AS x, (1 + 2) * 3, -(-(1)), NOT (a AND b OR c)",
            "RETURN 1 < 2 <= 3, (1 < 2) = true, a IN [1, 2] IS NULL, [1, 2, 3][0..-1][1], m.a.b['c']",
            "RETURN [x IN range(1, 3) WHERE x > 1 | x ^ 2], [p = (a)-[:R]->(b) WHERE b.x = 1 | p]",
            "RETURN all(x IN l WHERE x > 0), reduce(s = 0, x IN [1] | s + x), count(*), count(DISTINCT n)",
            "RETURN CASE x WHEN 1 THEN 'a' ELSE 'b' END, CASE WHEN x THEN y END, n {.*, .a, b: 1, c}",
            "MATCH (n) WHERE (n)-->(:X) OR EXISTS { (n)--(m) WHERE m.a = 1 } RETURN n.`odd name` AS `end`",
            "MATCH (n) WHERE EXISTS { MATCH (n)-->(m) RETURN m } RETURN DISTINCT n ORDER BY n.a DESC, n.b SKIP 1 LIMIT $most",
            "MERGE (a:A) ON CREATE SET a.x = 1, a += {y: 2} ON MATCH SET a:B:C, a = $p RETURN a",
            "CREATE (a)-[:R {x: [1, 2]}]->(b) SET a.x = null REMOVE a.y, a:L DETACH DELETE a, b",
            "CALL db.labels() YIELD label AS l WHERE l <> 'x' WITH l UNWIND [l] AS y RETURN y UNION ALL RETURN 1 AS y",
            "RETURN 'it\\'s \\n', 1.5, 1e300, -9223372036854775808, null, true, {a: {b: []}}, $1",
            "EXPLAIN MATCH (n) RETURN n",
        ];
        for text in same {
            assert_eq!(printed(text), text);
        }
    }

    #[test]
    fn spellings_are_made_one() {
        let cases = [
            ("match(n)return n;", "MATCH (n) RETURN n"),
            (
                "RETURN 0x1F, .5, 1e3, \"it's\"",
                "RETURN 31, 0.5, 1000.0, 'it\\'s'",
            ),
            (
                "RETURN n.end, {match: 1}, (n:order)",
                "RETURN n.end, {match: 1}, n:order",
            ),
            (
                "MATCH (a)<-[:`x y`]-(b) // said\n RETURN /* here */ a",
                "MATCH (a)<-[:`x y`]-(b) RETURN a",
            ),
            ("MATCH ((n)-->(m)) RETURN n", "MATCH (n)-->(m) RETURN n"),
            (
                "RETURN exists((n {a: 1})-->())",
                "RETURN exists((n {a: 1})-->())",
            ),
            (
                "RETURN [x IN xs], [(1 IN xs)]",
                "RETURN [x IN xs], [(1 IN xs)]",
            ),
        ];
        for (text, wanted) in cases {
            assert_eq!(printed(text), wanted);
        }
    }

    #[test]
    fn a_column_is_called_as_it_is_written() {
        let query = parse("RETURN  count( * ) , n . name  /* x */ AS y,toUPPER('a')  ").unwrap();
        let crate::query::ast::Clause::Return(clause) = &query.first.clauses[0] else {
            panic!("no RETURN");
        };
        let names: Vec<&str> = clause
            .projection
            .items
            .iter()
            .map(ProjectionItem::name)
            .collect();
        assert_eq!(names, ["count( * )", "y", "toUPPER('a')"]);
    }

    #[test]
    fn deep_queries_are_refused_and_long_ones_are_not() {
        let wrapped = |depth: usize, open: &str, close: &str| {
            format!("RETURN {}1{}", open.repeat(depth), close.repeat(depth))
        };
        for (open, close) in [
            ("(", ")"),
            ("[", "]"),
            ("{a: ", "}"),
            ("NOT ", ""),
            ("- ", ""),
            ("CASE WHEN ", " THEN 1 END"),
            ("size([x IN [1] | ", "])"),
        ] {
            let error = parse(&wrapped(10_000, open, close)).expect_err(open);
            assert!(
                matches!(error, ParseError::TooDeep { .. }),
                "{open}: {error}"
            );
            assert!(parse(&wrapped(40, open, close)).is_ok(), "{open}");
        }
        for (open, close) in [
            ("LIST<", ">"),
            ("list \n< ", " >"),
            ("ANY<NULL | ARRAY<", ">>"),
        ] {
            let typed = |depth: usize| {
                let (open, close) = (open.repeat(depth), close.repeat(depth));
                parse(&format!("RETURN 1 IS :: {open}INTEGER{close}"))
            };
            let error = typed(100_000).expect_err(open);
            assert!(
                matches!(error, ParseError::TooDeep { .. }),
                "{open}: {error}"
            );
            assert!(typed(40).is_ok(), "{open}");
        }
        assert!(parse("RETURN 1 IS :: LIST/**/<INTEGER>").is_err());
        let called = |depth: usize| {
            let (open, close) = ("CALL { ".repeat(depth), " } RETURN x".repeat(depth));
            parse(&format!("{open}RETURN 1 AS x{close}"))
        };
        assert!(matches!(called(10_000), Err(ParseError::TooDeep { .. })));
        assert!(called(119).is_ok());
        let looped = |depth: usize| {
            let (open, close) = ("FOREACH (x IN [1] | ".repeat(depth), ")".repeat(depth));
            parse(&format!("{open}CREATE (){close}"))
        };
        assert!(matches!(looped(10_000), Err(ParseError::TooDeep { .. })));
        assert!(looped(100).is_ok());
        assert!(parse(&wrapped(119, "[", "]")).is_ok());
        assert!(parse(&wrapped(119, "({a: ", "})")).is_err());
        assert!(matches!(
            parse(&format!("RETURN 1{}", " + 1".repeat(10_000))),
            Err(ParseError::TooDeep { .. })
        ));
        assert!(parse(&format!("RETURN true{}", " AND true".repeat(10_000))).is_ok());
        assert!(parse(&"CREATE (:A {x: 1}) ".repeat(1_000)).is_ok());
    }

    #[test]
    fn all_faults_are_told_and_the_first_is_first() {
        let text = "MATCH (a)->(b) WITH a, MATCH (c) RETURN c LIMT 3";
        let faults = parse_all(text).unwrap_err();
        assert_eq!(Err(*faults.first.clone()), parse(text));
        let places: Vec<&str> = faults
            .iter()
            .filter_map(|fault| Some(fault.span()?.of(text)))
            .collect();
        assert_eq!(places, ["->", ",", "LIMT"]);
    }

    #[test]
    fn faults_have_their_names() {
        let cases = [
            ("RETURN 42 \u{2014} 41", "InvalidUnicodeCharacter"),
            ("RETURN '\\uH'", "InvalidUnicodeLiteral"),
            ("RETURN 9223372036854775808", "IntegerOverflow"),
            ("RETURN 1.34E999", "FloatingPointOverflow"),
            ("RETURN 92h5", "InvalidNumberLiteral"),
            (
                "MATCH (a)-[:T..]->(b) RETURN a",
                "InvalidRelationshipPattern",
            ),
            ("RETURN {, }", "UnexpectedSyntax"),
            ("", "UnexpectedSyntax"),
        ];
        for (text, detail) in cases {
            let error = parse(text).expect_err(text);
            assert_eq!(error.classification().detail, detail, "{text}: {error}");
        }
    }
}
