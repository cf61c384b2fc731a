//! Reads a schema, and says what is wrong with one, where, and what to do.
//!
//! The only module that sees the grammar `grammar/schema.pest`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::Pair;
use pest_derive::Parser;

use super::{
    Category, NodeCondition, NodeKind, NodeProperty, NodeTest, Pattern, PredicatePiece, Sort,
    StepCondition, StepKey, StepTest,
};
use crate::base::{Code, Diagnostic, Span, nearest};
use crate::ingest::MentionKind;
use crate::model::EntityKind;
use crate::resolve::relation_type;

#[derive(Parser)]
#[grammar = "grammar/schema.pest"]
struct SchemaParser;

const KEYWORDS: &[&str] = &[
    "words",
    "kinds",
    "type",
    "category",
    "mutual",
    "about",
    "means",
    "confidence",
];
const VALUE_KIND: &str = "Value";

/// The categories and the types of the schema in `text`, or all that is wrong with it.
pub(super) fn parts(text: &str) -> Result<(Vec<Category>, Vec<Sort>), Vec<Diagnostic>> {
    let file = SchemaParser::parse(Rule::file, text)
        .map_err(|error| vec![syntax_complaint(&error, text)])?;
    let mut reader = Reader::default();
    let mut categories: Vec<Category> = Vec::new();
    let mut sorts: Vec<Sort> = Vec::new();
    for pair in file.flat_map(Pair::into_inner) {
        let rule = pair.as_rule();
        if rule == Rule::words {
            reader.words(pair);
        } else if rule == Rule::kinds {
            reader.kinds(pair);
        } else if rule == Rule::sort {
            let span = span_of(&pair);
            let sort = reader.sort(pair);
            if sorts.iter().any(|other| other.name == sort.name) {
                reader.twice(&sort.name, "a type", span);
            }
            sorts.push(sort);
        } else if rule == Rule::category {
            let span = span_of(&pair);
            let category = reader.category(pair);
            if categories.iter().any(|other| other.name == category.name) {
                reader.twice(&category.name, "a category", span);
            }
            categories.push(category);
        }
    }
    if reader.complaints.is_empty() {
        Ok((categories, sorts))
    } else {
        Err(reader.complaints)
    }
}

fn span_of(pair: &Pair<'_, Rule>) -> Span {
    let span = pair.as_span();
    Span::new(span.start(), span.end())
}

fn string_text(pair: &Pair<'_, Rule>) -> String {
    let text = pair.clone().into_inner().next();
    text.map_or_else(String::new, |text| text.as_str().to_owned())
}

fn syntax_complaint(error: &pest::error::Error<Rule>, text: &str) -> Diagnostic {
    let (start, end) = match error.location {
        InputLocation::Pos(at) => (at, at),
        InputLocation::Span((start, end)) => (start, end),
    };
    let rest = text.get(start..).unwrap_or_default();
    let end = end.max(start + rest.chars().next().map_or(0, char::len_utf8));
    let expected = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => {
            let names: BTreeSet<&str> = positives.iter().map(|rule| described(*rule)).collect();
            names.into_iter().collect::<Vec<_>>().join(", ")
        }
        ErrorVariant::CustomError { message } => message.clone(),
    };
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    let diagnostic =
        Diagnostic::error(Code("schema-syntax"), "this is not how a schema is written")
            .at(Span::new(start, end), format!("expected {expected}"));
    match nearest(&word, KEYWORDS.iter().copied()) {
        Some(keyword) if !word.is_empty() && keyword != word => {
            diagnostic.with_help(format!("did you mean `{keyword}`?"))
        }
        _ => diagnostic.with_help("grammar/README.md shows how to write a schema"),
    }
}

fn described(expected: Rule) -> &'static str {
    match expected {
        Rule::file | Rule::EOI => "the end of the file",
        Rule::words => "`words`",
        Rule::kinds => "`kinds`",
        Rule::sort => "`type`",
        Rule::category => "`category`",
        Rule::mutual => "`mutual`",
        Rule::name | Rule::reference => "the name of a word list",
        Rule::kind => "a kind (`Person`)",
        Rule::part | Rule::about | Rule::means | Rule::member | Rule::confidence => {
            "`about`, `means`, `confidence` or `}`"
        }
        Rule::edge | Rule::forth | Rule::back => "a step `-[verb]->` or `<-[verb]-`",
        Rule::predicates | Rule::predicate | Rule::piece | Rule::wildcard => {
            "the words of a predicate"
        }
        Rule::node => "a node `(source:Person)`",
        Rule::variable => "the name of a node",
        Rule::conditions | Rule::condition | Rule::negation | Rule::key => {
            "a condition `{key: value}`"
        }
        Rule::value | Rule::word => "a word",
        Rule::string | Rule::text => "words in quotes",
        Rule::number => "a number",
        Rule::WHITESPACE | Rule::COMMENT => "a blank",
    }
}

/// Reads the parts of a file, in order; keeps what they may name.
#[derive(Default)]
struct Reader {
    lists: BTreeMap<String, Vec<String>>,
    sets: BTreeMap<String, Vec<NodeKind>>,
    complaints: Vec<Diagnostic>,
}

impl Reader {
    fn complain(&mut self, complaint: Diagnostic) {
        self.complaints.push(complaint);
    }

    fn unknown<'n>(
        &mut self,
        code: &'static str,
        what: &str,
        word: &Pair<'_, Rule>,
        names: impl IntoIterator<Item = &'n str>,
    ) {
        let names: Vec<&str> = names.into_iter().collect();
        let complaint = Diagnostic::error(Code(code), format!("`{}` is no {what}", word.as_str()))
            .at(span_of(word), "unknown");
        let help = match nearest(word.as_str(), names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if names.is_empty() => format!("this file has no {what} so far"),
            None => format!("known are: {}", names.join(", ")),
        };
        self.complain(complaint.with_help(help));
    }

    fn words(&mut self, pair: Pair<'_, Rule>) {
        let mut inner = pair.into_inner();
        let name = inner.next().map_or("", |name| name.as_str()).to_owned();
        let words = inner
            .map(|word| string_text(&word).to_lowercase())
            .collect();
        self.lists.insert(name, words);
    }

    fn kinds(&mut self, pair: Pair<'_, Rule>) {
        let mut inner = pair.into_inner();
        let name = inner.next().map_or("", |name| name.as_str()).to_owned();
        let members = inner.flat_map(|kind| self.kind(&kind)).collect();
        self.sets.insert(name, members);
    }

    fn kind(&mut self, pair: &Pair<'_, Rule>) -> Vec<NodeKind> {
        let name = pair.as_str();
        if let Some(set) = self.sets.get(name) {
            return set.clone();
        }
        if name == VALUE_KIND {
            return vec![NodeKind::Value];
        }
        if let Some((_, kind)) = EntityKind::ALL
            .into_iter()
            .map(|kind| (kind.label(), kind))
            .find(|(label, _)| *label == name)
        {
            return vec![NodeKind::Entity(kind)];
        }
        let mut known: Vec<String> = self.sets.keys().cloned().collect();
        known.extend(
            EntityKind::ALL
                .into_iter()
                .map(|kind| kind.label().to_owned()),
        );
        known.push(VALUE_KIND.to_owned());
        self.unknown(
            "unknown-kind",
            "kind",
            pair,
            known.iter().map(String::as_str),
        );
        Vec::new()
    }

    fn list(&mut self, reference: &Pair<'_, Rule>) -> Vec<String> {
        let name = reference.as_str().trim_start_matches('@');
        if let Some(words) = self.lists.get(name) {
            return words.clone();
        }
        let known: Vec<String> = self.lists.keys().map(|name| format!("@{name}")).collect();
        let names = known.iter().map(String::as_str);
        self.unknown("unknown-word-list", "word list", reference, names);
        Vec::new()
    }

    fn twice(&mut self, name: &str, what: &str, span: Span) {
        self.complain(
            Diagnostic::error(
                Code("duplicate-category"),
                format!("`{name}` is there twice"),
            )
            .at(span, "the second one")
            .with_help(format!("put all that means {what} into one block")),
        );
    }

    /// The name of a category or a type.
    fn name(&mut self, string: &Pair<'_, Rule>) -> Arc<str> {
        let name = string_text(string);
        if relation_type(&name) == relation_type("") {
            self.complain(
                Diagnostic::error(Code("empty-category"), "a category has a name")
                    .at(span_of(string), "this one has no letters")
                    .with_help("category \"Works for\" { … }, type \"Vessel\" { … }"),
            );
        }
        Arc::from(name)
    }

    fn sort(&mut self, pair: Pair<'_, Rule>) -> Sort {
        let span = span_of(&pair);
        let mut sort = Sort {
            name: Arc::from(""),
            members: Vec::new(),
        };
        for part in pair.into_inner() {
            let rule = part.as_rule();
            if rule == Rule::string {
                sort.name = self.name(&part);
            } else if rule == Rule::member {
                for node in part.into_inner() {
                    let node = self.node(node);
                    sort.members.push(node);
                }
            }
        }
        if sort.members.is_empty() {
            self.complain(
                Diagnostic::error(Code("category-without-means"), "nothing is of this type")
                    .at(span, "it has no `means`")
                    .with_help("add `means (:Object {noun: \"ship\"})`"),
            );
        }
        sort
    }

    fn category(&mut self, pair: Pair<'_, Rule>) -> Category {
        let span = span_of(&pair);
        let mut category = Category {
            name: Arc::from(""),
            mutual: false,
            confidence: 0.9,
            patterns: Vec::new(),
        };
        let mut faults = self.complaints.len();
        for part in pair.into_inner() {
            let rule = part.as_rule();
            if rule == Rule::string {
                category.name = self.name(&part);
            } else if rule == Rule::mutual {
                category.mutual = true;
            } else if rule == Rule::means {
                category.patterns.extend(self.pattern(part));
            } else if let Some(number) = part
                .into_inner()
                .next()
                .filter(|number| number.as_rule() == Rule::number)
            {
                category.confidence = number.as_str().parse().unwrap_or(f64::NAN);
                if !(0.0..=1.0).contains(&category.confidence) {
                    self.complain(
                        Diagnostic::error(
                            Code("schema-confidence"),
                            "a confidence lies between 0 and 1",
                        )
                        .at(span_of(&number), "this one does not")
                        .with_help("0.9 is what it is without this part"),
                    );
                }
            }
        }
        faults = self.complaints.len() - faults;
        if category.patterns.is_empty() && faults == 0 {
            self.complain(
                Diagnostic::error(
                    Code("category-without-means"),
                    "nothing means this category",
                )
                .at(span, "it has no `means`")
                .with_help("add `means (source)-[verb]->(target)`"),
            );
        }
        category
    }

    fn pattern(&mut self, pair: Pair<'_, Rule>) -> Option<Pattern> {
        let span = span_of(&pair);
        let mut pattern = Pattern {
            nodes: Vec::new(),
            steps: Vec::new(),
            source: 0,
            target: 0,
        };
        let mut names: Vec<(String, usize)> = Vec::new();
        for part in pair.into_inner() {
            if part.as_rule() == Rule::node {
                let variable = part
                    .clone()
                    .into_inner()
                    .find(|inner| inner.as_rule() == Rule::variable);
                if let Some(variable) = variable {
                    let known = ["source", "target"].contains(&variable.as_str());
                    let twice = names.iter().any(|(name, _)| name == variable.as_str());
                    if !known {
                        self.unknown("unknown-node", "node", &variable, ["source", "target"]);
                    } else if twice {
                        self.complain(
                            Diagnostic::error(
                                Code("duplicate-node"),
                                format!("`{}` is there twice", variable.as_str()),
                            )
                            .at(span_of(&variable), "the second one")
                            .with_help("leave the nodes between source and target without a name"),
                        );
                    }
                    names.push((variable.as_str().to_owned(), pattern.nodes.len()));
                }
                let node = self.node(part);
                pattern.nodes.push(node);
            } else if let Some(step) = part.into_inner().next() {
                let step = self.step(step);
                pattern.steps.push(step);
            }
        }
        let place = |wanted: &str| {
            names
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, at)| *at)
        };
        let Some((source, target)) = place("source").zip(place("target")) else {
            self.complain(
                Diagnostic::error(
                    Code("pattern-without-ends"),
                    "a pattern has a `source` and a `target`",
                )
                .at(span, "one of them is missing")
                .with_help("means (source)-[verb]->(target)"),
            );
            return None;
        };
        pattern.source = source;
        pattern.target = target;
        Some(pattern)
    }

    fn node(&mut self, pair: Pair<'_, Rule>) -> NodeTest {
        let mut node = NodeTest::default();
        for part in pair.into_inner() {
            if part.as_rule() == Rule::kind {
                node.kinds.extend(self.kind(&part));
            } else if part.as_rule() == Rule::conditions {
                for condition in part.into_inner() {
                    node.conditions.extend(self.node_condition(condition));
                }
            }
        }
        node
    }

    /// The key, the values and whether they are wanted.
    fn condition(pair: Pair<'_, Rule>) -> Option<(Pair<'_, Rule>, Vec<Pair<'_, Rule>>, bool)> {
        let mut wanted = true;
        let mut key = None;
        let mut values = Vec::new();
        for part in pair.into_inner() {
            let rule = part.as_rule();
            if rule == Rule::negation {
                wanted = false;
            } else if rule == Rule::key {
                key = Some(part);
            } else {
                values.extend(part.into_inner());
            }
        }
        Some((key?, values, wanted))
    }

    fn texts(&mut self, values: &[Pair<'_, Rule>]) -> BTreeSet<String> {
        let mut texts = BTreeSet::new();
        for value in values {
            let rule = value.as_rule();
            if rule == Rule::reference {
                texts.extend(self.list(value));
            } else if rule == Rule::string {
                texts.insert(string_text(value).to_lowercase());
            } else {
                texts.insert(value.as_str().to_lowercase());
            }
        }
        texts
    }

    fn node_condition(&mut self, pair: Pair<'_, Rule>) -> Option<NodeCondition> {
        let (key, values, wanted) = Self::condition(pair)?;
        let test = match key.as_str() {
            "noun" => NodeProperty::Noun(self.texts(&values)),
            "name" => NodeProperty::Name(self.texts(&values)),
            "form" => {
                let forms = [
                    ("name", MentionKind::Name),
                    ("description", MentionKind::Description),
                    ("pronoun", MentionKind::Pronoun),
                ];
                let mut found = Vec::new();
                for value in &values {
                    let known = forms.iter().find(|(name, _)| *name == value.as_str());
                    if let Some((_, form)) = known {
                        found.push(*form);
                    } else {
                        let names = forms.iter().map(|(name, _)| *name);
                        self.unknown("unknown-form", "form of a mention", value, names);
                    }
                }
                NodeProperty::Form(found)
            }
            _ => {
                let known = ["noun", "name", "form"];
                self.unknown("unknown-condition", "condition of a node", &key, known);
                return None;
            }
        };
        Some(NodeCondition { test, wanted })
    }

    fn step(&mut self, pair: Pair<'_, Rule>) -> StepTest {
        let mut step = StepTest {
            forth: pair.as_rule() == Rule::forth,
            predicates: Vec::new(),
            conditions: Vec::new(),
        };
        for part in pair.into_inner() {
            if part.as_rule() == Rule::predicates {
                for predicate in part.into_inner() {
                    let mut pieces = Vec::new();
                    for piece in predicate.into_inner().flat_map(Pair::into_inner) {
                        pieces.push(self.piece(&piece));
                    }
                    step.predicates.push(pieces);
                }
            } else {
                for condition in part.into_inner() {
                    step.conditions.extend(self.step_condition(condition));
                }
            }
        }
        step
    }

    fn piece(&mut self, piece: &Pair<'_, Rule>) -> PredicatePiece {
        let rule = piece.as_rule();
        if rule == Rule::wildcard {
            return PredicatePiece::Any;
        }
        let alternatives = if rule == Rule::reference {
            self.list(piece)
        } else if rule == Rule::string {
            vec![string_text(piece)]
        } else {
            vec![piece.as_str().to_owned()]
        };
        // In the words of relationship types.
        let words = |text: &String| {
            let named = relation_type(text).to_lowercase();
            let words = named.split('_').filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        };
        PredicatePiece::Words(alternatives.iter().map(words).collect())
    }

    fn step_condition(&mut self, pair: Pair<'_, Rule>) -> Option<StepCondition> {
        let (key, values, wanted) = Self::condition(pair)?;
        let (step_key, known): (StepKey, &[&str]) = match key.as_str() {
            "polarity" => (StepKey::Polarity, &["affirmed", "denied"]),
            "modality" => (
                StepKey::Modality,
                &["asserted", "planned", "possible", "conditional", "asked"],
            ),
            "rule" => (StepKey::Rule, &[]),
            _ => {
                let known = ["polarity", "modality", "rule"];
                self.unknown("unknown-condition", "condition of a step", &key, known);
                return None;
            }
        };
        for value in &values {
            if !known.is_empty() && !known.contains(&value.as_str()) {
                self.unknown("unknown-value", key.as_str(), value, known.iter().copied());
            }
        }
        Some(StepCondition {
            key: step_key,
            values: self.texts(&values),
            wanted,
        })
    }
}
