"""The eight-bit network: how weights become whole numbers, and the arithmetic that `src/text/model` does with them.

A linear layer holds whole numbers from -127 to 127 with one scale an output; an embedding has one scale a row.
What goes into a layer is made whole numbers from 0 to 127 row by row, from the row's own least and greatest number:
    step = (greatest - least) / 127      q = round((x - least) / step)
    y = (q . weight) * step * scale + least * scale * sum(weight) + bias
so what else is in the batch cannot matter. Here for checking, not for speed."""
import math

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import load_file

LEVELS = 127
WORDS = ["arc_dep", "arc_head", "lab_dep", "lab_head", "upos", "xpos", "feats", "lemma", "ner", "etype"]


def whole(weight):
    """Whole numbers and one scale for each row of a matrix."""
    scale = weight.abs().amax(1).clamp(min=1e-12) / 127
    return torch.round(weight / scale[:, None]).to(torch.int8), scale


def tensors(weights):
    """Everything the Rust side reads, by name, from the weights of `model.Reader`."""
    out = {}

    def linear(name, weight, bias):
        whole_weight, scale = whole(weight)
        out[f"{name}.weight"], out[f"{name}.scale"] = whole_weight, scale
        out[f"{name}.bias"] = torch.zeros(len(weight)) if bias is None else bias

    def norm(name, of):
        out[f"{name}.weight"], out[f"{name}.bias"] = weights[f"{of}.weight"], weights[f"{of}.bias"]

    out["word.weight"], out["word.scale"] = whole(weights["encoder.word.weight"])
    out["position"], out["shape"] = weights["encoder.position.weight"], weights["encoder.shape.weight"]
    norm("norm", "encoder.norm")
    layers = 1 + max(int(k.split(".")[2]) for k in weights if k.startswith("encoder.layers."))
    for i in range(layers):
        at, name = f"encoder.layers.{i}", f"layers.{i}"
        weight, bias = weights[f"{at}.qkv.weight"].clone(), weights[f"{at}.qkv.bias"].clone()
        d = len(weight) // 3
        # the scale of attention, so that nobody has to multiply by it later
        weight[:d] /= math.sqrt(HEAD)
        bias[:d] /= math.sqrt(HEAD)
        linear(f"{name}.qkv", weight, bias)
        for part in ("out", "up", "down"):
            linear(f"{name}.{part}", weights[f"{at}.{part}.weight"], weights[f"{at}.{part}.bias"])
        norm(f"{name}.norm1", f"{at}.norm1")
        norm(f"{name}.norm2", f"{at}.norm2")
    for name in WORDS:
        at = name if name[:4] in ("arc_", "lab_") else f"tags.{name}"
        linear(name, weights[f"{at}.weight"], weights.get(f"{at}.bias"))
    linear("bilinear", weights["bilinear"].T.contiguous(), weights["arc_bias"])
    linear("rel", weights["rel.weight"], weights["rel.bias"])
    return {k: v.contiguous().numpy() for k, v in out.items()}


HEAD = 32       # numbers to a head of attention


class Network:
    def __init__(self, path):
        self.t = {k: torch.from_numpy(np.array(v)) for k, v in load_file(path).items()}
        self.layers = 1 + max(int(k.split(".")[1]) for k in self.t if k.startswith("layers."))

    def linear(self, x, name):
        weight, scale = self.t[f"{name}.weight"].to(torch.float32), self.t[f"{name}.scale"]
        low, high = x.amin(-1, keepdim=True), x.amax(-1, keepdim=True)
        span = high - low
        inverse = torch.where(span > 0, LEVELS / span, torch.zeros_like(span))
        q = torch.round((x - low) * inverse)
        return q @ weight.T * (span / LEVELS * scale) + low * (scale * weight.sum(1)) + self.t[f"{name}.bias"]

    def norm(self, x, name):
        return F.layer_norm(x, x.shape[-1:], self.t[f"{name}.weight"], self.t[f"{name}.bias"], 1e-12)

    def encoder(self, ids, shapes):
        x = self.t["word.weight"][ids] * self.t["word.scale"][ids][:, None]
        x = self.norm(x + self.t["position"][:len(ids)] + self.t["shape"][shapes], "norm")
        for i in range(self.layers):
            at = f"layers.{i}"
            q, k, v = (z.view(len(ids), -1, HEAD).transpose(0, 1) for z in self.linear(x, f"{at}.qkv").chunk(3, -1))
            c = F.softmax(q @ k.transpose(1, 2), -1) @ v
            x = self.norm(x + self.linear(c.transpose(0, 1).reshape(x.shape), f"{at}.out"), f"{at}.norm1")
            x = self.norm(x + self.linear(F.gelu(self.linear(x, f"{at}.up")), f"{at}.down"), f"{at}.norm2")
        return x

    def read(self, coded, decode):
        """For one sentence (ids, shapes, first, last): heads, and scores by name. Row 0 is the root."""
        ids, shapes, first, last = (torch.tensor(c) for c in coded)
        with torch.no_grad():
            x = self.encoder(ids, shapes)
            h = (x[first] + x[last]) * .5
            s = {name: self.linear(h, name) for name in WORDS}
            s["arc"] = self.linear(F.gelu(s["arc_dep"]), "bilinear") @ F.gelu(s["arc_head"]).T
            s["arc"].fill_diagonal_(-1e4)
            heads = decode(s["arc"].numpy())
            s["rel"] = self.linear(F.gelu(s["lab_dep"] + s["lab_head"][torch.tensor(heads)]), "rel")
        return heads, s
