"""Rights of the people in the files: what is held about them, not to be worked on, erased; and what is due to go."""

import json
from pathlib import Path

from avrr_desktop.domain.case import CaseFile, CaseLine, Member
from avrr_desktop.domain.changes import Changes, Part, PartKind
from avrr_desktop.domain.dates import months_after
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.fields import Record, Value
from avrr_desktop.domain.levels import RETURNEE
from avrr_desktop.domain.marking import N_
from avrr_desktop.files import document_name, write_whole
from avrr_desktop.operations.accesses import accesses, next_serial, note
from avrr_desktop.operations.closing import four_eyes, may_second
from avrr_desktop.operations.permission import Permission, needs
from avrr_desktop.operations.printing import Copy, PrintShop
from avrr_desktop.operations.records import commit
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.store.blobs import Blobs
from avrr_desktop.store.erasing import erase_records
from avrr_desktop.store.reading import CaseFilter

RETENTION = "retention_months"


@needs(Permission.HAND_OVER)
def give_own_data(workspace: Workspace, case_file: CaseFile, member: Member, folder: Path) -> tuple[Path, Path]:
    """Write what is held about one person, to read (PDF) and for machines (JSON); others stay unnamed. Returns the paths.

    Restricted records are told in person, not in a file. Raises StoreError.
    """
    from avrr_desktop.pdf.own_data import own_data
    from avrr_desktop.pdf.page import rendered

    serial = next_serial(workspace)
    own = own_records(case_file, member)
    told = [line for line in accesses(workspace, case_file.case.uid) if line.text("what") in _TOLD]
    shop = PrintShop(workspace)
    print_ = shop.marked(case_file, Copy(RETURNEE, "", serial))
    name = document_name(
        case_file.case.text("number"), f"own-data-{member.membership.whole('position')}", case_file.revision
    )
    paths = (folder / name, (folder / name).with_suffix(".json"))
    write_whole(paths[0], rendered(own_data(case_file, member, own, told, print_)))
    write_whole(paths[1], _machine_readable(case_file, own, told))
    note(workspace, "subject_access", case=case_file.case.uid, serial=serial, level=RETURNEE)
    return paths


_TOLD = frozenset({"printed", "kept", "handed_over", "exported", "viewed", "break_glass", "subject_access"})


def own_records(case_file: CaseFile, member: Member) -> tuple[Record, ...]:
    """Return the records of a case that are about one person: themselves, their papers, steps, school, referrals, consents."""
    uid = member.person.uid
    lists = (case_file.papers, case_file.steps, case_file.schoolings, case_file.referrals, case_file.contacts,
             case_file.others.get("consent", ()))  # fmt: skip
    about = [record for records in lists for record in records if uid in (record.text("person"), record.text("holder"))]
    return (member.person, member.membership, *about)


def _machine_readable(case_file: CaseFile, own: tuple[Record, ...], told: list[Record]) -> bytes:
    hidden = {"person", "holder", "officer", "second", "waits_for", "waits_for_any", "helped_by"}

    def content(record: Record) -> dict[str, Value]:
        return {key: value for key, value in sorted(record.values.items()) if key not in hidden}

    document = {
        "case": case_file.case.text("number"),
        "records": [{"kind": record.type, **content(record)} for record in own],
        "told": [{"what": line.text("what"), "at": line.text("at"), "to": line.text("recipient")} for line in told],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


@needs(Permission.APPROVE)
def keep_still(workspace: Workspace, case_file: CaseFile, reason: str) -> Changes:
    """Let a case be kept but not worked on, printed or told, because the person asked for it. Raises RefusedError."""
    if not reason.strip():
        raise RefusedError(N_("Say why: the person may ask later."), N_("Nothing was changed."))
    values: dict[str, Value | None] = {
        "kept_still_since": workspace.today.isoformat(), "kept_still_because": reason.strip()
    }  # fmt: skip
    return _set(workspace, case_file, values)


@needs(Permission.APPROVE)
def work_again(workspace: Workspace, case_file: CaseFile) -> Changes:
    """Let a case be worked on again."""
    return _set(workspace, case_file, {"kept_still_since": None, "kept_still_because": None})


def _set(workspace: Workspace, case_file: CaseFile, values: dict[str, Value | None]) -> Changes:
    case = case_file.case
    return commit(workspace, [Part(PartKind.COMMAND, "case", case.uid, values, case.seen)], case.uid)


@needs(Permission.APPROVE)
def erase_case(workspace: Workspace, case_file: CaseFile, ground: str, second: str = "") -> Changes:
    """Take everything that was ever written about a case and its people away; a line without a name stays.

    People who belong to another case too stay there. Backups made before hold it until they are rotated out. ``second``: the
    officer whom ``second_person`` named, where two people decide. Cannot be undone. Raises RefusedError.
    """
    _check_erasing(workspace, ground, second)
    reader = workspace.store.reader
    gone = {("case", case_file.case.uid)}
    for entry in workspace.store.journal.of_case(case_file.case.uid):
        for part in entry.parts:
            if part is not None and (part.record_type != "person" or len(reader.cases_of_person(part.record)) <= 1):
                gone.add((part.record_type, part.record))
    gone |= {("access", line.uid) for line in accesses(workspace, case_file.case.uid)}  # to whom, why: words of people
    return _erase(workspace, gone, "case", case_file.case.uid, ground, second)


@needs(Permission.APPROVE)
def erase_person(workspace: Workspace, case_file: CaseFile, member: Member, ground: str, second: str = "") -> Changes:
    """Take one person and their own papers, steps, school and consents away; the case of the others stays. As ``erase_case``.

    What officers wrote about them in notes is text that only people can find: look through the notes first.
    """
    _check_erasing(workspace, ground, second)
    gone = {(record.type, record.uid) for record in own_records(case_file, member)}
    return _erase(workspace, gone, "person", member.person.uid, ground, second)


def _check_erasing(workspace: Workspace, ground: str, second: str) -> None:
    if not ground.strip():
        raise RefusedError(N_("Say on which ground: it is all that stays."), N_("Nothing was erased."))
    if four_eyes(workspace) and not may_second(workspace, second):
        raise RefusedError(
            N_("Erasing needs a second person: another supervisor types their passphrase."), N_("Nothing was erased.")
        )


def _erase(
    workspace: Workspace, gone: set[tuple[str, str]], record_type: str, uid: str, ground: str, second: str
) -> Changes:
    tombstone = Part(PartKind.ERASE, record_type, uid, {"ground": ground.strip(), "records": len(gone)})
    store = workspace.store
    files = store.reader.files_named()
    changes = erase_records(store, gone, tombstone, actor=workspace.actor, now=workspace.clock.now())
    Blobs(workspace.folder.path, workspace.files_key()).remove(files - store.reader.files_named())
    note(workspace, "erased", count=len(gone), reason=ground.strip(), second=second)
    return changes


@needs(Permission.READ)
def due_to_go(workspace: Workspace) -> list[tuple[CaseLine, str]]:
    """Return closed cases whose time is over, with the day on which it was; none while the programme set no period."""
    reader, today = workspace.store.reader, workspace.today.isoformat()
    found = []
    for line in reader.lines(reader.line_keys(CaseFilter(status="closed"))):
        months = workspace.pack.setting(RETENTION, 0, line.programme)
        due = months_after(line.closed_on, months) if months and line.closed_on else ""
        if due and due <= today:
            found.append((line, due))
    return sorted(found, key=lambda pair: pair[1])
