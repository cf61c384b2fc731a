//! Linear layers: eight-bit products, made floats again while their sums are in the cache.
//!
//! A layer's outputs are cut into panels, whose weights stay in the cache while all rows pass by.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_gemm::{GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::ops::{BitOps, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensorView;

use super::ModelError;
use super::gelu::Finish;
use super::quantize::{BLOCK_ROWS, Block, Engine, LANES};
use super::weights::{Scaled, Weights, damaged};

/// How many outputs a panel has. The product of matrices takes no more columns at once without
/// sharing them among threads, and weights of 384 or 1536 inputs stay in a core's second cache.
const PANEL: usize = 128;

/// A layer that weighs its inputs: `y = W x + b`.
pub(super) struct Linear {
    panels: Vec<Panel>,
    pub(super) inputs: usize,
    outputs: usize,
    /// How many numbers a row of the result has: the outputs, and zeros up to full registers.
    pub(super) width: usize,
}

/// Some outputs of a layer.
struct Panel {
    weights: PackedBMatrix<i8>,
    /// What one is worth in the weights of each output.
    scales: Vec<f32>,
    /// The sum of the weights of each output, for the part of the inputs that is alike in a row.
    sums: Vec<f32>,
    biases: Vec<f32>,
}

impl Linear {
    /// The layer called `name`.
    pub(super) fn new(
        engine: &Engine,
        weights: &Weights<'_>,
        name: &str,
    ) -> Result<Self, ModelError> {
        Self::joined(engine, weights, &[name])
    }

    /// The layers called `names` as one, their outputs side by side.
    pub(super) fn joined(
        engine: &Engine,
        weights: &Weights<'_>,
        names: &[&str],
    ) -> Result<Self, ModelError> {
        let parts: Vec<Scaled<'_>> = names
            .iter()
            .map(|name| weights.scaled(name))
            .collect::<Result<_, _>>()?;
        let inputs = parts.first().map_or(0, |part| part.width);
        if inputs == 0
            || !inputs.is_multiple_of(LANES)
            || parts.iter().any(|part| part.width != inputs)
        {
            return Err(damaged());
        }
        let mut scales = Vec::new();
        let mut biases = Vec::new();
        for (part, name) in parts.iter().zip(names) {
            scales.extend_from_slice(&part.scales);
            biases.extend(weights.list(&format!("{name}.bias"), part.scales.len())?);
        }
        let outputs = scales.len();
        let width = outputs.next_multiple_of(LANES);
        scales.resize(width, 0.0);
        biases.resize(width, 0.0);
        let mut numbers = parts
            .iter()
            .flat_map(|part| part.bytes)
            .map(|byte| byte.cast_signed());
        let panels = scales
            .chunks(PANEL)
            .zip(biases.chunks(PANEL))
            .map(|(scales, biases)| {
                let mut panel: Vec<i8> = numbers.by_ref().take(scales.len() * inputs).collect();
                panel.resize(scales.len() * inputs, 0);
                Panel::new(engine, &panel, inputs, scales, biases)
            })
            .collect();
        Ok(Self {
            panels,
            inputs,
            outputs,
            width,
        })
    }

    /// Whether it makes `outputs` numbers of `inputs`.
    pub(super) fn fits(&self, inputs: usize, outputs: usize) -> bool {
        (self.inputs, self.outputs) == (inputs, outputs)
    }

    /// The result for the rows of `inputs`, each number finished by `finish`, in `out`: rows of
    /// [`Linear::width`] numbers.
    pub(super) fn apply(
        &self,
        engine: &Engine,
        inputs: &[Block],
        finish: impl Finish,
        out: &mut [f32],
    ) -> Result<(), ModelError> {
        let mut sums = vec![0; BLOCK_ROWS * PANEL];
        for (index, panel) in self.panels.iter().enumerate() {
            let columns = panel.scales.len();
            let outs = out.chunks_mut(BLOCK_ROWS * self.width);
            for (input, out) in inputs.iter().zip(outs) {
                let sums = sums
                    .get_mut(..input.steps.len() * columns)
                    .unwrap_or_default();
                engine
                    .products
                    .gemm(
                        sums,
                        GemmInputA::Packed(&input.bytes),
                        GemmInputB::Packed(&panel.weights),
                        GemmOptions::default(),
                    )
                    .map_err(|source| ModelError::Failed {
                        source: Box::new(source),
                    })?;
                Dequantize {
                    sums,
                    input,
                    panel,
                    finish,
                    out,
                    width: self.width,
                    start: index * PANEL,
                }
                .dispatch();
            }
        }
        Ok(())
    }
}

impl Panel {
    fn new(engine: &Engine, numbers: &[i8], inputs: usize, scales: &[f32], biases: &[f32]) -> Self {
        let sums = numbers
            .chunks_exact(inputs)
            .zip(scales)
            .map(|(row, scale)| {
                let sum: i32 = row.iter().map(|number| i32::from(*number)).sum();
                #[expect(clippy::cast_precision_loss, reason = "below 2^24 for 1536 inputs")]
                let sum = sum as f32;
                sum * scale
            })
            .collect();
        let matrix = NdTensorView::from_data([scales.len(), inputs], numbers);
        Self {
            weights: engine.products.prepack_b(matrix.transposed()),
            scales: scales.to_vec(),
            sums,
            biases: biases.to_vec(),
        }
    }
}

/// Sums of whole numbers to floats.
struct Dequantize<'r, F> {
    sums: &'r [i32],
    input: &'r Block,
    panel: &'r Panel,
    finish: F,
    out: &'r mut [f32],
    width: usize,
    start: usize,
}

impl<F: Finish> SimdOp for Dequantize<'_, F> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (floats, wholes) = (isa.f32(), isa.i32());
        let lanes = floats.len();
        let Panel {
            scales,
            sums,
            biases,
            ..
        } = self.panel;
        let columns = scales.len();
        let rows = self.sums.chunks_exact(columns);
        let outs = self.out.chunks_exact_mut(self.width);
        let scaled = self.input.steps.iter().zip(&self.input.lows);
        for ((row, out), (step, low)) in rows.zip(outs).zip(scaled) {
            let (step, low) = (floats.splat(*step), floats.splat(*low));
            let out = out
                .get_mut(self.start..self.start + columns)
                .unwrap_or_default();
            let weights = scales.chunks_exact(lanes).zip(sums.chunks_exact(lanes));
            let numbers = row.chunks_exact(lanes).zip(out.chunks_exact_mut(lanes));
            for (((scale, sum), bias), (row, out)) in
                weights.zip(biases.chunks_exact(lanes)).zip(numbers)
            {
                let base = floats.mul_add(low, floats.load(sum), floats.load(bias));
                let factor = floats.mul(step, floats.load(scale));
                let x = floats.mul_add(wholes.to_float(wholes.load(row)), factor, base);
                floats.store(self.finish.apply(isa, x), out);
            }
        }
    }
}
