"""The form: what is typed is kept within two seconds, saved when it is left, and never overwritten unseen."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.session.drafts import Draft
from avrr_desktop.operations.session.records import edit_record, read_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.form import DRAFT_AFTER_MS, Form
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.widgets.theme import BODY, Theme

TWO_SECONDS = 2000
CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """Forms of one workspace in a window, with a field beside them to go to."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
        self.workspace, self.family, self._qtbot = workspace, family, qtbot
        self.window, self.beside = QWidget(), QLineEdit()
        self.window.resize(1000, 700)  # list and form side by side
        self.acts = Actions(workspace, self.window)
        self._column = QVBoxLayout(self.window)
        self._column.addWidget(self.beside)
        qtbot.addWidget(self.window)

    def show(self, widget: QWidget) -> None:
        """Show a widget above the field beside it."""
        self._column.insertWidget(0, widget)
        widget.show()
        self.window.show()
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)

    def form(self, record: Record, **more: Any) -> Form:
        """Return a form of the case, shown."""
        made = Form(self.acts, record, self.family.case.uid, links_of(self.workspace, self.family), **more)
        self.acts.changed.connect(lambda _: made.show_current())  # as every page does
        self.show(made)
        return made

    def person(self) -> Record:
        """Return the second member as she stands now."""
        found = read_record(self.workspace, "person", self.family.members[1].person.uid)
        assert found is not None
        return found

    def drafts(self) -> list[Draft]:
        return self.workspace.store.local.drafts()

    def elsewhere(self, record: Record, **values: object) -> None:
        """Write as another screen does that had read the record before."""
        assert edit_record(self.workspace, record, values, self.family.case.uid) is not None


@pytest.fixture
def desk(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> Desk:
    return Desk(qtbot, workspace, family)


def write(form: Form, key: str, text: str) -> None:
    """Type into a field in place of what stands there, and let the pause pass after which it is checked."""
    focus = form.rows[key].editor.focus
    focus.setFocus()
    QTest.keyClick(focus, Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(focus, text)
    form.check()


def below(form: Form, key: str) -> str:
    """Return what is said under a field, as far as anybody can see it."""
    label = form.rows[key].below
    return label.text() if label.isVisible() and label.objectName() == "problem" else ""


def test_typing_keeps_a_draft_within_two_seconds(qtbot: QtBot, desk: Desk) -> None:
    form = desk.form(desk.person())
    line = form.rows["phone"].editor.focus
    line.setFocus()
    assert desk.drafts() == []

    def kept_while_somebody_types_on() -> bool:
        QTest.keyClick(line, Qt.Key.Key_7)
        return bool(desk.drafts())

    assert DRAFT_AFTER_MS <= TWO_SECONDS
    qtbot.waitUntil(kept_while_somebody_types_on)
    [draft] = desk.drafts()
    assert (draft.record_type, draft.record) == ("person", desk.person().uid)
    assert str(draft.values["phone"]).startswith("77")
    assert desk.person().text("phone") == ""
    assert form.dirty


def test_leaving_the_form_saves(desk: Desk) -> None:
    form = desk.form(desk.person())
    write(form, "phone", "069 123")
    form.rows["occupation"].editor.focus.setFocus()
    assert desk.person().text("phone") == "", "going to another field of the form does not leave it"
    desk.beside.setFocus()
    assert desk.person().text("phone") == "069 123"
    assert not form.dirty


def test_a_page_that_is_turned_saves(desk: Desk) -> None:
    form = desk.form(desk.person())
    write(form, "phone", "069 123")
    form.leave()
    assert desk.person().text("phone") == "069 123"


@pytest.mark.parametrize("key", ["phone", "remarks", "national_number", "birth_date"])
def test_saving_with_the_keyboard_drops_the_draft(desk: Desk, key: str) -> None:
    form = desk.form(desk.person())
    write(form, key, "1989")
    form.keep_draft()
    assert len(desk.drafts()) == 1
    said: list[str] = []
    form.state_said.connect(said.append)
    QTest.keyClick(form.rows[key].editor.focus, Qt.Key.Key_Return, CONTROL)
    assert desk.person().text(key) == "1989"
    assert desk.drafts() == []
    assert [text.split(" ")[0] for text in said] == ["Saved"]


def test_a_number_is_read_while_it_is_typed_and_its_kind_is_stored_with_it(desk: Desk) -> None:
    desk.elsewhere(desk.person(), sex="F", birth_date="1990-01-01")
    form = desk.form(desk.person())
    below = form.rows["national_number"].below
    write(form, "national_number", "J00101999W")
    assert below.text() == "The number is that of a man. Check the field “Sex”, or the paper again."
    write(form, "national_number", "J05101000E")
    assert below.text() == "Read as: Personal number (AL). Born 01.01.1990, woman."
    assert form.save()
    assert desk.person().text("number_scheme") == "AL_NID"
    assert form.rows["number_scheme"].editor.value() == "AL_NID"


def test_what_nobody_touched_is_not_written(desk: Desk) -> None:
    before = desk.person()
    form = desk.form(before)
    assert form.save()
    write(form, "phone", "069 123")
    assert form.save()
    entry = desk.workspace.store.history_of("person", before.uid, desk.family.case.uid)[-1]
    assert [dict(part.values) for part in entry.parts if part is not None] == [{"phone": "069 123"}]


def test_an_unreadable_date_waits_in_the_draft_while_the_rest_is_saved(desk: Desk) -> None:
    form = desk.form(desk.person())
    write(form, "phone", "069 123")
    write(form, "birth_date", "31.2.1988")
    assert "Not a date" in below(form, "birth_date")
    desk.beside.setFocus()
    assert desk.person().text("phone") == "069 123"
    assert desk.person().text("birth_date") == "1988"
    assert form.rows["birth_date"].editor.typed() == "31.2.1988"
    [draft] = desk.drafts()
    assert draft.values["birth_date"] == "31.2.1988"
    assert form.dirty
    assert not form.save()
    write(form, "birth_date", "28.2.1988")
    assert below(form, "birth_date") == ""
    assert form.save()
    assert desk.person().text("birth_date") == "1988-02-28"
    assert desk.drafts() == []


def test_a_draft_is_put_back_with_all_that_was_typed(desk: Desk) -> None:
    first = desk.form(desk.person())
    write(first, "phone", "069 123")
    write(first, "birth_date", "in spring")
    first.leave(parting=True)
    desk.beside.setFocus()
    first.leave()
    assert desk.person().text("phone") == "", "after the lock began, nothing more is saved"
    second = desk.form(desk.person())
    assert second.dirty
    assert second.rows["phone"].editor.typed() == "069 123"
    assert second.rows["birth_date"].editor.typed() == "in spring"
    write(second, "birth_date", "1989")
    assert second.save()
    assert (desk.person().text("phone"), desk.person().text("birth_date")) == ("069 123", "1989")
    assert desk.drafts() == []


def test_a_form_that_puts_a_draft_back_says_so(desk: Desk) -> None:
    tab = RecordTab(desk.acts, Theme(), "note")
    desk.show(tab)
    tab.show_case(desk.family)
    assert tab.form is not None
    write(tab.form, "text", "Half a sentence")
    tab.form.keep_draft()
    again = RecordTab(desk.acts, Theme(), "note")
    desk.show(again)
    again.show_case(read_case(desk.workspace, desk.family.case.uid))
    assert again.form is not None
    QApplication.processEvents()
    assert again.form.rows["text"].editor.typed() == "Half a sentence"
    assert "Draft restored" in [label.text() for label in again.findChildren(QLabel) if label.isVisible()]


def test_a_draft_keeps_what_its_form_had_seen(desk: Desk) -> None:
    before = desk.person()
    first = desk.form(before)
    write(first, "phone", "069 123")
    first.leave(parting=True)
    desk.elsewhere(before, phone="068 999")
    second = desk.form(desk.person())
    assert second.save()
    assert set((desk.person().conflicts or {})["phone"]) == {"069 123", "068 999"}


def test_a_stale_form_makes_a_conflict_that_is_seen(desk: Desk) -> None:
    before = desk.person()
    form = desk.form(before)
    desk.elsewhere(before, phone="068 999", occupation="baker")
    write(form, "phone", "069 123")
    assert below(form, "phone") == ""
    assert form.save()
    now = desk.person()
    assert set((now.conflicts or {})["phone"]) == {"069 123", "068 999"}
    assert now.text("occupation") == "baker", "a field that the form did not change is not taken back"
    assert "069 123" in below(form, "phone")
    assert "068 999" in below(form, "phone")
    opened = desk.form(now)
    assert "068 999" in below(opened, "phone")


@pytest.mark.parametrize("choice", ["068 999", "069 123", "067 000"])
def test_choosing_a_value_ends_the_conflict(desk: Desk, choice: str) -> None:
    before = desk.person()
    form = desk.form(before)
    desk.elsewhere(before, phone="068 999")
    write(form, "phone", "069 123")
    assert form.save()
    write(form, "phone", choice)
    assert form.save()
    assert not desk.person().conflicts
    assert desk.person().text("phone") == choice
    assert below(form, "phone") == ""


def test_only_who_writes_a_value_settles_a_conflict(desk: Desk) -> None:
    before = desk.person()
    desk.elsewhere(before, phone="068 999")
    desk.elsewhere(before, phone="069 123")
    form = desk.form(desk.person())
    write(form, "occupation", "baker")
    assert form.save()
    assert desk.person().text("occupation") == "baker"
    assert set((desk.person().conflicts or {})["phone"]) == {"068 999", "069 123"}
    first = desk.form(desk.person())
    write(first, "phone", "067 000")
    first.leave(parting=True)
    second = desk.form(desk.person())
    assert second.rows["phone"].editor.typed() == "067 000"
    assert second.save()
    assert (desk.person().text("phone"), desk.person().conflicts) == ("067 000", None)


def test_a_form_nobody_types_in_follows_what_others_write(desk: Desk) -> None:
    form = desk.form(desk.person())
    desk.elsewhere(desk.person(), phone="068 999")
    form.show_current()
    assert form.rows["phone"].editor.typed() == "068 999"
    write(form, "phone", "069")
    desk.elsewhere(desk.person(), phone="067")
    form.show_current()
    assert form.rows["phone"].editor.typed() == "069"


def test_a_new_record_is_stored_with_its_first_value_only(desk: Desk) -> None:
    def notes() -> list[str]:
        return [note.text("text") for note in read_case(desk.workspace, desk.family.case.uid).notes][1:]

    day = {"on": "2026-06-15"}
    form = desk.form(Record("note", desk.workspace.ids.new(), {}), new=True, defaults=day)
    write(form, "text", "X")
    QTest.keyClick(form.rows["text"].editor.focus, Qt.Key.Key_Backspace)
    desk.beside.setFocus()
    assert (notes(), desk.drafts()) == ([], []), "what the program filled in is no entry"
    write(form, "text", "Came with a letter.")
    form.keep_draft()
    assert len(desk.drafts()) == 1
    desk.beside.setFocus()
    assert (notes(), desk.drafts()) == (["Came with a letter."], [])
    write(form, "text", "Came with two letters.")
    desk.beside.setFocus()
    assert notes() == ["Came with two letters."]


def test_what_is_wrong_has_its_colour_as_long_as_it_is_wrong(desk: Desk, qapp: QApplication) -> None:
    theme = Theme()
    theme.apply(qapp)
    form = desk.form(desk.person())
    row = form.rows["birth_date"]
    below = row.below
    for text, bad in (("some day", True), ("12.5.1988", False), ("no day", True)):
        write(form, "birth_date", text)
        shown = below.palette().color(below.foregroundRole()).name()
        assert (shown, row.editor.focus.property("bad")) == (theme.colours.bad if bad else theme.colours.muted, bad), (
            text
        )


def test_typing_waits_for_no_check_and_a_pause_brings_it(qtbot: QtBot, desk: Desk) -> None:
    form = desk.form(desk.person())
    focus = form.rows["birth_date"].editor.focus
    focus.setFocus()
    QTest.keyClicks(focus, "no day")
    assert below(form, "birth_date") == ""
    qtbot.waitUntil(lambda: "Not a date" in below(form, "birth_date"))


def test_the_next_field_is_reached_with_the_last_one_checked(desk: Desk) -> None:
    form = desk.form(desk.person())
    focus = form.rows["birth_date"].editor.focus
    focus.setFocus()
    QTest.keyClicks(focus, "no day")
    form.rows["phone"].editor.focus.setFocus()
    assert "Not a date" in below(form, "birth_date")


def test_the_look_is_put_on_again_only_where_it_changed(qapp: QApplication) -> None:
    for theme in (Theme(), Theme(dark=True), Theme(dark=True, scale=1.5), Theme()):
        theme.apply(qapp)
        assert qapp.palette().color(QPalette.ColorRole.Text).name() == theme.colours.text
        assert qapp.font().pixelSize() == theme.px(BODY)
