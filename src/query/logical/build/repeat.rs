//! Quantified parts of patterns: one pass is a plan of its own, started anew from each node that
//! the pass before came to.

use super::Builder;
use super::read::Search;
use crate::query::ast::Necessity;
use crate::query::checked::{Expression, Match, Node, Relationship, Repeated, Slot};
use crate::query::logical::plan::{ExpandMany, Operator, Repeat};

impl Builder<'_> {
    /// Walks a quantified part from left to right, or, `backwards`, from right to left.
    pub(super) fn repeat(
        &self,
        left: &Node,
        repeated: &Repeated,
        right: &Node,
        backwards: bool,
        search: &mut Search,
    ) {
        let (from, to) = if backwards {
            (right.slot, left.slot)
        } else {
            (left.slot, right.slot)
        };
        let to = search.end(to);
        let distinct_from = search.taken.clone();
        let (least, most, border) = (repeated.least, repeated.most, search.border);
        if let Some(relationship) = repeated.only_relationship()
            && reads_only_filled(relationship, search)
        {
            let direction = if backwards {
                relationship.direction.reversed()
            } else {
                relationship.direction
            };
            search.wrap(|input| {
                Operator::ExpandMany(ExpandMany {
                    input,
                    from,
                    relationships: repeated.trail,
                    reversed: backwards,
                    to,
                    types: relationship.types.clone(),
                    direction,
                    least,
                    most,
                    properties: relationship.properties.clone(),
                    border,
                    distinct_from,
                })
            });
            return;
        }
        let (start, end) = ends(repeated, backwards);
        let mut known: Vec<Slot> = search.filled.iter().copied().collect();
        known.push(start);
        let pass = self.find(
            Operator::Argument,
            &Match {
                necessity: Necessity::Required,
                paths: vec![repeated.pass.clone()],
                condition: repeated.condition.clone(),
                known,
            },
        );
        let relationships = repeated.pass.steps.iter().map(|(link, _)| link.slot());
        search.wrap(|input| {
            Operator::Repeat(Repeat {
                input,
                from,
                to,
                pass: Box::new(pass),
                start,
                end,
                relationships: relationships.collect(),
                trail: repeated.trail,
                groups: repeated.groups.clone(),
                reversed: backwards,
                least,
                most,
                border,
                distinct_from,
            })
        });
        let lists = repeated.groups.iter().map(|(_, list)| *list);
        search.filled.extend(lists);
    }
}

/// Where a pass begins and where it ends.
fn ends(repeated: &Repeated, backwards: bool) -> (Slot, Slot) {
    let first = repeated.pass.start.slot;
    let last = repeated
        .pass
        .steps
        .last()
        .map_or(first, |(_, node)| node.slot);
    if backwards {
        (last, first)
    } else {
        (first, last)
    }
}

/// Whether the properties asked of a relationship are the same for every pass.
fn reads_only_filled(relationship: &Relationship, search: &Search) -> bool {
    let fixed = |properties: &Expression| {
        properties.subqueries().is_empty() && properties.reads().is_subset(&search.filled)
    };
    relationship.properties.as_ref().is_none_or(fixed)
}
