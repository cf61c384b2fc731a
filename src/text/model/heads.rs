//! The heads: rows that know their sentence to a tree, tags and names.
//!
//! Arcs and their labels are scored by pairs of words: Dozat and Manning, "Deep Biaffine Attention
//! for Neural Dependency Parsing", 2017.

use rten_simd::{SimdOp, SimdUnaryOp};

use super::super::labels::Labels;
use super::super::subword::Coded;
use super::super::tag::best;
use super::super::tree::{best_tree, margins};
use super::dots::Dots;
use super::gelu::{Gelu, Plain};
use super::linear::Linear;
use super::quantize::{Bytes, Engine};
use super::room::Room;
use super::scores::{Scores, TOGETHER, stride, transposed};
use super::weights::{Weights, damaged};
use super::{LEMMA_CHOICES, ModelError, Reading};

/// How many numbers a word has as a dependent or a head of an arc.
const ARC: usize = 256;
/// The same for the label of an arc.
const LABEL: usize = 192;

/// The layers from rows to readings.
pub(super) struct Heads {
    /// All that is found of each word by itself, side by side.
    words: Linear,
    bilinear: Linear,
    labels: Linear,
    /// How many tags of each kind there are.
    sizes: Sizes,
}

struct Sizes {
    upos: usize,
    xpos: usize,
    features: usize,
    lemmas: usize,
    names: usize,
    types: usize,
    relations: usize,
    /// The number of the relation that only the root has.
    root: Option<usize>,
}

/// What is found of one word by itself.
struct Word<'r> {
    upos: &'r [f32],
    xpos: &'r [f32],
    features: &'r [f32],
    lemmas: &'r [f32],
    names: &'r [f32],
    types: &'r [f32],
}

impl Heads {
    /// The heads of a file, for encoder rows of `width` numbers.
    pub(super) fn new(
        weights: &Weights<'_>,
        labels: &Labels,
        width: usize,
    ) -> Result<Self, ModelError> {
        let engine = Engine::new();
        let heads = Self {
            words: Linear::joined(
                &engine,
                weights,
                &[
                    "arc_dep", "arc_head", "lab_dep", "lab_head", "upos", "xpos", "feats", "lemma",
                    "ner", "etype",
                ],
            )?,
            bilinear: Linear::new(&engine, weights, "bilinear")?,
            labels: Linear::new(&engine, weights, "rel")?,
            sizes: Sizes {
                upos: labels.upos.len(),
                xpos: labels.xpos.len(),
                features: labels.features.len(),
                lemmas: labels.lemmas.len(),
                names: labels.names.len(),
                types: labels.types.len(),
                relations: labels.relations.len(),
                root: labels.relations.iter().position(|name| name == "root"),
            },
        };
        let fits = heads
            .words
            .fits(width, 2 * ARC + 2 * LABEL + heads.sizes.tags())
            && heads.bilinear.fits(ARC, ARC)
            && heads.labels.fits(LABEL, heads.sizes.relations);
        if fits { Ok(heads) } else { Err(damaged()) }
    }

    /// The readings of the sentences of a batch, from `rows`, one of `width` numbers a piece.
    pub(super) fn apply(
        &self,
        engine: &Engine,
        batch: &[Coded],
        rows: &[f32],
        width: usize,
        desk: &mut Desk,
    ) -> Result<Vec<Reading>, ModelError> {
        let count: usize = batch.iter().map(|coded| coded.first.len()).sum();
        let bytes = &mut desk.bytes;
        let means = desk.means.of(count * width);
        word_rows(batch, rows, width, means);
        let means = bytes.fill(means, width);
        let stride = self.words.width;
        let words = desk.words.of(count * stride);
        self.words.apply(engine, means, Plain, words)?;

        let dependents = desk.dependents.of(count * ARC);
        let outs = dependents.chunks_exact_mut(ARC);
        for (row, out) in words.chunks_exact_mut(stride).zip(outs) {
            if let Some(arcs) = row.get_mut(..2 * ARC) {
                Gelu.map_mut(arcs);
            }
            if let Some(row) = row.get(..ARC) {
                out.copy_from_slice(row);
            }
        }
        let inputs = bytes.fill(dependents, ARC);
        self.bilinear.apply(engine, inputs, Plain, dependents)?;

        let mut readings = Vec::with_capacity(batch.len());
        let pairs = desk.pairs.of((count - batch.len()) * LABEL);
        let mut outs = pairs.chunks_exact_mut(LABEL);
        let (mut words, mut dependents) = (&*words, &*dependents);
        for coded in batch {
            let count = coded.first.len();
            let (own, rest) = words.split_at(count * stride);
            let (own_dependents, rest_dependents) = dependents.split_at(count * ARC);
            (words, dependents) = (rest, rest_dependents);
            let arcs = desk.arcs.arcs(engine.dots, own_dependents, own, stride);
            let heads = best_tree(arcs, count);
            let margins = margins(arcs, &heads);
            let half = |word: usize, half: usize| {
                let from = word * stride + 2 * ARC + half * LABEL;
                own.get(from..from + LABEL).unwrap_or_default()
            };
            for ((word, head), out) in heads.iter().enumerate().skip(1).zip(outs.by_ref()) {
                let halves = half(word, 0).iter().zip(half(*head, 1));
                for (out, (a, b)) in out.iter_mut().zip(halves) {
                    *out = a + b;
                }
            }
            readings.push(self.reading(own, heads, margins));
        }
        Gelu.map_mut(pairs);
        let inputs = bytes.fill(pairs, LABEL);
        let scores = desk.scores.of((count - batch.len()) * self.labels.width);
        self.labels.apply(engine, inputs, Plain, scores)?;
        self.relations(scores, &mut readings);
        Ok(readings)
    }

    /// What is found of each word of a sentence by itself.
    fn reading(&self, words: &[f32], heads: Vec<usize>, margins: Vec<f32>) -> Reading {
        let mut reading = Reading {
            heads: heads.into_iter().skip(1).collect(),
            margins,
            ..Reading::default()
        };
        for row in words.chunks_exact(self.words.width).skip(1) {
            let word = self.sizes.word(row);
            reading.upos.push(best(word.upos));
            reading.xpos.push(best(word.xpos));
            reading.features.push(best(word.features));
            reading.lemmas.push(best_few(word.lemmas));
            reading.names.extend_from_slice(word.names);
            reading.types.push(best(word.types));
        }
        reading
    }

    /// Names the arcs: `scores` has a row for each word of each sentence.
    fn relations(&self, scores: &mut [f32], readings: &mut [Reading]) {
        let mut rows = scores.chunks_exact_mut(self.labels.width);
        for reading in readings {
            let words = reading.heads.iter().zip(&mut reading.margins);
            for ((head, margin), row) in words.zip(rows.by_ref()) {
                let row = row.get_mut(..self.sizes.relations).unwrap_or_default();
                let relation = match (head, self.sizes.root) {
                    (0, Some(root)) => root,
                    (_, root) => {
                        // Only the root is called so.
                        if let Some(score) = root.and_then(|root| row.get_mut(root)) {
                            *score = f32::NEG_INFINITY;
                        }
                        let relation = best(row);
                        *margin = margin.min(above_next(row, relation));
                        relation
                    }
                };
                reading.relations.push(relation);
            }
        }
    }
}

impl Sizes {
    fn tags(&self) -> usize {
        self.upos + self.xpos + self.features + self.lemmas + self.names + self.types
    }

    fn word<'r>(&self, row: &'r [f32]) -> Word<'r> {
        let mut rest = row.get(2 * ARC + 2 * LABEL..).unwrap_or_default();
        let mut next = |size: usize| {
            let (scores, other) = rest.split_at_checked(size).unwrap_or_default();
            rest = other;
            scores
        };
        Word {
            upos: next(self.upos),
            xpos: next(self.xpos),
            features: next(self.features),
            lemmas: next(self.lemmas),
            names: next(self.names),
            types: next(self.types),
        }
    }
}

/// A row for each word, the root first in each sentence: half its first piece's and half its last
/// piece's.
fn word_rows(batch: &[Coded], rows: &[f32], width: usize, out: &mut [f32]) {
    let mut outs = out.chunks_exact_mut(width);
    let mut before = 0;
    for coded in batch {
        let row = |piece: i32| {
            let from = (before + usize::try_from(piece).unwrap_or(0)) * width;
            rows.get(from..from + width).unwrap_or_default()
        };
        let words = coded.first.iter().zip(&coded.last);
        for ((first, last), out) in words.zip(outs.by_ref()) {
            let halves = row(*first).iter().zip(row(*last));
            for (out, (a, b)) in out.iter_mut().zip(halves) {
                *out = (a + b) * 0.5;
            }
        }
        before += coded.ids.len();
    }
}

/// Room to work in.
#[derive(Default)]
pub(super) struct Desk {
    bytes: Bytes,
    means: Room<f32>,
    words: Room<f32>,
    dependents: Room<f32>,
    pairs: Room<f32>,
    scores: Room<f32>,
    arcs: ArcRoom,
}

/// Room to score arcs in.
#[derive(Default)]
struct ArcRoom {
    columns: Room<f32>,
    padded: Room<f32>,
    scores: Room<f32>,
}

impl ArcRoom {
    /// The score of each head (column) for each dependent (row), from rows of dependents and the
    /// rows of words, `stride` apart, in which the heads stand.
    fn arcs(
        &mut self,
        dots: Option<Dots>,
        dependents: &[f32],
        words: &[f32],
        word_stride: usize,
    ) -> &[f32] {
        let count = dependents.len() / ARC;
        let stride = stride(count);
        let heads = words
            .chunks_exact(word_stride)
            .map(|row| row.get(ARC..2 * ARC).unwrap_or_default());
        let columns = self.columns.of(ARC * stride);
        transposed(dots, heads, stride, columns);
        let padded = self.padded.of(count.next_multiple_of(TOGETHER) * stride);
        Scores {
            rows: dependents,
            depth: ARC,
            columns,
            stride,
            out: padded,
        }
        .dispatch();
        let scores = self.scores.of(count * count);
        let rows = padded.chunks_exact(stride);
        for (out, row) in scores.chunks_exact_mut(count).zip(rows) {
            if let Some(row) = row.get(..count) {
                out.copy_from_slice(row);
            }
        }
        scores
    }
}

/// By how much the score at `place` is above the highest of the others.
fn above_next(row: &[f32], place: usize) -> f32 {
    let others = row.iter().enumerate().filter(|(other, _)| *other != place);
    let next = others
        .map(|(_, score)| *score)
        .fold(f32::NEG_INFINITY, f32::max);
    row.get(place)
        .map_or(f32::NEG_INFINITY, |score| score - next)
}

/// The places of the highest scores, best first; the first of several alike.
fn best_few(row: &[f32]) -> [usize; LEMMA_CHOICES] {
    let mut places = [0; LEMMA_CHOICES];
    let mut highest = [f32::NEG_INFINITY; LEMMA_CHOICES];
    for (place, score) in row.iter().enumerate() {
        // Most are below the last.
        if highest.last().is_some_and(|last| score <= last) {
            continue;
        }
        let rank = highest.iter().position(|other| score > other);
        if let Some(rank) = rank {
            if let Some(places) = places.get_mut(rank..) {
                places.rotate_right(1);
            }
            if let Some(highest) = highest.get_mut(rank..) {
                highest.rotate_right(1);
            }
            if let (Some(slot), Some(high)) = (places.get_mut(rank), highest.get_mut(rank)) {
                (*slot, *high) = (place, *score);
            }
        }
    }
    places
}
