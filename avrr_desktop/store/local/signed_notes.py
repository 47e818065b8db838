"""What this computer wrote down and signed in a local setting, so that an altered note counts for nothing."""

import json
from collections.abc import Mapping
from typing import Any

from avrr_desktop.domain.history import change
from avrr_desktop.keys.signing import verified
from avrr_desktop.store.journal.verifying import noted
from avrr_desktop.store.store import Store


def signed_note(store: Store, key: str) -> dict[str, Any] | None:
    """Return what this computer wrote down and signed in a local setting; None where it is missing or altered."""
    try:
        note = json.loads(store.local.setting(key) or "null")
        content, signature = note["content"], str(note["signature"])
        digest = change.digest(key.encode(), change.canonical(content))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    announced = noted(store.connection, "announced")
    signed = (
        announced is not None
        and len(announced) == 3
        and verified(str(announced[2]), digest, signature.partition(" ")[0])
    )
    return dict(content) if signed and isinstance(content, dict) else None


def write_note(store: Store, key: str, content: Mapping[str, Any]) -> None:
    """Write something down in a local setting, signed by this computer. Raises StoreError."""
    signature = store.signature_of(change.digest(key.encode(), change.canonical(content)))
    store.local.set_setting(key, json.dumps({"content": content, "signature": signature}))
