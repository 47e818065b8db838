"""How the window looks on this computer: kept beside the stores, because it is asked before any store is open."""

import json
from dataclasses import asdict, dataclass, replace

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.policy import LOCK_MINUTES, Policy
from avrr_desktop.files import private_folder, read_small, write_whole
from avrr_desktop.locations import data_folder

LOOKS = ("system", "light", "dark")
SIZES = (100, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Language, colours, text size in percent, when to lock, the tour. Nothing about stores or people."""

    language: str = ""  # empty: not asked yet
    look: str = "system"
    size: int = 100
    lock_minutes: int = 5  # without a key or a click; practice stores stay open
    quick_unlock: bool = False  # whether a PIN is asked for beside the passphrase; the PIN itself is kept nowhere
    tour: bool = False  # whether the practice store begins with the tour

    def within(self, policy: Policy) -> "Settings":
        """Return the settings as the policy of this computer lets them be."""
        language = self.language
        if policy.languages and language not in policy.languages:
            language = policy.languages[0]
        minutes = min(self.lock_minutes, policy.lock_choices()[-1])
        quick = self.quick_unlock and policy.may_quick_unlock
        return replace(self, language=language, lock_minutes=minutes, quick_unlock=quick)


def read_settings() -> Settings:
    """Return this user's settings; the defaults where there are none or they cannot be read."""
    try:
        found = json.loads(read_small(data_folder() / "settings.json").decode("utf-8"))
        look = found.get("look") if found.get("look") in LOOKS else "system"
        size = found.get("size") if found.get("size") in SIZES else 100
        minutes = found.get("lock_minutes") if found.get("lock_minutes") in LOCK_MINUTES else 5
        return Settings(
            language=str(found.get("language", "")),
            look=look,
            size=size,
            lock_minutes=minutes,
            quick_unlock=found.get("quick_unlock") is True,
            tour=found.get("tour") is not False,
        )
    except (OSError, ValueError, AttributeError, RecursionError, TypeError):
        return Settings(tour=True)


def write_settings(settings: Settings) -> None:
    """Keep the settings; a folder that cannot be written only means that they are asked again."""
    try:
        private_folder(data_folder().resolve())
        write_whole(data_folder() / "settings.json", json.dumps(asdict(settings)).encode("utf-8"))
    except (OSError, ExpectedError):
        pass
