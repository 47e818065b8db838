"""Two cases under one number: both stay, the later one gets a number of its own and keeps the old one as a former one."""

from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace


@needs(Permission.MANAGE)
def renumber_doubles(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Give every case whose number an earlier one carries a new one; return (old, new) of each. One Change for each."""
    store, renumbered = workspace.store, []
    with store.transaction():
        for number, cases in store.reader.double_numbers():
            for uid, _ in sorted(cases, key=lambda case: store.journal.order(case[1]))[1:]:
                new = _renumber(workspace, uid, number)
                renumbered.append((number, new))
    return tuple(renumbered)


def _renumber(workspace: Workspace, uid: str, number: str) -> str:
    """Save the new number of one case. Also of one that is not to be worked on: its number says nothing about anybody."""
    store = workspace.store
    record = store.reader.record("case", uid)
    assert record is not None
    prefix = f"{number.rsplit('-', 2)[0]}-{store.device_letters}"
    new = f"{prefix}-{store.next_running_number(prefix):04d}"
    former = " ".join([*record.text("former_numbers").split(), number])
    part = Part(PartKind.SET, "case", uid, {"number": new, "former_numbers": former}, record.seen)
    store.save([part], case=uid, actor=workspace.actor, now=workspace.clock.now())
    return new
