"""Serbian in Latin letters is what the table makes of Serbian in Cyrillic ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.make.serbian_latin import latin

PAIRS = {
    "Његош": "Njegoš", "ЊЕГОШ": "NJEGOŠ", "Љ. Петровић": "Lj. Petrović", "КОЊ": "KONJ", "„МАТИЧНА КЊИГА“": "„MATIČNA KNJIGA“",
    "ПИСАЊЕ": "PISANJE", "СТАТУСНА ПИТАЊА": "STATUSNA PITANJA", "инјекција": "injekcija", "надживети": "nadživeti",
    "Ђурђевдан": "Đurđevdan", "УПИС У КЊИГУ": "UPIS U KNJIGU", "Упит {name}: <b>Џеп</b> PDF": "Upit {name}: <b>Džep</b> PDF",
    "МУП-ом": "MUP-om", "ЈМБГ": "JMBG", "{number}Њ": "{number}Nj", "на Косову*": "na Kosovu*", "Џ": "Dž", "ЏЕП": "DŽEP",
    "12. маја 2026.": "12. maja 2026.", "{љубав}": "{љубав}",
}  # fmt: skip


@pytest.mark.parametrize(("cyrillic", "expected"), PAIRS.items(), ids=range(len(PAIRS)))
def test_it_is_written_as_the_orthography_has_it(cyrillic: str, expected: str) -> None:
    assert latin(cyrillic) == expected


@given(st.text("абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ .,–1{}", max_size=40))
def test_no_cyrillic_letter_is_left_outside_placeholders_and_latin_stays(text: str) -> None:
    text = text.replace("{", "").replace("}", "")
    made = latin(text)
    assert not any("\u0400" <= sign <= "\u04ff" for sign in made)
    assert latin(made) == made
    assert len(made) >= len(text)
