"""The quarantine: what came from outside and was not taken in is shown, and let in or thrown away by a decision."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from avrr_desktop.domain.errors import NotFoundError, RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.cases.case_numbers import renumber_doubles
from avrr_desktop.operations.cases.history import VERBS
from avrr_desktop.operations.exchange import admission
from avrr_desktop.operations.exchange.admission import Admission
from avrr_desktop.operations.session.access_log import note
from avrr_desktop.operations.session.permission import Permission, may, needs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal import quarantine as store_quarantine
from avrr_desktop.store.journal.merge import Rules, take_in
from avrr_desktop.store.journal.quarantine import Held

WHY = {
    admission.ALTERED: N_("Altered after it was written and signed."),
    admission.SIGNATURE: N_(
        "The signature does not belong to the officer it names, or the officer had no right to write at that time."
    ),
    admission.FORM: N_("It contains something that no form of this program could have written."),
    admission.NEWER: N_("From a newer version of the program: update, then admit it."),
    admission.CLOCK: N_("Its time is impossible: the clock of that computer was wrong."),
    admission.NOT_ALONG: N_("It concerns a case that was not taken on this journey."),
    admission.NOT_BROUGHT: N_("Existing offices, officers, procedures and partners can only be changed at home."),
    admission.LINE: N_("The program writes no such access log entry on a journey."),
    admission.ERASING: N_("An erasure that this store would not have allowed."),
    admission.DECISION: N_("A decision that the writer had no right to make."),
    admission.RIGHTS: N_("It changes rights. That is done here, and cannot be imported."),
}
LET_IN = frozenset({admission.NEWER, admission.CLOCK, admission.NOT_ALONG, admission.NOT_BROUGHT})  # by a decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One entry that waits, as it is shown."""

    name: str
    what: str
    who: str
    when: datetime | None
    why: str
    can_come: bool  # whether a decision may let it in


@needs(Permission.MANAGE)
def waiting(workspace: Workspace) -> tuple[Waiting, ...]:
    """Return what waits in quarantine, the oldest first."""
    return tuple(_shown(workspace, held) for held in _quarantine(workspace).waiting())


def _quarantine(workspace: Workspace) -> store_quarantine.Quarantine:
    return store_quarantine.Quarantine(workspace.store.connection)


def _shown(workspace: Workspace, held: Held) -> Waiting:
    words, envelope = workspace.words, held.entry.change.envelope
    officer = workspace.store.reader.record("officer", str(envelope.get("actor", "")))
    case = workspace.store.reader.record("case", str(envelope.get("case") or ""))
    said = [
        words.text(VERBS[part.kind], record=words.text(BY_KEY[part.record_type].label))
        for part in held.entry.parts
        if part is not None and part.record_type in BY_KEY
    ]
    what = ", ".join([*([case.text("called")] if case else []), *dict.fromkeys(said)])
    try:
        when = datetime.fromisoformat(str(envelope.get("time")))
    except ValueError:
        when = None
    why = words.text(WHY.get(held.reason, held.reason))
    return Waiting(
        name=held.name, what=what, who=officer.text("name") if officer else "", when=when, why=why, can_come=held.reason in LET_IN
    )  # fmt: skip


@needs(Permission.MANAGE)
def let_in(workspace: Workspace, names: Sequence[str]) -> int:
    """Take in what waits under these names, all or nothing, with a line of who decided; return how many. Raises RefusedError,
    NotFoundError. Never what is altered, not signed by whom it names, or decides what two people decide.
    """
    _check(workspace)
    quarantine, store = _quarantine(workspace), workspace.store
    chosen = sorted(_chosen(quarantine, names), key=lambda held: int(held.entry.change.envelope["clock"]))
    if any(held.reason not in LET_IN for held in chosen):
        raise _never()
    now = workspace.clock.now()
    try:
        with store.transaction():
            for held in chosen:
                journey = held.source == "came_back"
                rules = Admission(workspace, now, frozenset() if journey else None, decided=True)
                quarantine.drop(held.entry.change)
                arrived = take_in(store, [held.entry], rules=Rules(rules.refusal, held.source, now), seen=held.seen)
                if not arrived.taken:
                    raise _never()
                if arrived.reissued:
                    quarantine.keep_envelope(held)
                workspace.read_grants()
                note(workspace, "let_in", case=str(held.entry.change.envelope.get("case") or ""), document=held.name)
            renumber_doubles(workspace)
    finally:
        workspace.read_grants()
    workspace.read_pack()
    return len(chosen)


@needs(Permission.MANAGE)
def throw_away(workspace: Workspace, names: Sequence[str]) -> int:
    """Take the words of what waits under these names away, with a line of who decided; return how many. Cannot be undone."""
    _check(workspace)
    quarantine = _quarantine(workspace)
    chosen = _chosen(quarantine, names)
    with workspace.store.transaction():
        for held in chosen:
            quarantine.throw_away(held)
            note(workspace, "thrown_away", case=_known_case(workspace, held), document=held.name)
    return len(chosen)


def _known_case(workspace: Workspace, held: Held) -> str:
    """Return the case of an entry where this store has it: a line links to nothing else."""
    case = held.entry.change.envelope.get("case")
    return case if isinstance(case, str) and workspace.store.reader.record("case", case) else ""


def _check(workspace: Workspace) -> None:
    if not may(workspace, Permission.APPROVE):
        raise RefusedError(
            N_("Only a supervisor can decide this."), N_("Nothing was changed. What waits in quarantine stays there.")
        )


def _chosen(quarantine: store_quarantine.Quarantine, names: Collection[str]) -> list[Held]:
    chosen = []
    for name in dict.fromkeys(names):
        found = quarantine.named(name)
        if not found:
            raise NotFoundError(N_("This entry is not in quarantine."), N_("Nothing was changed."))
        if len(found) > 1:
            raise RefusedError(
                N_("Two waiting entries have this identifier."),
                N_("Nothing was changed. Write it as in the list, with the letters after the slash."),
            )
        chosen += found
    return chosen


def _never() -> RefusedError:
    return RefusedError(
        N_("This entry cannot be admitted: its fault cannot be resolved by a decision."),
        N_("Nothing was changed. Ask the person who wrote it, and enter the correct parts here."),
    )
