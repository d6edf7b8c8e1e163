"""Rules that turn gradients into steps. Each remembers what it must in `state`.

All share (parameters, grads, state, learning_rate, ...) -> (parameters, state). Start
with state {} and pass on what came back; nothing that is passed in gets changed:

    state = {}
    for X_b, Y_b in batches.mini_batches(X, Y, 64, rng):
        _, caches = dense.forward(X_b, parameters)
        grads = dense.backward(Y_b, caches)
        parameters, state = adam(parameters, grads, state, 0.001)
"""

import numpy as np

Arrays = dict[str, np.ndarray]


def sgd(
    parameters: Arrays, grads: Arrays, state: dict, learning_rate: float
) -> tuple[Arrays, dict]:
    """W = W - learning_rate dW: gradient descent, on a batch or on all examples.

    parameters    : dict of arrays, any names
    grads         : {"d" + name: array of the same shape}
    state         : {} at the start, then what the last call returned; {"t": steps}
    learning_rate : float >= 0   for this step; a schedule's rate(t) from step to step
    returns        new parameters (same names, shapes and types) and the new state
    raises         ValueError naming what does not fit: a gradient that is missing or
                   of another shape, a state of other parameters or of another
                   optimizer, a hyper-parameter out of range

    Robbins and Monro 1951. Built in course2_improving/05_optimizers.
    """
    G, rate = _prepare(parameters, grads, state, learning_rate, ())
    steps = {name: rate * G[name] for name in G}
    return _moved(parameters, steps), {"t": _count(state)}


def momentum(
    parameters: Arrays,
    grads: Arrays,
    state: dict,
    learning_rate: float,
    beta: float = 0.9,
) -> tuple[Arrays, dict]:
    """Step along the average v of the gradients: v = beta v + (1 - beta) dW.

    The lectures' form: W = W - learning_rate v. Keras's SGD with momentum=beta leaves
    out the factor 1 - beta, so at the rate (1 - beta) learning_rate it takes the same
    steps. If the rate changes, Keras keeps for every gradient the rate of its own time;
    the same comes from passing rate-times-gradient here, at learning_rate 1.

    parameters, grads, learning_rate, returns, raises : as in `sgd`
    state : {"v": {name: average}, "t": steps}
    beta  : float in [0, 1)   memory of about 1 / (1 - beta) steps; 0 is `sgd`

    Polyak 1964. Built in course2_improving/05_optimizers.
    """
    G, rate = _prepare(parameters, grads, state, learning_rate, ("v",), beta=beta)
    v = _average(state.get("v"), G, beta)
    steps = {name: rate * v[name] for name in v}
    return _moved(parameters, steps), {"v": v, "t": _count(state)}


def nesterov(
    parameters: Arrays,
    grads: Arrays,
    state: dict,
    learning_rate: float,
    beta: float = 0.9,
) -> tuple[Arrays, dict]:
    """Momentum that looks ahead: a step along beta v + (1 - beta) dW, with the new v.

    The form that takes the gradient where the parameters stand. Keras's SGD with
    nesterov=True takes the same steps at the rate (1 - beta) learning_rate; about
    changing rates see `momentum`.

    parameters, grads, state, learning_rate, beta, returns, raises : as in `momentum`

    Nesterov 1983; Sutskever et al. 2013, section 2. Named in
    course2_improving/05_optimizers.
    """
    G, rate = _prepare(parameters, grads, state, learning_rate, ("v",), beta=beta)
    v, beta = _average(state.get("v"), G, beta), float(beta)
    steps = {name: rate * (beta * v[name] + (1 - beta) * G[name]) for name in v}
    return _moved(parameters, steps), {"v": v, "t": _count(state)}


def rmsprop(
    parameters: Arrays,
    grads: Arrays,
    state: dict,
    learning_rate: float,
    beta: float = 0.9,
    epsilon: float = 1e-7,
) -> tuple[Arrays, dict]:
    """Divide every gradient by its usual size: the root of s, the average of dW^2.

    W = W - learning_rate dW / sqrt(s + epsilon). As in Keras, epsilon stands under the
    root; the lectures add it to the root.

    parameters, grads, learning_rate, returns, raises : as in `sgd`
    state   : {"s": {name: average of squares}, "t": steps}
    beta    : float in [0, 1)   memory of about 1 / (1 - beta) steps
    epsilon : float >= 0        keeps the divisor off 0

    Tieleman and Hinton 2012, lecture 6e. Built in course2_improving/05_optimizers.
    """
    G, rate = _prepare(
        parameters, grads, state, learning_rate, ("s",), epsilon, beta=beta
    )
    s, epsilon = _average(state.get("s"), _squared(G), beta), float(epsilon)
    steps = {name: rate * _over(G[name], np.sqrt(s[name] + epsilon)) for name in G}
    return _moved(parameters, steps), {"s": s, "t": _count(state)}


def adam(
    parameters: Arrays,
    grads: Arrays,
    state: dict,
    learning_rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Arrays, dict]:
    """Momentum over RMSprop, both averages corrected for their start at 0.

    W = W - learning_rate v_hat / (sqrt(s_hat) + epsilon), where v_hat = v / (1 -
    beta1^t) and s_hat = s / (1 - beta2^t): the lectures' form. Keras folds both
    corrections into the rate, so its epsilon counts 1 / sqrt(1 - beta2^t) times as
    much (32 times at t = 1, once in the end).

    parameters, grads, learning_rate, returns, raises : as in `sgd`
    state   : {"v": {name: average}, "s": {name: average of squares}, "t": steps}
    beta1   : float in [0, 1)   memory of v
    beta2   : float in [0, 1)   memory of s
    epsilon : float >= 0        keeps the divisor off 0

    Kingma and Ba 2015, algorithm 1. Built in course2_improving/05_optimizers.
    """
    G, rate = _prepare(
        *(parameters, grads, state, learning_rate, ("v", "s"), epsilon),
        beta1=beta1,
        beta2=beta2,
    )
    t, epsilon = _count(state), float(epsilon)
    v = _average(state.get("v"), G, beta1)
    s = _average(state.get("s"), _squared(G), beta2)
    steps, v_share, s_share = {}, 1 - float(beta1) ** t, 1 - float(beta2) ** t
    for name in G:
        size = np.sqrt(s[name] / s_share)  # of s_hat
        size += epsilon  # in place, as no one else holds it
        steps[name] = rate * _over(v[name] / v_share, size)
    return _moved(parameters, steps), {"v": v, "s": s, "t": t}


OPTIMIZERS = {
    "sgd": sgd,
    "momentum": momentum,
    "nesterov": nesterov,
    "rmsprop": rmsprop,
    "adam": adam,
}


def _prepare(parameters, grads, state, learning_rate, averages, epsilon=0.0, **betas):
    """Check everything; return the gradients by parameter name, and the rate."""
    if callable(learning_rate) or not 0 <= learning_rate < np.inf:
        raise ValueError(f"learning_rate must be a number >= 0, got {learning_rate!r}")
    for name, beta in betas.items():
        if not 0 <= beta < 1:
            raise ValueError(f"{name} must lie in [0, 1), got {beta}")
    if not 0 <= epsilon < np.inf:
        raise ValueError(f"epsilon must be a number >= 0, got {epsilon}")
    if state and set(state) != {*averages, "t"}:
        expected = ", ".join([*averages, "t"])
        raise ValueError(f"state must be {{}} or hold {expected}, got {list(state)}")
    if missing := [f"d{name}" for name in parameters if f"d{name}" not in grads]:
        raise ValueError(f"grads must hold {', '.join(missing)}, got {list(grads)}")
    G = {}
    for name, value in parameters.items():
        # In the type of the parameter; float16 only turns integers into floats.
        G[name] = np.asarray(grads[f"d{name}"], np.result_type(value, np.float16))
        _check_shape(f"d{name}", G[name], name, value)
        for kind in averages if state else ():
            _check_shape(f"{kind} of {name}", state[kind].get(name), name, value)
    return G, float(learning_rate)  # a NumPy float64 would promote float32


def _check_shape(label, array, name, value):
    shape, got = np.shape(value), None if array is None else np.shape(array)
    if got != shape:
        raise ValueError(
            f"{label} must have the shape of {name}, {shape}, got "
            f"{'nothing' if got is None else got}"
        )


def _count(state: dict) -> int:
    return state.get("t", 0) + 1


def _squared(G: Arrays) -> Arrays:
    return {name: np.square(value) for name, value in G.items()}


def _average(before: Arrays | None, new: Arrays, beta: float) -> Arrays:
    """One step of the exponentially weighted average, which starts at 0."""
    beta = float(beta)
    average = {name: (1 - beta) * value for name, value in new.items()}
    for name in average if before else ():
        average[name] += beta * before[name]
    return average


def _over(step: np.ndarray, size: np.ndarray) -> np.ndarray:
    if size.all():
        return step / size
    # 0 / 0, possible only at epsilon = 0, is a parameter without a gradient: no step
    return np.divide(step, size, out=np.zeros_like(step), where=size != 0)


def _moved(parameters: Arrays, steps: Arrays) -> Arrays:
    return {name: value - steps[name] for name, value in parameters.items()}
