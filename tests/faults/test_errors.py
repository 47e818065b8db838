"""Every error that people can act on says what happened, what is safe or what to do, and no value of any record."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from avrr_desktop.domain import errors
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.language import Language, languages
from tests.support.folders import ROOT

OURS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, ExpectedError)}
# What is safe: that nothing happened, or what is still there.
SAFE = re.compile(
    r"\b[Nn]othing\b|\bsafe\b|\bnot (changed|affected|a problem)\b|\bstill (there|here|opens?)\b|\bkept\b|\bNo \w+ was\b|\bholds\b"
)
# What to do: a sentence that begins with a verb.
VERBS = ("Add|Ask|Bring|Check|Choose|Close|Correct|Copy|Do|Enter|Free|Get|Give|Go|Install|Keep|Leave|Let|Look|Make|Mark|Name|Open|Plug|Print|"
         "Put|Record|Remove|Restore|Save|Say|Search|Set|Shorten|Start|Take|Try|Turn|Type|Undo|Unlock|Use|Wait|Write")  # fmt: skip
TO_DO = re.compile(rf"(^|[.:;,] )({VERBS})\b|(^|[.:;,] )({VERBS.lower()})\b")
PLACE = re.compile(r"\{(\w+)\}")
# Where a value of a record or of the keyboard would come from.
CALLS = {"text", "many", "yes", "whole", "typed", "value", "format", "toPlainText", "currentText", "read_text"}
NAMES = {"typed", "value", "values", "passphrase", "record", "person", "member", "note", "content", "document", "item"}


@dataclass(frozen=True)
class Made:
    """One place in the source at which an error is made; an empty text: it is none, or not marked for translation."""

    where: str
    title: str
    hint: str
    values: ast.expr | None
    handed_on: bool  # the title is a parameter: those who call it are looked at


@cache
def tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def sources() -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "avrr_desktop").rglob("*.py"))


def marked(node: ast.expr | None) -> str:
    """Return the text of ``N_("...")`` or ``N_(a marked text)``; empty for anything put together at run time."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_" and len(node.args) == 1:
        text = node.args[0]
        return text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else ""
    return ""


def argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    named = [keyword.value for keyword in call.keywords if keyword.arg == name]
    return named[0] if named else call.args[place] if len(call.args) > place else None


def made_in(path: str) -> Iterator[Made]:
    """Yield every error that a file makes."""
    for function in ast.walk(tree(path)):
        if not isinstance(function, ast.FunctionDef | ast.Module):
            continue
        parameters = {one.arg for one in function.args.args} if isinstance(function, ast.FunctionDef) else set()
        for node in own_nodes(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OURS:
                title = argument(node, 0, "title")
                handed_on = isinstance(title, ast.Name) and title.id in parameters
                yield Made(
                    f"{path}:{node.lineno}", marked(title), marked(argument(node, 1, "hint")), argument(node, 2, "values"),
                    handed_on,
                )  # fmt: skip


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in a function, without what stands in functions inside it."""
    for node in ast.iter_child_nodes(function):
        if isinstance(node, ast.FunctionDef):
            continue
        yield node
        yield from own_nodes(node)


def all_made() -> list[Made]:
    return [made for path in sources() for made in made_in(path)]


def test_G9_the_walk_sees_the_errors_of_the_program() -> None:
    assert len(OURS) >= 7
    assert len(all_made()) > 70
    assert {made.where.split("/")[1] for made in all_made()} >= {"store", "operations", "keys", "domain"}


def test_G9_every_error_has_a_title_and_a_hint_that_can_be_translated() -> None:
    speechless = [made.where for made in all_made() if not made.hint or not (made.title or made.handed_on)]
    assert speechless == []


def test_G9_titles_that_are_handed_on_are_marked_where_they_are_written() -> None:
    unmarked = []
    for path in sources():
        makers = {
            function.name for function in ast.walk(tree(path)) if isinstance(function, ast.FunctionDef)
            for node in own_nodes(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OURS
            and isinstance(argument(node, 0, "title"), ast.Name)
        }  # fmt: skip
        unmarked += [
            f"{path}:{node.lineno}"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers
            and not (node.args and marked(node.args[0]))
        ]  # fmt: skip
    assert unmarked == []


def test_G9_every_error_says_what_is_safe_or_what_to_do() -> None:
    helpless = [
        f"{made.where}: {made.hint}"
        for made in all_made()
        if not SAFE.search(made.hint) and not TO_DO.search(made.hint)
    ]
    assert helpless == []


def test_G9_titles_and_hints_are_whole_sentences() -> None:
    odd = [
        f"{made.where}: {text}"
        for made in all_made()
        for text in (made.title, made.hint)
        if (text and not (text[0].isupper() or text[0] == "“")) or (text and text[-1] not in ".}?")
    ]
    assert odd == []


def taken_from(node: ast.expr) -> Iterator[str]:
    """Yield what in an expression would be somebody's data."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in CALLS:
            yield f".{part.func.attr}()"
        elif isinstance(part, ast.Attribute) and part.attr == "values":
            yield ".values"
        elif isinstance(part, ast.Name) and part.id in NAMES:
            yield part.id
        elif isinstance(part, ast.JoinedStr):
            yield "a text put together"


def test_G9_no_error_formats_a_value_of_a_record() -> None:
    telling = [
        f"{made.where}: {', '.join(found)}"
        for made in all_made()
        if made.values is not None and not made.handed_on and (found := list(taken_from(made.values)))
    ]
    assert telling == []


def test_G9_values_of_errors_whose_title_is_handed_on_are_no_values_of_a_record() -> None:
    telling = []
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_wrong":
                found = [what for keyword in node.keywords for what in taken_from(keyword.value)]
                telling += [f"{path}:{node.lineno}: {what}" for what in found]
    assert telling == []


def test_G9_every_place_in_a_text_is_filled() -> None:
    open_places = []
    for made in all_made():
        if isinstance(made.values, ast.Dict) or made.values is None:
            keys = made.values.keys if made.values else []
            given = {key.value for key in keys if isinstance(key, ast.Constant)}
            wanted = set(PLACE.findall(made.title + made.hint))
            if not made.handed_on and wanted - given:
                open_places.append(f"{made.where}: {wanted - given}")
    assert open_places == []


@pytest.mark.parametrize("language", [code for code, _ in languages()] + ["qps"])
def test_G9_every_error_is_said_in_every_language(language: str) -> None:
    words = Language(language)
    for made in all_made():
        given = dict.fromkeys(PLACE.findall(made.title + made.hint), 7)
        title, hint = words.error(ExpectedError(made.title or "x", made.hint, given))
        assert title and hint, made.where
        assert not PLACE.search(title + hint), made.where


def test_G9_what_the_walk_calls_telling_is_told() -> None:
    telling = ast.parse('{"who": person.text("family_name"), "what": record.values, "all": f"{x}"}', mode="eval").body
    assert len(list(taken_from(telling))) >= 3
    assert not list(taken_from(ast.parse('{"field": field.label, "limit": limit}', mode="eval").body))
