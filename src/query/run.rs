//! Runs a logical plan on a graph: the back half of the engine in one place.

use std::sync::Arc;

use crate::base::{Cancel, Clock};
use crate::graph::{PropertyGraph, Transaction};
use crate::model::{Map, Node, Path, Relationship, Value};

use super::csv::Files;
use super::error::{QueryError, RunError};
use super::exec::{Access, Context, Limits, Manner, Measure, Mode, Profile, Row, Watch, build};
use super::logical::{self, Numbers};
use super::note::Note;
use super::physical::physical_plan;
use super::plan_table::PlanTable;
use super::procedure::Procedures;
use super::tuning::{Running, Tuning};

/// What a run is given beside the plan and the graph.
#[derive(Debug, Clone)]
pub struct Settings<'s> {
    /// The values of parameters.
    pub parameters: &'s Map,
    /// What can be called.
    pub procedures: &'s Procedures,
    /// The files that may be read.
    pub files: Files<'s>,
    /// How much the query may use.
    pub limits: Limits,
    /// Stops the query from another thread.
    pub cancel: Cancel,
    /// What the time functions ask.
    pub clock: Clock,
    /// Which shortcuts may be taken.
    pub tuning: Tuning,
}

/// The result of a query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, as wide as there are columns. Nodes, relationships and paths have their content.
    pub rows: Vec<Vec<Value>>,
    /// The plan, if it was asked for; the rows are then its lines.
    pub plan: Option<PlanTable>,
    /// What is odd about the query.
    pub notes: Vec<Note>,
}

impl From<PlanTable> for Rows {
    fn from(plan: PlanTable) -> Self {
        Self {
            columns: plan.columns(),
            rows: plan.rows(),
            plan: Some(plan),
            notes: Vec::new(),
        }
    }
}

/// The rows of a plan that only reads.
///
/// # Errors
/// [`QueryError::Run`].
pub fn read(
    plan: &logical::Plan,
    graph: &PropertyGraph,
    settings: &Settings<'_>,
) -> Result<Rows, QueryError> {
    Ok(run_reading(plan, &Numbers::default(), graph, settings)?.0)
}

/// A graph with fewer elements is laid out for reading at no noticeable cost.
const SMALL: usize = 20_000;

/// Runs a plan that only reads.
///
/// A graph that has changed since it was laid out for reading is laid out anew only when it pays:
/// queries are first run row by row, and when they have taken about as long as the layout would,
/// as pipelines. So they never take more than about twice the time of the better way.
fn run_reading(
    plan: &logical::Plan,
    numbers: &Numbers,
    graph: &PropertyGraph,
    settings: &Settings<'_>,
) -> Result<Ran, QueryError> {
    let physical = || physical_plan(plan, settings.parameters, &mut &*graph, numbers);
    let start = |way, patience| run(physical()?, (way, patience), Access::Read(graph), settings);
    if settings.tuning.running == Running::RowByRow {
        return start(Way::Rows, u32::MAX).map(Option::unwrap_or_default);
    }
    let size = graph.node_count() + graph.relationship_count();
    if size > SMALL && !graph.has_read_view() {
        let done = graph.note_reading(0);
        let patience = (size as u64 / 4).saturating_sub(done);
        let patience = u32::try_from(patience).unwrap_or(u32::MAX);
        if patience > 0
            && let Some(ran) = start(Way::Rows, patience)?
        {
            return Ok(ran);
        }
    }
    match start(Way::Pipelines, u32::MAX) {
        // Pipelines work in another order: which fault is met first is for the row operators to
        // say.
        Err(QueryError::Run { error, .. }) if !error.is_limit() => {
            start(Way::Rows, u32::MAX).map(Option::unwrap_or_default)
        }
        outcome => outcome.map(Option::unwrap_or_default),
    }
}

/// The rows of a plan that may write. The changes are in the transaction; when the query fails,
/// it must not be committed.
///
/// # Errors
/// [`QueryError::Run`].
pub fn write(
    plan: &logical::Plan,
    transaction: &mut Transaction<'_>,
    settings: &Settings<'_>,
) -> Result<Rows, QueryError> {
    let physical = physical_plan(plan, settings.parameters, transaction, &Numbers::default())?;
    let ran = run_writing(physical, transaction, settings)?;
    Ok(ran.0)
}

/// The rows of a plan, and what each of its operators did, by the number that `numbers` gives it.
///
/// # Errors
/// [`QueryError::Run`].
pub(super) fn profiled(
    plan: &logical::Plan,
    numbers: &Numbers,
    transaction: &mut Transaction<'_>,
    settings: &Settings<'_>,
) -> Result<Ran, QueryError> {
    if plan.writes {
        let physical = physical_plan(plan, settings.parameters, transaction, numbers)?;
        return run_writing(physical, transaction, settings);
    }
    run_reading(plan, numbers, transaction.graph(), settings)
}

fn run_writing(
    plan: super::physical::Plan,
    transaction: &mut Transaction<'_>,
    settings: &Settings<'_>,
) -> Result<Ran, QueryError> {
    let manner = (Way::Rows, u32::MAX);
    let ran = run(plan, manner, Access::Write(transaction), settings)?;
    Ok(ran.unwrap_or_default())
}

/// A way of running a plan.
#[derive(Debug, Clone, Copy)]
enum Way {
    Rows,
    Pipelines,
}

/// The rows, and what each operator did.
type Ran = (Rows, Vec<Measure>);

/// Runs a plan in one way; `None` when it took more ticks than it was given.
fn run(
    plan: super::physical::Plan,
    (way, patience): (Way, u32),
    access: Access<'_, '_>,
    settings: &Settings<'_>,
) -> Result<Option<Ran>, QueryError> {
    let watch = if plan.numbered == 0 {
        Watch::Off
    } else {
        Watch::On
    };
    let mode = match way {
        Way::Rows => Mode::Rows,
        Way::Pipelines => Mode::Pipelines {
            width: plan.width,
            subqueries: &plan.subqueries,
        },
    };
    let mut root = build(plan.root, Manner { watch, mode });
    let mode = Mode::Rows;
    let subqueries = plan
        .subqueries
        .into_iter()
        .map(|subquery| build(subquery, Manner { watch, mode }))
        .collect();
    let mut context = Context::new(
        access,
        settings.procedures,
        settings.clock,
        settings.cancel.clone(),
        settings.limits,
        subqueries,
    );
    context.profile = Profile::of(plan.numbered);
    context.files = settings.files;
    context.be_patient_for(patience);
    let mut row = Row::new(plan.width);
    let (names, slots): (Vec<_>, Vec<_>) = plan.columns.into_iter().unzip();
    let mut result = Rows {
        columns: names,
        rows: Vec::new(),
        plan: None,
        notes: Vec::new(),
    };
    let failed = |error, context: &Context<'_, '_>| {
        // Where the clock or the user stopped it is chance, not a place to point at.
        let by_chance = matches!(error, RunError::Cancelled | RunError::TimeLimit { .. });
        let span = context.fault.filter(|_| !by_chance);
        QueryError::Run { error, span }
    };
    loop {
        match root.next(&mut context, &mut row) {
            Ok(true) => {}
            Ok(false) => {
                context.graph().note_reading(context.ticks());
                return Ok(Some((result, context.profile.into_measures())));
            }
            Err(RunError::Cancelled) if context.is_out_of_patience() => return Ok(None),
            Err(error) => return Err(failed(error, &context)),
        }
        if slots.is_empty() {
            continue;
        }
        let graph = context.graph();
        let values = slots
            .iter()
            .map(|slot| with_content(row.value(*slot), graph))
            .collect();
        result.rows.push(values);
        let kept = context
            .check_rows(result.rows.len() as u64)
            .and_then(|()| context.hold(slots.len()));
        match kept {
            Ok(()) => {}
            Err(RunError::Cancelled) if context.is_out_of_patience() => return Ok(None),
            Err(error) => return Err(failed(error, &context)),
        }
    }
}

/// The value with the labels, types and properties of all elements in it, as they are now.
fn with_content(value: &Value, graph: &PropertyGraph) -> Value {
    match value {
        Value::Node(node) => Value::Node(full_node(node, graph)),
        Value::Relationship(relationship) => {
            Value::Relationship(full_relationship(relationship, graph))
        }
        Value::Path(path) => {
            let steps = path
                .steps()
                .iter()
                .map(|(relationship, node)| {
                    let relationship = full_relationship(relationship, graph);
                    (relationship, full_node(node, graph))
                })
                .collect();
            Value::Path(Arc::new(Path::new(full_node(path.start(), graph), steps)))
        }
        Value::List(items) => {
            if items.iter().all(is_plain) {
                return value.clone();
            }
            Value::list(items.iter().map(|item| with_content(item, graph)))
        }
        Value::Map(map) => {
            if map.values().all(is_plain) {
                return value.clone();
            }
            Value::map(
                map.iter()
                    .map(|(key, value)| (Arc::clone(key), with_content(value, graph))),
            )
        }
        Value::Null
        | Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::String(_)
        | Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => value.clone(),
    }
}

/// Whether the value holds no element, at the first look.
fn is_plain(value: &Value) -> bool {
    !matches!(
        value,
        Value::Node(_) | Value::Relationship(_) | Value::Path(_) | Value::List(_) | Value::Map(_)
    )
}

fn full_node(node: &Node, graph: &PropertyGraph) -> Node {
    graph
        .node(node.id())
        .map_or_else(|| node.clone(), crate::graph::NodeView::to_node)
}

fn full_relationship(relationship: &Relationship, graph: &PropertyGraph) -> Relationship {
    graph.relationship(relationship.id()).map_or_else(
        || relationship.clone(),
        crate::graph::RelationshipView::to_relationship,
    )
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::{Duration, Instant};

    use super::{Files, Rows, Settings};
    use crate::base::{Cancel, Clock};
    use crate::graph::{PropertyGraph, Transaction};
    use crate::model::{Map, Value};
    use crate::query::{Limits, Procedures, QueryError, RunError, Tuning, parse};

    /// More rows than any machine finishes.
    const ENDLESS: &str = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b \
                           UNWIND range(1, 100000) AS c RETURN count(*)";

    fn run_with(
        graph: &mut PropertyGraph,
        text: &str,
        limits: Limits,
        cancel: &Cancel,
    ) -> Result<Rows, QueryError> {
        let query = parse(text)?;
        let settings = Settings {
            parameters: &Map::new(),
            procedures: &Procedures::new(),
            files: Files::Forbidden,
            limits,
            cancel: cancel.clone(),
            clock: Clock::System,
            tuning: Tuning::ALL,
        };
        let mut transaction = Transaction::new(graph);
        let rows = crate::query::run(&query, &mut transaction, &settings)?;
        transaction.commit();
        Ok(rows)
    }

    fn error(text: &str, limits: Limits) -> RunError {
        let mut graph = PropertyGraph::new();
        match run_with(&mut graph, text, limits, &Cancel::new()) {
            Err(QueryError::Run { error, .. }) => error,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_query_that_is_stopped_ends_at_once() {
        let cancel = Cancel::new();
        let stopper = cancel.clone();
        let waiting = thread::spawn(move || {
            thread::sleep(Duration::from_millis(50));
            stopper.raise();
            Instant::now()
        });
        let mut graph = PropertyGraph::new();
        let result = run_with(&mut graph, ENDLESS, Limits::default(), &cancel);
        let raised = waiting.join().unwrap();
        assert!(raised.elapsed() < Duration::from_millis(500));
        let stopped = QueryError::from(RunError::Cancelled);
        assert_eq!(result, Err(stopped));
    }

    #[test]
    fn each_limit_has_its_own_error() {
        let time = Limits {
            time_ms: Some(20),
            ..Limits::default()
        };
        assert_eq!(error(ENDLESS, time), RunError::TimeLimit { most_ms: 20 });
        let limits = Limits {
            time_ms: None,
            rows: Some(10),
            values: 1000,
        };
        let cases = [
            (
                "UNWIND range(1, 11) AS a RETURN a",
                RunError::RowLimit { most: 10 },
            ),
            (
                "UNWIND range(1, 900) AS a UNWIND range(1, 900) AS b WITH a, b ORDER BY a RETURN 1",
                RunError::MemoryLimit { most: 1000 },
            ),
            (
                "RETURN range(1, 9223372036854775807)",
                RunError::MemoryLimit { most: 1000 },
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(error(text, limits), expected, "{text}");
        }
    }

    #[test]
    fn values_cannot_be_grown_without_end() {
        let cases = [
            "RETURN reduce(s = 'abc', x IN range(1, 60) | s + s)",
            "RETURN reduce(s = [1], x IN range(1, 60) | s + s)",
            "RETURN reduce(s = 'ab', x IN range(1, 60) | replace(s, 'a', s))",
            "RETURN reduce(s = [], x IN range(1, 100000) | [s])",
        ];
        for text in cases {
            let found = error(text, Limits::default());
            let expected = matches!(found, RunError::MemoryLimit { .. } | RunError::TooDeep);
            assert!(expected, "{text}: {found}");
        }
    }

    #[test]
    fn a_query_that_fails_changes_nothing() {
        let mut graph = PropertyGraph::new();
        let cancel = Cancel::new();
        let mut run = |text| run_with(&mut graph, text, Limits::default(), &cancel);
        run("CREATE (:Person {name: 'Ada'})-[:KNOWS]->(:Person {name: 'Bob'})").unwrap();
        let picture = "MATCH (a)-[r]->(b) RETURN a, r, b, a.name, b.name, labels(a)";
        let before = run(picture).unwrap();
        for text in [
            "MATCH (n) SET n.name = 'x', n:New WITH n CREATE (m) RETURN 1 / 0",
            "MATCH (n {name: 'Ada'}) DELETE n",
            "MATCH (n) DETACH DELETE n WITH 1 AS one RETURN one % 0",
        ] {
            assert!(run(text).is_err(), "{text}");
            assert_eq!(run(picture).unwrap(), before, "{text}");
        }
        let counted = run("MATCH (n:New) RETURN count(n) AS n").unwrap();
        assert_eq!(counted.rows, [[Value::Integer(0)]]);
    }

    #[test]
    fn rows_come_in_the_order_of_ids_whatever_was_undone() {
        let mut graph = PropertyGraph::new();
        let cancel = Cancel::new();
        let mut run = |text| run_with(&mut graph, text, Limits::default(), &cancel);
        run("CREATE (a:Hub) WITH a UNWIND range(1, 5) AS i CREATE (a)-[:TO {i: i}]->(:Leaf)")
            .unwrap();
        let listed = "MATCH (:Hub)-[r]-() RETURN r.i AS i";
        let before = run(listed).unwrap();
        assert_eq!(before.rows.first(), Some(&vec![Value::Integer(1)]));
        run("MATCH ()-[r {i: 2}]->() DELETE r WITH 1 AS one RETURN one / 0").unwrap_err();
        assert_eq!(run(listed).unwrap(), before);
    }

    #[test]
    fn a_sort_of_many_rows_keeps_equal_ones_in_order() {
        let mut graph = PropertyGraph::new();
        let text = "UNWIND range(1, 70000) AS x WITH x ORDER BY x % 7 \
                    WITH collect(x) AS xs \
                    RETURN size(xs) AS n, all(i IN range(1, size(xs) - 1) WHERE \
                      [xs[i - 1] % 7, xs[i - 1]] < [xs[i] % 7, xs[i]]) AS sorted";
        let found = run_with(&mut graph, text, Limits::default(), &Cancel::new()).unwrap();
        assert_eq!(found.rows, [[Value::Integer(70_000), Value::Boolean(true)]]);
    }
}
