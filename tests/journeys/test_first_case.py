"""A family from the first keystroke to the signed page, through the real window and the real store."""

import io
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.language import Language
from avrr_desktop.locations import default_store
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.documents.printing import (
    MISSING_PAPERS,
    SUMMARY,
    case_pdf,
    outbox,
    outbox_document,
    put_in_outbox,
)
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.steps.service_chooser import ServiceChooser
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.printing.outbox_page import OutboxPage
from avrr_desktop.ui.printing.print_page import PrintPage
from avrr_desktop.ui.start.new_store_page import NewStorePage
from avrr_desktop.ui.start.recovery_page import RecoveryPage
from avrr_desktop.ui.start.unlock_page import UnlockPage
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from tests.support import window
from tests.support.stores import unlocked

PASSPHRASE = "pesë fjalë që s'i di askush"


def speaking(language: str) -> Settings:
    return Settings(language=language, look="light", size=100)


def start_store(qtbot: QtBot, language: str = "en") -> tuple[Shell, Desktop]:
    """Go through the second door: this office's store."""
    shell = window.open_window(qtbot, settings=speaking(language))
    shell.doors.show_new_store()
    page = shell.centralWidget()
    assert isinstance(page, NewStorePage)
    window.type_text(page.name, "Tirana office")
    window.type_text(page.code, "tir")
    window.type_text(page.officer, "Arta Hoxha")
    window.type_text(page.initials, "AH")
    page.passphrase.setText(PASSPHRASE)
    page.again.setText(PASSPHRASE)
    QTest.mouseClick(page.make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(shell.centralWidget(), RecoveryPage))
    assert shell.desktop is None, "the store does not count as made before its code was typed back"
    window.keep_code(qtbot, shell, PASSPHRASE)
    return shell, window.desktop_of(shell)


def go_on(qtbot: QtBot, case: str) -> tuple[Shell, Desktop]:
    """Come back to a store that somebody made, at the case of its family."""
    shell = window.open_window(qtbot, default_store())
    desktop = window.unlock(qtbot, shell, PASSPHRASE)
    desktop.show_case(case)
    return shell, desktop


def record_family(qtbot: QtBot, desktop: Desktop) -> None:
    """Five people; two papers missing; a school step that waits for a birth entry."""
    QTest.keyClick(desktop, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = desktop.page("new")
    assert isinstance(page, NewCasePage)
    window.type_text(page.who, "Марко Ђорђевић 1985")
    QTest.mouseClick(page.open_it, Qt.MouseButton.LeftButton)
    case = window.case_page(desktop)
    people = case.tab("people")
    assert isinstance(people, PeopleTab)
    for given, born, relation in (("Šejla", "1988", "spouse"), ("Ana", "2.3.2014", "daughter"), ("Luka", "May 2019", "son"),
                                  ("Çelë", "1955~", "mother")):  # fmt: skip
        people.add()
        form = people.forms[0]
        window.type_into(form, "given_names", given)
        window.type_into(form, "birth_date", born)
        assert form.save()
        window.choose(people.forms[1], "relationship", relation)
        assert people.forms[1].save()
    assert case.case_file is not None
    assert len(case.case_file.members) == 5
    add_papers(case, ("birth_certificate_national", "missing"), ("school_report", "missing"))
    case.show_tab("services")
    services = case.tab("services")
    assert isinstance(services, ServicesTab)
    ana = next(member.person.uid for member in case.case_file.members if member.person.text("given_names") == "Ana")
    for template in ("birth_registration", "school_enrolment"):
        services.choose_service()
        services.findChildren(ServiceChooser)[-1].chosen.emit(template, [ana])


def add_papers(case: CasePage, *papers: tuple[str, str]) -> None:
    case.show_tab("papers")
    tab = case.tab("papers")
    assert isinstance(tab, RecordTab)
    assert case.case_file is not None
    holder = case.case_file.members[2].person.uid
    for kind, state in papers:
        tab.add()
        form = tab.form
        assert form is not None
        window.choose(form, "doc_type", kind)
        window.choose(form, "state", state)
        window.choose(form, "holder", holder)
        assert form.save()


@pytest.mark.parametrize("language", ["en", "sq", "mk"])
def test_a_family_is_recorded_found_printed_and_locked(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    words = Language(language)
    shell, desktop = start_store(qtbot, language)
    record_family(qtbot, desktop)
    case = window.case_page(desktop)
    assert case.case_file is not None
    number = case.case_file.case.text("number")
    assert number.startswith("AL-TIR-")
    school = [view for view in case.case_file.step_views() if view.step.text("template") == "AL.RECOG"]
    assert school[0].blockers, "recognition waits for the translation of the school papers"
    shell.close()

    again = window.open_window(qtbot, default_store(), settings=speaking(language))
    desktop = window.unlock(qtbot, again, PASSPHRASE)
    QTest.keyClick(again, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.type_text(desktop.search, "Gjorgjeviq")
    qtbot.waitUntil(lambda: bool(desktop.search.list.chosen()))
    QTest.keyClick(desktop.search, Qt.Key.Key_Return)
    case = window.case_page(desktop)
    assert case.case_file is not None
    assert case.case_file.case.text("number") == number
    assert len(case.case_file.missing_papers()) == 2

    case.show_tab("services")
    services = case.tab("services")
    assert isinstance(services, ServicesTab)
    first = next(step for step in case.case_file.steps if step.text("template") == "SE.HOST_DOCS")
    services.show_case(case.case_file, first.uid)
    services.put_into("done")
    done = next(step for step in case.case_file.steps if step.uid == first.uid)
    assert done.text("state") == "done"
    assert desktop.status.saved.text().startswith(words.text("Saved {time}").partition("{")[0])
    done_text = words.text(unlocked(again.workspace).pack.label("step_state", "done"))
    assert desktop.message.text.text().endswith(f"{words.text(first.text('title'))}: {done_text}")

    case.print_button.click()
    page = desktop.page("print")
    assert isinstance(page, PrintPage)
    assert page.preview.page_count >= 1
    page.keep()
    assert again.workspace is not None
    item = outbox(again.workspace)[0]
    text = " ".join(
        pypdf.PdfReader(io.BytesIO(outbox_document(again.workspace, item.pk)[1])).pages[0].extract_text().split()
    )
    for word in ("Ђорђевић, Марко", "Šejla", "Çelë", number, words.text("Case summary").split()[0]):
        assert word in text
    desktop.show_page("outbox")
    shown = desktop.page("outbox")
    assert isinstance(shown, OutboxPage)
    shown.ask_folder = lambda: str(tmp_path)
    window.type_text(shown.to, "Head office courier")
    shown.closing.setCurrentIndex(shown.closing.findData("plain"))
    shown.hand_over()
    handed = outbox(again.workspace)[0]
    assert (handed.state, handed.handed_to) == ("handed_over", "Head office courier")
    [written] = tmp_path.glob("AL-TIR-*.pdf")
    assert "Ђ" not in written.name
    assert written.read_bytes() == outbox_document(again.workspace, handed.pk)[1]

    QTest.keyClick(again, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(again.centralWidget(), UnlockPage))
    assert again.workspace is None
    assert again.windowTitle() == "AVRR Desktop"
    QApplication.processEvents()


def test_undo_says_what_it_undid_and_nothing_is_lost_by_closing(qtbot: QtBot, at_home: str) -> None:
    shell, desktop = go_on(qtbot, at_home)
    case = window.case_page(desktop)
    case.show_tab("papers")
    tab = case.tab("papers")
    assert isinstance(tab, RecordTab)
    tab.remove()
    assert case.case_file is not None
    assert len(case.case_file.papers) == 1
    desktop.acts.undo()
    assert len(case.case_file.papers) == 2
    assert desktop.message.text.text() == "Undone: Removed: Paper"

    case.show_tab("notes")
    notes = case.tab("notes")
    assert isinstance(notes, RecordTab)
    notes.add()
    assert notes.form is not None
    window.type_into(notes.form, "text", "Half a sentence about the")
    shell.close()

    again = window.open_window(qtbot, default_store())
    desktop = window.unlock(qtbot, again, PASSPHRASE)
    [draft] = unlocked(again.workspace).store.local.drafts()
    window.open_draft(desktop, draft)
    notes = window.case_page(desktop).tab("notes")
    assert isinstance(notes, RecordTab)
    assert notes.form is not None
    assert notes.form.rows["text"].editor.typed() == "Half a sentence about the"
    window.type_into(notes.form, "text", " school.")
    QTest.keyClick(notes.form.rows["text"].editor.focus, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert unlocked(again.workspace).store.local.drafts() == []
    case = window.case_page(desktop)
    assert case.case_file is not None
    assert "school" in case.case_file.notes[0].text("text")


def test_a_name_typed_for_a_new_case_waits_in_today(qtbot: QtBot) -> None:
    shell, desktop = start_store(qtbot)
    QTest.keyClick(desktop, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = desktop.page("new")
    assert isinstance(page, NewCasePage)
    assert page.isVisible()
    window.type_text(page.who, "Ђорђ")
    shell.close()
    again = window.open_window(qtbot, default_store())
    desktop = window.unlock(qtbot, again, PASSPHRASE)
    [draft] = unlocked(again.workspace).store.local.drafts()
    window.open_draft(desktop, draft)
    page = desktop.page("new")
    assert isinstance(page, NewCasePage)
    assert page.who.text() == "Ђорђ" and page.grid.rows.rows[0].text("person.family_name") == "Ђорђ"
    QTest.mouseClick(page.open_it, Qt.MouseButton.LeftButton)
    assert unlocked(again.workspace).store.local.drafts() == []


def test_return_leads_from_the_name_to_the_case_and_stops_where_somebody_may_be_here_already(qtbot: QtBot) -> None:
    shell, desktop = start_store(qtbot)
    desktop.show_page("new")
    page = desktop.page("new")
    assert isinstance(page, NewCasePage)
    qtbot.waitUntil(page.who.hasFocus)
    window.type_text(page.who, "Ana Đorđević 1988")
    QTest.keyClick(page.who, Qt.Key.Key_Return)
    assert page.grid.table.hasFocus() and page.grid.table.key == "person.sex"
    for row in (1, 1):
        QTest.keyClick(page.grid.table, Qt.Key.Key_Return)
        assert page.grid.table.row == row
    assert page.open_it.hasFocus(), "an empty row leads on"
    QTest.keyClick(page.open_it, Qt.Key.Key_Return)
    case = window.case_page(desktop).case_file
    assert case is not None
    person = case.members[0].person
    assert (person.text("family_name"), person.text("given_names"), person.text("birth_date")) == (
        "Đorđević",
        "Ana",
        "1988",
    )
    desktop.show_page("new")
    qtbot.waitUntil(page.who.hasFocus)
    window.type_text(page.who, "Ана Ђорђевић")
    QTest.keyClick(page.who, Qt.Key.Key_Return)
    people = page.grid.already.people
    assert people.hasFocus(), "look first"
    QTest.keyClick(people, Qt.Key.Key_Return)
    again = window.case_page(desktop).case_file
    assert again is not None and again.case.uid == case.case.uid
    shell.close()


def test_documents_in_the_outbox_are_told_apart_and_leave_to_somebody(
    qtbot: QtBot, at_home: str, tmp_path: Path
) -> None:
    shell, desktop = go_on(qtbot, at_home)
    case = window.case_page(desktop).case_file
    assert case is not None and shell.workspace is not None
    for document in (SUMMARY, MISSING_PAPERS):
        put_in_outbox(shell.workspace, case, case_pdf(shell.workspace, case, document=document), document)
    desktop.show_page("outbox")
    shown = desktop.page("outbox")
    assert isinstance(shown, OutboxPage)
    lines = [shown.list.item(number).data(LINE_ROLE) for number in range(shown.list.count())]
    assert sorted(line.below.split(" (")[0] for line in lines) == ["Case summary", "Missing papers"]
    assert {line.title for line in lines} == {f"{case.case.text('called')} · {case.case.text('number')}"}
    asked: list[str] = []
    shown.ask_folder = lambda: asked.append("") or str(tmp_path)  # type: ignore[func-returns-value]
    shown.hand_over()
    assert "so that this can be traced later" in desktop.message.text.text()
    assert asked == [] and shown.to.hasFocus() and list(tmp_path.glob("*.pdf")) == []
    shown.to.setText("Civil registry")
    shown.hand_over()
    [written] = tmp_path.glob("*.pdf")
    assert shown.password.isVisible()
    with pypdfium2.PdfDocument(written, password=shown.password.text()) as opened:
        assert len(opened) >= 1
    shown.copy.click()
    assert QApplication.clipboard().text() == shown.password.text()
    assert not shown.away.isEnabled(), "what left stays on record"
    shell.close()


def test_a_document_is_thrown_away_and_put_back(qtbot: QtBot, at_home: str) -> None:
    shell, desktop = go_on(qtbot, at_home)
    case = window.case_page(desktop).case_file
    assert case is not None and shell.workspace is not None
    workspace = shell.workspace
    put_in_outbox(workspace, case, case_pdf(workspace, case), SUMMARY)
    desktop.status.count_outbox()
    desktop.show_page("outbox")
    shown = desktop.page("outbox")
    assert isinstance(shown, OutboxPage)
    before = outbox_document(workspace, outbox(workspace)[0].pk)
    assert "1 document" in desktop.status.ready.text() and not shown.back.isVisible()
    QTest.keyClick(shown, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert outbox(workspace) == [] and shown.list.count() == 0 and desktop.status.ready.text() == ""
    assert "discarded" in desktop.message.text.text() and shown.back.isVisible()
    shown.back.click()
    after = outbox_document(workspace, outbox(workspace)[0].pk)
    assert (after[1], after[0].serial, after[0].state) == (before[1], before[0].serial, "ready")
    assert shown.list.count() == 1 and not shown.back.isVisible()
    shown.away.click()
    desktop.show_page("today")
    desktop.show_page("outbox")
    assert not shown.back.isVisible() and outbox(workspace) == []
    shell.close()
