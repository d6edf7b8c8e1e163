"""A kernel that is watched: its death and a deadline end the wait for its messages."""

from __future__ import annotations

import math
import time
from queue import Empty

from nbval.kernel import CURRENT_ENV_KERNEL_NAME, RunningKernel

POLL = 0.25  # seconds between two looks at the process; a look takes about 0.1 ms
GRACE = 5.0  # seconds an interrupted cell gets to stop


class KernelDied(RuntimeError):
    """The kernel's process ended while a cell was running."""


class WatchedKernel(RunningKernel):
    """nbval's kernel, which would wait the whole cell timeout for a dead process."""

    def __init__(self, cwd: str, cell_timeout: float, startup_timeout: float):
        self.cell_timeout = cell_timeout
        self.deadline = math.inf
        super().__init__(CURRENT_ENV_KERNEL_NAME, cwd, startup_timeout)

    def execute_cell_input(
        self, cell_input: str, allow_stdin: bool | None = None
    ) -> str:
        self.deadline = time.monotonic() + self.cell_timeout + GRACE
        return super().execute_cell_input(cell_input, allow_stdin)

    def get_message(self, stream: str, timeout: float | None = None) -> dict:
        """The next message of a channel.

        Raises queue.Empty after `timeout` seconds, and also when a cell that keeps
        printing is past its deadline; KernelDied when no message can come any more.
        """
        end = math.inf if timeout is None else time.monotonic() + timeout
        while True:
            now = time.monotonic()
            if now > self.deadline:
                raise Empty
            try:
                return super().get_message(stream, max(0.0, min(POLL, end - now)))
            except Empty:
                if not self.is_alive():
                    raise KernelDied(self._last_words()) from None
                if time.monotonic() >= end:
                    raise

    def _last_words(self) -> str:
        process = getattr(self.km.provisioner, "process", None)
        status = getattr(process, "returncode", None)
        if status is None:
            return "the kernel died"
        if status < 0:
            # On Linux the kernel's out-of-memory killer sends 9.
            return f"the kernel died: killed by signal {-status}"
        return f"the kernel died: its process ended with status {status}"

    def stop(self) -> None:
        """Stop channels and process; a kernel that is already stopped stays stopped."""
        if hasattr(self, "km"):
            super().stop()
