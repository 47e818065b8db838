"""A copy for a partner tells of those who agreed and of nobody else, when it is made and when it is handed over."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.agreement import BEFORE, Group
from avrr_desktop.domain.consent.redaction import ANONYMOUS, CONFERENCE, FULL, LEVELS, REFERRAL, RETURNEE
from avrr_desktop.domain.errors import BadInputError, ExpectedError, RefusedError
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.cases.today import desk, desk_lines
from avrr_desktop.operations.documents.documents import DOCUMENTS
from avrr_desktop.operations.documents.printing import (
    Copy,
    case_pdf,
    finished_copy,
    hand_over,
    keep_copy,
    outbox,
    outbox_document,
    put_in_outbox,
)
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.referrals.agreements import groups_told, members_left_out
from avrr_desktop.operations.referrals.consent_standing import Counts, standing_of
from avrr_desktop.operations.referrals.disclosures import told_already, told_in
from avrr_desktop.operations.referrals.moves import met, move_referral
from avrr_desktop.operations.referrals.withdrawal import (
    as_confirmed,
    new_agreement,
    old_agreements,
    withdraw,
    withdrawal_handled,
)
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.late_entries import late_entry
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from tests.support.consents import EVERYTHING, adults, agreed, agreed_before
from tests.support.endings import close_case

KINDS = [document.key for document in DOCUMENTS if REFERRAL in document.levels]
MARKO, SEJLA, ANA = 0, 1, 2


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def again(workspace: Workspace, case: CaseFile) -> CaseFile:
    return read_case(workspace, case.case.uid)


@pytest.fixture
def case(workspace: Workspace, family: CaseFile) -> CaseFile:
    """The family with a service for two children, steps of which say whose they are, and a paper without a holder."""
    uid = family.case.uid
    both = [family.members[number].person.uid for number in (ANA, 3)]
    add_service(workspace, family, "birth_registration", both)
    for step in again(workspace, family).steps[:2]:
        edit_record(workspace, step, {"title": "Go with Luka and Šejla to the register"}, uid)
    new_record(workspace, "paper", {"doc_type": "marriage_certificate_foreign", "names_as_written": "Šejla Đ."}, uid)
    return again(workspace, family)


@pytest.mark.parametrize("document", KINDS)
def test_who_did_not_agree_is_left_out_with_all_that_is_about_them(
    workspace: Workspace, case: CaseFile, document: str
) -> None:
    agreed(workspace, case, ANA)
    case = again(workspace, case)
    text = text_of(case_pdf(workspace, case, copy=Copy(REFERRAL, "Partner"), document=document))
    assert "Ana" in text and "4 other persons: no agreement." in text
    others = ("Марко", "Šejla", "Luka", "Çelë", "Ђорђевић", "Gjorgjeviq", "Passport", "Marriage", "family of")
    assert [word for word in others if word in text] == []
    assert "Đorđević family" not in text and case.case.text("number") in text
    left = members_left_out(workspace, case, REFERRAL, "Partner")
    assert [one.person.text("given_names") for one in left] == ["Марко", "Šejla", "Luka", "Çelë"]


def test_where_all_agreed_the_family_is_named_and_nobody_is_counted(workspace: Workspace, case: CaseFile) -> None:
    for number in range(5):
        agreed(workspace, case, number)
    text = text_of(case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL)))
    assert "Đorđević family" in text and "no agreement" not in text
    assert all(name in text for name in ("Марко", "Šejla", "Ana", "Luka", "Çelë"))


def test_a_step_that_waits_for_one_that_is_left_out_is_not_said_to_be_free(
    workspace: Workspace, case: CaseFile
) -> None:
    first, *_ = (step for step in case.steps if step.text("person") == case.members[3].person.uid)
    mine = next(step for step in case.steps if step.text("person") == case.members[ANA].person.uid)
    edit_record(workspace, mine, {"waits_for": [first.uid], "title": "Mine"}, case.case.uid)
    agreed(workspace, case, ANA)
    text = text_of(case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL)))
    assert "Blocked" in text.split("Mine", 1)[1].split("\n", 3)[0] + text.split("Mine", 1)[1][:40]


@pytest.mark.parametrize("document", KINDS)
def test_a_copy_about_nobody_is_refused_and_other_levels_ask_nobody(
    workspace: Workspace, case: CaseFile, document: str
) -> None:
    empty = read_case(workspace, open_case(workspace, {"called": "Nobody yet"}, []).case)
    new_record(workspace, "consent", {"given_on": "2026-05-01"}, empty.case.uid)
    for one in (case, again(workspace, empty)):
        with pytest.raises(RefusedError) as refused:
            case_pdf(workspace, one, copy=Copy(REFERRAL, "Partner"), document=document)
        assert "nothing can be disclosed to a partner" in refused.value.title
        with pytest.raises(RefusedError):
            keep_copy(workspace, one, document, REFERRAL, "Partner")
        for level in (FULL, CONFERENCE, RETURNEE, ANONYMOUS):
            assert case_pdf(workspace, one, copy=Copy(level), document=document).startswith(b"%PDF")
    assert accesses(workspace) == () and outbox(workspace) == []


def test_a_withdrawal_in_another_case_counts_too(workspace: Workspace, case: CaseFile) -> None:
    agreed(workspace, case, ANA)
    ana = case.members[ANA].person.uid
    other = open_case(workspace, {"called": "Second return"}, [], known=ana).case
    assert case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL))
    new_record(workspace, "consent", {"withdrawn_on": "2026-06-10"}, other)
    with pytest.raises(RefusedError):
        case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL))
    agreed(workspace, case, ANA, given_on="2026-06-12")
    assert case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL))


def test_the_referral_to_one_partner_tells_nothing_to_another_whom_the_directory_knows(
    workspace: Workspace, case: CaseFile
) -> None:
    uids = {
        name: new_record(workspace, "provider", {"name": name}).record
        for name in ("Caritas", "Caritas Shkodër", "Shtëpia e Sigurt")
    }
    agreed_before(workspace, case, person=case.members[MARKO].person.uid, provider=uids["Caritas Shkodër"])
    case = again(workspace, case)
    for allowed in ("Caritas Shkodër", "caritas shkoder, Ms Leka"):
        assert case_pdf(workspace, case, copy=Copy(REFERRAL, allowed))
    for other in ("Caritas", "CARITAS Tirana", "shtepia e sigurt", "To: Shtëpia e Sigurt", "", "another person"):
        with pytest.raises(RefusedError):
            case_pdf(workspace, case, copy=Copy(REFERRAL, other))


def consent_of(workspace: Workspace, case: CaseFile, uid: str) -> Record:
    record = workspace.store.reader.record("consent", uid, case.case.uid)
    assert record
    return record


def kept(workspace: Workspace, case: CaseFile, to: str = "Partner") -> int:
    return keep_copy(workspace, again(workspace, case), "summary", REFERRAL, to)


def test_what_was_withdrawn_meanwhile_is_not_handed_over(workspace: Workspace, case: CaseFile, tmp_path: Path) -> None:
    agreed(workspace, case, MARKO)
    consent = agreed(workspace, case, ANA)
    pk = kept(workspace, case)
    assert hand_over(workspace, pk, tmp_path, "Partner").path.exists()
    withdraw(workspace, case, consent_of(workspace, case, consent))
    with pytest.raises(RefusedError) as refused:
        hand_over(workspace, pk, tmp_path, "Partner", outdated=True)
    assert "Not everybody named in this document" in refused.value.title
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    newer = kept(workspace, case)
    assert hand_over(workspace, newer, tmp_path, "Partner").path.exists(), "of Marko alone"


def test_a_copy_for_one_partner_is_not_handed_to_another(workspace: Workspace, case: CaseFile, tmp_path: Path) -> None:
    one, other = (new_record(workspace, "provider", {"name": name}).record for name in ("Vatra", "Caritas"))
    agreed(workspace, case, ANA, provider=one, scope="referral")
    pk = kept(workspace, case, "Vatra")
    with pytest.raises(RefusedError):
        hand_over(workspace, pk, tmp_path, "Caritas")
    assert hand_over(workspace, pk, tmp_path, "courier").path.exists() and other


def test_a_copy_of_which_nobody_knows_whom_it_tells_of_needs_everybody(
    workspace: Workspace, case: CaseFile, tmp_path: Path
) -> None:
    agreed(workspace, case, ANA)
    case = again(workspace, case)
    content, copy = finished_copy(workspace, case, "summary", REFERRAL, "Partner", "kept")
    unnumbered = put_in_outbox(workspace, case, content, "summary", Copy(REFERRAL, "Partner"))
    with pytest.raises(RefusedError):
        hand_over(workspace, unnumbered, tmp_path, "Partner")
    assert hand_over(workspace, put_in_outbox(workspace, case, content, "summary", copy), tmp_path, "Partner").path


@pytest.mark.parametrize("name", ["", "sumary", "summary ", "SUMMARY", "../summary", "missing_papers"])
def test_an_unknown_document_is_an_error_and_never_another_one(workspace: Workspace, case: CaseFile, name: str) -> None:
    for make in (
        lambda: case_pdf(workspace, case, document=name),
        lambda: finished_copy(workspace, case, name, FULL, "", "kept"),
        lambda: keep_copy(workspace, case, name, FULL),
        lambda: put_in_outbox(workspace, case, b"%PDF", name),
    ):
        with pytest.raises(BadInputError):
            make()
    assert outbox(workspace) == [] and accesses(workspace) == ()


@pytest.mark.parametrize("level", ["", "full", "REFERRAL", "partner"])
def test_an_unknown_level_is_an_error_in_words(workspace: Workspace, case: CaseFile, level: str) -> None:
    with pytest.raises(ExpectedError):
        case_pdf(workspace, case, copy=Copy(level))
    with pytest.raises(ExpectedError):
        keep_copy(workspace, case, "summary", level)
    assert level not in LEVELS and outbox(workspace) == []


# What a print of each group holds of the family of five, and of nothing else: texts that stand in no other group.
HELD: dict[Group, tuple[str, ...]] = {
    Group.IDENTITY: ("Ana", "Đorđević", "2014"),
    Group.PAPERS: ("Birth certificate",),
    Group.FAMILY: ("Daughter",),
    Group.NEED: ("Birth registration",),
}


@pytest.mark.parametrize("ticked", [(), *((group,) for group in Group), tuple(HELD), tuple(Group)])
def test_a_print_holds_what_was_agreed_to_and_nothing_else(
    workspace: Workspace, case: CaseFile, ticked: tuple[Group, ...]
) -> None:
    edit_record(workspace, case.members[ANA].membership, {"relationship": "daughter"}, case.case.uid)
    agreed(workspace, case, ANA, groups=tuple(group.value for group in ticked))
    case = again(workspace, case)
    if not set(ticked) - {Group.HEALTH}:
        with pytest.raises(RefusedError):
            case_pdf(workspace, case, copy=Copy(REFERRAL))
        return
    text = text_of(case_pdf(workspace, case, copy=Copy(REFERRAL)))
    for group, words in HELD.items():
        assert [word in text for word in words] == [group in ticked] * len(words), (group, text)
    assert "Person 3" in text or Group.IDENTITY in ticked


@pytest.mark.parametrize(("category", "areas", "told"), [
    ("HLT", ("HLT",), True), ("HLT", ("EDU",), False), ("MHPSS", ("HLT",), True), ("GBV", ("GBV",), True), ("GBV", ("HLT",), False),
    ("EDU", (), True),
])  # fmt: skip
def test_what_is_done_for_health_or_after_violence_is_told_to_who_works_in_that(
    workspace: Workspace, case: CaseFile, category: str, areas: tuple[str, ...], told: bool
) -> None:
    partner = new_record(workspace, "provider", {"name": "Vatra", "categories": areas}).record
    service = {"persons": (case.members[MARKO].person.uid,), "category": category, "title": "Something quiet"}
    new_record(workspace, "service", service, case.case.uid)
    agreed(workspace, case, MARKO, provider=partner, scope="referral", groups=EVERYTHING)
    text = text_of(case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL, "Vatra")))
    assert ("Something quiet" in text) is told and "Марко" in text


@pytest.mark.parametrize("category", ["GBV", "CHP"])
def test_until_the_first_meeting_a_code_stands_for_the_name(
    workspace: Workspace, case: CaseFile, category: str
) -> None:
    marko, partner = case.members[MARKO].person.uid, new_record(workspace, "provider", {"name": "Vatra"}).record
    edit_record(workspace, case.members[MARKO].person, {"phone": "+381 64 1234567"})
    agreed(workspace, case, MARKO, provider=partner, scope="referral")
    made = new_record(
        workspace, "referral", {"person": marko, "provider": partner, "category": category}, case.case.uid
    )
    pk, text = kept(workspace, case, "Vatra"), print_for(workspace, case, "Vatra")
    assert "Person 1" in text and not [word for word in ("Марко", "Ђорђевић", "1985", "1234567") if word in text]
    [line] = [one for one in accesses(workspace) if one.text("serial") == outbox_document(workspace, pk)[0].serial]
    assert told_in(line) == {marko: BEFORE - {Group.IDENTITY}}
    move_referral(workspace, again(workspace, case), made.record, "send", "2026-06-09")
    met(workspace, again(workspace, case), made.record, "2026-06-10")
    assert "Марко" in print_for(workspace, case, "Vatra")


def print_for(workspace: Workspace, case: CaseFile, to: str) -> str:
    return text_of(case_pdf(workspace, again(workspace, case), copy=Copy(REFERRAL, to)))


def test_a_copy_that_tells_more_than_is_agreed_now_is_not_handed_over(
    workspace: Workspace, case: CaseFile, tmp_path: Path
) -> None:
    consent = agreed(workspace, case, MARKO)
    pk = kept(workspace, case)
    fewer = {"groups": ("identity", "need")}
    edit_record(workspace, consent_of(workspace, case, consent), fewer, case.case.uid)
    with pytest.raises(RefusedError):
        hand_over(workspace, pk, tmp_path, "Partner", outdated=True)
    assert hand_over(workspace, kept(workspace, case), tmp_path, "Partner").path.exists()


def test_a_withdrawal_blocks_at_once_ends_what_runs_and_asks_to_tell_the_recipient(
    workspace: Workspace, case: CaseFile, tmp_path: Path
) -> None:
    partner = new_record(workspace, "provider", {"name": "Vatra"}).record
    marko = case.members[MARKO].person.uid
    consent = agreed(workspace, case, MARKO, provider=partner, scope="referral")
    running = new_record(
        workspace, "referral", {"person": marko, "provider": partner, "category": "DOC"}, case.case.uid
    )
    move_referral(workspace, again(workspace, case), running.record, "send", "2026-06-02")
    pk = kept(workspace, case, "Vatra")
    hand_over(workspace, pk, tmp_path, "Vatra")
    taken = withdraw(workspace, again(workspace, case), consent_of(workspace, case, consent))
    assert groups_told(workspace, again(workspace, case), marko, partner) == frozenset()
    with pytest.raises(RefusedError):
        print_for(workspace, case, "Vatra")
    with pytest.raises(RefusedError):
        hand_over(workspace, pk, tmp_path, "Vatra", outdated=True)
    referral = workspace.store.reader.record("referral", running.record, case.case.uid)
    assert referral and referral.text("state") == "withdrawn_consent"
    [left] = [
        one for one in told_already(workspace, again(workspace, case), marko) if one.line.text("what") == "handed_over"
    ]
    assert (left.line.text("what"), left.line.text("recipient"), left.groups) == ("handed_over", "Vatra", BEFORE)
    [line] = [line for line in desk_lines(workspace, "today") if line.kind == "withdrawal_to_tell"]
    assert line.record and line.record.uid == consent
    undo(workspace, taken.change_id)
    assert groups_told(workspace, again(workspace, case), marko, partner) == BEFORE
    withdraw(workspace, again(workspace, case), consent_of(workspace, case, consent))
    with pytest.raises(RefusedError):
        remove_record(workspace, consent_of(workspace, case, consent), case.case.uid)
    assert "referral_tell" not in [line.kind for line in desk_lines(workspace, "today")], "one line for one withdrawal"
    withdrawal_handled(workspace, again(workspace, case), consent_of(workspace, case, consent))
    assert not {line.kind for line in desk_lines(workspace, "today")} & {"withdrawal_to_tell", "referral_tell"}
    assert (
        desk(workspace)
        and standing_of(workspace, case, consent_of(workspace, case, consent)).counts is Counts.WITHDRAWN
    )


def test_a_withdrawal_is_not_in_the_future_and_only_once(workspace: Workspace, case: CaseFile) -> None:
    consent = agreed(workspace, case, MARKO)
    with pytest.raises(RefusedError):
        withdraw(workspace, case, consent_of(workspace, case, consent), "2026-06-16")
    with pytest.raises(RefusedError):
        withdrawal_handled(workspace, case, consent_of(workspace, case, consent))
    withdraw(workspace, case, consent_of(workspace, case, consent))
    with pytest.raises(RefusedError):
        withdraw(workspace, case, consent_of(workspace, case, consent))


def test_what_is_of_an_older_version_is_confirmed_by_who_says_more_and_nothing_is_written_before(
    workspace: Workspace, case: CaseFile
) -> None:
    partner, marko = new_record(workspace, "provider", {"name": "Vatra"}).record, case.members[MARKO].person.uid
    referral = agreed_before(workspace, case, person=marko, provider=partner)
    case = again(workspace, case)
    [old] = old_agreements(workspace, case)
    assert old.uid == referral and groups_told(workspace, case, marko, partner) == BEFORE
    assert groups_told(workspace, case, marko, partner, "another referral") == frozenset()
    values = as_confirmed(workspace, case, old)
    assert "counselled_on" not in values and again(workspace, case) == case
    made = new_record(
        workspace, "consent", {**values, "counselled_on": "2026-05-30", "groups": ("identity",)}, case.case.uid
    )
    case = again(workspace, case)
    assert old_agreements(workspace, case) == ()
    assert groups_told(workspace, case, marko, partner) == {Group.IDENTITY}
    assert standing_of(workspace, case, consent_of(workspace, case, made.record)).counts is Counts.YES


def test_nothing_gets_around_a_guard(workspace: Workspace, case: CaseFile) -> None:
    with pytest.raises(RefusedError):
        new_record(workspace, "referral", {"consented_on": "2026-06-01"}, case.case.uid)
    luka = case.members[3].person.uid
    bypass = adults(luka)
    new_record(workspace, "consent", bypass, case.case.uid)
    with pytest.raises(RefusedError):
        print_for(workspace, case, "")
    carried = add_case_document(workspace, case_document(workspace, again(workspace, case))).case
    there = read_case(workspace, carried)
    assert (
        there.of_type("consent")[0].many("groups")
        and standing_of(workspace, there, there.of_type("consent")[0]).counts is Counts.BROKEN
    )
    with pytest.raises(RefusedError):
        case_pdf(workspace, there, copy=Copy(REFERRAL))


@pytest.mark.parametrize(
    ("who", "expected"), [(MARKO, {"given_by": "self"}), (3, {"given_by": "guardian", "guardian": MARKO})]
)
def test_a_new_consent_begins_with_what_is_usual(
    workspace: Workspace, case: CaseFile, who: int, expected: dict[str, Value]
) -> None:
    values = new_agreement(workspace, case, case.members[who].person.uid)
    if "guardian" in expected:
        expected = {**expected, "guardian": case.members[MARKO].person.uid}
    assert expected.items() <= values.items()
    assert values["counselled_on"] == values["given_on"] == "2026-06-15" and values["explained_by"] == workspace.actor
    assert "groups" not in values and "provider" not in values


def test_a_withdrawal_blocks_at_once_in_a_closed_case_and_nothing_rides_along(
    workspace: Workspace, case: CaseFile
) -> None:
    partner = new_record(workspace, "provider", {"name": "Vatra"}).record
    marko = case.members[MARKO].person.uid
    consent = agreed(workspace, case, MARKO, provider=partner, scope="referral")
    close_case(workspace, again(workspace, case), "objectives_met")
    assert groups_told(workspace, again(workspace, case), marko, partner)
    with pytest.raises(RefusedError):
        edit_record(workspace, consent_of(workspace, case, consent), {"limits": "nothing else"}, case.case.uid)
    withdraw(workspace, again(workspace, case), consent_of(workspace, case, consent))
    assert groups_told(workspace, again(workspace, case), marko, partner) == frozenset()
    withdrawal_handled(workspace, again(workspace, case), consent_of(workspace, case, consent))
    assert again(workspace, case).over and not late_entry(workspace, case.case.uid)
