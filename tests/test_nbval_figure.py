"""The figure distance of the notebook plugin, on images drawn by hand."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from tests.nbval_figure import decode, differences, distance


def paper(height: int = 61, width: int = 83) -> np.ndarray:
    return np.full((height, width, 3), 255, np.uint8)


def png(pixels: np.ndarray) -> str:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png")
    return base64.b64encode(file.getvalue()).decode()


def marked(row: int, column: int, colour: tuple = (0, 0, 0)) -> np.ndarray:
    image = paper()
    image[row : row + 3, column : column + 3] = colour
    return image


def test_same_image_has_no_distance():
    assert distance(marked(20, 30), marked(20, 30)) == 0.0


def test_uniform_change_is_its_own_distance():
    grey, lighter = (
        np.full((40, 40, 3), 100, np.uint8),
        np.full((40, 40, 3), 107, np.uint8),
    )
    # White paper lies around both, so an inner tile decides.
    assert distance(grey, lighter) == pytest.approx(7.0)


def test_one_snapped_pixel_is_forgiven():
    assert distance(marked(20, 30), marked(21, 29)) == 0.0


# 9 black pixels on white, 64 pixels in a tile: 255 sqrt(9 / 64) = 95.6.
def test_a_lost_mark_counts_by_its_share_of_a_tile():
    assert distance(marked(21, 31), paper()) == pytest.approx(255 * np.sqrt(9 / 64))


@pytest.mark.parametrize("corner", [(0, 0), (0, 80), (58, 0), (58, 80)])
def test_marks_in_the_corners_count(corner):
    assert distance(marked(*corner), paper()) > 15


def test_a_mark_of_another_colour_counts():
    blue, orange = marked(20, 30, (0, 114, 178)), marked(20, 30, (213, 94, 0))
    assert distance(blue, orange) > 15


def test_small_marks_do_not_drown_in_a_large_figure():
    large = np.pad(marked(21, 31), [(0, 900), (0, 900), (0, 0)], constant_values=255)
    assert distance(large, np.full_like(large, 255)) > 90


def test_other_shapes_are_refused():
    with pytest.raises(ValueError, match=r"\(61, 83, 3\) and \(61, 84, 3\)"):
        distance(paper(), paper(width=84))


def test_other_sizes_are_reported_as_width_by_height():
    found = differences(png(paper()), png(paper(width=84)), 15)
    assert found == ["83 x 61 pixels stored, 84 x 61 computed"]


def test_transparent_is_white():
    clear = np.zeros((5, 5, 4), np.uint8)
    assert (decode(png(clear)) == 255).all()


def test_what_is_no_image_is_named():
    with pytest.raises(ValueError, match="is not an image"):
        decode(base64.b64encode(b"text").decode())
