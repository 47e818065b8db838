"""A mistake in a place that is named by its syntax, so that it fits however the code around it is written.

The place is a module, a function or class in it, and what stands there: an expression, a keyword argument or whole
statements, compared as syntax trees. So line breaks, comments and brackets may change, and so may the rest of the file.
"""

import ast
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_BLOCKS = ("body", "orelse", "finalbody")
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
Span = tuple[tuple[int, int], tuple[int, int]]  # line and byte where it begins, and where it ends


@dataclass(frozen=True)
class Mutation:
    """In a module (a path below avrr_desktop), in what has this qualified name, old syntax becomes new.

    ``within`` is empty for the outermost level of the module; what is defined inside has a name of its own. ``which``
    counts from 1, from the top, where the same syntax stands there more than once. The text of an f-string is one piece.
    """

    module: str
    within: str
    old: str
    new: str
    which: int = 0

    def planted(self, text: str) -> str:
        """Return the text of the module with the mistake in it; ValueError unless it fits in exactly one place."""
        found = sorted(self._places(text))
        where = f"{self.module}, {self.within or 'outermost level'}"
        if not (self.which <= len(found) if self.which else len(found) == 1):
            raise ValueError(f"{where} has this {len(found)} times: {self.old}")
        if _meaning(self.old) == _meaning(self.new):
            raise ValueError(f"{where} stays as it is: {self.old}")
        made = _replaced(text, *found[max(0, self.which - 1)])
        ast.parse(made)
        return made

    def _places(self, text: str) -> Iterator[tuple[Span, str]]:
        """Where the old syntax stands, and what to write there."""
        old, new = _expression(self.old), _expression(self.new)
        old_keyword, new_keyword = _keyword(self.old), _keyword(self.new)
        statements = _statements(self.old)
        for node in _inside(text, self.within):
            if isinstance(node, ast.expr) and old and new and _same(node, old):
                yield _span(node, node), f"({self.new})"
            elif isinstance(node, ast.keyword) and old_keyword and new_keyword and _same(node, old_keyword):
                yield _span(node, node), self.new
            if not (old and new):
                for first, last in _runs(node, statements):
                    yield _span(first, last), _indented(self.new, first.col_offset)


@dataclass(frozen=True)
class Fault:
    """One mistake under a name of its own: what is changed for it, and the tests that must fail then."""

    name: str
    mutations: tuple[Mutation, ...]
    tests: tuple[str, ...]


@lru_cache(maxsize=8)  # of one module after the other: planting many faults reads each once
def _definitions(text: str) -> tuple[ast.Module, list[ast.AST]]:
    """The syntax tree of a module, and everything in it that has a name of its own."""
    tree = ast.parse(text)
    return tree, [node for node in ast.walk(tree) if isinstance(node, _NAMED)]


def _inside(text: str, within: str) -> Iterator[ast.AST]:
    """Every node of what has this qualified name, but for what is defined in it under a name of its own."""
    waiting: list[ast.AST] = list(_named(text, within))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.JoinedStr):
            waiting += [part for part in ast.iter_child_nodes(node) if not isinstance(part, _NAMED)]


def _named(text: str, within: str) -> list[ast.AST]:
    """What has this qualified name: more than one where a name is given twice, as a property and its setter are."""
    tree, definitions = _definitions(text)
    if not within:
        return [tree]
    first, *rest = within.split(".")
    found = [node for node in definitions if _name(node) == first]
    for name in rest:
        found = [node for outer in found for node in ast.walk(outer) if _name(node) == name]
    return found


def _name(node: ast.AST) -> str:
    return node.name if isinstance(node, _NAMED) else ""


def _meaning(text: str) -> str:
    """What syntax says, however it is written: a keyword argument, an expression, or statements."""
    keyword = _keyword(text)
    return ast.dump(keyword) if keyword else "".join(map(ast.dump, _statements(text)))


def _expression(text: str) -> ast.expr | None:
    """The text as an expression, if it is one."""
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError:
        return None


def _keyword(text: str) -> ast.keyword | None:
    """The text as a keyword argument, if it is one."""
    call = _expression(f"call({text})")
    alone = isinstance(call, ast.Call) and not call.args and len(call.keywords) == 1
    return call.keywords[0] if alone and isinstance(call, ast.Call) else None


def _statements(text: str) -> list[ast.stmt]:
    """The text as statements; none if it is something else."""
    try:
        return ast.parse(text).body
    except SyntaxError:
        return []


def _same(one: ast.AST, other: ast.AST) -> bool:
    return type(one) is type(other) and ast.dump(one) == ast.dump(other)


def _runs(node: ast.AST, wanted: list[ast.stmt]) -> Iterator[tuple[ast.stmt, ast.stmt]]:
    """The first and the last of each run of these statements in the blocks of a node; an ``elif`` is no statement."""
    for block in (getattr(node, name, []) for name in _BLOCKS):
        if not isinstance(block, list) or not wanted or (isinstance(node, ast.If) and _is_elif(node, block)):
            continue
        for start in range(len(block) - len(wanted) + 1):
            run = block[start : start + len(wanted)]
            if all(map(_same, run, wanted)):
                yield run[0], run[-1]


def _is_elif(node: ast.If, block: list[ast.stmt]) -> bool:
    return block is node.orelse and bool(block) and block[0].col_offset == node.col_offset


def _span(first: ast.expr | ast.keyword | ast.stmt, last: ast.expr | ast.keyword | ast.stmt) -> Span:
    """From the beginning of the one, its decorators with it, to the end of the other."""
    decorators = getattr(first, "decorator_list", [])
    line = min([first.lineno, *(decorator.lineno for decorator in decorators)])
    return (line, first.col_offset), (last.end_lineno or 0, last.end_col_offset or 0)


def _indented(text: str, columns: int) -> str:
    """Statements as they stand behind so many columns, which are there already."""
    return textwrap.indent(text, " " * columns).lstrip(" ")


def _replaced(text: str, span: Span, new: str) -> str:
    """The text with something else in a span; the syntax tree counts in bytes."""
    lines = text.encode().splitlines(keepends=True)
    (first, begin), (last, end) = span
    before, after = (
        b"".join(lines[: first - 1]) + lines[first - 1][:begin],
        lines[last - 1][end:] + b"".join(lines[last:]),
    )
    return (before + new.encode() + after).decode()
