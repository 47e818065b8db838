"""A place in a form: typed in any spelling, picked with the keyboard alone, asked about where several are meant."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.session.drafts import all_drafts
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.forms.editors.place_editor import PlaceEditor
from avrr_desktop.ui.forms.form import Form
from tests.support import window

CODE = "municipality_of_return_code"


@pytest.fixture
def editor(qtbot: QtBot) -> PlaceEditor:
    return made(qtbot, "en", "XK")


def made(qtbot: QtBot, language: str, country: str) -> PlaceEditor:
    maker = EditorMaker(Language(language), shipped_packs.shipped(), date(2026, 11, 30), lambda _: [])
    editor = maker.make(BY_KEY["case"].field("municipality_of_return"))
    assert isinstance(editor, PlaceEditor)
    editor.country = lambda: (country, True)
    qtbot.addWidget(editor.widget)
    editor.widget.show()
    editor.line.setFocus()
    return editor


def popup(editor: PlaceEditor) -> list[str]:
    found = editor.suggestions.popup
    rows = found.model()
    texts = (str(rows.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(rows.rowCount()))
    return list(texts) if found.isVisible() else []


def press(editor: PlaceEditor, *keys: Qt.Key) -> None:
    """Press keys where they go: into the list that popped up, else into the line."""
    for one in keys:
        list_ = editor.suggestions.popup
        QTest.keyClick(list_ if list_.isVisible() else editor.line, one)


def asked(editor: PlaceEditor) -> list[QPushButton]:
    editor.look_again()  # as after a pause in typing
    return [one for one in editor.widget.findChildren(QPushButton) if one.isVisibleTo(editor.widget)]


def test_every_field_that_names_a_place_is_picked_alike(qtbot: QtBot) -> None:
    maker = EditorMaker(Language(), shipped_packs.shipped(), date(2026, 11, 30), lambda _: [])
    fields = [(kind.key, field) for kind in BY_KEY.values() for field in kind.places]
    assert {(kind, field.key) for kind, field in fields} == {
        ("case", "municipality_of_return"), ("person", "birth_place"), ("person", "address_place"), ("provider", "place")
    }  # fmt: skip
    for _, field in fields:
        editor = maker.make(field)
        qtbot.addWidget(editor.widget)
        assert isinstance(editor, PlaceEditor)


@pytest.mark.parametrize(("language", "name"), [("en", "Ferizaj"), ("sr-Latn", "Uroševac"), ("mk", "Урошевац")])
def test_first_letters_in_any_language_offer_it_and_return_takes_it(qtbot: QtBot, language: str, name: str) -> None:
    editor = made(qtbot, language, "XK")
    window.type_text(editor.line, "urosev")
    assert popup(editor)[0].startswith(f"{name}, ") and "Урошевац" in popup(editor)[0]
    press(editor, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (editor.value(), editor.beside()) == (name, {CODE: "XK-m-ferizaj"})
    assert not popup(editor)


def test_a_name_that_was_typed_whole_stays_as_it_was_typed(editor: PlaceEditor) -> None:
    window.type_text(editor.line, "Uroševac")
    press(editor, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (editor.value(), editor.beside()) == ("Uroševac", {CODE: "XK-m-ferizaj"})


def test_escape_closes_and_keeps_the_text_and_down_opens_again(editor: PlaceEditor) -> None:
    window.type_text(editor.line, "Peć")
    assert popup(editor)
    press(editor, Qt.Key.Key_Escape)
    assert not popup(editor) and editor.value() == "Peć"
    press(editor, Qt.Key.Key_Down)
    assert popup(editor)


def test_what_is_no_place_stays_and_nothing_is_said(editor: PlaceEditor) -> None:
    window.type_text(editor.line, "Lagjja e re 12")
    assert (editor.value(), editor.beside(), editor.explanation(), asked(editor)) == ("Lagjja e re 12", {}, "", [])


def test_below_stands_as_what_it_is_understood(editor: PlaceEditor) -> None:
    window.type_text(editor.line, "u Uroševcu")
    assert editor.explanation() == "Ferizaj / Урошевац, Ferizaj District, Kosovo*"
    assert editor.beside() == {}, "nobody picked it: the text says it by itself"


def test_of_several_one_press_decides(editor: PlaceEditor) -> None:
    window.type_text(editor.line, "Mitrovica")
    assert editor.explanation() == "Several places have this name. Which one is it?"
    _, north = asked(editor)
    assert "Mitrovicë e Veriut / Северна Митровица" in north.text()
    press(editor, Qt.Key.Key_Escape)
    north.click()
    assert (editor.value(), editor.beside()) == ("Mitrovica", {CODE: "XK-m-mitrovice-e-veriut"})
    assert asked(editor) == []
    window.type_text(editor.line, "x")
    assert editor.beside() == {}, "another text means another place"


def test_what_is_only_perhaps_meant_is_asked(editor: PlaceEditor) -> None:
    window.type_text(editor.line, "Ourochevats")
    assert editor.explanation() == "Perhaps: Ferizaj / Урошевац, Ferizaj District, Kosovo*"
    [choice] = asked(editor)
    press(editor, Qt.Key.Key_Escape)
    choice.click()
    assert (editor.value(), editor.beside()) == ("Ferizaj", {CODE: "XK-m-ferizaj"})


def test_the_form_saves_the_picked_place_with_its_text(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    edit_record(workspace, family.case, {"country_of_return": "XK", "municipality_of_return": ""}, family.case.uid)
    case = read_case(workspace, family.case.uid).case
    acts = Actions(workspace)
    form = Form(acts, case, case.uid, lambda _: [], keys=("country_of_return", "municipality_of_return"))
    qtbot.addWidget(form)
    form.show()
    editor = form.rows["municipality_of_return"].editor
    assert isinstance(editor, PlaceEditor)
    window.type_text(editor.line, "Mitrovica")
    press(editor, Qt.Key.Key_Escape)
    asked(editor)[1].click()
    form.keep_draft()
    [draft] = all_drafts(workspace)
    assert draft.values == {"municipality_of_return": "Mitrovica", CODE: "XK-m-mitrovice-e-veriut"}
    again = Form(acts, case, case.uid, lambda _: [], keys=("country_of_return", "municipality_of_return"))
    qtbot.addWidget(again)
    assert again.rows["municipality_of_return"].editor.beside() == {CODE: "XK-m-mitrovice-e-veriut"}
    assert form.save()
    saved = read_case(workspace, case.uid).case
    assert (saved.text("municipality_of_return"), saved.text(CODE)) == ("Mitrovica", "XK-m-mitrovice-e-veriut")
