//! Whether a query gives the same rows with shortcuts and without.

use whom::Session;
use whom::model::Map;
use whom::query::{Planning, Running, Tuning};

use super::case::Case;

/// The rows of `case` as text, sorted unless it says how; `Err` for the code of the fault.
fn rows(case: &Case, tuning: Tuning) -> Result<Vec<String>, String> {
    let code = |error: whom::Error| {
        let first = error.diagnostics().into_iter().next();
        first.map_or_else(String::new, |first| first.code.0.to_owned())
    };
    let mut session = Session::in_memory();
    if !case.graph.is_empty() {
        session.query(&case.graph, &Map::new()).map_err(code)?;
    }
    session.tune(tuning);
    let outcome = session.query(&case.query, &Map::new()).map_err(code)?;
    let mut rows: Vec<String> = outcome.rows.iter().map(|row| format!("{row:?}")).collect();
    if !case.ordered {
        rows.sort();
    }
    Ok(rows)
}

/// What differs between running `case` with shortcuts and without; `None` if nothing does.
///
/// # Panics
/// When the engine contradicts itself, which is what is looked for.
pub fn difference(case: &Case) -> Option<String> {
    let plain = rows(case, Tuning::NONE);
    let tunings = [
        Tuning::ALL,
        Tuning {
            planning: Planning::Cheapest,
            running: Running::RowByRow,
        },
        Tuning {
            planning: Planning::AsWritten,
            running: Running::Pipelines,
        },
    ];
    tunings.into_iter().find_map(|tuning| {
        let found = rows(case, tuning);
        let sound = match (&plain, &found) {
            (Ok(plain), Ok(found)) => plain == found,
            // A fault may be met earlier, later or not at all, but never one of ours.
            (Err(code), _) | (_, Err(code)) => {
                code != "unsound-plan"
                    && found
                        .as_ref()
                        .err()
                        .is_none_or(|code| code != "unsound-plan")
            }
        };
        (!sound).then(|| {
            format!(
                "{}\n{}\nwithout shortcuts: {plain:?}\nwith {tuning:?}: {found:?}",
                case.graph, case.query
            )
        })
    })
}
