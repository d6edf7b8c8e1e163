"""utils.nn.recurrent, gru and lstm against Keras, finite differences and loops."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import keras_tools
from utils.nn import gradcheck, gru, lstm, recurrent

pytestmark = pytest.mark.filterwarnings("error")

MODULES = {"recurrent": recurrent, "gru": gru, "lstm": lstm}
SIZES = st.tuples(*[st.integers(1, n) for n in (4, 4, 3, 6)])  # n_a, n_x, m, T_x


def case(module, n_a, n_x, m, T_x, seed=0, dtype=np.float64):
    """Random inputs, first states (two for the LSTM) and parameters, no entry 0."""
    rng = np.random.default_rng(seed)
    parameters = {
        name: rng.standard_normal(values.shape).astype(dtype)
        for name, values in module.initialize(n_a, n_x, rng).items()
    }
    X = rng.standard_normal((n_x, m, T_x)).astype(dtype)
    count = 2 if module is lstm else 1
    states = [rng.standard_normal((n_a, m)).astype(dtype) for _ in range(count)]
    return X, states, parameters


KERAS = {recurrent: "SimpleRNN", gru: "GRU", lstm: "LSTM"}


def keras_layer(module, parameters):
    """The Keras layer with our parameters. Keras multiplies from the other side."""
    options = {"return_sequences": True, "return_state": True, "dtype": "float64"}
    if module is gru:
        options["reset_after"] = False
    weights = keras_tools.recurrent_weights(KERAS[module], parameters)
    layer = getattr(keras.layers, KERAS[module])(len(weights[1]), **options)
    layer.build((None, None, len(weights[0])))
    layer.set_weights(weights)
    return layer


def from_keras(module, gradients):
    """Gradients of the Keras weights under our names."""
    found = keras_tools.recurrent_parameters(KERAS[module], gradients)
    return {f"d{name}": values for name, values in found.items()}


@pytest.mark.parametrize("name", MODULES)
@settings(deadline=None, max_examples=25)
@given(sizes=SIZES, seed=st.integers(0, 2**32 - 1))
def test_equals_keras_and_its_gradients(name, sizes, seed):
    module = MODULES[name]
    X, states, parameters = case(module, *sizes, seed)
    n_a, rng = sizes[0], np.random.default_rng(seed)
    layer = keras_layer(module, parameters)
    X_keras = tf.constant(X.transpose(1, 2, 0))
    states_keras = [tf.constant(state.T) for state in states]
    direct = rng.standard_normal((n_a, *X.shape[1:]))
    last = rng.standard_normal(states[0].shape)  # on the LSTM's last memory
    with tf.GradientTape() as tape:
        tape.watch([X_keras, *states_keras])
        sequence, *ends = layer(X_keras, initial_state=states_keras)
        cost = tf.reduce_sum(sequence * direct.transpose(1, 2, 0))
        if module is lstm:
            cost += tf.reduce_sum(ends[1] * last.T)
    sources = [X_keras, *states_keras, *layer.trainable_variables]
    expected = tape.gradient(cost, sources)

    if module is lstm:
        a, c, cache = module.forward(X, *states, parameters)
        dX, da_0, dc_0, grads = module.backward(direct, cache, last)
        first = [da_0, dc_0]
        np.testing.assert_allclose(c[:, :, -1].T, ends[1], rtol=1e-10, atol=1e-12)
    else:
        a, cache = module.forward(X, *states, parameters)
        dX, *first, grads = module.backward(direct, cache)
    np.testing.assert_allclose(
        a.transpose(1, 2, 0), sequence, rtol=1e-10, atol=1e-12, err_msg="states"
    )
    np.testing.assert_allclose(
        dX.transpose(1, 2, 0), expected[0], rtol=1e-9, atol=1e-11, err_msg="dX"
    )
    for ours, theirs in zip(first, expected[1:], strict=False):
        np.testing.assert_allclose(ours.T, theirs, rtol=1e-9, atol=1e-11)
    theirs = from_keras(module, expected[1 + len(states) :])
    assert grads.keys() == theirs.keys() == {f"d{key}" for key in parameters}
    for key, values in grads.items():
        np.testing.assert_allclose(
            values, theirs[key], rtol=1e-9, atol=1e-11, err_msg=key
        )


@pytest.mark.parametrize("name", MODULES)
def test_gradients_equal_finite_differences(name):
    module = MODULES[name]
    X, states, parameters = case(module, 3, 2, 4, 5, seed=3)
    target = np.random.default_rng(5).standard_normal((3, 4, 5))

    def cost(values):
        return float((module.forward(X, *states, values)[0] * target).sum())

    *_, cache = module.forward(X, *states, parameters)
    *_, grads = module.backward(target, cache)
    expected = gradcheck.numerical_gradient(cost, parameters)
    assert gradcheck.relative_difference(grads, expected) < 1e-8


def test_two_steps_of_one_unit_by_hand():
    parameters = {
        "Wax": np.array([[0.5]]),
        "Waa": np.array([[2.0]]),
        "ba": np.array([[-1.0]]),
    }
    X = np.array([2.0, 4.0]).reshape(1, 1, 2)
    a, cache = recurrent.forward(X, np.array([[0.25]]), parameters)
    # 0.5 * 2 + 2 * 0.25 - 1 = 0.5; then 0.5 * 4 + 2 tanh(0.5) - 1
    first = np.tanh(0.5)
    second = np.tanh(1 + 2 * first)
    np.testing.assert_allclose(a[0, 0], [first, second], rtol=1e-15)
    # Only the second state counts: its score moves by 1, the first state's by 2 of it.
    dX, da_0, grads = recurrent.backward(np.array([[[0.0, 1.0]]]), cache)
    late = 1 - second**2
    early = late * 2 * (1 - first**2)
    np.testing.assert_allclose(dX[0, 0], [0.5 * early, 0.5 * late], rtol=1e-14)
    np.testing.assert_allclose(da_0, [[2 * early]], rtol=1e-14)
    np.testing.assert_allclose(
        grads["dWaa"], [[late * first + early * 0.25]], rtol=1e-14
    )


def shut(module, **biases):
    """Parameters of one unit that only read their biases."""
    parameters = module.initialize(1, 1, np.random.default_rng(0))
    closed = {name: np.zeros_like(values) for name, values in parameters.items()}
    return closed | {name: np.array([[value]]) for name, value in biases.items()}


def test_a_shut_update_gate_keeps_the_memory():
    X = np.ones((1, 1, 50))
    c, _ = gru.forward(X, np.array([[0.7]]), shut(gru, bu=-800.0, bc=3.0))
    np.testing.assert_array_equal(c, np.full((1, 1, 50), 0.7))
    gates = shut(lstm, bu=-800.0, bf=800.0, bo=800.0)
    a, c, _ = lstm.forward(X, np.array([[0.0]]), np.array([[0.7]]), gates)
    np.testing.assert_array_equal(c, np.full((1, 1, 50), 0.7))
    np.testing.assert_allclose(a, np.full((1, 1, 50), np.tanh(0.7)), rtol=1e-15)


@pytest.mark.parametrize("name", MODULES)
def test_float32_stays_and_arguments_are_left_alone(name):
    module = MODULES[name]
    X, states, parameters = case(module, 3, 2, 4, 5, dtype=np.float32)
    before = [X.copy(), *(s.copy() for s in states)]
    kept = {key: values.copy() for key, values in parameters.items()}
    a, *_, cache = module.forward(X, *states, parameters)
    da = np.ones_like(a)
    results = module.backward(da, cache)
    arrays = [a, *results[:-1], *results[-1].values()]
    assert {values.dtype for values in arrays} == {np.dtype(np.float32)}
    assert a.flags.c_contiguous and results[0].flags.c_contiguous
    for old, new in zip(before, [X, *states], strict=True):
        np.testing.assert_array_equal(old, new)
    for key, values in kept.items():
        np.testing.assert_array_equal(values, parameters[key])
    np.testing.assert_array_equal(da, np.ones_like(a))
    # a second backward pass from the same cache gives the same gradients
    for one, two in zip(
        arrays[1:], module_arrays(module.backward(da, cache)), strict=True
    ):
        np.testing.assert_array_equal(one, two)


def module_arrays(results):
    return [*results[:-1], *results[-1].values()]


@pytest.mark.parametrize("name", MODULES)
def test_two_halves_give_what_the_whole_gives(name):
    module = MODULES[name]
    X, states, parameters = case(module, 3, 2, 4, 6)
    whole, *_ = module.forward(X, *states, parameters)
    early = module.forward(X[:, :, :2], *states, parameters)[:-1]
    handed_on = [sequence[:, :, -1] for sequence in early]
    late, *_ = module.forward(X[:, :, 2:], *handed_on, parameters)
    np.testing.assert_allclose(late, whole[:, :, 2:], rtol=1e-13)


@pytest.mark.parametrize("name", MODULES)
def test_parameters_at_the_start(name):
    module = MODULES[name]
    parameters = module.initialize(40, 30, np.random.default_rng(0))
    for key, values in parameters.items():
        if key.startswith("b"):
            expected = 1 if (module, key) == (lstm, "bf") else 0
            np.testing.assert_array_equal(values, np.full((40, 1), expected))
        elif key != "Wax":
            from_state = values[:, :40]
            np.testing.assert_allclose(
                from_state @ from_state.T, np.eye(40), atol=1e-12, err_msg=key
            )
    from_input = parameters.get("Wax", next(iter(parameters.values()))[:, -30:])
    assert from_input.shape == (40, 30)
    assert from_input.std() == pytest.approx(np.sqrt(1 / 30), rel=0.1)


def test_orthogonal_matrices_have_no_favourite_sign():
    rng = np.random.default_rng(0)
    corners = [recurrent.orthogonal(3, rng)[0, 0] for _ in range(400)]
    assert 0.4 < np.mean(np.array(corners) > 0) < 0.6


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": np.ones((2, 4))}, r"X must be \(n_x, m, T_x\).*got \(2, 4\)"),
        ({"X": np.ones((2, 4, 0))}, r"got \(2, 4, 0\)"),
        ({"X": np.ones((2, 3, 5))}, r"with the m of X.*\(3, 4\) and X \(2, 3, 5\)"),
        ({"X": np.ones((9, 4, 5))}, r"must be \(3, \d+\), got \(3, \d+\)"),
        ({"state": np.ones((7, 4))}, "must be"),
        ({"state": np.ones(3)}, r"must be \(n_a, m\)"),
    ],
)
def test_wrong_shapes_are_refused(name, change, message):
    module = MODULES[name]
    X, states, parameters = case(module, 3, 2, 4, 5)
    if "state" in change:
        states = [change["state"] for _ in states]
    with pytest.raises(ValueError, match=message):
        module.forward(change.get("X", X), *states, parameters)


@pytest.mark.parametrize("name", MODULES)
def test_wrong_names_and_gradients_are_refused(name):
    module = MODULES[name]
    X, states, parameters = case(module, 3, 2, 4, 5)
    *_, cache = module.forward(X, *states, parameters)
    with pytest.raises(ValueError, match=r"da|dc must be \(3, 4, 5\), got \(3, 4\)"):
        module.backward(np.ones((3, 4)), cache)
    last = next(iter(parameters))
    fewer = {key: values for key, values in parameters.items() if key != last}
    with pytest.raises(ValueError, match=rf"expected \[.*'{last}'"):
        module.forward(X, *states, fewer)


def test_memory_and_state_must_fit():
    X, states, parameters = case(lstm, 3, 2, 4, 5)
    with pytest.raises(ValueError, match=r"one shape, got \(3, 4\) and \(2, 4\)"):
        lstm.forward(X, states[0], states[1][:2], parameters)
    *_, cache = lstm.forward(X, *states, parameters)
    with pytest.raises(ValueError, match=r"dc_last must be \(3, 4\), got \(4,\)"):
        lstm.backward(np.ones((3, 4, 5)), cache, np.ones(4))


def test_clipping_by_value():
    grads = {"W": np.array([[3.0, -0.2]]), "b": np.array([[-7.0]])}
    clipped = recurrent.clip_by_value(grads, 0.5)
    np.testing.assert_array_equal(clipped["W"], [[0.5, -0.2]])
    np.testing.assert_array_equal(clipped["b"], [[-0.5]])
    assert grads["W"][0, 0] == 3


def test_clipping_by_norm_keeps_the_direction():
    grads = {"W": np.array([[3.0, 0.0]]), "b": np.array([[-4.0]])}  # length 5
    clipped = recurrent.clip_by_norm(grads, 1.0)
    np.testing.assert_allclose(clipped["W"], [[0.6, 0.0]], rtol=1e-15)
    np.testing.assert_allclose(clipped["b"], [[-0.8]], rtol=1e-15)
    expected, _ = tf.clip_by_global_norm(list(grads.values()), 2.0)
    for ours, theirs in zip(
        recurrent.clip_by_norm(grads, 2.0).values(), expected, strict=True
    ):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)
    for limit in (5.0, 6.0):  # short enough already
        np.testing.assert_array_equal(
            recurrent.clip_by_norm(grads, limit)["W"], grads["W"]
        )
    still = recurrent.clip_by_norm({"W": np.zeros(2)}, 1.0)
    np.testing.assert_array_equal(still["W"], np.zeros(2))


@pytest.mark.parametrize("clip", [recurrent.clip_by_value, recurrent.clip_by_norm])
@pytest.mark.parametrize("limit", [0, -1.0, float("nan")])
def test_limits_are_positive(clip, limit):
    with pytest.raises(ValueError, match="limit must be > 0, got"):
        clip({"W": np.ones(2)}, limit)
