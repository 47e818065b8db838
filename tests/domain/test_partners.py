"""What is known of a partner by its entry: whom it serves, what is over, when to check it, and which entries may be one."""

from collections.abc import Mapping
from datetime import date

import pytest

from avrr_desktop.domain.partners.area import served, serves, serves_somewhere_else
from avrr_desktop.domain.partners.doubles import likely_double_partners
from avrr_desktop.domain.partners.offices import is_of_pack, is_unwritten, pack_office, pack_offices
from avrr_desktop.domain.partners.standing import check_due, is_check_due, partner_warnings
from avrr_desktop.domain.people.partner_search import is_meant
from avrr_desktop.domain.places.gazetteer import gazetteer
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.language import Language
from avrr_desktop.operations.computer import shipped_packs

TODAY, WORDS = date(2026, 6, 15), Language()


def entry(values: Mapping[str, Value], uid: str = "o1") -> Record:
    return Record("provider", uid, values, ("1",))


def partner(uid: str = "o1", **values: Value) -> Record:
    return entry(values, uid)


def place(name: str, country: str = "") -> str:
    found = gazetteer().sure(name, country)
    assert found is not None
    return found.uid


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"agreement_until": "2026-06-14"}, ["The agreement with this partner ended on 14.06.2026."]),
        ({"agreement_until": "2026-06-15"}, []),
        ({"agreement_until": "2026-06"}, []),
        ({"agreement_until": "2025"}, ["The agreement with this partner ended on 2025."]),
        ({"agreement_from": "2026-07-01"}, ["The agreement with this partner begins on 01.07.2026."]),
        ({"runs_until": "2026-05-31"}, ["The programme of this partner ended on 31.05.2026."]),
        ({"runs_until": "2026-12-31", "agreement_until": "2026-12-31"}, []),
        ({}, []),
    ],
)
def test_what_is_over_warns_from_the_day_after(values: dict[str, Value], said: list[str]) -> None:
    assert list(partner_warnings(entry(values), TODAY, WORDS)) == said


@pytest.mark.parametrize(
    ("values", "months", "due", "now"),
    [
        ({"checked_on": "2025-06-15"}, 12, "2026-06-15", True),
        ({"checked_on": "2025-06-16"}, 12, "2026-06-16", False),
        ({"checked_on": "2024-02-29"}, 12, "2025-02-28", True),
        ({"checked_on": "2020-01-01"}, 0, "", False),
        ({"checked_on": "2020-01-01", "check_due_on": "2026-09-01"}, 12, "2026-09-01", False),
        ({"check_due_on": "2026-06-01"}, 0, "2026-06-01", True),
        ({}, 12, "", False),
    ],
)
def test_a_check_is_due_months_after_the_last_or_on_its_day(
    values: dict[str, Value], months: int, due: str, now: bool
) -> None:
    assert check_due(entry(values), months) == due
    assert is_check_due(entry(values), months, TODAY) is now


def test_lines_of_the_area_are_places_and_unknown_ones_stay_as_they_were_typed() -> None:
    one = partner(country="AL", area="Lezhë\n\n  Komuna Kurbin \nthe old quarter behind the mill")
    assert [(line.typed, line.place.uid if line.place else None) for line in served(one, gazetteer())] == [
        ("Lezhë", place("Lezhë", "AL")), ("Komuna Kurbin", place("Kurbin", "AL")),
        ("the old quarter behind the mill", None),
    ]  # fmt: skip


def test_of_a_municipality_and_a_village_of_one_name_the_municipality_is_served() -> None:
    [line] = served(partner(country="BA", area="Živinice"), gazetteer())
    assert line.place is not None and line.place.uid == "BA-m-zivinice"
    [of_two] = served(partner(area="Centar"), gazetteer())
    assert of_two.place is None, "two municipalities have this name"


def test_a_partner_serves_what_lies_in_its_area_and_without_one_its_own_place() -> None:
    places, lezhe, tirana = gazetteer(), place("Lezhë", "AL"), place("Tiranë", "AL")
    county = places.ancestors(lezhe)[0]
    whole = places.get(county)
    assert whole is not None
    for one in (
        partner(country="AL", area="Лежа\nLezha"),
        partner(country="AL", area=f"Qarku {whole.official[0][1]}"),
        partner(country="AL", place="Lezhë"),
        partner(country="AL", place="Lezhë", place_code=lezhe),
    ):
        assert serves(one, lezhe, places), one.values
        assert not serves(one, tirana, places), one.values
    elsewhere = partner(country="AL", area="Tiranë", place="Lezhë")
    assert not serves(elsewhere, lezhe, places), "what it says of its area goes before where it sits"
    assert not serves(partner(country="AL", place="Lezhë"), "", places)


def test_only_who_surely_serves_another_place_stands_last() -> None:
    places, lezhe = gazetteer(), place("Lezhë", "AL")

    def last(**values: Value) -> bool:
        return serves_somewhere_else(entry(values), "AL", lezhe, places)

    assert last(country="RS")
    assert last(country="AL", area="Tiranë")
    assert not last(country="AL", area="Tiranë\nwherever we are asked"), "an unknown line may mean this place"
    assert not last(country="AL")
    assert not last()


def test_one_name_in_two_scripts_at_one_place_may_be_one_partner() -> None:
    first = partner("o1", name="Црвени крст Ниш", country="RS", place="Niš")
    second = partner("o2", name="Crveni krst Niš", country="RS", place="Ниш")
    far = partner("o3", name="Crveni krst Niš", country="RS", place="Subotica")
    abroad = partner("o4", name="Crveni krst Niš", country="ME", place="Niš")
    other = partner("o5", name="Crveni krst Pirot", country="RS", place="Niš")
    bare = partner("o6", name="crveni krst niš")
    found = {(one.uid, other.uid) for one, other in likely_double_partners([first, second, far, abroad, other, bare])}
    assert found == {("o1", "o2"), ("o1", "o6"), ("o2", "o6"), ("o3", "o6"), ("o4", "o6")}
    phones = [partner("o7", name="Ura", place="Tiranë", phone="+355 69 111 2222"),
              partner("o8", name="Ura", place="Lezhë", phone="069 111 2222; +355 69 111 2222")]  # fmt: skip
    assert [(one.uid, other.uid) for one, other in likely_double_partners(phones)] == [("o7", "o8")]
    assert [*likely_double_partners([partner("o9"), partner("o10")])] == [], "no name is no likeness"


def test_offices_of_a_pack_are_entries_that_nobody_checked() -> None:
    pack = shipped_packs.shipped()
    offices = pack_offices(pack, {"AL", ""}, WORDS)
    assert len(offices) >= 5 and {one.text("country") for one in offices} == {"AL"}
    for one in offices:
        assert is_of_pack(one.uid) and is_unwritten(one)
        assert pack_office(pack, one.uid, WORDS) == one
        assert not {"checked_on", "check_due_on", "agreement_kind", "phone"} & one.values.keys()
        assert one.text("remarks") == pack.authorities["AL", one.text("from_pack").partition(".")[2]]
    assert pack_office(pack, "pack:AL.circus", WORDS) is None
    assert pack_office(pack, "01ABC", WORDS) is None
    kosovo = pack_offices(pack, {"XK"}, WORDS)
    assert kosovo and all(one.text("name").endswith("(Kosovo*)") for one in kosovo)


def test_a_partner_is_found_by_what_it_does_and_where() -> None:
    one = partner(
        name="Hapi", services="legal aid in court\ntraining of welders", area="Kurbin", other_names="Step Albania"
    )
    for typed in ("welders", "legal cou", "kurbin", "step alb", "russian"):
        assert is_meant(one, typed, "Education, Russian"), typed
    assert not is_meant(one, "dentist", "Education")
