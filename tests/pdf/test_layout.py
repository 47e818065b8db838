"""What may stand last on a page, what is never torn apart, and that no letter is lost or printed over another."""

import re
from typing import Any

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.pdf.model import Block, Cell, Column, Rows, Signatures, Table, Text
from tests.support import pdf_text
from tests.support.pdf_text import HEIGHT, MM, WIDTH, Sheet, laid_out, section

COLUMNS = (Column("Column one", 30), Column("Column two", 70))
LABELS = ("Place and date", "The person, or who signs for them", "For the office")
NOTE_HEAD = re.compile(r"\d\d/\d\d/\d{4} · ")


def table(*rows: tuple[str, str]) -> Table:
    return Table(COLUMNS, tuple((Cell(one), Cell(two, "small")) for one, two in rows))


def lines(count: int) -> Text:
    return Text("\n".join(f"filler {number}" for number in range(count)))


def numbered(count: int) -> str:
    """A text in which every word is told from every other."""
    return " ".join(f"word{number}x" for number in range(count))


def found_words(pages: list[Sheet]) -> set[str]:
    return set(re.findall(r"word\d+x", pdf_text.whole(pages)))


def page_of(pages: list[Sheet], text: str) -> Sheet:
    (found,) = [page for page in pages if text in page.text]
    return found


HEADED: dict[str, Block] = {
    "text": Text("what it heads"),
    "rows": Rows((("Label", "what it heads"),)),
    "table": table(("what it heads", "x")),
    "signatures": Signatures(("what it heads", "other")),
}


@pytest.mark.parametrize("kind", HEADED)
def test_heading_stands_on_the_page_of_what_it_heads(kind: str) -> None:
    pages_used = set()
    for count in range(38, 62):
        pages = laid_out(section("Filler", lines(count)), section("Last heading", HEADED[kind]))
        heading = page_of(pages, "Last heading")
        assert "what it heads" in heading.text, count
        pages_used.add(heading.number)
    assert pages_used == {1, 2}  # the heading did cross the end of the page


def test_column_titles_are_never_last_on_a_page() -> None:
    for count in range(38, 62):
        rows = tuple((f"row {number}", "x") for number in range(3))
        pages = laid_out(section("Filler", lines(count)), section("Table", table(*rows)))
        for page in pages:
            assert ("Column one" in page.text) == ("row " in page.text), count


def test_column_titles_stand_above_the_rows_on_every_page_of_a_long_table() -> None:
    pages = laid_out(section("Table", table(*((f"row {number}.", "x") for number in range(100)))))
    assert len(pages) > 2
    for page in pages:
        texts = page.body_texts
        titles = texts.index("Column one")
        assert titles <= 1  # only the section's heading may stand above
        assert texts[titles + 2].startswith("row ")
    assert all(f"row{number}." in pdf_text.whole(pages) for number in range(100))


def test_row_is_never_split_between_pages() -> None:
    tall = "\n".join(f"part {number}" for number in range(8))
    for count in range(30, 62):
        pages = laid_out(section("Filler", lines(count)), section("Table", table(("first", tall))))
        assert all(f"part {number}" in page_of(pages, "part 0").text for number in range(8)), count


@pytest.mark.parametrize(
    "block",
    [
        Table(COLUMNS, ((Cell("one"), Cell(numbered(1500))),)),
        Table(COLUMNS, ((Cell("one"), Cell("two", numbered(1500))),)),
        Table(COLUMNS, ((Cell(numbered(700)), Cell(numbered(1500))), (Cell("after"), Cell("after")))),
        Rows((("Label", numbered(1500)), ("Label", "short"))),
        Rows((("Label", numbered(1500)),), wide=True),
        Text(numbered(1500)),
        Text(numbered(1500), small=True),
    ],
    ids=["cell", "under a cell", "two cells", "pair", "wide pair", "text", "small text"],
)
def test_what_is_taller_than_a_page_goes_on_over_the_next_ones(block: Block) -> None:
    pages = laid_out(section("Before", lines(5)), section("Long", block), section("After", Text("the end")))
    lost = set(numbered(1500).split()) - found_words(pages)
    assert not lost, f"{len(lost)} of 1500 words are not on paper"
    assert "the end" in pages[-1].text
    assert_nothing_covered(pages)


@pytest.mark.parametrize(
    "document",
    [
        {"referral": [{"reason": numbered(1200)}]},
        {"follow_up": [{"summary": numbered(1200), "outcome": "on_track"}]},
    ],
    ids=["reason of a referral", "finding of a follow-up"],
)
def test_long_typed_text_in_a_table_of_a_case_is_printed_whole(workspace: Workspace, document: dict[str, Any]) -> None:
    people = {"case": {"called": "Hoxha family"}, "person": [{"family_name": "Hoxha"}]}
    pages = pdf_text.print_document(workspace, {**people, **document})
    lost = set(numbered(1200).split()) - found_words(pages)
    assert not lost, f"{len(lost)} of 1200 words are not on paper"


def case_with_service(**more: Any) -> dict[str, Any]:
    return {
        "case": {"called": "Hoxha"}, "person": [{"family_name": "Hoxha", "given_names": "Ilir"}],
        "service": [{"title": "Identity card"}], "step": [{"service": "s1", "title": "Get the identity card"}], **more,
    }  # fmt: skip


def signed_with(page: Sheet) -> list[str]:
    """What stands above the heading of the signatures on their page, without titles of columns."""
    above = page.body_texts[: page.body_texts.index("Signatures")]
    return [
        text for text in above if text not in ("Step", "For whom", "State", "Date", "Follow-up", "Method", "Findings")
    ]


def test_signature_lines_are_never_alone_on_a_page_behind_notes(workspace: Workspace) -> None:
    pages_used = set()
    for count in range(1, 30):
        notes = [{"on": "2026-05-04", "kind": "general", "text": f"note {number}."} for number in range(count)]
        page = page_of(pdf_text.print_document(workspace, case_with_service(note=notes)), "Signatures")
        assert all(label in page.text for label in LABELS)
        assert signed_with(page)[-1] == f"note {count - 1}."
        pages_used.add(page.number)
    assert pages_used == {1, 2}


def test_signature_lines_are_never_alone_on_a_page_behind_a_growing_text(workspace: Workspace) -> None:
    pages_used = set()
    for count in range(14, 36):
        text = "\n".join(f"line {number}." for number in range(count))
        page = page_of(pdf_text.print_document(workspace, case_with_service(note=[{"text": text}])), "Signatures")
        assert signed_with(page)[-1] == f"line {count - 1}."
        pages_used.add(page.number)
    assert pages_used == {1, 2}


def test_signature_lines_are_never_alone_on_a_page_behind_a_tall_row(workspace: Workspace) -> None:
    for count in range(24, 62, 2):
        summary = "\n".join(f"line {number}." for number in range(count))
        document = case_with_service(follow_up=[{"done_on": "2026-05-20", "summary": summary}])
        page = page_of(pdf_text.print_document(workspace, document), "Signatures")
        assert signed_with(page), f"{count} lines before them"


def test_date_and_kind_of_a_note_are_never_last_on_a_page(workspace: Workspace) -> None:
    crossed = set()
    for count in range(36, 46):
        first = {"on": "2026-05-04", "kind": "general", "text": "\n".join(f"line {number}." for number in range(count))}
        later = [{"on": f"2026-05-1{day}", "kind": "general", "text": f"later note {day}"} for day in range(4)]
        pages = pdf_text.print_document(workspace, {"case": {"called": "Hoxha"}, "note": [first, *later]})
        for page in pages:
            assert not NOTE_HEAD.match(page.body_texts[-1]), f"{count} lines before it"
        crossed.add(page_of(pages, "later note 0").number)
    assert crossed == {1, 2}


def test_every_page_says_which_of_how_many_it_is() -> None:
    pages = laid_out(section("Long", lines(200)))
    assert len(pages) == 4
    for page in pages:
        assert page.squeezed.count(f"Page{page.number}of4") == 1
        assert "AL-TIR-2026-AB-0001" in page.text
        assert "Revision 1" in page.text


def test_lines_of_a_typed_text_are_kept_empty_ones_too() -> None:
    (page,) = laid_out(section("Typed", Text("one\n\ttwo\n\nfour")))
    typed, one, two, four = page.body
    assert [typed.text, one.text, two.text, four.text] == ["Typed", "one", "two", "four"]
    line = one.bottom - two.bottom
    assert two.bottom - four.bottom == pytest.approx(2 * line, abs=2.5)


def assert_nothing_covered(pages: list[Sheet]) -> None:
    for page in pages:
        for run in page.runs:
            assert run.left > 15 * MM and run.right < WIDTH - 15 * MM, f"page {page.number}, beyond the margin: {run}"
            assert run.bottom > 5 * MM and run.top < HEIGHT - 5 * MM, f"page {page.number}, off the page: {run}"
        for number, run in enumerate(page.runs):
            for other in page.runs[number + 1 :]:
                assert not run.covers(other), f"page {page.number}, over each other: {run.text} / {other.text}"


LONG_NAMES = {
    "office": {"office": "Office for administrative assistance to returnees, Novi Pazar"},
    "programme": {"programme": "Enhanced administrative assistance to voluntary returnees to the Western Balkans"},
    "title": {"title": "Extended family Krasniqi-Đorđević and the households of two brothers, Mitrovica and Skopje"},
    "subtitle": {"subtitle": "Case summary · 12 persons · " + "Donja Gornja Nova Stara Velika Mala Varoš " * 4},
    "printed by": {"printed": "Printed: " + "Aleksandra-Magdalena Hadžiosmanović-Arnautović " * 3},
}


@pytest.mark.parametrize("part", LONG_NAMES)
def test_long_names_in_header_and_foot_neither_run_off_the_page_nor_over_each_other(part: str) -> None:
    more = {"mark": "Confidential: for the persons and offices concerned", **LONG_NAMES[part]}
    assert_nothing_covered(laid_out(section("Long", lines(60)), **more, practice="PRACTICE · invented persons"))


def test_long_words_in_tables_stay_in_their_columns() -> None:
    words = [("w" * 200, "M" * 300), ("Sozialversicherungsfachangestelltenausbildungsverordnung" * 3, "x.y" * 90)]
    pages = laid_out(section("Table", table(*words)), section("Pairs", Rows((("L" * 90, "V" * 400), ("l", "v" * 400)))))
    assert_nothing_covered(pages)
    for one, two in words:
        assert one in pdf_text.whole(pages)
        assert two in pdf_text.whole(pages)


def test_summary_of_a_family_has_nothing_covered_on_any_page(family: CaseFile, workspace: Workspace) -> None:
    assert_nothing_covered(pdf_text.printed(workspace, family))
