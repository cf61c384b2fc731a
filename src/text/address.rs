//! What is written without a blank and is one token whatever marks it holds: addresses of the web
//! and of mail, names of files, faces made of marks.

/// Ends of hosts that are known without a path behind them.
const TOP: &[&str] = &[
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "eu", "uk", "de", "fr", "ru",
    "ca", "au", "jp", "io", "tv", "nl", "ch", "es", "se",
];

/// Faces made of marks that no rule covers.
const FACES: &[&str] = &[
    "^_^", "^^", "<3", "=)", "=(", "=D", "xD", "XD", ":3", "o_O", "O_o", "T_T", "-_-", ":'(",
    ">:(", "(:", "(;",
];

/// Endings of the names of files.
const FILES: &[&str] = &[
    "doc", "docx", "xls", "xlsx", "pdf", "txt", "htm", "html", "ppt", "pptx", "jpg", "jpeg", "png",
    "gif", "zip", "csv", "json", "xml", "mp3", "mp4",
];

/// Whether `text` is the name of a file: "report-2.doc".
pub(crate) fn is_file(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty()
            && FILES.contains(&ending.to_ascii_lowercase().as_str())
            && name.chars().any(char::is_alphanumeric)
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '#' | '+' | '&'))
    })
}

/// Whether `text` is an address of the web or of mail.
pub(crate) fn is_address(text: &str) -> bool {
    if text.contains("://") {
        return text.split("://").next().is_some_and(|scheme| {
            !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric())
        });
    }
    let lower = text.get(..4).unwrap_or_default().to_ascii_lowercase();
    if lower == "www." {
        return true;
    }
    if let Some((name, host)) = text.split_once('@') {
        let name = name.strip_prefix("mailto:").unwrap_or(name);
        return !name.is_empty()
            && host.contains('.')
            && host
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'))
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '…'));
    }
    // A host, perhaps with a path: "example.org/news".
    let host = text.split('/').next().unwrap_or_default();
    let Some((name, top)) = host.rsplit_once('.') else {
        return false;
    };
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
    };
    TOP.contains(&top.to_ascii_lowercase().as_str())
        && plain(name)
        && name.len() > 2
        && (text.contains('/')
            || text.chars().all(|c| !c.is_uppercase())
            || name.starts_with(char::is_uppercase)
                && top.chars().skip(1).all(char::is_lowercase)
                && !matches!(top, "de" | "es" | "se" | "int" | "info"))
}

/// Whether `text` is a face made of marks.
pub(crate) fn is_smiley(text: &str) -> bool {
    if text.len() > 5 || text.len() < 2 || !text.is_ascii() {
        return false;
    }
    if FACES.contains(&text) {
        return true;
    }
    let mut characters = text.chars();
    let eyes = characters.next();
    let rest: String = characters.collect();
    let mouth = rest.strip_prefix('-').unwrap_or(&rest);
    matches!(eyes, Some(':' | ';'))
        && matches!(
            mouth,
            ")" | "(" | "))" | "((" | "D" | "P" | "p" | "/" | "\\" | "|" | "O" | "o" | "*" | ")))"
        )
}
