"""Wrong answers to the exercises of course4_cnn/02_sequential_and_functional."""

from tests.planted import Planted

CONV = "layers.Conv2D(width, 3, padding='same', activation='relu')"
PAIR = "pair, read = [keras.Input(shape), keras.Input(shape)], []\n"
END = (
    "apart = keras.ops.abs(read[0] - read[1])\n"
    "return keras.Model(pair, layers.Dense(1)(apart))"
)
THREE = '("conv", 32, 3, 1, "same"), ' * 2 + '("conv", 32, 3, 1, "same"),'
SHRUNK = (
    'my_trunk = [("conv", 8, 5, 2, "same"), ("pool", 2, 2, "valid"),'
    ' ("conv", 16, 3, 1, "same"), ("pool", 2, 2, "valid")]'
)

PLANTED = {
    "course4_cnn/02_sequential_and_functional": {
        1: [
            Planted("no bias", "(f * f * n_C + 1)", "(f * f * n_C)"),
            Planted(
                "one bias per weight", "n_C + 1) * filters[0]", "n_C * 2) * filters[0]"
            ),
            Planted("flat filters", "(f * f * n_C + 1)", "(f * f + 1)"),
            Planted("filter of one row", "(f * f * n_C + 1)", "(f * n_C + 1)"),
            Planted("valid size for same", "[-(-n // s) for n in sides]", "sides"),
            Planted("rounded down", "-(-n // s)", "n // s"),
            Planted("no plus 1", "[(n - f) // s + 1 for n", "[(n - f) // s for n"),
            Planted("stride forgotten", "(n - f) // s + 1", "n - f + 1"),
            Planted("one side only", "(*sides, n_C)\n", "(sides[0], sides[0], n_C)\n"),
            Planted(
                "work of the picture's size",
                "math.prod(sides) * filters[0]",
                "math.prod(shape[:2]) * filters[0]",
            ),
            Planted("work per channel", "* f * f * n_C\n", "* f * f\n"),
            Planted("work once", "math.prod(sides) * filters[0] *", "filters[0] *"),
            Planted("channels stay", "n_C = filters[0]\n", "pass\n"),
            Planted("dense has no bias", "(shape[0] + 1) * n", "shape[0] * n"),
            Planted(
                "work counts the bias",
                "shape[0] * numbers[0]",
                "(shape[0] + 1) * numbers[0]",
            ),
            Planted("flatten keeps the map", "(math.prod(shape),)", "tuple(shape)"),
            Planted(
                "pooling has weights",
                'if kind == "conv":',
                "if filters := filters or [n_C]:",
            ),
        ],
        2: [
            Planted(
                "stride of this layer",
                "size += (f - 1) * jump",
                "size += (f - 1) * jump * s",
            ),
            Planted("no jump", "(f - 1) * jump  # with", "(f - 1)  # with"),
            Planted("windows do not overlap", "(f - 1) * jump", "f * jump"),
            Planted("sizes multiply", "size += (f - 1) * jump", "size *= f"),
            Planted("jump added", "jump *= s", "jump += s"),
            Planted("jump of one layer", "jump *= s", "jump = s"),
            Planted("jump of the window", "jump *= s", "jump *= f"),
            Planted("padding forgotten", "start -= p * jump", "start -= 0"),
            Planted("padding in units", "start -= p * jump", "start -= p"),
            Planted("padding moves right", "start -= p", "start += p"),
            Planted(
                "padding with the new jump",
                "start -= p * jump\n    jump *= s",
                "jump *= s\n    start -= p * jump",
            ),
            Planted(
                "padding widens", "size += (f - 1) * jump", "size += (f - 1 + p) * jump"
            ),
            Planted(
                "starts at nothing",
                "size, jump, start, found = 1,",
                "size, jump, start, found = 0,",
            ),
            Planted("only the last", "return found", "return found[-1:]"),
        ],
        3: [
            Planted("too narrow a view", THREE, '("conv", 32, 3, 1, "same"),'),
            Planted(
                "no early stride",
                '("conv", 8, 5, 2, "same"), ("pool", 2, 2, "valid")',
                '("conv", 8, 5, 1, "same")',
            ),
            Planted("map too small", THREE, THREE.replace("3, 1", "3, 2", 1)),
            Planted(
                "large pooling",
                '("pool", 2, 2, "valid"),\n    ("conv", 16',
                '("pool", 9, 2, "same"),\n    ("conv", 16',
            ),
            Planted("too many weights", '("conv", 16, 3', '("conv", 32, 3'),
            Planted(
                "too few channels",
                body=f'{SHRUNK} + [("conv", 24, 3, 1, "same")] * 4',
            ),
            Planted(
                "large filters",
                body=(
                    'my_trunk = [("conv", 8, 7, 2, "same"), ("pool", 2, 2, "valid"),'
                    ' ("conv", 16, 7, 2, "same"), ("conv", 32, 5, 1, "same")]'
                ),
            ),
            Planted(
                "full size all the way",
                body=(
                    'my_trunk = [("conv", 4, 3, 1, "same")] * 29'
                    ' + [("conv", 32, 3, 1, "same")]'
                ),
            ),
            Planted("pooling only", body='my_trunk = [("pool", 5, 1, "same")] * 15'),
            Planted("flattened", body=f'{SHRUNK} + [("flatten",), ("dense", 32)]'),
        ],
        4: [
            Planted(
                "reads the picture again", "maps = layer(maps)", "maps = layer(pair[0])"
            ),
            Planted(
                "loop repaired, two trunks",
                body=(
                    f"{PAIR}"
                    "for maps in pair:\n"
                    "    for width in widths:\n"
                    f"        maps = layers.MaxPool2D(2)({CONV}(maps))\n"
                    "    read.append(layers.Flatten()(maps))\n"
                    f"{END}"
                ),
            ),
            Planted(
                "one trunk, last layer only",
                body=(
                    "width = widths[-1]\n"
                    f"stack = [{CONV}, layers.MaxPool2D(2), layers.Flatten()]\n"
                    f"{PAIR}"
                    "for maps in pair:\n"
                    "    for layer in stack:\n"
                    "        maps = layer(maps)\n"
                    "    read.append(maps)\n"
                    f"{END}"
                ),
            ),
            Planted(
                "no absolute value",
                "keras.ops.abs(read[0] - read[1])",
                "read[0] - read[1]",
            ),
            Planted(
                "squared",
                "keras.ops.abs(read[0] - read[1])",
                "(read[0] - read[1]) ** 2",
            ),
            Planted("sum", "keras.ops.abs(read[0] - read[1])", "read[0] + read[1]"),
            Planted(
                "side by side",
                "keras.ops.abs(read[0] - read[1])",
                "layers.Concatenate()(read)",
            ),
            Planted("one picture", "read[0] - read[1]", "read[0] - read[0]"),
            Planted(
                "one pooling",
                body=(
                    f"stack = [{CONV} for width in widths]\n"
                    "stack += [layers.MaxPool2D(2), layers.Flatten()]\n"
                    f"{PAIR}"
                    "for maps in pair:\n"
                    "    for layer in stack:\n"
                    "        maps = layer(maps)\n"
                    "    read.append(maps)\n"
                    f"{END}"
                ),
            ),
            Planted("no relu", ', activation="relu"', ""),
            Planted("not padded", 'padding="same", ', ""),
            Planted("average", "layers.MaxPool2D(2)", "layers.AveragePooling2D(2)"),
            Planted("no flattening", "[*stack, layers.Flatten()]", "stack"),
            Planted(
                "relu before the dense unit's score",
                "layers.Dense(1)(apart)",
                'layers.Dense(1, activation="sigmoid")(apart)',
            ),
        ],
        5: [
            Planted(
                "all strides 1",
                '("conv1", 2), ("conv2", 2)',
                '("conv1", 1), ("conv2", 1)',
            ),
            Planted("stride in conv3", '("conv3", 1)', '("conv3", 2)'),
            Planted("no padding", ', pad="same"', ""),
            Planted("padding of one", 'pad="same"', "pad=1"),
            Planted("no relu", "np.maximum(Z, 0)", "Z"),
            Planted(
                "average",
                "pooling.forward(A, 2)",
                'pooling.forward(A, 2, mode="average")',
            ),
            Planted(
                "pooling with stride 1",
                "pooling.forward(A, 2)",
                "pooling.forward(A, 2, 1)",
            ),
            Planted(
                "pooling padded",
                "pooling.forward(A, 2)",
                'pooling.forward(A, 2, pad="same")',
            ),
            Planted("no pooling", "A, _ = pooling.forward(A, 2)", "pass"),
            Planted(
                "channels first",
                "A.reshape(len(A), -1)",
                "A.transpose(0, 3, 1, 2).reshape(len(A), -1)",
            ),
            Planted(
                "columns before rows",
                "A.reshape(len(A), -1)",
                "A.transpose(0, 2, 1, 3).reshape(len(A), -1)",
            ),
            Planted("no bias", "rows @ W + b", "rows @ W"),
            Planted(
                "relu on the scores", "rows @ W + b", "np.maximum(rows @ W + b, 0)"
            ),
            Planted("only fingers", '("fingers", "left"):', '("fingers",):'),
            Planted(
                "sigmoid on left",
                "return scores",
                "scores['left'] = 1 / (1 + np.exp(-scores['left'])); return scores",
            ),
            Planted(
                "flat left",
                "return scores",
                "scores['left'] = scores['left'][:, 0]; return scores",
            ),
            Planted("calls the model", body="return model(pictures)"),
            Planted("in place", "A = pictures", "A = pictures; A -= A.mean()"),
        ],
        6: [
            Planted(
                "all of them", body="columns_moved = [(0, 15), (0, 7), (0, 7), (0, 3)]"
            ),
            Planted(
                "all that stay inside",
                body="columns_moved = [(4, 15), (2, 7), (2, 7), (1, 3)]",
            ),
            Planted("old view forgotten", "first >= 8 and ", ""),
            Planted("new view's end forgotten", " and last <= 31", ""),
            Planted("end of 32", "last <= 31", "last <= 32"),
            Planted("9 is the first", "first >= 8", "first >= 9"),
            Planted("padding forgotten", "start + u * jump", "u * jump", count=2),
            Planted(
                "both sides lose 8",
                body="columns_moved = [(4, 10), (2, 4), (3, 3), (2, 2)]",
            ),
            Planted("one too many", "along[-1])", "along[-1] + 1)"),
            Planted("columns of the old map", "(along[0], ", "(along[0] - 8 // jump, "),
            Planted("counted", "(along[0], along[-1])", "(len(along), len(along))"),
            Planted("how many", "(along[0], along[-1])", "len(along)"),
        ],
    },
}
