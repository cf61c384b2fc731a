"""Reading of the training data, and the one definition of everything the Rust side must repeat:
word pieces, shape classes, lemma edit rules. See README.md for the formats."""
import json, os, random, re, unicodedata
from collections import Counter

import names, standoff

NER = ["O"] + [f"{b}-{t}" for t in ("Person", "Organization", "Place") for b in "BI"]
ETYPE = ["O", "abstract", "animal", "event", "object", "organization", "person", "place", "plant",
         "substance", "time"]
SHAPES = ["special token", "no letter, no digit", "lower case", "capitals", "one capital letter",
          "Capitalised", "digits only", "digits and others", "first letter capital, mixed after",
          "mixed, first letter not capital"]
MAX_PIECES = 12          # a word is cut after so many pieces
IGNORE = -100


# ---------------------------------------------------------------- words to pieces

def fold_table():
    """Latin letters with marks, and what is left of them: lower case, no marks."""
    table = {}
    for lo, hi in ((0x41, 0x250), (0x1E00, 0x1F00)):
        for code in range(lo, hi):
            c = chr(code)
            plain = "".join(x for x in unicodedata.normalize("NFD", c.lower())
                            if unicodedata.category(x) != "Mn")
            if plain != c and c.isalpha():
                table[c] = plain
    return table


FOLD = fold_table()


def fold(word):
    out = []
    for c in word:
        if c in FOLD:
            out.append(FOLD[c])
        elif "\u0300" <= c <= "\u036f":
            continue
        else:
            out.append(c.lower())
    return "".join(out)


class Pieces:
    """Greedy longest-match WordPiece over a folded word; every character that is neither letter
    nor digit stands alone."""

    def __init__(self, path):
        self.list = open(path, encoding="utf-8").read().split("\n")
        if self.list[-1] == "":
            self.list.pop()
        self.id = {p: i for i, p in enumerate(self.list)}
        self.cls, self.sep, self.unk, self.mask = (self.id[x] for x in ("[CLS]", "[SEP]", "[UNK]", "[MASK]"))
        self.cache = {}

    def word(self, word):
        ids = self.cache.get(word)
        if ids is None:
            ids = []
            for run in re.findall(r"[^\W_]+|[\W_]", fold(word)):
                if not run.isspace():
                    ids += self.run(run)
            ids = self.cache[word] = (ids or [self.unk])[:MAX_PIECES]
        return ids

    def run(self, run):
        out, start = [], 0
        while start < len(run):
            for end in range(len(run), start, -1):
                i = self.id.get(("##" if start else "") + run[start:end])
                if i is not None:
                    break
            else:
                return [self.unk]
            out.append(i)
            start = end
        return out

    def sentence(self, forms):
        """ids and shapes of the pieces; first and last piece of each word, word 0 being the root."""
        ids, shp, first, last = [self.cls], [0], [0], [0]
        for form in forms:
            p, s = self.word(form), shape(form)
            first.append(len(ids))
            ids += p
            last.append(len(ids) - 1)
            shp += [s] * len(p)
        return ids + [self.sep], shp + [0], first, last


def shape(word):
    letters = [c for c in word if c.isalpha()]
    if any(c.isdigit() for c in word):
        return 6 if all(c.isdigit() for c in word) else 7
    if not letters:
        return 1
    if not any(c.isupper() for c in letters):
        return 2
    if not any(c.islower() for c in letters):
        return 3 if len(letters) > 1 else 4
    if word[0].isupper():
        return 8 if any(c.isupper() for c in word[1:]) else 5
    return 9


# ---------------------------------------------------------------- lemma edit rules

def lemma_rule(form, lemma):
    """`case|cut|ending`: take `cut` characters off the end, add the ending, then L: lower case,
    K: as it stands, T: Capitalised, U: capitals. `cut` A: the ending is the whole lemma."""
    f, l = form.lower(), lemma.lower()
    keep = 0
    while keep < min(len(f), len(l)) and f[keep] == l[keep]:
        keep += 1
    cut, ending = len(form) - keep, lemma[keep:]
    if len(f) != len(form) or keep == 0 or cut > 6:
        return f"K|A|{lemma}"
    for case in "LKTU":
        rule = f"{case}|{cut}|{ending.lower() if case != 'K' else ending}"
        if apply_rule(form, rule) == lemma:
            return rule
    return f"K|A|{lemma}"


def apply_rule(form, rule):
    case, cut, ending = rule.split("|", 2)
    base = ending if cut == "A" else form[:len(form) - int(cut)] + ending
    if case == "L":
        return base.lower()
    if case == "U":
        return base.upper()
    if case == "T":
        return base[:1].upper() + base[1:].lower()
    return base


# ---------------------------------------------------------------- CoNLL-U

def read_conllu(path):
    """Sentences as dictionaries of columns; multiword ranges and empty nodes left out.
    Of the comments only `newdoc id`, `sent_id` and `text` are read."""
    out, s = [], None
    doc = ""
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            doc = line[14:]
        elif line.startswith("#"):
            s = s or new_sentence(doc)
            if line.startswith("# sent_id = "):
                s["id"] = line[12:]
            elif line.startswith("# text = "):
                s["text"] = line[9:]
        elif not line:
            if s and s["form"]:
                s["ents"] = entities(s["misc"])
                out.append(s)
            s = None
        else:
            s = s or new_sentence(doc)
            c = line.split("\t")
            if not c[0].isdigit():
                continue
            for key, value in zip(("form", "lemma", "upos", "xpos", "feats"), c[1:6]):
                s[key].append(value)
            s["head"].append(int(c[6]) if c[6].isdigit() else 0)
            s["rel"].append(c[7])
            s["misc"].append(c[9])
    if s and s["form"]:
        s["ents"] = entities(s["misc"])
        out.append(s)
    for s in out:
        s["doc"] = s["doc"] or s["id"]
    return out


def new_sentence(doc):
    return dict(doc=doc, id="", text="", form=[], lemma=[], upos=[], xpos=[], feats=[], head=[], rel=[], misc=[])


def entities(misc):
    """GUM's mentions: (first word, last word, type, minspan positions in the sentence)."""
    out, open_ = [], []
    for i, m in enumerate(misc):
        for field in m.split("|"):
            if not field.startswith("Entity="):
                continue
            for part in re.findall(r"\([^()]+\)?|[^()]+\)", field[7:]):
                if part.startswith("("):
                    f = part[1:].rstrip(")").split("-", 7)
                    open_.append((f[0], i, f[1], f[5] if len(f) > 5 else ""))
                if part.endswith(")"):
                    group = part.rstrip(")").lstrip("(").split("-")[0]
                    for k in range(len(open_) - 1, -1, -1):
                        if open_[k][0] == group:
                            _, a, etype, span = open_.pop(k)
                            out.append((a, i, etype, [a + int(x) - 1 for x in span.split(",") if x.isdigit()]))
                            break
    return out


def gum_etypes(s):
    """The type of each mention at its head: the word whose own head lies outside the mention, of several the first
    that is among the words of the minspan. (The minspan alone will not do: of "the New Zealand government" it is
    "Zealand government", and "Zealand" hangs on "New".)"""
    out = ["O"] * len(s["form"])
    for a, b, etype, span in s["ents"]:
        tops = [k for k in range(a, b + 1) if not a <= s["head"][k] - 1 <= b]
        head = next((k for k in tops if k in span), tops[0] if tops else None)
        if head is not None and etype in ETYPE:
            out[head] = etype
    return out


TITLES = set("""mr mrs ms miss dr prof professor president vice senator sen representative rep congressman congresswoman
sir lord lady dame king queen prince princess emperor pope cardinal bishop archbishop saint st father brother sister rabbi
imam sheikh ayatollah general gen major maj colonel col lieutenant lt captain capt sergeant sgt admiral commander judge
justice chief attorney solicitor secretary deputy minister prime premier chancellor governor mayor ambassador chairman
chairwoman director emeritus undersecretary presidents earl duke count baron counsel manager international reverend rev uncle aunt grandma grandpa mom dad mum coach officer detective speaker leader
madam madame monsieur doctor the chair assistant associate former late""".split())


def gum_names(s):
    """Flat names from GUM's mentions: the run of NNP words around a mention's head, without titles.
    None where it is unclear: peoples, and the proper names of other things."""
    kinds = {"person": "Person", "place": "Place", "organization": "Organization"}
    n, form, upos = len(s["form"]), s["form"], s["upos"]
    out, proper = ["O"] * n, [x in ("NNP", "NNPS") for x in s["xpos"]]
    for a, b, etype, span in sorted(s["ents"], key=lambda e: e[0] - e[1]):
        top = [k for k in range(a, b + 1) if not a <= s["head"][k] - 1 <= b]
        if not top or not proper[top[0]] or etype == "time":
            continue
        i = j = top[0]
        while i > a and (proper[i - 1] or i - 2 >= a and form[i - 1] in ("-", "'", "&") and proper[i - 2]):
            i -= 1
        while j < b and (proper[j + 1] or j + 2 <= b and form[j + 1] in ("-", "'", "&") and proper[j + 2]):
            j += 1
        if etype in ("organization", "place"):      # University of Kent, Bosnia and Herzegovina
            m = j + 1
            while m < b and form[m].lower() in ("of", "and", "for", "the"):
                m += 1
            if m > j + 1 and m <= b and proper[m] and m in span:
                while m < b and proper[m + 1]:
                    m += 1
                j = m
        unclear = etype not in kinds
        if etype == "person":
            unclear = any(s["xpos"][k] == "NNPS" for k in range(i, j + 1)) or upos[top[0]] == "ADJ"
            while i <= j and form[i].lower().rstrip(".") in TITLES:
                i += 1
        if j < i or any(t != "O" for t in out[i:j + 1]):
            continue
        if unclear:
            out[i:j + 1] = [None] * (j + 1 - i)
        else:
            out[i:j + 1] = ["B-" + kinds[etype]] + ["I-" + kinds[etype]] * (j - i)
    return out


def plain_words(s):
    """`O` for the words of a treebank without names that can be no part of one, None for the others;
    see also `silver_names` of train.py."""
    proper = [x in ("NNP", "NNPS", "ADD", "GW", "FW") for x in s["xpos"]]
    near = lambda i: any(proper[max(0, i - 1):i + 2]) or not s["form"][i].islower() and s["form"][i].isalpha() and i
    return [None if near(i) else "O" for i in range(len(proper))]


# Its text is of the Santa Barbara Corpus, whose licence allows no derivatives.
LEFT_OUT = {"GUM_court_carpet"}


def trees(path):
    out = [s for s in read_conllu(path) if s["doc"] not in LEFT_OUT]
    gum = os.path.basename(path).startswith("gum")
    for s in out:
        if gum:
            s["ner"], s["etype"] = gum_names(s), gum_etypes(s)
            for i, form in enumerate(s["form"]):      # "United" of a name: as EWT has it
                if form == "United" and s["xpos"][i] == "NNP":
                    s["upos"][i], s["lemma"][i], s["feats"][i] = "ADJ", "United", "Degree=Pos"
        else:
            s["ner"], s["unnamed"] = plain_words(s), True
        s["lrule"] = [lemma_rule(f, l) for f, l in zip(s["form"], s["lemma"])]
    return out


# ---------------------------------------------------------------- names

COARSE = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}
# own types of CrossNER whose tokens are left out of the loss: others call some of them names
UNSURE = {"academicjournal", "magazine", "conference", "award", "astronomicalobject", "misc"}
RE3D = {"Organisation": "organization", "Location": "place", "Person": "person", "Weapon": "object",
        "MilitaryPlatform": "object", "Temporal": "time"}


PREFIX = set("""a af anti ante bi co counter cross de e ex extra hyper inter intra mid mini multi non over
post pre pro proto pseudo re semi sub super trans ultra un uni vice""".split())


def split_hyphens(token):
    """Hyphens as the treebanks have them: words of their own between letters, but not after a prefix."""
    if not re.fullmatch(r"[^\W_]+(-[^\W_]+)+", token) or token.split("-")[0].lower() in PREFIX:
        return [token]
    return re.split("(-)", token)


def span_head(forms):
    """The likely head of a noun phrase: the word before the first preposition or comma."""
    for i, w in enumerate(forms):
        if i and w.lower() in {"of", "in", "for", "who", "that", "which", ",", "from", "at", "and", "(", "with", "on",
                               "to", "near", "between", "'s", "by", "including"}:
            return i - 1
    return len(forms) - 1


def name_head(forms, kind):
    """The head of a name: of a person's the first word (`flat`), else as of a noun phrase."""
    return 0 if kind.lower() == "person" else span_head(forms)


def read_names(path):
    """NER files: sentences with `ner` (None: not in the loss) and `etype` at likely heads."""
    mentions = os.path.basename(path).startswith("re3d")       # mentions, not names
    split = not os.path.basename(path).startswith("uner")      # UNER has the treebank's tokens
    out, doc, rows = [], "", []

    def flush():
        if not rows:
            return
        forms = [r[0] for r in rows]
        ner, etype = [], [None] * len(rows)
        for _, coarse, own in rows:
            kind = COARSE.get(coarse[2:])
            if mentions:
                ner.append(None)
            elif kind:
                ner.append(f"{coarse[0]}-{kind}")
            else:
                ner.append(None if own[2:] in UNSURE else "O")
        own = [r[2] for r in rows]
        for a, b, kind in spans(own):
            kind = RE3D.get(kind) if mentions else (COARSE.get(rows[a][1][2:], "") or None)
            if kind and not (mentions and kind == "person" and b - a > 1):
                etype[a + name_head(forms[a:b], kind)] = kind.lower()
        out.append(dict(doc=doc, form=forms, ner=ner, etype=etype, flat=not mentions))
        rows.clear()

    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if "\t" in line:
            token, coarse, own = line.split("\t")
            for i, part in enumerate(split_hyphens(token) if split else [token]):
                inner = "I" if i else None
                rows.append((part, *(inner + t[1:] if inner and t != "O" else t for t in (coarse, own))))
        elif line.startswith("# newdoc id = "):
            doc = line[14:]
        elif not line:
            flush()
    flush()
    return out


def spans(tags):
    """(first, end, type) of BIO tags; an I without its B begins a span."""
    out, start, kind = [], None, None
    for i, t in enumerate(list(tags) + ["O"]):
        t = t or "O"
        if kind and (t[0] != "I" or t[2:] != kind):
            out.append((start, i, kind))
            kind = None
        if t[0] == "B" or t[0] == "I" and not kind:
            start, kind = i, t[2:]
    return out


def held_document(doc):
    """A third of UNER's EWT dev documents, never trained on, to measure names with."""
    return sum(doc.encode()) % 3 == 0


NAME_SETS = ["wikigold", "crossner-politics", "crossner-science", "crossner-literature",
             "crossner-music", "crossner-ai", "re3d-dev", "uner-ewt-dev"]


ANNOTATED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "annotated")


def training_set(folder, corpus):
    """All sentences to train on; folder: the treebanks, corpus: the file that annotated/news.tsv stands off from."""
    out = []
    for name in ("ewt-train", "gum-train", "pud-wiki"):
        out += trees(f"{folder}/{name}.conllu")
    for name in NAME_SETS:
        for s in read_names(f"{folder}/ner/{name}.tsv"):
            if name != "uner-ewt-dev" or not held_document(s["doc"]):
                out.append(s)
    out += standoff.own(f"{ANNOTATED}/own.tsv")
    out += standoff.news(f"{ANNOTATED}/news.tsv", corpus)
    return out


# ---------------------------------------------------------------- noise

def other_names(s, rng):
    """A copy of the sentence with some of its names exchanged for invented ones of other origins.
    In a sentence with a tree the number of words stays."""
    tree = "head" in s
    found = spans(s["ner"])
    if not found:
        return s
    s = dict(s)
    cols = {k: list(s[k]) for k in ("form", "ner", "etype", "lrule") if k in s}
    for a, b, kind in reversed(found):
        if rng.random() < 0.5 or s["form"][a] != s["form"][a].title():
            continue
        if tree:
            if kind == "Organization" or any(x != "PROPN" for x in s["upos"][a:b]):
                continue
            new = names.of_length(kind, b - a, rng)
            if not new:
                continue
            cols["form"][a:b] = new
            cols["lrule"][a:b] = ["K|0|"] * (b - a)
            continue
        team = kind == "Organization" and names.is_place(" ".join(s["form"][a:b]))
        new = names.any_name("Place" if team else kind, rng)     # a team bears a place's name
        cols["form"][a:b] = new
        cols["ner"][a:b] = ["B-" + kind] + ["I-" + kind] * (len(new) - 1)
        types = [None] * len(new)
        types[name_head(new, kind)] = kind.lower()
        cols["etype"][a:b] = types
    s.update(cols)
    return s


def with_dateline(s, rng):
    """BEIRUT (AP) - before a sentence that is only there for its names."""
    place = names.of_length("Place", 1, rng) or ["Beirut"]
    word = place[0].upper() if rng.random() < 0.7 else place[0]
    agency = [["(", rng.choice(["Reuters", "AP", "AFP", "Xinhua", "SANA"]), ")"], [], []][rng.randrange(3)]
    lead = [word] + agency + [rng.choice(["-", "–", "—", ":"])]
    tags = ["B-Place"] + ["B-Organization" if x.isalpha() else "O" for x in agency] + ["O"]
    return dict(s, form=lead + s["form"], ner=tags + s["ner"], etype=[None] * len(lead) + s["etype"])


def noisy(s, rng):
    if "ner" in s and rng.random() < 0.3:
        s = other_names(s, rng)
    if s.get("flat") and rng.random() < 0.05:
        s = with_dateline(s, rng)
    r = rng.random()
    if r < 0.05:                                    # all small
        s = dict(s, form=[w.lower() for w in s["form"]], lrule=None)
    elif r < 0.08:                                  # a headline
        s = dict(s, form=[w.upper() for w in s["form"]], lrule=None)
    return s


# ---------------------------------------------------------------- labels and batches

def labels(train):
    def listed(key, least=1):
        c = Counter(t for s in train if s.get(key) and "head" in s for t in s[key])
        return [k for k, n in sorted(c.items(), key=lambda x: (-x[1], x[0])) if n >= least]
    return dict(upos=listed("upos"), xpos=listed("xpos"), feats=listed("feats", 2), lemma=listed("lrule", 3),
                rel=listed("rel"), ner=NER, etype=ETYPE)


class Encoder:
    """Sentences to lists of numbers."""

    def __init__(self, pieces, labels):
        self.pieces = pieces
        self.index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}

    def __call__(self, s):
        e = dict(zip(("ids", "shp", "first", "last"), self.pieces.sentence(s["form"])))
        n = len(s["form"])
        for key, index in self.index.items():
            column = s.get("lrule" if key == "lemma" else key)
            e[key] = [IGNORE] + ([index.get(x, IGNORE) for x in column] if column else [IGNORE] * n)
        e["head"] = [IGNORE] + (s["head"] if "head" in s else [IGNORE] * n)
        return e


def batches(lengths, size, rng=None):
    """Groups of indices of like length, of at most `size` padded pieces; shuffled if rng is given."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + (rng.random() * 3 if rng else 0))
    out, now, longest = [], [], 0
    for i in order:
        if now and (len(now) + 1) * max(longest, lengths[i]) > size:
            out.append(now)
            now, longest = [], 0
        now.append(i)
        longest = max(longest, lengths[i])
    out.append(now)
    if rng:
        rng.shuffle(out)
    return out
