"""A list asks the store as often for ten lines as for three: what lines need is read for all of them at once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.consent.redaction import FULL
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.search import all_cases, likely_people
from avrr_desktop.operations.cases.today import GROUPS, desk_lines
from avrr_desktop.operations.documents.outbox import keep_copy
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.drafts import keep_draft
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.ui.cases.cases_page import CasesPage
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.office.directory_page import DirectoryPage
from avrr_desktop.ui.printing.outbox_page import OutboxPage
from avrr_desktop.ui.today.today_page import TodayPage
from avrr_desktop.ui.widgets.record_items import access_lines, describe_all
from tests.support import window
from tools.rigs.office_window import office_window

FEW, MANY = 3, 10


@contextmanager
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Give the statements that go to the store meanwhile."""
    said: list[str] = []
    with monkeypatch.context() as patch:
        for name in ("execute", "rows"):
            ask = getattr(Connection, name)

            def noted(self: Connection, sql: str, values: Sequence[object] = (), ask: Any = ask) -> Any:
                said.append(sql)
                return ask(self, sql, values)

            patch.setattr(Connection, name, noted)
        yield said


def a_case(workspace: Workspace, number: int) -> str:
    """Open a case with something due, something at an office, a paper that expires, a draft, and a document made of it."""
    today = workspace.today
    opened = open_case(workspace, {}, [({"family_name": "Berisha", "given_names": f"Arta {number}"}, {})])
    case = opened.case
    person = read_case(workspace, case).members[0].person.uid
    soon = (today + timedelta(days=2)).isoformat()
    new_record(workspace, "follow_up", {"planned_on": soon}, case)
    new_record(workspace, "paper", {"holder": person, "doc_type": "passport", "state": "held", "number": f"BA 55512{number}",
                                    "names_as_written": "Berisha", "valid_until": soon}, case)  # fmt: skip
    step = {"title": "Residence", "person": person, "office_name": "Komuna", "state": "waiting_authority",
            "filed_on": "2026-06-01"}  # fmt: skip
    new_record(workspace, "step", step, case)
    keep_draft(workspace, f"new note {number}", case, "note", str(number), {"text": "Half a sentence"}, ())
    keep_copy(workspace, read_case(workspace, case), "summary", FULL)
    provider = new_record(workspace, "provider", {"name": f"Qendra {number}", "country": "RS"}).record
    first = all_cases(workspace)[0].uid
    new_record(workspace, "referral", {"provider": provider, "category": "health", "state": "draft"}, first)
    return case


def today(desktop: Desktop) -> None:
    page = desktop.page("today")
    assert isinstance(page, TodayPage)
    page.show_desk()
    workspace = desktop.acts.workspace
    lines = [desk_lines(workspace, group, mine=mine) for mine in (True, False) for group in GROUPS]
    assert any(lines)


def cases(desktop: Desktop) -> None:
    page = desktop.page("cases")
    assert isinstance(page, CasesPage)
    page.show_cases()


def partners(desktop: Desktop) -> None:
    page = desktop.page("partners")
    assert isinstance(page, DirectoryPage)
    page.show_records()


def outbox(desktop: Desktop) -> None:
    page = desktop.page("outbox")
    assert isinstance(page, OutboxPage)
    page.show_documents()


def search(desktop: Desktop) -> None:
    desktop.search.setText("Berisha")
    desktop.search.show_hits()


def already_here(desktop: Desktop) -> None:
    assert likely_people(desktop.acts.workspace, "Arta Berisha")


def who_looked(desktop: Desktop) -> None:
    workspace = desktop.acts.workspace
    assert access_lines(workspace, accesses(workspace))


def referrals(desktop: Desktop) -> None:
    workspace = desktop.acts.workspace
    case_file = read_case(workspace, all_cases(workspace)[0].uid)
    lines = describe_all(workspace, case_file, case_file.referrals)
    assert all("Qendra" in line.title for line in lines)


@pytest.mark.parametrize(
    "show",
    [today, cases, partners, outbox, search, already_here, who_looked, referrals],
    ids=lambda show: show.__name__,
)
def test_a_list_asks_no_more_for_more_lines(
    qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, show: Callable[[Desktop], object]
) -> None:
    shell = office_window(qtbot, workspace)
    desktop = window.desktop_of(shell)
    counts: list[list[str]] = []
    for size in (FEW, MANY):
        for number in range(len(counts) and FEW, size):
            a_case(workspace, number)
        show(desktop)  # what is read only once is read now
        with asked(monkeypatch) as said:
            show(desktop)
        counts.append(sorted(" ".join(sql.split())[:160] for sql in said))
    assert counts[0], "the list asks the store"
    assert len(counts[0]) == len(counts[1]), [
        one for one in set(counts[1]) if counts[1].count(one) > counts[0].count(one)
    ]
    shell.close()
