"""Wrong answers to the exercises of course4_cnn/05_transfer_learning."""

from tests.planted import Planted

CONTRAST = "keras.layers.RandomContrast(0.3, value_range=(0, 255)),"
BRIGHTNESS = "keras.layers.RandomBrightness(0.15, value_range=(0, 255)),"
IS_NORM = "is_norm = isinstance(layer, keras.layers.BatchNormalization)"

PLANTED = {
    "course4_cnn/05_transfer_learning": {
        1: [
            Planted("no mean", " - mean", ""),
            Planted("no deviation", " / spread)", ")"),
            Planted("not divided by 255", "square / np.float32(255)", "square"),
            Planted("divided by 256", "np.float32(255)", "np.float32(256)"),
            Planted(
                "mean of 0 ... 255",
                "square / np.float32(255) - mean",
                "(square - mean) / np.float32(255)",
            ),
            Planted(
                "blue, green, red", "- mean) / spread)", "- mean) / spread)[..., ::-1]"
            ),
            Planted("mean of blue for red", "- mean)", "- mean[::-1])"),
            Planted("times the deviation", ") / spread", ") * spread"),
            Planted("no axis in front", "[None]", ""),
            Planted("axis at the end", "[None]", "[..., None]"),
            Planted("float64", "np.float32(255)", "255.0", count=1),
            Planted("top left corner", "(n_H - side) // 2, (n_W - side) // 2", "0, 0"),
            Planted("cut at the wrong axis", "top, left =", "left, top ="),
            Planted(
                "even margins only",
                "photo[top : top + side, left : left + side]",
                "photo[top : n_H - top, left : n_W - left]",
            ),
            Planted("longer side", "min(n_H, n_W)", "max(n_H, n_W)"),
            Planted("margin not halved", "(n_W - side) // 2", "n_W - side"),
            Planted(
                "rows and columns swapped",
                "spread)[None]",
                "spread)[None].swapaxes(1, 2)",
            ),
            Planted("one pixel short", "top : top + side,", "top : top + side - 1,"),
            Planted(
                "changes the photo",
                "square = photo",
                "photo[:] = 255 - photo; square = 255 - photo",
            ),
            Planted(
                "-1 ... 1",
                "(square / np.float32(255) - mean) / spread",
                "square / np.float32(127.5) - np.float32(1)",
            ),
            Planted(
                "mean of the photo itself",
                "- mean) / spread",
                "- (square / np.float32(255)).mean(axis=(0, 1)))"
                " / (square / np.float32(255)).std(axis=(0, 1))",
            ),
        ],
        2: [
            Planted("forward only", "3 * ", "", count=2),
            Planted("two passes", "3 * ", "2 * ", count=2),
            Planted(
                "lower part trained", "(lower + 3 * upper)", "(3 * lower + 3 * upper)"
            ),
            Planted("versions forgotten", "copies * lower", "lower"),
            Planted(
                "versions multiply the training",
                "3 * epochs * upper)",
                "3 * copies * epochs * upper)",
            ),
            Planted("lower part in each epoch", "copies * lower", "epochs * lower"),
            Planted("lower part for free", "copies * lower + ", ""),
            Planted("one epoch", "epochs * ", "", count=2),
            Planted(
                "upside down",
                body="return (epochs * (lower + 3 * upper)) / "
                "(copies * lower + 3 * epochs * upper)",
            ),
            Planted(
                "share saved",
                body="return 1 - (copies * lower + 3 * epochs * upper)"
                " / (epochs * (lower + 3 * upper))",
            ),
            Planted("one version more", "copies * lower", "(copies + 1) * lower"),
            Planted("upper part once", "3 * epochs * upper", "3 * upper"),
        ],
        3: [
            Planted("names compared", "place >= start", "layer.name >= first"),
            Planted("one layer late", "place >= start", "place > start"),
            Planted("one layer early", "place >= start", "place >= start - 2"),
            Planted("the other way round", "place >= start", "place < start"),
            Planted(
                "everything trained", "place >= start and not is_norm", "not is_norm"
            ),
            Planted("normalization trained", " and not is_norm", ""),
            Planted("only normalization", "not is_norm", "is_norm"),
            Planted("all frozen", "place >= start and not is_norm", "False"),
            Planted("by name BN", IS_NORM, 'is_norm = layer.name.startswith("bn")'),
            Planted("probabilities", "(from_logits=True)", "()"),
            Planted(
                "softmax forgotten twice", "(from_logits=True)", "(from_logits=False)"
            ),
            Planted("rate ignored", "Adam(rate)", "Adam()"),
            Planted("rate one", "Adam(rate)", "Adam(1.0)"),
            Planted("not Adam", "Adam(rate)", "SGD(rate)"),
            Planted(
                "loss for accuracy",
                'metrics=["accuracy"]',
                'metrics=["sparse_categorical_crossentropy"]',
            ),
            Planted(
                "softmax in the model",
                body=(
                    "start = [layer.name for layer in body.layers].index(first)\n"
                    "for place, layer in enumerate(body.layers):\n"
                    "    norm = isinstance(layer, keras.layers.BatchNormalization)\n"
                    "    layer.trainable = place >= start and not norm\n"
                    "inputs = keras.Input(body.input_shape[1:])\n"
                    "A = keras.layers.Softmax()(head(body(inputs)))\n"
                    "model = keras.Model(inputs, A)\n"
                    "model.compile(keras.optimizers.Adam(rate),\n"
                    "              keras.losses.SparseCategoricalCrossentropy(),\n"
                    '              metrics=["accuracy"])\n'
                    "return model"
                ),
            ),
            Planted("no accuracy", 'metrics=["accuracy"]', "metrics=None"),
            Planted(
                "head frozen",
                "inputs = keras.Input",
                "head.trainable = False\ninputs = keras.Input",
            ),
            Planted(
                "whole body trained",
                body=(
                    "body.trainable = True\n"
                    "inputs = keras.Input(body.input_shape[1:])\n"
                    "model = keras.Model(inputs, head(body(inputs, training=False)))\n"
                    "model.compile(keras.optimizers.Adam(rate),\n"
                    "              keras.losses.SparseCategoricalCrossentropy("
                    "from_logits=True),\n"
                    '              metrics=["accuracy"])\n'
                    "return model"
                ),
            ),
            Planted(
                "training=False is enough",
                body=(
                    "names = [layer.name for layer in body.layers]\n"
                    "for layer in body.layers[: names.index(first)]:\n"
                    "    layer.trainable = False\n"
                    "inputs = keras.Input(body.input_shape[1:])\n"
                    "model = keras.Model(inputs, head(body(inputs, training=False)))\n"
                    "model.compile(keras.optimizers.Adam(rate),\n"
                    "              keras.losses.SparseCategoricalCrossentropy("
                    "from_logits=True),\n"
                    '              metrics=["accuracy"])\n'
                    "return model"
                ),
            ),
            Planted(
                "the named layer only",
                "place >= start and not is_norm",
                "place == start",
            ),
        ],
        4: [
            Planted("what remains", body="way_gone = 0.999 ** (5 * 34)"),
            Planted("one epoch", "(5 * 34)", "34"),
            Planted("epochs for batches", "(5 * 34)", "5"),
            Planted("linear", body="way_gone = 0.001 * 5 * 34"),
            Planted("guess", body="way_gone = 0.2"),
            Planted("a sixth", body="way_gone = 1 / 6"),
            Planted("all the way", body="way_gone = 0.99"),
            Planted("momentum .99", "0.999", "0.99"),
            Planted("33 batches", "(5 * 34)", "(5 * 33)"),
            Planted("per cent", body="way_gone = 100 * (1 - 0.999 ** 170)"),
            Planted("a rounded guess", body="way_gone = 0.157"),
            Planted("two digits", body="way_gone = 0.16"),
        ],
        5: [
            Planted("top to bottom too", '"horizontal"', '"horizontal_and_vertical"'),
            Planted("vertical", '"horizontal"', '"vertical"'),
            Planted("no mirror", 'keras.layers.RandomFlip("horizontal"),', ""),
            Planted("no brightness", BRIGHTNESS, ""),
            Planted(
                "neither",
                body="return keras.Sequential([keras.Input((64, 64, 3)),\n"
                '    keras.layers.RandomFlip("horizontal")])',
            ),
            Planted(
                "range not told",
                "0.15, value_range=(0, 255)",
                "0.15, value_range=(0, 1)",
            ),
            Planted("too much light", "RandomBrightness(0.15", "RandomBrightness(0.8"),
            Planted(
                "too little light", "RandomBrightness(0.15", "RandomBrightness(0.02"
            ),
            Planted("shifted", CONTRAST, "keras.layers.RandomTranslation(0.1, 0.1),"),
            Planted("zoomed", CONTRAST, "keras.layers.RandomZoom(0.2),"),
            Planted("turned", CONTRAST, "keras.layers.RandomRotation(0.1),"),
            Planted(
                "turned upside down", CONTRAST, "keras.layers.RandomRotation(0.5),"
            ),
            Planted("cropped", CONTRAST, "keras.layers.RandomCrop(56, 56),"),
            Planted("scaled already", CONTRAST, "keras.layers.Rescaling(1 / 255),"),
            Planted(
                "hue",
                CONTRAST,
                "keras.layers.RandomHue(0.5, value_range=(0, 255)),",
            ),
            Planted("grey", CONTRAST, "keras.layers.RandomGrayscale(1.0),"),
            Planted(
                "moved by two pixels",
                CONTRAST,
                "keras.layers.RandomTranslation((0.06, 0.06), (0.06, 0.06)),",
            ),
            Planted(
                "leaves 0 ... 255",
                BRIGHTNESS,
                "keras.layers.RandomBrightness(0.15, value_range=(-999, 999)),",
            ),
        ],
    },
}
