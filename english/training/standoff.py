"""The sentences annotated for this project: names, and the types of mentions at their heads.

`annotated/own.tsv` holds sentences that were written for it. `annotated/news.tsv` stands off from a
collection of news text that is not distributed here (GMB's words, JSON lines of `id` and `text`):

    document  offset  lengths  names  heads

offset: of the first character in the document's text. lengths: of the tokens in characters, joined by `_` where
there is a blank between two and by `.` where there is none. names: `first-last:type` and heads: `word:type`, words
counted from 0; `?` for a type is left out of the loss. own.tsv has the tokens in place of the first three."""
import gzip, json, os, re

LETTERS = dict(P="Person", O="Organization", L="Place")
TYPES = dict(p="person", o="organization", l="place", e="event", t="time", j="object", s="substance", n="animal",
             v="plant", a="abstract")
# what is surely no mention's head when it is not named as one
PLAIN = set("""the a an of in on at to from by for with into over under after before since during between against about
and or but nor that which who whom whose where when while if because as than is are was were be been being am has have
had having do does did will would can could may might must shall should not n't n’t 's ' , . ; : ! ? ( ) " -- - ` '' ``
more most very also only just still already said says say told tells""".split())


def tokens(text, offset, lengths):
    out, at = [], offset
    for n, joint in re.findall(r"(\d+)([_.]?)", lengths):
        out.append(text[at:at + int(n)])
        at += int(n)
        if joint == "_":
            while text[at:at + 1].isspace():
                at += 1
    return out


def sentence(forms, names, heads):
    ner = ["O"] * len(forms)
    for x in filter(None, names.split()):
        at, letter = x.split(":")
        a, b = map(int, at.split("-"))
        kind = LETTERS.get(letter)
        ner[a:b + 1] = ["B-" + kind] + ["I-" + kind] * (b - a) if kind else [None] * (b + 1 - a)
    etype = ["O" if f.lower() in PLAIN else None for f in forms]
    for x in filter(None, heads.split()):
        at, letter = x.split(":")
        etype[int(at)] = TYPES[letter]
    return dict(form=forms, ner=ner, etype=etype, flat=True)


def own(path):
    for line in open(path, encoding="utf-8"):
        words, names, heads = line.rstrip("\n").split("\t")
        yield sentence(words.split(" "), names, heads)


def news(path, corpus):
    texts = {d["id"]: d["text"] for d in map(json.loads, gzip.open(corpus, "rt", encoding="utf-8"))}
    for line in open(path, encoding="utf-8"):
        doc, offset, lengths, names, heads = line.rstrip("\n").split("\t")
        yield dict(sentence(tokens(texts[doc], int(offset), lengths), names, heads), doc=doc)
