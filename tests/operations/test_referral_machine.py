"""Any order of verbs over referrals, in a real encrypted store: what was told to whom is always allowed and written down."""

import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.referral_moves import MOVES, who_of
from avrr_desktop.domain.consent.referral_states import ReferralState, referral_state
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.referrals.agreements import groups_told
from avrr_desktop.operations.referrals.moves import move_referral
from avrr_desktop.operations.referrals.override import approve_override, ask_override
from avrr_desktop.operations.referrals.withdrawn import end_for_withdrawal
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import commit, edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys, stores
from tests.support.office_with_keys import SECOND, WORKER
from tests.support.referrals import AGREED, SAID, partner

UNSENT = (ReferralState.DRAFT, ReferralState.CONSENTED)


class Referrals(RuleBasedStateMachine):
    """One case, two partners, two people, any verbs; ``told`` is what the model knows to be allowed to whom."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="avrr-referrals-")
        self.office = office_with_keys.office(Path(self._folder.name) / "office.avrr")
        self.at: Workspace = self.office.at_work(WORKER)
        family = stores.family(self.at)
        self.case = family.case.uid
        self.people = [one.person.uid for one in family.members[:2]]
        self.partners = [partner(self.at, name) for name in ("Caritas", "Praxis")]
        self.agreed: set[tuple[str, str]] = set()
        self.withdrawn: set[tuple[str, str]] = set()
        self.sent: set[str] = set()
        self.changes: list[str] = []

    def teardown(self) -> None:
        self.at.lock()
        self._folder.cleanup()

    def file(self) -> CaseFile:
        return read_case(self.at, self.case)

    def one(self, number: int) -> Record:
        there = self.file().referrals
        return there[number % len(there)]

    def covered(self, referral: Record) -> bool:
        pairs = {(person, referral.text("provider")) for person in who_of(referral)}
        return bool(pairs) and pairs <= self.agreed - self.withdrawn

    @initialize()
    def begin(self) -> None:
        self.refer(0, 0, several=False)

    @rule(person=some.integers(0, 1), to=some.integers(0, 1), several=some.booleans())
    def refer(self, person: int, to: int, *, several: bool) -> None:
        if len(self.file().referrals) < 4:
            also = (self.people[1 - person],) if several else ()
            values = {"person": self.people[person], "persons": also, "provider": self.partners[to], "category": "LEG"}
            new_record(self.at, "referral", values, self.case)

    @rule(person=some.integers(0, 1), to=some.integers(0, 1))
    def agree(self, person: int, to: int) -> None:
        pair = (self.people[person], self.partners[to])
        new_record(self.at, "consent", {"person": pair[0], "provider": pair[1], "scope": "referral", "counselled_on": AGREED,
                                        "given_on": AGREED, "method": "signature", "groups": ("identity", "contact")}, self.case)  # fmt: skip
        self.agreed.add(pair)

    @rule(number=some.integers(0, 9))
    def withdraw(self, number: int) -> None:
        consents = [one for one in self.file().others.get("consent", ()) if not one.text("withdrawn_on")]
        if consents:
            consent = consents[number % len(consents)]
            gone = Part(PartKind.SET, "consent", consent.uid, {"withdrawn_on": "2026-06-15"}, consent.seen)
            self.changes.append(
                commit(self.at, [gone, *end_for_withdrawal(self.at, self.file(), consent)], self.case).change_id
            )
            self.changes.clear()  # a withdrawal is not taken back here
            provider = consent.text("provider")
            self.withdrawn |= {(consent.text("person"), to) for to in self.partners if to == provider}

    @rule(number=some.integers(0, 9), key=some.sampled_from(sorted(MOVES)), said=some.booleans())
    def move(self, number: int, key: str, *, said: bool) -> None:
        before, move = self.one(number), MOVES[key]
        approved = bool(before.text("override_approved_by"))
        allowed = (
            move.chosen
            and referral_state(before.text("state")) in move.sources
            and (not move.wants or said)
            and (not move.covered or self.covered(before) or approved)
        )
        try:
            changes = move_referral(self.at, self.file(), before.uid, key, said=SAID.get(key) if said else None)
        except ExpectedError:
            assert not allowed, (key, before)
            return
        assert allowed, (key, before)
        self.changes.append(changes.change_id)
        if key == "send":
            self.sent.add(before.uid)

    @rule(number=some.integers(0, 9))
    def ask(self, number: int) -> None:
        before = self.one(number)
        try:
            ask_override(self.at, self.file(), before.uid, "vital_interest", "Insulin")
        except ExpectedError:
            assert referral_state(before.text("state")) not in UNSENT

    @rule(number=some.integers(0, 9), by_another=some.booleans())
    def approve(self, number: int, *, by_another: bool) -> None:
        before = self.one(number)
        if by_another:
            self._change_to(SECOND)
        try:
            approve_override(self.at, self.file(), before.uid)
            assert by_another and before.text("override_asked_by") == self.office.worker
        except ExpectedError:
            assert not (by_another and before.text("override_ground") and not before.text("override_approved_by")) or (
                referral_state(before.text("state")) not in UNSENT
            )
        if by_another:
            self._change_to(WORKER)

    def _change_to(self, who: str) -> None:
        self.at.lock()
        self.at = self.office.at_work(who)

    @rule(number=some.integers(0, 9), to=some.integers(0, 1))
    def choose_another_partner(self, number: int, to: int) -> None:
        before = self.one(number)
        try:
            edit_record(self.at, before, {"provider": self.partners[to]}, self.case)
        except ExpectedError:
            decided = before.text("override_ground") or referral_state(before.text("state")) not in UNSENT
            assert decided

    @precondition(lambda self: self.changes)
    @rule()
    def take_back(self) -> None:
        with suppress(ExpectedError):  # changed since, or told to a partner
            undo(self.at, self.changes.pop())

    @invariant()
    def nothing_is_told_without_cover_and_line(self) -> None:
        lines = {
            line.text("referral_link"): line
            for line in accesses(self.at, self.case)
            if line.text("what") == "disclosed"
        }
        for one in self.file().referrals:
            assert bool(one.text("sent_on")) == (one.uid in self.sent) == (one.uid in lines), one
            if one.uid in lines:
                assert set(who_of(one)) == set(lines[one.uid].many("persons"))
                assert set(one.many("shared")) == set(lines[one.uid].many("groups"))
                asked, approved = one.text("override_asked_by"), one.text("override_approved_by")
                agreed = {(person, one.text("provider")) for person in who_of(one)} <= self.agreed
                assert agreed or (approved and approved != asked)

    @invariant()
    def after_a_withdrawal_nothing_may_be_told(self) -> None:
        for person, provider in self.withdrawn:
            assert not groups_told(self.at, self.file(), person, provider)


def test_any_order_of_verbs_tells_only_what_is_allowed_and_written_down() -> None:
    run_state_machine_as_test(
        Referrals,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
