"""The page of partners: a few letters or figures leave those that are meant."""

from pytestqt.qtbot import QtBot

from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.office.directory_page import DirectoryPage
from tests.support.window import desktop_of, window_over

PARTNERS = (
    {"name": "Qendra për ndihmë", "place": "Gjakovë", "phone": "+383 44 123 456"},
    {"name": "Dom zdravlja", "place": "Novi Pazar", "phone": "020 321 654; 063 111 222"},
)


def test_partners_are_found_by_name_place_and_phone(qtbot: QtBot, workspace: Workspace) -> None:
    made = [new_record(workspace, "provider", values).record for values in PARTNERS]
    desktop = desktop_of(window_over(qtbot, workspace))
    desktop.show_page("partners")
    page = desktop.page("partners")
    assert isinstance(page, DirectoryPage) and page.text.isVisible()
    assert page.list.count() == 2
    for typed, found in (("044123456", made[0]), ("пазар", made[1]), ("063 111", made[1]), ("ndihm", made[0])):
        page.text.setText(typed)
        assert page.list.count() == 1 and page.list.chosen() == found, typed
        assert page.form is not None and page.form.record.uid == found
    page.text.setText("Tirana")
    assert page.list.count() == 0
    page.add()
    assert page.text.text() == "" and page.list.count() == 2
    assert page.form is not None and page.form.record.uid not in made
    desktop.show_page("setup")
    others = desktop.page("setup").findChildren(DirectoryPage)
    assert others and not any(one.text.isVisibleTo(one) for one in others)
