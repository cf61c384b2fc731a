//! Pairs of inverses: what is printed is what was parsed.

use proptest::prelude::*;
use whom::base::Span;
use whom::model::{TypeKind, ValueType};
use whom::query::ast::{
    BinaryOperator, Clause, ComparisonOperator, Create, Direction, Duplicates, Expression,
    ExpressionKind, ForEach, Headers, Imports, LabelExpression, Length, Link, Literal, LoadCsv,
    LogicalOperator, Match, Name, Necessity, NodePattern, OrderItem, PathPattern, Projection,
    ProjectionItem, Query, RelationshipPattern, RepeatedPattern, Repetition, Return, Selector,
    SortDirection, Step, SubqueryBody, SubqueryCall, SubqueryQuestion, UnaryOperator, Unwind,
};
use whom::query::{parse, print};

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9_]{0,5}",
        Just("order".to_owned()),
        Just("end".to_owned()),
        Just("odd name".to_owned()),
        Just("tick`ed".to_owned()),
    ]
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        any::<i64>().prop_map(Literal::Integer),
        (-1e12..1e12).prop_map(Literal::Float),
        "[ -~]{0,8}".prop_map(Literal::String),
    ]
}

fn node(
    expression: impl Strategy<Value = Expression> + Clone + 'static,
) -> BoxedStrategy<NodePattern> {
    let labels = proptest::option::of(labels());
    let condition = proptest::option::of(expression.clone());
    let properties = proptest::option::of(proptest::collection::vec((name(), expression), 0..2));
    (proptest::option::of(name()), labels, properties, condition)
        .prop_map(|(variable, labels, properties, condition)| NodePattern {
            variable: variable.as_deref().map(Name::from),
            labels,
            properties: properties.map(map),
            condition,
            ..NodePattern::default()
        })
        .boxed()
}

/// Label expressions as the parser makes them: nothing directly inside its like.
fn labels() -> BoxedStrategy<LabelExpression> {
    let leaf = prop_oneof![
        4 => name().prop_map(|label| LabelExpression::Name(label.as_str().into())),
        1 => Just(LabelExpression::Any),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        let parts = || proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            inner.clone().prop_map(LabelExpression::negated),
            parts().prop_map(|parts| LabelExpression::all(parts).unwrap()),
            parts().prop_map(|parts| LabelExpression::either(parts).unwrap()),
        ]
    })
    .boxed()
}

/// Types as the parser makes them: no union directly inside another.
fn value_type() -> BoxedStrategy<ValueType> {
    let kinds = vec![
        TypeKind::Boolean,
        TypeKind::String,
        TypeKind::Integer,
        TypeKind::Float,
        TypeKind::Date,
        TypeKind::LocalTime,
        TypeKind::ZonedTime,
        TypeKind::LocalDateTime,
        TypeKind::ZonedDateTime,
        TypeKind::Duration,
        TypeKind::Node,
        TypeKind::Relationship,
        TypeKind::Map,
        TypeKind::Path,
        TypeKind::Property,
        TypeKind::Any,
    ];
    let plain = (proptest::sample::select(kinds), any::<bool>())
        .prop_map(|(kind, nullable)| ValueType { kind, nullable });
    let leaf = prop_oneof![
        8 => plain,
        1 => Just(ValueType::nullable(TypeKind::Null)),
        1 => Just(ValueType { kind: TypeKind::Nothing, nullable: false }),
    ];
    let one = leaf.prop_recursive(2, 4, 2, |inner| {
        (inner, any::<bool>()).prop_map(|(item, nullable)| ValueType {
            kind: TypeKind::List(Box::new(item)),
            nullable,
        })
    });
    proptest::collection::vec(one, 1..3)
        .prop_map(|mut types| {
            if types.len() == 1 {
                return types.remove(0);
            }
            let nullable = types.iter().any(|one| one.nullable);
            let kind = TypeKind::Either(types);
            ValueType { kind, nullable }
        })
        .boxed()
}

fn map(entries: Vec<(String, Expression)>) -> Expression {
    let entries = entries
        .into_iter()
        .map(|(key, value)| (key.as_str().into(), value))
        .collect();
    Expression::new(ExpressionKind::Map(entries))
}

fn direction() -> impl Strategy<Value = Direction> {
    prop_oneof![
        Just(Direction::Outgoing),
        Just(Direction::Incoming),
        Just(Direction::Either)
    ]
}

fn path(
    expression: impl Strategy<Value = Expression> + Clone + 'static,
) -> BoxedStrategy<PathPattern> {
    let length = proptest::option::of((
        proptest::option::of(0..9_u64),
        proptest::option::of(0..9_u64),
    ));
    let relationship = (
        proptest::option::of(name()),
        proptest::option::of(labels()),
        direction(),
        length,
        proptest::option::of(expression.clone()),
    )
        .prop_map(
            |(variable, types, direction, length, condition)| RelationshipPattern {
                variable: variable.as_deref().map(Name::from),
                types,
                direction,
                length: length.map(|(least, most)| Length { least, most }),
                condition,
                ..RelationshipPattern::default()
            },
        );
    let relationship = relationship.boxed();
    let steps = proptest::collection::vec(
        (
            link(relationship, expression.clone().boxed()),
            node(expression.clone()),
        ),
        1..3,
    );
    (node(expression), steps)
        .prop_map(|(start, steps)| PathPattern {
            steps: steps
                .into_iter()
                .map(|(link, node)| Step { link, node })
                .collect(),
            ..PathPattern::node(start)
        })
        .boxed()
}

/// A path as it stands in a match: with a name, a selector, and a condition of its own.
fn whole_path() -> impl Strategy<Value = PathPattern> {
    let selector = prop_oneof![
        (1..3_u64).prop_map(Selector::Any),
        (1..3_u64).prop_map(Selector::Shortest),
        (1..3_u64).prop_map(Selector::Groups),
    ];
    (
        path(expression()),
        proptest::option::of(name()),
        proptest::option::of(selector),
        proptest::option::of(expression()),
    )
        .prop_map(|(path, variable, selector, condition)| PathPattern {
            variable: variable.as_deref().map(Name::from),
            selector,
            condition,
            ..path
        })
}

fn link(
    relationship: BoxedStrategy<RelationshipPattern>,
    expression: BoxedStrategy<Expression>,
) -> BoxedStrategy<Link> {
    let plain = |relationship: RelationshipPattern| RelationshipPattern {
        length: None,
        ..relationship
    };
    let times = (0..3_u64, proptest::option::of(3..5_u64))
        .prop_map(|(least, most)| Repetition { least, most });
    let times = prop_oneof![
        times,
        (0..4_u64).prop_map(|least| Repetition {
            least,
            most: Some(least)
        })
    ];
    let quantified = (relationship.clone(), times.clone()).prop_map(move |(one, times)| {
        Link::Repeated(RepeatedPattern::relationship(plain(one), times))
    });
    let part = (
        node(expression.clone()),
        relationship.clone(),
        node(expression.clone()),
        proptest::option::of(expression),
        times,
    )
        .prop_map(|(start, relationship, end, condition, times)| {
            let pattern = Box::new(PathPattern::node(start).step(relationship, end));
            Link::Repeated(RepeatedPattern {
                pattern,
                condition,
                times,
                span: Span::default(),
            })
        });
    prop_oneof![
        4 => relationship.prop_map(Link::Relationship),
        1 => quantified,
        1 => part,
    ]
    .boxed()
}

fn expression() -> BoxedStrategy<Expression> {
    let leaf = prop_oneof![
        literal().prop_map(|literal| Expression::new(ExpressionKind::Literal(literal))),
        name().prop_map(|name| Expression::variable(&name)),
        name().prop_map(|name| Expression::parameter(&name)),
        Just(Expression::new(ExpressionKind::CountAll)),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Expression::list),
            proptest::collection::vec((name(), inner.clone()), 0..3).prop_map(map),
            (inner.clone(), name()).prop_map(|(of, key)| of.property(&key)),
            (boxed(), value_type())
                .prop_map(|(of, wanted)| Expression::new(ExpressionKind::IsTyped { of, wanted })),
            (boxed(), labels())
                .prop_map(|(of, labels)| Expression::new(ExpressionKind::HasLabels { of, labels })),
            (boxed(), boxed())
                .prop_map(|(of, index)| Expression::new(ExpressionKind::Index { of, index })),
            (
                boxed(),
                proptest::option::of(boxed()),
                proptest::option::of(boxed())
            )
                .prop_map(|(of, from, to)| Expression::new(ExpressionKind::Slice {
                    of,
                    from,
                    to
                })),
            (unary(), inner.clone()).prop_map(|(operator, operand)| operand.unary(operator)),
            (binary(), inner.clone(), inner.clone())
                .prop_map(|(operator, left, right)| left.binary(operator, right)),
            (logical(), proptest::collection::vec(inner.clone(), 2..4)).prop_map(
                |(operator, operands)| Expression::new(ExpressionKind::Logical {
                    operator,
                    operands
                })
            ),
            (
                boxed(),
                proptest::collection::vec((comparison(), inner.clone()), 1..3)
            )
                .prop_map(|(first, rest)| Expression::new(
                    ExpressionKind::Comparison { first, rest }
                )),
            ("[a-z]{3,6}", proptest::collection::vec(inner.clone(), 0..3))
                .prop_map(|(name, arguments)| Expression::function(&format!("{name}_"), arguments)),
            (
                name(),
                boxed(),
                proptest::option::of(boxed()),
                proptest::option::of(boxed())
            )
                .prop_map(|(variable, list, condition, result)| Expression::new(
                    ExpressionKind::ListComprehension {
                        variable: variable.as_str().into(),
                        list,
                        condition,
                        result
                    }
                )),
            (
                proptest::option::of(boxed()),
                inner.clone(),
                inner.clone(),
                proptest::option::of(boxed())
            )
                .prop_map(|(operand, when, then, otherwise)| Expression::new(
                    ExpressionKind::Case {
                        operand,
                        branches: vec![(when, then)],
                        otherwise
                    }
                )),
            path(inner.clone())
                .prop_map(|path| Expression::new(ExpressionKind::Pattern(Box::new(path)))),
            (path(inner.clone()), boxed()).prop_map(|(pattern, result)| Expression::new(
                ExpressionKind::PatternComprehension {
                    pattern: Box::new(pattern),
                    condition: None,
                    result
                }
            )),
            (
                question(),
                proptest::collection::vec(path(inner.clone()), 1..3),
                proptest::option::of(boxed())
            )
                .prop_map(|(question, patterns, condition)| Expression::new(
                    ExpressionKind::Subquery {
                        question,
                        body: SubqueryBody::Patterns {
                            patterns,
                            condition
                        },
                    }
                )),
            (question(), inner.clone(), inner.clone()).prop_map(|(question, list, item)| {
                let body = SubqueryBody::Query(Box::new(small_query(list, item)));
                Expression::new(ExpressionKind::Subquery { question, body })
            }),
        ]
    })
    .boxed()
}

fn question() -> impl Strategy<Value = SubqueryQuestion> {
    proptest::sample::select(vec![
        SubqueryQuestion::Exists,
        SubqueryQuestion::Count,
        SubqueryQuestion::Collect,
    ])
}

/// `UNWIND list AS x RETURN item AS item`
fn small_query(list: Expression, item: Expression) -> Query {
    Query::new(vec![
        Clause::Unwind(Unwind {
            list,
            variable: "x".into(),
            span: Span::default(),
        }),
        Clause::Return(Return {
            projection: Projection {
                items: vec![ProjectionItem::aliased(item, "item")],
                ..Projection::default()
            },
            span: Span::default(),
        }),
    ])
}

fn unary() -> impl Strategy<Value = UnaryOperator> {
    proptest::sample::select(vec![
        UnaryOperator::Not,
        UnaryOperator::Minus,
        UnaryOperator::Plus,
        UnaryOperator::IsNull,
        UnaryOperator::IsNotNull,
    ])
}

fn binary() -> impl Strategy<Value = BinaryOperator> {
    proptest::sample::select(vec![
        BinaryOperator::Add,
        BinaryOperator::Concatenate,
        BinaryOperator::Subtract,
        BinaryOperator::Multiply,
        BinaryOperator::Divide,
        BinaryOperator::Remainder,
        BinaryOperator::Power,
        BinaryOperator::In,
        BinaryOperator::StartsWith,
        BinaryOperator::EndsWith,
        BinaryOperator::Contains,
        BinaryOperator::MatchesRegex,
    ])
}

fn logical() -> impl Strategy<Value = LogicalOperator> {
    proptest::sample::select(vec![
        LogicalOperator::And,
        LogicalOperator::Or,
        LogicalOperator::Xor,
    ])
}

fn comparison() -> impl Strategy<Value = ComparisonOperator> {
    proptest::sample::select(vec![
        ComparisonOperator::Equal,
        ComparisonOperator::NotEqual,
        ComparisonOperator::Less,
        ComparisonOperator::LessOrEqual,
        ComparisonOperator::Greater,
        ComparisonOperator::GreaterOrEqual,
    ])
}

/// A clause that may stand between the others.
fn clause() -> BoxedStrategy<Clause> {
    let imports = prop_oneof![
        Just(Imports::Unsaid),
        Just(Imports::Everything),
        proptest::collection::vec(name(), 0..3).prop_map(|names| Imports::Variables(
            names.iter().map(|name| name.as_str().into()).collect()
        )),
    ];
    let necessity = proptest::sample::select(vec![Necessity::Required, Necessity::Optional]);
    prop_oneof![
        (necessity, imports, expression(), expression()).prop_map(
            |(necessity, imports, list, item)| Clause::Subquery(SubqueryCall {
                necessity,
                imports,
                query: small_query(list, item),
                span: Span::default(),
            })
        ),
        (
            any::<bool>(),
            expression(),
            name(),
            proptest::option::of(proptest::sample::select(vec![';', '\t', '|', '\'']))
        )
            .prop_map(
                |(named, source, variable, separator)| Clause::LoadCsv(LoadCsv {
                    headers: if named {
                        Headers::FirstRecord
                    } else {
                        Headers::None
                    },
                    source,
                    variable: variable.as_str().into(),
                    separator,
                    span: Span::default(),
                })
            ),
        (name(), expression(), path(expression())).prop_map(|(variable, list, pattern)| {
            let create = Clause::Create(Create {
                patterns: vec![pattern],
                span: Span::default(),
            });
            Clause::ForEach(ForEach {
                variable: variable.as_str().into(),
                list,
                clauses: vec![create.clone(), create],
                span: Span::default(),
            })
        }),
    ]
    .boxed()
}

fn query() -> impl Strategy<Value = Query> {
    (
        whole_path(),
        proptest::option::of(expression()),
        proptest::option::of(clause()),
        expression(),
        expression(),
    )
        .prop_map(|(pattern, condition, between, item, key)| {
            let projection = Projection {
                duplicates: Duplicates::Remove,
                items: vec![ProjectionItem::aliased(item, "item")],
                order: vec![OrderItem {
                    expression: key,
                    direction: SortDirection::Descending,
                }],
                ..Projection::default()
            };
            let mut clauses = vec![Clause::Match(Match {
                necessity: Necessity::Optional,
                patterns: vec![pattern],
                condition,
                span: Span::default(),
            })];
            clauses.extend(between);
            clauses.push(Clause::Return(Return {
                projection,
                span: Span::default(),
            }));
            Query::new(clauses)
        })
}

/// The tree without its places, and without the letters of the items it returns.
fn bare(query: &Query) -> String {
    let without_places = without(&format!("{query:?}"), "Span {", "}");
    without(&without_places, "}), text: \"", "\", span")
}

/// `text` without what stands from `start` to the next `end`.
fn without(text: &str, start: &str, end: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(start) {
        out.push_str(before);
        rest = after.split_once(end).unwrap().1;
    }
    out + rest
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_printed_query_parses_to_itself(query in query()) {
        let text = print(&query);
        let parsed = parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        prop_assert_eq!(bare(&parsed), bare(&query), "{}", text);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "[A-Za-z0-9 (){}\\[\\]<>.,:;|*+'\"`$=-]{0,80}") {
        drop(parse(&text));
    }

    #[test]
    fn no_row_of_words_makes_the_parser_panic(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "MATCH", "(", ")", "[", "]", "{", "}", "-", ">", "<", "n", ":", "RETURN", "WHERE",
                "NOT", "1", "'a'", ",", ".", "..", "*", "|", "IN", "CASE", "WHEN", "THEN", "END",
                "WITH", "AS", "x", "=", "$p", "exists", "all", "+", "IS", "NULL", "UNION",
            ]),
            0..40,
        )
    ) {
        drop(parse(&words.join(" ")));
    }
}
