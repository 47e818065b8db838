"""One invented family’s case, with nothing in it that says otherwise elsewhere in it."""

import random
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.case.case_states import CaseStatus, ClosureReason
from avrr_desktop.domain.consent.referral_states import ReferralState
from avrr_desktop.domain.history.change import Part
from avrr_desktop.domain.people.dates import months_after
from avrr_desktop.domain.procedure.school_steps import ANSWERS, CHECKS, DECISION, ENROL
from avrr_desktop.domain.procedure.step_states import FINISHED
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import put_new_case
from avrr_desktop.operations.cases.services import ServicePlan
from avrr_desktop.operations.practice.practice_consents import further_consents
from avrr_desktop.operations.practice.practice_people import Family, Someone, Values
from avrr_desktop.operations.practice.practice_referrals import Referred
from avrr_desktop.operations.practice.practice_steps import Course, with_
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.workspace import Workspace

_SCENARIOS = ("identity_card", "health_insurance", "residence", "employment", "social_assistance", "legal_aid")
_STARTS = ("business_start", "job_placement", "vocational_training", "courses")  # of the programme that offers them
_ENDINGS = {"objectives_met": 30, "period_ended_partly_met": 5, "withdrew": 3, "moved_within_country": 2,
            "remigrated_regular": 2, "lost_contact": 3, "funding_ended": 1, "transferred": 1}  # fmt: skip
_OF_PUPILS = re.compile(r"child|daughter|parents|school|Fëmija|Деца|дете", re.IGNORECASE)
_WITHDRAWN = ReferralState.WITHDRAWN_CONSENT.code
_UNDER_WAY = ("draft", "consented", "sent", "acknowledged", "accepted", "service_started", _WITHDRAWN)
_SETTLED = tuple(state.code for state in ReferralState if state.over and state.code != _WITHDRAWN)
_ADDRESS = frozenset({"address_place", "address_status"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What is decided of a case before it is made. ``status``: of a running one; ``programme``: whose it is."""

    country: str
    opened: date
    closed: bool
    programme: str
    status: str = "open"
    ending: str = ""  # of a closed one: its reason; empty: by chance
    double: bool = False  # somebody opened it once more by mistake


@dataclass(frozen=True, slots=True)
class Directory:
    """The partners of each country, and the sending mission of each host country."""

    providers: dict[str, list[str]]
    senders: dict[str, str]
    states: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})  # of referrals: one after the other


class CaseMaker:
    """One family’s case as one Change."""

    def __init__(self, workspace: Workspace, chance: random.Random, outline: Outline, family: Family,
                 directory: Directory, pack: Values, today: date) -> None:  # fmt: skip
        self._workspace, self._chance, self._outline, self._family = workspace, chance, outline, family
        self._directory, self._pack, self._opened = directory, pack, outline.opened
        self._closed, self._here = outline.closed, outline.status != "pre_arrival"
        reason = outline.ending or chance.choices(list(_ENDINGS), list(_ENDINGS.values()))[0]
        self._reason = reason if outline.closed else ""
        self._end = min(today, outline.opened + timedelta(days=chance.randint(70, 200))) if outline.closed else today
        self._kids = any(one.membership["relationship"] in ("son", "daughter") for one in family.people)
        self._uids: list[str] = []
        self._members: list[Member] = []
        self._steps: list[Part] = []

    def make_double(self, number: str) -> None:
        """Store it with its people only, closed on the next day as the double of another case."""
        self._end = self._opened + timedelta(days=1)
        case = {**self._case(self._opened - timedelta(days=2)), "double_of": number}
        put_new_case(self._workspace, case, self._people())

    def make(self, arrival: date) -> str:
        """Store the case and return its number. ``arrival``: the day on which the family came, or will come."""
        people = self._people()
        papers = [paper for someone, uid in zip(self._family.people, self._uids, strict=True)
                  for paper in self._papers(someone, uid)]  # fmt: skip
        services = self._assistance(papers)
        kept = [
            adding(self._workspace, "paper", {key: value for key, value in paper.items() if key != "uid"}, paper["uid"])
            for paper in papers
        ]
        school, referred = self._school(), self._referred()
        parts = [*people, *kept, *services, *self._steps, *school, *self._talks()]
        providers = self._directory.providers.get(self._family.country, [])
        parts += further_consents(self._workspace, self._members, providers, self._opened) if self._here else []
        if self._here and self._chance.random() < 0.5:
            day = self._opened.isoformat()
            parts.append(adding(self._workspace, "plan", {
                **self._pack["plan"], "revision": 1, "agreed_on": day, "signed_by_returnee_on": day, "signed_by_officer_on": day,
            }))  # fmt: skip
        further = referred.parts if referred else lambda *_: []
        return put_new_case(
            self._workspace, self._case(arrival), parts, lambda case: further(self._workspace, case)
        ).number

    def _case(self, arrival: date) -> Values:
        chance, family = self._chance, self._family
        name = family.people[0].person["family_name"]
        case: Values = {
            "called": f"{name} family" if len(family.people) > 1 else name, "host_country": family.host,
            "country_of_return": family.country, "municipality_of_return": family.place["name"],
            "opened_on": self._opened.isoformat(), "return_type": "avr", "direction": "to_western_balkans",
            "officer": self._workspace.actor, "programme": self._outline.programme, "status": self._outline.status,
            "sending_mission": self._directory.senders[family.host],
            "needs_requested": sorted({"DOC", chance.choice(("EDU", "HLT", "EMP", "HSG"))}),
            "travel_document_used": "laissez_passer" if chance.random() < 0.4 else "passport",
        }  # fmt: skip
        programme = self._workspace.pack.programmes.get(self._outline.programme)
        if programme and programme.eligible_statuses:
            case["legal_status_before_return"] = chance.choice(programme.eligible_statuses)
        if self._here:
            case["arrival_date"] = arrival.isoformat()
        if self._closed:
            status = ClosureReason[self._reason.upper()].ends_as.code
            case |= {"status": status, "closed_on": self._end.isoformat(), "closure_reason": self._reason}
        case |= self._standing()
        if chance.random() < 0.3:
            case["story"] = self._sentence("story")
        return case

    def _standing(self) -> Values:
        """Return what a case says beside its status: why it rests and until when, and where it went."""
        table = self._pack["standing"]
        if self._reason == ClosureReason.TRANSFERRED.code:
            return {"transferred_to": self._chance.choice(table["offices"])}
        if self._outline.status != CaseStatus.ON_HOLD.code:
            return {}
        until = self._end + timedelta(days=self._chance.randint(3, 40))
        return {
            "hold_since": self._between(), "hold_until": until.isoformat(), "hold_before": CaseStatus.OPEN.code,
            "hold_because": self._filled(self._chance.choice(table["hold"])),
        }  # fmt: skip

    def _people(self) -> list[Part]:
        parts: list[Part] = []
        for position, someone in enumerate(self._family.people, 1):
            given = {key: value for key, value in someone.person.items() if self._here or key not in _ADDRESS}
            person = adding(self._workspace, "person", given, country=self._outline.country)
            role = "principal_applicant" if position == 1 else "dependant"
            values = {
                "is_returnee": True,
                **someone.membership,
                "role": role,
                "person": person.record,
                "position": position,
            }
            if situations := self._situations(someone, position):
                values["situations"] = situations
            parts += [person, adding(self._workspace, "membership", values)]
            self._members.append(Member(_as_record(person), _as_record(parts[-1])))
            self._uids.append(person.record)
        return parts

    def _age(self, someone: Someone) -> int:
        return (self._opened - someone.born).days // 365

    def _papers(self, someone: Someone, uid: str) -> list[Values]:
        """Return what a person holds and lacks; the steps have their say afterwards."""
        chance = self._chance
        papers: list[Values] = []
        if someone.born_abroad:
            written = f"{someone.person['given_names']} {someone.person['family_name']}"
            papers = [
                {"doc_type": "birth_certificate_foreign", "state": "held", "issuing_country": self._family.host,
                 "issued_on": someone.born.isoformat(), "legalisation_state": "needed", "translation_state": "needed",
                 "names_as_written": written},
                {"doc_type": "birth_certificate_national", "state": "held" if self._closed else chance.choice(("missing", "requested"))},
            ]  # fmt: skip
        elif self._age(someone) > 16:
            until = self._opened + timedelta(days=chance.randint(-60, 2500))
            papers = [{"doc_type": "id_card", "state": "held", "issuing_country": self._family.country,
                       "number": f"{chance.choice('BCDEG')}{chance.randint(1000000, 9999999)}",
                       "valid_until": until.isoformat()}]  # fmt: skip
            if chance.random() < 0.3 and not self._closed:
                until = self._end + timedelta(days=chance.randint(-3, 40))
                papers.append({"doc_type": "laissez_passer", "state": "held", "issuing_country": self._family.host,
                               "number": f"LP {chance.randint(10000, 99999)}", "valid_until": until.isoformat()})  # fmt: skip
        elif chance.random() < 0.7:
            state = "held" if self._closed else chance.choice(("held", "missing", "requested"))
            papers = [{"doc_type": "school_report", "state": state, "issuing_country": self._family.host}]
        return [{"uid": self._workspace.ids.new(), "holder": uid, **paper} for paper in papers]

    def _assistance(self, papers: list[Values]) -> list[Part]:
        """Return the services; their steps are kept, and the papers follow them."""
        case = Record("case", "", {"country_of_return": self._family.country})
        plan = ServicePlan(
            self._workspace, CaseFile(case=case, revision=0, members=tuple(self._members)), self._opened.isoformat()
        )
        for key, uids in self._chosen():
            plan.add(key, uids)
        made = plan.parts()
        course = Course(
            chance=self._chance, pack=self._workspace.pack, opened=self._opened, end=self._end, closed=self._closed, place=self._family.place,
            officer=self._workspace.actor, reached=self._reason in ("", "objectives_met"), begun=self._here,
        )  # fmt: skip
        steps = course.moved([part for part in made if part.record_type == "step"])
        self._steps = course.with_papers(steps, papers)
        services = [part for part in made if part.record_type == "service"]
        return [with_(service, closed_on=self._end.isoformat()) for service in services] if self._closed else services

    def _chosen(self) -> list[tuple[str, list[str]]]:
        chance, people = self._chance, list(zip(self._family.people, self._uids, strict=True))
        abroad = [uid for someone, uid in people if someone.born_abroad]
        chosen: list[tuple[str, list[str]]] = []
        if abroad:
            chosen.append(("birth_registration", abroad[:2]))
            if chance.random() < 0.3:
                married = self._family.people[0].person["marital_status"] == "married"
                chosen.append(("marriage_entry", [self._uids[0]]) if married else ("paternity", abroad[:1]))
        if pupils := self._pupils():
            chosen.append(("school_enrolment", pupils[:1]))
        starts = [key for key in _STARTS if self._outline.programme == self._service_of(key)]
        if starts:
            chosen.append((chance.choice(starts), [self._uids[0]]))
        elif not chosen or chance.random() < 0.4:
            chosen.append((chance.choice(_SCENARIOS), [self._uids[0]]))
        return chosen

    def _service_of(self, key: str) -> str:
        service = self._workspace.pack.services.get(key)
        return service.programme if service else ""

    def _pupils(self) -> list[str]:
        people = zip(self._family.people, self._uids, strict=True)
        return [uid for someone, uid in people if 6 <= self._age(someone) <= 15]

    def _situations(self, someone: Someone, position: int) -> tuple[str, ...]:
        found = []
        if someone.born_abroad:
            found.append("SIT_BIRTH_ABROAD")
        if 6 <= self._age(someone) <= 15:
            found.append("SIT_SCHOOL_AGE")
        if position == 1 and not self._closed and self._chance.random() < 0.25:
            found.append("SIT_NO_HEALTH_COVER")
        return tuple(found)

    def _step(self, root: str, person: str) -> Part | None:
        return next(
            (one for one in self._steps if one.values.get("root") == root and one.values.get("person") == person), None
        )

    def _school(self) -> list[Part]:
        """Return what no step says of the first pupil: the school, and the answers of the checks that were due."""
        pupils = self._pupils()
        if not pupils:
            return []
        values: Values = {"person": pupils[0], "school": self._family.place["school"]}
        enrol, decision = self._step(ENROL, pupils[0]), self._step(DECISION, pupils[0])
        enrolled = str(enrol.values.get("done_on", "")) if enrol else ""
        if enrolled and decision is not None and decision.values["state"] not in FINISHED:
            values["enrolled_provisionally"] = True
        for key, months in zip(ANSWERS, (1, 3), strict=True):
            if (
                enrolled
                and months_after(enrolled, months) <= self._end.isoformat()
                and (self._closed or self._chance.random() < 0.85)
            ):
                values[key] = "yes" if self._chance.random() < 0.95 else "no"
        self._answer_both(values, pupils[0])
        return [adding(self._workspace, "schooling", values)]

    def _answer_both(self, values: Values, person: str) -> None:
        """Keep the answers and the step “Check school attendance” together: it is done when both are there, and only then."""
        step = self._step(CHECKS, person)
        if step is not None and step.values["state"] == "done":
            values |= {key: values.get(key, "yes") for key in ANSWERS}
        elif ANSWERS[1] in values:
            values.pop(ANSWERS[1])

    def _referred(self) -> Referred | None:
        """Return a referral in the next state, now and then; nothing for a family that is not here."""
        chance, providers = self._chance, self._directory.providers.get(self._family.country, [])
        days = (self._end - self._opened).days
        if not providers or not self._here or chance.random() >= 0.5:
            return None
        agreed = self._opened + timedelta(days=min(days, chance.randint(1, 12)))
        state = self._next_state()
        if state == _WITHDRAWN and days - (agreed - self._opened).days <= 3:
            state = "consented"
        reason = self._chosen_of(self._pack["referral_reasons"]["sentences"])
        return Referred.drawn(
            chance, providers=providers, person=self._uids[0], state=state, reason=reason, agreed=agreed, end=self._end
        )

    def _next_state(self) -> str:
        """Return the state of the next referral, so that each is there once many are."""
        states, told = _SETTLED if self._closed else _UNDER_WAY, self._directory.states
        told[self._closed] += 1
        return states[(told[self._closed] - 1) % len(states)]

    def _talks(self) -> list[Part]:
        made = [self._note() for _ in range(self._chance.randint(1, 3))]
        made += self._attempts() if self._reason == "lost_contact" else [self._contact("reached", self._between())]
        return made + (self._visits() if self._here else [])

    def _note(self) -> Part:
        theme = "general" if not self._here else self._chance.choice(("general", "authority"))
        values = {"on": self._between(), "kind": theme, "text": self._sentence(theme), "officer": self._workspace.actor}
        return adding(self._workspace, "note", values)

    def _contact(self, result: str, day: str) -> Part:
        theme = "contact" if result == "reached" else result
        kind = self._chance.choice(("call", "visit", "office")) if result == "reached" else "call"
        return adding(self._workspace, "contact", {
            "on": day, "kind": kind, "result": result, "person": self._uids[0], "summary": self._sentence(theme),
            "officer": self._workspace.actor,
        })  # fmt: skip

    def _attempts(self) -> list[Part]:
        """Return three attempts over some weeks, none of which reached anybody."""
        days = (self._end - timedelta(days=back) for back in (45, 24, 10))
        results = ("no_answer", "left_message", "no_answer")
        return [self._contact(result, day.isoformat()) for result, day in zip(results, days, strict=True)]

    def _visits(self) -> list[Part]:
        made = []
        for months in (1, 3):
            planned = self._opened + timedelta(days=30 * months)
            values: Values = {"planned_on": planned.isoformat(), "method": self._chance.choice(("visit", "phone"))}
            if self._closed and planned > self._end:
                continue
            if planned <= self._end and (self._closed or self._chance.random() < 0.85):
                values |= {"done_on": planned.isoformat(), **self._found(planned)}
            made.append(adding(self._workspace, "follow_up", values))
        return made

    def _found(self, day: date) -> Values:
        """Return what was found on a day: “nothing open” only where nothing was, and nobody where nobody was reached."""
        if self._reason == "lost_contact" and (self._end - day).days < 50:
            return {"outcome": "not_reached"}
        table, written = self._pack["followups"], day.isoformat()
        over = all(
            one.values["state"] in FINISHED and str(one.values.get("done_on", written)) <= written
            for one in self._steps
        )
        if over and self._reason == "objectives_met":
            return {"outcome": "ready_to_close", "summary": self._filled(self._chance.choice(table["over"]))}
        sentences = [
            *table["sentences"],
            *([] if over else table["open"]),
            *(table["pupils"] if self._pupils() else []),
        ]
        return {"outcome": "on_track", "summary": self._chosen_of(sentences)}

    def _between(self) -> str:
        days = max(0, (self._end - self._opened).days)
        return (self._opened + timedelta(days=self._chance.randint(0, days))).isoformat()

    def _sentence(self, theme: str) -> str:
        notes = self._pack["notes"]
        return self._chosen_of([*notes["en"][theme], *notes.get(self._family.language, {}).get(theme, [])])

    def _chosen_of(self, sentences: list[str]) -> str:
        """Return a sentence that fits the family: of children only where there are some."""
        chosen = self._chance.choice(sentences)
        while not self._kids and _OF_PUPILS.search(chosen):
            chosen = self._chance.choice(sentences)
        return self._filled(chosen)

    def _filled(self, sentence: str) -> str:
        given = self._family.people[0].person["given_names"]
        place = self._family.place
        return (
            sentence.replace("{given}", given).replace("{place}", place["name"]).replace("{office}", place["registry"])
        )


def _as_record(part: Part) -> Record:
    values = {key: value for key, value in part.values.items() if value is not None}
    return Record(part.record_type, part.record, values)
