"""Every page in qps, English in disguise: what stands without brackets is never looked up, what is cut lacks room.

Each page is brought up once at each size; its texts and measures are kept for the tests that ask about them.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timezone
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)  # fmt: skip
from pytestqt.qtbot import QtBot

from avrr_desktop import __version__
from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.fields import Kind, Record
from avrr_desktop.domain.records import BY_KEY
from avrr_desktop.locations import resources
from avrr_desktop.operations.cases import open_case, person_number, put_new_case, read_case
from avrr_desktop.operations.drafts import keep_draft
from avrr_desktop.operations.finding import CaseFilter, all_cases
from avrr_desktop.operations.practice import PracticeOptions, create_practice
from avrr_desktop.operations.printing import case_pdf, hand_over, put_in_outbox
from avrr_desktop.operations.records import directory
from avrr_desktop.operations.settings import Settings
from avrr_desktop.operations.workspace import PRACTICE_PASSPHRASE, Workspace, open_unlocked, unlock
from avrr_desktop.ui.case_page import CasePage
from avrr_desktop.ui.cases_page import CasesPage
from avrr_desktop.ui.countries_page import CountriesPage
from avrr_desktop.ui.desktop import Desktop
from avrr_desktop.ui.directory_page import DirectoryPage
from avrr_desktop.ui.lines import LINE_ROLE, LineList
from avrr_desktop.ui.new_case_page import NewCasePage
from avrr_desktop.ui.new_store_page import NewStorePage
from avrr_desktop.ui.outbox_page import OutboxPage
from avrr_desktop.ui.people_tab import PeopleTab
from avrr_desktop.ui.preview import Preview
from avrr_desktop.ui.record_tab import RecordTab
from avrr_desktop.ui.services_tab import ServicesTab
from avrr_desktop.ui.shell import Shell
from avrr_desktop.ui.start_page import StartPage
from avrr_desktop.ui.theme import SMALL, Theme
from avrr_desktop.ui.unlock_page import UnlockPage, WhoPage
from avrr_desktop.ui.widgets import ElidedButton, ElidedLabel
from avrr_desktop.words import Words, languages

SIZES = {"1280x800": (1280, 800), "1024x600": (1024, 600)}
TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, tzinfo=timezone.utc)
SLACK = 2  # pixels

W = TypeVar("W", bound=QWidget)


class Known:
    """What may stand on the screen as it is: values of the store's records, dates, keys, names of languages."""

    _SEPARATOR = re.compile(r"\s|, |: ")
    _AROUND = " \t\n·,:;.–→|()“”~+*…"
    _KEYS = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+\w+|\bEsc\b|\bF\d{1,2}\b|•+\w{0,2}")
    _WORD = re.compile(r"[^\W\d_]+")

    def __init__(self, workspace: Workspace) -> None:
        words = workspace.words
        formats = tomllib.loads((resources() / "locale" / "formats.toml").read_text(encoding="utf-8"))[words.language]
        texts = {"AVRR Desktop", f"AVRR Desktop {__version__}", "Kosovo", "kB", workspace.folder.path.name}
        texts |= {name for _, name in languages()}
        texts |= {name for key in ("months", "months_alone", "months_short", "weekdays") for name in formats[key]}
        for line in all_cases(workspace):
            case_file = read_case(workspace, line.uid)
            texts |= {person_number(case_file, member) for member in case_file.members}
        # A title of the pack is a value too, but one that is looked up.
        values = {text for record in _records(workspace) for text in _values(record)}
        self._judged: dict[str, bool] = {}
        self._texts = {_even(text) for text in texts | {text for text in values if words.text(text) == text}}

    def leftover(self, text: str) -> bool:
        """Say whether a text has a part that is neither looked up nor known."""
        if text not in self._judged:
            outside, inside = _parted(text)
            pieces = [self._KEYS.sub(" ", outside)]
            for part in inside:
                plain = self._WORD.sub(lambda match: match[0] if re.search("[A-Za-z]", match[0]) else "\0", part)
                pieces += re.split(r"\0|~", plain)
            self._judged[text] = not all(self._allowed(_even(piece)) for piece in pieces)
        return self._judged[text]

    def _allowed(self, text: str) -> bool:
        """Say whether a text is a row of known parts: from each place that is reached, try every separator."""
        reached, seen = [0], {0}
        while reached:
            start = reached.pop()
            if self._one(text[start:]):
                return True
            for match in self._SEPARATOR.finditer(text, start):
                if match.end() not in seen and self._one(text[start : match.start()]):
                    seen.add(match.end())
                    reached.append(match.end())
        return False

    def _one(self, text: str) -> bool:
        bare = text.strip(self._AROUND)
        if not self._WORD.search(bare) or bare in self._texts or text.strip() in self._texts:
            return True
        cut = text.strip().removesuffix("…")
        return cut != text.strip() and len(cut) > 20 and any(known.startswith(cut) for known in self._texts)


def _even(text: str) -> str:
    return re.sub(r"[ \t\n]*\n[ \t\n]*", "\n", text)


def _parted(text: str) -> tuple[str, list[str]]:
    """Return what stands outside all brackets, and what stands in each outermost pair."""
    outside, inside, depth = "", [""], 0
    for letter in text:
        if letter == "[":
            depth += 1
            outside += " " if depth == 1 else ""
        elif letter == "]" and depth:
            depth -= 1
            if not depth:
                inside.append("")
                continue
        if depth and letter not in "[]":
            inside[-1] += letter
        elif not depth:
            outside += letter
        else:
            inside[-1] += " "
    return outside, inside


def _records(workspace: Workspace) -> Iterator[Record]:
    for kind in ("office", "officer", "provider"):
        yield from directory(workspace, kind)
    for line in all_cases(workspace):
        file = read_case(workspace, line.uid)
        yield file.case
        for member in file.members:
            yield from (member.person, member.membership)
        for records in (
            file.papers,
            file.services,
            file.steps,
            file.referrals,
            file.follow_ups,
            file.contacts,
            file.notes,
        ):
            yield from records


def _values(record: Record) -> Iterator[str]:
    """Yield what a person typed; codes, links and truth values have to be put into words."""
    typed = (Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.NUMBER_OF_PAPER)
    for key, value in record.values.items():
        if isinstance(value, str) and BY_KEY[record.type].field(key).kind in typed:
            yield from (value, value.split("\n")[0])


@dataclass
class Seen:
    """What was on a page at a size."""

    texts: list[tuple[str, str]] = field(default_factory=list)  # (what shows it, text)
    cut: list[str] = field(default_factory=list)
    cut_titles: list[str] = field(default_factory=list)
    width: int = 0
    height: int = 0


class Stage:
    """A window before a store is open, a window with the practice store, and what was seen in them."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "practice.avrr"
        words = Words("qps")
        made = create_practice(self.folder, PracticeOptions(TODAY), words)
        running = all_cases(made, CaseFilter(status="running"))
        wanted = ("follow_ups", "referrals", "contacts", "notes", "papers", "services")
        self.case = max(
            (read_case(made, line.uid) for line in running),
            key=lambda file: (
                [bool(getattr(file, name)) for name in wanted].count(True),
                len(file.steps),
                file.case.uid,
            ),
        ).case.uid
        self.bare = put_new_case(made, {"called": "Zeqiri"}, []).case
        self.closed = next(line.uid for line in all_cases(made) if line.status == "closed")
        self.nameless = open_case(made, {}, [({"family_name": "Zeqiri"}, {})]).case
        keep_draft(made, "new note 1", self.case, "note", "1", {"on": "unreadable, so never saved"}, ())
        for number, uid in enumerate((self.case, self.closed)):
            file = read_case(made, uid)
            key = put_in_outbox(made, file, case_pdf(made, file))
            if number:
                hand_over(made, key, place, "Zeqiri")
        self.known = Known(made)
        made.lock()
        keys = unlock(self.folder, PRACTICE_PASSPHRASE)
        clock = SteppingClock(MORNING)
        settings = Settings("qps", "light", 100)
        self.front = Shell(settings, False)
        self.shell = Shell(
            settings,
            False,
            self.folder,
            lambda folder, keys, words: open_unlocked(folder, keys, words=words, clock=clock),
        )
        self.shell._open_with(keys)
        who = self.shell.centralWidget()
        assert isinstance(who, WhoPage)
        self.officers = directory(self._open(), "officer")
        who.choose()
        self._seen: dict[tuple[str, str], Seen] = {}

    def _open(self) -> Workspace:
        assert self.shell.workspace is not None
        return self.shell.workspace

    @property
    def desktop(self) -> Desktop:
        assert self.shell.desktop is not None
        return self.shell.desktop

    def close(self) -> None:
        for shell in (self.front, self.shell):
            shell.close()
            shell.deleteLater()
        QApplication.processEvents()

    def page(self, kind: type[W], name: str) -> W:
        self.desktop.show_page(name)
        page = self.desktop.page(name)
        assert isinstance(page, kind)
        return page

    def tab(self, name: str, kind: type[W], case: str = "", record: str = "") -> W:
        self.desktop.show_case(case or self.case)
        page = self.desktop.page("case")
        assert isinstance(page, CasePage)
        page.show_tab(name, record)
        tab = page.tab(name)
        assert isinstance(tab, kind)
        return tab

    def seen(self, qtbot: QtBot, name: str, size: str) -> Seen:
        """Return what a page shows at a size; brought up at the first question."""
        if (name, size) not in self._seen:
            window = self.front if name in FRONT else self.shell
            window.resize(*SIZES[size])
            window.show()
            qtbot.waitExposed(window)
            self.desktop.message.hide()
            self.desktop.search.clear()
            self.desktop.search.show_hits()
            PAGES[name](self)
            for _ in range(4):
                QApplication.processEvents()
            self._seen[(name, size)] = Seen(
                list(texts_of(window)),
                list(cut_in(window)),
                list(cut_titles_in(window, window._theme)),
                window.width(),
                window.height(),
            )
        return self._seen[(name, size)]


def texts_of(window: QWidget) -> Iterator[tuple[str, str]]:
    """Yield (what shows it, text) for all that is seen, hovered, opened or read aloud."""
    yield "title of the window", window.windowTitle()
    for widget in _shown(window):
        what = f"{type(widget).__name__}#{widget.objectName()}"
        elided = isinstance(widget, ElidedLabel | ElidedButton)
        if isinstance(widget, QLabel | QAbstractButton) and not elided:
            yield what, widget.text()
        if isinstance(widget, QPushButton) and (menu := widget.menu()) is not None:
            yield from ((f"menu of {what}", text) for text in _actions(menu))
        if isinstance(widget, QTabBar):
            for number in range(widget.count()):
                yield from ((what, widget.tabText(number)), (what, widget.tabToolTip(number)))
        if isinstance(widget, QComboBox):
            yield from ((what, widget.itemText(number)) for number in range(widget.count()))
        if isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox):
            yield f"placeholder of {what}", widget.placeholderText()
        yield from ((what, text) for text in _items(widget))
        yield f"name of {what}", widget.accessibleName()
        yield f"description of {what}", widget.accessibleDescription()
        yield f"tool tip of {what}", widget.toolTip()


def _shown(window: QWidget) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


def _actions(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        yield action.text()
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _actions(inner)


def _items(widget: QWidget) -> Iterator[str]:
    """Yield what lists, trees, tables and their titles say."""
    if isinstance(widget, LineList):
        for row in range(widget.count()):
            line = widget.item(row).data(LINE_ROLE)
            yield from (line.title, line.below, line.right, widget.item(row).toolTip())
    elif isinstance(widget, QListWidget):
        yield from (widget.item(row).text() for row in range(widget.count()))
    elif isinstance(widget, QTreeWidget):
        found = QTreeWidgetItemIterator(widget)
        while item := found.value():
            yield from (
                text for column in range(widget.columnCount()) for text in (item.text(column), item.toolTip(column))
            )
            found += 1
    elif isinstance(widget, QTableView):
        model = widget.model()
        for row in range(min(model.rowCount(), 12)):
            yield from (str(model.index(row, column).data() or "") for column in range(model.columnCount()))
    elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
        yield from (_title(widget.model(), number) for number in range(widget.count()))


def _title(model: QAbstractItemModel, section: int) -> str:
    return str(model.headerData(section, Qt.Orientation.Horizontal) or "")


def cut_in(window: QWidget) -> Iterator[str]:
    """Yield labels and buttons without room for their text, those that lie over each other, and what ends sideways."""
    beside: dict[QWidget | None, list[QLabel | QAbstractButton]] = {}
    for widget in _shown(window):
        if isinstance(widget, QScrollArea) and not isinstance(widget, Preview):
            if over := widget.horizontalScrollBar().maximum():
                yield f"{type(widget).__name__} in {type(widget.parent()).__name__} must be scrolled sideways by {over}"
        if isinstance(widget, QLabel | QAbstractButton) and widget.text():
            beside.setdefault(widget.parentWidget(), []).append(widget)
            if needs := _lacking(widget):
                yield f"{_named(widget)} {needs}"
    for neighbours in beside.values():
        for one, other in combinations(neighbours, 2):
            common = one.geometry() & other.geometry()
            if common.width() > SLACK and common.height() > SLACK:
                yield f"{_named(one)} lies over {_named(other)}"


def _named(widget: QLabel | QAbstractButton) -> str:
    return f"{type(widget).__name__}#{widget.objectName()} {widget.text()!r}"


def _lacking(widget: QLabel | QAbstractButton) -> str:
    """Return what a widget lacks to show its text; empty where it has room, or ends in an ellipsis by itself."""
    if isinstance(widget, ElidedLabel | ElidedButton):
        return ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        needs = widget.heightForWidth(widget.width())
        return f"needs {needs}, is {widget.height()} high" if needs > widget.height() else ""
    needs = widget.sizeHint().width()
    return f"needs {needs}, is {widget.width()} wide" if needs > widget.width() + SLACK else ""


def cut_titles_in(window: QWidget, theme: Theme) -> Iterator[str]:
    """Yield every title of a column that is wider than its column."""
    measured, around = QFontMetrics(theme.font(SMALL)), 2 * theme.px(8)
    for header in _shown(window):
        if isinstance(header, QHeaderView) and header.orientation() is Qt.Orientation.Horizontal:
            for number in range(header.count()):
                title, has = _title(header.model(), number), header.sectionSize(number)
                needs = measured.horizontalAdvance(title) + around
                if not header.isSectionHidden(number) and needs > has:
                    yield f"{title!r} needs {needs}, has {has}"


# The pages, by name: each is a function that brings it up from wherever the window is.


def _start(stage: Stage) -> None:
    stage.front.show_start()


def _first_start(stage: Stage) -> None:
    stage.front._show(StartPage(stage.front.words, stage.front._theme, language_asked=False))


def _new_store(stage: Stage) -> None:
    stage.front.show_new_store()


def _new_store_refused(stage: Stage) -> None:
    stage.front.show_new_store()
    page = stage.front.centralWidget()
    assert isinstance(page, NewStorePage)
    page.make.click()


def _unlock(stage: Stage) -> None:
    stage.front._folder = stage.folder
    stage.front.show_unlock()


def _unlock_refused(stage: Stage) -> None:
    _unlock(stage)
    page = stage.front.centralWidget()
    assert isinstance(page, UnlockPage)
    page.say(stage.front.words.text("The passphrase is too short."))


def _who(stage: Stage) -> None:
    stage.front._show(WhoPage(stage.front.words, stage.front._theme, stage.officers))


def _nothing_matches(stage: Stage) -> None:
    page = stage.page(CasesPage, "cases")
    page.text.setText("qqqqqq")
    page.show_cases()


def _cases(stage: Stage) -> None:
    page = stage.page(CasesPage, "cases")
    page.text.clear()
    page.show_cases()


def _figure(stage: Stage) -> None:
    period = stage.page(CountriesPage, "countries").period
    period.setCurrentIndex(period.count() - 1)


def _countries(stage: Stage) -> None:
    stage.page(CountriesPage, "countries").period.setCurrentIndex(0)


def _setup(tab: int) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        tabs = stage.page(QWidget, "setup").findChild(QTabWidget)
        assert isinstance(tabs, QTabWidget)
        tabs.setCurrentIndex(tab)

    return show


def _outbox(row: int) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.page(OutboxPage, "outbox").list.setCurrentRow(row)

    return show


def _shows(name: str, case: str = "case") -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.tab(name, QWidget, getattr(stage, case))

    return show


def _adds(name: str) -> Callable[[Stage], None]:
    return lambda stage: stage.tab(name, RecordTab).add()


def _unreadable(stage: Stage) -> None:
    form = stage.tab("people", PeopleTab, stage.nameless)._forms[0]
    form.rows["birth_date"].editor.show_typed("some day")
    form._check()


def _step(standing: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        steps = read_case(stage._open(), stage.case).step_views()
        step = next((view.step.uid for view in steps if view.standing.value == standing), steps[0].step.uid)
        stage.tab("services", ServicesTab, record=step)

    return show


def _print(stage: Stage) -> None:
    stage.tab("overview", QWidget)
    page = stage.desktop.page("case")
    assert isinstance(page, CasePage)
    page._on_print()


def _new_case(stage: Stage) -> None:
    stage.page(NewCasePage, "new").begin()


def _likely(stage: Stage) -> None:
    page = stage.page(NewCasePage, "new")
    page.begin()
    page.family_name.setText("Zeqiri")
    page.show_likely()


def _new_case_refused(stage: Stage) -> None:
    page = stage.page(NewCasePage, "new")
    page.begin()
    page.open_new()


def _search(text: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.desktop.show_page("today")
        stage.desktop.search.setText(text)
        stage.desktop.search.show_hits()

    return show


def _help(stage: Stage) -> None:
    stage.desktop.show_page("cases")
    stage.desktop._on_help()


def _message(stage: Stage) -> None:
    stage.desktop.show_page("countries")
    stage.desktop.acts.fail(
        RefusedError("A case is closed, not removed.", "Close it with a reason, or mark it as a duplicate.")
    )


def _undone(stage: Stage) -> None:
    stage.desktop.show_page("countries")
    stage.desktop.message.good(stage.shell.words.text("Case closed"), True)


def _page(name: str) -> Callable[[Stage], None]:
    return lambda stage: stage.desktop.show_page(name)


TABS = ("overview", "people", "papers", "services", "referrals", "follow_ups", "contacts", "notes", "history")
FRONT: dict[str, Callable[[Stage], None]] = {
    "start": _start, "first start": _first_start, "new store": _new_store, "new store, refused": _new_store_refused,
    "unlock": _unlock, "unlock, refused": _unlock_refused, "who": _who,
}  # fmt: skip
PAGES: dict[str, Callable[[Stage], None]] = {
    **FRONT,
    "today": _page("today"), "cases": _cases, "cases, nothing matches": _nothing_matches, "countries": _countries,
    "countries, published figure": _figure, "partners": _page("partners"),
    "partners, new": lambda stage: stage.page(DirectoryPage, "partners").add(),
    "outbox, handed over": _outbox(0), "outbox, ready": _outbox(1),
    "setup, officers": _setup(0), "setup, look": _setup(1), "setup, about": _setup(2),
    **{f"case, {name}": _shows(name) for name in TABS},
    **{f"case without anything, {name}": _shows(name, "bare") for name in TABS},
    **{f"case, {name}, new": _adds(name) for name in ("papers", "referrals", "follow_ups", "contacts", "notes")},
    "case, closed": _shows("overview", "closed"), "case, unreadable date": _unreadable,
    **{f"case, step {standing}": _step(standing) for standing in ("waiting", "blocked", "can_start", "done")},
    "case, add a service": lambda stage: stage.tab("services", ServicesTab).choose_service(),
    "print": _print, "new case": _new_case, "new case, likely people": _likely, "new case, refused": _new_case_refused,
    "search, found": _search("a"), "search, nothing": _search("00000 xwxw"), "help": _help, "message, bad": _message,
    "message, undo": _undone,
}  # fmt: skip


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    place = tmp_path_factory.mktemp("qps")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_DATA_HOME", str(place))
        environment.setenv("LOCALAPPDATA", str(place))
        made = Stage(place)
        yield made
        made.close()


def every_page() -> Iterable[object]:
    return [pytest.param(name, size, id=f"{name} at {size}") for name in PAGES for size in SIZES]


@pytest.mark.parametrize(("name", "size"), every_page())
def test_every_text_is_looked_up(qtbot: QtBot, stage: Stage, name: str, size: str) -> None:
    seen = stage.seen(qtbot, name, size)
    assert any(text.startswith("[") for _, text in seen.texts)
    assert not sorted({f"{what}: {text!r}" for what, text in seen.texts if stage.known.leftover(text)}), name


@pytest.mark.parametrize(("name", "size"), every_page())
def test_no_text_is_cut(qtbot: QtBot, stage: Stage, name: str, size: str) -> None:
    seen = stage.seen(qtbot, name, size)
    assert (seen.width, seen.height) == SIZES[size], "the window does not become as small as this"
    assert not sorted(set(seen.cut)), name


@pytest.mark.parametrize(("name", "size"), every_page())
def test_no_title_of_a_column_is_cut(qtbot: QtBot, stage: Stage, name: str, size: str) -> None:
    assert not stage.seen(qtbot, name, size).cut_titles, name


def test_the_check_itself_tells_a_text_from_data(stage: Stage) -> None:
    known = stage.known
    officer = stage.officers[0].text("name")
    for text in ("", "12.5.2019", "Monday, 23 November 2026", officer, f"[Ŝéàŕćĥ ~~~] · {officer}", "[Ĥéļþ ~~] (Ctrl+K)",
                 f"[Ôƒƒîćé: {officer} ~~]", "[þļàññéď [ţôḿôŕŕôŵ ~~] ~~~]", "AVRR Desktop – Practice office"):  # fmt: skip
        assert not known.leftover(text), text
    for text in ("Search", f"{officer} · since", "[Ŝéàŕćĥ ~~~] now", "[Ûñďôñé: Paper removed ~~]", "case_worker",
                 "Get the identity card", "[Ŝéàŕćĥ ~~~]: missing"):  # fmt: skip
        assert known.leftover(text), text
