"""The guides inside the program: contents at the left, one part at a time at the right; no browser, no internet."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QImage, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from avrr_desktop.locations import guides
from avrr_desktop.operations.guides import IT, OFFICER, POLICY, matching, read_guide, section_of
from avrr_desktop.ui.theme import BODY, GAP, GAP_LARGE, GAP_SMALL, LARGE, TITLE, Theme
from avrr_desktop.ui.widgets import button, label, row
from avrr_desktop.words import Words

_SIZES = {1: TITLE, 2: TITLE, 3: LARGE}


class _Sheet(QTextBrowser):
    """Shows Markdown in the look of the window; pictures are as wide as the page at most."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setOpenLinks(False)
        self.setObjectName("guide")

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the guide, fitted to the width."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        picture = QImage(str((guides() / (name if isinstance(name, str) else name.toString())).resolve()))
        width = max(200, self.viewport().width() - 3 * self._theme.px(GAP_LARGE))
        if picture.width() > width:
            picture = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        return picture

    def show_text(self, markdown: str) -> None:
        """Show one part."""
        document = self.document()
        document.setDefaultFont(self._theme.font(BODY))
        document.setDocumentMargin(self._theme.px(GAP_LARGE))
        document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        block = document.begin()
        while block.isValid():
            cursor = QTextCursor(block)
            shape = QTextBlockFormat()
            level = block.blockFormat().headingLevel()
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                letters = cursor.charFormat()
                letters.setFont(self._theme.font(_SIZES.get(level, BODY), bold=True))
                cursor.setCharFormat(letters)
                shape.setTopMargin(self._theme.px(GAP_LARGE if level > 2 else 0))
            if not block.textList():
                shape.setBottomMargin(self._theme.px(GAP_SMALL))
            shape.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            QTextCursor(block).mergeBlockFormat(shape)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)


class GuidePage(QWidget):
    """Guides of officers and of who looks after computers; a line to type in finds parts by their words."""

    left = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self.which = QComboBox()
        self.which.setAccessibleName(words.text("Guide"))
        for name, text in (
            (OFFICER, words.text("For officers")), (IT, words.text("For whoever looks after computers")),
            (POLICY, words.text("The policy of a computer")),
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
        self.sheet = _Sheet(theme)
        self.sheet.setAccessibleName(words.text("Guide"))
        self._none = label(words.text("No part has these words."), "muted")
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        for widget in (self.which, self.words_line, self._none, self.contents):
            column.addWidget(widget)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(side)
        split.addWidget(self.sheet)
        split.setSizes([theme.px(280), theme.px(800)])
        split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        back = button(words.text("Back"), self.left.emit, name="quiet", shortcut="Esc")
        whole.addLayout(row(label(words.text("Guide"), "title", wrap=False), 1, back))
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
