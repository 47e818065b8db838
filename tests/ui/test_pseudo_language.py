"""Every page in qps, English in disguise: what stands without brackets is never looked up, what is cut lacks room."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.every_page import FRONT, PAGES
from tests.support.stage import SIZES, Stage


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    place = tmp_path_factory.mktemp("qps")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_DATA_HOME", str(place))
        environment.setenv("LOCALAPPDATA", str(place))
        made = Stage(place, PAGES, FRONT)
        yield made
        made.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_text_is_looked_up_and_none_is_cut_at_any_size(qtbot: QtBot, stage: Stage, name: str) -> None:
    for size, seen in stage.seen(qtbot, name):
        assert (seen.width, seen.height) == SIZES[size], "the window does not become as small as this"
        assert any(text.startswith("[") for _, text in seen.texts)
        lost = sorted({f"{what}: {text!r} is not looked up" for what, text in seen.texts if stage.known.leftover(text)})
        wrong = [*lost, *sorted(set(seen.cut)), *seen.cut_titles]
        assert not wrong, "\n".join([f"{name} at {size}", *wrong])


def test_the_check_itself_tells_a_text_from_data(stage: Stage) -> None:
    known = stage.known
    officer = stage.officers[0].text("name")
    for text in ("", "12.5.2019", "Monday, 23 November 2026", officer, f"[Ŝéàŕćĥ ~~~] · {officer}", "[Ĥéļþ ~~] (Ctrl+K)",
                 f"[Ôƒƒîćé: {officer} ~~]", "[þļàññéď [ţôḿôŕŕôŵ ~~] ~~~]", "AVRR Desktop – Practice office",
                 "Ferizaj, [Kosovo* ~]"):  # fmt: skip
        assert not known.leftover(text), text
    for text in ("Search", f"{officer} · since", "[Ŝéàŕćĥ ~~~] now", "[Ûñďôñé: Paper removed ~~]", "case_worker",
                 "Get the identity card", "[Ŝéàŕćĥ ~~~]: missing", "Ferizaj, Kosovo*"):  # fmt: skip
        assert known.leftover(text), text
