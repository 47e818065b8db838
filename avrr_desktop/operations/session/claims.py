"""Writes grants: what of an entry gives or takes a right stands in its envelope, behind the newest grant that was seen."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.operations.session import grants
from avrr_desktop.operations.session.grants import GIVEN, SPARE, Grants, protection_mark
from avrr_desktop.operations.session.session import JOURNEY_STORE
from avrr_desktop.operations.session.workspace import Workspace

_REFUSALS: Mapping[str, Callable[[], RefusedError]] = {  # by what ``grants.allowed`` says
    "role": lambda: RefusedError(
        N_("Nobody can give or withdraw a role with more rights than their own."),
        N_("Nothing was changed. Ask a supervisor."),
    ),
    "own": lambda: RefusedError(
        N_("Nobody changes their own role."), N_("Nothing was changed. Ask another supervisor or administrator.")
    ),
    "spare": lambda: RefusedError(
        N_("A recovery code and the escrow can do what a supervisor can: only a supervisor adds them."),
        N_("Nothing was changed. Ask a supervisor."),
    ),
    "confirm": lambda: RefusedError(
        N_("A new supervisor is confirmed by a third one, who neither gave the role nor set the passphrase."),
        N_("Nothing was changed. Ask another supervisor, or wait."),
    ),
    "protection": lambda: RefusedError(
        N_("This is not the key of restricted records of this store."),
        N_("Nothing was changed. Check the store, and ask a supervisor."),
    ),
    "form": lambda: RefusedError(N_("This cannot be given."), N_("Nothing was changed.")),
}


def claim(workspace: Workspace, parts: Sequence[Part], **further: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what parts give or take, as the envelope of their entry says it; None for nothing.

    ``further``: what no table holds (``officers``). Raises RefusedError where whoever is at work may not give it.
    """
    known = workspace.grants
    if known is None:
        return None
    grant = _given_by(parts)
    for uid, values in further.get("officers", {}).items():
        grant["officers"].setdefault(uid, {}).update(values)
    if not known.officers:
        return _first(workspace, known, grant) if grant["officers"] else None
    if not known.head:
        grant = _older_standing(known, grant)
    if not grant["officers"] and not grant["spare"]:
        return None
    _check(workspace, known, grant)
    if not known.head:
        return _first(workspace, known, grant)
    if workspace.protection and not known.protection:
        grant["protection"] = protection_mark(workspace.protection)
    return {"previous": known.head, "keys": workspace.folder.read_keys().generation, **grant}


def _given_by(parts: Sequence[Part]) -> dict[str, Any]:
    grant: dict[str, Any] = {"officers": {}, "spare": {}}
    for part in parts:
        if part.record_type == "officer" and not GIVEN.isdisjoint(part.values):
            values = {key: str(value or "") for key, value in part.values.items() if key in GIVEN}
            grant["officers"].setdefault(part.record, {}).update(values)
        elif part.record_type == "officer" and part.kind is PartKind.REMOVE:
            grant["officers"].setdefault(part.record, {})["role"] = ""
        elif part.record_type == "office":
            grant["spare"] |= {key: str(part.values[key] or "") for key in SPARE if key in part.values}
    return grant


def _older_standing(known: Grants, grant: dict[str, Any]) -> dict[str, Any]:
    """Return a first grant that says all that counts in a store from before there was a chain of grants."""
    officers = {
        uid: {key: getattr(one, key) for key in GIVEN} | grant["officers"].get(uid, {})
        for uid, one in known.officers.items()
    }
    return {"officers": {**grant["officers"], **officers}, "spare": {**known.spare_keys, **grant["spare"]}}


def _first(workspace: Workspace, known: Grants, grant: dict[str, Any]) -> dict[str, Any]:
    """Return the first grant of a store: the chains of entries that are older are named in it, so that none is added to them."""
    key = workspace.protection
    protection = {"protection": protection_mark(key)} if key else {}
    return {"previous": "", **grant, **protection, "before": workspace.store.journal.chain_ends()}


def _check(workspace: Workspace, known: Grants, grant: Mapping[str, Any]) -> None:
    if workspace.store_role == JOURNEY_STORE:
        raise RefusedError(N_("Rights are decided in the store at home, not on a journey."), N_("Nothing was changed."))
    reason = grants.allowed(known.now, workspace.actor, grant)
    if reason is not None:
        raise _REFUSALS[reason]()
