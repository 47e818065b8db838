"""Who may only read goes through every page of the window: nothing is written, and every refusal is said in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from avrr_desktop.operations.cases.cases import open_case, put_new_case, read_case
from avrr_desktop.operations.cases.closing import approve_closing
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.documents.printing import case_pdf, put_in_outbox
from avrr_desktop.operations.session.drafts import all_drafts, keep_draft
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.frame.shell import Shell
from tests.support import office_with_keys, stores, window
from tests.support.clipping import asks
from tests.support.endings import close_case
from tests.support.every_page import FRONT, PAGES
from tests.support.stage import Stage

# pages that begin with what only the practice store of the other tests holds
LEFT_OUT = {"case, move a paper"}


class ReadersStage(Stage):
    """The window of an officer who may only read, over an office whose people have passphrases of their own."""

    def __init__(self, folder: Path) -> None:
        office = office_with_keys.office(folder / "office.avrr")
        founder = office.at_work(office_with_keys.FOUNDER)
        family = stores.family(founder)
        add_service(founder, family, "birth_registration", [family.members[2].person.uid])
        self.case = family.case.uid
        step = read_case(founder, self.case).steps[0]
        edit_record(founder, step, {"planned_on": "2026-06-16"}, self.case)
        self.bare = put_new_case(founder, {"called": "Zeqiri"}, []).case
        self.closed = open_case(founder, {"called": "Krasniqi"}, [({"family_name": "Krasniqi"}, {})]).case
        close_case(founder, read_case(founder, self.closed), "withdrew")
        self.nameless = open_case(founder, {}, [({"family_name": "Zeqiri"}, {})]).case
        for _ in range(2):
            put_in_outbox(founder, family, case_pdf(founder, family))
        keep_draft(founder, "new note 1", self.case, "note", "1", {"text": "not saved yet"}, ())
        founder.lock()
        second = office.at_work(office_with_keys.SECOND)
        approve_closing(second, read_case(second, self.closed))
        second.lock()
        self.shell = Shell(Settings(language="en", look="light", size=100), False)
        self.reader = office.at_work(office_with_keys.READER)
        window.show_store(self.shell, self.reader)
        self.front = self.shell


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReadersStage]:
    monkeypatch.setattr("avrr_desktop.ui.setup.checks.FIRST_MS", 3_600_000)  # a check writes; here, nobody else does
    made = ReadersStage(tmp_path)
    qtbot.addWidget(made.shell)
    made.shell.show()
    qtbot.waitExposed(made.shell)
    yield made
    made.reader.lock()


def written(stage: ReadersStage) -> tuple[object, ...]:
    """Return all that a verb could have written."""
    store = stage.workspace.store
    return (
        store.journal.count(), list(store.dump()), [draft.form for draft in all_drafts(stage.workspace)],
        store.local.documents(), stage.workspace.folder.read_keys(),
        store.connection.rows("SELECT key, value FROM local_settings WHERE key <> 'serial' ORDER BY key"),
    )  # fmt: skip


def test_whoever_may_only_read_sees_every_page_and_writes_nothing(stage: ReadersStage) -> None:
    assert stage.workspace.role == "read_only"
    before = written(stage)
    said: list[tuple[str, str]] = []
    stage.desktop.acts.failed.connect(lambda title, hint: said.append((title, hint)))
    for name in sorted(set(PAGES) - set(FRONT) - LEFT_OUT):
        PAGES[name](stage)
        QApplication.processEvents()
        assert written(stage) == before, name
    for title, hint in said:
        assert title.endswith((".", ":")) and hint.endswith("."), (title, hint)
    assert "Your role does not allow this." in {title for title, _ in said}


def test_whoever_may_only_read_finds_forms_that_ask_for_nothing(stage: ReadersStage) -> None:
    tab = stage.tab("people", PeopleTab)
    assert not any(asks(row.editor.focus) for form in tab.forms for row in form.rows.values())
    assert "Read only" in [one.text() for one in tab.findChildren(QLabel)]


def test_whoever_may_only_read_types_a_name_and_goes_away_again(stage: ReadersStage) -> None:
    page = stage.page(NewCasePage, "new")
    page.look_for("Krasniqi")
    page.keep_draft()
    page.away.click()
    assert page.who.text() == "" and page.grid.rows.filled_rows() == []
