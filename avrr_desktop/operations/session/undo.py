"""Undo: the inverse of a Change is appended; what was changed again since stays, and the reason is told."""

from collections.abc import Sequence

from avrr_desktop.domain.case.case_states import is_over
from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.session.late_entries import late_for, reason_in, without_reason
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import check_allowed, check_managed, check_sealed, commit
from avrr_desktop.operations.session.workspace import Workspace


@needs(Permission.RECORD)
def undo(workspace: Workspace, change_id: str, *together: str) -> Changes:
    """Append the inverse of a Change, and of those that belong to the same act, the last one first.

    Raises RefusedError with the reason when a value was changed since; then nothing is undone.
    """
    with workspace.store.transaction():
        undone = [_undo_one(workspace, one) for one in (change_id, *together)]
    if not together:
        return undone[0]
    return Changes(undone[-1].change_id, "", 0, frozenset().union(*(one.touched for one in undone)))


def _undo_one(workspace: Workspace, change_id: str) -> Changes:
    entry = workspace.store.journal.named(change_id)
    if entry is None:
        raise NotFoundError(N_("This entry is not in the journal."), N_("Nothing was changed."))
    case = entry.change.envelope["case"] or ""
    known = [
        part for part in entry.parts
        if part is not None and part.record_type in BY_KEY and part.kind is not PartKind.ERASE
    ]  # fmt: skip
    if not known or len(known) < len(entry.parts):
        raise RefusedError(
            N_("This entry cannot be undone."),
            N_("Nothing was changed. Part of it was erased or is from a newer version."),
        )
    if any(part.record_type == "access" for part in known) and len(known) > 1:
        raise RefusedError(
            N_("What a partner already knows cannot be undone."),
            N_("Nothing was changed. If it was not sent after all, mark the referral as entered in error."),
        )
    for part in known:
        check_managed(workspace, part.record_type)
    parts = [_inverse(workspace, part, entry.number, case) for part in without_reason(known)]
    _check_decisions(workspace, parts)
    with late_for(workspace, case, reason_in(known)):  # a late entry is taken back for the reason it was made for
        return commit(workspace, parts, case)


def _check_decisions(workspace: Workspace, parts: Sequence[Part]) -> None:
    """What only a supervisor decides is not had by undoing either: a case left alone, and one closed by two people."""
    for part in parts:
        still = "kept_still_since" in part.values
        closes = workspace.grants is not None and is_over(str(part.values.get("status")))
        if part.record_type == "case" and (still or closes):
            check_allowed(workspace, Permission.APPROVE)


def _inverse(workspace: Workspace, part: Part, number: int, case: str) -> Part:
    current = workspace.store.reader.record(part.record_type, part.record, case)
    if current is None:
        raise NotFoundError(N_("This record is not in this store."), N_("Nothing was changed."))
    check_sealed(workspace, current)
    gone = workspace.store.reader.is_removed(part.record_type, part.record, case)
    if _changed_since(part, current, gone):
        raise RefusedError(
            N_("This cannot be undone: it has been changed since (officer: {officer})."),
            N_("Nothing was changed. Open the record and correct it there."),
            {"officer": _last_writer(workspace, part, case)},
        )
    if part.kind in (PartKind.ADD, PartKind.APPEND):
        if part.record_type == "case":
            return Part(PartKind.WITHDRAW, "case", part.record, {}, current.seen)
        kind = PartKind.REMOVE if part.kind is PartKind.ADD else PartKind.WITHDRAW
        return Part(kind, part.record_type, part.record, {}, current.seen)
    if part.kind in (PartKind.REMOVE, PartKind.WITHDRAW):
        back = PartKind.APPEND if BY_KEY[part.record_type].appended else PartKind.ADD
        before = _before(workspace, part, number, case) if part.values else {}
        return Part(back, part.record_type, part.record, before, current.seen)
    return Part(part.kind, part.record_type, part.record, _before(workspace, part, number, case), current.seen)


def _changed_since(part: Part, current: Record, gone: bool) -> bool:
    if part.kind in (PartKind.REMOVE, PartKind.WITHDRAW):
        return not gone
    if gone:
        return True
    keys = set(part.values)
    if part.kind in (PartKind.ADD, PartKind.APPEND) and part.values:
        keys |= set(current.values)
    return any(current.values.get(key) != part.values.get(key) for key in keys)


def _last_writer(workspace: Workspace, part: Part, case: str) -> str:
    entries = workspace.store.history_of(part.record_type, part.record, case)
    officer = workspace.store.reader.record("officer", entries[-1].change.envelope["actor"]) if entries else None
    return officer.text("initials") or officer.text("name") if officer else N_("another person")


def _before(workspace: Workspace, part: Part, number: int, case: str) -> dict[str, Value | None]:
    """Return the values that the part's fields had before the entry."""
    before: dict[str, Value | None] = dict.fromkeys(part.values)
    for entry in workspace.store.history_of(part.record_type, part.record, case):
        if entry.number >= number:
            break
        for other in entry.parts:
            if other is not None and other.record == part.record:
                before.update({key: value for key, value in other.values.items() if key in before})
    return before
