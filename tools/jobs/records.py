"""The jobs in an open case: what is written down of papers, school, talks and referrals."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.referrals.moves import move_referral
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.frame.desktop import Desktop
from tools.jobs.hand import ALT, CONTROL, SHIFT, Hand, Key, labelled
from tools.jobs.stage import case_page, open_family, put_partners, workspace_of

PAPERS, SCHOOL, REFERRALS, STORY = Key.Key_3, Key.Key_6, Key.Key_7, Key.Key_8
SENTENCE = "Help with the entry of the birth."
PASSPORT = {"ref": "p1", "holder": "m1", "doc_type": "passport", "state": "held", "number": "E7721199"}
DRAFT = {"person": "m3", "provider": "o1", "category": "EDU", "reason": SENTENCE}
AGREED = {"scope": "sharing_with_partners", "groups": ("identity", "contact", "school", "family"), "method": "signature",
          "counselled_on": "2026-06-01", "given_on": "2026-06-01", "given_by": "guardian", "child_agrees": True,
          "capacity": "assumed"}  # fmt: skip


def _begin(hand: Hand, desktop: Desktop, part: Qt.Key) -> QWidget:
    """Turn to a part of the case and begin a record there; return what shows it."""
    hand.key(part, held=ALT)
    hand.key(Key.Key_A, held=CONTROL | SHIFT)
    return case_page(desktop)


def _only(desktop: Desktop, kind: str) -> dict[str, Any]:
    """Return what stands in the only record of a kind. Raises ValueError where there is not just one."""
    case_file = case_page(desktop).case_file
    assert case_file is not None
    [record] = case_file.of_type(kind)
    return dict(record.values)


def _given(desktop: Desktop, person: object) -> str:
    case_file = case_page(desktop).case_file
    assert case_file is not None
    return case_file.people[str(person)].text("given_names")


def with_family(desktop: Desktop) -> None:
    """Open a family, with partners in the directory."""
    put_partners(desktop)
    open_family(desktop)


def with_passport(desktop: Desktop) -> None:
    """Open a family in which the father’s passport is recorded."""
    open_family(desktop, paper=[PASSPORT])


def with_consent(desktop: Desktop) -> None:
    """Open a family whose father agreed that partners learn of a child, with partners in the directory."""
    put_partners(desktop)
    _agreed(desktop, open_family(desktop))


def with_referral(desktop: Desktop) -> None:
    """Open a family of which a child was referred."""
    page = open_family(desktop, provider=[{"ref": "o1", "name": "Caritas Tirana"}], referral=[DRAFT])
    _agreed(desktop, page)
    workspace, case_file = workspace_of(desktop), page.case_file
    assert case_file is not None
    case_file = read_case(workspace, case_file.case.uid)
    move_referral(workspace, case_file, case_file.referrals[0].uid, "send", "2026-06-01")
    desktop.show_case(case_file.case.uid)


def _agreed(desktop: Desktop, page: CasePage) -> None:
    case_file = page.case_file
    assert case_file is not None
    father, _, child, *_ = (member.person.uid for member in case_file.members)
    values = {**AGREED, "person": child, "guardian": father}
    new_record(workspace_of(desktop), "consent", values, case_file.case.uid)
    desktop.acts.read_again()


def paper_held(hand: Hand, desktop: Desktop) -> None:
    """A passport that the father has, with its number and days."""
    page = _begin(hand, desktop, PAPERS)
    hand.choose(labelled(page, "Belongs to"), "Agim")
    hand.choose(labelled(page, "Type of paper"), "Passport")
    hand.write(page, "Number", "E7721199")
    hand.write(page, "Issued on", "3.2.2021")
    hand.write(page, "Valid until", "2.2.2031")
    hand.key(Key.Key_Return, held=CONTROL)
    made = _only(desktop, "paper")
    assert _given(desktop, made["holder"]) == "Agim" and made["doc_type"] == "passport" and made["state"] == "held"
    assert (made["number"], made["issued_on"], made["valid_until"]) == ("E7721199", "2021-02-03", "2031-02-02")


def papers_missing(hand: Hand, desktop: Desktop) -> None:
    """The same paper, missing for three children."""
    hand.key(PAPERS, held=ALT)
    page = case_page(desktop)
    hand.press(page, "For several people")
    hand.press(page, "Add")
    assert page.case_file is not None and len(page.case_file.papers) == 3
    assert {one.text("state") for one in page.case_file.papers} == {"missing"}


def paper_moved(hand: Hand, desktop: Desktop) -> None:
    """A paper that was written down for the wrong person."""
    hand.key(PAPERS, held=ALT)
    page = case_page(desktop)
    hand.press(page, "Move")
    hand.choose(labelled(page, "Person"), "Mimoza")
    hand.press(page, "Move")
    assert _given(desktop, _only(desktop, "paper")["holder"]) == "Mimoza"


def school(hand: Hand, desktop: Desktop) -> None:
    """A child who was enrolled today."""
    page = _begin(hand, desktop, SCHOOL)
    hand.choose(labelled(page, "Person"), "Ardita")
    hand.write(page, "School", "Shkolla Naim Gjylbegu")
    hand.write(page, "Enrolled on", "t")
    hand.key(Key.Key_Return, held=CONTROL)
    made = _only(desktop, "schooling")
    assert _given(desktop, made["person"]) == "Ardita" and made["enrolled_on"] == "2026-06-15"


def note(hand: Hand, desktop: Desktop) -> None:
    """A note of today."""
    page = _begin(hand, desktop, STORY)
    hand.write(page, "Note", "The family moved to the grandparents.")
    hand.key(Key.Key_Return, held=CONTROL)
    assert _only(desktop, "note")["on"] == "2026-06-15"


def contact(hand: Hand, desktop: Desktop) -> None:
    """A call in which somebody was reached."""
    hand.key(STORY, held=ALT)
    page = case_page(desktop)
    hand.press(page, "Add: Contact")
    hand.choose(labelled(page, "Method"), "Call")
    hand.choose(labelled(page, "Result"), "Reached")
    hand.write(page, "Conversation", "All went well at school.")
    hand.key(Key.Key_Return, held=CONTROL)
    made = _only(desktop, "contact")
    assert (made["kind"], made["result"], made["on"]) == ("call", "reached", "2026-06-15")


def follow_ups(hand: Hand, desktop: Desktop) -> None:
    """The follow-ups, as the programme plans them."""
    hand.key(STORY, held=ALT)
    page = case_page(desktop)
    hand.press(page, "Plan as set by the programme")
    assert page.case_file is not None and page.case_file.follow_ups


def referral(hand: Hand, desktop: Desktop) -> None:
    """A child is referred to a partner of the directory, and it is sent today."""
    _refer(hand, desktop, "car", "Caritas Tirana")


def referral_new_partner(hand: Hand, desktop: Desktop) -> None:
    """The same to a partner who is not in the directory yet."""
    _refer(hand, desktop, "Shpresa për botën", "Shpresa për botën")


def _refer(hand: Hand, desktop: Desktop, typed: str, partner: str) -> None:
    page = _begin(hand, desktop, REFERRALS)
    write_referral(hand, page, typed, new=typed == partner)
    made = _only(desktop, "referral")
    case_file = case_page(desktop).case_file
    assert case_file is not None and _given(desktop, made["person"]) == "Ardita"
    assert (made["state"], made["sent_on"], made["reason"]) == ("sent", "2026-06-15", SENTENCE)
    partners = workspace_of(desktop).store.reader.everything("provider")
    [name] = [one.text("name") for one in partners if one.uid == made["provider"]]
    assert name.startswith(partner)


def write_referral(hand: Hand, page: QWidget, partner: str, *, new: bool) -> None:
    """Fill in a referral that is begun, and send it: when the answer is due follows from its urgency."""
    hand.choose(labelled(page, "Person"), "Ardita")
    hand.choose(labelled(page, "Area of help"), "Education")
    box = labelled(page, "Referred to")
    hand.reach(box)
    hand.prose(partner) if new else hand.code(partner)
    hand.key(Key.Key_Return if new else Key.Key_Tab)  # adds it, or takes the one that is left
    hand.write(page, "Reason", SENTENCE)
    hand.key(Key.Key_Return, held=CONTROL)
    hand.key(Key.Key_D, held=CONTROL | SHIFT)
    hand.key(Key.Key_Return, held=CONTROL)  # today, and nothing else is said


def referral_answered(hand: Hand, desktop: Desktop) -> None:
    """The partner accepts."""
    hand.key(REFERRALS, held=ALT)
    answer_referral(hand, case_page(desktop))
    made = _only(desktop, "referral")
    assert (made["state"], made["answered_on"]) == ("accepted", "2026-06-15")


def answer_referral(hand: Hand, page: QWidget) -> None:
    """Write down the answer to the referral in sight."""
    hand.press(page, "Accepted")
    hand.key(Key.Key_Return, held=CONTROL)  # today
