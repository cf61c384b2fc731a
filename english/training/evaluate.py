"""Scores a system's CoNLL-U against the gold.

    python evaluate.py [--held] GOLD.conllu SYSTEM.conllu   gold tokens, or raw text: found by itself
    python evaluate.py [--held] GOLD.tsv SYSTEM.conllu      names only (three columns, BIO)

With --held, only the documents of uner-ewt-dev (and so of ewt-dev) that no training has seen.

Same words in the same sentences: UPOS, XPOS, features, lemma, UAS, LAS in per cent of the words (root and
punctuation count, subtypes count), names and mention types if the gold has them. Otherwise both sides are joined
to one text without blanks, and tokens, sentences and words are aligned by character offsets, as in CoNLL 2018
(words of a multiword token by their forms): F1 of tokens and sentences; UPOS ... LAS as F1 over aligned words."""
import sys
from collections import Counter

import data

COLUMNS = ("upos", "xpos", "feats", "lemma")


class Score(dict):
    """Figures for gold sentences and system columns with the same words."""

    def __init__(self, gold, system):
        c = Counter()
        kinds = ("Person", "Organization", "Place")
        for g, s in zip(gold, system):
            if "head" in g:
                n = len(g["form"])
                c["n"] += n
                for k in COLUMNS:
                    c[k] += sum(x == y or k == "lemma" and x == "_" for x, y in zip(g[k], s[k]))
                for i in range(n):
                    hit = g["head"][i] == s["head"][i]
                    c["uas"] += hit
                    c["las"] += hit and g["rel"][i] == s["rel"][i]
                    c["las without subtypes"] += hit and g["rel"][i].split(":")[0] == s["rel"][i].split(":")[0]
            if "ner" in g:
                gs, ss = set(data.spans(g["ner"])), set(data.spans(s["ner"]))
                ss = {x for x in ss if x in gs or None not in g["ner"][x[0]:x[1]]}
                for k in kinds:
                    a, b = {x for x in gs if x[2] == k}, {x for x in ss if x[2] == k}
                    c.update({k + "+": len(a & b), k + "g": len(a), k + "s": len(b)})
            if "etype" in g:
                for x, y in zip(g["etype"], s["etype"]):
                    c.update({"e+": x != "O" and x == y, "eg": x != "O", "es": y != "O"})
        for k in COLUMNS + ("uas", "las", "las without subtypes"):
            if c["n"]:
                self[k] = round(100 * c[k] / c["n"], 2)
        for k in kinds:
            c.update({f"names{x}": c[k + x] for x in "+gs"})
        if c["namesg"]:
            for k in ("names",) + kinds:
                self[k] = f1(c[k + "+"], c[k + "g"], c[k + "s"])
        if c["eg"]:
            self["types"] = f1(c["e+"], c["eg"], c["es"])


def f1(hits, gold, system):
    return round(200 * hits / max(1, gold + system), 2)


def system_tags(s):
    """The names and types of a system's MISC column."""
    ner, etype = [], []
    for m in s["misc"]:
        f = dict(x.split("=", 1) for x in m.split("|") if "=" in x)
        ner.append(f.get("NER", "O"))
        etype.append(f["EntityType"].lower() if "EntityType" in f else "O")
    return ner, etype


def read(path):
    if path.endswith(".tsv"):
        out = data.read_names(path)
        for s in out:
            s.pop("etype")
        return out
    out = data.read_conllu(path)
    typed = any(s["ents"] for s in out)
    for s in out:
        if typed:
            s["ner"], s["etype"] = data.gum_names(s), data.gum_etypes(s)
    return out


def surface(path):
    """Tokens as written (multiword ranges count as one) and words, with character offsets without blanks."""
    tokens, words, sentences = set(), [], set()
    at = 0
    base, first, until = 0, 0, 0
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if len(c) < 10:
            if not line.strip() and at > first:
                sentences.add((first, at))
                first, base = at, len(words)
                until = 0
            continue
        if "." in c[0]:
            continue
        if "-" in c[0]:
            a, b = map(int, c[0].split("-"))
            end = at + len(c[1].replace(" ", ""))
            tokens.add((at, end))
            until, span = b, (at, end)
            at = end
            continue
        i = int(c[0])
        if i <= until:
            where = span + (i,)
        else:
            end = at + len(c[1].replace(" ", ""))
            tokens.add((at, end))
            where = (at, end, 0)
            at = end
        words.append(dict(at=where, lemma=c[2], upos=c[3], xpos=c[4], feats=c[5], rel=c[7], form=c[1].lower(),
                          head=base + int(c[6]) - 1 if c[6] not in ("0", "_") else -1))
    if at > first:
        sentences.add((first, at))
    return tokens, sentences, words


def raw(gold, system):
    """Scores after alignment by characters."""
    (gt, gsent, gw), (st, ssent, sw) = surface(gold), surface(system)
    out = {"tokens": f1(len(gt & st), len(gt), len(st)), "sentences": f1(len(gsent & ssent), len(gsent), len(ssent))}
    if max(e for _, e in gt) != max(e for _, e in st):
        print("the two texts differ in length:", max(e for _, e in gt), max(e for _, e in st), file=sys.stderr)
    link, used, start = {}, set(), 0
    for i, w in enumerate(gw):
        a, b, inside = w["at"]
        while start < len(sw) and sw[start]["at"][1] <= a:
            start += 1
        for j in range(start, len(sw)):
            c, d, within = sw[j]["at"]
            if c >= b:
                break
            same = (a, b) == (c, d) and not inside and not within
            part = (inside and a <= c and d <= b or within and c <= a and b <= d) and w["form"] == sw[j]["form"]
            if (same or part) and j not in used:
                link[i] = j
                used.add(j)
                break
    n, m = len(gw), len(sw)
    out["words"] = f1(len(link), n, m)
    back = {j: i for i, j in link.items()}
    for k in COLUMNS:
        out[k] = f1(sum(gw[i][k] == sw[j][k] for i, j in link.items()), n, m)
    hit = {i: (gw[i]["head"] == -1 and sw[j]["head"] == -1) or (sw[j]["head"] >= 0 and back.get(sw[j]["head"]) == gw[i]["head"]
               and gw[i]["head"] >= 0) for i, j in link.items()}
    out["uas"] = f1(sum(hit.values()), n, m)
    out["las"] = f1(sum(h and gw[i]["rel"] == sw[link[i]]["rel"] for i, h in hit.items()), n, m)
    return out


def main():
    held = "--held" in sys.argv
    paths = [x for x in sys.argv[1:] if x != "--held"]
    if len(paths) != 2:
        sys.exit(__doc__)
    gold, system = map(read, paths)
    if len(gold) == len(system) and all(len(g["form"]) == len(s["form"]) for g, s in zip(gold, system)):
        for s in system:
            s["ner"], s["etype"] = system_tags(s)
        if held:
            gold, system = zip(*((g, s) for g, s in zip(gold, system) if data.held_document(g["doc"])))
        print("gold tokens:", dict(Score(gold, system)))
    elif not paths[0].endswith(".tsv"):
        print("raw text:", raw(*paths))
    else:
        sys.exit("the sentences differ")


if __name__ == "__main__":
    main()
