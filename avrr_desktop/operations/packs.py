"""The packs: those that ship with the program, and what this office decided over them."""

import tomllib
from functools import cache
from typing import Any

from avrr_desktop.domain.pack import Pack
from avrr_desktop.domain.pack_file import parse
from avrr_desktop.locations import resources

SHIPPED = ("generic", "al", "ba", "xk", "me", "mk", "rs", "legalisation", "programme_be", "programme_ch",
           "programme_reintegration")  # fmt: skip


@cache
def shipped() -> Pack:
    """Return what ships: the generic pack with the countries and programmes over it."""
    return parse(_documents(*SHIPPED))


@cache
def practice() -> Pack:
    """Return what ships with the published figures of the practice pack."""
    return parse(_documents(*SHIPPED, "practice"))


def shipped_documents() -> list[tuple[str, dict[str, Any]]]:
    """Return the files that ship, as they stand."""
    return _documents(*SHIPPED)


def _documents(*names: str) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{name}.toml", toml(name)) for name in names if (resources() / "packs" / f"{name}.toml").exists()]


@cache
def toml(name: str) -> dict[str, Any]:
    """Return a pack file as it stands in TOML."""
    with (resources() / "packs" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
