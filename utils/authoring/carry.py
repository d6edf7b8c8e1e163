"""Carry a learner's work from an older practice copy into a copy of today's lesson.

Nothing is lost: an answer whose exercise is the same goes into its place, a cell of
the learner's own goes behind the cell that it followed, and whatever has no certain
place is kept as text, marked as the learner's.
"""

import re

import nbformat
from nbformat import NotebookNode

from utils.authoring import copies, exercises, judge, older
from utils.authoring.blanking import fenced

REST = "## From your earlier copy"
YOURS = "Yours, from {}"
NOT_WRITTEN = exercises.STUB.split("\n")[1]
NAMED = re.compile(r"^(?:def|class) .*", re.MULTILINE)


def carry(old: NotebookNode, new: NotebookNode, name: str) -> list[str]:
    """Put the work in the copy `old` into `new`, an untouched copy of today's lesson.

    name     file name of the old copy, which marks what is kept
    returns  what was carried over and what needs a look, one line each
    """
    return _Carrier(old, new, name).carry()


class _Carrier:
    """What is known of both copies while the cells of the old one are gone through."""

    def __init__(self, old: NotebookNode, new: NotebookNode, name: str):
        self.new, self.yours = new, YOURS.format(name)
        self.cells = {cell.id: cell for cell in new.cells}
        self.stubs = {i: cell.source for i, cell in self.cells.items()}
        self.recorded = copies.recorded_cells(old)
        self.folder = copies.folder_of(old)
        self.today = copies.recorded_cells(new)
        self.titles = copies.recorded_titles(new)
        self.old = [nbformat.from_dict(cell) for cell in old.cells]
        older.restore_ids(self.old, self.recorded or self.today)
        self.old_titles = copies.recorded_titles(old) or older.titles(self.old)
        before = list(self.recorded) or [c.id for c in self.old]
        self.place = older.places(before, [cell.id for cell in new.cells])
        self.carried: list[str] = []
        self.look: list[str] = []
        self.own = self.kept = 0

    def carry(self) -> list[str]:
        """Go through the old cells in order; what was done."""
        at, rest = None, []
        for cell in self.old:
            lessons = self._is_of_lesson(cell.id)
            if lessons:
                at = self._where(cell.id)
            extra = self._extra(cell, at) if lessons else self._own(cell)
            if extra is None:
                continue
            if at is None and cell is not self.old[0]:
                rest.append(extra)
            else:
                at = self._insert(extra, at)
        if rest:
            cells = [nbformat.v4.new_markdown_cell(REST), *rest]
            self.new.cells += [self._with_free_id(cell) for cell in cells]
        return self._said(len(rest))

    def _own(self, cell: NotebookNode) -> NotebookNode | None:
        self.own += bool(cell.source.strip())
        return cell if cell.source.strip() else None

    def _is_of_lesson(self, cell_id: str) -> bool:
        if self.recorded:
            return cell_id in self.recorded or bool(older.EXERCISE.fullmatch(cell_id))
        return cell_id in self.cells or bool(older.LESSONS.fullmatch(cell_id))

    def _where(self, cell_id: str) -> str | None:
        """The id that a cell of the lesson has today, None if it is gone."""
        kind, _, number = cell_id.rpartition("-")
        if kind not in ("exercise", "check", "expected"):
            return self.place.get(cell_id)
        here = f"exercise-{number}"
        title = self.old_titles.get(here)
        same = [i for i, name in self.titles.items() if title and name == title]
        if same and here not in same:
            here = same[0]
        elif not same and self.titles.get(here) in self.old_titles.values():
            return None  # the number belongs to another exercise of the older copy
        found = here.replace("exercise", kind)
        return found if found in self.cells else None

    def _extra(self, cell: NotebookNode, at: str | None) -> NotebookNode | None:
        """Take over what the learner changed in a cell of the lesson.

        returns  a cell to be put behind cell `at`, None if there is nothing to add
        """
        was = self.recorded.get(cell.id)
        now = self.today.get(at) if at else None
        if copies.cell_digest(cell) in (was, now) or not cell.source.strip():
            return None
        if not self.recorded and older.as_its_id_says(cell, self.folder):
            return None
        if older.EXERCISE.fullmatch(cell.id):
            return self._answer(cell, at)
        self.kept += 1
        if not self.recorded:  # whose words they are is not known
            return self._as_text(cell)
        is_check = bool(re.fullmatch(r"check-\d+", cell.id))
        if now == was and not is_check and at == cell.id:
            return self._marked(cell)
        return self._as_text(cell)

    def _answer(self, cell: NotebookNode, at: str | None) -> NotebookNode | None:
        """Put an answer into its place, or keep it as text if its place is unsure."""
        label = f"exercise {cell.id.rpartition('-')[2]}"
        title = judge.plain(self.old_titles.get(cell.id, ""))
        if at is None:
            self.look.append(f"{label} ({title}) is gone; your answer is kept as text")
            return self._as_text(cell)
        if at != cell.id:
            label += f", now {at.rpartition('-')[2]},"
        stub, same_title = self.stubs[at], title == self.titles.get(at)
        if cell.cell_type != "code":
            self.look.append(f"{label} was no code; what you wrote is kept as text")
            return self._as_text(cell)
        if self.recorded:
            same = self.recorded.get(cell.id) == self.today[at]
            same = same and (same_title or bool(NAMED.search(stub)))
        else:
            line = NAMED.search(stub)
            same = line[0] in cell.source.split("\n") if line else same_title
            same = same and NOT_WRITTEN not in cell.source
        if not same or self.cells[at].source != stub:
            self.look.append(f"{label} has changed; what you had is below it as text")
            return self._as_text(cell)
        self.cells[at].source = cell.source
        self.carried.append(at.rpartition("-")[2])
        self._note_doubts(cell.id, at, label, same_title)
        return None

    def _note_doubts(self, was: str, now: str, label: str, same_title: bool) -> None:
        if not self.recorded:
            self.look.append(f"{label}: judged by its title and first line alone")
        elif not same_title:
            self.look.append(f"{label} has another title")
        before, after = (i.replace("exercise", "check") for i in (was, now))
        if self.recorded and self.recorded.get(before) != self.today.get(after):
            self.look.append(f"{label} has another check")

    def _marked(self, cell: NotebookNode) -> NotebookNode:
        code = cell.cell_type == "code"
        mark = f"# {self.yours}:\n" if code else f"*{self.yours}*\n\n"
        cell.source = mark + cell.source
        return cell

    def _as_text(self, cell: NotebookNode) -> NotebookNode:
        """The cell as text that does not run, whatever it was."""
        code = cell.cell_type == "code"
        source = fenced(cell.source, "python") if code else cell.source
        kept = nbformat.v4.new_markdown_cell(f"*{self.yours}*\n\n{source}")
        if "attachments" in cell:
            kept.attachments = cell.attachments
        return kept

    def _insert(self, cell: NotebookNode, at: str | None) -> str:
        """Put the cell behind cell `at`, at the top for None; its id."""
        ids = [other.id for other in self.new.cells]
        cell = self._with_free_id(cell)
        self.new.cells.insert(ids.index(at) + 1 if at else 0, cell)
        return cell.id

    def _with_free_id(self, cell: NotebookNode) -> NotebookNode:
        used, count = {other.id for other in self.new.cells}, 0
        wanted = cell.id
        while cell.id in used:
            count += 1
            cell.id = f"{wanted[:50]}-{count}"
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        return cell

    def _said(self, at_the_end: int) -> list[str]:
        lines = []
        if self.carried:
            lines.append(f"answers carried over: exercise {', '.join(self.carried)}")
        if self.own:
            lines.append(f"cells of your own carried over: {self.own}")
        if self.kept:
            lines.append(
                f"cells you had changed: {self.kept}, kept beside the lesson's and "
                f"marked '{self.yours}'"
            )
        present = {cell.id for cell in self.old}
        gone = sum(i not in present and i in self.cells for i in self.recorded)
        if gone:
            lines.append(f"cells you had deleted: {gone}, they are back")
        lines += [f"look: {line}" for line in self.look]
        if at_the_end:
            lines.append(f"look: {at_the_end} cells without a place stand at the end")
        return lines or ["there was nothing of yours in it to carry over"]


def answered(copy: NotebookNode) -> int:
    """How many exercises of a copy somebody wrote something for."""
    recorded = copies.recorded_cells(copy)
    return sum(
        bool(older.EXERCISE.fullmatch(cell.id))
        and copies.cell_digest(cell) != recorded.get(cell.id)
        and NOT_WRITTEN not in cell.source
        for cell in copy.cells
    )
