"""Time several ways to do the same thing in turns, so that a busy moment hits all."""

import statistics
import time
from collections.abc import Callable


def rounds(
    contestants: dict[str, Callable[[], object]], num_rounds: int, turn: float = 0.0
) -> dict[str, list[float]]:
    """Give every contestant one turn per round, in order A B C A B C ...

    contestants : name -> what to run
    num_rounds  : int >= 1
    turn        : seconds; a contestant is run again until its turn has lasted so long
    returns      name -> num_rounds times of one run, in seconds
    """
    times = {name: [] for name in contestants}
    for _ in range(num_rounds):
        for name, run in contestants.items():
            start, count, lasted = time.perf_counter(), 0, 0.0
            while count == 0 or lasted < turn:
                run()
                count, lasted = count + 1, time.perf_counter() - start
            times[name].append(lasted / count)
    return times


def table(times: dict[str, list[float]], unit: str = "ms") -> str:
    """Write medians, and the ratios of each contestant to the first, round by round.

    times   : name -> times in seconds, equally many for all; the first is the yardstick
    unit    : "ms" or "s"
    returns  one line per contestant
    """
    scale = {"ms": 1e3, "s": 1.0}[unit]
    yardstick = next(iter(times.values()))
    lines = [f"{'':36}{'median':>10}   {'ratio (lowest to highest round)'}"]
    for name, values in times.items():
        ratios = [value / base for value, base in zip(values, yardstick, strict=True)]
        middle, low, high = statistics.median(ratios), min(ratios), max(ratios)
        spread = "" if values is yardstick else f" ({low:.2f} to {high:.2f})"
        median = f"{statistics.median(values) * scale:.2f} {unit}"
        lines.append(f"{name:36}{median:>10}   {middle:.2f}{spread}")
    return "\n".join(lines)
