"""What the checks of a folder's lessons must do; a file per folder fills in its name.

One file per folder, because the cells before an exercise take time and pytest deals
whole files to its workers.
"""

import functools
from typing import NamedTuple

from tests import planted
from tests.planted.bench import Bench, Outcome
from utils.authoring import exercises, notebooks

SHARE_CAUGHT = 0.9
AT_LEAST = 3  # planted answers per exercise


class Judged(NamedTuple):
    """How the solution, the blanked cell and each planted answer fared."""

    solved: Outcome
    blank: Outcome
    verdicts: dict[str, str]


def in_folder(folder: str) -> list:
    """Paths of the lessons of `folder`."""
    return [path for path in notebooks.lessons() if path.parent.name == folder]


def numbers(path) -> list[int]:
    """The exercises of a lesson; none if it is ill-formed, which a test below says."""
    try:
        return [e.number for e in exercises.find(notebooks.read(path))]
    except ValueError:
        return []


@functools.cache  # a lesson's cells may take long, so they are run once for all tests
def judged(path, number) -> Judged:
    nb = notebooks.read(path)
    exercise = exercises.find(nb)[number - 1]
    ready = Bench(nb, exercise, path.parent)
    source = nb.cells[exercise.function].source
    answers = planted.everything().get(notebooks.name(path), {}).get(number, [])
    return Judged(
        ready.solved,
        ready.attempt(exercises.blank(source)),
        {p.name: planted.verdict(ready, p, source) for p in answers},
    )


class PlantedAnswers:
    """Tests of the lessons in `folder`: the solution passes, wrong answers fail."""

    folder: str

    def pytest_generate_tests(self, metafunc):
        paths = in_folder(metafunc.cls.folder)
        if "number" in metafunc.fixturenames:
            cases = [(path, number) for path in paths for number in numbers(path)]
            names = [f"{path.stem}-{number}" for path, number in cases]
            metafunc.parametrize(("path", "number"), cases, ids=names)
        elif "path" in metafunc.fixturenames:
            metafunc.parametrize("path", paths, ids=[path.stem for path in paths])

    def test_every_exercise_has_planted_answers(self, path):
        name = notebooks.name(path)
        counts = {e.number: 0 for e in exercises.find(notebooks.read(path), name)}
        for number, answers in planted.everything().get(name, {}).items():
            assert number in counts, f"{name} has no exercise {number}"
            counts[number] = len({answer.name for answer in answers})
        few = [number for number, count in counts.items() if count < AT_LEAST]
        assert not few, f"{name}: exercises {few} have under {AT_LEAST} planted answers"

    def test_the_solution_passes(self, path, number):
        solved = judged(path, number).solved
        assert solved.error is None, f"{solved.cell} cell: {solved.error!r}"

    def test_the_blanked_exercise_fails_as_unwritten(self, path, number):
        error = judged(path, number).blank.error
        assert isinstance(error, NotImplementedError), f"it ends with {error!r}"

    def test_every_planted_answer_runs(self, path, number):
        verdicts = judged(path, number).verdicts.values()
        assert [v for v in verdicts if v not in ("caught", "slipped")] == []

    def test_checks_catch_nine_in_ten(self):
        verdicts = {
            f"{notebooks.name(path)} exercise {number}: {name}": verdict
            for path in in_folder(self.folder)
            for number in numbers(path)
            for name, verdict in judged(path, number).verdicts.items()
        }
        caught = sum(verdict == "caught" for verdict in verdicts.values())
        missed = [name for name, verdict in verdicts.items() if verdict == "slipped"]
        print(f"{self.folder}: {caught} of {len(verdicts)} planted answers caught")
        print("\n".join(f"  slipped: {name}" for name in missed))
        assert caught >= SHARE_CAUGHT * len(verdicts), missed
