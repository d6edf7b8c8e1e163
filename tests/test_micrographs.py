"""utils.data.micrographs: the fetched nuclei, a learner's own files, broken ones."""

import numpy as np
import pytest
from PIL import Image

from utils.data import assets, micrographs

LEVELS = np.arange(12).reshape(3, 4) * 20
NUMBERS = np.array([[0, 7, 7, 0], [2, 0, 7, 90], [2, 0, 0, 90]])


def write(path, values, dtype):
    Image.fromarray(values.astype(dtype)).save(path)
    return path


def pair(folder, levels=LEVELS, numbers=NUMBERS, dtype=np.uint16, kind="tif"):
    return (
        write(folder / f"image.{kind}", levels, dtype),
        write(folder / f"instances.{kind}", numbers, dtype),
    )


def test_the_fetched_nuclei():
    data = micrographs.nuclei()
    assert data.image.shape == data.instances.shape == (512, 512)
    assert data.image.dtype == np.float32 and data.instances.dtype == np.int64
    assert 0 <= data.image.min() < data.image.max() <= 1
    sizes = np.bincount(data.instances.ravel())
    assert len(sizes) == 126 and sizes.min() > 0
    lit = data.instances > 0
    assert data.image[lit].mean() > 2 * data.image[~lit].mean()


def test_the_numbers_are_those_of_the_file_without_gaps():
    with Image.open(assets.path("nuclei_mask")) as file:
        stored = np.array(file)
    instances = micrographs.nuclei().instances
    np.testing.assert_array_equal(stored > 0, instances > 0)
    assert stored.max() == 183
    pairs = np.unique(np.stack([stored.ravel(), instances.ravel()]), axis=1)
    assert pairs[1].tolist() == list(range(126))


def test_the_levels_are_those_of_the_file():
    with Image.open(assets.path("nuclei_image")) as file:
        stored = np.array(file)
    image = micrographs.nuclei().image
    np.testing.assert_array_equal(np.round(255 * image), stored)


@pytest.mark.parametrize("kind", ["tif", "png"])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_own_files(tmp_path, kind, dtype):
    image, instances = micrographs.nuclei(*pair(tmp_path, dtype=dtype, kind=kind))
    np.testing.assert_allclose(image, LEVELS / 255, rtol=1e-6)
    np.testing.assert_array_equal(instances, [[0, 2, 2, 0], [1, 0, 2, 3], [1, 0, 0, 3]])
    assert image.dtype == np.float32 and instances.dtype == np.int64


def test_white_is_65535_where_levels_need_16_bits(tmp_path):
    paths = pair(tmp_path, levels=np.array([[0, 256, 13107, 65535]] * 3))
    image, _ = micrographs.nuclei(*map(str, paths))
    np.testing.assert_allclose(image[0], [0, 256 / 65535, 0.2, 1], rtol=1e-6)


@pytest.mark.parametrize(
    ("numbers", "expected"), [([[0, 0]], [[0, 0]]), ([[5, 3]], [[2, 1]])]
)
def test_all_background_and_no_background(tmp_path, numbers, expected):
    paths = pair(tmp_path, np.array([[1, 2]]), np.array(numbers))
    np.testing.assert_array_equal(micrographs.nuclei(*paths).instances, expected)


def test_one_path_alone_is_refused(tmp_path):
    path = pair(tmp_path)[0]
    for given in ((path, None), (None, path)):
        with pytest.raises(ValueError, match=r"together or neither, got .*image\.tif"):
            micrographs.nuclei(*given)


def test_other_sizes_are_refused(tmp_path):
    image, _ = pair(tmp_path)
    other = write(tmp_path / "other.png", NUMBERS[:2], np.uint8)
    with pytest.raises(ValueError, match=r"other\.png: .*\(2, 4\), expected \(3, 4\)"):
        micrographs.nuclei(image, other)


def test_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file"):
        micrographs.nuclei(pair(tmp_path)[0], tmp_path / "gone.tif")


@pytest.mark.parametrize("share", [0, 0.3, 0.9])
@pytest.mark.parametrize("kind", ["tif", "png"])
def test_a_cut_file_is_named(tmp_path, kind, share):
    rng = np.random.default_rng(0)
    image, instances = pair(tmp_path, *rng.integers(0, 255, (2, 40, 40)), kind=kind)
    content = instances.read_bytes()
    instances.write_bytes(content[: int(share * len(content))])
    with pytest.raises(ValueError, match=rf"instances\.{kind}: "):
        micrographs.nuclei(image, instances)


def test_text_is_no_picture(tmp_path):
    image, instances = pair(tmp_path)
    instances.write_text("no picture")
    with pytest.raises(ValueError, match=r"instances\.tif: expected a whole TIFF"):
        micrographs.nuclei(image, instances)


def test_colours_floats_and_stacks_are_refused(tmp_path):
    _, instances = pair(tmp_path)
    colour, floats, stack = (tmp_path / f"{name}.tif" for name in ("rgb", "f", "two"))
    Image.new("RGB", (4, 3)).save(colour)
    Image.fromarray(np.zeros((3, 4), np.float32)).save(floats)
    page = Image.new("L", (4, 3))
    page.save(stack, save_all=True, append_images=[page])
    for path, says in ((colour, "mode RGB"), (floats, "mode F"), (stack, "2 picture")):
        with pytest.raises(ValueError, match=rf"{path.name}: .*{says}"):
            micrographs.nuclei(path, instances)


def test_levels_out_of_range_are_refused(tmp_path):
    image, _ = pair(tmp_path)
    wide = write(tmp_path / "wide.tif", NUMBERS - 1, np.int32)
    with pytest.raises(ValueError, match=r"wide\.tif: levels from -1 to 89"):
        micrographs.nuclei(image, wide)
