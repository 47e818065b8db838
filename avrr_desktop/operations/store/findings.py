"""What a check of a store can find, each with a sentence: what it means, what is safe, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import Language

MISSING = N_(
    "Entries that were saved here are missing: {count}. An older file was put in the place of the store, or its log was "
    "taken away. Keep a copy of the folder, and look for the newer file or a backup."
)
SENTENCES: Mapping[str, str] = {
    "emptied": N_(
        "{count} entries were emptied, and no erasing accounts for it; the first: {entry}. Somebody took words away past the "
        "program. Everything else is as it was. Look for these entries in a backup, and ask who was at this computer."
    ),
    "erased": N_(
        "{count} erasings were written by somebody who may not erase; the first: {entry}. What they took away is gone here. "
        "Bring it back from a backup, and take this person’s passphrase away."
    ),
    "erased_alone": N_(
        "{count} erasings carry no second signature, and two people decide here; the first: {entry}. What they took away is gone "
        "here. Bring it back from a backup, and ask the supervisor who wrote them."
    ),
    "author": N_(
        "{count} entries carry the name of somebody who did not sign them; the first: {entry}. Do not take them for what that "
        "person wrote: look at them in the history of their cases and correct them. Everything else is as it was signed."
    ),
    "approved": N_(
        "{count} closings name somebody as having approved them who did not sign, or could not; the first: {entry}. These cases "
        "count as not approved: open them again and let a supervisor approve. Everything else in them is as it was."
    ),
    "partial": N_(
        "This store calls itself the store of a journey, and is none: entries may be missing from the middle of its history. "
        "Keep a copy of the folder, compare it with the newest backup, and take in from there what is missing."
    ),
    "schema": N_(
        "The file holds what this program never made, or lacks what it makes: {names}. It may change by itself what is written. "
        "Do not go on working in it: bring the last good backup back, and take in from this one what is newer."
    ),
    "slot_unknown": N_(
        "The key files hold a way in for somebody to whom no supervisor gave one: {names}. It reads the store. Give everybody "
        "who works here a new passphrase, and bring the key files back from a backup."
    ),
    "slot_double": N_(
        "The key files hold two ways in for one person: {names}. One of them may be somebody else’s who poses as them. Take this "
        "person’s passphrase away and give them a new one, face to face."
    ),
    "slot_left": N_(
        "The key files still let in who left or lost their passphrase: {names}. An older copy was put in their place. Take the "
        "passphrase away once more."
    ),
    "spare": N_(
        "A recovery code or an escrow opens this store of which no supervisor wrote down that it counts: {names}. It only reads. "
        "Make a new recovery code, or add the escrow anew: then this one opens nothing any more."
    ),
    "keys_unread": N_("The key files cannot be read now. The store is open and safe: lock and unlock it, or bring them back from a backup."),
    "keys_differ": N_(
        "The two key files do not say the same, and one of them is not older but different: {names}. Whoever can unlock should "
        "lock and unlock once: the good one is written over the other. Then check again."
    ),
    "grants": N_(
        "{count} entries claim a role, a key or a departure without a right to it; the first: {entry}. They count for nothing. "
        "Ask who was at this computer then; nothing else has to be done."
    ),
    "grants_altered": N_(
        "The text of {count} entries about roles and keys was altered or emptied; the first: {entry}. Roles and keys are as they "
        "were signed. Ask who was at this computer; a backup holds the text."
    ),
    "head_cut": N_(
        "What was noted at {when} names entries that this store lacks or has otherwise: {names}. An older file was put in its "
        "place, or its end was cut. Keep a copy of the folder, and take in from the newest backup what is missing."
    ),
    "head_unsigned": N_(
        "The note beside the store about its newest entry is not signed by this store’s computer or people: somebody altered it. "
        "It keeps nobody out. The next lock writes it anew; compare this store with a backup before."
    ),
    "head_missing": N_(
        "The note beside the store about its newest entry is missing; an earlier one was written. Nothing is lost by it, and the "
        "next lock writes it anew. If entries seem to be missing, compare with a backup."
    ),
    "clocks": N_(
        "{count} entries carry a time from years ahead that no clock of a computer here explains; the first: {entry}. They stop "
        "nothing: saving does not follow them. Ask who was at this computer; correct what they changed."
    ),
    "waiting": N_(
        "{count} entries that came from a journey or another copy wait in quarantine, or were thrown away there. A supervisor "
        "decides about those that wait in Setup, Journey."
    ),
    "checked_unsigned": N_(
        "What was noted about the last whole check was altered. Everything was looked at anew now, and the note is written again."
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
        """Whether it is only told: the store itself is as it should be."""
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
