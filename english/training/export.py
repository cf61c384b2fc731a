"""Writes what the Rust side reads, from a checkpoint's averaged weights.

    python export.py WORK OUT [--float MODEL.onnx]

WORK is the folder of train.py. OUT gets model.onnx (int8), labels.onnx, labels.json, vocabulary.txt, check.json.
--float keeps the model before its weights became int8, to compare with."""
import argparse, json, os, shutil, tempfile

import onnx
import torch
import torch.nn as nn
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

import data
from model import Reader
from predict import OUTPUTS, Model, tensors

INPUTS = ["ids", "shp", "mask", "first", "last", "wmask"]
CHECK = [
    "Free Syrian Army fighters backed by Turkey captured the village of Dabiq on Sunday .",
    "Maria Öztürk , who 's been chief executive of Anadolu Steel since 2019 , did n't deny that the company had been "
    "sold to a Chinese rival for $ 3.5 million .",
    "why does NASA want McDonald's to send e-mails ?",
    "The report – written by two Lebanese journalists and published in As - Safir – says thousands of families were "
    "driven from their homes , but nobody has been charged .",
    "Fire !",
]


class Exported(nn.Module):
    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def forward(self, ids, shp, mask, first, last, wmask):
        arc, dep, head, t = self.reader(ids, shp, mask, first, last, wmask)
        n = torch.arange(arc.shape[1])
        arc = arc - (n[:, None] == n[None, :]).to(arc.dtype) * 1e4
        return (arc, dep, head, t["upos"].argmax(-1), t["xpos"].argmax(-1), t["feats"].argmax(-1),
                t["lemma"].topk(5, -1).indices, t["ner"], t["etype"])


class Labels(nn.Module):
    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def forward(self, dep, head):
        return self.reader.labels(dep, head)


def write(module, args, path, inputs, outputs, axes):
    torch.onnx.export(module, args, path, input_names=inputs, output_names=outputs, dynamic_axes=axes,
                      opset_version=17, dynamo=False, do_constant_folding=True)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("work")
    a.add_argument("out")
    a.add_argument("--float", default="")
    a = a.parse_args()
    torch.set_num_threads(1)
    os.makedirs(a.out, exist_ok=True)
    pieces = data.Pieces(f"{a.work}/vocabulary.txt")
    saved = torch.load(f"{a.work}/checkpoint.pt", weights_only=True)
    labels = saved["labels"]
    reader = Reader(len(pieces.list), {k: len(v) for k, v in labels.items()})
    reader.load_state_dict(saved["average"])
    reader.eval()
    for layer in reader.encoder.layers:
        layer.for_export()

    with tempfile.TemporaryDirectory(dir=a.out) as tmp:
        coded = [pieces.sentence(s.split()) for s in CHECK]
        args = tuple(torch.from_numpy(tensors(coded)[k]) for k in INPUTS)
        axes = {n: {0: "b", 1: "t" if i < 3 else "w"} for i, n in enumerate(INPUTS)}
        axes.update({o: {0: "b", 1: "w"} for o in OUTPUTS})
        axes["arc"][2] = "w"
        write(Exported(reader), args, f"{tmp}/float.onnx", INPUTS, OUTPUTS, axes)
        write(Labels(reader), (torch.randn(3, 192), torch.randn(3, 192)), f"{tmp}/labels.onnx", ["dep", "head"], ["rel"],
              {"dep": {0: "n"}, "head": {0: "n"}, "rel": {0: "n"}})
        quant_pre_process(f"{tmp}/float.onnx", f"{tmp}/ready.onnx", skip_symbolic_shape=True)
        quantize_dynamic(f"{tmp}/ready.onnx", f"{tmp}/model.onnx", weight_type=QuantType.QInt8, per_channel=True,
                         op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True})
        model = onnx.load(f"{tmp}/model.onnx")
        del model.opset_import[:]
        model.opset_import.append(onnx.helper.make_opsetid("", 17))     # the tools list domains that are not used
        model.ir_version = 8
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, f"{tmp}/model.onnx")
        shapes = {"classes": data.SHAPES, "input": "the word as written; all its pieces have its class; [CLS], [SEP]: 0",
                  "order": ["any digit: 6 if all are digits, else 7", "no letter: 1", "no capital: 2",
                            "no small letter: 3, or 4 if there is one letter only",
                            "first character a capital: 5, or 8 if another capital follows", "else: 9"]}
        with open(f"{tmp}/labels.json", "w", encoding="utf-8") as f:
            json.dump(dict(labels, shapes=shapes, max_pieces=data.MAX_PIECES, max_length=512, fold=data.FOLD), f,
                      ensure_ascii=False, indent=0)
            f.write("\n")
        shutil.copy(f"{a.work}/vocabulary.txt", f"{tmp}/vocabulary.txt")
        if a.float:
            shutil.copy(f"{tmp}/float.onnx", a.float)
        if os.path.exists(f"{a.out}/words.txt"):
            shutil.copy(f"{a.out}/words.txt", f"{tmp}/words.txt")
        with open(f"{tmp}/check.json", "w", encoding="utf-8") as f:
            json.dump(check(Model(tmp), coded), f, ensure_ascii=False)
            f.write("\n")
        for name in ("model.onnx", "labels.onnx", "labels.json", "vocabulary.txt", "check.json"):
            os.replace(f"{tmp}/{name}", f"{a.out}/{name}")
            print(name, os.path.getsize(f"{a.out}/{name}"))


def check(model, coded):
    """What the sentences of CHECK must become, step by step, with the model as it lies there."""
    words = [s.split() for s in CHECK]
    t = tensors(coded)
    r = dict(zip(OUTPUTS, model.main.run(OUTPUTS, t)))
    read = model.read(words)
    out = []
    for i, forms in enumerate(words):
        n = len(forms) + 1
        s = read[i]
        out.append(dict(
            tokens=forms, pieces=[model.pieces.list[x] for x in coded[i][0]],
            head=s["head"], rel=s["rel"], upos=s["upos"], xpos=s["xpos"], feats=s["feats"],
            lemma_rules=s["rules"], lemma=s["lemma"], ner=s["ner"], etype=s["etype"],
            arc_best=[round(float(x), 3) for x in r["arc"][i, 1:n, :n].max(-1)]))
    return {"inputs": {k: v.tolist() for k, v in t.items()}, "sentences": out}


if __name__ == "__main__":
    main()
