"""Every page in every language in a low window, and with large text: nothing is cut, nothing stays English that has a translation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.i18n import parted
from avrr_desktop.language import SOURCE, Language, languages
from avrr_desktop.locations import guides
from avrr_desktop.operations.program.guides import OFFICER, read_guide
from tests.support.every_page import FRONT, PAGES
from tests.support.stage import Stage
from tools.make import catalogues

LOW, HIGH = (1024, 600), (1920, 1080)  # whoever has texts of double the size has a screen for them
TRANSLATED = [code for code, _ in languages() if code != SOURCE]


def english(language: str) -> set[str]:
    """Return the messages without values that read differently in a language: on the screen they were not looked up."""
    words = Language(language)
    plain = (message for message in catalogues.all_messages() if isinstance(message, str) and "{" not in message)
    parts = ((message, parted(message)[1]) for message in plain)
    other = {words.text(message) for message in catalogues.all_messages() if isinstance(message, str)}
    names = {name for _, name in languages()}  # each in its own language
    return {text for message, text in parts if words.text(message) != text and text not in other | names}


def staged(place: Path, language: str, text: int) -> Iterator[Stage]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_DATA_HOME", str(place))
        environment.setenv("LOCALAPPDATA", str(place))
        made = Stage(place, PAGES, FRONT, language=language, text=text)
        yield made
        made.close()


@pytest.mark.parametrize(("language", "text"), [*((one, 100) for one in TRANSLATED), ("de", 200)])
def test_no_page_cuts_a_text_or_leaves_one_in_english(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, language: str, text: int
) -> None:
    unsaid, wrong = english(language), list[str]()
    if not (guides() / language / "officer.md").exists():
        unsaid -= {part.title for part in read_guide(OFFICER)}
    for stage in staged(tmp_path, language, text):
        for name in PAGES:
            seen = stage.seen_at(qtbot, name, LOW if text == 100 else HIGH)
            wrong += [f"{name}: {what}: {said!r} is English" for what, said in set(seen.texts) if said in unsaid]
            wrong += [f"{name}: {one}" for one in sorted({*seen.cut, *seen.cut_titles})]
    assert not wrong, "\n".join([f"{language}, {text} %: {len(wrong)}", *wrong])
