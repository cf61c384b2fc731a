"""Trains the reader; writes a checkpoint every --save steps and after each pass, and resumes from it.

    python train.py --data TREEBANKS --corpus news.jsonl.gz --minilm FOLDER --work FOLDER
"""
import argparse, collections, contextlib, json, os, random, time, unicodedata
import torch
import torch.nn.functional as F

import data, standoff
from evaluate import Score
from model import Reader
from tree import decode

WEIGHT = {"upos": .6, "xpos": .4, "feats": .4, "lemma": .5, "ner": 1.5, "etype": .7}
MEASURED = ("ewt-dev", "gum-dev", "gum-news-dev")


def latin(piece):
    """Word pieces worth keeping: no letters of other scripts, no unused ones."""
    return not piece.startswith("[unused") and all(
        not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in piece)


def vocabulary(minilm, work):
    """vocabulary.txt in the work folder; returns the rows of MiniLM's embedding that it keeps."""
    full = open(f"{minilm}/vocab.txt", encoding="utf-8").read().split("\n")
    rows = [i for i, p in enumerate(full) if p and latin(p)]
    with open(f"{work}/vocabulary.txt", "w", encoding="utf-8") as f:
        f.write("".join(full[i] + "\n" for i in rows))
    return rows


def pad(rows, value=0):
    longest = max(map(len, rows))
    return torch.tensor([r + [value] * (longest - len(r)) for r in rows])


def tensors(batch):
    return (pad([e["ids"] for e in batch]), pad([e["shp"] for e in batch]), pad([[1] * len(e["ids"]) for e in batch]),
            pad([e["first"] for e in batch]), pad([e["last"] for e in batch]), pad([[1] * len(e["first"]) for e in batch]))


def loss_of(net, batch, pieces):
    t = list(tensors(batch))
    special = (t[0] == pieces.cls) | (t[0] == pieces.sep)
    t[0] = torch.where((torch.rand(t[0].shape) < .06) & (t[2] > 0) & ~special, pieces.mask, t[0])
    arc, dep, head, tags = net(*t)
    heads = pad([e["head"] for e in batch], data.IGNORE)

    def ce(scores, gold):
        if not (gold >= 0).any():
            return scores.sum() * 0
        return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=data.IGNORE)

    at = heads.clamp(min=0)[:, :, None].expand(-1, -1, head.shape[-1])
    part = {"arc": ce(arc, heads),
            "rel": ce(net.labels(dep, torch.gather(head, 1, at)), pad([e["rel"] for e in batch], data.IGNORE))}
    for k, w in WEIGHT.items():
        part[k] = w * ce(tags[k], pad([e[k] for e in batch], data.IGNORE))
    return sum(part.values()), {k: float(v.detach()) for k, v in part.items()}


@torch.no_grad()
def predict(net, sentences, encode, labels, size=2500):
    """Sets the system's columns of each sentence (`head`, `rel`, `upos` ... as `sys` dictionary)."""
    net.eval()
    coded = [encode({"form": s["form"]}) for s in sentences]
    out = [None] * len(sentences)
    for group in data.batches([len(e["ids"]) for e in coded], size):
        arc, dep, head, tags = net(*tensors([coded[i] for i in group]))
        heads = [decode(arc[j, :len(coded[i]["first"]), :len(coded[i]["first"])].numpy()) for j, i in enumerate(group)]
        at = pad([list(h) for h in heads])[:, :, None].expand(-1, -1, head.shape[-1])
        rel = net.labels(dep, torch.gather(head, 1, at)).argmax(-1)
        best = {k: v.argmax(-1).tolist() for k, v in tags.items()}
        for j, i in enumerate(group):
            n = len(coded[i]["first"])
            s = {k: [labels[k][x] for x in best[k][j][1:n]] for k in best}
            s["head"], s["rel"] = [int(x) for x in heads[j][1:]], [labels["rel"][x] for x in rel[j, 1:n].tolist()]
            s["lemma"] = [data.apply_rule(f, r) for f, r in zip(sentences[i]["form"], s["lemma"])]
            out[i] = s
    net.train()
    return out


@torch.no_grad()
def silver_names(net, sentences, encode, labels, size=2500):
    """Sets the names of treebanks that have none to what the model itself is sure of, None elsewhere."""
    net.eval()
    coded = [encode({"form": s["form"]}) for s in sentences]
    for group in data.batches([len(e["ids"]) for e in coded], size):
        sure, best = net(*tensors([coded[i] for i in group]))[3]["ner"].softmax(-1).max(-1)
        for j, i in enumerate(group):
            n = len(sentences[i]["form"])
            p, tags = sure[j, 1:n + 1].tolist(), [labels["ner"][x] for x in best[j, 1:n + 1].tolist()]
            ner = ["O" if t == "O" and q > .95 else None for t, q in zip(tags, p)]
            for a, b, kind in data.spans(tags):
                if min(p[a:b]) > .85 and tags[a][0] == "B":
                    ner[a:b] = tags[a:b]
            sentences[i]["ner"] = ner
    net.train()


def measured(folder, corpus):
    """The development sets; the held third of UNER's names stands on its own."""
    sets = {n: data.read_conllu(f"{folder}/{n}.conllu") for n in MEASURED}
    for n in MEASURED[1:]:
        for s in sets[n]:
            s["ner"], s["etype"] = data.gum_names(s), data.gum_etypes(s)
    sets["uner-held"] = [s for s in data.read_names(f"{folder}/ner/uner-ewt-dev.tsv") if data.held_document(s["doc"])]
    for s in sets["uner-held"]:
        s.pop("etype")
    sets["news-held"] = list(standoff.news(f"{data.ANNOTATED}/news-held.tsv", corpus))
    for s in sets["news-held"]:     # its mentions are not annotated
        s.pop("etype")
    return sets


def save(path, state):
    torch.save(state, path + ".part")
    os.replace(path + ".part", path)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True)
    a.add_argument("--corpus", required=True, help="news.jsonl.gz, whose sentences annotated/news.tsv names")
    a.add_argument("--minilm", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--passes", type=int, default=7)
    a.add_argument("--size", type=int, default=1600, help="padded pieces in a batch")
    a.add_argument("--rate", type=float, default=3e-4)
    a.add_argument("--head-rate", type=float, default=2e-3)
    a.add_argument("--save", type=int, default=250)
    a.add_argument("--stop", type=int, default=0, help="stop after so many steps (for measuring)")
    a.add_argument("--silver", type=int, default=2, help="after so many passes the model names the unnamed treebanks")
    a.add_argument("--begin", default="", help="a checkpoint whose averaged weights to begin from")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--measure", type=int, default=0, help="measure after every so many passes, not the last alone")
    a = a.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    os.makedirs(a.work, exist_ok=True)

    rows = vocabulary(a.minilm, a.work)
    pieces = data.Pieces(f"{a.work}/vocabulary.txt")
    train = data.training_set(a.data, a.corpus)
    labels = data.labels(train)
    encode = data.Encoder(pieces, labels)
    train = [s for s in train if len(pieces.sentence(s["form"])[0]) <= 200]
    lengths = [len(pieces.sentence(s["form"])[0]) for s in train]
    json.dump(labels, open(f"{a.work}/labels.json", "w"), ensure_ascii=False)
    dev = measured(a.data, a.corpus)

    net = Reader(len(rows), {k: len(v) for k, v in labels.items()})
    net.encoder.load_minilm(f"{a.minilm}/model.safetensors", rows)
    if a.begin:
        begin = torch.load(a.begin, weights_only=True)
        assert begin["labels"] == labels, "other labels than the weights to begin from"
        net.load_state_dict(begin["average"])
    net.encoder.word.weight.requires_grad_(False)
    named = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    slow = [p for n, p in named if n.startswith("encoder.") and ".shape." not in n]
    fast = [p for n, p in named if not n.startswith("encoder.") or ".shape." in n]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": a.rate}, {"params": fast, "lr": a.head_rate}],
                                  weight_decay=.01, betas=(.9, .98), fused=True)
    per_pass = len(data.batches(lengths, a.size))
    total = per_pass * a.passes
    warm = total * .06
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min((i + 1) / warm, max(.01, (total - i) / (total - warm))))
    weights = [p.data for _, p in named]
    average = [w.clone() for w in weights]
    step = 0
    checkpoint = f"{a.work}/checkpoint.pt"
    if os.path.exists(checkpoint):
        c = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(c["net"])
        optimizer.load_state_dict(c["optimizer"])
        schedule.load_state_dict(c["schedule"])
        for x, (n, _) in zip(average, named):
            x.copy_(c["average"][n])
        step = c["step"]
    print("labels", {k: len(v) for k, v in labels.items()}, "sentences", len(train), "pieces", sum(lengths),
          "steps", per_pass, "x", a.passes, "from", step, flush=True)

    def averaged():
        state = dict(net.state_dict())
        state.update({n: x.clone() for x, (n, _) in zip(average, named)})
        return state

    @contextlib.contextmanager
    def averaged_weights():
        mine = [w.clone() for w in weights]
        for w, x in zip(weights, average):
            w.copy_(x)
        yield
        for w, x in zip(weights, mine):
            w.copy_(x)

    def write():
        save(checkpoint, dict(net=net.state_dict(), average=averaged(), optimizer=optimizer.state_dict(),
                              schedule=schedule.state_dict(), step=step, labels=labels))

    net.train()
    named_at = 0
    while step < total:
        passed = step // per_pass
        if passed >= a.silver and named_at != (passed - a.silver) // 3 + 1:
            # again every third pass; a run that was stopped in between names with what it has
            named_at = (passed - a.silver) // 3 + 1
            with averaged_weights():
                silver_names(net, [s for s in train if s.get("unnamed")], encode, labels)
            print("silver names", collections.Counter(
                t for s in train if s.get("unnamed") for t in s["ner"]).most_common(), flush=True)
        rng = random.Random(1000 + passed)
        now = [encode(data.noisy(s, rng)) for s in train]
        groups = data.batches([len(e["ids"]) for e in now], a.size, rng)[:per_pass]
        began, cpu, losses, done = time.time(), time.process_time(), collections.Counter(), 0
        for group in groups[step % per_pass:]:
            loss, part = loss_of(net, [now[i] for i in group], pieces)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for _, p in named], 2.0)
            optimizer.step()
            schedule.step()
            step, done = step + 1, done + 1
            torch._foreach_lerp_(average, weights, 1 - min(.998, (1 + step) / (10 + step)))
            losses.update(part)
            if step % 50 == 0:
                print(f"pass {passed} step {step} wall {time.time() - began:.0f} cpu {time.process_time() - cpu:.0f}",
                      {k: round(v / done, 3) for k, v in losses.items()}, flush=True)
            if step % a.save == 0:
                write()
            if step == a.stop:
                return
        step = max(step, (passed + 1) * per_pass)       # noise may leave a batch fewer
        write()
        if step < total and not (a.measure and (passed + 1) % a.measure == 0):
            continue
        with averaged_weights():
            for name, sentences in dev.items():
                t = time.time()
                print(f"pass {passed}", name, Score(sentences, predict(net, sentences, encode, labels)),
                      f"{time.time() - t:.0f} s", flush=True)


if __name__ == "__main__":
    main()
