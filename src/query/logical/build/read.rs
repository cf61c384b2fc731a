//! Matching: where a pattern starts, and how it is walked from there.
//!
//! Each path starts at the node that is found most cheaply, and grows from there to both sides.
//! A condition is tested as soon as all it reads is there.

use std::collections::BTreeSet;

use super::{Builder, Chain};
use crate::base::Span;
use crate::query::ast::{BinaryOperator, ComparisonOperator, LogicalOperator, UnaryOperator};
use crate::query::checked::{
    Expression, ExpressionKind, Link, Match, Name, Node, Path, PathStep, Relationship, Slot,
};
use crate::query::logical::plan::{Border, End, Expand, ExpandMany, Operator, Sought};
use crate::query::signature::Function;
use crate::query::tuning::Planning;

/// All slots that `paths` fill.
pub(super) fn slots_of(paths: &[Path]) -> Vec<Slot> {
    let mut slots = Vec::new();
    for path in paths {
        slots.push(path.start.slot);
        for (link, node) in &path.steps {
            slots.extend([link.slot(), node.slot]);
            if let Link::Repeated(repeated) = link {
                slots.extend(repeated.groups.iter().map(|(_, list)| *list));
            }
        }
        slots.extend(path.path);
    }
    slots.sort_unstable();
    slots.dedup();
    slots
}

/// The path of a pattern, from what lies in its slots.
fn path_value(path: &Path) -> Expression {
    let steps = path
        .steps
        .iter()
        .map(|(link, _)| PathStep {
            relationship: link.slot(),
            many: link.is_list(),
        })
        .collect();
    let start = path.start.slot;
    let kind = ExpressionKind::Path { start, steps };
    Expression::new(kind, Span::default())
}

/// Fills the slots of named paths.
pub(super) fn name_paths(paths: &[Path], chain: &mut Chain) {
    let items: Vec<(Slot, Expression)> = paths
        .iter()
        .filter_map(|path| Some((path.path?, path_value(path))))
        .collect();
    if !items.is_empty() {
        chain.wrap(|input| Operator::Project { input, items });
    }
}

/// A match in the making.
pub(super) struct Search {
    root: Operator,
    pub(super) filled: BTreeSet<Slot>,
    /// Conditions that still have to be tested.
    pub(super) open: Vec<Expression>,
    planning: Planning,
    /// How far parts of variable length go.
    pub(super) border: Option<Border>,
    /// Relationships, and lists of them, that this match has taken.
    pub(super) taken: Vec<Slot>,
}

impl Search {
    pub(super) fn wrap(&mut self, make: impl FnOnce(Box<Operator>) -> Operator) {
        let input = std::mem::replace(&mut self.root, Operator::Argument);
        self.root = make(Box::new(input));
    }

    pub(super) fn fills(&self, slot: Slot) -> bool {
        self.filled.contains(&slot)
    }

    pub(super) fn end(&self, slot: Slot) -> End {
        if self.fills(slot) {
            End::Bound(slot)
        } else {
            End::New(slot)
        }
    }

    /// Tests what can be tested now. Conditions with subqueries wait for the end: which slots
    /// those read is not said in the condition.
    pub(super) fn filter(&mut self, last: bool) {
        if self.planning == Planning::AsWritten && !last {
            return;
        }
        let (now, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.open)
                .into_iter()
                .partition(|condition| {
                    last || (condition.subqueries().is_empty()
                        && condition
                            .reads()
                            .iter()
                            .all(|slot| self.filled.contains(slot)))
                });
        self.open = later;
        if !now.is_empty() {
            let condition = Expression::all(now);
            self.wrap(|input| Operator::Filter { input, condition });
        }
    }

    /// Takes the condition `node.key = value` that the estimate likes best out of the open ones.
    fn take_seek(&mut self, node: Slot, key: &str) -> Option<Expression> {
        let at = self.open.iter().position(|condition| {
            seek(condition, node, &self.filled).is_some_and(|(found, _)| &*found == key)
        })?;
        let condition = self.open.remove(at);
        seek(&condition, node, &self.filled).map(|(_, value)| value)
    }
}

/// The conjuncts of `condition`.
pub(super) fn conjuncts(condition: &Expression) -> Vec<Expression> {
    if let ExpressionKind::Logical {
        operator: LogicalOperator::And,
        operands,
    } = &condition.kind
    {
        operands.iter().flat_map(conjuncts).collect()
    } else {
        vec![condition.clone()]
    }
}

/// Key and value, where `condition` says that a property of `node` equals a value that can be
/// computed before the node is known.
fn seek(condition: &Expression, node: Slot, filled: &BTreeSet<Slot>) -> Option<(Name, Expression)> {
    let (left, right) = equality(condition)?;
    [(left, right), (right, left)]
        .into_iter()
        .find_map(|(property, value)| {
            let ExpressionKind::Property { of, key } = &property.kind else {
                return None;
            };
            let early = of.kind == ExpressionKind::Slot(node)
                && value.subqueries().is_empty()
                && value.reads().iter().all(|slot| filled.contains(slot));
            early.then(|| (key.clone(), value.clone()))
        })
}

/// The id, where `condition` says that the id of `node` equals a value known before.
fn seek_id(condition: &Expression, node: Slot, filled: &BTreeSet<Slot>) -> Option<Expression> {
    let (left, right) = equality(condition)?;
    [(left, right), (right, left)]
        .into_iter()
        .find_map(|(call, value)| {
            let ExpressionKind::Function {
                function: Function::Id,
                arguments,
            } = &call.kind
            else {
                return None;
            };
            let of_node = arguments
                .first()
                .is_some_and(|argument| argument.kind == ExpressionKind::Slot(node));
            let early = of_node
                && value.subqueries().is_empty()
                && value.reads().iter().all(|slot| filled.contains(slot));
            early.then(|| value.clone())
        })
}

/// By what an element is looked up, and by which value or list of values, where `condition` names
/// it by values known before.
fn lookup(
    condition: &Expression,
    element: Slot,
    filled: &BTreeSet<Slot>,
) -> Option<(Option<Name>, Expression)> {
    let is_element = |of: &Expression| of.kind == ExpressionKind::Slot(element);
    let by = |named: &Expression| {
        if let ExpressionKind::Function {
            function: Function::Id | Function::ElementId,
            arguments,
        } = &named.kind
        {
            return arguments.first().is_some_and(is_element).then_some(None);
        }
        if let ExpressionKind::Property { of, key } = &named.kind {
            return is_element(of).then(|| Some(key.clone()));
        }
        None
    };
    let early =
        |values: &Expression| values.subqueries().is_empty() && values.reads().is_subset(filled);
    if let ExpressionKind::Binary {
        operator: BinaryOperator::In,
        left,
        right,
    } = &condition.kind
    {
        return by(left)
            .filter(|_| early(right))
            .map(|by| (by, Expression::clone(right)));
    }
    // A property that equals one value has a lookup of its own.
    let (left, right) = equality(condition)?;
    [(left, right), (right, left)]
        .into_iter()
        .filter(|(_, value)| early(value))
        .find_map(|(named, value)| by(named)?.is_none().then(|| (None, value.clone())))
}

/// About how many values a lookup is given.
fn values_of(values: &Expression) -> usize {
    if let ExpressionKind::List(items) = &values.kind {
        return items.len();
    }
    10
}

fn equality(condition: &Expression) -> Option<(&Expression, &Expression)> {
    if let ExpressionKind::Comparison {
        operator: ComparisonOperator::Equal,
        left,
        right,
    } = &condition.kind
    {
        Some((left, right))
    } else {
        None
    }
}

/// The labels that `condition` wants `node` to bear all.
fn plain_labels(condition: &Expression, node: Slot) -> &[Name] {
    if let ExpressionKind::HasLabels { of, labels } = &condition.kind
        && of.kind == ExpressionKind::Slot(node)
    {
        return labels;
    }
    &[]
}

/// The labels, in order of name, where `condition` wants `node` to bear one of them.
fn alternatives(condition: &Expression, node: Slot) -> Option<Vec<Name>> {
    let ExpressionKind::Logical {
        operator: LogicalOperator::Or,
        operands,
    } = &condition.kind
    else {
        return None;
    };
    let mut labels = operands
        .iter()
        .map(|operand| match plain_labels(operand, node) {
            [only] => Some(only.clone()),
            _ => None,
        })
        .collect::<Option<Vec<Name>>>()?;
    labels.sort_unstable();
    labels.dedup();
    Some(labels)
}

/// What the labels and properties of a pattern's element ask.
pub(super) fn element_conditions(
    slot: Slot,
    labels: &[Name],
    properties: Option<&Expression>,
    conditions: &mut Vec<Expression>,
) {
    let element = |span| Box::new(Expression::slot(slot, span));
    if !labels.is_empty() {
        let kind = ExpressionKind::HasLabels {
            of: element(Span::default()),
            labels: labels.to_vec(),
        };
        conditions.push(Expression::new(kind, Span::default()));
    }
    if let Some(properties) = properties
        && let ExpressionKind::Map(entries) = &properties.kind
    {
        for (key, value) in entries {
            let property = ExpressionKind::Property {
                of: element(value.span),
                key: key.clone(),
            };
            let kind = ExpressionKind::Comparison {
                operator: ComparisonOperator::Equal,
                left: Box::new(Expression::new(property, value.span)),
                right: Box::new(value.clone()),
            };
            conditions.push(Expression::new(kind, value.span));
        }
    }
}

/// How a start node is found.
pub(super) enum Start {
    Bound,
    Id,
    Property { label: Option<Name>, key: Name },
    Label(Name),
    AnyLabel(Vec<Name>),
    Lookup(Sought, Expression),
    All,
}

impl Builder<'_> {
    /// The rows of `input` with all finds of a match.
    pub(super) fn find(&self, input: Operator, found: &Match) -> Operator {
        self.find_within(input, found, None)
    }

    /// The same, with a border for how far parts of variable length go.
    pub(super) fn find_within(
        &self,
        input: Operator,
        found: &Match,
        border: Option<Border>,
    ) -> Operator {
        let mut open = Vec::new();
        for path in &found.paths {
            let mut asked = Vec::new();
            conditions_of(path, &mut asked);
            if path.selection.is_some() {
                // What is asked of more than the ends is asked while paths are sought.
                asked.retain(|condition| self.asks_ends_only(condition, path));
            }
            open.append(&mut asked);
        }
        if let Some(condition) = &found.condition {
            open.extend(conjuncts(condition));
        }
        let mut search = Search {
            root: input,
            filled: found.known.iter().copied().collect(),
            open,
            planning: self.planning,
            border,
            taken: Vec::new(),
        };
        // Conditions on what comes in; the slots that are filled elsewhere, as the items of a
        // comprehension around this match, are among the known ones.
        search.filter(false);
        let mut paths: Vec<&Path> = found.paths.iter().collect();
        while let Some(next) = self.cheapest(&paths, &search) {
            let path = paths.remove(next);
            self.walk(path, &mut search);
        }
        search.filter(true);
        search.root
    }

    /// The path that is cheapest to begin with.
    fn cheapest(&self, paths: &[&Path], search: &Search) -> Option<usize> {
        let cost = |path: &Path| {
            nodes(path)
                .map(|node| self.start(node, search).1)
                .min()
                .unwrap_or(usize::MAX)
        };
        paths
            .iter()
            .enumerate()
            .min_by_key(|(index, path)| (cost(path), *index))
            .map(|(index, _)| index)
    }

    /// How `node` is best found, and about how many nodes that gives.
    pub(super) fn start(&self, node: &Node, search: &Search) -> (Start, usize) {
        if search.fills(node.slot) {
            return (Start::Bound, 0);
        }
        if self.planning == Planning::AsWritten {
            return (Start::All, 0);
        }
        let of_id = |condition: &Expression| seek_id(condition, node.slot, &search.filled);
        if search
            .open
            .iter()
            .any(|condition| of_id(condition).is_some())
        {
            return (Start::Id, 1);
        }
        let mut best = (Start::All, self.estimates.nodes().saturating_add(2));
        for condition in &search.open {
            let Some((key, values)) = lookup(condition, node.slot, &search.filled) else {
                continue;
            };
            let each = key
                .as_ref()
                .map_or(1, |key| self.estimates.nodes_per_value(key));
            let count = each.saturating_mul(values_of(&values)).saturating_add(1);
            if count < best.1 {
                let sought = key.map_or(Sought::NodeId, Sought::Property);
                best = (Start::Lookup(sought, values), count);
            }
        }
        for condition in &search.open {
            let Some(labels) = alternatives(condition, node.slot) else {
                continue;
            };
            let count = labels
                .iter()
                .map(|label| self.estimates.nodes_with_label(label))
                .fold(1, usize::saturating_add);
            if count < best.1 {
                best = (Start::AnyLabel(labels), count);
            }
        }
        let rarest = search
            .open
            .iter()
            .flat_map(|condition| plain_labels(condition, node.slot))
            .map(|label| (self.estimates.nodes_with_label(label), label))
            .min();
        if let Some((count, label)) = rarest
            && count < best.1
        {
            best = (Start::Label(label.clone()), count.saturating_add(1));
        }
        for condition in &search.open {
            let Some((key, _)) = seek(condition, node.slot, &search.filled) else {
                continue;
            };
            let count = self.estimates.nodes_per_value(&key).saturating_add(1);
            // Few nodes bear the label: looking through them is as good as the index.
            if count <= best.1 {
                let label = rarest.map(|(_, label)| label.clone());
                best = (Start::Property { label, key }, count);
            }
        }
        best
    }

    /// Finds `node` for each row.
    pub(super) fn seek_start(&self, node: &Node, search: &mut Search) {
        let slot = node.slot;
        let (start, _) = self.start(node, search);
        match start {
            Start::Bound => return,
            Start::Id => {
                let at = search
                    .open
                    .iter()
                    .position(|condition| seek_id(condition, slot, &search.filled).is_some());
                let id = at
                    .map(|at| search.open.remove(at))
                    .and_then(|condition| seek_id(&condition, slot, &search.filled));
                match id {
                    Some(id) => search.wrap(|input| Operator::NodeById {
                        input,
                        node: slot,
                        id,
                    }),
                    None => search.wrap(|input| Operator::AllNodes { input, node: slot }),
                }
            }
            Start::Lookup(sought, values) => search.wrap(|input| Operator::Lookup {
                input,
                element: slot,
                sought,
                values,
            }),
            Start::Property { label, key } => match search.take_seek(slot, &key) {
                Some(value) => {
                    if let Some(label) = &label {
                        drop_label(&mut search.open, slot, label);
                    }
                    search.wrap(|input| Operator::NodesByProperty {
                        input,
                        node: slot,
                        label,
                        key,
                        value,
                    });
                }
                None => search.wrap(|input| Operator::AllNodes { input, node: slot }),
            },
            Start::Label(label) => {
                drop_label(&mut search.open, slot, &label);
                search.wrap(|input| Operator::NodesByLabel {
                    input,
                    node: slot,
                    label,
                });
            }
            Start::AnyLabel(labels) => {
                let at = search.open.iter().position(|condition| {
                    alternatives(condition, slot).is_some_and(|known| known == labels)
                });
                // The scan takes care of the condition.
                at.map(|at| search.open.remove(at));
                search.wrap(|input| Operator::NodesByAnyLabel {
                    input,
                    node: slot,
                    labels,
                });
            }
            Start::All => search.wrap(|input| Operator::AllNodes { input, node: slot }),
        }
        search.filled.insert(slot);
        search.filter(false);
    }

    /// Finds a whole path for each row.
    fn walk(&self, path: &Path, search: &mut Search) {
        if let Some(selection) = &path.selection {
            self.select(path, selection, search);
            return;
        }
        let cheapest = nodes(path)
            .enumerate()
            .min_by_key(|(index, node)| {
                let elsewhere = !self.gathered_by.contains(&node.slot);
                (self.start(node, search).1, elsewhere, *index)
            })
            .map_or(0, |(index, _)| index);
        self.look_up_relationship(path, search);
        // A relationship known from a clause before gives both its ends at once.
        let known = path
            .steps
            .iter()
            .position(|(link, _)| search.fills(link.slot()) && !link.is_list());
        let first = match known {
            Some(step) if !nodes(path).any(|node| search.fills(node.slot)) => {
                self.step(path, step, false, search);
                step
            }
            _ => {
                if let Some(node) = nodes(path).nth(cheapest) {
                    if search.fills(node.slot) && path.steps.is_empty() {
                        not_null(node.slot, search);
                    }
                    self.seek_start(node, search);
                }
                cheapest
            }
        };
        let mut left: Vec<usize> = (first..path.steps.len())
            .filter(|step| known != Some(*step) || !is_done(path, *step, search))
            .chain((0..first).rev())
            .collect();
        while let Some((at, backwards)) = self.next_step(path, first, &left, search) {
            let step = left.remove(at);
            self.step(path, step, backwards, search);
        }
        if let Some(slot) = path.path {
            let items = vec![(slot, path_value(path))];
            search.wrap(|input| Operator::Project { input, items });
            search.filled.insert(slot);
            search.filter(false);
        }
    }

    /// Finds a relationship of a path that is named by its id, if no node is found as well.
    fn look_up_relationship(&self, path: &Path, search: &mut Search) {
        let few = nodes(path).any(|node| self.start(node, search).1 <= 2);
        if few || self.planning == Planning::AsWritten {
            return;
        }
        let found = path.steps.iter().find_map(|(link, _)| {
            let slot = link.slot();
            if link.is_list() || search.fills(slot) {
                return None;
            }
            search.open.iter().find_map(|condition| {
                let (key, values) = lookup(condition, slot, &search.filled)?;
                key.is_none().then_some((slot, values))
            })
        });
        if let Some((element, values)) = found {
            search.wrap(|input| Operator::Lookup {
                input,
                element,
                sought: Sought::RelationshipId,
                values,
            });
            search.filled.insert(element);
            search.filter(false);
        }
    }

    /// Walks one step of a path: from left to right, or, `backwards`, from right to left.
    fn step(&self, path: &Path, step: usize, backwards: bool, search: &mut Search) {
        let left = match step.checked_sub(1) {
            None => Some(&path.start),
            Some(before) => path.steps.get(before).map(|(_, node)| node),
        };
        let (Some(left), Some((link, right))) = (left, path.steps.get(step)) else {
            return;
        };
        match link {
            Link::Relationship(relationship) => {
                let slot = relationship.slot;
                let known = search.fills(slot) && !search.taken.contains(&slot);
                match (known, relationship.length) {
                    (true, Some(_)) => walk_along(left, relationship, right, backwards, search),
                    (true, None) => search_ends(left, relationship, right, search),
                    (false, _) => expand(left, relationship, right, backwards, search),
                }
            }
            Link::Repeated(repeated) => self.repeat(left, repeated, right, backwards, search),
        }
        search.taken.push(link.slot());
        search.filled.extend([left.slot, link.slot(), right.slot]);
        search.filter(false);
    }
}

pub(super) fn nodes(path: &Path) -> impl Iterator<Item = &Node> {
    std::iter::once(&path.start).chain(path.steps.iter().map(|(_, node)| node))
}

pub(super) fn conditions_of(path: &Path, conditions: &mut Vec<Expression>) {
    for node in nodes(path) {
        element_conditions(
            node.slot,
            &node.labels,
            node.properties.as_ref(),
            conditions,
        );
    }
    for (link, _) in &path.steps {
        if let Link::Relationship(relationship) = link
            && relationship.length.is_none()
        {
            let properties = relationship.properties.as_ref();
            element_conditions(relationship.slot, &[], properties, conditions);
        }
    }
}

/// Whether a step was walked already.
fn is_done(path: &Path, step: usize, search: &Search) -> bool {
    path.steps
        .get(step)
        .is_some_and(|(link, _)| search.taken.contains(&link.slot()))
}

/// A label that the scan takes care of need not be tested again.
fn drop_label(open: &mut Vec<Expression>, node: Slot, label: &Name) {
    let mut dropped = false;
    for condition in open.iter_mut() {
        if let ExpressionKind::HasLabels { of, labels } = &mut condition.kind
            && of.kind == ExpressionKind::Slot(node)
            && !dropped
            && let Some(at) = labels.iter().position(|known| known == label)
        {
            labels.remove(at);
            dropped = true;
        }
    }
    open.retain(|condition| {
        !matches!(&condition.kind, ExpressionKind::HasLabels { labels, .. } if labels.is_empty())
    });
}

/// A node from an optional match may be null, and null matches nothing.
fn not_null(slot: Slot, search: &mut Search) {
    let kind = ExpressionKind::Unary {
        operator: UnaryOperator::IsNotNull,
        operand: Box::new(Expression::slot(slot, Span::default())),
    };
    let condition = Expression::new(kind, Span::default());
    search.wrap(|input| Operator::Filter { input, condition });
}

fn expand(
    left: &Node,
    relationship: &Relationship,
    right: &Node,
    backwards: bool,
    search: &mut Search,
) {
    let (from, to, direction) = if backwards {
        (right.slot, left.slot, relationship.direction.reversed())
    } else {
        (left.slot, right.slot, relationship.direction)
    };
    let to = search.end(to);
    let distinct_from = search.taken.clone();
    let types = relationship.types.clone();
    let slot = relationship.slot;
    match relationship.length {
        None => search.wrap(|input| {
            Operator::Expand(Expand {
                input,
                from,
                relationship: slot,
                to,
                types,
                direction,
                distinct_from,
            })
        }),
        Some((least, most)) => {
            let properties = relationship.properties.clone();
            let border = search.border;
            search.wrap(|input| {
                Operator::ExpandMany(ExpandMany {
                    input,
                    from,
                    relationships: slot,
                    reversed: backwards,
                    to,
                    types,
                    direction,
                    least,
                    most,
                    properties,
                    border,
                    distinct_from,
                })
            });
        }
    }
}

fn search_ends(left: &Node, relationship: &Relationship, right: &Node, search: &mut Search) {
    let from = search.end(left.slot);
    // `()-[r]->()` with one name at both ends: the first fills it, the second checks it.
    let to = if left.slot == right.slot {
        End::Bound(right.slot)
    } else {
        search.end(right.slot)
    };
    let distinct_from = search.taken.clone();
    let types = relationship.types.clone();
    let (slot, direction) = (relationship.slot, relationship.direction);
    search.wrap(|input| Operator::Ends {
        input,
        relationship: slot,
        from,
        to,
        types,
        direction,
        distinct_from,
    });
}

fn walk_along(
    left: &Node,
    relationship: &Relationship,
    right: &Node,
    backwards: bool,
    search: &mut Search,
) {
    let (least, most) = relationship.length.unwrap_or((1, None));
    let types = relationship.types.clone();
    let slot = relationship.slot;
    // The list goes from left to right, so the walk must, too.
    if backwards && !search.fills(left.slot) {
        search.wrap(|input| Operator::AllNodes {
            input,
            node: left.slot,
        });
        search.filled.insert(left.slot);
    }
    let (from, to) = (left.slot, search.end(right.slot));
    let direction = relationship.direction;
    search.wrap(|input| Operator::Walk {
        input,
        relationships: slot,
        from,
        to,
        types,
        direction,
        least,
        most,
    });
}
