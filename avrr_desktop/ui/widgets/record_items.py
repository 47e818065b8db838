"""How a record of a case reads in a list: one function for each kind, all in one place."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from avrr_desktop.domain.case.case_file import CaseFile, Member, end_of
from avrr_desktop.domain.case.paper_states import LACKING, LOOKS, RUNNING_OUT
from avrr_desktop.domain.consent.referral_states import answer_days, answer_due, is_awaited
from avrr_desktop.domain.media.file_kinds import MEDIA
from avrr_desktop.domain.people.dates import is_past, stored
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import due_text, person_shown, text_of
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import officer_names, provider_names
from avrr_desktop.operations.documents.documents import title_of
from avrr_desktop.operations.session.drafts import Draft, begun, is_closed
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.item_list import Item, draft_key

_ICONS = {"overdue": "overdue", "waiting": "waiting", "blocked": "blocked", "done": "done", "not_needed": "remove"}


def value(workspace: Session, record: Record, key: str) -> str:
    """Return one value of a record as people read it, numbers masked."""
    field = BY_KEY[record.type].field(key)
    return text_of(field, record.values.get(key), workspace.words, workspace.pack, masked=True)


def joined(*parts: str) -> str:
    """Return the parts that say something, with dots between."""
    return " · ".join(part for part in parts if part)


def describe_all(workspace: Session, case_file: CaseFile, records: Iterable[Record]) -> list[Item]:
    """Return the lines of records of a case; the partners that referrals name are read for all of them at once."""
    shown = list(records)
    wanted = {record.text("provider") for record in shown if record.type == "referral"}
    partners = provider_names(workspace, wanted) if wanted else {}
    return [describe(workspace, case_file, record, partners) for record in shown]


def describe(
    workspace: Session, case_file: CaseFile, record: Record, partners: Mapping[str, str] | None = None
) -> Item:
    """Return the line of any record of a case. ``partners``: the names of those that referrals name."""
    words, today = workspace.words, workspace.today
    name = _name(workspace, case_file, record.text("holder") or record.text("person"))
    if record.type == "paper":
        return _paper(workspace, record, name, today)
    if record.type == "referral":
        provider = (partners or {}).get(record.text("provider"), "")
        title = joined(value(workspace, record, "category"), provider)
        sent = record.text("sent_on")
        below = joined(name, value(workspace, record, "state"),
                       words.text("Sent: {date}", date=words.partial_date(sent)) if sent else "")  # fmt: skip
        return _awaited(workspace, case_file, record, title or words.text("Referral", "record"), below)
    if record.type == "follow_up":
        done, planned = record.text("done_on"), record.text("planned_on")
        title = words.partial_date(done or planned) if done or planned else words.text("Follow-up", "record")
        below = record.text("summary").split("\n")[0] if done else words.text("planned", "about a follow-up")
        return Item(record.uid, title, joined(value(workspace, record, "method"), below),
                    "done" if done else "follow_up", "done" if done else "",
                    "" if done else due_text(planned, today, words))  # fmt: skip
    if record.type == "contact":
        title = joined(value(workspace, record, "on"), value(workspace, record, "kind"))
        below = joined(name, value(workspace, record, "result"), record.text("summary").split("\n")[0])
        return Item(record.uid, title or words.text("Contact", "record"), below, "phone")
    if record.type == "note":
        first = record.text("text").split("\n")[0]
        return Item(
            record.uid,
            first or words.text("Note", "record"),
            joined(value(workspace, record, "on"), value(workspace, record, "kind"), name),
            "note",
        )
    if record.type == "plan":
        agreed = record.text("agreed_on")
        title = words.text("Plan (revision {revision})", revision=record.whole("revision"))
        said = (
            words.text("Agreement: {date}", date=words.partial_date(agreed)) if agreed else words.text("not agreed yet")
        )
        signed = record.text("signed_by_returnee_on") and record.text("signed_by_officer_on")
        return Item(record.uid, title, joined(said, words.text("signed", "about a plan") if signed else ""), "done" if signed else "note",
                    "done" if signed else "")  # fmt: skip
    if record.type == "schooling":
        enrolled = record.text("enrolled_on")
        provisional = (
            words.text("provisionally", "about a child at school") if record.yes("enrolled_provisionally") else ""
        )
        below = (
            words.text("Enrolment: {date}", date=words.partial_date(enrolled))
            if enrolled
            else words.text("not enrolled yet")
        )
        return Item(record.uid, name or words.text("School", "record"), joined(below, provisional, record.text("school")),
                    "done" if enrolled else "blocked", "done" if enrolled else "blocked")  # fmt: skip
    if record.type == "file":
        return _file(workspace, case_file, record)
    if record.type == "service":
        people = ", ".join(_given(case_file, uid) for uid in record.many("persons"))
        return Item(record.uid, words.text(record.text("title")), people, "service")
    return Item(record.uid, words.text(BY_KEY[record.type].label))


def _awaited(workspace: Session, case_file: CaseFile, referral: Record, title: str, below: str) -> Item:
    """Return the line of a referral; where an answer is owed, it says since or until when, as Today does."""
    words, today = workspace.words, workspace.today
    due = answer_due(referral, answer_days(workspace.pack.settings)) if is_awaited(referral) else ""
    if not due or not case_file.running:
        return Item(referral.uid, title, below, "referral")
    if is_past(due, today):
        since = words.text("Answer overdue since {date}", date=words.partial_date(due))
        return Item(referral.uid, title, below, "overdue", "overdue", since)
    expected = words.text("Answer expected: {due}", due=due_text(due, today, words))
    return Item(referral.uid, title, below, "waiting", "waiting", expected)


def _paper(workspace: Session, paper: Record, name: str, today: date) -> Item:
    words = workspace.words
    until = end_of(paper)
    state, right = LOOKS.get(paper.text("state"), ""), ""
    known = stored(until)
    if known and paper.text("state") in RUNNING_OUT:
        days = (known.last() - today).days
        if days < 0:
            state, right = "overdue", words.text("Expired: {date}", date=words.partial_date(until))
        elif days <= workspace.pack.setting("paper_expiry_warning_days"):
            state, right = "waiting", words.text("Expires: {due}", due=due_text(until, today, words))
    title = value(workspace, paper, "doc_type") or words.text("Paper", "record")
    below = joined(name, value(workspace, paper, "state"), value(workspace, paper, "number"))
    icon = "overdue" if right and state == "overdue" else _ICONS.get(state, "paper")
    return Item(paper.uid, title, below, icon, state, right)


def _file(workspace: Session, case_file: CaseFile, record: Record) -> Item:
    words, kind, added = workspace.words, MEDIA.get(record.text("media_type")), record.text("added_on")
    paper = next((one for one in case_file.papers if one.uid == record.text("paper")), None)
    named = value(workspace, paper, "doc_type") if paper else ""
    whose = _name(workspace, case_file, paper.text("holder")) if paper else ""
    below = joined(words.text(kind.label) if kind else "", words.size(record.whole("size")), named, whose)
    return Item(record.uid, record.text("name") or words.text("File"), below, "paper" if paper else "note", "",
                words.partial_date(added) if added else "")  # fmt: skip


def describe_member(workspace: Session, case_file: CaseFile, member: Member) -> Item:
    """Return the line of a person in a case."""
    words = workspace.words
    relation = value(workspace, member.membership, "relationship") or value(workspace, member.membership, "role")
    born = born_on(workspace, member.person)
    missing = [paper for paper in case_file.papers_of(member.person.uid) if paper.text("state") in LACKING]
    right = (
        words.plural("{count} paper missing", "{count} papers missing", len(missing), count=len(missing))
        if missing
        else ""
    )
    return Item(member.person.uid, person_shown(member.person, workspace.today, words) or words.text("No name yet"), joined(relation, born),
                "overdue" if missing else "person", "overdue" if missing else "", right)  # fmt: skip


def born_on(workspace: Session, person: Record) -> str:
    """Return the date of birth, which stands below a name that says the age; empty when unknown."""
    birth = person.text("birth_date")
    return workspace.words.partial_date(birth) if stored(birth) else ""


def _name(workspace: Session, case_file: CaseFile, uid: str) -> str:
    person = case_file.people.get(uid)
    return person_shown(person, workspace.today, workspace.words) if person else ""


def _given(case_file: CaseFile, uid: str) -> str:
    person = case_file.people.get(uid)
    return person.text("given_names") or person.text("family_name") if person else ""


def document_title(document: str, words: Language) -> str:
    """Return what a document is called on the screen."""
    return words.text(title_of(document))


def draft_line(workspace: Session, draft: Draft) -> Item:
    """Return the line of a new record that somebody began and did not save."""
    words = workspace.words
    return Item(
        draft_key(draft.record), words.text("Unfinished entry"), words.text("not saved yet"), "draft", "waiting"
    )


def draft_lines(workspace: Session, case: str, record_type: str) -> list[Item]:
    """Return the lines of new records of one kind that were begun; what will be restricted stands under Protection."""
    return [
        draft_line(workspace, draft)
        for draft in begun(workspace, case)
        if draft.record_type == record_type and not is_closed(draft)
    ]


def access_lines(workspace: Session, records: tuple[Record, ...]) -> list[Item]:
    """Return the lines of what left and who looked."""
    lines, names = [], officer_names(workspace)
    for record in records:
        moment = workspace.words.moment(workspace.local(datetime.fromisoformat(record.text("at"))))
        below = joined(
            names.get(record.text("officer"), ""), record.text("recipient"),
            value(workspace, record, "level"), record.text("serial"), record.text("reason"),
        )  # fmt: skip
        what = value(workspace, record, "what")
        if record.whole("count") > 1:
            what = f"{what} ({record.whole('count')})"
        lines.append(Item(record.uid, what, below or "–", "history", "", moment))
    return lines
