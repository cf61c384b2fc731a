//! The gray text after the cursor: how a command or a statement goes on.

use super::command::COMMANDS;
use crate::cli::statements::{Language, language};

/// How `line` may go on; the cursor stands at its end.
pub(crate) fn hint(line: &str) -> Option<String> {
    if line.starts_with(':') {
        let command = COMMANDS
            .iter()
            .find(|command| command.name.starts_with(line) || line.trim_end() == command.name)?;
        let rest = command.name.get(line.len()..).unwrap_or_default();
        let arguments = if command.arguments.is_empty() || line.ends_with(' ') {
            command.arguments.to_owned()
        } else {
            format!(" {}", command.arguments)
        };
        let text = format!("{rest}{arguments}");
        return (!text.is_empty() && line.len() > 1).then_some(text);
    }
    if line.contains('\n') || language(line) == Language::English {
        return None;
    }
    let next = match line.trim_end().to_uppercase().as_str() {
        "MATCH" => "(a)-[r]->(b) RETURN a.name, type(r), b.name LIMIT 10",
        "RETURN" => "expression AS name",
        "CREATE" | "MERGE" => "(:Label {key: 'value'})",
        _ => return None,
    };
    Some(if line.ends_with(' ') {
        next.to_owned()
    } else {
        format!(" {next}")
    })
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn commands_show_what_they_take() {
        assert_eq!(hint(":sour").as_deref(), Some("ce FILE"));
        assert_eq!(hint(":source ").as_deref(), Some("FILE"));
        assert_eq!(hint(":quit"), None);
        assert_eq!(hint("Who backs"), None);
    }
}
