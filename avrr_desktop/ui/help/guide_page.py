"""The guides inside the program: contents at the left, one part at a time at the right; no browser, no internet."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrameFormat,
    QTextListFormat,
    QTextTable,
)  # fmt: skip
from PySide6.QtWidgets import QLineEdit, QListWidget, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from avrr_desktop.language import Language
from avrr_desktop.locations import guides
from avrr_desktop.operations.program.guides import IT, OFFICER, POLICY, matching, read_guide, section_of
from avrr_desktop.ui.widgets.controls import Choice, button, label, row
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import BODY, GAP, GAP_LARGE, GAP_SMALL, GAP_TINY, LARGE, TITLE, Theme

_SIZES = {1: TITLE, 2: TITLE, 3: LARGE}
_MEASURE = 760  # a line that is longer is hard to read
_BEFORE_TEXT = "\u00a0\u00a0"  # between a bullet and its text


class _Sheet(QTextBrowser):
    """Shows Markdown in the look of the window; lines and pictures are as wide as the page at most."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._markdown = ""
        self._shown_at = 0
        self.setOpenLinks(False)
        self.setObjectName("guide")
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)

    def _measure(self) -> int:
        """Return how wide the text is: the same with and without a scroll bar, whose coming must not begin it all anew."""
        room = self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width()
        return max(200, min(room, self._theme.px(_MEASURE) + 2 * self._theme.px(GAP_LARGE)))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the guide, fitted to the width."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        named = Path(
            name if isinstance(name, str) else name.toString()
        ).name  # guides of other languages lie one folder deeper
        picture = QImage(str((guides() / named).resolve()))
        width = max(200, self._measure() - 2 * self._theme.px(GAP_LARGE))
        if picture.width() > width:
            picture = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit lines and pictures to another width."""
        super().resizeEvent(event)
        if self._measure() != self._shown_at:
            read = self.verticalScrollBar().value()
            self.show_text(self._markdown)
            self.verticalScrollBar().setValue(read)

    def show_text(self, markdown: str) -> None:
        """Show one part."""
        self._markdown, self._shown_at = markdown, self._measure()
        self.setLineWrapColumnOrWidth(self._shown_at)
        document = self.document()
        document.setDefaultFont(self._theme.font(BODY))
        document.setDocumentMargin(self._theme.px(GAP_LARGE))
        document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        block = document.begin()
        while block.isValid():
            self._shape(block)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._shape_table(frame)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _shape(self, block: QTextBlock) -> None:
        """Give one paragraph, heading, line of a list or of a file its letters and the room around it."""
        px, cursor, shape = self._theme.px, QTextCursor(block), QTextBlockFormat()
        level, listed, following = block.blockFormat().headingLevel(), block.textList(), block.next()
        of_file = block.blockFormat().nonBreakableLines()  # what stands between fences
        if of_file:
            shape.setNonBreakableLines(False)
            shape.setBackground(QColor(self._theme.colours.page))
            shape.setBottomMargin(0 if following.blockFormat().nonBreakableLines() else px(GAP_SMALL))
        elif cursor.currentTable() is None and (listed is None or following.textList() is None):
            shape.setBottomMargin(px(GAP_SMALL))
        if level:
            shape.setTopMargin(px(GAP if level > 2 else 0))
        if "\ufffc" not in block.text() and not of_file:  # a picture has the height that it has
            shape.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        for start, length, code in [
            (one.position(), one.length(), one.charFormat().fontFixedPitch()) for one in _fragments(block)
        ]:
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(self._letters(level, code=code, of_file=of_file))
        if listed is not None and listed.format().style() == QTextListFormat.Style.ListDisc:
            plain = QTextCharFormat()
            plain.setFont(self._theme.font(BODY))
            QTextCursor(block).insertText(_BEFORE_TEXT, plain)
            shape.setTextIndent(-QFontMetricsF(self._theme.font(BODY)).horizontalAdvance(_BEFORE_TEXT))
        QTextCursor(block).mergeBlockFormat(shape)

    def _letters(self, level: int, *, code: bool, of_file: bool) -> QTextCharFormat:
        """Return what is laid over the letters of a heading, a key, a line of a file; nothing over plain ones."""
        letters = QTextCharFormat()
        if level:
            letters.setFont(self._theme.font(_SIZES.get(level, BODY), bold=True))
        elif of_file:
            fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            fixed.setPixelSize(self._theme.px(BODY))
            letters.setFont(fixed)
        elif code:
            letters.setFont(self._theme.font(BODY))
            letters.setBackground(QColor(self._theme.colours.accent_soft))
        return letters

    def _shape_table(self, table: QTextTable) -> None:
        px, shape = self._theme.px, table.format()
        shape.setCellPadding(px(GAP_TINY))
        shape.setBorderCollapse(True)
        shape.setBorder(1)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderBrush(QColor(self._theme.colours.line))
        shape.setTopMargin(px(GAP_TINY))
        shape.setBottomMargin(px(GAP))
        table.setFormat(shape)


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    """Return the runs of letters of one kind in a block."""
    found, at = [], block.begin()
    while not at.atEnd():
        found.append(at.fragment())
        at += 1
    return found


class GuidePage(QWidget):
    """Guides of officers and of who looks after computers; a line to type in finds parts by their words."""

    left = Signal()

    def __init__(self, words: Language, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self.which = Choice()
        self.which.setAccessibleName(words.text("Guide"))
        self.which.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for name, text in (
            (OFFICER, words.text("For officers")), (IT, words.text("For IT staff")),
            (POLICY, words.text("The policy file")),
        ):  # fmt: skip
            if read_guide(name, words.language):
                self.which.addItem(text, name)
        self.words_line = QLineEdit()
        self.words_line.setAccessibleName(words.text("Find in the guide"))
        self.words_line.setPlaceholderText(words.text("Find in the guide"))
        self.words_line.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setAccessibleName(words.text("Contents"))
        self.contents.setWordWrap(True)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.contents.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        RowMenu(self.contents, words)
        self.sheet = _Sheet(theme)
        self.sheet.setAccessibleName(words.text("Guide"))
        self._none = label(words.text("No topic contains these words."), "muted")
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        for widget in (self.which, self.words_line, self._none, self.contents):
            column.addWidget(widget)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(side)
        split.addWidget(self.sheet)
        split.setSizes([theme.px(268), theme.px(812)])
        split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        back = button(words.text("Back", "button"), self.left.emit, name="quiet", shortcut="Esc")
        whole.addLayout(row(label(words.text("Guide", "page"), "title", wrap=False), 1, back))
        whole.addWidget(split, 1)
        self.which.currentIndexChanged.connect(lambda _: self._on_typed())
        self.words_line.textChanged.connect(lambda _: self._on_typed())
        self.contents.currentRowChanged.connect(lambda _: self._on_chosen())
        self._on_typed()

    def show_for(self, page: str) -> None:
        """Open the part that tells about a page of the window."""
        self.words_line.clear()
        self.which.setCurrentIndex(max(0, self.which.findData(OFFICER)))
        sections = read_guide(OFFICER, self._words.language)
        if sections:
            self.contents.setCurrentRow(section_of(sections, page))
        self.contents.setFocus()

    def _on_typed(self) -> None:
        sections = read_guide(str(self.which.currentData()), self._words.language)
        found = matching(sections, self.words_line.text())
        self.contents.clear()
        for number in found:
            self.contents.addItem(sections[number].title)
            self.contents.item(self.contents.count() - 1).setData(Qt.ItemDataRole.UserRole, number)
        self._none.setHidden(bool(found))
        if found:
            self.contents.setCurrentRow(0)

    def _on_chosen(self) -> None:
        item = self.contents.currentItem()
        sections = read_guide(str(self.which.currentData()), self._words.language)
        if item is not None:
            self.sheet.show_text(sections[int(item.data(Qt.ItemDataRole.UserRole))].text)
