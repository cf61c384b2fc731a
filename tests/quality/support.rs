//! A graph of given files, and its answers as the batch mode writes them.

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
