"""Practice stores: the published half-year of 2019 as invented cases, and running cases up to today."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_states import ClosureReason
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.keys import slots
from avrr_desktop.language import Language
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.practice.practice_case import CaseMaker, Directory, Outline
from avrr_desktop.operations.practice.practice_people import Family, Values, invent_family
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.create import create_store

RUNNING = 24
FIRST, END = date(2019, 1, 1), date(2019, 7, 1)
LAST_DAY = date(2099, 12, 31)
_AT_A_TIME = 200
_TRANSFERRED = 4  # of the published cases, by its place in the figure
_TWICE = 2  # of the running ones, by its number
_STATUSES = {7: "pre_arrival", 9: "on_hold"}  # of some running cases, by their number


@dataclass(frozen=True, slots=True)
class PracticeOptions:
    """What decides a practice store: same seed, day and number of cases, same content."""

    today: date
    seed: int = 1
    cases: int = 0  # 0: the published 43 and two dozen running ones
    ended: float = 0.8  # of many cases: how many of those that are old enough are closed


Progress = Callable[[int, int], bool]


def create_practice(
    folder: Path, options: PracticeOptions, words: Language | None = None, progress: Progress | None = None
) -> Workspace:
    """Make a practice store and return its open Workspace, its clock at eight in the morning of the day.

    Raises StoreError. With ``cases``, that many cases besides the published ones, for measuring.
    """
    if not END <= options.today <= LAST_DAY:
        raise BadInputError(
            N_("Practice data can be created for a day from July 2019 to the end of 2099."), N_("Nothing was created.")
        )
    chance = random.Random(options.seed)
    clock = SteppingClock(datetime(2018, 12, 1, 8, tzinfo=timezone.utc))
    workspace = create_store(
        folder, PRACTICE_PASSPHRASE, shipped_packs.toml(shipped_packs.PRACTICE)["office"],
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
        self._pack: Values = shipped_packs.toml(shipped_packs.PRACTICE)
        self._officers: list[str] = []
        self._partners = Directory({}, {})

    def build(self, progress: Progress) -> None:
        self._directory()
        plan = self._published() + self._running(self._options.cases or RUNNING)
        for start in range(0, len(plan), _AT_A_TIME):
            with self._workspace.store.transaction():
                for outline in plan[start : start + _AT_A_TIME]:
                    self._case(outline)
            self._workspace.store.tidy()
            if not progress(min(start + _AT_A_TIME, len(plan)), len(plan)):
                break
        self._field_partners()

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
                    self._partners.senders[provider["country"]] = part.record
                else:
                    self._partners.providers.setdefault(provider["country"], []).append(part.record)

    def _field_partners(self) -> None:
        """Write entries of every kind of partner that the field knows, with what a directory says of them."""
        parts = [adding(self._workspace, "provider", partner) for partner in self._pack["field_partners"]]
        commit(self._workspace, parts)

    def _published(self) -> list[Outline]:
        """The parts of the published figure become closed cases; the stated total never does."""
        figure = self._pack["published_figure"][0]
        programme = figure["programme"]
        days = (END - FIRST).days
        plan = [
            Outline(
                country=country,
                opened=FIRST + timedelta(days=self._chance.randrange(days)),
                closed=True,
                programme=programme,
            )
            for country, cases in figure["parts"].items()
            for _ in range(cases)
        ]
        plan[_TRANSFERRED] = replace(plan[_TRANSFERRED], ending=ClosureReason.TRANSFERRED.code)
        return sorted(plan, key=lambda outline: outline.opened)

    def _running(self, cases: int) -> list[Outline]:
        countries, chance, today = list(self._pack["countries"]), self._chance, self._options.today
        programmes = {key: sum(hosts.values()) for key, hosts in self._pack["hosts"].items()}
        span = 110 if not self._options.cases else 1500
        plan = []
        for number in range(cases):
            country = countries[number % 6] if number < 6 else chance.choice(countries)
            opened = today - timedelta(days=4 + chance.randrange(span))
            closed = bool(self._options.cases) and chance.random() < self._options.ended and (today - opened).days > 75
            programme = chance.choices(list(programmes), list(programmes.values()))[0]
            if number < 3:
                programme = self._pack["office"]["programme"]
            elif number < 3 + len(programmes):  # each of them once
                programme = list(programmes)[number - 3]
            status = "open" if closed else _STATUSES.get(number % 12, "open")
            if status == "pre_arrival":
                opened = today - timedelta(days=4 + (today - opened).days % 20)
            double = number == _TWICE and not self._options.cases  # what is measured is as large as was asked for
            plan.append(
                Outline(
                    country=country, opened=opened, closed=closed, programme=programme, status=status, double=double
                )
            )
        return sorted(plan, key=lambda outline: outline.opened)

    def _case(self, outline: Outline) -> None:
        chance, opened = self._chance, outline.opened
        moment = datetime(opened.year, opened.month, opened.day, 8, chance.randrange(60), tzinfo=timezone.utc)
        self._clock.set(moment)
        size = chance.choices((1, 2, 3, 4, 5, 6, 7), (20, 12, 18, 22, 16, 8, 4))[0]
        arrival = opened - timedelta(days=chance.randrange(2, 20))
        family = invent_family(
            self._pack, chance, outline.country, arrival, size, self._pack["hosts"][outline.programme]
        )
        officer = chance.choice(self._officers)
        self._workspace.officer = self._workspace.store.reader.record("officer", officer)
        number = self._maker(outline, family).make(arrival)
        if outline.double:
            again = replace(
                outline, opened=opened + timedelta(days=1), closed=True, ending=ClosureReason.DUPLICATE.code
            )
            self._clock.set(moment + timedelta(days=1))
            self._maker(again, family).make_double(number)
        self._workspace.officer = None

    def _maker(self, outline: Outline, family: Family) -> CaseMaker:
        return CaseMaker(
            self._workspace, self._chance, outline, family, self._partners, self._pack, self._options.today
        )
