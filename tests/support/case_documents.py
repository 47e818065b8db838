"""Case documents for tests: one with every field of every record, and arbitrary ones."""

from typing import Any

from hypothesis import strategies as st

from avrr_desktop.domain.records.fields import Field, Kind
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.types.pack_records import PACK_RECORDS
from avrr_desktop.operations.imports.case_document import STAYS

Document = dict[str, Any]
_LEFT_OUT = {"case", "office", "access", "lesson"} | PACK_RECORDS
PARTS = tuple(key for key, part in BY_KEY.items() if key not in _LEFT_OUT and not part.not_carried)
_NOT_CARRIED = {("case", "number"), ("note", "restricted"), ("consent", "sheet")}
_NOT_CARRIED |= {(kind, key) for kind, keys in STAYS.items() for key in keys}
_CODES = {"status": "open", "state": "held"}


def full_document(word: str = "Ђ-word") -> Document:
    """Return a document in which every field of every record has a value; texts begin with ``word``."""
    document: Document = {"case": _filled("case", word)}
    for part in PARTS:
        document[part] = [{"ref": f"{BY_KEY[part].letter}1", **_filled(part, word)}]
    return document


def _filled(part: str, word: str) -> Document:
    kept = {}
    for field in BY_KEY[part].fields:
        if (part, field.key) not in _NOT_CARRIED:
            kept[field.key] = _value(field, f"{word}-{part}-{field.key}")
    return kept


def _value(field: Field, text: str) -> Any:
    values: dict[Kind, Any] = {
        Kind.DATE: "2026-05-04", Kind.COUNT: field.bounds[1] if field.bounds else 7, Kind.YES_NO: True, Kind.COUNTRY: "RS", Kind.CHOICES: [text],
        Kind.LONG_TEXT: f"{text}\n\nзавршетак",
    }  # fmt: skip
    if field.kind in (Kind.LINK, Kind.LINKS):
        ref = f"{BY_KEY[field.target].letter}1"
        return ref if field.kind is Kind.LINK else [ref]
    return values.get(field.kind, text)


_texts = st.text(st.characters(exclude_categories=()), max_size=12) | st.sampled_from(
    [
        "m1",
        "o1",
        "2026-05-04",
        "2019",
        "1988~",
        "AL",
        "Kosova",
        "\ud800",
        "a\x00b",
        "e\u200b\u0301",
        "\u202e",
        "  ",
        "a" * 600,
        "9" * 30,
    ]
)
_scalars = st.none() | st.booleans() | st.integers() | st.floats() | _texts
_anything = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3), max_leaves=6
)


def _values_of(part: str) -> st.SearchStrategy[Document]:
    fields = BY_KEY[part].fields
    right = {field.key: st.just(_value(field, "text")) for field in fields}
    likely = {key: value | value | value | value | _texts | _anything for key, value in right.items()}
    refs = st.sampled_from(["m1", "m2", "o1", "x"]) | _anything
    optional: dict[str, st.SearchStrategy[Any]] = {**likely, "ref": refs}
    keys = st.lists(st.sampled_from(sorted(optional)), max_size=4, unique=True)
    known = keys.flatmap(lambda chosen: st.fixed_dictionaries({key: optional[key] for key in chosen}))
    return known | known | known | known | st.dictionaries(_texts, _anything, max_size=2)


def _parts() -> st.SearchStrategy[Document]:
    lists = {part: st.lists(_values_of(part), max_size=2) for part in PARTS}
    groups = {part: records | records | records | records | _anything for part, records in lists.items()}
    chosen = st.lists(st.sampled_from((*PARTS, "person", "membership")), max_size=3, unique=True)
    return chosen.flatmap(lambda parts: st.fixed_dictionaries({part: groups[part] for part in parts}))


def _joined(pair: tuple[Any, Document]) -> Document:
    case, parts = pair
    return {"case": {"called": "Hoxha", **case} if isinstance(case, dict) else case, **parts}


def arbitrary_documents() -> st.SearchStrategy[Any]:
    """Documents that are nearly right, and now and then anything at all."""
    nearly = st.tuples(_values_of("case") | _anything, _parts()).map(_joined)
    return nearly | nearly | nearly | _anything
