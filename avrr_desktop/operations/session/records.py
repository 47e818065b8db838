"""Verbs for any record: add, change, remove. Each returns what it touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import is_over
from avrr_desktop.domain.case.plans import is_signed
from avrr_desktop.domain.consent.referral_moves import changes_who, types_a_move
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Changes, Part, PartKind
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.initials import fits
from avrr_desktop.domain.people.name_keys import script_of
from avrr_desktop.domain.people.personal_number import followed_scheme
from avrr_desktop.domain.procedure.pack import UNVERIFIED
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.types.pack_records import PACK_RECORDS
from avrr_desktop.operations.session.claims import claim
from avrr_desktop.operations.session.drafts import stays_restricted
from avrr_desktop.operations.session.grants import GIVING
from avrr_desktop.operations.session.late_entries import with_reason
from avrr_desktop.operations.session.parts import adding, cleaned_values, offices_named
from avrr_desktop.operations.session.permission import Permission, may, needs
from avrr_desktop.operations.session.proofs import together
from avrr_desktop.operations.session.sealing import COMPARTMENT, SEALED, opened, sealed_part
from avrr_desktop.operations.session.workspace import Workspace

_CONFIRMING = frozenset({"verification_status", "verified_by", "verified_on"})
SENT_BACK = ("closure_sent_back_by", "closure_sent_back_to", "closure_sent_back_on", "closure_sent_back_because")
DECIDED = frozenset({"closure_asked_by", "closure_asked_on", "closure_approved_by", *SENT_BACK, "kept_still_since",
                      "kept_still_because"})  # fmt: skip

_MANAGED = {"officer", "office"} | PACK_RECORDS  # for those who manage


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record that was just made, and the Change that made it."""

    record: str
    changes: Changes


def commit(workspace: Workspace, parts: Sequence[Part], case: str = "", **grant: Mapping[str, Any]) -> Changes:
    """Save parts as one Change in the name of the officer at work. Raises RefusedError for a case that is to be left alone or
    is closed without a late entry, and for a right that is not theirs to give. ``grant``: see ``claims.claim``.
    """
    if case and not any("kept_still_since" in part.values for part in parts):
        _check_not_kept_still(workspace, case)
    parts = with_reason(workspace, [*offices_named(workspace, parts), *parts], case)
    compartment = COMPARTMENT if any(SEALED in part.values for part in parts) else ""
    now = workspace.clock.now()
    given = claim(workspace, parts, **grant)
    changes = workspace.store.save(
        parts, case=case or None, actor=workspace.actor, now=now, compartment=compartment, grant=given
    )
    if any(part.record_type in PACK_RECORDS for part in parts):
        workspace.read_pack()
    if given is not None or any(part.record_type in ("officer", "office") for part in parts):
        workspace.read_grants()
    return changes


def _check_not_kept_still(workspace: Workspace, case: str) -> None:
    record = workspace.store.reader.record("case", case)
    if record is not None and record.text("kept_still_since"):
        raise RefusedError(
            N_("Processing of this case is restricted at the person’s request."),
            N_("Nothing was changed. A supervisor can lift this in the case, under Protection."),
        )


@needs(Permission.RECORD)
def new_record(
    workspace: Workspace, record_type: str, values: Mapping[str, object], case: str = "", *, draft: str = ""
) -> NewRecord:
    """Add one record, to a case or (office, officer, provider) beside all cases. Raises BadInputError, RefusedError.

    ``draft``: the form whose draft goes in the same commit.
    """
    check_managed(workspace, record_type)
    _check_initials(record_type, values)
    _check_retired(record_type, values)
    values = stays_restricted(workspace, draft, record_type, values)
    if BY_KEY[record_type].has("officer") and record_type != "case" and workspace.officer:
        values.setdefault("officer", workspace.actor)
    part = adding(workspace, record_type, values, country=workspace.country_of(case))
    _check_typed(Record(record_type, part.record, {}), part.values)
    more, parts = together(workspace, case, Record(record_type, part.record, {}), part.values)
    part = replace(part, values={**part.values, **more})
    return NewRecord(part.record, commit_and_drop(workspace, [part, *parts], case, draft))


def commit_and_drop(workspace: Workspace, parts: Sequence[Part], case: str, draft: str) -> Changes:
    """Save parts as ``commit`` does, and drop the draft of a form in the same transaction."""
    with workspace.store.transaction():
        changes = commit(workspace, parts, case)
        if draft:
            workspace.store.local.drop_draft(draft)
    return changes


def check_managed(workspace: Workspace, record_type: str) -> None:
    """Officers and the office are for those who manage; the first officer of a store is added by whoever is there.

    Who looked and what left is written by the program alone: nobody changes it or takes it away.
    """
    if record_type == "access":
        raise RefusedError(N_("The log of exports and access is kept by the program."), N_("Nothing was changed."))
    if record_type in _MANAGED:
        check_allowed(workspace, Permission.MANAGE)


def _check_retired(record_type: str, values: Mapping[str, object]) -> None:
    """Raise RefusedError where a field that is no longer asked for would be written anew; what an old case holds stays."""
    kind = BY_KEY[record_type]
    if any(value and kind.has(key) and kind.field(key).retired for key, value in values.items()):
        raise RefusedError(
            N_("This field is no longer in use."),
            N_("Nothing was saved. An agreement of the person is a consent of its own, under Referrals."),
        )


def _check_typed(record: Record, changed: Mapping[str, Value | None]) -> None:
    """Raise RefusedError for what a move of a referral says, and nobody types."""
    if record.type == "referral" and types_a_move(record, changed):
        raise RefusedError(
            N_("The state of a referral changes through a move, not in the form."),
            N_("Nothing was changed. Use the buttons above the form of the referral."),
        )
    if record.type == "referral" and changes_who(record, changed):
        raise RefusedError(
            N_("A referral that was sent keeps its people, its partner and its area of help."),
            N_("Nothing was changed. For another partner, begin another referral."),
        )


def _check_initials(record_type: str, values: Mapping[str, object]) -> None:
    """Raise BadInputError for initials that somebody types now and that are a name or a passphrase; carried ones stay."""
    if record_type == "officer" and not fits(str(values.get("initials") or "").strip()):
        raise BadInputError(
            N_("Initials must have one to four letters."), N_("Nothing was saved. Write for example AH.")
        )


@needs(Permission.READ)
def may_write(workspace: Workspace, record_type: str) -> bool:
    """Return whether whoever is at work may change records of a kind, so that no form asks for what would be refused."""
    permission = Permission.MANAGE if record_type in _MANAGED else Permission.RECORD
    return record_type != "access" and may(workspace, permission)


def check_allowed(workspace: Workspace, permission: Permission) -> None:
    """Raise RefusedError where whoever is at work may not do what a permission is for."""
    if not may(workspace, permission):
        raise RefusedError(
            N_("Your role does not allow this."), N_("Nothing was changed. Ask a supervisor or an administrator.")
        )


def _check_unsigned(record: Record) -> None:
    """Raise RefusedError for a plan that both sides have signed."""
    if is_signed(record):
        raise RefusedError(
            N_("Both sides have signed this plan."),
            N_("Nothing was changed. Begin the next revision: it has the words of this one."),
        )


def _script_followed(person: Record, changed: Mapping[str, Value | None]) -> dict[str, Value | None]:
    """Return the script of a name that is written anew, unless somebody chose one by hand."""
    names = {key: person.values.get(key) for key in ("family_name", "given_names")}
    if "name_script" in changed or not names.keys() & changed.keys():
        return {}
    was = script_of("".join(str(name or "") for name in names.values()))
    now = script_of("".join(str(changed.get(key, name) or "") for key, name in names.items()))
    chosen = person.text("name_script") not in ("", was)
    return {"name_script": now} if now and now != person.text("name_script") and not chosen else {}


def _check_decided(record: Record, changed: Mapping[str, Value | None]) -> None:
    """Raise RefusedError for what a decision changes and no form: how a case stands, who may read a note, what an office is called."""
    closes = "status" in changed and any(is_over(str(one)) for one in (changed["status"], record.text("status")))
    if record.type == "case" and closes:
        raise RefusedError(
            N_("A case is closed and reopened by a decision, not in the form."),
            N_("Use the menu at the top of the case."),
        )
    if record.type == "case" and not DECIDED.isdisjoint(changed):
        raise RefusedError(
            N_("This changes through a decision, not in the form."),
            N_("Nothing was changed. Use the menu at the top of the case, or Protection."),
        )
    if changed.get("restricted") is not None and changed["restricted"] != record.values.get("restricted", False):
        raise RefusedError(
            N_("A note stays restricted or unrestricted, as it was written."),
            N_("Nothing was changed. Write it again under Protection, and remove this one."),
        )
    if record.type == "office" and any(changed.get(key, "") is None for key in ("name", "country")):
        raise RefusedError(
            N_("Enter the name and the country of the office: they appear on every print."),
            N_("Nothing was changed. What you typed is kept as a draft."),
        )


@needs(Permission.RECORD)
def edit_record(
    workspace: Workspace, record: Record, values: Mapping[str, object], case: str = "", *, draft: str = ""
) -> Changes | None:
    """Set the fields that differ from what the form showed; None when nothing differs. Raises BadInputError.

    A field for which two values stand is settled by naming it, also with the value that is shown.
    """
    check_managed(workspace, record.type)
    _check_initials(record.type, values)
    _check_unsigned(record)
    record = opened(workspace, record)
    cleaned = cleaned_values(workspace, BY_KEY[record.type], values, record, workspace.country_of(case))
    if workspace.store.reader.is_removed(record.type, record.uid, case):
        raise RefusedError(
            N_("This record has been removed in the meantime."),
            N_("Your text is kept as a draft. Undo the removal to continue."),
        )
    open_fields = record.conflicts or {}
    changed = {key: value for key, value in cleaned.items() if value != record.values.get(key) or key in open_fields}
    _check_typed(record, changed)
    if record.type == "person":
        changed |= _script_followed(record, changed) | followed_scheme(record, changed)
    _check_decided(record, changed)
    _check_retired(record.type, changed)
    if record.type == "officer":
        _check_givers(workspace, record.uid, changed)
    if changed and record.type == "step_template":
        changed["version"] = record.whole("version") + 1
        if record.text("verified_on") and not _CONFIRMING.intersection(changed):
            changed |= {
                "verification_status": UNVERIFIED,
                "verified_by": None,
                "verified_on": None,
                "review_due_on": None,
            }
    if not changed:
        if draft:
            workspace.store.local.drop_draft(draft)
        return None
    more, parts = together(workspace, case, record, changed)
    part = Part(PartKind.SET, record.type, record.uid, {**changed, **more}, record.seen)
    return commit_and_drop(workspace, [sealed_part(workspace, part, record.values), *parts], case, draft)


def _check_givers(workspace: Workspace, officer: str, changed: Mapping[str, Value | None]) -> None:
    """Raise RefusedError where an edit would leave nobody who may give roles."""
    if workspace.grants is None or not {"role", "left_on"} & changed.keys():
        return
    givers = {uid for uid, grant in workspace.grants.officers.items() if grant.gives}
    if givers == {officer} and (changed.get("left_on") or changed.get("role", "supervisor") not in GIVING):
        raise RefusedError(
            N_("This role cannot be removed: nobody else could give roles."),
            N_("Nothing was changed. Give the supervisor role to another person first."),
        )


@needs(Permission.RECORD)
def remove_record(workspace: Workspace, record: Record, case: str) -> Changes:
    """Take a record out of its case. A member keeps the person; undo brings it back. Raises RefusedError."""
    check_sealed(workspace, record)
    _check_unsigned(record)
    if record.type == "case":
        raise RefusedError(
            N_("A case is closed, not removed."), N_("Close it with a reason, or mark it as a duplicate.")
        )
    if record.type == "consent" and record.text("withdrawn_on"):
        raise RefusedError(
            N_("A withdrawn consent stays in the case: it says that nothing may be shared."),
            N_("Nothing was changed. A new consent can be recorded beside it."),
        )
    check_managed(workspace, record.type)
    if record.type == "referral" and record.text("sent_on"):
        raise RefusedError(
            N_("This referral was sent, and stays."),
            N_("Nothing was changed. Mark it as entered in error if it was a mistake."),
        )
    if record.type == "officer" and workspace.grants is not None and workspace.grants.role(record.uid):
        raise RefusedError(
            N_("This officer still has a role."),
            N_("Nothing was changed. Withdraw the passphrase in Setup, Access: the role is then withdrawn too."),
        )
    kind = PartKind.WITHDRAW if BY_KEY[record.type].appended else PartKind.REMOVE
    parts = [Part(kind, record.type, record.uid, {}, record.seen)]
    if record.type == "service":
        case_file = workspace.store.reader.case_file(case)
        parts += [_without(workspace, case_file, step) for step in case_file.steps_of(record.uid)]
    return commit_and_drop(workspace, parts, case, f"edit {record.type} {record.uid}")


def check_sealed(workspace: Workspace, record: Record) -> None:
    """Restricted records are changed, taken out and brought back only by who holds their key."""
    if SEALED in record.values or record.values.get("restricted"):
        check_allowed(workspace, Permission.PROTECT)


def _without(workspace: Workspace, case_file: CaseFile, step: Record) -> Part:
    """Return what becomes of a step whose service goes: it moves to another service that needs it, or goes too."""
    pack, root = workspace.pack, workspace.pack.root(step.text("template"))
    for service in case_file.services:
        template = pack.services.get(service.text("template"))
        people = service.many("persons")
        if service.uid == step.text("service") or template is None or root not in template.steps:
            continue
        if not step.text("person") or step.text("person") in people:
            return Part(PartKind.SET, "step", step.uid, {"service": service.uid}, step.seen)
    return Part(PartKind.REMOVE, "step", step.uid, {}, step.seen)


def with_values(record: Record, values: Mapping[str, Value]) -> Record:
    """Return a record as it would read with other values: for checks while somebody types."""
    return record._replace(values={**record.values, **values})


@needs(Permission.READ)
def read_record(workspace: Workspace, record_type: str, uid: str, case: str = "") -> Record | None:
    """Return one record as it stands; None when there is none. A restricted one is readable for who holds its key."""
    record = workspace.store.reader.record(record_type, uid, case) if uid else None
    return opened(workspace, record) if record is not None and workspace.protection else record


@needs(Permission.READ)
def directory(workspace: Workspace, record_type: str) -> tuple[Record, ...]:
    """Return all officers, or all partners and offices."""
    return workspace.store.reader.everything(record_type)
