//! Runs one scenario against a session.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use whom::model::Map;
use whom::{Error, Outcome, Session};

use super::expected::{of_value, of_written, value};
use super::gherkin::{Scenario, Step};

/// Named graphs that scenarios may start from: the query that makes each.
pub(crate) type Graphs = BTreeMap<String, String>;

/// What is in a graph, to count side effects from.
#[derive(Default, PartialEq)]
struct Snapshot {
    nodes: BTreeSet<i64>,
    relationships: BTreeSet<i64>,
    labels: BTreeSet<String>,
    properties: BTreeSet<(char, i64, String, String)>,
}

impl Snapshot {
    fn of(session: &Session) -> Self {
        let mut all = Self::default();
        for node in session.graph().nodes() {
            let node = node.to_node();
            let id = node.id().number();
            all.nodes.insert(id);
            all.labels
                .extend(node.labels().iter().map(ToString::to_string));
            all.properties.extend(
                node.properties()
                    .iter()
                    .map(|(key, value)| ('n', id, key.to_string(), of_value(value, false))),
            );
        }
        for relationship in session.graph().relationships() {
            let relationship = relationship.to_relationship();
            let id = relationship.id().number();
            all.relationships.insert(id);
            all.properties.extend(
                relationship
                    .properties()
                    .iter()
                    .map(|(key, value)| ('r', id, key.to_string(), of_value(value, false))),
            );
        }
        all
    }

    fn effects(&self, after: &Self) -> BTreeMap<String, usize> {
        fn count<T: Ord>(
            what: &str,
            before: &BTreeSet<T>,
            after: &BTreeSet<T>,
            into: &mut BTreeMap<String, usize>,
        ) {
            into.insert(format!("+{what}"), after.difference(before).count());
            into.insert(format!("-{what}"), before.difference(after).count());
        }
        let mut effects = BTreeMap::new();
        count("nodes", &self.nodes, &after.nodes, &mut effects);
        count(
            "relationships",
            &self.relationships,
            &after.relationships,
            &mut effects,
        );
        count("labels", &self.labels, &after.labels, &mut effects);
        count(
            "properties",
            &self.properties,
            &after.properties,
            &mut effects,
        );
        effects.retain(|_, count| *count > 0);
        effects
    }
}

/// What is wrong with what the engine did; `Ok` if nothing is. Time as the queries take.
pub(crate) fn run(scenario: &Scenario, graphs: &Graphs) -> Result<(), String> {
    let mut session = Session::in_memory();
    let mut parameters = Map::new();
    let mut before = Snapshot::default();
    let mut outcome: Option<Result<Outcome, Error>> = None;
    for step in &scenario.steps {
        let text = step.text.as_str();
        let doc = step.doc.as_deref().unwrap_or_default();
        match text {
            "an empty graph" | "any graph" => {}
            "having executed:" => {
                session
                    .query(doc, &Map::new())
                    .map_err(|error| format!("set-up: {error}"))?;
            }
            "parameters are:" => {
                parameters = step
                    .table
                    .iter()
                    .map(|row| (Arc::from(row[0].as_str()), value(&row[1])))
                    .collect();
            }
            "executing query:" | "executing control query:" => {
                before = Snapshot::of(&session);
                outcome = Some(session.query(doc, &parameters));
            }
            "no side effects" | "the side effects should be:" => {
                succeeded(outcome.as_ref())?;
                check_effects(step, &before, &session)?;
            }
            _ if text.starts_with("the result should be") => {
                check_rows(step, succeeded(outcome.as_ref())?)?;
            }
            _ if text.contains(" should be raised at ") => check_error(text, outcome.as_ref())?,
            _ => prepare(step, graphs, &mut session)?,
        }
    }
    Ok(())
}

fn prepare(step: &Step, graphs: &Graphs, session: &mut Session) -> Result<(), String> {
    let text = step.text.as_str();
    if let Some(signature) = text
        .strip_prefix("there exists a procedure ")
        .and_then(|signature| signature.strip_suffix(':'))
    {
        let rows = step.table.iter().skip(1);
        let rows = rows
            .map(|row| row.iter().map(|cell| value(cell)).collect())
            .collect();
        return session
            .register_procedure(signature, rows)
            .map_err(|error| error.to_string());
    }
    let named = text
        .strip_prefix("the ")
        .and_then(|name| name.strip_suffix(" graph"))
        .and_then(|name| graphs.get(name));
    match named {
        Some(query) => session
            .query(query, &Map::new())
            .map(drop)
            .map_err(|error| error.to_string()),
        None => Err(format!("unknown step: {text}")),
    }
}

fn succeeded(outcome: Option<&Result<Outcome, Error>>) -> Result<&Outcome, String> {
    match outcome {
        Some(Ok(outcome)) => Ok(outcome),
        Some(Err(error)) => Err(format!("an error: {error}")),
        None => Err("nothing was run".to_owned()),
    }
}

/// Checks the error's type, its phase and its detail.
fn check_error(text: &str, outcome: Option<&Result<Outcome, Error>>) -> Result<(), String> {
    let (wanted_type, rest) = text
        .split_once(" should be raised at ")
        .ok_or("a step about an error")?;
    let wanted_type = wanted_type.rsplit(' ').next().unwrap_or_default();
    let (wanted_phase, wanted_detail) = rest.split_once(": ").ok_or("a step about an error")?;
    let error = match outcome {
        Some(Err(Error::Query(error))) => error,
        Some(Err(error)) => return Err(format!("an error of another layer: {error}")),
        Some(Ok(outcome)) => return Err(format!("no error, but {:?}", outcome.rows)),
        None => return Err("nothing was run".to_owned()),
    };
    let found = error.classification();
    let fits = found.error_type == wanted_type
        && (wanted_phase == "any time" || found.phase.name() == wanted_phase)
        && (wanted_detail == "*" || found.detail == wanted_detail);
    if fits {
        Ok(())
    } else {
        Err(format!("another error: {found:?} ({error})"))
    }
}

fn check_effects(step: &Step, before: &Snapshot, session: &Session) -> Result<(), String> {
    let found = before.effects(&Snapshot::of(session));
    let wanted: BTreeMap<String, usize> = step
        .table
        .iter()
        .map(|row| (row[0].clone(), row[1].parse().unwrap_or(0)))
        .filter(|(_, count)| *count > 0)
        .collect();
    if found == wanted {
        Ok(())
    } else {
        Err(format!("side effects: expected {wanted:?}, got {found:?}"))
    }
}

fn check_rows(step: &Step, outcome: &Outcome) -> Result<(), String> {
    if step.text == "the result should be empty" {
        return if outcome.rows.is_empty() {
            Ok(())
        } else {
            Err(format!("rows: expected none, got {}", outcome.rows.len()))
        };
    }
    let unordered = step.text.contains("ignoring element order");
    let Some((header, rows)) = step.table.split_first() else {
        return Err("a result without a table".to_owned());
    };
    if *header != outcome.columns {
        return Err(format!(
            "columns: expected {header:?}, got {:?}",
            outcome.columns
        ));
    }
    let mut wanted: Vec<String> = rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row.iter().map(|cell| of_written(cell, unordered)).collect();
            cells.join(" | ")
        })
        .collect();
    let mut found: Vec<String> = outcome
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row.iter().map(|value| of_value(value, unordered)).collect();
            cells.join(" | ")
        })
        .collect();
    if !step.text.contains("in order") {
        wanted.sort();
        found.sort();
    }
    if wanted == found {
        Ok(())
    } else {
        Err(format!("rows: expected {wanted:#?}, got {found:#?}"))
    }
}
