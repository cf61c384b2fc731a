"""wordnet-kinds.txt: the kinds of things that WordNet 3.0 knows, as a tree of nouns, for questions about a class.

    python kinds.py FOLDER_OF_WORDNET OUT

A line is a synset under its hypernym, one blank deeper: its nouns that are one word in small letters, of each the
first sense and, with a ~ behind, those with a tenth of its tags; - without any. What has several hypernyms stands
under each. Names of single things are left out. The lines of OUT that begin with # stay at its head."""
import collections
import os
import sys


def main(folder, out):
    senses = {}                                  # lemma: its synsets, most frequent first
    for line in open(f"{folder}/index.noun", encoding="utf-8"):
        if not line.startswith(" "):
            field = line.split()
            senses[field[0]] = field[-int(field[2]):]
    tags = {}                                    # sense key: how often it is tagged
    for line in open(f"{folder}/cntlist.rev", encoding="utf-8"):
        key, _, count = line.split()
        tags[key] = int(count)
    words, under, count, roots = {}, collections.defaultdict(list), collections.Counter(), []
    for line in open(f"{folder}/data.noun", encoding="utf-8"):
        if line.startswith(" "):
            continue
        field = line.split(" | ")[0].split()
        synset, size = field[0], int(field[3], 16)
        words[synset] = field[4:4 + 2 * size:2]
        for word, number in zip(words[synset], field[5:5 + 2 * size:2]):
            count[word, synset] = tags.get(f"{word.lower()}%1:{field[1]}:{int(number, 16):02d}::", 0)
        pointers = field[5 + 2 * size:]
        above = [b for a, b in zip(pointers, pointers[1:]) if a == "@"]
        for hypernym in above:
            under[hypernym].append(synset)
        if not above and "@i" not in pointers:
            roots.append(synset)
    all_tags = collections.Counter()
    for (word, _), number in count.items():
        all_tags[word] += number

    def is_frequent(word, synset):
        number = count[word, synset]
        return senses[word][0] == synset or number > 1 and 10 * number >= all_tags[word]

    def lines(synset, depth):
        own = [w + "~" * (senses[w][0] != synset) for w in words[synset]
               if w.isalpha() and w.islower() and is_frequent(w, synset)]
        below = [line for s in under[synset] for line in lines(s, depth + 1)]
        return [" " * depth + (" ".join(own) or "-")] + below if own or below else []

    head = [line for line in open(out, encoding="utf-8") if line.startswith("#")] if os.path.exists(out) else []
    with open(out, "w", encoding="utf-8") as f:
        f.writelines(head + [line + "\n" for root in roots for line in lines(root, 0)])


if __name__ == "__main__":
    main(*sys.argv[1:])
