//! A reading of a question to one query over the graph's shape.
//!
//! The query must give the facts of the reading and no others when the user runs it, so it is
//! checked here against all facts: where its types and names alone would let in more, conditions
//! are added until they do not, words of the evidence first, the place of the sentence last.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{label, property};
use crate::query::ast::{
    BinaryOperator, Branch, Clause, ComparisonOperator, Direction, Duplicates, Expression, Match,
    Necessity, NodePattern, OrderItem, PathPattern, Projection, ProjectionItem, Query,
    RelationshipPattern, Return, SortDirection, UnaryOperator, Union,
};

use super::facts::{Fact, Facts};
use super::reading::{Beside, End, Found, Reading, Take};

/// The columns of every translated question that is no path, after those of the answer.
pub(super) const EVIDENCE_COLUMNS: [&str; 4] = ["evidence", "document", "start", "attributed_to"];

/// How many rows an answer may have.
const MOST_ROWS: i64 = 200;

/// The query whose rows are the facts of `reading`; `words` are those of the question, for
/// conditions on the evidence. `None` for an empty reading. Each way to say it, and each part that
/// answers, is a branch of its own.
pub(super) fn query(facts: &Facts, reading: &Reading, words: &[String]) -> Option<Query> {
    let mut branches = std::iter::once(reading)
        .chain(&reading.also)
        .flat_map(by_take)
        .filter_map(|part| branch(facts, &part, words));
    let mut query = branches.next().map(Query::new)?;
    query.unions = branches
        .map(|clauses| Union {
            duplicates: Duplicates::Keep,
            branch: Branch::new(clauses),
            span: crate::base::Span::default(),
        })
        .collect();
    Some(query)
}

/// The parts of `reading` in which the same is taken of all facts, and what else the question names
/// stands in the same place, in order of their best.
fn by_take(reading: &Reading) -> Vec<Reading> {
    let standing = |found: &Found| -> Vec<Option<bool>> {
        let beside = reading.beside.iter();
        beside
            .map(|beside| beside.stands.get(&found.fact).map(|at| *at == found.fact))
            .collect()
    };
    let mut parts: Vec<Reading> = Vec::new();
    for found in &reading.found {
        let same = parts.iter_mut().find(|part| {
            part.found
                .first()
                .is_some_and(|first| first.take == found.take && standing(first) == standing(found))
        });
        if let Some(part) = same {
            part.found.push(found.clone());
        } else {
            parts.push(Reading {
                found: vec![found.clone()],
                also: Vec::new(),
                ..reading.clone()
            });
        }
    }
    parts
}

/// The clauses whose rows are the facts of `reading`, of all of which the same is taken.
fn branch(facts: &Facts, reading: &Reading, words: &[String]) -> Option<Vec<Clause>> {
    let first = reading.found.first()?;
    let mut builder = Builder {
        facts,
        patterns: Vec::new(),
        conditions: Vec::new(),
        count: 0,
        named: 0,
    };
    builder.hop(reading, words, None);
    builder.members(reading);
    let takes = &first.take;
    let columns: &[&str] = if takes.len() > 1 {
        &["answer", "other"]
    } else {
        &["answer"]
    };
    let mut items: Vec<ProjectionItem> = takes
        .iter()
        .zip(columns)
        .map(|(take, column)| ProjectionItem::aliased(taken(*take), column))
        .collect();
    let keys = [
        property::EVIDENCE,
        property::DOCUMENT,
        property::START,
        property::ATTRIBUTED_TO,
    ];
    for (column, key) in EVIDENCE_COLUMNS.iter().zip(keys) {
        items.push(ProjectionItem::aliased(
            Expression::variable("r").property(key),
            column,
        ));
    }
    let order = [
        (
            Expression::variable("r").property(property::CONFIDENCE),
            SortDirection::Descending,
        ),
        (Expression::variable("document"), SortDirection::Ascending),
        (Expression::variable("start"), SortDirection::Ascending),
        (Expression::variable("answer"), SortDirection::Ascending),
    ]
    .into_iter()
    .map(|(expression, direction)| OrderItem {
        expression,
        direction,
    })
    .collect();
    Some(matched(
        builder.patterns,
        Expression::all(builder.conditions),
        Projection {
            items,
            order,
            limit: Some(Expression::integer(MOST_ROWS)),
            ..Projection::default()
        },
    ))
}

/// The query for the walks of `length` relationships between two things.
pub(super) fn path_query(from: &str, to: &str, length: usize) -> Query {
    let end = |name: &str, variable: &str| NodePattern {
        variable: Some(variable.into()),
        properties: Some(Expression::new(crate::query::ast::ExpressionKind::Map(
            vec![(property::NAME.into(), Expression::string(name))],
        ))),
        ..NodePattern::default().labelled(label::ENTITY)
    };
    let mut pattern = PathPattern::node(end(from, "from"));
    let mut hops = Vec::new();
    for hop in 1..=length {
        let variable = format!("r{hop}");
        let node = if hop == length {
            end(to, "to")
        } else {
            NodePattern::named(&format!("n{hop}")).labelled(label::ENTITY)
        };
        pattern = pattern.step(
            RelationshipPattern::named(&variable, Direction::Either),
            node,
        );
        hops.push(variable);
    }
    let list = |make: &dyn Fn(Expression) -> Expression| {
        Expression::list(
            hops.iter()
                .map(|hop| make(Expression::variable(hop)))
                .collect(),
        )
    };
    let mut nodes = vec![Expression::variable("from").property(property::NAME)];
    for hop in 1..length {
        nodes.push(Expression::variable(&format!("n{hop}")).property(property::NAME));
    }
    nodes.push(Expression::variable("to").property(property::NAME));
    let items = vec![
        ProjectionItem::aliased(Expression::list(nodes), "things"),
        ProjectionItem::aliased(
            list(&|hop| Expression::function("type", vec![hop])),
            "relationships",
        ),
        ProjectionItem::aliased(
            list(&|hop| Expression::function("startNode", vec![hop]).property(property::NAME)),
            "starts",
        ),
        ProjectionItem::aliased(list(&|hop| hop.property(property::EVIDENCE)), "evidence"),
        ProjectionItem::aliased(list(&|hop| hop.property(property::DOCUMENT)), "document"),
        ProjectionItem::aliased(list(&|hop| hop.property(property::START)), "start"),
    ];
    let mut score: Option<Expression> = None;
    for hop in &hops {
        let confidence = Expression::variable(hop).property(property::CONFIDENCE);
        score = Some(match score {
            None => confidence,
            Some(sum) => sum.binary(BinaryOperator::Add, confidence),
        });
    }
    let order = score
        .into_iter()
        .map(|expression| OrderItem {
            expression,
            direction: SortDirection::Descending,
        })
        .collect();
    Query::new(matched(
        vec![pattern],
        None,
        Projection {
            items,
            order,
            limit: Some(Expression::integer(5)),
            ..Projection::default()
        },
    ))
}

fn matched(
    patterns: Vec<PathPattern>,
    condition: Option<Expression>,
    projection: Projection,
) -> Vec<Clause> {
    vec![
        Clause::Match(Match {
            necessity: Necessity::Required,
            patterns,
            condition,
            span: crate::base::Span::default(),
        }),
        Clause::Return(Return {
            projection,
            span: crate::base::Span::default(),
        }),
    ]
}

/// The expression for a part of the fact of the first hop.
fn taken(take: Take) -> Expression {
    let r = || Expression::variable("r");
    match take {
        Take::Subject => Expression::variable("subject").property(property::NAME),
        Take::Object => Expression::variable("object").property(property::NAME),
        Take::SubjectText => r().property(property::SUBJECT_TEXT),
        Take::ObjectText => r().property(property::OBJECT_TEXT),
        Take::SubjectMember => Expression::variable(&member(End::Subject)).property(property::NAME),
        Take::ObjectMember => Expression::variable(&member(End::Object)).property(property::NAME),
        Take::When => r().property(property::WHEN),
        Take::Where => r().property(property::WHERE),
        Take::Speaker => r().property(property::ATTRIBUTED_TO),
        Take::Description => Expression::function(
            "toLower",
            vec![Expression::function(
                "replace",
                vec![
                    Expression::function("type", vec![r()]),
                    Expression::string("_"),
                    Expression::string(" "),
                ],
            )],
        )
        .binary(BinaryOperator::Add, Expression::string(" "))
        .binary(
            BinaryOperator::Add,
            Expression::variable("object").property(property::NAME),
        ),
        Take::Whole => r().property(property::TEXT),
    }
}

/// The variable for those that a sentence names as an end that it only describes.
fn member(end: End) -> String {
    match end {
        End::Subject => "named_subject".to_owned(),
        End::Object => "named_object".to_owned(),
    }
}

/// Gathers patterns and conditions, hop by hop.
struct Builder<'f> {
    facts: &'f Facts,
    patterns: Vec<PathPattern>,
    conditions: Vec<Expression>,
    /// How many relationships are matched.
    count: usize,
    /// How many names stand beside them.
    named: usize,
}

impl Builder<'_> {
    /// Adds those that stand for an end that is only described, where they are the answer.
    fn members(&mut self, reading: &Reading) {
        let takes = reading.found.first().map_or(&[][..], |found| &found.take);
        for (take, end, variable) in [
            (Take::SubjectMember, End::Subject, "subject"),
            (Take::ObjectMember, End::Object, "object"),
        ] {
            if !takes.contains(&take) {
                continue;
            }
            let chosen = reading
                .found
                .iter()
                .filter_map(|found| self.facts.fact(found.fact));
            let names: BTreeSet<&str> = chosen
                .flat_map(|fact| self.facts.members(fact, end.thing(fact)))
                .filter_map(|member| self.facts.thing(*member))
                .map(|thing| thing.name.as_str())
                .collect();
            let member = member(end);
            let says = format!("says_{variable}");
            let node = NodePattern::named(&member).labelled(label::ENTITY);
            let is_a = RelationshipPattern::named(&says, Direction::Outgoing).typed("IS_A");
            self.patterns
                .push(PathPattern::node(node).step(is_a, NodePattern::named(variable)));
            let same = |key: &str| {
                let own = Expression::variable("r").property(key);
                Expression::variable(&says).property(key).equals(own)
            };
            self.conditions.push(one_of(
                Expression::variable(&member).property(property::NAME),
                &names,
            ));
            self.conditions.push(same(property::DOCUMENT));
            self.conditions.push(same(property::START));
        }
    }

    /// How to say what `beside` is where it stands beside the `chosen` facts of `reading`: by name,
    /// if it has one; else by the place, the time or the sentence. `None` where the object's name
    /// says it, and where nothing can.
    fn told(&self, reading: &Reading, beside: &Beside, chosen: &[&Fact]) -> Option<Told> {
        let stands: Option<Vec<usize>> = reading
            .found
            .iter()
            .map(|found| beside.stands.get(&found.fact).copied())
            .collect();
        if let Some(stands) = stands {
            let mut own = reading.found.iter().zip(&stands);
            if own.all(|(found, at)| found.fact == *at) {
                return None;
            }
            let facts = || stands.iter().filter_map(|at| self.facts.fact(*at));
            let by_hand = facts().any(|fact| fact.clause < 0);
            let names: BTreeSet<String> = facts()
                .filter_map(|fact| self.facts.thing(fact.object))
                .map(|thing| thing.name.clone())
                .collect();
            if !by_hand && !names.contains("") {
                return Some(Told::Named(names));
            }
        }
        [property::WHERE, property::WHEN, property::EVIDENCE]
            .into_iter()
            .find_map(|key| {
                let all_have = |word: &&String| {
                    let has =
                        |fact: &&Fact| written(fact, key).is_some_and(|text| text.contains(*word));
                    chosen.iter().all(has)
                };
                let word = beside.words.iter().find(all_have)?;
                Some(Told::Contains(key, word.clone()))
            })
    }

    /// Adds what `told` says of the relationship and its subject, called so.
    fn tell(&mut self, told: &Told, relationship: &str, subject: &str) {
        match told {
            Told::Named(names) => {
                self.named += 1;
                let number = if self.named == 1 {
                    String::new()
                } else {
                    self.named.to_string()
                };
                let (beside, named) = (format!("beside{number}"), format!("named{number}"));
                self.patterns
                    .push(PathPattern::node(NodePattern::named(subject)).step(
                        RelationshipPattern::named(&beside, Direction::Outgoing),
                        NodePattern::named(&named),
                    ));
                let names = names.iter().map(String::as_str).collect();
                self.conditions.push(one_of(
                    Expression::variable(&named).property(property::NAME),
                    &names,
                ));
                let clause = Expression::variable(relationship).property(property::CLAUSE);
                self.conditions.push(
                    Expression::variable(&beside)
                        .property(property::CLAUSE)
                        .equals(clause),
                );
            }
            Told::Contains(key, word) => self.conditions.push(
                Expression::variable(relationship)
                    .property(key)
                    .binary(BinaryOperator::Contains, Expression::string(word)),
            ),
        }
    }

    /// Adds the relationship of `reading`; its answer is the node called `answer`, if given.
    fn hop(&mut self, reading: &Reading, words: &[String], answer: Option<&str>) {
        let Some(first) = reading.found.first() else {
            return;
        };
        let chosen: Vec<&Fact> = reading
            .found
            .iter()
            .filter_map(|found| self.facts.fact(found.fact))
            .collect();
        let numbers: BTreeSet<usize> = reading.found.iter().map(|found| found.fact).collect();
        self.count += 1;
        let suffix = if self.count == 1 {
            String::new()
        } else {
            self.count.to_string()
        };
        let relationship = format!("r{suffix}");
        let answered = first.take.first().and_then(|take| take.end());
        let by_answer = |end: End, name: &str| match answer {
            Some(answer) if answered == Some(end) => answer.to_owned(),
            Some(_) | None => format!("{name}{suffix}"),
        };
        let subject = by_answer(End::Subject, "subject");
        let object = by_answer(End::Object, "object");
        let speaker = first.take.contains(&Take::Speaker);
        let any_type = speaker || reading.alias.is_some();

        // The pattern, with as few types as there are.
        let mut pattern = RelationshipPattern::named(&relationship, Direction::Outgoing);
        let types: BTreeSet<&str> = chosen.iter().map(|fact| fact.name.as_str()).collect();
        if !any_type {
            for name in &types {
                pattern = pattern.typed(name);
            }
        }
        let node = |variable: &str, all_entities: bool| {
            let node = NodePattern::named(variable);
            if all_entities {
                node.labelled(label::ENTITY)
            } else {
                node
            }
        };
        let entity = |end: End| {
            chosen.iter().all(|fact| {
                self.facts
                    .thing(end.thing(fact))
                    .is_some_and(|thing| thing.form == super::facts::NodeForm::Entity)
            })
        };
        let (subject_entity, object_entity) = (entity(End::Subject), entity(End::Object));
        self.patterns.push(
            PathPattern::node(node(&subject, subject_entity))
                .step(pattern, node(&object, object_entity)),
        );

        // The names.
        let r = || Expression::variable(&relationship);
        let names = |end: End| -> BTreeSet<&str> {
            chosen
                .iter()
                .filter_map(|fact| self.facts.thing(end.thing(fact)))
                .map(|thing| thing.name.as_str())
                .collect()
        };
        // What is unsaid has no name to ask for.
        let said = |end: End| {
            chosen.iter().all(|fact| {
                self.facts
                    .thing(end.thing(fact))
                    .is_some_and(|thing| thing.form != super::facts::NodeForm::Unstated)
            })
        };
        let own_object = reading.beside.iter().any(|beside| {
            let mut found = reading.found.iter().map(|found| found.fact);
            found.all(|fact| beside.stands.get(&fact) == Some(&fact))
        });
        let subject_names =
            (reading.ends.subject && said(End::Subject)).then(|| names(End::Subject));
        let object_names =
            ((reading.ends.object || own_object) && said(End::Object)).then(|| names(End::Object));
        for (names, variable, by) in [
            (&subject_names, &subject, &reading.subject_by),
            (&object_names, &object, &reading.object_by),
        ] {
            if let Some(names) = names
                && by.is_none()
            {
                self.conditions.push(one_of(
                    Expression::variable(variable).property(property::NAME),
                    names,
                ));
            }
        }
        if let Some(alias) = &reading.alias {
            self.conditions.push(Expression::string(alias).binary(
                BinaryOperator::In,
                Expression::variable(&subject).property(property::ALIASES),
            ));
        }
        let denied = chosen.iter().any(|fact| fact.polarity == "denied");
        self.conditions
            .push(
                r().property(property::POLARITY)
                    .equals(Expression::string(if denied {
                        "denied"
                    } else {
                        "affirmed"
                    })),
            );
        let part = match first.take.first() {
            Some(Take::When) => Some(property::WHEN),
            Some(Take::Where) => Some(property::WHERE),
            Some(Take::Speaker) => Some(property::ATTRIBUTED_TO),
            Some(
                Take::Subject
                | Take::Object
                | Take::SubjectText
                | Take::ObjectText
                | Take::SubjectMember
                | Take::ObjectMember
                | Take::Description
                | Take::Whole,
            )
            | None => None,
        };
        if let Some(key) = part {
            self.conditions
                .push(r().property(key).unary(UnaryOperator::IsNotNull));
        }

        let mut named = subject_names.is_some() || object_names.is_some() || any_type;
        let mut told: Vec<Told> = Vec::new();
        let mut taken = BTreeSet::new();
        for beside in &reading.beside {
            // What two names of the question mean is one condition.
            let places = numbers.iter().filter_map(|fact| beside.stands.get(fact));
            let places: BTreeSet<usize> = places.copied().collect();
            if !taken.is_disjoint(&places) {
                continue;
            }
            taken.extend(places);
            let Some(told_so) = self.told(reading, beside, &chosen) else {
                continue;
            };
            named = true;
            self.tell(&told_so, &relationship, &subject);
            told.push(told_so);
        }
        if !named && answer.is_none() {
            let word = words.iter().find(|word| {
                word.starts_with(char::is_uppercase)
                    && chosen
                        .iter()
                        .all(|fact| fact.evidence.contains(word.as_str()))
            });
            if let Some(word) = word {
                let told_so = Told::Contains(property::EVIDENCE, word.clone());
                self.tell(&told_so, &relationship, &subject);
                told.push(told_so);
            }
        }

        // What else would come out?
        let name_of = |fact: &Fact, end: End| {
            self.facts
                .thing(end.thing(fact))
                .map_or("", |thing| thing.name.as_str())
        };
        let form_fits = |fact: &Fact, end: End, entity: bool| {
            !entity
                || self
                    .facts
                    .thing(end.thing(fact))
                    .is_some_and(|thing| thing.form == super::facts::NodeForm::Entity)
        };
        let mut excess: BTreeMap<usize, &Fact> = self
            .facts
            .facts
            .iter()
            .enumerate()
            .filter(|(index, fact)| {
                !numbers.contains(index)
                    && (any_type || types.contains(fact.name.as_str()))
                    && subject_names
                        .as_ref()
                        .is_none_or(|names| names.contains(name_of(fact, End::Subject)))
                    && object_names
                        .as_ref()
                        .is_none_or(|names| names.contains(name_of(fact, End::Object)))
                    && reading.alias.as_ref().is_none_or(|alias| {
                        self.facts
                            .thing(fact.subject)
                            .is_some_and(|thing| thing.aliases.contains(alias))
                    })
                    && told.iter().all(|told| told.holds(self.facts, *index, fact))
                    && form_fits(fact, End::Subject, subject_entity)
                    && form_fits(fact, End::Object, object_entity)
                    && (fact.polarity == "denied") == denied
                    && match part {
                        Some(property::WHEN) => fact.when.is_some(),
                        Some(property::WHERE) => fact.place.is_some(),
                        Some(property::ATTRIBUTED_TO) => fact.attributed_to.is_some(),
                        Some(_) | None => true,
                    }
            })
            .collect();
        // By words of the question that the evidence of all has and that of some excess has not.
        for word in words {
            if excess.is_empty() {
                break;
            }
            let helps = chosen
                .iter()
                .all(|fact| fact.evidence.contains(word.as_str()))
                && excess
                    .values()
                    .any(|fact| !fact.evidence.contains(word.as_str()));
            if helps {
                self.conditions.push(
                    r().property(property::EVIDENCE)
                        .binary(BinaryOperator::Contains, Expression::string(word)),
                );
                excess.retain(|_, fact| fact.evidence.contains(word.as_str()));
            }
        }
        // By the named ends, even where a description found them.
        if !excess.is_empty() {
            let clauses: BTreeMap<&str, BTreeSet<i64>> =
                chosen.iter().fold(BTreeMap::new(), |mut found, fact| {
                    found
                        .entry(fact.document.as_str())
                        .or_insert_with(BTreeSet::new)
                        .insert(fact.clause);
                    found
                });
            let apart = excess.values().all(|fact| {
                !clauses
                    .get(fact.document.as_str())
                    .is_some_and(|clauses| clauses.contains(&fact.clause))
            });
            let by_clause: Vec<Expression> = clauses
                .iter()
                .filter_map(|(document, clauses)| {
                    Expression::all(vec![
                        r().property(property::DOCUMENT)
                            .equals(Expression::string(document)),
                        r().property(property::CLAUSE).binary(
                            BinaryOperator::In,
                            Expression::list(
                                clauses
                                    .iter()
                                    .map(|clause| Expression::integer(*clause))
                                    .collect(),
                            ),
                        ),
                    ])
                })
                .collect();
            self.conditions.extend(Expression::any(by_clause));
            if !apart {
                self.conditions.extend(separating(
                    &relationship,
                    &chosen,
                    &excess.values().copied().collect::<Vec<_>>(),
                ));
            }
        }
        if let Some(by) = &reading.subject_by {
            self.hop(by, &[], Some(&subject));
        }
        if let Some(by) = &reading.object_by {
            self.hop(by, &[], Some(&object));
        }
    }
}

/// How a query says what the question names beside subject and object.
enum Told {
    /// Another relationship of the clause leads from the subject to one of these names.
    Named(BTreeSet<String>),
    /// A property of the relationship has the word.
    Contains(&'static str, String),
}

impl Told {
    /// Whether it holds of the fact at `index`.
    fn holds(&self, facts: &Facts, index: usize, fact: &Fact) -> bool {
        match self {
            Self::Named(names) => facts.clause_of(fact).is_some_and(|clause| {
                facts.facts_of(clause).any(|(other, beside)| {
                    other != index
                        && beside.subject == fact.subject
                        && facts
                            .thing(beside.object)
                            .is_some_and(|thing| names.contains(&thing.name))
                })
            }),
            Self::Contains(key, word) => {
                written(fact, key).is_some_and(|text| text.contains(word.as_str()))
            }
        }
    }
}

/// What a fact has at one of the properties that name what a question may: the sentence, the place
/// and the time.
fn written<'f>(fact: &'f Fact, key: &str) -> Option<&'f str> {
    match key {
        property::WHERE => fact.place.as_deref(),
        property::WHEN => fact.when.as_deref(),
        _ => Some(&fact.evidence),
    }
}

/// The condition on the words at an end of the relationship that the `chosen` facts meet and the
/// `excess` of the same clauses does not; `None` if there is none.
fn separating(relationship: &str, chosen: &[&Fact], excess: &[&Fact]) -> Option<Expression> {
    let ends = [
        (End::Object, property::OBJECT_TEXT),
        (End::Subject, property::SUBJECT_TEXT),
    ];
    ends.into_iter().find_map(|(end, key)| {
        let texts: BTreeSet<&str> = chosen.iter().map(|fact| end.text(fact)).collect();
        let separates = excess.iter().all(|fact| !texts.contains(end.text(fact)));
        separates.then(|| one_of(Expression::variable(relationship).property(key), &texts))
    })
}

/// `expression = 'name'` or `expression IN ['name', …]`.
fn one_of(expression: Expression, names: &BTreeSet<&str>) -> Expression {
    let mut literals: Vec<Expression> = names.iter().map(|name| Expression::string(name)).collect();
    if literals.len() == 1
        && let Some(only) = literals.pop()
    {
        return expression.compared(ComparisonOperator::Equal, only);
    }
    expression.binary(BinaryOperator::In, Expression::list(literals))
}
