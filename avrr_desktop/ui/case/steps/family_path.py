"""The family's path: people down, steps across, at one glance. The services tab is the same as a list."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.family_path import Path, path_of
from avrr_desktop.domain.procedure.steps import StepView
from avrr_desktop.domain.wording import ahead_text, blocked_sentence, late_text, standing_text
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.widgets.icons import pixmap, step_icon
from avrr_desktop.ui.widgets.theme import SMALL, Theme


class FamilyPath(QWidget):
    """A picture; each mark leads to its step. It shrinks its columns before it lets anything be cut off."""

    wanted = Signal(str)  # step

    def __init__(self, workspace: Session, theme: Theme, case_file: CaseFile) -> None:
        super().__init__()
        self._workspace, self._theme, self._case = workspace, theme, case_file
        self.path: Path = path_of(case_file)
        self._mark = theme.px(18)
        self._row = theme.px(30)
        metrics = QFontMetrics(theme.font(SMALL))
        self._names = min(theme.px(130), max((metrics.horizontalAdvance(name) for name in self._people()), default=0))
        self._head = theme.px(80)
        self._overhang = theme.px(52)  # the last title leans out to the right
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._head + self._row * len(self.path.rows) + 4)
        self.setMouseTracking(True)
        words = workspace.words
        self.setAccessibleName(words.text("The family’s path"))
        self.setAccessibleDescription(self._spoken())

    @property
    def empty(self) -> bool:
        """Whether there is no step to show."""
        return not self.path.columns

    def minimumSizeHint(self) -> QSize:
        """Room for the names and the narrowest columns."""
        return QSize(self._names + len(self.path.columns) * (self._mark + 4) + 16 + self._overhang, self.height())

    def _people(self) -> list[str]:
        words = self._workspace.words
        return [row.name or words.text("Whole family") for row in self.path.rows]

    def _spoken(self) -> str:
        words = self._workspace.words
        lines = []
        for name, row in zip(self._people(), self.path.rows, strict=True):
            steps = [
                f"{words.text(view.step.text('short') or view.step.text('title'))}: {self._state(view)}"
                for view in row.views if view is not None
            ]  # fmt: skip
            lines.append(f"{name}: {'; '.join(steps)}.")
        return " ".join(lines)

    def _state(self, view: StepView) -> str:
        today, words = self._workspace.today, self._workspace.words
        state, _ = standing_text(view, today, words, self._workspace.pack)
        return ", ".join(part for part in (state, late_text(view, today, words), ahead_text(view, words)) if part)

    def _width(self) -> int:
        room = self.width() - self._names - 12 - self._overhang
        return max(self._mark + 2, min(self._theme.px(64), room // max(1, len(self.path.columns))))

    def place_of(self, row: int, column: int) -> QRect:
        """Return where the mark of a person (row) and a step (column) is drawn."""
        width = self._width()
        left = self._names + 12 + column * width + (width - self._mark) // 2
        return QRect(left, self._head + row * self._row + (self._row - self._mark) // 2, self._mark, self._mark)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, slanted column titles, a line for each person, and a mark for each step."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(SMALL))
        self._draw_titles(painter)
        for number, row in enumerate(self.path.rows):
            self._draw_name(painter, number, self._people()[number])
            there = [column for column, view in enumerate(row.views) if view is not None]
            if len(there) > 1:
                painter.setPen(QPen(QColor(self._theme.colours.line), 2))
                painter.drawLine(self.place_of(number, there[0]).center(), self.place_of(number, there[-1]).center())
            for column in there:
                view = row.views[column]
                assert view is not None
                look = view.look(self._workspace.today)
                place = self.place_of(number, column)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(self._theme.colours.surface))
                painter.drawEllipse(place)
                mark = pixmap(step_icon(look), self._theme.state_colour(look), self._mark)
                painter.drawPixmap(place.topLeft(), mark)
                if view.ahead_of:
                    self._draw_ahead(painter, place)
        painter.end()

    def _draw_ahead(self, painter: QPainter, place: QRect) -> None:
        """Draw a ring around a step that went ahead of another one."""
        painter.setPen(QPen(QColor(self._theme.state_colour("overdue")), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place.adjusted(-2, -2, 2, 2))

    def _draw_titles(self, painter: QPainter) -> None:
        words = self._workspace.words
        metrics = painter.fontMetrics()
        painter.setPen(QColor(self._theme.colours.muted))
        length = int(self._head * 1.25)
        for column, title in enumerate(self.path.columns):
            painter.save()
            place = self.place_of(0, column)
            painter.translate(QPoint(place.center().x() - 2, self._head - 4))
            painter.rotate(-45)
            painter.drawText(0, 0, metrics.elidedText(words.text(title), Qt.TextElideMode.ElideRight, length))
            painter.restore()

    def _draw_name(self, painter: QPainter, number: int, name: str) -> None:
        painter.setPen(QColor(self._theme.colours.text))
        area = QRect(0, self._head + number * self._row, self._names + 4, self._row)
        text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _view_at(self, point: QPoint) -> StepView | None:
        for number, row in enumerate(self.path.rows):
            for column, view in enumerate(row.views):
                if view is not None and self.place_of(number, column).adjusted(-3, -3, 3, 3).contains(point):
                    return view
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Lead to the step under the cursor."""
        view = self._view_at(event.position().toPoint())
        if view is not None:
            self.wanted.emit(view.step.uid)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a mark."""
        over = self._view_at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: object) -> bool:
        """Say what a mark stands for."""
        if isinstance(event, QHelpEvent):
            view = self._view_at(event.pos())
            if view is not None:
                workspace = self._workspace
                words = workspace.words
                why = blocked_sentence(view, self._case.people, words, workspace.pack) or self._state(view)
                QToolTip.showText(event.globalPos(), f"{words.text(view.step.text('title'))}\n{why}", self)
            return True
        return super().event(event)  # type: ignore[arg-type]
