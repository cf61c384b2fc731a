"""The network as ONNX files, made from the weights that ship, to time onnxruntime beside whom; nothing of this is shipped.

    python onnx_files.py ENGLISH FOLDER

ENGLISH is the folder with model.safetensors. Writes float.onnx, the weights as floats, and int8.onnx, the weights as they
are, the numbers that go into a layer as eight bits by the range of the batch: what onnxruntime calls dynamic quantisation.
Written with the operators that onnxruntime has for transformers, which its own optimiser would put in their place. Labels
of arcs are those to the best head of each word, since no tree is looked for here."""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

HEAD = 32       # numbers to a head of attention
WORDS = ["arc_dep", "arc_head", "lab_dep", "lab_head", "upos", "xpos", "feats", "lemma", "ner", "etype"]
BEST = ["upos", "xpos", "feats", "etype"]
INPUTS = ["ids", "shp", "mask", "first", "last", "wmask"]
OUTPUTS = {"arc": TensorProto.FLOAT, "ner": TensorProto.FLOAT,
           **{name: TensorProto.INT64 for name in ("heads", "rel", "lemma", *BEST)}}


class Graph:
    def __init__(self, weights, whole):
        self.weights, self.whole = weights, whole
        self.nodes, self.constants = [], {}

    def constant(self, name, value):
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(self, kind, *inputs, domain="", out="", count=1, **attributes):
        outs = [out or f"{kind}_{len(self.nodes)}" + (f"_{i}" if i else "") for i in range(count)]
        self.nodes.append(helper.make_node(kind, list(inputs), outs, domain=domain, **attributes))
        return outs[0] if count == 1 else outs

    def own(self, kind, *inputs, **more):
        """An operator that is onnxruntime's own."""
        return self.add(kind, *inputs, domain="com.microsoft", **more)

    def linear(self, x, *names):
        """The layers called so, as one."""
        of = lambda part: np.concatenate([self.weights[f"{n}.{part}"] for n in names])
        name, weight, scale = names[0], of("weight"), of("scale")
        bias = self.constant(f"{name}.bias", of("bias"))
        if self.whole:
            return self.own("DynamicQuantizeMatMul", x, self.constant(f"{name}.weight", weight.T),
                            self.constant(f"{name}.scale", scale), "", bias)
        floats = (weight * scale[:, None]).astype(np.float32)
        return self.add("Add", self.add("MatMul", x, self.constant(f"{name}.weight", floats.T)), bias)

    def norm(self, x, more, name):
        parts = [self.constant(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.own("SkipLayerNormalization", x, more, *parts, epsilon=1e-12)

    def rows(self, x, places):
        """Rows of each sentence by their places."""
        return self.add("GatherND", x, self.add("Unsqueeze", places, self.constant("last_axis", np.array([-1]))),
                        batch_dims=1)


def network(g):
    t = g.weights
    width = t["word.weight"].shape[1]
    words = g.add("Gather", g.constant("word", (t["word.weight"] * t["word.scale"][:, None]).astype(np.float32)), "ids")
    length = g.add("Shape", "ids", start=1, end=2)
    places = g.add("Slice", g.constant("position", t["position"]), g.constant("zero", np.array([0])), length)
    more = g.add("Add", g.add("Gather", g.constant("shape", t["shape"]), "shp"), places)
    x = g.norm(words, more, "norm")
    mask = g.add("Cast", "mask", to=TensorProto.INT32)
    layers = 1 + max(int(k.split(".")[1]) for k in t if k.startswith("layers."))
    for at in (f"layers.{i}" for i in range(layers)):
        q, k, v = g.add("Split", g.linear(x, f"{at}.qkv"), count=3, axis=2, num_outputs=3)
        c = g.own("MultiHeadAttention", q, k, v, "", mask, num_heads=width // HEAD, scale=1.0)
        x = g.norm(x, g.linear(c, f"{at}.out"), f"{at}.norm1")
        x = g.norm(x, g.linear(g.own("Gelu", g.linear(x, f"{at}.up")), f"{at}.down"), f"{at}.norm2")
    half = g.constant("half", np.float32(.5))
    h = g.add("Mul", g.add("Add", g.rows(x, "first"), g.rows(x, "last")), half)
    sizes = g.constant("sizes", np.array([len(t[f"{name}.bias"]) for name in WORDS]))
    s = dict(zip(WORDS, g.add("Split", g.linear(h, *WORDS), sizes, count=len(WORDS), axis=2)))
    arc = g.own("FusedMatMul", g.linear(g.own("Gelu", s["arc_dep"]), "bilinear"), g.own("Gelu", s["arc_head"]), transB=1)
    outside = g.add("Sub", g.constant("one", np.float32(1)), g.add("Cast", "wmask", to=TensorProto.FLOAT))
    outside = g.add("Mul", outside, g.constant("low", np.float32(-1e4)))
    g.add("Add", arc, g.add("Unsqueeze", outside, g.constant("middle_axis", np.array([1]))), out="arc")
    # A word is not its own head.
    count = g.add("Shape", "first", start=1, end=2)
    square = g.add("ConstantOfShape", g.add("Concat", count, count, axis=0), value=numpy_helper.from_array(np.float32([0])))
    own = g.add("Mul", g.add("EyeLike", square), "low")
    g.add("ArgMax", g.add("Add", "arc", own), axis=2, keepdims=0, out="heads")
    pairs = g.own("Gelu", g.add("Add", s["lab_dep"], g.rows(s["lab_head"], "heads")))
    g.add("ArgMax", g.linear(pairs, "rel"), axis=2, keepdims=0, out="rel")
    for name in BEST:
        g.add("ArgMax", s[name], axis=2, keepdims=0, out=name)
    g.nodes.append(helper.make_node("TopK", [s["lemma"], g.constant("few", np.array([5]))], ["lemma_scores", "lemma"]))
    g.add("Identity", s["ner"], out="ner")


def write(english, folder):
    weights = load_file(f"{english}/model.safetensors")
    for name, whole in (("float", False), ("int8", True)):
        g = Graph(weights, whole)
        network(g)
        inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["b", "t" if i < 3 else "w"])
                  for i, n in enumerate(INPUTS)]
        outputs = [helper.make_tensor_value_info(n, kind, ["b", "w"] + {"arc": ["w"], "ner": ["n"], "lemma": ["l"]}.get(n, []))
                   for n, kind in OUTPUTS.items()]
        graph = helper.make_graph(g.nodes, "whom", inputs, outputs, list(g.constants.values()))
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=9), f"{folder}/{name}.onnx")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write(*sys.argv[1:])
