"""Partners are looked for by what people know of them: a piece of the name, the place, or a telephone."""

import pytest

from avrr_desktop.domain.people.partner_search import is_meant
from avrr_desktop.domain.records.fields import Record

CENTRE = Record(
    "provider", "o1",
    {"name": "Qendra për ndihmë juridike", "place": "Ђаковица", "address": "Rr. e Dëshmorëve 12", "focal_point": "Besa Hoti",
     "phone": "+383 (0)44 123-456 (reception); 0390 / 321 654"},
)  # fmt: skip


@pytest.mark.parametrize("typed", [
    "", "  ", "qendra", "ndihme jur", "juridike qendra", "Đakovica", "djakov", "Дјаковица", "Хоти", "deshmor",
    "044 123 456", "+38344123456", "0038344123456", "44123456", "123-456", "3456", "0390321654", "321 654", "٠٤٤١٢٣٤٥٦",
])  # fmt: skip
def test_it_is_found(typed: str) -> None:
    assert is_meant(CENTRE, typed)


@pytest.mark.parametrize(
    "typed", ["Tirana", "qendra Tirana", "uridike", "045 123 456", "+381 44 123 456", "9999", "123 Qendra"]
)
def test_another_is_not_found(typed: str) -> None:
    assert not is_meant(CENTRE, typed)
