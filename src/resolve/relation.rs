//! From the words of a predicate to the type of a relationship.

/// The relationship type of the predicate `lemma` ("crack down on"): upper snake case.
///
/// What is no letter or digit parts words; accents stay, so that no two words fall together. A
/// type begins with a letter or an underscore, so that it can be written without quotes.
pub fn relation_type(lemma: &str) -> String {
    let mut name = String::with_capacity(lemma.len());
    for letter in lemma.trim().chars() {
        if letter.is_alphanumeric() {
            name.extend(letter.to_uppercase());
        } else if !matches!(letter, '\'' | '’') && !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    while name.ends_with('_') {
        name.pop();
    }
    match name.chars().next() {
        None => "RELATED_TO".to_owned(),
        Some(first) if first.is_alphabetic() => name,
        Some(_) => format!("_{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::relation_type;

    #[test]
    fn predicates_become_types() {
        let cases = [
            ("back", "BACK"),
            ("crack down on", "CRACK_DOWN_ON"),
            ("spokesman for", "SPOKESMAN_FOR"),
            ("is a", "IS_A"),
            ("co-found", "CO_FOUND"),
            ("`; drop", "DROP"),
            ("9-to-5", "_9_TO_5"),
            ("…", "RELATED_TO"),
        ];
        for (lemma, name) in cases {
            assert_eq!(relation_type(lemma), name, "{lemma}");
        }
    }
}
