//! Patterns: which names they introduce, which they refer to, and what may be created.
//!
//! What a pattern asks of an element beyond plain labels, types and properties becomes a condition
//! of the match around it.

use crate::base::Span;

use super::super::ast::{
    self, Direction, ExpressionKind as Written, LabelExpression, Name, NodePattern, PathPattern,
    RelationshipPattern, Selector,
};
use super::super::checked::{
    self, Expression, Link, Node, Path, Relationship, Selection, SelectionForm, Slot, Wanted,
};
use super::super::error::{CheckError, CheckFault};
use super::expression::{Place, label_test, shared};
use super::kind::Kind;
use super::scope::Scope;
use super::{Checker, undefined, ungrouped};

/// What a pattern is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// It is looked for, and its new names stand for what is found.
    Match,
    /// It is asked whether it is there; it introduces no names.
    Ask,
    /// It is created.
    Create,
    /// It is looked for and, if it is not there, created.
    Merge,
}

impl Purpose {
    fn creates(self) -> bool {
        match self {
            Self::Create | Self::Merge => true,
            Self::Match | Self::Ask => false,
        }
    }
}

/// Patterns with their names resolved.
#[derive(Debug)]
pub(super) struct Patterns {
    pub(super) paths: Vec<Path>,
    /// What the patterns ask besides.
    pub(super) conditions: Vec<Expression>,
}

impl Patterns {
    /// What is asked of a find, together with the condition behind the patterns.
    pub(super) fn condition(&self, behind: Option<Expression>) -> Option<Expression> {
        let all: Vec<Expression> = self.conditions.iter().cloned().chain(behind).collect();
        (!all.is_empty()).then(|| Expression::all(all))
    }
}

/// What a match has met so far.
#[derive(Debug)]
pub(super) struct Seen {
    /// What was in scope before the match.
    pub(super) before: Scope,
    /// The names of its relationships.
    pub(super) relationships: Vec<String>,
}

impl Checker<'_> {
    /// `patterns` with their names resolved; new names are added to `scope`.
    pub(super) fn patterns(
        &mut self,
        patterns: &[&PathPattern],
        scope: &mut Scope,
        purpose: Purpose,
    ) -> Result<Patterns, CheckError> {
        let mut paths = Vec::with_capacity(patterns.len());
        let mut seen = Seen {
            before: scope.clone(),
            relationships: Vec::new(),
        };
        for pattern in patterns {
            if pattern.selector.is_some() && patterns.len() > 1 {
                let fault = CheckFault::UnexpectedSyntax(
                    "a path with a selector must be the only pattern of its match",
                );
                return Err(CheckError::new(fault, pattern.span)
                    .with_help("put the other patterns into a MATCH of their own"));
            }
            paths.push(self.path(pattern, scope, purpose, &mut seen)?);
        }
        let mut conditions = Vec::new();
        if !purpose.creates() {
            // Properties may read what stands further right, so they come after all names.
            for (path, pattern) in paths.iter_mut().zip(patterns) {
                self.properties(path, pattern, scope, purpose)?;
                let mut own = Vec::new();
                self.conditions(path, pattern, scope, &mut own)?;
                if let Some(condition) = &pattern.condition {
                    own.push(self.condition(condition, &Place::plain(scope))?);
                }
                match &mut path.selection {
                    Some(selection) if selection.form == SelectionForm::Selector => {
                        selection.condition = (!own.is_empty()).then(|| Expression::all(own));
                    }
                    Some(_) | None => conditions.append(&mut own),
                }
            }
        }
        Ok(Patterns { paths, conditions })
    }

    /// `patterns`, which are created.
    pub(super) fn created(
        &mut self,
        patterns: &[&PathPattern],
        scope: &mut Scope,
        purpose: Purpose,
    ) -> Result<Vec<Path>, CheckError> {
        Ok(self.patterns(patterns, scope, purpose)?.paths)
    }

    pub(super) fn path(
        &mut self,
        pattern: &PathPattern,
        scope: &mut Scope,
        purpose: Purpose,
        seen: &mut Seen,
    ) -> Result<Path, CheckError> {
        let alone = pattern.steps.is_empty();
        let start = self.node(&pattern.start, scope, purpose, alone)?;
        let mut steps = Vec::with_capacity(pattern.steps.len());
        for step in &pattern.steps {
            let link = self.link(&step.link, scope, purpose, seen)?;
            let node = self.node(&step.node, scope, purpose, false)?;
            steps.push((link, node));
        }
        let path = match &pattern.variable {
            None => None,
            Some(name) if scope.binding(&name.text).is_some() => return Err(already_bound(name)),
            Some(name) => {
                let slot = self.slots.fresh();
                scope.bind(&name.text, slot, Kind::Path);
                Some(slot)
            }
        };
        let selection = self.selection(pattern, purpose)?;
        if pattern.shortest.is_some() {
            let plain = match steps.as_slice() {
                [(Link::Relationship(_), _)] => true,
                [(Link::Repeated(repeated), _)] => repeated.single_step().is_some(),
                _ => false,
            };
            if !plain {
                let fault = CheckFault::UnexpectedSyntax(
                    "a shortest path is one relationship pattern between two nodes",
                );
                return Err(CheckError::new(fault, pattern.span)
                    .with_help("ANY SHORTEST in front of the pattern takes any path"));
            }
        }
        Ok(Path {
            path,
            selection,
            start,
            steps,
        })
    }

    /// Which of the paths that fit are wanted.
    fn selection(
        &mut self,
        pattern: &PathPattern,
        purpose: Purpose,
    ) -> Result<Option<Selection>, CheckError> {
        if purpose.creates() {
            check_unconditional(pattern.condition.as_ref())?;
        }
        let (wanted, form) = match (pattern.shortest, pattern.selector) {
            (None, None) => return Ok(None),
            (Some(ast::Shortest::One), _) => (Wanted::Paths(1), SelectionForm::Function),
            (Some(ast::Shortest::All), _) => (Wanted::Groups(1), SelectionForm::Function),
            (None, Some(Selector::Any(count) | Selector::Shortest(count))) => {
                (Wanted::Paths(count), SelectionForm::Selector)
            }
            (None, Some(Selector::Groups(count))) => {
                (Wanted::Groups(count), SelectionForm::Selector)
            }
        };
        if purpose.creates() {
            let fault = CheckFault::UnexpectedSyntax(
                "a path that is created cannot be selected from others",
            );
            return Err(CheckError::new(fault, pattern.span));
        }
        Ok(Some(Selection {
            wanted,
            form,
            condition: None,
            limit: self.slots.fresh(),
            cut: self.slots.fresh(),
        }))
    }

    fn link(
        &mut self,
        link: &ast::Link,
        scope: &mut Scope,
        purpose: Purpose,
        seen: &mut Seen,
    ) -> Result<Link, CheckError> {
        match link {
            ast::Link::Repeated(repeated) => self
                .repeated(repeated, scope, purpose, &seen.before)
                .map(|repeated| Link::Repeated(Box::new(repeated))),
            ast::Link::Relationship(pattern) => {
                if let Some(length) = pattern.length
                    && !purpose.creates()
                    && !are_plain(pattern.types.as_ref())
                {
                    // Each relationship is asked for what no list of types can say.
                    let one = RelationshipPattern {
                        length: None,
                        ..pattern.clone()
                    };
                    let times = ast::Repetition {
                        least: length.least.unwrap_or(1),
                        most: length.most,
                    };
                    check_one_for_all(pattern)?;
                    let repeated = ast::RepeatedPattern::relationship(one, times);
                    return self
                        .repeated(&repeated, scope, purpose, &seen.before)
                        .map(|repeated| Link::Repeated(Box::new(repeated)));
                }
                self.relationship(pattern, scope, purpose, &mut seen.relationships)
                    .map(Link::Relationship)
            }
        }
    }

    fn node(
        &mut self,
        pattern: &NodePattern,
        scope: &mut Scope,
        purpose: Purpose,
        alone: bool,
    ) -> Result<Node, CheckError> {
        let mut properties = None;
        if purpose.creates() {
            // What is created reads what was there before it.
            properties = self.property_map(pattern.properties.as_ref(), scope, purpose)?;
            check_creatable_node(pattern)?;
        }
        let (slot, bound) = match &pattern.variable {
            None => (self.slots.fresh(), false),
            Some(name) => {
                let bound = self.element(name, scope, purpose, &Kind::Node)?;
                if bound.1 && purpose.creates() {
                    let bare = pattern.labels.is_none() && pattern.properties.is_none();
                    if alone || !bare {
                        return Err(already_bound(name));
                    }
                }
                bound
            }
        };
        Ok(Node {
            slot,
            bound,
            labels: plain_labels(pattern.labels.as_ref()),
            properties,
        })
    }

    /// The slot of `name`, and whether it was there before.
    fn element(
        &mut self,
        name: &Name,
        scope: &mut Scope,
        purpose: Purpose,
        kind: &Kind,
    ) -> Result<(Slot, bool), CheckError> {
        if let Some(binding) = scope.binding(&name.text) {
            if binding.ungrouped {
                return Err(ungrouped(&name.text, name.span));
            }
            if !binding.kind.fits(kind) {
                let fault = CheckFault::VariableTypeConflict {
                    name: name.text.clone(),
                    is: binding.kind.name(),
                    used: kind.name(),
                };
                return Err(CheckError::new(fault, name.span));
            }
            return Ok((binding.slot, true));
        }
        if purpose == Purpose::Ask {
            return Err(undefined(&name.text, name.span, scope));
        }
        let slot = self.slots.fresh();
        scope.bind(&name.text, slot, kind.clone());
        Ok((slot, false))
    }

    fn relationship(
        &mut self,
        pattern: &RelationshipPattern,
        scope: &mut Scope,
        purpose: Purpose,
        seen: &mut Vec<String>,
    ) -> Result<Relationship, CheckError> {
        if purpose.creates() {
            if let Some(name) = &pattern.variable
                && scope.binding(&name.text).is_some()
            {
                return Err(already_bound(name));
            }
            check_creatable(pattern, purpose)?;
        }
        let mut properties = None;
        if purpose.creates() {
            properties = self.property_map(pattern.properties.as_ref(), scope, purpose)?;
        }
        let kind = if pattern.length.is_some() {
            Kind::list(Kind::Relationship)
        } else {
            Kind::Relationship
        };
        let slot = match &pattern.variable {
            None => self.slots.fresh(),
            Some(name) => {
                if seen.contains(&name.text) && !purpose.creates() {
                    let fault = CheckFault::RelationshipUniquenessViolation(name.text.clone());
                    return Err(CheckError::new(fault, name.span));
                }
                seen.push(name.text.clone());
                self.element(name, scope, purpose, &kind)?.0
            }
        };
        Ok(Relationship {
            slot,
            types: plain_types(pattern.types.as_ref()),
            direction: pattern.direction,
            length: pattern
                .length
                .map(|length| (length.least.unwrap_or(1), length.most)),
            properties,
        })
    }

    pub(super) fn properties(
        &mut self,
        path: &mut Path,
        pattern: &PathPattern,
        scope: &Scope,
        purpose: Purpose,
    ) -> Result<(), CheckError> {
        path.start.properties =
            self.property_map(pattern.start.properties.as_ref(), scope, purpose)?;
        for ((link, node), step) in path.steps.iter_mut().zip(&pattern.steps) {
            // A quantified part has seen to its own.
            if let (Link::Relationship(relationship), ast::Link::Relationship(written)) =
                (link, &step.link)
            {
                let written = written.properties.as_ref();
                relationship.properties = self.property_map(written, scope, purpose)?;
            }
            node.properties = self.property_map(step.node.properties.as_ref(), scope, purpose)?;
        }
        Ok(())
    }

    /// Gathers what a pattern asks beyond plain labels, types and properties.
    pub(super) fn conditions(
        &mut self,
        path: &Path,
        pattern: &PathPattern,
        scope: &Scope,
        conditions: &mut Vec<Expression>,
    ) -> Result<(), CheckError> {
        self.node_conditions(&path.start, &pattern.start, scope, conditions)?;
        for ((link, node), step) in path.steps.iter().zip(&pattern.steps) {
            if let (Link::Relationship(relationship), ast::Link::Relationship(written)) =
                (link, &step.link)
            {
                if relationship.length.is_some() {
                    check_one_for_all(written)?;
                } else {
                    conditions.extend(type_condition(relationship.slot, written.types.as_ref()));
                    if let Some(condition) = &written.condition {
                        conditions.push(self.condition(condition, &Place::plain(scope))?);
                    }
                }
            }
            self.node_conditions(node, &step.node, scope, conditions)?;
        }
        Ok(())
    }

    fn node_conditions(
        &mut self,
        node: &Node,
        pattern: &NodePattern,
        scope: &Scope,
        conditions: &mut Vec<Expression>,
    ) -> Result<(), CheckError> {
        conditions.extend(label_conditions(node.slot, pattern.labels.as_ref()));
        if let Some(condition) = &pattern.condition {
            conditions.push(self.condition(condition, &Place::plain(scope))?);
        }
        Ok(())
    }

    fn property_map(
        &mut self,
        written: Option<&ast::Expression>,
        scope: &Scope,
        purpose: Purpose,
    ) -> Result<Option<Expression>, CheckError> {
        let Some(written) = written else {
            return Ok(None);
        };
        if purpose != Purpose::Create && matches!(written.kind, Written::Parameter(_)) {
            return Err(
                CheckError::new(CheckFault::InvalidParameterUse, written.span)
                    .with_help("write out the properties: {name: $name}"),
            );
        }
        let (map, _) = self.value(written, &Place::plain(scope))?;
        Ok(Some(map))
    }
}

/// The labels that a node must all bear.
fn plain_labels(labels: Option<&LabelExpression>) -> Vec<checked::Name> {
    let parts = match labels {
        Some(LabelExpression::All(parts)) => parts.as_slice(),
        Some(other) => std::slice::from_ref(other),
        None => &[],
    };
    parts.iter().filter_map(plain_name).collect()
}

fn plain_name(part: &LabelExpression) -> Option<checked::Name> {
    match part {
        LabelExpression::Name(name) => Some(shared(&name.text)),
        LabelExpression::Any
        | LabelExpression::Not(_)
        | LabelExpression::All(_)
        | LabelExpression::Either(_) => None,
    }
}

/// What is asked of the labels of the node in `slot` besides the plain ones.
fn label_conditions(slot: Slot, labels: Option<&LabelExpression>) -> Vec<Expression> {
    let parts = match labels {
        Some(LabelExpression::All(parts)) => parts.as_slice(),
        Some(other) => std::slice::from_ref(other),
        None => &[],
    };
    parts
        .iter()
        .filter(|part| plain_name(part).is_none())
        .map(|part| label_test(&Expression::slot(slot, Span::default()), part))
        .collect()
}

/// The types, one of which a relationship must have; none where that does not say it all.
fn plain_types(types: Option<&LabelExpression>) -> Vec<checked::Name> {
    let names = types.and_then(LabelExpression::alternatives);
    let names = names.unwrap_or_default().into_iter();
    names.map(|name| shared(&name.text)).collect()
}

/// What is asked of the type of the relationship in `slot`, where plain types do not say it.
fn type_condition(slot: Slot, types: Option<&LabelExpression>) -> Option<Expression> {
    let asked = types.filter(|_| !are_plain(types))?;
    Some(label_test(&Expression::slot(slot, Span::default()), asked))
}

/// Whether a list of types says all that is asked.
fn are_plain(types: Option<&LabelExpression>) -> bool {
    types
        .is_none_or(|types| matches!(types, LabelExpression::Any) || types.alternatives().is_some())
}

/// Several relationships in a row are asked one after the other, by their types and properties
/// alone.
fn check_one_for_all(pattern: &RelationshipPattern) -> Result<(), CheckError> {
    let Some(condition) = &pattern.condition else {
        return Ok(());
    };
    let fault = CheckFault::UnexpectedSyntax(
        "WHERE cannot stand in a relationship pattern of variable length",
    );
    Err(CheckError::new(fault, condition.span)
        .with_help("write a quantified relationship: -[r:TYPE WHERE r.key = 1]->{1,3}"))
}

fn check_creatable_node(pattern: &NodePattern) -> Result<(), CheckError> {
    check_unconditional(pattern.condition.as_ref())?;
    let labels = pattern.labels.as_ref();
    if labels.is_some_and(|labels| labels.conjunction().is_none()) {
        let fault = CheckFault::UnexpectedSyntax("a node that is created takes only plain labels");
        return Err(CheckError::new(fault, pattern.span)
            .with_help("name every label it is to bear: `:A:B` or `:A&B`"));
    }
    Ok(())
}

fn check_unconditional(condition: Option<&ast::Expression>) -> Result<(), CheckError> {
    let Some(condition) = condition else {
        return Ok(());
    };
    let fault = CheckFault::UnexpectedSyntax("WHERE cannot stand in a pattern that is created");
    Err(CheckError::new(fault, condition.span).with_help("put it into a MATCH before this clause"))
}

fn check_creatable(pattern: &RelationshipPattern, purpose: Purpose) -> Result<(), CheckError> {
    check_unconditional(pattern.condition.as_ref())?;
    let types = pattern.types.as_ref();
    let names = types.and_then(LabelExpression::alternatives);
    let fault = if pattern.length.is_some() {
        CheckFault::CreatingVarLength
    } else if names.is_none_or(|names| names.len() != 1) {
        CheckFault::NoSingleRelationshipType
    } else if pattern.direction == Direction::Either && purpose == Purpose::Create {
        CheckFault::RequiresDirectedRelationship
    } else {
        return Ok(());
    };
    Err(CheckError::new(fault, pattern.span))
}

pub(super) fn already_bound(name: &Name) -> CheckError {
    let span: Span = name.span;
    CheckError::new(CheckFault::VariableAlreadyBound(name.text.clone()), span)
}
