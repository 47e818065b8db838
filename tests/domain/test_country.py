"""Countries: all of ISO 3166-1 and XK; every name leads to its own code or to none, and nobody guesses."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.people import country
from avrr_desktop.domain.people.former_states import FORMER_STATES, former_state
from avrr_desktop.domain.people.name_tables import folded, names_of, shown
from avrr_desktop.domain.records import rules
from avrr_desktop.domain.records.fields import Field, Kind
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.wording import country_name
from avrr_desktop.language import TEST_LANGUAGE, Language

LANGUAGES = ("en", "sq", "sr-Cyrl", "sr-Latn", "bs", "cnr", "mk", "fr", "nl", "de")
FIELD = Field("where", "Where", Kind.COUNTRY)
SHARED = {"MF", "SX"}  # of one island, with one name in some languages
NAMED = [(language, code, name) for language in LANGUAGES for code, name in shown(language)[0].items()]
FORMER = [(state.name, name) for state in FORMER_STATES for name in state.typed]


def test_every_code_of_the_standard_is_there_and_in_every_language() -> None:
    assert len(country.NAMES) == 250
    assert all(len(code) == 2 and code.isupper() and code.isascii() for code in country.NAMES)
    for language in (*LANGUAGES, TEST_LANGUAGE):
        names = Language(language).countries()
        assert names.keys() == country.NAMES.keys()
        assert all(name.strip() == name != code for code, name in names.items())
        assert len(set(names.values())) == len(names), "two countries that nobody can tell apart"
        assert all(unicodedata.is_normalized("NFC", name) for name in names.values())


def test_no_language_took_its_names_from_english() -> None:
    for language in set(LANGUAGES) - {"en"}:
        names = shown(language)[0]
        same = [code for code, name in names.items() if name == country.NAMES[code]]
        assert len(same) < (10 if Language(language).month(1).isascii() is False else 110), language


@pytest.mark.parametrize("language", [*LANGUAGES, TEST_LANGUAGE])
def test_kosovo_has_its_mark_and_nothing_else_has(language: str) -> None:
    names = Language(language).countries()
    assert country.names_kosovo(country_name("XK", Language(language)))
    assert [code for code, name in names.items() if "*" in name] == ["XK"]
    assert [code for code, name in names.items() if country.names_kosovo(name)] == ["XK"]


def test_kosovo_has_its_mark_also_where_a_table_lost_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from avrr_desktop.domain.people import name_tables

    table = {"countries": {"AL": "Albania", "XK": "Kosovo"}, "languages": {}}
    monkeypatch.setattr(name_tables, "read_table", lambda name: table)
    assert name_tables.shown.__wrapped__("en")[0]["XK"] == "Kosovo*"


@pytest.mark.parametrize("language", LANGUAGES)
def test_north_macedonia_is_named_whole(language: str) -> None:
    name = folded(Language(language).countries()["MK"])
    assert len(name.replace("-", " ").split()) > 1 or name == "nordmazedonien"


def test_a_name_of_any_language_leads_to_its_code_or_to_none() -> None:
    wrong = [(language, code, name) for language, code, name in NAMED if country.code_of(name) not in (code, None)]
    lost = {code for _, code, name in NAMED if country.code_of(name) is None}
    assert not wrong
    assert lost <= SHARED


def test_everything_that_leads_anywhere_leads_to_its_own_code_or_to_none() -> None:
    wrong = [
        (code, name) for code, names in names_of("countries").items() for name in names
        if country.code_of(name) not in (code, None)
    ]  # fmt: skip
    assert not wrong


def test_a_code_leads_to_itself_with_three_letters_too() -> None:
    assert len(country.NAMES) > 240
    for code in country.NAMES:
        assert country.code_of(code) == country.code_of(code.lower()) == country.code_of(f" {code}* ") == code
        three = [name for name in names_of("countries")[code] if len(name) == 3 and country.code_of(name) == code]
        assert three, f"{code} has no code of three letters"
        assert rules.clean(FIELD, code) == code


@settings(max_examples=300, deadline=None)
@given(some.sampled_from(NAMED), some.data())
def test_case_accents_and_stars_do_not_count(named: tuple[str, str, str], data: some.DataObject) -> None:
    _, _, name = named
    change = data.draw(some.sampled_from([str.upper, str.lower, str.swapcase, lambda text: f" {text}* "]))
    decomposed = data.draw(some.booleans())
    text = unicodedata.normalize("NFD" if decomposed else "NFC", change(name))
    assert country.code_of(text) == country.code_of(name)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("Kosovë|Kosova|Kosovo*|Косово|Republika e Kosovës|RKS|XKX|kosovo (serbia and montenegro)|Косово*", "XK"),
        ("Shqipëria|Shqipëri|SHQIPERIA|Albanija|Албанија|Albanien|Albanie", "AL"),
        ("Bosna i Hercegovina|BiH|B.i.H.|Bosnia & Herzegovina|Босна и Херцеговина|Bosnja dhe Hercegovina", "BA"),
        ("Crna Gora|Црна Гора|Mali i Zi|Mal i Zi|Monténégro|MNE", "ME"),
        ("Северна Македонија|Severna Makedonija|Sjeverna Makedonija|Maqedonia e Veriut|FYROM|Macedonia|NMK|"
         "The former Yugoslav Republic of Macedonia", "MK"),
        ("Србија|Srbija|Serbia|Serbi|Serbien|Servië|Republika Srbija", "RS"),
        ("Deutschland|Njemačka|Nemačka|Gjermania|Германија|BRD|Tyskland|Germania|D", "DE"),
        ("Schweiz|Suisse|Svizzera|Švicarska|Швајцарија|Zvicra|Švajcarska", "CH"),
        ("Österreich|Oesterreich|OSTERREICH|Austria|Аустрија|Oostenrijk", "AT"),
        ("Holandija|Holland|Nederland|Pays-Bas|Holandë", "NL"),
        ("Velika Britanija|UK|Great Britain|England|Britania e Madhe|Mbretëria e Bashkuar", "GB"),
        ("USA|U.S.A.|SAD|САД|SHBA", "US"), ("Turkey|Türkiye|Turska|Turqia|Турција", "TR"), ("Czech Republic|Česko|Чешка", "CZ"),
        ("España|Španija|Spanjë|Шпанија", "ES"), ("Syria|سوريا|Sirija", "SY"), ("中国", "CN"), ("Zaire|DRC", "CD"),
        ("Greqi|Greqia|Grčka|Ελλάδα|EL", "GR"), ("Hrvatska|Kroaci|Kroacia|Croatia|Хрватска", "HR"), ("Burma", "MM"),
    ],
)  # fmt: skip
def test_own_names_and_older_names_lead_to_the_code(names: str, code: str) -> None:
    assert {name: country.code_of(name) for name in names.split("|")} == dict.fromkeys(names.split("|"), code)


@pytest.mark.parametrize(
    "text", ["Congo", "Kongo", "Конго", "Korea", "Virgin Islands", "Atlantis", "Ser", "Serbiaa", "Kosov", "Alban", "ZZ", "EU", "", " ", "*", "1",
             "Serbia, Kosovo", "XX"],
)  # fmt: skip
def test_what_fits_two_countries_or_none_leads_to_none(text: str) -> None:
    assert country.code_of(text) is None


def test_a_state_that_is_gone_leads_to_a_question() -> None:
    assert len(FORMER) > 200
    for state, name in FORMER:
        leads_to_a_question(state, name)


def leads_to_a_question(state: str, name: str) -> None:
    found = former_state(name)
    assert found is not None
    assert found.name == state
    assert found.successors
    assert set(found.successors) <= set(country.NAMES)
    for text in (name.upper(), f"ex-{name}", f"{name} (former)", f"bivša {name}", f"ish {name}"):
        assert country.code_of(text) is None
        assert former_state(text) == found
    with pytest.raises(BadInputError) as raised:
        rules.clean(FIELD, name)
    title, hint = Language().error(raised.value)
    assert all(country.NAMES[code] in hint for code in found.successors)
    assert ("XK" in found.successors) == (country.KOSOVO_NOTE in hint)
    assert "Where" in title
    assert state in title


@pytest.mark.parametrize(
    ("text", "successors"),
    [("SFRJ", {"BA", "HR", "XK", "ME", "MK", "RS", "SI"}), ("Jugoslavija (SFR)", {"BA", "HR", "XK", "ME", "MK", "RS", "SI"}),
     ("Srbija i Crna Gora", {"XK", "ME", "RS"}), ("СЦГ", {"XK", "ME", "RS"}), ("Savezna Republika Jugoslavija", {"XK", "ME", "RS"}),
     ("Čehoslovačka", {"CZ", "SK"}), ("DDR", {"DE"})],
)  # fmt: skip
def test_the_states_of_which_one_is_meant(text: str, successors: set[str]) -> None:
    state = former_state(text)
    assert state is not None
    assert set(state.successors) == successors


def test_no_country_of_today_is_taken_for_a_state_that_is_gone() -> None:
    assert [name for _, code, name in NAMED if former_state(name) or former_state(code)] == []


def test_the_six_of_return_and_the_hosts_stand_first_and_all_others_by_the_alphabet() -> None:
    for language in LANGUAGES:
        order = country.in_order(Language(language).countries())
        assert order[:6] == country.RETURN
        assert order[6 : 6 + len(country.HOST)] == country.HOST
        assert sorted(order) == sorted(country.NAMES)
    names = [Language("bs").countries()[code] for code in country.in_order(Language("bs").countries())]
    assert (
        names.index("Centralnoafrička Republika")
        < names.index("Čad")
        < names.index("Čile")
        < names.index("Danska")
        < names.index("Džibuti")
    )
    assert names.index("Džibuti") < names.index("Egipat")
    cyrillic = list(Language("sr-Cyrl").countries().values())
    assert cyrillic.index("Доминика") < cyrillic.index("Египат") < cyrillic.index("Замбија") < cyrillic.index("Јамајка")
    assert cyrillic.index("Лихтенштајн") < cyrillic.index("Мађарска") < cyrillic.index("Џибути")


def test_stateless_is_no_country_and_only_a_citizenship() -> None:
    citizenship = BY_KEY["person"].field("citizenship")
    for text in ("XXA", "xxa", "Stateless", "STATELESS"):
        assert rules.clean(citizenship, text) == country.STATELESS
        with pytest.raises(BadInputError):
            rules.clean(FIELD, text)
    assert country_name(country.STATELESS, Language()) == "Stateless"
    assert country.STATELESS not in country.NAMES
