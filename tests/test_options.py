import numpy as np
import pytest

from utils.nn import options
from utils.nn.options import Options

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize(
    ("keep_prob", "num_layers", "expected"),
    [
        (1.0, 1, [1.0]),
        (0.5, 1, [1.0]),
        (0.5, 3, [0.5, 0.5, 1.0]),
        ([0.5, 0.9], 3, [0.5, 0.9, 1.0]),
        (np.array([0.25]), 2, [0.25, 1.0]),
    ],
)
def test_keep_probs_never_drop_the_output(keep_prob, num_layers, expected):
    assert options.keep_probs(Options(keep_prob=keep_prob), num_layers) == expected


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"hidden": "swish"}, r"hidden must be one of relu, .*got 'swish'"),
        ({"output": "relu"}, r"output must be one of sigmoid, softmax, got 'relu'"),
        ({"lambd": -1}, r"lambd must be >= 0, got -1"),
        ({"lambd": float("nan")}, r"lambd must be >= 0, got nan"),
        ({"keep_prob": 0}, r"keep_prob must lie in \(0, 1\], got 0"),
        ({"keep_prob": (0.5, 1.5)}, r"keep_prob must lie in \(0, 1\], got 1.5"),
        ({"keep_prob": (0.5,)}, r"each of 2 hidden layers, got \(0.5,\)"),
    ],
)
def test_wrong_options_are_named(chosen, message):
    with pytest.raises(ValueError, match=message):
        options.keep_probs(Options(**chosen), 3)


def shapes(**arrays):
    return {name: np.zeros(shape) for name, shape in arrays.items()}


PLAIN = {"W1": (4, 3), "b1": (4, 1), "W2": (1, 4), "b2": (1, 1)}
NORMED = {"W1": (4, 3), "gamma1": (4, 1), "beta1": (4, 1), "W2": (1, 4), "b2": (1, 1)}


@pytest.mark.parametrize("batch_norm", [False, True])
def test_parameters_that_fit(batch_norm):
    parameters = shapes(**(NORMED if batch_norm else PLAIN))
    X = np.zeros((3, 5))
    chosen = Options(batch_norm=batch_norm)
    assert options.check_parameters(X, parameters, chosen) == 2
    assert options.check_parameters(X, shapes(W1=(2, 3), b1=(2, 1)), chosen) == 1


@pytest.mark.parametrize(
    ("name", "shape", "message"),
    [
        ("W1", (4, 2), r"rows of X; got W1 \(4, 2\), X \(3, 5\)"),
        ("W2", (1, 3), r"rows of W1; got W2 \(1, 3\), W1 \(4, 3\)"),
        ("W2", (4,), r"got W2 \(4,\), W1 \(4, 3\)"),
        ("gamma1", (4,), r"got gamma1 \(4,\), W1 \(4, 3\)"),
        ("beta1", (1, 4), r"got beta1 \(1, 4\), W1 \(4, 3\)"),
        ("b2", (1,), r"got b2 \(1,\), W2 \(1, 4\)"),
    ],
)
def test_shapes_that_do_not_fit_are_named(name, shape, message):
    parameters = shapes(**(NORMED | {name: shape}))
    with pytest.raises(ValueError, match=message):
        options.check_parameters(np.zeros((3, 5)), parameters, Options(batch_norm=True))


@pytest.mark.parametrize("given", [NORMED, {}, {"W1": (4, 3)}, PLAIN | {"c1": (1, 1)}])
def test_other_names_are_refused(given):
    with pytest.raises(ValueError, match=r"parameters must be W1, b1.*, got") as error:
        options.check_parameters(np.zeros((3, 5)), shapes(**given), Options())
    assert str(error.value).endswith(", ".join(given))


@pytest.mark.parametrize("shape", [(3,), (3, 5, 1)])
def test_inputs_must_be_columns(shape):
    with pytest.raises(ValueError, match=r"X must have shape \(n_x, m\), got \(3,"):
        options.check_parameters(np.zeros(shape), shapes(**PLAIN), Options())
