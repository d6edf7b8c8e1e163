"""utils.pretrained.minilm against a forward pass in NumPy, and with other files."""

from math import erf

import keras
import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from utils.data import assets
from utils.pretrained import minilm

pytestmark = pytest.mark.filterwarnings("error")

LENGTH = 16
QUESTIONS = ["where is the red ball".split(), ["Who", "slept", "?"]]
STORIES = ["Zoë put it into the unbelievable box".split(), ["Ada", "."]]


@pytest.fixture(scope="module")
def tensors():
    return load_file(assets.path("minilm"))


@pytest.fixture(scope="module")
def model():
    return minilm.load(LENGTH)


@pytest.fixture(scope="module")
def pieces():
    return minilm.tokenizer()


@pytest.fixture(scope="module")
def batch(pieces):
    return minilm.encode(pieces, QUESTIONS, LENGTH, STORIES)


def by_hand(tensors, ids, segments):
    """One text without padding through the encoder, in float64."""
    P = {name: values.astype(np.float64) for name, values in tensors.items()}

    def normalise(X, name):
        variance = X.var(axis=-1, keepdims=True)
        X = (X - X.mean(axis=-1, keepdims=True)) / np.sqrt(variance + 1e-12)
        return X * P[f"{name}.weight"] + P[f"{name}.bias"]

    def dense(X, name):
        return X @ P[f"{name}.weight"].T + P[f"{name}.bias"]

    X = (
        P["embeddings.word_embeddings.weight"][ids]
        + P["embeddings.position_embeddings.weight"][: len(ids)]
        + P["embeddings.token_type_embeddings.weight"][segments]
    )
    X = normalise(X, "embeddings.LayerNorm")
    for block in range(6):
        name = f"encoder.layer.{block}"
        found = []
        parts = [
            dense(X, f"{name}.attention.self.{part}")
            for part in ("query", "key", "value")
        ]
        for head in range(12):
            Q, K, V = (part[:, 32 * head : 32 * head + 32] for part in parts)
            e = np.exp(Q @ K.T / np.sqrt(32))
            found.append(e / e.sum(axis=1, keepdims=True) @ V)
        X = X + dense(np.concatenate(found, axis=1), f"{name}.attention.output.dense")
        X = normalise(X, f"{name}.attention.output.LayerNorm")
        hidden = dense(X, f"{name}.intermediate.dense")
        hidden = 0.5 * hidden * (1 + np.vectorize(erf)(hidden / np.sqrt(2)))  # gelu
        X = normalise(
            X + dense(hidden, f"{name}.output.dense"), f"{name}.output.LayerNorm"
        )
    return X


def test_equals_a_forward_pass_in_numpy(model, tensors, batch):
    found = model(batch[:3], training=False).numpy()
    assert found.shape == (2, LENGTH, 384)
    for row, T in enumerate(batch.mask.sum(axis=1)):
        expected = by_hand(tensors, batch.ids[row, :T], batch.segments[row, :T])
        np.testing.assert_allclose(found[row, :T], expected, atol=2e-5)


def test_padding_changes_nothing(model, batch):
    others = batch.ids.copy()
    others[~batch.mask] = 2003
    found = [model([ids, *batch[1:3]], training=False) for ids in (batch.ids, others)]
    np.testing.assert_allclose(
        found[0][batch.mask], found[1][batch.mask], rtol=0, atol=1e-6
    )


@pytest.mark.parametrize(("first", "last"), [(1, 6), (4, 6), (3, 4), (2, 2)])
def test_upper_blocks_go_on_where_the_lower_ones_stop(model, batch, first, last):
    names = ["embedded" if first == 1 else f"block_{first - 1}", f"block_{last}"]
    stops = [model.get_layer(name).output for name in names]
    inputs, expected = keras.Model(model.inputs, stops).predict_on_batch(batch[:3])
    blocks = minilm.upper_blocks(model, first, last)
    found = blocks([inputs, batch.mask], training=False).numpy()
    here = batch.mask  # what stands in padding is large and nobody's business
    np.testing.assert_allclose(found[here], expected[here], rtol=0, atol=2e-5)


@pytest.mark.parametrize(("first", "last"), [(0, 6), (7, 7), (3, 2)])
def test_blocks_that_do_not_exist(model, first, last):
    with pytest.raises(ValueError, match=f"got {first} and {last}"):
        minilm.upper_blocks(model, first, last)


def test_all_parameters_but_the_pooler_are_used(model, tensors):
    unused = 512 + 384 * 384 + 384
    total = sum(values.size for values in tensors.values())
    assert model.count_params() == total - unused == 22_565_376


def meaning(model, pieces, texts):
    batch = minilm.encode(pieces, [text.split() for text in texts], LENGTH)
    states = model(batch[:3], training=False).numpy() * batch.mask[..., np.newaxis]
    means = states.sum(axis=1)
    return means / np.linalg.norm(means, axis=1, keepdims=True)


def test_it_knows_what_sentences_mean(model, pieces):
    texts = ["a man is eating food", "somebody has his dinner", "the engine is broken"]
    products = meaning(model, pieces, texts)
    close, far = products[0] @ products[1], products[0] @ products[2]
    assert close > 0.4 > 0.2 > far


def test_pieces_and_words(pieces, batch):
    words = [pieces.id_to_token(i) for i in batch.ids[0]]
    assert words[:7] == ["[CLS]", "where", "is", "the", "red", "ball", "[SEP]"]
    assert words[7:13] == ["zoe", "put", "it", "into", "the", "unbelievable"]
    assert words[13:] == ["box", "[SEP]", "[PAD]"]
    np.testing.assert_array_equal(batch.segments[0], [0] * 7 + [1] * 8 + [0])
    np.testing.assert_array_equal(
        batch.words[0], [-1, 0, 1, 2, 3, 4, -1, 0, 1, 2, 3, 4, 5, 6, -1, -1]
    )
    assert batch.mask.sum(axis=1).tolist() == [15, 8]
    # a word of several pieces
    rare = minilm.encode(pieces, [["Deinonychus", "ran"]], 10)
    assert pieces.id_to_token(rare.ids[0, 2]).startswith("##")
    count = (rare.words[0] == 0).sum()
    assert count > 1 and rare.words[0, 1 + count] == 1
    assert rare.ids.dtype == rare.segments.dtype == rare.words.dtype == np.int32


def test_nothing_is_cut_off(pieces):
    with pytest.raises(ValueError, match=r"text 1, 'Who slept \?', has 5 pieces"):
        minilm.encode(pieces, [["a"], QUESTIONS[1]], 4)
    long = minilm.encode(pieces, [["word"] * 300], 302)
    assert long.mask.all()
    with pytest.raises(ValueError, match="got 2 texts and 1 second texts"):
        minilm.encode(pieces, QUESTIONS, 20, STORIES[:1])


@pytest.mark.parametrize("length", [0, 513])
def test_lengths_it_was_not_trained_for(length):
    with pytest.raises(ValueError, match=rf"1 .. 512, got {length}"):
        minilm.load(length)


def test_other_files_are_refused_by_name(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.safetensors: no such file"):
        minilm.load(8, tmp_path / "none.safetensors")
    cut = tmp_path / "cut.safetensors"
    cut.write_bytes(assets.path("minilm").read_bytes()[:-1])
    with pytest.raises(ValueError, match=r"cut\.safetensors: expected a whole"):
        minilm.load(8, cut)
    text = tmp_path / "text.safetensors"
    text.write_text("not this one")
    with pytest.raises(ValueError, match=r"text\.safetensors: expected a whole"):
        minilm.load(8, text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"pooler.dense.bias": None}, r"pooler\.dense\.bias \(384,\), got nothing"),
        ({"head": np.zeros(3)}, r"head nothing, got \(3,\)"),
        (
            {"encoder.layer.5.output.dense.weight": np.zeros((1536, 384))},
            r"layer\.5\.output\.dense\.weight \(384, 1536\), got \(1536, 384\)",
        ),
    ],
)
def test_every_tensor_is_accounted_for(tmp_path, tensors, change, message):
    changed = {k: v for k, v in (tensors | change).items() if v is not None}
    save_file(changed, tmp_path / "other.safetensors")
    with pytest.raises(ValueError, match=rf"other\.safetensors: expected .*{message}"):
        minilm.load(8, tmp_path / "other.safetensors")


def test_other_tokenizers_are_refused_by_name(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.json: no such file"):
        minilm.tokenizer(tmp_path / "none.json")
    other = tmp_path / "other.json"
    other.write_text("{}")
    with pytest.raises(ValueError, match=r"other\.json: expected a tokenizer\.json"):
        minilm.tokenizer(other)
    small = '{"version": "1.0", "model": {"type": "WordPiece", "vocab": {"[UNK]": 0}, '
    small += '"unk_token": "[UNK]", "continuing_subword_prefix": "##", '
    small += '"max_input_chars_per_word": 100}}'
    other.write_text(small)
    with pytest.raises(ValueError, match="expected 30522 pieces, got 1"):
        minilm.tokenizer(other)
