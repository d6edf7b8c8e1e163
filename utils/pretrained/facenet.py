"""FaceNet's embedding: a face becomes 512 numbers of unit length.

Photos of one person lie close together, photos of two people far apart. The network is
an Inception-ResNet of 23 million weights, trained by David Sandberg on CASIA-WebFace,
10,575 people, as a classifier (model 20180408-102900); the embedding is the layer below
its classes. It comes as a frozen TensorFlow graph, which TensorFlow alone can read.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import tensorflow as tf

from utils.data import assets

SIDE = 160  # pixels per side of what the network takes
SIZE = 512  # numbers that come out
BATCH_SIZE = 8  # half the time per face of one at a time; more gains nothing
CENTRE, SCALE = np.float32(127.5), np.float32(128)  # of the pixels in its training


class FaceNet:
    """The network that `load` returns."""

    def __init__(self, graph: Callable[[tf.Tensor], tf.Tensor]):
        self._graph = graph

    def embed(self, X: np.ndarray) -> np.ndarray:
        """Embed faces; the squared distance of two results goes from 0 to 4.

        X       : (m, 160, 160, 3) float32, from `preprocess`
        returns  (m, 512) float32, rows of length 1
        raises   ValueError with the shape and type of X if they are others

        Schroff, Kalenichenko and Philbin 2015.
        """
        X = np.asarray(X)
        if X.ndim != 4 or X.shape[1:] != (SIDE, SIDE, 3) or X.dtype != np.float32:
            raise ValueError(
                f"X must be (m, {SIDE}, {SIDE}, 3) float32, as preprocess returns it, "
                f"got {X.shape} {X.dtype}"
            )
        starts = range(0, len(X), BATCH_SIZE)
        parts = [self._graph(tf.constant(X[i : i + BATCH_SIZE])) for i in starts]
        return np.concatenate([np.zeros((0, SIZE), np.float32), *parts])


def load(path: Path | str | None = None) -> FaceNet:
    """Read the frozen graph.

    path    : a copy of the file; by default the fetched asset
    returns  FaceNet, ready to `embed`
    raises   FileNotFoundError; ValueError naming the file, its size or hash, and those
             expected if it is any other file, cut short or damaged

    A graph is a program, which may read and write files. So none is run but the one
    whose hash is registered.
    """
    asset = assets.find("facenet")
    path = assets.path("facenet") if path is None else Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"{path}: no such file (looking from {Path.cwd()})")
    content = path.read_bytes()
    if len(content) != asset.size:
        raise ValueError(
            f"{path}: {len(content)} bytes, expected the {asset.size} of {asset.member}"
            f" in {asset.archive}: cut short, or another file"
        )
    found = hashlib.sha256(content).hexdigest()
    if found != asset.sha256:
        raise ValueError(
            f"{path}: sha256 {found}, expected {asset.sha256} of {asset.member} in "
            f"{asset.archive}: damaged, or another file"
        )
    graph = tf.compat.v1.GraphDef.FromString(content)
    _let_batches_in(graph)
    whole = tf.compat.v1.wrap_function(lambda: tf.import_graph_def(graph, name=""), [])
    return FaceNet(whole.prune(["input:0"], "embeddings:0"))


def preprocess(faces: np.ndarray) -> np.ndarray:
    """Stretch faces to 160 x 160 pixels and map 0 to 255 to about -1 to 1.

    faces   : (m, n_H, n_W) grey or (m, n_H, n_W, 3) colour, uint8, cut so that the face
              fills the picture
    returns  (m, 160, 160, 3) float32; grey goes into all three channels
    raises   ValueError with the shape and type of `faces` if they are none of these

    The same fixed numbers for every face, as this model was trained. Bicubic as in
    Pillow, which averages when it makes a picture smaller.
    """
    faces = np.asarray(faces)
    grey, colour = faces.ndim == 3, faces.ndim == 4 and faces.shape[-1] == 3
    if not (grey or colour) or not all(faces.shape[1:]) or faces.dtype != np.uint8:
        raise ValueError(
            "faces must be (m, n_H, n_W) grey or (m, n_H, n_W, 3) colour, uint8, "
            f"got {faces.shape} {faces.dtype}"
        )
    pixels = faces[..., np.newaxis] if grey else faces
    resized = tf.image.resize(pixels, (SIDE, SIDE), "bicubic", antialias=True).numpy()
    standardised = (np.clip(resized, 0, 255) - CENTRE) / SCALE
    return np.repeat(standardised, 3, axis=-1) if grey else standardised


def _let_batches_in(graph: tf.compat.v1.GraphDef) -> None:
    """Replace, in place, the batch of 1 that the graph was frozen with by any number.

    It stands in the shape of the input and in three targets of reshapes, the first of
    which, (1, -1), leaves the number of features open instead.
    """
    nodes = {node.name: node for node in graph.node}
    nodes["input"].attr["shape"].shape.dim[0].size = -1
    features = nodes["InceptionResnetV1/Bottleneck/weights"].attr["value"].tensor
    for node in graph.node:
        if node.op == "Reshape":
            target = nodes[node.input[1]].attr["value"].tensor
            rest = [int(n) for n in tf.make_ndarray(target)[1:]]
            if rest == [-1]:
                rest = [features.tensor_shape.dim[0].size]
            target.CopyFrom(tf.make_tensor_proto([-1, *rest], dtype=tf.int32))
