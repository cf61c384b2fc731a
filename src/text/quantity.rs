//! Numbers, amounts of money, shares and measures in a document's words.

use super::document::{Document, Quantity, TimeExpression, Token, Upos};
use super::number::number;

/// Units by their names, and the name they are given.
const UNITS: &[(&str, &[&str])] = &[
    ("percent", &["%", "percent", "percentage", "pct"]),
    ("kilometer", &["km", "kms", "kilometer", "kilometre"]),
    ("meter", &["m", "meter", "metre"]),
    ("centimeter", &["cm", "centimeter", "centimetre"]),
    ("millimeter", &["mm", "millimeter", "millimetre"]),
    ("mile", &["mile", "mi"]),
    ("yard", &["yard"]),
    ("foot", &["foot", "feet", "ft"]),
    ("inch", &["inch"]),
    ("kilogram", &["kg", "kilogram", "kilo"]),
    ("gram", &["g", "gram"]),
    ("ton", &["ton", "tonne"]),
    ("pound", &["lb", "lbs"]),
    ("ounce", &["oz", "ounce"]),
    ("liter", &["liter", "litre", "l"]),
    ("gallon", &["gallon"]),
    ("barrel", &["barrel"]),
    ("hectare", &["hectare", "ha"]),
    ("acre", &["acre"]),
    ("degree", &["degree", "°"]),
    ("watt", &["watt"]),
    ("megawatt", &["megawatt", "mw"]),
    ("gigabyte", &["gigabyte", "gb"]),
    ("megabyte", &["megabyte", "mb"]),
    ("USD", &["dollar", "$", "us$", "usd", "buck"]),
    ("EUR", &["euro", "€", "eur"]),
    ("GBP", &["£", "gbp", "pound sterling"]),
    ("JPY", &["yen", "¥", "jpy"]),
    ("INR", &["rupee", "₹"]),
    ("RUB", &["ruble", "rouble", "₽"]),
    ("CNY", &["yuan", "renminbi"]),
    ("second", &["second"]),
    ("minute", &["minute", "min"]),
    ("hour", &["hour", "hr"]),
    ("day", &["day"]),
    ("week", &["week"]),
    ("month", &["month"]),
    ("year", &["year"]),
];

const CURRENCIES: &[(&str, &str)] = &[
    ("$", "USD"),
    ("us$", "USD"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₪", "ILS"),
];

/// The quantities of `document`, in order; numbers that are part of one of its `times` (dates,
/// years) are none.
pub(crate) fn quantities(document: &Document, times: &[TimeExpression]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut times = times.iter().filter(|time| !time.is_duration).peekable();
    for sentence in document.sentences() {
        let tokens: Vec<Token<'_>> = sentence.tokens().collect();
        let first = sentence.token_range().start;
        let mut at = 0;
        while at < tokens.len() {
            while times
                .next_if(|time| time.tokens.end <= first + at)
                .is_some()
            {}
            if let Some(time) = times.peek()
                && time.tokens.contains(&(first + at))
            {
                at = time.tokens.end - first;
                continue;
            }
            let rest = tokens.get(at..).unwrap_or_default();
            match quantity(rest) {
                Some((length, value, unit)) => {
                    found.push(Quantity {
                        tokens: first + at..first + at + length,
                        value,
                        unit,
                    });
                    at += length;
                }
                None => at += 1,
            }
        }
    }
    found
}

/// The quantity that begins at the first of `tokens`: how many tokens, number, unit.
fn quantity(tokens: &[Token<'_>]) -> Option<(usize, f64, Option<String>)> {
    let first = tokens.first()?;
    let sign = first.form().to_lowercase();
    let currency = CURRENCIES
        .iter()
        .find(|(name, _)| *name == sign)
        .map(|(_, code)| (*code).to_owned());
    // "NZ $ 26": the country stands in a word of its own.
    let country = ["nz", "us", "a", "au", "c", "ca", "hk", "s"].contains(&sign.as_str())
        && tokens.get(1).is_some_and(|token| token.form() == "$");
    if country {
        let (length, value, _) = quantity(tokens.get(1..)?)?;
        let code = match sign.as_str() {
            "nz" => "NZD",
            "a" | "au" => "AUD",
            "c" | "ca" => "CAD",
            "hk" => "HKD",
            "s" => "SGD",
            _ => "USD",
        };
        return Some((length + 1, value, Some(code.to_owned())));
    }
    let start = usize::from(currency.is_some());
    let figures = tokens.get(start..)?;
    let token = figures.first()?;
    if currency.is_none() && is_name_part(*token) {
        return None;
    }
    let found = number(figures, currency.is_some())?;
    let mut length = start + found.length;
    // "20 to 30", "20-30", "between 20 and 30": the lower bound stands for the range.
    if let Some(to) = range(tokens.get(length..).unwrap_or_default(), *token) {
        length += to;
    }
    if currency.is_some() {
        return Some((length, found.value, currency));
    }
    let hyphen = tokens.get(length).is_some_and(|token| token.form() == "-");
    let next = length + usize::from(hyphen);
    let unit = unit(tokens.get(next..).unwrap_or_default());
    if let Some((count, name)) = unit {
        // "a 14-year-old": an age, not a length of time; the number stays.
        return Some((next + count, found.value, Some(name)));
    }
    Some((length, found.value, None))
}

/// Whether a number belongs to a name or counts as an address does: "Explorer 9", "M 5".
fn is_name_part(token: Token<'_>) -> bool {
    let behind = token
        .head()
        .is_some_and(|head| head.id() < token.id() && head.upos() == Upos::Propn);
    let glued = matches!(
        token.relation(),
        "flat" | "compound" | "goeswith" | "list" | "dep"
    );
    (behind && token.relation() != "conj" && token.relation() != "appos")
        || (glued && token.upos() != Upos::Num)
}

/// How many tokens the upper bound of a range takes, with the word between.
fn range(tokens: &[Token<'_>], lower: Token<'_>) -> Option<usize> {
    let link = tokens.first()?.form();
    let between = || {
        lower
            .children()
            .any(|child| child.form().eq_ignore_ascii_case("between"))
            || lower.head().is_some_and(|head| {
                head.children().any(|child| {
                    child.id() < lower.id() && child.form().eq_ignore_ascii_case("between")
                })
            })
    };
    match link {
        "to" | "-" | "–" => {}
        "and" if between() => {}
        _ => return None,
    }
    let upper = tokens.get(1..)?;
    let found = number(upper, false)?;
    // "one to the other" is no range, nor is "3 – 0".
    let falling = number(&[lower], false).is_some_and(|lower| found.value <= lower.value);
    (!falling).then_some(1 + found.length)
}

/// The unit that `tokens` begin with: how many they are, and its name.
fn unit(tokens: &[Token<'_>]) -> Option<(usize, String)> {
    let word = |index: usize| {
        tokens.get(index).map(|token| {
            let lemma = token.lemma().to_lowercase();
            (token.form().to_lowercase(), lemma)
        })
    };
    let (form, lemma) = word(0)?;
    if form == "per" && word(1).is_some_and(|(next, _)| next == "cent") {
        return Some((2, "percent".to_owned()));
    }
    if matches!(form.as_str(), "square" | "cubic") {
        let (count, name) = unit(tokens.get(1..)?)?;
        return Some((count + 1, format!("{form} {name}")));
    }
    if matches!(form.as_str(), "us" | "american")
        && word(1).is_some_and(|(_, next)| next == "dollar")
    {
        return Some((2, "USD".to_owned()));
    }
    UNITS
        .iter()
        .find(|(_, names)| names.contains(&form.as_str()) || names.contains(&lemma.as_str()))
        .map(|(name, _)| (1, (*name).to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::text::conllu;

    /// The quantities of a sentence of blanks-separated words; every word is a number.
    fn found(text: &str) -> Vec<(String, f64, Option<String>)> {
        let mut lines = String::new();
        for (index, word) in text.split(' ').enumerate() {
            let lemma = word
                .strip_suffix('s')
                .filter(|lemma| lemma.len() > 2)
                .unwrap_or(word);
            let head = usize::from(index > 0);
            let number = (index + 1).to_string();
            let head = head.to_string();
            let columns = [
                &number, word, lemma, "NUM", "_", "_", &head, "dep", "_", "_",
            ];
            lines.push_str(&columns.join("\t"));
            lines.push('\n');
        }
        let (documents, _) = conllu::read(&lines);
        let words: Vec<&str> = text.split(' ').collect();
        documents[0]
            .quantities()
            .iter()
            .map(|quantity| {
                let range = quantity.tokens.clone();
                (
                    words[range].join(" "),
                    quantity.value,
                    quantity.unit.clone(),
                )
            })
            .collect()
    }

    #[test]
    fn amounts_have_their_unit() {
        let cases = [
            ("over 4,000 men", "4,000", 4000.0, None),
            ("twenty - five men", "twenty - five", 25.0, None),
            (
                "two hundred and fifty men",
                "two hundred and fifty",
                250.0,
                None,
            ),
            ("half a million men", "half a million", 500_000.0, None),
            ("$ 3.5 million", "$ 3.5 million", 3_500_000.0, Some("USD")),
            (
                "NZ $ 26 million",
                "NZ $ 26 million",
                26_000_000.0,
                Some("NZD"),
            ),
            (
                "5 million euros",
                "5 million euros",
                5_000_000.0,
                Some("EUR"),
            ),
            ("7 %", "7 %", 7.0, Some("percent")),
            ("7 per cent", "7 per cent", 7.0, Some("percent")),
            (
                "a 50 - kilometers wide",
                "50 - kilometers",
                50.0,
                Some("kilometer"),
            ),
            (
                "300 square meters",
                "300 square meters",
                300.0,
                Some("square meter"),
            ),
            ("20 to 30 men", "20 to 30", 20.0, None),
            ("two dozen men", "two dozen", 24.0, None),
        ];
        for (text, words, value, unit) in cases {
            let wanted = (words.to_owned(), value, unit.map(str::to_owned));
            assert_eq!(found(text), [wanted], "{text}");
        }
    }
}
