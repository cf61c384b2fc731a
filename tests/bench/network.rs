//! A social network of any size, drawn by a generator of our own: the same size gives the same
//! bytes, on every machine.
//!
//! People follow 10 to 25 others each, half of them in their own circle, so that there are
//! triangles and mutual follows; an eighth of all follows goes to a few hubs, which also follow
//! up to thousands themselves. People live in towns, large ones and small ones; towns lie in
//! regions, regions in countries. People enjoy up to six hobbies. Nobody follows themselves, and
//! nobody follows another twice, so that engines that may walk a relationship twice give the same
//! counts where a pattern has two steps in one direction.
//!
//! The network is written as tables of tab-separated values beside a `plan.json` that names them,
//! which is what [`whom::Session::load_tables`] and the request `load` of `whom serve` read.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};
use whom::{NodeTable, RelationshipTable};

const FIRST_SYLLABLES: [&str; 16] = [
    "Al", "Bri", "Ca", "Do", "El", "Fa", "Gre", "Ha", "Is", "Jo", "Ka", "Lin", "Ma", "No", "Ro",
    "Sa",
];
const LAST_SYLLABLES: [&str; 12] = [
    "bert", "da", "fina", "lia", "mo", "na", "nor", "ra", "ric", "tha", "vin", "zo",
];
const SURNAMES: [&str; 20] = [
    "Acker", "Birch", "Colby", "Dunmore", "Elder", "Farrow", "Gable", "Hollis", "Ingram", "Jarvis",
    "Keel", "Lorne", "Marsh", "Nettle", "Orchard", "Pell", "Quill", "Rudd", "Sorrel", "Thorne",
];
const PLACE_STARTS: [&str; 15] = [
    "Ash", "Black", "Clear", "Dun", "East", "Fern", "Gold", "High", "Iron", "Long", "Mill",
    "North", "Oak", "Red", "Stone",
];
const PLACE_ENDS: [&str; 12] = [
    "bridge", "bury", "dale", "field", "ford", "gate", "ham", "mouth", "port", "ton", "well",
    "wick",
];
const MAIL_HOSTS: [&str; 4] = [
    "post.example",
    "letters.example",
    "mail.test",
    "home.invalid",
];
/// Kinds of hobbies with their hobbies.
const HOBBIES: [(&str, [&str; 6]); 6] = [
    (
        "craft",
        [
            "carving", "knitting", "pottery", "quilting", "sewing", "weaving",
        ],
    ),
    (
        "food",
        [
            "baking",
            "brewing",
            "cheesemaking",
            "cooking",
            "grilling",
            "pickling",
        ],
    ),
    (
        "game",
        [
            "backgammon",
            "bridge",
            "checkers",
            "chess",
            "darts",
            "dominoes",
        ],
    ),
    (
        "music",
        ["cello", "choir", "drums", "flute", "lute", "trumpet"],
    ),
    (
        "nature",
        [
            "birding",
            "fishing",
            "foraging",
            "gardening",
            "stargazing",
            "whale watching",
        ],
    ),
    (
        "sport",
        [
            "archery", "climbing", "fencing", "rowing", "running", "skating",
        ],
    ),
];
const REGIONS: usize = 48;
const COUNTRIES: usize = 8;

/// How many towns a network of so many people has.
fn town_count(people: usize) -> usize {
    (people / 50).clamp(40, 2_000)
}

/// How many hubs, the people with the lowest numbers.
fn hub_count(people: usize) -> usize {
    (people / 2_000).clamp(3, 50)
}

/// Random numbers: splitmix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", 2014).
struct Random(u64);

impl Random {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        // The high half of a product of 64 bits each: no division, and hardly any bias.
        let product = u128::from(self.number()) * (end as u128);
        usize::try_from(product >> 64).unwrap_or(0)
    }

    /// A number below `end`, small ones more often.
    fn small_below(&mut self, end: usize) -> usize {
        let bound = self.below(end) + 1;
        self.below(bound)
    }

    fn one_of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}

/// The tables of a network as the loader wants them.
pub(crate) struct Tables {
    pub(crate) nodes: Vec<NodeTable>,
    pub(crate) relationships: Vec<RelationshipTable>,
}

/// Writes a network of so many people into `folder`.
pub(crate) fn write(folder: &Path, people: usize) -> io::Result<Tables> {
    fs::create_dir_all(folder)?;
    let towns = town_count(people);
    write_people(&folder.join("Person.tsv"), people)?;
    write_places(folder, towns)?;
    write_hobbies(&folder.join("Hobby.tsv"))?;
    write_follows(&folder.join("FOLLOWS.tsv"), people)?;
    write_homes(&folder.join("LIVES_IN.tsv"), people, towns)?;
    write_joys(&folder.join("ENJOYS.tsv"), people)?;
    let plan = plan();
    fs::write(folder.join("plan.json"), format!("{plan:#}\n"))?;
    Ok(Tables {
        nodes: serde_json::from_value(plan["nodes"].clone())?,
        relationships: serde_json::from_value(plan["relationships"].clone())?,
    })
}

/// The tables, in the words of the request `load`.
fn plan() -> Value {
    let table = |label: &str, columns: &[(&str, &str)]| {
        let columns: Vec<Value> = columns
            .iter()
            .map(|(name, kind)| json!({"name": name, "type": kind}))
            .collect();
        json!({"label": label, "file": format!("{label}.tsv"), "key": "id", "columns": columns})
    };
    let links = |name: &str, from: &str, to: &str| json!({"type": name, "from": from, "to": to, "file": format!("{name}.tsv")});
    let place = [("id", "integer"), ("name", "string")];
    json!({
        "nodes": [
            table("Person", &[
                ("id", "integer"), ("name", "string"), ("age", "integer"), ("gender", "string"),
                ("height", "float"), ("joined", "integer"), ("email", "string"),
            ]),
            table("Town", &[("id", "integer"), ("name", "string"), ("altitude", "integer")]),
            table("Region", &place),
            table("Country", &place),
            table("Hobby", &[("id", "integer"), ("name", "string"), ("kind", "string")]),
        ],
        "relationships": [
            links("FOLLOWS", "Person", "Person"),
            links("LIVES_IN", "Person", "Town"),
            links("IN_REGION", "Town", "Region"),
            links("IN_COUNTRY", "Region", "Country"),
            links("ENJOYS", "Person", "Hobby"),
        ],
    })
}

fn table(path: &Path, head: &str) -> io::Result<BufWriter<File>> {
    let mut out = BufWriter::new(File::create(path)?);
    writeln!(out, "{head}")?;
    Ok(out)
}

fn write_people(path: &Path, people: usize) -> io::Result<()> {
    let mut random = Random(1);
    let mut out = table(path, "id\tname\tage\tgender\theight\tjoined\temail")?;
    for id in 0..people {
        let first = format!(
            "{}{}",
            random.one_of(&FIRST_SYLLABLES),
            random.one_of(&LAST_SYLLABLES)
        );
        let surname = random.one_of(&SURNAMES);
        let age = 16 + random.small_below(75);
        let gender = match random.below(100) {
            0..48 => "female",
            48..96 => "male",
            _ => "other",
        };
        // Of some people the height is not known.
        let height = match random.below(20) {
            0 => String::new(),
            _ => format!("1.{:02}", 50 + random.below(50)),
        };
        let joined = 2024 - random.small_below(20);
        let host = random.one_of(&MAIL_HOSTS);
        let mailbox = first.to_lowercase();
        writeln!(
            out,
            "{id}\t{first} {surname}\t{age}\t{gender}\t{height}\t{joined}\t{mailbox}.{id}@{host}"
        )?;
    }
    out.flush()
}

fn write_places(folder: &Path, towns: usize) -> io::Result<()> {
    let mut random = Random(2);
    // Towns may share a name, as they do.
    let place = |random: &mut Random| {
        let (start, end) = (random.one_of(&PLACE_STARTS), random.one_of(&PLACE_ENDS));
        format!("{start}{end}")
    };
    let mut out = table(&folder.join("Town.tsv"), "id\tname\taltitude")?;
    let mut links = table(&folder.join("IN_REGION.tsv"), "from\tto")?;
    for id in 0..towns {
        let altitude = random.small_below(1_500);
        writeln!(out, "{id}\t{}\t{altitude}", place(&mut random))?;
        writeln!(links, "{id}\t{}", random.below(REGIONS))?;
    }
    out.flush()?;
    links.flush()?;
    let mut out = table(&folder.join("Region.tsv"), "id\tname")?;
    let mut links = table(&folder.join("IN_COUNTRY.tsv"), "from\tto")?;
    for id in 0..REGIONS {
        writeln!(out, "{id}\t{}shire {id}", random.one_of(&PLACE_STARTS))?;
        writeln!(links, "{id}\t{}", id % COUNTRIES)?;
    }
    out.flush()?;
    links.flush()?;
    let mut out = table(&folder.join("Country.tsv"), "id\tname")?;
    for (id, start) in PLACE_STARTS.iter().take(COUNTRIES).enumerate() {
        writeln!(out, "{id}\t{start}land")?;
    }
    out.flush()
}

fn write_hobbies(path: &Path) -> io::Result<()> {
    let mut out = table(path, "id\tname\tkind")?;
    let hobbies = HOBBIES
        .iter()
        .flat_map(|(kind, names)| names.iter().map(move |name| (kind, name)));
    for (id, (kind, name)) in hobbies.enumerate() {
        writeln!(out, "{id}\t{name}\t{kind}")?;
    }
    out.flush()
}

fn write_follows(path: &Path, people: usize) -> io::Result<()> {
    let mut random = Random(3);
    let hubs = hub_count(people);
    let circle = 100.min(people);
    let mut out = table(path, "from\tto")?;
    for id in 0..people {
        let wanted = if id < hubs {
            (people / 5).min(2_000 + 100 * id)
        } else {
            10 + random.below(16)
        };
        let mut followed = BTreeSet::new();
        // A small network may not have so many others.
        for _ in 0..4 * wanted {
            if followed.len() == wanted {
                break;
            }
            let other = match random.below(8) {
                0 => random.small_below(hubs),
                1..5 => (id - id % circle + random.below(circle)).min(people - 1),
                _ => random.below(people),
            };
            if other != id {
                followed.insert(other);
            }
        }
        for other in followed {
            writeln!(out, "{id}\t{other}")?;
        }
    }
    out.flush()
}

fn write_homes(path: &Path, people: usize, towns: usize) -> io::Result<()> {
    let mut random = Random(4);
    let mut out = table(path, "from\tto")?;
    for id in 0..people {
        writeln!(out, "{id}\t{}", random.small_below(towns))?;
    }
    out.flush()
}

fn write_joys(path: &Path, people: usize) -> io::Result<()> {
    let mut random = Random(5);
    let hobbies = HOBBIES.iter().map(|(_, names)| names.len()).sum();
    let mut out = table(path, "from\tto")?;
    for id in 0..people {
        let enjoyed: BTreeSet<usize> = (0..random.below(7))
            .map(|_| random.small_below(hobbies))
            .collect();
        for hobby in enjoyed {
            writeln!(out, "{id}\t{hobby}")?;
        }
    }
    out.flush()
}
