//! The README tells the truth: each `$ whom …` line in its `console` blocks is run, in order, in a
//! fresh folder that holds the examples, and must print what the README says, to the letter.
//!
//! A line `...` in the expected output stands for any number of lines. Blocks of other languages
//! (`sh`) are commands for a fresh machine; the check of a clean clone runs those.

use std::fs;
use std::path::Path;
use std::process::Command;

struct Step {
    line: usize,
    command: String,
    expected: Vec<String>,
}

fn steps(readme: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for (index, line) in readme.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside {
            if let Some(command) = line.strip_prefix("$ ") {
                steps.push(Step {
                    line: index + 1,
                    command: command.to_owned(),
                    expected: Vec::new(),
                });
            } else if let Some(step) = steps.last_mut() {
                step.expected.push(line.to_owned());
            }
        }
    }
    steps
}

/// Whether `found` is `expected`, where an expected line `...` stands for any lines.
fn matches(expected: &[String], found: &[&str]) -> bool {
    match expected.split_first() {
        None => found.is_empty(),
        Some((first, rest)) if first == "..." => {
            (0..=found.len()).any(|skipped| matches(rest, &found[skipped..]))
        }
        Some((first, rest)) => {
            found
                .first()
                .is_some_and(|line| line.trim_end() == first.trim_end())
                && matches(rest, &found[1..])
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&root.join("examples"), &folder.path().join("examples"));
    let program = Path::new(env!("CARGO_BIN_EXE_whom"));
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var_os("PATH").unwrap_or_default().display()
    );
    let steps = steps(&readme);
    assert!(steps.len() >= 5, "the README's commands were not found");
    for step in steps {
        let output = Command::new("sh")
            .args(["-c", &step.command])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env("COLUMNS", "100")
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        let found: Vec<&str> = printed.lines().collect();
        let mut expected = step.expected;
        while expected.last().is_some_and(String::is_empty) {
            expected.pop();
        }
        assert!(
            matches(&expected, &found),
            "README.md, line {}: `{}` prints\n{printed}",
            step.line,
            step.command
        );
    }
}
