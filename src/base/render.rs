//! A diagnostic for people, with or without color, and as one JSON object.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, LineIndex, Severity};

/// Whether color is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Plain text.
    Plain,
    /// ANSI colors.
    Colored,
}

/// `diagnostic` as text of several lines, the places underlined in `source`.
///
/// Pass an empty `source` where there is none; lines past 2,000 characters are not drawn, so a
/// megabyte on one line does not flood the terminal.
pub fn render_diagnostic(diagnostic: &Diagnostic, source: &str, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .clone()
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.0);
    let mut group = Group::with_title(title);
    let drawable = !diagnostic.annotations.is_empty()
        && !source.is_empty()
        && source.lines().all(|line| line.len() <= 2_000);
    if drawable {
        let mut snippet = Snippet::source(source).line_start(1);
        if let Some(origin) = &diagnostic.origin {
            snippet = snippet.path(origin.as_str());
        }
        for (index, annotation) in diagnostic.annotations.iter().enumerate() {
            let kind = if index == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let end = annotation.span.end().min(source.len());
            let start = annotation.span.start().min(end);
            snippet = snippet.annotation(kind.span(start..end).label(annotation.label.as_str()));
        }
        group = group.element(snippet);
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled(),
    };
    let mut text = renderer.render(&[group]);
    if !drawable {
        let place = diagnostic.annotations.first().map(|annotation| {
            let place = LineIndex::new(source).line_column(source, annotation.span.start());
            format!("line {}, column {}", place.line, place.column)
        });
        let parts: Vec<String> = diagnostic.origin.iter().cloned().chain(place).collect();
        if !parts.is_empty() {
            text.push_str("\n  --> ");
            text.push_str(&parts.join(": "));
        }
    }
    text
}

/// `diagnostic` as a JSON object with `severity`, `code`, `message`, `origin`, `help`, and
/// `annotations` (each with `start` and `end` in bytes, `line`, `column` and `label`).
pub fn diagnostic_as_json(diagnostic: &Diagnostic, source: &str) -> Value {
    let index = LineIndex::new(source);
    let annotations: Vec<Value> = diagnostic
        .annotations
        .iter()
        .map(|annotation| {
            let place = index.line_column(source, annotation.span.start());
            json!({
                "start": annotation.span.start(),
                "end": annotation.span.end(),
                "line": place.line,
                "column": place.column,
                "label": annotation.label,
            })
        })
        .collect();
    json!({
        "severity": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        "code": diagnostic.code.0,
        "message": diagnostic.message,
        "origin": diagnostic.origin,
        "annotations": annotations,
        "help": diagnostic.help,
    })
}

#[cfg(test)]
mod tests {
    use super::{Style, render_diagnostic};
    use crate::base::{Code, Diagnostic, Span};

    #[test]
    fn a_place_is_underlined() {
        let diagnostic =
            Diagnostic::error(Code("undefined-variable"), "variable `m` is not defined")
                .at(Span::new(17, 18), "read here")
                .with_help("a variable named `n` is in scope");
        insta::assert_snapshot!(render_diagnostic(&diagnostic, "MATCH (n) RETURN m", Style::Plain), @"
        error[undefined-variable]: variable `m` is not defined
          |
        1 | MATCH (n) RETURN m
          |                  ^ read here
          |
          = help: a variable named `n` is in scope
        ");
    }
}
