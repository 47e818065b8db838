"""Invents people for practice: names by chance from common ones, never a real person, the same for the same seed."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from avrr_desktop.domain.people.personal_number import check_digit, check_letter

Values = dict[str, Any]
_SCHEMES = {"AL": "AL_NID", "XK": "XK_PN", "MK": "EMBG", "BA": "JMB", "ME": "JMBG", "RS": "JMBG"}
_LANGUAGES = {"sq": "sqi", "mk": "mkd", "bs": "bos", "cnr": "cnr", "sr": "srp", "tr": "tur"}
_HOST_LANGUAGE = {"BE": "fra", "DE": "deu", "AT": "deu", "CH": "deu", "IE": "eng", "FR": "fra", "NL": "nld"}


@dataclass(frozen=True, slots=True)
class Someone:
    """One invented person with the membership that goes along."""

    person: Values
    membership: Values
    born: date
    born_abroad: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """People who return together, to a place, from a host country."""

    country: str
    place: Values
    host: str
    host_city: str
    people: tuple[Someone, ...]
    language: str  # what they speak at home, as the lists of the practice pack name it


def invent_family(
    pack: Values, chance: random.Random, country: str, arrival: date, size: int, hosts: Mapping[str, int]
) -> Family:
    """Return a family of ``size`` persons who arrived on a day; ages are as of that day. ``hosts``: whence, with weights."""
    table = pack["countries"][country]
    pool = chance.choices(table["name_pool"], [pool["weight"] for pool in table["name_pool"]])[0]
    host = chance.choices(list(hosts), list(hosts.values()))[0]
    place = chance.choice(table["places"])
    host_city = chance.choice(pack["host_cities"][host])
    inventor = _Inventor(chance, country, pool, place, host, host_city, arrival)
    return Family(
        country=country,
        place=place,
        host=host,
        host_city=host_city,
        people=inventor.family(size),
        language=pool["language"],
    )


class _Inventor:
    def __init__(self, chance: random.Random, country: str, pool: Values, place: Values, host: str, host_city: str,
                 arrival: date) -> None:  # fmt: skip
        self._chance, self._country, self._pool, self._place = chance, country, pool, place
        self._host, self._host_city, self._arrival = host, host_city, arrival
        self._surname = chance.randrange(len(pool["surnames_m"]))
        self._given_used: set[str] = set()

    def family(self, size: int) -> tuple[Someone, ...]:
        chance = self._chance
        head_sex = chance.choices("MF", (6, 4))[0]
        head = self._adult(head_sex, chance.randint(24, 58), "self")
        people = [head]
        if size >= 3 or (size == 2 and chance.random() < 0.5):
            age = max(20, self._age(head.born) + chance.randint(-6, 4))
            people.append(self._adult("F" if head_sex == "M" else "M", age, "spouse", married=True))
        oldest = max(1, min(17, self._age(people[-1].born) - 19))
        wanted = size - len(people)
        oldest = max(oldest, wanted)
        ages = sorted(chance.sample(range(oldest + 1), wanted), reverse=True)
        men = [someone.person["given_names"] for someone in people if someone.person["sex"] == "M"]
        father = men[0] if men else chance.choice(self._pool["given_m"])
        people += [self._child(age, father) for age in ages]
        return tuple(people)

    def _day(self, before: int) -> date:
        """Return the day so many days before the arrival, but for 1 January, which stands for “not known”."""
        day = self._arrival - timedelta(days=before)
        return day.replace(day=2) if (day.month, day.day) == (1, 1) else day

    def _age(self, born: date) -> int:
        return (self._arrival - born).days // 365

    def _name(self, sex: str) -> tuple[str, str]:
        surnames = self._pool.get("surnames_f" if sex == "F" else "surnames_m") or self._pool["surnames_m"]
        given = self._chance.choice(self._pool["given_f" if sex == "F" else "given_m"])
        while given in self._given_used:
            given = self._chance.choice(self._pool["given_f" if sex == "F" else "given_m"])
        self._given_used.add(given)
        return surnames[self._surname], given

    def _adult(self, sex: str, age: int, relationship: str, *, married: bool = False) -> Someone:
        chance = self._chance
        born = self._day(age * 365 + chance.randint(0, 364))
        family, given = self._name(sex)
        person: Values = {
            "family_name": family, "given_names": given, "sex": sex, "birth_date": self._written(born),
            "birth_place": self._place["name"], "birth_country": self._country, "citizenship": self._country,
            "father_name": chance.choice(self._pool["given_m"]), "mother_name": chance.choice(self._pool["given_f"]),
            "marital_status": "married" if married or chance.random() < 0.6 else "single",
            "languages": [_LANGUAGES[str(self._pool["language"]).split("-")[0]], _HOST_LANGUAGE[self._host]],
            "phone": f"+000 {chance.randint(100, 999)} {chance.randint(100, 999)}", "safe_to_call": chance.random() < 0.85,
            "address_place": self._place["name"], "address_status": "actual",
        }  # fmt: skip
        if chance.random() < 0.8:
            person |= {"national_number": self._number(born, sex), "number_scheme": _SCHEMES[self._country]}
        if sex == "F" and relationship == "spouse":
            person["family_name_at_birth"] = chance.choice(self._pool["surnames_m"])
        membership = {"relationship": relationship, "is_returnee": True}
        if relationship == "self":
            membership["head_of_household"] = True
        return Someone(person, membership, born, born_abroad=False)

    def _child(self, age: int, father: str) -> Someone:
        chance = self._chance
        born = self._day(age * 365 + chance.randint(20, 200))
        abroad = age < 9 and chance.random() < 0.75
        sex = chance.choice("MF")
        family, given = self._name(sex)
        person: Values = {
            "family_name": family, "given_names": given, "sex": sex, "birth_date": self._written(born),
            "birth_place": self._host_city if abroad else self._place["name"],
            "birth_country": self._host if abroad else self._country, "citizenship": self._country,
            "father_name": father,
            "languages": [_HOST_LANGUAGE[self._host]] if age > 4 else [],
        }  # fmt: skip
        return Someone(person, {"relationship": "daughter" if sex == "F" else "son"}, born, abroad)

    def _written(self, born: date) -> str:
        kind = self._chance.random()
        return str(born.year) + "~" if kind < 0.02 else born.isoformat()[:7] if kind < 0.05 else born.isoformat()

    def _number(self, born: date, sex: str) -> str:
        """A number as its country makes them, of a serial or region that no register uses: no real person is hit."""
        chance = self._chance
        if self._country == "AL":
            decade, year = divmod(born.year - 1900, 10)
            signs = f"{chr(ord('A') + decade)}{year}{born.month + (50 if sex == 'F' else 0):02d}{born.day:02d}000"
            return signs + check_letter(signs)
        if self._country == "XK":
            return f"00{chance.randint(10000000, 99999999)}"
        serial = chance.randint(0, 499) + (500 if sex == "F" else 0)
        twelve = f"{born.day:02d}{born.month:02d}{born.year % 1000:03d}6{chance.randint(0, 9)}{serial:03d}"
        return twelve + str(check_digit(twelve))
