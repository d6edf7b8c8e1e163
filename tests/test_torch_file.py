"""utils.pretrained.torch_file reads whole files of tensors, and nothing else."""

import collections
import os
import pickle
import sys
import types
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.data import assets
from utils.pretrained import torch_file

MACHINE = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"int": 4}}
KINDS = {
    "HalfStorage": "<f2",
    "FloatStorage": "<f4",
    "DoubleStorage": "<f8",
    "ByteStorage": "u1",
    "CharStorage": "i1",
    "ShortStorage": "<i2",
    "IntStorage": "<i4",
    "LongStorage": "<i8",
}


class Storage:
    """Stands in a table of tensors for numbers that lie elsewhere in the file."""

    def __init__(self, key, kind, length):
        self.pid = ("storage", TORCH[kind], key, "cpu", length, None)


class Tensor:
    """Pickles as PyTorch's tensors do: a call of _rebuild_tensor_v2."""

    def __init__(self, storage, offset, shape, strides):
        hooks = collections.OrderedDict()
        self.arguments = (storage, offset, shape, strides, False, hooks)

    def __reduce__(self):
        return TORCH["_rebuild_tensor_v2"], self.arguments


# Under the names that PyTorch gives them, as the pickle module looks them up.
TORCH = {name: type(name, (), {"__module__": "torch"}) for name in KINDS}
TORCH["_rebuild_tensor_v2"] = type(
    "_rebuild_tensor_v2", (), {"__module__": "torch._utils"}
)
MODULES = {}
for thing in TORCH.values():
    name = thing.__module__
    setattr(MODULES.setdefault(name, types.ModuleType(name)), thing.__name__, thing)


class Pickler(pickle.Pickler):
    def persistent_id(self, value):
        return value.pid if isinstance(value, Storage) else None


def write(path, tensors, blocks, tail=b"", **changes):
    """A file as torch.save wrote them; `blocks` are (key, length, bytes)."""
    parts = {
        "magic": 0x1950A86A20F9469CFC6C,
        "version": 1001,
        "machine": MACHINE,
        "table": collections.OrderedDict(tensors),
        "keys": [key for key, _, _ in blocks],
    } | changes
    with open(path, "wb") as file, mock.patch.dict(sys.modules, MODULES):
        for part in parts.values():
            Pickler(file, protocol=2).dump(part)
        for _, length, data in blocks:
            file.write(length.to_bytes(8, "little") + data)
        file.write(tail)
    return path


def one(key, kind, array, **changes):
    """Arguments of `write` for a file with one tensor `key` in a block of its own."""
    strides = tuple(n // array.itemsize for n in array.strides)
    place = {"offset": 0, "shape": array.shape, "strides": strides} | changes
    tensor = Tensor(Storage(key, kind, array.size), **place)
    return {"tensors": [(key, tensor)], "blocks": [(key, array.size, array.tobytes())]}


ROW = np.arange(6, dtype="<f4").reshape(2, 3)


@settings(deadline=None)
@given(
    kind=st.sampled_from(list(KINDS)),
    shape=st.lists(st.integers(0, 4), max_size=4).map(tuple),
    seed=st.integers(0, 99),
)
def test_round_trip(tmp_path_factory, kind, shape, seed):
    numbers = np.random.default_rng(seed).integers(0, 100, shape)
    array = np.asarray(numbers, dtype=KINDS[kind])
    path = tmp_path_factory.mktemp("torch") / "one.pth"
    found = torch_file.read(write(path, **one("w", kind, array)))
    assert list(found) == ["w"]
    np.testing.assert_array_equal(found["w"], array, strict=True)
    assert found["w"].dtype.isnative and found["w"].flags.writeable


def test_tensors_may_share_a_block_and_keep_their_order(tmp_path):
    storage = Storage("7", "FloatStorage", 6)
    tensors = {
        "z": Tensor(storage, 2, (2, 2), (2, 1)),
        "a": Tensor(storage, 0, (3,), (1,)),
        "of one": Tensor(storage, 5, (1, 1), (9, 9)),  # its strides mean nothing
    }
    path = write(tmp_path / "f.pth", tensors, [("7", 6, ROW.tobytes())])
    found = torch_file.read(str(path))
    assert list(found) == ["z", "a", "of one"]
    np.testing.assert_array_equal(found["z"], [[2, 3], [4, 5]])
    np.testing.assert_array_equal(found["a"], [0, 1, 2])
    found["a"][:] = -1
    assert found["z"][0, 0] == 2, "each tensor is its own copy"


def test_blocks_come_in_the_order_of_the_keys(tmp_path):
    tensors = {k: Tensor(Storage(k, "ByteStorage", 1), 0, (1,), (1,)) for k in "ab"}
    path = write(tmp_path / "f.pth", tensors, [("b", 1, b"\2"), ("a", 1, b"\1")])
    assert {k: v.tolist() for k, v in torch_file.read(path).items()} == {
        "a": [1],
        "b": [2],
    }


def test_what_a_module_notes_on_its_table_is_passed_over(tmp_path):
    given_file = one("w", "FloatStorage", ROW)
    table = collections.OrderedDict(given_file["tensors"])
    table._metadata = collections.OrderedDict({"": {"version": 1}})
    path = write(tmp_path / "f.pth", **given_file, table=table)
    np.testing.assert_array_equal(torch_file.read(path)["w"], ROW)


GOOD = one("w", "FloatStorage", ROW)
DATA = ROW.tobytes()
TWO = {"tensors": [*GOOD["tensors"], *one("b", "FloatStorage", ROW)["tensors"]]}
WRONG = {
    "another magic number": (GOOD | {"magic": 7}, "begins with 7"),
    "another version": (GOOD | {"version": 1002}, "version 1002"),
    "big-endian": (GOOD | {"machine": {"little_endian": False}}, "little-endian"),
    "no tensors": (GOOD | {"table": {"epoch": 3}}, "'epoch' is a int, not a tensor"),
    "a list": (GOOD | {"table": [1]}, "damaged"),
    "a byte too many": (GOOD | {"tail": b"\0"}, "1 bytes left"),
    "a byte too few": (GOOD | {"blocks": [("w", 6, DATA[:-1])]}, "6 numbers in 23"),
    "another length": (GOOD | {"blocks": [("w", 5, DATA[:-4])]}, "needs 6 float32"),
    "a huge length": (GOOD | {"blocks": [("w", 2**62, DATA)]}, "needs 6 float32"),
    "a block of nobody": (GOOD | {"keys": ["w", "x"]}, "stores 2 blocks"),
    "a key twice": (GOOD | {"keys": ["w", "w"]}, "stores 2 blocks"),
    "a block missing": (GOOD | TWO, "stores 1 blocks of numbers"),
    "numbers of nobody": (
        one("w", "FloatStorage", ROW, shape=(2, 2), strides=(2, 1)),
        "2 numbers that belong to no tensor",
    ),
    "beyond its block": (one("w", "FloatStorage", ROW, offset=1), "from 1 on, of 6"),
    "before its block": (one("w", "FloatStorage", ROW, offset=-1), "from -1 on"),
    "a negative side": (
        one("w", "FloatStorage", ROW, shape=(-2, 3)),
        r"is \(-2, 3\) from 0 on",
    ),
    "transposed": (
        one("w", "FloatStorage", ROW, shape=(3, 2), strides=(1, 3)),
        r"strides \(1, 3\), expected \[2, 1\]",
    ),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_wrong_file_is_refused_by_name(tmp_path, arguments, message):
    path = write(tmp_path / "mine.pth", **arguments)
    with pytest.raises(ValueError, match=rf"mine\.pth: .*{message}.*; expected"):
        torch_file.read(path)


def test_one_block_is_of_one_kind(tmp_path):
    tensors = {
        kind: Tensor(Storage("w", kind, 6), 0, (6,), (1,))
        for kind in ("FloatStorage", "IntStorage")
    }
    path = write(tmp_path / "f.pth", tensors, GOOD["blocks"])
    with pytest.raises(ValueError, match="storage w is IntStorage of 6"):
        torch_file.read(path)


class Call:
    """Pickles as the call of any function: what a hostile file does."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize("part", ["magic", "version", "machine", "table", "keys"])
@pytest.mark.parametrize("function", [os.system, eval, open])
def test_a_hostile_pickle_is_refused_and_does_nothing(tmp_path, part, function):
    place = tmp_path / "trace"
    asked = {
        os.system: (f"echo > {place}",),
        eval: (f"open({str(place)!r}, 'w').close()",),
        open: (str(place), "w"),
    }[function]
    path = write(tmp_path / "f.pth", **GOOD | {part: Call(function, *asked)})
    with pytest.raises(ValueError, match=rf"f\.pth: refused \w+\.{function.__name__}"):
        torch_file.read(path)
    assert not place.exists()


def test_a_hostile_name_in_place_of_a_storage(tmp_path):
    thing = Storage("w", "FloatStorage", 6)
    for pid in (("storage", "FloatStorage"), ("module", "x", "w", "cpu", 6, None), 3):
        thing.pid = pid
        tensors = {"w": Tensor(thing, 0, (6,), (1,))}
        path = write(tmp_path / "f.pth", tensors, GOOD["blocks"])
        with pytest.raises(ValueError, match=r"f\.pth"):
            torch_file.read(path)


def test_a_newer_file_is_named(tmp_path):
    (tmp_path / "new.pth").write_bytes(b"PK\3\4 and so on")
    with pytest.raises(ValueError, match=r"new\.pth: a zip archive, as PyTorch 1\.6"):
        torch_file.read(tmp_path / "new.pth")


def test_no_such_file(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.pth: no such file"):
        torch_file.read(tmp_path / "none.pth")


def test_every_cut_is_refused(tmp_path):
    content = write(tmp_path / "whole.pth", **GOOD).read_bytes()
    cut = tmp_path / "cut.pth"
    for length in range(len(content)):
        cut.write_bytes(content[:length])
        with pytest.raises(ValueError, match=r"cut\.pth: "):
            torch_file.read(cut)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damage_gives_tensors_or_a_clear_error(tmp_path_factory, data):
    path = write(tmp_path_factory.mktemp("damage") / "f.pth", **GOOD)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        found = torch_file.read(path)
    except ValueError as error:
        assert str(path) in str(error)
    else:
        assert all(isinstance(array, np.ndarray) for array in found.values())


def real(name):
    """Skip without the data, but never in CI, where it must be there."""
    try:
        return assets.path(name)
    except assets.AssetError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"needs real data: {error}")


def test_every_byte_of_the_real_weights():
    path = real("mobilenet_v2")
    found = torch_file.read(path)
    assert len(found) == 314
    numbers = sum(array.nbytes for array in found.values())
    with path.open("rb") as file:
        for _ in range(3):
            pickle.load(file)
        torch_file._Unpickler(file).load()
        assert len(pickle.load(file)) == 314
        # the rest: a length of 8 bytes before the numbers of each tensor
        assert path.stat().st_size - file.tell() == numbers + 8 * 314
    steps = {k: v for k, v in found.items() if k.endswith("num_batches_tracked")}
    assert {array.dtype.name for array in steps.values()} == {"int64"}
    # running variances are the easiest to tell from numbers read at a wrong place
    variances = [v for k, v in found.items() if k.endswith("running_var")]
    assert len(variances) == 52 == len(steps)
    assert all((v > 0).all() and (v < 1e3).all() for v in variances)
