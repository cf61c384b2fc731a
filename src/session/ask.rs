//! English questions: translated to a query, run, put into words.

use super::Session;
use crate::error::Error;
use crate::model::{Map, Value, property};
use crate::query::print;
use crate::question::{Answer, Translation, Vocabulary, follow_up};
use crate::text::{Annotator, Document, ModelError};

impl Session {
    /// What the graph says to `question`. An answer without items means that nothing in the
    /// graph says so.
    ///
    /// A question may lean on the one before: "Where did they meet?", then "When did they?".
    ///
    /// # Errors
    /// [`Error::Query`] if the query that the question became was stopped.
    pub fn ask(&mut self, question: &str) -> Result<Answer, Error> {
        let whole = self
            .previous_question
            .as_ref()
            .and_then(|previous| follow_up(question, previous))
            .unwrap_or_else(|| question.to_owned());
        let translation = self.translation(&whole)?;
        self.previous_question = Some(whole);
        let Some(query) = translation.query().map(print) else {
            return Ok(translation.answer(&[]));
        };
        let outcome = self.query(&query, &Map::new())?;
        Ok(translation.answer(&outcome.rows))
    }

    /// Forgets the question before, so that the next stands for itself.
    pub fn forget_question(&mut self) {
        self.previous_question = None;
    }

    /// The query that `question` becomes, and how it would be run.
    ///
    /// # Errors
    /// [`Error::Query`] if the query cannot be planned.
    pub fn explain_question(&mut self, question: &str) -> Result<String, Error> {
        let translation = self.translation(question)?;
        let Some(query) = translation.query().map(print) else {
            return Ok(Answer::NOTHING.to_owned());
        };
        let plan = self.explain(&query, &Map::new())?;
        Ok(format!("{query}\n\n{plan}"))
    }

    /// The relationships whose sentences an answer cites.
    pub fn cited(&self, answer: &Answer) -> Vec<Value> {
        let cited = |document: &str, start: i64| {
            answer.evidence.iter().any(|citation| {
                citation.document == document && i64::try_from(citation.start) == Ok(start)
            })
        };
        self.graph
            .relationships()
            .filter(|relationship| {
                let document = relationship
                    .property_named(property::DOCUMENT)
                    .and_then(Value::as_str);
                let start = relationship
                    .property_named(property::START)
                    .and_then(Value::as_integer);
                document
                    .zip(start)
                    .is_some_and(|(document, start)| cited(document, start))
            })
            .map(|relationship| Value::Relationship(relationship.to_relationship()))
            .collect()
    }

    fn translation(&mut self, question: &str) -> Result<Translation, Error> {
        let question = &Vocabulary::plain(question);
        let tree = self.tree(question)?;
        self.begin_reading()?;
        let vocabulary = self
            .vocabulary
            .take()
            .unwrap_or_else(|| Vocabulary::new(&self.graph));
        self.end_reading();
        if let Some(database) = &self.database {
            database.check_reads()?;
        }
        let vocabulary = self.vocabulary.insert(vocabulary);
        Ok(vocabulary.translate(question, tree.as_ref()))
    }

    /// The tree of `question`, where its outer form is not enough and there is a model.
    fn tree(&mut self, question: &str) -> Result<Option<Document>, Error> {
        if !Vocabulary::needs_tree(question) {
            return Ok(None);
        }
        let annotator = match self.annotator.take() {
            Some(annotator) => annotator,
            None => match Annotator::new() {
                Ok(annotator) => annotator,
                Err(ModelError::NotBuiltIn) => return Ok(None),
                Err(error) => return Err(error.into()),
            },
        };
        let (document, _) = annotator.annotate_sentence(question);
        self.annotator = Some(annotator);
        Ok(Some(document))
    }
}
