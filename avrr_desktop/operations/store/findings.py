"""What a check of a store can find, each with a sentence: what it means, what is safe, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import Language

MISSING = N_(
    "Entries that were saved here are missing: {count}. The store was replaced by an older file, or "
    "its log was removed. Keep a copy of the folder, and look for the newer file or a backup."
)
SENTENCES: Mapping[str, str] = {
    "emptied": N_(
        "Entries that were emptied without a recorded erasure: {count}; the first: {entry}. Somebody " "removed text without using the program. Nothing else has changed. Look for these entries in a " "backup, and find out who used this computer."
    ),
    "erased": N_(
        "Erasures written by somebody who may not erase: {count}; the first: {entry}. The erased data are " "no longer here. Restore them from a backup, and withdraw this person’s passphrase."
    ),
    "erased_alone": N_(
        "Erasures without a second signature, in an office where two people must decide: {count}; the " "first: {entry}. The erased data are no longer here. Restore them from a backup, and ask the " "supervisor who signed."
    ),
    "author": N_(
        "Entries in the name of somebody who did not sign them: {count}; the first: {entry}. Do not rely " "on them: find them in the history of their cases and correct them. Everything else is as it was " "signed."
    ),
    "approved": N_(
        "Closings whose named approver did not sign, or was not allowed to: {count}; the first: {entry}. " "These cases count as not approved: reopen them and have a supervisor approve the closing. Nothing " "else in them has changed."
    ),
    "partial": N_(
        "This store is marked as a journey store, but is not one: entries may be missing from its history. " "Keep a copy of the folder, compare it with the newest backup, and import missing entries from " "there."
    ),
    "schema": N_(
        "The file contains parts that this program never creates, or lacks parts that it creates: {names}. " "It may change what is written. Stop working in it: restore the last good backup, and import newer " "entries from this file."
    ),
    "slot_unknown": N_(
        "The key files give access to somebody whom no supervisor approved: {names}. With it, the store " "can be read. Set a new passphrase for everybody who works here, and restore the key files from a " "backup."
    ),
    "slot_double": N_(
        "The key files contain two keys for one person: {names}. One of them may belong to somebody who " "poses as this person. Withdraw this person’s passphrase and set a new one, face to face."
    ),
    "slot_left": N_(
        "The key files still give access to people who left or lost their passphrase: {names}. They were " "replaced by an older copy. Withdraw the passphrase once more."
    ),
    "spare": N_(
        "This store can be opened with a recovery code or an escrow that no supervisor approved: {names}. " "It can only read. Create a new recovery code, or add the escrow again: then this one no longer " "opens anything."
    ),
    "keys_unread": N_("The key files cannot be read at the moment. The store is open and safe: lock and unlock it, or " "restore them from a backup."),
    "keys_differ": N_(
        "The two key files differ, although neither is older: {names}. Somebody who can unlock the store " "should lock and unlock it once: the valid file then replaces the other. Then check again."
    ),
    "grants": N_(
        "Entries that claim a role, a key or a departure without a right to it: {count}; the first: " "{entry}. They have no effect. Find out who used this computer at that time; nothing else needs to " "be done."
    ),
    "grants_altered": N_(
        "Entries about roles and keys whose text was altered or emptied: {count}; the first: {entry}. " "Roles and keys are as they were signed. Find out who used this computer; a backup contains the " "text."
    ),
    "head_cut": N_(
        "The record of {when} names entries that are missing or different in this store: {names}. The " "store was replaced by an older file, or its end was removed. Keep a copy of the folder, and " "import missing entries from the newest backup."
    ),
    "head_unsigned": N_(
        "The record of the newest entry, kept next to the store, is not signed by this computer or an " "officer: somebody altered it. You can still open the store. The next lock writes it again; " "compare this store with a backup first."
    ),
    "head_missing": N_(
        "The record of the newest entry, kept next to the store, is missing, although one was written " "before. Nothing is lost, and the next lock writes it again. If entries seem to be missing, " "compare with a backup."
    ),
    "clocks": N_(
        "Entries with a time years in the future that no computer’s clock here explains: {count}; the " "first: {entry}. They block nothing: saving ignores their time. Find out who used this computer, " "and correct their changes."
    ),
    "waiting": N_(
        "Entries from a journey or another copy that are in quarantine, or were discarded there: {count}. " "A supervisor decides about waiting entries in Setup, Journey."
    ),
    "checked_unsigned": N_(
        "The record of the last full check was altered. Everything has been checked again, and the record " "was rewritten."
    ),
}  # fmt: skip
REMARKS = frozenset({"head_missing", "checked_unsigned", "waiting"})  # told, and no fault of the store


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found."""

    what: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def remark(self) -> bool:
        """Return whether it is only told: the store itself is as it should be."""
        return self.what in REMARKS

    def said(self, words: Language) -> str:
        """Return the sentence."""
        return words.text(SENTENCES[self.what], **self.values)


class Tally:
    """Counts what is found entry by entry, and keeps the first of each kind: a list of thousands helps nobody."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int, str]] = {}

    def add(self, what: str, entry: str) -> None:
        """Count one."""
        count, first = self._found.get(what, (0, entry))
        self._found[what] = (count + 1, first)

    def findings(self) -> list[Finding]:
        """Return what was counted, a finding for each kind."""
        return [Finding(what, {"count": count, "entry": first}) for what, (count, first) in sorted(self._found.items())]
