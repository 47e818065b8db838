"""How consents read: in their list, in one sentence above their form, and what left with them."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.agreement import Group, Groups
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.wording import person_name
from avrr_desktop.operations.cases.cases import provider_names
from avrr_desktop.operations.referrals.consent_standing import Counts, Standing
from avrr_desktop.operations.referrals.disclosures import Disclosure
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.item_list import Item
from avrr_desktop.ui.widgets.record_items import document_title, joined, value

_LOOKS = {
    Counts.YES: ("done", "done"), Counts.NOT_YET: ("waiting", "waiting"), Counts.OVER: ("history", "blocked"), Counts.WITHDRAWN: ("remove", "blocked"),
    Counts.OLD: ("overdue", "overdue"), Counts.BROKEN: ("overdue", "overdue"), Counts.OTHER: ("done", "done"),
}  # fmt: skip


def groups_text(workspace: Session, groups: Groups) -> str:
    """Return groups of data in words."""
    labels = (workspace.pack.label("data_group", group.value) for group in Group if group in groups)
    return ", ".join(workspace.words.text(one) for one in labels)


def consent_item(workspace: Session, case_file: CaseFile, consent: Record, standing: Standing) -> Item:
    """Return the line of a consent: who, to whom, what, and at the right whether it counts."""
    icon, state = _LOOKS[standing.counts]
    to = _partner(workspace, standing.provider) or value(workspace, consent, "scope")
    what = groups_text(workspace, standing.groups) or value(workspace, consent, "scope")
    return Item(
        consent.uid, joined(_name(case_file, consent), to) or workspace.words.text("Consent", "record"), what, icon, state,
        _short(workspace, consent, standing),
    )  # fmt: skip


def old_item(workspace: Session, case_file: CaseFile, referral: Record) -> Item:
    """Return the line of an agreement that a referral of an older version holds."""
    title = joined(_name(case_file, referral), _partner(workspace, referral.text("provider")))
    day = workspace.words.partial_date(referral.text("consented_on"))
    said = workspace.words.text("From an older version: confirm")
    return Item(referral.uid, title or workspace.words.text("Referral", "record"), day, "overdue", "overdue", said)


def said_of(workspace: Session, case_file: CaseFile, consent: Record, standing: Standing) -> str:
    """Return one sentence about what a consent allows just now, or why it allows nothing."""
    words, partner = workspace.words, _partner(workspace, standing.provider)
    if standing.counts is Counts.YES:
        allowed = groups_text(workspace, standing.groups)
        if partner:
            return words.text("May be shared with {partner}: {groups}.", partner=partner, groups=allowed)
        return words.text("May be shared with any partner: {groups}.", groups=allowed)
    if standing.counts is Counts.WITHDRAWN:
        on = words.partial_date(consent.text("withdrawn_on"))
        handled = consent.text("withdrawal_handled_on")
        if handled:
            return words.text("Withdrawn on {date}. The recipient has known since {told}.", date=on, told=words.partial_date(handled))  # fmt: skip
        return words.text("Withdrawn on {date}: nothing may be shared. Next: tell the recipient.", date=on)
    if standing.counts is Counts.OLD:
        return words.text("From an older version: it allows nothing until it says what may be shared with whom.")
    if standing.counts is Counts.NOT_YET:
        return words.text(
            "It allows nothing yet: it begins on {date}.", date=words.partial_date(consent.text("given_on"))
        )
    if standing.counts is Counts.OVER:
        return words.text("It allows nothing any more: it ended on {date}.", date=words.partial_date(consent.text("expires_on")))  # fmt: skip
    if standing.counts is Counts.OTHER:
        return words.text("This consent is not about sharing with a partner.")
    return joined(words.text("It allows nothing yet."), *(words.text(one) for one in standing.missing))


def told_item(workspace: Session, disclosure: Disclosure) -> Item:
    """Return the line of something that left: which document, what it told, to whom and when."""
    line, words = disclosure.line, workspace.words
    document = line.text("document").split(" (")[0]
    what = document_title(document, words) if document else value(workspace, line, "what")
    return Item(
        line.uid, joined(what, line.text("recipient")), groups_text(workspace, disclosure.groups), "print", "",
        words.partial_date(line.text("at")[:10]),
    )  # fmt: skip


def _short(workspace: Session, consent: Record, standing: Standing) -> str:
    words = workspace.words
    until = words.partial_date(consent.text("expires_on"))
    said = {
        Counts.YES: words.text("until {date}", date=until) if until else words.text("counts", "consent"), Counts.NOT_YET: words.text("not yet", "consent"),
        Counts.OVER: words.text("over", "consent"), Counts.WITHDRAWN: words.text("withdrawn", "consent"),
        Counts.OLD: words.text("From an older version: confirm"), Counts.BROKEN: words.text("incomplete", "consent"),
    }  # fmt: skip
    return said.get(standing.counts, "")


def _name(case_file: CaseFile, record: Record) -> str:
    person = case_file.people.get(record.text("person"))
    return person_name(person) if person is not None else ""


def _partner(workspace: Session, uid: str) -> str:
    return provider_names(workspace, {uid}).get(uid, "") if uid else ""
