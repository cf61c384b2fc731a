#!/usr/bin/env python3
"""Says how much of reading's time goes into products of matrices, and where the rest goes.

    export CARGO_PROFILE_RELEASE_DEBUG=line-tables-only CARGO_PROFILE_RELEASE_STRIP=none
    cargo build --release
    RAYON_NUM_THREADS=1 perf record -e cpu-clock:u -o perf.data target/release/whom parse news.txt --format conllu >out
    python tests/bench/share.py perf.data target/release/whom

Needs perf and addr2line. A sample is a product's if its line stands in a loop that multiplies and adds: that of
`dots` over the weights (not what becomes of its sums), attention's and the arcs' scores, the weighing of values, and
rten's own kernels. The rest is counted by the file whose line it is, inlined or not."""
import collections
import functools
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Files with loops that multiply and add, and the functions in them that are nothing else.
PRODUCTS = {**dict.fromkeys(("text/model/dots/x86/fours.rs", "text/model/dots/x86/pairs.rs"), ("tile",)),
            "text/model/scores.rs": ("part", "scores"), "text/model/attention.rs": ("weighted",)}
# Where in `tile` its sums are done.
END = "macro_rules! finish"


def output(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, check=True, **more).stdout


@functools.cache
def products(file):
    """The numbers of the lines of a file that are in its products. (addr2line names no function of a closure.)"""
    found, end = set(), None
    if file not in PRODUCTS:
        return found
    for number, line in enumerate((ROOT / "src" / file).read_text(encoding="utf-8").splitlines(), 1):
        begins = re.match(r"( *)(?:pub\S* )?fn (\w+)", line)
        # `tile` outside of a block is the loop; the method only calls it.
        if begins and begins[2] in PRODUCTS[file] and not (begins[2] == "tile" and begins[1]):
            end = begins[1] + "}"
        if line == end or END in line:
            end = None
        if end is not None:
            found.add(number)
    return found


def samples(data, binary):
    """How often each address of the binary was seen, and each function outside of it."""
    maps = []
    for line in output("perf", "script", "-i", data, "--show-mmap-events").splitlines():
        m = re.search(r"\[0x([0-9a-f]+)\(0x([0-9a-f]+)\) @ (0x[0-9a-f]+|0) .*: \S+ (\S+)$", line)
        if m and m[4].endswith("/" + binary.rsplit("/", 1)[-1]):
            maps.append((int(m[1], 16), int(m[2], 16), int(m[3], 16)))
    segments = [(int(p[1], 16), int(p[2], 16), int(p[4], 16))
                for p in map(str.split, output("readelf", "-lW", binary).splitlines()) if p and p[0] == "LOAD"]
    seen, outside = collections.Counter(), collections.Counter()
    for line in output("perf", "script", "-i", data, "-F", "ip,sym").splitlines():
        if not (parts := line.split(None, 1)):
            continue
        ip = int(parts[0], 16)
        address = None
        for start, length, offset in maps:
            if start <= ip < start + length:
                at = ip - start + offset
                address = next((at - o + a for o, a, n in segments if o <= at < o + n), None)
        if address is None:
            outside["outside: " + (parts[1] if len(parts) > 1 else "?")] += 1
        else:
            seen[address] += 1
    return seen, outside


def main():
    data, binary = sys.argv[1:3]
    seen, counts = samples(data, binary)
    lines = output("addr2line", "-e", binary, "-f", "-C", "-i", "-a", input="\n".join(map(hex, sorted(seen)))).splitlines()
    stacks, at = {}, 0
    while at < len(lines):
        if lines[at].startswith("0x"):
            frames = stacks.setdefault(int(lines[at], 16), [])
            at += 1
        else:
            frames.append((lines[at], lines[at + 1]))
            at += 2
    product = 0
    for address, count in seen.items():
        kind = "other"
        for function, place in stacks.get(address, []):
            if m := re.search(r"rten-gemm[^/]*/src/kernels", place):
                kind, product = "product: rten", product + count
                break
            if not (m := re.search(r"/(src/((?:base|text|cli|model)/.*\.rs)):(\d+)", place)):
                continue
            kind = m[2]
            if int(m[3]) in products(kind):
                kind, product = "product: " + kind, product + count
            break
        counts[kind] += count
    total = sum(counts.values())
    print(f"{100 * product / total:.1f} % of {total} samples in products of matrices")
    for kind, count in counts.most_common(30):
        print(f"{100 * count / total:6.2f} % {kind}")


if __name__ == "__main__":
    main()
