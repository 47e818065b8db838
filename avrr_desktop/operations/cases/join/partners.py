"""Two entries of the directory become one, by the decision of whoever looked at both. See docs/decisions/0032 and 0041.

Every case that names the one that goes is told in a Change of its own, all in one transaction, and all are undone together. The
entry that goes is taken out, and says into which one it was joined.
"""

from collections.abc import Iterator, Mapping, Sequence

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.joined import INTO, joined, lines
from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.partners.doubles import likely_double_partners
from avrr_desktop.domain.records.fields import Field, Record, Value
from avrr_desktop.domain.records.types.case_records import CASE
from avrr_desktop.operations.cases.join.people import (
    as_one,
    check_at_home,
    check_decided,
    check_left_alone,
    naming,
    value_said,
)
from avrr_desktop.operations.session.late_entries import late_for
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading import held

_PARTNER = "provider"
WHY = N_("Two entries of one partner were joined.")
_KEPT = ("name", "other_names")  # a name that was not chosen is found among the other ones


@needs(Permission.READ)
def partner_there(workspace: Workspace, partner: str) -> Record:
    """Return an entry of the directory as it stands. Raises NotFoundError for none, and for one that was taken out."""
    record = workspace.store.reader.record(_PARTNER, partner)
    if record is None or (workspace.store.reader.is_removed(_PARTNER, partner) and not record.text(INTO)):
        raise NotFoundError(N_("This entry is not in the directory."), N_("Nothing was changed."))
    return record


@needs(Permission.READ)
def likely_doubles_of_partners(workspace: Workspace) -> tuple[tuple[Record, Record], ...]:
    """Return the pairs of entries that may be one partner, the earlier written one first."""
    return tuple(likely_double_partners(workspace.store.reader.everything(_PARTNER)))


@needs(Permission.RECORD)
def join_partners(workspace: Workspace, stays: str, goes: str, decided: Mapping[str, str]) -> Changes:
    """Make one entry of two of the same partner. ``decided``: field -> which value stays (``domain.case.joined.ANSWERS``).

    Whatever names the entry that goes, in every case, names the one that stays; a value that could not stay stands in the
    remarks. A second join of the same two takes along what came later. Raises BadInputError for a field of which nobody
    decided, RefusedError.
    """
    first, second = partner_there(workspace, stays), partner_there(workspace, goes)
    again = second.text(INTO) == stays
    _check(workspace, first, second, again=again)
    if not again:
        check_decided(first, second, decided)
    reader = workspace.store.reader
    files = [reader.case_file(uid) for uid in held.cases_naming(workspace.store.connection, _PARTNER, goes)]
    check_left_alone(files)
    with workspace.store.transaction():
        made = [*_told(workspace, files, stays, goes)]
        if not again:
            made.append(commit(workspace, _entries(workspace, first, second, decided)))
    if not made:
        raise RefusedError(N_("These two entries are joined already."), N_("Nothing was changed."))
    return as_one(made)


def _check(workspace: Workspace, first: Record, second: Record, *, again: bool) -> None:
    check_at_home(workspace)
    if first.uid == second.uid:
        raise RefusedError(N_("This is one entry already."), N_("Nothing was changed. Choose another one."))
    if first.text(INTO) or (second.text(INTO) and not again):
        raise RefusedError(
            N_("One of these entries was joined into another one."),
            N_("Nothing was changed. Choose the entry that is there now."),
        )


def _told(workspace: Workspace, files: Sequence[CaseFile], stays: str, goes: str) -> Iterator[Changes]:
    """Yield how each case names the entry that stays, in a closed one as a late entry whose reason is the join."""
    for case_file in files:
        case = case_file.case
        values = {one.key: stays for one in CASE.fields if one.target == _PARTNER and case.values.get(one.key) == goes}
        parts = [*naming(workspace, case_file, goes, stays, target=_PARTNER)]
        if values:
            parts.append(Part(PartKind.SET, "case", case.uid, dict[str, Value | None](values), case.seen))
        if parts:
            with late_for(workspace, case.uid, workspace.words.text(WHY)):
                yield commit(workspace, parts, case.uid)


def _entries(workspace: Workspace, first: Record, second: Record, decided: Mapping[str, str]) -> list[Part]:
    """Return what becomes of the two entries themselves."""
    result = joined(first, second, decided)
    values = dict(result.values)
    name = str(values.get("name") or first.text("name"))
    others = [one for one in (first.text("name"), second.text("name")) if one and one != name]
    names = lines([str(values.get("other_names", first.text("other_names")) or ""), *others])
    if names != first.text("other_names"):
        values["other_names"] = names
    left = [_not_kept(workspace, field, value) for field, value in result.left if field.key not in _KEPT]
    if left:
        values["remarks"] = lines([str(values.get("remarks", first.text("remarks")) or ""), *left])
    gone = Part(PartKind.REMOVE, _PARTNER, second.uid, {INTO: first.uid}, second.seen)
    return [Part(PartKind.SET, _PARTNER, first.uid, values, first.seen), gone] if values else [gone]


def _not_kept(workspace: Workspace, field: Field, value: Value) -> str:
    words = workspace.words
    said = value_said(workspace, field, value)
    return words.text(N_("Not kept: {field}: {value}"), field=words.text(field.label), value=said)
