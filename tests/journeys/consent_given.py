"""A family agrees, a partner is told, and the agreement is withdrawn: through the window, with keys and clicks counted."""

from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.referrals.agreements import groups_told
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.consents.consents_tab import ConsentsTab
from avrr_desktop.ui.case.referrals.referrals_tab import ReferralsTab
from avrr_desktop.ui.forms.editors.list_editors import ChoicesEditor
from tests.support import window
from tests.support.referrals import draft
from tools.jobs.hand import CONTROL, SHIFT, Hand, Key
from tools.rigs.office_window import office_window

MOST_KEYS, MOST_CLICKS = 18, 8  # for the whole way, with the ten letters of two names


def test_agreed_sent_and_withdrawn(qtbot: QtBot, workspace: Workspace, family: CaseFile) -> None:
    case, marko = family.case.uid, family.members[0].person.uid
    partner = new_record(workspace, "provider", {"name": "Vatra", "categories": ("LEG",)}).record
    uid = draft(workspace, family, provider=partner)
    shell = office_window(qtbot, workspace)
    shell.resize(1280, 900)
    desktop = window.desktop_of(shell)
    desktop.show_case(case)
    page = window.case_page(desktop)
    page.show_tab("consents")
    QApplication.processEvents()
    hand, tab = Hand(shell.windowHandle()), page.tab("consents")
    assert isinstance(tab, ConsentsTab)

    hand.key(Key.Key_A, held=CONTROL | SHIFT)
    assert tab.form is not None and tab.form.value_of("given_on") == "2026-06-15"
    rows = tab.form.rows
    for key, letters in (("person", "марко"), ("provider", "vatra")):
        box = rows[key].editor.focus
        assert isinstance(box, QComboBox)
        hand.find(box, letters)
    groups = rows["groups"].editor
    assert isinstance(groups, ChoicesEditor)
    for tick in list(groups.boxes.values())[:3]:
        hand.click(tick)
    hand.key(Key.Key_Return, held=CONTROL)
    QApplication.processEvents()
    told = groups_told(workspace, read_case(workspace, case), marko, partner)
    assert told, (
        hand.struck,
        tab.form and {key: tab.form.value_of(key) for key in ("person", "provider", "groups", "given_by")},
    )

    page.show_tab("referrals", uid)
    QApplication.processEvents()
    referrals = page.tab("referrals")
    assert isinstance(referrals, ReferralsTab)
    hand.press(referrals, "Send")
    hand.key(Key.Key_Return)
    sent = next(one for one in read_case(workspace, case).referrals if one.uid == uid)
    assert sent.text("state") == "sent" and set(sent.many("shared")) <= {one.value for one in told}
    [line] = [one for one in accesses(workspace, case) if one.text("what") == "disclosed" or one.many("groups")]
    assert line.many("persons") == (marko,), "what was told has its line"

    page.show_tab("consents")
    QApplication.processEvents()
    hand.press(tab, "Withdraw")
    after = read_case(workspace, case)
    assert not groups_told(workspace, after, marko, partner), "it blocks at once"
    assert next(one for one in after.referrals if one.uid == uid).text("state") == "withdrawn_consent"
    hand.press(tab, "Recipient told")
    assert window.says(tab, "The recipient has known since")
    assert hand.keys <= MOST_KEYS and hand.clicks <= MOST_CLICKS, (hand.keys, hand.clicks, hand.struck)
