//! A reader for the part of Gherkin that the openCypher conformance suite uses.

/// One step of a scenario.
#[derive(Debug, Clone, Default)]
pub(crate) struct Step {
    /// What stands behind `Given`, `When`, `Then` or `And`.
    pub(crate) text: String,
    /// The text in triple quotes.
    pub(crate) doc: Option<String>,
    /// The table.
    pub(crate) table: Vec<Vec<String>>,
}

/// One runnable case: an outline gives one for each row of its examples.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    /// The file, without its ending.
    pub(crate) file: String,
    /// The name.
    pub(crate) name: String,
    /// The row of the outline's examples.
    pub(crate) row: Option<usize>,
    /// The steps, those of the background first.
    pub(crate) steps: Vec<Step>,
}

impl Scenario {
    /// File, number in the file, row: `clauses/match/Match1 [3] 2`.
    pub(crate) fn id(&self) -> String {
        let number = self.name.split_whitespace().next().unwrap_or_default();
        let number = if number.starts_with('[') {
            number
        } else {
            self.name.as_str()
        };
        match self.row {
            Some(row) => format!("{} {number} {row}", self.file),
            None => format!("{} {number}", self.file),
        }
    }

    /// The folder of the file.
    pub(crate) fn area(&self) -> &str {
        self.file.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// The head of a table and its rows, each with the number that a comment gives it.
type Examples = (Vec<String>, Vec<(Option<usize>, Vec<String>)>);

#[derive(Debug, Default)]
struct Block {
    name: String,
    outline: bool,
    steps: Vec<Step>,
    examples: Vec<Examples>,
}

/// Where the next table row belongs.
enum At {
    Step,
    Examples,
    Nothing,
}

/// The scenarios of a feature file.
pub(crate) fn scenarios(text: &str, file: &str) -> Vec<Scenario> {
    let mut background: Vec<Step> = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut in_background = false;
    let mut at = At::Nothing;
    let mut number = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let trimmed = line.trim();
        let steps = if in_background {
            Some(&mut background)
        } else {
            blocks.last_mut().map(|block| &mut block.steps)
        };
        if trimmed.starts_with("\"\"\"") {
            let indent = line.len() - line.trim_start().len();
            let mut body = Vec::new();
            for line in lines.by_ref().take_while(|line| line.trim() != "\"\"\"") {
                let blank = line.len() - line.trim_start().len();
                body.push(line.split_at(indent.min(blank)).1.to_owned());
            }
            steps.unwrap().last_mut().unwrap().doc = Some(body.join("\n"));
        } else if let Some(row) = trimmed.strip_prefix("# row ") {
            number = row.parse().ok();
        } else if trimmed.is_empty()
            || trimmed.starts_with(['#', '@'])
            || trimmed.starts_with("Feature:")
        {
        } else if trimmed.starts_with("Background:") {
            in_background = true;
        } else if let Some((kind, name)) = trimmed
            .split_once(':')
            .filter(|(kind, _)| matches!(*kind, "Scenario" | "Scenario Outline"))
        {
            in_background = false;
            at = At::Nothing;
            blocks.push(Block {
                name: name.trim().to_owned(),
                outline: kind == "Scenario Outline",
                ..Block::default()
            });
        } else if trimmed.starts_with("Examples:") {
            at = At::Examples;
            blocks
                .last_mut()
                .unwrap()
                .examples
                .push((Vec::new(), Vec::new()));
        } else if trimmed.starts_with('|') {
            let row = cells(trimmed);
            match at {
                At::Examples => {
                    let examples = blocks.last_mut().unwrap().examples.last_mut().unwrap();
                    if examples.0.is_empty() {
                        examples.0 = row;
                    } else {
                        examples.1.push((number.take(), row));
                    }
                }
                At::Step => steps.unwrap().last_mut().unwrap().table.push(row),
                At::Nothing => panic!("{file}: a table belongs to nothing: {trimmed}"),
            }
        } else if let Some((keyword, text)) = trimmed.split_once(' ') {
            assert!(
                matches!(keyword, "Given" | "When" | "Then" | "And" | "But"),
                "{file}: {trimmed}"
            );
            at = At::Step;
            steps.unwrap().push(Step {
                text: text.trim().to_owned(),
                ..Step::default()
            });
        }
    }
    blocks
        .iter()
        .flat_map(|block| cases(block, file, &background))
        .collect()
}

fn cases(block: &Block, file: &str, background: &[Step]) -> Vec<Scenario> {
    let scenario = |row, steps: Vec<Step>| Scenario {
        file: file.to_owned(),
        name: block.name.clone(),
        row,
        steps: background.iter().cloned().chain(steps).collect(),
    };
    if !block.outline {
        return vec![scenario(None, block.steps.clone())];
    }
    let mut all = Vec::new();
    let mut next = 0;
    for (header, rows) in &block.examples {
        for (number, row) in rows {
            let number = number.unwrap_or(next);
            next = number + 1;
            let fill = |text: &str| {
                header
                    .iter()
                    .zip(row)
                    .fold(text.to_owned(), |text, (key, value)| {
                        text.replace(&format!("<{key}>"), value)
                    })
            };
            let steps = block
                .steps
                .iter()
                .map(|step| Step {
                    text: fill(&step.text),
                    doc: step.doc.as_deref().map(fill),
                    table: step
                        .table
                        .iter()
                        .map(|row| row.iter().map(|cell| fill(cell)).collect())
                        .collect(),
                })
                .collect();
            all.push(scenario(Some(number), steps));
        }
    }
    all
}

/// The cells of `| a | b |`.
fn cells(line: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut characters = line.trim().chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if matches!(characters.peek(), Some('\\' | '|' | 'n')) => {
                let escaped = characters.next().unwrap();
                cell.push(if escaped == 'n' { '\n' } else { escaped });
            }
            '|' => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            _ => cell.push(character),
        }
    }
    cells.remove(0);
    cells
}
