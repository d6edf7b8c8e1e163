"""Wrong answers planted in the exercises, to see that the lessons' checks catch them.

One module per lesson, named `<folder>_<number>.py` (course1_nn_02.py), holds `PLANTED`:

    PLANTED = {
        "course1_nn/02_logistic_regression": {
            1: [
                Planted("sign", "np.exp(-z)", "np.exp(z)"),
                Planted("no mean", " / m", "", count=2),
                Planted("transposed", body="return w @ X"),
            ],
        },
    }

tests/test_planted_<folder>.py tries them; each exercise needs three or more.
"""

import importlib
import pkgutil
from typing import NamedTuple

from utils.authoring import exercises, notebooks


class Planted(NamedTuple):
    """A wrong answer: `old` becomes `new` in the solution, or `body` replaces it.

    name  : what is wrong: sign, axis, missing 1/m, transposed, off by one, ...
    count : how often `old` occurs in the solution; each is replaced
    """

    name: str
    old: str = ""
    new: str = ""
    count: int = 1
    body: str | None = None


def answer(planted: Planted, source: str) -> str:
    """The exercise cell `source` with the wrong answer in place of the solution.

    raises   ValueError if `old` does not occur `count` times or nothing changes
    """
    texts = exercises.solutions(source)
    if planted.body is not None:
        if len(texts) != 1:
            raise ValueError(
                f"{planted.name}: a body needs one solution, not {len(texts)}"
            )
        return exercises.replace(source, [planted.body])
    occurs = sum(text.count(planted.old) for text in texts) if planted.old else 0
    if occurs != planted.count:
        raise ValueError(
            f"{planted.name}: {planted.old!r} occurs {occurs} times in the solution, "
            f"not {planted.count}"
        )
    if planted.old == planted.new:
        raise ValueError(f"{planted.name}: changes nothing")
    return exercises.replace(
        source, [t.replace(planted.old, planted.new) for t in texts]
    )


def verdict(bench, planted: Planted, source: str) -> str:
    """'caught' or 'slipped', or why the answer is broken rather than wrong.

    bench : a tests.planted.bench.Bench of the exercise whose cell is `source`
    """
    try:
        outcome = bench.attempt(answer(planted, source))
    except ValueError as error:
        return str(error)
    error = outcome.error
    if error is None:
        return "slipped"
    if outcome.cell == "exercise" or isinstance(error, NameError | ImportError):
        return f"{planted.name}: does not run: {type(error).__name__}: {error}"
    return "caught"


def modules() -> list[str]:
    """Names of the modules that hold planted answers."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return sorted(n for n in names if n.startswith(("course", notebooks.SHELF)))


def everything() -> dict[str, dict[int, list[Planted]]]:
    """The planted answers of all modules: lesson name, exercise number, answers.

    raises   ValueError if two modules plant in the same lesson
    """
    found: dict[str, dict[int, list[Planted]]] = {}
    for name in modules():
        module = importlib.import_module(f"{__name__}.{name}")
        if twice := found.keys() & module.PLANTED.keys():
            raise ValueError(
                f"{name} plants in {sorted(twice)}, as another module does"
            )
        found.update(module.PLANTED)
    return found
