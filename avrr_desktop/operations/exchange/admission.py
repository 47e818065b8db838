"""What may come in from outside: the rules of inside, asked of every entry of a journey or of another copy of the store.

An entry that came was written by somebody with a passphrase and a text editor, for all that anybody knows. What it may not bring
waits in quarantine with the reason; each entry is judged by itself. See docs/decisions/0018.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.history import change
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.fields import RecordType
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.rules import clean_values
from avrr_desktop.domain.records.types.pack_records import PACK_RECORDS
from avrr_desktop.operations.cases.decisions import decision_fault, erasing_fault
from avrr_desktop.operations.session.grants import given
from avrr_desktop.operations.session.sealing import COMPARTMENT, SEALED
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.folder.attachments import NAMED
from avrr_desktop.store.journal.hybrid_clock import hybrid, hybrid_length
from avrr_desktop.store.journal.journal import Entry, fault_of
from avrr_desktop.store.reading import held

ALTERED, SIGNATURE, FORM, NEWER, CLOCK = "altered", "signature", "form", "newer", "clock"
NOT_ALONG, NOT_BROUGHT, LINE, ERASING, DECISION, RIGHTS = (
    "not_along", "not_brought", "line", "erasing", "decision", "rights",
)  # fmt: skip
REASONS = (ALTERED, SIGNATURE, FORM, NEWER, CLOCK, NOT_ALONG, NOT_BROUGHT, LINE, ERASING, DECISION, RIGHTS)
TOLERANCE = timedelta(days=2)
_RECORD = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}", re.ASCII)
_NAMED_BY_OFFICE = re.compile(
    r"[^\x00-\x20\x7f]{1,200}"
)  # officers of old, templates and lists: a key, not a made identifier
_NAME = re.compile(r"[0-9A-Z]{1,40}\.\d{1,16}\.\d{1,16}", re.ASCII)
_NUMBER = re.compile(r"[!-~][ -~]{0,60}-\d{4}-[2-9A-Z]{2,3}-\d{4,7}", re.ASCII)
_OFFICE = frozenset({"office", "officer"}) | PACK_RECORDS
_LINES_OF_A_JOURNEY = frozenset({"viewed", "break_glass", "printed", "kept", "leaving", "handed_over", "not_left", "exported",
                                 "subject_access", "unlock_failed", "drafted", "disclosed"})  # fmt: skip
_EDITED = {PartKind.ADD, PartKind.SET, PartKind.REMOVE}
_APPENDED = {PartKind.APPEND, PartKind.SET, PartKind.WITHDRAW}
_OF_THE_CASE = {PartKind.ADD, PartKind.SET, PartKind.COMMAND, PartKind.WITHDRAW}


@dataclass(slots=True)
class Admission:
    """Judges the entries of one copy, in their order. ``cases``: those that went along on a journey; None for a copy of the
    store that may bring any. ``decided``: somebody decided that this entry may come, which spares it some of the rules.
    """

    workspace: Workspace
    now: datetime
    cases: Collection[str] | None = None
    decided: bool = False
    _opened: set[tuple[str, str]] = field(default_factory=set)  # what was added by entries that were taken
    _grants_changed: bool = False

    @property
    def journey(self) -> bool:
        """Return whether only what a journey may bring comes in."""
        return self.cases is not None

    def refusal(self, entry: Entry, gone: Collection[int] = ()) -> str:
        """Return why an entry may not come in, a key of ``REASONS``; empty when it may, and then it counts as taken.

        ``gone``: positions of parts that are emptied anyway, as their subject was erased here.
        """
        if self._grants_changed:
            self.workspace.read_grants()
            self._grants_changed = False
        if fault_of(entry):
            return ALTERED
        if reason := _envelope_fault(entry):
            return reason
        if not self.decided and self._clock_fault(entry.change.envelope):
            return CLOCK
        if reason := self._rights_fault(entry):
            return reason
        parts = [part for position, part in enumerate(entry.parts) if position not in gone]
        sealed = [part for position, part in enumerate(entry.change.parts) if position not in gone]
        if any(part is None and not bytes_.erased for part, bytes_ in zip(parts, sealed, strict=True)):
            return NEWER
        there = [part for part in parts if part is not None]
        opening = {(part.record_type, part.record) for part in there if self._opens(part)}
        for part in there:
            if reason := self._part_fault(part, entry, opening):
                return reason
        self._opened |= opening
        self._grants_changed = "grant" in entry.change.envelope
        return ""

    def _clock_fault(self, envelope: Mapping[str, Any]) -> bool:
        at, clock = datetime.fromisoformat(envelope["time"]), int(envelope["clock"])
        return abs(clock - hybrid(at)) > hybrid_length(TOLERANCE) or clock > hybrid(self.now + TOLERANCE)

    def _rights_fault(self, entry: Entry) -> str:
        """Return what is wrong with whoever wrote it: no right to write, or a right given that may not be given here."""
        grants = self.workspace.grants
        if "grant" not in entry.change.envelope:
            return "" if grants is None or grants.wrote(entry) else SIGNATURE
        if grants is None or self.journey:
            return RIGHTS
        grant = entry.change.envelope["grant"]
        follows = isinstance(grant, dict) and grant.get("previous") == grants.head
        return "" if follows and given(grants.now, entry, grants.root)[1] is not None else RIGHTS

    def _opens(self, part: Part) -> bool:
        """Return whether a part adds something that this store does not know."""
        if part.kind not in (PartKind.ADD, PartKind.APPEND) or part.record_type not in BY_KEY:
            return False
        kind = BY_KEY[part.record_type]
        return not kind.of_case and self.workspace.store.reader.record(part.record_type, part.record) is None

    def _part_fault(self, part: Part, entry: Entry, opening: Collection[tuple[str, str]]) -> str:
        kind, envelope = BY_KEY.get(part.record_type), entry.change.envelope
        if kind is None:
            return NEWER
        if part.kind is PartKind.ERASE:
            return ERASING if self.journey or erasing_fault(self.workspace, entry, part) else ""
        if _form_fault(kind, part, envelope):
            return FORM
        if kind.key in _OFFICE:
            return self._office_fault(part, envelope)
        if kind.key == "access":
            return self._line_fault(part, entry, opening)
        opens = (kind.key, part.record) in opening
        at_home = self.journey and not opens and (kind.key, part.record) not in self._opened
        if self._not_along(part, opening) or (self.journey and not self.decided and self._elsewhere(envelope, opening)):
            return NOT_ALONG
        beside = [one for one in entry.parts if one is not None]
        if decision_fault(self.workspace, part, envelope, opening=opens, at_home=at_home, beside=beside):
            return DECISION
        return self._partner_fault(part, opening)

    def _office_fault(self, part: Part, envelope: Mapping[str, Any]) -> str:
        """Officers, the office, its procedures and lists are changed at home."""
        if self.journey and not self.decided:
            return NOT_BROUGHT
        grants = self.workspace.grants
        if grants is None or "grant" in envelope:
            return ""
        return "" if grants.role(str(envelope.get("actor", ""))) in ("supervisor", "administrator") else RIGHTS

    def _line_fault(self, part: Part, entry: Entry, opening: Collection[tuple[str, str]]) -> str:
        """Lines of who looked are written by the program, by their own actor, and never changed."""
        envelope, grants = entry.change.envelope, self.workspace.grants
        values = part.values
        own = part.kind is PartKind.APPEND and ("access", part.record) in opening
        if (
            not own
            or values.get("officer", "") != envelope.get("actor", "")
            or _moments_differ(values.get("at"), envelope)
        ):
            return LINE
        if self.journey and (values.get("what") not in _LINES_OF_A_JOURNEY or "second" in values):
            return LINE
        case = str(values.get("case_link", ""))
        if self.journey and case and not self._may_bring(case, opening):
            return LINE
        alone = "second" in values and grants is not None and not grants.seconded(entry)
        return LINE if alone or ("second" in values and values["second"] != envelope.get("second")) else ""

    def _may_bring(self, case: str, opening: Collection[tuple[str, str]]) -> bool:
        return self.cases is None or case in self.cases or ("case", case) in self._opened or ("case", case) in opening

    def _elsewhere(self, envelope: Mapping[str, Any], opening: Collection[tuple[str, str]]) -> bool:
        case = str(envelope.get("case") or "")
        return bool(case) and not self._may_bring(case, opening)

    def _not_along(self, part: Part, opening: Collection[tuple[str, str]]) -> bool:
        if not self.journey or self.decided:
            return False
        if part.record_type == "case":
            return not self._may_bring(part.record, opening)
        if part.record_type == "membership" and "person" in part.values:
            return not self._person_came(str(part.values["person"]), opening)
        if part.record_type == "person":
            elsewhere = part.kind is PartKind.REMOVE and self._lives_elsewhere(part.record)
            return elsewhere or not self._person_came(part.record, opening)
        return False

    def _person_came(self, person: str, opening: Collection[tuple[str, str]]) -> bool:
        """Return whether somebody went along, or was added on the way."""
        if ("person", person) in opening or ("person", person) in self._opened:
            return True
        of = held.cases_of(self.workspace.store.connection, person)
        return any(self._may_bring(one.uid, opening) for one in of)

    def _lives_elsewhere(self, person: str) -> bool:
        of = held.cases_of(self.workspace.store.connection, person)
        return any(one.lives and not self._may_bring(one.uid, ()) for one in of)

    def _partner_fault(self, part: Part, opening: Collection[tuple[str, str]]) -> str:
        if part.record_type != "provider" or not self.journey or self.decided:
            return ""
        return "" if ("provider", part.record) in {*opening, *self._opened} else NOT_BROUGHT


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < most


def _envelope_fault(entry: Entry) -> str:
    """Return FORM for an envelope in which something is not what it must be, NEWER for one of a newer program."""
    envelope, count = entry.change.envelope, len(entry.change.parts)
    if envelope.get("format") != change.FORMAT:
        return NEWER
    case, parents = envelope.get("case"), envelope.get("parents")
    try:
        well = (
            _NAME.fullmatch(entry.change.change_id) is not None
            and _whole(envelope["incarnation"], 1, 2**53) and _whole(envelope["sequence"], 1, 2**53)
            and _whole(envelope["clock"], 0, 2**63) and envelope.get("compartment", "") in ("", COMPARTMENT)
            and (case is None or _RECORD.fullmatch(case) is not None)
            and isinstance(envelope["actor"], str) and (not envelope["actor"] or _NAMED_BY_OFFICE.fullmatch(envelope["actor"]) is not None)
            and all(isinstance(envelope.get(key, ""), str) for key in ("under", "second", "signature", "previous", "device_key"))
            and datetime.fromisoformat(envelope["time"]).tzinfo is not None
            and isinstance(parents, list) and len(parents) == count
            and all(isinstance(names, list) and all(_NAME.fullmatch(name) for name in names) for names in parents)
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, OverflowError):
        return FORM
    return "" if well else FORM


def _form_fault(kind: RecordType, part: Part, envelope: Mapping[str, Any]) -> bool:
    """Return whether a part is not what a form of this program could have written."""
    kinds = _OF_THE_CASE if kind.key == "case" else _APPENDED if kind.appended else _EDITED
    pattern = _NAMED_BY_OFFICE if kind.key in _OFFICE else _RECORD
    if part.kind not in kinds or not pattern.fullmatch(part.record):
        return True
    case = envelope.get("case")
    if (kind.of_case and not case) or (kind.key == "case" and part.record != case):
        return True
    if SEALED in part.values:
        box = part.values[SEALED]
        closed = part.values.keys() == {SEALED} and isinstance(box, str) and 0 < len(box) < 1_000_000
        return (
            not closed or envelope.get("compartment") != COMPARTMENT or not (kind.restricted or kind.has("restricted"))
        )
    if (kind.restricted and part.values) or part.values.get("restricted") is True:
        return True  # what is restricted comes closed
    try:
        cleaned = clean_values(kind, dict(part.values))
    except (ExpectedError, TypeError, ValueError):
        return True
    if cleaned != dict(part.values) or [*map(type, cleaned.values())] != [*map(type, part.values.values())]:
        return True
    return _links_fault(kind, part) or _marks_fault(part)


def _links_fault(kind: RecordType, part: Part) -> bool:
    for key, value in part.values.items():
        target = kind.field(key).target
        pattern = _NAMED_BY_OFFICE if target in _OFFICE else _RECORD
        links = value if isinstance(value, tuple) else (value,)
        if target and not all(link is None or pattern.fullmatch(str(link)) for link in links):
            return True
    return False


def _marks_fault(part: Part) -> bool:
    """Return whether a number of a case or the name of a file is none: the program counts on, and finds, by them."""
    if part.record_type == "case":
        numbers = [part.values.get("number"), *str(part.values.get("former_numbers") or "").split()]
        return not all(number is None or _NUMBER.fullmatch(str(number)) for number in numbers)
    return part.record_type == "file" and not NAMED.fullmatch(str(part.values.get("digest", "0" * 64)))


def _moments_differ(at: object, envelope: Mapping[str, Any]) -> bool:
    try:
        said = datetime.fromisoformat(str(at))
        return said.tzinfo is None or abs(said - datetime.fromisoformat(envelope["time"])) > TOLERANCE
    except ValueError:
        return True
