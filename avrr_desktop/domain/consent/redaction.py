"""What a print may say, by who it is for: made by leaving values out of the case before a page is made, never by covering them.

Restricted records are in no level: they stand in no list of a case (``CaseFile.restricted``). A level that asks for people's
agreement leaves out whoever did not agree, with all that is about them: ``domain/consent/agreement.py`` says who that is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.consent.agreement import Telling
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import age_on
from avrr_desktop.domain.people.name_keys import index_text
from avrr_desktop.domain.procedure.step_states import StepState
from avrr_desktop.domain.procedure.steps import Standing
from avrr_desktop.domain.records.about import Find, finder, people_of
from avrr_desktop.domain.records.fields import Field, Kind, Record, Sensitivity, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import Speaks, age_text

FULL, CONFERENCE, REFERRAL, RETURNEE, ANONYMOUS = (
    "full_internal", "case_conference", "referral", "returnee_copy", "anonymous",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level: which lists stay, whether people keep their names, which fields go for all that."""

    key: str
    lists: frozenset[str]
    named: bool
    people: bool
    keeps: Callable[[str, Field], bool]  # (record type, field) -> whether its value stays
    telling: Telling = Telling.WITHIN


_PARTNER_PERSON = frozenset({"family_name", "given_names", "name_script", "sex", "birth_date", "languages", "phone",
                             "safe_to_call", "preferred_channel", "trusted_contact"})  # fmt: skip
_PARTNER_CASE = frozenset({"number", "called", "country_of_return", "municipality_of_return", "officer", "status"})
_OF_STEP = frozenset({"service", "person", "title", "short", "position", "state", "office_name", "waits_for",
                      "waits_for_any", "template", "planned_on", "filed_on", "expected_on", "done_on"})  # fmt: skip


_TYPED = frozenset({"meeting_place", "go_ahead_reason", "at_time", "back_by"})  # one line in which anybody may be named


def _without_names(record_type: str, field: Field) -> bool:
    if record_type == "step" and field.key in _TYPED:
        return False
    return field.kind is not Kind.LONG_TEXT and field.sensitivity.value < Sensitivity.IDENTIFYING.value


def _partner(record_type: str, field: Field) -> bool:
    if record_type == "person":
        return field.key in _PARTNER_PERSON
    if record_type == "case":
        return field.key in _PARTNER_CASE
    if record_type == "step":
        return field.key in _OF_STEP
    return field.kind is not Kind.LONG_TEXT and field.kind is not Kind.NUMBER_OF_PAPER


def _own(record_type: str, field: Field) -> bool:
    if record_type == "case" and field.key in ("donor", "external_refs", "sending_mission"):
        return False
    return field.kind is not Kind.LONG_TEXT


def _nobody(record_type: str, field: Field) -> bool:
    if record_type == "step" and field.key in _TYPED:
        return False
    if record_type == "case":
        return field.key in ("status", "country_of_return", "opened_on", "programme", "needs_requested", "direction")
    return (field.sensitivity is Sensitivity.OPEN and field.kind not in (Kind.LINK, Kind.LINKS)) or (
        field.key in ("service", "waits_for", "waits_for_any", "doc_type", "state"))  # fmt: skip


LEVELS = {
    level.key: level
    for level in (
        Level(FULL, frozenset(), named=True, people=True, keeps=lambda *_: True),
        Level(CONFERENCE, frozenset({"papers", "services", "steps", "referrals", "follow_ups"}), named=False, people=True,
              keeps=_without_names),
        Level(REFERRAL, frozenset({"papers", "services", "steps"}), named=True, people=True, keeps=_partner,
              telling=Telling.TO_PARTNER),
        Level(RETURNEE, frozenset({"papers", "services", "steps", "referrals"}), named=True, people=True, keeps=_own,
              telling=Telling.TO_THE_PERSON),
        Level(ANONYMOUS, frozenset({"papers", "services", "steps"}), named=False, people=False, keeps=_nobody),
    )
}  # fmt: skip


def at_level(
    case_file: CaseFile, key: str, as_of: date, words: Speaks, titles: Mapping[str, tuple[str, str]],
    told: frozenset[str] = frozenset(),
) -> CaseFile:  # fmt: skip
    """Return a case that holds only what a level may say. KeyError for a level that is not known.

    ``titles``: template -> (title, short name) of the pack, by which a step goes where nobody is named. ``told``: the
    people of whom a partner may be told; other levels ask nobody.
    """
    level = LEVELS[key]
    if key == FULL:
        return replace(case_file, restricted=())
    if level.telling is Telling.TO_PARTNER:
        case_file = _without_others(case_file, told, titles, words)
    people = {
        member.person.uid: _person(member, level, as_of, words) for member in case_file.members if level.people
    }  # fmt: skip
    members = tuple(
        Member(people[member.person.uid], _stripped(member.membership, level))
        for member in case_file.members
        if member.person.uid in people
    )

    def kept(name: str, records: tuple[Record, ...]) -> tuple[Record, ...]:
        return (
            tuple(_untyped(_stripped(record, level), record, level, words, titles) for record in records)
            if name in level.lists
            else ()
        )

    case = _stripped(case_file.case, level)
    if not level.named:
        called = case_file.case.text("number") if level.people else words.text(N_("Case"))
        case = case._replace(values={**case.values, "called": called})
    known = {uid: person for uid, person in people.items() if uid in case_file.people}
    return CaseFile(
        case=case, revision=case_file.revision, members=members, papers=kept("papers", case_file.papers), services=kept("services", case_file.services),
        steps=kept("steps", case_file.steps), referrals=kept("referrals", case_file.referrals),
        follow_ups=kept("follow_ups", case_file.follow_ups), people=known, left_out=case_file.left_out,
    )  # fmt: skip


def _without_others(
    case_file: CaseFile, told: frozenset[str], titles: Mapping[str, tuple[str, str]], words: Speaks
) -> CaseFile:
    """Return a case without the members who are not told of, and without everything that is about them.

    The family's name goes with them, and so does what somebody typed by hand where it names one of them. A paper of which
    nobody knows whose it is may be theirs.
    """
    there = {member.person.uid for member in case_file.members} & told
    gone = frozenset(case_file.people) - there  # those who were taken out of the case as well
    if not gone:
        return case_file
    left_out = sum(member.person.uid in gone for member in case_file.members)
    names = frozenset(_words(case_file.people[uid].text("given_names") for uid in gone))
    find = finder((*case_file.papers, *case_file.services, *case_file.steps))

    def kept(records: tuple[Record, ...]) -> tuple[Record, ...]:
        return tuple(_unlinked(one, gone, names) for one in records if _is_told(one, told, find))

    members = tuple(
        Member(_unlinked(one.person, gone, names), one.membership)
        for one in case_file.members
        if one.person.uid in there
    )
    steps = kept(_still_blocked(case_file, told, find))
    called = {"called": case_file.case.text("number")} if left_out else {}
    case = case_file.case._replace(values={**case_file.case.values, **called})
    return replace(
        case_file, case=case, members=members, papers=kept(case_file.papers),
        services=kept(case_file.services), steps=tuple(_named_by_pack(step, names, titles, words) for step in steps),
        people={uid: person for uid, person in case_file.people.items() if uid not in gone},
        left_out=left_out,
    )  # fmt: skip


def _is_told(record: Record, told: frozenset[str], find: Find) -> bool:
    people = people_of(record, find)
    return bool(people & told) if people else record.type != "paper"


def _unlinked(record: Record, gone: frozenset[str], names: frozenset[str]) -> Record:
    """Return a record without links to people who are not told of, and without typed lines that name one of them."""
    kind = BY_KEY[record.type]

    def names_one(key: str, value: Value) -> bool:
        own = (
            not kind.has(key)
            or kind.field(key).computed
            or (record.type == "person" and kind.field(key).kind is Kind.NAME)
        )
        return not own and isinstance(value, str) and not names.isdisjoint(_words((value,)))

    values: dict[str, Value] = {}
    for key, value in record.values.items():
        if isinstance(value, tuple):
            values[key] = tuple(one for one in value if one not in gone)
        elif value not in gone and not names_one(key, value):
            values[key] = value
    return record._replace(values=values, conflicts=None)


def _named_by_pack(step: Record, names: frozenset[str], titles: Mapping[str, tuple[str, str]], words: Speaks) -> Record:
    """Return a step by its title in the pack where the one that was typed is gone, because it names somebody."""
    if step.text("title"):
        return step
    title, short = titles.get(step.text("template"), (words.text(N_("Step of this office")), ""))
    return step._replace(values={**step.values, "title": title, "short": short})


def _still_blocked(case_file: CaseFile, told: frozenset[str], find: Find) -> tuple[Record, ...]:
    """Return the steps; one that waits for a step that is left out says that it is blocked, not that it can start."""
    there = {step.uid for step in case_file.steps if _is_told(step, told, find)}

    def said(step: Record, standing: Standing, waits: tuple[Record, ...]) -> Record:
        hidden = standing is Standing.BLOCKED and waits and not any(one.uid in there for one in waits)
        return step._replace(values={**step.values, "state": StepState.BLOCKED.code}) if hidden else step

    return tuple(
        said(view.step, view.standing, (*view.blockers, *view.one_of)) for view in case_file.step_views()
    )  # fmt: skip


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in index_text(text).split() if len(word) > 1}


def _untyped(
    stripped: Record, record: Record, level: Level, words: Speaks, titles: Mapping[str, tuple[str, str]]
) -> Record:
    """Return a step without what was typed into its title, which may name somebody, where nobody is named."""
    if record.type != "step" or level.named:
        return stripped
    title, short = titles.get(record.text("template"), (words.text(N_("Step of this office")), ""))
    values = {key: value for key, value in stripped.values.items() if key != "office_name"}
    return stripped._replace(values={**values, "title": title, "short": short})


def _stripped(record: Record, level: Level) -> Record:
    kind = BY_KEY[record.type]
    values: dict[str, Value] = {
        key: value
        for key, value in record.values.items()
        if kind.has(key) and level.keeps(record.type, kind.field(key))
    }
    return record._replace(values=values, conflicts=None)


def _person(member: Member, level: Level, as_of: date, words: Speaks) -> Record:
    person = _stripped(member.person, level)
    if level.named:
        return person
    number = member.membership.whole("position")
    age = age_on(member.person.text("birth_date"), as_of)
    code = words.text(N_("Person {number}"), number=number)
    given = {"given_names": age_text(age, words)} if age else {}
    return person._replace(values={**person.values, "family_name": code, **given})
