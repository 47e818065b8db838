"""How well places are found by what people type: forms made by rules from the shipped names, found, asked, missed and wrong.

`python -m tools.bench.place_names [-v]`. The forms are made from the columns of names, never from the spellings that are listed
for finding, so that the lists are not measured by themselves. "Asked" counts as found: the place is among those shown.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from avrr_desktop.domain.places.gazetteer import Gazetteer, Place, gazetteer

Forms = Callable[[Place], Iterator[str]]
MUNICIPAL = ("municipality", "city", "city_municipality")
_SR = dict(zip(["а", "б", "в", "г", "д", "ђ", "е", "ж", "з", "и", "ј", "к", "л", "љ", "м", "н", "њ", "о", "п", "р", "с", "т", "ћ", "у", "ф", "х", "ц", "ч", "џ", "ш"],
               ["a", "b", "v", "g", "d", "đ", "e", "ž", "z", "i", "j", "k", "l", "lj", "m", "n", "nj", "o", "p", "r", "s", "t", "ć", "u", "f", "h", "c", "č", "dž", "š"], strict=True))  # fmt: skip
_TO_CYRL = sorted(((latin, letter) for letter, latin in _SR.items()), key=lambda pair: -len(pair[0]))
_PLAIN = str.maketrans("šđčćžëçŠĐČĆŽËÇşğıüöÜÖŞİ", "sdcczecSDCCZECsgiuoUOSI")
_GERMAN = (("š", "sch"), ("sh", "sch"), ("č", "tsch"), ("ć", "tsch"), ("ç", "tsch"), ("q", "tsch"), ("xh", "dsch"), ("dž", "dsch"), ("ž", "sch"), ("zh", "sch"), ("đ", "dj"), ("gj", "dj"), ("c", "z"), ("v", "w"), ("ë", "e"))  # fmt: skip
_FRENCH = (("š", "ch"), ("sh", "ch"), ("č", "tch"), ("ć", "tch"), ("ç", "tch"), ("q", "tch"), ("xh", "dj"), ("dž", "dj"), ("ž", "j"), ("zh", "j"), ("đ", "dj"), ("gj", "dj"), ("u", "ou"), ("c", "ts"), ("ë", "e"))  # fmt: skip
_ENGLISH = (("š", "sh"), ("č", "ch"), ("ć", "ch"), ("ç", "ch"), ("q", "ch"), ("xh", "dzh"), ("dž", "dzh"), ("ž", "zh"), ("đ", "dj"), ("gj", "dj"), ("c", "ts"), ("ë", "e"))  # fmt: skip
_TURKISH = (("š", "ş"), ("sh", "ş"), ("č", "ç"), ("ć", "ç"), ("q", "ç"), ("xh", "c"), ("dž", "c"), ("ž", "j"), ("zh", "j"), ("đ", "c"), ("gj", "c"), ("c", "ts"), ("ë", "e"), ("j", "y"))  # fmt: skip
_ALBANIAN = (("š", "sh"), ("č", "ç"), ("ć", "q"), ("dž", "xh"), ("ž", "zh"), ("đ", "gj"))
_SLAVIC = (
    ("sh", "š"),
    ("ç", "č"),
    ("q", "ć"),
    ("xh", "dž"),
    ("zh", "ž"),
    ("gj", "đ"),
    ("ll", "l"),
    ("rr", "r"),
    ("ë", "e"),
)


def spelled(name: str, table: Iterable[tuple[str, str]]) -> str:
    """Return a name with letters written otherwise, the longest first, each once."""
    pairs = dict(table)
    pattern = "|".join(sorted(map(re.escape, pairs), key=len, reverse=True))
    return re.sub(pattern, lambda found: pairs[found.group()], name.lower()).title()


def cyrillic(name: str) -> str:
    """Return a Latin name in Serbian Cyrillic."""
    return spelled(name, _TO_CYRL)


def macedonian(name: str) -> str:
    """Return a Latin name in Macedonian Cyrillic."""
    return cyrillic(name).replace("ђ", "ѓ").replace("ћ", "ќ").replace("Ђ", "Ѓ").replace("Ћ", "Ќ")


def serbian(place: Place) -> str:
    return place.names.get("sr-Latn", "")


def albanian(place: Place) -> str:
    return place.names.get("sq", "")


def latin_names(place: Place) -> list[str]:
    return list(dict.fromkeys(filter(None, (serbian(place), albanian(place)))))


def names(place: Place) -> Iterator[str]:
    yield from (name for _, name in place.official)
    yield from (name for language, name in place.names.items() if language != "en")


def official(place: Place) -> Iterator[str]:
    yield from (name for _, name in place.official)


def each(change: Callable[[str], str]) -> Forms:
    return lambda place: (change(name) for name in latin_names(place))


def joined(place: Place) -> Iterator[str]:
    for name in filter(lambda one: " " in one, names(place)):
        yield from (name.replace(" ", "-"), name.replace(" ", ""), name.replace(" ", ". "))


def slavic_cases(place: Place) -> Iterator[str]:
    for name in {serbian(place), place.names.get("sr-Cyrl", "")} - {""}:
        yield from (_declined(name, case) for case in ("gen", "dat", "ins"))


def _declined(name: str, case: str) -> str:
    cyrl = "Ѐ" <= name[-1] <= "ӿ"
    text = "".join(_SR.get(letter.lower(), letter) for letter in name) if cyrl else name.lower()
    *first, last = text.split()
    at = ("gen", "dat", "ins").index(case)
    first = [_adjective(word, at) for word in first]
    found = " ".join([*first, _noun(last, at)])
    return cyrillic(found) if cyrl else found.title()


def _adjective(word: str, at: int) -> str:
    if word.endswith("i"):
        return word[:-1] + ("og", "om", "im")[at]
    if word.endswith("a"):
        return word[:-1] + ("e", "oj", "om")[at]
    if word.endswith(("o", "e")):
        return word[:-1] + ("og", "om", "im")[at]
    return word


def _noun(word: str, at: int) -> str:
    if word.endswith("a"):
        soft = {"k": "c", "g": "z", "h": "s"}.get(word[-2], word[-2])
        return (word[:-1] + "e", word[:-2] + soft + "i", word[:-1] + "om")[at]
    if word.endswith(("o", "e")):
        return word[:-1] + ("a", "u", "om" if word.endswith("o") else "em")[at]
    if word.endswith("i"):
        return word[:-1] + ("a", "ima", "ima")[at]
    stem = word[:-2] + word[-1] if re.search(r"[^aeiou]a[ck]$", word) else word
    return stem + ("a", "u", "om")[at]


def albanian_cases(place: Place) -> Iterator[str]:
    definite = place.names.get("sq_def", "")
    if not definite or " " in definite:
        return
    if definite.endswith("a"):
        yield from (definite[:-1] + "ës", definite[:-1] + "ën", definite[:-1] + "es")
    elif definite.endswith(("i", "u")):
        yield from (definite + "t", definite + "n")


def around(place: Place) -> Iterator[str]:
    if name := serbian(place):
        yield from (f"Opština {name}", f"opcina {name}", f"SO {name}", f"Grad {name}", f"{name} (opština)")
    if definite := place.names.get("sq_def", ""):
        yield from (f"Komuna e {definite}", f"Bashkia {definite}", f"Municipality of {definite}", f"në {definite}")


def entity(place: Place) -> Iterator[str]:
    if place.country == "BA" and place.level == "municipality":
        inside = gazetteer().ancestors(place.uid)
        mark = "RS" if "BA-e-rs" in inside else "FBiH" if "BA-e-fbih" in inside else ""
        if mark:
            yield from (f"{name} ({mark})" for name in latin_names(place))
            yield f"{serbian(place)} {mark}"


def shortened(place: Place) -> Iterator[str]:
    for name in latin_names(place):
        first, _, rest = name.partition(" ")
        if rest and " " not in rest and len(first) > 3:
            yield from (f"{first[0]}. {rest}", f"{first[:3]}. {rest}", f"{first[0]}.{rest}")


CLASSES: dict[str, Forms] = {
    "official names": official,
    "every column": names,
    "capitals": each(str.upper),
    "small letters": each(str.lower),
    "without marks": each(lambda name: name.translate(_PLAIN)),
    "dj for đ": each(lambda name: name.replace("đ", "dj").replace("Đ", "Dj").translate(_PLAIN)),
    "Serbian Cyrillic": lambda place: (cyrillic(name) for name in [serbian(place)] if name),
    "Macedonian Cyrillic": lambda place: (macedonian(name) for name in [serbian(place)] if name),
    "Albanian name in Cyrillic": lambda place: (cyrillic(spelled(name, _SLAVIC)) for name in [albanian(place)] if name),
    "Albanian name by Slavic hand": lambda place: (spelled(name, _SLAVIC) for name in [albanian(place)] if name),
    "Slavic name by Albanian hand": lambda place: (spelled(name, _ALBANIAN) for name in [serbian(place)] if name),
    "German": each(lambda name: spelled(name, _GERMAN)),
    "French": each(lambda name: spelled(name, _FRENCH)),
    "English": each(lambda name: spelled(name, _ENGLISH)),
    "Turkish": each(lambda name: spelled(name, _TURKISH)),
    "hyphen, space, dot": joined,
    "Slavic cases": slavic_cases,
    "Albanian cases": albanian_cases,
    "words around": around,
    "entity": entity,
    "abbreviated": shortened,
    "older, other, short names": lambda place: iter(place.spellings),
}


class Measured(NamedTuple):
    """Forms of one class: all, those whose place is among what is shown, shown alone and for sure, and wrong ones."""

    forms: int
    found: int
    alone: int
    wrong: int
    missed: tuple[tuple[str, str, str], ...]


def measure(places: Gazetteer, forms: Forms, *, at_home: bool) -> Measured:
    """Return how the forms of one class are found; ``at_home``: in a case of the country of the place."""
    pairs = {
        (form, place.uid, place.country)
        for place in places
        if place.level in MUNICIPAL
        for form in forms(place)
        if form
    }
    found = alone = wrong = 0
    missed = []
    for form, uid, country in sorted(pairs):
        shown = places.find(form, country if at_home else "")
        uids = [one.place.uid for one in shown]
        good = uid in uids or any(uid in places.ancestors(one) for one in uids)
        found += good
        alone += good and len(uids) == 1 and not shown[0].perhaps
        wrong += bool(uids) and not good
        if not good:
            missed.append((form, uid, ",".join(uids)))
    return Measured(len(pairs), found, alone, wrong, tuple(missed))


def main() -> None:
    """Print the table."""
    places, total = gazetteer(), [0, 0, 0]
    print(f"{'':32}{'forms':>7}{'found':>9}{'alone':>9}{'wrong':>9}")
    for name, forms in CLASSES.items():
        for at_home in (True,):
            one = measure(places, forms, at_home=at_home)
            total = [total[0] + one.forms, total[1] + one.found, total[2] + one.wrong]
            count = max(one.forms, 1)
            print(f"{name:32}{one.forms:7}{one.found / count:9.1%}{one.alone / count:9.1%}{one.wrong / count:9.2%}")
            for each_ in one.missed if "-v" in sys.argv else ():
                print("      ", *each_)
    print(f"{'all':32}{total[0]:7}{total[1] / total[0]:9.1%}{'':9}{total[2] / total[0]:9.2%}")


if __name__ == "__main__":
    main()
