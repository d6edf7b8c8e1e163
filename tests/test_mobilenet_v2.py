"""utils.pretrained.mobilenet_v2: the numbers of the file, computed as PyTorch does."""

import os
from collections import OrderedDict

import keras
import numpy as np
import pytest

from tests.test_torch_file import Storage, Tensor, write
from utils.data import assets, photos
from utils.pretrained import mobilenet_v2, torch_file


@pytest.fixture(scope="module")
def weights():
    """The path of the real file. Skip without it, but never in CI."""
    try:
        return assets.path("mobilenet_v2")
    except assets.AssetError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"needs real data: {error}")


@pytest.fixture(scope="module")
def tensors(weights):
    return torch_file.read(weights)


@pytest.fixture(scope="module")
def model(weights):
    return mobilenet_v2.load(path=weights)


def write_file(path, tensors):
    """The tensors in a file as torch.save wrote them."""
    kinds = {
        "float32": "FloatStorage",
        "float64": "DoubleStorage",
        "int64": "LongStorage",
    }
    table, blocks = OrderedDict(), []
    for name, array in tensors.items():
        array = np.ascontiguousarray(array).reshape(np.shape(array))
        storage = Storage(name, kinds[array.dtype.name], array.size)
        strides = tuple(n // array.itemsize for n in array.strides)
        table[name] = Tensor(storage, 0, array.shape, strides)
        blocks.append((name, array.size, array.tobytes()))
    return write(path, table, blocks)


def as_pytorch(A, tensors, prefix, stride=1, groups=1, norm=None):
    """Convolution without bias and its batch normalization, as PyTorch defines them.

    A (n_H, n_W, c_in) float64; padding f // 2 on every side, epsilon 1e-5.
    """
    W = tensors[f"{prefix}.weight"].astype(float)  # (c_out, c_in / groups, f, f)
    c_out, per_group, f, _ = W.shape
    padded = np.pad(A, ((f // 2, f // 2), (f // 2, f // 2), (0, 0)))
    n_H, n_W = ((n + 2 * (f // 2) - f) // stride + 1 for n in A.shape[:2])
    Z = np.empty((n_H, n_W, c_out))
    for row, column, c in np.ndindex(Z.shape):
        first = c // (c_out // groups) * per_group
        top, left = row * stride, column * stride
        window = padded[top : top + f, left : left + f, first : first + per_group]
        Z[row, column, c] = np.sum(window * W[c].transpose(1, 2, 0))
    gamma, beta, mean, variance = (
        tensors[f"{norm}.{k}"].astype(float)
        for k in ("weight", "bias", "running_mean", "running_var")
    )
    return (Z - mean) / np.sqrt(variance + 1e-5) * gamma + beta


def relu6(Z):
    return np.clip(Z, 0, 6)


def test_first_blocks_equal_a_loop_over_pytorch_definitions(weights, tensors):
    small = mobilenet_v2.load(size=33, include_top=False, path=weights)
    names = ("Conv1_relu", "expanded_conv_project_BN", "block_1_project_BN")
    outputs = [small.get_layer(name).output for name in names]
    photo = np.random.default_rng(0).integers(0, 256, (1, 33, 33, 3)).astype(np.uint8)
    X = mobilenet_v2.preprocess(photo)
    found = keras.Model(small.input, outputs)(X, training=False)

    A = relu6(
        as_pytorch(X[0].astype(float), tensors, "features.0.0", 2, norm="features.0.1")
    )
    expected = [A]
    block = "features.1.conv"
    A = relu6(as_pytorch(A, tensors, f"{block}.0.0", groups=32, norm=f"{block}.0.1"))
    expected.append(as_pytorch(A, tensors, f"{block}.1", norm=f"{block}.2"))
    block = "features.2.conv"
    A = expected[-1]
    A = relu6(as_pytorch(A, tensors, f"{block}.0.0", norm=f"{block}.0.1"))
    A = relu6(as_pytorch(A, tensors, f"{block}.1.0", 2, 96, norm=f"{block}.1.1"))
    expected.append(as_pytorch(A, tensors, f"{block}.2", norm=f"{block}.3"))
    for name, ours, theirs in zip(names, found, expected, strict=True):
        assert ours.shape[1:] == theirs.shape
        np.testing.assert_allclose(ours[0], theirs, atol=2e-4, err_msg=name)


def test_every_weight_is_filled(model, tensors):
    """Keras has one number for each of the file, and no other."""
    parameters = [v for k, v in tensors.items() if not k.endswith("tracked")]
    assert model.count_params() == sum(v.size for v in parameters) == 3_538_984
    reference = keras.applications.MobileNetV2(weights=None, input_shape=(225, 225, 3))
    for ours, fresh in zip(model.weights, reference.weights, strict=True):
        assert ours.path.split("/")[-1] == fresh.path.split("/")[-1]
        assert not np.array_equal(ours, fresh), ours.path


# Of ImageNet's classes: 285 Egyptian cat, 282 tiger cat (striped), 281 tabby cat.
PHOTOS = {
    "photo_chelsea": {285: 0.59, 282: 0.22, 281: 0.14},
    "photo_coffee": {967: 0.9},
}


@pytest.mark.parametrize(("name", "expected"), PHOTOS.items(), ids=PHOTOS)
def test_real_photos(model, name, expected):
    photo = photos.load_photo(assets.path(name))
    X = mobilenet_v2.preprocess(photos.centre_square(photo, 225)[None])
    shares = np.asarray(model(X, training=False))[0]
    assert shares.shape == (1000,) and abs(shares.sum() - 1) < 1e-5
    best = np.argsort(shares)[::-1][: len(expected)]
    assert best.tolist() == list(expected)
    np.testing.assert_allclose(shares[best], list(expected.values()), atol=0.02)


def test_without_the_top(weights):
    maps = mobilenet_v2.load(size=97, include_top=False, path=weights)
    pooled = mobilenet_v2.load(size=97, include_top=False, pooling="avg", path=weights)
    X = mobilenet_v2.preprocess(np.full((2, 97, 97, 3), 90, dtype=np.uint8))
    A = np.asarray(maps(X, training=False))
    assert A.shape == (2, 4, 4, 1280)
    np.testing.assert_allclose(
        pooled(X, training=False), A.mean(axis=(1, 2)), atol=1e-5
    )


def test_class_names_are_those_of_imagenet():
    names = mobilenet_v2.class_names()
    assert len(names) == 1000 and all(isinstance(name, str) for name in names)
    known = {0: "tench", 281: "tabby", 285: "Egyptian", 954: "banana", 967: "espresso"}
    for index, part in known.items():
        assert part in names[index]


def test_preprocess_hand_worked():
    images = np.array([0, 255, 51], dtype=np.uint8).reshape(1, 1, 1, 3)
    before = images.copy()
    X = mobilenet_v2.preprocess(images)
    expected = [-0.485 / 0.229, (1 - 0.456) / 0.224, (0.2 - 0.406) / 0.225]
    np.testing.assert_allclose(X.ravel(), expected, rtol=1e-6)
    assert X.dtype == np.float32
    np.testing.assert_array_equal(images, before)


@pytest.mark.parametrize(
    "images",
    [np.zeros((2, 5, 5, 3)), np.zeros((5, 5, 3), "u1"), np.zeros((2, 5, 5, 1), "u1")],
)
def test_preprocess_wants_pixels(images):
    with pytest.raises(ValueError) as error:
        mobilenet_v2.preprocess(images)
    assert f"got {images.shape} {images.dtype}" in str(error.value)


def changed(tensors, **changes):
    """A copy of the tensors; a change to None leaves one out."""
    mine = OrderedDict(tensors)
    for name, array in changes.items():
        if array is None:
            del mine[name]
        else:
            mine[name] = array
    return mine


FIRST, HEAD = "features.0.0.weight", "classifier.1.bias"
WRONG = {
    "a tensor missing": ({FIRST: None}, f"no tensor {FIRST}, expected one of shape"),
    "a tensor too many": (
        {"features.19.0.weight": np.ones(2, "f4")},
        "1 tensors belong to no layer of MobileNetV2, the first is features.19.0.",
    ),
    "keras's order of axes": (
        {FIRST: np.ones((3, 3, 3, 32), "f4")},
        f"{FIRST} is (3, 3, 3, 32) float32, expected (32, 3, 3, 3) float32",
    ),
    "float64": ({FIRST: np.ones((32, 3, 3, 3))}, f"{FIRST} is (32, 3, 3, 3) float64"),
    "ten classes": (
        {HEAD: np.ones(10, "f4")},
        f"{HEAD} is (10,) float32, expected (1000,)",
    ),
}


@pytest.mark.parametrize(("changes", "message"), WRONG.values(), ids=WRONG)
def test_another_network_is_refused_by_name(tmp_path, tensors, changes, message):
    path = write_file(tmp_path / "mine.pth", changed(tensors, **changes))
    with pytest.raises(ValueError) as error:
        mobilenet_v2.load(size=33, path=path)
    assert str(error.value).startswith(f"{path}: ")
    assert message in str(error.value)


def test_a_cut_file_is_refused_by_name(tmp_path, weights):
    cut = tmp_path / "cut.pth"
    cut.write_bytes(weights.read_bytes()[:-1])
    with pytest.raises(ValueError, match=r"cut\.pth: a block of 1000 numbers in 3999"):
        mobilenet_v2.load(size=33, path=cut)


def test_own_file_without_a_top(tmp_path, tensors):
    body = OrderedDict((k, v) for k, v in tensors.items() if "classifier" not in k)
    path = write_file(tmp_path / "body.pth", body)
    model = mobilenet_v2.load(size=33, include_top=False, path=str(path))
    kernel = model.get_layer("Conv1").get_weights()[0]
    np.testing.assert_array_equal(kernel[1, 2, 0], tensors[FIRST][:, 0, 1, 2])
    with pytest.raises(ValueError, match=r"no tensor classifier\.1\.weight"):
        mobilenet_v2.load(size=33, path=path)
