//! How times and work grow from one size to the next.
//!
//! An exponent is the logarithm of a ratio over that of the ratio of sizes: 0 does not grow, 1
//! grows as the network does, 2 with its square. Times of a few microseconds are mostly parsing
//! and planning and hardly grow; rows per operator are exact and tell the same story without noise.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use whom::Overview;

use super::questions::Question;

/// A time that grows so much faster than the network is marked.
const STEEP: f64 = 1.25;
/// A difference of exponents that is worth a word.
const WORTH_NAMING: f64 = 0.25;

/// What an operator did: the rows of those that it draws from, and its own.
#[derive(Debug, Clone)]
pub(crate) struct Work {
    pub(crate) operator: String,
    pub(crate) taken: u64,
    pub(crate) given: u64,
}

/// A question at one size.
#[derive(Debug)]
struct Answer {
    time: Duration,
    rows: usize,
    work: Vec<Work>,
}

/// One size.
#[derive(Debug, Default)]
struct Column {
    load: Duration,
    nodes: usize,
    relationships: usize,
    answers: BTreeMap<&'static str, Answer>,
}

/// All measures, which are shown as a table.
pub(crate) struct Growth<'q> {
    sizes: Vec<usize>,
    questions: Vec<&'q Question>,
    columns: Vec<Column>,
}

impl<'q> Growth<'q> {
    pub(crate) fn new(sizes: &[usize], questions: &[&'q Question]) -> Self {
        Self {
            sizes: sizes.to_vec(),
            questions: questions.to_vec(),
            columns: Vec::new(),
        }
    }

    /// Begins the column of the next size.
    pub(crate) fn loaded(&mut self, load: Duration, overview: &Overview) {
        self.columns.push(Column {
            load,
            nodes: overview.nodes,
            relationships: overview.relationships,
            answers: BTreeMap::new(),
        });
    }

    /// Adds a question to the column.
    pub(crate) fn asked(
        &mut self,
        name: &'static str,
        time: Duration,
        rows: usize,
        work: Vec<Work>,
    ) {
        if let Some(column) = self.columns.last_mut() {
            column.answers.insert(name, Answer { time, rows, work });
        }
    }

    /// The exponents from each size to the next of what `measure` says of a column.
    fn exponents(&self, measure: impl Fn(&Column) -> f64) -> Vec<f64> {
        let places = 1..self.columns.len();
        let exponent = |place: usize| {
            let [before, after] = [place - 1, place].map(|place| measure(&self.columns[place]));
            let [small, large] = [place - 1, place].map(|place| real(self.sizes[place]));
            (after.max(f64::MIN_POSITIVE) / before.max(f64::MIN_POSITIVE)).ln()
                / (large / small).ln()
        };
        places.map(exponent).collect()
    }

    fn line(
        &self,
        out: &mut Formatter<'_>,
        name: &str,
        time: impl Fn(&Column) -> Duration,
    ) -> fmt::Result {
        write!(out, "{name:28}")?;
        for column in &self.columns {
            write!(out, " {:>10}", spelled(time(column)))?;
        }
        for exponent in self.exponents(|column| time(column).as_secs_f64()) {
            let mark = if exponent > STEEP { "!" } else { " " };
            write!(out, " {exponent:>7.2}{mark}")?;
        }
        Ok(())
    }

    /// The operators that take in more and more for each row they give, with the question in
    /// which that is worst.
    fn steep_operators(&self) -> BTreeMap<&str, (f64, f64, &'static str)> {
        let mut steep: BTreeMap<&str, (f64, f64, &'static str)> = BTreeMap::new();
        let [.., before, after] = self.columns.as_slice() else {
            return steep;
        };
        let step = |small: u64, large: u64| {
            let sizes = &self.sizes[self.columns.len() - 2..];
            (large_real(large) / large_real(small)).ln() / (real(sizes[1]) / real(sizes[0])).ln()
        };
        for (name, large) in &after.answers {
            let Some(small) = before.answers.get(name) else {
                continue;
            };
            // Two plans that differ cannot be compared operator by operator.
            let names = |answer: &Answer| -> Vec<String> {
                let names = answer.work.iter().map(|work| work.operator.clone());
                names.collect()
            };
            if names(small) != names(large) {
                continue;
            }
            for (small, large) in small.work.iter().zip(&large.work) {
                let told = [small.taken, small.given, large.taken, large.given];
                if told.contains(&0) {
                    continue;
                }
                let taken = step(small.taken, large.taken);
                let given = step(small.given, large.given);
                let entry = steep.entry(&large.operator).or_insert((0.0, 0.0, name));
                if taken - given > WORTH_NAMING && taken - given > entry.0 - entry.1 {
                    *entry = (taken, given, name);
                }
            }
        }
        steep.retain(|_, (taken, given, _)| *taken > *given);
        steep
    }
}

impl Display for Growth<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{:28}", "people")?;
        for size in &self.sizes {
            write!(out, " {size:>10}")?;
        }
        for place in 1..self.sizes.len() {
            write!(out, " {:>8}", format!("growth{place}"))?;
        }
        writeln!(out, " {:>5}  grows with", "rows")?;
        let count = |out: &mut Formatter<'_>, name: &str, count: &dyn Fn(&Column) -> usize| {
            write!(out, "{name:28}")?;
            for column in &self.columns {
                write!(out, " {:>10}", count(column))?;
            }
            for exponent in self.exponents(|column| real(count(column))) {
                write!(out, " {exponent:>7.2} ")?;
            }
            writeln!(out)
        };
        count(out, "nodes", &|column| column.nodes)?;
        count(out, "relationships", &|column| column.relationships)?;
        self.line(out, "load", |column| column.load)?;
        writeln!(out, " {:>5}  bytes of the tables", "")?;
        for question in &self.questions {
            self.line(out, question.name, |column| {
                let answer = column.answers.get(question.name);
                answer.map_or(Duration::ZERO, |answer| answer.time)
            })?;
            let last = self
                .columns
                .last()
                .and_then(|column| column.answers.get(question.name));
            let rows = last.map_or(0, |answer| answer.rows);
            writeln!(out, " {rows:>5}  {}", question.work)?;
        }
        writeln!(
            out,
            "\nMedians. `growthN` is the exponent of the time from the Nth size to the next: 0 does not \
             grow,\n1 grows as the network does; `!` grows faster than that.\n"
        )?;
        writeln!(
            out,
            "Operators that grow faster than the rows they give, in the last step, at their worst:"
        )?;
        for (operator, (taken, given, question)) in self.steep_operators() {
            writeln!(
                out,
                "  {operator:12} takes in {taken:5.2}, gives {given:5.2}  ({question}): {}",
                reason(operator)
            )?;
        }
        writeln!(
            out,
            "A step that gives no rows is counted from degrees and not walked. A search breadth first \
             (ExpandMany\nunder DISTINCT, ShortestPath) looks at all follows of the people it reaches, \
             so it grows with those."
        )
    }
}

/// Why an operator takes in more than it gives.
fn reason(operator: &str) -> &'static str {
    match operator {
        "Aggregate" => "every row is read for one row a group",
        "Distinct" => "every row is read, each value given once",
        "Filter" => "every row is tested, and no index knows which fit",
        "Top" => "every row is compared with the best so far",
        "Limit" => "rows are drawn until there are enough",
        "Expand" | "ExpandMany" | "Ends" | "Walk" => {
            "every relationship of the rows is tried, and few lead to what is sought"
        }
        _ => "it passes on fewer rows than it draws",
    }
}

/// A time with three digits or so.
fn spelled(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1_000.0;
    match ms {
        _ if ms < 0.1 => format!("{:.1} us", ms * 1_000.0),
        _ if ms < 10.0 => format!("{ms:.2} ms"),
        _ if ms < 1_000.0 => format!("{ms:.0} ms"),
        _ => format!("{:.2} s", ms / 1_000.0),
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "shown with two digits")]
fn large_real(count: u64) -> f64 {
    count as f64
}
