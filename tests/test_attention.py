"""utils.nn.attention, multihead and layernorm against Keras, loops, worked sums."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.nn import attention, gradcheck, layernorm, multihead

pytestmark = pytest.mark.filterwarnings("error")

SEEDS = st.integers(0, 2**32 - 1)


@st.composite
def cases(draw):
    """Queries, keys, values of many shapes, and a mask that leaves each query a key."""
    front = tuple(draw(st.lists(st.integers(1, 3), max_size=2)))
    T_q, T_k, d, d_v = (draw(st.integers(1, 4)) for _ in range(4))
    rng = np.random.default_rng(draw(SEEDS))
    Q = rng.standard_normal((*front, T_q, d))
    K = rng.standard_normal((*front, T_k, d))
    V = rng.standard_normal((*front, T_k, d_v))
    mask = None
    if draw(st.booleans()):
        mask = rng.random((*front, T_q, T_k)) < 0.6
        mask[..., rng.integers(T_k)] = True
    return Q, K, V, mask, rng


def loop_weights(scores, mask):
    """Softmax over the allowed keys, one query after the other."""
    weights = np.zeros_like(scores)
    for place in np.ndindex(scores.shape[:-1]):
        allowed = np.ones(scores.shape[-1], bool) if mask is None else mask[place]
        e = np.exp(scores[place][allowed])
        weights[place][allowed] = e / e.sum()
    return weights


@settings(deadline=None)
@given(case=cases())
def test_dot_product_equals_a_loop_and_autodiff(case):
    Q, K, V, mask, rng = case
    context, cache = attention.dot_product(Q, K, V, mask)
    scores = np.einsum("...qd,...kd->...qk", Q, K) / np.sqrt(Q.shape[-1])
    weights = loop_weights(scores, mask)
    np.testing.assert_allclose(cache.weights, weights, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(context, np.einsum("...qk,...kv->...qv", weights, V))

    d_context = rng.standard_normal(context.shape)
    with tf.GradientTape() as tape:
        q, k, v = (tf.Variable(array) for array in (Q, K, V))
        scores = tf.einsum("...qd,...kd->...qk", q, k) / np.sqrt(Q.shape[-1])
        if mask is not None:
            scores = tf.where(mask, scores, tf.constant(-1e30, tf.float64))
        out = tf.einsum("...qk,...kv->...qv", tf.nn.softmax(scores), v)
        cost = tf.reduce_sum(out * d_context)
    ours = attention.dot_product_backward(d_context, cache)
    for name, one, two in zip("QKV", ours, tape.gradient(cost, [q, k, v]), strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-9, atol=1e-12, err_msg=f"d{name}")


@settings(deadline=None)
@given(case=cases())
def test_additive_equals_a_loop_and_autodiff(case):
    Q, K, V, mask, rng = case
    v = rng.standard_normal(Q.shape[-1])
    context, cache = attention.additive(Q, K, V, v, mask)
    scores = np.zeros((*Q.shape[:-1], K.shape[-2]))
    for *place, q, k in np.ndindex(scores.shape):
        scores[(*place, q, k)] = v @ np.tanh(Q[(*place, q)] + K[(*place, k)])
    weights = loop_weights(scores, mask)
    np.testing.assert_allclose(cache.weights, weights, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(context, weights @ V, rtol=1e-10, atol=1e-13)

    d_context = rng.standard_normal(context.shape)
    with tf.GradientTape() as tape:
        variables = [tf.Variable(array) for array in (Q, K, V, v)]
        q, k, values, scale = variables
        scores = tf.reduce_sum(
            scale * tf.tanh(tf.expand_dims(q, -2) + tf.expand_dims(k, -3)), axis=-1
        )
        if mask is not None:
            scores = tf.where(mask, scores, tf.constant(-1e30, tf.float64))
        cost = tf.reduce_sum(tf.matmul(tf.nn.softmax(scores), values) * d_context)
    ours = attention.additive_backward(d_context, cache)
    for name, one, two in zip(
        ("dQ", "dK", "dV", "dv"), ours, tape.gradient(cost, variables), strict=True
    ):
        np.testing.assert_allclose(one, two, rtol=1e-9, atol=1e-12, err_msg=name)


def test_additive_equals_the_keras_layer():
    rng = np.random.default_rng(0)
    Q, K, V = (rng.standard_normal((2, T, 3)) for T in (4, 5, 5))
    v, mask = rng.standard_normal(3), np.array([[1, 1, 0, 1, 0], [0, 1, 1, 1, 1]], bool)
    layer = keras.layers.AdditiveAttention(dtype="float64")
    layer.build([Q.shape, V.shape, K.shape])
    layer.set_weights([v])
    expected, weights = layer(
        [Q, V, K], mask=[None, tf.constant(mask)], return_attention_scores=True
    )
    context, cache = attention.additive(Q, K, V, v, mask[:, np.newaxis])
    np.testing.assert_allclose(cache.weights, weights, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(context, expected, rtol=1e-10, atol=1e-12)


def test_dot_product_hand_worked():
    # Scores 0 and log 3 times sqrt(1): weights 1/4 and 3/4.
    Q, K = np.array([[np.log(3.0)]]), np.array([[0.0], [1.0]])
    V = np.array([[8.0, 0.0], [0.0, 4.0]])
    context, cache = attention.dot_product(Q, K, V)
    np.testing.assert_allclose(cache.weights, [[0.25, 0.75]], rtol=1e-14)
    np.testing.assert_allclose(context, [[2.0, 3.0]], rtol=1e-14)
    hidden, _ = attention.dot_product(Q, K, V, np.array([[True, False]]))
    np.testing.assert_array_equal(hidden, [[8.0, 0.0]])


def test_a_query_that_may_look_nowhere_gets_zeros():
    rng = np.random.default_rng(0)
    Q, K, V = (rng.standard_normal((2, 3)) for _ in range(3))
    mask = np.array([[True, True], [False, False]])
    context, cache = attention.dot_product(Q, K, V, mask)
    np.testing.assert_array_equal(context[1], np.zeros(3))
    assert np.isfinite(cache.weights).all() and (context[0] != 0).all()
    dQ, _, _ = attention.dot_product_backward(np.ones((2, 3)), cache)
    np.testing.assert_array_equal(dQ[1], np.zeros(3))


def test_huge_scores_do_not_overflow():
    scores = np.array([[1e6, -1e6, 0.0]])
    mask = np.array([[False, True, True]])
    np.testing.assert_array_equal(attention.masked_softmax(scores, mask), [[0, 0, 1]])


def test_causal_and_padding_masks():
    np.testing.assert_array_equal(
        attention.causal_mask(3), [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    )
    tokens = np.array([[5, 2, 0], [7, 0, 0]])
    np.testing.assert_array_equal(
        attention.padding_mask(tokens), [[[1, 1, 0]], [[1, 0, 0]]]
    )
    np.testing.assert_array_equal(
        attention.padding_mask(tokens, padding=7)[1, 0], [0, 1, 1]
    )


def test_a_later_token_cannot_change_an_earlier_context():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((5, 4))
    early, _ = attention.dot_product(X, X, X, attention.causal_mask(5))
    X[3:] = 9.0
    late, _ = attention.dot_product(X, X, X, attention.causal_mask(5))
    np.testing.assert_array_equal(early[:3], late[:3])
    assert (early[3:] != late[3:]).any()


def test_positions():
    table = attention.positions(4, 6)
    assert table.shape == (4, 6)
    np.testing.assert_array_equal(table[0], [0, 1, 0, 1, 0, 1])
    for t, k in np.ndindex(4, 3):
        angle = t / 10000 ** (2 * k / 6)
        np.testing.assert_allclose(
            table[t, 2 * k : 2 * k + 2], [np.sin(angle), np.cos(angle)], rtol=1e-12
        )
    # The product of two places depends on their distance only.
    products = attention.positions(9, 6) @ attention.positions(9, 6).T
    np.testing.assert_allclose(np.diagonal(products, 2), products[0, 2], rtol=1e-12)
    for d in (0, 5):
        with pytest.raises(ValueError, match=f"even and >= 2, got {d}"):
            attention.positions(3, d)


@pytest.mark.parametrize("function", [attention.dot_product, attention.additive])
@pytest.mark.parametrize(
    "shapes",
    [
        [(2, 3), (4, 5), (4, 3)],  # queries and keys of different size
        [(2, 3), (4, 3), (5, 3)],  # a key without a value
        [(1, 2, 3), (2, 4, 3), (2, 4, 3)],  # other examples
        [(3,), (4, 3), (4, 3)],
    ],
)
def test_wrong_shapes_are_refused(function, shapes):
    arrays = [np.ones(shape) for shape in shapes]
    more = [np.ones(3)] if function is attention.additive else []
    with pytest.raises(ValueError, match=r"got Q .*, K .*, V "):
        function(*arrays, *more)


def test_other_wrong_arguments_are_refused():
    X = np.ones((2, 3))
    with pytest.raises(ValueError, match=r"v must be \(3,\), got \(2,\)"):
        attention.additive(X, X, X, np.ones(2))
    with pytest.raises(ValueError, match=r"mask must be bool.*got float64"):
        attention.dot_product(X, X, X, np.ones((2, 2)))
    _, cache = attention.dot_product(X, X, X)
    with pytest.raises(ValueError, match=r"d_context must be \(2, 3\), got \(3,\)"):
        attention.dot_product_backward(np.ones(3), cache)


# Several heads.


@st.composite
def multihead_cases(draw):
    m, T_q, n_q, n_k, h = (draw(st.integers(1, 4)) for _ in range(5))
    # Keras warns of a softmax over one key. With d = 1 and as many steps as heads,
    # Keras 3.15 takes the steps for the heads when it adds the bias (h, 1).
    T_k, d = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    rng = np.random.default_rng(draw(SEEDS))
    parameters = {
        name: rng.standard_normal(values.shape)
        for name, values in multihead.initialize(n_q, h, d, rng, n_k).items()
    }
    query = rng.standard_normal((m, T_q, n_q))
    value = rng.standard_normal((m, T_k, n_k))
    mask = None
    if draw(st.booleans()):
        mask = rng.random((m, T_q, T_k)) < 0.6
        mask[..., rng.integers(T_k)] = True
    return query, value, parameters, mask, rng


NAMES = ("Wq", "bq", "Wk", "bk", "Wv", "bv", "Wo", "bo")  # in Keras's order


@settings(deadline=None, max_examples=30)
@given(case=multihead_cases())
def test_heads_equal_keras_and_its_gradients(case):
    query, value, parameters, mask, rng = case
    h, d = parameters["bq"].shape
    layer = keras.layers.MultiHeadAttention(h, d, dtype="float64")
    layer.build(query.shape, value.shape)
    layer.set_weights([parameters[name] for name in NAMES])
    q, x = tf.constant(query), tf.constant(value)
    with tf.GradientTape() as tape:
        tape.watch([q, x])
        expected, weights = layer(
            q,
            x,
            attention_mask=None if mask is None else tf.constant(mask),
            return_attention_scores=True,
        )
        d_out = rng.standard_normal(expected.shape)
        cost = tf.reduce_sum(expected * d_out)
    theirs = tape.gradient(cost, [q, x, *layer.trainable_variables])
    out, cache = multihead.forward(query, value, parameters, mask)
    close = {"rtol": 1e-6, "atol": 1e-6}  # Keras rounds 1 / sqrt(d) to float32
    np.testing.assert_allclose(cache.inner.weights, weights, **close)
    np.testing.assert_allclose(out, expected, **close)
    d_query, d_value, grads = multihead.backward(d_out, cache)
    np.testing.assert_allclose(d_query, theirs[0], **close)
    np.testing.assert_allclose(d_value, theirs[1], **close)
    assert grads.keys() == {f"d{name}" for name in NAMES}
    for name, gradient in zip(NAMES, theirs[2:], strict=True):
        np.testing.assert_allclose(grads[f"d{name}"], gradient, **close, err_msg=name)


def test_a_causal_mask_serves_all_examples_and_heads():
    rng = np.random.default_rng(0)
    x, parameters = rng.standard_normal((2, 4, 6)), multihead.initialize(6, 3, 2, rng)
    _, cache = multihead.forward(x, x, parameters, attention.causal_mask(4))
    assert (np.triu(cache.inner.weights, k=1) == 0).all()
    np.testing.assert_allclose(cache.inner.weights.sum(axis=-1), np.ones((2, 3, 4)))


def test_self_attention_adds_both_ways_back():
    rng = np.random.default_rng(0)
    x, parameters = rng.standard_normal((2, 3, 4)), multihead.initialize(4, 2, 2, rng)
    target = rng.standard_normal((2, 3, 4))
    _, cache = multihead.forward(x, x, parameters)
    d_query, d_value, _ = multihead.backward(target, cache)
    expected = gradcheck.numerical_gradient(
        lambda v: float(
            (multihead.forward(v["x"], v["x"], parameters)[0] * target).sum()
        ),
        {"x": x},
    )
    assert gradcheck.relative_difference(d_query + d_value, expected["dx"]) < 1e-8


def test_weights_at_the_start_are_those_of_keras():
    rng = np.random.default_rng(0)
    parameters = multihead.initialize(30, 4, 8, rng, n_k=20)
    layer = keras.layers.MultiHeadAttention(4, 8)
    layer.build((1, 3, 30), (1, 5, 20))
    for name, theirs in zip(NAMES, layer.get_weights(), strict=True):
        ours = parameters[name]
        assert ours.shape == theirs.shape, name
        assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=0.05), name


def test_wrong_heads_are_refused():
    rng = np.random.default_rng(0)
    x, parameters = np.ones((2, 3, 4)), multihead.initialize(4, 2, 2, rng)
    with pytest.raises(ValueError, match=r"Wq must be \(5, 2, 2\), got \(4, 2, 2\)"):
        multihead.forward(np.ones((2, 3, 5)), x, parameters)
    with pytest.raises(ValueError, match=r"bk must be \(2, 2\), got \(2,\)"):
        multihead.forward(x, x, parameters | {"bk": np.ones(2)})
    with pytest.raises(ValueError, match=r"got \(2, 3, 4\) and \(1, 3, 4\)"):
        multihead.forward(x, x[:1], parameters)
    with pytest.raises(ValueError, match=r"expected .*'Wo'"):
        multihead.forward(x, x, {"Wq": parameters["Wq"]})
    _, cache = multihead.forward(x, x, parameters)
    with pytest.raises(ValueError, match=r"d_out must be \(2, 3, 4\), got \(3, 4\)"):
        multihead.backward(np.ones((3, 4)), cache)


# Layer normalization.


@settings(deadline=None)
@given(
    shape=st.lists(st.integers(1, 4), min_size=1, max_size=3),
    epsilon=st.sampled_from([1e-3, 1e-5]),
    seed=SEEDS,
)
def test_layer_normalization_equals_keras(shape, epsilon, seed):
    rng = np.random.default_rng(seed)
    n = shape[-1]
    X = 3 * rng.standard_normal((1, *shape)) + 5  # Keras wants examples in front
    gamma, beta = rng.standard_normal(n), rng.standard_normal(n)
    layer = keras.layers.LayerNormalization(epsilon=epsilon, dtype="float64")
    layer.build(X.shape)
    layer.set_weights([gamma, beta])
    x = tf.constant(X)
    d_out = rng.standard_normal(X.shape)
    with tf.GradientTape() as tape:
        tape.watch(x)
        expected = layer(x)
        cost = tf.reduce_sum(expected * d_out)
    theirs = tape.gradient(cost, [x, layer.gamma, layer.beta])
    out, cache = layernorm.forward(X, gamma, beta, epsilon)
    np.testing.assert_allclose(out, expected, rtol=1e-8, atol=1e-9)
    ours = layernorm.backward(d_out, cache)
    for name, one, two in zip(("dX", "dgamma", "dbeta"), ours, theirs, strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-7, atol=1e-8, err_msg=name)


def test_layer_normalization_hand_worked():
    X = np.array([[1.0, 3.0], [5.0, 5.0]])
    # first row: mean 2, variance 1; with epsilon 3 the root is 2
    out, _ = layernorm.forward(X, np.array([2.0, 4.0]), np.array([10.0, 0.5]), 3)
    np.testing.assert_allclose(out, [[9.0, 2.5], [10.0, 0.5]], rtol=1e-15)


def test_layer_normalization_refuses_other_shapes():
    with pytest.raises(ValueError, match=r"gamma \(3,\) and X \(2, 4\)"):
        layernorm.forward(np.ones((2, 4)), np.ones(3), np.ones(4))
    _, cache = layernorm.forward(np.ones((2, 4)), np.ones(4), np.ones(4))
    with pytest.raises(ValueError, match=r"must be \(2, 4\), got \(4,\)"):
        layernorm.backward(np.ones(4), cache)
