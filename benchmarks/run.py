"""Measure what the course promises about speed, as ratios taken side by side.

    python benchmarks/run.py

takes about two minutes on two idle cores. What is compared stands in
README.md beside this file.
"""

import os
import sys
import time

from utils.authoring import environment


def main() -> None:
    environment.apply()
    # Only now: NumPy and TensorFlow read these settings when they are loaded. The start
    # of a lesson comes first, while this process holds no threads of TensorFlow.
    import convolution
    import lesson_start
    import recurrence
    import training_step

    began = time.perf_counter()
    print(f"Python {sys.version.split()[0]} on {sys.platform}, {os.cpu_count()} cores")
    lesson_start.report()
    training_step.report()
    convolution.report()
    recurrence.report()
    print(f"\nMeasured in {time.perf_counter() - began:.0f} s.")


if __name__ == "__main__":
    main()
