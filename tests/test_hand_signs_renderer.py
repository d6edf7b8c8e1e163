"""utils.authoring.hand_signs: reading a .glb, bending fingers, drawing, packing."""

import json
import struct

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils.authoring.hand_signs import glb, pack, render, skeleton
from utils.data import signs

FLAT_LIGHT = np.array([0.0, 0.0, 1.0])
WHITE = np.ones(3)


def crafted_hand(seed=0):
    """A random mesh on the joints of a hand: rigid frames, weights that sum to 1."""
    rng = np.random.default_rng(seed)
    bind = np.stack([np.eye(4) for _ in range(25)])
    for frame in bind:
        frame[:3, :3] = np.linalg.qr(rng.standard_normal((3, 3)))[0]
        frame[:3, 3] = rng.standard_normal(3)
    return glb.SkinnedMesh(
        rng.standard_normal((30, 3)).astype("f4").astype(float),
        rng.integers(0, 30, (12, 3)),
        rng.integers(0, 25, (30, 4)),
        rng.dirichlet((1, 1, 1, 1), 30).astype("f4").astype(float),
        np.linalg.inv(bind).astype("f4").astype(float),
    )


def write_glb(path, mesh, change=None, cut=0):
    """Write a mesh as .glb, its vertices interleaved with padding; `change` spoils."""
    padded = np.concatenate(
        [mesh.vertices, np.full((len(mesh.vertices), 1), 9)], axis=1
    )
    parts = [
        (padded.astype("<f4"), 5126, "VEC3"),
        (mesh.joints.astype("u1"), 5121, "VEC4"),
        (mesh.weights.astype("<f4"), 5126, "VEC4"),
        (mesh.faces.astype("<u2").reshape(-1, 1), 5123, "SCALAR"),
        (mesh.inverse_bind.transpose(0, 2, 1).astype("<f4"), 5126, "MAT4"),
    ]
    binary, views, accessors = b"", [], []
    for k, (values, component, kind) in enumerate(parts):
        views.append({"buffer": 0, "byteOffset": len(binary)})
        accessor = {"componentType": component, "type": kind, "count": len(values)}
        accessors.append({"bufferView": k, **accessor})
        binary += values.tobytes() + b"\0" * (-values.nbytes % 4)
    views[0]["byteStride"] = 16
    attributes = {"POSITION": 0, "JOINTS_0": 1, "WEIGHTS_0": 2}
    description = {
        "meshes": [{"primitives": [{"attributes": attributes, "indices": 3}]}],
        "skins": [{"inverseBindMatrices": 4, "joints": list(range(25))}],
        "accessors": accessors,
        "bufferViews": views,
    }
    if change:
        change(description)
    text = json.dumps(description).encode()
    text += b" " * (-len(text) % 4)
    body = struct.pack("<I4s", len(text), b"JSON") + text
    body += struct.pack("<I4s", len(binary), b"BIN\0") + binary
    content = struct.pack("<4sII", b"glTF", 2, 12 + len(body)) + body
    path.write_bytes(content[: len(content) - cut])
    return path


def test_a_mesh_is_read_as_it_was_written(tmp_path):
    mesh = crafted_hand()
    found = glb.read(write_glb(tmp_path / "hand.glb", mesh))
    for name in mesh._fields:
        np.testing.assert_array_equal(getattr(found, name), getattr(mesh, name))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d.pop("skins"), "no skinned mesh of triangles; KeyError"),
        (lambda d: d.update(meshes=[]), "no skinned mesh of triangles; IndexError"),
        (lambda d: d["accessors"][0].update(count=10_000), "accessor 0 ends at byte"),
        (lambda d: d["accessors"][2].update(sparse={}), "accessor 2 is sparse"),
        (lambda d: d["accessors"][1].update(normalized=True), "normalised"),
    ],
)
def test_a_file_that_is_not_understood_is_named(tmp_path, change, says):
    path = write_glb(tmp_path / "hand.glb", crafted_hand(), change)
    with pytest.raises(ValueError, match=says) as caught:
        glb.read(path)
    assert str(path) in str(caught.value)


def test_cut_and_foreign_files_are_refused(tmp_path):
    path = write_glb(tmp_path / "hand.glb", crafted_hand(), cut=7)
    with pytest.raises(ValueError, match="expected a whole file of version 2"):
        glb.read(path)
    path.write_bytes(b"PK\3\4 and more")
    with pytest.raises(ValueError, match=r"begins with b'PK.*expected b'glTF'"):
        glb.read(path)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_quarter_turn_takes_each_axis_to_the_next(axis):
    turned = skeleton.rotation(axis, np.pi / 2)[:3, :3] @ np.eye(3)[(axis + 1) % 3]
    np.testing.assert_allclose(turned, np.eye(3)[(axis + 2) % 3], atol=1e-15)


def test_at_rest_the_skin_stays_where_it_is():
    mesh = crafted_hand()
    np.testing.assert_allclose(
        skeleton.pose(mesh, (0, 0, 0, 0)), mesh.vertices, atol=1e-5
    )


def test_a_bent_finger_moves_its_own_skin_rigidly():
    mesh = crafted_hand()
    middle_joint = mesh._replace(joints=np.full((30, 4), 12))  # all on one joint
    bent = skeleton.pose(middle_joint, (0, 1, 0, 0))
    before, after = (
        np.linalg.norm(v[:, None] - v[None], axis=2) for v in (mesh.vertices, bent)
    )
    np.testing.assert_allclose(after, before, atol=1e-4)
    assert np.abs(bent - mesh.vertices).max() > 0.1
    unmoved = skeleton.pose(middle_joint, (1, 0, 1, 1), thumb=(1, 1))
    np.testing.assert_allclose(unmoved, mesh.vertices, atol=1e-4)


def test_a_knuckle_bends_about_its_own_place():
    frames = np.stack([np.eye(4)] * 25)
    frames[6, :3, 3] = (0, 0, -2)  # the index finger's knuckle, its joints along z
    frames[7:10, :3, 3] = [(0, 0, -3), (0, 0, -4), (0, 0, -5)]
    mesh = crafted_hand()._replace(
        vertices=np.array([[0.0, 0, -2], [0, 0, -3], [0, 0, -3]]),
        joints=np.repeat([[6], [6], [7]], 4, axis=1),  # the last on the next joint
        weights=np.full((3, 4), 0.25),
        inverse_bind=np.linalg.inv(frames),
    )
    place, tip, next_joint = skeleton.pose(mesh, (1, 0, 0, 0))
    np.testing.assert_allclose(place, (0, 0, -2), atol=1e-12)
    angle = skeleton.FINGER_BEND[1]
    np.testing.assert_allclose(
        tip, (0, -np.sin(angle), -2 - np.cos(angle)), atol=1e-12
    )  # one long, turned by -1.45 about x: from -z towards -y
    np.testing.assert_allclose(next_joint, tip, atol=1e-12)


def test_projection_of_known_points():
    vertices = np.array([[-1.0, -2, 7], [1, 2, -3], [0, 0, 0], [0, 2, 1]])
    seen = render.project(vertices, 100)  # 4 high, so 86 pixels of 100
    np.testing.assert_allclose(seen, [[28.5, 93], [71.5, 7], [50, 50], [50, 7]])


def naive(vertices, faces, size, margin, step=0.05):
    """The nearest face at points of a fine grid, one by one: (n, n) numbers or -1.

    Faces are as much larger as `margin` says, in pixels, on all sides.
    """
    corners = render.project(vertices, size)
    places = np.arange(step / 2, size, step)
    nearest = np.full((len(places),) * 2, -1)
    depth = np.full(nearest.shape, -np.inf)
    x, y = np.meshgrid(places, places)
    for number, face in enumerate(faces):
        a, b, c = corners[face]
        matrix = np.linalg.inv(np.array([[*a, 1], [*b, 1], [*c, 1]]).T)
        w = np.einsum("ij,jyx->iyx", matrix, np.stack([x, y, np.ones_like(x)]))
        z = np.einsum("i,iyx->yx", vertices[face, 2], w)
        per_pixel = np.linalg.norm(matrix[:, :2], axis=1).reshape(3, 1, 1)
        wins = (w >= -margin * per_pixel).all(axis=0) & (z > depth)
        nearest[wins], depth[wins] = number, z[wins]
    return nearest


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_triangles_equal_a_naive_rasteriser(seed):
    """One triangle before another; each has its own brightness, so one sees which."""
    rng = np.random.default_rng(seed)
    vertices = rng.uniform(-1, 1, (6, 3)) * [1, 1, 0.3]
    vertices[:, 2] += [1, 1, 1, -1, -1, -1]
    faces = np.arange(6).reshape(2, 3)
    turned_away = render.face_normals(vertices, faces)[:, 2] < 0
    faces[turned_away] = faces[turned_away][:, ::-1]
    size, light = 8, (1, 2, 3)
    samples = render.barycentric_samples(20_000, rng)
    image, mask = render.render(vertices, faces, size, light, WHITE, samples)
    shades = 255 * render.shade(vertices, faces, light)[faces[:, 0]]
    # No point of a pixel is further from the grid than half a step's diagonal: what
    # faces smaller by it cover is covered, what larger ones leave free is free.
    small, large = (
        naive(vertices, faces, size, margin).reshape(size, 20, size, 20).swapaxes(1, 2)
        for margin in (-0.0355, 0.0355)
    )
    for row, column in np.ndindex(size, size):
        surely, perhaps = (set(g[row, column].ravel()) for g in (small, large))
        if -1 not in surely:
            assert mask[row, column]
        if perhaps == {-1}:
            assert not mask[row, column]
        if surely == perhaps and surely in ({0}, {1}):
            shown = image[row, column]
            np.testing.assert_allclose(shown, shades[surely.pop()], atol=1)


def test_what_turns_away_is_not_drawn():
    vertices, face = (
        np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]),
        np.array([[0, 1, 2]]),
    )
    samples = render.barycentric_samples(500, np.random.default_rng(0))
    _, seen = render.render(vertices, face, 8, FLAT_LIGHT, WHITE, samples)
    _, away = render.render(vertices, face[:, ::-1], 8, FLAT_LIGHT, WHITE, samples)
    assert seen.sum() > 10
    assert not away.any()


@pytest.mark.parametrize(
    ("light", "expected"), [((0, 0, 5), 1.0), ((0, 0, -1), 0.35), ((3, 0, 4), 0.87)]
)
def test_brightness_is_lamberts(light, expected):
    vertices, face = (
        np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]),
        np.array([[0, 1, 2]]),
    )
    # 0.35 + 0.65 * cosine, and the cosine of (3, 0, 4) with z is 4 / 5
    np.testing.assert_allclose(render.shade(vertices, face, light), expected)
    samples = render.barycentric_samples(500, np.random.default_rng(0))
    image, mask = render.render(vertices, face, 8, light, (1.0, 0.5, 2.0), samples)
    colour = np.minimum([expected, expected / 2, 2 * expected], 1)
    np.testing.assert_allclose(
        image[mask] / 255, np.tile(colour, (mask.sum(), 1)), atol=0.003
    )


def test_barycentric_samples_lie_in_the_triangle():
    samples = render.barycentric_samples(4000, np.random.default_rng(0))
    assert samples.min() >= 0
    np.testing.assert_allclose(samples.sum(axis=1), 1)
    # evenly spread: a quarter of the area has its first weight above one half
    assert (samples[:, 0] > 0.5).mean() == pytest.approx(0.25, abs=0.03)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(pack, "SPLITS", {"train": (100, 12), "dev": (101, 6)})


def test_a_written_file_is_one_that_signs_reads(tmp_path, small):
    path = tmp_path / "small.h5"
    pack.write(crafted_hand(), path)
    with h5py.File(path) as file, h5py.File(signs.HAND_SIGNS) as shipped:
        for name, data in shipped["train"].items():
            assert file["train"][name].dtype == data.dtype
            assert file["train"][name].shape[1:] == data.shape[1:]
    data = signs.load("train", path=path, background=None)
    np.testing.assert_array_equal(np.bincount(data.labels), [2] * 6)
    assert not data.images[~data.masks].any()
    assert data.masks.any(axis=(1, 2)).all()


def test_differences_are_found(tmp_path, small):
    path = tmp_path / "small.h5"
    pack.write(crafted_hand(), path)
    assert list(pack.differences(crafted_hand(), path, 12)) == []
    with h5py.File(path, "a") as file:
        file["dev/images"][3, 0, 0, 0] += 1
        file["train/skin_tone"][0] += 1
    found = list(pack.differences(crafted_hand(), path, 12))
    assert found == ["train 0: skin_tone differs", "dev 3: images differs"]


def test_left_hands_are_mirror_images_and_face_the_viewer():
    palm = np.array([[0.0, 0, 0], [0, 0, 1], [0, 1, 0]])  # looks against the x axis
    mesh = crafted_hand()._replace(
        vertices=palm,
        faces=np.array([[0, 1, 2]]),
        joints=np.zeros((3, 4), dtype=int),
        weights=np.full((3, 4), 0.25),
        inverse_bind=np.stack([np.eye(4)] * 25),
    )
    samples = render.barycentric_samples(2000, np.random.default_rng(0))
    hands = [pack.sample(mesh, 5, samples, np.random.default_rng(s)) for s in range(9)]
    assert {hand.left_hand for hand in hands} == {True, False}
    for hand in hands:
        _, columns = np.nonzero(np.unpackbits(hand.masks, axis=1))
        assert len(columns) > 100
        # most of a right-angled triangle lies on the side of the right angle
        leans_left = columns.mean() < (columns.min() + columns.max()) / 2
        assert bool(leans_left) == hand.left_hand


def test_labels_attributes_and_random_draws_are_those_of_the_shipped_file():
    """Another order of the draws would need another mesh file to be noticed."""
    mesh = crafted_hand()
    with h5py.File(signs.HAND_SIGNS) as file:
        for split in pack.SPLITS:
            for i, hand in zip(range(20), pack.draw_split(mesh, split), strict=False):
                assert hand.labels == file[split]["labels"][i]
                assert hand.skin_tone == file[split]["skin_tone"][i]
                assert hand.left_hand == bool(file[split]["left_hand"][i])
                np.testing.assert_allclose(
                    hand.roll_pitch_yaw_rad, file[split]["roll_pitch_yaw_rad"][i]
                )


def test_another_mesh_is_refused(tmp_path, capsys):
    path = write_glb(tmp_path / "hand.glb", crafted_hand())
    assert pack.main([str(path), "--compare"]) == 1
    assert f"expected {pack.MESH_SHA256}" in capsys.readouterr().out
