"""Reads the policy of this computer; a policy that does not hold never keeps an officer out of the cases."""

import os
import re
import tomllib
from pathlib import Path

from avrr_desktop.domain import policy
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.policy import KEYS, Known, Policy
from avrr_desktop.files import read_small
from avrr_desktop.locations import policy_file
from avrr_desktop.words import Words, languages

POLICY_BROKEN = N_(
    "The policy of this computer does not hold. You can work, but no file leaves a store until whoever looks after this computer "
    "has mended it."
)
_LINE = re.compile(r"at line (\d+)")


def read_policy() -> Policy:
    """Return what holds on this computer: nothing special where there is no file, its good lines where some are wrong."""
    path = policy_file()
    try:
        return read_policy_at(path)
    except BadInputError:  # the usual case
        return Policy()


def read_policy_at(path: Path) -> Policy:
    """Return the policy of a file, with a problem for each line that does not hold. BadInputError where there is none."""
    try:
        document = tomllib.loads(read_small(path).decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        if os.path.lexists(path):  # a link to somewhere that is not there now: it wanted to say something
            return policy.unreadable(0)
        raise BadInputError(
            N_("There is no policy file here: {file}."),
            N_("Nothing is wrong with that: without one, the office decides everything itself."),
            {"file": path},
        ) from None
    except (ValueError, RecursionError) as error:
        found = _LINE.search(str(error))
        return policy.unreadable(int(found[1]) if found else 0)
    except OSError:
        return policy.unreadable(0)
    return policy.read(document, known())


def offered(found: Policy) -> list[tuple[str, str]]:
    """Return (code, own name) of the languages to choose from: those of the policy, else all."""
    return [one for one in languages() if not found.languages or one[0] in found.languages] or list(languages())


def known() -> Known:
    """Return what this version of the program knows, to check the values of a policy against."""
    from avrr_desktop.keys.age_box import valid_recipient
    from avrr_desktop.keys.minisign import valid_key
    from avrr_desktop.operations.packs import shipped

    codes = frozenset(code for code, _ in languages())
    return Known(frozenset(shipped().codes["programme"]), codes, valid_recipient, valid_key)


def located(path: str) -> Path:
    """Return a path of a policy, its ``~`` as this user's home; as it stands where there is no home."""
    return Path(os.path.expanduser(path))  # noqa: PTH111  pathlib's own raises where it knows no home


def problem_lines(found: Policy, words: Words) -> list[str]:
    """Return a sentence for each line of a policy that does not hold: the key, and what is needed there."""
    return [f"{one.key}: {words.text(one.text, **one.values)}" for one in found.problems]


def policy_lines(found: Policy, words: Words) -> list[str]:
    """Return what a policy says, a line for each key that is set, in words."""
    values: dict[str, object] = {f"office.{key}": value for key, value in found.office.items()}
    values |= {"office.pack": found.pack, "languages.offered": ", ".join(found.languages), "lock.minutes": found.lock_minutes,
               "roles.second_person_days": "" if found.second_person_days is None else str(found.second_person_days),
               "backups.folder": found.backup_folder, "escrow.key": found.escrow, "update.key": found.update_key}  # fmt: skip
    if found.exports is not None:
        texts = [words.text(text) for way, text in policy.EXPORTS.items() if way in found.exports]
        values["exports.allowed"] = words.joined(texts) or words.text(N_("none"))
    said = [f"{words.text(key.meaning)}: {values[key.whole]}" for key in KEYS if values.get(key.whole)]
    return [line[:1].upper() + line[1:] for line in said]


def example(words: Words) -> str:
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
    return str(value) if isinstance(value, int) else f'"{value}"'
