"""What is offered and what is chosen: people told apart, nothing done without a choice, nothing kept that says nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QScrollArea
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.documents.printing import case_pdf, outbox, put_in_outbox
from avrr_desktop.operations.files.files import attach_file
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.drafts import all_drafts
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.files_tab import FilesTab
from avrr_desktop.ui.case.move_record_card import MoveRecordCard
from avrr_desktop.ui.case.papers_tab import PapersTab
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.case.protection.rights_card import RightsCard
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.printing.outbox_page import OutboxPage
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from tests.support import media, window

PARTS = ("papers", "school", "referrals", "follow_ups", "contacts", "notes")
RECORDS = {
    "paper": {"doc_type": "passport", "state": "held"}, "schooling": {"school": "Vuk Karadžić"},
    "referral": {"category": "health"}, "follow_up": {"planned_on": "2026-07-01"}, "contact": {"summary": "She called."},
    "note": {"text": "She called."},
}  # fmt: skip


@pytest.fixture
def full(workspace: Workspace, family: CaseFile) -> CaseFile:
    """The family with a record of every kind."""
    case = family.case.uid
    ana = family.members[2].person.uid
    for kind, values in RECORDS.items():
        whose = {key: ana for key in ("holder", "person") if BY_KEY[kind].has(key)}
        new_record(workspace, kind, {**values, **whose}, case)
    add_service(workspace, read_case(workspace, case), "school_enrolment", [ana])
    attach_file(workspace, case, media.KINDS["text/plain"], name="a.txt")
    for _ in range(2):
        file = read_case(workspace, case)
        put_in_outbox(workspace, file, case_pdf(workspace, file))
    return read_case(workspace, case)


@pytest.fixture
def shell(qtbot: QtBot, workspace: Workspace, full: CaseFile) -> Shell:
    return window.window_over(qtbot, workspace)


@pytest.fixture
def desktop(shell: Shell) -> Desktop:
    return window.desktop_of(shell)


def tab(desktop: Desktop, case: str, name: str) -> RecordTab:
    desktop.show_case(case)
    page = window.case_page(desktop)
    page.show_tab(name)
    QApplication.processEvents()
    found = page.tab(name)
    assert isinstance(found, RecordTab | ServicesTab | PeopleTab)
    return found  # type: ignore[return-value]


def offered(box: QComboBox) -> list[str]:
    return [box.itemText(row) for row in range(box.count()) if box.itemData(row)]


def lists_of_people(desktop: Desktop, case: CaseFile) -> Iterator[tuple[str, list[str]]]:
    """Yield every list of the people of a case: fields, the mover, services, papers for several, rights."""
    for name in PARTS:
        part = tab(desktop, case.case.uid, name)
        part.list.setCurrentRow(0)
        assert part.form is not None
        for key in ("person", "holder"):
            if key in part.form.rows:
                box = part.form.rows[key].editor.focus
                assert isinstance(box, QComboBox)
                yield name, offered(box)
    papers = tab(desktop, case.case.uid, "papers")
    assert isinstance(papers, PapersTab)
    papers.show_mover(case.papers[0])
    yield "mover", offered(papers.findChildren(MoveRecordCard)[-1].person)
    papers.choose_people()
    yield "several papers", [box.text() for box in papers.people.values()]
    services = tab(desktop, case.case.uid, "services")
    assert isinstance(services, ServicesTab)
    services.choose_service()
    QApplication.processEvents()
    yield "services", [box.text() for box in services.findChildren(QCheckBox) if box.isVisible()]
    people = tab(desktop, case.case.uid, "people")
    yield "people", [people.list.item(row).data(LINE_ROLE).title for row in range(people.list.count())]
    page = window.case_page(desktop)
    page.show_tab("protection")
    yield "rights", offered(page.tab("protection").findChildren(RightsCard)[-1].person)


def test_the_people_of_a_family_are_told_apart_wherever_one_is_chosen(
    workspace: Workspace, desktop: Desktop, full: CaseFile
) -> None:
    shown = [person_shown(member.person, workspace.today, workspace.words) for member in full.members]
    assert len(set(shown)) == 5 and all(text.split()[-1].isdigit() for text in shown)
    found = dict(lists_of_people(desktop, full))
    assert len(found) == 10
    for where, texts in found.items():
        assert sorted(texts) == sorted(shown), where


def test_the_school_track_offers_the_children_first(desktop: Desktop, full: CaseFile) -> None:
    [texts] = [texts for where, texts in lists_of_people(desktop, full) if where == "school"]
    assert [text.split()[0] for text in texts[:2]] == ["Ana", "Luka"]


@pytest.mark.parametrize("name", PARTS)
def test_no_record_is_kept_that_holds_nothing(
    workspace: Workspace, desktop: Desktop, full: CaseFile, name: str
) -> None:
    part, count = tab(desktop, full.case.uid, name), workspace.store.journal.count()
    part.add()
    form = part.form
    assert form is not None
    key = "holder" if name == "papers" else "person"
    if key in form.rows:
        window.choose(form, key, full.members[2].person.uid)  # whom it is for is no content
    form.save()
    part.list.setCurrentRow(0)
    desktop.show_page("today")
    QApplication.processEvents()
    assert workspace.store.journal.count() == count and not list(all_drafts(workspace))


def test_a_case_that_is_opened_again_stands_at_its_top(
    qtbot: QtBot, shell: Shell, workspace: Workspace, full: CaseFile
) -> None:
    shell.resize(1024, 400)  # so low that both parts are scrolled
    desktop = window.desktop_of(shell)
    other = add_case_document(workspace, {"case": {"called": "Hoxha"}, "person": [{"family_name": "Hoxha"}]}).case
    for name in ("people", "papers"):
        desktop.show_case(full.case.uid)
        page = window.case_page(desktop)
        page.show_tab(name)
        bars = [area.verticalScrollBar() for area in page.tab(name).findChildren(QScrollArea)]
        qtbot.waitUntil(lambda bars=bars: any(bar.maximum() for bar in bars))  # type: ignore[misc]
        for bar in bars:
            bar.setValue(bar.maximum())
        desktop.show_case(other)
        desktop.show_case(full.case.uid)
        assert page.tabs.currentIndex() == 0
        page.show_tab(name)
        QApplication.processEvents()
        again = [area.verticalScrollBar().value() for area in page.tab(name).findChildren(QScrollArea)]
        assert again and not any(again), name


def acts_on_a_choice(desktop: Desktop, case: str, place: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield every act on the chosen one, its list shown and nothing chosen in it."""
    for name in (*PARTS, "files"):
        part = tab(desktop, case, name)
        part.list.setCurrentRow(-1)
        yield f"{name}, remove", part.remove
    files = tab(desktop, case, "files")
    assert isinstance(files, FilesTab)
    files.open_url = lambda url: pytest.fail(f"opened {url}")
    files.list.setCurrentRow(-1)
    yield "files, open", files.open_chosen
    people = tab(desktop, case, "people")
    people.list.setCurrentRow(-1)
    yield "people, remove", people.remove
    services = tab(desktop, case, "services")
    assert isinstance(services, ServicesTab)
    services.tree.setCurrentItem(None)
    yield "step, done", lambda: services.put_into("done")
    yield "step, move", services.show_mover
    yield "step, remove", services.remove
    page = desktop.page("new")
    assert isinstance(page, NewCasePage)
    desktop.show_page("new")
    page.look_for("Đorđević")
    assert page.grid.already.people.count()
    page.grid.already.people.setCurrentRow(-1)
    page.opened.connect(lambda case: pytest.fail(f"opened {case}"))
    yield "likely, open", page.grid.already.go_to_case
    yield "likely, new case", page.grid.already.take
    desktop.show_page("outbox")
    out = desktop.page("outbox")
    assert isinstance(out, OutboxPage)
    out.ask_folder = lambda: str(place)
    out.to.setText("court")
    out.list.setCurrentRow(-1)
    out.wanted.connect(lambda case: pytest.fail(f"opened {case}"))
    for act in (out.throw_away, out.hand_over, lambda: out.hand_over(outdated=True), out.make_anew, out.put_back,
                out.open_case):  # fmt: skip
        yield "outbox", act


def test_without_a_choice_nothing_is_done(
    workspace: Workspace, desktop: Desktop, full: CaseFile, tmp_path: Path
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    count, documents = workspace.store.journal.count(), outbox(workspace)
    done = []
    for name, act in acts_on_a_choice(desktop, full.case.uid, place):
        act()
        QApplication.processEvents()
        assert (workspace.store.journal.count(), outbox(workspace)) == (count, documents), name
        done.append(name)
    assert len(done) == 20 and list(place.iterdir()) == []


def test_after_one_was_thrown_away_no_document_is_chosen_by_itself(
    workspace: Workspace, desktop: Desktop, full: CaseFile
) -> None:
    desktop.show_page("outbox")
    page = desktop.page("outbox")
    assert isinstance(page, OutboxPage)
    assert page.list.chosen() and page.away.isEnabled()
    before = len(outbox(workspace))
    for _ in range(3):  # pressed again and again
        page.away.click()
        page.throw_away()
        QApplication.processEvents()
    assert len(outbox(workspace)) == before - 1 and not page.list.chosen()
    assert page.preview.page_count == 0 and not page.hand.isEnabled()
    assert page.back.isVisible()
    page.back.click()
    assert len(outbox(workspace)) == before and page.list.chosen()


def test_the_mover_moves_nothing_to_nobody(workspace: Workspace, desktop: Desktop, full: CaseFile) -> None:
    count = workspace.store.journal.count()
    for name, record in (("papers", full.papers[-1]), ("notes", full.notes[-1])):
        part = tab(desktop, full.case.uid, name)
        part.show_mover(record)
        mover = part.findChildren(MoveRecordCard)[-1]
        assert mover.person.currentData() == (record.text("holder") or record.text("person"))
        mover.person.setCurrentIndex(0)
        assert not mover.person.currentData()
        mover.move_it()
        assert "Nobody is chosen." in desktop.message.text.text()
        assert workspace.store.journal.count() == count
        mover.person.setCurrentIndex(1)
        mover.move_it()
        count += 1
        assert workspace.store.journal.count() == count
