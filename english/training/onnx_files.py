"""The network as ONNX files, to time onnxruntime beside whom; nothing of this is shipped.

`export.py WORK OUT --onnx FOLDER` writes float.onnx and int8.onnx (weights as whole numbers with a scale an output,
activations as eight bits by the range of the batch: what onnxruntime calls dynamic quantisation)."""
import tempfile

import onnx
import torch
import torch.nn as nn
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from model import Reader

INPUTS = ["ids", "shp", "mask", "first", "last", "wmask"]
OUTPUTS = ["arc", "dep", "head", "upos", "xpos", "feats", "lemma", "ner", "etype"]


class Exported(nn.Module):
    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def forward(self, ids, shp, mask, first, last, wmask):
        arc, dep, head, t = self.reader(ids, shp, mask, first, last, wmask)
        return (arc, dep, head, t["upos"].argmax(-1), t["xpos"].argmax(-1), t["feats"].argmax(-1),
                t["lemma"].topk(5, -1).indices, t["ner"], t["etype"])


def write(weights, labels, pieces, folder):
    """pieces: how many there are."""
    reader = Reader(pieces, {k: len(v) for k, v in labels.items()})
    reader.load_state_dict(weights)
    reader.eval()
    axes = {n: {0: "b", 1: "t" if i < 3 else "w"} for i, n in enumerate(INPUTS)}
    axes.update({o: {0: "b", 1: "w"} for o in OUTPUTS})
    axes["arc"][2] = "w"
    args = tuple(torch.ones(2, n, dtype=torch.int64) for n in (9, 9, 9, 5, 5, 5))
    torch.onnx.export(Exported(reader), args, f"{folder}/float.onnx", input_names=INPUTS, output_names=OUTPUTS,
                      dynamic_axes=axes, opset_version=17, dynamo=False, do_constant_folding=True)
    with tempfile.TemporaryDirectory(dir=folder) as tmp:
        quant_pre_process(f"{folder}/float.onnx", f"{tmp}/ready.onnx", skip_symbolic_shape=True)
        quantize_dynamic(f"{tmp}/ready.onnx", f"{folder}/int8.onnx", weight_type=QuantType.QInt8, per_channel=True,
                         op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True})
    for name in ("float", "int8"):
        onnx.checker.check_model(onnx.load(f"{folder}/{name}.onnx"), full_check=True)
