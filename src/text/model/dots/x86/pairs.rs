//! Products of bytes added in pairs: AVX2.
//!
//! The sum of two products must fit sixteen bits, so inputs have seven.
#![expect(clippy::used_underscore_binding, reason = "a token is only proof")]

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_permute2f128_ps,
    _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_shuffle_ps,
    _mm256_unpackhi_ps, _mm256_unpacklo_ps,
};

use archmage::{SimdToken, X64V3Token, arcane, rite};
use rten_simd::Isa;
use rten_simd::isa::Avx2Isa;
use rten_simd::ops::BitOps;

use super::super::super::gelu::Finish;
use super::{LANES, Part};

/// How many rows of inputs are summed at once, with two registers of outputs: more registers would
/// not be left for weights, inputs and their products.
pub(super) const TALL: usize = 4;

/// How many numbers of 32 bits a register holds.
const SHORT: usize = LANES / 2;

/// The proof that this processor has such sums.
#[derive(Clone, Copy)]
pub(in super::super::super) struct Pairs {
    token: X64V3Token,
    isa: Avx2Isa,
}

impl Pairs {
    /// `None` if this processor has no such sums.
    pub(super) fn new() -> Option<Self> {
        Some(Self {
            token: X64V3Token::summon()?,
            isa: Avx2Isa::new()?,
        })
    }

    /// A part of a product.
    pub(super) fn tile<F: Finish>(self, part: &mut Part<'_, F>) {
        any(self.token, self.isa, part);
    }

    /// Rows as columns.
    pub(super) fn turned(
        self,
        rows: &[&[f32]; LANES],
        column: usize,
        stride: usize,
        into: &mut [f32],
    ) {
        for (half, rows) in rows.as_chunks().0.iter().enumerate() {
            let column = column + half * SHORT;
            turned(self.token, self.isa, rows, column, stride, into);
        }
    }
}

#[arcane]
fn any<F: Finish>(_token: X64V3Token, isa: Avx2Isa, part: &mut Part<'_, F>) {
    match part.shares.0.len() {
        1 => tile::<F, 1>(isa, part),
        2 => tile::<F, 2>(isa, part),
        3 => tile::<F, 3>(isa, part),
        _ => tile::<F, TALL>(isa, part),
    }
}

/// The product of `ROWS` rows with the weights of a line of outputs.
#[rite(v3)]
fn tile<F: Finish, const ROWS: usize>(isa: Avx2Isa, part: &mut Part<'_, F>) {
    let bytes = isa.i8();
    let Some(rows) = part.split::<ROWS>(part.panel.len()) else {
        return;
    };
    let ones = _mm256_set1_epi16(1);
    let mut found: [[__m256i; 2]; ROWS] = [[_mm256_setzero_si256(); 2]; ROWS];
    for (at, line) in part.panel.iter().enumerate() {
        let (low, high) = line.0.split_at(2 * LANES);
        let (low, high) = (bytes.load(low).0, bytes.load(high).0);
        // Row by row by name, so that the sums need not leave their registers, and without
        // iterators over registers, which a build for debugging calls for each number.
        macro_rules! add {
            ($($row:literal)*) => {
                $(if let (Some(quads), Some([a, b])) = (rows.get($row), found.get_mut($row)) {
                    let Some(quad) = quads.get(at) else { return };
                    let quad = _mm256_set1_epi32(i32::from_le_bytes(*quad));
                    let pairs = _mm256_maddubs_epi16(quad, low);
                    *a = _mm256_add_epi32(*a, _mm256_madd_epi16(pairs, ones));
                    let pairs = _mm256_maddubs_epi16(quad, high);
                    *b = _mm256_add_epi32(*b, _mm256_madd_epi16(pairs, ones));
                })*
            };
        }
        add!(0 1 2 3);
    }
    macro_rules! finish {
        ($($row:literal)*) => {
            $(if let (Some([a, b]), Some(mut outputs)) =
                (found.get($row), part.outputs::<LANES>($row))
            {
                outputs.finish(isa, 0, (*a).into());
                outputs.finish(isa, 1, (*b).into());
            })*
        };
    }
    finish!(0 1 2 3);
}

#[arcane]
fn turned(
    _token: X64V3Token,
    isa: Avx2Isa,
    rows: &[&[f32]; SHORT],
    column: usize,
    stride: usize,
    into: &mut [f32],
) {
    let ops = isa.f32();
    for (part, outs) in into.chunks_mut(SHORT * stride).enumerate() {
        let mut lines = [ops.zero().0; SHORT];
        for (line, row) in lines.iter_mut().zip(rows) {
            if let Some(row) = row.get(part * SHORT..(part + 1) * SHORT) {
                *line = ops.load(row).0;
            }
        }
        let [a, b, c, d, e, f, g, h] = lines;
        // Numbers of two rows by turns, then of four, then of all.
        let [a, b] = [_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b)];
        let [c, d] = [_mm256_unpacklo_ps(c, d), _mm256_unpackhi_ps(c, d)];
        let [e, f] = [_mm256_unpacklo_ps(e, f), _mm256_unpackhi_ps(e, f)];
        let [g, h] = [_mm256_unpacklo_ps(g, h), _mm256_unpackhi_ps(g, h)];
        let upper = [
            _mm256_shuffle_ps::<0x44>(a, c),
            _mm256_shuffle_ps::<0xEE>(a, c),
            _mm256_shuffle_ps::<0x44>(b, d),
            _mm256_shuffle_ps::<0xEE>(b, d),
        ];
        let lower = [
            _mm256_shuffle_ps::<0x44>(e, g),
            _mm256_shuffle_ps::<0xEE>(e, g),
            _mm256_shuffle_ps::<0x44>(f, h),
            _mm256_shuffle_ps::<0xEE>(f, h),
        ];
        let [a, b, c, d] = upper;
        let [e, f, g, h] = lower;
        let lines = [
            _mm256_permute2f128_ps::<0x20>(a, e),
            _mm256_permute2f128_ps::<0x20>(b, f),
            _mm256_permute2f128_ps::<0x20>(c, g),
            _mm256_permute2f128_ps::<0x20>(d, h),
            _mm256_permute2f128_ps::<0x31>(a, e),
            _mm256_permute2f128_ps::<0x31>(b, f),
            _mm256_permute2f128_ps::<0x31>(c, g),
            _mm256_permute2f128_ps::<0x31>(d, h),
        ];
        for (out, line) in outs.chunks_exact_mut(stride).zip(lines) {
            if let Some(out) = out.get_mut(column..column + SHORT) {
                ops.store(line.into(), out);
            }
        }
    }
}
