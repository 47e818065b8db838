"""What is typed is cleaned once and then stays as it is; problems are told and never stop a save."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.closing import Ending
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.people.dates import When
from avrr_desktop.domain.records import rules
from avrr_desktop.domain.records.date_rules import ORDER, Order
from avrr_desktop.domain.records.fields import Field, Kind, Record, RecordType
from avrr_desktop.domain.records.record_types import ALL, BY_KEY
from avrr_desktop.operations.cases import closing
from avrr_desktop.operations.cases.services import add_service, move_step
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import tables_match
from tests.support.endings import close_case

LINE, LONG = Field("called", "Case name"), Field("text", "Note", Kind.LONG_TEXT)
TODAY = "2026-06-15"


def field(kind: Kind) -> Field:
    """Return a field of a kind."""
    return Field("field", "Field", kind)


@pytest.mark.parametrize("where", [LINE, LONG])
@settings(max_examples=200, deadline=None)
@given(text=some.text(max_size=30))
@example(text="e\u200b\u0301")
@example(text="\ufeffŠ\u0327")
def test_a_cleaned_text_is_composed_and_cleaning_it_again_changes_nothing(where: Field, text: str) -> None:
    cleaned = rules.clean(where, text)
    if cleaned is not None:
        assert isinstance(cleaned, str)
        assert unicodedata.is_normalized("NFC", cleaned)
        assert rules.clean(where, cleaned) == cleaned


@pytest.mark.parametrize("text", ["e\u200b\u0301", "c\u2060\u030c", "S\u202d\u030c\u202c"])
def test_a_text_with_hidden_letters_lies_in_tables_and_journal_alike(
    workspace: Workspace, family: CaseFile, text: str
) -> None:
    new_record(workspace, "note", {"text": text}, family.case.uid)
    assert tables_match(workspace.store)


@pytest.mark.parametrize(
    ("where", "typed", "kept"),
    [
        (LINE, "  Ana \t Marija\n", "Ana Marija"), (LINE, "S\u030cejla", "Šejla"), (LINE, "Ana\u202eajiraM", "AnaajiraM"),
        (LINE, "\u200bAna\ufeff", "Ana"), (LINE, "Ana\0\x07", "Ana"), (LINE, " \t ", None), (LINE, "", None),
        (LONG, "one\r\ntwo\rthree\n\n", "one\ntwo\nthree"), (LONG, "a\tb\x0bc", "a\tbc"), (LONG, "\n \n", None),
        (LINE, "ﬁ ½ ǆ", "ﬁ ½ ǆ"), (LINE, "O'Neil <b>&amp;", "O'Neil <b>&amp;"), (LINE, "čhavo\u200d", "čhavo\u200d"),
    ],
)  # fmt: skip
def test_a_name_is_kept_as_the_document_spells_it_without_what_cannot_be_seen(
    where: Field, typed: str, kept: str | None
) -> None:
    assert rules.clean(where, typed) == kept


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.TEXT, 5), (Kind.TEXT, ["a"]), (Kind.NAME, True), (Kind.COUNT, "5"), (Kind.COUNT, -1), (Kind.COUNT, 2**53),
        (Kind.COUNT, True), (Kind.COUNT, 1.0), (Kind.YES_NO, 1), (Kind.YES_NO, "yes"), (Kind.CHOICES, "a"),
        (Kind.CHOICES, [1]), (Kind.LINKS, {"a": 1}), (Kind.DATE, "12.5.2019"), (Kind.DATE, "2019-02-30"),
        (Kind.DATE, "yesterday"), (Kind.COUNTRY, "Atlantis"), (Kind.LONG_TEXT, b"bytes"), (Kind.TEXT, {}),
    ],
)  # fmt: skip
def test_what_the_field_cannot_mean_is_refused(kind: Kind, value: object) -> None:
    with pytest.raises(BadInputError) as refused:
        rules.clean(field(kind), value)
    assert refused.value.hint.startswith("This entry was not saved")


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (Kind.COUNT, 0, 0), (Kind.COUNT, 2**53 - 1, 2**53 - 1), (Kind.YES_NO, False, False), (Kind.CHOICES, [], None),
        (Kind.CHOICES, ["a", " b "], ("a", "b")), (Kind.DATE, "2019-05~", "2019-05~"), (Kind.DATE, " 2019 ", "2019"),
        (Kind.COUNTRY, "XK", "XK"), (Kind.COUNTRY, "al", "AL"), (Kind.TEXT, None, None), (Kind.CHOICE, "x", "x"),
    ],
)  # fmt: skip
def test_what_it_can_mean_is_kept(kind: Kind, value: object, kept: object) -> None:
    cleaned = rules.clean(field(kind), value)
    assert cleaned == kept
    assert type(cleaned) is type(kept)


@pytest.mark.parametrize(("where", "limit"), [(LINE, rules.LINE_LIMIT), (LONG, rules.TEXT_LIMIT)])
def test_texts_have_a_limit_and_the_message_says_which(where: Field, limit: int) -> None:
    assert rules.clean(where, "ђ" * limit) == "ђ" * limit
    with pytest.raises(BadInputError) as refused:
        rules.clean(where, "ђ" * (limit + 1))
    assert refused.value.values["limit"] == limit


def test_a_field_that_is_not_declared_is_refused_and_nothing_is_stored(workspace: Workspace, family: CaseFile) -> None:
    count = workspace.store.journal.count()
    with pytest.raises(BadInputError) as refused:
        edit_record(workspace, family.members[0].person, {"phone": "1", "undeclared": "44"}, family.case.uid)
    assert refused.value.values == {"field": "undeclared", "kind": "person"}
    assert workspace.store.journal.count() == count


@pytest.mark.parametrize(
    "record_type",
    [record_type for record_type in ALL if record_type.key != "access"],  # written by the program alone
    ids=lambda record_type: str(record_type.key),
)
def test_an_empty_record_has_problems_and_can_be_saved(
    workspace: Workspace, family: CaseFile, record_type: str
) -> None:
    kind = getattr(record_type, "key", "")
    needed = {item.key for item in BY_KEY[kind].fields if item.required and not item.computed}
    told = {problem.field for problem in rules.problems(Record(kind, "X", {}), TODAY)}
    assert needed <= told
    made = new_record(workspace, kind, {}, family.case.uid if BY_KEY[kind].of_case else "")
    assert workspace.store.reader.record(kind, made.record, family.case.uid)
    assert tables_match(workspace.store)


@pytest.mark.parametrize(
    ("kind", "values", "problem"),
    [
        ("person", {"family_name": "A", "birth_date": "2026-06-16"}, "birth_date"),
        ("person", {"family_name": "A", "birth_date": "1990-01-01"}, "birth_date"),
        ("person", {"sex": "F"}, "family_name"),
        ("paper", {"issued_on": "2026-02", "valid_until": "2026-01-31"}, "valid_until"),
        ("step", {"filed_on": "2026-02-02", "done_on": "2026-02-01"}, "done_on"),
        ("step", {"state": "blocked"}, "block_reason"),
        ("case", {"called": "A", "departure_date": "2026-05-02", "arrival_date": "2026-05-01"}, "arrival_date"),
        ("note", {}, "text"),
    ],
)  # fmt: skip
def test_a_problem_stands_beside_its_field(kind: str, values: dict[str, str], problem: str) -> None:
    assert problem in {item.field for item in rules.problems(Record(kind, "X", values), TODAY)}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("person", {"given_names": "A", "birth_date": "2026-06-15"}), ("person", {"family_name": "A", "birth_date": "1990"}),
        ("paper", {"issued_on": "2026-01-31", "valid_until": "2026-01"}), ("step", {"state": "blocked", "block_reason": "x"}),
        ("referral", {"sent_on": "2026-02-02", "consented_on": "2026-02-01"}), ("note", {"text": "x"}),
    ],
)  # fmt: skip
def test_where_nothing_is_wrong_nothing_is_told(kind: str, values: dict[str, str]) -> None:
    assert rules.problems(Record(kind, "X", values), TODAY) == ()


def test_a_case_with_steps_under_way_is_not_closed(workspace: Workspace, family: CaseFile) -> None:
    add_service(workspace, family, "birth_registration", [family.members[0].person.uid])
    case = workspace.store.reader.case_file(family.case.uid)
    move_step(workspace, case, case.steps[0].uid, "waiting_authority")
    case = workspace.store.reader.case_file(family.case.uid)
    before = list(workspace.store.dump())
    with pytest.raises(RefusedError):
        closing.close_case(workspace, case, "completed", ending=Ending(told={"outcome": "settled"}))
    assert list(workspace.store.dump()) == before
    move_step(workspace, case, case.steps[0].uid, "done")
    close_case(workspace, workspace.store.reader.case_file(family.case.uid), "completed")
    assert workspace.store.reader.case_file(family.case.uid).case.text("status") == "closed"


@pytest.mark.parametrize(
    ("kind", "values", "where", "said"),
    [
        ("referral", {"sent_on": "2027-01-01", "consented_on": "2026-06-01"}, "sent_on", "in the future"),
        ("referral", {"sent_on": "2026-06-01", "consented_on": "2026-07"}, "consented_on", "in the future"),
        ("referral", {"sent_on": "2026-06-01", "consented_on": "2026-06-01", "answered_on": "2025-01-01"}, "answered_on",
         "before the sending date"),
        ("paper", {"issued_on": "2026-06-16"}, "issued_on", "in the future"),
        ("paper", {"issued_on": "2026-06-01", "valid_until": "2020-06-01"}, "valid_until", "before the issue date"),
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_is_told(kind: str, values: dict[str, str], where: str, said: str) -> None:
    found = rules.problems(Record(kind, "X", dict(values)), TODAY)
    assert [problem.field for problem in found if said in problem.message] == [where]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("referral", {"sent_on": "2026-06-15", "consented_on": "2026-06", "answered_on": "2026-06-15"}),
        ("referral", {"sent_on": "2026", "consented_on": "2026", "answered_on": "2026-06-01"}),
        ("paper", {"issued_on": "2026-06", "valid_until": "2026-06-30"}),
    ],
)
def test_a_date_that_may_be_is_left_alone(kind: str, values: dict[str, str]) -> None:
    told = [problem.message for problem in rules.problems(Record(kind, "X", dict(values)), TODAY)]
    assert not [message for message in told if "future" in message or "before" in message]


DATES = [(kind, field) for kind in ALL for field in kind.fields if field.kind is Kind.DATE]
NAMES = [f"{kind.key}.{field.key}" for kind, field in DATES]


def told(kind: str, values: dict[str, str], born: str = "") -> dict[str, str]:
    """Return what is told about the dates of a record beside each field."""
    wanted = ("future", "before", "ahead")
    found = rules.problems(Record(kind, "X", dict(values)), TODAY, born)
    return {problem.field: problem.message for problem in found if any(word in problem.message for word in wanted)}


@pytest.mark.parametrize(("kind", "one"), DATES, ids=NAMES)
def test_every_date_says_on_which_side_of_today_it_lies(kind: RecordType, one: Field) -> None:
    assert isinstance(one.when, When)


def test_nothing_but_a_date_lies_on_a_side_of_today() -> None:
    assert not [field.key for kind in ALL for field in kind.fields if field.kind is not Kind.DATE and field.when]


@pytest.mark.parametrize("text", ["2026-06-16", "2026-07", "2027", "2062-06-01", "2026-06-16~", "2027~"])
def test_a_slip_into_the_future_is_told_of_everything_that_was_done(text: str) -> None:
    for kind, one in DATES:
        said = told(kind.key, {one.key: text})
        if one.when in (When.PAST, When.BIRTH):
            assert said == {one.key: "This date is in the future."}, kind.key
        else:
            ahead = {one.key: "This date is more than twenty years ahead."} if text.startswith("2062") else {}
            assert said == ahead, (kind.key, one.key)


@pytest.mark.parametrize("text", ["2026-06-15", "2026-06", "2026", "2026~", "2026-06-15~", "2019-05-12", "", "soon"])
def test_a_date_that_may_be_today_or_before_is_left_alone(text: str) -> None:
    assert [(kind.key, one.key, said) for kind, one in DATES if (said := told(kind.key, {one.key: text}))] == []


@pytest.mark.parametrize("order", ORDER, ids=lambda order: f"{order.record_type}.{order.later}")
def test_what_ended_before_it_began_is_told_beside_its_end(order: Order) -> None:
    kind = BY_KEY[order.record_type]
    assert {kind.field(key).kind for key in (order.earlier, order.later)} == {Kind.DATE}
    for earlier, later in (("2026-03-02", "2026-03-01"), ("2026-03", "2026-02"), ("2026", "2025-12-31")):
        assert told(kind.key, {order.earlier: earlier, order.later: later}) == {order.later: order.message}
    for earlier, later in (
        ("2026-03-02", "2026-03-02"),
        ("2026-03-02", "2026-03"),
        ("2026", "2026-01-01"),
        ("2026-03", "2026"),
    ):
        assert told(kind.key, {order.earlier: earlier, order.later: later}) == {}


@pytest.mark.parametrize(("kind", "one"), DATES, ids=NAMES)
def test_nothing_was_done_before_the_person_was_born(kind: RecordType, one: Field) -> None:
    said = told(kind.key, {one.key: "2013-12-31"}, "2014-03-02")
    assert said == ({one.key: "This date is before the person was born."} if one.when is When.PAST else {})
    assert told(kind.key, {one.key: "2014"}, "2014-03-02") == told(kind.key, {one.key: "2013-12-31"}) == {}
