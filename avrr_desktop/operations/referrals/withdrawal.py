"""The life of an agreement after it was given: confirmed where it is of an older form, withdrawn, and the withdrawal handled."""

from datetime import date

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.agreement import BEFORE, Group
from avrr_desktop.domain.consent.evidence import REFERRAL, SHARING, agreed_before, is_old
from avrr_desktop.domain.consent.guards import ADULT, GUARDIAN, SELF
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import age_on, is_future
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.operations.referrals.withdrawn import end_for_withdrawal, told_parts
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace


@needs(Permission.RECORD)
def withdraw(workspace: Workspace, case_file: CaseFile, consent: Record, day: str = "") -> Changes:
    """Withdraw an agreement on a day, by default today: it allows nothing from then on, and Today asks to tell the recipient.

    The referrals that it covered end in the same Change, so that one undo takes all of it back. Raises RefusedError.
    """
    on = day or workspace.today.isoformat()
    if consent.text("withdrawn_on"):
        raise RefusedError(N_("This agreement was withdrawn already."), N_("Nothing was changed."))
    if is_future(on, workspace.today):
        raise RefusedError(
            N_("A withdrawal counts at once, so the day cannot be in the future."),
            N_("Nothing was changed. Enter the day on which the person said so."),
        )
    parts = [_set(consent, withdrawn_on=on)]
    if (consent.text("scope") or REFERRAL) in SHARING:
        parts += end_for_withdrawal(workspace, case_file, consent)
    return commit(workspace, parts, case_file.case.uid)


@needs(Permission.RECORD)
def withdrawal_handled(workspace: Workspace, case_file: CaseFile, consent: Record, day: str = "") -> Changes:
    """Record that whoever was told knows of the withdrawal, or that nobody was: its line goes from Today."""
    if not consent.text("withdrawn_on"):
        raise RefusedError(N_("This agreement was not withdrawn."), N_("Nothing was changed."))
    on = day or workspace.today.isoformat()
    parts = [_set(consent, withdrawal_handled_on=on), *told_parts(case_file, consent, on)]
    return commit(workspace, parts, case_file.case.uid)


def _set(consent: Record, **values: Value | None) -> Part:
    return Part(PartKind.SET, "consent", consent.uid, values, consent.seen)


@needs(Permission.READ)
def new_agreement(workspace: Workspace, case_file: CaseFile, person: str = "") -> dict[str, Value]:
    """Return what the form of a new agreement begins with: nothing of it is written by itself.

    ``person``: of whom; by default the principal applicant. A child begins with their guardian, an adult with themselves.
    """
    principal = case_file.principal
    person = person or (principal.person.uid if principal else "")
    today = workspace.today.isoformat()
    values: dict[str, Value] = {
        "person": person, "scope": REFERRAL, "counselled_on": today, "given_on": today, "method": "signature",
        "capacity": "assumed", "explained_by": workspace.actor, **_giver(case_file, person, workspace.today),
    }  # fmt: skip
    record = case_file.people.get(person)
    languages = record.many("languages") if record is not None else ()
    if languages:
        values["language"] = languages[0]
    return {key: value for key, value in values.items() if value}


def _giver(case_file: CaseFile, person: str, today: date) -> dict[str, Value]:
    record = case_file.people.get(person)
    age = age_on(record.text("birth_date"), today) if record is not None else None
    if age is None or age[0] >= ADULT:
        return {"given_by": SELF}
    principal = case_file.principal
    parents = case_file.parents_of(person) or ((principal.person.uid,) if principal else ())
    guardian = next((uid for uid in parents if uid != person), "")
    return {"given_by": GUARDIAN, "guardian": guardian} if guardian else {"given_by": GUARDIAN}


@needs(Permission.READ)
def old_agreements(workspace: Workspace, case_file: CaseFile) -> tuple[Record, ...]:
    """Return the referrals and consents of an older form that nobody confirmed yet."""
    confirmed = {one.text("referral") for one in case_file.of_type("consent")}
    return (
        *(one for one in case_file.referrals if agreed_before(one) and one.uid not in confirmed),
        *(one for one in case_file.of_type("consent") if is_old(one) and not one.text("withdrawn_on")),
    )


@needs(Permission.READ)
def as_confirmed(workspace: Workspace, case_file: CaseFile, old: Record) -> dict[str, Value]:
    """Return what the form begins with that makes a true agreement of a referral of an older version.

    The day of counselling stays empty: nobody wrote it down, so whoever confirms says it.
    """
    values = new_agreement(workspace, case_file, old.text("person"))
    values.pop("counselled_on", None)
    values |= {
        "provider": old.text("provider"), "referral": old.uid, "given_on": old.text("consented_on"),
        "groups": tuple(group.value for group in Group if group in BEFORE),
    }  # fmt: skip
    return {key: value for key, value in values.items() if value}
