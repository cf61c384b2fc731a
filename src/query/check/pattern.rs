//! Patterns: which names they introduce, which they refer to, and what may be created.

use crate::base::Span;

use super::super::ast::{
    Direction, ExpressionKind as Written, Name, NodePattern, PathPattern, RelationshipPattern,
};
use super::super::checked::{Expression, Node, Path, Relationship, Slot};
use super::super::error::{CheckError, CheckFault};
use super::expression::{Place, shared_names};
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

impl Checker<'_> {
    /// `patterns` with their names resolved; new names are added to `scope`.
    pub(super) fn paths(
        &mut self,
        patterns: &[&PathPattern],
        scope: &mut Scope,
        purpose: Purpose,
    ) -> Result<Vec<Path>, CheckError> {
        let mut paths = Vec::with_capacity(patterns.len());
        let mut relationships = Vec::new();
        for pattern in patterns {
            paths.push(self.path(pattern, scope, purpose, &mut relationships)?);
        }
        if !purpose.creates() {
            // Properties may read what stands further right, so they come after all names.
            for (path, pattern) in paths.iter_mut().zip(patterns) {
                self.properties(path, pattern, scope, purpose)?;
            }
        }
        Ok(paths)
    }

    fn path(
        &mut self,
        pattern: &PathPattern,
        scope: &mut Scope,
        purpose: Purpose,
        relationships: &mut Vec<String>,
    ) -> Result<Path, CheckError> {
        let alone = pattern.steps.is_empty();
        let start = self.node(&pattern.start, scope, purpose, alone)?;
        let mut steps = Vec::with_capacity(pattern.steps.len());
        for step in &pattern.steps {
            let relationship =
                self.relationship(&step.relationship, scope, purpose, relationships)?;
            let node = self.node(&step.node, scope, purpose, false)?;
            steps.push((relationship, node));
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
        if pattern.shortest.is_some() && pattern.steps.len() != 1 {
            let fault = CheckFault::UnexpectedSyntax(
                "a shortest path is one relationship pattern between two nodes",
            );
            return Err(CheckError::new(fault, pattern.span));
        }
        Ok(Path {
            path,
            shortest: pattern.shortest,
            start,
            steps,
        })
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
        }
        let (slot, bound) = match &pattern.variable {
            None => (self.slots.fresh(), false),
            Some(name) => {
                let bound = self.element(name, scope, purpose, &Kind::Node)?;
                if bound.1 && purpose.creates() {
                    let bare = pattern.labels.is_empty() && pattern.properties.is_none();
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
            labels: shared_names(&pattern.labels),
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
            types: shared_names(&pattern.types),
            direction: pattern.direction,
            length: pattern
                .length
                .map(|length| (length.least.unwrap_or(1), length.most)),
            properties,
        })
    }

    fn properties(
        &mut self,
        path: &mut Path,
        pattern: &PathPattern,
        scope: &Scope,
        purpose: Purpose,
    ) -> Result<(), CheckError> {
        path.start.properties =
            self.property_map(pattern.start.properties.as_ref(), scope, purpose)?;
        for ((relationship, node), step) in path.steps.iter_mut().zip(&pattern.steps) {
            let written = step.relationship.properties.as_ref();
            relationship.properties = self.property_map(written, scope, purpose)?;
            node.properties = self.property_map(step.node.properties.as_ref(), scope, purpose)?;
        }
        Ok(())
    }

    fn property_map(
        &mut self,
        written: Option<&super::super::ast::Expression>,
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

fn check_creatable(pattern: &RelationshipPattern, purpose: Purpose) -> Result<(), CheckError> {
    let fault = if pattern.length.is_some() {
        CheckFault::CreatingVarLength
    } else if pattern.types.len() != 1 {
        CheckFault::NoSingleRelationshipType
    } else if pattern.direction == Direction::Either && purpose == Purpose::Create {
        CheckFault::RequiresDirectedRelationship
    } else {
        return Ok(());
    };
    Err(CheckError::new(fault, pattern.span))
}

fn already_bound(name: &Name) -> CheckError {
    let span: Span = name.span;
    CheckError::new(CheckFault::VariableAlreadyBound(name.text.clone()), span)
}
