"""What is wrong with the letters of a translation: the checks that no gettext tool makes.

Letters of two scripts within a word, letters outside the alphabet, text that went through a wrong encoding, signs that nobody sees, and
words that we do not write. Names, placeholders, tags, options and file names are left out before anything is looked at.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_LEFT_OUT = re.compile(
    r"\{[^{}]*\}|<[^<>]*>|`[^`]*`|https?://\S+|(?<!\w)--?[a-z][a-z-]*|[\w.*-]*\.(?:json|toml|avrr|pdf|csv|xlsx|txt|key|age|ods)(?!\w)"
)
_WORD = re.compile(r"[^\W\d_]+")
# Two-byte letters read one by one begin with one of these and go on with a sign that no text of ours holds.
_MOJIBAKE = re.compile(r"[ÃÄÅĂÐÑâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|\ufffd")


@cache
def table() -> Mapping[str, Any]:
    """Return the table of alphabets and refused words."""
    return tomllib.loads((Path(__file__).parent / "letters.toml").read_text(encoding="utf-8"))


def faults(language: str, text: str) -> Iterator[str]:
    """Yield what is wrong with a text of a language, each in a few words."""
    alphabet = table()[language]
    if text != unicodedata.normalize("NFC", text):
        yield "not composed (NFC)"
    if seen := set(table()["signs"]["refused"]) & set(text):
        yield f"signs that nobody sees: {', '.join(f'U+{ord(sign):04X}' for sign in sorted(seen))}"
    if found := _MOJIBAKE.search(text):
        yield f"went through a wrong encoding: {found.group()!r}"
    plain = _LEFT_OUT.sub(" ", text)
    for kept in sorted(table()["kept"]["words"], key=len, reverse=True):
        plain = re.sub(rf"(?<!\w){re.escape(kept)}(?!\w)", " ", plain)
    known = set(alphabet["order"].replace(" ", "")) | set(alphabet["extra"]) | set(alphabet["names"])
    for word in _WORD.findall(plain):
        scripts = {script(letter) for letter in word}
        if len(scripts) > 1:
            yield f"letters of two scripts: {word}"
        elif alphabet["script"] in scripts and (other := set(word.lower()) - known):
            yield f"letters outside the alphabet: {word} ({''.join(sorted(other))})"
        elif alphabet["script"] == "Latn" and "Cyrl" in scripts:
            yield f"another script: {word}"
    yield from (f"a word that we do not write: {word}" for word in refused(language, text))


def refused(language: str, text: str) -> Iterator[str]:
    """Yield the words of a text that we do not write."""
    said = " ".join(re.findall(r"[\w-]+", text.lower()))
    for entry in table()[language]["refused"]:
        ending = r"(?!\w)" if entry.endswith("=") else r"\w*"
        if found := re.search(r"(?<!\w)" + re.escape(entry.rstrip("=")) + ending, said):
            yield found.group()


def script(letter: str) -> str:
    """Return Latn or Cyrl; for any other letter the first word of its name."""
    name = unicodedata.name(letter, "")
    return {"LATIN": "Latn", "CYRILLIC": "Cyrl"}.get(name.split()[0] if name else "", name)
