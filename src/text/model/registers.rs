//! Registers of floats.
//!
//! A closure, and what the standard library calls one with, knows nothing of what the processor has
//! beyond its family's oldest: where it is not inlined, a register goes through memory and each
//! step is a call. So registers are loaded in a loop over slices here, and everything else of the
//! model names its registers one by one.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_simd::Isa;
use rten_simd::ops::BitOps;

/// The first `N` registers of `numbers`; zeros where there are fewer.
#[inline(always)]
pub(super) fn loaded<I: Isa, const N: usize>(isa: I, numbers: &[f32]) -> [I::F32; N] {
    let ops = isa.f32();
    let mut registers = [ops.zero(); N];
    for (register, numbers) in registers.iter_mut().zip(numbers.chunks_exact(ops.len())) {
        *register = ops.load(numbers);
    }
    registers
}
