"""Draw a mesh of small triangles in NumPy: points on every triangle, far ones first.

The viewer looks against the z axis, from far away (no perspective): x goes right, y up.
"""

import numpy as np

FILL = 0.86  # share of the picture that the mesh's longer side takes
AMBIENT, DIFFUSE = 0.35, 0.65  # light from everywhere, light from the lamp
TINY = 1e-12  # keeps a triangle without area from dividing by 0


def barycentric_samples(count: int, rng: np.random.Generator) -> np.ndarray:
    """Weights (count, 3) of random points, evenly spread over any triangle."""
    return rng.dirichlet((1, 1, 1), count)


def project(vertices: np.ndarray, size: int) -> np.ndarray:
    """Put the mesh into the middle of a picture, its longer side FILL times as long.

    vertices : (V, 3)
    size     : pixels per side
    returns   (V, 2) column and row, in pixels from the top left corner; row grows down
    """
    flat = vertices[:, :2]
    scale = FILL * size / np.ptp(flat, axis=0).max()
    middle = (flat.max(axis=0) + flat.min(axis=0)) / 2
    return (flat - middle) * [scale, -scale] + size / 2


def shade(vertices: np.ndarray, faces: np.ndarray, light: np.ndarray) -> np.ndarray:
    """Brightness (V,) in [AMBIENT, 1]: Lambert's cosine with the mean normal there.

    light : (3,) direction towards the lamp, of any length
    """
    normals = np.zeros_like(vertices)
    for k in range(3):
        np.add.at(normals, faces[:, k], face_normals(vertices, faces))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True) + TINY
    cosine = normals @ (np.asarray(light) / np.linalg.norm(light))
    return AMBIENT + DIFFUSE * np.clip(cosine, 0, 1)


def face_normals(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Unit normals (F, 3); they point at whoever sees the corners go anticlockwise."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    normals = np.cross(b - a, c - a)
    return normals / (np.linalg.norm(normals, axis=1, keepdims=True) + TINY)


def render(
    vertices: np.ndarray,
    faces: np.ndarray,
    size: int,
    light: np.ndarray,
    colour: np.ndarray,
    samples: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw the mesh on black.

    A triangle is drawn as points, one per row of `samples`, so it has holes if it is
    larger than a few pixels for every 10 samples.

    vertices : (V, 3)          faces : (F, 3) int
    size     : pixels per side
    light    : (3,) direction towards the lamp
    colour   : (3,) red, green, blue in [0, 1], in full light
    samples  : (K, 3) barycentric weights
    returns   image (size, size, 3) uint8, mask (size, size) bool where the mesh is
    """
    corners = np.column_stack(
        [project(vertices, size), vertices[:, 2], shade(vertices, faces, light)]
    )
    front = face_normals(vertices, faces)[:, 2] > 0  # what turns away is not seen
    points = np.einsum("kb,tbd->tkd", samples, corners[faces[front]]).reshape(-1, 4)
    points = points[points[:, 2].argsort(kind="stable")]
    column, row = points[:, :2].astype(int).T
    inside = (column >= 0) & (column < size) & (row >= 0) & (row < size)
    column, row, brightness = column[inside], row[inside], points[inside, 3]
    image, mask = np.zeros((size, size, 3)), np.zeros((size, size), dtype=bool)
    # where a pixel comes twice, NumPy keeps the last value: the nearest point
    image[row, column] = np.clip(brightness[:, None] * np.asarray(colour), 0, 1)
    mask[row, column] = True
    return (255 * image).round().astype(np.uint8), mask
