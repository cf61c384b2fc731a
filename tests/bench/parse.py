#!/usr/bin/env python3
"""Times whom's reading beside onnxruntime: the same weights, the same sentences, one run.

    python -m pip install onnx onnxruntime numpy safetensors
    WHOM_TEXT=news.txt python tests/bench/parse.py [--threads 1] [--runs 5]

The network for onnxruntime is made from english/model.safetensors (english/training/onnx_files.py): once with eight-bit
products, the fastest that onnxruntime has, once in floats. It must decide as english/check.json says. onnxruntime runs
the network alone, its optimiser on, on sentences already cut into pieces, in batches of like length of the best of a
few sizes; whom reads the same sentences, cut into words and sorted in the same way, up to tags, trees, lemmas and
mentions, and beside that everything from text to CoNLL-U. whom's side is the program of parse.rs, which waits for its
turns. All take turns, and the least time of each counts: whatever else a shared machine does only adds. Seconds are the
processor's, so that a busy machine shows less; with --clock they are the clock's."""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = ROOT / "english"
sys.path.insert(0, str(ENGLISH / "training"))

import numpy as np
import onnxruntime

import data
import onnx_files
from tree import decode

SIZES = (128, 256, 512)        # padded pieces in a batch of onnxruntime


def batch(sentences):
    def pad(rows):
        longest = max(map(len, rows))
        return np.array([r + [0] * (longest - len(r)) for r in rows], dtype=np.int64)
    ids, shapes, first, last = (pad(column) for column in zip(*sentences))
    mask, word_mask = (pad([[1] * len(s[i]) for s in sentences]) for i in (0, 2))
    return {"ids": ids, "shp": shapes, "mask": mask, "first": first, "last": last, "wmask": word_mask}


def session(path, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def check(path):
    """How many decisions are those of check.json, of how many; all its sentences are one batch."""
    labels, sentences = (json.loads((ENGLISH / f"{n}.json").read_text(encoding="utf-8")) for n in ("labels", "check"))
    run = session(path, 1)
    names = [o.name for o in run.get_outputs()]
    found = dict(zip(names, run.run(None, batch([[s[k] for k in ("ids", "shapes", "first", "last")] for s in sentences]))))
    hits = []
    for at, s in enumerate(sentences):
        count = len(s["tokens"])
        hits += [h == e for h, e in zip(decode(found["arc"][at, :count + 1, :count + 1])[1:], s["head"])]
        for key in ("upos", "xpos", "feats", "etype", "rel"):
            hits += [labels[key][i] == e for i, e in zip(found[key][at, 1:count + 1], s[key])]
    return sum(hits), len(hits)


class Whom:
    """The program of parse.rs."""

    def __init__(self, program, tokens):
        command = [program] if program else ["cargo", "bench", "-q", "--bench", "parse", "--"]
        self.child = subprocess.Popen([*command, "--turns", tokens], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      text=True)
        self.child.stdout.readline()

    def turn(self, what, threads, clock):
        self.child.stdin.write(f"{what} {threads}\n")
        self.child.stdin.flush()
        return float(self.child.stdout.readline().split()[clock])


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--whom", help="the program of parse.rs if it is built already; else cargo builds it")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--runs", type=int, default=5)
    a.add_argument("--clock", action="store_true")
    a = a.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        onnx_files.write(ENGLISH, tmp)
        for name in ("int8", "float"):
            same, count = check(f"{tmp}/{name}.onnx")
            print(f"onnxruntime {name}: {same} of {count} decisions as in check.json")
            if same < count * .97:
                sys.exit("that is another network")
        whom = Whom(a.whom, f"{tmp}/tokens.txt")
        pieces = data.Pieces(str(ENGLISH / "vocabulary.txt"))
        sentences = [pieces.sentence(line.split()) for line in open(f"{tmp}/tokens.txt", encoding="utf-8")]
        words = sum(len(s[2]) - 1 for s in sentences)
        print(f"{words} words, {len(sentences)} sentences, {sum(len(s[0]) for s in sentences)} pieces; "
              f"{a.threads} threads; load {os.getloadavg()[0]:.1f}")
        now = time.perf_counter if a.clock else time.process_time

        def runtime(name, size):
            run = session(f"{tmp}/{name}.onnx", a.threads)
            parts = [batch([sentences[i] for i in group]) for group in data.batches([len(s[0]) for s in sentences], size)]

            def turn():
                began = now()
                for part in parts:
                    run.run(None, part)
                return now() - began
            return turn

        engines = {"whom, sentences": lambda: whom.turn("sentences", a.threads, a.clock),
                   "whom, everything": lambda: whom.turn("everything", a.threads, a.clock)}
        engines.update({f"onnxruntime {name} {size}": runtime(name, size) for name in ("int8", "float") for size in SIZES})
        turns = [[turn() for turn in engines.values()] for _ in range(a.runs)]
        whom.child.communicate()
    least = dict(zip(engines, map(min, zip(*turns))))
    best = min(seconds for name, seconds in least.items() if name.startswith("onnxruntime"))
    for name, seconds in least.items():
        print(f"{name:24} {seconds:8.2f} s {words / seconds:8.0f} words/s {seconds / best:6.2f} x onnxruntime's best time")


if __name__ == "__main__":
    main()
