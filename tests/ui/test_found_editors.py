"""Countries and languages in the window: first letters of any name find them, with the keyboard alone."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.people import country
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.forms.editors.field_editors import UnreadableError
from avrr_desktop.ui.forms.editors.finder import Finder
from avrr_desktop.ui.forms.editors.found_editors import CountryEditor, FoundEditor, LanguageEditor, LanguagesEditor
from avrr_desktop.ui.forms.form import Form
from tests.support import window
from tests.ui.test_people_tab import people_tab
from tools.rigs.office_window import office_window


def editor_of(qtbot: QtBot, name: str, language: str = "en") -> FoundEditor:
    record, key = name.split(".")
    editor = EditorMaker(Language(language), shipped_packs.shipped(), date(2026, 11, 30), lambda _: []).make(
        BY_KEY[record].field(key)
    )
    assert isinstance(editor, FoundEditor)
    qtbot.addWidget(editor.widget)
    editor.widget.show()
    editor.focus.setFocus()
    return editor


def write(finder: Finder, text: str) -> None:
    """Write into an empty line, letter by letter."""
    finder.line.clear()
    window.type_text(finder, text)


def popup_of(finder: Finder) -> QAbstractItemView:
    return finder.popup


def offered(finder: Finder) -> list[str]:
    rows = finder.popup.model()
    found = [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]
    return found if finder.popup.isVisible() else []


def chosen(finder: Finder) -> str:
    """Return what is marked in the list that popped up."""
    return str(popup_of(finder).currentIndex().data() or "")


def leave(finder: Finder) -> None:
    """Let the cursor go elsewhere."""
    QApplication.sendEvent(finder, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    popup_of(finder).hide()


def test_every_field_of_a_country_or_language_is_found_by_typing(qtbot: QtBot) -> None:
    maker = EditorMaker(Language(), shipped_packs.shipped(), date(2026, 11, 30), lambda _: [])
    kinds = {}
    for kind in BY_KEY.values():
        for field in kind.fields:
            if field.kind.value == "country" or field.codes == "language":
                editor = maker.make(field)
                qtbot.addWidget(editor.widget)
                kinds[f"{kind.key}.{field.key}"] = type(editor)
    assert {name for name, kind in kinds.items() if kind is LanguagesEditor} == {
        "person.languages",
        "provider.languages",
    }
    assert {name for name, kind in kinds.items() if kind is LanguageEditor} == {
        "consent.language",
        "paper.translation_into",
        "plan.language",
    }
    countries = {name for name, kind in kinds.items() if kind is CountryEditor}
    assert {"case.country_of_return", "case.host_country", "person.birth_country", "paper.issuing_country"} <= countries


@pytest.mark.parametrize(
    ("language", "typed", "first"),
    [("en", "den", "Denmark"), ("en", "Shq", "Albania"), ("en", "Срб", "Serbia"), ("mk", "Kos", "Косово*"), ("sq", "Crna", "Mal i Zi"),
     ("sr-Cyrl", "Ceh", "Чешка"), ("sr-Latn", "maq", "Severna Makedonija"), ("de", "njem", "Deutschland"), ("bs", "Öster", "Austrija"),
     ("en", "Turkey", "Türkiye"), ("fr", "Herzeg", "Bosnie-Herzégovine")],
)  # fmt: skip
def test_first_letters_of_any_name_find_a_country(qtbot: QtBot, language: str, typed: str, first: str) -> None:
    editor = editor_of(qtbot, "case.host_country", language)
    write(editor.box, typed)
    assert first in offered(editor.box)[:4]
    assert editor.box.line.text() == typed, "what is typed stays as it is typed"


def test_the_only_one_that_is_left_is_chosen_with_return_or_when_the_cursor_goes(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, "person.birth_country")
    write(editor.box, "Denm")
    assert (offered(editor.box), chosen(editor.box)) == (["Denmark"], "Denmark")
    with qtbot.waitSignal(editor.touched):
        QTest.keyClick(popup_of(editor.box), Qt.Key.Key_Return)
    assert (editor.value(), editor.box.line.text()) == ("DK", "Denmark")
    write(editor.box, "Portug")
    with pytest.raises(UnreadableError):
        editor.value()
    with qtbot.waitSignal(editor.touched):
        leave(editor.box)
    assert (editor.value(), editor.box.line.text()) == ("PT", "Portugal")


@pytest.mark.parametrize("typed", ["Ni", "se", "mne", "Austr", "Kongo", "Bivša Jugo", "SU", "SCG", "Jug", "D D R"])
def test_of_several_nobody_takes_one(qtbot: QtBot, typed: str) -> None:
    editor = editor_of(qtbot, "person.birth_country")
    write(editor.box, typed)
    assert chosen(editor.box) == ""
    leave(editor.box)
    with pytest.raises(UnreadableError):
        editor.value()
    assert editor.typed() == typed


def test_another_name_is_understood_and_told_while_it_is_typed(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, "case.country_of_return")
    write(editor.box, "Косово")
    assert (editor.value(), editor.explanation()) == ("XK", "Kosovo*")
    leave(editor.box)
    assert (editor.box.line.text(), editor.explanation(), editor.value()) == ("Kosovo*", "", "XK")
    write(editor.box, "kosovo")
    assert editor.value() == "XK"
    write(editor.box, "SE")
    assert (editor.value(), editor.explanation()) == ("SE", "Sweden")
    write(editor.box, "")
    assert editor.value() is None


def test_a_state_that_is_gone_is_asked_about_and_stays_in_the_draft(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = office_window(qtbot, workspace)
    form = people_tab(shell, family.case.uid).forms[0]
    QApplication.processEvents()
    window.type_into(form, "birth_country", "Југославија")
    below = form.rows["birth_country"].below.text()
    assert below.startswith("Yugoslavia no longer exists.")
    assert "Slovenia" in below and "Kosovo*" in below
    assert not form.save()
    person = form.record.uid
    stored = {member.person.uid: member.person for member in read_case(workspace, family.case.uid).members}
    assert "birth_country" not in stored[person].values
    assert form.rows["birth_country"].editor.typed() == "Југославија"
    editor = form.rows["birth_country"].editor
    assert isinstance(editor, CountryEditor)
    editor.box.line.clear()
    window.type_into(form, "birth_country", "Hrvatska")
    assert form.save()
    stored = {member.person.uid: member.person for member in read_case(workspace, family.case.uid).members}
    assert stored[person].text("birth_country") == "HR"
    shell.close()


def test_the_whole_list_is_there_with_the_places_of_return_first(qtbot: QtBot) -> None:
    box = editor_of(qtbot, "person.citizenship").box
    codes = [str(box.itemData(row)) for row in range(box.count())]
    assert codes[:3] == ["", country.STATELESS, "AL"]
    assert set(codes) == {"", country.STATELESS, *country.NAMES}
    assert country.STATELESS not in [
        editor_of(qtbot, "case.host_country").box.itemData(row) for row in range(box.count())
    ]


def test_a_language_that_nobody_listed_is_kept_as_it_is_written(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, "paper.translation_into")
    write(editor.box, "Torlak of Pirot")
    assert editor.value() == "Torlak of Pirot"
    editor.show_value("Torlak of Pirot")
    assert editor.value() == "Torlak of Pirot"
    write(editor.box, "srpski")
    assert (editor.value(), editor.explanation()) == ("srp", "Serbian")


def languages_form(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> tuple[Form, LanguagesEditor]:
    shell = office_window(qtbot, workspace)
    form = people_tab(shell, family.case.uid).forms[0]
    QApplication.processEvents()
    editor = form.rows["languages"].editor
    assert isinstance(editor, LanguagesEditor)
    editor.more.box.setFocus()
    return form, editor


def test_languages_are_added_beneath_the_usual_ones(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    form, editor = languages_form(qtbot, workspace, family)
    for text in ("romani čhib", "Swahili", "Torlak of Pirot"):
        write(editor.more.box, text)
        QTest.keyClick(editor.more.box, Qt.Key.Key_Return)
        assert editor.more.box.line.text() == ""
    assert editor.value() == ("rom", "swa", "Torlak of Pirot")
    assert editor.checks.boxes["swa"].text() == "Swahili"
    assert editor.checks.boxes["rom"].isChecked()
    write(editor.more.box, "Esper")
    QTest.keyClick(popup_of(editor.more.box), Qt.Key.Key_Return)
    assert editor.value() == ("rom", "swa", "Torlak of Pirot", "epo"), "the one that is marked, not its first letters"
    editor.checks.boxes["epo"].click()
    write(editor.more.box, "half writ")
    assert editor.typed() == ["rom", "swa", "Torlak of Pirot", "half writ"], "the draft holds what is being written"
    editor.more.box.line.clear()
    assert form.save()
    person = next(
        one.person for one in read_case(workspace, family.case.uid).members if one.person.uid == form.record.uid
    )
    assert person.values["languages"] == ("rom", "swa", "Torlak of Pirot")
    form.window().close()
