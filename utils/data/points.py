"""Points in the plane, drawn from a seeded generator: data that needs no file.

Every generator takes the number of points m, an `rng` and `noise`, and returns the
points in random order, with classes of equal size (to within one point). The same rng
seed gives the same points; no global state is read or changed.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

# Three humps per class, laced into one another: (class, component, coordinate).
MIXTURE_CENTRES = np.array(
    [
        [[-2.0, 0.5], [0.5, 1.5], [1.5, -1.5]],
        [[-1.0, -1.0], [-0.5, 2.5], [2.0, 0.5]],
    ]
)


class Points(NamedTuple):
    """Labelled points, one per column."""

    X: np.ndarray  # (2, m) float, the two coordinates
    Y: np.ndarray  # (1, m) int, the class: 0, 1, ...


class Mixture(NamedTuple):
    """Labelled points of a known distribution, with the best error anyone can reach."""

    X: np.ndarray  # (2, m) float
    Y: np.ndarray  # (1, m) int, 0 or 1
    bayes_error: float  # share of wrong labels that no classifier can undercut
    posterior: Callable[[np.ndarray], np.ndarray]  # X (2, n) -> P(Y = 1 | X) (1, n)


def petals(
    m: int,
    rng: np.random.Generator,
    noise: float = 0.08,
    num_petals: int = 4,
    twist: float = 1.2,
) -> Points:
    """A flower of bent petals in two colours by turns, which no line can separate.

    m          : int >= 1
    noise      : float >= 0   standard deviation of the jitter; the tips have radius 1
    num_petals : even int >= 2; with 4, 8, ... every line through the centre has equal
                 shares of both colours on either side
    twist      : float        by how much a petal bends over a length of 1, in radians
    returns     Points, labels 0 and 1, X within about [-1.2, 1.2]
    raises      ValueError with the offending value
    """
    if num_petals < 2 or num_petals % 2:
        raise ValueError(f"num_petals must be even and >= 2, got {num_petals}")
    Y = _labels(m, rng, noise, 2)
    # each point picks one of the petals of its colour
    petal = 2 * rng.integers(num_petals // 2, size=m) + Y
    # A petal is a lens: at `along` of its length it has sin(pi along) of its width. It
    # starts off the centre, where the colours would touch.
    along = rng.uniform(0, 1, m)
    radius = 0.15 + 0.85 * along
    across = rng.uniform(-1, 1, m) * np.sin(np.pi * along) * 1.6 / num_petals
    angle = 2 * np.pi * (petal + 0.5) / num_petals + twist * radius
    X = _rotate(np.stack([radius, across]), angle)
    return _points(X, Y, rng, noise)


def moons(m: int, rng: np.random.Generator, noise: float = 0.15) -> Points:
    """Two half circles of radius 1 that reach into each other.

    m       : int >= 1
    noise   : float >= 0   standard deviation of the jitter
    returns  Points, labels 0 (upper) and 1 (lower), X within about [-2, 2]
    raises   ValueError with the offending value
    """
    Y = _labels(m, rng, noise, 2)
    angle = rng.uniform(0, np.pi, m)
    side = 1 - 2 * Y  # +1 for the upper moon, -1 for the lower
    X = side * np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])  # (2, m)
    return _points(X, Y, rng, noise)


def circles(
    m: int, rng: np.random.Generator, noise: float = 0.08, ratio: float = 0.5
) -> Points:
    """A ring of radius 1 and a smaller ring within.

    m       : int >= 1
    noise   : float >= 0   standard deviation of the jitter
    ratio   : float in (0, 1)   radius of the inner ring
    returns  Points, labels 0 (outer) and 1 (inner), X within about [-1.3, 1.3]
    raises   ValueError with the offending value
    """
    if not 0 < ratio < 1:
        raise ValueError(f"ratio must lie between 0 and 1, got {ratio}")
    Y = _labels(m, rng, noise, 2)
    radius = np.where(Y == 0, 1, ratio)
    X = _rotate(np.stack([radius, np.zeros(m)]), rng.uniform(0, 2 * np.pi, m))
    return _points(X, Y, rng, noise)


def spirals(
    m: int,
    rng: np.random.Generator,
    noise: float = 0.03,
    num_arms: int = 2,
    turns: float = 1.0,
) -> Points:
    """Arms that wind out of the centre, one per class.

    m        : int >= 1
    noise    : float >= 0   standard deviation of the jitter
    num_arms : int >= 2     number of classes
    turns    : float > 0    full turns of each arm
    returns   Points, labels 0 .. num_arms - 1, X within about [-1.1, 1.1]
    raises    ValueError with the offending value
    """
    if num_arms < 2 or turns <= 0:
        raise ValueError(
            f"num_arms must be >= 2 and turns > 0, got {num_arms} and {turns}"
        )
    Y = _labels(m, rng, noise, num_arms)
    # the root spreads the points evenly over the length of the arm
    along = np.sqrt(rng.uniform(0.01, 1, m))
    angle = 2 * np.pi * (turns * along + Y / num_arms)
    X = _rotate(np.stack([along, np.zeros(m)]), angle)
    return _points(X, Y, rng, noise)


def blobs(
    m: int, rng: np.random.Generator, noise: float = 0.5, num_classes: int = 3
) -> Points:
    """One round Gaussian cloud per class, with centres evenly spaced on a circle.

    m           : int >= 1
    noise       : float >= 0   standard deviation of a cloud; the circle has radius 2
    num_classes : int >= 2
    returns      Points, labels 0 .. num_classes - 1, X within about 2 + 3 noise of 0
    raises       ValueError with the offending value
    """
    if num_classes < 2:
        raise ValueError(f"num_classes must be >= 2, got {num_classes}")
    Y = _labels(m, rng, noise, num_classes)
    X = _rotate(np.stack([np.full(m, 2.0), np.zeros(m)]), 2 * np.pi * Y / num_classes)
    return _points(X, Y, rng, noise)


def mixture(
    m: int,
    rng: np.random.Generator,
    noise: float = 0.6,
    centres: np.ndarray = MIXTURE_CENTRES,
) -> Mixture:
    """Two classes, each an equal mixture of round Gaussians, with their Bayes error.

    Both classes are equally likely. Call it again with the same noise and centres, and
    the same rng, for a second sample of the same distribution.

    m       : int >= 1
    noise   : float > 0         standard deviation of every Gaussian
    centres : (2, k, 2) float   class, component, coordinate
    returns  Mixture, labels 0 and 1, X within about 3 noise of the centres;
             bayes_error in [0, 0.5], by a grid sum that is right to about 1e-4
    raises   ValueError with the offending value
    """
    centres = np.asarray(centres, dtype=np.float64)
    if centres.ndim != 3 or centres.shape[0] != 2 or centres.shape[2] != 2:
        raise ValueError(f"centres must have shape (2, k, 2), got {centres.shape}")
    if noise == 0:
        raise ValueError("noise must be > 0 for the classes to have densities, got 0")
    Y = _labels(m, rng, noise, 2)
    component = rng.integers(centres.shape[1], size=m)
    sample = _points(centres[Y, component].T, Y, rng, noise)

    def posterior(X: np.ndarray) -> np.ndarray:
        """P(Y = 1 | X) of points X (2, n), as (1, n)."""
        log_0, log_1 = (_log_density(X, centres[label], noise) for label in (0, 1))
        return np.exp(log_1 - np.logaddexp(log_0, log_1))[np.newaxis]

    return Mixture(sample.X, sample.Y, _bayes_error(centres, noise), posterior)


def _bayes_error(centres: np.ndarray, noise: float, cells: int = 500) -> float:
    """Half the volume under the lower of the two densities, on a cells x cells grid."""
    corners = centres.reshape(-1, 2)
    low, high = corners.min(axis=0) - 6 * noise, corners.max(axis=0) + 6 * noise
    side = (high - low) / cells
    x, y = (low[i] + side[i] * (np.arange(cells) + 0.5) for i in (0, 1))
    grid = np.stack([axis.ravel() for axis in np.meshgrid(x, y)])  # (2, cells * cells)
    lower = np.minimum(*(_log_density(grid, centres[label], noise) for label in (0, 1)))
    return float(0.5 * np.exp(lower).sum() * side.prod())


def _log_density(X: np.ndarray, centres: np.ndarray, noise: float) -> np.ndarray:
    """Log density (n,) at X (2, n) of equal Gaussians around the centres (k, 2)."""
    squares = ((X[np.newaxis] - centres[:, :, np.newaxis]) ** 2).sum(axis=1)  # (k, n)
    logs = -squares / (2 * noise**2)
    return np.logaddexp.reduce(logs, axis=0) - np.log(
        len(centres) * 2 * np.pi * noise**2
    )


def _labels(m: int, rng: np.random.Generator, noise: float, count: int) -> np.ndarray:
    if m < 1:
        raise ValueError(f"m must be >= 1, got {m}")
    if not noise >= 0:
        raise ValueError(f"noise must be >= 0, got {noise}")
    return rng.permutation(np.arange(m) % count)


def _rotate(X: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """Turn each column of X (2, m) about the origin by its angle (m,) in radians."""
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([cos * X[0] - sin * X[1], sin * X[0] + cos * X[1]])


def _points(X: np.ndarray, Y: np.ndarray, rng, noise: float) -> Points:
    return Points(X + noise * rng.standard_normal(X.shape), Y[np.newaxis])
