"""The arrows of the house: who in utils may import whom, and how big modules may be."""

import ast
import graphlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 250
PRETRAINED = {"numpy", "keras", "onnx", "utils.pretrained", "utils.data.assets"}
# What each part of utils may import, besides the standard library.
ALLOWED = {
    "utils.nn": {"numpy", "utils.nn"},
    "utils.tasks": {"numpy", "utils.tasks", "utils.nn"},
    "utils.data.scores": {"numpy", "mido", "utils.data"},
    "utils.data": {"numpy", "h5py", "PIL", "utils.data"},
    # A frozen TensorFlow graph has no other reader than TensorFlow.
    "utils.pretrained.facenet": PRETRAINED | {"tensorflow"},
    "utils.pretrained.glove": {"numpy", "h5py"},
    "utils.pretrained.minilm": PRETRAINED | {"safetensors", "tokenizers"},
    "utils.pretrained": PRETRAINED,
    "utils.plots": {"numpy", "matplotlib"},
    "utils.keras_tools": {"numpy", "keras", "tensorflow"},
    "utils.authoring": None,  # for those who write lessons: everything
}
NUMPY_ONLY = ("utils.nn", "utils.tasks", "utils.data", "utils.pretrained.glove")
HEAVY = ("tensorflow", "keras", "matplotlib")


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def modules(root: Path) -> dict[str, Path]:
    """Every module below root/utils by its dotted name."""
    found = {}
    for path in sorted((root / "utils").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path) -> Iterator[str]:
    """What a module imports, wherever the import stands; `?` if it cannot be read."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            if node.level:
                parts = package.split(".")[: len(package.split(".")) - node.level + 1]
                source = ".".join([*parts, source] if source else parts)
            yield from (f"{source}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call):
            function = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if function in ("import_module", "__import__"):
                argument = node.args[0] if node.args else None
                yield argument.value if isinstance(argument, ast.Constant) else "?"


def violations(root: Path) -> list[str]:
    """One line for every rule that a module below root/utils breaks."""
    broken, arrows, found = [], {}, modules(root)
    for folder in {path.parent for path in found.values()}:
        if not (folder / "__init__.py").exists():
            broken.append(f"{folder.relative_to(root).as_posix()} has no __init__.py")
    for name, path in found.items():
        text = path.read_text(encoding="utf-8")
        if path.name == "__init__.py" and text.strip():
            broken.append(f"{name}/__init__.py is not empty")
        if len(text.splitlines()) > MAX_LINES:
            broken.append(f"{name} has more than {MAX_LINES} lines")
        part = next((part for part in ALLOWED if within(name, part)), None)
        if part is None and name != "utils":
            broken.append(f"{name} belongs to no part of utils")
        targets = list(imports(name, path))
        allowed = ALLOWED.get(part, set())
        for target in targets:
            if target.split(".")[0] in sys.stdlib_module_names or allowed is None:
                continue
            if not any(within(target, package) for package in allowed):
                broken.append(f"{name} imports {target}")
        arrows[name] = {
            m for m in found for t in targets if m != "utils" and within(t, m)
        }
    try:
        graphlib.TopologicalSorter(arrows).prepare()
    except graphlib.CycleError as error:
        broken.append(f"import cycle {' -> '.join(error.args[1])}")
    return broken


def heavy_modules_loaded(root: Path) -> list[str]:
    """Import all NumPy modules in one fresh process; return the heavy ones loaded."""
    names = [m for m in modules(root) if any(within(m, part) for part in NUMPY_ONLY)]
    script = (
        "import importlib, sys\n"
        f"for name in {names}: importlib.import_module(name)\n"
        f"print(*[name for name in {HEAVY} if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


def plant(root: Path, files: dict[str, str]) -> Path:
    """Write a small house that keeps every rule, then `files` over it."""
    house = {f"utils/{part}__init__.py": "" for part in ("", "nn/", "tasks/", "data/")}
    house |= {f"utils/{part}/__init__.py": "" for part in ("pretrained", "authoring")}
    house |= {
        "utils/nn/dense.py": "import math\nimport numpy as np\n",
        "utils/nn/conv.py": "from utils.nn import dense\nfrom . import dense as d\n",
        "utils/tasks/boxes.py": "from utils.nn.dense import x\nfrom ..nn import conv\n",
        "utils/data/assets.py": "import numpy.linalg, h5py\nfrom PIL import Image\n",
        "utils/pretrained/vgg16.py": "import keras\nfrom utils.data import assets\n",
        "utils/plots.py": "import matplotlib.pyplot as plt\n",
        "utils/keras_tools.py": "import keras\nimport tensorflow as tf\n",
        "utils/authoring/refresh.py": "import nbformat\nimport utils.data.assets\n",
    }
    for name, text in (house | files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_utils_keeps_its_arrows():
    assert not violations(ROOT)


def test_numpy_modules_load_neither_tensorflow_nor_matplotlib():
    assert not heavy_modules_loaded(ROOT)


def test_a_good_house_passes(tmp_path):
    assert not violations(plant(tmp_path, {}))


BAD = [
    (
        "nn/a.py",
        "from utils.tasks import boxes",
        "utils.nn.a imports utils.tasks.boxes",
    ),
    ("nn/a.py", "from ..tasks import boxes", "utils.nn.a imports utils.tasks.boxes"),
    (
        "nn/a.py",
        "from ..tasks.boxes import iou",
        "utils.nn.a imports utils.tasks.boxes",
    ),
    ("nn/a.py", "from utils import tasks", "utils.nn.a imports utils.tasks"),
    ("nn/a.py", "import utils.data.assets", "utils.nn.a imports utils.data.assets"),
    ("nn/a.py", "import utils", "utils.nn.a imports utils"),
    ("nn/a.py", "import scipy.signal", "utils.nn.a imports scipy.signal"),
    ("nn/a.py", "def f():\n    import keras", "utils.nn.a imports keras"),
    ("nn/a.py", "try:\n    import keras\nexcept ImportError:\n    pass", "keras"),
    ("nn/a.py", "__import__('keras')", "utils.nn.a imports keras"),
    ("nn/a.py", "import importlib as i\ni.import_module('keras')", "a imports keras"),
    ("nn/a.py", "import importlib as i\ni.import_module(f())", "a imports ?"),
    ("tasks/a.py", "import matplotlib", "utils.tasks.a imports matplotlib"),
    ("tasks/a.py", "from utils.data import assets", "imports utils.data.assets"),
    ("tasks/a.py", "from utils import plots", "utils.tasks.a imports utils.plots"),
    ("data/a.py", "import tensorflow as tf", "utils.data.a imports tensorflow"),
    ("data/a.py", "from utils.nn import dense", "utils.data.a imports utils.nn.dense"),
    ("data/a.py", "import utils.authoring.refresh", "imports utils.authoring.refresh"),
    ("pretrained/a.py", "import tensorflow", "utils.pretrained.a imports tensorflow"),
    ("pretrained/a.py", "from utils.data import images", "imports utils.data.images"),
    (
        "pretrained/a.py",
        "from utils import data",
        "utils.pretrained.a imports utils.data",
    ),
    ("plots.py", "import keras", "utils.plots imports keras"),
    ("plots.py", "from utils.nn import dense", "utils.plots imports utils.nn.dense"),
    ("keras_tools.py", "import matplotlib", "utils.keras_tools imports matplotlib"),
    (
        "keras_tools.py",
        "from utils.authoring import refresh",
        "utils.authoring.refresh",
    ),
    (
        "nn/__init__.py",
        "import math",
        "utils.nn/__init__.py is not empty",
    ),
    ("nn/a.py", "\n" * 251, "utils.nn.a has more than 250 lines"),
    ("helpers.py", "", "utils.helpers belongs to no part of utils"),
    ("nn/deep/a.py", "", "utils/nn/deep has no __init__.py"),
    (
        "nn/dense.py",
        "from utils.nn import conv",
        "cycle utils.nn.conv -> utils.nn.dense",
    ),
]


@pytest.mark.parametrize(("name", "text", "expected"), BAD)
def test_a_bad_module_is_flagged(tmp_path, name, text, expected):
    broken = violations(plant(tmp_path, {f"utils/{name}": text}))
    assert len(broken) == 1
    assert expected in broken[0]


def test_250_lines_are_allowed(tmp_path):
    assert not violations(plant(tmp_path, {"utils/nn/a.py": "\n" * 250}))


def test_a_heavy_module_is_seen_however_it_is_loaded(tmp_path):
    files = {f"utils/{part}__init__.py": "" for part in ("", "nn/")}
    files["utils/nn/a.py"] = "exec('import mat' + 'plotlib')"
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert heavy_modules_loaded(tmp_path) == ["matplotlib"]
