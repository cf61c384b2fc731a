//! What both products share: how weights are laid out, and what becomes of sums.

#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

mod fours;
mod pairs;

use rten_simd::Isa;
use rten_simd::ops::BitOps;

use self::fours::Fours;
use self::pairs::Pairs;
use super::super::gelu::Finish;
use super::super::linear::finished;
use super::{Job, LANES};

/// The proof that this processor has what one of the products needs.
#[derive(Clone, Copy)]
pub(in super::super) enum Dots {
    Fours(Fours),
    Pairs(Pairs),
}

/// Weights of sixteen outputs: four of each.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line([i8; 64]);

/// Weights as they are wanted: for some lines of outputs all inputs, four by four.
pub(in super::super) struct Laid {
    lines: Vec<Line>,
    /// How many steps of four inputs there are.
    steps: usize,
}

impl Dots {
    /// The best for this processor; `None` where it is that of `rten-gemm`, which knows how to sum
    /// four products in one step on the first processors that do so (Cascade Lake), too, and takes
    /// less than half the time of adding in pairs there.
    pub(in super::super) fn best() -> Option<Self> {
        match Fours::new() {
            Some(fours) => Some(Self::Fours(fours)),
            None if is_x86_feature_detected!("avx512vnni") => None,
            None => Pairs::new().map(Self::Pairs),
        }
    }

    /// All that this processor has.
    #[cfg(test)]
    pub(in super::super) fn every() -> impl Iterator<Item = Self> {
        let fours = Fours::new().map(Self::Fours);
        fours.into_iter().chain(Pairs::new().map(Self::Pairs))
    }

    /// How many lines of outputs are summed at once.
    fn wide(self) -> usize {
        match self {
            Self::Fours(_) => fours::WIDE,
            Self::Pairs(_) => 1,
        }
    }

    /// The weights of a layer: for each output a row of `inputs` numbers.
    pub(in super::super) fn laid(self, weights: &[i8], inputs: usize) -> Laid {
        let (steps, wide) = (inputs / 4, self.wide());
        let mut lines = vec![Line([0; 64]); weights.len() / inputs / LANES * steps];
        let panels = lines.chunks_exact_mut(steps * wide);
        for (panel, rows) in panels.zip(weights.chunks_exact(wide * LANES * inputs)) {
            for (output, row) in rows.chunks_exact(inputs).enumerate() {
                let quads = row.as_chunks::<4>().0;
                for (lines, quad) in panel.chunks_exact_mut(wide).zip(quads) {
                    let line = lines.get_mut(output / LANES);
                    let slots = line.map(|line| line.0.as_chunks_mut::<4>().0);
                    if let Some(slot) = slots.and_then(|slots| slots.get_mut(output % LANES)) {
                        *slot = *quad;
                    }
                }
            }
        }
        Laid { lines, steps }
    }

    /// The product of rows with weights.
    pub(in super::super) fn product<F: Finish>(self, weights: &Laid, job: Job<'_, F>) {
        match self {
            Self::Fours(fours) => fours.product(weights, job),
            Self::Pairs(pairs) => parts(weights, job, 1, pairs::TALL, |part| pairs.tile(part)),
        }
    }

    /// Some rows as columns, from `column` of the rows of `into` on, which are `stride` apart;
    /// a row that is too short counts as zeros.
    pub(in super::super) fn turned(
        self,
        rows: &[&[f32]; LANES],
        column: usize,
        stride: usize,
        into: &mut [f32],
    ) {
        match self {
            Self::Fours(fours) => fours.turned(rows, column, stride, into),
            Self::Pairs(pairs) => pairs.turned(rows, column, stride, into),
        }
    }
}

/// Some rows of a product, for the outputs of some lines.
struct Part<'r, F> {
    rows: &'r [[u8; 4]],
    /// Step and low of each row.
    shares: (&'r [f32], &'r [f32]),
    panel: &'r [Line],
    /// Scales, sums and biases of the outputs.
    shape: [&'r [f32]; 3],
    start: usize,
    width: usize,
    finish: F,
    out: &'r mut [f32],
}

/// Cuts a product into parts of `tall` rows and `wide` lines of outputs; the weights of these stay
/// in the cache while all rows pass by.
#[inline(always)]
fn parts<F: Finish>(
    weights: &Laid,
    job: Job<'_, F>,
    wide: usize,
    tall: usize,
    tile: impl Fn(&mut Part<'_, F>),
) {
    let Job {
        inputs,
        scales,
        sums,
        biases,
        finish,
        out,
    } = job;
    let width = scales.len();
    let columns = wide * LANES;
    let panels = weights.lines.chunks_exact(weights.steps * wide);
    for (index, panel) in panels.enumerate() {
        let start = index * columns;
        let shape =
            [scales, sums, biases].map(|list| list.get(start..start + columns).unwrap_or_default());
        let rows = inputs.numbers.chunks(tall * inputs.width);
        let outs = out.chunks_mut(tall * width);
        let steps = inputs.steps.chunks(tall);
        let shares = steps.zip(inputs.lows.chunks(tall));
        for ((rows, out), shares) in rows.zip(outs).zip(shares) {
            tile(&mut Part {
                rows: rows.as_chunks::<4>().0,
                shares,
                panel,
                shape,
                start,
                width,
                finish,
                out,
            });
        }
    }
}

impl<'r, F: Finish> Part<'r, F> {
    /// Its rows, of as many quads as there are steps; `None` if there are fewer than asked for.
    #[inline(always)]
    fn split<const ROWS: usize>(&self, steps: usize) -> Option<[&'r [[u8; 4]]; ROWS]> {
        let mut rows: [&[[u8; 4]]; ROWS] = [&[]; ROWS];
        let mut rest = self.rows;
        for row in &mut rows {
            (*row, rest) = rest.split_at_checked(steps)?;
        }
        Some(rows)
    }

    /// Where the results of a row go, for `N` outputs, and what makes them of its sums.
    #[inline(always)]
    fn outputs<const N: usize>(&mut self, row: usize) -> Option<Outputs<'_, F, N>> {
        let (steps, lows) = self.shares;
        let [scales, sums, biases] = self.shape;
        let from = row * self.width + self.start;
        Some(Outputs {
            share: [*steps.get(row)?, *lows.get(row)?],
            shape: [
                scales.first_chunk()?,
                sums.first_chunk()?,
                biases.first_chunk()?,
            ],
            finish: self.finish,
            out: self.out.get_mut(from..)?.first_chunk_mut()?,
        })
    }
}

/// `N` results of a row, with all lengths known, so that no register waits for a check of one.
struct Outputs<'p, F, const N: usize> {
    /// Step and low.
    share: [f32; 2],
    shape: [&'p [f32; N]; 3],
    finish: F,
    out: &'p mut [f32; N],
}

impl<F: Finish, const N: usize> Outputs<'_, F, N> {
    /// Makes the sums in the register numbered `at` their results.
    #[inline(always)]
    fn finish<I: Isa>(&mut self, isa: I, at: usize, found: I::I32) {
        let ops = isa.f32();
        let columns = at * ops.len()..(at + 1) * ops.len();
        let [scales, sums, biases] = self.shape;
        let (Some(scale), Some(sum), Some(bias), Some(out)) = (
            scales.get(columns.clone()),
            sums.get(columns.clone()),
            biases.get(columns.clone()),
            self.out.get_mut(columns),
        ) else {
            return;
        };
        let [step, low] = self.share;
        let share = [ops.splat(step), ops.splat(low)];
        let shape = [ops.load(scale), ops.load(sum), ops.load(bias)];
        ops.store(finished(isa, self.finish, found, share, shape), out);
    }
}
