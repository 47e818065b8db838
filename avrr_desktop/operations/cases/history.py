"""The history of a case: who changed what, when, over which earlier value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from avrr_desktop.domain.history.change import PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import text_of
from avrr_desktop.operations.session.late_entries import LATE
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.sealing import SEALED, shows_restricted
from avrr_desktop.operations.session.workspace import Workspace

VERBS = {
    PartKind.ADD: N_("Added: {record}"), PartKind.APPEND: N_("Added: {record}"), PartKind.SET: N_("Changed: {record}"),
    PartKind.REMOVE: N_("Removed: {record}"), PartKind.WITHDRAW: N_("Withdrawn: {record}"),
    PartKind.COMMAND: N_("Decision: {record}"), PartKind.ERASE: N_("Content erased"),
}  # fmt: skip


_SAID = frozenset(
    {
        "moved_from",
        "moved_to",
        "hold_because",
        "hold_until",
        "transferred_to",
        "double_of",
        "split_from",
        "split_into",
        "former_numbers",
        "reopened_because",
        LATE,
    }
)  # computed, and still of interest


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One thing that happened to one record."""

    when: datetime
    who: str
    what: str
    details: tuple[str, ...]  # “Field: before → after”
    change_id: str


@needs(Permission.READ)
def history(workspace: Workspace, case: str) -> list[HistoryLine]:
    """Return the history of a case, newest first; entries of a newer program are named as such."""
    names = {record.uid: record.text("name") for record in workspace.store.reader.everything("officer")}
    before: dict[tuple[str, str], Value | None] = {}
    found: list[HistoryLine] = []
    for entry in workspace.store.journal.of_case(case):
        envelope = entry.change.envelope
        when = datetime.fromisoformat(envelope["time"])
        who = names.get(envelope["actor"], "")
        for part, sealed in zip(entry.parts, entry.change.parts, strict=True):
            if part is None or part.record_type not in BY_KEY:
                text = N_("Erased") if sealed.erased else N_("From a newer version of the program")
                found.append(
                    HistoryLine(
                        when=when,
                        who=who,
                        what=workspace.words.text(text),
                        details=(),
                        change_id=entry.change.change_id,
                    )
                )
                continue
            kind = BY_KEY[part.record_type]
            closed = kind.restricted or SEALED in part.values
            if closed and not shows_restricted(workspace):
                continue
            label = workspace.words.text(N_("Restricted record") if closed else kind.label)
            what = workspace.words.text(
                N_("Late entry") if part.values.keys() == {LATE} else VERBS[part.kind], record=label
            )
            details = tuple(_details(workspace, part.record_type, part.record, part.values, before))
            found.append(HistoryLine(when=when, who=who, what=what, details=details, change_id=entry.change.change_id))
    return found[::-1]


def _details(
    workspace: Workspace, record_type: str, record: str, values: Mapping[str, Value | None],
    before: dict[tuple[str, str], Value | None],
) -> Iterator[str]:  # fmt: skip
    kind = BY_KEY[record_type]
    for key, value in values.items():
        earlier = before.get((record, key))
        before[(record, key)] = value
        if not kind.has(key) or kind.field(key).kind in (Kind.LINK, Kind.LINKS):
            continue
        field = kind.field(key)
        if field.computed and key not in _SAID:
            continue
        old, new = (_shown(workspace, field, item) for item in (earlier, value))
        label = workspace.words.text(field.label)
        yield f"{label}: {old} → {new or '–'}" if old and old != new else f"{label}: {new or '–'}"


def _shown(workspace: Workspace, field: Field, value: Value | None) -> str:
    text = text_of(field, value, workspace.words, workspace.pack, masked=True)
    if field.key == "title":  # of a service or step: the pack's text, which the catalogues know
        text = workspace.words.text(text)
    return text if len(text) <= 80 else text[:79] + "…"
