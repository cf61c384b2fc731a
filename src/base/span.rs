//! Places in source text: stretches in bytes, and lines and columns as people count them.

/// A stretch of source text in bytes, `start <= end`, on character borders of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The stretch from byte `start` up to, not including, byte `end`; empty at `start` if
    /// `end` lies before it. Offsets past 4 GiB are held at 4 GiB: larger sources are refused
    /// when they are read.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self {
            start,
            end: end.max(start),
        }
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// How many bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest stretch that holds both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Whether `other` lies inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether both share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same stretch, `bytes` further on.
    #[must_use]
    pub fn shifted(self, bytes: usize) -> Self {
        Self::new(self.start() + bytes, self.end() + bytes)
    }

    /// The text of the stretch; empty if it does not lie on character borders of `source`.
    pub fn of(self, source: &str) -> &str {
        source.get(self.start()..self.end()).unwrap_or_default()
    }
}

/// A place as people count it: line and column from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line, the first is 1.
    pub line: usize,
    /// The column in characters, the first is 1.
    pub column: usize,
}

/// Where the lines of a text begin; turns byte offsets to [`LineColumn`]s.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// The index of `text`.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self { starts }
    }

    /// The line and column of byte `offset` in `text`, which must be the text indexed.
    pub fn line_column(&self, text: &str, offset: usize) -> LineColumn {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let before = text.get(start..offset.min(text.len())).unwrap_or_default();
        LineColumn {
            line: line.max(1),
            column: before.chars().count() + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, LineIndex, Span};

    #[test]
    fn lines_and_columns_count_characters() {
        let text = "één\ntwee\n";
        let index = LineIndex::new(text);
        let at = |offset| index.line_column(text, offset);
        assert_eq!(at(0), LineColumn { line: 1, column: 1 });
        assert_eq!(at(4), LineColumn { line: 1, column: 3 });
        assert_eq!(at(6), LineColumn { line: 2, column: 1 });
        assert_eq!(at(11), LineColumn { line: 3, column: 1 });
    }

    #[test]
    fn a_span_off_a_character_border_has_no_text() {
        assert_eq!(Span::new(0, 1).of("é"), "");
        assert_eq!(Span::new(0, 2).of("é"), "é");
        assert_eq!(Span::new(3, 1), Span::new(3, 3));
    }
}
