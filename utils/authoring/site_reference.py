"""Reference pages of the modules of utils; their text is read, nothing is imported."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from utils.authoring import notebooks, site_docstrings
from utils.authoring.notebooks import ROOT

FOLDER = "reference"
GROUPS = {
    "nn": "Networks in NumPy, as the lectures write them.",
    "tasks": "What is done with networks, in NumPy.",
    "data": "Where numbers come from.",
    "pretrained": "Real weights, loaded into Keras or NumPy.",
    "plots": "Every figure helper.",
    "keras_tools": "The few helpers that hold NumPy against Keras.",
    "authoring": "For those who write lessons, practise, or build this site.",
}
BUILT = re.compile(r"(?:Built|Named) in [^.]*")
NAME = re.compile(r"(?:(course\d_\w+|notebooks)/)?\b(\d\d_\w+)")
Definition = ast.FunctionDef | ast.ClassDef


def write(pages: Path, root: Path = ROOT) -> dict[Path, bytes]:
    """A page for each module of `root`/utils and one for each group, below `pages`."""
    lessons = {notebooks.name(p, root): p for p in notebooks.lessons(root)}
    parts, files, home = [], {}, pages / FOLDER
    for group, about in GROUPS.items():
        found = modules(root, group)
        for name, path in found.items():
            target = home / f"{name.replace('.', '/')}.md"
            text = module_page(name, path.read_text(encoding="utf-8"), lessons)
            files[target] = text.encode("utf-8")
        if len(found) == 1 and group in found:
            parts.append((group, about))
        elif found:
            text = group_page(group, about, found)
            files[home / group / "index.md"] = text.encode("utf-8")
            parts.append((f"{group}/index", about))
    files[home / "index.md"] = index_page(parts).encode("utf-8")
    return files


def modules(root: Path, group: str) -> dict[str, Path]:
    """The modules of a group by their names below utils, such as `nn.conv`."""
    utils = root / "utils"
    files = [utils / f"{group}.py", *sorted((utils / group).rglob("*.py"))]
    return {
        path.relative_to(utils).with_suffix("").as_posix().replace("/", "."): path
        for path in files
        if path.is_file() and path.name != "__init__.py"
    }


def index_page(parts: list[tuple[str, str]]) -> str:
    """The page of all groups."""
    rows = "\n".join(
        f"- [`utils.{page.partition('/')[0]}`]({page}.md): {about}"
        for page, about in parts
    )
    pages = "\n".join(page for page, _ in parts)
    return (
        "# The library\n\nWhat `utils.nn` and `utils.tasks` hold was built by hand in "
        "a lesson, which each page names; here is its general, fast form, with the "
        "shape of every argument. The rest brings data, weights and figures. A lesson "
        "imports a module, not a name: `from utils.nn import conv`, then "
        "`conv.forward(...)`.\n"
        f"\n{rows}\n\n```{{toctree}}\n:hidden:\n\n{pages}\n```\n"
    )


def group_page(group: str, about: str, found: dict[str, Path]) -> str:
    """The page of a group: its modules, each with its first sentence."""
    rows, pages = [], []
    for name, path in found.items():
        short = name.partition(".")[2]
        page = short.replace(".", "/")
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        said = site_docstrings.escaped(site_docstrings.summary(docstring))
        rows.append(f"[`{short}`]({page}.md)\n: {said}")
        pages.append(f"{short} <{page}>")
    return (
        f"# utils.{group}\n\n{about}\n\n:::{{container}} fields\n"
        + "\n\n".join(rows)
        + "\n:::\n\n```{toctree}\n:hidden:\n\n"
        + "\n".join(pages)
        + "\n```\n"
    )


def module_page(name: str, source: str, lessons: dict[str, Path]) -> str:
    """The page of one module: its text, then its public functions and classes.

    lessons  paths by names such as course1_nn/02_logistic_regression, to link to
    """
    tree = ast.parse(source)
    up = "../" * (name.count(".") + 1)
    parts = [f"# utils.{name}", f"```{{py:module}} utils.{name}\n```"]
    parts.append(_text(tree, lessons, up))
    for node in public(tree.body):
        parts.append(_definition(node, source, lessons, up))
    return "\n\n".join(part for part in parts if part) + "\n"


def public(body: list[ast.stmt]) -> Iterator[Definition]:
    """The functions and classes in `body` that are not private."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_":
            yield node


def signature(node: ast.FunctionDef, method: bool = False) -> str:
    """The call of a function with its type hints, without `self`."""
    arguments = ast.unparse(node.args)
    if method:
        arguments = re.sub(r"^(self|cls)(, )?", "", arguments)
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({arguments}){returns}"


def _definition(node: Definition, source: str, lessons: dict, up: str) -> str:
    body = [_text(node, lessons, up)]
    if isinstance(node, ast.ClassDef):
        kind, head, fence = "class", node.name, ":::::"
        fields = site_docstrings.markdown(_class_fields(node, source))
        body.append(fields)
        for method in public(node.body):
            body.append(_method(method, lessons, up))
    else:
        kind, head, fence = "function", signature(node), "::::"
    body.append(
        '<details class="source">\n<summary>Source</summary>\n\n```python\n'
        + _source(node, source)
        + "\n```\n\n</details>"
    )
    inside = "\n\n".join(part for part in body if part)
    return f"{fence}{{py:{kind}}} {head}\n{inside}\n{fence}"


def _method(node: Definition, lessons: dict, up: str) -> str:
    if isinstance(node, ast.ClassDef):
        return ""
    names = {ast.unparse(decorator) for decorator in node.decorator_list}
    if "property" in names:
        returns = f"\n:type: {ast.unparse(node.returns)}" if node.returns else ""
        head = f"{{py:property}} {node.name}{returns}"
    else:
        static = "\n:staticmethod:" if "staticmethod" in names else ""
        head = f"{{py:method}} {signature(node, method=not static)}{static}"
    return f"::::{head}\n\n{_text(node, lessons, up)}\n::::"


def _class_fields(node: ast.ClassDef, source: str) -> list[site_docstrings.Block]:
    """The fields of a NamedTuple, with the comments that stand behind them."""
    lines, fields = source.split("\n"), []
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            comment = lines[part.end_lineno - 1][part.end_col_offset :]
            comment = comment.strip().removeprefix("#").strip()
            kind = ast.unparse(part.annotation)
            if part.value is not None:
                kind += f" = {ast.unparse(part.value)}"
            fields.append(site_docstrings.Field(part.target.id, kind, comment))
    return [site_docstrings.Block(fields=tuple(fields))] if fields else []


def _source(node: Definition, source: str) -> str:
    first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
    return "\n".join(source.split("\n")[first - 1 : node.end_lineno])


def _text(node: ast.AST, lessons: dict, up: str) -> str:
    docstring = ast.get_docstring(node)
    if not docstring:
        return ""
    text = site_docstrings.markdown(site_docstrings.parse(docstring))
    return linked(text, lessons, up)


def linked(text: str, lessons: dict[str, Path], up: str) -> str:
    """The Markdown `text` with the lessons it says something is built in as links.

    up       the way from the page to the start of the site, such as ../../
    """

    def link(sentence: re.Match) -> str:
        found = sentence[0]
        for plain, name in reversed(named(found.replace("\\", ""))):
            if name in lessons:
                written = site_docstrings.escaped(plain)
                before, _, behind = found.rpartition(written)
                found = f"{before}[{written}]({up}{name}.ipynb){behind}"
        return found

    return BUILT.sub(link, text)


def named(sentence: str) -> list[tuple[str, str]]:
    """The lessons a sentence names: as written, and with the course.

    "course2_improving/02_regularization and 06_batch_normalization" names two.
    """
    found, course = [], ""
    for match in NAME.finditer(sentence):
        course = match[1] or course
        found.append((match[0], f"{course}/{match[2]}"))
    return found


def builders(root: Path = ROOT) -> dict[str, list[str]]:
    """Which functions each lesson builds: names such as `nn.conv.forward` by lesson."""
    found: dict[str, list[str]] = {}
    for group in GROUPS:
        for name, path in modules(root, group).items():
            for node in public(ast.parse(path.read_text(encoding="utf-8")).body):
                for sentence in BUILT.findall(ast.get_docstring(node) or ""):
                    for _, lesson in named(sentence):
                        found.setdefault(lesson, []).append(f"{name}.{node.name}")
    return found


def mention(name: str) -> str:
    """A link from a lesson to a function of utils, as MyST writes it."""
    return f"{{py:obj}}`{'.'.join(name.split('.')[-2:])} <utils.{name}>`"
