//! Queries do no more work than they must: rows per operator, which do not depend on the machine
//! as times do.
//!
//! Each case is a query on a network of 1,000 people with 18,157 follows, and bounds: how many
//! rows all operators together may give, and how many some of them may. Why they hold:
//!
//! - What the last steps of a pattern lead to is counted and not walked where only numbers are
//!   asked for: such a step gives no row at all, however many paths there are.
//! - A condition is tested as soon as its variables are known, so a step is taken only from nodes
//!   that passed; and a key that is indexed is sought, so no other node is touched.
//! - A pattern is walked from its rarer end, and a step between two nodes that are both known,
//!   written `(=t)`, is looked up before any step that multiplies rows.
//! - Where each end of a chain of steps is wanted once, people are visited once each; trails are
//!   more than people by orders of magnitude.
//! - What keeps the first rows only, keeps them as they come, and what a `LIMIT` does not need is
//!   never asked for.
//!
//! A bound that fails after a change of the planner tells of work that was not there before. One
//! that could be lower by now is to be lowered.

use tempfile::TempDir;
use whom::Session;
use whom::model::Map;
use whom::query::PlanLine;

use super::network;

const PEOPLE: u64 = 1_000;
const FOLLOWS: u64 = 18_157;
const JOYS: u64 = 2_700;

/// What a query may do.
struct Case {
    text: &'static str,
    /// How many rows all operators together may give.
    most: u64,
    /// An operator, a part of what it does, and how many rows it may give.
    bounds: &'static [(&'static str, &'static str, u64)],
}

const CASES: &[Case] = &[
    // A key that is indexed leads to its node, one key or several.
    Case {
        text: "MATCH (p:Person {id: 177}) RETURN p.name",
        most: 3,
        bounds: &[("NodesByProperty", "{id: 177}", 1)],
    },
    Case {
        text: "UNWIND [177, 178] AS id MATCH (p:Person {id: id}) RETURN p.name",
        most: 8,
        bounds: &[("NodesByProperty", "{id: id}", 2)],
    },
    // The second step is counted from the degrees of those to whom the first leads: 331,000 paths.
    Case {
        text: "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) RETURN count(*)",
        most: PEOPLE + 2 * FOLLOWS + 3,
        bounds: &[("Expand", "->(c)", 0)],
    },
    // So it is when groups tell paths apart by their middle: the step on one of its sides is counted,
    Case {
        text: "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) \
               RETURN b.gender, count(*)",
        most: PEOPLE + 2 * FOLLOWS + 9,
        bounds: &[],
    },
    // and when there are conditions, of which each is tested before the step that follows.
    Case {
        text: "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) \
               WHERE a.gender = 'male' AND b.age < 60 AND c.joined >= 2015 RETURN count(*)",
        most: FOLLOWS,
        bounds: &[("Expand", "->(b)", 8_630), ("Expand", "->(c)", 0)],
    },
    // Of three steps the last is counted.
    Case {
        text: "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person)-[:FOLLOWS]->(d:Person) \
               WHERE a.id >= 100 AND a.id < 120 AND d.age < 40 RETURN count(*)",
        most: PEOPLE + 2 * 12_400,
        bounds: &[("Expand", "->(b)", 339), ("Expand", "->(d)", 0)],
    },
    // People by country is a product of numbers all the way up.
    Case {
        text: "MATCH (p:Person)-[:LIVES_IN]->(:Town)-[:IN_REGION]->(:Region)\
               -[:IN_COUNTRY]->(c:Country) RETURN c.name, count(*)",
        most: 100,
        bounds: &[("Expand", "LIVES_IN", 0)],
    },
    // Steps are taken from the twenty people only.
    Case {
        text: "MATCH (a:Person)-[:FOLLOWS]->(b:Person) WHERE a.id >= 100 AND a.id < 120 \
               RETURN a.name, b.name",
        most: PEOPLE + 20 + 4 * 339,
        bounds: &[("Expand", "->(b)", 339)],
    },
    // What nobody asks for is not walked.
    Case {
        text: "MATCH (a:Person)-[:FOLLOWS]->(b:Person) RETURN a.id, b.id LIMIT 5",
        most: 30,
        bounds: &[("Expand", "->(b)", 5)],
    },
    // Ten rows are kept of those that come, and none is sorted but them.
    Case {
        text: "MATCH (p:Person) RETURN p.name ORDER BY p.height LIMIT 10",
        most: 2 * PEOPLE + 20,
        bounds: &[("Top", "10", 10)],
    },
    // Only the home of the three is looked up.
    Case {
        text: "MATCH (f:Person)-[:FOLLOWS]->(p:Person) WITH p, count(*) AS n \
               ORDER BY n DESC, p.id LIMIT 3 MATCH (p)-[:LIVES_IN]->(t) RETURN p.name, t.name, n",
        most: 3 * PEOPLE + 2 * FOLLOWS + 12,
        bounds: &[("Expand", "LIVES_IN", 3), ("Aggregate", "", PEOPLE)],
    },
    // Nobody is reached twice, along whatever trails, whichever way.
    Case {
        text: "MATCH (a:Person {id: 177})-[:FOLLOWS*1..3]->(b:Person) RETURN count(DISTINCT b)",
        most: 2 * PEOPLE + 4,
        bounds: &[("ExpandMany", "", PEOPLE)],
    },
    Case {
        text: "MATCH (a:Person {id: 177})-[:FOLLOWS*1..3]-(b:Person) RETURN DISTINCT b.id",
        most: 5 * PEOPLE + 1,
        bounds: &[("ExpandMany", "", PEOPLE)],
    },
    // The search begins at both ends, and yields the path alone.
    Case {
        text: "MATCH p = shortestPath((a:Person {id: 177})-[:FOLLOWS*..6]->(b:Person {id: 905})) \
               RETURN length(p)",
        most: 6,
        bounds: &[("ShortestPath", "(=b)", 1)],
    },
    // One hobby and 66 who enjoy it, not 1,000 people and what they enjoy.
    Case {
        text: "MATCH (p:Person)-[:ENJOYS]->(h:Hobby {name: 'chess'}) RETURN p.name",
        most: 4 * 66 + 1,
        bounds: &[("NodesByProperty", "chess", 1), ("Expand", "ENJOYS", 66)],
    },
    // From one region down to its people, not from all people up.
    Case {
        text: "MATCH (p:Person)-[:LIVES_IN]->(:Town)-[:IN_REGION]->(r:Region {id: 14}) \
               RETURN p.name",
        most: 4 * 208 + 9,
        bounds: &[("Expand", "LIVES_IN", 208)],
    },
    // Those who live high are few; whom they follow comes before where all others live.
    Case {
        text: "MATCH (a:Person)-[:LIVES_IN]->(s:Town), (b:Person)-[:LIVES_IN]->(t:Town), \
               (a)-[:FOLLOWS]->(b) WHERE s.altitude > 1000 AND t.altitude > 1000 RETURN count(*)",
        most: PEOPLE,
        bounds: &[("Expand", "FOLLOWS", 448)],
    },
    // Who lives in the same town is looked up for each follow, not by going through the town.
    Case {
        text: "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:LIVES_IN]->(t:Town)<-[:LIVES_IN]-(a) \
               RETURN count(*)",
        most: 2 * PEOPLE + 2 * FOLLOWS + 810,
        bounds: &[("Expand", "(=", 762)],
    },
    // A step back is looked up, not walked.
    Case {
        text: "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(a) RETURN count(*)",
        most: PEOPLE + 2 * FOLLOWS + 1_567,
        bounds: &[("Expand", "(=", 1_564)],
    },
    // So is a step that a condition asks for.
    Case {
        text: "MATCH (a:Person {id: 177})-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) \
               WHERE (a)-[:FOLLOWS]->(c) RETURN c.id, count(*)",
        most: 2_100,
        bounds: &[("Expand", "(b)-", 607), ("Expand", "(=c)", 48)],
    },
    // Whether there is a step at all, and how many, is known from degrees.
    Case {
        text: "MATCH (p:Person) WHERE EXISTS { MATCH (p)-[:ENJOYS]->(:Hobby) } RETURN count(*)",
        most: 3 * PEOPLE,
        bounds: &[("Expand", "ENJOYS", 0)],
    },
    Case {
        text: "MATCH (p:Person) WITH p, COUNT { MATCH (p)-[:FOLLOWS]->(:Person) } AS n \
               WHERE n > 20 RETURN count(*), sum(n)",
        most: 4 * PEOPLE,
        bounds: &[("Expand", "FOLLOWS", 0)],
    },
    // An optional step is taken once for each of those that are there.
    Case {
        text: "MATCH (p:Person) OPTIONAL MATCH (p)-[:ENJOYS]->(h:Hobby) \
               RETURN count(*), count(h.id)",
        most: 2 * PEOPLE + 3 * JOYS,
        bounds: &[("Expand", "ENJOYS", JOYS)],
    },
];

/// What `case` does beyond its bounds, with the plan that shows it.
fn faults(session: &mut Session, case: &Case) -> Option<String> {
    let outcome = session.profile(case.text, &Map::new()).unwrap();
    let lines = outcome.plan.unwrap().lines;
    let rows = |line: &PlanLine| line.measure.unwrap().rows;
    let mut faults = Vec::new();
    let total: u64 = lines.iter().map(rows).sum();
    if total > case.most {
        faults.push(format!("{total} rows in all, not {}", case.most));
    }
    for (operator, part, most) in case.bounds {
        let found: Vec<u64> = lines
            .iter()
            .filter(|line| line.operator == *operator && line.details.contains(part))
            .map(rows)
            .collect();
        if found.is_empty() || found.iter().any(|rows| rows > most) {
            faults.push(format!("{operator} {part}: {found:?} rows, not {most}"));
        }
    }
    if faults.is_empty() {
        return None;
    }
    let plan = lines.iter().map(|line| {
        let (branch, name, details) = (&line.branch, &line.operator, &line.details);
        format!("  {:>8}  {branch}{name} {details}", rows(line))
    });
    let said = [case.text.to_owned()].into_iter().chain(faults).chain(plan);
    Some(said.collect::<Vec<_>>().join("\n"))
}

#[test]
fn no_operator_does_more_than_it_must() {
    let folder = TempDir::new().unwrap();
    let people = usize::try_from(PEOPLE).unwrap();
    let tables = network::write(folder.path(), people).unwrap();
    let mut session = Session::in_memory();
    session
        .load_tables(folder.path(), &tables.nodes, &tables.relationships)
        .unwrap();
    let faults: Vec<String> = CASES
        .iter()
        .filter_map(|case| faults(&mut session, case))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
