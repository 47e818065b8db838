"""What would be erased, in words: one sentence to agree to, and a line for each record that somebody has to look at."""

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import born_and_age, person_name
from avrr_desktop.language import Language
from avrr_desktop.operations.protection.erasing import Erasure
from avrr_desktop.operations.protection.leftovers import Leftover
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading import held

_UNCOUNTED = frozenset({"case", "person", "membership"})


@needs(Permission.APPROVE)
def erasing_sentence(workspace: Workspace, erasure: Erasure) -> str:
    """Return the one sentence that names whom and what an erasure takes away: the second person agrees to it."""
    words, reader = workspace.words, workspace.store.reader
    cases = [record for uid in erasure.cases if (record := reader.record("case", uid))]
    people = [record for uid in erasure.people if (record := reader.record("person", uid))]
    named = "; ".join(_named(workspace, person) for person in people)
    what = _counted(words, erasure)
    if erasure.whole:
        case = next(record for record in cases if record.uid == erasure.whole)
        others = [record for record in cases if record.uid != erasure.whole]
        sentence = words.text(
            N_("Erased: case {case}. Erased entries: {what}."),
            case=_case(case),
            what=what or words.text(N_("nothing else")),
        )
        if people:
            sentence += " " + words.text(N_("These people are erased: {people}."), people=named)
        stay = [record for record in _others_of(workspace, erasure) if record.uid not in erasure.people]
        if stay:
            sentence += " " + words.text(
                N_("These people stay, because they belong to another case: {people}."),
                people="; ".join(person_name(record) for record in stay),
            )
        if others:
            sentence += " " + words.text(
                N_("Data about these people in other cases are erased too: {cases}."),
                cases=", ".join(map(_case, others)),
            )
    else:
        sentence = words.text(N_("Erased: {person}. Cases: {cases}. Erased entries: {what}."), person=named,
                              cases=", ".join(map(_case, cases)) or words.text(N_("no case")),
                              what=what or words.text(N_("nothing else")))  # fmt: skip
        if erasure.lives_in:
            living = [_case(record) for record in cases if record.uid in erasure.lives_in]
            sentence += " " + words.text(N_("Cases of this person so far: {cases}."), cases=", ".join(living))
    return sentence + " " + words.text(N_("This cannot be undone."))


def _named(workspace: Workspace, person: Record) -> str:
    born = born_and_age(person, workspace.today, workspace.words)
    name = person_name(person) or workspace.words.text(N_("unnamed person"))
    return f"{name}, {born}" if born else name


def _case(record: Record) -> str:
    return f"{record.text('number')} “{record.text('called')}”"


def _others_of(workspace: Workspace, erasure: Erasure) -> list[Record]:
    """Return the people who belong, or once belonged, to the case that goes, and live on in another one."""
    connection, reader = workspace.store.connection, workspace.store.reader
    rows = connection.rows("SELECT pk FROM cases WHERE uid=?", (erasure.whole,))
    uids = held.people_in(connection, rows[0][0]) if rows else ()
    return [record for uid in uids if (record := reader.record("person", uid))]


def _counted(words: Language, erasure: Erasure) -> str:
    """Return what goes, counted by kind."""
    counted = [
        f"{words.text(kind.plural)}: {erasure.counts[key]}"
        for key, kind in BY_KEY.items()
        if erasure.counts.get(key) and key not in _UNCOUNTED
    ]
    if erasure.documents:
        counted.append(f"{words.text(N_('Finished documents'))}: {erasure.documents}")
    if erasure.gone.drafts:
        counted.append(f"{words.text(N_('Drafts'))}: {len(erasure.gone.drafts)}")
    return ", ".join(counted)


@needs(Permission.READ)
def leftover_line(workspace: Workspace, leftover: Leftover) -> tuple[str, str]:
    """Return (what and where, why it is listed) of a record that somebody has to look at."""
    words, reader = workspace.words, workspace.store.reader
    kind = BY_KEY.get(leftover.record_type)
    case = reader.record("case", leftover.case) if leftover.case else None
    record = reader.record(leftover.record_type, leftover.record, leftover.case) if kind else None
    label = words.text(kind.label) if kind else words.text(N_("Draft", "typed, not saved"))
    day = (
        next((record.text(key) for key in ("on", "planned_on", "agreed_on", "at") if record.text(key)), "")
        if record
        else ""
    )
    parts = [label, record.text("name") if record else "", words.partial_date(day[:10]) if day else "",
             case.text("number") if case else ""]  # fmt: skip
    if not kind or not leftover.fields:
        why = words.text(N_("It may mention this person. Only a reader can tell."))
    else:
        fields = ", ".join(words.text(kind.field(key).label) for key in leftover.fields)
        text = N_("This contained a name or number, which is still in the history: {fields}") if leftover.earlier else (
            N_("This contains a name or number: {fields}"))  # fmt: skip
        why = words.text(text, fields=fields)
    return " · ".join(part for part in parts if part), why
