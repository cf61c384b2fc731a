//! The map of the code names every folder of `src`, and no folder that is not there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn the_map_names_every_layer_and_no_other() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let map = fs::read_to_string(source.join("ARCHITECTURE.md")).unwrap();
    // The table of layers: the first cell of a row, names between backticks.
    let named: BTreeSet<String> = map
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split(" | ").next())
        .flat_map(|cell| cell.split('`'))
        .filter(|name| name.chars().all(|c| c.is_ascii_lowercase()) && !name.is_empty())
        .map(str::to_owned)
        .collect();
    let there: BTreeSet<String> = fs::read_dir(&source)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| name != "session")
        .collect();
    assert_eq!(named, there);
}

#[test]
fn every_source_file_says_why_it_exists_and_stays_short() {
    let mut faults = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let code = fs::read_to_string(&path).unwrap();
                if !code.starts_with("//!") && !code.starts_with("#![") {
                    faults.push(format!("{} does not open with `//!`", path.display()));
                }
                // Past that a file is two files, except a table that is long because it lists.
                if code.lines().count() > 1_050 {
                    faults.push(format!("{} is too long", path.display()));
                }
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}
