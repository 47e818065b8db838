"""The life of a referral: every move is one Change with its day and officer, and none is made without what it needs."""

from collections.abc import Mapping

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.referral_moves import MOVES, Move, coded, possible, state_of, who_of
from avrr_desktop.domain.consent.referral_states import ReferralState
from avrr_desktop.domain.errors import BadInputError, NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import is_future, stored
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.rules import clean_values
from avrr_desktop.domain.records.types.referral_records import REFERRAL
from avrr_desktop.operations.referrals.cover import check_cover, groups_shared
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.proofs import referral_number
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace

Said = Mapping[str, object]


@needs(Permission.RECORD)
def move_referral(
    workspace: Workspace, case_file: CaseFile, referral: str, move: str, day: str = "", *, said: Said | None = None
) -> Changes:
    """Make one move of a referral. ``move``: a key of ``MOVES``; ``day``: stored, by default today; ``said``: the fields that it asks for.

    Raises RefusedError where no such move is possible or nobody agreed, BadInputError where something is not said.
    """
    return commit(workspace, move_parts(workspace, case_file, referral, move, day, said=said), case_file.case.uid)


def move_parts(
    workspace: Workspace, case_file: CaseFile, referral: str, move: str, day: str = "", *, said: Said | None = None
) -> list[Part]:
    """Return the parts of a move, for a verb that makes several things at once; raises as ``move_referral`` does."""
    record = referral_of(case_file, referral)
    wanted = MOVES.get(move)
    if wanted is None or wanted not in possible(record):
        raise RefusedError(
            N_("This is not possible in the state in which the referral is."),
            N_("Nothing was changed. Above its form stands what may be done."),
        )
    values = {**_said(wanted, said or {}), **_of_day(workspace, record, wanted, day), "state": wanted.to.code}
    if wanted.covered:
        check_cover(workspace, case_file, record)
    parts: list[Part] = []
    if wanted.to is ReferralState.SENT:
        values |= _sending(workspace, case_file, record)
        parts = [disclosure(workspace, case_file, record, values)]
    return [Part(PartKind.SET, "referral", record.uid, values, record.seen), *parts]


@needs(Permission.RECORD)
def met(workspace: Workspace, case_file: CaseFile, referral: str, day: str = "") -> Changes:
    """Write down the first meeting: from then on the partner may know the name behind a code. Raises RefusedError."""
    record = referral_of(case_file, referral)
    if not record.yes("by_code") or record.text("met_on"):
        raise RefusedError(N_("This referral does not go by a code."), N_("Nothing was changed."))
    check_cover(workspace, case_file, record)
    values: dict[str, Value | None] = {"met_on": checked_day(workspace, record, day)}
    told = {**values, "shared": tuple(sorted(groups_shared(workspace, case_file, record)))}
    line = disclosure(workspace, case_file, record, told)
    part = Part(PartKind.SET, "referral", record.uid, values, record.seen)
    return commit(workspace, [part, line], case_file.case.uid)


@needs(Permission.RECORD)
def tell_recipient(workspace: Workspace, case_file: CaseFile, referral: str, day: str = "") -> Changes:
    """Write down that the recipient knows of the withdrawal. Raises RefusedError where there is nothing to tell."""
    record = referral_of(case_file, referral)
    untold = record.text("sent_on") and not record.text("recipient_told_on")
    if state_of(record) is not ReferralState.WITHDRAWN_CONSENT or not untold:
        raise RefusedError(N_("There is nothing to tell the recipient."), N_("Nothing was changed."))
    values: dict[str, Value | None] = {"recipient_told_on": checked_day(workspace, record, day)}
    return commit(workspace, [Part(PartKind.SET, "referral", record.uid, values, record.seen)], case_file.case.uid)


def referral_of(case_file: CaseFile, uid: str) -> Record:
    """Return a referral of a case by its identifier. Raises NotFoundError."""
    found = next((one for one in case_file.referrals if one.uid == uid), None)
    if found is None:
        raise NotFoundError(N_("This record is not in this case any more."), N_("Nothing was changed."))
    return found


def checked_day(workspace: Workspace, referral: Record, day: str) -> str:
    """Return the stored day of a move, by default today. Raises BadInputError for one that cannot be."""
    day = day or workspace.today.isoformat()
    known, sent = stored(day), stored(referral.text("sent_on"))
    if known is None or is_future(day, workspace.today):
        raise BadInputError(
            N_("The day must be a date that is not in the future."),
            N_("Nothing was changed. Write for example 12.5.2026."),
        )
    if sent is not None and known.last() < sent.first():
        raise BadInputError(
            N_("This day is before the referral was sent."), N_("Nothing was changed. Correct the day.")
        )
    return day


def disclosure(workspace: Workspace, case_file: CaseFile, referral: Record, values: Mapping[str, Value | None]) -> Part:
    """Return the line of the log that says what was told to whom: in the same Change as the sending."""
    provider = workspace.store.reader.record("provider", referral.text("provider"))
    shared = values.get("shared")
    content: dict[str, object] = {
        "what": "disclosed", "at": workspace.clock.now().isoformat(timespec="seconds"), "case_link": case_file.case.uid,
        "officer": workspace.actor, "recipient": provider.text("name") if provider else "", "persons": who_of(referral),
        "referral_link": referral.uid, "groups": shared if isinstance(shared, tuple) else (),
    }  # fmt: skip
    return adding(workspace, "access", {key: value for key, value in content.items() if value not in ("", ())})


def _sending(workspace: Workspace, case_file: CaseFile, referral: Record) -> dict[str, Value | None]:
    number = referral.text("number") or referral_number(case_file)
    shared = tuple(sorted(groups_shared(workspace, case_file, referral)))
    return {"number": number, "shared": shared, "by_code": True if coded(referral) else None}


def _said(move: Move, said: Said) -> dict[str, Value | None]:
    """Return what was said with a move, cleaned. Raises BadInputError for what is missing or not asked."""
    cleaned = clean_values(REFERRAL, {key: value for key, value in said.items() if key in move.asks})
    if any(key not in move.asks for key in said):
        raise BadInputError(N_("This move does not ask for that."), N_("Nothing was changed."))
    missing = next((key for key in move.asks if key in move.wants and cleaned.get(key) is None), "")
    if missing:
        raise BadInputError(
            N_("“{field}” must be said with it."), N_("Nothing was changed."), {"field": REFERRAL.field(missing).label}
        )
    return {key: value for key, value in cleaned.items() if value is not None}


def _of_day(workspace: Workspace, referral: Record, move: Move, day: str) -> dict[str, Value | None]:
    if not move.day:
        return {}
    return {move.day: checked_day(workspace, referral, day)}
