"""A case worker who was sent on a journey writes into its store past every verb; a supervisor brings it back, and is not fooled.

The worker has their own passphrase, the key of the journey, and Python. What they sign is signed: only the rules of taking in stand
between that and the store at home.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.cases.search import CaseFilter, all_cases
from avrr_desktop.operations.exchange import admission
from avrr_desktop.operations.exchange.journey import merge_journey, take_along, take_in
from avrr_desktop.operations.protection.erasing import erase_case
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.hybrid_clock import hybrid
from avrr_desktop.store.journal.quarantine import Quarantine
from tests.support import office_with_keys, stores
from tests.support.insider import at_the_file, newest, resign
from tests.support.journals import dump
from tests.support.office_with_keys import FOUNDER, WORKER, People
from tests.support.stores import NOW

ID = "01KRQWSCW87DDFW08MC3WCXM8S"
UNKNOWN = "01KRQWSCW87DDFW08MC3WCXM9T"


@dataclass(frozen=True)
class Away:
    """What the forger has: the journey's store, the case that went along, one that did not, and who is who."""

    at: Workspace
    case: CaseFile
    home: str  # a case that stayed
    people: People

    @property
    def uid(self) -> str:
        return self.case.case.uid

    def write(self, *parts: Part, case: str | None = None) -> None:
        """Save what no verb would: signed by the worker, chained, and with the hash that belongs to it."""
        self.at.store.save(parts, case=case, actor=self.at.actor, now=self.at.clock.now())


def line(away: Away, **values: object) -> Part:
    content = {"what": "kept", "at": NOW.isoformat(timespec="seconds"), "officer": away.at.actor, **values}
    return Part(PartKind.APPEND, "access", ID, content)  # type: ignore[arg-type]


def part(kind: str, record_type: str, record: str, **values: object) -> Part:
    return Part(PartKind(kind), record_type, record, values)  # type: ignore[arg-type]


Forging = Callable[[Away], object]
FORGED: dict[str, tuple[str, Forging]] = {
    "a case that stayed is withdrawn": (admission.NOT_ALONG, lambda away: away.write(
        part("withdraw", "case", away.home), case=away.home)),
    "a case that stayed is renamed": (admission.NOT_ALONG, lambda away: away.write(
        part("set", "case", away.home, called="Other"), case=away.home)),
    "a note in a case that stayed": (admission.NOT_ALONG, lambda away: away.write(
        part("append", "note", ID, text="x"), case=away.home)),
    "somebody of a case that stayed": (admission.NOT_ALONG, lambda away: away.write(
        part("set", "person", people_of(away, away.home), phone="1"), case=away.uid)),
    "somebody of a case that stayed is brought over": (admission.NOT_ALONG, lambda away: away.write(
        part("add", "membership", ID, person=people_of(away, away.home)), case=away.uid)),
    "the case that went along is withdrawn": (admission.DECISION, lambda away: away.write(
        part("withdraw", "case", away.uid), case=away.uid)),
    "the case that went along gets another number": (admission.DECISION, lambda away: away.write(
        part("set", "case", away.uid, number="AL-TIR-2026-ZZ-9999"), case=away.uid)),
    "an erasing that never was": (admission.ERASING, lambda away: away.write(
        part("erase", "case", away.uid, ground="article 17", records=3))),
    "the office": (admission.NOT_BROUGHT, lambda away: away.write(
        part("set", "office", office_of(away), name="Mine", time_zone="Nowhere/None"))),
    "an officer": (admission.NOT_BROUGHT, lambda away: away.write(
        part("set", "officer", away.people.founder, name="Somebody"))),
    "a template": (admission.NOT_BROUGHT, lambda away: away.write(
        part("add", "step_template", "OFFICE.X", key="OFFICE.X", title="x"))),
    "a role": (admission.RIGHTS, lambda away: away.at.store.save(
        [part("set", "officer", away.people.worker, role="supervisor")], case=None, actor=away.at.actor, now=NOW,
        grant={"previous": "", "officers": {away.people.worker: {"role": "supervisor"}}, "spare": {}})),
    "a partner that was there": (admission.NOT_BROUGHT, lambda away: away.write(
        part("set", "provider", provider_of(away), phone="1"))),
    "erased by two people": (admission.LINE, lambda away: away.write(
        line(away, what="erased", second=away.people.second, count=3))),
    "exported by two people": (admission.LINE, lambda away: away.write(
        line(away, what="exported", second=away.people.second))),
    "a line by another person": (admission.LINE, lambda away: away.write(line(away, officer=away.people.founder))),
    "a line about a case that stayed": (admission.LINE, lambda away: away.write(line(away, case_link=away.home))),
    "a line of another day": (admission.LINE, lambda away: away.write(line(away, at="2024-01-01T00:00:00+00:00"))),
    "a number as a name": (admission.FORM, lambda away: away.write(
        part("set", "case", away.uid, called=7), case=away.uid)),
    "a name with letters that nobody sees": (admission.FORM, lambda away: away.write(
        part("set", "case", away.uid, called="Ana\u202efdp"), case=away.uid)),
    "a number of 100,000 letters": (admission.FORM, lambda away: away.write(
        part("add", "case", ID, called="x", number="X" * 100_000), case=ID)),
    "a number that cannot be counted on from": (admission.FORM, lambda away: away.write(
        part("add", "case", ID, called="x", number="AL-TIR-2026-QQ-١٢٣٤"), case=ID)),
    "a field that there is not": (admission.FORM, lambda away: away.write(
        part("set", "case", away.uid, nonsense="x"), case=away.uid)),
    "a yes that is a number": (admission.FORM, lambda away: away.write(
        part("set", "case", away.uid, children_schooled_abroad=1), case=away.uid)),
    "an identifier that is none": (admission.FORM, lambda away: away.write(
        part("append", "note", "../../x", text="x"), case=away.uid)),
    "a file that is another one": (admission.FORM, lambda away: away.write(
        part("append", "file", ID, name="x", digest="../../store.db"), case=away.uid)),
    "a restricted note in the clear": (admission.FORM, lambda away: away.write(
        part("append", "note", ID, text="x", restricted=True), case=away.uid)),
    "a kind of a newer program": (admission.NEWER, lambda away: away.write(
        part("add", "guardianship", ID, person=ID), case=away.uid)),
    "a closing approved by another person": (admission.DECISION, lambda away: away.write(
        part("command", "case", away.uid, status="closed", closure_reason="completed", closed_on="2026-06-15",
             closure_asked_by=away.people.worker, closure_approved_by=away.people.second), case=away.uid)),
    "a closing approved by the writer": (admission.DECISION, lambda away: away.write(
        part("command", "case", away.uid, status="closed", closure_approved_by=away.people.worker), case=away.uid)),
    "a case closed as transferred, alone": (admission.DECISION, lambda away: away.write(
        part("command", "case", away.uid, status="transferred", closure_reason="transferred"), case=away.uid)),
    "a case closed as a double, alone": (admission.DECISION, lambda away: away.write(
        part("set", "case", away.uid, status="duplicate"), case=away.uid)),
    "a case kept still": (admission.DECISION, lambda away: away.write(
        part("command", "case", away.uid, kept_still_since="2026-06-15"), case=away.uid)),
    "another's request to close": (admission.DECISION, lambda away: away.write(
        part("command", "case", away.uid, closure_asked_by=away.people.founder, closure_asked_on="2026-06-15"),
        case=away.uid)),
    "in the name of the founder": (admission.SIGNATURE, lambda away: away.at.store.save(
        [part("append", "note", ID, text="x")], case=away.uid, actor=away.people.founder, now=NOW)),
    "a clock of the year 6429": (admission.CLOCK, lambda away: at_clock(away, 2**63 - 1)),
    "a clock of next week": (admission.CLOCK, lambda away: at_clock(away, hybrid(NOW) + (7 * 86_400_000 << 16))),
}  # fmt: skip


def at_clock(away: Away, clock: int) -> None:
    """Save a note whose clock is what the forger chose."""
    journal = away.at.store.journal
    journal.next_clock = lambda now: clock  # type: ignore[method-assign]
    try:
        away.write(part("append", "note", ID, text="x"), case=away.uid)
    finally:
        del journal.next_clock


def people_of(away: Away, case: str) -> str:
    """Return somebody of a case that stayed: the forger knows the identifier from before."""
    return STAYED[case]


def office_of(away: Away) -> str:
    assert away.at.office is not None
    return away.at.office.uid


def provider_of(away: Away) -> str:
    return away.at.store.reader.everything("provider")[0].uid


STAYED: dict[str, str] = {}


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def sent(office: People, tmp_path: Path) -> tuple[Path, CaseFile, str]:
    """Send one of two cases on a journey; the partner of a referral goes along."""
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    other = open_case(home, {"called": "Stays"}, [({"family_name": "Stays"}, {})]).case
    STAYED[other] = home.store.reader.case_file(other).members[0].person.uid
    partner = new_record(home, "provider", {"name": "Shelter"}).record
    new_record(home, "referral", {"provider": partner, "reason": "roof"}, case.case.uid)
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    home.lock()
    return journey, case, other


def written_away(office: People, journey: Path, case: CaseFile, other: str, forging: Forging) -> None:
    """Let the worker write an honest note, what they forge, and another honest note."""
    at = People(journey, office.founder).at_work(WORKER)
    new_record(at, "note", {"text": "honest, before"}, case.case.uid)
    away = Away(at, case, other, office)
    forging(away)
    away.write(adding(at, "note", {"text": "honest, after"}), case=case.case.uid)
    at.lock()


@pytest.mark.parametrize("what", FORGED)
def test_what_a_journey_may_not_bring_waits_with_its_reason_and_the_rest_comes(
    office: People, tmp_path: Path, what: str
) -> None:
    reason, forging = FORGED[what]
    journey, case, other = sent(office, tmp_path)
    written_away(office, journey, case, other, forging)
    home = office.at_work(FOUNDER)
    before = dump(home)
    taken = merge_journey(home, journey)
    notes = {note.text("text") for note in home.store.reader.case_file(case.case.uid).notes}
    followed = (
        what == "a clock of next week"
    )  # the entry after it goes on from there: it waits as well, and is not lost
    assert {"honest, before", *(() if followed else ("honest, after",))} <= notes
    waiting = Quarantine(home.store.connection).waiting()
    assert [(held.reason, held.source) for held in waiting] == [(reason, "came_back")] * (1 + followed)
    assert taken.refused == 1 + followed and "quarantine" in taken.told(Language("en"))
    gone = [line for line in before if line not in dump(home)]
    assert all(case.case.uid in line or "revision" in line for line in gone), gone
    assert "x" not in notes and not journey.exists()
    assert other in running(home)
    assert check_store(home).sound
    edit_record(home, home.store.reader.case_file(other).case, {"remarks": "goes on"}, other)
    home.lock()
    office.at_work(FOUNDER).lock()


def running(workspace: Workspace) -> set[str]:
    return {line.uid for line in all_cases(workspace, CaseFilter(status="running"))}


def test_everything_that_the_program_writes_on_a_journey_comes_back(office: People, tmp_path: Path) -> None:
    """A rule that refuses honest work would be worse than the attack."""
    journey, case, _ = sent(office, tmp_path)
    at = People(journey, office.founder).at_work(WORKER)
    opened = open_case(at, {"called": "On the road"}, [({"family_name": "Road", "given_names": "A"}, {})])
    partner = new_record(at, "provider", {"name": "New shelter"})
    edit_record(at, at.store.reader.everything("provider")[-1], {"phone": "5"})
    new_record(at, "referral", {"provider": partner.record, "reason": "roof"}, opened.case)
    from avrr_desktop.operations.cases.cases import add_member
    from avrr_desktop.operations.files.files import attach_file
    from avrr_desktop.operations.session.access_log import note
    from avrr_desktop.operations.session.records import remove_record
    from avrr_desktop.operations.session.undo import undo
    from tests.support.endings import close_case

    fresh = at.store.reader.case_file(opened.case)
    add_member(at, fresh, {"family_name": "Road", "given_names": "B"}, {"role": "dependant"})
    attach_file(at, case.case.uid, b"%PDF-1.4 away", name="b.pdf")
    made = new_record(at, "note", {"text": "to be undone"}, case.case.uid)
    undo(at, made.changes.change_id)
    paper = at.store.reader.case_file(case.case.uid).papers[0]
    edit_record(at, paper, {"number": "A 1", "remarks": "two\nlines"}, case.case.uid)
    remove_record(at, at.store.reader.case_file(case.case.uid).papers[1], case.case.uid)
    edit_record(at, case.members[0].person, {"phone": "+355 1"}, case.case.uid)
    for what in ("viewed", "leaving", "handed_over"):
        note(at, what, case=case.case.uid, reason="because")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("avrr_desktop.operations.cases.closing.rules.closing_problems", lambda *_: ())
        close_case(at, at.store.reader.case_file(opened.case), "completed")
    at.lock()
    home = office.at_work(FOUNDER)
    taken = merge_journey(home, journey)
    assert [(held.reason, held.entry.parts) for held in Quarantine(home.store.connection).waiting()] == []
    assert taken.refused == 0 == taken.reissued and check_store(home).sound
    assert home.store.reader.case_file(opened.case).case.text("closure_asked_by") == office.worker
    home.lock()


ODD: dict[str, Callable[[dict[str, Any]], None]] = {
    "a case that is a table": lambda envelope: envelope.update(case={"a": 1}),
    "a case that is a number": lambda envelope: envelope.update(case=7),
    "an actor that is a list": lambda envelope: envelope.update(actor=[]),
    "a time that is none": lambda envelope: envelope.update(time="yesterday"),
    "a time without its zone": lambda envelope: envelope.update(time="2026-06-15T08:00:00"),
    "a time that is a number": lambda envelope: envelope.update(time=7),
    "what it had seen is a number": lambda envelope: envelope.update(parents=7),
    "what it had seen are numbers": lambda envelope: envelope.update(parents=[[7]]),
    "it had seen more": lambda envelope: envelope.update(parents=[[], []]),
    "no parts are promised": lambda envelope: envelope.update(commitments=[]),
    "a clock that is negative": lambda envelope: envelope.update(clock=-1),
    "another format": lambda envelope: envelope.update(format="1"),
    "another compartment": lambda envelope: envelope.update(compartment="mine"),
    "rights that are none": lambda envelope: envelope.update(grant=7),
    "what it was is a number": lambda envelope: envelope.update(was=7),
    "rights under something else": lambda envelope: envelope.update(under=["x"]),
    "a second that is a table": lambda envelope: envelope.update(second={}),
}


@pytest.mark.parametrize("what", ODD)
def test_an_envelope_that_is_none_stops_nothing_and_comes_nowhere(office: People, tmp_path: Path, what: str) -> None:
    journey, case, _ = sent(office, tmp_path)
    at = People(journey, office.founder).at_work(WORKER)
    new_record(at, "note", {"text": "honest"}, case.case.uid)
    odd = new_record(at, "note", {"text": "odd"}, case.case.uid).changes.change_id
    device, person = at.store.fresh_chain()[2], at.store.person
    at.lock()
    assert person is not None
    with at_the_file(journey, WORKER) as store:
        resign(store, newest(store), device, person, ODD[what])
        store.local.set_setting("chain_head", "[]")
        store.connection.execute("DELETE FROM local_settings WHERE key='chain_head'")
    home = office.at_work(FOUNDER)
    before = home.store.journal.count()
    try:
        taken = merge_journey(home, journey)
    except StoreError:
        assert home.store.journal.count() == before
    else:
        assert taken.entries == 1 == taken.refused and odd
    texts = {note.text("text") for note in home.store.reader.case_file(case.case.uid).notes}
    assert "odd" not in texts and check_store(home).sound
    new_record(home, "note", {"text": "saving goes on"}, case.case.uid)
    home.lock()


def test_a_journey_of_which_this_store_knows_nothing_waits_where_it_is_about_what_is_here(
    office: People, tmp_path: Path
) -> None:
    journey, case, _ = sent(office, tmp_path)
    at = People(journey, office.founder).at_work(WORKER)
    new_record(at, "note", {"text": "about a case at home"}, case.case.uid)
    opened = open_case(at, {"called": "On the road"}, [({"family_name": "Road"}, {})])
    at.lock()
    home = office.at_work(FOUNDER)
    home.store.local.set_setting("journeys", "{}")
    taken = merge_journey(home, journey)
    assert (taken.entries, taken.refused) == (1, 1)
    assert home.store.reader.case_file(opened.case).members and check_store(home).sound
    [held] = Quarantine(home.store.connection).waiting()
    assert held.reason == admission.NOT_ALONG and held.entry.parts[0] is not None
    home.lock()


def test_the_rules_hold_for_another_copy_of_the_store_as_well(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    home.lock()
    copy = Path(shutil.copytree(office.folder, tmp_path / "copy.avrr"))
    at = People(copy, office.founder).at_work(WORKER)
    away = Away(at, case, case.case.uid, office)
    new_record(at, "note", {"text": "honest"}, case.case.uid)
    for name in ("an erasing that never was", "a number as a name", "erased by two people", "in the name of the founder",
                 "a closing approved by another person", "a clock of the year 6429", "a role"):  # fmt: skip
        if name in ("a clock of the year 6429",):
            continue
        FORGED[name][1](away)
    at.lock()
    home = office.at_work(FOUNDER)
    taken = take_in(home, copy)
    reasons = [held.reason for held in Quarantine(home.store.connection).waiting()]
    assert sorted(reasons) == sorted([admission.ERASING, admission.FORM, admission.LINE, admission.SIGNATURE,
                                      admission.DECISION, admission.RIGHTS])  # fmt: skip
    assert taken.entries == 1 and check_store(home).sound
    assert take_in(home, copy).refused == 0, "what waits is not counted twice"
    assert [one.text("what") for one in accesses(home)][:1] == ["rescued"]
    home.lock()


def test_an_erasing_by_two_people_comes_with_another_copy(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    home.lock()
    copy = Path(shutil.copytree(office.folder, tmp_path / "copy.avrr"))
    at = People(copy, office.founder).at_work(FOUNDER)
    erase_case(at, at.store.reader.case_file(case.case.uid), "article 17", office_with_keys.agreeing(copy))
    at.lock()
    home = office.at_work(FOUNDER)
    taken = take_in(home, copy)
    assert [held.reason for held in Quarantine(home.store.connection).waiting()] == [] and taken.refused == 0
    assert {line.text("what") for line in accesses(home)} >= {"erased", "rescued"}
    home.lock()
