"""utils.data.unpickle reads array pickles and runs nothing that a pickle asks for."""

import io
import os
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.data import unpickle

ARRAYS = {
    "float64": np.arange(6.0).reshape(2, 3),
    "Fortran order": np.asfortranarray(np.arange(6).reshape(2, 3)),
    "strided view": np.arange(12, dtype=np.uint8).reshape(3, 4)[:, ::2],
    "no dimension": np.array(3.5),
    "no element": np.zeros((0, 4), dtype=np.float32),
    "big-endian": np.arange(4, dtype=">i2"),
    "complex": np.arange(3) + 1j,
    "bool": np.array([True, False]),
    "text": np.array(["a", "xyz"]),
    "bytes": np.array([b"a", b"cc"]),
}


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("array", ARRAYS.values(), ids=ARRAYS)
def test_round_trip(array, protocol):
    loaded = unpickle.load(pickle.dumps(array, protocol))
    np.testing.assert_array_equal(loaded, array, strict=True)
    loaded[...] = loaded  # a loaded array can be written to


@pytest.mark.parametrize("module", ["numpy.core.multiarray", "numpy._core.multiarray"])
def test_both_names_of_the_numpy_core(module):
    data = pickle.dumps(np.arange(3), protocol=0)
    here = b"cnumpy._core.multiarray\n"
    assert here in data
    renamed = data.replace(here, f"c{module}\n".encode())
    np.testing.assert_array_equal(unpickle.load(renamed), [0, 1, 2])


def test_source_may_be_path_or_open_file(tmp_path):
    place = tmp_path / "array.pkl"
    place.write_bytes(pickle.dumps(np.arange(3)))
    np.testing.assert_array_equal(unpickle.load(place), [0, 1, 2])
    with place.open("rb") as file:
        np.testing.assert_array_equal(unpickle.load(file), [0, 1, 2])


class Call:
    """Pickles as the call of any function: what a hostile file does."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


def hostile(place):
    """Pickles that would create the file `place`, and the name each refusal has."""
    system = Call(os.system, f"echo > {place}")
    code = Call(eval, f"open({str(place)!r}, 'w').close()")
    array = np.empty(1, dtype=object)
    array[0] = code
    return {
        "os.system": (system, f"{os.system.__module__}.system"),
        "builtins.eval": (code, "builtins.eval"),
        "open": (Call(open, str(place), "w"), "io.open"),
        "eval in a list": ([np.arange(3), code], "builtins.eval"),
        "eval as shape": (Call(np.ndarray, code), "builtins.eval"),
        "eval in an object array": (array, "numpy.dtype('O8')"),
        "numpy.load": (Call(np.load, str(place)), "numpy.load"),
    }


@pytest.mark.parametrize("protocol", [0, 2, 4, 5])
@pytest.mark.parametrize("case", hostile("x"))
def test_hostile_pickle_is_refused_by_name_and_does_nothing(case, protocol, tmp_path):
    place = tmp_path / "trace"
    value, refused = hostile(place)[case]
    data = pickle.dumps(value, protocol)
    with pytest.raises(pickle.UnpicklingError) as caught:
        unpickle.load(data)
    names = (refused, refused.replace("builtins", "__builtin__"))
    assert any(name in str(caught.value) for name in names), caught.value
    assert not place.exists()


def test_the_hostile_pickle_is_a_real_one(tmp_path):
    place = tmp_path / "trace"
    pickle.loads(pickle.dumps(hostile(place)["builtins.eval"][0]))
    assert place.exists()


def test_forged_dtype_flags_are_ignored():
    # Flag 1 claims that the numbers are pointers to objects; NumPy believes it.
    data = pickle.dumps(np.full(2, 0x41414141, dtype="<i8"), protocol=2)
    flags = b"J\xff\xff\xff\xffJ\xff\xff\xff\xffK"  # size -1, alignment -1, then flags
    assert data.count(flags + b"\0") == 1
    forged = data.replace(flags + b"\0", flags + b"\x3f")
    np.testing.assert_array_equal(unpickle.load(forged), [0x41414141] * 2)


def test_stand_ins_take_no_state():
    # BUILD with a dictionary sets attributes on whatever is on the stack.
    for name in (b"cnumpy\nndarray\n", b"cnumpy\ndtype\n", b"c_codecs\nencode\n"):
        with pytest.raises(pickle.UnpicklingError):
            unpickle.load(name + b"}S'x'\nI1\nsb.")


def test_other_encodings_are_refused():
    text = pickle.dumps(Call(__import__("codecs").encode, "abc", "rot13"), protocol=2)
    with pytest.raises(pickle.UnpicklingError, match="rot13"):
        unpickle.load(text)


@pytest.mark.parametrize(
    ("value", "came"),
    [({"a": 1}, "dict"), ([np.arange(2)], "list"), ("text", "str")],
)
def test_anything_but_one_array_is_named(value, came):
    with pytest.raises(pickle.UnpicklingError, match=f"one NumPy array.*{came}"):
        unpickle.load(pickle.dumps(value))


def test_object_and_structured_dtypes_are_refused():
    for array in (np.array([None]), np.zeros(2, dtype=[("a", "i4")])):
        with pytest.raises(pickle.UnpicklingError, match=r"refused numpy\.dtype"):
            unpickle.load(pickle.dumps(array))


def test_shape_must_fit_the_data():
    data = pickle.dumps(np.arange(3, dtype=np.uint8), protocol=2)
    with pytest.raises(pickle.UnpicklingError, match="3 bytes for shape"):
        unpickle.load(data.replace(b"K\x03\x85", b"K\x7f\x85"))


@given(cut=st.integers(0, 10_000))
def test_truncated_pickle_is_refused(cut):
    data = pickle.dumps(np.arange(40.0))
    with pytest.raises(pickle.UnpicklingError):
        unpickle.load(data[: cut % len(data)])


@given(st.binary(max_size=200))
def test_garbage_gives_an_array_or_a_refusal(garbage):
    try:
        assert isinstance(unpickle.load(io.BytesIO(garbage)), np.ndarray)
    except pickle.UnpicklingError:
        pass
