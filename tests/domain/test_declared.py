"""What every record type declares of itself fits together, and every key that the program reads by its name is declared."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from avrr_desktop.domain.records import views
from avrr_desktop.domain.records.fields import TODAY, Kind, Record, RecordType
from avrr_desktop.domain.records.record_types import ALL, BY_KEY, part_of_case
from avrr_desktop.domain.records.rules import clean
from avrr_desktop.locations import resources
from avrr_desktop.operations.documents.documents import DOCUMENTS
from tests.test_house_rules import PRODUCT, nodes

READ = {"text": (str,), "many": (tuple,), "yes": (bool,), "whole": (int,)}
KINDS = {"many": (Kind.CHOICES, Kind.LINKS), "yes": (Kind.YES_NO,), "whole": (Kind.COUNT,)}
LANGUAGES = {"words", "language", "say"}  # whose ``text`` is a sentence
by_type = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.key)


@by_type
def test_a_type_is_found_or_says_why_not(kind: RecordType) -> None:
    assert bool(kind.found) != bool(kind.not_found.strip()), 'say found=Found(texts=("name",)), or not_found="why"'
    assert not (kind.restricted and kind.found)
    if kind.found:
        named = (
            *kind.found.names,
            *kind.found.numbers,
            *kind.found.given,
            *kind.found.near,
            *kind.found.texts,
            *kind.found.shown,
        )
        assert named and all(map(kind.has, named))


@by_type
def test_a_type_goes_with_a_journey_and_is_carried_in_a_document_or_says_why_not(kind: RecordType) -> None:
    assert (kind.travels is None) == kind.of_case
    assert not kind.not_carried or (kind.of_case and kind.not_carried.strip())


@by_type
def test_a_type_reads_in_lists_begins_and_stands_where_it_says(kind: RecordType) -> None:
    listed = (*kind.listed.title, *kind.listed.below)
    assert listed and all(map(kind.has, listed))
    assert (resources() / "icons" / f"{kind.icon}.svg").exists()
    for key, value in kind.defaults.items():
        begins = "2026-06-15" if value == TODAY else value
        assert clean(kind.field(key), begins) == begins and (value != TODAY or kind.field(key).kind is Kind.DATE)
    assert not (kind.tab and kind.shown_in)
    if part := part_of_case(kind.key):
        assert any(one.tab and one.tab.key == part for one in ALL)
        assert kind.of_case or kind.key == "person"


def test_tabs_and_tables_are_apart() -> None:
    tabs = [kind.tab for kind in ALL if kind.tab]
    for values in ([tab.key for tab in tabs], [tab.place for tab in tabs], [kind.table for kind in ALL]):
        assert len(values) == len(set(values))


def test_a_document_has_a_key_and_a_button_of_its_own() -> None:
    assert len({one.key for one in DOCUMENTS}) == len({one.title for one in DOCUMENTS}) == len(DOCUMENTS)
    assert [one.key for one in DOCUMENTS if not one.levels] == []
    with_buttons = {kind.tab.key for kind in ALL if kind.tab} - {"people", "services"} | {"overview", ""}
    assert {one.tab for one in DOCUMENTS} <= with_buttons, "only these parts of a case show the buttons of documents"
    assert any(not one.tab for one in DOCUMENTS)


def owner_of(node: ast.AST) -> str:
    """Return the last name of what something is read from: ``step`` of ``view.step``, ``case`` of ``file.case``."""
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.strip("_")


def literal_reads(inside: Iterable[ast.AST]) -> Iterator[tuple[int, str, str, str]]:
    """Yield (line, from what, how, key) for every field that is read by its written-out key."""
    for node in inside:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READ):
            continue
        if len(node.args) != 1 or node.keywords or not isinstance(node.args[0], ast.Constant):
            continue
        owner, key = owner_of(node.func.value), node.args[0].value
        if isinstance(key, str) and owner not in LANGUAGES:
            yield node.lineno, owner, node.func.attr, key


def is_declared(owner: str, how: str, key: str) -> bool:
    """Return whether a type has the field, of a kind that is read so; a name that is a type's means that type."""
    types = (BY_KEY[owner],) if owner in BY_KEY else ALL
    fields = [kind.field(key) for kind in types if kind.has(key)]
    return any(field.kind in KINDS.get(how, (field.kind,)) for field in fields)


def test_every_key_that_is_read_by_its_name_is_declared() -> None:
    reads = [
        (path, *read) for path, inside in nodes()
        if path.startswith(PRODUCT) and path != "avrr_desktop/language.py" for read in literal_reads(inside)
    ]  # fmt: skip
    assert len(reads) > 100
    assert [read for read in reads if not is_declared(*read[2:])] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("step.text('stat')", True), ("step.text('state')", False), ("file.case.yes('number')", True), ("one.many('persons')", False),
     ("words.text('whatever it is')", False), ("self._case.text('called')", False), ("record.whole('nothing')", True)],
)  # fmt: skip
def test_a_key_that_is_not_declared_is_seen(text: str, wrong: bool) -> None:
    found = [read for read in literal_reads(ast.walk(ast.parse(text))) if not is_declared(*read[1:])]
    assert bool(found) is wrong


def test_the_declarations_lie_in_modules_of_groups() -> None:
    folder = Path(__file__).parent.parent.parent / "avrr_desktop" / "domain" / "records" / "types"
    lengths = {path.name: path.read_text(encoding="utf-8").count("\n") for path in folder.glob("*_records.py")}
    assert len(lengths) >= 8 and max(lengths.values()) <= 200


def compared_states(inside: Iterable[ast.AST]) -> Iterator[int]:
    """Yield the lines in which the state of a record is compared with a code that is written out."""
    for node in inside:
        if isinstance(node, ast.Compare):
            sides = (node.left, *node.comparators)
            codes = [
                one for side in sides for one in (side, *getattr(side, "elts", ())) if isinstance(one, ast.Constant)
            ]
            if any(map(state_is_read, sides)) and any(one.value for one in codes):
                yield node.lineno


def state_is_read(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in ("state", "status") and isinstance(node.value, ast.Call)  # of a view: Step(step).state
    return any(how == "text" and key in ("state", "status") for _, _, how, key in literal_reads((node,)))


def test_states_are_compared_with_the_enumerations() -> None:
    hits = [(path, line) for path, inside in nodes() if path.startswith(PRODUCT) for line in compared_states(inside)]
    assert hits == []
    wrong = ("step.text('state') == 'done'", "Step(step).state in ('done', 'x')", "'open' != case.text('status')")
    right = (
        "step.text('state') == StepState.DONE.code",
        "step.text('state') in OVER",
        "paper.text('state') not in ('', THERE)",
    )
    assert [text for text in wrong if not list(compared_states(ast.walk(ast.parse(text))))] == []
    assert [text for text in right if list(compared_states(ast.walk(ast.parse(text))))] == []


@pytest.mark.parametrize(
    ("key", "how"), [("stat", views.Text), ("state", views.Yes), ("waits_for", views.Text), ("position", views.Many)]
)
def test_a_view_names_only_what_its_type_declares(key: str, how: type) -> None:
    with pytest.raises(TypeError, match=key):
        type("Wrong", (views.View,), {key: how()}, of="step")
    assert views.Step(Record("step", "t", {"state": "done", "position": 3, "waits_for": ("a",)})).waits_for == ("a",)
