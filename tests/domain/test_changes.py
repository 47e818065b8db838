"""Canonical bytes: one value, one form, so that a hash made today is the hash made in ten years."""

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.history import change
from avrr_desktop.domain.history.change import Part, PartKind, SealedPart

TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=20)
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | TEXTS,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
ENVELOPE = {"device": "D", "incarnation": 1, "sequence": 3, "signature": ""}


def test_keys_are_sorted_and_nothing_stands_between() -> None:
    assert change.canonical({"b": [1, None, True], "a": {"d": "x", "c": ""}}) == (
        b'{"a":{"c":"","d":"x"},"b":[1,null,true]}'
    )


def test_letters_stand_as_themselves_in_utf8() -> None:
    assert change.canonical({"ime": "Ђорђе Šejla Çelë"}) == '{"ime":"Ђорђе Šejla Çelë"}'.encode()


@pytest.mark.parametrize("text", ["Šejla", "Çelë", "Ѓорѓи", "Å", "ﬁ"])
def test_texts_and_keys_are_composed_the_same_whoever_typed_them(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert change.canonical({apart: apart}) == change.canonical({text: text})
    assert json.loads(change.canonical(apart)) == unicodedata.normalize("NFC", text)


def test_compatibility_letters_are_kept_as_the_document_writes_them() -> None:
    assert change.canonical("ﬁ ½ ǆ") == '"ﬁ ½ ǆ"'.encode()


@pytest.mark.parametrize(
    "value", [0.5, 1.0, float("nan"), {"amount": 2.0}, [[1.5]], b"bytes", bytearray(b"x"), object(), {1, 2}]
)
def test_what_has_no_one_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        change.canonical(value)


def test_lists_and_tuples_are_one_thing() -> None:
    assert change.canonical(("sq", "sr")) == change.canonical(["sq", "sr"])


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_reading_and_writing_again_gives_the_same_bytes(value: object) -> None:
    once = change.canonical(value)
    assert change.canonical(json.loads(once)) == once
    assert unicodedata.is_normalized("NFC", once.decode())


def test_the_hash_of_an_envelope_leaves_only_the_signature_out() -> None:
    plain = change.envelope_digest(ENVELOPE)
    assert change.envelope_digest({**ENVELOPE, "signature": "signed later"}) == plain
    for key in ("device", "incarnation", "sequence"):
        assert change.envelope_digest({**ENVELOPE, key: 7}) != plain


def test_chains_of_other_devices_and_incarnations_begin_differently() -> None:
    assert len({change.genesis("D", 1), change.genesis("D", 2), change.genesis("E", 1)}) == 3


def test_a_commitment_hides_its_part_behind_the_salt() -> None:
    part = Part(PartKind.SET, "person", "P", {"sex": "F"})
    first, second = (change.seal_part(part, salt) for salt in (b"a" * 16, b"b" * 16))
    assert first.body == second.body
    assert change.commitment(first) != change.commitment(second)
    assert change.commitment(first) == change.commitment(change.seal_part(part, b"a" * 16))


@pytest.mark.parametrize("kind", list(PartKind))
def test_a_stored_part_reads_as_it_was_written(kind: PartKind) -> None:
    part = Part(kind, "person", "P", {"languages": ("sq", "sr"), "phone": None, "sex": "F", "safe_to_call": False})
    assert change.parsed(change.seal_part(part, b"s" * 16)) == part


def test_what_the_form_had_seen_is_no_part_of_the_content() -> None:
    part = Part(PartKind.SET, "person", "P", {"sex": "F"}, seen=("4", "5"))
    assert change.seal_part(part, b"").body == change.seal_part(Part(part.kind, "person", "P", part.values), b"").body


def test_an_erased_part_and_one_of_an_unknown_kind_have_no_meaning() -> None:
    assert change.parsed(SealedPart(b"", b"")) is None
    unknown = SealedPart(b"s", b'{"kind":"attach","record":"F","record_type":"file","values":{}}')
    assert change.parsed(unknown) is None
    assert not unknown.erased
