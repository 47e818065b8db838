"""What people type into the search box: names in both scripts, a word of a note, numbers; every keystroke of it."""

import random
from collections.abc import Iterator

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.people.name_keys import words
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.cases import CaseFilter

SESSIONS = 150
_TO_CYRILLIC = {
    "dž": "џ", "lj": "љ", "nj": "њ", "đ": "ђ", "ž": "ж", "ć": "ћ", "č": "ч", "š": "ш",
    **dict(zip("abvgdezijklmnoprstufhc", "абвгдезијклмнопрстуфхц", strict=True)),
}  # fmt: skip
_WRITES_CYRILLIC = frozenset({"RS", "BA", "ME", "MK"})


def sessions(workspace: Workspace, chance: random.Random) -> list[str]:
    """Return what is typed in each session, drawn from cases of the store: there is always something to find."""
    reader = workspace.store.reader
    keys = reader.line_keys(CaseFilter(), "number")
    chosen = reader.lines([chance.choice(keys) for _ in range(SESSIONS)])
    return [_typed(reader.case_file(line.uid), chance) for line in chosen]


def keystrokes(typed: list[str]) -> list[str]:
    """Return what stands in the box after each letter of each session."""
    return [text[:end] for text in typed for end in range(1, len(text) + 1) if text[end - 1] not in " -"]


def _typed(case_file: CaseFile, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.70:
        person = chance.choice(case_file.members).person
        family, given = person.text("family_name"), person.text("given_names")
        text = f"{family} {given[:3]}" if kind < 0.55 else f"{given} {family[:4]}"
        return _other_script(text, case_file.case) if chance.random() < 0.3 else text
    if kind < 0.85:
        return chance.choice([word for word in words(chance.choice(case_file.notes).text("text")) if len(word) > 4])
    numbers = [paper.text("number") for paper in case_file.papers if paper.text("number")]
    return chance.choice(numbers) if numbers and kind < 0.93 else case_file.case.text("number").lower()


def _other_script(text: str, case: Record) -> str:
    if any("Ѐ" <= letter <= "ӿ" for letter in text):
        return " ".join(words(text))
    if case.text("country_of_return") in _WRITES_CYRILLIC:
        return "".join(_cyrillic(text.lower()))
    return text


def _cyrillic(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        pair = text[at : at + 2]
        length = 2 if pair in _TO_CYRILLIC else 1
        yield _TO_CYRILLIC.get(text[at : at + length], text[at])
        at += length
