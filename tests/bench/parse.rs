//! Times reading: words a second of the whole way from text to CoNLL-U, on one thread and on two.
//!
//! ```text
//! cargo bench --bench parse                                  a text made up here
//! WHOM_TEXT=news.txt cargo bench --bench parse               a file, or the files of a folder
//! cargo bench --bench parse -- --turns FILE                  beside another program: writes the
//!                                                            sentences, cut into tokens, and reads
//!                                                            when it is told to; see `parse.py`
//! ```
//!
//! Times are never asserted: they are as good as the machine is idle. Time by the clock and time of
//! the processor are both shown; the second says more where others use the machine. How much of
//! it goes into products of matrices, `share.py` says.
#![expect(clippy::print_stdout, reason = "the output of a program")]

use std::env;
use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Instant;

use whom::text::{Annotator, Document, Input, conllu};

/// How often the text is read.
const RUNS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let texts = texts()?;
    let began = Instant::now();
    let annotator = Annotator::new()?;
    let loading = began.elapsed().as_secs_f64() * 1e3;
    let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
    if let (Some("--turns"), Some(file)) = (arguments.next().as_deref(), arguments.next()) {
        return turns(&annotator, &texts, Path::new(&file));
    }
    println!("loading the model: {loading:.0} ms");
    let mut expected = None;
    for threads in [1, 2] {
        let pool = pool(threads)?;
        for _ in 0..RUNS {
            let (began, busy) = (Instant::now(), busy_seconds());
            let (words, written) = pool.install(|| everything(&annotator, &texts));
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

fn pool(threads: usize) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build()
}

/// How many words there are, and the CoNLL-U of all.
fn everything(annotator: &Annotator, texts: &[String]) -> (usize, String) {
    let documents = read(annotator, texts);
    let words = documents.iter().map(Document::token_count).sum();
    let written = documents.iter().map(conllu::write).collect();
    (words, written)
}

/// Writes the sentences into `file`, one a line, their tokens apart by blanks. Then reads whenever
/// a line comes in, "everything THREADS" or "sentences THREADS", the latter being the sentences
/// already cut, sorted by length; answers with seconds of the processor and of the clock.
fn turns(annotator: &Annotator, texts: &[String], file: &Path) -> Result<(), Box<dyn Error>> {
    let mut sentences: Vec<Vec<String>> = read(annotator, texts)
        .iter()
        .flat_map(Document::sentences)
        .map(|sentence| sentence.tokens().map(|token| token.form().to_owned()))
        .map(Iterator::collect)
        .collect();
    sentences.sort_by_key(Vec::len);
    let lines: Vec<String> = sentences.iter().map(|words| words.join(" ")).collect();
    fs::write(file, lines.join("\n"))?;
    println!("ready");
    for line in io::stdin().lines() {
        let line = line?;
        let (what, threads) = line.split_once(' ').ok_or("not a turn")?;
        let pool = pool(threads.parse()?)?;
        let (began, busy) = (Instant::now(), busy_seconds());
        pool.install(|| match what {
            "sentences" => drop(annotator.annotate_tokens(&sentences)),
            _ => drop(everything(annotator, texts)),
        });
        let busy = busy_seconds()
            .zip(busy)
            .map(|(after, before)| after - before);
        let seconds = began.elapsed().as_secs_f64();
        println!("{} {seconds}", busy.unwrap_or(seconds));
    }
    Ok(())
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
