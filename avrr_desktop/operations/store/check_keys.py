"""Compares the key files with what was given and signed: who can unlock, and whether somebody gave them that."""

from collections import Counter
from collections.abc import Iterator

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.keys import slots
from avrr_desktop.operations.session.grants import Grants
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.findings import Finding

SPARE_OF = {slots.RECOVERY: "recovery_key", slots.ESCROW: "escrow_key"}


def check_keys(workspace: Workspace, grants: Grants | None) -> Iterator[Finding]:
    """Yield what is wrong with the key files beside the store."""
    if grants is None or not grants.officers:
        return  # one passphrase is shared: there is nobody to whom a way in was given
    try:
        files = workspace.folder.key_files()
    except ExpectedError:
        yield Finding("keys_unread")
        return
    if len(files) > 1 and files[0].generation == files[1].generation:
        yield Finding("keys_differ", {"names": "keys-a.json, keys-b.json"})
    found: dict[str, list[str]] = {}
    for file in files:
        for what, who in _odd(workspace, grants, file):
            names = found.setdefault(what, [])
            if who not in names:
                names.append(who)
    for what, names in found.items():
        yield Finding(what, {"names": ", ".join(names)})


def _odd(workspace: Workspace, grants: Grants, file: slots.KeyFile) -> Iterator[tuple[str, str]]:
    """Yield (what is wrong, whose it is) for every way in that is not as it was given."""
    for slot in file.slots:
        if slot.kind in SPARE_OF:
            if not slot.public or grants.spare_keys.get(SPARE_OF[slot.kind]) != slot.public:
                yield "spare", workspace.words.text(slot.kind)
            continue
        grant = grants.officers.get(slot.officer)
        if grant is None or (not grant.left_on and grant.public_key != slot.public):
            yield "slot_unknown", _name(workspace, slot.officer) or slot.slot
        elif grant.left_on:
            yield "slot_left", _name(workspace, slot.officer)
    counted = Counter(slot.officer for slot in file.slots if slot.officer)
    for officer, count in counted.items():
        if count > 1:
            yield "slot_double", _name(workspace, officer)


def _name(workspace: Workspace, officer: str) -> str:
    record = workspace.store.reader.record("officer", officer)
    return (record.text("name") if record else "") or officer
