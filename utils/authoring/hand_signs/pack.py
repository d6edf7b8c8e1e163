"""Make utils/data/files/hand_signs.h5 from the hand mesh, or compare the two.

The mesh is profiles/generic-hand/right.glb of the npm package
@webxr-input-profiles/assets 1.0.20 (MIT licence, copyright 2019 Amazon):

    npm pack @webxr-input-profiles/assets@1.0.20
    tar -xzf webxr-input-profiles-assets-1.0.20.tgz package/dist/profiles/generic-hand
    python -m utils.authoring.hand_signs.pack \\
        package/dist/profiles/generic-hand/right.glb --compare
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import h5py
import numpy as np

from utils.authoring.hand_signs import glb, render, skeleton
from utils.data import signs

MESH_SHA256 = "291790c14f7f88a7f9bd35330c47392ed8e8d395ae6728f4bb7089f1bc1f2b96"
SIZE, SAMPLES = 64, 60
SPLITS = {"train": (100, 1080), "dev": (101, 240), "test": (102, 240)}  # seed, images
# What each sign bends: index to little finger (1 closed), thumb's curl and way across.
SIGNS = {
    0: ((1, 1, 1, 1), (1.0, 0.6)),
    1: ((0, 1, 1, 1), (1.0, 0.6)),
    2: ((0, 0, 1, 1), (1.0, 0.6)),
    3: ((0, 0, 0, 1), (1.0, 0.6)),
    4: ((0, 0, 0, 0), (1.1, 0.6)),
    5: ((0, 0, 0, 0), (0.0, -0.2)),
}
TONES = np.array(
    [
        (0.98, 0.86, 0.75),
        (0.92, 0.74, 0.60),
        (0.80, 0.60, 0.45),
        (0.60, 0.42, 0.30),
        (0.40, 0.27, 0.20),
    ]
)
# Turns the mesh, which lies flat, so that the palm looks at the viewer, fingers up.
PALM_TO_VIEWER = np.array([[0.0, 0, -1], [0, -1, 0], [-1, 0, 0]])


class Sign(NamedTuple):
    """One picture and what is known about it, as in the data sets of the file."""

    images: np.ndarray  # (64, 64, 3) uint8, on black
    masks: np.ndarray  # (64, 8) uint8, one bit per pixel
    labels: int
    skin_tone: int
    left_hand: bool
    roll_pitch_yaw_rad: tuple[float, float, float]


def sample(
    mesh: glb.SkinnedMesh, label: int, samples: np.ndarray, rng: np.random.Generator
) -> Sign:
    """Draw a hand that shows `label` fingers; all else about it is left to chance.

    The order of the draws is part of the file: another order makes other hands.
    """
    closed, (thumb_curl, thumb_across) = SIGNS[label]
    bent, straight = rng.uniform(0.88, 1.02, 4), rng.uniform(0, 0.12, 4)
    curl = np.where(np.array(closed) > 0, bent, straight)
    thumb = (thumb_curl * rng.uniform(0.85, 1.05), thumb_across + rng.normal(0, 0.08))
    width = rng.uniform(0.3, 1.6) * (1 if label > 1 else 0.3)
    roll, pitch, yaw = rng.normal(0, 0.3), rng.normal(0, 0.22), rng.normal(0, 0.35)
    vertices = skeleton.pose(mesh, curl, thumb, np.linspace(-0.12, 0.12, 4) * width)
    faces, left = mesh.faces, rng.random() < 0.5
    if left:  # the mirror image; its triangles must still go anticlockwise
        vertices, faces = vertices * [1, 1, -1], faces[:, ::-1]
    turn = np.linalg.multi_dot(
        [
            skeleton.rotation(skeleton.Z_AXIS, roll)[:3, :3],
            skeleton.rotation(skeleton.X_AXIS, pitch)[:3, :3],
            skeleton.rotation(skeleton.Y_AXIS, yaw)[:3, :3],
            PALM_TO_VIEWER,
        ]
    )
    tone = int(rng.integers(len(TONES)))
    colour = TONES[tone] * rng.uniform(0.9, 1.05)
    light = np.array([rng.normal(0, 0.5), 0.6, 0.8])
    seen = (vertices - vertices.mean(axis=0)) @ turn.T
    image, mask = render.render(seen, faces, SIZE, light, colour, samples)
    packed = np.packbits(mask, axis=1)
    return Sign(image, packed, label, tone, left, (roll, pitch, yaw))


def draw_split(mesh: glb.SkinnedMesh, split: str) -> Iterator[Sign]:
    """Yield the hands of one split in the order of the file."""
    seed, count = SPLITS[split]
    rng = np.random.default_rng(seed)
    samples = render.barycentric_samples(SAMPLES, np.random.default_rng(0))
    for label in rng.permutation(np.arange(count) % len(SIGNS)):
        yield sample(mesh, int(label), samples, rng)


def write(mesh: glb.SkinnedMesh, path: Path) -> None:
    """Render all three splits into a new HDF5 file."""
    types = {"labels": "u1", "skin_tone": "u1", "left_hand": "u1"}
    with h5py.File(path, "w", track_order=True) as file:
        for split in SPLITS:
            group = file.create_group(split)
            columns = zip(*draw_split(mesh, split), strict=True)
            for name, values in zip(Sign._fields, columns, strict=True):
                large = {"compression": "gzip", "compression_opts": 9}
                options = large if name in ("images", "masks") else {}
                dtype = types.get(name, "f4" if name == "roll_pitch_yaw_rad" else "u1")
                group.create_dataset(name, data=np.array(values, dtype), **options)


def differences(mesh: glb.SkinnedMesh, path: Path, count: int) -> Iterator[str]:
    """Render the first `count` hands of each split; say what differs from the file."""
    with h5py.File(path) as file:
        for split in SPLITS:
            for i, sign in zip(range(count), draw_split(mesh, split), strict=False):
                for name, value in sign._asdict().items():
                    stored = file[split][name][i]
                    if not np.array_equal(np.asarray(value, stored.dtype), stored):
                        yield f"{split} {i}: {name} differs"


def main(arguments: list[str] | None = None) -> int:
    """Write or compare; return 1 if something differs or the mesh is another one."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("mesh", type=Path, help="path of right.glb")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--output", type=Path, help="write all images to this .h5 file")
    what.add_argument(
        "--compare",
        type=Path,
        nargs="?",
        const=signs.HAND_SIGNS,
        help="render again and compare with this .h5 file (default: the shipped one)",
    )
    parser.add_argument(
        "--count", type=int, default=max(n for _, n in SPLITS.values()),
        help="compare only so many images of each split",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    found = hashlib.sha256(options.mesh.read_bytes()).hexdigest()
    if found != MESH_SHA256:
        print(f"{options.mesh}: sha256 {found}, expected {MESH_SHA256}")
        return 1
    mesh = glb.read(options.mesh)
    if options.output:
        write(mesh, options.output)
        return 0
    different = list(differences(mesh, options.compare, options.count))
    print("\n".join(different) or "every image and label is equal")
    return int(bool(different))


if __name__ == "__main__":
    sys.exit(main())
