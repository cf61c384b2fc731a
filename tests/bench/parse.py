#!/usr/bin/env python3
"""Times whom's reading beside onnxruntime: the same weights, the same sentences, one run.

    WHOM_TEXT=news.txt cargo bench --bench parse -- --tokens tokens.txt
    python english/training/export.py WORK english --onnx ONNX
    python tests/bench/parse.py tokens.txt ONNX --whom target/release/whom --text news.txt

Needs onnxruntime and numpy. onnxruntime runs the network alone, on sentences already cut into pieces, in batches of
sentences of like length, its optimiser on; whom does everything from text to CoNLL-U. They take turns, and the least
time of each counts: whatever else a shared machine does only adds. Seconds are the processor's, so that a busy machine
shows less; with --clock they are the clock's."""
import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "english" / "training"))

import numpy as np
import onnxruntime

import data


def pad(rows):
    longest = max(map(len, rows))
    return np.array([r + [0] * (longest - len(r)) for r in rows], dtype=np.int64)


def batches(sentences, size):
    out = []
    for group in data.batches([len(c[0]) for c in sentences], size):
        g = [sentences[i] for i in group]
        out.append({"ids": pad([c[0] for c in g]), "shp": pad([c[1] for c in g]),
                    "mask": pad([[1] * len(c[0]) for c in g]), "first": pad([c[2] for c in g]),
                    "last": pad([c[3] for c in g]), "wmask": pad([[1] * len(c[2]) for c in g])})
    return out


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("tokens")
    a.add_argument("onnx")
    a.add_argument("--whom", default=str(ROOT / "target/release/whom"))
    a.add_argument("--text", required=True)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--runs", type=int, default=3)
    a.add_argument("--size", type=int, default=1600, help="padded pieces in a batch of onnxruntime")
    a.add_argument("--clock", action="store_true")
    a = a.parse_args()
    pieces = data.Pieces(str(ROOT / "english/vocabulary.txt"))
    sentences = [pieces.sentence(line.split()) for line in open(a.tokens, encoding="utf-8")]
    words = sum(len(s[2]) - 1 for s in sentences)
    parts = batches(sentences, a.size)
    print(f"{words} words, {len(sentences)} sentences, {sum(len(s[0]) for s in sentences)} pieces; {a.threads} threads; "
          f"load {os.getloadavg()[0]:.1f}")

    def runtime(name):
        o = onnxruntime.SessionOptions()
        o.intra_op_num_threads = a.threads
        o.add_session_config_entry("session.intra_op.allow_spinning", "0")
        s = onnxruntime.InferenceSession(f"{a.onnx}/{name}.onnx", o, providers=["CPUExecutionProvider"])

        def run():
            began = time.perf_counter() if a.clock else time.process_time()
            for part in parts:
                s.run(None, part)
            return (time.perf_counter() if a.clock else time.process_time()) - began
        return run

    def whom():
        began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([a.whom, "parse", a.text, "--format", "conllu"], stdout=subprocess.DEVNULL, check=True,
                       env=dict(os.environ, RAYON_NUM_THREADS=str(a.threads)))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (time.perf_counter() - began if a.clock
                else after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    engines = {"whom, everything": whom, "onnxruntime int8": runtime("int8"), "onnxruntime float": runtime("float")}
    least = {name: min(times) for name, times in
             zip(engines, zip(*[[run() for run in engines.values()] for _ in range(a.runs)]))}
    own = least["whom, everything"]
    for name, seconds in least.items():
        print(f"{name:20} {seconds:8.2f} s  {words / seconds:8.0f} words/s  {seconds / own:5.2f} x whom's time")


if __name__ == "__main__":
    main()
