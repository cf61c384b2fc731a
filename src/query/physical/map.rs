//! From the logical plan to the physical one, one arm per operator.
//!
//! Here it is decided how: which index serves a lookup, and that what the graph has never heard
//! of gives nothing.

use std::sync::Arc;

use crate::base::Span;
use crate::graph::{Direction, PropertyGraph, Transaction};
use crate::model::{Label, Map, PropertyKey, RelType, Value};
use crate::query::ast;
use crate::query::checked;
use crate::query::error::{QueryError, RunError};
use crate::query::logical::{self, Numbers};

use super::plan::{
    Aggregation, CreateNode, CreateRelationship, Expansion, Expression, ExpressionKind, Key,
    LabelTest, MapProjectionItem, Operator, Plan, Repeat, SelectPaths, SetItem, ShortestPath,
    SortKey, Sought, Step, StepTest, Types,
};

/// Where names become numbers.
pub(crate) trait Names {
    /// The label, if there can be nodes that bear it while the query runs.
    fn label(&mut self, name: &str) -> Option<Label>;
    /// The type, if there can be relationships that have it.
    fn rel_type(&mut self, name: &str) -> Option<RelType>;
    /// The key, if there can be elements that have it.
    fn property_key(&mut self, name: &str) -> Option<PropertyKey>;
    /// Whether nodes can be looked up by the key.
    fn is_indexed(&self, key: PropertyKey) -> bool;
}

/// A query that only reads meets only names that the graph knows.
impl Names for &PropertyGraph {
    fn label(&mut self, name: &str) -> Option<Label> {
        PropertyGraph::label(self, name)
    }

    fn rel_type(&mut self, name: &str) -> Option<RelType> {
        PropertyGraph::rel_type(self, name)
    }

    fn property_key(&mut self, name: &str) -> Option<PropertyKey> {
        PropertyGraph::property_key(self, name)
    }

    fn is_indexed(&self, key: PropertyKey) -> bool {
        PropertyGraph::is_indexed(self, key)
    }
}

/// A query that writes makes its names known beforehand.
impl Names for Transaction<'_> {
    fn label(&mut self, name: &str) -> Option<Label> {
        Some(Transaction::label(self, name))
    }

    fn rel_type(&mut self, name: &str) -> Option<RelType> {
        Some(Transaction::rel_type(self, name))
    }

    fn property_key(&mut self, name: &str) -> Option<PropertyKey> {
        Some(Transaction::property_key(self, name))
    }

    fn is_indexed(&self, key: PropertyKey) -> bool {
        self.graph().is_indexed(key)
    }
}

/// The physical plan of `plan` for one run, its operators numbered by `numbers`.
///
/// # Errors
/// [`QueryError::Run`] with [`RunError::MissingParameter`] or [`RunError::Unsound`].
pub(crate) fn physical_plan(
    plan: &logical::Plan,
    parameters: &Map,
    names: &mut dyn Names,
    numbers: &Numbers,
) -> Result<Plan, QueryError> {
    let mut mapper = Mapper {
        parameters,
        names,
        numbers,
        fault: None,
    };
    let result = mapper.plan(plan);
    result.map_err(|error| QueryError::Run {
        error,
        span: mapper.fault,
    })
}

impl Mapper<'_> {
    fn plan(&mut self, plan: &logical::Plan) -> Result<Plan, RunError> {
        Ok(Plan {
            root: self.step(&plan.root)?,
            columns: plan
                .columns
                .iter()
                .map(|column| (column.name.clone(), column.slot))
                .collect(),
            width: plan.width,
            subqueries: plan
                .subqueries
                .iter()
                .map(|subquery| self.step(subquery))
                .collect::<Result<_, _>>()?,
            numbered: self.numbers.len(),
        })
    }
}

struct Mapper<'m> {
    parameters: &'m Map,
    names: &'m mut dyn Names,
    numbers: &'m Numbers,
    /// Where the innermost expression that failed stands.
    fault: Option<Span>,
}

fn direction(direction: ast::Direction) -> Direction {
    match direction {
        ast::Direction::Outgoing => Direction::Outgoing,
        ast::Direction::Incoming => Direction::Incoming,
        ast::Direction::Either => Direction::Both,
    }
}

fn most(most: Option<u64>) -> usize {
    most.map_or(usize::MAX, count)
}

fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Mapper<'_> {
    fn input(&mut self, operator: &logical::Operator) -> Result<Box<Step>, RunError> {
        self.step(operator).map(Box::new)
    }

    fn step(&mut self, operator: &logical::Operator) -> Result<Step, RunError> {
        Ok(Step {
            number: self.numbers.number(operator),
            operator: self.operator(operator)?,
        })
    }

    fn operator(&mut self, operator: &logical::Operator) -> Result<Operator, RunError> {
        use logical::Operator as Logical;
        Ok(match operator {
            Logical::Argument => Operator::Argument,
            Logical::Nothing => Operator::Nothing,
            Logical::AllNodes { input, node } => Operator::AllNodes {
                input: self.input(input)?,
                node: *node,
            },
            Logical::NodesByLabel { input, node, label } => {
                let input = self.input(input)?;
                match self.names.label(label) {
                    Some(label) => Operator::NodesByLabel {
                        input,
                        node: *node,
                        label,
                    },
                    None => Operator::Nothing,
                }
            }
            Logical::NodesByAnyLabel {
                input,
                node,
                labels,
            } => Operator::NodesByAnyLabel {
                input: self.input(input)?,
                node: *node,
                labels: self.labels(labels),
            },
            Logical::NodesByProperty {
                input,
                node,
                label,
                key,
                value,
            } => {
                let input = self.input(input)?;
                let value = self.expression(value)?;
                let label = match label {
                    Some(name) => match self.names.label(name) {
                        Some(label) => Some(label),
                        None => return Ok(Operator::Nothing),
                    },
                    None => None,
                };
                let Some(key) = self.names.property_key(key) else {
                    return Ok(Operator::Nothing);
                };
                let node = *node;
                if self.names.is_indexed(key) {
                    Operator::NodesByIndex {
                        input,
                        node,
                        label,
                        key,
                        value,
                    }
                } else {
                    Operator::NodesByComparison {
                        input,
                        node,
                        label,
                        key,
                        value,
                    }
                }
            }
            Logical::Lookup {
                input,
                element,
                sought,
                values,
            } => {
                let input = self.input(input)?;
                let element = *element;
                let sought = match sought {
                    logical::Sought::NodeId => Some(Sought::NodeId),
                    logical::Sought::RelationshipId => Some(Sought::RelationshipId),
                    logical::Sought::Property(key) => self
                        .names
                        .property_key(key)
                        .filter(|key| self.names.is_indexed(*key))
                        .map(Sought::Property),
                };
                match sought {
                    Some(sought) => Operator::Lookup {
                        input,
                        element,
                        sought,
                        values: self.expression(values)?,
                    },
                    None => Operator::AllNodes {
                        input,
                        node: element,
                    },
                }
            }
            Logical::NodeById { input, node, id } => Operator::NodeById {
                input: self.input(input)?,
                node: *node,
                id: self.expression(id)?,
            },
            Logical::Expand(expand) => Operator::Expand {
                input: self.input(&expand.input)?,
                relationship: expand.relationship,
                expansion: Expansion {
                    from: expand.from,
                    to: expand.to,
                    types: self.types(&expand.types),
                    direction: direction(expand.direction),
                    distinct_from: expand.distinct_from.clone(),
                },
            },
            Logical::ExpandMany(expand) => Operator::ExpandMany {
                border: expand.border,
                input: self.input(&expand.input)?,
                relationships: expand.relationships,
                reversed: expand.reversed,
                expansion: Expansion {
                    from: expand.from,
                    to: expand.to,
                    types: self.types(&expand.types),
                    direction: direction(expand.direction),
                    distinct_from: expand.distinct_from.clone(),
                },
                least: count(expand.least),
                most: most(expand.most),
                properties: self.optional(expand.properties.as_ref())?,
            },
            Logical::Repeat(repeat) => Operator::Repeat(Repeat {
                input: self.input(&repeat.input)?,
                pass: self.input(&repeat.pass)?,
                from: repeat.from,
                to: repeat.to,
                start: repeat.start,
                end: repeat.end,
                relationships: repeat.relationships.clone(),
                trail: repeat.trail,
                groups: repeat.groups.clone(),
                reversed: repeat.reversed,
                least: count(repeat.least),
                most: most(repeat.most),
                border: repeat.border,
                distinct_from: repeat.distinct_from.clone(),
            }),
            Logical::ShortestPath(search) => Operator::ShortestPath(ShortestPath {
                input: self.input(&search.input)?,
                from: search.from,
                to: search.to,
                relationships: search.relationships,
                path: search.path,
                nodes: search.nodes,
                reversed: search.reversed,
                wanted: search.wanted,
                form: search.form,
                types: self.types(&search.types),
                direction: direction(search.direction),
                least: count(search.least),
                most: most(search.most),
                properties: self.optional(search.properties.as_ref())?,
                test: search
                    .test
                    .as_ref()
                    .map(|test| {
                        Ok::<_, RunError>(StepTest {
                            left: test.left,
                            relationship: test.relationship,
                            right: test.right,
                            condition: self.expression(&test.condition)?,
                        })
                    })
                    .transpose()?,
                condition: self.optional(search.condition.as_ref())?,
            }),
            Logical::SelectPaths(selection) => Operator::SelectPaths(SelectPaths {
                input: self.input(&selection.input)?,
                find: self.input(&selection.find)?,
                ends: selection.ends,
                bound: selection.bound,
                wanted: selection.wanted,
                steps: selection.steps.clone(),
                border: selection.border,
            }),
            Logical::Ends {
                input,
                relationship,
                from,
                to,
                types,
                direction: way,
                distinct_from,
            } => Operator::Ends {
                input: self.input(input)?,
                relationship: *relationship,
                from: *from,
                to: *to,
                types: self.types(types),
                direction: direction(*way),
                distinct_from: distinct_from.clone(),
            },
            Logical::Walk {
                input,
                relationships,
                from,
                to,
                types,
                direction: way,
                least,
                most: limit,
            } => Operator::Walk {
                input: self.input(input)?,
                relationships: *relationships,
                from: *from,
                to: *to,
                types: self.types(types),
                direction: direction(*way),
                least: count(*least),
                most: most(*limit),
            },
            Logical::Filter { input, condition } => Operator::Filter {
                input: self.input(input)?,
                condition: self.expression(condition)?,
            },
            Logical::Project { input, items } => Operator::Project {
                input: self.input(input)?,
                items: self.items(items)?,
            },
            Logical::Unwind { input, list, item } => Operator::Unwind {
                input: self.input(input)?,
                list: self.expression(list)?,
                item: *item,
            },
            Logical::Apply { input, inner } => Operator::Apply {
                input: self.input(input)?,
                inner: self.input(inner)?,
            },
            Logical::LoadCsv {
                input,
                source,
                headers,
                separator,
                record,
            } => Operator::LoadCsv {
                input: self.input(input)?,
                source: self.expression(source)?,
                headers: *headers,
                separator: *separator,
                record: *record,
            },
            Logical::Perform { input, inner } => Operator::Perform {
                input: self.input(input)?,
                inner: self.input(inner)?,
            },
            Logical::ForEach {
                input,
                list,
                item,
                inner,
            } => Operator::ForEach {
                input: self.input(input)?,
                list: self.expression(list)?,
                item: *item,
                inner: self.input(inner)?,
            },
            Logical::Optional {
                input,
                inner,
                nulls,
            } => Operator::Optional {
                input: self.input(input)?,
                inner: self.input(inner)?,
                nulls: nulls.clone(),
            },
            Logical::Aggregate {
                input,
                keys,
                aggregations,
            } => Operator::Aggregate {
                input: self.input(input)?,
                keys: self.items(keys)?,
                aggregations: aggregations
                    .iter()
                    .map(|(slot, aggregation)| Ok((*slot, self.aggregation(aggregation)?)))
                    .collect::<Result<_, RunError>>()?,
            },
            Logical::Distinct { input, slots } => Operator::Distinct {
                input: self.input(input)?,
                slots: slots.clone(),
            },
            Logical::Sort { input, keys } => Operator::Sort {
                input: self.input(input)?,
                keys: self.sort_keys(keys)?,
            },
            Logical::Top { input, keys, limit } => Operator::Top {
                input: self.input(input)?,
                keys: self.sort_keys(keys)?,
                limit: self.expression(limit)?,
            },
            Logical::Skip { input, count } => Operator::Skip {
                input: self.input(input)?,
                count: self.expression(count)?,
            },
            Logical::Limit { input, count } => Operator::Limit {
                input: self.input(input)?,
                count: self.expression(count)?,
            },
            Logical::Union { branches, slots } => Operator::Union {
                branches: branches
                    .iter()
                    .map(|(branch, columns)| Ok((self.step(branch)?, columns.clone())))
                    .collect::<Result<_, RunError>>()?,
                slots: slots.clone(),
            },
            Logical::Eager { input } => Operator::Eager {
                input: self.input(input)?,
            },
            Logical::Create {
                input,
                nodes,
                relationships,
            } => Operator::Create {
                input: self.input(input)?,
                nodes: self.create_nodes(nodes)?,
                relationships: self.create_relationships(relationships)?,
            },
            Logical::Merge {
                input,
                find,
                nodes,
                relationships,
                on_create,
                on_match,
            } => Operator::Merge {
                input: self.input(input)?,
                find: self.input(find)?,
                nodes: self.create_nodes(nodes)?,
                relationships: self.create_relationships(relationships)?,
                on_create: self.set_items(on_create)?,
                on_match: self.set_items(on_match)?,
            },
            Logical::Set { input, items } => Operator::Set {
                input: self.input(input)?,
                items: self.set_items(items)?,
            },
            Logical::Delete {
                input,
                targets,
                attachment,
            } => Operator::Delete {
                input: self.input(input)?,
                targets: self.expressions(targets)?,
                attachment: *attachment,
            },
            Logical::Call {
                input,
                procedure,
                arguments,
                outputs,
            } => Operator::Call {
                input: self.input(input)?,
                procedure: Arc::clone(procedure),
                arguments: self.expressions(arguments)?,
                outputs: outputs.clone(),
            },
        })
    }

    fn types(&mut self, names: &[checked::Name]) -> Types {
        if names.is_empty() {
            return Types::Any;
        }
        let known = names.iter().filter_map(|name| self.names.rel_type(name));
        Types::Only(known.collect())
    }

    fn key(&mut self, name: &checked::Name) -> Key {
        Key {
            name: Arc::clone(name),
            number: self.names.property_key(name),
        }
    }

    fn labels(&mut self, names: &[checked::Name]) -> Vec<Label> {
        names
            .iter()
            .filter_map(|name| self.names.label(name))
            .collect()
    }

    fn items(
        &mut self,
        items: &[(checked::Slot, checked::Expression)],
    ) -> Result<Vec<(checked::Slot, Expression)>, RunError> {
        items
            .iter()
            .map(|(slot, expression)| Ok((*slot, self.expression(expression)?)))
            .collect()
    }

    fn sort_keys(&mut self, keys: &[logical::SortKey]) -> Result<Vec<SortKey>, RunError> {
        keys.iter()
            .map(|key| {
                Ok(SortKey {
                    expression: self.expression(&key.expression)?,
                    direction: key.direction,
                })
            })
            .collect()
    }

    fn aggregation(&mut self, aggregation: &checked::Aggregation) -> Result<Aggregation, RunError> {
        Ok(match aggregation {
            checked::Aggregation::CountAll => Aggregation::CountAll,
            checked::Aggregation::Of {
                aggregate,
                duplicates,
                argument,
                parameter,
            } => Aggregation::Of {
                aggregate: *aggregate,
                duplicates: *duplicates,
                argument: self.expression(argument)?,
                parameter: self.optional(parameter.as_ref())?,
            },
        })
    }

    fn create_nodes(&mut self, nodes: &[logical::CreateNode]) -> Result<Vec<CreateNode>, RunError> {
        nodes
            .iter()
            .map(|node| {
                Ok(CreateNode {
                    node: node.node,
                    labels: self.labels(&node.labels),
                    properties: self.optional(node.properties.as_ref())?,
                })
            })
            .collect()
    }

    fn create_relationships(
        &mut self,
        relationships: &[logical::CreateRelationship],
    ) -> Result<Vec<CreateRelationship>, RunError> {
        relationships
            .iter()
            .map(|relationship| {
                let rel_type = self
                    .names
                    .rel_type(&relationship.rel_type)
                    .ok_or(RunError::Unsound("a query that only reads creates"))?;
                Ok(CreateRelationship {
                    relationship: relationship.relationship,
                    start: relationship.start,
                    end: relationship.end,
                    rel_type,
                    properties: self.optional(relationship.properties.as_ref())?,
                })
            })
            .collect()
    }

    fn set_items(&mut self, items: &[logical::SetItem]) -> Result<Vec<SetItem>, RunError> {
        items.iter().map(|item| self.set_item(item)).collect()
    }

    fn set_item(&mut self, item: &logical::SetItem) -> Result<SetItem, RunError> {
        Ok(match item {
            logical::SetItem::Property { of, key, value } => SetItem::Property {
                of: self.expression(of)?,
                key: self.key(key),
                value: self.expression(value)?,
            },
            logical::SetItem::RemoveProperty { of, key } => SetItem::Property {
                of: self.expression(of)?,
                key: self.key(key),
                value: Expression {
                    kind: ExpressionKind::Constant(Value::Null),
                    span: of.span,
                },
            },
            logical::SetItem::Replace { of, value } => SetItem::Replace {
                of: *of,
                value: self.expression(value)?,
            },
            logical::SetItem::Add { of, value } => SetItem::Add {
                of: *of,
                value: self.expression(value)?,
            },
            logical::SetItem::Labels { of, labels } => SetItem::Labels {
                of: *of,
                labels: self.labels(labels),
            },
            logical::SetItem::RemoveLabels { of, labels } => SetItem::RemoveLabels {
                of: *of,
                labels: self.labels(labels),
            },
        })
    }

    fn boxed(&mut self, expression: &checked::Expression) -> Result<Box<Expression>, RunError> {
        self.expression(expression).map(Box::new)
    }

    fn optional(
        &mut self,
        expression: Option<&checked::Expression>,
    ) -> Result<Option<Expression>, RunError> {
        expression
            .map(|expression| self.expression(expression))
            .transpose()
    }

    fn optional_boxed(
        &mut self,
        expression: Option<&checked::Expression>,
    ) -> Result<Option<Box<Expression>>, RunError> {
        Ok(self.optional(expression)?.map(Box::new))
    }

    fn expressions(
        &mut self,
        expressions: &[checked::Expression],
    ) -> Result<Vec<Expression>, RunError> {
        expressions
            .iter()
            .map(|expression| self.expression(expression))
            .collect()
    }

    fn expression(&mut self, expression: &checked::Expression) -> Result<Expression, RunError> {
        let kind = self.kind(&expression.kind).inspect_err(|_| {
            if !expression.span.is_empty() {
                self.fault.get_or_insert(expression.span);
            }
        });
        Ok(Expression {
            kind: kind?,
            span: expression.span,
        })
    }

    fn kind(&mut self, kind: &checked::ExpressionKind) -> Result<ExpressionKind, RunError> {
        use checked::ExpressionKind as Checked;
        Ok(match kind {
            Checked::Literal(literal) => ExpressionKind::Constant(literal_value(literal)),
            Checked::Parameter(name) => {
                let value = self.parameters.get(name);
                let value = value.ok_or_else(|| RunError::MissingParameter {
                    name: name.to_string(),
                })?;
                ExpressionKind::Constant(value.clone())
            }
            Checked::Slot(slot) => ExpressionKind::Slot(*slot),
            Checked::List(items) => ExpressionKind::List(self.expressions(items)?),
            Checked::Map(entries) => ExpressionKind::Map(
                entries
                    .iter()
                    .map(|(key, value)| Ok((Arc::clone(key), self.expression(value)?)))
                    .collect::<Result<_, RunError>>()?,
            ),
            Checked::MapProjection { of, items } => ExpressionKind::MapProjection {
                of: self.boxed(of)?,
                items: items
                    .iter()
                    .map(|item| self.projection_item(item))
                    .collect::<Result<_, _>>()?,
            },
            Checked::Property { of, key } => ExpressionKind::Property {
                of: self.boxed(of)?,
                key: self.key(key),
            },
            Checked::HasAnyLabel { of } => ExpressionKind::HasAnyLabel {
                of: self.boxed(of)?,
            },
            Checked::HasLabels { of, labels } => ExpressionKind::HasLabels {
                of: self.boxed(of)?,
                labels: labels
                    .iter()
                    .map(|name| LabelTest {
                        label: self.names.label(name),
                        rel_type: self.names.rel_type(name),
                    })
                    .collect(),
            },
            Checked::IsTyped { of, wanted } => ExpressionKind::IsTyped {
                of: self.boxed(of)?,
                wanted: wanted.clone(),
            },
            Checked::Index { of, index } => ExpressionKind::Index {
                of: self.boxed(of)?,
                index: self.boxed(index)?,
            },
            Checked::Slice { of, from, to } => ExpressionKind::Slice {
                of: self.boxed(of)?,
                from: self.optional_boxed(from.as_deref())?,
                to: self.optional_boxed(to.as_deref())?,
            },
            Checked::Unary { operator, operand } => ExpressionKind::Unary {
                operator: *operator,
                operand: self.boxed(operand)?,
            },
            Checked::Binary {
                operator,
                left,
                right,
            } => ExpressionKind::Binary {
                operator: *operator,
                left: self.boxed(left)?,
                right: self.boxed(right)?,
            },
            Checked::Logical { operator, operands } => ExpressionKind::Logical {
                operator: *operator,
                operands: self.expressions(operands)?,
            },
            Checked::Comparison {
                operator,
                left,
                right,
            } => ExpressionKind::Comparison {
                operator: *operator,
                left: self.boxed(left)?,
                right: self.boxed(right)?,
            },
            Checked::Case {
                operand,
                branches,
                otherwise,
            } => ExpressionKind::Case {
                operand: self.optional_boxed(operand.as_deref())?,
                branches: branches
                    .iter()
                    .map(|(condition, result)| {
                        Ok((self.expression(condition)?, self.expression(result)?))
                    })
                    .collect::<Result<_, RunError>>()?,
                otherwise: self.optional_boxed(otherwise.as_deref())?,
            },
            Checked::Function {
                function,
                arguments,
            } => ExpressionKind::Function {
                function: *function,
                arguments: self.expressions(arguments)?,
            },
            Checked::ListComprehension {
                item,
                list,
                condition,
                result,
            } => ExpressionKind::ListComprehension {
                item: *item,
                list: self.boxed(list)?,
                condition: self.optional_boxed(condition.as_deref())?,
                result: self.optional_boxed(result.as_deref())?,
            },
            Checked::Quantifier {
                quantifier,
                item,
                list,
                condition,
            } => ExpressionKind::Quantifier {
                quantifier: *quantifier,
                item: *item,
                list: self.boxed(list)?,
                condition: self.optional_boxed(condition.as_deref())?,
            },
            Checked::Reduce {
                accumulator,
                initial,
                item,
                list,
                step,
            } => ExpressionKind::Reduce {
                accumulator: *accumulator,
                initial: self.boxed(initial)?,
                item: *item,
                list: self.boxed(list)?,
                step: self.boxed(step)?,
            },
            Checked::Path { start, steps } => ExpressionKind::Path {
                start: *start,
                steps: steps.clone(),
            },
            Checked::Exists(subquery) => ExpressionKind::Exists(*subquery),
            Checked::Count(subquery) => ExpressionKind::Count(*subquery),
            Checked::Collect { subquery, result } => ExpressionKind::Collect {
                subquery: *subquery,
                result: self.boxed(result)?,
            },
        })
    }

    fn projection_item(
        &mut self,
        item: &checked::MapProjectionItem,
    ) -> Result<MapProjectionItem, RunError> {
        Ok(match item {
            checked::MapProjectionItem::Everything => MapProjectionItem::Everything,
            checked::MapProjectionItem::Property(key) => MapProjectionItem::Property(self.key(key)),
            checked::MapProjectionItem::Entry(key, value) => {
                MapProjectionItem::Entry(Arc::clone(key), self.expression(value)?)
            }
        })
    }
}

fn literal_value(literal: &ast::Literal) -> Value {
    match literal {
        ast::Literal::Null => Value::Null,
        ast::Literal::Boolean(truth) => Value::Boolean(*truth),
        ast::Literal::Integer(number) => Value::Integer(*number),
        ast::Literal::Float(number) => Value::Float(*number),
        ast::Literal::String(text) => Value::from(text.as_str()),
    }
}
