"""A referral in the window: one sentence, the next moves as buttons, the rest in a menu, all by keyboard and without a dialog."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.session.records import commit, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.referrals.referral_life import ReferralLife
from avrr_desktop.ui.case.referrals.referrals_tab import ReferralsTab
from avrr_desktop.ui.forms.editors.found_editors import PartnerEditor
from avrr_desktop.ui.frame.desktop import Desktop
from tests.support import window
from tests.support.referrals import agreed, draft, moved
from tools.rigs.office_window import office_window

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def shown(qtbot: QtBot, workspace: Workspace, case: str, referral: str = "") -> tuple[Desktop, ReferralsTab]:
    desktop = window.desktop_of(office_window(qtbot, workspace))
    desktop.show_case(case, "referral", referral)
    window.case_page(desktop).show_tab("referrals")
    QApplication.processEvents()
    tab = window.case_page(desktop).tab("referrals")
    assert isinstance(tab, ReferralsTab)
    return desktop, tab


def texts(life: QWidget) -> list[str]:
    return [one.text() for one in life.findChildren(QLabel) if one.isVisible()]


def life_of(tab: ReferralsTab) -> ReferralLife:
    assert tab.life is not None and tab.life.isVisible()
    return tab.life


def stored(workspace: Workspace, family: CaseFile) -> Record:
    return read_case(workspace, family.case.uid).referrals[0]


def test_a_draft_says_that_the_person_must_agree_and_offers_no_sending(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    uid = draft(workspace, family)
    _, tab = shown(qtbot, workspace, family.case.uid, uid)
    life = life_of(tab)
    assert (
        any("must agree before anything goes to Caritas Shkodër" in text for text in texts(life)) and life.buttons == []
    )
    offered = [action.text() for action in life.menu.actions()]
    assert "Request sending without agreement …" in offered and "Send" not in offered


def test_sending_and_the_answer_by_keyboard_alone(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    agreed(workspace, family, family.members[0].person.uid)
    uid = draft(workspace, family)
    _, tab = shown(qtbot, workspace, family.case.uid, uid)
    assert any(text.startswith("Will be shared with the partner: Phone") for text in texts(life_of(tab)))
    for state in ("sent", "acknowledged"):
        QTest.keyClick(tab, Qt.Key.Key_D, CTRL_SHIFT)
        life = life_of(tab)
        assert life.strip.isVisible() and life.strip.rows["day"].editor.value() == "2026-06-15"
        QTest.keyClick(life.strip.rows["day"].editor.focus, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert stored(workspace, family).text("state") == state
        assert not life_of(tab).strip.isVisible()
    assert "Caritas Shkodër should accept or decline by Monday, 29 June 2026." in texts(life_of(tab))
    assert [one.text() for one in life_of(tab).buttons] == ["Accepted", "Declined"]


def test_what_a_move_wants_is_asked_in_the_card_and_refused_without_it(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    agreed(workspace, family, family.members[0].person.uid)
    uid = draft(workspace, family)
    moved(workspace, family, uid, "send", "acknowledge")
    _, tab = shown(qtbot, workspace, family.case.uid, uid)
    life = life_of(tab)
    life.buttons[1].click()
    life.strip.answer()
    assert stored(workspace, family).text("state") == "acknowledged" and life.strip.isVisible()
    life.strip.rows["decline_reason"].editor.show_value("no_capacity")
    life.strip.answer()
    assert stored(workspace, family).text("decline_reason") == "no_capacity"
    QApplication.processEvents()
    assert "Nothing comes any more: Declined, No capacity." in texts(life_of(tab)) and life_of(tab).buttons == []


def test_a_referral_to_a_partner_who_is_not_listed_takes_at_most_forty_keys(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    agreed(workspace, family, family.members[0].person.uid)
    _, tab = shown(qtbot, workspace, family.case.uid)
    keys = 0

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        nonlocal keys
        for _ in range(times):
            keys += 1
            QTest.keyClick(tab.window().focusWidget() or tab, key, modifier)
            QApplication.processEvents()

    press(Qt.Key.Key_A, CTRL_SHIFT)
    assert tab.form is not None
    rows = tab.form.rows
    person = family.members[0].person
    window.type_text(rows["person"].editor.focus, person.text("given_names"))
    press(Qt.Key.Key_Return)
    while not rows["provider"].editor.focus.hasFocus():
        press(Qt.Key.Key_Tab)
        assert keys < 40
    editor = rows["provider"].editor
    assert isinstance(editor, PartnerEditor)
    window.type_text(editor.focus, "Caritas Lezha")
    QTest.keyClick(editor.box.popup, Qt.Key.Key_Return)
    QApplication.processEvents()
    keys += 1
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_D, CTRL_SHIFT)
    press(Qt.Key.Key_Return)
    sent = stored(workspace, family)
    assert (sent.text("state"), sent.text("person")) == ("sent", person.uid), keys
    assert keys <= 40


def test_what_warns_of_the_partner_and_a_refused_request_are_said_before_anything_is_sent(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    old = new_record(workspace, "provider", {"name": "Caritas Peja", "agreement_until": "2026-01-31"}).record
    uid = draft(workspace, family, provider=old)
    commit(
        workspace, [Part(PartKind.SET, "referral", uid, {"override_answer": "Ask the mother first"})], family.case.uid
    )
    _, tab = shown(qtbot, workspace, family.case.uid, uid)
    said = texts(life_of(tab))
    assert "The agreement with this partner ended on 31.01.2026." in said
    assert "Sending without agreement was not approved: Ask the mother first" in said
    agreed(workspace, family, family.members[0].person.uid)
    moved(workspace, family, uid, "send")
    QApplication.processEvents()
    tab.show_case(read_case(workspace, family.case.uid), uid)
    assert not [text for text in texts(life_of(tab)) if "ended on" in text or "not approved" in text]
