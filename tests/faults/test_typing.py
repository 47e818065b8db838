"""What somebody was typing when the program died waits for them, with case and time, and nowhere else."""

from datetime import datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.desk_acts import Act
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.cases.new_case_page import NewCasePage
from avrr_desktop.ui.forms.grid.columns import FAMILY, GIVEN
from avrr_desktop.ui.frame.desktop import Desktop
from tests.support import today, window
from tests.support.folders import OtherProgram, opened
from tools.rigs.form_child import LETTER

OLDEST = 5000 // LETTER  # letters that may be lost


def killed_while_typing(folder: Path, case: str) -> int:
    """Let another program type into a note until a draft was kept, kill it, and return how much it had typed."""
    with OtherProgram("tools.rigs.form_child", str(folder), case) as officer:
        heard = [officer.hear()]
        while heard[-1] != "kept":
            assert heard[-1], "the officer's program has ended"
            heard.append(officer.hear())
        heard += [officer.hear() for _ in range(10)]
        heard += officer.kill()
    return max(int(line) for line in heard if line.isdecimal())


def notes_tab(desktop: Desktop) -> RecordTab:
    """Return the notes of the case that is shown."""
    tab = window.case_page(desktop).tab("notes")
    assert isinstance(tab, RecordTab)
    return tab


def test_C4_what_was_typed_when_the_program_died_is_offered_with_case_and_time_in_its_own_case(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    other = open_case(workspace, {"called": "Krasniqi"}).case
    folder, case = workspace.folder.path, family.case.uid
    before = len(family.notes)
    workspace.lock()
    typed = killed_while_typing(folder, case)
    again = opened(folder)
    [draft] = again.store.local.drafts()
    text = str(draft.values["text"])
    assert set(text) == {"a"}
    assert typed - OLDEST <= len(text) <= typed + 1
    assert draft.case == case
    assert len(read_case(again, case).notes) == before, "what was not saved is not in the case"
    shell = window.window_over(qtbot, again)
    desktop = window.desktop_of(shell)
    [offered] = [said for said in today.told(desktop) if "not saved" in said]
    assert "Đorđević family" in offered
    assert again.words.moment(again.local(datetime.fromisoformat(draft.kept_at))) in offered
    desktop.show_case(other, "note")
    assert notes_tab(desktop).form is None, "another case does not show it"
    today.click(desktop, "not saved", Act.DONE)
    form = notes_tab(desktop).form
    assert form is not None
    assert form.rows["text"].editor.typed() == text
    assert again.store.local.drafts() == [draft], "looking at it takes nothing away"
    assert form.save()
    assert again.store.local.drafts() == []
    assert text in {note.text("text") for note in read_case(again, case).notes}
    assert read_case(again, other).notes == ()
    shell.close()


def test_a_family_that_was_typed_when_the_program_died_is_there_again_row_by_row(
    qtbot: QtBot, workspace: Workspace
) -> None:
    folder = workspace.folder.path
    workspace.lock()
    typed = killed_while_typing(folder, "")
    again = opened(folder)
    assert all_cases(again) == [], "nothing is in the store that nobody opened"
    desktop = window.desktop_of(window.window_over(qtbot, again))
    desktop.show_page("new")
    page = desktop.page("new")
    assert isinstance(page, NewCasePage)
    rows = page.grid.rows
    assert rows.filled_rows() == [0, 1]
    assert page.grid.model.who(0) == "Agim Krasniqi" and rows.arrival(0).person["birth_date"] == "1984-05-14"
    name = page.grid.model.shown(1, GIVEN)
    assert set(name) == {"a"} and typed - OLDEST <= len(name) <= typed + 1
    assert page.grid.model.shown(1, FAMILY) == "Krasniqi", "what was carried down is there, too"
