"""Every page of a family, an office and partners whose names look like marks of Qt: each letter stands there as it was typed."""

from collections.abc import Iterable, Iterator
from html import escape

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.session.late_entries import begin_late_entry
from avrr_desktop.operations.session.records import directory, edit_record, remove_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.protection.rights_card import RightsCard
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from tests.support.clipping import cut_in
from tests.support.every_page import FRONT, PAGES
from tests.support.literally import TYPED, cut_rows, said
from tests.support.stage import SIZES, Stage

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)  # popups
KEYS = ("called", "municipality_of_return", "family_name", "given_names", "birth_place", "name", "place", "summary", "text",
        "school", "office", "title", "short")  # fmt: skip
# Where the text must be met, and in what: a walk that never meets it shows nothing.
MEETS = {
    "today": {"DeskView", "ElidedLabel", "title of the window"}, "cases": {"CaseView", "Choice"}, "who": {"ItemList"},
    "partners": {"ItemList"}, "new case": {"LikelyList"}, "day sheet": {"ElidedButton"}, "outbox, ready": {"ItemList"},
    "case, overview": {"Choice", "ElidedButton", "ItemList", "QLabel", "tool tip of ElidedLabel"}, "case, people": {"ItemList"},
    "case, papers": {"Choice", "ItemList"}, "case, several papers": {"QCheckBox"}, "case, move a paper": {"Choice"},
    "case, services": {"Finder", "WrappingTree", "_CheckList"}, "case, add a service": {"QCheckBox"}, "case, school": {"Choice"},
    "case, referrals": {"Choice", "ItemList"}, "case, rights of the people": {"Choice"}, "search, found": {"DeskView"},
    "setup, officers": {"ItemList"}, "setup, about": {"QLabel"},
}  # fmt: skip


def rename(workspace: Workspace, record: Record, case: str = "") -> None:
    values = {key: TYPED for key in KEYS if isinstance(record.values.get(key), str)}
    if values:
        edit_record(workspace, record, values, case)


def rename_everything(workspace: Workspace, chosen: str) -> None:
    """Write the text wherever somebody types a name or a sentence, and take somebody out of the case that is looked at."""
    for kind in ("office", "officer", "provider"):
        for record in directory(workspace, kind):
            rename(workspace, record)
    for line in all_cases(workspace):
        file = read_case(workspace, line.uid)
        if file.over:
            begin_late_entry(workspace, file, TYPED)
        rename(workspace, file.case, line.uid)
        for member in file.members:
            rename(workspace, member.person, line.uid)
        for records in (file.papers, file.services, file.steps, file.referrals, file.follow_ups, file.contacts, file.notes,
                        file.schoolings, *file.others.values()):  # fmt: skip
            for record in records:
                rename(workspace, record, line.uid)
    membership = read_case(workspace, chosen).members[-1].membership
    remove_record(workspace, membership, chosen)  # the rights card offers whoever was taken out


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    place = tmp_path_factory.mktemp("typed")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_DATA_HOME", str(place))
        environment.setenv("LOCALAPPDATA", str(place))
        made = Stage(place, PAGES, FRONT, before=rename_everything, role="supervisor")
        yield made
        made.close()


def every_page() -> Iterable[object]:
    return [pytest.param(name, id=name) for name in PAGES]


@pytest.mark.parametrize("name", every_page())
def test_what_was_typed_stands_there_letter_by_letter(qtbot: QtBot, stage: Stage, name: str) -> None:
    window = stage.bring(qtbot, name, SIZES["1280x800"])
    if name == "new case":  # what is typed at this moment, too
        page = stage.page(NewCasePage, "new")
        page.look_for(TYPED)
    texts = list(said(window))
    assert texts
    wrong = sorted({f"{what}: {text!r}" for what, text, whole in texts if not whole})
    assert not wrong, "\n".join([name, *wrong])
    where = {what.split("#")[0] for what, text, _ in texts if TYPED in text or escape(TYPED) in text}
    assert MEETS.get(name, set()) <= where
    cut = list(cut_rows(window))
    assert not cut, "\n".join([name, *cut])


@pytest.mark.parametrize("size", SIZES)
def test_whom_the_rights_card_offers_and_erases_stands_there_whole(qtbot: QtBot, stage: Stage, size: str) -> None:
    window = stage.bring(qtbot, "case, rights of the people", SIZES[size])
    [card] = window.findChildren(RightsCard)
    assert card.isVisible() and TYPED in card.person.itemText(0) and TYPED in card.out.itemText(0)
    card.reason.setText(TYPED)
    card.erase(whole=False)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    QApplication.processEvents()
    assert card.erasing is not None and TYPED in card.erasing.sentence.text()
    wrong = sorted({f"{what}: {text!r}" for what, text, whole in said(window) if not whole})
    assert (wrong, list(cut_rows(window)), list(cut_in(window))) == ([], [], [])
