"""A store in which the work of a journey waits for a decision."""

from pathlib import Path

from avrr_desktop.operations.exchange.journey import merge_journey, take_along
from avrr_desktop.operations.files.files import attach_file
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import stores
from tests.support.office_with_keys import FOUNDER, WORKER, People

WORD = "0vamprobkuf"


def waits(office: People, tmp_path: Path) -> tuple[Workspace, str]:
    """Return the store at home, open, in which the work of a journey waits that it knows nothing of; and its case."""
    home = office.at_work(FOUNDER)
    case = stores.family(home).case.uid
    journey = take_along(home, [case], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    here = away.store.reader.case_file(case)
    edit_record(away, here.case, {"remarks": "first"}, case)
    edit_record(away, away.store.reader.case_file(case).case, {"remarks": "second"}, case)
    new_record(away, "note", {"text": f"{WORD} at the border"}, case)
    attach_file(away, case, b"%PDF-1.4 away", name="b.pdf")
    edit_record(away, here.members[0].person, {"phone": "+355 1"}, case)
    away.lock()
    home = office.at_work(FOUNDER)
    home.store.local.set_setting("journeys", "{}")  # restored from an older backup
    assert merge_journey(home, journey).refused == 5
    return home, case
