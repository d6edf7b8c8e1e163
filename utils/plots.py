"""The figure helpers of the lessons: `f(..., ax=None) -> Axes`, never shown or saved.

Colours are the colour-blind-safe set of Okabe and Ito (2008). Helpers that need several
axes return the array of axes instead.
"""

from collections.abc import Callable, Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
PURPLE, SKY, GREY = "#CC79A7", "#56B4E9", "#666666"
CYCLE = (BLUE, ORANGE, GREEN, PURPLE, RED, SKY, GREY)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")


def _axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    return plt.subplots(figsize=size, layout="constrained")[1] if ax is None else ax


def curves(
    series: Mapping[str, Sequence[float]],
    xlabel: str,
    ylabel: str,
    title: str,
    x: Sequence[float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one line per entry of `series`, told apart by colour and by dash.

    series : label -> values (n,); the label "" leaves a line out of the legend
    x      : (n,) shared abscissa; 0, 1, 2, ... if not given
    """
    ax = _axes(ax, (6.4, 3.6))
    dashes = ("-", "--", "-.", ":")
    for i, (label, values) in enumerate(series.items()):
        abscissa = np.arange(len(values)) if x is None else x
        style = dashes[i % len(dashes)]
        ax.plot(abscissa, values, style, color=CYCLE[i % len(CYCLE)], label=label)
    if any(series):
        ax.legend(frameon=False)
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    ax.grid(alpha=0.3)
    return ax


def image_grid(
    images: np.ndarray,
    titles: Sequence[str] | None = None,
    columns: int = 8,
    suptitle: str = "",
    size: float = 1.1,
) -> np.ndarray:
    """Show pictures in rows of `columns`, each under its title.

    images : (m, n_H, n_W) grey or (m, n_H, n_W, 3) colour
    size   : inches per picture
    returns  (rows, columns) array of Axes, unused ones switched off
    """
    m = len(images)
    columns = min(columns, m)
    rows = -(-m // columns)
    height = size * (1.25 if titles is not None else 1.0)
    fig, axes = plt.subplots(
        rows,
        columns,
        figsize=(size * columns, height * rows + (0.35 if suptitle else 0)),
        squeeze=False,
        layout="constrained",
    )
    limits = {"vmin": 0, "vmax": 255 if np.asarray(images).max() > 1 else 1}
    for i, ax in enumerate(axes.flat):
        ax.axis("off")
        if i < m:
            ax.imshow(images[i], cmap="gray", **limits)
            if titles is not None:
                ax.set_title(titles[i], fontsize=8)
    if suptitle:
        fig.suptitle(suptitle, fontsize=11)
    return axes


def signed_image(
    values: np.ndarray, title: str, label: str, ax: Axes | None = None
) -> Axes:
    """Show signed numbers as a picture: blue below zero, white at zero, red above.

    values : (n_H, n_W) float; the colour scale is symmetric around zero
    label  : what the colour bar measures
    """
    ax = _axes(ax, (4.2, 3.6))
    limit = np.abs(values).max() or 1.0
    picture = ax.imshow(values, cmap="RdBu_r", vmin=-limit, vmax=limit)
    ax.figure.colorbar(picture, ax=ax, label=label)
    ax.set(title=title, xlabel="column (pixel)", ylabel="row (pixel)")
    return ax


def scatter(
    X: np.ndarray, Y: np.ndarray, title: str = "", ax: Axes | None = None
) -> Axes:
    """Draw labelled points of the plane; classes differ in colour and in marker.

    X : (2, m) float    Y : (1, m) int, classes 0..C-1
    """
    ax = _axes(ax, (4.4, 4.0))
    for c in np.unique(Y):
        mine = Y[0] == c
        ax.scatter(
            *X[:, mine],
            s=16,
            color=CYCLE[int(c) % len(CYCLE)],
            marker=MARKERS[int(c) % len(MARKERS)],
            edgecolors="white",
            linewidths=0.4,
            label=f"class {int(c)}",
        )
    ax.set(xlabel="$x_1$", ylabel="$x_2$", title=title)
    return ax


def decision_boundary(
    predict: Callable[[np.ndarray], np.ndarray],
    X: np.ndarray,
    Y: np.ndarray,
    title: str = "",
    ax: Axes | None = None,
    steps: int = 200,
) -> Axes:
    """Colour the plane by what `predict` answers there, with the points on top.

    predict : maps (2, n) points to (1, n) class numbers
    X       : (2, m) float    Y : (1, m) int
    steps   : grid points per axis
    """
    ax = _axes(ax, (4.4, 4.0))
    low, high = X.min(axis=1), X.max(axis=1)
    margin = 0.1 * (high - low)
    xs, ys = (
        np.linspace(low[k] - margin[k], high[k] + margin[k], steps) for k in range(2)
    )
    grid = np.stack([g.ravel() for g in np.meshgrid(xs, ys)])  # (2, steps^2)
    classes = np.asarray(predict(grid)).reshape(steps, steps)
    num_classes = int(max(classes.max(), Y.max())) + 1
    ax.contourf(
        xs,
        ys,
        classes,
        levels=np.arange(num_classes + 1) - 0.5,
        cmap=ListedColormap(CYCLE[:num_classes]),
        alpha=0.25,
    )
    return scatter(X, Y, title, ax)


def confusion(
    counts: np.ndarray, classes: Sequence[str], title: str = "", ax: Axes | None = None
) -> Axes:
    """Show a confusion matrix with its counts written in.

    counts : (C, C) int, rows are the truth, columns the answer
    """
    ax = _axes(ax, (5.0, 4.6))
    ax.imshow(np.sqrt(counts), cmap="Blues")
    dark = 0.7 * np.sqrt(counts).max()  # from there on white is easier to read
    for (i, j), count in np.ndenumerate(counts):
        colour = "white" if np.sqrt(count) > dark else "black"
        ax.text(j, i, str(count), ha="center", va="center", color=colour, fontsize=8)
    ticks = np.arange(len(classes))
    ax.set_xticks(ticks, classes, rotation=90 if max(map(len, classes)) > 2 else 0)
    ax.set_yticks(ticks, classes)
    ax.set(xlabel="answer", ylabel="truth", title=title)
    return ax
