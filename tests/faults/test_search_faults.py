"""Search text as code: nothing typed is an operator, and what is found is what plain Python finds."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.people import name_keys, near_names
from avrr_desktop.domain.records.search_words import NAME_KINDS, TEXT_KINDS, index_text
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.cases.search import find, find_cases
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.search import records_of
from tests.support import stores

STRINGS, SEED, ALL = 2000, 20_260_615, 1000
CODE = (
    '"', '""', "'", "*", "(", ")", "AND", "OR", "NOT", "NEAR(", "NEAR/2", "^", "+", "-", ":", "t:", "rowid:", "col:x", "{t}", "\\", ";",
    "'; DROP TABLE journal; --", "--", "/*", "%", "_", "\0", "\n", "\t", ",", ".", "/", "=", "rank", "search_names", "delete-all",
    "\u200b", "\u0301", "\ufeff", "ﬁ", "½", "Ǆ", "ẞ", "😀", "中", "أ", "x'00'", "?1", "@a", "$a",
)  # fmt: skip
PEOPLE = (
    ("Hoxha", "Agim"), ("Đorđević", "Šejla"), ("Ђорђевић", "Марко"), ("Krasniqi", "Fatmire"), ("And", "Not"), ("Near", "Or"),
    ("O'Neil", "Zoë"), ("Papa-Nikolla", "Ana Marija"), ("Xhaferi", "Çelë"), ("Ѓорѓиевски", "Ќирил"), ("Aa", "Aab"), ("Ab", "A"),
)  # fmt: skip
NOTES = (
    "Разговор у општини",
    "Fola me zyrën NOT later",
    "x AND y",
    "near the school",
    "drop table journal",
    "aab aac aad",
)


class SmallStore:
    """A store of a few cases, and the words under which each of its records is found, kept in Python."""

    def __init__(self, folder: Path) -> None:
        self.workspace = stores.office_workspace(folder)
        self.words: dict[str, tuple[str, set[str]]] = {}
        self.own: dict[str, str] = {}  # the name of each person
        for number, (family, given) in enumerate(PEOPLE):
            person = {"family_name": family, "given_names": given, "birth_place": PEOPLE[number - 1][0]}
            made = open_case(self.workspace, {"called": f"{family} {given}"}, [(person, {})])
            new_record(self.workspace, "note", {"text": NOTES[number % len(NOTES)]}, made.case)
            self._keep(self.workspace.store.reader.case_file(made.case))

    def _keep(self, case_file: CaseFile) -> None:
        for record in records_of(case_file):
            self.words[record.uid] = (record.type, set(index_text(record).split()))
            if record.type == "person":
                self.own[record.uid] = f"{record.text('given_names')} {record.text('family_name')}"

    def naively(self, text: str) -> set[str]:
        """Return what a text without digits finds: all its words, the last one as far as it is typed."""
        typed = name_keys.words(text)
        if not typed:
            return set()
        *whole, last = [self._spellings(word) for word in typed]
        plain = name_keys.plain_key(typed[-1])
        in_texts = [key for key in name_keys.keys(typed[-1]) if len(key) > 2] or [
            plain
        ]  # two letters are in every text
        begun = {kind: tuple(last) for kind in NAME_KINDS} | {
            kind: tuple(in_texts) for kind in TEXT_KINDS if len(plain) > 2
        }
        return {
            uid
            for uid, (kind, there) in self.words.items()
            if all(there & spellings for spellings in whole)
            and any(word.startswith(begun.get(kind, ())) for word in there)
        }

    @staticmethod
    def _spellings(word: str) -> set[str]:
        plain = name_keys.plain_key(word)
        return {key for key in name_keys.keys(word) if len(key) > 1 or len(plain) < 3}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStore]:
    made = SmallStore(Path(tmp_path_factory.mktemp("small")) / "small.avrr")
    yield made
    made.workspace.lock()


def some_text(chance: random.Random) -> str:
    """Return what a person or a program might type: names, parts of them, code, letters of anywhere."""
    words = [word for pair in PEOPLE for word in pair] + " ".join(NOTES).split()
    made = []
    for _ in range(chance.randint(1, 5)):
        kind = chance.random()
        if kind < 0.45:
            word = chance.choice(words)
            made.append(word[: chance.randint(1, len(word))])
        elif kind < 0.85:
            made.append(chance.choice(CODE))
        else:
            made.append("".join(chr(chance.randint(0, 0x2FFF)) for _ in range(chance.randint(1, 4))))
    return chance.choice(("", " ")).join(made)


def test_E7_nothing_typed_is_code_and_plain_python_finds_the_same(small: SmallStore) -> None:
    chance, compared, hits = random.Random(SEED), 0, 0
    for _ in range(STRINGS):
        text = some_text(chance)
        found = exactly(small.workspace, text)
        find_cases(small.workspace, text)
        if any(letter.isdigit() or letter in "-/." for letter in names_as_read(text)):
            continue  # a number, or a name with a dash, may also be meant as one word: shown elsewhere
        if name_keys.name_words(text) != name_keys.words(text):
            continue  # a title or a particle is passed over: shown elsewhere
        expected = small.naively(text)
        if expected or not of_a_number(small.workspace, text):
            longer = not expected and all(near_names.words_within(small.own.get(uid, ""), text) > 1 for uid in found)
            assert found == expected or longer, ascii(text)
            compared += 1
            hits += bool(found)
    assert compared > STRINGS / 2 and hits > STRINGS / 10, "most were compared, and many found something"


def exactly(workspace: Workspace, text: str) -> set[str]:
    """Return what a text finds as it is typed; what is merely near is shown elsewhere."""
    return {hit.uid for hit in find(workspace, text, ALL) if hit.near is None}


def names_as_read(text: str) -> str:
    """Return a text with what search reads in it: some signs hide digits, as ½ does."""
    return text + " ".join(name_keys.words(text))


def of_a_number(workspace: Workspace, text: str) -> bool:
    """Say whether a text that is no name may be the beginning of a case's number."""
    letters = "".join(letter for letter in text.casefold() if letter.isalnum())
    rows = workspace.store.connection.rows("SELECT lower(replace(number, '-', '')) FROM case_lines")
    return any(number.startswith(letters) for (number,) in rows)


@pytest.mark.parametrize("sign", CODE, ids=ascii)
def test_E7_a_sign_beside_a_name_hides_nobody(small: SmallStore, sign: str) -> None:
    if name_keys.words(sign):
        assert small.naively(f"Krasniqi {sign}") == exactly(small.workspace, f"Krasniqi {sign}")
    else:
        whole = {hit.uid for hit in find(small.workspace, "Krasniqi", ALL)}
        assert whole
        assert {hit.uid for hit in find(small.workspace, f"{sign} Krasniqi {sign}", ALL)} == whole
    assert small.workspace.store.connection.rows("SELECT count(*) FROM journal")[0][0] > len(PEOPLE)
