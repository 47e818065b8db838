"""A sealed file opens as it was, or not at all: nothing in it can be changed, moved, cut off or exchanged."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.keys import sealed_file
from avrr_desktop.keys.sealed_file import CHUNK, MAGIC, content_id, open_, seal, sealed_size

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17)
SEALED_CHUNK = CHUNK + 40


def content(size: int) -> bytes:
    return hashlib.shake_256(b"content").digest(size)


def name_of(plaintext: bytes) -> str:
    return content_id(KEY, plaintext)


@pytest.mark.parametrize("size", SIZES)
def test_a_sealed_file_opens_as_it_was(size: int) -> None:
    plain = content(size)
    sealed = seal(KEY, name_of(plain), plain)
    assert open_(KEY, name_of(plain), sealed) == plain
    assert len(sealed) == sealed_size(size)
    assert size < 16 or plain[:16] not in sealed


def test_the_same_file_is_never_sealed_the_same_way_twice() -> None:
    plain = content(100)
    assert seal(KEY, name_of(plain), plain) != seal(KEY, name_of(plain), plain)


def test_the_name_of_a_content_needs_the_key() -> None:
    plain = content(1000)
    names = {content_id(KEY, plain), content_id(OTHER_KEY, plain), hashlib.blake2b(plain, digest_size=32).hexdigest()}
    assert len(names) == 3
    assert content_id(KEY, plain) == content_id(KEY, bytes(plain))
    assert len(content_id(KEY, plain)) == 64


@settings(deadline=None)
@given(st.integers(0, 8 * sealed_size(2 * CHUNK + 5) - 1))
def test_no_bit_can_be_turned(bit: int) -> None:
    plain = content(2 * CHUNK + 5)
    changed = bytearray(seal(KEY, name_of(plain), plain))
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(StoreError):
        open_(KEY, name_of(plain), bytes(changed))


@pytest.mark.parametrize("size", SIZES)
def test_nothing_can_be_cut_off_or_added(size: int) -> None:
    plain = content(size)
    sealed = seal(KEY, name_of(plain), plain)
    ends = {
        0,
        1,
        len(MAGIC),
        len(MAGIC) + 39,
        len(sealed) - 1,
        len(MAGIC) + SEALED_CHUNK,
        len(MAGIC) + 2 * SEALED_CHUNK,
    }
    for end in sorted(end for end in ends if end < len(sealed)):
        with pytest.raises(StoreError):
            open_(KEY, name_of(plain), sealed[:end])
    for more in (b"\0", sealed[len(MAGIC) :]):
        with pytest.raises(StoreError):
            open_(KEY, name_of(plain), sealed + more)


def test_chunks_cannot_change_places_or_files() -> None:
    plain, other = content(3 * CHUNK), content(3 * CHUNK)[::-1]
    sealed, foreign = seal(KEY, name_of(plain), plain), seal(KEY, name_of(other), other)
    again = seal(KEY, name_of(plain), plain)

    def chunks(whole: bytes) -> list[bytes]:
        body = whole[len(MAGIC) :]
        return [body[start : start + SEALED_CHUNK] for start in range(0, len(body), SEALED_CHUNK)]

    first, second, third = chunks(sealed)
    mixed = [[second, first, third], [first, second], [first, third], [second, third], [third],
             [chunks(foreign)[0], second, third], [first, second, chunks(foreign)[2]], [first, first, third]]  # fmt: skip
    for pieces in mixed:
        with pytest.raises(StoreError):
            open_(KEY, name_of(plain), MAGIC + b"".join(pieces))
    assert open_(KEY, name_of(plain), MAGIC + chunks(again)[0] + second + third) == plain, "equal content, equal place"


def test_another_key_another_name_and_another_format_are_refused() -> None:
    plain = content(10)
    sealed = seal(KEY, name_of(plain), plain)
    for key, name, whole in (
        (OTHER_KEY, name_of(plain), sealed),
        (KEY, name_of(b"other"), sealed),
        (KEY, name_of(plain), MAGIC[:-1] + b"\x02" + sealed[len(MAGIC) :]),
    ):
        with pytest.raises(StoreError) as refused:
            open_(key, name, whole)
        assert refused.value.hint == sealed_file.damaged().hint
