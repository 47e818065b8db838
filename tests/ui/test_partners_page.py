"""The page of partners: a few letters or figures leave those that are meant."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.joined import FIRST
from avrr_desktop.domain.partners.offices import office_uid
from avrr_desktop.operations.referrals.directory import partners
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.office.directory_page import DirectoryPage
from avrr_desktop.ui.office.partners_page import PartnersPage
from avrr_desktop.ui.today.desk_model import ToCheck
from avrr_desktop.ui.today.today_page import TodayPage
from avrr_desktop.ui.widgets.item_list import LINE_ROLE
from tests.support.window import desktop_of, press, says, type_into, type_text, window_over

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
    offices = len(partners(workspace)) - 2
    assert offices > 0 and page.list.count() == 2 + offices
    assert page.form is not None and page.form.record.uid in made, "own entries stand before those of the pack"
    for typed, found in (("044123456", made[0]), ("пазар", made[1]), ("063 111", made[1]), ("ndihm", made[0])):
        page.text.setText(typed)
        assert page.list.count() == 1 and page.list.chosen() == found, typed
        assert page.form is not None and page.form.record.uid == found
    page.text.setText("Kukulis")
    assert page.list.count() == 0
    page.add()
    assert page.text.text() == "" and page.list.count() == 2 + offices
    assert page.form is not None and page.form.record.uid not in made
    desktop.show_page("setup")
    others = desktop.page("setup").findChildren(DirectoryPage)
    assert others and not any(one.text.isVisibleTo(one) for one in others)


def opened_page(qtbot: QtBot, workspace: Workspace) -> tuple[PartnersPage, Desktop]:
    desktop = desktop_of(window_over(qtbot, workspace))
    desktop.show_page("partners")
    page = desktop.page("partners")
    assert isinstance(page, PartnersPage)
    return page, desktop


def partners_page(qtbot: QtBot, workspace: Workspace) -> PartnersPage:
    return opened_page(qtbot, workspace)[0]


def shown(page: PartnersPage) -> list[str]:
    return [page.list.item(row).data(LINE_ROLE).key for row in range(page.list.count())]


def test_a_partner_is_found_by_service_area_language_and_kind_of_help(qtbot: QtBot, workspace: Workspace) -> None:
    legal = {"name": "Ura", "country": "AL", "services": "help in court", "area": "Lezhë", "languages": ["sq", "rom"]}
    school = {"name": "Dera", "country": "AL", "categories": ["EDU"], "type": "microfinance"}
    made = [new_record(workspace, "provider", values).record for values in (legal, school)]
    page = partners_page(qtbot, workspace)
    for typed, (found, other) in (
        ("court", made), ("лежа", made), ("Romani", made), ("education", made[::-1]), ("microfin", made[::-1]),
    ):  # fmt: skip
        page.text.setText(typed)
        assert page.list.chosen() == found and other not in shown(page), typed


def test_what_is_over_and_what_is_to_check_is_said_of_an_entry(qtbot: QtBot, workspace: Workspace) -> None:
    values = {"name": "Ura", "country": "AL", "agreement_until": "2026-05-31", "checked_on": "2025-01-01",
              "area": "Lezhë\nbehind the mill"}  # fmt: skip
    entry = new_record(workspace, "provider", values).record
    page = partners_page(qtbot, workspace)
    assert page.list.chosen() == entry
    for said in ("The agreement with this partner ended on 31.05.2026.", "Check this entry: 165 days overdue",
                 "Serves: Lezhë · Not in the list of places: behind the mill"):  # fmt: skip
        assert says(page, said), said
    press(page, "Checked today")
    now = workspace.store.reader.record("provider", entry)
    assert now is not None and now.text("checked_on") == "2026-06-15"
    assert not says(page, "Check this entry: 165 days overdue")
    assert page.form is not None
    type_into(page.form, "runs_until", "1.6.2026")
    assert page.form.save() and says(page, "The programme of this partner ended on 01.06.2026.")


def test_an_office_of_the_pack_is_written_once_somebody_edits_it(qtbot: QtBot, workspace: Workspace) -> None:
    page, desktop = opened_page(qtbot, workspace)
    uid = office_uid("AL", "registry")
    page.list.choose(uid)
    assert (
        page.form is not None and page.form.is_new and says(page, "Named by the country pack, and checked by nobody.")
    )
    page.text.setText("dera")  # looked at and left: nothing is written
    page.text.clear()
    assert workspace.store.reader.everything("provider") == ()
    page.list.choose(uid)
    type_into(page.form, "phone", "+355 21 500 600")
    assert page.form.save()
    [entry] = workspace.store.reader.everything("provider")
    assert (entry.uid, entry.text("phone"), entry.text("from_pack")) == (uid, "+355 21 500 600", "AL.registry")
    assert entry.text("name") == "Registry office (Albania)" and page.list.chosen() == uid
    desktop.acts.undo()
    assert workspace.store.reader.everything("provider") == ()


def test_two_entries_are_laid_side_by_side_joined_and_taken_apart(qtbot: QtBot, workspace: Workspace) -> None:
    first = new_record(workspace, "provider", {"name": "Црвени крст", "place": "Niš", "phone": "018 111 222"}).record
    second = new_record(workspace, "provider", {"name": "Crveni krst", "place": "Niš", "phone": "018 333 444"}).record
    page, desktop = opened_page(qtbot, workspace)
    press(page, "1 possible duplicate")
    assert page.joining is not None and page.joining.table is not None
    page.joining.join()
    assert len(workspace.store.reader.everything("provider")) == 2, "the name is asked for first"
    page.joining.table.option("name", FIRST).setChecked(True)
    press(page, "Join")
    [entry] = workspace.store.reader.everything("provider")
    assert entry.uid == first and entry.text("other_names") == "Crveni krst"
    assert page.list.chosen() == first and not page.doubles.isVisible()
    desktop.acts.undo()
    assert {one.uid for one in workspace.store.reader.everything("provider")} == {first, second}
    page.list.choose(second)
    press(page, "Join with another entry")
    assert page.joining is not None and page.joining.table is None
    type_text(page.joining.chosen.box.line, "Црвени")
    QTest.keyClick(page.joining.chosen.box.popup, Qt.Key.Key_Return)
    press(page, "Lay side by side")
    assert page.joining.table is not None
    press(page, "Cancel")
    assert page.form is not None and page.form.record.uid == second


def test_a_check_that_is_due_stands_in_today_and_leads_to_the_entry(qtbot: QtBot, workspace: Workspace) -> None:
    new_record(workspace, "provider", {"name": "Afresh", "checked_on": "2026-06-01"})
    due = new_record(workspace, "provider", {"name": "Ura", "place": "Lezhë", "checked_on": "2025-01-01"}).record
    desktop = desktop_of(window_over(qtbot, workspace))
    desktop.show_page("today")
    today = desktop.page("today")
    assert isinstance(today, TodayPage)
    lines = [row for _, row in today.view.rows() if isinstance(row.of, ToCheck)]
    assert [(row.name, row.below, row.said.when) for row in lines] == [
        ("Ura", "Lezhë", "Check this entry: 165 days overdue")
    ]
    today.view.opened.emit(lines[0])
    page = desktop.page("partners")
    assert isinstance(page, PartnersPage) and page.isVisible() and page.list.chosen() == due
