"""MobileNetV2 with the weights that torchvision trained on ImageNet, as a Keras model.

The layers are those of keras.applications; only the numbers come from elsewhere. Two
things differ between the libraries. The order of a kernel's axes: PyTorch keeps
(c_out, c_in, f, f), Keras (f, f, c_in, c_out). And the epsilon that batch
normalization adds to the variance: 1e-5 there, 1e-3 here, which gamma makes up for.
"""

import json
from pathlib import Path

import keras
import numpy as np

from utils.data import assets
from utils.pretrained import torch_file

# Of the red, green and blue of ImageNet's photos, if white is 1.
MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
STANDARD_DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32)
TORCH_EPSILON = 1e-5
NORM = ("weight", "bias", "running_mean", "running_var")  # gamma, beta, mean, variance
HEAD = "classifier."


def load(
    size: int = 225,
    include_top: bool = True,
    pooling: str | None = None,
    path: Path | str | None = None,
) -> keras.Model:
    """Build MobileNetV2 and fill in every weight of the file.

    size        : pixels per side. With 32 k + 1 (97, 129, 225) Keras pads as PyTorch
                  does; with others it pads to one side only, which moves what comes out
    include_top : True for the probabilities of the 1000 classes (m, 1000), False for
                  the last feature maps (m, n_H, n_W, 1280)
    pooling     : None, "avg" or "max" over each feature map if there is no top
    path        : the asset "mobilenet_v2", or a file of yours with the same tensors
    returns      keras.Model for what `preprocess` returns, (m, size, size, 3)
    raises       FileNotFoundError; ValueError naming the file and the tensor if one is
                 missing, left over, or of another shape

    Sandler et al. 2018. Built in course4_cnn/04_mobilenet.
    """
    path = assets.path("mobilenet_v2") if path is None else Path(path)
    tensors = torch_file.read(path)
    model = keras.applications.MobileNetV2(
        input_shape=(size, size, 3),
        weights=None,
        include_top=include_top,
        pooling=pooling,
    )
    for layer in model.layers:
        if layer.weights:
            _fill(layer, tensors, path)
    # What is left are counts of training steps and the head, if none was asked for.
    unused = [
        name
        for name in tensors
        if not name.endswith("num_batches_tracked")
        and (include_top or not name.startswith(HEAD))
    ]
    if unused:
        raise ValueError(
            f"{path}: {len(unused)} tensors belong to no layer of MobileNetV2, "
            f"the first is {unused[0]}"
        )
    return model


def preprocess(images: np.ndarray) -> np.ndarray:
    """Turn pixels into what the network was trained on: about mean 0 and spread 1.

    images  : (m, n_H, n_W, 3) uint8
    returns  (m, n_H, n_W, 3) float32, (images / 255 - mean) / standard deviation
    raises   ValueError with shape and type if they are others
    """
    images = np.asarray(images)
    if images.ndim != 4 or images.shape[-1] != 3 or images.dtype != np.uint8:
        raise ValueError(
            f"images must be (m, n_H, n_W, 3) uint8, got {images.shape} {images.dtype}"
        )
    return (images / np.float32(255) - MEAN) / STANDARD_DEVIATION


def class_names() -> list[str]:
    """Readable names of the 1000 classes of ImageNet, in the order of the outputs."""
    path = assets.path("imagenet_names")
    return json.loads(path.read_text(encoding="utf-8"))


def _fill(layer: keras.Layer, tensors: dict[str, np.ndarray], path: Path) -> None:
    """Move the tensors of one layer out of `tensors` into it."""
    prefix = _torch_name(layer.name)
    if isinstance(layer, keras.layers.BatchNormalization):
        gamma, beta, mean, variance = (
            _take(tensors, f"{prefix}.{name}", layer.gamma.shape, path) for name in NORM
        )
        # Keras divides by the root of variance + its own epsilon.
        wide = variance.astype(np.float64)
        gamma = gamma * np.sqrt((wide + layer.epsilon) / (wide + TORCH_EPSILON))
        layer.set_weights([gamma, beta, mean, variance])
    elif isinstance(layer, keras.layers.Dense):
        n_in, n_out = layer.kernel.shape
        W = _take(tensors, f"{prefix}.weight", (n_out, n_in), path)
        layer.set_weights([W.T, _take(tensors, f"{prefix}.bias", (n_out,), path)])
    else:  # (f, f, c_in, c_out); depthwise (f, f, c, 1), and in PyTorch (c, 1, f, f)
        is_depthwise = isinstance(layer, keras.layers.DepthwiseConv2D)
        order = (2, 3, 0, 1) if is_depthwise else (2, 3, 1, 0)
        shape = [0] * 4
        for theirs, n in zip(order, layer.kernel.shape, strict=True):
            shape[theirs] = n
        W = _take(tensors, f"{prefix}.weight", tuple(shape), path)
        layer.set_weights([W.transpose(order)])


def _take(
    tensors: dict[str, np.ndarray], name: str, shape: tuple[int, ...], path: Path
) -> np.ndarray:
    if name not in tensors:
        raise ValueError(f"{path}: no tensor {name}, expected one of shape {shape}")
    if tensors[name].shape != shape or tensors[name].dtype != np.float32:
        raise ValueError(
            f"{path}: {name} is {tensors[name].shape} {tensors[name].dtype}, "
            f"expected {shape} float32"
        )
    return tensors.pop(name)


def _torch_name(name: str) -> str:
    """What torchvision calls the layer that Keras calls `name`."""
    known = {
        "Conv1": "features.0.0",
        "bn_Conv1": "features.0.1",
        "Conv_1": "features.18.0",
        "Conv_1_bn": "features.18.1",
        "predictions": f"{HEAD}1",
    }
    if name in known:
        return known[name]
    # expanded_conv_project_BN, the first block, has no expansion before it.
    block, part = name.removesuffix("_BN").rsplit("_", 1)
    number = 0 if block == "expanded_conv" else int(block.removeprefix("block_"))
    parts = ("depthwise", "project") if number == 0 else ("expand", "depthwise")
    # All but the projection are a folder of convolution, normalization and relu.
    is_norm = name.endswith("_BN")
    if part == "project":
        place = f"{(1 if number == 0 else 2) + is_norm}"
    else:
        place = f"{parts.index(part)}.{int(is_norm)}"
    return f"features.{number + 1}.conv.{place}"
