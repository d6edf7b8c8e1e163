import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.nn import batches

pytestmark = pytest.mark.filterwarnings("error")


def numbered(m):
    """Examples that carry their own number, three times over: X (2, m), Y (1, m)."""
    number = np.arange(m)
    return np.stack([number, 10 * number]), 100 * number[None, :]


def test_seven_examples_by_three_in_the_given_order():
    X, Y = numbered(7)
    dealt = [X_b[0].tolist() for X_b, _ in batches.mini_batches(X, Y, 3)]
    assert dealt == [[0, 1, 2], [3, 4, 5], [6]]


@given(
    m=st.integers(1, 40),
    batch_size=st.integers(1, 50),
    seed=st.none() | st.integers(0, 2**32 - 1),
)
def test_every_example_comes_once_with_its_label(m, batch_size, seed):
    X, Y = numbered(m)
    rng = None if seed is None else np.random.default_rng(seed)
    dealt = list(batches.mini_batches(X, Y, batch_size, rng))
    full, rest = divmod(m, batch_size)
    assert [X_b.shape for X_b, _ in dealt] == [(2, batch_size)] * full + [(2, rest)] * (
        rest > 0
    )
    X_all, Y_all = (np.concatenate(parts, axis=1) for parts in zip(*dealt, strict=True))
    assert sorted(X_all[0]) == list(range(m))
    np.testing.assert_array_equal(X_all[1], 10 * X_all[0])
    np.testing.assert_array_equal(Y_all[0], 100 * X_all[0])


def test_every_order_is_equally_likely():
    X, Y = numbered(3)
    rng = np.random.default_rng(0)
    orders = [
        tuple(int(X_b[0, 0]) for X_b, _ in batches.mini_batches(X, Y, 1, rng))
        for _ in range(6000)
    ]
    counts = [orders.count(order) for order in set(orders)]
    assert len(counts) == 6
    assert max(abs(count - 1000) for count in counts) < 5 * np.sqrt(1000 * 5 / 6)


def test_the_same_seed_deals_the_same_and_the_next_epoch_another():
    X, Y = numbered(50)

    def epoch(rng):
        return next(batches.mini_batches(X, Y, 50, rng))[0][0].tolist()

    rng = np.random.default_rng(1)
    first, second = epoch(rng), epoch(rng)
    assert first == epoch(np.random.default_rng(1))
    assert first != second


def test_the_shuffle_is_drawn_at_the_call():
    X, Y = numbered(5)
    rng, other = np.random.default_rng(2), np.random.default_rng(2)
    batches.mini_batches(X, Y, 2, rng)  # no batch is taken
    other.permutation(5)
    assert rng.random() == other.random()


@pytest.mark.parametrize("seed", [None, 0])
def test_arguments_and_types_are_kept(seed):
    X, Y = numbered(9)
    X, Y = X.astype(np.float32), Y.astype(np.int8)
    X_before, Y_before = X.copy(), Y.copy()
    rng = None if seed is None else np.random.default_rng(seed)
    for X_b, Y_b in batches.mini_batches(X, Y, 4, rng):
        assert (X_b.dtype, Y_b.dtype) == (np.float32, np.int8)
    np.testing.assert_array_equal(X, X_before)
    np.testing.assert_array_equal(Y, Y_before)


def test_sequences_are_dealt_along_their_examples():
    X = np.arange(2 * 5 * 3).reshape(2, 5, 3)  # (n_x, m, T_x)
    Y = np.arange(5)[None, :]
    for X_b, Y_b in batches.mini_batches(X, Y, 2, np.random.default_rng(0)):
        np.testing.assert_array_equal(X_b, X[:, Y_b[0]])


@pytest.mark.parametrize("rng", [None, np.random.default_rng(0)])
@pytest.mark.parametrize(
    ("X_shape", "Y_shape", "message"),
    [
        ((2, 5), (1, 4), r"got 5 in X \(2, 5\) and 4 in Y \(1, 4\)"),
        ((5, 2), (5, 1), r"got 2 in X \(5, 2\) and 1 in Y \(5, 1\)"),
        ((2, 5), (5,), r"axis 1, \(n, m\), got X \(2, 5\) and Y \(5,\)"),
    ],
)
def test_examples_and_labels_must_fit(X_shape, Y_shape, message, rng):
    with pytest.raises(
        ValueError, match=message
    ):  # at the call, not at the first batch
        batches.mini_batches(np.zeros(X_shape), np.zeros(Y_shape), 2, rng)


@pytest.mark.parametrize("batch_size", [0, -1, 2.0, None, "2"])
def test_the_batch_size_must_be_a_count(batch_size):
    with pytest.raises(ValueError, match=f"int >= 1, got {batch_size!r}"):
        batches.mini_batches(*numbered(5), batch_size)
