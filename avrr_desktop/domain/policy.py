"""What the people who look after an office's computers decide for one of them, declared once: the keys of the policy file.

A policy is a rule of the program, not a lock: whoever holds the passphrase can read the store with other tools. It spares
questions at the first start and keeps an office from leaving doors open by mistake. See docs/guide/policy.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePath
from typing import Any

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people import country

FORMAT = 1
SECOND_PERSON_DAYS, MOST_DAYS = 3, 14  # how long a new supervisor is not the second person
LOCK_MINUTES = (2, 5, 10, 15, 30)  # what the window offers
SHORTEST_PASSPHRASE, LONGEST_ASKED = 14, 40  # letters: what the program asks for, and the most that a policy may
KEPT, FEWEST_KEPT, MOST_KEPT = (
    10,
    5,
    500,
)  # backups: the newest, and beside them the last of each of so many days, weeks and months
PLAIN, PASSWORD, SEALED, TABLE, JOURNEY = "plain", "password", "sealed", "table", "journey"
EXPORTS = {
    PLAIN: N_("documents that are not encrypted"),
    PASSWORD: N_("documents encrypted with a password"),
    SEALED: N_("documents encrypted for one recipient"),
    TABLE: N_("figures for a spreadsheet"),
    JOURNEY: N_("a journey store with selected cases"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What values are checked against: it comes from elsewhere, as this module reads nothing.

    ``programmes`` and ``languages``: codes that this version of the program knows; the two functions say whether a text is
    a public key, of age and of minisign.
    """

    programmes: frozenset[str]
    languages: frozenset[str]
    is_recipient: Callable[[str], bool]
    is_signing_key: Callable[[str], bool]


class ProblemKind(Enum):
    """Why something in a policy does not hold."""

    FILE = "file"  # the file as a whole: it cannot be read, may not count, or is of another format
    UNKNOWN = "unknown"  # a table or a key that no program reads
    VALUE = "value"  # what stands behind a known key


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line does not hold. ``key``: as it stands in the file; ``text``: a catalogue text with ``values``."""

    kind: ProblemKind
    key: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What holds on this computer. Empty values: the office decides. ``exports`` None: every way out is open."""

    office: Mapping[str, str] = field(default_factory=dict)
    pack: str = ""
    languages: tuple[str, ...] = ()
    lock_minutes: int = 0
    backup_folder: str = ""
    escrow: str = ""
    exports: frozenset[str] | None = None
    update_key: str = ""
    escrow_name: str = ""  # who holds it, as people know them
    second_person_days: int | None = None  # None: SECOND_PERSON_DAYS
    passphrase_least: int = 0
    store_folder: str = ""  # where a store lies that nobody names
    backups_kept: int = 0
    printing: bool | None = None  # False: nothing goes to a printer but what always may
    quick_unlock: bool | None = None  # False: no PIN opens a store
    problems: tuple[Problem, ...] = ()

    def may_leave(self, way: str) -> bool:
        """Return whether something may leave in a way. With a broken policy nothing may: what it closed cannot be known."""
        return not self.problems and (self.exports is None or way in self.exports)

    @property
    def may_quick_unlock(self) -> bool:
        """Return whether a PIN may open a store after an idle lock. With a broken policy it may not, as ``may_leave`` says."""
        return not self.problems and self.quick_unlock is not False

    @property
    def days_until_second(self) -> int:
        """How long a new or reset supervisor is not the second person, unless a third confirms them."""
        return SECOND_PERSON_DAYS if self.second_person_days is None else self.second_person_days

    @property
    def shortest_passphrase(self) -> int:
        """How many letters a new passphrase has at least; a policy asks for more, never for fewer."""
        return max(SHORTEST_PASSPHRASE, self.passphrase_least)

    @property
    def newest_kept(self) -> int:
        """How many of the newest backups stay."""
        return self.backups_kept or KEPT

    def lock_choices(self) -> tuple[int, ...]:
        """Return the minutes that an officer may choose from; the shortest where the policy asks for a shorter one."""
        allowed = tuple(minutes for minutes in LOCK_MINUTES if not self.lock_minutes or minutes <= self.lock_minutes)
        return allowed or LOCK_MINUTES[:1]


Check = Callable[[Any, Known], str]  # what is wrong, as a catalogue text; empty for a good value


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the file: where it stands, what it does, an example (empty: the first choice), what makes it wrong."""

    table: str
    name: str
    meaning: str
    example: object
    check: Check

    @property
    def whole(self) -> str:
        """The key as people write it: table.name."""
        return f"{self.table}.{self.name}"


def _text(value: Any, known: Known) -> str:
    return "" if isinstance(value, str) and value.strip() else N_("must be text in quotation marks")


def _code(value: Any, known: Known) -> str:
    good = isinstance(value, str) and len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()
    return "" if good else N_("must be three letters from A to Z, for example “TIR”")


def _country(value: Any, known: Known) -> str:
    return "" if isinstance(value, str) and value in country.RETURN else N_("must be one of these: {choices}")


def _programme(value: Any, known: Known) -> str:
    return "" if isinstance(value, str) and value in known.programmes else N_("must be one of these: {choices}")


def _languages(value: Any, known: Known) -> str:
    good = isinstance(value, list) and value and all(isinstance(one, str) and one in known.languages for one in value)
    return "" if good else N_("must be a list of these values, with the usual one first: {choices}")


def _minutes(value: Any, known: Known) -> str:
    return "" if type(value) is int and value in LOCK_MINUTES else N_("must be one of these: {choices}")


def _days(value: Any, known: Known) -> str:
    good = type(value) is int and 0 <= value <= MOST_DAYS
    return "" if good else N_("must be a number of days from 0 to 14")


def _letters(value: Any, known: Known) -> str:
    good = type(value) is int and SHORTEST_PASSPHRASE <= value <= LONGEST_ASKED
    return "" if good else N_("must be a number of characters from 14 to 40: fewer than 14 cannot open a store")


def _backups(value: Any, known: Known) -> str:
    good = type(value) is int and FEWEST_KEPT <= value <= MOST_KEPT
    return "" if good else N_("must be a number of backups from 5 to 500")


def _yes_or_no(value: Any, known: Known) -> str:
    return "" if isinstance(value, bool) else N_("must be true or false, without quotation marks")


def _path(value: Any, known: Known) -> str:
    """Only as this system writes paths: another's would be taken for a name inside of some folder."""
    whole = isinstance(value, str) and (
        PurePath(value).is_absolute() or value == "~" or value.startswith(("~/", "~\\"))
    )
    return "" if whole else N_("must be a full path on this system, from the root or from ~/")


def _recipient(value: Any, known: Known) -> str:
    good = isinstance(value, str) and known.is_recipient(value)
    return "" if good else N_("must be the complete public key of the escrow, which begins with age1")


def _exports(value: Any, known: Known) -> str:
    good = isinstance(value, list) and all(isinstance(one, str) and one in EXPORTS for one in value)
    return "" if good else N_("must be a list of these values, or an empty list: {choices}")


def _signing_key(value: Any, known: Known) -> str:
    good = isinstance(value, str) and known.is_signing_key(value)
    return "" if good else N_("must be the complete public key for updates, in one line, which begins with RW")


KEYS = (
    Key("office", "name", N_("name of the office, used for a new store"), "Tirana office", _text),
    Key("office", "code", N_("three letters that are part of every case number"), "TIR", _code),
    Key("office", "country", N_("country code of the office"), "AL", _country),
    Key("office", "programme", N_("programme code; it appears on every print"), "", _programme),
    Key("office", "pack", N_("pack file for a new store"), "/etc/avrr-desktop/office.toml", _path),
    Key("languages", "offered", N_("available languages, with the usual one first"), ["en"], _languages),
    Key("lock", "minutes", N_("longest time without input before the window locks"), 5, _minutes),
    Key("lock", "quick_unlock", N_("whether officers may set a PIN that opens the store for an hour after an automatic lock"), True,
        _yes_or_no),
    Key("passphrase", "least", N_("minimum length of a new passphrase; never below the program’s own minimum"), 20, _letters),
    Key("stores", "folder", N_("default folder for a store, separate for each user"), "~/AVRR", _path),
    Key("roles", "second_person_days", N_("days before a new supervisor can act as second person, unless a third confirms"), 3,
        _days),
    Key("backups", "folder", N_("folder for the backups of every store on this computer"), "/media/backup", _path),
    Key("backups", "kept", N_("how many of the newest backups to keep, besides the last of each day, week and month"), 30,
        _backups),
    Key("printing", "allowed", N_("whether printing on paper is allowed; the recovery code and a person’s own data are always allowed"), True,
        _yes_or_no),
    Key("escrow", "key", N_("the escrow that also opens every new store"), "age1…", _recipient),
    Key("escrow", "name", N_("who keeps the escrow; shown to anybody who creates a store"), "Regional office", _text),
    Key("exports", "allowed", N_("permitted exports; paper and a person’s own data are always permitted"),
        ["password", "sealed"], _exports),
    Key("update", "key", N_("the key that signs updates"), "RWQ…", _signing_key),
)  # fmt: skip
BY_NAME = {key.whole: key for key in KEYS}


def choices(key: Key, known: Known) -> str:
    """Return what may stand behind a key, where that is a short list; else nothing."""
    found: Mapping[Check, tuple[object, ...]] = {
        _country: tuple(country.RETURN), _programme: tuple(sorted(known.programmes)), _languages: tuple(sorted(known.languages)),
        _minutes: LOCK_MINUTES, _exports: tuple(EXPORTS),
    }  # fmt: skip
    return ", ".join(str(one) for one in found.get(key.check, ()))


def read(document: Mapping[str, Any], known: Known) -> Policy:
    """Return the policy of a parsed file: what is good in it, and a problem for each line that is not."""
    good: dict[str, Any] = {}
    problems: list[Problem] = []
    if document.get("policy") != FORMAT:
        problems.append(
            Problem(
                ProblemKind.FILE,
                "policy",
                N_("the file must begin with the line “policy = {format}”"),
                {"format": FORMAT},
            )
        )
    for table, lines in document.items():
        if table == "policy":
            continue
        if not isinstance(lines, Mapping):
            problems.append(
                Problem(
                    ProblemKind.UNKNOWN,
                    table,
                    N_("must be a table: write [{table}], with its lines below"),
                    {"table": table},
                )
            )
            continue
        for name, value in lines.items():
            key = BY_NAME.get(f"{table}.{name}")
            if key is None:
                problems.append(_unknown(table, name))
            elif wrong := key.check(value, known):
                problems.append(Problem(ProblemKind.VALUE, key.whole, wrong, {"choices": choices(key, known)}))
            else:
                good[key.whole] = value
    office = {
        key: str(good[f"office.{key}"]) for key in ("name", "code", "country", "programme") if f"office.{key}" in good
    }
    exports = good.get("exports.allowed")
    return Policy(
        office=office, pack=good.get("office.pack", ""), languages=tuple(good.get("languages.offered", ())), lock_minutes=good.get("lock.minutes", 0),
        backup_folder=good.get("backups.folder", ""), escrow=good.get("escrow.key", ""), exports=None if exports is None else frozenset(exports),
        update_key=good.get("update.key", ""), escrow_name=str(good.get("escrow.name", "")).strip(), second_person_days=good.get("roles.second_person_days"),
        passphrase_least=good.get("passphrase.least", 0), store_folder=good.get("stores.folder", ""), backups_kept=good.get("backups.kept", 0), printing=good.get("printing.allowed"),
        quick_unlock=good.get("lock.quick_unlock"), problems=tuple(problems),
    )  # fmt: skip


def _unknown(table: str, name: str) -> Problem:
    there = [key.name for key in KEYS if key.table == table]
    if there:
        return Problem(
            ProblemKind.UNKNOWN,
            f"{table}.{name}",
            N_("unknown key; possible keys: {choices}"),
            {"choices": ", ".join(there)},
        )
    known = ", ".join(dict.fromkeys(key.table for key in KEYS))
    return Problem(
        ProblemKind.UNKNOWN, f"{table}.{name}", N_("unknown table; possible tables: {choices}"), {"choices": known}
    )


def unreadable(line: int) -> Policy:
    """Return what holds when the file is there and cannot be read. ``line``: where it breaks, 0 when not known."""
    text = (
        N_("line {line} is not TOML; put paths of Windows in single quotation marks")
        if line
        else N_("the file cannot be read")
    )
    return Policy(problems=(Problem(ProblemKind.FILE, "policy", text, {"line": line}),))


def without(why: str) -> Policy:
    """Return what holds when a file may not count at all. ``why``: a catalogue text."""
    return Policy(problems=(Problem(ProblemKind.FILE, "policy", why),))
