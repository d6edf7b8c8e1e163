"""Pytest plugin: a line per finished file instead of dots, then the slowest ten files.

    course1_nn/02_logistic_regression.ipynb     27 passed             8.3 s

Failures are named as they happen, with the first line of their report; pytest prints
the reports themselves, and its closing line, at the end as always. The seconds are
those of all set-up, tests and tear-down of a file, a notebook's kernel included; with
xdist they are its worker's seconds. `-v` shows pytest's own line per test instead.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

SLOWEST = 10
MIN_WIDTH, MAX_WIDTH = 30, 60


def file_of(nodeid: str) -> str:
    """The path in a node id: 'tests/test_a.py' of 'tests/test_a.py::test_b[c::d]'."""
    return nodeid.partition("::")[0]


def headline(report: pytest.TestReport) -> str:
    """The first line of what a failed test says about its failure."""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash else str(report.longrepr)
    return text.strip().partition("\n")[0]


class Progress:
    """Collects the reports by file; registered where the terminal is."""

    def __init__(self, config: pytest.Config, terminal):
        self.config = config
        self.terminal = terminal
        self.compact = config.get_verbosity(pytest.Config.VERBOSITY_TEST_CASES) <= 0
        self.known = False
        self.finished = False
        self.waiting: dict[str, set[str]] = defaultdict(set)
        self.counts: dict[str, Counter] = defaultdict(Counter)
        self.seconds: Counter = Counter()
        if self.compact:
            terminal.showfspath = False

    def expect(self, nodeids: list[str]) -> None:
        # Each xdist worker reports the same tests, and a restarted one does so again.
        if not self.known:
            self.known = True
            for nodeid in nodeids:
                self.waiting[file_of(nodeid)].add(nodeid)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if session.items:  # under xdist only the workers have them
            self.expect([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        self.expect(list(ids))

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(self):
        status = yield
        # The category is counted by pytest; letter and word are what it prints, as
        # dots while tests run, and later in its summary.
        return (status[0], "", "") if self.compact and not self.finished else status

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        file = file_of(report.nodeid)
        hook = self.config.hook.pytest_report_teststatus
        category = hook(report=report, config=self.config)[0]
        if category:
            self.counts[file][category] += 1
        self.seconds[file] += getattr(report, "duration", 0.0)
        if report.failed and self.compact:
            self.write(f"FAILED {report.nodeid}", red=True)
            self.write(f"       {headline(report)}")
        # xdist reports a test whose worker crashed once, with "???" for the phase.
        if report.when in ("teardown", "???"):
            self.waiting[file].discard(report.nodeid)
            if not self.waiting[file]:
                del self.waiting[file]
                if self.compact:
                    self.write_file(file)

    def write(self, line: str, **markup: bool) -> None:
        self.terminal.ensure_newline()
        self.terminal.write_line(line, **markup)
        self.terminal.flush()

    def write_file(self, file: str, note: str = "") -> None:
        counts = self.counts[file]
        outcome = ", ".join(f"{count} {name}" for name, count in counts.items()) + note
        files = {*self.counts, *self.waiting}
        width = min(max(MIN_WIDTH, *map(len, files)), MAX_WIDTH)
        bad = bool(note or counts["failed"] or counts["error"])
        colour = {"red": True} if bad else {"green": True}
        line = f"{file:<{width}}   {outcome:<20} {self.seconds[file]:>7.1f} s"
        self.write(line, **colour)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        self.finished = True
        if self.compact:
            for file in list(self.waiting):
                if self.counts[file]:
                    self.write_file(file, f", {len(self.waiting[file])} not finished")

    def pytest_terminal_summary(self) -> None:
        if len(self.seconds) > 1:
            self.terminal.section("slowest files")
            for file, seconds in self.seconds.most_common(SLOWEST):
                self.terminal.write_line(f"{seconds:>8.1f} s   {file}")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    # Not in pytest_configure: there the terminal may not exist yet.
    config = session.config
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Progress(config, terminal), "course-progress")
