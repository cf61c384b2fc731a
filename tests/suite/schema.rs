//! Schemas: categories of an analyst's own on the relationships of a graph.
#![cfg(feature = "model")]

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use whom::ingest::{ReadOptions, Schema};
use whom::model::{Map, Value};
use whom::{BuildOptions, SchemaChoice, Session};

const RAID: &str = "The Marovian army attacked the rebels in Tarsk. Ana Rivera leads Nordhavn Group. \
                    The army did not attack Bergen. Three boats sank near Dolna.\n";

const OWN: &str = r#"
kinds Party { Organization Person }
words attack { "attack" "crack down on" }
category "Hostile to" {
    about "One attacks the other."
    means (source:Party)-[@attack]->(target)
}
category "Led by" {
    means (target:Person)-[lead]->(source:Organization)
    confidence 0.5
}
type "Vessel" { about "What floats." means (:Object {noun: "boat"|"ship"}) }
category "Has count" { means (source)-[number]->(target:Value) }
"#;

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("a.txt"), RAID).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn build(&self, name: &str, schema: SchemaChoice, threads: usize) -> Session {
        let mut session = Session::open_or_create(&self.path(name)).unwrap();
        let options = BuildOptions {
            schema,
            read: ReadOptions {
                threads,
                ..ReadOptions::default()
            },
            ..BuildOptions::default()
        };
        let built = session.build(&[self.path("a.txt")], &options, &|_| ());
        assert!(built.unwrap().report.is_complete());
        session
    }
}

fn own() -> SchemaChoice {
    SchemaChoice::Use(Schema::parse("own", OWN).unwrap())
}

/// Every relationship that has a category.
fn categories(session: &mut Session) -> Vec<String> {
    let query = "MATCH (a)-[r]->(b) WHERE r.category IS NOT NULL
                 RETURN r.category, type(r), a.name, b.name, r.inferred, r.rule ORDER BY 1, 2, 3, 4";
    let outcome = session.query(query, &Map::new()).unwrap();
    let text = |value: &Value| {
        let text = value.as_str().map(str::to_owned);
        text.unwrap_or_else(|| format!("{value:?}"))
    };
    let rows = outcome.rows.iter();
    rows.map(|row| row.iter().map(text).collect::<Vec<_>>().join(" | "))
        .collect()
}

/// What the schema calls a vessel.
fn vessels(session: &mut Session) -> Vec<String> {
    let query = "MATCH (a:Entity {category: 'Vessel'}) RETURN a.name ORDER BY 1";
    let outcome = session.query(query, &Map::new()).unwrap();
    let names = outcome.rows.iter().flatten();
    names
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn relationships_get_the_categories_of_a_schema() {
    let place = Place::new();
    let mut session = place.build("g.whom", own(), 1);
    let found = categories(&mut session);
    let begins = |start: &str| found.iter().filter(|row| row.starts_with(start)).count();
    // What is said in the direction of the category is named; what is denied is not.
    assert_eq!(
        begins("Hostile to | ATTACK | Marovian army | rebels | Boolean(false)"),
        1,
        "{found:#?}"
    );
    assert_eq!(begins("Hostile to"), 1, "{found:#?}");
    // What is said the other way round, and what only a schema wants, is a relationship of its own.
    assert_eq!(
        begins("Led by | LED_BY | Nordhavn Group | Ana Rivera | Boolean(true) | schema own"),
        1,
        "{found:#?}"
    );
    assert_eq!(
        begins("Has count | HAS_COUNT | Three boats"),
        1,
        "{found:#?}"
    );
    assert_eq!(vessels(&mut session), ["Three boats"]);
    let asked = "MATCH (a)-[r {category: 'Hostile to'}]->(b) RETURN count(*)";
    let count = session.query(asked, &Map::new()).unwrap();
    assert_eq!(count.rows, [[Value::Integer(1)]]);
    assert_eq!(session.verify().unwrap().faults, []);
}

#[test]
fn a_place_in_front_is_the_place_of_all_that_is_done() {
    let place = Place::new();
    let text = "Near Bergen, the army attacked the rebels and destroyed a bridge.\n";
    fs::write(place.path("a.txt"), text).unwrap();
    let schema = "category \"Was at\" { means (source)<-[*]-()-[* near]->(target:Place) }";
    let schema = SchemaChoice::Use(Schema::parse("own", schema).unwrap());
    let found = categories(&mut place.build("g.whom", schema, 1));
    for what in ["rebels", "bridge"] {
        let row = format!("Was at | WAS_AT | {what} | Bergen");
        assert!(
            found.iter().any(|found| found.starts_with(&row)),
            "{found:#?}"
        );
    }
}

#[test]
fn a_graph_keeps_its_schema_until_it_is_taken_off() {
    let place = Place::new();
    let mut plain = place.build("plain.whom", SchemaChoice::Keep, 1);
    let without = plain.overview();
    assert_eq!(categories(&mut plain), [""; 0]);
    let first = categories(&mut place.build("g.whom", own(), 1));
    assert!(!first.is_empty());
    // The same documents again, without a word of the schema.
    let mut again = place.build("g.whom", SchemaChoice::Keep, 2);
    assert_eq!(categories(&mut again), first);
    assert_eq!(again.schema().unwrap().unwrap().name(), "own");
    // The document changed: what it says now has categories too.
    fs::write(place.path("a.txt"), RAID.replace("rebels", "militia")).unwrap();
    let mut changed = place.build("g.whom", SchemaChoice::Keep, 1);
    assert_eq!(
        categories(&mut changed),
        first
            .iter()
            .map(|row| row.replace("rebels", "militia"))
            .collect::<Vec<_>>()
    );
    fs::write(place.path("a.txt"), RAID).unwrap();
    // A graph that had no schema gets one without reading anything again.
    assert_eq!(categories(&mut place.build("plain.whom", own(), 1)), first);
    let mut off = place.build("plain.whom", SchemaChoice::Off, 1);
    assert_eq!(categories(&mut off), [""; 0]);
    assert_eq!(vessels(&mut off), [""; 0]);
    assert!(off.schema().unwrap().is_none());
    let overview = off.overview();
    assert_eq!(
        (overview.nodes, overview.types),
        (without.nodes, without.types)
    );
}

#[test]
fn the_schema_that_comes_with_the_program_is_sound() {
    for name in Schema::builtin_names() {
        let text = Schema::builtin(name).unwrap();
        let schema = Schema::parse(name, text).unwrap();
        let place = Place::new();
        let mut session = place.build("g.whom", SchemaChoice::Use(schema), 1);
        let found = categories(&mut session);
        assert!(
            found
                .iter()
                .any(|row| row.starts_with("Fighting against | ATTACK")),
            "{found:#?}"
        );
        let mut other = place.build(
            "h.whom",
            SchemaChoice::Use(Schema::parse(name, text).unwrap()),
            2,
        );
        assert_eq!(categories(&mut other), found);
    }
}

#[test]
fn what_is_wrong_with_a_schema_is_shown_with_a_remedy() {
    let cases = [
        (
            "categry \"A\" { }",
            "schema-syntax",
            "did you mean `category`?",
        ),
        (
            "category \"A\" { means (source:Persn)-[x]->(target) }",
            "unknown-kind",
            "did you mean `Person`?",
        ),
        (
            "category \"A\" { means (source)-[@atack]->(target) } ",
            "unknown-word-list",
            "this file has no word list so far",
        ),
        (
            "category \"A\" { means (source)-[x]->(tarket) }",
            "unknown-node",
            "did you mean `target`?",
        ),
        (
            "category \"A\" { means (source)-[x]->() }",
            "pattern-without-ends",
            "means (source)-[verb]->(target)",
        ),
        (
            "category \"A\" { means (source)-[x {polrity: denied}]->(target) }",
            "unknown-condition",
            "did you mean `polarity`?",
        ),
        (
            "category \"A\" { means (source)-[x]->(target) confidence 7 }",
            "schema-confidence",
            "0.9 is what it is without this part",
        ),
        (
            "type \"A\" { means (:Persn) }",
            "unknown-kind",
            "did you mean `Person`?",
        ),
        (
            "type \"A\" { }",
            "category-without-means",
            "add `means (:Object",
        ),
        (
            "category \"A\" { }",
            "category-without-means",
            "add `means (source)-[verb]->(target)`",
        ),
    ];
    for (text, code, help) in cases {
        let complaints = Schema::parse("my.schema", text).unwrap_err();
        let complaint = complaints.iter().find(|complaint| complaint.code.0 == code);
        let complaint = complaint.unwrap_or_else(|| panic!("{text}: {complaints:#?}"));
        assert!(
            complaint.help.concat().contains(help),
            "{text}: {complaint:#?}"
        );
        assert!(!complaint.annotations.is_empty(), "{text}: no place");
    }
}
