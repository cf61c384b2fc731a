//! The command line: what can be said, and the only place that reads the environment.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell as CompletionShell;

use super::exit;

const EXAMPLES: &str = "\
Examples:
  whom build articles/ -o news.whom
  whom ask news.whom \"Who backs the regime?\"
  whom query news.whom \"MATCH (a)-[r:BACK]->(b) RETURN a.name, b.name, r.evidence\"
  whom news.whom";

/// Builds a knowledge graph from English documents and answers questions about it, offline, with
/// every answer cited.
#[derive(Debug, Parser)]
#[command(
    name = "whom",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true
)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{}", exit::TABLE))]
pub(crate) struct Arguments {
    /// What to do; without it, FILE is opened in the shell.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// The graph to open in the shell; without it, an empty graph that is not kept.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
    /// When to use color.
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub(crate) color: ColorChoice,
    /// Say more: -v what is done, -vv every decision.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// When to use color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show how a text is read: sentences, words, trees, mentions.
    #[command(after_help = "\
Examples:
  whom parse article.txt
  echo 'Jets hit the town.' | whom parse --format tree
  whom parse --tokens gold.conllu > parsed.conllu")]
    Parse(ParseArguments),
    /// Show the statements that a text makes.
    #[command(after_help = "\
Examples:
  whom extract article.txt
  whom extract article.txt --format jsonl | jq .relation
  whom extract --sentences sentences.jsonl --format openie")]
    Extract(ExtractArguments),
    /// Build a graph from texts, or bring one up to date.
    #[command(after_help = "\
Reads .txt, .md, .html and .jsonl (a line: text, and if known title, date, source), folders, and
standard input (`-`). Documents that did not change are not read again; one that did replaces what
it said before. Ctrl-C keeps the documents read so far.

Examples:
  whom build article.txt -o news.whom
  whom build articles/ more.jsonl -o news.whom --threads 2
  cat article.txt | whom build - -o news.whom")]
    Build(BuildArguments),
    /// Take a document and all that it said out of a graph.
    #[command(after_help = "\
Example:
  whom remove news.whom articles/rumour.txt")]
    Remove(RemoveArguments),
    /// Show why something is in the graph: sentence, tree, rule, confidence, who is meant and why.
    #[command(after_help = "\
With one entity, its mentions and why they mean one thing.

Examples:
  whom why news.whom \"Nordhavn\" \"Brindle Foods\"
  whom why news.whom --relationship 17
  whom why news.whom \"Nordhavn\"")]
    Why(WhyArguments),
    /// Show why something is not in the graph: how far the machine got, and where it stopped.
    #[command(after_help = "\
Example:
  whom why-not news.whom \"Brindle Foods\" BUY \"Nordhavn\"")]
    WhyNot(WhyNotArguments),
    /// Make several entities one, by hand.
    #[command(after_help = "\
The first gives the name, the others become aliases. An entity is named by its name, an alias, or
its id. Corrections are kept in the file, outlast new versions of the documents, and win over the
machine; among themselves the later wins.

Examples:
  whom merge news.whom \"Nordhavn\" \"Nordhavn Group of Copenhagen\"
  whom merge news.whom person/li-wei \"Dr Li\"")]
    Merge(MergeArguments),
    /// Keep entities apart that are not the same, by hand.
    #[command(after_help = "\
Example:
  whom distinct news.whom \"Karl Thoma\" \"Karla Thoma\"")]
    Distinct(DistinctArguments),
    /// Take an entity apart that is several, by hand.
    #[command(after_help = "\
Without a flag it is another in every document. `whom why FILE ENTITY` lists the mentions.

Examples:
  whom split news.whom \"Li Wei\" --by-document
  whom split news.whom \"Li Wei\" --from articles/chess.txt
  whom split news.whom \"Li Wei\" --at articles/chess.txt:1042")]
    Split(SplitArguments),
    /// Call an entity otherwise, by hand; the old name becomes an alias.
    #[command(after_help = "\
Example:
  whom rename news.whom \"NDF\" \"National Defence Front\"")]
    Rename(RenameArguments),
    /// List what was put right by hand, or undo it.
    #[command(after_help = "\
Examples:
  whom corrections news.whom
  whom corrections news.whom --undo 3")]
    Corrections(CorrectionsArguments),
    /// Run one openCypher statement.
    #[command(after_help = "\
Examples:
  whom query news.whom \"MATCH (p:Person) RETURN p.name ORDER BY p.mentions DESC LIMIT 10\"
  whom query news.whom \"MATCH (e {name: \\$name})--(other) RETURN other.name\" --param name=Homs
  whom query news.whom --format csv - < statement.cypher")]
    Query(QueryArguments),
    /// Ask a question in English.
    #[command(after_help = "\
Examples:
  whom ask news.whom \"Who backs the regime?\"
  whom ask news.whom --batch questions.jsonl > answers.jsonl

A line of the batch has `id` and `question`; a line of the output has `id`, `answers` (strings, or
pairs of strings where the question has two question words; empty for none), `evidence`
(sentences, best first) and `query`.")]
    Ask(AskArguments),
    /// Run a script of statements and questions.
    #[command(after_help = "\
Statements end with `;`. `//` and `/* */` are comments. A statement that ends with `?` is a question
in English. The first error ends the script; what earlier statements wrote stays.

Example:
  whom run news.whom report.cypher --param since=2015-10-01 --format markdown")]
    Run(RunArguments),
    /// Write a graph, or what a query finds, in another form.
    #[command(after_help = "\
Examples:
  whom export news.whom --format dot | dot -Tsvg > graph.svg
  whom export news.whom --format dot --query \"MATCH (a)-[r:BACK]->(b) RETURN a, r, b\" -o backers.dot")]
    Export(ExportArguments),
    /// Check a graph file: its tables, and every piece of evidence against its source.
    Verify(VerifyArguments),
    /// Speak JSON lines with another program on standard input and output.
    #[command(after_help = "\
Example:
  echo '{\"op\":\"run\",\"query\":\"RETURN 1 AS one\",\"params\":{}}' | whom serve --stdio")]
    Serve(ServeArguments),
    /// Print a completion script for your command shell.
    #[command(after_help = "\
Example:
  whom completions bash > /etc/bash_completion.d/whom")]
    Completions {
        /// For which shell.
        shell: CompletionShell,
    },
}

/// `whom parse`.
#[derive(Debug, Args)]
pub(crate) struct ParseArguments {
    /// The text; `-` or nothing for standard input.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
    /// In which form.
    #[arg(long, value_enum, default_value_t = ParseFormat::Conllu)]
    pub(crate) format: ParseFormat,
    /// Keep the sentences and tokens of this CoNLL-U file instead of finding our own, and give the
    /// trees of a treebank, which takes apart names that a graph holds together.
    #[arg(long, value_name = "FILE", conflicts_with = "file", value_hint = ValueHint::FilePath)]
    pub(crate) tokens: Option<PathBuf>,
}

/// How a parsed text is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ParseFormat {
    /// CoNLL-U, as treebanks use it.
    Conllu,
    /// One JSON object per sentence.
    Json,
    /// A tree drawn with lines, for people.
    Tree,
}

/// `whom extract`.
#[derive(Debug, Args)]
pub(crate) struct ExtractArguments {
    /// The text; `-` or nothing for standard input.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
    /// In which form.
    #[arg(long, value_enum, default_value_t = ExtractFormat::Table)]
    pub(crate) format: ExtractFormat,
    /// Read sentences from JSON lines with `id` and `sentence`, words separated by blanks.
    #[arg(long, value_name = "FILE", conflicts_with = "file", value_hint = ValueHint::FilePath)]
    pub(crate) sentences: Option<PathBuf>,
    /// Extraction rules of your own, beside those built in. May be given several times.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rules: Vec<PathBuf>,
    /// Give statements the categories of a schema: `conflict`, or a file of your own. With
    /// `--format document`.
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) schema: Option<String>,
}

/// How statements are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExtractFormat {
    /// A table for people.
    Table,
    /// One JSON object per statement.
    Jsonl,
    /// One JSON object per sentence, with `id` and `extractions`, for open information extraction.
    Openie,
    /// One JSON object per document, for annotation tools: mentions and the entities they mean,
    /// statements between them, all with byte spans, and the categories of `--schema`.
    Document,
}

/// `whom build`.
#[derive(Debug, Args)]
pub(crate) struct BuildArguments {
    /// Texts and folders; `-` for standard input.
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// The graph file, made if it is not there.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: PathBuf,
    /// How many threads; as many as there are processors if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Extraction rules of your own, beside those built in. May be given several times.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) rules: Vec<PathBuf>,
    /// Give relationships the categories of a schema: `conflict`, or a file of your own. The graph
    /// keeps it; `none` takes it off.
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) schema: Option<String>,
    /// Say nothing but errors.
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// `whom remove`.
#[derive(Debug, Args)]
pub(crate) struct RemoveArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The document, by its source as it was given to `build`.
    pub(crate) document: String,
}

/// `whom why`.
#[derive(Debug, Args)]
pub(crate) struct WhyArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// One entity or two.
    #[arg(num_args = 1..=2, value_name = "ENTITY", required_unless_present = "relationship")]
    pub(crate) entities: Vec<String>,
    /// The relationship of this number, as `id(r)` gives it.
    #[arg(long, value_name = "NUMBER", conflicts_with = "entities")]
    pub(crate) relationship: Option<i64>,
    /// In which form.
    #[arg(long, value_enum, default_value_t = ExplanationFormat::Text)]
    pub(crate) format: ExplanationFormat,
}

/// `whom why-not`.
#[derive(Debug, Args)]
pub(crate) struct WhyNotArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// Who acts.
    pub(crate) subject: String,
    /// The relationship's type: BUY.
    #[arg(value_name = "TYPE")]
    pub(crate) relation: String,
    /// Whom or what it is done to.
    pub(crate) object: String,
    /// In which form.
    #[arg(long, value_enum, default_value_t = ExplanationFormat::Text)]
    pub(crate) format: ExplanationFormat,
}

/// How an explanation is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplanationFormat {
    /// Text for people.
    Text,
    /// JSON.
    Json,
}

/// `whom merge`.
#[derive(Debug, Args)]
pub(crate) struct MergeArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The entities, two or more.
    #[arg(required = true, num_args = 2.., value_name = "ENTITY")]
    pub(crate) entities: Vec<String>,
}

/// `whom distinct`.
#[derive(Debug, Args)]
pub(crate) struct DistinctArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The entities, two or more.
    #[arg(required = true, num_args = 2.., value_name = "ENTITY")]
    pub(crate) entities: Vec<String>,
}

/// `whom split`.
#[derive(Debug, Args)]
pub(crate) struct SplitArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The entity.
    pub(crate) entity: String,
    /// It is another in every document.
    #[arg(long, conflicts_with_all = ["from", "at"])]
    pub(crate) by_document: bool,
    /// It is another in this document. May be given several times: the same in all of them.
    #[arg(long, value_name = "DOCUMENT", conflicts_with = "at")]
    pub(crate) from: Vec<String>,
    /// It is another where this mention stands. May be given several times.
    #[arg(long, value_name = "DOCUMENT:BYTE")]
    pub(crate) at: Vec<String>,
}

/// `whom rename`.
#[derive(Debug, Args)]
pub(crate) struct RenameArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The entity.
    pub(crate) entity: String,
    /// Its new name.
    pub(crate) name: String,
}

/// `whom corrections`.
#[derive(Debug, Args)]
pub(crate) struct CorrectionsArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// Undo the correction of this number.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) undo: Option<i64>,
    /// In which form.
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
}

/// How rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowFormat {
    /// A table for people, fitted to the terminal.
    Table,
    /// One JSON array of objects.
    Json,
    /// One JSON object per row.
    Jsonl,
    /// Comma-separated values with a head line.
    Csv,
    /// A table in Markdown.
    Markdown,
}

/// Values for the parameters of a statement.
#[derive(Debug, Args)]
pub(crate) struct ParameterArguments {
    /// A parameter: `--param name=value`. The value is JSON, or a word or text as it is. May be
    /// given several times.
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = name_and_value)]
    pub(crate) parameters: Vec<(String, String)>,
}

/// How much a statement may use.
#[derive(Debug, Args)]
pub(crate) struct LimitArguments {
    /// Stop a statement after so many seconds.
    #[arg(long, value_name = "SECONDS")]
    pub(crate) timeout: Option<u32>,
    /// Stop a statement that gives more rows.
    #[arg(long, value_name = "N")]
    pub(crate) max_rows: Option<u64>,
    /// Stop a statement that holds more memory, about.
    #[arg(long, value_name = "MIB")]
    pub(crate) max_memory: Option<u32>,
}

/// `whom query`.
#[derive(Debug, Args)]
pub(crate) struct QueryArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The statement; `-` for standard input.
    #[arg(value_name = "CYPHER")]
    pub(crate) statement: String,
    #[command(flatten)]
    pub(crate) parameters: ParameterArguments,
    /// In which form.
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
    /// Show how the statement would be run instead of running it.
    #[arg(long)]
    pub(crate) explain: bool,
    /// Run the statement and show how, with the rows and the time of each step, instead of its
    /// rows.
    #[arg(long, conflicts_with = "explain")]
    pub(crate) profile: bool,
    #[command(flatten)]
    pub(crate) limits: LimitArguments,
    /// Make the file if it is not there.
    #[arg(long)]
    pub(crate) create: bool,
}

/// `whom ask`.
#[derive(Debug, Args)]
pub(crate) struct AskArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The question; `-` for standard input.
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    pub(crate) question: Option<String>,
    /// Questions as JSON lines; `-` for standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) batch: Option<PathBuf>,
    /// In which form.
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
}

/// `whom run`.
#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The script; `-` for standard input.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) script: PathBuf,
    #[command(flatten)]
    pub(crate) parameters: ParameterArguments,
    /// In which form.
    #[arg(long, value_enum, default_value_t = RowFormat::Table)]
    pub(crate) format: RowFormat,
    #[command(flatten)]
    pub(crate) limits: LimitArguments,
    /// Make the file if it is not there.
    #[arg(long)]
    pub(crate) create: bool,
}

/// `whom export`.
#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// In which form.
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: String,
    /// Only what this statement finds.
    #[arg(long, value_name = "CYPHER")]
    pub(crate) query: Option<String>,
    #[command(flatten)]
    pub(crate) parameters: ParameterArguments,
    /// Where to write; standard output if not given.
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// `whom verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArguments {
    /// The graph file.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
}

/// `whom serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// Read requests from standard input, write answers to standard output.
    #[arg(long, required = true)]
    pub(crate) stdio: bool,
    /// The graph file; without it, an empty graph that is not kept.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => {
            let name = name.strip_prefix('$').unwrap_or(name);
            Ok((name.to_owned(), value.to_owned()))
        }
        Some(_) | None => Err("a parameter is given as name=value".to_owned()),
    }
}

/// What the surroundings say: terminals and variables.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "five independent facts, each read in one place"
)]
pub(crate) struct Surroundings {
    /// Whether standard output is a terminal.
    pub(crate) output_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub(crate) error_is_terminal: bool,
    /// Whether standard input is a terminal.
    pub(crate) input_is_terminal: bool,
    /// Whether color is wanted on standard output.
    pub(crate) output_color: bool,
    /// Whether color is wanted on standard error.
    pub(crate) error_color: bool,
    /// Where the shell keeps its history.
    pub(crate) history: Option<PathBuf>,
}

impl Surroundings {
    /// What the surroundings say, `choice` having the last word on color.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the environment"
    )]
    pub(crate) fn read(choice: ColorChoice) -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let output_is_terminal = std::io::stdout().is_terminal();
        let error_is_terminal = std::io::stderr().is_terminal();
        let refused = variable("NO_COLOR").is_some()
            || variable("TERM").is_some_and(|terminal| terminal == "dumb");
        let color = |terminal: bool| match choice {
            ColorChoice::Auto => terminal && !refused,
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        };
        let history = variable("WHOM_HISTORY").map(PathBuf::from).or_else(|| {
            let state = variable("XDG_STATE_HOME")
                .map(PathBuf::from)
                .or_else(|| std::env::home_dir().map(|home| home.join(".local/state")))?;
            Some(state.join("whom/history"))
        });
        Self {
            output_is_terminal,
            error_is_terminal,
            input_is_terminal: std::io::stdin().is_terminal(),
            output_color: color(output_is_terminal),
            error_color: color(error_is_terminal),
            history,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{Arguments, name_and_value};

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_parameter_has_a_name() {
        assert_eq!(
            name_and_value("a=b=c"),
            Ok(("a".to_owned(), "b=c".to_owned()))
        );
        assert_eq!(name_and_value("$a="), Ok(("a".to_owned(), String::new())));
        assert!(name_and_value("=x").is_err());
        assert!(name_and_value("x").is_err());
    }
}
