//! Paths of which only some are wanted for each pair of ends: the shortest.

use std::collections::BTreeSet;

use super::Builder;
use super::read::{Search, conditions_of, conjuncts, element_conditions, nodes, slots_of};
use crate::query::ast::Necessity;
use crate::query::checked::{
    Expression, Link, Match, Node, Path, PathStep, Repeated, Selection, SelectionForm, Slot,
};
use crate::query::logical::plan::{Border, Operator, SelectPaths, ShortestPath, StepTest};

/// Up to how many ends are sought one by one; from a node to more it is one search.
const FEW_ENDS: usize = 64;

/// Steps that are all asked the same.
struct Steps<'p> {
    link: &'p Link,
    least: u64,
    most: Option<u64>,
    test: Option<StepTest>,
    nodes: [Option<Slot>; 2],
}

impl Builder<'_> {
    /// Finds the wanted ones of the paths that fit.
    pub(super) fn select(&self, path: &Path, selection: &Selection, search: &mut Search) {
        let mut asked = Vec::new();
        conditions_of(path, &mut asked);
        asked.extend(selection.condition.iter().flat_map(conjuncts));
        asked.retain(|condition| !self.asks_ends_only(condition, path));
        // What a selector asks of the ends holds for all paths between them or for none.
        let condition = selection.condition.as_ref();
        let of_ends = condition.map(conjuncts).unwrap_or_default().into_iter();
        search
            .open
            .extend(of_ends.filter(|condition| self.asks_ends_only(condition, path)));
        if selection.form == SelectionForm::Function {
            let (of_path, open) = std::mem::take(&mut search.open)
                .into_iter()
                .partition(|condition| !self.asks_ends_only(condition, path));
            asked.extend::<Vec<Expression>>(of_path);
            search.open = open;
        }
        search.filter(false);
        match (steps(path), path.steps.as_slice()) {
            (Some(steps), [(_, right)]) => {
                self.shortest(path, selection, steps, right, asked, search);
            }
            _ => self.select_finds(path, selection, asked, search),
        }
        search.filled.extend(slots_of(std::slice::from_ref(path)));
        search
            .taken
            .extend(path.steps.iter().map(|(link, _)| link.slot()));
        search.filter(false);
    }

    /// Whether a condition reads nothing of a path but its two ends.
    pub(super) fn asks_ends_only(&self, condition: &Expression, path: &Path) -> bool {
        let mut inside: BTreeSet<Slot> = slots_of(std::slice::from_ref(path)).into_iter().collect();
        inside.remove(&path.start.slot);
        if let Some((_, end)) = path.steps.last() {
            inside.remove(&end.slot);
        }
        self.reads(condition).is_disjoint(&inside)
    }

    fn shortest(
        &self,
        path: &Path,
        selection: &Selection,
        steps: Steps<'_>,
        right: &Node,
        asked: Vec<Expression>,
        search: &mut Search,
    ) {
        let left = &path.start;
        let reversed = self.start(right, search).1 < self.start(left, search).1;
        let (near, far) = if reversed {
            (right, left)
        } else {
            (left, right)
        };
        self.seek_start(near, search);
        if self.start(far, search).1 <= FEW_ENDS {
            self.seek_start(far, search);
        }
        let to = search.end(far.slot);
        let relationship = match steps.link {
            Link::Relationship(relationship) => Some(relationship),
            Link::Repeated(repeated) => {
                repeated.single_step().map(|(relationship, _)| relationship)
            }
        };
        let Some(relationship) = relationship else {
            return;
        };
        // The properties of a quantified relationship are part of what is asked of a step.
        let properties = match steps.link {
            Link::Relationship(relationship) => relationship.properties.clone(),
            Link::Repeated(_) => None,
        };
        let direction = if reversed {
            relationship.direction.reversed()
        } else {
            relationship.direction
        };
        search.wrap(|input| {
            Operator::ShortestPath(ShortestPath {
                input,
                from: near.slot,
                to,
                relationships: steps.link.slot(),
                path: path.path,
                nodes: steps.nodes,
                reversed,
                wanted: selection.wanted,
                form: selection.form,
                types: relationship.types.clone(),
                direction,
                least: steps.least,
                most: steps.most,
                properties,
                test: steps.test,
                condition: (!asked.is_empty()).then(|| Expression::all(asked)),
            })
        });
    }

    fn select_finds(
        &self,
        path: &Path,
        selection: &Selection,
        mut asked: Vec<Expression>,
        search: &mut Search,
    ) {
        let end = path.steps.last().map_or(&path.start, |(_, node)| node);
        for node in [&path.start, end] {
            if self.start(node, search).1 <= FEW_ENDS {
                self.seek_start(node, search);
            }
        }
        let ends = (path.start.slot, end.slot);
        // What is asked of an end that is not known yet helps to find it.
        let unknown: BTreeSet<Slot> = [ends.0, ends.1]
            .into_iter()
            .filter(|slot| !search.fills(*slot))
            .collect();
        let reachable: BTreeSet<Slot> = search.filled.union(&unknown).copied().collect();
        let (of_ends, open): (Vec<Expression>, Vec<Expression>) = std::mem::take(&mut search.open)
            .into_iter()
            .partition(|condition| {
                let reads = self.reads(condition);
                condition.subqueries().is_empty()
                    && !reads.is_disjoint(&unknown)
                    && reads.is_subset(&reachable)
            });
        search.open = open;
        asked.extend(of_ends);
        let bound = search.fills(ends.0) && search.fills(ends.1);
        let border = Border {
            limit: selection.limit,
            cut: selection.cut,
        };
        // Conditions on the ends have been given to the search around this one.
        let mut unasked = Path {
            selection: None,
            ..path.clone()
        };
        strip(&mut unasked);
        let find = self.find_within(
            Operator::Argument,
            &Match {
                necessity: Necessity::Required,
                paths: vec![unasked],
                condition: (!asked.is_empty()).then(|| Expression::all(asked)),
                known: search.filled.iter().copied().collect(),
            },
            bound.then_some(border),
        );
        let steps = path
            .steps
            .iter()
            .map(|(link, _)| PathStep {
                relationship: link.slot(),
                many: link.is_list(),
            })
            .collect();
        search.wrap(|input| {
            Operator::SelectPaths(SelectPaths {
                input,
                find: Box::new(find),
                ends,
                bound,
                wanted: selection.wanted,
                steps,
                border,
            })
        });
    }
}

/// Takes away what is asked of the elements of a path, all of which is asked otherwise.
fn strip(path: &mut Path) {
    path.start.labels.clear();
    path.start.properties = None;
    for (link, node) in &mut path.steps {
        node.labels.clear();
        node.properties = None;
        if let Link::Relationship(relationship) = link
            && relationship.length.is_none()
        {
            relationship.properties = None;
        }
    }
}

/// The steps of a path, if it is one kind of step over and over.
fn steps(path: &Path) -> Option<Steps<'_>> {
    let [(link, _)] = path.steps.as_slice() else {
        return None;
    };
    match link {
        Link::Relationship(relationship) => relationship.length.map(|(least, most)| Steps {
            link,
            least,
            most,
            test: None,
            nodes: [None, None],
        }),
        Link::Repeated(repeated) => {
            let (relationship, end) = repeated.single_step()?;
            let start = &repeated.pass.start;
            let list = |of: Slot| {
                let group = repeated.groups.iter().find(|(slot, _)| *slot == of);
                group.map(|(_, list)| *list)
            };
            let conditions = step_conditions(repeated);
            Some(Steps {
                link,
                least: repeated.least,
                most: repeated.most,
                test: (!conditions.is_empty()).then(|| StepTest {
                    left: start.slot,
                    relationship: relationship.slot,
                    right: end.slot,
                    condition: Expression::all(conditions),
                }),
                nodes: [list(start.slot), list(end.slot)],
            })
        }
    }
}

/// All that is asked of one step.
fn step_conditions(repeated: &Repeated) -> Vec<Expression> {
    let mut conditions = Vec::new();
    for node in nodes(&repeated.pass) {
        let properties = node.properties.as_ref();
        element_conditions(node.slot, &node.labels, properties, &mut conditions);
    }
    if let Some((relationship, _)) = repeated.single_step() {
        let properties = relationship.properties.as_ref();
        element_conditions(relationship.slot, &[], properties, &mut conditions);
    }
    conditions.extend(repeated.condition.iter().flat_map(conjuncts));
    conditions
}
