//! The shortest paths from one node to every node that it leads to.

use std::hash::Hash;

use super::{NodeMap, Paths, StepOf, Steps, Way};

/// Every node that a node leads to, nearest first, with the last steps of the shortest paths to it.
#[derive(Debug)]
pub struct Tree<N> {
    nodes: Vec<Reached<N>>,
    wanted: Paths,
}

#[derive(Debug)]
struct Reached<N> {
    node: N,
    distance: usize,
    /// From which of the nodes it is reached.
    before: Vec<usize>,
}

impl<N: Copy + Eq + Hash> Tree<N> {
    /// All nodes that `start` leads to by at most `longest` steps, breadth first. With
    /// [`Paths::One`] only the first of the shortest paths to each is kept.
    ///
    /// Time and memory O(V + E).
    ///
    /// # Errors
    /// Those of `steps`.
    pub fn new<S: Steps<Node = N>>(
        steps: &mut S,
        start: N,
        longest: usize,
        wanted: Paths,
    ) -> Result<Self, S::Error> {
        let mut nodes: Vec<Reached<N>> = vec![Reached {
            node: start,
            distance: 0,
            before: Vec::new(),
        }];
        let mut places: NodeMap<N, usize> = NodeMap::default();
        places.insert(start, 0);
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(reached) = nodes.get(at) {
            let distance = reached.distance + 1;
            if distance > longest {
                break;
            }
            steps.find(reached.node, Way::Forwards, &mut found)?;
            for step in &found {
                if let Some(known) = places.get(&step.node) {
                    if wanted == Paths::All
                        && let Some(known) = nodes.get_mut(*known)
                        && known.distance == distance
                    {
                        known.before.push(at);
                    }
                    continue;
                }
                steps.keep(1)?;
                places.insert(step.node, nodes.len());
                nodes.push(Reached {
                    node: step.node,
                    distance,
                    before: vec![at],
                });
            }
            at += 1;
        }
        Ok(Self { nodes, wanted })
    }

    /// The node reached as the `index`th, 0 being the start.
    pub fn node(&self, index: usize) -> Option<N> {
        self.nodes.get(index).map(|reached| reached.node)
    }

    /// The paths to the node reached as the `index`th, in the order of their steps.
    ///
    /// # Errors
    /// Those of `steps`.
    pub fn paths<S: Steps<Node = N>>(
        &self,
        steps: &mut S,
        index: usize,
    ) -> Result<Vec<Vec<StepOf<S>>>, S::Error> {
        // The nodes on the way, by their distances.
        let mut through: NodeMap<N, usize> = NodeMap::default();
        let mut open = vec![index];
        while let Some(place) = open.pop() {
            if let Some(reached) = self.nodes.get(place)
                && through.insert(reached.node, reached.distance).is_none()
            {
                open.extend(&reached.before);
            }
        }
        let (Some(start), Some(end)) = (self.nodes.first(), self.nodes.get(index)) else {
            return Ok(Vec::new());
        };
        let mut paths = Vec::new();
        let mut path: Vec<StepOf<S>> = Vec::new();
        // What can still be tried after each part of the path, the last first.
        let mut open: Vec<Vec<StepOf<S>>> = Vec::new();
        let mut at = Some(start.node);
        loop {
            if let Some(node) = at.take() {
                if path.len() == end.distance {
                    steps.keep(path.len())?;
                    paths.push(path.clone());
                    if self.wanted == Paths::One {
                        return Ok(paths);
                    }
                    open.push(Vec::new());
                } else {
                    let mut found = Vec::new();
                    steps.find(node, Way::Forwards, &mut found)?;
                    found.retain(|step| through.get(&step.node) == Some(&(path.len() + 1)));
                    found.reverse();
                    open.push(found);
                }
            }
            let Some(level) = open.last_mut() else {
                return Ok(paths);
            };
            if let Some(step) = level.pop() {
                path.push(step);
                at = Some(step.node);
            } else {
                open.pop();
                path.pop();
            }
        }
    }
}
