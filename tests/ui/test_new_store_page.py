"""The first start by keyboard: few keys, nothing of a passphrase where it is read, and a look at what will be made."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.policy import Policy
from avrr_desktop.operations.access.recovery import ASKED, has_recovery_code
from avrr_desktop.operations.computer.settings import Settings, read_settings
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.start.new_store_page import NewStorePage
from avrr_desktop.ui.start.recovery_page import RecoveryPage
from avrr_desktop.ui.start.start_page import StartPage
from tests.support.stores import unlocked
from tests.support.window import desktop_of, open_window, type_text

SECRET = "correct horse battery staple"


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[Shell]:
    made = open_window(qtbot)
    made.doors.show_new_store()
    yield made


def filled(shell: Shell) -> NewStorePage:
    page = shell.centralWidget()
    assert isinstance(page, NewStorePage)
    page.name.setText("Tirana office")
    page.code.setText("tir")
    page.officer.setText("Ljubica Njegoš")
    page.passphrase.setFocus()
    return page


class Hands:
    """Presses keys where the keyboard is, and counts them."""

    keys = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        self.keys += 1
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, key, held)

    def type(self, text: str, *, counted: bool = True) -> None:
        """Type letters where the keyboard is; names and passphrases are not counted."""
        for letter in text:
            self.keys += counted
            now = QApplication.focusWidget()
            assert now is not None
            QApplication.sendEvent(now, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


@pytest.mark.parametrize("policy", [Policy(), Policy(office={
    "name": "Zyra e Tiranës", "code": "TIR", "country": "AL", "programme": "be_admin"})], ids=["alone", "with a policy"])  # fmt: skip
def test_from_the_first_window_to_the_first_case_three_screens_and_sixty_keys(qtbot: QtBot, policy: Policy) -> None:
    shell = open_window(qtbot, settings=Settings(), policy=policy)
    hands, screens = Hands(), [shell.centralWidget()]
    page = shell.centralWidget()
    assert isinstance(page, StartPage) and page.language.currentData() == "en"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    while QApplication.focusWidget() is not page.doors[1]:
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Return)
    new = shell.centralWidget()
    assert isinstance(new, NewStorePage)
    screens.append(new)
    qtbot.waitUntil(new.first_line().hasFocus)
    if not policy.office:
        hands.type("Tirana office", counted=False)
        hands.press(Qt.Key.Key_Return)
        hands.type("tir")
        hands.press(Qt.Key.Key_Return)
        assert new.country.hasFocus()
        hands.type("alb")
        hands.press(Qt.Key.Key_Tab)
        hands.press(Qt.Key.Key_Tab)
    assert new.officer.hasFocus()
    hands.type("Arta Hoxha", counted=False)
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return)  # the initials as they are proposed
    for _ in range(2):
        hands.type(SECRET, counted=False)
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(shell.centralWidget(), RecoveryPage))
    code = shell.centralWidget()
    assert isinstance(code, RecoveryPage) and code.card.passphrase is None, "it was typed twice already"
    screens.append(code)
    groups = code.card.code.split("-")
    qtbot.waitUntil(code.card.groups[0].hasFocus)
    for number in ASKED:
        hands.type(groups[number - 1])
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.desktop is not None)
    desktop = desktop_of(shell)
    hands.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    case = desktop.page("new")
    assert isinstance(case, NewCasePage)
    qtbot.waitUntil(case.who.hasFocus)
    hands.type("Gjokaj", counted=False)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desktop.page("case").isVisible()
    print(f"{hands.keys} keys on {len(screens)} screens")
    assert len(screens) == 3 and hands.keys <= 60
    workspace = unlocked(shell.workspace)
    assert has_recovery_code(workspace) and not workspace.just_made
    assert read_settings().language == "en"


def test_what_follows_a_refused_passphrase_reaches_no_other_field(shell: Shell) -> None:
    page = filled(shell)
    type_text(page.passphrase, "correct")
    page.again.setFocus()
    QTest.keyClick(page.again, Qt.Key.Key_Return)
    assert page.passphrase.hasFocus() and "7 more characters are needed" in page.problem.text()
    for letter in " horse battery staple":
        now = QApplication.focusWidget()
        assert now is page.passphrase
        type_text(now, letter)
    assert page.passphrase.text() == SECRET
    assert SECRET[8:] not in page.officer.text() + page.initials.text() + page.name.text()


def test_one_missing_letter_is_said_as_one(shell: Shell) -> None:
    page = filled(shell)
    page.passphrase.setText("x" * 13)
    page.make.click()
    assert "1 more character is needed" in page.problem.text()


def test_a_blank_never_presses_back_and_back_comes_last(shell: Shell) -> None:
    page = filled(shell)
    seen = []
    for _ in range(10):
        seen.append(QApplication.focusWidget())
        if seen[-1] is page.back:
            break
        QTest.keyClick(seen[-1] or page, Qt.Key.Key_Tab)
    assert seen == [page.passphrase, page.again, page.pair.propose, page.make, page.back]
    QTest.keyClick(page.back, Qt.Key.Key_Space)
    assert shell.centralWidget() is page
    QTest.keyClick(page.back, Qt.Key.Key_Return)
    assert isinstance(shell.centralWidget(), StartPage)


def test_shift_tab_stays_in_the_first_line(shell: Shell) -> None:
    page = filled(shell)
    page.first_line().setFocus()
    QTest.keyClick(page.first_line(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert page.first_line().hasFocus() and page.first_line() is page.name


@pytest.mark.parametrize("field", ["name", "officer", "initials"])
def test_a_piece_of_the_passphrase_is_refused_where_everybody_reads_it(shell: Shell, field: str) -> None:
    page = filled(shell)
    wanted: list[object] = []
    page.wanted.connect(wanted.append)
    for line in (page.passphrase, page.again):
        line.setText(SECRET)
    line = getattr(page, field)
    line.setText("horse battery")
    page.make.click()
    assert not wanted and line.hasFocus(), (page.problem.text(), QApplication.focusWidget())
    assert ("one to four letters" if field == "initials" else "part of the passphrase") in page.problem.text()


def test_initials_are_proposed_until_somebody_writes_others(shell: Shell) -> None:
    page = filled(shell)
    assert page.initials.text() == "LjNj"
    type_text(page.initials, "LN")
    page.officer.setText("Ana Hoxha")
    assert page.initials.text() == "LN"


def test_what_will_be_made_is_shown_before_it_is(shell: Shell) -> None:
    page = filled(shell)
    for text in ("Tirana office", "TIR", "Albania", "Ljubica Njegoš", "LjNj"):
        assert text in page.summary.text() and page.summary.isVisible()
    assert "Decide later" not in page.summary.text()


def test_the_strength_is_said_in_words_and_knows_the_names(qtbot: QtBot, shell: Shell) -> None:
    page = filled(shell)
    said = {}
    for text in ("correct horse", "ljubica njegoš tirana office", "horse horse horse horse", "xkqzvw plor mn", SECRET):
        page.passphrase.setText(text)
        assert page.pair.strength.text() == "", "nothing is said of what was there before"
        page.pair.tell()
        said[text] = page.pair.strength.text()
    assert list(said.values()) == [
        "Too short: 1 more character.", "Weak: it is easy to guess.", "Weak: it repeats itself.", "Good.", "Very good.",
    ]  # fmt: skip
    type_text(page.passphrase, "x")
    qtbot.waitUntil(lambda: page.pair.strength.text() != "")


def test_five_words_are_proposed_seen_and_typed_once_more(shell: Shell) -> None:
    page = filled(shell)
    page.again.setText("something")
    page.pair.propose.click()
    assert len(page.passphrase.text().split()) == 5 and len(page.passphrase.text()) >= 14
    assert page.passphrase.echoMode() is QLineEdit.EchoMode.Normal
    assert page.again.hasFocus() and page.again.text() == "" and page.pair.strength.text() == "Very good."
    first = page.passphrase.text()
    page.pair.propose.click()
    assert page.passphrase.text() != first
