"""Loads the programme packs that ship with the program."""

import tomllib
from functools import cache
from typing import Any

from avrr_desktop.domain.pack import Pack, parse, with_figures
from avrr_desktop.locations import resources


@cache
def shipped() -> Pack:
    """Return the generic pack."""
    return parse(toml("generic"), "generic.toml")


@cache
def practice() -> Pack:
    """Return the generic pack with the published figures of the practice pack."""
    return with_figures(shipped(), parse(toml("practice"), "practice.toml").figures)


@cache
def toml(name: str) -> dict[str, Any]:
    """Return a pack file as it stands in TOML."""
    with (resources() / "packs" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
