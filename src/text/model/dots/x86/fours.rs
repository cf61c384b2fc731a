//! Four products of bytes summed in one step: AVX-512 VNNI.
#![expect(clippy::used_underscore_binding, reason = "a token is only proof")]

use std::arch::x86_64::{
    __m512i, _mm512_dpbusd_epi32, _mm512_permutex2var_ps, _mm512_set1_epi32, _mm512_setzero_si512,
};

use archmage::{SimdToken, X64V4xToken, arcane, rite};
use rten_simd::Isa;
use rten_simd::isa::Avx512Isa;
use rten_simd::ops::BitOps;

use super::super::super::gelu::Finish;
use super::{Job, LANES, Laid, Part, parts};

/// How many lines of outputs are summed at once.
pub(super) const WIDE: usize = 4;
/// How many rows of inputs.
pub(super) const TALL: usize = 6;

/// The proof that this processor has such sums.
#[derive(Clone, Copy)]
pub(in super::super::super) struct Fours {
    token: X64V4xToken,
    isa: Avx512Isa,
}

impl Fours {
    /// `None` if this processor has no such sums.
    pub(super) fn new() -> Option<Self> {
        Some(Self {
            token: X64V4xToken::summon()?,
            isa: Avx512Isa::new()?,
        })
    }

    /// The product of rows with weights.
    pub(super) fn product<F: Finish>(self, weights: &Laid, job: Job<'_, F>) {
        product(self.token, self.isa, weights, job);
    }

    /// Rows as columns.
    pub(super) fn turned(
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
    parts(weights, job, WIDE, TALL, |part| match part.shares.0.len() {
        1 => tile::<F, 1>(isa, part),
        2 => tile::<F, 2>(isa, part),
        3 => tile::<F, 3>(isa, part),
        4 => tile::<F, 4>(isa, part),
        5 => tile::<F, 5>(isa, part),
        _ => tile::<F, TALL>(isa, part),
    });
}

/// The product of `ROWS` rows with the weights of [`WIDE`] lines of outputs.
#[rite(v4x)]
fn tile<F: Finish, const ROWS: usize>(isa: Avx512Isa, part: &mut Part<'_, F>) {
    let bytes = isa.i8();
    let panel = part.panel.as_chunks::<WIDE>().0;
    let Some(rows) = part.split::<ROWS>(panel.len()) else {
        return;
    };
    let mut found: [[__m512i; WIDE]; ROWS] = [[_mm512_setzero_si512(); WIDE]; ROWS];
    for (at, [a, b, c, d]) in panel.iter().enumerate() {
        let (a, b) = (bytes.load(&a.0).0, bytes.load(&b.0).0);
        let (c, d) = (bytes.load(&c.0).0, bytes.load(&d.0).0);
        // Row by row by name, so that the sums need not leave their registers, and without
        // iterators over registers, which a build for debugging calls for each number.
        macro_rules! add {
            ($($row:literal)*) => {
                $(if let (Some(quads), Some(sums)) = (rows.get($row), found.get_mut($row)) {
                    let Some(quad) = quads.get(at) else { return };
                    let quad = _mm512_set1_epi32(i32::from_le_bytes(*quad));
                    let [first, second, third, fourth] = sums;
                    *first = _mm512_dpbusd_epi32(*first, quad, a);
                    *second = _mm512_dpbusd_epi32(*second, quad, b);
                    *third = _mm512_dpbusd_epi32(*third, quad, c);
                    *fourth = _mm512_dpbusd_epi32(*fourth, quad, d);
                })*
            };
        }
        add!(0 1 2 3 4 5);
    }
    macro_rules! finish {
        ($($row:literal)*) => {
            $(if let (Some([a, b, c, d]), Some(mut outputs)) =
                (found.get($row), part.outputs::<{ WIDE * LANES }>($row))
            {
                outputs.finish(isa, 0, (*a).into());
                outputs.finish(isa, 1, (*b).into());
                outputs.finish(isa, 2, (*c).into());
                outputs.finish(isa, 3, (*d).into());
            })*
        };
    }
    finish!(0 1 2 3 4 5);
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
