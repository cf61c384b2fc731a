//! The shortest paths between two nodes, sought from both ends at once.

use super::{NodeMap, Step, StepOf, Steps, Way};

/// How many of the shortest paths are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paths {
    /// The one that a search from both ends meets first: always the same on the same graph.
    One,
    /// All of the same, least length.
    All,
}

/// One end of a search: how far the nodes are from it that were reached.
struct Half<N> {
    way: Way,
    distances: NodeMap<N, usize>,
    frontier: Vec<N>,
    level: usize,
}

impl<N: Copy + Eq + std::hash::Hash> Half<N> {
    fn new(end: N, way: Way) -> Self {
        Self {
            way,
            distances: std::iter::once((end, 0)).collect(),
            frontier: vec![end],
            level: 0,
        }
    }

    /// Reaches all nodes that are one step further; yields whether one of them is `met` already.
    fn advance<S: Steps<Node = N>>(
        &mut self,
        steps: &mut S,
        met: &NodeMap<N, usize>,
        found: &mut Vec<StepOf<S>>,
    ) -> Result<bool, S::Error> {
        self.level += 1;
        let mut next = Vec::new();
        let mut meets = false;
        for node in &self.frontier {
            steps.find(*node, self.way, found)?;
            for step in found.iter() {
                if let std::collections::hash_map::Entry::Vacant(place) =
                    self.distances.entry(step.node)
                {
                    place.insert(self.level);
                    next.push(step.node);
                    meets |= met.contains_key(&step.node);
                }
            }
        }
        steps.keep(next.len())?;
        self.frontier = next;
        Ok(meets)
    }

    fn distance(&self, node: &N) -> Option<usize> {
        self.distances.get(node).copied()
    }
}

/// The shortest paths from `start` to `goal`, each a list of steps, of at most `longest` steps;
/// one empty path if the two are the same node.
///
/// Breadth first from both ends, level by level, each time from the end with fewer nodes to go on
/// from. Where the two meet, the paths are read off in the order of their steps from the start.
///
/// Time O(V + E) at worst, and the square root of what a search from one end takes where each
/// level is some times as large as the one before; besides the size of the result.
///
/// # Errors
/// Those of `steps`.
pub fn shortest_paths<S: Steps>(
    steps: &mut S,
    (start, goal): (S::Node, S::Node),
    longest: usize,
    wanted: Paths,
) -> Result<Vec<Vec<StepOf<S>>>, S::Error> {
    if start == goal {
        return Ok(vec![Vec::new()]);
    }
    if wanted == Paths::One {
        return Ok(first_met(steps, (start, goal), longest)?
            .into_iter()
            .collect());
    }
    let mut from = Half::new(start, Way::Forwards);
    let mut to = Half::new(goal, Way::Backwards);
    let mut found = Vec::new();
    loop {
        let unreached = from.frontier.is_empty() || to.frontier.is_empty();
        if unreached || from.level + to.level >= longest {
            return Ok(Vec::new());
        }
        let met = if from.frontier.len() <= to.frontier.len() {
            from.advance(steps, &to.distances, &mut found)?
        } else {
            to.advance(steps, &from.distances, &mut found)?
        };
        if met {
            break;
        }
    }
    let mut course = Course {
        left: left_of_meeting(steps, &from, &to, &mut found)?,
        from,
        to,
    };
    course.all(steps, start)
}

/// One end of a search for one path: the step by which each node was reached, and from where.
struct Tracks<S: Steps> {
    way: Way,
    steps: NodeMap<S::Node, Option<StepOf<S>>>,
    frontier: Vec<S::Node>,
    level: usize,
}

impl<S: Steps> Tracks<S> {
    fn new(end: S::Node, way: Way) -> Self {
        Self {
            way,
            steps: std::iter::once((end, None)).collect(),
            frontier: vec![end],
            level: 0,
        }
    }

    /// Reaches nodes that are one step further, until one of them is among those of the `other`
    /// end: that one.
    fn advance(
        &mut self,
        steps: &mut S,
        other: &Self,
        found: &mut Vec<StepOf<S>>,
    ) -> Result<Option<S::Node>, S::Error> {
        self.level += 1;
        let mut next = Vec::new();
        for node in &self.frontier {
            steps.find(*node, self.way, found)?;
            for step in found.iter() {
                if let std::collections::hash_map::Entry::Vacant(place) =
                    self.steps.entry(step.node)
                {
                    place.insert(Some(Step {
                        relationship: step.relationship,
                        node: *node,
                    }));
                    if other.steps.contains_key(&step.node) {
                        return Ok(Some(step.node));
                    }
                    next.push(step.node);
                }
            }
        }
        steps.keep(next.len())?;
        self.frontier = next;
        Ok(None)
    }

    /// The step by which a node was reached, and the node before.
    fn before(&self, node: S::Node) -> Option<StepOf<S>> {
        self.steps.get(&node).copied().flatten()
    }
}

/// The path that is met first. Where the ends meet, all nodes nearer to either were reached, so
/// it is a shortest one.
fn first_met<S: Steps>(
    steps: &mut S,
    (start, goal): (S::Node, S::Node),
    longest: usize,
) -> Result<Option<Vec<StepOf<S>>>, S::Error> {
    let mut from = Tracks::<S>::new(start, Way::Forwards);
    let mut to = Tracks::<S>::new(goal, Way::Backwards);
    let mut found = Vec::new();
    let met = loop {
        let unreached = from.frontier.is_empty() || to.frontier.is_empty();
        if unreached || from.level + to.level >= longest {
            return Ok(None);
        }
        let met = if from.frontier.len() <= to.frontier.len() {
            from.advance(steps, &to, &mut found)?
        } else {
            to.advance(steps, &from, &mut found)?
        };
        if let Some(node) = met {
            break node;
        }
    };
    let mut path = Vec::with_capacity(from.level + to.level);
    let mut at = met;
    while let Some(step) = from.before(at) {
        path.push(Step {
            relationship: step.relationship,
            node: at,
        });
        at = step.node;
    }
    path.reverse();
    at = met;
    while let Some(step) = to.before(at) {
        path.push(step);
        at = step.node;
    }
    Ok(Some(path))
}

/// The nodes on shortest paths from the start to where the searches met, with their distances.
fn left_of_meeting<S: Steps>(
    steps: &mut S,
    from: &Half<S::Node>,
    to: &Half<S::Node>,
    found: &mut Vec<StepOf<S>>,
) -> Result<NodeMap<S::Node, usize>, S::Error> {
    let mut left = NodeMap::default();
    // The meeting nodes are those of the last level on both sides.
    let border = if from.frontier.len() <= to.frontier.len() {
        &from.frontier
    } else {
        &to.frontier
    };
    let mut level: Vec<S::Node> = border
        .iter()
        .copied()
        .filter(|node| {
            from.distance(node) == Some(from.level) && to.distance(node) == Some(to.level)
        })
        .collect();
    for distance in (0..=from.level).rev() {
        let mut before = Vec::new();
        for node in level {
            if left.insert(node, distance).is_some() || distance == 0 {
                continue;
            }
            steps.find(node, Way::Backwards, found)?;
            let nearer = found
                .iter()
                .filter(|step| from.distance(&step.node) == Some(distance - 1));
            before.extend(nearer.map(|step| step.node));
        }
        level = before;
    }
    Ok(left)
}

/// What is known where the searches met.
struct Course<N> {
    left: NodeMap<N, usize>,
    from: Half<N>,
    to: Half<N>,
}

impl<N: Copy + Eq + std::hash::Hash> Course<N> {
    fn length(&self) -> usize {
        self.from.level + self.to.level
    }

    /// Whether a shortest path can be at `node` after so many steps.
    fn leads_through(&self, node: &N, after: usize) -> bool {
        if after <= self.from.level {
            self.left.get(node) == Some(&after)
        } else {
            self.to.distance(node) == Some(self.length() - after)
        }
    }

    fn all<S: Steps<Node = N>>(
        &mut self,
        steps: &mut S,
        start: N,
    ) -> Result<Vec<Vec<StepOf<S>>>, S::Error> {
        let mut paths = Vec::new();
        let mut path: Vec<Step<N, S::Relationship>> = Vec::new();
        // What can still be tried after each part of the path, the last first.
        let mut open: Vec<Vec<StepOf<S>>> = vec![self.following(steps, start, 1)?];
        while let Some(level) = open.last_mut() {
            let Some(step) = level.pop() else {
                open.pop();
                path.pop();
                continue;
            };
            path.push(step);
            if path.len() == self.length() {
                steps.keep(path.len())?;
                paths.push(path.clone());
                path.pop();
            } else {
                open.push(self.following(steps, step.node, path.len() + 1)?);
            }
        }
        Ok(paths)
    }

    /// The steps from `node` that shortest paths take, the last first.
    fn following<S: Steps<Node = N>>(
        &self,
        steps: &mut S,
        node: N,
        after: usize,
    ) -> Result<Vec<StepOf<S>>, S::Error> {
        let mut found = Vec::new();
        steps.find(node, Way::Forwards, &mut found)?;
        found.retain(|step| self.leads_through(&step.node, after));
        found.reverse();
        Ok(found)
    }
}
