"""Bend the fingers of a hand: joints turn, and the skin follows them.

The skeleton is that of WebXR hand input: joint 0 is the wrist, 1-4 the thumb, then five
each for index, middle, ring and little finger, from the palm outwards. At every joint
the finger bends about the local x axis and spreads about the local y axis.
"""

from collections.abc import Sequence

import numpy as np

from utils.authoring.hand_signs.glb import SkinnedMesh

CHAINS = ((1, 2, 3, 4), *(tuple(range(k, k + 5)) for k in (5, 10, 15, 20)))
X_AXIS, Y_AXIS, Z_AXIS = 0, 1, 2
# Radians at full curl: knuckle, middle and end joint of a finger; base, then both
# other joints of the thumb.
FINGER_BEND = {1: 1.45, 2: 1.7, 3: 1.1}
THUMB_BEND = {0: 0.3, 1: 1.0, 2: 1.0}


def rotation(axis: int, angle: float) -> np.ndarray:
    """Turn by `angle` radians about one axis (0, 1, 2), as (4, 4) homogeneous matrix.

    Right-handed: a positive turn about z takes x to y.
    """
    matrix = np.eye(4)
    i, k = [(1, 2), (2, 0), (0, 1)][axis]
    matrix[i, i] = matrix[k, k] = np.cos(angle)
    matrix[i, k], matrix[k, i] = -np.sin(angle), np.sin(angle)
    return matrix


def pose(
    mesh: SkinnedMesh,
    curl: Sequence[float],
    thumb: tuple[float, float] = (0.0, 0.0),
    spread: Sequence[float] = (0.0, 0.0, 0.0, 0.0),
) -> np.ndarray:
    """Move the vertices with the bent fingers (linear blend skinning).

    mesh   : with the 25 joints of a WebXR hand
    curl   : (4,) index to little finger, 0 straight, 1 closed
    thumb  : curl, and radians by which it lies across the palm
    spread : (4,) radians by which the fingers part sideways
    returns vertices (V, 3); the mesh's own ones if everything is 0
    """
    turns = {}
    for k, bend in THUMB_BEND.items():
        turns[CHAINS[0][k]] = rotation(X_AXIS, -bend * thumb[0])
    turns[CHAINS[0][0]] = rotation(Y_AXIS, thumb[1]) @ turns[CHAINS[0][0]]
    for finger, chain in enumerate(CHAINS[1:]):
        for k, bend in FINGER_BEND.items():
            turns[chain[k]] = rotation(X_AXIS, -bend * curl[finger])
        turns[chain[1]] = rotation(Y_AXIS, spread[finger]) @ turns[chain[1]]
    return skin(mesh, turns)


def skin(mesh: SkinnedMesh, turns: dict[int, np.ndarray]) -> np.ndarray:
    """Place the joints one after another, then blend their motions at each vertex.

    turns   : joint -> (4, 4) turn in the joint's own frame; none for joints at rest
    returns  vertices (V, 3)
    """
    bind = np.linalg.inv(mesh.inverse_bind)  # each joint's frame in the mesh, at rest
    frames = {0: bind[0]}
    for chain in CHAINS:
        parent = 0
        for joint in chain:
            at_rest = np.linalg.inv(bind[parent]) @ bind[joint]  # seen from the parent
            frames[joint] = frames[parent] @ at_rest @ turns.get(joint, np.eye(4))
            parent = joint
    motions = np.stack([frames[j] @ mesh.inverse_bind[j] for j in range(len(frames))])
    homogeneous = np.c_[mesh.vertices, np.ones(len(mesh.vertices))]  # (V, 4)
    moved = np.einsum("vk,vkij,vj->vi", mesh.weights, motions[mesh.joints], homogeneous)
    return moved[:, :3]
