import keras
import numpy as np
import pytest
import tensorflow as tf

from tests import test_network
from tests.test_dense import HIDDEN, network
from utils import keras_tools
from utils.nn import activations, dense, gradcheck, losses, optimizers
from utils.nn import network as networks
from utils.nn.network import Options

pytestmark = pytest.mark.filterwarnings("error")

CASES = [
    (hidden, output, layer_dims)
    for hidden in HIDDEN
    for output, layer_dims in [
        ("sigmoid", (3, 1)),
        ("sigmoid", (2, 4, 1)),
        ("sigmoid", (3, 5, 4, 3, 2)),
        ("softmax", (3, 4)),
        ("softmax", (2, 5, 4, 3)),
    ]
]


@pytest.mark.parametrize(("hidden", "output", "layer_dims"), CASES)
def test_keras_computes_the_same_outputs(hidden, output, layer_dims):
    parameters, X, _ = network(layer_dims, 7, output, seed=1)
    model = keras_tools.dense_model(parameters, hidden, output)
    A, _ = dense.forward(X, parameters, hidden, output)
    np.testing.assert_allclose(model(X.T).numpy().T, A, rtol=1e-12)


@pytest.mark.parametrize(("hidden", "output", "layer_dims"), CASES)
def test_keras_finds_the_same_gradients(hidden, output, layer_dims):
    parameters, X, Y = network(layer_dims, 7, output, seed=2)
    model = keras_tools.dense_model(parameters, hidden, output)
    _, caches = dense.forward(X, parameters, hidden, output)
    ours, theirs = dense.backward(Y, caches), keras_tools.gradients(model, X, Y)
    assert gradcheck.relative_difference(ours, theirs) <= 1e-7


def test_gradients_of_certain_outputs_are_not_clipped():
    parameters = {"W1": np.array([[1.0]]), "b1": np.zeros((1, 1))}
    model = keras_tools.dense_model(parameters)
    X, Y = np.array([[1000.0, -30.0]]), np.array([[0, 0]])
    grads = keras_tools.gradients(model, X, Y)
    np.testing.assert_allclose(grads["db1"], [[0.5]], rtol=1e-12)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_parameters_travel_there_and_back(dtype):
    parameters, _, _ = network((3, 4, 2), 5, "sigmoid", seed=3)
    model = keras_tools.dense_model(parameters, dtype=dtype)
    back = keras_tools.parameters_of(model)
    assert list(back) == ["W1", "b1", "W2", "b2"]
    for name, value in parameters.items():
        assert back[name].dtype == dtype
        np.testing.assert_array_equal(back[name], value.astype(dtype))


def test_parameters_are_copies():
    parameters, _, _ = network((3, 1), 5, "sigmoid", seed=3)
    model = keras_tools.dense_model(parameters)
    keras_tools.parameters_of(model)["W1"][:] = 7
    np.testing.assert_array_equal(
        keras_tools.parameters_of(model)["W1"], parameters["W1"]
    )


def test_layers_without_weights_are_passed_over():
    layers = [keras.Input((2, 2)), keras.layers.Flatten(), keras.layers.Dense(3)]
    named = keras_tools.parameters_of(keras.Sequential(layers))
    assert {name: value.shape for name, value in named.items()} == {
        "W1": (3, 4),
        "b1": (3, 1),
    }


NORM = keras.layers.BatchNormalization
DENSE = keras.layers.Dense


@pytest.mark.parametrize(
    ("layers", "named"),
    [
        ([NORM(name="norm")], "BatchNormalization 'norm'"),
        ([DENSE(3), NORM(name="late")], "BatchNormalization 'late'"),
        ([DENSE(3, use_bias=False, name="bare")], "Dense 'bare'"),
        ([DENSE(3, use_bias=False, name="bare"), DENSE(2, name="next")], "'next'"),
        ([DENSE(3, use_bias=False), NORM(), NORM(name="two")], "'two'"),
        ([keras.layers.Dense(2), keras.layers.GRU(2, name="memory")], "GRU 'memory'"),
    ],
)
def test_other_layers_are_named(layers, named):
    shape = (4, 1) if "memory" in named else (4,)
    with pytest.raises(ValueError, match=f"got .*{named}"):
        keras_tools.parameters_of(keras.Sequential([keras.Input(shape), *layers]))


def test_another_last_layer_is_named():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, name="line")])
    with pytest.raises(ValueError, match="sigmoid or softmax, got Dense 'line'"):
        keras_tools.gradients(model, np.zeros((2, 3)), np.zeros((1, 3)))


def test_labels_must_have_the_shape_of_the_output():
    parameters, X, _ = network((3, 1), 5, "sigmoid", seed=3)
    model = keras_tools.dense_model(parameters)
    with pytest.raises(ValueError, match=r"\(1, 5\), got \(5, 1\)"):
        keras_tools.gradients(model, X, np.zeros((5, 1)))


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "leaky_relu"])
def test_derivatives_equal_automatic_differentiation(name):
    z = tf.constant(np.random.default_rng(0).standard_normal(100) * 2)
    function = keras_tools.ACTIVATIONS.get(name) or getattr(keras.activations, name)
    with tf.GradientTape() as tape:
        tape.watch(z)
        a = function(z)
    derivative = getattr(activations, f"{name}_derivative")
    np.testing.assert_allclose(getattr(activations, name)(z.numpy()), a, rtol=1e-12)
    np.testing.assert_allclose(derivative(z.numpy()), tape.gradient(a, z), rtol=1e-7)


def test_losses_equal_those_of_keras():
    rng = np.random.default_rng(0)
    Z, Y = rng.standard_normal((1, 20)) * 5, rng.integers(0, 2, (1, 20)).astype(float)
    theirs = keras.losses.BinaryCrossentropy(from_logits=True, dtype="float64")
    ours = losses.binary_cross_entropy_from_logits(Z, Y)
    assert ours == pytest.approx(float(theirs(Y.T, Z.T)), rel=1e-12)
    Z, Y = rng.standard_normal((4, 20)) * 5, losses.one_hot(rng.integers(4, size=20), 4)
    theirs = keras.losses.CategoricalCrossentropy(from_logits=True, dtype="float64")
    ours = losses.categorical_cross_entropy_from_logits(Z, Y)
    assert ours == pytest.approx(float(theirs(Y.T, Z.T)), rel=1e-12)


def with_masks(model, caches):
    """The same model, whose Dropout layers use the masks in the caches instead."""
    masks = [cache.D.T for cache in caches if cache.D is not None]
    dropouts = [x for x in model.layers if isinstance(x, keras.layers.Dropout)]
    for layer, mask in zip(dropouts, masks, strict=True):
        layer.call = lambda inputs, training=False, mask=mask: inputs * mask
    return model


@pytest.mark.parametrize("options", test_network.SWITCHES)
def test_keras_computes_the_same_network(options):
    net, X, _ = test_network.example((3, 5, 4, 2), 6, options, seed=1)
    model = keras_tools.network_model(net, m=6)
    A, _ = networks.forward(X, net)
    np.testing.assert_allclose(model(X.T).numpy().T, A, rtol=1e-9)


@pytest.mark.parametrize("options", test_network.SWITCHES)
def test_keras_finds_the_same_gradients_of_a_network(options, m=50):
    net, X, Y = test_network.example((3, 5, 4, 2), 6, options, seed=2)
    _, caches = networks.forward(X, net, True, np.random.default_rng(0))
    model = with_masks(keras_tools.network_model(net, m), caches)
    ours = networks.backward(Y, caches, net, m)
    theirs = keras_tools.gradients(model, X, Y, training=True)
    # Keras rounds lambd / (2 m) to float32
    assert gradcheck.relative_difference(ours, theirs) <= 1e-7


def test_keras_has_one_dropout_layer_for_each_that_drops():
    for keep_prob, rates in ((0.6, [0.4, 0.4]), ((1.0, 0.75), [0.25]), (1.0, [])):
        options = Options(keep_prob=keep_prob)
        net, _, _ = test_network.example((3, 5, 4, 2), 6, options, seed=3)
        found = [
            layer.rate
            for layer in keras_tools.network_model(net).layers
            if isinstance(layer, keras.layers.Dropout)
        ]
        assert found == pytest.approx(rates)


@pytest.fixture
def float64():
    """Keras adds penalties to a loss of its global float type."""
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    yield
    keras.config.set_floatx(before)


@pytest.mark.parametrize("batch_norm", [False, True])
@pytest.mark.parametrize("lambd", [0.0, np.float64(3.0)])
def test_fit_trains_the_same_network(float64, batch_norm, lambd):
    options = Options("tanh", lambd=lambd, batch_norm=batch_norm)
    net, X, Y = test_network.example((3, 5, 4, 1), 10, options, seed=4)
    model = keras_tools.network_model(net, m=10)
    model.compile(keras.optimizers.SGD(0.2), loss="binary_crossentropy")
    history = model.fit(
        X.T, Y.T, batch_size=4, epochs=6, shuffle=False, verbose=0
    ).history
    net, costs = networks.train(
        X, Y, net, optimizers.sgd, learning_rate=0.2, num_epochs=6, batch_size=4
    )
    np.testing.assert_allclose(history["loss"], costs, rtol=1e-5)
    back = keras_tools.parameters_of(model)
    assert back.keys() == net.parameters.keys()
    assert gradcheck.relative_difference(back, net.parameters) <= 1e-6
    norms = [x for x in model.layers if isinstance(x, keras.layers.BatchNormalization)]
    for i, layer in enumerate(norms, start=1):
        mean, variance = net.statistics[f"mean{i}"], net.statistics[f"variance{i}"]
        np.testing.assert_allclose(layer.moving_mean, mean[:, 0], rtol=1e-5)
        np.testing.assert_allclose(layer.moving_variance, variance[:, 0], rtol=1e-5)
    np.testing.assert_allclose(
        model.predict(X.T, verbose=0).T, networks.forward(X, net)[0], rtol=1e-5
    )


@pytest.mark.parametrize("options", test_network.SWITCHES[-2:])
def test_parameters_of_a_network_travel_there_and_back(options):
    net, _, _ = test_network.example((3, 5, 4, 2), 6, options, seed=5)
    back = keras_tools.parameters_of(keras_tools.network_model(net, 6, "float32"))
    for name, value in net.parameters.items():
        np.testing.assert_array_equal(back[name], value.astype(np.float32))


def test_a_penalty_needs_the_number_of_examples():
    net, _, _ = test_network.example((3, 1), 6, Options(lambd=0.5), seed=6)
    with pytest.raises(ValueError, match=r"lambd 0.5 needs m"):
        keras_tools.network_model(net)
