//! Acronyms: "the Harbour Workers' Association" and "HWA".

use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::resolve::name;
use crate::resolve::words;

/// Joins names that are acronyms of other names of the document, and well-known short forms with
/// the names they stand for.
pub(crate) fn acronym(scene: &Scene<'_>, clusters: &mut Clusters) {
    let names: Vec<(usize, &str)> = scene
        .references
        .iter()
        .enumerate()
        .filter(|(number, reference)| {
            // One of each cluster's spellings is enough.
            let first_so_called = clusters
                .of(*number)
                .is_some_and(|cluster| cluster.members.first() == Some(number));
            !reference.name.is_empty() && first_so_called
        })
        .map(|(number, reference)| (number, reference.name.as_str()))
        .collect();
    let full: Vec<(usize, &str)> = names
        .iter()
        .copied()
        .filter(|(_, name)| name.split([' ', '-']).count() > 1)
        .collect();
    for (short_number, short) in &names {
        if let Some(known) = words::full_name(short) {
            let wanted = name::key(known);
            for (number, other) in &names {
                if name::key(other) == wanted {
                    clusters.join_surely(
                        "acronym",
                        *number.min(short_number),
                        *number.max(short_number),
                    );
                }
            }
        }
        if !name::is_acronym(short) {
            continue;
        }
        let fitting = full
            .iter()
            .find(|(number, name)| number != short_number && name::abbreviates(short, name));
        if let Some((number, _)) = fitting {
            clusters.join_surely(
                "acronym",
                *number.min(short_number),
                *number.max(short_number),
            );
        }
    }
}
