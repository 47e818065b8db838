"""What is held about one person, for that person: out of every case, with each kind that is left out and why."""

import json
from collections.abc import Iterable
from pathlib import Path

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.case.own_data import CaseData, parted
from avrr_desktop.domain.consent.redaction import RETURNEE
from avrr_desktop.domain.procedure.school_steps import followed
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.files import check_folder, document_name
from avrr_desktop.operations.documents.leaving_files import Line, leave
from avrr_desktop.operations.documents.printing import Copy, PrintShop
from avrr_desktop.operations.session.access_log import next_serial
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading import held

_TOLD = frozenset({"printed", "kept", "handed_over", "exported", "viewed", "break_glass", "subject_access"})


@needs(Permission.READ)
def own_data(workspace: Workspace, person: str) -> tuple[CaseData, ...]:
    """Return what every case of the store holds about a person, also cases that they were taken out of."""
    connection, found = workspace.store.connection, []
    of = {
        case.key: case
        for uid in held.records_of_one(connection, person)[::-1]
        for case in held.cases_of(connection, uid)
    }
    for case in sorted(of.values(), key=lambda one: one.key):
        records = _as_read(held.records_in(connection, case.key, removed=False))
        mine, out = parted(records, person)
        told = tuple(line for line in held.accesses_of(connection, [case.uid]) if line.text("what") in _TOLD)
        found.append(
            CaseData(number=records[0].text("number"), records=mine, left_out=out, told=told[::-1], in_it=case.lives)
        )
    return tuple(found)


def _as_read(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return the records as every page shows them: a school record follows its steps."""
    steps, papers = ([one for one in records if one.type == kind] for kind in ("step", "paper"))
    return tuple(followed(one, steps, papers) if one.type == "schooling" else one for one in records)


@needs(Permission.HAND_OVER)
def give_own_data(workspace: Workspace, case_file: CaseFile, member: Member, folder: Path) -> tuple[Path, Path]:
    """Write what is held about one person, to read (PDF) and for machines (JSON); others stay unnamed. Returns the paths.

    ``case_file``: the case in which they asked; every case of theirs is told. Raises StoreError.
    """
    from avrr_desktop.pdf.documents.own_data import own_data_pages
    from avrr_desktop.pdf.page import rendered

    check_folder(folder)
    serial, uid = next_serial(workspace), member.person.uid
    person = workspace.store.reader.record("person", uid) or member.person
    cases = own_data(workspace, uid)
    print_ = PrintShop(workspace).marked(case_file, Copy(RETURNEE, "", serial))
    number, revision = case_file.case.text("number"), case_file.revision
    apart = case_file.case.uid if workspace.store.reader.number_is_shared(number) else ""
    name = document_name(number, f"own-data-{member.membership.whole('position')}", revision, serial, apart)
    files = {
        name: rendered(own_data_pages(person, cases, number, revision, print_, former(workspace, uid))),
        str(Path(name).with_suffix(".json")): _machine_readable(workspace, person, cases),
    }
    line: Line = {
        "what": "subject_access", "case": case_file.case.uid, "serial": serial, "level": RETURNEE, "persons": (uid,),
    }  # fmt: skip
    read, machine = leave(workspace, folder, files, line)
    return read, machine


@needs(Permission.READ)
def former(workspace: Workspace, person: str) -> tuple[Record, ...]:
    """Return what other records of a person said before they were joined into the one that stayed."""
    uids = held.records_of_one(workspace.store.connection, person)[1:]
    return tuple(workspace.store.reader.records("person", uids).values())


def _machine_readable(workspace: Workspace, person: Record, cases: Iterable[CaseData]) -> bytes:
    def content(record: Record) -> dict[str, Value]:
        names_others = {one.key for one in BY_KEY[record.type].fields if one.target and one.target != "provider"}
        return {key: value for key, value in sorted(record.values.items()) if key not in names_others}

    document = {
        "cases": [case.number for case in cases],
        "records": [
            {"kind": "person", **content(person)},
            *({"kind": "person", **content(one)} for one in former(workspace, person.uid)),
            *({"case": case.number, "kind": one.type, **content(one)} for case in cases for one in case.records),
        ],
        "left_out": [
            {"case": case.number, "kind": one.kind, "count": one.count, "why": workspace.words.text(one.why)}
            for case in cases for one in case.left_out
        ],
        "told": [
            {"case": case.number, "what": line.text("what"), "at": line.text("at"), "to": line.text("recipient")}
            for case in cases for line in case.told
        ],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
