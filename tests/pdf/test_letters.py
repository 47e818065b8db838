"""Letters: every script that an office types comes out as typed, from embedded fonts; what cannot be drawn is said."""

import io
import unicodedata
from typing import Any

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from avrr_desktop.language import Language, languages
from avrr_desktop.operations.documents.printing import case_pdf
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.pdf.font import MARK_RISE, parted_by_marks
from avrr_desktop.pdf.model import Cell, Column, Rows, Section, Table, Text
from avrr_desktop.pdf.page import rendered
from tests.support import pdf_text, samples
from tests.support.pdf_text import FOOT, WIDTH, Sheet, laid_out, plain, section, sheets, squeezed

FOOT_OF_LACKING = "Characters missing in this font:"
MARKUP = ["<b>Ana & Đorđe</b>", "</para>", '<img src="x.png">', "&amp; &lt;br/&gt; %s {name} \\n $x"]


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_everything_typed_comes_out_as_typed(workspace: Workspace, language: str) -> None:
    text = pdf_text.whole(pdf_text.print_document(workspace, samples.case_in(language)))
    for typed in samples.texts_in(language):
        assert squeezed(unicodedata.normalize("NFC", typed)) in text
    assert "[U+" not in text


@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_typed_text_is_the_same_in_every_language_of_print(workspace: Workspace, language: str) -> None:
    case_file = pdf_text.add_case(workspace, samples.case_in(language))
    for code, _ in languages():
        words = Language(code)
        text = pdf_text.whole(pdf_text.printed(workspace, case_file, words))
        assert squeezed(words.text("Signatures")) in text
        for typed in samples.texts_in(language):
            assert squeezed(unicodedata.normalize("NFC", typed)) in text, code


def fonts(pdf: bytes) -> list[dict[str, Any]]:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]


def test_every_font_of_the_file_is_ours_and_embedded(workspace: Workspace) -> None:
    notes = [{"text": samples.typed(language)["note"] + " 😀 أ"} for language in samples.LANGUAGES]
    case_file = pdf_text.add_case(workspace, {**samples.case_in("serbian"), "note": notes}, "birth_registration")
    pdf = case_pdf(workspace, case_file)
    names = set()
    for font in fonts(pdf):
        names.add(str(font["/BaseFont"]).split("+")[1])
        assert len(font["/FontDescriptor"]["/FontFile2"].get_object().get_data()) > 1000
        assert "/ToUnicode" in font
    assert names == {"NotoSans-Regular", "NotoSans-Bold"}
    assert b"Helvetica" not in pdf


def foot(page: Sheet) -> str:
    return "\n".join(run.text for run in page.runs if run.top < FOOT)


@pytest.mark.parametrize(
    ("letter", "code"),
    [("أ", "U+0623"), ("😀", "U+1F600"), ("漢", "U+6F22"), ("ა", "U+10D0")],
    ids=lambda item: item[:6],
)
def test_letter_that_the_font_lacks_is_printed_as_its_code_and_named_at_the_foot(
    workspace: Workspace, letter: str, code: str
) -> None:
    document = {"case": {"called": "Hoxha"}, "note": [{"text": f"before {letter} after"}]}
    (page,) = pdf_text.print_document(workspace, document)
    assert f"before [{code}] after" in page.text
    assert FOOT_OF_LACKING in foot(page)
    assert code in foot(page)


@pytest.mark.parametrize("blocks", [1, 3])
def test_letter_that_the_font_lacks_is_named_on_its_page_and_on_no_other(blocks: int) -> None:
    filler = "\n".join(f"line {number}" for number in range(70))
    texts = ["أ", filler, "漢"]
    pages = laid_out(section("Typed", *[Text(text) for text in (texts if blocks == 3 else ["\n".join(texts)])]))
    assert [("U+0623" in foot(page), "U+6F22" in foot(page)) for page in pages] == [(True, False), (False, True)]


@pytest.mark.parametrize(
    "block",
    [
        Text("أ", small=True), Rows((("Label", "أ"),)), Rows((("أ", "value"),)),
        Table((Column("One", 1),), ((Cell("أ"),),)), Table((Column("One", 1),), ((Cell("one", "أ"),),)),
        Table((Column("One أ", 1),), ((Cell("one"),),)),
    ],
    ids=["small text", "value", "label", "cell", "under a cell", "title of a column"],
)  # fmt: skip
def test_letter_that_the_font_lacks_is_named_wherever_it_stands(block: Rows | Table | Text) -> None:
    (page,) = laid_out(section("Section", block))
    assert "[U+0623]" in page.text
    assert "Lacking: U+0623" in foot(page)


@pytest.mark.parametrize("part", ["title", "subtitle", "office", "programme", "printed"])
def test_letter_that_the_font_lacks_is_named_also_from_header_and_foot(part: str) -> None:
    (page,) = laid_out(section("Section", Text("text")), **{part: "Name أ"})
    assert "Name [U+0623]" in page.text
    assert "Lacking: U+0623" in foot(page)


def test_no_letters_are_named_where_none_are_lacking(workspace: Workspace) -> None:
    for page in pdf_text.print_document(workspace, samples.case_in("albanian")):
        assert FOOT_OF_LACKING not in page.text


def test_many_lacking_letters_stay_within_the_page() -> None:
    letters = " ".join(chr(0x1F600 + number) for number in range(40))
    (page,) = laid_out(section("Section", Text(letters)), title=letters, lacking=FOOT_OF_LACKING + " {letters}")
    assert all(f"[U+{0x1F600 + number:04X}]" in page.squeezed for number in range(40))
    named = [f"U+{0x1F600 + number:04X}" in foot(page) for number in range(40)]
    assert named[0]
    assert all(named) or "…" in foot(page)  # where they are too many, the foot says so
    assert max(run.right for run in page.runs) < WIDTH - 40


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_as_typed(workspace: Workspace, text: str) -> None:
    document = {
        "case": {"called": text, "municipality_of_return": text, "story": text},
        "person": [{"family_name": text, "given_names": text, "birth_place": text}],
        "paper": [{"holder": "m1", "doc_type": text, "number": text}],
        "follow_up": [{"summary": text}], "note": [{"text": text}],
    }  # fmt: skip
    pages = pdf_text.print_document(workspace, document)
    assert pdf_text.whole(pages).count(squeezed(text)) >= 9


@pytest.mark.parametrize("letter", ["ž", "ђ", "W"])
def test_word_of_three_thousand_letters_is_printed_whole(workspace: Workspace, letter: str) -> None:
    document = {"case": {"called": "Hoxha"}, "note": [{"text": f"begin {letter * 3000} end"}]}
    pages = pdf_text.print_document(workspace, document)
    assert f"begin{letter * 3000}end" in pdf_text.whole_body(pages)
    assert len(pages) <= 2


def test_note_of_a_hundred_kilobytes_is_printed_whole(workspace: Workspace) -> None:
    text = " ".join(f"riječ{number}ђ" for number in range(9000))[:100_000]
    pages = pdf_text.print_document(workspace, {"case": {"called": "Hoxha"}, "note": [{"text": text}]})
    assert len(pages) < 30
    assert squeezed(text) in pdf_text.whole_body(pages)


def test_letters_with_marks_typed_apart_are_printed_as_one() -> None:
    together = "Ёж, Šćepan Đurić, Përmet, Liège, Гьокчё й"
    apart = unicodedata.normalize("NFD", together)
    columns = (Column("One", 1), Column("Two", 1))
    pages = laid_out(section(apart, Text(apart), Table(columns, ((Cell(apart), Cell("", apart)),))), title=apart)
    assert pages[0].squeezed.count(squeezed(together)) == 5
    assert "[U+" not in pages[0].text


def dark(pdf: bytes, scale: float = 8) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        page: Image.Image = document[0].render(scale=scale, grayscale=True).to_pil()
        return page.point(lambda light: 255 if light < 128 else 0)
    finally:
        document.close()


@pytest.mark.parametrize("capital", ["С", "З", "М", "П"])
def test_a_mark_stands_above_a_capital_letter_and_not_in_it(capital: str) -> None:
    """Ink of the mark: what is there beside the plain letter. It begins above the letter, and the text is copied in order."""
    bare, marked = (rendered(plain(Section("", (Text(text),)))) for text in (capital, f"{capital}\u0301"))
    letter, mark = dark(bare), ImageChops.difference(dark(bare), dark(marked))
    body = mark.crop((0, mark.height // 6, mark.width, mark.height * 5 // 6)).getbbox()  # without header and foot
    assert body, "the mark is drawn"
    left, top, right, bottom = body[0], body[1] + mark.height // 6, body[2], body[3] + mark.height // 6
    around = letter.crop((left - 40, top - 5, right + 60, bottom + 80)).getbbox()
    assert around and bottom <= top - 5 + around[1] + 1, "no ink of the mark lies below the top of the letter"
    assert f"{capital}\u0301" in "".join(page.text for page in sheets(marked))


def test_a_text_without_marks_is_one_piece_and_small_letters_keep_theirs_where_they_were() -> None:
    assert parted_by_marks("Ђорђевић, Ś Ź") == [("Ђорђевић, Ś Ź", 0.0)]
    assert parted_by_marks("с\u0301 С\u0301а") == [("с\u0301 С", 0.0), ("\u0301", MARK_RISE), ("а", 0.0)]
    assert (
        "".join(piece for piece, _ in parted_by_marks("Ћ\u0301 и\u0300 Б\u0323\u0301"))
        == "Ћ\u0301 и\u0300 Б\u0323\u0301"
    )
