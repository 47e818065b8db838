"""Three officers with passphrases of their own, in the real window: roles, restricted records, closing, prints, journeys."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.consent.redaction import CONFERENCE
from avrr_desktop.domain.errors import PassphraseError
from avrr_desktop.keys import recovery
from avrr_desktop.operations.documents.printing import outbox, outbox_document
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.closing.approval_card import ApprovalCard
from avrr_desktop.ui.case.protection.protection_tab import ProtectionTab
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.printing.outbox_page import OutboxPage
from avrr_desktop.ui.printing.print_page import PrintPage
from avrr_desktop.ui.setup.access_tab import AccessTab
from avrr_desktop.ui.setup.data_tab import DataTab
from avrr_desktop.ui.setup.journey_tab import JourneyTab
from avrr_desktop.ui.setup.support_card import SupportCard
from avrr_desktop.ui.start.recovery_page import RecoveryPage
from avrr_desktop.ui.widgets.pdf_view import a4
from tests.support import office_with_keys, stores, window
from tests.support.closing_page import close
from tests.support.office_with_keys import FOUNDER, SECOND, WORKER, People
from tests.support.stores import unlocked

WORD = "ljubičasta"


@pytest.fixture
def office(tmp_path: Path) -> People:
    made = office_with_keys.with_code(office_with_keys.office(tmp_path / "office.avrr"), CODE)
    founder = made.at_work(FOUNDER)
    stores.family(founder)
    founder.lock()
    return made


CODE = recovery.new_code()


def opened(qtbot: QtBot, office: People, passphrase: str) -> tuple[Shell, Desktop]:
    shell = window.window_over(qtbot, office.at_work(passphrase))
    return shell, window.desktop_of(shell)


def workspace_of(shell: Shell) -> Workspace:
    return unlocked(shell.workspace)


def first_case(shell: Shell) -> str:
    row = workspace_of(shell).store.connection.one("SELECT uid FROM cases WHERE removed=0 LIMIT 1")
    assert row
    return str(row[0])


def protection(desktop: Desktop, case: str) -> ProtectionTab:
    desktop.show_case(case)
    page = window.case_page(desktop)
    page.show_tab("protection")
    tab = page.tab("protection")
    assert isinstance(tab, ProtectionTab)
    return tab


def texts(widget: QWidget) -> str:
    return " ".join(str(child.property("text") or "") for child in widget.findChildren(QWidget))


def test_a_store_of_officers_asks_for_its_code_before_anything_else(qtbot: QtBot, tmp_path: Path) -> None:
    bare = office_with_keys.office(tmp_path / "bare.avrr")
    shell = window.window_over(qtbot, bare.at_work(FOUNDER))
    assert isinstance(shell.centralWidget(), RecoveryPage)
    shell.lock()
    worker = window.window_over(qtbot, bare.at_work(WORKER))
    assert worker.desktop is not None, "who cannot make a code is not held up"
    worker.lock()


def test_restricted_records_are_written_shown_and_hidden_again(qtbot: QtBot, office: People) -> None:
    shell, desktop = opened(qtbot, office, FOUNDER)
    case = first_case(shell)
    tab = protection(desktop, case)
    assert "No restricted record" in texts(tab)
    tab.open()
    tab.add("vulnerability")
    assert tab.form is not None
    window.choose(tab.form, "kind", "vot")
    window.type_into(tab.form, "what_was_said", f"{WORD} kuća")
    first = workspace_of(shell).store.reader.case_file(case).members[0].person.uid
    window.choose(tab.form, "person", first)
    assert tab.form.save()
    QApplication.processEvents()
    assert "Add: Legal aid" in window.buttons(tab), "offered beside the need, and not added"
    before = len(workspace_of(shell).store.reader.case_file(case).services)
    window.press(tab, "Add: Legal aid")
    assert len(workspace_of(shell).store.reader.case_file(case).services) == before + 1
    QApplication.processEvents()
    tab.list.setCurrentRow(0)
    assert "Add: Legal aid" not in window.buttons(tab)
    tab.add("note")
    window.type_into(tab.form, "text", f"{WORD} note")
    assert tab.form.save()
    QApplication.processEvents()
    assert tab.list.count() == 2
    desktop.show_page("today")
    other = protection(desktop, case)
    assert other.list.count() == 2  # the same case, not locked meanwhile
    shell.lock()
    worker, desktop = opened(qtbot, office, WORKER)
    tab = protection(desktop, case)
    assert "2 restricted records" in texts(tab) and WORD not in texts(tab)
    tab.code.setText(CODE)
    tab.reason.setText("short")
    tab.open_in_emergency()
    qtbot.waitUntil(lambda: tab.emergency_button.isEnabled())
    assert tab.list.count() == 0 and "Give a reason" in desktop.message.text.text()
    tab.reason.setText("A child is in danger today")
    tab.open_in_emergency()
    qtbot.waitUntil(lambda: tab.list.count() == 2)
    lines = accesses(workspace_of(worker), case)
    assert [line.text("what") for line in lines[:2]] == ["viewed", "break_glass"]
    assert lines[1].text("officer") == office.worker
    worker.lock()
    again, desktop = opened(qtbot, office, WORKER)
    assert protection(desktop, case).list.count() == 0
    again.lock()


def test_one_asks_for_the_closing_and_another_approves_it_in_the_menu(qtbot: QtBot, office: People) -> None:
    shell, desktop = opened(qtbot, office, WORKER)
    case = first_case(shell)
    desktop.show_case(case)
    page = window.case_page(desktop)
    assert "Request closing …" in [action.text() for action in page.menu.actions()]
    close(page, "objectives_met")
    assert "closing requested" in page.head.facts.text()
    approve = next(action for action in page.menu.actions() if action.text().startswith("Approve"))
    assert not approve.isEnabled()
    shell.lock()
    second, desktop = opened(qtbot, office, SECOND)
    desktop.show_case(case)
    page = window.case_page(desktop)
    approve = next(action for action in page.menu.actions() if action.text().startswith("Approve"))
    assert "Besnik Leka" in approve.text() and approve.isEnabled()
    approve.trigger()
    next(one for one in page.findChildren(ApprovalCard) if one.isVisible()).go.click()
    assert workspace_of(second).store.reader.case_file(case).case.text("status") == "closed"
    second.lock()


def test_a_print_says_what_its_level_allows_and_leaves_closed(qtbot: QtBot, office: People, tmp_path: Path) -> None:
    shell, desktop = opened(qtbot, office, WORKER)
    case = first_case(shell)
    desktop.show_case(case)
    window.case_page(desktop).print_button.click()
    page = desktop.page("print")
    assert isinstance(page, PrintPage)
    assert page.level.findData("full_internal") == -1
    page.level.setCurrentIndex(page.level.findData(CONFERENCE))
    page.to.setText("Центар за социјални рад")
    page.show_draft()
    page.keep()
    item = outbox(workspace_of(shell))[0]
    assert (item.level, item.recipient) == (CONFERENCE, "Центар за социјални рад") and item.serial
    with pypdfium2.PdfDocument(outbox_document(workspace_of(shell), item.pk)[1]) as document:
        text = "".join(one.get_textpage().get_text_bounded() for one in document)
    assert "Марко" not in text and item.serial in text and "Person 1" in text
    printer = QPrinter()
    a4(printer)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    page.ask_printer = lambda parent: printer
    page.print_on_paper()
    assert (tmp_path / "paper.pdf").stat().st_size > 1000
    desktop.show_page("outbox")
    shown = desktop.page("outbox")
    assert isinstance(shown, OutboxPage)
    stick = tmp_path / "stick"
    stick.mkdir()
    shown.ask_folder = lambda: str(stick)
    shown.to.setText("courier")
    shown.hand_over()
    [written] = stick.iterdir()
    password = shown.password.text()
    with pypdfium2.PdfDocument(BytesIO(written.read_bytes()), password=password) as document:
        assert len(document) >= 1
    lines = [line.text("what") for line in accesses(workspace_of(shell), case)]
    assert lines == ["handed_over", "leaving", "printed", "kept"]
    shell.lock()


def test_setup_says_who_opens_gives_a_passphrase_and_takes_it(qtbot: QtBot, office: People) -> None:
    shell, desktop = opened(qtbot, office, FOUNDER)
    desktop.show_setup("access")
    [tab] = desktop.page("setup").findChildren(AccessTab)
    QApplication.processEvents()
    tab.officer.setCurrentIndex(tab.officer.findData(office.worker))
    assert "opens the store with a personal passphrase" in texts(tab)
    assert "By signature: the role comes from an entry" in texts(tab)
    new = "nove reči radnika ovde"
    for line, text in ((tab.own, FOUNDER), (tab.new, new), (tab.again, "different from it")):
        line.setText(text)
    tab.give(office.worker)
    assert "not the same" in tab.problem.text()
    tab.again.setText(new)
    tab.give(office.worker)
    qtbot.waitUntil(lambda: "new passphrase" in desktop.message.text.text())
    shell.lock()
    worker = office.at_work(new)
    assert worker.actor == office.worker and worker.role == "case_worker"
    worker.lock()
    shell, desktop = opened(qtbot, office, FOUNDER)
    desktop.show_page("setup")
    [tab] = desktop.page("setup").findChildren(AccessTab)
    tab.read()
    tab.officer.setCurrentIndex(tab.officer.findData(office.worker))
    tab.take(office.worker)
    assert "no role" in texts(tab) and "has no personal passphrase" in texts(tab)
    shell.lock()


def test_the_support_file_shows_every_byte_and_no_value(qtbot: QtBot, office: People, tmp_path: Path) -> None:
    shell, desktop = opened(qtbot, office, FOUNDER)
    desktop.show_page("setup")
    [card] = desktop.page("setup").findChildren(SupportCard)
    card.show_text()
    card.ask_folder = lambda: str(tmp_path)
    card.save()
    written = (tmp_path / "avrr-support.txt").read_text(encoding="utf-8")
    assert written == card.text.toPlainText()
    assert "case 1" in written and "schema 6" in written
    assert not [
        word for word in ("Марко", "Đorđević", "Hoxha", "Tirana", "Novi Pazar", str(tmp_path)) if word in written
    ]
    [data] = desktop.page("setup").findChildren(DataTab)
    data.read()
    assert "not set a retention period" in data.said.text()
    shell.lock()


def test_chosen_cases_go_on_a_journey_and_come_back(qtbot: QtBot, office: People, tmp_path: Path) -> None:
    shell, desktop = opened(qtbot, office, FOUNDER)
    desktop.show_page("setup")
    [tab] = desktop.page("setup").findChildren(JourneyTab)
    tab.read()
    assert not tab.take_button.isEnabled()
    tab.list.setCurrentRow(0)
    tab.list.itemActivated.emit(tab.list.item(0))
    assert tab.take_button.isEnabled(), "whoever is at work travels, where nobody else is chosen"
    for uid in (office.founder, office.worker):
        tab.travellers.choose(uid)
        tab.travellers.itemActivated.emit(tab.travellers.currentItem())
    tab.ask_folder = lambda: str(tmp_path)
    tab.take()
    journey = tmp_path / "office-journey.avrr"
    assert journey.exists() and "ready" in desktop.message.text.text()
    shell.lock()
    with pytest.raises(PassphraseError):
        unlock(journey, FOUNDER)
    away = window.window_over(qtbot, People(journey, office.founder).at_work(WORKER))
    on_the_way = window.desktop_of(away)
    assert on_the_way.objectName() == "journey_edge" and "JOURNEY" in texts(on_the_way)
    from avrr_desktop.operations.session.records import new_record

    new_record(workspace_of(away), "note", {"text": "На граници"}, first_case(away))
    away.lock()
    shell, desktop = opened(qtbot, office, FOUNDER)
    desktop.show_page("setup")
    [tab] = desktop.page("setup").findChildren(JourneyTab)
    tab.ask_folder = lambda: str(journey)
    tab.bring_back()
    assert "Documents in its outbox are not copied" in desktop.message.text.text()
    notes = workspace_of(shell).store.reader.case_file(first_case(shell)).notes
    assert "На граници" in [note.text("text") for note in notes]
    shell.lock()


def test_what_a_journey_may_not_bring_is_seen_and_decided_in_the_window(
    qtbot: QtBot, office: People, tmp_path: Path
) -> None:
    from avrr_desktop.operations.exchange.journey import take_along
    from avrr_desktop.operations.session.records import new_record

    home = office.at_work(FOUNDER)
    case = stores.family(home).case.uid
    journey = take_along(home, [case], tmp_path, office.everybody)
    home.store.local.set_setting("journeys", "{}")  # brought back from a backup of before the journey
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    for text in ("На граници", "second", "third"):
        new_record(away, "note", {"text": text}, case)
    away.lock()
    shell, desktop = opened(qtbot, office, FOUNDER)
    desktop.show_page("setup")
    [tab] = desktop.page("setup").findChildren(JourneyTab)
    tab.read()
    card = tab.quarantine
    assert card.isHidden()
    tab.ask_folder = lambda: str(journey)
    tab.bring_back()
    assert "3 entries were not imported" in desktop.message.text.text() and not card.isHidden()
    assert card.list.count() == 3 and not card.let_in.isEnabled()
    card.list.setCurrentRow(2)
    card.throw_away.click()
    assert card.list.count() == 2 and "discarded" in desktop.message.text.text()
    card.list.setCurrentRow(0)
    card.let_in.click()
    card.let_all_in.click()
    assert card.isHidden()
    notes = {note.text("text") for note in workspace_of(shell).store.reader.case_file(case).notes}
    assert {"На граници", "second"} <= notes and "third" not in notes
    shell.lock()
