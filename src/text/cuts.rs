//! Where words that are written together are cut: clitics, units, slips of the hand.

use super::normalize::is_apostrophe;
use super::words;

/// Where the words inside `word` begin, but the first.
pub(crate) fn inner_cuts(word: &str, cuts: &mut Vec<usize>) {
    let lower = word.to_lowercase().replace(is_apostrophe, "'");
    // Lower case may have another length: then only plain letters are looked at.
    let comparable = lower.len() == word.len();
    if let Some(lengths) = words::joined(&lower).filter(|_| comparable) {
        let mut at = 0;
        for length in lengths {
            at += length;
            if at < word.len() {
                cuts.push(at);
            }
        }
        return;
    }
    if let Some(cut) = clitic(word) {
        let mut head = cut;
        // "'d've", "n't've"
        while let Some(earlier) = word.get(..head).and_then(clitic) {
            cuts.push(earlier);
            head = earlier;
        }
        cuts.reverse();
        cuts.push(cut);
        return;
    }
    if let Some(cut) = unit(word).or_else(|| run_on(word)).or_else(|| glued(word)) {
        cuts.push(cut);
    }
}

/// Where the clitic at the end of `word` begins: 's, n't, 'll.
pub(crate) fn clitic(word: &str) -> Option<usize> {
    let mut tail: Vec<(usize, char)> = word.char_indices().rev().take(4).collect();
    tail.reverse();
    let lower = |from: usize| -> String {
        tail.iter()
            .skip(from)
            .flat_map(|(_, c)| c.to_lowercase())
            .collect()
    };
    let mark = tail.iter().rposition(|(_, c)| is_apostrophe(*c))?;
    let suffix = lower(mark + 1);
    let (at, _) = *tail.get(mark)?;
    if suffix == "t" {
        let before = mark.checked_sub(1).and_then(|index| tail.get(index))?;
        return (matches!(before.1, 'n' | 'N') && before.0 > 0).then_some(before.0);
    }
    let known = matches!(suffix.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m");
    (known && at > 0).then_some(at)
}

/// Where the unit of a number begins: "50km". Ordinals and decades are whole.
fn unit(word: &str) -> Option<usize> {
    let digits = word
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))?
        .0;
    let number = word.get(..digits)?;
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let tail = word.get(digits..)?.trim_end_matches('.').to_lowercase();
    // A decade: "1990s", "80s".
    let decade = tail == "s" && number.ends_with('0');
    // "3G", "18T": a name rather than a measure.
    let name = word.get(digits..).is_some_and(|unit| {
        unit.len() == 1 && unit.starts_with(char::is_uppercase) && !matches!(unit, "K" | "M" | "B")
    });
    (!decade && !name && words::listed("units", &tail)).then_some(digits)
}

/// Where a new sentence begins that lacks its blank: the stop of "town.He".
fn run_on(word: &str) -> Option<usize> {
    let stop = word.find('.')?;
    let before = word.get(..stop)?;
    let after = word.get(stop + 1..)?;
    let lower_before = before.chars().count() > 1 && before.chars().all(char::is_lowercase);
    let mut following = after.chars();
    let sentence = following.next().is_some_and(char::is_uppercase)
        && following.next().is_some_and(char::is_lowercase);
    (lower_before && sentence).then_some(stop)
}

/// Where a verb of reporting begins that a slip glued to the name before it.
fn glued(word: &str) -> Option<usize> {
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    let lower = word.to_lowercase();
    words::list("glued").find_map(|verb| {
        let stem = lower.strip_suffix(verb)?;
        let fits = stem.chars().count() >= 5
            && lower.len() == word.len()
            && !words::listed("unglued", stem);
        fits.then_some(stem.len())
    })
}
