"""Makes the golden store of a version, once, when it is released: `python -m tests.golden.make_store`.

Of a schema that lived between two releases: `python -m tests.golden.make_store schema-3`.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.clock import SteppingClock
from avrr_desktop.keys.slots import PRACTICE
from avrr_desktop.operations.cases.case_status import put_on_hold
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.services import add_service, move_step
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.documents.printing import case_pdf, put_in_outbox
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.drafts import keep_draft
from avrr_desktop.operations.session.late_entries import begin_late_entry, end_late_entry
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.store.create import create_store
from tests.support.endings import close_case
from tests.support.stores import FAMILY, NOW

STORES = Path(__file__).parent / "stores"


def main(name: str = __version__) -> None:
    """Write a store in which every mechanism of this version left a trace, and its canonical dump."""
    folder = STORES / f"{name}.avrr"
    shutil.rmtree(folder, ignore_errors=True)
    STORES.mkdir(exist_ok=True)
    workspace = create_store(
        folder, PRACTICE_PASSPHRASE, {"name": "Golden office", "code": "GLD", "country": "RS"},
        {"name": "Arta Hoxha", "initials": "AH", "role": "supervisor"}, kind=PRACTICE, clock=SteppingClock(NOW),
    )  # fmt: skip
    case = add_case_document(workspace, FAMILY).case
    file = read_case(workspace, case)
    add_service(workspace, file, "birth_registration", [file.members[2].person.uid])
    file = read_case(workspace, case)
    move_step(workspace, file, file.steps[0].uid, "done")
    marko = file.members[0].person
    edit_record(workspace, marko, {"phone": "+000 1"}, case)
    edit_record(workspace, marko, {"phone": "+000 2"}, case)  # over a stale form: two values stand
    removed = remove_record(workspace, file.papers[1], case)
    undo(workspace, removed.change_id)
    new_record(workspace, "provider", {"name": "Правна помоћ", "role": "service_provider", "country": "RS"})
    note = new_record(workspace, "note", {"text": "erased later", "on": "2026-06-15"}, case)
    workspace.store.erase(note.changes.change_id, [0])
    keep_draft(workspace, "edit person X", case, "person", "X", {"phone": "half"}, ())
    put_in_outbox(workspace, read_case(workspace, case), case_pdf(workspace, read_case(workspace, case)))
    closed = add_case_document(workspace, {"case": {"called": "Çela-Xhaferi"}, "person": [{"given_names": "Gjon"}]})
    close_case(workspace, read_case(workspace, closed.case), "objectives_met")
    begin_late_entry(workspace, read_case(workspace, closed.case), "The receipt came after the closing")
    new_record(workspace, "note", {"text": "came late", "on": "2026-06-15"}, closed.case)
    end_late_entry(workspace, closed.case)
    resting = add_case_document(workspace, {"case": {"called": "Стојановић"}, "person": [{"given_names": "Ђорђе"}]})
    put_on_hold(workspace, read_case(workspace, resting.case), "Waits for a court", "2026-08-01")
    new_record(workspace, "programme", {"key": "golden", "title": "Golden programme", "donor": "Golden fund"})
    dump = list(workspace.store.dump())
    workspace.lock()
    (folder / "lock").unlink(missing_ok=True)
    digest = hashlib.sha256("\n".join(dump).encode()).hexdigest()
    content = {"version": __version__, "dump": digest, "entries": len(dump)}
    (STORES / f"{name}.json").write_text(json.dumps(content) + "\n", encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
