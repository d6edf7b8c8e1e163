"""Read a pickled NumPy array without running anything that the pickle asks for.

A pickle is a small program: plain `pickle.load` on a stranger's file can do anything.
Here the few NumPy names that an array pickle needs stand for Python classes of this
module, which check what they are given; every other name is refused. NumPy's own
unpickling code is never called: forged dtype flags make it corrupt the interpreter.
"""

import io
import math
import pickle
from pathlib import Path

import numpy as np

PLAIN_KINDS = "biufcSU"  # bool, integers, floats, complex, bytes, text: no objects


def load(source: Path | str | bytes | io.BufferedIOBase) -> np.ndarray:
    """Return the one array that a pickle holds.

    source : a path, the pickle's bytes, or a binary file open for reading
    raises   pickle.UnpicklingError naming the refused global, dtype or content;
             FileNotFoundError if there is no such file
    """
    if isinstance(source, (str, Path)):
        source = Path(source).read_bytes()
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    try:
        result = _Unpickler(file).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:
        # Any garbage may come, so any exception may: the pickle module promises none.
        raise pickle.UnpicklingError(
            f"not a whole pickle of one NumPy array: {type(error).__name__}: {error}"
        ) from error
    value = result.value if isinstance(result, _Array) else result
    if not isinstance(value, np.ndarray):
        raise pickle.UnpicklingError(
            f"expected one NumPy array, the pickle holds a {type(value).__name__}"
        )
    return value


class _StandIn:
    """What a pickle gets instead of a NumPy name; it takes no attributes."""

    __slots__ = ()

    def __setstate__(self, state):
        raise pickle.UnpicklingError(f"refused to set the state of {type(self)}")


class _Dtype(_StandIn):
    """`numpy.dtype(name, align, copy)`, of plain kinds only."""

    __slots__ = ("value",)

    def __init__(self, name, *_):
        if not isinstance(name, str):
            raise pickle.UnpicklingError(f"refused dtype {name!r}, expected a name")
        self.value = np.dtype(name)
        if self.value.kind not in PLAIN_KINDS:
            raise pickle.UnpicklingError(
                f"refused numpy.dtype({name!r}), expected numbers, truth values or text"
            )

    def __setstate__(self, state):
        # Of the state only the byte order is used; its flags are what must not be.
        self.value = self.value.newbyteorder(state[1])


class _Array(_StandIn):
    """`_reconstruct(ndarray, (0,), b"b")`, then filled by its state."""

    __slots__ = ("value",)

    def __init__(self, *_):
        self.value = None

    def __setstate__(self, state):
        _version, shape, dtype, is_fortran, data = state
        self.value = _filled(data, dtype, shape, "F" if is_fortran else "C")


class _FromBuffer(_StandIn):
    """`_frombuffer(data, dtype, shape, order)`, which protocol 5 uses."""

    __slots__ = ()

    def __new__(cls, data, dtype, shape, order):
        return _filled(data, dtype, shape, order)


class _Encode(_StandIn):
    """`_codecs.encode(text, "latin1")`, how protocols 0 to 2 write bytes."""

    __slots__ = ()

    def __new__(cls, text, encoding):
        if encoding != "latin1":
            raise pickle.UnpicklingError(f"refused encoding {encoding!r}, not latin1")
        return text.encode("latin1")


class _NoBytes(_StandIn):
    """`bytes()`, how protocols 0 to 2 write the data of an empty array."""

    __slots__ = ()

    def __new__(cls):
        return b""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        # NumPy 2 renamed numpy.core; files of both ages are about.
        known = {
            ("numpy.core.multiarray", "_reconstruct"): _Array,
            ("numpy._core.multiarray", "_reconstruct"): _Array,
            ("numpy.core.numeric", "_frombuffer"): _FromBuffer,
            ("numpy._core.numeric", "_frombuffer"): _FromBuffer,
            ("numpy", "dtype"): _Dtype,
            ("numpy", "ndarray"): "numpy.ndarray",  # an argument only, never called
            ("_codecs", "encode"): _Encode,
            ("__builtin__", "bytes"): _NoBytes,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(
                f"refused global {module}.{name}: an array pickle does not need it"
            )
        return known[module, name]


def _filled(data, dtype: _Dtype, shape: tuple[int, ...], order: str) -> np.ndarray:
    """A new array of that shape with a copy of `data`; ValueError if sizes differ."""
    expected = math.prod(shape) * dtype.value.itemsize
    if min(shape, default=0) < 0 or len(data) != expected:
        raise ValueError(f"{len(data)} bytes for shape {shape}, expected {expected}")
    return np.ndarray(shape, dtype.value, bytes(data), order=order).copy(order="K")
