//! Times reading: words a second of the whole way from text to CoNLL-U, on one thread and on two.
//!
//! ```text
//! cargo bench --bench parse                                  a text made up here
//! WHOM_TEXT=news.txt cargo bench --bench parse               a file, or the files of a folder
//! cargo bench --bench parse -- --tokens FILE                 no times: only the sentences, cut
//!                                                            into tokens, as `parse.py` reads them
//! ```
//!
//! Times are never asserted: they are as good as the machine is idle. Time by the clock and time of
//! the processor are both shown; the second says more where others use the machine. How much of
//! it goes into products of matrices, `share.py` says.
#![expect(clippy::print_stdout, reason = "the output of a program")]

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use whom::text::{Annotator, Document, Input, Token, conllu};

/// How often the text is read.
const RUNS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let texts = texts()?;
    let began = Instant::now();
    let annotator = Annotator::new()?;
    println!(
        "loading the model: {:.0} ms",
        began.elapsed().as_secs_f64() * 1e3
    );
    let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
    if let (Some("--tokens"), Some(file)) = (arguments.next().as_deref(), arguments.next()) {
        fs::write(file, tokens(&read(&annotator, &texts)))?;
        return Ok(());
    }
    let mut expected = None;
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()?;
        for _ in 0..RUNS {
            let (began, busy) = (Instant::now(), busy_seconds());
            let (words, written) = pool.install(|| {
                let documents = read(&annotator, &texts);
                let words: usize = documents.iter().map(Document::token_count).sum();
                let written: String = documents.iter().map(conllu::write).collect();
                (words, written)
            });
            let seconds = began.elapsed().as_secs_f64();
            let per_second = |seconds: f64| f64::from(u32::try_from(words).unwrap_or(0)) / seconds;
            print!(
                "{threads} threads: {words} words, {:.0} a second",
                per_second(seconds)
            );
            if let (Some(before), Some(after)) = (busy, busy_seconds()) {
                print!(
                    ", {:.0} a second of a processor",
                    per_second(after - before)
                );
            }
            println!();
            if expected.get_or_insert_with(|| written.clone()) != &written {
                return Err("the output is another on another number of threads".into());
            }
        }
    }
    Ok(())
}

fn read(annotator: &Annotator, texts: &[String]) -> Vec<Document> {
    let inputs = texts.iter().map(|text| Input {
        text: text.clone(),
        ..Input::default()
    });
    let documents = annotator.annotate_all(inputs.collect());
    documents
        .into_iter()
        .map(|(document, _)| document)
        .collect()
}

/// The sentences, one a line, their tokens apart by blanks.
fn tokens(documents: &[Document]) -> String {
    let mut lines = String::new();
    for sentence in documents.iter().flat_map(Document::sentences) {
        let words: Vec<&str> = sentence.tokens().map(Token::form).collect();
        lines.push_str(&words.join(" "));
        lines.push('\n');
    }
    lines
}

/// The texts of `WHOM_TEXT`, a file or a folder; without it, one made up.
fn texts() -> Result<Vec<String>, Box<dyn Error>> {
    #[expect(clippy::disallowed_methods, reason = "a benchmark has no command line")]
    let Ok(place) = env::var("WHOM_TEXT") else {
        return Ok(vec![made_up()]);
    };
    if !Path::new(&place).is_dir() {
        return Ok(vec![fs::read_to_string(&place)?]);
    }
    let mut files: Vec<_> = fs::read_dir(&place)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    Ok(files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .collect())
}

/// Some thousand words of sentences that differ in length.
fn made_up() -> String {
    let parts = [
        "The council of Harrow Bay approved a new ferry line on Tuesday",
        "after residents complained about the long road around the lake",
        "and Mayor Ines Calder promised that tickets would cost no more than three dollars",
        "although the company that runs the boats has not yet signed the contract",
    ];
    let mut text = String::new();
    for paragraph in 0..100 {
        for sentence in 0..5 {
            let count = 1 + (paragraph * 7 + sentence * 3) % parts.len();
            let chosen: Vec<&str> = parts.iter().take(count).copied().collect();
            text.push_str(&chosen.join(", "));
            text.push_str(". ");
        }
        text.push_str("\n\n");
    }
    text
}

/// How long the processors have worked for this process; `None` where the system does not say.
fn busy_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: Vec<f64> = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse().ok())
        .collect();
    // A tick is a hundredth of a second on every Linux.
    Some(ticks.iter().sum::<f64>() / 100.0)
}
