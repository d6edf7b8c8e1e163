"""Learning rates that change: each function returns `rate`, and rate(t) is a number.

t counts from 0, in steps or in epochs, as the caller likes: t = 0 is the first one.
t may be fractional. The rates equal those of keras.optimizers.schedules.
"""

import math
from collections.abc import Callable

Schedule = Callable[[float], float]


def constant(learning_rate: float) -> Schedule:
    """The same rate for ever.

    learning_rate : float > 0
    returns        rate(t) -> float
    raises         ValueError with the value

    Built in course2_improving/05_optimizers.
    """
    _positive(learning_rate=learning_rate)

    def rate(t: float) -> float:
        _time(t)  # refuse what the other schedules refuse
        return float(learning_rate)

    return rate


def inverse_time(
    learning_rate: float, decay_rate: float, decay_steps: float = 1
) -> Schedule:
    """learning_rate / (1 + decay_rate t / decay_steps): fast at first, a long tail.

    learning_rate : float > 0    rate at t = 0
    decay_rate    : float >= 0
    decay_steps   : float > 0    unit of time; 1 epoch in the lectures
    returns        rate(t) -> float
    raises         ValueError with the value

    Built in course2_improving/05_optimizers.
    """
    _positive(learning_rate=learning_rate, decay_steps=decay_steps)
    _not_negative(decay_rate=decay_rate)
    return lambda t: learning_rate / (1 + decay_rate * _time(t) / decay_steps)


def exponential(
    learning_rate: float, decay_rate: float, decay_steps: float = 1
) -> Schedule:
    """learning_rate decay_rate^(t / decay_steps): the same share is lost at every step.

    learning_rate : float > 0    rate at t = 0
    decay_rate    : float > 0    factor per `decay_steps`; 0.95 loses 5 %
    decay_steps   : float > 0    unit of time; 1 epoch in the lectures
    returns        rate(t) -> float
    raises         ValueError with the value

    Built in course2_improving/05_optimizers.
    """
    _positive(
        learning_rate=learning_rate, decay_rate=decay_rate, decay_steps=decay_steps
    )
    return lambda t: learning_rate * decay_rate ** (_time(t) / decay_steps)


def step_decay(learning_rate: float, decay_rate: float, decay_steps: float) -> Schedule:
    """A staircase: the factor `decay_rate` falls due once every `decay_steps`.

    learning_rate : float > 0    rate for t < decay_steps
    decay_rate    : float > 0    factor from one stair to the next; 0.5 halves
    decay_steps   : float > 0    length of a stair
    returns        rate(t) -> float
    raises         ValueError with the value

    Built in course2_improving/05_optimizers.
    """
    _positive(
        learning_rate=learning_rate, decay_rate=decay_rate, decay_steps=decay_steps
    )
    return lambda t: learning_rate * decay_rate ** math.floor(_time(t) / decay_steps)


def cosine(learning_rate: float, decay_steps: float, alpha: float = 0.0) -> Schedule:
    """Half a wave: slow, fast, slow, down to alpha learning_rate at t = decay_steps.

    learning_rate : float > 0         rate at t = 0
    decay_steps   : float > 0         length of the run; the rate stays there afterwards
    alpha         : float in [0, 1]   share of the rate that is left at the end
    returns        rate(t) -> float
    raises         ValueError with the value

    Loshchilov and Hutter 2017, section 3. Built in course2_improving/05_optimizers.
    """
    _positive(learning_rate=learning_rate, decay_steps=decay_steps)
    if not 0 <= alpha <= 1:
        raise ValueError(f"alpha must lie in [0, 1], got {alpha}")

    def rate(t: float) -> float:
        share = min(_time(t) / decay_steps, 1)
        fallen = (1 + math.cos(math.pi * share)) / 2  # from 1 to 0
        return learning_rate * ((1 - alpha) * fallen + alpha)

    return rate


def warmup(schedule: Schedule, warmup_steps: float) -> Schedule:
    """Rise in a straight line from 0 to schedule(0); then `schedule` begins.

    schedule     : rate(t) -> float, from one of the functions above
    warmup_steps : float > 0   the step at which `schedule` begins, counted from its 0
    returns       rate(t) -> float; 0 at t = 0
    raises        ValueError with the value

    Goyal et al. 2017, section 2.2. Named in course2_improving/05_optimizers.
    """
    _positive(warmup_steps=warmup_steps)
    if not callable(schedule):
        raise ValueError(f"schedule must be a function of t, got {schedule!r}")

    def rate(t: float) -> float:
        if _time(t) < warmup_steps:
            return schedule(0) * t / warmup_steps
        return schedule(t - warmup_steps)

    return rate


def _positive(**values: float) -> None:
    for name, value in values.items():
        if not 0 < value < math.inf:
            raise ValueError(f"{name} must be a number > 0, got {value}")


def _not_negative(**values: float) -> None:
    for name, value in values.items():
        if not 0 <= value < math.inf:
            raise ValueError(f"{name} must be a number >= 0, got {value}")


def _time(t: float) -> float:
    _not_negative(t=t)
    return float(t)
