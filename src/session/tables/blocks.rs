//! A file of lines in blocks: several are parsed at once while what came before is taken in.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use rayon::prelude::*;

use super::TableError;

/// How much is read at a time; a longer line makes a longer block.
const BLOCK_BYTES: usize = 1 << 18;

/// Whole lines of a file.
#[derive(Debug)]
pub(super) struct Block {
    bytes: Vec<u8>,
    first_line: usize,
}

impl Block {
    /// The lines, each with its number; the head of the file is line 1 and in no block.
    pub(super) fn lines(&self) -> io::Result<impl Iterator<Item = (usize, &str)>> {
        let text = std::str::from_utf8(&self.bytes)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let lines = text.split_terminator('\n');
        Ok((self.first_line..).zip(lines.map(|line| line.strip_suffix('\r').unwrap_or(line))))
    }

    /// How many lines, the last whether or not it is ended.
    pub(super) fn line_count(&self) -> usize {
        #[expect(
            clippy::naive_bytecount,
            reason = "a crate for it is not worth its while"
        )]
        let ends = self.bytes.iter().filter(|byte| **byte == b'\n').count();
        ends + usize::from(self.bytes.last().is_some_and(|byte| *byte != b'\n'))
    }
}

/// Reads a file block by block.
#[derive(Debug)]
struct Blocks {
    file: File,
    /// The start of a line whose end was not read yet.
    rest: Vec<u8>,
    next_line: usize,
}

impl Blocks {
    /// The file at `path` after its head line.
    fn open(path: &Path) -> io::Result<Self> {
        let mut blocks = Self {
            file: File::open(path)?,
            rest: Vec::new(),
            next_line: 1,
        };
        if let Some(first) = blocks.next_block()? {
            let head = first.bytes.iter().position(|byte| *byte == b'\n');
            let body = head.map_or(first.bytes.len(), |end| end + 1);
            let mut rest = first.bytes;
            rest.drain(..body);
            rest.append(&mut blocks.rest);
            blocks.rest = rest;
            blocks.next_line = 2;
        }
        Ok(blocks)
    }

    fn next_block(&mut self) -> io::Result<Option<Block>> {
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            let before = bytes.len();
            bytes.reserve_exact(BLOCK_BYTES);
            let wanted = u64::try_from(BLOCK_BYTES).unwrap_or(u64::MAX);
            let read = (&mut self.file).take(wanted).read_to_end(&mut bytes)?;
            if read == 0 {
                break;
            }
            let fresh = bytes.get(before..).unwrap_or(&[]);
            if let Some(end) = fresh.iter().rposition(|byte| *byte == b'\n') {
                self.rest = bytes.split_off(before + end + 1);
                break;
            }
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let block = Block {
            bytes,
            first_line: self.next_line,
        };
        self.next_line += block.line_count();
        Ok(Some(block))
    }

    fn next_blocks(&mut self, most: usize) -> io::Result<Vec<Block>> {
        let mut blocks = Vec::with_capacity(most);
        while blocks.len() < most
            && let Some(block) = self.next_block()?
        {
            blocks.push(block);
        }
        Ok(blocks)
    }
}

/// How many lines the file at `path` has after its head.
pub(super) fn count_lines(path: &Path) -> Result<usize, TableError> {
    let count = || {
        let mut blocks = Blocks::open(path)?;
        let mut lines = 0;
        while let Some(block) = blocks.next_block()? {
            lines += block.line_count();
        }
        Ok(lines)
    };
    count().map_err(|source| unreadable(path, source))
}

/// Parses the lines of the file at `path` after its head, and hands what came of each block to
/// `take`, in the order of the file.
pub(super) fn parse_blocks<T: Send>(
    path: &Path,
    parse: impl Fn(&Block) -> Result<T, TableError> + Sync,
    mut take: impl FnMut(T) -> Result<(), TableError> + Send,
) -> Result<(), TableError> {
    let at_once = rayon::current_num_threads() * 2;
    let parse_all = |blocks: &[Block]| -> Vec<Result<T, TableError>> {
        blocks.par_iter().map(&parse).collect()
    };
    let mut take_all =
        |parsed: Vec<Result<T, TableError>>| parsed.into_iter().try_for_each(|part| take(part?));
    let mut blocks = Blocks::open(path).map_err(|source| unreadable(path, source))?;
    let mut read = || {
        blocks
            .next_blocks(at_once)
            .map_err(|source| unreadable(path, source))
    };
    let mut parsed = parse_all(&read()?);
    while !parsed.is_empty() {
        let next = read()?;
        let (taken, following) = rayon::join(|| take_all(parsed), || parse_all(&next));
        taken?;
        parsed = following;
    }
    Ok(())
}

pub(super) fn unreadable(path: &Path, source: io::Error) -> TableError {
    TableError::Unreadable {
        path: path.to_path_buf(),
        source,
    }
}
