// Questions and queries about examples/data/lindow.txt:
//   whom build examples/data/lindow.txt -o lindow.whom
//   whom run lindow.whom examples/lindow.cypher

Who built the Lindow dam?;
When was the dam built?;
How many people were injured?;
Who warned the province?;
Who is the director of the ECPA?;
What did the charity give out?;
Who owns Arlkraft?;
Which party is led by Karl Thoma?;

// The things most spoken of.
MATCH (thing:Entity)
RETURN thing.name AS thing, labels(thing) AS labels, thing.mentions AS mentions
ORDER BY mentions DESC, thing LIMIT 10;

// What happened, and when.
MATCH (a)-[r]->(b)
WHERE r.time IS NOT NULL
RETURN r.time AS time, a.name AS who, type(r) AS what, b.name AS whom
ORDER BY time, who, what LIMIT 20;
