//! A question in English, the Cypher it became, and the sentences that answer it.
#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::path::PathBuf;

use whom::question::AnswerItem;
use whom::{BuildOptions, Session};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join("whom-example-ask");
    std::fs::create_dir_all(&folder)?;
    let mut session = Session::open_or_create(&folder.join("tarsk.whom"))?;
    let article = PathBuf::from("examples/data/tarsk.txt");
    session.build(&[article], &BuildOptions::default(), &|_| {})?;

    let answer = session.ask("Which forces are backed by whom?")?;
    println!("{}\n", answer.query.as_deref().unwrap_or("no query"));
    for item in &answer.items {
        match item {
            AnswerItem::One(name) => println!("{name}"),
            AnswerItem::Pair(forces, backer) => println!("{forces} – {backer}"),
        }
    }
    for citation in &answer.evidence {
        println!("“{}” ({})", citation.sentence, citation.document);
    }
    Ok(())
}
