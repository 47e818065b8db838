"""A case as a partner may be told it: without who did not agree, and of the others only the groups of data they agreed to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.consent.agreement import Group, Told
from avrr_desktop.domain.consent.data_groups import may_stay, people_with
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import age_on
from avrr_desktop.domain.people.name_keys import index_text
from avrr_desktop.domain.procedure.step_states import StepState
from avrr_desktop.domain.procedure.steps import Standing
from avrr_desktop.domain.records.about import Find, finder, people_of
from avrr_desktop.domain.records.fields import Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import Speaks, age_text

Titles = Mapping[str, tuple[str, str]]  # template -> (title, short name) of the pack


def for_partner(case_file: CaseFile, told: Told, as_of: date, titles: Titles, words: Speaks) -> CaseFile:
    """Return a case without the members who are not told of, and without everything that is about them.

    The family's name goes with them, and so does what somebody typed by hand where it names one who is not named. A record of
    which nobody knows whose it is stays only where it names nobody and everybody agreed to its group.
    """
    return _Copy(file=case_file, told=told, as_of=as_of, titles=titles, words=words).whole()


@dataclass(slots=True, kw_only=True)
class _Copy:
    file: CaseFile
    told: Told
    as_of: date
    titles: Titles
    words: Speaks
    there: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()  # the given names of those who are not named
    find: Find = field(init=False, repr=False)

    def __post_init__(self) -> None:
        case_file, told = self.file, self.told
        self.there = frozenset(member.person.uid for member in case_file.members) & told.people
        unnamed = [person for uid, person in case_file.people.items() if uid not in self.there or not told.named(uid)]
        self.hidden = frozenset(_words(person.text("given_names") for person in unnamed))
        self.find = finder((*case_file.papers, *case_file.services, *case_file.steps))

    def whole(self) -> CaseFile:
        case_file = self.file
        members = tuple(self._member(one) for one in case_file.members if one.person.uid in self.there)
        steps = {step.uid: step for step in self._kept(case_file.steps)}
        blocked = tuple(self._named(one) for one in self._still_blocked(steps))
        return replace(
            case_file, case=self._case(), members=members, papers=self._kept(case_file.papers),
            services=self._kept(case_file.services), steps=blocked, schoolings=self._kept(case_file.schoolings),
            people={member.person.uid: member.person for member in members},
            left_out=len(case_file.members) - len(members),
        )  # fmt: skip

    def _case(self) -> Record:
        case, people = self.file.case, [member.person.uid for member in self.file.members]
        values = {
            key: value
            for key, value in case.values.items()
            if key == "called" or may_stay(self.told, "case", key, self.there)
        }
        if not all(self.told.named(uid) and uid in self.there for uid in people):
            values["called"] = case.text("number")
        return case._replace(values=values, conflicts=None)

    def _member(self, member: Member) -> Member:
        uid = member.person.uid
        person, membership = self._record(member.person, {uid}), self._record(member.membership, {uid})
        return Member(person if self.told.named(uid) else self._coded(person, member), membership)

    def _coded(self, person: Record, member: Member) -> Record:
        """Return a person by a code, and by the age where their identity may be told to who asks in person."""
        gone = ("phone", "trusted_contact", "address", "address_place") if member.person.uid in self.told.coded else ()
        values = {key: value for key, value in person.values.items() if key not in gone}
        code = self.words.text(N_("Person {number}"), number=member.membership.whole("position"))
        identity = self.told.has(member.person.uid, Group.IDENTITY)
        age = age_on(member.person.text("birth_date"), self.as_of) if identity else None
        given = {"given_names": age_text(age, self.words)} if age else {}
        return person._replace(values={**values, "family_name": code, **given})

    def _kept(self, records: Iterable[Record]) -> tuple[Record, ...]:
        return tuple(self._record(one, people) for one in records if (people := self._people(one)) is not None)

    def _people(self, record: Record) -> frozenset[str] | None:
        """Return the people of whom a record may be told; None where it may not be told at all."""
        about = people_of(record, self.find)
        allowed = people_with(self.told, record.type, self._category(record), (about or self.there) & self.there)
        if about:
            return allowed or None
        everybody = bool(self.there) and allowed == self.there and record.type in ("service", "step")
        return allowed if everybody else None

    def _category(self, record: Record) -> str:
        if record.type != "step":
            return record.text("category")
        service = self.find("service", record.text("service"))
        return service.text("category") if service is not None else ""

    def _record(self, record: Record, people: Iterable[str]) -> Record:
        """Return a record with what those people agreed to, without links to others and typed lines that name somebody."""
        allowed = frozenset(people)
        others = frozenset(self.file.people) - allowed
        values: dict[str, Value] = {}
        for key, value in record.values.items():
            if not may_stay(self.told, record.type, key, allowed) or self._names_somebody(record, key, value):
                continue
            if isinstance(value, tuple):
                values[key] = tuple(one for one in value if one not in others)
            elif value not in others:
                values[key] = value
        return record._replace(values=values, conflicts=None)

    def _names_somebody(self, record: Record, key: str, value: Value) -> bool:
        declared = BY_KEY[record.type].by_key.get(key)
        own = declared is None or declared.computed or (record.type == "person" and declared.kind is Kind.NAME)
        return not own and isinstance(value, str) and not self.hidden.isdisjoint(_words((value,)))

    def _named(self, step: Record) -> Record:
        """Return a step by its title in the pack where the one that was typed is gone, because it names somebody."""
        if step.text("title"):
            return step
        title, short = self.titles.get(step.text("template"), (self.words.text(N_("Step of this office")), ""))
        return step._replace(values={**step.values, "title": title, "short": short})

    def _still_blocked(self, kept: Mapping[str, Record]) -> Iterable[Record]:
        """Yield the steps; one that waits for a step that is left out says that it is blocked, not that it can start."""
        for view in self.file.step_views():
            step, waits = kept.get(view.step.uid), (*view.blockers, *view.one_of)
            if step is None:
                continue
            hidden = view.standing is Standing.BLOCKED and waits and not any(one.uid in kept for one in waits)
            yield step._replace(values={**step.values, "state": StepState.BLOCKED.code}) if hidden else step


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in index_text(text).split() if len(word) > 1}
