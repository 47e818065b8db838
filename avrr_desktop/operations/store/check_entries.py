"""Looks at every entry for what its own chain does not show: who signed it, who approved, and what was emptied."""

from dataclasses import dataclass, field

from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.operations.session.grants import SUPERVISOR, Grant, Grants
from avrr_desktop.operations.store.findings import Finding, Tally
from avrr_desktop.store.journal.erasing import EMPTIED
from avrr_desktop.store.journal.journal import Entry
from avrr_desktop.store.journal.reissue import was_of
from avrr_desktop.store.journal.verifying import UNREADABLE

OTHERS_APPROVE = "closure_approved_by"


@dataclass(slots=True)
class _Erasing:
    number: int
    of_case: bool
    uid: str
    named: bool  # it names what it emptied


@dataclass(slots=True)
class Entries:
    """Hears of every entry, oldest first. ``own``: the chain that is written here. ``may_be_empty``: the store of a journey, in
    which everything about other cases was emptied before it left, and practice, whose passphrase everybody knows. ``two_erase``:
    an erasing needs a second person in this store.
    """

    grants: Grants | None
    may_be_empty: bool
    own: tuple[str, int] = ("", 0)
    two_erase: bool = False
    tally: Tally = field(default_factory=Tally)
    _emptied: list[tuple[int, str, str, tuple[int, ...], bool]] = field(default_factory=list)
    _erasings: list[_Erasing] = field(default_factory=list)
    _accounted: set[str] = field(default_factory=set)  # NAME:POSITION

    def hear(self, entry: Entry) -> None:
        """Look at one entry; one that this program never wrote counts as signed by nobody."""
        try:
            self._hear(entry)
        except (*UNREADABLE, AttributeError):
            self.tally.add("author", str(entry.number))

    def _hear(self, entry: Entry) -> None:
        envelope = entry.change.envelope
        name = entry.change.change_id
        if self.grants is not None and not self.grants.wrote(entry):
            self.tally.add("author", name)
        for part in entry.parts:
            if part is None:
                continue
            if part.kind is PartKind.ERASE:
                self._hear_erasing(entry, part)
            elif part.record_type == "case" and part.values.get(OTHERS_APPROVE):
                self._hear_approval(entry, part)
        positions = tuple(at for at, sealed in enumerate(entry.change.parts) if sealed.erased)
        if positions and "was" not in envelope:  # what is called anew came as the other copy held it
            chain = (str(envelope.get("device")), envelope.get("incarnation"))
            self._emptied.append((entry.number, name, str(envelope.get("case") or ""), positions, chain == self.own))
            if "grant" in envelope:
                self.tally.add("emptied", name)

    def _hear_erasing(self, entry: Entry, part: Part) -> None:
        if self.grants is not None and not may_have_erased(self.grants, entry, part):
            self.tally.add("erased", entry.change.change_id)
            return
        if self.grants is not None and self.two_erase and erased_alone(self.grants, entry, part):
            self.tally.add("erased_alone", entry.change.change_id)
        named = part.values.get(EMPTIED)
        self._erasings.append(_Erasing(entry.number, part.record_type == "case", part.record, named is not None))
        if isinstance(named, tuple):
            for one in named:
                change, _, positions = str(one).rpartition(":")
                self._accounted.update(f"{change}:{position}" for position in positions.split(","))

    def _hear_approval(self, entry: Entry, part: Part) -> None:
        """Whoever is named as having approved a closing is the one who wrote the entry, and was a supervisor."""
        if self.grants is None:
            return
        actor, approver = str(entry.change.envelope.get("actor", "")), part.values[OTHERS_APPROVE]
        role = role_then(self.grants, entry, actor)
        if actor != approver or role not in ("supervisor", None):
            self.tally.add("approved", entry.change.change_id)

    def findings(self) -> list[Finding]:
        """Return what was found, once every entry was heard."""
        if not self.may_be_empty:
            for number, name, case, positions, own in self._emptied:
                if not all(self._accounts(number, name, case, position, own) for position in positions):
                    self.tally.add("emptied", name)
        return self.tally.findings()

    def _accounts(self, number: int, name: str, case: str, position: int, own: bool) -> bool:
        """Return whether an erasing accounts for an emptied part: it names it; it is of the case that went; it was taken in from
        elsewhere after somebody was erased here; or the erasing is from before they named what they emptied.
        """
        if f"{name}:{position}" in self._accounted:
            return True
        for erasing in self._erasings:
            if erasing.of_case and case == erasing.uid:
                return True
            if number < erasing.number and not erasing.named:
                return True
            if number > erasing.number and not own:
                return True
        return False


def role_then(grants: Grants, entry: Entry, officer: str) -> str | None:
    """Return the role that an officer had when an entry was written; None where nobody knows: before there were grants."""
    envelope = entry.change.envelope
    under = str((envelope.get("was") or envelope).get("under", ""))
    if not under:
        return None
    standing = grants.past.get(under)
    return standing.role(officer) if standing is not None else ""


def may_have_erased(grants: Grants, entry: Entry, part: Part) -> bool:
    """Return whether whoever wrote an erasing could erase then: a supervisor, the recovery code or escrow that counted, or, of
    a note that was closed with the key of restricted records, whoever held that key.
    """
    actor = str(entry.change.envelope.get("actor", ""))
    if not grants.wrote(entry):
        return False
    role = role_then(grants, entry, actor)
    if is_closing_of_note(part):
        standing = grants.past.get(str(was_of(entry.change.envelope).get("under", "")))
        return role is None or (standing is not None and bool(standing.officers.get(actor, Grant()).protection_key))
    return not actor or role in (SUPERVISOR, None)


def erased_alone(grants: Grants, entry: Entry, part: Part) -> bool:
    """Return whether no second person signed an erasing that two decide; those from before there were grants are left out."""
    if is_closing_of_note(part) or role_then(grants, entry, "") is None:
        return False
    return not grants.seconded(entry)


def is_closing_of_note(part: Part) -> bool:
    """Return whether an erasing only took the clear words of a note away that is restricted now."""
    return part.record_type == "note" and part.values.get("ground") == "restricted"
