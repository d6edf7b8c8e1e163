"""The system's Chromium, driven by Playwright, and a watch over what its pages do.

On a machine without a browser the tests are skipped with a reason. Where the variable
COURSE_BROWSER is 1, as in CI, a missing part is a failure, so that nothing is skipped
unseen.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    # Chromium refuses to be its own sandbox as root, which containers are.
    "--no-sandbox",
    "--disable-gpu",
    # No name but this one leads anywhere: pages are tested without a network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    # The rest keeps it from calling home.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = {"width": 1400, "height": 900}


def program() -> str:
    """The path of Chromium, "" if there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), "")


def missing() -> str:
    """What has to be installed before a page can be opened; "" if nothing."""
    if importlib.util.find_spec("playwright") is None:
        return "no playwright: `pip install -c constraints.txt -e .[browser]`"
    if not program():
        return "no Chromium: `apt-get install chromium`"
    return ""


def require(reason: str) -> None:
    """Skip with `reason` unless it is empty; fail where a browser is demanded."""
    if reason and os.environ.get("COURSE_BROWSER") == "1":
        pytest.fail(f"COURSE_BROWSER is 1, but there is {reason}", pytrace=False)
    if reason:
        pytest.skip(reason)


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser without a window; the test is skipped or failed if it cannot be."""
    require(missing())
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=program(), args=list(OPTIONS)
        )
        try:
            yield opened
        finally:
            opened.close()


class Watch:
    """Notes what goes wrong in a page from now on.

    Only addresses that begin with `home` may be asked for; `data:` and `blob:` are
    part of the page itself. Warnings and notes in the console are the programs' own.
    """

    def __init__(self, page: Page, home: str):
        self.home = home
        self.problems: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.on("request", self._asked)

    def _said(self, message) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location['url']})")

    def _failed(self, request) -> None:
        # A page that is left while it still loads something is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.url}: {request.failure}")

    def _answered(self, response) -> None:
        if response.status >= 400:
            self.problems.append(f"status {response.status}: {response.url}")

    def _asked(self, request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.problems.append(f"network: {request.url}")
