"""States that are none today: older papers name them, and no country of today is meant by them alone.

Codes as in ISO 3166-3 and its notes. A state that only changed its name is not here: its old name leads to its code.
"""

from dataclasses import dataclass
from functools import cache

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.name_tables import folded


@dataclass(frozen=True, slots=True)
class FormerState:
    """What a state was called, and the states of today in which its places lie."""

    name: str
    typed: tuple[str, ...]
    successors: tuple[str, ...]


_YUGOSLAV = ("BA", "HR", "XK", "ME", "MK", "RS", "SI")
_SOVIET = ("AM", "AZ", "BY", "EE", "GE", "KZ", "KG", "LV", "LT", "MD", "RU", "TJ", "TM", "UA", "UZ")

FORMER_STATES = (
    FormerState(
        N_("Yugoslavia"),
        (
            "YU", "YUG", "Yugoslavia", "Jugoslavija", "Југославија", "Jugosllavia", "Jugosllavi", "Jugoslawien", "Yougoslavie",
            "Joegoslavië", "Jugoslavia", "Jugoslavien", "Jugosławia", "Jugoslávie", "Jugoszlávia", "Iugoslavia", "Iugoslávia",
            "Yugoslavya", "Γιουγκοσλαβία", "Югославия", "Югославія", "Jugoslaavia", "SFRJ", "SFRY", "FNRJ", "RSFJ", "RSFSJ", "RFSJ",
            "DFJ", "SFR Jugoslavija", "SFR Yugoslavia", "SFR Jugosllavia", "SFR Jugoslawien", "Kraljevina Jugoslavija",
            "Kingdom of Yugoslavia", "Socijalistička Federativna Republika Jugoslavija",
            "Socijalistička Federativna Republika Jugoslavije", "Socialist Federal Republic of Yugoslavia",
            "Socialist Federative Republic of Yugoslavia", "Federativna Narodna Republika Jugoslavija",
            "Federal People's Republic of Yugoslavia", "Republika Socialiste Federative e Jugosllavisë",
            "Republika Federative Socialiste e Jugosllavisë", "Sozialistische Föderative Republik Jugoslawien",
            "République fédérative socialiste de Yougoslavie", "République socialiste fédérative de Yougoslavie",
            "Socialistische Federale Republiek Joegoslavië",
        ),
        _YUGOSLAV,
    ),
    FormerState(
        N_("Federal Republic of Yugoslavia"),
        (
            "SRJ", "FRY", "SR Jugoslavija", "FR Yugoslavia", "FR Jugoslavija", "RF Jugosllavia", "RFJ", "BR Jugoslawien",
            "Savezna Republika Jugoslavija", "Сојузна Република Југославија", "Federal Republic of Yugoslavia",
            "Republika Federale e Jugosllavisë", "Republika Federative e Jugosllavisë", "Bundesrepublik Jugoslawien",
            "République fédérale de Yougoslavie", "Federale Republiek Joegoslavië",
        ),
        ("XK", "ME", "RS"),
    ),
    FormerState(
        N_("Serbia and Montenegro"),
        (
            "SCG", "SiCG", "Serbia and Montenegro", "Serbia & Montenegro", "Serbia-Montenegro", "Serbia Montenegro",
            "State Union of Serbia and Montenegro", "Srbija i Crna Gora", "Državna zajednica Srbija i Crna Gora",
            "Државна заедница Србија и Црна Гора", "Serbia e Mali i Zi", "Serbia dhe Mali i Zi", "Serbi dhe Mal i Zi",
            "Serbi e Mal i Zi", "Serbia dhe Mal i Zi", "Serbien und Montenegro", "Serbie-et-Monténégro", "Serbie et Monténégro",
            "Servië en Montenegro", "Serbia e Montenegro", "Srbija in Črna gora", "Serbien och Montenegro", "Sırbistan ve Karadağ",
            "Szerbia és Montenegró", "Srbsko a Čierna Hora", "Serbia i Czarnogóra", "Сербия и Черногория",
        ),
        ("XK", "ME", "RS"),
    ),
    FormerState("CS", ("CS",), ("CZ", "XK", "ME", "RS", "SK")),  # ISO gave these letters to two states, one after the other
    FormerState(
        N_("Czechoslovakia"),
        (
            "CSHH", "CSK", "ČSSR", "ČSFR", "ČSR", "Czechoslovakia", "Čehoslovačka", "Чехословачка", "Çekosllovakia",
            "Çekosllovaki", "Tschechoslowakei", "Tchécoslovaquie", "Tsjecho-Slowakije", "Tsjechoslowakije", "Československo",
            "Чехословакия", "Cecoslovacchia", "Čehoslovaška", "Csehszlovákia", "Czechosłowacja", "Çekoslovakya", "Cehoslovacia",
            "Tjeckoslovakien", "Checoslovaquia", "Checoslováquia",
        ),
        ("CZ", "SK"),
    ),
    FormerState(
        N_("Soviet Union"),
        (
            "SU", "SUN", "SUHH", "USSR", "СССР", "SSSR", "UdSSR", "URSS", "BRSS", "Soviet Union", "Sovjetski Savez", "Sovjetski Sojuz",
            "Sovetski Savez", "Совјетски Савез", "Советски Сојуз", "Bashkimi Sovjetik", "Sowjetunion", "Union soviétique",
            "Sovjet-Unie", "Sovjetunie", "Unione Sovietica", "Unión Soviética", "União Soviética", "Sovjetska zveza", "Sovjetunionen",
            "Neuvostoliitto", "Szovjetunió", "Sovětský svaz", "Sovietsky zväz", "Związek Radziecki", "Uniunea Sovietică",
            "Sovyetler Birliği", "Съветски съюз", "Советский Союз", "Union of Soviet Socialist Republics",
            "Savez Sovjetskih Socijalističkih Republika",
        ),
        _SOVIET,
    ),
    FormerState(
        N_("German Democratic Republic"),
        (
            "DD", "DDR", "DDDE", "GDR", "NDR", "RDA", "RDGJ", "East Germany", "German Democratic Republic", "Istočna Nemačka",
            "Istočna Njemačka", "Источна Германија", "Gjermania Lindore", "Ostdeutschland", "Deutsche Demokratische Republik",
            "Allemagne de l'Est", "République démocratique allemande", "Oost-Duitsland", "Nemačka Demokratska Republika",
            "Njemačka Demokratska Republika", "Republika Demokratike Gjermane",
        ),
        ("DE",),
    ),
    FormerState(N_("Netherlands Antilles"), (
        "AN", "ANT", "ANHH", "Netherlands Antilles", "Nederlandse Antillen", "Antilles néerlandaises", "Niederländische Antillen",
        "Holandski Antili", "Nizozemski Antili",
    ), ("BQ", "CW", "SX")),
    FormerState(N_("South Yemen"), (
        "YD", "YMD", "YDYE", "South Yemen", "Democratic Yemen", "Yemen, Democratic", "Južni Jemen", "Jemeni i Jugut", "Südjemen",
        "Yémen du Sud", "Zuid-Jemen", "People's Democratic Republic of Yemen",
    ), ("YE",)),
    FormerState(N_("Trust Territory of the Pacific Islands"), (
        "PC", "PCI", "PCHH", "Pacific Islands", "Trust Territory of the Pacific Islands", "Pacific Islands (Trust Territory)",
    ), ("FM", "MH", "MP", "PW")),
    FormerState(N_("Gilbert and Ellice Islands"), (
        "GEL", "GEHH", "Gilbert and Ellice Islands", "Gilbert Islands", "Ellice Islands",
    ), ("KI", "TV")),
    FormerState(N_("Neutral Zone"), ("NT", "NTZ", "NTHH", "Neutral Zone"), ("IQ", "SA")),
    FormerState(N_("Sikkim"), ("SKM", "SKIN", "Sikkim"), ("IN",)),
    FormerState(N_("Panama Canal Zone"), ("PZ", "PCZ", "PZPA", "Panama Canal Zone"), ("PA",)),
)  # fmt: skip

# What stands before or behind the name of a state that is gone, in our languages: ex-Jugoslavija, Jugoslavija (bivša).
_GONE = {
    folded(word)
    for word in (
        "sfr", "ex", "former", "formerly", "the", "bivša", "bivši", "bivše", "eks", "ish", "ehemalig", "ehemaliges", "ehemalige", "ehem", "früher",
        "früheres", "ancienne", "ancien", "voormalig", "voormalige", "поранешна", "поранешен", "nekadašnja", "nekadašnji",
    )
}  # fmt: skip


def _bare(text: str) -> str:
    words = folded(text).split()
    return " ".join(word for word in words if word not in _GONE)


@cache
def _by_name() -> dict[str, FormerState]:
    return {_bare(name): state for state in FORMER_STATES for name in state.typed}


def former_state(text: str) -> FormerState | None:
    """Return the state that a text names and that is none today; None for anything else."""
    return _by_name().get(_bare(text))
