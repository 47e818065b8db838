"""Reads the policy of this computer; a policy that does not hold never keeps an officer out of the cases."""

import codecs
import os
import re
from pathlib import Path
from typing import Any

from avrr_desktop.domain import policy
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import KEYS, Known, Policy
from avrr_desktop.files import read_small
from avrr_desktop.language import Language, languages
from avrr_desktop.locations import data_folder, default_store, policy_file, portable_folder
from avrr_desktop.operations.computer.policy_owner import belongs_to_the_system
from avrr_desktop.operations.computer.policy_registry import PLACE, registered
from avrr_desktop.store.folder.folder import StoreFolder, moved_aside

POLICY_BROKEN = N_(
    "The policy of this computer is not valid. You can work, but no file can leave a store until your "
    "IT has corrected the policy."
)
FOREIGN = N_(
    "users other than administrators can change the file or a folder above it, so it is ignored: allow "
    "only administrators to change it"
)
CLOSED = N_("officers cannot read the file: allow everybody to read it, and only administrators to write it")
REGISTRY = f"HKLM\\{PLACE}"
_LINE = re.compile(r"at line (\d+)")


def read_policy() -> Policy:
    """Return what holds on this computer: nothing special where there is no file, its good lines where some are wrong."""
    try:
        return read_policy_here()[0]
    except BadInputError:  # the usual case
        return Policy()


def read_policy_here() -> tuple[Policy, str]:
    """Return the policy of this computer and where it stands: in the registry of Windows, else in its file.

    BadInputError where there is neither. A program on a stick brings its own file.
    """
    try:
        found = registered() if portable_folder() is None else None
    except OSError:
        return policy.unreadable(0), REGISTRY
    if found is not None:
        return policy.read(found, known()), REGISTRY
    path = policy_file()
    return read_policy_at(path), str(path)


def read_policy_at(path: Path) -> Policy:
    """Return the policy of a file, with a problem for each line that does not hold. BadInputError where there is none.

    The one of this computer must belong to the system; a draft elsewhere, and one that a stick brings, to anybody.
    """
    try:
        content = read_small(path)
        if path == policy_file() and portable_folder() is None and not belongs_to_the_system(path):
            return policy.without(FOREIGN)
        document = _document(content)
    except (FileNotFoundError, NotADirectoryError):
        if os.path.lexists(path):  # a link to somewhere that is not there now: it wanted to say something
            return policy.unreadable(0)
        raise BadInputError(
            N_("There is no policy file here: {file}."),
            N_("This is not a problem: without a policy, the office decides everything itself."),
            {"file": path},
        ) from None
    except (ValueError, RecursionError) as error:
        found = _LINE.search(str(error))
        return policy.unreadable(int(found[1]) if found else 0)
    except PermissionError:
        return policy.without(CLOSED)
    except OSError:
        return policy.unreadable(0)
    return policy.read(document, known())


def _document(content: bytes) -> dict[str, Any]:
    """Return what a policy file says. Raises ValueError, RecursionError."""
    import tomllib  # few computers have a policy, and every start asks for it

    return tomllib.loads(_text(content))


def _text(content: bytes) -> str:
    """Return a file's text: as UTF-8, or as UTF-16 where its mark says so, as Windows' own shell writes it."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if marked else "utf-8-sig").replace("\r\n", "\n")


def offered(found: Policy) -> list[tuple[str, str]]:
    """Return (code, own name) of the languages to choose from: those of the policy, else all."""
    return [one for one in languages() if not found.languages or one[0] in found.languages] or list(languages())


def known() -> Known:
    """Return what this version of the program knows, to check the values of a policy against."""
    from avrr_desktop.keys.age import valid_recipient
    from avrr_desktop.keys.minisign import valid_key
    from avrr_desktop.operations.computer.shipped_packs import shipped

    codes = frozenset(code for code, _ in languages())
    return Known(frozenset(shipped().codes["programme"]), codes, valid_recipient, valid_key)


def located(path: str) -> Path:
    """Return a path of a policy, its ``~`` as this user's home; as it stands where there is no home."""
    return Path(os.path.expanduser(path))  # noqa: PTH111  pathlib's own raises where it knows no home


def own_store(found: Policy | None = None) -> Path:
    """Return the folder of the office's store when nobody names another: where the policy says, else this user's own.

    A store that lay in the user's own place before the policy named one stays there. ``found``: what was read before.
    """
    folder = (read_policy() if found is None else found).store_folder
    named, own = located(folder) / default_store().name, default_store()
    return named if folder and (store_was_there(named) or not store_was_there(own)) else own


def store_was_there(folder: Path) -> bool:
    """Return whether a store lies in a folder, or lay there until bringing a backup back was cut off."""
    return StoreFolder(folder).exists or moved_aside(folder) is not None


def problem_lines(found: Policy, words: Language) -> list[str]:
    """Return a sentence for each line of a policy that does not hold: the key, and what is needed there."""
    return [f"{one.key}: {words.text(one.text, **one.values)}" for one in found.problems]


def policy_lines(found: Policy, words: Language) -> list[str]:
    """Return what a policy says, a line for each key that is set, in words."""
    values: dict[str, object] = {f"office.{key}": value for key, value in found.office.items()}
    values |= {"office.pack": found.pack, "languages.offered": ", ".join(found.languages), "lock.minutes": found.lock_minutes,
               "roles.second_person_days": "" if found.second_person_days is None else str(found.second_person_days),
               "passphrase.least": found.passphrase_least, "stores.folder": found.store_folder, "backups.kept": found.backups_kept,
               "printing.allowed": _answer(found.printing, words), "lock.quick_unlock": _answer(found.quick_unlock, words),
               "backups.folder": found.backup_folder, "escrow.key": found.escrow, "escrow.name": found.escrow_name, "update.key": found.update_key}  # fmt: skip
    if found.exports is not None:
        texts = [words.text(text) for way, text in policy.EXPORTS.items() if way in found.exports]
        values["exports.allowed"] = words.joined(texts) or words.text(N_("none", "no value"))
    said = [f"{words.text(key.meaning)}: {values[key.whole]}" for key in KEYS if values.get(key.whole)]
    return [line[:1].upper() + line[1:] for line in said]


def _answer(decided: bool | None, words: Language) -> str:
    return "" if decided is None else words.text(N_("Yes", "answer") if decided else N_("No", "answer"))


def escrow_line(found: Policy, words: Language) -> str:
    """Return who besides its officers opens a store that is made under a policy; empty where nobody does."""
    if not found.escrow:
        return ""
    who = found.escrow_name or words.text(N_("your organisation"))
    shown = f"{found.escrow[:12]}…{found.escrow[-6:]}"
    return words.text(
        N_("The escrow also opens this store, with two of its three shares. Held by: {who}. Key: {key}"),
        who=who,
        key=shown,
    )


def example(words: Language) -> str:
    """Return a policy file in which every key stands with its meaning, commented out: what IT begins with."""
    facts = known()
    lines, table = [f"policy = {policy.FORMAT}"], ""
    for key in KEYS:
        if key.table != table:
            table = key.table
            lines += ["", f"[{table}]"]
        choices = policy.choices(key, facts)
        lines.append(f"# {words.text(key.meaning)}" + (f" ({choices})" if choices else ""))
        lines.append(f"# {key.name} = {_toml(key.example or choices.split(', ')[0])}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else f'"{value}"'


def folder_for_backups(policy: Policy, chosen: str) -> Path:
    """Return the folder for backups: the policy's, else the one that was chosen here, else one beside the stores."""
    named = policy.backup_folder or chosen
    return located(named) if named else data_folder() / "backups"
