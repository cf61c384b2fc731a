//! Bytes to a small graph and a query on it, the same for the same bytes.
//!
//! Zeros and the end of the bytes choose what is simplest, so that shorter bytes make simpler
//! cases. No query is left to choose the order or the number of its rows.

/// A graph and a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The statement that makes the graph; empty for the empty graph.
    pub graph: String,
    /// The query.
    pub query: String,
    /// Whether the query says in which order its rows come.
    pub ordered: bool,
}

impl Case {
    /// The case that `bytes` choose.
    pub fn of(bytes: &[u8]) -> Self {
        let mut choices = Choices { bytes, at: 0 };
        let graph = graph(&mut choices);
        let mut writer = Writer {
            choices,
            scope: Vec::new(),
            made: 0,
        };
        let (query, ordered) = writer.query();
        Self {
            graph,
            query,
            ordered,
        }
    }
}

struct Choices<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Choices<'_> {
    /// A number below `count`.
    fn below(&mut self, count: usize) -> usize {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(byte) % count.max(1)
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        let at = self.below(texts.len());
        texts.get(at).copied().unwrap_or("")
    }

    /// True once in `count`.
    fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }
}

fn graph(choices: &mut Choices<'_>) -> String {
    let nodes = choices.below(7);
    let mut parts = Vec::new();
    for node in 0..nodes {
        let labels = choices.pick(&["", ":A", ":B", ":A:B", ":C"]);
        let map = choices.pick(&["", " {x: 1}", " {x: 2, s: 'a'}", " {s: 'ab'}", " {x: 1.0}"]);
        parts.push(format!("(n{node}{labels}{map})"));
    }
    if nodes > 0 {
        for _ in 0..choices.below(12) {
            let (from, to) = (choices.below(nodes), choices.below(nodes));
            let kind = choices.pick(&["R", "S", "T"]);
            let map = choices.pick(&["", " {w: 1}", " {w: 2}"]);
            parts.push(format!("(n{from})-[:{kind}{map}]->(n{to})"));
        }
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("CREATE {}", parts.join(", "))
    }
}

/// What a name in scope stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Node,
    Relationship,
    Value,
}

struct Writer<'b> {
    choices: Choices<'b>,
    scope: Vec<(String, Kind)>,
    made: usize,
}

impl Writer<'_> {
    fn fresh(&mut self, kind: Kind) -> String {
        let letter = match kind {
            Kind::Node => "a",
            Kind::Relationship => "r",
            Kind::Value => "v",
        };
        self.made += 1;
        let name = format!("{letter}{}", self.made);
        self.scope.push((name.clone(), kind));
        name
    }

    fn known(&mut self, kind: Kind) -> Option<String> {
        let names: Vec<String> = self
            .scope
            .iter()
            .filter(|(_, known)| *known == kind)
            .map(|(name, _)| name.clone())
            .collect();
        let at = self.choices.below(names.len());
        names.get(at).cloned()
    }

    fn query(&mut self) -> (String, bool) {
        if self.choices.once_in(12) {
            let (first, _) = self.part();
            self.scope.clear();
            let (second, _) = self.part();
            let all = self.choices.pick(&["UNION ", "UNION ALL "]);
            // Both give one column.
            return (
                format!("{first} RETURN count(*) AS c0 {all}{second} RETURN count(*) AS c0"),
                false,
            );
        }
        let (text, _) = self.part();
        let (returned, ordered) = self.returned();
        (format!("{text} {returned}"), ordered)
    }

    /// Clauses that only read.
    fn part(&mut self) -> (String, usize) {
        let mut clauses = vec![self.matched(false)];
        let more = self.choices.below(4);
        for _ in 0..more {
            let clause = match self.choices.below(7) {
                0 | 1 => self.matched(false),
                2 => self.matched(true),
                3 => self.with(),
                4 => {
                    let list = self
                        .choices
                        .pick(&["[1, 2]", "[]", "[1, null, 1]", "range(0, 2)"]);
                    let name = self.fresh(Kind::Value);
                    format!("UNWIND {list} AS {name}")
                }
                5 => self.subquery(),
                _ => self.aggregated(),
            };
            clauses.push(clause);
        }
        let count = clauses.len();
        (clauses.join(" "), count)
    }

    fn matched(&mut self, optional: bool) -> String {
        let paths = 1 + usize::from(self.choices.once_in(4));
        let mut patterns = Vec::new();
        for _ in 0..paths {
            let path = self.path(true);
            patterns.push(path);
        }
        let condition = if self.choices.once_in(2) {
            format!(" WHERE {}", self.condition(2))
        } else {
            String::new()
        };
        let optional = if optional { "OPTIONAL " } else { "" };
        format!("{optional}MATCH {}{condition}", patterns.join(", "))
    }

    fn path(&mut self, names: bool) -> String {
        let mut text = self.node(names);
        for _ in 0..self.choices.below(3) {
            let types = self.choices.pick(&["", ":R", ":S", ":R|S", ":X"]);
            let length = self
                .choices
                .pick(&["", "", "", "", "*0..1", "*1..2", "*2", "*..2"]);
            let name = if names && length.is_empty() && self.choices.once_in(3) {
                self.fresh(Kind::Relationship)
            } else {
                String::new()
            };
            let map = self.choices.pick(&["", "", "", " {w: 1}"]);
            let (left, right) = [("-", "->"), ("<-", "-"), ("-", "-")][self.choices.below(3)];
            let node = self.node(names);
            text = format!("{text}{left}[{name}{types}{length}{map}]{right}{node}");
        }
        text
    }

    fn node(&mut self, names: bool) -> String {
        let labels = self
            .choices
            .pick(&["", "", ":A", ":B", ":A:B", ":A|B", ":!A", ":X"]);
        let map = self
            .choices
            .pick(&["", "", "", " {x: 1}", " {s: 'a'}", " {x: 2, s: 'a'}"]);
        let name = match self.choices.below(4) {
            3 => String::new(),
            2 => self.known(Kind::Node).unwrap_or_default(),
            _ if names => self.fresh(Kind::Node),
            _ => String::new(),
        };
        format!("({name}{labels}{map})")
    }

    fn with(&mut self) -> String {
        let distinct = self.choices.pick(&["", "DISTINCT "]);
        let keep: Vec<(String, Kind)> = self
            .scope
            .clone()
            .into_iter()
            .filter(|_| !self.choices.once_in(4))
            .collect();
        let value = self.value(1);
        self.scope = keep;
        let mut items: Vec<String> = self.scope.iter().map(|(name, _)| name.clone()).collect();
        let name = self.fresh(Kind::Value);
        items.push(format!("{value} AS {name}"));
        let condition = if self.choices.once_in(3) {
            format!(" WHERE {}", self.condition(1))
        } else {
            String::new()
        };
        format!("WITH {distinct}{}{condition}", items.join(", "))
    }

    fn aggregated(&mut self) -> String {
        let key = self.known(Kind::Node);
        let aggregate = self.aggregate();
        self.scope.clear();
        let mut items = Vec::new();
        if let Some(key) = key {
            items.push(key.clone());
            self.scope.push((key, Kind::Node));
        }
        let name = self.fresh(Kind::Value);
        items.push(format!("{aggregate} AS {name}"));
        format!("WITH {}", items.join(", "))
    }

    fn aggregate(&mut self) -> String {
        let value = self.value(1);
        match self.choices.below(6) {
            0 => "count(*)".to_owned(),
            1 => format!("count({value})"),
            2 => format!("count(DISTINCT {value})"),
            3 => format!("min({value})"),
            4 => format!("max({value})"),
            _ => format!("size(collect(DISTINCT {value}))"),
        }
    }

    fn subquery(&mut self) -> String {
        let outer = self.scope.clone();
        let import = self.known(Kind::Node);
        self.scope = import
            .iter()
            .map(|name| (name.clone(), Kind::Node))
            .collect();
        let inner = self.matched(false);
        self.scope = outer;
        let name = self.fresh(Kind::Value);
        let imports = import.unwrap_or_default();
        format!("CALL ({imports}) {{ {inner} RETURN count(*) AS {name} }}")
    }

    fn returned(&mut self) -> (String, bool) {
        let count = 1 + self.choices.below(3);
        let aggregates = self.choices.once_in(3);
        let mut items = Vec::new();
        for index in 0..count {
            let value = if aggregates && index > 0 {
                self.aggregate()
            } else if let (true, Some(name)) = (self.choices.below(3) == 0, self.known(Kind::Node))
            {
                name
            } else {
                self.value(2)
            };
            items.push(format!("{value} AS c{index}"));
        }
        let distinct = self.choices.pick(&["", "DISTINCT "]);
        let columns: Vec<String> = (0..count).map(|index| format!("c{index}")).collect();
        // Sorted by all columns, equal rows are the same, so their order does not show.
        let order = match self.choices.below(4) {
            1 => format!(" ORDER BY {}", columns.join(", ")),
            2 => format!(" ORDER BY {} LIMIT 2", columns.join(" DESC, ")),
            3 => format!(" ORDER BY {} SKIP 1 LIMIT 3", columns.join(", ")),
            _ => String::new(),
        };
        (
            format!("RETURN {distinct}{}{order}", items.join(", ")),
            !order.is_empty(),
        )
    }

    fn value(&mut self, depth: usize) -> String {
        match self.choices.below(9) {
            0 => self
                .choices
                .pick(&["1", "2", "'a'", "null", "true", "1.5"])
                .to_owned(),
            1 | 2 => match self.known(Kind::Node) {
                Some(name) => format!("{name}.{}", self.choices.pick(&["x", "s", "y"])),
                None => "3".to_owned(),
            },
            3 => match self.known(Kind::Relationship) {
                Some(name) => format!("{name}.w"),
                None => "0".to_owned(),
            },
            4 => self.known(Kind::Value).unwrap_or_else(|| "4".to_owned()),
            5 => match self.known(Kind::Node) {
                Some(name) => format!("size(labels({name}))"),
                None => "5".to_owned(),
            },
            6 if depth > 0 => {
                let condition = self.condition(depth - 1);
                format!("CASE WHEN {condition} THEN 1 ELSE 2 END")
            }
            7 if depth > 0 => format!("COUNT {{ {} }}", self.path(false)),
            8 if depth > 0 => format!("coalesce({}, {})", self.value(depth - 1), self.value(0)),
            _ => "6".to_owned(),
        }
    }

    fn condition(&mut self, depth: usize) -> String {
        match self.choices.below(9) {
            0 | 1 => {
                let sign = self.choices.pick(&["=", "<>", "<", ">="]);
                format!("{} {sign} {}", self.value(depth.min(1)), self.value(0))
            }
            2 => match self.known(Kind::Node) {
                Some(name) => format!("{name}{}", self.choices.pick(&[":A", ":B", ":!A", ":A|B"])),
                None => "true".to_owned(),
            },
            3 => format!(
                "{} IS {}NULL",
                self.value(1),
                self.choices.pick(&["", "NOT "])
            ),
            4 if depth > 0 => format!("EXISTS {{ {} }}", self.path(false)),
            5 if depth > 0 => {
                let sign = self.choices.pick(&["AND", "OR", "XOR"]);
                let (one, other) = (self.condition(depth - 1), self.condition(depth - 1));
                format!("({one} {sign} {other})")
            }
            6 if depth > 0 => format!("NOT ({})", self.condition(depth - 1)),
            7 => match (self.known(Kind::Node), self.known(Kind::Node)) {
                (Some(one), Some(other)) => format!("{one} = {other}"),
                _ => "false".to_owned(),
            },
            8 => match self.known(Kind::Node) {
                Some(name) => format!("{name}.x IN [1, 2, null]"),
                None => "1 IN [1]".to_owned(),
            },
            _ => "true".to_owned(),
        }
    }
}
