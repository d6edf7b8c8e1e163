"""Which cells of a lesson another cell needs, read from the names they set and use."""

import ast
import contextlib
import re
import symtable
from typing import NamedTuple

# Methods that change what they are called on. The draws of a generator are not among
# them: then each cell that draws would need every cell that drew before.
MUTATORS = re.compile(
    r"append|extend|insert|remove|pop|popitem|clear|update|setdefault|sort|reverse|add"
    r"|discard|fill|put|resize|partition|fit|compile|build|assign\w*|load_\w+"
    r"|set_(?!random_seed)\w+"
)
SETTINGS = re.compile(r"update|set_(?!random_seed)\w+")  # the same for a module


def needed(code: dict[int, str], target: int) -> tuple[int, ...]:
    """The cells before `target` that it and the later cells of `code` need.

    code     sources of code cells by index, up to the last one that will run
    returns  indices: the first cell (the imports) and, for each name, the latest cell
             before its use that sets it, and so on backwards
    """
    modules = set().union(*(_imported(source) for source in code.values()))
    by_cell = {i: names(source, modules) for i, source in code.items()}
    found = {min(code)} | {i for i in code if i >= target}
    todo = list(found)
    while todo:
        at = todo.pop()
        own = by_cell[at]
        wanted = [(name, at) for name in own.loads | (own.later - own.stores)]
        # A function finds its names when it is called, so later cells count too.
        wanted += [(name, max(code) + 1) for name in own.later]
        for name, end in wanted:
            setters = [i for i in code if i < end and name in by_cell[i].stores]
            if setters and (last := max(setters)) not in found:
                found.add(last)
                todo.append(last)
    return tuple(sorted(i for i in found if i < target))


class Names(NamedTuple):
    """What a cell sets, what it needs from before, what its functions need later."""

    stores: set[str]
    loads: set[str]
    later: set[str]


def names(source: str, modules: set[str] = frozenset()) -> Names:
    """The names of the cell `source`; `modules` are names that imports have set."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # an answer that is not Python needs nothing
        return Names(set(), set(), set())
    whole = _of_code(source)
    changed = set().union(*(_changed(statement, modules) for statement in body))
    loads = _needed_before(body, set(), modules)
    return Names(whole.stores | changed, loads, whole.later)


def _of_code(source: str) -> Names:
    """The names of `source`, whatever the order of its statements."""
    found = Names(set(), set(), set())

    def scopes(table: symtable.SymbolTable, top: bool, later: bool) -> None:
        for symbol in table.get_symbols():
            if top or symbol.is_global():
                if symbol.is_assigned() or symbol.is_imported():
                    found.stores.add(symbol.get_name())
                if symbol.is_referenced():
                    (found.later if later else found.loads).add(symbol.get_name())
        for child in table.get_children():
            at_once = child.get_name().endswith(("comp", "genexpr"))
            is_function = child.get_type() == "function" and not at_once
            scopes(child, False, later or is_function)

    scopes(symtable.symtable(source, "cell", "exec"), True, False)
    return found


def _needed_before(
    body: list[ast.stmt], known: set[str], modules: set[str]
) -> set[str]:
    """Names that statements use before they set them; what they set joins `known`.

    The body of a loop is taken to run at least once.
    """
    needed = set()
    for one in body:
        head = one
        if isinstance(one, ast.For):
            head = ast.Assign([one.target], one.iter)
        elif isinstance(one, ast.With):
            head = ast.With(one.items, [ast.Pass()])
        elif isinstance(one, ast.If | ast.While):
            head = ast.Expr(one.test)
        elif isinstance(one, ast.Try):
            head = ast.Pass()
        here = _of_code(ast.unparse(ast.fix_missing_locations(head)))
        needed |= (here.loads | _changed(head, modules)) - known
        known |= here.stores
        blocks = [getattr(one, "body", []), getattr(one, "orelse", [])]
        blocks += [handler.body for handler in getattr(one, "handlers", [])]
        blocks.append(getattr(one, "finalbody", []))
        if head is not one:
            sets = [set(known) for _ in blocks]
            for block, inside in zip(blocks, sets, strict=True):
                needed |= _needed_before(block, inside, modules)
            if isinstance(one, ast.If):
                known |= sets[0] & sets[1]
            else:
                known |= sets[0]
    return needed


def _imported(source: str) -> set[str]:
    with contextlib.suppress(SyntaxError):
        table = symtable.symtable(source, "cell", "exec")
        return {s.get_name() for s in table.get_symbols() if s.is_imported()}
    return set()


def _changed(node: ast.AST, modules: set[str]) -> set[str]:
    """Names of values that the top level of a cell changes in place."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return set()
    found, method = set(), None
    bases = []
    if isinstance(node, ast.AugAssign):
        bases = [node.target]
    elif isinstance(node, ast.Subscript | ast.Attribute):
        bases = [] if isinstance(node.ctx, ast.Load) else [node]
    elif isinstance(node, ast.Call):
        bases = [keyword.value for keyword in node.keywords if keyword.arg == "out"]
        if isinstance(node.func, ast.Attribute) and MUTATORS.fullmatch(node.func.attr):
            method = node.func.attr
            bases.append(node.func)
    for base in bases:
        while isinstance(base, ast.Subscript | ast.Attribute):
            base = base.value
        if isinstance(base, ast.Name):
            setting = base.id not in modules or not method or SETTINGS.fullmatch(method)
            found |= {base.id} if setting else set()
    children = ast.iter_child_nodes(node)
    return found.union(*(_changed(child, modules) for child in children))
