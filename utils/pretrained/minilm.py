"""MiniLM, a small BERT: six encoder blocks that read word pieces in both directions.

all-MiniLM-L6-v2, trained by distillation from a larger BERT and then on pairs of
sentences. 22.6 million parameters, half of them the word pieces' vectors.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from utils.data import assets

NUM_PIECES, MAX_LENGTH, WIDTH, HIDDEN = 30522, 512, 384, 1536
NUM_BLOCKS, NUM_HEADS, HEAD_WIDTH = 6, 12, 32
EPSILON = 1e-12  # of the layer normalizations

# In the file, but no part of the encoder: 0, 1, 2, ..., and a layer on [CLS], which the
# sentence model does not use either.
_UNUSED = {
    "embeddings.position_ids": (1, MAX_LENGTH),
    "pooler.dense.weight": (WIDTH, WIDTH),
    "pooler.dense.bias": (WIDTH,),
}


class Batch(NamedTuple):
    """m texts of at most T word pieces, filled up behind; the model takes three."""

    ids: np.ndarray  # (m, T) int32, numbers of the word pieces
    segments: np.ndarray  # (m, T) int32, 0 in the first text of a pair, 1 in the second
    mask: np.ndarray  # (m, T) bool, False where it was filled up
    words: np.ndarray  # (m, T) int32, the word a piece comes from, within its own text;
    # -1 for [CLS], [SEP] and padding


def load(length: int, path: Path | str | None = None) -> keras.Model:
    """Build the encoder with its weights.

    length  : int in 1 .. 512, word pieces per text, T
    path    : a safetensors file with these weights; None takes the asset `minilm`
    returns  Keras model [ids, segments, mask], (m, T) each, to (m, T, 384). Layers are
             called words, segments, positions, embedded, and per block k = 1 .. 6
             attention_k, attended_k, hidden_k, out_k, block_k.
    raises   FileNotFoundError; ValueError naming the file, what came and what was
             expected if it is another file, cut or damaged; ValueError with the length

    Wang et al. 2020; Devlin et al. 2019 for the architecture.
    """
    if not 1 <= length <= MAX_LENGTH:
        raise ValueError(f"length must lie in 1 .. {MAX_LENGTH}, got {length}")
    tensors = _read(Path(assets.path("minilm") if path is None else path))
    model = _architecture(length)
    for layer, names in _layers():
        shapes = [tuple(weight.shape) for weight in model.get_layer(layer).weights]
        # PyTorch multiplies with (out, in) from the other side; tables of vectors stay.
        values = [
            (tensors[name] if "embeddings" in name else tensors[name].T).reshape(shape)
            for name, shape in zip(names, shapes, strict=True)
        ]
        model.get_layer(layer).set_weights(values)
    return model


def upper_blocks(
    encoder: keras.Model, first: int, last: int = NUM_BLOCKS
) -> keras.Model:
    """Cut off what lies below block `first`, to train the rest on stored inputs.

    encoder     : from `load`
    first, last : int, lowest and highest block that is kept, 1 .. 6
    returns      Keras model [X, mask], (m, T, 384) and (m, T), to (m, T, 384); X comes
                 from block_{first - 1} (from `embedded` if first is 1). It *shares* its
                 layers with `encoder`: to train it changes both.
    raises       ValueError with both numbers
    """
    if not 1 <= first <= last <= NUM_BLOCKS:
        raise ValueError(f"expected 1 <= first <= last <= 6, got {first} and {last}")
    length = encoder.output.shape[1]
    X = before = keras.Input((length, WIDTH), name="before")
    mask = keras.Input((length,), dtype="bool", name="mask")
    names = ("attention", "attended", "hidden", "out", "block")
    for k in range(first, last + 1):
        layers = [encoder.get_layer(f"{name}_{k}") for name in names]
        X = _block(X, keras.ops.expand_dims(mask, 1), *layers)
    return keras.Model([before, mask], X, name=f"minilm_{first}_to_{last}")


def tokenizer(path: Path | str | None = None) -> Tokenizer:
    """Read the tokenizer that cuts words into pieces; it neither fills up nor cuts off.

    path    : tokenizer.json; None takes the asset `minilm_tokenizer`
    raises   FileNotFoundError; ValueError naming the file if it is no tokenizer of
             30,522 pieces

    Wu et al. 2016, section 4.1, for word pieces.
    """
    path = Path(assets.path("minilm_tokenizer") if path is None else path)
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    try:
        found = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises no narrower class
        raise ValueError(f"{path}: expected a tokenizer.json; {error}") from error
    if found.get_vocab_size() != NUM_PIECES:
        raise ValueError(
            f"{path}: expected {NUM_PIECES} pieces, got {found.get_vocab_size()}"
        )
    found.no_truncation()
    found.no_padding()
    return found


def encode(
    pieces: Tokenizer,
    texts: Sequence[Sequence[str]],
    length: int,
    seconds: Sequence[Sequence[str]] | None = None,
) -> Batch:
    """Cut words into pieces and put [CLS] before and [SEP] behind each text.

    pieces  : from `tokenizer`
    texts   : m texts, each a list of words
    length  : int, T
    seconds : m second texts, such as the story to a question; None for single texts
    returns  Batch
    raises   ValueError with the text that has more than T pieces, or if the numbers of
             texts differ
    """
    if seconds is not None and len(seconds) != len(texts):
        raise ValueError(f"got {len(texts)} texts and {len(seconds)} second texts")
    shape = (len(texts), length)
    ids, segments = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    mask, words = np.zeros(shape, bool), np.full(shape, -1, np.int32)
    for row, text in enumerate(texts):
        pair = None if seconds is None else list(seconds[row])
        found = pieces.encode(list(text), pair, is_pretokenized=True)
        T = len(found.ids)
        if T > length:
            start = " ".join(text)[:60]
            raise ValueError(
                f"text {row}, {start!r}, has {T} pieces; expected {length}"
            )
        ids[row, :T], segments[row, :T], mask[row, :T] = found.ids, found.type_ids, True
        words[row, :T] = [-1 if word is None else word for word in found.word_ids]
    return Batch(ids, segments, mask, words)


def _architecture(length: int) -> keras.Model:
    L = keras.layers
    ids = keras.Input((length,), dtype="int32", name="ids")
    segments = keras.Input((length,), dtype="int32", name="segments_of_pieces")
    mask = keras.Input((length,), dtype="bool", name="mask")
    places = keras.ops.zeros_like(ids) + keras.ops.arange(length, dtype="int32")
    zeros = {"embeddings_initializer": "zeros"}  # they are overwritten
    X = (
        L.Embedding(NUM_PIECES, WIDTH, name="words", **zeros)(ids)
        + L.Embedding(MAX_LENGTH, WIDTH, name="positions", **zeros)(places)
        + L.Embedding(2, WIDTH, name="segments", **zeros)(segments)
    )
    X = L.LayerNormalization(epsilon=EPSILON, name="embedded")(X)
    seen = keras.ops.expand_dims(mask, 1)  # the same keys for every query
    for k in range(1, NUM_BLOCKS + 1):
        layers = [
            L.MultiHeadAttention(NUM_HEADS, HEAD_WIDTH, name=f"attention_{k}"),
            L.LayerNormalization(epsilon=EPSILON, name=f"attended_{k}"),
            L.Dense(HIDDEN, activation="gelu", name=f"hidden_{k}"),
            L.Dense(WIDTH, name=f"out_{k}"),
            L.LayerNormalization(epsilon=EPSILON, name=f"block_{k}"),
        ]
        X = _block(X, seen, *layers)
    return keras.Model([ids, segments, mask], X, name="minilm")


def _block(X, seen, attention, attended, hidden, out, block) -> keras.KerasTensor:
    """Attention, then two dense layers; each is added to its input and normalised."""
    X = attended(X + attention(X, X, attention_mask=seen))
    return block(X + out(hidden(X)))


def _layers() -> list[tuple[str, list[str]]]:
    """Each layer with weights, and the file's names for them in Keras's order."""

    def both(name: str) -> list[str]:
        return [f"{name}.weight", f"{name}.bias"]

    found = [
        ("words", ["embeddings.word_embeddings.weight"]),
        ("positions", ["embeddings.position_embeddings.weight"]),
        ("segments", ["embeddings.token_type_embeddings.weight"]),
        ("embedded", both("embeddings.LayerNorm")),
    ]
    for k in range(1, NUM_BLOCKS + 1):
        block = f"encoder.layer.{k - 1}"
        attention = [
            name
            for part in ("self.query", "self.key", "self.value", "output.dense")
            for name in both(f"{block}.attention.{part}")
        ]
        found += [
            (f"attention_{k}", attention),
            (f"attended_{k}", both(f"{block}.attention.output.LayerNorm")),
            (f"hidden_{k}", both(f"{block}.intermediate.dense")),
            (f"out_{k}", both(f"{block}.output.dense")),
            (f"block_{k}", both(f"{block}.output.LayerNorm")),
        ]
    return found


def _expected() -> dict[str, tuple[int, ...]]:
    """Shape of every tensor of the file."""
    tables = {"word": NUM_PIECES, "position": MAX_LENGTH, "token_type": 2}
    shapes = {
        f"embeddings.{name}_embeddings.weight": (n, WIDTH) for name, n in tables.items()
    }
    for layer, names in _layers():
        if layer in ("words", "positions", "segments"):
            continue
        for name in names:
            out = HIDDEN if ".intermediate." in name else WIDTH
            before = HIDDEN if layer.startswith("out_") else WIDTH
            matrix = name.endswith("weight") and "LayerNorm" not in name
            shapes[name] = (out, before) if matrix else (out,)
    return shapes | _UNUSED


def _read(path: Path) -> dict[str, np.ndarray]:
    """Every tensor of the file by name, once all are there as they are expected."""
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    try:
        with safe_open(path, "numpy") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}
    except SafetensorError as error:
        raise ValueError(
            f"{path}: expected a whole safetensors file; {error}"
        ) from error
    expected = _expected()
    for name in sorted(expected.keys() | tensors.keys()):
        came = tensors[name].shape if name in tensors else "nothing"
        if came != expected.get(name, "nothing"):
            raise ValueError(
                f"{path}: expected {name} {expected.get(name, 'nothing')}, got {came}"
            )
    return tensors
