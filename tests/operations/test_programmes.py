"""What an office sets for its programmes: laid over what shipped, as Changes; carried by a pack file; refused in words."""

import tomllib
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.people.country import RETURN
from avrr_desktop.domain.procedure.pack_settings import SETTINGS, YES, Setting
from avrr_desktop.domain.records.types.pack_records import STATED_FIGURE, part_key
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.follow_ups import follow_up_days, help_until
from avrr_desktop.operations.computer.shipped_packs import shipped
from avrr_desktop.operations.documents.printing import case_pdf
from avrr_desktop.operations.office.pack_office import export_pack, import_pack
from avrr_desktop.operations.office.programmes import own_of, programme_values, rules_values
from avrr_desktop.operations.protection.data_subject import due_to_go
from avrr_desktop.operations.reports.reporting import cases_by_country, stated_figures
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import tables_match
from tests.support import stores
from tests.support.pdf_text import sheets, squeezed, whole

HEAD = '[pack]\nkey = "ours"\nschema = 1\nversion = 1\ntitle = "Ours"\n'
OURS = (
    HEAD
    + """
[settings]
quiet_after_days = 45
self_approval = 1

[programme]
key = "lake"
title = "Return to the lakes"
donor = "Ministry of the lakes"
direction = "to_western_balkans"
eligible_statuses = ["undocumented"]

[programme.settings]
assistance_period_months = 9
follow_up_first_month = 2
retention_months = 24

[authorities.registry]
country = "AL"
type = "registry"
text = "Registry office by the lake"
basis = "programme"
verification_status = "unverified_default"

[[published_figure]]
title = "Returns to the lakes, first half"
source = "Letter of the ministry"
period_from = "2026-01-01"
period_until = "2026-07-01"
unit = "processed_returnees"
stated_total = 9
parts = { AL = 4, MK = 3 }
hosts = ["DE", "NO"]
"""
)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def in_lake(workspace: Workspace, **case: object) -> str:
    return open_case(workspace, {"called": "Hoti", "programme": "lake", "opened_on": "2026-03-01", "arrival_date": "2026-02-27",
                                 **case}, []).case  # fmt: skip


def test_a_programme_of_the_offices_own_is_a_file_and_everything_follows_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    changes = import_pack(workspace, write(tmp_path / "ours.toml", OURS))
    pack = workspace.pack
    assert pack.codes["programme"]["lake"] == "Return to the lakes"
    assert pack.programmes["lake"].donor == "Ministry of the lakes"
    case = in_lake(workspace)
    assert read_case(workspace, case).case.text("donor") == "Ministry of the lakes"
    assert help_until(workspace, read_case(workspace, case)) == "2026-11-27"
    assert follow_up_days(workspace, read_case(workspace, case))[0] == "2026-04-27"
    assert (pack.setting("quiet_after_days"), pack.setting("self_approval")) == (45, 1)
    assert pack.authorities["AL", "registry"] == "Registry office by the lake"
    figure = next(one for one in stated_figures(workspace, "lake") if one.programme)
    assert (figure.unit, figure.stated_total, figure.unallocated, figure.hosts) == (
        "processed_returnees",
        9,
        2,
        ("DE", "NO"),
    )
    assert [one.stated_total for one in cases_by_country(workspace, "2026-01-01", "2026-07-01").figures] == [9]
    again = stores.reopened(workspace)
    again.read_pack()
    assert again.pack == pack
    assert tables_match(again.store)
    with pytest.raises(RefusedError):
        import_pack(again, tmp_path / "ours.toml")
    undo(again, changes.change_id)
    assert again.pack.programmes == shipped().programmes
    assert again.pack.figures == shipped().figures
    again.lock()


def test_a_second_file_changes_what_the_first_one_made(workspace: Workspace, tmp_path: Path) -> None:
    import_pack(workspace, write(tmp_path / "ours.toml", OURS))
    changed = OURS.replace("stated_total = 9", "stated_total = 8").replace("by the lake", "on the hill")
    import_pack(
        workspace, write(tmp_path / "ours.toml", changed.replace("retention_months = 24", "retention_months = 36"))
    )
    reader = workspace.store.reader
    assert [reader.count(kind) for kind in ("programme", "authority", "stated_figure", "office_rules")] == [1, 1, 1, 1]
    assert [one.stated_total for one in stated_figures(workspace, "lake") if one.programme] == [8]
    assert workspace.pack.authorities["AL", "registry"] == "Registry office on the hill"
    assert workspace.pack.setting("retention_months", "lake") == 36


def test_what_an_office_set_travels_in_its_pack(workspace: Workspace, tmp_path: Path) -> None:
    import_pack(workspace, write(tmp_path / "ours.toml", OURS))
    path = export_pack(workspace, tmp_path / "whole.toml")
    other = stores.office_workspace(tmp_path / "other.avrr")
    import_pack(other, path)
    for table in ("programmes", "settings", "authorities", "figures", "services", "codes"):
        assert getattr(other.pack, table) == getattr(workspace.pack, table), table
    other.lock()
    assert tomllib.loads(path.read_text(encoding="utf-8"))["programmes"]["lake"]["settings"]["retention_months"] == 24


def test_a_shipped_programme_is_changed_and_goes_back_to_what_it_was(workspace: Workspace) -> None:
    key = next(key for key, one in shipped().programmes.items() if one.settings)
    values = {**programme_values(workspace, key), "retention_months": 12}
    made = new_record(workspace, "programme", values)
    assert workspace.pack.setting("retention_months", key) == 12
    assert workspace.pack.setting("retention_months") == 0
    for name, number in shipped().programmes[key].settings.items():
        assert workspace.pack.setting(name, key) == number
    record = own_of(workspace, "programme", key)
    assert record is not None
    assert record.uid == made.record
    edit_record(workspace, record, {"title": "Another name"})
    assert workspace.pack.codes["programme"][key] == "Another name"
    remove_record(workspace, own_of(workspace, "programme", key) or record, "")
    assert workspace.pack.programmes[key] == shipped().programmes[key]


def test_retention_shows_the_cases_of_its_programme_alone(workspace: Workspace) -> None:
    new_record(workspace, "programme", {"title": "Lake", "key": "lake", "retention_months": 6})
    old = {"status": "closed", "closure_reason": "withdrew", "closed_on": "2025-01-10"}
    case = in_lake(workspace, **old)
    in_lake(workspace, programme="", **old)
    assert [line.uid for line, _ in due_to_go(workspace)] == [case]


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda one: one.key)
def test_every_setting_is_set_in_the_window_and_by_a_file_within_its_borders(
    workspace: Workspace, tmp_path: Path, setting: Setting
) -> None:
    value = setting.most if workspace.pack.setting(setting.key) != setting.most else setting.least
    import_pack(workspace, write(tmp_path / "set.toml", f"{HEAD}[settings]\n{setting.key} = {value}\n"))
    assert workspace.pack.setting(setting.key) == value
    record = own_of(workspace, "office_rules", "all")
    assert record is not None
    edit_record(workspace, record, {setting.key: None})
    assert workspace.pack.setting(setting.key) == shipped().setting(setting.key)
    for wrong in (setting.most + 1, setting.least - 1):
        with pytest.raises(BadInputError) as refused:
            import_pack(workspace, write(tmp_path / "wrong.toml", f"{HEAD}[settings]\n{setting.key} = {wrong}\n"))
        said = " ".join(Language().error(refused.value))
        assert setting.key in said
        assert str(setting.most) in said
        if setting.unit != YES:
            with pytest.raises(BadInputError):
                edit_record(workspace, own_of(workspace, "office_rules", "all") or record, {setting.key: wrong})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[settings]\nquiet_days = 4\n", "no setting “quiet_days”"),
        ('[settings]\nquiet_after_days = "30"\n', "from 1 to 366"),
        ("[settings]\nquiet_after_days = true\n", "from 1 to 366"),
        ('[programme]\nkey = "x"\ntitle = "X"\n[programme.settings]\nbulk_from = 4\n', "no setting “bulk_from”"),
        ('[programme]\nkey = "x"\ntitle = "X"\nhelp = "much"\n', "programmes.x], key help"),
        ('[authorities.a]\ncountry = "Atlantis"\ntype = "registry"\ntext = "x"\nbasis = "programme"\n'
         'verification_status = "unverified_default"\n', "key country"),
        ('[[published_figure]]\ntitle = "x"\nperiod_until = "2020-01-01"\nunit = "elephants"\nstated_total = 3\n', "elephants"),
        ('[[published_figure]]\ntitle = "x"\nperiod_until = "2020"\nunit = "cases"\nstated_total = 3\n', "period_until"),
        ('[[published_figure]]\ntitle = "x"\nperiod_until = "2020-01-01"\nunit = "cases"\nstated_total = -3\n', "stated_total"),
        ('[[published_figure]]\ntitle = "x"\nperiod_until = "2020-01-01"\nunit = "cases"\nstated_total = 3\nsum = 4\n', "key sum"),
        ('[[published_figure]]\ntitle = "x"\nperiod_until = "2020-01-01"\nunit = "cases"\nstated_total = 3\nparts = { DE = 1 }\n',
         "key parts"),
    ],
)  # fmt: skip
def test_what_the_program_does_not_know_is_refused_in_words(
    workspace: Workspace, tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        import_pack(workspace, write(tmp_path / "wrong.toml", HEAD + text))
    assert said in " ".join(Language().error(refused.value))
    assert workspace.pack is workspace.shipped_pack


def test_who_does_not_manage_sets_nothing(workspace: Workspace, tmp_path: Path) -> None:
    made = new_record(workspace, "officer", {"name": "Ben", "role": "case_worker"})
    workspace.officer = workspace.store.reader.record("officer", made.record)
    for kind, values in (("programme", {"title": "x"}), ("office_rules", rules_values(workspace)), ("authority", {"name": "x"}),
                         ("stated_figure", {"title": "x"})):  # fmt: skip
        with pytest.raises(RefusedError):
            new_record(workspace, kind, values)
    with pytest.raises(RefusedError):
        import_pack(workspace, write(tmp_path / "ours.toml", OURS))
    assert workspace.pack is workspace.shipped_pack


def test_figures_of_an_office_are_read_as_it_wrote_them(workspace: Workspace) -> None:
    values = {"title": "Half-year", "unit": "families_and_vulnerable_persons", "period_from": "2019-01", "period_until": "2019-06",
              "total": 45, "part_al": 20, "part_ba": 1, "part_xk": 9, "part_mk": 5, "part_rs": 8, "hosts": "Belgium, Atlantis"}  # fmt: skip
    new_record(workspace, "stated_figure", values)
    figure = cases_by_country(workspace, "2019-01-01", "2019-07-01").figures[0]
    assert (figure.allocated, figure.unallocated, figure.not_stated) == (43, 2, ("ME",))
    assert (figure.last_day, figure.hosts) == ("2019-06-30", ("BE", "Atlantis"))


def test_every_country_of_return_has_a_part_in_a_stated_figure() -> None:
    assert {part_key(code) for code in RETURN} == {key for key in STATED_FIGURE.by_key if key.startswith("part_")}


def test_the_note_below_kosovo_is_worded_as_the_donor_asks_and_has_its_star(
    workspace: Workspace, tmp_path: Path
) -> None:
    usual = "References to Kosovo shall be understood"
    asked = "This designation is without prejudice to positions on status"
    case = in_lake(workspace, country_of_return="XK")
    read = workspace.store.reader.case_file

    def printed_note() -> str:
        return whole(sheets(case_pdf(workspace, read(case))))

    assert squeezed(usual) in printed_note()
    import_pack(
        workspace,
        write(tmp_path / "lake.toml", f'{HEAD}[programme]\nkey = "lake"\ntitle = "Lake"\nkosovo_note = "{asked}"\n'),
    )
    text = printed_note()
    assert squeezed(f"* {asked}") in text and squeezed(usual) not in text
    export_pack(workspace, tmp_path / "out.toml")
    assert (
        tomllib.loads((tmp_path / "out.toml").read_text(encoding="utf-8"))["programmes"]["lake"]["kosovo_note"] == asked
    )
