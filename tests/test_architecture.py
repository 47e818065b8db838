"""``docs/ARCHITECTURE.md`` against the code: the rooms that it draws are those that there are, and what it names is there."""

import re

from tests.test_house_rules import PRODUCT, ROOT, repository
from tools.measure import rooms

PAGE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
MOST = 16  # modules in one room: more are not found by looking
LONGEST = 9_000  # characters of two pages


def drawn() -> set[str]:
    """Return the folders that the drawing of the rooms names: ``domain/records``."""
    drawing, found, layer = PAGE.split("```")[1], set(), ""
    for line in drawing.splitlines():
        if top := re.match(r"(\w+)/", line):
            layer = top[1]
            found.add(layer)
            line = line[top.end() :]
        found |= {f"{layer}/{name}" for name in re.findall(r"(?<!\S)(\w+)/", line)}
    return found


def test_the_rooms_that_are_drawn_are_those_that_there_are() -> None:
    folders = {path.parent.relative_to(ROOT).as_posix() for path in repository() if path.suffix == ".py"}
    layers = {"domain", "store", "pdf", "operations", "ui", "cli"}
    there = {folder.removeprefix(PRODUCT) for folder in folders if folder.startswith(PRODUCT)}
    two = {name for name in there if name.split("/")[0] in layers and name.count("/") < 2}
    assert {name for name in drawn() if name.split("/")[0] in layers} == two
    beside = {name for name in drawn() if name.split("/")[0] in ("tools", "tests")}
    assert beside <= {folder.rstrip("/") for folder in folders} | {"tests"}
    assert {folder for folder in folders if folder.startswith("tools/") and folder.count("/") == 1} <= beside


def test_no_room_is_too_full_to_find_something_in_it() -> None:
    assert {room: count for room, count in rooms(ROOT).items() if count > MOST} == {}


def test_everything_that_it_names_is_there() -> None:
    named = {name for name in re.findall(r"`([\w./-]+/[\w./-]+)`", PAGE) if not name.startswith("...")}
    assert len(named) > 30
    places = [ROOT, ROOT / PRODUCT]
    assert [
        name for name in sorted(named)
        if not any((place / name).exists() or (place / f"{name}.py").exists() for place in places)
    ] == []  # fmt: skip


def test_it_is_two_pages() -> None:
    assert len(re.sub(r"[ |`*]+", " ", PAGE)) < LONGEST
