"""A closed case is only read, but for a late entry: somebody says why, and every Change until they leave the case carries it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import is_over
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace

LATE = "late_entry_because"
ONLY_READ = N_("The case is closed. Add a late entry to write in it.")
# What is decided about a case, closed or not: how it stands, and what the people in it asked for.
_DECISIONS = frozenset({"status", "kept_still_since", "kept_still_because"})


@needs(Permission.RECORD)
def begin_late_entry(workspace: Workspace, case_file: CaseFile, reason: str) -> None:
    """Let whoever is at work write into a closed case until they leave it. Raises RefusedError without a reason."""
    if not case_file.over:
        raise RefusedError(N_("This case is not closed."), N_("Nothing was changed. You can write in it as usual."))
    if not reason.strip():
        raise RefusedError(
            N_("Give the reason for adding to a closed case."),
            N_("Nothing was changed. The reason appears in the history next to the entry."),
        )
    workspace.late_entries[case_file.case.uid] = reason.strip()


@contextmanager
def late_for(workspace: Workspace, case: str, reason: str) -> Iterator[None]:
    """Let one act write into a case that is closed, for a reason of its own; a late entry that somebody began goes on."""
    begun = workspace.late_entries.get(case, "")
    if _closed(workspace, case) is not None and reason and not begun:
        workspace.late_entries[case] = reason
    try:
        yield
    finally:
        if not begun:
            workspace.late_entries.pop(case, None)


def reason_in(parts: Sequence[Part | None]) -> str:
    """Return the reason that was written beside a late entry; empty where it was none."""
    return next((str(part.values[LATE]) for part in parts if part is not None and part.values.get(LATE)), "")


@needs(Permission.READ)
def end_late_entry(workspace: Workspace, case: str) -> None:
    """Let a closed case be only read again; nothing where no late entry was begun."""
    workspace.late_entries.pop(case, None)


@needs(Permission.READ)
def late_entry(workspace: Workspace, case: str) -> str:
    """Return why somebody is writing into a closed case just now; empty where nobody is."""
    return workspace.late_entries.get(case, "")


@needs(Permission.READ)
def is_read_only(workspace: Workspace, case: str) -> bool:
    """Return whether a case is closed to writing just now; never for what stands beside all cases."""
    return bool(case) and _closed(workspace, case) is not None and not workspace.late_entries.get(case)


def check_open(workspace: Workspace, case: str) -> None:
    """Raise RefusedError where a case is closed and no late entry was begun."""
    if is_read_only(workspace, case):
        raise RefusedError(
            N_("This case is closed: nothing more can be written in it."),
            N_(
                "Nothing was changed. Add a late entry with a reason, or reopen the case. Both are in the menu at "
                "the top of the case."
            ),
        )


def with_reason(workspace: Workspace, parts: Sequence[Part], case: str) -> list[Part]:
    """Return the parts of a Change, in a closed case with the reason of the late entry. Raises RefusedError without one."""
    parts = list(parts)
    record = _closed(workspace, case)
    if record is None or _opens(parts, case) or all(_decides(part, case) for part in parts) or _taken_back(parts, case):
        return parts
    check_open(workspace, case)
    reason = workspace.late_entries[case]
    for number, part in enumerate(parts):
        if part.record == case and part.kind in (PartKind.SET, PartKind.COMMAND):
            parts[number] = replace(part, values={**part.values, LATE: reason})
            return parts
    return [*parts, Part(PartKind.COMMAND, "case", case, {LATE: reason}, record.seen)]


def without_reason(parts: Sequence[Part]) -> list[Part]:
    """Return what was written beside the reason of a late entry: what an undo is about."""
    bare = [replace(part, values={key: value for key, value in part.values.items() if key != LATE}) for part in parts]
    return [part for part, before in zip(bare, parts, strict=True) if part.values or not before.values]


def _closed(workspace: Workspace, case: str) -> Record | None:
    record = workspace.store.reader.record("case", case) if case else None
    return record if record is not None and is_over(record.text("status")) else None


_AT_ONCE = {
    "step": {"back_reported"}, "consent": {"withdrawn_on", "withdrawal_handled_on"}, "referral": {"recipient_told_on"},
}  # fmt: skip


def _decides(part: Part, case: str) -> bool:
    """Return whether a part decides about the case itself, or cannot wait: a colleague is back, an agreement is withdrawn."""
    at_once = _AT_ONCE.get(part.record_type) if part.kind is PartKind.SET else None
    if at_once is not None:
        return bool(part.values) and part.values.keys() <= at_once
    return part.record == case and part.kind is PartKind.COMMAND and not _DECISIONS.isdisjoint(part.values)


def _opens(parts: Sequence[Part], case: str) -> bool:
    """Return whether a Change opens the case again, or takes its closing back: what goes with that is no late entry."""
    return any(
        part.record == case and part.kind is PartKind.COMMAND and "status" in part.values
        and not is_over(str(part.values["status"]))
        for part in parts
    )  # fmt: skip


def _taken_back(parts: Sequence[Part], case: str) -> bool:
    """Return whether a case goes that was stored closed: what was carried in by mistake can be undone."""
    return any(part.record == case and part.kind is PartKind.WITHDRAW for part in parts)
