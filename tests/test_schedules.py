import math

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.nn import schedules

pytestmark = pytest.mark.filterwarnings("error")

KERAS = keras.optimizers.schedules
RATES = {
    "constant": schedules.constant(0.1),
    "inverse_time": schedules.inverse_time(0.1, 0.5, 4),
    "exponential": schedules.exponential(0.1, 0.8, 4),
    "step_decay": schedules.step_decay(0.1, 0.5, 4),
    "cosine": schedules.cosine(0.1, 12, 0.1),
    "warmup": schedules.warmup(schedules.cosine(0.1, 12, 0.1), 5),
}


@pytest.fixture
def keras_in_float64():
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    yield
    keras.config.set_floatx(before)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("inverse_time", lambda: KERAS.InverseTimeDecay(0.1, 4, 0.5)),
        ("exponential", lambda: KERAS.ExponentialDecay(0.1, 4, 0.8)),
        ("step_decay", lambda: KERAS.ExponentialDecay(0.1, 4, 0.5, staircase=True)),
        ("cosine", lambda: KERAS.CosineDecay(0.1, 12, alpha=0.1)),
        (
            "warmup",
            lambda: KERAS.CosineDecay(
                0.0, 12, alpha=0.1, warmup_target=0.1, warmup_steps=5
            ),
        ),
    ],
)
def test_rates_equal_those_of_keras(name, make, keras_in_float64):
    theirs = make()
    for t in range(20):
        expected = float(theirs(t))
        assert RATES[name](t) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (schedules.constant(0.3), {0: 0.3, 99: 0.3}),
        (schedules.inverse_time(0.2, 1), {0: 0.2, 1: 0.1, 3: 0.05}),
        (schedules.inverse_time(0.2, 1, 10), {10: 0.1, 30: 0.05}),
        (schedules.exponential(0.8, 0.5), {0: 0.8, 1: 0.4, 3: 0.1}),
        (schedules.exponential(0.8, 0.25, 2), {1: 0.4, 2: 0.2}),
        (schedules.step_decay(0.8, 0.5, 3), {0: 0.8, 2: 0.8, 3: 0.4, 5.9: 0.4, 6: 0.2}),
        (schedules.cosine(0.4, 6), {0: 0.4, 2: 0.3, 3: 0.2, 4: 0.1, 6: 0, 50: 0}),
        (schedules.cosine(0.4, 6, 0.5), {0: 0.4, 3: 0.3, 6: 0.2, 50: 0.2}),
        (
            schedules.warmup(schedules.inverse_time(0.2, 1), 4),
            {0: 0, 1: 0.05, 3: 0.15, 4: 0.2, 5: 0.1},
        ),
    ],
)
def test_rates_worked_by_hand(rate, expected):
    for t, value in expected.items():
        assert rate(t) == pytest.approx(value, rel=1e-12, abs=1e-15)


@given(
    name=st.sampled_from(sorted(RATES.keys() - {"warmup"})),
    t=st.floats(0, 1e4),
    later=st.floats(0, 1e4),
)
def test_a_decay_never_rises_and_starts_at_the_rate(name, t, later):
    rate = RATES[name]
    assert rate(0) == pytest.approx(0.1, rel=1e-12)
    assert 0.1 + 1e-12 >= rate(t) >= rate(t + later) - 1e-15 >= -1e-15
    assert isinstance(rate(t), float)


@given(t=st.floats(0, 5), later=st.floats(0, 5))
def test_a_warmup_rises_to_the_start_of_its_schedule(t, later):
    rate = RATES["warmup"]
    if t + later < 5:
        assert rate(t) <= rate(t + later) <= 0.1
    assert rate(5) == pytest.approx(0.1, rel=1e-12)


@pytest.mark.parametrize("t", [-1, -1e-9, math.nan, math.inf])
@pytest.mark.parametrize("name", RATES)
def test_a_time_before_the_start_is_named(name, t):
    with pytest.raises(ValueError, match=f"t must be a number >= 0, got {t}"):
        RATES[name](t)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: schedules.constant(0), "learning_rate must be a number > 0, got 0"),
        (lambda: schedules.constant(math.nan), "learning_rate .* got nan"),
        (lambda: schedules.inverse_time(-0.1, 1), "learning_rate .* got -0.1"),
        (lambda: schedules.inverse_time(0.1, -1), "decay_rate .* >= 0, got -1"),
        (lambda: schedules.inverse_time(0.1, 1, 0), "decay_steps .* > 0, got 0"),
        (lambda: schedules.exponential(0.1, 0), "decay_rate .* > 0, got 0"),
        (lambda: schedules.step_decay(0.1, 0.5, -3), "decay_steps .* got -3"),
        (lambda: schedules.cosine(0.1, 0), "decay_steps .* > 0, got 0"),
        (lambda: schedules.cosine(0.1, 9, 1.1), r"alpha .* \[0, 1\], got 1.1"),
        (lambda: schedules.warmup(0.1, 9), "schedule must be a function .* got 0.1"),
        (lambda: schedules.warmup(RATES["cosine"], 0), "warmup_steps .* got 0"),
    ],
)
def test_values_that_make_no_schedule_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
