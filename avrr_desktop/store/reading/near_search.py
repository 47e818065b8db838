"""The second look, for when nothing is found: one name spelled further away, one letter wrong, one word too many.

It runs only then, so that it slows no search that finds something: what may be meant is spelled out from the typed words and
looked up, near keys by way of the names that have them. Keys: domain/people/near_names.py.
"""

from collections.abc import Iterator

from avrr_desktop.domain.people import near_names
from avrr_desktop.domain.people.name_keys import keys, name_words, plain_key, sound_key, words
from avrr_desktop.domain.people.near_names import Near
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.reading import near_words
from avrr_desktop.store.reading.full_text import any_of, matching, quoted, spellings

_BEGUN = 4  # letters after which a word that is not typed to its end is looked at
_SOME = 100  # entries of one word that are read to see whether somebody has no other


def near_entries(connection: Connection, text: str, limit: int) -> tuple[list[int], Near | None]:
    """Return the entries of names that are near to what is typed, newest first, and why; None where nothing is wrong with them.

    So it is where only a title, a particle or a stand-in for a missing name was typed too much.
    """
    typed = name_words(text)
    if not _is_name(typed):
        return [], None
    for why, expression in _ways(connection, typed, bare=typed != words(text)):
        if found := matching(connection, "search_names", expression, limit):
            return found, why
    return [], None


def single_entries(connection: Connection, text: str) -> list[int]:
    """Return entries that have one of the typed words: of use where somebody has no other name."""
    typed = name_words(text)
    if len(typed) < 2 or not _is_name(typed):
        return []
    return matching(connection, "search_names", any_of(map(spellings, typed)), _SOME)


def _is_name(typed: list[str]) -> bool:
    """Return whether words may be the name of somebody: not too many, none too long, and none that begins with a figure."""
    fits = (not word[0].isdecimal() and len(word) <= near_names.LONGEST for word in typed)
    return 0 < len(typed) <= near_names.MOST_WORDS and all(fits)


def _ways(connection: Connection, typed: list[str], *, bare: bool) -> Iterator[tuple[Near | None, str]]:
    """Yield full-text queries, the likeliest first."""
    exact = [_exact(word) for word in typed]
    joined = dict(_joined(typed, exact))
    same = [way for way, is_prefix in joined.items() if is_prefix]
    if bare or same or any(map(near_names.parted, typed)):
        yield None, any_of([" AND ".join(exact), *same])
    if max(map(len, typed)) < _BEGUN - 1:
        return
    near = [_near(connection, word) for word in typed[:-1]] + [_near(connection, typed[-1], begun=True)]
    yield Near.SPELLING, any_of([" AND ".join(near), *joined])
    for at, word in enumerate(typed):
        if len(word) >= near_names.SHORTEST and not _known(connection, word):
            yield Near.LETTER, " AND ".join([*near[:at], any_of(map(quoted, one_letter_apart(word))), *near[at + 1 :]])
    if len(typed) > 2:
        yield Near.WORD, any_of(" AND ".join([*near[:at], *near[at + 1 :]]) for at in range(len(typed)))


def _exact(word: str) -> str:
    parts = near_names.parted(word)
    return any_of([spellings(word), *([" AND ".join(map(quoted, parts))] if parts else [])])


def _joined(typed: list[str], exact: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield the query for each two words in turn as one, and whether the first is a title that is part of a name."""
    for at, whole in near_names.joined(typed):
        yield " AND ".join([*exact[:at], spellings(whole), *exact[at + 2 :]]), near_names.is_prefix(typed[at])


def _near(connection: Connection, word: str, *, begun: bool = False) -> str:
    plain = plain_key(word)
    if len(plain) == 1:
        return any_of([quoted(plain, "*")])
    wanted = dict.fromkeys((*keys(word), *near_names.asked_words(word), *near_names.readings(word), plain[0]))
    for key in {sound_key(word), sound_key(word, given=True)}:
        wanted.update(dict.fromkeys(near_names.cut_off(key)))
    wanted.update(dict.fromkeys(near_names.with_prefixes(word)))
    if parts := near_names.parted(word):
        wanted[parts[1]] = None
    begins = near_names.beginnings(word) if begun and len(plain) >= _BEGUN else ()
    return any_of(map(quoted, near_words.names(connection, wanted, begins)))


def _known(connection: Connection, word: str) -> bool:
    """Return whether somebody has this name: then it is no slip of the keyboard."""
    return bool(matching(connection, "search_names", any_of(map(quoted, keys(word))), 1))


def one_letter_apart(word: str) -> list[str]:
    """Return the keys of which a typed word may be a slip of the keyboard."""
    if not near_names.SHORTEST <= len(word) <= near_names.LONGEST:
        return [plain_key(word)]
    return sorted({key for own in keys(word) for key in near_names.one_apart(own)})
