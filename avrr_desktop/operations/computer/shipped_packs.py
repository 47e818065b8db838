"""The packs: those that ship with the program, and what this office decided over them."""

import tomllib
from functools import cache
from typing import Any

from avrr_desktop.domain.procedure.pack import Pack
from avrr_desktop.domain.procedure.pack_file import parse
from avrr_desktop.locations import resources

FIRST, PRACTICE = "generic", "practice"  # what the others lie over, and what only a practice store holds


@cache
def names() -> tuple[str, ...]:
    """Return the pack files that ship, in the order in which they are laid: the generic one, then the others by name."""
    found = {path.stem for path in (resources() / "packs").glob("*.toml")} - {FIRST, PRACTICE}
    return (FIRST, *sorted(found))


@cache
def shipped() -> Pack:
    """Return what ships: the generic pack with the countries and programmes over it."""
    return parse(_documents(*names()))


@cache
def practice() -> Pack:
    """Return what ships with the published figures of the practice pack."""
    return parse(_documents(*names(), PRACTICE))


def shipped_documents() -> list[tuple[str, dict[str, Any]]]:
    """Return the files that ship, as they stand."""
    return _documents(*names())


def _documents(*files: str) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{name}.toml", toml(name)) for name in files]


@cache
def toml(name: str) -> dict[str, Any]:
    """Return a pack file as it stands in TOML."""
    with (resources() / "packs" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
