"""Course 1 has planted answers for every exercise: see course1_nn_<number>.py."""

PLANTED: dict = {}
