//! Patterns of nodes and relationships as written.

use crate::base::Span;

use super::{Expression, Name};

/// Which of several shortest paths is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortest {
    /// `shortestPath(…)`: one.
    One,
    /// `allShortestPaths(…)`
    All,
}

/// Which of the paths that have the same two ends are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selector {
    /// `ANY`, `ANY 2`: so many, whichever.
    Any(u64),
    /// `ANY SHORTEST`, `SHORTEST 2`: so many, short ones first.
    Shortest(u64),
    /// `ALL SHORTEST`, `SHORTEST 2 GROUPS`: all of so many lengths, short ones first.
    Groups(u64),
}

/// `[variable =] [selector] node step step …`.
#[derive(Debug, Clone, PartialEq)]
pub struct PathPattern {
    /// The name of the whole path.
    pub variable: Option<Name>,
    /// Whether only a shortest path is wanted: `shortestPath(…)`.
    pub shortest: Option<Shortest>,
    /// Which of the paths between two nodes are wanted: `ANY SHORTEST …`.
    pub selector: Option<Selector>,
    /// The first node.
    pub start: NodePattern,
    /// What comes after it.
    pub steps: Vec<Step>,
    /// What is asked of a path before some are selected: `(… WHERE condition)`.
    pub condition: Option<Expression>,
    /// Where it stands.
    pub span: Span,
}

impl PathPattern {
    /// The pattern of one node.
    pub fn node(start: NodePattern) -> Self {
        Self {
            variable: None,
            shortest: None,
            selector: None,
            start,
            steps: Vec::new(),
            condition: None,
            span: Span::default(),
        }
    }

    /// The same, one relationship and one node longer.
    #[must_use]
    pub fn step(mut self, relationship: RelationshipPattern, node: NodePattern) -> Self {
        let link = Link::Relationship(relationship);
        self.steps.push(Step { link, node });
        self
    }

    /// The expressions that stand in it: properties and conditions.
    pub fn expressions(&self) -> Vec<&Expression> {
        let mut all: Vec<&Expression> = self.condition.iter().collect();
        all.extend(self.start.expressions());
        for step in &self.steps {
            match &step.link {
                Link::Relationship(relationship) => {
                    all.extend(relationship.properties.iter());
                    all.extend(relationship.condition.iter());
                }
                Link::Repeated(repeated) => {
                    all.extend(repeated.pattern.expressions());
                    all.extend(repeated.condition.iter());
                }
            }
            all.extend(step.node.expressions());
        }
        all
    }

    /// The same, with a name.
    #[must_use]
    pub fn named(mut self, variable: &str) -> Self {
        self.variable = Some(variable.into());
        self
    }
}

/// What leads to the next node, and that node.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What leads to it.
    pub link: Link,
    /// The node.
    pub node: NodePattern,
}

/// What leads from one node of a pattern to the next.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// One relationship, or several in a row: `-[:R]->`, `-[:R*1..3]->`.
    Relationship(RelationshipPattern),
    /// A quantified part, `((a)-[:R]->(b) WHERE …){1,3}`, or a quantified relationship,
    /// `-[:R]->{1,3}`, which is one between two nodes of which nothing is said.
    Repeated(RepeatedPattern),
}

/// `(pattern WHERE condition){least,most}`: a part of a path, several times in a row. Its names
/// stand for one pass inside it, and outside it for the list of all passes.
#[derive(Debug, Clone, PartialEq)]
pub struct RepeatedPattern {
    /// One pass.
    pub pattern: Box<PathPattern>,
    /// What is asked of each pass.
    pub condition: Option<Expression>,
    /// How often.
    pub times: Repetition,
    /// Where it stands.
    pub span: Span,
}

impl RepeatedPattern {
    /// A quantified relationship.
    pub fn relationship(relationship: RelationshipPattern, times: Repetition) -> Self {
        let span = relationship.span;
        let pattern =
            PathPattern::node(NodePattern::default()).step(relationship, NodePattern::default());
        Self {
            pattern: Box::new(pattern),
            condition: None,
            times,
            span,
        }
    }

    /// The relationship, where that is all there is.
    pub fn only_relationship(&self) -> Option<&RelationshipPattern> {
        let [step] = self.pattern.steps.as_slice() else {
            return None;
        };
        let Link::Relationship(relationship) = &step.link else {
            return None;
        };
        let bare = self.pattern.start.is_bare()
            && step.node.is_bare()
            && self.pattern.condition.is_none()
            && self.condition.is_none()
            && relationship.length.is_none();
        bare.then_some(relationship)
    }
}

/// How often something is repeated: `{least,most}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repetition {
    /// At least so often.
    pub least: u64,
    /// At most so often.
    pub most: Option<u64>,
}

/// What is asked of the labels of a node, or of the type of a relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelExpression {
    /// `Label`
    Name(Name),
    /// `%`: any label at all.
    Any,
    /// `!a`
    Not(Box<LabelExpression>),
    /// `a&b`, or `:A:B`; at least two.
    All(Vec<LabelExpression>),
    /// `a|b`; at least two.
    Either(Vec<LabelExpression>),
}

impl LabelExpression {
    /// All of `parts`; the one itself where there is one, `None` where there is none.
    pub fn all(parts: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            if let Self::All(inner) = part {
                flat.extend(inner);
            } else {
                flat.push(part);
            }
        }
        if flat.len() > 1 {
            return Some(Self::All(flat));
        }
        flat.pop()
    }

    /// Any of `parts`; the one itself where there is one, `None` where there is none.
    pub fn either(parts: Vec<Self>) -> Option<Self> {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            if let Self::Either(inner) = part {
                flat.extend(inner);
            } else {
                flat.push(part);
            }
        }
        if flat.len() > 1 {
            return Some(Self::Either(flat));
        }
        flat.pop()
    }

    /// What it does not ask for.
    #[must_use]
    pub fn negated(self) -> Self {
        if let Self::Not(inner) = self {
            *inner
        } else {
            Self::Not(Box::new(self))
        }
    }

    /// The names, where it asks for all of them and for nothing else.
    pub fn conjunction(&self) -> Option<Vec<&Name>> {
        match self {
            Self::Name(name) => Some(vec![name]),
            Self::All(parts) => parts.iter().map(Self::name).collect(),
            Self::Any | Self::Not(_) | Self::Either(_) => None,
        }
    }

    /// The names, where it asks for any one of them and for nothing else.
    pub fn alternatives(&self) -> Option<Vec<&Name>> {
        match self {
            Self::Name(name) => Some(vec![name]),
            Self::Either(parts) => parts.iter().map(Self::name).collect(),
            Self::Any | Self::Not(_) | Self::All(_) => None,
        }
    }

    fn name(&self) -> Option<&Name> {
        match self {
            Self::Name(name) => Some(name),
            Self::Any | Self::Not(_) | Self::All(_) | Self::Either(_) => None,
        }
    }
}

/// `(variable:Label {properties} WHERE condition)`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NodePattern {
    /// The name.
    pub variable: Option<Name>,
    /// What is asked of its labels.
    pub labels: Option<LabelExpression>,
    /// A map literal or a parameter.
    pub properties: Option<Expression>,
    /// What is asked of it besides.
    pub condition: Option<Expression>,
    /// Where it stands.
    pub span: Span,
}

impl NodePattern {
    /// `(variable)`
    pub fn named(variable: &str) -> Self {
        Self {
            variable: Some(variable.into()),
            ..Self::default()
        }
    }

    /// The same with one more label.
    #[must_use]
    pub fn labelled(mut self, label: &str) -> Self {
        let mut parts: Vec<LabelExpression> = self.labels.take().into_iter().collect();
        parts.push(LabelExpression::Name(label.into()));
        self.labels = LabelExpression::all(parts);
        self
    }

    /// Whether nothing is said of the node.
    fn is_bare(&self) -> bool {
        self.variable.is_none()
            && self.labels.is_none()
            && self.properties.is_none()
            && self.condition.is_none()
    }

    fn expressions(&self) -> impl Iterator<Item = &Expression> {
        self.properties.iter().chain(&self.condition)
    }
}

/// Which way a relationship is followed, as written from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// `-->`
    Outgoing,
    /// `<--`
    Incoming,
    /// `--`
    #[default]
    Either,
}

impl Direction {
    /// The same relationship seen from its other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
            Self::Either => Self::Either,
        }
    }
}

/// `*least..most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Length {
    /// At least so many relationships; 1 where nothing is said.
    pub least: Option<u64>,
    /// At most so many.
    pub most: Option<u64>,
}

/// `-[variable:TYPE|TYPE*1..3 {properties} WHERE condition]->`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RelationshipPattern {
    /// The name.
    pub variable: Option<Name>,
    /// What is asked of its type.
    pub types: Option<LabelExpression>,
    /// Which way it goes.
    pub direction: Direction,
    /// For several relationships in a row, how many.
    pub length: Option<Length>,
    /// A map literal or a parameter.
    pub properties: Option<Expression>,
    /// What is asked of it besides.
    pub condition: Option<Expression>,
    /// Where it stands.
    pub span: Span,
}

impl RelationshipPattern {
    /// `-[variable]-`, in `direction`.
    pub fn named(variable: &str, direction: Direction) -> Self {
        Self {
            variable: Some(variable.into()),
            direction,
            ..Self::default()
        }
    }

    /// The same with one more type to choose from.
    #[must_use]
    pub fn typed(mut self, name: &str) -> Self {
        let mut parts: Vec<LabelExpression> = self.types.take().into_iter().collect();
        parts.push(LabelExpression::Name(name.into()));
        self.types = LabelExpression::either(parts);
        self
    }
}
