"""Content, style and smoothness of a picture as costs, with their gradients.

Activations of one picture in one layer are A (n_H, n_W, n_C). Every cost is a mean, so
it does not grow with the size of the picture. The gradients are with respect to the
activations; the network carries them on to the pixels.
"""

import numpy as np


def gram(A: np.ndarray) -> np.ndarray:
    """Mean product of every two channels over all places, which forgets the places.

    A       : (n_H, n_W, n_C) float   activations of one picture
    returns  (n_C, n_C), symmetric; the lectures' sum over places is n_H n_W times that
    raises   ValueError with the shape if A has not three axes or no place

    Gatys, Ecker and Bethge 2015. Built in course4_cnn/08_style_transfer.
    """
    F = _places(A)
    return F.T @ F / len(F)


def content_cost(A_C: np.ndarray, A_G: np.ndarray) -> float:
    """Half the mean square of the differences, place by place.

    A_C     : (n_H, n_W, n_C) float   activations of the content picture
    A_G     : same shape              activations of the generated picture
    returns  float >= 0
    raises   ValueError naming both shapes if they differ

    Gatys, Ecker and Bethge 2016, section 2.1; they sum where this takes the mean.
    Built in course4_cnn/08_style_transfer.
    """
    _check_pair(A_C, A_G)
    return float(np.square(A_G - A_C).mean() / 2)


def content_gradient(A_C: np.ndarray, A_G: np.ndarray) -> np.ndarray:
    """Gradient of `content_cost` with respect to A_G.

    A_C, A_G : as in `content_cost`
    returns   dA_G (n_H, n_W, n_C)

    Built in course4_cnn/08_style_transfer.
    """
    _check_pair(A_C, A_G)
    return (A_G - A_C) / A_G.size


def style_cost(G_S: np.ndarray, A_G: np.ndarray) -> float:
    """Quarter of the mean square by which the Gram matrix of A_G differs from G_S.

    G_S     : (n_C, n_C) float        `gram` of the style picture, of any size
    A_G     : (n_H, n_W, n_C) float   activations of the generated picture
    returns  float >= 0; the lectures' value, as their larger Gram matrices are divided
             by n_H n_W there
    raises   ValueError naming both shapes if the channels differ

    Gatys, Ecker and Bethge 2016, section 2.2. Built in course4_cnn/08_style_transfer.
    """
    return float(np.square(_too_much(G_S, A_G)).mean() / 4)


def style_gradient(G_S: np.ndarray, A_G: np.ndarray) -> np.ndarray:
    """Gradient of `style_cost` with respect to A_G.

    G_S, A_G : as in `style_cost`
    returns   dA_G (n_H, n_W, n_C)

    Gatys, Ecker and Bethge 2016, equation 6. Built in course4_cnn/08_style_transfer.
    """
    too_much = _too_much(G_S, A_G)  # (n_C, n_C)
    # Half of a square's slope is lost to the 1/4; each activation enters G twice.
    return A_G @ too_much / (A_G.size * A_G.shape[2])  # n_H n_W n_C^2


def total_variation(X: np.ndarray) -> float:
    """Mean size of the steps from each value to its neighbours below and to the right.

    X       : (n_H, n_W, n_C) float   a picture
    returns  float >= 0, the sum of all steps' sizes divided by the number of values
    raises   ValueError with the shape if X has not three axes or no place

    Rudin, Osher and Fatemi 1992, with |dx| + |dy| in place of their root of squares.
    Built in course4_cnn/08_style_transfer.
    """
    _places(X)
    steps = (np.abs(np.diff(X, axis=axis)).sum() for axis in (0, 1))
    return float(sum(steps) / X.size)


def total_variation_gradient(X: np.ndarray) -> np.ndarray:
    """Gradient of `total_variation`; a step of size 0 pulls neither way.

    X       : as in `total_variation`
    returns  dX (n_H, n_W, n_C)

    Built in course4_cnn/08_style_transfer.
    """
    _places(X)
    dX = np.zeros_like(X)
    for axis in (0, 1):
        rising = np.sign(np.diff(X, axis=axis))
        first, last = [slice(None)] * 3, [slice(None)] * 3
        first[axis], last[axis] = slice(None, -1), slice(1, None)
        dX[tuple(last)] += rising
        dX[tuple(first)] -= rising
    return dX / X.size


def _places(A: np.ndarray) -> np.ndarray:
    """One row per place, one column per channel: (n_H n_W, n_C)."""
    if np.ndim(A) != 3 or np.size(A) == 0:
        raise ValueError(
            f"expected (n_H, n_W, n_C) and no axis of 0, got {np.shape(A)}"
        )
    return A.reshape(-1, A.shape[2])


def _check_pair(A_C: np.ndarray, A_G: np.ndarray) -> None:
    _places(A_G)
    if np.shape(A_C) != np.shape(A_G):
        raise ValueError(
            "A_C and A_G must have the same shape, "
            f"got A_C {np.shape(A_C)} and A_G {np.shape(A_G)}"
        )


def _too_much(G_S: np.ndarray, A_G: np.ndarray) -> np.ndarray:
    """What the Gram matrix of A_G has more than G_S."""
    G_G = gram(A_G)
    if np.shape(G_S) != G_G.shape:
        raise ValueError(
            "G_S must be (n_C, n_C) for A_G (n_H, n_W, n_C), "
            f"got G_S {np.shape(G_S)} and A_G {np.shape(A_G)}"
        )
    return G_G - G_S
