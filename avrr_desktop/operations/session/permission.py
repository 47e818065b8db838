"""What an officer may do: each verb names its permission where it is declared; window and command line ask here."""

from collections.abc import Callable, Mapping
from enum import Enum
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.session.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")


class Permission(Enum):
    """The kinds of verbs. What stands behind each, a key or only the screen, is told in docs/ROLES.md and in the window."""

    READ = "read"
    RECORD = "record"
    PRINT = "print"
    HAND_OVER = "hand_over"
    MANAGE = "manage"
    APPROVE = "approve"
    PROTECT = "protect"  # needs the key of restricted records beside the role


_ALL = frozenset(Permission)
OF_ROLE: Mapping[str, frozenset[Permission]] = {
    "read_only": frozenset({Permission.READ}),
    "case_worker": _ALL - {Permission.MANAGE, Permission.APPROVE},
    "supervisor": _ALL,
    "administrator": _ALL - {Permission.APPROVE},
}


_SCREEN = N_("By the program only: anybody who can open the store could do it with other tools.")
_SIGNED = N_("By signature: the role comes from an entry signed by a supervisor; altering a file gains nothing.")
_KEYED = N_("By encryption: nobody can read them without the key, even while the store is open.")
PERMISSION_TEXTS: Mapping[Permission, tuple[str, str]] = {  # what it is, and what stands behind it
    Permission.READ: (N_("Read cases"), N_("By encryption: nobody can read the store without a passphrase, the recovery code or the escrow.")),
    Permission.RECORD: (N_("Record and change"), _SCREEN),
    Permission.PRINT: (N_("Print", "permission"), _SCREEN),
    Permission.HAND_OVER: (N_("Hand over and export"), _SCREEN),
    Permission.MANAGE: (N_("Give roles and passphrases, manage backups"), _SIGNED),
    Permission.APPROVE: (N_("Approve closings, exports of many cases, and erasure"), _SIGNED),
    Permission.PROTECT: (N_("Read and write restricted records"), _KEYED),
}  # fmt: skip


WHOLE = frozenset({Permission.MANAGE, Permission.APPROVE, Permission.PROTECT})  # never for a PIN alone


def may(session: Session, permission: Permission) -> bool:
    """Say whether whoever is at work may do something. Before anybody said who they are: everything,
    because a store that has no officers yet must be able to get its first one, and the command line of a store
    with one shared passphrase is the administrator's tool. With the recovery code: everything but restricted records;
    with one that nobody who gives roles knows of, or as an officer whom this store does not know: reading.
    With a PIN: nothing that wants the whole passphrase.
    """
    if session.by_pin and permission in WHOLE:
        return False
    if permission is Permission.PROTECT and not session.reads_restricted:
        return False
    if session.officer is None:
        return permission is Permission.READ or session.trusted
    return permission in OF_ROLE.get(session.role, frozenset())


def refused(session: Session, permission: Permission) -> RefusedError:
    """Return the error for what somebody may not do: for good, or only until they typed their whole passphrase."""
    if session.by_pin and permission in WHOLE & OF_ROLE.get(session.role, frozenset()):
        return RefusedError(
            N_("The store was opened with a PIN. This needs your passphrase."),
            N_("Nothing was changed. Choose PIN at the top of the window, and type your passphrase."),
        )
    return RefusedError(
        N_("Your role does not allow this."), N_("Nothing was changed. Ask a supervisor or an administrator.")
    )


def needs(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Workspace, P], R]], Callable[Concatenate[Session, P], R]]:
    """Mark a verb with the permission that it needs; without it, RefusedError and nothing happens.

    The verb is written over the Workspace; who calls it needs to hold no more than the Session.
    """

    def mark(verb: Callable[Concatenate[Workspace, P], R]) -> Callable[Concatenate[Session, P], R]:
        @wraps(verb)
        def checked(session: Session, /, *args: P.args, **values: P.kwargs) -> R:
            if not may(session, permission):
                raise refused(session, permission)
            return verb(_unlocked(session), *args, **values)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return mark


def anybody(verb: Callable[Concatenate[Workspace, P], R]) -> Callable[Concatenate[Session, P], R]:
    """Mark what screens call and what needs no permission; it too is written over the Workspace, and called with the Session."""

    @wraps(verb)
    def opened(session: Session, /, *args: P.args, **values: P.kwargs) -> R:
        return verb(_unlocked(session), *args, **values)

    opened.permission = None  # type: ignore[attr-defined]
    return opened


def _unlocked(session: Session) -> Workspace:
    """Return the session as what it is at run time. Raises TypeError for one that is not made by an unlock."""
    if isinstance(session, Workspace):
        return session
    raise TypeError("a verb works on an unlocked store")
