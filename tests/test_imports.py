"""No two modules import each other, also not from inside a function; and inside a function stands only what a start does without."""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "avrr_desktop"
CHOOSING = {f"{PACKAGE}.__main__", f"{PACKAGE}.window_child"}  # which program begins decides what is read at all
Graph = Mapping[str, set[str]]


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the program by its name, as syntax; rooms are their ``__init__``."""
    found = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def for_types_alone(tree: ast.AST) -> set[int]:
    """Return the ids of all nodes that only a type checker reads."""
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
    return {id(inside) for block in blocks for one in block.body for inside in ast.walk(one)}


def imports(tree: ast.Module, known: Mapping[str, object]) -> Iterator[tuple[str, bool]]:
    """Yield each module of the program that a module imports, and whether it does so inside a function."""
    passed_over, outermost = for_types_alone(tree), {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if id(node) in passed_over:
            continue
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [one if one in known else node.module for one in whole]
        yield from ((name, id(node) not in outermost) for name in names if name in known)


def circles(graph: Graph) -> list[list[str]]:
    """Return every set of modules in which each leads to each: Tarjan’s strongly connected components."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        order[module] = lowest[module] = len(order)
        waiting.append(module)
        for other in sorted(graph.get(module, ())):
            if other not in order:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in waiting:
                lowest[module] = min(lowest[module], order[other])
        if lowest[module] == order[module]:
            at = waiting.index(module)
            part, waiting[at:] = waiting[at:], []
            if len(part) > 1 or module in graph.get(module, ()):
                found.append(sorted(part))

    for module in graph:
        if module not in order:
            visit(module)
    return found


def read_by(program: str) -> set[str]:
    """Return the modules of the program that a new interpreter holds after some statements."""
    whole = f"import sys; {program}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", whole], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return {name for name in done.stdout.split() if name.split(".")[0] == PACKAGE}


def test_no_modules_import_each_other() -> None:
    known = modules()
    graph = {name: {other for other, _ in imports(tree, known)} for name, tree in known.items()}
    assert sum(map(len, graph.values())) > 1000, "the imports are seen"
    assert circles(graph) == []
    hidden = ast.parse("def late():\n    from avrr_desktop.b import thing")
    sample = {"avrr_desktop.a": hidden, "avrr_desktop.b": ast.parse("import avrr_desktop.a")}
    assert circles({name: {other for other, _ in imports(tree, sample)} for name, tree in sample.items()}) == [
        ["avrr_desktop.a", "avrr_desktop.b"]]  # fmt: skip


def test_inside_a_function_stands_only_what_a_start_does_without() -> None:
    """What is there anyway is imported at the top: a reader then sees on what a module stands.

    A window starts with little and loads the rest while somebody types; the command line loads what a command asks for.
    """
    started, command_line = read_by(f"import {PACKAGE}.app"), read_by(f"import {PACKAGE}.cli.main")
    warm = read_by(f"from {PACKAGE}.ui.frame.warming import parts; list(parts())")

    def there(name: str) -> set[str]:
        if name.startswith(f"{PACKAGE}.cli"):
            return command_line
        return started if name in started else warm | started

    assert len(started) < len(command_line) < len(warm)
    found = {
        (name, other)
        for name, tree in modules().items() if name not in CHOOSING
        for other, inside in imports(tree, modules())
        if inside and other in there(name)
    }  # fmt: skip
    assert found == set()
