//! What is asked of the network: one question of each kind that an analyst's query is made of.
//!
//! Most answers are a row or a few, so that a time is the engine's work and not the pipe's. Each
//! question says what its work is proportional to: that is what its time should grow with.

/// A question: statements that are run one after another and timed together.
pub(crate) struct Question {
    pub(crate) name: &'static str,
    /// The last but the clean-up gives the answer: see `answers`.
    pub(crate) statements: &'static [&'static str],
    /// Which of the statements gives the answer.
    pub(crate) answers: usize,
    /// The parameters as JSON.
    pub(crate) parameters: &'static str,
    /// What its work is proportional to.
    pub(crate) work: &'static str,
}

const fn question(
    name: &'static str,
    statements: &'static [&'static str],
    parameters: &'static str,
    work: &'static str,
) -> Question {
    Question {
        name,
        statements,
        answers: 0,
        parameters,
        work,
    }
}

const NOBODY: &str = "{}";
const ONE: &str = r#"{"id": 177}"#;

/// All questions, short walks first.
pub(crate) const QUESTIONS: &[Question] = &[
    question(
        "one by key",
        &["MATCH (p:Person {id: $id}) RETURN p.name AS name, p.age AS age, p.joined AS joined"],
        ONE,
        "nothing: the key is indexed",
    ),
    question(
        "several by key",
        &[
            "UNWIND $ids AS wanted MATCH (p:Person {id: wanted}) RETURN count(p) AS n, sum(p.age) AS ages",
        ],
        r#"{"ids": [3, 77, 141, 205, 333, 500, 641, 709, 888, 950]}"#,
        "keys asked for",
    ),
    question(
        "followed by one",
        &[
            "MATCH (:Person {id: $id})-[:FOLLOWS]->(f:Person) RETURN f.id AS id, f.name AS name ORDER BY id",
        ],
        ONE,
        "the degree of one",
    ),
    question(
        "one by another property",
        &["MATCH (p:Person) WHERE p.email STARTS WITH $mail RETURN p.id AS id ORDER BY id LIMIT 3"],
        r#"{"mail": "rolia.1"}"#,
        "people: the property is not indexed",
    ),
    question(
        "filtered average",
        &[
            "MATCH (p:Person) WHERE p.age >= $low AND p.age < $high AND p.gender = $gender \
           RETURN count(*) AS n, avg(p.height) AS height",
        ],
        r#"{"low": 20, "high": 35, "gender": "female"}"#,
        "people",
    ),
    question(
        "conditions on texts",
        &[
            "MATCH (p:Person) WHERE p.name STARTS WITH 'Ma' AND p.email ENDS WITH '.example' \
           OR p.name CONTAINS 'zo D' RETURN count(*) AS n, max(p.age) AS oldest",
        ],
        NOBODY,
        "people",
    ),
    question(
        "text in any case",
        &["MATCH (p:Person) WHERE toLower(p.name) CONTAINS toLower($part) RETURN count(*) AS n"],
        r#"{"part": "BERT QU"}"#,
        "people",
    ),
    question(
        "grouped by two properties",
        &[
            "MATCH (p:Person) RETURN p.gender AS gender, p.joined AS joined, count(*) AS n, min(p.age) AS youngest \
           ORDER BY n DESC, gender, joined LIMIT 10",
        ],
        NOBODY,
        "people",
    ),
    question(
        "different names",
        &["MATCH (p:Person) WITH DISTINCT p.name AS name RETURN count(*) AS n"],
        NOBODY,
        "people",
    ),
    question(
        "ten tallest",
        &["MATCH (p:Person) WHERE p.height IS NOT NULL \
           RETURN p.id AS id, p.name AS name, p.height AS height ORDER BY height DESC, id LIMIT 10"],
        NOBODY,
        "people",
    ),
    question(
        "people by country",
        &[
            "MATCH (p:Person)-[:LIVES_IN]->(:Town)-[:IN_REGION]->(:Region)-[:IN_COUNTRY]->(c:Country) \
           RETURN c.name AS country, count(*) AS n, avg(p.age) AS age ORDER BY n DESC, country",
        ],
        NOBODY,
        "people",
    ),
    question(
        "hobbies of a kind",
        &[
            "MATCH (p:Person)-[:ENJOYS]->(h:Hobby) WHERE h.kind = $kind AND p.age > $age \
           RETURN h.name AS hobby, count(*) AS n, avg(p.age) AS age ORDER BY n DESC, hobby LIMIT 5",
        ],
        r#"{"kind": "music", "age": 40}"#,
        "those who enjoy one of the kind",
    ),
    question(
        "hobbies in a region",
        &[
            "MATCH (r:Region {id: $region})<-[:IN_REGION]-(:Town)<-[:LIVES_IN]-(p:Person)-[:ENJOYS]->(h:Hobby) \
           RETURN h.kind AS kind, count(*) AS n ORDER BY n DESC, kind",
        ],
        r#"{"region": 7}"#,
        "people of one region",
    ),
    question(
        "most followed",
        &[
            "MATCH (f:Person)-[:FOLLOWS]->(p:Person) RETURN p.id AS id, p.name AS name, count(f.id) AS n \
           ORDER BY n DESC, id LIMIT 5",
        ],
        NOBODY,
        "people, if degrees are known; else follows",
    ),
    question(
        "home of the most followed",
        &[
            "MATCH (f:Person)-[:FOLLOWS]->(p:Person) WITH p, count(*) AS n ORDER BY n DESC, p.id LIMIT 3 \
           MATCH (p)-[:LIVES_IN]->(t:Town) RETURN p.id AS id, n, t.name AS town ORDER BY n DESC, id",
        ],
        NOBODY,
        "people, if degrees are known; else follows",
    ),
    question(
        "follows compared",
        &[
            "MATCH (a:Person)-[:FOLLOWS]->(b:Person) WHERE a.gender <> b.gender AND a.age > b.age \
           RETURN count(*) AS n",
        ],
        NOBODY,
        "follows: both ends are read",
    ),
    question(
        "follows between towns",
        &[
            "MATCH (a:Person)-[:LIVES_IN]->(s:Town), (b:Person)-[:LIVES_IN]->(t:Town), (a)-[:FOLLOWS]->(b) \
           WHERE s.altitude > $height AND t.altitude > $height RETURN count(*) AS n",
        ],
        r#"{"height": 1200}"#,
        "follows of those who live high",
    ),
    question(
        "two steps",
        &["MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) RETURN count(*) AS n"],
        NOBODY,
        "people: a sum of products of degrees",
    ),
    question(
        "two steps, filtered",
        &[
            "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) \
           WHERE a.gender = $gender AND b.age < $age AND c.joined >= $joined RETURN count(*) AS n",
        ],
        r#"{"gender": "male", "age": 60, "joined": 2015}"#,
        "follows: each is looked at once for each side",
    ),
    question(
        "two steps by the middle",
        &[
            "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) \
           RETURN b.gender AS gender, count(*) AS n ORDER BY gender",
        ],
        NOBODY,
        "people, if both sides are counted; else follows",
    ),
    question(
        "three steps from a few",
        &[
            "MATCH (a:Person)-[r1:FOLLOWS]->(b:Person)-[r2:FOLLOWS]->(c:Person)-[r3:FOLLOWS]->(d:Person) \
           WHERE a.id >= $low AND a.id < $high AND d.age < $age RETURN count(*) AS n",
        ],
        r#"{"low": 100, "high": 120, "age": 40}"#,
        "paths of two steps from 20 people, many of them through hubs",
    ),
    question(
        "reach within 1..3",
        &[
            "MATCH (a:Person {id: $id})-[:FOLLOWS*1..3]->(b:Person) RETURN count(DISTINCT b.id) AS n",
        ],
        ONE,
        "people within reach and their follows",
    ),
    question(
        "reach either way",
        &[
            "MATCH (a:Person {id: $id})-[:FOLLOWS*1..2]-(b:Person) WHERE b.age < $age \
           RETURN count(DISTINCT b.id) AS n",
        ],
        r#"{"id": 177, "age": 30}"#,
        "people within reach and their follows",
    ),
    question(
        "reach of many",
        &[
            "MATCH (a:Person)-[:FOLLOWS*1..2]->(b:Person) WHERE a.id >= $low AND a.id < $high \
           RETURN a.id AS id, count(DISTINCT b.id) AS n ORDER BY n DESC, id LIMIT 5",
        ],
        r#"{"low": 200, "high": 300}"#,
        "people within reach of 100 and their follows",
    ),
    question(
        "shortest path",
        &[
            "MATCH p = shortestPath((a:Person {id: $a})-[:FOLLOWS*..6]->(b:Person {id: $b})) \
           RETURN length(p) AS n",
        ],
        r#"{"a": 177, "b": 905}"#,
        "the follows around both ends, until they meet",
    ),
    question(
        "mutual follows",
        &["MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(a) RETURN count(*) AS n"],
        NOBODY,
        "follows, each looked up once",
    ),
    question(
        "triangles",
        &[
            "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person)-[:FOLLOWS]->(a) \
           WHERE a.id >= $low AND a.id < $high RETURN count(*) AS n",
        ],
        r#"{"low": 100, "high": 600}"#,
        "follows of 500 people and of those whom they follow",
    ),
    question(
        "triangles through hubs",
        &[
            "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person)-[:FOLLOWS]->(a) \
           WHERE a.id < $high RETURN count(*) AS n",
        ],
        r#"{"high": 3}"#,
        "follows of those whom three hubs follow",
    ),
    question(
        "followers in the same town",
        &[
            "MATCH (a:Person)-[:FOLLOWS]->(b:Person)-[:LIVES_IN]->(t:Town)<-[:LIVES_IN]-(a) \
           RETURN count(*) AS n, count(DISTINCT t.id) AS towns",
        ],
        NOBODY,
        "follows",
    ),
    question(
        "suggestions for one",
        &[
            "MATCH (a:Person {id: $id})-[:FOLLOWS]->(b:Person)-[:FOLLOWS]->(c:Person) \
           WHERE c.id <> a.id AND NOT EXISTS { MATCH (a)-[:FOLLOWS]->(c) } \
           RETURN c.id AS id, count(*) AS n ORDER BY n DESC, id LIMIT 5",
        ],
        ONE,
        "paths of two steps from one",
    ),
    question(
        "who shares hobbies",
        &[
            "MATCH (a:Person {id: $id})-[:ENJOYS]->(h:Hobby)<-[:ENJOYS]-(b:Person) WHERE b.id <> a.id \
           RETURN b.id AS id, count(h) AS n ORDER BY n DESC, id LIMIT 5",
        ],
        r#"{"id": 185}"#,
        "those who enjoy what one enjoys",
    ),
    question(
        "hobbies, if any",
        &[
            "MATCH (p:Person) OPTIONAL MATCH (p)-[:ENJOYS]->(h:Hobby) RETURN count(*) AS n, count(h.id) AS m",
        ],
        NOBODY,
        "joys",
    ),
    question(
        "who enjoys a kind",
        &[
            "MATCH (p:Person) WHERE EXISTS { MATCH (p)-[:ENJOYS]->(h:Hobby) WHERE h.kind = $kind } \
           RETURN count(*) AS n, avg(p.age) AS age",
        ],
        r#"{"kind": "sport"}"#,
        "joys",
    ),
    question(
        "who enjoys nothing",
        &[
            "MATCH (p:Person) WHERE NOT EXISTS { MATCH (p)-[:ENJOYS]->(:Hobby) } RETURN count(*) AS n",
        ],
        NOBODY,
        "people",
    ),
    question(
        "degrees in a subquery",
        &[
            "MATCH (p:Person) WITH p, COUNT { MATCH (p)-[:FOLLOWS]->(:Person) } AS n WHERE n > $least \
           RETURN count(*) AS people, sum(n) AS follows",
        ],
        r#"{"least": 20}"#,
        "people, if degrees are known; else follows",
    ),
    question(
        "lists of hobbies",
        &[
            "MATCH (p:Person)-[:ENJOYS]->(h:Hobby) WITH p, collect(h.name) AS hobbies \
           WHERE size(hobbies) >= $least RETURN count(*) AS n",
        ],
        r#"{"least": 4}"#,
        "joys",
    ),
    question(
        "relationships by type",
        &["MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS n ORDER BY type"],
        NOBODY,
        "types, if they are counted; else relationships",
    ),
    Question {
        name: "a write and a short read",
        statements: &[
            "MATCH (a:Person {id: $a}), (b:Person {id: $b}) CREATE (a)-[:FOLLOWS]->(b)",
            "MATCH (:Person {id: $a})-[:FOLLOWS]->(f:Person) RETURN count(f) AS n, sum(f.age) AS ages",
            "MATCH (:Person {id: $a})-[r:FOLLOWS]->(:Person {id: $b}) DELETE r",
        ],
        answers: 1,
        parameters: r#"{"a": 177, "b": 950}"#,
        work: "the degree of one",
    },
    Question {
        name: "a write and a long read",
        statements: &[
            "MATCH (a:Person {id: $a}), (b:Person {id: $b}) CREATE (a)-[:FOLLOWS]->(b)",
            "MATCH (a:Person)-[:FOLLOWS]->(b:Person) WHERE a.age < b.age RETURN count(*) AS n",
            "MATCH (:Person {id: $a})-[r:FOLLOWS]->(:Person {id: $b}) DELETE r",
        ],
        answers: 1,
        parameters: r#"{"a": 177, "b": 950}"#,
        work: "follows",
    },
];
