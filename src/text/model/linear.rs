//! Linear layers: eight-bit products, made floats again while their sums are in the cache.
//!
//! A layer's outputs are cut into panels, whose weights stay in the cache while all rows pass by.
#![expect(
    clippy::inline_always,
    reason = "a register is not passed through a call: that is what rten-simd asks for"
)]

use rten_gemm::{GemmInputA, GemmInputB, GemmOptions, PackedAMatrix, PackedBMatrix};
use rten_simd::ops::{BitOps, NumOps, ToFloat};
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensorView;

use super::ModelError;
use super::dots::{Job, Laid};
use super::gelu::Finish;
use super::quantize::{Engine, LANES, Rows};
use super::weights::{Scaled, Weights, damaged};

/// How many outputs a panel has. The product of matrices takes no more columns at once without
/// sharing them among threads, and weights of 384 or 1536 inputs stay in a core's second cache.
const PANEL: usize = 128;

/// How many rows a panel meets at once. The product takes no more without sharing them among
/// threads, which batches do.
const BLOCK_ROWS: usize = 64;

/// A layer that weighs its inputs: `y = W x + b`.
pub(super) struct Linear {
    weights: Layout,
    /// What one is worth in the weights of each output.
    scales: Vec<f32>,
    /// The sum of the weights of each output, for the part of the inputs that is alike in a row.
    sums: Vec<f32>,
    biases: Vec<f32>,
    pub(super) inputs: usize,
    outputs: usize,
    /// How many numbers a row of the result has: the outputs, and zeros up to full registers.
    pub(super) width: usize,
}

/// The weights as the products want them.
enum Layout {
    Laid(Laid),
    /// Panels of outputs.
    Packed(Vec<PackedBMatrix<i8>>),
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
        let mut numbers = Vec::new();
        let mut scales = Vec::new();
        let mut biases = Vec::new();
        for (part, name) in parts.iter().zip(names) {
            numbers.extend(part.bytes.iter().map(|byte| byte.cast_signed()));
            scales.extend_from_slice(&part.scales);
            biases.extend(weights.list(&format!("{name}.bias"), part.scales.len())?);
        }
        Ok(Self::of(engine, numbers, inputs, scales, biases))
    }

    /// The layer of these weights, a row of `inputs` for each output.
    pub(super) fn of(
        engine: &Engine,
        mut numbers: Vec<i8>,
        inputs: usize,
        mut scales: Vec<f32>,
        mut biases: Vec<f32>,
    ) -> Self {
        let outputs = scales.len();
        let width = outputs.next_multiple_of(LANES);
        numbers.resize(width * inputs, 0);
        scales.resize(width, 0.0);
        biases.resize(width, 0.0);
        let sums = numbers
            .chunks_exact(inputs)
            .zip(&scales)
            .map(|(row, scale)| {
                let sum: i32 = row.iter().map(|number| i32::from(*number)).sum();
                #[expect(clippy::cast_precision_loss, reason = "below 2^24 for 1536 inputs")]
                let sum = sum as f32;
                sum * scale
            })
            .collect();
        let weights = match engine.dots {
            Some(dots) => Layout::Laid(dots.laid(&numbers, inputs)),
            None => Layout::Packed(
                numbers
                    .chunks(PANEL * inputs)
                    .map(|panel| {
                        let shape = [panel.len() / inputs, inputs];
                        let matrix = NdTensorView::from_data(shape, panel);
                        engine.products.prepack_b(matrix.transposed())
                    })
                    .collect(),
            ),
        };
        Self {
            weights,
            scales,
            sums,
            biases,
            inputs,
            outputs,
            width,
        }
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
        inputs: Rows<'_>,
        finish: impl Finish,
        out: &mut [f32],
    ) -> Result<(), ModelError> {
        match (&self.weights, engine.dots) {
            (Layout::Laid(weights), Some(dots)) => {
                let job = Job {
                    inputs,
                    scales: &self.scales,
                    sums: &self.sums,
                    biases: &self.biases,
                    finish,
                    out,
                };
                dots.product(weights, job);
                Ok(())
            }
            (Layout::Packed(panels), _) => self.packed(engine, panels, inputs, finish, out),
            // An engine reads the layers it made.
            (Layout::Laid(_), None) => Err(damaged()),
        }
    }

    fn packed(
        &self,
        engine: &Engine,
        panels: &[PackedBMatrix<i8>],
        inputs: Rows<'_>,
        finish: impl Finish,
        out: &mut [f32],
    ) -> Result<(), ModelError> {
        let blocks: Vec<PackedAMatrix<u8>> = inputs
            .numbers
            .chunks(BLOCK_ROWS * inputs.width)
            .map(|rows| {
                let shape = [rows.len() / inputs.width, inputs.width];
                let matrix = NdTensorView::from_data(shape, rows);
                engine.products.prepack_a(matrix)
            })
            .collect();
        let mut sums = vec![0; BLOCK_ROWS * PANEL];
        for (index, panel) in panels.iter().enumerate() {
            let columns = panel.cols();
            let start = index * PANEL;
            let outs = out.chunks_mut(BLOCK_ROWS * self.width);
            let shares = inputs
                .steps
                .chunks(BLOCK_ROWS)
                .zip(inputs.lows.chunks(BLOCK_ROWS));
            for ((block, out), (steps, lows)) in blocks.iter().zip(outs).zip(shares) {
                let sums = sums.get_mut(..steps.len() * columns).unwrap_or_default();
                engine
                    .products
                    .gemm(
                        sums,
                        GemmInputA::Packed(block),
                        GemmInputB::Packed(panel),
                        GemmOptions::default(),
                    )
                    .map_err(|source| ModelError::Failed {
                        source: Box::new(source),
                    })?;
                Dequantize {
                    sums,
                    columns,
                    layer: self,
                    steps,
                    lows,
                    finish,
                    out,
                    start,
                }
                .dispatch();
            }
        }
        Ok(())
    }
}

/// A register of sums of whole numbers as floats: their row's step and low, and scales, sums and
/// biases of their columns, say what they stand for.
#[inline(always)]
pub(super) fn finished<I: Isa>(
    isa: I,
    finish: impl Finish,
    found: I::I32,
    [step, low]: [I::F32; 2],
    [scale, sum, bias]: [I::F32; 3],
) -> I::F32 {
    let ops = isa.f32();
    let base = ops.mul_add(low, sum, bias);
    let factor = ops.mul(step, scale);
    finish.apply(isa, ops.mul_add(isa.i32().to_float(found), factor, base))
}

/// Sums of whole numbers to floats.
struct Dequantize<'r, F> {
    sums: &'r [i32],
    columns: usize,
    layer: &'r Linear,
    steps: &'r [f32],
    lows: &'r [f32],
    finish: F,
    out: &'r mut [f32],
    start: usize,
}

impl<F: Finish> SimdOp for Dequantize<'_, F> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (floats, wholes) = (isa.f32(), isa.i32());
        let lanes = floats.len();
        let Linear {
            scales,
            sums,
            biases,
            width,
            ..
        } = self.layer;
        let panel = self.start..self.start + self.columns;
        let [scales, weighed, biases] =
            [scales, sums, biases].map(|list| list.get(panel.clone()).unwrap_or_default());
        let rows = self.sums.chunks_exact(self.columns);
        let outs = self.out.chunks_exact_mut(*width);
        let scaled = self.steps.iter().zip(self.lows);
        for ((row, out), (step, low)) in rows.zip(outs).zip(scaled) {
            let (step, low) = (floats.splat(*step), floats.splat(*low));
            let out = out.get_mut(panel.clone()).unwrap_or_default();
            let weights = scales.chunks_exact(lanes).zip(weighed.chunks_exact(lanes));
            let numbers = row.chunks_exact(lanes).zip(out.chunks_exact_mut(lanes));
            for (((scale, sum), bias), (row, out)) in
                weights.zip(biases.chunks_exact(lanes)).zip(numbers)
            {
                let shape = [floats.load(scale), floats.load(sum), floats.load(bias)];
                let x = finished(isa, self.finish, wholes.load(row), [step, low], shape);
                floats.store(x, out);
            }
        }
    }
}
