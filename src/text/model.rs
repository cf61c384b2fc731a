//! The learned model: loads it and runs it on batches of sentences.
//!
//! The only place that knows the model's runtime. What goes in is pieces ([`Coded`]), what comes
//! out is numbers ([`Reading`]); their meaning stands in [`Labels`].

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;

use super::labels::Labels;
use super::lemma::WordList;
use super::subword::{Coded, Pieces};

/// How many edit rules the model offers for each word.
pub(crate) const LEMMA_CHOICES: usize = 5;

/// Why there is no model, or why it cannot read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// This build has no model in it.
    #[error("this build of whom holds no model that reads English")]
    NotBuiltIn,
    /// A file of the model cannot be read.
    #[error("the model's file `{file}` cannot be read")]
    Unreadable {
        /// The file's name.
        file: &'static str,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// A file of the model is not what it should be.
    #[error("the model's file `{file}` is damaged")]
    Damaged {
        /// The file's name.
        file: &'static str,
    },
    /// The runtime refuses the model.
    #[error("the model's file `{file}` cannot be loaded")]
    Refused {
        /// The file's name.
        file: &'static str,
        /// What the runtime says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The runtime failed on a batch of sentences.
    #[error("the model failed on a sentence")]
    Failed {
        /// What the runtime says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The model yields tensors of another shape than agreed.
    #[error("the model's output `{output}` has another shape than expected")]
    Shape {
        /// The name of the output.
        output: &'static str,
    },
}

/// What the model sees in one sentence, in numbers; the lists have an entry for each word.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Reading {
    /// The head, counted from 1; 0 for the root.
    pub(crate) heads: Vec<usize>,
    pub(crate) relations: Vec<usize>,
    pub(crate) upos: Vec<usize>,
    pub(crate) xpos: Vec<usize>,
    pub(crate) features: Vec<usize>,
    pub(crate) lemmas: Vec<[usize; LEMMA_CHOICES]>,
    /// Scores of the name tags, a row for each word.
    pub(crate) names: Vec<f32>,
    pub(crate) types: Vec<usize>,
}

/// The files a model is made of.
struct Files {
    network: Cow<'static, [u8]>,
    scorer: Cow<'static, [u8]>,
    labels: Cow<'static, str>,
    vocabulary: Cow<'static, str>,
    words: Cow<'static, str>,
}

impl Files {
    #[cfg(feature = "model")]
    #[expect(
        clippy::unnecessary_wraps,
        reason = "a build without the runtime holds no model"
    )]
    fn embedded() -> Result<Self, ModelError> {
        Ok(Self {
            network: Cow::Borrowed(include_bytes!("../../english/model.onnx")),
            scorer: Cow::Borrowed(include_bytes!("../../english/labels.onnx")),
            labels: Cow::Borrowed(include_str!("../../english/labels.json")),
            vocabulary: Cow::Borrowed(include_str!("../../english/vocabulary.txt")),
            words: Cow::Borrowed(include_str!("../../english/words.txt")),
        })
    }

    #[cfg(not(feature = "model"))]
    fn embedded() -> Result<Self, ModelError> {
        Err(ModelError::NotBuiltIn)
    }

    fn in_folder(folder: &Path) -> Result<Self, ModelError> {
        let bytes = |file: &'static str| {
            fs::read(folder.join(file)).map_err(|source| ModelError::Unreadable { file, source })
        };
        let text = |file: &'static str| {
            String::from_utf8(bytes(file)?).map_err(|_| ModelError::Damaged { file })
        };
        Ok(Self {
            network: Cow::Owned(bytes("model.onnx")?),
            scorer: Cow::Owned(bytes("labels.onnx")?),
            labels: Cow::Owned(text("labels.json")?),
            vocabulary: Cow::Owned(text("vocabulary.txt")?),
            words: Cow::Owned(text("words.txt")?),
        })
    }
}

/// A model with everything that gives its numbers meaning.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) pieces: Pieces,
    pub(crate) labels: Labels,
    pub(crate) words: WordList,
    network: network::Network,
}

impl Model {
    /// The model built into this program.
    pub(crate) fn embedded() -> Result<Self, ModelError> {
        Self::new(Files::embedded()?)
    }

    /// The model whose files lie in `folder`.
    pub(crate) fn from_folder(folder: &Path) -> Result<Self, ModelError> {
        Self::new(Files::in_folder(folder)?)
    }

    fn new(files: Files) -> Result<Self, ModelError> {
        // The network takes most of the time, so the rest is read beside it.
        let (network, tables) = rayon::join(
            || network::Network::load(files.network, files.scorer),
            || {
                let mut labels = Labels::parse(&files.labels).ok_or(ModelError::Damaged {
                    file: "labels.json",
                })?;
                let fold = std::mem::take(&mut labels.fold);
                let pieces = Pieces::new(files.vocabulary, fold).ok_or(ModelError::Damaged {
                    file: "vocabulary.txt",
                })?;
                Ok((labels, pieces))
            },
        );
        let (labels, pieces) = tables?;
        Ok(Self {
            pieces,
            labels,
            words: WordList::new(files.words),
            network: network?,
        })
    }

    /// What the model sees in each sentence of a batch.
    ///
    /// The numbers of one sentence depend a little on the others of its batch, because the model's
    /// eight-bit products share one scale; so the same batch must be made for the same document.
    pub(crate) fn read(&self, batch: &[&Coded]) -> Result<Vec<Reading>, ModelError> {
        self.network.read(batch, &self.labels)
    }
}

#[cfg(not(feature = "model"))]
mod network {
    //! Stands in for the runtime in a build without it; there is no such network.

    use std::borrow::Cow;

    use super::{Coded, Labels, ModelError, Reading};

    #[derive(Debug)]
    pub(super) enum Network {}

    impl Network {
        pub(super) fn load(
            _network: Cow<'static, [u8]>,
            _scorer: Cow<'static, [u8]>,
        ) -> Result<Self, ModelError> {
            Err(ModelError::NotBuiltIn)
        }

        pub(super) fn read(
            &self,
            _batch: &[&Coded],
            _labels: &Labels,
        ) -> Result<Vec<Reading>, ModelError> {
            match *self {}
        }
    }
}

#[cfg(feature = "model")]
mod network {
    //! The two networks in their runtime, one thread to a batch.

    use std::borrow::Cow;
    use std::fmt;
    use std::sync::{Arc, Mutex};
    use std::thread;

    use rten::{NodeId, RunOptions, ThreadPool, Value, ValueOrView};
    use rten_tensor::Tensor;

    use super::super::tree::best_tree;
    use super::{Coded, LEMMA_CHOICES, Labels, ModelError, Reading};

    const INPUTS: [&str; 6] = ["ids", "shp", "mask", "first", "last", "wmask"];
    const OUTPUTS: [&str; 9] = [
        "arc", "dep", "head", "upos", "xpos", "feats", "lemma", "ner", "etype",
    ];

    pub(super) struct Network {
        /// From pieces to scores.
        reader: rten::Model,
        inputs: [NodeId; 6],
        outputs: [NodeId; 9],
        /// From pairs of dependent and head to scores of their relation.
        scorer: rten::Model,
        pair: [NodeId; 2],
        relation: NodeId,
        /// Pools of one thread that no batch uses at the moment.
        idle: Mutex<Vec<Arc<ThreadPool>>>,
    }

    impl fmt::Debug for Network {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.debug_struct("Network").finish_non_exhaustive()
        }
    }

    impl Network {
        pub(super) fn load(
            reader: Cow<'static, [u8]>,
            scorer: Cow<'static, [u8]>,
        ) -> Result<Self, ModelError> {
            let reader = load("model.onnx", reader)?;
            let scorer = load("labels.onnx", scorer)?;
            Ok(Self {
                inputs: nodes("model.onnx", &reader, INPUTS)?,
                outputs: nodes("model.onnx", &reader, OUTPUTS)?,
                pair: nodes("labels.onnx", &scorer, ["dep", "head"])?,
                relation: nodes("labels.onnx", &scorer, ["rel"])?[0],
                reader,
                scorer,
                idle: Mutex::new(Vec::new()),
            })
        }

        pub(super) fn read(
            &self,
            batch: &[&Coded],
            labels: &Labels,
        ) -> Result<Vec<Reading>, ModelError> {
            let pool = self.pool();
            let work = || self.run(batch, labels, &pool);
            // A thread of a rayon pool that waits for another pool takes up further work
            // meanwhile, without limit; a thread of its own only waits.
            let readings = if rayon::current_thread_index().is_some() {
                thread::scope(|scope| scope.spawn(work).join()).unwrap_or_else(|_| {
                    Err(ModelError::Failed {
                        source: "the thread of the model ended".into(),
                    })
                })
            } else {
                work()
            };
            if let Ok(mut idle) = self.idle.lock() {
                idle.push(pool);
            }
            readings
        }

        fn pool(&self) -> Arc<ThreadPool> {
            self.idle
                .lock()
                .ok()
                .and_then(|mut idle| idle.pop())
                .unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)))
        }

        fn run(
            &self,
            batch: &[&Coded],
            labels: &Labels,
            pool: &Arc<ThreadPool>,
        ) -> Result<Vec<Reading>, ModelError> {
            let options = || Some(RunOptions::default().with_thread_pool(Some(Arc::clone(pool))));
            let mut values = self
                .reader
                .run(
                    self.inputs.into_iter().zip(inputs(batch)).collect(),
                    &self.outputs,
                    options(),
                )
                .map_err(failed)?
                .into_iter();
            let mut next = || values.next().ok_or(ModelError::Shape { output: "arc" });
            let arcs = floats::<3>(next()?, "arc")?;
            let dependents = floats::<3>(next()?, "dep")?;
            let heads = floats::<3>(next()?, "head")?;
            let upos = numbers::<2>(next()?, "upos")?;
            let xpos = numbers::<2>(next()?, "xpos")?;
            let features = numbers::<2>(next()?, "feats")?;
            let lemmas = numbers::<3>(next()?, "lemma")?;
            let names = floats::<3>(next()?, "ner")?;
            let types = floats::<3>(next()?, "etype")?;

            let width = arcs.0[1];
            let depth = dependents.0[2];
            let mut readings = Vec::with_capacity(batch.len());
            let mut dependent_rows = Vec::new();
            let mut head_rows = Vec::new();
            for (index, coded) in batch.iter().enumerate() {
                let count = coded.first.len();
                let from = index * width;
                let arc = arcs.rows(from, count, width);
                let scores: Vec<f32> = arc
                    .chunks_exact(width.max(1))
                    .flat_map(|row| row.iter().take(count).copied())
                    .collect();
                let tree = best_tree(&scores, count);
                for (word, head) in tree.iter().enumerate().skip(1) {
                    dependent_rows.extend_from_slice(dependents.rows(from + word, 1, depth));
                    head_rows.extend_from_slice(heads.rows(from + head, 1, depth));
                }
                let column = |values: &Flat<i32, 2>| -> Vec<usize> {
                    values
                        .rows(from + 1, count - 1, 1)
                        .iter()
                        .map(|id| index_of(*id))
                        .collect()
                };
                readings.push(Reading {
                    heads: tree.into_iter().skip(1).collect(),
                    relations: Vec::new(),
                    upos: column(&upos),
                    xpos: column(&xpos),
                    features: column(&features),
                    lemmas: lemmas
                        .rows(from + 1, count - 1, lemmas.0[2])
                        .chunks_exact(lemmas.0[2].max(1))
                        .map(|row| {
                            let mut choices = [0; LEMMA_CHOICES];
                            for (choice, id) in choices.iter_mut().zip(row) {
                                *choice = index_of(*id);
                            }
                            choices
                        })
                        .collect(),
                    names: names.rows(from + 1, count - 1, names.0[2]).to_vec(),
                    types: types
                        .rows(from + 1, count - 1, types.0[2])
                        .chunks_exact(types.0[2].max(1))
                        .map(super::super::tag::best)
                        .collect(),
                });
            }
            if names.0[2] != labels.names.len() {
                return Err(ModelError::Shape { output: "ner" });
            }
            let scores = self.relation_scores(dependent_rows, head_rows, depth, options())?;
            let root = labels.relations.iter().position(|name| name == "root");
            let mut rows = scores.1.chunks_exact(scores.0[1].max(1));
            for reading in &mut readings {
                reading.relations = reading
                    .heads
                    .iter()
                    .zip(rows.by_ref())
                    .map(|(head, row)| match (head, root) {
                        (0, Some(root)) => root,
                        // Only the root is called so.
                        (_, Some(root)) => {
                            let mut row = row.to_vec();
                            if let Some(score) = row.get_mut(root) {
                                *score = f32::NEG_INFINITY;
                            }
                            super::super::tag::best(&row)
                        }
                        (_, None) => super::super::tag::best(row),
                    })
                    .collect();
            }
            Ok(readings)
        }

        /// Scores the relations of all chosen arcs at once.
        fn relation_scores(
            &self,
            dependents: Vec<f32>,
            heads: Vec<f32>,
            depth: usize,
            options: Option<RunOptions>,
        ) -> Result<Flat<f32, 2>, ModelError> {
            let count = dependents.len() / depth.max(1);
            if count == 0 {
                return Ok(Flat([0, 0], Vec::new()));
            }
            let tensor = |rows: Vec<f32>| -> Result<ValueOrView<'static>, ModelError> {
                Value::from_shape([count, depth], rows)
                    .map(ValueOrView::from)
                    .map_err(|_| ModelError::Shape { output: "dep" })
            };
            let scores = self
                .scorer
                .run(
                    vec![
                        (self.pair[0], tensor(dependents)?),
                        (self.pair[1], tensor(heads)?),
                    ],
                    &[self.relation],
                    options,
                )
                .map_err(failed)?
                .pop()
                .ok_or(ModelError::Shape { output: "rel" })?;
            floats::<2>(scores, "rel")
        }
    }

    fn load(file: &'static str, bytes: Cow<'static, [u8]>) -> Result<rten::Model, ModelError> {
        let loaded = match bytes {
            Cow::Borrowed(bytes) => rten::Model::load_static_slice(bytes),
            Cow::Owned(bytes) => rten::Model::load(bytes),
        };
        loaded.map_err(|source| ModelError::Refused {
            file,
            source: Box::new(source),
        })
    }

    fn nodes<const N: usize>(
        file: &'static str,
        model: &rten::Model,
        names: [&str; N],
    ) -> Result<[NodeId; N], ModelError> {
        let found: Option<Vec<NodeId>> = names.iter().map(|name| model.find_node(name)).collect();
        found
            .and_then(|found| found.try_into().ok())
            .ok_or(ModelError::Damaged { file })
    }

    fn failed(source: rten::RunError) -> ModelError {
        ModelError::Failed {
            source: Box::new(source),
        }
    }

    /// The six tensors of a batch, padded with zeros.
    fn inputs(batch: &[&Coded]) -> Vec<ValueOrView<'static>> {
        let pieces = batch.iter().map(|coded| coded.ids.len()).max().unwrap_or(0);
        let words = batch
            .iter()
            .map(|coded| coded.first.len())
            .max()
            .unwrap_or(0);
        let padded = |width: usize, row: &dyn Fn(&Coded) -> Vec<i32>| {
            let mut data = Vec::with_capacity(batch.len() * width);
            for coded in batch {
                let mut row = row(coded);
                row.resize(width, 0);
                data.append(&mut row);
            }
            ValueOrView::from(Tensor::from_data(&[batch.len(), width], data))
        };
        vec![
            padded(pieces, &|coded| coded.ids.clone()),
            padded(pieces, &|coded| coded.shapes.clone()),
            padded(pieces, &|coded| vec![1; coded.ids.len()]),
            padded(words, &|coded| coded.first.clone()),
            padded(words, &|coded| coded.last.clone()),
            padded(words, &|coded| vec![1; coded.first.len()]),
        ]
    }

    /// A tensor's shape and its numbers in row-major order.
    struct Flat<T, const N: usize>([usize; N], Vec<T>);

    impl<T, const N: usize> Flat<T, N> {
        /// `count` rows of `width` numbers from row `from` on; empty if there are fewer.
        fn rows(&self, from: usize, count: usize, width: usize) -> &[T] {
            self.1
                .get(from * width..(from + count) * width)
                .unwrap_or_default()
        }
    }

    fn floats<const N: usize>(
        value: Value,
        output: &'static str,
    ) -> Result<Flat<f32, N>, ModelError> {
        let (shape, data) = value
            .into_shape_vec::<f32, N>()
            .map_err(|_| ModelError::Shape { output })?;
        Ok(Flat(shape, data))
    }

    fn numbers<const N: usize>(
        value: Value,
        output: &'static str,
    ) -> Result<Flat<i32, N>, ModelError> {
        let (shape, data) = value
            .into_shape_vec::<i32, N>()
            .map_err(|_| ModelError::Shape { output })?;
        Ok(Flat(shape, data))
    }

    fn index_of(id: i32) -> usize {
        usize::try_from(id).unwrap_or(0)
    }
}

#[cfg(test)]
#[cfg(feature = "model")]
mod tests {
    use serde_json::Value;

    use super::Model;
    use crate::text::lemma::lemma;

    /// What the scripts that made the model saw in a few sentences.
    const CHECK: &str = include_str!("../../english/check.json");

    #[test]
    fn the_model_reads_as_it_did_where_it_was_made() {
        let check: Value = serde_json::from_str(CHECK).unwrap();
        let model = Model::embedded().unwrap();
        let i64s = |list: &[i32]| -> Vec<i64> { list.iter().map(|id| i64::from(*id)).collect() };
        let strings = |value: &Value| -> Vec<String> {
            let list = value.as_array().unwrap();
            list.iter()
                .map(|item| item.as_str().unwrap().to_owned())
                .collect()
        };
        let sentences = check["sentences"].as_array().unwrap();
        let words: Vec<Vec<String>> = sentences
            .iter()
            .map(|one| strings(&one["tokens"]))
            .collect();
        let coded: Vec<_> = words
            .iter()
            .map(|words| model.pieces.sentence(words.iter().map(String::as_str)))
            .collect();
        for (index, coded) in coded.iter().enumerate() {
            let row = check["inputs"]["ids"][index].as_array().unwrap();
            let ids: Vec<i64> = row.iter().map(|id| id.as_i64().unwrap()).collect();
            let count = coded.ids.len();
            assert_eq!(i64s(&coded.ids), ids[..count]);
            let row = check["inputs"]["shp"][index].as_array().unwrap();
            let shapes: Vec<i64> = row.iter().map(|id| id.as_i64().unwrap()).collect();
            assert_eq!(i64s(&coded.shapes), shapes[..count]);
        }
        let readings = model.read(&coded.iter().collect::<Vec<_>>()).unwrap();
        // Eight-bit sums may differ in their last digits from one runtime to the other.
        let (mut same, mut all) = (0, 0);
        for ((one, words), reading) in sentences.iter().zip(&words).zip(&readings) {
            let heads = one["head"].as_array().unwrap();
            let (rel, upos, lemmas) = (
                strings(&one["rel"]),
                strings(&one["upos"]),
                strings(&one["lemma"]),
            );
            for (at, word) in words.iter().enumerate() {
                let found_upos = model.labels.upos[reading.upos[at]];
                let rules = reading.lemmas[at]
                    .iter()
                    .map(|rule| &model.labels.lemmas[*rule]);
                let found_lemma = lemma(word, found_upos, rules, &model.words);
                let hits = [
                    reading.heads[at] as u64 == heads[at].as_u64().unwrap(),
                    model.labels.relations[reading.relations[at]] == rel[at],
                    found_upos.name() == upos[at],
                    found_lemma == lemmas[at],
                ];
                all += hits.len();
                same += hits.iter().filter(|hit| **hit).count();
            }
        }
        assert!(same * 100 >= all * 97, "{same} of {all} alike");
    }
}
