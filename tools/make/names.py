"""Take the names of countries and languages from CLDR, so that the program itself needs no locale library.

`python tools/make/names.py` writes `resources/names/`: one file a language with the names that people read, in the order of
its alphabet, and `typed.json` with every name that leads to a code, as it is compared. What was looked through by hand stands in `names.toml`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from babel import Locale, localedata
from babel import __version__ as babel_version
from babel.core import get_global

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from avrr_desktop.domain.collation import sort_key
from avrr_desktop.domain.people.name_tables import folded
from tools.make.catalogues import TEST_LANGUAGE, disguised
from tools.make.formats import LANGUAGES

MAKE = Path(__file__).resolve().parent
TARGET = MAKE.parents[1] / "resources" / "names"
REVIEWED: dict[str, Any] = tomllib.loads((MAKE / "names.toml").read_text(encoding="utf-8"))
KOSOVO, MARK = "XK", "*"

COUNTRIES = 250
ENDED = {
    "DDR",
    "YMD",
}  # codes of states that became part of another one: domain/people/former_states.py asks about them


UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
Names = dict[str, str]


def instead(language: str, name: str) -> str:
    """Return a name of CLDR as the program writes it."""
    for old, new in REVIEWED["instead"].get(language, ()):
        name = name.replace(old, new)
    return unicodedata.normalize("NFC", name)


def marked(code: str, name: str) -> str:
    """Return the name of a country; that of Kosovo with its mark."""
    return name.rstrip(MARK) + MARK if code == KOSOVO else name


def country_codes() -> list[str]:
    """Return the codes of ISO 3166-1, and XK. SystemExit where CLDR knows more or fewer than we looked through."""
    found = sorted(code for code in Locale("en").territories if len(code) == 2 and code not in REVIEWED["no_country"])
    if len(found) != COUNTRIES:
        raise SystemExit(f"{len(found)} countries instead of {COUNTRIES}: see what is new, and names.toml")
    return found


def language_codes() -> dict[str, str]:
    """Return our code, of ISO 639-3, by that of CLDR, for every language that CLDR names in English."""
    known = {own: three for three, own in get_global("language_aliases").items() if len(three) == 3 and len(own) == 2}
    ours = {}
    for own in Locale("en", "GB").languages:
        if own in REVIEWED["iso_639_3"]:
            ours[own] = REVIEWED["iso_639_3"][own]
        elif "_" not in own and own not in REVIEWED["no_language"]:
            ours[own] = own if len(own) == 3 else known[own]
    if len(set(ours.values())) != len(ours):
        raise SystemExit("two languages of CLDR have one code of ours")
    return ours


LANGUAGE_CODES = language_codes()


def countries(language: str, locale: Locale) -> Names:
    """Return what one language calls every country."""
    over = REVIEWED["countries"].get(language, {})
    names = {code: over.get(code) or instead(language, locale.territories[code]) for code in country_codes()}
    return {code: marked(code, name) for code, name in names.items()}


def spoken(language: str, locale: Locale) -> Names:
    """Return what one language calls other languages; those for which it has no word are left out."""
    found = {ours: locale.languages.get(own) for own, ours in LANGUAGE_CODES.items()}
    names = {code: instead(language, name) for code, name in found.items() if name and name != code}
    return {**names, **REVIEWED["languages"].get(language, {})}


def in_order(language: str, names: Mapping[str, str]) -> Names:
    """Return names in the order of a language's alphabet."""
    return dict(sorted(names.items(), key=lambda item: (sort_key(item[1], language), item[0])))


def shown() -> Iterator[tuple[str, dict[str, Names]]]:
    """Yield, for each language of the program, the names that people read. What it has no word for is said in English."""
    english = Locale.parse(LANGUAGES[0][1])
    first = {"countries": countries("en", english), "languages": spoken("en", english)}
    for language, source, _ in LANGUAGES:
        locale = Locale.parse(source)
        own = {"countries": countries(language, locale), "languages": spoken(language, locale)}
        if language == TEST_LANGUAGE:
            own = {kind: {code: disguised(name) for code, name in names.items()} for kind, names in first.items()}
        yield language, {kind: in_order(language, {**first[kind], **names}) for kind, names in own.items()}


def parsed(identifier: str) -> Locale | None:
    """Return a locale of CLDR; None for one of which it has no data."""
    return Locale.parse(identifier) if localedata.exists(identifier) else None


def scripts_of(own: str) -> list[Locale]:
    """Return the locales of a language, one for each of its scripts."""
    kept = [name for name in localedata.locale_identifiers() if name == own or name.startswith(f"{own}_")]
    names = [name for name in kept if name == own or len(name.split("_")[-1]) == 4]
    return [Locale.parse(name) for name in names]


def spoken_there(country: str) -> list[Locale]:
    """Return the languages that are official in a country, or spoken by a fifth of its people."""
    there: Mapping[str, Any] = get_global("territory_languages").get(country, {})
    main = [own for own, said in there.items() if said["official_status"] or said["population_percent"] >= 20]
    return [locale for own in main if (locale := parsed(own))]


def definite(name: str) -> str:
    """Return the definite form of an Albanian name, as people write it: Kosovë, Kosova; Gjermani, Gjermania."""
    return name[:-1] + "a" if name.endswith("ë") else name + "a" if name.endswith("i") else name


def without_umlauts(name: str) -> str:
    """Return a name as somebody writes it whose keyboard has no umlauts."""
    return name.translate(UMLAUTS)


def spellings(locale: Locale, name: str) -> list[str]:
    """Return a name, and the other forms in which people of that language write it."""
    if locale.language == "sq":
        return [name, definite(name)]
    return [name, without_umlauts(name)] if locale.language in ("de", "sv", "fi") else [name]


def typed_countries(files: Mapping[str, dict[str, Names]]) -> dict[str, list[str]]:
    """Return every name that leads to a country, with its codes of three letters."""
    around = [Locale.parse(name) for name in REVIEWED["neighbours"]]
    ours = [Locale.parse(source) for _, source, _ in LANGUAGES]
    aliases = get_global("territory_aliases")
    codes = {old: whole[0] for old, whole in aliases.items() if len(whole) == 1 and old not in ENDED}
    found = {}
    for country in country_codes():
        locales = [*ours, *around, *spoken_there(country)]
        names = [name for locale in locales for name in spellings(locale, locale.territories.get(country, ""))]
        names += [file["countries"][country] for language, file in files.items() if language != TEST_LANGUAGE]
        names += [definite(files["sq"]["countries"][country])]
        names += [
            three for three, code in sorted(codes.items()) if code == country and len(three) == 3 and three.isalpha()
        ]
        found[country] = distinct([*names, *REVIEWED["typed"]["countries"].get(country, ())])
    return found


def typed_languages(files: Mapping[str, dict[str, Names]]) -> dict[str, list[str]]:
    """Return every name that leads to a language, with its other codes."""
    around = [Locale.parse(name) for name in REVIEWED["neighbours"]] + [
        Locale.parse(source) for _, source, _ in LANGUAGES
    ]
    aliases = get_global("language_aliases")
    own_codes = {ours: own for own, ours in LANGUAGE_CODES.items()}
    found = {}
    for code in files["en"]["languages"]:
        own = own_codes.get(code, "")
        names = [locale.languages.get(own, "") for locale in [*around, *scripts_of(own)] if own]
        names += [file["languages"][code] for language, file in files.items() if language != TEST_LANGUAGE]
        others = sorted(
            other for other, whole in aliases.items() if whole == own and other.isalpha() and len(other) < 4
        )
        names += [other for other in [own, *others] if other not in files["en"]["languages"]]
        kept = [name for name in names if not name.startswith(tuple(REVIEWED["never"]["languages"]))]
        found[code] = distinct([*kept, *REVIEWED["typed"]["languages"].get(code, ())])
    return found


def distinct(names: Iterable[str]) -> list[str]:
    """Return names once each, as they are compared with what somebody types."""
    return list(dict.fromkeys(key for name in names if (key := folded(name))))


def written(tables: Mapping[str, Any]) -> str:
    """Return tables as JSON with one entry on a line, so that a change is seen as what it is."""

    def lines(table: Mapping[str, Any]) -> str:
        return ",\n".join(
            f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in table.items()
        )

    parts = ",\n".join(f'"{name}": {{\n{lines(table)}\n}}' for name, table in tables.items())
    return f"{{\n{parts}\n}}\n"


def outputs() -> dict[str, str]:
    """Return every file of the folder with its content."""
    files = dict(shown())
    typed = {"countries": typed_countries(files), "languages": typed_languages(files)}
    typed["shared"] = {kind: distinct(names) for kind, names in REVIEWED["shared"].items()}
    return {**{f"{language}.json": written(file) for language, file in files.items()}, "typed.json": written(typed)}


def main() -> int:
    """Write the files."""
    parser = argparse.ArgumentParser(description=f"Write resources/names/ from Unicode CLDR (Babel {babel_version}).")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder to write into")
    given = parser.parse_args()
    given.target.mkdir(exist_ok=True)
    for name, text in outputs().items():
        (given.target / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
