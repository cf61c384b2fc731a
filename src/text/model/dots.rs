//! Products of bytes with signed bytes on processors that sum four of them in one step (AVX-512
//! VNNI), the sums made floats while they are in registers.
//!
//! Every other processor takes the products of `rten-gemm`, with the same results: sums of whole
//! numbers are exact, and what is made of them is made the same way.

pub(super) use self::own::{Dots, Laid};
use super::quantize::Rows;

/// How many numbers of 32 bits a register of such a processor holds.
pub(super) const LANES: usize = 16;

/// The rows of a product and what becomes of its sums.
pub(super) struct Job<'r, F> {
    pub(super) inputs: Rows<'r>,
    /// What one is worth in the weights of each output.
    pub(super) scales: &'r [f32],
    /// The sum of the weights of each output, for the part of the inputs that is alike in a row.
    pub(super) sums: &'r [f32],
    pub(super) biases: &'r [f32],
    pub(super) finish: F,
    /// Rows as wide as there are outputs.
    pub(super) out: &'r mut [f32],
}

#[cfg(target_arch = "x86_64")]
#[expect(
    clippy::inline_always,
    clippy::used_underscore_binding,
    reason = "a register is not passed through a call, and a token is only proof"
)]
mod own {
    use std::arch::x86_64::{
        __m512i, _mm512_dpbusd_epi32, _mm512_permutex2var_ps, _mm512_set1_epi32,
        _mm512_setzero_si512,
    };

    use archmage::{SimdToken, X64V4xToken, arcane, rite};
    use rten_simd::Isa;
    use rten_simd::isa::Avx512Isa;
    use rten_simd::ops::BitOps;

    use super::super::gelu::Finish;
    use super::super::linear::finished;
    use super::{Job, LANES};

    /// How many registers of outputs are summed at once.
    const WIDE: usize = 4;
    /// How many rows of inputs.
    const TALL: usize = 6;
    /// The proof that this processor has what is used here.
    #[derive(Clone, Copy)]
    pub(in super::super) struct Dots {
        token: X64V4xToken,
        isa: Avx512Isa,
    }

    /// A register of weights: four of each of sixteen outputs.
    #[derive(Clone, Copy)]
    #[repr(align(64))]
    struct Line([i8; 64]);

    /// Weights as they are wanted: for [`WIDE`] registers of outputs all inputs, four by four.
    pub(in super::super) struct Laid {
        lines: Vec<[Line; WIDE]>,
        /// How many steps of four inputs there are.
        steps: usize,
    }

    impl Dots {
        /// `None` if this processor has no such sums.
        pub(in super::super) fn new() -> Option<Self> {
            Some(Self {
                token: X64V4xToken::summon()?,
                isa: Avx512Isa::new()?,
            })
        }

        /// The weights of a layer: for each output a row of `inputs` numbers.
        #[expect(clippy::unused_self, reason = "only who has it needs this")]
        pub(in super::super) fn laid(self, weights: &[i8], inputs: usize) -> Laid {
            let steps = inputs / 4;
            let mut lines =
                vec![[Line([0; 64]); WIDE]; weights.len() / inputs / (WIDE * LANES) * steps];
            let panels = lines.chunks_exact_mut(steps);
            for (panel, rows) in panels.zip(weights.chunks_exact(WIDE * LANES * inputs)) {
                for (output, row) in rows.chunks_exact(inputs).enumerate() {
                    let quads = row.as_chunks::<4>().0;
                    for (lines, quad) in panel.iter_mut().zip(quads) {
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
            product(self.token, self.isa, weights, job);
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
            turned(self.token, self.isa, rows, column, stride, into);
        }
    }

    #[arcane]
    fn product<F: Finish>(_token: X64V4xToken, isa: Avx512Isa, weights: &Laid, job: Job<'_, F>) {
        let width = job.scales.len();
        let inputs = job.inputs.width;
        let columns = WIDE * LANES;
        for (index, panel) in weights.lines.chunks_exact(weights.steps).enumerate() {
            let start = index * columns;
            let shape = [job.scales, job.sums, job.biases]
                .map(|list| list.get(start..start + columns).unwrap_or_default());
            let rows = job.inputs.numbers.chunks(TALL * inputs);
            let outs = job.out.chunks_mut(TALL * width);
            let shares = job
                .inputs
                .steps
                .chunks(TALL)
                .zip(job.inputs.lows.chunks(TALL));
            for ((rows, out), shares) in rows.zip(outs).zip(shares) {
                let part = &mut Part {
                    rows: rows.as_chunks::<4>().0,
                    shares,
                    panel,
                    shape,
                    start,
                    width,
                    finish: job.finish,
                    out,
                };
                match shares.0.len() {
                    1 => tile::<F, 1>(isa, part),
                    2 => tile::<F, 2>(isa, part),
                    3 => tile::<F, 3>(isa, part),
                    4 => tile::<F, 4>(isa, part),
                    5 => tile::<F, 5>(isa, part),
                    _ => tile::<F, TALL>(isa, part),
                }
            }
        }
    }

    /// Registers that hold what stands first, or last, in two others, taken by turns.
    const FIRST: [i32; LANES] = [0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23];
    const LAST: [i32; LANES] = [8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31];

    #[arcane]
    fn turned(
        _token: X64V4xToken,
        isa: Avx512Isa,
        rows: &[&[f32]; LANES],
        column: usize,
        stride: usize,
        into: &mut [f32],
    ) {
        let (ops, wholes) = (isa.f32(), isa.i32());
        let (first, last) = (wholes.load(&FIRST).0, wholes.load(&LAST).0);
        for (part, outs) in into.chunks_mut(LANES * stride).enumerate() {
            let mut lines = [ops.zero().0; LANES];
            for (line, row) in lines.iter_mut().zip(rows) {
                if let Some(row) = row.get(part * LANES..(part + 1) * LANES) {
                    *line = ops.load(row).0;
                }
            }
            // Each shuffle of the rows' halves moves one bit of a number's row into its column.
            for _ in 0..LANES.ilog2() {
                let mut next = lines;
                let (upper, lower) = lines.split_at(LANES / 2);
                for ((pair, a), b) in next.as_chunks_mut().0.iter_mut().zip(upper).zip(lower) {
                    *pair = [
                        _mm512_permutex2var_ps(*a, first, *b),
                        _mm512_permutex2var_ps(*a, last, *b),
                    ];
                }
                lines = next;
            }
            for (out, line) in outs.chunks_exact_mut(stride).zip(lines) {
                if let Some(out) = out.get_mut(column..column + LANES) {
                    ops.store(line.into(), out);
                }
            }
        }
    }

    /// Some rows of a product, for the outputs of some registers.
    struct Part<'r, F> {
        rows: &'r [[u8; 4]],
        /// Step and low of each row.
        shares: (&'r [f32], &'r [f32]),
        panel: &'r [[Line; WIDE]],
        /// Scales, sums and biases of the outputs.
        shape: [&'r [f32]; 3],
        start: usize,
        width: usize,
        finish: F,
        out: &'r mut [f32],
    }

    /// The product of `ROWS` rows with the weights of [`WIDE`] registers of outputs.
    #[rite(v4x)]
    fn tile<F: Finish, const ROWS: usize>(isa: Avx512Isa, part: &mut Part<'_, F>) {
        let bytes = isa.i8();
        let steps = part.panel.len();
        let mut rows: [&[[u8; 4]]; ROWS] = [&[]; ROWS];
        let mut rest = part.rows;
        for row in &mut rows {
            let Some((first, others)) = rest.split_at_checked(steps) else {
                return;
            };
            (*row, rest) = (first, others);
        }
        let mut found: [[__m512i; WIDE]; ROWS] = [[_mm512_setzero_si512(); WIDE]; ROWS];
        for (at, lines) in part.panel.iter().enumerate() {
            for (row, sums) in rows.iter().zip(&mut found) {
                let Some(quad) = row.get(at) else { return };
                let quad = _mm512_set1_epi32(i32::from_le_bytes(*quad));
                for (sum, line) in sums.iter_mut().zip(lines) {
                    *sum = _mm512_dpbusd_epi32(*sum, quad, bytes.load(&line.0).0);
                }
            }
        }
        // Row by row by name, so that the sums need not leave their registers.
        macro_rules! finish {
            ($($row:literal)*) => {
                $(if let Some(found) = found.get($row) {
                    part.finish(isa, $row, *found);
                })*
            };
        }
        finish!(0 1 2 3 4 5);
    }

    impl<F: Finish> Part<'_, F> {
        /// Makes the sums of a row its results.
        #[inline(always)]
        fn finish(&mut self, isa: Avx512Isa, row: usize, found: [__m512i; WIDE]) {
            let ops = isa.f32();
            let (steps, lows) = self.shares;
            let from = row * self.width + self.start;
            let (Some(step), Some(low), Some(out)) = (
                steps.get(row),
                lows.get(row),
                self.out.get_mut(from..from + WIDE * LANES),
            ) else {
                return;
            };
            let share = [ops.splat(*step), ops.splat(*low)];
            let [scales, sums, biases] = self.shape;
            for (at, (found, out)) in found
                .into_iter()
                .zip(out.as_chunks_mut::<LANES>().0)
                .enumerate()
            {
                let columns = at * LANES..(at + 1) * LANES;
                let (Some(scale), Some(sum), Some(bias)) = (
                    scales.get(columns.clone()),
                    sums.get(columns.clone()),
                    biases.get(columns),
                ) else {
                    return;
                };
                let shape = [ops.load(scale), ops.load(sum), ops.load(bias)];
                ops.store(finished(isa, self.finish, found.into(), share, shape), out);
            }
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod own {
    use super::{Job, LANES};

    /// There is no such processor.
    #[derive(Clone, Copy)]
    pub(in super::super) enum Dots {}

    pub(in super::super) enum Laid {}

    impl Dots {
        pub(in super::super) fn new() -> Option<Self> {
            None
        }

        pub(in super::super) fn laid(self, _weights: &[i8], _inputs: usize) -> Laid {
            match self {}
        }

        pub(in super::super) fn product<F>(self, _weights: &Laid, _job: Job<'_, F>) {
            match self {}
        }

        pub(in super::super) fn turned(
            self,
            _rows: &[&[f32]; LANES],
            _column: usize,
            _stride: usize,
            _into: &mut [f32],
        ) {
            match self {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::gelu::{Finish, Gelu, Plain};
    use super::super::linear::Linear;
    use super::super::quantize::{Bytes, Engine};
    use super::super::scores::{stride, transposed};
    use super::Dots;

    /// Numbers from -1 to 1 that look like chance.
    fn numbers(count: usize) -> Vec<f32> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f32::from(u16::try_from(state >> 16).unwrap()) / 32768.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    fn product(engine: &Engine, inputs: usize, rows: &[f32], finish: impl Finish) -> Vec<f32> {
        let outputs = 200;
        let weights: Vec<i8> = (0..outputs * inputs)
            .map(|at| i8::try_from(at * 31 % 255).unwrap_or(-7))
            .collect();
        let lists = [numbers(outputs), numbers(outputs)];
        let [scales, biases] = lists.map(|list| list.iter().map(|x| x * 0.01).collect());
        let layer = Linear::of(engine, weights, inputs, scales, biases);
        let mut bytes = Bytes::default();
        let count = rows.len() / inputs;
        let mut out = vec![0.0; count * layer.width];
        let inputs = bytes.fill(engine, rows, inputs);
        layer.apply(engine, inputs, finish, &mut out).unwrap();
        out
    }

    #[test]
    fn products_are_the_same_on_any_processor() {
        let own = Engine::new();
        let other = Engine::with(None);
        if own.dots.is_none() || other.products.may_saturate() {
            return;
        }
        for (count, inputs) in [
            (1, 64),
            (5, 192),
            (6, 256),
            (7, 384),
            (140, 384),
            (70, 1536),
        ] {
            let rows = numbers(count * inputs);
            let found = product(&own, inputs, &rows, Plain);
            assert_eq!(found, product(&other, inputs, &rows, Plain), "{count} rows");
            let found = product(&own, inputs, &rows, Gelu);
            assert_eq!(found, product(&other, inputs, &rows, Gelu), "{count} rows");
        }
    }

    #[test]
    fn rows_become_columns() {
        for (count, depth) in [(1, 16), (15, 32), (16, 256), (33, 32)] {
            let all = numbers(count * depth);
            let stride = stride(count);
            let turned = |dots: Option<Dots>| {
                let mut into = vec![9.0; depth * stride];
                transposed(dots, all.chunks_exact(depth), stride, &mut into);
                into
            };
            let found = turned(Dots::new());
            assert_eq!(found, turned(None), "{count} rows of {depth}");
            let third: Vec<f32> = all.chunks_exact(depth).map(|row| row[3]).collect();
            assert_eq!(found[3 * stride..][..count], third);
            assert!(
                found[3 * stride + count..][..stride - count]
                    .iter()
                    .all(|x| x.abs() < 1e-9)
            );
        }
    }
}
