"""What belongs to this computer alone: settings, drafts, the outbox. Never in the journal, never exchanged."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from avrr_desktop.store.engine.driver import Connection


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed into a form and has not saved: kept encrypted, at most two seconds old."""

    form: str  # the form's own key: record type and identifier, or "new" and an identifier
    case: str
    record_type: str
    record: str
    values: dict[str, object]
    seen: tuple[str, ...]
    kept_at: str  # UTC
    by: str = ""  # the officer who typed it; empty when nobody said who they are, and for older ones


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A finished document, encrypted in the store, without its bytes."""

    pk: int
    case: str
    case_number: str
    revision: int
    language: str
    document: str
    digest: str
    size: int
    state: str  # ready, leaving, handed_over, replaced
    made_at: str
    made_by: str
    handed_at: str
    handed_by: str
    handed_to: str
    level: str = "full_internal"
    serial: str = ""
    recipient: str = ""
    closing: str = ""  # how it was closed when it left: plain, password, sealed


LEFT = frozenset({"leaving", "handed_over"})  # what a document is in once it may lie outside
_ITEM = ("pk, case_uid, case_number, revision, language, document, digest, size, state, made_at, made_by, "
         "coalesce(handed_at, ''), coalesce(handed_by, ''), coalesce(handed_to, ''), level, serial, recipient, closing")  # fmt: skip


class Local:
    """Reads and writes the local tables; each call is a transaction of its own unless one is open."""

    def __init__(self, connection: Connection, refuse_when_gone: Callable[[], None]) -> None:
        self._connection = connection
        self._refuse_when_gone = refuse_when_gone

    def setting(self, key: str, default: str = "") -> str:
        """Return a setting of this computer."""
        row = self._connection.one("SELECT value FROM local_settings WHERE key=?", (key,))
        return str(row[0]) if row else default

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting of this computer. Raises StoreError when the file was taken away."""
        self._refuse_when_gone()
        self._connection.execute(
            "INSERT INTO local_settings (key, value) VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value=excluded.value",
            (key, value),
        )

    def settings(self, prefix: str) -> dict[str, str]:
        """Return the settings whose keys begin in one way, in the order of their keys."""
        rows = self._connection.rows(
            "SELECT key, value FROM local_settings WHERE substr(key, 1, ?)=? ORDER BY key", (len(prefix), prefix)
        )
        return {str(key): str(value) for key, value in rows}

    def forget_settings(self, prefix: str) -> None:
        """Forget the settings whose keys begin in one way."""
        self._connection.execute("DELETE FROM local_settings WHERE substr(key, 1, ?)=?", (len(prefix), prefix))

    def keep_draft(self, draft: Draft) -> None:
        """Keep a draft, replacing the one of the same form. Raises StoreError when the file was taken away."""
        self._refuse_when_gone()
        content = json.dumps({"values": draft.values, "seen": draft.seen, "by": draft.by}, ensure_ascii=False)
        self._connection.execute(
            "INSERT INTO local_drafts (form, case_uid, record_type, record, content, kept_at) VALUES (?,?,?,?,?,?) "
            "ON CONFLICT (form) DO UPDATE SET content=excluded.content, kept_at=excluded.kept_at",
            (draft.form, draft.case, draft.record_type, draft.record, content, draft.kept_at),
        )

    def drop_draft(self, form: str) -> None:
        """Forget a draft: its content is saved, or its writer threw it away."""
        self._connection.execute("DELETE FROM local_drafts WHERE form=?", (form,))

    def forget_documents(self, case: str) -> None:
        """Forget the finished documents of a case of which something was erased, and what was on its way out of it."""
        for key, value in self.settings("leaving ").items():
            if case in value:
                self.forget_settings(key)
        self._connection.execute("DELETE FROM local_outbox WHERE case_uid=?", (case,))

    def drafts(self, case: str = "") -> list[Draft]:
        """Return all drafts, or those of one case, newest first."""
        where, values = ("WHERE case_uid=?", [case]) if case else ("", [])
        rows = self._connection.rows(
            f"SELECT form, coalesce(case_uid, ''), record_type, record, content, kept_at FROM local_drafts {where} "
            "ORDER BY kept_at DESC",
            values,
        )
        found = []
        for form, case_uid, record_type, record, text, kept_at in rows:
            content = json.loads(text)
            seen = tuple(content["seen"])
            values, by = content["values"], content.get("by", "")
            found.append(Draft(form, case_uid, record_type, record, values, seen, kept_at, by))
        return found

    def draft(self, form: str) -> Draft | None:
        """Return the draft of one form."""
        return next((draft for draft in self.drafts() if draft.form == form), None)

    def put_document(self, item: OutboxItem, content: bytes) -> int:
        """Keep a finished document; older ready ones of the same case, kind, language, level and recipient become replaced."""
        self._refuse_when_gone()
        with self._connection.immediate():
            self._connection.execute(
                "UPDATE local_outbox SET state='replaced' WHERE case_uid=? AND document=? AND language=? AND level=? "
                "AND recipient=? AND state='ready'",
                (item.case, item.document, item.language, item.level, item.recipient),
            )
            cursor = self._connection.execute(
                "INSERT INTO local_outbox (case_uid, case_number, revision, language, document, digest, size, state, "
                "made_at, made_by, content, level, serial, recipient) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (item.case, item.case_number, item.revision, item.language, item.document, item.digest, item.size,
                 item.state, item.made_at, item.made_by, content, item.level, item.serial, item.recipient),
            )  # fmt: skip
        return int(cursor.lastrowid)

    def drop_document(self, pk: int) -> None:
        """Take a document out: somebody threw it away."""
        self._connection.execute("DELETE FROM local_outbox WHERE pk=?", (pk,))

    def documents(self) -> list[OutboxItem]:
        """Return what lies in the outbox, newest first."""
        return [OutboxItem(*row) for row in self._connection.rows(f"SELECT {_ITEM} FROM local_outbox ORDER BY pk DESC")]

    def document(self, pk: int) -> tuple[OutboxItem, bytes] | None:
        """Return one document with its bytes."""
        row = self._connection.one(f"SELECT {_ITEM}, content FROM local_outbox WHERE pk=?", (pk,))
        return (OutboxItem(*row[:-1]), bytes(row[-1])) if row else None

    def begin_leaving(self, pk: int) -> tuple[int, str]:
        """Mark a document as leaving; return its line and the state before, empty for a line that is new.

        A second recipient is a second line; the first one stays as it is.
        """
        with self._connection.immediate():
            row = self._connection.one("SELECT state FROM local_outbox WHERE pk=?", (pk,))
            before = str(row[0]) if row else ""
            if before in LEFT:
                cursor = self._connection.execute(
                    "INSERT INTO local_outbox (case_uid, case_number, revision, language, document, digest, size, state, "
                    "made_at, made_by, content, level, serial, recipient) SELECT case_uid, case_number, revision, language, "
                    "document, digest, size, 'leaving', made_at, made_by, content, level, serial, recipient "
                    "FROM local_outbox WHERE pk=?",
                    (pk,),
                )
                return int(cursor.lastrowid), ""
            self._connection.execute("UPDATE local_outbox SET state='leaving' WHERE pk=?", (pk,))
        return pk, before

    def left(self, pk: int, at: str, by: str, to: str, closing: str = "plain") -> None:
        """Write down that a document left, when, by whom and to whom."""
        self._connection.execute(
            "UPDATE local_outbox SET state='handed_over', handed_at=?, handed_by=?, handed_to=?, closing=? WHERE pk=?",
            (at, by, to, closing, pk),
        )

    def stayed(self, pk: int, before: str) -> None:
        """Write down that a document did not leave after all. ``before``: as ``begin_leaving`` returned it."""
        if before:
            self._connection.execute("UPDATE local_outbox SET state=? WHERE pk=?", (before, pk))
        else:
            self.drop_document(pk)
