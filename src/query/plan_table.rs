//! A plan as a table: an operator a line, drawn as a tree, with the rows that are expected and,
//! when the query was run, those that there were and the time they took.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::base::Id;
use crate::model::Value;

use super::checked::{Slot, SubqueryId};
use super::exec::Measure;
use super::explain::heading;
use super::logical::{Numbers, Operator, Plan};

/// A plan as a table. The first line is the last operator to work; each draws its rows from the
/// line below it and from those that branch off below it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanTable {
    /// The operators.
    pub lines: Vec<PlanLine>,
    /// Whether the query was run, so that there are measures.
    pub is_measured: bool,
}

/// One operator of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanLine {
    /// What is drawn before its name to show what it belongs to.
    pub branch: String,
    /// The line that draws rows from it.
    pub parent: Option<usize>,
    /// Its kind: `Expand`.
    pub operator: String,
    /// What it does to what: `(a)-[r:KNOWS]->(b)`.
    pub details: String,
    /// About how many rows it gives, where that is known.
    pub estimated_rows: Option<f64>,
    /// What it did.
    pub measure: Option<Measure>,
}

/// What is known of the operators of a plan, by their numbers.
pub(super) struct Findings<'f> {
    pub(super) numbers: &'f Numbers,
    pub(super) estimates: &'f [Option<f64>],
    /// What each did; empty if the query was not run.
    pub(super) measures: &'f [Measure],
    /// What the whole query did.
    pub(super) whole: Option<Measure>,
}

/// `plan` as a table. `names` are what the slots are called in the query.
pub(super) fn plan_table(
    plan: &Plan,
    names: &BTreeMap<Slot, String>,
    findings: &Findings<'_>,
) -> PlanTable {
    let mut drawer = Drawer {
        plan,
        names,
        findings,
        lines: Vec::new(),
    };
    let mut parent = None;
    if !plan.columns.is_empty() {
        let columns: Vec<&str> = plan
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        drawer.lines.push(PlanLine {
            branch: String::new(),
            parent,
            operator: "Return".to_owned(),
            details: columns.join(", "),
            estimated_rows: drawer.estimated(&plan.root),
            measure: findings.whole,
        });
        parent = Some(0);
    }
    drawer.chain(&plan.root, Pen::default(), parent);
    PlanTable {
        lines: drawer.lines,
        is_measured: !findings.measures.is_empty(),
    }
}

struct Drawer<'d> {
    plan: &'d Plan,
    names: &'d BTreeMap<Slot, String>,
    findings: &'d Findings<'d>,
    lines: Vec<PlanLine>,
}

/// What is drawn before the first line of a chain, and before those that follow.
#[derive(Default)]
struct Pen {
    first: String,
    rest: String,
}

/// Something that an operator starts anew.
#[derive(Clone, Copy)]
enum Inner<'i> {
    Operator(&'i Operator),
    Subquery(SubqueryId),
}

impl Drawer<'_> {
    fn estimated(&self, operator: &Operator) -> Option<f64> {
        let number = self.findings.numbers.number(operator);
        self.findings.estimates.get(number).copied().flatten()
    }

    fn measure(&self, operator: &Operator) -> Option<Measure> {
        let number = self.findings.numbers.number(operator);
        self.findings.measures.get(number).copied()
    }

    /// Draws an operator, what it starts anew one column to the right, and its inputs below it.
    fn chain(&mut self, last: &Operator, mut pen: Pen, mut parent: Option<usize>) {
        let mut at = Some(last);
        while let Some(operator) = at {
            at = operator.input();
            if matches!(operator, Operator::Argument) {
                continue;
            }
            let heading = heading(operator, self.names);
            let (kind, details) = heading.split_once(' ').unwrap_or((&heading, ""));
            let (kind, details) = (kind.to_owned(), details.to_owned());
            self.draw(&mut pen, parent, kind, details, operator);
            parent = self.lines.len().checked_sub(1);
            let mut inner: Vec<Inner<'_>> = Vec::new();
            inner.extend(operator.inner().into_iter().map(Inner::Operator));
            let expressions = operator.expressions();
            let subqueries = expressions.iter().flat_map(|part| part.subqueries());
            inner.extend(subqueries.map(Inner::Subquery));
            let ends = at.is_none_or(|input| matches!(input, Operator::Argument));
            let count = inner.len();
            for (index, part) in inner.into_iter().enumerate() {
                let (corner, side) = if ends && index + 1 == count {
                    ("└─ ", "   ")
                } else {
                    ("├─ ", "│  ")
                };
                let inner_pen = Pen {
                    first: format!("{}{corner}", pen.rest),
                    rest: format!("{}{side}", pen.rest),
                };
                self.inner(part, inner_pen, parent);
            }
        }
    }

    fn inner(&mut self, inner: Inner<'_>, mut pen: Pen, parent: Option<usize>) {
        match inner {
            Inner::Operator(operator) => self.chain(operator, pen, parent),
            Inner::Subquery(id) => {
                let plan = self.plan;
                let Some(root) = plan.subqueries.get(id.index()) else {
                    return;
                };
                let details = id.index().to_string();
                self.draw(&mut pen, parent, "Subquery".to_owned(), details, root);
                let parent = self.lines.len().checked_sub(1);
                self.chain(root, pen, parent);
            }
        }
    }

    /// Adds a line with what is known of `operator`.
    fn draw(
        &mut self,
        pen: &mut Pen,
        parent: Option<usize>,
        kind: String,
        details: String,
        operator: &Operator,
    ) {
        let line = PlanLine {
            branch: std::mem::replace(&mut pen.first, pen.rest.clone()),
            parent,
            operator: kind,
            details,
            estimated_rows: self.estimated(operator),
            measure: self.measure(operator),
        };
        self.lines.push(line);
    }
}

impl PlanTable {
    /// The names of the columns of [`PlanTable::rows`].
    pub fn columns(&self) -> Vec<String> {
        let mut columns = vec!["id", "parent", "operator", "details", "estimated_rows"];
        if self.is_measured {
            columns.extend(["rows", "starts", "time_ms", "own_time_ms"]);
        }
        columns.into_iter().map(str::to_owned).collect()
    }

    /// A row for each line, for programs. `parent` is the `id` of the line that draws from it.
    pub fn rows(&self) -> Vec<Vec<Value>> {
        self.lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                let estimated = line.estimated_rows.map(f64::round);
                let mut row = vec![
                    integer(index as u64),
                    line.parent.map(|parent| integer(parent as u64)).into(),
                    Value::from(line.operator.as_str()),
                    Value::from(line.details.as_str()),
                    estimated.map(Value::from).into(),
                ];
                if self.is_measured {
                    let measure = line.measure.unwrap_or_default();
                    let timed = (measure.starts > 0).then_some(measure);
                    row.extend([
                        integer(measure.rows),
                        timed.map(|timed| integer(timed.starts)).into(),
                        timed.map(|timed| Value::from(millis(timed.total))).into(),
                        timed.map(|timed| Value::from(millis(timed.own))).into(),
                    ]);
                }
                row
            })
            .collect()
    }

    /// Head and cells of the table for people; numbers stand at the right of their columns.
    pub fn texts(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let mut head = vec!["operator", "details", "estimated"];
        if self.is_measured {
            head.extend(["rows", "starts", "time ms", "own ms"]);
        }
        let mut head: Vec<String> = head.into_iter().map(str::to_owned).collect();
        let mut rows: Vec<Vec<String>> = self.lines.iter().map(|line| self.cells(line)).collect();
        for (column, title) in head.iter_mut().enumerate().skip(2) {
            let cells = rows.iter_mut().filter_map(|row| row.get_mut(column));
            let mut cells: Vec<&mut String> = cells.chain(std::iter::once(title)).collect();
            let width = cells.iter().map(|cell| cell.len()).max().unwrap_or(0);
            for cell in &mut cells {
                **cell = format!("{cell:>width$}");
            }
        }
        (head, rows)
    }

    fn cells(&self, line: &PlanLine) -> Vec<String> {
        let estimated = match line.estimated_rows {
            None => String::new(),
            Some(rows) if rows > 0.0 && rows < 0.5 => "<1".to_owned(),
            Some(rows) => format!("{rows:.0}"),
        };
        let mut cells = vec![
            format!("{}{}", line.branch, line.operator),
            line.details.clone(),
            estimated,
        ];
        if self.is_measured {
            let measure = line.measure.unwrap_or_default();
            cells.push(measure.rows.to_string());
            if measure.starts == 0 {
                cells.extend([String::new(), String::new(), String::new()]);
            } else {
                cells.extend([
                    measure.starts.to_string(),
                    format!("{:.2}", millis(measure.total)),
                    format!("{:.2}", millis(measure.own)),
                ]);
            }
        }
        cells
    }
}

fn integer(number: u64) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn millis(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1000.0
}
