"""The second person: another supervisor, who types their passphrase and signs exactly what they agree to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from avrr_desktop.domain.errors import PassphraseError, RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.keys import slots
from avrr_desktop.keys.signing import Signer
from avrr_desktop.operations.session.grants import SUPERVISOR, Standing, may_confirm
from avrr_desktop.operations.session.permission import Permission, anybody, needs
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.session.unlocking import of_newest
from avrr_desktop.operations.session.workspace import Workspace


def four_eyes(workspace: Session) -> bool:
    """Say whether a second person decides: where people sign for themselves, and the programme does not waive it."""
    return not workspace.shares_passphrase and not workspace.pack.setting("self_approval")


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Who agreed, with what signs for them: a name alone is no agreement."""

    officer: str
    signer: Signer = field(repr=False)


@anybody
def second_person(workspace: Workspace, passphrase: str) -> SecondPerson:
    """Return whose passphrase it is, if they may agree to what is asked here. Slow, for a worker. A wrong one is counted.

    Raises PassphraseError, RefusedError.
    """
    try:
        entry = of_newest(workspace.folder, lambda file: slots.enter(file, passphrase))
    except PassphraseError:
        workspace.folder.count_failed_unlock()
        raise
    second = SecondPerson(entry.slot.officer, Signer(entry.secrets.seed)) if entry.secrets.seed else None
    if second is not None and may_second(workspace, second):
        return second
    until = waits_until(workspace, second.officer) if second else None
    if until is not None and second is not None and second.officer != workspace.actor:
        raise RefusedError(
            N_("This supervisor is new here, or has a new passphrase, and cannot act as second person yet."),
            N_(
                "Nothing was changed. They can act as second person from {moment}, or once a third supervisor "
                "confirms them in Setup, Access."
            ),
            {"moment": workspace.words.moment(workspace.local(until))},
        )
    raise RefusedError(
        N_("This requires the passphrase of another supervisor, who chose it personally."),
        N_("Nothing was changed."),
    )


def may_second(workspace: Workspace, second: SecondPerson | None) -> bool:
    """Return whether somebody may be the second person: a supervisor by a grant, with the key of that grant, not who is at work,
    not somebody whose passphrase who is at work typed, and here long enough, or confirmed by a third.
    """
    if workspace.grants is None or not isinstance(second, SecondPerson) or second.officer == workspace.actor:
        return False
    grant = workspace.grants.officers.get(second.officer)
    if grant is None or grant.public_key != second.signer.public:
        return False
    own = not grant.typed_by or grant.typed_by != workspace.actor
    return (
        workspace.grants.role(second.officer) == SUPERVISOR and own and waits_until(workspace, second.officer) is None
    )


@needs(Permission.READ)
def waits_until(workspace: Workspace, officer: str) -> datetime | None:
    """Return until when a new or reset supervisor is no second person; None for one who waits for nothing."""
    grant = workspace.grants.officers.get(officer) if workspace.grants else None
    if grant is None or not grant.given_at or _confirmed(workspace, grant.confirmed_by, officer):
        return None
    given = datetime.fromtimestamp(grant.given_at / 1000, UTC)
    until = given + timedelta(days=workspace.policy.days_until_second)
    return until if workspace.clock.now() < until else None


def _confirmed(workspace: Workspace, by: str, officer: str) -> bool:
    """Return whether a confirmation counts: whoever gave it waits for nothing themselves."""
    return bool(by) and by != officer and workspace.grants is not None and waits_until(workspace, by) is None


@needs(Permission.READ)
def may_be_confirmed(workspace: Workspace, officer: str) -> bool:
    """Return whether whoever is at work may confirm this officer as a supervisor."""
    standing = workspace.grants.now if workspace.grants else Standing()
    there = waits_until(workspace, officer) is not None and waits_until(workspace, workspace.actor) is None
    return there and may_confirm(standing, workspace.actor, officer)


@needs(Permission.READ)
def to_confirm(workspace: Workspace) -> tuple[tuple[str, datetime], ...]:
    """Return the new supervisors whom whoever is at work may confirm, each with until when they wait otherwise."""
    officers = workspace.grants.officers if workspace.grants else {}
    until = {uid: waits_until(workspace, uid) for uid in officers if may_be_confirmed(workspace, uid)}
    return tuple((uid, moment) for uid, moment in until.items() if moment is not None)


@contextmanager
def agreed(workspace: Workspace, second: SecondPerson | None) -> Iterator[str]:
    """Let the second person sign what is saved in the block, and give their identifier; nobody and empty where none is needed."""
    if second is None:
        yield ""
        return
    with workspace.store.seconded(second.officer, second.signer):
        yield second.officer
