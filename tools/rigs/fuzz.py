"""Fuzz: whatever stands in a file or is typed, each reader gives a result or an error in words, soon and without a value.

``python -m tools.rigs.fuzz --inputs 1000000 --seed 7`` is the long run; ``--only slots`` feeds one reader alone.
"""

import argparse
import copy
import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from avrr_desktop.clock import ticks
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.people import dates, name_keys, personal_number
from avrr_desktop.domain.procedure import pack_file
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.rules import problems
from avrr_desktop.domain.records.search_words import why_found
from avrr_desktop.keys import recovery, slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.language import Language
from avrr_desktop.log import technical_text
from avrr_desktop.operations.cases.search import find, find_cases, likely_people
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.pdf.model import Cell, Column, Rows, Table, Text
from avrr_desktop.pdf.page import rendered
from tests.support import stores
from tests.support.pdf_text import plain, section

LONGEST = 2.0  # seconds
CANARY = "Zvrkonjić"
ODD = ("", " ", "\0", "\ud800", "\udfff", "\ufffe", "\u202e", "\u200d", "\u0301" * 50, "🙂", "👨‍👩‍👧‍👦", "ﷺ", "½", "²", "①", "Ǆ", "ß", "İ",
       "ı", "'", '"', "''", "\\", "%s", "{0}", "{name}", "<b>", "</para>", "&#0;", "NEAR(", "AND", "*", "-", "--", ";", "\r\n",
       "\t", "1" * 400, "é" * 3000, "a b " * 800, "-1", "1e999", "0x10", "٣", "NaN", "null", "[", "{", "2026-02-30", "31.12.9999",
       "0000", "~", "1985~", "12.5.", "99/99/99", "May 0", "m1", "Zz" * 200)  # fmt: skip
JUNK: tuple[Callable[[random.Random], Any], ...] = (
    lambda chance: None, lambda chance: chance.random() < 0.5, lambda chance: chance.choice((0, -1, 2**31, 2**63, 10**40)),
    lambda chance: chance.choice((0.5, math.inf, math.nan, 1e308)), lambda chance: chance.choice(ODD),
    lambda chance: [], lambda chance: {}, lambda chance: [chance.choice(ODD)] * chance.randrange(4),
    lambda chance: {chance.choice(ODD): chance.choice(ODD)}, lambda chance: nested(chance.choice((3, 30, 300))),
    lambda chance: text(chance),
)  # fmt: skip


def nested(depth: int) -> Any:
    """Return lists in lists."""
    found: Any = "x"
    for _ in range(depth):
        found = [found]
    return found


def text(chance: random.Random) -> str:
    """Return a text that is odd in some way."""
    parts = []
    for _ in range(chance.randrange(1, 5)):
        kind = chance.randrange(4)
        if kind == 0:
            parts.append(chance.choice(ODD))
        elif kind == 1:
            parts.append(chr(chance.randrange(0x20, 0x3000)))
        elif kind == 2:
            parts.append(chr(chance.randrange(0x110000)))
        else:
            parts.append("".join(chance.choice("abcčćdđž 0123456789.-/~АБЂЏëç") for _ in range(chance.randrange(12))))
    return "".join(parts)


def changed(value: Any, chance: random.Random) -> Any:
    """Return JSON with something wrong in it, somewhere."""
    value = copy.deepcopy(value)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at: Any = value
        while isinstance(at, dict | list) and at:
            key = chance.choice(list(at)) if isinstance(at, dict) else chance.randrange(len(at))
            if chance.random() < 0.45 or not isinstance(at[key], dict | list) or not at[key]:
                _spoil(at, key, chance)
                break
            at = at[key]
    return value


def _spoil(at: Any, key: Any, chance: random.Random) -> None:
    kind = chance.randrange(5)
    if kind == 0:
        del at[key]
    elif kind == 1 and isinstance(at, dict):
        at[chance.choice((*ODD, *at))] = at.pop(key)
    elif kind == 2 and isinstance(at, list):
        at.append(copy.deepcopy(at[key]))
    elif kind == 3 and isinstance(at[key], str):
        at[key] = at[key][: chance.randrange(len(at[key]) + 1)] + text(chance)
    else:
        at[key] = chance.choice(JUNK)(chance)


def bent(content: bytes, chance: random.Random) -> bytes:
    """Return bytes that were flipped, cut, doubled or written over somewhere."""
    spoiled = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8))):
        place = chance.randrange(len(spoiled) or 1)
        kind = chance.randrange(5)
        if kind == 0 and spoiled:
            spoiled[place % len(spoiled)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del spoiled[place:]
        elif kind == 2:
            spoiled[place:place] = chance.randbytes(chance.randrange(1, 40))
        elif kind == 3:
            spoiled[place:place] = spoiled[: chance.randrange(200)]
        else:
            spoiled[place : place + 8] = chance.choice((b'"', b"[" * 3000, b"{", b"\xff\xfe", b"1e999", b"null", b"\0"))
    return bytes(spoiled)


@dataclass(frozen=True)
class Reader:
    """One reader: how often it is fed, what with, and how."""

    name: str
    weight: int
    make: Callable[[random.Random], Any]
    feed: Callable[[Any], object]
    refuses: bool = False  # where it may answer with an error in words


@dataclass
class Outcome:
    """What a run showed."""

    inputs: int = 0
    refused: int = 0
    slowest: float = 0.0
    fed: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Say it in one line."""
        fed = ", ".join(f"{name} {count}" for name, count in sorted(self.fed.items()))
        return f"{self.inputs} inputs ({fed}), {self.refused} refused, slowest {self.slowest:.2f} s, {len(self.problems)} problems"


class RollBackError(Exception):
    """Takes back what an input wrote."""


class Fuzz:
    """Feeds every reader over one store."""

    def __init__(self, folder: Path) -> None:
        self._workspace: Workspace = stores.office_workspace(folder / "fuzz.avrr")
        family = stores.family(self._workspace)
        self._record = family.members[0].person
        file, _ = slots.create("STORE", slots.OFFICE, "five plain words", Argon2id(passes=1, memory_kib=FLOOR_KIB))
        key_file = file.to_bytes()
        document = copy.deepcopy(stores.FAMILY)
        people: Any = document["person"]
        people[0]["family_name"] = people[0]["birth_place"] = CANARY
        self._words = [Language(language) for language in ("en", "sq", "sr", "qps")]
        self.readers = (
            Reader("slots", 25, lambda chance: _key_file(key_file, chance), slots.read, refuses=True),
            Reader("recovery", 15, _typed_code, self._code),
            Reader("search", 10, _searched, self._search),
            Reader("dates", 25, text, self._dates),
            Reader("names", 15, text, self._names),
            Reader("case document", 5, lambda chance: changed(document, chance), self._document, refuses=True),
            Reader("pack", 4, _pack, pack_file.parse, refuses=True),
            Reader("paper", 1, lambda chance: [text(chance) for _ in range(8)], _paper),
        )

    def close(self) -> None:
        """Close the store."""
        self._workspace.lock()

    def run(self, inputs: int, seed: int, only: str = "") -> Outcome:
        """Feed so many inputs, and stop at the first ten problems."""
        chance, outcome = random.Random(seed), Outcome()
        readers = [reader for reader in self.readers if only in ("", reader.name)]
        weights = [reader.weight for reader in readers]
        for number in range(inputs):
            [reader] = chance.choices(readers, weights)
            given = reader.make(chance)
            self._feed(reader, given, number, outcome)
            if len(outcome.problems) >= 10:
                break
        return outcome

    def _feed(self, reader: Reader, given: Any, number: int, outcome: Outcome) -> None:
        outcome.inputs += 1
        outcome.fed[reader.name] = outcome.fed.get(reader.name, 0) + 1
        began = time.process_time()
        try:
            reader.feed(given)
        except ExpectedError as error:
            outcome.refused += 1
            said = " ".join(self._words[0].error(error))
            if not reader.refuses or CANARY in said or not error.title or not error.hint:
                outcome.problems.append(f"input {number}, {reader.name}: says {said!r}: {ascii(given)[:200]}")
        except Exception as error:  # what must not happen: every one is reported with its place
            where = technical_text(type(error), error.__traceback__).replace("\n", " < ")
            outcome.problems.append(f"input {number}, {reader.name}: {where}: {ascii(given)[:200]}")
        took = time.process_time() - began  # of the processor: a busy machine is no slow reader
        outcome.slowest = max(outcome.slowest, took)
        if took > LONGEST:
            outcome.problems.append(f"input {number}, {reader.name}: {took:.1f} s: {ascii(given)[:200]}")

    def _code(self, typed: str) -> None:
        found = recovery.read(typed)
        recovery.looks_like(typed)
        assert not found or recovery.read(found) == found

    def _search(self, typed: str) -> None:
        for hit in find(self._workspace, typed):
            if hit.record is not None:
                why_found(hit.record, typed)
        find_cases(self._workspace, typed)
        likely_people(self._workspace, typed)

    def _dates(self, typed: str) -> None:
        dates.hour_of(typed)
        dates.months_after(typed, 3)
        dates.days_between(typed, date(2026, 6, 15))
        dates.age_on(typed, date(2026, 6, 15))
        for words in self._words:
            words.partial_date(typed)
            found = words.typed_date(typed, 2026)
            assert found is None or dates.stored(str(found)) == found
        person = self._record.values
        problems(Record("person", "x", {**person, "birth_date": typed, "national_number": typed}), "2026-06-15")
        personal_number.number_problem(Record("person", "x", {"national_number": typed, "number_scheme": "JMBG"}))

    def _names(self, typed: str) -> None:
        name_keys.script_of(typed)
        for word in name_keys.words(typed):
            for key in name_keys.keys(word):
                assert " " not in key
        name_keys.index_text(typed, typed[::-1])

    def _document(self, document: Any) -> None:
        try:
            with self._workspace.store.transaction():
                add_case_document(self._workspace, document)
                raise RollBackError
        except RollBackError:
            return


def _key_file(content: bytes, chance: random.Random) -> bytes:
    kind = chance.randrange(5)
    if kind == 0:
        return chance.randbytes(chance.randrange(300))
    if kind < 3:
        return bent(content, chance)
    return json.dumps(changed(json.loads(content), chance)).encode()


def _typed_code(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return text(chance)
    letters = list(recovery.grouped("".join(chance.choice(recovery.ALPHABET) for _ in range(32))))
    for _ in range(chance.randrange(4)):
        letters[chance.randrange(len(letters))] = chance.choice(("O", "l", " ", "-", "u", "İ", "ſ", chance.choice(ODD)))
    return "".join(letters)


def _searched(chance: random.Random) -> str:
    known = ("Đorđević", "Марко", "Gjorgjeviq", "1506985600010", "RS-TIR-2026", "009876543", "Novi Pazar")
    found = chance.choice(known)[: chance.randrange(1, 9)] if chance.random() < 0.5 else ""
    return found + text(chance)


def _pack(chance: random.Random) -> list[tuple[str, Any]]:
    """Return the pack that ships, or one laid over it, with something wrong in the last."""
    below, over = shipped_packs.toml("generic"), chance.choice(("", *shipped_packs.names()[1:], shipped_packs.PRACTICE))
    if not over:
        return [("x.toml", changed(below, chance))]
    return [("generic.toml", below), ("x.toml", changed(shipped_packs.toml(over), chance))]


def _paper(texts: list[str]) -> None:
    table = Table(
        (Column(texts[0] or "-", 1), Column(texts[1] or "-", 2)), ((Cell(texts[2], texts[3]), Cell(texts[4])),)
    )
    rendered(plain(section(texts[5], Text(texts[6]), Rows(((texts[7], texts[0]),)), table), title=texts[1]))


def run(folder: Path, inputs: int, seed: int, only: str = "") -> Outcome:
    """Feed readers over a new store in a folder."""
    made = Fuzz(folder)
    try:
        return made.run(inputs, seed, only)
    finally:
        made.close()


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.rigs.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    began = ticks()
    with tempfile.TemporaryDirectory(prefix="avrr-fuzz-") as folder:
        outcome = run(Path(folder), given.inputs, given.seed, given.only)
    for problem in outcome.problems:
        print(problem)
    print(f"{outcome.line()}, {ticks() - began:.0f} s, seed {given.seed}")
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
