"""Who may be the one at the desk: everything that is known orders, and nothing of it is a wall."""

import pytest

from avrr_desktop.domain.people.likeness import Asked
from avrr_desktop.domain.records.fields import Record

HATIXHE = {"family_name": "Berisha", "given_names": "Hatixhe", "birth_date": "1980-04-05", "father_name": "Agim"}


def weight(name: str, birth: str = "", *papers: str, **values: str) -> int:
    """Return how likely it is that she is meant; 0 for not at all."""
    found = Asked.of(name, birth).likeness(Record("person", "x", {**HATIXHE, **values}), papers)
    return found.weight if found else 0


@pytest.mark.parametrize(
    ("name", "birth"),
    [
        ("Hatixhe Berisha", ""), ("Hatixhe Berisha", "1985"), ("Hatixhe Agim Berisha", "1980"),
        ("Hatidža Beriša", "1980"), ("Hatidža Beriša", ""), ("Хатиџа Бериша", "1985"), ("Berisha", "1931"),
        ("Hatixhe", ""), ("Ber", ""), ("Fatime Berisha", ""), ("Hatixhe Krasniqi", "1980"), ("Hatixhe Agim", ""),
        ("Zz Qq", "1980-04-05"), ("Halime Bytyqi", "1980"), ("H Ber", ""),
    ],
)  # fmt: skip
def test_she_is_never_denied_where_something_speaks_for_her(name: str, birth: str) -> None:
    assert weight(name, birth)


@pytest.mark.parametrize(
    ("name", "birth"), [("Zef Marku", ""), ("Zef Marku", "1980"), ("Hatixhe Marku", "1931"), ("", "")]
)
def test_somebody_else_is_not_shown(name: str, birth: str) -> None:
    assert not weight(name, birth)


def test_names_of_papers_of_birth_and_other_spellings_count_as_family_names() -> None:
    assert weight("Krasniqi", "", "Krasniqi Hatixhe")
    assert weight("Krasniqi", family_name_at_birth="Krasniqi")
    assert weight("Krasniqi", name_variants="Хатиџе Краснићи\nKrasniqi")


@pytest.mark.parametrize(
    ("name", "found_by"),
    [
        ("Hatixhe Berisha", None), ("Berisha", None), ("Gjoka", ("family_name_at_birth", "Gjoka")),
        ("Hatixhe Gjoka", ("family_name_at_birth", "Gjoka")), ("Agim Berisha", ("father_name", "Agim")),
        ("Красниќи", ("name_variants", "Krasniqi")), ("Hoti", ("names_as_written", "HOTI HATIDJE")),
    ],
)  # fmt: skip
def test_a_further_name_by_which_somebody_is_found_is_told(name: str, found_by: tuple[str, str] | None) -> None:
    further = {"family_name_at_birth": "Gjoka", "name_variants": "Беришa, Krasniqi"}
    she = Record("person", "x", {**HATIXHE, **further})
    assert Asked.of(name).found_by(she, ["HOTI HATIDJE"]) == found_by


def test_the_birth_orders() -> None:
    ordered = [weight("Hatixhe Berisha", birth) for birth in ("1980-04-05", "1980", "1982", "1999")]
    assert ordered == sorted(set(ordered), reverse=True)


def test_the_nearer_spelling_is_likelier() -> None:
    ordered = [weight(name) for name in ("Hatixhe Berisha", "Hat Berisha", "Hatidža Berisha", "Zef Berisha")]
    assert ordered == sorted(set(ordered), reverse=True)


@pytest.mark.parametrize(
    ("name", "birth"), [("Hatidža", "1980"), ("Hatidža Agim", ""), ("Hatidža Beriša", ""), ("Hatidže Berishaj", "")]
)
def test_a_name_that_is_near_speaks_for_her_beside_a_second_fact(name: str, birth: str) -> None:
    assert weight(name, birth)


@pytest.mark.parametrize(("name", "birth"), [("Hatice", ""), ("Hatice", "1931"), ("Hatice Krasniqi", "1931")])
def test_a_name_that_is_only_near_does_not_by_itself(name: str, birth: str) -> None:
    assert not weight(name, birth)
