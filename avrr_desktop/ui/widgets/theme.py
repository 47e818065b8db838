"""Colours, sizes and the style sheet: light and dark, at any text size, from one table."""

import re
from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from avrr_desktop.locations import resources


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colours; every text colour has at least 4.5:1 on ``page`` and ``surface``."""

    page: str
    surface: str
    line: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    waiting: str
    waiting_soft: str
    bad: str
    bad_soft: str
    good: str
    good_soft: str
    practice: str
    journey: str


LIGHT = Colours(
    page="#f6f5f2", surface="#ffffff", line="#dad6cf", text="#1f2423", muted="#5a6260", accent="#0f6e6e",
    accent_soft="#e1efee", on_accent="#ffffff", waiting="#845400", waiting_soft="#fbf0d9", bad="#a3341f",
    bad_soft="#fae8e3", good="#2d6a3f", good_soft="#e4f1e6", practice="#a45200", journey="#5b3fa0",
)  # fmt: skip
DARK = Colours(
    page="#1b1e1e", surface="#252929", line="#3c4343", text="#eceae6", muted="#a9b2af", accent="#62bdb7",
    accent_soft="#1f3a39", on_accent="#10201f", waiting="#e3b566", waiting_soft="#3a2f18", bad="#f09a8b",
    bad_soft="#43241e", good="#8bcf9e", good_soft="#1e3a27", practice="#d98a3a", journey="#b39cf0",
)  # fmt: skip

FAMILY = "Noto Sans"
# What Qt is started with, so that it draws alike on every system. Setting it later makes each name of Qt's styles known to Python: 10 ms.
STYLE = ("-style", "fusion")
SMALL, BODY, LARGE, TITLE = 11, 13, 16, 20
GAP_TINY, GAP_SMALL, GAP, GAP_LARGE, GAP_HUGE = 4, 8, 12, 16, 24
STATES = {
    "done": "good", "not_needed": "muted", "waiting": "waiting", "under_way": "waiting", "blocked": "bad",
    "refused": "bad", "overdue": "bad", "can_start": "accent",
}  # fmt: skip


class Theme:
    """The look in force: which colours, how large the text."""

    def __init__(self, *, dark: bool = False, scale: float = 1.0) -> None:
        self.dark = dark
        self.scale = scale
        self.colours = DARK if dark else LIGHT

    def px(self, size: float) -> int:
        """Return a size of the scale at the text size in force."""
        return round(size * self.scale)

    def state_colour(self, state: str) -> str:
        """Return the colour of a step's or paper's state; never alone, an icon or word stands beside it."""
        return str(getattr(self.colours, STATES.get(state, "muted")))

    def font(self, size: int = BODY, *, bold: bool = False) -> QFont:
        """Return the face at a size; without ligatures, so that every letter stays a letter."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setBold(bold)
        font.setFeature(QFont.Tag("liga"), 0)
        return font

    def apply(self, application: QApplication) -> None:
        """Put the look on everything; a second time costs nothing, where every widget would be styled anew."""
        sheet = self._sheet()
        if application.styleSheet() == sheet:  # colours and sizes stand in it, so palette and font are these too
            return
        for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
            QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))
        application.setPalette(self._palette())
        application.setFont(self.font())
        application.setStyleSheet(sheet)

    def _palette(self) -> QPalette:
        colours, palette, role = self.colours, QPalette(), QPalette.ColorRole
        for name, colour in (
            (role.Window, colours.page), (role.Base, colours.surface), (role.AlternateBase, colours.page),
            (role.Text, colours.text), (role.WindowText, colours.text), (role.ButtonText, colours.text),
            (role.Button, colours.surface), (role.Highlight, colours.accent), (role.HighlightedText, colours.on_accent),
            (role.ToolTipBase, colours.surface), (role.ToolTipText, colours.text), (role.PlaceholderText, colours.muted),
            (role.Link, colours.accent), (role.Mid, colours.line), (role.Light, colours.surface),
            (role.Dark, colours.line), (role.Accent, colours.accent),
        ):  # fmt: skip
            palette.setColor(name, QColor(colour))
        for name in (role.Text, role.WindowText, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.muted))
        return palette

    def _sheet(self) -> str:
        sheet = SHEET.replace("@icons@", (resources() / "icons").as_posix())
        sheet = sheet.replace("@look@", "dark" if self.dark else "light")
        for name in Colours.__slots__:
            sheet = sheet.replace(f"@{name}@", getattr(self.colours, name))
        return re.sub(r"@(\d+)px", lambda size: f"{self.px(int(size[1]))}px", sheet)


SHEET = """
QWidget { font-family: "Noto Sans"; }
QToolTip { border: 1px solid @line@; padding: @4px; }
QLabel#title { font-size: @20px; font-weight: bold; }
QLabel#heading { font-size: @16px; font-weight: bold; }
QLabel#section { font-size: @11px; font-weight: bold; color: @accent@; letter-spacing: 1px; }
QLabel#muted, QLabel#hint { color: @muted@; }
QLabel#hint, QLabel#small { font-size: @11px; }
QLabel#problem { color: @bad@; font-size: @11px; }
QLabel#chip { background: @accent_soft@; color: @accent@; border-radius: @8px; padding: 1px @8px; font-size: @11px; }
QLabel#mono { color: @muted@; }
QLabel#code { font-family: "DejaVu Sans Mono", "Consolas", "Menlo", monospace; font-size: @16px; }
QFrame#card { background: @surface@; border: 1px solid @line@; border-radius: @6px; }
QFrame#strip { background: @accent_soft@; border-radius: @4px; }
QFrame#line { background: @line@; max-height: 1px; border: none; }
QWidget#top { background: @surface@; border-bottom: 1px solid @line@; }
QWidget#rail { background: @surface@; border-right: 1px solid @line@; }
QWidget#status { background: @surface@; border-top: 1px solid @line@; }
QWidget#status QLabel { font-size: @11px; color: @muted@; }
QWidget#status QLabel#practice { color: @practice@; font-weight: bold; }
QFrame#practice_edge { border: @4px solid @practice@; }
QFrame#journey_edge { border: @4px solid @journey@; }
QFrame#aside_edge { border: @4px dashed @practice@; }
QToolButton#nav { border: none; border-left: @4px solid transparent; padding: @8px @12px @8px @8px; text-align: left; }
QToolButton#nav:hover { background: @accent_soft@; }
QToolButton#nav:checked { background: @accent_soft@; border-left-color: @accent@; color: @accent@; font-weight: bold; }
QToolButton#nav:focus { border: 1px solid @accent@; border-left: @4px solid @accent@; }
QPushButton { background: @surface@; border: 1px solid @line@; border-radius: @4px; padding: @6px @12px; }
QPushButton:hover { border-color: @accent@; }
QPushButton:focus { border: 2px solid @accent@; padding: 5px 11px; }
QPushButton:disabled { color: @muted@; }
QPushButton#primary { background: @accent@; color: @on_accent@; border-color: @accent@; font-weight: bold; }
QPushButton#primary:disabled { background: @surface@; color: @muted@; border-color: @line@; }
QPushButton#primary:focus { border: 2px solid @text@; }
QPushButton#quiet { background: transparent; border-color: transparent; color: @accent@; padding: @4px @8px; }
QPushButton#quiet_problem { background: transparent; border-color: transparent; color: @bad@; padding: @4px @8px; }
QPushButton#quiet_problem:focus { border: 1px solid @bad@; }
QPushButton#quiet:hover { background: @accent_soft@; }
QPushButton#quiet:focus { border: 1px solid @accent@; }
QPushButton#quiet:disabled { color: @muted@; }
QPushButton#link { background: transparent; border: none; color: @accent@; text-align: left; padding: 1px; }
QPushButton#link:hover { text-decoration: underline; }
QPushButton#link:focus { border: 1px solid @accent@; padding: 0; }
QPushButton#name { background: transparent; border: none; color: @accent@; text-align: left; padding: 1px; font-weight: bold; }
QPushButton#name:hover { text-decoration: underline; }
QPushButton#name:focus { border: 1px solid @accent@; padding: 0; }
QPushButton#fold { background: transparent; border: 1px solid transparent; color: @accent@; text-align: left; padding: @4px;
    font-weight: bold; }
QPushButton#fold:hover { background: @accent_soft@; }
QPushButton#fold:focus { border: 1px solid @accent@; }
QPushButton#door { text-align: left; padding: @16px; border-radius: @6px; font-size: @16px; }
QPushButton#door:focus { border: 2px solid @accent@; }
QPushButton#filter { border-radius: @12px; padding: @4px @12px; }
QPushButton#filter:checked { background: @accent_soft@; color: @accent@; border-color: @accent@; }
QLineEdit, QPlainTextEdit, QComboBox {
    background: @surface@; border: 1px solid @line@; border-radius: @4px; padding: @4px @8px;
    selection-background-color: @accent@; selection-color: @on_accent@;
}
QComboBox { padding-right: @24px; combobox-popup: 0; }
QComboBox::drop-down { border: none; width: @24px; }
QComboBox::down-arrow { image: url("@icons@/arrow_@look@.svg"); width: @12px; height: @12px; }
QPushButton::menu-indicator { image: url("@icons@/arrow_@look@.svg"); subcontrol-position: right center; right: @6px;
    width: @12px; height: @12px; }
QPushButton#menu { padding-right: @24px; }
QCheckBox::indicator, QListView::indicator { width: @16px; height: @16px; border: 1px solid @muted@; border-radius: @4px;
    background: @surface@; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: @accent@; border-color: @accent@;
    image: url("@icons@/tick_@look@.svg"); }
QCheckBox::indicator:focus { border: 2px solid @accent@; }
QTabWidget::pane { border: none; }
QComboBox QAbstractItemView { background: @surface@; border: 1px solid @line@; }
QLineEdit:disabled, QComboBox:disabled { background: @page@; color: @muted@; border-style: dashed; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid @accent@; padding: @3px @7px; }
QComboBox:focus { padding-right: @23px; }
QLineEdit[bad="true"], QPlainTextEdit[bad="true"] { border: 1px solid @bad@; }
QLineEdit[readOnly="true"] { color: @muted@; }
QRadioButton::indicator { width: @16px; height: @16px; border: 1px solid @muted@; border-radius: @8px; background: @surface@; }
QRadioButton::indicator:checked { border: @4px solid @accent@; width: @10px; height: @10px; }
QRadioButton::indicator:focus { border-color: @accent@; background: @accent_soft@; }
QRadioButton { padding: 1px; border: 1px solid transparent; border-radius: @4px; }
QRadioButton:focus { border-color: @accent@; }
QLineEdit#cell { border-radius: 0; padding: 0 3px; }
QLabel#cell_said { background: @surface@; border: 1px solid @accent@; border-radius: @4px; padding: @4px @8px; font-size: @11px; }
QLabel#cell_said[bad="true"] { border-color: @bad@; color: @bad@; }
QPushButton#fold { background: transparent; border: none; text-align: left; font-weight: bold; padding: @4px; }
QPushButton#fold:hover { color: @accent@; }
QPushButton#fold:focus { border: 1px solid @accent@; }
QCheckBox { spacing: @8px; padding: @4px 0; }
QCheckBox:focus { color: @accent@; }
QTabBar::tab { padding: @8px @12px; border: none; border-bottom: 2px solid transparent; color: @muted@; }
QTabBar::tab:selected { color: @accent@; border-bottom: 2px solid @accent@; font-weight: bold; }
QTabBar::tab:hover { color: @text@; }
QTabBar { qproperty-drawBase: 0; }
QTableView, QListView, QTreeView, QTextBrowser {
    background: @surface@; border: 1px solid @line@; border-radius: @6px; outline: none; gridline-color: transparent;
}
QTableView:focus, QListView:focus, QTreeView:focus, QTextBrowser:focus { border: 1px solid @accent@; }
QTreeView#desk, QTreeView#desk:focus { background: transparent; border: none; }
QListView::item { padding: @6px @8px; border-bottom: 1px solid @line@; }
QListView::item:selected, QTreeView::item:selected { background: @accent_soft@; color: @text@; }
QTreeView::item { padding: @4px; }
QHeaderView { background: @surface@; }
QHeaderView::section {
    background: @surface@; color: @muted@; border: none; border-bottom: 1px solid @line@; padding: @6px @8px; font-size: @11px;
}
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: @10px; margin: 0; }
QScrollBar::handle:vertical { background: @line@; border-radius: @4px; min-height: @24px; }
QScrollBar:horizontal { background: transparent; height: @10px; margin: 0; }
QScrollBar::handle:horizontal { background: @line@; border-radius: @4px; min-width: @24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QFrame#message { border-radius: @4px; border: 1px solid @line@; background: @surface@; }
QFrame#message[kind="bad"] { background: @bad_soft@; border-color: @bad@; }
QFrame#message[kind="good"] { background: @good_soft@; border-color: @good@; }
QFrame#message[kind="waiting"] { background: @waiting_soft@; border-color: @waiting@; }
QFrame#calendar { background: @surface@; border: 1px solid @accent@; }
QCalendarWidget QWidget { alternate-background-color: @surface@; }
QCalendarWidget QTableView { background: @surface@; color: @text@; selection-background-color: @accent@;
    selection-color: @on_accent@; border: none; }
QCalendarWidget QTableView:disabled { color: @muted@; }
QWidget#countdown { background: @waiting_soft@; border: 1px solid @waiting@; border-radius: @4px; }
QMenu { background: @surface@; border: 1px solid @line@; }
QMenu::item { padding: @6px @24px; }
QMenu::item:selected { background: @accent_soft@; color: @text@; }
QAbstractScrollArea::corner { background: transparent; border: none; }
"""
