//! Runs the scenarios of `tests/query`, written as the openCypher conformance suite writes them.

#[path = "../conformance/expected.rs"]
mod expected;
#[path = "../conformance/gherkin.rs"]
mod gherkin;
#[path = "../conformance/scenario.rs"]
mod scenario;

use std::fs;
use std::path::Path;

#[test]
fn every_scenario_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/query");
    let mut failed = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "feature")
        {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap();
        for scenario in gherkin::scenarios(&fs::read_to_string(&path).unwrap(), name) {
            count += 1;
            if let Err(reason) = scenario::run(&scenario, &scenario::Graphs::new()) {
                failed.push(format!("{name}: {}: {reason}", scenario.name));
            }
        }
    }
    assert!(count > 10, "the scenarios were not found");
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
