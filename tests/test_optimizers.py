import inspect
import math
from itertools import pairwise

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_dense import network
from utils import keras_tools
from utils.nn import dense, gradcheck, optimizers, schedules

pytestmark = pytest.mark.filterwarnings("error")

NAMES = list(optimizers.OPTIMIZERS)
STEPS = 20
# Keras's optimizer that takes the same steps. Its momentum leaves out the factor
# 1 - beta, which here goes into the rate. Its Adam rounds betas to float32 for the bias
# correction, unless they come as NumPy numbers, and counts epsilon in another way.
KERAS = {
    "sgd": lambda rate: keras.optimizers.SGD(rate),
    "momentum": lambda rate: keras.optimizers.SGD(rate, momentum=0.9),
    "nesterov": lambda rate: keras.optimizers.SGD(rate, momentum=0.9, nesterov=True),
    "rmsprop": lambda rate: keras.optimizers.RMSprop(rate),
    "adam": lambda rate: keras.optimizers.Adam(
        rate, np.float64(0.9), np.float64(0.999), epsilon=0.0
    ),
}
HYPER = {"adam": {"epsilon": 0.0}}
AVERAGED = ("momentum", "nesterov")
SCHEDULES = {
    "inverse_time": (
        lambda rate: schedules.inverse_time(rate, 0.5, 4),
        lambda rate: keras.optimizers.schedules.InverseTimeDecay(rate, 4, 0.5),
    ),
    "exponential": (
        lambda rate: schedules.exponential(rate, 0.8, 4),
        lambda rate: keras.optimizers.schedules.ExponentialDecay(rate, 4, 0.8),
    ),
    "staircase": (
        lambda rate: schedules.step_decay(rate, 0.5, 6),
        lambda rate: keras.optimizers.schedules.ExponentialDecay(rate, 6, 0.5, True),
    ),
    "cosine": (
        lambda rate: schedules.cosine(rate, 25),
        lambda rate: keras.optimizers.schedules.CosineDecay(rate, 25),
    ),
}


@pytest.fixture
def keras_in_float64():
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    yield
    keras.config.set_floatx(before)


def our_path(step, hidden="tanh", layer_dims=(3, 5, 4, 1), output="sigmoid"):
    """Parameters after 0, 1, ... steps of step(parameters, grads, state, t)."""
    parameters, X, Y = network(layer_dims, 12, output, seed=0)
    state, path = {}, [parameters]
    for t in range(STEPS):
        _, caches = dense.forward(X, parameters, hidden, output)
        grads = dense.backward(Y, caches)
        parameters, state = step(parameters, grads, state, t)
        path.append(parameters)
    return path


def keras_path(
    optimizer, hidden="tanh", layer_dims=(3, 5, 4, 1), output="sigmoid", before=None
):
    """The same of a Keras optimizer, on gradients of its own model."""
    parameters, X, Y = network(layer_dims, 12, output, seed=0)
    model = keras_tools.dense_model(parameters, hidden, output)
    path = [parameters]
    for t in range(STEPS):
        if before:
            before(optimizer, t)
        grads = keras_tools.gradients(model, X, Y).values()  # dW1, db1, dW2, ...
        columns = [g.T if i % 2 == 0 else g[:, 0] for i, g in enumerate(grads)]
        optimizer.apply(columns, model.trainable_variables)
        path.append(keras_tools.parameters_of(model))
    return path


def assert_same_path(ours, theirs, at_most=1e-6):
    """Compare every place and every single step."""
    assert len(ours) == len(theirs) == STEPS + 1
    places = list(zip(ours, theirs, strict=True))
    for t, (before, after) in enumerate(pairwise(places), start=1):
        assert gradcheck.relative_difference(*after) <= at_most, f"after step {t}"
        steps = [
            {k: b[k] - a[k] for k in b} for a, b in zip(before, after, strict=True)
        ]
        assert gradcheck.relative_difference(*steps) <= at_most, f"step {t}"


@pytest.mark.parametrize("hidden", ["tanh", "leaky_relu"])
@pytest.mark.parametrize("name", NAMES)
def test_twenty_steps_equal_those_of_keras(name, hidden, keras_in_float64):
    rate, share = 0.05, 0.1 if name in AVERAGED else 1
    step, hyper = optimizers.OPTIMIZERS[name], HYPER.get(name, {})
    ours = our_path(lambda p, g, s, t: step(p, g, s, rate, **hyper), hidden)
    theirs = keras_path(KERAS[name](share * rate), hidden)
    assert_same_path(ours, theirs)


@pytest.mark.parametrize("name", NAMES)
def test_other_hyper_parameters_mean_the_same_in_keras(name, keras_in_float64):
    ours, make = {
        "sgd": ({}, lambda: keras.optimizers.SGD(0.3)),
        "momentum": ({"beta": 0.6}, lambda: keras.optimizers.SGD(0.12, 0.6)),
        "nesterov": ({"beta": 0.6}, lambda: keras.optimizers.SGD(0.12, 0.6, True)),
        "rmsprop": (
            {"beta": 0.6, "epsilon": 0.1},
            lambda: keras.optimizers.RMSprop(0.3, rho=0.6, epsilon=0.1),
        ),
        "adam": (
            {"beta1": 0.625, "beta2": 0.75, "epsilon": 0.0},  # exact in float32
            lambda: keras.optimizers.Adam(0.3, 0.625, 0.75, epsilon=0.0),
        ),
    }[name]
    step = optimizers.OPTIMIZERS[name]
    path = our_path(lambda p, g, s, t: step(p, g, s, 0.3, **ours))
    assert_same_path(path, keras_path(make()))


@pytest.mark.parametrize(
    ("name", "schedule"),
    [(name, "cosine") for name in NAMES] + [("sgd", other) for other in SCHEDULES][:-1],
)
def test_twenty_steps_with_a_schedule_equal_those_of_keras(
    name, schedule, keras_in_float64
):
    make, make_theirs = SCHEDULES[schedule]
    rate, step = make(0.05), optimizers.OPTIMIZERS[name]
    share = 0.1 if name in AVERAGED else 1

    def ours(p, g, s, t):
        if name in AVERAGED:  # Keras averages rate times gradient
            g = {key: rate(t) * value for key, value in g.items()}
            return step(p, g, s, 1.0)
        return step(p, g, s, rate(t), **HYPER.get(name, {}))

    theirs = KERAS[name](make_theirs(share * 0.05))
    assert_same_path(our_path(ours), keras_path(theirs))


def test_momentum_applies_the_rate_of_the_day_to_the_whole_average(keras_in_float64):
    # The lectures' form, at changing rates: Keras's momentum would have to change too.
    rate = schedules.exponential(0.05, 0.8)

    def as_in_the_lectures(optimizer, t):
        optimizer.momentum = 0.9 * rate(t) / rate(t - 1) if t else 0.9

    ours = our_path(lambda p, g, s, t: optimizers.momentum(p, g, s, rate(t)))
    decay = keras.optimizers.schedules.ExponentialDecay(0.1 * 0.05, 1, 0.8)
    theirs = keras.optimizers.SGD(decay, momentum=0.9)
    assert_same_path(ours, keras_path(theirs, before=as_in_the_lectures))


def test_adam_as_it_comes_goes_where_that_of_keras_goes(keras_in_float64):
    ours = our_path(lambda p, g, s, t: optimizers.adam(p, g, s, 0.001))
    theirs = keras_path(keras.optimizers.Adam(0.001, epsilon=1e-8))
    for here, there in zip(ours, theirs, strict=True):
        assert gradcheck.relative_difference(here, there) <= 1e-6


def test_adam_with_a_large_epsilon_is_the_lectures_form(keras_in_float64):
    def as_in_the_lectures(optimizer, t):
        optimizer.epsilon = 0.1 * math.sqrt(1 - 0.999 ** (t + 1))

    ours = our_path(lambda p, g, s, t: optimizers.adam(p, g, s, 0.05, epsilon=0.1))
    theirs = keras_path(KERAS["adam"](0.05), before=as_in_the_lectures)
    assert_same_path(ours, theirs)


def test_a_softmax_network_steps_like_keras_too(keras_in_float64):
    shape = {"layer_dims": (4, 6, 3), "output": "softmax", "hidden": "sigmoid"}
    ours = our_path(
        lambda p, g, s, t: optimizers.adam(p, g, s, 0.05, epsilon=0.0), **shape
    )
    assert_same_path(ours, keras_path(KERAS["adam"](0.05), **shape))


def steps_of(name, slopes, rate=1.0, **hyper):
    """W1 after each step, from 0, when the gradients are `slopes`."""
    parameters, state, places = {"W1": np.zeros((1, 1))}, {}, []
    for slope in slopes:
        parameters, state = optimizers.OPTIMIZERS[name](
            parameters, {"dW1": np.array([[float(slope)]])}, state, rate, **hyper
        )
        places.append(parameters["W1"].item())
    return places, state


@pytest.mark.parametrize(
    ("name", "hyper", "expected"),
    [
        # gradients 4 and then -2, at rate 1
        ("sgd", {}, [-4, -2]),
        ("momentum", {"beta": 0.5}, [-2, -2]),  # v: 2, then 1 - 1 = 0
        ("momentum", {"beta": 0.0}, [-4, -2]),
        ("nesterov", {"beta": 0.5}, [-3, -2]),  # 1 + 2 = 3, then 0 - 1 = -1
        ("rmsprop", {"beta": 0.75, "epsilon": 0.0}, [-2, -1]),  # s: 4, then 3 + 1
        ("rmsprop", {"beta": 0.75, "epsilon": 5.0}, [-4 / 3, -2 / 3]),  # roots 3, 3
        # v: 2, 0 -> v_hat 4, 0. The first step of adam is the rate, whatever the slope.
        ("adam", {"beta1": 0.5, "beta2": 0.75, "epsilon": 0.0}, [-1, -1]),
        # v: 4, -2; s: 4, 3 + 1 -> s_hat: 16, 4 / (7/16) = 64/7
        (
            "adam",
            {"beta1": 0.0, "beta2": 0.75, "epsilon": 0.0},
            [-1, -1 + 2 / math.sqrt(64 / 7)],
        ),
        # v_hat: 4, then (0.75 * 1 - 0.5) / (7/16) = 4/7; s_hat: 16, 64/7
        (
            "adam",
            {"beta1": 0.75, "beta2": 0.75, "epsilon": 1.0},
            [-4 / 5, -4 / 5 - 4 / 7 / (math.sqrt(64 / 7) + 1)],
        ),
    ],
)
def test_two_steps_worked_by_hand(name, hyper, expected):
    places, state = steps_of(name, [4, -2], **hyper)
    assert places == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert state["t"] == 2


def test_the_state_is_the_plain_average():
    _, state = steps_of("adam", [4, -2], beta1=0.5, beta2=0.75)
    assert state["v"]["W1"].item() == pytest.approx(0.5 * 2 - 0.5 * 2)
    assert state["s"]["W1"].item() == pytest.approx(0.75 * 4 + 0.25 * 4)


@given(
    slopes=st.lists(st.floats(-3, 3), min_size=1, max_size=30),
    beta=st.floats(0, 0.99),
)
def test_momentum_is_the_weighted_sum_of_all_gradients(slopes, beta):
    _, state = steps_of("momentum", slopes, beta=beta)
    last = len(slopes) - 1
    total = sum((1 - beta) * beta ** (last - i) * g for i, g in enumerate(slopes))
    assert state["v"]["W1"].item() == pytest.approx(total, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None)
@given(slope=st.floats(0.1, 10), steps=st.integers(200, 220))
def test_a_constant_gradient_ends_in_a_constant_step(name, slope, steps):
    places, _ = steps_of(name, [slope] * steps, rate=0.01)
    expected = 0.01 if name in ("rmsprop", "adam") else 0.01 * slope
    assert places[-2] - places[-1] == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("name", ["rmsprop", "adam"])
@given(scale=st.floats(1e-3, 1e3), seed=st.integers(0, 100))
def test_the_scale_of_the_gradients_does_not_matter(name, scale, seed):
    slopes = np.random.default_rng(seed).standard_normal(10)
    plain, _ = steps_of(name, slopes, epsilon=0.0)
    scaled, _ = steps_of(name, scale * slopes, epsilon=0.0)
    assert scaled == pytest.approx(plain, rel=1e-9)


@given(slope=st.floats(1e-3, 1e3), steps=st.integers(1, 30))
def test_bias_correction_returns_a_constant_gradient(slope, steps):
    places, _ = steps_of("adam", [slope] * steps, rate=0.1, epsilon=0.0)
    expected = [-0.1 * (t + 1) for t in range(steps)]
    assert places == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", ["rmsprop", "adam"])
def test_a_parameter_without_gradient_stays_even_without_epsilon(name):
    assert steps_of(name, [0, 0], epsilon=0.0)[0] == [0, 0]


@pytest.mark.parametrize("name", NAMES)
def test_a_gradient_that_is_nan_is_not_hidden(name):
    assert math.isnan(steps_of(name, [math.nan])[0][0])


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_is_passed_in_is_changed(name):
    parameters, X, Y = network((3, 4, 1), 5, "sigmoid", seed=0)
    grads = dense.backward(Y, dense.forward(X, parameters)[1])
    step = optimizers.OPTIMIZERS[name]
    _, state = step(parameters, grads, {}, 0.1)
    for held in (
        parameters,
        grads,
        *(v for v in state.values() if isinstance(v, dict)),
    ):
        for array in held.values():
            array.setflags(write=False)
    names = {key: list(v) for key, v in state.items() if isinstance(v, dict)}
    empty = {}
    once, _ = step(parameters, grads, empty, 0.1)
    again, _ = step(parameters, grads, state, 0.1)
    assert empty == {}
    assert state["t"] == 1
    assert {k: list(v) for k, v in state.items() if isinstance(v, dict)} == names
    for first, second in ((once, parameters), (again, once)):
        assert not any(np.shares_memory(first[k], second[k]) for k in first)


@pytest.mark.parametrize("name", NAMES)
def test_float32_stays_float32(name):
    parameters, X, Y = network((3, 4, 1), 5, "sigmoid", seed=0)
    parameters = {key: value.astype(np.float32) for key, value in parameters.items()}
    step, state, hyper = optimizers.OPTIMIZERS[name], {}, {}
    known = inspect.signature(step).parameters
    hyper = {key: np.float64(0.5) for key in known if key.startswith(("beta", "eps"))}
    for kind in (np.float32, np.float64):
        grads = dense.backward(Y, dense.forward(X, parameters)[1])
        grads = {key: value.astype(kind) for key, value in grads.items()}
        parameters, state = step(parameters, grads, state, np.float64(0.1), **hyper)
        held = [v for v in state.values() if isinstance(v, dict)]
        for arrays in (parameters, *held):
            assert {value.dtype for value in arrays.values()} == {np.dtype("float32")}


@pytest.mark.parametrize("name", NAMES)
def test_a_rate_of_zero_moves_nothing_but_remembers(name):
    places, state = steps_of(name, [4, -2], rate=0)
    assert places == [0, 0]
    assert state["t"] == 2


@pytest.mark.parametrize("name", NAMES)
def test_any_names_and_shapes_are_moved(name):
    parameters = {"gamma1": np.ones((2, 1)), "kernel": np.zeros((2, 3, 4)), "c": 1.0}
    grads = {f"d{key}": np.ones(np.shape(v)) for key, v in parameters.items()}
    moved, _ = optimizers.OPTIMIZERS[name](parameters, grads, {}, 0.1)
    for key, value in parameters.items():
        assert np.shape(moved[key]) == np.shape(value)
        assert np.all(moved[key] < value)


@pytest.mark.parametrize("name", NAMES)
def test_gradients_must_fit(name):
    parameters = {"W1": np.zeros((2, 3)), "b1": np.zeros((2, 1))}
    grads = {"dW1": np.zeros((2, 3)), "db1": np.zeros(2)}
    step = optimizers.OPTIMIZERS[name]
    with pytest.raises(ValueError, match=r"db1 .* shape of b1, \(2, 1\), got \(2,\)"):
        step(parameters, grads, {}, 0.1)
    with pytest.raises(ValueError, match=r"grads must hold db1, got \['dW1'\]"):
        step(parameters, {"dW1": grads["dW1"]}, {}, 0.1)


@pytest.mark.parametrize("rate", [-0.1, math.nan, math.inf, schedules.constant(0.1)])
@pytest.mark.parametrize("name", NAMES)
def test_the_rate_must_be_a_number(name, rate):
    with pytest.raises(ValueError, match=r"learning_rate must be a number >= 0, got"):
        steps_of(name, [1], rate=rate)


@pytest.mark.parametrize(
    ("name", "hyper", "message"),
    [
        ("momentum", {"beta": 1.0}, r"beta must lie in \[0, 1\), got 1.0"),
        ("nesterov", {"beta": -0.1}, r"beta must lie in \[0, 1\), got -0.1"),
        ("rmsprop", {"beta": math.nan}, r"beta must lie in \[0, 1\), got nan"),
        ("rmsprop", {"epsilon": -1e-7}, r"epsilon must be a number >= 0, got -1e-07"),
        ("adam", {"beta1": 1.0}, r"beta1 must lie in \[0, 1\), got 1.0"),
        ("adam", {"beta2": 1.5}, r"beta2 must lie in \[0, 1\), got 1.5"),
        ("adam", {"epsilon": math.inf}, r"epsilon must be a number >= 0, got inf"),
    ],
)
def test_hyper_parameters_out_of_range_are_named(name, hyper, message):
    with pytest.raises(ValueError, match=message):
        steps_of(name, [1], **hyper)


def test_the_state_of_another_optimizer_or_network_is_named():
    parameters = {"W1": np.zeros((1, 1))}
    grads = {"dW1": np.ones((1, 1))}
    _, state = optimizers.momentum(parameters, grads, {}, 0.1)
    with pytest.raises(ValueError, match=r"hold v, s, t, got \['v', 't'\]"):
        optimizers.adam(parameters, grads, state, 0.1)
    with pytest.raises(ValueError, match=r"hold t, got \['v', 't'\]"):
        optimizers.sgd(parameters, grads, state, 0.1)
    wide = {"W1": np.zeros((1, 2))}, {"dW1": np.ones((1, 2))}
    with pytest.raises(ValueError, match=r"v of W1 .* \(1, 2\), got \(1, 1\)"):
        optimizers.momentum(*wide, state, 0.1)
    other = {"W2": np.zeros((1, 1))}, {"dW2": np.ones((1, 1))}
    with pytest.raises(ValueError, match=r"v of W2 .* \(1, 1\), got nothing"):
        optimizers.momentum(*other, state, 0.1)
