"""Editors: what is stored is shown, what is typed is kept, and nothing is lost or altered on the way."""

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.people.dates import When
from avrr_desktop.domain.records.fields import Kind, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.language import Language
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.ui.forms.editors.date_editor import DateEditor
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.forms.editors.field_editors import Editor, UnreadableError

TODAY = date(2026, 11, 30)
PEOPLE = [("u1", "Hoxha, Arta"), ("u2", "Hoxha, Çelë"), ("u3", "Хоџа, Ана")]
VALUES: list[tuple[str, Value]] = [
    ("case.external_refs", "12/7 „B“ ʼn"),
    ("person.family_name", "Đorđević"),
    ("person.name_variants", "Марко\n\n\tMarko  M."),
    ("person.national_number", "1506985600010"),
    ("person.birth_date", "1985-06-15"),
    ("person.birth_date", "2019-05"),
    ("person.birth_date", "1988"),
    ("person.birth_date", "1955~"),
    ("person.birth_date", "2019-05~"),
    ("case.time_abroad_months", 0),
    ("case.time_abroad_months", 18),
    ("case.children_schooled_abroad", True),
    ("case.children_schooled_abroad", False),
    ("person.sex", "F"),
    ("case.needs_requested", ("DOC", "EDU")),
    ("case.country_of_return", "XK"),
    ("paper.holder", "u2"),
    ("service.persons", ("u1", "u3")),
]
# What an import, another office or a newer pack has brought: the lists here do not know it, or not in this order.
FOREIGN: list[tuple[str, Value]] = [
    ("person.sex", "OLD"),
    ("case.country_of_return", "ZZ"),
    ("paper.holder", "gone"),
    ("case.needs_requested", ("OLD",)),
    ("case.needs_requested", ("DOC", "OLD")),
    ("service.persons", ("u2", "gone")),
    ("case.needs_requested", ("EDU", "DOC")),
    ("case.needs_requested", ("OLD", "DOC")),
    ("service.persons", ("u3", "u1")),
    ("note.text", "12\u00a0000\u202f€"),
]
UNREADABLE = [
    ("person.birth_date", "31.2.2019"),
    ("person.birth_date", "in spring"),
    ("case.time_abroad_months", "about 12"),
    ("case.time_abroad_months", "-3"),
    ("case.time_abroad_months", "1.5"),
]


def editor_of(qtbot: QtBot, name: str) -> Editor:
    """Return a new editor for record.field, shown in a window of its own."""
    record, key = name.split(".")
    maker = EditorMaker(Language(), shipped_packs.shipped(), TODAY, lambda target: PEOPLE if target == "person" else [])
    editor = maker.make(BY_KEY[record].field(key))
    qtbot.addWidget(editor.widget)
    editor.widget.show()
    return editor


def test_every_kind_of_field_is_tried() -> None:
    tried = {BY_KEY[record].field(key).kind for record, key in (name.split(".") for name, _ in VALUES)}
    assert tried == set(Kind)


@pytest.mark.parametrize(("name", "value"), [*VALUES, *FOREIGN])
def test_what_is_stored_comes_back_as_it_was(qtbot: QtBot, name: str, value: Value) -> None:
    editor = editor_of(qtbot, name)
    with qtbot.assertNotEmitted(editor.touched):
        editor.show_value(value)
    assert editor.value() == value
    with qtbot.assertNotEmitted(editor.touched):
        editor.show_value(None)
    assert editor.value() is None


@pytest.mark.parametrize(("name", "value"), [*VALUES, *FOREIGN])
def test_a_draft_comes_back_as_it_was(qtbot: QtBot, name: str, value: Value) -> None:
    first, second = editor_of(qtbot, name), editor_of(qtbot, name)
    first.show_value(value)
    typed = json.loads(json.dumps(first.typed()))
    second.show_typed(typed)
    assert second.typed() == typed
    assert second.value() == first.value()


@pytest.mark.parametrize(("name", "text"), UNREADABLE)
def test_what_cannot_be_read_raises_and_stays(qtbot: QtBot, name: str, text: str) -> None:
    first, second = editor_of(qtbot, name), editor_of(qtbot, name)
    QTest.keyClicks(first.focus, text)
    second.show_typed(first.typed())
    for editor in (first, second):
        with pytest.raises(UnreadableError):
            editor.value()
        assert editor.typed() == text
        assert editor.explanation() == ""


@pytest.mark.parametrize(
    "name", ["case.external_refs", "note.text", "person.national_number", "case.time_abroad_months"]
)
def test_typing_is_noticed(qtbot: QtBot, name: str) -> None:
    editor = editor_of(qtbot, name)
    with qtbot.waitSignal(editor.touched):
        QTest.keyClick(editor.focus, Qt.Key.Key_7)
    assert editor.value() in ("7", 7)


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("person.sex", Qt.Key.Key_Down, "F"),
        ("case.children_schooled_abroad", Qt.Key.Key_Down, True),
        ("case.needs_requested", Qt.Key.Key_Space, ("DOC",)),
        ("service.persons", Qt.Key.Key_Space, ("u1",)),
    ],
)
def test_choosing_with_the_keyboard_is_noticed(qtbot: QtBot, name: str, key: Qt.Key, value: Value) -> None:
    editor = editor_of(qtbot, name)
    editor.focus.setFocus()
    if name == "service.persons":
        QTest.keyClick(editor.focus, Qt.Key.Key_Home)
    with qtbot.waitSignal(editor.touched):
        QTest.keyClick(editor.focus, key)
    assert editor.value() == value


def test_a_date_is_explained_while_it_is_typed(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, "person.birth_date")
    QTest.keyClicks(editor.focus, "may 2019")
    assert (editor.value(), editor.explanation()) == ("2019-05", Language().partial_date("2019-05"))
    editor.show_value("2019-05")
    assert (editor.typed(), editor.explanation()) == (Language().partial_date("2019-05"), "")
    assert editor.value() == "2019-05"


@pytest.mark.parametrize("stored", ["2019-05-12", "2019-05", "2019", "1998~", "2019-05-12~", "2019-05~"])
@pytest.mark.parametrize("language", ["en", "qps"])
def test_a_stored_date_is_shown_as_it_may_be_typed_again(qtbot: QtBot, stored: str, language: str) -> None:
    editor = DateEditor(Language(language), TODAY, When.EITHER)
    qtbot.addWidget(editor.widget)
    editor.show_value(stored)
    assert editor.value() == stored
    if language == "en" and not stored.endswith("~"):
        assert editor.typed() == Language().partial_date(stored), "one form of a date on a screen"


def test_a_number_is_hidden_until_somebody_asks(qtbot: QtBot) -> None:
    number = "1506985600010"
    editor = editor_of(qtbot, "person.national_number")
    line = editor.focus
    [show] = editor.widget.findChildren(QPushButton)
    assert not show.isVisible()
    editor.show_value(number)
    assert number not in seen(editor.widget)
    QTest.keyClicks(line, "99")
    assert (editor.value(), editor.typed()) == (number, number)
    QTest.mouseClick(show, Qt.MouseButton.LeftButton)
    assert number in seen(editor.widget)
    QTest.keyClicks(line, "9")
    assert editor.value() == number + "9"
    editor.show_value(number)
    assert number not in seen(editor.widget)


def seen(widget: QWidget) -> str:
    """Return every text that a widget and its parts hold for eyes or for a screen reader."""
    parts = [widget, *widget.findChildren(QWidget)]
    texts = [str(part.property(name) or "") for part in parts for name in ("text", "displayText", "placeholderText")]
    return " ".join([*texts, *(part.accessibleName() + part.toolTip() for part in parts)])


@pytest.mark.parametrize(
    ("name", "text", "value", "said"),
    [
        ("paper.valid_until", "5.1.27", "2027-01-05", "Tuesday, 5 January 2027"),
        ("step.planned_on", "12.1.27", "2027-01-12", "Tuesday, 12 January 2027"),
        ("step.planned_on", "3.12.", "2026-12-03", "Thursday, 3 December 2026"),
        ("step.planned_on", "+14", "2026-12-14", "Monday, 14 December 2026"),
        ("note.on", "t", "2026-11-30", "Monday, 30 November 2026"),
        ("note.on", "28.12", "2025-12-28", "Sunday, 28 December 2025"),
        ("person.birth_date", "5.1.27", "1927-01-05", "Wednesday, 5 January 1927"),
        ("person.birth_date", "1955. god. ~", "1955~", "about 1955"),
        ("case.arrival_date", "5.1.27", "2027-01-05", "Tuesday, 5 January 2027"),
    ],
)
def test_the_field_decides_what_a_short_date_means_and_says_it_in_words(
    qtbot: QtBot, name: str, text: str, value: str, said: str
) -> None:
    editor = editor_of(qtbot, name)
    QTest.keyClicks(editor.focus, text)
    assert (editor.value(), editor.explanation()) == (value, said)


@pytest.mark.parametrize(
    ("name", "text", "years"),
    [
        ("paper.valid_until", "5.1.65", (1965, 2065)),
        ("note.on", "5.1.27", (1927, 2027)),
        ("case.arrival_date", "5.1.62", (1962, 2062)),
    ],
)
def test_where_two_centuries_may_be_meant_the_field_asks(
    qtbot: QtBot, name: str, text: str, years: tuple[int, int]
) -> None:
    editor = editor_of(qtbot, name)
    QTest.keyClicks(editor.focus, text)
    with pytest.raises(UnreadableError) as error:
        editor.value()
    assert str(error.value) == f"Which year do you mean: {years[0]} or {years[1]}? Write it with four digits."
    assert editor.typed() == text


@pytest.mark.parametrize("language", ["en", "sq", "sr-Cyrl", "sr-Latn", "bs", "cnr", "mk", "fr", "nl", "de", "qps"])
def test_a_stored_date_is_shown_as_everywhere_else_in_every_language(qtbot: QtBot, language: str) -> None:
    for when in When:
        editor = DateEditor(Language(language), TODAY, when)
        qtbot.addWidget(editor.widget)
        for stored in ("2027-01-05", "1965-05-12", "2019-05", "2019", "1998~", "2019-05-12~", "2062-03-01"):
            editor.show_value(stored)
            assert (editor.typed(), editor.value()) == (Language(language).partial_date(stored), stored), when


@pytest.mark.parametrize("text", ["+14", "t", "14.12.", "5.1.27", "14. dhjetor", "5.1.2027", "14.12.2026"])
def test_a_draft_of_a_date_means_on_another_day_what_it_meant_when_it_was_typed(qtbot: QtBot, text: str) -> None:
    first = editor_of(qtbot, "step.planned_on")
    later = DateEditor(Language(), date(2029, 12, 20), When.COMING)
    qtbot.addWidget(later.widget)
    QTest.keyClicks(first.focus, text)
    later.show_typed(json.loads(json.dumps(first.typed())))
    assert later.value() == first.value()


def test_an_empty_date_stays_empty(qtbot: QtBot) -> None:
    editor = editor_of(qtbot, "step.planned_on")
    assert (editor.typed(), editor.value()) == ("", None)
