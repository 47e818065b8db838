"""Paper: whatever was typed stands on it as typed, no box stands for a letter, and a failed file harms no other."""

import os
import random
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.operations.documents.printing import OutboxItem, case_pdf, hand_over, outbox, put_in_outbox
from avrr_desktop.operations.reports.registers import save_table
from avrr_desktop.operations.reports.reporting import cases_by_country
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.pdf.font import printable
from avrr_desktop.pdf.model import Cell, Column, Rows, Table, Text
from avrr_desktop.pdf.page import rendered
from tests.support import pdf_text
from tests.support.glyphs import drawn
from tests.support.pdf_text import plain, section, sheets, squeezed

VALUES, A_CASE, IN_HEADER, SEED = 2000, 100, 2, 20_260_615
PIECES = (
    "<b>", "</b>", "<i>", "<para>", "</para>", "<br/>", '<img src="{path}"/>', "<img src='file://{path}'>", "<onDraw name='x'/>",
    '<font color="red">', "<font name=none>", '<a href="http://127.0.0.1:9/x">', "</a>", "<![CDATA[", "]]>", "<!--", "-->",
    "<!DOCTYPE x SYSTEM '{path}'>", "&#0;", "&#x41;", "&lt;", "&amp;", "&nosuch;", "<", ">", "&", "%s", "{{}}", "$x", "\\n", "(", ")",
    "\\", "\\050", "%PDF", "stream", "endstream", "endobj", "BT (x) Tj ET", "<seq/>", "<super>", "<unichar code='1'/>", "'", '"',
    "Đorđe", "Ђорђе", "Çelë", "ќирил", " ", " ",
)  # fmt: skip
ALPHABETS = {
    "sq": "abcçdeëfghijklmnopqrstuvxyz", "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "bs": "abcčćdđefghijklmnoprsštuvzž",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
}  # fmt: skip
LACKING = {
    "arabic": "أحمد",
    "chinese": "中文",
    "emoji": "😀",
    "georgian": "ბათუმი",
    "control": "a\x01b\x7f",
    "not a letter": "\uffff",
}


@contextmanager
def watched() -> Iterator[list[str]]:
    """Note every file, socket and program that is opened meanwhile; a hook can never be taken away, so it is silenced."""
    seen: list[str] = []
    on = True

    def hook(event: str, values: tuple[object, ...]) -> None:
        if on and event.split(".")[0] in ("open", "socket", "subprocess", "urllib", "os.system"):
            seen.append(f"{event} {values[0] if values else ''}")

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        on = False


def typed(chance: random.Random, number: int, path: Path) -> str:
    """Return one value that looks like markup, and can be told from every other."""
    if number % A_CASE < IN_HEADER:  # a header is one line, and says by its end where there was more
        pieces = [chance.choice([piece for piece in PIECES if "{path}" not in piece])]
    else:
        pieces = [chance.choice(PIECES) for _ in range(chance.randint(1, 6))]
    return f"n{number}{''.join(pieces).format(path=path)}e{number}"


def case_of(values: list[str]) -> dict[str, Any]:
    """Put values into every field that is printed; what is left goes into notes."""
    rest = iter(values)
    return {
        "case": {"called": next(rest), "municipality_of_return": next(rest), "story": next(rest)},
        "person": [{"family_name": next(rest), "given_names": next(rest), "birth_place": next(rest), "father_name": next(rest)}],
        "paper": [{"holder": "m1", "doc_type": next(rest), "state": "held", "number": next(rest)}],
        "follow_up": [{"done_on": "2026-06-10", "summary": next(rest)}],
        "note": [{"on": "2026-06-11", "text": value} for value in rest],
    }  # fmt: skip


def test_P1_markup_is_printed_as_typed_and_opens_nothing(workspace: Workspace, tmp_path: Path) -> None:
    bait = tmp_path / "bait.png"
    bait.write_bytes(b"not a picture")
    chance = random.Random(SEED)
    values = [typed(chance, number, bait) for number in range(VALUES)]
    case_pdf(
        workspace, pdf_text.add_case(workspace, case_of(values[:20]))
    )  # what is loaded at the first print is loaded now
    for start in range(0, VALUES, A_CASE):
        some_values = values[start : start + A_CASE]
        case_file = pdf_text.add_case(workspace, case_of(some_values))
        with watched() as seen:
            pdf = case_pdf(workspace, case_file)
        assert seen == []
        pages = sheets(pdf)
        text = pdf_text.whole(pages) + pdf_text.whole_body(pages)
        assert [one for one in some_values if squeezed(unicodedata.normalize("NFC", one)) not in text] == []


def test_P1_the_watch_sees_a_file_that_is_opened(tmp_path: Path) -> None:
    (tmp_path / "bait").write_bytes(b"x")
    with watched() as seen:
        (tmp_path / "bait").read_bytes()
    assert len(seen) == 1


def everywhere(text: str) -> bytes:
    """Print a text in every style: title, subtitle, heading, label, value, running and small text, cell bold and not."""
    columns = (Column(text, 1), Column("two", 1))
    blocks = (
        Text(text), Text(text, small=True), Rows(((text, text),)),
        Table(columns, ((Cell(text, text, "done"), Cell(text, bold=True)),)),
    )  # fmt: skip
    return rendered(plain(section(text, *blocks), title=text, subtitle=text, office=text))


@pytest.mark.parametrize("language", ALPHABETS)
def test_P2_every_letter_of_the_languages_is_drawn_in_every_style(language: str) -> None:
    letters = ALPHABETS[language]
    pdf = everywhere(f"{letters} {letters.upper()}")
    counted = drawn(pdf)
    assert counted[False] == 0
    assert counted[True] > 10 * 2 * len(letters)
    text = pdf_text.whole(sheets(pdf))
    assert text.count(letters) >= 8
    assert "[U+" not in text


@pytest.mark.parametrize("script", LACKING)
def test_P2_a_letter_that_the_fonts_lack_is_named_in_every_style_and_never_a_box(script: str) -> None:
    pdf = everywhere(LACKING[script])
    named = "".join(one if one in "ab" else f"[U+{ord(one):04X}]" for one in LACKING[script])
    assert pdf_text.whole(sheets(pdf)).count(named) >= 10
    assert drawn(pdf)[False] == 0


def test_P2_a_line_end_in_a_header_is_no_box() -> None:
    pdf = rendered(plain(section("S", Text("one\ntwo\tthree")), title="one\ntwo", office="a\tb"))
    assert drawn(pdf)[False] == 0
    assert "one two" in sheets(pdf)[0].text


@given(some.text())
@settings(max_examples=500, deadline=None)
def test_P2_every_text_can_be_drawn_and_read_back(text: str) -> None:
    lacking: set[str] = set()
    shown = printable(text, lacking)
    assert printable(shown, set()) == shown
    for code in lacking:
        shown = shown.replace(f"[{code}]", chr(int(code[2:], 16)))
    plainly = unicodedata.normalize("NFC", text)
    assert shown == plainly or any(f"[{code}]" in plainly for code in lacking)


@pytest.fixture
def waiting(workspace: Workspace, family: CaseFile) -> OutboxItem:
    """A document in the outbox."""
    put_in_outbox(workspace, family, case_pdf(workspace, family))
    [item] = outbox(workspace)
    return item


@contextmanager
def full_disk() -> Iterator[None]:
    """Let every file end after a kilobyte, as on a stick that is full."""
    if sys.platform == "win32":
        raise AssertionError("only where files can be limited")
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_P4_a_stick_that_is_full_keeps_its_old_file_whole(
    workspace: Workspace, waiting: OutboxItem, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    path = hand_over(workspace, waiting.pk, stick, "courier").path
    old = b"%PDF-1.4 an older one"
    path.write_bytes(old)
    noted = outbox(workspace)
    if sys.platform != "win32":
        with full_disk(), pytest.raises(StoreError):
            hand_over(workspace, waiting.pk, stick, "courier")
    assert [(one.name, one.read_bytes()) for one in stick.iterdir()] == [(path.name, old)]
    assert outbox(workspace) == noted, "nothing is noted as handed over"
    assert hand_over(workspace, waiting.pk, stick, "courier").path.read_bytes()[:5] == b"%PDF-"


def test_P4_a_place_that_may_not_be_written_is_told_and_nothing_is_noted(
    workspace: Workspace, waiting: OutboxItem, tmp_path: Path
) -> None:
    shut = tmp_path / "shut"
    shut.mkdir()
    shut.chmod(0o500)
    file = tmp_path / "file"
    file.write_bytes(b"no folder")
    places = [tmp_path / "nowhere", file, *([] if os.access(shut, os.W_OK) else [shut])]
    places += [Path("/proc")] if sys.platform == "linux" else []
    for place in places:
        with pytest.raises(StoreError):
            hand_over(workspace, waiting.pk, place, "courier")
        with pytest.raises(StoreError):
            save_table(workspace, cases_by_country(workspace, "2026-01-01", "2026-07-01"), place / "table.csv")
    shut.chmod(0o700)
    assert list(shut.iterdir()) == []
    assert [item.state for item in outbox(workspace)] == ["ready"]


def test_P4_a_folder_under_the_files_name_stays_and_no_part_is_left(
    workspace: Workspace, waiting: OutboxItem, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    path = hand_over(workspace, waiting.pk, stick, "courier").path
    path.unlink()
    path.mkdir()
    (path / "kept").write_bytes(b"x")
    with pytest.raises(StoreError):
        hand_over(workspace, waiting.pk, stick, "courier")
    assert [one.relative_to(stick).as_posix() for one in sorted(stick.rglob("*"))] == [path.name, f"{path.name}/kept"]


def test_P4_who_looks_at_the_old_file_still_sees_it_whole(
    workspace: Workspace, waiting: OutboxItem, tmp_path: Path
) -> None:
    path = hand_over(workspace, waiting.pk, tmp_path, "courier").path
    old = b"%PDF-1.4 an older one"
    path.write_bytes(old)
    with path.open("rb") as viewer:
        first = viewer.read(4)
        if sys.platform == "win32":  # a file that is open cannot be replaced there: then it is told
            with pytest.raises(StoreError):
                hand_over(workspace, waiting.pk, tmp_path, "courier")
        else:
            hand_over(workspace, waiting.pk, tmp_path, "courier")
        assert first + viewer.read() == old
