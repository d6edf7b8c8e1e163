"""Copy the values of a lesson, so that an answer cannot spoil them for the next."""

import copy
import types
from pathlib import Path

import numpy as np

from tests.planted.slices import names

LESSON = "__lesson__"  # the module in which the cells of a lesson run
PLAIN = int | float | complex | str | bytes | None | range | slice | Path
PLAIN |= np.generic | np.dtype | np.random.Generator
SHARED = types.ModuleType | types.BuiltinFunctionType | np.ufunc


def copied(values: dict, sources: list[str]) -> dict | None:
    """A copy of `values` on which the cells `sources` can run without touching them.

    Functions of the lesson see the copy. Names that the cells cannot reach are shared.
    None where a reachable value is of a kind not known to copy well.
    """
    used, touched = set(), set()
    for source in sources:
        found = names(source)
        used |= found.loads | found.later
        touched |= found.stores
    copier = _Copier(values, touched)
    reached = {n: values[n] for n in _reach(used, values) if n in values}
    if not all(map(copier.can_copy, reached.values())):
        return None
    twins = {n: copy.deepcopy(v, copier.memo) for n, v in reached.items()}
    copier.fresh.update(values | twins)
    return copier.fresh


class _Copier:
    """What is known while values are looked through before they are copied."""

    def __init__(self, values: dict, touched: set[str]):
        self.values, self.touched = values, touched
        self.fresh, self.memo, self.seen = {}, {}, set()

    def can_copy(self, value: object) -> bool:
        """Whether deepcopy with `memo`, which this fills, makes an independent copy."""
        if id(value) in self.seen or isinstance(value, PLAIN):
            return True
        self.seen.add(id(value))
        if isinstance(value, SHARED) or type(value).__module__.startswith("matplotlib"):
            self.memo[id(value)] = value  # no check looks at what a figure holds
            return True
        if isinstance(value, types.FunctionType):
            return value.__module__ != LESSON or self._twin(value)
        if isinstance(value, type):
            return value.__module__ != LESSON or self._class_can_be_shared(value)
        if not self.can_copy(type(value)):
            return False
        if isinstance(value, np.ndarray):
            return value.dtype != object or all(map(self.can_copy, value.flat))
        if isinstance(value, dict):
            return all(map(self.can_copy, [*value, *value.values()]))
        if isinstance(value, list | tuple | set | frozenset):
            return all(map(self.can_copy, value))
        own = type(value).__module__ == LESSON and type(value).__base__ is object
        return own and all(map(self.can_copy, vars(value).values()))

    def _twin(self, function: types.FunctionType) -> bool:
        """Prepare a copy that looks up names in the fresh values, if it can be made."""
        if function.__closure__ or function.__globals__ is not self.values:
            return False
        twin = types.FunctionType(
            function.__code__, self.fresh, function.__name__, function.__defaults__
        )
        twin.__kwdefaults__, twin.__doc__ = function.__kwdefaults__, function.__doc__
        self.memo[id(function)] = twin
        return True

    def _class_can_be_shared(self, kind: type) -> bool:
        """Methods keep seeing the old values, so none may need what a cell sets."""
        if "__slots__" in vars(kind) or "__deepcopy__" in vars(kind):
            return False
        return not self.touched & _reach({kind.__name__}, self.values)


def _reach(wanted: set[str], values: dict) -> set[str]:
    """The names that `wanted` lead to through the functions and classes of a lesson."""
    found, todo = set(), list(wanted)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            value = values.get(name)
            if getattr(value, "__module__", None) == LESSON:
                todo += _names_in(value if hasattr(value, "__name__") else type(value))
    return found


def _names_in(value: object) -> set[str]:
    """All names that the code of a function, or of the methods of a class, mentions."""
    if isinstance(value, type):
        return set().union(*map(_names_in, vars(value).values()), {value.__name__})
    if isinstance(value, property):
        return set().union(*map(_names_in, (value.fget, value.fset)))
    code = getattr(getattr(value, "__func__", value), "__code__", value)
    if not isinstance(code, types.CodeType):
        return set()
    return set(code.co_names).union(*map(_names_in, code.co_consts))
