"""Languages of people: all that CLDR names and some that it lacks; what nobody listed stays as it was written."""

import pytest

from avrr_desktop.domain.people import languages
from avrr_desktop.domain.people.name_tables import names_of, shown
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import text_of
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.domain.test_country import LANGUAGES

NAMED = [(language, code, name) for language in LANGUAGES for code, name in shown(language)[1].items()]


def test_every_language_of_the_list_of_the_pack_is_one_of_iso() -> None:
    listed = shipped_packs.shipped().codes["language"]
    assert set(listed) - set(languages.NAMES) == {"other"}
    assert {code: languages.NAMES[code] for code in listed if code != "other"} == {
        code: text for code, text in listed.items() if code != "other"
    }
    assert {"rom", "cnr", "qgo", "rup", "hbs", "bos", "sqi", "aln", "kur", "ara", "prs", "zho"} <= set(languages.NAMES)
    assert all(len(code) == 3 and code.isascii() and code.islower() for code in languages.NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_leads_to_its_code_or_to_none(language: str) -> None:
    found = {code: languages.code_of(name) for said, code, name in NAMED if said == language}
    lost = [code for code, led in found.items() if led is None]
    wrong = {code: led for code, led in found.items() if led not in (code, None)}
    assert len(lost) < 8, lost
    assert not wrong.keys() - {"bkm", "cre", "shn"}, "a short name that is the code of another language"


def test_a_code_leads_to_itself() -> None:
    assert len(languages.NAMES) > 600
    for code in languages.NAMES:
        assert languages.code_of(code) == languages.code_of(code.upper()) == code
        assert code in names_of("languages")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("shqip|Albanian|albanski|албански|gjuha shqipe|sq|alb", "sqi"), ("srpski|српски|serbisht|sr|Serbisch", "srp"),
        ("romani čhib|romanes|romski|Romani|Romany|romisht|ромски", "rom"), ("crnogorski|црногорски|malazezisht|cnr", "cnr"),
        ("bosanski|boshnjakisht|bs", "bos"), ("makedonski|македонски|maqedonisht", "mkd"), ("Gorani|našinski|goranski", "qgo"),
        ("srpskohrvatski|Serbo-Croatian|sh", "hbs"), ("Deutsch|German|nemački|njemački|ger|de", "deu"), ("Türkçe|turski", "tur"),
        ("Kurmancî|kurdski", "kur"), ("Farsi", "fas"), ("العربية", "ara"), ("vllahisht|aromanisht", "rup"),
    ],
)  # fmt: skip
def test_own_names_lead_to_the_code(names: str, code: str) -> None:
    assert {name: languages.code_of(name) for name in names.split("|")} == dict.fromkeys(names.split("|"), code)


@pytest.mark.parametrize("text", ["vlaški", "Vlach", "Torlak", "Other language", "other", "", "*"])
def test_what_may_mean_two_or_none_leads_to_none(text: str) -> None:
    assert languages.code_of(text) is None


def test_what_is_written_of_a_language_is_read_again(workspace: Workspace) -> None:
    new_record(workspace, "list_entry", {"list": "language", "code": "OWN", "label": "Gorani of Restelica"})
    written = ["shqip", "SRPSKI", "Torlak of Pirot", "other", "rom", "gorani of restelica", "albanski"]
    case = add_case_document(workspace, {"case": {}, "person": [{"family_name": "Hoxha", "languages": written}]}).case
    member = read_case(workspace, case).members[0].person
    assert member.values["languages"] == ("sqi", "srp", "Torlak of Pirot", "other", "rom", "OWN")
    edit_record(workspace, member, {"languages": ["Torlak of Pirot", "macedonian"]}, case)
    member = read_case(workspace, case).members[0].person
    assert member.values["languages"] == ("Torlak of Pirot", "mkd")
    field = BY_KEY["person"].field("languages")
    said = text_of(field, ("Torlak of Pirot", "mkd", "OWN", "swa"), Language(), workspace.pack)
    assert said == "Torlak of Pirot, Macedonian, Gorani of Restelica, Swahili"
    said = text_of(field, ("swa", "prs"), Language("mk"), workspace.pack)
    assert said == "свахили, дари"
