"""words.txt: the words of WordNet 3.0 that are one word in small letters, for the check of lemmas.

    python words.py FOLDER_OF_WORDNET OUT

A line is `classes lemma` (classes: letters of n v a r), or `class form lemma` for an irregular form. Sorted."""
import sys


def main(folder, out):
    classes, lines = {}, []
    for name, letter in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        words = set()
        for line in open(f"{folder}/data.{name}", encoding="utf-8"):     # these keep capitals, the index does not
            if not line.startswith(" "):
                field = line.split()
                words.update(w.split("(")[0] for w in field[4:4 + 2 * int(field[3], 16):2])
        for word in words:
            if word.isalpha() and word.islower() and len(word) > 1:
                classes.setdefault(word, []).append(letter)
        for line in open(f"{folder}/{name}.exc", encoding="utf-8"):
            form, lemma = line.split()[:2]
            if form.isalpha() and lemma.isalpha() and form != lemma:
                lines.append((form, f"{letter} {form} {lemma}"))
    lines += [(w, "".join(c) + " " + w) for w, c in classes.items()]
    with open(out, "w", encoding="utf-8") as f:
        f.write("".join(line + "\n" for _, line in sorted(set(lines))))


if __name__ == "__main__":
    main(*sys.argv[1:])
