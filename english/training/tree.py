"""The best tree with exactly one word under the root (Chu-Liu/Edmonds), from scores[dependent, head]."""
import numpy as np


def decode(scores):
    """Heads of words 0..n (0 is the root; its own entry is 0)."""
    s = np.array(scores, dtype=np.float64)
    n = len(s)
    np.fill_diagonal(s, -1e9)
    heads = s.argmax(1)
    heads[0] = 0
    if single_tree(heads):
        return heads
    best, value = None, -np.inf
    roots = np.argsort(-(s[1:, 0] - np.delete(s[1:], 0, 1).max(1, initial=-1e9)))[:5] + 1
    for r in roots:
        t = s.copy()
        t[1:, 0] = -1e9
        t[r, 0] = 0.0
        t[r, 1:] = -1e9
        h = edmonds(t)
        v = sum(s[i, h[i]] for i in range(1, n))
        if v > value:
            best, value = h, v
    return best


def single_tree(heads):
    n = len(heads)
    if n > 1 and (heads[1:] == 0).sum() != 1:
        return False
    return cycle(heads) is None


def cycle(heads):
    state = [0] * len(heads)
    state[0] = 2
    for i in range(1, len(heads)):
        path, k = [], i
        while state[k] == 0:
            state[k] = 1
            path.append(k)
            k = heads[k]
        if state[k] == 1:
            return path[path.index(k):]
        for p in path:
            state[p] = 2
    return None


def edmonds(s):
    heads = s.argmax(1)
    heads[0] = 0
    c = cycle(heads)
    if c is None:
        return heads
    inside = set(c)
    rest = [i for i in range(len(s)) if i not in inside]
    m = len(rest)
    t = np.full((m + 1, m + 1), -1e9)
    t[:m, :m] = s[np.ix_(rest, rest)]
    on = np.array([s[i, heads[i]] for i in c])
    t[:m, m] = s[np.ix_(rest, c)].max(1)
    out = s[np.ix_(rest, c)].argmax(1)
    enter = s[np.ix_(c, rest)] - on[:, None] + on.sum()
    t[m, :m] = enter.max(0)
    at = enter.argmax(0)
    np.fill_diagonal(t, -1e9)
    h = edmonds(t)
    result = heads.copy()
    for i in range(1, m):
        result[rest[i]] = c[out[i]] if h[i] == m else rest[h[i]]
    broken = c[at[h[m]]]
    result[broken] = rest[h[m]]
    return result
