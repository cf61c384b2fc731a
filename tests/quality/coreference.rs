//! How well whom tells which words of a document mean one thing, against the clusters that GUM
//! marks, in the treebanks that `WHOM_TREEBANKS` names; without it the test says so and passes.
//!
//! The library reads raw text; its words are set beside those of the treebank by counting
//! characters that are no blanks. A mention is the same if its head word is, or, in the lines
//! `spans`, if all its words are. GUM marks no relative pronouns and no adjectives of
//! nationality, so those of whom are left out. What was linked wrongly or not at all is counted by
//! cause below the scores.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use whom::extract::{RuleTable, extract};
use whom::resolve::{LocalEntity, LocalMention, resolve};
use whom::text::{Annotator, Document, Input, MentionForm, Token, Upos, conllu};

use crate::metrics::{Partition, Scores, without_singletons};
use crate::support::blocks;

/// Treebank; floors in per cent for the CoNLL score by head words, without and with what is
/// mentioned once.
const FLOORS: [(&str, f64, f64); 2] = [("gum-news-dev", 53.8, 64.7), ("gum-dev", 54.4, 69.4)];

/// Relations of what hangs on a noun but is no part of its phrase in GUM.
const OUTSIDE: [&str; 17] = [
    "advcl",
    "appos",
    "aux",
    "case",
    "cc",
    "ccomp",
    "conj",
    "cop",
    "csubj",
    "discourse",
    "dislocated",
    "mark",
    "nsubj",
    "obl",
    "parataxis",
    "punct",
    "vocative",
];

/// A word as the treebank has it: where it stands, in characters that are no blanks.
#[derive(Debug, Clone)]
struct Word {
    start: usize,
    end: usize,
    lemma: String,
    upos: String,
    person: bool,
    head: usize,
}

/// A mention as it is marked or found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Marked {
    /// Where its head word begins.
    head: usize,
    /// Where its words begin and end.
    span: (usize, usize),
    lemma: String,
    sort: Sort,
    /// Whether it is an apposition or a predicate.
    beside: bool,
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Name,
    Description,
    ThirdPerson,
    OtherPronoun,
}

/// A document of the treebank.
#[derive(Debug, Default)]
struct Gold {
    text: String,
    source: String,
    at: usize,
    things: BTreeMap<String, Vec<Marked>>,
}

#[test]
fn what_means_one_thing_is_found() {
    let Some(folder) = std::env::var_os("WHOM_TREEBANKS").map(PathBuf::from) else {
        eprintln!("skipped: WHOM_TREEBANKS names no folder");
        return;
    };
    let annotator = Annotator::new().unwrap();
    for (name, floor, floor_of_all) in FLOORS {
        let file = std::fs::read_to_string(folder.join(name).with_extension("conllu")).unwrap();
        let golds = documents(&file);
        let raw = |gold: &Gold| {
            let text = gold.text.clone();
            annotator
                .annotate(Input {
                    text,
                    ..Input::default()
                })
                .0
        };
        let (linked, all) = measure(name, "raw text", &golds, &raw);
        measure(name, "the treebank's trees", &golds, &|gold| {
            conllu::read(&gold.source).0.remove(0)
        });
        assert!(linked >= floor, "{name}: {linked:.2}");
        assert!(all >= floor_of_all, "{name}, with singletons: {all:.2}");
    }
}

/// Prints the scores of `golds` when they are read by `read`; yields the CoNLL score by heads
/// without and with what is mentioned once.
fn measure(
    name: &str,
    reading: &str,
    golds: &[Gold],
    read: &(dyn Fn(&Gold) -> Document + Sync),
) -> (f64, f64) {
    let rules = RuleTable::builtin();
    let found: Vec<Found> = golds
        .par_iter()
        .map(|gold| Found::of(&read(gold), &rules))
        .collect();
    let mut scores = [Scores::default(); 4];
    let mut links = Counts::new();
    let mut merges = Counts::new();
    for (gold, found) in golds.iter().zip(&found) {
        let found_things: Vec<Vec<Marked>> = found.things.clone();
        let gold_things: Vec<Vec<Marked>> = gold.things.values().cloned().collect();
        let [linked, all, spans, all_spans] = &mut scores;
        let (marked, seen) = (by_heads(&gold_things), by_heads(&found_things));
        all.add(&marked, &seen);
        linked.add(&without_singletons(&marked), &without_singletons(&seen));
        let (marked, seen) = by_spans(&gold_things, &found_things);
        all_spans.add(&marked, &seen);
        spans.add(&without_singletons(&marked), &without_singletons(&seen));
        count_links(&mut links, gold, found);
        count_merges(&mut merges, gold, found);
    }
    eprintln!("{name}, from {reading}: recall, precision, F1");
    let rows = ["heads", "heads, singletons", "spans", "spans, singletons"];
    for (row, score) in rows.iter().zip(&scores) {
        let three = |measure: crate::metrics::Measure| {
            format!(
                "{:.1} {:.1} {:.2}",
                measure.recall(),
                measure.precision(),
                measure.f1()
            )
        };
        eprintln!(
            "  {row:18} CoNLL {:.2}  mentions {}  MUC {}  B3 {}  CEAFe {}",
            score.conll(),
            three(score.mentions),
            three(score.muc),
            three(score.b_cubed),
            three(score.ceaf_e),
        );
    }
    eprintln!("  marked links, by what became of them:");
    print(&links);
    eprintln!("  merges made, by step:");
    print(&merges);
    (scores[0].conll(), scores[1].conll())
}

/// How often something of a kind had an outcome.
type Counts = BTreeMap<(String, &'static str), usize>;

fn print(counts: &Counts) {
    let rows: BTreeSet<&String> = counts.keys().map(|(row, _)| row).collect();
    for row in rows {
        let outcomes: Vec<String> = counts
            .iter()
            .filter(|((of, _), _)| of == row)
            .map(|((_, outcome), count)| format!("{outcome} {count}"))
            .collect();
        eprintln!("    {row:26} {}", outcomes.join(", "));
    }
}

/// What whom finds in a document.
#[derive(Debug)]
struct Found {
    things: Vec<Vec<Marked>>,
    /// Each merge: its step, and the heads of both mentions.
    merges: Vec<(&'static str, usize, usize)>,
}

impl Found {
    fn of(document: &Document, rules: &RuleTable) -> Self {
        let (statements, _) = extract(document, rules);
        let resolution = resolve(document, &statements);
        let visible = visible_before(document.text());
        let tokens: BTreeMap<usize, Token<'_>> = document
            .tokens()
            .map(|token| (token.span().start(), token))
            .collect();
        let mut things = Vec::new();
        let mut merges = Vec::new();
        for entity in &resolution.entities {
            let marked: Vec<Marked> = entity
                .places
                .iter()
                .map(|place| tokens[&place.at])
                .filter(|token| !is_unmarked(*token))
                .map(|token| found_mention(token, entity, &visible))
                .collect();
            if !marked.is_empty() {
                things.push(marked);
            }
            for merge in &entity.merges {
                let head = |(words, start): &(String, usize)| {
                    let place: Option<&LocalMention> = entity
                        .places
                        .iter()
                        .filter(|place| place.words == *words && place.at >= *start)
                        .min_by_key(|place| place.at);
                    place.map(|place| visible[place.at])
                };
                if let (Some(earlier), Some(later)) = (head(&merge.earlier), head(&merge.later)) {
                    merges.push((merge.sieve, earlier, later));
                }
            }
        }
        Self { things, merges }
    }
}

/// How many characters that are no blanks stand before each byte.
fn visible_before(text: &str) -> Vec<usize> {
    let mut before = vec![0; text.len() + 1];
    let mut seen = 0;
    for (at, character) in text.char_indices() {
        before[at] = seen;
        seen += usize::from(!character.is_whitespace());
    }
    before[text.len()] = seen;
    before
}

/// Whether `token` is of a sort that GUM never marks.
fn is_unmarked(token: Token<'_>) -> bool {
    let relative = token.feature("PronType") == Some("Rel")
        || (matches!(token.xpos(), "WP" | "WDT" | "WP$")
            && std::iter::successors(Some(token), |above| above.head())
                .take(8)
                .any(|above| above.deprel() == "acl:relcl"));
    relative || token.upos() == Upos::Adj && matches!(token.relation(), "amod" | "compound")
}

fn found_mention(head: Token<'_>, entity: &LocalEntity, visible: &[usize]) -> Marked {
    let mut words = vec![head];
    let mut open: Vec<Token<'_>> = head
        .children()
        .filter(|child| !OUTSIDE.contains(&child.relation()))
        .collect();
    while let Some(word) = open.pop() {
        words.push(word);
        open.extend(word.children());
    }
    let pronoun = entity
        .places
        .iter()
        .any(|place| place.at == head.span().start() && place.form == MentionForm::Pronoun);
    if pronoun {
        words.truncate(1);
    }
    let start = words.iter().map(|word| word.span().start()).min().unwrap();
    let end = words.iter().map(|word| word.span().end()).max().unwrap();
    Marked {
        head: visible[head.span().start()],
        span: (visible[start], visible[end]),
        lemma: head.lemma().to_owned(),
        sort: Sort::Description,
        beside: false,
    }
}

/// Mentions named by their heads. Where several share one, as "Ada" and "Ada and Charles" do, the
/// shortest is it; the others can be found by none.
fn by_heads(things: &[Vec<Marked>]) -> Partition {
    const MANY: usize = 1_000_000;
    let mut of_head: BTreeMap<usize, Vec<&Marked>> = BTreeMap::new();
    for mention in things.iter().flatten() {
        of_head.entry(mention.head).or_default().push(mention);
    }
    for mentions in of_head.values_mut() {
        mentions.sort_by_key(|mention| (mention.span.1 - mention.span.0, mention.span));
    }
    let name = |mention: &Marked| {
        let rank = of_head[&mention.head]
            .iter()
            .position(|other| other.span == mention.span)
            .unwrap();
        rank * MANY + mention.head
    };
    things
        .iter()
        .map(|mentions| mentions.iter().map(name).collect())
        .collect()
}

/// Mentions named by all their words.
fn by_spans(gold: &[Vec<Marked>], found: &[Vec<Marked>]) -> (Partition, Partition) {
    let spans: BTreeSet<(usize, usize)> = gold
        .iter()
        .chain(found)
        .flatten()
        .map(|mention| mention.span)
        .collect();
    let names: BTreeMap<(usize, usize), usize> = spans
        .into_iter()
        .enumerate()
        .map(|(name, span)| (span, name))
        .collect();
    let named = |things: &[Vec<Marked>]| -> Partition {
        things
            .iter()
            .map(|mentions| {
                mentions
                    .iter()
                    .map(|mention| names[&mention.span])
                    .collect()
            })
            .collect()
    };
    (named(gold), named(found))
}

/// Counts what became of each mention that GUM links to an earlier one.
fn count_links(counts: &mut Counts, gold: &Gold, found: &Found) {
    let thing_at: BTreeMap<usize, usize> = found
        .things
        .iter()
        .enumerate()
        .flat_map(|(number, mentions)| mentions.iter().map(move |one| (one.head, number)))
        .collect();
    for mentions in gold.things.values() {
        for (order, mention) in mentions.iter().enumerate().skip(1) {
            let before = &mentions[..order];
            let heads: BTreeSet<usize> = before.iter().map(|earlier| earlier.head).collect();
            let thing = thing_at.get(&mention.head);
            let outcome = match thing {
                None => "mention missing",
                Some(_) if before.iter().all(|one| !thing_at.contains_key(&one.head)) => {
                    "antecedent missing"
                }
                Some(thing) => {
                    let linked: Vec<usize> = found.things[*thing]
                        .iter()
                        .map(|other| other.head)
                        .filter(|head| *head < mention.head)
                        .collect();
                    if linked.iter().any(|head| heads.contains(head)) {
                        "right"
                    } else if linked.is_empty() {
                        "left alone"
                    } else {
                        "wrong thing"
                    }
                }
            };
            let same_head = before.iter().any(|earlier| earlier.lemma == mention.lemma);
            let kind = match (mention.beside, mention.sort, same_head) {
                (true, _, _) => "apposition, predicate",
                (false, Sort::ThirdPerson, _) => "pronoun, third person",
                (false, Sort::OtherPronoun, _) => "pronoun, other",
                (false, Sort::Name, true) => "name, same head",
                (false, Sort::Name, false) => "name, new head",
                (false, Sort::Description, true) => "description, same head",
                (false, Sort::Description, false) => "description, new head",
            };
            *counts.entry((kind.to_owned(), outcome)).or_default() += 1;
        }
    }
}

/// Counts the merges of whom by step, and how many of them GUM makes.
fn count_merges(counts: &mut Counts, gold: &Gold, found: &Found) {
    let mut things_at: BTreeMap<usize, BTreeSet<&String>> = BTreeMap::new();
    for (name, mentions) in &gold.things {
        for mention in mentions {
            things_at.entry(mention.head).or_default().insert(name);
        }
    }
    for (sieve, earlier, later) in &found.merges {
        let outcome = match (things_at.get(earlier), things_at.get(later)) {
            (Some(one), Some(other)) if one.is_disjoint(other) => "wrong",
            (Some(_), Some(_)) => "right",
            (None, _) | (_, None) => "of no mention",
        };
        *counts.entry(((*sieve).to_owned(), outcome)).or_default() += 1;
    }
}

/// The documents of a file of GUM: a blank between sentences unless the last word says otherwise,
/// an empty line between paragraphs.
fn documents(file: &str) -> Vec<Gold> {
    let mut found: Vec<Gold> = Vec::new();
    for block in blocks(file) {
        if found.is_empty() || block.opens.0 {
            found.push(Gold::default());
        }
        let Some(gold) = found.last_mut() else {
            continue;
        };
        gold.source.extend([block.lines, "\n\n"]);
        if block.opens.1 && !gold.text.is_empty() {
            gold.text.push_str("\n\n");
        }
        gold.text.push_str(block.text);
        let mut rows = block.rows;
        rows.retain(|columns| !columns[0].contains('.'));
        let words = words(&rows, gold);
        marks(&rows, &words, gold);
        if !rows.last().unwrap()[9].contains("SpaceAfter=No") {
            gold.text.push(' ');
        }
    }
    for mentions in found.iter_mut().flat_map(|gold| gold.things.values_mut()) {
        mentions.sort();
    }
    found
}

/// The words of a sentence. Those of a word that is written as one stand where their letters do,
/// or else all where it stands.
fn words(rows: &[Vec<&str>], gold: &mut Gold) -> Vec<Word> {
    let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let mut words = Vec::new();
    let mut within: Option<(usize, usize, bool)> = None;
    for (index, columns) in rows.iter().enumerate() {
        if let Some((first, last)) = columns[0].split_once('-') {
            let count = last.parse::<usize>().unwrap() - first.parse::<usize>().unwrap() + 1;
            let parts = rows[index + 1..=index + count].iter();
            let spelled: String = parts.map(|part| part[1]).collect();
            within = Some((visible(columns[1]), count, spelled == columns[1]));
            continue;
        }
        let (length, moves) = match &mut within {
            Some((length, left, spelled)) if *left > 0 => {
                *left -= 1;
                let (whole, last) = (*length, *left == 0);
                match (*spelled, last) {
                    (true, _) => (visible(columns[1]), visible(columns[1])),
                    (false, true) => (whole, whole),
                    (false, false) => (whole, 0),
                }
            }
            Some(_) | None => (visible(columns[1]), visible(columns[1])),
        };
        words.push(Word {
            start: gold.at,
            end: gold.at + length,
            lemma: columns[2].to_owned(),
            upos: columns[3].to_owned(),
            person: columns[5].contains("Person=3"),
            head: columns[6].parse().unwrap(),
        });
        gold.at += moves;
    }
    words
}

/// Adds the mentions of a sentence.
fn marks(rows: &[Vec<&str>], words: &[Word], gold: &mut Gold) {
    let single = rows.iter().filter(|columns| !columns[0].contains('-'));
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (position, columns) in single.enumerate() {
        let Some(marks) = columns[9]
            .split('|')
            .find_map(|pair| pair.strip_prefix("Entity="))
        else {
            continue;
        };
        for mark in marks.split_inclusive(')').flat_map(|part| part.split('(')) {
            let (fields, closes) = match mark.strip_suffix(')') {
                Some(fields) => (fields, true),
                None => (mark, false),
            };
            if fields.is_empty() {
                continue;
            }
            if fields.contains('-') {
                open.push((position, fields));
            }
            if closes {
                let thing = fields.split('-').next();
                let place = open
                    .iter()
                    .rposition(|(_, of)| of.split('-').next() == thing)
                    .unwrap();
                let (first, of) = open.remove(place);
                add(gold, words, (first, position), of);
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

fn add(gold: &mut Gold, words: &[Word], (first, last): (usize, usize), fields: &str) {
    let fields: Vec<&str> = fields.splitn(8, '-').collect();
    let core: Vec<usize> = fields[5]
        .split(',')
        .map(|number| first + number.parse::<usize>().unwrap() - 1)
        .collect();
    let head = core
        .iter()
        .copied()
        .find(|word| words[*word].head == 0 || !core.contains(&(words[*word].head - 1)))
        .unwrap_or(first);
    let word = &words[head];
    let sort = match word.upos.as_str() {
        "PRON" if word.person => Sort::ThirdPerson,
        "PRON" | "DET" => Sort::OtherPronoun,
        "PROPN" => Sort::Name,
        _ => Sort::Description,
    };
    let mention = Marked {
        head: word.start,
        span: (words[first].start, words[last].end),
        lemma: word.lemma.to_lowercase(),
        sort,
        beside: matches!(fields[6], "appos" | "pred"),
    };
    gold.things
        .entry(fields[0].to_owned())
        .or_default()
        .push(mention);
}

#[cfg(test)]
mod tests {
    use super::documents;

    #[test]
    fn marks_nest_and_stand_where_their_letters_do() {
        let file = "# newdoc id = one\n# text = Ada's boat sank\n\
            1-2\tAda's\t_\t_\t_\t_\t_\t_\t_\t_\n\
            1\tAda\tAda\tPROPN\t_\t_\t3\tnmod:poss\t_\tEntity=(2-object-new-nnnnn-cf1-3-sgl(1-person-new-nnnnn-cf2-1-sgl)\n\
            2\t's\t's\tPART\t_\t_\t1\tcase\t_\t_\n\
            3\tboat\tboat\tNOUN\t_\t_\t4\tnsubj\t_\tEntity=2)\n\
            4\tsank\tsink\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n";
        let found = documents(file);
        let things = &found[0].things;
        assert_eq!((things["1"][0].head, things["1"][0].span), (0, (0, 3)));
        assert_eq!((things["2"][0].head, things["2"][0].span), (5, (0, 9)));
        assert_eq!(found[0].text, "Ada's boat sank");
    }
}
