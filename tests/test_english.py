"""The English of the program: words that sound foreign, or that nobody could translate, stand in no message and no guide."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from avrr_desktop.domain.i18n import parted
from avrr_desktop.domain.records.record_types import ALL
from avrr_desktop.locations import guides, resources
from avrr_desktop.operations.computer.shipped_packs import shipped

PROJECT = Path(__file__).resolve().parent.parent
GLOSSARY = PROJECT / "docs" / "glossary.md"
PAGES = [*sorted(guides().glob("*.md")), PROJECT / "docs" / "COMMAND_LINE.md"]

# What was struck, with its forms, and what is written instead.
STRUCK = {
    r"anew": "again",
    r"(?:do(?:es)?|did) not hold|holds? good": "is damaged, is not valid",
    r"(?:stands?|stood|lies|lay) (?:beside|on every|in|there|here|at|across|under)": "is next to, appears on, is in",
    r"goes after|has gone|is gone": "is erased",
    r"(?:was|were|is|are|be|been) told|tells? (?:of|nothing)|cannot be told": "is reported, is disclosed",
    r"put (?:in|into) (?:its|their) place|in place again": "installed, restored",
    r"(?:its|their|of that|of this) day": "that time",
    r"(?:un)?touch(?:es|ed)?": "not changed, not affected",
    r"(?:keep|kept|keeps) still": "restrict processing",
    r"on (?:which|what) ground": "legal ground",
    r"way (?:back )?(?:in|out)": "emergency access, what to do about it",
    r"since (?:\{count\}|\d+) days?": "for ... days",
    r"of which": "whose",
    r"that what": "what",
    r"(?:bring|brings|brought|bringing) (?:it |them |\w+ \w+ )?back": "restore, return",
    r"moved aside": "kept as a copy",
    r"whoever looks after": "your IT",
    r"throw(?:s|n)? (?:it |this one |\w+ )?away|thrown away": "discard",
    r"tak(?:e|es|en) (?:it |this person’s passphrase |\w+ )?away|took \w+ away": "withdraw, remove",
    r"taken? over|takes over": "import",
    r"written down|writes? down": "recorded",
    r"by itself|by themselves": "automatically",
    r"all the same": "anyway",
    r"goes? along|went along|comes along": "is taken along",
    r"of today|as they are today": "current",
    r"somebody besides": "other users",
    r"which office keeps whom": "who is waiting for an office",
}  # fmt: skip
ALLOWED: dict[str, str] = {}  # a message in which such a phrase is plain English, and why


def messages() -> list[str]:
    """Every text of the template."""
    with (resources() / "locale" / "avrr_desktop.pot").open("rb") as file:
        book = read_po(file)
    return [text for one in book if one.id for text in ([one.id] if isinstance(one.id, str) else one.id)]


def struck_in(text: str) -> list[str]:
    """What of a text was struck, with what to write instead."""
    return [
        f"{found.group()} → {better}"
        for word, better in STRUCK.items()
        for found in re.finditer(rf"\b(?:{word})\b", " ".join(text.split()), re.IGNORECASE)
    ]


def test_no_message_says_what_was_struck() -> None:
    found = {text: struck_in(text) for text in messages() if text not in ALLOWED}
    assert {text: words for text, words in found.items() if words} == {}


def test_what_is_allowed_is_still_said_and_needs_to_be_allowed() -> None:
    assert set(ALLOWED) <= {text for text in messages() if struck_in(text)}


def test_every_record_and_every_state_of_case_step_and_paper_is_in_the_glossary() -> None:
    """Each once, under the word that the window shows."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")]
            for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]  # fmt: skip
    keyed = [(row[1].strip("`"), row[0]) for row in rows if len(row) == 3 and row[1].startswith("`")]
    records = [(kind.key, parted(kind.label)[1]) for kind in ALL]
    states = [(f"{name}.{code}", label) for name in ("case_status", "step_state", "paper_state")
              for code, label in shipped().codes[name].items()]  # fmt: skip
    assert sorted(keyed) == sorted(records + states), "each has its line in docs/glossary.md"
    assert all(row[-1].endswith(".") for row in rows if row[0] not in ("Word", "---"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_guide_says_what_was_struck(page: Path) -> None:
    assert [(number, words) for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
            if (words := struck_in(line))] == []  # fmt: skip


@pytest.mark.parametrize("text", [
    "Write it anew.", "Backup 3 does not hold.", "It stands beside this one.", "The disk is untouched.", "Way in for IT",
    "since 36 days", "The case of which nobody knows", "Bring it back from a backup", "It was told to nobody.",
])  # fmt: skip
def test_the_check_sees_what_was_struck(text: str) -> None:
    assert struck_in(text)


@pytest.mark.parametrize("text", ["Open the case again.", "Waiting for: {steps}", "Today", "Restore a backup"])
def test_the_check_lets_plain_english_through(text: str) -> None:
    assert not struck_in(text)
