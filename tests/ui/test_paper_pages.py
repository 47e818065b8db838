"""The pages of paper: who is left out is named, an outdated copy asks what is meant, and nobody types a recipient twice."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import FULL, REFERRAL, RETURNEE
from avrr_desktop.domain.policy import Policy
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.documents.printing import Copy, case_pdf, keep_copy, outbox, put_in_outbox
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.printing.outbox_page import OutboxPage
from avrr_desktop.ui.printing.print_page import PrintPage
from tests.support import office_with_keys, stores, window
from tests.support.consents import agreed


def desktop_over(qtbot: QtBot, workspace: Workspace) -> Desktop:
    shell = Shell(Settings(language="en", look="light", size=100), False)
    window.show_store(shell, workspace)
    qtbot.addWidget(shell)
    shell.show()
    qtbot.waitExposed(shell)
    return window.desktop_of(shell)


def outbox_page(desktop: Desktop) -> OutboxPage:
    desktop.show_page("outbox")
    page = desktop.page("outbox")
    assert isinstance(page, OutboxPage)
    QApplication.processEvents()
    return page


def test_the_print_page_names_who_is_left_out(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    desktop = desktop_over(qtbot, workspace)
    desktop.show_case(family.case.uid)
    window.case_page(desktop).print_button.click()
    page = desktop.page("print")
    assert isinstance(page, PrintPage) and not page.left_out.isVisible()
    page.level.setCurrentIndex(page.level.findData(REFERRAL))
    page.show_draft()
    assert "nothing can be disclosed to a partner" in desktop.message.text.text()
    assert not page.keep_button.isEnabled() and not page.paper_button.isEnabled() and page.preview.page_count == 0
    agreed(workspace, family, 2, limits="not where they live")
    page.show_case(workspace.store.reader.case_file(family.case.uid))
    assert page.left_out.isVisible() and "Šejla" in page.left_out.text() and "Ana" not in page.left_out.text()
    assert "not where they live" in page.left_out.text(), "limits are shown before anything leaves"
    page.to.setText("Caritas")
    page.keep()
    assert [(item.level, item.recipient) for item in outbox(workspace)] == [(REFERRAL, "Caritas")]
    page.level.setCurrentIndex(page.level.findData(FULL))
    page.show_draft()
    assert not page.left_out.isVisible()
    workspace.lock()


def test_an_outdated_copy_asks_beside_itself_what_is_meant(
    qtbot: QtBot, workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    keep_copy(workspace, family, "summary", FULL, "Head office")
    desktop = desktop_over(qtbot, workspace)
    page = outbox_page(desktop)
    assert page.to.text() == "Head office", "nobody types it twice"
    assert page.hand.isVisible() and not page.outdated.isVisible()
    new_record(workspace, "note", {"text": "moved"}, family.case.uid)
    page.show_documents()
    assert not page.hand.isVisible() and page.outdated.isVisible()
    assert page.renew.isVisible() and page.all_the_same.isVisible()
    page.ask_folder = lambda: str(tmp_path)
    page.all_the_same.click()
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    keep_copy(workspace, family, "summary", FULL, "court")
    page.show_documents()
    page.list.setCurrentRow(0)
    page.renew.click()
    newest = outbox(workspace)[0]
    assert newest.state == "ready" and newest.recipient == "court" and page.list.chosen() == str(newest.pk)
    assert page.hand.isVisible() and page.to.text() == "court"
    workspace.lock()


@pytest.mark.parametrize("passphrase", [office_with_keys.WORKER, office_with_keys.READER])
def test_a_document_above_the_role_shows_nothing_of_itself(qtbot: QtBot, tmp_path: Path, passphrase: str) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(office_with_keys.FOUNDER)
    case = stores.family(founder)
    put_in_outbox(founder, case, case_pdf(founder, case, copy=Copy(FULL)))
    founder.lock()
    at_work = office.at_work(passphrase)
    page = outbox_page(desktop_over(qtbot, at_work))
    assert page.preview.page_count == 0 and not page.hand.isEnabled() and not page.away.isEnabled()
    at_work.lock()


def test_where_printing_is_closed_the_button_says_why(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    workspace.policy = Policy(printing=False)
    desktop = desktop_over(qtbot, workspace)
    desktop.show_case(family.case.uid)
    window.case_page(desktop).print_button.click()
    page = desktop.page("print")
    assert isinstance(page, PrintPage)
    asked: list[QWidget] = []

    def ask(over: QWidget) -> None:
        asked.append(over)

    page.ask_printer = ask
    assert (
        not page.paper_button.isEnabled()
        and "policy of this computer" in page.paper_button.toolTip()
        and page.keep_button.isEnabled()
    )
    page.print_on_paper()  # as a shortcut would
    page.show_day(date(2026, 6, 15))
    assert not page.paper_button.isEnabled()
    page.print_on_paper()
    assert asked == []
    page.show_case(family)
    page.level.setCurrentIndex(page.level.findData(RETURNEE))
    page.show_draft()
    assert page.paper_button.isEnabled() and page.paper_button.toolTip() == ""
    page.print_on_paper()
    assert asked == [page]
    workspace.lock()


def test_the_language_of_the_pages_is_chosen_apart_from_the_window(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    person = family.members[0].person
    edit_record(workspace, person, {"languages": ("mkd",)}, family.case.uid)
    desktop = desktop_over(qtbot, workspace)
    desktop.show_case(family.case.uid)
    window.case_page(desktop).print_button.click()
    page = desktop.page("print")
    assert isinstance(page, PrintPage) and page.language.currentData() == "en"
    page.level.setCurrentIndex(page.level.findData(RETURNEE))
    page.level.activated.emit(page.level.currentIndex())
    assert page.language.currentData() == "mk", "the family reads it"
    page.language.setCurrentIndex(page.language.findData("fr"))
    page.language.activated.emit(page.language.currentIndex())
    page.keep()
    assert [item.language for item in outbox(workspace)] == ["fr"]
    workspace.lock()
