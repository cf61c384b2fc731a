//! Documents out as CoNLL-U.

use super::super::document::{
    Document, MentionForm, NameType, Sentence, SentenceForm, Token, Upos,
};
use crate::base::Id;

/// The document as CoNLL-U: `# text` as in the source (a line break becomes a blank), words
/// written together on a line of their own, MISC with `SpaceAfter=No`, `NER=` for names and
/// `EntityType=` for the heads of mentions.
pub fn write(document: &Document) -> String {
    let mut out = String::from("# newdoc\n");
    if let Some(title) = document.title() {
        out.push_str(&["# title = ", &flat(title), "\n"].concat());
    }
    if let Some(published) = document.published() {
        out.push_str(&["# published = ", &published.to_string(), "\n"].concat());
    }
    let mut paragraph = None;
    for sentence in document.sentences() {
        if paragraph != Some(sentence.paragraph()) {
            out.push_str("# newpar\n");
            paragraph = Some(sentence.paragraph());
        }
        write_sentence(&mut out, document, sentence);
    }
    out
}

fn write_sentence(out: &mut String, document: &Document, sentence: Sentence<'_>) {
    let number = (sentence.id().index() + 1).to_string();
    out.push_str(&["# sent_id = ", &number, "\n"].concat());
    match sentence.form() {
        SentenceForm::Prose => {}
        SentenceForm::Heading => out.push_str("# sentence_form = heading\n"),
        SentenceForm::Item => out.push_str("# sentence_form = item\n"),
        SentenceForm::Furniture => out.push_str("# sentence_form = furniture\n"),
    }
    out.push_str("# text = ");
    push_flat(out, sentence.text());
    out.push('\n');
    let names = names(sentence);
    let tokens: Vec<Token<'_>> = sentence.tokens().collect();
    let first = sentence.token_range().start;
    let mut together_until = 0;
    for (position, token) in tokens.iter().enumerate() {
        let end = position + clitics(&tokens, position);
        if position >= together_until && end > position {
            let last = tokens.get(end).unwrap_or(token);
            let written = token.span().join(last.span()).of(document.text());
            let gap = if space_after(document, &tokens, end) {
                "_"
            } else {
                "SpaceAfter=No"
            };
            let range = [(position + 1).to_string(), (end + 1).to_string()].join("-");
            let columns = [
                &range,
                &*flat(written),
                "_",
                "_",
                "_",
                "_",
                "_",
                "_",
                "_",
                gap,
            ];
            out.push_str(&columns.join("\t"));
            out.push('\n');
            together_until = end + 1;
        }
        let head = token.head().map_or(0, |head| head.id().index() - first + 1);
        column(out, &(position + 1).to_string());
        column(out, token.form());
        column(out, token.lemma());
        column(out, token.upos().name());
        column(out, token.xpos());
        column(out, token.features());
        column(out, &head.to_string());
        column(out, token.deprel());
        out.push_str("_\t");
        let start = out.len();
        if let Some(entity_type) = token.entity_type() {
            miscellany(out, start, ["EntityType=", entity_type.name()]);
        }
        if let Some(Some(name)) = names.get(position) {
            miscellany(out, start, ["NER=", name]);
        }
        if position >= together_until && !space_after(document, &tokens, position) {
            miscellany(out, start, ["SpaceAfter=", "No"]);
        }
        if out.len() == start {
            out.push('_');
        }
        out.push('\n');
    }
    out.push('\n');
}

/// The BIO tag of each token.
fn names(sentence: Sentence<'_>) -> Vec<Option<String>> {
    let range = sentence.token_range();
    let mut tags = vec![None; range.len()];
    for mention in sentence.mentions() {
        let Some(name_type) = mention.name_type() else {
            continue;
        };
        if mention.form() != MentionForm::Name {
            continue;
        }
        let name = match name_type {
            NameType::Person => "Person",
            NameType::Organization => "Organization",
            NameType::Place => "Place",
        };
        let start = mention.token_range().start;
        for token in mention.token_range() {
            if let Some(slot) = tags.get_mut(token - range.start) {
                let place = if token == start { 'B' } else { 'I' };
                *slot = Some(format!("{place}-{name}"));
            }
        }
    }
    tags
}

/// How many tokens after `position` are written together with it as one word: "do" + "n't",
/// "Ada" + "'s", "can" + "not". Punctuation that merely touches is no part of a word.
fn clitics(tokens: &[Token<'_>], position: usize) -> usize {
    let mut count = 0;
    while let (Some(before), Some(next)) = (
        tokens.get(position + count),
        tokens.get(position + count + 1),
    ) {
        let touches = before.span().end() == next.span().start();
        if !touches || before.upos() == Upos::Punct || !is_clitic(*before, *next) {
            break;
        }
        count += 1;
    }
    count
}

fn is_clitic(before: Token<'_>, token: Token<'_>) -> bool {
    let form = token.form().to_lowercase().replace('’', "'");
    let before = before.form().to_lowercase();
    match form.as_str() {
        "'s" | "'" | "n't" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "s" | "nt" | "m" | "re"
        | "ll" | "ve" | "d" => token.upos() != Upos::Punct,
        "not" => before == "can",
        "na" | "ta" | "me" => matches!(before.as_str(), "gon" | "wan" | "got" | "gim" | "lem"),
        _ => false,
    }
}

fn space_after(document: &Document, tokens: &[Token<'_>], position: usize) -> bool {
    let Some(token) = tokens.get(position) else {
        return true;
    };
    let end = token.span().end();
    match tokens.get(position + 1) {
        Some(next) => next.span().start() > end,
        // Of the last token, what stands next in the text decides.
        None => document
            .text()
            .get(end..)
            .and_then(|rest| rest.chars().next())
            .is_none_or(char::is_whitespace),
    }
}

/// A value as a column: `_` if it is empty.
fn column(out: &mut String, value: &str) {
    push_flat(out, if value.is_empty() { "_" } else { value });
    out.push('\t');
}

/// One more entry of the last column, which begins at `start`.
fn miscellany(out: &mut String, start: usize, [name, value]: [&str; 2]) {
    if out.len() > start {
        out.push('|');
    }
    out.push_str(name);
    out.push_str(value);
}

/// Text on one line, without tabs.
fn push_flat(out: &mut String, text: &str) {
    let plain = |byte: &u8| (b' '..0x80).contains(byte);
    if text.as_bytes().iter().all(plain) {
        out.push_str(text);
    } else {
        out.extend(text.chars().map(|character| match character {
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            other => other,
        }));
    }
}

/// On one line.
fn flat(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_flat(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::write;

    #[test]
    fn what_is_written_is_read_again() {
        let text = "# newdoc\n# title = Two dogs\n# published = 2020-01-02\n# newpar\n\
            # sent_id = 1\n# sentence_form = heading\n# text = Ada's dog (didn't) bark.\n\
            1-2\tAda's\t_\t_\t_\t_\t_\t_\t_\t_\n\
            1\tAda\tAda\tPROPN\tNNP\tNumber=Sing\t3\tnmod:poss\t_\tEntityType=person|NER=B-Person\n\
            2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_\n\
            3\tdog\tdog\tNOUN\tNN\tNumber=Sing\t8\tnsubj\t_\tEntityType=animal\n\
            4\t(\t(\tPUNCT\t-LRB-\t_\t5\tpunct\t_\tSpaceAfter=No\n\
            5-6\tdidn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
            5\tdid\tdo\tAUX\tVBD\t_\t8\taux\t_\t_\n\
            6\tn't\tnot\tPART\tRB\t_\t8\tadvmod\t_\t_\n\
            7\t)\t)\tPUNCT\t-RRB-\t_\t5\tpunct\t_\t_\n\
            8\tbark\tbark\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n\
            9\t.\t.\tPUNCT\t.\t_\t8\tpunct\t_\t_\n\n";
        let (documents, complaints) = read(text);
        assert_eq!(complaints, []);
        assert_eq!(write(&documents[0]), text);
    }
}
