"""utils.pretrained.vgg16: published weights, ONNX's own evaluator, damaged files."""

import itertools

import keras
import numpy as np
import onnx
import pytest
from onnx import numpy_helper
from onnx.reference import ReferenceEvaluator
from PIL import Image

from utils.data import assets
from utils.pretrained import vgg16

PHOTOS = ("chelsea", "coffee", "astronaut", "motorcycle", "china", "flower")
KERNEL_1 = "functional_1/block1_conv1_1/convolution/ReadVariableOp:0"
HEAD = "functional_1/dense_3_1/BiasAdd/ReadVariableOp:0"


@pytest.fixture(scope="module")
def content():
    return assets.path("vgg16").read_bytes()


@pytest.fixture(scope="module")
def model():
    return vgg16.load()


def until(model, name):
    return keras.Model(model.input, model.get_layer(name).output)


# Single numbers of Keras's own ImageNet weights, as others have published them: probes
# in a loader of an SSD detector, and the printed kernel of block1_conv1.
PUBLISHED = [
    ("block1_conv1", 0, (0, 0, 0, 0), 0.42947057),
    ("block1_conv1", 0, (0, 0, 0, 1), 0.117273867),
    ("block1_conv1", 0, (0, 0, 1, 0), 0.550379455),
    ("block1_conv1", 0, (0, 0, 2, 1), -0.172696680),
    ("block1_conv1", 0, (0, 0, 2, 63), 0.0348965675),
    ("block1_conv1", 1, (0,), 0.73429835),
    ("block1_conv1", 1, (25,), 0.7446502),
    ("block1_conv2", 0, (2, 2, 63, 63), 0.016082443),
    ("block2_conv1", 1, (1,), 0.06440781),
    ("block5_conv1", 0, (1, 0, 63, 269), -0.011236359),
    ("block5_conv2", 1, (510,), 0.23517226),
    ("block5_conv3", 0, (0, 2, 0, 400), -0.008714244),
]


@pytest.mark.parametrize(("layer", "which", "place", "value"), PUBLISHED)
def test_weights_are_the_published_ones(model, layer, which, place, value):
    found = model.get_layer(layer).get_weights()[which][place]
    assert found == pytest.approx(value, rel=2e-6)


# Filter 0 of block1_conv1, its taps on the blue channel and its bias (same sources).
BLUE_TAPS = [
    [0.42947057, 0.373467, -0.06136011],
    [0.27476987, 0.03868078, -0.36722335],
    [-0.05746817, -0.26224968, -0.35009676],
]
BIAS = 0.73429835


def test_a_blue_spot_on_the_mean_colour_shows_the_published_filter(model):
    inputs = np.zeros((1, 32, 32, 3), np.float32)
    inputs[0, 10, 20, 0] = 2.0  # blue comes first
    response = np.asarray(until(model, "block1_conv1")(inputs))[0, :, :, 0]
    expected = np.full((32, 32), BIAS)
    for row, column in np.ndindex(3, 3):  # the tap below the middle looks down
        expected[11 - row, 21 - column] += 2 * BLUE_TAPS[row][column]
    np.testing.assert_allclose(response, np.maximum(expected, 0), atol=1e-6)


def test_an_edge_by_hand(model):
    pictures = np.full((1, 32, 32, 3), 120, np.uint8)
    pictures[0, :, 16:, 2] = 130  # the right half is bluer by 10
    out = np.asarray(until(model, "block1_conv1")(vgg16.preprocess(pictures)))
    taps, bias = model.get_layer("block1_conv1").get_weights()
    ground = np.array([120 - 103.939, 120 - 116.779, 120 - 123.68])  # blue, green, red
    flat = bias[0] + (taps[..., 0].sum((0, 1)) * ground).sum()
    columns = np.sum(BLUE_TAPS, axis=0)
    for column, bluer in ((10, 0), (15, columns[2]), (16, columns[1:].sum())):
        expected = max(0, flat + 10 * bluer)
        assert out[0, 5, column, 0] == pytest.approx(expected, rel=1e-5)


def test_the_loaded_network_equals_onnx_on_the_same_file(model, content):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (2, 32, 32, 3)).astype(np.uint8)
    inputs = vgg16.preprocess(images)
    graph = onnx.load_model_from_string(content)
    last = next(n for n in graph.graph.node if "block5_pool" in n.name)
    keep = list(graph.graph.node)[: list(graph.graph.node).index(last) + 1]
    del graph.graph.node[len(keep) :]
    del graph.graph.output[:]
    graph.graph.output.append(
        onnx.helper.make_tensor_value_info(last.output[0], onnx.TensorProto.FLOAT, None)
    )
    (theirs,) = ReferenceEvaluator(graph).run(None, {"input": inputs})
    ours = np.asarray(model(inputs))
    assert ours.shape == (2, 1, 1, 512) and (ours > 0).any()
    scale = np.abs(theirs).max()
    np.testing.assert_allclose(
        ours, theirs.transpose(0, 2, 3, 1), atol=2e-5 * scale, rtol=1e-4
    )


def test_architecture_equals_keras_applications(model):
    theirs = keras.applications.VGG16(weights=None, include_top=False)
    assert model.count_params() == theirs.count_params() == 14_714_688
    names = [layer.name for layer in model.layers[1:]]
    assert names == [layer.name for layer in theirs.layers[1:]]
    for mine, other in zip(model.layers[1:], theirs.layers[1:], strict=True):
        for setting in ("padding", "strides", "pool_size", "kernel_size", "activation"):
            assert getattr(mine, setting, None) == getattr(other, setting, None)


@pytest.mark.parametrize("dtype", ["uint8", "int64", "float32", "float64"])
def test_preprocess_equals_keras_and_is_undone(dtype):
    images = np.random.default_rng(1).integers(0, 256, (2, 5, 4, 3)).astype(dtype)
    before = images.copy()
    inputs = vgg16.preprocess(images)
    expected = keras.applications.vgg16.preprocess_input(images.astype("float32"))
    np.testing.assert_allclose(inputs, expected, atol=1e-5)
    assert inputs.dtype == np.float32
    np.testing.assert_array_equal(images, before)
    restored = vgg16.deprocess(inputs)
    assert restored.dtype == np.uint8
    np.testing.assert_array_equal(restored, images)


def test_deprocess_cuts_off_what_no_pixel_can_show():
    inputs = np.array([[-500.0, 13.0, 500.0]]) - vgg16.MEAN_BGR
    np.testing.assert_array_equal(vgg16.deprocess(inputs), [[255, 13, 0]])


def test_tensors_pass_through_preprocess():
    images = np.random.default_rng(2).uniform(0, 255, (1, 4, 4, 3)).astype(np.float32)
    tensor = keras.ops.convert_to_tensor(images)
    np.testing.assert_array_equal(
        np.asarray(vgg16.preprocess(tensor)), vgg16.preprocess(images)
    )


def photo(name, size=96):
    with Image.open(assets.path(f"photo_{name}")) as file:
        left, top = ((side - min(file.size)) // 2 for side in file.size)
        box = (left, top, left + min(file.size), top + min(file.size))
        square = file.convert("RGB").crop(box)
    return np.asarray(square.resize((size, size), Image.Resampling.LANCZOS))


def test_of_all_orders_of_the_colours_bgr_excites_the_deep_units_most(model):
    """Units that have learnt things know their colours; wrong ones excite them less."""
    inputs = vgg16.preprocess(np.stack([photo(name) for name in PHOTOS]))
    deep = until(model, "block5_conv3")
    excited = {
        order: float(np.asarray(deep(inputs[..., list(order)])).mean())
        for order in itertools.permutations(range(3))
    }
    right = excited.pop((0, 1, 2))
    assert max(excited.values()) < 0.98 * right


@pytest.mark.parametrize("size", [32, 70, None])
def test_sizes(content, size):
    # no weights are needed to see shapes, so none are read
    built = vgg16._architecture(size)
    assert built.input_shape == (None, size, size, 3)
    side = None if size is None else size // 32
    assert built.output_shape == (None, side, side, 512)


def test_a_size_too_small_is_refused():
    with pytest.raises(ValueError, match="at least 32, five poolings halve it; got 31"):
        vgg16.load(size=31)


@pytest.mark.parametrize("function", [vgg16.preprocess, vgg16.deprocess])
@pytest.mark.parametrize("shape", [(4, 4), (2, 4, 4, 1), (4, 4, 4)])
def test_other_channels_are_refused(function, shape):
    with pytest.raises(ValueError) as error:
        function(np.zeros(shape))
    assert f"got {shape}" in str(error.value)


def test_every_byte_of_the_arrays_is_accounted_for(content):
    expected = vgg16._expected()
    number = {"float32": 4, "int64": 8, "int32": 4}
    total = sum(np.prod(shape) * number[kind] for shape, kind in expected.values())
    assert total == 65_452_612
    assert len(content) == 65_465_382
    kernels = [name for name in expected if "/block" in name]
    assert len(kernels) == 26 and len(expected) == 42


@pytest.fixture
def narrow(monkeypatch):
    """The same network with few channels, so that crafted files are small."""
    monkeypatch.setattr(vgg16, "BLOCKS", ((2, 2), (3, 2), (4, 3), (5, 3), (6, 3)))
    monkeypatch.setattr(vgg16, "_HEAD_UNITS", (54, 8, 7, 6, 4))


def crafted(changes=None):
    """A file of zeros, each array as it should be; a change to None leaves it out."""
    arrays = {
        name: np.zeros(shape, kind) for name, (shape, kind) in vgg16._expected().items()
    }
    arrays |= changes or {}
    tensors = [
        numpy_helper.from_array(array, name)
        for name, array in arrays.items()
        if array is not None
    ]
    graph = onnx.helper.make_graph([], "g", [], [], tensors)
    opsets = [onnx.helper.make_opsetid(*pair) for pair in vgg16._OPSETS.items()]
    return onnx.helper.make_model(graph, opset_imports=opsets)


def refused(tmp_path, content):
    path = tmp_path / "weights.onnx"
    path.write_bytes(content)
    with pytest.raises(ValueError) as error:
        vgg16.load(path=path)
    assert str(error.value).startswith(f"{path}: expected ")
    return str(error.value)


def test_a_whole_crafted_file_is_loaded_layer_by_layer(tmp_path, narrow):
    names = [name for name, _ in vgg16._convolutions()]
    rng = np.random.default_rng(3)
    biases = {vgg16._bias(n): k for k, n in enumerate(names)}
    shapes = vgg16._expected()
    changes = {n: np.full(shapes[n][0], k, "f4") for n, k in biases.items()}
    changes[KERNEL_1] = rng.standard_normal(shapes[KERNEL_1][0]).astype("f4")
    path = tmp_path / "weights.onnx"
    path.write_bytes(crafted(changes).SerializeToString())
    model = vgg16.load(size=32, path=str(path))
    for k, name in enumerate(names):
        assert (model.get_layer(name).get_weights()[1] == k).all()
    kernel = model.get_layer("block1_conv1").get_weights()[0]  # (f, f, in, out)
    for place in ((0, 1, 2, 1), (2, 0, 1, 0)):
        row, column, c_in, c_out = place
        assert kernel[place] == changes[KERNEL_1][c_out, c_in, row, column]


NAN = np.full((4,), np.nan, "f4")
WRONG = {
    "missing": ({KERNEL_1: None}, [f"{KERNEL_1} is missing"]),
    "head missing": ({HEAD: None}, [f"{HEAD} is missing"]),
    "unknown": ({"extra": np.zeros(2, "f4")}, ["extra is unknown"]),
    "shape": ({HEAD: np.zeros(5, "f4")}, ["((5,), 'float32')", "((4,), 'float32')"]),
    "type": ({HEAD: np.zeros(4, "f8")}, ["((4,), 'float64')", "((4,), 'float32')"]),
    "not finite": ({HEAD: NAN}, [f"{HEAD} is not finite"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_array_is_named(tmp_path, narrow, name):
    changes, says = WRONG[name]
    message = refused(tmp_path, crafted(changes).SerializeToString())
    assert "(1 problems)" in message
    assert not [text for text in says if text not in message]


def test_an_array_twice_is_refused(tmp_path, narrow):
    whole = crafted()
    whole.graph.initializer.append(numpy_helper.from_array(np.zeros(4, "f4"), HEAD))
    assert "two arrays share a name" in refused(tmp_path, whole.SerializeToString())


def test_an_array_in_another_file_is_refused(tmp_path, narrow):
    whole = crafted({HEAD: None})
    tensor = whole.graph.initializer.add(name=HEAD, data_type=1, dims=[4])
    tensor.data_location = onnx.TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../secret")
    assert "lies in another file" in refused(tmp_path, whole.SerializeToString())


def test_bytes_that_are_not_onnx_are_refused(tmp_path, narrow):
    # a length-delimited field 99, which protobuf would pass over in silence
    message = refused(tmp_path, crafted().SerializeToString() + b"\x9a\x06\x03abc")
    assert "6 bytes are not ONNX's" in message


def test_a_small_crafted_file_cut_anywhere_is_refused(tmp_path, narrow):
    whole = crafted().SerializeToString()
    for length in [*range(0, len(whole), 97), *range(len(whole) - 40, len(whole))]:
        refused(tmp_path, whole[:length])


# 16 bytes from the end a cut falls between two fields, and what is left is ONNX.
@pytest.mark.parametrize("cut", [1, 16, 1000])
def test_the_real_file_cut_is_refused(tmp_path, content, cut):
    refused(tmp_path, content[:-cut])


def test_a_damaged_byte_is_refused_or_changes_one_number(tmp_path, narrow):
    whole, rng = crafted().SerializeToString(), np.random.default_rng(4)
    path, kinds = tmp_path / "weights.onnx", set()
    for place in rng.integers(0, len(whole), 150):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << int(rng.integers(8))
        path.write_bytes(damaged)
        try:
            arrays = vgg16._read(path)
        except ValueError as error:
            assert str(path) in str(error)
            kinds.add("refused")
        else:
            assert sum(np.count_nonzero(array) for array in arrays.values()) <= 1
            kinds.add("read")
    assert kinds == {"refused", "read"}


@pytest.mark.parametrize(
    ("junk", "says"),
    [
        (b"", "is missing"),
        (b"not a model at all", "18 bytes that cannot be read"),
        (b"\x80\x04K\x01.", "5 bytes that cannot be read"),
    ],
    ids=["empty", "text", "pickle"],
)
def test_another_file_is_refused(tmp_path, junk, says):
    assert says in refused(tmp_path, junk)


def test_another_network_is_refused(tmp_path):
    graph = onnx.helper.make_graph(
        [], "g", [], [], [numpy_helper.from_array(np.zeros((3, 3), "f4"), "W")]
    )
    message = refused(tmp_path, onnx.helper.make_model(graph).SerializeToString())
    assert f"{KERNEL_1} is missing" in message


def test_no_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.onnx: no such file"):
        vgg16.load(path=tmp_path / "none.onnx")
