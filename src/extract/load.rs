//! Reads rule files and word lists, and reports a bad rule with its place.
//!
//! With `syntax` the only module that sees the grammar `grammar/rule.pest`. A file that does not follow the
//! grammar gives no rules; a rule with a wrong name in it is left out, the others stay.

use std::collections::BTreeMap;
use std::sync::Arc;

use pest::Parser as _;
use pest::iterators::Pair;
use pest_derive::Parser;

use crate::base::{Code, Diagnostic, Span, nearest};
use crate::model::{Modality, Polarity, RuleName};
use crate::text::{EntityType, Upos};

use super::rule::{
    Claim, ClauseKind, ClauseRole, Condition, Edge, EdgeLabel, Field, NodeIndex, NodePattern, Path,
    Pattern, Piece, Rule as ExtractionRule, RulePlace, Slot, Step, Test, WordSource,
};
use super::syntax::syntax_complaint;
use super::words::WordList;

#[derive(Parser)]
#[grammar = "grammar/rule.pest"]
struct RuleParser;

/// The rule files that come with the program, in the order in which they are tried.
pub(crate) const BUILTIN_RULES: &[(&str, &str)] = &[
    ("verb.rules", include_str!("../../grammar/rules/verb.rules")),
    (
        "passive.rules",
        include_str!("../../grammar/rules/passive.rules"),
    ),
    (
        "copula.rules",
        include_str!("../../grammar/rules/copula.rules"),
    ),
    (
        "apposition.rules",
        include_str!("../../grammar/rules/apposition.rules"),
    ),
    ("noun.rules", include_str!("../../grammar/rules/noun.rules")),
    (
        "possession.rules",
        include_str!("../../grammar/rules/possession.rules"),
    ),
    (
        "aside.rules",
        include_str!("../../grammar/rules/aside.rules"),
    ),
];

/// The rules and word lists of `text`, a file called `origin`, and what is wrong with it; `known`
/// are the word lists that it can name.
pub(crate) fn rules(
    text: &str,
    origin: &str,
    known: &BTreeMap<String, Arc<WordList>>,
) -> (
    Vec<ExtractionRule>,
    BTreeMap<String, Arc<WordList>>,
    Vec<Diagnostic>,
) {
    let mut lists: BTreeMap<String, Arc<WordList>> = BTreeMap::new();
    let mut found: Vec<ExtractionRule> = Vec::new();
    let mut complaints = Vec::new();
    let file = match RuleParser::parse(Rule::file, text) {
        Ok(pairs) => pairs,
        Err(error) => {
            complaints.push(syntax_complaint(&error, text).in_origin(origin));
            return (found, lists, complaints);
        }
    };
    for pair in file.flat_map(Pair::into_inner) {
        if pair.as_rule() == Rule::words {
            let mut inner = pair.into_inner();
            let name = inner.next().map_or("", |name| name.as_str()).to_owned();
            let words = inner.map(|word| string_text(&word));
            let list: WordList = words.map(|word| (word.to_lowercase(), word)).collect();
            lists.insert(name, Arc::new(list));
        } else if pair.as_rule() == Rule::extraction {
            let span = span_of(&pair);
            let (line, _) = pair.line_col();
            let mut reader = Reader {
                lists: [&lists, known],
                variables: Vec::new(),
                pattern: Pattern::default(),
                complaints: Vec::new(),
            };
            let mut rule = reader.rule(pair);
            if let Some(rule) = &mut rule {
                origin.clone_into(&mut rule.place.file);
                rule.place.line = line;
            }
            let twice = rule
                .as_ref()
                .is_some_and(|rule| found.iter().any(|other| other.name == rule.name));
            if twice {
                reader.complaints.push(
                    Diagnostic::error(Code("duplicate-rule"), "two rules have the same name")
                        .at(span, "the second one"),
                );
            }
            if reader.complaints.is_empty() {
                found.extend(rule);
            }
            complaints.extend(
                reader
                    .complaints
                    .into_iter()
                    .map(|complaint| complaint.in_origin(origin)),
            );
        }
    }
    (found, lists, complaints)
}

fn span_of(pair: &Pair<'_, Rule>) -> Span {
    let span = pair.as_span();
    Span::new(span.start(), span.end())
}

/// `written` without line breaks and double blanks.
fn one_line(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn string_text(pair: &Pair<'_, Rule>) -> String {
    pair.clone()
        .into_inner()
        .next()
        .map_or_else(String::new, |text| text.as_str().to_owned())
}

/// What is asked of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Demand {
    Needed,
    Optional,
    Forbidden,
}

/// Reads one rule; keeps the names of its nodes.
struct Reader<'l> {
    lists: [&'l BTreeMap<String, Arc<WordList>>; 2],
    variables: Vec<(String, NodeIndex)>,
    pattern: Pattern,
    complaints: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn rule(&mut self, pair: Pair<'_, Rule>) -> Option<ExtractionRule> {
        let whole = span_of(&pair);
        let mut name = String::new();
        let mut about = String::new();
        let mut claim = None;
        let mut inferred = false;
        let mut aside = false;
        let mut modality = None;
        let mut polarity = None;
        let mut confidence = 0.7;
        let mut fires = None;
        let mut refuses = None;
        for part in pair.into_inner() {
            let kind = part.as_rule();
            let first = part.clone().into_inner().next();
            if kind == Rule::rule_name {
                part.as_str().clone_into(&mut name);
            } else if kind == Rule::about {
                about = first.as_ref().map_or_else(String::new, string_text);
            } else if kind == Rule::match_part {
                let paths = self.paths(part, Demand::Needed);
                self.pattern.needed.extend(paths);
            } else if kind == Rule::maybe_part {
                let paths = self.paths(part, Demand::Optional);
                self.pattern.optional.extend(paths);
            } else if kind == Rule::without_part {
                let paths = self.paths(part, Demand::Forbidden);
                self.pattern.forbidden.extend(paths);
            } else if kind == Rule::claim {
                claim = self.claim(part);
            } else if kind == Rule::inferred {
                inferred = true;
            } else if kind == Rule::aside {
                aside = true;
            } else if kind == Rule::modality {
                modality = first.and_then(|word| self.modality(&word));
            } else if kind == Rule::polarity {
                polarity = first.and_then(|word| self.polarity(&word));
            } else if kind == Rule::confidence {
                if let Some(number) = first {
                    confidence = number.as_str().parse().unwrap_or(f32::NAN);
                    if !(0.0..=1.0).contains(&confidence) {
                        self.complaints.push(
                            Diagnostic::error(
                                Code("rule-confidence"),
                                "a confidence lies between 0 and 1",
                            )
                            .at(span_of(&number), "this one does not"),
                        );
                    }
                }
            } else if kind == Rule::fires {
                fires = first.as_ref().map(string_text);
            } else if kind == Rule::refuses {
                refuses = first.as_ref().map(string_text);
            }
        }
        if self.pattern.needed.is_empty() {
            self.complaints.push(
                Diagnostic::error(Code("rule-without-match"), "the rule looks for nothing")
                    .at(whole, "it has no `match`"),
            );
        }
        let Some(claim) = claim else {
            if self.complaints.is_empty() {
                self.complaints.push(
                    Diagnostic::error(Code("rule-without-claim"), "the rule claims nothing")
                        .at(whole, "it has no `claim`"),
                );
            }
            return None;
        };
        Some(ExtractionRule {
            name: RuleName::new(&name),
            place: RulePlace::default(),
            about,
            pattern: std::mem::take(&mut self.pattern),
            claim,
            inferred,
            aside,
            modality,
            polarity,
            confidence,
            fires,
            refuses,
        })
    }

    fn unknown<'n>(
        &mut self,
        code: &'static str,
        what: &str,
        word: &Pair<'_, Rule>,
        names: impl IntoIterator<Item = &'n str>,
    ) {
        let names: Vec<&str> = names.into_iter().collect();
        let mut diagnostic =
            Diagnostic::error(Code(code), format!("`{}` is no {what}", word.as_str()))
                .at(span_of(word), "unknown");
        if let Some(near) = nearest(word.as_str(), names.iter().copied()) {
            diagnostic = diagnostic.with_help(format!("did you mean `{near}`?"));
        } else if names.len() <= 20 {
            diagnostic = diagnostic.with_help(format!("known are: {}", names.join(", ")));
        }
        self.complaints.push(diagnostic);
    }

    fn paths(&mut self, part: Pair<'_, Rule>, demand: Demand) -> Vec<Path> {
        part.into_inner()
            .filter_map(|path| self.path(path, demand))
            .collect()
    }

    fn path(&mut self, path: Pair<'_, Rule>, demand: Demand) -> Option<Path> {
        let written = one_line(path.as_str());
        let mut inner = path.into_inner();
        let (start, more) = self.node(inner.next()?, demand);
        let mut steps = Vec::new();
        steps.extend(more);
        let mut from = start;
        while let (Some(edge), Some(node)) = (inner.next(), inner.next()) {
            let written = one_line(edge.as_str());
            let edge = self.edge(edge);
            let (to, more) = self.node(node, demand);
            steps.push(Step {
                from,
                edge,
                written,
                to,
            });
            steps.extend(more);
            from = to;
        }
        Some(Path {
            written,
            start,
            steps,
        })
    }

    /// The node that is written here. What a forbidden or optional path asks of a node that is
    /// known from elsewhere is a step of its own: it must not narrow the node everywhere.
    fn node(&mut self, node: Pair<'_, Rule>, demand: Demand) -> (NodeIndex, Option<Step>) {
        let mut variable = None;
        let mut found = NodePattern::default();
        for part in node.into_inner() {
            let kind = part.as_rule();
            if kind == Rule::variable {
                variable = Some(part.as_str().to_owned());
            } else if kind == Rule::tags {
                for tag in part.into_inner() {
                    match Upos::from_name(tag.as_str()) {
                        Some(upos) => found.tags.push(upos),
                        None => self.unknown(
                            "unknown-part-of-speech",
                            "part of speech",
                            &tag,
                            Upos::ALL.iter().map(|(_, name)| *name),
                        ),
                    }
                }
            } else if kind == Rule::conditions {
                for condition in part.into_inner() {
                    let condition = self.condition(condition);
                    found.conditions.extend(condition);
                }
            }
        }
        let known = variable.as_ref().and_then(|variable| {
            self.variables
                .iter()
                .find(|(name, _)| name == variable)
                .map(|(_, index)| *index)
        });
        if let Some(index) = known {
            if found == NodePattern::default() {
                return (index, None);
            }
            if demand == Demand::Needed {
                if let Some(node) = self.pattern.nodes.get_mut(index.0) {
                    node.tags.extend(found.tags);
                    node.conditions.extend(found.conditions);
                }
                return (index, None);
            }
            let to = NodeIndex(self.pattern.nodes.len());
            self.pattern.nodes.push(found);
            let step = Step {
                from: index,
                edge: Edge::Same,
                written: String::new(),
                to,
            };
            return (index, Some(step));
        }
        let index = NodeIndex(self.pattern.nodes.len());
        self.pattern.nodes.push(found);
        if let Some(variable) = variable {
            self.variables.push((variable, index));
        }
        (index, None)
    }

    fn condition(&mut self, condition: Pair<'_, Rule>) -> Option<Condition> {
        let written = one_line(condition.as_str());
        let mut wanted = true;
        let mut key = None;
        let mut values = Vec::new();
        for part in condition.into_inner() {
            let kind = part.as_rule();
            if kind == Rule::negation {
                wanted = false;
            } else if kind == Rule::key {
                key = Some(part);
            } else if kind == Rule::value {
                values.push(part);
            }
        }
        let key = key?;
        let test = match key.as_str() {
            "lemma" => Test::Lemma(self.sources(values)),
            "form" => Test::Form(self.sources(values)),
            "preposition" => Test::Preposition(self.sources(values)),
            "prefix" => Test::Prefix(values.iter().map(value_text).collect()),
            "xpos" => Test::Xpos(values.iter().map(value_text).collect()),
            "feature" => Test::Feature(values.iter().map(value_text).collect()),
            "deprel" => Test::Relation(
                values
                    .iter()
                    .map(|value| EdgeLabel::Relation(value_text(value)))
                    .collect(),
            ),
            "entity" => {
                let mut types = Vec::new();
                for value in values {
                    match EntityType::from_name(value.as_str()) {
                        Some(entity_type) => types.push(entity_type),
                        None => self.unknown(
                            "unknown-entity-type",
                            "type of entity",
                            &value,
                            EntityType::ALL.iter().map(|(_, name)| *name),
                        ),
                    }
                }
                Test::Entity(types)
            }
            "clause" => {
                let kinds = [
                    ("active", ClauseKind::Active),
                    ("passive", ClauseKind::Passive),
                    ("copula", ClauseKind::Copula),
                ];
                let mut wanted_kinds = Vec::new();
                for value in values {
                    match kinds.iter().find(|(name, _)| *name == value.as_str()) {
                        Some((_, kind)) => wanted_kinds.push(*kind),
                        None => self.unknown(
                            "unknown-clause-kind",
                            "kind of clause",
                            &value,
                            kinds.iter().map(|(name, _)| *name),
                        ),
                    }
                }
                Test::Clause(wanted_kinds)
            }
            "name" => Test::Name(self.yes(&values)),
            "time" => Test::Time(self.yes(&values)),
            "acronym" => Test::Acronym(self.yes(&values)),
            "capital" => Test::Capital(self.yes(&values)),
            "bare" => Test::Bare(self.yes(&values)),
            _ => {
                self.unknown(
                    "unknown-condition",
                    "condition",
                    &key,
                    [
                        "lemma",
                        "form",
                        "prefix",
                        "preposition",
                        "xpos",
                        "feature",
                        "deprel",
                        "entity",
                        "clause",
                        "name",
                        "time",
                        "acronym",
                        "capital",
                        "bare",
                    ],
                );
                return None;
            }
        };
        Some(Condition {
            written,
            test,
            wanted,
        })
    }

    fn yes(&mut self, values: &[Pair<'_, Rule>]) -> bool {
        let Some(value) = values.first() else {
            return true;
        };
        if !matches!(value.as_str(), "yes" | "no") {
            self.unknown("unknown-value", "answer", value, ["yes", "no"]);
        }
        value.as_str() == "yes"
    }

    fn sources(&mut self, values: Vec<Pair<'_, Rule>>) -> Vec<WordSource> {
        let mut sources = Vec::new();
        for value in values {
            let Some(name) = value.as_str().strip_prefix('@') else {
                sources.push(WordSource::Word(value_text(&value).to_lowercase()));
                continue;
            };
            let list = self.lists.iter().find_map(|lists| lists.get(name));
            if let Some(list) = list {
                sources.push(WordSource::List(Arc::clone(list)));
            } else {
                let lists = self.lists;
                let names: Vec<String> = lists
                    .iter()
                    .flat_map(|lists| lists.keys())
                    .map(|name| format!("@{name}"))
                    .collect();
                self.unknown(
                    "unknown-word-list",
                    "word list",
                    &value,
                    names.iter().map(String::as_str),
                );
            }
        }
        sources
    }

    fn edge(&mut self, edge: Pair<'_, Rule>) -> Edge {
        let Some(edge) = edge.into_inner().next() else {
            return Edge::Before;
        };
        let kind = edge.as_rule();
        if kind == Rule::order {
            return if edge.as_str().starts_with("next") {
                Edge::Next
            } else {
                Edge::Before
            };
        }
        let mut labels = Vec::new();
        let mut deep = false;
        for part in edge.into_inner().flat_map(Pair::into_inner) {
            if part.as_rule() == Rule::depth {
                deep = true;
            } else {
                labels.extend(self.label(&part));
            }
        }
        if kind == Rule::up {
            Edge::Up { labels, deep }
        } else {
            Edge::Down { labels, deep }
        }
    }

    fn label(&mut self, label: &Pair<'_, Rule>) -> Option<EdgeLabel> {
        let name = label.as_str();
        if name == "any" {
            return Some(EdgeLabel::Any);
        }
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Some(EdgeLabel::Relation(name.to_owned()));
        }
        let role = ClauseRole::ALL.iter().find(|(_, known)| *known == name);
        if role.is_none() {
            self.unknown(
                "unknown-role",
                "role of a clause",
                label,
                ClauseRole::ALL.iter().map(|(_, name)| *name),
            );
        }
        role.map(|(role, _)| EdgeLabel::Role(*role))
    }

    fn claim(&mut self, claim: Pair<'_, Rule>) -> Option<Claim> {
        let mut inner = claim.into_inner();
        let subject = self.slot(inner.next()?)?;
        let template = inner.next()?;
        let object = self.slot(inner.next()?)?;
        let mut relation = Vec::new();
        for piece in template.into_inner().flat_map(Pair::into_inner) {
            if piece.as_rule() == Rule::hole {
                let mut parts = piece.into_inner();
                let node = self.variable(&parts.next()?)?;
                let field = match parts.next() {
                    None => Field::Lemma,
                    Some(field) => {
                        let known = Field::ALL.iter().find(|(_, name)| *name == field.as_str());
                        if known.is_none() {
                            self.unknown(
                                "unknown-field",
                                "field of a node",
                                &field,
                                Field::ALL.iter().map(|(_, name)| *name),
                            );
                        }
                        known.map(|(field, _)| *field)?
                    }
                };
                relation.push(Piece::Hole(node, field));
            } else {
                // Fixed types are written as in the graph: `IS_A` is "is a".
                for word in piece.as_str().split('_') {
                    relation.push(Piece::Word(word.to_lowercase()));
                }
            }
        }
        Some(Claim {
            subject,
            relation,
            object,
        })
    }

    fn slot(&mut self, slot: Pair<'_, Rule>) -> Option<Slot> {
        let mut inner = slot.into_inner();
        let Some(variable) = inner.next() else {
            return Some(Slot::Unstated);
        };
        let node = self.variable(&variable)?;
        let Some(form) = inner.next().and_then(|form| form.into_inner().next()) else {
            return Some(Slot::Node(node));
        };
        match form.as_str() {
            "entity" => Some(Slot::Entity(node)),
            "attribute" => Some(Slot::Attribute(node)),
            "amount" => Some(Slot::Amount(node)),
            "clause" => Some(Slot::Clause(node)),
            _ => {
                self.unknown(
                    "unknown-form",
                    "form of an argument",
                    &form,
                    ["entity", "attribute", "amount", "clause"],
                );
                None
            }
        }
    }

    fn variable(&mut self, variable: &Pair<'_, Rule>) -> Option<NodeIndex> {
        let known = self
            .variables
            .iter()
            .find(|(name, _)| name == variable.as_str())
            .map(|(_, index)| *index);
        if known.is_none() {
            let names: Vec<String> = self
                .variables
                .iter()
                .map(|(name, _)| name.clone())
                .collect();
            self.unknown(
                "unknown-node",
                "node of this rule",
                variable,
                names.iter().map(String::as_str),
            );
        }
        known
    }

    fn modality(&mut self, word: &Pair<'_, Rule>) -> Option<Modality> {
        let all = [
            Modality::Asserted,
            Modality::Planned,
            Modality::Possible,
            Modality::Conditional,
            Modality::Asked,
        ];
        let known = all
            .into_iter()
            .find(|modality| modality.name() == word.as_str());
        if known.is_none() {
            self.unknown(
                "unknown-modality",
                "modality",
                word,
                all.iter().map(|modality| modality.name()),
            );
        }
        known
    }

    fn polarity(&mut self, word: &Pair<'_, Rule>) -> Option<Polarity> {
        let all = [Polarity::Affirmed, Polarity::Denied];
        let known = all
            .into_iter()
            .find(|polarity| polarity.name() == word.as_str());
        if known.is_none() {
            self.unknown(
                "unknown-polarity",
                "polarity",
                word,
                all.iter().map(|polarity| polarity.name()),
            );
        }
        known
    }
}

fn value_text(value: &Pair<'_, Rule>) -> String {
    let inner = value.clone().into_inner().next();
    match inner {
        Some(inner) if inner.as_rule() == Rule::string => string_text(&inner),
        Some(inner) => inner.as_str().to_owned(),
        None => value.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::base::{Style, render_diagnostic};
    use crate::extract::RuleTable;

    fn complaints(text: &str) -> String {
        let (_, complaints) = RuleTable::default().with_file(text, "my.rules");
        complaints
            .iter()
            .map(|complaint| render_diagnostic(complaint, text, Style::Plain))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn the_builtin_rules_have_no_faults() {
        let (table, complaints) = RuleTable::builtin_with_complaints();
        assert_eq!(complaints, Vec::new());
        for rule in table.rules() {
            let name = rule.name();
            assert!(!rule.about().is_empty(), "{name} says what it is about");
            assert!(
                rule.fires().is_some(),
                "{name} has a sentence that fires it"
            );
            assert!(
                rule.refuses().is_some(),
                "{name} has a sentence that must not"
            );
        }
    }

    #[test]
    fn what_is_wrong_is_underlined_with_the_nearest_name() {
        let cases = [
            "rule a {\n  mach (x)\n}",
            "rule a {\n  match (x)-[SUBJEKT]->(y)\n  claim (y)-[{x}]->()\n}",
            "rule a {\n  match (verb)-[SUBJECT]->(who)\n  claim (whom)-[{verb}]->()\n}",
            "words verbs { \"give\" }\nrule a {\n  match (x {lemma: @verb})\n  claim ()-[{x}]->()\n}",
            "rule a {\n  match (x:NOUM {lema: y})\n  claim (x)-[IS]->()\n  confidence 7\n}",
        ];
        let all: Vec<String> = cases.iter().map(|case| complaints(case)).collect();
        insta::with_settings!({snapshot_path => "../../tests/snapshots", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!("extract_rule_complaints", all.join("\n\n"));
        });
    }

    #[test]
    fn a_rule_without_claim_is_left_out() {
        let (table, complaints) =
            RuleTable::default().with_file("rule a { match (x) }", "my.rules");
        assert_eq!(table.rules().len(), 0);
        assert_eq!(complaints.len(), 1);
    }
}
