//! The inverted index: which texts have which words.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Id as _, define_ids};
use crate::model::{NodeId, PropertyKey, RelId, Value};

use super::super::algorithm::Watch;
use super::super::property_graph::PropertyGraph;
use super::Owners;
use super::words::each_word;

define_ids! {
    /// Names a word of an index.
    WordId,
    /// Names a text of an index.
    TextId,
}

/// Into how many parts the texts are divided, each cut to words by one thread. A word costs the
/// most where a part first has it, so there are few.
const PARTS: usize = 8;

/// An index over the texts of nodes or of relationships. Equal texts are one text with several
/// owners: a sentence that makes ten statements counts once.
#[derive(Debug)]
pub struct TextIndex {
    owners_are: Owners,
    keys: Vec<PropertyKey>,
    /// The numbers of the nodes or relationships that have each text, ascending.
    owners: Lists<i64>,
    /// The words of each text in order.
    words: Lists<WordId>,
    /// The texts with each word, ascending, each with how often it has it.
    texts: Lists<(TextId, u32)>,
    /// The words in the order of the alphabet.
    sorted: Vec<(Box<str>, WordId)>,
}

/// Lists in one stretch of memory.
#[derive(Debug)]
struct Lists<T> {
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T> Lists<T> {
    fn new() -> Self {
        Self {
            starts: vec![0],
            items: Vec::new(),
        }
    }

    fn push(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
        self.starts.push(self.items.len());
    }

    fn range(&self, at: usize) -> Range<usize> {
        let border = |at: usize| self.starts.get(at).copied().unwrap_or(self.items.len());
        border(at)..border(at + 1)
    }

    fn list(&self, at: usize) -> &[T] {
        self.items.get(self.range(at)).unwrap_or_default()
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }
}

/// The words of some texts, numbered among themselves.
struct Cut {
    names: Vec<Box<str>>,
    words: Lists<u32>,
}

impl Cut {
    fn new<E>(texts: &[&str], watch: &Watch<'_, E>) -> Result<Self, E> {
        let mut known: HashMap<Box<str>, u32> = HashMap::new();
        let mut names: Vec<Box<str>> = Vec::new();
        let mut words = Lists::new();
        let mut line = Vec::new();
        for text in texts {
            each_word(text, |word| {
                let number = known.get(word).copied().unwrap_or_else(|| {
                    let number = u32::try_from(names.len()).unwrap_or(u32::MAX);
                    known.insert(word.into(), number);
                    names.push(word.into());
                    number
                });
                line.push(number);
            });
            watch.step(1 + 16 * line.len())?;
            words.push(line.drain(..));
        }
        Ok(Self { names, words })
    }
}

impl TextIndex {
    /// The index over the properties `keys`: strings and lists of strings.
    ///
    /// Time O(size of the texts), memory about 10 bytes a word of text.
    ///
    /// # Errors
    /// That of the watch.
    pub(super) fn new<E: Send>(
        graph: &PropertyGraph,
        owners_are: Owners,
        keys: &[PropertyKey],
        watch: &Watch<'_, E>,
    ) -> Result<Self, E> {
        let (texts, owners) = distinct_texts(graph, owners_are, keys, watch)?;
        let check = watch.check();
        let cuts: Result<Vec<Cut>, E> = texts
            .par_chunks(texts.len().div_ceil(PARTS).max(1))
            .map(|texts| Cut::new(texts, &Watch::new(check)))
            .collect();
        let mut known: HashMap<Box<str>, WordId> = HashMap::new();
        let mut words = Lists::new();
        for cut in cuts? {
            let numbers: Vec<WordId> = cut
                .names
                .into_iter()
                .map(|name| {
                    let next = WordId::from_index(known.len());
                    *known.entry(name).or_insert(next)
                })
                .collect();
            for text in 0..cut.words.len() {
                let line = cut.words.list(text).iter();
                watch.step(1 + line.len())?;
                words.push(line.filter_map(|word| numbers.get(*word as usize).copied()));
            }
        }
        let texts = inverted(&words, known.len(), watch)?;
        let mut sorted: Vec<(Box<str>, WordId)> = known.into_iter().collect();
        sorted.par_sort_unstable();
        Ok(Self {
            owners_are,
            keys: keys.to_vec(),
            owners,
            words,
            texts,
            sorted,
        })
    }

    pub(super) fn is_over(&self, owners: Owners, keys: &[PropertyKey]) -> bool {
        self.owners_are == owners && self.keys == keys
    }

    /// How many texts there are.
    pub(super) fn text_count(&self) -> usize {
        self.words.len()
    }

    /// How many words they have together.
    pub(super) fn word_count(&self) -> usize {
        self.words.items.len()
    }

    /// The words of a text in order.
    pub(super) fn words(&self, text: TextId) -> &[WordId] {
        self.words.list(text.index())
    }

    /// The texts with a word, each with how often it has it.
    pub(super) fn texts(&self, word: WordId) -> &[(TextId, u32)] {
        self.texts.list(word.index())
    }

    /// The numbers of the nodes or relationships that have a text.
    pub(super) fn owners(&self, text: TextId) -> &[i64] {
        self.owners.list(text.index())
    }

    /// The word called `name`.
    pub(super) fn word(&self, name: &str) -> Option<WordId> {
        let at = self
            .sorted
            .binary_search_by(|(known, _)| (**known).cmp(name));
        Some(self.sorted.get(at.ok()?)?.1)
    }

    /// The words that begin with `prefix`.
    pub(super) fn words_from(&self, prefix: &str) -> impl Iterator<Item = WordId> + '_ {
        let start = self.sorted.partition_point(|(known, _)| **known < *prefix);
        let prefix = prefix.to_owned();
        let words = self.sorted.get(start..).unwrap_or_default().iter();
        words
            .take_while(move |(known, _)| known.starts_with(&prefix))
            .map(|(_, word)| *word)
    }

    /// All words with their names.
    pub(super) fn names(&self) -> &[(Box<str>, WordId)] {
        &self.sorted
    }
}

/// The different texts in the order of their first owners, and the owners of each.
type Texts<'g> = (Vec<&'g str>, Lists<i64>);

fn distinct_texts<'g, E>(
    graph: &'g PropertyGraph,
    owners_are: Owners,
    keys: &[PropertyKey],
    watch: &Watch<'_, E>,
) -> Result<Texts<'g>, E> {
    let mut known: HashMap<&'g str, u32> = HashMap::new();
    let mut texts: Vec<&'g str> = Vec::new();
    let mut pairs: Vec<(u32, i64)> = Vec::new();
    let mut add = |owner: i64, text: &'g Arc<str>| {
        let number = *known.entry(text).or_insert_with(|| {
            texts.push(text);
            u32::try_from(texts.len() - 1).unwrap_or(u32::MAX)
        });
        pairs.push((number, owner));
    };
    let mut take = |owner: i64, value: Option<&'g Value>| match value {
        Some(Value::String(text)) => add(owner, text),
        Some(Value::List(items)) => {
            for item in items.iter() {
                if let Value::String(text) = item {
                    add(owner, text);
                }
            }
        }
        Some(_) | None => {}
    };
    match owners_are {
        Owners::Nodes => {
            for node in graph.nodes() {
                watch.step(8)?;
                for key in keys {
                    take(node.id().number(), node.property(*key));
                }
            }
        }
        Owners::Relationships => {
            for relationship in graph.relationships() {
                watch.step(8)?;
                for key in keys {
                    take(relationship.id().number(), relationship.property(*key));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut owners = Lists::new();
    for pairs in pairs.chunk_by(|(one, _), (other, _)| one == other) {
        owners.push(pairs.iter().map(|(_, owner)| *owner));
    }
    Ok((texts, owners))
}

/// For each word the texts that have it.
fn inverted<E>(
    words: &Lists<WordId>,
    count: usize,
    watch: &Watch<'_, E>,
) -> Result<Lists<(TextId, u32)>, E> {
    const NONE: u32 = u32::MAX;
    // The text that each word was last seen in, so that a text counts once.
    let mut last = vec![NONE; count];
    // The starts lie two places on until the items are in place, as in every counting sort.
    let mut starts = vec![0_usize; count + 2];
    for (number, text) in (0_u32..).zip(0..words.len()) {
        let line = words.list(text);
        watch.step(1 + 2 * line.len())?;
        for word in line.iter().map(|word| word.index()) {
            if let Some(last) = last.get_mut(word)
                && *last != number
            {
                *last = number;
                if let Some(start) = starts.get_mut(word + 2) {
                    *start += 1;
                }
            }
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    last.fill(NONE);
    let mut items = vec![(TextId::from_index(0), 0); sum];
    for (number, text) in (0_u32..).zip(0..words.len()) {
        let line = words.list(text);
        watch.step(1 + 4 * line.len())?;
        for word in line.iter().map(|word| word.index()) {
            let (Some(last), Some(next)) = (last.get_mut(word), starts.get_mut(word + 1)) else {
                continue;
            };
            if *last != number {
                *last = number;
                if let Some(item) = items.get_mut(*next) {
                    *item = (TextId::from_index(text), 1);
                }
                *next += 1;
            } else if let Some((_, often)) = items.get_mut(*next - 1) {
                *often += 1;
            }
        }
    }
    starts.truncate(count + 1);
    Ok(Lists { starts, items })
}

impl Owners {
    /// The node with this number, if nodes own the texts.
    pub fn node(self, number: i64) -> Option<NodeId> {
        (self == Self::Nodes).then(|| NodeId::new(number))
    }

    /// The relationship with this number, if relationships own the texts.
    pub fn relationship(self, number: i64) -> Option<RelId> {
        (self == Self::Relationships).then(|| RelId::new(number))
    }
}
