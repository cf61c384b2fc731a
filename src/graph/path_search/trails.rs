//! All trails between two nodes, short ones first: no relationship occurs twice in one.

use std::hash::Hash;

use super::{NodeMap, Step, Steps, Way};

/// The trails from one node to another in the order of their lengths, and of one length in the
/// order of their steps.
///
/// For each length in turn the trails of just that length are walked depth first. How far a node
/// is at least from the goal is known from a search backwards from there, which goes on as the
/// length grows; so no step is taken from which the goal cannot be reached in time.
#[derive(Debug)]
pub struct Trails<N, R> {
    start: N,
    goal: N,
    least: usize,
    most: usize,
    /// How many steps a trail has at present; `None` before the first.
    length: Option<usize>,
    /// Whether longer trails are possible.
    cut: bool,
    trail: Vec<Step<N, R>>,
    /// What can still be tried after each part of the trail, the last first; one more than the
    /// trail is long.
    open: Vec<Vec<Step<N, R>>>,
    distances: NodeMap<N, usize>,
    frontier: Vec<N>,
    radius: usize,
}

impl<N: Copy + Eq + Hash, R: Copy + Eq> Trails<N, R> {
    /// The trails from `start` to `goal` of at least `least` and at most `most` steps.
    pub fn new((start, goal): (N, N), least: usize, most: usize) -> Self {
        Self {
            start,
            goal,
            least,
            most,
            length: None,
            cut: false,
            trail: Vec::new(),
            open: Vec::new(),
            distances: std::iter::once((goal, 0)).collect(),
            frontier: vec![goal],
            radius: 0,
        }
    }

    /// The trail that was found last.
    pub fn trail(&self) -> &[Step<N, R>] {
        &self.trail
    }

    /// Goes on to the next trail; false if there is none.
    ///
    /// # Errors
    /// Those of `steps`.
    pub fn advance<S: Steps<Node = N, Relationship = R>>(
        &mut self,
        steps: &mut S,
    ) -> Result<bool, S::Error> {
        let Some(mut length) = self.length else {
            return self.begin(steps);
        };
        loop {
            while self.open.len() > self.trail.len() {
                let Some(step) = self.open.last_mut().and_then(Vec::pop) else {
                    self.open.pop();
                    self.trail.pop();
                    continue;
                };
                if self.is_taken(step.relationship) {
                    continue;
                }
                let left = length - self.trail.len() - 1;
                match self.distances.get(&step.node) {
                    Some(distance) if *distance <= left => {}
                    Some(_) => {
                        self.cut = true;
                        continue;
                    }
                    None => {
                        self.cut |= !self.frontier.is_empty();
                        continue;
                    }
                }
                self.trail.push(step);
                if left > 0 {
                    self.push_level(steps, step.node)?;
                } else {
                    // No step is left, and only the goal is no step away from it.
                    self.look_further(steps)?;
                    self.open.push(Vec::new());
                    return Ok(true);
                }
            }
            if length >= self.most || !self.cut {
                return Ok(false);
            }
            length += 1;
            self.start_length(steps, length)?;
        }
    }

    /// Begins with the least length that a trail can have.
    fn begin<S: Steps<Node = N, Relationship = R>>(
        &mut self,
        steps: &mut S,
    ) -> Result<bool, S::Error> {
        while !self.distances.contains_key(&self.start) && !self.frontier.is_empty() {
            if self.radius >= self.most {
                return Ok(false);
            }
            self.widen(steps)?;
        }
        let Some(distance) = self.distances.get(&self.start) else {
            self.length = Some(self.most);
            return Ok(false);
        };
        let first = self.least.max(*distance);
        if first > self.most {
            self.length = Some(self.most);
            return Ok(false);
        }
        if first == 0 {
            self.length = Some(0);
            self.cut = true;
            return Ok(true);
        }
        self.start_length(steps, first)?;
        self.advance(steps)
    }

    fn start_length<S: Steps<Node = N, Relationship = R>>(
        &mut self,
        steps: &mut S,
        length: usize,
    ) -> Result<(), S::Error> {
        self.length = Some(length);
        self.cut = false;
        self.trail.clear();
        self.open.clear();
        while self.radius + 1 < length && !self.frontier.is_empty() {
            self.widen(steps)?;
        }
        self.push_level(steps, self.start)
    }

    fn push_level<S: Steps<Node = N, Relationship = R>>(
        &mut self,
        steps: &mut S,
        node: N,
    ) -> Result<(), S::Error> {
        let mut found = Vec::new();
        steps.find(node, Way::Forwards, &mut found)?;
        found.reverse();
        self.open.push(found);
        Ok(())
    }

    /// Whether a trail that is complete could go on and come back.
    fn look_further<S: Steps<Node = N, Relationship = R>>(
        &mut self,
        steps: &mut S,
    ) -> Result<(), S::Error> {
        if self.cut {
            return Ok(());
        }
        let mut found = Vec::new();
        steps.find(self.goal, Way::Forwards, &mut found)?;
        self.cut = found.iter().any(|step| {
            !self.is_taken(step.relationship)
                && (self.distances.contains_key(&step.node) || !self.frontier.is_empty())
        });
        Ok(())
    }

    fn is_taken(&self, relationship: R) -> bool {
        self.trail
            .iter()
            .any(|step| step.relationship == relationship)
    }

    /// Finds the nodes that are one step further from the goal.
    fn widen<S: Steps<Node = N, Relationship = R>>(
        &mut self,
        steps: &mut S,
    ) -> Result<(), S::Error> {
        self.radius += 1;
        let mut next = Vec::new();
        let mut found = Vec::new();
        for node in &self.frontier {
            steps.find(*node, Way::Backwards, &mut found)?;
            for step in &found {
                if !self.distances.contains_key(&step.node) {
                    self.distances.insert(step.node, self.radius);
                    next.push(step.node);
                }
            }
        }
        steps.keep(next.len())?;
        self.frontier = next;
        Ok(())
    }
}
