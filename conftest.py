"""What every pytest run of this repository starts with: kernel settings and plugins."""

from utils.authoring import environment

# Before any kernel or TensorFlow starts; xdist's workers inherit it.
environment.apply()

pytest_plugins = ["tests.nbval_tolerance", "tests.progress"]
