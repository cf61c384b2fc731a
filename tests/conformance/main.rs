//! The openCypher conformance suite.
//!
//! The suite is not part of this repository. `WHOM_TCK` names a folder with its `features` and
//! `graphs`; without it the test says so and passes. It prints how many scenarios pass, by area,
//! and fails when one fails that is listed in `passing.txt`. `WHOM_TCK_ACCEPT=1` adds what passes
//! now to the list, which may only grow.
//!
//! A scenario passes when the columns, the rows with their types, the side effects, and for an
//! error its type, phase and detail are as the suite says.
#![cfg(test)]

mod expected;
mod gherkin;
mod scenario;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use self::gherkin::Scenario;
use self::scenario::Graphs;

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            found.push(path);
        }
    }
    found
}

fn suite(root: &Path) -> (Vec<Scenario>, Graphs) {
    let features = root.join("features");
    let scenarios = files(&features, "feature")
        .iter()
        .flat_map(|path| {
            let name = path.strip_prefix(&features).unwrap().with_extension("");
            let text = fs::read_to_string(path).unwrap();
            gherkin::scenarios(&text, name.to_str().unwrap())
        })
        .collect();
    let graphs = files(&root.join("graphs"), "cypher")
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let query = fs::read_to_string(path).unwrap();
            (name, query.trim().trim_end_matches(';').to_owned())
        })
        .collect();
    (scenarios, graphs)
}

#[test]
fn what_passed_still_passes() {
    let Some(root) = std::env::var_os("WHOM_TCK") else {
        eprintln!("skipped: WHOM_TCK names no folder with the conformance suite");
        return;
    };
    let (scenarios, graphs) = suite(Path::new(&root));
    let mut passed = BTreeSet::new();
    let mut areas: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for scenario in &scenarios {
        let area = areas.entry(scenario.area()).or_default();
        area.1 += 1;
        match scenario::run(scenario, &graphs) {
            Ok(()) => {
                area.0 += 1;
                passed.insert(scenario.id());
            }
            Err(reason) => eprintln!("{}: {reason}", scenario.id()),
        }
    }
    eprintln!("{:<40} {:>6} {:>6}", "area", "passed", "of");
    for (area, (passed, all)) in &areas {
        eprintln!("{area:<40} {passed:>6} {all:>6}");
    }
    eprintln!("{:<40} {:>6} {:>6}", "all", passed.len(), scenarios.len());

    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/passing.txt");
    let listed: BTreeSet<String> = fs::read_to_string(&list)
        .unwrap_or_default()
        .lines()
        .map(str::to_owned)
        .collect();
    let here: BTreeSet<String> = scenarios.iter().map(Scenario::id).collect();
    let lost: Vec<&String> = listed
        .iter()
        .filter(|id| here.contains(*id) && !passed.contains(*id))
        .collect();
    assert!(lost.is_empty(), "these passed once: {lost:#?}");
    if std::env::var_os("WHOM_TCK_ACCEPT").is_some() {
        let all: Vec<&str> = listed.union(&passed).map(String::as_str).collect();
        fs::write(list, all.join("\n") + "\n").unwrap();
    }
}
