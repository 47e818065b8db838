"""What no entry shows by itself: that the last one is gone, and that a whole chain was written anew by another computer."""

import json

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history import change
from avrr_desktop.keys.signing import Signer
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.journal import ChainFault
from avrr_desktop.store.journal.verifying import chain_fault


def written_anew(workspace: Workspace, signer: Signer | None) -> None:
    """Rewrite every entry past the journal, each over the one before, and what this computer remembers of the end."""
    store, previous, envelope = workspace.store, change.genesis(workspace.store.device, 1), {}
    for entry in list(store.journal.all()):
        kept = {key: value for key, value in entry.change.envelope.items() if key != "device_key"}
        envelope = {**kept, "previous": previous.hex(), "signature": ""}
        if signer is not None and entry.number == 1:
            envelope["device_key"] = signer.public
        previous = change.envelope_digest(envelope)
        if signer is not None:
            envelope["signature"] = signer.sign(previous)
        store.connection.execute(
            "UPDATE journal SET envelope=?, digest=? WHERE pk=?",
            (change.canonical(envelope), previous, entry.number),
        )
    head = [envelope["device"], envelope["incarnation"], envelope["sequence"], previous.hex()]
    store.local.set_setting("chain_head", json.dumps(head))


def test_the_last_entry_away_is_noticed_by_what_this_computer_remembers(workspace: Workspace, family: CaseFile) -> None:
    last = workspace.store.journal.newest_name()
    workspace.store.connection.execute("DELETE FROM journal WHERE change_id=?", (last,))
    assert chain_fault(workspace.store.connection) == ChainFault(last, "head")


def test_a_chain_that_another_computer_signed_anew_is_noticed(workspace: Workspace, family: CaseFile) -> None:
    first = change.change_id(workspace.store.device, 1, 1)
    written_anew(workspace, Signer(bytes(32)))
    assert chain_fault(workspace.store.connection) == ChainFault(first, "signature")


def test_a_chain_from_which_every_signature_was_taken_is_noticed(workspace: Workspace, family: CaseFile) -> None:
    first = change.change_id(workspace.store.device, 1, 1)
    written_anew(workspace, None)
    assert chain_fault(workspace.store.connection) == ChainFault(first, "signature")
