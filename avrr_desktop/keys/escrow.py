"""The organisation's escrow: an age key whose public half every store may be closed for, its private half in three shares.

Two of the three shares (SLIP-39 words) give the private half back; one alone tells nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import pyrage
import shamir_mnemonic
from shamir_mnemonic.share import Share
from shamir_mnemonic.utils import MnemonicError
from shamir_mnemonic.wordlist import WORD_INDEX_MAP

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_

SHARES, NEEDED = 3, 2
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_NAME = "age-secret-key-"
_BEGINNINGS = {word[:4]: word for word in WORD_INDEX_MAP}  # SLIP-39: four letters tell every word from all others


@dataclass(frozen=True, slots=True)
class Escrow:
    """A fresh escrow: the recipient (``age1…``) and the words of each share."""

    recipient: str
    shares: tuple[str, ...] = field(repr=False)


def new_escrow() -> Escrow:
    """Return a fresh key, already in shares; the whole private half is kept nowhere."""
    identity = pyrage.x25519.Identity.generate()
    secret = _secret_of(str(identity))
    [words] = shamir_mnemonic.generate_mnemonics(1, [(NEEDED, SHARES)], secret)
    if identity_from(words[:NEEDED]) != str(identity):  # shares that would not give it back are never printed
        raise AssertionError("shares do not open")
    return Escrow(str(identity.to_public()), tuple(words))


def identity_from(shares: Sequence[str]) -> str:
    """Return the private half (``AGE-SECRET-KEY-1…``) out of any two good shares of one set.

    More than two do no harm, a spoilt one beside two good ones neither. Words may be written by their first four letters,
    with numbers before them, in capitals, with commas or over several lines. Raises RefusedError, saying which sheet is wrong.
    """
    sheets = [_sheet(share) for share in shares if share.strip()]
    good = [sheet for sheet in sheets if isinstance(sheet, Share)]
    for first, second in combinations(good, NEEDED):
        if first.common_parameters() == second.common_parameters() and first.index != second.index:
            try:
                return _identity_of(shamir_mnemonic.combine_mnemonics([first.mnemonic(), second.mnemonic()]))
            except MnemonicError:  # each sheet by itself is as it was printed, together they give no key
                continue
    raise _refused(sheets, good)


def _refused(sheets: Sequence[Share | None], good: Sequence[Share]) -> RefusedError:
    """Return the error that says what is wrong with some sheets, without a word of them."""
    if len(sheets) < NEEDED:
        return RefusedError(
            N_("One sheet alone reveals nothing."),
            N_("Nothing was opened. Any two different sheets of one set are enough."),
        )
    if len(good) < NEEDED:
        number = next(at for at, sheet in enumerate(sheets, 1) if sheet is None)
        return RefusedError(
            N_("Sheet {number}: a word is wrong, missing or extra."),
            N_("Nothing was opened. Check each word against the sheet, or use another sheet of the same set."),
            {"number": number},
        )
    if len({share.common_parameters() for share in good}) == len(good):
        return RefusedError(
            N_("These sheets are of different sets."),
            N_("Nothing was opened. Any two different sheets of one set are enough."),
        )
    return RefusedError(
        N_("These are copies of the same sheet."),
        N_("Nothing was opened. Any two different sheets of one set are enough."),
    )


def _sheet(text: str) -> Share | None:
    """Return the share that somebody typed or read in from a sheet; None where a word is wrong, missing or too many."""
    words = re.findall(r"[a-z]+", text.lower())
    whole = [_BEGINNINGS.get(word[:4], word) if word not in WORD_INDEX_MAP else word for word in words]
    try:
        return Share.from_mnemonic(" ".join(whole))
    except MnemonicError:
        return None


def _secret_of(identity: str) -> bytes:
    digits = [_LETTERS.index(letter) for letter in identity.lower().removeprefix(_NAME + "1")[:-6]]
    return _regrouped(digits, 5, 8)


def _identity_of(secret: bytes) -> str:
    digits = list(_regrouped(secret, 8, 5, fill=True))
    expanded = [ord(letter) >> 5 for letter in _NAME] + [0] + [ord(letter) & 31 for letter in _NAME]
    total = _checksum([*expanded, *digits, *[0] * 6]) ^ 1
    check = [total >> 5 * (5 - place) & 31 for place in range(6)]
    return (_NAME + "1" + "".join(_LETTERS[digit] for digit in (*digits, *check))).upper()


def _regrouped(values: Sequence[int], width: int, into: int, *, fill: bool = False) -> bytes:
    """Return numbers of ``width`` bits as numbers of ``into`` bits, as the bech32 text of age keys groups them."""
    waiting, held, out = 0, 0, bytearray()
    for value in values:
        waiting, held = waiting << width | value, held + width
        while held >= into:
            held -= into
            out.append(waiting >> held & (1 << into) - 1)
    if fill and held:
        out.append(waiting << into - held & (1 << into) - 1)
    return bytes(out)


def _checksum(digits: Sequence[int]) -> int:
    total = 1
    for digit in digits:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ digit
        for place, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            total ^= part if top >> place & 1 else 0
    return total
