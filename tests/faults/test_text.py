"""Letters that break programs: composed two ways, from other scripts, invisible, turning the line around, none at all."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.cases.search import find, likely_people
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import stores
from tests.support.name_pairs import PAIRS
from tests.support.pdf_text import printed, squeezed, whole

NAMES = ("Đorđević", "Shkëlqim Çelë", "Šćepanović", "Ѓорѓиева", "Йоана", "Ńýřå", "Strauß Müller", "Ǆemail", "ﬁlip")
INVISIBLE = {
    "right-to-left override": "\u202e", "left-to-right isolate": "\u2066", "pop directional": "\u202c",
    "right-to-left mark": "\u200f", "Arabic letter mark": "\u061c", "zero-width space": "\u200b",
    "word joiner": "\u2060", "byte order mark": "\ufeff", "soft hyphen": "\u00ad", "NUL": "\0", "bell": "\a",
    "escape": "\x1b", "delete": "\x7f", "C1 control": "\x9b", "lone surrogate": "\ud83d", "low surrogate": "\udc00",
}  # fmt: skip
SEEN = {"emoji family": "👨‍👩‍👧‍👦", "flag": "🇽🇰", "Arabic": "محمد", "Hebrew": "שלום", "not a character": "\uffff",
        "private use": "\ue000", "ancient": "𐎀", "many marks": "Z" + "\u0301\u0323\u0335" * 40, "half": "½ ﷺ ²"}  # fmt: skip
apart = some.sampled_from(["s", "\u030c", "\u0301", "И", "\u0306", "e", "\u0308"])
odd = some.sampled_from([*INVISIBLE.values(), "a", "\n", "\t", "\r", "\u2028"])
letters = some.one_of(
    some.lists(apart, max_size=20), some.lists(odd, max_size=20), some.lists(some.one_of(odd, some.characters()), max_size=40)
).map("".join)  # fmt: skip


def note_of(workspace: Workspace, family: CaseFile, text: str) -> Record | None:
    """Save a note and return it as it stands; None when the text was refused or nothing of it is left."""
    try:
        made = new_record(workspace, "note", {"text": text}, family.case.uid)
    except BadInputError:
        return None
    return workspace.store.reader.record("note", made.record, family.case.uid)


def is_plain(text: str) -> bool:
    """Say whether a text can be written to any file and shows whatever it does to the reader."""
    text.encode("utf-8")
    hidden = [letter for letter in text if unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t"]
    turning = [letter for letter in text if letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"]
    return not hidden and not turning and unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("name", NAMES)
def test_T7_however_a_name_is_composed_it_is_one_person(workspace: Workspace, name: str) -> None:
    forms = [unicodedata.normalize(form, name) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    made = open_case(workspace, {}, [({"family_name": forms[1]}, {})])
    [member] = workspace.store.reader.case_file(made.case).members
    assert unicodedata.is_normalized("NFC", member.person.text("family_name"))
    for form in forms:
        assert member.person.uid in {hit.uid for hit in find(workspace, form)}, ascii(form)
        assert [likely.person.uid for likely in likely_people(workspace, form)] == [member.person.uid], ascii(form)


def test_T7_a_name_composed_in_two_ways_is_proposed_as_the_same_person_and_stored_alike(workspace: Workspace) -> None:
    for form in ("NFC", "NFD"):
        open_case(workspace, {}, [({"family_name": unicodedata.normalize(form, "Šćepanović")}, {})])
    found = likely_people(workspace, "Šćepanović")
    assert len({likely.person.uid for likely in found}) == 2
    assert len({likely.person.text("family_name").encode() for likely in found}) == 1


def spellings() -> Iterator[tuple[str, str]]:
    """Yield three hundred pairs and more: each pair as it stands, in capitals, and with its letters taken apart."""
    for one, other in PAIRS:
        yield one, other
        yield one.upper(), other
        yield unicodedata.normalize("NFD", one), other.upper()


def test_T8_three_hundred_pairs_of_spellings_find_each_other_both_ways(workspace: Workspace) -> None:
    people: dict[str, set[str]] = {}
    with workspace.store.transaction():
        for pair in spellings():
            made = open_case(workspace, {"called": "family"}, [({"family_name": name}, {}) for name in pair])
            members = workspace.store.reader.case_file(made.case).members
            for name, member in zip(pair, members, strict=True):
                people.setdefault(name, set()).add(member.person.uid)
    missed = []
    asked = set()
    for one, other in spellings():
        for typed, wanted in ((one, other), (other, one)):
            if (typed, wanted) not in asked:
                asked.add((typed, wanted))
                if not people[wanted] <= {hit.uid for hit in find(workspace, typed, 500)}:
                    missed.append((typed, wanted))
    assert len(asked) >= 600
    assert missed == []


@pytest.mark.parametrize("what", INVISIBLE)
def test_T9_what_nobody_can_see_is_not_stored_and_hides_no_name(
    workspace: Workspace, family: CaseFile, what: str
) -> None:
    hidden = INVISIBLE[what]
    made = open_case(workspace, {}, [({"family_name": f"Kras{hidden}niqi"}, {})])
    [member] = workspace.store.reader.case_file(made.case).members
    assert member.person.text("family_name") == "Krasniqi"
    assert member.person.uid in {hit.uid for hit in find(workspace, "Krasniqi")}
    if unicodedata.category(hidden) == "Cf":  # what comes along unseen with a name that is pasted into the search
        assert member.person.uid in {hit.uid for hit in find(workspace, f"Kra{hidden}sniqi")}
    note = note_of(workspace, family, f"before{hidden}after")
    assert note is not None
    assert note.text("text") == "beforeafter"


@pytest.mark.parametrize("joiner", ["\u200d", "\u200c"])
def test_T9_joiners_that_some_scripts_need_stay_and_hide_no_name(workspace: Workspace, joiner: str) -> None:
    made = open_case(workspace, {}, [({"family_name": f"Kras{joiner}niqi"}, {})])
    [member] = workspace.store.reader.case_file(made.case).members
    assert member.person.uid in {hit.uid for hit in find(workspace, "Krasniqi")}
    assert member.person.uid in {hit.uid for hit in find(workspace, f"Kr{joiner}asniqi")}


@pytest.mark.parametrize("what", SEEN)
def test_T9_what_can_be_seen_stays_as_it_was_typed_and_shows_on_paper(
    workspace: Workspace, family: CaseFile, what: str
) -> None:
    note = note_of(workspace, family, f"before {SEEN[what]} after")
    assert note is not None
    assert note.text("text") == unicodedata.normalize("NFC", f"before {SEEN[what]} after")
    text = whole(printed(workspace, workspace.store.reader.case_file(family.case.uid)))
    for letter in squeezed(note.text("text")):
        if unicodedata.category(letter) == "Cf":  # the joiner between emoji has no look of its own
            continue
        assert letter in text or f"[U+{ord(letter):04X}]" in text, ascii(letter)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, CaseFile]]:
    workspace = stores.office_workspace(Path(tmp_path_factory.mktemp("texts")) / "office.avrr")
    yield workspace, stores.family(workspace)
    workspace.lock()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(letters)
def test_T9_any_text_is_stored_plain_or_refused(shelf: tuple[Workspace, CaseFile], text: str) -> None:
    workspace, family = shelf
    note = note_of(workspace, family, text)
    stored = note.text("text") if note is not None else ""
    assert is_plain(stored)
    person = {"family_name": text}
    try:
        made = add_case_document(workspace, {"case": {"called": "x"}, "person": [person]})
    except BadInputError:
        return
    case_file = workspace.store.reader.case_file(made.case)
    assert is_plain(case_file.members[0].person.text("family_name"))
    carried = json.loads(json.dumps(case_document(workspace, case_file)))
    again = workspace.store.reader.case_file(add_case_document(workspace, carried).case)
    assert again.members[0].person.values == case_file.members[0].person.values
    find(workspace, text)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(letters, min_size=5, max_size=5))
def test_T9_any_text_can_be_printed(shelf: tuple[Workspace, CaseFile], texts: list[str]) -> None:
    workspace, _ = shelf
    document = {"case": {"called": "x", "story": texts[0]}, "person": [{"family_name": texts[1], "given_names": "y"}],
                "note": [{"text": text} for text in texts[2:]]}  # fmt: skip
    try:
        made = add_case_document(workspace, document)
    except BadInputError:
        return
    case_file = workspace.store.reader.case_file(made.case)
    assert squeezed(case_file.case.text("number")) in whole(printed(workspace, case_file))
