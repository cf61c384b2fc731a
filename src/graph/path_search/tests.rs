//! The searches against all trails of small graphs, enumerated the simple way.

use std::convert::Infallible;

use super::{Paths, Step, Steps, Trails, Tree, Way, shortest_paths};

/// Relationships from node to node; the steps go in their order.
struct Links {
    links: Vec<(u32, u32)>,
    undirected: bool,
}

impl Steps for Links {
    type Node = u32;
    type Relationship = usize;
    type Error = Infallible;

    fn find(
        &mut self,
        node: u32,
        way: Way,
        found: &mut Vec<Step<u32, usize>>,
    ) -> Result<(), Infallible> {
        found.clear();
        for (relationship, (start, end)) in self.links.iter().enumerate() {
            let (from, to) = match way {
                Way::Forwards => (*start, *end),
                Way::Backwards => (*end, *start),
            };
            if from == node {
                found.push(Step {
                    relationship,
                    node: to,
                });
            } else if self.undirected && to == node {
                found.push(Step {
                    relationship,
                    node: from,
                });
            }
        }
        Ok(())
    }

    fn keep(&mut self, _: usize) -> Result<(), Infallible> {
        Ok(())
    }
}

type Trail = Vec<Step<u32, usize>>;

/// All trails between two nodes, by length and then by the order of their steps.
fn all_trails(links: &mut Links, start: u32, goal: u32) -> Vec<Trail> {
    fn walk(links: &mut Links, at: u32, goal: u32, trail: &mut Trail, all: &mut Vec<Trail>) {
        if at == goal {
            all.push(trail.clone());
        }
        let mut found = Vec::new();
        let Ok(()) = links.find(at, Way::Forwards, &mut found);
        for step in found {
            if trail
                .iter()
                .all(|taken| taken.relationship != step.relationship)
            {
                trail.push(step);
                walk(links, step.node, goal, trail, all);
                trail.pop();
            }
        }
    }
    let mut all = Vec::new();
    walk(links, start, goal, &mut Vec::new(), &mut all);
    all.sort_by_key(Vec::len);
    all
}

/// Small graphs of all densities, with loops and parallel relationships.
fn graphs() -> impl Iterator<Item = Links> {
    let mut state = 7_u64;
    let mut next = move |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) % below).unwrap()
    };
    (0..120).map(move |index| {
        let size = 1 + next(9);
        let links = (0..size).map(|_| (next(5), next(5))).collect();
        Links {
            links,
            undirected: index % 2 == 1,
        }
    })
}

fn taken(trails: &mut Trails<u32, usize>, links: &mut Links) -> Vec<Trail> {
    let mut all = Vec::new();
    while trails.advance(links) == Ok(true) {
        all.push(trails.trail().to_vec());
    }
    all
}

#[test]
fn trails_come_by_length_and_completely() {
    for mut links in graphs() {
        for (start, goal) in [(0, 1), (1, 0), (0, 0), (2, 4)] {
            let all = all_trails(&mut links, start, goal);
            for (least, most) in [(0, usize::MAX), (1, 3), (2, usize::MAX), (4, 2)] {
                let wanted: Vec<Trail> = all
                    .iter()
                    .filter(|trail| (least..=most).contains(&trail.len()))
                    .cloned()
                    .collect();
                let mut trails = Trails::new((start, goal), least, most);
                let found = taken(&mut trails, &mut links);
                assert_eq!(found, wanted, "{:?} {start} {goal}", links.links);
                assert_eq!(trails.advance(&mut links), Ok(false));
            }
        }
    }
}

#[test]
fn the_shortest_paths_are_the_first_trails() {
    for mut links in graphs() {
        for (start, goal) in [(0, 1), (1, 0), (3, 3), (2, 4)] {
            for longest in [2, usize::MAX] {
                let all = all_trails(&mut links, start, goal);
                let least = all.first().map_or(0, Vec::len);
                let wanted: Vec<Trail> = all
                    .into_iter()
                    .filter(|trail| trail.len() == least && least <= longest)
                    .collect();
                let ends = (start, goal);
                let Ok(found) = shortest_paths(&mut links, ends, longest, Paths::All);
                assert_eq!(found, wanted, "{:?} {start} {goal}", links.links);
                let Ok(one) = shortest_paths(&mut links, ends, longest, Paths::One);
                assert_eq!(one.len(), wanted.len().min(1));
                assert!(one.iter().all(|path| wanted.contains(path)));
                for paths in [Paths::One, Paths::All] {
                    let Ok(tree) = Tree::new(&mut links, start, longest, paths);
                    let index = (0..).map_while(|index| tree.node(index));
                    let index = index.into_iter().position(|node| node == goal);
                    let found = index.map(|index| {
                        let Ok(found) = tree.paths(&mut links, index);
                        found
                    });
                    let wanted = wanted.iter().take(match paths {
                        Paths::One => 1,
                        Paths::All => usize::MAX,
                    });
                    let wanted: Vec<Trail> = wanted.cloned().collect();
                    assert_eq!(found.unwrap_or_default(), wanted);
                }
            }
        }
    }
}

#[test]
fn a_search_from_both_ends_looks_at_few_nodes() {
    /// A tree of three branches at each node, with a path from each leaf back to the middle.
    struct Counted(Links, usize);

    impl Steps for Counted {
        type Node = u32;
        type Relationship = usize;
        type Error = Infallible;

        fn find(
            &mut self,
            node: u32,
            way: Way,
            found: &mut Vec<Step<u32, usize>>,
        ) -> Result<(), Infallible> {
            self.1 += 1;
            self.0.find(node, way, found)
        }

        fn keep(&mut self, _: usize) -> Result<(), Infallible> {
            Ok(())
        }
    }

    let links = (1..400).map(|node| ((node - 1) / 3, node)).collect();
    let mut steps = Counted(
        Links {
            links,
            undirected: false,
        },
        0,
    );
    let Ok(found) = shortest_paths(&mut steps, (0, 399), usize::MAX, Paths::One);
    assert_eq!(found.len(), 1);
    assert!(steps.1 < 40, "{} nodes", steps.1);
}
