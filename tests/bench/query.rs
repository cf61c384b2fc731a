//! Times loading and querying a social network of several sizes, and shows how times grow.
//!
//! ```text
//! cargo bench --bench query                                  1,000 and 10,000 people
//! cargo bench --bench query -- --sizes 1000,10000,100000     other sizes
//! cargo bench --bench query -- --only 'two steps'            questions whose name has that in it
//! cargo bench --bench query -- --write FOLDER --sizes 1000   no times: only the tables and
//!                                                            questions, as `peers.py` reads them
//! ```
//!
//! Times are never asserted: they are as good as the machine is idle. What work a query may do is
//! held by `tests/suite/work.rs`; how the times compare with those of other engines is shown by
//! `tests/bench/peers.py`.
#![expect(clippy::print_stdout, reason = "the output of a program")]
#![expect(
    clippy::indexing_slicing,
    reason = "a benchmark that goes wrong may end itself"
)]

mod growth;
mod network;
mod questions;

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;
use whom::Session;
use whom::model::{Map, WiredMap};

use self::growth::{Growth, Work};
use self::questions::{QUESTIONS, Question};

/// How often a question is asked at most, after a first time that is not counted.
const MOST_RUNS: usize = 9;
/// How long a question may be asked again and again.
const BUDGET: Duration = Duration::from_millis(1_500);

/// What the command line asks for.
struct Settings {
    sizes: Vec<usize>,
    only: String,
    write: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let settings = settings(env::args().skip(1))?;
    if let Some(folder) = &settings.write {
        return write(folder, settings.sizes[0]);
    }
    let questions: Vec<&Question> = QUESTIONS
        .iter()
        .filter(|question| question.name.contains(&settings.only))
        .collect();
    let mut growth = Growth::new(&settings.sizes, &questions);
    for people in &settings.sizes {
        measure(*people, &questions, &mut growth)?;
    }
    print!("{growth}");
    Ok(())
}

fn settings(mut arguments: impl Iterator<Item = String>) -> Result<Settings, Box<dyn Error>> {
    let mut settings = Settings {
        sizes: vec![1_000, 10_000],
        only: String::new(),
        write: None,
    };
    while let Some(argument) = arguments.next() {
        // Cargo says what it runs.
        if argument == "--bench" {
            continue;
        }
        let value = arguments
            .next()
            .ok_or_else(|| format!("`{argument}` needs a value"))?;
        match argument.as_str() {
            "--sizes" => {
                let sizes = value.split(',').map(|size| size.trim().parse());
                settings.sizes = sizes.collect::<Result<_, _>>()?;
            }
            "--only" => settings.only = value,
            "--write" => settings.write = Some(PathBuf::from(value)),
            _ => return Err(format!("there is no option `{argument}`").into()),
        }
    }
    // The questions name people by their numbers.
    if settings.sizes.iter().any(|size| *size < 1_000) {
        return Err("a network has at least 1,000 people".into());
    }
    Ok(settings)
}

/// Writes the tables of a network and the questions into `folder`.
fn write(folder: &Path, people: usize) -> Result<(), Box<dyn Error>> {
    network::write(folder, people)?;
    let questions: Vec<serde_json::Value> = QUESTIONS
        .iter()
        .map(|question| {
            let statements: Vec<String> = question
                .statements
                .iter()
                .map(|text| one_line(text))
                .collect();
            let parameters: serde_json::Value = serde_json::from_str(question.parameters)?;
            Ok(json!({
                "name": question.name,
                "statements": statements,
                "answers": question.answers,
                "parameters": parameters,
            }))
        })
        .collect::<Result<_, serde_json::Error>>()?;
    let text = format!("{:#}\n", serde_json::Value::from(questions));
    fs::write(folder.join("questions.json"), text)?;
    println!("{people} people in {}", folder.display());
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Loads a network of so many people and asks everything of it.
fn measure(
    people: usize,
    questions: &[&Question],
    growth: &mut Growth<'_>,
) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let tables = network::write(folder.path(), people)?;
    let mut session = Session::in_memory();
    let start = Instant::now();
    session.load_tables(folder.path(), &tables.nodes, &tables.relationships)?;
    growth.loaded(start.elapsed(), &session.overview());
    for question in questions {
        let WiredMap(parameters): WiredMap = serde_json::from_str(question.parameters)?;
        let rows = ask(&mut session, question, &parameters)?;
        let mut times = Vec::new();
        let start = Instant::now();
        while times.is_empty() || (times.len() < MOST_RUNS && start.elapsed() < BUDGET) {
            let start = Instant::now();
            ask(&mut session, question, &parameters)?;
            times.push(start.elapsed());
        }
        times.sort();
        let work = work(&mut session, question, &parameters)?;
        growth.asked(question.name, times[times.len() / 2], rows, work);
    }
    Ok(())
}

/// How many rows the answer has.
fn ask(session: &mut Session, question: &Question, parameters: &Map) -> Result<usize, whom::Error> {
    let mut rows = 0;
    for (number, statement) in question.statements.iter().enumerate() {
        let outcome = session.query(statement, parameters)?;
        if number == question.answers {
            rows = outcome.rows.len();
        }
    }
    Ok(rows)
}

/// What each operator of the statement that gives the answer took in and gave.
fn work(
    session: &mut Session,
    question: &Question,
    parameters: &Map,
) -> Result<Vec<Work>, whom::Error> {
    let outcome = session.profile(question.statements[question.answers], parameters)?;
    let lines = outcome.plan.unwrap_or_default().lines;
    let rows = |number: usize| {
        let measure = lines[number].measure.as_ref();
        measure.map_or(0, |measure| measure.rows)
    };
    let work = lines.iter().enumerate().map(|(number, line)| {
        let below = (0..lines.len()).filter(|other| lines[*other].parent == Some(number));
        Work {
            operator: line.operator.clone(),
            taken: below.map(rows).sum(),
            given: rows(number),
        }
    });
    Ok(work.collect())
}
