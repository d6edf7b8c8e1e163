"""Tensors out of a weight file that PyTorch 1.5 or older wrote, without PyTorch.

Such a file is five pickles and then plain numbers: a magic number, the version, facts
about the machine, the tensors by name (shape, and which storage they lie in), the keys
of the storages; then each storage, its length before it. A pickle can do anything, so
every name in one is refused but the few that a table of tensors needs, and those
stand for classes of this module.
"""

import collections
import io
import math
import pickle
from pathlib import Path
from typing import NamedTuple

import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C
VERSION = 1001
STORAGES = {
    "HalfStorage": "<f2",
    "FloatStorage": "<f4",
    "DoubleStorage": "<f8",
    "ByteStorage": "|u1",
    "CharStorage": "|i1",
    "ShortStorage": "<i2",
    "IntStorage": "<i4",
    "LongStorage": "<i8",
}


def read(path: Path | str) -> dict[str, np.ndarray]:
    """Return every tensor of a state dict by its name, in the order of the file.

    path    : a file as torch.save wrote before PyTorch 1.6
    returns  name -> array, in the shape and type of the tensor; own copies
    raises   FileNotFoundError; ValueError naming the file, what came and what was
             expected if it is of another kind, cut short or damaged, asks for anything
             but tensors, or holds a byte that belongs to no tensor
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    try:
        return _tensors(path.read_bytes())
    except Exception as error:
        # Any garbage may come, so any exception may: the pickle module promises none.
        said = str(error) if isinstance(error, _Wrong) else f"damaged, {error!r}"
        raise ValueError(
            f"{path}: {said}; expected a whole state dict of PyTorch 1.5 or older"
        ) from error


class _Wrong(ValueError):
    """What is wrong with a file, in words for its reader."""


class _Place(NamedTuple):
    """Where a tensor lies: `offset` and everything else in numbers, not bytes."""

    key: str
    offset: int
    shape: tuple[int, ...]


class _Table(collections.OrderedDict):
    """The table of tensors; what PyTorch sets on it besides is its layers' versions."""

    def __setstate__(self, state):
        pass


class _Unpickler(pickle.Unpickler):
    """Unpickles plain values, and tensors as their places."""

    def __init__(self, file: io.BytesIO):
        super().__init__(file)
        self.storages = {}  # key -> (name of its class, length)

    def find_class(self, module, name):
        if module == "torch" and name in STORAGES:
            return name  # an argument only, never called
        known = {
            ("collections", "OrderedDict"): _Table,
            ("torch._utils", "_rebuild_tensor_v2"): _place,
        }
        if (module, name) not in known:
            raise _Wrong(f"refused {module}.{name}, which no table of tensors needs")
        return known[module, name]

    def persistent_load(self, pid):
        kind, storage, key, _device, length, view = pid
        if kind != "storage" or storage not in STORAGES or view is not None:
            raise _Wrong(f"an object {pid!r}, expected a whole storage of numbers")
        if self.storages.setdefault(key, (storage, length)) != (storage, length):
            raise _Wrong(f"storage {key} is {storage} of {length} and something else")
        return key


def _place(key, offset, shape, strides, *_):
    steps = [math.prod(shape[axis + 1 :]) for axis in range(len(shape))]
    # The step along an axis of one entry is never made, nor any in an empty tensor.
    pairs = zip(shape, strides, steps, strict=True)
    if 0 not in shape and any(n > 1 and came != step for n, came, step in pairs):
        raise _Wrong(f"a tensor {shape} with strides {strides}, expected {steps}")
    return _Place(key, offset, tuple(shape))


def _tensors(content: bytes) -> dict[str, np.ndarray]:
    if content.startswith(b"PK"):
        raise _Wrong("a zip archive, as PyTorch 1.6 and newer write")
    file = io.BytesIO(content)
    magic = _Unpickler(file).load()
    if magic != MAGIC:
        raise _Wrong(f"begins with {magic!r}, not with PyTorch's magic number")
    version, machine = (_Unpickler(file).load() for _ in range(2))
    if version != VERSION or machine["little_endian"] is not True:
        raise _Wrong(f"version {version} from {machine}, not {VERSION}, little-endian")
    reader = _Unpickler(file)
    table = reader.load()
    for name, place in table.items():
        if not isinstance(place, _Place):
            raise _Wrong(f"{name!r} is a {type(place).__name__}, not a tensor")
    keys = _Unpickler(file).load()
    if sorted(keys) != sorted(reader.storages):
        raise _Wrong(
            f"stores {len(keys)} blocks of numbers, its tensors lie in "
            f"{len(reader.storages)} others"
        )
    numbers = {key: _storage(file, *reader.storages[key]) for key in keys}
    if left := len(content) - file.tell():
        raise _Wrong(f"{left} bytes left after the last block of numbers")
    unread = {key: np.ones(len(block), dtype=bool) for key, block in numbers.items()}
    found = {}
    for name, (key, offset, shape) in table.items():
        stop = offset + math.prod(shape)
        if min(offset, *shape, 0) < 0 or stop > len(numbers[key]):
            raise _Wrong(
                f"{name} is {shape} from {offset} on, of {len(numbers[key])} numbers"
            )
        found[name] = numbers[key][offset:stop].reshape(shape).copy()
        unread[key][offset:stop] = False
    if left := sum(int(block.sum()) for block in unread.values()):
        raise _Wrong(f"{left} numbers that belong to no tensor")
    return found


def _storage(file: io.BytesIO, storage: str, length: int) -> np.ndarray:
    """The next block of numbers: its length in 8 bytes, then the numbers."""
    dtype = np.dtype(STORAGES[storage])
    stated = int.from_bytes(file.read(8), "little")
    data = file.read(stated * dtype.itemsize) if stated == length else b""
    if stated != length or len(data) != length * dtype.itemsize:
        raise _Wrong(
            f"a block of {stated} numbers in {len(data)} bytes, its tensor needs "
            f"{length} {dtype.name}"
        )
    return np.frombuffer(data, dtype).astype(dtype.newbyteorder("="))
