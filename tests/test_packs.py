"""The packs that ship: every procedure of the field is there, and nothing is shown as more certain than it is."""

import re
import tomllib
from datetime import date

import pytest

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.people.country import RETURN
from avrr_desktop.domain.procedure.pack import UNVERIFIED, replaced
from avrr_desktop.domain.procedure.pack_file import parse
from avrr_desktop.domain.records.fields import Kind
from avrr_desktop.domain.records.record_types import ALL, BY_KEY
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.computer.shipped_packs import names, shipped, toml
from avrr_desktop.operations.reports.reporting import cases_by_country
from avrr_desktop.operations.session.workspace import Workspace

# Civil registration, access to services, school; then what each country does in its own way.
GENERIC = [
    "CR.INVENTORY",
    "CR.HOST_DOCS",
    "CR.LEGALISE",
    "CR.TRANSLATE",
    "CR.MARRIAGE_ENTRY",
    "CR.PATERNITY",
    "CR.BIRTH_ENTRY",
    "CR.BIRTH_LATE_ADMIN",
    "CR.BIRTH_LATE_COURT",
    "CR.CITIZENSHIP_ENTRY",
    "CR.NUMBER",
    "CR.EXTRACTS",
    "CR.RESIDENCE",
    "CR.RESIDENCE_ALT",
    "CR.ID_CARD",
    "CR.PASSPORT",
    "CR.DIVORCE",
    "CR.DEATH",
    "CR.NAME_FIX",
    "CR.GUARDIAN",
    "CR.LEGAL_AID",
    "CR.RETURNEE_REG",
    "AC.HEALTH_INS",
    "AC.FAMILY_DOCTOR",
    "AC.EMPLOYMENT",
    "AC.SOCIAL",
    "AC.BANK",
    "SE.HOST_DOCS",
    "SE.LEGALISE",
    "SE.TRANSLATE",
    "SE.VACC",
    "SE.HEALTH_CHECK",
    "SE.BIRTH",
    "SE.ENROL",
    "SE.PLACEMENT",
    "SE.RECOG_APPLY",
    "SE.RECOG_DECISION",
    "SE.LANGUAGE",
    "SE.MATERIALS",
    "SE.SPECIAL_NEEDS",
    "SE.MEDIATOR",
    "SE.FOLLOWUP",
]
COUNTRIES = [
    "RS.BIRTH_ENTRY",
    "RS.NAME_LIMIT",
    "RS.AFTER_BIRTH",
    "RS.LP",
    "RS.RESIDENCE",
    "RS.ID",
    "RS.EX_OFFICIO",
    "RS.LATE",
    "RS.KOSOVO_REG",
    "RS.RETURNEE_REG",
    "XK.BIRTH_CONSUL",
    "XK.BIRTH_DOCS",
    "XK.LATE",
    "XK.RECORD_BEFORE_2013",
    "XK.ID",
    "XK.CITIZENSHIP_CERT",
    "XK.TRAVEL",
    "AL.BIRTH",
    "AL.BIRTH_PLACE",
    "AL.LAW_2018",
    "AL.LP",
    "AL.PASSPORT_IN_COUNTRY",
    "BA.BIRTH",
    "BA.BIRTH_PRE98",
    "BA.CONSUL",
    "BA.RESIDENCE",
    "ME.CITIZENSHIP_AGE",
    "ME.LATE_COURT",
    "ME.ID",
    "MK.BIRTH",
    "MK.MARRIAGE",
    "MK.DEATH",
    "MK.UNREGISTERED",
]
SITUATIONS = [
    "BIRTH_ABROAD",
    "NEVER_REGISTERED",
    "PARENT_UNDOCUMENTED",
    "PATERNITY_OPEN",
    "LP_ONLY",
    "ID_MISSING",
    "PASSPORT_MISSING",
    "NO_RESIDENCE",
    "NO_NUMBER",
    "CITIZENSHIP_UNPROVEN",
    "MARRIAGE_ABROAD",
    "DIVORCE_ABROAD",
    "DEATH_ABROAD",
    "NAME_MISMATCH",
    "DOC_NOT_LEGALISED",
    "DOC_NOT_TRANSLATED",
    "STATELESS_RISK",
    "GUARDIAN_NEEDED",
    "OTHER_TERRITORY_REGISTER",
]


def test_every_procedure_of_the_field_is_there() -> None:
    pack = shipped()
    assert set(GENERIC) <= set(pack.steps)
    assert set(COUNTRIES) <= {*pack.steps, *(item.key for item in pack.advice)}
    assert {f"SIT_{name}" for name in SITUATIONS} <= set(pack.situations)
    assert {country for _, country in pack.legalisation} == set(RETURN)
    assert set(pack.legalisation.values()) == {"ask"}, "no answer is known for certain"
    assert set(pack.terms) == set(RETURN)
    for country in RETURN:
        assert any(place == country for step, place, _ in pack.overrides if step == "SE.RECOG_APPLY"), country


def test_nothing_ships_as_confirmed_law() -> None:
    pack = shipped()
    for step in pack.steps.values():
        assert step.verification_status == UNVERIFIED, step.key
        assert (step.fee, step.legal_deadline, step.expected_days) == ("", "", 0), step.key
        assert step.basis in ("published", "found", "general_knowledge")
        assert step.source_title or step.basis == "general_knowledge", step.key
    assert {item.verification_status for item in pack.advice} == {UNVERIFIED}
    texts = [step.guidance for step in pack.steps.values()] + [item.text for item in pack.advice]
    amounts = re.compile(r"\b\d+\s*(days?|months?|weeks?|euros?|EUR|dinars?|lek\w*|denars?|%)", re.IGNORECASE)
    assert [text for text in texts if amounts.search(text)] == []


def test_no_guidance_beside_a_step_names_a_community() -> None:
    pack = shipped()
    texts = [step.guidance + step.title for step in pack.steps.values()] + [item.text for item in pack.advice]
    assert [text for text in texts if re.search(r"\b(Roma|Ashkali|Egyptians?)\b", text)] == []


def test_every_list_that_a_field_asks_for_is_in_the_pack() -> None:
    codes = shipped().codes
    asked = {field.codes for kind in ALL for field in kind.fields if field.kind in (Kind.CHOICE, Kind.CHOICES)}
    assert {name for name in asked if not codes.get(name)} == set()


def test_school_is_never_strictly_blocked() -> None:
    for step in shipped().steps.values():
        if step.root == "SE.ENROL":
            assert (step.needs, step.needs_one_of, step.needs_papers) == ((), (), ()), step.key


def test_each_programme_is_a_file_and_nothing_of_it_is_in_the_code() -> None:
    from tests.test_house_rules import sources

    programmes = shipped().programmes
    assert len(programmes) >= 5
    code = "\n".join(text for path, text in sources().items() if path.startswith("avrr_desktop/"))
    for name in names():
        if "programme" in toml(name):
            title = toml(name)["pack"]["title"]
            assert title not in code
    for programme in programmes.values():
        assert programme.title not in code
        assert f'"{programme.key}"' not in code
    for name in (name for name in names() if "programme" in toml(name)):
        assert name not in code, "a programme's file is found by its folder, never by its name"


def test_another_programme_has_its_own_help_people_and_figures(workspace: Workspace) -> None:
    pack = workspace.pack
    third = {service.key for service in pack.services_for("reintegration")} - {one.key for one in pack.services_for("")}
    assert {
        "business_start",
        "job_placement",
        "vocational_training",
        "courses",
        "education",
        "medical",
        "housing",
    } <= third
    assert not third & {service.key for service in pack.services_for("be_admin")}
    assert pack.programmes["reintegration"].eligible_statuses == (
        "expired_visa",
        "undocumented",
        "rejected_asylum_seeker",
    )
    assert pack.setting("assistance_period_months", "be_admin") == 6
    assert pack.setting("assistance_period_months", "reintegration") == 12


@pytest.mark.parametrize("direction", ["to_western_balkans", "from_western_balkans"])
def test_flows_are_never_mixed_in_a_count(workspace: Workspace, direction: str) -> None:
    for number, way in enumerate(("to_western_balkans", "from_western_balkans", "from_western_balkans", None)):
        case = {"called": f"C{number}", "country_of_return": "RS", "opened_on": "2026-05-01"}
        open_case(workspace, {**case, "direction": way} if way else case)
    table = cases_by_country(workspace, "2026-01-01", "2026-07-01", direction)
    assert table.cases == 2
    other = cases_by_country(workspace, "2026-01-01", "2026-07-01", direction, "avr_ch")
    assert other.cases == 0


def test_dates_of_sources_are_dates() -> None:
    for step in shipped().steps.values():
        if step.source_date:
            assert date.fromisoformat((step.source_date + "-01-01")[:10])


def test_every_entry_of_a_list_stands_under_one_heading_and_what_has_none_comes_last() -> None:
    pack = shipped()
    inside = [code for _, codes in pack.grouped("situation") for code in codes]
    assert sorted(inside) == sorted(pack.situations)
    assert all(heading for heading, _ in pack.grouped("situation")), "the shipped ones have a group each"
    more = replaced(pack, codes={**pack.codes, "situation": {**pack.codes["situation"], "SIT_OURS": "Ours"}})
    assert more.grouped("situation")[-1] == ("", ("SIT_OURS",))
    assert pack.grouped("sex") == (("", tuple(pack.codes["sex"])),)


def test_facts_name_what_there_is() -> None:
    pack = shipped()
    stated = {one.key: one.facts for one in pack.situations.values() if one.facts}
    assert {"SIT_BIRTH_ABROAD", "SIT_SCHOOL_AGE"} <= set(stated)
    for key, facts in stated.items():
        kinds = {*facts.get("without_papers", ()), *facts.get("missing_papers", ())}
        assert kinds <= set(pack.codes["doc_type"]), key
        assert all(BY_KEY["person"].has(field) for field in facts.get("answers", {})), key
        assert set(re.findall(r"\{(\w+)\}", pack.situations[key].reason)) <= {"born_in", "return_to"}, key


def test_what_is_typed_for_a_list_leads_to_its_entries() -> None:
    pack = shipped()
    for codes, table in pack.typed.items():
        assert set(table) <= set(pack.codes[codes]), codes
        assert {one.sex for one in table.values()} <= {"", *pack.codes["sex"]}, codes


@pytest.mark.parametrize("table, key", [
    ('facts = { born_abroad = "yes" }\nreason = "x"', "born_abroad"),
    ('facts = { of_age = true }\nreason = "x"', "of_age"),
    ("facts = { of_school_age = true }", "reason"),
])  # fmt: skip
def test_a_pack_with_facts_that_nobody_knows_is_refused(table: str, key: str) -> None:
    text = f'[pack]\nkey = "a"\nschema = 1\nversion = 1\ntitle = "A"\n[situations.S]\ntitle = "S"\nservices = []\n{table}\n'
    with pytest.raises(BadInputError) as refused:
        parse([("a.toml", tomllib.loads(text))])
    assert refused.value.values["key"] == key
