//! A plan as text for people: one operator a line, the first to work at the bottom.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::base::Id;

use super::ast::{Direction, Headers, LogicalOperator, Quantifier, SortDirection, UnaryOperator};
use super::checked::{
    Aggregation, Expression, ExpressionKind, MapProjectionItem, Name, SetItem, Slot, Wanted,
};
use super::logical::{End, Operator, Plan, SortKey, Sought};
use super::print::{binary_sign, comparison_sign, name, write_literal};

/// `plan` as text. `names` are what the slots are called in the query.
pub fn explain(plan: &Plan, names: &BTreeMap<Slot, String>) -> String {
    let writer = Writer { names };
    let mut out = String::new();
    if !plan.columns.is_empty() {
        let columns: Vec<&str> = plan
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        line(&mut out, 0, &format!("Return {}", columns.join(", ")));
    }
    writer.operator(&mut out, &plan.root, 0);
    for (index, subquery) in plan.subqueries.iter().enumerate() {
        line(&mut out, 0, &format!("Subquery {index}"));
        writer.operator(&mut out, subquery, 1);
    }
    out.trim_end().to_owned()
}

fn line(out: &mut String, depth: usize, text: &str) {
    out.push_str(&"  ".repeat(depth));
    out.push_str(text);
    out.push('\n');
}

/// What an operator does, in words: its kind, and behind a blank the rest.
pub(super) fn heading(operator: &Operator, names: &BTreeMap<Slot, String>) -> String {
    Writer { names }.heading(operator)
}

struct Writer<'n> {
    names: &'n BTreeMap<Slot, String>,
}

impl Writer<'_> {
    /// Writes an operator, what it starts anew one level deeper, and its inputs below it.
    fn operator(&self, out: &mut String, last: &Operator, depth: usize) {
        let mut at = Some(last);
        while let Some(operator) = at {
            if !matches!(operator, Operator::Argument) {
                line(out, depth, &self.heading(operator));
            }
            for inner in operator.inner() {
                self.operator(out, inner, depth + 1);
            }
            at = operator.input();
        }
    }

    fn slot(&self, slot: Slot) -> String {
        self.names
            .get(&slot)
            .map_or_else(|| format!("#{}", slot.index()), |known| name(known))
    }

    fn slots(&self, slots: &[Slot]) -> String {
        let all: Vec<String> = slots.iter().map(|slot| self.slot(*slot)).collect();
        all.join(", ")
    }

    fn link(&self, from: Slot, inside: &str, direction: Direction, to: End) -> String {
        let to_text = match to {
            End::New(slot) => format!("({})", self.slot(slot)),
            End::Bound(slot) => format!("(={})", self.slot(slot)),
        };
        let (left, right) = match direction {
            Direction::Outgoing => ("-", "->"),
            Direction::Incoming => ("<-", "-"),
            Direction::Either => ("-", "-"),
        };
        format!("({}){left}[{inside}]{right}{to_text}", self.slot(from))
    }

    fn relationship(
        &self,
        slot: Slot,
        types: &[Name],
        length: Option<(u64, Option<u64>)>,
    ) -> String {
        let mut text = self.slot(slot);
        if !types.is_empty() {
            let types: Vec<String> = types.iter().map(|rel_type| name(rel_type)).collect();
            text.push(':');
            text.push_str(&types.join("|"));
        }
        if let Some((least, most)) = length {
            let most = most.map_or_else(String::new, |most| most.to_string());
            text.extend(["*", &least.to_string(), "..", &most]);
        }
        text
    }

    fn heading(&self, operator: &Operator) -> String {
        match operator {
            Operator::Argument => "Argument".to_owned(),
            Operator::Nothing => "Nothing".to_owned(),
            Operator::AllNodes { node, .. } => format!("AllNodes ({})", self.slot(*node)),
            Operator::NodesByLabel { node, label, .. } => {
                format!("NodesByLabel ({}:{})", self.slot(*node), name(label))
            }
            Operator::NodesByAnyLabel { node, labels, .. } => {
                let labels: Vec<String> = labels.iter().map(|label| name(label)).collect();
                format!(
                    "NodesByAnyLabel ({}:{})",
                    self.slot(*node),
                    labels.join("|")
                )
            }
            Operator::NodesByProperty {
                node,
                label,
                key,
                value,
                ..
            } => {
                let label = label
                    .as_ref()
                    .map_or_else(String::new, |label| format!(":{}", name(label)));
                let value = self.expression(value);
                format!(
                    "NodesByProperty ({}{label} {{{}: {value}}})",
                    self.slot(*node),
                    name(key)
                )
            }
            Operator::Lookup {
                element,
                sought,
                values,
                ..
            } => {
                let (element, values) = (self.slot(*element), self.expression(values));
                match sought {
                    Sought::NodeId => format!("NodesByIds ({element}) {values}"),
                    Sought::RelationshipId => format!("RelationshipsByIds [{element}] {values}"),
                    Sought::Property(key) => {
                        format!("NodesByValues ({element}.{}) {values}", name(key))
                    }
                }
            }
            Operator::NodeById { node, id, .. } => {
                format!("NodeById {} = {}", self.slot(*node), self.expression(id))
            }
            Operator::Expand(expand) => {
                let inside = self.relationship(expand.relationship, &expand.types, None);
                let link = self.link(expand.from, &inside, expand.direction, expand.to);
                format!("Expand {link}")
            }
            Operator::ExpandMany(expand) => {
                let length = Some((expand.least, expand.most));
                let inside = self.relationship(expand.relationships, &expand.types, length);
                let link = self.link(expand.from, &inside, expand.direction, expand.to);
                format!("ExpandMany {link}")
            }
            Operator::Repeat(repeat) => {
                let to = match repeat.to {
                    End::New(slot) => self.slot(slot),
                    End::Bound(slot) => format!("={}", self.slot(slot)),
                };
                let most = repeat
                    .most
                    .map_or_else(String::new, |most| most.to_string());
                format!(
                    "Repeat ({}) (({})...({})){{{},{most}}} ({to})",
                    self.slot(repeat.from),
                    self.slot(repeat.start),
                    self.slot(repeat.end),
                    repeat.least,
                )
            }
            Operator::ShortestPath(path) => {
                let length = Some((path.least, path.most));
                let inside = self.relationship(path.relationships, &path.types, length);
                let link = self.link(path.from, &inside, path.direction, path.to);
                let mut text = format!("{} {link}", wanted(path.wanted));
                if let Some(test) = &path.test {
                    text.extend([" EACH ", &self.expression(&test.condition)]);
                }
                if let Some(condition) = &path.condition {
                    text.extend([" WHERE ", &self.expression(condition)]);
                }
                text
            }
            Operator::SelectPaths(selection) => format!(
                "Select{} ({}) ... ({})",
                wanted(selection.wanted),
                self.slot(selection.ends.0),
                self.slot(selection.ends.1)
            ),
            Operator::Ends {
                relationship,
                from,
                to,
                types,
                direction,
                ..
            } => {
                let inside = self.relationship(*relationship, types, None);
                format!("Ends {}", self.link(from.slot(), &inside, *direction, *to))
            }
            Operator::Walk {
                relationships,
                from,
                to,
                types,
                direction,
                least,
                most,
                ..
            } => {
                let inside = self.relationship(*relationships, types, Some((*least, *most)));
                format!("Walk {}", self.link(*from, &inside, *direction, *to))
            }
            Operator::Filter { condition, .. } => {
                format!("Filter {}", self.expression(condition))
            }
            Operator::Project { items, .. } => format!("Project {}", self.items(items)),
            Operator::Unwind { list, item, .. } => {
                format!("Unwind {} AS {}", self.expression(list), self.slot(*item))
            }
            Operator::Apply { .. } => "Apply".to_owned(),
            Operator::LoadCsv {
                source,
                headers,
                record,
                ..
            } => {
                let headers = match headers {
                    Headers::None => "",
                    Headers::FirstRecord => " WITH HEADERS",
                };
                let (source, record) = (self.expression(source), self.slot(*record));
                format!("LoadCsv{headers} FROM {source} AS {record}")
            }
            Operator::Perform { .. } => "Perform".to_owned(),
            Operator::ForEach { list, item, .. } => {
                format!("ForEach {} IN {}", self.slot(*item), self.expression(list))
            }
            Operator::Optional { .. } => "Optional".to_owned(),
            Operator::Aggregate {
                keys, aggregations, ..
            } => {
                let computed: Vec<String> = aggregations
                    .iter()
                    .map(|(slot, aggregation)| {
                        format!("{} AS {}", self.aggregation(aggregation), self.slot(*slot))
                    })
                    .collect();
                let by = if keys.is_empty() {
                    String::new()
                } else {
                    format!(" BY {}", self.items(keys))
                };
                format!("Aggregate {}{by}", computed.join(", "))
            }
            Operator::Distinct { slots, .. } => format!("Distinct {}", self.slots(slots)),
            Operator::Sort { keys, .. } => format!("Sort {}", self.keys(keys)),
            Operator::Top { keys, limit, .. } => {
                format!("Top {} BY {}", self.expression(limit), self.keys(keys))
            }
            Operator::Skip { count, .. } => format!("Skip {}", self.expression(count)),
            Operator::Limit { count, .. } => format!("Limit {}", self.expression(count)),
            Operator::Union { slots, .. } => format!("Union {}", self.slots(slots)),
            Operator::Eager { .. } => "Eager".to_owned(),
            Operator::Create {
                nodes,
                relationships,
                ..
            } => format!(
                "Create {}",
                self.slots(
                    &nodes
                        .iter()
                        .map(|node| node.node)
                        .chain(relationships.iter().map(|made| made.relationship))
                        .collect::<Vec<_>>()
                )
            ),
            Operator::Merge {
                nodes,
                relationships,
                ..
            } => format!(
                "Merge {}",
                self.slots(
                    &nodes
                        .iter()
                        .map(|node| node.node)
                        .chain(relationships.iter().map(|made| made.relationship))
                        .collect::<Vec<_>>()
                )
            ),
            Operator::Set { items, .. } => {
                let items: Vec<String> = items.iter().map(|item| self.set_item(item)).collect();
                format!("Set {}", items.join(", "))
            }
            Operator::Delete { targets, .. } => {
                let targets: Vec<String> = targets
                    .iter()
                    .map(|target| self.expression(target))
                    .collect();
                format!("Delete {}", targets.join(", "))
            }
            Operator::Call { procedure, .. } => format!("Call {procedure}"),
        }
    }

    fn items(&self, items: &[(Slot, Expression)]) -> String {
        let items: Vec<String> = items
            .iter()
            .map(|(slot, value)| {
                let (value, slot) = (self.expression(value), self.slot(*slot));
                if value == slot {
                    value
                } else {
                    format!("{value} AS {slot}")
                }
            })
            .collect();
        items.join(", ")
    }

    fn keys(&self, keys: &[SortKey]) -> String {
        let keys: Vec<String> = keys
            .iter()
            .map(|key| match key.direction {
                SortDirection::Ascending => self.expression(&key.expression),
                SortDirection::Descending => format!("{} DESC", self.expression(&key.expression)),
            })
            .collect();
        keys.join(", ")
    }

    fn aggregation(&self, aggregation: &Aggregation) -> String {
        match aggregation {
            Aggregation::CountAll => "count(*)".to_owned(),
            Aggregation::Of {
                aggregate,
                duplicates,
                argument,
                ..
            } => {
                let distinct = match duplicates {
                    super::ast::Duplicates::Keep => "",
                    super::ast::Duplicates::Remove => "DISTINCT ",
                };
                format!(
                    "{}({distinct}{})",
                    aggregate.name(),
                    self.expression(argument)
                )
            }
        }
    }

    fn set_item(&self, item: &SetItem) -> String {
        match item {
            SetItem::Property { of, key, value } => format!(
                "{}.{} = {}",
                self.expression(of),
                name(key),
                self.expression(value)
            ),
            SetItem::Replace { of, value } => {
                format!("{} = {}", self.slot(*of), self.expression(value))
            }
            SetItem::Add { of, value } => {
                format!("{} += {}", self.slot(*of), self.expression(value))
            }
            SetItem::Labels { of, labels } => format!("{}{}", self.slot(*of), label_text(labels)),
            SetItem::RemoveLabels { of, labels } => {
                format!("remove {}{}", self.slot(*of), label_text(labels))
            }
            SetItem::RemoveProperty { of, key } => {
                format!("remove {}.{}", self.expression(of), name(key))
            }
        }
    }

    fn list(&self, items: &[Expression]) -> String {
        let items: Vec<String> = items.iter().map(|item| self.expression(item)).collect();
        items.join(", ")
    }

    /// An operand of an operator, in brackets if it has one of its own.
    fn operand(&self, expression: &Expression) -> String {
        let text = self.expression(expression);
        let open = matches!(
            &expression.kind,
            ExpressionKind::Binary { .. }
                | ExpressionKind::Logical { .. }
                | ExpressionKind::Comparison { .. }
                | ExpressionKind::Unary { .. }
        );
        if open { format!("({text})") } else { text }
    }

    fn expression(&self, expression: &Expression) -> String {
        match &expression.kind {
            ExpressionKind::Literal(literal) => {
                let mut out = String::new();
                // Writing to a string cannot fail.
                match write_literal(&mut out, literal) {
                    Ok(()) | Err(_) => out,
                }
            }
            ExpressionKind::Parameter(parameter) => format!("${}", name(parameter)),
            ExpressionKind::Slot(slot) => self.slot(*slot),
            ExpressionKind::List(items) => format!("[{}]", self.list(items)),
            ExpressionKind::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", name(key), self.expression(value)))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
            ExpressionKind::MapProjection { of, items } => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| match item {
                        MapProjectionItem::Everything => ".*".to_owned(),
                        MapProjectionItem::Property(key) => format!(".{}", name(key)),
                        MapProjectionItem::Entry(key, value) => {
                            format!("{}: {}", name(key), self.expression(value))
                        }
                    })
                    .collect();
                format!("{} {{{}}}", self.expression(of), items.join(", "))
            }
            ExpressionKind::Property { of, key } => {
                format!("{}.{}", self.operand(of), name(key))
            }
            ExpressionKind::HasAnyLabel { of } => format!("{}:%", self.operand(of)),
            ExpressionKind::HasLabels { of, labels } => {
                format!("{}{}", self.operand(of), label_text(labels))
            }
            ExpressionKind::IsTyped { of, wanted } => {
                format!("{} IS :: {wanted}", self.operand(of))
            }
            ExpressionKind::Index { of, index } => {
                format!("{}[{}]", self.operand(of), self.expression(index))
            }
            ExpressionKind::Slice { of, from, to } => {
                let bound = |bound: &Option<Box<Expression>>| {
                    bound
                        .as_deref()
                        .map_or_else(String::new, |bound| self.expression(bound))
                };
                format!("{}[{}..{}]", self.operand(of), bound(from), bound(to))
            }
            ExpressionKind::Unary { operator, operand } => {
                let operand = self.operand(operand);
                match operator {
                    UnaryOperator::Not => format!("NOT {operand}"),
                    UnaryOperator::Minus => format!("-{operand}"),
                    UnaryOperator::Plus => format!("+{operand}"),
                    UnaryOperator::IsNull => format!("{operand} IS NULL"),
                    UnaryOperator::IsNotNull => format!("{operand} IS NOT NULL"),
                }
            }
            ExpressionKind::Binary {
                operator,
                left,
                right,
            } => format!(
                "{} {} {}",
                self.operand(left),
                binary_sign(*operator),
                self.operand(right)
            ),
            ExpressionKind::Comparison {
                operator,
                left,
                right,
            } => format!(
                "{} {} {}",
                self.operand(left),
                comparison_sign(*operator),
                self.operand(right)
            ),
            ExpressionKind::Logical { operator, operands } => {
                let sign = match operator {
                    LogicalOperator::And => " AND ",
                    LogicalOperator::Or => " OR ",
                    LogicalOperator::Xor => " XOR ",
                };
                let operands: Vec<String> = operands
                    .iter()
                    .map(|operand| {
                        if matches!(&operand.kind, ExpressionKind::Logical { .. }) {
                            format!("({})", self.expression(operand))
                        } else {
                            self.expression(operand)
                        }
                    })
                    .collect();
                operands.join(sign)
            }
            ExpressionKind::Case {
                operand,
                branches,
                otherwise,
            } => {
                let mut text = "CASE".to_owned();
                if let Some(operand) = operand {
                    text.extend([" ", &self.expression(operand)]);
                }
                for (when, then) in branches {
                    let (when, then) = (self.expression(when), self.expression(then));
                    text.extend([" WHEN ", &when, " THEN ", &then]);
                }
                if let Some(otherwise) = otherwise {
                    text.extend([" ELSE ", &self.expression(otherwise)]);
                }
                text + " END"
            }
            ExpressionKind::Function {
                function,
                arguments,
            } => format!("{}({})", function.name(), self.list(arguments)),
            ExpressionKind::ListComprehension {
                item,
                list,
                condition,
                result,
            } => {
                let mut text = format!("[{} IN {}", self.slot(*item), self.expression(list));
                if let Some(condition) = condition {
                    text.extend([" WHERE ", &self.expression(condition)]);
                }
                if let Some(result) = result {
                    text.extend([" | ", &self.expression(result)]);
                }
                text + "]"
            }
            ExpressionKind::Quantifier {
                quantifier,
                item,
                list,
                condition,
            } => {
                let how = match quantifier {
                    Quantifier::All => "all",
                    Quantifier::Any => "any",
                    Quantifier::None => "none",
                    Quantifier::Single => "single",
                };
                let mut text = format!("{how}({} IN {}", self.slot(*item), self.expression(list));
                if let Some(condition) = condition {
                    text.extend([" WHERE ", &self.expression(condition)]);
                }
                text + ")"
            }
            ExpressionKind::Reduce {
                accumulator,
                initial,
                item,
                list,
                step,
            } => format!(
                "reduce({} = {}, {} IN {} | {})",
                self.slot(*accumulator),
                self.expression(initial),
                self.slot(*item),
                self.expression(list),
                self.expression(step)
            ),
            ExpressionKind::Path { start, steps } => {
                let steps: Vec<Slot> = steps.iter().map(|step| step.relationship).collect();
                format!("path({}, {})", self.slot(*start), self.slots(&steps))
            }
            ExpressionKind::Exists(subquery) => format!("exists(subquery {})", subquery.index()),
            ExpressionKind::Count(subquery) => format!("count(subquery {})", subquery.index()),
            ExpressionKind::Collect { subquery, result } => format!(
                "[subquery {} | {}]",
                subquery.index(),
                self.expression(result)
            ),
        }
    }
}

/// How many paths are wanted for each pair of ends.
fn wanted(count: Wanted) -> String {
    match count {
        Wanted::Paths(1) => "ShortestPath".to_owned(),
        Wanted::Paths(count) => format!("ShortestPaths {count}"),
        Wanted::Groups(1) => "AllShortestPaths".to_owned(),
        Wanted::Groups(count) => format!("ShortestGroups {count}"),
    }
}

fn label_text(labels: &[Name]) -> String {
    let mut text = String::new();
    for label in labels {
        // Writing to a string cannot fail.
        if write!(text, ":{}", name(label)).is_err() {
            break;
        }
    }
    text
}
