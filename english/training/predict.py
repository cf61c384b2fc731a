"""Runs the exported model over the gold words of a CoNLL-U or names file and writes CoNLL-U.

    python predict.py MODEL_FOLDER INPUT [OUTPUT.conllu]

MODEL_FOLDER holds model.safetensors, labels.json, vocabulary.txt and perhaps words.txt. The arithmetic is that of
quantized.py, so `whom parse --tokens` decides alike but for the last digits of sums; it is many times faster."""
import json, os, sys

import numpy as np

import data
from quantized import Network
from tree import decode


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
    def __init__(self, folder):
        self.network = Network(f"{folder}/model.safetensors")
        self.labels = json.load(open(f"{folder}/labels.json", encoding="utf-8"))
        self.pieces = data.Pieces(f"{folder}/vocabulary.txt")
        self.words = word_list(f"{folder}/words.txt")

    def read(self, forms):
        """Columns for a list of forms: head, rel, upos, xpos, feats, rules, lemma, ner, etype; and the arcs' scores."""
        heads, scores = self.network.read(self.pieces.sentence(forms), decode)
        n, label = len(heads), lambda k, best: [self.labels[k][x] for x in best]
        s = {k: label(k, scores[k][1:n].argmax(-1)) for k in ("upos", "xpos", "feats", "etype")}
        # Only the root is called so.
        scores["rel"][:, self.labels["rel"].index("root")] = -np.inf
        s["head"] = [int(h) for h in heads[1:]]
        s["rel"] = ["root" if h == 0 else r for h, r in zip(s["head"], label("rel", scores["rel"][1:n].argmax(-1)))]
        s["rules"] = [label("lemma", row) for row in scores["lemma"][1:n].topk(5, -1).indices]
        s["lemma"] = [choose_lemma(f, u, k, self.words) for f, u, k in zip(forms, s["upos"], s["rules"])]
        s["ner"] = best_names(scores["ner"][1:n].numpy())
        s["arc_best"] = [round(float(x), 3) for x in scores["arc"][1:n].amax(-1)]
        return s


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sentences = data.read_names(sys.argv[2]) if sys.argv[2].endswith(".tsv") else data.read_conllu(sys.argv[2])
    model = Model(sys.argv[1])
    with open(sys.argv[3] if len(sys.argv) > 3 else os.devnull, "w", encoding="utf-8") as f:
        for s in sentences:
            r = model.read(s["form"])
            for i, form in enumerate(s["form"]):
                misc = "|".join(x for x in ("EntityType=" + r["etype"][i] if r["etype"][i] != "O" else "",
                                            "NER=" + r["ner"][i] if r["ner"][i] != "O" else "") if x)
                print(i + 1, form, r["lemma"][i], r["upos"][i], r["xpos"][i], r["feats"][i], r["head"][i], r["rel"][i],
                      "_", misc or "_", sep="\t", file=f)
            print(file=f)


if __name__ == "__main__":
    main()
