//! A graph of given files, and its answers as the batch mode writes them; sentences of treebanks.

use std::path::PathBuf;

use whom::question::{Answer, AnswerItem};
use whom::{BuildOptions, Session};

/// A graph of the documents at `paths`, in a file in a folder of its own.
pub(crate) struct Built {
    pub(crate) session: Session,
    _folder: tempfile::TempDir,
}

impl Built {
    pub(crate) fn of(paths: &[PathBuf]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut session = Session::open_or_create(&folder.path().join("graph.whom")).unwrap();
        let report = session
            .build(paths, &BuildOptions::default(), &|_| {})
            .unwrap();
        assert_eq!(report.report.read.len(), paths.len(), "documents read");
        Self {
            session,
            _folder: folder,
        }
    }

    pub(crate) fn ask(&mut self, question: &str) -> Answer {
        self.session.ask(question).unwrap()
    }
}

/// The answers, each as one string or as two.
pub(crate) fn strings(answer: &Answer) -> Vec<serde_json::Value> {
    answer
        .items
        .iter()
        .map(|item| match item {
            AnswerItem::One(one) => one.clone().into(),
            AnswerItem::Pair(one, other) => vec![one.clone(), other.clone()].into(),
        })
        .collect()
}

/// A sentence of a CoNLL-U file.
pub(crate) struct Block<'a> {
    /// All its lines.
    pub(crate) lines: &'a str,
    /// Whether a document begins with it, and whether a paragraph does.
    pub(crate) opens: (bool, bool),
    /// Its text.
    pub(crate) text: &'a str,
    /// Its rows of ten columns, with those of words written as one and of empty nodes.
    pub(crate) rows: Vec<Vec<&'a str>>,
}

/// The sentences of a CoNLL-U file, in order.
pub(crate) fn blocks(file: &str) -> impl Iterator<Item = Block<'_>> {
    let blocks = file.split("\n\n").filter(|block| !block.trim().is_empty());
    blocks.map(|block| Block {
        lines: block.trim_start(),
        opens: (block.contains("# newdoc"), block.contains("# newpar")),
        text: block
            .lines()
            .find_map(|line| line.strip_prefix("# text = "))
            .unwrap_or_default(),
        rows: block
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect(),
    })
}
