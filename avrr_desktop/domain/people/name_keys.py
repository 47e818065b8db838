"""Search keys: spellings of one name in several scripts and languages lead to the same person.

For each word there is the plain key (letters without marks, so that half a word typed is found as it is written) and
the sound key: one form for what Serbian, Albanian, Macedonian, Turkish, German, French, Dutch or English clerks would
write. A given name and a family name are sounded a little differently. Weaker keys: ``near_names``.
"""

import re
import unicodedata

# Cyrillic of all Slavic languages to the Latin letters of Serbian; the soft sign is read before, see ``_SOFT``.
_CYRILLIC = dict(
    zip(
        "абвгдѓђежзѕијклљмнњопрстќћуфхцчџшѐѝйыэюяъьщёєіїґўө",
        "a b v g d gj đ e ž z dz i j k l lj m n nj o p r s t kj ć u f h c č dž š e i j i e ju ja _ _ šč jo je i i g v o"
        .replace("_", "").split(" "),
        strict=True,
    )
)  # fmt: skip
# Joiners, soft hyphens and marks of direction: they come along when somebody pastes, and nobody sees them in a name.
_UNSEEN = (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_LETTERS = str.maketrans(
    {
        **_CYRILLIC,
        **{chr(letter): "" for letter in _UNSEEN},
        "đ": "đ", "ð": "đ", "ł": "l", "ø": "o", "ß": "ss", "œ": "oe", "æ": "ae", "ĳ": "ij", "ı": "i", "þ": "th",
        "ŉ": "n", "ǉ": "lj", "ǌ": "nj", "ǆ": "dž", "ʒ": "dž", "’": "", "'": "", "ʼ": "", "`": "", "´": "",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_SOFT = re.compile("(?<=[дгклн])ь(?![яюёє])")
# Letters that look alike in both scripts: whoever changes the keyboard too late leaves one of them in a word.
_TWINS = ("aceopxyijskABCEHIJKMOPSTXY", "асеорхуіјѕкАВСЕНІЈКМОРЅТХУ")
_TO_CYRILLIC, _TO_LATIN = str.maketrans(*_TWINS), str.maketrans(*_TWINS[::-1])
_RUN = re.compile(r"\w+")
_LATIN, _OTHER = re.compile("[a-zA-Z]"), re.compile("[Ѐ-ӿ]")

SOFTENED = "ð"  # dž and đ: one sound for half of the clerks; no word has this letter, see ``_LETTERS``
# Longest first; applied once, left to right. The class in the middle column is ours, no language writes it so.
_SOUNDS = (
    ("tsch", "c"), ("dsch", SOFTENED), ("dzh", SOFTENED), ("dzs", SOFTENED), ("dzj", SOFTENED), ("tch", "c"),
    ("sch", "s"), ("tsj", "c"), ("tsh", "c"), ("dž", SOFTENED), ("dj", SOFTENED), ("gj", SOFTENED), ("xh", SOFTENED),
    ("dz", SOFTENED), ("đ", SOFTENED), ("ǵ", SOFTENED), ("kj", "c"), ("ḱ", "c"), ("ch", "c"), ("čh", "c"), ("ćh", "c"), ("ts", "c"), ("tz", "c"),
    ("sh", "s"), ("sj", "s"), ("zh", "z"), ("zj", "z"), ("kh", "h"), ("th", "t"), ("dh", "d"), ("ph", "f"),
    ("ou", "u"), ("ck", "k"), ("x", "ks"), ("q", "c"), ("ć", "c"), ("č", "c"), ("ç", "c"), ("š", "s"), ("ś", "s"),
    ("ş", "s"), ("ž", "z"), ("ź", "z"), ("w", "v"), ("y", "i"), ("ë", "e"), ("j", "i"),
)  # fmt: skip
_SOUND = re.compile("|".join(re.escape(written) for written, _ in _SOUNDS))
_SOUND_OF = dict(_SOUNDS)
_DOUBLE = re.compile(r"([a-zð])\1+")
_ENDING = re.compile("i(?:cs|tj)$")  # -ić in Hungary and in Sweden
_SOFT_FAMILY = re.compile("([ln])(?:j|y(?=[aeou])|i[jy]?(?=[aeou]))|g(n)")  # lj, li, ly and nj, ni, ny, gn
# Titles, particles of other countries, what stands where a name is missing, and the words before a former name.
_PASSED_OVER = re.compile(
    r"\b(?:dr|mr|mrs|prof|ing|dipl|herr|frau|van|von|der|den|de|del|della|di|du|el|al|bin|bint|ibn|oglu|kizi|"
    r"nee|geb|geboren|geborene|rod|roden|rodena|rodj|rodjena|e lindur|i biri|e bija|xxx+|fnu|lnu|n n)\b"
)


def words(text: str) -> list[str]:
    """Return the words of a text in lower-case Latin, marks that matter (đ, ć, š ...) still on."""
    if text.isascii():
        return _WORD.findall(text.casefold().replace("'", "").replace("`", ""))
    text = _one_script(unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text)))
    text = _SOFT.sub("j", unicodedata.normalize("NFC", text.casefold())).translate(_LETTERS)
    text = unicodedata.normalize("NFC", text)
    return _WORD.findall("".join(letter for letter in text if not unicodedata.combining(letter)))


def _one_script(text: str) -> str:
    """Return a text in which no word has letters of both scripts by mistake: the letters that only one has decide."""
    return _RUN.sub(lambda match: _settled(match.group()), text)


def _settled(word: str) -> str:
    if not (_LATIN.search(word) and _OTHER.search(word)):
        return word
    latin, cyrillic = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
    foreign = sum("Ѐ" <= letter <= "ӿ" for letter in latin)  # Cyrillic that no Latin letter looks like
    own = sum(letter.isascii() and letter.isalpha() for letter in cyrillic)
    if foreign and own:
        return word
    return cyrillic if foreign else latin


def name_words(text: str) -> list[str]:
    """Return the words of a name without titles, particles and stand-ins for a missing name; all of them where nothing else is there."""
    whole = words(text)
    joined = " ".join(plain_key(word) for word in whole)
    passed = {at for match in _PASSED_OVER.finditer(joined) for at in range(match.start(), match.end())}
    kept, start = [], 0
    for word in whole:
        if start not in passed:
            kept.append(word)
        start += len(plain_key(word)) + 1
    return kept or whole


def plain_key(word: str) -> str:
    """Return a word of ``words`` without any marks: đ becomes d."""
    if word.isascii():
        return word
    stripped = unicodedata.normalize("NFKD", word.replace("đ", "d"))
    return "".join(letter for letter in stripped if not unicodedata.category(letter).startswith("M"))


def sound_key(word: str, *, given: bool = False) -> str:
    """Return the one form for all the ways in which a word of ``words`` may be spelled.

    ``given``: as a given name, in which a last d is a t and a b a p, and lj and nj are no l and n (Milan, Miljan).
    """
    written = _ENDING.sub("ić", word if given else _SOFT_FAMILY.sub(r"\1\2", word))
    sounded = _SOUND.sub(lambda match: _SOUND_OF[match.group()], written)
    sounded = _DOUBLE.sub(r"\1", plain_key(sounded))
    if given and len(sounded) > 3 and sounded[-1] in _HARD:
        return sounded[:-1] + _HARD[sounded[-1]]
    return sounded


_HARD = {"d": "t", "b": "p"}


def keys(word: str) -> tuple[str, ...]:
    """Return the plain key, and the sound keys of a family and of a given name where they differ."""
    return tuple(dict.fromkeys((plain_key(word), sound_key(word), sound_key(word, given=True))))


def index_text(*texts: str, given: bool = False) -> str:
    """Return the words under which texts are found: the plain and the sound key of every word, each once, in their order.

    ``given``: the texts are given names.
    """
    found: dict[str, None] = {}
    for text in texts:
        for word in words(text):
            found[plain_key(word)] = found[sound_key(word, given=given)] = None
    return " ".join(found)


def script_of(text: str) -> str:
    """Return ``Cyrl`` when most letters are Cyrillic, else ``Latn``; empty for a text without letters."""
    cyrillic = sum(1 for letter in text if "Ѐ" <= letter <= "ӿ")
    letters = sum(1 for letter in text if letter.isalpha())
    return "" if not letters else "Cyrl" if cyrillic * 2 > letters else "Latn"
