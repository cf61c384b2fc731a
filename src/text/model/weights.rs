//! The numbers of a network by name, as they lie in a file in the safetensors format.
//!
//! Whole numbers are lent, not copied: most of the file is a table of word pieces of which a text
//! needs few rows. What is missing or of another shape than asked for makes the whole file damaged.
//! Source of the format: <https://github.com/huggingface/safetensors>.

use std::ops::Range;

use safetensors::{Dtype, SafeTensors};

use super::ModelError;

/// The file's name.
const FILE: &str = "model.safetensors";

/// A file of numbers.
pub(super) struct Weights<'f> {
    file: &'f [u8],
    tensors: SafeTensors<'f>,
}

/// Rows of whole numbers from -127 to 127, each with a scale.
pub(super) struct Scaled<'f> {
    /// The numbers, signed, as the bytes they are in the file.
    pub(super) bytes: &'f [u8],
    pub(super) scales: Vec<f32>,
    pub(super) width: usize,
}

impl<'f> Weights<'f> {
    /// The numbers of a file.
    pub(super) fn new(file: &'f [u8]) -> Result<Self, ModelError> {
        let tensors = SafeTensors::deserialize(file).map_err(|_| damaged())?;
        Ok(Self { file, tensors })
    }

    /// Whether the file has numbers of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    /// A list of numbers; a table is taken row by row.
    pub(super) fn floats(&self, name: &str) -> Result<Vec<f32>, ModelError> {
        let (bytes, _) = self.find(name, Dtype::F32)?;
        let numbers = bytes.as_chunks::<4>().0.iter();
        Ok(numbers.map(|number| f32::from_le_bytes(*number)).collect())
    }

    /// A list of as many numbers as said.
    pub(super) fn list(&self, name: &str, length: usize) -> Result<Vec<f32>, ModelError> {
        let found = self.floats(name)?;
        if found.len() == length {
            Ok(found)
        } else {
            Err(damaged())
        }
    }

    /// The table `name.weight` with the scales of its rows, `name.scale`.
    pub(super) fn scaled(&self, name: &str) -> Result<Scaled<'f>, ModelError> {
        let (bytes, shape) = self.find(&format!("{name}.weight"), Dtype::I8)?;
        let [rows, width] = *shape.as_slice() else {
            return Err(damaged());
        };
        let scales = self.list(&format!("{name}.scale"), rows)?;
        if width == 0 || bytes.len() != rows * width {
            return Err(damaged());
        }
        Ok(Scaled {
            bytes,
            scales,
            width,
        })
    }

    /// Where in the file the numbers of `name.weight` stand.
    pub(super) fn place(&self, name: &str) -> Result<Range<usize>, ModelError> {
        let (bytes, _) = self.find(&format!("{name}.weight"), Dtype::I8)?;
        // The format has nothing between its header and its numbers, nor behind them.
        let (header, metadata) = SafeTensors::read_metadata(self.file).map_err(|_| damaged())?;
        let info = metadata
            .info(&format!("{name}.weight"))
            .ok_or_else(damaged)?;
        let start = size_of::<u64>() + header + info.data_offsets.0;
        Ok(start..start + bytes.len())
    }

    fn find(&self, name: &str, kind: Dtype) -> Result<(&'f [u8], Vec<usize>), ModelError> {
        let info = self.tensors.tensor(name).map_err(|_| damaged())?;
        if info.dtype() != kind {
            return Err(damaged());
        }
        Ok((info.data(), info.shape().to_vec()))
    }
}

/// The file is not what it should be.
pub(super) fn damaged() -> ModelError {
    ModelError::Damaged { file: FILE }
}
