"""The settings every kernel starts with, so that a learner sees the numbers CI sees.

Standard library only: course.py reads this file before anything is installed.
"""

import os

KERNEL_ENVIRONMENT = {
    # oneDNN picks its kernels by CPU; without it float32 agrees to 1e-7 across CPUs.
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # TensorFlow's start-up messages differ by machine, and outputs are compared.
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # A GPU sums in another order than a CPU.
    "CUDA_VISIBLE_DEVICES": "-1",
    # The order of additions in a matrix product depends on the number of threads.
    "OPENBLAS_NUM_THREADS": "1",
    # The iteration order of sets of strings depends on it.
    "PYTHONHASHSEED": "0",
}


def apply() -> None:
    """Set the kernel environment in this process, for the kernels it will start."""
    os.environ.update(KERNEL_ENVIRONMENT)
