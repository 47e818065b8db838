"""What is to be looked at after an unlock, in sentences: the clock, the policy, a backup that took the place of the store."""

from collections.abc import Iterator
from datetime import datetime

from avrr_desktop.operations.access.officers import typed_by_another, wall_problems
from avrr_desktop.operations.access.recovery import escrow_missing
from avrr_desktop.operations.computer.policy_file import POLICY_BROKEN
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.store.backups import refused_backup
from avrr_desktop.operations.store.opening import clock_problem


def notices(workspace: Session) -> Iterator[str]:
    """Yield what is to be looked at after an unlock."""
    words = workspace.words
    if (restored := workspace.restored) is not None:
        yield words.text(
            "The backup of {moment} was restored. Entries made after it are not here.",
            moment=words.moment(workspace.local(datetime.fromisoformat(restored.made_at))),
        )  # fmt: skip
        if restored.aside:
            yield words.text(
                "The previous store is kept next to this one as {name}. In Setup, Journey you can recover entries " "that exist only in it.",
                name=restored.aside,
            )  # fmt: skip
    if not workspace.practice and (refused := refused_backup(workspace)):
        yield words.text("No backup was made when this store was closed. {reason}", reason=refused)
    if problem := clock_problem(workspace):
        yield words.text(problem)
    yield from wall_problems(workspace)
    if typed_by_another(workspace):
        yield words.text("Your passphrase was set by another person. Choose your own in Setup, Passphrase.")
    if workspace.older_keys:
        yield words.text(
            "The key file of this store was replaced by an older one: passphrases that were changed or "
            "withdrawn since may open it again. Ask a supervisor to set them again, and to find out who "
            "replaced it."
        )
    if workspace.slot_came_back:
        yield words.text(
            "The key file contained the passphrase of somebody who left. It no longer opens anything. Check "
            "who can write to the folder of this store."
        )
    if workspace.weak_passphrase:
        yield words.text("Your passphrase is easy to guess. Choose another one in Setup, Passphrase.")
    if escrow_missing(workspace):
        yield words.text(
            "Your organisation requires emergency access to this store, in case the passphrase is forgotten. "
            "Add it in Setup, Passphrase."
        )
    if workspace.policy.problems:
        yield words.text(POLICY_BROKEN)
