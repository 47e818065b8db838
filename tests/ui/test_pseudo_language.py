"""Every page in qps, English in disguise: what stands without brackets is never looked up, what is cut lacks room."""

from collections.abc import Iterable, Iterator

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


def every_page() -> Iterable[object]:
    return [pytest.param(name, size, id=f"{name} at {size}") for name in PAGES for size in SIZES]


@pytest.mark.parametrize(("name", "size"), every_page())
def test_every_text_is_looked_up(qtbot: QtBot, stage: Stage, name: str, size: str) -> None:
    seen = stage.seen(qtbot, name, size)
    assert any(text.startswith("[") for _, text in seen.texts)
    lost = sorted({f"{what}: {text!r}" for what, text in seen.texts if stage.known.leftover(text)})
    assert not lost, "\n".join([f"{name} at {size}", *lost])


@pytest.mark.parametrize(("name", "size"), every_page())
def test_no_text_is_cut(qtbot: QtBot, stage: Stage, name: str, size: str) -> None:
    seen = stage.seen(qtbot, name, size)
    assert (seen.width, seen.height) == SIZES[size], "the window does not become as small as this"
    assert not seen.cut, "\n".join([f"{name} at {size}", *sorted(set(seen.cut))])


@pytest.mark.parametrize(("name", "size"), every_page())
def test_no_title_of_a_column_is_cut(qtbot: QtBot, stage: Stage, name: str, size: str) -> None:
    cut = stage.seen(qtbot, name, size).cut_titles
    assert not cut, "\n".join([f"{name} at {size}", *cut])


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
