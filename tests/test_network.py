import itertools

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import test_dense
from utils.nn import (
    batches,
    dense,
    gradcheck,
    initializers,
    network,
    optimizers,
    regularizers,
    schedules,
)
from utils.nn.network import Options

pytestmark = pytest.mark.filterwarnings("error")

SWITCHES = [
    Options(hidden, output, lambd, keep_prob, batch_norm)
    for hidden, output, lambd, keep_prob, batch_norm in itertools.product(
        ("tanh", "relu"), ("sigmoid", "softmax"), (0.0, 0.8), (1.0, 0.6), (False, True)
    )
]


def example(layer_dims, m, options, seed):
    """A network with all parameters and statistics random, with inputs and labels."""
    _, X, Y = test_dense.network(layer_dims, m, options.output, seed)
    rng = np.random.default_rng(seed)
    net = network.initialize(layer_dims, rng, options)
    for name, value in net.parameters.items():
        if not name.startswith("W"):
            net.parameters[name] = value + 0.5 * rng.standard_normal(value.shape)
    for name, value in net.statistics.items():
        net.statistics[name] = value + rng.random(value.shape)
    return net, X, Y


def cost_of(X, Y, net, m=None, seed=0):
    """The cost as a function of the parameters, with the same masks at every call."""

    def cost(parameters):
        moved = net._replace(parameters=parameters)
        rng = np.random.default_rng(seed)
        _, caches = network.forward(X, moved, training=True, rng=rng)
        return network.cost(Y, caches, moved, m)

    return cost


def equal(a, b):
    assert list(a) == list(b)
    for name in a:
        np.testing.assert_array_equal(a[name], b[name])


@pytest.mark.parametrize("options", SWITCHES)
@settings(deadline=None, max_examples=10)
@given(
    layer_dims=st.lists(st.integers(1, 4), min_size=2, max_size=4),
    m=st.integers(3, 6),
    penalty_m=st.sampled_from([None, 40]),
    seed=st.integers(0, 2**32 - 1),
)
def test_gradients_equal_finite_differences(options, layer_dims, m, penalty_m, seed):
    # a single output unit of softmax is always certain: nothing to learn
    assume(layer_dims[-1] > 1 or options.output == "sigmoid")
    net, X, Y = example(layer_dims, m, options, seed)
    rng = np.random.default_rng(seed)
    _, caches = network.forward(X, net, training=True, rng=rng)
    kinked = caches[:-1] if options.hidden == "relu" else []
    assume(all(np.abs(cache.Z).min() > 1e-3 for cache in kinked))
    # nearly equal scores would make a step of 1e-5 a large one
    norms = [cache.norm for cache in caches if cache.norm is not None]
    assume(all(norm.variance.min() > 0.01 for norm in norms))
    grads = network.backward(Y, caches, net, penalty_m)
    assume(np.abs(grads[f"db{len(caches)}"]).max() > 1e-2)
    cost = cost_of(X, Y, net, penalty_m, seed)
    numerical = gradcheck.numerical_gradient(cost, net.parameters, epsilon=1e-5)
    assert grads.keys() == numerical.keys()
    assert gradcheck.relative_difference(grads, numerical) <= 1e-7


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
@pytest.mark.parametrize("hidden", test_dense.HIDDEN)
@pytest.mark.parametrize("training", [False, True])
def test_with_all_switches_off_it_is_dense(hidden, output, training):
    layer_dims, options = (3, 5, 4, 2), Options(hidden, output)
    net = network.initialize(layer_dims, np.random.default_rng(4), options)
    equal(net.parameters, dense.initialize(layer_dims, np.random.default_rng(4)))
    net, X, Y = example(layer_dims, 7, options, seed=1)
    A, caches = network.forward(X, net, training)
    dense_A, dense_caches = dense.forward(X, net.parameters, hidden, output)
    np.testing.assert_array_equal(A, dense_A)
    for ours, theirs in zip(caches, dense_caches, strict=True):
        np.testing.assert_array_equal(ours.Z, theirs.Z)
    assert network.cost(Y, caches, net) == dense.cost(Y, dense_caches)
    grads, expected = network.backward(Y, caches, net), dense.backward(Y, dense_caches)
    equal({name: grads[name] for name in expected}, expected)
    assert len(grads) == len(expected)
    labels = dense.predict(X, net.parameters, hidden, output)
    np.testing.assert_array_equal(network.predict(X, net), labels)


def test_training_with_all_switches_off_is_that_of_dense():
    net, X, Y = example((3, 5, 1), 7, Options("tanh"), seed=2)
    trained, costs = network.train(X, Y, net, learning_rate=0.3, num_epochs=6)
    expected, dense_costs = dense.train(X, Y, net.parameters, 0.3, 6, "tanh")
    assert costs == dense_costs
    equal(trained.parameters, expected)
    assert trained.statistics == {}


def test_a_switch_changes_the_network():
    # each of them, so that no test above passes because a switch does nothing
    net, X, Y = example((3, 5, 4, 1), 9, Options(), seed=3)
    plain = cost_of(X, Y, net)(net.parameters)
    for options in (Options(lambd=0.8), Options(keep_prob=0.6), Options("tanh")):
        assert cost_of(X, Y, net._replace(options=options))(net.parameters) != plain
    for keep_prob, dropped in (((1.0, 0.5), [False, True]), ((0.5, 1), [True, False])):
        dropping = net._replace(options=Options(keep_prob=keep_prob))
        rng = np.random.default_rng(0)
        _, caches = network.forward(X, dropping, training=True, rng=rng)
        assert [cache.D is not None for cache in caches] == [*dropped, False]


def test_the_penalty_hand_worked():
    parameters = {"W1": np.array([[3.0], [4.0]]), "b1": np.full((2, 1), 7.0)}
    parameters |= {"W2": np.zeros((1, 2)), "b2": np.zeros((1, 1))}
    net = network.Network(parameters, Options(lambd=2.0), {})
    X, Y = np.array([[1.0, 2.0]]), np.array([[0, 1]])
    _, caches = network.forward(X, net)
    # the output is 1/2: log 2, and 2 / (2 * 2) * (9 + 16), or 2 / (2 * 10) * 25
    assert network.cost(Y, caches, net) == pytest.approx(np.log(2) + 12.5)
    assert network.cost(Y, caches, net, m=10) == pytest.approx(np.log(2) + 2.5)
    grads = network.backward(Y, caches, net, m=10)
    np.testing.assert_allclose(grads["dW1"], [[0.6], [0.8]])


@pytest.mark.parametrize("keep_prob", [0.5, (0.8, 0.5)])
def test_dropout_is_off_at_prediction_time(keep_prob):
    dropping, X, _ = example((3, 20, 20, 1), 6, Options(keep_prob=keep_prob), seed=4)
    plain = dropping._replace(options=Options())
    A, caches = network.forward(X, dropping, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(A, network.forward(X, plain)[0])
    assert [cache.D for cache in caches] == [None] * 3
    first, _ = network.forward(X, dropping, True, np.random.default_rng(0))
    again, _ = network.forward(X, dropping, True, np.random.default_rng(0))
    other, _ = network.forward(X, dropping, True, np.random.default_rng(1))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 1e-3


def test_dropout_keeps_the_expected_scores():
    net, X, _ = example((3, 30, 1), 1, Options("tanh", keep_prob=0.7), seed=5)
    many = np.repeat(X, 40_000, axis=1)
    _, caches = network.forward(many, net, training=True, rng=np.random.default_rng(0))
    _, plain = network.forward(X, net)
    Z = caches[-1].Z
    error = Z.std() / np.sqrt(Z.size)
    assert abs(Z.mean() - plain[-1].Z.item()) < 4 * error
    assert error < 0.02


def test_batch_norm_hidden_layers_have_no_b():
    options = Options(batch_norm=True)
    rng = np.random.default_rng(3)
    net = network.initialize((3, 5, 4, 1), rng, options, initializers.xavier)
    expected = dense.initialize(
        (3, 5, 4, 1), np.random.default_rng(3), initializers.xavier
    )
    for name in ("W1", "W2", "W3", "b3"):
        np.testing.assert_array_equal(net.parameters[name], expected[name])
    for layer, n in ((1, 5), (2, 4)):
        for arrays, name, value in (
            (net.parameters, "gamma", 1),
            (net.parameters, "beta", 0),
            (net.statistics, "mean", 0),
            (net.statistics, "variance", 1),
        ):
            column = arrays[f"{name}{layer}"]
            np.testing.assert_array_equal(column, np.full((n, 1), value))
    assert len(net.parameters) == 8
    assert len(net.statistics) == 4


def test_batch_norm_predicts_every_example_alone():
    options = Options("tanh", batch_norm=True)
    net, X, _ = example((3, 5, 4, 1), 6, options, seed=6)
    together, _ = network.forward(X, net)
    for i in range(6):
        alone, _ = network.forward(X[:, [i]], net)
        np.testing.assert_allclose(alone, together[:, [i]], rtol=1e-12)
    batch, _ = network.forward(X, net, training=True)
    assert np.abs(batch - together).max() > 1e-3


def test_statistics_move_towards_those_of_the_batch():
    net, X, _ = example((3, 5, 1), 6, Options("tanh", batch_norm=True), seed=7)
    _, caches = network.forward(X, net, training=True)
    moved = network.update_statistics(net, caches)
    Z = net.parameters["W1"] @ X
    for name, now in (("mean1", Z.mean(axis=1)), ("variance1", Z.var(axis=1))):
        expected = 0.99 * net.statistics[name] + 0.01 * now[:, np.newaxis]
        np.testing.assert_allclose(moved.statistics[name], expected, rtol=1e-12)
    assert moved.parameters is net.parameters


@pytest.mark.parametrize("options", SWITCHES[-4:])
def test_forward_backward_and_train_change_nothing(options):
    net, X, Y = example((3, 5, 2), 6, options, seed=8)
    arrays = [X, Y, *net.parameters.values(), *net.statistics.values()]
    before = [array.copy() for array in arrays]
    names = list(net.parameters), list(net.statistics)
    rng = np.random.default_rng(0)
    network.train(X, Y, net, optimizers.adam, 0.1, 2, batch_size=4, rng=rng)
    for now, old in zip(arrays, before, strict=True):
        np.testing.assert_array_equal(now, old)
    assert names == (list(net.parameters), list(net.statistics))


@pytest.mark.parametrize("options", SWITCHES)
def test_float32_stays_float32(options):
    net, X, Y = example((3, 5, 2), 6, options._replace(lambd=np.float64(0.5)), seed=9)
    small = {name: value.astype(np.float32) for name, value in net.parameters.items()}
    net, rng = net._replace(parameters=small), np.random.default_rng(0)
    _, caches = network.forward(X, net, training=True, rng=rng)
    found = [array for cache in caches for array in (cache.A, cache.Z)]
    found += network.backward(Y, caches, net).values()
    trained, costs = network.train(X, Y, net, learning_rate=0.1, num_epochs=2, rng=rng)
    found += [*trained.parameters.values(), *trained.statistics.values()]
    found.append(network.forward(X, trained)[0])
    assert {array.dtype for array in found} == {np.dtype(np.float32)}
    assert type(costs[0]) is float


def test_train_is_the_loop_it_promises():
    options = Options("tanh", "sigmoid", 0.8, 0.6, True)
    start, X, Y = example((3, 5, 1), 7, options, seed=10)
    trained, costs = network.train(
        X, Y, start, optimizers.momentum, 0.2, 3, 3, np.random.default_rng(1), beta=0.7
    )
    net, state, rng, expected = start, {}, np.random.default_rng(1), []
    for _ in range(3):
        total = 0.0
        for X_b, Y_b in batches.mini_batches(X, Y, 3, rng):
            _, caches = network.forward(X_b, net, training=True, rng=rng)
            total += network.cost(Y_b, caches, net, 7) * X_b.shape[1]
            grads = network.backward(Y_b, caches, net, 7)
            moved, state = optimizers.momentum(
                net.parameters, grads, state, 0.2, beta=0.7
            )
            net = network.update_statistics(net._replace(parameters=moved), caches)
        expected.append(total / 7)
    np.testing.assert_allclose(costs, expected, rtol=1e-14)
    equal(trained.parameters, net.parameters)
    equal(trained.statistics, net.statistics)


def test_a_schedule_counts_the_updates():
    net, X, Y = example((3, 5, 1), 6, Options("tanh"), seed=11)
    asked, halving = [], schedules.exponential(0.4, 0.5)

    def schedule(step):
        asked.append(step)
        return halving(step)

    trained, _ = network.train(X, Y, net, num_epochs=2, batch_size=2,
                               learning_rate=schedule)  # fmt: skip
    assert asked == [0, 1, 2, 3, 4, 5]
    parameters = net.parameters
    for step in range(6):
        part = slice(2 * (step % 3), 2 * (step % 3) + 2)
        _, caches = dense.forward(X[:, part], parameters, "tanh")
        grads = dense.backward(Y[:, part], caches)
        parameters = dense.update(parameters, grads, 0.4 * 0.5**step)
    for name in parameters:
        np.testing.assert_allclose(trained.parameters[name], parameters[name])


def test_lambd_means_the_same_for_every_batch_size():
    # Without a slope of the data, an epoch only shrinks W: by 1 - rate lambd / m per
    # update, whatever the batch holds.
    X, Y = np.zeros((3, 12)), np.arange(12)[np.newaxis] % 2
    start = network.initialize((3, 4, 1), np.random.default_rng(0), Options(lambd=6.0))
    for batch_size in (None, 6, 4, 2):
        updates = 12 // (batch_size or 12)
        trained, _ = network.train(
            X, Y, start, learning_rate=0.1, num_epochs=1, batch_size=batch_size
        )
        shrunk = start.parameters["W1"] * (1 - 0.1 * 6 / 12) ** updates
        np.testing.assert_allclose(trained.parameters["W1"], shrunk, rtol=1e-12)


def test_the_costs_of_batches_average_to_that_of_the_set():
    net, X, Y = example((3, 4, 1), 10, Options("tanh", lambd=2.0), seed=12)
    whole = cost_of(X, Y, net)(net.parameters)
    for batch_size in (None, 3, 4, 10, 64):
        _, costs = network.train(X, Y, net, learning_rate=0.0, num_epochs=1,
                                 batch_size=batch_size)  # fmt: skip
        assert costs == pytest.approx([whole], rel=1e-12)


@pytest.mark.parametrize("stop", [True, np.True_])
def test_the_monitor_sees_every_epoch_and_may_stop(stop):
    net, X, Y = example((3, 4, 1), 6, Options(), seed=13)
    seen = []

    def monitor(epoch, now):
        seen.append((epoch, now))
        return stop if epoch == 2 else None

    trained, costs = network.train(X, Y, net, num_epochs=9, monitor=monitor)
    assert [epoch for epoch, _ in seen] == [0, 1, 2]
    assert len(costs) == 3
    equal(trained.parameters, seen[-1][1].parameters)
    after_one, _ = network.train(X, Y, net, num_epochs=1)
    equal(seen[0][1].parameters, after_one.parameters)


@pytest.mark.parametrize("options", SWITCHES[-8:])
def test_a_network_with_every_switch_learns(options):
    rng = np.random.default_rng(0)
    X = rng.standard_normal((2, 200))
    Y = (X[0] * X[1] > 0)[np.newaxis].astype(int)
    options = options._replace(lambd=min(options.lambd, 0.05))
    if options.output == "softmax":
        Y = np.concatenate([1 - Y, Y])
    net = network.initialize((2, 24, len(Y)), rng, options)
    net, costs = network.train(X, Y, net, optimizers.adam, 0.02, 60, 50, rng)
    truth = Y[-1:]
    assert np.mean(network.predict(X, net) == truth) > 0.9
    assert costs[-1] < 0.6 * costs[0]


def test_l2_makes_the_weights_smaller():
    _, X, Y = example((4, 6, 1), 12, Options(), seed=14)
    norms = []
    for lambd in (0.0, 1.0, 4.0):
        rng = np.random.default_rng(0)
        net = network.initialize((4, 6, 1), rng, Options("tanh", lambd=lambd))
        net, _ = network.train(X, Y, net, learning_rate=0.3, num_epochs=200)
        norms.append(regularizers.weight_norms(net.parameters)["W1"])
    assert norms[0] > 1.5 * norms[1] > 1.5**2 * norms[2]


def test_what_is_missing_is_named():
    options = Options(keep_prob=0.5, batch_norm=True)
    net, X, Y = example((3, 4, 1), 5, options, seed=15)
    with pytest.raises(ValueError, match=r"keep_prob 0.5 needs an rng, got None"):
        network.forward(X, net, training=True)
    with pytest.raises(ValueError, match=r"keep_prob 0.5 needs an rng"):
        network.train(X, Y, net)
    _, caches = network.forward(X, net)
    with pytest.raises(ValueError, match=r"caches of forward\(\.\.\., training=True\)"):
        network.backward(Y, caches, net)
    for shape in ((5,), (5, 1), (1, 4)):
        for step in (network.cost, network.backward):
            with pytest.raises(ValueError) as error:
                step(np.zeros(shape), caches, net)
            assert str(shape) in str(error.value)
            assert "(1, 5)" in str(error.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (Options(keep_prob=0), r"keep_prob must lie in \(0, 1\], got 0"),
        (Options(keep_prob=(0.5, 0.5)), r"1 hidden layers, got \(0.5, 0.5\)"),
        (Options(lambd=-1), "lambd must be >= 0, got -1"),
        (Options("swish"), "got 'swish'"),
    ],
)
def test_wrong_options_are_refused_at_once(options, message):
    with pytest.raises(ValueError, match=message):
        network.initialize((3, 4, 1), np.random.default_rng(0), options)
    net, X, _ = example((3, 4, 1), 5, Options(), seed=0)
    with pytest.raises(ValueError, match=message):
        network.forward(X, net._replace(options=options))


def test_parameters_must_fit_the_options():
    net, X, _ = example((3, 4, 1), 5, Options(), seed=0)
    with pytest.raises(ValueError, match=r"W1, gamma1, beta1, W2, b2, got W1, b1"):
        network.forward(X, net._replace(options=Options(batch_norm=True)))
    with pytest.raises(ValueError, match=r"X \(5, 3\)"):
        network.forward(X.T, net)
