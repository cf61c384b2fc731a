//! The layers are held in order: an import that the table does not allow fails here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with the layers it may use, lowest first.
const MAY_USE: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("model", &["base"]),
    ("graph", &["base", "model"]),
    ("store", &["base", "model", "graph"]),
    ("text", &["base"]),
    ("extract", &["base", "model", "text"]),
    ("resolve", &["base", "model", "text", "extract"]),
    (
        "ingest",
        &["base", "model", "graph", "text", "extract", "resolve"],
    ),
    ("query", &["base", "model", "graph"]),
    ("question", &["base", "model", "graph", "text", "query"]),
    ("export", &["base", "model", "graph"]),
    (
        "session",
        &[
            "base", "model", "graph", "store", "text", "extract", "resolve", "ingest", "query",
            "question", "export", "error",
        ],
    ),
    // The binary's own folders see the library from outside, and each other.
    ("cli", &["cli", "shell"]),
    ("shell", &["cli", "shell"]),
];

/// Crates that one layer alone may see, so that each can be replaced in one folder.
const ONE_OWNER: &[(&str, &str)] = &[
    ("petgraph", "graph"),
    ("rusqlite", "store"),
    ("archmage", "text"),
    ("rten_gemm", "text"),
    ("rten_simd", "text"),
    ("rten_tensor", "text"),
    ("safetensors", "text"),
    ("rustyline", "shell"),
];

/// What may touch the file system, below `src`. The binary's folders may besides.
const TOUCH_FILES: &[&str] = &[
    "store",
    "ingest/read/table.rs",
    "ingest/source.rs",
    "text/model.rs",
    "session/files.rs",
    "session/tables",
    "cli",
    "shell",
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return files;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn layers_use_only_what_is_listed() {
    let mut breaches = BTreeSet::new();
    let mut seen = 0;
    for (layer, allowed) in MAY_USE {
        for file in rust_files(&source().join(layer)) {
            seen += 1;
            let code = fs::read_to_string(&file).unwrap();
            for path in code.split("crate::").skip(1) {
                let used: String = path
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if used != *layer && !allowed.contains(&used.as_str()) {
                    let place = file.strip_prefix(source()).unwrap().display().to_string();
                    breaches.insert(format!("{place} uses crate::{used}"));
                }
            }
        }
    }
    assert!(seen > 10, "the layers were not found");
    assert_eq!(breaches, BTreeSet::new());
}

#[test]
fn each_folder_of_src_is_a_listed_layer() {
    let listed: BTreeSet<String> = MAY_USE
        .iter()
        .map(|(layer, _)| (*layer).to_owned())
        .collect();
    let found: BTreeSet<String> = fs::read_dir(source())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, listed);
}

#[test]
fn each_heavy_dependency_has_one_owner() {
    let mut breaches = BTreeSet::new();
    for file in rust_files(&source()) {
        let code = fs::read_to_string(&file).unwrap();
        let place = file.strip_prefix(source()).unwrap();
        for (dependency, owner) in ONE_OWNER {
            let named = code.contains(&format!("{dependency}::"));
            if named && !place.starts_with(owner) {
                breaches.insert(format!("{} uses {dependency}", place.display()));
            }
        }
    }
    assert_eq!(breaches, BTreeSet::new());
}

#[test]
fn only_few_places_touch_files() {
    let mut breaches = BTreeSet::new();
    for file in rust_files(&source()) {
        let code = fs::read_to_string(&file).unwrap();
        let code = code.split("#[cfg(test)]").next().unwrap();
        let place = file.strip_prefix(source()).unwrap();
        let touches = ["std::fs", "File::open", "std::net", "std::env"]
            .iter()
            .any(|name| code.contains(name));
        if touches && !TOUCH_FILES.iter().any(|known| place.starts_with(known)) {
            breaches.insert(place.display().to_string());
        }
    }
    assert_eq!(breaches, BTreeSet::new());
}
