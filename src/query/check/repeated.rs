//! Quantified parts of patterns: their names stand for one pass inside, for lists outside.

use super::super::ast::{self, Link, Name, PathPattern};
use super::super::checked::{self, Expression, Repeated, Slot};
use super::super::error::{CheckError, CheckFault};
use super::expression::Place;
use super::kind::Kind;
use super::pattern::{Purpose, Seen, already_bound};
use super::scope::Scope;
use super::{Checker, undefined};

impl Checker<'_> {
    /// `written` with its names resolved; the lists of its names are added to `scope`. Inside, it
    /// sees what was in scope `before` the match.
    pub(super) fn repeated(
        &mut self,
        written: &ast::RepeatedPattern,
        scope: &mut Scope,
        purpose: Purpose,
        before: &Scope,
    ) -> Result<Repeated, CheckError> {
        let names = names(&written.pattern)?;
        check_times(written)?;
        match purpose {
            Purpose::Match => {}
            Purpose::Ask => {
                if let Some(name) = names.first() {
                    return Err(undefined(&name.text, name.span, scope));
                }
            }
            Purpose::Create | Purpose::Merge => {
                return Err(CheckError::new(CheckFault::CreatingVarLength, written.span));
            }
        }
        if let Some(name) = names
            .iter()
            .find(|name| scope.binding(&name.text).is_some())
        {
            return Err(
                already_bound(name).with_help("the names inside a quantified part must be its own")
            );
        }
        let mut inner = before.clone();
        let mut seen = Seen {
            before: before.clone(),
            relationships: Vec::new(),
        };
        let mut pass = self.path(&written.pattern, &mut inner, Purpose::Match, &mut seen)?;
        self.properties(&mut pass, &written.pattern, &inner, Purpose::Match)?;
        let mut conditions = Vec::new();
        self.conditions(&pass, &written.pattern, &inner, &mut conditions)?;
        for condition in written.pattern.condition.iter().chain(&written.condition) {
            conditions.push(self.condition(condition, &Place::plain(&inner))?);
        }
        self.remember_names(&inner);
        let trail = self.slots.fresh();
        let groups = self.groups(&names, &pass, trail, &inner, scope);
        Ok(Repeated {
            pass,
            condition: (!conditions.is_empty()).then(|| Expression::all(conditions)),
            trail,
            groups,
            least: written.times.least,
            most: written.times.most,
        })
    }

    /// Gives each name its list. The only relationship of a pass has the trail for its list.
    fn groups(
        &mut self,
        names: &[Name],
        pass: &checked::Path,
        trail: Slot,
        inner: &Scope,
        scope: &mut Scope,
    ) -> Vec<(Slot, Slot)> {
        let mut groups = Vec::new();
        for name in names {
            let Some(binding) = inner.binding(&name.text) else {
                continue;
            };
            if scope.binding(&name.text).is_some() {
                // The name stands twice in the pass.
                continue;
            }
            let kind = Kind::list(binding.kind.clone());
            let is_trail = match pass.steps.as_slice() {
                [(link, _)] => link.slot() == binding.slot,
                _ => false,
            };
            if is_trail {
                scope.bind(&name.text, trail, kind);
            } else {
                let list = self.slots.fresh();
                groups.push((binding.slot, list));
                scope.bind(&name.text, list, kind);
            }
        }
        groups
    }
}

/// The names of nodes and relationships in a quantified part, in order.
fn names(pattern: &PathPattern) -> Result<Vec<Name>, CheckError> {
    let refused = |message, span| Err(CheckError::new(CheckFault::UnexpectedSyntax(message), span));
    if let Some(name) = &pattern.variable {
        return refused("a quantified part of a path cannot have a name", name.span);
    }
    if pattern.shortest.is_some() || pattern.selector.is_some() {
        return refused("a shortest path cannot be repeated", pattern.span);
    }
    if pattern.steps.is_empty() {
        return refused(
            "a quantified part of a path needs a relationship",
            pattern.span,
        );
    }
    let mut names: Vec<Name> = pattern.start.variable.iter().cloned().collect();
    for step in &pattern.steps {
        match &step.link {
            Link::Relationship(relationship) if relationship.length.is_some() => {
                return refused(
                    "a relationship of variable length cannot stand in a quantified part",
                    relationship.span,
                );
            }
            Link::Relationship(relationship) => names.extend(relationship.variable.clone()),
            Link::Repeated(inner) => {
                return refused("a quantified part cannot stand in another", inner.span);
            }
        }
        names.extend(step.node.variable.clone());
    }
    Ok(names)
}

fn check_times(written: &ast::RepeatedPattern) -> Result<(), CheckError> {
    let times = written.times;
    if times.most.is_some_and(|most| most < times.least) {
        let fault = CheckFault::UnexpectedSyntax("the quantifier allows no number of repetitions");
        return Err(CheckError::new(fault, written.span)
            .with_help("the first number of `{least,most}` must not be larger than the second"));
    }
    Ok(())
}
