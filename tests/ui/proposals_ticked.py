"""What the facts of a family propose is ticked by keys and clicks, and by nobody else."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from tests.support import window
from tests.ui.test_family_grid import RETURN, desktop, hand, page, shell
from tools.jobs.hand import CONTROL, Hand, Key

__all__ = ["desktop", "hand", "page", "shell"]  # the fixtures


def test_what_the_facts_propose_is_ticked_only_by_somebody(hand: Hand, page: NewCasePage, workspace: Workspace) -> None:
    QApplication.clipboard().setText(
        "Ardita\tKrasniqi\tF\t9.3.2015\tLiège\tBelgium\tchild\nBesnik\tKrasniqi\tM\t2019\tLiège\tBelgium\tchild"
    )
    hand.key(Key.Key_Down)
    hand.key(Key.Key_V, held=CONTROL)
    grid = page.grid
    assert window.says(page, "Born in Belgium, return to Albania, no birth entry") and window.says(
        page, "Of school age, no school"
    )
    assert set(grid.proposals.boxes) == {
        (0, "SIT_BIRTH_ABROAD"),
        (1, "SIT_BIRTH_ABROAD"),
        (0, "SIT_SCHOOL_AGE"),
        (1, "SIT_SCHOOL_AGE"),
    }
    assert not any(box.isChecked() for box in grid.proposals.boxes.values())
    assert all(one.membership.get("situations") is None for one in grid.arrivals()) and grid.services == []
    hand.key(Key.Key_Space, held=CONTROL)
    assert grid.arrivals()[0].membership["situations"] == ("SIT_BIRTH_ABROAD",)
    assert [box.text() for box in grid.proposals.service_boxes.values()] == [
        "Birth registration of a child born abroad"
    ]
    hand.click(grid.proposals.boxes[1, "SIT_SCHOOL_AGE"])
    assert grid.arrivals()[1].membership["situations"] == ("SIT_SCHOOL_AGE",)
    assert not any(box.isChecked() for box in grid.proposals.service_boxes.values()) and grid.services == []
    hand.click(grid.proposals.boxes[1, "SIT_SCHOOL_AGE"])
    assert grid.arrivals()[1].membership.get("situations") is None
    hand.key(Key.Key_T, held=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert grid.services == ["birth_registration"]
    hand.key(RETURN, held=CONTROL)
    [line] = all_cases(workspace)
    made = read_case(workspace, line.uid)
    assert [one.text("template") for one in made.services] == ["birth_registration"]
    assert made.services[0].many("persons") == (made.members[0].person.uid,)
