//! The learned model: loads it and runs it on batches of sentences.
//!
//! What goes in is pieces ([`Coded`]), what comes out is numbers ([`Reading`]); their meaning
//! stands in [`Labels`]. The modules below are the network: a transformer over sentences laid end
//! to end, with eight-bit products and everything between them done row by row, so that a sentence
//! reads the same to the last bit whatever else is in its batch.

#[cfg(feature = "model")]
mod network;

#[cfg(feature = "model")]
mod encoder;
#[cfg(feature = "model")]
mod heads;

#[cfg(feature = "model")]
mod attention;
#[cfg(feature = "model")]
mod dots;
#[cfg(feature = "model")]
mod exp;
#[cfg(feature = "model")]
mod gelu;
#[cfg(feature = "model")]
mod linear;
#[cfg(feature = "model")]
mod norm;
#[cfg(feature = "model")]
mod quantize;
#[cfg(feature = "model")]
mod registers;
#[cfg(feature = "model")]
mod room;
#[cfg(feature = "model")]
mod scores;
#[cfg(feature = "model")]
mod weights;

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;

#[cfg(feature = "model")]
use self::encoder::Encoder;
#[cfg(not(feature = "model"))]
use self::network::Encoder;
use self::network::Network;
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
    /// A product of matrices failed.
    #[error("the model failed on a sentence")]
    Failed {
        /// What the product says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// What the model sees in one sentence, in numbers; the lists have an entry for each word.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Reading {
    /// The head, counted from 1; 0 for the root.
    pub(crate) heads: Vec<usize>,
    pub(crate) relations: Vec<usize>,
    /// By how much the score of the head, and that of the relation, is above the next best: the
    /// smaller of the two.
    pub(crate) margins: Vec<f32>,
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
    weights: Cow<'static, [u8]>,
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
            weights: Cow::Borrowed(include_bytes!("../../english/model.safetensors")),
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
            weights: Cow::Owned(bytes("model.safetensors")?),
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
    network: Network,
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
        // The encoder takes most of the time, so the rest is read beside it.
        let (encoder, tables) = rayon::join(
            || Encoder::new(files.weights),
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
            network: Network::new(encoder?, &labels)?,
            pieces,
            labels,
            words: WordList::new(files.words),
        })
    }

    /// What the model sees in each sentence of a batch. A sentence reads the same, to the last
    /// bit, in whatever batch.
    pub(crate) fn read(&self, batch: &[Coded]) -> Result<Vec<Reading>, ModelError> {
        self.network.read(batch)
    }
}

#[cfg(not(feature = "model"))]
mod network {
    //! Stands in for the network in a build without it; there is no such network.

    use std::borrow::Cow;

    use super::{Coded, Labels, ModelError, Reading};

    #[derive(Debug)]
    pub(super) enum Network {}

    pub(super) enum Encoder {}

    impl Encoder {
        pub(super) fn new(_file: Cow<'static, [u8]>) -> Result<Self, ModelError> {
            Err(ModelError::NotBuiltIn)
        }
    }

    impl Network {
        #[expect(clippy::needless_pass_by_value, reason = "as the runtime's")]
        pub(super) fn new(encoder: Encoder, _labels: &Labels) -> Result<Self, ModelError> {
            match encoder {}
        }

        pub(super) fn read(&self, _batch: &[Coded]) -> Result<Vec<Reading>, ModelError> {
            match *self {}
        }
    }
}

#[cfg(test)]
#[cfg(feature = "model")]
mod tests {
    use proptest::prelude::*;
    use rayon::prelude::*;
    use serde_json::Value;

    use super::{Model, Reading};
    use crate::text::lemma::lemma;
    use crate::text::subword::Coded;
    use crate::text::tag;

    /// What the scripts that made the model saw in a few sentences.
    const CHECK: &str = include_str!("../../english/check.json");

    fn words(sentence: &Value, key: &str) -> Vec<String> {
        let list = sentence[key].as_array().unwrap();
        list.iter()
            .map(|item| item.as_str().unwrap().to_owned())
            .collect()
    }

    fn numbers(sentence: &Value, key: &str) -> Vec<usize> {
        let list = sentence[key].as_array().unwrap();
        list.iter()
            .map(|item| usize::try_from(item.as_u64().unwrap()).unwrap())
            .collect()
    }

    fn coded(model: &Model, words: &[String]) -> Coded {
        model.pieces.sentence(words.iter().map(String::as_str))
    }

    #[test]
    fn the_model_reads_as_it_did_where_it_was_made() {
        let check: Value = serde_json::from_str(CHECK).unwrap();
        let model = Model::embedded().unwrap();
        let labels = &model.labels;
        let (mut same, mut all) = (0, 0);
        for sentence in check.as_array().unwrap() {
            let tokens = words(sentence, "tokens");
            let coded = coded(&model, &tokens);
            let places = |list: &[i32]| -> Vec<usize> {
                list.iter()
                    .map(|at| usize::try_from(*at).unwrap())
                    .collect()
            };
            assert_eq!(places(&coded.ids), numbers(sentence, "ids"));
            assert_eq!(places(&coded.shapes), numbers(sentence, "shapes"));
            assert_eq!(places(&coded.first), numbers(sentence, "first"));
            assert_eq!(places(&coded.last), numbers(sentence, "last"));
            let reading = model.read(&[coded]).unwrap().remove(0);
            let heads = numbers(sentence, "head");
            let expected = ["rel", "upos", "xpos", "lemma"].map(|key| words(sentence, key));
            for (at, word) in tokens.iter().enumerate() {
                let upos = labels.upos[reading.upos[at]];
                let rules = reading.lemmas[at].iter().map(|rule| &labels.lemmas[*rule]);
                let hits = [
                    reading.heads[at] == heads[at],
                    labels.relations[reading.relations[at]] == expected[0][at],
                    upos.name() == expected[1][at],
                    labels.xpos[reading.xpos[at]] == expected[2][at],
                    lemma(word, upos, rules, &model.words) == expected[3][at],
                ];
                all += hits.len();
                same += hits.iter().filter(|hit| **hit).count();
            }
            // A name has as many tags that are not `O` as it has words.
            let named: usize = tag::names(&reading.names, &labels.names)
                .iter()
                .map(|name| name.tokens.len())
                .sum();
            let expected = words(sentence, "ner");
            assert_eq!(named, expected.iter().filter(|tag| *tag != "O").count());
        }
        // Sums of floats differ in their last digits from one processor to the other, and where
        // inputs have seven bits a close decision may fall otherwise.
        assert!(same * 100 >= all * 97, "{same} of {all} alike");
    }

    /// Sentences of very different lengths.
    fn sentences(model: &Model) -> Vec<Coded> {
        let check: Value = serde_json::from_str(CHECK).unwrap();
        let all: Vec<String> = check
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|sentence| words(sentence, "tokens"))
            .collect();
        let thrice = [all.as_slice(), &all, &all].concat();
        [1, 2, 3, 7, 15, 16, 17, 31, 33, 62, 64, 65, thrice.len()]
            .iter()
            .map(|count| coded(model, &thrice[thrice.len() - count..]))
            .collect()
    }

    fn alone(model: &Model, sentences: &[Coded]) -> Vec<Reading> {
        let read = |sentence: &Coded| {
            model
                .read(std::slice::from_ref(sentence))
                .unwrap()
                .remove(0)
        };
        sentences.iter().map(read).collect()
    }

    #[test]
    fn threads_do_not_show() {
        let model = Model::embedded().unwrap();
        let sentences = sentences(&model);
        let expected = alone(&model, &sentences);
        for threads in [1, 2, 8] {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            let found: Vec<Reading> = pool.install(|| {
                sentences
                    .par_chunks(2)
                    .flat_map(|batch| model.read(batch).unwrap())
                    .collect()
            });
            assert_eq!(found, expected, "{threads} threads");
        }
    }

    #[test]
    fn other_sentences_of_a_batch_do_not_show() {
        let model = Model::embedded().unwrap();
        let sentences = sentences(&model);
        let expected = alone(&model, &sentences);
        let places = prop::collection::vec(0..sentences.len(), 1..6);
        proptest!(ProptestConfig::with_cases(16), |(places in places)| {
            let batch: Vec<Coded> = places.iter().map(|at| sentences[*at].clone()).collect();
            let found = model.read(&batch).unwrap();
            for (at, reading) in places.iter().zip(&found) {
                prop_assert_eq!(reading, &expected[*at]);
            }
        });
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let english = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("english");
        for file in ["labels.json", "vocabulary.txt", "words.txt"] {
            std::fs::copy(english.join(file), folder.path().join(file)).unwrap();
        }
        let whole = std::fs::read(english.join("model.safetensors")).unwrap();
        for length in [0, 7, 100, whole.len() / 2, whole.len() - 1] {
            std::fs::write(folder.path().join("model.safetensors"), &whole[..length]).unwrap();
            let error = Model::from_folder(folder.path()).unwrap_err();
            assert_eq!(
                error.to_string(),
                "the model's file `model.safetensors` is damaged"
            );
        }
    }
}
