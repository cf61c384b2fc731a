#!/usr/bin/env python3
"""Draw statements of a graph for readers to judge, and score what they found (Python 3, no packages).

    sample.py draw GRAPH.whom COUNT SEED OUT [--parts N] [--whom BINARY] [--min CONFIDENCE]
    sample.py score OUT

`draw` writes OUT-1.md … OUT-N.md, a page for each reader: every statement with its sentence, what
stands around it, and everything that the graph says of it; and OUT.jsonl, the same for `score`.
A statement is a relationship other than MENTIONED_IN; all are equally likely to be drawn.
A reader gives OUT-K.tsv: a line `number<TAB>right|wrong<TAB>cause<TAB>why` for each statement
(RUBRIC.md says how). `score` gives the share that is right with its 95 % interval (Wilson), by
confidence, polarity, modality, rule and folder, and the causes of the wrong ones.
"""
import argparse, collections, json, math, os, random, subprocess

FIELDS = """r.text r.evidence r.document r.start r.end r.subject_text r.object_text r.polarity r.modality
r.attributed_to r.when r.time r.where r.arguments r.quantity r.inferred r.confidence r.rule""".split()


def ask(binary, graph, query):
    out = subprocess.run([binary, "query", graph, query, "--format", "jsonl"], check=True, capture_output=True)
    return [json.loads(line) for line in out.stdout.decode().splitlines()]


def draw(a):
    rows = ask(a.whom, a.graph, "MATCH (a)-[r]->(b) WHERE type(r) <> 'MENTIONED_IN' "
               "RETURN id(r) AS id, a.name AS subject, type(r) AS type, b.name AS object, labels(a) AS subject_labels, "
               "labels(b) AS object_labels, " + ", ".join(f"{f} AS `{f[2:]}`" for f in FIELDS) + " ORDER BY id(r)")
    drawn = random.Random(a.seed).sample([r for r in rows if r["confidence"] >= a.min], a.count)
    drawn.sort(key=lambda r: (r["document"], r["start"]))
    with open(a.out + ".jsonl", "w") as file:
        for number, row in enumerate(drawn, 1):
            row["number"] = number
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    size = -(-len(drawn) // a.parts)
    for part in range(a.parts):
        with open(f"{a.out}-{part + 1}.md", "w") as file:
            for row in drawn[part * size:(part + 1) * size]:
                file.write(page(row))


def page(r):
    text = open(r["document"], "rb").read()
    before = text[max(0, r["start"] - 700):r["start"]].decode(errors="ignore").strip()
    after = text[r["end"]:r["end"] + 200].decode(errors="ignore").strip()
    told = " ".join(f"{k}={r[k]!r}" for k in ("when", "time", "where", "arguments", "quantity") if r[k])
    flags = f"{r['polarity']}, {r['modality']}, said by: {r['attributed_to'] or 'the text itself'}"
    return (f"## {r['number']}  ({os.path.basename(r['document'])})\n"
            f"BEFORE: …{before}\nSENTENCE: {r['evidence']}\nAFTER: {after}…\n\n"
            f"**STATEMENT: ({end(r, 'subject')}) -[{r['type']}]-> ({end(r, 'object')})**\n"
            f"words: subject «{r['subject_text']}», predicate «{r['text']}», object «{r['object_text']}»\n"
            f"flags: {flags}\n" + (f"also: {told}\n" if told else "") + "\n")


def end(r, side):
    labels = [x for x in r[side + "_labels"] if x != "Entity"]
    return f"{r[side] or 'unstated'} :{':'.join(labels)}"


def interval(right, count):
    if not count:
        return "–"
    z, p = 1.96, right / count
    middle, half = p + z * z / (2 * count), z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))
    low, high = ((middle + s * half) / (1 + z * z / count) for s in (-1, 1))
    return f"{100 * p:5.1f} % of {count} ({100 * low:.0f} to {100 * high:.0f})"


def score(a):
    rows = {r["number"]: r for r in map(json.loads, open(a.out + ".jsonl"))}
    part = 1
    while os.path.exists(f"{a.out}-{part}.tsv"):
        for line in open(f"{a.out}-{part}.tsv"):
            number, verdict, *rest = line.rstrip("\n").split("\t")
            rows[int(number)].update(right=verdict.strip() == "right", cause=(rest + [""])[0], why=(rest + ["", ""])[1])
        part += 1
    judged = [r for r in rows.values() if "right" in r]
    print("judged", len(judged), "of", len(rows))
    print("right ", interval(sum(r["right"] for r in judged), len(judged)))
    own = [r for r in judged if r["modality"] == "asserted" and not r["attributed_to"]]
    print("asserted in the text's own voice ", interval(sum(r["right"] for r in own), len(own)))
    for name, key in (("confidence", lambda r: "%.1f" % (math.floor(r["confidence"] * 10) / 10)),
                      ("polarity", lambda r: r["polarity"]), ("modality", lambda r: r["modality"]),
                      ("folder", lambda r: os.path.dirname(r["document"])), ("rule", lambda r: r["rule"])):
        groups = collections.defaultdict(list)
        for r in judged:
            groups[key(r)].append(r["right"])
        print(name)
        for value, rights in sorted(groups.items()):
            print(f"  {value:40} {interval(sum(rights), len(rights))}")
    causes = collections.Counter(r["cause"] for r in judged if not r["right"])
    print("causes", ", ".join(f"{c or '?'} {n}" for c, n in causes.most_common()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("draw")
    one.add_argument("graph"), one.add_argument("count", type=int), one.add_argument("seed", type=int)
    one.add_argument("out"), one.add_argument("--parts", type=int, default=1)
    one.add_argument("--whom", default="whom"), one.add_argument("--min", type=float, default=0.0)
    one.set_defaults(run=draw)
    two = commands.add_parser("score")
    two.add_argument("out")
    two.set_defaults(run=score)
    a = parser.parse_args()
    a.run(a)


main()
