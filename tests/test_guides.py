"""The guides inside the program say what is true of it: each page has its part, fat words stand on the screen, examples hold."""

import json
import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.domain.policy import EXPORTS, KEYS, Key, choices
from avrr_desktop.language import Language
from avrr_desktop.locations import guides, resources
from avrr_desktop.operations.computer.policy_file import known, read_policy_at
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.program.guides import IT, OFFICER, POLICY, Section, read_guide
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.help.guide_page import GuidePage
from avrr_desktop.ui.help.page_titles import page_titles
from tools.make import catalogues

TRANSLATED = sorted(path.parent.name for path in guides().glob(f"*/{OFFICER}.md"))
FILES = sorted(guides().rglob("*.md"))
PARTS = [
    pytest.param(part, id=f"{name}: {part.title}")
    for name in (OFFICER, IT, POLICY) for part in read_guide(name)
]  # fmt: skip
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
LONGEST_LINE, WIDEST, LARGEST = 140, 1100, 90_000
SHORTEST_PART = 80  # letters beside heading and pictures
BEFORE_A_STORE = {"start", "unlock"}


def messages() -> frozenset[str]:
    """Every text that the program may show, in English."""
    template = (resources() / "locale" / "avrr_desktop.pot").read_text(encoding="utf-8")
    return frozenset(
        json.loads(f'"{text}"') for text in re.findall(r'^msgid(?:_plural)? "(.+)"$', template, re.MULTILINE)
    )


def translations(language: str) -> frozenset[str]:
    """Every text that the program may show in a language, forms for one and for many."""
    book = list(catalogues.read(resources() / "locale" / language / "LC_MESSAGES" / "avrr_desktop.po"))[1:]
    texts = (text for one in book for text in (one.string if isinstance(one.string, tuple) else (one.string,)))
    return frozenset(" ".join(text.split()) for text in texts)  # blanks that do not break are blanks here


MESSAGES = messages()
PATTERNS = [
    re.compile(re.sub(r"\\\{\w+\\\}", "(.+)", re.escape(text)))
    for text in MESSAGES
    if "{" in text and re.search(r"[a-z]{2}", re.sub(r"\{\w+\}", "", text))
]


def stands_in(text: str, messages: Collection[str]) -> bool:
    """Say whether a text is one of these: whole, or its first sentences."""
    if text in messages:
        return True
    for message in messages:
        rest = message.removeprefix(text)
        if rest != message and ((text[-1] in ".?" and rest[0] == " ") or rest.startswith(": {")):
            return True
    return False


def on_screen(text: str) -> bool:
    """Say whether a text is one of the program: whole, its first sentences, or with what goes into it filled in."""
    if stands_in(text, MESSAGES):
        return True
    filled = (pattern.fullmatch(text) for pattern in PATTERNS)
    return any(found and all(value in MESSAGES or value.isdecimal() for value in found.groups()) for found in filled)


def fat_words(markdown: str) -> list[str]:
    """The words of a guide that claim to stand on the screen."""
    return [" ".join(text.split()) for text in re.findall(r"\*\*(.+?)\*\*", markdown, re.DOTALL)]


def test_each_page_of_the_window_is_told_in_one_part() -> None:
    claimed = Counter(page for part in read_guide(OFFICER) for page in part.pages)
    assert claimed == Counter({*page_titles(Language()), *BEFORE_A_STORE})


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_text(part: Section) -> None:
    assert len(PICTURE.sub("", part.text.partition("\n")[2]).strip()) >= SHORTEST_PART


def test_each_picture_is_named_and_each_named_picture_is_there() -> None:
    named = {(path.parent / name).resolve() for path in FILES for name in PICTURE.findall(path.read_text("utf-8"))}
    assert named == {path.resolve() for path in guides().rglob("*") if path.is_file() and path.suffix != ".md"}


@pytest.mark.parametrize("path", sorted(guides().rglob("*.png")), ids=lambda path: path.name)
def test_pictures_are_small(path: Path) -> None:
    assert path.stat().st_size < LARGEST
    assert 0 < QImage(str(path)).width() <= WIDEST


@pytest.mark.parametrize("part", [one for one in PARTS if str(one.id).startswith(OFFICER)])
def test_fat_words_stand_on_the_screen(part: Section) -> None:
    assert [text for text in fat_words(part.text) if not on_screen(text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_guide_of_another_language_has_the_same_parts_pages_and_pictures(language: str) -> None:
    parts, english = read_guide(OFFICER, language), read_guide(OFFICER)
    assert [part.pages for part in parts] == [part.pages for part in english]
    pictures = [[Path(name).name for name in PICTURE.findall(part.text)] for part in parts]
    assert pictures == [PICTURE.findall(part.text) for part in english]
    fat = zip(parts, english, strict=True)
    assert all(abs(len(fat_words(ours.text)) - len(fat_words(theirs.text))) <= 1 for ours, theirs in fat)
    assert not [
        part.title
        for part in parts
        if part.title in {one.title for one in english} and part.title.isascii() and " " in part.title
    ]


@pytest.mark.parametrize("language", TRANSLATED)
def test_fat_words_of_another_language_are_those_of_its_screen(language: str) -> None:
    shown = translations(language)
    words = [text for part in read_guide(OFFICER, language) for text in fat_words(part.text)]
    lost = [
        text for text in words if not stands_in(text, shown) and not any(text.split(":")[0] in one for one in shown)
    ]
    assert len(lost) <= len(words) // 50, lost  # texts with values filled in, and beginnings of longer ones


def test_the_check_itself_tells_words_of_the_screen_from_others() -> None:
    for text in ("Lock", "Add: Paper", "This store is open in another window.", "Two people wrote different values",
                 "This computer’s clock is behind the last entry.", "Group 7"):  # fmt: skip
        assert on_screen(text), text
    for text in (
        "Lok",
        "Add: Anything",
        "This store is",
        "lock",
        "Press this",
        "Two people wrote",
        "Group seven",
    ):
        assert not on_screen(text), text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_kosovo_carries_its_mark_and_lines_are_short(path: Path) -> None:
    text = path.read_text("utf-8")
    note = Language(path.parent.name if path.parent != guides() else "en").text(KOSOVO_NOTE)
    limit = LONGEST_LINE if path.parent == guides() else 10 * LONGEST_LINE  # whoever translates breaks no lines
    assert re.findall(r"Kosovo(?!\\?\*).{0,20}", text.replace(note, "")) == []
    assert [line for line in text.splitlines() if len(line) > limit] == []


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_names_kosovo_carries_the_note(part: Section) -> None:
    assert "Kosovo" not in part.text or f"\n\\{KOSOVO_NOTE}" in part.text


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.whole)
def test_each_key_of_a_policy_is_told_with_its_example_and_what_may_stand_there(key: Key) -> None:
    told = next(part.text for part in read_guide(POLICY) if part.title == "The keys")
    row = next(line for line in told.splitlines() if line.startswith(f"| `{key.whole}` |"))
    example = key.example or choices(key, known()).split(", ")[0]
    assert f"| `{json.dumps(example, ensure_ascii=False)}` |" in row
    if key.name != "allowed":
        assert all(re.search(rf"\b{choice}\b", row) for choice in choices(key, known()).split(", "))
    changes = next(part.text for part in read_guide(POLICY) if part.title == "What each of them changes")
    assert key.whole in changes or re.search(rf"\*\*{key.table}\.[^:]*\b{key.name}\b[^:]*:\*\*", changes)


def test_a_policy_tells_no_key_and_no_way_out_that_is_not_there() -> None:
    parts = {part.title: part.text for part in read_guide(POLICY)}
    assert re.findall(r"^\| `(\w+\.\w+)`", parts["The keys"], re.MULTILINE) == [key.whole for key in KEYS]
    assert re.findall(r"^\| `(\w+)`", parts["What may leave"], re.MULTILINE) == list(EXPORTS)


def test_the_whole_example_of_a_policy_holds(tmp_path: Path) -> None:
    [example] = re.findall(
        r"^```toml\n(.*?)^```", (guides() / f"{POLICY}.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    path = tmp_path / "policy.toml"
    path.write_text(example, encoding="utf-8")
    found = read_policy_at(path)
    assert found.problems == ()
    assert found.office["code"] == "TIR"
    assert found.escrow
    assert found.update_key
    assert found.exports == frozenset({"password", "sealed", "table"})


def opened(qtbot: QtBot, size: int) -> tuple[Shell, GuidePage]:
    """The guide in a window of 1280x800, before a store is open."""
    shell = Shell(Settings(language="en", look="light", size=size), False)
    qtbot.addWidget(shell)
    shell.resize(1280, 800)
    shell.show()
    qtbot.waitExposed(shell)
    shell.doors.show_guide("start")
    page = shell.centralWidget()
    assert isinstance(page, GuidePage)
    qtbot.waitUntil(lambda: page.width() == 1280)
    return shell, page


@pytest.mark.parametrize("size", [100, 150, 200])
@pytest.mark.parametrize("name", [OFFICER, POLICY])
def test_no_part_is_wider_than_the_page_or_longer_than_two(qtbot: QtBot, name: str, size: int) -> None:
    _, page = opened(qtbot, size)
    page.which.setCurrentIndex(page.which.findData(name))
    wide, long = [], []
    for number, part in enumerate(read_guide(name)):
        page.contents.setCurrentRow(number)
        across, down = page.sheet.horizontalScrollBar(), page.sheet.verticalScrollBar()
        wide += [part.title] * (across.maximum() > 0)
        long += [part.title] * (size == 100 and down.maximum() > down.pageStep())
    assert (wide, long) == ([], [])


def test_pictures_are_as_large_as_there_is_room_from_the_first_moment(qtbot: QtBot) -> None:
    shell, page = opened(qtbot, 100)
    shown = page.sheet.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl("start.png"))
    assert isinstance(shown, QImage)
    assert shown.width() == QImage(str(guides() / "start.png")).width()
    shell.resize(960, 600)
    page.contents.setCurrentRow(2)
    qtbot.waitUntil(lambda: page.width() == 960)
    assert page.sheet.horizontalScrollBar().maximum() == 0
