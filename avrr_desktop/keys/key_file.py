"""The key file as it lies on the disk: a list of slots, each of which is one way into the store.

Format 3: the box of a person's slot, or of a spare way in beside people, wraps what is theirs (the seed from which their
signature is made, and the public half of whoever founded the store), and the master key is sealed to the slot's own public
half. So a copy of the store can get a master key of its own without anybody's passphrase (docs/decisions/0017). In older
slots, and where an office shares one passphrase, the box wraps the master key itself.
"""

import base64
import json
import re
from dataclasses import dataclass, field
from typing import Any

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.keys.derivation import KEY_BYTES, Argon2id

FORMAT, BEFORE_SEALING = 3, 2
SALT_BYTES = 16
OFFICE, PRACTICE = "office", "practice"
PASSPHRASE, RECOVERY, ESCROW = "passphrase", "recovery", "escrow"
MOST_SLOTS = 500
_JOURNEY = re.compile(r"[0-9a-f]{32}|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way in: a passphrase slot holds salt, parameters and the wrapped key.

    ``officer``: whose it is; empty for one that an office shares. ``public``: the public half of the seed in it.
    ``sealed``: the master key, closed for that public half; empty in a slot whose box wraps the master key.
    ``begun``: written, while nobody knows yet whether it counts (``operations.key_changes``).
    """

    slot: str
    kind: str
    kdf: Argon2id
    salt: bytes
    box: bytes
    officer: str = ""
    public: str = ""
    sealed: bytes = b""
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a slot gives, 32 bytes each. ``compartment``: the key of restricted records, in recovery and escrow slots."""

    master: bytes
    seed: bytes = b""
    root: bytes = b""
    compartment: bytes = b""

    @property
    def own(self) -> bytes:
        """What the box of a slot wraps where the master key lies beside it."""
        return self.seed + self.root + self.compartment

    def joined(self) -> bytes:
        """Return them as the box of a slot without a seed holds them."""
        return self.master + self.own

    @classmethod
    def parted(cls, joined: bytes) -> "Secrets":
        """Return what the box of a slot held."""
        pieces = [joined[start : start + KEY_BYTES] for start in range(0, len(joined), KEY_BYTES)]
        return cls(*pieces)


@dataclass(frozen=True, slots=True)
class Entry:
    """A way in that was opened: the slot, what it gives, and the key under which its box lies (none for the escrow)."""

    slot: Slot
    secrets: Secrets = field(repr=False)
    wrapping: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What ``keys-a.json`` and ``keys-b.json`` hold. ``kind``: office or practice, authenticated by every slot.

    ``journey``: which journey this copy of the store is on, and from what its master key follows at home; empty at home.
    """

    store: str
    kind: str
    generation: int
    slots: tuple[Slot, ...]
    journey: str = ""

    @property
    def copy(self) -> str:
        """What names this copy of the store: its backups open with its own key only."""
        return f"{self.store}-{self.journey}" if self.journey else self.store

    def to_bytes(self) -> bytes:
        """Return the file's content. What holds nothing newer can be read by older programs."""
        content = {
            "format": FORMAT
            if self.journey or any(slot.sealed or slot.begun for slot in self.slots)
            else BEFORE_SEALING,
            "store": self.store,
            "kind": self.kind,
            "generation": self.generation,
            **({"journey": self.journey} if self.journey else {}),
            "slots": [
                {
                    "slot": slot.slot,
                    "kind": slot.kind,
                    "kdf": {"name": "argon2id", "passes": slot.kdf.passes, "memory_kib": slot.kdf.memory_kib},
                    "salt": base64.b64encode(slot.salt).decode("ascii"),
                    "box": base64.b64encode(slot.box).decode("ascii"),
                    **({"officer": slot.officer} if slot.officer else {}),
                    **({"public": slot.public} if slot.public else {}),
                    **({"sealed": base64.b64encode(slot.sealed).decode("ascii")} if slot.sealed else {}),
                    **({"begun": True} if slot.begun else {}),
                }
                for slot in self.slots
            ],
        }
        return json.dumps({**content, "check": check(content)}, indent=1).encode("ascii") + b"\n"


def check(content: dict[str, Any]) -> str:
    """Return by what damage of a key file is told apart from a wrong passphrase. It keeps nobody out."""
    import hashlib

    plain = {key: item for key, item in content.items() if key != "check"}
    return hashlib.blake2b(json.dumps(plain, sort_keys=True).encode("utf-8"), digest_size=16).hexdigest()


def read(content: bytes) -> KeyFile:
    """Return the key file that bytes mean. Raises StoreError for a damaged or newer one."""
    try:
        data: dict[str, Any] = json.loads(content)
        if data["format"] > FORMAT:
            raise StoreError(
                N_("The key file of this store was made by a newer version of the program."),
                N_("Nothing was changed. Install the newer version, then open the store again."),
            )
        if data["format"] > 1 and data["check"] != check(data):
            raise damaged()
        slots = tuple(_slot(item) for item in data["slots"])
        generation, journey = data["generation"], str(data.get("journey", ""))
        if not isinstance(generation, int) or isinstance(generation, bool) or not _JOURNEY.fullmatch(journey):
            raise damaged()
        if len(slots) > MOST_SLOTS:
            raise damaged()
        return KeyFile(
            store=str(data["store"]), kind=str(data["kind"]), generation=generation, slots=slots, journey=journey
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged() from None


def _slot(item: dict[str, Any]) -> Slot:
    """Return one slot of a key file. Raises StoreError, and what a text of another shape brings with it."""
    slot = Slot(
        slot=item["slot"], kind=item["kind"], kdf=Argon2id(item["kdf"]["passes"], item["kdf"]["memory_kib"]),
        salt=base64.b64decode(item["salt"], validate=True), box=base64.b64decode(item["box"], validate=True),
        officer=str(item.get("officer", "")), public=str(item.get("public", "")),
        sealed=base64.b64decode(item.get("sealed", ""), validate=True), begun=item.get("begun", False) is True,
    )  # fmt: skip
    if len(slot.salt) != SALT_BYTES or not all(
        type(number) is int for number in (slot.kdf.passes, slot.kdf.memory_kib)
    ):
        raise damaged()
    return slot


def generation_of(content: bytes) -> int:
    """Return which generation a damaged copy says that it is; 0 where it cannot be told."""
    found = re.search(rb'"generation": (\d{1,15})\b', content)
    return int(found[1]) if found else 0


def damaged() -> StoreError:
    """Return the error for a key file that cannot be read."""
    return StoreError(
        N_("The key file of this store is damaged."),
        N_("The cases are still there, locked. Restore the files keys-a.json and keys-b.json from a backup."),
    )


def missing() -> StoreError:
    """Return the error for a store without a key file."""
    return StoreError(
        N_("The key file of this store is missing."),
        N_(
            "The cases are still there, locked. Look for keys-a.json and keys-b.json in a backup, or where "
            "they were moved for a journey."
        ),
    )
