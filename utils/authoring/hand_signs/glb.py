"""Read a skinned mesh from a binary glTF file (.glb): corners, triangles, skeleton.

Only what the hand needs: one buffer, stored in the file, of plain accessors. The format
is described in the glTF 2.0 specification, sections 3.6 (accessors), 3.7.3 (skins) and
4.4 (the binary container).
"""

import json
import struct
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

MAGIC, JSON_CHUNK, BINARY_CHUNK = b"glTF", b"JSON", b"BIN\0"
COMPONENTS = {  # the numbers are those of the specification
    5120: np.dtype("i1"),
    5121: np.dtype("u1"),
    5122: np.dtype("<i2"),
    5123: np.dtype("<u2"),
    5125: np.dtype("<u4"),
    5126: np.dtype("<f4"),
}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


class SkinnedMesh(NamedTuple):
    """A surface of triangles that follows the joints of a skeleton."""

    vertices: np.ndarray  # (V, 3) float64, metres, in the pose the mesh was made in
    faces: np.ndarray  # (F, 3) int, corners of each triangle
    joints: np.ndarray  # (V, 4) int, the joints that move each vertex
    weights: np.ndarray  # (V, 4) float64, how much; each row sums to 1
    inverse_bind: np.ndarray  # (J, 4, 4) float64, from mesh into each joint's own frame


def read(path: Path | str) -> SkinnedMesh:
    """Read the first mesh of a .glb file and its skin.

    raises ValueError naming the file and what is missing or not understood
    """
    path = Path(path)
    try:
        description, binary = _chunks(path.read_bytes())
        attributes = description["meshes"][0]["primitives"][0]["attributes"]
        indices = description["meshes"][0]["primitives"][0]["indices"]
        matrices = description["skins"][0]["inverseBindMatrices"]
        parts = {
            "vertices": accessor(description, binary, attributes["POSITION"]),
            "faces": accessor(description, binary, indices).reshape(-1, 3).astype(int),
            "joints": accessor(description, binary, attributes["JOINTS_0"]).astype(int),
            "weights": accessor(description, binary, attributes["WEIGHTS_0"]),
            "inverse_bind": accessor(description, binary, matrices),
        }
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"{path}: no skinned mesh of triangles; {error!r}") from error
    except (ValueError, struct.error) as error:
        raise ValueError(f"{path}: {error}") from error
    # glTF stores matrices column by column
    columns = parts["inverse_bind"].reshape(-1, 4, 4)
    parts["inverse_bind"] = columns.transpose(0, 2, 1)
    floats = ("vertices", "weights", "inverse_bind")
    return SkinnedMesh(**parts | {name: parts[name].astype(float) for name in floats})


def _chunks(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Split a .glb file into its JSON description and its binary buffer."""
    if content[:4] != MAGIC:
        raise ValueError(f"begins with {content[:4]!r}, expected {MAGIC!r}")
    version, length = struct.unpack_from("<II", content, 4)
    if version != 2 or length != len(content):
        raise ValueError(
            f"version {version} with {len(content)} of {length} bytes; "
            "expected a whole file of version 2"
        )
    found, start = {}, 12
    while start < length:
        size, kind = struct.unpack_from("<I4s", content, start)
        found[kind] = content[start + 8 : start + 8 + size]
        start += 8 + size
    if not {JSON_CHUNK, BINARY_CHUNK} <= found.keys():
        raise ValueError(f"has the chunks {list(found)}, expected JSON and BIN")
    return json.loads(found[JSON_CHUNK]), found[BINARY_CHUNK]


def accessor(description: dict[str, Any], binary: bytes, number: int) -> np.ndarray:
    """Return accessor `number` as a copied (count, width) array.

    raises ValueError if it is sparse or reaches over the end of the buffer
    """
    entry = description["accessors"][number]
    if "sparse" in entry or "bufferView" not in entry or entry.get("normalized"):
        raise ValueError(f"accessor {number} is sparse or normalised, expected plain")
    view = description["bufferViews"][entry["bufferView"]]
    dtype, width = COMPONENTS[entry["componentType"]], WIDTHS[entry["type"]]
    offset = view.get("byteOffset", 0) + entry.get("byteOffset", 0)
    stride = view.get("byteStride", width * dtype.itemsize)
    end = offset + stride * (entry["count"] - 1) + width * dtype.itemsize
    if end > len(binary):
        raise ValueError(f"accessor {number} ends at byte {end} of {len(binary)}")
    strides = (stride, dtype.itemsize)
    return np.ndarray((entry["count"], width), dtype, binary, offset, strides).copy()
