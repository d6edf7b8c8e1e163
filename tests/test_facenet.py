"""utils.pretrained.facenet: the frozen graph, its input, and files that are not it."""

import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from utils.data import assets, faces
from utils.pretrained import facenet


@pytest.fixture(scope="module")
def network():
    return facenet.load()


@pytest.fixture(scope="module")
def content():
    return assets.path("facenet").read_bytes()


@pytest.fixture(scope="module")
def some_faces():
    """Four photos each of the first five people, cut as in the lesson."""
    data = faces.orl()
    few = (data.people <= 5) & (data.shots <= 4)
    return data.images[few, 20:104, 6:86], data.people[few]


@pytest.fixture(scope="module")
def embedded(network, some_faces):
    return network.embed(facenet.preprocess(some_faces[0]))


def test_every_byte_of_the_file_is_used(content):
    graph = tf.compat.v1.GraphDef.FromString(content)
    graph.DiscardUnknownFields()
    assert graph.ByteSize() == len(content) == 94_022_009
    nodes = {node.name: node for node in graph.node}
    assert len(nodes) == len(graph.node)
    reached, waiting = set(), ["embeddings"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [s.removesuffix(":0").strip("^") for s in nodes[name].input]
    assert reached == set(nodes)  # so every constant takes part in the result
    floats = [
        tf.make_ndarray(node.attr["value"].tensor)
        for node in graph.node
        if node.op == "Const" and node.attr["dtype"].type == tf.float32
    ]
    # Intel's Open Model Zoo counts 23.469 million parameters in this model.
    assert round(sum(values.size for values in floats) / 1e6, 3) == 23.469
    assert all(np.isfinite(values).all() for values in floats)


def test_the_letting_in_of_batches_changes_no_result(content, some_faces, embedded):
    graph = tf.compat.v1.GraphDef.FromString(content)  # as it was frozen
    frozen = tf.compat.v1.wrap_function(
        lambda: tf.import_graph_def(graph, name=""), []
    ).prune(["input:0"], "embeddings:0")
    X = facenet.preprocess(some_faces[0][:3])
    alone = np.concatenate([frozen(tf.constant(X[i : i + 1])) for i in range(3)])
    np.testing.assert_allclose(embedded[:3], alone, atol=1e-6)


def test_embeddings_are_512_numbers_of_unit_length(network, embedded):
    assert embedded.shape == (20, 512) and embedded.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(embedded, axis=1), 1, atol=1e-6)
    none = network.embed(np.zeros((0, 160, 160, 3), np.float32))
    assert none.shape == (0, 512) and none.dtype == np.float32


def test_a_face_does_not_depend_on_its_batch(network, some_faces, embedded):
    X = facenet.preprocess(some_faces[0][11:13])
    np.testing.assert_allclose(network.embed(X), embedded[11:13], atol=1e-6)


def test_photos_of_one_person_are_closer_than_of_two(some_faces, embedded):
    people = some_faces[1]
    distances = np.square(embedded[:, None] - embedded).sum(axis=2)
    same = people[:, None] == people
    own = distances[same & ~np.eye(20, dtype=bool)]
    # the chance that a pair of one person is closer than a pair of two
    assert (own[:, None] < distances[~same]).mean() > 0.99


@pytest.mark.parametrize("shape", [(84, 80), (160, 160), (7, 300), (421, 333)])
def test_stretched_as_by_pillow(shape):
    # greys that no overshoot takes beyond black or white, where Pillow cuts twice
    photo = np.random.default_rng(0).integers(80, 176, shape).astype(np.uint8)
    ours = facenet.preprocess(photo[None])
    assert ours.shape == (1, 160, 160, 3) and ours.dtype == np.float32
    theirs = Image.fromarray(photo).resize((160, 160), Image.Resampling.BICUBIC)
    # Pillow rounds to whole grey levels, twice
    np.testing.assert_allclose(
        128 * ours[0, :, :, 1] + 127.5, np.asarray(theirs), atol=1.1
    )


def test_black_and_white_have_fixed_values():
    ends = np.stack([np.full((5, 5), 0), np.full((5, 5), 255)]).astype(np.uint8)
    X = facenet.preprocess(ends)
    np.testing.assert_allclose(X[:, 0, 0, 0], [-127.5 / 128, 127.5 / 128], rtol=1e-6)
    np.testing.assert_allclose(X, np.broadcast_to(X[:, :1, :1, :1], X.shape), atol=1e-6)


def test_grey_is_colour_with_equal_channels():
    grey = np.random.default_rng(1).integers(0, 256, (2, 90, 70)).astype(np.uint8)
    colour = np.repeat(grey[..., None], 3, axis=-1)
    kept = grey.copy()
    np.testing.assert_allclose(
        facenet.preprocess(grey), facenet.preprocess(colour), atol=1e-6
    )
    np.testing.assert_array_equal(grey, kept)


@pytest.mark.parametrize(
    ("shape", "dtype"),
    [
        ((84, 80), np.uint8),
        ((2, 84, 80, 1), np.uint8),
        ((2, 84, 80, 4), np.uint8),
        ((2, 0, 80), np.uint8),
        ((2, 84, 80), np.float64),
    ],
)
def test_what_is_no_face_is_refused(shape, dtype):
    with pytest.raises(ValueError) as error:
        facenet.preprocess(np.zeros(shape, dtype))
    assert f"got {shape} {np.dtype(dtype).name}" in str(error.value)


@pytest.mark.parametrize(
    ("shape", "dtype"),
    [((160, 160, 3), "f4"), ((1, 96, 96, 3), "f4"), ((1, 160, 160, 3), "u1")],
)
def test_what_is_not_preprocessed_is_refused(network, shape, dtype):
    with pytest.raises(ValueError, match="as preprocess returns it, got") as error:
        network.embed(np.zeros(shape, dtype))
    assert f"{shape} {np.dtype(dtype).name}" in str(error.value)


def flipped(content, place):
    changed = bytearray(content)
    changed[place] ^= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (
            lambda c: c[: len(c) // 2],
            "47011004 bytes, expected the 94022009 of .*graph",
        ),
        (lambda c: c + b"\0", "94022010 bytes, expected"),
        (lambda c: b"", " 0 bytes, expected"),
        (lambda c: b"not a graph", "11 bytes, expected"),
        (lambda c: flipped(c, 0), "sha256 .* damaged, or another file"),
        (lambda c: flipped(c, len(c) // 2), "sha256 .*expected 704afe26"),
        (lambda c: bytes(len(c)), "sha256 .*expected 704afe26"),
    ],
)
def test_another_file_is_refused_by_name(tmp_path, content, damage, message):
    path = tmp_path / "mine.pb"
    path.write_bytes(damage(content))
    with pytest.raises(ValueError, match=message) as error:
        facenet.load(path)
    assert str(path) in str(error.value)


def test_a_copy_elsewhere_is_accepted(tmp_path, content):
    path = tmp_path / "copy.pb"
    path.write_bytes(content)
    assert isinstance(facenet.load(str(path)), facenet.FaceNet)


def test_no_such_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        facenet.load(tmp_path / "nowhere.pb")
