"""Writes what the Rust side reads, from a checkpoint's averaged weights.

    python export.py WORK OUT

WORK is the folder of train.py, with checkpoint.pt and vocabulary.txt. OUT gets model.safetensors (eight-bit weights),
labels.json, vocabulary.txt, check.json; words.txt, if it lies in OUT, decides the lemmas of check.json."""
import argparse, json, os, shutil, tempfile

import torch
from safetensors.numpy import save_file

import data
from predict import Model
from quantized import tensors

CHECK = [
    "Free Syrian Army fighters backed by Turkey captured the village of Dabiq on Sunday .",
    "Maria Öztürk , who 's been chief executive of Anadolu Steel since 2019 , did n't deny that the company had been "
    "sold to a Chinese rival for $ 3.5 million .",
    "why does NASA want McDonald's to send e-mails ?",
    "The report – written by two Lebanese journalists and published in As - Safir – says thousands of families were "
    "driven from their homes , but nobody has been charged .",
    "Fire !",
]


FILES = ("model.safetensors", "labels.json", "vocabulary.txt", "check.json")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("work")
    a.add_argument("out")
    a = a.parse_args()
    torch.set_num_threads(1)
    os.makedirs(a.out, exist_ok=True)
    saved = torch.load(f"{a.work}/checkpoint.pt", weights_only=True)
    with tempfile.TemporaryDirectory(dir=a.out) as tmp:
        save_file(tensors(saved["average"]), f"{tmp}/model.safetensors")
        shapes = {"classes": data.SHAPES, "input": "the word as written; all its pieces have its class; [CLS], [SEP]: 0",
                  "order": ["any digit: 6 if all are digits, else 7", "no letter: 1", "no capital: 2",
                            "no small letter: 3, or 4 if there is one letter only",
                            "first character a capital: 5, or 8 if another capital follows", "else: 9"]}
        with open(f"{tmp}/labels.json", "w", encoding="utf-8") as f:
            json.dump(dict(saved["labels"], shapes=shapes, max_pieces=data.MAX_PIECES, max_length=512, fold=data.FOLD), f,
                      ensure_ascii=False, indent=0)
            f.write("\n")
        shutil.copy(f"{a.work}/vocabulary.txt", f"{tmp}/vocabulary.txt")
        if os.path.exists(f"{a.out}/words.txt"):
            shutil.copy(f"{a.out}/words.txt", f"{tmp}/words.txt")
        with open(f"{tmp}/check.json", "w", encoding="utf-8") as f:
            json.dump(check(Model(tmp)), f, ensure_ascii=False, indent=0)
            f.write("\n")
        for name in FILES:
            os.chmod(f"{tmp}/{name}", 0o644)
            os.replace(f"{tmp}/{name}", f"{a.out}/{name}")
            print(name, os.path.getsize(f"{a.out}/{name}"))


def check(model):
    """What the sentences of CHECK must become, step by step, with the model as it lies there."""
    out = []
    for forms in (s.split() for s in CHECK):
        ids, shapes, first, last = model.pieces.sentence(forms)
        out.append(dict(tokens=forms, ids=ids, shapes=shapes, first=first, last=last, **model.read(forms)))
    return out


if __name__ == "__main__":
    main()
