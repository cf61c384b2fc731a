//! Ways through the graph: which relationships lead from a node, and the shortest paths.

use std::collections::HashMap;

use crate::model::{NodeId, RelId, RelType};

use super::property_graph::PropertyGraph;

/// Which relationships of a node count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Those that start there.
    Outgoing,
    /// Those that end there.
    Incoming,
    /// All.
    Both,
}

impl Direction {
    /// The direction as the node at the other end sees it.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
            Self::Both => Self::Both,
        }
    }
}

/// A relationship at a node, and the node at its other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Neighbour {
    /// The relationship.
    pub relationship: RelId,
    /// The node at the other end.
    pub node: NodeId,
}

/// How many of the shortest paths are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paths {
    /// The first, by the ids of its relationships.
    One,
    /// All of the same, least length.
    All,
}

/// A search for the shortest paths between two nodes.
#[derive(Debug, Clone, Copy)]
pub struct PathSearch<'s> {
    /// Which relationships count, as seen from the start.
    pub direction: Direction,
    /// The types that count; all if empty.
    pub types: &'s [RelType],
    /// The most relationships a path may have.
    pub max_length: usize,
    /// One path or all of them.
    pub paths: Paths,
}

impl PathSearch<'_> {
    /// The shortest paths from `start` to `goal` over relationships that `admits` lets pass:
    /// each a list of steps, empty if start and goal are the same node.
    ///
    /// Breadth first, level by level, so that every path found has the least length. `visit` is
    /// called for each node reached and ends the search with its error.
    ///
    /// Time O(V + E) and the size of the result; memory O(V + E).
    ///
    /// # Errors
    /// Whatever `admits` or `visit` fails with.
    pub fn find<E>(
        self,
        graph: &PropertyGraph,
        (start, goal): (NodeId, NodeId),
        admits: &mut dyn FnMut(Neighbour) -> Result<bool, E>,
        visit: &mut dyn FnMut() -> Result<(), E>,
    ) -> Result<Vec<Vec<Neighbour>>, E> {
        if start == goal {
            return Ok(vec![Vec::new()]);
        }
        let mut reached: HashMap<NodeId, Reached> = HashMap::new();
        reached.insert(start, Reached::default());
        let mut frontier = vec![start];
        let mut found = Vec::new();
        for length in 1..=self.max_length {
            let mut next = Vec::new();
            for node in &frontier {
                graph.collect_neighbours(*node, self.direction, self.types, &mut found);
                for neighbour in &found {
                    if let Some(known) = reached.get_mut(&neighbour.node) {
                        let also = known.length == length && self.paths == Paths::All;
                        if also && admits(*neighbour)? {
                            known.steps.push((*node, neighbour.relationship));
                        }
                        continue;
                    }
                    if !admits(*neighbour)? {
                        continue;
                    }
                    visit()?;
                    let steps = vec![(*node, neighbour.relationship)];
                    reached.insert(neighbour.node, Reached { length, steps });
                    next.push(neighbour.node);
                }
            }
            if reached.contains_key(&goal) || next.is_empty() {
                break;
            }
            frontier = next;
        }
        walk_back(&reached, start, goal, visit)
    }
}

/// A node that a search came to: how far it is, and every step that leads to it at that distance.
#[derive(Debug, Default)]
struct Reached {
    length: usize,
    steps: Vec<(NodeId, RelId)>,
}

/// All paths that the steps of `reached` allow, by the order in which the steps were found.
fn walk_back<E>(
    reached: &HashMap<NodeId, Reached>,
    start: NodeId,
    goal: NodeId,
    visit: &mut dyn FnMut() -> Result<(), E>,
) -> Result<Vec<Vec<Neighbour>>, E> {
    let mut paths = Vec::new();
    let mut open = vec![(goal, Vec::new())];
    while let Some((node, steps)) = open.pop() {
        visit()?;
        if node == start {
            let mut path: Vec<Neighbour> = steps;
            path.reverse();
            paths.push(path);
            continue;
        }
        let Some(reached) = reached.get(&node) else {
            continue;
        };
        for (from, relationship) in reached.steps.iter().rev() {
            let mut longer = steps.clone();
            longer.push(Neighbour {
                relationship: *relationship,
                node,
            });
            open.push((*from, longer));
        }
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use crate::graph::{Direction, PathSearch, Paths, PropertyGraph, Transaction};
    use crate::model::NodeId;

    /// A ring of four nodes with a shortcut twice over: 1-2-3-4, 1-4, 2-4, 2-4.
    fn ring() -> PropertyGraph {
        let mut graph = PropertyGraph::new();
        let mut transaction = Transaction::new(&mut graph);
        let to = transaction.rel_type("TO");
        for _ in 0..4 {
            transaction.create_node(&[], &[]).unwrap();
        }
        for (start, end) in [(1, 2), (2, 3), (3, 4), (2, 4), (2, 4)] {
            transaction
                .create_relationship(to, NodeId::new(start), NodeId::new(end), &[])
                .unwrap();
        }
        transaction.commit();
        graph
    }

    #[test]
    fn shortest_paths_have_the_least_length() {
        let graph = ring();
        let lengths = |direction, paths, start, goal| {
            let search = PathSearch {
                direction,
                types: &[],
                max_length: 10,
                paths,
            };
            let found: Result<_, Infallible> = search.find(
                &graph,
                (NodeId::new(start), NodeId::new(goal)),
                &mut |_| Ok(true),
                &mut || Ok(()),
            );
            found.unwrap().iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(lengths(Direction::Outgoing, Paths::One, 1, 4), [2]);
        assert_eq!(lengths(Direction::Outgoing, Paths::All, 1, 4), [2, 2]);
        assert!(lengths(Direction::Outgoing, Paths::All, 4, 1).is_empty());
        assert_eq!(lengths(Direction::Both, Paths::One, 4, 3), [1]);
    }
}
