"""Scores a system's CoNLL-U against the gold.

    python evaluate.py [--held] GOLD.conllu SYSTEM.conllu   gold tokens, or raw text: found by itself
    python evaluate.py [--held] GOLD.tsv SYSTEM.conllu      names only (three columns, BIO)
    python evaluate.py --raw-text [--joined] GOLD.conllu    the gold's documents as raw text for `whom parse`, JSON lines

With --held, only the documents of uner-ewt-dev (and so of ewt-dev) that no training has seen.

Same words in the same sentences: UPOS, XPOS, features, lemma, UAS, LAS in per cent of the words (root and
punctuation count, subtypes count), names and mention types if the gold has them. Otherwise both sides are joined
to one text without blanks, and tokens, sentences and words are aligned by character offsets, as conll18_ud_eval
does (words of a multiword token by their forms): F1 of tokens and sentences; UPOS ... LAS as F1 over aligned words.

With --raw-text, paragraphs are parted by empty lines; with --joined a document is one line."""
import json
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
    """Spans of tokens as written (a multiword range counts as one), of sentences, and the words, over the
    characters that are not blank; and these characters."""
    tokens, words, sentences, text = set(), [], set(), []
    at, first, base, until, inside = 0, 0, 0, 0, 0
    for line in open(path, encoding="utf-8"):
        c = line.rstrip("\n").split("\t")
        if len(c) < 10:
            if not line.strip() and at > first:
                sentences.add((first, at))
                first, base, until = at, len(words), 0
            continue
        if "." in c[0]:
            continue
        many = "-" in c[0]
        if many or int(c[0]) > until:
            form = "".join(x for x in c[1] if not x.isspace())
            span = at, at + len(form)
            text.append(form)
            tokens.add(span)
            at = span[1]
            until = int(c[0].split("-")[1]) if many else int(c[0])
        if many:
            inside = until
            continue
        words.append(dict(at=span, many=int(c[0]) <= inside, lemma=c[2], upos=c[3], xpos=c[4], feats=c[5], rel=c[7],
                          form=c[1].lower(), head=base + int(c[6]) - 1 if c[6] not in ("0", "_") else -1))
        if int(c[0]) == until:
            inside = 0
    if at > first:
        sentences.add((first, at))
    return tokens, sentences, words, "".join(text)


def align(gold, system):
    """Pairs of indices of the same word on both sides, as in conll18_ud_eval: by their span; where either side has
    a multiword token, the longest common subsequence of the forms in the stretch it takes."""
    links, g, s = {}, 0, 0
    while g < len(gold) and s < len(system):
        x, y = gold[g], system[s]
        if (x["many"] and x["at"][0] <= y["at"][0] < x["at"][1] or y["many"] and y["at"][0] <= x["at"][0] < y["at"][1]
                or x["many"] and x["at"] == y["at"]):
            end = x["at"][1] if x["many"] else y["at"][1]
            a, b = g, s
            while g < len(gold) and gold[g]["at"][0] < end or s < len(system) and system[s]["at"][0] < end:
                if g < len(gold) and (s >= len(system) or gold[g]["at"][0] <= system[s]["at"][0]):
                    word, g = gold[g], g + 1
                else:
                    word, s = system[s], s + 1
                if word["many"]:
                    end = max(end, word["at"][1])
            links.update({a + i: b + j for i, j in common([w["form"] for w in gold[a:g]], [w["form"] for w in system[b:s]])})
        elif x["at"] == y["at"]:
            links[g] = s
            g, s = g + 1, s + 1
        elif x["at"][0] <= y["at"][0]:
            g += 1
        else:
            s += 1
    return links


def common(a, b):
    """The pairs of a longest common subsequence."""
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            best[i][j] = best[i + 1][j + 1] + 1 if a[i] == b[j] else max(best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1


def raw(gold, system):
    """Scores after alignment by characters."""
    (gt, gsent, gw, text), (st, ssent, sw, other) = surface(gold), surface(system)
    if text != other:
        at = next((i for i, (x, y) in enumerate(zip(text, other)) if x != y), min(len(text), len(other)))
        sys.exit(f"the two texts differ: {text[at:at + 30]!r} in the gold is {other[at:at + 30]!r} in the system's")
    links = align(gw, sw)
    n, m = len(gw), len(sw)
    out = {"tokens": f1(len(gt & st), len(gt), len(st)), "sentences": f1(len(gsent & ssent), len(gsent), len(ssent)),
           "words": f1(len(links), n, m)}
    for k in COLUMNS:
        out[k] = f1(sum(gw[i][k] == sw[j][k] for i, j in links.items()), n, m)
    hits = [(gw[i], sw[j]) for i, j in links.items() if gw[i]["head"] == sw[j]["head"] == -1
            or gw[i]["head"] >= 0 and links.get(gw[i]["head"], -2) == sw[j]["head"]]
    out["uas"] = f1(len(hits), n, m)
    out["las"] = f1(sum(x["rel"] == y["rel"] for x, y in hits), n, m)
    out["las without subtypes"] = f1(sum(x["rel"].split(":")[0] == y["rel"].split(":")[0] for x, y in hits), n, m)
    return out


def raw_texts(gold, joined):
    """The raw text of each document: the `# text` of its sentences; a blank between two sentences unless the last
    token says SpaceAfter=No; an empty line between paragraphs (`# newpar`), or, if `joined`, a blank there too. A
    document without `# newpar` is one paragraph."""
    documents, gap, fresh, until = [[]], "", False, 0
    for line in open(gold, encoding="utf-8"):
        if line.startswith("# newdoc"):
            documents.append([])
        elif line.startswith("# newpar"):
            fresh = True
        elif line.startswith("# text = "):
            if documents[-1]:
                documents[-1].append("\n\n" if fresh and not joined else gap or " " * fresh)
            documents[-1].append(line[9:].rstrip("\n"))
            fresh = False
        elif line[:1].isdigit():
            c = line.rstrip("\n").split("\t")
            if "-" in c[0]:
                until, gap = int(c[0].split("-")[1]), " " * ("SpaceAfter=No" not in c[9])
            elif "." not in c[0] and int(c[0]) > until:
                gap = " " * ("SpaceAfter=No" not in c[9])
        elif not line.strip():
            until = 0
    return ["".join(parts) + "\n" for parts in documents if parts]


def main():
    flags = {x for x in sys.argv[1:] if x.startswith("--")}
    paths = [x for x in sys.argv[1:] if x not in flags]
    held = "--held" in flags
    if "--raw-text" in flags and len(paths) == 1:
        for text in raw_texts(paths[0], "--joined" in flags):
            print(json.dumps({"text": text}))
        return
    if len(paths) != 2 or flags - {"--held"}:
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
