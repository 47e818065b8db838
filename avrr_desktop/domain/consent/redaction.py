"""What a print may say, by who it is for: made by leaving values out of the case before a page is made, never by covering them.

Restricted records are in no level: they stand in no list of a case (``CaseFile.restricted``). A level that asks for people's
agreement tells only what each of them agreed to: ``domain/consent/partner_copy.py``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.consent.agreement import NOBODY, Telling, Told
from avrr_desktop.domain.consent.data_groups import is_ever_told
from avrr_desktop.domain.consent.partner_copy import for_partner
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import age_on
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


_TYPED = frozenset({"meeting_place", "go_ahead_reason", "at_time", "back_by"})  # one line in which anybody may be named


def _without_names(record_type: str, field: Field) -> bool:
    if record_type == "step" and field.key in _TYPED:
        return False
    return field.kind is not Kind.LONG_TEXT and field.sensitivity.value < Sensitivity.IDENTIFYING.value


def _own(record_type: str, field: Field) -> bool:
    if record_type == "case" and field.key in ("donor", "external_refs", "sending_mission"):
        return False
    if record_type == "plan":
        return field.key != "do_no_harm"  # the person signs the rest
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
        Level(REFERRAL, frozenset({"papers", "services", "steps", "schoolings"}), named=True, people=True, keeps=is_ever_told,
              telling=Telling.TO_PARTNER),
        Level(RETURNEE, frozenset({"papers", "services", "steps", "referrals", "plans"}), named=True, people=True, keeps=_own,
              telling=Telling.TO_THE_PERSON),
        Level(ANONYMOUS, frozenset({"papers", "services", "steps"}), named=False, people=False, keeps=_nobody),
    )
}  # fmt: skip


def at_level(
    case_file: CaseFile, key: str, as_of: date, words: Speaks, titles: Mapping[str, tuple[str, str]],
    told: Told = NOBODY,
) -> CaseFile:  # fmt: skip
    """Return a case that holds only what a level may say. KeyError for a level that is not known.

    ``titles``: template -> (title, short name) of the pack, by which a step goes where nobody is named. ``told``: what a
    partner may be told of whom; other levels ask nobody.
    """
    level = LEVELS[key]
    if key == FULL:
        return replace(case_file, restricted=())
    if level.telling is Telling.TO_PARTNER:
        case_file = for_partner(case_file, told, as_of, titles, words)
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
        follow_ups=kept("follow_ups", case_file.follow_ups), schoolings=kept("schoolings", case_file.schoolings),
        plans=kept("plans", case_file.plans), people=known, left_out=case_file.left_out,
    )  # fmt: skip


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
        if kind.has(key) and level.keeps(record.type, kind.field(kind.field(key).code_of or key))
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
