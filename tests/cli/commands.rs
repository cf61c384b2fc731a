//! Every command once: what it prints, where, and how it ends.

use std::fs;
use std::process::Stdio;

use crate::support::{built, folder, program, ran, whom, whom_with};

fn path(path: &std::path::Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn help_and_version_are_said() {
    let help = whom(&["--help"]);
    assert_eq!(help.code, Some(0));
    assert!(help.out.contains("Exit codes"), "{}", help.out);
    for command in [
        "parse",
        "extract",
        "build",
        "remove",
        "query",
        "ask",
        "run",
        "export",
        "verify",
        "serve",
        "completions",
    ] {
        let help = whom(&[command, "--help"]);
        assert_eq!(help.code, Some(0), "{command}");
        assert!(help.out.contains("Usage"), "{command}");
    }
    let version = whom(&["--version"]);
    assert_eq!(
        version.out.trim(),
        concat!("whom ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn an_unknown_flag_or_command_is_a_matter_of_usage() {
    let cases: [&[&str]; 5] = [
        &["query"],
        &["build", "x.txt"],
        &["--dance"],
        &["biuld"],
        &["query", "x.whom", "RETURN 1", "--param", "novalue"],
    ];
    for arguments in cases {
        let run = whom(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.err);
        assert_eq!(run.out, "");
    }
    assert!(whom(&["biuld"]).err.contains("whom build"));
}

#[test]
fn completions_are_written_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = whom(&["completions", shell]);
        assert_eq!(run.code, Some(0));
        assert!(run.out.contains("whom"), "{shell}");
    }
}

#[test]
fn rows_come_in_every_form() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let statement = "MATCH (p:Person) RETURN p.name AS name, $n AS n ORDER BY name";
    let cases = [
        ("table", "name  n\n────────\nAda   7\nBob   7\n"),
        ("csv", "name,n\nAda,7\nBob,7\n"),
        (
            "jsonl",
            "{\"name\":\"Ada\",\"n\":7}\n{\"name\":\"Bob\",\"n\":7}\n",
        ),
        (
            "markdown",
            "| name | n |\n| --- | --- |\n| Ada | 7 |\n| Bob | 7 |\n",
        ),
    ];
    for (format, expected) in cases {
        let arguments = [
            "query",
            path(&graph),
            statement,
            "--format",
            format,
            "--param",
            "n=7",
        ];
        let run = whom(&arguments);
        assert_eq!(run.out, expected, "{format}");
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    }
}

#[test]
fn a_statement_is_read_from_standard_input() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let run = whom_with(
        &["query", path(&graph), "-", "--format", "csv"],
        b"RETURN 1 + 1 AS two;\n",
    );
    assert_eq!(run.out, "two\n2\n");
}

#[test]
fn what_a_statement_changes_lasts_and_is_said() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let run = whom(&["query", path(&graph), "CREATE (:Person {name: 'Eve'})"]);
    assert_eq!(run.out, "");
    assert_eq!(
        run.err.trim(),
        "1 node created, 1 property set, 1 label added"
    );
    let count = "MATCH (p:Person) RETURN count(p) AS n";
    let run = whom(&["query", path(&graph), count, "--format", "csv"]);
    assert_eq!(run.out, "n\n3\n");
}

#[test]
fn an_error_is_underlined_and_nothing_changes() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let run = whom(&["query", path(&graph), "CREATE (n) RETURN m"]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("undefined-variable"), "{}", run.err);
    assert!(run.err.contains('^'), "{}", run.err);
    let run = whom(&[
        "query",
        path(&graph),
        "MATCH (p:Person) CREATE (:X) RETURN 1 % 0",
    ]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let run = whom(&[
        "query",
        path(&graph),
        "MATCH (x:X) RETURN count(x) AS n",
        "--format",
        "csv",
    ]);
    assert_eq!(run.out, "n\n0\n");
}

#[test]
fn a_plan_is_shown_on_request() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let run = whom(&[
        "query",
        path(&graph),
        "MATCH (p:Person) RETURN p.name",
        "--explain",
    ]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("Person"), "{}", run.out);
    let profile = |format: &str| {
        whom(&[
            "query",
            path(&graph),
            "MATCH (p:Person) RETURN p.name",
            "--profile",
            "--format",
            format,
        ])
    };
    let run = profile("table");
    assert_eq!(run.code, Some(0), "{}", run.err);
    for wanted in ["NodesByLabel", "rows", "time ms"] {
        assert!(run.out.contains(wanted), "{wanted}: {}", run.out);
    }
    let run = profile("json");
    let lines: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let scan = lines.as_array().unwrap().last().unwrap();
    assert_eq!(scan["operator"], "NodesByLabel");
    assert_eq!(scan["rows"], 2);
    assert!(scan["time_ms"].is_number(), "{scan}");
}

#[test]
fn piped_output_has_no_color_unless_asked_for() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let arguments = ["query", path(&graph), "RETURN x"];
    assert!(!whom(&arguments).err.contains('\u{1b}'));
    let always = whom(&["query", path(&graph), "RETURN x", "--color", "always"]);
    assert!(always.err.contains('\u{1b}'));
    let no = program()
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(!ran(&no).err.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let mut child = program()
        .args([
            "query",
            path(&graph),
            "UNWIND range(1, 200000) AS x RETURN x",
            "--format",
            "csv",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = ran(&child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn a_full_device_is_a_failure() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let output = program()
        .args(["query", path(&graph), "RETURN 1"])
        .stdout(full)
        .output()
        .unwrap();
    let run = ran(&output);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("cannot write the output"), "{}", run.err);
}

#[test]
fn a_text_is_parsed_in_three_forms() {
    let text = b"Jets hit the town.";
    let conllu = whom_with(&["parse"], text);
    assert_eq!(conllu.code, Some(0), "{}", conllu.err);
    assert!(conllu.out.contains("# text = Jets hit the town."));
    let json = whom_with(&["parse", "-", "--format", "json"], text);
    assert!(json.out.contains("\"deprel\":\"root\""), "{}", json.out);
    let tree = whom_with(&["parse", "--format", "tree"], text);
    assert!(tree.out.contains("hit VERB root"), "{}", tree.out);
}

#[test]
fn given_tokens_are_kept() {
    let folder = folder();
    let file = folder.path().join("given.conllu");
    let line = |id: usize, form: &str| format!("{id}\t{form}\t_\t_\t_\t_\t0\troot\t_\t_\n");
    let words = ["Semi-", "skilled", "men", "left", "."];
    let text: String = words
        .iter()
        .enumerate()
        .map(|(index, form)| line(index + 1, form))
        .collect();
    fs::write(
        &file,
        format!("# text = Semi- skilled men left .\n{text}\n"),
    )
    .unwrap();
    let run = whom(&["parse", "--tokens", path(&file)]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let forms: Vec<&str> = run
        .out
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    assert_eq!(forms, words);
}

#[test]
fn statements_are_shown_in_three_forms() {
    let text = b"The Brandt Foundation backs the river project.";
    let table = whom_with(&["extract"], text);
    assert_eq!(table.code, Some(0), "{}", table.err);
    assert!(table.out.contains("back"), "{}", table.out);
    let jsonl = whom_with(&["extract", "--format", "jsonl"], text);
    assert!(jsonl.out.contains("\"relation\":\"back\""), "{}", jsonl.out);
    let folder = folder();
    let file = folder.path().join("sentences.jsonl");
    let line = r#"{"id": "a1", "sentence": "The fund backs the project ."}"#;
    fs::write(&file, format!("{line}\n")).unwrap();
    let openie = whom(&["extract", "--sentences", path(&file), "--format", "openie"]);
    assert!(openie.out.contains("\"id\":\"a1\""), "{}", openie.out);
    assert!(
        openie.out.contains("\"relation\":\"backs\""),
        "{}",
        openie.out
    );
}

#[test]
fn a_question_is_answered_with_its_query_and_its_sentence() {
    let run = whom(&["ask", path(built()), "Who backs the river project?"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("MATCH"), "{}", run.out);
    assert!(run.out.contains("Brandt Foundation"), "{}", run.out);
    assert!(
        run.out
            .contains("\"The Brandt Foundation backs the river project.\"")
    );
    let json = whom(&[
        "ask",
        path(built()),
        "Who backs the river project?",
        "--format",
        "jsonl",
    ]);
    let parsed: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(
        parsed["answers"][0]
            .as_str()
            .unwrap()
            .contains("Brandt Foundation")
    );
}

#[test]
fn what_the_graph_does_not_hold_is_said_to_be_missing() {
    let run = whom(&["ask", path(built()), "Who invaded Portugal?"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.out.contains("nothing in the graph says so"),
        "{}",
        run.out
    );
}

#[test]
fn a_batch_of_questions_gives_a_line_each() {
    let lines = "{\"id\": \"1\", \"question\": \"Who backs the river project?\"}\n\n\
                 {\"id\": 2, \"question\": \"Who invaded Portugal?\"}\n";
    let run = whom_with(&["ask", path(built()), "--batch", "-"], lines.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.err);
    let answers: Vec<serde_json::Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0]["id"], "1");
    assert_eq!(
        answers[0]["evidence"][0],
        "The Brandt Foundation backs the river project."
    );
    assert_eq!(answers[1]["id"], 2);
    assert_eq!(answers[1]["answers"], serde_json::json!([]));
}

#[test]
fn a_graph_is_exported_whole_or_in_part() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let whole = whom(&["export", path(&graph), "--format", "dot"]);
    assert_eq!(whole.code, Some(0));
    assert!(whole.out.starts_with("digraph") && whole.out.contains("Bob"));
    let file = folder.path().join("part.json");
    let statement = "MATCH (p {name: 'Ada'}) RETURN p";
    let part = whom(&[
        "export",
        path(&graph),
        "--format",
        "json",
        "--query",
        statement,
        "-o",
        path(&file),
    ]);
    assert_eq!((part.code, part.out.as_str()), (Some(0), ""));
    let written = fs::read_to_string(&file).unwrap();
    assert!(
        written.contains("Ada") && !written.contains("Bob"),
        "{written}"
    );
    let unknown = whom(&["export", path(&graph), "--format", "dto"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.err.contains("did you mean `dot`"),
        "{}",
        unknown.err
    );
}

#[test]
fn evidence_is_verified() {
    let sound = whom(&["verify", path(built())]);
    assert_eq!(sound.code, Some(0), "{}", sound.out);
    assert!(sound.out.starts_with("sound: 1 document"), "{}", sound.out);
}

#[test]
fn the_shell_reads_statements_without_a_terminal() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let input = b":format csv\nMATCH (p:Person)\nRETURN p.name AS name\nORDER BY name;\n\
                  :param n=3\nRETURN $n AS n; RETURN 2 AS two;\n:quit\nRETURN 9 AS nine;\n";
    let run = whom_with(&[path(&graph)], input);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.out, "name\nAda\nBob\nn\n3\ntwo\n2\n");
    let failed = whom_with(&[path(&graph)], b"RETURN x;\nRETURN 1 AS one;\n");
    assert_eq!(failed.code, Some(3));
    assert!(!failed.out.contains("one"));
}

#[test]
fn the_commands_of_the_shell_do_what_they_say() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let script = folder.path().join("script.cypher");
    fs::write(&script, "RETURN 'from the script' AS x;").unwrap();
    let picture = folder.path().join("picture.dot");
    let input = format!(
        ":help\n:help graph.pagerank\n:help functions\n:schema\n:timing on\n:source {}\nMATCH (a)-[r]->(b) RETURN a, r, b;\n:export dot {}\n\
         :explain MATCH (n) RETURN n\n:profile MATCH (n) RETURN count(n)\n",
        path(&script),
        path(&picture),
    );
    let run = whom_with(&[path(&graph)], input.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.err);
    for wanted in [
        ":export FORMAT",
        "CALL graph.pageRank(options",
        "toUpper(text :: STRING) :: STRING",
        "KNOWS",
        "from the script",
        "(Ada)",
        "Aggregate",
    ] {
        assert!(run.out.contains(wanted), "{wanted}: {}", run.out);
    }
    assert!(run.err.contains("ms"), "{}", run.err);
    let drawn = fs::read_to_string(&picture).unwrap();
    assert!(drawn.contains("Ada") && drawn.contains("knows"), "{drawn}");
    let unknown = whom_with(&[path(&graph)], b":shcema\n");
    assert_eq!(unknown.code, Some(3));
    assert!(
        unknown.err.contains("did you mean `:schema`"),
        "{}",
        unknown.err
    );
}

#[test]
fn a_question_may_lean_on_the_one_before() {
    let both = "What did Ilse Kern open? When did she?";
    let run = whom(&["ask", path(built()), both, "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let answers: Vec<serde_json::Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 2);
    assert!(
        answers[0]["answers"][0]
            .as_str()
            .unwrap()
            .contains("bridge")
    );
    assert!(
        answers[1]["answers"][0]
            .as_str()
            .unwrap()
            .contains("Monday")
    );
}
