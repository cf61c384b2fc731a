"""Runs the exported model (onnxruntime) over the gold words of a CoNLL-U or names file and writes CoNLL-U.

    python predict.py MODEL_FOLDER INPUT [OUTPUT.conllu]

MODEL_FOLDER holds model.onnx, labels.onnx, labels.json, vocabulary.txt and perhaps words.txt.
Also prints how many words a second were read, on one thread."""
import json, os, sys, time

import numpy as np
import onnxruntime

import data
from tree import decode

OUTPUTS = ["arc", "dep", "head", "upos", "xpos", "feats", "lemma", "ner", "etype"]


def session(path):
    o = onnxruntime.SessionOptions()
    o.intra_op_num_threads = 1
    # What the optimiser fuses is rounded otherwise; without it the scores are those of rten, to the last digits.
    o.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(path, o, providers=["CPUExecutionProvider"])


def pad(rows, value=0):
    longest = max(map(len, rows))
    return np.array([r + [value] * (longest - len(r)) for r in rows], dtype=np.int64)


def tensors(coded):
    """The six inputs for sentences already cut into pieces."""
    return {"ids": pad([c[0] for c in coded]), "shp": pad([c[1] for c in coded]),
            "mask": pad([[1] * len(c[0]) for c in coded]), "first": pad([c[2] for c in coded]),
            "last": pad([c[3] for c in coded]), "wmask": pad([[1] * len(c[2]) for c in coded])}


def best_names(scores):
    """The best sequence in which no I follows anything but its own B or I."""
    n, k = scores.shape
    allowed = np.array([[0.0 if data.NER[j][0] != "I" or data.NER[i][2:] == data.NER[j][2:] else -1e9
                         for j in range(k)] for i in range(k)])
    total = scores[0] + np.array([0.0 if t[0] != "I" else -1e9 for t in data.NER])
    back = []
    for row in scores[1:]:
        step = total[:, None] + allowed
        back.append(step.argmax(0))
        total = step.max(0) + row
    path = [int(total.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return [data.NER[i] for i in reversed(path)]


def word_list(path):
    """words.txt by word class: the known lemmas, and the lemmas of irregular forms."""
    known, irregular = {}, {}
    if os.path.exists(path):
        for line in open(path, encoding="utf-8"):
            classes, word, *lemma = line.split()
            for c in classes:
                if lemma:
                    irregular.setdefault(c, {}).setdefault(word, set()).add(lemma[0])
                else:
                    known.setdefault(c, set()).add(word)
    return known, irregular


CLASS = {"NOUN": "n", "VERB": "v", "ADJ": "a", "ADV": "r"}


def choose_lemma(form, upos, rules, words):
    """The first rule's lemma; but where that is no known word of its class, the next that is one,
    or the one lemma of an irregular form."""
    known, irregular = (x.get(CLASS.get(upos)) for x in words)
    first = data.apply_rule(form, rules[0])
    if known is None or first in known or not first.isalpha() or not first.islower():
        return first
    listed = irregular.get(form.lower(), ())
    if len(listed) == 1:
        return next(iter(listed))
    for rule in rules[1:3]:
        lemma = data.apply_rule(form, rule)
        if lemma in known and rule.split("|")[1] != "A":
            return lemma
    return first


class Model:
    def __init__(self, folder, model="model.onnx", words=True):
        self.main, self.rel = session(f"{folder}/{model}"), session(f"{folder}/labels.onnx")
        self.labels = json.load(open(f"{folder}/labels.json", encoding="utf-8"))
        self.pieces = data.Pieces(f"{folder}/vocabulary.txt")
        self.words = word_list(f"{folder}/words.txt") if words else ({}, {})

    def read(self, sentences, size=1600):
        """Columns for each list of forms: head, rel, upos, xpos, feats, lemma, ner, etype."""
        coded = [self.pieces.sentence(f) for f in sentences]
        out = [None] * len(coded)
        for group in data.batches([len(c[0]) for c in coded], size):
            r = dict(zip(OUTPUTS, self.main.run(OUTPUTS, tensors([coded[i] for i in group]))))
            heads = [decode(r["arc"][j][:len(coded[i][2]), :len(coded[i][2])]) for j, i in enumerate(group)]
            dep = np.concatenate([r["dep"][j, 1:len(h)] for j, h in enumerate(heads)])
            head = np.concatenate([r["head"][j][h[1:]] for j, h in enumerate(heads)])
            rel = self.rel.run(["rel"], {"dep": dep, "head": head})[0].argmax(-1)
            at = 0
            for j, i in enumerate(group):
                n, forms = len(heads[j]), sentences[i]
                s = {k: [self.labels[k][x] for x in r[k][j, 1:n]] for k in ("upos", "xpos", "feats")}
                s["head"] = [int(h) for h in heads[j][1:]]
                s["rel"] = [self.labels["rel"][x] for x in rel[at:at + n - 1]]
                at += n - 1
                s["rules"] = [[self.labels["lemma"][x] for x in row] for row in r["lemma"][j, 1:n]]
                s["lemma"] = [choose_lemma(f, u, k, self.words) for f, u, k in zip(forms, s["upos"], s["rules"])]
                s["ner"] = best_names(r["ner"][j, 1:n])
                s["etype"] = [self.labels["etype"][x] for x in r["etype"][j, 1:n].argmax(-1)]
                out[i] = s
        return out


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sentences = data.read_names(sys.argv[2]) if sys.argv[2].endswith(".tsv") else data.read_conllu(sys.argv[2])
    model = Model(sys.argv[1])
    began = time.process_time()
    system = model.read([s["form"] for s in sentences])
    took = time.process_time() - began
    words = sum(len(s["form"]) for s in sentences)
    print(f"{words} words, {words / took:.0f} a CPU-second", file=sys.stderr)
    with open(sys.argv[3] if len(sys.argv) > 3 else os.devnull, "w", encoding="utf-8") as f:
        for s, r in zip(sentences, system):
            for i, form in enumerate(s["form"]):
                misc = "|".join(x for x in ("EntityType=" + r["etype"][i] if r["etype"][i] != "O" else "",
                                            "NER=" + r["ner"][i] if r["ner"][i] != "O" else "") if x)
                print(i + 1, form, r["lemma"][i], r["upos"][i], r["xpos"][i], r["feats"][i], r["head"][i], r["rel"][i],
                      "_", misc or "_", sep="\t", file=f)
            print(file=f)


if __name__ == "__main__":
    main()
