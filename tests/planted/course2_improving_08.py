"""Wrong answers to the exercises of course2_improving/08_tensorflow_first_steps."""

from tests.planted import Planted

SHUFFLE = "data.shuffle(len(X), seed=seed).batch(batch_size)"

PLANTED = {
    "course2_improving/08_tensorflow_first_steps": {
        1: [
            Planted("missing 1/m", "dZ /= m\n", "\n"),
            Planted("1/m is 1/n_x", "len(X)", "X.shape[1]"),
            Planted("1/m twice", "dZ /= m", "dZ /= m * m"),
            Planted("sign", "-= 1", "+= 1"),
            Planted("no labels", "dZ[np.arange(m), labels] -= 1", "pass"),
            Planted("columns for labels", "[np.arange(m), labels]", "[:, labels]"),
            Planted("transposed kernels", "A[k].T @ dZ", "dZ.T @ A[k]"),
            Planted("bias over the units", "sum(axis=0)", "sum(axis=1)"),
            Planted("bias keeps an axis", "axis=0)", "axis=0, keepdims=True)"),
            Planted("bias is a mean", "dZ.sum(axis=0)", "dZ.mean(axis=0)"),
            Planted("no slope of relu", " * (A[k] > 0)", ""),
            Planted("slope from below", "(A[k] > 0)", "(A[k] >= 0)"),
            Planted("activation for slope", "(A[k] > 0)", "A[k]"),
            Planted("kernel not transposed", ".T) * (A[k] > 0)", ") * (A[k] > 0)"),
            Planted("order reversed", "*grads]", "]", count=1),
            Planted("activations of the wrong layer", "A[k].T", "A[k + 1].T"),
            Planted(
                "reshaped, not transposed",
                "A[k].T @ dZ",
                "A[k].reshape(A[k].shape[::-1]) @ dZ",
            ),
        ],
        2: [
            Planted("rate is read at each call", "9 - 0.5 * 4", "9 - 0.25 * 4"),
            Planted("number runs the first graph", "7 - 0.25 * 4.0", "7 - 0.5 * 4.0"),
            Planted("newest trace wins", "6 - 0.5 * 8", "6 - 0.25 * 8"),
            Planted("traced again with rate 1", "2 - 0.25 * 4.0", "2 - 1.0 * 4.0"),
            Planted("no new trace", "1 - 1.0 * 0.25", "1 - 0.5 * 0.25"),
            Planted("every call traces", "num_traces = 3", "num_traces = 6"),
            Planted("once", "num_traces = 3", "num_traces = 1"),
            Planted("one for all numbers", "num_traces = 3", "num_traces = 2"),
            Planted("one per rate", "num_traces = 3", "num_traces = 4"),
            Planted("five calls", "    1 - 1.0 * 0.25,", "    #"),
            Planted(
                "as if not traced",
                body="w_after = [9.0, 8.0, 7.0, 5.0, 1.0, 0.75]\nnum_traces = 3",
            ),
        ],
        3: [
            Planted(
                "batched first",
                SHUFFLE,
                "data.batch(batch_size).shuffle(len(X), seed=seed)",
            ),
            Planted("bag of 100", "shuffle(len(X)", "shuffle(100"),
            Planted("bag of a batch", "shuffle(len(X)", "shuffle(batch_size"),
            Planted("bag nearly large enough", "shuffle(len(X)", "shuffle(500"),
            Planted(
                "one order for ever",
                "seed=seed)",
                "seed=seed, reshuffle_each_iteration=False)",
            ),
            Planted("seed forgotten", "seed=seed", "seed=None"),
            Planted("one seed for all", "seed=seed", "seed=1"),
            Planted("drops the rest", "batch(batch_size)", "batch(batch_size, True)"),
            Planted("not mixed", ".shuffle(len(X), seed=seed)", ""),
            Planted(
                "repeats", SHUFFLE, f"{SHUFFLE.replace('.batch', '.repeat(2).batch')}"
            ),
            Planted(
                "labels apart",
                body=(
                    "make = tf.data.Dataset.from_tensor_slices\n"
                    "parts = [make(a) for a in (X, labels)]\n"
                    "parts = [p.shuffle(len(X), seed=seed + k)"
                    " for k, p in enumerate(parts)]\n"
                    "return tf.data.Dataset.zip(*parts).batch(batch_size)"
                ),
            ),
            Planted(
                "mixed once in NumPy",
                body=(
                    "order = np.random.default_rng(seed).permutation(len(X))\n"
                    "data = (X[order], labels[order])\n"
                    "data = tf.data.Dataset.from_tensor_slices(data)\n"
                    "return data.batch(batch_size).shuffle(len(X), seed=seed)"
                ),
            ),
            Planted(
                "mixed once in NumPy, then a bag of 10",
                body=(
                    "order = np.random.default_rng(seed).permutation(len(X))\n"
                    "data = (X[order], labels[order])\n"
                    "data = tf.data.Dataset.from_tensor_slices(data)\n"
                    "return data.shuffle(10, seed=seed).batch(batch_size)"
                ),
            ),
            Planted(
                "mixed once in NumPy, then a bag of 100",
                body=(
                    "order = np.random.default_rng(seed).permutation(len(X))\n"
                    "data = (X[order], labels[order])\n"
                    "data = tf.data.Dataset.from_tensor_slices(data)\n"
                    "return data.shuffle(100, seed=seed).batch(batch_size)"
                ),
            ),
            Planted(
                "a class of its own",
                body=(
                    "class Batches:\n"
                    "    def __init__(self):\n"
                    "        self.rng = np.random.default_rng(seed)\n"
                    "    def __iter__(self):\n"
                    "        order = self.rng.permutation(len(X))\n"
                    "        for k in range(0, len(X), batch_size):\n"
                    "            some = order[k : k + batch_size]\n"
                    "            yield X[some], labels[some]\n"
                    "return Batches()"
                ),
            ),
        ],
        4: [
            Planted("not in training", "training=True", "training=False"),
            Planted("mean over batches", "float(J) * len(labels)", "float(J)"),
            Planted(
                "mean of the batches' losses",
                body=(
                    "epoch_losses = []\n"
                    "for _ in range(num_epochs):\n"
                    "    each = []\n"
                    "    for X, labels in batches:\n"
                    "        with tf.GradientTape() as tape:\n"
                    "            J = loss(labels, model(X, training=True))\n"
                    "        v = model.trainable_variables\n"
                    "        optimizer.apply(tape.gradient(J, v), v)\n"
                    "        each.append(float(J))\n"
                    "    epoch_losses.append(np.mean(each))\n"
                    "return epoch_losses"
                ),
            ),
            Planted(
                "the last batch's loss",
                "epoch_losses.append(total / count)",
                "epoch_losses.append(float(J))",
            ),
            Planted(
                "loss after the step",
                "float(J) * len(labels)",
                "float(loss(labels, model(X, training=False))) * len(labels)",
            ),
            Planted("summed up", "total / count", "total"),
            Planted("no step", "optimizer.apply(", "list("),
            Planted(
                "running total",
                body=(
                    "epoch_losses, total, count = [], 0.0, 0\n"
                    "for _ in range(num_epochs):\n"
                    "    for X, labels in batches:\n"
                    "        with tf.GradientTape() as tape:\n"
                    "            J = loss(labels, model(X, training=True))\n"
                    "        v = model.trainable_variables\n"
                    "        optimizer.apply(tape.gradient(J, v), v)\n"
                    "        total, count = total + float(J) * len(X), count + len(X)\n"
                    "    epoch_losses.append(total / count)\n"
                    "return epoch_losses"
                ),
            ),
            Planted("one batch per epoch", "in batches:", "in batches.take(1):"),
            Planted("one epoch too many", "range(num_epochs)", "range(num_epochs + 1)"),
            Planted(
                "labels and scores swapped",
                "loss(labels, model(X, training=True))",
                "loss(model(X, training=True), labels)",
            ),
            Planted(
                "first layer only",
                body=(
                    "epoch_losses = []\n"
                    "for _ in range(num_epochs):\n"
                    "    total, count = 0.0, 0\n"
                    "    for X, labels in batches:\n"
                    "        with tf.GradientTape() as tape:\n"
                    "            J = loss(labels, model(X, training=True))\n"
                    "        v = model.layers[0].trainable_variables\n"
                    "        optimizer.apply(tape.gradient(J, v), v)\n"
                    "        total, count = total + float(J) * len(X), count + len(X)\n"
                    "    epoch_losses.append(total / count)\n"
                    "return epoch_losses"
                ),
            ),
            Planted(
                "through NumPy",
                "model(X, training=True)",
                "model(X, training=True).numpy()",
            ),
            Planted("no penalty", " + sum(model.losses)", ""),
            Planted(
                "penalty reported, not trained",
                "+ sum(model.losses)",
                "+ sum(float(penalty) for penalty in model.losses)",
            ),
            Planted(
                "by fit",
                body=(
                    "model.compile(optimizer, loss)\n"
                    "return model.fit(batches, epochs=num_epochs, shuffle=False,"
                    " verbose=0).history['loss']"
                ),
            ),
            Planted(
                "by train_on_batch",
                body=(
                    "model.compile(optimizer, loss)\n"
                    "each = []\n"
                    "for _ in range(num_epochs):\n"
                    "    for X, y in batches:\n"
                    "        last = model.train_on_batch(X, y)\n"
                    "    each.append(last)\n"
                    "return each"
                ),
            ),
            Planted("uphill", "apply(grads,", "apply([-g for g in grads],"),
        ],
        5: [
            Planted("as they are", body="return images / 255"),
            Planted("wraps around", "images / 255", "images"),
            Planted(
                "mean of the picture",
                body="x = images / 255\nreturn x - x.mean(axis=(1, 2), keepdims=True)",
            ),
            Planted(
                "standardised",
                body=(
                    "x = images / 255\nx = x - x.mean(axis=(1, 2), keepdims=True)\n"
                    "return x / x.std(axis=(1, 2), keepdims=True)"
                ),
            ),
            Planted("grey", body="return images.mean(axis=3) / 255"),
            Planted("direction stays", "np.abs(pixels - wall)", "(pixels - wall)"),
            Planted("amount stays", "return (away > 4 * signs.NOISE)", "return (away)"),
            Planted("noise counts", "4 * signs.NOISE", "2 * signs.NOISE"),
            Planted("half way to white", "4 * signs.NOISE", "0.5"),
            Planted("a fixed brightness", body="return images.mean(axis=3) > 127.0"),
            Planted(
                "wall of the top row",
                "(pixels[:, :, :1] + pixels[:, :, -1:]) / 2",
                "pixels[:, :1]",
            ),
            Planted(
                "wall of all pictures",
                "(pixels[:, :, :1] + pixels[:, :, -1:]) / 2",
                "(pixels[:, :, :1] + pixels[:, :, -1:]).mean(axis=0) / 2",
            ),
            Planted(
                "in place", "pixels = images / 255", "images //= 2; pixels = images"
            ),
        ],
    },
}
