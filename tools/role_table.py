"""What each role may do with each kind of case, found by trying: ``python -m tools.role_table`` writes it into docs/ROLES.md."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import FULL, RETURNEE
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.keys import recovery
from avrr_desktop.operations.access.officers import give_protection, take_passphrase
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.closing import approve_closing, reopen_case
from avrr_desktop.operations.documents.copies import finished_copy
from avrr_desktop.operations.documents.outbox import hand_over, put_in_outbox
from avrr_desktop.operations.imports.case_document import case_document
from avrr_desktop.operations.protection.data_subject import lift_restriction, restrict_processing
from avrr_desktop.operations.protection.erasing import erase_case
from avrr_desktop.operations.protection.restricted import show_restricted
from avrr_desktop.operations.session.late_entries import begin_late_entry, end_late_entry
from avrr_desktop.operations.session.permission import OF_ROLE
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.second_person import SecondPerson
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.session.workspace import NO_ROLE, Workspace
from avrr_desktop.operations.store.opening import open_unlocked
from tests.support import office_with_keys, stores
from tests.support.endings import close_case
from tests.support.folders import ROOT
from tests.support.insider import forge_slot
from tests.support.office_with_keys import BEGAN, FOUNDER, READER, SECOND, WORKER, People, agreeing, joined

BEGIN, END = "<!-- what the roles may do: made by tools/role_table.py -->", "<!-- end -->"
ADMINISTRATOR, LEFT, FORGED = "administrator of five words", "somebody who left of five", "words of the insider alone"
CODE = "CODE"
ROLES = (*OF_ROLE, NO_ROLE, "forged", "recovery")
TITLES = {
    "read_only": "reads only", "case_worker": "case worker", "supervisor": "supervisor", "administrator": "administrator",
    NO_ROLE: "who left", "forged": "forged slot", "recovery": "recovery code",
}  # fmt: skip
KINDS = ("own case", "another person’s", "restricted", "closed", "stopped")
DONE, REFUSED, FAULT = "yes", "-", "?"

Act = Callable[[Workspace, "Place", CaseFile], object]


@dataclass(frozen=True)
class Place:
    """A store with an officer of each role, a way in for each, and a case of each kind for each."""

    people: People
    ways: Mapping[str, str]
    cases: Mapping[tuple[str, str], str]  # role and kind -> case
    asked: Mapping[str, str]  # case -> another one, for whose closing the second supervisor asked


def _restricted_or_plain(workspace: Workspace, case_file: CaseFile) -> object:
    if case_file.restricted:
        return remove_record(workspace, case_file.restricted[0], case_file.case.uid)
    return remove_record(workspace, case_file.notes[0], case_file.case.uid)


def _handed(workspace: Workspace, place: Place, case_file: CaseFile) -> object:
    content, copy = finished_copy(workspace, case_file, "summary", RETURNEE, "", "kept")
    kept = put_in_outbox(workspace, case_file, content, "summary", copy)
    with tempfile.TemporaryDirectory(prefix="avrr-roles-") as folder:
        return hand_over(workspace, kept, Path(folder), "the family")


def _closed(workspace: Workspace, place: Place, case_file: CaseFile) -> object:
    if case_file.over:
        return reopen_case(workspace, case_file)
    return close_case(workspace, case_file, "assistance_completed")


def _late(workspace: Workspace, place: Place, case_file: CaseFile) -> object:
    """Write into a case as into any other, into a closed one with a reason."""
    if case_file.over:
        begin_late_entry(workspace, case_file, "The paper came after the closing")
    try:
        return new_record(workspace, "note", {"text": "One more."}, case_file.case.uid)
    finally:
        end_late_entry(workspace, case_file.case.uid)


def _approved(workspace: Workspace, place: Place, case_file: CaseFile) -> object:
    """Approve what somebody else asked for, each role with a case of its own."""
    return approve_closing(workspace, workspace.store.reader.case_file(place.asked[case_file.case.uid]))


def _still(workspace: Workspace, place: Place, case_file: CaseFile) -> object:
    if case_file.case.text("kept_still_since"):
        return lift_restriction(workspace, case_file)
    return restrict_processing(workspace, case_file, "asked by the person")


ACTS: Mapping[str, Act] = {
    "read": lambda w, place, file: read_case(w, file.case.uid),
    "read what is restricted": lambda w, place, file: show_restricted(w, file, "looked at for the table"),
    "write a note": lambda w, place, file: new_record(w, "note", {"text": "One more."}, file.case.uid),
    "change a person": lambda w, place, file: edit_record(
        w, file.members[0].person, {"address": "Rruga 7"}, file.case.uid
    ),
    "write a note late, where it is closed": _late,
    "take a note out": lambda w, place, file: _restricted_or_plain(w, file),
    "print for the family": lambda w, place, file: finished_copy(w, file, "summary", RETURNEE, "", "printed"),
    "print everything": lambda w, place, file: finished_copy(w, file, "summary", FULL, "", "printed"),
    "hand over": _handed,
    "give it as JSON": lambda w, place, file: case_document(w, file),
    "close, or open again": _closed,
    "approve a closing that another asked for": _approved,
    "stop work on it, or allow it again": _still,
    "erase, alone": lambda w, place, file: erase_case(w, file, "article 17"),
    "erase, with a second person": lambda w, place, file: erase_case(w, file, "article 17", _second(w, place)),
}


def _second(workspace: Workspace, place: Place) -> SecondPerson:
    return agreeing(place.people.folder, FOUNDER if workspace.actor == place.people.second else SECOND)


def made(folder: Path) -> Place:
    """Make the store; it is closed afterwards."""
    code = recovery.new_code()
    office = office_with_keys.with_code(office_with_keys.office(folder / "office.avrr"), code)
    founder = office.at_work(FOUNDER)
    founder.clock = SteppingClock(BEGAN + timedelta(days=1))
    administrator = joined(founder, "Arben Gashi", "administrator", ADMINISTRATOR)
    left = joined(founder, "Dafina Rama", "supervisor", LEFT)
    for officer in (office.worker, office.reader, administrator):
        give_protection(founder, officer)
    founder.clock = SteppingClock(stores.NOW)
    officers = {
        "read_only": office.reader, "case_worker": office.worker, "supervisor": office.founder, "administrator": administrator,
        NO_ROLE: left,
    }  # fmt: skip
    cases = {(role, kind): _case(founder, kind, officers.get(role, "")) for role in ROLES for kind in KINDS}
    asked = {case: stores.family(founder).case.uid for case in cases.values()}
    founder.lock()
    second = office.at_work(SECOND)
    for case in asked.values():
        close_case(second, second.store.reader.case_file(case), "assistance_completed")
    second.lock()
    forge_slot(office.folder, WORKER, office.second, FORGED)
    ways = {"read_only": READER, "case_worker": WORKER, "supervisor": FOUNDER, "administrator": ADMINISTRATOR,
            NO_ROLE: LEFT, "forged": FORGED, "recovery": code}  # fmt: skip
    return Place(office, ways, cases, asked)


def _case(founder: Workspace, kind: str, officer: str) -> str:
    file = stores.family(founder)
    case = file.case.uid
    if kind == "own case" and officer:
        edit_record(founder, file.case, {"officer": officer}, case)
    if kind == "restricted":
        new_record(founder, "note", {"text": "Only for few.", "restricted": True}, case)
    return case


def _end_state(place: Place, kind: str, case: str) -> None:
    """Bring a case into its kind by those who may."""
    founder = place.people.at_work(FOUNDER)
    file = founder.store.reader.case_file(case)
    if kind == "closed":
        close_case(founder, file, "assistance_completed")
        founder.lock()
        founder = place.people.at_work(SECOND)
        approve_closing(founder, founder.store.reader.case_file(case))
    elif kind == "stopped":
        restrict_processing(founder, file, "asked by the person")
    founder.lock()


def tried(place: Place, role: str) -> dict[tuple[str, str], str]:
    """Try everything as one role, on a case of each kind of its own; return (act, kind) -> what came of it."""
    if role == NO_ROLE:
        keys = unlock(place.people.folder, place.ways[role])
        founder = place.people.at_work(FOUNDER)
        officer = keys.officer
        if founder.grants and founder.grants.role(officer):
            take_passphrase(founder, officer)
        founder.lock()
        workspace = open_unlocked(place.people.folder, keys, clock=SteppingClock(stores.NOW))
    else:
        workspace = place.people.at_work(place.ways[role])
    found = {}
    for kind in KINDS:
        case = place.cases[role, kind]
        for name, act in ACTS.items():
            try:
                act(workspace, place, workspace.store.reader.case_file(case))
                found[name, kind] = DONE
            except RefusedError:
                found[name, kind] = REFUSED
    workspace.lock()
    return found


def table(found: Mapping[str, Mapping[tuple[str, str], str]]) -> str:
    """Return the table: a line for each act, a column for each role, a cell that differs by kind says where."""
    lines = [f"| What | {' | '.join(TITLES[role] for role in ROLES)} |", "| --- " * (len(ROLES) + 1) + "|"]
    for name in ACTS:
        cells = []
        for role in ROLES:
            outcomes = {kind: found[role][name, kind] for kind in KINDS}
            if len(set(outcomes.values())) == 1:
                cells.append(outcomes[KINDS[0]])
            else:
                cells.append("yes, not: " + ", ".join(kind for kind in KINDS if outcomes[kind] != DONE))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def whole(folder: Path) -> str:
    """Return the table, tried in a folder."""
    place = made(folder)
    for (_, kind), case in place.cases.items():
        _end_state(place, kind, case)
    return table({role: tried(place, role) for role in ROLES})


def main() -> None:
    """Write the table into docs/ROLES.md."""
    page = ROOT / "docs" / "ROLES.md"
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    with tempfile.TemporaryDirectory(prefix="avrr-roles-") as folder:
        page.write_text(f"{before}{BEGIN}\n\n{whole(Path(folder))}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
