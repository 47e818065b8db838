"""The shipped tables of names (``resources/names``): what people read in a language, and what leads to a code when they type."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from avrr_desktop.domain.people.name_keys import plain_key, words
from avrr_desktop.locations import resources

Names = Mapping[str, str]  # code -> name, in the order of the language's alphabet
KOSOVO, MARK = "XK", "*"


@cache
def shown(language: str) -> tuple[Names, Names]:
    """Return the names of countries and of languages as one language of the program writes them. Kosovo carries its mark."""
    table = read_table(language)
    countries = table["countries"]
    return {**countries, KOSOVO: countries[KOSOVO].rstrip(MARK) + MARK}, table["languages"]


@cache
def codes(kind: str) -> Mapping[str, str]:
    """Return the code for everything that leads to one, by ``folded``. ``kind``: countries or languages.

    A name that fits two codes leads to none: nobody guesses a country.
    """
    typed = read_table("typed")
    found: dict[str, str] = {}
    shared = set(typed["shared"][kind])
    for code, names in typed[kind].items():
        for name in names:
            if found.setdefault(name, code) != code:
                shared.add(name)
    return {name: code for name, code in found.items() if name not in shared}


def names_of(kind: str) -> Mapping[str, Sequence[str]]:
    """Return for each code everything that leads to it, or could, by ``folded``."""
    names: Mapping[str, Sequence[str]] = read_table("typed")[kind]
    return names


def folded(name: str) -> str:
    """Return a name without what does not tell names apart: case, accents, script, stars, dots. U.S.A. is USA."""
    found = [plain_key(word) for word in words(name)]
    return "".join(found) if all(len(word) == 1 for word in found) else " ".join(found)


@cache
def read_table(name: str) -> Any:
    """Return one shipped table by its name."""
    return json.loads((resources() / "names" / f"{name}.json").read_text(encoding="utf-8"))
