"""The settings every kernel starts with, so that a learner sees the numbers CI sees.

Standard library only: course.py reads this file before anything is installed.
"""

import os

HIDING = "CUDA_VISIBLE_DEVICES"  # "-1" hides every GPU
KERNEL_ENVIRONMENT = {
    # oneDNN picks its kernels by CPU; without it float32 agrees to 1e-7 across CPUs.
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # TensorFlow's start-up messages differ by machine, and outputs are compared.
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # A GPU sums in another order than a CPU; COURSE_GPU=1 leaves it in sight.
    HIDING: "-1",
    # The order of additions in a matrix product depends on the number of threads.
    "OPENBLAS_NUM_THREADS": "1",
    # So does TensorFlow's; and two lessons side by side do not fight for the cores.
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    # The iteration order of sets of strings depends on it.
    "PYTHONHASHSEED": "0",
}
# No number depends on these: Linux's malloc keeps up to half a gigabyte of freed memory
# for the next step of a training. As it is, it returns every large array to the system
# and gets it back page by page, which cost a training in Keras a fifth of its time.
MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "536870912",
}


def settings() -> dict[str, str]:
    """The kernel environment to use here: all of it, or without hiding a GPU.

    raises   ValueError if the variable COURSE_GPU is neither 0 nor 1
    """
    wanted = os.environ.get("COURSE_GPU", "0")
    if wanted not in ("0", "1"):
        raise ValueError(f"COURSE_GPU must be 0 or 1, got {wanted!r}")
    left_out = HIDING if wanted == "1" else None
    return {k: v for k, v in KERNEL_ENVIRONMENT.items() if k != left_out}


def apply() -> None:
    """Set the kernel environment and `MEMORY` here, for the kernels started from here.

    raises   ValueError as `settings` does
    """
    chosen = settings()
    if HIDING not in chosen and os.environ.get(HIDING) == "-1":
        del os.environ[HIDING]  # set by a container or by an outer run of ours
    os.environ.update(MEMORY | chosen)
