"""How a record of a case reads in a list: as its type declares it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from avrr_desktop.domain.case.case_file import CaseFile, Member, end_of
from avrr_desktop.domain.case.paper_states import LACKING, LOOKS, RUNNING_OUT
from avrr_desktop.domain.case.story import COPY, STATUS, Told
from avrr_desktop.domain.consent.referral_states import answer_days, answer_due, is_awaited
from avrr_desktop.domain.media.file_kinds import MEDIA
from avrr_desktop.domain.people.dates import is_past, stored
from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import due_text, person_shown, value_text
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import officer_names, provider_names
from avrr_desktop.operations.documents.documents import title_of
from avrr_desktop.operations.session.drafts import Draft, begun, is_closed
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.item_list import Item, draft_key

_ICONS = {"overdue": "overdue", "waiting": "waiting", "blocked": "blocked", "done": "done", "not_needed": "remove"}


def value(workspace: Session, record: Record, key: str) -> str:
    """Return one value of a record as people read it, numbers masked."""
    return value_text(record, key, workspace.words, workspace.pack, masked=True)


def joined(*parts: str) -> str:
    """Return the parts that say something, with dots between."""
    return " · ".join(part for part in parts if part)


Partners = Mapping[str, str]  # identifier -> name, of those that referrals name


def describe_all(workspace: Session, case_file: CaseFile, records: Iterable[Record]) -> list[Item]:
    """Return the lines of records of a case; the partners that they name are read for all of them at once."""
    shown = list(records)
    wanted = {record.text(key) for record in shown for key in _partner_fields(record)} - {""}
    partners = provider_names(workspace, wanted) if wanted else {}
    return [describe(workspace, case_file, record, partners) for record in shown]


def _partner_fields(record: Record) -> list[str]:
    kind = BY_KEY[record.type]
    listed = ("provider",) if record.type == "referral" else (*kind.listed.title, *kind.listed.below)
    return [key for key in listed if kind.field(key).target == "provider"]


def describe(workspace: Session, case_file: CaseFile, record: Record, partners: Partners | None = None) -> Item:
    """Return the line of any record of a case: as its type declares it, or by the function of those that say more.

    ``partners``: the names of those that the record names.
    """
    own = _OWN.get(record.type, _as_declared)
    return own(workspace, case_file, record, partners or {})


def _as_declared(workspace: Session, case_file: CaseFile, record: Record, partners: Partners) -> Item:
    kind = BY_KEY[record.type]
    title, below = (
        joined(*(_shown(workspace, case_file, record, key, partners) for key in keys))
        for keys in (kind.listed.title, kind.listed.below)
    )
    return Item(record.uid, title or workspace.words.text(kind.label), below, kind.icon)


def _shown(workspace: Session, case_file: CaseFile, record: Record, key: str, partners: Partners) -> str:
    """Return a value as it stands in a line: people and partners by name, of a long text its first line."""
    field = BY_KEY[record.type].field(key)
    if field.target == "person":
        return ", ".join(_name(workspace, case_file, uid) for uid in record.many(key) or (record.text(key),) if uid)
    if field.target:
        return partners.get(record.text(key), "")
    return record.text(key).split("\n")[0] if field.kind is Kind.LONG_TEXT else value(workspace, record, key)


def _referral(workspace: Session, case_file: CaseFile, referral: Record, partners: Partners) -> Item:
    words, sent = workspace.words, referral.text("sent_on")
    title = joined(value(workspace, referral, "category"), partners.get(referral.text("provider"), ""))
    below = joined(
        _name(workspace, case_file, referral.text("person")), value(workspace, referral, "state"),
        words.text("Sent: {date}", date=words.partial_date(sent)) if sent else "",
    )  # fmt: skip
    return _awaited(workspace, case_file, referral, title or words.text("Referral", "record"), below)


def _follow_up(workspace: Session, case_file: CaseFile, follow_up: Record, partners: Partners) -> Item:
    words, done, planned = workspace.words, follow_up.text("done_on"), follow_up.text("planned_on")
    title = follow_up.text("summary").split("\n")[0] or words.text("Follow-up", "record")
    below = value(workspace, follow_up, "outcome") if done else words.text("planned", "about a follow-up")
    return Item(
        follow_up.uid, title, joined(value(workspace, follow_up, "method"), below), "done" if done else "follow_up",
        "done" if done else "", "" if done else due_text(planned, workspace.today, words),
    )  # fmt: skip


def story_items(workspace: Session, case_file: CaseFile, told: Iterable[Told]) -> list[Item]:
    """Return the lines of the Story: what kind of thing each is below it, and its day at the right."""
    shown = list(told)
    lines = describe_all(workspace, case_file, [one.record for one in shown if one.kind not in _BESIDE])
    described = {line.key: line for line in lines}
    return [
        _BESIDE[one.kind](workspace, one) if one.kind in _BESIDE else _told(workspace, one, described[one.record.uid])
        for one in shown
    ]


def _told(workspace: Session, told: Told, line: Item) -> Item:
    words, kind = workspace.words, BY_KEY[told.kind]
    label = words.text(kind.label)
    day = words.partial_date(told.on) if told.on else words.text("no date")
    planned = kind.key == "follow_up" and line.right
    below = joined(label if label != line.title else "", line.below)
    return replace(
        line, below=below, icon=line.icon if planned else kind.icon, state="", right=line.right if planned else day
    )


def _copy(workspace: Session, told: Told) -> Item:
    """Return the line of a copy that somebody got: of what, who, and how much it says."""
    record, words = told.record, workspace.words
    what = (
        document_title(record.text("document"), words) if record.text("document") else value(workspace, record, "what")
    )
    below = joined(
        value(workspace, record, "what"),
        record.text("recipient"),
        value(workspace, record, "level"),
        record.text("serial"),
    )
    return Item(record.uid, what, below, "print", "", words.partial_date(told.on))


def _status(workspace: Session, told: Told) -> Item:
    """Return the line of a status into which the case was put."""
    record, words, pack = told.record, workspace.words, workspace.pack
    status, reason = record.text("status"), record.text("closure_reason")
    title = words.text(pack.label("case_status", status)) if status else words.text("Status", "of a case")
    below = joined(
        words.text("Case status"), words.text(pack.label("closure_reason", reason)) if reason else "",
        officer_names(workspace).get(record.text("officer"), ""),
    )  # fmt: skip
    return Item(record.uid, title, below, "cases", "", words.partial_date(told.on))


_BESIDE: Mapping[str, Callable[[Session, Told], Item]] = {
    COPY: _copy,
    STATUS: _status,
}  # told of, and no record of the case


def _plan(workspace: Session, case_file: CaseFile, plan: Record, partners: Partners) -> Item:
    words, agreed = workspace.words, plan.text("agreed_on")
    title = words.text("Plan (revision {revision})", revision=plan.whole("revision"))
    said = words.text("Agreement: {date}", date=words.partial_date(agreed)) if agreed else words.text("not agreed yet")
    signed = plan.text("signed_by_returnee_on") and plan.text("signed_by_officer_on")
    said = "" if signed and not agreed else said
    below = joined(said, words.text("signed", "about a plan") if signed else "", value(workspace, plan, "made_where"))
    return Item(plan.uid, title, below, "done" if signed else "note", "done" if signed else "")


def _schooling(workspace: Session, case_file: CaseFile, schooling: Record, partners: Partners) -> Item:
    words, enrolled = workspace.words, schooling.text("enrolled_on")
    name = _name(workspace, case_file, schooling.text("person"))
    provisional = (
        words.text("provisionally", "about a child at school") if schooling.yes("enrolled_provisionally") else ""
    )
    below = (
        words.text("Enrolment: {date}", date=words.partial_date(enrolled))
        if enrolled
        else words.text("not enrolled yet")
    )
    state = "done" if enrolled else "blocked"
    below = joined(below, provisional, schooling.text("school"))
    return Item(schooling.uid, name or words.text("School", "record"), below, state, state)


def _service(workspace: Session, case_file: CaseFile, service: Record, partners: Partners) -> Item:
    people = ", ".join(_given(case_file, uid) for uid in service.many("persons"))
    return Item(service.uid, workspace.words.text(service.text("title")), people, "service")


def _step(workspace: Session, case_file: CaseFile, step: Record, partners: Partners) -> Item:
    title = workspace.words.text(step.text("title"))
    below = joined(
        _name(workspace, case_file, step.text("person")), value(workspace, step, "state"), step.text("office_name")
    )
    return Item(step.uid, title, below, "step")


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


def _paper(workspace: Session, case_file: CaseFile, paper: Record, partners: Partners) -> Item:
    words, today, name = workspace.words, workspace.today, _name(workspace, case_file, paper.text("holder"))
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


def _file(workspace: Session, case_file: CaseFile, record: Record, partners: Partners) -> Item:
    words, kind, added = workspace.words, MEDIA.get(record.text("media_type")), record.text("added_on")
    paper = next((one for one in case_file.papers if one.uid == record.text("paper")), None)
    named = value(workspace, paper, "doc_type") if paper else ""
    whose = _name(workspace, case_file, paper.text("holder")) if paper else ""
    below = joined(words.text(kind.label) if kind else "", words.size(record.whole("size")), named, whose)
    return Item(record.uid, record.text("name") or words.text("File", "record"), below, "paper" if paper else "note", "",
                words.partial_date(added) if added else "")  # fmt: skip


_OWN: Mapping[str, Callable[[Session, CaseFile, Record, Partners], Item]] = {
    "paper": _paper, "referral": _referral, "follow_up": _follow_up, "plan": _plan, "schooling": _schooling, "file": _file,
    "service": _service, "step": _step,
}  # fmt: skip  # whose line says more than values: how late it is, or whose the paper is


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
