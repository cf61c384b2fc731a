"""MiniLM encoder (6 layers, 384) with a shape embedding, and heads for everything at once."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import load_file


def drop(x, p, training):
    """Dropout with one mask per sentence and channel: full masks are slow on a CPU."""
    if not training or p == 0:
        return x
    return x * ((torch.rand(x.shape[0], 1, x.shape[2]) >= p).to(x.dtype) / (1 - p))


class Layer(nn.Module):
    def __init__(self, d, heads, inner, p):
        super().__init__()
        self.heads, self.p = heads, p
        self.qkv, self.out = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.norm1, self.norm2 = nn.LayerNorm(d, eps=1e-12), nn.LayerNorm(d, eps=1e-12)
        self.up, self.down = nn.Linear(d, inner), nn.Linear(inner, d)
        self.scale = 1 / math.sqrt(d // heads)

    def forward(self, x, mask):
        b, t, d = x.shape
        q, k, v = (z.view(b, t, self.heads, d // self.heads).transpose(1, 2) for z in self.qkv(x).chunk(3, -1))
        a = torch.matmul(q, k.transpose(2, 3)) * self.scale + mask
        c = torch.matmul(F.softmax(a, -1).to(v.dtype), v)
        c = c.transpose(1, 2).reshape(b, t, d)
        x = self.norm1(x + drop(self.out(c), self.p, self.training))
        return self.norm2(x + drop(self.down(F.gelu(self.up(x))), self.p, self.training))


class Encoder(nn.Module):
    def __init__(self, pieces, d=384, heads=12, inner=1536, layers=6, p=.1, shapes=10):
        super().__init__()
        self.p = p
        self.word, self.position = nn.Embedding(pieces, d), nn.Embedding(512, d)
        self.shape = nn.Embedding(shapes, d)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.layers = nn.ModuleList(Layer(d, heads, inner, p) for _ in range(layers))

    def forward(self, ids, shp, mask):
        x = self.word(ids) + self.position.weight[:ids.shape[1]] + self.shape(shp)
        x = drop(self.norm(x), self.p, self.training)
        m = ((1.0 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, m)
        return x

    def load_minilm(self, path, rows):
        """rows: the numbers of the word pieces that are kept."""
        w = load_file(path)
        self.word.weight.data.copy_(w["embeddings.word_embeddings.weight"][rows])
        self.position.weight.data.copy_(w["embeddings.position_embeddings.weight"]
                                        + w["embeddings.token_type_embeddings.weight"][0])
        self.norm.weight.data.copy_(w["embeddings.LayerNorm.weight"])
        self.norm.bias.data.copy_(w["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                layer.qkv.get_parameter(part).data.copy_(
                    torch.cat([w[f"{at}attention.self.{n}.{part}"] for n in ("query", "key", "value")]))
                for ours, theirs in ((layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
                                     (layer.up, "intermediate.dense"), (layer.down, "output.dense"),
                                     (layer.norm2, "output.LayerNorm")):
                    ours.get_parameter(part).data.copy_(w[f"{at}{theirs}.{part}"])


class Reader(nn.Module):
    TAGS = ("upos", "xpos", "feats", "lemma", "ner", "etype")

    def __init__(self, pieces, sizes, d=384, arc=256, lab=192, p=.25):
        super().__init__()
        self.p = p
        self.half = torch.cpu._is_avx512_bf16_supported()     # trains twice as fast, the same figures
        self.encoder = Encoder(pieces, d)
        self.arc_dep, self.arc_head = nn.Linear(d, arc), nn.Linear(d, arc)
        self.bilinear, self.arc_bias = nn.Parameter(torch.randn(arc, arc) * .01), nn.Parameter(torch.zeros(arc))
        self.lab_dep, self.lab_head = nn.Linear(d, lab), nn.Linear(d, lab, bias=False)
        self.rel = nn.Linear(lab, sizes["rel"])
        self.tags = nn.ModuleDict({t: nn.Linear(d, sizes[t]) for t in self.TAGS})

    def forward(self, ids, shp, mask, first, last, wmask):
        """Arc scores [B, dependent, head], the two label projections, and the tags' scores."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half and self.training):
            x = self.encoder(ids, shp, mask)
        x = x.float()
        wide = (-1, -1, x.shape[-1])
        h = (torch.gather(x, 1, first[:, :, None].expand(wide)) + torch.gather(x, 1, last[:, :, None].expand(wide))) * .5
        h = drop(h, self.p, self.training)
        a = drop(F.gelu(self.arc_dep(h)), self.p, self.training)
        b = drop(F.gelu(self.arc_head(h)), self.p, self.training)
        arc = torch.matmul(torch.matmul(a, self.bilinear) + self.arc_bias, b.transpose(1, 2))
        arc = arc + ((1.0 - wmask.to(arc.dtype)) * -1e4)[:, None, :]
        return arc, self.lab_dep(h), self.lab_head(h), {t: self.tags[t](h) for t in self.TAGS}

    def labels(self, dep, head):
        return self.rel(drop3(F.gelu(dep + head), self.p, self.training))


def drop3(x, p, training):
    return drop(x, p, training) if x.dim() == 3 else x
