"""Starting values for the weights W (n_out, n_in) of one layer.

All share the signature (n_out, n_in, rng), so a network takes any of them by name.
"""

import numpy as np


def zeros(n_out: int, n_in: int, rng: np.random.Generator | None = None) -> np.ndarray:
    """All weights 0: fine for one unit; in a hidden layer all units stay equal.

    n_out, n_in : int        units of this layer and of the layer before
    rng         : ignored, present so that all initializers can be called alike
    returns      W (n_out, n_in) float64

    Built in course1_nn/02_logistic_regression.
    """
    return np.zeros((n_out, n_in))


def small_random(
    n_out: int, n_in: int, rng: np.random.Generator, scale: float = 0.01
) -> np.ndarray:
    """Normal weights of standard deviation `scale`, whatever the size of the layer.

    n_out, n_in : int        units of this layer and of the layer before
    rng         : random generator
    scale       : float      standard deviation
    returns      W (n_out, n_in) float64

    Built in course1_nn/03_one_hidden_layer.
    """
    return scale * rng.standard_normal((n_out, n_in))


def xavier(n_out: int, n_in: int, rng: np.random.Generator) -> np.ndarray:
    """Normal weights of variance 1 / n_in: tanh layers then keep the size of a signal.

    This is the lectures' form. Glorot and Bengio 2010 use 2 / (n_in + n_out), a
    compromise between forward and backward pass; so does GlorotNormal of Keras.

    n_out, n_in : int        units of this layer and of the layer before
    rng         : random generator
    returns      W (n_out, n_in) float64

    Named in course1_nn/04_deep_network_by_hand, derived in course2_improving.
    """
    return rng.standard_normal((n_out, n_in)) * np.sqrt(1 / n_in)


def he(n_out: int, n_in: int, rng: np.random.Generator) -> np.ndarray:
    """Normal weights of variance 2 / n_in: the 2 makes up for what relu cuts off.

    n_out, n_in : int        units of this layer and of the layer before
    rng         : random generator
    returns      W (n_out, n_in) float64

    He et al. 2015, section 2.2. Built in course1_nn/04_deep_network_by_hand.
    """
    return rng.standard_normal((n_out, n_in)) * np.sqrt(2 / n_in)
