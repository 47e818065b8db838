"""Practice stores: the published half-year of 2019 as invented cases, and running cases up to today."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case import CaseFile, Member
from avrr_desktop.domain.changes import Part, PartKind
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.fields import Record
from avrr_desktop.domain.marking import N_
from avrr_desktop.keys import slots
from avrr_desktop.operations import packs
from avrr_desktop.operations.cases import put_new_case
from avrr_desktop.operations.founding import create_store
from avrr_desktop.operations.practice_people import Family, Someone, Values, invent_family
from avrr_desktop.operations.records import adding, commit
from avrr_desktop.operations.services import ServicePlan
from avrr_desktop.operations.workspace import PRACTICE_PASSPHRASE, Workspace
from avrr_desktop.words import Words

RUNNING = 24
FIRST, END = date(2019, 1, 1), date(2019, 7, 1)
LAST_DAY = date(2099, 12, 31)
_AT_A_TIME = 200
_OFFICE_OF_STEP = {"registry": "registry", "police": "police", "school": "school", "health_fund": "clinic",
                   "clinic": "clinic", "employment_service": "employment", "social_work": "social",
                   "education_office": "school", "municipality": "registry"}  # fmt: skip
_SCENARIOS = ("birth_registration", "school_enrolment", "identity_card", "health_insurance", "residence", "employment",
              "social_assistance", "legal_aid")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PracticeOptions:
    """What decides a practice store: same seed, day and number of cases, same content."""

    today: date
    seed: int = 1
    cases: int = 0  # 0: the published 43 and two dozen running ones


Progress = Callable[[int, int], bool]


def create_practice(
    folder: Path, options: PracticeOptions, words: Words | None = None, progress: Progress | None = None
) -> Workspace:
    """Make a practice store and return its open Workspace, its clock at eight in the morning of the day.

    Raises StoreError. With ``cases``, that many cases besides the published ones, for measuring.
    """
    if not END <= options.today <= LAST_DAY:
        raise BadInputError(
            N_("Practice data can be made for a day from July 2019 to the end of 2099."), N_("Nothing was made.")
        )
    chance = random.Random(options.seed)
    clock = SteppingClock(datetime(2018, 12, 1, 8, tzinfo=timezone.utc))
    workspace = create_store(
        folder, PRACTICE_PASSPHRASE, packs.toml(packs.PRACTICE)["office"],
        kind=slots.PRACTICE, words=words, clock=clock, random_bytes=chance.randbytes,
    )  # fmt: skip
    _Builder(workspace, clock, chance, options).build(progress or (lambda done, total: True))
    clock.set(datetime(options.today.year, options.today.month, options.today.day, 7, tzinfo=timezone.utc))
    return workspace


class _Builder:
    def __init__(
        self, workspace: Workspace, clock: SteppingClock, chance: random.Random, options: PracticeOptions
    ) -> None:
        self._workspace, self._clock, self._chance, self._options = workspace, clock, chance, options
        self._pack: Values = packs.toml(packs.PRACTICE)
        self._officers: list[str] = []
        self._providers: dict[str, list[str]] = {}
        self._senders: list[str] = []

    def build(self, progress: Progress) -> None:
        self._directory()
        plan = self._published() + self._running(self._options.cases or RUNNING)
        for start in range(0, len(plan), _AT_A_TIME):
            with self._workspace.store.transaction():
                for country, opened, closed in plan[start : start + _AT_A_TIME]:
                    self._case(country, opened, closed)
            self._workspace.store.tidy()
            if not progress(min(start + _AT_A_TIME, len(plan)), len(plan)):
                break

    def _directory(self) -> None:
        with self._workspace.store.transaction():
            for officer in self._pack["officers"]:
                part = adding(self._workspace, "officer", officer)
                commit(self._workspace, [part])
                self._officers.append(part.record)
            for provider in self._pack["providers"]:
                part = adding(self._workspace, "provider", provider)
                commit(self._workspace, [part])
                if provider["role"] == "sending_mission":
                    self._senders.append(part.record)
                else:
                    self._providers.setdefault(provider["country"], []).append(part.record)

    def _published(self) -> list[tuple[str, date, bool]]:
        """The parts of the published figure become closed cases; the stated total never does."""
        parts = self._pack["published_figure"][0]["parts"]
        days = (END - FIRST).days
        plan = [
            (country, FIRST + timedelta(days=self._chance.randrange(days)), True)
            for country, cases in parts.items()
            for _ in range(cases)
        ]
        return sorted(plan, key=lambda item: item[1])

    def _running(self, cases: int) -> list[tuple[str, date, bool]]:
        countries = list(self._pack["countries"])
        span = 110 if not self._options.cases else 1500
        plan = []
        for number in range(cases):
            country = countries[number % 6] if number < 6 else self._chance.choice(countries)
            opened = self._options.today - timedelta(days=4 + self._chance.randrange(span))
            plan.append((country, opened, bool(self._options.cases) and self._chance.random() < 0.8))
        return sorted(plan, key=lambda item: item[1])

    def _case(self, country: str, opened: date, closed: bool) -> None:
        chance = self._chance
        moment = datetime(opened.year, opened.month, opened.day, 8, chance.randrange(60), tzinfo=timezone.utc)
        self._clock.set(moment)
        size = chance.choices((1, 2, 3, 4, 5, 6, 7), (20, 12, 18, 22, 16, 8, 4))[0]
        arrival = opened - timedelta(days=chance.randrange(2, 20))
        family = invent_family(self._pack, chance, country, arrival, size)
        officer = chance.choice(self._officers)
        self._workspace.officer = self._workspace.store.reader.record("officer", officer)
        _CaseMaker(self._workspace, chance, self._options.today, family, opened, closed, self._providers.get(country, []),
                   self._senders, self._pack).make(arrival)  # fmt: skip
        self._workspace.officer = None


class _CaseMaker:
    """One family's case as one Change, and for running cases what happened since as further ones."""

    def __init__(self, workspace: Workspace, chance: random.Random, today: date, family: Family, opened: date,
                 closed: bool, providers: list[str], senders: list[str], pack: Values) -> None:  # fmt: skip
        self._workspace, self._chance, self._today, self._family = workspace, chance, today, family
        self._opened, self._closed, self._providers, self._senders, self._pack = (
            opened,
            closed,
            providers,
            senders,
            pack,
        )
        self._end = opened + timedelta(days=chance.randint(70, 200)) if closed else today
        self._uids: list[str] = []
        self._members: list[Member] = []

    def make(self, arrival: date) -> None:
        chance, family = self._chance, self._family
        parts: list[Part] = []
        for position, someone in enumerate(family.people, 1):
            person = adding(self._workspace, "person", someone.person)
            role = "principal_applicant" if position == 1 else "dependant"
            values = {**someone.membership, "role": role, "person": person.record, "position": position}
            values.setdefault("is_returnee", True)
            if situations := self._situations(someone, position):
                values["situations"] = situations
            parts += [person, adding(self._workspace, "membership", values)]
            self._members.append(Member(_as_record(person), _as_record(parts[-1])))
            self._uids.append(person.record)
        for someone, uid in zip(family.people, self._uids, strict=True):
            parts += self._papers(someone, uid)
        parts += self._assistance()
        parts += self._talks()
        if chance.random() < 0.5:
            parts.append(adding(self._workspace, "plan", {
                **self._pack["plan"], "revision": 1, "agreed_on": self._opened.isoformat(),
                "signed_by_returnee_on": self._opened.isoformat(), "signed_by_officer_on": self._opened.isoformat(),
            }))  # fmt: skip
        name = family.people[0].person["family_name"]
        name = f"{name} family" if len(family.people) > 1 else name
        case = {
            "called": name, "host_country": family.host, "country_of_return": family.country,
            "municipality_of_return": family.place["name"], "opened_on": self._opened.isoformat(),
            "arrival_date": arrival.isoformat(), "return_type": "avr", "direction": "to_western_balkans", "officer": self._workspace.actor,
            "sending_mission": chance.choice(self._senders),
            "needs_requested": sorted({"DOC", chance.choice(("EDU", "HLT", "EMP", "HSG"))}),
            "travel_document_used": "laissez_passer" if chance.random() < 0.4 else "passport",
        }  # fmt: skip
        if self._closed:
            case |= {"status": "closed", "closed_on": self._end.isoformat(), "closure_reason": "objectives_met"}
        if chance.random() < 0.3:
            case["story"] = self._sentence("story")
        put_new_case(self._workspace, case, parts)

    def _papers(self, someone: Someone, uid: str) -> list[Part]:
        chance = self._chance
        papers: list[dict[str, Any]] = []
        adult = (self._opened - someone.born).days > 16 * 365
        if someone.born_abroad:
            papers.append({"doc_type": "birth_certificate_foreign", "state": "held", "issuing_country": self._family.host,
                           "issued_on": someone.born.isoformat(), "legalisation_state": "needed" if not self._closed else "apostille",
                           "translation_state": "needed" if not self._closed else "done",
                           "names_as_written": f"{someone.person['given_names']} {someone.person['family_name']}"})  # fmt: skip
            state = "held" if self._closed else chance.choice(("missing", "requested"))
            papers.append({"doc_type": "birth_certificate_national", "state": state})
        elif adult:
            until = self._opened + timedelta(days=chance.randint(-60, 2500))
            papers.append({"doc_type": "id_card", "state": "held", "issuing_country": self._family.country,
                           "number": f"{chance.choice('BCDEG')}{chance.randint(1000000, 9999999)}",
                           "valid_until": until.isoformat()})  # fmt: skip
            if chance.random() < 0.3 and not self._closed:
                until = self._today + timedelta(days=chance.randint(-3, 40))
                papers.append({"doc_type": "laissez_passer", "state": "held", "issuing_country": self._family.host,
                               "number": f"LP {chance.randint(10000, 99999)}", "valid_until": until.isoformat()})  # fmt: skip
        elif chance.random() < 0.7:
            papers.append({"doc_type": "school_report", "state": chance.choice(("held", "missing", "requested")) if
                           not self._closed else "held", "issuing_country": self._family.host})  # fmt: skip
        return [adding(self._workspace, "paper", {"holder": uid, **paper}) for paper in papers]

    def _assistance(self) -> list[Part]:
        chance, people = self._chance, list(zip(self._family.people, self._uids, strict=True))
        abroad = [uid for someone, uid in people if someone.born_abroad]
        pupils = [uid for someone, uid in people if 6 <= (self._opened - someone.born).days // 365 <= 15]
        chosen: list[tuple[str, list[str]]] = []
        if abroad:
            chosen.append(("birth_registration", abroad[:2]))
            if chance.random() < 0.3:
                married = self._family.people[0].person["marital_status"] == "married"
                chosen.append(("marriage_entry", [self._uids[0]]) if married else ("paternity", abroad[:1]))
        if pupils:
            chosen.append(("school_enrolment", pupils[:1]))
        if not chosen or chance.random() < 0.4:
            chosen.append((chance.choice(_SCENARIOS[2:]), [self._uids[0]]))
        case = Record("case", "", {"country_of_return": self._family.country})
        plan = ServicePlan(self._workspace, CaseFile(case, 0, tuple(self._members)), self._opened.isoformat())
        for key, uids in chosen:
            plan.add(key, uids)
        made = plan.parts()
        services = [part for part in made if part.record_type == "service"]
        if self._closed:
            services = [_with(service, closed_on=self._end.isoformat()) for service in services]
        parts = [*services, *self._progress([part for part in made if part.record_type == "step"])]
        parts += [self._schooling(uid) for uid in pupils[:1]]
        if self._providers and chance.random() < 0.35:
            parts.append(self._referral())
        return parts

    def _situations(self, someone: Someone, position: int) -> tuple[str, ...]:
        age = (self._opened - someone.born).days // 365
        found = []
        if someone.born_abroad:
            found.append("SIT_BIRTH_ABROAD")
        if 6 <= age <= 15:
            found.append("SIT_SCHOOL_AGE")
        if position == 1 and not self._closed and self._chance.random() < 0.25:
            found.append("SIT_NO_HEALTH_COVER")
        return tuple(found)

    def _schooling(self, uid: str) -> Part:
        values: dict[str, Any] = {"person": uid, "school": self._family.place["school"], "certificates": "held",
                                  "recognition": "requested", "vaccination": "held"}  # fmt: skip
        enrolled = self._opened + timedelta(days=self._chance.randint(10, 40))
        if self._closed or (enrolled < self._today and self._chance.random() < 0.6):
            values |= {"enrolled_on": enrolled.isoformat(), "enrolled_provisionally": not self._closed}
        if self._closed:
            values |= {"recognition": "granted", "attends_after_1_month": "yes", "attends_after_3_months": "yes"}
        return adding(self._workspace, "schooling", values)

    def _progress(self, steps: list[Part]) -> list[Part]:
        chance = self._chance
        if self._closed:
            days = sorted(chance.randint(3, (self._end - self._opened).days) for _ in steps)
            return [
                _with(step, state="done", done_on=(self._opened + timedelta(days=day)).isoformat())
                for step, day in zip(steps, days, strict=True)
            ]
        age = (self._today - self._opened).days
        finished = chance.randint(0, max(0, len(steps) - 2))
        done: list[Part] = []
        ended: set[str] = set()
        moments = iter(sorted(chance.randint(0, max(1, age - 1)) for _ in steps))  # earlier steps end earlier
        reached = False
        for step in steps:
            if not reached and len(ended) < finished:
                day = self._opened + timedelta(days=next(moments))
                done.append(_with(step, state="done", done_on=day.isoformat()))
                ended.add(step.record)
            elif not reached and set(self._waits(step)) <= ended:
                reached = True
                done.append(self._current(step, age))
            else:
                done.append(step)
        return done

    def _waits(self, step: Part) -> tuple[str, ...]:
        value = step.values.get("waits_for", ())
        return value if isinstance(value, tuple) else ()

    def _current(self, step: Part, age: int) -> Part:
        chance = self._chance
        template = self._workspace.pack.steps[str(step.values["template"])]
        office = self._family.place.get(_OFFICE_OF_STEP.get(template.authority, ""), "")
        if office and chance.random() < 0.65:
            filed = self._today - timedelta(days=chance.randint(1, max(2, min(age, 45))))
            step = _with(step, state="waiting_authority", filed_on=filed.isoformat(), office_name=office,
                         file_number=f"{chance.randint(100, 9999)}/{self._today.year}")  # fmt: skip
            if chance.random() < 0.6:
                step = _with(step, expected_on=(self._today + timedelta(days=chance.randint(-9, 25))).isoformat())
            return step
        planned = (self._today + timedelta(days=chance.randint(-4, 12))).isoformat()
        step = _with(step, planned_on=planned)
        if office:
            step = _with(step, office_name=office, at_time=f"{chance.randint(8, 14)}:{chance.choice(('00', '30'))}")
        if office and chance.random() < 0.3:
            hour = int(str(step.values["at_time"]).split(":")[0]) + 2
            step = _with(step, accompanied_by=self._workspace.actor, meeting_place=f"At the door: {office}",
                         back_by=f"{hour}:30")  # fmt: skip
            if date.fromisoformat(planned) < self._today and chance.random() < 0.8:
                step = _with(step, back_reported=True)
        return step

    def _referral(self) -> Part:
        chance = self._chance
        sent = self._opened + timedelta(days=chance.randint(1, 12))
        due = sent + timedelta(days=14)
        answered = self._closed or chance.random() < 0.4
        values = {
            "person": self._uids[0], "category": chance.choice(("LEG", "EMP", "HLT", "SOC")),
            "provider": chance.choice(self._providers), "state": "accepted" if answered else "sent",
            "urgency": "normal", "reason": self._filled(chance.choice(self._pack["referral_reasons"]["sentences"])),
            "consented_on": sent.isoformat(), "sent_on": sent.isoformat(), "answer_expected_on": due.isoformat(),
        }  # fmt: skip
        if answered:
            values["answered_on"] = (sent + timedelta(days=6)).isoformat()
        return adding(self._workspace, "referral", values)

    def _talks(self) -> list[Part]:
        chance, made = self._chance, []
        for _ in range(chance.randint(1, 3)):
            day = self._between()
            values = {"on": day, "kind": "general", "text": self._sentence(chance.choice(("general", "authority"))),
                      "officer": self._workspace.actor}  # fmt: skip
            made.append(adding(self._workspace, "note", values))
        contact = {"on": self._between(), "kind": chance.choice(("call", "visit", "office")), "result": "reached",
                   "person": self._uids[0], "summary": self._sentence("contact"), "officer": self._workspace.actor}  # fmt: skip
        made.append(adding(self._workspace, "contact", contact))
        for months in (1, 3):
            planned = self._opened + timedelta(days=30 * months)
            follow_up = {"planned_on": planned.isoformat(), "method": chance.choice(("visit", "phone"))}
            if planned < min(self._end, self._today) and (self._closed or chance.random() < 0.85):
                follow_up |= {"done_on": planned.isoformat(), "outcome": "on_track",
                              "summary": self._filled(chance.choice(self._pack["followups"]["sentences"]))}  # fmt: skip
            made.append(adding(self._workspace, "follow_up", follow_up))
        return made

    def _between(self) -> str:
        days = max(0, (min(self._end, self._today) - self._opened).days)
        return (self._opened + timedelta(days=self._chance.randint(0, days))).isoformat()

    def _sentence(self, theme: str) -> str:
        return self._filled(self._chance.choice(self._pack["notes"][theme]))

    def _filled(self, sentence: str) -> str:
        given = self._family.people[0].person["given_names"]
        place = self._family.place
        return (
            sentence.replace("{given}", given).replace("{place}", place["name"]).replace("{office}", place["registry"])
        )


def _with(part: Part, **values: str | bool) -> Part:
    return Part(PartKind.ADD, part.record_type, part.record, {**part.values, **values})


def _as_record(part: Part) -> Record:
    values = {key: value for key, value in part.values.items() if value is not None}
    return Record(part.record_type, part.record, values)
