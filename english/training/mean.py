"""The mean of two checkpoints' averaged weights.

    python mean.py FIRST SECOND SHARE OUT

SHARE is FIRST's part. Two results of one training, far enough apart, have a mean that is better than both:
Wortsman and others, "Robust fine-tuning of zero-shot models", CVPR 2022."""
import sys

import torch

first, second, share, out = sys.argv[1:]
a, b = (torch.load(path, weights_only=True) for path in (first, second))
assert a["labels"] == b["labels"], "other labels in one than in the other"
mean = {k: v.lerp(a["average"][k], float(share)) if v.is_floating_point() else v for k, v in b["average"].items()}
torch.save({"average": mean, "labels": b["labels"]}, out)
