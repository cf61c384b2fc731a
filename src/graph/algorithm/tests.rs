//! Small graphs computed by hand, and what holds in every graph.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use proptest::prelude::*;

use super::{
    PageRank, Place, Projection, ProjectionError, Reading, Selection, SimplePaths, Watch,
    betweenness, closeness, communities, degrees, distances, k_shortest_paths, page_rank, pivots,
    shortest_path, strong_components, triangles, weak_components,
};
use crate::base::Id as _;
use crate::graph::{Direction, PropertyGraph, Transaction};
use crate::model::{NodeId, RelId, Value};

/// `nodes` nodes and relationships between them, by number from 1, each with a weight.
fn graph(nodes: usize, relationships: &[(i64, i64, f64)]) -> PropertyGraph {
    let mut graph = PropertyGraph::new();
    let mut transaction = Transaction::new(&mut graph);
    let to = transaction.rel_type("TO");
    let weight = transaction.property_key("weight");
    for _ in 0..nodes {
        transaction.create_node(&[], &[]).unwrap();
    }
    for (start, end, number) in relationships {
        let ends = (NodeId::new(*start), NodeId::new(*end));
        let weight = [(weight, Value::Float(*number))];
        transaction
            .create_relationship(to, ends.0, ends.1, &weight)
            .unwrap();
    }
    transaction.commit();
    graph
}

fn unweighted(nodes: usize, relationships: &[(i64, i64)]) -> PropertyGraph {
    let weighted: Vec<(i64, i64, f64)> = relationships
        .iter()
        .map(|(start, end)| (*start, *end, 1.0))
        .collect();
    graph(nodes, &weighted)
}

fn watch() -> Watch<'static, Infallible> {
    Watch::new(&|| Ok(()))
}

fn projected(graph: &PropertyGraph, direction: Direction) -> Projection {
    let selection = Selection {
        weight: graph
            .property_key("weight")
            .map(|key| (key, Reading::Plain)),
        ..Selection::all(direction)
    };
    Projection::new(graph, &selection, &watch()).unwrap()
}

fn all(projection: &Projection) -> Vec<Place> {
    pivots(projection.len(), usize::MAX)
}

fn place(number: usize) -> Place {
    Place::from_index(number - 1)
}

fn close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (one, other) in found.iter().zip(expected) {
        assert!((one - other).abs() < 1e-6, "{found:?} is not {expected:?}");
    }
}

/// The numbers of the groups in the order of their first members.
fn normal(groups: &[u32]) -> Vec<usize> {
    let mut known = Vec::new();
    groups
        .iter()
        .map(|group| {
            known
                .iter()
                .position(|other| other == group)
                .unwrap_or_else(|| {
                    known.push(*group);
                    known.len() - 1
                })
        })
        .collect()
}

const RANK: PageRank<'static> = PageRank {
    damping: 0.85,
    tolerance: 1e-12,
    rounds: 1000,
    start: &[],
};

#[test]
fn degrees_are_sums_of_weights() {
    let graph = graph(3, &[(1, 2, 2.0), (1, 2, 0.5), (2, 3, 1.0), (3, 3, 4.0)]);
    let found = |direction| degrees(&projected(&graph, direction), &watch()).unwrap();
    close(&found(Direction::Outgoing), &[2.5, 1.0, 4.0]);
    close(&found(Direction::Incoming), &[0.0, 2.5, 5.0]);
    close(&found(Direction::Both), &[2.5, 3.5, 5.0]);
}

#[test]
fn page_rank_of_a_ring_is_even_and_of_a_star_is_not() {
    let ring = projected(
        &unweighted(3, &[(1, 2), (2, 3), (3, 1)]),
        Direction::Outgoing,
    );
    close(&page_rank(&ring, RANK, &watch()).unwrap(), &[1.0 / 3.0; 3]);
    // Two nodes that lead to a third, from where nothing leads: by hand, with r for the outer
    // ones and c for the middle, c = 0.15/3 + 0.85 (2 r + c/3) and r = 0.15/3 + 0.85 c/3.
    let star = projected(&unweighted(3, &[(2, 1), (3, 1)]), Direction::Outgoing);
    let scores = page_rank(&star, RANK, &watch()).unwrap();
    let middle = (0.05 + 1.7 * 0.05) / (1.0 - 0.85 / 3.0 - 1.7 * 0.85 / 3.0);
    let outer = 0.05 + 0.85 * middle / 3.0;
    close(&scores, &[middle, outer, outer]);
    // From one start alone nothing reaches the other outer node.
    let start = [place(2)];
    let settings = PageRank {
        start: &start,
        ..RANK
    };
    let scores = page_rank(&star, settings, &watch()).unwrap();
    close(&scores, &[0.85 / 1.85, 1.0 / 1.85, 0.0]);
}

#[test]
fn betweenness_counts_pairs_whose_paths_run_through() {
    // A line: the second lies between 1 and the two behind it, and so does the third.
    let line = unweighted(4, &[(1, 2), (2, 3), (3, 4)]);
    for direction in [Direction::Both, Direction::Outgoing, Direction::Incoming] {
        let line = projected(&line, direction);
        let scores = betweenness(&line, &all(&line), &watch()).unwrap();
        close(&scores, &[0.0, 2.0, 2.0, 0.0]);
    }
    // A square: two paths between opposite corners, each with half of the pair. A parallel
    // relationship changes nothing.
    let square = unweighted(4, &[(1, 2), (2, 3), (3, 4), (4, 1), (1, 2), (3, 3)]);
    let square = projected(&square, Direction::Both);
    let scores = betweenness(&square, &all(&square), &watch()).unwrap();
    close(&scores, &[0.5; 4]);
}

#[test]
fn closeness_is_the_mean_of_one_over_the_distance() {
    let line = unweighted(4, &[(1, 2), (2, 3)]);
    let both = projected(&line, Direction::Both);
    let scores = closeness(&both, &all(&both), &watch()).unwrap();
    close(&scores, &[1.5 / 3.0, 2.0 / 3.0, 1.5 / 3.0, 0.0]);
    let out = projected(&line, Direction::Outgoing);
    let scores = closeness(&out, &all(&out), &watch()).unwrap();
    close(&scores, &[1.5 / 3.0, 1.0 / 3.0, 0.0, 0.0]);
}

#[test]
fn components_are_weak_or_strong() {
    // Two rings, one leading to the other, and a node alone.
    let graph = unweighted(6, &[(1, 2), (2, 1), (2, 3), (3, 4), (4, 5), (5, 3)]);
    let out = projected(&graph, Direction::Outgoing);
    let weak = weak_components(&out, &watch()).unwrap();
    assert_eq!(normal(&weak), [0, 0, 0, 0, 0, 1]);
    let strong = strong_components(&out, &watch()).unwrap();
    assert_eq!(normal(&strong), [0, 0, 1, 1, 1, 2]);
}

#[test]
fn communities_are_the_dense_parts() {
    // Two cliques of four with one bridge.
    let mut relationships = vec![(4, 5)];
    for first in 1..=4 {
        for second in first + 1..=4 {
            relationships.push((first, second));
            relationships.push((first + 4, second + 4));
        }
    }
    let both = projected(&unweighted(9, &relationships), Direction::Both);
    let groups = communities(&both, 1.0, &watch()).unwrap();
    assert_eq!(normal(&groups), [0, 0, 0, 0, 1, 1, 1, 1, 2]);
    let fine = communities(&both, 100.0, &watch()).unwrap();
    assert_eq!(normal(&fine), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn triangles_count_once_each() {
    // A triangle with a tail, a parallel relationship and a loop.
    let graph = unweighted(4, &[(1, 2), (2, 3), (3, 1), (3, 4), (2, 1), (4, 4)]);
    let found = triangles(&projected(&graph, Direction::Both), &watch()).unwrap();
    let counts: Vec<u64> = found.iter().map(|one| one.count).collect();
    assert_eq!(counts, [1, 1, 1, 0]);
    let shares: Vec<f64> = found.iter().map(|one| one.coefficient).collect();
    close(&shares, &[1.0, 1.0, 1.0 / 3.0, 0.0]);
}

/// A detour of two relationships that is cheaper than the direct one, and a way round.
fn detour() -> PropertyGraph {
    graph(
        5,
        &[
            (1, 3, 5.0),
            (1, 2, 1.0),
            (2, 3, 2.0),
            (1, 4, 1.0),
            (4, 5, 1.0),
            (5, 3, 1.0),
            (1, 2, 1.0),
        ],
    )
}

fn steps(route: &super::Route) -> Vec<i64> {
    let relationships = route.steps.iter();
    relationships
        .map(|(relationship, _)| relationship.number())
        .collect()
}

#[test]
fn the_cheapest_path_need_not_be_the_shortest() {
    let detour = projected(&detour(), Direction::Outgoing);
    let ends = (place(1), place(3));
    let route = shortest_path(&detour, ends, &watch()).unwrap().unwrap();
    // As cheap as the way round, with fewer relationships.
    assert_eq!((steps(&route), route.cost), (vec![2, 3], 3.0));
    let back = shortest_path(&detour, (place(3), place(1)), &watch()).unwrap();
    assert_eq!(back, None);
    let found = distances(&detour, place(2), &watch()).unwrap();
    assert_eq!(found, [None, Some(0.0), Some(2.0), None, None]);
}

#[test]
fn the_cheapest_paths_come_in_order() {
    let detour = projected(&detour(), Direction::Outgoing);
    let found = k_shortest_paths(&detour, (place(1), place(3)), 10, &watch()).unwrap();
    let found: Vec<(Vec<i64>, f64)> = found
        .iter()
        .map(|route| (steps(route), route.cost))
        .collect();
    let expected = [
        (vec![2, 3], 3.0),
        (vec![7, 3], 3.0),
        (vec![4, 5, 6], 3.0),
        (vec![1], 5.0),
    ];
    assert_eq!(found, expected);
}

fn simple(projection: Projection, ends: (Place, Place), longest: u32) -> Vec<Vec<i64>> {
    let mut search = SimplePaths::new(Arc::new(projection), ends, (0, longest), &watch()).unwrap();
    let mut found = Vec::new();
    while let Some(route) = search.next(&watch()).unwrap() {
        found.push(steps(&route));
    }
    found
}

#[test]
fn simple_paths_come_shortest_first() {
    let graph = detour();
    let ends = (place(1), place(3));
    let found = simple(projected(&graph, Direction::Outgoing), ends, 9);
    assert_eq!(found, [vec![1], vec![2, 3], vec![7, 3], vec![4, 5, 6]]);
    let found = simple(projected(&graph, Direction::Outgoing), ends, 2);
    assert_eq!(found, [vec![1], vec![2, 3], vec![7, 3]]);
    let same = simple(projected(&graph, Direction::Both), (place(1), place(1)), 5);
    assert_eq!(same, [Vec::<i64>::new()]);
}

#[test]
fn an_unusable_number_is_named() {
    for number in [-1.0, f64::NAN] {
        let graph = graph(2, &[(1, 2, 1.0), (2, 1, number)]);
        let selection = Selection {
            weight: graph
                .property_key("weight")
                .map(|key| (key, Reading::Plain)),
            ..Selection::all(Direction::Both)
        };
        let never = || Ok::<(), &str>(());
        let error = Projection::new(&graph, &selection, &Watch::new(&never)).unwrap_err();
        match error {
            ProjectionError::Unusable { relationship, .. } => {
                assert_eq!(relationship, RelId::new(2));
            }
            ProjectionError::Stopped(reason) => panic!("{reason}"),
        }
    }
}

/// How much work each algorithm does between two looks at the watch must not depend on the size
/// of the graph: with a watch that says stop at the first look, it ends.
#[test]
fn work_ends_when_the_watch_says_so() {
    let relationships: Vec<(i64, i64)> = (1..20_000).map(|at| (at, at + 1)).collect();
    let graph = unweighted(20_000, &relationships);
    let out = Arc::new(projected(&graph, Direction::Outgoing));
    let both = Arc::new(projected(&graph, Direction::Both));
    let pivots = pivots(20_000, 64);
    let ends = (place(1), place(20_000));
    let stop = || Err("stop");
    let watch = Watch::new(&stop);
    let stopped = [
        Projection::new(&graph, &Selection::all(Direction::Both), &watch).is_err(),
        page_rank(&out, RANK, &watch).is_err(),
        betweenness(&both, &pivots, &watch).is_err(),
        closeness(&out, &pivots, &watch).is_err(),
        weak_components(&both, &watch).is_err(),
        strong_components(&out, &watch).is_err(),
        communities(&both, 1.0, &watch).is_err(),
        triangles(&both, &watch).is_err(),
        shortest_path(&both, ends, &watch).is_err(),
        k_shortest_paths(&both, ends, 2, &watch).is_err(),
        distances(&both, place(1), &watch).is_err(),
        SimplePaths::new(Arc::clone(&out), ends, (0, 20_000), &watch).is_err(),
    ];
    assert_eq!(stopped, [true; 12]);
}

/// Graphs of up to nine nodes; the weights are whole, so that sums are exact.
fn any_graph() -> impl Strategy<Value = (usize, Vec<(i64, i64, f64)>)> {
    (1_usize..10).prop_flat_map(|nodes| {
        let most = i64::try_from(nodes).unwrap();
        let relationship = (1..=most, 1..=most, 0_u8..4);
        let relationship =
            relationship.prop_map(|(start, end, weight)| (start, end, f64::from(weight)));
        (Just(nodes), proptest::collection::vec(relationship, 0..20))
    })
}

proptest! {
    #[test]
    fn page_rank_sums_up_to_one((nodes, relationships) in any_graph()) {
        let projection = projected(&graph(nodes, &relationships), Direction::Outgoing);
        let sum: f64 = page_rank(&projection, RANK, &watch()).unwrap().iter().sum();
        prop_assert!((sum - 1.0).abs() < 1e-9);
    }

    #[test]
    fn betweenness_is_the_same_either_way((nodes, relationships) in any_graph()) {
        let graph = graph(nodes, &relationships);
        let scores = |direction| {
            let projection = projected(&graph, direction);
            betweenness(&projection, &all(&projection), &watch()).unwrap()
        };
        close(&scores(Direction::Outgoing), &scores(Direction::Incoming));
    }

    #[test]
    fn strong_components_and_communities_lie_within_weak_ones(
        (nodes, relationships) in any_graph(),
    ) {
        let graph = graph(nodes, &relationships);
        let weak = weak_components(&projected(&graph, Direction::Both), &watch()).unwrap();
        let strong = strong_components(&projected(&graph, Direction::Outgoing), &watch()).unwrap();
        let groups = communities(&projected(&graph, Direction::Both), 1.0, &watch()).unwrap();
        for one in 0..nodes {
            for other in 0..nodes {
                if strong[one] == strong[other] || groups[one] == groups[other] {
                    prop_assert_eq!(weak[one], weak[other]);
                }
            }
        }
    }

    #[test]
    fn the_k_cheapest_paths_are_the_cheapest_simple_paths((nodes, relationships) in any_graph()) {
        let graph = graph(nodes, &relationships);
        for direction in [Direction::Outgoing, Direction::Both] {
            let ends = (place(1), place(nodes));
            let mut search = SimplePaths::new(
                Arc::new(projected(&graph, direction)),
                ends,
                (0, u32::MAX),
                &watch(),
            )
            .unwrap();
            let mut simple = Vec::new();
            let mut seen = BTreeSet::new();
            while simple.len() < 2000
                && let Some(route) = search.next(&watch()).unwrap()
            {
                prop_assert!(seen.insert(steps(&route)));
                simple.push(route.cost);
            }
            if simple.len() == 2000 {
                continue;
            }
            simple.sort_by(f64::total_cmp);
            simple.truncate(12);
            let projection = projected(&graph, direction);
            let cheapest = k_shortest_paths(&projection, ends, 12, &watch()).unwrap();
            let costs: Vec<f64> = cheapest.iter().map(|route| route.cost).collect();
            prop_assert_eq!(&costs, &simple);
            let one = shortest_path(&projection, ends, &watch()).unwrap();
            prop_assert_eq!(one.map(|route| route.cost), simple.first().copied());
            let all = distances(&projection, place(1), &watch()).unwrap();
            prop_assert_eq!(all[nodes - 1], simple.first().copied());
        }
    }
}
