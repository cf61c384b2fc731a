"""ATTRIBUTION.md: author, title and address of each document of GUM that the model was trained on.

    python attribution.py TREEBANKS OUT"""
import sys

from data import LEFT_OUT


def main(folder, out):
    docs, now = [], None
    for line in open(f"{folder}/gum-train.conllu", encoding="utf-8"):
        if line.startswith("# newdoc id = "):
            now = {"id": line[14:].strip()}
            docs.append(now)
        elif line.startswith("# meta::"):
            key, _, value = line[8:].partition(" = ")
            if key in ("author", "title", "sourceURL"):
                now[key] = " ".join(value.split())
    with open(out, "w", encoding="utf-8") as f:
        f.write("# Texts of GUM in the training set\n\nMade by `training/attribution.py` from what each document says of itself; "
                "licences by genre are in `MODEL.md`.\nWords and annotations were changed only by what `training/data.py` does.\n\n")
        for d in sorted(docs, key=lambda d: d["id"]):
            if d["id"] not in LEFT_OUT:
                f.write(f"- {d['id']}: {d.get('author', 'author not given')}, *{d.get('title', 'untitled')}*, "
                        f"<{d.get('sourceURL', '')}>\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
