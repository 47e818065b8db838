"""The jobs of the desk: what is due, what is found, what leaves on paper, what ends."""

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication

from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.desk_acts import Act
from avrr_desktop.operations.cases.search import CaseFilter, all_cases
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.printing.outbox_page import OutboxPage
from avrr_desktop.ui.printing.print_page import PrintPage
from avrr_desktop.ui.today.today_page import TodayPage
from tools.jobs.hand import CONTROL, Hand, Key, labelled
from tools.jobs.stage import case_page, family, open_family, put, show_today, workspace_of

OTHERS_LATE = 40  # lines that are later than mine, of a colleague


def _step(title: str, **values: Any) -> dict[str, Any]:
    return {"service": "s1", "person": "m3", "title": title, "state": "planned", **values}


def _with_step(title: str, on: str) -> dict[str, Any]:
    return family(service=[{"title": "School", "persons": ["m3"]}], step=[_step(title, planned_on=on)])


def late_step(desktop: Desktop) -> None:
    """Lay a step that is late on the desk."""
    put(desktop, _with_step("Ask at the school", "2026-06-10"))
    show_today(desktop)


def _line(desktop: Desktop, text: str) -> tuple[TodayPage, QModelIndex]:
    page = desktop.page("today")
    assert isinstance(page, TodayPage)
    return page, next(index for index, row in page.view.rows() if text in row.told)


def _step_named(desktop: Desktop, title: str) -> dict[str, Any]:
    workspace = workspace_of(desktop)
    cases = (read_case(workspace, line.uid) for line in all_cases(workspace))
    return next(dict(step.values) for case in cases for step in case.steps if step.text("title") == title)


def done_from_today(hand: Hand, desktop: Desktop) -> None:
    """A step that is late is done."""
    page, index = _line(desktop, "Ask at the school")
    hand.click_at(page.view.viewport(), page.view.spot(index, Act.DONE))
    assert _step_named(desktop, "Ask at the school")["state"] == "done"


def undone(hand: Hand, desktop: Desktop) -> None:
    """That was the wrong one."""
    hand.key(Key.Key_Z, held=CONTROL)
    assert _step_named(desktop, "Ask at the school")["state"] == "planned"


def first_by_keyboard(hand: Hand, desktop: Desktop) -> None:
    """The same by the keyboard alone, from the desk as it is shown."""
    hand.key(Key.Key_1, held=CONTROL)
    hand.key(Key.Key_D)
    assert _step_named(desktop, "Ask at the school")["state"] == "done"


def late_other(desktop: Desktop) -> None:
    """Lay another step that is late on the desk."""
    put(desktop, _with_step("Ask at the town hall", "2026-06-11"))
    show_today(desktop)


def postponed(hand: Hand, desktop: Desktop) -> None:
    """A step is put off to next week."""
    page, index = _line(desktop, "Ask at the town hall")
    hand.click_at(page.view.viewport(), page.view.visualRect(index).center())
    hand.key(Key.Key_W)
    assert _step_named(desktop, "Ask at the town hall")["planned_on"] > "2026-06-15"


def busy_office(desktop: Desktop) -> None:
    """Lay many late things of a colleague before one of mine, in the practice of an office of six."""
    workspace = workspace_of(desktop)
    other = new_record(workspace, "officer", {"name": "Bledar Hoti", "initials": "BH", "role": "case_worker"}).record
    mine = workspace.officer
    workspace.officer = workspace.store.reader.record("officer", other)
    for number in range(OTHERS_LATE):
        day = (workspace.today - timedelta(days=200 + number)).isoformat()
        put(desktop, _with_step("Ask for the extract", day))
    workspace.officer = mine
    put(desktop, _with_step("Take them to the office", "2026-06-10"))
    show_today(desktop)


def late_for_me(hand: Hand, desktop: Desktop) -> None:
    """The morning look: what is late for me, and the case of the oldest of it."""
    hand.key(Key.Key_1, held=CONTROL)
    hand.key(Key.Key_Return)
    made = case_page(desktop).case_file
    assert made is not None and made.steps[0].text("title") == "Take them to the office"


def _found(hand: Hand, desktop: Desktop, typed: str) -> None:
    hand.key(Key.Key_K, held=CONTROL)
    hand.prose(typed)
    hand.key(Key.Key_Return)
    assert case_page(desktop).case_file is not None


def somebody_calls(desktop: Desktop) -> None:
    """Store a family with a telephone and a paper that no other has."""
    paper = {"holder": "m1", "doc_type": "passport", "state": "held", "number": "K4401957"}
    put(desktop, family("88", paper=[paper]))
    show_today(desktop)


def found_by_phone(hand: Hand, desktop: Desktop) -> None:
    """A case is found by the telephone as the caller says it."""
    _found(hand, desktop, "069 288 77 31")
    assert case_page(desktop).case_file.members[0].person.text("phone").endswith("288 77 31")  # type: ignore[union-attr]


def found_by_paper(hand: Hand, desktop: Desktop) -> None:
    """A case is found by the last figures of a paper."""
    _found(hand, desktop, "1957")
    assert case_page(desktop).case_file.papers[0].text("number") == "K4401957"  # type: ignore[union-attr]


def found_by_birth(hand: Hand, desktop: Desktop) -> None:
    """A case is found by a name and a year of birth."""
    _found(hand, desktop, "Mimoza 1988")


def with_open_case(desktop: Desktop) -> None:
    """Show a case."""
    open_family(desktop)


def to_stick(hand: Hand, desktop: Desktop) -> None:
    """A summary for the municipality is printed, kept, and handed over on a stick."""
    kept_in_outbox(hand, desktop)
    hand.key(Key.Key_6, held=CONTROL)
    outbox = desktop.page("outbox")
    assert isinstance(outbox, OutboxPage)
    folder = workspace_of(desktop).folder.path.parent / "stick"
    folder.mkdir()
    outbox.ask_folder = lambda: _chosen(hand, str(folder))
    hand.press(outbox, "Hand over")
    assert list(folder.iterdir())


def _chosen(hand: Hand, folder: str) -> str:
    """Stand for the system’s own window, in which a stick is chosen with two clicks."""
    hand.clicks += 2
    return folder


def kept_in_outbox(hand: Hand, desktop: Desktop) -> None:
    """A summary is printed for a recipient and kept."""
    hand.key(Key.Key_P, held=CONTROL)
    page = desktop.page("print")
    assert isinstance(page, PrintPage)
    hand.reach(page.to)
    hand.prose("Bashkia Shkodër")
    hand.press(page, "Keep in the outbox")
    QApplication.processEvents()


def ask_closing(hand: Hand, desktop: Desktop) -> None:
    """A worker asks for the closing of a case that has reached its aim."""
    page = case_page(desktop)
    hand.pick(labelled(page, "More actions for this case"), "Request closing")
    hand.choose(labelled(page, "Reason for closing"), "Objectives met")
    hand.choose(labelled(page, "Outcome of the return"), "Settled here")
    hand.key(Key.Key_Return, held=CONTROL)
    assert page.case_file is not None and page.case_file.case.text("closure_asked_by")


def approve_closing(hand: Hand, desktop: Desktop) -> None:
    """A supervisor sees it on the desk, reads its page, and approves."""
    page, index = _line(desktop, "Closing: ")
    hand.click_at(page.view.viewport(), page.view.spot(index, Act.APPROVE))
    hand.key(Key.Key_Return, held=CONTROL)
    workspace = workspace_of(desktop)
    assert all(read_case(workspace, one.uid).over for one in all_cases(workspace, CaseFilter(status="")))
